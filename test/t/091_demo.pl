# The demo's load: what comes out of shapefiles in GBK and CSV is what went in, and it is
# judged as declared; results lie where demo/run promises them.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_program('ogr2ogr', 'ogrinfo');

my $db  = InefficientLand::empty_database("ENCODING 'UTF8' TEMPLATE template0");
my $out = PostgreSQL::Test::Utils::tempdir();
$ENV{DEMO_OUT} = $out;
my $said = $db->run('demo/load');
like($said, qr/^$_ .* s$/m, "step: $_")
  for ('the district is drawn', 'files loaded', 'codes resolved', 'assessed by the demo standard', 'report in English and Chinese', 'GeoPackage');

# the files are what a Chinese office delivers
my $dbf = PostgreSQL::Test::Utils::slurp_file("$out/input/ZD.dbf");
ok(index($dbf, "\xCA\xBE\xC0\xFD") > 0 && index($dbf, "\xE7\xA4\xBA\xE4\xBE\x8B") < 0, 'Chinese stands in the DBF as GBK');
my $prj = PostgreSQL::Test::Utils::slurp_file("$out/input/ZD.prj");
like($prj, qr/^PROJCS\["CGCS2000_3_Degree_GK_CM_117E"/, 'the .prj is in the words of ESRI');
unlike($prj, qr/EPSG|4548/, 'and names no EPSG code');

# nothing was lost or bent on the way: every delivered table against the survey's
# (a shapefile turns rings to its own direction)
$db->run('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', 'test/data/district.sql');
my @tables = split /\n/, $db->sql("SELECT substr(relname, 10) FROM pg_class WHERE relnamespace = 'district'::regnamespace AND relname LIKE 'delivery\\_%' AND relkind = 'r' ORDER BY 1");
cmp_ok(scalar(@tables), '>=', 20, 'tables delivered');
for my $table (@tables)
{
	my $columns = $db->sql(<<"SQL");
SELECT string_agg(CASE WHEN a.atttypid IN ('float8'::regtype, 'numeric'::regtype) THEN format('round(%I::numeric, 2)', a.attname)
                       WHEN a.attname = 'geom' THEN 'ST_AsEWKT(ST_Normalize(geom), 6)' ELSE format('%I::text', a.attname) END, ', ' ORDER BY a.attnum)
  FROM pg_attribute a WHERE a.attrelid = 'district.delivery_$table'::regclass AND a.attnum > 0 AND NOT a.attisdropped
SQL
	my ($survey, $delivered) = ("SELECT $columns FROM heping.$table", "SELECT $columns FROM district.delivery_$table");
	is($db->sql("SELECT (SELECT count(*) FROM ($survey EXCEPT ALL $delivered) a) + (SELECT count(*) FROM ($delivered EXCEPT ALL $survey) b), (SELECT count(*) > 0 FROM heping.$table)"),
		'0|t', "$table arrived as it was sent");
}
is($db->run('psql', '-XqAt', '-v', 'survey=heping', '-f', 'test/data/compare.sql'), '', 'verdicts, findings, decisions and reports are as declared');
is($db->sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'delivered'"), '0', 'no staging tables are left');
is($db->sql("SELECT count(*) FROM pg_database WHERE datname = '" . $db->name . "_source'"), '0', 'nor the database of the generator');

# results
for my $file (qw(report.html report.en.html report.zh.html))
{
	ok(PostgreSQL::Test::Utils::slurp_file("$out/$file") =~ m{^<!DOCTYPE html>.*<svg class="map".*</html>\n\z}s, "$file is a whole page with a map");
}
is(PostgreSQL::Test::Utils::slurp_file("$out/report.en.html"), $db->sql("SELECT report_html('heping', language => 'en')") . "\n", 'the page is what report_html gives');
my $layers = $db->run('ogrinfo', '-so', '-al', "$out/heping.gpkg");
for my $layer (qw(layer_parcel layer_building layer_subdistrict suspected_land inefficient_land legacy_land))
{
	my $count = $db->sql("SELECT count(*) FROM heping.$layer");
	like($layers, qr/Layer name: $layer\n(?:(?!Layer name).)*Feature Count: $count\n/s, "GeoPackage: $layer with $count rows");
}

is(() = $layers =~ /DESCRIPTION=synthetic data/g, 6, 'each layer says that it is synthetic');

$db->drop;
done_testing();
