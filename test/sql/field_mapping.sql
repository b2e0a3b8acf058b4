-- field_mapping: a table with its own names, and what a standard asks of it
SET search_path = inefficient_land, public;
\set VERBOSITY terse
SELECT land_type, fact, column_names, type, unit, required, department, label_zh, field_names FROM required_facts('heping-2024/commerce');
SELECT DISTINCT land_type FROM required_facts('heping-2024') ORDER BY 1;
SELECT * FROM required_facts('heping-2024/village');

CREATE TABLE mapping_parcel ("ZDDM" text, "RJL" numeric, sjss numeric, ss_mu real, "SFGSQY" text, cymc varchar(20), is_strategic_emerging text, output_per_hectare double precision, safety_compliant boolean, built date, building_coverage integer);
INSERT INTO mapping_parcel VALUES
    ('P1', 0.95, 120000, 12, '是', 'A', 'no', 5e8, true, '2010-01-01', 35),
    ('P2', 1.10,  80000,  8, '否', 'C', 'no', 2e8, true, '2022-01-01', 60),
    ('P3', NULL,   NULL, NULL, '?', 'X', NULL, NULL, NULL, NULL, NULL);
-- without a mapping: what is there under its name, what looks like it, what is not there
SELECT fact, state, column_name, n, n_missing, smallest, largest, note_en FROM check_facts('mapping_parcel', 'heping-2024/industry') WHERE state <> 'missing';
SELECT count(*) AS missing FROM check_facts('mapping_parcel', 'heping-2024/industry') WHERE state = 'missing';
SELECT fact, state, note_en, note_zh FROM check_facts('mapping_parcel', 'wannian-2021/industrial') WHERE fact = 'building_coverage';
-- mapped
\set mapping '{"plot_ratio": "RJL", "tax_per_mu": {"column": "sjss", "factor": 0.0001}, "is_above_scale": {"column": "SFGSQY", "codes": {"是": "true", "否": "false"}, "type": "boolean"}, "industry_policy_class": {"column": "cymc", "codes": {"A": "allowed", "C": "eliminated"}}, "output_per_hectare": {"column": "output_per_hectare", "factor": 0.0001}, "is_strategic_emerging": {"column": "is_strategic_emerging", "type": "boolean"}, "production_started_on": "built"}'
SELECT fact, state, column_name, n, n_missing, smallest, largest FROM check_facts('mapping_parcel', 'heping-2024/industry', :'mapping') WHERE state <> 'missing';
SELECT facts_view('mapping_parcel', :'mapping');
SELECT 'CREATE VIEW mapping_fact AS ' || facts_view('mapping_parcel', :'mapping') \gexec
SELECT "ZDDM", plot_ratio, tax_per_mu, is_above_scale, industry_policy_class, output_per_hectare, is_strategic_emerging, production_started_on FROM mapping_fact;
SELECT f."ZDDM", v.verdict, v.reasons, v.missing FROM (SELECT m.*, NULL::text AS heritage_kind, NULL::boolean AS in_renewal_plan, 'normal'::text AS operating_state FROM mapping_fact m) f, classify(f, make_ruleset('heping-2024/industry', as_of => '2024-03-01')) v ORDER BY 1;
-- facts of a contract, a series, names that need quotes
CREATE TABLE "mapping site" ("select" double precision, y integer[], s double precision[]);
SELECT facts_view('"mapping site"', '{"contract.plot_ratio": "select", "vacancy_rate_series": "s", "vacancy_rate_years": "y"}');
INSERT INTO "mapping site" VALUES (5, '{2022,2023}', '{30,45}');
SELECT fact, state, column_name, smallest, largest FROM check_facts('"mapping site"', 'heping-2024/commerce', '{"vacancy_rate_series": "s", "vacancy_rate_years": "y", "plan.plot_ratio": "select"}') WHERE state <> 'missing';
-- what is refused; nothing of a mapping becomes SQL
SELECT facts_view('mapping_parcel', '{"plot_ratio": "rjl"}');
SELECT facts_view('mapping_parcel', '{"plot_ratio": {"column": "RJL", "factor": "1); DROP TABLE mapping_parcel; --"}}');
SELECT facts_view('mapping_parcel', '{"plot_ratio": {"column": "RJL", "type": "text); --"}}');
SELECT facts_view('mapping_parcel', '{"plot_ratio": {"column": "RJL", "formula": "1"}}');
SELECT facts_view('mapping_parcel', '{"plot_ratio": 1}');
SELECT facts_view('mapping_parcel', '{"a\" b": {"column": "cymc", "codes": {"it''s": "x''; --"}}}');
SELECT * FROM check_facts('mapping_parcel', 'nothing');
SELECT * FROM check_facts(NULL, 'heping-2024');
SELECT facts_view('mapping_parcel', NULL) IS NULL AS nothing;
DROP VIEW mapping_fact; DROP TABLE mapping_parcel, "mapping site";
