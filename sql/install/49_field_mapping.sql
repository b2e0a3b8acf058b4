-- field mapping: tables with other column names, and what a standard asks of them

CREATE FUNCTION required_facts(standard text, survey name DEFAULT NULL)
    RETURNS TABLE (land_type text, fact text, column_names text[], type text, unit text, required boolean, level text, department text, label_en text, label_zh text, field_names text[])
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000 ROWS 30
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    code text := split_part(standard, '/', 1);
    kind text := nullif(split_part(standard, '/', 2), '');
    home name := _standard_home(survey, code);
BEGIN
    RETURN QUERY EXECUTE format($query$
        SELECT f.land_type, f.fact, CASE f.type WHEN 'series' THEN ARRAY[replace(f.fact, '.', '_') || '_series', replace(f.fact, '.', '_') || '_years'] ELSE ARRAY[replace(f.fact, '.', '_')] END,
               f.type, f.unit, f.required, f.level, f.department, f.label_en, f.label_zh, coalesce(d.field_names, '{}')
          FROM %1$I.standard_fact f
          JOIN %1$I.standard_land_type t ON t.standard = f.standard AND t.land_type = f.land_type
          LEFT JOIN fact_dictionary d ON d.fact = f.fact AND d.type = f.type
         WHERE f.standard = $1 AND ($2 IS NULL OR f.land_type = $2)
         ORDER BY t.sequence, t.land_type COLLATE "C", f.sequence, f.fact COLLATE "C"$query$, home)
      USING code, kind;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'standard "%" has no land type "%"', code, coalesce(kind, 'null') USING ERRCODE = 'undefined_object';
    END IF;
END
$function$;
COMMENT ON FUNCTION required_facts(text, name) IS 'what a standard, or one land type of it (standard/land_type), asks for: fact, the columns that hold it, type, unit, whether it is required, level, who supplies it, names, and the field names under which deliveries usually carry it. Errors: 42704 unknown standard or land type';

