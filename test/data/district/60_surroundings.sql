-- surroundings: patches, plans, areas with a name or an effect, legacy land, problems

-- Codes.  A cadastral parcel has 19 characters: county, zone, sub-zone, kind, number.
ALTER TABLE parcel ADD COLUMN code text, ADD COLUMN name text, ADD COLUMN address text, ADD COLUMN present_use text;
UPDATE parcel p
   SET code = CASE WHEN p.letter = 'P' THEN 'DEMO-FIELD-0001' ELSE format('120101%s%sGB%s', lpad(p.subdistrict::text, 3, '0'), lpad((b.j + 1)::text, 3, '0'), lpad(q.number::text, 5, '0')) END,
       present_use = CASE p.letter WHEN 'T' THEN '0505' WHEN 'R' THEN '0501' WHEN 'H' THEN CASE WHEN chance(p.id, 70) < 0.3 THEN '0502' ELSE '0504' END WHEN 'P' THEN '0809'
                                   WHEN 'I' THEN CASE p.name_of_case WHEN 'warehouse_fine' THEN '0604' ELSE '0601' END
                                   WHEN 'F' THEN CASE p.name_of_case WHEN 'school_idle' THEN '0803' WHEN 'car_park_idle' THEN '1005' WHEN 'substation_idle' THEN '0809'
                                                 ELSE (ARRAY['0801', '0803', '0803', '0805', '0807', '0808'])[1 + floor(6 * chance(p.id, 71))::integer] END
                                   ELSE '0701' END,
       name = '示例' || CASE p.name_of_case WHEN 'school_idle' THEN '第一小学旧址' WHEN 'car_park_idle' THEN '公共停车场' WHEN 'substation_idle' THEN '变电站' WHEN 'pumping_station_idle' THEN '泵站'
                                            WHEN 'estate_stalled' THEN '锦程家园(停建)' WHEN 'estate_idle' THEN '云汀苑(未动工)' ELSE
                      (ARRAY['海棠', '同泽', '瑞安', '明远', '恒信', '启明', '长乐', '嘉禾', '博雅', '津和', '世昌', '惠民', '安康', '永和', '文汇', '福康'])[1 + floor(16 * chance(p.block, 72))::integer] ||
                      CASE p.letter WHEN 'T' THEN CASE WHEN p.complex THEN '广场' ELSE '大厦' END WHEN 'R' THEN '商场' WHEN 'H' THEN CASE WHEN chance(p.id, 70) < 0.3 THEN '市场' ELSE '酒店' END
                                    WHEN 'M' THEN '里' WHEN 'W' THEN '里' WHEN 'L' THEN '胡同' WHEN 'E' THEN '花园' WHEN 'V' THEN '别墅' WHEN 'I' THEN '工厂' WHEN 'F' THEN '公共设施' ELSE '' END
                      || p.block || '-' || (p.row * 8 + p.lot + 1) END,
       address = format('示例%s路%s号', substr('天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏', b.i + 1, 1), 2 * b.j + 1 + p.lot * 2)
  FROM block b, (SELECT p.id, row_number() OVER (PARTITION BY p.subdistrict, b.j ORDER BY p.id) AS number FROM parcel p JOIN block b USING (block)) q
 WHERE b.block = p.block AND q.id = p.id;
CREATE UNIQUE INDEX ON parcel (code);

ALTER TABLE below ADD COLUMN code text;
UPDATE below SET code = format('120101%s%sGX%s', lpad(subdistrict::text, 3, '0'), '900', lpad((id - 9000)::text, 5, '0'));

ALTER TABLE building ADD COLUMN code text;
UPDATE building b SET code = p.code || 'F' || lpad(b.n::text, 4, '0') FROM parcel p WHERE p.id = b.parcel;
CREATE UNIQUE INDEX ON building (code);

-- Communities: every estate, three blocks of walk-ups in ten; one of exactly four parcels.
CREATE TABLE community AS
SELECT 'XQ' || lpad(block::text, 4, '0') AS code, '示例' || (ARRAY['海棠', '同泽', '瑞安', '明远', '惠民', '安康', '永和', '福康'])[1 + floor(8 * chance(block, 73))::integer] || '小区' || block AS name,
       subdistrict, block, count(*) AS parcels
  FROM parcel WHERE letter = 'E' OR letter = 'W' AND chance(block, 74) < 0.3
 GROUP BY block, subdistrict;

