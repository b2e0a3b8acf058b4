# What departments deliver, loaded as a user would: GBK shapefiles with an ESRI .prj and
# heights, a file geodatabase, a spreadsheet, CSV in GB18030, in any order, by a role that
# may create a schema and nothing else.
use strict;
use warnings;

use InefficientLand;
use PostgreSQL::Test::Utils;
use Test::More;

need_program('ogr2ogr');

my $db   = database();
my $in   = PostgreSQL::Test::Utils::tempdir();
my $role = "il_060_loader_$$";
$db->sql(qq(CREATE ROLE "$role"; GRANT CREATE ON DATABASE "${\$db->name}" TO "$role"));
END
{
	delete $ENV{PGOPTIONS};
	$db->sql(qq(SET client_min_messages = warning; DROP OWNED BY "$role" CASCADE; DROP ROLE "$role")) if $db;
}
my $pg = 'PG:dbname=' . $db->name;
$ENV{PGOPTIONS} = "-c role=$role -c client_min_messages=warning";

# The truth: a survey without a fault.  It is written to files and read into another one.
$db->sql("CALL create_survey('source', srid => 4548, base_year => 2022);
	CALL create_survey('heping', srid => 4548, base_year => 2022); CREATE SCHEMA delivered", role => $role);
$db->run('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-c', 'SET search_path = source, public', '-f', 'test/data/clean_survey.sql');

sub from_source
{
	my ($file, $format, $sql, @options) = @_;
	$db->run('ogr2ogr', '-f', $format, "$in/$file", "$pg active_schema=source", '-sql', $sql, @options);
	return;
}

# as documented: the target system by -a_srs, multipolygons, two dimensions
my @survey_geometry = ('-a_srs', 'EPSG:4548', '-nlt', 'PROMOTE_TO_MULTI', '-dim', 'XY', '-lco', 'GEOMETRY_NAME=geom');

sub to_survey
{
	my ($file, $table, @options) = @_;
	$db->run('ogr2ogr', '-f', 'PostgreSQL', $pg, "$in/$file", '-nln', $table, @options);
	return;
}

sub attempt
{
	my (@command) = @_;
	my $done = eval { $db->run(@command); 1 };
	return $done ? '' : $@;
}

# ---- files
from_source('zd.shp', 'ESRI Shapefile', 'SELECT code "ZDDM", name "ZDMC", stratum "KJCC", registered_area::numeric(15,2) "ZDMJ", present_use "XZYT",
	ST_Force3D((ST_Dump(geom)).geom) AS geom FROM parcel', '-lco', 'ENCODING=GBK');
like(slurp_file("$in/zd.prj"), qr/^PROJCS\["CGCS2000_3_Degree_GK_CM_117E"/, 'the .prj is in the words of ESRI');
like(slurp_file("$in/zd.dbf"), qr/\xca\xbe\xc0\xfd\xd7\xda\xb5\xd8/, 'the .dbf is in GBK');
from_source('zrz.gdb', 'OpenFileGDB', 'SELECT code, parcel_code, community_code, footprint_area, floor_area_above, storeys_above, built_year, geom FROM building',
	'-nln', '自然幢', '-nlt', 'MULTIPOLYGON');
from_source('qy.xlsx', 'XLSX', 'SELECT code AS "统一社会信用代码", name AS "企业名称", industry_code AS "行业代码", production_started_on AS "投产日期" FROM enterprise', '-nln', '企业');
my $economy = 'enterprise_code, year, output, tax_total, jobs';
$db->run('psql', '-Xqc', "\\copy (SELECT $economy FROM source.enterprise_year) TO '$in/jj.csv' (FORMAT csv, HEADER, ENCODING 'GB18030')");
$db->run('psql', '-Xqc', "\\copy (SELECT code, name, level, ST_AsText(geom) FROM source.admin_unit) TO '$in/xzq.csv' (FORMAT csv, HEADER, ENCODING 'GB18030')");

# ---- and back, what refers before what it refers to
$db->run('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-c', "\\copy heping.enterprise_year ($economy) FROM '$in/jj.csv' (FORMAT csv, HEADER, ENCODING 'GB18030')");

# straight into the table of the survey
to_survey('zrz.gdb', 'heping.building', '-append', '-nlt', 'PROMOTE_TO_MULTI', '-sql', 'SELECT * FROM "自然幢"');

# by way of a staging table, with a plain INSERT
to_survey('qy.xlsx', 'delivered.qy', '-oo', 'HEADERS=FORCE', '-oo', 'FIELD_TYPES=STRING', '-lco', 'LAUNDER=NO', '-lco', 'FID=ogc_fid');
$db->sql('INSERT INTO heping.enterprise (code, name, industry_code, industry_code_system, production_started_on)
	SELECT "统一社会信用代码", "企业名称", "行业代码", \'GB/T 4754-2017\', "投产日期"::date FROM delivered.qy', role => $role);

to_survey('zd.shp', 'delivered.zd', @survey_geometry);
is($db->sql("SELECT type, srid, coord_dimension FROM geometry_columns WHERE f_table_schema = 'delivered' AND f_table_name = 'zd'"),
	'MULTIPOLYGON|4548|2', 'staged with the SRID of the survey, as multipolygons, without heights');
$db->sql("INSERT INTO heping.parcel (code, name, stratum, registered_area, present_use, present_use_system, geom)
	SELECT zddm, zdmc, kjcc, zdmj, xzyt, 'GB/T 21010-2017', geom FROM delivered.zd", role => $role);

$db->run('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-c', 'CREATE TEMP TABLE t (code text, name text, level text, geom text)',
	'-c', "\\copy t FROM '$in/xzq.csv' (FORMAT csv, HEADER, ENCODING 'GB18030')",
	'-c', 'INSERT INTO heping.admin_unit (code, name, level, geom) SELECT code, name, level, public.ST_GeomFromText(geom, 4548) FROM t');

$db->sql("CALL resolve_keys('source'); CALL resolve_keys('heping')", role => $role);
is($db->sql('SELECT rule, table_name, message_en FROM heping.finding ORDER BY 1, 2', role => $role),
	'table_not_loaded|building|building: table community, to which it refers by community code, is empty (rows that refer to it: 1)',
	'everything resolves but what was not delivered');

sub same
{
	my ($what, $sql) = @_;
	my ($ours, $theirs) = map { $db->sql($sql =~ s/%s/$_/gr, role => $role) } qw(heping source);
	isnt($ours, '', "$what: something was loaded");
	return is($ours, $theirs, "$what: as delivered");
}
same('parcels', 'SELECT code, name, stratum, registered_area, present_use, present_use_system, subdistrict, ST_AsText(ST_Normalize(geom)) FROM %s.parcel ORDER BY code');
same('buildings', 'SELECT b.code, p.code, footprint_area, floor_area_above, storeys_above, built_year, b.subdistrict, ST_AsText(ST_Normalize(b.geom)) FROM %s.building b JOIN %s.parcel p ON p.id = b.parcel_id ORDER BY 1');
same('enterprises', 'SELECT code, name, industry_code, industry_code_system, production_started_on FROM %s.enterprise ORDER BY code');
same('economy', 'SELECT y.enterprise_code, y.year, e.name, output, tax_total, jobs FROM %s.enterprise_year y JOIN %s.enterprise e ON e.id = y.enterprise_id ORDER BY 1, 2');
same('districts', 'SELECT code, name, level, ST_AsText(geom) FROM %s.admin_unit ORDER BY code');
like($db->sql('SELECT name FROM heping.parcel ORDER BY code LIMIT 1'), qr/^示例宗地1$/, 'Chinese survives');

# ---- loading the same delivery again: by MERGE nothing changes, by appending it doubles and says so
is($db->sql("SET client_min_messages = warning; ALTER TABLE delivered.zd RENAME zddm TO code; ALTER TABLE delivered.zd RENAME zdmc TO name; ALTER TABLE delivered.zd RENAME zdmj TO registered_area;
	CALL merge_staging('heping', 'parcel', 'delivered.zd')", role => $role), '0|0|7', 'merged again, nothing changes');
is($db->sql("UPDATE delivered.zd SET name = '改名' WHERE ogc_fid = 1; CALL merge_staging('heping', 'parcel', 'delivered.zd')", role => $role), '0|1|6', 'one name changed, one row is written');
to_survey('zrz.gdb', 'heping.building', '-append', '-nlt', 'PROMOTE_TO_MULTI', '-sql', 'SELECT * FROM "自然幢"');
is($db->sql("CALL resolve_keys('heping');
	INSERT INTO heping.run (standard, standard_version, confirmation, as_of, evaluator, started_at, finished_at) VALUES ('x', '1', 'synthetic', '2024-02-29', 'x', now(), now());
	CALL _check_survey('heping', 1);
	SELECT rule, count(*) FROM heping.finding WHERE table_name = 'building' AND rule LIKE 'duplicate%' GROUP BY rule", role => $role), 'duplicate_row|12', 'appended again, every building is found twice');

# ---- what goes wrong, and how it says so
like($db->error("INSERT INTO heping.parcel (geom) SELECT ST_SetSRID(geom, 4547) FROM delivered.zd", role => $role)->{message},
	qr/^Geometry SRID \(4547\) does not match column SRID \(4548\)$/, 'a wrong SRID is refused by name');
# ogr2ogr -append writes coordinates as they are under the SRID of the table: only their position tells
from_source('zone40.shp', 'ESRI Shapefile', q(SELECT 'Z40-' || right(code, 1) AS "ZDDM", ST_Transform(geom, 4549) AS geom FROM parcel ORDER BY code LIMIT 2));
to_survey('zone40.shp', 'heping.parcel', '-append', '-nlt', 'PROMOTE_TO_MULTI', '-dim', 'XY', '-sql', 'SELECT ZDDM AS code FROM zone40 WHERE ZDDM = \'Z40-1\'');
to_survey('zone40.shp', 'heping.parcel', '-append', '-nlt', 'PROMOTE_TO_MULTI', '-dim', 'XY', '-t_srs', 'EPSG:4548', '-sql', 'SELECT ZDDM AS code FROM zone40 WHERE ZDDM = \'Z40-2\'');
is($db->sql("INSERT INTO heping.run (standard, standard_version, confirmation, as_of, evaluator, started_at, finished_at) VALUES ('x', '1', 'synthetic', '2024-02-29', 'x', now(), now());
	CALL _check_survey('heping', 2);
	SELECT rule, row_code, message_en FROM heping.finding WHERE run_id = 2 AND rule IN ('wrong_zone', 'position_outside')", role => $role) =~ s/E \d.*?\)/…)/r,
	'wrong_zone|Z40-1|parcel Z40-1: it lies outside the district (…); it would lie inside as coordinates of EPSG:4549, or of EPSG:4548 declared as EPSG:4547',
	'appended without -t_srs another zone is found, with it there is nothing to find');

# no .cpg and no language in the .dbf: GDAL believes the bytes to be something else
unlink "$in/zd.cpg";
open my $dbf, '+<:raw', "$in/zd.dbf" or die $!;
seek $dbf, 29, 0;
print $dbf "\0";
close $dbf;
like(attempt('ogr2ogr', '-f', 'PostgreSQL', $pg, "$in/zd.shp", '-nln', 'delivered.bytes', @survey_geometry),
	qr/UTF-?8/, 'GBK without .cpg is refused, not stored as garbage');
to_survey('zd.shp', 'delivered.zd_again', @survey_geometry, '-oo', 'ENCODING=GB18030');
is($db->sql('SELECT count(*) FROM delivered.zd_again a JOIN source.parcel p ON p.code = a.zddm AND p.name = a.zdmc', role => $role), '7', 'and loads with -oo ENCODING=GB18030');

# ---- a database in another encoding
delete $ENV{PGOPTIONS};
my $ascii = InefficientLand::empty_database("ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
$ascii->sql('SET client_min_messages = warning; CREATE EXTENSION inefficient_land CASCADE', path => 'public');
my $error = $ascii->error("CALL create_survey('heping', 4548)");
is("$error->{state} $error->{message}", '0A000 a survey needs a database in UTF8, this one is in SQL_ASCII', 'a survey is refused where Chinese could not be kept');
$ascii->drop;

done_testing();
