-- benchmark: what peers reach, computed once and frozen

CREATE FUNCTION _peer_value(relation regclass, fact text, year_offset integer, year integer, OUT expression text, OUT problem text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    column_name name := replace(fact, '.', '_');
    needed name[] := CASE WHEN coalesce(year_offset, 0) = 0 THEN ARRAY[column_name] ELSE ARRAY[column_name || '_series', column_name || '_years'] END;
    absent text;
BEGIN
    IF fact !~ '^[[:alnum:]_]+([.][[:alnum:]_]+)?$' THEN
        problem := format('peers are compared by a fact, not by %s: give it a column of its own', fact);
        RETURN;
    END IF;
    SELECT string_agg(n, ', ' ORDER BY n) INTO absent FROM unnest(needed) n
     WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = n AND a.attnum > 0 AND NOT a.attisdropped);
    IF absent IS NOT NULL THEN
        problem := format('relation has no column %s', absent);
    ELSIF coalesce(year_offset, 0) = 0 THEN
        expression := format('r.%I::double precision', column_name);
    ELSIF year IS NULL THEN
        problem := 'no year given';
    ELSE
        expression := format('r.%I[array_position(r.%I, %s)]::double precision', needed[1], needed[2], year + year_offset);
    END IF;
END
$function$;
COMMENT ON FUNCTION _peer_value(regclass, text, integer, integer) IS 'the SQL expression over row r that yields a fact, in another year from its series; problem says why there is none';

CREATE FUNCTION _peer_statistic(function text, percentile double precision, OUT statistic text, OUT counted text)
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    counted := CASE function WHEN 'peer_ratio' THEN 'count(*) FILTER (WHERE v IS NOT NULL AND w > 0)' ELSE 'count(v)' END;
    statistic := CASE function
        WHEN 'peer_mean' THEN 'exact_sum_agg(v) / count(v)'
        WHEN 'peer_ratio' THEN 'ratio_agg(v, w)'
        WHEN 'peer_median' THEN 'percentile_cont(0.5) WITHIN GROUP (ORDER BY v)'
        WHEN 'peer_percentile' THEN format('percentile_cont(%s) WITHIN GROUP (ORDER BY v)', percentile)
    END;
END
$function$;
COMMENT ON FUNCTION _peer_statistic(text, double precision) IS 'the SQL aggregate of a peer function over v (and w), and how its subjects are counted';

CREATE FUNCTION _peer_benchmarks(home name, standard text, land_type text, relation regclass, run_id integer, year integer) RETURNS SETOF ruleset_benchmark
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000 ROWS 50
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    peer_facts text[];
    peer_minimum integer;
    call record;
    v record;
    w record;
    key_columns text;
    key_known text;
    problem text;
BEGIN
    EXECUTE format('SELECT t.peer_facts, t.peer_minimum FROM %I.standard_land_type t WHERE t.standard = $1 AND t.land_type = $2', home)
       INTO peer_facts, peer_minimum USING standard, land_type;
    SELECT string_agg(quote_literal(f), ', ' ORDER BY i) INTO problem FROM unnest(peer_facts) WITH ORDINALITY AS k (f, i)
     WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = replace(f, '.', '_') AND a.attnum > 0 AND NOT a.attisdropped);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'relation % has no column for %, by which % forms its peer groups', relation, problem, standard || '/' || land_type USING ERRCODE = 'undefined_column',
            HINT = 'Add the columns (NULL where unknown), or change peer_facts of the land type.';
    END IF;
    SELECT string_agg(format('r.%I::text', replace(f, '.', '_')), ', ' ORDER BY i), string_agg(format(' AND r.%I IS NOT NULL', replace(f, '.', '_')), '' ORDER BY i)
      INTO key_columns, key_known FROM unnest(peer_facts) WITH ORDINALITY AS k (f, i);
    FOR call IN EXECUTE format($query$
        SELECT DISTINCT b.expression, b.function, b.arguments, b.year_offset, b.percentile
          FROM %I.standard_rule r, unnest(ARRAY[r.applicability, r.criterion]) AS c (criterion), criterion_benchmarks(c.criterion) b
         WHERE r.standard = $1 AND r.land_type = $2 AND c.criterion IS NOT NULL AND b.function <> 'control_indicator'
         ORDER BY b.expression$query$, home) USING standard, land_type
    LOOP
        v := _peer_value(relation, call.arguments[1], call.year_offset, year);
        w := _peer_value(relation, call.arguments[CASE call.function WHEN 'peer_ratio' THEN 2 ELSE 1 END], call.year_offset, year);
        problem := coalesce(v.problem, w.problem);
        IF problem IS NOT NULL THEN
            RETURN NEXT ROW(call.expression, '{}'::text[], '{}'::text[], 0, NULL, problem)::ruleset_benchmark;
            CONTINUE;
        END IF;
        RETURN QUERY EXECUTE format($query$
            SELECT $1, $2, g.key_value, g.n::integer, CASE WHEN g.n >= $3 THEN g.value END,
                   CASE WHEN g.n < $3 THEN format('fewer than %%s peers', $3) END
              FROM (SELECT k AS key_value, %s AS n, %s AS value
                      FROM (SELECT ARRAY[%s]::text[] AS k, %s AS v, %s AS w FROM %s r WHERE true%s%s) s
                     GROUP BY k) g
             ORDER BY g.key_value COLLATE "C"$query$,
            (_peer_statistic(call.function, call.percentile)).counted, (_peer_statistic(call.function, call.percentile)).statistic,
            key_columns, v.expression, w.expression, relation,
            CASE WHEN run_id IS NULL THEN '' ELSE format(' AND r.run_id = %s AND r.land_type = %L', run_id, land_type) END, key_known)
          USING call.expression, peer_facts, peer_minimum;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _peer_benchmarks(name, text, text, regclass, integer, integer) IS 'peer figures of a land type over a relation; run_id NULL: all its rows are peers, else those of the run and land type';

