# Criteria and rulesets outside of a query: binary form, dump and restore, parallel
# plans, memory; and values whose text comes from outside.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my $folder = $ENV{TESTDIR};

$db->sql(<<'SQL');
CREATE FUNCTION public.make(n integer) RETURNS ruleset LANGUAGE sql AS $$
SELECT compile_ruleset('家具 ' || n || repeat(' long', n % 3 * 900), '1', '2024-02-29', 1,
	ARRAY[('x', 'number', 'm²', NULL, NULL, NULL, 'x', '数'), ('t', 'series', NULL, NULL, NULL, NULL, NULL, NULL), ('k', 'text', NULL, NULL, 'complete_list', '局', NULL, NULL), ('d', 'date', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
	ARRAY[('R1', 'criterion', NULL, format('x < %s%% * peer_mean(x)', n)::criterion, false, NULL, NULL, NULL), ('R2', 'criterion', NULL, 'for_years(2, t < x) and k = ''坏''', false, NULL, NULL, NULL),
	      ('G', 'gate', 'd is known', 'years_since(d) > 5', false, '处置', NULL, NULL)]::ruleset_rule[],
	(SELECT array_agg(('peer_mean(x)', ARRAY['k'], ARRAY[k::text], k, k * 0.1, NULL)::ruleset_benchmark) FROM generate_series(1, 20) k)) $$;
CREATE TABLE public.kept AS
SELECT n, make(n) AS r, format('x < %s%% * peer_mean(x) or 名称 = ''%s''', n, n)::criterion AS c FROM generate_series(1, 12) n;
INSERT INTO public.kept VALUES (0, NULL, NULL);
CREATE TABLE public.fact AS
SELECT i, 1 + i % 12 AS n, (i % 97) / 10.0 AS x, ARRAY[i % 3, i % 5]::numeric[] AS t_series, ARRAY[2022, 2023] AS t_years,
	CASE WHEN i % 5 > 0 THEN (i % 22)::text END AS k, CASE WHEN i % 11 > 0 THEN '2015-01-01'::date + i % 3000 END AS d
  FROM generate_series(1, 60000) i;
ANALYZE public.fact;
SQL
my $fingerprint = q(SELECT md5(string_agg(concat_ws(' ', n, r, c), ',' ORDER BY n)) FROM public.kept);
my $before = $db->sql($fingerprint);

# 1. binary form, with its version
my $file = "$folder/kept.bin";
$db->run('psql', '-Xqc', "\\copy public.kept TO '$file' (FORMAT binary)");
$db->sql('CREATE TABLE public.copied (LIKE public.kept)');
$db->run('psql', '-Xqc', "\\copy public.copied FROM '$file' (FORMAT binary)");
is($db->sql('SELECT count(*), bool_and(k.r IS NOT DISTINCT FROM c.r AND k.c IS NOT DISTINCT FROM c.c) FROM public.kept k JOIN public.copied c USING (n)'),
	'13|t', 'both types go through the binary form unchanged');

# error(TYPE, BYTES): what COPY says about them
sub refusal
{
	my ($type, $bytes) = @_;
	open my $out, '>:raw', "$folder/bad.bin" or die $!;
	print $out "PGCOPY\n\377\r\n\0", pack('NN', 0, 0), pack('nN', 1, length $bytes), $bytes, pack('n', 0xFFFF);
	close $out;
	my $error = $db->error("CREATE TEMP TABLE t (v inefficient_land.$type);\n\\copy t FROM '$folder/bad.bin' (FORMAT binary)");
	return "$error->{state} $error->{message}";
}
is(refusal('criterion', "\2x < 1"), '22P03 unknown version 2 of a criterion', 'a criterion of a later version');
is(refusal('criterion', "\1x <"), '42601 invalid criterion: expected a value, a name or a condition, found the end', 'a broken criterion');
is(refusal('criterion', "\1x = '\0'"), '22021 invalid byte sequence for encoding "UTF8": 0x00', 'a zero byte');
is(refusal('criterion', "\1x = '\xff'"), '22021 invalid byte sequence for encoding "UTF8": 0xff', 'no UTF-8');
is(refusal('criterion', ''), '08P01 no data left in message', 'nothing');
is(refusal('ruleset', "\3{}"), '22P03 unknown format 3 of a ruleset', 'a ruleset of a later format');
is(refusal('ruleset', "\1{}"), '22P02 invalid ruleset: not an object with a number "ruleset"', 'a broken ruleset');

# values of version 1, as its first release made them: their text, and (by its hash) the block that is stored
is($db->sql(<<'SQL'), '95bce62a9486c33f9f4a01148b8c6bf8|-1276396265 -612475992 -385038680', 'rulesets of version 1 are what they were');
SELECT md5(string_agg(concat_ws(' ', n, r), ',' ORDER BY n)), string_agg(ruleset_hash(r)::text, ' ' ORDER BY n)
  FROM generate_series(1, 3) n, LATERAL (SELECT compile_ruleset('家具 ' || n, '1', '2024-02-29', 1,
	ARRAY[('x', 'number', 'm²', NULL, NULL, NULL, 'x', '数'), ('t', 'series', NULL, NULL, NULL, NULL, NULL, NULL), ('k', 'text', NULL, NULL, 'complete_list', '局', NULL, NULL), ('d', 'date', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
	ARRAY[('R1', 'criterion', NULL, format('x < %s%% * peer_mean(x)', n)::criterion, false, NULL, NULL, NULL), ('R2', 'criterion', NULL, 'for_years(2, t < x) and k = ''坏''', false, NULL, NULL, NULL),
	      ('G', 'gate', 'd is known', 'years_since(d) > 5', false, '处置', NULL, NULL)]::ruleset_rule[],
	(SELECT array_agg(('peer_mean(x)', ARRAY['k'], ARRAY[k::text], k, k * 0.1, NULL)::ruleset_benchmark) FROM generate_series(1, 20) k)) AS r) v
SQL

# 2. dump and restore
$db->run('pg_dump', '-Fc', '-t', 'public.kept', '-t', 'public.copied', '-f', "$folder/kept.dump");
my $other = database();
my $said = $other->run('pg_restore', '-d', $other->name, "$folder/kept.dump");
is($said, '', 'a restore says nothing');
is($other->sql($fingerprint), $before, 'and brings the same bytes');
$other->drop;

# 3. one process or several
my $query = q(SELECT md5(string_agg(i || v::text, ',' ORDER BY i)) FROM (SELECT f.i, classify(f, s.r) AS v FROM public.fact f JOIN public.kept s USING (n)) q);
my $parallel = 'SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0';
like($db->sql("EXPLAIN (COSTS off, VERBOSE) SELECT classify(f, s.r) FROM public.fact f JOIN public.kept s USING (n)", before => $parallel),
	qr/Gather.*classify.*Parallel/s, 'classify runs in parallel workers');
my $serial = $db->sql($query, before => 'SET max_parallel_workers_per_gather = 0');
is($db->sql($query, before => $parallel), $serial, 'with the same verdicts to the last bit');
is($db->sql($query, before => 'SET jit = on; SET jit_above_cost = 0; SET max_parallel_workers_per_gather = 0'), $serial, 'and when compiled');

# 4. a process that judges and explains many rows does not grow
my $session = $db->session;
my $pid = $session->query_safe('SELECT pg_backend_pid()');
sub resident_kb
{
	my $what = shift // 'RssAnon';
	open my $status, '<', "/proc/$pid/status" or die "process $pid: $!";
	my ($kb) = map { /^$what:\s+(\d+)/ ? $1 : () } <$status>;
	return $kb;
}
$session->query_safe('SET max_parallel_workers_per_gather = 0; SET jit = off');
for my $case (
	[ 'classify', 'SELECT count(v) FROM (SELECT inefficient_land.classify(f, s.r) AS v FROM public.fact f JOIN public.kept s USING (n) WHERE f.i <= %d OFFSET 0) q', 60000 ],
	[ 'explain_verdict', 'SELECT count(v) FROM public.fact f JOIN public.kept s USING (n), inefficient_land.explain_verdict(f, s.r) v WHERE f.i <= %d', 6000 ])
{
	my ($name, $sql, $rows) = @$case;
	$session->query_safe(sprintf $sql, $rows / 10);
	my $start = resident_kb();
	$session->query_safe(sprintf $sql, $rows);
	my $grown = resident_kb() - $start;
	cmp_ok($grown, '<', 4096, "$name over $rows rows: grown by $grown kB");
}
# a composite column whose rows change their shape, at the height of the query
my $shapes = <<'SQL';
SELECT count(v) FROM (SELECT CASE WHEN i % 2 = 0 THEN a ELSE b END AS contract, i::float8 AS plot_ratio
     FROM generate_series(1, %d) i, (SELECT 1.0::float8 AS plot_ratio, 'x'::text AS kind) a, (SELECT 'y'::text AS kind, 2.0::float8 AS plot_ratio) b OFFSET 0) p,
   inefficient_land.classify(p, inefficient_land.compile_ruleset('shapes', '1', NULL, 1,
     ARRAY[ROW('plot_ratio', 'number', NULL, 'parcel', 'open', NULL, 'a', 'b'), ROW('contract.plot_ratio', 'number', NULL, 'parcel', 'open', NULL, 'a', 'b')]::inefficient_land.ruleset_fact[],
     ARRAY[ROW('R', 'criterion', NULL, 'plot_ratio < 60%% * contract.plot_ratio', false, NULL, 'a', 'b')]::inefficient_land.ruleset_rule[], '{}')) v
SQL
$session->query_safe(sprintf $shapes, 10000);
my $height = resident_kb('VmHWM');
$session->query_safe(sprintf $shapes, 100000);
my $higher = resident_kb('VmHWM') - $height;
cmp_ok($higher, '<', 8192, "rows of changing shape: $higher kB higher");
$session->quit;
$db->drop;
done_testing();
