# contiguity and the caller: published numbers of neighbours, privileges, row security,
# views, partitions, foreign tables; cancel and progress.
use strict;
use warnings;

use InefficientLand;
use Test::More;
use Time::HiRes qw(sleep);

my $db = database();
my ($reader, $limited) = map { "il_036_${_}_$$" } 'reader', 'limited';
END { $db->sql(qq(DROP OWNED BY "$_"; DROP ROLE "$_")) for $db ? ($reader, $limited) : () }
$db->sql(qq(CREATE ROLE "$_")) for $reader, $limited;

$db->sql(<<'SQL');
CREATE TABLE public.lot AS
SELECT i AS id, i % 10 AS district, ST_SetSRID(ST_Translate('POLYGON((0 0,40 1,41 41,1 40,0 0))'::geometry, 500000 + i % 50 * 40 + i / 50, 4300000 + i / 50 * 40 + i % 50), 4548) AS geom
  FROM generate_series(0, 2499) i;
CREATE VIEW public.shown AS SELECT id AS number, geom AS shape FROM lot;
CREATE TABLE public.parted (id integer, district integer, geom geometry) PARTITION BY LIST (district);
CREATE TABLE public.part_low PARTITION OF parted FOR VALUES IN (0, 1, 2, 3, 4);
CREATE TABLE public.part_high PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT * FROM lot ORDER BY id DESC;
SQL

sub digest { return "SELECT count(*), md5(string_agg(concat_ws(' ', from_id, to_id, kind, length, gap, facing_length), ',' ORDER BY from_id, to_id)) FROM contiguity($_[0])" }
my $whole = $db->sql(digest(q('public.lot', 30)));
# 2 x 50 x 49 sides in both directions, and 2 x 49 x 49 corners
like($whole, qr/^19404\|/, 'a lattice of 50 x 50');
is($db->sql(digest(q('public.parted', 30)), before => q(SET work_mem = '64kB')), $whole, 'a partitioned table in another order: the same bytes');
is($db->sql(digest(q('public.shown', 30, parcels_key => 'number', parcels_geometry => 'shape'))), $whole, 'a view with named columns: the same bytes');
is($db->sql(q{SELECT count(*) FROM contiguity('lot', key_type => NULL::integer) a JOIN contiguity('lot') b USING (from_id, to_id, kind, length)}), 19404, 'keys of any type');

# ---- privileges and row security are the caller's ----

my $pairs = q{SELECT count(*) FROM contiguity('lot')};
like($db->complaint($pairs, role => $reader), qr/42501: permission denied for table lot/, 'no privilege, no neighbours');
$db->sql(qq(GRANT SELECT (id, geom) ON lot TO "$reader"));
is($db->sql($pairs, role => $reader), 19404, 'privilege on the two columns is enough');
$db->sql(q(CREATE TABLE public.secret (class text, geom geometry); INSERT INTO secret SELECT 'wall', geom FROM lot LIMIT 1));
like($db->complaint(q{SELECT count(*) FROM contiguity('lot', barriers => 'secret')}, role => $reader), qr/42501: permission denied for table secret/,
	'the same for barriers');
$db->sql(qq(GRANT SELECT ON lot TO "$limited"; ALTER TABLE lot ENABLE ROW LEVEL SECURITY;
	CREATE POLICY third ON lot TO "$limited" USING (id < 100)));
is($db->sql($pairs, role => $limited), 2 * (50 + 2 * 49) + 2 * 2 * 49, 'row security: two rows of the lattice');
is($db->sql($pairs, role => $reader), 0, 'no policy, no rows');
$db->sql('ALTER TABLE lot DISABLE ROW LEVEL SECURITY');

