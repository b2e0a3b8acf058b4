# Strangers: what somebody prepared in the database before the extension comes,
# or puts on the search_path afterwards, neither gets in nor changes an answer.
use strict;
use warnings;

use InefficientLand;
use PostgreSQL::Test::Utils;
use Test::More;

# an empty database of the shared server, without the extension
sub empty
{
	my $db = InefficientLand::empty_database();
	$db->sql("CREATE ROLE mallory LOGIN") if $db->sql(
		"SELECT count(*) FROM pg_roles WHERE rolname = 'mallory'", path => 'pg_catalog') == 0;
	return $db;
}
my $create = 'SET client_min_messages = warning; CREATE EXTENSION inefficient_land CASCADE;';

# The objects of the extension, and what they depend on outside of PostgreSQL,
# PostGIS, btree_gist and the extension itself.
my $foreign = <<'SQL';
SELECT DISTINCT pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid) || ' in ' || pg_describe_object(d.classid, d.objid, d.objsubid)
  FROM pg_depend m JOIN pg_extension e ON e.oid = m.refobjid AND e.extname = 'inefficient_land'
  JOIN pg_depend d ON d.classid = m.classid AND d.objid = m.objid
 WHERE m.refclassid = 'pg_extension'::regclass AND m.deptype = 'e' AND d.deptype = 'n'
   AND d.refobjid >= 16384
   AND NOT (d.refclassid = 'pg_namespace'::regclass AND d.refobjid = 'inefficient_land'::regnamespace)
   AND NOT EXISTS (SELECT FROM pg_depend o WHERE o.classid = d.refclassid AND o.objid = d.refobjid
                      AND o.refclassid = 'pg_extension'::regclass AND o.deptype = 'e')
   -- row types, array types and columns belong to a member
   AND NOT EXISTS (SELECT FROM pg_depend i JOIN pg_depend o ON o.classid = i.refclassid AND o.objid = i.refobjid
                    WHERE i.classid = d.refclassid AND i.objid = d.refobjid AND i.deptype IN ('i', 'a')
                      AND o.refclassid = 'pg_extension'::regclass AND o.deptype = 'e')
 ORDER BY 1
SQL

# 1. A schema of that name that a stranger made.
{
	my $db = empty();
	$db->sql('CREATE SCHEMA inefficient_land AUTHORIZATION mallory', path => 'public');
	my $error = $db->error($create, path => 'public');
	is($error->{state}, '42P06', 'a prepared schema is refused');
	like($error->{message}, qr/schema "inefficient_land" already exists/, 'by name');
	is($db->sql("SELECT count(*) FROM pg_extension WHERE extname = 'inefficient_land'"), '0',
		'nothing is left of the attempt');
	$db->drop;
}

# 2. Types, functions and operators in public and in the caller's path, PostGIS elsewhere.
for my $postgis_schema ('public', 'gis')
{
	my $db = empty();
	$db->sql(<<"SQL", path => 'public');
CREATE SCHEMA IF NOT EXISTS $postgis_schema;
GRANT ALL ON SCHEMA public TO mallory;
SET client_min_messages = warning;
CREATE EXTENSION btree_gist SCHEMA public;
SQL
	$db->sql('CREATE EXTENSION postgis SCHEMA gis', path => 'gis') if $postgis_schema eq 'gis';
	$db->sql(<<'SQL', path => 'public', role => 'mallory') if $postgis_schema eq 'gis';
CREATE TYPE public.geometry AS (a int);
CREATE FUNCTION public.st_area(g public.geometry) RETURNS float8 LANGUAGE sql AS 'SELECT 666.0';
SQL
	$db->sql(<<'SQL', path => 'public', role => 'mallory');
CREATE TYPE public.exact_sum AS (a int);
CREATE TYPE public.criterion AS (a int);
CREATE TYPE public.run AS (a int);
CREATE FUNCTION public.plot_ratio(a int, b int) RETURNS float8 LANGUAGE sql AS 'SELECT 666.0';
SQL
	$db->sql(slurp_file('test/lib/traps.sql'), path => 'pg_catalog', role => 'mallory');
	for my $call ('1.5::float8 * 2', "format('x', 'y'::text)", "'a'::text || 'b'::name", 'round(1.5::float8, 1)')
	{
		like($db->error("SELECT $call", path => 'public')->{message}, qr/captured/,
			"PostGIS in $postgis_schema: a trap is set for $call");
	}
	is($db->complaint($create, path => 'public, pg_catalog'), '',
		"PostGIS in $postgis_schema: created among strangers' objects");
	is($db->sql($foreign, path => 'pg_catalog'), '', "PostGIS in $postgis_schema: and depends on none of them");
	is($db->sql(<<"SQL", path => 'pg_catalog'), '0', "PostGIS in $postgis_schema: geometry is PostGIS's");
SELECT count(*)
  FROM pg_proc p, unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) a, pg_type t, pg_namespace n
 WHERE p.pronamespace = 'inefficient_land'::regnamespace
   AND t.oid = a AND t.typname = 'geometry' AND n.oid = t.typnamespace AND n.nspname <> '$postgis_schema'
SQL
	$db->drop;
}

# 3. No search_path at all.
{
	my $db = empty();
	my $error = $db->error($create, path => "''");
	is($error->{state}, '3F000', 'without any search_path PostgreSQL wants to be told a schema');
	is($db->complaint('SET client_min_messages = warning;
		CREATE EXTENSION inefficient_land SCHEMA public CASCADE', path => "''"), '', 'and then it is created');
	is($db->sql("SELECT inefficient_land.library_version() IS NOT NULL", path => "''"), 't', 'and works');
	$db->drop;
}

# 4. Only a superuser creates it.
{
	my $db = empty();
	$db->sql('GRANT CREATE ON DATABASE "' . $db->name . '" TO mallory;'
		  . 'SET client_min_messages = warning; CREATE EXTENSION postgis; CREATE EXTENSION btree_gist',
		path => 'public');
	my $error = $db->error($create, path => 'public', role => 'mallory');
	is($error->{state}, '42501', 'an ordinary role may not create the extension');
	$db->drop;
}

# 5. A database in another encoding cannot hold the Chinese texts.
{
	my $db = InefficientLand::empty_database("ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
	my $error = $db->error($create, path => 'public');
	is($error, undef, 'SQL_ASCII takes the bytes as they are');
	$db->drop;
}

# 6. Nobody but the owner puts anything into the schema.
{
	my $db = database();
	my $error = $db->error('CREATE FUNCTION inefficient_land.plot_ratio(a int, b int) RETURNS float8
		LANGUAGE sql AS $$SELECT 666.0$$', role => 'mallory');
	is($error->{state}, '42501', 'PUBLIC cannot add an overload to the schema');
	$error = $db->error('CREATE TABLE inefficient_land.t (a int)', role => 'mallory');
	is($error->{state}, '42501', 'nor a table');
	$db->drop;
}

done_testing();
