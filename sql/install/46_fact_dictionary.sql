-- fact dictionary: the facts that standards usually ask for, with unit, words and field names
-- A standard declares its own facts; what it declares need not stand here.

CREATE TABLE fact_dictionary (
    fact        text NOT NULL,
    type        text NOT NULL CHECK (type IN ('number', 'text', 'boolean', 'date', 'series')),
    unit        text,
    level       text NOT NULL CHECK (level IN ('parcel', 'part', 'building')),
    department  text,
    field_names text[] NOT NULL DEFAULT '{}',
    minimum     double precision,
    maximum     double precision,
    label_en    text NOT NULL,
    label_zh    text NOT NULL,
    sequence    integer NOT NULL,
    PRIMARY KEY (fact, type),
    CHECK (minimum <= maximum)
);
COMMENT ON TABLE fact_dictionary IS 'facts that standards usually ask for, as a start for the facts of a new standard, and what check_facts() knows of names and sizes';
COMMENT ON COLUMN fact_dictionary.fact IS 'name as written in criteria; contract.x stands in column contract_x';
COMMENT ON COLUMN fact_dictionary.type IS 'number, text, boolean, date or series';
COMMENT ON COLUMN fact_dictionary.unit IS 'unit of a number; NULL = pure number, shares from 0 to 1';
COMMENT ON COLUMN fact_dictionary.level IS 'parcel: of the whole parcel; part: of the family''s part; building: of its buildings';
COMMENT ON COLUMN fact_dictionary.department IS 'who usually supplies it';
COMMENT ON COLUMN fact_dictionary.field_names IS 'field names under which survey deliveries usually carry it, without regard to case';
COMMENT ON COLUMN fact_dictionary.minimum IS 'smallest plausible value in the unit; a smaller one is a warning, never an error; NULL = none';
COMMENT ON COLUMN fact_dictionary.maximum IS 'largest plausible value in the unit; NULL = none';
COMMENT ON COLUMN fact_dictionary.label_en IS 'English name';
COMMENT ON COLUMN fact_dictionary.label_zh IS 'Chinese name';
COMMENT ON COLUMN fact_dictionary.sequence IS 'order in lists';

GRANT SELECT ON fact_dictionary TO PUBLIC;

