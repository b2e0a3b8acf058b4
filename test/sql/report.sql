-- report: every report closes to the control area, row by row, to the last 0.01 m²
\getenv test_dir PG_ABS_SRCDIR
\set small :test_dir '/data/small_survey.sql'
\set ECHO none
\i :small
\set ECHO all
SET search_path = small, inefficient_land, public;

-- one determination, so that both words occur
SET client_min_messages = warning;
CALL determine('small', 'District government', parcel_code => '{P01}');

-- scale
SELECT sequence, line, additive, label_en, class_en, parcels, parcels_without_area AS no_area, area, hectares, mu, share_percent AS share, family_percent AS of_family FROM report_scale;
SELECT label_zh, class_zh, hectares FROM report_scale WHERE line IN ('part', 'total') AND (class = 'suspected' OR line = 'total');

-- the balance that every report ends with: district and subdistricts
SELECT quote_nullable(subdistrict) AS subdistrict, code, label_en, area FROM _area_balance b ORDER BY b.subdistrict NULLS LAST, sequence;

-- each report: what adds up is the total, in m², hectares and mu
SELECT 'scale' AS report, sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total') AS area,
       sum(hectares) FILTER (WHERE additive) = sum(hectares) FILTER (WHERE line = 'total') AS hectares,
       sum(mu) FILTER (WHERE additive) = sum(mu) FILTER (WHERE line = 'total') AS mu, sum(area) FILTER (WHERE line = 'total') AS total FROM report_scale
UNION ALL
SELECT 'scale ' || scheme, sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total'), sum(hectares) FILTER (WHERE additive) = sum(hectares) FILTER (WHERE line = 'total'),
       sum(mu) FILTER (WHERE additive) = sum(mu) FILTER (WHERE line = 'total'), sum(area) FILTER (WHERE line = 'total') FROM report_scale_scheme GROUP BY scheme
UNION ALL
SELECT 'structure', sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total'), sum(hectares) FILTER (WHERE additive) = sum(hectares) FILTER (WHERE line = 'total'),
       sum(mu) FILTER (WHERE additive) = sum(mu) FILTER (WHERE line = 'total'), sum(area) FILTER (WHERE line = 'total') FROM report_structure
UNION ALL
SELECT 'distribution', sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total'), sum(hectares) FILTER (WHERE additive) = sum(hectares) FILTER (WHERE line = 'total'),
       sum(mu) FILTER (WHERE additive) = sum(mu) FILTER (WHERE line = 'total'), sum(area) FILTER (WHERE line = 'total') FROM report_distribution
UNION ALL
SELECT 'potential', sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total'), sum(hectares) FILTER (WHERE additive) = sum(hectares) FILTER (WHERE line = 'total'),
       sum(mu) FILTER (WHERE additive) = sum(mu) FILTER (WHERE line = 'total'), sum(area) FILTER (WHERE line = 'total') FROM report_potential;

-- the same by a scheme of the city
SELECT scheme, line, additive, label_en, label_zh, class_en, parcels, area, share_percent AS share FROM report_scale_scheme;

-- structure
SELECT line, additive, label_en, class_en, ownership, right_nature, reason_family_en, reason_family_zh, parcels, area FROM report_structure;

-- distribution; each subdistrict closes to its own control area
SELECT line, additive, area_code, area_name_en, label_en, parcels, hectares, determined_parcels AS det, determined_hectares AS det_ha, suspected_parcels AS sus, suspected_hectares AS sus_ha, inefficient_percent AS pct FROM report_distribution;
SELECT area_code, sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'subdistrict') AS closes FROM report_distribution WHERE line NOT IN ('between_subdistricts', 'total', 'management_area') GROUP BY area_code ORDER BY 1;

-- potential: max(0, plan - existing) where both are known, hectares where not
SELECT line, additive, label_en, class_en, parcels, hectares, known_parcels AS known, known_hectares, planned_floor_area, existing_floor_area, potential_floor_area, unknown_parcels AS unknown, unknown_hectares, no_plan_limit_hectares AS no_plan, no_floor_area_hectares AS no_floor FROM report_potential;
-- known and unknown are all there is, where the area is known
SELECT bool_and(coalesce(known_hectares, 0) + coalesce(unknown_hectares, 0) = coalesce(hectares, 0)) AS closes FROM report_potential WHERE line = 'part';

-- missing facts
SELECT line, fact, label_en, label_zh, department, family_en, parcels, hectares, undecided_parcels, undecided_hectares, only_this_parcels, only_this_hectares FROM report_missing;

