-- library: every shipped standard at its limits, one step to each side, and with each fact missing in turn
SET search_path = inefficient_land, public;
\set VERBOSITY terse

-- what ships, and how far it is confirmed; nothing without words, source or a rule that compiles
SELECT s.code, t.land_type, coalesce(t.confirmation, s.confirmation) AS confirmation,
       (SELECT count(*) FROM standard_fact f WHERE (f.standard, f.land_type) = (t.standard, t.land_type)) AS facts,
       (SELECT string_agg(r.rule, ' ' ORDER BY r.sequence, r.rule) FROM standard_rule r WHERE (r.standard, r.land_type) = (t.standard, t.land_type)) AS rules
  FROM standard s JOIN standard_land_type t ON t.standard = s.code ORDER BY s.code COLLATE "C", t.land_type COLLATE "C";
SELECT s.code FROM standard s WHERE s.title_en = '' OR s.title_zh !~ '[一-龥]' OR s.source = '' OR NOT EXISTS (SELECT FROM label l WHERE l.topic = 'confirmation' AND l.code = s.confirmation);
SELECT r.standard, r.rule FROM standard_rule r WHERE r.label_en = '' OR r.label_zh !~ '[一-龥]' OR r.role = 'criterion' AND NOT EXISTS (SELECT FROM label l WHERE l.topic = 'reason_family' AND l.code = r.reason_family)
    OR r.route IS NOT NULL AND NOT EXISTS (SELECT FROM label l WHERE l.topic = 'route' AND l.code = r.route);
SELECT count(*) AS compiled FROM standard_land_type t, make_ruleset(t.standard, t.land_type) WHERE t.land_type <> 'gate';
SELECT make_ruleset('idle-land-2012/gate');
-- the template says in its version, and so in every result, that its figures wait for confirmation
SELECT v.version FROM (SELECT 0.9 AS plot_ratio) f, classify(f, make_ruleset('heping-2024/industry')) v;

-- a row type with every fact of the library
SELECT format('CREATE TEMP TABLE fact_row (%s, exemption_decision text[])', string_agg(c.columns, ', ' ORDER BY c.columns))
  FROM (SELECT DISTINCT CASE f.type WHEN 'series' THEN format('%1$I double precision[], %2$I integer[]', f.fact || '_series', f.fact || '_years')
                                    ELSE format('%I %s', replace(f.fact, '.', '_'), CASE f.type WHEN 'number' THEN 'double precision' ELSE f.type END) END AS columns
          FROM standard_fact f) c \gexec

-- peers and lines that the texts do not bring along
CREATE TEMP TABLE line (expression text, key_fact text[], key_value text[], n integer, value double precision, note text);
INSERT INTO line SELECT e, '{}', '{}', 9, v, NULL FROM (VALUES
    ('peer_mean(tax_per_mu, year => -1)', 20), ('peer_mean(tax_per_mu)', 20), ('peer_mean(output_per_hectare)', 5000), ('peer_mean(tax_per_floor_area)', 1000),
    ('control_indicator(inefficient_tax_per_mu)', 6), ('control_indicator(output_per_hectare)', 4000), ('control_indicator(tax_per_mu)', 8)) v (e, v);

