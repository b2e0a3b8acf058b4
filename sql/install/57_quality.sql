-- quality: what is wrong with the rows of a survey
-- Each check returns drafts of findings; _check_survey words and stores them.
-- Checks of geometry, areas and buildings stand in 58, of the economy in 59.

CREATE PROCEDURE _check_survey(survey name, run_id integer, some_steps text[] DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
    SET jit = off        -- many short statements: compiling them took longer than all of them
AS $procedure$
DECLARE
    -- geometry and position come first: the later checks leave out what they found unmeasurable
    steps constant text[] := coalesce(some_steps, ARRAY['geometry', 'position', 'code', 'reference', 'number', 'value', 'use', 'date', 'overlap', 'area', 'part',
                                   'building', 'border', 'vacancy', 'enterprise', 'money', 'amount', 'evidence', 'patch']);
BEGIN
    PERFORM _enter_survey(survey);
    IF some_steps IS NULL THEN
        CALL _analyze_facts(survey);
    END IF;
    FOR n IN 1 .. cardinality(steps)
    LOOP
        PERFORM _show_progress(survey, 'check', n - 1, cardinality(steps));
        EXECUTE format($sql$
            INSERT INTO finding (run_id, rule, severity, table_name, row_id, row_code, subdistrict, parcel_id, blocking,
                                 doubtful, message_en, message_zh, advice_en, advice_zh, geom)
            SELECT $2, d.rule, w.severity, d.table_name, d.row_id, d.row_code, coalesce(d.subdistrict, $3), d.parcel_id, w.blocking,
                   _doubtful_column(d.rule, d.table_name, d.args), w.message_en, w.message_zh, w.advice_en, w.advice_zh, d.geom
              FROM (SELECT f.*, count(*) OVER () AS total FROM %1$I($1, $2) f) d
              LEFT JOIN LATERAL _finding_words(d.rule, d.table_name, d.row_code, d.row_id, d.args) w ON true
             WHERE _count_progress($1, 'findings of ' || %2$L, d.total)
             ORDER BY d.rule COLLATE "C", d.table_name COLLATE "C", d.row_code COLLATE "C", d.row_id, w.message_en COLLATE "C"$sql$,
            '_check_' || steps[n], steps[n]) USING survey, run_id, _no_subdistrict(survey, 'finding');
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE _check_survey(name, integer, text[]) IS 'the check step of assess: writes the findings of a run, of all checks or of some; reads as_of and the years from the run, never the clock';

CREATE FUNCTION _run_year(survey name, run_id integer) RETURNS integer
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey);
    RETURN (SELECT greatest(extract(year FROM r.as_of)::integer, r.economic_year, r.base_year, s.base_year)
              FROM survey s LEFT JOIN run r ON r.id = _run_year.run_id);
END
$function$;
COMMENT ON FUNCTION _run_year(name, integer) IS 'the latest year a run can know of: that of as_of, of the economy, or of the patches; NULL where none is stated';

CREATE FUNCTION _unmeasurable(survey name, run_id integer, table_name text) RETURNS integer[]
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey);
    RETURN ARRAY(SELECT f.row_id FROM finding f
                  WHERE f.run_id = _unmeasurable.run_id AND f.table_name = _unmeasurable.table_name AND f.rule IN ('invalid_geometry', 'degrees_for_metres'));
END
$function$;
COMMENT ON FUNCTION _unmeasurable(name, integer, text) IS 'rows whose geometry the check of the same run found invalid or in degrees';

