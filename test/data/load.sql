-- Puts the synthetic district into a survey of the same database, without files.
--
--   psql -f test/data/district.sql -v survey=heping -f test/data/load.sql
--
-- demo/load does the same by way of shapefiles and CSV, as a user would.
\set ON_ERROR_STOP on
SELECT set_config('demo.survey', :'survey', false) \g /dev/null
DO $load$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT c.relname, substr(c.relname, 10) AS target, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
               FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              WHERE c.relnamespace = 'district'::regnamespace AND c.relname LIKE 'delivery\_%' AND c.relkind = 'r'
              GROUP BY c.relname ORDER BY c.relname
    LOOP
        EXECUTE format('INSERT INTO %1$I.%2$I (%3$s) SELECT %3$s FROM district.%4$I', current_setting('demo.survey'), t.target, t.columns, t.relname);
    END LOOP;
END
$load$;
