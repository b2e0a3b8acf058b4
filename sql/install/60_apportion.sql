-- apportion: extensive values from sources to parcels, without losing any

CREATE FUNCTION largest_remainder(units bigint, weights double precision[]) RETURNS bigint[]
    AS 'MODULE_PATHNAME', 'il_largest_remainder' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION largest_remainder(bigint, double precision[]) IS
'whole units given out in proportion to weights (largest remainder, Hamilton): each share is units x weight / sum of the weights rounded down, and the units that are left go one each to the largest remainders; ties: the larger weight, then the earlier place. Shares sum exactly to units. Weights count as multiples of a power of two below 2^-57 x their number of their sum. NULL for NULL, an empty array for no units and no weights. Errors: 22023 a negative number, units but no weight above 0; 22004 a NULL weight; 22003 NaN, infinite, more than 7e17 units; 2202E more than one dimension';

CREATE FUNCTION _common_polygons(a geometry, b geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
RETURN ST_CollectionExtract(ST_Intersection(a, b), 3);
COMMENT ON FUNCTION _common_polygons(geometry, geometry) IS 'the polygons that two geometries have in common, without what only touches';

CREATE FUNCTION _exact_decimal(relation regclass, value_column name) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    type oid := (SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
                   FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                  WHERE a.attrelid = relation AND a.attname = value_column AND a.attnum > 0 AND NOT a.attisdropped);
BEGIN
    IF type IS NULL THEN
        RAISE EXCEPTION 'column "%" of % does not exist', value_column, relation USING ERRCODE = 'undefined_column';
    ELSIF type IN ('float4'::regtype, 'float8'::regtype) THEN
        RETURN format('t.%I::text::numeric', value_column);
    ELSIF type IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype) THEN
        RETURN format('t.%I::numeric', value_column);
    END IF;
    RAISE EXCEPTION 'column "%" of % is of type %, not a number', value_column, relation, type::regtype USING ERRCODE = 'datatype_mismatch';
END
$function$;
COMMENT ON FUNCTION _exact_decimal(regclass, name) IS 'the SQL expression over row t that yields a number as decimal, floating-point numbers by their shortest digits (with extra_float_digits = 1); errors 42703, 42804';

CREATE FUNCTION _require_values(relation regclass, key text, key_type regtype, value text, value_column name, unit numeric) RETURNS void
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET extra_float_digits = 1
AS $function$
DECLARE
    bad record;