CREATE FUNCTION compute_benchmarks(relation regclass, standard text, year integer DEFAULT NULL, survey name DEFAULT NULL) RETURNS SETOF ruleset_benchmark
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000 ROWS 50
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    code text := split_part(standard, '/', 1);
    home name := _standard_home(survey, code);
    kind text := nullif(split_part(standard, '/', 2), '');
BEGIN
    IF kind IS NULL OR NOT _has_criteria(home, code, kind) THEN
        RAISE EXCEPTION '"%" does not name a land type with criteria', standard USING ERRCODE = 'undefined_object',
            HINT = 'Write standard/land_type, for example jinhua-2024/industrial.';
    END IF;
    RETURN QUERY SELECT * FROM _peer_benchmarks(home, code, kind, relation, NULL, year);
    RETURN QUERY SELECT * FROM _control_benchmarks(home, code, kind);
END
$function$;
COMMENT ON FUNCTION compute_benchmarks(regclass, text, integer, name) IS 'peer figures that the rules of standard/land_type ask for, over the rows of a relation whose columns are named as the facts, and the published values that they ask for. year: the year of the rows, from which year => -1 of a peer figure counts (for_years counts from as_of instead); needed by peers of another year (columns fact_series, fact_years). A group below the minimum has value NULL and a note. Store the result in a table and hand it to make_ruleset';

CREATE FUNCTION _survey_ruleset(survey name, standard text, land_type text, as_of date, benchmarks ruleset_benchmark[]) RETURNS ruleset
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    home name := _standard_home(survey, standard);
    facts text[];
    holders text[];
    judged text;
BEGIN
    PERFORM _enter_survey(survey);
    EXECUTE format('SELECT t.family FROM %I.standard_land_type t WHERE t.standard = $1 AND t.land_type = $2', home) INTO judged USING standard, land_type;
    SELECT array_agg(l.fact), array_agg(l.holder) INTO facts, holders
      FROM (SELECT c.fact, string_agg(DISTINCT coalesce(c.department, c.source, ''), ', ') AS holder
              FROM complete_list c
             WHERE c.fact IS NOT NULL AND (c.family IS NULL OR c.family = judged) AND c.as_of <= _survey_ruleset.as_of
             GROUP BY c.fact) l;
    RETURN _build_ruleset(home, standard, land_type, as_of, benchmarks, coalesce(facts, '{}'), coalesce(holders, '{}'));
END
$function$;
COMMENT ON FUNCTION _survey_ruleset(name, text, text, date, ruleset_benchmark[]) IS 'the rules of a land type as a survey applies them: its own standard first, the lists that departments declared complete on or before as_of';

CREATE FUNCTION _survey_benchmarks(survey name, standard text, land_type text, run_id integer, year integer) RETURNS SETOF ruleset_benchmark
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000 ROWS 50
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    home name := _standard_home(survey, standard);
BEGIN
    RETURN QUERY SELECT * FROM _peer_benchmarks(home, standard, land_type, format('%I.parcel_indicator', survey)::regclass, run_id, year);
    RETURN QUERY SELECT * FROM _control_benchmarks(home, standard, land_type);
END
$function$;
COMMENT ON FUNCTION _survey_benchmarks(name, text, text, integer, integer) IS 'peer figures of a run and the published values of its standard';
