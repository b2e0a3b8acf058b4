-- exact sums against sum(double precision)
CALL bench.measure('exact sum, whole table', row_count => :rows, goal => 1.2,
    baseline => 'SELECT sum(floor_area) FROM bench.parcel',
    ours => 'SELECT exact_sum_agg(floor_area) FROM bench.parcel');
CALL bench.measure('exact sum, 50 groups', row_count => :rows, goal => 1.2,
    baseline => 'SELECT sum(s), count(*) FROM (SELECT sum(floor_area) AS s FROM bench.parcel GROUP BY subdistrict) q',
    ours => 'SELECT sum(s), count(*) FROM (SELECT exact_sum_agg(floor_area) AS s FROM bench.parcel GROUP BY subdistrict) q');
CALL bench.measure('exact sum, groups of four rows', row_count => :rows, goal => 1.2,
    baseline => 'SELECT sum(s), count(*) FROM (SELECT sum(floor_area) AS s FROM bench.parcel GROUP BY block) q',
    ours => 'SELECT sum(s), count(*) FROM (SELECT exact_sum_agg(floor_area) AS s FROM bench.parcel GROUP BY block) q');
CALL bench.measure('exact mean, whole table', row_count => :rows, goal => 1.2,
    baseline => 'SELECT avg(floor_area) FROM bench.parcel',
    ours => 'SELECT exact_mean_agg(floor_area) FROM bench.parcel');
-- sum(double precision) has no inverse and adds each frame afresh
CALL bench.measure('exact sum, moving over 501 rows', row_count => least(:rows, 20000), goal => 0.1, pairs => 5,
    scan => 'SELECT count(*) FROM bench.parcel WHERE id <= 20000',
    baseline => 'SELECT sum(s) FROM (SELECT sum(floor_area) OVER (ORDER BY id ROWS 500 PRECEDING) AS s FROM bench.parcel WHERE id <= 20000) q',
    ours => 'SELECT sum(s) FROM (SELECT exact_sum_agg(floor_area) OVER (ORDER BY id ROWS 500 PRECEDING) AS s FROM bench.parcel WHERE id <= 20000) q');
