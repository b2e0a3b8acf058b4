-- harness: how a pair is measured; loaded once into the bench database
SET client_min_messages = warning;
CREATE EXTENSION inefficient_land CASCADE;
CREATE SCHEMA bench;

CREATE TABLE bench.result (
    case_number integer GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    row_count bigint,
    pairs integer NOT NULL,
    scan_ms double precision,           -- floor: count(*) over the same rows
    columns_ms double precision,        -- floor: built-in sums of the same columns
    baseline_ms double precision,
    ours_ms double precision NOT NULL,
    ratio double precision,             -- median of ours / baseline over the pairs
    ratio_min double precision,
    ratio_max double precision,
    goal double precision,              -- the ratio is to be at most this
    goal_ms double precision,           -- or, where there is no baseline, the time
    clock text NOT NULL
);

-- CPU time of this backend in milliseconds; wall time where the system does not tell
CREATE FUNCTION bench.clock() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_read_file('/proc/self/schedstat');
    RETURN 'cpu';
EXCEPTION WHEN OTHERS THEN
    RETURN 'wall';
END $$;
CREATE FUNCTION bench.now_ms(clock text) RETURNS double precision LANGUAGE plpgsql AS $$
BEGIN
    IF clock = 'cpu' THEN
        RETURN split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::double precision / 1e6;
    END IF;
    RETURN extract(epoch FROM clock_timestamp()) * 1000;
END $$;

-- Milliseconds of one execution, from `times` of them; the statement returns one
-- row.  The system counts CPU time in ticks of a few milliseconds, so a short
-- statement must be repeated.
CREATE FUNCTION bench.run_ms(statement text, clock text, times integer DEFAULT 1) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
    began double precision := bench.now_ms(clock);
    answer record;
BEGIN
    FOR i IN 1 .. times LOOP
        EXECUTE statement INTO answer;
    END LOOP;
    RETURN (bench.now_ms(clock) - began) / times;
END $$;
-- how often it must be repeated to run a tenth of a second; also warms up
CREATE FUNCTION bench.repetitions(statement text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    PERFORM bench.run_ms(statement, 'wall');
    RETURN ceil(least(100, 100 / bench.run_ms(statement, 'wall')));
END $$;
CREATE FUNCTION bench.median_ms(statement text, clock text) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
    times integer;
    ms double precision[] := '{}';
BEGIN
    IF statement IS NULL THEN
        RETURN NULL;
    END IF;
    times := bench.repetitions(statement);
    FOR i IN 1 .. 5 LOOP
        ms := ms || bench.run_ms(statement, clock, times);
    END LOOP;
    RETURN (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY t) FROM unnest(ms) t);
END $$;

-- Two answers agree when each value of the row is the same text, or a number
-- within the relative tolerance.
CREATE FUNCTION bench.agree(a text[], b text[], tolerance double precision) RETURNS boolean LANGUAGE sql AS $$
    SELECT cardinality(a) = cardinality(b) AND bool_and(x IS NOT DISTINCT FROM y OR
               CASE WHEN x ~ '^-?[0-9.]+(e[-+]?[0-9]+)?$' AND y ~ '^-?[0-9.]+(e[-+]?[0-9]+)?$'
                    THEN abs(x::float8 - y::float8) <= tolerance * greatest(abs(x::float8), abs(y::float8)) ELSE false END)
      FROM unnest(a, b) v(x, y) $$;
CREATE FUNCTION bench.answer(statement text) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    answer text[];
BEGIN
    EXECUTE format('SELECT array_agg(t.answer ORDER BY t.place) FROM (%s) q, json_each_text(row_to_json(q)) WITH ORDINALITY t(key, answer, place)', statement)
       INTO answer;
    RETURN answer;
END $$;

-- Measures one case: baseline is what a good analyst would write, ours the same
-- with the extension; both return one row with the same columns.  scan and
-- columns are the floors; goal is the highest ratio of times that is wanted.
CREATE PROCEDURE bench.measure(name text, baseline text, ours text, goal double precision DEFAULT NULL,
    scan text DEFAULT 'SELECT count(*) FROM bench.parcel', columns text DEFAULT NULL,
    row_count bigint DEFAULT NULL, tolerance double precision DEFAULT 1e-12, pairs integer DEFAULT 9)
LANGUAGE plpgsql AS $$
DECLARE
    clock text := bench.clock();
    a double precision[] := '{}';
    b double precision[] := '{}';
    theirs text[] := bench.answer(baseline);
    mine text[] := bench.answer(ours);
    scan_ms double precision;
    columns_ms double precision;
    times integer;
    found record;
BEGIN
    IF NOT bench.agree(theirs, mine, tolerance) THEN
        RAISE EXCEPTION 'the answers differ: %', name USING DETAIL = format('baseline %s, ours %s', theirs, mine);
    END IF;
    scan_ms := bench.median_ms(scan, clock);
    columns_ms := bench.median_ms(columns, clock);
    times := greatest(bench.repetitions(baseline), bench.repetitions(ours));
    FOR i IN 1 .. pairs LOOP        -- AB BA AB ..., so that a drift hits both
        IF i % 2 = 1 THEN
            a := a || bench.run_ms(baseline, clock, times);
            b := b || bench.run_ms(ours, clock, times);
        ELSE
            b := b || bench.run_ms(ours, clock, times);
            a := a || bench.run_ms(baseline, clock, times);
        END IF;
    END LOOP;
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS a, percentile_cont(0.5) WITHIN GROUP (ORDER BY y) AS b,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY y / x) AS ratio, min(y / x) AS low, max(y / x) AS high
      INTO found FROM unnest(a, b) t(x, y);
    INSERT INTO bench.result (name, row_count, pairs, scan_ms, columns_ms, baseline_ms, ours_ms, ratio, ratio_min, ratio_max, goal, clock)
    VALUES (name, row_count, pairs, scan_ms, columns_ms, found.a, found.b, found.ratio, found.low, found.high, goal, clock);
    RAISE INFO '% x  %', to_char(found.ratio, '990.00'), name;
END $$;

-- What has no rival but a limit of time: median of `pairs` executions.
CREATE PROCEDURE bench.measure_time(name text, statement text, goal_ms double precision, row_count bigint DEFAULT NULL, pairs integer DEFAULT 9)
LANGUAGE plpgsql AS $$
DECLARE
    clock text := bench.clock();
    times integer := bench.repetitions(statement);
    ms double precision[] := '{}';
    found double precision;
BEGIN
    FOR i IN 1 .. pairs LOOP
        ms := ms || bench.run_ms(statement, clock, times);
    END LOOP;
    found := (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY t) FROM unnest(ms) t);
    INSERT INTO bench.result (name, row_count, pairs, ours_ms, goal_ms, clock) VALUES (name, row_count, pairs, found, goal_ms, clock);
    RAISE INFO '% ms  %', to_char(found, '99990.00'), name;
END $$;
