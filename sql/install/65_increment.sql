-- increment: some parcels judged anew by the frozen rules and peers of the current run
-- The parcels, what stands on them and what may bear on them are copied into
-- temporary tables, which the functions of a full run then work on: one code, so
-- that both come to the same.  What could change anything else refuses.

CREATE FUNCTION _full_run_due(survey name, why text) RETURNS void
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION 'a full run of survey "%" is due: %', survey, why USING ERRCODE = 'object_not_in_prerequisite_state',
        DETAIL = 'Nothing was written; the current run stands.', HINT = 'CALL inefficient_land.assess() without only_parcels.';
END
$function$;
COMMENT ON FUNCTION _full_run_due(name, text) IS 'error 55000: the change reaches beyond the parcels named, and why';

CREATE FUNCTION _bearing_parcel(survey name, only_parcels integer[]) RETURNS TABLE (parcel_id integer, judged boolean)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    firms integer[];
    targets integer[];
BEGIN
    PERFORM _enter_survey(survey);
    firms := ARRAY(SELECT o.enterprise_id FROM occupancy o WHERE o.parcel_id = ANY (only_parcels)
                   UNION SELECT o.enterprise_id FROM building b JOIN occupancy o ON o.building_id = b.id WHERE b.parcel_id = ANY (only_parcels)
                   UNION SELECT u.id FROM parcel_indicator i, unnest(i.enterprise_id) AS u (id) WHERE i.until_run IS NULL AND i.parcel_id = ANY (only_parcels));
    targets := ARRAY(SELECT p.id FROM unnest(only_parcels) AS p (id)
                     UNION SELECT coalesce(o.parcel_id, b.parcel_id) FROM occupancy o LEFT JOIN building b ON b.id = o.building_id
                            WHERE o.enterprise_id = ANY (firms) AND coalesce(o.parcel_id, b.parcel_id) IS NOT NULL);
    firms := ARRAY(SELECT o.enterprise_id FROM occupancy o WHERE o.parcel_id = ANY (targets)
                   UNION SELECT o.enterprise_id FROM building b JOIN occupancy o ON o.building_id = b.id WHERE b.parcel_id = ANY (targets));
    RETURN QUERY
        SELECT w.id, w.id = ANY (targets)
          FROM (SELECT t.id FROM unnest(targets) AS t (id)
                UNION SELECT coalesce(o.parcel_id, b.parcel_id) FROM occupancy o LEFT JOIN building b ON b.id = o.building_id WHERE o.enterprise_id = ANY (firms)
                UNION SELECT n.id FROM parcel p JOIN parcel n ON _boxes_meet(n.geom, p.geom) WHERE p.id = ANY (targets)
                UNION SELECT n.id FROM parcel p JOIN parcel n ON n.code = p.code WHERE p.id = ANY (targets)) w
         WHERE w.id IS NOT NULL;
END
$function$;
COMMENT ON FUNCTION _bearing_parcel(name, integer[]) IS 'the parcels to be judged anew (judged: those named, and those that share a firm with them, now or in the current run), and those whose rows bear on them: where their firms work too, neighbours, parcels of the same code';

CREATE PROCEDURE _copy_facts(survey name, judged integer[], bearing integer[], standard text)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $procedure$
DECLARE
    t record;
    condition text;
