-- report_html: one page, complete, escaped, closed, the same bytes every time
\getenv test_dir PG_ABS_SRCDIR
\set small :test_dir '/data/small_survey.sql'
\set ECHO none
\i :small
\set ECHO all
SET search_path = inefficient_land, public;
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CALL determine('small', 'District government', parcel_code => '{P03}', note => 'checked');

-- the page is well-formed, so it can be taken apart; text(path) reads a place of it
CREATE TEMP TABLE made AS SELECT l AS language, report_html('small', language => l) AS html FROM unnest('{en,zh}'::text[]) l;
CREATE FUNCTION pg_temp.page(language text DEFAULT 'en') RETURNS xml LANGUAGE sql AS $$ SELECT xmlparse(document replace(m.html, '<!DOCTYPE html>', '')) FROM made m WHERE m.language = page.language $$;
CREATE FUNCTION pg_temp.text(page xml, path text) RETURNS SETOF text LANGUAGE sql AS $$ SELECT x::text FROM unnest(xpath(path, page)) x $$;
CREATE FUNCTION pg_temp.number(cell text) RETURNS numeric LANGUAGE sql AS $$ SELECT nullif(replace(replace(cell, ',', ''), '−', '-'), '–')::numeric $$;
SELECT language, xml_is_well_formed_document(html) AS well_formed FROM made ORDER BY 1;

-- what is in it, in both languages
SELECT pg_temp.text(pg_temp.page(l), '//head/title/text()') FROM unnest('{en,zh}'::text[]) l;
SELECT pg_temp.text(pg_temp.page(), '//div[@class="banner"]/text()');
SELECT pg_temp.text(pg_temp.page(), '//h2/text()');
SELECT pg_temp.text(pg_temp.page('zh'), '//h2/text()');
SELECT pg_temp.text(pg_temp.page(), 'concat(//dl/dd[1], " | ", //dl/dd[2], " | ", //dl/dd[3], " | ", //dl/dd[4], " | ", //dl/dd[5], " | ", //dl/dd[6])');
SELECT pg_temp.text(pg_temp.page('zh'), '//dl/dd[1]//text()');
-- key figures: 15 parcels, 14 of them on the surface
SELECT pg_temp.text(pg_temp.page(), '//div[@class="cards"]/div/b/text()') AS figure, pg_temp.text(pg_temp.page(), '//div[@class="cards"]/div/span/text()') AS words;
-- the map: one path for each class on the surface, scale bar, north, names, legend
SELECT pg_temp.text(pg_temp.page(), '//svg[@class="map"]/path/@class');
SELECT pg_temp.text(pg_temp.page(), '//svg[@class="map"]//text/text()');
SELECT pg_temp.text(pg_temp.page(), 'string(//div[@class="legend"][1])');
-- a square of 100 m stands where it should: P01 from (0, 400) m below the upper margin
SELECT pg_temp.text(pg_temp.page(), 'string(//svg[@class="map"]/path[contains(@class, "k-suspected")]/@d)');

-- printed rows add up to the printed total, to 0.01 m²
CREATE TEMP TABLE printed AS
SELECT q.section, q.row, x.class, x.area
  FROM (SELECT h AS section, (row_number() OVER (PARTITION BY h))::integer AS row, t
          FROM (VALUES ('3. Scale', 2), ('4. Structure', 2), ('5. Distribution', 2), ('6. Potential', 1)) v (h, place),
               LATERAL unnest(xpath(format('//section[h2="%s"]/table[1]/tbody/tr', h), pg_temp.page())) t) q
  JOIN (VALUES ('3. Scale', 2), ('4. Structure', 2), ('5. Distribution', 2), ('6. Potential', 1)) v (h, place) ON v.h = q.section
 CROSS JOIN LATERAL (SELECT (xpath('string(/tr/@class)', t))[1]::text AS class, pg_temp.number((xpath(format('string(/tr/td[@class="n"][%s])', place), t))[1]::text) AS area,
                            (xpath('string(/tr/td[1])', t))[1]::text AS words) x
 WHERE x.words NOT LIKE 'apart:%';
SELECT section, count(*) AS rows, sum(area) FILTER (WHERE class NOT IN ('sub', 'total')) AS sum, sum(area) FILTER (WHERE class = 'total') AS total FROM printed GROUP BY section ORDER BY 1;

