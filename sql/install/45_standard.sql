-- standard: identification standards as rows
-- Shipped standards are rows of these tables and immutable; a survey has tables
-- of the same shape, looked up first, that hold the district's own standards.

CREATE TABLE standard (
    code          text PRIMARY KEY,
    version       text NOT NULL,
    title_en      text NOT NULL,
    title_zh      text NOT NULL,
    authority     text,
    valid_from    date,
    valid_to      date,
    source        text NOT NULL,
    confirmation  text NOT NULL CHECK (confirmation IN ('in_force', 'draft', 'incomplete', 'to_be_confirmed', 'synthetic')),
    deciding_use  text NOT NULL DEFAULT 'present' CHECK (deciding_use IN ('registered', 'approved', 'present', 'planned')),
    area_basis    text[] NOT NULL DEFAULT '{registered,planar,ellipsoidal}'
                  CHECK (area_basis <@ '{registered,planar,ellipsoidal}' AND cardinality(area_basis) >= 1)
);
COMMENT ON TABLE standard IS 'identification standards (认定标准)';
COMMENT ON COLUMN standard.code IS 'name by which the standard is called, e.g. jinhua-2024';
COMMENT ON COLUMN standard.version IS 'version, stored with every result';
COMMENT ON COLUMN standard.title_en IS 'English title';
COMMENT ON COLUMN standard.title_zh IS 'Chinese title';
COMMENT ON COLUMN standard.authority IS 'who issued it; NULL = nobody yet';
COMMENT ON COLUMN standard.valid_from IS 'first day in force; NULL = not stated';
COMMENT ON COLUMN standard.valid_to IS 'first day no longer in force; NULL = open';
COMMENT ON COLUMN standard.source IS 'where the text was read';
COMMENT ON COLUMN standard.confirmation IS 'how far its figures are confirmed: in_force, draft, incomplete, to_be_confirmed, synthetic';
COMMENT ON COLUMN standard.deciding_use IS 'which of the four uses of a parcel decides its family: registered, approved, present or planned';
COMMENT ON COLUMN standard.area_basis IS 'order in which the areas of a parcel are tried; the first that is known is the denominator of every indicator';

CREATE TABLE standard_land_type (
    standard        text NOT NULL REFERENCES standard ON UPDATE CASCADE ON DELETE CASCADE,
    land_type       text NOT NULL,
    family          text NOT NULL,
    label_en        text NOT NULL,
    label_zh        text NOT NULL,
    subject         text NOT NULL DEFAULT 'parcel' CHECK (subject IN ('parcel', 'building', 'community')),
    use_codes       text[],
    use_code_system text,
    minimum_share   double precision NOT NULL DEFAULT 0 CHECK (minimum_share >= 0 AND minimum_share <= 1),
    criteria_needed integer NOT NULL DEFAULT 1 CHECK (criteria_needed >= 1),
    sequence        integer NOT NULL DEFAULT 1,
    confirmation    text CHECK (confirmation IN ('in_force', 'draft', 'incomplete', 'to_be_confirmed', 'synthetic')),
    source          text,
    PRIMARY KEY (standard, land_type)
);
COMMENT ON TABLE standard_land_type IS 'the land types a standard tells apart, and how each is judged';
COMMENT ON COLUMN standard_land_type.standard IS 'the standard';
COMMENT ON COLUMN standard_land_type.land_type IS 'name inside the standard; standard/land_type calls it';
COMMENT ON COLUMN standard_land_type.family IS 'family of the survey it judges';
COMMENT ON COLUMN standard_land_type.label_en IS 'English name';
COMMENT ON COLUMN standard_land_type.label_zh IS 'Chinese name';
COMMENT ON COLUMN standard_land_type.subject IS 'what is judged: parcel, building or community; hectares count through the parcels';
COMMENT ON COLUMN standard_land_type.use_codes IS 'narrows the family to these codes of the deciding use; NULL = the whole family. The first land type by sequence that covers a parcel judges it';
COMMENT ON COLUMN standard_land_type.use_code_system IS 'code system of use_codes';
COMMENT ON COLUMN standard_land_type.minimum_share IS 'smallest share of the family in the land area of a parcel that makes it judged (0 to 1)';
COMMENT ON COLUMN standard_land_type.criteria_needed IS 'how many criteria must hold to make it inefficient';
COMMENT ON COLUMN standard_land_type.sequence IS 'order in which land types of one family are tried';
COMMENT ON COLUMN standard_land_type.confirmation IS 'how far the figures of this land type are confirmed, where that differs from the standard; NULL = as the standard';
COMMENT ON COLUMN standard_land_type.source IS 'where this land type was read and what is missing of it, where that differs from the standard; NULL = as the standard';

