# A survey with decisions, rights and a limit of rows goes through pg_dump: alone,
# into a database that has only the extension, and with the whole database.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my ($reader, $surveyor) = map { "il_081_${_}_$$" } 'reader', 'surveyor';
my @databases = ($db);
END { for my $d (@databases) { $d->sql(qq(DROP OWNED BY "$reader", "$surveyor")) } $db->sql(qq(DROP ROLE "$reader", "$surveyor")) if $db }
$db->sql(qq(CREATE ROLE "$reader"; CREATE ROLE "$surveyor"));

$db->run('psql', '-Xqo', '/dev/null', '-v', 'ON_ERROR_STOP=1', '-f', 'test/data/small_survey.sql');
$db->sql(<<"SQL", path => 'small, inefficient_land, public');
SET client_min_messages = warning;
CALL determine('small', 'District government', 'No. 8 [2024]', '2024-03-15');
CALL revoke_determination('small', 1, 'District government', 'objection upheld');
INSERT INTO benchmark (run_id, land_type, expression, key_fact, key_value, n, value) VALUES (2, 'industry', 'peer_mean(plot_ratio)', '{}', '{}', 5, 1.25);
CALL grant_access('small', '$reader', 'reader');
CALL grant_access('small', '$surveyor', 'surveyor', subdistrict => '{S2}');
SQL

my $digest = <<'SQL';
CREATE FUNCTION pg_temp.digest() RETURNS TABLE (relation name, md5 text) LANGUAGE plpgsql AS $$
BEGIN
    FOR relation IN SELECT c.relname FROM pg_catalog.pg_class c WHERE c.relnamespace = 'small'::regnamespace AND c.relkind IN ('r', 'v') ORDER BY c.relname
    LOOP
        EXECUTE format('SELECT md5(string_agg(t::text, E''\n'' ORDER BY t::text COLLATE "C")) FROM small.%I t', relation) INTO md5;
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM pg_temp.digest();
SELECT c.relname, a.attname, col_description(c.oid, a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relnamespace = 'small'::regnamespace AND c.relkind IN ('r', 'v') ORDER BY 1, 2;
SQL
my $whole = $db->sql($digest);
like($whole, qr/report_scale\|[0-9a-f]{32}/, 'there is something to dump');
my $seen = "SELECT count(*), string_agg(parcel_code, ',' ORDER BY parcel_code) FROM small.suspected_land; SELECT count(*) FROM small.layer_parcel; SELECT line, area FROM small.report_scale ORDER BY sequence, family, class";
my %seen = map { $_ => $db->sql($seen, role => $_) } $reader, $surveyor;
isnt($seen{$reader}, $seen{$surveyor}, 'the limited role sees less');

sub same
{
	my ($copy, $how) = @_;
	is($copy->sql($digest), $whole, "$how: every table, view and comment is the same");
	is($copy->sql($seen, role => $_), $seen{$_}, "$how: " . ($_ eq $reader ? 'the reader' : 'the limited surveyor') . ' sees the same') for $reader, $surveyor;
	is($copy->error('SELECT tax FROM small.parcel_indicator', role => $reader)->{state}, '42501', "$how: the figures of single firms stay closed");
	is($copy->sql("SELECT survey, title FROM survey_list()"), 'small|Small survey', "$how: it is a survey");
	$copy->sql("SET client_min_messages = warning; CALL determine('small', 'District government', parcel_code => '{P01}')");
	is($copy->sql("SELECT count(*) FROM small.inefficient_land WHERE parcel_code = 'P01'"), 1, "$how: work goes on");
	$copy->sql("SET client_min_messages = warning; CALL drop_survey('small')");
	is($copy->sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'small'"), 0, "$how: it can be dropped");
	return;
}

my $alone = "$ENV{TESTDIR}/alone.dump";
$db->run('pg_dump', '-Fc', '-n', 'small', '-f', $alone);
my $fresh = database();
push @databases, $fresh;
is($fresh->run('pg_restore', '--exit-on-error', '-d', $fresh->name, $alone), '', 'the survey alone: restored without a word');
same($fresh, 'the survey alone');

my $all = "$ENV{TESTDIR}/all.dump";
$db->run('pg_dump', '-Fc', '-f', $all);
my $copy = InefficientLand::empty_database();
push @databases, $copy;
is($copy->run('pg_restore', '--exit-on-error', '-d', $copy->name, $all), '', 'the whole database: restored without a word');
same($copy, 'the whole database');
done_testing();
