-- assess garbage: whatever stands in a row, a run comes to its end
-- One row of every fact table gets what cannot be meant in all its columns of a type, one value after
-- the other; the run ends, and the figures of the sound rows beside it do not change.
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
\set SHOW_CONTEXT never
CALL create_survey('garbage', srid => 4548, base_year => 2022);
SET search_path = garbage, inefficient_land, public;
CREATE FUNCTION box(x float8, y float8, w float8, h float8) RETURNS geometry LANGUAGE sql IMMUTABLE
RETURN ST_Multi(ST_MakeEnvelope(518000 + x, 4331000 + y, 518000 + x + w, 4331000 + y + h, 4548));

-- rows 1 to 3 of every table belong together; row 1 gets the garbage
INSERT INTO admin_unit (code, name, level, control_area, geom) VALUES ('S1', 'S1', 'subdistrict', 1e6, box(-100, -100, 1000, 1000));
INSERT INTO management_area (code, name, geom) VALUES ('M1', 'M1', box(0, 0, 300, 100));
INSERT INTO constraint_zone (code, effect, geom) VALUES ('Z1', 'inform', box(0, 0, 300, 100));
INSERT INTO community (code, is_villa) VALUES ('C1', false);
INSERT INTO detailed_plan (code, level, status, approved_on, geom) VALUES ('D1', 'block', 'approved', '2015-01-01', box(0, 0, 300, 100));
INSERT INTO parcel (code, subdistrict, registered_area, present_use, present_use_system, occupied_area, green_area, safety_compliant, geom)
SELECT 'P' || i, 'S1', 10000, '0601', 'GB/T 21010-2017', 5000, 2000, true, box(i * 110 - 110, 0, 100, 100) FROM generate_series(1, 3) i;
INSERT INTO parcel_use (parcel_code, family, land_area, floor_area) SELECT 'P' || i, 'industry_warehouse', 10000, 12000 FROM generate_series(1, 3) i;
INSERT INTO building (code, parcel_code, community_code, footprint_area, floor_area_above, storeys_above, height, built_year, danger_grade, geom)
SELECT 'B' || i, 'P' || i, 'C1', 4000, 12000, 3, 12, 1999, 'A', box(i * 110 - 100, 10, 80, 50) FROM generate_series(1, 3) i;
INSERT INTO building_year (building_code, year, rentable_area, vacant_area) SELECT 'B' || i, 2023, 10000, 1000 FROM generate_series(1, 3) i;
INSERT INTO enterprise (code, industry_code, industry_code_system) SELECT 'E' || i, '4011', 'GB/T 4754-2002' FROM generate_series(1, 3) i;
INSERT INTO enterprise_year (enterprise_code, year, output, value_added, tax_total, investment, jobs, energy)
SELECT 'E' || i, y, 1000, 300, 150, 500, 40, 20 FROM generate_series(1, 3) i, generate_series(2022, 2023) y;
INSERT INTO occupancy (enterprise_code, parcel_code, building_code, floor_area, basis, from_date) SELECT 'E' || i, 'P' || i, 'B' || i, 5000, 'operating', '2015-01-01' FROM generate_series(1, 3) i;
INSERT INTO planning_plot (code, detailed_plan_code, plot_ratio, coverage, height, geom) SELECT 'L' || i, 'D1', 2.0, 0.4, 60, box(i * 110 - 110, 0, 100, 100) FROM generate_series(1, 3) i;
INSERT INTO contract (code, kind, parcel_code, signed_on, agreed_start, plot_ratio, investment_intensity) SELECT 'K' || i, 'grant', 'P' || i, '2010-01-01', '2011-01-01', 1.0, 500 FROM generate_series(1, 3) i;
INSERT INTO exemption_decision (parcel_code, rule, decided_on) SELECT 'P' || i, 'J-Xa', '2024-01-01' FROM generate_series(1, 3) i;
INSERT INTO legacy_case (code, parcel_code, area) VALUES ('H1', 'P1', 100);
INSERT INTO complete_list (fact, family, as_of) VALUES ('enterprise', NULL, '2024-01-01');
INSERT INTO patch (code, base_year, area, land_class, land_class_system) VALUES ('T1', 2022, 100, '0601', 'GB/T 21010-2017');
CALL resolve_keys('garbage');
CALL assess('garbage', 'jinhua-2024', '2024-02-29', 2023);
SELECT parcel_code, plot_ratio, building_coverage, tax_per_mu, vacancy_rate, plan_plot_ratio, contract_plot_ratio, built_year FROM parcel_indicator ORDER BY parcel_code;
-- what the rows of P2 and P3 alone decide
CREATE FUNCTION own_facts(run integer) RETURNS SETOF jsonb LANGUAGE sql
BEGIN ATOMIC
    SELECT to_jsonb(i) - '{run_id,until_run,management_area,constraint_effect,plan_use,plan_plot_ratio,plan_coverage,plan_height,is_villa,heritage_kind,enterprise_count}'::text[]
      FROM garbage.parcel_indicator i WHERE inefficient_land._in_run(i.run_id, i.until_run, own_facts.run) AND i.parcel_code IN ('P2', 'P3');
