# Exact sums against Python: math.fsum, and rational arithmetic for the means.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_program('python3');
my $db = database();
my $folder = $ENV{TESTDIR};
system('python3', 'test/t/021_exact_fsum.py', 'make', $folder) == 0 or die "no cases: $?";

$db->sql('CREATE TABLE public.value (number int, v float8); CREATE TABLE public.expected (number int, sum float8)');
$db->run('psql', '-Xqc', "\\copy public.value FROM '$folder/values.csv' CSV");
$db->run('psql', '-Xqc', "\\copy public.expected FROM '$folder/sums.csv' CSV");
is($db->sql(q(SELECT count(*), count(*) FILTER (WHERE q.sum = e.sum)
	FROM public.expected e JOIN (SELECT number, exact_sum_agg(v) AS sum FROM public.value GROUP BY number) q USING (number))),
	'4000|4000', '4000 sums are those of math.fsum, bit for bit');
$db->run('psql', '-Xqc', "\\copy (SELECT number, inefficient_land.exact_mean_agg(v) FROM public.value GROUP BY number) TO '$folder/means.csv' CSV");
my ($means, $ordinary, $extreme) = split ' ', `python3 test/t/021_exact_fsum.py judge '$folder'`;
is($means, 4000, '4000 means are judged by rational arithmetic');
cmp_ok($ordinary, '<=', 0.500001, 'they are within 0.500001 units of the last place');
cmp_ok($ordinary, '>', 0.4, 'and come close to that, so the judge is awake');
cmp_ok($extreme, '<=', 2, 'beyond 1e-250 and 1e250 within two');
is($db->sql(q(SELECT count(*) FILTER (WHERE q.sum <> e.sum) > 500 FROM public.expected e
	JOIN (SELECT number, sum(v) AS sum FROM public.value GROUP BY number) q USING (number))),
	't', 'the built-in sum is not: the cases are hard enough');
$db->drop;
done_testing();
