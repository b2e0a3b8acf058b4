-- score: models that add up points, and grades by rank or by score

CREATE TABLE standard_score (
    standard       text NOT NULL REFERENCES standard ON UPDATE CASCADE ON DELETE CASCADE,
    model          text NOT NULL,
    land_type      text,
    population     criterion,
    ungraded       criterion,
    ungraded_grade text,
    item_cap       double precision CHECK (item_cap > 0),
    item_floor     double precision CHECK (item_floor >= 0),
    bonus_fact     text,
    digits         integer CHECK (digits BETWEEN 0 AND 10),
    grades         text[] NOT NULL DEFAULT '{}',
    rank_shares    double precision[],
    score_limits   double precision[],
    rank_rounding  text NOT NULL DEFAULT 'half_up' CHECK (rank_rounding IN ('half_up', 'down', 'up')),
    ties           text NOT NULL DEFAULT 'better' CHECK (ties IN ('better', 'worse')),
    label_en       text NOT NULL,
    label_zh       text NOT NULL,
    sequence       integer NOT NULL DEFAULT 1,
    source         text NOT NULL,
    confirmation   text NOT NULL CHECK (confirmation IN ('in_force', 'draft', 'incomplete', 'to_be_confirmed', 'synthetic')),
    PRIMARY KEY (standard, model),
    CHECK (rank_shares IS NULL OR score_limits IS NULL),
    CHECK (cardinality(rank_shares) = cardinality(grades) AND array_position(rank_shares, NULL) IS NULL),
    CHECK (cardinality(score_limits) = cardinality(grades) - 1 AND array_position(score_limits, NULL) IS NULL)
);
COMMENT ON TABLE standard_score IS 'score models of a standard (评价模型): who is scored, and how points become grades';
COMMENT ON COLUMN standard_score.standard IS 'the standard';
COMMENT ON COLUMN standard_score.model IS 'name inside the standard; standard/model calls it';
COMMENT ON COLUMN standard_score.land_type IS 'land type whose subjects it scores; NULL = none by itself, compute_scores() only';
COMMENT ON COLUMN standard_score.population IS 'who is scored by it; NULL = all. Whoever it is unknown for has no score';
COMMENT ON COLUMN standard_score.ungraded IS 'who has no rank although scored, such as firms that have just started; NULL = nobody';
COMMENT ON COLUMN standard_score.ungraded_grade IS 'the grade the ungraded are treated as; NULL = none';
COMMENT ON COLUMN standard_score.item_cap IS 'most that an item can reach, as a multiple of its weight; NULL = no limit';
COMMENT ON COLUMN standard_score.item_floor IS 'least that an item can reach, as a multiple of its weight; NULL = no limit';
COMMENT ON COLUMN standard_score.bonus_fact IS 'fact whose points are added to the sum, negative ones taken off; NULL = none; an unknown bonus makes the score unknown';
COMMENT ON COLUMN standard_score.digits IS 'digits after the point to which a score is rounded (half away from zero) before it is ranked; NULL = not rounded';
COMMENT ON COLUMN standard_score.grades IS 'names of the grades, best first; {} = none published';
COMMENT ON COLUMN standard_score.rank_shares IS 'share of the ranked up to the end of each grade, e.g. {0.25,0.70,0.95,1}; NULL = not by rank';
COMMENT ON COLUMN standard_score.score_limits IS 'score from which each grade but the last begins; NULL = not by score';
COMMENT ON COLUMN standard_score.rank_rounding IS 'how share x number becomes a whole number of subjects: half_up, down or up';
COMMENT ON COLUMN standard_score.ties IS 'better: equal scores have the best rank of them, worse: the last';
COMMENT ON COLUMN standard_score.label_en IS 'English name';
COMMENT ON COLUMN standard_score.label_zh IS 'Chinese name';
COMMENT ON COLUMN standard_score.sequence IS 'order in which models of a land type are tried';
COMMENT ON COLUMN standard_score.source IS 'where it was read, and what is missing of it';
COMMENT ON COLUMN standard_score.confirmation IS 'how far its figures are confirmed, as standard.confirmation';

