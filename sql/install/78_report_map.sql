-- report_map: the map and the charts of the report page, as SVG
-- The map's units are metres from the upper left corner of its window.

CREATE FUNCTION _map_window(survey name, OUT x0 double precision, OUT y0 double precision, OUT x1 double precision, OUT y1 double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    margin double precision;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT min(b.x0), min(b.y0), max(b.x1), max(b.y1) INTO x0, y0, x1, y1
      FROM admin_unit u, _box(u.geom) b WHERE u.level IN ('district', 'subdistrict');
    IF x0 IS NULL THEN
        -- without borders: where the bulk of the parcels lies, so that one far off does not shrink the rest
        SELECT min(b.x0), min(b.y0), max(b.x1), max(b.y1) INTO x0, y0, x1, y1
          FROM layer_parcel p, _box(p.geom) b,
               (SELECT percentile_disc(0.5::double precision) WITHIN GROUP (ORDER BY c.x0) AS x, percentile_disc(0.5::double precision) WITHIN GROUP (ORDER BY c.y0) AS y
                  FROM layer_parcel q, _box(q.geom) c) middle
         WHERE abs(b.x0 - middle.x) <= 50000::double precision AND abs(b.y0 - middle.y) <= 50000::double precision;
    END IF;
    margin := 0.02::double precision * greatest(x1 - x0, y1 - y0, 1);
    x0 := x0 - margin;
    x1 := x1 + margin;
    y0 := y0 - margin;
    y1 := y1 + margin;
END
$function$;
COMMENT ON FUNCTION _map_window(name) IS 'the window of the map in the survey''s coordinates: the administrative units with a margin, without them the parcels within 50 km of their middle; NULL when there is nothing to draw';

CREATE FUNCTION _round_length(length double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5
RETURN (SELECT max(m.digit * 10.0::double precision ^ floor(log(length))) FROM unnest('{1,2,5}'::integer[]) AS m (digit) WHERE m.digit * 10.0::double precision ^ floor(log(length)) <= length);
COMMENT ON FUNCTION _round_length(double precision) IS 'the largest of 1, 2, 5 × 10^n that is not longer: for scale bars';

CREATE FUNCTION _map_ground(survey name, x0 double precision, y1 double precision) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
    water text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT coalesce('<path class="g-ground" d="' || string_agg(_svg_path(u.geom, x0, y1), ' ' ORDER BY u.code COLLATE "C", u.id) || '"/>' || chr(10), '')
      INTO result FROM _subdistrict u;
    IF has_column_privilege(format('%I.patch', survey), 'geom', 'SELECT') AND has_column_privilege(format('%I.patch', survey), 'land_class', 'SELECT') AND has_column_privilege(format('%I.patch', survey), 'land_class_system', 'SELECT') THEN
        SELECT string_agg(format('<path class="g-%s" d="%s"/>', g.ground, g.path), chr(10) ORDER BY g.ground) INTO water
          FROM (SELECT v.ground, string_agg(_svg_path(p.geom, x0, y1), ' ' ORDER BY p.id) AS path
                  FROM patch p
                  JOIN (VALUES ('third-survey', '1101', 'water'), ('GB/T 21010-2017', '1101', 'water'), ('third-survey', '0810', 'park'), ('third-survey', '0810A', 'park'), ('GB/T 21010-2017', '0810', 'park')) AS v (system, code, ground)
                    ON v.system = p.land_class_system AND v.code = p.land_class
                 GROUP BY v.ground) g;
    END IF;
    RETURN result || coalesce(water || chr(10), '');
END
$function$;
COMMENT ON FUNCTION _map_ground(name, double precision, double precision) IS 'what lies under the parcels: subdistricts, and river and parks from the patches where the reader may see them';

CREATE FUNCTION _map_borders(survey name, x0 double precision, y1 double precision, size double precision) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT coalesce(string_agg('<path class="border" d="' || _svg_path(u.geom, x0, y1) || '"/>', '' ORDER BY u.code COLLATE "C", u.id), '')
           -- names only where there is room for them
           || CASE WHEN count(*) <= 40 THEN coalesce(string_agg(format('<text class="place" x="%s" y="%s">%s</text>', round(u.x - x0), round(y1 - u.y), _html(u.name)), '' ORDER BY u.code COLLATE "C", u.id), '') ELSE '' END
      INTO result FROM (SELECT a.id, a.code, a.name, a.geom, m.x, m.y FROM _subdistrict a, _middle(a.geom) m WHERE m.x IS NOT NULL) u;
    RETURN (SELECT coalesce(string_agg('<path class="area" d="' || _svg_path(m.geom, x0, y1) || '"/>', '' ORDER BY m.code COLLATE "C", m.id), '') FROM management_area m)
           || result || chr(10);
END
$function$;
COMMENT ON FUNCTION _map_borders(name, double precision, double precision, double precision) IS 'borders and names of subdistricts, borders of management areas';

CREATE FUNCTION _page_map(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    map record;
    size double precision;
    bar double precision;
    parcels text;
    legend text;
    outside text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT * INTO map FROM _map_window(survey);
    IF map.x0 IS NULL THEN
        RETURN '';
    END IF;
    size := greatest(map.x1 - map.x0, map.y1 - map.y0);
    bar := _round_length((map.x1 - map.x0) / 5);
    WITH drawn AS MATERIALIZED (
        SELECT v.id, v.code, v.class, b.x0 <= map.x1 AND b.x1 >= map.x0 AND b.y0 <= map.y1 AND b.y1 >= map.y0 AS inside, v.geom
          FROM layer_parcel v LEFT JOIN LATERAL _box(v.geom) b ON true WHERE v.stratum = 'surface'
    ), path AS (
        SELECT d.class, string_agg(_svg_path(d.geom, map.x0, map.y1), ' ' ORDER BY d.id) AS path
          FROM drawn d WHERE d.inside GROUP BY d.class
    )
    SELECT (SELECT string_agg(format('<path class="parcel k-%s" d="%s"/>', _html(p.class), p.path), chr(10) ORDER BY c.sequence DESC) FROM path p JOIN label c ON c.topic = 'class' AND c.code = p.class),
           (SELECT string_agg(format('<span>%s, %s</span>', _swatch(c.code, CASE language WHEN 'zh' THEN c.label_zh ELSE c.label_en END), _html_number(n.parcels, 0)), '' ORDER BY c.sequence)
              FROM (SELECT d.class, count(*) AS parcels FROM drawn d GROUP BY d.class) n JOIN label c ON c.topic = 'class' AND c.code = n.class),
           (SELECT _html_number(count(*), 0) || CASE language WHEN 'zh' THEN '宗（' ELSE ' (' END || _html(array_to_string((array_agg(coalesce(nullif(btrim(d.code), ''), '#' || d.id) ORDER BY d.code COLLATE "C", d.id))[1:10], CASE language WHEN 'zh' THEN '、' ELSE ', ' END))
                   || CASE WHEN count(*) > 10 THEN ' …' ELSE '' END || CASE language WHEN 'zh' THEN '）' ELSE ')' END FROM drawn d WHERE d.inside IS NOT TRUE HAVING count(*) > 0)
      INTO parcels, legend, outside;
    RETURN concat('<figure>', chr(10), format('<svg class="map" viewBox="0 0 %s %s" role="img" aria-label="%s">', round(map.x1 - map.x0), round(map.y1 - map.y0 + 0.045 * size), _page_word('map', language)), chr(10),
        format('<defs><pattern id="hatch-map" width="%1$s" height="%1$s" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="%1$s" height="%1$s" fill="%3$s"/><rect width="%2$s" height="%1$s" fill="%4$s"/></pattern></defs>',
               round((size / 170)::numeric, 2), round((size / 560)::numeric, 2), (SELECT l.colour FROM label l WHERE l.topic = 'class' AND l.code = 'suspected'), (SELECT l.colour FROM label l WHERE l.topic = 'class' AND l.code = 'determined')), chr(10),
        format('<style>.map .border { fill: none; stroke: #222; stroke-width: 1.2px; } .map .area { fill: none; stroke: #6a3d9a; stroke-width: 1.4px; stroke-dasharray: 5 3; } .map .place { font-size: %spx; text-anchor: middle; fill: #111; stroke: #fff; stroke-width: %spx; paint-order: stroke; font-weight: bold; } .map .mark { font-size: %spx; fill: #111; }</style>',
               round(size / 48), round(size / 330), round(size / 58)), chr(10),
        _map_ground(survey, map.x0, map.y1), parcels, chr(10), _map_borders(survey, map.x0, map.y1, size),
        _map_scale(map.x1 - map.x0, map.y1 - map.y0, size, bar, language),
        '</svg>', chr(10), '<figcaption><div class="legend"><span>', _page_word('parcels', language), CASE language WHEN 'zh' THEN '：' ELSE ':' END, '</span>', legend, _map_legend(survey, language), '</div><p class="note">', _page_word('map_note', language),
        CASE WHEN outside IS NOT NULL THEN CASE language WHEN 'zh' THEN '' ELSE ' ' END || _page_word('outside_map', language) || outside || CASE language WHEN 'zh' THEN '。' ELSE '.' END END, '</p></figcaption></figure>', chr(10));
END
$function$;
COMMENT ON FUNCTION _page_map(name, text) IS 'the district map: parcels by class, suspected hatched, determined solid with an outline; legend with numbers of parcels, scale bar, north arrow. Only the surface is drawn';

CREATE FUNCTION _map_scale(width double precision, height double precision, size double precision, bar double precision, language text) RETURNS text
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT concat(
        -- the bar in four fields below the map, where no parcel is
        format('<g transform="translate(%s %s)">', round(0.02 * size), round(height + 0.012 * size)),
        string_agg(format('<rect x="%s" y="0" width="%s" height="%s" fill="%s" stroke="#111" stroke-width="%s"/>', round(bar / 4 * n), round(bar / 4), round(0.006 * size), CASE n % 2 WHEN 0 THEN '#111' ELSE '#fff' END, round((0.0008 * size)::numeric, 2)), '' ORDER BY n),
        format('<text class="mark" x="%s" y="%s">%s</text></g>', round(bar + 0.01 * size), round(0.0095 * size), CASE WHEN bar >= 1000 THEN _html_number((bar / 1000)::numeric, 0) || ' km' ELSE _html_number(bar::numeric, 0) || ' m' END),
        format('<g transform="translate(%s %s)"><path d="M0 0 L%s %s L0 %s L%s %s Z" fill="#111"/><text class="mark" text-anchor="middle" y="%s">%s</text></g>', round(width - 0.035 * size), round(0.025 * size),
               round(0.011 * size), round(0.034 * size), round(0.026 * size), round(-0.011 * size), round(0.034 * size), round(0.056 * size), _page_word('north', language)), chr(10))
      FROM generate_series(0, 3) n;
END;
COMMENT ON FUNCTION _map_scale(double precision, double precision, double precision, double precision, text) IS 'scale bar below the map and north arrow in its corner';

CREATE FUNCTION _map_legend(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT string_agg(format('<span><span class="swatch"><svg viewBox="0 0 12 12"><rect class="g-%s" x="1" y="1" width="10" height="10"/></svg></span>%s</span>', l.code, _html(CASE language WHEN 'zh' THEN l.label_zh ELSE l.label_en END)), '' ORDER BY l.sequence)
      INTO result FROM label l WHERE l.topic = 'map';
    RETURN result || coalesce((SELECT '<span><span class="swatch"><svg viewBox="0 0 12 12"><path d="M0 6H12" stroke="#6a3d9a" stroke-width="2" stroke-dasharray="5 2"/></svg></span>' || string_agg(_html(m.name), CASE language WHEN 'zh' THEN '、' ELSE ', ' END ORDER BY m.code COLLATE "C", m.id) || '</span>'
                                 FROM management_area m), '');
END
$function$;
COMMENT ON FUNCTION _map_legend(name, text) IS 'legend of what is no class: grounds and management areas';

CREATE FUNCTION _bar(words text, classes text[], amounts numeric[], whole numeric, figure text) RETURNS text
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT concat('<div>', words, '</div><svg role="presentation">',
                  string_agg(format('<rect class="k-%s" x="%s%%" y="0" width="%s%%" height="100%%"/>', b.class, round(100 * b.before / nullif(whole, 0), 2), round(100 * b.amount / nullif(whole, 0), 2)), '' ORDER BY b.i) FILTER (WHERE b.amount > 0),
                  '</svg><div class="n">', figure, '</div>', chr(10))
      FROM (SELECT c.class, c.i, coalesce(amounts[c.i], 0) AS amount, coalesce((SELECT sum(coalesce(a.amount, 0)) FROM unnest(amounts) WITH ORDINALITY AS a (amount, i) WHERE a.i < c.i), 0) AS before
              FROM unnest(classes) WITH ORDINALITY AS c (class, i)) b;
END;
COMMENT ON FUNCTION _bar(text, text[], numeric[], numeric, text) IS 'a row of a bar chart: words, a bar of classes whose full width means whole, a figure';

CREATE FUNCTION _page_charts(survey name, language text) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    classes text[];
    families text;
    places text;
    reasons text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT array_agg(l.code ORDER BY l.sequence) INTO classes FROM label l WHERE l.topic = 'class';
    WITH part AS (
        SELECT r.family, CASE language WHEN 'zh' THEN r.label_zh ELSE r.label_en END AS words, r.class, r.hectares, r.sequence FROM report_scale r WHERE r.line = 'part'
    ), total AS (
        SELECT p.family, p.words, min(p.sequence) AS sequence, sum(p.hectares) AS hectares, ARRAY(SELECT (SELECT q.hectares FROM part q WHERE q.family IS NOT DISTINCT FROM p.family AND q.class = c.class) FROM unnest(classes) WITH ORDINALITY AS c (class, i) ORDER BY c.i) AS amounts
          FROM part p GROUP BY p.family, p.words
    )
    SELECT string_agg(_bar(_html(t.words), classes, t.amounts, (SELECT max(m.hectares) FROM total m), _html_number(t.hectares, 2)), '' ORDER BY t.sequence, t.family) INTO families FROM total t;
    WITH part AS (
        SELECT r.area_code, CASE language WHEN 'zh' THEN r.area_name_zh ELSE r.area_name_en END AS words, coalesce(r.determined_hectares, 0) AS determined, coalesce(r.suspected_hectares, 0) AS suspected, r.inefficient_percent
          FROM report_distribution r WHERE r.line = 'subdistrict'
    )
    SELECT string_agg(_bar(coalesce(_html(p.words), _html(p.area_code), _page_word('not_known', language)), '{determined,suspected}', ARRAY[p.determined, p.suspected], (SELECT max(m.determined + m.suspected) FROM part m),
                           _html_number(p.determined + p.suspected, 2) || ' (' || _html_number(p.inefficient_percent, 1) || ' %)'), '' ORDER BY p.area_code COLLATE "C" NULLS LAST) INTO places FROM part p;
    WITH part AS (
        SELECT CASE language WHEN 'zh' THEN r.reason_family_zh ELSE r.reason_family_en END AS words,
               coalesce(sum(r.hectares) FILTER (WHERE r.class = 'determined'), 0) AS determined, coalesce(sum(r.hectares) FILTER (WHERE r.class = 'suspected'), 0) AS suspected
          FROM report_structure r WHERE r.line = 'part' AND r.class IN ('determined', 'suspected') GROUP BY 1
    )
    SELECT string_agg(_bar(coalesce(_html(p.words), _page_word('no_reason', language)), '{determined,suspected}', ARRAY[p.determined, p.suspected], (SELECT max(m.determined + m.suspected) FROM part m),
                           _html_number(p.determined + p.suspected, 2)), '' ORDER BY p.determined + p.suspected DESC, p.words COLLATE "C") INTO reasons FROM part p;
    RETURN concat('<section><h2>', _page_word('overview', language), '</h2>', '<h3>' || _page_word('chart_family', language) || '</h3><div class="bars">' || families || '</div><div class="legend">'
                     || (SELECT string_agg('<span>' || _swatch(l.code, CASE language WHEN 'zh' THEN l.label_zh ELSE l.label_en END) || '</span>', '' ORDER BY l.sequence) FROM label l WHERE l.topic = 'class') || '</div>' || chr(10),
                  '<h3>' || _page_word('chart_place', language) || '</h3><div class="bars">' || places || '</div>' || chr(10),
                  '<h3>' || _page_word('chart_reason', language) || '</h3><div class="bars">' || reasons || '</div>' || chr(10), '</section>', chr(10));
END
$function$;
COMMENT ON FUNCTION _page_charts(name, text) IS 'bar charts: families by class, inefficient land by subdistrict and by first reason';

-- PostGIS is needed again, see 00_schema.sql.
SELECT pg_catalog.set_config('search_path',
           pg_catalog.format('inefficient_land, %I, pg_temp', n.nspname), true)
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
 WHERE e.extname OPERATOR(pg_catalog.=) 'postgis';
