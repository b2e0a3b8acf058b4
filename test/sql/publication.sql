-- publication: what everybody may see of figures behind which stand a few firms
SET search_path = inefficient_land, public;
SET client_min_messages = warning;

-- the pure part: rows and columns by number, 0 is the total
--              total 36 | 11 25        one firm in row 1, column 1
--              row 1 13 |  1 12
--              row 2 23 | 10 13
SELECT _withheld_cell('{0,0,0,1,1,1,2,2,2}', '{0,1,2,0,1,2,0,1,2}', '{36,11,25,13,1,12,23,10,13}', '{0,0,0,0,7,0,0,0,0}');
-- the order of the cells does not matter
SELECT _withheld_cell('{2,2,2,1,1,1,0,0,0}', '{2,1,0,2,1,0,2,1,0}', '{13,10,23,12,1,13,25,11,36}', '{0,0,0,0,7,0,0,0,0}');
-- nothing to hide; nobody in a cell is nothing to hide; two firms are
SELECT _withheld_cell('{0,0,1,1}', '{0,1,0,1}', '{3,3,3,3}', '{0,0,0,0}') AS enough, _withheld_cell('{0,1}', '{0,0}', '{0,0}', '{0,0}') AS nobody, _withheld_cell('{0,0,1,1}', '{0,1,0,1}', '{2,2,2,2}', '{0,0,0,0}') AS two;
SELECT _withheld_cell('{}', '{}', '{}', '{}');
SELECT _withheld_cell('{0}', '{0,1}', '{1}', '{1}');
SELECT _withheld_cell('{0}', '{0}', '{NULL}', '{1}');
SELECT _withheld_cell('{-1}', '{0}', '{1}', '{1}');
SELECT _withheld_cell('{0}', '{2000000}', '{1}', '{1}');
SELECT _withheld_cell('{0,0}', '{1,1}', '{1,1}', '{1,1}');

-- a district of four subdistricts and three families
CALL create_survey('publication_test', srid => 4548);
SET search_path = publication_test, inefficient_land, public;
INSERT INTO run (id, standard, standard_version, confirmation, evaluator, started_at, finished_at) VALUES (1, 's', '1', 'synthetic', '0', now(), now()), (2, 's', '1', 'synthetic', '0', now(), now());
-- firms: a number per cell, firm 1 has two parcels in A/industry and one in B/industry; every firm pays its number × 10 on 1 ha
CREATE TABLE place (parcel_id integer GENERATED ALWAYS AS IDENTITY, subdistrict text, family text, firm integer);
INSERT INTO place (subdistrict, family, firm) VALUES ('A', 'industry', 1), ('A', 'industry', 1), ('B', 'industry', 1), ('A', 'industry', 2), ('A', 'industry', 3), ('A', 'industry', 4);
INSERT INTO place (subdistrict, family, firm) SELECT 'A', 'office', f FROM generate_series(5, 12) f;
INSERT INTO place (subdistrict, family, firm) SELECT 'B', 'office', f FROM generate_series(13, 19) f;
INSERT INTO place (subdistrict, family, firm) VALUES ('C', 'industry', 20), ('C', 'industry', 21), ('C', 'office', 22), ('C', 'office', 23), ('C', 'office', 24), ('D', 'office', 25), ('D', 'office', 26), ('D', 'office', 27), ('D', 'office', 28);
INSERT INTO place (subdistrict, family, firm) VALUES ('D', 'industry', 29), ('D', 'industry', 30), ('D', 'industry', 31), (NULL, 'office', 32), ('A', 'residence', NULL);
INSERT INTO parcel_measure (run_id, until_run, parcel_id, subdistrict, land_area, footprint_area, floor_area, building_count)
SELECT r.id, CASE r.id WHEN 1 THEN 2 END, p.parcel_id, p.subdistrict, 10000, 3000, 20000, 1 FROM place p, run r;
INSERT INTO parcel_indicator (run_id, parcel_id, family, subdistrict, stratum, land_area, family_area, family_share, floor_area, family_floor_area, rentable_area, vacant_area, enterprise_count, enterprise_id, contributor, tax, output, jobs, value_added, energy)
SELECT 1, parcel_id, family, subdistrict, 'surface', 10000, 10000, 1, 20000, CASE WHEN firm <> 8 THEN 20000 END, 10000, 1000, 1, ARRAY[firm], jsonb_build_object('tax', ARRAY[firm], 'output', ARRAY[firm], 'jobs', ARRAY[firm]), firm * 10, firm * 100, CASE WHEN firm < 15 THEN firm END, NULL, NULL FROM place;
-- an underground parcel counts in no cell
INSERT INTO parcel_measure (run_id, parcel_id, land_area, building_count) VALUES (1, 999, 10000, 0);
INSERT INTO parcel_indicator (run_id, parcel_id, family, subdistrict, stratum, land_area, family_area, family_share, enterprise_id, tax) VALUES (1, 999, 'office', 'A', 'below', 10000, 10000, 1, '{999}', 1e6);
SELECT _store_subdistrict_indicator('publication_test', 1);

