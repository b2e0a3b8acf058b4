-- explain: why a parcel got its verdict, for everybody who may read the survey
-- Who may read the confidential figures sees them; everybody else sees the same
-- rules with classes in their place.  Privileges on the columns decide, and the
-- figures that a reader may not see are not read at all.

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('explanation', 'confidential', 'confidential', '涉密', NULL, 1),
    ('explanation', 'true',    'The condition is met. Its figures are confidential (%1$s).', '符合该条件；具体数据涉密，不予公开（%1$s）。', NULL, 2),
    ('explanation', 'false',   'The condition is not met; facts that are not confidential settle it (%1$s).', '不符合该条件；依据非涉密数据即可判定（%1$s）。', NULL, 3),
    ('explanation', 'unknown', 'The condition cannot be decided: %2$s. Other figures are confidential (%1$s).', '无法判定该条件：缺少%2$s；其余数据涉密，不予公开（%1$s）。', NULL, 4),
    ('explanation', 'hidden',  'Whether the condition is met is confidential, because its figures are (%1$s).', '涉密数据，是否符合该条件不予公开（%1$s）。', NULL, 5);

CREATE FUNCTION _hidden_column(survey name) RETURNS text[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = format('%I.parcel_indicator', survey)::regclass AND a.attnum > 0 AND NOT a.attisdropped
                    AND NOT has_column_privilege(a.attrelid, a.attnum, 'SELECT')
                  ORDER BY a.attnum);
END
$function$;
COMMENT ON FUNCTION _hidden_column(name) IS 'the columns of parcel_indicator that the caller may not read: single-firm figures, for everybody but the holders of the confidential data';

CREATE FUNCTION _hidden_fact(criterion criterion, hidden text[]) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN ARRAY(SELECT DISTINCT f.name FROM criterion_facts(criterion) f
                  WHERE translate(f.name, '.', '_') = ANY (hidden) OR translate(f.name, '.', '_') || '_series' = ANY (hidden)
                  ORDER BY f.name);
END
$function$;
COMMENT ON FUNCTION _hidden_fact(criterion, text[]) IS 'which of the hidden columns a criterion asks for, peer figures included; {} for NULL';

CREATE FUNCTION _settled_without(criterion criterion, names text[], rules jsonb) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    -- a hidden fact is read as unknown: true and false hold whatever it is, except where
    -- being unknown says something itself
    RETURN coalesce(criterion::text, '') !~ '\mis (not )?(known|unknown)\M'
           AND NOT EXISTS (SELECT FROM jsonb_array_elements(rules -> 'facts') f WHERE f.value ->> 'name' = ANY (names) AND f.value ->> 'openness' = 'complete_list');
END
$function$;
COMMENT ON FUNCTION _settled_without(criterion, text[], jsonb) IS 'whether true or false, found with the facts of these names unknown, holds whatever they are: not where the criterion asks if something is known, and not for facts on complete lists';

CREATE FUNCTION _fact_label(fact text, rules jsonb) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    word constant text := CASE current_setting('inefficient_land.language', true) WHEN 'zh' THEN 'label_zh' ELSE 'label_en' END;
BEGIN
    RETURN coalesce((SELECT f.value ->> word FROM jsonb_array_elements(rules -> 'facts') f WHERE f.value ->> 'name' = fact LIMIT 1), fact);
END
$function$;
COMMENT ON FUNCTION _fact_label(text, jsonb) IS 'the word for a fact, from a ruleset as JSON, in the language of inefficient_land.language; a fact without a word is returned as it is';

CREATE FUNCTION _fact_class(fact text, facts jsonb) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN coalesce(facts ->> (translate(fact, '.', '_') || '_band'), label_text('explanation', 'confidential'));
END
$function$;
COMMENT ON FUNCTION _fact_class(text, jsonb) IS 'the class in which a confidential fact is shown, or the word confidential';

CREATE FUNCTION _masked_operands(operands jsonb, hidden text[], facts jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    IF jsonb_typeof(operands) IS DISTINCT FROM 'array' THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT coalesce(jsonb_agg(CASE WHEN h.names = '{}' THEN o.operand
                                           ELSE jsonb_build_object('predicate', o.operand -> 'predicate', 'confidential', true, 'facts',
                                                    (SELECT coalesce(jsonb_object_agg(k.key, CASE WHEN k.key = ANY (h.names) THEN to_jsonb(_fact_class(k.key, facts)) ELSE k.value END), '{}')
                                                       FROM jsonb_each(o.operand -> 'facts') k)) END ORDER BY o.i), '[]')
              FROM jsonb_array_elements(operands) WITH ORDINALITY AS o (operand, i)
             CROSS JOIN LATERAL (SELECT _hidden_fact((o.operand ->> 'predicate')::criterion, hidden) AS names) h);
END
$function$;
COMMENT ON FUNCTION _masked_operands(jsonb, text[], jsonb) IS 'the operands of explain_verdict() without those that rest on hidden columns: their predicate stays, their facts are shown in classes, values, thresholds, margins and peer figures go; NULL for what is no array';

