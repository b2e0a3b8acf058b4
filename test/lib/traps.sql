-- traps: what a stranger who may create in public puts there, knowing how PostgreSQL
-- chooses among operators and functions; all of it raises "captured" when it is called
-- Better matches than PostgreSQL's own: operators for pairs of types that would
-- need a cast, functions for what is declared with "any" or a polymorphic type.
DO $$
DECLARE
    types text[] := '{int4,int8,float8,numeric,text,name,date,timestamptz,bool,oid}';
    operator text;
    a text;
    b text;
BEGIN
    FOREACH a IN ARRAY types LOOP
        FOREACH b IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION public.trap(a %s, b %s) RETURNS bool
                LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', a, b);
            FOREACH operator IN ARRAY '{+,-,*,/,<,<=,>,>=,=,<>,||,~}'::text[] LOOP
                IF to_regoperator(format('pg_catalog.%s(%s,%s)', operator, a, b)) IS NULL THEN
                    EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.trap)',
                                   operator, a, b);
                END IF;
            END LOOP;
        END LOOP;
    END LOOP;
    FOR operator, a, b IN
        SELECT f, s, coalesce(', b ' || t, '')
          FROM unnest('{format,concat,concat_ws,round,trunc,abs,power,sqrt,mod,ln,ceil,floor,
                        array_length,array_append,array_to_string,cardinality,unnest,num_nulls,num_nonnulls,
                        json_build_object,jsonb_build_object,jsonb_build_array,to_json,to_jsonb,row_to_json,
                        left,right,lpad,length,lower,upper,replace,quote_ident,quote_literal,
                        date_part,date_trunc,age,to_char,obj_description,col_description}'::text[]) f,
               unnest(types) s, unnest(types || NULL::text) t
    LOOP
        IF NOT EXISTS (SELECT FROM pg_proc WHERE proname = operator AND pronamespace = 'pg_catalog'::regnamespace
                          AND oidvectortypes(proargtypes) = oidvectortypes((SELECT p.proargtypes FROM pg_proc p
                              WHERE p.oid = to_regprocedure(format('pg_catalog.%s(%s%s)', operator, a, replace(b, ' b ', '')))))) THEN
            EXECUTE format('CREATE FUNCTION public.%I(a %s%s) RETURNS text
                LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', operator, a, b);
        END IF;
    END LOOP;
END
$$;
