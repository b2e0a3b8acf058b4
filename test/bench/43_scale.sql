-- classify is linear: ten times the rows take ten times the time.  The rows are copies,
-- so that a tenth of every count and sum must be what the rows themselves give.
\ir standard.sql

CREATE TABLE bench.fact_ten (LIKE bench.fact);
INSERT INTO bench.fact_ten SELECT f.* FROM generate_series(1, 10) i, bench.fact f;
VACUUM (ANALYZE, FREEZE) bench.fact_ten;
CREATE VIEW bench.family_rules_ten AS
SELECT id, (v).* FROM (SELECT f.id, classify(f, r.ruleset) AS v FROM bench.fact_ten f JOIN bench.rule_set r USING (family) OFFSET 0) q;

SELECT bench.summary('bench.family_rules') AS once,
       format('SELECT i / 10 AS i, u / 10 AS u, r / 10 AS r, m / 10 AS m, f / 10 AS f, g / 10 AS g, o / 10 AS o, s / 10 AS s, v / 10 AS v FROM (%s) t', bench.summary('bench.family_rules_ten')) AS ten \gset
CALL bench.measure('classify ten times as many rows, beside the rows once', row_count => 10 * :rows, goal => 11, pairs => 3, tolerance => 1e-9,
    scan => 'SELECT count(*) FROM bench.fact_ten', baseline => :'once', ours => :'ten');
DROP TABLE bench.fact_ten CASCADE;
