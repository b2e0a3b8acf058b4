-- classify: compiled rules against the same rules written out as three-valued CASE
-- Four families of ten rules each; the hand-written view returns every column of
-- classify(): verdict, reasons, missing facts, flags, margin, route, standard, version.
\ir standard.sql

CREATE VIEW bench.constant_case AS
SELECT id,
       CASE WHEN c AND listed THEN 'exempt' WHEN c THEN 'inefficient' WHEN NOT c THEN 'not_inefficient'
            WHEN listed THEN 'exempt' ELSE 'insufficient_data' END AS verdict,
       array_remove(ARRAY[CASE WHEN t1 THEN 'A1' END, CASE WHEN t2 THEN 'A2' END, CASE WHEN t3 THEN 'A3' END, CASE WHEN t4 THEN 'A4' END, CASE WHEN t5 THEN 'A5' END, CASE WHEN t6 THEN 'A6' END, CASE WHEN t7 THEN 'A7' END, CASE WHEN t8 THEN 'A8' END, CASE WHEN t9 THEN 'A9' END, CASE WHEN c IS NOT FALSE AND listed THEN 'A10' END], NULL) AS reasons,
       CASE WHEN c IS NOT NULL AND (NOT c OR listed IS NOT NULL) THEN '{}' ELSE array_remove(ARRAY[
           CASE WHEN c IS NULL AND t3 IS NULL AND tax_per_mu IS NULL THEN 'tax_per_mu' END,
           CASE WHEN c IS NULL AND danger_grade IS NULL THEN 'danger_grade' END,
           CASE WHEN c IS NOT FALSE AND listed IS NULL THEN 'listed' END,
           CASE WHEN c IS NULL AND t3 IS NULL AND peer_tax IS NULL THEN 'peer_mean(tax_per_mu)' END], NULL) END AS missing,
       array_remove(ARRAY[CASE WHEN c AND listed IS NULL THEN 'exemption_open' END, CASE WHEN c IS NULL AND listed THEN 'criterion_open' END], NULL) AS flags,
       least((plot_ratio - 0.4) / 0.4,
             (plot_ratio - 0.3 * contract_plot_ratio) / (0.3 * contract_plot_ratio),
             (tax_per_mu - 0.1 * peer_tax) / (0.1 * peer_tax),
             greatest((built_year - 1980) / 1980.0::float8, plot_ratio - 1),
             greatest((0.3 - vacancy_rate) / 0.3, (12 - stopped_months) / 12.0::float8),
             (building_coverage - 0.2) / 0.2) AS margin,
       NULL::text AS route, 'bench/0' AS standard, '1' AS version
  FROM (SELECT *, t1 OR t2 OR t3 OR t4 OR t5 OR t6 OR t7 OR t8 OR t9 AS c
          FROM (SELECT f.*, p.tax AS peer_tax,
           f.plot_ratio < 0.4 AS t1,
           f.plot_ratio < 0.3 * f.contract_plot_ratio AS t2,
           tax_per_mu < 0.1 * p.tax AS t3,
           danger_grade IN ('C', 'D') AS t4,
           policy_class = 'prohibited' AS t5,
           fails AS t6,
           built_year <= 1980 AND f.plot_ratio < 1.0 AS t7,
           vacancy_rate >= 0.3 AND stopped_months >= 12 AS t8,
           building_coverage < 0.2 AS t9
                  FROM bench.fact f LEFT JOIN bench.peer p USING (industry) OFFSET 0) q OFFSET 0) q;

