-- access: what readers, surveyors, one confidential role and nobody else may see
SET client_min_messages = warning;
CREATE ROLE regress_il_owner;
CREATE ROLE regress_il_reader;
CREATE ROLE regress_il_surveyor;
CREATE ROLE regress_il_confidential;
CREATE ROLE "regress_il o'dd ""name""";
CREATE ROLE "天津市和平区规划和自然资源管理办公第一科甲";
CREATE ROLE "天津市和平区规划和自然资源管理办公第一科乙";
\set ECHO none
SELECT format('GRANT CREATE, TEMPORARY ON DATABASE %I TO regress_il_owner', current_database()) \gexec
\set ECHO all
-- the survey belongs to a role that may do nothing but create a schema
SET ROLE regress_il_owner;
\getenv test_dir PG_ABS_SRCDIR
\set small :test_dir '/data/small_survey.sql'
\set ECHO none
\i :small
\set ECHO all
SET client_min_messages = warning;
SET search_path = small, inefficient_land, public;
\set SHOW_CONTEXT never
-- figures of single firms, each with digits of its own
INSERT INTO enterprise (id, code, name) VALUES (1, 'F1', 'mill'), (2, 'F2', 'other'), (3, 'F3', 'third'), (4, 'F4', 'fourth');
INSERT INTO enterprise_year (enterprise_code, enterprise_id, year, output, tax_total, jobs) VALUES ('F1', 1, 2023, 8765432.5, 74321.25, 424242);
INSERT INTO occupancy (enterprise_code, enterprise_id, parcel_code, parcel_id, basis, share) VALUES ('F1', 1, 'P01', 1, 'both', 0.987123);
INSERT INTO contract (code, kind, parcel_code, parcel_id, subdistrict, plot_ratio, tax_per_mu, planned_investment) VALUES ('K1', 'grant', 'P01', 1, 'S1', 1.5, 5151.25, 6161.75);
UPDATE parcel_indicator SET output = 8765432.5, jobs = 424242, contract_tax_per_mu = 5151.25, planned_investment = 6161.75, tax_per_mu_series = '{74321.25}' WHERE parcel_id = 1;
INSERT INTO benchmark (run_id, land_type, expression, key_fact, key_value, n, value, band)
VALUES (2, 'industry', 'peer_mean(tax_per_mu)', '{industry_division}', '{36}', 2, 7171.5, '≥ 50'),
       (2, 'industry', 'peer_median(tax_per_mu)', '{industry_division}', '{37}', 9, 7272.5, '≥ 50'),
       (2, 'industry', 'peer_percentile(tax_per_mu, 25%)', '{industry_division}', '{38}', 9, 7373.5, '≥ 50'),
       (2, 'industry', 'peer_ratio(tax, land_area)', '{industry_division}', '{39}', 900, 1010.5, NULL),
       (1, 'industry', 'peer_mean(plot_ratio)', '{}', '{}', 2, 1.375, NULL),
       (2, 'industry', 'peer_mean(plot_ratio)', '{}', '{}', 2, 1.25, NULL),
       (2, 'industry', 'peer_mean(profit_per_mu)', '{}', '{}', 9, 7474.5, NULL),
       (2, 'industry', 'control_indicator(industry_plot_ratio)', '{}', '{}', NULL, 0.75, NULL);
INSERT INTO subdistrict_indicator (run_id, subdistrict, family, indicator, value, numerator, denominator, n, n_missing, enterprise_count, published_value, band)
VALUES (2, 'S1', '', 'tax_per_mu', 8181.5, 8282.5, 1, 1, 0, 1, NULL, '50 and more'), (2, '', '', 'tax_per_mu', 12.5, 500, 40, 5, 0, 5, 12.5, '10 to 20');
INSERT INTO finding (run_id, rule, severity, table_name, row_code, parcel_id, message_en, message_zh, advice_en, advice_zh)
VALUES (2, 'money_unit_slip', 'error', 'enterprise_year', 'F1', 1, 'tax 74321.25 is far above the peers', '税收74321.25', 'Divide by 10,000.', '除以一万。');
INSERT INTO correction (table_name, row_code, column_name, old_value, new_value) VALUES ('enterprise_year', 'F1', 'tax_total', '74321.25', '9191.5');
INSERT INTO attachment (subject_table, subject_code, kind, uri) VALUES ('parcel', 'P01', 'tax file', 'secret-9292.pdf');

