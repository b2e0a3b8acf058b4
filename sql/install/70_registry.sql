-- registry: two databases and one list – what the rules suspect, what the
-- authority determined, legacy land, problems – and the decisions themselves

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('not_judged', 'no_family',    'not judged: its use is unknown or belongs to no family', '未评价:用途不明或不属于任何类型', NULL, 1),
    ('not_judged', 'no_land_type', 'not judged: the standard has no rules for this use',    '未评价:标准未规定该用途的认定条件', NULL, 2),
    ('not_judged', 'no_run',       'not judged: not assessed yet',                          '未评价:尚未评估', NULL, 3),
    ('obstacle', 'blocking_finding', 'blocking finding', '存在须先处理的质检问题', NULL, 11),
    ('obstacle', 'unknown_area',     'land area unknown', '面积不明', NULL, 12),
    ('obstacle', 'missing_geometry', 'no geometry', '缺少图形', NULL, 13),
    ('obstacle', 'changed_since_run', 'changed since it was assessed (code or geometry)', '评价后编码或图形已变更', NULL, 14),
    ('legacy_period', 'undetermined', 'undetermined', '时段待定', '#bdbdbd', 99),
    ('action', 'determine', 'determined', '认定', NULL, 1),
    ('action', 'amend',     'amended',    '变更', NULL, 2),
    ('action', 'revoke',    'revoked',    '撤销', NULL, 3),
    ('problem_class', 'ownership_dispute',    'ownership dispute',      '权属争议',   NULL, 1),
    ('problem_class', 'missing_approval',     'missing approval',       '缺少审批手续', NULL, 2),
    ('problem_class', 'missing_registration', 'missing registration',   '未办登记',   NULL, 3),
    ('problem_class', 'use_change',           'use differs from right', '擅自改变用途', NULL, 4),
    ('problem_class', 'plan_conflict',        'plan gap or conflict',   '规划空白或冲突', NULL, 5),
    ('problem_class', 'mortgage_or_seizure',  'mortgage or seizure',    '抵押查封',   NULL, 6),
    ('problem_class', 'compensation',         'compensation',           '补偿',       NULL, 7),
    ('problem_class', 'funding',              'funding',                '资金',       NULL, 8),
    ('problem_class', 'pollution',            'pollution',              '污染',       NULL, 9),
    ('problem_class', 'heritage_constraint',  'heritage constraint',    '历史文化保护', NULL, 10),
    ('problem_class', 'safety',               'safety',                 '安全',       NULL, 11),
    ('problem_class', 'data_conflict',        'conflicting data',       '数据冲突',   NULL, 12),
    ('problem_class', 'other',                'other',                  '其他',       NULL, 13);