-- harmless rows: everything known, nothing inefficient
CREATE TEMP TABLE harmless (standard text, land_type text, facts jsonb, lines boolean);
INSERT INTO harmless
SELECT h.standard, h.land_type,
       CASE WHEN h.standard IN ('city-industrial', 'wannian-2021', 'ningxia-2023', 'heping-2024')
            THEN '{"agreed_start":"2015-03-01","actual_start":"2015-03-01","actual_completion":"2017-03-01","started_area":9000,"planned_area":9000,"spent_investment":100,"planned_investment":100}'::jsonb ELSE '{}' END || h.facts::jsonb, h.lines
  FROM (VALUES
    ('jinhua-2024', 'warehouse', '{"tax_per_mu":12,"danger_count_share":0.2,"in_renewal_plan":false,"industry_division":"59","industry_code_system":"GB/T 4754-2017"}', true),
    ('jinhua-2024', 'residential', '{"built_year":1995,"plot_ratio":1.5,"is_villa":false,"danger_count_share":0.1,"has_hazard":false,"is_urgent_urban_village":false,"is_needed_by_major_project":false,"in_renewal_plan":false,"has_geological_hazard":false}', true),
    ('taizhou-2025', 'industrial', '{"inside_development_boundary":true,"tax_per_mu":12,"plot_ratio":1.5,"building_quality":"good","facilities_outdated":false,"industry_policy_class":"allowed"}', true),
    ('city-industrial', 'industrial', '{"agreed_completion":"2017-03-01","contract_kind":"grant","investment":3000,"investment_land_price":400,"family_area":10000,"contract_investment_intensity":6000,"output_per_hectare":4000,"operating_state":"normal","industry_policy_class":"allowed","fits_industry_plan":true,"safety_compliant":true,"is_renewal_required":false}', true),
    ('wannian-2021', 'industrial', '{"agreed_completion":"2017-03-01","contract_kind":"grant","investment_intensity":6000,"contract_investment_intensity":6000,"plot_ratio":1.2,"contract_plot_ratio":1.2,"building_coverage":0.4,"contract_coverage":0.4,"production_delay_years":0.5,"operating_state":"normal","industry_policy_class":"allowed","safety_compliant":true,"tax_per_mu":10,"contract_tax_per_mu":10}', false),
    ('ningxia-2023', 'industrial', '{"agreed_completion":"2017-03-01","is_separately_developable":false,"contract_kind":"grant","plot_ratio":1.2,"contract_plot_ratio":1.2,"building_coefficient":0.4,"contract_building_coefficient":0.4,"investment_intensity":6000,"contract_investment_intensity":6000,"tax_per_mu":10,"contract_tax_per_mu":10}', false),
    ('xianyou-2022', 'industrial', '{"contract_kind":"grant","tax_per_mu_series":[10,10,10],"tax_per_mu_years":[2021,2022,2023],"contract_tax_per_mu":10,"output_per_mu_series":[50,50,50],"output_per_mu_years":[2021,2022,2023],"contract_output_per_mu":50}', true),
    ('xianyou-2022', 'idle_plant', '{"floor_area":3000,"idle_since":"2020-01-01","use_state":"in_use","is_safe":true}', false),
    ('industry-control-2008', 'industrial', '{"plot_ratio":0.7,"building_coefficient":0.3,"office_land_share":0.07,"investment_intensity":2000,"industry_division":"37","industry_code_system":"GB/T 4754-2002"}', false),
    ('industry-control-2023', 'industrial', '{"plot_ratio":0.8,"building_coefficient":0.4,"office_land_share":0.07,"office_floor_share":0.15,"industry_division":"36","industry_code_system":"GB/T 4754-2017"}', false),
    ('shandong-2005', 'industrial', '{"zone_level":"national","city_group":"1","investment_per_mu":240}', false),
    ('shanghai-2024', 'industrial', '{"performance_grade":"C"}', false),
    ('heping-2024', 'industry', '{"plot_ratio":1.0,"tax_per_mu":8,"output_per_hectare":2000,"industry_policy_class":"allowed","safety_compliant":true,"operating_state":"normal","is_above_scale":false,"is_strategic_emerging":false,"production_started_on":"2018-01-01"}', true),
    ('heping-2024', 'commerce', '{"plot_ratio":3.0,"plan_plot_ratio":5.0,"vacancy_rate_series":[0.3,0.29,0.3],"vacancy_rate_years":[2021,2022,2023],"tax_per_floor_area":400,"stratum":"surface"}', true),
    ('heping-2024', 'residence', '{"plot_ratio":1.0,"built_year":2000,"is_villa":false,"danger_count_share":0.49,"has_hazard":false}', true),
    ('heping-2024', 'facility', '{"use_state":"in_use","conforms_to_plan":true,"danger_grade":"B","stratum":"surface"}', true)
  ) AS h (standard, land_type, facts, lines);

-- the verdict on a harmless row with some facts changed
CREATE FUNCTION pg_temp.judge(standard text, land_type text, change jsonb) RETURNS verdict_result LANGUAGE sql AS $$
    SELECT classify(f, make_ruleset(h.standard, h.land_type, '2024-03-01', CASE WHEN h.lines THEN 'line'::regclass END))
      FROM harmless h, jsonb_populate_record(NULL::fact_row, h.facts || change) f WHERE (h.standard, h.land_type) = ($1, $2)
