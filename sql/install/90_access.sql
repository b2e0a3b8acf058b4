-- access: who may read and write what of a survey
-- Privileges decide, column by column, and nothing runs with the rights of its
-- owner: a reader cannot get at a firm's figure through any view or function.
-- Every table of a survey stands in _survey_access; what does not, nobody is given.

CREATE FUNCTION _survey_access() RETURNS TABLE (table_name name, readable boolean, surveyor_writes boolean, confidential name[], unwritten name[])
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10 ROWS 50
BEGIN ATOMIC
    -- what surveyors may not read they do not write either; a correction is their own proposal
    SELECT v.table_name::name, v.readable, v.surveyor_writes, v.confidential::name[],
           CASE WHEN v.table_name <> 'correction' THEN v.confidential ELSE '{}' END::name[]
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
        ('building_year',         true,  true,  '{rent}'),
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
        ('standard_peer_group',   true,  false, '{}'),
        ('standard_control',      true,  false, '{}'),
        ('standard_legacy_period', true, false, '{}'),
        ('standard_reporting',    true,  false, '{}'),
        ('standard_score',        true,  false, '{}'),
        ('standard_score_item',   true,  false, '{}'),
        ('standard_score_base',   true,  false, '{}'),
        ('run',                   true,  false, '{}'),
        ('run_ruleset',           true,  false, '{ruleset}'),
        ('parcel_measure',        true,  false, '{}'),
        ('parcel_indicator',      true,  false, '{contributor,score,score_items,output,tax,investment,investment_land_price,jobs,energy,value_added,output_per_hectare,output_per_floor_area,tax_per_mu,tax_per_floor_area,investment_intensity,jobs_per_hectare,value_added_per_energy,tax_per_mu_series,tax_per_mu_years,contract_investment_intensity,contract_output_per_hectare,contract_tax_per_mu,planned_investment,spent_investment}'),
        ('benchmark',             true,  false, '{value}'),
        ('verdict',               true,  false, '{margin,score}'),
        ('finding',               true,  false, '{message_en,message_zh}'),
        ('determination',         true,  false, '{}'),
        ('subdistrict_indicator', true,  false, '{value,numerator,denominator}')) AS v (table_name, readable, surveyor_writes, confidential);
END;
COMMENT ON FUNCTION _survey_access() IS 'what readers and surveyors may do with each table of a survey: readable: SELECT on all but the confidential columns, which only one named role may read; surveyor_writes: INSERT and UPDATE of all but the unwritten columns';

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
    PERFORM _enter_survey(survey);
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

CREATE FUNCTION _policy_name(role name) RETURNS name
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN ('only_' || md5(role::text))::name;
COMMENT ON FUNCTION _policy_name(name) IS 'name of the policies that limit a role: of one length, so that nothing of it is ever cut off';

CREATE FUNCTION _limit_policy(survey name) RETURNS TABLE (table_oid oid, table_name name, policy name, role_oid oid, is_ours boolean)
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000 ROWS 50
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY SELECT c.oid, c.relname, q.polname, q.polroles[1],
                        q.polname = 'everybody' OR NOT q.polpermissive AND q.polname ~ '^only_[0-9a-f]{32}$' AND cardinality(q.polroles) = 1
                   FROM pg_policy q JOIN pg_class c ON c.oid = q.polrelid AND c.relnamespace = quote_ident(survey)::regnamespace;
END
$function$;
COMMENT ON FUNCTION _limit_policy(name) IS 'the row policies on the tables of a survey, and which of them grant_access made; a role is known by its OID, its name may have changed since';

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
    FOR p IN SELECT l.table_name, l.policy FROM _limit_policy(survey) l JOIN pg_roles r ON r.oid = l.role_oid AND r.rolname = role WHERE l.is_ours
    LOOP
        EXECUTE format('DROP POLICY %I ON %I.%I', p.policy, survey, p.table_name);
    END LOOP;
    -- where nobody is limited any more, everybody needs no policy; those made by hand stay
    FOR p IN SELECT l.table_name, bool_and(l.is_ours) AS alone FROM _limit_policy(survey) l
              GROUP BY l.table_name HAVING bool_or(l.policy = 'everybody') AND count(*) FILTER (WHERE l.is_ours) = 1
    LOOP
        EXECUTE format('DROP POLICY everybody ON %I.%I', survey, p.table_name);
        IF p.alone THEN
            EXECUTE format('ALTER TABLE %I.%I DISABLE ROW LEVEL SECURITY', survey, p.table_name);
        END IF;
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE revoke_access(name, name) IS 'takes from a role every right in a survey, the limits to rows included; row policies made by hand stay. Errors: 42501 not the owner, 42704 no such role, 22023 the owner itself, 3F000 unknown survey';