INSERT INTO building_year (building_code, building_id, year, rent) VALUES ('B1', 1, 2023, 6363.75);
-- what an older run has published: with the current one it would give away a firm that came or went in between
INSERT INTO subdistrict_indicator (run_id, until_run, subdistrict, family, indicator, value, n, n_missing, enterprise_count, published_value) VALUES (1, 2, '', '', 'tax_per_mu', 13.5, 4, 0, 4, 13.5);
INSERT INTO finding (run_id, until_run, rule, severity, table_name, message_en, message_zh, advice_en, advice_zh)
VALUES (1, 2, 'overlap', 'error', 'parcel', 'of an older run', '', '', ''), (NULL, NULL, 'unresolved_reference', 'error', 'parcel', 'before any run', '', '', '');

-- every table of a survey has its rule, and every rule its table
SELECT c.relname AS without_rule FROM pg_class c WHERE c.relnamespace = 'small'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT IN (SELECT table_name FROM _survey_access());
SELECT table_name AS without_table FROM _survey_access() WHERE to_regclass('small.' || quote_ident(table_name)) IS NULL;
SELECT table_name, c.name AS no_such_column FROM _survey_access(), unnest(confidential) AS c (name)
 WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ('small.' || quote_ident(table_name))::regclass AND a.attname = c.name);
-- nothing is granted to PUBLIC, now or after the grants below
CREATE FUNCTION pg_temp.public_rights() RETURNS bigint LANGUAGE sql AS $$
SELECT (SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace = 'small'::regnamespace AND a.grantee = 0)
     + (SELECT count(*) FROM pg_attribute t, aclexplode(t.attacl) a WHERE t.attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'small'::regnamespace) AND a.grantee = 0)
     + (SELECT count(*) FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = 'small' AND a.grantee = 0) $$;
SELECT pg_temp.public_rights();
-- every place where the caller can read one of the secrets
CREATE FUNCTION pg_temp.secrets() RETURNS TABLE (relation name, attribute text, secret text) LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT t.relname, string_agg(format('(%L, %I::text)', a.attname, a.attname), ', ') AS readable
               FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
              WHERE t.relnamespace = 'small'::regnamespace AND t.relkind IN ('r', 'v') AND has_column_privilege(t.oid, a.attnum, 'SELECT')
              GROUP BY t.relname ORDER BY t.relname
    LOOP
        RETURN QUERY EXECUTE format('SELECT DISTINCT %L::name, v.attribute, s.secret FROM small.%I, LATERAL (VALUES %s) AS v (attribute, value), unnest($1) AS s (secret) WHERE strpos(v.value, s.secret) > 0',
                                    r.relname, r.relname, r.readable)
          USING ARRAY['8765432.5', '74321.25', '111481.875', '2601.24375', '424242', '0.54321', '987123', '5151.25', '6161.75', '7171.5', '7272.5', '7373.5', '7474.5', '1010.5', '6363.75', '8181.5', '8282.5', '9191.5', 'secret-9292'];
    END LOOP;
END
$$;
-- before any grant
SET ROLE regress_il_reader;
SELECT count(*) FROM small.layer_parcel;
SELECT survey FROM survey_list() WHERE survey = 'small';

-- a reader: layers, reports, registers with bands
SET ROLE regress_il_owner;
CALL grant_access('small', 'regress_il_reader', 'reader');
SET ROLE regress_il_reader;
SELECT survey, synthetic FROM survey_list() WHERE survey = 'small';
SELECT code, class, reason_en, tax_per_mu_band, output_per_hectare_band FROM small.layer_parcel WHERE id = 1;
SELECT code, tax_per_mu, tax_per_mu_band FROM small.layer_subdistrict;
SELECT line, hectares FROM small.report_scale WHERE line = 'total';
SELECT expression, key_value, n, published_value, band FROM small.benchmark ORDER BY id;
SELECT rule, table_name, public_message_en, advice_en FROM small.finding WHERE parcel_id = 1 ORDER BY id;
-- what is wrong now, in words that give nothing away
SELECT rule, table_name, message_en FROM small.current_finding ORDER BY id;
CREATE FUNCTION pg_temp.unreadable_views() RETURNS SETOF name LANGUAGE plpgsql AS $$
DECLARE
    v name;