$$;
SELECT h.standard, h.land_type, v.verdict, v.missing FROM harmless h, pg_temp.judge(h.standard, h.land_type, '{}') v
 WHERE v.verdict <> 'not_inefficient' ORDER BY 1, 2;

-- at the limit and one step to each side; verdict: true reasons
CREATE TEMP TABLE boundary (standard text, land_type text, change jsonb, expected text);
INSERT INTO boundary VALUES
    ('jinhua-2024', 'warehouse', '{"tax_per_mu":7.99}', 'inefficient J-6'), ('jinhua-2024', 'warehouse', '{"tax_per_mu":8}', 'not_inefficient'), ('jinhua-2024', 'warehouse', '{"tax_per_mu":8.01}', 'not_inefficient'),
    ('jinhua-2024', 'warehouse', '{"danger_count_share":0.4999}', 'not_inefficient'), ('jinhua-2024', 'warehouse', '{"danger_count_share":0.5}', 'inefficient J-7'), ('jinhua-2024', 'warehouse', '{"danger_count_share":0.5001}', 'inefficient J-7'),
    ('jinhua-2024', 'warehouse', '{"in_renewal_plan":true}', 'inefficient J-8'),
    ('jinhua-2024', 'residential', '{"plot_ratio":0.99,"built_year":2000}', 'inefficient J-9a'), ('jinhua-2024', 'residential', '{"plot_ratio":1.0,"built_year":2000}', 'not_inefficient'), ('jinhua-2024', 'residential', '{"plot_ratio":0.99,"built_year":2001}', 'not_inefficient'),
    ('jinhua-2024', 'residential', '{"plot_ratio":0.99,"built_year":2000,"is_villa":true}', 'not_inefficient'), ('jinhua-2024', 'residential', '{"plot_ratio":1.2,"built_year":2000,"danger_count_share":0.5}', 'inefficient J-9b'),
    ('jinhua-2024', 'residential', '{"plot_ratio":1.2,"built_year":2000,"danger_count_share":0.4999}', 'not_inefficient'), ('jinhua-2024', 'residential', '{"plot_ratio":1.2,"built_year":null,"danger_count_share":0.5}', 'insufficient_data'),
    ('jinhua-2024', 'residential', '{"built_year":2001,"has_hazard":true}', 'not_inefficient'), ('jinhua-2024', 'residential', '{"built_year":2000,"has_hazard":true}', 'inefficient J-9b'),
    ('jinhua-2024', 'residential', '{"is_urgent_urban_village":true}', 'inefficient J-10'), ('jinhua-2024', 'residential', '{"is_needed_by_major_project":true}', 'inefficient J-10'),
    ('jinhua-2024', 'residential', '{"in_renewal_plan":true}', 'inefficient J-11'), ('jinhua-2024', 'residential', '{"has_geological_hazard":true}', 'inefficient J-11'),
    ('jinhua-2024', 'residential', '{"agreed_start":"2022-03-01","started_area":0}', 'inefficient J-12a'), ('jinhua-2024', 'residential', '{"agreed_start":"2022-03-02","started_area":0}', 'not_inefficient'), ('jinhua-2024', 'residential', '{"agreed_start":"2022-02-28","started_area":0}', 'inefficient J-12a'),
    ('jinhua-2024', 'residential', '{"agreed_start":"2020-01-01","actual_start":"2020-01-01","suspended_since":"2022-03-01"}', 'inefficient J-12b'), ('jinhua-2024', 'residential', '{"agreed_start":"2020-01-01","actual_start":"2020-01-01","suspended_since":"2022-03-02"}', 'not_inefficient'),
    ('taizhou-2025', 'industrial', '{"inside_development_boundary":false}', 'excluded T-0'),
    ('taizhou-2025', 'industrial', '{"tax_per_mu":5.99}', 'inefficient T-1'), ('taizhou-2025', 'industrial', '{"tax_per_mu":6}', 'not_inefficient'), ('taizhou-2025', 'industrial', '{"tax_per_mu":6.01}', 'not_inefficient'),
    ('taizhou-2025', 'industrial', '{"plot_ratio":0.99}', 'inefficient T-2'), ('taizhou-2025', 'industrial', '{"plot_ratio":1}', 'not_inefficient'), ('taizhou-2025', 'industrial', '{"plot_ratio":1.01}', 'not_inefficient'), ('taizhou-2025', 'industrial', '{"plot_ratio":0.99,"special_industry_needs":true}', 'not_inefficient'),
    ('taizhou-2025', 'industrial', '{"building_quality":"poor"}', 'inefficient T-3'), ('taizhou-2025', 'industrial', '{"facilities_outdated":true}', 'inefficient T-3'), ('taizhou-2025', 'industrial', '{"industry_policy_class":"eliminated"}', 'inefficient T-4'),
    -- idle land: the gates of three standards, at a year and at a third and a quarter
    ('city-industrial', 'industrial', '{"agreed_start":"2023-03-01","actual_start":null,"actual_completion":null,"agreed_completion":"2025-01-01","started_area":0}', 'excluded I-1'),
    ('city-industrial', 'industrial', '{"agreed_start":"2023-03-02","actual_start":null,"actual_completion":null,"agreed_completion":"2025-01-01","started_area":0}', 'not_inefficient'),
    ('city-industrial', 'industrial', '{"agreed_start":"2021-03-01","actual_completion":null,"agreed_completion":"2025-01-01","suspended_since":"2023-03-01","spent_investment":50,"started_area":3000}', 'not_inefficient'),
    ('city-industrial', 'industrial', '{"agreed_start":"2021-03-01","actual_completion":null,"agreed_completion":"2025-01-01","suspended_since":"2023-03-01","spent_investment":50,"started_area":2999.99}', 'excluded I-2a'),
    ('city-industrial', 'industrial', '{"agreed_start":"2021-03-01","actual_completion":null,"agreed_completion":"2025-01-01","suspended_since":"2023-03-02","spent_investment":50,"started_area":2999.99}', 'not_inefficient'),
    ('ningxia-2023', 'industrial', '{"agreed_start":"2021-03-01","actual_completion":null,"agreed_completion":"2025-01-01","suspended_since":"2023-03-01","spent_investment":25,"started_area":4500}', 'not_inefficient'),
    ('ningxia-2023', 'industrial', '{"agreed_start":"2021-03-01","actual_completion":null,"agreed_completion":"2025-01-01","suspended_since":"2023-03-01","spent_investment":24.99,"started_area":4500}', 'excluded I-2b'),
    ('wannian-2021', 'industrial', '{"agreed_start":"2021-03-01","actual_completion":null,"agreed_completion":"2025-01-01","suspended_since":"2023-03-01","spent_investment":24.99,"started_area":2999.99}', 'excluded I-2a I-2b'),
    -- land built up for forty years, without a document, is not held back by the gate
    ('city-industrial', 'industrial', '{"agreed_start":null,"actual_start":null,"actual_completion":"1984-01-01","agreed_completion":null,"started_area":null,"planned_area":null,"spent_investment":null,"planned_investment":null}', 'not_inefficient'),
    ('city-industrial', 'industrial', '{"actual_completion":null,"agreed_completion":"2022-03-01","idle_cause":"enterprise"}', 'inefficient C-1'), ('city-industrial', 'industrial', '{"actual_completion":null,"agreed_completion":"2022-03-02","idle_cause":"enterprise"}', 'not_inefficient'),
    ('city-industrial', 'industrial', '{"actual_completion":null,"agreed_completion":"2022-03-01","idle_cause":"government"}', 'not_inefficient'),
    ('city-industrial', 'industrial', '{"investment":2700}', 'not_inefficient'), ('city-industrial', 'industrial', '{"investment":2700,"investment_land_price":0}', 'inefficient C-2a'), ('city-industrial', 'industrial', '{"investment":2600}', 'not_inefficient'), ('city-industrial', 'industrial', '{"investment":2599.99}', 'inefficient C-2a'),
    ('city-industrial', 'industrial', '{"investment":100,"actual_completion":"2022-03-01"}', 'inefficient C-2a'), ('city-industrial', 'industrial', '{"investment":100,"actual_completion":"2022-03-02"}', 'not_inefficient'),
    ('city-industrial', 'industrial', '{"output_per_hectare":2000}', 'not_inefficient'), ('city-industrial', 'industrial', '{"output_per_hectare":1999.99}', 'inefficient C-2b'), ('city-industrial', 'industrial', '{"output_per_hectare":2000.01}', 'not_inefficient'),
    ('city-industrial', 'industrial', '{"operating_state":"half_stopped","stopped_since":"2023-03-01"}', 'inefficient C-3'), ('city-industrial', 'industrial', '{"operating_state":"stopped","stopped_since":"2023-03-02"}', 'not_inefficient'),
    ('city-industrial', 'industrial', '{"industry_policy_class":"prohibited"}', 'inefficient C-4'), ('city-industrial', 'industrial', '{"fits_industry_plan":false}', 'inefficient C-4'), ('city-industrial', 'industrial', '{"safety_compliant":false}', 'inefficient C-5'),
    ('city-industrial', 'industrial', '{"is_renewal_required":true}', 'inefficient C-6'), ('city-industrial', 'industrial', '{"is_designated":true}', 'inefficient C-7'),
    ('wannian-2021', 'industrial', '{"investment_intensity":5999.99}', 'inefficient W-1a'), ('wannian-2021', 'industrial', '{"investment_intensity":6000.01}', 'not_inefficient'), ('wannian-2021', 'industrial', '{"plot_ratio":1.19}', 'inefficient W-1b'), ('wannian-2021', 'industrial', '{"building_coverage":0.3999}', 'inefficient W-1c'),
    ('wannian-2021', 'industrial', '{"plot_ratio":1.19,"agreed_completion":"2024-03-01"}', 'inefficient W-1b'), ('wannian-2021', 'industrial', '{"plot_ratio":1.19,"agreed_completion":"2024-03-02"}', 'not_inefficient'),
    ('wannian-2021', 'industrial', '{"production_delay_years":1}', 'not_inefficient'), ('wannian-2021', 'industrial', '{"production_delay_years":1.01}', 'inefficient W-2a'), ('wannian-2021', 'industrial', '{"operating_state":"stopped","stopped_since":"2023-03-01"}', 'inefficient W-2b'), ('wannian-2021', 'industrial', '{"operating_state":"stopped","stopped_since":"2023-03-02"}', 'not_inefficient'),
    ('wannian-2021', 'industrial', '{"safety_compliant":false}', 'inefficient W-3'), ('wannian-2021', 'industrial', '{"tax_per_mu":9.99}', 'inefficient W-4'), ('wannian-2021', 'industrial', '{"tax_per_mu":9.99,"contract_kind":null}', 'insufficient_data'),
    ('ningxia-2023', 'industrial', '{"actual_completion":null,"agreed_completion":"2022-03-01"}', 'inefficient N-1'), ('ningxia-2023', 'industrial', '{"actual_completion":null,"agreed_completion":"2022-03-02"}', 'not_inefficient'), ('ningxia-2023', 'industrial', '{"is_separately_developable":true}', 'inefficient N-2'),
    ('ningxia-2023', 'industrial', '{"plot_ratio":1.19}', 'inefficient N-3a'), ('ningxia-2023', 'industrial', '{"building_coefficient":0.39}', 'inefficient N-3b'), ('ningxia-2023', 'industrial', '{"investment_intensity":5999.99}', 'inefficient N-4'), ('ningxia-2023', 'industrial', '{"tax_per_mu":9.99}', 'inefficient N-5'),
    -- two consecutive years: unknown between, above between, and two below
    ('xianyou-2022', 'industrial', '{"tax_per_mu_series":[9,null,9]}', 'insufficient_data'), ('xianyou-2022', 'industrial', '{"tax_per_mu_series":[9,10,9]}', 'not_inefficient'), ('xianyou-2022', 'industrial', '{"tax_per_mu_series":[10,9,9]}', 'inefficient X-1a'),
    ('xianyou-2022', 'industrial', '{"output_per_mu_series":[49.99,49.99,50]}', 'inefficient X-1b'), ('xianyou-2022', 'industrial', '{"tax_per_mu_series":[8,7.99,7.99],"contract_tax_per_mu":1}', 'inefficient X-1c'), ('xianyou-2022', 'industrial', '{"tax_per_mu_series":[8,8,7.99],"contract_tax_per_mu":1}', 'not_inefficient'),
    ('xianyou-2022', 'idle_plant', '{"use_state":"idle","idle_since":"2023-03-01"}', 'inefficient X-2'), ('xianyou-2022', 'idle_plant', '{"use_state":"idle","idle_since":"2023-03-02"}', 'not_inefficient'), ('xianyou-2022', 'idle_plant', '{"use_state":"idle","floor_area":2999.99}', 'not_inefficient'), ('xianyou-2022', 'idle_plant', '{"use_state":"idle","floor_area":3000.01}', 'inefficient X-2'), ('xianyou-2022', 'idle_plant', '{"use_state":"idle","is_safe":false}', 'not_inefficient'),
    -- compliance of 2008: table 1 was not readable, so without a missed limit the answer stays open
    ('industry-control-2008', 'industrial', '{}', 'insufficient_data'), ('industry-control-2008', 'industrial', '{"plot_ratio":0.6999}', 'inefficient P-2'), ('industry-control-2008', 'industrial', '{"plot_ratio":0.6999,"industry_division":"26"}', 'insufficient_data'), ('industry-control-2008', 'industrial', '{"plot_ratio":0.9999,"industry_division":"40"}', 'inefficient P-2'),
    ('industry-control-2008', 'industrial', '{"plot_ratio":0.4999,"industry_division":"25"}', 'inefficient P-2'), ('industry-control-2008', 'industrial', '{"plot_ratio":0.7,"industry_division":"17"}', 'inefficient P-2'), ('industry-control-2008', 'industrial', '{"plot_ratio":0.1,"industry_code_system":"GB/T 4754-2017"}', 'insufficient_data'),
    ('industry-control-2008', 'industrial', '{"building_coefficient":0.2999}', 'inefficient P-3'), ('industry-control-2008', 'industrial', '{"office_land_share":0.0701}', 'inefficient P-4'),
    ('industry-control-2023', 'industrial', '{"plot_ratio":0.7999}', 'inefficient Q-1'), ('industry-control-2023', 'industrial', '{"building_coefficient":0.3999}', 'inefficient Q-2'), ('industry-control-2023', 'industrial', '{"office_land_share":0.0701}', 'inefficient Q-3a'), ('industry-control-2023', 'industrial', '{"office_floor_share":0.1501}', 'inefficient Q-3b'),
    ('industry-control-2023', 'industrial', '{"industry_division":"37"}', 'insufficient_data'),
    ('shandong-2005', 'industrial', '{"investment_per_mu":239.99}', 'inefficient S-1'), ('shandong-2005', 'industrial', '{"zone_level":"provincial","investment_per_mu":200}', 'not_inefficient'), ('shandong-2005', 'industrial', '{"zone_level":"provincial","investment_per_mu":199.99}', 'inefficient S-2a'),
    ('shandong-2005', 'industrial', '{"zone_level":"provincial","city_group":"2","investment_per_mu":160}', 'not_inefficient'), ('shandong-2005', 'industrial', '{"zone_level":"provincial","city_group":"2","investment_per_mu":159.99}', 'inefficient S-2b'),
    ('shandong-2005', 'industrial', '{"zone_level":"provincial","city_group":"3","investment_per_mu":100}', 'not_inefficient'), ('shandong-2005', 'industrial', '{"zone_level":"provincial","city_group":"3","investment_per_mu":99.99}', 'inefficient S-2c'),
    ('shanghai-2024', 'industrial', '{"performance_grade":"D"}', 'inefficient D'), ('shanghai-2024', 'industrial', '{"performance_grade":"A"}', 'not_inefficient'), ('shanghai-2024', 'industrial', '{"performance_grade":null}', 'insufficient_data'),
    ('heping-2024', 'industry', '{"plot_ratio":0.99}', 'inefficient I-10'), ('heping-2024', 'industry', '{"tax_per_mu":7.99}', 'inefficient I-11'), ('heping-2024', 'industry', '{"output_per_hectare":1999.99}', 'inefficient I-12'), ('heping-2024', 'industry', '{"industry_policy_class":"eliminated"}', 'inefficient I-13'), ('heping-2024', 'industry', '{"safety_compliant":false}', 'inefficient I-14'),
    ('heping-2024', 'industry', '{"operating_state":"stopped","stopped_since":"2023-03-01"}', 'inefficient I-15'), ('heping-2024', 'industry', '{"operating_state":"stopped","stopped_since":"2023-03-02"}', 'not_inefficient'),
    ('heping-2024', 'industry', '{"plot_ratio":0.99,"is_above_scale":true}', 'inefficient I-10'), ('heping-2024', 'industry', '{"plot_ratio":0.99,"is_above_scale":true,"exemption_decision":["I-20"]}', 'exempt I-10 I-20'), ('heping-2024', 'industry', '{"plot_ratio":0.99,"is_strategic_emerging":true,"exemption_decision":["I-21"]}', 'exempt I-10 I-21'),
    ('heping-2024', 'industry', '{"plot_ratio":0.99,"production_started_on":"2021-03-02","exemption_decision":["I-22"]}', 'exempt I-10 I-22'), ('heping-2024', 'industry', '{"plot_ratio":0.99,"production_started_on":"2021-03-01","exemption_decision":["I-22"]}', 'inefficient I-10'),
    ('heping-2024', 'industry', '{"plot_ratio":0.5,"heritage_kind":"historic_building"}', 'excluded H-1'),
    ('heping-2024', 'commerce', '{"vacancy_rate_series":[0.3,0.3,0.3]}', 'inefficient C-10'), ('heping-2024', 'commerce', '{"vacancy_rate_series":[0.3,0.3,0.2999]}', 'not_inefficient'), ('heping-2024', 'commerce', '{"vacancy_rate_series":[0.3,0.3,0.3],"stratum":"below"}', 'not_inefficient'),
    ('heping-2024', 'commerce', '{"tax_per_floor_area":399.99}', 'inefficient C-11'), ('heping-2024', 'commerce', '{"plot_ratio":2.99}', 'inefficient C-12'), ('heping-2024', 'commerce', '{"plot_ratio":3.01}', 'not_inefficient'),
    ('heping-2024', 'commerce', '{"actual_completion":null,"suspended_since":"2023-03-01"}', 'inefficient C-13'), ('heping-2024', 'commerce', '{"actual_completion":null,"suspended_since":"2023-03-02"}', 'not_inefficient'), ('heping-2024', 'commerce', '{"plot_ratio":2.99,"in_renewal_plan":true,"exemption_decision":["C-20"]}', 'exempt C-12 C-20'),
    ('heping-2024', 'residence', '{"plot_ratio":0.99}', 'inefficient R-10'), ('heping-2024', 'residence', '{"plot_ratio":0.99,"built_year":2001}', 'not_inefficient'), ('heping-2024', 'residence', '{"plot_ratio":0.99,"is_villa":true}', 'not_inefficient'), ('heping-2024', 'residence', '{"danger_count_share":0.5}', 'inefficient R-11'), ('heping-2024', 'residence', '{"danger_count_share":0.5,"built_year":2001}', 'not_inefficient'),
    -- an unfinished estate that was begun is inefficient, not idle; one never begun is idle
    ('heping-2024', 'residence', '{"actual_completion":null,"suspended_since":"2023-03-01","started_area":100}', 'inefficient R-12'), ('heping-2024', 'residence', '{"actual_completion":null,"suspended_since":"2023-03-02"}', 'not_inefficient'), ('heping-2024', 'residence', '{"actual_completion":null,"actual_start":null,"started_area":0}', 'excluded I-1'),
    ('heping-2024', 'residence', '{"has_hazard":true}', 'inefficient R-13'), ('heping-2024', 'residence', '{"has_hazard":true,"in_renewal_plan":true}', 'inefficient R-13'), ('heping-2024', 'residence', '{"has_hazard":true,"in_renewal_plan":true,"exemption_decision":["R-20"]}', 'exempt R-13 R-20'),
    ('heping-2024', 'facility', '{"use_state":"idle","idle_since":"2023-03-01"}', 'inefficient F-10'), ('heping-2024', 'facility', '{"use_state":"idle","idle_since":"2023-03-02"}', 'not_inefficient'), ('heping-2024', 'facility', '{"conforms_to_plan":false}', 'inefficient F-11'), ('heping-2024', 'facility', '{"danger_grade":"C"}', 'inefficient F-12'), ('heping-2024', 'facility', '{"danger_grade":"C","stratum":"below"}', 'not_inefficient'), ('heping-2024', 'facility', '{"conforms_to_plan":false,"in_renewal_plan":true,"exemption_decision":["F-20"]}', 'exempt F-11 F-20');
