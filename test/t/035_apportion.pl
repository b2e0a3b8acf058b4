# apportion, overlap_sums, points_in_parcels: exact fractions, published data, the
# caller's privileges, memory in files of the server, cancel.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_program('python3');
my $db = database();
my ($reader, $limited) = map { "il_035_${_}_$$" } 'reader', 'limited';
END { $db->sql(qq(DROP OWNED BY "$_"; DROP ROLE "$_")) for $db ? ($reader, $limited) : () }
$db->sql(qq(CREATE ROLE "$_")) for $reader, $limited;

# lots side by side and houses of odd values across their borders
$db->sql(<<'SQL');
CREATE TABLE public.lot AS
SELECT i AS id, i % 10 AS district, ST_MakeEnvelope(500000 + i % 50 * 40, 4300000 + i / 50 * 40, 500040 + i % 50 * 40, 4300040 + i / 50 * 40, 4548) AS geom
  FROM generate_series(0, 2499) i;
CREATE TABLE public.house AS
SELECT i AS id, (i::bigint * 7919 % 100003) / 100.0 AS value,
       ST_SetSRID(ST_Translate(ST_Rotate('POLYGON((0 0,18 0,18 14,8 14,8 8,0 8,0 0))'::geometry, i), 500030 + i % 100 * 19.3, 4300030 + i / 100 * 19.1), 4548) AS geom
  FROM generate_series(0, 9999) i;
CREATE TABLE public.firm AS SELECT id, ST_Centroid(geom) AS geom FROM house;
SQL

# ---- exact fractions ----

# weights as apportion takes them: the areas, what lies outside under the key 2500
my $lines = $db->sql(q{
	WITH piece AS (
		SELECT a_id AS source, b_id AS parcel, area FROM overlap_areas('house', 'lot')
		 UNION ALL
		SELECT h.id, 2500, planar_area(h.geom) - coalesce(o.area, 0) FROM house h
		  LEFT JOIN (SELECT a_id, exact_sum_agg(area) AS area FROM overlap_areas('house', 'lot') GROUP BY a_id) o ON o.a_id = h.id)
	SELECT p.source || chr(9) || (trunc(h.value * 100))::bigint || chr(9) ||
	       string_agg(p.parcel || '=' || p.area || '=' || coalesce((s.value * 100)::bigint, 0), ' ' ORDER BY p.parcel)
	  FROM piece p JOIN house h ON h.id = p.source
	  LEFT JOIN apportion('house', 'value', 'lot', sliver_area => 0) s
	    ON s.source_id = p.source AND coalesce(s.parcel_id, 2500) = p.parcel AND s.status <> 'rest'
	 WHERE p.area > 0
	 GROUP BY p.source, h.value});
my $file = "$ENV{TESTDIR}/shares";
open my $handle, '>', $file or die "$file: $!";
print $handle "$lines\n";
close $handle;
is(`python3 test/t/035_apportion.py < '$file'`, "10000\t0\n", 'shares of 10,000 sources are those of exact fractions');

# ---- published data ----

