-- assess: check → measure → indicators → benchmarks → classify, one unit of work
-- What an error or a cancel interrupts leaves nothing behind: the former run
-- stays the current one.

CREATE FUNCTION _lock_survey(survey name) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    topic constant integer := 18764;        -- 'IL'; with the OID of the schema the key of the lock
    home oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = survey);
    holder integer;
BEGIN
    IF pg_try_advisory_xact_lock(topic, home::integer) IS NOT FALSE THEN
        RETURN;
    END IF;
    SELECT l.pid INTO holder
      FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
     WHERE l.locktype = 'advisory' AND l.classid = topic::oid AND l.objid = home AND l.objsubid = 2 AND l.granted;
    RAISE EXCEPTION 'survey "%" is being assessed by process %', survey, coalesce(holder::text, 'that has just ended') USING ERRCODE = 'lock_not_available',
        HINT = 'Wait until it has finished; application_name in pg_stat_activity shows how far it is.';
END
$function$;
COMMENT ON FUNCTION _lock_survey(name) IS 'takes the lock that one assessment of a survey holds until the end of its transaction; 55P03 with the process that has it, at once';

CREATE FUNCTION _standard_row(survey name, standard text) RETURNS standard
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result inefficient_land.standard;
BEGIN
    EXECUTE format('SELECT s.* FROM %I.standard s WHERE s.code = $1', _standard_home(survey, standard)) INTO result USING standard;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _standard_row(name, text) IS 'the standard, a survey''s own first; 42704 unknown';

CREATE FUNCTION _economic_year(survey name, as_of date) RETURNS integer
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    RETURN coalesce(
        (SELECT max(y.year) FROM enterprise_year y WHERE (y.year < extract(year FROM _economic_year.as_of)) IS NOT FALSE),
        (SELECT max(y.year) FROM building_year y WHERE (y.year < extract(year FROM _economic_year.as_of)) IS NOT FALSE));
END
$function$;
COMMENT ON FUNCTION _economic_year(name, date) IS 'the latest year of enterprise_year, or where it has none of building_year, that was over on as_of; without as_of the latest at all; NULL where there is none';

CREATE FUNCTION _base_year(survey name) RETURNS integer
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    RETURN coalesce((SELECT s.base_year FROM survey s LIMIT 1), (SELECT min(t.base_year) FROM patch t HAVING min(t.base_year) = max(t.base_year)));
END
$function$;
COMMENT ON FUNCTION _base_year(name) IS 'year of the land-change survey: as declared for the survey, else that of its patches where all have the same';