SELECT count(*) AS cases, count(DISTINCT (standard, land_type)) AS land_types FROM boundary;
SELECT b.standard, b.land_type, b.change, b.expected, g.got
  FROM boundary b, LATERAL (SELECT concat_ws(' ', v.verdict, nullif(array_to_string(v.reasons, ' '), '')) AS got FROM pg_temp.judge(b.standard, b.land_type, b.change) v) g
 WHERE g.got IS DISTINCT FROM b.expected;
-- every criterion and gate of the library fires in some case, but for the one whose values were not published and twins that differ in code systems alone
SELECT r.standard, r.land_type, r.rule FROM standard_rule r
 WHERE r.role <> 'exemption' AND (r.standard, r.land_type) IN (SELECT h.standard, h.land_type FROM harmless h)
   AND NOT EXISTS (SELECT FROM boundary b WHERE (b.standard, b.land_type) = (r.standard, r.land_type) AND r.rule = ANY (string_to_array(b.expected, ' ')))
   AND NOT EXISTS (SELECT FROM boundary b JOIN standard_rule o ON (o.standard, o.land_type) = (b.standard, b.land_type) AND o.role = 'gate' AND o.rule = r.rule AND o.criterion = r.criterion
                    WHERE r.role = 'gate' AND o.rule = ANY (string_to_array(b.expected, ' ')))
 ORDER BY 1, 2, 3;
