-- breaks: upper bounds of map classes

CREATE FUNCTION breaks_natural(sample double precision[], classes integer) RETURNS double precision[]
    AS 'MODULE_PATHNAME', 'il_breaks_natural_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION breaks_natural(double precision[], integer) IS
'natural breaks: upper bounds of the classes (1 to 64) with the least sum of squared distances from their means, the exact optimum (Fisher 1958, Jenks 1977). Each bound is the largest value of its class and belongs to it. Equal values are never parted, so there are fewer classes where there are fewer values; NULL elements are passed over, none left gives NULL. Any order of the values gives the same. Errors: 22003 NaN or infinite, 22023 classes, 2202E an array of several dimensions';

CREATE FUNCTION breaks_quantile(sample double precision[], classes integer) RETURNS double precision[]
    AS 'MODULE_PATHNAME', 'il_breaks_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION breaks_quantile(double precision[], integer) IS
'upper bounds of classes of about as many values each: percentile_cont (type 7 of Hyndman and Fan 1996) of i / classes; a bound belongs to the class below it, bounds that coincide close one class. NULL elements are passed over, none left gives NULL. Errors as breaks_natural';

CREATE FUNCTION breaks_equal(sample double precision[], classes integer) RETURNS double precision[]
    AS 'MODULE_PATHNAME', 'il_breaks_equal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION breaks_equal(double precision[], integer) IS
'upper bounds of classes of equal width between the smallest and the largest value; a bound belongs to the class below it. NULL elements are passed over, none left gives NULL. Errors as breaks_natural';

CREATE FUNCTION class_of(value double precision, breaks double precision[]) RETURNS integer
    AS 'MODULE_PATHNAME', 'il_class_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION class_of(double precision, double precision[]) IS
'the class of a value, from 1: the first whose upper bound is not below it. NULL for a value above the last bound, and for NULL. Errors: 22003 NaN or infinite, 22023 bounds that do not rise';
