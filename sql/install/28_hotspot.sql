-- hotspot: where like values lie together
-- Relations of neighbours are rows (from_id, to_id), both directions, as contiguity,
-- nearest_neighbours and neighbours_within yield them.

CREATE FUNCTION local_statistics(relation regclass, neighbours regclass, value name, statistic text DEFAULT 'g_star',
                                 denominator name DEFAULT NULL, partition name DEFAULT NULL, weight name DEFAULT NULL,
                                 key name DEFAULT 'id', from_key name DEFAULT 'from_id', to_key name DEFAULT 'to_id',
                                 weights text DEFAULT 'row', chance text DEFAULT 'permutation',
                                 permutations integer DEFAULT 99999, seed bigint DEFAULT 1,
                                 alpha double precision DEFAULT 0.05, correction text DEFAULT 'false_discovery_rate',
                                 OUT id bigint, OUT part text, OUT observed double precision,
                                 OUT score double precision, OUT z double precision, OUT lag double precision,
                                 OUT neighbour_count integer, OUT quadrant text,
                                 OUT p double precision, OUT q double precision, OUT class text, OUT method text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_local_statistics' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 10000;
COMMENT ON FUNCTION local_statistics(regclass, regclass, name, text, name, name, name, name, name, name, text, text, integer, bigint, double precision, text) IS
'for each row of a relation, whether its value and those of its neighbours are high or low together more than chance explains. statistic: moran (local Moran, Anselin 1995: (n - 1) z_i lag(z) / sum z^2), g (Gi: share of the neighbours in the sum of all other rows), g_star (the same with the row itself), join_count (how many neighbours of a row that is 1 are 1 too; value 0, 1 or boolean). denominator: values are the numerators of rates, compared after Empirical Bayes standardisation (Assuncao and Reis 1999); observed is the rate then, lag the ratio of the sums over the neighbours; a denominator of 0 is missing. partition: each of its values by itself, links between them left out. weight: column of neighbours, positive; NULL: all the same. weights: row (they sum to 1 for each row) or binary (as they are). Columns: part = the partition; observed = the value; score = the statistic; z = its distance from what chance expects in standard deviations (g, g_star: Ord and Getis 1995; moran: conditional moments); lag = mean of the neighbours, of join counts their sum; quadrant high_high, low_high, low_low, high_low: the row, then its neighbours, against the mean (at the mean is low); p two-sided, of join counts P(at least as many); q = p corrected for the number of tests of the part (Benjamini and Hochberg 1995); class: hot, cold, high_low, low_high (by q, or by p with correction => none, at most alpha), not_significant, isolated (no neighbour with a value), missing (NULL value), too_few (under 4 rows with a value), zero_variance; method: how p was found. chance => permutation: rank among so many shared random draws of neighbours (permutations, 1 to 1000000; Philox by seed: the same on any machine), all ways counted where there are at most 100000; join counts: hypergeometric; normal: of z, also where weights differ and for rows of more than 64 neighbours (and more than 64 others). Rows come in no order. Progress in pg_stat_activity.application_name. Links that name no row are left out and told by a NOTICE; links of a row to itself are left out, repeated ones count once. Errors: 42P01, 42809, 42703, 42804 relation, columns and their types, 23502 a key is null, 23505 a key or a weighted link comes twice, 22003 NaN or infinite, 22004 an argument is null, 22023 arguments, a value that is not 0 or 1, a negative numerator or denominator, a weight that is not positive';

CREATE FUNCTION global_statistics(relation regclass, neighbours regclass, value name, statistic text DEFAULT 'moran',
                                  denominator name DEFAULT NULL, partition name DEFAULT NULL, weight name DEFAULT NULL,
                                  key name DEFAULT 'id', from_key name DEFAULT 'from_id', to_key name DEFAULT 'to_id',
                                  weights text DEFAULT 'row',
                                  OUT part text, OUT score double precision, OUT expected double precision,
                                  OUT variance double precision, OUT z double precision, OUT p double precision,
                                  OUT n bigint, OUT n_missing bigint, OUT link_count bigint, OUT isolated_count bigint)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_global_statistics' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 10;
COMMENT ON FUNCTION global_statistics(regclass, regclass, name, text, name, name, name, name, name, name, text) IS
'whether like values lie together at all: one row per part. statistic: moran (Moran''s I), g (Getis and Ord''s G, values not negative), join_count (links between two rows that are 1), join_count_mixed (between a row that is 1 and one that is 0). expected, variance: where the values are dealt out to the rows at random (Cliff and Ord 1981; Getis and Ord 1992); z = (score - expected) / sqrt(variance); p two-sided, normal. n rows with a value, n_missing without. NULL where there are no links, under 4 rows or all values the same. Arguments and errors as local_statistics; a denominator goes with moran only';

CREATE FUNCTION check_neighbours(relation regclass, neighbours regclass,
                                 key name DEFAULT 'id', from_key name DEFAULT 'from_id', to_key name DEFAULT 'to_id',
                                 OUT n bigint, OUT link_count bigint, OUT isolated_count bigint, OUT component_sizes bigint[],
                                 OUT one_way_count bigint, OUT repeated_count bigint, OUT to_itself_count bigint, OUT unknown_count bigint)
    AS 'MODULE_PATHNAME', 'il_check_neighbours' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000;
COMMENT ON FUNCTION check_neighbours(regclass, regclass, name, name, name) IS
'what a relation of neighbours is like: rows of the relation, links (both directions counted, each once), rows without any link, how many rows hang together in each component, largest first, links without the way back, repeated links, links of a row to itself, links that name no row of the relation. Errors as local_statistics';
