-- case: what happens on each parcel, and what a surveyor must therefore find
-- The verdicts below are declared here, from the meaning of each case and the rules of
-- demo/standard.sql; the facts in the next files are made so that the case holds.

CREATE TABLE case_plan (letter text, name text, parcels integer, sequence integer GENERATED ALWAYS AS IDENTITY);
COMMENT ON TABLE case_plan IS 'how many parcels of a letter play a case; NULL = all that are left';
INSERT INTO case_plan (letter, name, parcels) VALUES
    ('T', 'office_vacant', 9), ('T', 'office_low_tax', 6), ('T', 'office_vacant_low_tax', 3),
    ('T', 'office_vacant_once', 3), ('T', 'office_vacancy_gap', 3), ('T', 'office_tax_unknown', 4),
    ('T', 'office_exempt', 4), ('T', 'office_candidate', 4), ('T', 'office_exemption_open', 2),
    ('T', 'office_idle', 2), ('T', 'office_start_unknown', 1), ('T', 'office_stalled', 2),
    ('T', 'office_low_rise', 3), ('T', 'office_conflict', 1), ('T', 'office_new', 2), ('T', 'office_headquarters', 1),
    ('T', 'office_registration_address', 1), ('T', 'office_fine', NULL),
    ('R', 'shop_low_tax', 8), ('R', 'shop_heritage', 6), ('R', 'shop_tax_unknown', 5),
    ('R', 'shop_exempt', 2), ('R', 'shop_vacant', 5), ('R', 'shop_fine', NULL),
    ('H', 'hotel_low_tax', 3), ('H', 'hotel_fine', NULL),
    ('M', 'mixed_low_tax', 8), ('M', 'mixed_danger', 6), ('M', 'mixed_tax_unknown', 4), ('M', 'mixed_fine', NULL),
    ('W', 'walkup_danger', 22), ('W', 'walkup_grade_unknown', 14), ('W', 'walkup_exempt', 6),
    ('W', 'walkup_candidate', 6), ('W', 'walkup_exemption_open', 3), ('W', 'walkup_year_unknown', 4),
    ('W', 'walkup_hazard', 2), ('W', 'walkup_fine', NULL),
    ('L', 'lane_danger', 8), ('L', 'lane_exempt', 2), ('L', 'lane_low', NULL),
    ('E', 'estate_fine', NULL),
    ('V', 'villa_heritage', 150), ('V', 'villa_plain', NULL),
    ('S', 'estate_stalled', 1), ('S', 'estate_idle', 1),
    ('P', 'pumping_station_idle', NULL),
    ('F', 'school_idle', 1), ('F', 'car_park_idle', 1), ('F', 'substation_idle', 1), ('F', 'facility_idle', 4),
    ('F', 'facility_idle_recently', 2), ('F', 'facility_against_plan', 2), ('F', 'facility_danger', 2),
    ('F', 'facility_exempt', 2), ('F', 'facility_candidate', 1), ('F', 'facility_unknown', 3),
    ('F', 'facility_heritage', 2), ('F', 'facility_fine', NULL),
    ('I', 'industry_low_ratio', 2), ('I', 'industry_low_tax', 1), ('I', 'industry_contract', 1),
    ('I', 'industry_exempt', 1), ('I', 'industry_candidate', 1), ('I', 'industry_idle', 1),
    ('I', 'industry_few_peers', 1), ('I', 'industry_no_benchmark', 1), ('I', 'warehouse_fine', 1),
    ('I', 'industry_fine', NULL);

-- What each case means.  reasons and missing are in the order in which the standard
-- declares rules and facts.
CREATE TABLE case_truth (
    name text, family text, verdict text, reasons text[] DEFAULT '{}', missing text[] DEFAULT '{}', flags text[] DEFAULT '{}', route text,
    PRIMARY KEY (name, family));
