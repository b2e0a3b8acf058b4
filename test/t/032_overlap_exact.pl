# overlap_area against exact rational arithmetic: made-up pairs of ten kinds, Spanish
# building parts on their parcels; soundness of the arguments against GEOS.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_program('python3');

my $db     = database();
my $oracle = 'test/t/032_overlap_exact.py';
my $folder = $ENV{TESTDIR};

# The kinds of a file of cases, as the oracle reports them: [pairs, empty, error, again]
sub report
{
	my ($file) = @_;
	$db->sql('DROP TABLE IF EXISTS public.pair; CREATE TABLE public.pair (number integer, kind text, a text, b text)');
	$db->run('psql', '-Xqc', "\\copy public.pair FROM '$file'");
	my $areas = $db->sql(q{SELECT number, (d).area, smaller, (d).recomputed
		FROM (SELECT number, _overlap_detail(g, h) AS d, least(ST_Area(g), ST_Area(h)) AS smaller
		        FROM pair, ST_GeomFromText(a, 4548) g, ST_GeomFromText(b, 4548) h
		       WHERE ST_IsValid(g) AND ST_IsValid(h)) s});
	open my $handle, '>', "$file.area" or die "$file.area: $!";
	print $handle "$areas\n";
	close $handle;
	my %kind;
	for (split /\n/, `python3 $oracle check '$file' < '$file.area'`)
	{
		my ($name, @figures) = split /\t/;
		$kind{$name} = \@figures;
	}
	return \%kind;
}

system("python3 $oracle make 60 7 > '$folder/made'") == 0 or die 'no cases';
my $made = report("$folder/made");
is(scalar keys %$made, 10, 'ten kinds of pairs');
for my $kind (sort keys %$made)
{
	my ($pairs, $empty, $error, $again) = @{ $made->{$kind} };
	cmp_ok($error, '<=', 1e-12, "$kind: $pairs pairs, $empty without overlap, error $error of the smaller, $again done again");
	cmp_ok($pairs, '>=', 40, "$kind: enough of them");
}
cmp_ok($made->{strips}[3], '>', 20, 'strips are done again in double-double');
is($made->{general}[3] + $made->{flush}[3] + $made->{'axis-aligned'}[3], 0, 'ordinary pairs are not');

# A pair of 5,000 points each, through a convex cut in closed form: two halves make the whole.
is($db->sql(q{
	WITH wheel AS (
		SELECT ST_SetSRID(ST_MakePolygon(ST_MakeLine(array_agg(ST_MakePoint(
		           518500 + 1000 * cos(t) * (1 - 0.1 * (i % 2)), 4331600 + 1000 * sin(t) * (1 - 0.1 * (i % 2))) ORDER BY i))), 4548) AS g
		  FROM generate_series(0, 5000) i, LATERAL (SELECT 2 * pi() * (i % 5000) / 5000) x(t)),
	halves AS (
		SELECT g, ST_MakeEnvelope(517000, 4330000, x, 4333000, 4548) AS west, ST_MakeEnvelope(x, 4330000, 520000, 4333000, 4548) AS east
		  FROM wheel, generate_series(517600, 519400, 90) x)
	SELECT count(*), count(*) FILTER (WHERE abs(overlap_area(g, west) + overlap_area(g, east) - planar_area(g)) <= 2e-12 * planar_area(g))
	  FROM halves}), '21|21', 'the parts of a wheel of 5,000 points make the whole');

