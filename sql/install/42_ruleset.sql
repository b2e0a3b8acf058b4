-- ruleset: the rules of one land type, compiled into a value

CREATE TYPE ruleset;

CREATE FUNCTION ruleset_in(input cstring) RETURNS ruleset
    AS 'MODULE_PATHNAME', 'il_ruleset_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION ruleset_in(cstring) IS
'reads and compiles a ruleset from the JSON that ruleset_out writes; what compile_ruleset refuses is refused here too. Error 22P02 for anything else';

CREATE FUNCTION ruleset_out(ruleset ruleset) RETURNS cstring
    AS 'MODULE_PATHNAME', 'il_ruleset_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION ruleset_out(ruleset) IS
'one line of JSON with the number of its format ("ruleset": 1, or 2 where rules have variants or keys are open), the same for the same ruleset always';

CREATE FUNCTION ruleset_recv(input internal) RETURNS ruleset
    AS 'MODULE_PATHNAME', 'il_ruleset_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION ruleset_recv(internal) IS
'binary form: a byte for the format (1 or 2), then the JSON text. Error 22P03 for another format';

CREATE FUNCTION ruleset_send(ruleset ruleset) RETURNS bytea
    AS 'MODULE_PATHNAME', 'il_ruleset_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION ruleset_send(ruleset) IS
'binary form: a byte for the format (1 or 2), then the JSON text';

CREATE TYPE ruleset (
    INPUT = ruleset_in,
    OUTPUT = ruleset_out,
    RECEIVE = ruleset_recv,
    SEND = ruleset_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);
COMMENT ON TYPE ruleset IS
'the compiled rules of one land type of a standard with everything a verdict needs: facts, gates, criteria, exemptions, reference date and peer figures. It reads no table, so classify() runs wherever the value is';

CREATE FUNCTION ruleset_eq(a ruleset, b ruleset) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il_ruleset_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION ruleset_eq(ruleset, ruleset) IS 'same content; serves the operator =';

CREATE FUNCTION ruleset_ne(a ruleset, b ruleset) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il_ruleset_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION ruleset_ne(ruleset, ruleset) IS 'different content; serves the operator <>';

CREATE FUNCTION ruleset_hash(ruleset ruleset) RETURNS integer
    AS 'MODULE_PATHNAME', 'il_ruleset_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION ruleset_hash(ruleset) IS 'hash of the content';

CREATE FUNCTION ruleset_hash_extended(ruleset ruleset, seed bigint) RETURNS bigint
    AS 'MODULE_PATHNAME', 'il_ruleset_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION ruleset_hash_extended(ruleset, bigint) IS 'hash of the content with a seed';

CREATE OPERATOR = (
    FUNCTION = ruleset_eq, LEFTARG = ruleset, RIGHTARG = ruleset,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (ruleset, ruleset) IS 'same content';

CREATE OPERATOR <> (
    FUNCTION = ruleset_ne, LEFTARG = ruleset, RIGHTARG = ruleset,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (ruleset, ruleset) IS 'different content';

CREATE OPERATOR CLASS ruleset_ops DEFAULT FOR TYPE ruleset USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 ruleset_hash(ruleset),
    FUNCTION 2 ruleset_hash_extended(ruleset, bigint);
COMMENT ON OPERATOR CLASS ruleset_ops USING hash IS 'equality of content';

CREATE TYPE ruleset_fact AS (
    name text,
    type text,
    unit text,
    level text,
    openness text,
    list_holder text,
    label_en text,
    label_zh text
);
COMMENT ON TYPE ruleset_fact IS
'a fact that criteria may name: name (x, or contract.x); type number | text | boolean | date | series (only a number and a series may share a name); unit and level for explanations; openness open | complete_list (NULL is open): a text or boolean that is NULL on a complete list means "not on the list", which is false, not unknown; list_holder who keeps that list; labels';

CREATE TYPE ruleset_rule AS (
    code text,
    role text,
    applicability criterion,
    criterion criterion,
    discretionary boolean,
    route text,
    label_en text,
    label_zh text
);
COMMENT ON TYPE ruleset_rule IS
'a rule: code = reason code, unique but for its variants; role gate | criterion | exemption; applicability = where it is false the rule counts as false (NULL: applies always); criterion; discretionary = an exemption that takes a recorded decision besides its facts; route = where a gate sends what it excludes; labels';

CREATE TYPE ruleset_scope AS (
    variant text,
    scope criterion,
    specificity integer
);
COMMENT ON TYPE ruleset_scope IS
'where a rule holds. Rules of one code are its variants, side by side, each with a name of its own (NULL: the only one), most specific first. The first whose scope is true counts (NULL: everywhere); if a scope before it is unknown, so is the rule; if equally specific ones are true, they count if they agree and leave the rule unknown otherwise; if none is true, the rule is false. In a scope, industry_code in (...) takes in all codes that begin so';

CREATE TYPE ruleset_benchmark AS (
    expression text,
    key_fact text[],
    key_value text[],
    n integer,
    value double precision,
    note text
);
COMMENT ON TYPE ruleset_benchmark IS
'a peer or control figure: expression = the call as criterion_benchmarks() names it; key_fact = the facts whose values choose the group ({} = one figure for all), the same in all rows of an expression; with * behind its name a fact is matched by prefix (an industry by the codes above it), with ? as it is, and for both the value  stands for any: of the rows that fit, the narrowest counts, the facts taken in their order; key_value = their values as text (numbers without needless zeros, true | false, yyyy-mm-dd); n = members of the group; value, NULL where there is none (too few peers), which leaves a rule unknown; note for explanations, one that begins with "fallback: " says that the figure is not of the group asked for first and gives the verdict the flag peer_fallback';

CREATE FUNCTION compile_ruleset(name text, version text, as_of date, criteria_needed integer,
                                facts ruleset_fact[], rules ruleset_rule[], benchmarks ruleset_benchmark[], scopes ruleset_scope[] DEFAULT NULL)
    RETURNS ruleset
    AS 'MODULE_PATHNAME', 'il_compile_ruleset' LANGUAGE C IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION compile_ruleset(text, text, date, integer, ruleset_fact[], ruleset_rule[], ruleset_benchmark[], ruleset_scope[]) IS
'compiles the rules of one land type. as_of NULL: rules that need the reference date are unknown; benchmarks NULL: none; criteria_needed = how many criteria make land inefficient. The order of benchmarks does not matter. scopes: where each of the rules holds, one for one; NULL: all of them everywhere. Errors: 42703 a criterion names an unknown fact (with place and the name that may be meant), 42804 a fact of another type, 22023 what does not fit together (unknown word, code or key twice, criteria_needed out of 1 to the number of criteria), 22003 a figure that is not finite, 22004 NULL for anything else that is needed';

CREATE FUNCTION check_criterion(criterion criterion, facts ruleset_fact[]) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il_check_criterion' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION check_criterion(criterion, ruleset_fact[]) IS
'true when every name of the criterion is one of the facts and used as what it is; otherwise the error compile_ruleset would raise (42703, 42804). NULL for NULL';
