-- quality_place: what is wrong with geometries, positions, areas and buildings

CREATE FUNCTION _check_geometry(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR f IN
        SELECT t.*, v.missing
          FROM _fact_table(survey) t
          JOIN (VALUES ('admin_unit', 'true'), ('management_area', 'true'), ('patch', 'true'), ('parcel', 'true'), ('planning_plot', 'true'),
                       ('detailed_plan', 'true'), ('constraint_zone', 'true'), ('legacy_case', 't.parcel_id IS NULL'),
                       -- a building without outline counts where its footprint and its parcel are known
                       ('building', 't.footprint_area IS NULL OR t.parcel_id IS NULL')) AS v (table_name, missing)
            ON v.table_name = t.table_name::text
         ORDER BY t.sequence
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT CASE WHEN t.geom IS NULL THEN 'missing_geometry' ELSE 'invalid_geometry' END, %2$L, %3$s, _no_place(),
                   CASE WHEN t.geom IS NOT NULL
                        THEN ARRAY['@geometry_problem/' || split_part(t.problem, ':', 1), ' (' || nullif(btrim(substr(t.problem, strpos(t.problem || ':', ':') + 1)), '') || ')'] END
              FROM (SELECT t.*, geometry_problem(t.geom) AS problem FROM %1$I t
                     WHERE _count_progress(%5$L, 'geometry of ' || %2$L, (SELECT count(*) FROM %1$I))) t
             WHERE (t.geom IS NULL AND (%4$s)) OR t.problem IS NOT NULL$sql$,
            f.table_name, f.table_name, f.row_columns, f.missing, survey);
    END LOOP;
    RETURN QUERY
        WITH outline AS MATERIALIZED (
            SELECT b.id, _trimmed_code(b.code) AS code, md5(b.geom::bytea) AS shape FROM building b WHERE b.geom IS NOT NULL AND NOT _has_no_points(b.geom)
        ), twin AS (
            SELECT o.shape, array_agg(o.id) AS ids, array_agg(coalesce(o.code, 'id ' || o.id) ORDER BY o.code COLLATE "C", o.id) AS names
              FROM outline o GROUP BY o.shape HAVING count(DISTINCT coalesce(o.code, 'id ' || o.id)) > 1
        )
        SELECT 'duplicate_geometry', 'building', b.id, b.code, b.subdistrict, b.parcel_id, b.geom,
               ARRAY[array_to_string(array_remove(t.names, coalesce(_trimmed_code(b.code), 'id ' || b.id)), ', ')]
          FROM twin t CROSS JOIN LATERAL unnest(t.ids) AS i (id) JOIN building b ON b.id = i.id;
END
$function$;
COMMENT ON FUNCTION _check_geometry(name, integer) IS 'geometries that are missing where they are needed, that cannot be measured, or that two buildings share';

