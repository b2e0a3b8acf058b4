-- check standard: what is wrong with a standard before anybody is judged by it
-- Each check is a kind with a severity; the words stand in label (topics standard_problem
-- and standard_advice), where %1$s, %2$s … are the arguments that the check found.

CREATE TABLE _standard_check (
    kind     text PRIMARY KEY,
    severity text NOT NULL CHECK (severity IN ('error', 'warning', 'note')),
    sequence integer NOT NULL
);
COMMENT ON TABLE _standard_check IS 'what check_standard() looks for, and how bad it is';
COMMENT ON COLUMN _standard_check.kind IS 'name of the check, code of its words in label';
COMMENT ON COLUMN _standard_check.severity IS 'error, warning or note';
COMMENT ON COLUMN _standard_check.sequence IS 'order in lists';

WITH check_text AS (
    SELECT row_number() OVER ()::integer AS sequence, v.*
      FROM (VALUES
    ('criteria_missing', 'error', 'it needs %1$s of its criteria to call land inefficient, but has %2$s', '判定为低效需要%1$s条认定条件,但只有%2$s条', 'Add criteria or lower criteria_needed.', '请补充认定条件或降低 criteria_needed。'),
    ('undefined_name', 'error', 'names the fact %1$s, which is not declared', '引用了未声明的指标 %1$s', 'Declare it in standard_fact, or correct the name.', '请在 standard_fact 中声明,或更正名称。'),
    ('wrong_type', 'error', 'uses %1$s as %2$s, but it is declared as %3$s', '%1$s 按 %2$s 使用,但声明为 %3$s', 'Correct the declaration or the criterion.', '请更正声明或条件。'),
    ('peer_fact_undeclared', 'error', 'peers are grouped by %1$s, which is not declared', '同类分组所用的 %1$s 未声明', 'Declare it in standard_fact, so that it is collected.', '请在 standard_fact 中声明,以便采集。'),
    ('control_key_undeclared', 'error', 'the published values of %1$s differ by industry, but %2$s is not declared', '%1$s 的公布值分行业,但 %2$s 未声明', 'Declare industry_division and industry_code_system.', '请声明 industry_division 和 industry_code_system。'),
    ('unit_slip', 'error', 'compares %1$s with %2$s; it lies between %3$s and %4$s', '%1$s 与 %2$s 比较,而其取值范围为 %3$s 至 %4$s', 'Write a share as 30%% or 0.3, other figures without per cent.', '比例请写作 30%% 或 0.3,其他数值不要用百分号。'),
    ('never_fires', 'error', 'can never be true: %1$s', '永远不会成立:%1$s', 'Correct the limits.', '请更正限值。'),
    ('always_fires', 'error', 'is always true: %1$s', '总是成立:%1$s', 'Correct the limits.', '请更正限值。'),
    ('hidden_by_gate', 'error', 'never counts: where it is true the gate %1$s has excluded the land', '不起作用:凡符合该条的均已被前置条件 %1$s 排除', 'Correct the limit of one of them.', '请更正其中一条的限值。'),
    ('unreachable_exemption', 'error', 'exempts nothing: where it is true no criterion is', '豁免不起作用:凡符合该条的均不符合任何认定条件', 'Correct its limits, or delete it.', '请更正限值或删除。'),
    ('land_type_hidden', 'error', 'judges nothing: land type %1$s comes first and covers the same land', '不起作用:用地类型 %1$s 在前且覆盖相同用地', 'Give one of them use codes, or change the sequence.', '请为其中之一设定用途代码或调整次序。'),
    ('use_code_system_missing', 'error', 'has use codes, but no code system', '设定了用途代码但未指明分类标准', 'Fill use_code_system: the same code means different things in different systems.', '请填写 use_code_system:同一代码在不同标准中含义不同。'),
    ('validity_empty', 'error', 'is in force from %1$s to %2$s, which is no time', '有效期自 %1$s 至 %2$s,时段为空', 'Correct the dates.', '请更正日期。'),
    ('validity_overlap', 'error', 'is in force at the same time as %1$s of the same title', '与同名标准 %1$s 的有效期重叠', 'End the older one on the day the newer one begins.', '请使旧版在新版生效之日失效。'),
    ('legacy_overlap', 'error', 'legacy periods %1$s and %2$s overlap', '历史遗留时段 %1$s 与 %2$s 重叠', 'Periods are half-open: the first day of the next is the end of the one before.', '时段为左闭右开:后一时段的首日即前一时段的终点。'),
    ('scope_tie', 'error', 'its variants "%1$s" and "%2$s" can hold at once, and neither is more specific', '其规定“%1$s”与“%2$s”可同时适用且具体程度相同', 'Give one of them one scope column more, or exclude what both cover.', '请为其中之一增加一项适用范围,或排除重叠部分。'),
    ('variant_roles', 'error', 'its variants have different roles: %1$s', '各项规定的作用不同:%1$s', 'A rule is a gate, a criterion or an exemption in all its variants.', '同一条规则的各项规定应同为前置条件、认定条件或豁免。'),
    ('scope_gap', 'warning', 'no variant covers %1$s, where the rule is false', '%1$s 无适用规定,该条在此不成立', 'Add a variant without scope for all other cases, if they are meant.', '如应适用,请增加一项无范围限制的规定。'),
    ('scope_unknown', 'warning', 'the survey has no management area of code %1$s', '调查库中没有代码为 %1$s 的管理片区', 'Correct the code, or enter the area.', '请更正代码或录入该片区。'),
    ('variant_hidden', 'warning', 'variant "%1$s" says the same as the more general "%2$s"', '规定“%1$s”与更一般的“%2$s”内容相同', 'Delete it, or correct it.', '请删除或更正。'),
    ('scope_partial', 'note', 'variants cover only some cases: elsewhere the rule is false', '仅对部分情形有规定:其余情形该条不成立', 'Add a variant without scope, if the rule is meant everywhere.', '如应普遍适用,请增加一项无范围限制的规定。'),
    ('legacy_gap', 'warning', 'nothing is said of land used from %1$s to %2$s', '未规定 %1$s 至 %2$s 期间用地的时段', 'Add the period.', '请补充该时段。'),
    ('use_code_twice', 'warning', 'use code %1$s also belongs to land type %2$s, which comes first', '用途代码 %1$s 也属于次序在前的用地类型 %2$s', 'Keep the code in one of them.', '请只保留一处。'),
    ('use_code_foreign', 'warning', 'use code %1$s is not known to belong to family %2$s', '用途代码 %1$s 不属于大类 %2$s', 'Look it up in land_use_code.', '请核对 land_use_code。'),
    ('control_missing', 'warning', 'asks for the published value %1$s, of which there is none: it stays unknown', '需要公布值 %1$s,但没有数值,该条将保持未知', 'Enter the values in standard_control.', '请在 standard_control 中填写。'),
    ('peer_group_small', 'warning', 'peers are at least %1$s, but the survey has %2$s subjects: peer figures stay unknown', '同类样本至少需%1$s个,但本次调查只有%2$s个,同类值将保持未知', 'Lower minimum, add a wider group, or use published values (standard_peer_group).', '请在 standard_peer_group 中降低 minimum、增设更宽的分组或采用公布值。'),
    ('column_missing', 'warning', 'no column of a survey holds the fact %1$s: assess() leaves it unknown', '调查库没有存放指标 %1$s 的列,assess() 将其视为未知', 'Use a fact that a survey holds, or classify a table of your own.', '请改用调查库已有的指标,或对自有表格进行判定。'),
    ('subject_not_judged', 'warning', 'its subject is %1$s: assess() judges parcels only', '判定对象为 %1$s,assess() 只判定宗地', 'Use classify() on a table of such subjects.', '请对该类对象的表使用 classify()。'),
    ('duplicate_rule', 'warning', 'says the same as %1$s', '与 %1$s 相同', 'Delete one of them.', '请删除其中之一。'),
    ('implied_rule', 'warning', 'adds nothing: wherever it is true %1$s is', '不起作用:凡符合该条的也符合 %1$s', 'Correct the limit, or delete it.', '请更正限值或删除。'),
    ('label_missing', 'warning', 'has no words in %1$s', '缺少%1$s文字', 'Enter words that are fit for a letter.', '请填写可用于告知书的文字。'),
    ('code_unknown', 'warning', '%1$s "%2$s" has no words', '%1$s“%2$s”没有对应文字', 'Use a code of that topic in label.', '请使用 label 中该主题的代码。'),
    ('gates_only', 'note', 'has gates and no criteria: a set to be copied in front of criteria', '只有前置条件而无认定条件,供复制使用', 'Copy its rows into the land type that they are meant for.', '请将各行复制到适用的用地类型。'),
    ('mixed_level', 'note', 'asks for facts of several levels: %1$s', '涉及不同层级的指标:%1$s', 'Make sure that the whole parcel and its part are both meant.', '请确认同时针对整宗地与其部分。'),
    ('family_uncovered', 'note', 'no land type judges the family %1$s', '没有用地类型判定大类 %1$s', 'Add one if such land is to be judged.', '如需判定此类用地请补充。'),
    ('control_hole', 'warning', 'the published values of %1$s lack %2$s: they stay unknown there', '%1$s 的公布值缺少 %2$s,该处将保持未知', 'Enter them, or a row for all other cases.', '请补充,或增加一行适用于其他情形。'),
    ('control_overlap', 'note', 'published values of %1$s overlap: %2$s', '%1$s 的公布值有重叠:%2$s', 'The one with the longer industry code counts, then the one with a zone, then the one with a size.', '以行业代码较长者为准,其次为指明分区者,再次为指明规模者。'),
    ('peer_next_missing', 'warning', 'peer group %1$s passes on to a next group, but is the last', '同类分组 %1$s 指向下一分组,但已是最后一组', 'Add a wider group, or change below.', '请增设更宽的分组或更改 below。'),
    ('peer_published_missing', 'warning', 'no published value stands in for %1$s where peers are too few', '同类样本不足时 %1$s 没有公布值可代替', 'Enter it in standard_control under that name.', '请以该名称在 standard_control 中填写。'),
    ('peer_group_unused', 'note', 'declares a peer group, but no rule asks for a peer figure', '声明了同类分组,但没有规则使用同类值', 'Delete it.', '请删除。'),
    ('score_items_missing', 'warning', 'score model %1$s adds up nothing', '评价模型 %1$s 没有评价指标', 'Give it rows in standard_score_item.', '请在 standard_score_item 中补充。'),
    ('score_land_type_unknown', 'error', 'score model %1$s names the land type %2$s, which the standard does not have', '评价模型 %1$s 指定的用地类型 %2$s 不存在', 'Correct the name.', '请更正名称。'),
    ('score_cuts', 'error', 'the cuts of score model %1$s do not follow each other: %2$s', '评价模型 %1$s 的等级界限顺序有误:%2$s', 'Shares rise and end with 1; limits of scores fall.', '累计比例应递增并以1结束;得分界限应递减。'),
    ('score_base_missing', 'warning', 'item %2$s of score model %1$s has no base value: every score is unknown', '评价模型 %1$s 的指标 %2$s 没有基准值,得分均为未知', 'Enter it in standard_score_base.', '请在 standard_score_base 中补录。'),
    ('score_grades_missing', 'warning', 'score model %1$s has no cuts: scores have no grade', '评价模型 %1$s 没有等级界限,得分没有等级', 'Give it rank_shares or score_limits.', '请补充 rank_shares 或 score_limits。'),
    ('score_population_overlap', 'note', 'score models %1$s and %2$s of land type %3$s have no population: the first counts', '用地类型 %3$s 的评价模型 %1$s、%2$s 未指定评价范围,以第一个为准', 'Say who each of them scores.', '请指定各模型的评价范围。'),
    ('control_unused', 'note', 'no rule asks for the published value %1$s', '没有规则使用公布值 %1$s', 'Correct the name, or delete the rows.', '请更正名称或删除。'),
    ('fact_unused', 'note', 'declares the fact %1$s, for which no rule asks', '声明了指标 %1$s,但没有规则使用', 'Delete it, so that nobody collects it in vain.', '请删除,以免徒劳采集。'),
    ('department_missing', 'note', 'nobody is named who supplies the required fact %1$s', '必需指标 %1$s 未指明提供部门', 'Fill department.', '请填写 department。')
      ) AS v (kind, severity, problem_en, problem_zh, advice_en, advice_zh)
), kept AS (
    INSERT INTO _standard_check (kind, severity, sequence) SELECT kind, severity, sequence FROM check_text
)
INSERT INTO label (topic, code, label_en, label_zh, sequence)
SELECT 'standard_problem', kind, problem_en, problem_zh, sequence FROM check_text
UNION ALL
SELECT 'standard_advice', kind, advice_en, advice_zh, sequence FROM check_text;