-- peer figures and control values that are missing, in words
BEGIN;
UPDATE verdict SET missing = '{"peer_mean(tax_per_mu, year => -1)",control_indicator(tax_per_mu),"peer_percentile(plot_ratio, 25)","peer_ratio(odd, odder)"}' WHERE run_id = 2 AND parcel_id = 14;
SELECT fact, label_en, label_zh FROM report_missing WHERE family = 'industry_warehouse';
ROLLBACK;
-- without a district row the subdistricts are the whole
BEGIN;
DELETE FROM admin_unit WHERE level = 'district';
SELECT sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total') AS closes, sum(area) FILTER (WHERE line = 'total') AS total FROM report_scale;
-- without control areas the borders are
UPDATE admin_unit SET control_area = NULL;
SELECT sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total') AS closes, sum(area) FILTER (WHERE line = 'total') AS total FROM report_scale;
-- one unknown border leaves the total unknown, not smaller
UPDATE admin_unit SET geom = NULL WHERE code = 'S2';
SELECT line, area, share_percent FROM report_scale WHERE line IN ('parcels', 'outside_parcels', 'total');
SELECT line, area_code, area FROM report_distribution WHERE line IN ('subdistrict', 'between_subdistricts', 'total');
DELETE FROM admin_unit;
SELECT line, area FROM report_scale WHERE line IN ('parcels', 'outside_parcels', 'total');
ROLLBACK;
-- nonsense areas count as unknown, not as numbers
BEGIN;
UPDATE parcel_indicator SET family_area = 'NaN' WHERE parcel_id = 1;
UPDATE parcel_indicator SET family_area = -5 WHERE parcel_id = 2;
UPDATE parcel_indicator SET family_area = 'Infinity' WHERE parcel_id = 3;
SELECT line, parcels, parcels_without_area, area FROM report_scale WHERE line IN ('parcels', 'total');
SELECT sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total') AS closes FROM report_scale;
ROLLBACK;
-- a survey without a run, without anything
CALL create_survey('fresh', srid => 4548);
SELECT line, parcels, area FROM fresh.report_scale;
SELECT count(*) AS structure FROM fresh.report_structure WHERE line = 'part';
SELECT count(*) AS scheme FROM fresh.report_scale_scheme;
SELECT line, area FROM fresh.report_distribution;
SELECT line, potential_floor_area FROM fresh.report_potential WHERE line IN ('inefficient', 'parcels');
SELECT line, parcels, hectares FROM fresh.report_missing;
SELECT count(*) AS redetermination FROM fresh.report_redetermination;
INSERT INTO fresh.parcel (code, registered_area) VALUES ('A', 100), ('B', NULL), ('C', 'NaN');
SELECT line, class_en, parcels, parcels_without_area, area FROM fresh.report_scale WHERE line IN ('part', 'parcels');
CALL drop_survey('fresh');
-- no window functions, no rollup
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'small'::regnamespace AND c.relkind = 'v' AND pg_get_viewdef(c.oid) ~* '\mover *\(|rollup|grouping sets|\mcube\M';
-- parcels are counted as parcels, with or without area, however many parts they have
BEGIN;
UPDATE parcel_indicator SET family_area = NULL WHERE run_id = 2 AND parcel_id IN (4, 12);
SELECT line, family, class, parcels, parcels_without_area FROM report_scale WHERE parcels_without_area > 0 ORDER BY sequence, family, class;
SELECT line, category, class, parcels, parcels_without_area FROM report_scale_scheme WHERE parcels_without_area > 0 ORDER BY sequence, category, class;
SELECT line, parcels, parcels_without_area FROM report_structure WHERE line = 'parcels';
ROLLBACK;
-- a scheme says of each category what is determined and what is suspected, apart from all its land
SELECT scheme, line, label_en, hectares, determined_hectares, suspected_hectares FROM report_scale_scheme WHERE line <> 'part';
SELECT bool_and(c.determined_hectares + c.suspected_hectares = (SELECT coalesce(sum(p.hectares), 0) FROM report_scale_scheme p WHERE p.scheme = c.scheme AND p.line = 'part' AND p.category IS NOT DISTINCT FROM c.category AND p.class IN ('determined', 'suspected'))) AS adds_up
  FROM report_scale_scheme c WHERE c.line = 'category';
-- no category of a shipped scheme calls all of its land inefficient
SELECT standard, category, label_en, label_zh FROM inefficient_land.standard_reporting WHERE label_en ~ 'inefficient' OR label_zh ~ '低效';
-- by nature of the right a mixed parcel is one parcel, however its code is written
BEGIN;
UPDATE parcel SET right_nature = CASE WHEN id = 4 THEN ' 102 ' WHEN id = 1 THEN '102' ELSE '101' END;
SELECT line, right_nature, label_en, label_zh, parcels, parcels_without_area, area FROM report_structure WHERE line = 'right' ORDER BY right_nature;
SELECT sum(parcels) = (SELECT parcels FROM report_structure WHERE line = 'parcels') AS parcels, sum(area) = (SELECT area FROM report_structure WHERE line = 'parcels') AS area FROM report_structure WHERE line = 'right';
ROLLBACK;
-- parcels of no known subdistrict have no control area to close to
SELECT area_name_en, label_en, label_zh FROM report_distribution WHERE line = 'subdistrict' ORDER BY area_code;
-- existing floor area is the family's own where every part's is known, else by share of land
SELECT family, existing_floor_area FROM report_potential WHERE family IN ('commerce_office', 'residence') AND existing_floor_area IS NOT NULL;
BEGIN;
UPDATE parcel_indicator SET family_floor_area = CASE family WHEN 'residence' THEN 11000 ELSE 1000 END WHERE parcel_id = 4 AND run_id = 2;
SELECT family, existing_floor_area, potential_floor_area FROM report_potential WHERE family IN ('commerce_office', 'residence') AND existing_floor_area IS NOT NULL;
UPDATE parcel_indicator SET family_floor_area = NULL WHERE parcel_id = 4 AND run_id = 2 AND family = 'residence';
SELECT family, existing_floor_area FROM report_potential WHERE family IN ('commerce_office', 'residence') AND existing_floor_area IS NOT NULL;
ROLLBACK;
-- what stands beyond the plan explains the difference: P02 has 9000 m² where 8000 m² are planned
SELECT line, planned_floor_area - existing_floor_area AS balance, potential_floor_area AS potential, exceeding_floor_area AS exceeding,
       planned_floor_area - existing_floor_area = potential_floor_area - exceeding_floor_area AS explained FROM report_potential WHERE line = 'parcels';

CALL drop_survey('small');