CREATE FUNCTION _mapped_column(relation regclass, target text, mapping jsonb, OUT source name, OUT source_type regtype, OUT factor numeric, OUT codes jsonb, OUT cast_to text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    given jsonb := mapping -> target;
    strange text;
BEGIN
    source := CASE jsonb_typeof(given) WHEN 'string' THEN given #>> '{}' WHEN 'object' THEN given ->> 'column' ELSE target END;
    IF jsonb_typeof(given) = 'object' THEN
        SELECT string_agg(k, ', ' ORDER BY k COLLATE "C") INTO strange FROM jsonb_object_keys(given) k WHERE k <> ALL ('{column,factor,codes,type}');
        factor := CASE WHEN jsonb_typeof(given -> 'factor') = 'number' THEN (given ->> 'factor')::numeric END;
        codes := CASE WHEN jsonb_typeof(given -> 'codes') = 'object' THEN given -> 'codes' END;
        cast_to := given ->> 'type';
    END IF;
    IF strange IS NOT NULL OR source IS NULL OR given IS NOT NULL AND jsonb_typeof(given) NOT IN ('string', 'object')
       OR (given -> 'factor') IS NOT NULL AND factor IS NULL OR (given -> 'codes') IS NOT NULL AND codes IS NULL
       OR cast_to <> ALL ('{number,text,boolean,date}') OR factor IS NOT NULL AND codes IS NOT NULL THEN
        RAISE EXCEPTION 'mapping of "%" must be a column name, or an object with column and factor, codes or type, not %', target, given USING ERRCODE = 'invalid_parameter_value',
            HINT = 'For example {"plot_ratio": "rjl", "tax_per_mu": {"column": "ss", "factor": 0.0001}, "is_above_scale": {"column": "sfgs", "codes": {"是": "true", "否": "false"}, "type": "boolean"}}.';
    END IF;
    SELECT a.atttypid INTO source_type FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = source AND a.attnum > 0 AND NOT a.attisdropped;
    IF source_type IS NULL AND given IS NOT NULL THEN
        RAISE EXCEPTION 'column "%" of relation % does not exist', source, relation USING ERRCODE = 'undefined_column', DETAIL = format('The mapping of "%s" names it.', target);
    END IF;
END
$function$;
COMMENT ON FUNCTION _mapped_column(regclass, text, jsonb) IS 'where the column target of a fact comes from; source_type NULL: nowhere. Errors: 42703 the mapping names no column, 22023 it cannot be read';

CREATE FUNCTION _mapped_expression(relation regclass, target text, mapping jsonb) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    m record := _mapped_column(relation, target, mapping);
    result text := format('t.%I', m.source);
BEGIN
    IF m.source_type IS NULL THEN
        RETURN NULL;
    END IF;
    IF m.codes IS NOT NULL THEN
        -- a code that the mapping does not name is unknown, not passed on
        result := format('CASE %s::text%s END', result, (SELECT string_agg(format(' WHEN %L THEN %L', c.key, c.value), '' ORDER BY c.key COLLATE "C") FROM jsonb_each_text(m.codes) c));
    ELSIF m.factor IS NOT NULL THEN
        result := format('(%s::numeric * %s)::double precision', result, m.factor);
    END IF;
    RETURN CASE m.cast_to WHEN 'number' THEN format('(%s)::double precision', result) WHEN 'boolean' THEN format('(%s)::boolean', result)
                          WHEN 'date' THEN format('(%s)::date', result) WHEN 'text' THEN format('(%s)::text', result) ELSE result END;
END
$function$;
COMMENT ON FUNCTION _mapped_expression(regclass, text, jsonb) IS 'the SQL expression over row t that yields a column of facts; NULL where there is none';

CREATE FUNCTION facts_view(relation regclass, mapping jsonb) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    columns text;
BEGIN
    SELECT string_agg(c.words, E',\n       ' ORDER BY c.place, c.name COLLATE "C") INTO columns
      FROM (SELECT 1 AS place, format('%06s', a.attnum) AS name, format('t.%I', a.attname) AS words
              FROM pg_attribute a
             WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND NOT EXISTS (SELECT FROM jsonb_object_keys(mapping) k WHERE replace(k, '.', '_') = a.attname)
            UNION ALL
            SELECT 2, k, format('%s AS %I', _mapped_expression(relation, k, mapping), replace(k, '.', '_')) FROM jsonb_object_keys(mapping) k) c;
    RETURN format(E'SELECT %s\n  FROM %s t', columns, relation);
END
$function$;
COMMENT ON FUNCTION facts_view(regclass, jsonb) IS 'the SELECT that gives a relation the column names of facts: its own columns, and those of the mapping: {"fact": "column"} or {"fact": {"column": …, "factor": number, "codes": {"code": "fact code", …}, "type": number | text | boolean | date}}. Put CREATE VIEW … AS before it. Errors: 42703 the mapping names no column, 22023 it cannot be read. NULL for NULL';

CREATE FUNCTION _fact_profile(relation regclass, target text, mapping jsonb, type text, OUT n bigint, OUT n_missing bigint, OUT smallest double precision, OUT largest double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    expression text := _mapped_expression(relation, target, mapping);
BEGIN
    EXECUTE format('SELECT count(*), count(*) FILTER (WHERE v IS NULL), %s FROM (SELECT %s AS v FROM %s t) s',
                   CASE type WHEN 'number' THEN 'min(v)::double precision, max(v)::double precision'
                             WHEN 'series' THEN 'min((SELECT min(u) FROM unnest(v) u))::double precision, max((SELECT max(u) FROM unnest(v) u))::double precision' ELSE 'NULL::double precision, NULL::double precision' END, expression, relation)
       INTO n, n_missing, smallest, largest;
END
$function$;
COMMENT ON FUNCTION _fact_profile(regclass, text, jsonb, text) IS 'rows, rows without value, and range of a fact in a relation';

INSERT INTO label (topic, code, label_en, label_zh, sequence) VALUES
    ('fact_state', 'matched',     'found', '已找到', 1),
    ('fact_state', 'suggested',   'column %1$s is usually this fact: map it', '列 %1$s 通常就是该指标,请加入映射', 2),
    ('fact_state', 'missing',     'not there: the fact is unknown in every row', '没有该列,所有行均为未知', 3),
    ('fact_state', 'wrong_type',  'is of type %1$s, needed is %2$s', '类型为 %1$s,需要 %2$s', 4),
    ('fact_state', 'empty',       'without any value', '没有任何数值', 5),
    ('fact_state', 'implausible', 'values from %1$s to %2$s, plausible is %3$s to %4$s', '数值为 %1$s 至 %2$s,合理范围为 %3$s 至 %4$s', 6),
    ('fact_state', 'per_cent',    'values from %1$s to %2$s look like per cent: map it with factor 0.01', '数值为 %1$s 至 %2$s,疑为百分数,请用系数 0.01 映射', 7),
    ('fact_state', 'yuan',        'values from %1$s to %2$s look like yuan instead of 10^4 yuan: map it with factor 0.0001', '数值为 %1$s 至 %2$s,疑以元为单位而非万元,请用系数 0.0001 映射', 8);

CREATE FUNCTION check_facts(relation regclass, standard text, mapping jsonb DEFAULT '{}', survey name DEFAULT NULL)
    RETURNS TABLE (land_type text, fact text, required boolean, state text, column_name text, n bigint, n_missing bigint, smallest double precision, largest double precision, note_en text, note_zh text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000000 ROWS 30
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    asked record;
    m record;
    target text;
    arguments text[];
    words record;
    low double precision;
    high double precision;
    per_unit text;
BEGIN
    IF relation IS NULL OR mapping IS NULL THEN
        RAISE EXCEPTION '% must not be null', CASE WHEN relation IS NULL THEN 'relation' ELSE 'mapping' END USING ERRCODE = 'null_value_not_allowed';
    END IF;
    FOR asked IN SELECT * FROM required_facts(standard, survey)
    LOOP
        land_type := asked.land_type;
        fact := asked.fact;
        required := asked.required;
        -- the mapping names a fact by its name or by its column; a series by its columns
        target := CASE WHEN mapping ? asked.fact THEN asked.fact ELSE asked.column_names[1] END;
        m := _mapped_column(relation, target, mapping);
        column_name := m.source;
        state := 'matched';
        arguments := '{}';
        n := NULL; n_missing := NULL; smallest := NULL; largest := NULL;
        IF m.source_type IS NULL THEN
            SELECT a.attname INTO column_name FROM pg_attribute a
             WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND upper(a.attname) = ANY (asked.field_names) ORDER BY a.attnum LIMIT 1;
            state := CASE WHEN column_name IS NULL THEN 'missing' ELSE 'suggested' END;
            arguments := ARRAY[column_name];
        ELSIF m.cast_to IS NULL AND m.factor IS NULL AND NOT (CASE asked.type
                WHEN 'number' THEN m.source_type = ANY ('{smallint,integer,bigint,real,double precision,numeric}'::regtype[])
                WHEN 'boolean' THEN m.source_type = 'boolean'::regtype
                WHEN 'date' THEN m.source_type = ANY ('{date,timestamp without time zone}'::regtype[])
                WHEN 'series' THEN m.source_type = ANY ('{real[],double precision[],numeric[],integer[]}'::regtype[])
                ELSE m.codes IS NOT NULL OR m.source_type = ANY ('{text,character varying,character,name}'::regtype[])
                     OR EXISTS (SELECT FROM pg_type t WHERE t.oid = m.source_type AND (t.typtype = 'e' OR t.typcategory = 'S')) END) THEN
            state := 'wrong_type';
            arguments := ARRAY[m.source_type::text, asked.type];
        ELSE
            SELECT p.n, p.n_missing, p.smallest, p.largest INTO n, n_missing, smallest, largest FROM _fact_profile(relation, target, mapping, asked.type) p;
            SELECT d.minimum, d.maximum, d.unit INTO low, high, per_unit FROM fact_dictionary d WHERE d.fact = asked.fact AND d.type = asked.type AND d.unit IS NOT DISTINCT FROM asked.unit;
            state := CASE WHEN n > 0 AND n = n_missing THEN 'empty'
                          WHEN low = 0 AND high = 1 AND per_unit IS NULL AND largest > 1 AND largest <= 100 AND smallest >= 0 THEN 'per_cent'
                          WHEN per_unit LIKE '10^4 CNY%' AND largest > high AND largest / 10000 <= high THEN 'yuan'
                          WHEN smallest < low OR largest > high THEN 'implausible' ELSE 'matched' END;
            arguments := ARRAY[smallest::text, largest::text, low::text, high::text];
        END IF;
        SELECT format(l.label_en, VARIADIC arguments) AS en, format(l.label_zh, VARIADIC arguments) AS zh INTO words FROM label l WHERE l.topic = 'fact_state' AND l.code = state;
        note_en := words.en;
        note_zh := words.zh;
        RETURN NEXT;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION check_facts(regclass, text, jsonb, name) IS 'how far a relation holds what a standard, or standard/land_type, asks for: state = matched, suggested (a column of a usual field name, not yet mapped), missing, wrong_type, empty, implausible, per_cent, yuan; rows, rows without value and range of each fact; notes in both languages. mapping: as for facts_view(). Errors: 42704 unknown standard or land type, 42703 the mapping names no column, 22023 it cannot be read';
