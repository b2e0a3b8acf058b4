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

CREATE TYPE _peer_choice AS (n bigint, value double precision, note text);
COMMENT ON TYPE _peer_choice IS 'a peer figure, the number of its subjects, and where it comes from';

CREATE FUNCTION _part_key(key text, facts text[], part text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN format('ARRAY[%s]::text[]', (SELECT string_agg(format('%s[%s]', key, array_position(facts, p.fact)), ', ' ORDER BY p.place) FROM unnest(part) WITH ORDINALITY AS p (fact, place)));
END
$function$;
COMMENT ON FUNCTION _part_key(text, text[], text[]) IS 'SQL expression of the key of a wider group, from the key by all facts';

CREATE FUNCTION _group_words(facts text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN CASE WHEN facts = '{}' THEN ' of the land type' ELSE ' by ' || array_to_string(facts, ', ') END;
END
$function$;
COMMENT ON FUNCTION _group_words(text[]) IS 'a peer group in words';

CREATE FUNCTION _published_peer(home name, standard text, expression text, key_fact text[], key_value text[], year integer) RETURNS standard_control
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    industry text := coalesce(key_value[array_position(key_fact, 'industry_code')], key_value[array_position(key_fact, 'industry_division')]);
    code_system text := key_value[array_position(key_fact, 'industry_code_system')];
    result standard_control;
BEGIN
    EXECUTE format($query$
        SELECT c.* FROM %I.standard_control c
         WHERE c.standard = $1 AND c.indicator = $2 AND c.year <= coalesce($3, 9999)
           AND (c.industry_code = '' OR starts_with($4, c.industry_code) AND c.industry_code_system = $5) AND c.zone = '' AND c.size_class = ''
         ORDER BY length(c.industry_code) DESC, c.year DESC LIMIT 1$query$, home)
       INTO result USING standard, expression, year, industry, code_system;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _published_peer(name, text, text, text[], text[], integer) IS 'the published value that stands in for a peer figure of a group; NULL if there is none';

CREATE FUNCTION _peer_population(home name, standard text, land_type text, population criterion) RETURNS ruleset
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    facts ruleset_fact[];
BEGIN
    EXECUTE format('SELECT array_agg(ROW(f.fact, f.type, f.unit, f.level, f.openness, f.department, f.label_en, f.label_zh)::ruleset_fact ORDER BY f.fact COLLATE "C") FROM %I.standard_fact f WHERE f.standard = $1 AND f.land_type = $2', home)
       INTO facts USING standard, land_type;
    RETURN compile_ruleset('population', '1', NULL, 1, coalesce(facts, '{}'), ARRAY[ROW('P', 'criterion', NULL, coalesce(population, 'true'::criterion), false, NULL, NULL, NULL)::ruleset_rule], NULL);
END
$function$;
COMMENT ON FUNCTION _peer_population(name, text, text, criterion) IS 'a ruleset whose only criterion is true for subjects that count';

CREATE FUNCTION _peer_benchmarks(home name, standard text, land_type text, relation regclass, run_id integer, year integer) RETURNS SETOF ruleset_benchmark
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000 ROWS 50
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    groups standard_peer_group[];
    first standard_peer_group;
    one standard_peer_group;
    call record;
    v record;
    w record;
    populations ruleset[];
    key_columns text;
    members text;
    figures text;
    joins text;
    chosen text;
    problem text;
    too_few text;
    published boolean;
BEGIN
    EXECUTE format('SELECT array_agg(ROW(g.standard, g.land_type, g.sequence, g.facts, g.population, g.minimum, g.below)::standard_peer_group ORDER BY g.sequence) FROM %I.standard_peer_group g WHERE g.standard = $1 AND g.land_type = $2', home)
       INTO groups USING standard, land_type;
    groups := coalesce(groups, ARRAY[ROW(standard, land_type, 1, '{}', NULL, 3, 'unknown')::standard_peer_group]);
    first := groups[1];
    SELECT string_agg(quote_literal(f), ', ' ORDER BY i) INTO problem FROM unnest(first.facts) WITH ORDINALITY AS k (f, i)
     WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = replace(f, '.', '_') AND a.attnum > 0 AND NOT a.attisdropped);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'relation % has no column for %, by which % forms its peer groups', relation, problem, standard || '/' || land_type USING ERRCODE = 'undefined_column',
            HINT = 'Add the columns (NULL where unknown), or change standard_peer_group of the land type.';
    END IF;
    SELECT string_agg(format('r.%I::text', replace(f, '.', '_')), ', ' ORDER BY i) INTO key_columns FROM unnest(first.facts) WITH ORDINALITY AS k (f, i);
    populations := ARRAY(SELECT _peer_population(home, _peer_benchmarks.standard, _peer_benchmarks.land_type, g.population) FROM unnest(groups) g ORDER BY g.sequence);
    SELECT string_agg(CASE WHEN g.population IS NULL THEN 'true' ELSE format('(classify(r, ($2)[%s])).verdict = ''inefficient''', g.i) END || ' AS m' || g.i, ', ' ORDER BY g.i) INTO members
      FROM unnest(groups) WITH ORDINALITY AS g (standard, land_type, sequence, facts, population, minimum, below, i);
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
        -- each group: its figures by key, joined to every key of the first, and what is chosen of them
        figures := '';
        joins := '';
        chosen := '';
        too_few := '';
        published := false;
        FOR i IN 1 .. cardinality(groups)
        LOOP
            one := groups[i];
            figures := figures || format(', g%1$s AS (SELECT key_%1$s AS key, %2$s AS n, %3$s AS value FROM (SELECT s.*, %4$s AS key_%1$s FROM s WHERE m%1$s) k WHERE array_position(key_%1$s, NULL) IS NULL GROUP BY key_%1$s)',
                i, (_peer_statistic(call.function, call.percentile)).counted, (_peer_statistic(call.function, call.percentile)).statistic, _part_key('s.k', first.facts, one.facts));
            joins := joins || format(' LEFT JOIN g%1$s ON g%1$s.key = %2$s', i, _part_key('a.k', first.facts, one.facts));
            chosen := chosen || format(' WHEN coalesce(g%1$s.n, 0) >= %2$s THEN ROW(g%1$s.n, g%1$s.value, %3$s)::_peer_choice', i, one.minimum,
                CASE WHEN i = 1 THEN coalesce(quote_literal('counted: ' || one.population), 'NULL::text')
                     ELSE format('concat(%L, format(%L, %s), %L)', 'fallback: ', 'fewer than ' || first.minimum || ' peers' || _group_words(first.facts) || '; peers' || replace(_group_words(one.facts), '%', '%%') || ', n = %s', format('g%s.n', i), '; counted: ' || one.population) END);
            too_few := format('fewer than %s peers', one.minimum);
            published := one.below = 'published';
            EXIT WHEN one.below <> 'next';
        END LOOP;
        IF published THEN
            chosen := chosen || format(' WHEN (p.c).value IS NOT NULL THEN ROW(NULL::bigint, (p.c).value, concat(%L, %L, (p.c).source))::_peer_choice', 'fallback: ', 'fewer than ' || first.minimum || ' peers' || _group_words(first.facts) || '; published value: ');
            joins := joins || format(' CROSS JOIN LATERAL (SELECT _published_peer(%L, %L, $1, $3, a.k, $4) AS c) p', home, standard);
        END IF;
        RETURN QUERY EXECUTE format($query$
            WITH s AS MATERIALIZED (
                SELECT ARRAY[%1$s]::text[] AS k, %2$s AS v, %3$s AS w, %4$s FROM %5$s r WHERE true%6$s
            )%7$s
            SELECT $1, $3, a.k, c.n::integer, c.value, c.note
              FROM (SELECT DISTINCT s.k FROM s WHERE array_position(s.k, NULL) IS NULL) a%8$s
             CROSS JOIN LATERAL (SELECT (x.r).* FROM (SELECT CASE%9$s ELSE ROW(coalesce(g1.n, 0), NULL::double precision, %10$L::text)::_peer_choice END AS r OFFSET 0) x) c
             ORDER BY a.k COLLATE "C"$query$,
            key_columns, v.expression, w.expression, members, relation,
            CASE WHEN run_id IS NULL THEN '' ELSE format(' AND r.run_id = %s AND r.land_type = %L', run_id, land_type) END, figures, joins, chosen, too_few)
          USING call.expression, populations, first.facts, year;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _peer_benchmarks(name, text, text, regclass, integer, integer) IS 'peer figures of a land type over a relation; run_id NULL: all its rows are peers, else those of the run and land type. For each key of the first peer group the figure of the first that is large enough, or what the last one says';

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
    RETURN QUERY SELECT * FROM _control_benchmarks(home, code, kind, year);
END
$function$;
COMMENT ON FUNCTION compute_benchmarks(regclass, text, integer, name) IS 'peer figures that the rules of standard/land_type ask for, over the rows of a relation whose columns are named as the facts, and the published values that they ask for. year: the year of the rows, from which year => -1 of a peer figure counts (for_years counts from as_of instead); needed by peers of another year (columns fact_series, fact_years). Groups, who counts and what happens below the minimum stand in standard_peer_group; the note says which group a figure is of if not of the first, and why one is NULL. Published values are the latest not after year. Store the result in a table and hand it to make_ruleset';

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
    RETURN QUERY SELECT * FROM _control_benchmarks(home, standard, land_type, year);
END
$function$;
COMMENT ON FUNCTION _survey_benchmarks(name, text, text, integer, integer) IS 'peer figures of a run and the published values of its standard';
