-- assess: check → measure → indicators → benchmarks → classify, one unit of work
-- What an error or a cancel interrupts leaves nothing behind: the former run
-- stays the current one.

-- The lock is one that only those can take who may change runs: a key that everybody can lock would
-- let everybody hold assessments up.
CREATE FUNCTION _lock_survey(survey name) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    holder record;
BEGIN
    BEGIN
        EXECUTE format('LOCK TABLE %I.run IN SHARE UPDATE EXCLUSIVE MODE NOWAIT', survey);
        RETURN;
    EXCEPTION WHEN lock_not_available THEN
        SELECT l.pid, a.usesysid IS NULL AS is_service INTO holder
          FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE l.locktype = 'relation' AND l.relation = format('%I.run', survey)::regclass AND l.granted AND l.pid <> pg_backend_pid()
           AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
           AND l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
         ORDER BY l.pid LIMIT 1;
    END;
    IF holder.is_service THEN
        -- autovacuum has no user, takes milliseconds, and gives way to whoever waits
        EXECUTE format('LOCK TABLE %I.run IN SHARE UPDATE EXCLUSIVE MODE', survey);
        RETURN;
    END IF;
    RAISE EXCEPTION 'survey "%" is being assessed by process %', survey, coalesce(holder.pid::text, 'that has just ended') USING ERRCODE = 'lock_not_available',
        HINT = 'Wait until it has finished; application_name in pg_stat_activity shows how far it is.';
END
$function$;
COMMENT ON FUNCTION _lock_survey(name) IS 'takes the lock that one assessment of a survey holds until the end of its transaction (SHARE UPDATE EXCLUSIVE on its table run); 55P03 with the process that has it, at once';

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

CREATE FUNCTION _rule_state(survey name, standard text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    EXECUTE format($query$
        SELECT md5(string_agg(w.content, chr(10) ORDER BY w.content COLLATE "C"))
          FROM (SELECT s::text AS content FROM %1$I.standard s WHERE s.code = $1
                UNION ALL SELECT t::text FROM %1$I.standard_land_type t WHERE t.standard = $1
                UNION ALL SELECT f::text FROM %1$I.standard_fact f WHERE f.standard = $1
                UNION ALL SELECT r::text FROM %1$I.standard_rule r WHERE r.standard = $1
                UNION ALL SELECT g::text FROM %1$I.standard_peer_group g WHERE g.standard = $1
                UNION ALL SELECT c::text FROM %1$I.standard_control c WHERE c.standard = $1
                UNION ALL SELECT m::text FROM %1$I.standard_score m WHERE m.standard = $1
                UNION ALL SELECT i::text FROM %1$I.standard_score_item i WHERE i.standard = $1
                UNION ALL SELECT b::text FROM %1$I.standard_score_base b WHERE b.standard = $1
                UNION ALL SELECT l::text FROM complete_list l) w$query$, _standard_home(survey, standard))
       INTO result USING standard;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _rule_state(name, text) IS 'fingerprint of all that a run judges by and that people may edit: the rows of the standard and the lists declared complete';

CREATE FUNCTION _economic_year(survey name, as_of date) RETURNS integer
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    first_year integer := (SELECT r.lower_limit FROM finding_rule r WHERE r.rule = 'implausible_year');
    last_year integer := coalesce(extract(year FROM as_of)::integer - 1, 9999);
    result integer;
    stray text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT coalesce(max(y.year) FILTER (WHERE y.source = 1), max(y.year)) INTO result
      FROM (SELECT 1 AS source, y.year FROM enterprise_year y UNION ALL SELECT 2, y.year FROM building_year y) y
     WHERE y.year BETWEEN first_year AND last_year;
    SELECT string_agg(y.year::text, ', ' ORDER BY y.year) INTO stray
      FROM (SELECT y.year FROM enterprise_year y UNION SELECT y.year FROM building_year y) y
     WHERE y.year < first_year OR y.year > 9999;
    IF stray IS NOT NULL THEN
        RAISE WARNING 'rows of implausible years (%) play no part in the choice of the economic year', left(stray, 100)
            USING HINT = 'Correct the year in enterprise_year and building_year; the findings implausible_year name the rows.';
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _economic_year(name, date) IS 'the latest plausible year of enterprise_year, or where it has none of building_year, that was over on as_of; without as_of the latest at all; NULL where there is none. Years before the limit of the rule implausible_year and of more than four digits are left out, with a warning';

CREATE FUNCTION _base_year(survey name) RETURNS integer
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey);
    RETURN coalesce((SELECT s.base_year FROM survey s LIMIT 1), (SELECT min(t.base_year) FROM patch t HAVING min(t.base_year) = max(t.base_year)));