-- ratios of sums; A/industry holds four firms, not five; taxes are 10 × the numbers, 1 ha = 15 mu
SELECT s.subdistrict, s.family, s.n, s.enterprise_count AS firms, s.numerator, round(s.value::numeric, 6) AS value, s.published_value IS NULL AS withheld, s.band
  FROM subdistrict_indicator s WHERE s.indicator = 'tax_per_mu' ORDER BY s.subdistrict, s.family;
SELECT count(*) AS wrong
  FROM subdistrict_indicator s
  JOIN LATERAL (SELECT sum(p.firm * 10) AS tax, count(p.firm) * 15 AS mu, count(DISTINCT p.firm) AS firms FROM place p
                 WHERE s.subdistrict IN ('', coalesce(p.subdistrict, 'unknown')) AND s.family IN ('', p.family)) t ON true
 WHERE s.indicator = 'tax_per_mu' AND (s.value IS DISTINCT FROM t.tax / nullif(t.mu, 0)::float8 OR coalesce(s.enterprise_count, 0) <> t.firms);
-- what belongs to no firm is never withheld
SELECT indicator, count(*), count(published_value) AS published, count(DISTINCT round(value::numeric, 6)) AS different FROM subdistrict_indicator WHERE indicator IN ('plot_ratio', 'building_coverage', 'vacancy_rate') GROUP BY 1 ORDER BY 1;
-- taxes per floor area rest on one firm less (firm 8): publishing both would give it away
SELECT subdistrict, family, enterprise_count AS firms, published_value IS NULL AS withheld FROM subdistrict_indicator WHERE indicator = 'tax_per_floor_area' AND subdistrict IN ('', 'A') AND family IN ('', 'office') ORDER BY 1, 2;
-- what is withheld per mu is withheld per floor area
SELECT count(*) AS betrayed FROM subdistrict_indicator a JOIN subdistrict_indicator b USING (run_id, subdistrict, family)
 WHERE a.indicator = 'tax_per_mu' AND b.indicator = 'tax_per_floor_area' AND a.published_value IS NULL AND b.published_value IS NOT NULL;

-- the attack: knowing every area, a stranger or a firm that knows its own taxes fills in the one
-- unknown of a row or column as long as there is one
CREATE FUNCTION attack(attacker integer) RETURNS TABLE (subdistrict text, family text) LANGUAGE plpgsql AS $$
DECLARE
    known text[] := ARRAY(SELECT s.subdistrict || '/' || s.family FROM subdistrict_indicator s WHERE s.indicator = 'tax_per_mu' AND s.published_value IS NOT NULL)
                 || ARRAY(SELECT s.subdistrict || '/' || s.family FROM subdistrict_indicator s WHERE s.indicator = 'tax_per_mu' AND s.enterprise_count = 1
                             AND EXISTS (SELECT FROM place p WHERE p.firm = attacker AND s.subdistrict IN ('', coalesce(p.subdistrict, 'unknown')) AND s.family IN ('', p.family)));
    more text[];
