-- report: the table of the run
\pset footer off
\pset null ''
SELECT format('PostgreSQL %s, %s, inefficient_land %s', current_setting('server_version'),
              (SELECT 'PostGIS ' || extversion FROM pg_extension WHERE extname = 'postgis'),
              (SELECT extversion FROM pg_extension WHERE extname = 'inefficient_land')) AS versions;
SELECT name AS "case", row_count AS rows, pairs, round(scan_ms::numeric, 1) AS "scan ms", round(columns_ms::numeric, 1) AS "columns ms",
       round(baseline_ms::numeric, 1) AS "baseline ms", round(ours_ms::numeric, 1) AS "ours ms",
       round(ratio::numeric, 2) AS ratio, round(ratio_min::numeric, 2) AS min, round(ratio_max::numeric, 2) AS max,
       round(goal::numeric, 2) AS goal, goal_ms AS "goal ms",
       CASE WHEN ratio <= goal OR ours_ms <= goal_ms THEN 'met' WHEN ratio > goal OR ours_ms > goal_ms THEN 'missed' END AS " ", clock
  FROM bench.result ORDER BY case_number;