CREATE FUNCTION _criterion_term(criterion criterion) RETURNS TABLE (form text, fact text, operator text, value numeric, per_cent boolean)
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 2
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    words text := criterion::text;
    before text;
    term text;
    part text[];
BEGIN
    -- what cannot be reasoned about becomes ~: texts, then what stands in brackets
    words := regexp_replace(words, '''([^'']|'''')*''', '~', 'g');
    words := regexp_replace(words, 'years_since\(([^ ()]+)\)', 'years_since:\1', 'g');
    LOOP
        before := words;
        words := regexp_replace(words, '\([^()]*\)', '~', 'g');
        EXIT WHEN words = before;
    END LOOP;
    words := regexp_replace(words, '[^ ]+ not between [^ ]+ and [^ ]+', '~', 'g');
    words := regexp_replace(words, '([^ ]+) between ([^ ]+) and ([^ ]+)', '\1 >= \2 and \1 <= \3', 'g');
    form := CASE WHEN words ~ ' or ' THEN 'or' ELSE 'and' END;
    FOREACH term IN ARRAY regexp_split_to_array(words, ' ' || form || ' ')
    LOOP
        part := regexp_match(term, '^([^ ~0-9][^ ~]*) (<=|>=|<|>|=) (-?[0-9][0-9.e+-]*)(%?)$');
        IF part IS NULL THEN
            part := regexp_match(term, '^(-?[0-9][0-9.e+-]*)(%?) (<=|>=|<|>|=) ([^ ~0-9][^ ~]*)$');
            part := CASE WHEN part IS NOT NULL THEN ARRAY[part[4], translate(part[3], '<>', '><'), part[1], part[2]] END;
        END IF;
        fact := part[1];
        operator := part[2];
        per_cent := part[4] = '%';
        value := trim_scale(part[3]::numeric / CASE WHEN per_cent THEN 100 ELSE 1 END);
        RETURN NEXT;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _criterion_term(criterion) IS 'the terms of a criterion that is a plain "and" or a plain "or": comparisons of a fact (or years_since:fact) with a number; fact NULL for every other term';

