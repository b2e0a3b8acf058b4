-- exact_ratio: ratios of exact sums over the pairs where both parts are known
--
-- Common support: numerator and denominator known, denominator above zero.  A
-- zero denominator is counted apart; a pair with an unknown part is missing, its
-- denominator counts for the coverage.  Missing is never zero.

CREATE TYPE ratio_detail AS (
    value double precision,
    numerator double precision,
    denominator double precision,
    n bigint,
    n_missing bigint,
    n_zero bigint,
    coverage double precision
);
COMMENT ON TYPE ratio_detail IS 'a ratio of sums with what it rests on; n + n_missing + n_zero is the number of rows';
COMMENT ON COLUMN ratio_detail.value IS 'ratio of the sums in the unit of the indicator; NULL when n = 0';
COMMENT ON COLUMN ratio_detail.numerator IS 'sum of the numerators over the n pairs (occupancy_rate: rentable minus vacant; weighted_mean: value times weight); NULL when n = 0';
COMMENT ON COLUMN ratio_detail.denominator IS 'sum of the denominators over the n pairs; NULL when n = 0';
COMMENT ON COLUMN ratio_detail.n IS 'pairs with both parts known and the denominator above zero';
COMMENT ON COLUMN ratio_detail.n_missing IS 'pairs left out because a part is unknown';
COMMENT ON COLUMN ratio_detail.n_zero IS 'pairs left out because the denominator is zero';
COMMENT ON COLUMN ratio_detail.coverage IS 'denominator / sum of all known denominators, 0 to 1; NULL when no denominator above zero is known';

CREATE TYPE exact_ratio;

CREATE FUNCTION _exact_ratio_in(input cstring) RETURNS exact_ratio
    AS 'MODULE_PATHNAME', 'il__exact_ratio_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_in(cstring) IS 'text to exact_ratio; 22P02 for anything that accumulating could not have produced';
CREATE FUNCTION _exact_ratio_out(state exact_ratio) RETURNS cstring
    AS 'MODULE_PATHNAME', 'il__exact_ratio_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_out(exact_ratio) IS 'exact_ratio to text; equal states have equal texts';
CREATE FUNCTION _exact_ratio_recv(message internal) RETURNS exact_ratio
    AS 'MODULE_PATHNAME', 'il__exact_ratio_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_recv(internal) IS 'binary form to exact_ratio; 22P03 for anything that accumulating could not have produced';
CREATE FUNCTION _exact_ratio_send(state exact_ratio) RETURNS bytea
    AS 'MODULE_PATHNAME', 'il__exact_ratio_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_send(exact_ratio) IS 'exact_ratio to its binary form, which begins with a version byte; equal states have equal bytes';

CREATE TYPE exact_ratio (
    INPUT = _exact_ratio_in, OUTPUT = _exact_ratio_out, RECEIVE = _exact_ratio_recv, SEND = _exact_ratio_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended
);
COMMENT ON TYPE exact_ratio IS 'state of a ratio of sums: indicator, counts and exact sums over the common support, and the sum of the denominators whose numerator is unknown; text 1:INDICATOR:N:N_MISSING:N_ZERO:NUMERATOR:DENOMINATOR:MISSING_DENOMINATOR with sums as in exact_sum, the name of an indicator alone is its empty state. Storable; states of parts of a table merge to the state of the whole, states of different indicators do not.';

CREATE FUNCTION _exact_ratio_equal(a exact_ratio, b exact_ratio) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il__exact_ratio_equal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_equal(exact_ratio, exact_ratio) IS 'same sums and same counts';
CREATE FUNCTION _exact_ratio_not_equal(a exact_ratio, b exact_ratio) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il__exact_ratio_not_equal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_not_equal(exact_ratio, exact_ratio) IS 'a sum or a count differs';
CREATE FUNCTION _exact_ratio_hash(state exact_ratio) RETURNS integer
    AS 'MODULE_PATHNAME', 'il__exact_ratio_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_hash(exact_ratio) IS 'hash of the canonical form';
CREATE FUNCTION _exact_ratio_hash_extended(state exact_ratio, seed bigint) RETURNS bigint
    AS 'MODULE_PATHNAME', 'il__exact_ratio_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_hash_extended(exact_ratio, bigint) IS 'hash of the canonical form, with a seed';

