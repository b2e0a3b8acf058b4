-- what_if: limits moved, facts missing, standards compared, runs recomputed
SET search_path = inefficient_land, public;
\set VERBOSITY terse
SET client_min_messages = warning;
CALL create_survey('what_if', 4548);
-- twelve industrial parcels of a hectare with plot ratios 0.5, 0.6 … 1.6, and six residential ones
INSERT INTO what_if.parcel (code, registered_area, present_use, present_use_system, safety_compliant, has_hazard, geom)
SELECT 'P' || lpad(i::text, 2, '0'), 10000, CASE WHEN i <= 12 THEN '0601' ELSE '0701' END, 'GB/T 21010-2017', CASE WHEN i IN (4, 9) THEN NULL ELSE i <> 11 END, CASE WHEN i < 17 THEN false END,
       ST_Multi(ST_MakeEnvelope(518000 + i * 200, 4331000, 518100 + i * 200, 4331100, 4548)) FROM generate_series(1, 18) i;
INSERT INTO what_if.building (code, parcel_code, floor_area_above, built_year, geom)
SELECT 'B' || i, 'P' || lpad(i::text, 2, '0'), CASE WHEN i <= 12 THEN 4000 + i * 1000 WHEN i <> 18 THEN 9000 END, CASE WHEN i <> 13 THEN 1990 + i END,
       ST_Multi(ST_MakeEnvelope(518010 + i * 200, 4331010, 518050 + i * 200, 4331050, 4548)) FROM generate_series(1, 18) i WHERE i NOT IN (10, 16);
BEGIN;
INSERT INTO what_if.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('own', '1', 'own', '自定', 'test', 'synthetic');
INSERT INTO what_if.standard_land_type (standard, land_type, family, label_en, label_zh) VALUES ('own', 'works', 'industry_warehouse', 'works', '工厂'), ('own', 'homes', 'residence', 'homes', '住宅');
INSERT INTO what_if.standard_fact SELECT * FROM usual_fact('own', 'works', 'plot_ratio safety_compliant') UNION ALL SELECT * FROM usual_fact('own', 'homes', 'plot_ratio built_year has_hazard');
INSERT INTO what_if.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, sequence) VALUES
    ('own', 'works', 'W-1', 'criterion', 'plot_ratio < 0.8', 'low', '容积率低', 1), ('own', 'works', 'W-2', 'criterion', 'plot_ratio < 50% * peer_mean(plot_ratio)', 'far below the mean', '远低于平均', 2),
    ('own', 'works', 'S', 'criterion', 'not safety_compliant', 'unsafe', '不安全', 3), ('own', 'homes', 'S', 'criterion', 'has_hazard', 'hazard', '有隐患', 1), ('own', 'homes', 'H-1', 'criterion', 'built_year < 2005 and plot_ratio < 1', 'old and low', '老旧低密', 2);
COMMIT;
CALL resolve_keys('what_if');
SELECT flip_list('what_if', 'W-1', 'plot_ratio < 1');
SELECT missing_fact_value('what_if');
CALL assess('what_if', standard => 'own', as_of => '2024-02-29');
RESET client_min_messages;
SELECT i.parcel_code, i.plot_ratio, v.verdict, v.reasons, v.missing FROM what_if.verdict v JOIN what_if.parcel_indicator i USING (run_id, parcel_id, family) ORDER BY 1;

-- a limit moved: the list agrees with plain SQL over the stored facts; a verdict moves only one way
SELECT parcel_code, hectares, old_verdict, new_verdict, new_reasons FROM flip_list('what_if', 'W-1', 'plot_ratio < 1.1');
SELECT array_agg(i.parcel_code ORDER BY 1) FROM what_if.parcel_indicator i JOIN what_if.verdict v USING (run_id, parcel_id, family) WHERE i.family = 'industry_warehouse' AND i.plot_ratio >= 0.8 AND i.plot_ratio < 1.1 AND v.verdict <> 'inefficient';
SELECT l, count(f), count(f) FILTER (WHERE f.new_verdict = 'inefficient') AS stricter FROM unnest('{0.4,0.5,0.7,0.8,0.9,1.2,2}'::numeric[]) l LEFT JOIN LATERAL flip_list('what_if', 'W-1', format('plot_ratio < %s', l)::criterion) f ON true GROUP BY l ORDER BY l;
-- the same criterion flips nothing; a peer figure that was not computed is missing
SELECT count(*) FROM flip_list('what_if', 'W-1', 'plot_ratio < 0.80');
SELECT parcel_code, old_verdict, new_verdict, new_missing FROM flip_list('what_if', 'W-1', 'plot_ratio < 50% * peer_median(plot_ratio)') LIMIT 3;
SELECT count(*) FROM flip_list('what_if', 'S', 'has_hazard', 'homes');
SELECT flip_list('what_if', 'S', 'has_hazard');
SELECT flip_list('what_if', 'X', 'has_hazard');
SELECT flip_list('what_if', 'W-1', 'plot_ration < 1');
SELECT flip_list('what_if', 'W-1', NULL);
SELECT flip_list('what_if', 'W-1', 'plot_ratio < 1', run_id => 7);