CREATE FUNCTION _criterion_range(applicability criterion, criterion criterion)
    RETURNS TABLE (fact text, low numeric, low_open boolean, high numeric, high_open boolean, whole boolean)
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 2
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH term AS (
            SELECT t.* FROM _criterion_term(applicability) t
            UNION ALL
            SELECT t.* FROM _criterion_term(criterion) t
        ), plain AS (
            SELECT t.fact, t.value, t.operator FROM term t WHERE t.form = 'and' AND t.fact IS NOT NULL
        ), bound AS (
            SELECT p.fact, max(p.value) FILTER (WHERE p.operator IN ('>', '>=', '=')) AS low, min(p.value) FILTER (WHERE p.operator IN ('<', '<=', '=')) AS high
              FROM plain p GROUP BY p.fact
        )
        SELECT b.fact, b.low, EXISTS (SELECT FROM plain p WHERE p.fact = b.fact AND p.value = b.low AND p.operator = '>'),
               b.high, EXISTS (SELECT FROM plain p WHERE p.fact = b.fact AND p.value = b.high AND p.operator = '<'),
               NOT EXISTS (SELECT FROM term t WHERE t.form = 'or' OR t.fact IS NULL)
          FROM bound b;
END
$function$;
COMMENT ON FUNCTION _criterion_range(criterion, criterion) IS 'where a rule can be true: for each fact that it compares with numbers the range; whole = it asks for nothing else';

CREATE FUNCTION _range_words(fact text, low numeric, low_open boolean, high numeric, high_open boolean) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT concat_ws(' ', trim_scale(low)::text || CASE WHEN low_open THEN ' <' ELSE ' <=' END, regexp_replace(fact, '^years_since:(.*)$', 'years_since(\1)'), CASE WHEN high_open THEN '< ' ELSE '<= ' END || trim_scale(high)::text);
END;
COMMENT ON FUNCTION _range_words(text, numeric, boolean, numeric, boolean) IS 'a range as people write it';

CREATE TYPE _standard_problem AS (kind text, land_type text, rule text, arguments text[]);
COMMENT ON TYPE _standard_problem IS 'what a check found, without words';

CREATE FUNCTION _standard_rows(home name, standard text) RETURNS jsonb
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result jsonb;
BEGIN
    EXECUTE format($query$
        SELECT jsonb_build_object(
            'standard', (SELECT to_jsonb(s) FROM %1$I.standard s WHERE s.code = $1),
            'land_type', (SELECT coalesce(jsonb_agg(t ORDER BY t.sequence, t.land_type COLLATE "C"), '[]') FROM %1$I.standard_land_type t WHERE t.standard = $1),
            'fact', (SELECT coalesce(jsonb_agg(f ORDER BY f.land_type COLLATE "C", f.sequence, f.fact COLLATE "C"), '[]') FROM %1$I.standard_fact f WHERE f.standard = $1),
            'rule', (SELECT coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('criterion', r.criterion::text, 'applicability', r.applicability::text) ORDER BY r.land_type COLLATE "C", r.sequence, r.rule COLLATE "C", r.variant COLLATE "C"), '[]') FROM %1$I.standard_rule r WHERE r.standard = $1),
            'peer_group', (SELECT coalesce(jsonb_agg(to_jsonb(g) || jsonb_build_object('population', g.population::text) ORDER BY g.land_type COLLATE "C", g.sequence), '[]') FROM %1$I.standard_peer_group g WHERE g.standard = $1),
            'control', (SELECT coalesce(jsonb_agg(c ORDER BY c.indicator COLLATE "C", c.industry_code_system COLLATE "C", c.industry_code COLLATE "C", c.zone COLLATE "C", c.size_class COLLATE "C", c.year), '[]') FROM %1$I.standard_control c WHERE c.standard = $1),
            'legacy_period', (SELECT coalesce(jsonb_agg(p ORDER BY p.from_date NULLS FIRST, p.period COLLATE "C"), '[]') FROM %1$I.standard_legacy_period p WHERE p.standard = $1),
            'reporting', (SELECT coalesce(jsonb_agg(p ORDER BY p.scheme COLLATE "C", p.sequence, p.family COLLATE "C"), '[]') FROM %1$I.standard_reporting p WHERE p.standard = $1),
            'score', (SELECT coalesce(jsonb_agg(to_jsonb(m) || jsonb_build_object('population', m.population::text, 'ungraded', m.ungraded::text) ORDER BY m.sequence, m.model COLLATE "C"), '[]') FROM %1$I.standard_score m WHERE m.standard = $1),
            'score_item', (SELECT coalesce(jsonb_agg(i ORDER BY i.model COLLATE "C", i.sequence, i.item COLLATE "C"), '[]') FROM %1$I.standard_score_item i WHERE i.standard = $1),
            'score_base', (SELECT coalesce(jsonb_agg(b ORDER BY b.model COLLATE "C", b.item COLLATE "C", b.year), '[]') FROM %1$I.standard_score_base b WHERE b.standard = $1))$query$, home)
       INTO result USING standard;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _standard_rows(name, text) IS 'all rows of a standard, by table';