-- the same by the categories of the city
SELECT pg_temp.text(pg_temp.page(), '//section[h2="3. Scale"]/h3/text()');
SELECT sum(pg_temp.number(x)) FILTER (WHERE i < n) AS sum, max(pg_temp.number(x)) FILTER (WHERE i = n) AS total
  FROM (SELECT x, row_number() OVER () AS i, count(*) OVER () AS n FROM pg_temp.text(pg_temp.page(), '//section[h2="3. Scale"]/table[2]/tbody/tr/td[5]/text()') x) q;

-- missing facts, findings, lists
SELECT pg_temp.text(pg_temp.page(), '//section[h2="7. Missing facts"]//tbody/tr/td[1]/text()');
SELECT pg_temp.text(pg_temp.page(), '//section[h2="8. Quality findings"]//tbody/tr/td[3]/text()') AS severity, pg_temp.text(pg_temp.page(), '//section[h2="8. Quality findings"]//tbody/tr/td[4]/text()') AS rows,
       pg_temp.text(pg_temp.page(), '//section[h2="8. Quality findings"]//tbody/tr/td[5]/text()') AS blocking;
SELECT pg_temp.text(pg_temp.page(), '//section[h2="2. Two databases and one list"]//h3/text()') AS list, pg_temp.text(pg_temp.page(), '//section[h2="2. Two databases and one list"]//tr[@class="total"]/td[2]/text()') AS cases;

-- nothing from outside, nothing that runs
SELECT count(*) FROM made WHERE html ~* '<script|https?:|@import|src=|href=|javascript:|<iframe|<object|<link| on[a-z]+=';
SELECT DISTINCT m[1] FROM made, regexp_matches(html, 'url\(([^)]*)\)', 'g') m ORDER BY 1;
-- no figure of a single firm, no message that names values
SELECT language, html ~ '74,?321|0\.543|111\.48|two parcels claim' AS leaks FROM made ORDER BY 1;

-- a head says which land a figure is of; a scheme by its name, not its code
SELECT l, pg_temp.text(pg_temp.page(l), '//section[3]/h3/text()') AS scheme, array(SELECT pg_temp.text(pg_temp.page(l), '//section[3]/table[2]/thead//th/text()')) AS heads FROM unnest('{en,zh}'::text[]) l;
BEGIN;
INSERT INTO small.standard_reporting (standard, scheme, family, category, label_en, label_zh) VALUES ('small-2024', 'own', 'residence', 'x', 'x', 'x');
SELECT l, x[1]::text FROM unnest('{en,zh}'::text[]) l, LATERAL unnest(xpath('//section[3]/h3/text()', replace(report_html('small', language => l), '<!DOCTYPE html>', '')::xml)) WITH ORDINALITY AS u (e, i), LATERAL (SELECT ARRAY[e]) AS y (x);
ROLLBACK;
-- the map counts parcels and says so; management areas have a head of their own; land of no subdistrict does not close to a control area
SELECT l, pg_temp.text(pg_temp.page(l), 'string(//figcaption/p)') AS note, pg_temp.text(pg_temp.page(l), '//section[5]/table[2]/thead//th[1]/text()') AS managed FROM unnest('{en,zh}'::text[]) l;
SELECT array(SELECT pg_temp.text(pg_temp.page(l), '//section[5]/table[1]/tbody/tr[@class="sub"]/td[2]/text()')) AS closing FROM unnest('{en,zh}'::text[]) l;
-- potential: what stands beyond the plan has a column, and the note says why
SELECT l, array(SELECT pg_temp.text(pg_temp.page(l), '//section[6]//th/text()')) AS heads, pg_temp.text(pg_temp.page(l), '//section[6]/p/text()') AS note FROM unnest('{en,zh}'::text[]) l;
-- no section starts a page by force
SELECT count(*) FROM made WHERE html ~ '<section class="newpage">';

-- text of users is text
BEGIN;
UPDATE small.survey SET title_en = '<script>alert("title")</script>', title_zh = '<b>';
UPDATE small.parcel SET name = '<script>alert(''name'')</script> & "more"', code = code || '<i>' WHERE id IN (1, 3);
UPDATE small.admin_unit SET name = '<img src=x onerror=alert(1)>' WHERE code = 'S1';
UPDATE small.management_area SET name = '</svg><script>';
UPDATE small.standard SET title_en = '<script>', authority = '</style>';
UPDATE small.verdict SET reason_en = '<u>';
UPDATE small.standard_fact SET label_en = '<em>', department = '<em>';
UPDATE small.finding SET rule = '<rule>';
UPDATE small.parcel SET right_nature = '"><script>' WHERE id = 5;
CREATE TEMP TABLE hostile AS SELECT report_html('small') AS html;
SELECT xml_is_well_formed_document(html) AS well_formed, html ~ '<(script|img|i|u|em|rule)\M' AS raw FROM hostile;
SELECT DISTINCT m[1] FROM hostile, regexp_matches(html, '(&lt;(?:script|img|/svg|/style|i|u|em|rule)&?[a-z;]*)', 'g') m ORDER BY 1;
ROLLBACK;

