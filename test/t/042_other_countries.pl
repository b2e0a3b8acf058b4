# Standards of other countries, imported as documents: Oregon's inventory of vacant land at
# its limits, and lots of New York with the areas their planning department published.
use strict;
use warnings;

use InefficientLand;
use PostgreSQL::Test::Utils;
use Test::More;

my $db = database();
$db->sql("SET client_min_messages = warning; CALL create_survey('abroad', 4548)");
for my $name ('oregon', 'new_york')
{
	my $document = slurp_file("test/data/standard/$name.json");
	$db->sql("CALL import_standard(\$json\$$document\$json\$, 'abroad')");
}
is($db->sql("SELECT standard, kind, rule FROM (VALUES ('oregon-2015'), ('new-york-soft-site')) s (standard), check_standard(s.standard, 'abroad') c WHERE c.severity = 'error'"),
	'oregon-2015|land_type_hidden|', 'no error but that Oregon asks two questions about the same land, of which a survey asks the first');

# improvement value, land value, acres, unimproved acres, verdict as vacant, verdict as partially vacant
$db->sql(<<'SQL');
CREATE TABLE public.lot (id integer GENERATED ALWAYS AS IDENTITY, improvement_value numeric, land_value numeric, lot_acres numeric, unimproved_acres numeric, vacant text, partly text);
INSERT INTO public.lot (improvement_value, land_value, lot_acres, unimproved_acres, vacant, partly) VALUES
	(4999, 90000, 1, 0, 'inefficient V-1', 'not_inefficient'), (5000, 90000, 1, 0, 'not_inefficient', 'inefficient P-1'), (5001, 90000, 1, 0, 'not_inefficient', 'inefficient P-1'),
	(4999.99, 90000, 1, 0, 'inefficient V-1', 'not_inefficient'),
	(9999.99, 200000, 1, 0, 'inefficient V-2', 'not_inefficient'), (10000, 200000, 1, 0, 'inefficient V-2', 'not_inefficient'), (10000.01, 200000, 1, 0, 'not_inefficient', 'inefficient P-1'),
	(79999.99, 200000, 1, 0, 'not_inefficient', 'inefficient P-1'), (80000, 200000, 1, 0, 'not_inefficient', 'not_inefficient'), (80000.01, 200000, 1, 0, 'not_inefficient', 'not_inefficient'),
	(80000, 200000, 1, 0.5, 'not_inefficient', 'not_inefficient'), (80000, 200000, 1.01, 0.5, 'not_inefficient', 'inefficient P-2'), (80000, 200000, 1.01, 0.49, 'not_inefficient', 'not_inefficient'),
	(4999, 90000, 2, 2, 'inefficient V-1', 'not_inefficient'),
	(NULL, 200000, 1, 0, 'insufficient_data', 'insufficient_data'), (4999, NULL, 1, 0, 'inefficient V-1', 'not_inefficient'), (5000, NULL, 1, 0, 'insufficient_data', 'insufficient_data'),
	(80000, 200000, 1.01, NULL, 'not_inefficient', 'insufficient_data'), (80000, 200000, 1, NULL, 'not_inefficient', 'not_inefficient');
SQL
is($db->sql(<<'SQL'), '', 'Oregon: 4,999 and 5,000 dollars, 5 %, 40 %, an acre, one step to each side, and unknown facts');
SELECT l.id, v.got, l.vacant, p.got, l.partly
  FROM public.lot l,
       LATERAL (SELECT concat_ws(' ', c.verdict, nullif(array_to_string(c.reasons, ' '), '')) AS got FROM classify(l, make_ruleset('oregon-2015/vacant', survey => 'abroad')) c) v,
       LATERAL (SELECT concat_ws(' ', c.verdict, nullif(array_to_string(c.reasons, ' '), '')) AS got FROM classify(l, make_ruleset('oregon-2015/partly_vacant', survey => 'abroad')) c) p
 WHERE (v.got, p.got) IS DISTINCT FROM (l.vacant, l.partly)
SQL
# no lot is both, and what is neither has improvements worth 40 % of the land or more
is($db->sql(<<'SQL'), '0|0', 'the classes do not overlap, and leave no gap below 40 %');
WITH lot AS (SELECT i::numeric AS improvement_value, l::numeric AS land_value, 1 AS lot_acres, 0 AS unimproved_acres FROM generate_series(0, 60000, 250) i, generate_series(5000, 125000, 5000) l)
SELECT count(*) FILTER (WHERE v.verdict = 'inefficient' AND p.verdict = 'inefficient'),
       count(*) FILTER (WHERE (v.verdict = 'inefficient' OR p.verdict = 'inefficient') <> (improvement_value < 5000 OR improvement_value < 0.4 * land_value))
  FROM lot, classify(lot, (SELECT make_ruleset('oregon-2015/vacant', survey => 'abroad'))) v, classify(lot, (SELECT make_ruleset('oregon-2015/partly_vacant', survey => 'abroad'))) p
SQL
is($db->sql(<<'SQL'), 'inefficient|not_inefficient|not_inefficient|excluded|insufficient_data', 'New York: below half of the permitted ratio, at it, above it, nothing permitted, no land area');
SELECT string_agg(v.verdict, '|' ORDER BY f.id)
  FROM (VALUES (1, 4499, 10000, 0.9), (2, 4500, 10000, 0.9), (3, 4501, 10000, 0.9), (4, 0, 10000, 0), (5, 1, 0, 0.9)) f (id, building_area, lot_area, plan_plot_ratio),
       classify(f, make_ruleset('new-york-soft-site/lot', survey => 'abroad')) v
SQL

SKIP:
{
	my $file = data_file('dev/nyc_lot.csv.gz');
	skip 'no data: dev/nyc_lot.csv.gz is not in INEFFICIENT_LAND_DATA or ../shared/data', 1 unless -r $file;
	my $columns = (split /\n/, `gzip -dc '$file'`)[0];
	$db->sql('CREATE TABLE public.raw (' . join(', ', map { "$_ text" } split /,/, $columns) . ')');
	$db->run('psql', '-Xqc', "\\copy public.raw FROM PROGRAM 'gzip -dc ''$file''' CSV HEADER");
	is($db->sql(<<'SQL'), '1000|0', 'the verdicts on 1,000 lots of New York are those of whole numbers');
SELECT count(*), count(*) FILTER (WHERE v.verdict IS DISTINCT FROM CASE WHEN plan_plot_ratio = 0 THEN 'excluded' WHEN lot_area = 0 THEN 'insufficient_data'
           WHEN building_area * 200 < (plan_plot_ratio * 100)::bigint * lot_area THEN 'inefficient' ELSE 'not_inefficient' END)
  FROM (SELECT bldgarea::bigint AS building_area, lotarea::bigint AS lot_area, residfar::numeric AS plan_plot_ratio FROM public.raw) f,
       classify(f, (SELECT make_ruleset('new-york-soft-site/lot', survey => 'abroad'))) v
SQL
}
$db->drop;
done_testing();
