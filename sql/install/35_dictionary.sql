-- dictionary: code systems, land-use codes, words and colours
-- Every label, legend and colour that a person sees comes from here.

-- From here to the surveys nothing needs PostGIS: its schema leaves the path of the script.
SELECT pg_catalog.set_config('search_path', 'inefficient_land, pg_temp', true);

CREATE TABLE code_system (
    code     text PRIMARY KEY,
    label_en text NOT NULL,
    label_zh text NOT NULL,
    subject  text NOT NULL CHECK (subject IN ('land_use', 'industry', 'danger_grade', 'right'))
);
COMMENT ON TABLE code_system IS 'code systems: the same code means different things in different systems, so every code column stands beside the name of its system';
COMMENT ON COLUMN code_system.code IS 'name of the system as used in *_system columns';
COMMENT ON COLUMN code_system.label_en IS 'English name';
COMMENT ON COLUMN code_system.label_zh IS 'Chinese name';
COMMENT ON COLUMN code_system.subject IS 'what its codes describe';

INSERT INTO code_system (code, label_en, label_zh, subject) VALUES
    ('GB/T 21010-2017',  'Current land use classification (2017)', '土地利用现状分类(2017)', 'land_use'),
    ('third-survey',     'Working classification of the third national land survey', '第三次国土调查工作分类', 'land_use'),
    ('land-and-sea-2023','Land and sea use classification for planning (2023)', '国土空间调查、规划、用途管制用地用海分类(2023)', 'land_use'),
    ('GB 50137-2011',    'Urban land classification for planning (2011)', '城市用地分类与规划建设用地标准(2011)', 'land_use'),
    ('GB/T 4754-2002',   'Industrial classification (2002)', '国民经济行业分类(2002)', 'industry'),
    ('GB/T 4754-2011',   'Industrial classification (2011)', '国民经济行业分类(2011)', 'industry'),
    ('GB/T 4754-2017',   'Industrial classification (2017)', '国民经济行业分类(2017)', 'industry'),
    ('JGJ 125-2016',     'Danger grades of buildings', '危险房屋鉴定标准', 'danger_grade');

CREATE TABLE land_use_code (
    code_system text NOT NULL REFERENCES code_system,
    code        text NOT NULL,
    label_en    text NOT NULL,
    label_zh    text NOT NULL,
    family      text,
    PRIMARY KEY (code_system, code)
);
COMMENT ON TABLE land_use_code IS 'land-use codes with the family of the survey they belong to; a code that is absent here has no family and becomes a finding';
COMMENT ON COLUMN land_use_code.code_system IS 'code system of the code';
COMMENT ON COLUMN land_use_code.code IS 'the code as published';
COMMENT ON COLUMN land_use_code.label_en IS 'English name';
COMMENT ON COLUMN land_use_code.label_zh IS 'Chinese name';
COMMENT ON COLUMN land_use_code.family IS 'family: industry_warehouse, commerce_office, residence, facilities, roads_and_water, other; NULL = only a declaration of the survey can tell (parks 0810, vacant land 1201)';

CREATE TABLE label (
    topic    text NOT NULL,
    code     text NOT NULL,
    label_en text NOT NULL,
    label_zh text NOT NULL,
    colour   text CHECK (colour ~ '^#[0-9a-f]{6}$'),
    sequence integer NOT NULL,
    PRIMARY KEY (topic, code)
);
COMMENT ON TABLE label IS 'words in English and Chinese, and the colour where a map or chart shows the code; the only source of both';
COMMENT ON COLUMN label.topic IS 'what kind of code: verdict, class, family, severity, reason_family, problem_class, legacy_period, flag, indicator …';
COMMENT ON COLUMN label.code IS 'the code as stored in tables';
COMMENT ON COLUMN label.label_en IS 'English words';
COMMENT ON COLUMN label.label_zh IS 'Chinese words';
COMMENT ON COLUMN label.colour IS '#rrggbb, NULL where the code is never drawn';
COMMENT ON COLUMN label.sequence IS 'order in lists and legends';

