# A stranger who may create in public, where PostGIS lives, sets traps for everything that
# loading and checking a survey calls; nothing steps into one.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my $mallory = "il_062_mallory_$$";
END { $db->sql(qq(DROP OWNED BY "$mallory"; DROP ROLE "$mallory")) if $db }
$db->sql(qq(CREATE ROLE "$mallory"; GRANT ALL ON SCHEMA public TO "$mallory"));

$db->sql("SET client_min_messages = warning; CALL create_survey('heping', srid => 4548, base_year => 2022)");
$db->run('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-c', 'SET search_path = heping, public', '-f', 'test/data/clean_survey.sql');
$db->sql(<<'SQL', path => 'heping, public');
CREATE SCHEMA delivered;
CREATE TABLE delivered.parcel AS SELECT code::varchar(19), name, registered_area::numeric(15,2), geom FROM parcel;
-- something for every branch: homeless, doubled, abroad, overlapping, broken, in degrees
UPDATE building SET parcel_code = NULL;
INSERT INTO building (code, geom) SELECT b.code || v.suffix, b.geom FROM building b, (VALUES (' '), ('-TWIN')) AS v (suffix);
INSERT INTO parcel (code, registered_area, stratum, geom)
SELECT 'X' || n, 1, 'surface', ST_Multi(g)
  FROM (VALUES (1, ST_MakeEnvelope(518150, 4331100, 518250, 4331200, 4548)), (2, ST_MakeEnvelope(39518150, 4331100, 39518250, 4331200, 4548)),
               (3, ST_MakeEnvelope(117.21, 39.11, 117.211, 39.1109, 4548)), (4, ST_MakeEnvelope(259000, 4335000, 259100, 4335100, 4548)),
               (5, ST_GeomFromText('POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))', 4548)), (6, ST_MakeEnvelope(4331100, 518150, 4331200, 518250, 4548))) AS v (n, g);
UPDATE enterprise_year SET output = 1e4 * output WHERE id = 1;
SQL

my $names = join ',', qw(format concat concat_ws btrim nullif md5 replace split_part substr strpos length left regexp_replace starts_with array_to_string
	array_position array_remove array_length unnest cardinality generate_series round abs floor log greatest trim_scale to_char chr num_nulls
	coalesce quote_ident obj_description current_setting overlap_area geometry_problem);
my $trap_count = $db->sql(<<"SQL", path => 'pg_catalog', role => $mallory);
DO \$\$
DECLARE
    types text[] := '{int4,int8,float8,numeric,text,name,varchar,date,bool,text[],int4[],float8[]}';
    names text[] := '{$names}';
    symbol text;
    a text;
    b text;
BEGIN
    FOREACH a IN ARRAY types LOOP
        FOREACH b IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION public.trap(a %s, b %s) RETURNS bool LANGUAGE plpgsql AS \$f\$ BEGIN RAISE EXCEPTION \$m\$captured\$m\$; END \$f\$', a, b);
            FOREACH symbol IN ARRAY '{+,-,*,/,<,<=,>,>=,=,<>,||,~,~~,<@,\@>,&&}'::text[] LOOP
                IF to_regoperator(format('pg_catalog.%s(%s,%s)', symbol, a, b)) IS NULL THEN
                    EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.trap)', symbol, a, b);
                END IF;
            END LOOP;
            FOREACH symbol IN ARRAY names LOOP
                EXECUTE format('CREATE FUNCTION public.%I(a %s, b %s) RETURNS text LANGUAGE plpgsql AS \$f\$ BEGIN RAISE EXCEPTION \$m\$captured\$m\$; END \$f\$', symbol, a, b);
            END LOOP;
        END LOOP;
        FOREACH symbol IN ARRAY names LOOP
            EXECUTE format('CREATE FUNCTION public.%I(a %s) RETURNS text LANGUAGE plpgsql AS \$f\$ BEGIN RAISE EXCEPTION \$m\$captured\$m\$; END \$f\$', symbol, a);
        END LOOP;
        EXECUTE format('CREATE FUNCTION public.trap_state(s text, v %s) RETURNS text LANGUAGE plpgsql AS \$f\$ BEGIN RAISE EXCEPTION \$m\$captured\$m\$; END \$f\$', a);
        FOREACH symbol IN ARRAY '{count,array_agg,min,max,sum,bool_and,string_agg}'::text[] LOOP
            EXECUTE format('CREATE AGGREGATE public.%I(%s) (SFUNC = public.trap_state, STYPE = text)', symbol, a);
        END LOOP;
    END LOOP;
END
\$\$;
-- and for our own functions on geometries
CREATE FUNCTION public.geometry_problem(geom public.geometry) RETURNS text LANGUAGE plpgsql AS \$f\$ BEGIN RAISE EXCEPTION \$m\$captured\$m\$; END \$f\$;
CREATE FUNCTION public.overlap_area(a public.geometry, b public.geometry) RETURNS float8 LANGUAGE plpgsql AS \$f\$ BEGIN RAISE EXCEPTION \$m\$captured\$m\$; END \$f\$;
SELECT count(*) > 5000 FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~ 'captured';
SQL
is($trap_count, 't', 'traps are set');
like($db->error("SELECT $_", path => 'inefficient_land, public')->{message}, qr/captured/, "one for $_")
  for '1.5::float8 * 2', "format('x', 'y'::text)", 'count(1)', "array_agg('a'::text)", "'a'::varchar = 'a'::text",
      "'{a}'::text[] = '{a}'::text[]", "'{1}'::int4[] = '{1}'::int4[]";

my $path = 'public, pg_catalog, inefficient_land';
my $quiet = 'SET client_min_messages = warning';
is($db->complaint("$quiet; CALL inefficient_land.create_survey('second', 4548)", path => $path), '', 'a survey is created');
is($db->complaint("$quiet; CALL inefficient_land.resolve_keys('heping')", path => $path), '', 'keys are resolved');
is($db->complaint("$quiet; CALL inefficient_land.merge_staging('heping', 'parcel', 'delivered.parcel')", path => $path), '', 'a staging table is merged');
my $run = $db->sql("INSERT INTO heping.run (standard, standard_version, confirmation, as_of, evaluator, started_at, finished_at)
	VALUES ('x', '1', 'synthetic', '2024-02-29', 'x', '2024-03-01', '2024-03-01') RETURNING id", path => 'pg_catalog');
is($db->complaint("$quiet; CALL inefficient_land._check_survey('heping', $run)", path => $path), '', 'the survey is checked');
is($db->sql("SELECT string_agg(DISTINCT rule, ' ' ORDER BY rule) FROM heping.finding WHERE run_id = $run AND rule ~ 'overlap|zone|axes|degrees|invalid_g|money|duplicate'", path => 'pg_catalog'),
	'degrees_for_metres duplicate_code duplicate_geometry invalid_geometry money_unit_slip overlap swapped_axes wrong_zone', 'and everything planted is found');
is($db->complaint("$quiet; CALL inefficient_land.drop_survey('second')", path => $path), '', 'a survey is dropped');

done_testing();
