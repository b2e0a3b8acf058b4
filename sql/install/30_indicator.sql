-- indicator: what is known of one parcel, building or firm
--
-- Areas in m2, money in 10^4 CNY, energy in tonnes of coal equivalent.  NULL in,
-- NULL out; denominator 0 gives NULL: missing is never zero.  numeric and integer
-- columns need no casts.  Without a unit factor a result is one correctly rounded
-- division; per mu and per hectare it is within 0.500001 units of the last place.

CREATE FUNCTION plot_ratio(floor_area double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_plot_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION plot_ratio(double precision, double precision) IS 'plot ratio (容积率): floor area / land area; a number; areas in m2; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative floor_area or land_area: 22023. Floor area as the plan counts it (industrial storeys above 8 m count twice) is the caller''s choice. Source: control indicators for industrial projects; TD/T 1029 for a zone.';
CREATE FUNCTION building_coverage(footprint_area double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_building_coverage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION building_coverage(double precision, double precision) IS 'building coverage (建筑密度): building footprint / land area; a fraction; areas in m2; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative footprint_area or land_area: 22023. The footprint is the union of the outlines, not their sum; may exceed 1 where buildings reach across the border. Source: TD/T 1029.';
CREATE FUNCTION building_coefficient(occupied_area double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_building_coefficient' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION building_coefficient(double precision, double precision) IS 'building coefficient (建筑系数): land under buildings, structures and open stockyards / land area; a fraction; areas in m2; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative occupied_area or land_area: 22023. Industrial land only; never below building_coverage. Source: control indicators for industrial projects.';
CREATE FUNCTION green_ratio(green_area double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_green_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION green_ratio(double precision, double precision) IS 'green ratio (绿地率): green area / land area; a fraction; areas in m2; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative green_area or land_area: 22023. Source: control indicators for industrial projects.';
CREATE FUNCTION vacancy_rate(vacant_area double precision, rentable_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_vacancy_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION vacancy_rate(double precision, double precision) IS 'vacancy rate (空置率): vacant floor area / rentable floor area; a fraction; areas in m2; NULL when an argument is NULL or rentable_area is 0; NaN or infinity: 22003; negative vacant_area or rentable_area, vacant_area above rentable_area by more than 1e-9 of it: 22023. Of a stated date.';
CREATE FUNCTION occupancy_rate(vacant_area double precision, rentable_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_occupancy_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION occupancy_rate(double precision, double precision) IS 'occupancy rate (入住率): (rentable - vacant floor area) / rentable floor area; a fraction; areas in m2; NULL when an argument is NULL or rentable_area is 0; NaN or infinity: 22003; negative vacant_area or rentable_area, vacant_area above rentable_area by more than 1e-9 of it: 22023. 1 - vacancy by area; the rate by households is another figure.';
CREATE FUNCTION danger_share(dangerous double precision, total double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_danger_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION danger_share(double precision, double precision) IS 'share of dangerous buildings (危旧建筑占比): dangerous / total floor area, or number of buildings for both; a fraction; both in m2 or both in number; NULL when an argument is NULL or total is 0; NaN or infinity: 22003; negative dangerous or total, dangerous above total by more than 1e-9 of it: 22023. Grade C and D; Jinhua counts buildings, others floor area.';
CREATE FUNCTION output_per_hectare(output double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_output_per_hectare' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION output_per_hectare(double precision, double precision) IS 'output per land area (地均产出): output / land area; result in 10^4 CNY per hectare; areas in m2, money in 10^4 CNY; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative land_area: 22023. Source: land output rate of the industrial-land evaluations; of a year or a mean of years, the caller says which.';
CREATE FUNCTION output_per_floor_area(output double precision, floor_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_output_per_floor_area' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION output_per_floor_area(double precision, double precision) IS 'output per floor area (单位建筑面积产出): output / floor area; result in CNY per m2 of floor area, the same number as 10^4 CNY per hectare of it; areas in m2, money in 10^4 CNY; NULL when an argument is NULL or floor_area is 0; NaN or infinity: 22003; negative floor_area: 22023. For office and commercial buildings.';
CREATE FUNCTION tax_per_mu(tax double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_tax_per_mu' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION tax_per_mu(double precision, double precision) IS 'tax per mu (亩均税收): tax / land area; result in 10^4 CNY per mu, 1 mu = 2000/3 m2 exactly; areas in m2, money in 10^4 CNY; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative land_area: 22023. Paid-in tax of a year; a refund is negative. Source: efficiency-per-mu evaluation.';
CREATE FUNCTION tax_per_floor_area(tax double precision, floor_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_tax_per_floor_area' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION tax_per_floor_area(double precision, double precision) IS 'tax per floor area (单位建筑面积税收): tax / floor area; result in CNY per m2 of floor area, the same number as 10^4 CNY per hectare of it; areas in m2, money in 10^4 CNY; NULL when an argument is NULL or floor_area is 0; NaN or infinity: 22003; negative floor_area: 22023. For office buildings; a refund is negative.';
CREATE FUNCTION investment_intensity(investment double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_investment_intensity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION investment_intensity(double precision, double precision) IS 'investment intensity (固定资产投资强度): fixed-asset investment / land area; result in 10^4 CNY per hectare; areas in m2, money in 10^4 CNY; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative land_area: 22023. Cumulative plant, equipment and, where the standard says so, land price. Source: control indicators for industrial projects.';
CREATE FUNCTION jobs_per_hectare(jobs double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_jobs_per_hectare' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION jobs_per_hectare(double precision, double precision) IS 'jobs per land area (地均就业): jobs / land area; result in persons per hectare; areas in m2; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative jobs or land_area: 22023. Full-time equivalents allowed.';
CREATE FUNCTION value_added_per_energy(value_added double precision, energy double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_value_added_per_energy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION value_added_per_energy(double precision, double precision) IS 'value added per energy (单位能耗增加值): value added / energy; result in 10^4 CNY per tonne of coal equivalent; energy in tce, money in 10^4 CNY; NULL when an argument is NULL or energy is 0; NaN or infinity: 22003; negative energy: 22023. Source: efficiency-per-mu evaluation.';
CREATE FUNCTION per_hectare(amount double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_per_hectare' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION per_hectare(double precision, double precision) IS 'any amount per hectare: amount / land area; result in unit of the amount per hectare; areas in m2; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative land_area: 22023. General form.';
CREATE FUNCTION per_mu(amount double precision, land_area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_per_mu' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION per_mu(double precision, double precision) IS 'any amount per mu: amount / land area; result in unit of the amount per mu, 1 mu = 2000/3 m2 exactly; areas in m2; NULL when an argument is NULL or land_area is 0; NaN or infinity: 22003; negative land_area: 22023. General form.';

-- units
CREATE FUNCTION hectares(area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_hectares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION hectares(double precision) IS 'm2 to hectares, correctly rounded; NULL gives NULL; NaN or infinity: 22003; negative: 22023';
CREATE FUNCTION from_hectares(hectares double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_from_hectares' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION from_hectares(double precision) IS 'hectares to m2, correctly rounded; NULL gives NULL; NaN or infinity: 22003; negative: 22023';
CREATE FUNCTION mu(area double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_mu' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION mu(double precision) IS 'm2 to mu (亩), 1 mu = 2000/3 m2 exactly, correctly rounded; NULL gives NULL; NaN or infinity: 22003; negative: 22023. Tables made with the divisor 666.6667 are 5e-8 smaller.';
CREATE FUNCTION from_mu(mu double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_from_mu' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION from_mu(double precision) IS 'mu (亩) to m2, 1 mu = 2000/3 m2 exactly, correctly rounded; NULL gives NULL; NaN or infinity: 22003; negative: 22023';
CREATE FUNCTION from_yuan(amount double precision) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_from_yuan' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION from_yuan(double precision) IS 'yuan to 10^4 CNY (元 to 万元), correctly rounded; NULL gives NULL; NaN or infinity: 22003';
