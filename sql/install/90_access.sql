-- access: who may read and write what of a survey
-- Privileges decide, column by column, and nothing runs with the rights of its
-- owner: a reader cannot get at a firm's figure through any view or function.
-- Every table of a survey stands in _survey_access; what does not, nobody is given.

CREATE FUNCTION _survey_access() RETURNS TABLE (table_name name, readable boolean, surveyor_writes boolean, confidential name[])
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10 ROWS 50
BEGIN ATOMIC
    SELECT v.table_name::name, v.readable, v.surveyor_writes, v.confidential::name[]
      FROM (VALUES
        ('survey',                true,  false, '{}'::text[]),
        ('submission',            true,  true,  '{}'),
        ('attachment',            false, true,  '{}'),
        ('correction',            true,  true,  '{old_value,new_value}'),
        ('admin_unit',            true,  false, '{}'),
        ('management_area',       true,  false, '{}'),
        ('community',             true,  true,  '{}'),
        ('community_member',      true,  true,  '{}'),
        ('patch',                 true,  true,  '{}'),
        ('parcel',                true,  true,  '{}'),
        ('parcel_use',            true,  true,  '{}'),
        ('building',              true,  true,  '{}'),
        ('building_year',         true,  true,  '{}'),
        ('enterprise',            true,  true,  '{}'),
        ('enterprise_year',       false, false, '{}'),
        ('occupancy',             true,  true,  '{share}'),
        ('detailed_plan',         true,  false, '{}'),
        ('planning_plot',         true,  false, '{}'),
        ('constraint_zone',       true,  false, '{}'),
        ('contract',              true,  false, '{planned_investment,spent_investment,investment_intensity,output_per_hectare,tax_per_mu}'),
        ('legacy_case',           true,  true,  '{}'),
        ('problem',               true,  true,  '{}'),
        ('exemption_decision',    true,  false, '{}'),
        ('complete_list',         true,  false, '{}'),
        ('standard',              true,  false, '{}'),
        ('standard_land_type',    true,  false, '{}'),
        ('standard_fact',         true,  false, '{}'),
        ('standard_rule',         true,  false, '{}'),
        ('standard_control',      true,  false, '{}'),
        ('standard_legacy_period', true, false, '{}'),
        ('standard_reporting',    true,  false, '{}'),
        ('run',                   true,  false, '{}'),
        ('run_ruleset',           true,  false, '{ruleset}'),
        ('parcel_measure',        true,  false, '{}'),
        ('parcel_indicator',      true,  false, '{output,tax,investment,investment_land_price,jobs,energy,value_added,output_per_hectare,output_per_floor_area,tax_per_mu,tax_per_floor_area,investment_intensity,jobs_per_hectare,value_added_per_energy,tax_per_mu_series,tax_per_mu_years,contract_investment_intensity,contract_output_per_hectare,contract_tax_per_mu,planned_investment,spent_investment}'),
        ('benchmark',             true,  false, '{value}'),
        ('verdict',               true,  false, '{margin}'),
        ('finding',               true,  false, '{message_en,message_zh}'),
        ('determination',         true,  false, '{}'),
        ('subdistrict_indicator', true,  false, '{value,numerator,denominator}')) AS v (table_name, readable, surveyor_writes, confidential);
END;
COMMENT ON FUNCTION _survey_access() IS 'what readers and surveyors may do with each table of a survey: readable: SELECT on all but the confidential columns, which only one named role may read; surveyor_writes: INSERT and UPDATE';

