# A stranger may create in public, where PostGIS lives, and knows how PostgreSQL
# chooses: operators and functions that fit better than its own.  The views of a
# survey and the decisions on it pick up none of them.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my $mallory = "il_082_mallory_$$";
END { $db->sql(qq(DROP OWNED BY "$mallory"; DROP ROLE "$mallory")) if $db }
$db->sql(qq(CREATE ROLE "$mallory"; GRANT ALL ON SCHEMA public TO "$mallory"));
$db->run('psql', '-Xqo', '/dev/null', '-v', 'ON_ERROR_STOP=1', '-f', 'test/data/small_survey.sql');

# The views are made anew among the traps; the tables of the survey are not ours to test here.
$db->sql(<<'SQL', path => 'small');
SET client_min_messages = warning;
CREATE TEMP TABLE before AS SELECT relname FROM pg_catalog.pg_class WHERE relnamespace = 'small'::regnamespace AND relkind = 'v';
SELECT format('DROP VIEW IF EXISTS small.%I CASCADE', relname) FROM before \gexec
SQL
is($db->sql(q(SELECT count(*) FROM pg_class WHERE relnamespace = 'small'::regnamespace AND relkind = 'v')), 0, 'the views are gone');

$db->sql(<<'SQL', path => 'pg_catalog', role => $mallory);
DO $$
DECLARE
    types text[] := '{int4,int8,float8,numeric,text,name,date,timestamptz,bool,oid,text[],int4[],float8[],jsonb}';
    names text[] := '{format,concat,concat_ws,round,abs,sign,array_to_string,array_length,cardinality,unnest,num_nulls,to_json,to_jsonb,
                      quote_ident,quote_literal,quote_nullable,left,btrim,lower,md5,date_trunc,array_position,array_append,hectares,mu,nullif,
                      _drawn_area,_counted_area,_percent,jsonb_array_elements,jsonb_build_object,jsonb_strip_nulls}';
    symbol text;
    a text;
    b text;
BEGIN
    FOREACH a IN ARRAY types LOOP
        FOREACH b IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION public.trap(a %s, b %s) RETURNS bool LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', a, b);
            FOREACH symbol IN ARRAY '{+,-,*,/,<,<=,>,>=,=,<>,||,~,<@,@>,&&}'::text[] LOOP
                IF to_regoperator(format('pg_catalog.%s(%s,%s)', symbol, a, b)) IS NULL THEN
                    EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.trap)', symbol, a, b);
                END IF;
            END LOOP;
            FOREACH symbol IN ARRAY names LOOP
                EXECUTE format('CREATE FUNCTION public.%I(a %s, b %s) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', symbol, a, b);
            END LOOP;
        END LOOP;
        EXECUTE format('CREATE FUNCTION public.trap_pair(s text, k text, v %s) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', a);
        EXECUTE format('CREATE AGGREGATE public.jsonb_object_agg(text, %s) (SFUNC = public.trap_pair, STYPE = text)', a);
        FOREACH symbol IN ARRAY names LOOP
            EXECUTE format('CREATE FUNCTION public.%I(a %s) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', symbol, a);
        END LOOP;
        EXECUTE format('CREATE FUNCTION public.trap_state(s text, v %s) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', a);
        FOREACH symbol IN ARRAY '{count,array_agg,min,max,sum,string_agg,bool_and,jsonb_agg}'::text[] LOOP
            EXECUTE format('CREATE AGGREGATE public.%I(%s) (SFUNC = public.trap_state, STYPE = text)', symbol, a);
        END LOOP;
    END LOOP;
END
$$;
SQL
for my $call ('1.5::float8 / 2', "'{a}'::text[] <@ '{a}'::text[]", "array_to_string('{a}'::text[], ',')", 'count(1)', "array_agg('a'::text)", 'hectares(1.5)',
	"'{a}'::text[] = '{a}'::text[]", "'{1}'::int4[] <> '{2}'::int4[]", "'{1}'::float8[] = '{1}'::float8[]", "jsonb_agg('a'::text)", "jsonb_object_agg('a'::text, '1'::jsonb)")
{
	like($db->error("SELECT $call", path => 'inefficient_land, public')->{message}, qr/captured/, "a trap is set for $call");
}

is($db->error(<<'SQL', path => "''"), undef, 'the views are made among the traps');
SET client_min_messages = warning;
CALL inefficient_land._create_registry_views('small');
CALL inefficient_land._create_report_views('small');
CALL inefficient_land._create_layer_views('small');
SQL
is($db->sql(<<'SQL', path => 'pg_catalog'), '', 'and depend on nothing in public but PostGIS');
SELECT DISTINCT pg_describe_object(d.refclassid, d.refobjid, 0) || ' in ' || v.relname
  FROM pg_class v JOIN pg_rewrite w ON w.ev_class = v.oid JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
 WHERE v.relnamespace = 'small'::regnamespace AND v.relkind = 'v'
   AND (d.refclassid = 'pg_proc'::regclass AND (SELECT pronamespace FROM pg_proc WHERE oid = d.refobjid) = 'public'::regnamespace
     OR d.refclassid = 'pg_operator'::regclass AND (SELECT oprnamespace FROM pg_operator WHERE oid = d.refobjid) = 'public'::regnamespace)
   AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e')
 ORDER BY 1
SQL

# everything that works on a survey here, called with the traps first on the caller's path
my $path = 'public, pg_catalog, inefficient_land';
for my $step (
	"CALL inefficient_land.determine('small', 'authority', note => 'bulk')",
	"CALL inefficient_land.determine('small', 'authority', parcel_code => '{P02}', note => 'named')",
	"CALL inefficient_land.amend_determination('small', 1, 'authority', 'less', land_area => 5000)",
	"CALL inefficient_land.revoke_determination('small', 2, 'authority', 'objection')",
	qq(CALL inefficient_land.grant_access('small', '$mallory', 'reader', subdistrict => '{S2}')),
	qq(CALL inefficient_land.revoke_access('small', '$mallory')),
	"CALL inefficient_land.assess('small', standard => 'jinhua-2024', as_of => '2024-02-29')",
	"SELECT 1 FROM inefficient_land.explain_parcel('small', 'P01')")
{
	my $error = $db->error("SET client_min_messages = warning; $step", path => $path);
	is($error && $error->{text}, undef, $step =~ s/CALL inefficient_land\.|\(.*//gr . ' steps into no trap');
}
is($db->sql(q(SELECT pg_catalog.string_agg(c.relname, ', ') FROM pg_catalog.pg_class c WHERE c.relnamespace = 'small'::pg_catalog.regnamespace AND c.relkind = 'v'
   AND pg_catalog.query_to_xml(pg_catalog.format('SELECT * FROM small.%I', c.relname), false, false, '') IS NULL), path => "''"), '', 'every view answers');
done_testing();