CREATE FUNCTION _misplacement(point _finding_draft.geom%TYPE, district _finding_draft.geom%TYPE) RETURNS TABLE (rule text, candidate_en text, candidate_zh text)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000 ROWS 1
BEGIN ATOMIC
    -- millions of the easting are the number of the zone; without it coordinates are sane in this range
    WITH home AS (
        SELECT _transformed(_box_centre(district), 4490) AS place, _x(_box_centre(district)) AS easting
    ), raw AS (
        SELECT _x(point) AS x, _y(point) AS y, _srid(point) AS srid, _x(h.place) AS longitude, _y(h.place) AS latitude,
               floor(_x(point) / 1e6) AS zone, floor(h.easting / 1e6) AS district_zone,
               -- CGCS2000, 3-degree zones 25 to 45 with and without number
               CASE WHEN _srid(point) BETWEEN 4513 AND 4533 THEN 4513 WHEN _srid(point) BETWEEN 4534 AND 4554 THEN 4534 END AS first_srid
          FROM home h
    ), sane AS (
        SELECT r.*, abs(r.zone) <= 60 AND r.x - 1e6 * r.zone BETWEEN 100000 AND 900000 AND r.y BETWEEN 0 AND 1e7 AS metres
          FROM raw r
    ), other AS (
        SELECT s.*, o.srid AS other_srid,
               s.x - 1e6 * s.zone + CASE WHEN s.first_srid = 4513 THEN (o.srid - s.first_srid + 25) * 1e6 ELSE 0 END AS other_x
          FROM sane s CROSS JOIN LATERAL generate_series(greatest(s.first_srid, s.srid - 2), least(s.first_srid + 20, s.srid + 2)) AS o (srid)
         WHERE o.srid <> s.srid AND s.metres
    ), candidate AS (
        SELECT 1 AS preference, 'degrees_for_metres' AS rule, NULL::text AS candidate_en, NULL::text AS candidate_zh,
               CASE WHEN abs(s.x - s.longitude) < 3 AND abs(s.y - s.latitude) < 3 THEN _transformed(_point(s.x, s.y, 4490), s.srid) END AS place
          FROM sane s
         UNION ALL
        SELECT 2, 'degrees_for_metres', NULL, NULL,
               CASE WHEN abs(s.y - s.longitude) < 3 AND abs(s.x - s.latitude) < 3 THEN _transformed(_point(s.y, s.x, 4490), s.srid) END
          FROM sane s
         UNION ALL
        SELECT 3, 'wrong_zone', format('coordinates with zone number %s in the easting instead of %s', s.zone, s.district_zone),
               format('横坐标带号为 %s(应为 %s)的坐标', s.zone, s.district_zone),
               CASE WHEN s.metres AND s.zone <> s.district_zone THEN _point(s.x - 1e6 * (s.zone - s.district_zone), s.y, s.srid) END
          FROM sane s
         UNION ALL
        SELECT 4, 'swapped_axes', NULL, NULL, _point(s.y - 1e6 * (floor(s.y / 1e6) - s.district_zone), s.x, s.srid)
          FROM sane s
         UNION ALL
        -- the projection is the same at every meridian, so both mistakes give the same coordinates
        SELECT 5, 'wrong_zone', format('coordinates of EPSG:%s, or of EPSG:%s declared as EPSG:%s', o.other_srid, o.srid, 2 * o.srid - o.other_srid),
               format(' EPSG:%s 坐标(或误标为 EPSG:%s 的 EPSG:%s 坐标)', o.other_srid, 2 * o.srid - o.other_srid, o.srid),
               _transformed(_point(o.other_x, o.y, o.other_srid), o.srid)
          FROM other o
    )
    SELECT c.rule, c.candidate_en, c.candidate_zh
      FROM candidate c
     WHERE _meets(district, c.place)
     ORDER BY c.preference
     LIMIT 1;
END;
COMMENT ON FUNCTION _misplacement(_finding_draft.geom%TYPE, _finding_draft.geom%TYPE) IS 'why a point lies outside the district, where an explanation fits: degrees, zone number, exchanged axes, another central meridian (CGCS2000 three-degree zones); no row where none does';

