# Areas of real polygons against figures that others made: Spanish cadastral parcels,
# reference areas of an independent geodesic library and of closed forms, Heping.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_data(map { "dev/$_.csv.gz" } qw(es_parcel area_reference tj_district sh_building));

my $db = database();

sub load
{
	my ($table, $columns) = @_;
	my $file = data_file("dev/$table.csv.gz");
	$db->sql("CREATE TABLE public.$table ($columns)");
	$db->run('psql', '-Xqc', "\\copy public.$table FROM PROGRAM 'gzip -dc \"$file\"' CSV HEADER");
	return;
}

load('es_parcel', 'ref text, areavalue integer, label integer, beginlifespanversion text,
	endlifespanversion text, geom geometry');
load('area_reference', 'dataset text, key text, npoints integer, nrings integer, geodesic_wgs84 float8,
	geodesic_cgcs2000 float8, geodesic_xian80 float8, trapezoid_cgcs2000 float8,
	straight_lonlat_cgcs2000 float8, geom geometry');
load('tj_district', 'source text, adcode text, name text, geom geometry');
load('sh_building', 'piece_no bigint, osm_id bigint, tile integer, kind text, kind_detail text, name text,
	root_id integer, height float8, min_height float8, layer integer, area_mercator integer,
	volume integer, geom geometry');

# The cadastre publishes the projected area, rounded.
is($db->sql('SELECT count(*), count(*) FILTER (WHERE round(planar_area(geom)) = areavalue),
		count(*) FILTER (WHERE round(geodesic_area(geom)) = areavalue),
		round(sum(planar_area(geom))::numeric, 3) FROM es_parcel'),
	'186|186|161|82105.745', 'Spanish parcels: published areas are planar ones');
is($db->sql('SELECT count(*) FROM es_parcel
		WHERE abs(projected_series_area(geom) - geodesic_area(geom)) > 0.001'),
	'0', 'Spanish parcels: series and geodesic agree to 0.001 m²');

# Reference areas are printed with all digits; the largest polygon has 2,697 km².
my @reference = (
	[ 'geodesic_area(geom)', 'geodesic_wgs84', '1e-4' ],
	[ 'geodesic_area(ST_SetSRID(geom, 4490))', 'geodesic_cgcs2000', '1e-4' ],
	[ 'geodesic_area(ST_SetSRID(geom, 4610))', 'geodesic_xian80', '1e-4' ],
	# half a unit of 0.01 m² and the rounding of B and L to 3e-5 m
	[ 'survey_area(ST_SetSRID(geom, 4490))', 'trapezoid_cgcs2000', '0.01' ]);
for my $pair (@reference)
{
	my ($ours, $theirs, $tolerance) = @$pair;
	is($db->sql("SELECT count(*), count(*) FILTER (WHERE abs($ours - $theirs) <= $tolerance) FROM area_reference"),
		'746|746', "$ours is $theirs within $tolerance m²");
}

# Heping: 9.98 km² in the plan of the district; four measures of the same outline
is($db->sql(q{SELECT source, round((geodesic_area(geom) / 1e6)::numeric, 6) FROM tj_district
		WHERE adcode = '120101' ORDER BY source}),
	"amap-2019|9.992707\necharts-2017|9.934358", 'Heping, geodesic');
is($db->sql(q{SELECT count(*) FROM (SELECT geodesic_area(geom) AS g, survey_area(ST_SetSRID(geom, 4490)) AS b,
			survey_area(ST_Transform(ST_SetSRID(geom, 4490), 4548)) AS s,
			projected_series_area(ST_Transform(ST_SetSRID(geom, 4490), 4548)) AS p
		FROM tj_district WHERE adcode = '120101') m
		WHERE abs(s / p - 1) < 1e-8 AND abs(s / g - 1) < 1e-6 AND abs(b / s - 1) < 4e-6}),
	'2', 'Heping: survey, series and geodesic area agree');

# Dirty outlines: six invalid ones, one without geometry
is($db->sql('SELECT count(*), count(geometry_problem(geom)), count(*) FILTER (WHERE geom IS NULL) FROM tj_district'),
	'32|6|1', 'districts: every invalid outline is a problem');

# Web Mercator makes Shanghai's footprints 1.37 times as large: planar area refuses it, geodesic measures
my $error = $db->error('SELECT planar_area(ST_Transform(geom, 3857)) FROM sh_building');
is($error->{state}, '22023', 'planar area of Web Mercator is refused');
like($error->{hint}, qr/4548.*geodesic_area/, 'with what to do');
is($db->sql(q{SELECT round(sum(geodesic_area(g))) FROM
		(SELECT ST_Union(geom) AS g FROM sh_building WHERE kind = 'building' GROUP BY osm_id) u}),
	'1152999', 'true footprint of Shanghai');
is($db->sql(q{SELECT round(sum(geodesic_area(ST_Transform(g, 3857)))) FROM
		(SELECT ST_Union(geom) AS g FROM sh_building WHERE kind = 'building' GROUP BY osm_id) u}),
	'1152999', 'the same from Web Mercator');

# both ways of reading, one answer
is($db->sql('SET inefficient_land.geometry_fast_path = off;
		SELECT sum(geodesic_area(geom)::numeric) FROM area_reference'),
	$db->sql('SELECT sum(geodesic_area(geom)::numeric) FROM area_reference'),
	'stored form and send function give the same bits');

done_testing();
