-- economy: firms, what they pay, what stands empty, what was agreed
-- Money in 10^4 CNY.

-- How much tax a square metre of floor brings (towers, shops; 10^4 CNY) or a mu of land (industry).
CREATE TABLE economy AS
SELECT p.id, p.letter, p.name_of_case, b.floor_area, coalesce(p.registered_area, p.area) AS land_area,
       CASE WHEN p.letter = 'I' THEN
                CASE WHEN p.name_of_case IN ('industry_low_tax', 'industry_candidate') THEN 4 + 2 * chance(p.id, 50) ELSE 24 + 12 * chance(p.id, 50) END
                * coalesce(p.registered_area, p.area) * 3 / 2000
            WHEN p.name_of_case ~ 'low_tax|shop_exempt' THEN (0.004 + 0.006 * chance(p.id, 50)) * b.floor_area
            ELSE (0.05 + 0.07 * chance(p.id, 50)) * b.floor_area END AS tax,
       CASE p.letter WHEN 'T' THEN 3 + floor(6 * chance(p.id, 51)) WHEN 'M' THEN 1 + floor(3 * chance(p.id, 51))
                     WHEN 'I' THEN 1 + (p.name_of_case = 'industry_fine')::integer ELSE 1 + floor(2.5 * chance(p.id, 51)) END::integer AS firms
  FROM parcel p
  JOIN (SELECT parcel, sum(floor_area_above) AS floor_area FROM building WHERE family IN ('commerce_office', 'industry_warehouse') GROUP BY parcel) b ON b.parcel = p.id
 WHERE p.name_of_case <> 'office_stalled'
UNION ALL
SELECT id, 'B', name_of_case, floor_area, ST_Area(geom), 0.08 * floor_area, 6 FROM below WHERE name_of_case = 'mall_below';

CREATE TABLE firm AS
SELECT row_number() OVER (ORDER BY e.id, n)::integer AS id, e.id AS parcel, n, e.letter, e.name_of_case,
       (1 + chance(e.id * 32 + n, 52)) / sum(1 + chance(e.id * 32 + n, 52)) OVER (PARTITION BY e.id) AS part, e.tax AS parcel_tax,
       -- the last firm of the parcel does not say what it pays
       name_of_case LIKE '%tax_unknown' AND n = firms AS silent
  FROM economy e CROSS JOIN generate_series(1, e.firms) n;
ALTER TABLE firm ADD COLUMN code text, ADD COLUMN name text, ADD COLUMN tax numeric, ADD COLUMN building integer, ADD COLUMN floor_area numeric, ADD COLUMN industry_code text;

-- A credit code of 18 characters: 91, the county, nine digits; the last sign is not a real check digit.
CREATE FUNCTION credit_code(number integer) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
RETURN '91120101MADEMO' || lpad(number::text, 4, '0');

UPDATE firm f
   SET code = credit_code(f.id),
       name = format('示例%s%s第%s号', (ARRAY['津和', '海棠', '同泽', '瑞安', '明远', '恒信', '启明', '长乐', '嘉禾', '博雅'])[1 + floor(10 * chance(f.id, 53))::integer],
                     CASE letter WHEN 'T' THEN '商务公司' WHEN 'I' THEN '制造公司' WHEN 'H' THEN '酒店公司' ELSE '商店' END, f.id),
       tax = round((parcel_tax * part)::numeric, 2),
       industry_code = CASE WHEN letter = 'I' THEN CASE name_of_case WHEN 'industry_no_benchmark' THEN '1469' WHEN 'warehouse_fine' THEN '5990' WHEN 'industry_low_ratio' THEN '2319' ELSE '3525' END
                            WHEN letter = 'T' THEN (ARRAY['7211', '6510', '6632', '7299'])[1 + floor(4 * chance(f.id, 54))::integer]
                            WHEN letter = 'H' THEN '6110' ELSE (ARRAY['5211', '5231', '6210', '5279'])[1 + floor(4 * chance(f.id, 54))::integer] END;
UPDATE firm f SET building = b.id, floor_area = round((b.floor_area_above * 0.8 * 0.3)::numeric, 2)
  FROM building b
 WHERE b.parcel = f.parcel AND b.family IN ('commerce_office', 'industry_warehouse')
   AND b.n = CASE WHEN f.letter = 'T' AND f.name_of_case <> 'office_low_rise' THEN 1 + f.n % 2 ELSE 1 END;

