-- neighbours: who is near whom, as rows (from_id, to_id, distance)
-- Contact and streets between parcels are another matter; these are plain distances, found
-- by the spatial index of PostGIS, from border to border.

CREATE FUNCTION _require_distances(places regclass, geometry name) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    found record;
BEGIN
    EXECUTE format('SELECT min(s.srid) AS srid, max(s.srid) AS other FROM (SELECT DISTINCT inefficient_land._srid(p.%1$I) AS srid FROM %2$s p WHERE p.%1$I IS NOT NULL) s', geometry, places) INTO found;
    IF found.srid <> found.other THEN
        RAISE EXCEPTION '% has SRID % and %', places, found.srid, found.other USING ERRCODE = 'invalid_parameter_value', HINT = 'Transform the geometries to one system.';
    ELSIF found.srid <> 0 AND crs_kind(found.srid) IS DISTINCT FROM 'projected' THEN
        RAISE EXCEPTION '% has SRID %, which gives no distances (%)', places, found.srid, coalesce(crs_kind(found.srid), 'unknown') USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Transform the geometries to a projected system, such as 4548 for Tianjin.';
    END IF;
END
$function$;
COMMENT ON FUNCTION _require_distances(regclass, name) IS 'error 22023 unless the geometries are in one system that has distances';

CREATE FUNCTION nearest_neighbours(places regclass, k integer, key name DEFAULT NULL, geometry name DEFAULT NULL)
    RETURNS TABLE (from_id bigint, to_id bigint, distance double precision, rank integer)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000000 ROWS 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
BEGIN
    IF k IS NULL OR k < 1 THEN
        RAISE EXCEPTION 'k is %', coalesce(k::text, 'null') USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a whole number of 1 or more.';
    END IF;
    key := _usual_key(places, key);
    geometry := _usual_geometry(places, geometry);
    PERFORM _require_keys(places, key), _require_distances(places, geometry);
    RETURN QUERY EXECUTE format($query$
        SELECT p.%1$I::bigint, n.id, n.distance, n.rank::integer
          FROM %3$s p
         CROSS JOIN LATERAL (SELECT q.%1$I::bigint AS id, %4$I.ST_Distance(p.%2$I, q.%2$I) AS distance,
                                    row_number() OVER (ORDER BY p.%2$I OPERATOR(%4$I.<->) q.%2$I, q.%1$I) AS rank
                               FROM %3$s q
                              WHERE q.%1$I <> p.%1$I AND q.%2$I IS NOT NULL AND NOT %4$I.ST_IsEmpty(q.%2$I)
                              ORDER BY p.%2$I OPERATOR(%4$I.<->) q.%2$I, q.%1$I LIMIT $1) n
         WHERE p.%2$I IS NOT NULL AND NOT %4$I.ST_IsEmpty(p.%2$I)$query$, key, geometry, places, _postgis_schema())
        USING k;
END
$function$;
COMMENT ON FUNCTION nearest_neighbours(regclass, integer, name, name) IS 'for each place its k nearest others, by distance from border to border in the unit of the coordinates, ties by key; rank 1 is the nearest, fewer than k where there are not so many. Not symmetric: A may be near B and B nearer others. Points of buildings or centroids give distances of centres. key and geometry: NULL takes the primary key of one column, else id, and the only column of type geometry, else geom. Rows without geometry are near nobody. A GiST index of the geometry serves it. Errors: 22023 k, two SRIDs, a system in degrees or Mercator, 22004, 42703, 23502, 23505 as the message says';

CREATE FUNCTION neighbours_within(places regclass, distance double precision, key name DEFAULT NULL, geometry name DEFAULT NULL)
    RETURNS TABLE (from_id bigint, to_id bigint, apart double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000000 ROWS 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
BEGIN
    IF distance IS NULL OR NOT (distance >= 0 AND distance < 'Infinity') THEN
        RAISE EXCEPTION 'distance is %', coalesce(distance::text, 'null') USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a distance of 0 or more, in the unit of the coordinates.';
    END IF;
    key := _usual_key(places, key);
    geometry := _usual_geometry(places, geometry);
    PERFORM _require_keys(places, key), _require_distances(places, geometry);
    RETURN QUERY EXECUTE format($query$
        SELECT p.%1$I::bigint, q.%1$I::bigint, %4$I.ST_Distance(p.%2$I, q.%2$I)
          FROM %3$s p JOIN %3$s q ON q.%1$I <> p.%1$I AND %4$I.ST_DWithin(p.%2$I, q.%2$I, $1)$query$, key, geometry, places, _postgis_schema())
        USING distance;
END
$function$;
COMMENT ON FUNCTION neighbours_within(regclass, double precision, name, name) IS 'all pairs of places that are at most so far from each other, from border to border in the unit of the coordinates, both directions; apart is how far. key and geometry: NULL takes the primary key of one column, else id, and the only column of type geometry, else geom. Rows without geometry are near nobody. A GiST index of the geometry serves it. Errors: 22023 distance, two SRIDs, a system in degrees or Mercator, 22004, 42703, 23502, 23505 as the message says';
