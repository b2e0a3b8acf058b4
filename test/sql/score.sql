SET search_path = inefficient_land, public;
SET client_min_messages = warning;
-- the worked example of Huangyan 2022: 14.9396 + 13.2197 + 23.0141 + 14.1993 + 8.2690 + 16.5563
CREATE TABLE public.firm (id integer, is_above_scale boolean, tax_per_mu double precision, value_added_per_mu double precision, value_added_per_energy double precision,
    value_added_per_pollutant double precision, labour_productivity double precision, research_share double precision, tax_per_kwh double precision);
INSERT INTO firm VALUES (1, true, 12, 90, 3.1, 7000, 15, 0.05, NULL);
SELECT id, round(score::numeric, 4) AS score, grade, rank, n, missing FROM compute_scores('firm', 'huangyan-2022/above_scale');
SELECT e ->> 'item' AS item, e ->> 'base' AS base, e ->> 'base_year' AS year, round((e ->> 'points')::numeric, 4) AS points, e ->> 'imputed' AS imputed
  FROM compute_scores('firm', 'huangyan-2022/above_scale'), jsonb_array_elements(items) e;
-- bases of the year of the facts: 30 * 12 / 26.01 + 20 * 90 / 132.27 + 20 * 3.1 / 2.54 + 10 * 7000 / 4861.08 + 10 * 15 / 17.45 + 10 * 0.05 / 0.0305
SELECT round(score::numeric, 4) AS score, round((30 * 12 / 26.01 + 20 * 90 / 132.27 + 20 * 3.1 / 2.54 + 10 * 7000 / 4861.08 + 10 * 15 / 17.45 + 10 * 0.05 / 0.0305), 4) AS expected
  FROM compute_scores('firm', 'huangyan-2022/above_scale', year => 2021);
SELECT score, missing FROM compute_scores('firm', 'huangyan-2022/above_scale', year => 2020);
-- below scale: another model; the firm is not of its population
SELECT count(*) FROM compute_scores('firm', 'huangyan-2022/below_scale');
-- missing emission data: the mean score of the others stands in; other items do not, and say so; who is above scale is unknown for 5
INSERT INTO firm VALUES (2, true, 12, 90, 3.1, 3500, 15, 0.05, NULL), (3, true, 12, 90, 3.1, NULL, 15, 0.05, NULL), (4, true, NULL, 90, 3.1, 7000, 15, NULL, NULL), (5, NULL, 12, 90, 3.1, 7000, 15, 0.05, NULL),
    (6, false, 11.5932, NULL, NULL, NULL, NULL, NULL, 0.1176);
SELECT id, round(score::numeric, 4) AS score, rank, n, missing, (SELECT string_agg(e ->> 'item', ' ') FROM jsonb_array_elements(items) e WHERE (e ->> 'imputed')::boolean) AS imputed
  FROM compute_scores('firm', 'huangyan-2022/above_scale') ORDER BY id;
-- by hand: the mean of 14.1993, 7.0997 and 14.1993 (rows 1, 2, 4) is 11.8328
SELECT round((10 * 7000 / 4929.81 + 10 * 3500 / 4929.81 + 10 * 7000 / 4929.81) / 3, 4) AS mean;
SELECT id, score FROM compute_scores('firm', 'huangyan-2022/below_scale') WHERE id = '6';

-- a copy of one's own: capped at 1.5 times the weight, 88.6418; a model is edited as a table
CALL create_survey('score_test', srid => 4548);
CALL copy_standard('huangyan-2022', 'own', 'score_test');
UPDATE score_test.standard_score SET item_cap = 1.5, item_floor = 0;
SELECT round(score::numeric, 4) AS score FROM compute_scores('firm', 'own/above_scale', survey => 'score_test') WHERE id = '1';
-- the document of the copy is read back to the same bytes
CALL import_standard(export_standard('own', 'score_test'), 'score_test', target => 'again');
SELECT export_standard('own', 'score_test') #- '{standard,code}' = export_standard('again', 'score_test') #- '{standard,code}' AS same;