-- Patches: one per block, one park, river and road each; together the control area.
CREATE TABLE patch AS
WITH drawn AS (
    SELECT subdistrict, CASE letter WHEN 'T' THEN '05H1' WHEN 'R' THEN '05H1' WHEN 'H' THEN '05H1' WHEN 'I' THEN '0601' WHEN 'F' THEN '08H2' WHEN 'P' THEN '0809' ELSE '0701' END AS land_class,
           1000 + block AS number, ST_Multi(ST_Union(geom)) AS geom FROM parcel GROUP BY subdistrict, letter, block
    UNION ALL SELECT subdistrict, '0810', (2000 + row_number() OVER (ORDER BY subdistrict, ST_XMin(geom)))::integer, geom FROM park
    UNION ALL SELECT subdistrict, '1101', 3000 + subdistrict, geom FROM river
    UNION ALL SELECT subdistrict, '1004', 4000 + subdistrict, geom FROM road
), cents AS (
    SELECT *, floor(ST_Area(geom) * 100) AS whole, ST_Area(geom) * 100 - floor(ST_Area(geom) * 100) AS rest FROM drawn
)
SELECT '120101' || lpad(c.number::text, 12, '0') AS code, c.subdistrict, c.land_class, 2022 AS base_year, c.geom,
       (c.whole + CASE WHEN row_number() OVER (PARTITION BY c.subdistrict ORDER BY c.rest DESC, c.number)
                            <= d.control_area * 100 - sum(c.whole) OVER (PARTITION BY c.subdistrict) THEN 1 ELSE 0 END) / 100 AS area
  FROM cents c JOIN subdistrict d ON d.number = c.subdistrict;
-- Where the last centimes go is the surveyor's affair; together the patches are the control area.
DO $check$
BEGIN
    ASSERT (SELECT bool_and(abs(s.area - d.control_area::double precision) < 0.001)
              FROM subdistrict d JOIN (SELECT subdistrict, sum(area) AS area FROM patch GROUP BY subdistrict) s ON s.subdistrict = d.number), 'patches do not sum to the control area';
END
$check$;

-- Plans: one per subdistrict; the last rows of 新兴街 have only a draft, so there the plan has a gap.
CREATE TABLE detailed_plan AS
SELECT 'KG-' || number AS code, name || '控制性详细规划(示例)' AS name, 'block' AS level, 'approved' AS status, '2019-05-20'::date AS approved_on, '2019-06-01'::date AS valid_from, geom
  FROM subdistrict WHERE number <> 4
UNION ALL
SELECT CASE WHEN late THEN 'KG-4B' ELSE 'KG-4A' END, '新兴街控制性详细规划(示例)' || CASE WHEN late THEN '(草案)' ELSE '' END, 'block',
       CASE WHEN late THEN 'draft' ELSE 'approved' END, CASE WHEN late THEN NULL ELSE '2019-05-20'::date END, CASE WHEN late THEN NULL ELSE '2019-06-01'::date END,
       ST_SetSRID(ST_Multi(ST_Union(g.geom)), 4548)
  FROM (SELECT j > 11 AS late, g.geom FROM cell_ground g JOIN cell c USING (cell) WHERE c.subdistrict = 4) g GROUP BY late;

CREATE TABLE planning_plot AS
SELECT p.block, p.id AS parcel, p.subdistrict, p.geom, CASE WHEN p.name_of_case IN ('office_low_rise', 'office_idle', 'office_start_unknown') THEN 4.5
                                                             WHEN p.name_of_case = 'office_stalled' THEN 3.5 ELSE round((p.plot_ratio * (1 + 0.25 * chance(p.id, 75)))::numeric, 1) END AS plot_ratio, p.letter
  FROM parcel p WHERE p.letter = 'T'
UNION ALL
SELECT p.block, NULL, p.subdistrict, ST_Multi(ST_Union(p.geom)),
       CASE p.letter WHEN 'R' THEN least(round((1.2 * avg(p.plot_ratio))::numeric, 1), floor(18 * min(p.plot_ratio)) / 10) WHEN 'H' THEN round((1.15 * avg(p.plot_ratio))::numeric, 1)
                     WHEN 'M' THEN 2.2 WHEN 'W' THEN 2.0 WHEN 'L' THEN 2.0 WHEN 'E' THEN 2.5 WHEN 'S' THEN 2.5 WHEN 'V' THEN 0.6 WHEN 'I' THEN 1.5 ELSE 1.2 END, p.letter
  FROM parcel p WHERE p.letter NOT IN ('T', 'P') AND chance(p.block, 76) < 0.85
 GROUP BY p.block, p.subdistrict, p.letter;
ALTER TABLE planning_plot ADD COLUMN code text, ADD COLUMN plan text;
UPDATE planning_plot q
   SET plan = CASE WHEN q.subdistrict <> 4 THEN 'KG-' || q.subdistrict WHEN b.j > 11 THEN 'KG-4B' ELSE 'KG-4A' END,
       code = format('GH%s-%s', lpad(q.block::text, 4, '0'), coalesce(q.parcel::text, 'A'))
  FROM block b WHERE b.block = q.block;

-- Two management areas that cross subdistricts, and zones with an effect.
CREATE FUNCTION sheet_area(i0 integer, i1 integer, j0 integer, j1 integer) RETURNS geometry
    LANGUAGE sql STABLE
AS $$
    SELECT ST_SetSRID(ST_Multi(ST_Union(geom)), 4548) FROM cell_ground JOIN cell USING (cell) WHERE i BETWEEN $1 AND $2 AND j BETWEEN $3 AND $4
