-- what if: other limits, other standards and missing facts, on the facts of a run
-- Nothing is written; the facts are those the run kept, so the answer is about the
-- rules alone.  They are single-firm figures: who may not read them gets an error.

CREATE FUNCTION _variant_name(rule jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN concat_ws('/', rule ->> 'code', nullif(rule ->> 'variant', ''));
END
$function$;
COMMENT ON FUNCTION _variant_name(jsonb) IS 'how a rule of a ruleset is called: its code, or code/variant';

CREATE FUNCTION _exchanged_criterion(ruleset ruleset, rule text, criterion criterion) RETURNS ruleset
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    parts jsonb := ruleset::text::jsonb;
BEGIN
    RETURN compile_ruleset(parts ->> 'name', parts ->> 'version', (parts ->> 'as_of')::date, (parts ->> 'criteria_needed')::integer,
        ARRAY(SELECT f FROM jsonb_array_elements(parts -> 'facts') WITH ORDINALITY AS e (part, i), jsonb_populate_record(NULL::ruleset_fact, e.part) f ORDER BY e.i),
        ARRAY(SELECT ROW(r.code, r.role, r.applicability, CASE WHEN _variant_name(e.part) = rule THEN _exchanged_criterion.criterion ELSE r.criterion END, r.discretionary, r.route, r.label_en, r.label_zh)::ruleset_rule
                FROM jsonb_array_elements(parts -> 'rules') WITH ORDINALITY AS e (part, i), jsonb_populate_record(NULL::ruleset_rule, e.part) r ORDER BY e.i),
        ARRAY(SELECT b FROM jsonb_array_elements(parts -> 'benchmarks') WITH ORDINALITY AS e (part, i), jsonb_populate_record(NULL::ruleset_benchmark, e.part) b ORDER BY e.i),
        ARRAY(SELECT s FROM jsonb_array_elements(parts -> 'rules') WITH ORDINALITY AS e (part, i), jsonb_populate_record(NULL::ruleset_scope, e.part) s ORDER BY e.i));
END
$function$;
COMMENT ON FUNCTION _exchanged_criterion(ruleset, text, criterion) IS 'a ruleset with another criterion in one rule, compiled anew; everything else stays, peer figures too';

CREATE FUNCTION _chosen_run(survey name, run_id integer) RETURNS integer
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result integer;
BEGIN
    PERFORM _require_survey(survey);
    EXECUTE format('SELECT max(r.id) FROM %I.run r WHERE $1 IS NULL OR r.id = $1', survey) INTO result USING run_id;
    IF result IS NULL THEN
        RAISE EXCEPTION 'survey "%" has no run%', survey, coalesce(' ' || run_id, '') USING ERRCODE = 'no_data_found',
            HINT = format('CALL inefficient_land.assess(%L, …) makes one.', survey);
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _chosen_run(name, integer) IS 'the run, the current one where none is named; 02000 there is none';

CREATE FUNCTION flip_list(survey name, rule text, criterion criterion, land_type text DEFAULT NULL, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, parcel_code text, family text, hectares double precision, output double precision, tax double precision,
                   old_verdict text, new_verdict text, old_reasons text[], new_reasons text[], new_missing text[])
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    chosen integer := _chosen_run(survey, flip_list.run_id);
    holders text;
    known text;
BEGIN
    PERFORM _enter_survey(survey);
    IF flip_list.rule IS NULL OR flip_list.criterion IS NULL THEN
        RAISE EXCEPTION '% must not be null', CASE WHEN flip_list.rule IS NULL THEN 'rule' ELSE 'criterion' END USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT string_agg(DISTINCT k.land_type COLLATE "C", ', ') FILTER (WHERE e.code = flip_list.rule AND (flip_list.land_type IS NULL OR k.land_type = flip_list.land_type)),
           string_agg(DISTINCT e.code COLLATE "C", ', ') FILTER (WHERE flip_list.land_type IS NULL OR k.land_type = flip_list.land_type)
      INTO holders, known
      FROM run_ruleset k CROSS JOIN LATERAL (SELECT _variant_name(p) AS code FROM jsonb_array_elements(k.ruleset::text::jsonb -> 'rules') p) e
     WHERE k.run_id = chosen;
    IF holders IS NULL OR position(', ' IN holders) > 0 THEN
        RAISE EXCEPTION '%', CASE WHEN holders IS NULL THEN format('run %s has no rule "%s"', chosen, flip_list.rule) ELSE format('rule "%s" stands in several land types', flip_list.rule) END
            USING ERRCODE = 'undefined_object', HINT = CASE WHEN holders IS NULL THEN format('Its rules: %s.', coalesce(known, 'none')) ELSE format('Name the land type: %s.', holders) END;
    END IF;
    RETURN QUERY
        WITH exchanged AS MATERIALIZED (
            SELECT k.land_type, _exchanged_criterion(k.ruleset, flip_list.rule, flip_list.criterion) AS ruleset FROM run_ruleset k WHERE k.run_id = chosen AND k.land_type = holders
        )
        SELECT i.parcel_id, i.parcel_code, i.family, i.family_area / 10000, i.output, i.tax, v.verdict, n.verdict, v.reasons, n.reasons, n.missing
          FROM parcel_indicator i
          JOIN exchanged x ON x.land_type = i.land_type
          JOIN verdict v ON _in_run(v.run_id, v.until_run, chosen) AND v.parcel_id = i.parcel_id AND v.family = i.family
         CROSS JOIN LATERAL classify(i, x.ruleset) n
         WHERE _in_run(i.run_id, i.until_run, chosen) AND n.verdict <> v.verdict
         ORDER BY i.parcel_code COLLATE "C", i.parcel_id, i.family;
END
$function$;
COMMENT ON FUNCTION flip_list(name, text, criterion, text, integer) IS 'which parcels would get another verdict if one rule had another criterion, on the facts and peer figures of a run (NULL: the current one): parcel and family, hectares of the part, output and tax (10^4 CNY), verdict and reasons before and after, facts that are missing after. A variant of a rule is called code/variant. land_type where several have a rule of that code. A peer figure that the run did not compute is missing. Errors: 42704 no such rule, or in several land types, 42703 and 42804 a criterion that does not fit the facts, 02000 no run, 42501 who may not read single-firm figures';

CREATE FUNCTION missing_fact_value(survey name, run_id integer DEFAULT NULL)
    RETURNS TABLE (sequence integer, fact text, label_en text, label_zh text, department text, undecided_parcels bigint, undecided_hectares double precision,
                   alone_parcels bigint, alone_hectares double precision, complete_parcels bigint, complete_hectares double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000 ROWS 20
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    chosen integer := _chosen_run(survey, missing_fact_value.run_id);
    found_facts text[] := '{}';
    groups jsonb;
    words jsonb;
BEGIN
    PERFORM _enter_survey(survey);
    sequence := 0;
    -- parts whose verdict is open, by what is missing: few groups, whatever the number of parcels
    SELECT coalesce(jsonb_agg(jsonb_build_object('missing', g.missing, 'parcels', g.parcels, 'area', g.area)), '[]') INTO groups
      FROM (SELECT v.missing, count(*) AS parcels, coalesce(exact_sum_agg(v.land_area), 0)::double precision AS area FROM verdict v
             WHERE _in_run(v.run_id, v.until_run, chosen) AND v.verdict = 'insufficient_data' AND cardinality(v.missing) > 0 GROUP BY v.missing) g;
    SELECT coalesce(jsonb_object_agg(f.part ->> 'name', f.part), '{}') INTO words
      FROM run_ruleset k CROSS JOIN LATERAL jsonb_array_elements(k.public_ruleset::text::jsonb -> 'facts') AS f (part) WHERE k.run_id = chosen;
    LOOP
        -- next: the fact that settles most hectares together with those found before; where none
        -- settles any, the one that brings most hectares nearest to it
        SELECT m.name INTO fact
          FROM jsonb_to_recordset(groups) AS g (missing text[], parcels bigint, area double precision)
         CROSS JOIN LATERAL (SELECT count(*) AS n FROM unnest(g.missing) u WHERE u <> ALL (found_facts)) o
         CROSS JOIN LATERAL unnest(g.missing) AS m (name)
         WHERE m.name <> ALL (found_facts)
         GROUP BY m.name
         ORDER BY coalesce(sum(g.area) FILTER (WHERE o.n = 1), 0) DESC, coalesce(sum(g.parcels) FILTER (WHERE o.n = 1), 0) DESC, sum(g.area / o.n) DESC, sum(g.parcels) DESC, m.name COLLATE "C"
         LIMIT 1;
        EXIT WHEN NOT FOUND;
        found_facts := found_facts || fact;
        sequence := sequence + 1;
        label_en := coalesce(words #>> ARRAY[fact, 'label_en'], fact);
        label_zh := coalesce(words #>> ARRAY[fact, 'label_zh'], fact);
        department := words #>> ARRAY[fact, 'list_holder'];
        SELECT coalesce(sum(g.parcels), 0), coalesce(sum(g.area), 0) / 10000,
               coalesce(sum(g.parcels) FILTER (WHERE cardinality(g.missing) = 1), 0), coalesce(sum(g.area) FILTER (WHERE cardinality(g.missing) = 1), 0) / 10000
          INTO undecided_parcels, undecided_hectares, alone_parcels, alone_hectares
          FROM jsonb_to_recordset(groups) AS g (missing text[], parcels bigint, area double precision) WHERE fact = ANY (g.missing);
        SELECT coalesce(sum(g.parcels), 0), coalesce(sum(g.area), 0) / 10000 INTO complete_parcels, complete_hectares
          FROM jsonb_to_recordset(groups) AS g (missing text[], parcels bigint, area double precision) WHERE g.missing <@ found_facts;
        RETURN NEXT;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION missing_fact_value(name, integer) IS 'what to find out first: the facts that keep verdicts of a run (NULL: the current one) open, in the order of field work, each settling most hectares together with those before it. undecided: where the fact is missing; alone: where it is the only one; complete: where it and those before are all that is missing, so that the verdict is certain once they are known. Hectares of the parts whose area is known. Errors: 02000 no run, 3F000 unknown survey';

CREATE FUNCTION _covering_land_type(survey name, standard text, run_id integer) RETURNS TABLE (parcel_id integer, family text, land_type text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    deciding text;
BEGIN
    PERFORM _enter_survey(survey);
    deciding := (_standard_row(survey, standard)).deciding_use;
    RETURN QUERY EXECUTE format($query$
        SELECT i.parcel_id, i.family, l.land_type
          FROM %1$I.parcel_indicator i
         CROSS JOIN LATERAL (SELECT t.land_type FROM _land_type($1, $2) t
                              WHERE t.family = i.family AND (t.use_codes IS NULL OR i.%2$I = ANY (t.use_codes) AND i.%3$I IS NOT DISTINCT FROM t.use_code_system)
                                AND (i.family_share >= t.minimum_share) IS NOT FALSE
                              ORDER BY t.sequence, t.land_type COLLATE "C" LIMIT 1) l
         WHERE _in_run(i.run_id, i.until_run, $3)$query$, survey, deciding || '_use', deciding || '_use_system')
      USING survey, standard, run_id;
END
$function$;
COMMENT ON FUNCTION _covering_land_type(name, text, integer) IS 'which land type of a standard covers each part of a run, by the uses and code systems that the run kept';

CREATE FUNCTION _judged_by(survey name, standard text, run_id integer) RETURNS TABLE (parcel_id integer, family text, verdict text, reasons text[], missing text[])
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    home name := _standard_home(survey, standard);
    kind record;
    economic_year integer;
    as_of date;
    rules ruleset;
    columns text;
BEGIN
    PERFORM _enter_survey(survey);
    SELECT r.economic_year, r.as_of INTO economic_year, as_of FROM run r WHERE r.id = _judged_by.run_id;
    SELECT string_agg(CASE a.attname WHEN 'land_type' THEN 'c.land_type' WHEN 'run_id' THEN '$3 AS run_id' ELSE format('i.%I', a.attname) END, ', ' ORDER BY a.attnum) INTO columns
      FROM pg_attribute a WHERE a.attrelid = format('%I.parcel_indicator', survey)::regclass AND a.attnum > 0 AND NOT a.attisdropped;
    EXECUTE format('CREATE TEMP TABLE _compared ON COMMIT DROP AS SELECT %s FROM %I.parcel_indicator i JOIN _covering_land_type($1, $2, $3) c ON c.parcel_id = i.parcel_id AND c.family = i.family WHERE _in_run(i.run_id, i.until_run, $3)', columns, survey)
      USING survey, standard, run_id;
    FOR kind IN SELECT t.land_type FROM _land_type(survey, standard) t WHERE _has_criteria(home, standard, t.land_type)
    LOOP
        rules := _survey_ruleset(survey, standard, kind.land_type, as_of,
            ARRAY(SELECT b FROM _peer_benchmarks(home, standard, kind.land_type, 'pg_temp._compared'::regclass, _judged_by.run_id, economic_year) b
                  UNION ALL SELECT b FROM _control_benchmarks(home, standard, kind.land_type, economic_year) b));
        RETURN QUERY EXECUTE 'SELECT i.parcel_id, i.family, v.verdict, v.reasons, v.missing FROM pg_temp._compared i, classify(i, $1) v WHERE i.land_type = $2' USING rules, kind.land_type;
    END LOOP;
    EXECUTE 'DROP TABLE pg_temp._compared';
END
$function$;
COMMENT ON FUNCTION _judged_by(name, text, integer) IS 'the facts of a run judged by another standard, with peer figures of its own over the same facts';

CREATE FUNCTION compare_standards(survey name, a text, b text, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, parcel_code text, family text, hectares double precision, verdict_a text, verdict_b text,
                   reasons_a text[], reasons_b text[], missing_a text[], missing_b text[], differs boolean)
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    chosen integer := _chosen_run(survey, compare_standards.run_id);
BEGIN
    PERFORM _standard_home(survey, a);
    PERFORM _standard_home(survey, b);
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH one AS MATERIALIZED (
            SELECT * FROM _judged_by(survey, a, chosen)
        ), other AS MATERIALIZED (
            SELECT * FROM _judged_by(survey, b, chosen) WHERE (SELECT count(*) FROM one) >= 0      -- after the first: they share a table
        )
        SELECT i.parcel_id, i.parcel_code, i.family, i.family_area / 10000, coalesce(x.verdict, 'not_judged'), coalesce(y.verdict, 'not_judged'),
               x.reasons, y.reasons, x.missing, y.missing, x.verdict IS DISTINCT FROM y.verdict
          FROM parcel_indicator i
          LEFT JOIN one x ON x.parcel_id = i.parcel_id AND x.family = i.family
          LEFT JOIN other y ON y.parcel_id = i.parcel_id AND y.family = i.family
         WHERE _in_run(i.run_id, i.until_run, chosen) AND (x.verdict IS NOT NULL OR y.verdict IS NOT NULL)
         ORDER BY i.parcel_code COLLATE "C", i.parcel_id, i.family;
END
$function$;
COMMENT ON FUNCTION compare_standards(name, text, text, integer) IS 'two standards on the facts of one run (NULL: the current one), each with its own peer figures over these facts, its own land types and the lists declared complete: verdict, reasons and missing facts of both, differs = not the same verdict; not_judged = no land type covers the part. Areas and plot ratios are those of the run: the area basis of a standard plays no part. Errors: 42704 unknown standard, 02000 no run, 42501 who may not read single-firm figures';
