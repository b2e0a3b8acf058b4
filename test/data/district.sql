-- The synthetic district: an invented city quarter with everything a survey meets.
--
--   psql -d some_empty_database -f test/data/district.sql
--
-- makes the schema "district" from nothing but PostGIS: ground, parcels, buildings,
-- firms, contracts, plans, legacy land, planted errors, and the truth about all of
-- them.  Everything is invented, the names of the six subdistricts excepted.  Hashes of
-- ids take the place of chance, so every run makes the same district; coordinates are
-- EPSG:4548, rounded to 1 mm, and neighbours share their corners, so nothing overlaps
-- and nothing gapes except where a row of planted_error says so.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgis;
DROP SCHEMA IF EXISTS district CASCADE;
CREATE SCHEMA district;
SET search_path = district, public;
SET jit = off;

\ir district/10_ground.sql
\ir district/20_parcel.sql
\ir district/30_case.sql
\ir district/40_building.sql
\ir district/50_economy.sql
\ir district/60_surroundings.sql
\ir district/70_delivery.sql
\ir district/80_truth.sql

SELECT format('ANALYZE district.%I', relname) FROM pg_class WHERE relnamespace = 'district'::regnamespace AND relkind = 'r' ORDER BY 1 \gexec
