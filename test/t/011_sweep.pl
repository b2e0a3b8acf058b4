# Every function and aggregate of the extension, called with what it does not
# expect: NULL, zero, negative, infinite, empty, huge.  No call may end a
# process, raise an internal error or one of a class that nobody announced, and
# none may answer otherwise because of the caller's search_path.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();

# The driver: calls are texts; what came out goes into a table.  Every name in it
# is qualified, because the search_path of the caller is the hostile one.
$db->sql(<<'SQL', path => 'pg_catalog');
CREATE SCHEMA sweep;
GRANT ALL ON SCHEMA sweep TO PUBLIC;

-- values for each type of argument, as SQL text
CREATE TABLE sweep.value (type text, value text, kind int);
INSERT INTO sweep.value
SELECT type, v, n
  FROM (VALUES
    ('double precision', ARRAY['NULL', '1', '0', '-0.0', '-1', '2.5', '1e308', '-1e308', '5e-324', '''NaN''', '''Infinity''', '''-Infinity''']),
    ('numeric',  ARRAY['NULL', '1', '0', '-1', '0.1', '1e400', '''NaN''', '''Infinity''']),
    ('integer',  ARRAY['NULL', '1', '0', '-1', '4490', '4548', '2147483647', '-2147483648']),
    ('bigint',   ARRAY['NULL', '1', '0', '-1', '9223372036854775807']),
    ('smallint', ARRAY['NULL', '1', '0', '-1', '32767']),
    ('boolean',  ARRAY['NULL', 'true', 'false']),
    ('date',     ARRAY['NULL', '''2024-02-29''', '''infinity''', '''4713-01-01 BC''']),
    ('text',     ARRAY['NULL', '''x''', '''''', '''a < 1''', '''低效''', 'pg_catalog.repeat(''('', 70000)', '''%s%n''', '''\'', ''''''''''', '''1''']),
    ('name',     ARRAY['NULL', '''x''', '''''']),
    ('cstring',  ARRAY['NULL', '''x''', '''''', '''0''', '''a < 1''', '''低效''']),
    ('bytea',    ARRAY['NULL', '''\x''', '''\x00''', '''\xffffffffffffffffffffffffffffffff''']),
    ('internal', ARRAY['NULL']),
    ('double precision[]', ARRAY['NULL', '''{}''', '''{1,2,NULL}''', '''{{1,2},{3,4}}''', '''{NaN}''']),
    ('integer[]', ARRAY['NULL', '''{}''', '''{1,2,NULL}''', '''{{1,2},{3,4}}''']),
    ('text[]',   ARRAY['NULL', '''{}''', '''{a,NULL}''', '''{{a,b},{c,d}}''']),
    ('record',   ARRAY['NULL', 'pg_catalog.row(1)', 'pg_catalog.row()', 'pg_catalog.row(NULL::text, 1.5)']),
    ('anyelement', ARRAY['NULL::int', '1', 'pg_catalog.row(1)', '''x''::text']),
    ('regclass', ARRAY['NULL', '''pg_catalog.pg_class''', '0']),
    ('public.geometry', ARRAY['NULL', '''POLYGON EMPTY''', '''POINT(1 1)''', '''SRID=4548;POLYGON((0 0,100 0,100 100,0 100,0 0))''',
                       '''SRID=4490;POLYGON((117 39,117.01 39,117.01 39.01,117 39))''', '''MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)),EMPTY)''',
                       '''SRID=4548;POLYGON Z((0 0 1,1 0 1,1 1 1,0 0 1))''', '''CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))''',
                       '''POLYGON((0 0,1e308 0,1e308 1e308,0 0))''', '''GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,1 0,1 1,0 0)))''',
                       '''TIN(((0 0,1 0,0 1,0 0)))'''])
  ) t(type, list), unnest(list) WITH ORDINALITY u(v, n);

-- values of our own types, taken from the aggregates and from text
CREATE FUNCTION sweep.try(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE call INTO answer;
    RETURN answer;
EXCEPTION WHEN OTHERS OR query_canceled OR assert_failure THEN
    RETURN 'ERROR ' OPERATOR(pg_catalog.||) SQLSTATE OPERATOR(pg_catalog.||)
        CASE WHEN SQLSTATE OPERATOR(pg_catalog.=) 'XX000' THEN ' ' OPERATOR(pg_catalog.||) SQLERRM ELSE '' END;
END $$;
SQL
# Types print with their schema, because only PostgreSQL's own is on the path.
$db->sql(<<'SQL', path => 'pg_catalog');
INSERT INTO sweep.value
SELECT t.oid::regtype::text, coalesce(quote_literal(v), 'NULL'), n
  FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
  JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'inefficient_land',
       unnest(ARRAY[NULL, '', '0', '1', '1.5', 'plot_ratio', 'a < 1', '(1,2,3)', '{}', '()']) WITH ORDINALITY u(v, n)
 WHERE v IS NULL OR sweep.try(format('SELECT %L::%s::text', v, t.oid::regtype)) !~ '^ERROR';
INSERT INTO sweep.value
SELECT DISTINCT format_type(p.prorettype, NULL), quote_literal(a.answer), 100
  FROM pg_proc p,
       LATERAL (SELECT sweep.try(format('SELECT %s(%s)::text FROM generate_series(1, 3) x', p.oid::regproc,
                   (SELECT string_agg('x', ', ') FROM unnest(p.proargtypes)))) AS answer) a
 WHERE p.pronamespace = 'inefficient_land'::regnamespace AND p.prokind = 'a'
   AND format_type(p.prorettype, NULL) IN (SELECT type FROM sweep.value WHERE value = 'NULL')
   AND a.answer !~ '^ERROR' AND format_type(p.prorettype, NULL) <> 'double precision';

-- the calls: each argument through its values while the others stay plain, and all NULL
CREATE TABLE sweep.call (id serial, routine text, language name, call text);
INSERT INTO sweep.call (routine, language, call)
SELECT DISTINCT f.signature, f.lanname,
       format('SELECT (%s(%s))::pg_catalog.text', f.name,
              (SELECT string_agg(format('(%s)::%s',
                          coalesce(CASE WHEN a.n = vary.n THEN vary.value
                                        WHEN vary.n = 0 THEN 'NULL'
                                        ELSE (SELECT v.value FROM sweep.value v WHERE v.type = a.type AND v.value <> 'NULL'
                                               ORDER BY v.kind LIMIT 1) END, 'NULL'),
                          CASE WHEN a.type IN ('anyelement', 'record', 'internal') THEN 'pg_catalog.text' ELSE a.type END), ', ' ORDER BY a.n)
                 FROM unnest(f.type) WITH ORDINALITY a(type, n)))
  FROM (SELECT p.oid::regprocedure::text AS signature, l.lanname, p.oid::regproc::text AS name,
               (SELECT coalesce(array_agg(format_type(t, NULL) ORDER BY n), '{}') FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u(t, n)) AS type
          FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
         WHERE p.pronamespace = 'inefficient_land'::regnamespace AND p.prokind IN ('f', 'a')
           AND p.prorettype <> 'trigger'::regtype
           AND 'internal'::regtype <> ALL (p.proargtypes::oid[])) f,
       LATERAL (SELECT 0::bigint, NULL UNION ALL
                SELECT a.n, v.value FROM unnest(f.type) WITH ORDINALITY a(type, n) JOIN sweep.value v USING (type)) vary(n, value);
-- records and polymorphic arguments keep their own value
UPDATE sweep.call SET call = regexp_replace(call, '\((NULL::int|1|pg_catalog\.row\([^)]*\)|''x''::text)\)::pg_catalog\.text(?=[,)])', '\1', 'g')
 WHERE routine ~ 'record|anyelement';

CREATE TABLE sweep.result (pass text, id int, answer text);
CREATE FUNCTION sweep.go(pass text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    todo sweep.call;
BEGIN
    FOR todo IN SELECT * FROM sweep.call LOOP
        INSERT INTO sweep.result VALUES (pass, todo.id, sweep.try(todo.call));
    END LOOP;
    RETURN (SELECT pg_catalog.count(*) FROM sweep.result r WHERE r.pass OPERATOR(pg_catalog.=) go.pass);
END $$;
GRANT ALL ON ALL TABLES IN SCHEMA sweep TO PUBLIC;
SQL

my $calls = $db->sql('SELECT count(*) FROM sweep.call');
my $routines = $db->sql('SELECT count(DISTINCT routine) FROM sweep.call');
note "$calls calls of $routines functions and aggregates";
cmp_ok($routines, '>', 1, 'there is something to call');

is($db->sql(q{SELECT sweep.go('plain')}, path => 'inefficient_land, public'), $calls, 'every call comes back');
is($db->sql(<<'SQL'), '', 'no internal error, and no state outside the announced classes');
SELECT r.answer, c.call
  FROM sweep.result r JOIN sweep.call c USING (id)
 WHERE r.answer ~ '^ERROR'
   -- what only an aggregate may call says so in PostgreSQL's own way
   AND NOT (c.routine ~ '^inefficient_land\._' AND r.answer ~ '^ERROR XX000 .*(aggregate|transition function called)')
   -- helpers in SQL pass on what PostGIS says, and trust their caller that the survey exists
   AND NOT (c.routine ~ '^inefficient_land\._' AND c.language IN ('sql', 'plpgsql') AND r.answer ~ '^ERROR XX000')
   AND r.answer !~ '^ERROR (22|0A000|42601|42602|42703|42704|42804|42883|42P18|42501|42P01|54|3F000|23|P0001|55)'
 ORDER BY c.id LIMIT 30
SQL
is($db->sql(<<'SQL'), '', 'a function that exists is found with each of its types');
SELECT r.answer, c.call
  FROM sweep.result r JOIN sweep.call c USING (id)
 WHERE r.answer ~ '^ERROR 42(883|725)' AND c.routine !~ 'record|any'
 ORDER BY c.id LIMIT 30
SQL
is($db->sql(<<'SQL'), '', 'strict or not: all NULL raises nothing, except that arguments are asked for by name');
SELECT DISTINCT c.routine, r.answer
  FROM sweep.result r JOIN sweep.call c USING (id)
 WHERE r.answer ~ '^ERROR' AND r.answer !~ '^ERROR (22004|22023|42|XX000 .*(aggregate|transition function called))' AND c.call !~ '\((?!NULL\))[^(]*\)::' AND c.call ~ 'NULL'
 ORDER BY 1 LIMIT 30
SQL

# Once more with an empty path, and with strangers' objects in front of everything.
$db->sql(<<'SQL', path => 'public');
CREATE SCHEMA hostile;
DO $$
DECLARE
    types text[] := '{int4,int8,float8,numeric,text,name,date,timestamptz,bool,oid}';
    operator text;
    a text;
    b text;
    f record;
BEGIN
    FOREACH a IN ARRAY types LOOP
        FOREACH b IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION hostile.trap(a %s, b %s) RETURNS bool
                LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION SQLSTATE $s$HOSTI$s$; END $f$', a, b);
            FOREACH operator IN ARRAY '{+,-,*,/,<,<=,>,>=,=,<>,||,~}'::text[] LOOP
                EXECUTE format('CREATE OPERATOR hostile.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = hostile.trap)',
                               operator, a, b);
            END LOOP;
        END LOOP;
    END LOOP;
    -- every function of one to three plain arguments that PostgreSQL and PostGIS have
    FOR f IN SELECT p.proname, p.proargtypes, oidvectortypes(p.proargtypes) AS args
               FROM pg_proc p
              WHERE p.pronamespace IN ('pg_catalog'::regnamespace, 'public'::regnamespace) AND p.prokind = 'f'
                AND p.pronargs BETWEEN 1 AND 3 AND p.provariadic = 0
                AND NOT EXISTS (SELECT FROM unnest(p.proargtypes::oid[]) t JOIN pg_type y ON y.oid = t WHERE y.typtype = 'p')
    LOOP
        BEGIN
            EXECUTE format('CREATE FUNCTION hostile.%I(%s) RETURNS text
                LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION SQLSTATE $s$HOSTI$s$; END $f$', f.proname, f.args);
        EXCEPTION WHEN duplicate_function THEN NULL;
        END;
    END LOOP;
END
$$;
CREATE TYPE hostile.geometry AS (a int);
CREATE TABLE hostile.pg_class (oid int);
CREATE TABLE hostile.standard (code int);
CREATE TABLE hostile.label (code int);
GRANT USAGE ON SCHEMA hostile TO PUBLIC;
SQL
is($db->error('SELECT 1.5::float8 * 2::float8', path => 'hostile, pg_catalog')->{state}, 'HOSTI',
	'the hostile path bites');
for my $pass ([ empty => "''" ], [ hostile => 'hostile, pg_catalog' ],
	[ temporary => 'pg_temp, hostile, pg_catalog' ])
{
	my ($name, $path) = @$pass;
	my $temp = $name eq 'temporary'
	  ? 'CREATE TEMP TABLE standard (code int); CREATE TEMP TABLE label (code int); CREATE TEMP TABLE pg_extension (oid int);'
	  : '';
	is($db->sql(qq{$temp SELECT sweep.go('$name')}, path => $path), $calls, "$name search_path: every call comes back");
	is($db->sql(<<"SQL", path => 'pg_catalog'), '', "$name search_path: the same answers");
SELECT c.call, a.answer, b.answer
  FROM sweep.result a JOIN sweep.result b USING (id) JOIN sweep.call c USING (id)
 WHERE a.pass = 'plain' AND b.pass = '$name' AND a.answer IS DISTINCT FROM b.answer
 ORDER BY id LIMIT 30
SQL
}

done_testing();
