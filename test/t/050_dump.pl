# Dump and restore: an analyst's own tables that use our types and functions, in
# a database of another name, with PostGIS in public and in a schema of its own.
use strict;
use warnings;

use InefficientLand;
use Test::More;

for my $place ('public', 'gis')
{
	my $db = InefficientLand::empty_database();
	$db->sql(<<"SQL", path => 'public');
CREATE SCHEMA IF NOT EXISTS $place;
CREATE EXTENSION postgis SCHEMA $place;
CREATE EXTENSION btree_gist;
CREATE EXTENSION inefficient_land;
SQL
	# everything that a dump must bring back although it empties the search_path
	$db->sql(<<"SQL", path => "inefficient_land, public, $place");
CREATE TABLE public.parcel (
    id integer PRIMARY KEY, subdistrict text, floor_area float8, land_area float8,
    ratio float8 GENERATED ALWAYS AS (plot_ratio(floor_area, land_area)) STORED,
    geom $place.geometry(Polygon, 4548) CHECK (geometry_problem(geom) IS NULL),
    CHECK (plot_ratio(floor_area, land_area) < 100));
INSERT INTO public.parcel (id, subdistrict, floor_area, land_area, geom)
SELECT i, 's' || i % 6, i * 0.1, CASE WHEN i % 17 <> 0 THEN i * i * 0.3 END,
       $place.ST_SetSRID($place.ST_MakeEnvelope(i, 0, i + 1, i), 4548)
  FROM generate_series(1, 500) i;
CREATE INDEX parcel_ratio ON public.parcel (plot_ratio(floor_area, land_area)) WHERE hectares(land_area) > 0.01;
CREATE TABLE public.state AS
SELECT subdistrict, plot_ratio_state(floor_area, land_area) AS ratio, exact_sum_state(land_area) AS area
  FROM public.parcel GROUP BY subdistrict;
CREATE MATERIALIZED VIEW public.summary AS
SELECT subdistrict, plot_ratio_agg(floor_area, land_area) AS ratio, exact_sum_agg(land_area) AS area
  FROM public.parcel GROUP BY subdistrict;
CREATE VIEW public.total AS SELECT plot_ratio_merge(ratio) AS ratio, exact_sum_merge(area) AS area FROM public.state;
SQL
	my $look = <<'SQL';
SELECT md5(string_agg(p::text, E'\n' ORDER BY id)) FROM public.parcel p;
SELECT md5(string_agg(s::text, E'\n' ORDER BY subdistrict)) FROM public.state s;
SELECT md5(string_agg(s::text, E'\n' ORDER BY subdistrict)) FROM public.summary s;
SELECT * FROM public.total;
SQL
	my $before = $db->sql($look, path => "''");
	isnt($before, '', "PostGIS in $place: there is something to dump");

	my $file = "$ENV{TESTDIR}/$place.dump";
	$db->run('pg_dump', '-Fc', '-f', $file);
	my $copy = InefficientLand::empty_database();
	is($copy->run('pg_restore', '--exit-on-error', '-d', $copy->name, $file), '',
		"PostGIS in $place: restored without a word");
	is($copy->sql($look, path => "''"), $before, "PostGIS in $place: the same to the last bit");
	is($copy->sql(q(SELECT indexdef ~ 'plot_ratio' FROM pg_indexes WHERE indexname = 'parcel_ratio')), 't',
		"PostGIS in $place: with the index on an expression");
	$copy->sql('REFRESH MATERIALIZED VIEW public.summary; REINDEX TABLE public.parcel; ANALYZE public.parcel',
		path => "''");
	is($copy->sql($look, path => "''"), $before, "PostGIS in $place: refreshed and reindexed under an empty search_path");

	# the extension is dumped as itself, not as its objects
	my $text = $db->run('pg_dump', '--schema-only');
	like($text, qr/CREATE EXTENSION IF NOT EXISTS inefficient_land/, "PostGIS in $place: the extension is in the dump");
	unlike($text, qr/CREATE (FUNCTION|AGGREGATE|TYPE) inefficient_land\./, "PostGIS in $place: its objects are not");

	# and cannot be dropped while something uses it
	is($db->error('DROP EXTENSION inefficient_land')->{state}, '2BP01', "PostGIS in $place: DROP is refused while it is used");
	$db->sql('SET client_min_messages = warning; DROP EXTENSION inefficient_land CASCADE');
	is($db->sql(q(SELECT count(*) FROM pg_namespace WHERE nspname = 'inefficient_land'), path => 'public'), '0',
		"PostGIS in $place: DROP ... CASCADE leaves no schema");
	is($db->sql('SELECT count(*) FROM public.parcel', path => 'public'), '500', 'and the rows of the user');
	$db->sql('CREATE EXTENSION inefficient_land', path => 'public');
	is($db->sql('SELECT plot_ratio(2, 1)'), '2', "PostGIS in $place: created again in the same database");
	$_->drop for $db, $copy;
}

done_testing();
