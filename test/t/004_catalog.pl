# The catalog lint (test/sql/lint.sql) finds what it is there to find: bad objects
# are made members of the extension, and each of its questions must name one.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
$db->sql(<<'SQL', path => 'inefficient_land');
CREATE FUNCTION "Bad"(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION grab(a int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN 1; END';
CREATE FUNCTION abs(a float8) RETURNS float8 LANGUAGE internal IMMUTABLE AS 'float8abs';
CREATE FUNCTION abs(a numeric) RETURNS numeric LANGUAGE internal IMMUTABLE AS 'numeric_abs';
CREATE FUNCTION foreign_symbol() RETURNS text LANGUAGE c AS '$libdir/btree_gist', 'gbt_bool_compress';
CREATE TYPE bad_type;
CREATE FUNCTION bad_in(input cstring) RETURNS bad_type LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION bad_out(value bad_type) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE bad_type (INPUT = bad_in, OUTPUT = bad_out);
CREATE AGGREGATE bad_agg(value float8) (SFUNC = float8pl, STYPE = float8);
CREATE FUNCTION bad_step(state float8, value float8) RETURNS float8 LANGUAGE internal AS 'float8pl';
CREATE AGGREGATE weak_agg(value float8) (SFUNC = bad_step, STYPE = float8, COMBINEFUNC = float8pl, PARALLEL = SAFE);
CREATE FUNCTION unsafe_step() RETURNS int LANGUAGE plpgsql PARALLEL UNSAFE SET search_path = pg_catalog AS 'BEGIN RETURN 1; END';
CREATE FUNCTION careless() RETURNS int LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS 'BEGIN RETURN inefficient_land.unsafe_step (); END';
CREATE FUNCTION widener() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM _enter_survey(''a'', with_postgis => true); END';
CREATE FUNCTION catcher() RETURNS int LANGUAGE plpgsql PARALLEL SAFE AS 'BEGIN RETURN 1; EXCEPTION WHEN OTHERS THEN RETURN 2; END';
CREATE TABLE bad_table (a int);
CREATE VIEW bad_view AS SELECT 1 AS a;
GRANT INSERT ON bad_table TO PUBLIC;
GRANT CREATE ON SCHEMA inefficient_land TO PUBLIC;
CREATE TABLE stranger (a int);
ALTER EXTENSION inefficient_land ADD FUNCTION "Bad"(int);
ALTER EXTENSION inefficient_land ADD FUNCTION grab(int);
ALTER EXTENSION inefficient_land ADD FUNCTION inefficient_land.abs(float8);
ALTER EXTENSION inefficient_land ADD FUNCTION inefficient_land.abs(numeric);
ALTER EXTENSION inefficient_land ADD FUNCTION foreign_symbol();
ALTER EXTENSION inefficient_land ADD TYPE bad_type;
ALTER EXTENSION inefficient_land ADD FUNCTION bad_in(cstring);
ALTER EXTENSION inefficient_land ADD FUNCTION bad_out(bad_type);
ALTER EXTENSION inefficient_land ADD AGGREGATE bad_agg(float8);
ALTER EXTENSION inefficient_land ADD FUNCTION bad_step(float8, float8);
ALTER EXTENSION inefficient_land ADD AGGREGATE weak_agg(float8);
ALTER EXTENSION inefficient_land ADD FUNCTION unsafe_step();
ALTER EXTENSION inefficient_land ADD FUNCTION careless();
ALTER EXTENSION inefficient_land ADD FUNCTION widener();
ALTER EXTENSION inefficient_land ADD FUNCTION catcher();
ALTER EXTENSION inefficient_land ADD TABLE bad_table;
ALTER EXTENSION inefficient_land ADD VIEW bad_view;
SQL

my $out = $db->run('psql', '-X', '-a', '-q', '-f', 'test/sql/lint.sql');
my ($title, %found, @titles);
for my $line (split /\n/, $out)
{
	if ($line =~ /^-- (.*)/)
	{
		$title = $1;
	}
	elsif ($line =~ /^SELECT/)
	{
		push @titles, $title;
		$found{$title} = 0;
	}
	elsif ($line =~ /^ [^ ]/ && $line !~ /^ (WHERE|FROM|ORDER|GROUP|  |UNION)/)
	{
		$found{$title}++;
	}
}

my %seen;
@titles = grep { !$seen{$_}++ } @titles;
cmp_ok(scalar @titles, '>=', 20, 'the lint asks its questions');
for my $name (@titles)
{
	cmp_ok($found{$name}, '>', 0, "finds $name");
}

done_testing();
