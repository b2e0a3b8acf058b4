# A parallel plan gives what the serial one gives, bit for bit: every aggregate of
# the extension, and every view of an assessed survey.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my %plan = (
	serial   => 'SET max_parallel_workers_per_gather = 0',
	parallel => 'SET max_parallel_workers_per_gather = 4; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
		SET min_parallel_table_scan_size = 0; SET min_parallel_index_scan_size = 0',
);

# Values of very different size, so that another order of adding would show.
$db->sql(<<'SQL');
CREATE TABLE public.measurement AS
SELECT i, i % 7 AS part, ('x' || substr(md5('a' || i), 1, 8))::bit(32)::bigint * power(10, i % 31 - 15) AS a,
       CASE WHEN i % 19 <> 0 THEN abs(('x' || substr(md5('b' || i), 1, 8))::bit(32)::int) * power(10, i % 23 - 11) END AS b
  FROM generate_series(1, 30000) i;
UPDATE public.measurement SET a = least(abs(a), b) WHERE a < 0 OR a > b;
ALTER TABLE public.measurement SET (parallel_workers = 4);
ANALYZE public.measurement;
SQL
isnt($db->sql("$plan{serial}; SELECT sum(a ORDER BY i) = sum(a ORDER BY i DESC) FROM public.measurement"), 't',
	'a plain sum depends on the order');

my @call = split /\n/, $db->sql(<<'SQL');
SELECT format('%s(%s)', p.proname, CASE p.pronargs WHEN 1 THEN 'a' ELSE 'a, b' END)
  FROM pg_proc p
 WHERE p.pronamespace = 'inefficient_land'::regnamespace AND p.prokind = 'a'
   AND p.proargtypes::oid[] <@ ARRAY['float8'::regtype::oid]
 ORDER BY 1
SQL
cmp_ok(scalar @call, '>', 20, scalar(@call) . ' aggregates over numbers');

for my $shape ('', ' GROUP BY part ORDER BY part')
{
	my %answer;
	for my $kind (sort keys %plan)
	{
		my $query = 'SELECT ' . join(', ', map { "md5(($_)::text)" } @call) . " FROM public.measurement$shape";
		$answer{$kind} = $db->sql("$plan{$kind}; SET extra_float_digits = 3; $query");
		my $explained = $db->sql("$plan{$kind}; EXPLAIN (COSTS OFF) $query");
		if ($kind eq 'parallel')
		{
			like($explained, qr/Gather(?s:.*)Partial (Group|Hash)?Aggregate/, "parallel plan$shape: partial aggregation in workers");
		}
		else
		{
			unlike($explained, qr/Gather|Partial/, "serial plan$shape: neither");
		}
	}
	is($answer{parallel}, $answer{serial}, "all aggregates$shape: the same bits");
}

$db->survey('heping', 120);
$db->assess('heping');
$db->sql('ANALYZE');
my $serial = $db->fingerprint('heping', before => $plan{serial});
is($db->fingerprint('heping', before => "$plan{parallel}; SET force_parallel_mode = on"), $serial,
	'every table and view of a survey: the same in a parallel plan');

# classify row by row in workers
my $classify = "SELECT md5(string_agg(v::text, E'\\n' ORDER BY i.parcel_id, i.family))
	FROM heping.parcel_indicator i JOIN heping.run_ruleset r USING (run_id, land_type), LATERAL classify(i, r.ruleset) v";
my $explained = $db->sql("$plan{parallel}; EXPLAIN (COSTS OFF) SELECT v.verdict, count(*)
	FROM heping.parcel_indicator i JOIN heping.run_ruleset r USING (run_id, land_type), LATERAL classify(i, r.ruleset) v GROUP BY 1");
like($explained, qr/Gather/, 'classify runs in parallel workers');
is($db->sql("$plan{parallel}; $classify"), $db->sql("$plan{serial}; $classify"), 'and says the same');

# an assessment under parallel settings comes to the same results
my $run = $db->sql("$plan{parallel}; SET client_min_messages = warning;
	CALL assess('heping', standard => 'jinhua-2024', as_of => '2024-02-29')");
for my $table (qw(parcel_measure parcel_indicator verdict subdistrict_indicator))
{
	is($db->sql("SELECT count(*) FROM heping.$table t WHERE t.run_id = $run OR t.until_run = $run"), '0',
		"assess in parallel plans: the same $table");
}
$db->drop;

done_testing();