BEGIN
    FOR t IN SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = quote_ident(survey)::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('benchmark', 'determination', 'subdistrict_indicator', 'submission')
              ORDER BY c.relname IN ('enterprise', 'enterprise_year'), c.oid
    LOOP
        -- an identity costs a sequence: only what is written needs one
        EXECUTE format('CREATE TEMP TABLE %I (LIKE %I.%I INCLUDING DEFAULTS INCLUDING GENERATED %s) ON COMMIT DROP', t.name, survey, t.name,
            CASE WHEN t.name IN ('verdict', 'finding') THEN 'INCLUDING IDENTITY' ELSE '' END);
        condition := CASE
            -- where a survey has no zone at all, none is known
            WHEN t.name IN ('survey', 'admin_unit', 'management_area', 'constraint_zone', 'detailed_plan', 'complete_list') THEN 'true'
            WHEN t.name = 'standard' THEN 'r.code = $3'
            WHEN t.name LIKE 'standard\_%' THEN 'r.standard = $3'
            WHEN t.name = 'parcel' THEN 'r.id = ANY ($2)'
            WHEN t.name IN ('parcel_use', 'building', 'contract', 'exemption_decision', 'community_member', 'legacy_case', 'problem') THEN 'r.parcel_id = ANY ($2)'
            WHEN t.name = 'attachment' THEN format('r.subject_code IN (SELECT p.code FROM %I.parcel p WHERE p.id = ANY ($2))', survey)
            WHEN t.name = 'building_year' THEN format('r.building_id IN (SELECT b.id FROM %I.building b WHERE b.parcel_id = ANY ($2))', survey)
            WHEN t.name = 'community' THEN format('r.id IN (SELECT b.community_id FROM %1$I.building b WHERE b.parcel_id = ANY ($2) UNION SELECT m.community_id FROM %1$I.community_member m WHERE m.parcel_id = ANY ($2))', survey)
            WHEN t.name = 'occupancy' THEN format('r.parcel_id = ANY ($1) OR r.enterprise_id IN (SELECT o.enterprise_id FROM %1$I.occupancy o WHERE o.parcel_id = ANY ($1) UNION SELECT o.enterprise_id FROM %1$I.building b JOIN %1$I.occupancy o ON o.building_id = b.id WHERE b.parcel_id = ANY ($1))', survey)
            WHEN t.name = 'enterprise' THEN format('r.id IN (SELECT o.enterprise_id FROM %I.occupancy o)', pg_my_temp_schema()::regnamespace)
            WHEN t.name = 'enterprise_year' THEN format('r.enterprise_id IN (SELECT o.enterprise_id FROM %I.occupancy o)', pg_my_temp_schema()::regnamespace)
            WHEN t.name = 'planning_plot' THEN format('EXISTS (SELECT FROM %I.parcel p WHERE p.id = ANY ($2) AND inefficient_land._boxes_meet(r.geom, p.geom))', survey)
            END;
        IF condition IS NOT NULL THEN
            EXECUTE format('INSERT INTO pg_temp.%1$I (%3$s) SELECT %3$s FROM %2$I.%1$I r WHERE %4$s', t.name, survey,
                (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                  WHERE a.attrelid = format('%I.%I', survey, t.name)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''), condition)
                USING judged, bearing, standard;
        END IF;
    END LOOP;
    -- a series has the years of the whole survey
    EXECUTE format('INSERT INTO pg_temp.building_year (id, year) SELECT -row_number() OVER (ORDER BY y.year), y.year FROM (SELECT DISTINCT b.year FROM %I.building_year b) y', survey);
    COMMENT ON TABLE pg_temp.survey IS 'inefficient_land survey: some parcels of one, for as long as they are judged';
END
$procedure$;
COMMENT ON PROCEDURE _copy_facts(name, integer[], integer[], text) IS 'makes temporary tables like those of a survey, with the rows that bear on the parcels judged: a survey in little, until the transaction ends';

CREATE FUNCTION _increment_change(survey name, judged integer[]) RETURNS TABLE (land_type text, former_land_type text, columns text[])
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
BEGIN
    RETURN QUERY EXECUTE format($sql$
        SELECT n.land_type, o.land_type, ARRAY(SELECT k.name FROM jsonb_object_keys(coalesce(n.facts, o.facts)) AS k (name)
                                                WHERE coalesce(n.facts -> k.name, 'null') IS DISTINCT FROM coalesce(o.facts -> k.name, 'null'))
          FROM (SELECT i.parcel_id, i.family, i.land_type, to_jsonb(i) - '{run_id,until_run}'::text[] || jsonb_build_object('footprint_area', m.footprint_area, 'shape', m.shape) AS facts
                  FROM pg_temp.parcel_indicator i JOIN pg_temp.parcel_measure m ON m.parcel_id = i.parcel_id WHERE i.parcel_id = ANY ($1)) n
          FULL JOIN (SELECT i.parcel_id, i.family, i.land_type, to_jsonb(i) - '{run_id,until_run}'::text[] || jsonb_build_object('footprint_area', m.footprint_area, 'shape', m.shape) AS facts
                       FROM %1$I.parcel_indicator i JOIN %1$I.parcel_measure m ON m.parcel_id = i.parcel_id AND m.until_run IS NULL
                      WHERE i.until_run IS NULL AND i.parcel_id = ANY ($1)) o ON o.parcel_id = n.parcel_id AND o.family = n.family
         WHERE n.facts IS DISTINCT FROM o.facts$sql$, survey) USING judged;