BEGIN
    FOR v IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'small'::regnamespace AND c.relkind = 'v' ORDER BY 1
    LOOP
        BEGIN
            EXECUTE format('SELECT count(*) FROM small.%I', v);
        EXCEPTION WHEN insufficient_privilege THEN
            RETURN NEXT v;
        END;
    END LOOP;
END
$$;
SELECT * FROM pg_temp.unreadable_views();
SELECT * FROM pg_temp.secrets();
-- the current run alone, and what was found before any
SELECT DISTINCT 'benchmark' AS relation, run_id FROM small.benchmark UNION SELECT 'subdistrict_indicator', run_id FROM small.subdistrict_indicator
UNION SELECT 'finding', run_id FROM small.finding UNION SELECT 'verdict', run_id FROM small.verdict UNION SELECT 'parcel_indicator', run_id FROM small.parcel_indicator
UNION SELECT 'parcel_measure', run_id FROM small.parcel_measure UNION SELECT 'run_ruleset', run_id FROM small.run_ruleset ORDER BY 1, 2;
SELECT subdistrict, published_value FROM small.subdistrict_indicator WHERE indicator = 'tax_per_mu' ORDER BY run_id, subdistrict;
-- attacks
SELECT tax_total FROM small.enterprise_year;
SELECT tax FROM small.parcel_indicator;
SELECT tax_per_mu FROM small.parcel_indicator;
SELECT parcel_id FROM small.parcel_indicator WHERE tax > 1000;
SELECT parcel_id FROM small.parcel_indicator ORDER BY output;
SELECT to_jsonb(i) FROM small.parcel_indicator i;
SELECT i::text FROM small.parcel_indicator i;
TABLE small.verdict;
SELECT margin FROM small.verdict;
SELECT value FROM small.benchmark;
SELECT ruleset FROM small.run_ruleset;
SELECT count(public_ruleset) FROM small.run_ruleset;
SELECT numerator / denominator FROM small.subdistrict_indicator;
SELECT tax_per_mu FROM small.contract;
SELECT share FROM small.occupancy;
SELECT rent FROM small.building_year;
SELECT contributor FROM small.parcel_indicator;
SELECT message_en FROM small.finding;
SELECT old_value FROM small.correction;
SELECT uri FROM small.attachment;
EXPLAIN SELECT FROM small.parcel_indicator WHERE tax BETWEEN 74321 AND 74322;
SELECT count(*) AS statistics_seen FROM pg_stats WHERE schemaname = 'small' AND (tablename = 'enterprise_year' OR attname IN ('tax', 'tax_per_mu', 'output', 'margin', 'value'));
SELECT exact_sum_agg(tax) FROM small.parcel_indicator;
CREATE TEMP VIEW mine AS SELECT tax FROM small.parcel_indicator;
SELECT * FROM mine;
-- and nothing can be changed
UPDATE small.parcel SET name = 'mine';
DELETE FROM small.determination;
INSERT INTO small.determination (family, action, standard, standard_version, reasons, reason_en, reason_zh, decided_by) VALUES ('residence', 'determine', 'x', '1', '{}', '', '', 'me');
CALL determine('small', 'me', parcel_code => '{P01}');
CALL assess('small', 'jinhua-2024');
CALL grant_access('small', 'regress_il_reader', 'confidential');
CALL drop_survey('small');

-- the one role that may read single firms; the scan finds every secret, so it would have found them before
SET ROLE regress_il_owner;
CALL grant_access('small', 'regress_il_confidential', 'confidential');
SET ROLE regress_il_confidential;
SELECT secret, count(*) AS places FROM pg_temp.secrets() GROUP BY 1 ORDER BY 1;
SELECT DISTINCT run_id FROM small.subdistrict_indicator ORDER BY 1;
SELECT * FROM pg_temp.unreadable_views();
UPDATE small.enterprise_year SET tax_total = 1;
SET ROLE regress_il_owner;
CALL grant_access('small', 'regress_il o''dd "name"', 'confidential');
CALL revoke_access('small', 'regress_il_confidential');
CALL grant_access('small', 'regress_il o''dd "name"', 'confidential');
SET ROLE "regress_il o'dd ""name""";
SELECT tax_total FROM small.enterprise_year;
SET ROLE regress_il_confidential;
SELECT tax_total FROM small.enterprise_year;

