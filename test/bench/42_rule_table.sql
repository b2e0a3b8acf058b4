-- rules as data, the usual ways: a table of conditions that SQL joins to each row, and
-- PL/pgSQL with everything written out.  Forty rules, every column of classify().
\ir standard.sql

CREATE TABLE bench.rule (family integer, place integer, rule text, role text, PRIMARY KEY (family, place));
INSERT INTO bench.rule SELECT family, place, chr(65 + family) || place, CASE place WHEN 10 THEN 'exemption' ELSE 'criterion' END
  FROM generate_series(0, 3) family, generate_series(1, 10) place;
-- number OPERATOR value (times what percent_of names), or code in codes
CREATE TABLE bench.condition (family integer, place integer, fact text, operator text, value double precision, percent_of text, codes text[]);
INSERT INTO bench.condition
SELECT f.family, c.* FROM (VALUES (0, 0.3), (1, 0.35), (2, 0.45), (3, 0.25)) f (family, share), LATERAL (VALUES
    (1, 'plot_ratio', '<', (4 + family) / 10.0, NULL, NULL::text[]), (2, 'plot_ratio', '<', share, 'contract', NULL), (3, 'tax_per_mu', '<', (10 + 5 * family) / 100.0, 'peer', NULL),
    (4, 'danger_grade', 'in', NULL, NULL, ARRAY['C', 'D']), (5, 'policy_class', 'in', NULL, NULL, ARRAY['prohibited']), (6, 'fails', '=', 1, NULL, NULL),
    (7, 'built_year', '<=', 1980 + 5 * family, NULL, NULL), (7, 'plot_ratio', '<', 1, NULL, NULL), (8, 'vacancy_rate', '>=', 0.3, NULL, NULL), (8, 'stopped_months', '>=', 12 - family, NULL, NULL),
    (9, 'building_coverage', '<', (20 + family) / 100.0, NULL, NULL), (10, 'listed', '=', 1, NULL, NULL)) c;
CREATE INDEX ON bench.condition (family);
VACUUM ANALYZE bench.rule, bench.condition;

