-- criterion: what is accepted, how it is printed, what is refused and with which words
SET search_path = inefficient_land, public;

-- one canonical text; reading it again changes nothing
CREATE TEMP TABLE example (id integer GENERATED ALWAYS AS IDENTITY, source text);
INSERT INTO example (source) VALUES
('plot_ratio < 1.0'),
('tax_per_mu<40%*peer_mean(tax_per_mu)'),
('Plot_Ratio < 60 % * contract . plot_ratio'),
('danger_grade in (''C'',''D'')'),
('built_year <= 2000 and plot_ratio < 1.0'),
('at_least(2, vacancy_rate >= 30%, stopped_months >= 12, not conforms_to_plan)'),
('for_years(2, tax_per_mu < contract.tax_per_mu)'),
('for_years(2, tax_per_mu < contract.tax_per_mu, year => 0)'),
('years_since(agreed_completion) >= 2'),
('a and (b and c) or (d or e)'),
('(a or b) and not (c and d)'),
('NOT a = b'),
('(a = b) is unknown or x is not known'),
('a - (b - c) - d < -(-e) * - 5 / (f / g)'),
('-(x + 1) > - -2'),
('x not in (1, 2.50, -3, 40%) and y not between .5 and 007'),
('y between 1 and 2 and z'),
('peer_ratio(tax, land_area, year => -1) > peer_percentile(x, 25.0%, year => 0)'),
('peer_median(a + b) * 0.50 >= control_indicator(plot_ratio)'),
('danger_grade >= ''C'' of (''A'',''B'',''C'',''D'')'),
('agreed_start < date ''2024-02-29'' and agreed_start != date ''2023-01-01'''),
('title = ''it''''s 容积率'''),
('容积率 < 1 and "RJL" > 2 and "and" is known and "two words".x = 1'),
('year < 3 and date = 3 and of < 4 and known is known and peer_mean(year) < 1'),
('true'),
('eliminated');
SELECT source, source::criterion FROM example ORDER BY id;
SELECT count(*) AS not_stable FROM example WHERE source::criterion::text::criterion::text <> source::criterion::text;
SELECT count(*) AS not_equal FROM example WHERE source::criterion <> source::criterion::text::criterion;

-- equality, hash, grouping, binary form with its version
SELECT 'a<b'::criterion = 'a  <  b' AS same, 'a < b'::criterion <> 'b > a' AS different,
       criterion_hash('a<1.0') = criterion_hash('a < 1') AS same_hash,
       criterion_hash_extended('a<1.0', 7) = criterion_hash_extended('a < 1', 7) AS same_long_hash;
SELECT c, count(*) FROM (VALUES ('a<1'::criterion), ('a < 1.00'), ('a < 2')) v(c) GROUP BY c ORDER BY c::text;
SELECT criterion_send('a<1');

-- what a criterion asks for
SELECT * FROM criterion_facts('for_years(2, tax < contract.tax) and x = y and years_since(d) > 3 and b and c in (''a'') and tax < 1 and tax < 2');
SELECT * FROM criterion_facts('x < 40% * peer_ratio(a + b, c) or grade > ''A'' of (''A'', ''B'') or s is known');
SELECT * FROM criterion_benchmarks('x < 40% * peer_mean(x, year => -1) or peer_ratio(a+b, c) > peer_percentile(x, 25%) + control_indicator(pr) - peer_mean(x) or peer_mean(x) > 1');
SELECT count(*) FROM criterion_benchmarks('x < 1');

-- syntax
\set VERBOSITY sqlstate
SELECT 'plot_ratio < (1'::criterion;
SELECT 'plot_ratio < ''1'''::criterion;
SELECT (repeat('(', 200) || 'x' || repeat(')', 200))::criterion;
\set VERBOSITY default
SELECT 'plot_ratio < (1'::criterion;
SELECT ''::criterion;
SELECT 'x < 1 and'::criterion;
SELECT 'x << 1'::criterion;
SELECT 'x == 1'::criterion;
SELECT 'a < b < c'::criterion;
SELECT 'x in ()'::criterion;
SELECT 'x in (a)'::criterion;
SELECT 'x between 1'::criterion;
SELECT 'x not 3'::criterion;
SELECT 'x is nothing'::criterion;
SELECT 'x = ''abc'::criterion;
SELECT '"" < 1'::criterion;
SELECT '"a.b" < 1'::criterion;
SELECT 'a.b.c < 1'::criterion;
SELECT '5x < 1'::criterion;
SELECT 'x < 1 && y'::criterion;
SELECT 'x # 1'::criterion;
SELECT '容积率 ＜ 1'::criterion;
SELECT '容积率 ≤ 1'::criterion;
SELECT '等级 = ‘C’'::criterion;
SELECT '一（二'::criterion;
SELECT 'and'::criterion;
SELECT 'x % 3 < 1'::criterion;
SELECT 'at_least(2, a, b, year => -1)'::criterion;
SELECT 'peer_mean(x, year => -1, 3) < 1'::criterion;

