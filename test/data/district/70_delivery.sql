-- delivery: the district as departments hand it in, and what is wrong with it
-- delivery_X has columns of the survey's table X; references are codes.

CREATE TABLE planted_error (rule text, table_name text, row_code text, note text, blocking boolean NOT NULL DEFAULT false, follows boolean NOT NULL DEFAULT false);
COMMENT ON TABLE planted_error IS 'the findings a check must make, one row for each row concerned; follows: not planted itself, but a consequence of what was';

-- Which ordinary parcels carry an error; none of them takes part in anything else.
CREATE TABLE victim AS
SELECT row_number() OVER (ORDER BY chance(p.id, 80))::integer AS number, p.id, p.code
  FROM parcel p
 WHERE p.name_of_case = 'walkup_fine' AND p.registered_area = round(p.area::numeric, 2) AND p.id NOT IN (SELECT parcel FROM legacy WHERE parcel IS NOT NULL)
   AND p.block NOT IN (SELECT block FROM community) AND p.subdistrict IN (5, 6)
   AND EXISTS (SELECT FROM parcel q WHERE q.block = p.block AND q.row = p.row AND q.lot = p.lot + 1)
   AND EXISTS (SELECT FROM planning_plot g WHERE g.block = p.block);

CREATE TABLE delivery_admin_unit AS
SELECT '120101' AS code, '和平区' AS name, 'district' AS level, NULL AS parent_code, 9980000::double precision AS control_area, ST_Multi(ST_Union(geom)) AS geom FROM subdistrict
UNION ALL
SELECT code, name, 'subdistrict', '120101', control_area, geom FROM subdistrict ORDER BY 1;

CREATE TABLE delivery_management_area AS SELECT code, name, kind, geom FROM management_area;
CREATE TABLE delivery_constraint_zone AS SELECT code, name, kind, effect, geom FROM constraint_zone;
CREATE TABLE delivery_detailed_plan AS SELECT code, name, level, status, approved_on, valid_from, geom FROM detailed_plan;
CREATE TABLE delivery_planning_plot AS
SELECT g.code, g.plan AS detailed_plan_code, CASE g.letter WHEN 'T' THEN '0902' WHEN 'R' THEN '0901' WHEN 'H' THEN '0901' WHEN 'F' THEN '0804' WHEN 'I' THEN '1001' ELSE '0701' END AS planned_use, 'land-and-sea-2023' AS planned_use_system,
       g.plot_ratio, 0.5 AS coverage, CASE g.letter WHEN 'T' THEN 180 WHEN 'E' THEN 90 WHEN 'V' THEN 12 ELSE 36 END AS height, 0.25 AS green_ratio, d.code AS subdistrict, g.geom
  FROM planning_plot g JOIN subdistrict d ON d.number = g.subdistrict;

CREATE TABLE delivery_community AS
SELECT c.code, c.name, d.code AS subdistrict, false AS is_villa, NULL::text AS heritage_kind, (60 * c.parcels + 90)::integer AS household_count FROM community c JOIN subdistrict d ON d.number = c.subdistrict;
CREATE TABLE delivery_community_member AS
SELECT c.code AS community_code, p.code AS parcel_code, d.code AS subdistrict FROM community c JOIN parcel p USING (block) JOIN subdistrict d ON d.number = p.subdistrict;

CREATE TABLE delivery_patch AS
SELECT p.code, p.base_year, p.land_class, 'third-survey' AS land_class_system, p.area, '20' AS ownership, d.code AS subdistrict, p.geom FROM patch p JOIN subdistrict d ON d.number = p.subdistrict;

