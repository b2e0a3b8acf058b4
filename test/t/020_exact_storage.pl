# States of exact sums outside of an aggregate: binary form, bad bytes, dump and
# restore, another server, memory.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my $folder = $ENV{TESTDIR};

$db->sql(<<'SQL');
CREATE TABLE public.kept AS
SELECT i % 50 AS part, exact_sum_state(v) AS s, plot_ratio_state(abs(v), abs(v) + i % 3) AS r, weighted_mean_state(v, w) AS m
  FROM (SELECT i, sin(i) * power(10::float8, i % 40 - 20) AS v, CASE WHEN i % 7 > 0 THEN i % 5 END AS w
          FROM generate_series(1, 5000) i) q
 GROUP BY 1;
INSERT INTO public.kept VALUES (50, NULL, NULL, NULL), (51, '1:0:0x0p+0', 'plot_ratio', 'weighted_mean');
SQL
my $fingerprint = q(SELECT md5(string_agg(concat_ws(' ', part, s, r, m), ',' ORDER BY part)) FROM public.kept);
my $before = $db->sql($fingerprint);

# 1. binary form
my $file = "$folder/kept.bin";
$db->run('psql', '-Xqc', "\\copy public.kept TO '$file' (FORMAT binary)");
$db->sql('CREATE TABLE public.copied (LIKE public.kept)');
$db->run('psql', '-Xqc', "\\copy public.copied FROM '$file' (FORMAT binary)");
is($db->sql(q(SELECT count(*), bool_and(k.s IS NOT DISTINCT FROM c.s AND k.r IS NOT DISTINCT FROM c.r AND k.m IS NOT DISTINCT FROM c.m)
	FROM public.kept k JOIN public.copied c USING (part))), '52|t', 'states go through the binary form unchanged');

# 2. bytes that no accumulating can have produced
sub binary_file
{
	my ($bytes) = @_;
	open my $out, '>:raw', "$folder/bad.bin" or die $!;
	print $out "PGCOPY\n\377\r\n\0", pack('NN', 0, 0), pack('nN', 1, length $bytes), $bytes, pack('n', 0xFFFF);
	close $out;
	return "$folder/bad.bin";
}

sub refused
{
	my ($type, $bytes, $detail, $name) = @_;
	my $bad = binary_file($bytes);
	my $error = $db->error("CREATE TEMP TABLE t (v inefficient_land.$type);\n\\copy t FROM '$bad' (FORMAT binary)");
	is($error->{state}, '22P03', "$name: 22P03");
	is($error->{detail}, $detail, "$name: why");
	return;
}
my $head = pack('C n Q>3', 1, 3, 1, 0, 0);	# version, plot_ratio, counts
my $one = pack('CCN', 1, 33, 0x40000);		# the number 1
my $zero = pack('CC', 0, 0);
my $good = binary_file($head . $one . $one . $zero);
is($db->sql("CREATE TEMP TABLE t (v exact_ratio);\n\\copy t FROM '$good' (FORMAT binary)\nSELECT v FROM t"),
	'1:plot_ratio:1:0:0:0x1p+0:0x1p+0:0x0p+0', 'bytes put together by hand are read');
refused('exact_sum', '', 'It is empty.', 'nothing');
refused('exact_sum', pack('C Q>', 2, 0) . $zero, 'Its format version is unknown.', 'a later version');
refused('exact_sum', pack('C Q>', 255, 0) . $zero, 'Its format version is unknown.', 'a working form');
refused('exact_sum', pack('C Q>', 1, 0) . $one, 'The sum is larger than its count allows.', 'a sum of nothing');
refused('exact_sum', pack('C Q>', 1, 1) . $zero . "\0", 'It has trailing bytes.', 'one byte more');
refused('exact_sum', pack('C Q>', 1, 1) . "\1", 'It ends too early.', 'one byte less');
refused('exact_ratio', $head . $one . $one, 'It ends too early.', 'a ratio without its third sum');
refused('exact_ratio', pack('C n Q>3', 1, 999, 0, 0, 0) . $zero x 3, 'Its indicator is unknown.', 'an unknown indicator');
refused('exact_ratio', $head . pack('CCN', 0x81, 33, 0x40000) . $one . $zero,
	'The sum of the numerators is negative.', 'a negative floor area');

