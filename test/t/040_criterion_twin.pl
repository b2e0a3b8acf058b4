# classify() against a second evaluator in Python on random rulesets and rows:
# 16,800 verdicts; 100,800 with `make twin`.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_program('python3');
my $db = database();
my $folder = $ENV{TESTDIR};
system('python3', 'test/t/040_criterion_twin.py', 'make', $folder) == 0 or die "no cases: $?";

$db->sql(q(
	CREATE TABLE public.rule_set (number integer, r ruleset);
	CREATE TABLE public.fact (number integer, row integer, x double precision, y numeric, z integer, contract_v double precision, t text, u text, w text,
		a boolean, b boolean, c boolean, d date, e date, exemption_decision text[],
		s_years integer[], s_series double precision[], x_years integer[], x_series numeric[])));
$db->run('psql', '-Xqc', 'SET search_path = inefficient_land, public', '-f', "$folder/cases.sql");
my $query = q(SELECT json_build_object('number', f.number, 'row', f.row, 'verdict', v.verdict, 'reasons', v.reasons,
	'missing', v.missing, 'flags', v.flags, 'margin', v.margin)
	FROM public.fact f JOIN public.rule_set s USING (number), inefficient_land.classify(f, s.r) v);
$db->run('psql', '-XqAtc', "COPY ($query) TO STDOUT", '-o', "$folder/verdicts.txt");
my ($rows, $wrong, @words) = split ' ', `python3 test/t/040_criterion_twin.py judge '$folder'`;
my $expected = 24 * ($ENV{TWIN_RULESETS} || 700);
is($rows, $expected, "$expected verdicts");
is($wrong, 0, 'verdict, reasons, missing facts, flags and margin are those of the twin');
is(scalar(@words), 5, "every word occurs: @words");
$db->drop;
done_testing();
