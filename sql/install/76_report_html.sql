-- report_html: one page to read, print and send – what the report and layer views
-- say, in words of one language, with a map and charts, needing nothing from outside
--
-- Only what every reader of the survey may see goes in.  Same rows in, same bytes out.

-- What the map draws binds to PostGIS here; the rest of the page does without.
CREATE FUNCTION _svg_path(geom geometry, x0 double precision, y1 double precision) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 200
RETURN CASE WHEN NOT ST_IsEmpty(geom) THEN ST_AsSVG(ST_Translate(geom, -x0, -y1), 1, 0) END;
COMMENT ON FUNCTION _svg_path(geometry, double precision, double precision) IS 'the path of a geometry in a picture whose upper left corner is (x0, y1), in whole metres, y downward; NULL for an empty one';

CREATE FUNCTION _box(geom geometry, OUT x0 double precision, OUT y0 double precision, OUT x1 double precision, OUT y1 double precision)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 50
BEGIN ATOMIC
    SELECT ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom);
END;
COMMENT ON FUNCTION _box(geometry) IS 'smallest and largest coordinates; NULL for an empty geometry';

CREATE FUNCTION _middle(geom geometry, OUT x double precision, OUT y double precision)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT ST_X(ST_Centroid(geom)), ST_Y(ST_Centroid(geom));
END;
COMMENT ON FUNCTION _middle(geometry) IS 'centroid; NULL for an empty geometry';

