-- session: settings of the one session in which everything is measured
SET search_path = inefficient_land, public;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
SET work_mem = '256MB';