BEGIN
    EXECUTE format('SELECT t.%1$I::text AS key, %2$s AS value FROM %3$s t
                     WHERE %2$s < 0 OR %2$s > $1 * 7e17 ORDER BY t.%1$I::%4$s%5$s LIMIT 1', key, value, relation, key_type, _key_order(key_type))
       INTO bad USING unit;
    IF bad.value < 0 THEN
        RAISE EXCEPTION '% of row % of % must not be negative: %', value_column, bad.key, relation, bad.value USING ERRCODE = 'invalid_parameter_value';
    ELSIF bad.value < 'Infinity' THEN
        RAISE EXCEPTION '% of row % of % is more than 7e17 units of %: %', value_column, bad.key, relation, unit, bad.value USING ERRCODE = 'numeric_value_out_of_range';
    ELSIF bad.value IS NOT NULL THEN
        RAISE EXCEPTION '% of row % of % must be a finite number: %', value_column, bad.key, relation, bad.value USING ERRCODE = 'numeric_value_out_of_range';
    END IF;
END
$function$;
COMMENT ON FUNCTION _require_values(regclass, text, regtype, text, name, numeric) IS 'raises what must not be: 22023 a negative value, 22003 one that is not finite or too many units; the row by its key';

-- Each piece: what part of a source belongs where.  $1 sliver_area.
CREATE FUNCTION _overlap_piece_query(sources regclass, parcels regclass, key_type regtype, source_key name, parcel_key name,
                                     source_geometry name, parcel_geometry name, on_invalid text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN format($query$
        pair AS MATERIALIZED (
            SELECT o.a_id AS source_id, o.b_id AS parcel_id, o.area
              FROM overlap_areas(%1$L, %2$L, key_type => NULL::%3$s, a_key => %4$L, b_key => %5$L, a_geometry => %6$L, b_geometry => %7$L, on_invalid => %8$L) o
        ), crossing AS MATERIALIZED (
            SELECT o.a_id, o.b_id
              FROM overlap_areas(%2$L, %2$L, key_type => NULL::%3$s, a_key => %5$L, b_key => %5$L, a_geometry => %7$L, b_geometry => %7$L,
                                 min_area => $1, on_invalid => CASE %8$L WHEN 'error' THEN 'error' ELSE 'skip' END) o
             WHERE o.a_id <> o.b_id
        ), contested AS MATERIALIZED (
            SELECT x.source_id, x.parcel_id, x.area, array_agg(_common_polygons(p.%7$I, q.%7$I)) AS common
              FROM crossing c
              JOIN pair x ON x.parcel_id = c.a_id
              JOIN pair y ON y.parcel_id = c.b_id AND y.source_id = x.source_id
              JOIN %2$s p ON p.%5$I = c.a_id
              JOIN %2$s q ON q.%5$I = c.b_id
             GROUP BY x.source_id, x.parcel_id, x.area
        ), double AS MATERIALIZED (
            SELECT c.source_id, c.parcel_id, c.area, _united(c.common) AS common, s.%6$I AS geom
              FROM contested c JOIN %1$s s ON s.%4$I = c.source_id
        ), single AS MATERIALIZED (
            SELECT p.source_id, p.parcel_id, 'parcel'::text AS target,
                   greatest(p.area - coalesce(overlap_area(d.geom, d.common), 0), 0) AS weight
              FROM pair p LEFT JOIN double d USING (source_id, parcel_id)
        ), twice AS MATERIALIZED (
            SELECT d.source_id, NULL::%3$s AS parcel_id, 'double_covered'::text AS target,
                   coalesce(overlap_area((array_agg(d.geom))[1], _united(array_agg(d.common))), 0) AS weight
              FROM double d GROUP BY d.source_id
        ), covered AS (
            SELECT source_id, exact_sum_agg(weight) AS area
              FROM (SELECT source_id, weight FROM single UNION ALL SELECT source_id, weight FROM twice) w GROUP BY source_id
        ), piece AS (
            SELECT * FROM single
             UNION ALL SELECT * FROM twice
             UNION ALL SELECT s.id, NULL, 'outside', greatest(s.area - coalesce(c.area, 0), 0) FROM source s LEFT JOIN covered c ON c.source_id = s.id
                        WHERE s.area IS NOT NULL AND NOT s.is_linked
        )$query$, sources, parcels, key_type, source_key, parcel_key, source_geometry, parcel_geometry, on_invalid);
END
$function$;
COMMENT ON FUNCTION _overlap_piece_query(regclass, regclass, regtype, name, name, name, name, text) IS 'part of the query of apportion: the areas by which a source belongs to parcels, to several of them, to none';

CREATE FUNCTION _link_query(link regclass, key_type regtype, link_source name, link_parcel name, link_weight name) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN CASE WHEN link IS NULL
                THEN format('SELECT NULL::%1$s AS source_id, NULL::%1$s AS parcel_id, NULL::float8 AS weight WHERE false', key_type)
                WHEN link_weight IS NULL
                THEN format('SELECT DISTINCT l.%2$I::%1$s AS source_id, l.%3$I::%1$s AS parcel_id, 1::float8 AS weight FROM %4$s l WHERE l.%2$I IS NOT NULL',
                            key_type, link_source, link_parcel, link)
                ELSE format('SELECT l.%2$I::%1$s AS source_id, l.%3$I::%1$s AS parcel_id, CASE WHEN count(*) = count(l.%5$I) THEN exact_sum_agg(l.%5$I::float8) END AS weight
                               FROM %4$s l WHERE l.%2$I IS NOT NULL GROUP BY 1, 2',
                            key_type, link_source, link_parcel, link, link_weight)
           END;
END
$function$;
COMMENT ON FUNCTION _link_query(regclass, regtype, name, name, name) IS 'part of the query of apportion: which source belongs to which parcel by a relation of links, with a weight that is NULL where one of its rows has none';

CREATE FUNCTION _require_weights(link regclass, link_source name, link_weight name) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    bad record;
BEGIN
    IF link IS NULL OR link_weight IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('SELECT l.%1$I::text AS key, l.%2$I::float8 AS weight FROM %3$s l WHERE l.%2$I < 0 ORDER BY 2, l.%1$I::text COLLATE "C" LIMIT 1', link_source, link_weight, link) INTO bad;
    IF bad.weight IS NOT NULL THEN
        RAISE EXCEPTION '% of source % in % must not be negative: %', link_weight, bad.key, link, bad.weight USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$function$;
COMMENT ON FUNCTION _require_weights(regclass, name, name) IS 'raises 22023 where a weight is negative';

CREATE FUNCTION apportion(sources regclass, value_column name, parcels regclass, unit numeric, key_type anyelement,
                          link regclass DEFAULT NULL, link_source name DEFAULT 'source_id', link_parcel name DEFAULT 'parcel_id',
                          link_weight name DEFAULT NULL, by_overlap boolean DEFAULT true,
                          source_key name DEFAULT NULL, parcel_key name DEFAULT NULL,
                          source_geometry name DEFAULT NULL, parcel_geometry name DEFAULT NULL,
                          sliver_area numeric DEFAULT 0.1, on_invalid text DEFAULT 'error',
                          OUT source_id anyelement, OUT parcel_id anyelement, OUT value numeric, OUT status text, OUT rule text, OUT slivers integer)
    RETURNS SETOF record
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000 ROWS 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET extra_float_digits = 1 SET jit = off
AS $function$
DECLARE
    type text := pg_typeof(key_type)::text;
    by_key text := _key_order(pg_typeof(key_type));
    number text;
    measured text := 'NULL::float8';
    pieces text;
BEGIN
    IF sources IS NULL OR value_column IS NULL OR parcels IS NULL OR unit IS NULL OR by_overlap IS NULL OR sliver_area IS NULL OR on_invalid IS NULL THEN
        RAISE EXCEPTION '% is null', CASE WHEN sources IS NULL THEN 'sources' WHEN value_column IS NULL THEN 'value_column' WHEN parcels IS NULL THEN 'parcels' WHEN unit IS NULL THEN 'unit'
            WHEN by_overlap IS NULL THEN 'by_overlap' WHEN sliver_area IS NULL THEN 'sliver_area' ELSE 'on_invalid' END USING ERRCODE = 'null_value_not_allowed';
    ELSIF NOT unit > 0 OR unit IN ('NaN', 'Infinity') THEN
        RAISE EXCEPTION 'unit is %', unit USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the smallest unit of the value, for example 0.01 for m² or 1 for persons.';
    ELSIF NOT sliver_area >= 0 OR sliver_area IN ('NaN', 'Infinity') THEN
        RAISE EXCEPTION 'sliver_area is %', sliver_area USING ERRCODE = 'invalid_parameter_value', HINT = 'Give an area in square metres, 0 or more.';
    ELSIF on_invalid NOT IN ('error', 'skip') THEN
        RAISE EXCEPTION 'on_invalid is "%"', on_invalid USING ERRCODE = 'invalid_parameter_value', HINT = 'Give error or skip.';
    ELSIF link IS NULL AND NOT by_overlap THEN
        RAISE EXCEPTION 'link is null' USING ERRCODE = 'null_value_not_allowed', HINT = 'Name the relation that links sources to parcels, or let by_overlap be true.';
    END IF;
    source_key := _usual_key(sources, source_key);
    parcel_key := _usual_key(parcels, parcel_key);
    number := _exact_decimal(sources, value_column);
    PERFORM _require_keys(sources, source_key), _require_values(sources, source_key, pg_typeof(key_type), number, value_column, unit);
    PERFORM _require_weights(link, link_source, link_weight);
    IF by_overlap THEN
        source_geometry := _usual_geometry(sources, source_geometry);
        parcel_geometry := _usual_geometry(parcels, parcel_geometry);
        measured := format(CASE on_invalid WHEN 'error' THEN 'planar_area(t.%1$I)' ELSE 'CASE WHEN geometry_problem(t.%1$I) IS NULL THEN planar_area(t.%1$I) END' END, source_geometry);
        pieces := _overlap_piece_query(sources, parcels, pg_typeof(key_type), source_key, parcel_key, source_geometry, parcel_geometry, on_invalid);
    ELSE
        pieces := format('piece AS (SELECT NULL::%1$s AS source_id, NULL::%1$s AS parcel_id, NULL::text AS target, NULL::float8 AS weight WHERE $1 < 0)', type);
    END IF;
    RETURN QUERY EXECUTE format($query$
        WITH link AS MATERIALIZED (
            %1$s
        ), source AS MATERIALIZED (
            SELECT t.%2$I::%3$s AS id, %4$s AS value, %5$s AS area, l.source_id IS NOT NULL AS is_linked
              FROM %6$s t LEFT JOIN (SELECT DISTINCT source_id FROM link) l ON l.source_id = t.%2$I
        ), %7$s, candidate AS (
            SELECT l.source_id, p.%8$I::%3$s AS parcel_id, CASE WHEN p.%8$I IS NULL THEN 'outside' ELSE 'parcel' END AS target, l.weight, %9$L::text AS rule
              FROM link l LEFT JOIN %10$s p ON p.%8$I = l.parcel_id
             UNION ALL
            SELECT e.source_id, e.parcel_id, e.target, e.weight, 'overlap'
              FROM piece e JOIN source s ON s.id = e.source_id
             WHERE NOT s.is_linked AND s.area IS NOT NULL AND e.weight > 0
        ), merged AS (
            SELECT c.source_id, c.parcel_id, c.target, c.rule, CASE WHEN count(*) = count(c.weight) THEN exact_sum_agg(c.weight) END AS weight
              FROM candidate c GROUP BY c.source_id, c.parcel_id, c.target, c.rule
        ), ranked AS (
            SELECT m.*, row_number() OVER (PARTITION BY m.source_id ORDER BY m.weight DESC NULLS FIRST, m.target DESC, m.parcel_id%11$s) AS place FROM merged m
        ), told AS (
            SELECT r.*, r.rule = 'overlap' AND r.place > 1 AND r.weight < $1 AS is_sliver FROM ranked r
        ), summed AS (
            SELECT u.*, exact_sum_agg(u.weight) FILTER (WHERE u.is_sliver) OVER (PARTITION BY u.source_id) AS sliver_weight,
                   count(*) FILTER (WHERE u.is_sliver) OVER (PARTITION BY u.source_id) AS n_sliver
              FROM told u
        ), grouped AS (
            SELECT m.source_id, min(m.rule) AS rule, count(*) AS n,
                   bool_or(m.weight IS NULL) OR max(m.weight) = 0 AS unknown,
                   array_agg(m.parcel_id ORDER BY m.target DESC, m.parcel_id%11$s) AS parcel,
                   array_agg(m.target ORDER BY m.target DESC, m.parcel_id%11$s) AS target,
                   array_agg(m.weight + CASE WHEN m.place = 1 THEN coalesce(m.sliver_weight, 0) ELSE 0 END ORDER BY m.target DESC, m.parcel_id%11$s) AS weight,
                   array_agg(CASE WHEN m.place = 1 THEN m.n_sliver ELSE 0 END::integer ORDER BY m.target DESC, m.parcel_id%11$s) AS sliver
              FROM summed m WHERE NOT m.is_sliver GROUP BY m.source_id
        ), share AS (
            SELECT s.id, s.value, div(s.value, $2) AS units, g.rule, g.parcel, g.target, g.n,
                   CASE WHEN g.n = 1 THEN '{1}' WHEN NOT g.unknown THEN g.weight END AS weight, g.sliver
              FROM source s LEFT JOIN grouped g ON g.source_id = s.id
        )
        SELECT h.id, e.parcel, e.units * $2, CASE WHEN e.target <> 'parcel' THEN e.target WHEN h.n = 1 THEN 'assigned' ELSE 'shared' END, h.rule, e.sliver
          FROM share h, unnest(h.parcel, h.target, largest_remainder(h.units::bigint, h.weight), h.sliver) AS e(parcel, target, units, sliver)
         WHERE h.value IS NOT NULL AND h.weight IS NOT NULL
         UNION ALL
        SELECT h.id, NULL, CASE WHEN h.weight IS NULL THEN h.value ELSE h.value - h.units * $2 END,
               CASE WHEN h.value IS NULL THEN 'missing' WHEN h.weight IS NULL THEN 'unplaced' ELSE 'rest' END,
               CASE WHEN h.value IS NOT NULL AND h.weight IS NOT NULL THEN h.rule END, 0
          FROM share h WHERE h.value IS NULL OR h.weight IS NULL OR h.value <> h.units * $2
    $query$, _link_query(link, pg_typeof(key_type), link_source, link_parcel, link_weight), source_key, type, number, measured, sources, pieces, parcel_key,
        CASE WHEN link_weight IS NULL THEN 'link' ELSE 'weight' END, parcels, by_key)
    USING sliver_area::double precision, unit;
END
$function$;
COMMENT ON FUNCTION apportion(regclass, name, regclass, numeric, anyelement, regclass, name, name, name, boolean, name, name, name, name, numeric, text) IS
'as apportion for integer keys, for keys of any type that has an order: key_type => NULL::text or NULL::uuid; the value does not matter; unit must be given. Keys of sources, parcels and links are of that type';

CREATE FUNCTION apportion(sources regclass, value_column name, parcels regclass,
                          unit numeric DEFAULT 0.01,
                          link regclass DEFAULT NULL, link_source name DEFAULT 'source_id', link_parcel name DEFAULT 'parcel_id',
                          link_weight name DEFAULT NULL, by_overlap boolean DEFAULT true,
                          source_key name DEFAULT NULL, parcel_key name DEFAULT NULL,
                          source_geometry name DEFAULT NULL, parcel_geometry name DEFAULT NULL,
                          sliver_area numeric DEFAULT 0.1, on_invalid text DEFAULT 'error',
                          OUT source_id bigint, OUT parcel_id bigint, OUT value numeric, OUT status text, OUT rule text, OUT slivers integer)
    RETURNS SETOF record
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000 ROWS 100000
BEGIN ATOMIC
    SELECT * FROM apportion(sources, value_column, parcels, unit, NULL::bigint, link, link_source, link_parcel, link_weight, by_overlap,
                            source_key, parcel_key, source_geometry, parcel_geometry, sliver_area, on_invalid);
END;
COMMENT ON FUNCTION apportion(regclass, name, regclass, numeric, regclass, name, name, name, boolean, name, name, name, name, numeric, text) IS
'an extensive value (floor area, population, tax, energy) of sources (buildings, patches, enterprises) given out to parcels without losing any: the values of all rows sum exactly to the column, in decimals (floating-point numbers by their shortest digits). unit: the smallest unit of the value (0.01 m², 1 yuan, 1 person, 0.000001 tce); shares are whole units by largest_remainder, ties by key. link: relation of links (link_source, link_parcel) that decides for every source it names, before geometry does, such as a survey split; link_weight: floor used or another weight of each link, NULL: the same for each. Sources without link go by the area they share with each parcel, if by_overlap. status: assigned (all to one parcel), shared, outside (no parcel there, or a link to none), double_covered (what several parcels cover, given to none of them), unplaced (no link or weight known, no geometry, not sound), rest (what is less than a unit), missing (the value is NULL, not 0); parcel_id is NULL for all but the first two. rule: link, weight or overlap. slivers: pieces below sliver_area (m²) that went to the largest piece of the source; 0 in other rows; parcels that overlap each other by no more than that do not count as overlapping. on_invalid: error, or skip with a NOTICE. Keys, geometry columns, privileges and errors as overlap_areas; 22023 a negative value or weight, unit, sliver_area; 22003 NaN, infinite, more than 7e17 units; 42703, 42804 the value column. apportion_balance gives the sheet';

CREATE FUNCTION apportion_balance(shares regclass, sources regclass, value_column name)
    RETURNS TABLE (line text, rule text, source_count bigint, share_count bigint, sliver_count bigint, value numeric)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp SET extra_float_digits = 1 SET jit = off
AS $function$
BEGIN
    IF shares IS NULL OR sources IS NULL OR value_column IS NULL THEN
        RAISE EXCEPTION '% is null', CASE WHEN shares IS NULL THEN 'shares' WHEN sources IS NULL THEN 'sources' ELSE 'value_column' END USING ERRCODE = 'null_value_not_allowed';
    END IF;
    RETURN QUERY EXECUTE format($query$
        WITH given AS MATERIALIZED (
            SELECT count(*) AS n, coalesce(sum(%1$s), 0) AS value FROM %2$s t
        ), sheet AS MATERIALIZED (
            SELECT h.status, h.rule, count(DISTINCT h.source_id) AS n_source, count(*) AS n_share, coalesce(sum(h.slivers), 0)::bigint AS n_sliver, sum(h.value) AS value
              FROM %3$s h GROUP BY h.status, h.rule
        ), line AS (
            SELECT array_position('{assigned,shared,double_covered,outside,unplaced,rest,missing}', s.status) AS place, s.* FROM sheet s
             UNION ALL SELECT 8, 'difference', NULL, NULL, NULL, NULL, g.value - coalesce((SELECT sum(s.value) FROM sheet s), 0) FROM given g
             UNION ALL SELECT 9, 'input', NULL, g.n, NULL, NULL, g.value FROM given g
        )
        SELECT l.status, l.rule, l.n_source, l.n_share, l.n_sliver, l.value FROM line l ORDER BY l.place, l.rule COLLATE "C"
    $query$, _exact_decimal(sources, value_column), sources, shares);
END
$function$;
COMMENT ON FUNCTION apportion_balance(regclass, regclass, name) IS
'the balance sheet of shares that apportion gave and that were kept in a relation with its columns: a line for each status and rule with the number of sources, rows and slivers and the sum of the values, then difference (what the lines before it miss of the input: 0 unless shares or sources changed), then input, the exact sum of the value column: all lines before it sum exactly to it. missing has no value: NULL, not 0. Errors: 22004 an argument is NULL, 42703, 42804 the value column';

CREATE TYPE _weighted_value AS (value text, weight double precision, minimum_share double precision);
COMMENT ON TYPE _weighted_value IS 'a row that dominant_agg has seen';
COMMENT ON COLUMN _weighted_value.value IS 'the value';
COMMENT ON COLUMN _weighted_value.weight IS 'its weight';
COMMENT ON COLUMN _weighted_value.minimum_share IS 'the share that is asked for';

CREATE FUNCTION _dominant_step(state _weighted_value[], value text, weight double precision, minimum_share double precision) RETURNS _weighted_value[]
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
RETURN array_append(state, ROW(value, weight, minimum_share)::_weighted_value);
COMMENT ON FUNCTION _dominant_step(_weighted_value[], text, double precision, double precision) IS 'step of dominant_agg';

CREATE FUNCTION _dominant_end(state _weighted_value[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    bad double precision;
    dominant text;
BEGIN
    SELECT s.weight INTO bad FROM unnest(state) s WHERE s.weight < 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'weight must not be negative: %', bad USING ERRCODE = 'invalid_parameter_value', HINT = 'An unknown value is NULL.';
    END IF;
    SELECT s.minimum_share INTO bad FROM unnest(state) s
     WHERE (s.minimum_share BETWEEN 0 AND 1) IS NOT TRUE OR s.minimum_share <> state[array_lower(state, 1)].minimum_share LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'minimum_share is %', coalesce(bad::text, 'null') USING ERRCODE = 'invalid_parameter_value', HINT = 'Give one share for all rows, from 0 to 1.';
    END IF;
    SELECT v.value INTO dominant
      FROM (SELECT s.value, exact_sum_agg(s.weight) AS weight FROM unnest(state) s WHERE s.value IS NOT NULL AND s.weight > 0 GROUP BY s.value) v
     WHERE v.weight >= state[array_lower(state, 1)].minimum_share * (SELECT exact_sum_agg(s.weight) FROM unnest(state) s)
     ORDER BY v.weight DESC, v.value COLLATE "C" LIMIT 1;
    RETURN dominant;
END
$function$;
COMMENT ON FUNCTION _dominant_end(_weighted_value[]) IS 'result of dominant_agg';

CREATE AGGREGATE dominant_agg(value text, weight double precision, minimum_share double precision) (
    SFUNC = _dominant_step, STYPE = _weighted_value[], INITCOND = '{}', FINALFUNC = _dominant_end, COMBINEFUNC = array_cat, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dominant_agg(text, double precision, double precision) IS
'the value with the largest sum of weights, such as the planned use of most of a parcel, if that is at least minimum_share (0 to 1) of all weights, those of NULL values included; else NULL. Ties: the value that is first by its bytes. Sums are exact, so the order of rows does not matter; rows whose weight is NULL or 0 do not count. Errors: 22023 a negative weight, minimum_share out of range or not the same in all rows; 22003 NaN, infinite';
