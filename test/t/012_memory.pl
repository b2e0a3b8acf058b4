# No function keeps memory: one process calls each of them many times, and does
# not grow.  (What is allocated per row is freed by PostgreSQL; what hangs on a
# call, a session or a foreign library is ours to free.)
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $rows = 50_000;
my $limit_kb = 4 * 1024;

my $db = database();
my %value = (
	'double precision'   => '1.5',
	'numeric'            => '1.5',
	'integer'            => '4548',
	'bigint'             => '2',
	'boolean'            => 'true',
	'date'               => q('2024-02-29'),
	'text'               => q('plot_ratio < 1'),
	'text[]'             => q('{a,b}'),
	'name'               => q('public'),
	'double precision[]' => q('{1,2,3}'),
	'integer[]'          => q('{1,2,3}'),
	'cstring'            => undef,
	'internal'           => undef,
	'public.geometry'    => q('SRID=4548;MULTIPOLYGON(((0 0,100 0,100 100,0 100,0 0),(10 10,10 20,20 20,20 10,10 10)))'),
	'inefficient_land.exact_sum' => '(SELECT inefficient_land.exact_sum_state(v) FROM (VALUES (0.1::float8), (1e100)) t(v))',
	'inefficient_land.exact_ratio' => '(SELECT inefficient_land.plot_ratio_state(v, 3) FROM (VALUES (0.1::float8), (1e100)) t(v))',
	'inefficient_land.criterion' => q('plot_ratio < 60% * contract.plot_ratio and tax_per_mu is known'),
);

# name, argument types and kind of what can be called row by row
my @routine = map { [ split /\|/ ] } split /\n/, $db->sql(<<'SQL', path => 'pg_catalog');
SELECT p.oid::regproc, p.prokind,
       (SELECT string_agg(format_type(t, NULL), ';' ORDER BY n) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u(t, n))
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
 WHERE p.pronamespace = 'inefficient_land'::regnamespace AND p.pronargs > 0
   AND (p.prokind = 'a' OR l.lanname = 'c') AND p.prorettype NOT IN ('trigger'::regtype, 'cstring'::regtype)
 ORDER BY 1
SQL

my $session = $db->session;
my $pid = $session->query_safe('SELECT pg_backend_pid()');
$session->query_safe('SET max_parallel_workers_per_gather = 0; SET jit = off; SET statement_timeout = 30000');

sub resident_kb
{
	open my $status, '<', "/proc/$pid/status" or die "process $pid: $!";
	my ($kb) = map { /^RssAnon:\s+(\d+)/ ? $1 : () } <$status>;
	return $kb;
}

my ($called, @refused) = (0);
for my $routine (@routine)
{
	my ($name, $kind, $types) = @$routine;
	my @argument;
	for my $type (split /;/, $types)
	{
		# a value that the planner cannot fold
		push @argument, "CASE WHEN x > 0 THEN ($value{$type})::$type END" if defined $value{$type};
	}
	next if @argument != split /;/, $types;
	my $call = "$name(" . join(', ', @argument) . ')';
	my $sql = sub {
		return $kind eq 'a'
		  ? "SELECT count(*) FROM (SELECT $call FROM generate_series(1, $_[0]) x GROUP BY x / 10) t"
		  : "SELECT count(*) FROM (SELECT $call AS v FROM generate_series(1, $_[0]) x OFFSET 0) t WHERE v IS NOT NULL";
	};
	$session->{stderr} = q();
	$session->query($sql->(2000));
	if ($session->{stderr} =~ /ERROR/)
	{
		push @refused, $name;
		next;
	}
	$session->query($sql->(2000));
	my $before = resident_kb();
	$session->query($sql->($rows));
	my $growth = resident_kb() - $before;
	$called++;
	# hashing and sorting come and go: what grows once must not grow again
	if ($growth > $limit_kb)
	{
		$before = resident_kb();
		$session->query($sql->($rows));
		$growth = resident_kb() - $before;
		cmp_ok($growth, '<=', $limit_kb, "$call: $growth kB after twice $rows calls");
	}
}
# the measure itself: a session that keeps 20 MB is seen to
my $before = resident_kb();
$session->query(q{SELECT length(set_config('a.b', repeat('x', 20000000), false))});
cmp_ok(resident_kb() - $before, '>', $limit_kb, 'what a session keeps is seen');
$session->quit;
note "refused their plain arguments: @refused";
cmp_ok($called, '>', @routine / 2, "$called of " . @routine . ' functions and aggregates were called, none keeps memory');

done_testing();
