# assess as other sessions see it: progress, the refusal of a second one, cancel
use strict;
use warnings;
use lib 'test/lib';

use InefficientLand;
use Test::More;
use Time::HiRes qw(sleep time);

my $db = database();
my $parcels = 12000;

$db->sql(<<"SQL");
SET client_min_messages = warning;
CALL create_survey('city', srid => 4548);
INSERT INTO city.parcel (code, subdistrict, registered_area, present_use, present_use_system, geom)
SELECT 'P' || i, 'S' || i % 6, 9000 + i % 2000, CASE i % 2 WHEN 0 THEN '0601' ELSE '0505' END, 'GB/T 21010-2017',
       ST_Multi(ST_MakeEnvelope(518000 + i % 100 * 110, 4331000 + i / 100 * 110, 518100 + i % 100 * 110, 4331100 + i / 100 * 110, 4548))
  FROM generate_series(1, $parcels) i;
INSERT INTO city.building (code, parcel_id, floor_area_above, danger_grade, geom)
SELECT 'B' || p.id, p.id, 8000 + p.id % 5000, 'A', ST_Multi(ST_Buffer(ST_Centroid(p.geom), 20, 2)) FROM city.parcel p;
INSERT INTO city.planning_plot (code, plot_ratio, geom) SELECT 'L' || p.id, 2.0, p.geom FROM city.parcel p;
ANALYZE city.parcel, city.building, city.planning_plot;
SQL

my $assess = q(CALL assess('city', standard => 'jinhua-2024', as_of => '2024-02-29'));
my $runs = q(SELECT count(*), coalesce(max(id), 0) FROM city.run);
my $results = q(SELECT count(DISTINCT run_id) FROM city.parcel_measure);

# starts an assessment in a session of its own and returns it with its process
sub start_assess
{
	my $session = $db->session(path => 'inefficient_land, public');
	$session->query_safe(q(SET client_min_messages = warning; SET application_name = 'planner'));
	my $pid = $session->query_safe('SELECT pg_backend_pid()');
	$session->{stdin} .= "$assess;\n\\echo assess has ended\n";
	$session->{run}->pump_nb();
	return ($session, $pid);
}

sub shown { return $db->sql("SELECT application_name FROM pg_stat_activity WHERE pid = $_[0]") }

# what is shown until it matches PATTERN
sub watch
{
	my ($pid, $pattern, $seen) = @_;
	my $until = time + 60;
	while (time < $until)
	{
		my $shown = shown($pid);
		push @$seen, [ time, $shown ] if !@$seen || $seen->[-1][1] ne $shown;
		return 1 if $shown =~ $pattern;
		sleep 0.01;
	}
	return 0;
}

# --- progress and the second assessment
my ($session, $pid) = start_assess();
my @seen;
ok(watch($pid, qr/: measure \d+\/$parcels$/, \@seen), 'a second connection sees the measuring');
my $began = time;
my $error = $db->error($assess);
is($error->{state}, '55P03', 'meanwhile a second assessment fails');
is($error->{message}, qq(survey "city" is being assessed by process $pid), '… and names the process');
like($error->{hint}, qr/pg_stat_activity/, '… and where to look');
note(sprintf 'refused after %.3f s', time - $began);

ok(watch($pid, qr/^planner$/, \@seen), 'at the end the name of the application is back');
my @steps;
my %done;
for (@seen)
{
	next unless $_->[1] =~ /^inefficient_land assess city: (\w+) (\d+)\/(\d+)$/;
	push @steps, $1 if !@steps || $steps[-1] ne $1;
	$done{$1}{$2} = $3;
}
note("steps: @steps");
my ($gap, $where) = (0, '');
for my $i (1 .. $#seen)
{
	($gap, $where) = ($seen[$i][0] - $seen[ $i - 1 ][0], $seen[ $i - 1 ][1])
	  if $seen[$i][0] - $seen[ $i - 1 ][0] > $gap && $i > 1;
}
note(sprintf 'longest without change: %.2f s at "%s"', $gap, $where);
my %step = map { $_ => 1 } @steps;
ok($step{measure} && $step{plan} && $step{classify}, 'the long steps were seen');
ok(!(grep { $_ > 0 && $done{measure}{$_} != $parcels } keys %{ $done{measure} }),
	'measure counts to the number of parcels');
cmp_ok(scalar keys %{ $done{measure} }, '>=', 3, '… in several steps');
is($session->query_safe('SELECT 2'), "1\nassess has ended\n2", 'the assessment ended well and gave its run');
is($db->sql($runs), '1|1', 'one run');

# --- cancel
($session, $pid) = start_assess();
@seen = ();
ok(watch($pid, qr/: measure [1-9]/, \@seen), 'a third one is measuring');
$began = time;
$db->sql("SELECT pg_cancel_backend($pid)");
ok(watch($pid, qr/^planner$/, \@seen), 'cancel takes the name back');
my $took = time - $began;
note(sprintf 'cancelled after %.3f s', $took);
cmp_ok($took, '<', 5, '… soon');
is($db->sql($runs),    '1|1', 'the former run is the current one');
is($db->sql($results), '1',   'nothing of the cancelled run is left');
is($db->error($assess), undef, 'the survey can be assessed again');
is($db->sql('SELECT count(*) FROM city.run'), '2', '… and has a second run');

# --- a time limit
like($db->error("SET statement_timeout = '200ms'; $assess")->{state}, qr/^57014$/, 'a time limit holds');
is($db->sql('SELECT count(*) FROM city.run'), '2', 'nothing is left of that one either');

$session->quit;
$db->drop;
done_testing();
