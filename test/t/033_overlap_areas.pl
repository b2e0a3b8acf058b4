# overlap_areas and the caller: privileges, row security, foreign tables, PostGIS
# elsewhere; each relation read once; little memory, temporary files, cancel, progress.
use strict;
use warnings;

use InefficientLand;
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep);

my $db = database();
my ($reader, $limited) = map { "il_033_${_}_$$" } 'reader', 'limited';
END { $db->sql(qq(DROP OWNED BY "$_"; DROP ROLE "$_")) for $db ? ($reader, $limited) : () }
$db->sql(qq(CREATE ROLE "$_")) for $reader, $limited;

# A town of 40,000 lots and 120,000 buildings, and three polygons that cover much of it.
$db->sql(<<'SQL');
CREATE TABLE public.lot AS
SELECT i AS id, i % 10 AS district, ST_SetSRID(ST_Translate('POLYGON((0 0,40 1,41 41,-1 40,0 0))'::geometry, 500000 + i % 200 * 40, 4300000 + i / 200 * 40), 4548) AS geom
  FROM generate_series(0, 39999) i;
CREATE TABLE public.building AS
SELECT i AS id, ST_SetSRID(ST_Translate('POLYGON((2 3,18 3,18 15,9 15,9 9,2 9,2 3))'::geometry, 500000 + i % 350 * 23, 4300000 + i / 350 * 23.25), 4548) AS geom
  FROM generate_series(0, 119999) i;
INSERT INTO building VALUES
    (200001, ST_MakeEnvelope(499000, 4299000, 509000, 4309000, 4548)),
    (200002, ST_MakeEnvelope(499000, 4300500, 509000, 4300501, 4548)),
    (200003, ST_Buffer('SRID=4548;POINT(504000 4304000)'::geometry, 3900, 1000));
CREATE TABLE public.few AS SELECT * FROM lot WHERE id < 1000;
SQL

sub digest { return "SELECT count(*), md5(string_agg(a_id || ' ' || b_id || ' ' || area, ',' ORDER BY a_id, b_id)) FROM overlap_areas($_[0])" }
my $all = digest(q('public.lot', 'public.building'));

# ---- memory: the same answer in any, and never much more than was given ----

my $whole = $db->sql($all, before => q(SET work_mem = '256MB'));
like($whole, qr/^\d{6}\|/, 'pairs of the whole town');
is($db->sql($all, before => "SET work_mem = '$_'"), $whole, "work_mem = $_: the same bytes") for '64kB', '1MB';
is($db->sql(q{SELECT count(*) FROM (SELECT p.id, b.id AS other, overlap_area(p.geom, b.geom) AS area FROM few p, building b WHERE p.geom && b.geom
	EXCEPT SELECT a_id, b_id, area FROM overlap_areas('few', 'building')) d WHERE area > 0}), 0, 'the scalar form agrees');

# Memory of the process that is its own, in kB, or 0 when it has gone. The peak that the
# system keeps counts shared buffers too, and how many a scan touches depends on the others.
sub own_kb
{
	my ($pid) = @_;
	open my $status, '<', "/proc/$pid/status" or return 0;
	my ($kb) = map { /^RssAnon:\s+(\d+)/ ? $1 : () } <$status>;
	return $kb // 0;
}

# Watches a process from a child of ours; the function that it returns stops watching
# and tells the highest figure seen.
sub watch
{
	my ($pid) = @_;
	pipe my $reader, my $writer or die "pipe: $!";
	my $child = fork() // die "fork: $!";
	if (!$child)
	{
		my ($peak, $stop) = (0, 0);
		local $SIG{TERM} = sub { $stop = 1 };
		while (!$stop)
		{
			my $now = own_kb($pid);
			$peak = $now if $now > $peak;
			sleep 0.002;
		}
		syswrite $writer, $peak;
		POSIX::_exit(0);
	}
	close $writer;
	return sub {
		kill TERM => $child;
		my $peak = <$reader>;
		waitpid $child, 0;
		return $peak;
	};
}

