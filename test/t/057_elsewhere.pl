# The whole job - create, load, resolve, assess, determine, report, drop - with
# PostGIS in a schema of its own, with no search_path, with temporary tables of
# the same names in front, and among the traps of a stranger in the schema where
# PostGIS lives: always the same results.
use strict;
use warnings;

use InefficientLand;
use PostgreSQL::Test::Utils;
use Test::More;

my ($mallory, $reader) = ("mallory_$$", "reader_$$");
my %place = (
	plain    => { postgis => 'public' },
	gis      => { postgis => 'gis' },
	pathless => { postgis => 'public', path => "''" },
	shadowed => { postgis => 'public', path => 'pg_temp, public', before => join '; ', map { "CREATE TEMP TABLE $_ (a int)" }
		qw(parcel building run verdict standard standard_rule label finding survey pg_class pg_namespace pg_extension pg_attribute) },
	trapped  => { postgis => 'public', traps => 1 },
);
my ($reference, %result);
InefficientLand::shared_server()->safe_psql('postgres', "CREATE ROLE $mallory; CREATE ROLE $reader");

for my $name ('plain', 'gis', 'pathless', 'shadowed', 'trapped')
{
	my $place = $place{$name};
	my $db = InefficientLand::empty_database();
	my $gis = $place->{postgis};
	$db->sql(<<"SQL", path => 'public');
SET client_min_messages = warning;
CREATE SCHEMA IF NOT EXISTS $gis;
CREATE EXTENSION postgis SCHEMA $gis;
CREATE EXTENSION inefficient_land CASCADE;
GRANT ALL ON SCHEMA public TO $mallory;
SQL
	# the data come in before the traps: what a loader writes is not ours to protect
	$db->survey('heping', 60, postgis => $gis);
	$db->sql(slurp_file('test/lib/traps.sql'), path => 'pg_catalog', role => $mallory) if $place->{traps};

	my @path = (path => $place->{path} // 'pg_catalog');
	push @path, before => $place->{before} if $place->{before};
	my @step = (
		"CALL inefficient_land.create_survey('second', srid => 4548)",
		"CALL inefficient_land.resolve_keys('heping')",
		"CALL inefficient_land.assess('heping', standard => 'jinhua-2024', as_of => '2024-02-29')",
		"SELECT * FROM inefficient_land.explain_parcel('heping', 'P000001')",
		"CALL inefficient_land.determine('heping', decided_by => 'Bureau', document_number => '1', decided_on => '2024-03-01')",
		"SELECT inefficient_land.report_html('heping', language => 'zh')",
		"CALL inefficient_land.grant_access('heping', '$reader', 'reader', subdistrict => '{120101001}')",
		"CALL inefficient_land.revoke_access('heping', '$reader')",
		"CALL inefficient_land.copy_standard('jinhua-2024', 'own', 'second')",
		"CALL inefficient_land.drop_survey('second')",
	);
	for my $step (@step)
	{
		my ($what) = $step =~ /inefficient_land\.(\w+)/;
		is($db->complaint($step, @path), '', "$name: $what");
	}
	# read without the traps in the way of the reader
	$db->sql(qq{DROP OWNED BY $mallory CASCADE}) if $place->{traps};
	my $seen = $db->fingerprint('heping', before => "SET search_path = inefficient_land, $gis");
	$reference //= $seen;
	is($seen, $reference, "$name: every table and view says the same");
	is($db->complaint("CALL inefficient_land.drop_survey('heping')", @path), '', "$name: drop_survey");
	$db->drop;
}
InefficientLand::shared_server()->safe_psql('postgres', "DROP ROLE $mallory; DROP ROLE $reader");

done_testing();