CREATE VIEW bench.family_case AS
SELECT id,
       CASE WHEN c AND listed THEN 'exempt' WHEN c THEN 'inefficient' WHEN NOT c THEN 'not_inefficient'
            WHEN listed THEN 'exempt' ELSE 'insufficient_data' END AS verdict,
       array_remove(ARRAY[CASE WHEN t1 THEN CASE family WHEN 0 THEN 'A1' WHEN 1 THEN 'B1' WHEN 2 THEN 'C1' WHEN 3 THEN 'D1' END END, CASE WHEN t2 THEN CASE family WHEN 0 THEN 'A2' WHEN 1 THEN 'B2' WHEN 2 THEN 'C2' WHEN 3 THEN 'D2' END END, CASE WHEN t3 THEN CASE family WHEN 0 THEN 'A3' WHEN 1 THEN 'B3' WHEN 2 THEN 'C3' WHEN 3 THEN 'D3' END END, CASE WHEN t4 THEN CASE family WHEN 0 THEN 'A4' WHEN 1 THEN 'B4' WHEN 2 THEN 'C4' WHEN 3 THEN 'D4' END END, CASE WHEN t5 THEN CASE family WHEN 0 THEN 'A5' WHEN 1 THEN 'B5' WHEN 2 THEN 'C5' WHEN 3 THEN 'D5' END END, CASE WHEN t6 THEN CASE family WHEN 0 THEN 'A6' WHEN 1 THEN 'B6' WHEN 2 THEN 'C6' WHEN 3 THEN 'D6' END END, CASE WHEN t7 THEN CASE family WHEN 0 THEN 'A7' WHEN 1 THEN 'B7' WHEN 2 THEN 'C7' WHEN 3 THEN 'D7' END END, CASE WHEN t8 THEN CASE family WHEN 0 THEN 'A8' WHEN 1 THEN 'B8' WHEN 2 THEN 'C8' WHEN 3 THEN 'D8' END END, CASE WHEN t9 THEN CASE family WHEN 0 THEN 'A9' WHEN 1 THEN 'B9' WHEN 2 THEN 'C9' WHEN 3 THEN 'D9' END END, CASE WHEN c IS NOT FALSE AND listed THEN CASE family WHEN 0 THEN 'A10' WHEN 1 THEN 'B10' WHEN 2 THEN 'C10' WHEN 3 THEN 'D10' END END], NULL) AS reasons,
       CASE WHEN c IS NOT NULL AND (NOT c OR listed IS NOT NULL) THEN '{}' ELSE array_remove(ARRAY[
           CASE WHEN c IS NULL AND t3 IS NULL AND tax_per_mu IS NULL THEN 'tax_per_mu' END,
           CASE WHEN c IS NULL AND danger_grade IS NULL THEN 'danger_grade' END,
           CASE WHEN c IS NOT FALSE AND listed IS NULL THEN 'listed' END,
           CASE WHEN c IS NULL AND t3 IS NULL AND peer_tax IS NULL THEN 'peer_mean(tax_per_mu)' END], NULL) END AS missing,
       array_remove(ARRAY[CASE WHEN c AND listed IS NULL THEN 'exemption_open' END, CASE WHEN c IS NULL AND listed THEN 'criterion_open' END], NULL) AS flags,
       least(CASE family WHEN 0 THEN (plot_ratio - 0.4) / 0.4 WHEN 1 THEN (plot_ratio - 0.5) / 0.5 WHEN 2 THEN (plot_ratio - 0.6) / 0.6 WHEN 3 THEN (plot_ratio - 0.7) / 0.7 END,
             CASE family WHEN 0 THEN (plot_ratio - 0.3 * contract_plot_ratio) / (0.3 * contract_plot_ratio) WHEN 1 THEN (plot_ratio - 0.35 * contract_plot_ratio) / (0.35 * contract_plot_ratio) WHEN 2 THEN (plot_ratio - 0.45 * contract_plot_ratio) / (0.45 * contract_plot_ratio) WHEN 3 THEN (plot_ratio - 0.25 * contract_plot_ratio) / (0.25 * contract_plot_ratio) END,
             CASE family WHEN 0 THEN (tax_per_mu - 0.1 * peer_tax) / (0.1 * peer_tax) WHEN 1 THEN (tax_per_mu - 0.15 * peer_tax) / (0.15 * peer_tax) WHEN 2 THEN (tax_per_mu - 0.2 * peer_tax) / (0.2 * peer_tax) WHEN 3 THEN (tax_per_mu - 0.25 * peer_tax) / (0.25 * peer_tax) END,
             CASE family WHEN 0 THEN greatest((built_year - 1980) / 1980.0::float8, plot_ratio - 1) WHEN 1 THEN greatest((built_year - 1985) / 1985.0::float8, plot_ratio - 1) WHEN 2 THEN greatest((built_year - 1990) / 1990.0::float8, plot_ratio - 1) WHEN 3 THEN greatest((built_year - 1995) / 1995.0::float8, plot_ratio - 1) END,
             CASE family WHEN 0 THEN greatest((0.3 - vacancy_rate) / 0.3, (12 - stopped_months) / 12.0::float8) WHEN 1 THEN greatest((0.3 - vacancy_rate) / 0.3, (11 - stopped_months) / 11.0::float8) WHEN 2 THEN greatest((0.3 - vacancy_rate) / 0.3, (10 - stopped_months) / 10.0::float8) WHEN 3 THEN greatest((0.3 - vacancy_rate) / 0.3, (9 - stopped_months) / 9.0::float8) END,
             CASE family WHEN 0 THEN (building_coverage - 0.2) / 0.2 WHEN 1 THEN (building_coverage - 0.21) / 0.21 WHEN 2 THEN (building_coverage - 0.22) / 0.22 WHEN 3 THEN (building_coverage - 0.23) / 0.23 END) AS margin,
       NULL::text AS route, 'bench/' || family AS standard, '1' AS version
  FROM (SELECT *, t1 OR t2 OR t3 OR t4 OR t5 OR t6 OR t7 OR t8 OR t9 AS c
          FROM (SELECT f.*, p.tax AS peer_tax,
           CASE family WHEN 0 THEN f.plot_ratio < 0.4 WHEN 1 THEN f.plot_ratio < 0.5 WHEN 2 THEN f.plot_ratio < 0.6 WHEN 3 THEN f.plot_ratio < 0.7 END AS t1,
           CASE family WHEN 0 THEN f.plot_ratio < 0.3 * f.contract_plot_ratio WHEN 1 THEN f.plot_ratio < 0.35 * f.contract_plot_ratio WHEN 2 THEN f.plot_ratio < 0.45 * f.contract_plot_ratio WHEN 3 THEN f.plot_ratio < 0.25 * f.contract_plot_ratio END AS t2,
           CASE family WHEN 0 THEN tax_per_mu < 0.1 * p.tax WHEN 1 THEN tax_per_mu < 0.15 * p.tax WHEN 2 THEN tax_per_mu < 0.2 * p.tax WHEN 3 THEN tax_per_mu < 0.25 * p.tax END AS t3,
           danger_grade IN ('C', 'D') AS t4,
           policy_class = 'prohibited' AS t5,
           fails AS t6,
           CASE family WHEN 0 THEN built_year <= 1980 AND f.plot_ratio < 1.0 WHEN 1 THEN built_year <= 1985 AND f.plot_ratio < 1.0 WHEN 2 THEN built_year <= 1990 AND f.plot_ratio < 1.0 WHEN 3 THEN built_year <= 1995 AND f.plot_ratio < 1.0 END AS t7,
           CASE family WHEN 0 THEN vacancy_rate >= 0.3 AND stopped_months >= 12 WHEN 1 THEN vacancy_rate >= 0.3 AND stopped_months >= 11 WHEN 2 THEN vacancy_rate >= 0.3 AND stopped_months >= 10 WHEN 3 THEN vacancy_rate >= 0.3 AND stopped_months >= 9 END AS t8,
           CASE family WHEN 0 THEN building_coverage < 0.2 WHEN 1 THEN building_coverage < 0.21 WHEN 2 THEN building_coverage < 0.22 WHEN 3 THEN building_coverage < 0.23 END AS t9
                  FROM bench.fact f LEFT JOIN bench.peer p USING (industry) OFFSET 0) q OFFSET 0) q;