sub growth_kb
{
	my ($work_mem, $sql) = @_;
	my $session = $db->session;
	my $pid = $session->query_safe('SELECT pg_backend_pid()');
	# what a first call loads
	$session->query_safe(q{SELECT sum(ST_NPoints(geom)) FROM lot; SELECT sum(ST_NPoints(geom)) FROM building; SELECT count(*) FROM overlap_areas('few', 'few')});
	$session->query_safe("SET work_mem = '$work_mem'");
	my $before = own_kb($pid);
	my $peak = watch($pid);
	$session->query_safe($sql);
	my $growth = $peak->() - $before;
	$session->quit;
	return $growth;
}
my $count = q{SELECT count(*) FROM overlap_areas('lot', 'building', min_area => 1e6)};
my $free = growth_kb('1GB', $count);
my $bound = growth_kb('512kB', $count);
cmp_ok($free, '>', 30_000, "all in memory: $free kB");
# 8 x 512 kB for polygons, as much for files of tiles, sorting of keys, one large polygon
cmp_ok($bound, '<', $free / 3, "work_mem = 512kB: $bound kB");

# ---- temporary files are the server's ----

like($db->complaint("SET work_mem = '64kB'; SET temp_file_limit = '1MB'; $all"), qr/ERROR:  53400: temporary file size exceeds/,
	'temp_file_limit holds');
# Other databases of the cluster are at work too, and theirs come and go: what is left stays.
sub temporary_files
{
	my $left;
	for (1 .. 50)
	{
		$left = $db->sql(q{SELECT count(*) FROM pg_ls_tmpdir() f WHERE NOT EXISTS
			(SELECT FROM pg_stat_activity a WHERE a.datname <> current_database() AND f.name ~ ('^pgsql_tmp' || a.pid || '\.'))}, path => 'pg_catalog');
		last if !$left;
		sleep 0.1;
	}
	return $left;
}
my $error = $db->error("SET work_mem = '64kB'; SET statement_timeout = '200ms'; $all");
is($error->{state}, '57014', 'a timeout stops it');
is(temporary_files(), 0, 'no temporary file is left');

# ---- read once ----

$db->sql(<<'SQL');
CREATE SEQUENCE public.reads;
CREATE VIEW public.counted AS SELECT id, geom FROM (SELECT id, geom, nextval('public.reads') FROM few OFFSET 0) f;
SQL
$db->sql(q{SELECT count(*) FROM overlap_areas('counted', 'building')}, before => q(SET work_mem = '64kB'));
is($db->sql('SELECT last_value FROM reads'), 1000, 'each row is read once, also with little memory');

# ---- cancel and progress ----

$db->sql(<<'SQL');
CREATE TABLE public.many AS SELECT i AS id, ST_MakeEnvelope(500000 + i % 7, 4300000 + i % 11, 500100 + i % 13, 4300100 + i % 17, 4548) AS geom FROM generate_series(1, 12000) i;
CREATE VIEW public.endless AS SELECT i::integer AS id, ST_MakeEnvelope(500000 + i, 0, 500001 + i, 1, 4548) AS geom FROM (SELECT generate_series(1::bigint, 2000000000) AS i) s;
SQL
for my $case ([ 'reading', 'endless', 'few' ], [ 'joining', 'many', 'many' ])
{
	my ($what, $a, $b) = @$case;
	$db->stops_in_time("SET statement_timeout = '500ms'; SELECT count(*) FROM overlap_areas('$a', '$b')", 1.5, $what);
}
my $busy = $db->session(before => q(SET application_name = 'mine'));
$busy->query_until(qr/begins/, "\\echo begins\nSET statement_timeout = '8s';\nSELECT count(*) FROM overlap_areas('endless', 'few');\n");
my $seen = '';
for (1 .. 60)
{
	$seen = $db->sql(q{SELECT application_name FROM pg_stat_activity WHERE query ~ 'endless' AND pid <> pg_backend_pid()});
	last if $seen =~ /^overlap/;
	sleep 0.1;
}
like($seen, qr/^overlap, reading a: [1-9]\d+$/, 'progress is seen from another session');
$db->sql(q{SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query ~ 'endless' AND pid <> pg_backend_pid()});
for (1 .. 30)
{
	$seen = $db->sql(q{SELECT application_name FROM pg_stat_activity WHERE application_name = 'mine'});
	last if $seen eq 'mine';
	sleep 0.1;
}
is($seen, 'mine', 'afterwards the name of the session is as before');
$busy->quit;