CREATE FUNCTION _check_name(rows jsonb) RETURNS SETOF _standard_problem
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        WITH land_type AS MATERIALIZED (
            SELECT t.* FROM jsonb_populate_recordset(NULL::standard_land_type, rows -> 'land_type') t
        ), fact AS MATERIALIZED (
            SELECT f.* FROM jsonb_populate_recordset(NULL::standard_fact, rows -> 'fact') f
        ), rule AS MATERIALIZED (
            SELECT r.* FROM jsonb_populate_recordset(NULL::standard_rule, rows -> 'rule') r
        ), control AS MATERIALIZED (
            SELECT c.* FROM jsonb_populate_recordset(NULL::standard_control, rows -> 'control') c
        ), peer AS MATERIALIZED (
            SELECT g.*, row_number() OVER (PARTITION BY g.land_type ORDER BY g.sequence DESC) = 1 AS last FROM jsonb_populate_recordset(NULL::standard_peer_group, rows -> 'peer_group') g
        ), asked AS MATERIALIZED (
            SELECT DISTINCT r.land_type, r.rule, a.name, a.used_as
              FROM rule r, unnest(ARRAY[r.applicability, r.criterion, _rule_scope(r.management_area, r.zone, r.industry_code, r.industry_code_system, r.size_class)]) AS k (criterion), criterion_facts(k.criterion) a
        ), compared AS MATERIALIZED (
            SELECT DISTINCT r.land_type, r.rule, b.function, b.expression, b.argument
              FROM rule r, unnest(ARRAY[r.applicability, r.criterion]) AS k (criterion), criterion_benchmarks(k.criterion) b
        ), figure AS MATERIALIZED (
            SELECT c.land_type, c.rule, c.argument FROM compared c WHERE c.function = 'control_indicator'
        ), needed_key AS MATERIALIZED (
            -- the facts by which the published values of an indicator differ
            SELECT c.indicator, k.name, k.other
              FROM control c CROSS JOIN LATERAL (VALUES (c.industry_code <> '', 'industry_division', 'industry_code'), (c.industry_code <> '', 'industry_code_system', NULL), (c.zone <> '', 'zone', NULL), (c.size_class <> '', 'size_class', NULL)) AS k (needed, name, other)
             WHERE k.needed GROUP BY c.indicator, k.name, k.other
        ), counted AS (
            SELECT t.land_type, t.criteria_needed, count(DISTINCT r.rule) FILTER (WHERE r.role = 'criterion') AS criteria, count(*) FILTER (WHERE r.role = 'gate') AS gates
              FROM land_type t LEFT JOIN rule r ON r.land_type = t.land_type GROUP BY t.land_type, t.criteria_needed
        )
        SELECT CASE WHEN c.criteria = 0 AND c.gates > 0 THEN 'gates_only' ELSE 'criteria_missing' END, c.land_type, NULL::text, ARRAY[c.criteria_needed::text, c.criteria::text]
          FROM counted c WHERE c.criteria < c.criteria_needed
        UNION ALL
        SELECT 'undefined_name', a.land_type, a.rule, ARRAY[a.name]
          FROM asked a WHERE NOT EXISTS (SELECT FROM fact f WHERE f.land_type = a.land_type AND f.fact = a.name)
        UNION ALL
        SELECT 'wrong_type', a.land_type, a.rule, ARRAY[a.name, a.used_as, f.type]
          FROM asked a JOIN fact f ON f.land_type = a.land_type AND f.fact = a.name WHERE f.type <> ALL (string_to_array(a.used_as, '|'))
        UNION ALL
        SELECT DISTINCT 'peer_fact_undeclared', t.land_type, NULL, ARRAY[p.name]
          FROM peer t, unnest(t.facts) AS p (name)
         WHERE NOT EXISTS (SELECT FROM fact f WHERE f.land_type = t.land_type AND f.fact = p.name)
        UNION ALL
        SELECT 'peer_next_missing', g.land_type, NULL, ARRAY[g.sequence::text] FROM peer g WHERE g.last AND g.below = 'next'
        UNION ALL
        SELECT DISTINCT 'peer_published_missing', g.land_type, c.rule, ARRAY[c.expression]
          FROM peer g JOIN compared c ON c.land_type = g.land_type AND c.function <> 'control_indicator'
         WHERE g.below = 'published' AND NOT EXISTS (SELECT FROM control k WHERE k.indicator = c.expression)
        UNION ALL
        SELECT DISTINCT 'peer_group_unused', g.land_type, NULL, '{}'::text[] FROM peer g
         WHERE NOT EXISTS (SELECT FROM compared c WHERE c.land_type = g.land_type AND c.function <> 'control_indicator')
        UNION ALL
        SELECT 'control_missing', g.land_type, g.rule, ARRAY[g.argument] FROM figure g WHERE NOT EXISTS (SELECT FROM control c WHERE c.indicator = g.argument)
        UNION ALL
        SELECT DISTINCT 'control_key_undeclared', g.land_type, g.rule, ARRAY[g.argument, k.name]
          FROM figure g JOIN needed_key k ON k.indicator = g.argument
         WHERE NOT EXISTS (SELECT FROM fact f WHERE f.land_type = g.land_type AND f.fact IN (k.name, k.other))
        UNION ALL
        -- holes: cells of industry × zone × size that no row covers, where some rows name each of the three
        SELECT 'control_hole', NULL, NULL, ARRAY[h.indicator, string_agg(h.cell, ', ' ORDER BY h.cell COLLATE "C")]
          FROM (SELECT i.indicator, concat_ws(' × ', nullif(i.industry_code, ''), nullif(z.zone, ''), nullif(l.size_class, '')) AS cell
                  FROM (SELECT DISTINCT c.indicator, c.industry_code_system, c.industry_code FROM control c) i
                  JOIN (SELECT DISTINCT c.indicator, c.zone FROM control c) z ON z.indicator = i.indicator
                  JOIN (SELECT DISTINCT c.indicator, c.size_class FROM control c) l ON l.indicator = i.indicator
                 WHERE NOT EXISTS (SELECT FROM control c WHERE c.indicator = i.indicator AND c.zone IN ('', z.zone) AND c.size_class IN ('', l.size_class)
                                      AND (c.industry_code = '' OR c.industry_code_system = i.industry_code_system AND starts_with(i.industry_code, c.industry_code)))
                   -- an empty part is a hole of its own only where nothing is named beside it
                   AND (z.zone <> '' OR NOT EXISTS (SELECT FROM control c WHERE c.indicator = i.indicator AND c.zone <> '')) AND (l.size_class <> '' OR NOT EXISTS (SELECT FROM control c WHERE c.indicator = i.indicator AND c.size_class <> ''))
                   AND (i.industry_code <> '' OR NOT EXISTS (SELECT FROM control c WHERE c.indicator = i.indicator AND c.industry_code <> ''))) h
         GROUP BY h.indicator
        UNION ALL
        -- overlaps: two rows that fit one subject and of which neither contains the other
        SELECT 'control_overlap', NULL, NULL, ARRAY[o.indicator, string_agg(DISTINCT o.pair, ', ' ORDER BY o.pair)]
          FROM (SELECT a.indicator, format('%s / %s', concat_ws(' × ', nullif(a.industry_code, ''), nullif(a.zone, ''), nullif(a.size_class, '')), concat_ws(' × ', nullif(b.industry_code, ''), nullif(b.zone, ''), nullif(b.size_class, ''))) AS pair
                  FROM control a JOIN control b ON b.indicator = a.indicator AND (a.industry_code, a.zone, a.size_class) > (b.industry_code, b.zone, b.size_class)
                   AND (a.industry_code = '' OR b.industry_code = '' OR a.industry_code_system = b.industry_code_system AND (starts_with(a.industry_code, b.industry_code) OR starts_with(b.industry_code, a.industry_code)))
                   AND (a.zone = '' OR b.zone = '' OR a.zone = b.zone) AND (a.size_class = '' OR b.size_class = '' OR a.size_class = b.size_class)
                 CROSS JOIN LATERAL (SELECT starts_with(a.industry_code, b.industry_code) AND b.zone IN ('', a.zone) AND b.size_class IN ('', a.size_class) AS inside,
                                            starts_with(b.industry_code, a.industry_code) AND a.zone IN ('', b.zone) AND a.size_class IN ('', b.size_class) AS around) x
                 WHERE NOT x.inside AND NOT x.around) o
         GROUP BY o.indicator
        UNION ALL
        SELECT DISTINCT 'control_unused', NULL, NULL, ARRAY[c.indicator] FROM control c WHERE NOT EXISTS (SELECT FROM figure g WHERE g.argument = c.indicator)
           AND NOT EXISTS (SELECT FROM compared k JOIN peer g ON g.land_type = k.land_type AND g.below = 'published' WHERE k.expression = c.indicator)
        UNION ALL
        SELECT 'fact_unused', f.land_type, NULL, ARRAY[f.fact]
          FROM fact f JOIN land_type t ON t.land_type = f.land_type
         WHERE NOT EXISTS (SELECT FROM peer g WHERE g.land_type = t.land_type AND (f.fact = ANY (g.facts) OR EXISTS (SELECT FROM criterion_facts(g.population) p WHERE p.name = f.fact)))
           AND NOT EXISTS (SELECT FROM asked a WHERE a.land_type = f.land_type AND a.name = f.fact)
           AND NOT (f.fact IN ('industry_division', 'industry_code', 'industry_code_system', 'zone', 'size_class') AND EXISTS (SELECT FROM figure g WHERE g.land_type = f.land_type))
        UNION ALL
        SELECT 'department_missing', f.land_type, NULL, ARRAY[f.fact] FROM fact f WHERE f.required AND coalesce(f.department, '') = ''
        UNION ALL
        SELECT 'mixed_level', m.land_type, m.rule, ARRAY[m.words]
          FROM (SELECT a.land_type, a.rule, string_agg(format('%s (%s)', f.fact, f.level), ', ' ORDER BY f.level COLLATE "C", f.fact COLLATE "C") AS words
                  FROM asked a JOIN fact f ON f.land_type = a.land_type AND f.fact = a.name
                 GROUP BY a.land_type, a.rule HAVING bool_or(f.level = 'part') AND bool_or(f.level <> 'part')) m
        UNION ALL
        SELECT 'duplicate_rule', r.land_type, r.rule, ARRAY[d.first]
          FROM rule r JOIN (SELECT o.land_type, o.role, o.criterion::text AS criterion, coalesce(o.applicability::text, '') AS applicability, min(o.rule COLLATE "C") AS first
                              FROM rule o GROUP BY 1, 2, 3, 4 HAVING count(*) > 1) d
            ON (d.land_type, d.role, d.criterion, d.applicability) = (r.land_type, r.role, r.criterion::text, coalesce(r.applicability::text, '')) AND d.first <> r.rule
        UNION ALL
        SELECT 'scope_tie', t.land_type, t.rule, ARRAY[t.variant, t.other]
          FROM _scope_tie((SELECT array_agg(ROW(r.land_type, r.rule, r.variant, r.management_area, r.zone, r.industry_code, r.industry_code_system, r.size_class)::_rule_variant) FROM rule r)) t
        UNION ALL
        SELECT 'variant_roles', r.land_type, r.rule, ARRAY[string_agg(DISTINCT r.role, ', ')] FROM rule r GROUP BY r.land_type, r.rule HAVING count(DISTINCT r.role) > 1
        UNION ALL
        SELECT 'scope_partial', r.land_type, r.rule, '{}' FROM rule r GROUP BY r.land_type, r.rule HAVING min(num_nonnulls(r.management_area, r.zone, r.industry_code, r.size_class)) > 0
        UNION ALL
        SELECT 'variant_hidden', a.land_type, a.rule, ARRAY[a.variant, b.variant]
          FROM rule a JOIN rule b ON b.land_type = a.land_type AND b.rule = a.rule AND b.variant <> a.variant AND b.criterion::text = a.criterion::text AND coalesce(b.applicability::text, '') = coalesce(a.applicability::text, '')
         WHERE num_nonnulls(b.management_area, b.zone, b.industry_code, b.size_class) = 0 AND num_nonnulls(a.management_area, a.zone, a.industry_code, a.size_class) > 0
           -- what lies between the two makes a difference
           AND NOT EXISTS (SELECT FROM rule o WHERE o.land_type = a.land_type AND o.rule = a.rule AND o.variant NOT IN (a.variant, b.variant))
        UNION ALL
        SELECT 'label_missing', w.land_type, w.rule, ARRAY[l.language]
          FROM (SELECT r.land_type, r.rule, r.label_en, r.label_zh, r.rule AS code FROM rule r UNION ALL SELECT t.land_type, NULL, t.label_en, t.label_zh, '' FROM land_type t
                UNION ALL SELECT f.land_type, f.fact, f.label_en, f.label_zh, '' FROM fact f) w
         CROSS JOIN LATERAL (VALUES ('en', btrim(w.label_en) IN ('', w.code)), ('zh', w.label_zh !~ '[一-龥]')) AS l (language, missing)
         WHERE l.missing
        UNION ALL
        SELECT 'code_unknown', r.land_type, r.rule, ARRAY[c.topic, c.code]
          FROM rule r CROSS JOIN LATERAL (VALUES ('reason_family', r.reason_family), ('route', r.route)) AS c (topic, code)
         WHERE c.code IS NOT NULL AND NOT EXISTS (SELECT FROM label l WHERE l.topic = c.topic AND l.code = c.code);