BEGIN
    LOOP
        SELECT array_agg(DISTINCT l.cell) INTO more
          FROM (SELECT min(c.cell) AS cell FROM (SELECT s.subdistrict AS line, s.subdistrict || '/' || s.family AS cell FROM subdistrict_indicator s WHERE s.indicator = 'tax_per_mu' AND s.enterprise_count > 0) c
                 WHERE c.cell <> ALL (known) GROUP BY c.line HAVING count(*) = 1
                UNION ALL
                SELECT min(c.cell) FROM (SELECT s.family AS line, s.subdistrict || '/' || s.family AS cell FROM subdistrict_indicator s WHERE s.indicator = 'tax_per_mu' AND s.enterprise_count > 0) c
                 WHERE c.cell <> ALL (known) GROUP BY c.line HAVING count(*) = 1) l;
        EXIT WHEN more IS NULL;
        known := known || more;
    END LOOP;
    RETURN QUERY SELECT s.subdistrict, s.family FROM subdistrict_indicator s
                  WHERE s.indicator = 'tax_per_mu' AND s.enterprise_count IN (1, 2) AND s.subdistrict || '/' || s.family = ANY (known)
                    AND NOT (s.enterprise_count = 1 AND EXISTS (SELECT FROM place p WHERE p.firm = attacker AND s.subdistrict IN ('', coalesce(p.subdistrict, 'unknown')) AND s.family IN ('', p.family)));
END $$;
SELECT f AS attacker, a.* FROM generate_series(0, 32) f, attack(f) a;
-- without complementary suppression it succeeds
UPDATE subdistrict_indicator SET published_value = value WHERE indicator = 'tax_per_mu' AND enterprise_count > 2;
SELECT a.* FROM attack(0) a ORDER BY 1, 2;

-- mixed parcels: of a family its part, of all families the whole parcel once
UPDATE parcel_indicator SET until_run = 2;
UPDATE subdistrict_indicator SET until_run = 2;
INSERT INTO parcel_indicator (run_id, parcel_id, family, subdistrict, stratum, land_area, family_area, family_share, floor_area, family_floor_area, enterprise_id) VALUES
    (2, 1, 'office', 'A', 'surface', 10000, 4000, 0.4, 20000, 12000, '{}'), (2, 1, 'residence', 'A', 'surface', 10000, 6000, 0.6, 20000, NULL, '{}'), (2, 2, 'office', 'A', 'surface', 10000, 10000, 1, 20000, 20000, '{}');
SELECT _store_subdistrict_indicator('publication_test', 2);
SELECT indicator, family, round(value::numeric, 6) AS value, numerator, denominator, n, n_missing FROM subdistrict_indicator WHERE run_id = 2 AND subdistrict = 'A' AND indicator IN ('plot_ratio', 'building_coverage') ORDER BY 1, 2;

-- from occupancies to cells: a firm counts where it has a part of the figure
CALL create_survey('share_test', srid => 4548);
SET search_path = share_test, inefficient_land, public;
INSERT INTO parcel (id, code, subdistrict, registered_area, present_use, present_use_system) SELECT i, 'P' || i, 'S' || i, 10000, '0601', 'GB/T 21010-2017' FROM generate_series(1, 5) i;
INSERT INTO enterprise (id, code) SELECT i, 'E' || i FROM generate_series(1, 7) i;
INSERT INTO enterprise_year (enterprise_id, year, tax_total) SELECT i, 2023, CASE i WHEN 5 THEN 0 ELSE i * 15 END FROM generate_series(1, 7) i;
INSERT INTO occupancy (enterprise_id, enterprise_code, parcel_id, share, basis) VALUES
    (1, 'E1', 1, 1, 'operating'), (2, 'E2', 1, 0, 'operating'), (3, 'E3', 1, 0, 'operating'),                                  -- S1: E1, and two that have no part of it
    (2, 'E2', 2, 1, 'operating'), (3, 'E3', 2, 1, 'operating'), (6, 'E6', 2, 1, 'operating'), (7, 'E7', 2, 1, 'operating'),    -- S2: four firms
    (4, 'E4', 3, 1, 'operating'), (NULL, 'E99', 3, 0, 'operating'), (NULL, 'E98', 3, 0, 'operating'),                          -- S3: E4, and two nobody knows
    (5, 'E5', 4, 1, 'operating');                                                                                              -- S4: one firm that pays nothing; S5: none