END
$function$;
COMMENT ON FUNCTION _increment_change(name, integer[]) IS 'the parts whose facts differ from the current run: land type now and then, and the columns that differ';

CREATE FUNCTION _require_increment(survey name, base_run integer, home name, standard text, judged integer[]) RETURNS boolean
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    c record;
    compared text[];
    touched text[];
    regional boolean := false;
    moved boolean;
BEGIN
    FOR c IN SELECT * FROM _increment_change(survey, judged)
    LOOP
        touched := ARRAY(SELECT u.name FROM unnest(c.columns) AS u (name)
                          WHERE u.name IN ('enterprise_count', 'enterprise_id', 'contributor', 'output', 'tax', 'investment', 'investment_land_price', 'jobs', 'energy', 'value_added')
                             OR u.name = 'tax_per_mu_series' AND 'family_area' <> ALL (c.columns));
        IF touched <> '{}' THEN
            PERFORM _full_run_due(survey, format('figures of firms changed (%s), which are checked and published beside those of others', array_to_string(touched, ', ')));
        END IF;
        IF c.land_type IS NOT NULL THEN
            EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I.run_ruleset r WHERE r.run_id = $1 AND r.land_type = $2)', survey) INTO moved USING base_run, c.land_type;
            IF moved THEN
                PERFORM _full_run_due(survey, format('land type "%s" had no parcels in run %s, which has no rules for it', c.land_type, base_run));
            END IF;
        END IF;
        -- every word of a peer figure, of its group and of a score model that names a column: scores rank all
        EXECUTE format($sql$
            SELECT array_agg(DISTINCT w.word[1])
              FROM (SELECT unnest(b.key_fact || b.expression) AS text FROM %1$I.benchmark b WHERE b.run_id = $1 AND b.land_type IN ($2, $3) AND b.expression LIKE 'peer%%'
                    UNION ALL
                    SELECT unnest(g.facts || g.population::text) FROM %2$I.standard_peer_group g WHERE g.standard = $4 AND g.land_type IN ($2, $3)
                       AND EXISTS (SELECT FROM %1$I.benchmark b WHERE b.run_id = $1 AND b.land_type = g.land_type AND b.expression LIKE 'peer%%')
                    UNION ALL
                    SELECT unnest(ARRAY[m.population::text, m.ungraded::text, m.bonus_fact, i.item]) FROM %2$I.standard_score m LEFT JOIN %2$I.standard_score_item i USING (standard, model)
                     WHERE m.standard = $4 AND m.land_type IN ($2, $3)) e,
                   LATERAL regexp_matches(replace(e.text, '.', '_'), '[a-z_]+', 'g') AS w (word)$sql$, survey, home)
           INTO compared USING base_run, c.land_type, c.former_land_type, standard;
        touched := ARRAY(SELECT u.name FROM unnest(c.columns) AS u (name) WHERE u.name = 'land_type' OR u.name = ANY (compared) OR regexp_replace(u.name, '_(series|years)$', '') = ANY (compared));
        IF compared IS NOT NULL AND touched <> '{}' THEN
            PERFORM _full_run_due(survey, format('subjects of land type "%s" are compared by what changed (%s)', coalesce(c.land_type, c.former_land_type), array_to_string(touched, ', ')));
        END IF;
        regional := regional OR c.columns && '{subdistrict,stratum,family,family_area,family_share,family_floor_area,land_area,floor_area,footprint_area,rentable_area,vacant_area}'::text[];
    END LOOP;
    EXECUTE format($sql$
        SELECT (SELECT array_agg(f::text ORDER BY f::text) FROM (SELECT rule, row_code, parcel_id, message_en FROM pg_temp.finding WHERE parcel_id = ANY ($1) AND rule = ANY ($2)) f)
               IS DISTINCT FROM
               (SELECT array_agg(f::text ORDER BY f::text) FROM (SELECT rule, row_code, parcel_id, message_en FROM %I.finding WHERE until_run IS NULL AND run_id IS NOT NULL AND parcel_id = ANY ($1) AND rule = ANY ($2)) f)$sql$, survey)
       INTO moved USING judged, '{overlap,sliver,duplicate_code,duplicate_row,duplicate_geometry}'::text[];
    IF moved THEN
        PERFORM _full_run_due(survey, 'findings that concern other parcels too (overlaps, duplicates) changed');
    END IF;
    RETURN regional;