-- each fact missing in turn: the answer stays, or is open for want of just this fact; never the lenient or the strict answer for want of it.
-- Listed: a state without its date asks for both; a completion that is not on record counts as not completed where a document agreed one, as in the text of N-1 and C-1
SELECT h.standard, h.land_type, f.fact, v.verdict, v.missing
  FROM harmless h JOIN standard_fact f ON (f.standard, f.land_type) = (h.standard, h.land_type),
       LATERAL (SELECT jsonb_object_agg(c, NULL) AS change FROM unnest(CASE f.type WHEN 'series' THEN ARRAY[f.fact || '_series', f.fact || '_years'] ELSE ARRAY[replace(f.fact, '.', '_')] END) c) n,
       pg_temp.judge(h.standard, h.land_type, n.change) v
 WHERE v.verdict NOT IN ('not_inefficient', 'insufficient_data')
    OR v.verdict = 'insufficient_data' AND h.standard <> 'industry-control-2008' AND NOT v.missing <@ (ARRAY[f.fact] || '{actual_completion}')
 ORDER BY 1, 2, 3;
SELECT count(*) AS facts, count(*) FILTER (WHERE v.verdict = 'insufficient_data') AS open
  FROM harmless h JOIN standard_fact f ON (f.standard, f.land_type) = (h.standard, h.land_type),
       LATERAL (SELECT jsonb_object_agg(c, NULL) AS change FROM unnest(CASE f.type WHEN 'series' THEN ARRAY[f.fact || '_series', f.fact || '_years'] ELSE ARRAY[replace(f.fact, '.', '_')] END) c) n,
       pg_temp.judge(h.standard, h.land_type, n.change) v;
-- the four code systems of Jinhua's warehouses share their rules
SELECT count(DISTINCT land_type) AS land_types, count(DISTINCT (rule, criterion::text, label_en)) AS rules FROM standard_rule WHERE standard = 'jinhua-2024' AND land_type LIKE 'warehouse%';
SELECT k.land_type, u.code FROM standard_land_type k, unnest(k.use_codes) u (code) WHERE k.use_codes IS NOT NULL
   AND NOT EXISTS (SELECT FROM land_use_code c WHERE c.code_system = k.use_code_system AND c.code = u.code AND c.family = k.family);
-- facts from the dictionary; a name that it does not have
SELECT fact, type, openness, required FROM usual_fact('mine', 'shop', 'plot_ratio ~vacancy_rate heritage_kind!?');
SELECT count(*) FROM usual_fact('mine', 'shop', 'plot_ratio plot_ration');