END
$function$;
COMMENT ON FUNCTION _check_name(jsonb) IS 'problems of names, types, published values and words; rows: of _standard_rows()';

CREATE FUNCTION _check_limit(rows jsonb) RETURNS SETOF _standard_problem
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        WITH rule AS MATERIALIZED (
            SELECT r.* FROM jsonb_populate_recordset(NULL::standard_rule, rows -> 'rule') r
        ), known AS MATERIALIZED (
            SELECT f.land_type, f.fact, d.minimum::numeric AS minimum, d.maximum::numeric AS maximum
              FROM jsonb_populate_recordset(NULL::standard_fact, rows -> 'fact') f JOIN fact_dictionary d ON d.fact = f.fact AND d.type = f.type AND d.unit IS NOT DISTINCT FROM f.unit
             WHERE d.minimum IS NOT NULL AND d.maximum IS NOT NULL
        ), term AS MATERIALIZED (
            SELECT r.land_type, r.rule, r.applicability IS NULL AND k.n = 2 AS alone, t.*, k.criterion AS words
              FROM rule r, unnest(ARRAY[r.applicability, r.criterion]) WITH ORDINALITY AS k (criterion, n), _criterion_term(k.criterion) t
        ), slip AS MATERIALIZED (
            SELECT t.land_type, t.rule, t.fact, CASE WHEN t.per_cent THEN trim_scale(t.value * 100) || '%' ELSE trim_scale(t.value)::text END AS shown, w.minimum, w.maximum
              FROM term t JOIN known w ON w.land_type = t.land_type AND w.fact = t.fact
             WHERE (t.value < w.minimum OR t.value > w.maximum) OR t.per_cent AND w.maximum > 1
        ), range AS MATERIALIZED (
            SELECT r.land_type, r.rule, r.role, r.applicability IS NULL AS alone, g.* FROM rule r, _criterion_range(r.applicability, r.criterion) g
        ), empty AS MATERIALIZED (
            SELECT g.land_type, g.rule, g.fact, g.low, g.low_open, g.high, g.high_open FROM range g WHERE g.low > g.high OR g.low = g.high AND (g.low_open OR g.high_open)
        ), single AS MATERIALIZED (
            SELECT g.*, CASE WHEN g.low IS NULL THEN 'below' ELSE 'above' END AS side
              FROM range g JOIN (SELECT o.land_type, o.rule FROM range o WHERE o.whole AND o.alone AND (o.low IS NULL) <> (o.high IS NULL) GROUP BY 1, 2 HAVING count(*) = 1) s USING (land_type, rule)
        ), weakest AS MATERIALIZED (
            SELECT DISTINCT ON (s.land_type, s.role, s.fact, s.side) s.*
              FROM single s
             ORDER BY s.land_type, s.role, s.fact, s.side, s.high DESC, s.high_open, s.low, s.low_open, s.rule COLLATE "C"
        )
        SELECT DISTINCT 'unit_slip', s.land_type, s.rule, ARRAY[s.fact, s.shown, trim_scale(s.minimum)::text, trim_scale(s.maximum)::text] FROM slip s
        UNION ALL
        SELECT 'never_fires', e.land_type, e.rule, ARRAY[_range_words(e.fact, e.low, e.low_open, e.high, e.high_open)] FROM empty e
        UNION ALL
        -- a plain "or" that leaves no gap on one fact: the upper end of "below" reaches the lower end of "above"
        SELECT 'always_fires', o.land_type, o.rule, ARRAY[o.words]
          FROM (SELECT t.land_type, t.rule, t.fact, t.words::text AS words,
                       max(t.value) FILTER (WHERE t.operator IN ('<', '<=')) AS high, min(t.value) FILTER (WHERE t.operator IN ('>', '>=')) AS low,
                       bool_or(t.operator IN ('<=', '>=', '=')) AS closed
                  FROM term t WHERE t.form = 'or' AND t.alone AND t.fact IS NOT NULL GROUP BY 1, 2, 3, 4) o
         WHERE o.low < o.high OR o.low = o.high AND o.closed
        UNION ALL
        -- limits at the very end of what a fact can be
        SELECT CASE WHEN g.low_open AND g.low = k.maximum OR g.high_open AND g.high = k.minimum THEN 'never_fires' ELSE 'always_fires' END,
               g.land_type, g.rule, ARRAY[_range_words(g.fact, g.low, g.low_open, g.high, g.high_open)]
          FROM single g JOIN known k ON k.land_type = g.land_type AND k.fact = g.fact
         WHERE g.low_open AND g.low = k.maximum OR g.high_open AND g.high = k.minimum OR NOT g.low_open AND g.low = k.minimum OR NOT g.high_open AND g.high = k.maximum
        UNION ALL
        SELECT CASE WHEN w.role = 'gate' AND g.role = 'criterion' THEN 'hidden_by_gate' ELSE 'implied_rule' END, g.land_type, g.rule, ARRAY[w.rule]
          FROM range g JOIN weakest w ON w.land_type = g.land_type AND w.fact = g.fact AND w.rule <> g.rule
           AND (w.role = g.role OR w.role = 'gate' AND g.role = 'criterion')
         WHERE (w.side = 'below' AND (g.high < w.high OR g.high = w.high AND g.high_open >= w.high_open)
             OR w.side = 'above' AND (g.low > w.low OR g.low = w.low AND g.low_open >= w.low_open))
           AND NOT EXISTS (SELECT FROM empty e WHERE e.land_type = g.land_type AND e.rule = g.rule)
           AND NOT EXISTS (SELECT FROM rule a JOIN rule b ON b.land_type = a.land_type AND b.rule = w.rule WHERE a.land_type = g.land_type AND a.rule = g.rule AND a.criterion = b.criterion)
        UNION ALL
        SELECT 'unreachable_exemption', x.land_type, x.rule, '{}'::text[]
          FROM rule x
         WHERE x.role = 'exemption' AND EXISTS (SELECT FROM range g WHERE g.land_type = x.land_type AND g.rule = x.rule)
           AND NOT EXISTS (SELECT FROM rule c WHERE c.land_type = x.land_type AND c.role = 'criterion'
                              AND NOT EXISTS (SELECT FROM range g JOIN range h ON h.land_type = g.land_type AND h.fact = g.fact AND h.rule = c.rule
                                               WHERE g.land_type = x.land_type AND g.rule = x.rule
                                                 AND (g.low > h.high OR g.high < h.low OR g.low = h.high AND (g.low_open OR h.high_open) OR g.high = h.low AND (g.high_open OR h.low_open))));