CREATE FUNCTION explain_parcel(survey name, parcel_code text, family text DEFAULT NULL, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, part text, sequence integer, role text, rule text, label text, applies text, truth text,
                   criterion text, operands jsonb, reason text, applicability text, decision text, route text, confidential boolean, variant text, scope text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 20
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    hidden text[];
    visible text;
BEGIN
    PERFORM _enter_survey(survey);
    hidden := _hidden_column(survey);
    SELECT string_agg(format('i.%I', a.attname), ', ' ORDER BY a.attnum) INTO visible
      FROM pg_attribute a
     WHERE a.attrelid = format('%I.parcel_indicator', survey)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (hidden);
    RETURN QUERY EXECUTE format($query$
        SELECT i.parcel_id, i.family, e.sequence, e.role, e.rule, e.label,
               CASE WHEN a.names = '{}' THEN e.applies END,
               t.truth,
               e.criterion,
               CASE WHEN c.names || a.names = '{}' THEN e.operands ELSE _masked_operands(e.operands, $1, i.facts) END,
               CASE WHEN c.names || a.names = '{}' THEN e.reason
                    ELSE format(label_text('explanation', coalesce(t.truth, 'hidden')), s.classes, u.names) END,
               e.applicability, e.decision, e.route, c.names || a.names <> '{}', e.variant, e.scope
          FROM (SELECT f.*, to_jsonb(f) AS facts FROM (SELECT %1$s FROM %2$I.parcel_indicator i) f
                 WHERE f.parcel_code = $2 AND ($3 IS NULL OR f.family = $3) AND _in_run(f.run_id, f.until_run, $4)) i
          JOIN %2$I.run_ruleset r ON r.run_id = $4 AND r.land_type = i.land_type
          JOIN %2$I.verdict v ON _in_run(v.run_id, v.until_run, $4) AND v.parcel_id = i.parcel_id AND v.family = i.family
         CROSS JOIN LATERAL (SELECT r.%3$I::text::jsonb AS rules) j
         CROSS JOIN LATERAL explain_verdict(i, r.%3$I) e
         CROSS JOIN LATERAL (SELECT _hidden_fact(e.criterion::criterion, $1) AS names) c
         CROSS JOIN LATERAL (SELECT _hidden_fact(e.applicability::criterion, $1) || _hidden_fact(e.scope::criterion, $1) AS names) a
         CROSS JOIN LATERAL (SELECT string_agg(DISTINCT _fact_label(n.name, j.rules) || ' ' || _fact_class(n.name, i.facts), ', ') AS classes FROM unnest(c.names || a.names) AS n (name)) s
         CROSS JOIN LATERAL (SELECT string_agg(_fact_label(m.name, j.rules), ', ' ORDER BY m.i) AS names FROM unnest(v.missing) WITH ORDINALITY AS m (name, i)
                              WHERE m.name IN (SELECT f.name FROM criterion_facts(e.criterion::criterion) f UNION SELECT f.name FROM criterion_facts(e.scope::criterion) f UNION SELECT b.expression FROM criterion_benchmarks(e.criterion::criterion) b)) u
         CROSS JOIN LATERAL (SELECT CASE WHEN c.names || a.names = '{}' THEN e.truth
                                         WHEN e.rule = ANY (v.reasons) THEN 'true'
                                         WHEN e.truth <> 'unknown' AND _settled_without(e.criterion::criterion, c.names, j.rules) AND _settled_without(e.applicability::criterion, a.names, j.rules) THEN e.truth
                                         WHEN c.names || a.names <@ v.missing THEN e.truth END AS truth) t
         ORDER BY i.parcel_id, i.family, e.sequence$query$,
            visible, survey, CASE WHEN hidden = '{}' THEN 'ruleset' ELSE 'public_ruleset' END)
        USING hidden, parcel_code, family, coalesce(explain_parcel.run_id, (SELECT max(r.id) FROM run r));
    IF NOT FOUND AND NOT EXISTS (SELECT FROM parcel p WHERE p.code = explain_parcel.parcel_code) THEN
        RAISE EXCEPTION 'no parcel has the code "%"', parcel_code USING ERRCODE = 'no_data_found',
            HINT = format('SELECT code FROM %I.parcel lists the codes of the survey.', survey);
    ELSIF NOT FOUND THEN
        RAISE NOTICE 'parcel "%" of survey "%" has no verdict%', parcel_code, survey, coalesce(' for family ' || family, '') || coalesce(' in run ' || run_id, '')
            USING HINT = 'Its use may be unknown, or the standard has no rules for it; see the findings.';
    END IF;
END
$function$;
COMMENT ON FUNCTION explain_parcel(name, text, text, integer) IS 'the verdict on a parcel rule by rule, from the facts and the rules as the run had them; family NULL: every part; run_id NULL: the current run, the only one that readers may see. Columns as explain_verdict(), variant and scope say which variant of a rule was used and where it holds, language by inefficient_land.language. A caller who may not read single-firm figures gets the rules that rest on them marked confidential: their facts in classes, truth true where the rule is among the reasons, unknown where a fact is missing, else NULL; no figure, limit distance or peer figure. A parcel without verdict gives no rows and a NOTICE. Errors: 3F000 unknown survey, P0002 no such parcel';