-- ranks: shares 25, 70, 95, 100 % of ten scores with ties; by hand
CREATE TABLE public.ten (code text, tax_per_mu double precision, is_ungraded boolean, bonus_points double precision);
INSERT INTO ten VALUES ('a', 10, false, 0), ('b', 9, false, 0), ('c', 8, false, 0), ('d', 8, false, 0), ('e', 6, false, 0), ('f', 5, false, 0), ('g', 4, false, 0), ('h', 3, false, 0), ('i', 2, false, 0), ('j', 1, false, 0),
    ('started', 7, true, 0), ('no bonus', 7, false, NULL), ('open', 7, NULL, 0);
INSERT INTO score_test.standard_score SELECT 'own', 'rank', NULL, NULL, 'is_ungraded', 'B', NULL, NULL, 'bonus_points', 1, '{A,B,C,D}', '{0.25,0.7,0.95,1}', NULL, 'half_up', 'better', 'ranks', '排名', 3, 'made for the test', 'synthetic';
INSERT INTO score_test.standard_score_item VALUES ('own', 'rank', 'tax_per_mu', 100, 'min_max', 0.2, 'none', NULL, 'tax', '税收', 1);
-- half_up of 2.5, 7, 9.5, 10: 3, 7, 10, 10; c and d share rank 3; scores 100 * (0.2 + 0.8 * (x - 1) / 9), one digit
SELECT id, score, rank, n, grade, missing FROM compute_scores('ten', 'own/rank', key => 'code', survey => 'score_test') ORDER BY rank, id COLLATE "C";
UPDATE score_test.standard_score SET ties = 'worse', rank_rounding = 'down' WHERE model = 'rank';
SELECT string_agg(id || ' ' || rank || grade, ', ' ORDER BY rank, id) FROM compute_scores('ten', 'own/rank', key => 'code', survey => 'score_test') WHERE rank IS NOT NULL;
-- by score: a grade begins at its limit
UPDATE score_test.standard_score SET rank_shares = NULL, score_limits = '{82.2,46.7,28.9}', digits = 1 WHERE model = 'rank';
SELECT string_agg(id || ' ' || score || grade, ', ' ORDER BY score DESC, id) FROM compute_scores('ten', 'own/rank', key => 'code', survey => 'score_test') WHERE rank IS NOT NULL;
-- all the same: no range, no score
CREATE VIEW public.one_value AS SELECT code, 5::double precision AS tax_per_mu, false AS is_ungraded, 0 AS bonus_points FROM ten;
SELECT DISTINCT score, missing FROM compute_scores('one_value', 'own/rank', key => 'code', survey => 'score_test');

-- against plain SQL, on firms made by no rule
CREATE TABLE public.many AS
SELECT i AS id, true AS is_above_scale, (r.h ->> 0)::integer / 1000.0::double precision AS tax_per_mu, (r.h ->> 1)::integer / 100.0::double precision AS value_added_per_mu, (r.h ->> 2)::integer / 1000.0::double precision AS value_added_per_energy,
       CASE WHEN i % 7 <> 0 THEN (r.h ->> 3)::integer::double precision END AS value_added_per_pollutant, (r.h ->> 4)::integer / 100.0::double precision AS labour_productivity, (r.h ->> 5)::integer / 10000.0::double precision AS research_share
  FROM generate_series(1, 500) i, LATERAL (SELECT jsonb_agg(('x' || substr(md5(i || 'f'), k * 4 + 1, 4))::bit(16)::integer) AS h FROM generate_series(0, 5) k) r;
WITH mean AS (SELECT avg(10 * value_added_per_pollutant::numeric / 4929.81) AS m FROM many),
plain AS (SELECT id, 30 * tax_per_mu::numeric / 24.097 + 20 * value_added_per_mu::numeric / 136.16 + 20 * value_added_per_energy::numeric / 2.694
                   + coalesce(10 * value_added_per_pollutant::numeric / 4929.81, m) + 10 * labour_productivity::numeric / 18.14 + 10 * research_share::numeric / 0.0302 AS score FROM many, mean)
SELECT count(*), bool_and(abs(s.score - p.score::double precision) < 1e-9) AS same, bool_and(s.rank = p.rank) AS same_rank
  FROM compute_scores('many', 'huangyan-2022/above_scale') s JOIN (SELECT id, score, rank() OVER (ORDER BY score DESC) FROM plain) p ON p.id::text = s.id;

