# Real parcels and buildings with real faults: Spanish parts delivered twice, Californian
# parcel numbers that join the wrong parcels, invalid boundaries of districts.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_data(map { "dev/$_.csv.gz" } qw(es_parcel es_part es_construction_raw es_zoning ca_site ca_parcel tj_district));

my $db = database();
$db->sql('CREATE SCHEMA raw');

sub load
{
	my ($table) = @_;
	my $file    = data_file("dev/$table.csv.gz");
	my ($head)  = split /\n/, $db->run('bash', '-c', "gzip -dc '$file' | head -n 1");
	$db->sql("CREATE TABLE raw.$table (" . join(', ', map { qq("$_" text) } split /,/, $head) . ')');
	$db->run('psql', '-Xqc', "\\copy raw.$table FROM PROGRAM 'gzip -dc \"$file\"' CSV HEADER");
	return;
}
load($_) for qw(es_parcel es_part es_construction_raw es_zoning ca_site ca_parcel tj_district);

# check(SURVEY): keys resolved, a run checked; nothing of it may fail on real data
sub check
{
	my ($survey) = @_;
	my $run = $db->sql("SET client_min_messages = warning; CALL resolve_keys('$survey');
		INSERT INTO $survey.run (standard, standard_version, confirmation, as_of, evaluator, started_at, finished_at)
		VALUES ('x', '1', 'synthetic', '2024-02-29', 'x', now(), now()) RETURNING id");
	return $db->sql("CALL _check_survey('$survey', $run)");
}

# ---- Spain: 186 parcels whose published areas are planar ones, 294 parts of buildings
$db->sql("CALL create_survey('spain', srid => 32628)");
$db->sql("INSERT INTO spain.parcel (code, registered_area, geom) SELECT ref, areavalue::float8, ST_Multi(geom::geometry) FROM raw.es_parcel;
	INSERT INTO spain.building (code, parcel_code, storeys_above, floor_area_above, geom)
	SELECT localid, ref, floors_above::integer, ST_Area(geom::geometry) * floors_above::integer, ST_Multi(geom::geometry) FROM raw.es_part");
check('spain');
is($db->sql("SELECT rule, table_name, count(*) FROM spain.finding
	WHERE rule ~ 'area_(dev|dis|con|uni)|^invalid|^duplicate|implausible' GROUP BY 1, 2 ORDER BY 1, 2"), '', 'Spain: no area, geometry or code of the parcels and parts is at fault');
is($db->sql("SELECT sum(substring(message_en FROM 'to it: (\\d+)')::integer), bool_and(rule = 'unresolved_reference') FROM spain.finding WHERE run_id IS NULL"),
	$db->sql('SELECT count(*), true FROM raw.es_part t WHERE NOT EXISTS (SELECT FROM raw.es_parcel p WHERE p.ref = t.ref)'), 'Spain: parts of parcels that were not delivered are told, each');
# the published parts agree with their geometry: what lies across a border does so by less than the tolerance
is($db->sql("SELECT count(*) FROM spain.finding WHERE rule = 'building_across_border'"),
	$db->sql("SELECT count(*) FROM raw.es_part t JOIN raw.es_parcel p USING (ref)
		WHERE ST_Area(ST_Intersection(t.geom::geometry, p.geom::geometry)) < 0.9 * ST_Area(t.geom::geometry)"), 'Spain: parts that stand mostly elsewhere, as plain PostGIS counts them');

# the same parts as the fixture publishes them, each twice
$db->sql("DELETE FROM spain.building; INSERT INTO spain.building (code, geom)
	SELECT localid, ST_Multi(geom::geometry) FROM raw.es_construction_raw");
check('spain');
is($db->sql("SELECT count(*) FROM spain.finding WHERE run_id = 2 AND table_name = 'building' AND rule IN ('duplicate_row', 'duplicate_code')"),
	$db->sql('SELECT count(*) FROM raw.es_construction_raw WHERE localid IN (SELECT localid FROM raw.es_construction_raw GROUP BY localid HAVING count(*) > 1)'),
	'Spain: every row whose code stands there twice is a finding');
cmp_ok($db->sql("SELECT count(*) FROM spain.finding WHERE run_id = 2 AND table_name = 'building' AND rule = 'duplicate_row'"), '>=', 588, 'Spain: the 294 parts delivered twice among them, as repeated rows');

# ---- zones of the Spanish cadastre: 8 of 241 are invalid
$db->sql("INSERT INTO spain.constraint_zone (code, geom) SELECT row_number() OVER (), ST_Multi(geom::geometry) FROM raw.es_zoning");
check('spain');
is($db->sql("SELECT count(*) FROM spain.finding WHERE run_id = 3 AND table_name = 'constraint_zone' AND rule = 'invalid_geometry'"), '8', 'Spain: invalid zones');

# ---- California: parcel numbers of 8 counties against published areas; Imperial's are false joins
$db->sql("CALL create_survey('california', srid => 3310)");
$db->sql("INSERT INTO california.parcel (code, name, registered_area, geom)
	SELECT c.county_name || '/' || c.apn_key || '/' || row_number() OVER (), c.county_name, s.parcel_size_acres::float8 * 4046.8564224,
	       ST_Multi(ST_Transform(c.geom::geometry, 3310))
	  FROM raw.ca_site s JOIN raw.ca_parcel c USING (county_name, apn_key)");
check('california');
is($db->sql('SELECT count(*) FROM california.parcel'), '7854', 'California: pairs');
is($db->sql("SELECT count(DISTINCT f.row_id) FROM california.finding f WHERE f.rule IN ('area_deviation', 'area_discrepancy', 'area_contradiction', 'area_unit_slip')"),
	$db->sql("SELECT count(*) FROM raw.ca_site s JOIN raw.ca_parcel c USING (county_name, apn_key)
		WHERE parcel_size_acres::float8 > 0 AND ST_IsValid(c.geom::geometry)
		  AND abs(parcel_size_acres::float8 * 4046.8564224 - ST_Area(ST_Transform(c.geom::geometry, 3310))) > greatest(0.5, 0.01 * ST_Area(ST_Transform(c.geom::geometry, 3310)))"),
	'California: areas off by more than 1 %, as plain PostGIS counts them');
is($db->sql("SELECT count(*) FROM california.finding f JOIN california.parcel p ON p.id = f.parcel_id
	WHERE p.name = 'IMPERIAL' AND f.rule IN ('area_contradiction', 'area_unit_slip') AND abs(p.registered_area - ST_Area(p.geom)) > 0.5 * p.registered_area"), '23',
	'California: the false joins of Imperial that differ by more than half contradict their boundary');

# ---- Tianjin: 32 outlines of two sources, 6 invalid, one missing, overlapping neighbours
$db->sql("CALL create_survey('tianjin', srid => 4548)");
$db->sql("INSERT INTO tianjin.parcel (code, name, geom) SELECT source || '/' || adcode, name, ST_Multi(ST_Transform(ST_SetSRID(geom::geometry, 4490), 4548)) FROM raw.tj_district");
$db->sql("INSERT INTO tianjin.admin_unit (code, level, geom) SELECT adcode, 'district', ST_Multi(ST_Transform(ST_SetSRID(geom::geometry, 4490), 4548)) FROM raw.tj_district WHERE adcode = '120101' LIMIT 1");
check('tianjin');
is($db->sql("SELECT rule, count(*) FROM tianjin.finding WHERE table_name = 'parcel' AND rule IN ('invalid_geometry', 'missing_geometry') GROUP BY 1 ORDER BY 1"),
	"invalid_geometry|6\nmissing_geometry|1", 'Tianjin: invalid and missing outlines');
is($db->sql("SELECT count(*) FROM tianjin.finding WHERE rule = 'overlap'"),
	$db->sql("SELECT 2 * count(*) FROM tianjin.parcel a JOIN tianjin.parcel b ON a.id < b.id AND ST_IsValid(a.geom) AND ST_IsValid(b.geom) AND ST_Area(ST_Intersection(a.geom, b.geom)) > 1"),
	'Tianjin: outlines that overlap by more than 1 m², from either side');
is($db->sql("SELECT count(*) FROM tianjin.finding WHERE rule IN ('position_outside', 'wrong_zone')"),
	$db->sql("SELECT count(*) FROM tianjin.parcel p, tianjin.admin_unit a
		WHERE NOT ST_Intersects(a.geom, CASE WHEN ST_IsValid(p.geom) THEN ST_PointOnSurface(p.geom) ELSE ST_Centroid(ST_Envelope(p.geom)) END)"), 'Tianjin: everything but Heping lies outside Heping');

done_testing();