-- a surveyor writes the facts of the field, never money, results or decisions
SET ROLE regress_il_owner;
CALL grant_access('small', 'regress_il_surveyor', 'surveyor');
SET ROLE regress_il_surveyor;
INSERT INTO small.parcel (code, subdistrict, origin) VALUES ('P50', 'S1', 'field_drawn');
UPDATE small.building SET use_state = 'idle' WHERE code = 'B1';
INSERT INTO small.attachment (subject_table, subject_code, kind, uri) VALUES ('parcel', 'P50', 'photograph', 'p50.jpg');
INSERT INTO small.correction (table_name, row_code, column_name, old_value, new_value) VALUES ('parcel', 'P01', 'name', 'mill', 'old mill');
INSERT INTO small.enterprise_year (enterprise_code, year, tax_total) VALUES ('F1', 2023, 1);
UPDATE small.contract SET tax_per_mu = 1;
UPDATE small.verdict SET verdict = 'exempt';
UPDATE small.determination SET note = 'x';
DELETE FROM small.parcel;
UPDATE small.occupancy SET share = share / 2;
INSERT INTO small.occupancy (enterprise_code, parcel_code, basis, floor_area) VALUES ('F2', 'P01', 'operating', 10);
-- firms without a part of it would open the figure of the one that has all
INSERT INTO small.occupancy (enterprise_code, parcel_code, basis, share) VALUES ('F3', 'P01', 'operating', 0);
UPDATE small.occupancy SET share = 0;
UPDATE small.building_year SET rent = 1;
UPDATE small.building_year SET vacant_area = 1 WHERE year = 2023;
SELECT * FROM pg_temp.secrets();
-- a lower level takes back what the higher one gave
SET ROLE regress_il_owner;
CALL grant_access('small', 'regress_il_surveyor', 'reader');
SET ROLE regress_il_surveyor;
INSERT INTO small.parcel (code) VALUES ('P51');

-- limited to subdistricts: rows of the others do not exist, the report closes to what is left
SET ROLE regress_il_owner;
CALL grant_access('small', 'regress_il_surveyor', 'surveyor', subdistrict => '{S2}');
SET ROLE regress_il_surveyor;
SELECT DISTINCT subdistrict FROM small.layer_parcel;
SELECT parcel_code FROM small.suspected_land ORDER BY 1;
SELECT code, hectares, parcels FROM small.layer_subdistrict;
SELECT sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = 'total') AS closes, sum(area) FILTER (WHERE line = 'total') AS total FROM small.report_scale;
INSERT INTO small.parcel (code, subdistrict) VALUES ('P52', 'S2');
INSERT INTO small.parcel (code, subdistrict) VALUES ('P53', 'S1');
INSERT INTO small.parcel (code) VALUES ('P54');
UPDATE small.parcel SET subdistrict = 'S1' WHERE code = 'P52';
UPDATE small.parcel SET name = 'x' WHERE code = 'P01' RETURNING code;
-- nobody else is touched by that
SET ROLE regress_il_reader;
SELECT count(*) AS parcels, count(DISTINCT subdistrict) AS subdistricts FROM small.layer_parcel;
SET ROLE regress_il_owner;
SELECT count(*) AS parcels FROM small.layer_parcel;
SELECT DISTINCT polname FROM pg_policy WHERE polrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'small'::regnamespace) ORDER BY 1;
CALL grant_access('small', 'regress_il_surveyor', 'surveyor');
SELECT count(*) AS policies FROM pg_policy WHERE polrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'small'::regnamespace);
SELECT count(*) AS with_row_security FROM pg_class WHERE relnamespace = 'small'::regnamespace AND relrowsecurity;

-- a view or table of the owner's own in the schema is not given away by a grant
CREATE VIEW small.owner_view AS SELECT tax_total FROM small.enterprise_year;
CREATE TABLE small.staging AS SELECT tax_total FROM small.enterprise_year;
CALL grant_access('small', 'regress_il_reader', 'reader');
SET ROLE regress_il_reader;
SELECT * FROM small.owner_view;
SELECT * FROM small.staging;

