-- indicator_aggregate: indicators of a region, as ratios of exact sums
--
-- For each indicator X of the topic indicator, with the same arguments and units:
--   X_agg(…)         the figure of the region: ratio of sums, not a mean of ratios
--   X_detail_agg(…)  the same with sums, counts and coverage (type ratio_detail)
--   X_state(…)       the state, to be stored, sent or merged
--   X_merge(state)   the figure from states
-- X_agg, X_detail_agg and X_state in one query share one pass over the rows.

-- plot ratio (容积率)
CREATE AGGREGATE plot_ratio_agg(floor_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'plot_ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'plot_ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE plot_ratio_agg(double precision, double precision) IS 'plot ratio (容积率) of a region: sum of floor_area / sum of land_area, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative floor_area or land_area: 22023';
CREATE AGGREGATE plot_ratio_detail_agg(floor_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'plot_ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'plot_ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE plot_ratio_detail_agg(double precision, double precision) IS 'plot_ratio_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE plot_ratio_state(floor_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'plot_ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'plot_ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE plot_ratio_state(double precision, double precision) IS 'the state behind plot_ratio_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE plot_ratio_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'plot_ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE plot_ratio_merge(exact_ratio) IS 'plot_ratio_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- building coverage (建筑密度)
CREATE AGGREGATE building_coverage_agg(footprint_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'building_coverage',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'building_coverage',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE building_coverage_agg(double precision, double precision) IS 'building coverage (建筑密度) of a region: sum of footprint_area / sum of land_area, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative footprint_area or land_area: 22023';
CREATE AGGREGATE building_coverage_detail_agg(footprint_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'building_coverage',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'building_coverage',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE building_coverage_detail_agg(double precision, double precision) IS 'building_coverage_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE building_coverage_state(footprint_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'building_coverage',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'building_coverage',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE building_coverage_state(double precision, double precision) IS 'the state behind building_coverage_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE building_coverage_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'building_coverage',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE building_coverage_merge(exact_ratio) IS 'building_coverage_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- building coefficient (建筑系数)
CREATE AGGREGATE building_coefficient_agg(occupied_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'building_coefficient',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'building_coefficient',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE building_coefficient_agg(double precision, double precision) IS 'building coefficient (建筑系数) of a region: sum of occupied_area / sum of land_area, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative occupied_area or land_area: 22023';
CREATE AGGREGATE building_coefficient_detail_agg(occupied_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'building_coefficient',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'building_coefficient',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE building_coefficient_detail_agg(double precision, double precision) IS 'building_coefficient_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE building_coefficient_state(occupied_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'building_coefficient',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'building_coefficient',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE building_coefficient_state(double precision, double precision) IS 'the state behind building_coefficient_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE building_coefficient_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'building_coefficient',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE building_coefficient_merge(exact_ratio) IS 'building_coefficient_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- green ratio (绿地率)
CREATE AGGREGATE green_ratio_agg(green_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'green_ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'green_ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE green_ratio_agg(double precision, double precision) IS 'green ratio (绿地率) of a region: sum of green_area / sum of land_area, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative green_area or land_area: 22023';
CREATE AGGREGATE green_ratio_detail_agg(green_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'green_ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'green_ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE green_ratio_detail_agg(double precision, double precision) IS 'green_ratio_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE green_ratio_state(green_area double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'green_ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'green_ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE green_ratio_state(double precision, double precision) IS 'the state behind green_ratio_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE green_ratio_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'green_ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE green_ratio_merge(exact_ratio) IS 'green_ratio_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- vacancy rate (空置率)
CREATE AGGREGATE vacancy_rate_agg(vacant_area double precision, rentable_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'vacancy_rate',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'vacancy_rate',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE vacancy_rate_agg(double precision, double precision) IS 'vacancy rate (空置率) of a region: sum of vacant_area / sum of rentable_area, exact and the same bits for any order, plan and partition; over the pairs with both parts known and rentable_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative vacant_area or rentable_area: 22023; vacant_area above rentable_area by more than 1e-9 of it: 22023';
CREATE AGGREGATE vacancy_rate_detail_agg(vacant_area double precision, rentable_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'vacancy_rate',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'vacancy_rate',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE vacancy_rate_detail_agg(double precision, double precision) IS 'vacancy_rate_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE vacancy_rate_state(vacant_area double precision, rentable_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'vacancy_rate',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'vacancy_rate',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE vacancy_rate_state(double precision, double precision) IS 'the state behind vacancy_rate_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE vacancy_rate_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'vacancy_rate',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE vacancy_rate_merge(exact_ratio) IS 'vacancy_rate_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- occupancy rate (入住率)
CREATE AGGREGATE occupancy_rate_agg(vacant_area double precision, rentable_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'occupancy_rate',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'occupancy_rate',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE occupancy_rate_agg(double precision, double precision) IS 'occupancy rate (入住率) of a region: (sum of rentable_area - sum of vacant_area) / sum of rentable_area, exact and the same bits for any order, plan and partition; over the pairs with both parts known and rentable_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative vacant_area or rentable_area: 22023; vacant_area above rentable_area by more than 1e-9 of it: 22023';
CREATE AGGREGATE occupancy_rate_detail_agg(vacant_area double precision, rentable_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'occupancy_rate',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'occupancy_rate',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE occupancy_rate_detail_agg(double precision, double precision) IS 'occupancy_rate_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE occupancy_rate_state(vacant_area double precision, rentable_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'occupancy_rate',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'occupancy_rate',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE occupancy_rate_state(double precision, double precision) IS 'the state behind occupancy_rate_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE occupancy_rate_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'occupancy_rate',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE occupancy_rate_merge(exact_ratio) IS 'occupancy_rate_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- share of dangerous buildings (危旧建筑占比)
CREATE AGGREGATE danger_share_agg(dangerous double precision, total double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'danger_share',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'danger_share',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE danger_share_agg(double precision, double precision) IS 'share of dangerous buildings (危旧建筑占比) of a region: sum of dangerous / sum of total, exact and the same bits for any order, plan and partition; over the pairs with both parts known and total above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative dangerous or total: 22023; dangerous above total by more than 1e-9 of it: 22023';
CREATE AGGREGATE danger_share_detail_agg(dangerous double precision, total double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'danger_share',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'danger_share',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE danger_share_detail_agg(double precision, double precision) IS 'danger_share_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE danger_share_state(dangerous double precision, total double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'danger_share',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'danger_share',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE danger_share_state(double precision, double precision) IS 'the state behind danger_share_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE danger_share_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'danger_share',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE danger_share_merge(exact_ratio) IS 'danger_share_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- output per land area (地均产出)
CREATE AGGREGATE output_per_hectare_agg(output double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'output_per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'output_per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE output_per_hectare_agg(double precision, double precision) IS 'output per land area (地均产出) of a region: sum of output / sum of land_area, in 10^4 CNY per hectare, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative land_area: 22023';
CREATE AGGREGATE output_per_hectare_detail_agg(output double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'output_per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'output_per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE output_per_hectare_detail_agg(double precision, double precision) IS 'output_per_hectare_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE output_per_hectare_state(output double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'output_per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'output_per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE output_per_hectare_state(double precision, double precision) IS 'the state behind output_per_hectare_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE output_per_hectare_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'output_per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE output_per_hectare_merge(exact_ratio) IS 'output_per_hectare_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- output per floor area (单位建筑面积产出)
CREATE AGGREGATE output_per_floor_area_agg(output double precision, floor_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'output_per_floor_area',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'output_per_floor_area',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE output_per_floor_area_agg(double precision, double precision) IS 'output per floor area (单位建筑面积产出) of a region: sum of output / sum of floor_area, in CNY per m2 of floor area, the same number as 10^4 CNY per hectare of it, exact and the same bits for any order, plan and partition; over the pairs with both parts known and floor_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative floor_area: 22023';
CREATE AGGREGATE output_per_floor_area_detail_agg(output double precision, floor_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'output_per_floor_area',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'output_per_floor_area',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE output_per_floor_area_detail_agg(double precision, double precision) IS 'output_per_floor_area_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE output_per_floor_area_state(output double precision, floor_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'output_per_floor_area',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'output_per_floor_area',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE output_per_floor_area_state(double precision, double precision) IS 'the state behind output_per_floor_area_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE output_per_floor_area_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'output_per_floor_area',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE output_per_floor_area_merge(exact_ratio) IS 'output_per_floor_area_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- tax per mu (亩均税收)
CREATE AGGREGATE tax_per_mu_agg(tax double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'tax_per_mu',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'tax_per_mu',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tax_per_mu_agg(double precision, double precision) IS 'tax per mu (亩均税收) of a region: sum of tax / sum of land_area, in 10^4 CNY per mu, 1 mu = 2000/3 m2 exactly, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative land_area: 22023';
CREATE AGGREGATE tax_per_mu_detail_agg(tax double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'tax_per_mu',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'tax_per_mu',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tax_per_mu_detail_agg(double precision, double precision) IS 'tax_per_mu_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE tax_per_mu_state(tax double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'tax_per_mu',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'tax_per_mu',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tax_per_mu_state(double precision, double precision) IS 'the state behind tax_per_mu_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE tax_per_mu_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'tax_per_mu',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tax_per_mu_merge(exact_ratio) IS 'tax_per_mu_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- tax per floor area (单位建筑面积税收)
CREATE AGGREGATE tax_per_floor_area_agg(tax double precision, floor_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'tax_per_floor_area',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'tax_per_floor_area',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tax_per_floor_area_agg(double precision, double precision) IS 'tax per floor area (单位建筑面积税收) of a region: sum of tax / sum of floor_area, in CNY per m2 of floor area, the same number as 10^4 CNY per hectare of it, exact and the same bits for any order, plan and partition; over the pairs with both parts known and floor_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative floor_area: 22023';
CREATE AGGREGATE tax_per_floor_area_detail_agg(tax double precision, floor_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'tax_per_floor_area',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'tax_per_floor_area',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tax_per_floor_area_detail_agg(double precision, double precision) IS 'tax_per_floor_area_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE tax_per_floor_area_state(tax double precision, floor_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'tax_per_floor_area',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'tax_per_floor_area',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tax_per_floor_area_state(double precision, double precision) IS 'the state behind tax_per_floor_area_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE tax_per_floor_area_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'tax_per_floor_area',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE tax_per_floor_area_merge(exact_ratio) IS 'tax_per_floor_area_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- investment intensity (固定资产投资强度)
CREATE AGGREGATE investment_intensity_agg(investment double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'investment_intensity',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'investment_intensity',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE investment_intensity_agg(double precision, double precision) IS 'investment intensity (固定资产投资强度) of a region: sum of investment / sum of land_area, in 10^4 CNY per hectare, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative land_area: 22023';
CREATE AGGREGATE investment_intensity_detail_agg(investment double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'investment_intensity',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'investment_intensity',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE investment_intensity_detail_agg(double precision, double precision) IS 'investment_intensity_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE investment_intensity_state(investment double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'investment_intensity',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'investment_intensity',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE investment_intensity_state(double precision, double precision) IS 'the state behind investment_intensity_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE investment_intensity_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'investment_intensity',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE investment_intensity_merge(exact_ratio) IS 'investment_intensity_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- jobs per land area (地均就业)
CREATE AGGREGATE jobs_per_hectare_agg(jobs double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'jobs_per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'jobs_per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE jobs_per_hectare_agg(double precision, double precision) IS 'jobs per land area (地均就业) of a region: sum of jobs / sum of land_area, in persons per hectare, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative jobs or land_area: 22023';
CREATE AGGREGATE jobs_per_hectare_detail_agg(jobs double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'jobs_per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'jobs_per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE jobs_per_hectare_detail_agg(double precision, double precision) IS 'jobs_per_hectare_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE jobs_per_hectare_state(jobs double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'jobs_per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'jobs_per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE jobs_per_hectare_state(double precision, double precision) IS 'the state behind jobs_per_hectare_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE jobs_per_hectare_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'jobs_per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE jobs_per_hectare_merge(exact_ratio) IS 'jobs_per_hectare_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- value added per energy (单位能耗增加值)
CREATE AGGREGATE value_added_per_energy_agg(value_added double precision, energy double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'value_added_per_energy',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'value_added_per_energy',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE value_added_per_energy_agg(double precision, double precision) IS 'value added per energy (单位能耗增加值) of a region: sum of value_added / sum of energy, in 10^4 CNY per tonne of coal equivalent, exact and the same bits for any order, plan and partition; over the pairs with both parts known and energy above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative energy: 22023';
CREATE AGGREGATE value_added_per_energy_detail_agg(value_added double precision, energy double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'value_added_per_energy',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'value_added_per_energy',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE value_added_per_energy_detail_agg(double precision, double precision) IS 'value_added_per_energy_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE value_added_per_energy_state(value_added double precision, energy double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'value_added_per_energy',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'value_added_per_energy',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE value_added_per_energy_state(double precision, double precision) IS 'the state behind value_added_per_energy_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE value_added_per_energy_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'value_added_per_energy',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE value_added_per_energy_merge(exact_ratio) IS 'value_added_per_energy_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- any amount per hectare
CREATE AGGREGATE per_hectare_agg(amount double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE per_hectare_agg(double precision, double precision) IS 'any amount per hectare of a region: sum of amount / sum of land_area, in unit of the amount per hectare, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative land_area: 22023';
CREATE AGGREGATE per_hectare_detail_agg(amount double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE per_hectare_detail_agg(double precision, double precision) IS 'per_hectare_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE per_hectare_state(amount double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'per_hectare',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE per_hectare_state(double precision, double precision) IS 'the state behind per_hectare_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE per_hectare_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'per_hectare',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE per_hectare_merge(exact_ratio) IS 'per_hectare_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- any amount per mu
CREATE AGGREGATE per_mu_agg(amount double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'per_mu',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'per_mu',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE per_mu_agg(double precision, double precision) IS 'any amount per mu of a region: sum of amount / sum of land_area, in unit of the amount per mu, 1 mu = 2000/3 m2 exactly, exact and the same bits for any order, plan and partition; over the pairs with both parts known and land_area above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative land_area: 22023';
CREATE AGGREGATE per_mu_detail_agg(amount double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'per_mu',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'per_mu',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE per_mu_detail_agg(double precision, double precision) IS 'per_mu_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE per_mu_state(amount double precision, land_area double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'per_mu',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'per_mu',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE per_mu_state(double precision, double precision) IS 'the state behind per_mu_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE per_mu_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'per_mu',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE per_mu_merge(exact_ratio) IS 'per_mu_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';