CREATE TABLE firm_year AS
SELECT f.code, y AS year, f.silent,
       round(f.tax * (1 - 0.03 * (2023 - y) * (1 + chance(f.id * 4 + y, 55))::numeric), 2) AS tax,
       round(f.tax * (9 + floor(6 * chance(f.id, 56)))::numeric, 2) AS output,
       round(f.tax * (2.5 + 1.5 * chance(f.id, 57))::numeric, 2) AS value_added,
       greatest(1, round(f.tax / 12 + 3)) AS jobs,
       round(f.tax * (0.2 + 0.3 * chance(f.id, 58))::numeric, 2) AS energy,
       CASE WHEN f.letter = 'I' THEN round((CASE WHEN f.name_of_case = 'industry_contract' THEN 2400 ELSE 5200 END * e.land_area / 10000 * f.part)::numeric, 2) END AS investment
  FROM firm f JOIN economy e ON e.id = f.parcel CROSS JOIN generate_series(2021, 2023) y;

-- The headquarters pays elsewhere: plenty in all, next to nothing here.
ALTER TABLE firm_year ADD COLUMN tax_elsewhere numeric NOT NULL DEFAULT 0;
UPDATE firm_year y SET tax_elsewhere = round(y.tax * 0.95, 2), tax = y.tax - round(y.tax * 0.95, 2)
  FROM firm f WHERE f.code = y.code AND f.name_of_case = 'office_headquarters';

-- Three lots, one complex: its largest firm sits on all three and reports per plant.
CREATE TABLE plant AS
SELECT f.code, p.id AS parcel, CASE row_number() OVER (ORDER BY p.id) WHEN 1 THEN 0.5 WHEN 2 THEN 0.3 ELSE 0.2 END AS share
  FROM parcel p, (SELECT f.code FROM firm f JOIN parcel q ON q.id = f.parcel WHERE q.complex AND f.n = 1 ORDER BY f.parcel LIMIT 1) f
 WHERE p.complex;

-- Empty floors, per building and year.
CREATE TABLE vacancy AS
SELECT b.id AS building, b.parcel, y AS year, round((b.floor_area_above * 0.8)::numeric, 2) AS rentable_area,
       CASE WHEN p.name_of_case IN ('office_vacant', 'office_vacant_low_tax', 'office_exempt', 'office_candidate', 'office_exemption_open', 'shop_vacant')
                THEN CASE y WHEN 2021 THEN 0.30 ELSE 0.45 END + 0.15 * chance(p.id, 60)
            WHEN p.name_of_case = 'office_vacant_once' THEN CASE y WHEN 2023 THEN 0.46 ELSE 0.20 END
            WHEN p.name_of_case = 'office_conflict' THEN CASE y WHEN 2021 THEN 0.20 WHEN 2022 THEN 0.45 ELSE 0.35 END
            WHEN p.name_of_case = 'office_vacancy_gap' THEN CASE y WHEN 2023 THEN 0.52 WHEN 2021 THEN 0.20 END
            WHEN p.name_of_case = 'office_new' THEN 0.85 - 0.2 * (y - 2022)
            ELSE 0.05 + 0.2 * chance(p.id * 4 + y, 61) END AS rate
  FROM building b JOIN parcel p ON p.id = b.parcel CROSS JOIN generate_series(2021, 2023) y
 WHERE b.family = 'commerce_office' AND p.name_of_case <> 'office_stalled' AND NOT (p.name_of_case = 'office_new' AND y = 2021);
DELETE FROM vacancy WHERE rate IS NULL;
ALTER TABLE vacancy ADD COLUMN vacant_area numeric;
UPDATE vacancy SET vacant_area = round((rentable_area * rate::numeric), 2);

