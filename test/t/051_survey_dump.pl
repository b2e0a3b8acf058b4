# A survey is a schema like any other: dumped with its database or alone,
# restored under another database name, it is the same and goes on working.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
$db->survey('heping', 60);
$db->survey('other', 12);
$db->assess('heping');
$db->sql("CALL determine('heping', decided_by => 'Bureau', document_number => '1', decided_on => '2024-03-01')");
my $before = $db->fingerprint('heping');
like($before, qr/^verdict\|[1-9]/m, 'there are verdicts to dump');
like($before, qr/^determination\|[1-9]/m, 'and determinations');

# with everything
my $file = "$ENV{TESTDIR}/all.dump";
$db->run('pg_dump', '-Fc', '-f', $file);
my $copy = InefficientLand::empty_database();
is($copy->run('pg_restore', '--exit-on-error', '-d', $copy->name, $file), '', 'the whole database restored without a word');
is($copy->fingerprint('heping'), $before, 'every table and view of the survey is the same');
is($copy->fingerprint('other'), $db->fingerprint('other'), 'and of the other survey');
$copy->drop;

# alone, into a database that has the extension
$file = "$ENV{TESTDIR}/survey.dump";
$db->run('pg_dump', '-Fc', '-n', 'heping', '-f', $file);
$copy = database();
is($copy->run('pg_restore', '--exit-on-error', '-d', $copy->name, $file), '', 'the survey alone restored without a word');
is($copy->fingerprint('heping'), $before, 'it is the same');

# and lives on: same verdicts from a new run, keys of new rows behind the old ones
my $verdicts = 'SELECT md5(string_agg(v::text, E\'\n\' ORDER BY v.parcel_id, v.family)) FROM
	(SELECT parcel_id, family, verdict, reasons, missing, flags, margin, reason_zh FROM heping.verdict WHERE _in_run(run_id, until_run, %d)) v';
my $old = $copy->sql('SELECT max(id) FROM heping.run');
my $new = $copy->assess('heping');
cmp_ok($new, '>', $old, 'a new run in the copy has a number of its own');
is($copy->sql(sprintf $verdicts, $new), $db->sql(sprintf $verdicts, $old), 'and comes to the same verdicts');
cmp_ok($copy->sql("INSERT INTO heping.parcel (code) VALUES ('new') RETURNING id"), '>',
	$db->sql('SELECT max(id) FROM heping.parcel'), 'new rows get new keys');
$copy->sql("CALL drop_survey('heping')");
is($copy->sql(q(SELECT count(*) FROM pg_namespace WHERE nspname = 'heping')), '0', 'and it can be dropped');
$_->drop for $copy, $db;

done_testing();