END;

CREATE FUNCTION assess_with(type text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    t record;
    run integer;
    changed integer;
BEGIN
    FOR t IN SELECT c.relname, string_agg(format('%I = %s', a.attname, assess_with.value), ', ') AS columns
               FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              WHERE c.relnamespace = 'garbage'::regnamespace AND c.relkind = 'r' AND c.relname IN (SELECT table_name FROM inefficient_land._fact_table('garbage'))
                AND c.relname <> 'attachment' AND format_type(a.atttypid, NULL) = assess_with.type
                AND a.attname NOT IN ('id', 'submission_id', 'code') AND a.attname !~ '_(id|code)$'
              GROUP BY c.relname
    LOOP
        EXECUTE format('UPDATE garbage.%I SET %s WHERE id = (SELECT min(id) FROM garbage.%I)', t.relname, t.columns, t.relname);
    END LOOP;
    CALL inefficient_land.assess('garbage', 'jinhua-2024', '2024-02-29', 2023, run_id => run);
    SELECT count(*) INTO changed FROM (SELECT * FROM garbage.own_facts(run) EXCEPT SELECT * FROM garbage.own_facts(1)) x;
    -- the savepoint of the block takes everything back
    RAISE EXCEPTION 'came to its end, % sound rows changed', changed USING ERRCODE = 'P0999';
EXCEPTION
    WHEN SQLSTATE 'P0999' THEN
        RETURN SQLERRM;
    WHEN OTHERS THEN
        RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT g.type, left(g.value, 60) AS value, assess_with(g.type, g.value) AS result
  FROM (VALUES ('double precision', $$'NaN'$$), ('double precision', $$'Infinity'$$), ('double precision', $$'-Infinity'$$), ('double precision', '-1'), ('double precision', '0'),
               ('double precision', '5e-324'), ('double precision', '1e308'), ('double precision', 'NULL'),
               ('integer', '-1'), ('integer', '2147483647'), ('integer', '-2147483648'),
               ('date', $$'infinity'$$), ('date', $$'-infinity'$$), ('date', $$'4713-01-01 BC'$$), ('date', 'NULL'),
               ('text', $$''$$), ('text', $$'%s %1$s {}'$$), ('text', $$repeat('低', 3000)$$), ('text', 'NULL'), ('boolean', 'NULL'),
               ('geometry', 'NULL'), ('geometry', $$ST_Multi(ST_GeomFromText('POLYGON EMPTY', 4548))$$),
               ('geometry', $$ST_Multi(ST_GeomFromText('POLYGON((0 0,1e300 0,1e300 1e300,0 1e300,0 0))', 4548))$$),
               ('geometry', $$ST_Multi(ST_GeomFromText('POLYGON((518000 4331000,518100 4331100,518100 4331000,518000 4331100,518000 4331000))', 4548))$$)) AS g (type, value);
SELECT count(*) AS runs FROM run;

RESET search_path;
CALL inefficient_land.drop_survey('garbage');
