-- recompute: a run judged again from what it kept, to show that it still says the same

CREATE FUNCTION _ruleset_words(ruleset ruleset) RETURNS jsonb
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    parts jsonb := ruleset::text::jsonb;
BEGIN
    RETURN (SELECT jsonb_object_agg(w.key, w.value)
              FROM (SELECT 'rule ' || (r.part ->> 'code') AS key, jsonb_build_object('role', min(r.part ->> 'role'), 'en', _variant_label(array_agg(r.part ->> 'label_en' ORDER BY r.i)), 'zh', _variant_label(array_agg(r.part ->> 'label_zh' ORDER BY r.i))) AS value
                      FROM jsonb_array_elements(parts -> 'rules') WITH ORDINALITY AS r (part, i) GROUP BY r.part ->> 'code'
                    UNION ALL
                    SELECT 'fact ' || (f.part ->> 'name'), jsonb_build_object('role', 'fact', 'en', f.part ->> 'label_en', 'zh', f.part ->> 'label_zh') FROM jsonb_array_elements(parts -> 'facts') AS f (part)
                    UNION ALL
                    SELECT 'reason ' || l.code, jsonb_build_object('en', l.label_en, 'zh', l.label_zh) FROM label l WHERE l.topic = 'reason') w);
END
$function$;
COMMENT ON FUNCTION _ruleset_words(ruleset) IS 'what _verdict_reason needs to word verdicts, from the ruleset alone';

CREATE FUNCTION recompute_run(survey name, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, family text, verdict text, reasons text[], missing text[], flags text[], route text, margin double precision,
                   reason_en text, reason_zh text, same boolean)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    chosen integer := _chosen_run(survey, recompute_run.run_id);
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH word AS MATERIALIZED (
            SELECT r.land_type, r.ruleset, _ruleset_words(r.ruleset) AS words FROM run_ruleset r WHERE r.run_id = chosen
        ), again AS (
            SELECT i.parcel_id, i.family, v.verdict, v.reasons, v.missing, v.flags, v.route, v.margin,
                   _verdict_reason(v.verdict, v.reasons, v.missing, w.words, 'en') AS reason_en, _verdict_reason(v.verdict, v.reasons, v.missing, w.words, 'zh') AS reason_zh,
                   split_part(v.standard, '/', 1) AS standard, v.version
              FROM parcel_indicator i JOIN word w ON w.land_type = i.land_type
             CROSS JOIN LATERAL classify(i, w.ruleset) v
             WHERE _in_run(i.run_id, i.until_run, chosen)
        )
        SELECT coalesce(n.parcel_id, o.parcel_id), coalesce(n.family, o.family), n.verdict, n.reasons, n.missing, n.flags, n.route, n.margin, n.reason_en, n.reason_zh,
               (n.verdict, n.reasons, n.missing, n.flags, n.route, n.margin, n.reason_en, n.reason_zh, n.standard, n.version)
               IS NOT DISTINCT FROM (o.verdict, o.reasons, o.missing, o.flags, o.route, o.margin, o.reason_en, o.reason_zh, o.standard, o.standard_version)
          FROM again n
          FULL JOIN (SELECT * FROM verdict k WHERE _in_run(k.run_id, k.until_run, chosen)) o ON o.parcel_id = n.parcel_id AND o.family = n.family
         ORDER BY 1, coalesce(n.family, o.family) COLLATE "C";
END
$function$;
COMMENT ON FUNCTION recompute_run(name, integer) IS 'the verdicts of a run (NULL: the current one) once more, from the facts, rules and peer figures that the run kept and from nothing else; same = equal to the stored verdict in every part, words included. Later edits of parcels, standards or peers change nothing; a verdict NULL is stored, but does not come out again. Nothing is written. Errors: 02000 no such run, 42501 who may not read single-firm figures';
