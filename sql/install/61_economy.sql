-- economy: from enterprises to the parts of parcels they work on
-- A firm's year is divided over the places where it operates: by the share it
-- reports per plant, else by floor area used.  What cannot be divided stays
-- unknown on every place; nothing is guessed, nothing is counted twice.

CREATE FUNCTION _placed_occupancy(survey name, deciding_use text)
    RETURNS TABLE (enterprise_id integer, enterprise_key text, parcel_id integer, family text, floor_area double precision, share double precision, from_year integer, to_year integer)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH part AS MATERIALIZED (
            SELECT t.parcel_id, t.family, t.family NOT IN ('residence', 'roads_and_water', 'other') AS hosts_firms
              FROM _parcel_part(survey, deciding_use) t
        ), host AS (
            SELECT t.parcel_id,
                   CASE WHEN count(*) = 1 THEN min(t.family)
                        WHEN count(*) FILTER (WHERE t.hosts_firms) = 1 THEN min(t.family) FILTER (WHERE t.hosts_firms) END AS family
              FROM part t GROUP BY t.parcel_id
        ), placed AS (
            SELECT o.*, coalesce(o.parcel_id, b.parcel_id) AS place,
                   coalesce(_trimmed_code(b.family), c.family) AS building_family
              FROM occupancy o
              LEFT JOIN building b ON b.id = o.building_id
              LEFT JOIN land_use_code c ON c.code_system = _trimmed_code(b.use_code_system) AND c.code = _trimmed_code(b.use_code)
             WHERE _trimmed_code(o.basis) IS DISTINCT FROM 'registered'
        )
        SELECT p.enterprise_id, coalesce('#' || p.enterprise_id, _trimmed_code(p.enterprise_code), 'row ' || p.id),
               p.place, coalesce(t.family, h.family), _usable_amount(p.floor_area), CASE WHEN p.share = 0 OR p.share BETWEEN 1e-9 AND 1 THEN p.share END,
               extract(year FROM _usable_date(p.from_date))::integer, extract(year FROM _usable_date(p.to_date))::integer
          FROM placed p
          LEFT JOIN part t ON t.parcel_id = p.place AND t.family = p.building_family
          LEFT JOIN host h ON h.parcel_id = p.place;
END
$function$;
COMMENT ON FUNCTION _placed_occupancy(name, text) IS 'where enterprises operate: occupancies that are more than a registration address, with the parcel (their own, else the one of their building), the family of the part they belong to and the years they cover (NULL = open). Family: that of the building where the parcel has such a part, else the only family of the parcel, else the only one that hosts firms (not residence, roads and water, other), else NULL';

