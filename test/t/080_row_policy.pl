# A role that is limited to subdistricts: what it sees, by which plan, and what
# the limit costs.  PostGIS's && is not leakproof, so the policy comes first and
# the role loses the window index; roles without a limit keep it.
use strict;
use warnings;

use InefficientLand;
use Test::More;
use Time::HiRes qw(time);

my $db = database();
my ($all, $some) = map { "il_080_${_}_$$" } 'all', 'some';
END { $db->sql(qq(DROP OWNED BY "$_"; DROP ROLE "$_")) for $db ? ($all, $some) : () }
$db->sql(qq(CREATE ROLE "$_")) for $all, $some;

$db->sql(<<'SQL');
SET client_min_messages = warning;
CALL create_survey('district', srid => 4548);
SET search_path = district, inefficient_land, public;
INSERT INTO admin_unit (code, name, level, control_area) SELECT 'S' || i, 'S' || i, 'subdistrict', 10000000 FROM generate_series(0, 5) i;
INSERT INTO run (id, standard, standard_version, confirmation, evaluator, started_at, finished_at) VALUES (1, 's', '1', 'synthetic', 'hand', now(), now());
INSERT INTO parcel (id, code, subdistrict, registered_area, geom)
SELECT i, 'P' || i, 'S' || i / 5 % 6, 400, ST_Multi(ST_MakeEnvelope(518000 + i % 150 * 25, 4331000 + i / 150 * 25, 518020 + i % 150 * 25, 4331020 + i / 150 * 25, 4548))
  FROM generate_series(1, 12000) i;
INSERT INTO parcel_indicator (run_id, parcel_id, family, parcel_code, subdistrict, stratum, family_area) SELECT 1, id, 'residence', code, subdistrict, 'surface', 400 FROM parcel;
INSERT INTO verdict (run_id, parcel_id, family, subdistrict, verdict, reasons, missing, flags, reason_en, reason_zh, land_area, standard, standard_version)
SELECT 1, id, 'residence', subdistrict, CASE WHEN id % 3 = 0 THEN 'inefficient' ELSE 'not_inefficient' END, '{}', '{}', '{}', 'a', '甲', 400, 's', '1' FROM parcel;
ANALYZE parcel, parcel_indicator, verdict;
SQL
$db->sql(qq(CALL grant_access('district', '$all', 'reader'); CALL grant_access('district', '$some', 'reader', subdistrict => '{S1,S4}')));

my $window = 'geom && ST_MakeEnvelope(518500, 4331500, 519000, 4332000, 4548)';
my $query  = "SELECT count(*), count(*) FILTER (WHERE class = 'suspected'), string_agg(DISTINCT subdistrict, ',' ORDER BY subdistrict) FROM district.layer_parcel WHERE $window";

is($db->sql($query, role => $some),
	$db->sql("$query AND subdistrict = ANY ('{S1,S4}')", role => $all),
	'the limited role sees what a filter would leave, neither more nor less');
is($db->sql('SELECT count(*) FROM district.layer_parcel', role => $all), 12000, 'the other role sees everything');
is($db->sql('SELECT string_agg(DISTINCT subdistrict, \',\') FROM district.report_distribution, LATERAL (SELECT area_code AS subdistrict) s WHERE line = \'part\'', role => $some),
	'S1,S4', 'reports speak of the two subdistricts alone');
is($db->sql('SELECT sum(area) FILTER (WHERE additive) = sum(area) FILTER (WHERE line = \'total\'), sum(area) FILTER (WHERE line = \'total\') FROM district.report_scale', role => $some),
	't|20000000.00', 'and close to their control area');

my %plan = map { $_ => $db->sql("EXPLAIN (COSTS off) SELECT * FROM district.layer_parcel WHERE $window", role => $_) } $all, $some;
like($plan{$all}, qr/Index Cond: \(geom &&/, 'a role without a limit keeps the window index');
unlike($plan{$all}, qr/Seq Scan on parcel p/, 'and reads no whole table');
like($plan{$some}, qr/subdistrict = ANY \('\{S1,S4\}'::text\[\]\)/, 'the plan of the limited role filters by subdistrict');
for my $role ($all, $some)
{
	my ($first) = grep { /on parcel p\b/ } split /\n/, $plan{$role};
	my @times;
	for (1 .. 5)
	{
		my $began = time;
		$db->sql($query, role => $role);
		push @times, time - $began;
	}
	@times = sort { $a <=> $b } @times;
	$first =~ s/^\s*(->)?\s*//;
	diag(sprintf 'shown: %s: %s, %.0f ms with the connection', $role eq $all ? 'without limit' : 'with limit', $first, 1000 * $times[2]);
}

# what a policy cannot be talked out of
$db->sql(<<'SQL');
CREATE FUNCTION public.tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$ BEGIN RAISE NOTICE 'seen %', $1; RETURN true; END $$;
SQL
my ($status, $out, $told) = $db->cluster->psql($db->name, qq(SET SESSION AUTHORIZATION "$some"; SELECT count(*) FROM district.parcel WHERE public.tell(subdistrict)));
is($out, 4000, 'a cheap function in the query runs');
unlike($told, qr/seen S[0235]/, 'but sees no row beyond the limit');
is($db->error("UPDATE district.parcel SET subdistrict = 'S1'", role => $some)->{state}, '42501', 'a reader moves no row into its reach');

$db->sql("CALL revoke_access('district', '$_')") for $some, $all;
is($db->sql('SELECT count(*) FROM pg_policy'), 0, 'taking the access back leaves no policy');
done_testing();