-- bad input
\set VERBOSITY default
SELECT * FROM compute_scores('firm', 'huangyan-2022');
SELECT * FROM compute_scores('firm', 'huangyan-2022/none');
SELECT * FROM compute_scores('firm', 'jingde/above_scale');
SELECT * FROM compute_scores('ten', 'huangyan-2022/above_scale', key => 'code');
SELECT * FROM compute_scores('firm', 'huangyan-2022/above_scale', key => 'code');
INSERT INTO firm (id) VALUES (1);
SELECT * FROM compute_scores('firm', 'huangyan-2022/above_scale');
INSERT INTO standard_score_base VALUES ('huangyan-2022', 'above_scale', 'tax_per_mu', 2023, 1, 'x');
UPDATE score_test.standard_score SET rank_shares = '{0.5,1}', score_limits = NULL WHERE model = 'rank';
\set VERBOSITY terse
-- in a survey: assess scores the parts of the land types that a model names, and rules may ask for the grade
INSERT INTO score_test.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('graded', '1', 'graded', '分级', 'made for the test', 'synthetic');
INSERT INTO score_test.standard_land_type (standard, land_type, family, label_en, label_zh) VALUES ('graded', 'works', 'industry_warehouse', 'works', '工业');
INSERT INTO score_test.standard_fact (standard, land_type, fact, type, label_en, label_zh) VALUES ('graded', 'works', 'grade', 'text', 'grade', '等级');
INSERT INTO score_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh) VALUES ('graded', 'works', 'D', 'criterion', 'grade = ''D''', 'grade D', '等级为D');
INSERT INTO score_test.standard_score SELECT 'graded', 'tax', 'works', NULL, NULL, NULL, NULL, NULL, NULL, 2, '{A,B,C,D}', '{0.25,0.5,0.75,1}', NULL, 'half_up', 'better', 'tax', '税收', 1, 'made for the test', 'synthetic';
INSERT INTO score_test.standard_score_item VALUES ('graded', 'tax', 'tax_per_mu', 100, 'base', 0, 'none', '10^4 CNY/mu', 'tax per mu', '亩均税收', 1);
INSERT INTO score_test.standard_score_base VALUES ('graded', 'tax', 'tax_per_mu', 2022, 10, 'made for the test');
INSERT INTO score_test.parcel (code, registered_area, present_use, present_use_system, geom)
SELECT 'P' || i, 10000, '0601', 'GB/T 21010-2017', ST_Multi(ST_MakeEnvelope(500000 + 200 * i, 4300000, 500100 + 200 * i, 4300100, 4548)) FROM generate_series(1, 5) i;
SET client_min_messages = error;
INSERT INTO score_test.enterprise (code) SELECT 'F' || i FROM generate_series(1, 4) i;
INSERT INTO score_test.occupancy (enterprise_code, parcel_code, basis) SELECT 'F' || i, 'P' || i, 'operating' FROM generate_series(1, 4) i;
INSERT INTO score_test.enterprise_year (enterprise_code, year, tax_total) SELECT 'F' || i, 2023, 30 * i FROM generate_series(1, 4) i;
CALL resolve_keys('score_test');
CALL assess('score_test', standard => 'graded', as_of => '2024-02-29');
-- 10,000 m2 are 15 mu: 2, 4, 6, 8 of a base of 10
SELECT i.parcel_code, i.tax_per_mu, v.score, v.grade, v.verdict, v.reasons, v.missing
  FROM score_test.verdict v JOIN score_test.parcel_indicator i USING (run_id, parcel_id, family) ORDER BY 1;
SELECT i.parcel_code, e ->> 'points' AS points, e ->> 'base_year' AS base_year FROM score_test.parcel_indicator i, jsonb_array_elements(i.score_items) e ORDER BY 1;
SELECT count(*), bool_and(same) FROM recompute_run('score_test');
-- a parcel judged anew keeps its score; what the score rests on ranks the others too
UPDATE score_test.parcel SET green_area = 500 WHERE code = 'P1';
CALL assess('score_test', only_parcels => '{1}');
SELECT i.parcel_code, i.green_ratio, v.score, v.grade, v.verdict, v.missing
  FROM score_test.verdict v JOIN score_test.parcel_indicator i USING (parcel_id, family) WHERE v.until_run IS NULL AND i.until_run IS NULL ORDER BY 1;
UPDATE score_test.parcel SET registered_area = 1000 WHERE code = 'P1';
CALL assess('score_test', only_parcels => '{1}');
RESET client_min_messages;
CALL drop_survey('score_test');
DROP VIEW one_value;
DROP TABLE firm, ten, many;