CREATE TABLE delivery_parcel AS
SELECT p.code, p.name, p.address, d.code AS subdistrict, CASE WHEN p.letter = 'P' THEN 'field_drawn' ELSE 'cadastre' END AS origin, 'surface' AS stratum,
       CASE p.letter WHEN 'F' THEN '示例管理所' WHEN 'P' THEN '示例排水所' WHEN 'V' THEN '示例房管站' ELSE '示例权利人' || p.id END AS holder,
       CASE p.letter WHEN 'F' THEN 'government' WHEN 'P' THEN 'government' WHEN 'T' THEN (ARRAY['private', 'state_enterprise'])[1 + (chance(p.id, 81) < 0.3)::integer] WHEN 'V' THEN 'government' ELSE 'private' END AS holder_kind,
       '20' AS ownership, '3' AS right_type, CASE WHEN p.letter IN ('T', 'R', 'H', 'E', 'S', 'I') THEN '102' ELSE '101' END AS right_nature,
       p.registered_area, p.present_use AS registered_use, p.present_use AS approved_use, p.present_use,
       CASE p.letter WHEN 'I' THEN round((p.registered_area * 0.62)::numeric, 2)::double precision END AS occupied_area,
       round((coalesce(p.registered_area, p.area) * CASE p.letter WHEN 'V' THEN 0.4 WHEN 'T' THEN 0.12 WHEN 'R' THEN 0.05 ELSE 0.25 END)::numeric, 2)::double precision AS green_area,
       CASE WHEN p.letter = 'I' THEN 'normal' END AS operating_state,
       CASE WHEN p.letter NOT IN ('F', 'P') THEN NULL WHEN p.name_of_case ~ 'idle|exempt|candidate|unknown' THEN 'idle' ELSE 'in_use' END AS use_state,
       CASE WHEN p.letter NOT IN ('F', 'P') OR p.name_of_case = 'facility_unknown' THEN NULL WHEN p.name_of_case = 'facility_idle_recently' THEN '2023-09-01'::date
            WHEN p.name_of_case ~ 'idle|exempt|candidate' THEN '2021-07-01' END AS idle_since,
       CASE WHEN p.name_of_case LIKE '%exemption_open' THEN NULL ELSE p.name_of_case ~ 'exempt$|candidate$' AND p.letter <> 'I' END AS in_renewal_plan,
       p.name_of_case <> 'facility_against_plan' AS conforms_to_plan,
       CASE WHEN p.name_of_case = 'walkup_hazard' THEN true END AS has_hazard,
       '2023-12-31'::date AS as_of, p.geom
  FROM parcel p JOIN subdistrict d ON d.number = p.subdistrict
UNION ALL
SELECT b.code, CASE b.name_of_case WHEN 'mall_below' THEN '示例地下商业街' ELSE '示例地铁站' END, NULL, d.code, 'cadastre', 'below', '示例地下空间公司', 'state_enterprise', '20', '3', '102',
       round(ST_Area(b.geom)::numeric, 2), u, u, u, NULL, NULL, NULL, CASE b.name_of_case WHEN 'metro_below' THEN 'in_use' END, NULL, false, true, NULL, '2023-12-31', b.geom
  FROM below b JOIN subdistrict d ON d.number = b.subdistrict CROSS JOIN LATERAL (SELECT CASE b.name_of_case WHEN 'mall_below' THEN '0501' ELSE '1002' END AS u) v;

-- The cadastre speaks GB/T 21010-2017; its files need not say so, so the columns are not exported.
ALTER TABLE delivery_parcel ADD COLUMN registered_use_system text NOT NULL DEFAULT 'GB/T 21010-2017', ADD COLUMN approved_use_system text NOT NULL DEFAULT 'GB/T 21010-2017',
                            ADD COLUMN present_use_system text NOT NULL DEFAULT 'GB/T 21010-2017';

-- Mixed parcels: a fifth of the land to the shops, the rest to the flats.
CREATE TABLE delivery_parcel_use AS
SELECT p.code AS parcel_code, f.family, CASE f.family WHEN 'commerce_office' THEN shops ELSE a.area - shops END::double precision AS land_area,
       (SELECT sum(b.floor_area_above) FROM building b WHERE b.parcel = p.id AND b.family = f.family) AS floor_area, 'surveyed' AS basis, d.code AS subdistrict
  FROM parcel p JOIN subdistrict d ON d.number = p.subdistrict
 CROSS JOIN LATERAL (SELECT coalesce(p.registered_area, round(p.area::numeric, 2))::numeric AS area) a
 CROSS JOIN LATERAL (SELECT round(0.2 * a.area, 2) AS shops) s
 CROSS JOIN (VALUES ('commerce_office'), ('residence')) f (family)
 WHERE p.letter = 'M'