INSERT INTO fact_dictionary (sequence, fact, type, unit, level, department, field_names, minimum, maximum, label_en, label_zh)
SELECT row_number() OVER (), v.*
  FROM (VALUES
    -- physical
    ('land_area',            'number',  'm²',   'parcel',   'natural resources', '{TDMJ,ZDMJ}'::text[], 1, 1e8, 'land area', '土地面积'),
    ('family_area',          'number',  'm²',   'part',     'natural resources', '{}', 1, 1e8, 'land area of the part', '该用途用地面积'),
    ('floor_area',           'number',  'm²',   'parcel',   'natural resources', '{JZMJ}', 0, 1e8, 'floor area', '建筑面积'),
    ('plot_ratio',           'number',  NULL,   'parcel',   'natural resources', '{RJL}', 0, 30, 'plot ratio', '容积率'),
    ('building_coverage',    'number',  NULL,   'parcel',   'natural resources', '{JZMD}', 0, 1, 'building coverage', '建筑密度'),
    ('building_coefficient', 'number',  NULL,   'parcel',   'natural resources', '{JZXS}', 0, 1, 'building coefficient', '建筑系数'),
    ('green_ratio',          'number',  NULL,   'parcel',   'natural resources', '{LHL}', 0, 1, 'green ratio', '绿地率'),
    ('office_land_share',    'number',  NULL,   'parcel',   'natural resources', '{}', 0, 1, 'share of office and living-service land', '行政办公及生活服务设施用地所占比重'),
    ('office_floor_share',   'number',  NULL,   'parcel',   'natural resources', '{}', 0, 1, 'share of office and living-service floor area', '行政办公及生活服务设施建筑面积所占比重'),
    ('stratum',              'text',    NULL,   'parcel',   'natural resources', '{QLSDFS}', NULL, NULL, 'stratum', '空间层次'),
    ('conforms_to_plan',     'boolean', NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'in line with the plan', '符合规划'),
    ('in_renewal_plan',      'boolean', NULL,   'parcel',   'housing', '{}', NULL, NULL, 'in the renewal plan', '列入更新计划'),
    ('inside_development_boundary', 'boolean', NULL, 'parcel', 'natural resources', '{}', NULL, NULL, 'inside the urban development boundary', '位于城镇开发边界内'),
    ('has_hazard',           'boolean', NULL,   'parcel',   'emergency management', '{}', NULL, NULL, 'hazard not treated', '存在未治理的安全隐患'),
    ('has_geological_hazard','boolean', NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'geological hazard not treated', '存在未治理的地质灾害隐患'),
    ('safety_compliant',     'boolean', NULL,   'parcel',   'emergency and environment', '{}', NULL, NULL, 'meets safety and environmental rules', '安全环保达标'),
    ('is_separately_developable', 'boolean', NULL, 'parcel', 'natural resources', '{}', NULL, NULL, 'has an undeveloped part that can be developed by itself under the plan', '存在规划上可独立开发而未开发的部分'),
    ('is_renewal_required',  'boolean', NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'renewal required by a change of the plan', '因规划调整需要更新'),
    ('is_designated',        'boolean', NULL,   'parcel',   'district government', '{}', NULL, NULL, 'designated by the district government', '区政府认定'),
    ('is_urgent_urban_village', 'boolean', NULL, 'parcel',  'housing', '{}', NULL, NULL, 'urban village whose renewal is urgent', '改造需求迫切的城中村'),
    ('is_needed_by_major_project', 'boolean', NULL, 'parcel', 'development and reform', '{}', NULL, NULL, 'needed by a major project', '重大项目带动'),
    -- buildings
    ('built_year',           'number',  NULL,   'building', 'housing', '{JGRQ,JZND}', 1800, 2100, 'year the oldest building was completed', '最早建成年份'),
    ('danger_grade',         'text',    NULL,   'building', 'housing', '{}', NULL, NULL, 'danger grade of the worst building', '最差房屋危险等级'),
    ('danger_share',         'number',  NULL,   'building', 'housing', '{}', 0, 1, 'share of floor area in buildings of grade C or D', 'C、D级危房建筑面积占比'),
    ('danger_count_share',   'number',  NULL,   'building', 'housing', '{}', 0, 1, 'share of buildings of grade C or D', 'C、D级危房幢数占比'),
    ('is_villa',             'boolean', NULL,   'building', 'housing', '{}', NULL, NULL, 'villas', '别墅'),
    ('heritage_kind',        'text',    NULL,   'building', 'culture and housing', '{}', NULL, NULL, 'kind of heritage', '历史文化保护类别'),
    ('building_quality',     'text',    NULL,   'building', 'housing', '{}', NULL, NULL, 'quality of the buildings (good, poor)', '建筑质量'),
    ('facilities_outdated',  'boolean', NULL,   'building', 'industry', '{}', NULL, NULL, 'outdated facilities', '配套设施落后'),
    ('is_safe',              'boolean', NULL,   'building', 'housing', '{}', NULL, NULL, 'safe to use', '房屋安全'),
    ('vacancy_rate',         'number',  NULL,   'part',     'commerce', '{}', 0, 1, 'vacancy rate by floor area', '空置率(按面积)'),
    ('vacancy_rate',         'series',  NULL,   'part',     'commerce', '{}', 0, 1, 'vacancy rate by floor area, yearly', '历年空置率(按面积)'),
    -- use
    ('operating_state',      'text',    NULL,   'parcel',   'industry', '{}', NULL, NULL, 'operating state', '经营状态'),
    ('use_state',            'text',    NULL,   'parcel',   'natural resources', '{SYZK}', NULL, NULL, 'state of use', '使用状况'),
    ('idle_since',           'date',    NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'idle since', '闲置起始日期'),
    ('stopped_since',        'date',    NULL,   'parcel',   'industry', '{}', NULL, NULL, 'production stopped since', '停产起始日期'),
    -- economy
    ('industry_code',        'text',    NULL,   'part',     'statistics', '{}', NULL, NULL, 'industry code', '行业代码'),
    ('size_class',           'text',    NULL,   'part',     'statistics', '{}', NULL, NULL, 'size class of the land or the enterprise', '规模等级'),
    ('industry_division',    'text',    NULL,   'part',     'statistics', '{}', NULL, NULL, 'industry division', '行业大类'),
    ('industry_code_system', 'text',    NULL,   'part',     'statistics', '{}', NULL, NULL, 'industry code system', '行业分类标准'),
    ('industry_policy_class','text',    NULL,   'part',     'development and reform', '{}', NULL, NULL, 'class of the industry in policy', '产业政策类别'),
    ('fits_industry_plan',   'boolean', NULL,   'part',     'development and reform', '{}', NULL, NULL, 'fits the industry plan of the area', '符合区域产业规划'),
    ('special_industry_needs','boolean', NULL,  'part',     'industry', '{}', NULL, NULL, 'industry with special needs of land', '有特殊用地要求的行业'),
    ('is_above_scale',       'boolean', NULL,   'part',     'statistics', '{SFGSQY}', NULL, NULL, 'above-scale firm', '规上企业'),
    ('is_strategic_emerging','boolean', NULL,   'part',     'industry', '{}', NULL, NULL, 'strategic emerging industry', '战略性新兴产业'),
    ('production_started_on','date',    NULL,   'part',     'industry', '{}', NULL, NULL, 'start of production', '投产日期'),
    ('production_delay_years','number', 'year', 'part',     'industry', '{}', 0, 50, 'years from completion to production, or to the reference date where it has not begun', '竣工至投产(未投产的至基准日)年数'),
    ('tax_per_mu',           'number',  '10^4 CNY/mu', 'part', 'taxation', '{MJSS}', -1000, 100000, 'tax per mu', '亩均税收'),
    ('tax_per_mu',           'series',  '10^4 CNY/mu', 'part', 'taxation', '{}', -1000, 100000, 'tax per mu, yearly', '历年亩均税收'),
    ('tax_per_floor_area',   'number',  'CNY/m²', 'part',   'taxation', '{}', -100000, 1000000, 'tax per floor area', '单位建筑面积税收'),
    ('output_per_hectare',   'number',  '10^4 CNY/ha', 'part', 'statistics', '{DJCZ}', 0, 1e7, 'output per hectare', '地均产出'),
    ('output_per_mu',        'series',  '10^4 CNY/mu', 'part', 'statistics', '{}', 0, 1e6, 'output per mu, yearly', '历年亩均产值'),
    ('investment',           'number',  '10^4 CNY', 'part', 'development and reform', '{GDZCTZ}', 0, 1e9, 'investment in plant and equipment, without land price', '固定资产投资(不含地价)'),
    ('investment_land_price','number',  '10^4 CNY', 'part', 'natural resources', '{}', 0, 1e9, 'land price paid', '土地价款'),
    ('investment_intensity', 'number',  '10^4 CNY/ha', 'part', 'development and reform', '{DJGDZCTZ}', 0, 1e7, 'investment per hectare', '固定资产投资强度'),
    ('investment_per_mu',    'number',  '10^4 CNY/mu', 'part', 'development and reform', '{}', 0, 1e6, 'investment per mu', '亩均投资强度'),
    ('jobs_per_hectare',     'number',  'person/ha', 'part', 'statistics', '{DJCYRY}', 0, 100000, 'jobs per hectare', '地均就业'),
    ('performance_grade',    'text',    NULL,   'part',     'industry', '{}', NULL, NULL, 'grade of the performance evaluation', '产业用地绩效评估等级'),
    -- plan and contract
    ('plan.plot_ratio',      'number',  NULL,   'parcel',   'natural resources', '{}', 0, 30, 'plot ratio of the plan', '规划容积率'),
    ('contract.kind',        'text',    NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'kind of grant or allocation document', '出让或划拨文件类型'),
    ('contract.plot_ratio',  'number',  NULL,   'parcel',   'natural resources', '{}', 0, 30, 'plot ratio agreed', '约定容积率'),
    ('contract.coverage',    'number',  NULL,   'parcel',   'natural resources', '{}', 0, 1, 'building coverage agreed', '约定建筑密度'),
    ('contract.building_coefficient', 'number', NULL, 'parcel', 'natural resources', '{}', 0, 1, 'building coefficient agreed', '约定建筑系数'),
    ('contract.investment_intensity', 'number', '10^4 CNY/ha', 'parcel', 'natural resources', '{}', 0, 1e7, 'investment per hectare agreed', '约定投资强度'),
    ('contract.tax_per_mu',  'number',  '10^4 CNY/mu', 'parcel', 'natural resources', '{}', 0, 100000, 'tax per mu agreed', '约定亩均税收'),
    ('contract.output_per_mu','number', '10^4 CNY/mu', 'parcel', 'natural resources', '{}', 0, 1e6, 'output per mu agreed', '约定亩均产值'),
    ('agreed_start',         'date',    NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'agreed start of construction', '约定动工日期'),
    ('agreed_completion',    'date',    NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'agreed completion', '约定竣工日期'),
    ('actual_start',         'date',    NULL,   'parcel',   'housing', '{KGSJ}', NULL, NULL, 'start of construction', '实际开工日期'),
    ('actual_completion',    'date',    NULL,   'parcel',   'housing', '{JGSJ}', NULL, NULL, 'completion', '实际竣工日期'),
    ('suspended_since',      'date',    NULL,   'parcel',   'housing', '{}', NULL, NULL, 'construction at a standstill since', '中止建设日期'),
    ('started_area',         'number',  'm²',   'parcel',   'housing', '{}', 0, 1e8, 'area begun', '已动工面积'),
    ('planned_area',         'number',  'm²',   'parcel',   'natural resources', '{}', 0, 1e8, 'area to be begun', '应动工面积'),
    ('spent_investment',     'number',  '10^4 CNY', 'parcel', 'development and reform', '{}', 0, 1e9, 'money invested', '已投资额'),
    ('planned_investment',   'number',  '10^4 CNY', 'parcel', 'development and reform', '{}', 0, 1e9, 'total investment', '总投资额'),
    ('idle_cause',           'text',    NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'whose cause it is', '闲置原因'),
    ('management_area',      'text',    NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'management area', '管理片区'),
    ('zone',                 'text',    NULL,   'parcel',   'natural resources', '{}', NULL, NULL, 'zone', '分区'),
    ('zone_level',           'text',    NULL,   'parcel',   'development and reform', '{}', NULL, NULL, 'level of the development zone (national, provincial)', '开发区级别'),
    ('city_group',           'text',    NULL,   'parcel',   'development and reform', '{}', NULL, NULL, 'group of cities (1, 2, 3)', '城市类别')
  ) AS v (fact, type, unit, level, department, field_names, minimum, maximum, label_en, label_zh);