-- From here to the end of the page the schema of PostGIS leaves the path of the script.
SELECT pg_catalog.set_config('search_path', 'inefficient_land, pg_temp', true);

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence)
SELECT 'page', v.code, v.label_en, v.label_zh, NULL, row_number() OVER ()
  FROM (VALUES
    ('brief',            'Survey of inefficient land: brief', '低效用地调查评价简报'),
    ('synthetic',        'Synthetic data: everything in this report is invented', '虚构数据:本报告全部内容均为虚构'),
    ('standard',         'Standard', '认定标准'),
    ('version',          'version', '版本'),
    ('authority',        'Issued by', '发布机关'),
    ('no_authority',     'no authority', '无发布机关'),
    ('as_of',            'Reference date', '评价基准日'),
    ('economic_year',    'Economic year', '经济数据年份'),
    ('base_year',        'Base year of the land survey', '国土变更调查年份'),
    ('run',              'Run', '评价批次'),
    ('not_known',        'not stated', '未注明'),
    ('screening',        'Suspected is what the rules find; determined is what an authority has decided. A verdict is a screening, not a decision.',
                         '“疑似”为按规则筛查的结果,“认定”为主管部门作出的决定;筛查结论不是认定决定。'),
    ('control_area',     'survey area', '调查面积'),
    ('surveyed_parcels', 'surface parcels', '地表宗地'),
    ('legacy_cases',     'legacy cases', '历史遗留用地'),
    ('problems',         'problems listed', '问题清单'),
    ('map',              'Map', '分布图'),
    ('map_note',         'Parcels of the surface, each once, by its most serious class; the tables count a mixed parcel in each of its families. Grid north is up.', '地表宗地按最严重的类别着色，每宗只计一次；表中混合用途宗地在各类型中分别计数。上方为坐标北。'),
    ('outside_map',      'Parcels outside the map: ', '图外宗地：'),
    ('north',            'N', '北'),
    ('overview',         '1. Overview', '一、概况'),
    ('lists',            '2. Two databases and one list', '二、两库一清单'),
    ('scale',            '3. Scale', '三、规模'),
    ('scheme',           'By reporting category', '按上报口径'),
    ('all_parcels',      'All land, parcels', '全部用地(宗)'),
    ('all_area',         'All land, m²', '全部用地(㎡)'),
    ('all_hectares',     'All land, ha', '全部用地(公顷)'),
    ('category',         'Category', '上报类别'),
    ('structure',        '4. Structure', '四、结构'),
    ('structure_right',  'By nature of the right', '按权利性质'),
    ('distribution',     '5. Distribution', '五、分布'),
    ('potential',        '6. Potential', '六、潜力'),
    ('missing',          '7. Missing facts', '七、资料缺口'),
    ('findings',         '8. Quality findings', '八、数据质量问题'),
    ('largest',          '9. Largest parcels of inefficient land', '九、面积最大的低效宗地'),
    ('chart_family',     'Hectares by family and class', '各类型用地面积(公顷)'),
    ('chart_place',      'Inefficient land by subdistrict, hectares', '各街道低效用地(公顷)'),
    ('chart_reason',     'Inefficient land by first reason, hectares', '低效用地按首要原因(公顷)'),
    ('note_total',       'Rows in bold are sums of other rows; all the others add up to the total, to 0.01 m². A mixed parcel counts in each of its families, its land once.',
                         '加粗行为小计,其余各行相加等于合计,精确到0.01平方米。混合用途宗地在各类型中分别计数,其土地只计一次。'),
    ('note_potential',   'Floor area the plan would still allow, where the plan''s limit and the floor area are known; hectares where they are not stand beside it. Existing floor area is as surveyed, the limit counts floor area by the plan''s rules: the figure is an estimate. Floor area above the plan on one parcel lowers no other parcel''s potential: over whole parcels, by the plan − existing = potential − above plan. Plan and potential of a mixed parcel are shared out by land.',
                         '规划尚可建设的建筑面积,仅统计规划指标和建筑面积均已知的宗地,其余另列公顷数。现状为调查建筑面积,规划指标按计容口径,故为测算数。超出规划的面积不抵减其他宗地的潜力：按整宗地计，规划−现状=潜力−超出规划；混合用途宗地的规划与潜力按用地面积分摊。'),
    ('note_missing',     'A parcel may lack several facts, so rows do not add up to the total.', '一宗地可能缺少多项资料,各行不能相加。'),
    ('note_management',  'Management areas may cross subdistricts; their rows do not add up to the district.', '管理片区可跨街道,不能与街道行相加。'),
    ('family',           'Family', '类型'),
    ('class',            'Class', '类别'),
    ('reason',           'Reason', '原因'),
    ('right',            'Right', '权利性质'),
    ('parcels',          'Parcels', '宗数'),
    ('management_area',  'Management area', '管理片区'),
    ('exceeding',        'Above plan, m²', '超出规划(平方米)'),
    ('area',             'Area, m²', '面积(平方米)'),
    ('hectares',         'ha', '公顷'),
    ('mu',               'mu', '亩'),
    ('share',            '%', '占比(%)'),
    ('subdistrict',      'Subdistrict', '街道'),
    ('determined_ha',    'Determined, ha', '认定(公顷)'),
    ('suspected_ha',     'Suspected, ha', '疑似(公顷)'),
    ('inefficient_share','Inefficient, %', '低效占比(%)'),
    ('known_ha',         'Known, ha', '已知(公顷)'),
    ('existing',         'Floor area, m²', '现状建筑面积(平方米)'),
    ('planned',          'By the plan, m²', '规划建筑面积(平方米)'),
    ('possible',         'Potential, m²', '潜力(平方米)'),
    ('unknown_ha',       'Unknown, ha', '不明(公顷)'),
    ('fact',             'Fact', '资料项'),
    ('department',       'Department', '责任单位'),
    ('undecided',        'Undecided parcels', '待定宗数'),
    ('undecided_ha',     'Undecided, ha', '待定(公顷)'),
    ('only_this_ha',     'For this alone, ha', '仅缺此项(公顷)'),
    ('nothing_missing',  'No fact is missing.', '无资料缺口。'),
    ('rule',             'Finding', '问题'),
    ('severity',         'Severity', '严重程度'),
    ('data',             'Data', '数据'),
    ('rows',             'Rows', '条数'),
    ('blocking',         'Blocking', '须先处理'),
    ('no_findings',      'No findings.', '未发现问题。'),
    ('inefficient_database', 'Inefficient land', '低效用地数据库'),
    ('legacy_database',  'Legacy land', '历史遗留用地数据库'),
    ('problem_list',     'Problems', '问题清单'),
    ('group',            'Group', '分类'),
    ('rows_or_cases',    'Cases', '数量'),
    ('code',             'Code', '代码'),
    ('name',             'Name', '名称'),
    ('no_name',          'unnamed', '未命名'),
    ('all_families',     'all families', '全部类型'),
    ('all',              'All', '合计'),
    ('no_reason',        'without reason', '无'),
    ('glossary',         'Words', '术语'),
    ('page_of',          'page', '页'),
    ('no_run',           'The survey has not been assessed yet.', '该调查尚未评价。')
  ) AS v (code, label_en, label_zh);

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('glossary', 'suspected',   'suspected – the rules find it inefficient; nobody has decided', '疑似低效:按规则筛查为低效,尚未作出决定', NULL, 1),
    ('glossary', 'determined',  'determined – an authority has decided that it is inefficient', '认定低效:主管部门已作出决定', NULL, 2),
    ('glossary', 'exempt',      'exempt – a criterion holds, and an exemption lifts it', '豁免:符合低效条件,但适用豁免', NULL, 3),
    ('glossary', 'excluded',    'excluded – another procedure comes first, such as idle land or conservation', '排除:应先适用其他程序,如闲置土地处置、保护利用', NULL, 4),
    ('glossary', 'insufficient_data', 'insufficient data – facts are missing that could decide', '资料不足:缺少足以作出判断的资料', NULL, 5),
    ('glossary', 'ha',          'ha – 10,000 m² = 15 mu', '公顷:10000平方米,合15亩', NULL, 6),
    ('glossary', 'plot_ratio',  'plot ratio – floor area divided by land area', '容积率:建筑面积与用地面积之比', NULL, 7),
    ('confirmation', 'in_force',        'in force', '现行有效', NULL, 1),
    ('confirmation', 'draft',           'draft', '草案', NULL, 2),
    ('confirmation', 'incomplete',      'incomplete', '不完整', NULL, 3),
    ('confirmation', 'to_be_confirmed', 'figures to be confirmed by the district', '数值待本区确认', NULL, 4),
    ('confirmation', 'synthetic',       'synthetic, without legal force', '虚构,无法律效力', NULL, 5),
    ('reporting_scheme', 'city', 'asked for by the city', '市级口径', NULL, 1),
    ('right_nature', '101', 'allocated', '划拨', NULL, 1),
    ('right_nature', '102', 'granted', '出让', NULL, 2),
    ('right_nature', '103', 'capital contribution', '作价出资(入股)', NULL, 3),
    ('right_nature', '104', 'leased', '租赁', NULL, 4),
    ('right_nature', '105', 'authorised operation', '授权经营', NULL, 5),
    ('map', 'water', 'river', '河流', '#c6dbef', 1),
    ('map', 'park',  'park', '公园绿地', '#e3f0d9', 2),
    ('map', 'ground', 'roads and other land', '道路及其他', '#f2f2f2', 3);