UNION ALL
SELECT b.code, 'commerce_office', round(ST_Area(b.geom)::numeric, 2), b.floor_area, 'surveyed', d.code FROM below b JOIN subdistrict d ON d.number = b.subdistrict WHERE b.name_of_case = 'mall_below';

CREATE TABLE delivery_building AS
SELECT b.code, p.code AS parcel_code, c.code AS community_code, d.code AS subdistrict, b.family, b.footprint_area, b.floor_area_above, b.floor_area_below, b.storeys AS storeys_above,
       CASE WHEN b.floor_area_below > 0 THEN 3 ELSE 0 END AS storeys_below, (b.storeys * CASE b.family WHEN 'residence' THEN 2.9 WHEN 'industry_warehouse' THEN 6 ELSE 3.8 END)::double precision AS height,
       b.built_year, CASE WHEN b.storeys > 7 THEN 'reinforced concrete' ELSE 'brick and concrete' END AS structure, b.danger_grade, CASE WHEN b.is_villa THEN true END AS is_villa, b.heritage_kind, b.finished AS is_finished, b.geom
  FROM building b JOIN parcel p ON p.id = b.parcel JOIN subdistrict d ON d.number = p.subdistrict LEFT JOIN community c ON c.block = p.block AND b.family = 'residence';

CREATE TABLE delivery_building_year AS
SELECT b.code AS building_code, v.year, v.rentable_area, v.vacant_area, CASE WHEN p.letter = 'T' THEN round((2 + 2 * chance(p.id, 82))::numeric, 2) END AS rent, make_date(v.year, 12, 31) AS as_of, '区商务局' AS source
  FROM vacancy v JOIN building b ON b.id = v.building JOIN parcel p ON p.id = b.parcel;

CREATE TABLE delivery_enterprise AS
SELECT f.code, f.name, f.industry_code, 'GB/T 4754-2017' AS industry_code_system, CASE WHEN letter = 'I' THEN 'allowed' END AS industry_policy_class,
       CASE WHEN letter = 'I' THEN name_of_case <> 'industry_few_peers' WHEN letter = 'T' THEN f.tax > 400 END AS is_above_scale,
       CASE WHEN letter = 'I' THEN name_of_case IN ('industry_exempt', 'industry_candidate') END AS is_strategic_emerging,
       CASE WHEN letter = 'I' THEN '2005-03-01'::date END AS production_started_on, NULL::text AS registered_subdistrict
  FROM firm f
UNION ALL
-- two hundred firms that are registered at one address and work elsewhere
SELECT credit_code(9000 + n), format('示例注册企业第%s号', n), '7299', 'GB/T 4754-2017', NULL, false, NULL, NULL, d.code
  FROM generate_series(1, 200) n, parcel p JOIN subdistrict d ON d.number = p.subdistrict WHERE p.name_of_case = 'office_registration_address';

CREATE TABLE delivery_enterprise_year AS
SELECT y.code AS enterprise_code, y.year, y.output, round(y.output * 1.05, 2) AS sales, y.value_added, CASE WHEN NOT (y.silent AND y.year = 2023) THEN y.tax + y.tax_elsewhere END AS tax_total,
       CASE WHEN NOT (y.silent AND y.year = 2023) THEN y.tax END AS tax_paid_in_district, 'paid in, net of refunds' AS tax_definition, y.investment, CASE WHEN y.investment IS NOT NULL THEN 0 END AS investment_land_price, y.jobs, y.energy
  FROM firm_year y
UNION ALL
SELECT credit_code(9000 + n), 2023, 50, 50, 10, 2, NULL, 'paid in, net of refunds', NULL, NULL, 1, 1 FROM generate_series(1, 200) n;

CREATE TABLE delivery_occupancy AS
SELECT f.code AS enterprise_code, CASE WHEN f.n % 2 = 1 OR f.building IS NULL THEN coalesce(p.code, w.code) END AS parcel_code, b.code AS building_code, f.floor_area, t.share, 'operating' AS basis, '2015-01-01'::date AS from_date
  FROM firm f LEFT JOIN parcel p ON p.id = f.parcel LEFT JOIN below w ON w.id = f.parcel LEFT JOIN building b ON b.id = f.building LEFT JOIN plant t ON t.code = f.code AND t.parcel = f.parcel