CREATE TABLE standard_fact (
    standard   text NOT NULL,
    land_type  text NOT NULL,
    fact       text NOT NULL,
    type       text NOT NULL CHECK (type IN ('number', 'text', 'boolean', 'date', 'series')),
    unit       text,
    level      text NOT NULL DEFAULT 'parcel' CHECK (level IN ('parcel', 'part', 'building')),
    openness   text NOT NULL DEFAULT 'open' CHECK (openness IN ('open', 'complete_list')),
    required   boolean NOT NULL DEFAULT true,
    department text,
    label_en   text NOT NULL,
    label_zh   text NOT NULL,
    sequence   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (standard, land_type, fact),
    FOREIGN KEY (standard, land_type) REFERENCES standard_land_type ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE standard_fact IS 'the facts a land type may ask for; a rule that names another is refused when it is saved';
COMMENT ON COLUMN standard_fact.standard IS 'the standard';
COMMENT ON COLUMN standard_fact.land_type IS 'the land type';
COMMENT ON COLUMN standard_fact.fact IS 'name as written in criteria; contract.x stands in column contract_x';
COMMENT ON COLUMN standard_fact.type IS 'number, text, boolean, date or series';
COMMENT ON COLUMN standard_fact.unit IS 'unit of a number, e.g. 10^4 CNY/mu; NULL = pure number';
COMMENT ON COLUMN standard_fact.level IS 'parcel: of the whole parcel; part: of the family''s part; building: of its buildings';
COMMENT ON COLUMN standard_fact.openness IS 'open: absence is unknown; complete_list: a department declares its list complete, absence means no';
COMMENT ON COLUMN standard_fact.required IS 'whether a survey must collect it';
COMMENT ON COLUMN standard_fact.department IS 'who supplies it';
COMMENT ON COLUMN standard_fact.label_en IS 'English name';
COMMENT ON COLUMN standard_fact.label_zh IS 'Chinese name';
COMMENT ON COLUMN standard_fact.sequence IS 'order in forms and lists';

CREATE TABLE standard_rule (
    standard      text NOT NULL,
    land_type     text NOT NULL,
    rule          text NOT NULL,
    role          text NOT NULL CHECK (role IN ('gate', 'criterion', 'exemption')),
    reason_family text,
    applicability criterion,
    criterion     criterion NOT NULL,
    discretionary boolean NOT NULL DEFAULT false CHECK (NOT discretionary OR role = 'exemption'),
    route         text CHECK (route IS NULL OR role = 'gate'),
    label_en      text NOT NULL,
    label_zh      text NOT NULL,
    sequence      integer NOT NULL DEFAULT 1,
    variant       text NOT NULL DEFAULT '',
    management_area text[] CHECK (cardinality(management_area) >= 1 AND array_position(management_area, NULL) IS NULL),
    zone          text[] CHECK (cardinality(zone) >= 1 AND array_position(zone, NULL) IS NULL),
    industry_code text[] CHECK (cardinality(industry_code) >= 1 AND array_position(industry_code, NULL) IS NULL AND array_position(industry_code, '') IS NULL),
    industry_code_system text,
    size_class    text[] CHECK (cardinality(size_class) >= 1 AND array_position(size_class, NULL) IS NULL),
    PRIMARY KEY (standard, land_type, rule, variant),
    CHECK ((industry_code IS NULL) = (industry_code_system IS NULL)),
    FOREIGN KEY (standard, land_type) REFERENCES standard_land_type ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE standard_rule IS 'gates, criteria and exemptions';
COMMENT ON COLUMN standard_rule.standard IS 'the standard';
COMMENT ON COLUMN standard_rule.land_type IS 'the land type';
COMMENT ON COLUMN standard_rule.rule IS 'reason code, e.g. J-1a';
COMMENT ON COLUMN standard_rule.role IS 'gate: decides first and excludes; criterion: makes inefficient; exemption: lifts it';
COMMENT ON COLUMN standard_rule.reason_family IS 'group of reasons, a code of label topic reason_family';
COMMENT ON COLUMN standard_rule.applicability IS 'where it does not hold, the rule counts as false; NULL = applies always';
COMMENT ON COLUMN standard_rule.criterion IS 'the condition';
COMMENT ON COLUMN standard_rule.discretionary IS 'an exemption that counts only with a recorded decision';
COMMENT ON COLUMN standard_rule.route IS 'where a gate sends the case, e.g. idle_land_disposal';
COMMENT ON COLUMN standard_rule.label_en IS 'the reason in English, fit for a letter';
COMMENT ON COLUMN standard_rule.label_zh IS 'the reason in Chinese, fit for a letter';
COMMENT ON COLUMN standard_rule.sequence IS 'order of evaluation and display; variants of a rule stand together at the first of theirs';
COMMENT ON COLUMN standard_rule.variant IS 'rows of one rule with different scopes are its variants, told apart by this name. For a subject the most specific variant whose scope holds counts: the one with more scope columns set (management_area, zone, industry_code, size_class), among these the one with the longer industry code (of several the shortest). A scope that cannot be decided leaves the rule unknown; where no variant holds, the rule is false. Variants of one specificity that can hold at once are an error of check_standard() and make_ruleset(); values of one column exclude each other there, and a parcel in two management areas whose variants disagree has the rule unknown';
COMMENT ON COLUMN standard_rule.management_area IS 'scope: codes of management areas (金街, 五大道), one of which the subject lies in (fact management_area); NULL = everywhere';
COMMENT ON COLUMN standard_rule.zone IS 'scope: codes of fact zone; NULL = every zone';
COMMENT ON COLUMN standard_rule.industry_code IS 'scope: codes of fact industry_code, each with all codes that begin so (26 takes in 2614); NULL = every industry';
COMMENT ON COLUMN standard_rule.industry_code_system IS 'code system of industry_code, which fact industry_code_system must name';
COMMENT ON COLUMN standard_rule.size_class IS 'scope: codes of fact size_class (of land or enterprise); NULL = every size';

CREATE TABLE standard_peer_group (
    standard   text NOT NULL,
    land_type  text NOT NULL,
    sequence   integer NOT NULL DEFAULT 1,
    facts      text[] NOT NULL DEFAULT '{}' CHECK (array_position(facts, NULL) IS NULL),
    population criterion,
    minimum    integer NOT NULL DEFAULT 3 CHECK (minimum >= 1),
    below      text NOT NULL DEFAULT 'unknown' CHECK (below IN ('unknown', 'next', 'published')),
    PRIMARY KEY (standard, land_type, sequence),
    FOREIGN KEY (standard, land_type) REFERENCES standard_land_type ON UPDATE CASCADE ON DELETE CASCADE
);
COMMENT ON TABLE standard_peer_group IS 'with whom the peer figures of a land type compare. A land type without rows has one group of all its subjects, at least 3. A figure that is not of the first group says so in its note, and gives the verdicts that looked it up the flag peer_fallback';
COMMENT ON COLUMN standard_peer_group.standard IS 'the standard';
COMMENT ON COLUMN standard_peer_group.land_type IS 'the land type';
COMMENT ON COLUMN standard_peer_group.sequence IS 'the first group is tried first, the others where it is too small';
COMMENT ON COLUMN standard_peer_group.facts IS 'facts whose equal values form a group; {} = all subjects of the land type. Each following group is wider: some of the facts of the one before. Subjects of which one is unknown belong to no group of it';
COMMENT ON COLUMN standard_peer_group.population IS 'which subjects count (land_area >= 2000); where it is unknown a subject does not count; NULL = all. It decides who is counted, not who is compared, and reads no reference date';
COMMENT ON COLUMN standard_peer_group.minimum IS 'fewer subjects with a known figure are too few';
COMMENT ON COLUMN standard_peer_group.below IS 'what then: unknown; next = the following group; published = the value of standard_control whose indicator is the figure as it is written, e.g. peer_mean(tax_per_mu), by the industry among the facts of the first group, else unknown';

CREATE TABLE standard_control (
    standard             text NOT NULL REFERENCES standard ON UPDATE CASCADE ON DELETE CASCADE,
    indicator            text NOT NULL,
    industry_code        text NOT NULL DEFAULT '',
    industry_code_system text NOT NULL DEFAULT '',
    value                double precision NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
    unit                 text,
    source               text NOT NULL,
    zone                 text NOT NULL DEFAULT '',
    size_class           text NOT NULL DEFAULT '',
    year                 integer NOT NULL DEFAULT 0 CHECK (year BETWEEN 0 AND 9999),
    PRIMARY KEY (standard, indicator, industry_code_system, industry_code, zone, size_class, year),
    CHECK ((industry_code = '') = (industry_code_system = ''))
);
COMMENT ON TABLE standard_control IS 'published benchmark and control values of a standard (控制指标), read by control_indicator(name)';
COMMENT ON COLUMN standard_control.standard IS 'the standard';
COMMENT ON COLUMN standard_control.indicator IS 'name inside control_indicator(…)';
COMMENT ON COLUMN standard_control.industry_code IS 'industry the value is for, with all whose codes begin so; empty = all. Of the rows that fit a subject the one with the longest industry code counts, then the one that names the zone, then the one that names the size class. The industry of a subject is its fact industry_code, or industry_division where the land type does not declare that';
COMMENT ON COLUMN standard_control.industry_code_system IS 'code system of the industry code; a code of another system never matches';
COMMENT ON COLUMN standard_control.value IS 'the value in the unit given';
COMMENT ON COLUMN standard_control.unit IS 'unit; NULL = pure number';
COMMENT ON COLUMN standard_control.source IS 'where the value was published';
COMMENT ON COLUMN standard_control.zone IS 'zone of the table (分区), a code of fact zone; empty = every zone';
COMMENT ON COLUMN standard_control.size_class IS 'size class of the table (规模等级), a code of fact size_class; empty = every size';
COMMENT ON COLUMN standard_control.year IS 'year of the value (年份); the latest counts that is not after the economic year of a run (in make_ruleset: the year of as_of; NULL: the latest of all); 0 = undated';

CREATE TABLE standard_legacy_period (
    standard  text NOT NULL REFERENCES standard ON UPDATE CASCADE ON DELETE CASCADE,
    period    text NOT NULL,
    from_date date,
    to_date   date,
    label_en  text NOT NULL,
    label_zh  text NOT NULL,
    treatment_en text,
    treatment_zh text,
    PRIMARY KEY (standard, period),
    CHECK (from_date < to_date)
);
COMMENT ON TABLE standard_legacy_period IS 'periods of historical-legacy land (历史遗留用地): half-open [from_date, to_date) by the date on which use began';
COMMENT ON COLUMN standard_legacy_period.standard IS 'the standard';
COMMENT ON COLUMN standard_legacy_period.period IS 'name of the period';
COMMENT ON COLUMN standard_legacy_period.from_date IS 'first day; NULL = from the beginning';
COMMENT ON COLUMN standard_legacy_period.to_date IS 'first day after; NULL = open';
COMMENT ON COLUMN standard_legacy_period.label_en IS 'English name';
COMMENT ON COLUMN standard_legacy_period.label_zh IS 'Chinese name';
COMMENT ON COLUMN standard_legacy_period.treatment_en IS 'treatment the standard names, English; a suggestion, never a decision';
COMMENT ON COLUMN standard_legacy_period.treatment_zh IS 'treatment the standard names, Chinese';

CREATE TABLE standard_reporting (
    standard text NOT NULL REFERENCES standard ON UPDATE CASCADE ON DELETE CASCADE,
    scheme   text NOT NULL,
    family   text NOT NULL,
    category text NOT NULL,
    label_en text NOT NULL,
    label_zh text NOT NULL,
    sequence integer NOT NULL DEFAULT 1,
    PRIMARY KEY (standard, scheme, family)
);
COMMENT ON TABLE standard_reporting IS 'reporting schemes: how families are summed to the categories a higher authority asks for';
COMMENT ON COLUMN standard_reporting.standard IS 'the standard';
COMMENT ON COLUMN standard_reporting.scheme IS 'name of the scheme';
COMMENT ON COLUMN standard_reporting.family IS 'family of the survey';
COMMENT ON COLUMN standard_reporting.category IS 'category of the scheme';
COMMENT ON COLUMN standard_reporting.label_en IS 'English name of the category';
COMMENT ON COLUMN standard_reporting.label_zh IS 'Chinese name of the category';
COMMENT ON COLUMN standard_reporting.sequence IS 'order of the categories';

GRANT SELECT ON standard, standard_land_type, standard_fact, standard_rule, standard_peer_group, standard_control, standard_legacy_period, standard_reporting TO PUBLIC;

CREATE FUNCTION _code_list(codes text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN (SELECT string_agg('''' || replace(c.code, '''', '''''') || '''', ', ' ORDER BY c.place) FROM unnest(codes) WITH ORDINALITY AS c (code, place));
END
$function$;
COMMENT ON FUNCTION _code_list(text[]) IS 'codes as texts of the criterion language, between commas; NULL for NULL';

CREATE FUNCTION _code_test(codes text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN CASE WHEN cardinality(codes) = 1 THEN ' = ' || _code_list(codes) ELSE ' in (' || _code_list(codes) || ')' END;
END
$function$;
COMMENT ON FUNCTION _code_test(text[]) IS 'what follows a fact that must be one of these codes; NULL for NULL, and where the one code is NULL';

CREATE FUNCTION _rule_scope(management_area text[], zone text[], industry_code text[], industry_code_system text, size_class text[]) RETURNS criterion
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN nullif(concat_ws(' and ', 'management_area' || _code_test(management_area), 'zone' || _code_test(zone),
                            'industry_code_system' || _code_test(ARRAY[industry_code_system]) || ' and industry_code in (' || _code_list(industry_code) || ')',
                            'size_class' || _code_test(size_class)), '')::criterion;
END
$function$;
COMMENT ON FUNCTION _rule_scope(text[], text[], text[], text, text[]) IS 'the scope columns of standard_rule as a condition; NULL where none is set';

CREATE FUNCTION _rule_specificity(management_area text[], zone text[], industry_code text[], size_class text[]) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN 1000 * num_nonnulls(management_area, zone, industry_code, size_class) + coalesce((SELECT least(min(length(c)), 999) FROM unnest(industry_code) c), 0);
END
$function$;
COMMENT ON FUNCTION _rule_specificity(text[], text[], text[], text[]) IS 'how narrow a scope is: a thousand for each column set, plus the length of the shortest industry code';

CREATE TYPE _rule_variant AS (land_type text, rule text, variant text, management_area text[], zone text[], industry_code text[], industry_code_system text, size_class text[]);
COMMENT ON TYPE _rule_variant IS 'a rule and where it holds';

CREATE FUNCTION _scopes_meet(a _rule_variant, b _rule_variant) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN (a.management_area && b.management_area) IS NOT FALSE AND (a.zone && b.zone) IS NOT FALSE AND (a.size_class && b.size_class) IS NOT FALSE
       AND (a.industry_code IS NULL OR b.industry_code IS NULL
            OR a.industry_code_system = b.industry_code_system AND EXISTS (SELECT FROM unnest(a.industry_code) x, unnest(b.industry_code) y WHERE starts_with(x, y) OR starts_with(y, x)));
END
$function$;
COMMENT ON FUNCTION _scopes_meet(_rule_variant, _rule_variant) IS 'whether two scopes can hold at once; values of one column exclude each other';

CREATE FUNCTION _scope_tie(variants _rule_variant[]) RETURNS TABLE (land_type text, rule text, variant text, other text)
    LANGUAGE plpgsql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 5
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH v AS MATERIALIZED (
            SELECT u.*, u AS whole, _rule_specificity(u.management_area, u.zone, u.industry_code, u.size_class) AS specificity FROM unnest(variants) u
        )
        SELECT a.land_type, a.rule, a.variant, b.variant
          FROM v a JOIN v b ON b.land_type = a.land_type AND b.rule = a.rule AND b.specificity = a.specificity AND b.variant COLLATE "C" > a.variant COLLATE "C"
         WHERE _scopes_meet(a.whole, b.whole)
         ORDER BY a.land_type COLLATE "C", a.rule COLLATE "C", a.variant COLLATE "C", b.variant COLLATE "C";
END
$function$;
COMMENT ON FUNCTION _scope_tie(_rule_variant[]) IS 'pairs of variants of one rule that can hold at once and of which neither is more specific';

-- A survey's own standards: tables of the same shape.
CREATE FUNCTION _standard_tables() RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN '{standard,standard_land_type,standard_fact,standard_rule,standard_peer_group,standard_control,standard_legacy_period,standard_reporting,standard_score,standard_score_item,standard_score_base}'::text[];
COMMENT ON FUNCTION _standard_tables() IS 'the tables that hold a standard, each after those it refers to';

CREATE PROCEDURE _create_standard_tables(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY _standard_tables()
    LOOP
        EXECUTE format('CREATE TABLE %I.%I (LIKE inefficient_land.%I INCLUDING ALL)', survey, t, t);
        EXECUTE format('COMMENT ON TABLE %I.%I IS %L', survey, t, obj_description(format('inefficient_land.%I', t)::regclass, 'pg_class'));
    END LOOP;
    FOREACH t IN ARRAY ARRAY['standard_land_type', 'standard_control', 'standard_legacy_period', 'standard_reporting', 'standard_score']
    LOOP
        EXECUTE format('ALTER TABLE %I.%I ADD FOREIGN KEY (standard) REFERENCES %I.standard ON UPDATE CASCADE ON DELETE CASCADE', survey, t, survey);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['standard_fact', 'standard_rule', 'standard_peer_group']
    LOOP
        EXECUTE format('ALTER TABLE %I.%I ADD FOREIGN KEY (standard, land_type) REFERENCES %I.standard_land_type ON UPDATE CASCADE ON DELETE CASCADE', survey, t, survey);
    END LOOP;
    EXECUTE format('ALTER TABLE %I.standard_score_item ADD FOREIGN KEY (standard, model) REFERENCES %1$I.standard_score ON UPDATE CASCADE ON DELETE CASCADE', survey);
    EXECUTE format('ALTER TABLE %I.standard_score_base ADD FOREIGN KEY (standard, model, item) REFERENCES %1$I.standard_score_item ON UPDATE CASCADE ON DELETE CASCADE', survey);
    FOREACH t IN ARRAY ARRAY['standard_land_type', 'standard_fact', 'standard_rule', 'standard_peer_group']
    LOOP
        EXECUTE format('CREATE CONSTRAINT TRIGGER check_saved_rule AFTER INSERT OR UPDATE OR DELETE ON %I.%I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION inefficient_land._check_saved_rule()', survey, t);
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE _create_standard_tables(name) IS 'creates the tables that hold a survey''s own standards';

CREATE FUNCTION _standard_home(survey name, standard text) RETURNS name
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    found_in name;
    known text;
BEGIN
    IF standard IS NULL THEN
        RAISE EXCEPTION 'standard must not be null' USING ERRCODE = 'null_value_not_allowed',
            HINT = 'SELECT code, title_en FROM inefficient_land.standard names the shipped standards.';
    END IF;
    IF survey IS NOT NULL THEN
        PERFORM _require_survey(survey);
        EXECUTE format('SELECT %L::name FROM %I.standard s WHERE s.code = $1', survey, survey) INTO found_in USING standard;
        IF found_in IS NOT NULL THEN
            RETURN found_in;
        END IF;
    END IF;
    IF EXISTS (SELECT FROM inefficient_land.standard s WHERE s.code = _standard_home.standard) THEN
        RETURN 'inefficient_land';
    END IF;
    SELECT string_agg(s.code, ', ' ORDER BY s.code COLLATE "C") INTO known FROM inefficient_land.standard s;
    RAISE EXCEPTION 'standard "%" does not exist', standard USING ERRCODE = 'undefined_object',
        DETAIL = CASE WHEN survey IS NULL THEN 'Only shipped standards can be used outside a survey.' ELSE format('Looked in survey "%s" and among the shipped standards.', survey) END,
        HINT = format('Shipped standards: %s. A district''s own is made by CALL inefficient_land.copy_standard(source, target, survey).', known);
END
$function$;
COMMENT ON FUNCTION _standard_home(name, text) IS 'the schema whose tables hold the standard: the survey if it has one of that code, else ours; 42704 unknown';

CREATE FUNCTION _control_benchmarks(home name, standard text, land_type text, year integer) RETURNS SETOF ruleset_benchmark
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 50
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY EXECUTE format($query$
        WITH fact AS (
            SELECT CASE WHEN EXISTS (SELECT FROM %1$I.standard_fact f WHERE f.standard = $1 AND f.land_type = $2 AND f.fact = 'industry_code') THEN 'industry_code' ELSE 'industry_division' END AS industry
        ), value AS (
            -- the latest year of each cell of the table
            SELECT DISTINCT ON (c.indicator, c.industry_code_system, c.industry_code, c.zone, c.size_class) c.*
              FROM %1$I.standard_control c
             WHERE c.standard = $1 AND c.year <= coalesce($3, 9999)
               AND EXISTS (SELECT FROM %1$I.standard_rule r, unnest(ARRAY[r.applicability, r.criterion]) AS k (criterion), criterion_benchmarks(k.criterion) b
                            WHERE r.standard = $1 AND r.land_type = $2 AND b.function = 'control_indicator' AND b.argument = c.indicator)
             ORDER BY c.indicator, c.industry_code_system, c.industry_code, c.zone, c.size_class, c.year DESC
        ), shape AS (
            SELECT v.indicator, f.industry, bool_or(v.industry_code <> '') AS by_industry, bool_or(v.zone <> '') AS by_zone, bool_or(v.size_class <> '') AS by_size,
                   -- one value for each division, and nothing else: no need to look for the narrowest
                   bool_and(v.industry_code <> '' AND v.zone = '' AND v.size_class = '') AND f.industry = 'industry_division' AS plain
              FROM value v CROSS JOIN fact f GROUP BY v.indicator, f.industry
        )
        SELECT format('control_indicator(%%s)', v.indicator),
               CASE WHEN s.plain THEN ARRAY['industry_division', 'industry_code_system']
                    ELSE array_remove(ARRAY[CASE WHEN s.by_industry THEN s.industry || '*' END, CASE WHEN s.by_industry THEN 'industry_code_system?' END, CASE WHEN s.by_zone THEN 'zone?' END, CASE WHEN s.by_size THEN 'size_class?' END], NULL) END,
               CASE WHEN s.plain THEN ARRAY[v.industry_code, v.industry_code_system]
                    ELSE array_remove(ARRAY[CASE WHEN s.by_industry THEN v.industry_code END, CASE WHEN s.by_industry THEN v.industry_code_system END, CASE WHEN s.by_zone THEN v.zone END, CASE WHEN s.by_size THEN v.size_class END], NULL) END,
               NULL::integer, v.value,
               concat_ws('; ', v.source, nullif(v.year, 0), CASE WHEN NOT s.plain THEN 'industry ' || nullif(v.industry_code, '') || ' (' || v.industry_code_system || ')' END, 'zone ' || nullif(v.zone, ''), 'size ' || nullif(v.size_class, ''))
          FROM value v JOIN shape s ON s.indicator = v.indicator
         ORDER BY v.indicator COLLATE "C", v.industry_code_system COLLATE "C", v.industry_code COLLATE "C", v.zone COLLATE "C", v.size_class COLLATE "C"$query$, home)
      USING standard, land_type, year;
END
$function$;
COMMENT ON FUNCTION _control_benchmarks(name, text, text, integer) IS 'the published values of a standard that the rules of a land type ask for, of each cell the latest that is not after the year (NULL: the latest), in the form a ruleset takes them; the note says source, year and cell';

CREATE FUNCTION _build_ruleset(home name, standard text, land_type text, as_of date, benchmarks ruleset_benchmark[], closed_facts text[] DEFAULT '{}', closed_holders text[] DEFAULT '{}') RETURNS ruleset
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result ruleset;
    known text;
    tie record;
BEGIN
    EXECUTE format('SELECT t.* FROM _scope_tie((SELECT array_agg(ROW(r.land_type, r.rule, r.variant, r.management_area, r.zone, r.industry_code, r.industry_code_system, r.size_class)::_rule_variant) FROM (SELECT r.*, count(*) OVER (PARTITION BY r.rule) AS variants FROM %1$I.standard_rule r WHERE r.standard = $1 AND r.land_type = $2) r WHERE r.variants > 1)) t LIMIT 1', home)
       INTO tie USING standard, land_type;
    IF tie.rule IS NOT NULL THEN
        RAISE EXCEPTION 'variants "%" and "%" of rule "%" can hold at once', tie.variant, tie.other, tie.rule USING ERRCODE = 'invalid_parameter_value',
            DETAIL = 'Neither is more specific than the other.',
            HINT = 'Give one of them one scope column more, or exclude what both cover. check_standard() lists all such pairs.';
    END IF;
    EXECUTE format($query$
        WITH rule AS MATERIALIZED (
            SELECT r.*, count(*) OVER w AS variants, min(r.sequence) OVER w AS place,
                   _rule_scope(r.management_area, r.zone, r.industry_code, r.industry_code_system, r.size_class) AS scope,
                   _rule_specificity(r.management_area, r.zone, r.industry_code, r.size_class) AS specificity
              FROM %1$I.standard_rule r WHERE r.standard = $1 AND r.land_type = $2 WINDOW w AS (PARTITION BY r.rule)
        )
        SELECT compile_ruleset(s.code || '/' || t.land_type, s.version, $3, t.criteria_needed,
                   ARRAY(SELECT ROW(f.fact, f.type, f.unit, f.level,
                                    CASE WHEN f.fact = ANY ($5) THEN 'complete_list' ELSE f.openness END,
                                    coalesce($6[array_position($5, f.fact)], f.department), f.label_en, f.label_zh)::ruleset_fact
                           FROM %1$I.standard_fact f WHERE f.standard = $1 AND f.land_type = $2
                          ORDER BY f.sequence, f.fact COLLATE "C"),
                   ARRAY(SELECT ROW(r.rule, r.role, r.applicability, r.criterion, r.discretionary, r.route, r.label_en, r.label_zh)::ruleset_rule FROM rule r ORDER BY r.place, r.rule COLLATE "C", r.specificity DESC, r.variant COLLATE "C"),
                   $4,
                   ARRAY(SELECT ROW(CASE WHEN r.variants > 1 OR r.scope IS NOT NULL THEN r.variant END, r.scope, r.specificity)::ruleset_scope FROM rule r ORDER BY r.place, r.rule COLLATE "C", r.specificity DESC, r.variant COLLATE "C"))
          FROM %1$I.standard s JOIN %1$I.standard_land_type t ON t.standard = s.code
         WHERE s.code = $1 AND t.land_type = $2$query$, home)
       INTO result USING standard, land_type, as_of, coalesce(benchmarks, '{}'), closed_facts, closed_holders;
    IF result IS NULL THEN
        EXECUTE format('SELECT string_agg(t.land_type, '', '' ORDER BY t.sequence, t.land_type) FROM %I.standard_land_type t WHERE t.standard = $1', home) INTO known USING standard;
        RAISE EXCEPTION '%', CASE WHEN land_type IS NULL THEN format('standard "%s" has not one land type: name the one that is meant', standard)
                                  ELSE format('standard "%s" has no land type "%s"', standard, land_type) END USING ERRCODE = 'undefined_object',
            HINT = format('Its land types: %s.', coalesce(known, 'none'));
    END IF;
    RETURN result;
END
$function$;
COMMENT ON FUNCTION _build_ruleset(name, text, text, date, ruleset_benchmark[], text[], text[]) IS 'compiles a land type of the standard whose tables stand in schema home; closed_facts and closed_holders: lists declared complete beside those the standard declares';

CREATE FUNCTION make_ruleset(standard text, land_type text DEFAULT NULL, as_of date DEFAULT NULL, benchmarks regclass DEFAULT NULL, survey name DEFAULT NULL) RETURNS ruleset
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    code text := CASE WHEN land_type IS NULL THEN split_part(standard, '/', 1) ELSE standard END;
    kind text := coalesce(land_type, nullif(split_part(standard, '/', 2), ''));
    home name := _standard_home(survey, code);
    rows ruleset_benchmark[];
BEGIN
    IF kind IS NULL THEN
        EXECUTE format('SELECT min(t.land_type) FROM %I.standard_land_type t WHERE t.standard = $1 HAVING count(*) = 1', home) INTO kind USING code;
    END IF;
    IF benchmarks IS NULL THEN
        rows := ARRAY(SELECT b FROM _control_benchmarks(home, code, kind, extract(year FROM as_of)::integer) b);
    ELSE
        EXECUTE format('SELECT ARRAY(SELECT ROW(b.expression, b.key_fact, b.key_value, b.n, b.value, b.note)::ruleset_benchmark FROM %s b ORDER BY b.expression COLLATE "C", b.key_value)', benchmarks) INTO rows;
    END IF;
    RETURN _build_ruleset(home, code, kind, as_of, rows);
END
$function$;
COMMENT ON FUNCTION make_ruleset(text, text, date, regclass, name) IS 'compiles one land type of a standard: make_ruleset(''jinhua-2024'', ''industrial'', …) or make_ruleset(''jinhua-2024/industrial'', …). as_of: reference date, NULL leaves date rules unknown; benchmarks: relation with the columns of ruleset_benchmark (see compute_benchmarks), NULL = the published values of the standard alone, so that peer rules are unknown; survey: look among its own standards first. Errors: 42704 unknown standard or land type';

CREATE FUNCTION _refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION 'shipped standards cannot be changed' USING ERRCODE = 'object_not_in_prerequisite_state',
        DETAIL = 'A change here would be lost with the next dump and restore.',
        HINT = 'CALL inefficient_land.copy_standard(source, target, survey) writes a copy into a survey, where it is edited as a table.';
END
$function$;
COMMENT ON FUNCTION _refuse_change() IS 'trigger: keeps shipped standards as they were shipped (55000)';

CREATE FUNCTION _check_land_type(home name, standard text, land_type text, only_rule text DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    facts ruleset_fact[];
    saved record;
    stray text;
    problem text;
    more text;
    advice text;
BEGIN
    EXECUTE format('SELECT array_agg(ROW(f.fact, f.type, f.unit, f.level, f.openness, f.department, f.label_en, f.label_zh)::ruleset_fact) FROM %I.standard_fact f WHERE f.standard = $1 AND f.land_type = $2', home)
       INTO facts USING standard, land_type;
    FOR saved IN EXECUTE format('SELECT r.rule, c.criterion FROM %I.standard_rule r, unnest(ARRAY[r.applicability, r.criterion, _rule_scope(r.management_area, r.zone, r.industry_code, r.industry_code_system, r.size_class)]) AS c (criterion) WHERE r.standard = $1 AND r.land_type = $2 AND c.criterion IS NOT NULL AND ($3 IS NULL OR r.rule = $3) ORDER BY r.sequence, r.rule COLLATE "C"', home)
     USING standard, land_type, only_rule
    LOOP
        BEGIN
            PERFORM check_criterion(saved.criterion, coalesce(facts, '{}'));
        EXCEPTION WHEN undefined_column OR datatype_mismatch THEN
            GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, more = PG_EXCEPTION_DETAIL, advice = PG_EXCEPTION_HINT;
            RAISE EXCEPTION 'rule "%" of %/%: %', saved.rule, standard, land_type, problem
                USING ERRCODE = SQLSTATE, DETAIL = more, HINT = coalesce(nullif(advice, ''), 'The facts of a land type stand in standard_fact; save them before its rules, or in the same transaction.');
        END;
    END LOOP;
    IF only_rule IS NOT NULL THEN
        RETURN;
    END IF;
    FOR saved IN EXECUTE format('SELECT g.sequence, g.facts, g.population, lag(g.facts) OVER (ORDER BY g.sequence) AS before FROM %I.standard_peer_group g WHERE g.standard = $1 AND g.land_type = $2 ORDER BY g.sequence', home)
     USING standard, land_type
    LOOP
        SELECT string_agg(quote_literal(p.fact), ', ' ORDER BY p.place) INTO stray FROM unnest(saved.facts) WITH ORDINALITY AS p (fact, place) WHERE NOT EXISTS (SELECT FROM unnest(facts) f WHERE f.name = p.fact);
        IF stray IS NOT NULL THEN
            RAISE EXCEPTION 'peer group % of %/% names %, which is not among its facts', saved.sequence, standard, land_type, stray USING ERRCODE = 'undefined_column',
                HINT = 'Peers are subjects with equal values of facts that standard_fact declares for the land type.';
        END IF;
        IF NOT saved.facts <@ saved.before THEN
            RAISE EXCEPTION 'peer group % of %/% is not wider than the one before', saved.sequence, standard, land_type USING ERRCODE = 'invalid_parameter_value',
                HINT = format('Its facts must be some of %s.', saved.before);
        END IF;
        -- the values by which peers are grouped stand in benchmark.key_value, which readers see
        SELECT string_agg(quote_literal(p.fact), ', ' ORDER BY p.place) INTO stray FROM unnest(saved.facts) WITH ORDINALITY AS p (fact, place), _survey_access() s
         WHERE s.table_name = 'parcel_indicator' AND replace(p.fact, '.', '_') = ANY (s.confidential);
        IF stray IS NOT NULL THEN
            RAISE EXCEPTION 'peer group % of %/% names %, a figure of single firms', saved.sequence, standard, land_type, stray USING ERRCODE = 'invalid_parameter_value',
                DETAIL = 'Readers of a survey see by which values peers are grouped.',
                HINT = 'Group peers by what readers may see, for example by industry_division or subdistrict.';
        END IF;
        IF saved.population IS NOT NULL THEN
            IF EXISTS (SELECT FROM criterion_benchmarks(saved.population)) THEN
                RAISE EXCEPTION 'population of peer group % of %/% asks for a peer or published figure', saved.sequence, standard, land_type USING ERRCODE = 'invalid_parameter_value',
                    HINT = 'Who counts is known before figures are: use facts of the subject alone.';
            END IF;
            PERFORM check_criterion(saved.population, coalesce(facts, '{}'));
        END IF;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _check_land_type(name, text, text, text) IS 'refuses a land type (only_rule: that rule of it) whose rules or peer groups name an unknown fact or use one by a wrong type (42703, 42804), naming the rule, the place and the nearest known name, and peer groups that do not widen, ask for figures, or are formed by figures of single firms (22023)';

CREATE FUNCTION _check_saved_rule() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    saved record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        saved := OLD;
    ELSE
        saved := NEW;
    END IF;
    -- a rule says nothing of the others: so a thousand are saved as quickly as each of them
    IF TG_TABLE_NAME = 'standard_rule' THEN
        IF TG_OP <> 'DELETE' THEN
            PERFORM _check_land_type(TG_TABLE_SCHEMA, saved.standard, saved.land_type, NEW.rule);
        END IF;
        RETURN NULL;
    END IF;
    PERFORM _check_land_type(TG_TABLE_SCHEMA, saved.standard, saved.land_type);
    -- a land type is written rule by rule, so too few criteria are a fault only once there were enough
    IF TG_TABLE_NAME = 'standard_land_type' AND TG_OP = 'UPDATE' THEN
        IF OLD.criteria_needed < NEW.criteria_needed AND NOT _has_criteria(TG_TABLE_SCHEMA, NEW.standard, NEW.land_type) THEN
            RAISE EXCEPTION 'criteria_needed of %/% is %, more than it has criteria', NEW.standard, NEW.land_type, NEW.criteria_needed USING ERRCODE = 'invalid_parameter_value',
                HINT = 'No parcel could be inefficient: lower it, or save the criteria first.';
        END IF;
    END IF;
    RETURN NULL;
END
$function$;
COMMENT ON FUNCTION _check_saved_rule() IS 'constraint trigger: what _check_land_type refuses is refused when it is saved, and a criteria_needed above the number of criteria (22023)';

CREATE FUNCTION _has_criteria(home name, standard text, land_type text) RETURNS boolean
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result boolean;
BEGIN
    EXECUTE format($query$
        SELECT count(DISTINCT r.rule) >= (SELECT t.criteria_needed FROM %1$I.standard_land_type t WHERE t.standard = $1 AND t.land_type = $2)
          FROM %1$I.standard_rule r WHERE r.standard = $1 AND r.land_type = $2 AND r.role = 'criterion'$query$, home)
       INTO result USING standard, land_type;
    RETURN coalesce(result, false);
END
$function$;
COMMENT ON FUNCTION _has_criteria(name, text, text) IS 'whether the land type exists and has as many criteria as it needs to make a parcel inefficient';

CREATE PROCEDURE copy_standard(source text, target text, survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    home name;
    t text;
    columns text;
BEGIN
    PERFORM _enter_survey(survey);
    home := _standard_home(survey, source);
    IF target IS NULL OR target = '' OR position('/' IN target) > 0 THEN
        RAISE EXCEPTION 'target must be a name without "/", not %', coalesce(quote_literal(target), 'null') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOREACH t IN ARRAY _standard_tables()
    LOOP
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO columns
          FROM pg_attribute a WHERE a.attrelid = format('inefficient_land.%I', t)::regclass AND a.attnum > 1 AND NOT a.attisdropped;
        EXECUTE format('INSERT INTO %1$I.%2$I SELECT $2, %3$s FROM %4$I.%2$I WHERE %5$I = $1', survey, t, columns, home, CASE t WHEN 'standard' THEN 'code' ELSE 'standard' END)
          USING source, target;
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE copy_standard(text, text, name) IS 'copies a standard, shipped or the survey''s own, under a new code into the survey, where it is edited as a table. Errors: 42704 unknown standard, 3F000 unknown survey, 23505 the survey has a standard of that code';