CREATE FUNCTION _check_code(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
    content text;
BEGIN
    PERFORM _enter_survey(survey);
    FOR f IN SELECT * FROM _fact_table(survey)
    LOOP
        -- what two rows must have in common to be the same: neither keys, nor where they came from
        SELECT string_agg(format(CASE WHEN a.atttypid = 'text'::regtype THEN '_trimmed_code(t.%I)' ELSE 't.%I' END, a.attname), ', ' ORDER BY a.attnum) INTO content
          FROM pg_attribute a
         WHERE a.attrelid = format('%I.%I', survey, f.table_name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
           AND a.attname NOT IN ('id', 'submission_id', 'subdistrict', 'source', 'as_of')
           AND NOT EXISTS (SELECT FROM _reference(survey) r WHERE r.table_name = f.table_name AND r.id_column = a.attname);
        RETURN QUERY EXECUTE format($sql$
            WITH keyed AS MATERIALIZED (
                SELECT t.id, %1$s AS key FROM %2$I t
            ), crowd AS (
                SELECT k.key, count(*) AS n, string_agg(k.id::text, ', ' ORDER BY k.id) AS ids
                  FROM keyed k WHERE k.key IS NOT NULL GROUP BY k.key HAVING count(*) > 1
            ), told AS MATERIALIZED (
                SELECT c.key, c.n, CASE WHEN c.n > 10 THEN left(c.ids, 60) || ' …' ELSE c.ids END AS ids, t.id,
                       md5(ROW(%3$s)::text) AS content
                  FROM crowd c JOIN keyed k ON k.key = c.key JOIN %2$I t ON t.id = k.id
            ), sort AS (
                SELECT o.key, count(DISTINCT o.content) = 1 AS same FROM told o GROUP BY o.key
            )
            SELECT CASE WHEN s.same THEN 'duplicate_row' WHEN %4$L THEN 'duplicate_code' ELSE 'conflicting_figures' END, %5$L, %6$s,
                   _no_place(), ARRAY[o.n::text, o.ids, replace(btrim(o.key, chr(31)), chr(31), '/')]
              FROM told o
              JOIN sort s ON s.key = o.key
              JOIN %7$s ON t.id = o.id$sql$,
            f.key_expression, f.table_name, content, 'code' = ANY (f.key_columns), f.table_name, f.row_columns, f.row_source);
        -- rows without a code, where others refer to them by it; what was drawn in the field may have none yet
        IF f.table_name IN ('admin_unit', 'community', 'parcel', 'building', 'enterprise', 'detailed_plan') THEN
            RETURN QUERY EXECUTE format($sql$
                SELECT 'missing_code', %1$L, %2$s, _no_place(), NULL::text[]
                  FROM %3$s
                 WHERE _trimmed_code(t.code) IS NULL%4$s$sql$,
                f.table_name, f.row_columns, f.row_source,
                CASE WHEN f.table_name = 'parcel' THEN ' AND coalesce(_trimmed_code(t.origin), ''cadastre'') = ''cadastre''' ELSE '' END);
        END IF;
    END LOOP;
    FOR f IN
        SELECT t.*, v.column_name, v.id_column
          FROM _fact_table(survey) t
          JOIN (VALUES ('community_member', 'community_code', 'community_id'), ('community_member', 'parcel_code', 'parcel_id'), ('parcel_use', 'parcel_code', 'parcel_id'), ('parcel_use', 'family', NULL),
                       ('building_year', 'building_code', 'building_id'), ('building_year', 'year', NULL), ('enterprise_year', 'enterprise_code', 'enterprise_id'), ('enterprise_year', 'year', NULL),
                       ('occupancy', 'enterprise_code', 'enterprise_id'), ('contract', 'parcel_code', 'parcel_id'), ('exemption_decision', 'parcel_code', 'parcel_id'), ('exemption_decision', 'rule', NULL),
                       ('exemption_decision', 'decided_on', NULL), ('complete_list', 'fact', NULL), ('complete_list', 'as_of', NULL), ('constraint_zone', 'effect', NULL)) AS v (table_name, column_name, id_column)
            ON v.table_name = t.table_name::text
         ORDER BY t.sequence, v.column_name COLLATE "C"
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'incomplete_row', %1$L, %2$s, _no_place(), ARRAY[%3$L, t.id::text]
              FROM %4$s
             WHERE (t.%5$I IS NULL OR %6$s)%7$s$sql$,
            f.table_name, f.row_columns, format('@column/%s.%s', f.table_name, f.column_name), f.row_source, f.column_name,
            CASE WHEN f.column_name IN ('year', 'decided_on', 'as_of') THEN 'false' ELSE format('_trimmed_code(t.%I) IS NULL', f.column_name) END,
            CASE WHEN f.id_column IS NOT NULL THEN format(' AND t.%I IS NULL', f.id_column) ELSE '' END);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _check_code(name, integer) IS 'rows that lack what they cannot be used without, rows appended twice, codes used twice, figures of the same subject and year that contradict each other, rows without code';

CREATE FUNCTION _check_reference(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    r record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR r IN SELECT * FROM _reference(survey)
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'stale_reference', %5$L, NULL::integer, NULL::text, NULL::text, NULL::integer, _no_place(), ARRAY[%6$L, count(*)::text]
              FROM %1$I s
              LEFT JOIN (SELECT _trimmed_code(g.code) AS code, min(g.id) AS id
                           FROM %4$I g GROUP BY 1 HAVING count(*) = 1) u ON u.code = _trimmed_code(s.%2$I)
             WHERE _trimmed_code(s.%2$I) IS NOT NULL AND s.%3$I IS DISTINCT FROM u.id
            HAVING count(*) > 0$sql$,
            r.table_name, r.code_column, r.id_column, r.target, r.table_name, format('@column/%s.%s', r.table_name, r.code_column));
    END LOOP;
    RETURN QUERY
        SELECT 'contradictory_reference', 'occupancy', o.id, o.enterprise_code, o.subdistrict, o.parcel_id, _no_place(),
               ARRAY[btrim(o.parcel_code), coalesce(btrim(b.code), 'id ' || b.id), coalesce(btrim(p.code), 'id ' || p.id)]
          FROM occupancy o
          JOIN building b ON b.id = o.building_id
          JOIN parcel p ON p.id = b.parcel_id
         WHERE o.parcel_id <> b.parcel_id;
END
$function$;
COMMENT ON FUNCTION _check_reference(name, integer) IS 'references whose id does not fit the code because keys were not resolved since, and occupancies that name a building on another parcel';

CREATE FUNCTION _check_number(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR f IN
        SELECT t.*, c.list, c.suspicion
          FROM _fact_table(survey) t
         CROSS JOIN LATERAL (
                SELECT string_agg(format('(%L, t.%I::double precision, %L)', a.attname, a.attname,
                           CASE WHEN a.attname ~ '(^|_)area($|_)' THEN 'area'
                                WHEN a.attname IN ('share', 'coverage', 'green_ratio') THEN 'share'
                                -- refunds and losses are real
                                WHEN a.attname IN ('tax_total', 'tax_paid_in_district', 'tax_per_mu', 'value_added') THEN 'signed'
                                -- figures of firms are not for every reader of findings
                                WHEN NOT r.readable OR a.attname = ANY (r.confidential) THEN 'secret'
                                ELSE 'amount' END), ', ' ORDER BY a.attnum) AS list,
                       string_agg(format('t.%1$I < 0 OR t.%1$I >= %2$s', a.attname,
                           CASE WHEN a.attname IN ('share', 'coverage', 'green_ratio') THEN '1' WHEN a.atttypid = 'integer'::regtype THEN '2147483647'
                                ELSE '1e18' END), ' OR ' ORDER BY a.attnum) AS suspicion
                  FROM pg_attribute a JOIN _survey_access() r ON r.table_name = t.table_name::text
                 WHERE a.attrelid = to_regclass(format('%I.%I', survey, t.table_name)) AND a.attnum > 0 AND NOT a.attisdropped
                   AND (a.atttypid = 'double precision'::regtype
                        OR a.attname IN ('household_count', 'storeys_above', 'storeys_below'))) c
         WHERE c.list IS NOT NULL
         ORDER BY t.sequence
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT CASE WHEN v.value >= 1e18 OR v.value <= -1e18 THEN 'invalid_number'
                        WHEN v.kind = 'share' THEN 'share_out_of_range'
                        WHEN v.kind = 'area' THEN 'negative_area' ELSE 'negative_amount' END,
                   %1$L, %2$s, _no_place(),
                   ARRAY['@column/' || %1$L || '.' || v.name,
                         CASE WHEN v.kind NOT IN ('amount', 'secret') OR v.value >= 1e18 OR v.value <= -1e18 THEN _number_text(v.value, 4)
                              WHEN v.kind = 'amount' THEN format(' (%%s)', _number_text(v.value)) ELSE '' END]
              FROM %3$s
             CROSS JOIN LATERAL (VALUES %4$s) AS v (name, value, kind)
             WHERE (%5$s)
               AND (v.value >= 1e18 OR v.value <= -1e18 OR (v.value < 0 AND v.kind <> 'signed') OR (v.value > 1 AND v.kind = 'share'))$sql$,
            f.table_name, f.row_columns, f.row_source, f.list, f.suspicion);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _check_number(name, integer) IS 'NaN, infinities and what is beyond any district (1e18), negative areas and amounts, shares that are no fractions, in every number column of the fact tables';

CREATE FUNCTION _check_value(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR f IN
        SELECT t.*, v.column_name, v.topic
          FROM _fact_table(survey) t
          JOIN (VALUES ('admin_unit', 'level', 'admin_level'), ('parcel', 'origin', 'origin'), ('parcel', 'stratum', 'stratum'),
                       ('parcel', 'operating_state', 'operating_state'), ('parcel', 'use_state', 'use_state'),
                       ('building', 'use_state', 'use_state'), ('building', 'danger_grade', 'danger_grade'), ('building', 'family', 'family'),
                       ('parcel_use', 'family', 'family'), ('exemption_decision', 'family', 'family'), ('complete_list', 'family', 'family'),
                       ('enterprise', 'industry_policy_class', 'industry_policy_class'), ('occupancy', 'basis', 'occupancy_basis'),
                       ('detailed_plan', 'level', 'detailed_plan_level'), ('detailed_plan', 'status', 'detailed_plan_status'),
                       ('constraint_zone', 'effect', 'constraint_effect'), ('contract', 'kind', 'contract_kind'),
                       ('legacy_case', 'date_precision', 'date_precision')) AS v (table_name, column_name, topic)
            ON v.table_name = t.table_name::text
         ORDER BY t.sequence, v.column_name COLLATE "C"
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'unknown_value', %1$L, %2$s, _no_place(),
                   ARRAY[%3$L, t.%4$I, (SELECT string_agg(l.code, ', ' ORDER BY l.sequence) FROM label l WHERE l.topic = %5$L)]
              FROM %6$s
             WHERE _trimmed_code(t.%4$I) IS NOT NULL
               AND NOT EXISTS (SELECT FROM label l WHERE l.topic = %5$L AND l.code = _trimmed_code(t.%4$I))$sql$,
            f.table_name, f.row_columns, format('@column/%s.%s', f.table_name, f.column_name), f.column_name, f.topic, f.row_source);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _check_value(name, integer) IS 'codes that the dictionary does not have, in columns with a closed list of values';

CREATE FUNCTION _check_use(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR f IN
        SELECT t.*, v.column_name, v.subject
          FROM _fact_table(survey) t
          JOIN (VALUES ('parcel', 'registered_use', 'land_use'), ('parcel', 'approved_use', 'land_use'), ('parcel', 'present_use', 'land_use'),
                       ('parcel', 'planned_use', 'land_use'), ('building', 'use_code', 'land_use'), ('patch', 'land_class', 'land_use'),
                       ('planning_plot', 'planned_use', 'land_use'), ('enterprise', 'industry_code', 'industry')) AS v (table_name, column_name, subject)
            ON v.table_name = t.table_name::text
         ORDER BY t.sequence, v.column_name COLLATE "C"
    LOOP
        -- the list of industries is not ours, so only its system is checked
        RETURN QUERY EXECUTE format($sql$
            WITH coded AS (
                SELECT %1$s, _trimmed_code(t.%2$I) AS use_code, _trimmed_code(t.%3$I) AS use_system FROM %4$s
            )
            SELECT CASE WHEN c.use_system IS NULL THEN 'missing_code_system' WHEN s.code IS NULL THEN 'unknown_code_system' ELSE 'unknown_use_code' END,
                   %5$L, c.id, c.code, c.subdistrict, c.parcel_id, _no_place(),
                   ARRAY[%6$L, CASE WHEN c.use_system IS NOT NULL AND s.code IS NULL THEN c.use_system ELSE c.use_code END, s.code]
              FROM coded c (id, code, subdistrict, parcel_id, use_code, use_system)
              LEFT JOIN code_system s ON s.code = c.use_system AND s.subject = %7$L
              LEFT JOIN land_use_code u ON u.code_system = c.use_system AND u.code = c.use_code
             WHERE c.use_code IS NOT NULL AND (s.code IS NULL OR (u.code IS NULL AND %7$L = 'land_use'))$sql$,
            f.row_columns, f.column_name, f.column_name || '_system', f.row_source, f.table_name,
            format('@column/%s.%s', f.table_name, f.column_name), f.subject);
    END LOOP;
    RETURN QUERY SELECT * FROM _check_parcel_use(survey, _deciding_use(survey, run_id));
END
$function$;
COMMENT ON FUNCTION _check_use(name, integer) IS 'land-use codes without system, of an unknown system or not in their system, industries of an unknown system, and what the uses of a parcel say together';

CREATE FUNCTION _check_parcel_use(survey name, deciding_use text) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH used AS (
            SELECT p.id, p.code, p.subdistrict, v.kind, v.position, _trimmed_code(v.use) AS use, _trimmed_code(v.system) AS system, u.family, u.label_en
              FROM parcel p
             CROSS JOIN LATERAL (VALUES (1, 'registered', p.registered_use, p.registered_use_system), (2, 'approved', p.approved_use, p.approved_use_system),
                                        (3, 'present', p.present_use, p.present_use_system)) AS v (position, kind, use, system)
              LEFT JOIN land_use_code u ON u.code_system = _trimmed_code(v.system) AND u.code = _trimmed_code(v.use)
        ), differing AS (
            SELECT a.id
              FROM used a JOIN used b ON b.id = a.id AND b.position > a.position
             WHERE CASE WHEN a.system = b.system THEN a.use <> b.use ELSE a.family <> b.family END
        )
        SELECT 'uses_differ', 'parcel', u.id, u.code, u.subdistrict, u.id, _no_place(),
               ARRAY[string_agg(u.use || ' (' || u.system || ')', ', ' ORDER BY u.position)]
          FROM used u
         WHERE u.id IN (SELECT d.id FROM differing d) AND u.use IS NOT NULL
         GROUP BY u.id, u.code, u.subdistrict;
    RETURN QUERY
        SELECT 'missing_use', 'parcel', p.id, p.code, p.subdistrict, p.id, _no_place(), ARRAY['@column/parcel.' || deciding_use || '_use']
          FROM parcel p
         WHERE _trimmed_code(CASE deciding_use WHEN 'registered' THEN p.registered_use WHEN 'approved' THEN p.approved_use WHEN 'planned' THEN p.planned_use ELSE p.present_use END) IS NULL
           AND NOT EXISTS (SELECT FROM parcel_use d WHERE d.parcel_id = p.id AND _trimmed_code(d.family) IS NOT NULL);
    RETURN QUERY
        SELECT 'family_undeclared', 'parcel', p.id, p.code, p.subdistrict, p.id, _no_place(), ARRAY[u.code, u.label_en, u.label_zh]
          FROM parcel p
          JOIN land_use_code u ON u.code_system = _trimmed_code(coalesce(p.present_use_system, p.registered_use_system))
                              AND u.code = _trimmed_code(coalesce(p.present_use, p.registered_use))
         WHERE u.family IS NULL AND NOT EXISTS (SELECT FROM parcel_use d WHERE d.parcel_id = p.id);
END
$function$;
COMMENT ON FUNCTION _check_parcel_use(name, text) IS 'parcels whose deciding use is empty, whose registered, approved and present use differ (codes within one system, families across systems), and uses that belong to no family by themselves';

CREATE FUNCTION _check_date(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
    as_of date;
    last_year integer := _run_year(survey, run_id);
    first_year integer := (SELECT r.lower_limit FROM finding_rule r WHERE r.rule = 'implausible_year');
BEGIN
    PERFORM _enter_survey(survey);
    as_of := (SELECT r.as_of FROM run r WHERE r.id = run_id);
    FOR f IN
        SELECT t.*, v.earlier, v.later
          FROM _fact_table(survey) t
          JOIN (VALUES ('contract', 'agreed_start', 'agreed_completion'), ('contract', 'actual_start', 'actual_completion'),
                       ('contract', 'signed_on', 'agreed_completion'), ('occupancy', 'from_date', 'to_date'),
                       ('detailed_plan', 'valid_from', 'valid_to'), ('detailed_plan', 'approved_on', 'valid_to')) AS v (table_name, earlier, later)
            ON v.table_name = t.table_name::text
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'dates_out_of_order', %1$L, %2$s, _no_place(), ARRAY[%3$L, to_char(t.%4$I, 'YYYY-MM-DD'), %5$L, to_char(t.%6$I, 'YYYY-MM-DD')]
              FROM %7$s WHERE t.%4$I < t.%6$I$sql$,
            f.table_name, f.row_columns, format('@column/%s.%s', f.table_name, f.later), f.later,
            format('@column/%s.%s', f.table_name, f.earlier), f.earlier, f.row_source);
    END LOOP;
    FOR f IN
        SELECT t.*, v.name
          FROM _fact_table(survey) t
          JOIN (VALUES ('parcel', 'idle_since'), ('parcel', 'stopped_since'), ('contract', 'signed_on'), ('contract', 'actual_start'), ('contract', 'actual_completion'),
                       ('contract', 'suspended_since'), ('enterprise', 'production_started_on'), ('legacy_case', 'use_began_on')) AS v (table_name, name)
            ON v.table_name = t.table_name::text
         WHERE as_of IS NOT NULL
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'date_in_future', %1$L, %2$s, _no_place(), ARRAY[%3$L, to_char(t.%4$I, 'YYYY-MM-DD'), to_char($1, 'YYYY-MM-DD')]
              FROM %5$s WHERE t.%4$I > $1$sql$,
            f.table_name, f.row_columns, format('@column/%s.%s', f.table_name, f.name), f.name, f.row_source) USING as_of;
    END LOOP;
    FOR f IN
        SELECT t.*, v.name
          FROM _fact_table(survey) t
          JOIN (VALUES ('patch', 'base_year'), ('building', 'built_year'), ('building_year', 'year'), ('enterprise_year', 'year')) AS v (table_name, name)
            ON v.table_name = t.table_name::text
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'implausible_year', %1$L, %2$s, _no_place(), ARRAY[%3$L, t.%4$I::text]
              FROM %5$s WHERE t.%4$I < $1 OR t.%4$I > $2$sql$,
            f.table_name, f.row_columns, format('@column/%s.%s', f.table_name, f.name), f.name, f.row_source) USING first_year, last_year;
    END LOOP;
    RETURN QUERY
        SELECT 'contradictory_state', 'parcel', p.id, p.code, p.subdistrict, p.id, _no_place(),
               ARRAY['@column/parcel.' || v.state_name, format('@%s/%s', v.state_name, _trimmed_code(v.state)), '@column/parcel.' || v.date_name, to_char(v.since, 'YYYY-MM-DD')]
          FROM parcel p
         CROSS JOIN LATERAL (VALUES ('use_state', p.use_state, 'in_use', 'idle_since', p.idle_since),
                                    ('operating_state', p.operating_state, 'normal', 'stopped_since', p.stopped_since)) AS v (state_name, state, active, date_name, since)
         WHERE _trimmed_code(v.state) = v.active AND v.since IS NOT NULL;
END
$function$;
COMMENT ON FUNCTION _check_date(name, integer) IS 'dates in the wrong order or after the reference date, years before the first plausible one or after the last the run can know of, and parcels in use or in normal operation that are said to stand still';