END
$function$;
COMMENT ON FUNCTION _base_year(name) IS 'year of the land-change survey: as declared for the survey, else that of its patches where all have the same';

CREATE PROCEDURE _analyze_result(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
BEGIN
    CALL _analyze_table(survey, 'parcel_measure', 'run_id, until_run, parcel_id');
    CALL _analyze_table(survey, 'parcel_indicator', 'run_id, until_run, parcel_id, family, land_type, subdistrict, stratum');
    CALL _analyze_table(survey, 'verdict', 'run_id, until_run, parcel_id, family, land_type, subdistrict, verdict');
    CALL _analyze_table(survey, 'finding', 'run_id, until_run, rule, severity, parcel_id');
    CALL _analyze_table(survey, 'benchmark', 'run_id, land_type');
    CALL _analyze_table(survey, 'subdistrict_indicator', 'run_id, until_run, subdistrict, family, indicator');
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
    PERFORM _enter_survey(survey);
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

CREATE FUNCTION _variant_label(labels text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN (SELECT string_agg(l.label, ' / ' ORDER BY l.place) FROM (SELECT u.label, min(u.place) AS place FROM unnest(labels) WITH ORDINALITY AS u (label, place) GROUP BY u.label) l);
END
$function$;
COMMENT ON FUNCTION _variant_label(text[]) IS 'the words of a rule from those of its variants, each once, in their order: a verdict names the rule, its explanation the variant';

CREATE FUNCTION _store_score(survey name, run_id integer, standard text, economic_year integer) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    home name := _standard_home(survey, standard);
    model standard_score;
    written bigint;
    stored bigint := 0;
BEGIN
    PERFORM _enter_survey(survey);
    FOR model IN EXECUTE format('SELECT m.* FROM %I.standard_score m WHERE m.standard = $1 AND m.land_type IS NOT NULL ORDER BY m.sequence, m.model COLLATE "C"', home) USING standard
    LOOP
        UPDATE parcel_indicator i SET score = s.score, grade = s.grade, score_items = s.items
          FROM _scores(home, model, 'parcel_indicator'::regclass, 'r.parcel_id || ''/'' || r.family',
                       format('r.run_id = %s AND r.land_type = %L AND r.score_items IS NULL', _store_score.run_id, model.land_type), economic_year, absent_is_unknown => true) s
         WHERE i.run_id = _store_score.run_id AND i.land_type = model.land_type AND i.parcel_id || '/' || i.family = s.id;
        GET DIAGNOSTICS written = ROW_COUNT;
        stored := stored + written;
        PERFORM _show_progress(survey, 'scores', stored, stored);
    END LOOP;
    RETURN stored;
END
$function$;
COMMENT ON FUNCTION _store_score(name, integer, text, integer) IS 'scores the parts of a run by the models that the standard has for their land type, the first whose population they are of; before peer figures and verdicts, so that rules may ask for score and grade. Returns the parts scored';

CREATE FUNCTION _run_word(survey name, standard text) RETURNS TABLE (land_type text, code text, kind text, label_en text, label_zh text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT w.land_type, w.rule, min(w.role), _variant_label(array_agg(w.label_en ORDER BY w.specificity DESC, w.variant COLLATE "C")), _variant_label(array_agg(w.label_zh ORDER BY w.specificity DESC, w.variant COLLATE "C"))
          FROM (SELECT r.*, _rule_specificity(r.management_area, r.zone, r.industry_code, r.size_class) AS specificity FROM %1$I.standard_rule r WHERE r.standard = $1) w
         GROUP BY w.land_type, w.rule
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
    PERFORM _enter_survey(survey);
    FOR batch IN SELECT * FROM _id_batch(survey, 2000, _store_verdict.run_id)
    LOOP
        WITH word AS MATERIALIZED (
            SELECT r.land_type, r.ruleset, _verdict_words(survey, standard, r.land_type) AS words FROM run_ruleset r WHERE r.run_id = _store_verdict.run_id
        ), judged AS MATERIALIZED (
            SELECT i.run_id, i.parcel_id, i.family, i.land_type, i.subdistrict, i.family_area, v.verdict, v.reasons, v.missing, v.flags, v.route, v.margin, i.score, i.grade
              FROM parcel_indicator i
              JOIN word w ON w.land_type = i.land_type
             CROSS JOIN LATERAL classify(i, w.ruleset) v
             WHERE i.run_id = _store_verdict.run_id AND i.parcel_id BETWEEN batch.from_id AND batch.to_id
        ), worded AS MATERIALIZED (
            -- the same verdict for the same reasons is put into words once
            SELECT k.land_type, k.verdict, k.reasons, k.missing,
                   _verdict_reason(k.verdict, k.reasons, k.missing, w.words, 'en') AS reason_en, _verdict_reason(k.verdict, k.reasons, k.missing, w.words, 'zh') AS reason_zh
              FROM (SELECT DISTINCT j.land_type, j.verdict, j.reasons, j.missing FROM judged j) k JOIN word w ON w.land_type = k.land_type
        )
        INSERT INTO verdict (run_id, until_run, parcel_id, family, land_type, subdistrict, verdict, reasons, missing, flags, route, margin, score, grade, reason_en, reason_zh, land_area, standard, standard_version)
        SELECT j.run_id, _draft_end(j.run_id, EXISTS (SELECT FROM run r WHERE r.id < _store_verdict.run_id)), j.parcel_id, j.family, j.land_type, j.subdistrict, j.verdict, j.reasons, j.missing, j.flags, j.route, j.margin, j.score, j.grade, w.reason_en, w.reason_zh,
               j.family_area, _store_verdict.standard, _store_verdict.version
          FROM judged j JOIN worded w ON w.land_type = j.land_type AND w.verdict = j.verdict AND w.reasons = j.reasons AND w.missing = j.missing;
        GET DIAGNOSTICS written = ROW_COUNT;
        stored := stored + written;
        PERFORM _show_progress(survey, 'classify', batch.done, batch.total);
    END LOOP;
    RETURN stored;
END
$function$;
COMMENT ON FUNCTION _store_verdict(name, integer, text, text) IS 'classifies the parts of a run that a land type covers; returns the number of verdicts. The others have no verdict: they are not judged';

CREATE FUNCTION _keep_difference(survey name, table_name name, key name[], run_id integer, only_parcels integer[] DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    content text := (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
                       FROM pg_attribute a WHERE a.attrelid = format('%I.%I', survey, table_name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
                        AND a.attgenerated = '' AND a.attname NOT IN ('id', 'run_id', 'until_run'));
    names text := (SELECT string_agg(quote_ident(k), ', ') FROM unnest(key) k);
    place text := CASE WHEN only_parcels IS NULL THEN '' WHEN table_name = 'finding' THEN $$ AND parcel_id = ANY ($2) AND table_name NOT IN ('enterprise', 'enterprise_year')$$ ELSE ' AND parcel_id = ANY ($2)' END;
    written bigint;
    kept bigint;
BEGIN
    -- byte by byte: a row that only counts as equal (0 and -0) is another one
    EXECUTE format($sql$
        WITH old AS MATERIALIZED (
            SELECT ctid AS place, ROW(%5$s) AS content, ROW(%3$s) AS key, row_number() OVER (PARTITION BY %3$s ORDER BY ctid) AS number
              FROM %1$I.%2$I WHERE until_run IS NULL AND run_id < $1%4$s
        ), new AS MATERIALIZED (
            SELECT ctid AS place, ROW(%5$s) AS content, ROW(%3$s) AS key, row_number() OVER (PARTITION BY %3$s ORDER BY ctid) AS number
              FROM %1$I.%2$I WHERE run_id = $1 AND EXISTS (SELECT FROM %1$I.%2$I WHERE until_run IS NULL AND run_id < $1)
        ), same AS MATERIALIZED (
            SELECT n.place AS new_place, o.place AS old_place FROM new n JOIN old o ON o.key = n.key AND o.number = n.number WHERE o.content *= n.content
        ), dropped AS (
            DELETE FROM %1$I.%2$I WHERE ctid IN (SELECT s.new_place FROM same s) RETURNING 1
        ), closed AS (
            UPDATE %1$I.%2$I SET until_run = $1 WHERE until_run IS NULL AND run_id < $1%4$s AND ctid NOT IN (SELECT s.old_place FROM same s)
        )
        SELECT (SELECT count(*) FROM %1$I.%2$I WHERE run_id = $1), (SELECT count(*) FROM dropped)$sql$, survey, table_name, names, place, content)
       INTO written, kept USING run_id, only_parcels;
    EXECUTE format('UPDATE %I.%I SET until_run = NULL WHERE run_id = $1 AND until_run = $1', survey, table_name) USING run_id;
    RETURN written - kept;
END
$function$;
COMMENT ON FUNCTION _keep_difference(name, name, name[], integer, integer[]) IS 'of the rows that a run wrote into a table takes away those that say byte by byte what the run before said, closes those that it replaces or that are gone, and makes the rest current: until then a run that is not the first writes its rows as drafts, until_run being run_id. only_parcels: of these parcels. Returns the rows that differ';

CREATE FUNCTION _keep_differences(survey name, run_id integer, only_parcels integer[] DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _keep_difference(survey, 'parcel_measure', '{parcel_id}', run_id, only_parcels),
            _keep_difference(survey, 'finding', '{rule,table_name,row_id,row_code,parcel_id,message_en}', run_id, only_parcels),
            _keep_difference(survey, 'parcel_indicator', '{parcel_id,family}', run_id, only_parcels);
    RETURN _keep_difference(survey, 'verdict', '{parcel_id,family}', run_id, only_parcels);
END
$function$;
COMMENT ON FUNCTION _keep_differences(name, integer, integer[]) IS '_keep_difference for what a run wrote about parcels; returns the verdicts that differ';

CREATE FUNCTION _run_summary(survey name, run_id integer) RETURNS TABLE (subject text, summary text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 3
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        SELECT 'verdicts', coalesce(string_agg(format('%s %s', c.n, label_text('verdict', c.verdict)), ', ' ORDER BY c.sequence), 'none')
          FROM (SELECT v.verdict, count(*) AS n, min(l.sequence) AS sequence FROM verdict v LEFT JOIN label l ON l.topic = 'verdict' AND l.code = v.verdict
                 WHERE _in_run(v.run_id, v.until_run, _run_summary.run_id) GROUP BY v.verdict) c
        UNION ALL
        SELECT 'not judged', count(*)::text
          FROM parcel_measure m
         WHERE _in_run(m.run_id, m.until_run, _run_summary.run_id)
           AND NOT EXISTS (SELECT FROM verdict v WHERE _in_run(v.run_id, v.until_run, _run_summary.run_id) AND v.parcel_id = m.parcel_id)
        UNION ALL
        SELECT 'findings', coalesce(string_agg(format('%s %s', c.n, label_text('severity', c.severity)), ', ' ORDER BY c.sequence), 'none')
          FROM (SELECT f.severity, count(*) AS n, min(l.sequence) AS sequence FROM finding f LEFT JOIN label l ON l.topic = 'severity' AND l.code = f.severity
                 WHERE _in_run(f.run_id, f.until_run, _run_summary.run_id) GROUP BY f.severity) c;
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

CREATE FUNCTION _open_run(survey name, rules standard, as_of date, economic_year integer, began timestamptz) RETURNS integer
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result integer;
BEGIN
    PERFORM _enter_survey(survey);
    IF (as_of >= rules.valid_from) IS FALSE OR (as_of < rules.valid_to) IS FALSE THEN
        RAISE WARNING 'standard "%" is not in force on %', rules.code, as_of
            USING HINT = format('It is valid from %s to %s.', coalesce(rules.valid_from::text, '(open)'), coalesce(rules.valid_to::text, '(open)'));
    END IF;
    IF as_of IS NULL THEN
        RAISE WARNING 'no reference date: every date rule and every plan limit stays unknown'
            USING HINT = format('Give as_of => ''yyyy-mm-dd''. DELETE FROM %I.run WHERE id = … takes a run back; the one before is current again.', survey);
    END IF;
    RAISE NOTICE 'assess %: standard % (%), as of %, economic year %', survey, rules.code, rules.confirmation,
        coalesce(as_of::text, 'no date: date rules stay unknown'), coalesce(economic_year::text, 'none');
    INSERT INTO run (standard, standard_version, confirmation, as_of, economic_year, base_year, evaluator, started_at, finished_at)
    VALUES (rules.code, rules.version, rules.confirmation, _open_run.as_of, _open_run.economic_year, _base_year(survey), library_version(), began, began)
    RETURNING run.id INTO result;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _open_run(name, standard, date, integer, timestamptz) IS 'says what is assessed by what, and writes the row of the run; returns its id';

CREATE FUNCTION _check_run(survey name, run_id integer, standard text, rule_state text, verdicts bigint) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    parts bigint;
BEGIN
    PERFORM _enter_survey(survey);
    IF _rule_state(survey, standard) <> rule_state THEN
        RAISE EXCEPTION 'standard "%" or table complete_list changed while survey "%" was being assessed', standard, survey USING ERRCODE = 'serialization_failure',
            DETAIL = 'Some parcels would be judged by the old rules and some by the new ones.', HINT = 'Nothing was written. Call assess again.';
    END IF;
    SELECT count(i.land_type) INTO parts FROM parcel_indicator i WHERE i.run_id = _check_run.run_id;
    IF verdicts <> parts THEN
        RAISE EXCEPTION '% parts of parcels were to be judged, % were', parts, verdicts USING ERRCODE = 'data_corrupted',
            HINT = 'Nothing was written. Look for triggers or policies on parcel_indicator and verdict that hide rows.';
    END IF;
END
$function$;
COMMENT ON FUNCTION _check_run(name, integer, text, text, bigint) IS 'error unless the rules still are what they were when the run began (40001) and every part that a land type covers has its verdict (XX001)';

CREATE PROCEDURE assess(survey name DEFAULT NULL, standard text DEFAULT NULL, as_of date DEFAULT NULL, economic_year integer DEFAULT NULL, INOUT run_id integer DEFAULT NULL, only_parcels integer[] DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $procedure$
#variable_conflict use_variable
DECLARE
    rules inefficient_land.standard;
    rule_state text;
    shown_before text := current_setting('application_name');
    step_began timestamptz := clock_timestamp();
    verdicts bigint;
    line record;
BEGIN
    PERFORM _enter_survey(survey), _require_day('as_of', as_of);
    PERFORM _require_right(survey, 'run', 'assess'), _lock_survey(survey);
    IF only_parcels IS NOT NULL THEN
        run_id := _assess_increment(survey, standard, as_of, economic_year, only_parcels);
        PERFORM set_config('application_name', shown_before, true);
        RETURN;
    END IF;
    rules := _standard_row(survey, standard);
    rule_state := _rule_state(survey, standard);
    economic_year := coalesce(economic_year, _economic_year(survey, as_of));
    run_id := _open_run(survey, rules, as_of, economic_year, step_began);

    PERFORM _show_progress(survey, 'check', 0, 1);
    CALL _check_survey(survey, run_id);
    PERFORM _say_step(survey, 'check', format('%s findings', (SELECT count(*) FROM finding f WHERE f.run_id = assess.run_id)), step_began);
    step_began := clock_timestamp();

    PERFORM _show_progress(survey, 'measure', 0, 1);
    PERFORM _store_fact(survey, run_id, standard, rules.deciding_use, rules.area_basis, as_of, economic_year);
    PERFORM _store_fact_finding(survey, run_id, rules.deciding_use, as_of, economic_year);
    PERFORM _store_score(survey, run_id, standard, economic_year);
    CALL _analyze_result(survey);
    PERFORM _say_step(survey, 'measure and indicators', format('%s parcels', (SELECT count(*) FROM parcel_measure m WHERE m.run_id = assess.run_id)), step_began);
    step_began := clock_timestamp();

    PERFORM _show_progress(survey, 'benchmarks', 0, 1);
    PERFORM _say_step(survey, 'benchmarks', format('%s figures', _store_benchmark(survey, run_id, standard, as_of, economic_year)), step_began);
    step_began := clock_timestamp();

    verdicts := _store_verdict(survey, run_id, standard, rules.version);
    PERFORM _check_run(survey, run_id, standard, rule_state, verdicts), _say_step(survey, 'classify', format('%s verdicts', verdicts), step_began);
    PERFORM _keep_differences(survey, run_id);
    step_began := clock_timestamp();

    PERFORM _show_progress(survey, 'subdistricts', 0, 1);
    PERFORM _say_step(survey, 'subdistricts', format('%s figures', _store_subdistrict_indicator(survey, run_id)), step_began);
    PERFORM _keep_difference(survey, 'subdistrict_indicator', '{subdistrict,family,indicator}', run_id);

    CALL _analyze_result(survey);
    UPDATE run r SET finished_at = clock_timestamp(), rule_state = rule_state WHERE r.id = run_id;
    FOR line IN SELECT * FROM _run_summary(survey, run_id)
    LOOP
        RAISE NOTICE 'assess %: run % - %: %', survey, run_id, line.subject, line.summary;
    END LOOP;
    PERFORM set_config('application_name', shown_before, true);
END
$procedure$;
COMMENT ON PROCEDURE assess(name, text, date, integer, integer, integer[]) IS 'assesses a survey by a standard in one unit of work: check → measure → indicators → benchmarks → classify → subdistricts. as_of: reference date of every date rule, of plans, decisions and complete lists, NULL leaves date rules unknown; economic_year: year of taxes, output, jobs and vacancy, NULL takes the latest that was over on as_of; run_id: what comes in is ignored, the new run comes out; only_parcels: ids of parcels whose facts were edited (of a row that moved from one parcel to another, both): they and the parcels that share a firm with them are judged anew, by the rules, peer figures, dates and years of the current run, and written as a run of kind incremental that holds what changed; where the change would reach further (figures of firms, a peer figure, overlaps, the standard, complete lists) error 55000 says that a full run is due and why, and nothing is written. The facts that parcels are judged by (parcel_measure, parcel_indicator) are read in one statement and so from one snapshot: editing facts meanwhile neither waits nor mixes; the findings of the check are those of the moment before, and a change of the standard or of complete_list meanwhile ends the run with 40001. Two years count: year => -1 of a peer figure is the year before economic_year, year => -1 of for_years the year before that of as_of. Unknown is never zero: a parcel without buildings (or firms, or rentable area) has 0 only where a row of complete_list declares table building (enterprise, building_year) complete for its family on or before as_of. tax: paid in the district where reported, else the total. Progress: NOTICE per step, application_name "inefficient_land assess <survey>: <step> <done>/<total>". Errors: 3F000 unknown survey, 42704 unknown standard, 22008 as_of is no day, 55P03 the survey is being assessed, 40001 its rules changed meanwhile';

