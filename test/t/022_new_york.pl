# 1,000 lots of New York with the plot ratio their planning department published:
# every one with land area is met, the five without come out unknown.
use strict;
use warnings;

use InefficientLand;
use Test::More;

need_data('dev/nyc_lot.csv.gz');
need_program('gzip');
my $db = database();
my $file = data_file('dev/nyc_lot.csv.gz');
my $columns = (split /\n/, `gzip -dc '$file'`)[0];
$db->sql('CREATE TABLE public.raw (' . join(', ', map { "$_ text" } split /,/, $columns) . ')');
$db->run('psql', '-Xqc', "\\copy public.raw FROM PROGRAM 'gzip -dc ''$file''' CSV HEADER");
$db->sql(<<'SQL');
CREATE TABLE public.lot AS
SELECT bbl, landuse, lotarea::int, bldgarea::int, assesstot::int, builtfar::numeric FROM public.raw;
SQL

# areas are square feet; a ratio of two does not care
is($db->sql('SELECT count(*), count(plot_ratio(bldgarea, lotarea)) FROM public.lot'), '1000|995', 'lots, lots with a plot ratio');
is($db->sql('SELECT count(*) FROM public.lot WHERE round(plot_ratio(bldgarea, lotarea)::numeric, 2) = builtfar AND lotarea > 0'), '995',
	'the published plot ratio for all 995 lots with land area');
is($db->sql('SELECT count(*), count(plot_ratio(bldgarea, lotarea)) FROM public.lot WHERE lotarea = 0'), '5|0',
	'five lots without land area are unknown, neither 0 nor an error');
is($db->sql(<<'SQL'), '1.026371|995|0|5|1', 'ratio of sums with its counts and coverage');
SELECT round(d.value::numeric, 6), d.n, d.n_missing, d.n_zero, d.coverage
  FROM (SELECT (plot_ratio_detail_agg(bldgarea, lotarea)).* FROM public.lot) d
SQL
is($db->sql(<<'SQL'), '1.026371|1.048940|1.054065', 'the three means stay apart');
SELECT round(plot_ratio_agg(bldgarea, lotarea)::numeric, 6), round(exact_mean_agg(builtfar)::numeric, 6), round(exact_mean_agg(plot_ratio(bldgarea, lotarea))::numeric, 6) FROM public.lot
SQL
is($db->sql(<<'SQL'), <<'EXPECTED' =~ s/\n\z//r, 'by land use: lots, ratio of sums, mean of the published ratios');
SELECT landuse, count(*), round(plot_ratio_agg(bldgarea, lotarea)::numeric, 4), round(exact_mean_agg(builtfar)::numeric, 4)
  FROM public.lot WHERE landuse IN ('01', '02', '03', '04', '05', '06', '07', '08', '10', '11') GROUP BY landuse ORDER BY landuse
SQL
01|676|0.5947|0.7114
02|143|1.8475|1.7492
03|20|3.6076|4.3745
04|70|2.9741|2.1364
05|17|2.0933|2.2694
06|11|1.0433|1.6209
07|11|0.0301|0.1318
08|11|1.4679|1.4709
10|14|0.6713|0.4871
11|25|0.0000|0.0000
EXPECTED
is($db->sql(<<'SQL'), <<'EXPECTED' =~ s/\n\z//r, 'assessed value per hectare by land use');
SELECT landuse, round(per_hectare_agg(assesstot, lotarea * 0.09290304))
  FROM public.lot WHERE landuse IN ('01', '02', '04', '05', '06', '11') GROUP BY landuse ORDER BY landuse
SQL
01|981737
02|6079093
04|22548397
05|19824462
06|4610423
11|889986
EXPECTED
# the same figures from states of any parts
is($db->sql(<<'SQL'), 't', 'states of 7, 40 and 1000 parts merge to the same bits');
SELECT bool_and(v = (SELECT plot_ratio_agg(bldgarea, lotarea) FROM public.lot)) FROM
   (SELECT plot_ratio_merge(s) AS v FROM (SELECT k, plot_ratio_state(bldgarea, lotarea) AS s FROM public.lot, unnest(ARRAY[7, 40, 1000]) k
     GROUP BY k, hashtext(bbl) % k) q GROUP BY k) p
SQL
$db->drop;
done_testing();
