# What breaks an assessment off leaves the former run as it was: a killed process,
# a server that stops at once, a cancelled statement, a lost client.  Each step is
# caught in the middle by a lock on its table.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $server = server('crash');
my $db = database($server);
$db->survey('heping', 60);
$db->assess('heping');
$db->sql("CALL determine('heping', decided_by => 'Bureau', document_number => '1', decided_on => '2024-03-01')");
my $before = $db->fingerprint('heping');
like($before, qr/^verdict\|[1-9]/m, 'there is a former run');

my $assess = "CALL assess('heping', standard => 'jinhua-2024', as_of => '2024-02-29')";

# Starts an assessment that stands still where it writes to a table; returns its
# session, its process and the session that holds it up.
sub stop_at
{
	my ($table, $preparation) = @_;
	my $blocker = $db->session;
	$blocker->query_safe("BEGIN; LOCK TABLE heping.$table IN SHARE MODE");
	my $session = $db->session;
	$session->query_safe($preparation) if defined $preparation;
	my $pid = $session->query_safe('SELECT pg_backend_pid()');
	$session->query_until(qr/started/, "\\echo started\n$assess;\n");
	my $waits = $server->poll_query_until($db->name,
		"SELECT wait_event_type = 'Lock' AND state = 'active' FROM pg_stat_activity WHERE pid = $pid");
	die "assess does not reach $table" unless $waits;
	return ($session, $pid, $blocker);
}

sub end
{
	my @sessions = @_;
	for my $session (@sessions)
	{
		eval { $session->{run}->kill_kill };
	}
	return;
}

sub same
{
	my ($what) = @_;
	is($db->fingerprint('heping'), $before, "$what: the former run is as it was");
	is($db->sql("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'inefficient_land assess%'"), '0',
		"$what: nobody claims to be assessing");
	return;
}

for my $table (qw(parcel_measure parcel_indicator benchmark verdict subdistrict_indicator))
{
	my ($session, $pid, $blocker) = stop_at($table);
	kill 'KILL', $pid;
	$db->wait_for_restart($pid);
	end($session, $blocker);
	same("process killed at $table");
}

{
	my ($session, $pid, $blocker) = stop_at('verdict');
	$server->stop('immediate');
	end($session, $blocker);
	$server->start;
	same('server stopped at once');
}

{
	my ($session, $pid, $blocker) = stop_at('verdict', 'SET statement_timeout = 1500');
	$server->poll_query_until($db->name, "SELECT state = 'idle' FROM pg_stat_activity WHERE pid = $pid") or die;
	same('statement timeout');
	$session->query('SET statement_timeout = 0');
	like($session->{stderr}, qr/canceling statement due to statement timeout/, 'statement_timeout ended it');
	$blocker->query_safe('ROLLBACK');
	unlike($session->query('SELECT count(*) FROM heping.verdict'), qr/ERROR/, 'the session goes on');
	$session->quit;
	$blocker->quit;
}

{
	my ($session, $pid, $blocker) = stop_at('benchmark');
	$db->sql("SELECT pg_cancel_backend($pid)");
	$server->poll_query_until($db->name, "SELECT state = 'idle' FROM pg_stat_activity WHERE pid = $pid") or die;
	same('cancelled');
	$session->quit;
	$blocker->quit;
}

{
	my ($session, $pid, $blocker) = stop_at('verdict');
	end($session);
	$blocker->query_safe('ROLLBACK');
	# a client that vanished is noticed when the statement ends; the run may then
	# have been finished, but never half
	$server->poll_query_until($db->name, "SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = $pid") or die;
	my $runs = $db->sql('SELECT count(*) FROM heping.run');
	my $verdicts = $db->sql('SELECT count(DISTINCT n) FROM (SELECT r.id, count(*) AS n FROM heping.run r JOIN heping.verdict v ON _in_run(v.run_id, v.until_run, r.id) GROUP BY r.id) x');
	is($verdicts, '1', "a lost client: every one of the $runs runs is whole");
	$db->sql("DELETE FROM heping.run WHERE id > (SELECT min(id) FROM heping.run)");
	$blocker->quit;
}

is($db->sql("SELECT count(*) FROM heping.determination"), ($before =~ /^determination\|(\d+)/m)[0], 'determinations stand');
cmp_ok($db->assess('heping'), '>', 1, 'after all that a new run succeeds');
is($db->sql('SELECT count(DISTINCT n) FROM (SELECT r.id, count(*) AS n FROM heping.run r JOIN heping.verdict v ON _in_run(v.run_id, v.until_run, r.id) GROUP BY r.id) x'), '1',
	'with as many verdicts as the first');

done_testing();
