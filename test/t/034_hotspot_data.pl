# Statistics of neighbours against published values: Guerry, Columbus, St. Louis, SIDS,
# De Smith, as other programs' own tests state them, and where those are known to err.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my @file = qw(pygeoda/guerry_values.csv pygeoda/guerry_queen_edges.csv pygeoda/columbus_values.csv
	libpysal/columbus_edges.csv libpysal/stl.gal libpysal/stl_hom.csv libpysal/desmith.gal libpysal/desmith.txt);
need_data(map { "reference/$_" } @file);

my $db = database();

sub lines
{
	my ($file) = @_;
	open my $in, '<', data_file("reference/$file") or die "$file: $!";
	my @line = <$in>;
	s/\s+\z// for @line;
	return @line;
}

sub fill
{
	my ($table, $columns, @row) = @_;
	$db->sql("CREATE TABLE public.$table ($columns); INSERT INTO public.$table VALUES " . join(', ', map { "($_)" } @row));
	return;
}

# the neighbours of each row in a .gal file, both named as there
sub gal
{
	my @word = map { split } @_;
	my @pair;
	while (@word)
	{
		my ($id, $n) = splice @word, 0, 2;
		push @pair, map { "$id, $_" } splice @word, 0, $n;
	}
	return @pair;
}

my $links = 'from_id integer, to_id integer';
my @guerry = lines('pygeoda/guerry_values.csv');
shift @guerry;
fill('guerry', 'id integer, crm_prs float8, crm_prp float8, litercy float8, donatns float8, infants float8, suicids float8, pop float8', @guerry);
my @edge = lines('pygeoda/guerry_queen_edges.csv');
shift @edge;
fill('guerry_link', $links, @edge);
my @columbus = lines('pygeoda/columbus_values.csv');
shift @columbus;
fill('columbus', 'id integer, nsa float8, nsb float8, crime float8, hoval float8, inc float8', @columbus);
@edge = lines('libpysal/columbus_edges.csv');
shift @edge;
fill('columbus_link', $links, map { join ',', (split /,/)[ 0, 1 ] } @edge);
my ($n, @stl) = lines('libpysal/stl.gal');
fill('stl_link', $links, gal(@stl));
my @rate = map { /"\s*,(.*)$/ ? (split /,/, $1)[8] : () } lines('libpysal/stl_hom.csv');
fill('stl', 'id serial, hr8893 float8', map { 'DEFAULT, ' . $_ } @rate);

# links
is($db->sql(q{SELECT n, link_count, isolated_count, one_way_count FROM check_neighbours('guerry', 'guerry_link')}), '85|420|0|0', 'Guerry: 420 links');
is($db->sql(q{SELECT n, link_count, component_sizes FROM check_neighbours('columbus', 'columbus_link')}), '49|236|{49}', 'Columbus: 236 links');

# the first values of a statistic
sub first_are
{
	my ($relation, $value, $column, $arguments, $expected, $tolerance, $what) = @_;
	my @found = split /\n/, $db->sql("SELECT $column FROM local_statistics('$relation', '${relation}_link', '$value', $arguments, permutations => 999) ORDER BY id LIMIT " . @$expected);
	my @off = grep { abs($found[$_] - $expected->[$_]) > $tolerance * (1 + abs $expected->[$_]) } 0 .. $#$expected;
	ok(!@off, $what) or diag("found @found");
	return;
}
# the peer divides by the sample variance, n - 1
first_are('guerry', 'crm_prp', 'score', "'moran'", [ 0.015431978309803657, 0.3270633223656033, 0.021295296214118884 ], 1e-9, 'Guerry: local Moran of crm_prp');
first_are('guerry', 'crm_prs', 'score', "'moran'", [ 0.516120231288079, 0.818275138495031, 0.794086559694542 ], 1e-9, 'Guerry: local Moran of crm_prs');
first_are('guerry', 'crm_prp', 'score', "'g'", [ 0.012077920687925825, 0.0099240961298508561, 0.018753584525825453 ], 1e-12, 'Guerry: G');
first_are('guerry', 'crm_prp', 'score', "'g_star'", [ 0.014177043620524426, 0.0096136007223101994, 0.017574324039034434 ], 1e-12, 'Guerry: G*');
first_are('guerry', 'crm_prp', 'z', "'g_star'", [ 1.2218109515, -1.3055372107, 3.5259423037, -0.1333216202, 0.0038029488, 1.6712927457 ], 1e-9, 'Guerry: z of G*');
first_are('columbus', 'crime', 'z', "'g_star'", [ -1.432779654, -1.3400080975, -0.771998681, -0.1317333645, 1.2853627984, 0.0686480438 ], 1e-9, 'Columbus: z of G*');
first_are('columbus', 'nsa', 'score', "'join_count'", [ 2, 3, 4, 4, 8, 2 ], 0, 'Columbus: join counts');
first_are('columbus', 'nsa', 'p', "'join_count'", [ 0.22429, 0.10239, 0.04551 ], 1e-5, 'Columbus: their exact p');
first_are('stl', 'hr8893', 'score', "'moran'", [ -0.0772877, 0.1728232, 0.1017577, 0.0891042, 0.1627969, -0.2926005 ], 1e-6, 'St. Louis: local Moran');

# permutations: the converged one-sided p of a million independent draws, twice it
for my $row ([ 1, 0.4231 ], [ 2, 0.1252 ], [ 3, 0.00083 ])
{
	my ($id, $one_sided) = @$row;
	my $p = $db->sql("SELECT p FROM local_statistics('guerry', 'guerry_link', 'crm_prp', 'moran') WHERE id = $id");
	my $error = 2 * sqrt($one_sided * (1 - $one_sided) / 99999);
	cmp_ok(abs($p - 2 * $one_sided), '<', 4 * $error, "Guerry: p of row $id is $p");
}
is($db->sql(q{SELECT count(*) FILTER (WHERE p < 0.05 AND z > 0), count(*) FILTER (WHERE p < 0.05 AND z < 0), count(*) FILTER (WHERE q < 0.05), count(*) FILTER (WHERE p < 0.05 / 85)
	FROM local_statistics('guerry', 'guerry_link', 'crm_prp', chance => 'normal')}), '8|6|7|3', 'Guerry: 8 hot, 6 cold, 7 after false discovery rate, 3 after Bonferroni');
is($db->sql(q{SELECT count(*) FILTER (WHERE p < 0.05 AND z > 0), count(*) FILTER (WHERE p < 0.05 AND z < 0), count(*) FILTER (WHERE q < 0.05), count(*) FILTER (WHERE p < 0.05 / 49)
	FROM local_statistics('columbus', 'columbus_link', 'crime', chance => 'normal')}), '11|7|9|2', 'Columbus: 11 hot, 7 cold, 9, 2');
is($db->sql(q{SELECT string_agg(n::text, ' ' ORDER BY quadrant) FROM (SELECT quadrant, count(*) AS n FROM local_statistics('columbus', 'columbus_link', 'crime', 'moran') GROUP BY quadrant) c}),
	'21 3 5 20', 'Columbus: quadrants high_high, high_low, low_high, low_low');
is($db->sql(q{SELECT string_agg(n::text, ' ' ORDER BY quadrant) FROM (SELECT quadrant, count(*) AS n FROM local_statistics('stl', 'stl_link', 'hr8893', 'moran') GROUP BY quadrant) c}),
	'8 13 13 44', 'St. Louis: quadrants');

# global
sub moran_is
{
	my ($relation, $value, $expected) = @_;
	my $found = $db->sql("SELECT score FROM global_statistics('$relation', '${relation}_link', '$value')");
	cmp_ok(abs($found - $expected), '<', 1e-12, "$relation: Moran's I is $found");
	return;
}
moran_is('columbus', 'crime', 0.5001885571828611);
moran_is('stl', 'hr8893', 0.24365582621771695);
# Where a peer errs: the first local Gi of six points, row-standardised, is -0.6207 there,
# by the variance of binary weights; the statistic does not change with the scale of a row.
fill('six', 'id integer, v float8', '1, 2', '2, 3', '3, 3.2', '4, 5', '5, 8', '6, 7');
fill('six_link', $links, '1, 2', '2, 1', '1, 4', '4, 1', '2, 4', '4, 2', '2, 5', '5, 2', '3, 5', '5, 3', '4, 5', '5, 4', '5, 6', '6, 5');
first_are('six', 'v', 'z', q('g', weights => 'row'), [-1.01367289855], 1e-9, 'Gi of a row-standardised row: not -0.62074534 as a peer has it');

$db->drop;
done_testing();
