-- exact: sums of doubles without rounding error
--
-- The sum does not depend on the order of the rows, on the plan, on the number
-- of workers or on how the data are partitioned: the result has the same bits
-- everywhere.  It is the exact sum of the values, rounded once.

CREATE TYPE exact_sum;

CREATE FUNCTION _exact_sum_in(input cstring) RETURNS exact_sum
    AS 'MODULE_PATHNAME', 'il__exact_sum_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_in(cstring) IS 'text to exact_sum; 22P02 for anything that accumulating could not have produced';
CREATE FUNCTION _exact_sum_out(state exact_sum) RETURNS cstring
    AS 'MODULE_PATHNAME', 'il__exact_sum_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_out(exact_sum) IS 'exact_sum to text; equal states have equal texts';
CREATE FUNCTION _exact_sum_recv(message internal) RETURNS exact_sum
    AS 'MODULE_PATHNAME', 'il__exact_sum_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_recv(internal) IS 'binary form to exact_sum; 22P03 for anything that accumulating could not have produced';
CREATE FUNCTION _exact_sum_send(state exact_sum) RETURNS bytea
    AS 'MODULE_PATHNAME', 'il__exact_sum_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_send(exact_sum) IS 'exact_sum to its binary form, which begins with a version byte; equal states have equal bytes';

CREATE TYPE exact_sum (
    INPUT = _exact_sum_in, OUTPUT = _exact_sum_out, RECEIVE = _exact_sum_recv, SEND = _exact_sum_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended
);
COMMENT ON TYPE exact_sum IS 'exact sum of double precision values together with their number; text 1:COUNT:SUM with SUM as hexadecimal integer times a power of two, e.g. 1:2:0x3p-1 for two values that add up to 1.5. Storable; states of parts of a table merge to the state of the whole.';

CREATE FUNCTION _exact_sum_equal(a exact_sum, b exact_sum) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il__exact_sum_equal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_equal(exact_sum, exact_sum) IS 'same sums and same counts';
CREATE FUNCTION _exact_sum_not_equal(a exact_sum, b exact_sum) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il__exact_sum_not_equal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_not_equal(exact_sum, exact_sum) IS 'a sum or a count differs';
CREATE FUNCTION _exact_sum_hash(state exact_sum) RETURNS integer
    AS 'MODULE_PATHNAME', 'il__exact_sum_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_hash(exact_sum) IS 'hash of the canonical form';
CREATE FUNCTION _exact_sum_hash_extended(state exact_sum, seed bigint) RETURNS bigint
    AS 'MODULE_PATHNAME', 'il__exact_sum_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_hash_extended(exact_sum, bigint) IS 'hash of the canonical form, with a seed';