END
$function$;
COMMENT ON FUNCTION _check_limit(jsonb) IS 'problems of limits: slips of units, rules that are never or always true, that others make needless, exemptions that no criterion meets; rows: of _standard_rows()';

CREATE FUNCTION _check_scope(rows jsonb) RETURNS SETOF _standard_problem
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        WITH land_type AS MATERIALIZED (
            SELECT t.*, row_number() OVER (ORDER BY t.sequence, t.land_type COLLATE "C") AS place FROM jsonb_populate_recordset(NULL::standard_land_type, rows -> 'land_type') t
        ), period AS MATERIALIZED (
            SELECT p.*, lead(p.from_date) OVER w AS next_from, lead(p.period) OVER w AS next_period, row_number() OVER w AS place
              FROM jsonb_populate_recordset(NULL::standard_legacy_period, rows -> 'legacy_period') p
            WINDOW w AS (ORDER BY p.from_date NULLS FIRST, p.period COLLATE "C")
        )
        SELECT 'land_type_hidden', t.land_type, NULL::text, ARRAY[(array_agg(o.land_type ORDER BY o.place))[1]]
          FROM land_type t JOIN land_type o ON o.family = t.family AND o.place < t.place AND o.subject = t.subject AND o.minimum_share <= t.minimum_share
           AND (o.use_codes IS NULL OR t.use_codes <@ o.use_codes AND t.use_code_system IS NOT DISTINCT FROM o.use_code_system)
         GROUP BY t.land_type
        UNION ALL
        SELECT 'use_code_twice', t.land_type, NULL, ARRAY[c.code, o.land_type]
          FROM land_type t CROSS JOIN unnest(t.use_codes) AS c (code) JOIN land_type o ON o.family = t.family AND o.place < t.place AND o.use_code_system = t.use_code_system AND c.code = ANY (o.use_codes)
         WHERE NOT t.use_codes <@ o.use_codes
        UNION ALL
        SELECT 'use_code_system_missing', t.land_type, NULL, '{}' FROM land_type t WHERE t.use_codes IS NOT NULL AND t.use_code_system IS NULL
        UNION ALL
        SELECT 'use_code_foreign', t.land_type, NULL, ARRAY[c.code, t.family]
          FROM land_type t CROSS JOIN unnest(t.use_codes) AS c (code)
         WHERE t.use_code_system IS NOT NULL AND NOT EXISTS (SELECT FROM land_use_code k WHERE k.code_system = t.use_code_system AND k.code = c.code AND (k.family = t.family OR k.family IS NULL))
        UNION ALL
        SELECT 'subject_not_judged', t.land_type, NULL, ARRAY[t.subject] FROM land_type t WHERE t.subject <> 'parcel'
        UNION ALL
        SELECT 'family_uncovered', NULL, NULL, ARRAY[l.code]
          FROM label l
         WHERE l.topic = 'family' AND l.code IN ('industry_warehouse', 'commerce_office', 'residence', 'facilities')
           AND EXISTS (SELECT FROM land_type t WHERE t.family <> 'any') AND NOT EXISTS (SELECT FROM land_type t WHERE t.family = l.code)
        UNION ALL
        SELECT 'validity_empty', NULL, NULL, ARRAY[to_char(s.valid_from, 'YYYY-MM-DD'), to_char(s.valid_to, 'YYYY-MM-DD')] FROM jsonb_populate_record(NULL::standard, rows -> 'standard') s WHERE s.valid_from >= s.valid_to
        UNION ALL
        SELECT 'legacy_overlap', NULL, NULL, ARRAY[p.period, p.next_period] FROM period p WHERE p.next_period IS NOT NULL AND (p.to_date IS NULL OR p.next_from IS NULL OR p.next_from < p.to_date)
        UNION ALL
        SELECT 'legacy_gap', NULL, NULL, ARRAY[to_char(p.to_date, 'YYYY-MM-DD'), coalesce(to_char(p.next_from, 'YYYY-MM-DD'), '…')] FROM period p WHERE p.to_date < p.next_from OR p.next_period IS NULL AND p.to_date IS NOT NULL
        UNION ALL
        SELECT 'legacy_gap', NULL, NULL, ARRAY['…', to_char(p.from_date, 'YYYY-MM-DD')] FROM period p WHERE p.place = 1 AND p.from_date IS NOT NULL;
