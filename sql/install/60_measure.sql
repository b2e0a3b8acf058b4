-- measure: what a parcel consists of, and how large it and its buildings are
-- Values that cannot be (negative, NaN, beyond any district) count as unknown
-- here: the check has made findings of them, and a run does not stop for them.

CREATE FUNCTION _usable(value double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN CASE WHEN value = double precision '0' OR abs(value) BETWEEN double precision '1e-12' AND double precision '1e18' THEN value END;
COMMENT ON FUNCTION _usable(double precision) IS 'the value where it can be meant: 0 or a magnitude between 1e-12 and 1e18; NaN, infinities and everything else are unknown (NULL)';

CREATE FUNCTION _usable_amount(value double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN CASE WHEN value = double precision '0' OR value BETWEEN double precision '1e-12' AND double precision '1e18' THEN value END;
COMMENT ON FUNCTION _usable_amount(double precision) IS 'as _usable, for what cannot be negative (areas, counts, energy): a negative value is unknown (NULL)';

CREATE FUNCTION _usable_date(value date) RETURNS date
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN CASE WHEN isfinite(value) THEN value END;
COMMENT ON FUNCTION _usable_date(date) IS 'the date where it is a day; infinity is unknown (NULL)';

CREATE FUNCTION _require_day(argument text, value date) RETURNS void
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    IF NOT isfinite(value) THEN
        RAISE EXCEPTION '% is %, which is no day', argument, value USING ERRCODE = 'datetime_field_overflow',
            HINT = 'Give a date such as 2024-02-29, or leave it out where there is none.';
    END IF;
END
$function$;
COMMENT ON FUNCTION _require_day(text, date) IS 'error 22008 for a date that is infinite, naming the argument; NULL is allowed';

CREATE FUNCTION _shape_digest(geom geometry) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
RETURN md5(ST_AsEWKB(geom, 'NDR'))::uuid;
COMMENT ON FUNCTION _shape_digest(geometry) IS 'fingerprint of a geometry, coordinate by coordinate: another one is another shape or place';

CREATE FUNCTION _doubt(survey name, run_id integer, table_name text) RETURNS TABLE (row_id integer, columns text[])
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        SELECT f.row_id, array_agg(DISTINCT u.name)
          FROM finding f CROSS JOIN unnest(f.doubtful) AS u (name)
         WHERE f.run_id = _doubt.run_id AND f.table_name = _doubt.table_name AND f.doubtful IS NOT NULL AND f.row_id IS NOT NULL
         GROUP BY f.row_id;
END
$function$;
COMMENT ON FUNCTION _doubt(name, integer, text) IS 'the rows of a fact table of which the findings of a run put columns in doubt, with these columns; none for run NULL';

CREATE FUNCTION _believed(value double precision, name text, doubtful text[]) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN CASE WHEN name = ANY (doubtful) THEN NULL ELSE value END;
COMMENT ON FUNCTION _believed(double precision, text, text[]) IS 'the value of the column name, unknown (NULL) where the column is among the doubtful ones';

-- A sound polygon can still be beyond all measure (coordinates of 1e300): no area, and no end of the run.
-- What catches errors starts subtransactions, which parallel plans do not allow.
CREATE FUNCTION _planar_area(geom geometry) RETURNS double precision
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE COST 500
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN CASE WHEN geometry_problem(geom) IS NULL THEN planar_area(geom) END;
EXCEPTION
    WHEN invalid_parameter_value OR feature_not_supported OR numeric_value_out_of_range THEN
        RETURN NULL;
END
$function$;
COMMENT ON FUNCTION _planar_area(geometry) IS 'planar_area of a sound polygon, NULL for what has a problem or no measurable area';

CREATE FUNCTION _ellipsoidal_area(geom geometry) RETURNS double precision
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE COST 500
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN CASE WHEN geometry_problem(geom) IS NULL THEN survey_area(geom) END;
EXCEPTION
    WHEN invalid_parameter_value OR feature_not_supported OR numeric_value_out_of_range THEN
        RETURN NULL;
END
$function$;
COMMENT ON FUNCTION _ellipsoidal_area(geometry) IS 'survey_area of a sound polygon where the national procedure applies to the coordinate system and the position, else NULL';

CREATE FUNCTION _union_of(geoms geometry[]) RETURNS geometry
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
RETURN ST_Union(geoms);
COMMENT ON FUNCTION _union_of(geometry[]) IS 'union of polygons, bound to PostGIS when the extension is created';

CREATE FUNCTION _union_area(geoms geometry[]) RETURNS double precision
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN planar_area(_union_of(geoms));
EXCEPTION
    WHEN invalid_parameter_value OR feature_not_supported OR numeric_value_out_of_range OR internal_error THEN
        RETURN NULL;
END
$function$;
COMMENT ON FUNCTION _union_area(geometry[]) IS 'planar area of the union of sound polygons, m²; NULL where it cannot be built';

CREATE FUNCTION _covered_share(inner_geom geometry, outer_geom geometry) RETURNS double precision
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN least(overlap_area(inner_geom, outer_geom) / nullif(planar_area(inner_geom), 0), 1);
EXCEPTION
    WHEN invalid_parameter_value OR feature_not_supported OR numeric_value_out_of_range THEN
        RETURN NULL;
END
$function$;
COMMENT ON FUNCTION _covered_share(geometry, geometry) IS 'share (0 to 1) of the first polygon that the second covers; NULL where one of them cannot be measured';

CREATE FUNCTION _show_progress(survey name, step text, done bigint, total bigint) RETURNS void
    AS 'MODULE_PATHNAME', 'il__show_progress' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 10;
COMMENT ON FUNCTION _show_progress(name, text, bigint, bigint) IS 'shows a step of assess in pg_stat_activity.application_name, at once for other sessions; the setting is local to the transaction, so an error takes it back';

CREATE PROCEDURE _analyze_table(survey name, table_name name, column_list text)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
BEGIN
    PERFORM FROM pg_class c WHERE c.oid = format('%I.%I', survey, table_name)::regclass AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE');
    IF FOUND THEN
        EXECUTE format('ANALYZE %I.%I (%s)', survey, table_name, column_list);
    END IF;
END
$procedure$;
COMMENT ON PROCEDURE _analyze_table(name, name, text) IS 'gathers statistics of some columns of a table of the survey where the caller may, and else does nothing';

CREATE FUNCTION _count_progress(survey name, step text, total bigint) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il__count_progress' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE COST 1;
COMMENT ON FUNCTION _count_progress(name, text, bigint) IS 'counts a row of a step, and every half second shows the count as _show_progress does; true, so that it can stand in a WHERE clause';

CREATE FUNCTION _id_batch(survey name, size integer, run_id integer DEFAULT NULL) RETURNS TABLE (from_id integer, to_id integer, done bigint, total bigint)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        SELECT min(n.id), max(n.id), max(n.number), max(n.total)
          FROM (SELECT s.id, row_number() OVER (ORDER BY s.id) AS number, count(*) OVER () AS total
                  FROM (SELECT p.id FROM parcel p WHERE _id_batch.run_id IS NULL
                        UNION ALL SELECT m.parcel_id FROM parcel_measure m WHERE m.run_id = _id_batch.run_id) s) n
         GROUP BY (n.number - 1) / _id_batch.size
         ORDER BY 1;
END
$function$;
COMMENT ON FUNCTION _id_batch(name, integer, integer) IS 'the parcels of a survey, or those that a run has measured, in batches of about size, by id: first and last id, parcels done when the batch is done, parcels in all';

CREATE FUNCTION _parcel_part(survey name, deciding_use text, from_id integer DEFAULT NULL, to_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, family text, land_area double precision, floor_area double precision, part_count integer, use_code text, use_code_system text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH used AS (
            SELECT p.id, _trimmed_code(u.code) AS code, _trimmed_code(u.code_system) AS code_system, c.family
              FROM parcel p
             CROSS JOIN LATERAL (SELECT * FROM (VALUES ('registered', p.registered_use, p.registered_use_system),
                                                       ('approved',   p.approved_use,   p.approved_use_system),
                                                       ('present',    p.present_use,    p.present_use_system),
                                                       ('planned',    p.planned_use,    p.planned_use_system)) AS v (kind, code, code_system)
                                  WHERE v.kind = _parcel_part.deciding_use) u
              LEFT JOIN land_use_code c ON c.code_system = _trimmed_code(u.code_system) AND c.code = _trimmed_code(u.code)
             WHERE p.id >= coalesce(_parcel_part.from_id, -2147483648) AND p.id <= coalesce(_parcel_part.to_id, 2147483647)
        ), declared AS (
            SELECT u.parcel_id, _trimmed_code(u.family) AS family,
                   CASE WHEN bool_and(_usable_amount(u.land_area) IS NOT NULL) THEN exact_sum_agg(_usable_amount(u.land_area)) END AS land_area,
                   CASE WHEN bool_and(_usable_amount(u.floor_area) IS NOT NULL) THEN exact_sum_agg(_usable_amount(u.floor_area)) END AS floor_area
              FROM parcel_use u
             WHERE u.parcel_id >= coalesce(_parcel_part.from_id, -2147483648) AND u.parcel_id <= coalesce(_parcel_part.to_id, 2147483647)
               AND _trimmed_code(u.family) IS NOT NULL
             GROUP BY u.parcel_id, _trimmed_code(u.family)
        ), counted AS (
            SELECT d.parcel_id, count(*)::integer AS part_count FROM declared d GROUP BY d.parcel_id
        )
        SELECT u.id, d.family, d.land_area, d.floor_area, c.part_count,
               CASE WHEN d.family = u.family THEN u.code END, CASE WHEN d.family = u.family THEN u.code_system END
          FROM used u JOIN counted c ON c.parcel_id = u.id JOIN declared d ON d.parcel_id = u.id
        UNION ALL
        SELECT u.id, u.family, NULL, NULL, 1, u.code, u.code_system
          FROM used u
         WHERE u.family IS NOT NULL AND NOT EXISTS (SELECT FROM counted c WHERE c.parcel_id = u.id);
END
$function$;
COMMENT ON FUNCTION _parcel_part(name, text, integer, integer) IS 'the parts of the parcels from_id to to_id by family: the rows of parcel_use where there are any, else one part of the family of the deciding use. land_area and floor_area (m²) as declared, NULL where one row of the family leaves them open; part_count: families of the parcel; use_code: the deciding use where it belongs to the family. A parcel whose use is unknown or without family has no row';

CREATE FUNCTION _survey_building(survey name, from_id integer DEFAULT NULL, to_id integer DEFAULT NULL, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, building_id integer, own_family text, footprint_area double precision, floor_area double precision,
                   built_year integer, danger_grade text, is_villa boolean, heritage_kind text, is_finished boolean, sound_geom geometry)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH doubt AS MATERIALIZED (
            SELECT * FROM _doubt(_survey_building.survey, _survey_building.run_id, 'building')
        ), stated AS (
            SELECT b.parcel_id, b.id, coalesce(_trimmed_code(b.code), '#' || b.id) AS name,
                   coalesce(_trimmed_code(b.family), c.family) AS own_family,
                   _believed(_usable_amount(b.footprint_area), 'footprint_area', d.columns) AS footprint,
                   _believed(_usable_amount(b.floor_area_above), 'floor_area_above', d.columns) AS floor,
                   b.built_year, upper(_trimmed_code(b.danger_grade)) AS danger_grade,
                   coalesce(b.is_villa, m.is_villa) AS is_villa,
                   coalesce(_trimmed_code(b.heritage_kind), _trimmed_code(m.heritage_kind)) AS heritage_kind,
                   b.is_finished,
                   CASE WHEN ('geom' = ANY (d.columns)) IS NOT TRUE AND _planar_area(b.geom) > 0 THEN b.geom END AS sound
              FROM building b
              LEFT JOIN doubt d ON d.row_id = b.id
              LEFT JOIN land_use_code c ON c.code_system = _trimmed_code(b.use_code_system) AND c.code = _trimmed_code(b.use_code)
              LEFT JOIN community m ON m.id = b.community_id
             WHERE b.parcel_id >= coalesce(_survey_building.from_id, -2147483648) AND b.parcel_id <= coalesce(_survey_building.to_id, 2147483647)
        )
        SELECT s.parcel_id, min(s.id),
               CASE WHEN min(s.own_family) = max(s.own_family) THEN min(s.own_family) END,
               coalesce(CASE WHEN min(s.footprint) = max(s.footprint) THEN min(s.footprint)
                             WHEN count(s.footprint) = 0 THEN _planar_area((array_agg(s.sound ORDER BY s.id))[1]) END),
               CASE WHEN min(s.floor) = max(s.floor) THEN min(s.floor) END,
               CASE WHEN min(s.built_year) = max(s.built_year) THEN min(s.built_year) END,
               CASE WHEN min(s.danger_grade) = max(s.danger_grade) THEN min(s.danger_grade) END,
               CASE WHEN bool_and(s.is_villa) = bool_or(s.is_villa) THEN bool_or(s.is_villa) END,
               min(s.heritage_kind COLLATE "C"),
               CASE WHEN bool_and(s.is_finished) = bool_or(s.is_finished) THEN bool_or(s.is_finished) END,
               (array_agg(s.sound ORDER BY s.id))[1]
          FROM stated s
         GROUP BY s.parcel_id, s.name;
END
$function$;
COMMENT ON FUNCTION _survey_building(name, integer, integer, integer) IS 'the buildings of the parcels from_id to to_id, each once: rows of one parcel with the same code are one building, of which only what the rows agree on is known, and what the findings of run_id leave in doubt is not. Footprint (m²) as surveyed, else the area of the geometry; villa and heritage also from the community; sound_geom is NULL where the geometry has a problem';

CREATE FUNCTION _double_cover(survey name, from_id integer, to_id integer, run_id integer DEFAULT NULL) RETURNS TABLE (parcel_id integer, area double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH house AS MATERIALIZED (
            SELECT b.parcel_id, b.building_id, b.sound_geom AS geom
              FROM _survey_building(_double_cover.survey, _double_cover.from_id, _double_cover.to_id, _double_cover.run_id) b
             WHERE b.sound_geom IS NOT NULL
        ), crowded AS (
            SELECT DISTINCT a.parcel_id
              FROM house a JOIN house b ON b.parcel_id = a.parcel_id AND b.building_id > a.building_id AND _boxes_meet(b.geom, a.geom)
        ), covered AS (
            -- the order makes the union, and so the last digit, independent of the order of rows
            SELECT h.parcel_id, exact_sum_agg(_planar_area(h.geom)) - _union_area(array_agg(h.geom ORDER BY h.geom)) AS twice
              FROM house h JOIN crowded c ON c.parcel_id = h.parcel_id
             GROUP BY h.parcel_id
        )
        SELECT c.parcel_id, round(c.twice::numeric, 4)::double precision FROM covered c WHERE c.twice > 0.01;
END
$function$;
COMMENT ON FUNCTION _double_cover(name, integer, integer, integer) IS 'm² of ground that buildings of one parcel cover more than once (a tower on its podium), where it is more than 0.01 m²';

CREATE FUNCTION _measured_building(survey name, from_id integer, to_id integer, run_id integer DEFAULT NULL) RETURNS TABLE (parcel_id integer, building_count integer, footprint_area double precision, floor_area double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT b.parcel_id, count(*)::integer,
               CASE WHEN bool_and(b.footprint_area IS NOT NULL)
                    THEN greatest(exact_sum_agg(b.footprint_area) - coalesce(min(d.area), 0), max(b.footprint_area)) END,
               CASE WHEN bool_and(b.floor_area IS NOT NULL) THEN exact_sum_agg(b.floor_area) END
          FROM _survey_building(_measured_building.survey, _measured_building.from_id, _measured_building.to_id, _measured_building.run_id) b
          LEFT JOIN _double_cover(_measured_building.survey, _measured_building.from_id, _measured_building.to_id, _measured_building.run_id) d ON d.parcel_id = b.parcel_id
         GROUP BY b.parcel_id;
END
$function$;
COMMENT ON FUNCTION _measured_building(name, integer, integer, integer) IS 'per parcel: buildings, ground covered (m²; the surveyed footprints, ground covered twice counted once) and floor area above ground (m², as surveyed, without factors); unknown in one building is unknown for the parcel';

CREATE FUNCTION _measure_parcel(survey name, area_basis text[], deciding_use text, as_of date, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, subdistrict text, registered_area double precision, planar_area double precision, ellipsoidal_area double precision,
                   land_area double precision, area_basis_used text, footprint_area double precision, floor_area double precision, building_count integer)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    batch record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR batch IN SELECT * FROM _id_batch(survey, 2000)
    LOOP
        RETURN QUERY
            WITH doubt AS MATERIALIZED (
                SELECT * FROM _doubt(survey, _measure_parcel.run_id, 'parcel')
            ), sized AS (
                SELECT p.id, _trimmed_code(p.subdistrict) AS subdistrict, p.stratum, _usable_amount(p.registered_area) AS registered,
                       _usable_amount(_planar_area(p.geom)) AS planar, _usable_amount(_ellipsoidal_area(p.geom)) AS ellipsoidal, d.columns AS doubtful
                  FROM parcel p
                  LEFT JOIN doubt d ON d.row_id = p.id
                 WHERE p.id BETWEEN batch.from_id AND batch.to_id
            ), bare AS (
                -- no buildings means none only where the building table is declared complete for every family of the parcel
                SELECT t.parcel_id
                  FROM _parcel_part(survey, deciding_use, batch.from_id, batch.to_id) t
                 GROUP BY t.parcel_id
                HAVING bool_and(EXISTS (SELECT FROM complete_list l
                                         WHERE _trimmed_code(l.fact) = 'building' AND l.as_of <= _measure_parcel.as_of AND coalesce(_trimmed_code(l.family), t.family) = t.family))
            )
            SELECT p.id, p.subdistrict, p.registered, p.planar, p.ellipsoidal, u.area, u.basis,
                   CASE WHEN _trimmed_code(p.stratum) = 'below' THEN NULL WHEN b.parcel_id IS NOT NULL THEN b.footprint_area WHEN n.parcel_id IS NOT NULL THEN 0 END,
                   CASE WHEN _trimmed_code(p.stratum) = 'below' THEN NULL WHEN b.parcel_id IS NOT NULL THEN b.floor_area WHEN n.parcel_id IS NOT NULL THEN 0 END,
                   coalesce(b.building_count, 0)
              FROM sized p
              LEFT JOIN LATERAL (SELECT a.area, a.basis
                                   FROM unnest(_measure_parcel.area_basis) WITH ORDINALITY AS o (basis, position)
                                   JOIN (VALUES ('registered', _believed(p.registered, 'registered_area', p.doubtful)), ('planar', _believed(p.planar, 'geom', p.doubtful)),
                                                ('ellipsoidal', _believed(p.ellipsoidal, 'geom', p.doubtful))) AS a (basis, area) ON a.basis = o.basis
                                  WHERE a.area >= 0.01 ORDER BY o.position LIMIT 1) u ON true
              LEFT JOIN _measured_building(survey, batch.from_id, batch.to_id, _measure_parcel.run_id) b ON b.parcel_id = p.id
              LEFT JOIN bare n ON n.parcel_id = p.id;
        PERFORM _show_progress(survey, 'measure', batch.done, batch.total);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _measure_parcel(name, text[], text, date, integer) IS 'areas of every parcel (m²): registered, planar and ellipsoidal (both NULL where the geometry has a problem), the first of area_basis that is known, not left in doubt by a finding of run_id and at least 0.01 m², and of its buildings. Without buildings: 0 where the building table is declared complete on or before as_of (complete_list, fact building) for every family of the parcel, else unknown. A parcel below ground has no floor area above it';