-- errors
SET ROLE regress_il_owner;
CALL grant_access('small', 'regress_il_reader', 'admin');
CALL grant_access('small', 'regress_il_reader', NULL);
CALL grant_access('small', 'regress_il_nobody', 'reader');
CALL grant_access('small', 'public', 'reader');
CALL grant_access('small', NULL, 'reader');
CALL grant_access('small', 'regress_il_owner', 'reader');
CALL grant_access('nowhere', 'regress_il_reader', 'reader');
CALL revoke_access('small', 'regress_il_nobody');
SELECT pg_temp.public_rights();
-- roles whose names differ in the last of 21 characters: each has a limit of its own
SET ROLE regress_il_owner;
CALL grant_access('small', '天津市和平区规划和自然资源管理办公第一科甲', 'reader', subdistrict => '{S1}');
CALL grant_access('small', '天津市和平区规划和自然资源管理办公第一科乙', 'reader', subdistrict => '{S2}');
CALL revoke_access('small', '天津市和平区规划和自然资源管理办公第一科甲');
SET ROLE "天津市和平区规划和自然资源管理办公第一科乙";
SELECT DISTINCT subdistrict FROM small.parcel;
-- a limit follows the role, whatever it is called
RESET ROLE;
ALTER ROLE "天津市和平区规划和自然资源管理办公第一科乙" RENAME TO regress_il_renamed;
SET ROLE regress_il_owner;
CALL grant_access('small', 'regress_il_renamed', 'reader');
SET ROLE regress_il_renamed;
SELECT count(DISTINCT subdistrict) AS subdistricts FROM small.parcel;
SET ROLE regress_il_owner;
CALL revoke_access('small', 'regress_il_renamed');
-- policies made by hand are not opened by a grant, nor taken away by a revoke
INSERT INTO small.building (code, subdistrict) VALUES ('H1', 'S1'), ('H2', 'S2');
ALTER TABLE small.building ENABLE ROW LEVEL SECURITY;
CALL grant_access('small', 'regress_il_surveyor', 'surveyor', subdistrict => '{S2}');
CREATE POLICY by_hand ON small.building TO regress_il_reader USING (code = 'H1');
CALL grant_access('small', 'regress_il_surveyor', 'surveyor', subdistrict => '{S2}');
CALL grant_access('small', 'regress_il_reader', 'reader');
SET ROLE regress_il_reader;
SELECT code FROM small.building WHERE code ~ '^H' ORDER BY 1;
SET ROLE regress_il_owner;
DROP POLICY by_hand ON small.building;
ALTER TABLE small.building DISABLE ROW LEVEL SECURITY;
CALL grant_access('small', 'regress_il_surveyor', 'surveyor', subdistrict => '{S2}');
CREATE POLICY by_hand ON small.building TO regress_il_reader USING (code = 'H1');
CALL revoke_access('small', 'regress_il_surveyor');
SELECT polname FROM pg_policy WHERE polrelid = 'small.building'::regclass;
SET ROLE regress_il_reader;
SELECT code FROM small.building WHERE code ~ '^H' ORDER BY 1;
SET ROLE regress_il_owner;

-- taking everything back
CALL revoke_access('small', 'regress_il_reader');
CALL revoke_access('small', 'regress_il_surveyor');
CALL revoke_access('small', 'regress_il o''dd "name"');
SELECT count(*) AS grantees FROM (SELECT a.grantee FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace = 'small'::regnamespace AND a.grantee <> c.relowner
  UNION SELECT a.grantee FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) a WHERE c.relnamespace = 'small'::regnamespace) x;
CALL drop_survey('small');
RESET ROLE;
DROP FUNCTION pg_temp.box, pg_temp.secrets, pg_temp.public_rights, pg_temp.unreadable_views;
DROP VIEW IF EXISTS pg_temp.mine;
\set ECHO none
SELECT format('REVOKE ALL ON DATABASE %I FROM regress_il_owner', current_database()) \gexec
\set ECHO all
DROP ROLE regress_il_renamed, "天津市和平区规划和自然资源管理办公第一科甲";
DROP ROLE regress_il_owner, regress_il_reader, regress_il_surveyor, regress_il_confidential, "regress_il o'dd ""name""";
