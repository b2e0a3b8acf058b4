# The synthetic district: every verdict, finding, decision and total of a survey is what the
# generator declares, and the page says the same.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my @psql = ('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-v', 'survey=heping');

# the same district every time
my $marks = join ' UNION ALL ', map { "SELECT '$_', md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM district.delivery_$_ t" }
  qw(parcel building patch planning_plot enterprise_year occupancy building_year contract legacy_case);
$db->run(@psql, '-f', 'test/data/district.sql');
my $first = $db->sql($marks);
$db->run(@psql, '-f', 'test/data/district.sql');
is($db->sql($marks), $first, 'the generator draws the same district twice');

# what the issue asks of the demo, by the generator's own count
my %district = map { split /\|/ } split /\n/, $db->sql(<<'SQL', path => 'district, public');
SELECT 'km2', (sum(control_area) / 1000000 = 9.98)::text FROM subdistrict
UNION ALL SELECT 'subdistricts', (count(*) = 6)::text FROM subdistrict
UNION ALL SELECT 'parcels', (count(*) BETWEEN 1100 AND 1300)::text FROM delivery_parcel WHERE stratum = 'surface'
UNION ALL SELECT 'towers', (count(*) >= 60)::text FROM parcel WHERE letter = 'T'
UNION ALL SELECT 'industry below its peer minimum', (count(*) BETWEEN 6 AND 11)::text FROM truth WHERE family = 'industry_warehouse'
UNION ALL SELECT 'a registration address of 200 firms', (count(*) >= 200)::text FROM delivery_occupancy WHERE basis = 'registered'
UNION ALL SELECT 'two strata', (count(DISTINCT stratum) = 2)::text FROM delivery_parcel
UNION ALL SELECT 'a community on four parcels', (count(*) > 0)::text FROM community WHERE parcels = 4
UNION ALL SELECT 'management areas across subdistricts', bool_and(n > 1)::text
            FROM (SELECT m.code, count(*) AS n FROM management_area m JOIN subdistrict s ON ST_Area(ST_Intersection(m.geom, s.geom)) > 1000 GROUP BY m.code) q
UNION ALL SELECT 'no two parcels overlap but the planted pair', (count(*) = 1)::text
            FROM delivery_parcel a JOIN delivery_parcel b ON b.code > a.code AND a.geom && b.geom AND b.stratum = a.stratum AND ST_Area(ST_Intersection(a.geom, b.geom)) > 0.01
SQL
is($district{$_}, 'true', "district: $_") for sort keys %district;
is(scalar(keys %district), 10, 'all of it was counted');

# loaded, resolved, assessed, decided as demo/load does
$db->sql("CALL create_survey('heping', srid => 4548, title_en => 'Heping', title_zh => '和平区', base_year => 2022, synthetic => true)");
$db->run(@psql, '-f', 'test/data/load.sql');
$db->run(@psql, '-f', 'demo/standard.sql');
$db->sql("SET client_min_messages = warning; CALL resolve_keys('heping'); CALL assess('heping', standard => 'demo-2024', as_of => '2024-02-29', economic_year => 2023)");
$db->run(@psql, '-f', 'demo/determine.sql');
is($db->run(@psql, '-f', 'test/data/compare.sql'), '', 'verdicts, findings, decisions and reports are as declared');

# every class, verdict word, reason, problem class and legacy period occurs
is($db->sql("SELECT count(DISTINCT class) FROM heping.parcel_outcome"), '7', 'every class occurs');
is($db->sql("SELECT count(*) FROM (SELECT DISTINCT family, verdict FROM heping.verdict) v"), '20', 'every verdict word occurs in every family');
is($db->sql("SELECT count(*) FROM label l WHERE topic = 'problem_class' AND NOT EXISTS (SELECT FROM heping.problem_list p WHERE p.problem_class = l.code)"), '0', 'every problem class occurs');
is($db->sql("SELECT count(*) FROM heping.standard_legacy_period s WHERE NOT EXISTS (SELECT FROM heping.legacy_land l WHERE l.period = s.period)"), '0', 'every legacy period occurs');

# a second assessment of the same data finds the same
$db->sql("SET client_min_messages = warning; CALL assess('heping', standard => 'demo-2024', as_of => '2024-02-29', economic_year => 2023)");
is($db->run(@psql, '-f', 'test/data/compare.sql'), '', 'a second run finds the same');
is($db->sql("SELECT count(*) FROM heping.report_redetermination"), '0', 'and contradicts no determination');

# the page
my $page = $db->sql("SELECT report_html('heping', language => 'en')");
my $truth = $db->sql("SELECT to_char(sum(area) / 10000, 'FM990.00') FROM district.truth_scale WHERE class = 'determined'");
like($page, qr/<b>\Q$truth\E ha<\/b><span>determined inefficient/, 'the page shows the determined hectares');
like($page, qr/Synthetic data: everything in this report is invented/, 'and says that it is synthetic');
for my $class (qw(determined suspected exempt excluded insufficient_data not_inefficient not_judged))
{
	like($page, qr/<path class="parcel k-$class"/, "the map shows parcels of class $class");
}
cmp_ok(length $page, '<', 400_000, 'the page stays small enough to be sent');

$db->drop;
done_testing();
