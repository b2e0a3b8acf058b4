-- From the delivered files into the survey: shapefiles stand in schema delivered, as
-- ogr2ogr put them there, CSV files lie in the current folder.
\set ON_ERROR_STOP on
BEGIN;

INSERT INTO heping.admin_unit (code, name, level, parent_code, control_area, geom)
SELECT xzqdm, xzqmc, jb, sjdm, kzmj, geom FROM delivered.xzq;

INSERT INTO heping.management_area (code, name, kind, geom)
SELECT dm, mc, lx, geom FROM delivered.glq;

INSERT INTO heping.constraint_zone (code, name, kind, effect, geom)
SELECT dm, mc, lx, xg, geom FROM delivered.xzq_gk;

INSERT INTO heping.detailed_plan (code, name, level, status, approved_on, valid_from, geom)
SELECT ghdm, ghmc, cj, zt, pzrq, sxrq, geom FROM delivered.kg;

INSERT INTO heping.planning_plot (code, detailed_plan_code, planned_use, planned_use_system, plot_ratio, coverage, height, green_ratio, subdistrict, geom)
SELECT dkdm, ghdm, ghyt, 'land-and-sea-2023', rjl, jzmd, jzxg, ldl, jddm, geom FROM delivered.ghdk;

INSERT INTO heping.patch (code, base_year, land_class, land_class_system, area, ownership, subdistrict, geom)
SELECT bsm, sjnf, dlbm, 'third-survey', tbmj, qsxz, zldwdm, geom FROM delivered.dltb;

-- The cadastre speaks GB/T 21010-2017; flags come as 1, 0 and nothing.
INSERT INTO heping.parcel (code, name, address, subdistrict, origin, stratum, holder, holder_kind, ownership, right_type, right_nature, registered_area,
                           registered_use, registered_use_system, approved_use, approved_use_system, present_use, present_use_system,
                           occupied_area, green_area, operating_state, use_state, idle_since, in_renewal_plan, conforms_to_plan, has_hazard, as_of, geom)
SELECT zddm, zdmc, zl, jddm, ly, kjcc, qlr, qlrlx, qsxz, qllx, qlxz, djmj,
       djyt, 'GB/T 21010-2017', pzyt, 'GB/T 21010-2017', sjyt, 'GB/T 21010-2017',
       zymj, ldmj, sczt, syzt, xzrq, gxjh = 1, fhgh = 1, aqyh = 1, dcrq, geom
  FROM delivered.zd;

INSERT INTO heping.building (code, parcel_code, community_code, subdistrict, family, footprint_area, floor_area_above, floor_area_below, storeys_above, storeys_below, height,
                             built_year, structure, danger_grade, is_villa, heritage_kind, is_finished, geom)
SELECT zrzh, lszd, xqdm, jddm, lx, zzdmj, dsmj, dxmj, dscs, dxcs, jzwgd, jcnf, fwjg, wxdj, sfbs = 1, bhlb, sfjg = 1, geom
  FROM delivered.zrz;

INSERT INTO heping.legacy_case (code, parcel_code, use_began_on, date_precision, evidence, second_survey_class, third_survey_class, conforms_to_plan, status, geom)
SELECT dm, zddm, ydrq, rqjd, pj, edl, sdl, fhgh = 1, zt, geom FROM delivered.lsyl;

\copy heping.community (code, name, subdistrict, is_villa, heritage_kind, household_count) FROM community.csv CSV HEADER
\copy heping.community_member (community_code, parcel_code, subdistrict) FROM community_member.csv CSV HEADER
\copy heping.parcel_use (parcel_code, family, land_area, floor_area, basis, subdistrict) FROM parcel_use.csv CSV HEADER
\copy heping.building_year (building_code, year, rentable_area, vacant_area, rent, as_of, source) FROM building_year.csv CSV HEADER
\copy heping.enterprise (code, name, industry_code, industry_code_system, industry_policy_class, is_above_scale, is_strategic_emerging, production_started_on, registered_subdistrict) FROM enterprise.csv CSV HEADER
\copy heping.enterprise_year (enterprise_code, year, output, sales, value_added, tax_total, tax_paid_in_district, tax_definition, investment, investment_land_price, jobs, energy) FROM enterprise_year.csv CSV HEADER
\copy heping.occupancy (enterprise_code, parcel_code, building_code, floor_area, share, basis, from_date) FROM occupancy.csv CSV HEADER
\copy heping.contract (code, kind, parcel_code, signed_on, agreed_start, agreed_completion, actual_start, actual_completion, suspended_since, planned_area, started_area, planned_investment, spent_investment, plot_ratio, investment_intensity) FROM contract.csv CSV HEADER
\copy heping.problem (code, parcel_code, class, description, demand, department, level, found_on, due_on, status) FROM problem.csv CSV HEADER
\copy heping.exemption_decision (parcel_code, family, rule, decided_by, document_number, decided_on) FROM exemption_decision.csv CSV HEADER
\copy heping.complete_list (fact, family, department, as_of, source) FROM complete_list.csv CSV HEADER
\copy heping.submission (department, table_name, period, officer, file_name, received_on) FROM submission.csv CSV HEADER

COMMIT;