INSERT INTO case_truth (name, family, verdict, reasons) VALUES
    ('office_vacant', 'commerce_office', 'inefficient', '{C-1}'),
    ('office_low_tax', 'commerce_office', 'inefficient', '{C-2}'),
    ('office_vacant_low_tax', 'commerce_office', 'inefficient', '{C-1,C-2}'),
    ('office_vacant_once', 'commerce_office', 'not_inefficient', '{}'),
    ('office_exempt', 'commerce_office', 'exempt', '{C-1,E-1}'),
    ('office_stalled', 'commerce_office', 'inefficient', '{C-4}'),
    ('office_low_rise', 'commerce_office', 'inefficient', '{C-3}'),
    ('office_new', 'commerce_office', 'exempt', '{C-1,E-2}'),
    ('office_headquarters', 'commerce_office', 'inefficient', '{C-2}'),
    ('office_registration_address', 'commerce_office', 'not_inefficient', '{}'),
    ('office_fine', 'commerce_office', 'not_inefficient', '{}'),
    ('shop_low_tax', 'commerce_office', 'inefficient', '{C-2}'),
    ('shop_exempt', 'commerce_office', 'exempt', '{C-2,E-1}'),
    ('shop_vacant', 'commerce_office', 'inefficient', '{C-1}'),
    ('shop_fine', 'commerce_office', 'not_inefficient', '{}'),
    ('hotel_low_tax', 'commerce_office', 'inefficient', '{C-2}'),
    ('hotel_fine', 'commerce_office', 'not_inefficient', '{}'),
    ('mixed_low_tax', 'commerce_office', 'inefficient', '{C-2}'),
    ('mixed_low_tax', 'residence', 'not_inefficient', '{}'),
    ('mixed_danger', 'commerce_office', 'not_inefficient', '{}'),
    ('mixed_danger', 'residence', 'inefficient', '{R-2}'),
    ('mixed_tax_unknown', 'residence', 'not_inefficient', '{}'),
    ('mixed_fine', 'commerce_office', 'not_inefficient', '{}'),
    ('mixed_fine', 'residence', 'not_inefficient', '{}'),
    ('mall_below', 'commerce_office', 'not_inefficient', '{}'),
    ('walkup_danger', 'residence', 'inefficient', '{R-2}'),
    ('walkup_exempt', 'residence', 'exempt', '{R-2,E-1}'),
    ('walkup_hazard', 'residence', 'inefficient', '{R-4}'),
    ('walkup_fine', 'residence', 'not_inefficient', '{}'),
    ('lane_danger', 'residence', 'inefficient', '{R-1,R-2}'),
    ('lane_exempt', 'residence', 'exempt', '{R-1,E-1}'),
    ('lane_low', 'residence', 'inefficient', '{R-1}'),
    ('estate_fine', 'residence', 'not_inefficient', '{}'),
    ('villa_plain', 'residence', 'not_inefficient', '{}'),
    ('estate_stalled', 'residence', 'inefficient', '{R-3}'),
    ('pumping_station_idle', 'facilities', 'inefficient', '{F-1}'),
    ('school_idle', 'facilities', 'inefficient', '{F-1}'),
    ('car_park_idle', 'facilities', 'inefficient', '{F-1}'),
    ('substation_idle', 'facilities', 'inefficient', '{F-1}'),
    ('facility_idle', 'facilities', 'inefficient', '{F-1}'),
    ('facility_idle_recently', 'facilities', 'not_inefficient', '{}'),
    ('facility_against_plan', 'facilities', 'inefficient', '{F-2}'),
    ('facility_danger', 'facilities', 'inefficient', '{F-3}'),
    ('facility_exempt', 'facilities', 'exempt', '{F-1,E-1}'),
    ('facility_fine', 'facilities', 'not_inefficient', '{}'),
    ('metro_below', 'facilities', 'not_inefficient', '{}'),
    ('industry_low_ratio', 'industry_warehouse', 'inefficient', '{M-1}'),
    ('industry_low_tax', 'industry_warehouse', 'inefficient', '{M-2}'),
    ('industry_contract', 'industry_warehouse', 'inefficient', '{M-4}'),
    ('industry_exempt', 'industry_warehouse', 'exempt', '{M-1,E-1}'),
    ('industry_fine', 'industry_warehouse', 'not_inefficient', '{}'),
    ('warehouse_fine', 'industry_warehouse', 'not_inefficient', '{}');