INSERT INTO complete_list (fact, as_of, department) VALUES ('enterprise', '2024-01-01', 'tax');
CALL assess('share_test', standard => 'jinhua-2024', as_of => '2024-02-29');
SELECT subdistrict, family, enterprise_count AS firms, value, published_value IS NULL AS withheld FROM subdistrict_indicator WHERE indicator = 'tax_per_mu' AND family <> '' ORDER BY 1;
SELECT parcel_code, enterprise_id, contributor -> 'tax' AS tax FROM parcel_indicator ORDER BY 1;
-- peer figures of firms are for the holders of confidential figures alone, however many stand behind them
SELECT DISTINCT expression, _peer_value_is_public(expression, 100) AS public, _peer_band(expression, 12) AS band
  FROM unnest('{peer_mean(tax_per_mu),"peer_mean(tax_per_mu, year => -1)",peer_median(tax_per_mu),"peer_percentile(output_per_hectare, 25%)","peer_ratio(tax, land_area)",peer_mean(no_such_fact),peer_mean(plot_ratio),"peer_ratio(floor_area, land_area)","peer_mean(vacancy_rate, year => -1)"}'::text[]) expression ORDER BY 1;
-- and the groups must not be formed by one
CALL copy_standard('jinhua-2024', 'own', 'share_test');
INSERT INTO standard_fact (standard, land_type, fact, type, label_en, label_zh)
SELECT 'own', 'industrial', f, CASE f WHEN 'jobs' THEN 'number' ELSE 'text' END, f, f FROM unnest('{jobs,family}'::text[]) f
 WHERE NOT EXISTS (SELECT FROM standard_fact o WHERE o.standard = 'own' AND o.land_type = 'industrial' AND o.fact = f);
UPDATE standard_peer_group SET facts = '{family,jobs}' WHERE standard = 'own' AND land_type = 'industrial';
-- a standard that compares with peers: what readers get is the class
UPDATE standard_peer_group SET facts = '{family}' WHERE standard = 'own' AND land_type = 'industrial';
INSERT INTO standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, reason_family)
SELECT 'own', 'industrial', 'peer-' || i, 'criterion', c::criterion, 'peers ' || i, '同类' || i, 'low_output'
  FROM unnest('{tax_per_mu < peer_mean(tax_per_mu),tax_per_mu < peer_median(tax_per_mu),"tax_per_mu < peer_percentile(tax_per_mu, 25%)",plot_ratio < peer_mean(plot_ratio)}'::text[]) WITH ORDINALITY AS u (c, i);
CALL assess('share_test', standard => 'own', as_of => '2024-02-29');
SELECT expression, n, round(value::numeric, 3) AS value, published_value, band FROM benchmark WHERE run_id = 2 AND n IS NOT NULL ORDER BY id;
SELECT count(*) AS rules, bool_or(r.ruleset::text ~ '4[.]6') AS whole, bool_or(r.public_ruleset::text ~ '4[.]6') AS public FROM run_ruleset r WHERE run_id = 2;
-- a finding about an enterprise keeps the shares to itself
UPDATE occupancy SET share = 0.87654 WHERE enterprise_id = 3;
CALL assess('share_test', standard => 'jinhua-2024', as_of => '2024-02-29');
SELECT row_code, message_en ~ '1.7531' AS names_shares, public_message_en, public_message_zh, advice_en FROM finding WHERE rule = 'shares_exceed_whole';
SELECT count(*) AS betrayed FROM finding f WHERE concat(f.public_message_en, f.public_message_zh, f.advice_en, f.advice_zh, f.row_code) ~ '87654|7530|7531';

RESET search_path;
CALL inefficient_land.drop_survey('share_test');
CALL inefficient_land.drop_survey('publication_test');