-- Grants and allocations.
CREATE TABLE agreement AS
SELECT p.id AS parcel, CASE WHEN p.letter = 'F' THEN 'allocation' ELSE 'grant' END AS kind,
       make_date(coalesce(b.built_year, 2020) - 4, 3, 1) AS signed_on, make_date(coalesce(b.built_year, 2020) - 3, 3, 1) AS agreed_start,
       make_date(coalesce(b.built_year, 2020), 6, 30) AS agreed_completion, make_date(coalesce(b.built_year, 2020) - 3, 5, 1) AS actual_start,
       make_date(coalesce(b.built_year, 2020), 6, 30) AS actual_completion,
       NULL::date AS suspended_since, NULL::numeric AS planned_area, NULL::numeric AS started_area, NULL::numeric AS planned_investment, NULL::numeric AS spent_investment,
       round((p.plot_ratio * 0.9)::numeric, 1) AS plot_ratio, CASE WHEN p.letter = 'I' THEN 5000 END AS investment_intensity
  FROM parcel p
  LEFT JOIN (SELECT parcel, min(built_year) AS built_year FROM building GROUP BY parcel) b ON b.parcel = p.id
 WHERE p.letter IN ('T', 'E', 'I', 'S') OR p.letter = 'H' AND b.built_year > 2000;
-- Never begun.
UPDATE agreement a SET signed_on = '2020-11-02', agreed_start = '2021-06-01', agreed_completion = '2024-06-01', actual_start = NULL, actual_completion = NULL,
                       plot_ratio = CASE WHEN p.letter = 'I' THEN 1.0 ELSE 3.5 END, planned_area = round((p.area * 3)::numeric, 2), started_area = 0,
                       planned_investment = round((p.area * 1.5)::numeric, 2), spent_investment = 0
  FROM parcel p WHERE p.id = a.parcel AND p.name_of_case IN ('office_idle', 'industry_idle', 'estate_idle', 'office_start_unknown');
UPDATE agreement a SET started_area = NULL, spent_investment = NULL FROM parcel p WHERE p.id = a.parcel AND p.name_of_case = 'office_start_unknown';
-- Begun, half built, standing still for more than two years.
UPDATE agreement a SET signed_on = '2017-04-10', agreed_start = '2018-03-01', agreed_completion = '2021-03-01', actual_start = '2018-05-15', actual_completion = NULL, suspended_since = '2021-09-10',
                       plot_ratio = 3.5, planned_area = round((p.area * 3)::numeric, 2), started_area = round((p.area * 3 * 0.6)::numeric, 2),
                       planned_investment = round((p.area * 1.5)::numeric, 2), spent_investment = round((p.area * 1.5 * 0.55)::numeric, 2)
  FROM parcel p WHERE p.id = a.parcel AND p.name_of_case IN ('office_stalled', 'estate_stalled');
UPDATE agreement a SET agreed_start = '2019-06-01', actual_start = '2019-06-20', signed_on = '2019-01-15', agreed_completion = '2022-12-31', actual_completion = '2022-06-30'
  FROM parcel p WHERE p.id = a.parcel AND p.name_of_case = 'office_new';
UPDATE building b SET built_year = 2022 FROM parcel p WHERE p.id = b.parcel AND p.name_of_case = 'office_new';

-- What the cases promise about firms and floors, checked in plain SQL.
DO $check$
DECLARE
    mean_tax numeric;
    bad text;
BEGIN
    SELECT avg(per_floor) INTO mean_tax
      FROM (SELECT sum(y.tax) / e.floor_area::numeric AS per_floor FROM firm f JOIN firm_year y ON y.code = f.code AND y.year = 2023 JOIN economy e ON e.id = f.parcel
             WHERE f.letter <> 'I' AND f.name_of_case NOT LIKE '%tax_unknown' GROUP BY e.id, e.floor_area) q;
    SELECT string_agg(format('%s %s', parcel, name_of_case), ', ') INTO bad
      FROM (SELECT f.parcel, f.name_of_case, sum(y.tax) / e.floor_area::numeric / mean_tax AS relative FROM firm f JOIN firm_year y ON y.code = f.code AND y.year = 2023 JOIN economy e ON e.id = f.parcel
             WHERE f.letter <> 'I' AND f.name_of_case NOT LIKE '%tax_unknown' GROUP BY f.parcel, f.name_of_case, e.floor_area) q
     WHERE NOT CASE WHEN name_of_case ~ 'low_tax|shop_exempt|headquarters' THEN relative < 0.3 ELSE relative > 0.55 END;
    ASSERT bad IS NULL, 'tax per floor area does not suit the case: ' || bad;
END
$check$;