CREATE VIEW bench.family_table AS
SELECT id, CASE WHEN c AND x THEN 'exempt' WHEN c THEN 'inefficient' WHEN NOT c THEN 'not_inefficient' WHEN x THEN 'exempt' ELSE 'insufficient_data' END AS verdict,
       coalesce(CASE WHEN c IS NOT FALSE AND x THEN reasons || exemptions ELSE reasons END, '{}') AS reasons,
       string_to_array(CASE WHEN c IS NOT FALSE THEN concat_ws(',', CASE WHEN c IS NULL THEN open_criteria END, CASE WHEN x IS NULL THEN open_exemptions END, CASE WHEN c IS NULL THEN open_peers END) ELSE '' END, ',') AS missing,
       array_remove(ARRAY[CASE WHEN c AND x IS NULL THEN 'exemption_open' END, CASE WHEN c IS NULL AND x THEN 'criterion_open' END], NULL) AS flags,
       margin, NULL::text AS route, 'bench/' || family AS standard, '1' AS version
  FROM (SELECT f.id, f.family, s.*
          FROM bench.fact f LEFT JOIN bench.peer p USING (industry), LATERAL (
               SELECT CASE WHEN bool_or(truth) FILTER (WHERE role = 'criterion') THEN true WHEN bool_and(truth IS NOT NULL) FILTER (WHERE role = 'criterion') THEN false END AS c,
                      CASE WHEN bool_or(truth) FILTER (WHERE role = 'exemption') THEN true WHEN bool_and(truth IS NOT NULL) FILTER (WHERE role = 'exemption') THEN false END AS x,
                      array_agg(rule ORDER BY place) FILTER (WHERE truth AND role = 'criterion') AS reasons, array_agg(rule ORDER BY place) FILTER (WHERE truth AND role = 'exemption') AS exemptions,
                      string_agg(facts, ',' ORDER BY place) FILTER (WHERE truth IS NULL AND role = 'criterion') AS open_criteria, string_agg(facts, ',' ORDER BY place) FILTER (WHERE truth IS NULL AND role = 'exemption') AS open_exemptions,
                      string_agg(DISTINCT peers, ',') FILTER (WHERE truth IS NULL) AS open_peers, min(margin) FILTER (WHERE role = 'criterion') AS margin
                 FROM (SELECT r.place, r.rule, r.role, CASE WHEN bool_or(NOT t.truth) THEN false WHEN bool_and(t.truth IS NOT NULL) THEN true END AS truth, max(t.margin) AS margin,
                              string_agg(c.fact, ',') FILTER (WHERE coalesce(v.code, v.number::text) IS NULL) AS facts, max(CASE WHEN c.percent_of = 'peer' AND b.bound IS NULL THEN 'peer_mean(tax_per_mu)' END) AS peers
                         FROM bench.rule r JOIN bench.condition c USING (family, place)
                         JOIN (VALUES ('plot_ratio', f.plot_ratio, NULL), ('tax_per_mu', f.tax_per_mu, NULL), ('vacancy_rate', f.vacancy_rate, NULL), ('building_coverage', f.building_coverage, NULL),
                                      ('built_year', f.built_year, NULL), ('danger_grade', NULL, f.danger_grade), ('policy_class', NULL, f.policy_class), ('fails', f.fails::integer, NULL),
                                      ('listed', f.listed::integer, NULL), ('stopped_months', f.stopped_months, NULL)) v (fact, number, code) USING (fact),
                              LATERAL (SELECT CASE c.percent_of WHEN 'contract' THEN c.value * f.contract_plot_ratio WHEN 'peer' THEN c.value * p.tax ELSE c.value END) b (bound),
                              LATERAL (SELECT CASE c.operator WHEN '<' THEN v.number < b.bound WHEN '<=' THEN v.number <= b.bound WHEN '>=' THEN v.number >= b.bound
                                                              WHEN '=' THEN v.number = b.bound ELSE v.code = ANY (c.codes) END AS truth,
                                              CASE WHEN c.operator IN ('<', '<=') THEN (v.number - b.bound) / b.bound WHEN c.operator = '>=' THEN (b.bound - v.number) / b.bound END AS margin) t
                        WHERE r.family = f.family GROUP BY r.place, r.rule, r.role) rule) s) q;

DO $do$
DECLARE
    rule record;
    lines text;
    i integer;
