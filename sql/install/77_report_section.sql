-- report_section: the parts of the report page – tables, charts and the map

CREATE FUNCTION _page_patterns() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT format('<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="%s"/><rect width="1.6" height="5" fill="%s"/></pattern></defs></svg>',
                  s.colour, d.colour) || chr(10)
      FROM label s, label d WHERE s.topic = 'class' AND s.code = 'suspected' AND d.topic = 'class' AND d.code = 'determined';
END;
COMMENT ON FUNCTION _page_patterns() IS 'the hatch that tells suspected from determined land without its colour';

CREATE FUNCTION _page_scale(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
    schemes text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT string_agg(_html_row(ARRAY[CASE WHEN r.line = 'part' THEN _swatch(r.class, CASE language WHEN 'zh' THEN r.class_zh ELSE r.class_en END)
                                           WHEN r.line = 'class' THEN _swatch(r.class, CASE language WHEN 'zh' THEN r.class_zh ELSE r.class_en END) || ' – ' || _page_word('all_families', language)
                                           ELSE _html(CASE language WHEN 'zh' THEN r.label_zh ELSE r.label_en END) END],
                                ARRAY[r.parcels, r.area, r.hectares, r.mu, r.share_percent], '{0,2,2,4,2}',
                                CASE WHEN r.line = 'part' THEN 'in' WHEN r.line = 'total' THEN 'total' WHEN r.additive OR r.line LIKE 'stratum%' THEN 'close' ELSE 'sub' END), ''
                      ORDER BY r.sequence / 10, r.line <> 'family', r.sequence, r.family, r.class)
      INTO result FROM report_scale r;
    WITH line AS (
        SELECT r.scheme, r.sequence, r.line, r.category, CASE language WHEN 'zh' THEN r.label_zh ELSE r.label_en END AS words, r.parcels, r.area, r.hectares,
               r.determined_hectares AS determined, r.suspected_hectares AS suspected
          FROM report_scale_scheme r WHERE r.line <> 'part'
    )
    SELECT string_agg(t.html, '' ORDER BY t.scheme COLLATE "C") INTO schemes
      FROM (SELECT l.scheme, concat('<h3>', _page_word('scheme', language), CASE WHEN (SELECT count(DISTINCT a.scheme) FROM line a) > 1 THEN CASE language WHEN 'zh' THEN '（' ELSE ' (' END || _html(coalesce((SELECT CASE language WHEN 'zh' THEN n.label_zh ELSE n.label_en END FROM label n WHERE n.topic = 'reporting_scheme' AND n.code = l.scheme), l.scheme)) || CASE language WHEN 'zh' THEN '）' ELSE ')' END END, '</h3><table class="whole">', _html_head('{category,#determined_ha,#suspected_ha,#all_parcels,#all_area,#all_hectares}', language), '<tbody>', chr(10),
                                    string_agg(_html_row(ARRAY[_html(l.words)], ARRAY[l.determined, l.suspected, l.parcels, l.area, l.hectares], '{2,2,0,2,2}', CASE l.line WHEN 'total' THEN 'total' WHEN 'category' THEN '' ELSE 'close' END), '' ORDER BY l.sequence, l.category COLLATE "C"),
                                    '</tbody></table>', chr(10)) AS html
              FROM line l GROUP BY l.scheme) t;
    RETURN '<section><h2>' || _page_word('scale', language) || '</h2>' || chr(10) || '<table>' || _html_head('{family,#parcels,#area,#hectares,#mu,#share}', language) || '<tbody>' || chr(10)
           || coalesce(result, '') || '</tbody></table><p class="note">' || _page_word('note_total', language) || '</p>' || chr(10) || coalesce(schemes, '') || '</section>' || chr(10);
END
$function$;
COMMENT ON FUNCTION _page_scale(name, text) IS 'section: report_scale, and report_scale_scheme by category';

CREATE FUNCTION _page_structure(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
    by_right text;
BEGIN
    PERFORM _enter_survey(survey);
    WITH line AS (
        SELECT r.line, r.additive, r.family, CASE language WHEN 'zh' THEN r.label_zh ELSE r.label_en END AS words, r.class, CASE language WHEN 'zh' THEN r.class_zh ELSE r.class_en END AS class_words,
               CASE language WHEN 'zh' THEN r.reason_family_zh ELSE r.reason_family_en END AS reason,
               min(r.sequence) AS sequence, sum(r.parcels) AS parcels, sum(r.area) AS area, sum(r.hectares) AS hectares, sum(r.mu) AS mu, sum(r.share_percent) AS share
          FROM report_structure r WHERE r.line <> 'right'
         GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    SELECT string_agg(_html_row(ARRAY[_html(l.words), _swatch(l.class, l.class_words), _html(l.reason)], ARRAY[l.parcels, l.area, l.hectares, l.mu], '{0,2,2,4}',
                                CASE WHEN l.line = 'part' THEN '' WHEN l.line = 'total' THEN 'total' WHEN l.additive THEN 'close' ELSE 'sub' END), '' ORDER BY l.sequence, l.family, l.class, l.reason COLLATE "C")
      INTO result FROM line l;
    WITH line AS (
        SELECT r.right_nature, CASE language WHEN 'zh' THEN r.label_zh ELSE r.label_en END AS words, l.sequence, r.parcels, r.area, r.hectares, p.determined, p.suspected
          FROM report_structure r
          LEFT JOIN label l ON l.topic = 'right_nature' AND l.code = r.right_nature
          LEFT JOIN LATERAL (SELECT sum(q.hectares) FILTER (WHERE q.class = 'determined') AS determined, sum(q.hectares) FILTER (WHERE q.class = 'suspected') AS suspected
                               FROM report_structure q WHERE q.line = 'part' AND q.right_nature IS NOT DISTINCT FROM r.right_nature) p ON true
         WHERE r.line = 'right'
    )
    SELECT string_agg(_html_row(ARRAY[_html(l.words)], ARRAY[l.parcels, l.area, l.hectares, coalesce(l.determined, 0), coalesce(l.suspected, 0)], '{0,2,2,2,2}'), '' ORDER BY l.sequence, l.right_nature COLLATE "C")
           || _html_row(ARRAY[_page_word('all', language)], ARRAY[sum(l.parcels), sum(l.area), sum(l.hectares), sum(coalesce(l.determined, 0)), sum(coalesce(l.suspected, 0))], '{0,2,2,2,2}', 'total')
      INTO by_right FROM line l;
    RETURN '<section><h2>' || _page_word('structure', language) || '</h2>' || chr(10) || '<table>' || _html_head('{family,class,reason,#parcels,#area,#hectares,#mu}', language) || '<tbody>' || chr(10)
           || coalesce(result, '') || '</tbody></table>' || chr(10) || '<h3>' || _page_word('structure_right', language) || '</h3>' || '<table class="whole">' || _html_head('{right,#parcels,#area,#hectares,#determined_ha,#suspected_ha}', language)
           || '<tbody>' || chr(10) || coalesce(by_right, '') || '</tbody></table></section>' || chr(10);
END
$function$;
COMMENT ON FUNCTION _page_structure(name, text) IS 'section: report_structure by family, class and group of reasons, and by nature of the right';

CREATE FUNCTION _page_distribution(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
    managed text;
BEGIN
    PERFORM _enter_survey(survey);
    WITH line AS (
        SELECT r.*, CASE language WHEN 'zh' THEN r.area_name_zh ELSE r.area_name_en END AS place, CASE language WHEN 'zh' THEN r.label_zh ELSE r.label_en END AS words,
               CASE r.line WHEN 'part' THEN coalesce(f.sequence, 90) WHEN 'subdistrict' THEN 1000 ELSE 200 + coalesce(b.sequence, 0) END AS within
          FROM report_distribution r
          LEFT JOIN label f ON f.topic = 'family' AND f.code = r.family
          LEFT JOIN label b ON b.topic = 'report_line' AND b.code = r.line
    )
    SELECT string_agg(_html_row(ARRAY[CASE WHEN l.line = 'subdistrict' THEN _html(coalesce(l.place, l.area_code)) WHEN l.line IN ('total', 'between_subdistricts') THEN _html(l.words) ELSE coalesce(_html(l.place), '') END,
                                      CASE WHEN l.line IN ('total', 'between_subdistricts') THEN '' ELSE _html(l.words) END],
                                ARRAY[l.parcels, l.area, l.hectares, l.determined_hectares, l.suspected_hectares, l.inefficient_percent], '{0,2,2,2,2,2}',
                                CASE WHEN l.line = 'part' THEN '' WHEN l.line = 'total' THEN 'total' WHEN l.additive THEN 'close' ELSE 'sub' END), ''
                      ORDER BY CASE l.line WHEN 'between_subdistricts' THEN 2 WHEN 'total' THEN 3 ELSE 1 END, l.area_code COLLATE "C" NULLS LAST, l.within, l.family) FILTER (WHERE l.line <> 'management_area'),
           string_agg(_html_row(ARRAY[_html(coalesce(l.place, l.area_code)), _html(l.words)], ARRAY[l.parcels, l.area, l.hectares, l.determined_hectares, l.suspected_hectares, l.inefficient_percent], '{0,2,2,2,2,2}'), ''
                      ORDER BY l.area_code COLLATE "C", l.within, l.family) FILTER (WHERE l.line = 'management_area')
      INTO result, managed
      FROM line l WHERE l.line IN ('part', 'subdistrict', 'total', 'management_area') OR l.area <> 0;
    RETURN '<section><h2>' || _page_word('distribution', language) || '</h2>' || chr(10) || '<table class="places">' || _html_head('{subdistrict,family,#parcels,#area,#hectares,#determined_ha,#suspected_ha,#inefficient_share}', language)
           || '<tbody>' || chr(10) || coalesce(result, '') || '</tbody></table>' || chr(10)
           || CASE WHEN managed IS NULL THEN '' ELSE '<p class="note">' || _page_word('note_management', language) || '</p><table class="whole">' || _html_head('{management_area,family,#parcels,#area,#hectares,#determined_ha,#suspected_ha,#inefficient_share}', language)
                        || '<tbody>' || chr(10) || managed || '</tbody></table>' END || '</section>' || chr(10);
END
$function$;
COMMENT ON FUNCTION _page_distribution(name, text) IS 'section: report_distribution; management areas stand apart';

CREATE FUNCTION _page_potential(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT string_agg(_html_row(ARRAY[_html(CASE language WHEN 'zh' THEN r.label_zh ELSE r.label_en END), _swatch(r.class, CASE language WHEN 'zh' THEN r.class_zh ELSE r.class_en END)],
                                ARRAY[r.area, r.known_hectares, r.existing_floor_area, r.planned_floor_area, r.potential_floor_area, r.exceeding_floor_area, r.unknown_hectares], '{2,2,0,0,0,0,2}',
                                CASE WHEN r.line = 'part' THEN '' WHEN r.line = 'total' THEN 'total' WHEN r.additive THEN 'close' ELSE 'sub' END), '' ORDER BY r.sequence, r.family, r.class)
      INTO result FROM report_potential r;
    RETURN '<section><h2>' || _page_word('potential', language) || '</h2>' || chr(10) || '<p class="note">' || _page_word('note_potential', language) || '</p><table class="wide">'
           || _html_head('{family,class,#area,#known_ha,#existing,#planned,#possible,#exceeding,#unknown_ha}', language) || '<tbody>' || chr(10) || coalesce(result, '') || '</tbody></table></section>' || chr(10);
END
$function$;
COMMENT ON FUNCTION _page_potential(name, text) IS 'section: report_potential';

CREATE FUNCTION _page_missing(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT string_agg(_html_row(ARRAY[_html(CASE language WHEN 'zh' THEN r.label_zh ELSE r.label_en END), _html(r.department), _html(CASE language WHEN 'zh' THEN r.family_zh ELSE r.family_en END)],
                                ARRAY[r.parcels, r.hectares, r.undecided_parcels, r.undecided_hectares, r.only_this_hectares], '{0,2,0,2,2}', CASE r.line WHEN 'total' THEN 'total' ELSE '' END), ''
                      ORDER BY r.line = 'total', r.undecided_hectares DESC NULLS LAST, r.hectares DESC NULLS LAST, r.fact COLLATE "C", r.family)
      INTO result FROM report_missing r;
    RETURN '<section><h2>' || _page_word('missing', language) || '</h2>' || chr(10)
           || CASE WHEN NOT EXISTS (SELECT FROM report_missing r WHERE r.line = 'fact') THEN '<p>' || _page_word('nothing_missing', language) || '</p>'
                   ELSE '<p class="note">' || _page_word('note_missing', language) || '</p><table>' || _html_head('{fact,department,family,#parcels,#hectares,#undecided,#undecided_ha,#only_this_ha}', language) || '<tbody>' || chr(10) || result || '</tbody></table>' END
           || '</section>' || chr(10);
END
$function$;
COMMENT ON FUNCTION _page_missing(name, text) IS 'section: report_missing';

CREATE FUNCTION _page_findings(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT string_agg(_html_row(ARRAY[_html(g.rule_words), _html(g.table_words), _html(g.severity_words)], ARRAY[g.findings, g.blocking], '{0,0}'), '' ORDER BY g.sequence, g.rule COLLATE "C", g.table_words COLLATE "C")
      INTO result
      FROM (SELECT f.rule, CASE language WHEN 'zh' THEN coalesce(l.label_zh, f.rule) ELSE coalesce(l.label_en, f.rule) END AS rule_words,
                   CASE language WHEN 'zh' THEN coalesce(t.label_zh, f.table_name) ELSE coalesce(t.label_en, f.table_name) END AS table_words,
                   CASE language WHEN 'zh' THEN s.label_zh ELSE s.label_en END AS severity_words, s.sequence, count(*) AS findings, count(*) FILTER (WHERE f.blocking) AS blocking
              FROM finding f
              LEFT JOIN label l ON l.topic = 'finding' AND l.code = f.rule
              LEFT JOIN label t ON t.topic = 'table' AND t.code = f.table_name
              LEFT JOIN label s ON s.topic = 'severity' AND s.code = f.severity
             WHERE f.until_run IS NULL
             GROUP BY 1, 2, 3, 4, 5) g;
    RETURN '<section><h2>' || _page_word('findings', language) || '</h2>' || chr(10)
           || CASE WHEN result IS NULL THEN '<p>' || _page_word('no_findings', language) || '</p>'
                   ELSE '<table>' || _html_head('{rule,data,severity,#rows,#blocking}', language) || '<tbody>' || chr(10) || result || '</tbody></table>' END || '</section>' || chr(10);
END
$function$;
COMMENT ON FUNCTION _page_findings(name, text) IS 'section: quality findings by rule and table; no message, because messages name values';

CREATE FUNCTION _page_lists(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    WITH line AS (
        SELECT 1 AS i, 'inefficient_database' AS list, coalesce(f.sequence, 90) AS sequence, d.family AS code, CASE language WHEN 'zh' THEN d.family_zh ELSE d.family_en END AS words, count(*) AS cases, sum(d.hectares)::numeric AS hectares
          FROM inefficient_land d LEFT JOIN label f ON f.topic = 'family' AND f.code = d.family GROUP BY 3, 4, 5
        UNION ALL
        SELECT 2, 'legacy_database', coalesce(o.sequence, 90), l.period, CASE language WHEN 'zh' THEN l.period_zh ELSE l.period_en END, count(*), sum(l.hectares)::numeric
          FROM legacy_land l
          LEFT JOIN (SELECT q.period, row_number() OVER (ORDER BY q.from_date NULLS FIRST, q.period)::integer AS sequence FROM _legacy_period q) o ON o.period = l.period
         GROUP BY 3, 4, 5
        UNION ALL
        SELECT 3, 'problem_list', coalesce(c.sequence, 90), p.problem_class, CASE language WHEN 'zh' THEN p.problem_class_zh ELSE p.problem_class_en END, count(*), NULL
          FROM problem_list p LEFT JOIN label c ON c.topic = 'problem_class' AND c.code = p.problem_class GROUP BY 3, 4, 5
    )
    SELECT string_agg(concat('<div><h3>', _page_word(t.list, language), '</h3><table>', _html_head(CASE t.i WHEN 3 THEN '{group,#rows_or_cases}' ELSE '{group,#rows_or_cases,#hectares}' END::text[], language), '<tbody>', chr(10),
                             (SELECT string_agg(_html_row(ARRAY[coalesce(_html(l.words), _page_word('not_known', language))], CASE t.i WHEN 3 THEN ARRAY[l.cases] ELSE ARRAY[l.cases, l.hectares] END, '{0,2}'), '' ORDER BY l.sequence, l.code COLLATE "C") FROM line l WHERE l.i = t.i),
                             (SELECT _html_row(ARRAY[_page_word('all', language)], CASE t.i WHEN 3 THEN ARRAY[coalesce(sum(l.cases), 0)] ELSE ARRAY[coalesce(sum(l.cases), 0), coalesce(sum(l.hectares), 0)] END, '{0,2}', 'total') FROM line l WHERE l.i = t.i),
                             '</tbody></table></div>', chr(10)), '' ORDER BY t.i)
      INTO result FROM (VALUES (1, 'inefficient_database'), (2, 'legacy_database'), (3, 'problem_list')) AS t (i, list);
    RETURN '<section><h2>' || _page_word('lists', language) || '</h2><div class="lists">' || chr(10) || result || '</div></section>' || chr(10);
END
$function$;
COMMENT ON FUNCTION _page_lists(name, text) IS 'section: the two databases and the list, summed by group';

CREATE FUNCTION _page_largest(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT string_agg(_html_row(ARRAY['<span class="code">' || _html(p.code) || '</span>', coalesce(_html(nullif(btrim(p.name), '')), _page_word('no_name', language)), _html(coalesce(p.place, p.subdistrict)), _swatch(p.class, p.class_words), _html(p.reason)], ARRAY[p.hectares], '{2}'), '' ORDER BY p.land_area DESC, p.code COLLATE "C", p.id)
      INTO result
      FROM (SELECT v.id, v.code, v.name, v.subdistrict, (SELECT min(u.name) FROM _subdistrict u WHERE u.code = v.subdistrict) AS place, v.class, CASE language WHEN 'zh' THEN v.class_zh ELSE v.class_en END AS class_words,
                   CASE language WHEN 'zh' THEN v.reason_zh ELSE v.reason_en END AS reason, v.land_area, hectares(v.land_area)::numeric AS hectares
              FROM layer_parcel v WHERE v.class IN ('determined', 'suspected') AND v.stratum = 'surface' AND v.land_area IS NOT NULL
             ORDER BY v.land_area DESC, v.code COLLATE "C", v.id LIMIT 15) p;
    RETURN CASE WHEN result IS NULL THEN ''
                ELSE '<section><h2>' || _page_word('largest', language) || '</h2><table class="whole">' || _html_head('{code,name,subdistrict,class,reason,#hectares}', language) || '<tbody>' || chr(10) || result || '</tbody></table></section>' || chr(10) END;
END
$function$;
COMMENT ON FUNCTION _page_largest(name, text) IS 'section: the fifteen largest parcels of inefficient land with their reasons';

CREATE FUNCTION _page_glossary(language text) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT '<section><h3>' || _page_word('glossary', language) || '</h3><ul class="glossary">' || string_agg('<li>' || _html(CASE language WHEN 'zh' THEN l.label_zh ELSE l.label_en END) || '</li>', '' ORDER BY l.sequence) || '</ul></section>' || chr(10)
      FROM label l WHERE l.topic = 'glossary';
END;
COMMENT ON FUNCTION _page_glossary(text) IS 'section: words';