CREATE FUNCTION _enterprise_figure(survey name, last_year integer, run_id integer DEFAULT NULL)
    RETURNS TABLE (enterprise_id integer, year integer, output double precision, value_added double precision, tax double precision,
                   investment double precision, investment_land_price double precision, jobs double precision, energy double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH doubt AS MATERIALIZED (
            SELECT * FROM _doubt(survey, _enterprise_figure.run_id, 'enterprise_year')
        ), stated AS (
            -- a total does not stand in for a figure in doubt
            SELECT y.enterprise_id, y.year, _believed(_usable(y.output), 'output', d.columns) AS output, _believed(_usable(y.value_added), 'value_added', d.columns) AS value_added,
                   CASE WHEN _usable(y.tax_paid_in_district) IS NOT NULL THEN _believed(y.tax_paid_in_district, 'tax_paid_in_district', d.columns)
                        ELSE _believed(_usable(y.tax_total), 'tax_total', d.columns) END AS tax,
                   _believed(_usable(y.investment), 'investment', d.columns) AS investment, _believed(_usable(y.investment_land_price), 'investment_land_price', d.columns) AS land_price,
                   _believed(_usable_amount(y.jobs), 'jobs', d.columns) AS jobs, _believed(_usable_amount(y.energy), 'energy', d.columns) AS energy
              FROM enterprise_year y
              LEFT JOIN doubt d ON d.row_id = y.id
             WHERE y.enterprise_id IS NOT NULL AND y.year BETWEEN _enterprise_figure.last_year - 9 AND _enterprise_figure.last_year
        )
        SELECT s.enterprise_id, s.year,
               CASE WHEN min(s.output) = max(s.output) THEN min(s.output) END,
               CASE WHEN min(s.value_added) = max(s.value_added) THEN min(s.value_added) END,
               CASE WHEN min(s.tax) = max(s.tax) THEN min(s.tax) END,
               CASE WHEN min(s.investment) = max(s.investment) THEN min(s.investment) END,
               CASE WHEN min(s.land_price) = max(s.land_price) THEN min(s.land_price) END,
               CASE WHEN min(s.jobs) = max(s.jobs) THEN min(s.jobs) END,
               CASE WHEN min(s.energy) = max(s.energy) THEN min(s.energy) END
          FROM stated s
         GROUP BY s.enterprise_id, s.year;
END
$function$;
COMMENT ON FUNCTION _enterprise_figure(name, integer, integer) IS 'the economy of each enterprise in the ten years to last_year; where several rows of a year differ, or a finding of run_id leaves it in doubt, the figure is unknown. tax: paid in the district where reported, else the total';

CREATE FUNCTION _divided(amount double precision, up double precision, down double precision, possible boolean) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN CASE WHEN NOT possible THEN NULL WHEN up = double precision '0' AND down > double precision '0' THEN double precision '0' ELSE amount * up / down END;
COMMENT ON FUNCTION _divided(double precision, double precision, double precision, boolean) IS 'amount × up / down; 0 of an unknown amount is 0; NULL where the division is not possible';

CREATE FUNCTION _placed_economy(survey name, deciding_use text, last_year integer, run_id integer DEFAULT NULL)
    RETURNS TABLE (year integer, enterprise_id integer, enterprise_key text, parcel_id integer, family text, place_count bigint, given double precision, floor_area double precision, weight double precision,
                   output double precision, value_added double precision, tax double precision, investment double precision, investment_land_price double precision, jobs double precision, energy double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH figure AS MATERIALIZED (
            SELECT * FROM _enterprise_figure(survey, last_year, run_id)
        ), known_year AS (
            SELECT g.year FROM figure g UNION SELECT last_year
        ), place AS MATERIALIZED (
            -- rooms of one firm in one part are one place
            SELECT y.year, o.enterprise_id, o.enterprise_key, o.parcel_id, o.family,
                   CASE WHEN count(*) = count(o.floor_area) THEN exact_sum_agg(o.floor_area) END AS floor_area,
                   CASE WHEN count(*) = count(o.share) THEN exact_sum_agg(o.share) END AS share
              FROM _placed_occupancy(survey, deciding_use) o
              JOIN known_year y ON y.year BETWEEN coalesce(o.from_year, y.year) AND coalesce(o.to_year, y.year)
             GROUP BY y.year, o.enterprise_id, o.enterprise_key, o.parcel_id, o.family
        ), firm AS (
            SELECT p.year, p.enterprise_key, count(*) AS place_count,
                   coalesce(exact_sum_agg(p.share), 0) AS given,
                   count(*) FILTER (WHERE p.share IS NULL) AS open_count,
                   CASE WHEN bool_and(p.floor_area IS NOT NULL) FILTER (WHERE p.share IS NULL)
                        THEN exact_sum_agg(p.floor_area) FILTER (WHERE p.share IS NULL) END AS open_floor
              FROM place p GROUP BY p.year, p.enterprise_key
        ), weighted AS (
            -- as a fraction, so that 240 over three equal floors is 80 and not 79.99999999999999
            SELECT p.*, f.place_count, f.given, f.given <= 1.001 AS possible,
                   CASE WHEN p.share IS NOT NULL THEN p.share
                        WHEN f.open_count = 1 THEN greatest(1 - f.given, 0)
                        WHEN f.open_floor > 0 THEN greatest(1 - f.given, 0) * p.floor_area END AS up,
                   CASE WHEN p.share IS NOT NULL THEN greatest(f.given, 1)
                        WHEN f.open_count = 1 THEN 1 ELSE f.open_floor END AS down
              FROM place p JOIN firm f ON f.year = p.year AND f.enterprise_key = p.enterprise_key
        )
        SELECT w.year, w.enterprise_id, w.enterprise_key, w.parcel_id, w.family, w.place_count, w.given, w.floor_area,
               CASE WHEN w.possible THEN w.up / w.down END,
               _divided(g.output, w.up, w.down, w.possible), _divided(g.value_added, w.up, w.down, w.possible), _divided(g.tax, w.up, w.down, w.possible),
               _divided(g.investment, w.up, w.down, w.possible), _divided(g.investment_land_price, w.up, w.down, w.possible),
               _divided(g.jobs, w.up, w.down, w.possible), _divided(g.energy, w.up, w.down, w.possible)
          FROM weighted w LEFT JOIN figure g ON g.enterprise_id = w.enterprise_id AND g.year = w.year;
END
$function$;
COMMENT ON FUNCTION _placed_economy(name, text, integer, integer) IS 'each enterprise''s year divided over the places (parcel and family) where it operates. given: sum of the shares reported for its places; weight: the share reported for the place; places without one divide the rest by floor area used, a single one takes it all; NULL where floor areas are unknown or the shares of a firm exceed 1.001 (up to that they are rounded figures and made to add up to 1). A figure is NULL where it or the weight is unknown. The weights of a firm add up to 1 or less: what is missing arises outside the survey';

CREATE FUNCTION _part_economy_year(survey name, deciding_use text, as_of date, last_year integer, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, family text, year integer, enterprise_id integer[], enterprise_count integer, main_enterprise_id integer,
                   output double precision, value_added double precision, tax double precision, investment double precision, investment_land_price double precision, jobs double precision, energy double precision, contributor jsonb)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH part AS MATERIALIZED (
            SELECT t.parcel_id, t.family,
                   EXISTS (SELECT FROM complete_list l
                            WHERE _trimmed_code(l.fact) = 'enterprise' AND l.as_of <= _part_economy_year.as_of AND coalesce(_trimmed_code(l.family), t.family) = t.family) AS complete
              FROM _parcel_part(survey, deciding_use) t
        ), placed AS MATERIALIZED (
            SELECT e.* FROM _placed_economy(survey, deciding_use, last_year, run_id) e WHERE e.parcel_id IS NOT NULL
        ), share AS (
            -- a firm on a mixed parcel that fits no part alone leaves every part open
            SELECT t.parcel_id, t.family, p.year, p.enterprise_id, p.enterprise_key, e.code, p.floor_area, p.family IS NOT NULL AS certain,
                   CASE WHEN p.family IS NOT NULL THEN p.output END AS output, CASE WHEN p.family IS NOT NULL THEN p.value_added END AS value_added,
                   CASE WHEN p.family IS NOT NULL THEN p.tax END AS tax, CASE WHEN p.family IS NOT NULL THEN p.investment END AS investment,
                   CASE WHEN p.family IS NOT NULL THEN p.investment_land_price END AS land_price, CASE WHEN p.family IS NOT NULL THEN p.jobs END AS jobs,
                   CASE WHEN p.family IS NOT NULL THEN p.energy END AS energy
              FROM placed p
              JOIN part t ON t.parcel_id = p.parcel_id AND t.family = coalesce(p.family, t.family)
              LEFT JOIN enterprise e ON e.id = p.enterprise_id
             WHERE _count_progress(survey, 'economy', (SELECT count(*) FROM placed))
        )
        SELECT s.parcel_id, s.family, s.year,
               CASE WHEN bool_and(s.certain AND s.enterprise_id IS NOT NULL) THEN array_agg(s.enterprise_id ORDER BY s.code COLLATE "C", s.enterprise_id) END,
               CASE WHEN bool_and(s.certain) THEN count(*)::integer END,
               CASE WHEN NOT bool_and(s.certain AND s.enterprise_id IS NOT NULL) THEN NULL
                    WHEN count(*) = 1 OR count(*) = count(s.floor_area)
                    THEN (array_agg(s.enterprise_id ORDER BY s.floor_area DESC, s.code COLLATE "C", s.enterprise_id))[1] END,
               CASE WHEN count(*) = count(s.output) THEN exact_sum_agg(s.output) END,
               CASE WHEN count(*) = count(s.value_added) THEN exact_sum_agg(s.value_added) END,
               CASE WHEN count(*) = count(s.tax) THEN exact_sum_agg(s.tax) END,
               CASE WHEN count(*) = count(s.investment) THEN exact_sum_agg(s.investment) END,
               CASE WHEN count(*) = count(s.land_price) THEN exact_sum_agg(s.land_price) END,
               CASE WHEN count(*) = count(s.jobs) THEN exact_sum_agg(s.jobs) END,
               CASE WHEN count(*) = count(s.energy) THEN exact_sum_agg(s.energy) END,
               jsonb_strip_nulls(jsonb_build_object(
                   'output', array_agg(DISTINCT s.enterprise_id) FILTER (WHERE s.output <> 0), 'value_added', array_agg(DISTINCT s.enterprise_id) FILTER (WHERE s.value_added <> 0),
                   'tax', array_agg(DISTINCT s.enterprise_id) FILTER (WHERE s.tax <> 0), 'investment', array_agg(DISTINCT s.enterprise_id) FILTER (WHERE s.investment <> 0),
                   'jobs', array_agg(DISTINCT s.enterprise_id) FILTER (WHERE s.jobs <> 0), 'energy', array_agg(DISTINCT s.enterprise_id) FILTER (WHERE s.energy <> 0)))
          FROM share s
         GROUP BY s.parcel_id, s.family, s.year
        UNION ALL
        -- a list that is complete today says nothing about the firms of earlier years
        SELECT t.parcel_id, t.family, last_year, '{}', 0, NULL, 0, 0, 0, 0, 0, 0, 0, '{}'
          FROM part t
         WHERE t.complete AND last_year IS NOT NULL
           AND NOT EXISTS (SELECT FROM share s WHERE s.parcel_id = t.parcel_id AND s.family = t.family AND s.year = last_year);
END
$function$;
COMMENT ON FUNCTION _part_economy_year(name, text, date, integer, integer) IS 'economy of each part of a parcel in each known year to last_year: sums over the firms that operate there, unknown where it is unknown for one of them. In last_year a part without firms has 0 where the enterprises are declared complete on or before as_of (complete_list, fact enterprise), else no row. enterprise_id: the firms; main_enterprise_id: the one with the largest floor area used, ties by code, NULL where an area is unknown; contributor: for each figure the firms whose own part of it is not 0';

CREATE FUNCTION _part_economy(survey name, deciding_use text, as_of date, last_year integer, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, family text, enterprise_id integer[], enterprise_count integer,
                   industry_code text, industry_code_system text, industry_policy_class text, is_above_scale boolean, is_strategic_emerging boolean, special_industry_needs boolean, production_started_on date,
                   output double precision, value_added double precision, tax double precision, investment double precision, investment_land_price double precision, jobs double precision, energy double precision,
                   tax_series double precision[], tax_years integer[], contributor jsonb)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH annual AS MATERIALIZED (
            SELECT * FROM _part_economy_year(survey, deciding_use, as_of, last_year, run_id)
        ), history AS (
            SELECT t.parcel_id, t.family, array_agg(a.tax ORDER BY y.year) AS tax_series, array_agg(y.year ORDER BY y.year) AS tax_years
              FROM (SELECT DISTINCT a.parcel_id, a.family FROM annual a) t
             CROSS JOIN (SELECT DISTINCT a.year FROM annual a) y
              LEFT JOIN annual a ON a.parcel_id = t.parcel_id AND a.family = t.family AND a.year = y.year
             GROUP BY t.parcel_id, t.family
        ), trait AS (
            SELECT a.parcel_id, a.family, bool_or(e.is_above_scale) AS one_above, count(*) = count(e.is_above_scale) AS scale_known,
                   bool_or(e.is_strategic_emerging) AS one_emerging, count(*) = count(e.is_strategic_emerging) AS emerging_known,
                   CASE WHEN count(*) = count(_usable_date(e.production_started_on)) THEN min(e.production_started_on) END AS started_on
              FROM annual a CROSS JOIN unnest(a.enterprise_id) AS u (id) JOIN enterprise e ON e.id = u.id
             WHERE a.year = last_year
             GROUP BY a.parcel_id, a.family
        )
        SELECT h.parcel_id, h.family, a.enterprise_id, a.enterprise_count,
               _trimmed_code(m.industry_code), _trimmed_code(m.industry_code_system), _trimmed_code(m.industry_policy_class),
               CASE WHEN r.one_above THEN true WHEN r.scale_known OR a.enterprise_count = 0 THEN false END,
               CASE WHEN r.one_emerging THEN true WHEN r.emerging_known OR a.enterprise_count = 0 THEN false END,
               m.special_industry_needs, r.started_on,
               a.output, a.value_added, a.tax, a.investment, a.investment_land_price, a.jobs, a.energy, h.tax_series, h.tax_years, a.contributor
          FROM history h
          LEFT JOIN annual a ON a.parcel_id = h.parcel_id AND a.family = h.family AND a.year = last_year
          LEFT JOIN enterprise m ON m.id = a.main_enterprise_id
          LEFT JOIN trait r ON r.parcel_id = h.parcel_id AND r.family = h.family;
END
$function$;
COMMENT ON FUNCTION _part_economy(name, text, date, integer, integer) IS 'economy of each part of a parcel in last_year, with the taxes of the years before. The industry, its policy class and its needs are those of the firm with the largest floor area used; above scale and strategic emerging hold where they hold for one firm and are false where they are false for all; production started when the first of the present firms started, unknown where one is unknown';
