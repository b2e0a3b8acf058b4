# Real districts with figures that others published: Spanish parcels, Bubenec in
# Prague, Sacramento.  The files are as their makers left them.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_data($_)
  for ('dev/es_parcel.csv.gz', 'dev/bub_cell.csv.gz', 'reference/geodaData/sacramentot2.shp');
need_program($_) for ('gzip', 'ogr2ogr');
my $db = database();

# load(TABLE, COLUMNS): a gzipped CSV of the data folder
sub load
{
	my ($table, $columns) = @_;
	my $file = data_file("dev/$table.csv.gz");
	$db->sql("CREATE TABLE public.$table ($columns)");
	$db->run('psql', '-Xqc', "\\copy public.$table FROM PROGRAM 'gzip -dc ''$file''' CSV HEADER");
	return;
}

# ---- Spain: parts of buildings and the parcels they stand on ----
load('es_parcel', 'ref text, areavalue integer, label integer, begins text, ends text, geom geometry');
load('es_part', 'localid text, ref text, floors_above integer, floors_below integer, height integer, geom geometry');
is($db->sql('SELECT count(*), count(*) FILTER (WHERE round(planar_area(geom)) = areavalue) FROM public.es_parcel'),
	'186|186', 'the published area of every Spanish parcel');
$db->sql(<<'SQL');
CREATE TABLE public.es AS
SELECT p.ref, p.areavalue AS land_area, b.footprint, b.floor_area
  FROM public.es_parcel p
  LEFT JOIN (SELECT ref, exact_sum_agg(planar_area(geom)) AS footprint, exact_sum_agg(planar_area(geom) * floors_above) AS floor_area
               FROM public.es_part GROUP BY ref) b USING (ref);
SQL
is($db->sql('SELECT round(exact_sum_agg(floor_area)::numeric, 2), round(exact_sum_agg(footprint)::numeric, 2), count(*) FILTER (WHERE footprint IS NULL) FROM public.es'),
	'28672.35|18710.86|77', 'floor area, footprint, parcels without a building');
is($db->sql('SELECT round(plot_ratio_agg(coalesce(floor_area, 0), land_area)::numeric, 6), round(building_coverage_agg(coalesce(footprint, 0), land_area)::numeric, 6) FROM public.es'),
	'0.349220|0.227892', 'plot ratio and coverage of the whole, where no building means none');
# the parcels without a building are unknown, not 0, unless somebody declares the list complete
is($db->sql('SELECT d.n, d.n_missing, round(d.value::numeric, 3), d.coverage < 1 FROM (SELECT (plot_ratio_detail_agg(floor_area, land_area)).* FROM public.es) d'),
	'109|77|' . $db->sql('SELECT round((sum(floor_area) / sum(land_area))::numeric, 3) FROM public.es WHERE floor_area IS NOT NULL') . '|t',
	'without that declaration the ratio covers the built parcels and says so');

# ---- Bubenec: 144 buildings, each with its cell; published by momepy ----
load('bub_building', 'uid integer, seq integer, geom geometry');
load('bub_cell', 'uid integer, geom geometry');
$db->sql(<<'SQL');
CREATE TABLE public.bub AS
SELECT b.uid, ST_Area(b.geom) AS footprint, ST_Area(c.geom) AS land_area,
       ST_Area(b.geom) * floor((10 + 20 * (b.seq - 1) / 143.0) / 3) AS floor_area
  FROM public.bub_building b JOIN public.bub_cell c USING (uid);
SQL
my %published = (
	'building_coverage(footprint, land_area)' => [ 0.3206556897709747, 0.8754071653707558, 0.029097983413141276 ],
	'plot_ratio(floor_area, land_area)'       => [ 1.910949846262234, 7.003257322966046, 0.26188185071827147 ]);
for my $indicator (sort keys %published)
{
	my ($mean, $max, $min) = @{ $published{$indicator} };
	is($db->sql("SELECT count(v), abs(exact_mean_agg(v) - $mean) < 1e-9, abs(max(v) - $max) < 1e-9, abs(min(v) - $min) < 1e-9
		FROM (SELECT $indicator AS v FROM public.bub) s"), '144|t|t|t', "published mean, maximum and minimum of $indicator");
}
is($db->sql('SELECT round(building_coverage_agg(footprint, land_area)::numeric, 6), round(plot_ratio_agg(floor_area, land_area)::numeric, 6) FROM public.bub'),
	'0.287176|1.596589', 'the ratios of sums, which the means are not');
my $error = $db->error('SELECT planar_area(geom) FROM public.bub_cell');
is($error->{state}, '22023', 'an area in Web Mercator is refused, it would be 2.43 times too large');
like($error->{hint}, qr/\S/, '... with a way out');

# ---- Sacramento: an undefined rate is not a rate of 0 ----
for my $layer (qw(sacramentot2 SacramentoMSA2))
{
	$db->run('ogr2ogr', '-f', 'PostgreSQL', 'PG:', data_file("reference/geodaData/$layer.shp"), '-nln', lc "public.$layer",
		'-nlt', 'PROMOTE_TO_MULTI', '-lco', 'GEOMETRY_NAME=geom', '-a_srs', 'EPSG:4326');
}
$db->sql(<<'SQL');
CREATE TABLE public.piece AS
SELECT t.ogc_fid AS target, ST_Area(ST_Intersection(s.geom, t.geom)) AS area, s.pov_pop::float8 / nullif(s.pov_tot::float8, 0) AS rate
  FROM (SELECT ST_Transform(geom, 32610) AS geom, pov_pop, pov_tot FROM public.sacramentot2) s
  JOIN (SELECT ogc_fid, ST_Transform(geom, 32610) AS geom FROM public.sacramentomsa2) t ON s.geom && t.geom AND ST_Intersects(s.geom, t.geom);
CREATE TABLE public.target AS
SELECT target, weighted_mean_agg(rate, area) AS rate, weighted_mean_agg(coalesce(rate, 0), area) AS zero_filled, bool_or(rate IS NULL) AS touched
  FROM public.piece GROUP BY target;
SQL
is($db->sql('SELECT count(*) FROM public.sacramentot2 WHERE pov_tot = 0'), '3', 'three tracts have no rate');
is($db->sql('SELECT count(*) FILTER (WHERE touched) FROM public.target'), '16', 'sixteen targets touch them');
# the peer's figure is reproduced to the digit, so the pieces are the same
is($db->sql('SELECT abs(exact_sum_agg(zero_filled) - 2140.811663940685) < 1e-9 FROM public.target'), 't', 'filled with zero: the published 2140.81');
is($db->sql('SELECT abs(exact_sum_agg(rate) - 2190.1253) < 2e-4 FROM public.target'), 't', 'with the unknown left out: 2190.125');
is($db->sql(<<'SQL'), 't', '... as plain SQL finds it');
SELECT abs((SELECT exact_sum_agg(rate) FROM public.target) - (SELECT sum(rate) FROM (SELECT sum(rate * area) / sum(area) AS rate FROM public.piece WHERE rate IS NOT NULL GROUP BY target) s)) < 1e-9
SQL
$db->drop;
done_testing();