# 3. dump and restore
$db->sql('CREATE INDEX ON public.kept USING hash (s); CREATE INDEX ON public.kept (plot_ratio(part, 2))');
$db->run('pg_dump', '-Fc', '-f', "$folder/kept.dump");
my $other = InefficientLand::empty_database();
$other->run('pg_restore', '--exit-on-error', '-d', $other->name, "$folder/kept.dump");
is($other->sql($fingerprint), $before, 'states survive dump and restore');
$other->drop;

# 4. another server: the aggregates run where the rows are
$db->sql(<<'SQL');
CREATE EXTENSION postgres_fdw SCHEMA public;
CREATE TABLE public.lot AS
SELECT i AS id, i % 4 AS district, CASE WHEN i % 9 > 0 THEN i * 0.1 END::float8 AS floor_area, (1 + i % 100)::float8 AS land_area FROM generate_series(1, 2000) i;
SQL
my ($name, $host, $port) = ($db->name, $ENV{IL_HOST}, $ENV{IL_PORT});
$db->sql(<<"SQL");
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw
    OPTIONS (dbname '$name', host '$host', port '$port', extensions 'inefficient_land', use_remote_estimate 'true');
CREATE USER MAPPING FOR CURRENT_USER SERVER far;
CREATE FOREIGN TABLE public.far_lot (id int, district int, floor_area float8, land_area float8)
    SERVER far OPTIONS (schema_name 'public', table_name 'lot');
SQL
my $plan = $db->sql('EXPLAIN (VERBOSE, COSTS OFF) SELECT district, plot_ratio_agg(floor_area, land_area), exact_sum_state(land_area) FROM public.far_lot GROUP BY district');
like($plan, qr/Remote SQL: SELECT district, inefficient_land\.plot_ratio_agg\(floor_area, land_area\), inefficient_land\.exact_sum_state\(land_area\) FROM public\.lot GROUP BY 1/,
	'aggregates are shipped');
like($db->sql('EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM public.far_lot WHERE plot_ratio(floor_area, land_area) < 1'),
	qr/Remote SQL: SELECT id FROM public\.lot WHERE \(\(inefficient_land\.plot_ratio\(floor_area, land_area\) < 1/, 'and scalars');
is($db->sql('SELECT plot_ratio_merge(s) = (SELECT plot_ratio_agg(floor_area, land_area) FROM public.lot) FROM
	(SELECT plot_ratio_state(floor_area, land_area) AS s FROM public.far_lot GROUP BY district) q'), 't',
	'states from the other server merge to the bits of the local figure');

# 5. memory: a million rows of changing size leave nothing behind
$db->sql('CREATE TABLE public.many AS SELECT i, i * power(10::float8, i % 200 - 100) AS v FROM generate_series(1, 1000000) i');
my $resident = q{SELECT substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\s*(\d+) kB')::int AS kb};
my ($first, $last) = split /\n/, $db->sql(<<"SQL");
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE warm AS SELECT exact_sum_agg(v), ratio_agg(v, i), ratio_state(i, abs(v)) FROM public.many WHERE i < 10000;
$resident;
CREATE TEMP TABLE run AS SELECT exact_sum_agg(v), ratio_agg(v, i), ratio_state(i, abs(v)) FROM public.many;
CREATE TEMP TABLE moved AS SELECT sum(x) FROM (SELECT exact_sum_agg(v) OVER (ORDER BY i ROWS 10 PRECEDING) AS x FROM public.many WHERE i <= 200000) q;
$resident;
SQL
cmp_ok($last - $first, '<', 30_000, 'no more than 30 MB after 1,200,000 rows');

$db->drop;
done_testing();
