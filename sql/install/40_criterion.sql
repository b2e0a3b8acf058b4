-- criterion: the language in which standards state their rules

CREATE TYPE criterion;

CREATE FUNCTION criterion_in(input cstring) RETURNS criterion
    AS 'MODULE_PATHNAME', 'il_criterion_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION criterion_in(cstring) IS
'reads a criterion: syntax, function names, number of arguments and types of literals. Errors: 42601 syntax, 22P02 a literal, argument or function that cannot be, 54000 longer than 32,768 bytes, more than 4,096 parts or nested more than 200 deep; each with the place and, where it can be guessed, what was meant';

CREATE FUNCTION criterion_out(criterion criterion) RETURNS cstring
    AS 'MODULE_PATHNAME', 'il_criterion_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION criterion_out(criterion) IS
'the canonical text; reading it again gives the same value byte for byte';

CREATE FUNCTION criterion_recv(input internal) RETURNS criterion
    AS 'MODULE_PATHNAME', 'il_criterion_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION criterion_recv(internal) IS
'binary form: a byte for the version of the language (1), then the text. Error 22P03 for another version';

CREATE FUNCTION criterion_send(criterion criterion) RETURNS bytea
    AS 'MODULE_PATHNAME', 'il_criterion_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION criterion_send(criterion) IS
'binary form: a byte for the version of the language (1), then the text';

CREATE TYPE criterion (
    INPUT = criterion_in,
    OUTPUT = criterion_out,
    RECEIVE = criterion_recv,
    SEND = criterion_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended
);
COMMENT ON TYPE criterion IS
'a condition on the facts of a parcel, building or community, true, false or unknown (three-valued logic throughout).
Terms: numbers (40% is 0.4), texts in single quotes, date ''2024-02-29'', true, false, facts by name, contract.x and plan.x, + - * /.
Conditions: < <= > >= = <>, in (...), between ... and ..., is known, is unknown, and, or, not, at_least(k, ...).
Codes in an order: danger_grade >= ''C'' of (''A'', ''B'', ''C'', ''D'').
years_since(date): completed calendar years up to the reference date of the ruleset.
for_years(n, ...): in n years that follow each other, over series (columns x_series and x_years); with year => -1 in the n years that end with that one, counted from the year of the reference date (as_of 2024-02-29: 2023).
Peers and controls: peer_mean(x), peer_ratio(a, b), peer_median(x), peer_percentile(x, 25%), each with year => -1 if of another year, counted from the year of the facts at hand (economic year 2023: 2022), and control_indicator(name): figures that the ruleset brings along, unknown where it does not.
Numbers are decimals: a double stands for its shortest decimal, and a value equal to a limit is never below or above it';

CREATE FUNCTION criterion_eq(a criterion, b criterion) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il_criterion_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION criterion_eq(criterion, criterion) IS 'same canonical text; serves the operator =';

CREATE FUNCTION criterion_ne(a criterion, b criterion) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il_criterion_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION criterion_ne(criterion, criterion) IS 'different canonical text; serves the operator <>';

CREATE FUNCTION criterion_hash(criterion criterion) RETURNS integer
    AS 'MODULE_PATHNAME', 'il_criterion_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION criterion_hash(criterion) IS 'hash of the canonical text';

CREATE FUNCTION criterion_hash_extended(criterion criterion, seed bigint) RETURNS bigint
    AS 'MODULE_PATHNAME', 'il_criterion_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION criterion_hash_extended(criterion, bigint) IS 'hash of the canonical text with a seed';

CREATE OPERATOR = (
    FUNCTION = criterion_eq, LEFTARG = criterion, RIGHTARG = criterion,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (criterion, criterion) IS 'same canonical text';

CREATE OPERATOR <> (
    FUNCTION = criterion_ne, LEFTARG = criterion, RIGHTARG = criterion,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (criterion, criterion) IS 'different canonical text';

CREATE OPERATOR CLASS criterion_ops DEFAULT FOR TYPE criterion USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 criterion_hash(criterion),
    FUNCTION 2 criterion_hash_extended(criterion, bigint);
COMMENT ON OPERATOR CLASS criterion_ops USING hash IS 'equality of canonical texts';

CREATE FUNCTION criterion_facts(criterion criterion, OUT name text, OUT used_as text) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_criterion_facts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 3;
COMMENT ON FUNCTION criterion_facts(criterion) IS
'the facts a criterion names, inside peer figures too, in the order of their first use; used_as = number, text, boolean, date or series, several joined by | where more than one would do; a fact used in two ways has two rows. NULL for NULL: no rows';

CREATE FUNCTION criterion_benchmarks(criterion criterion, OUT expression text, OUT function text, OUT argument text,
                                     OUT year_offset integer, OUT percentile double precision, OUT arguments text[])
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_criterion_benchmarks' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 2;
COMMENT ON FUNCTION criterion_benchmarks(criterion) IS
'the peer and control figures a criterion asks for, each once: expression = canonical text of the call, the key under which a ruleset looks the figure up; function; argument = what stands in it without year and percentile (of peer_ratio numerator, denominator), arguments = the same one by one; year_offset = year relative to the reference year, 0 where not given; percentile between 0 and 1. NULL for NULL: no rows';