UNION ALL
SELECT t.code, p.code, NULL, NULL, t.share, 'operating', '2015-01-01' FROM plant t JOIN parcel p ON p.id = t.parcel WHERE NOT EXISTS (SELECT FROM firm f WHERE f.code = t.code AND f.parcel = t.parcel)
UNION ALL
SELECT credit_code(9000 + n), p.code, NULL, NULL, NULL, 'registered', '2018-01-01' FROM generate_series(1, 200) n, parcel p WHERE p.name_of_case = 'office_registration_address';

CREATE TABLE delivery_contract AS
SELECT format('HT-%s', lpad(a.parcel::text, 4, '0')) AS code, a.kind, p.code AS parcel_code, a.signed_on, a.agreed_start, a.agreed_completion, a.actual_start, a.actual_completion, a.suspended_since, a.planned_area, a.started_area,
       a.planned_investment, a.spent_investment, a.plot_ratio, a.investment_intensity
  FROM agreement a JOIN parcel p ON p.id = a.parcel;

CREATE TABLE delivery_legacy_case AS
SELECT 'LS-' || lpad(l.number::text, 2, '0') AS code, p.code AS parcel_code, l.began_on AS use_began_on, l.date_precision, '示例档案' AS evidence, '20' AS second_survey_class, '0701' AS third_survey_class, NULL::text AS approval_number,
       true AS conforms_to_plan, 'open' AS status, l.geom
  FROM legacy l LEFT JOIN parcel p ON p.id = l.parcel;

CREATE TABLE delivery_problem AS
SELECT 'WT-' || lpad(q.number::text, 2, '0') AS code, p.code AS parcel_code, q.class, q.description, q.demand, q.department, 'district' AS level, '2024-02-01'::date AS found_on, '2024-06-30'::date AS due_on, 'open' AS status
  FROM problem q JOIN parcel p ON p.id = q.parcel;

CREATE TABLE delivery_exemption_decision AS
SELECT p.code AS parcel_code, t.family, 'E-1' AS rule, '示例区人民政府办公室' AS decided_by, '示例决〔2023〕' || row_number() OVER (ORDER BY p.id) || '号' AS document_number, '2023-11-15'::date AS decided_on
  FROM parcel p JOIN truth t ON t.id = p.id WHERE p.name_of_case ~ '_exempt$' AND t.verdict = 'exempt';

CREATE TABLE delivery_complete_list AS
SELECT fact, family, department, '2024-01-31'::date AS as_of, '示例清单' AS source
  FROM (VALUES ('building', NULL, '市规划资源局和平分局'), ('heritage_kind', NULL, '区文化和旅游局'), ('is_villa', NULL, '区住房建设委'), ('has_hazard', NULL, '区应急管理局'),
               ('enterprise', 'industry_warehouse', '区税务局'), ('enterprise', 'commerce_office', '区税务局')) v (fact, family, department);

CREATE TABLE delivery_submission AS
SELECT department, table_name, '2023' AS period, '示例联络员' AS officer, file_name, '2024-01-31'::date AS received_on
  FROM (VALUES ('市规划资源局和平分局', 'parcel', 'ZD.shp'), ('市规划资源局和平分局', 'building', 'ZRZ.shp'), ('市规划资源局和平分局', 'patch', 'DLTB.shp'),
               ('区税务局', 'enterprise_year', 'enterprise_year.csv'), ('区商务局', 'building_year', 'building_year.csv')) v (department, table_name, file_name);

-- Errors ------------------------------------------------------------------------------

-- The zone number was left in the easting: same shape, same area, far away from its house.
UPDATE delivery_parcel d SET geom = ST_Translate(d.geom, 39000000, 0) FROM victim v WHERE v.number = 1 AND d.code = v.code;
INSERT INTO planted_error SELECT 'wrong_zone', 'parcel', code, 'easting with the zone number', true FROM victim WHERE number = 1;
INSERT INTO planted_error SELECT 'building_across_border', 'building', b.code, 'its parcel is elsewhere', true, true FROM victim v JOIN building b ON b.parcel = v.id WHERE v.number = 1;