CREATE FUNCTION _is_confidential_table(table_name text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN table_name IN ('enterprise_year', 'contract', 'occupancy', 'correction');
COMMENT ON FUNCTION _is_confidential_table(text) IS 'whether a message about a row of the table may give a confidential value away';

CREATE FUNCTION _peer_value_is_public(expression text, n integer, enterprise_count integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT n IS NULL OR coalesce(n >= 3 AND enterprise_count >= 3, false)
        OR NOT EXISTS (SELECT FROM regexp_matches(expression, '[a-z_][a-z0-9_.]*', 'g') AS m (word)
                        WHERE replace(m.word[1], '.', '_') NOT IN
                              ('peer_mean', 'peer_ratio', 'peer_median', 'peer_percentile', 'year',
                               'land_area', 'family_area', 'family_share', 'floor_area', 'family_floor_area', 'plot_ratio', 'building_coverage',
                               'building_coefficient', 'green_ratio', 'building_count', 'built_year', 'danger_share', 'danger_count_share',
                               'rentable_area', 'vacant_area', 'vacancy_rate', 'enterprise_count', 'plan_plot_ratio', 'plan_coverage', 'plan_height',
                               'contract_plot_ratio', 'contract_coverage', 'planned_area', 'started_area'));
END;
COMMENT ON FUNCTION _peer_value_is_public(text, integer, integer) IS 'whether readers may see a peer figure: a published value (n NULL), one of physical facts alone, or one of three subjects of three firms at least; a fact that is not known to be physical counts as confidential';

CREATE PROCEDURE _count_peer_enterprises(survey name, run_id integer)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
#variable_conflict use_column
DECLARE
    peer record;
    known text;
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    FOR peer IN SELECT DISTINCT b.land_type, b.expression, b.key_fact
                  FROM benchmark b WHERE b.run_id = _count_peer_enterprises.run_id AND b.n > 0
    LOOP
        SELECT coalesce(string_agg(format(' AND i.%I IS NOT NULL', a.attname), ''), '') INTO known
          FROM pg_attribute a
         WHERE a.attrelid = format('%I.parcel_indicator', survey)::regclass AND a.attnum > 0
           AND a.attname IN (SELECT replace(m.word[1], '.', '_') || CASE WHEN peer.expression ~ 'year *=>' THEN '_series' ELSE '' END
                               FROM regexp_matches(peer.expression, '[a-z_][a-z0-9_.]*', 'g') AS m (word));
        EXECUTE format($query$
            UPDATE benchmark b SET enterprise_count = g.n
              FROM (SELECT %s AS key_value, count(DISTINCT u.firm)::integer AS n
                      FROM parcel_indicator i LEFT JOIN unnest(i.enterprise_id) AS u (firm) ON true
                     WHERE i.run_id = $1 AND i.land_type = $2%s
                     GROUP BY 1) g
             WHERE b.run_id = $1 AND b.land_type = $2 AND b.expression = $3 AND b.key_fact = $4 AND b.key_value = g.key_value$query$,
            (SELECT format('ARRAY[%s]::text[]', string_agg(format('i.%I::text', replace(f.fact, '.', '_')), ', ' ORDER BY f.place))
               FROM unnest(peer.key_fact) WITH ORDINALITY AS f (fact, place)), known)
          USING _count_peer_enterprises.run_id, peer.land_type, peer.expression, peer.key_fact;
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE _count_peer_enterprises(name, integer) IS 'counts the firms behind each peer figure of a run; a figure whose firms are not counted is not published';

CREATE FUNCTION _confidential_roles(survey name) RETURNS SETOF name
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100 ROWS 1
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY SELECT coalesce(r.rolname, 'public')
                   FROM pg_class c
                  CROSS JOIN aclexplode(c.relacl) a
                   LEFT JOIN pg_roles r ON r.oid = a.grantee
                  WHERE c.oid = format('%I.enterprise_year', survey)::regclass AND a.privilege_type = 'SELECT' AND a.grantee <> c.relowner
                  ORDER BY 1;
END
$function$;
COMMENT ON FUNCTION _confidential_roles(name) IS 'roles other than the owner that may read the figures of single firms, from the privileges themselves';

CREATE PROCEDURE _check_grant(survey name, role name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    owner name;
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    SELECT pg_get_userbyid(n.nspowner) INTO owner FROM pg_namespace n WHERE n.nspname = survey;
    IF NOT pg_has_role(owner, 'USAGE') THEN
        RAISE EXCEPTION 'only the owner of survey "%", role "%", may give or take access', survey, owner USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF role IS NULL THEN
        RAISE EXCEPTION 'role must not be null' USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT (EXISTS (SELECT FROM pg_roles r WHERE r.rolname = role)) THEN
        RAISE EXCEPTION 'role "%" does not exist', role USING ERRCODE = 'undefined_object',
            HINT = 'Create it first; nothing of a survey is granted to PUBLIC.';
    END IF;
    IF role = owner THEN
        RAISE EXCEPTION 'role "%" owns the survey', role USING ERRCODE = 'invalid_parameter_value',
            HINT = 'The owner may do everything; its rights are not given or taken here.';
    END IF;
END
$procedure$;
COMMENT ON PROCEDURE _check_grant(name, name) IS 'error unless the caller may give rights in the survey (42501) and the role can take them (22004 NULL, 42704 no such role, 22023 the owner)';

CREATE PROCEDURE revoke_access(survey name, role name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    p record;
BEGIN
    CALL _check_grant(survey, role);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', survey, role);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %I FROM %I', survey, role);
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', survey, role);
    FOR p IN SELECT c.relname, q.polname
               FROM pg_policy q
               JOIN pg_class c ON c.oid = q.polrelid AND c.relnamespace = quote_ident(survey)::regnamespace
              WHERE q.polname = _policy_name(role)
    LOOP
        EXECUTE format('DROP POLICY %I ON %I.%I', p.polname, survey, p.relname);
    END LOOP;
    FOR p IN SELECT c.relname
               FROM pg_policy q
               JOIN pg_class c ON c.oid = q.polrelid AND c.relnamespace = quote_ident(survey)::regnamespace
              WHERE q.polname = 'everybody' AND NOT EXISTS (SELECT FROM pg_policy o WHERE o.polrelid = c.oid AND o.polname <> 'everybody')
    LOOP
        EXECUTE format('DROP POLICY everybody ON %I.%I', survey, p.relname);
        EXECUTE format('ALTER TABLE %I.%I DISABLE ROW LEVEL SECURITY', survey, p.relname);
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE revoke_access(name, name) IS 'takes from a role every right in a survey, the limit to subdistricts included. Errors: 42501 not the owner, 42704 no such role, 22023 the owner itself, 3F000 unknown survey';

CREATE FUNCTION _policy_name(role name) RETURNS name
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN ('only_' || left(role::text, 20) || '_' || left(md5(role::text), 8))::name;
COMMENT ON FUNCTION _policy_name(name) IS 'name of the policies that limit a role to subdistricts';

CREATE PROCEDURE _limit_to_subdistricts(survey name, role name, subdistrict text[])
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT c.oid, c.relname, a.attname
               FROM _survey_access() s
               JOIN pg_class c ON c.relname = s.table_name AND c.relnamespace = quote_ident(survey)::regnamespace
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = CASE c.relname WHEN 'admin_unit' THEN 'code' ELSE 'subdistrict' END
    LOOP
        EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', survey, t.relname);
        IF NOT (EXISTS (SELECT FROM pg_policy q WHERE q.polrelid = t.oid AND q.polname = 'everybody')) THEN
            EXECUTE format('CREATE POLICY everybody ON %I.%I USING (true)', survey, t.relname);
        END IF;
        EXECUTE format('CREATE POLICY %I ON %I.%I AS RESTRICTIVE TO %I USING (%I = ANY (%L::text[]))',
                       _policy_name(role), survey, t.relname, role, t.attname, subdistrict);
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE _limit_to_subdistricts(name, name, text[]) IS 'limits a role to the rows of some subdistricts; other roles see what they saw before';

CREATE PROCEDURE grant_access(survey name, role name, level text, subdistrict text[] DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    t record;
    others text;
BEGIN
    CALL _check_grant(survey, role);
    IF level IS NULL OR level NOT IN ('reader', 'surveyor', 'confidential') THEN
        RAISE EXCEPTION 'unknown level "%"', coalesce(level, 'null') USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Levels are reader, surveyor and confidential.';
    END IF;
    IF level = 'confidential' THEN
        SELECT string_agg(quote_ident(r), ', ') INTO others FROM _confidential_roles(survey) r WHERE r <> role;
        IF others IS NOT NULL THEN
            RAISE EXCEPTION 'the figures of single firms are readable by % already', others USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = format('One named role may read them. Take it first: CALL inefficient_land.revoke_access(%L, …); or make people members of that role.', survey);
        END IF;
    END IF;
    CALL revoke_access(survey, role);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', survey, role);
    FOR t IN SELECT s.table_name, s.readable OR level = 'confidential' AS readable, s.surveyor_writes AND level = 'surveyor' AS writable,
                    s.table_name IN (SELECT k.table_name FROM _survey_access() k WHERE k.confidential <> '{}') AND level <> 'confidential' AS by_column,
                    (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (s.confidential)) AS open_columns
               FROM _survey_access() s
               JOIN pg_class c ON c.relname = s.table_name AND c.relnamespace = quote_ident(survey)::regnamespace
    LOOP
        IF t.readable THEN
            EXECUTE format('GRANT SELECT %s ON %I.%I TO %I', CASE WHEN t.by_column THEN format('(%s)', t.open_columns) ELSE '' END, survey, t.table_name, role);
        END IF;
        IF t.writable THEN
            EXECUTE format('GRANT INSERT, UPDATE ON %I.%I TO %I', survey, t.table_name, role);
        END IF;
    END LOOP;
    FOR t IN SELECT c.relname FROM pg_class c
              WHERE c.relnamespace = quote_ident(survey)::regnamespace AND c.relkind = 'v' AND c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on']
    LOOP
        EXECUTE format('GRANT SELECT ON %I.%I TO %I', survey, t.relname, role);
    END LOOP;
    IF subdistrict IS NOT NULL THEN
        CALL _limit_to_subdistricts(survey, role, subdistrict);
    END IF;
END
$procedure$;
COMMENT ON PROCEDURE grant_access(name, name, text, text[]) IS 'sets the rights of a role in a survey anew. level: reader sees layers, reports, registers and all tables but the figures of single firms, for which bands stand; surveyor also writes the facts of the field, never money; confidential reads everything, and only one role may have it. subdistrict limits the role to the rows of these subdistricts (NULL = all). Nothing is ever granted to PUBLIC. Errors: 42501 not the owner, 42704 no such role, 22023 unknown level or the owner itself, 55000 another role is confidential already, 3F000 unknown survey';