SKIP:
{
	skip 'no data: dev/es_part.csv.gz is not in INEFFICIENT_LAND_DATA or ../shared/data', 6
	  unless -r data_file('dev/es_part.csv.gz');
	$db->sql('CREATE TABLE public.es_parcel (ref text, areavalue integer, label integer, beginlifespanversion text,
			endlifespanversion text, geom geometry);
		CREATE TABLE public.es_part (localid text, ref text, floors_above integer, floors_below integer,
			heightbelowground integer, geom geometry);
		CREATE TABLE public.aw_source (id integer, value double precision, geom geometry);
		CREATE TABLE public.aw_target (id integer, expected_extensive double precision, expected_intensive double precision, geom geometry)');
	for my $table (qw(es_parcel es_part aw_source aw_target))
	{
		my $from = data_file("dev/$table.csv.gz");
		$db->run('psql', '-Xqc', "\\copy public.$table FROM PROGRAM 'gzip -dc \"$from\"' CSV HEADER");
	}
	# areal weighting of the R package sf, https://r-spatial.github.io/sf: extensive values
	is($db->sql(q{SELECT count(*), max(abs(s.value - t.expected_extensive) / t.expected_extensive) < 1e-12
			FROM overlap_sums('aw_target', 'aw_source', 'value') s JOIN aw_target t ON t.id = s.a_id}), '2|t', 'sums of the areal weighting of sf');
	is($db->sql(q{SELECT count(*), max(abs(v.value - t.expected_extensive)) < 1e-5
			FROM (SELECT parcel_id, sum(value)::double precision AS value FROM apportion('aw_source', 'value', 'aw_target', 0.000001, sliver_area => 0)
			       WHERE parcel_id IS NOT NULL GROUP BY parcel_id) v JOIN aw_target t ON t.id = v.parcel_id}), '2|t', 'shares of the same');
	is($db->sql(q{SELECT sum(value) = (SELECT sum(value::text::numeric) FROM aw_source) FROM apportion('aw_source', 'value', 'aw_target', 0.000001)}),
		't', 'and nothing of it is lost');
	is($db->sql(q{SELECT sum(pair_count) FROM overlap_sums('es_parcel', 'es_part', key_type => NULL::text, a_key => 'ref', b_key => 'localid', min_area => 0.01)}),
		'286', 'Spanish parts on parcels: 286 pairs');
	is($db->sql(q{WITH gross AS MATERIALIZED (SELECT localid, ref, ST_Area(geom) * floors_above AS area, geom FROM es_part)
			SELECT round(sum(area)::numeric, 2) FROM gross}), '29026.99', 'floor area of the parts');
	$db->sql(q{CREATE TABLE public.gross AS SELECT localid, ref, (ST_Area(geom) * floors_above)::numeric(12, 2) AS area, geom FROM es_part;
		CREATE TABLE public.gross_share AS SELECT * FROM apportion('gross', 'area', 'es_parcel', 0.01, key_type => NULL::text, source_key => 'localid', parcel_key => 'ref')});
	is($db->sql(q{SELECT count(*) FILTER (WHERE s.parcel_id IS NOT NULL AND s.parcel_id IS DISTINCT FROM g.ref),
			count(DISTINCT s.parcel_id), (SELECT value FROM apportion_balance('gross_share', 'gross', 'area') WHERE line = 'difference')
			FROM gross_share s JOIN gross g ON g.localid = s.source_id}), '0|109|0.00', 'shares by geometry go where the key says, to 109 parcels');
}

# ---- the caller ----

my %call = (
	apportion => q{SELECT count(*) FROM inefficient_land.apportion('public.house', 'value', 'public.lot')},
	overlap_sums => q{SELECT count(*) FROM inefficient_land.overlap_sums('public.lot', 'public.house')},
	points_in_parcels => q{SELECT count(*) FROM inefficient_land.points_in_parcels('public.firm', 'public.lot')},
);
$db->sql(qq(GRANT SELECT ON house, firm TO "$reader", "$limited"; GRANT SELECT ON lot TO "$limited";
	ALTER TABLE lot ENABLE ROW LEVEL SECURITY; CREATE POLICY district ON lot TO "$limited" USING (district = 3)));
for my $name (sort keys %call)
{
	like($db->complaint($call{$name}, role => $reader), qr/ERROR:  42501: permission denied for table lot/, "$name: no right, no rows");
}
is($db->sql(q{SELECT count(*) FROM inefficient_land.overlap_sums('public.lot', 'public.house')}, role => $limited), 250, 'row security limits the sums');
is($db->sql(q{SELECT count(DISTINCT parcel_id) <= 250 FROM inefficient_land.points_in_parcels('public.firm', 'public.lot')}, role => $limited), 't', 'and the points');

# ---- files and cancel ----

like($db->complaint("SET work_mem = '64kB'; SET temp_file_limit = '100kB'; $call{points_in_parcels}"), qr/ERROR:  53400: temporary file size exceeds/,
	'temp_file_limit holds for points');
$db->sql(q{CREATE TABLE public.many AS SELECT i AS id, ST_SetSRID(ST_MakePoint(500000 + i % 2000, 4300000 + i / 2000), 4548) AS geom FROM generate_series(0, 999999) i;
	CREATE TABLE public.all_round AS SELECT 1 AS id, ST_Buffer('SRID=4548;POINT(501000 4300250)'::geometry, 1500, 5000) AS geom});
$db->stops_in_time(q{SET statement_timeout = '1s'; SELECT count(*) FROM inefficient_land.points_in_parcels('public.many', 'public.all_round')},
	3, 'a million points in a polygon of 20,000');

done_testing();