CREATE OPERATOR = (
    FUNCTION = _exact_ratio_equal, LEFTARG = exact_ratio, RIGHTARG = exact_ratio,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (exact_ratio, exact_ratio) IS 'same sums and same counts';
CREATE OPERATOR <> (
    FUNCTION = _exact_ratio_not_equal, LEFTARG = exact_ratio, RIGHTARG = exact_ratio,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (exact_ratio, exact_ratio) IS 'a sum or a count differs';
CREATE OPERATOR FAMILY exact_ratio_hash USING hash;
COMMENT ON OPERATOR FAMILY exact_ratio_hash USING hash IS 'hashing of exact_ratio';
CREATE OPERATOR CLASS exact_ratio_hash DEFAULT FOR TYPE exact_ratio USING hash FAMILY exact_ratio_hash AS
    OPERATOR 1 =,
    FUNCTION 1 _exact_ratio_hash(exact_ratio),
    FUNCTION 2 _exact_ratio_hash_extended(exact_ratio, bigint);
COMMENT ON OPERATOR CLASS exact_ratio_hash USING hash IS 'hashing of exact_ratio: DISTINCT, GROUP BY, hash joins';

-- transition, inverse and combine function
CREATE FUNCTION _exact_ratio_accumulate(state exact_ratio, numerator double precision, denominator double precision) RETURNS exact_ratio
    AS 'MODULE_PATHNAME', 'il__exact_ratio_accumulate' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_accumulate(exact_ratio, double precision, double precision) IS 'adds a pair, NULL parts included; inside an aggregate the state is changed in place; a NULL state is an empty one of ratio';
CREATE FUNCTION _exact_ratio_remove(state exact_ratio, numerator double precision, denominator double precision) RETURNS exact_ratio
    AS 'MODULE_PATHNAME', 'il__exact_ratio_remove' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_remove(exact_ratio, double precision, double precision) IS 'takes a pair away that was added before; only for moving windows';
CREATE FUNCTION _exact_ratio_combine(state exact_ratio, other exact_ratio) RETURNS exact_ratio
    AS 'MODULE_PATHNAME', 'il__exact_ratio_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_combine(exact_ratio, exact_ratio) IS 'adds two states of one indicator; of different ones: 22023; more than 2^63 - 1 rows: 22003';
CREATE FUNCTION _exact_ratio_compact(state exact_ratio) RETURNS exact_ratio
    AS 'MODULE_PATHNAME', 'il__exact_ratio_compact' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _exact_ratio_compact(exact_ratio) IS 'canonical form of a state, the one that is stored; NULL for an empty one';

-- reading a state
CREATE FUNCTION exact_ratio_value(state exact_ratio) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_exact_ratio_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION exact_ratio_value(exact_ratio) IS 'the ratio of the exact sums in the unit of its indicator, within 0.500001 units of the last place; NULL when no pair has both parts; 22003 when a sum or the ratio is beyond double precision';
CREATE FUNCTION exact_ratio_detail(state exact_ratio) RETURNS ratio_detail
    AS 'MODULE_PATHNAME', 'il_exact_ratio_detail' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION exact_ratio_detail(exact_ratio) IS 'the ratio with its sums, counts and coverage; 22003 when a sum or the ratio is beyond double precision';
CREATE FUNCTION exact_ratio_indicator(state exact_ratio) RETURNS text
    AS 'MODULE_PATHNAME', 'il_exact_ratio_indicator' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION exact_ratio_indicator(exact_ratio) IS 'the name of the indicator a state belongs to, e.g. plot_ratio';

-- merging of states of any one indicator
CREATE AGGREGATE exact_ratio_merge_state(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_ratio_merge_state(exact_ratio) IS 'several states of one indicator as one, e.g. blocks to a subdistrict; NULL states are left out, no row at all gives NULL; states of different indicators: 22023';

-- general ratio
CREATE AGGREGATE ratio_agg(numerator double precision, denominator double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE ratio_agg(double precision, double precision) IS 'ratio of sums: sum of the numerators / sum of the denominators, exact and the same bits for any order, plan and partition; over the pairs with both parts known and denominator above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative denominator: 22023. The numerator may be negative. What every indicator of a region is, never a mean of ratios.';
CREATE AGGREGATE ratio_detail_agg(numerator double precision, denominator double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE ratio_detail_agg(double precision, double precision) IS 'ratio_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE ratio_state(numerator double precision, denominator double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'ratio',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE ratio_state(double precision, double precision) IS 'the state behind ratio_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE ratio_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'ratio',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE ratio_merge(exact_ratio) IS 'ratio_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';

-- mean weighted by area, floor area, jobs …
CREATE AGGREGATE weighted_mean_agg(value double precision, weight double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'weighted_mean',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_value, MINITCOND = 'weighted_mean',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_mean_agg(double precision, double precision) IS 'weighted mean: sum of value times weight / sum of the weights, exact and the same bits for any order, plan and partition; over the pairs with both parts known and weight above zero, none gives NULL; NaN, infinity or a sum beyond double precision: 22003; negative weight: 22023. The products are not rounded before they are added (those below 1e-290 to multiples of 5e-324).';
CREATE AGGREGATE weighted_mean_detail_agg(value double precision, weight double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_detail,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'weighted_mean',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = exact_ratio_detail, MINITCOND = 'weighted_mean',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_mean_detail_agg(double precision, double precision) IS 'weighted_mean_agg with its sums, the counts n, n_missing, n_zero and the coverage; no row at all gives NULL value and sums, counts 0';
CREATE AGGREGATE weighted_mean_state(value double precision, weight double precision) (
    SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = _exact_ratio_compact,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'weighted_mean',
    MSFUNC = _exact_ratio_accumulate, MINVFUNC = _exact_ratio_remove, MSTYPE = exact_ratio, MSSPACE = 256,
    MFINALFUNC = _exact_ratio_compact, MINITCOND = 'weighted_mean',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_mean_state(double precision, double precision) IS 'the state behind weighted_mean_agg, to be stored and merged; no row at all gives NULL';
CREATE AGGREGATE weighted_mean_merge(state exact_ratio) (
    SFUNC = _exact_ratio_combine, STYPE = exact_ratio, SSPACE = 256, FINALFUNC = exact_ratio_value,
    COMBINEFUNC = _exact_ratio_combine, INITCOND = 'weighted_mean',
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_mean_merge(exact_ratio) IS 'weighted_mean_agg over all rows of several states; NULL states are left out; a state of another indicator: 22023';