END
$function$;
COMMENT ON FUNCTION _require_increment(name, integer, name, text, integer[]) IS 'error 55000 where the new facts of the parcels judged change a figure that others are judged, checked or published by; else whether subdistrict figures are to be computed anew';

CREATE FUNCTION _drop_copy(survey name) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    EXECUTE (SELECT 'DROP TABLE ' || string_agg(format('pg_temp.%I', c.relname), ', ')
               FROM pg_class c JOIN pg_class t ON t.relname = c.relname AND t.relnamespace = pg_my_temp_schema()
              WHERE c.relnamespace = quote_ident(survey)::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('benchmark', 'determination', 'subdistrict_indicator', 'submission'));
END
$function$;
COMMENT ON FUNCTION _drop_copy(name) IS 'drops the tables of _copy_facts';

CREATE PROCEDURE _take_over(survey name, run_id integer, judged integer[])
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $procedure$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT k.name, k.condition,
                    (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = format('%I.%I', survey, k.name)::regclass
                        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attname NOT IN ('id', 'run_id', 'until_run')) AS columns
               FROM (VALUES ('parcel_measure', 'true'), ('parcel_indicator', 'true'), ('verdict', 'true'), ('finding', $$table_name NOT IN ('enterprise', 'enterprise_year')$$)) AS k (name, condition)
    LOOP
        EXECUTE format('INSERT INTO %1$I.%2$I (run_id, until_run, %3$s) SELECT $1, $1, %3$s FROM pg_temp.%2$I WHERE parcel_id = ANY ($2) AND %4$s', survey, t.name, t.columns, t.condition) USING run_id, judged;
    END LOOP;
    PERFORM _keep_differences(survey, run_id, judged);
END
$procedure$;
COMMENT ON PROCEDURE _take_over(name, integer, integer[]) IS 'writes what was found of the parcels judged from the temporary tables into the run, as far as it differs';