BEGIN
    FOR i IN 0 .. 3 LOOP
        SELECT string_agg(format($$
    IF %1$s THEN v.reasons := v.reasons || '%2$s'::text; hit := true; ELSIF (%1$s) IS NULL THEN may := true; %3$s END IF;%4$s$$, c.truth, chr(65 + i) || c.place, c.missing, ' v.margin := least(v.margin, ' || c.margin || ');'), '' ORDER BY c.place)
          INTO lines
          FROM (VALUES (0, 0.3), (1, 0.35), (2, 0.45), (3, 0.25)) f (family, share), LATERAL (VALUES
              (1, format('f.plot_ratio < 0.%s::float8', 4 + i), '', format('(f.plot_ratio - 0.%1$s::float8) / 0.%1$s::float8', 4 + i)),
              (2, format('f.plot_ratio < %s::float8 * f.contract_plot_ratio', share), '', format('(f.plot_ratio - %1$s::float8 * f.contract_plot_ratio) / (%1$s::float8 * f.contract_plot_ratio)', share)),
              (3, format('f.tax_per_mu < %s::float8 * peer_tax', (10 + 5 * i) / 100.0), $$IF f.tax_per_mu IS NULL THEN v.missing := v.missing || 'tax_per_mu'::text; END IF; peer := peer_tax IS NULL;$$,
                  format('(f.tax_per_mu - %1$s::float8 * peer_tax) / (%1$s::float8 * peer_tax)', (10 + 5 * i) / 100.0)),
              (4, $$f.danger_grade IN ('C', 'D')$$, $$v.missing := v.missing || 'danger_grade'::text;$$, NULL), (5, $$f.policy_class = 'prohibited'$$, '', NULL), (6, 'f.fails', '', NULL),
              (7, format('f.built_year <= %s AND f.plot_ratio < 1.0::float8', 1980 + 5 * i), '', format('greatest((f.built_year - %1$s) / %1$s::float8, f.plot_ratio - 1)', 1980 + 5 * i)),
              (8, format('f.vacancy_rate >= 0.3::float8 AND f.stopped_months >= %s', 12 - i), '', format('greatest((0.3::float8 - f.vacancy_rate) / 0.3::float8, (%1$s - f.stopped_months) / %1$s::float8)', 12 - i)),
              (9, format('f.building_coverage < 0.%s::float8', 20 + i), '', format('(f.building_coverage - 0.%1$s::float8) / 0.%1$s::float8', 20 + i))) c (place, truth, missing, margin)
         WHERE f.family = i;
        EXECUTE format($format$CREATE FUNCTION bench.judge_%1$s(f bench.fact, peer_tax double precision) RETURNS verdict_result LANGUAGE plpgsql STABLE AS $body$
DECLARE
    v verdict_result := ROW(NULL, '{}', '{}', '{}', NULL, NULL, 'bench/%1$s', '1');
    hit boolean := false;
    may boolean := false;
    peer boolean := false;
BEGIN%2$s
    IF hit OR NOT may THEN v.missing := '{}'; peer := false; END IF;
    IF NOT hit AND NOT may THEN
        v.verdict := 'not_inefficient';
        RETURN v;
    END IF;
    IF f.listed THEN
        v.verdict := 'exempt';
        v.reasons := v.reasons || '%3$s'::text;
        IF NOT hit THEN v.flags := '{criterion_open}'; END IF;
    ELSE
        v.verdict := CASE WHEN hit THEN 'inefficient' ELSE 'insufficient_data' END;
        IF f.listed IS NULL THEN
            v.missing := v.missing || 'listed'::text;
            IF hit THEN v.flags := '{exemption_open}'; END IF;
        END IF;
    END IF;
    IF peer THEN v.missing := v.missing || 'peer_mean(tax_per_mu)'::text; END IF;
    RETURN v;
END $body$$format$, i, lines, chr(65 + i) || 10);
    END LOOP;
END $do$;
CREATE VIEW bench.family_procedure AS
SELECT id, (v).* FROM (SELECT f.id, CASE f.family WHEN 0 THEN bench.judge_0(f, p.tax) WHEN 1 THEN bench.judge_1(f, p.tax) WHEN 2 THEN bench.judge_2(f, p.tax) ELSE bench.judge_3(f, p.tax) END AS v
                         FROM bench.fact f LEFT JOIN bench.peer p USING (industry) OFFSET 0) q;

CALL bench.must_agree('rule table', 'bench.family_table', 'bench.family_rules');
CALL bench.must_agree('PL/pgSQL', 'bench.family_procedure', 'bench.family_rules');

SELECT bench.summary('bench.family_rules') AS family_rules, bench.summary('bench.family_table') AS family_table, bench.summary('bench.family_procedure') AS family_procedure \gset
CALL bench.measure('classify, forty rules, beside a rule table in SQL', row_count => :rows, goal => 0.05, pairs => 5,
    scan => 'SELECT count(*) FROM bench.fact', baseline => :'family_table', ours => :'family_rules');
CALL bench.measure('classify, forty rules, beside PL/pgSQL', row_count => :rows, goal => 0.143, pairs => 5,
    scan => 'SELECT count(*) FROM bench.fact', baseline => :'family_procedure', ours => :'family_rules');