-- the same rows give the same bytes, in whatever order they lie
SELECT md5((SELECT html FROM made WHERE language = 'en')) AS before, md5((SELECT html FROM made WHERE language = 'zh')) AS before_zh \gset
CREATE TEMP TABLE saved AS SELECT * FROM small.parcel ORDER BY md5(id::text);
BEGIN;
TRUNCATE small.parcel;
INSERT INTO small.parcel SELECT * FROM saved;
SET LOCAL enable_hashagg = off;
SET LOCAL enable_nestloop = off;
SET LOCAL DateStyle = 'German';
SET LOCAL extra_float_digits = 0;
SELECT md5(report_html('small')) = :'before' AS same, md5(report_html('small', language => 'zh')) = :'before_zh' AS same_zh;
ROLLBACK;

-- language: argument, else setting
SET inefficient_land.language = 'zh';
SELECT md5(report_html('small')) = :'before_zh' AS zh, md5(report_html('small', 'brief', 'en')) = :'before' AS en;
RESET inefficient_land.language;

-- a reader sees the same page, a stranger none
SET client_min_messages = error;
DROP ROLE IF EXISTS regress_report_reader;
CREATE ROLE regress_report_reader;
RESET client_min_messages;
SET ROLE regress_report_reader;
SELECT report_html('small');
RESET ROLE;
SET client_min_messages = warning;
CALL grant_access('small', 'regress_report_reader', 'reader');
SET ROLE regress_report_reader;
SELECT md5(report_html('small')) = :'before' AS same;
RESET ROLE;

-- a survey without anything, one without borders
CALL create_survey('fresh', srid => 4548, title_en => 'Fresh', title_zh => '新建');
SELECT xml_is_well_formed_document(html) AS well_formed, html ~ 'has not been assessed yet' AS said, html ~ 'Synthetic' AS marked, html ~ '<svg class="map"' AS map FROM report_html('fresh') html;
INSERT INTO fresh.parcel (code, registered_area, geom) SELECT 'A', 10000, ST_Multi(ST_MakeEnvelope(518000, 4331000, 518100, 4331100, 4548));
INSERT INTO fresh.parcel (code, registered_area, geom) SELECT 'far', 10000, ST_Multi(ST_MakeEnvelope(39518000, 4331000, 39518100, 4331100, 4548));
INSERT INTO fresh.parcel (code, geom) VALUES ('empty', 'SRID=4548;MULTIPOLYGON EMPTY'), ('none', NULL);
SELECT xml_is_well_formed_document(html) AS well_formed, substring(html FROM 'viewBox="0 0 [0-9]+ [0-9]+" role') AS window, substring(html FROM 'Parcels outside the map: [^<]+') AS outside FROM report_html('fresh') html;
CALL drop_survey('fresh');

-- both languages on one page: each as it is alone
SELECT xml_is_well_formed_document(b) AS well_formed, position(substring(z FROM '<div lang="zh-Hans">.*</div>') IN b) > 0 AS chinese, position(substring(e FROM '<div lang="en">.*</div>') IN b) > 0 AS english
  FROM report_html('small', language => 'both') b, report_html('small', language => 'zh') z, report_html('small', language => 'en') e;

-- errors
SELECT report_html('nowhere');
SELECT report_html(NULL);
SELECT report_html('small', 'novel');
SELECT report_html('small', NULL);
SELECT report_html('small', language => 'fr');

-- pieces
SELECT _html('<a href="x">O''Neill & Co</a>'), _html(NULL) IS NULL AS null_in_null_out;
SELECT _html_number(v, d) FROM (VALUES (0, 2), (1234567.891, 2), (-0.005, 2), (-0.004, 2), (999999999999, 0), (NULL, 2)) n (v, d);
SELECT v, _round_length(v) FROM unnest('{1,1.9,2,4.999,5,9.99,10,930,0.07}'::double precision[]) v;

CALL drop_survey('small');
DROP ROLE regress_report_reader;
