-- standard: facts, rulesets of four families with ten rules each, peer figures, for
-- the cases that judge; read once, by whichever of them comes first
SELECT to_regclass('bench.fact') IS NULL AS absent \gset
\if :absent
CREATE TABLE bench.fact AS
SELECT id, (id % 4)::integer AS family,
       round((hashint8extended(id, 1) & 1023)::numeric / 400, 2)::double precision AS plot_ratio,
       CASE WHEN id % 10 <> 0 THEN round((hashint8extended(id, 2) & 1023)::numeric / 30, 1)::double precision END AS tax_per_mu,
       round((hashint8extended(id, 3) & 1023)::numeric / 1024, 2)::double precision AS vacancy_rate,
       round((hashint8extended(id, 4) & 1023)::numeric / 1024, 2)::double precision AS building_coverage,
       (1960 + (hashint8extended(id, 5) & 63))::integer AS built_year,
       (ARRAY['A', 'B', 'C', 'D', NULL])[1 + abs(hashint8extended(id, 6) % 5)] AS danger_grade,
       (ARRAY['allowed', 'encouraged', 'prohibited'])[1 + abs(hashint8extended(id, 7) % 3)] AS policy_class,
       hashint8extended(id, 8) & 15 = 0 AS fails,
       CASE WHEN id % 20 <> 0 THEN hashint8extended(id, 9) & 15 = 0 END AS listed,
       (hashint8extended(id, 10) & 511)::text AS industry,
       1.5::double precision AS contract_plot_ratio,
       (hashint8extended(id, 11) & 31)::integer AS stopped_months
  FROM generate_series(1, :rows::bigint) id;
VACUUM (ANALYZE, FREEZE) bench.fact;

CREATE TABLE bench.peer AS
SELECT i::text AS industry, (15.25 + i % 11)::double precision AS tax FROM generate_series(0, 499) i;
ANALYZE bench.peer;

CREATE FUNCTION bench.compile(family integer) RETURNS ruleset LANGUAGE sql AS $$
SELECT compile_ruleset('bench/' || family, '1', '2024-02-29', 1,
    (SELECT array_agg((name, type, NULL, NULL, NULL, NULL, NULL, NULL)::ruleset_fact ORDER BY place)
       FROM unnest('{plot_ratio,tax_per_mu,vacancy_rate,building_coverage,built_year,danger_grade,policy_class,fails,listed,industry,contract.plot_ratio,stopped_months}'::text[],
                   '{number,number,number,number,number,text,text,boolean,boolean,text,number,number}'::text[]) WITH ORDINALITY f(name, type, place)),
    (SELECT array_agg((chr(65 + family) || place, CASE place WHEN 10 THEN 'exemption' ELSE 'criterion' END, NULL, criterion::criterion, false, NULL, NULL, NULL)::ruleset_rule ORDER BY place)
       FROM unnest(ARRAY[format('plot_ratio < 0.%s', 4 + family),
                         format('plot_ratio < %s%% * contract.plot_ratio', (ARRAY[30, 35, 45, 25])[family + 1]),
                         format('tax_per_mu < %s%% * peer_mean(tax_per_mu)', 10 + 5 * family),
                         'danger_grade in (''C'', ''D'')', 'policy_class = ''prohibited''', 'fails',
                         format('built_year <= %s and plot_ratio < 1', 1980 + 5 * family),
                         format('vacancy_rate >= 30%% and stopped_months >= %s', 12 - family),
                         format('building_coverage < %s%%', 20 + family), 'listed']) WITH ORDINALITY r(criterion, place)),
    (SELECT array_agg(('peer_mean(tax_per_mu)', ARRAY['industry'], ARRAY[industry], 12, tax, NULL)::ruleset_benchmark) FROM bench.peer)) $$;
CREATE TABLE bench.rule_set AS SELECT family, bench.compile(family) AS ruleset FROM generate_series(0, 3) family;
ANALYZE bench.rule_set;

CREATE VIEW bench.family_rules AS
SELECT id, (v).* FROM (SELECT f.id, classify(f, r.ruleset) AS v FROM bench.fact f JOIN bench.rule_set r USING (family) OFFSET 0) q;

-- reads every column of the result
CREATE FUNCTION bench.summary(view text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT format('SELECT count(*) FILTER (WHERE verdict = ''inefficient'') AS i, count(*) FILTER (WHERE verdict = ''insufficient_data'') AS u, sum(cardinality(reasons)) AS r,
                      sum(cardinality(missing)) AS m, sum(cardinality(flags)) AS f, sum(margin) AS g, count(route) AS o, count(standard) AS s, count(version) AS v FROM %s', view) $$;

-- two views say the same of every row in every column (margins to 12 digits)
CREATE PROCEDURE bench.must_agree(name text, a text, b text) LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM %s a FULL JOIN %s b USING (id)
     WHERE (a.verdict, a.reasons, a.missing, a.flags, a.route, a.standard, a.version) IS DISTINCT FROM (b.verdict, b.reasons, b.missing, b.flags, b.route, b.standard, b.version)
        OR round(a.margin::numeric, 12) IS DISTINCT FROM round(b.margin::numeric, 12)', a, b) INTO n;
    IF n > 0 THEN
        RAISE EXCEPTION '%: % rows differ', name, n;
    END IF;
END $$;
\endif