CREATE FUNCTION label_text(topic text, code text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT coalesce((SELECT CASE current_setting('inefficient_land.language', true) WHEN 'zh' THEN l.label_zh ELSE l.label_en END
                       FROM label l WHERE l.topic = label_text.topic AND l.code = label_text.code),
                    label_text.code);
END;
COMMENT ON FUNCTION label_text(text, text) IS 'the words for a code in the language of inefficient_land.language; a code without words is returned as it is; NULL in, NULL out';

GRANT SELECT ON code_system, land_use_code, label TO PUBLIC;

-- Colours: Okabe and Ito's set for colour-blind readers, with greys.
INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('family', 'industry_warehouse', 'industry and warehouse', '工业仓储', '#cc79a7', 1),
    ('family', 'commerce_office',    'commerce and office',    '商业商办', '#d55e00', 2),
    ('family', 'residence',          'residence',              '居住',     '#f0e442', 3),
    ('family', 'facilities',         'facilities',             '设施',     '#0072b2', 4),
    ('family', 'roads_and_water',    'roads and water',        '道路水域', '#bdbdbd', 5),
    ('family', 'other',              'other',                  '其他',     '#969696', 6),
    ('verdict', 'inefficient',       'inefficient',            '低效',     '#d55e00', 1),
    ('verdict', 'exempt',            'exempt',                 '豁免',     '#56b4e9', 2),
    ('verdict', 'excluded',          'excluded',               '排除',     '#999999', 3),
    ('verdict', 'insufficient_data', 'insufficient data',      '资料不足', '#f0e442', 4),
    ('verdict', 'not_inefficient',   'not inefficient',        '非低效',   '#009e73', 5),
    ('class', 'determined',          'determined inefficient', '认定低效', '#a63603', 1),
    ('class', 'suspected',           'suspected inefficient',  '疑似低效', '#fdae6b', 2),
    ('class', 'exempt',              'exempt',                 '豁免',     '#56b4e9', 3),
    ('class', 'excluded',            'excluded',               '排除',     '#999999', 4),
    ('class', 'insufficient_data',   'insufficient data',      '资料不足', '#f0e442', 5),
    ('class', 'not_inefficient',     'not inefficient',        '非低效',   '#009e73', 6),
    ('class', 'not_judged',          'not judged',             '未评价',   '#e0e0e0', 7),
    ('flag', 'exemption_open',       'an exemption is still open', '豁免条件待核', NULL, 1),
    ('flag', 'exemption_candidate',  'may be exempted by decision', '可决定豁免', NULL, 2),
    ('flag', 'criterion_open',       'a criterion is still open', '认定条件待核', NULL, 3),
    ('flag', 'decision_contradicts_facts', 'a recorded exemption does not fit the facts', '豁免决定与事实不符', NULL, 4),
    ('flag', 'peer_fallback',       'a peer figure is of a wider group or a published value', '同类值取自更宽的分组或公布值', NULL, 5),
    ('severity', 'error',            'error',                  '错误',     NULL, 1),
    ('severity', 'warning',          'warning',                '警告',     NULL, 2),
    ('severity', 'note',             'note',                   '提示',     NULL, 3),
    ('stratum', 'surface',           'surface',                '地表',     NULL, 1),
    ('stratum', 'above',             'above ground',           '地上',     NULL, 2),
    ('stratum', 'below',             'below ground',           '地下',     NULL, 3);

-- Land-use codes on built-up land and what surrounds it.
INSERT INTO land_use_code (code_system, code, label_en, label_zh, family) VALUES
    ('GB/T 21010-2017', '0501', 'retail', '零售商业用地', 'commerce_office'),
    ('GB/T 21010-2017', '0502', 'wholesale market', '批发市场用地', 'commerce_office'),
    ('GB/T 21010-2017', '0503', 'catering', '餐饮用地', 'commerce_office'),
    ('GB/T 21010-2017', '0504', 'hotel', '旅馆用地', 'commerce_office'),
    ('GB/T 21010-2017', '0505', 'business and finance', '商务金融用地', 'commerce_office'),
    ('GB/T 21010-2017', '0506', 'entertainment', '娱乐用地', 'commerce_office'),
    ('GB/T 21010-2017', '0507', 'other commerce and service', '其他商服用地', 'commerce_office'),
    ('GB/T 21010-2017', '0601', 'industry', '工业用地', 'industry_warehouse'),
    ('GB/T 21010-2017', '0602', 'mining', '采矿用地', 'industry_warehouse'),
    ('GB/T 21010-2017', '0603', 'salt field', '盐田', 'other'),
    ('GB/T 21010-2017', '0604', 'storage', '仓储用地', 'industry_warehouse'),
    ('GB/T 21010-2017', '0701', 'urban housing', '城镇住宅用地', 'residence'),
    ('GB/T 21010-2017', '0702', 'rural homestead', '农村宅基地', 'residence'),
    ('GB/T 21010-2017', '0801', 'government', '机关团体用地', 'facilities'),
    ('GB/T 21010-2017', '0802', 'press and publishing', '新闻出版用地', 'facilities'),
    ('GB/T 21010-2017', '0803', 'education', '教育用地', 'facilities'),
    ('GB/T 21010-2017', '0804', 'research', '科研用地', 'facilities'),
    ('GB/T 21010-2017', '0805', 'medical', '医疗卫生用地', 'facilities'),
    ('GB/T 21010-2017', '0806', 'welfare', '社会福利用地', 'facilities'),
    ('GB/T 21010-2017', '0807', 'culture', '文化设施用地', 'facilities'),
    ('GB/T 21010-2017', '0808', 'sport', '体育用地', 'facilities'),
    ('GB/T 21010-2017', '0809', 'utilities', '公用设施用地', 'facilities'),
    ('GB/T 21010-2017', '0810', 'park and green', '公园与绿地', NULL),
    ('GB/T 21010-2017', '1001', 'railway', '铁路用地', 'roads_and_water'),
    ('GB/T 21010-2017', '1002', 'metro', '轨道交通用地', 'facilities'),
    ('GB/T 21010-2017', '1003', 'road', '公路用地', 'roads_and_water'),
    ('GB/T 21010-2017', '1004', 'urban or village road', '城镇村道路用地', 'roads_and_water'),
    ('GB/T 21010-2017', '1005', 'transport station', '交通服务场站用地', 'facilities'),
    ('GB/T 21010-2017', '1101', 'river', '河流水面', 'roads_and_water'),
    ('GB/T 21010-2017', '1107', 'ditch', '沟渠', 'roads_and_water'),
    ('GB/T 21010-2017', '1201', 'vacant land', '空闲地', NULL),
    ('third-survey', '05H1', 'commerce and service facilities', '商业服务业设施用地', 'commerce_office'),
    ('third-survey', '0508', 'logistics and storage', '物流仓储用地', 'industry_warehouse'),
    ('third-survey', '0601', 'industry', '工业用地', 'industry_warehouse'),
    ('third-survey', '0602', 'mining', '采矿用地', 'industry_warehouse'),
    ('third-survey', '0603', 'salt field', '盐田', 'other'),
    ('third-survey', '0701', 'urban housing', '城镇住宅用地', 'residence'),
    ('third-survey', '0702', 'rural homestead', '农村宅基地', 'residence'),
    ('third-survey', '08H1', 'government and press', '机关团体新闻出版用地', 'facilities'),
    ('third-survey', '08H2', 'science, education, culture and health', '科教文卫用地', 'facilities'),
    ('third-survey', '08H2A', 'higher education', '高教用地', 'facilities'),
    ('third-survey', '0809', 'utilities', '公用设施用地', 'facilities'),
    ('third-survey', '0810', 'park and green', '公园与绿地', NULL),
    ('third-survey', '0810A', 'square', '广场用地', NULL),
    ('third-survey', '09', 'special use', '特殊用地', 'other'),
    ('third-survey', '1001', 'railway', '铁路用地', 'roads_and_water'),
    ('third-survey', '1002', 'metro', '轨道交通用地', 'facilities'),
    ('third-survey', '1003', 'road', '公路用地', 'roads_and_water'),
    ('third-survey', '1004', 'urban or village road', '城镇村道路用地', 'roads_and_water'),
    ('third-survey', '1005', 'transport station', '交通服务场站用地', 'facilities'),
    ('third-survey', '1101', 'river', '河流水面', 'roads_and_water'),
    ('third-survey', '1201', 'vacant land', '空闲地', NULL),
    ('land-and-sea-2023', '0701', 'urban housing', '城镇住宅用地', 'residence'),
    ('land-and-sea-2023', '0702', 'community service', '城镇社区服务设施用地', 'facilities'),
    ('land-and-sea-2023', '0801', 'government', '机关团体用地', 'facilities'),
    ('land-and-sea-2023', '0802', 'research', '科研用地', 'facilities'),
    ('land-and-sea-2023', '0803', 'culture', '文化用地', 'facilities'),
    ('land-and-sea-2023', '0804', 'education', '教育用地', 'facilities'),
    ('land-and-sea-2023', '0805', 'sport', '体育用地', 'facilities'),
    ('land-and-sea-2023', '0806', 'medical', '医疗卫生用地', 'facilities'),
    ('land-and-sea-2023', '0807', 'welfare', '社会福利用地', 'facilities'),
    ('land-and-sea-2023', '0901', 'commerce', '商业用地', 'commerce_office'),
    ('land-and-sea-2023', '0902', 'business and finance', '商务金融用地', 'commerce_office'),
    ('land-and-sea-2023', '0903', 'entertainment', '娱乐用地', 'commerce_office'),
    ('land-and-sea-2023', '0904', 'other commerce', '其他商业服务业用地', 'commerce_office'),
    ('land-and-sea-2023', '1001', 'industry', '工业用地', 'industry_warehouse'),
    ('land-and-sea-2023', '1002', 'mining', '采矿用地', 'industry_warehouse'),
    ('land-and-sea-2023', '1003', 'salt field', '盐田', 'other'),
    ('land-and-sea-2023', '1101', 'logistics and storage', '物流仓储用地', 'industry_warehouse'),
    ('land-and-sea-2023', '1102', 'reserve storage', '储备库用地', 'industry_warehouse'),
    ('land-and-sea-2023', '1201', 'railway', '铁路用地', 'roads_and_water'),
    ('land-and-sea-2023', '1207', 'urban road', '城镇道路用地', 'roads_and_water'),
    ('land-and-sea-2023', '1208', 'transport station', '交通场站用地', 'facilities'),
    ('land-and-sea-2023', '1301', 'water supply', '供水用地', 'facilities'),
    ('land-and-sea-2023', '1401', 'park', '公园绿地', NULL),
    ('land-and-sea-2023', '1402', 'buffer green', '防护绿地', NULL),
    ('land-and-sea-2023', '1403', 'square', '广场用地', NULL),
    ('GB 50137-2011', 'R', 'residence', '居住用地', 'residence'),
    ('GB 50137-2011', 'A', 'public administration and service', '公共管理与公共服务用地', 'facilities'),
    ('GB 50137-2011', 'B', 'commerce and business', '商业服务业设施用地', 'commerce_office'),
    ('GB 50137-2011', 'B1', 'commerce', '商业用地', 'commerce_office'),
    ('GB 50137-2011', 'B2', 'business', '商务用地', 'commerce_office'),
    ('GB 50137-2011', 'M', 'industry', '工业用地', 'industry_warehouse'),
    ('GB 50137-2011', 'M1', 'industry, class 1', '一类工业用地', 'industry_warehouse'),
    ('GB 50137-2011', 'M2', 'industry, class 2', '二类工业用地', 'industry_warehouse'),
    ('GB 50137-2011', 'M3', 'industry, class 3', '三类工业用地', 'industry_warehouse'),
    ('GB 50137-2011', 'W', 'logistics and storage', '物流仓储用地', 'industry_warehouse'),
    ('GB 50137-2011', 'S', 'roads and transport', '道路与交通设施用地', 'roads_and_water'),
    ('GB 50137-2011', 'U', 'utilities', '公用设施用地', 'facilities'),
    ('GB 50137-2011', 'G', 'green and square', '绿地与广场用地', NULL);