END
$function$;
COMMENT ON FUNCTION _check_scope(jsonb) IS 'problems of scope: which land a land type covers, when the standard and its legacy periods hold; rows: of _standard_rows()';

CREATE FUNCTION _check_survey_standard(survey name, standard text, home name) RETURNS SETOF _standard_problem
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT 'column_missing', f.land_type, NULL::text, ARRAY[f.fact]
          FROM %1$I.standard_fact f JOIN %1$I.standard_land_type t USING (standard, land_type)
         WHERE f.standard = $1 AND t.subject = 'parcel'
           AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = '%2$I.parcel_indicator'::regclass AND a.attnum > 0
                              AND a.attname = replace(f.fact, '.', '_') || CASE f.type WHEN 'series' THEN '_series' ELSE '' END)
        UNION ALL
        SELECT 'peer_group_small', t.land_type, NULL, ARRAY[g.minimum::text, n.subjects::text]
          FROM %1$I.standard_land_type t
         -- the widest group that can be reached
         CROSS JOIN LATERAL (SELECT coalesce((SELECT p.minimum FROM %1$I.standard_peer_group p WHERE p.standard = $1 AND p.land_type = t.land_type ORDER BY p.sequence DESC LIMIT 1), 3) AS minimum,
                                    EXISTS (SELECT FROM %1$I.standard_peer_group p WHERE p.standard = $1 AND p.land_type = t.land_type AND p.below = 'published') AS published) g
         CROSS JOIN LATERAL (SELECT count(*) AS subjects FROM %2$I.parcel_indicator i WHERE i.family = t.family AND i.until_run IS NULL) n
         WHERE t.standard = $1 AND t.subject = 'parcel' AND n.subjects < g.minimum AND NOT g.published AND EXISTS (SELECT FROM %2$I.run)
           AND EXISTS (SELECT FROM %1$I.standard_rule r, unnest(ARRAY[r.applicability, r.criterion]) AS k (criterion), criterion_benchmarks(k.criterion) b
                        WHERE r.standard = $1 AND r.land_type = t.land_type AND b.function <> 'control_indicator')
        UNION ALL
        SELECT 'validity_overlap', NULL, NULL, ARRAY[o.code]
          FROM %1$I.standard s JOIN %1$I.standard o ON o.code <> s.code AND (o.title_en = s.title_en OR o.title_zh = s.title_zh)
         WHERE s.code = $1 AND daterange(s.valid_from, CASE WHEN s.valid_to > s.valid_from IS NOT FALSE THEN s.valid_to END) && daterange(o.valid_from, CASE WHEN o.valid_to > o.valid_from IS NOT FALSE THEN o.valid_to END)
        UNION ALL
        -- areas of the survey that no variant covers, and areas that are none
        SELECT 'scope_gap', r.land_type, r.rule, ARRAY[string_agg(DISTINCT coalesce(nullif(a.name, ''), a.code), ', ')]
          FROM (SELECT r.land_type, r.rule, array_agg(DISTINCT c.code) AS codes FROM %1$I.standard_rule r, unnest(r.management_area) AS c (code) WHERE r.standard = $1 GROUP BY r.land_type, r.rule
                 HAVING bool_and(r.management_area IS NOT NULL)) r
          JOIN %2$I.management_area a ON a.code <> ALL (r.codes)
         WHERE NOT EXISTS (SELECT FROM %1$I.standard_rule o WHERE o.standard = $1 AND o.land_type = r.land_type AND o.rule = r.rule AND o.management_area IS NULL)
         GROUP BY r.land_type, r.rule
        UNION ALL
        SELECT DISTINCT 'scope_unknown', r.land_type, r.rule, ARRAY[c.code]
          FROM %1$I.standard_rule r, unnest(r.management_area) AS c (code)
         WHERE r.standard = $1 AND NOT EXISTS (SELECT FROM %2$I.management_area a WHERE a.code = c.code)$query$, home, survey)
      USING standard;