CREATE FUNCTION _check_position(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
    district _finding_draft.geom%TYPE;      -- PostGIS is not on the path yet
BEGIN
    PERFORM _enter_survey(survey);
    SELECT _united(array_agg(a.geom)) INTO district FROM admin_unit a WHERE geometry_problem(a.geom) IS NULL;
    IF district IS NULL THEN
        RETURN QUERY SELECT 'missing_admin_unit', 'admin_unit', NULL::integer, NULL::text, NULL::text, NULL::integer, _no_place(), NULL::text[];
        RETURN;
    END IF;
    FOR f IN SELECT * FROM _fact_table(survey) t WHERE t.table_name IN ('patch', 'parcel', 'building', 'planning_plot', 'legacy_case') ORDER BY t.sequence
    LOOP
        RETURN QUERY EXECUTE format($sql$
            WITH place AS MATERIALIZED (
                SELECT %1$s, CASE WHEN t.id = ANY ($2) THEN _box_centre(t.geom) ELSE _inner_point(t.geom) END
                  FROM %2$s
                 WHERE t.geom IS NOT NULL AND NOT _has_no_points(t.geom)
                   AND _count_progress(%4$L, 'position of ' || %3$L, (SELECT count(*) FROM %5$I))
            )
            SELECT coalesce(m.rule, 'position_outside'), %3$L, p.id, p.code, p.subdistrict, p.parcel_id, p.point,
                   ARRAY[format('E %%s, N %%s', _number_text(_x(p.point), 3), _number_text(_y(p.point), 3)),
                         coalesce(m.candidate_en, _number_text(_distance(p.point, $1) / 1000, 1)), m.candidate_zh]
              FROM place p (id, code, subdistrict, parcel_id, point)
              LEFT JOIN LATERAL _misplacement(p.point, $1) m ON true
             WHERE _x(p.point) NOT IN ('NaN', 'Infinity', '-Infinity') AND _y(p.point) NOT IN ('NaN', 'Infinity', '-Infinity')
               AND NOT _meets($1, p.point)$sql$,
            f.row_columns, f.row_source, f.table_name, survey, f.table_name) USING district, _unmeasurable(survey, run_id, f.table_name);
    END LOOP;
    RETURN QUERY SELECT * FROM _check_subdistrict(survey);
END
$function$;
COMMENT ON FUNCTION _check_position(name, integer) IS 'rows that lie outside every administrative unit, with the reason where the coordinates show it, and rows listed under another subdistrict than the one they lie in';

CREATE FUNCTION _check_subdistrict(survey name) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
BEGIN
    PERFORM _enter_survey(survey);
    PERFORM FROM admin_unit a WHERE _trimmed_code(a.level) = 'subdistrict' LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    FOR f IN SELECT * FROM _fact_table(survey) t WHERE t.row_columns LIKE '%t.subdistrict%' ORDER BY t.sequence
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'unknown_subdistrict', %1$L, %2$s, _no_place(), ARRAY[t.subdistrict]
              FROM %3$s
             WHERE _trimmed_code(t.subdistrict) IS NOT NULL
               AND _trimmed_code(t.subdistrict) NOT IN (SELECT _trimmed_code(a.code) FROM admin_unit a
                                                         WHERE _trimmed_code(a.level) = 'subdistrict' AND _trimmed_code(a.code) IS NOT NULL)$sql$,
            f.table_name, f.row_columns, f.row_source);
        IF f.table_name IN ('patch', 'parcel', 'planning_plot') THEN
            RETURN QUERY EXECUTE format($sql$
                SELECT 'subdistrict_differs', %1$L, %2$s, t.geom, ARRAY[t.subdistrict, l.subdistrict]
                  FROM %3$s
                  JOIN _located_subdistrict(%4$L, %1$L) l ON l.id = t.id
                  -- on a common border either is right
                 WHERE l.subdistrict <> _trimmed_code(t.subdistrict)
                   AND EXISTS (SELECT FROM admin_unit a WHERE _trimmed_code(a.code) = _trimmed_code(t.subdistrict))
                   AND NOT EXISTS (SELECT FROM admin_unit a
                                    WHERE _trimmed_code(a.code) = _trimmed_code(t.subdistrict) AND geometry_problem(a.geom) IS NULL
                                      AND _meets(a.geom, _inner_point(t.geom)))$sql$,
                f.table_name, f.row_columns, f.row_source, survey);
        END IF;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _check_subdistrict(name) IS 'subdistricts that are not in admin_unit, and parcels, patches and plots listed under another than the one their inner point lies in';

