-- ratio aggregates against plain ratios of sums over the common support
CALL bench.measure('plot ratio of all', row_count => :rows, goal => 1.1,
    columns => 'SELECT sum(floor_area), sum(land_area) FROM bench.parcel',
    baseline => 'SELECT sum(floor_area) FILTER (WHERE land_area > 0) / sum(land_area) FILTER (WHERE floor_area IS NOT NULL) FROM bench.parcel',
    ours => 'SELECT plot_ratio_agg(floor_area, land_area) FROM bench.parcel');
CALL bench.measure('tax per mu with detail', row_count => :rows, goal => 1.1,
    columns => 'SELECT sum(tax), sum(land_area) FROM bench.parcel',
    baseline => 'SELECT value, numerator, denominator, n, n_missing, n_zero, denominator / known AS coverage FROM (
                 SELECT sum(tax) FILTER (WHERE land_area > 0) * 2000 / (sum(land_area) FILTER (WHERE tax IS NOT NULL) * 3) AS value,
                        sum(tax) FILTER (WHERE land_area > 0) AS numerator, sum(land_area) FILTER (WHERE tax IS NOT NULL) AS denominator,
                        count(*) FILTER (WHERE tax IS NOT NULL AND land_area > 0) AS n,
                        count(*) FILTER (WHERE land_area IS NULL OR tax IS NULL AND land_area > 0) AS n_missing,
                        count(*) FILTER (WHERE land_area = 0) AS n_zero, sum(land_area) AS known FROM bench.parcel) q',
    ours => 'SELECT (q.d).* FROM (SELECT tax_per_mu_detail_agg(tax, land_area) AS d FROM bench.parcel OFFSET 0) q');
CALL bench.measure('three indicators, 50 groups', row_count => :rows, goal => 1.1,
    columns => 'SELECT sum(p), sum(t), sum(v) FROM (SELECT sum(floor_area) + sum(land_area) AS p, sum(tax) AS t, sum(vacant_area) AS v
                  FROM bench.parcel GROUP BY subdistrict) q',
    baseline => 'SELECT sum(p), sum(t), sum(v) FROM (
                 SELECT sum(floor_area) FILTER (WHERE land_area > 0) / sum(land_area) FILTER (WHERE floor_area IS NOT NULL) AS p,
                        sum(tax) FILTER (WHERE land_area > 0) * 2000 / (sum(land_area) FILTER (WHERE tax IS NOT NULL) * 3) AS t,
                        sum(vacant_area) FILTER (WHERE floor_area > 0) / sum(floor_area) FILTER (WHERE vacant_area IS NOT NULL) AS v
                   FROM bench.parcel GROUP BY subdistrict) q',
    ours => 'SELECT sum(p), sum(t), sum(v) FROM (
             SELECT plot_ratio_agg(floor_area, land_area) AS p, tax_per_mu_agg(tax, land_area) AS t, vacancy_rate_agg(vacant_area, floor_area) AS v
               FROM bench.parcel GROUP BY subdistrict) q');
CALL bench.measure('states of blocks, merged', row_count => :rows,
    columns => 'SELECT sum(floor_area), sum(land_area) FROM bench.parcel',
    baseline => 'SELECT sum(f) / sum(a) FROM (SELECT sum(floor_area) FILTER (WHERE land_area > 0) AS f, sum(land_area) FILTER (WHERE floor_area IS NOT NULL) AS a
                   FROM bench.parcel GROUP BY block) q',
    ours => 'SELECT plot_ratio_merge(s) FROM (SELECT plot_ratio_state(floor_area, land_area) AS s FROM bench.parcel GROUP BY block) q');