-- names of columns that only views have
INSERT INTO label (topic, code, label_en, label_zh, sequence)
SELECT 'column', v.code, v.label_en, v.label_zh, 1000 + row_number() OVER ()
  FROM (VALUES
    ('action_en', 'action, English', '认定动作(英文)'),
    ('action_zh', 'action, Chinese', '认定动作(中文)'),
    ('additive', 'adds up to the total', '是否计入合计'),
    ('area_code', 'code of the area', '片区代码'),
    ('area_name_en', 'name of the area, English', '片区名称(英文)'),
    ('area_name_zh', 'name of the area, Chinese', '片区名称(中文)'),
    ('layer_parcel.class', 'class on the map', '分类'),
    ('layer_building.class', 'class on the map', '分类'),
    ('class_en', 'class, English', '分类(英文)'),
    ('class_zh', 'class, Chinese', '分类(中文)'),
    ('colour', 'colour of the class', '分类颜色'),
    ('_parcel_account.counted', 'area that indicators divide by', '指标计算面积'),
    ('_parcel_account.parts', 'area of the parts', '各部分面积之和'),
    ('_parcel_account.surveyed', 'area by coordinates', '实测面积'),
    ('_parcel_account.overlap', 'half of the area shared with other parcels', '重叠面积的一半'),
    ('determination_id', 'determination', '认定记录'),
    ('determined_hectares', 'determined inefficient, hectares', '认定低效面积(公顷)'),
    ('determined_parcels', 'parcels determined inefficient', '认定低效宗数'),
    ('rule_en', 'what is wrong in short, English', '问题名称(英文)'),
    ('rule_zh', 'what is wrong in short, Chinese', '问题名称(中文)'),
    ('difference', 'difference to the current run', '与最新评价的差异代码'),
    ('difference_en', 'difference to the current run, English', '与最新评价的差异(英文)'),
    ('difference_zh', 'difference to the current run, Chinese', '与最新评价的差异(中文)'),
    ('exceeding', 'floor area beyond the plan', '超出规划的建筑面积'),
    ('exceeding_floor_area', 'floor area beyond the plan where the potential is known, m²', '超出规划的建筑面积（潜力已知部分，㎡）'),
    ('plot_ratio_coverage', 'share of the land behind the plot ratio', '容积率数据覆盖率'),
    ('vacancy_rate_coverage', 'share of the land behind the vacancy rate', '空置率数据覆盖率'),
    ('output_per_hectare_coverage', 'share of the land behind output per hectare', '地均产出数据覆盖率'),
    ('tax_per_mu_coverage', 'share of the land behind tax per mu', '亩均税收数据覆盖率'),
    ('excluded_hectares', 'excluded, hectares', '排除面积(公顷)'),
    ('exempt_hectares', 'exempt, hectares', '豁免面积(公顷)'),
    ('existing', 'existing floor area', '现状建筑面积'),
    ('existing_floor_area', 'existing floor area where the potential is known, m²', '现状建筑面积(潜力已知部分,㎡)'),
    ('families', 'number of families on the parcel', '用途类型数'),
    ('family_en', 'family, English', '类型(英文)'),
    ('family_zh', 'family, Chinese', '类型(中文)'),
    ('family_percent', 'share of the family, percent', '占本类型比例(%)'),
    ('findings', 'number of findings', '质检问题数'),
    ('first_reason', 'first reason code', '首要理由代码'),
    ('hectares', 'hectares', '面积(公顷)'),
    ('inefficient_percent', 'inefficient (determined or suspected), percent', '低效占比(%)'),
    ('insufficient_data_hectares', 'insufficient data, hectares', '资料不足面积(公顷)'),
    ('knowledge', 'whether the potential is known', '潜力是否已知'),
    ('known_hectares', 'hectares with known potential', '潜力已知面积(公顷)'),
    ('known_parcels', 'parcels with known potential', '潜力已知宗数'),
    ('line', 'kind of line', '行类别'),
    ('mu', 'mu', '面积(亩)'),
    ('new_land_area', 'land area in the current run', '最新评价面积'),
    ('new_reason_en', 'reason in the current run, English', '最新评价理由(英文)'),
    ('new_reason_zh', 'reason in the current run, Chinese', '最新评价理由(中文)'),
    ('new_run_id', 'current run', '最新评价批次'),
    ('new_verdict', 'verdict of the current run', '最新评价结论'),
    ('new_verdict_en', 'verdict of the current run, English', '最新评价结论(英文)'),
    ('new_verdict_zh', 'verdict of the current run, Chinese', '最新评价结论(中文)'),
    ('no_floor_area_hectares', 'of which floor area unknown, hectares', '其中建筑面积不明(公顷)'),
    ('no_plan_limit_hectares', 'of which plan limit unknown, hectares', '其中规划指标不明(公顷)'),
    ('not_inefficient_hectares', 'not inefficient, hectares', '非低效面积(公顷)'),
    ('not_judged_hectares', 'not judged, hectares', '未评价面积(公顷)'),
    ('obstacle', 'open points, codes', '未决事项代码'),
    ('obstacle_en', 'open points, English', '未决事项(英文)'),
    ('obstacle_zh', 'open points, Chinese', '未决事项(中文)'),
    ('only_this_hectares', 'undecided for want of this fact alone, hectares', '仅缺此项的待定面积(公顷)'),
    ('only_this_parcels', 'parcels undecided for want of this fact alone', '仅缺此项的待定宗数'),
    ('overridden', 'open points decided in spite of', '认定时的未决事项'),
    ('parcel_name', 'name of the parcel', '宗地名称'),
    ('parcels', 'parcels', '宗数'),
    ('parcels_without_area', 'of which without known area', '其中面积不明宗数'),
    ('period_en', 'period, English', '历史遗留时段(英文)'),
    ('period_zh', 'period, Chinese', '历史遗留时段(中文)'),
    ('planned', 'floor area the plan allows', '规划允许建筑面积'),
    ('planned_floor_area', 'floor area the plan allows where the potential is known, m²', '规划允许建筑面积(潜力已知部分,㎡)'),
    ('potential', 'potential floor area', '潜力建筑面积'),
    ('potential_floor_area', 'potential floor area, m²', '潜力建筑面积(㎡)'),
    ('problem_class', 'class of the problem', '问题类别代码'),
    ('problem_class_en', 'class of the problem, English', '问题类别(英文)'),
    ('problem_class_zh', 'class of the problem, Chinese', '问题类别(中文)'),
    ('public_message_en', 'what is wrong where the row is not confidential, English', '问题说明(可公开,英文)'),
    ('public_message_zh', 'what is wrong where the row is not confidential, Chinese', '问题说明(可公开,中文)'),
    ('ready', 'ready to be determined in bulk', '可批量认定'),
    ('reason_family_en', 'group of the first reason, English', '首要理由类别(英文)'),
    ('reason_family_zh', 'group of the first reason, Chinese', '首要理由类别(中文)'),
    ('share_percent', 'share of the control area, percent', '占控制面积比例(%)'),
    ('subdistrict_name', 'name of the subdistrict', '街道名称'),
    ('suspected_hectares', 'suspected inefficient, hectares', '疑似低效面积(公顷)'),
    ('suspected_parcels', 'parcels suspected inefficient', '疑似低效宗数'),
    ('undecided_hectares', 'undecided, hectares', '待定面积(公顷)'),
    ('undecided_parcels', 'undecided parcels', '待定宗数'),
    ('unknown_hectares', 'hectares with unknown potential', '潜力不明面积(公顷)'),
    ('unknown_parcels', 'parcels with unknown potential', '潜力不明宗数'),
    ('vacancy_year', 'year of the vacancy', '空置数据年度'),
    ('verdict_id', 'verdict', '评价结论记录')
  ) AS v (code, label_en, label_zh);