CREATE PROCEDURE _analyze_result(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT v.relname, v.columns
               FROM (VALUES ('parcel_measure', 'run_id, parcel_id'), ('parcel_indicator', 'run_id, parcel_id, family, land_type, subdistrict, stratum'),
                            ('verdict', 'run_id, parcel_id, family, land_type, subdistrict, verdict'), ('finding', 'run_id, rule, severity, parcel_id'),
                            ('benchmark', 'run_id, land_type'), ('subdistrict_indicator', 'run_id, subdistrict, family, indicator')) AS v (relname, columns)
               JOIN pg_class c ON c.oid = format('%I.%I', survey, v.relname)::regclass
              WHERE c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE')
    LOOP
        EXECUTE format('ANALYZE %I.%I (%s)', survey, t.relname, t.columns);
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE _analyze_result(name) IS 'gathers statistics of the result tables: the planner takes a run that it has not seen for one row, and views over the current run would be planned for it';

CREATE FUNCTION _store_benchmark(survey name, run_id integer, standard text, as_of date, economic_year integer) RETURNS integer
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    kind record;
    peers ruleset_benchmark[];
    stored integer := 0;
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    FOR kind IN SELECT t.land_type, t.family FROM _land_type(survey, standard) t
                 WHERE EXISTS (SELECT FROM parcel_indicator i WHERE i.run_id = _store_benchmark.run_id AND i.land_type = t.land_type)
    LOOP
        peers := ARRAY(SELECT b FROM _survey_benchmarks(survey, standard, kind.land_type, _store_benchmark.run_id, economic_year) b);
        INSERT INTO benchmark (run_id, land_type, expression, key_fact, key_value, n, value, note, band)
        SELECT _store_benchmark.run_id, kind.land_type, b.expression, b.key_fact, b.key_value, b.n, b.value, b.note, _peer_band(b.expression, b.value) FROM unnest(peers) b;
        stored := stored + cardinality(peers);
        PERFORM _show_progress(survey, 'benchmarks', stored, stored);
    END LOOP;
    INSERT INTO run_ruleset (run_id, land_type, family, ruleset, public_ruleset)
    SELECT _store_benchmark.run_id, t.land_type, t.family, _survey_ruleset(survey, _store_benchmark.standard, t.land_type, _store_benchmark.as_of, b.every), _survey_ruleset(survey, _store_benchmark.standard, t.land_type, _store_benchmark.as_of, b.published)
      FROM _land_type(survey, _store_benchmark.standard) t
     CROSS JOIN LATERAL (SELECT coalesce(array_agg(ROW(f.expression, f.key_fact, f.key_value, f.n, f.value, f.note)::ruleset_benchmark ORDER BY f.id), '{}') AS every,
                                coalesce(array_agg(ROW(f.expression, f.key_fact, f.key_value, f.n, f.published_value, f.note)::ruleset_benchmark ORDER BY f.id), '{}') AS published
                           FROM benchmark f WHERE f.run_id = _store_benchmark.run_id AND f.land_type = t.land_type) b
     WHERE EXISTS (SELECT FROM parcel_indicator i WHERE i.run_id = _store_benchmark.run_id AND i.land_type = t.land_type);
    RETURN stored;
END
$function$;
COMMENT ON FUNCTION _store_benchmark(name, integer, text, date, integer) IS 'freezes the peer figures of a run and compiles its rules, for each land type that has parcels; returns the number of figures';

CREATE FUNCTION _run_word(survey name, standard text) RETURNS TABLE (land_type text, code text, kind text, label_en text, label_zh text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT r.land_type, r.rule, r.role, r.label_en, r.label_zh FROM %1$I.standard_rule r WHERE r.standard = $1
        UNION ALL
        SELECT f.land_type, f.fact, 'fact', f.label_en, f.label_zh FROM %1$I.standard_fact f WHERE f.standard = $1$query$, _standard_home(survey, standard))
        USING standard;
END
$function$;
COMMENT ON FUNCTION _run_word(name, text) IS 'the words of a standard for its rules (kind: their role) and facts (kind: fact)';

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('reason', 'inefficient',       '%1$s', '%1$s', NULL, 1),
    ('reason', 'exempt',            '%1$s; exempt: %2$s', '%1$s;豁免:%2$s', NULL, 2),
    ('reason', 'exempt_open',       'exempt: %2$s', '豁免:%2$s', NULL, 3),
    ('reason', 'excluded',          'excluded: %1$s', '排除:%1$s', NULL, 4),
    ('reason', 'insufficient_data', 'not decided, unknown: %3$s', '未能判定,缺少:%3$s', NULL, 5),
    ('reason', 'not_inefficient',   'no criterion applies', '不符合任何认定条件', NULL, 6),
    ('reason', 'separator',         '; ', ';', NULL, 7);

CREATE FUNCTION _verdict_reason(verdict text, reasons text[], missing text[], words jsonb, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    glue text := words #>> ARRAY['reason separator', language];
    grounds text := (SELECT string_agg(coalesce(words #>> ARRAY['rule ' || r.code, language], r.code), glue ORDER BY r.i)
                       FROM unnest(reasons) WITH ORDINALITY AS r (code, i) WHERE words #>> ARRAY['rule ' || r.code, 'role'] IS DISTINCT FROM 'exemption');
    exemptions text := (SELECT string_agg(words #>> ARRAY['rule ' || r.code, language], glue ORDER BY r.i)
                          FROM unnest(reasons) WITH ORDINALITY AS r (code, i) WHERE words #>> ARRAY['rule ' || r.code, 'role'] = 'exemption');
    unknown text := (SELECT string_agg(coalesce(words #>> ARRAY['fact ' || m.fact, language], m.fact), glue ORDER BY m.i)
                       FROM unnest(missing) WITH ORDINALITY AS m (fact, i));
    form text := CASE WHEN verdict = 'exempt' AND grounds IS NULL THEN 'exempt_open' ELSE verdict END;
BEGIN
    RETURN format(coalesce(words #>> ARRAY['reason ' || form, language], '%1$s'), grounds, exemptions, unknown);
END
$function$;
COMMENT ON FUNCTION _verdict_reason(text, text[], text[], jsonb, text) IS 'a verdict in words, language en or zh: the labels of its rules, or of the facts that are missing. words: of _verdict_words';

CREATE FUNCTION _verdict_words(survey name, standard text, land_type text) RETURNS jsonb
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
BEGIN
    RETURN (SELECT jsonb_object_agg(w.key, w.value)
              FROM (SELECT CASE WHEN r.kind = 'fact' THEN 'fact ' ELSE 'rule ' END || r.code AS key, jsonb_build_object('role', r.kind, 'en', r.label_en, 'zh', r.label_zh) AS value
                      FROM _run_word(survey, standard) r WHERE r.land_type = _verdict_words.land_type
                    UNION ALL
                    SELECT 'reason ' || l.code, jsonb_build_object('en', l.label_en, 'zh', l.label_zh) FROM label l WHERE l.topic = 'reason') w);
END
$function$;
COMMENT ON FUNCTION _verdict_words(name, text, text) IS 'what _verdict_reason needs to word the verdicts of a land type, keyed by kind and code';

CREATE FUNCTION _store_verdict(survey name, run_id integer, standard text, version text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    batch record;
    written bigint;
    stored bigint := 0;
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    FOR batch IN SELECT * FROM _id_batch(survey, 2000)
    LOOP
        WITH word AS MATERIALIZED (
            SELECT r.land_type, r.ruleset, _verdict_words(survey, standard, r.land_type) AS words FROM run_ruleset r WHERE r.run_id = _store_verdict.run_id
        )
        INSERT INTO verdict (run_id, parcel_id, family, land_type, subdistrict, verdict, reasons, missing, flags, route, margin, reason_en, reason_zh, land_area, standard, standard_version)
        SELECT i.run_id, i.parcel_id, i.family, i.land_type, i.subdistrict, v.verdict, v.reasons, v.missing, v.flags, v.route, v.margin,
               _verdict_reason(v.verdict, v.reasons, v.missing, w.words, 'en'), _verdict_reason(v.verdict, v.reasons, v.missing, w.words, 'zh'),
               i.family_area, _store_verdict.standard, _store_verdict.version
          FROM parcel_indicator i
          JOIN word w ON w.land_type = i.land_type
         CROSS JOIN LATERAL classify(i, w.ruleset) v
         WHERE i.run_id = _store_verdict.run_id AND i.parcel_id BETWEEN batch.from_id AND batch.to_id;
        GET DIAGNOSTICS written = ROW_COUNT;
        stored := stored + written;
        PERFORM _show_progress(survey, 'classify', batch.done, batch.total);
    END LOOP;
    RETURN stored;
END
$function$;
COMMENT ON FUNCTION _store_verdict(name, integer, text, text) IS 'classifies the parts of a run that a land type covers; returns the number of verdicts. The others have no verdict: they are not judged';

CREATE FUNCTION _run_summary(survey name, run_id integer) RETURNS TABLE (subject text, summary text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 3
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    RETURN QUERY
        SELECT 'verdicts', coalesce(string_agg(format('%s %s', c.n, label_text('verdict', c.verdict)), ', ' ORDER BY c.sequence), 'none')
          FROM (SELECT v.verdict, count(*) AS n, min(l.sequence) AS sequence FROM verdict v LEFT JOIN label l ON l.topic = 'verdict' AND l.code = v.verdict
                 WHERE v.run_id = _run_summary.run_id GROUP BY v.verdict) c
        UNION ALL
        SELECT 'not judged', count(*)::text
          FROM parcel_measure m
         WHERE m.run_id = _run_summary.run_id AND NOT EXISTS (SELECT FROM verdict v WHERE v.run_id = m.run_id AND v.parcel_id = m.parcel_id)
        UNION ALL
        SELECT 'findings', coalesce(string_agg(format('%s %s', c.n, label_text('severity', c.severity)), ', ' ORDER BY c.sequence), 'none')
          FROM (SELECT f.severity, count(*) AS n, min(l.sequence) AS sequence FROM finding f LEFT JOIN label l ON l.topic = 'severity' AND l.code = f.severity
                 WHERE f.run_id = _run_summary.run_id GROUP BY f.severity) c;
END
$function$;
COMMENT ON FUNCTION _run_summary(name, integer) IS 'a run in three lines: verdicts by kind, parcels without verdict, findings by severity';

CREATE FUNCTION _say_step(survey name, step text, done text, since timestamptz) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RAISE NOTICE 'assess %: % - % (% s)', survey, step, done, round(extract(epoch FROM clock_timestamp() - since), 2);
END
$function$;
COMMENT ON FUNCTION _say_step(name, text, text, timestamptz) IS 'a NOTICE that a step of assess is done and how long it took';

CREATE PROCEDURE assess(survey name, standard text, as_of date DEFAULT NULL, economic_year integer DEFAULT NULL, INOUT run_id integer DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $procedure$
#variable_conflict use_variable
DECLARE
    rules inefficient_land.standard;
    shown_before text := current_setting('application_name');
    began timestamptz := clock_timestamp();
    step_began timestamptz := began;
    line record;
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    PERFORM _lock_survey(survey);
    rules := _standard_row(survey, standard);
    economic_year := coalesce(economic_year, _economic_year(survey, as_of));
    IF (as_of >= rules.valid_from) IS FALSE OR (as_of < rules.valid_to) IS FALSE THEN
        RAISE WARNING 'standard "%" is not in force on %', standard, as_of
            USING HINT = format('It is valid from %s to %s.', coalesce(rules.valid_from::text, '(open)'), coalesce(rules.valid_to::text, '(open)'));
    END IF;
    RAISE NOTICE 'assess %: standard % (%), as of %, economic year %', survey, standard, rules.confirmation,
        coalesce(as_of::text, 'no date: date rules stay unknown'), coalesce(economic_year::text, 'none');
    INSERT INTO run (standard, standard_version, confirmation, as_of, economic_year, base_year, evaluator, started_at, finished_at)
    VALUES (standard, rules.version, rules.confirmation, as_of, economic_year, _base_year(survey), library_version(), began, began)
    RETURNING run.id INTO run_id;

    PERFORM _show_progress(survey, 'check', 0, 1);
    CALL _check_survey(survey, run_id);
    PERFORM _say_step(survey, 'check', format('%s findings', (SELECT count(*) FROM finding f WHERE f.run_id = assess.run_id)), step_began);
    step_began := clock_timestamp();

    PERFORM _show_progress(survey, 'measure', 0, 1);
    PERFORM _store_fact(survey, run_id, standard, rules.deciding_use, rules.area_basis, as_of, economic_year);
    PERFORM _store_fact_finding(survey, run_id, rules.deciding_use, as_of, economic_year);
    CALL _analyze_result(survey);
    PERFORM _say_step(survey, 'measure and indicators', format('%s parcels', (SELECT count(*) FROM parcel_measure m WHERE m.run_id = assess.run_id)), step_began);
    step_began := clock_timestamp();

    PERFORM _show_progress(survey, 'benchmarks', 0, 1);
    PERFORM _say_step(survey, 'benchmarks', format('%s figures', _store_benchmark(survey, run_id, standard, as_of, economic_year)), step_began);
    step_began := clock_timestamp();

    PERFORM _say_step(survey, 'classify', format('%s verdicts', _store_verdict(survey, run_id, standard, rules.version)), step_began);
    step_began := clock_timestamp();

    PERFORM _show_progress(survey, 'subdistricts', 0, 1);
    PERFORM _say_step(survey, 'subdistricts', format('%s figures', _store_subdistrict_indicator(survey, run_id)), step_began);
    step_began := clock_timestamp();

    CALL _analyze_result(survey);
    UPDATE run r SET finished_at = clock_timestamp() WHERE r.id = run_id;
    FOR line IN SELECT * FROM _run_summary(survey, run_id)
    LOOP
        RAISE NOTICE 'assess %: run % - %: %', survey, run_id, line.subject, line.summary;
    END LOOP;
    PERFORM set_config('application_name', shown_before, true);
END
$procedure$;
COMMENT ON PROCEDURE assess(name, text, date, integer, integer) IS 'assesses a survey by a standard in one unit of work: check → measure → indicators → benchmarks → classify → subdistricts. as_of: reference date of every date rule, of plans, decisions and complete lists, NULL leaves date rules unknown; economic_year: year of taxes, output, jobs and vacancy, NULL takes the latest that was over on as_of; run_id: what comes in is ignored, the new run comes out. Every fact of a run is read from one snapshot, so editing meanwhile neither waits nor mixes. Unknown is never zero: a parcel without buildings (or firms, or rentable area) has 0 only where a row of complete_list declares table building (enterprise, building_year) complete for its family on or before as_of. tax: paid in the district where reported, else the total. Progress: NOTICE per step, application_name "inefficient_land assess <survey>: <step> <done>/<total>". Errors: 3F000 unknown survey, 42704 unknown standard, 55P03 the survey is being assessed';