-- which fact to find out first
SELECT sequence, fact, label_zh, department, undecided_parcels, undecided_hectares, alone_parcels, alone_hectares, complete_parcels, complete_hectares FROM missing_fact_value('what_if');
SELECT count(*) AS undecided FROM what_if.verdict WHERE verdict = 'insufficient_data';
-- known at last, the verdicts it kept open are decided
SELECT f.fact, count(*) AS decided FROM (SELECT * FROM missing_fact_value('what_if') WHERE sequence = 1) f
  JOIN what_if.verdict v ON v.missing = ARRAY[f.fact] AND v.verdict = 'insufficient_data' GROUP BY 1;

-- two standards on the same facts
BEGIN;
INSERT INTO what_if.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('strict', '1', 'strict', '严格', 'test', 'synthetic');
INSERT INTO what_if.standard_land_type (standard, land_type, family, label_en, label_zh, use_codes, use_code_system) VALUES ('strict', 'plants', 'industry_warehouse', 'plants', '厂区', '{0601}', 'GB/T 21010-2017');
INSERT INTO what_if.standard_fact SELECT * FROM usual_fact('strict', 'plants', 'plot_ratio');
INSERT INTO what_if.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh) VALUES ('strict', 'plants', 'P', 'criterion', 'plot_ratio < peer_mean(plot_ratio)', 'below the mean', '低于平均');
COMMIT;
SELECT parcel_code, hectares, verdict_a, verdict_b, reasons_a, reasons_b, missing_a, missing_b FROM compare_standards('what_if', 'own', 'strict') WHERE differs;
SELECT verdict_a, verdict_b, count(*), sum(hectares) AS hectares FROM compare_standards('what_if', 'own', 'strict') GROUP BY 1, 2 ORDER BY 1, 2;
-- against plain SQL: the mean of the known plot ratios
SELECT count(*) FILTER (WHERE c.verdict_b = 'inefficient') AS below, (SELECT count(*) FROM what_if.parcel_indicator i WHERE i.family = 'industry_warehouse' AND i.plot_ratio < (SELECT avg(k.plot_ratio) FROM what_if.parcel_indicator k WHERE k.family = 'industry_warehouse')) AS expected
  FROM compare_standards('what_if', 'own', 'strict') c;
-- a standard against itself and against the run
SELECT count(*) FILTER (WHERE c.differs) AS differ, count(*) FILTER (WHERE (c.verdict_a, c.reasons_a, c.missing_a) IS DISTINCT FROM (v.verdict, v.reasons, v.missing)) AS not_as_run, count(*) FROM compare_standards('what_if', 'own', 'own') c JOIN what_if.verdict v USING (parcel_id, family);
SELECT count(*) FROM compare_standards('what_if', 'own', 'heping-2024') WHERE verdict_b = 'insufficient_data';
SELECT compare_standards('what_if', 'own', 'nothing');
SELECT compare_standards('what_if', 'own', NULL);

-- recomputed: the same, before and after everything it rested on was changed
SELECT count(*), count(*) FILTER (WHERE same) AS same FROM recompute_run('what_if', 1);
CREATE TEMP TABLE kept AS SELECT * FROM recompute_run('what_if', 1);
SET client_min_messages = warning;
UPDATE what_if.standard_rule SET criterion = 'plot_ratio < 1.5', label_en = 'other', label_zh = '其他' WHERE rule = 'W-1';
UPDATE what_if.standard_fact SET label_en = 'ratio', label_zh = '比率' WHERE fact = 'plot_ratio';
UPDATE what_if.parcel SET registered_area = 20000, safety_compliant = false, has_hazard = true;
DELETE FROM what_if.building WHERE code IN ('B1', 'B2', 'B3');
UPDATE what_if.standard SET version = '2', area_basis = '{planar}' WHERE code = 'own';
DELETE FROM what_if.benchmark;
CALL assess('what_if', standard => 'own', as_of => '2025-02-28');
RESET client_min_messages;
SELECT count(*), count(*) FILTER (WHERE same) AS same FROM recompute_run('what_if', 1);
SELECT count(*) AS changed FROM (TABLE kept EXCEPT SELECT * FROM recompute_run('what_if', 1)) d;
SELECT count(*), count(*) FILTER (WHERE same) AS same FROM recompute_run('what_if');
SELECT run_id, verdict, count(*) FROM what_if.verdict GROUP BY 1, 2 ORDER BY 1, 2;
-- the standard itself may go
DELETE FROM what_if.standard WHERE code = 'own';
SET extra_float_digits = -10; SET DateStyle = 'SQL, DMY'; SET inefficient_land.language = 'zh';
SELECT count(*), count(*) FILTER (WHERE same) AS same FROM recompute_run('what_if', 1);
RESET extra_float_digits; RESET DateStyle; RESET inefficient_land.language;
-- what was tampered with shows
UPDATE what_if.verdict SET verdict = 'not_inefficient' WHERE run_id = 1 AND parcel_id = (SELECT id FROM what_if.parcel WHERE code = 'P01');
UPDATE what_if.verdict SET reason_zh = 'x' WHERE run_id = 1 AND parcel_id = (SELECT id FROM what_if.parcel WHERE code = 'P02');
DELETE FROM what_if.verdict WHERE run_id = 1 AND parcel_id = (SELECT id FROM what_if.parcel WHERE code = 'P03');
SELECT p.code, r.verdict, r.reason_zh, r.same FROM recompute_run('what_if', 1) r JOIN what_if.parcel p ON p.id = r.parcel_id WHERE NOT r.same ORDER BY 1;
SELECT recompute_run('what_if', 9);
SELECT recompute_run('nowhere');
SET client_min_messages = warning;
CALL drop_survey('what_if');