CREATE VIEW bench.constant_rules AS
SELECT id, (v).* FROM (SELECT f.id, classify(f, (SELECT ruleset FROM bench.rule_set WHERE family = 0)) AS v FROM bench.fact f OFFSET 0) q;
CREATE VIEW bench.family_rules_lateral AS
SELECT f.id, v.* FROM bench.fact f JOIN bench.rule_set r USING (family), classify(f, r.ruleset) v;

-- every row and column alike, before anything is timed
CALL bench.must_agree('constant ruleset', 'bench.constant_case', 'bench.constant_rules');
CALL bench.must_agree('rulesets of four families', 'bench.family_case', 'bench.family_rules');

\set columns 'SELECT sum(plot_ratio), sum(tax_per_mu), sum(vacancy_rate), sum(building_coverage), sum(built_year), count(danger_grade), count(policy_class), count(fails), count(listed), count(industry), sum(contract_plot_ratio), sum(stopped_months) FROM bench.fact'
SELECT bench.summary('bench.constant_case') AS constant_case, bench.summary('bench.constant_rules') AS constant_rules,
       bench.summary('bench.family_case') AS family_case, bench.summary('bench.family_rules') AS family_rules,
       bench.summary('bench.family_rules_lateral') AS family_rules_lateral \gset
CALL bench.measure('classify, one family of ten rules, constant ruleset', row_count => :rows, goal => 1.0,
    scan => 'SELECT count(*) FROM bench.fact', columns => :'columns', baseline => :'constant_case', ours => :'constant_rules');
CALL bench.measure('classify, forty rules of four families, rulesets with 500 peer groups joined', row_count => :rows, goal => 1.0,
    scan => 'SELECT count(*) FROM bench.fact', columns => :'columns', baseline => :'family_case', ours => :'family_rules');
CALL bench.measure('the same by FROM fact, classify(fact, ruleset)', row_count => :rows,
    scan => 'SELECT count(*) FROM bench.fact', columns => :'columns', baseline => :'family_case', ours => :'family_rules_lateral');