-- A border drawn 2 m too far into the neighbour's land.
UPDATE delivery_parcel d
   SET geom = ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[at(p.s_low, p.t_low), at(p.s_low, p.t_high), at(p.s_high + 2, p.t_high), at(p.s_high + 2, p.t_low), at(p.s_low, p.t_low)]))), 4548)
  FROM victim v JOIN parcel p ON p.id = v.id WHERE v.number = 2 AND d.code = v.code;
INSERT INTO planted_error
SELECT 'overlap', 'parcel', q.code, 'two metres of one in the other', true
  FROM victim v JOIN parcel p ON p.id = v.id JOIN parcel q ON q.block = p.block AND q.row = p.row AND q.lot IN (p.lot, p.lot + 1) WHERE v.number = 2;
INSERT INTO planted_error SELECT 'area_deviation', 'parcel', code, 'two metres more than registered', false, true FROM victim WHERE number = 2;

-- A strip of 0.35 m along a street, left over from a survey of roads, of no declared family.
INSERT INTO delivery_parcel (code, name, subdistrict, origin, stratum, holder_kind, ownership, right_type, right_nature, registered_area, registered_use, approved_use, present_use, as_of, geom)
SELECT '120101' || lpad(p.subdistrict::text, 3, '0') || '999GB00001', '示例边角地', s.code, 'cadastre', 'surface', 'government', '20', '3', '101', round(ST_Area(strip)::numeric, 2), '1201', '1201', '1201', '2023-12-31', strip
  FROM victim v JOIN parcel p ON p.id = v.id JOIN subdistrict s ON s.number = p.subdistrict JOIN block b ON b.block = p.block
 CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[at(p.s_low, p.t_high + 1), at(p.s_low, p.t_high + 1.35), at(p.s_high, p.t_high + 1.35), at(p.s_high, p.t_high + 1), at(p.s_low, p.t_high + 1)]))), 4548) AS strip) g
 WHERE v.number = (SELECT min(w.number) FROM victim w JOIN parcel q ON q.id = w.id JOIN block c ON c.block = q.block WHERE w.number > 4 AND q.t_high = c.t1);
INSERT INTO planted_error SELECT 'sliver', 'parcel', code, '0.35 m wide' FROM delivery_parcel WHERE code LIKE '%999GB%';
INSERT INTO planted_error SELECT 'family_undeclared', 'parcel', code, 'vacant land', false, true FROM delivery_parcel WHERE code LIKE '%999GB%';

-- A tower that stands on two lots.
WITH tower AS (
    SELECT b.id, b.code FROM building b JOIN parcel p ON p.id = b.parcel
     WHERE p.name_of_case = 'office_fine' AND b.n = 2 AND EXISTS (SELECT FROM parcel q WHERE q.block = p.block AND q.row = p.row AND q.lot = p.lot + 1 AND q.name_of_case = 'office_fine')
     ORDER BY b.id LIMIT 1
)
UPDATE delivery_building d SET geom = house_ring(g, ROW(h.id, h.n, 0.70, 1.14, h.y0, h.y1, h.storeys, h.family, h.finished)::house)
  FROM tower t JOIN building b ON b.id = t.id JOIN house h ON h.id = b.parcel AND h.n = b.n JOIN design g ON g.id = b.parcel WHERE d.code = t.code;
INSERT INTO planted_error
SELECT 'building_across_border', 'building', d.code, 'a third of the tower stands on the next lot', true FROM delivery_building d JOIN building b USING (code) WHERE NOT ST_Equals(d.geom, b.geom);

-- 元 for 万元.
UPDATE delivery_enterprise_year y SET output = output * 10000
  FROM (SELECT f.code FROM firm f WHERE f.name_of_case = 'hotel_fine' ORDER BY f.id LIMIT 1) f WHERE f.code = y.enterprise_code AND y.year = 2023;