CREATE TABLE standard_score_item (
    standard     text NOT NULL,
    model        text NOT NULL,
    item         text NOT NULL,
    weight       double precision NOT NULL CHECK (weight > 0 AND weight < 'Infinity'),
    form         text NOT NULL CHECK (form IN ('base', 'min_max')),
    least_share  double precision NOT NULL DEFAULT 0 CHECK (least_share >= 0 AND least_share < 1),
    imputation   text NOT NULL DEFAULT 'none' CHECK (imputation IN ('none', 'group_mean_score')),
    unit         text,
    label_en     text NOT NULL,
    label_zh     text NOT NULL,
    sequence     integer NOT NULL DEFAULT 1,
    PRIMARY KEY (standard, model, item),
    FOREIGN KEY (standard, model) REFERENCES standard_score ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE standard_score_item IS 'what a score model adds up';
COMMENT ON COLUMN standard_score_item.standard IS 'the standard';
COMMENT ON COLUMN standard_score_item.model IS 'the model';
COMMENT ON COLUMN standard_score_item.item IS 'the fact that is scored';
COMMENT ON COLUMN standard_score_item.weight IS 'points of the item';
COMMENT ON COLUMN standard_score_item.form IS 'base: weight x value / base; min_max: weight x (least_share + (1 - least_share) x (value - least) / (most - least)) over the population';
COMMENT ON COLUMN standard_score_item.least_share IS 'share of the weight that the smallest value has, with form min_max';
COMMENT ON COLUMN standard_score_item.imputation IS 'what stands in for an unknown value: none, or group_mean_score, the mean points of those of the population whose value is known; recorded in the result';
COMMENT ON COLUMN standard_score_item.unit IS 'unit of the fact';
COMMENT ON COLUMN standard_score_item.label_en IS 'English name';
COMMENT ON COLUMN standard_score_item.label_zh IS 'Chinese name';
COMMENT ON COLUMN standard_score_item.sequence IS 'order in lists';

CREATE TABLE standard_score_base (
    standard text NOT NULL,
    model    text NOT NULL,
    item     text NOT NULL,
    year     integer NOT NULL,
    base     double precision NOT NULL CHECK (base > 0 AND base < 'Infinity'),
    source   text NOT NULL,
    PRIMARY KEY (standard, model, item, year),
    FOREIGN KEY (standard, model, item) REFERENCES standard_score_item ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE standard_score_base IS 'reference values of score items by year (基准值)';
COMMENT ON COLUMN standard_score_base.standard IS 'the standard';
COMMENT ON COLUMN standard_score_base.model IS 'the model';
COMMENT ON COLUMN standard_score_base.item IS 'the item';
COMMENT ON COLUMN standard_score_base.year IS 'year of the facts that it is for; a later year without one of its own takes it too';
COMMENT ON COLUMN standard_score_base.base IS 'value that earns the full weight, in the unit of the item';
COMMENT ON COLUMN standard_score_base.source IS 'where it was published';

GRANT SELECT ON standard_score, standard_score_item, standard_score_base TO PUBLIC;

-- ---- computing ----

CREATE FUNCTION _membership(criterion criterion) RETURNS ruleset
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN compile_ruleset('membership', '1', NULL, 1,
        ARRAY(SELECT ROW(f.name, split_part(f.used_as, '|', 1), NULL, 'parcel', 'open', NULL, f.name, f.name)::ruleset_fact FROM criterion_facts(criterion) f),
        ARRAY[ROW('member', 'criterion', NULL, criterion, false, NULL, 'member', 'member')::ruleset_rule], '{}');
END
$function$;
COMMENT ON FUNCTION _membership(criterion) IS 'a rule set that finds a row inefficient where the criterion holds: classify() then tells members from others and from those it is unknown for';

CREATE FUNCTION _score_grade(place bigint, n bigint, score numeric, model standard_score) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    last numeric;
BEGIN
    IF score IS NULL OR num_nonnulls(model.rank_shares, model.score_limits) = 0 THEN
        RETURN NULL;
    END IF;
    FOR i IN 1 .. cardinality(model.grades)
    LOOP
        IF model.rank_shares IS NOT NULL THEN
            last := model.rank_shares[i]::text::numeric * n;
            last := CASE model.rank_rounding WHEN 'down' THEN floor(last) WHEN 'up' THEN ceil(last) ELSE round(last) END;
            IF place <= last THEN
                RETURN model.grades[i];
            END IF;
        ELSIF i = cardinality(model.grades) OR score >= model.score_limits[i]::text::numeric THEN
            RETURN model.grades[i];
        END IF;
    END LOOP;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION _score_grade(bigint, bigint, numeric, standard_score) IS 'the grade of a score that has this place among n; NULL where the model has no cuts';

CREATE TYPE _score_line AS (id text, score double precision, grade text, rank bigint, n bigint, items jsonb, missing text[]);
COMMENT ON TYPE _score_line IS 'a row of compute_scores()';

-- Everything is computed in decimals: numeric from the shortest text of a double.
CREATE FUNCTION _scores(home name, model standard_score, relation regclass, key text, condition text, year integer, absent_is_unknown boolean) RETURNS SETOF _score_line
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET extra_float_digits = 1 SET jit = off
AS $function$
DECLARE
    items text[];
    item_values text;
    bonus text := '0::numeric';
    absent text;
    expression text;
    fact text;
BEGIN
    EXECUTE format('SELECT array_agg(i.item ORDER BY i.sequence, i.item COLLATE "C") FROM %I.standard_score_item i WHERE i.standard = $1 AND i.model = $2', home)
       INTO items USING model.standard, model.model;
    IF items IS NULL THEN
        RAISE EXCEPTION 'score model "%/%" has no items', model.standard, model.model USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Source: %s.', model.source), HINT = 'Copy the standard and give the copy its items.';
    END IF;
    FOREACH fact IN ARRAY items || model.bonus_fact
    LOOP
        CONTINUE WHEN fact IS NULL;
        expression := format('(r.%I)::text::numeric', replace(fact, '.', '_'));
        IF NOT _has_column(relation, replace(fact, '.', '_')) THEN
            expression := 'NULL::numeric';
            absent := concat_ws(', ', absent, quote_ident(replace(fact, '.', '_')));
        END IF;
        IF fact = ANY (items) THEN
            item_values := concat_ws(', ', item_values, expression);
        ELSE
            bonus := expression;
        END IF;
    END LOOP;
    IF absent IS NOT NULL AND NOT absent_is_unknown THEN
        RAISE EXCEPTION 'relation % has no column %, which score model "%/%" adds up', relation, absent, model.standard, model.model USING ERRCODE = 'undefined_column',
            HINT = 'Add the columns (NULL where unknown), or rename them with facts_view().';
    END IF;
    RETURN QUERY EXECUTE format($query$
        WITH item AS MATERIALIZED (
            SELECT i.item, i.weight::text::numeric AS weight, i.form, i.least_share::text::numeric AS least_share, i.imputation, array_position($3, i.item) AS place,
                   b.base::text::numeric AS base, b.year AS base_year
              FROM %1$I.standard_score_item i
              LEFT JOIN LATERAL (SELECT y.base, y.year FROM %1$I.standard_score_base y
                                  WHERE y.standard = i.standard AND y.model = i.model AND y.item = i.item AND ($4 IS NULL OR y.year <= $4)
                                  ORDER BY y.year DESC LIMIT 1) b ON true
             WHERE i.standard = $1 AND i.model = $2
        ), subject AS MATERIALIZED (
            SELECT (%2$s)::text AS id, ARRAY[%3$s] AS value, %4$s AS bonus, coalesce(p.verdict, 'inefficient') AS population, p.missing AS population_missing,
                   coalesce(u.verdict, 'not_inefficient') AS ungraded, u.missing AS ungraded_missing
              FROM (SELECT * FROM %5$s r WHERE %6$s) r
              LEFT JOIN LATERAL inefficient_land.classify(r, $5) p ON true
              LEFT JOIN LATERAL inefficient_land.classify(r, $6) u ON true
        ), span AS MATERIALIZED (
            SELECT i.item, min(s.value[i.place]) AS least, max(s.value[i.place]) AS most
              FROM item i CROSS JOIN subject s WHERE i.form = 'min_max' AND s.population = 'inefficient' GROUP BY i.item
        ), raw AS MATERIALIZED (
            SELECT s.id, i.*, s.value[i.place] AS value,
                   CASE i.form WHEN 'base' THEN i.weight * s.value[i.place] / i.base
                               ELSE i.weight * (i.least_share + (1 - i.least_share) * (s.value[i.place] - g.least) / nullif(g.most - g.least, 0)) END AS points
              FROM subject s CROSS JOIN item i LEFT JOIN span g ON g.item = i.item
             WHERE s.population = 'inefficient'
        ), limited AS MATERIALIZED (
            SELECT w.*, CASE WHEN w.points IS NULL THEN NULL
                             ELSE greatest(least(w.points, w.weight * $7::text::numeric), w.weight * $8::text::numeric) END AS kept
              FROM raw w
        ), mean AS MATERIALIZED (
            SELECT l.item, sum(l.kept) / count(l.kept) AS points FROM limited l WHERE l.imputation = 'group_mean_score' GROUP BY l.item HAVING count(l.kept) > 0
        ), summed AS MATERIALIZED (
            SELECT l.id, CASE WHEN count(coalesce(l.kept, m.points)) = count(*) THEN sum(coalesce(l.kept, m.points)) END AS points,
                   jsonb_agg(jsonb_build_object('item', l.item, 'value', l.value, 'weight', l.weight, 'base', l.base, 'base_year', l.base_year,
                                                'points', round(coalesce(l.kept, m.points), 6), 'imputed', l.kept IS NULL AND m.points IS NOT NULL) ORDER BY l.place) AS items,
                   array_agg(CASE WHEN l.value IS NULL THEN l.item WHEN l.form = 'base' THEN 'base of ' || l.item ELSE 'range of ' || l.item END ORDER BY l.place)
                       FILTER (WHERE coalesce(l.kept, m.points) IS NULL) AS missing
              FROM limited l LEFT JOIN mean m ON m.item = l.item
             GROUP BY l.id
        ), scored AS MATERIALIZED (
            SELECT s.id, s.ungraded, CASE WHEN $9 IS NULL THEN q.points + s.bonus ELSE round(q.points + s.bonus, $9) END AS score, q.items,
                   coalesce(q.missing, '{}') || CASE WHEN s.bonus IS NULL THEN ARRAY[$10] ELSE '{}' END
                       || CASE WHEN s.population = 'insufficient_data' THEN s.population_missing ELSE '{}' END
                       || CASE WHEN s.population = 'inefficient' AND s.ungraded = 'insufficient_data' THEN s.ungraded_missing ELSE '{}' END AS missing
              FROM subject s LEFT JOIN summed q ON q.id = s.id
             WHERE s.population <> 'not_inefficient'
        ), ranked AS (
            SELECT c.id, CASE WHEN $11 = 'better' THEN rank() OVER (ORDER BY c.score DESC) ELSE count(*) OVER (ORDER BY c.score DESC) END AS place, count(*) OVER () AS n
              FROM scored c WHERE c.score IS NOT NULL AND c.ungraded = 'not_inefficient'
        )
        SELECT c.id, c.score::double precision, CASE WHEN c.score IS NOT NULL AND c.ungraded = 'inefficient' THEN $12.ungraded_grade ELSE inefficient_land._score_grade(k.place, k.n, CASE WHEN k.id IS NOT NULL THEN c.score END, $12) END,
               k.place, k.n, c.items, c.missing
          FROM scored c LEFT JOIN ranked k ON k.id = c.id$query$, home, key, item_values, bonus, relation, condition)
      USING model.standard, model.model, items, year, CASE WHEN model.population IS NOT NULL THEN _membership(model.population) END,
            CASE WHEN model.ungraded IS NOT NULL THEN _membership(model.ungraded) END, model.item_cap, model.item_floor, model.digits, model.bonus_fact, model.ties, model;
END
$function$;
COMMENT ON FUNCTION _scores(name, standard_score, regclass, text, text, integer, boolean) IS 'scores of the rows r of a relation for which the condition holds; key: an expression over r that names a row; both are made by this library, never by a caller. absent_is_unknown: a fact without column is unknown, else an error';

CREATE FUNCTION compute_scores(relation regclass, model text, key name DEFAULT NULL, year integer DEFAULT NULL, survey name DEFAULT NULL)
    RETURNS TABLE (id text, score double precision, grade text, rank bigint, n bigint, items jsonb, missing text[])
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET extra_float_digits = 1
AS $function$
DECLARE
    home name := _standard_home(survey, split_part(model, '/', 1));
    chosen standard_score;
    known text;
BEGIN
    EXECUTE format('SELECT m.* FROM %I.standard_score m WHERE m.standard = $1 AND m.model = $2', home) INTO chosen USING split_part(model, '/', 1), split_part(model, '/', 2);
    IF chosen.model IS NULL THEN
        EXECUTE format('SELECT string_agg(m.standard || ''/'' || m.model, '', '' ORDER BY m.sequence, m.model) FROM %I.standard_score m WHERE m.standard = $1', home) INTO known USING split_part(model, '/', 1);
        RAISE EXCEPTION '"%" does not name a score model', model USING ERRCODE = 'undefined_object', HINT = format('Write standard/model. Models of the standard: %s.', coalesce(known, 'none'));
    END IF;
    key := _usual_key(relation, key);
    PERFORM _require_keys(relation, key);
    RETURN QUERY SELECT s.* FROM _scores(home, chosen, relation, format('r.%I', key), 'true', year, absent_is_unknown => false) s;
END
$function$;
COMMENT ON FUNCTION compute_scores(regclass, text, name, integer, name) IS 'scores and grades of the rows of a relation by a model (standard/model), the survey''s own first; columns are named as the facts. Rows outside the population are not returned. key: NULL takes the primary key of one column, else id. id: the key as text; score: sum of the points of the items and the bonus, NULL where one of them is unknown and not imputed; grade: by rank among the ranked or by score, as the model states, NULL where it has no cuts; rank among n, NULL for the ungraded, who have the grade the model gives them; items: value, weight, base with its year, points (six digits) and whether they are imputed; missing: facts, bases and ranges that keep the score or the rank open. year: of the facts, takes the base of that year or the latest before it; NULL the latest. Decimal arithmetic: the same for any order of rows. Errors: 42704 unknown model, 42703 a column is missing, 23502 a key is null, 23505 one comes twice, 55000 a model whose items were not published, 22003 and others as classify for the criteria';

-- ---- the library ----

INSERT INTO fact_dictionary (sequence, fact, type, unit, level, department, field_names, minimum, maximum, label_en, label_zh)
SELECT (SELECT max(d.sequence) FROM fact_dictionary d) + row_number() OVER (), v.fact, 'number', v.unit, 'part', v.department, '{}', 0, v.maximum, v.label_en, v.label_zh
  FROM (VALUES
    ('value_added_per_mu',        '10^4 CNY/mu',   'statistics', 1e5, 'value added per mu', '亩均增加值'),
    ('sales_per_mu',              '10^4 CNY/mu',   'statistics', 1e5, 'sales per mu', '亩均销售收入'),
    ('value_added_per_energy',    '10^4 CNY/tce',  'statistics', 1e5, 'value added per tonne of coal equivalent', '单位能耗增加值'),
    ('value_added_per_pollutant', '10^4 CNY/t',    'environment', 1e7, 'value added per tonne of pollutants', '单位排放增加值'),
    ('labour_productivity',       '10^4 CNY/person', 'statistics', 1e4, 'value added per person', '全员劳动生产率'),
    ('research_share',            NULL,            'statistics', 1,   'share of research and development in revenue', '研发经费占比'),
    ('tax_per_kwh',               'CNY/kWh',       'taxation',   1e4, 'tax per kilowatt-hour', '单位电耗税收')) AS v (fact, unit, department, maximum, label_en, label_zh)
 WHERE NOT EXISTS (SELECT FROM fact_dictionary d WHERE d.fact = v.fact AND d.type = 'number');

INSERT INTO standard (code, version, title_en, title_zh, authority, source, confirmation) VALUES
    ('huangyan-2022', 'reference values of 2021 and 2022', 'Huangyan District: efficiency per mu', '台州市黄岩区亩均效益综合评价', 'Huangyan District (黄岩区)',
     'published reference values and weights; cuts of the grades were not part of the text', 'incomplete'),
    ('anhui-city', 'weights and shares', 'A city of Anhui type: efficiency per mu', '某市(安徽类型)亩均效益评价', NULL,
     'the text does not name the city; reference values of the items and the amounts of bonus and penalty were not published', 'incomplete'),
    ('jingde', 'form of the score', 'Jingde County: efficiency per mu', '旌德县亩均效益评价', 'Jingde County (旌德县)',
     'form of the item score only: weight x (20 + 80 x (x - min) / (max - min)) / 100 plus bonus, grades by rank; items, weights and shares were not readable', 'incomplete');

INSERT INTO standard_score (standard, model, population, ungraded, ungraded_grade, bonus_fact, grades, rank_shares, label_en, label_zh, sequence, source, confirmation) VALUES
    ('huangyan-2022', 'above_scale', 'is_above_scale', NULL, NULL, NULL, '{A,B,C,D}', NULL, 'firms above scale', '规上企业', 1,
     'weights 30, 20, 20, 10, 10, 10; cuts of the grades not published', 'incomplete'),
    ('huangyan-2022', 'below_scale', 'not is_above_scale', NULL, NULL, NULL, '{A,B,C,D}', NULL, 'firms below scale', '规下企业', 2,
     'weights 50, 50; cuts of the grades not published', 'incomplete'),
    ('anhui-city', 'above_scale', 'is_above_scale', 'is_ungraded', 'B', 'bonus_points', '{A,B,C,D}', '{0.25,0.7,0.95,1}', 'firms above scale', '规上企业', 1,
     'A the first 25 %, B to 70 %, C to 95 %, D the last 5 %; utilities, firms that start and projects under construction are not graded and treated as B; how shares are rounded and equal scores ranked is not said', 'incomplete'),
    ('anhui-city', 'below_scale', 'not is_above_scale', 'is_ungraded', 'B', 'bonus_points', '{A,B,C,D}', '{0.25,0.7,0.95,1}', 'firms below scale', '规下企业', 2,
     'as firms above scale', 'incomplete'),
    ('jingde', 'above_scale', 'is_above_scale', NULL, NULL, 'bonus_points', '{A,B,C,D}', NULL, 'firms above scale', '规上企业', 1, 'seven items, not readable', 'incomplete'),
    ('jingde', 'below_scale', 'not is_above_scale', NULL, NULL, 'bonus_points', '{A,B,C,D}', NULL, 'firms below scale', '规下企业', 2, 'three items, for firms of 5 mu or more, not readable', 'incomplete');

INSERT INTO standard_score_item (standard, model, item, weight, form, imputation, unit, label_en, label_zh, sequence)
SELECT i.standard, i.model, i.item, i.weight, 'base', i.imputation, d.unit, d.label_en, d.label_zh, i.sequence
  FROM (VALUES
    ('huangyan-2022', 'above_scale', 'tax_per_mu',                30, 'none', 1),
    ('huangyan-2022', 'above_scale', 'value_added_per_mu',        20, 'none', 2),
    ('huangyan-2022', 'above_scale', 'value_added_per_energy',    20, 'none', 3),
    ('huangyan-2022', 'above_scale', 'value_added_per_pollutant', 10, 'group_mean_score', 4),
    ('huangyan-2022', 'above_scale', 'labour_productivity',       10, 'none', 5),
    ('huangyan-2022', 'above_scale', 'research_share',            10, 'none', 6),
    ('huangyan-2022', 'below_scale', 'tax_per_mu',                50, 'none', 1),
    ('huangyan-2022', 'below_scale', 'tax_per_kwh',               50, 'none', 2),
    ('anhui-city',    'above_scale', 'tax_per_mu',                45, 'none', 1),
    ('anhui-city',    'above_scale', 'sales_per_mu',              20, 'none', 2),
    ('anhui-city',    'above_scale', 'value_added_per_energy',    15, 'none', 3),
    ('anhui-city',    'above_scale', 'research_share',            15, 'none', 4),
    ('anhui-city',    'above_scale', 'labour_productivity',        5, 'none', 5),
    ('anhui-city',    'below_scale', 'tax_per_mu',               100, 'none', 1)) AS i (standard, model, item, weight, imputation, sequence)
  JOIN fact_dictionary d ON d.fact = i.item AND d.type = 'number';

INSERT INTO standard_score_base (standard, model, item, year, base, source)
SELECT 'huangyan-2022', b.model, b.item, y.year, y.base, 'reference values of the district, published with the result of ' || y.year
  FROM (VALUES
    ('above_scale', 'tax_per_mu',                24.097, 26.01),
    ('above_scale', 'value_added_per_mu',        136.16, 132.27),
    ('above_scale', 'value_added_per_energy',    2.694, 2.54),
    ('above_scale', 'value_added_per_pollutant', 4929.81, 4861.08),
    ('above_scale', 'labour_productivity',       18.14, 17.45),
    ('above_scale', 'research_share',            0.0302, 0.0305),
    ('below_scale', 'tax_per_mu',                11.5932, 16.601058),
    ('below_scale', 'tax_per_kwh',               0.2352, 0.236565)) AS b (model, item, base_2022, base_2021)
 CROSS JOIN LATERAL (VALUES (2022, b.base_2022), (2021, b.base_2021)) AS y (year, base);

INSERT INTO label (topic, code, label_en, label_zh, sequence)
SELECT 'column', v.code, v.label_en, v.label_zh, (SELECT max(l.sequence) FROM label l WHERE l.topic = 'column') + row_number() OVER ()
  FROM (VALUES
    ('model',                      'score model',                     '评价模型'),
    ('standard_score.population',  'who is scored',                   '评价范围'),
    ('ungraded',                   'who is not ranked',               '不参与分级的对象'),
    ('ungraded_grade',             'grade of those not ranked',       '不参与分级对象的等级'),
    ('item_cap',                   'most points, as a multiple of the weight',  '单项得分上限(权重倍数)'),
    ('item_floor',                 'least points, as a multiple of the weight', '单项得分下限(权重倍数)'),
    ('bonus_fact',                 'fact of the bonus points',        '加减分指标'),
    ('digits',                     'digits of a score',               '得分小数位数'),
    ('grades',                     'grades, best first',              '等级(从优到劣)'),
    ('rank_shares',                'shares up to each grade',         '各等级累计比例'),
    ('score_limits',               'score from which a grade begins', '各等级起始得分'),
    ('rank_rounding',              'rounding of shares',              '比例取整方式'),
    ('ties',                       'rank of equal scores',            '同分名次'),
    ('item',                       'item',                            '评价指标'),
    ('weight',                     'weight',                          '权重'),
    ('form',                       'form of the points',              '计分方式'),
    ('least_share',                'share of the weight at the least value', '最小值得分比例'),
    ('imputation',                 'what stands in for an unknown value', '缺值处理'),
    ('base',                       'base value',                      '基准值'),
    ('score',                      'score',                           '得分'),
    ('grade',                      'grade',                           '等级'),
    ('score_items',                'points by item',                  '分项得分')) AS v (code, label_en, label_zh);