CREATE PROCEDURE _limit_rows(survey name, role name, level text, subdistrict text[])
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT c.oid, c.relname, c.relrowsecurity, concat_ws(' AND ', l.of_place, l.of_run) AS condition
               FROM _survey_access() s
               JOIN pg_class c ON c.relname = s.table_name AND c.relnamespace = quote_ident(survey)::regnamespace
              CROSS JOIN LATERAL (
                    SELECT max(format('%I = ANY (%L::text[])', a.attname, subdistrict))
                             FILTER (WHERE subdistrict IS NOT NULL AND a.attname = CASE c.relname WHEN 'admin_unit' THEN 'code' ELSE 'subdistrict' END),
                           -- of two runs that differ by one firm the difference would be its figure; a determination only names its run
                           coalesce(max('(until_run IS NULL)') FILTER (WHERE level <> 'confidential' AND a.attname = 'until_run'),
                                    max(format('(run_id = (SELECT max(r.id) FROM %I.run r))', survey)) FILTER (WHERE level <> 'confidential' AND a.attname = 'run_id' AND c.relname <> 'determination'))
                      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS l (of_place, of_run)
              WHERE num_nonnulls(l.of_place, l.of_run) > 0
    LOOP
        IF EXISTS (SELECT FROM _limit_policy(survey) p WHERE p.table_oid = t.oid AND NOT p.is_ours)
           OR t.relrowsecurity AND NOT (EXISTS (SELECT FROM _limit_policy(survey) p WHERE p.table_oid = t.oid)) THEN
            RAISE EXCEPTION 'table "%" of survey "%" has row security of its own', t.relname, survey USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = 'The policy that lets everybody else see what they saw would open what the policies made by hand close.',
                HINT = 'Drop these policies and disable row security there, or give access by GRANT and CREATE POLICY alone.';
        END IF;
        EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', survey, t.relname);
        IF NOT (EXISTS (SELECT FROM _limit_policy(survey) p WHERE p.table_oid = t.oid AND p.policy = 'everybody')) THEN
            EXECUTE format('CREATE POLICY everybody ON %I.%I USING (true)', survey, t.relname);
        END IF;
        EXECUTE format('CREATE POLICY %I ON %I.%I AS RESTRICTIVE TO %I USING (%s)', _policy_name(role), survey, t.relname, role, t.condition);
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE _limit_rows(name, name, text, text[]) IS 'limits a role to the current run, unless it is the confidential one, and to the rows of some subdistricts; other roles see what they saw before. Error 55000 where a table has row policies made by hand';

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
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (s.confidential)) AS open_columns,
                    (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attname <> ALL (s.unwritten)) AS written_columns
               FROM _survey_access() s
               JOIN pg_class c ON c.relname = s.table_name AND c.relnamespace = quote_ident(survey)::regnamespace
    LOOP
        IF t.readable THEN
            EXECUTE format('GRANT SELECT %s ON %I.%I TO %I', CASE WHEN t.by_column THEN format('(%s)', t.open_columns) ELSE '' END, survey, t.table_name, role);
        END IF;
        IF t.writable THEN
            EXECUTE format('GRANT INSERT (%1$s), UPDATE (%1$s) ON %2$I.%3$I TO %4$I', t.written_columns, survey, t.table_name, role);
        END IF;
    END LOOP;
    FOR t IN SELECT c.relname FROM pg_class c
              WHERE c.relnamespace = quote_ident(survey)::regnamespace AND c.relkind = 'v' AND c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on']
    LOOP
        EXECUTE format('GRANT SELECT ON %I.%I TO %I', survey, t.relname, role);
    END LOOP;
    CALL _limit_rows(survey, role, level, subdistrict);
END
$procedure$;
COMMENT ON PROCEDURE grant_access(name, name, text, text[]) IS 'sets the rights of a role in a survey anew. level: reader sees layers, reports, registers and all tables of the current run but the figures of single firms, for which bands stand; surveyor also writes the facts of the field, never money or shares of firms; confidential reads everything, older runs too, and only one role may have it. subdistrict limits the role to the rows of these subdistricts (NULL = all). Nothing is ever granted to PUBLIC. Errors: 42501 not the owner, 42704 no such role, 22023 unknown level or the owner itself, 55000 another role is confidential already, or a table has row policies made by hand, 3F000 unknown survey';