CREATE FUNCTION _assess_increment(survey name, standard text, as_of date, economic_year integer, only_parcels integer[]) RETURNS integer
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    base record;
    rules inefficient_land.standard;
    small name;
    judged integer[];
    bearing integer[];
    result integer;
    regional boolean;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT r.* INTO base FROM run r WHERE r.id = _chosen_run(survey, NULL);
    IF standard <> base.standard OR as_of <> base.as_of OR as_of IS NOT NULL AND base.as_of IS NULL OR economic_year <> base.economic_year THEN
        RAISE EXCEPTION 'standard, as_of and economic_year are those of run % where only_parcels is given', base.id USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Leave them out, or assess all parcels.';
    END IF;
    IF _rule_state(survey, base.standard) IS DISTINCT FROM base.rule_state THEN
        PERFORM _full_run_due(survey, format('standard "%s" or table complete_list changed since run %s', base.standard, base.id));
    END IF;
    IF EXISTS (SELECT FROM unnest(only_parcels) AS p (id) WHERE NOT EXISTS (SELECT FROM parcel n WHERE n.id = p.id) AND NOT EXISTS (SELECT FROM parcel_measure m WHERE m.until_run IS NULL AND m.parcel_id = p.id)) THEN
        RAISE EXCEPTION 'no parcel has the id %', (SELECT min(p.id) FROM unnest(only_parcels) AS p (id) WHERE NOT EXISTS (SELECT FROM parcel n WHERE n.id = p.id)) USING ERRCODE = 'no_data_found';
    END IF;
    rules := _standard_row(survey, base.standard);
    SELECT array_agg(b.parcel_id ORDER BY 1) FILTER (WHERE b.judged), array_agg(b.parcel_id ORDER BY 1) INTO judged, bearing FROM _bearing_parcel(survey, only_parcels) b;
    INSERT INTO run (standard, standard_version, confirmation, as_of, economic_year, base_year, evaluator, started_at, finished_at, kind, based_on, rule_state)
    VALUES (base.standard, base.standard_version, base.confirmation, base.as_of, base.economic_year, base.base_year, library_version(), clock_timestamp(), clock_timestamp(), 'incremental', base.id, base.rule_state)
    RETURNING run.id INTO result;
    INSERT INTO run_ruleset SELECT result, r.land_type, r.family, r.ruleset, r.public_ruleset FROM run_ruleset r WHERE r.run_id = base.id;
    INSERT INTO benchmark (run_id, land_type, expression, key_fact, key_value, n, value, note, band)
    SELECT result, b.land_type, b.expression, b.key_fact, b.key_value, b.n, b.value, b.note, b.band FROM benchmark b WHERE b.run_id = base.id ORDER BY b.id;

    CALL _copy_facts(survey, judged, bearing, base.standard);
    small := (SELECT n.nspname FROM pg_namespace n WHERE n.oid = pg_my_temp_schema());
    EXECUTE format('INSERT INTO pg_temp.run SELECT * FROM %1$I.run r WHERE r.id = $1', survey) USING result;
    EXECUTE format('INSERT INTO pg_temp.run_ruleset SELECT * FROM %1$I.run_ruleset r WHERE r.run_id = $1', survey) USING result;
    -- what was found of firms stands: those checks compare firms with each other
    EXECUTE format('INSERT INTO pg_temp.finding (run_id, rule, severity, table_name, row_id, row_code, subdistrict, parcel_id, blocking, doubtful, message_en, message_zh, advice_en, advice_zh, geom)
                    SELECT $1, f.rule, f.severity, f.table_name, f.row_id, f.row_code, f.subdistrict, NULL, f.blocking, f.doubtful, f.message_en, f.message_zh, f.advice_en, f.advice_zh, f.geom
                      FROM %I.finding f WHERE f.until_run IS NULL AND f.run_id IS NOT NULL AND f.table_name = ''enterprise_year'' AND f.doubtful IS NOT NULL
                       AND f.row_id IN (SELECT y.id FROM pg_temp.enterprise_year y)', survey) USING result;
    CALL _check_survey(small, result, '{geometry,position,code,reference,number,value,use,date,overlap,area,part,building,border,vacancy,evidence}');
    PERFORM _store_fact(small, result, base.standard, rules.deciding_use, rules.area_basis, base.as_of, base.economic_year);
    PERFORM _store_fact_finding(small, result, rules.deciding_use, base.as_of, base.economic_year);
    -- a score compares with others: it stands, or what it rests on has changed and a full run is due
    EXECUTE format('UPDATE pg_temp.parcel_indicator i SET score = b.score, grade = b.grade, score_items = b.score_items
                      FROM %I.parcel_indicator b WHERE b.until_run IS NULL AND b.parcel_id = i.parcel_id AND b.family = i.family AND b.land_type = i.land_type', survey);
    regional := _require_increment(survey, base.id, _standard_home(survey, base.standard), base.standard, judged);
    PERFORM _store_verdict(small, result, base.standard, rules.version);
    CALL _take_over(survey, result, judged);
    PERFORM _drop_copy(survey);

    IF regional THEN
        PERFORM _store_subdistrict_indicator(survey, result);
        PERFORM _keep_difference(survey, 'subdistrict_indicator', '{subdistrict,family,indicator}', result);
    END IF;
    UPDATE run r SET finished_at = clock_timestamp() WHERE r.id = result;
    RAISE NOTICE 'assess %: run % - % parcels judged anew on the rules and peers of run %, % verdicts changed', survey, result, cardinality(judged), base.id,
        (SELECT count(*) FROM verdict v WHERE v.run_id = result);
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _assess_increment(name, text, date, integer, integer[]) IS 'the incremental form of assess; returns the id of the new run';