INSERT INTO planted_error SELECT 'money_unit_slip', 'enterprise_year', enterprise_code, 'output in yuan', true FROM delivery_enterprise_year GROUP BY enterprise_code HAVING max(output) > 1000 * min(output);

-- A blank behind a code.
UPDATE delivery_occupancy o SET parcel_code = parcel_code || ' '
  FROM (SELECT f.code FROM firm f WHERE f.name_of_case = 'shop_fine' AND f.n = 1 ORDER BY f.id LIMIT 1) f WHERE f.code = o.enterprise_code;
INSERT INTO planted_error SELECT 'trailing_blank', 'occupancy', enterprise_code, 'blank behind the parcel code' FROM delivery_occupancy WHERE parcel_code LIKE '% ';

-- One credit code, two firms (of those that are only registered here).
INSERT INTO delivery_enterprise SELECT code, name || '(分)', industry_code, industry_code_system, NULL, false, NULL, NULL, registered_subdistrict FROM delivery_enterprise WHERE code = credit_code(9007);
INSERT INTO planted_error SELECT 'duplicate_code', 'enterprise', credit_code(9007), 'two firms with one credit code', true FROM generate_series(1, 2);
INSERT INTO planted_error
SELECT 'ambiguous_reference', t, credit_code(9007), 'refers to two firms', false, true FROM unnest('{enterprise_year,occupancy}'::text[]) t;

-- Two departments, two figures.
INSERT INTO delivery_building_year
SELECT y.building_code, y.year, y.rentable_area, round(y.vacant_area * 1.4, 2), y.rent, y.as_of, '区住房建设委'
  FROM delivery_building_year y JOIN building b ON b.code = y.building_code JOIN parcel p ON p.id = b.parcel WHERE p.name_of_case = 'office_conflict' AND b.n = 2 AND y.year = 2023;
INSERT INTO planted_error SELECT 'conflicting_figures', 'building_year', b.code, 'vacancy differs between two departments', true FROM building b JOIN parcel p ON p.id = b.parcel, generate_series(1, 2) WHERE p.name_of_case = 'office_conflict' AND b.n = 2;

-- The letter O for the digit 0; a patch of the year before; a parcel nobody knows.
UPDATE delivery_parcel d SET registered_use = '07O1' FROM victim v WHERE v.number = 3 AND d.code = v.code;
INSERT INTO planted_error SELECT 'unknown_use_code', 'parcel', code, '07O1' FROM victim WHERE number = 3;
INSERT INTO planted_error SELECT 'uses_differ', 'parcel', code, '07O1 and 0701', false, true FROM victim WHERE number = 3;
UPDATE delivery_patch SET base_year = 2021 WHERE code = (SELECT code FROM delivery_patch WHERE land_class = '0701' ORDER BY code LIMIT 1);
INSERT INTO planted_error SELECT 'mixed_base_year', 'patch', code, 'base year 2021' FROM delivery_patch WHERE base_year = 2021;
INSERT INTO planted_error SELECT 'control_area_differs', 'admin_unit', subdistrict, 'by the patch of another year', false, true FROM delivery_patch WHERE base_year = 2021;
UPDATE delivery_occupancy SET parcel_code = '120101001001GB99999' WHERE enterprise_code = credit_code(9012);
INSERT INTO planted_error VALUES ('unresolved_reference', 'occupancy', credit_code(9012), 'no such parcel');
INSERT INTO planted_error SELECT 'missing_area', 'parcel', code, 'no registered area' FROM delivery_parcel WHERE registered_area IS NULL;
-- Registered 3 % more than there is.
UPDATE delivery_parcel d SET registered_area = round((d.registered_area * 1.03)::numeric, 2) FROM victim v WHERE v.number = 4 AND d.code = v.code;
INSERT INTO planted_error SELECT 'area_deviation', 'parcel', code, 'registered 3 % more than measured' FROM victim WHERE number = 4;
-- The firms of the registration address work nowhere in the district.
INSERT INTO planted_error SELECT 'registered_only', 'enterprise', credit_code(9000 + n), 'registered, works elsewhere' FROM generate_series(1, 200) n WHERE n <> 7;