# ---- privileges and row security are the caller's ----

my $pairs = q{SELECT count(*) FROM overlap_areas('few', 'few')};
like($db->complaint($pairs, role => $reader), qr/42501: permission denied for (?:table|view) few/, 'no privilege, no pairs');
$db->sql(qq(GRANT SELECT (id) ON few TO "$reader"));
like($db->complaint($pairs, role => $reader), qr/42501: permission denied/, 'privilege on the key alone');
$db->sql(qq(GRANT SELECT (geom) ON few TO "$reader"));
is($db->sql($pairs, role => $reader), $db->sql($pairs), 'privilege on the two columns is enough');
$db->sql(qq(GRANT SELECT ON few TO "$limited"; ALTER TABLE few ENABLE ROW LEVEL SECURITY;
	CREATE POLICY third ON few TO "$limited" USING (district = 3)));
is($db->sql($pairs, role => $limited), $db->sql(q{SELECT count(*) FROM few p JOIN few q ON p.geom && q.geom AND overlap_area(p.geom, q.geom) > 0 WHERE p.district = 3 AND q.district = 3}),
	'row security limits both sides');
is($db->sql($pairs, role => $reader), 0, 'no policy, no rows');

# ---- foreign tables ----

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
CREATE FOREIGN TABLE public.far (id integer, geom geometry) SERVER again OPTIONS (schema_name 'public', table_name 'few');
SQL
	is($db->sql(digest(q('far', 'building'))), $db->sql(digest(q('few', 'building'))), 'a foreign table');
}

# ---- PostGIS in a schema of its own, nothing of it on the path ----

my $apart = InefficientLand::empty_database();
$apart->sql('CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis; SET client_min_messages = warning; CREATE EXTENSION inefficient_land CASCADE', path => 'public');
$apart->sql(<<'SQL', path => 'public, gis');
CREATE TABLE lot AS SELECT i AS id, ST_MakeEnvelope(500000 + i % 50 * 10, 4300000 + i / 50 * 10, 500010 + i % 50 * 10, 4300010 + i / 50 * 10, 4548) AS geom FROM generate_series(0, 2499) i;
CREATE TABLE house AS SELECT id, ST_Translate(geom, 5, 5) AS geom FROM lot;
CREATE INDEX ON house USING gist (geom);
ANALYZE lot, house;
SQL
my $exceeds = 'inefficient_land.overlap_exceeds(l.geom, h.geom, 1)';
like($apart->sql("EXPLAIN SELECT * FROM lot l JOIN house h ON $exceeds", path => 'public'), qr/Index Cond/,
	'overlap_exceeds uses the index without PostGIS on the path');
is($apart->sql("SELECT count(*) FROM lot l JOIN house h ON $exceeds", path => 'public'),
	$apart->sql(q{SELECT count(*) FROM inefficient_land.overlap_areas('lot', 'house', min_area => 1)}, path => 'public'),
	'and finds what overlap_areas finds');
is($apart->sql(q{SELECT count(*), sum(area) FROM inefficient_land.overlap_areas('public.lot', 'public.house')}, path => "''"), '9801|245025',
	'99 x 99 quarters of 25 m2, with nothing on the path');
$apart->drop;

done_testing();
