# A run is judged again from what it kept: after a dump of the survey alone into a database
# that has only the extension, and after edits of everything it rested on.  Who may not
# read single-firm figures is told which facts are missing, and nothing else.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my $reader = "il_068_reader_$$";
my @databases = ($db);
END { for my $d (@databases) { $d->sql(qq(DROP OWNED BY "$reader")) } $db->sql(qq(DROP ROLE "$reader")) if $db }
$db->sql(qq(CREATE ROLE "$reader"));
$db->survey('heping', 60);
$db->sql(<<"SQL");
SET client_min_messages = warning;
CALL copy_standard('heping-2024', 'mine', 'heping');
CALL assess('heping', standard => 'mine', as_of => '2024-02-29');
CALL grant_access('heping', '$reader', 'reader');
SQL
my $again = 'SELECT count(*) > 50, count(*) FILTER (WHERE NOT same) FROM recompute_run(\'heping\', 1)';
my $bytes = 'SELECT md5(string_agg(r::text, E\'\n\' ORDER BY r.parcel_id, r.family)) FROM recompute_run(\'heping\', 1) r';
is($db->sql($again), 't|0', 'a run comes out again as it was stored');
my $before = $db->sql($bytes);

my $file = "$ENV{TESTDIR}/survey.dump";
$db->run('pg_dump', '-Fc', '-n', 'heping', '-f', $file);
my $copy = database();
push @databases, $copy;
is($copy->run('pg_restore', '--exit-on-error', '-d', $copy->name, $file), '', 'the survey alone is restored without a word');
is($copy->sql($bytes), $before, 'the same bytes come out in the copy');
is($copy->sql("SELECT export_standard('mine', 'heping')"), $db->sql("SELECT export_standard('mine', 'heping')"), 'the standard is the same document');

$copy->sql(<<'SQL');
UPDATE heping.standard_rule SET criterion = 'plot_ratio < 9', label_zh = '其他' WHERE rule = 'I-10';
DELETE FROM heping.standard_control;
UPDATE heping.parcel SET registered_area = registered_area * 2;
DELETE FROM heping.building;
DELETE FROM heping.enterprise_year;
SQL
is($copy->sql($bytes), $before, 'edits change nothing');
is($copy->sql($again), 't|0', 'and the stored verdicts agree');
isnt($copy->sql("SELECT count(*) FROM flip_list('heping', 'I-10', 'plot_ratio < 9')"), '0', 'another limit would change verdicts');

is($copy->error($_, role => $reader)->{state}, '42501', "closed to a reader: $_")
  for "SELECT * FROM flip_list('heping', 'I-10', 'plot_ratio < 9')", "SELECT * FROM recompute_run('heping')", "SELECT * FROM compare_standards('heping', 'mine', 'jinhua-2024')";
is($copy->sql("SELECT count(*) > 0 FROM missing_fact_value('heping')", role => $reader), 't', 'open to a reader: which facts are missing');
done_testing();
