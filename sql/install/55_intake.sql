-- intake: codes become ids
-- A survey is loaded in any order and refers by national codes; resolve_keys
-- turns the codes into ids, and what it cannot turn into findings.

CREATE FUNCTION _natural_key(table_name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN CASE table_name
    WHEN 'community_member'   THEN '{community_code,parcel_code}'::text[]
    WHEN 'parcel_use'         THEN '{parcel_code,family}'
    WHEN 'building_year'      THEN '{building_code,year}'
    WHEN 'enterprise_year'    THEN '{enterprise_code,year}'
    WHEN 'occupancy'          THEN '{enterprise_code,parcel_code,building_code,floor_from,from_date}'
    WHEN 'planning_plot'      THEN '{detailed_plan_code,code}'
    WHEN 'contract'           THEN '{code,parcel_code}'
    WHEN 'exemption_decision' THEN '{parcel_code,family,rule,document_number}'
    WHEN 'complete_list'      THEN '{fact,family,as_of}'
    WHEN 'attachment'         THEN '{subject_table,subject_code,uri}'
    WHEN 'submission'         THEN '{department,table_name,period,file_name}'
    WHEN 'correction'         THEN '{table_name,row_code,column_name,new_value}'
    ELSE '{code}' END;
COMMENT ON FUNCTION _natural_key(text) IS 'the columns that tell the rows of a fact table apart, whatever their ids';

CREATE FUNCTION _key_expression(alias text, columns text[], types text[]) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT format('nullif(concat_ws(chr(31), %s), repeat(chr(31), %s))',
                  string_agg(format(CASE WHEN c.type = 'text' THEN 'coalesce(_trimmed_code(%1$I.%2$I::text), '''')'
                                         ELSE 'coalesce(nullif(btrim(%1$I.%2$I::text), '''')::%3$s::text, '''')' END,
                                    alias, c.name, c.type), ', ' ORDER BY c.position), count(*) - 1)
      FROM unnest(columns, types) WITH ORDINALITY AS c (name, type, position);
END;
COMMENT ON FUNCTION _key_expression(text, text[], text[]) IS 'SQL text that makes one text of the key columns of a row: blanks around codes do not count, empty equals NULL, NULL where all are';

CREATE FUNCTION _fact_table(survey name)
    RETURNS TABLE (table_name name, sequence integer, key_columns text[], key_expression text, row_source text, row_columns text)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000 ROWS 25
BEGIN ATOMIC
    SELECT c.relname, l.sequence, k.columns, _key_expression('t', k.columns, k.types),
           format('%I t', c.relname) || CASE c.relname
               WHEN 'building_year'   THEN ' LEFT JOIN building h ON h.id = t.building_id'
               WHEN 'occupancy'       THEN ' LEFT JOIN building h ON h.id = t.building_id'
               WHEN 'enterprise'      THEN format(' LEFT JOIN _enterprise_parcel(%L) h ON h.enterprise_id = t.id', _fact_table.survey)
               WHEN 'enterprise_year' THEN format(' LEFT JOIN _enterprise_parcel(%L) h ON h.enterprise_id = t.enterprise_id', _fact_table.survey)
               ELSE '' END,
           concat_ws(', ', 't.id',
               coalesce((SELECT format('t.%I', a.attname) FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = c.oid AND NOT a.attisdropped
                            AND a.attname IN ('code', 'enterprise_code', 'building_code', 'parcel_code', 'community_code', 'subject_code', 'row_code')
                          ORDER BY a.attname <> 'code', a.attnum LIMIT 1), 'NULL::text'),
               CASE WHEN 'subdistrict' = ANY (k.names) THEN 't.subdistrict' ELSE 'NULL::text' END,
               CASE WHEN c.relname = 'parcel' THEN 't.id'
                    WHEN c.relname = 'occupancy' THEN 'coalesce(t.parcel_id, h.parcel_id)'
                    WHEN c.relname IN ('building_year', 'enterprise', 'enterprise_year') THEN 'h.parcel_id'
                    WHEN 'parcel_id' = ANY (k.names) THEN 't.parcel_id' ELSE 'NULL::integer' END)
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = _fact_table.survey
      JOIN label l ON l.topic = 'table' AND l.code = c.relname::text
     CROSS JOIN LATERAL (
            SELECT array_agg(a.attname::text ORDER BY a.attnum) AS names,
                   array_agg(a.attname::text ORDER BY array_position(_natural_key(c.relname::text), a.attname::text))
                       FILTER (WHERE a.attname::text = ANY (_natural_key(c.relname::text))) AS columns,
                   array_agg(pg_catalog.format_type(a.atttypid, NULL) ORDER BY array_position(_natural_key(c.relname::text), a.attname::text))
                       FILTER (WHERE a.attname::text = ANY (_natural_key(c.relname::text))) AS types
              FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) k
     WHERE c.relkind IN ('r', 'p')
     ORDER BY l.sequence;
END;
COMMENT ON FUNCTION _fact_table(name) IS 'the fact tables of a survey with the pieces of SQL that checks are built from: key of a row, source t (joined with h where the parcel stands in another table), and the columns id, code, subdistrict, parcel_id of a finding';

CREATE FUNCTION _reference(survey name) RETURNS TABLE (table_name name, code_column name, id_column name, target name)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 25
BEGIN ATOMIC
    SELECT c.relname, a.attname, i.attname,
           CASE WHEN a.attname = 'parent_code' THEN 'admin_unit'::name ELSE left(a.attname::text, -5)::name END
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = _reference.survey
      JOIN label l ON l.topic = 'table' AND l.code = c.relname::text
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
      JOIN pg_catalog.pg_attribute i ON i.attrelid = c.oid AND NOT i.attisdropped AND i.attname = (left(a.attname::text, -5) || '_id')::name
     WHERE c.relkind IN ('r', 'p')
       AND a.attname IN ('parent_code', 'parcel_code', 'building_code', 'enterprise_code', 'community_code', 'detailed_plan_code')
     ORDER BY l.sequence, a.attnum;
END;
COMMENT ON FUNCTION _reference(name) IS 'the references of a survey: code column, id column beside it, table whose code is meant';

CREATE FUNCTION _enterprise_parcel(survey name) RETURNS TABLE (enterprise_id integer, parcel_id integer)
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        SELECT DISTINCT o.enterprise_id, coalesce(o.parcel_id, b.parcel_id)
          FROM occupancy o
          LEFT JOIN building b ON b.id = o.building_id
         WHERE o.enterprise_id IS NOT NULL AND coalesce(o.parcel_id, b.parcel_id) IS NOT NULL
           AND _trimmed_code(o.basis) IS DISTINCT FROM 'registered';
END
$function$;
COMMENT ON FUNCTION _enterprise_parcel(name) IS 'on which parcels an enterprise works (registration addresses apart)';

CREATE FUNCTION _no_subdistrict(survey name, table_name name) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT CASE WHEN bool_or(a.attnotnull) THEN '' END
      FROM pg_catalog.pg_attribute a
     WHERE a.attrelid = format('%I.%I', _no_subdistrict.survey, _no_subdistrict.table_name)::regclass AND a.attname = 'subdistrict' AND NOT a.attisdropped;
END;
COMMENT ON FUNCTION _no_subdistrict(name, name) IS 'how a table says that the subdistrict is not known: NULL, or the empty text where it is part of the key (template distributed)';

CREATE PROCEDURE _analyze_facts(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    t record;
BEGIN
    FOR t IN
        SELECT c.relname
          FROM _fact_table(survey) f
          JOIN pg_class c ON c.relname = f.table_name AND c.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = survey)
         WHERE pg_has_role(c.relowner, 'USAGE') AND c.relkind = 'r'
           AND pg_relation_size(c.oid) / current_setting('block_size')::integer NOT BETWEEN c.relpages * 0.9 AND c.relpages * 1.1
    LOOP
        EXECUTE format('ANALYZE %I.%I', survey, t.relname);
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE _analyze_facts(name) IS 'gathers statistics of fact tables whose size has changed by a tenth since they were last gathered; a fresh load would be planned blindly';

CREATE FUNCTION _placed_building(survey name) RETURNS TABLE (id integer, parcel_id integer)
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    PERFORM FROM building b WHERE _trimmed_code(b.parcel_code) IS NULL AND b.geom IS NOT NULL LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY
        WITH homeless AS MATERIALIZED (
            SELECT b.id, b.parcel_id, b.geom
              FROM building b
             WHERE _trimmed_code(b.parcel_code) IS NULL AND b.geom IS NOT NULL AND geometry_problem(b.geom) IS NULL
        ), unsound AS MATERIALIZED (
            SELECT p.id FROM parcel p WHERE geometry_problem(p.geom) IS NOT NULL
        ), piece AS (
            SELECT h.id, p.id AS parcel_id, p.code,
                   round(overlap_area(p.geom, h.geom)::numeric, 4) AS area
              FROM homeless h
              JOIN parcel p ON _boxes_meet(p.geom, h.geom)
             WHERE coalesce(_trimmed_code(p.stratum), 'surface') = 'surface' AND NOT EXISTS (SELECT FROM unsound u WHERE u.id = p.id)
        ), best AS (
            SELECT DISTINCT ON (c.id) c.id, c.parcel_id
              FROM piece c
             WHERE c.area > 0
             ORDER BY c.id, c.area DESC, c.code COLLATE "C", c.parcel_id
        )
        SELECT h.id, t.parcel_id FROM homeless h LEFT JOIN best t ON t.id = h.id;
END
$function$;
COMMENT ON FUNCTION _placed_building(name) IS 'the surface parcel that holds the largest part of the footprint of each building without parcel code, NULL where none does; of equal parts the smaller parcel code. Buildings whose geometry has a problem are not in the list';

CREATE FUNCTION _located_subdistrict(survey name, table_name text, only_empty boolean DEFAULT false) RETURNS TABLE (id integer, subdistrict text)
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY EXECUTE format($sql$
        WITH place AS MATERIALIZED (
            SELECT t.id, CASE WHEN geometry_problem(t.geom) IS NULL THEN _inner_point(t.geom) ELSE _box_centre(t.geom) END AS point
              FROM %1$I t
             WHERE t.geom IS NOT NULL AND NOT _has_no_points(t.geom) AND (NOT %2$L OR _trimmed_code(t.subdistrict) IS NULL)
        )
        SELECT DISTINCT ON (p.id) p.id, _trimmed_code(a.code)
          FROM place p
          JOIN admin_unit a ON _meets(a.geom, p.point)
         WHERE _trimmed_code(a.level) = 'subdistrict' AND _trimmed_code(a.code) IS NOT NULL AND geometry_problem(a.geom) IS NULL
         ORDER BY p.id, _trimmed_code(a.code) COLLATE "C"$sql$, table_name, only_empty);
END
$function$;
COMMENT ON FUNCTION _located_subdistrict(name, text, boolean) IS 'the subdistrict in which the inner point of each row lies, for rows without one or for all; on a common border the smaller code';

CREATE FUNCTION _resolve_table(survey name, table_name name, joins text, subdistrict text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    lookups text := '';
    ids text := '';
    names text[] := '{}';
    r record;
    written bigint;
BEGIN
    PERFORM _enter_survey(survey);
    FOR r IN SELECT * FROM _reference(survey) f WHERE f.table_name = _resolve_table.table_name
    LOOP
        lookups := lookups || format($sql$
            LEFT JOIN (SELECT _trimmed_code(g.code) AS code, min(g.id) AS id
                         FROM %1$I g GROUP BY 1 HAVING count(*) = 1) AS %2$I ON %2$I.code = _trimmed_code(s.%3$I)$sql$,
            r.target, 'of_' || r.id_column, r.code_column);
        -- a row without code keeps its id, except that a building goes by its footprint
        ids := ids || format(', CASE WHEN _trimmed_code(s.%1$I) IS NOT NULL THEN %2$I.id %4$s ELSE s.%3$I END AS %3$I',
            r.code_column, 'of_' || r.id_column, r.id_column,
            CASE WHEN table_name = 'building' AND r.id_column = 'parcel_id' THEN 'WHEN placed.id IS NOT NULL THEN placed.parcel_id' ELSE '' END);
        names := names || r.id_column::text;
    END LOOP;
    IF table_name = 'building' THEN
        lookups := lookups || format(' LEFT JOIN _placed_building(%L) placed ON placed.id = s.id', survey);
    END IF;
    IF subdistrict IS NOT NULL THEN
        ids := ids || ', s.subdistrict AS given';
        names := names || 'subdistrict'::text;
    END IF;
    EXECUTE format($sql$
        WITH resolved AS MATERIALIZED (
            SELECT s.id%1$s FROM %2$I s%3$s
        ), filled AS (
            SELECT s.*%4$s FROM resolved s %5$s
        )
        UPDATE %2$I t SET (%6$s) = ROW(%7$s) FROM filled n
         WHERE t.id = n.id AND ROW(%8$s) IS DISTINCT FROM ROW(%7$s)$sql$,
        ids, table_name, lookups,
        CASE WHEN subdistrict IS NOT NULL THEN format(', CASE WHEN _trimmed_code(s.given) IS NULL THEN coalesce(%s, s.given) ELSE s.given END AS subdistrict', subdistrict) END,
        joins, array_to_string(names, ', '), 'n.' || array_to_string(names, ', n.'), 't.' || array_to_string(names, ', t.'));
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$function$;
COMMENT ON FUNCTION _resolve_table(name, name, text, text) IS 'writes the ids that the codes of a table stand for (NULL where a code is unknown or ambiguous) and its empty subdistricts from an expression over joins, both in one pass; only rows that change. Returns their number';

CREATE FUNCTION _resolve_tables(survey name) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    t record;
    total bigint := 0;
BEGIN
    -- what others take their subdistrict from comes first
    FOR t IN
        SELECT v.*
          FROM (VALUES
            (1, 'admin_unit', '', NULL),
            (2, 'parcel', 'located', 'l.subdistrict'),
            (3, 'patch', 'located', 'l.subdistrict'),
            (4, 'planning_plot', 'located', 'l.subdistrict'),
            (5, 'building', 'parcel located', 'p.subdistrict, l.subdistrict'),
            (6, 'legacy_case', 'parcel located', 'p.subdistrict, l.subdistrict'),
            (7, 'parcel_use', 'parcel', 'p.subdistrict'),
            (8, 'contract', 'parcel', 'p.subdistrict'),
            (9, 'problem', 'parcel', 'p.subdistrict'),
            (10, 'exemption_decision', 'parcel', 'p.subdistrict'),
            (11, 'community_member', 'parcel', 'p.subdistrict'),
            (12, 'building_year', 'building', 'b.subdistrict'),
            (13, 'occupancy', 'parcel building enterprise', 'p.subdistrict, b.subdistrict, e.subdistrict, e.registered_subdistrict'),
            (14, 'enterprise', 'worksite self', 'w.subdistrict, e.registered_subdistrict'),
            (15, 'enterprise_year', 'enterprise', 'e.subdistrict'),
            (16, 'community', 'member', 'm.subdistrict')
          ) AS v (step, name, sources, subdistrict)
         ORDER BY v.step
    LOOP
        total := total + _resolve_table(survey, t.name, concat_ws(' ',
            CASE WHEN t.sources ~ 'located' THEN format('LEFT JOIN _located_subdistrict(%L, %L, true) l ON l.id = s.id', survey, t.name) END,
            CASE WHEN t.sources ~ 'parcel' THEN 'LEFT JOIN parcel p ON p.id = s.parcel_id' END,
            CASE WHEN t.sources ~ 'building' THEN 'LEFT JOIN building b ON b.id = s.building_id' END,
            CASE WHEN t.sources ~ 'enterprise' THEN 'LEFT JOIN enterprise e ON e.id = s.enterprise_id' END,
            CASE WHEN t.sources ~ 'self' THEN 'LEFT JOIN enterprise e ON e.id = s.id' END,
            -- where a firm works counts before where it is registered, the most frequent place first
            CASE WHEN t.sources ~ 'worksite' THEN $sql$
                LEFT JOIN (SELECT DISTINCT ON (o.enterprise_id) o.enterprise_id, o.subdistrict
                             FROM occupancy o WHERE _trimmed_code(o.subdistrict) IS NOT NULL
                            GROUP BY o.enterprise_id, o.subdistrict
                            ORDER BY o.enterprise_id, count(*) FILTER (WHERE _trimmed_code(o.basis) IS DISTINCT FROM 'registered') DESC,
                                     count(*) DESC, o.subdistrict COLLATE "C") w ON w.enterprise_id = s.id$sql$ END,
            CASE WHEN t.sources ~ 'member' THEN $sql$
                LEFT JOIN (SELECT DISTINCT ON (c.community_id) c.community_id, c.subdistrict
                             FROM community_member c WHERE _trimmed_code(c.subdistrict) IS NOT NULL
                            GROUP BY c.community_id, c.subdistrict
                            ORDER BY c.community_id, count(*) DESC, c.subdistrict COLLATE "C") m ON m.community_id = s.id$sql$ END),
            regexp_replace(t.subdistrict, '\w+\.\w+', '_trimmed_code(\&)', 'g'));
    END LOOP;
    RETURN total;
END
$function$;
COMMENT ON FUNCTION _resolve_tables(name) IS 'resolves every table of a survey in the order in which they hand on their subdistrict: parcels, patches and plots have it from their geometry, everything else from its parcel, building or enterprise. What is filled is never changed. Returns the rows written';

CREATE FUNCTION _reference_finding(survey name) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    r record;
    f record;
    empty boolean;
BEGIN
    PERFORM _enter_survey(survey);
    FOR r IN SELECT * FROM _reference(survey)
    LOOP
        SELECT * INTO f FROM _fact_table(survey) t WHERE t.table_name = r.table_name;
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I)', r.target) INTO empty;
        -- one finding for a code, whatever the number of rows that refer to it
        RETURN QUERY EXECUTE format($sql$
            WITH lost AS (
                SELECT _trimmed_code(s.%2$I) AS code, min(s.id) AS id, count(*) AS n
                  FROM %1$I s
                 WHERE s.%3$I IS NULL AND _trimmed_code(s.%2$I) IS NOT NULL
                 GROUP BY 1
            ), twice AS (
                SELECT DISTINCT _trimmed_code(g.code) AS code FROM %4$I g
            )
            SELECT CASE WHEN w.code IS NULL THEN 'unresolved_reference' ELSE 'ambiguous_reference' END, %5$L, %6$s,
                   _no_place(), ARRAY[%7$L, l.code, l.n::text]
              FROM lost l
              LEFT JOIN twice w ON w.code = l.code
              JOIN %8$s ON t.id = l.id
             WHERE NOT %9$L
             UNION ALL
            SELECT 'table_not_loaded', %5$L, NULL, NULL, NULL, NULL, NULL, ARRAY[%7$L, sum(l.n)::text, %10$L]
              FROM lost l WHERE %9$L HAVING sum(l.n) > 0$sql$,
            r.table_name, r.code_column, r.id_column, r.target, r.table_name, f.row_columns,
            format('@column/%s.%s', r.table_name, r.code_column), f.row_source, empty, '@table/' || r.target);
    END LOOP;
    RETURN QUERY SELECT * FROM _blank_finding(survey);
    RETURN QUERY
        SELECT 'building_without_parcel', 'building', b.id, b.code, b.subdistrict, NULL::integer, b.geom, NULL::text[]
          FROM building b
         WHERE b.parcel_id IS NULL AND _trimmed_code(b.parcel_code) IS NULL;
END
$function$;
COMMENT ON FUNCTION _reference_finding(name) IS 'references that lead nowhere or to several rows, codes with blanks, buildings on no parcel, as the survey stands';

CREATE FUNCTION _blank_finding(survey name) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    c record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR c IN
        SELECT f.table_name, f.row_source, f.row_columns, k.name
          FROM _fact_table(survey) f
         CROSS JOIN LATERAL (SELECT 'code' AS name WHERE 'code' = ANY (f.key_columns)
                             UNION SELECT r.code_column::text FROM _reference(survey) r WHERE r.table_name = f.table_name
                             -- codes from a list, on which rules and reports go
                             UNION SELECT a.attname::text FROM pg_attribute a
                                    WHERE a.attrelid = format('%I.%I', survey, f.table_name)::regclass AND NOT a.attisdropped AND a.atttypid = 'text'::regtype
                                      AND a.attname IN ('subdistrict', 'level', 'status', 'effect', 'basis', 'family', 'fact', 'stratum', 'origin', 'holder_kind', 'operating_state',
                                                        'use_state', 'danger_grade', 'idle_cause', 'industry_policy_class', 'present_use', 'registered_use', 'approved_use', 'planned_use', 'use_code')) k
         ORDER BY f.sequence, k.name COLLATE "C"
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'trailing_blank', %1$L, %2$s, _no_place(), ARRAY[%3$L, t.%4$I]
              FROM %5$s
             WHERE t.%4$I <> _trimmed_code(t.%4$I)$sql$,
            c.table_name, c.row_columns, format('@column/%s.%s', c.table_name, c.name), c.name, c.row_source);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _blank_finding(name) IS 'codes, references and values from lists with blanks around them';

CREATE PROCEDURE resolve_keys(survey name DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
    SET jit = off        -- many short statements: compiling them took longer than all of them
AS $procedure$
DECLARE
    written bigint;
    standing bigint;
    nowhere text;
BEGIN
    PERFORM _enter_survey(survey);
    -- a code whose row is hidden from the caller would look like a code that does not exist
    PERFORM FROM _fact_table(survey) f WHERE row_security_active(to_regclass(format('%I.%I', survey, f.table_name)));
    IF FOUND THEN
        RAISE EXCEPTION 'keys of survey "%" cannot be resolved by a role that sees only some of its rows', survey USING ERRCODE = 'insufficient_privilege',
            HINT = 'Ask the owner of the survey to call resolve_keys.';
    END IF;
    CALL _analyze_facts(survey);
    nowhere := _no_subdistrict(survey, 'finding');
    written := _resolve_tables(survey);
    -- findings that stand keep their row: a second call changes nothing
    WITH standing AS MATERIALIZED (
        SELECT d.rule, w.severity, d.table_name, d.row_id, d.row_code, coalesce(d.subdistrict, nowhere) AS subdistrict, d.parcel_id, w.blocking,
               w.message_en, w.message_zh, w.advice_en, w.advice_zh, d.geom
          FROM _reference_finding(survey) d
          LEFT JOIN LATERAL _finding_words(d.rule, d.table_name, d.row_code, d.row_id, d.args) w ON true
    ), settled AS (
        DELETE FROM finding f
         WHERE f.run_id IS NULL
           AND NOT EXISTS (SELECT FROM standing s
                            WHERE s.rule = f.rule AND s.table_name = f.table_name AND s.message_en = f.message_en
                              AND (s.row_id, s.subdistrict, s.parcel_id) IS NOT DISTINCT FROM (f.row_id, f.subdistrict, f.parcel_id))
    ), added AS (
        INSERT INTO finding (rule, severity, table_name, row_id, row_code, subdistrict, parcel_id, blocking,
                             message_en, message_zh, advice_en, advice_zh, geom)
        SELECT s.*
          FROM standing s
         WHERE NOT EXISTS (SELECT FROM finding f
                            WHERE f.run_id IS NULL AND s.rule = f.rule AND s.table_name = f.table_name AND s.message_en = f.message_en
                              AND (s.row_id, s.subdistrict, s.parcel_id) IS NOT DISTINCT FROM (f.row_id, f.subdistrict, f.parcel_id))
    )
    SELECT count(*) INTO standing FROM standing;
    RAISE NOTICE 'resolve_keys %: % rows written, % findings', survey, written, standing;
END
$procedure$;
COMMENT ON PROCEDURE resolve_keys(name) IS 'turns the national codes of a survey into ids, gives buildings without parcel code the parcel under them, and fills empty subdistricts from the geometry. Blanks around codes are ignored and found; what is unknown or ambiguous becomes NULL and a finding (run_id NULL, replaced by the next call). Writes only what changes: a second call changes nothing. Reports counts as NOTICE. Errors: 3F000 unknown survey, 22004 NULL, 42501 for a role under row security';