CREATE FUNCTION _html(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5
RETURN replace(replace(replace(replace(replace(value, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
COMMENT ON FUNCTION _html(text) IS 'text as it is written into a page, in elements and in quoted attributes; NULL in, NULL out';

CREATE FUNCTION _html_number(value numeric, digits integer) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 5
RETURN CASE WHEN value IS NULL THEN '–'
            ELSE replace(to_char(round(value, digits), CASE WHEN digits > 0 THEN 'FM999,999,999,999,990.' || repeat('0', digits) ELSE 'FM999,999,999,999,990' END), '-', '−') END;
COMMENT ON FUNCTION _html_number(numeric, integer) IS 'a number with the given decimals and a comma every three digits, the same in any locale; a dash where it is unknown';

CREATE FUNCTION _page_word(code text, language text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT _html(CASE language WHEN 'zh' THEN l.label_zh ELSE l.label_en END) FROM label l WHERE l.topic = 'page' AND l.code = _page_word.code;
END;
COMMENT ON FUNCTION _page_word(text, text) IS 'a fixed word of the report page';

CREATE FUNCTION _html_head(codes text[], language text) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT '<thead><tr>' || string_agg(CASE WHEN c.code LIKE '#%' THEN '<th class="n">' ELSE '<th>' END || _page_word(ltrim(c.code, '#'), language) || '</th>', '' ORDER BY c.i) || '</tr></thead>'
      FROM unnest(codes) WITH ORDINALITY AS c (code, i);
END;
COMMENT ON FUNCTION _html_head(text[], text) IS 'the head of a table from codes of words; # before a code: a column of numbers';

CREATE FUNCTION _html_row(words text[], numbers numeric[], digits integer[], class text DEFAULT '') RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT '<tr' || CASE WHEN class <> '' THEN ' class="' || class || '"' ELSE '' END || '>'
           || CASE WHEN cardinality(words) > 1 AND array_to_string(words[2:], '') = '' THEN '<td colspan="' || cardinality(words) || '">' || coalesce(words[1], '') || '</td>'
                   ELSE (SELECT string_agg('<td>' || coalesce(w.word, '') || '</td>', '' ORDER BY w.i) FROM unnest(words) WITH ORDINALITY AS w (word, i)) END
           || coalesce((SELECT string_agg('<td class="n">' || _html_number(n.number, digits[n.i]) || '</td>', '' ORDER BY n.i) FROM unnest(numbers) WITH ORDINALITY AS n (number, i)), '')
           || '</tr>' || chr(10);
END;
COMMENT ON FUNCTION _html_row(text[], numeric[], integer[], text) IS 'a row of a table: first words, already written for a page (the first over all their columns where it stands alone), then numbers with their decimals';

CREATE FUNCTION _swatch(class text, words text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 5
RETURN CASE WHEN class IS NULL THEN _html(words) ELSE '<span class="class"><span class="swatch"><svg viewBox="0 0 12 12"><rect class="k-' || _html(class) || '" x="1" y="1" width="10" height="10"/></svg></span>' || _html(words) || '</span>' END;
COMMENT ON FUNCTION _swatch(text, text) IS 'words with the colour and pattern of a class before them';

CREATE FUNCTION _page_style(language text, synthetic boolean) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT format($style$
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; padding: 10mm 12mm; max-width: 210mm; background: #fff; color: #1a1a1a; font: 10pt/1.45 %s; }
h1 { font-size: 19pt; line-height: 1.25; margin: 0; }
h2 { font-size: 13.5pt; margin: 6mm 0 1.5mm; border-bottom: 0.4mm solid #1a1a1a; padding-bottom: 0.8mm; break-after: avoid; }
h3 { font-size: 11pt; margin: 4mm 0 1mm; break-after: avoid; }
p { margin: 1.5mm 0; }
.banner { background: #7a0019; color: #fff; font-weight: bold; text-align: center; padding: 1.6mm 3mm; margin: 0 0 4mm; }
.subtitle { font-size: 12pt; color: #444; margin: 0.5mm 0 2mm; }
.meta { display: grid; grid-template-columns: max-content 1fr max-content 1fr; gap: 0.5mm 4mm; margin: 0 0 2mm; font-size: 9pt; }
.meta dt { color: #555; } .meta dd { margin: 0; overflow-wrap: anywhere; } .meta dd:first-of-type { grid-column: 2 / -1; }
.cards { display: grid; grid-template-columns: repeat(4, 1fr); gap: 2mm; margin: 2mm 0; }
.card { border: 0.3mm solid #bbb; border-left: 1.6mm solid #666; padding: 1mm 2mm; break-inside: avoid; }
.card b { display: block; font-size: 14pt; line-height: 1.2; } .card span { font-size: 8.5pt; color: #444; display: block; line-height: 1.3; }
.note { font-size: 8.5pt; color: #444; }
figure { margin: 2mm 0; break-inside: avoid; }
figure > svg { display: block; width: 100%%; height: auto; }
.map { border: 0.3mm solid #999; }
.legend { display: flex; flex-wrap: wrap; gap: 1mm 5mm; font-size: 9pt; margin: 2mm 0 1mm; }
.legend span { white-space: nowrap; }
.swatch svg { width: 3.4mm; height: 3.4mm; vertical-align: -0.5mm; margin-right: 1.4mm; }
table { border-collapse: collapse; width: 100%%; font-size: 8.5pt; line-height: 1.28; margin: 2mm 0 3mm; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
/* a head stays with what it heads, closing lines with what they close, a short table whole */
tbody tr:nth-child(-n+2) { break-after: avoid; }
tr.sub { break-after: avoid; } .places tr.sub { break-before: avoid; break-after: auto; } tr.close, tr.total { break-before: avoid; }
table.whole, .bars, .lists, .glossary { break-inside: avoid; }
th { text-align: left; vertical-align: bottom; border-bottom: 0.35mm solid #1a1a1a; padding: 0.7mm 1.2mm; font-weight: bold; }
td { border-bottom: 0.15mm solid #d0d0d0; padding: 0.45mm 1.2mm; vertical-align: top; overflow-wrap: break-word; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
table.wide { font-size: 8pt; } table.wide td, table.wide th { padding-left: 0.8mm; padding-right: 0.8mm; } table.wide td:first-child { min-width: 33mm; }
td .code { overflow-wrap: anywhere; display: inline-block; min-width: 36mm; } .class { white-space: nowrap; }
th.n { white-space: normal; }
tr.in td:first-child { padding-left: 5mm; }
tr.sub td { font-weight: bold; background: #f3f3f3; }
tr.total td { font-weight: bold; border-top: 0.35mm solid #1a1a1a; border-bottom: 0.5mm double #1a1a1a; background: #e8e8e8; }
.bars { display: grid; grid-template-columns: minmax(24mm, max-content) 1fr max-content; gap: 0.8mm 3mm; align-items: center; font-size: 9pt; margin: 2mm 0; }
.bars svg { width: 100%%; height: 4.2mm; display: block; }
.bars .n { text-align: right; font-variant-numeric: tabular-nums; }
.lists { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6mm; align-items: start; } .lists h3 { margin-top: 1mm; } .lists table { margin: 0; }
.glossary { font-size: 8.5pt; columns: 2; column-gap: 8mm; padding-left: 4mm; margin: 1mm 0; } .glossary li { break-inside: avoid; }
%s
@page { size: A4 portrait; margin: 14mm 12mm 15mm; @bottom-center { content: "%s" counter(page) " / " counter(pages); font: 8pt %s; color: #555; } }
@media print { .map { max-height: 146mm; } body { max-width: none; padding: 0; } .newpage { break-before: page; } }
@media screen and (max-width: 180mm) { .cards { grid-template-columns: repeat(2, 1fr); } .meta { grid-template-columns: max-content 1fr; } }
$style$, f.font,
        (SELECT string_agg(format('.k-%s { fill: %s; } .c-%s { border-left-color: %s; }', l.code, CASE l.code WHEN 'suspected' THEN 'url(#hatch)' ELSE l.colour END, l.code, l.colour), chr(10) ORDER BY l.sequence)
           FROM label l WHERE l.topic = 'class' AND l.colour IS NOT NULL)
        || chr(10) || '.map path { vector-effect: non-scaling-stroke; } .map .parcel { stroke: #fff; stroke-width: 0.5px; } .map .k-suspected { fill: url(#hatch-map); } .map .k-determined { stroke: #000; stroke-width: 1.1px; } .swatch .k-determined { stroke: #000; stroke-width: 1.6px; } .k-not_inefficient { fill-opacity: 0.4; }'
        || chr(10) || (SELECT string_agg(format('.g-%s { fill: %s; }', l.code, l.colour), ' ' ORDER BY l.sequence) FROM label l WHERE l.topic = 'map'),
        CASE WHEN synthetic THEN _page_word('synthetic', language) || '  ·  ' ELSE '' END || CASE language WHEN 'zh' THEN '' ELSE 'page ' END, f.font)
      FROM (VALUES (CASE language WHEN 'zh' THEN '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans", Arial, sans-serif'
                                  ELSE '"Noto Sans", "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "DejaVu Sans", sans-serif' END)) AS f (font);
END;
COMMENT ON FUNCTION _page_style(text, boolean) IS 'the style of the page: screen and A4; colours of classes and grounds from the dictionary';

CREATE FUNCTION _page_title(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT CASE WHEN s.synthetic THEN '<div class="banner">' || _page_word('synthetic', language) || '</div>' || chr(10) ELSE '' END
           || '<h1>' || _html(CASE language WHEN 'zh' THEN s.title_zh ELSE s.title_en END) || '</h1>' || chr(10)
           || '<p class="subtitle">' || _page_word('brief', language) || '</p>' || chr(10)
      INTO result FROM survey s;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _page_title(name, text) IS 'title of the page, with the mark of synthetic data';

CREATE FUNCTION _page_meta(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    current record;
    rules record;
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT r.id, r.as_of, r.economic_year, r.base_year, split_part(r.standard, '/', 1) AS standard, r.standard_version, l.label_en, l.label_zh
      INTO current FROM run r LEFT JOIN label l ON l.topic = 'confirmation' AND l.code = r.confirmation ORDER BY r.id DESC LIMIT 1;
    IF current.id IS NULL THEN
        RETURN '<p class="note">' || _page_word('no_run', language) || '</p>' || chr(10);
    END IF;
    -- a standard may have been dropped since; the run still knows its name and version
    IF EXISTS (SELECT FROM _standard_rule k WHERE k.standard = current.standard) THEN
        EXECUTE format('SELECT s.title_en, s.title_zh, s.authority FROM %I.standard s WHERE s.code = $1', _standard_home(survey, current.standard))
           INTO rules USING current.standard;
    ELSE
        SELECT NULL AS title_en, NULL AS title_zh, NULL AS authority INTO rules;
    END IF;
    SELECT '<dl class="meta">' || string_agg(format('<dt>%s</dt><dd>%s</dd>', _page_word(v.code, language), v.words), '' ORDER BY v.i) || '</dl>' || chr(10) INTO result
      FROM (VALUES
        (1, 'standard', _html(coalesce(CASE language WHEN 'zh' THEN rules.title_zh ELSE rules.title_en END || ' – ', '') || current.standard) || ', ' || _page_word('version', language) || ' '
                        || _html(current.standard_version) || ', <b>' || coalesce(_html(CASE language WHEN 'zh' THEN current.label_zh ELSE current.label_en END), '') || '</b>'),
        (2, 'authority', coalesce(_html(rules.authority), _page_word('no_authority', language))),
        (3, 'as_of', coalesce(to_char(current.as_of, 'YYYY-MM-DD'), _page_word('not_known', language))),
        (4, 'economic_year', coalesce(current.economic_year::text, _page_word('not_known', language))),
        (5, 'base_year', coalesce(current.base_year::text, _page_word('not_known', language))),
        (6, 'run', current.id::text)) AS v (i, code, words);
    RETURN result || '<p class="note">' || _page_word('screening', language) || '</p>' || chr(10);
END
$function$;
COMMENT ON FUNCTION _page_meta(name, text) IS 'what the figures rest on: standard with version and confirmation mark, dates, years';

CREATE FUNCTION _page_cards(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    WITH scale AS MATERIALIZED (
        SELECT * FROM report_scale
    ), card AS (
        SELECT 1 AS i, '' AS class, _html_number(s.hectares, 2) || ' ' || _page_word('hectares', language) AS figure, _page_word('control_area', language) AS words FROM scale s WHERE s.line = 'total'
        UNION ALL
        SELECT 2, '', _html_number(s.parcels, 0), _page_word('surveyed_parcels', language) || ', ' || _html_number(s.hectares, 2) || ' ' || _page_word('hectares', language) FROM scale s WHERE s.line = 'parcels'
        UNION ALL
        SELECT 2 + c.sequence, ' c-' || c.code, _html_number(coalesce(s.hectares, 0), 2) || ' ' || _page_word('hectares', language), _html(CASE language WHEN 'zh' THEN c.label_zh ELSE c.label_en END) || ', ' || _html_number(coalesce(s.parcels, 0), 0)
          FROM label c LEFT JOIN scale s ON s.line = 'class' AND s.class = c.code WHERE c.topic = 'class' AND c.code IN ('determined', 'suspected', 'insufficient_data', 'exempt')
        UNION ALL
        SELECT 20, '', _html_number(count(*), 0), _page_word('legacy_cases', language) || ', ' || _html_number(coalesce(sum(l.hectares)::numeric, 0), 2) || ' ' || _page_word('hectares', language) FROM legacy_land l
        UNION ALL
        SELECT 21, '', _html_number(count(*), 0), _page_word('problems', language) FROM problem_list p
    )
    SELECT '<div class="cards">' || string_agg(format('<div class="card%s"><b>%s</b><span>%s</span></div>', c.class, c.figure, c.words), '' ORDER BY c.i) || '</div>' || chr(10)
      INTO result FROM card c;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _page_cards(name, text) IS 'the key figures of the page';

CREATE FUNCTION _page_body(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN concat('<div lang="', CASE language WHEN 'zh' THEN 'zh-Hans' ELSE 'en' END, '">', chr(10), _page_title(survey, language), _page_meta(survey, language), _page_cards(survey, language),
                  _page_map(survey, language), _page_charts(survey, language), _page_lists(survey, language), _page_scale(survey, language), _page_structure(survey, language),
                  _page_distribution(survey, language), _page_potential(survey, language), _page_missing(survey, language), _page_findings(survey, language), _page_largest(survey, language),
                  _page_glossary(language), '</div>', chr(10));
END
$function$;
COMMENT ON FUNCTION _page_body(name, text) IS 'the report in one language, from title to glossary';

CREATE FUNCTION report_html(survey name, kind text DEFAULT 'brief', language text DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp
    SET jit = off        -- many statements of a few milliseconds: compiling them took longer than all of them
AS $function$
DECLARE
    asked text := coalesce(language, current_setting('inefficient_land.language', true), 'en');
    spoken text := CASE asked WHEN 'both' THEN 'zh' ELSE asked END;      -- of the title and the foot of a page
    heading text;
    synthetic boolean;
BEGIN
    PERFORM _enter_survey(survey);
    IF kind IS DISTINCT FROM 'brief' THEN
        RAISE EXCEPTION 'unknown kind of report "%"', coalesce(kind, 'null') USING ERRCODE = 'invalid_parameter_value', HINT = 'The only kind is brief.';
    END IF;
    IF spoken NOT IN ('en', 'zh') THEN
        RAISE EXCEPTION 'unknown language "%"', spoken USING ERRCODE = 'invalid_parameter_value', HINT = 'Languages are en, zh and both.';
    END IF;
    SELECT _html(CASE spoken WHEN 'zh' THEN s.title_zh ELSE s.title_en END) || ' – ' || _page_word('brief', spoken)
           || CASE WHEN s.synthetic THEN ' (' || _page_word('synthetic', spoken) || ')' ELSE '' END, s.synthetic
      INTO heading, synthetic FROM survey s;
    RETURN concat('<!DOCTYPE html>', chr(10), '<html lang="', CASE spoken WHEN 'zh' THEN 'zh-Hans' ELSE 'en' END, '">', chr(10), '<head>', chr(10), '<meta charset="utf-8"/>', chr(10),
                  '<meta name="viewport" content="width=device-width, initial-scale=1"/>', chr(10), '<title>', heading, '</title>', chr(10), '<style>', _page_style(spoken, synthetic), '</style>', chr(10), '</head>', chr(10), '<body>', chr(10),
                  _page_patterns(), _page_body(survey, spoken),
                  CASE asked WHEN 'both' THEN '<div class="newpage"></div>' || chr(10) || _page_body(survey, 'en') END, '</body>', chr(10), '</html>');
END
$function$;
COMMENT ON FUNCTION report_html(name, text, text) IS 'the survey as one self-contained page of HTML: title, district map, charts, the four reports with closing totals, missing facts, findings, the two databases and the list. kind: brief; language: en, zh, or both (Chinese, then English); NULL = inefficient_land.language. Holds only what every reader of the survey may see: bands and published values, no figure of a single firm. The same rows give the same bytes. Errors: 3F000 unknown survey, 42501 no access to it, 22023 unknown kind or language';
