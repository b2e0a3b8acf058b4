# A statement_timeout stops long measurements: inside GEOS, whether PostGIS was
# loaded before this library or after it, and inside loops of our own.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();

# A valid comb with long slanted teeth: the boxes of nearly all edges overlap, and
# the validity check of GEOS compares them pair by pair for many seconds.
$db->sql(q{
	CREATE TABLE comb AS
	SELECT ST_SetSRID(ST_MakePolygon(ST_MakeLine(
	           ARRAY[ST_MakePoint(0, -10), ST_MakePoint(0, 0)] || array_agg(p ORDER BY i) ||
	           ARRAY[ST_MakePoint(40001, 0), ST_MakePoint(40001, -10), ST_MakePoint(0, -10)])), 4548) AS geom
	  FROM (SELECT i, CASE WHEN i % 2 = 0 THEN ST_MakePoint(i / 2, 0)
	                       ELSE ST_MakePoint(1000000 + i / 2, 1000000) END AS p
	          FROM generate_series(1, 80000) i) s;
	-- edges as long as the grid: millions of pieces of 70 m
	CREATE TABLE zigzag AS
	SELECT ST_SetSRID(ST_MakePolygon(ST_MakeLine(array_agg(p ORDER BY i) || ST_MakePoint(500001, 1e7))), 4548) AS geom
	  FROM (SELECT i, ST_MakePoint(500000 + i, i % 2 * 1e7) AS p FROM generate_series(1, 201) i) s});

my $ask = q{SET statement_timeout = '300ms'; };

$db->stops_in_time("$ask SELECT geometry_problem(geom) FROM comb",
	1.3, 'GEOS, this library loaded first');
$db->stops_in_time("SELECT postgis_lib_version(); $ask SELECT geometry_problem(geom) FROM comb",
	1.3, 'GEOS, PostGIS loaded first');
$db->stops_in_time("LOAD 'inefficient_land'; SELECT postgis_lib_version(); $ask SELECT geometry_problem(geom) FROM comb",
	1.3, 'GEOS, PostGIS loaded between');
$db->stops_in_time("$ask SELECT survey_area(geom) FROM zigzag", 1, 'pieces of a survey area');

# Statistics of neighbours: while links are read, and while many draws are made.
$db->sql(q{CREATE TABLE public.place AS SELECT i AS id, i % 97 AS v FROM generate_series(1, 20000) i;
	CREATE TABLE public.place_link AS SELECT i AS from_id, 1 + (i + d) % 20000 AS to_id FROM generate_series(1, 20000) i, generate_series(1, 60) d;
	CREATE VIEW public.endless_link AS SELECT 1 AS from_id, 1 + s.i::integer % 20000 AS to_id FROM (SELECT generate_series(1::bigint, 2000000000) AS i) s});
$db->stops_in_time("$ask SELECT count(*) FROM local_statistics('place', 'endless_link', 'v')", 1.3, 'links');
$db->stops_in_time("$ask SELECT count(*) FROM local_statistics('place', 'place_link', 'v', permutations => 1000000)", 1.3, 'draws');

# The session is sound afterwards, and no request is left over for the next operation.
my $session = $db->session;
$session->query(q{SET statement_timeout = '300ms'});
$session->query('SELECT geometry_problem(geom) FROM comb');
is($session->query(q{SELECT geometry_problem('POLYGON((0 0,10 10,10 0,0 10,0 0))')}),
	'invalid: self-intersection at (5 5)', 'the next check of the session answers');
is($session->query(q{SELECT ST_IsValid('POLYGON((0 0,10 0,10 10,0 10,0 0))')}),
	't', 'and so does PostGIS');
$session->quit;

done_testing();