-- functions, arguments, literals
SELECT 'peer_meen(x) < 1'::criterion;
SELECT 'sum(x) < 1'::criterion;
SELECT 'peer_mean(x, y) < 1'::criterion;
SELECT 'peer_ratio(x) < 1'::criterion;
SELECT 'years_since() < 1'::criterion;
SELECT 'at_least(1.5, a, b)'::criterion;
SELECT 'at_least(0, a, b)'::criterion;
SELECT 'at_least(3, a, b)'::criterion;
SELECT 'for_years(x, a < 1)'::criterion;
SELECT 'for_years(100, a < 1)'::criterion;
SELECT 'for_years(2, for_years(2, a < 1))'::criterion;
SELECT 'peer_mean(x, year => 1) < 1'::criterion;
SELECT 'peer_mean(x, year => -100) < 1'::criterion;
SELECT 'peer_percentile(x, 101%) < 1'::criterion;
SELECT 'peer_percentile(x, y) < 1'::criterion;
SELECT 'peer_mean(peer_mean(x)) < 1'::criterion;
SELECT 'for_years(2, x < peer_mean(x))'::criterion;
SELECT 'control_indicator(1) < 1'::criterion;
SELECT 'd < date ''2023-02-29'''::criterion;
SELECT 'd < date ''2024-2-9'''::criterion;

-- types of literals
SELECT 'x < ''abc'''::criterion;
SELECT 'd < ''2024-02-29'''::criterion;
SELECT 'x + 1'::criterion;
SELECT 'not 5'::criterion;
SELECT '''a'' = 1'::criterion;
SELECT 'x in (1, ''a'')'::criterion;
SELECT 'x + ''a'' < 1'::criterion;
SELECT '-d < date ''2024-02-29'''::criterion;
SELECT 'years_since(3) > 1'::criterion;
SELECT 'a < true'::criterion;
SELECT 'x between 1 and ''b'''::criterion;
SELECT 'g > ''C'' of (''A'', ''B'')'::criterion;
SELECT 'g > ''A'' of (''A'', ''A'')'::criterion;
SELECT 'g > ''A'' of (''A'', 2)'::criterion;
SELECT 'g > 2 of (''A'', ''B'')'::criterion;

-- limits: long, deep, many, and just within them
SELECT length((repeat('(', 199) || 'x' || repeat(')', 199))::criterion::text);
SELECT (repeat('(', 200) || 'x' || repeat(')', 200))::criterion;
SELECT length((repeat('not ', 199) || 'x')::criterion::text);
SELECT length((repeat('not ', 200) || 'x')::criterion::text);
SELECT length((repeat('-', 198) || 'x < 1')::criterion::text::criterion::text);
SELECT length((repeat('-', 199) || 'x < 1')::criterion::text);
SELECT length((repeat('1+', 190) || '1 < x')::criterion::text);
SELECT (repeat('1+', 200) || '1 < x')::criterion;
SELECT length((repeat('x or ', 4094) || 'x')::criterion::text);
SELECT (repeat('x or ', 4095) || 'x')::criterion;
SELECT (repeat(' ', 32768) || 'x')::criterion;
SELECT ('x = ''' || repeat('y', 40000) || '''')::criterion;
SELECT (repeat('9', 61) || ' < x')::criterion;
SELECT (repeat('(x<1)or(', 1800) || 'x' || repeat(')', 1800))::criterion;
-- two blanks more make a text too long that was just short enough
SELECT length(('x = ''' || repeat('y', 32757) || '''')::criterion::text);
SELECT ('x=''' || repeat('y', 32763) || '''')::criterion;