CREATE FUNCTION usual_fact(standard text, land_type text, facts text) RETURNS SETOF standard_fact
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000 ROWS 20
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    unknown text;
BEGIN
    SELECT string_agg(n.word, ', ') INTO unknown FROM regexp_split_to_table(btrim(facts), '\s+') AS n (word)
     WHERE NOT EXISTS (SELECT FROM fact_dictionary d WHERE d.fact = btrim(n.word, '~?!') AND (d.type = 'series') = (n.word LIKE '~%'));
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'the dictionary has no fact %', unknown USING ERRCODE = 'undefined_object',
            HINT = 'SELECT fact, type, label_en FROM inefficient_land.fact_dictionary lists them; other facts are written into standard_fact directly.';
    END IF;
    RETURN QUERY
        SELECT usual_fact.standard, usual_fact.land_type, d.fact, d.type, d.unit, d.level,
               CASE WHEN n.word LIKE '%!%' THEN 'complete_list' ELSE 'open' END, n.word NOT LIKE '%?%', d.department, d.label_en, d.label_zh, n.sequence::integer
          FROM regexp_split_to_table(btrim(facts), '\s+') WITH ORDINALITY AS n (word, sequence)
          JOIN fact_dictionary d ON d.fact = btrim(n.word, '~?!') AND (d.type = 'series') = (n.word LIKE '~%')
         ORDER BY n.sequence;
END
$function$;
COMMENT ON FUNCTION usual_fact(text, text, text) IS 'rows for standard_fact from the dictionary: facts = their names in order, separated by blanks; ? after a name: not required, ! after it: absence means no (complete list), ~ before it: the series of years. INSERT INTO survey.standard_fact SELECT * FROM usual_fact(''mine'', ''shop'', ''plot_ratio ~vacancy_rate heritage_kind?''). Errors: 42704 a name that the dictionary does not have. NULL for NULL: no rows';