$$;
CREATE TABLE management_area AS
SELECT 'GW-JJ' AS code, '金街' AS name, 'commerce' AS kind, sheet_area(5, 17, 2, 4) AS geom
UNION ALL SELECT 'GW-WDD', '五大道', 'heritage', sheet_area(13, 23, 7, 12);
CREATE TABLE constraint_zone AS
SELECT 'XZ-01' AS code, '历史文化街区(示例)' AS name, 'heritage' AS kind, 'route_to_conservation' AS effect, sheet_area(16, 21, 8, 11) AS geom
UNION ALL SELECT 'XZ-02', '轨道交通保护区(示例)', 'metro', 'inform', sheet_area(12, 14, 6, 7);

-- Legacy land: every period, one undated, one whose year straddles two periods, part of a
-- parcel, two on one parcel, one without parcel.
CREATE TABLE legacy AS
SELECT number, parcel, began_on, date_precision, period, geom
  FROM (SELECT p.id AS parcel, p.geom, row_number() OVER (ORDER BY chance(p.id, 77)) AS number FROM parcel p WHERE p.letter = 'W' AND p.name_of_case = 'walkup_fine') q
  JOIN (VALUES (1, '1985-01-01'::date, 'year', 'before_1987'), (2, '1992-06-01', 'month', '1987_to_1998'), (3, '2003-05-12', 'day', '1999_to_2009'),
               (4, '2014-03-01', 'day', '2010_to_2019'), (5, '2021-04-20', 'day', 'since_2020'), (6, NULL, 'unknown', 'undetermined'), (7, '2009-01-01', 'year', 'undetermined')) v (number, began_on, date_precision, period) USING (number);
INSERT INTO legacy
SELECT 8 + part, p.id, CASE part WHEN 0 THEN '1995-01-01'::date WHEN 1 THEN '1989-10-01' ELSE '2005-07-08' END, 'day', CASE part WHEN 2 THEN '1999_to_2009' ELSE '1987_to_1998' END,
       ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[at(s0, p.t_low + 6), at(s0, p.t_high - 6), at(s1, p.t_high - 6), at(s1, p.t_low + 6), at(s0, p.t_low + 6)]))), 4548)
  FROM (SELECT p.*, row_number() OVER (ORDER BY chance(p.id, 78)) AS number FROM parcel p WHERE p.letter = 'W' AND p.name_of_case = 'walkup_fine' AND p.id NOT IN (SELECT parcel FROM legacy)) p
  JOIN (VALUES (1, 0), (2, 1), (2, 2)) v (number, part) USING (number)
 CROSS JOIN LATERAL (SELECT p.s_low + (p.s_high - p.s_low) * CASE part WHEN 2 THEN 0.55 ELSE 0.05 END AS s0, p.s_low + (p.s_high - p.s_low) * CASE part WHEN 2 THEN 0.95 ELSE 0.45 END AS s1) e;
INSERT INTO legacy
SELECT 11, NULL, '1978-05-01', 'month', 'before_1987',
       ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[at(s0 + 20, t0 + 20), at(s0 + 20, t0 + 60), at(s0 + 70, t0 + 60), at(s0 + 70, t0 + 20), at(s0 + 20, t0 + 20)]))), 4548)
  FROM cell WHERE i = 5 AND j = 0 OR false ORDER BY cell LIMIT 1;

CREATE TABLE problem AS
SELECT number, p.id AS parcel, class, description, demand, department
  FROM (VALUES (1, 'office_stalled', 'funding', '建设资金断裂,停工两年以上', '希望引入合作方', '区投资促进局'),
               (2, 'office_vacant', 'use_change', '楼宇空置,业主拟改作人才公寓', '允许改变用途', '市规划资源局和平分局'),
               (3, 'estate_stalled', 'compensation', '部分购房人补偿未达成一致', '统一补偿口径', '区住房建设委'),
               (4, 'walkup_danger', 'safety', 'C、D级危房需腾退', '落实腾退资金', '区住房建设委'),
               (5, 'lane_low', 'ownership_dispute', '公产、私产交错,权属不清', '分类确权', '市规划资源局和平分局'),
               (6, 'industry_low_ratio', 'pollution', '土壤污染情况未查明', '开展调查', '区生态环境局'),
               (7, 'school_idle', 'plan_conflict', '教育用地转为养老设施与规划不符', '调整规划', '市规划资源局和平分局'),
               (8, 'industry_contract', 'mortgage_or_seizure', '土地已抵押', '协调解押', '区财政局'),
               (9, 'shop_low_tax', 'missing_registration', '分割销售后未办理登记', '补办登记', '市规划资源局和平分局'),
               (10, 'villa_heritage', 'heritage_constraint', '修缮须经文物部门同意', '明确修缮标准', '区文化和旅游局'),
               (11, 'facility_idle', 'missing_approval', '早年建设未办审批手续', '补办手续', '市规划资源局和平分局'),
               (12, 'office_conflict', 'data_conflict', '两部门空置面积不一致', '核对', '区商务局'),
               (13, 'hotel_low_tax', 'other', '租约纠纷', '调解', '区商务局')) v (number, name_of_case, class, description, demand, department)
  JOIN LATERAL (SELECT id FROM parcel p WHERE p.name_of_case = v.name_of_case ORDER BY id LIMIT 1) p ON true;