SKIP:
{
	skip 'postgres_fdw is not installed', 1
	  unless $db->sql(q{SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'});
	my ($host, $port, $name) = ($db->cluster->host, $db->cluster->port, $db->name);
	$db->sql(<<"SQL");
SET client_min_messages = warning;
CREATE EXTENSION postgres_fdw;
CREATE SERVER again FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '$host', port '$port', dbname '$name');
CREATE USER MAPPING FOR CURRENT_USER SERVER again;
CREATE FOREIGN TABLE public.far (id integer, geom geometry) SERVER again OPTIONS (schema_name 'public', table_name 'lot');
SQL
	is($db->sql(digest(q('far', 30))), $whole, 'a foreign table: the same bytes');
}

# ---- cancel and progress ----

$db->sql(<<'SQL');
CREATE TABLE public.many AS SELECT i AS id, ST_MakeEnvelope(500000 + i % 7, 4300000 + i % 11, 500100 + i % 13, 4300100 + i % 17, 4548) AS geom FROM generate_series(1, 12000) i;
CREATE VIEW public.endless AS SELECT i::integer AS id, ST_MakeEnvelope(500000 + i, 0, 500001 + i, 1, 4548) AS geom FROM (SELECT generate_series(1::bigint, 2000000000) AS i) s;
-- two combs of 10,000 teeth facing each other
CREATE TABLE public.comb AS
SELECT k AS id, ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[ST_MakePoint(0, k * 100)] ||
	(SELECT array_agg(ST_MakePoint(i * 0.1, 49 + k + i % 2 * 0.3) ORDER BY i) FROM generate_series(0, 20000) i) || ARRAY[ST_MakePoint(2000, k * 100), ST_MakePoint(0, k * 100)])), 4548) AS geom
  FROM generate_series(0, 1) k;
SQL
$db->stops_in_time("SET statement_timeout = '500ms'; SELECT count(*) FROM contiguity('$_', 20)", 1.5, $_) for 'endless', 'many';
is($db->sql(q{SELECT count(*), bool_and(abs(gap - 0.7) < 0.05) FROM contiguity('comb', 2) WHERE kind = 'gap'}), '2|t', 'two combs of 10,000 teeth');

my $busy = $db->session(before => q(SET application_name = 'mine'));
$busy->query_until(qr/begins/, "\\echo begins\nSET statement_timeout = '8s';\nSELECT count(*) FROM contiguity('endless');\n");
my $seen = '';
for (1 .. 60)
{
	$seen = $db->sql(q{SELECT application_name FROM pg_stat_activity WHERE query ~ 'endless' AND pid <> pg_backend_pid()});
	last if $seen =~ /^contiguity/;
	sleep 0.1;
}
like($seen, qr/^contiguity, reading parcels: [1-9]\d+$/, 'progress is seen from another session');
$db->sql(q{SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query ~ 'endless' AND pid <> pg_backend_pid()});
$busy->quit;

# ---- published numbers of neighbours: vertices are shared exactly, so the tolerance is 0 ----

SKIP:
{
	my %file = (natregimes => 'pygeoda/natregimes', guerry => 'pygeoda/Guerry', columbus => 'libpysal/columbus');
	my @absent = grep { !defined data_file("reference/$_.shp") || !-e data_file("reference/$_.shp") } values %file;
	skip "no data: @absent", 4 if @absent || system('which ogr2ogr > /dev/null 2>&1') != 0;
	for my $name (sort keys %file)
	{
		$db->run('ogr2ogr', '-f', 'PostgreSQL', 'PG:', data_file("reference/$file{$name}.shp"), '-nln', "public.$name",
			'-nlt', 'PROMOTE_TO_MULTI', '-lco', 'GEOMETRY_NAME=geom', '-a_srs', 'EPSG:4326');
	}
	my $of = q{FROM contiguity('%s', touch_tolerance => 0, on_invalid => 'repair') WHERE to_id IS NOT NULL};
	is($db->sql(sprintf "SELECT count(*), count(*) FILTER (WHERE kind = 'touch') $of", 'natregimes'), '18168|17188',
		'counties of the United States: queen and rook');
	is($db->sql(sprintf "SELECT min(n), max(n) FROM (SELECT count(*) AS n $of GROUP BY from_id) s", 'natregimes'), '1|14', '... least and most');
	is($db->sql(sprintf "SELECT count(*) $of", 'columbus'), '236', 'Columbus: queen');
	is($db->sql(sprintf "SELECT count(*) $of", 'guerry'), '420', 'Guerry: queen');
}

done_testing();