END
$function$;
COMMENT ON FUNCTION _check_survey_standard(name, text, name) IS 'problems that only the survey shows: facts without a column, peer groups that are too small, other standards of the same title at the same time';

CREATE FUNCTION _check_score(rows jsonb) RETURNS SETOF _standard_problem
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 10000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        WITH model AS MATERIALIZED (
            SELECT m.* FROM jsonb_populate_recordset(NULL::standard_score, rows -> 'score') m
        ), item AS MATERIALIZED (
            SELECT i.* FROM jsonb_populate_recordset(NULL::standard_score_item, rows -> 'score_item') i
        ), cut AS (
            SELECT m.model, m.rank_shares::text AS words, EXISTS (SELECT FROM generate_series(2, cardinality(m.rank_shares)) i WHERE m.rank_shares[i] <= m.rank_shares[i - 1])
                       OR m.rank_shares[1] <= 0 OR m.rank_shares[cardinality(m.rank_shares)] <> 1 AS wrong
              FROM model m WHERE m.rank_shares IS NOT NULL
            UNION ALL
            SELECT m.model, m.score_limits::text, EXISTS (SELECT FROM generate_series(2, cardinality(m.score_limits)) i WHERE m.score_limits[i] >= m.score_limits[i - 1])
              FROM model m WHERE m.score_limits IS NOT NULL
        )
        SELECT 'score_items_missing', m.land_type, NULL::text, ARRAY[m.model] FROM model m WHERE NOT EXISTS (SELECT FROM item i WHERE i.model = m.model)
        UNION ALL
        SELECT 'score_land_type_unknown', NULL, NULL, ARRAY[m.model, m.land_type]
          FROM model m WHERE m.land_type IS NOT NULL AND m.land_type NOT IN (SELECT t.land_type FROM jsonb_populate_recordset(NULL::standard_land_type, rows -> 'land_type') t)
        UNION ALL
        SELECT 'score_cuts', NULL, NULL, ARRAY[c.model, c.words] FROM cut c WHERE c.wrong
        UNION ALL
        SELECT 'score_base_missing', NULL, NULL, ARRAY[i.model, i.item]
          FROM item i WHERE i.form = 'base'
           AND NOT EXISTS (SELECT FROM jsonb_populate_recordset(NULL::standard_score_base, rows -> 'score_base') b WHERE b.model = i.model AND b.item = i.item)
        UNION ALL
        SELECT 'score_grades_missing', m.land_type, NULL, ARRAY[m.model] FROM model m WHERE num_nonnulls(m.rank_shares, m.score_limits) = 0
        UNION ALL
        SELECT 'score_population_overlap', m.land_type, NULL, ARRAY[m.model, o.model, m.land_type]
          FROM model m JOIN model o ON o.land_type = m.land_type AND (o.sequence, o.model COLLATE "C") > (m.sequence, m.model COLLATE "C")
         WHERE m.population IS NULL AND o.population IS NULL;
END
$function$;
COMMENT ON FUNCTION _check_score(jsonb) IS 'problems of score models; rows: of _standard_rows()';

CREATE FUNCTION check_standard(standard text, survey name DEFAULT NULL)
    RETURNS TABLE (severity text, land_type text, rule text, problem_en text, problem_zh text, advice_en text, advice_zh text, kind text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000000 ROWS 20
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    home name := _standard_home(survey, standard);
    rows jsonb := _standard_rows(home, standard);
BEGIN
    RETURN QUERY
        SELECT c.severity, p.land_type, p.rule, format(w.label_en, VARIADIC p.arguments), format(w.label_zh, VARIADIC p.arguments), format(a.label_en), format(a.label_zh), p.kind
          FROM (SELECT * FROM _check_name(rows) UNION ALL SELECT * FROM _check_limit(rows) UNION ALL SELECT * FROM _check_scope(rows) UNION ALL SELECT * FROM _check_score(rows)
                UNION ALL SELECT * FROM _check_survey_standard(survey, standard, home)) p
          JOIN _standard_check c ON c.kind = p.kind
          JOIN label w ON w.topic = 'standard_problem' AND w.code = p.kind
          JOIN label a ON a.topic = 'standard_advice' AND a.code = p.kind
         ORDER BY c.sequence, p.land_type COLLATE "C", p.rule COLLATE "C", p.arguments COLLATE "C";
END
$function$;
COMMENT ON FUNCTION check_standard(text, name) IS 'what is wrong with a standard, worst first: rows of severity (error, warning, note), land type and rule (NULL = the standard as a whole), problem and advice in English and Chinese, kind of check. survey: look among its own standards first, and check against its columns and its current run. Limits are checked where a rule compares facts with numbers; no row means that nothing was found, not that the standard is right. Errors: 42704 unknown standard, 3F000 unknown survey';

GRANT SELECT ON _standard_check TO PUBLIC;