CREATE FUNCTION _check_overlap(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
    tolerance double precision := (SELECT r.upper_limit FROM finding_rule r WHERE r.rule = 'overlap');
BEGIN
    PERFORM _enter_survey(survey);
    FOR f IN
        SELECT t.*, v.layer
          FROM _fact_table(survey) t
          JOIN (VALUES ('parcel', 'coalesce(_trimmed_code(t.stratum), ''surface'')'), ('patch', 'coalesce(t.base_year, 0)')) AS v (table_name, layer)
            ON v.table_name = t.table_name::text
         ORDER BY t.sequence
    LOOP
        -- an overlap is no larger than that of the boxes, so many neighbours are settled without looking at them
        RETURN QUERY EXECUTE format($sql$
            WITH pair AS MATERIALIZED (
                SELECT t.id AS a, u.id AS b, overlap_area(t.geom, u.geom) AS area, _common_part(t.geom, u.geom) AS common
                  FROM (SELECT * FROM %1$I WHERE _count_progress(%7$L, 'overlap of ' || %4$L, (SELECT count(*) FROM %1$I)) OFFSET 0) t
                  JOIN %1$I u ON _boxes_meet(u.geom, t.geom) AND u.id > t.id
                 WHERE %2$s = %3$s AND t.id <> ALL ($2) AND u.id <> ALL ($2)
                   AND _box_overlap(t.geom, u.geom) > $1 AND overlap_area(t.geom, u.geom) > $1
            ), side AS (
                SELECT p.a AS id, p.b AS other, p.area, p.common FROM pair p
                 UNION ALL
                SELECT p.b, p.a, p.area, p.common FROM pair p
            )
            SELECT 'overlap', %4$L, %5$s, s.common, ARRAY[coalesce(nullif(_trimmed_code(o.code), _trimmed_code(t.code)), 'id ' || o.id), _number_text(s.area)]
              FROM side s
              JOIN %1$I o ON o.id = s.other
              JOIN %6$s ON t.id = s.id$sql$,
            f.table_name, f.layer, replace(f.layer, 't.', 'u.'), f.table_name, f.row_columns, f.row_source, survey)
            USING tolerance, _unmeasurable(survey, run_id, f.table_name);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _check_overlap(name, integer) IS 'parcels of the same stratum and patches of the same year that overlap by more than the tolerance, one finding for each of the two, with the common geometry';

CREATE FUNCTION _check_area(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    f record;
    -- deviation, discrepancy, contradiction, slip of the unit
    limits double precision[] := (SELECT array_agg(r.upper_limit ORDER BY r.sequence) FROM finding_rule r
                                   WHERE r.rule IN ('area_deviation', 'area_discrepancy', 'area_contradiction', 'area_unit_slip'));
    rounding double precision := (SELECT r.lower_limit FROM finding_rule r WHERE r.rule = 'area_deviation');
BEGIN
    PERFORM _enter_survey(survey);
    FOR f IN
        SELECT t.*, v.name, v.lowest
          FROM _fact_table(survey) t
          -- outlines of buildings and boundaries of districts are rougher than cadastral ones
          JOIN (VALUES ('parcel', 'registered_area', 1), ('patch', 'area', 1), ('legacy_case', 'area', 2),
                       ('admin_unit', 'control_area', 2), ('building', 'footprint_area', 3)) AS v (table_name, name, lowest)
            ON v.table_name = t.table_name::text
         ORDER BY t.sequence
    LOOP
        RETURN QUERY EXECUTE format($sql$
            WITH measured AS (
                SELECT %1$s, t.%2$I AS stated, _surface(t.geom) AS measured
                  FROM %3$s
                 WHERE t.%2$I > 1e-6 AND t.%2$I < 1e18 AND t.geom IS NOT NULL AND t.id <> ALL ($2)
            ), differing AS MATERIALIZED (
                SELECT m.*, abs(m.stated - m.measured) / m.measured AS share
                  FROM measured m (id, code, subdistrict, parcel_id, stated, measured)
                 WHERE m.measured > 0 AND abs(m.stated - m.measured) > greatest($3, $1[%4$s] * m.measured)
            )
            SELECT CASE WHEN u.unit IS NOT NULL THEN 'area_unit_slip' WHEN d.share > $1[3] THEN 'area_contradiction'
                        WHEN d.share > $1[2] THEN 'area_discrepancy' ELSE 'area_deviation' END,
                   %5$L, d.id, d.code, d.subdistrict, d.parcel_id, _no_place(),
                   CASE WHEN u.unit IS NOT NULL THEN ARRAY[%6$L, _number_text(d.stated, 6), _number_text(d.measured), '@unit/' || u.unit]
                        ELSE ARRAY[%6$L, _number_text(d.stated), _number_text(d.measured), _number_text(100 * d.share)] END
              FROM differing d
              LEFT JOIN (VALUES ('ha', 10000.0), ('mu', 2000.0 / 3), ('km²', 1000000.0)) AS u (unit, factor)
                     ON abs(d.stated * u.factor - d.measured) <= $1[4] * d.measured$sql$,
            f.row_columns, f.name, f.row_source, f.lowest, f.table_name, format('@column/%s.%s', f.table_name, f.name))
            USING limits, _unmeasurable(survey, run_id, f.table_name), rounding;
    END LOOP;
    FOR f IN SELECT * FROM _fact_table(survey) t WHERE t.table_name IN ('patch', 'parcel') ORDER BY t.sequence
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT 'sliver', %1$L, %2$s, t.geom, ARRAY[_number_text(_surface(t.geom)), _number_text(2 * _surface(t.geom) / _perimeter(t.geom), 3)]
              FROM %3$s
             WHERE t.id <> ALL ($2) AND 2 * _surface(t.geom) < $1 * _perimeter(t.geom)$sql$,
            f.table_name, f.row_columns, f.row_source)
            USING (SELECT r.lower_limit FROM finding_rule r WHERE r.rule = 'sliver'), _unmeasurable(survey, run_id, f.table_name);
    END LOOP;
    RETURN QUERY
        SELECT 'missing_area', 'parcel', p.id, p.code, p.subdistrict, p.id, _no_place(), ARRAY['@column/parcel.registered_area', CASE WHEN p.registered_area = 0 THEN '@amount/zero' ELSE '@amount/unknown' END]
          FROM parcel p
         WHERE coalesce(_trimmed_code(p.origin), 'cadastre') = 'cadastre' AND (p.registered_area IS NULL OR p.registered_area = 0)
        UNION ALL
        SELECT 'missing_area', 'patch', p.id, p.code, p.subdistrict, NULL, NULL, ARRAY['@column/patch.area', CASE WHEN p.area = 0 THEN '@amount/zero' ELSE '@amount/unknown' END]
          FROM patch p
         WHERE p.area IS NULL OR p.area = 0;
END
$function$;
COMMENT ON FUNCTION _check_area(name, integer) IS 'stated against measured areas in three classes of tolerance, stated areas that fit in hectares, mu or km², areas that are missing or 0, and slivers: parcels and patches whose mean width 2 A / P is below the limit';

CREATE FUNCTION _check_part(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    parts double precision := (SELECT r.upper_limit FROM finding_rule r WHERE r.rule = 'parts_differ');
    whole double precision := (SELECT 1 + r.upper_limit FROM finding_rule r WHERE r.rule = 'part_exceeds_whole');
    ground double precision := (SELECT 1 + r.upper_limit FROM finding_rule r WHERE r.rule = 'footprint_exceeds_parcel');
    bad_parcels integer[] := _unmeasurable(survey, run_id, 'parcel');
    bad_buildings integer[] := _unmeasurable(survey, run_id, 'building');
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH sized AS MATERIALIZED (
            SELECT p.id, p.code, p.subdistrict, p.green_area, p.occupied_area, coalesce(_trimmed_code(p.stratum), 'surface') AS stratum,
                   CASE WHEN p.registered_area > 1e-6 AND p.registered_area < 1e18 THEN p.registered_area
                        WHEN p.id <> ALL (bad_parcels) THEN _surface(p.geom) END AS area
              FROM parcel p
        ), divided AS (
            SELECT u.parcel_id, sum(u.land_area) AS area FROM parcel_use u
             WHERE u.parcel_id IS NOT NULL GROUP BY u.parcel_id HAVING bool_and(coalesce(u.land_area >= 0 AND u.land_area < 1e18, false))
        ), built AS (
            SELECT b.parcel_id, sum(CASE WHEN b.footprint_area > 1e-6 AND b.footprint_area < 1e18 THEN b.footprint_area
                                         WHEN b.id <> ALL (bad_buildings) THEN _surface(b.geom) END) AS area, count(*) AS n
              FROM building b
             WHERE b.parcel_id IS NOT NULL GROUP BY b.parcel_id
        )
        SELECT 'parts_differ', 'parcel', p.id, p.code, p.subdistrict, p.id, _no_place(), ARRAY[_number_text(d.area), _number_text(p.area)]
          FROM sized p JOIN divided d ON d.parcel_id = p.id
         WHERE abs(d.area - p.area) > parts * p.area
        UNION ALL
        SELECT 'part_exceeds_whole', 'parcel', p.id, p.code, p.subdistrict, p.id, NULL,
               ARRAY['@column/parcel.' || v.name, '@column/land_area', format(' (%s > %s)', _number_text(v.area), _number_text(p.area))]
          FROM sized p CROSS JOIN LATERAL (VALUES ('green_area', p.green_area), ('occupied_area', p.occupied_area)) AS v (name, area)
         WHERE v.area > whole * p.area AND v.area < 1e18
        UNION ALL
        SELECT 'footprint_exceeds_parcel', 'parcel', p.id, p.code, p.subdistrict, p.id, NULL, ARRAY[b.n::text, _number_text(b.area), _number_text(p.area)]
          FROM sized p JOIN built b ON b.parcel_id = p.id
         WHERE p.stratum = 'surface' AND b.area > ground * p.area
        UNION ALL
        SELECT 'missing_area', 'parcel_use', u.id, u.parcel_code, u.subdistrict, u.parcel_id, NULL, ARRAY['@column/parcel_use.land_area', '@amount/unknown']
          FROM parcel_use u
         WHERE u.land_area IS NULL AND EXISTS (SELECT FROM parcel_use o WHERE o.parcel_id = u.parcel_id AND o.id <> u.id);
END
$function$;
COMMENT ON FUNCTION _check_part(name, integer) IS 'parts of a parcel that do not add up to it, green or occupied ground and footprints larger than the parcel, parts without area; the parcel counts by its registered area, else as measured';

CREATE FUNCTION _check_building(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    bad_parcels integer[] := _unmeasurable(survey, run_id, 'parcel');
    bad_buildings integer[] := _unmeasurable(survey, run_id, 'building');
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        SELECT 'implausible_floor_area', 'building', b.id, b.code, b.subdistrict, b.parcel_id, _no_place(),
               ARRAY[_number_text(b.floor_area_above), _number_text(b.floor_area_above / (s.footprint * b.storeys_above), 3)]
          FROM building b
         CROSS JOIN LATERAL (SELECT CASE WHEN b.footprint_area > 1e-6 AND b.footprint_area < 1e18 THEN b.footprint_area
                                         WHEN b.id <> ALL (bad_buildings) THEN _surface(b.geom) END AS footprint) s
          JOIN finding_rule r ON r.rule = 'implausible_floor_area'
         WHERE s.footprint > 0 AND b.storeys_above > 0 AND b.floor_area_above > 1e-6 AND b.floor_area_above < 1e18
           AND (b.floor_area_above < r.lower_limit * s.footprint * b.storeys_above OR b.floor_area_above > r.upper_limit * s.footprint * b.storeys_above);
    -- without footprint or storeys the parcel says how much is possible, and without an area of it the largest building
    RETURN QUERY
        SELECT CASE WHEN s.land > 0 THEN 'floor_area_exceeds_plot' ELSE 'floor_area_beyond_reason' END, 'building', b.id, b.code, b.subdistrict, b.parcel_id, _no_place(),
               ARRAY[_number_text(b.floor_area_above), CASE WHEN s.land > 0 THEN _number_text(b.floor_area_above / s.land) ELSE _number_text(m.upper_limit) END]
          FROM building b
          LEFT JOIN parcel p ON p.id = b.parcel_id
         CROSS JOIN LATERAL (SELECT coalesce(b.footprint_area > 1e-6 AND b.footprint_area < 1e18 OR b.id <> ALL (bad_buildings) AND _surface(b.geom) > 0, false) AS has_footprint,
                                    greatest(CASE WHEN p.registered_area > 1e-6 AND p.registered_area < 1e18 THEN p.registered_area END,
                                             CASE WHEN p.id <> ALL (bad_parcels) THEN _surface(p.geom) END) AS land) s
          JOIN finding_rule r ON r.rule = 'floor_area_exceeds_plot'
          JOIN finding_rule m ON m.rule = 'floor_area_beyond_reason'
          JOIN finding_rule f ON f.rule = 'implausible_floor_area'
         WHERE NOT (s.has_footprint AND coalesce(b.storeys_above > 0, false)) AND b.floor_area_above < 1e18
           AND b.floor_area_above > CASE WHEN s.land > 0 THEN s.land * least(r.upper_limit, CASE WHEN b.storeys_above > 0 THEN f.upper_limit * b.storeys_above END) ELSE m.upper_limit END;
END
$function$;
COMMENT ON FUNCTION _check_building(name, integer) IS 'floor areas that do not fit footprint times storeys, or, where one of these is unknown, what the parcel could bear, or, where it has no area either, any building';

CREATE FUNCTION _check_border(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    tolerance double precision := (SELECT r.upper_limit FROM finding_rule r WHERE r.rule = 'building_across_border');
    bad_parcels integer[] := _unmeasurable(survey, run_id, 'parcel');
    bad_buildings integer[] := _unmeasurable(survey, run_id, 'building');
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH outside AS MATERIALIZED (
            SELECT b.id, b.geom, b.parcel_id, p.code AS parcel_code, p.geom AS parcel_geom, 1 - overlap_area(p.geom, b.geom) / _surface(b.geom) AS share
              FROM parcel p
              JOIN building b ON b.parcel_id = p.id
             WHERE b.geom IS NOT NULL AND p.geom IS NOT NULL AND b.id <> ALL (bad_buildings) AND p.id <> ALL (bad_parcels)
               AND _count_progress(survey, 'border', (SELECT count(*) FROM building))
        )
        SELECT 'building_across_border', 'building', b.id, b.code, b.subdistrict, b.parcel_id, _part_outside(o.geom, o.parcel_geom),
               ARRAY[_number_text(100 * o.share, 1), coalesce(_trimmed_code(o.parcel_code), 'id ' || o.parcel_id), coalesce(' (' || n.names || ')', '')]
          FROM outside o
          JOIN building b ON b.id = o.id
          LEFT JOIN LATERAL (
                 SELECT string_agg(coalesce(_trimmed_code(q.code), 'id ' || q.id), ', ' ORDER BY q.code COLLATE "C", q.id) AS names
                   FROM parcel q
                  WHERE _boxes_meet(q.geom, o.geom) AND q.id <> o.parcel_id AND coalesce(_trimmed_code(q.stratum), 'surface') = 'surface'
                    AND q.id <> ALL (bad_parcels) AND overlap_area(q.geom, o.geom) > 0) n ON true
         WHERE o.share > tolerance
           AND _count_progress(survey, 'border crossings', (SELECT count(*) FROM outside c WHERE c.share > tolerance));
END
$function$;
COMMENT ON FUNCTION _check_border(name, integer) IS 'buildings of which more than the tolerated share of the footprint lies outside their parcel, with the parcels it reaches into and the geometry outside';

CREATE FUNCTION _check_patch(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    expected integer;
    tolerance double precision := (SELECT r.upper_limit FROM finding_rule r WHERE r.rule = 'control_area_differs');
    bad_patches integer[] := _unmeasurable(survey, run_id, 'patch');
    bad_units integer[] := _unmeasurable(survey, run_id, 'admin_unit');
BEGIN
    PERFORM _enter_survey(survey);
    -- the year the survey declares, else the most frequent
    expected := coalesce((SELECT s.base_year FROM survey s),
                         (SELECT p.base_year FROM patch p WHERE p.base_year IS NOT NULL GROUP BY p.base_year ORDER BY count(*) DESC, p.base_year DESC LIMIT 1));
    RETURN QUERY
        SELECT 'mixed_base_year', 'patch', min(p.id), (array_agg(p.code ORDER BY p.id))[1], NULL::text, NULL::integer, _no_place(),
               ARRAY[count(*)::text, coalesce(p.base_year::text, '?'), coalesce(expected::text, '?')]
          FROM patch p
         WHERE p.base_year IS DISTINCT FROM expected OR expected IS NULL
         GROUP BY p.base_year;
    RETURN QUERY
        WITH part AS (
            SELECT a.id, sum(p.area) AS area, '@table/patch' AS kind, count(*)::text AS names, CASE WHEN count(*) <= 5000 THEN array_agg(p.geom) FILTER (WHERE p.geom IS NOT NULL AND p.id <> ALL (bad_patches)) END AS shapes
              FROM admin_unit a JOIN patch p ON _trimmed_code(p.subdistrict) = _trimmed_code(a.code)
             WHERE _trimmed_code(a.level) = 'subdistrict' AND p.base_year IS NOT DISTINCT FROM expected
             GROUP BY a.id HAVING bool_and(coalesce(p.area >= 0 AND p.area < 1e18, false))
             UNION ALL
            SELECT a.parent_id, sum(a.control_area), '@table/admin_unit', string_agg(coalesce(_trimmed_code(a.code), 'id ' || a.id) || ' ' || _number_text(a.control_area), ', ' ORDER BY a.code COLLATE "C", a.id),
                   array_agg(a.geom) FILTER (WHERE a.geom IS NOT NULL AND a.id <> ALL (bad_units))
              FROM admin_unit a
             WHERE a.parent_id IS NOT NULL
             GROUP BY a.parent_id HAVING bool_and(coalesce(a.control_area >= 0 AND a.control_area < 1e18, false))
        )
        SELECT 'control_area_differs', 'admin_unit', a.id, a.code, NULL::text, NULL::integer,
               -- what no part covers, where the borders can be measured
               CASE WHEN a.id <> ALL (bad_units) AND p.shapes IS NOT NULL THEN _part_outside(a.geom, _united(p.shapes)) END,
               ARRAY[_number_text(p.area), _number_text(a.control_area), _number_text(p.area - a.control_area), p.kind, p.names]
          FROM admin_unit a JOIN part p ON p.id = a.id
         WHERE a.control_area > 1e-6 AND a.control_area < 1e18 AND abs(p.area - a.control_area) > tolerance;
END
$function$;
COMMENT ON FUNCTION _check_patch(name, integer) IS 'patches of another year than the survey''s, and patches or subdistricts that do not add up to the control area of their unit';
