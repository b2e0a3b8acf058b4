# Class breaks against published values, and where a peer's are not the optimum.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_data(map { "reference/$_" } qw(mapclassify/calempdensity.csv pygeoda/guerry_values.csv));

my $db = database();

sub cells
{
	my ($line) = @_;
	return map { s/^"|"$//gr } $line =~ /("[^"]*"|[^,\r\n]+)/g;
}

sub load
{
	my ($table, $file, $column) = @_;
	open my $in, '<', data_file("reference/$file") or die "$file: $!";
	my ($head, @line) = <$in>;
	my @name = cells($head);
	my ($at) = grep { $name[$_] eq $column } 0 .. $#name;
	die "$file has no column $column" unless defined $at;
	my @value = map { (cells($_))[$at] } @line;
	$db->sql("CREATE TABLE public.$table (v float8); INSERT INTO public.$table VALUES " . join(', ', map { "($_)" } @value));
	return;
}

sub bounds_are
{
	my ($sql, $expected, $what) = @_;
	my @found = split /,/, $db->sql($sql) =~ s/[{}]//gr;
	my @off = grep { abs($found[$_] - $expected->[$_]) > 1e-9 } 0 .. $#$expected;
	ok(@found == @$expected && !@off, $what) or diag("found @found");
	return;
}

load('county', 'mapclassify/calempdensity.csv', 'emp/sq km');
load('guerry', 'pygeoda/guerry_values.csv', 'crm_prp');
bounds_are('SELECT breaks_natural(array_agg(v), 5) FROM county', [ 75.29, 192.05, 370.5, 722.85, 4111.45 ], 'California: natural breaks');
bounds_are('SELECT breaks_quantile(array_agg(v), 5) FROM county', [ 1.464, 5.798, 13.278, 54.616, 4111.45 ], 'California: quantiles');
is($db->sql(q{SELECT string_agg(n::text, ' ' ORDER BY class) FROM (SELECT class_of(v, b) AS class, count(*) AS n FROM county, (SELECT breaks_natural(array_agg(v), 5) AS b FROM county) c GROUP BY 1) g}),
	'49 3 4 1 1', 'California: counties by class');
# A peer's natural breaks are a heuristic: 5521, 7204, 10237, 15890 with a sum of squares of 60.48
# million; its bounds belong to the class above.
my $cost = q{SELECT round(sum(s) / 1e6, 2) FROM (SELECT sum(v::numeric ^ 2) - sum(v::numeric) ^ 2 / count(*) AS s FROM guerry GROUP BY %s) c};
bounds_are('SELECT (breaks_natural(array_agg(v), 5))[1:4] FROM guerry', [ 5521, 7632, 9797, 13018 ], 'Guerry: the optimum');
is($db->sql(sprintf $cost, 'class_of(v, (SELECT breaks_natural(array_agg(v), 5) FROM guerry))'), '57.77', 'Guerry: its sum of squares');
is($db->sql(sprintf $cost, q(width_bucket(v, '{5521,7204,10237,15890}'))), '60.48', 'Guerry: that of the peer');

$db->drop;
done_testing();
