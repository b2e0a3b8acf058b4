SET search_path = inefficient_land, public;
-- by hand: two clusters and a straggler
SELECT breaks_natural('{1,2,3,10,11,12,50}', 3), breaks_quantile('{1,2,3,10,11,12,50}', 3), breaks_equal('{1,2,3,10,11,12,50}', 4);
-- NULL is passed over, equal values are not parted
SELECT breaks_natural('{5,NULL,3,3,9}', 2), breaks_natural('{7,7,7}', 5), breaks_quantile('{7,7,7}', 5), breaks_equal('{7,7}', 3), breaks_natural('{NULL}', 2), breaks_natural('{}', 2), breaks_natural(NULL, 2);
-- quantiles are percentile_cont
SELECT count(*) AS cases, count(*) FILTER (WHERE cardinality(found) <> cardinality(expected) OR (SELECT max(abs(a - b)) FROM unnest(found, expected) u (a, b)) > 1e-9) AS different
  FROM (SELECT breaks_quantile(array_agg(v), k) AS found,
               (SELECT array_agg(DISTINCT q ORDER BY q) FROM unnest(percentile_cont(ARRAY(SELECT i::float8 / k FROM generate_series(1, k) i)) WITHIN GROUP (ORDER BY v)) q) AS expected
          FROM (SELECT n, k, ('x' || left(md5(n || ' ' || i), 5))::bit(20)::integer / 10.0::double precision AS v FROM generate_series(1, 40, 3) n, generate_series(1, 7) k, generate_series(1, n) i) s
         GROUP BY n, k) c;
-- each bound belongs to the class below it
SELECT v, class_of(v, '{10,20,30}') FROM unnest('{-5,10,10.0001,20,30,30.5,NULL}'::double precision[]) v;
-- many values, and the ends of the range
SELECT cardinality(breaks_natural(array_agg(sqrt(i)), 7)) FROM generate_series(1, 100000) i;
SELECT breaks_equal('{-1.7e308,1.7e308}', 2);
-- bad input
SELECT breaks_natural('{1,NaN}', 2);
SELECT breaks_quantile('{1,Infinity}', 2);
SELECT breaks_equal('{1,2}', 0);
SELECT breaks_equal('{1,2}', 65);
SELECT breaks_natural('{{1,2},{3,4}}', 2);
SELECT class_of(3, '{1,5,5}');
SELECT class_of('NaN', '{1,5}');
