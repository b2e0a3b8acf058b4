-- verdict: what the rules say about a row of facts

CREATE TYPE verdict_result AS (
    verdict text,
    reasons text[],
    missing text[],
    flags text[],
    margin double precision,
    route text,
    standard text,
    version text
);
COMMENT ON TYPE verdict_result IS
'a screening, not a decision. verdict: inefficient | not_inefficient | exempt | excluded | insufficient_data; reasons: codes of the rules that are true: gates when excluded, otherwise criteria, and exemptions when exempt; missing: facts, peer figures and as_of that keep the answer open, empty when it is not; flags: exemption_open, criterion_open, exemption_candidate (a discretionary exemption whose facts are given, but no decision), decision_contradicts_facts, peer_fallback (a peer figure that was looked up is of a wider group or a published value); margin: how far the nearest criterion is from its limit, (value - limit) / |limit|, negative on the inefficient side, NULL without a comparison of numbers; route: where an excluded subject goes; standard and version of the ruleset';

CREATE FUNCTION classify(facts record, ruleset ruleset) RETURNS verdict_result
    AS 'MODULE_PATHNAME', 'il_classify' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION classify(record, ruleset) IS
'the verdict on one row: SELECT p.id, v.* FROM my_parcels p, classify(p, :ruleset) v. Facts are columns of the same name; contract.x is field x of a composite column contract, else column contract_x; a series s is columns s_series and s_years; numbers of any number type, texts of any text type or enum, dates also as timestamp without time zone. A fact without a column is unknown. exemption_decision text[], where there is such a column, lists the codes of exemptions that were granted. Practice: gates first (true: excluded, unknown: insufficient_data), then criteria and exemptions as in README. Errors: 42804 a column of another type, 22003 NaN or infinity, 22023 a row without column names, or a series that does not fit its years. Stable because a row type may change; no clock, time zone, date style or other setting plays a part. NULL for NULL';

CREATE FUNCTION explain_verdict(facts record, ruleset ruleset)
    RETURNS TABLE (sequence integer, role text, rule text, label text, applies text, truth text, criterion text,
                   operands jsonb, reason text, applicability text, decision text, route text, standard text, version text, variant text, scope text)
    AS 'MODULE_PATHNAME', 'il_explain_verdict' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION explain_verdict(record, ruleset) IS
'the verdict of classify() rule by rule: gates, criteria, exemptions. applies and truth are true | false | unknown, truth as it counts for the verdict (a discretionary exemption without decision is false). operands: for each predicate of applicability and criterion its text, truth, value, threshold, unit, margin, facts, benchmarks (expression, key, n, value, note) and the facts that are not on a complete list. label and reason in the language of inefficient_land.language, the reason with what decides the rule, fit for a letter; values are those of the row, so whoever may see the row may see them. decision: recorded | not_recorded for exemptions that take one. variant and scope: which variant of the rule was used (NULL: it has none, or none could be chosen) and where it holds (NULL: everywhere). All rules are explained, also those a true gate makes irrelevant. Stable because of the language. Errors as classify. NULL for NULL: no rows';

CREATE FUNCTION classify(facts record, standard text, as_of date DEFAULT NULL, survey name DEFAULT NULL) RETURNS verdict_result
    AS 'MODULE_PATHNAME', 'il_classify_by_name' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION classify(record, text, date, name) IS
'the verdict on one row by a standard that is named: classify(p, ''jinhua-2024/industrial''). The rules are those of make_ruleset(standard, as_of => as_of, survey => survey), made once for a query as long as the arguments stay the same: published values, no peer figures, so peer rules stay unknown and are listed as missing; with compute_benchmarks and a ruleset they are known. survey: look among its own standards first. NULL where facts or standard is NULL. Errors: as make_ruleset and classify(record, ruleset)';

CREATE FUNCTION explain_verdict(facts record, standard text, as_of date DEFAULT NULL, survey name DEFAULT NULL)
    RETURNS TABLE (sequence integer, role text, rule text, label text, applies text, truth text, criterion text,
                   operands jsonb, reason text, applicability text, decision text, route text, ruleset text, version text, variant text, scope text)
    AS 'MODULE_PATHNAME', 'il_explain_verdict_by_name' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION explain_verdict(record, text, date, name) IS
'the verdict of classify(record, text, date, name) rule by rule, as explain_verdict(record, ruleset); column ruleset is the standard. No rows where facts or standard is NULL';