CREATE OPERATOR = (
    FUNCTION = _exact_sum_equal, LEFTARG = exact_sum, RIGHTARG = exact_sum,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (exact_sum, exact_sum) IS 'same sums and same counts';
CREATE OPERATOR <> (
    FUNCTION = _exact_sum_not_equal, LEFTARG = exact_sum, RIGHTARG = exact_sum,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (exact_sum, exact_sum) IS 'a sum or a count differs';
CREATE OPERATOR FAMILY exact_sum_hash USING hash;
COMMENT ON OPERATOR FAMILY exact_sum_hash USING hash IS 'hashing of exact_sum';
CREATE OPERATOR CLASS exact_sum_hash DEFAULT FOR TYPE exact_sum USING hash FAMILY exact_sum_hash AS
    OPERATOR 1 =,
    FUNCTION 1 _exact_sum_hash(exact_sum),
    FUNCTION 2 _exact_sum_hash_extended(exact_sum, bigint);
COMMENT ON OPERATOR CLASS exact_sum_hash USING hash IS 'hashing of exact_sum: DISTINCT, GROUP BY, hash joins';

-- transition, inverse and combine function
CREATE FUNCTION _exact_sum_accumulate(state exact_sum, value double precision) RETURNS exact_sum
    AS 'MODULE_PATHNAME', 'il__exact_sum_accumulate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_accumulate(exact_sum, double precision) IS 'adds a value; inside an aggregate the state is changed in place; NaN or infinity: 22003';
CREATE FUNCTION _exact_sum_remove(state exact_sum, value double precision) RETURNS exact_sum
    AS 'MODULE_PATHNAME', 'il__exact_sum_remove' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_remove(exact_sum, double precision) IS 'takes a value away that was added before; only for moving windows';
CREATE FUNCTION _exact_sum_combine(state exact_sum, other exact_sum) RETURNS exact_sum
    AS 'MODULE_PATHNAME', 'il__exact_sum_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_combine(exact_sum, exact_sum) IS 'adds two states; more than 2^63 - 1 values: 22003';
CREATE FUNCTION _exact_sum_compact(state exact_sum) RETURNS exact_sum
    AS 'MODULE_PATHNAME', 'il__exact_sum_compact' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_sum_compact(exact_sum) IS 'canonical form of a state, the one that is stored; NULL for an empty one';

-- reading a state
CREATE FUNCTION exact_sum_value(state exact_sum) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_exact_sum_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION exact_sum_value(exact_sum) IS 'the sum, correctly rounded (half to even); NULL for an empty state; 22003 when it is beyond double precision';
CREATE FUNCTION exact_sum_mean(state exact_sum) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_exact_sum_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION exact_sum_mean(exact_sum) IS 'the mean: the exact sum divided by the number of values, within 0.500001 units of the last place; NULL for an empty state; 22003 when the sum is beyond double precision';
CREATE FUNCTION exact_sum_count(state exact_sum) RETURNS bigint
    AS 'MODULE_PATHNAME', 'il_exact_sum_count' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION exact_sum_count(exact_sum) IS 'the number of values in a state';

-- aggregates
CREATE AGGREGATE exact_sum_agg(value double precision) (
    SFUNC = _exact_sum_accumulate, STYPE = exact_sum, SSPACE = 80, FINALFUNC = exact_sum_value,
    COMBINEFUNC = _exact_sum_combine, INITCOND = '1:0:0x0p+0',
    MSFUNC = _exact_sum_accumulate, MINVFUNC = _exact_sum_remove, MSTYPE = exact_sum, MSSPACE = 80,
    MFINALFUNC = exact_sum_value, MINITCOND = '1:0:0x0p+0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum_agg(double precision) IS 'sum of all known values, exact and rounded once, the same bits for any order, plan and partition; NULL values are left out, no known value gives NULL; NaN, infinity or a sum beyond double precision: 22003. numeric and integer columns are read as double precision.';
CREATE AGGREGATE exact_sum_state(value double precision) (
    SFUNC = _exact_sum_accumulate, STYPE = exact_sum, SSPACE = 80, FINALFUNC = _exact_sum_compact,
    COMBINEFUNC = _exact_sum_combine, INITCOND = '1:0:0x0p+0',
    MSFUNC = _exact_sum_accumulate, MINVFUNC = _exact_sum_remove, MSTYPE = exact_sum, MSSPACE = 80,
    MFINALFUNC = _exact_sum_compact, MINITCOND = '1:0:0x0p+0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum_state(double precision) IS 'the sum of all known values as a state that can be stored and merged; no known value gives NULL; NaN or infinity: 22003';
CREATE AGGREGATE exact_sum_merge(state exact_sum) (
    SFUNC = _exact_sum_combine, STYPE = exact_sum, SSPACE = 80, FINALFUNC = exact_sum_value,
    COMBINEFUNC = _exact_sum_combine, INITCOND = '1:0:0x0p+0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum_merge(exact_sum) IS 'the sum over several states, as exact_sum_agg over all their values; NULL states are left out, no value at all gives NULL';
CREATE AGGREGATE exact_sum_merge_state(state exact_sum) (
    SFUNC = _exact_sum_combine, STYPE = exact_sum, SSPACE = 80, FINALFUNC = _exact_sum_compact,
    COMBINEFUNC = _exact_sum_combine, INITCOND = '1:0:0x0p+0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum_merge_state(exact_sum) IS 'several states as one, e.g. months to a year; NULL states are left out, no value at all gives NULL';
CREATE AGGREGATE exact_mean_agg(value double precision) (
    SFUNC = _exact_sum_accumulate, STYPE = exact_sum, SSPACE = 80, FINALFUNC = exact_sum_mean,
    COMBINEFUNC = _exact_sum_combine, INITCOND = '1:0:0x0p+0',
    MSFUNC = _exact_sum_accumulate, MINVFUNC = _exact_sum_remove, MSTYPE = exact_sum, MSSPACE = 80,
    MFINALFUNC = exact_sum_mean, MINITCOND = '1:0:0x0p+0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_mean_agg(double precision) IS 'mean of all known values: their exact sum divided by their number; the same bits for any order, plan and partition; NULL values are left out, no known value gives NULL; NaN or infinity: 22003. Not for ratios: their regional figure is a ratio of sums (ratio_agg).';
CREATE AGGREGATE exact_mean_state(value double precision) (
    SFUNC = _exact_sum_accumulate, STYPE = exact_sum, SSPACE = 80, FINALFUNC = _exact_sum_compact,
    COMBINEFUNC = _exact_sum_combine, INITCOND = '1:0:0x0p+0',
    MSFUNC = _exact_sum_accumulate, MINVFUNC = _exact_sum_remove, MSTYPE = exact_sum, MSSPACE = 80,
    MFINALFUNC = _exact_sum_compact, MINITCOND = '1:0:0x0p+0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_mean_state(double precision) IS 'the state behind exact_mean_agg, the same as exact_sum_state';
CREATE AGGREGATE exact_mean_merge(state exact_sum) (
    SFUNC = _exact_sum_combine, STYPE = exact_sum, SSPACE = 80, FINALFUNC = exact_sum_mean,
    COMBINEFUNC = _exact_sum_combine, INITCOND = '1:0:0x0p+0',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_mean_merge(exact_sum) IS 'the mean over several states, as exact_mean_agg over all their values; NULL states are left out, no value at all gives NULL';
