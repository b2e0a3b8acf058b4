-- scalar indicators against the same formula in SQL, which checks nothing
CALL bench.measure('plot_ratio per row', row_count => :rows,
    columns => 'SELECT sum(floor_area), sum(land_area) FROM bench.parcel',
    baseline => 'SELECT sum(floor_area / nullif(land_area, 0)) FROM bench.parcel',
    ours => 'SELECT sum(plot_ratio(floor_area, land_area)) FROM bench.parcel');
CALL bench.measure('tax_per_mu per row', row_count => :rows,
    columns => 'SELECT sum(tax), sum(land_area) FROM bench.parcel',
    baseline => 'SELECT sum(tax / nullif(land_area, 0) * (2000 / 3::float8)) FROM bench.parcel',
    ours => 'SELECT sum(tax_per_mu(tax, land_area)) FROM bench.parcel');
CALL bench.measure('five indicators per row', row_count => :rows,
    columns => 'SELECT sum(floor_area), sum(land_area), sum(tax), sum(vacant_area), sum(jobs) FROM bench.parcel',
    baseline => 'SELECT sum(floor_area / nullif(land_area, 0)) AS p, sum(tax / nullif(land_area, 0) * (2000 / 3::float8)) AS t,
                        sum(vacant_area / nullif(floor_area, 0)) AS v, sum(jobs / nullif(land_area, 0) * 10000) AS j, sum(land_area / 10000) AS h FROM bench.parcel',
    ours => 'SELECT sum(plot_ratio(floor_area, land_area)) AS p, sum(tax_per_mu(tax, land_area)) AS t,
                    sum(vacancy_rate(vacant_area, floor_area)) AS v, sum(jobs_per_hectare(jobs, land_area)) AS j, sum(hectares(land_area)) AS h FROM bench.parcel');
