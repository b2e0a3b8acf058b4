-- The tables of the synthetic district that departments deliver as CSV, written into the
-- current folder.  Read by demo/load in the folder of the demo's input.
\set ON_ERROR_STOP on
SET search_path = district, public;
\copy (SELECT * FROM delivery_community ORDER BY code) TO community.csv CSV HEADER
\copy (SELECT * FROM delivery_community_member ORDER BY community_code, parcel_code) TO community_member.csv CSV HEADER
\copy (SELECT * FROM delivery_parcel_use ORDER BY parcel_code, family) TO parcel_use.csv CSV HEADER
\copy (SELECT * FROM delivery_building_year ORDER BY building_code, year, source) TO building_year.csv CSV HEADER
\copy (SELECT * FROM delivery_enterprise ORDER BY code, name) TO enterprise.csv CSV HEADER
\copy (SELECT * FROM delivery_enterprise_year ORDER BY enterprise_code, year) TO enterprise_year.csv CSV HEADER
\copy (SELECT * FROM delivery_occupancy ORDER BY enterprise_code, parcel_code, building_code) TO occupancy.csv CSV HEADER
\copy (SELECT * FROM delivery_contract ORDER BY code) TO contract.csv CSV HEADER
\copy (SELECT * FROM delivery_problem ORDER BY code) TO problem.csv CSV HEADER
\copy (SELECT * FROM delivery_exemption_decision ORDER BY parcel_code) TO exemption_decision.csv CSV HEADER
\copy (SELECT * FROM delivery_complete_list ORDER BY fact, family) TO complete_list.csv CSV HEADER
\copy (SELECT * FROM delivery_submission ORDER BY file_name) TO submission.csv CSV HEADER