INSERT INTO case_truth (name, family, verdict, reasons, flags, missing) VALUES
    ('office_candidate', 'commerce_office', 'inefficient', '{C-1}', '{exemption_candidate}', '{}'),
    ('office_exemption_open', 'commerce_office', 'inefficient', '{C-1}', '{exemption_open}', '{in_renewal_plan}'),
    ('walkup_candidate', 'residence', 'inefficient', '{R-2}', '{exemption_candidate}', '{}'),
    ('walkup_exemption_open', 'residence', 'inefficient', '{R-2}', '{exemption_open}', '{in_renewal_plan}'),
    ('facility_candidate', 'facilities', 'inefficient', '{F-1}', '{exemption_candidate}', '{}'),
    ('industry_candidate', 'industry_warehouse', 'inefficient', '{M-2}', '{exemption_candidate}', '{}');
INSERT INTO case_truth (name, family, verdict, missing) VALUES
    ('office_vacancy_gap', 'commerce_office', 'insufficient_data', '{vacancy_rate}'),
    ('office_conflict', 'commerce_office', 'insufficient_data', '{vacancy_rate}'),
    ('office_tax_unknown', 'commerce_office', 'insufficient_data', '{tax_per_floor_area}'),
    ('shop_tax_unknown', 'commerce_office', 'insufficient_data', '{tax_per_floor_area}'),
    ('mixed_tax_unknown', 'commerce_office', 'insufficient_data', '{tax_per_floor_area}'),
    ('walkup_grade_unknown', 'residence', 'insufficient_data', '{danger_share}'),
    ('walkup_year_unknown', 'residence', 'insufficient_data', '{built_year}'),
    ('facility_unknown', 'facilities', 'insufficient_data', '{idle_since}'),
    ('industry_few_peers', 'industry_warehouse', 'insufficient_data', '{peer_mean(output_per_hectare)}'),
    ('industry_no_benchmark', 'industry_warehouse', 'insufficient_data', '{control_indicator(tax_per_mu)}');
-- Nobody knows whether construction has begun: the gate is open, although an empty lot
-- certainly stays below half of the plan.
INSERT INTO case_truth (name, family, verdict, reasons, missing) VALUES
    ('office_start_unknown', 'commerce_office', 'insufficient_data', '{C-3}', '{started_area}');
INSERT INTO case_truth (name, family, verdict, reasons, route) VALUES
    ('office_idle', 'commerce_office', 'excluded', '{G-1}', 'idle_land_disposal'),
    ('industry_idle', 'industry_warehouse', 'excluded', '{G-1}', 'idle_land_disposal'),
    ('estate_idle', 'residence', 'excluded', '{G-1}', 'idle_land_disposal'),
    ('shop_heritage', 'commerce_office', 'excluded', '{G-2}', 'conservation'),
    ('villa_heritage', 'residence', 'excluded', '{G-2}', 'conservation'),
    ('facility_heritage', 'facilities', 'excluded', '{G-2}', 'conservation');

-- Who plays what.  Three lots of one block of towers are one complex.
ALTER TABLE parcel ADD COLUMN name_of_case text, ADD COLUMN complex boolean NOT NULL DEFAULT false;
WITH ranked AS (
    SELECT p.id, p.letter, row_number() OVER (PARTITION BY p.letter ORDER BY chance(p.id, 20), p.id) AS n
      FROM parcel p
     WHERE p.block <> (SELECT block FROM parcel WHERE letter = 'T' GROUP BY block HAVING count(*) = 3 ORDER BY block LIMIT 1)
), plan AS (
    SELECT letter, name, coalesce(sum(parcels) OVER (PARTITION BY letter ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS after,
           coalesce(parcels, 100000) AS parcels
      FROM case_plan
)
UPDATE parcel p SET name_of_case = plan.name
  FROM ranked r JOIN plan ON plan.letter = r.letter AND r.n > plan.after AND r.n <= plan.after + plan.parcels
 WHERE r.id = p.id;
UPDATE parcel SET name_of_case = 'office_fine', complex = true WHERE name_of_case IS NULL;

CREATE TABLE truth AS
SELECT p.id, t.family, t.verdict, t.reasons, t.missing, t.flags, t.route
  FROM parcel p JOIN case_truth t ON t.name = p.name_of_case;
ALTER TABLE truth ADD PRIMARY KEY (id, family);