CREATE FUNCTION _land_class(determined boolean, verdict text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN CASE WHEN determined THEN 'determined'
            WHEN verdict = 'inefficient' THEN 'suspected'
            ELSE coalesce(verdict, 'not_judged') END;
COMMENT ON FUNCTION _land_class(boolean, text) IS 'class on maps and in reports: determined (认定) where a determination stands, suspected (疑似) where the rules alone say inefficient, not_judged without verdict, else the verdict';

-- The views bind to these, so that nothing but our schema and the survey is on the path
-- that they are created by.
CREATE FUNCTION _drawn_area(geom geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
RETURN ST_Area(geom);
COMMENT ON FUNCTION _drawn_area(geometry) IS 'planar area in square units of the geometry as it is drawn, however bad it is; NULL in, NULL out';

CREATE FUNCTION _is_empty(geom geometry) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN ST_IsEmpty(geom);
COMMENT ON FUNCTION _is_empty(geometry) IS 'whether the geometry is empty; NULL in, NULL out';

CREATE FUNCTION _counted_area(area double precision) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN CASE WHEN area >= 0::double precision AND area < 'Infinity' THEN round(area::numeric, 2) END;
COMMENT ON FUNCTION _counted_area(double precision) IS 'an area as reports count it: 0.01 m², decimal, so that printed rows add up to the printed total; NULL for what is no area (negative, NaN, infinite)';

CREATE FUNCTION _date_range(on_date date, date_precision text, OUT from_date date, OUT to_date date)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT s.first_day, (s.first_day + s.step)::date
      FROM (SELECT CASE WHEN u.unit = 'day' THEN on_date ELSE date_trunc(u.unit, on_date::timestamp)::date END AS first_day,
                   CASE u.unit WHEN 'day' THEN interval '1 day' WHEN 'month' THEN interval '1 month'
                               WHEN 'year' THEN interval '1 year' WHEN 'decade' THEN interval '10 years' END AS step
              FROM (SELECT coalesce(date_precision, 'day') AS unit) u
             WHERE u.unit IN ('day', 'month', 'year', 'decade') AND on_date BETWEEN '0001-01-01' AND '9999-12-31') s;
END;
COMMENT ON FUNCTION _date_range(date, text) IS 'the days a date of the given precision (day, month, year, decade; NULL counts as day) may mean, half-open [from_date, to_date); NULL for an unknown date or precision, and for dates outside the years 1 to 9999';

CREATE PROCEDURE _create_registry_views(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
BEGIN
    PERFORM _enter_survey(survey, creating => true);
    EXECUTE $ddl$
CREATE VIEW _subdistrict WITH (security_invoker = true) AS
SELECT u.id, _trimmed_code(u.code) AS code, u.name, u.control_area, u.geom
  FROM admin_unit u
 WHERE _trimmed_code(u.level) = 'subdistrict' AND _trimmed_code(u.code) IS NOT NULL;
COMMENT ON VIEW _subdistrict IS 'subdistricts by code, blanks around codes ignored';

CREATE VIEW current_finding WITH (security_invoker = true) AS
SELECT f.id, f.run_id, f.rule, r.label_en AS rule_en, r.label_zh AS rule_zh, f.severity, f.blocking, f.doubtful,
       f.table_name, f.row_id, f.row_code, f.subdistrict, f.parcel_id,
       coalesce(f.public_message_en, concat(coalesce(t.label_en, f.table_name), ' ', coalesce(f.row_code, 'id ' || f.row_id), ': ', r.label_en)) AS message_en,
       coalesce(f.public_message_zh, concat(coalesce(t.label_zh, f.table_name), ' ', coalesce(f.row_code, 'id ' || f.row_id), '：', r.label_zh)) AS message_zh,
       f.advice_en, f.advice_zh, f.geom
  FROM finding f
  LEFT JOIN label r ON r.topic = 'finding' AND r.code = f.rule
  LEFT JOIN label t ON t.topic = 'table' AND t.code = f.table_name
 WHERE f.until_run IS NULL;
COMMENT ON VIEW current_finding IS 'what is wrong now (现有质检问题): the findings of the current run and those of resolve_keys. Where the message may give a confidential value away, the name of the rule stands for it; table finding has it in full';

CREATE VIEW _standing_determination WITH (security_invoker = true) AS
SELECT d.*
  FROM determination d
 WHERE d.action <> 'revoke' AND NOT EXISTS (SELECT FROM determination s WHERE s.previous_id = d.id);
COMMENT ON VIEW _standing_determination IS 'determinations that stand: neither revoked nor replaced by a later row';

CREATE VIEW _matching_determination WITH (security_invoker = true) AS
SELECT d.*
  FROM _standing_determination d
 WHERE NOT EXISTS (SELECT FROM parcel p WHERE p.id = d.parcel_id AND _trimmed_code(p.code) IS DISTINCT FROM _trimmed_code(d.parcel_code));
COMMENT ON VIEW _matching_determination IS 'determinations that stand for the parcel which has their id now: the code is the same. What was loaded anew under an id that another parcel had is not determined; report_redetermination lists the difference';

CREATE VIEW _part WITH (security_invoker = true) AS
SELECT (SELECT max(r.id) FROM run r) AS run_id, i.parcel_id, i.family, i.land_type, i.parcel_code, i.subdistrict, i.stratum, i.family_area AS land_area,
       v.id AS verdict_id, d.id AS determination_id, v.verdict,
       _land_class(d.id IS NOT NULL, v.verdict) AS class,
       coalesce(d.standard, v.standard) AS standard, coalesce(d.reasons, v.reasons) AS reasons,
       coalesce(d.reason_en, v.reason_en) AS reason_en, coalesce(d.reason_zh, v.reason_zh) AS reason_zh,
       v.missing, v.flags, v.route
  FROM parcel_indicator i
  LEFT JOIN verdict v ON v.until_run IS NULL AND v.parcel_id = i.parcel_id AND v.family = i.family
  LEFT JOIN _matching_determination d ON d.parcel_id = i.parcel_id AND d.family = i.family
 WHERE i.until_run IS NULL;
COMMENT ON VIEW _part IS 'parts of parcels by family in the current run, with verdict and standing determination';

CREATE VIEW parcel_outcome WITH (security_invoker = true) AS
SELECT t.parcel_id, t.family, t.run_id, t.land_type, t.parcel_code, t.subdistrict, t.stratum, t.land_area, t.class, t.verdict,
       t.standard, t.reasons, t.reason_en, t.reason_zh, t.missing, t.flags, t.route, t.verdict_id, t.determination_id
  FROM _part t
UNION ALL
SELECT p.id, NULL, CASE WHEN m.parcel_id IS NOT NULL THEN (SELECT max(r.id) FROM run r) END, NULL, p.code, _trimmed_code(p.subdistrict), coalesce(_trimmed_code(p.stratum), 'surface'),
       CASE WHEN m.parcel_id IS NULL THEN p.registered_area ELSE m.land_area END, 'not_judged', NULL,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM parcel p
  LEFT JOIN parcel_measure m ON m.until_run IS NULL AND m.parcel_id = p.id
 WHERE NOT EXISTS (SELECT FROM parcel_indicator i WHERE i.until_run IS NULL AND i.parcel_id = p.id);
COMMENT ON VIEW parcel_outcome IS 'outcome of every part of a parcel (each parcel and family of the current run; family NULL: use unknown or not assessed), with its class (各宗地各类型的结果)';

CREATE VIEW suspected_land WITH (security_invoker = true) AS
SELECT v.id, v.parcel_id, coalesce(p.code, i.parcel_code) AS parcel_code, p.name, p.address, p.holder, v.subdistrict,
       (SELECT min(u.name) FROM _subdistrict u WHERE u.code = v.subdistrict) AS subdistrict_name,
       v.family, f.label_en AS family_en, f.label_zh AS family_zh, v.land_type, i.stratum,
       v.land_area, _report_hectares(_counted_area(v.land_area))::double precision AS hectares, _report_mu(_counted_area(v.land_area))::double precision AS mu,
       v.reasons, v.reason_en, v.reason_zh, v.missing, v.flags,
       o.codes IS NULL AS ready, coalesce(o.codes, '{}') AS obstacle, o.words_en AS obstacle_en, o.words_zh AS obstacle_zh,
       v.standard, v.standard_version, (SELECT max(r.id) FROM run r) AS run_id, p.geom
  FROM verdict v
  LEFT JOIN parcel_indicator i ON i.until_run IS NULL AND i.parcel_id = v.parcel_id AND i.family = v.family
  LEFT JOIN parcel p ON p.id = v.parcel_id
  LEFT JOIN parcel_measure m ON m.until_run IS NULL AND m.parcel_id = v.parcel_id
  LEFT JOIN label f ON f.topic = 'family' AND f.code = v.family
 CROSS JOIN LATERAL (
    SELECT array_agg(c.code ORDER BY l.sequence, c.code COLLATE "C") AS codes,
           string_agg(concat_ws(': ', coalesce(l.label_en, c.code), c.detail_en), '; ' ORDER BY l.sequence, c.code COLLATE "C") AS words_en,
           string_agg(concat_ws(':', coalesce(l.label_zh, c.code), c.detail_zh), ';' ORDER BY l.sequence, c.code COLLATE "C") AS words_zh
      FROM (SELECT g.flag AS code, NULL::text AS detail_en, NULL::text AS detail_zh FROM unnest(v.flags) AS g (flag)
            UNION ALL
            SELECT 'blocking_finding', string_agg(DISTINCT coalesce(w.label_en, b.rule), ', '), string_agg(DISTINCT coalesce(w.label_zh, b.rule), '、')
              FROM finding b
              LEFT JOIN label w ON w.topic = 'finding' AND w.code = b.rule
             WHERE b.parcel_id = v.parcel_id AND b.blocking AND b.until_run IS NULL
            HAVING count(*) > 0
            UNION ALL
            SELECT 'unknown_area', NULL, NULL WHERE v.land_area IS NULL
            UNION ALL
            SELECT 'missing_geometry', NULL, NULL WHERE p.geom IS NULL OR _is_empty(p.geom)
            UNION ALL
            SELECT 'changed_since_run', NULL, NULL
             WHERE p.id IS NOT NULL
               AND (m.parcel_id IS NOT NULL AND m.shape IS DISTINCT FROM _shape_digest(p.geom)
                    OR i.parcel_id IS NOT NULL AND _trimmed_code(i.parcel_code) IS DISTINCT FROM _trimmed_code(p.code))) c
      LEFT JOIN label l ON l.topic IN ('flag', 'obstacle') AND l.code = c.code) o
 WHERE v.verdict = 'inefficient' AND v.until_run IS NULL
   AND NOT EXISTS (SELECT FROM _matching_determination d WHERE d.parcel_id = v.parcel_id AND d.family = v.family);
COMMENT ON VIEW suspected_land IS 'suspected inefficient land (疑似低效用地): what the rules of the current run find and no authority has determined yet; ready = determine would take it in bulk';

CREATE VIEW inefficient_land WITH (security_invoker = true) AS
SELECT d.id, d.parcel_id, d.parcel_code, d.subdistrict,
       (SELECT min(u.name) FROM _subdistrict u WHERE u.code = _trimmed_code(d.subdistrict)) AS subdistrict_name,
       d.family, f.label_en AS family_en, f.label_zh AS family_zh,
       d.land_area, _report_hectares(_counted_area(d.land_area))::double precision AS hectares, _report_mu(_counted_area(d.land_area))::double precision AS mu,
       d.reasons, d.reason_en, d.reason_zh, d.decided_by, d.document_number, d.decided_on,
       d.action, a.label_en AS action_en, a.label_zh AS action_zh, d.previous_id, d.overridden, d.note,
       d.standard, d.standard_version, d.run_id, d.recorded_by, d.recorded_at, d.geom
  FROM _standing_determination d
  LEFT JOIN label f ON f.topic = 'family' AND f.code = d.family
  LEFT JOIN label a ON a.topic = 'action' AND a.code = d.action;
COMMENT ON VIEW inefficient_land IS 'database of inefficient land (低效用地数据库): determined (认定) and not revoked, from the decision''s own copy of geometry, area and reasons';

CREATE VIEW _legacy_period WITH (security_invoker = true) AS
WITH current AS (SELECT split_part(r.standard, '/', 1) AS standard FROM run r WHERE r.id = (SELECT max(m.id) FROM run m))
SELECT p.period, p.from_date, p.to_date, p.label_en, p.label_zh, p.treatment_en, p.treatment_zh
  FROM standard_legacy_period p JOIN current c ON p.standard = c.standard
UNION ALL
SELECT p.period, p.from_date, p.to_date, p.label_en, p.label_zh, p.treatment_en, p.treatment_zh
  FROM inefficient_land.standard_legacy_period p JOIN current c ON p.standard = c.standard
 WHERE NOT EXISTS (SELECT FROM standard s WHERE s.code = c.standard);
COMMENT ON VIEW _legacy_period IS 'periods of legacy land in the standard of the current run';

CREATE VIEW legacy_land WITH (security_invoker = true) AS
SELECT c.id, c.code, c.parcel_id, c.parcel_code, c.subdistrict,
       (SELECT min(u.name) FROM _subdistrict u WHERE u.code = _trimmed_code(c.subdistrict)) AS subdistrict_name,
       c.use_began_on, c.date_precision, coalesce(p.period, 'undetermined') AS period,
       coalesce(p.label_en, n.label_en) AS period_en, coalesce(p.label_zh, n.label_zh) AS period_zh,
       p.treatment_en, p.treatment_zh,
       coalesce(c.area, _counted_area(_drawn_area(c.geom))::double precision) AS land_area,
       _report_hectares(_counted_area(coalesce(c.area, _drawn_area(c.geom))))::double precision AS hectares,
       _report_mu(_counted_area(coalesce(c.area, _drawn_area(c.geom))))::double precision AS mu,
       c.second_survey_class, c.third_survey_class, c.evidence, c.approval_number, c.punishment_number, c.conforms_to_plan, c.status, c.geom
  FROM legacy_case c
  LEFT JOIN LATERAL (
    SELECT min(q.period) AS period, min(q.label_en) AS label_en, min(q.label_zh) AS label_zh,
           min(q.treatment_en) AS treatment_en, min(q.treatment_zh) AS treatment_zh
      FROM _date_range(c.use_began_on, c.date_precision) d
      JOIN _legacy_period q ON (q.from_date IS NULL OR q.from_date < d.to_date) AND (q.to_date IS NULL OR d.from_date < q.to_date)
     WHERE d.from_date IS NOT NULL
    HAVING count(*) = 1 AND bool_and((q.from_date IS NULL OR q.from_date <= d.from_date) AND (q.to_date IS NULL OR d.to_date <= q.to_date))) p ON true
  LEFT JOIN label n ON n.topic = 'legacy_period' AND n.code = 'undetermined' AND p.period IS NULL;
COMMENT ON VIEW legacy_land IS 'database of historical-legacy land (历史遗留用地数据库): every case with the period its use began in; undetermined where the date is unknown or its precision spans a boundary. Treatments are suggestions of the standard (建议), not decisions';

CREATE VIEW problem_list WITH (security_invoker = true) AS
SELECT q.id, q.code, q.parcel_id, q.parcel_code, p.name AS parcel_name, q.subdistrict,
       (SELECT min(u.name) FROM _subdistrict u WHERE u.code = _trimmed_code(q.subdistrict)) AS subdistrict_name,
       q.class AS problem_class, coalesce(l.label_en, q.class) AS problem_class_en, coalesce(l.label_zh, q.class) AS problem_class_zh,
       q.description, q.demand, q.policy_asked, q.department, q.level, q.found_on, q.due_on, q.status, q.resolution, p.geom
  FROM problem q
  LEFT JOIN parcel p ON p.id = q.parcel_id
  LEFT JOIN label l ON l.topic = 'problem_class' AND l.code = q.class;
COMMENT ON VIEW problem_list IS 'problem list (问题清单): what stands in the way and what owners ask for';
$ddl$;
END
$procedure$;
COMMENT ON PROCEDURE _create_registry_views(name) IS 'creates the two databases and the list as views of a new survey';

-- decisions

CREATE FUNCTION _named_parcels(survey name, parcel_code text[], parcel_id integer[]) RETURNS integer[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    bad record;
BEGIN
    PERFORM _enter_survey(survey);
    IF array_position(_named_parcels.parcel_code, NULL) IS NOT NULL OR array_position(_named_parcels.parcel_id, NULL) IS NOT NULL THEN
        RAISE EXCEPTION '% contains null', CASE WHEN array_position(_named_parcels.parcel_id, NULL) IS NULL THEN 'parcel_code' ELSE 'parcel_id' END
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT n.code, (SELECT count(*) FROM parcel p WHERE p.code = n.code) AS n INTO bad
      FROM unnest(_named_parcels.parcel_code) AS n (code)
     WHERE (SELECT count(*) FROM parcel p WHERE p.code = n.code) <> 1
     LIMIT 1;
    IF bad.n = 0 THEN
        RAISE EXCEPTION 'no parcel has the code "%"', bad.code USING ERRCODE = 'no_data_found',
            HINT = format('SELECT parcel_code FROM %I.suspected_land lists what can be determined.', survey);
    ELSIF bad.n > 1 THEN
        RAISE EXCEPTION '% parcels have the code "%"', bad.n, bad.code USING ERRCODE = 'ambiguous_parameter',
            HINT = 'Name the parcel by parcel_id, or remove the duplicate first.';
    END IF;
    SELECT n.id INTO bad FROM unnest(_named_parcels.parcel_id) AS n (id) WHERE NOT EXISTS (SELECT FROM parcel p WHERE p.id = n.id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'no parcel has the id %', bad.id USING ERRCODE = 'no_data_found';
    END IF;
    RETURN ARRAY(SELECT p.id FROM parcel p WHERE p.code = ANY (_named_parcels.parcel_code) OR p.id = ANY (_named_parcels.parcel_id));
END
$function$;
COMMENT ON FUNCTION _named_parcels(name, text[], integer[]) IS 'ids of the parcels named by code or id; errors: P0002 no such parcel, 42P08 several parcels of one code, 22004 NULL among the names';

CREATE PROCEDURE _refuse_undeterminable(survey name, parcel_id integer[], family text, note text)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
#variable_conflict use_column
DECLARE
    bad record;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT p.code, o.class, o.family, d.document_number, d.decided_by INTO bad
      FROM unnest(_refuse_undeterminable.parcel_id) AS n (id)
      JOIN parcel p ON p.id = n.id
      LEFT JOIN parcel_outcome o ON o.parcel_id = n.id AND (o.family = _refuse_undeterminable.family OR _refuse_undeterminable.family IS NULL)
      LEFT JOIN label c ON c.topic = 'class' AND c.code = o.class
      LEFT JOIN determination d ON d.id = o.determination_id
     WHERE NOT EXISTS (SELECT FROM suspected_land s
                        WHERE s.parcel_id = n.id AND (s.family = _refuse_undeterminable.family OR _refuse_undeterminable.family IS NULL))
     ORDER BY n.id, c.sequence
     LIMIT 1;
    IF FOUND AND bad.class = 'determined' THEN
        RAISE EXCEPTION 'parcel "%" is already determined as % by %', bad.code, bad.family, concat_ws(', ', bad.decided_by, bad.document_number)
            USING ERRCODE = 'unique_violation', HINT = 'Change it by amend_determination, or end it by revoke_determination.';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'parcel "%" is not suspected%: %', bad.code, coalesce(' as ' || _refuse_undeterminable.family, ''),
            CASE WHEN bad.class IS NULL THEN 'it has no such part' ELSE 'its class is ' || bad.class END
            USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = format('Only what the current run finds inefficient can be determined: SELECT * FROM %I.suspected_land.', survey);
    END IF;
    SELECT s.parcel_code, s.family, s.obstacle_en INTO bad
      FROM suspected_land s
     WHERE s.parcel_id = ANY (_refuse_undeterminable.parcel_id) AND (s.family = _refuse_undeterminable.family OR _refuse_undeterminable.family IS NULL)
       AND NOT s.ready
     ORDER BY s.parcel_code COLLATE "C", s.family COLLATE "C"
     LIMIT 1;
    IF FOUND AND coalesce(btrim(_refuse_undeterminable.note), '') = '' THEN
        RAISE EXCEPTION 'parcel "%" (%) has open points: %', bad.parcel_code, bad.family, bad.obstacle_en
            USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Settle them and assess again, or decide in spite of them and say why in note.';
    END IF;
END
$procedure$;
COMMENT ON PROCEDURE _refuse_undeterminable(name, integer[], text, text) IS 'error for named parcels that are already determined (23505), not suspected (55000), or have open points and no note says why they are decided all the same (55000)';

CREATE FUNCTION _refuse_rewrite() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION 'determinations are not changed or deleted' USING ERRCODE = 'object_not_in_prerequisite_state',
        DETAIL = 'Each row records what an authority decided on that day.',
        HINT = 'CALL inefficient_land.amend_determination(…) or revoke_determination(…) adds a row that follows it.';
END
$function$;
COMMENT ON FUNCTION _refuse_rewrite() IS 'trigger: determinations are only ever added to (55000)';

CREATE FUNCTION _check_decision(survey name, decided_by text, decided_on date) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey), _require_right(survey, 'determination', 'determine');
    IF decided_by IS NULL OR btrim(decided_by) = '' THEN
        RAISE EXCEPTION 'decided_by must not be %', CASE WHEN decided_by IS NULL THEN 'null' ELSE 'empty' END USING ERRCODE = 'null_value_not_allowed',
            HINT = 'Name the authority that decides: software suspects (疑似), an authority determines (认定).';
    END IF;
    IF decided_on > current_date OR decided_on = '-infinity' THEN
        RAISE EXCEPTION 'decided_on is %, which is not a day up to today', decided_on USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Give the date of the decision, or leave it out until there is one and amend.';
    END IF;
    IF decided_on < (SELECT r.as_of FROM run r ORDER BY r.id DESC LIMIT 1) THEN
        RAISE WARNING 'decided_on % is before the reference date of the current run', decided_on
            USING HINT = 'The facts it rests on are those of the run. Check the date.';
    END IF;
END
$function$;
COMMENT ON FUNCTION _check_decision(name, text, date) IS 'error 22004 unless the deciding authority is named, 22023 for a date after today, 3F000 for an unknown survey, 42501 for who may not determine; a warning for a date before the as_of of the current run';

CREATE PROCEDURE determine(survey name DEFAULT NULL, decided_by text DEFAULT NULL, document_number text DEFAULT NULL, decided_on date DEFAULT NULL, parcel_code text[] DEFAULT NULL, parcel_id integer[] DEFAULT NULL, family text DEFAULT NULL, subdistrict text[] DEFAULT NULL, note text DEFAULT NULL, INOUT determined integer DEFAULT NULL, INOUT skipped integer DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
#variable_conflict use_column
DECLARE
    bulk boolean := determine.parcel_code IS NULL AND determine.parcel_id IS NULL;
    chosen integer[];
    why text;
BEGIN
    PERFORM _check_decision(survey, determine.decided_by, determine.decided_on);
    PERFORM _enter_survey(survey);
    IF NOT (EXISTS (SELECT FROM run)) THEN
        RAISE EXCEPTION 'survey "%" has not been assessed', survey USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = format('CALL inefficient_land.assess(%L, standard => …, as_of => …) finds what can be determined.', survey);
    END IF;
    IF determine.family IS NOT NULL AND NOT EXISTS (SELECT FROM label l WHERE l.topic = 'family' AND l.code = determine.family)
       AND NOT EXISTS (SELECT FROM parcel_indicator i WHERE i.family = determine.family) THEN
        RAISE EXCEPTION 'unknown family "%"', determine.family USING ERRCODE = 'invalid_parameter_value',
            HINT = (SELECT format('Families are %s.', string_agg(l.code, ', ' ORDER BY l.sequence)) FROM label l WHERE l.topic = 'family');
    END IF;
    SELECT min(w.code) INTO why FROM unnest(determine.subdistrict) AS w (code)
     WHERE NOT EXISTS (SELECT FROM _subdistrict u WHERE u.code = w.code);
    IF NOT bulk AND determine.subdistrict IS NOT NULL OR why IS NOT NULL THEN
        RAISE EXCEPTION '%', CASE WHEN bulk THEN format('unknown subdistrict "%s"', why) ELSE 'parcels and subdistricts are both named' END
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Name parcels, or the codes of subdistricts in table admin_unit to determine what is ready there.';
    END IF;
    IF NOT bulk THEN
        chosen := _named_parcels(survey, determine.parcel_code, determine.parcel_id);
        CALL _refuse_undeterminable(survey, chosen, determine.family, determine.note);
    END IF;

    SELECT count(*), string_agg(DISTINCT s.obstacle_en, '; ') INTO skipped, why
      FROM suspected_land s
     WHERE bulk AND NOT s.ready AND (determine.family IS NULL OR s.family = determine.family)
       AND (determine.subdistrict IS NULL OR s.subdistrict = ANY (determine.subdistrict));
    BEGIN
        WITH revoked AS MATERIALIZED (
            SELECT d.id, d.parcel_id, d.parcel_code, d.family FROM determination d
             WHERE d.action = 'revoke' AND NOT EXISTS (SELECT FROM determination n WHERE n.previous_id = d.id)
        ), chosen_land AS MATERIALIZED (
            SELECT s.* FROM suspected_land s
             WHERE (CASE WHEN bulk THEN s.ready ELSE s.parcel_id = ANY (chosen) END) AND (determine.family IS NULL OR s.family = determine.family)
               AND (determine.subdistrict IS NULL OR s.subdistrict = ANY (determine.subdistrict)))
        INSERT INTO determination (parcel_id, parcel_code, subdistrict, family, action, previous_id, run_id, standard, standard_version,
                                   reasons, reason_en, reason_zh, decided_by, document_number, decided_on, note, overridden, land_area, geom)
        SELECT s.parcel_id, s.parcel_code, s.subdistrict, s.family, 'determine', r.id, s.run_id, s.standard, s.standard_version,
               s.reasons, s.reason_en, s.reason_zh, btrim(determine.decided_by), determine.document_number, determine.decided_on, determine.note,
               s.obstacle, s.land_area, s.geom
          FROM chosen_land s LEFT JOIN revoked r ON r.parcel_id = s.parcel_id AND r.family = s.family AND r.parcel_code IS NOT DISTINCT FROM s.parcel_code
         ORDER BY s.parcel_id, s.family COLLATE "C";
        GET DIAGNOSTICS determined = ROW_COUNT;
    EXCEPTION WHEN unique_violation THEN
        RAISE EXCEPTION 'another session determined some of this land at the same moment' USING ERRCODE = 'unique_violation',
            DETAIL = SQLERRM, HINT = 'Nothing was written. Look at the determinations and call again.';
    END;
    -- as many rows as the planner would take for one until autovacuum comes by
    IF determined >= 50 THEN
        CALL _analyze_table(survey, 'determination', 'parcel_id, parcel_code, subdistrict, family, action, previous_id, decided_on');
    END IF;
    IF determined > 0 AND (determine.document_number IS NULL OR determine.decided_on IS NULL) THEN
        RAISE NOTICE 'recorded without %', concat_ws(' and ', CASE WHEN determine.document_number IS NULL THEN 'document number' END, CASE WHEN determine.decided_on IS NULL THEN 'date of the decision' END)
            USING HINT = 'amend_determination adds them when they are known.';
    END IF;
    IF skipped > 0 THEN
        RAISE NOTICE 'determined: %, skipped: %', determined, skipped USING DETAIL = format('Open points: %s.', why),
            HINT = format('SELECT parcel_code, family, obstacle_en FROM %I.suspected_land WHERE NOT ready lists them. Name a parcel to decide it case by case.', survey);
    ELSE
        RAISE NOTICE 'determined: %, skipped: 0', determined;
    END IF;
END
$procedure$;
COMMENT ON PROCEDURE determine(name, text, text, date, text[], integer[], text, text[], text, integer, integer) IS 'the authority decided_by determines (认定) what the current run suspects (疑似): without parcels everything that is ready (of a family, of some subdistricts), skipping what has open flags, unrecorded exemptions or blocking findings or was changed since the run (view suspected_land says why); with parcel_code or parcel_id those parcels, all or none, open points only with a note. Each row keeps its own copy of area, geometry, reasons and standard version. Returns the numbers determined and skipped. Errors: 22004 no authority, P0002 no such parcel, 42P08 code not unique, 23505 already determined, 55000 not suspected, open points without a note, or never assessed, 22023 unknown family or subdistrict, 3F000 unknown survey';

CREATE FUNCTION _standing_row(survey name, determination_id integer) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    next_row record;
BEGIN
    PERFORM _enter_survey(survey);
    IF _standing_row.determination_id IS NULL THEN
        RAISE EXCEPTION 'determination_id must not be null' USING ERRCODE = 'null_value_not_allowed',
            HINT = format('SELECT id, parcel_code, family FROM %I.inefficient_land lists the determinations that stand.', survey);
    END IF;
    PERFORM FROM determination d WHERE d.id = _standing_row.determination_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'determination % does not exist', _standing_row.determination_id USING ERRCODE = 'no_data_found',
            HINT = format('SELECT id, parcel_code, family FROM %I.inefficient_land lists the determinations that stand.', survey);
    END IF;
    SELECT d.id, d.action INTO next_row FROM determination d WHERE d.previous_id = _standing_row.determination_id;
    IF FOUND THEN
        RAISE EXCEPTION 'determination % no longer stands: row % (%) follows it', _standing_row.determination_id, next_row.id, next_row.action
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Name the row that stands.';
    END IF;
    PERFORM FROM determination d WHERE d.id = _standing_row.determination_id AND d.action = 'revoke';
    IF FOUND THEN
        RAISE EXCEPTION 'determination % is a revocation', _standing_row.determination_id USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Determine the land anew if it is suspected again.';
    END IF;
END
$function$;
COMMENT ON FUNCTION _standing_row(name, integer) IS 'error unless the determination exists (P0002) and stands (55000)';

CREATE FUNCTION _check_note(note text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    IF note IS NULL OR btrim(note) = '' THEN
        RAISE EXCEPTION 'note must not be %', CASE WHEN note IS NULL THEN 'null' ELSE 'empty' END USING ERRCODE = 'null_value_not_allowed',
            HINT = 'Say why the determination changes.';
    END IF;
END
$function$;
COMMENT ON FUNCTION _check_note(text) IS 'error 22004 unless a note says why';

CREATE PROCEDURE amend_determination(survey name DEFAULT NULL, determination_id integer DEFAULT NULL, decided_by text DEFAULT NULL, note text DEFAULT NULL, document_number text DEFAULT NULL, decided_on date DEFAULT NULL, renew boolean DEFAULT false, land_area double precision DEFAULT NULL, geom geometry DEFAULT NULL, reasons text[] DEFAULT NULL, reason_en text DEFAULT NULL, reason_zh text DEFAULT NULL, INOUT new_id integer DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
#variable_conflict use_column
DECLARE
    old record;
    fresh record;
BEGIN
    PERFORM _check_decision(survey, amend_determination.decided_by, amend_determination.decided_on), _check_note(amend_determination.note),
            _standing_row(survey, amend_determination.determination_id);
    PERFORM _enter_survey(survey);
    IF amend_determination.land_area < 0 OR amend_determination.land_area >= 'Infinity' OR amend_determination.land_area = 'NaN' THEN
        RAISE EXCEPTION 'land_area must be a finite area in m², not %', amend_determination.land_area
            USING ERRCODE = CASE WHEN amend_determination.land_area < 0 AND amend_determination.land_area > '-Infinity'
                                 THEN 'invalid_parameter_value' ELSE 'numeric_value_out_of_range' END;
    END IF;
    SELECT * INTO old FROM determination d WHERE d.id = amend_determination.determination_id;
    SELECT (SELECT max(r.id) FROM run r) AS run_id, v.standard, v.standard_version, v.reasons, v.reason_en, v.reason_zh, v.land_area, p.geom, v.verdict, p.code,
           _trimmed_code(p.code) IS DISTINCT FROM _trimmed_code(old.parcel_code) AND (_covered_share(old.geom, p.geom) >= 0.5) IS NOT TRUE AS is_other_land,
           m.parcel_id IS NOT NULL AND m.shape IS DISTINCT FROM _shape_digest(p.geom) AS is_redrawn INTO fresh
      FROM verdict v
      LEFT JOIN parcel p ON p.id = v.parcel_id
      LEFT JOIN parcel_measure m ON m.until_run IS NULL AND m.parcel_id = v.parcel_id
     WHERE v.until_run IS NULL AND v.parcel_id = old.parcel_id AND v.family = old.family;
    IF renew AND fresh.verdict IS DISTINCT FROM 'inefficient' THEN
        RAISE EXCEPTION 'the current run does not find parcel "%" (%) inefficient: its verdict is %', old.parcel_code, old.family, coalesce(fresh.verdict, 'missing')
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Revoke the determination, or amend it without renew.';
    ELSIF renew AND fresh.is_other_land THEN
        RAISE EXCEPTION 'the parcel with the id of "%" is other land now: its code is "%", and it lies elsewhere', old.parcel_code, coalesce(fresh.code, 'null')
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Amend the determination without renew, or revoke it and determine the land where it is now.';
    ELSIF renew AND fresh.is_redrawn AND amend_determination.geom IS NULL THEN
        RAISE EXCEPTION 'parcel "%" was drawn anew since the current run', old.parcel_code
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Assess again first, so that area and geometry belong together.';
    END IF;
    INSERT INTO determination (parcel_id, parcel_code, subdistrict, family, action, previous_id, run_id, standard, standard_version,
                               reasons, reason_en, reason_zh, decided_by, document_number, decided_on, note, overridden, land_area, geom)
    SELECT old.parcel_id, CASE WHEN renew THEN fresh.code ELSE old.parcel_code END, old.subdistrict, old.family, 'amend', old.id,
           CASE WHEN renew THEN fresh.run_id ELSE old.run_id END,
           CASE WHEN renew THEN fresh.standard ELSE old.standard END,
           CASE WHEN renew THEN fresh.standard_version ELSE old.standard_version END,
           coalesce(amend_determination.reasons, CASE WHEN renew THEN fresh.reasons ELSE old.reasons END),
           coalesce(amend_determination.reason_en, CASE WHEN renew THEN fresh.reason_en ELSE old.reason_en END),
           coalesce(amend_determination.reason_zh, CASE WHEN renew THEN fresh.reason_zh ELSE old.reason_zh END),
           btrim(amend_determination.decided_by), coalesce(amend_determination.document_number, old.document_number), coalesce(amend_determination.decided_on, old.decided_on), amend_determination.note,
           old.overridden,
           coalesce(amend_determination.land_area, CASE WHEN renew THEN fresh.land_area ELSE old.land_area END),
           coalesce(amend_determination.geom, CASE WHEN renew THEN fresh.geom ELSE old.geom END)
    RETURNING id INTO new_id;
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'determination % no longer stands: another session followed it at the same moment', amend_determination.determination_id
        USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Nothing was written. Look at the row that stands and call again.';
END
$procedure$;
COMMENT ON PROCEDURE amend_determination(name, integer, text, text, text, date, boolean, double precision, geometry, text[], text, text, integer) IS 'amends a determination that stands by a new row that follows it; note says why. What is not given stays as it was; renew takes code, area, geometry, reasons and standard from the current run, which must still find the land inefficient and have measured it as it is drawn. Returns the id of the new row. Errors: 22004 no authority or note, P0002 no such determination, 55000 it no longer stands or cannot be renewed, 22023 or 22003 area, 3F000 unknown survey';

CREATE PROCEDURE revoke_determination(survey name DEFAULT NULL, determination_id integer DEFAULT NULL, decided_by text DEFAULT NULL, note text DEFAULT NULL, document_number text DEFAULT NULL, decided_on date DEFAULT NULL, INOUT new_id integer DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
#variable_conflict use_column
BEGIN
    PERFORM _check_decision(survey, revoke_determination.decided_by, revoke_determination.decided_on), _check_note(revoke_determination.note),
            _standing_row(survey, revoke_determination.determination_id);
    PERFORM _enter_survey(survey);
    INSERT INTO determination (parcel_id, parcel_code, subdistrict, family, action, previous_id, run_id, standard, standard_version,
                               reasons, reason_en, reason_zh, decided_by, document_number, decided_on, note, overridden, land_area, geom)
    SELECT d.parcel_id, d.parcel_code, d.subdistrict, d.family, 'revoke', d.id, d.run_id, d.standard, d.standard_version,
           d.reasons, d.reason_en, d.reason_zh, btrim(revoke_determination.decided_by), revoke_determination.document_number,
           revoke_determination.decided_on, revoke_determination.note, d.overridden, d.land_area, d.geom
      FROM determination d
     WHERE d.id = revoke_determination.determination_id
    RETURNING id INTO new_id;
EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'determination % no longer stands: another session followed it at the same moment', revoke_determination.determination_id
        USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Nothing was written. Look at the row that stands and call again.';
END
$procedure$;
COMMENT ON PROCEDURE revoke_determination(name, integer, text, text, text, date, integer) IS 'revokes a determination that stands by a new row that follows it; note says why. The land is suspected again if the current run finds it inefficient. Returns the id of the new row. Errors: 22004 no authority or note, P0002 no such determination, 55000 it no longer stands, 3F000 unknown survey';