SKIP:
{
	skip 'no data: dev/es_part.csv.gz is not in INEFFICIENT_LAND_DATA or ../shared/data', 10
	  unless -r data_file('dev/es_part.csv.gz');
	$db->sql('CREATE TABLE public.es_parcel (ref text, areavalue integer, label integer, beginlifespanversion text,
			endlifespanversion text, geom geometry);
		CREATE TABLE public.es_part (localid text, ref text, floors_above integer, floors_below integer,
			heightbelowground integer, geom geometry);
		CREATE TABLE public.geos_xml_geom (geom_id integer, geom geometry)');
	for my $table (qw(es_parcel es_part geos_xml_geom))
	{
		my $file = data_file("dev/$table.csv.gz");
		$db->run('psql', '-Xqc', "\\copy public.$table FROM PROGRAM 'gzip -dc \"$file\"' CSV HEADER");
	}
	is($db->sql('SELECT count(*), count(*) FILTER (WHERE c.ref = p.ref) FROM es_part c JOIN es_parcel p ON c.geom && p.geom
			WHERE overlap_area(c.geom, p.geom) > 0.01'), '286|286', 'Spanish parts on parcels: 286 pairs, all with the same key');
	is($db->sql(q{SELECT count(*), count(*) FILTER (WHERE c.ref = o.b_id)
			FROM overlap_areas('es_part', 'es_parcel', key_type => NULL::text, a_key => 'localid', b_key => 'ref', min_area => 0.01) o
			JOIN es_part c ON c.localid = o.a_id}), '286|286', 'the same in one pass over both relations');
	$db->run('psql', '-Xqc', "\\copy (SELECT row_number() OVER (), 'Spanish', ST_AsText(c.geom, 20), ST_AsText(p.geom, 20) "
		  . "FROM public.es_part c JOIN public.es_parcel p ON public.ST_Intersects(c.geom, p.geom)) TO '$folder/spanish'");
	my $spanish = report("$folder/spanish")->{Spanish};
	cmp_ok($spanish->[0], '>', 290, 'Spanish pairs that touch');
	cmp_ok($spanish->[2], '<=', 1e-12, "Spanish pairs: error $spanish->[2] of the smaller");
	is($spanish->[3], 0, 'none of them is done again');
	is($db->sql('SELECT count(*) FROM es_part c JOIN es_parcel p ON c.geom && p.geom
			WHERE abs(overlap_area(c.geom, p.geom) - ST_Area(ST_Intersection(c.geom, p.geom))) > 1e-6'),
		'0', 'GEOS builds the same intersections');

	# whatever GEOS calls invalid is refused, whatever it calls valid is measured
	$db->sql(q{CREATE FUNCTION public.state(g geometry) RETURNS text LANGUAGE plpgsql AS $$
		BEGIN
			PERFORM inefficient_land.overlap_area(g, g);
			RETURN 'measured';
		EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE;
		END $$;
		CREATE TABLE public.suite AS SELECT geom_id, ST_SetSRID(ST_Force2D(geom), 4548) AS geom FROM geos_xml_geom
		 WHERE geometrytype(geom) IN ('POLYGON', 'MULTIPOLYGON') AND NOT ST_IsEmpty(geom)});
	is($db->sql(q{SELECT count(*) > 2000, count(*) FILTER (WHERE geometry_problem(geom) IS NOT NULL) > 20,
			count(*) FILTER (WHERE state(geom) IS DISTINCT FROM
			                       CASE WHEN geometry_problem(geom) IS NULL THEN 'measured'
			                            WHEN geometry_problem(geom) LIKE 'coordinate not finite%' THEN '22003' ELSE '22023' END)
			FROM suite}), 't|t|0', 'the suite of GEOS: invalid polygons are refused, valid ones measured');

	# whole relations of them: what is not sound is left out, the others give the bits of the scalar form
	$db->sql(q{CREATE TABLE public.fifth AS SELECT geom_id AS id, geom FROM suite WHERE geom_id % 5 = 0;
		CREATE TABLE public.bulk AS SELECT * FROM overlap_areas('fifth', 'fifth', on_invalid => 'skip');
		CREATE TABLE public.single AS SELECT * FROM (
			SELECT p.id AS a_id, q.id AS b_id, overlap_area(p.geom, q.geom) AS area FROM fifth p JOIN fifth q ON p.geom && q.geom
			 WHERE geometry_problem(p.geom) IS NULL AND geometry_problem(q.geom) IS NULL) s WHERE area > 0},
		before => 'SET client_min_messages = warning');
	is($db->sql(q{SELECT (SELECT count(*) > 1000 FROM bulk), (SELECT count(*) FROM (TABLE bulk EXCEPT ALL TABLE single) d),
			(SELECT count(*) FROM (TABLE single EXCEPT ALL TABLE bulk) d)}), 't|0|0', 'the suite of GEOS in one pass');
	is($db->sql(q{SELECT count(*) FROM overlap_areas('fifth', 'fifth', on_invalid => 'repair', min_area => 0) o
			JOIN (SELECT id, ST_Area(ST_MakeValid(geom, 'method=linework')) AS area FROM fifth WHERE geometry_problem(geom) LIKE 'invalid%') v ON v.id = o.a_id AND v.id = o.b_id
			WHERE abs(o.area / v.area - 1) > 1e-9}, before => q(SET client_min_messages = warning; DELETE FROM public.fifth WHERE geometry_problem(geom) NOT LIKE 'invalid%')),
		'0', 'repaired polygons have the area that ST_MakeValid gives them');
	is($db->sql(q{SELECT count(*) FILTER (WHERE CASE WHEN geometry_problem(geom) IS NULL
			THEN abs(overlap_area(geom, geom) - planar_area(geom)) > 1e-12 * planar_area(geom)
			     -- what a plane area may be wrong by, all there is of needles
			     + 1e-15 * ST_Perimeter(geom) * greatest(ST_XMax(geom) - ST_XMin(geom), ST_YMax(geom) - ST_YMin(geom))
			END) FROM suite}),
		'0', 'the suite of GEOS: a polygon overlaps itself with its area');
}

done_testing();
