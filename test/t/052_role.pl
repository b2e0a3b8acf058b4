# A role that may do nothing but create a schema in the database does the whole
# job, and what it made is readable by nobody else.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
my $suffix = $$;
my ($planner, $stranger) = ("planner_$suffix", "stranger_$suffix");
$db->sql(qq{CREATE ROLE $planner LOGIN; CREATE ROLE $stranger LOGIN;
	REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO PUBLIC;
	GRANT CREATE ON DATABASE "@{[$db->name]}" TO $planner});
my @role = (role => $planner);

is($db->error("CALL create_survey('mine', srid => 4548)", role => $stranger)->{state}, '42501',
	'who may not create a schema is told so');
$db->survey('heping', 60, @role);
is($db->sql("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'heping'"), $planner, 'the survey belongs to its maker');
ok($db->assess('heping', @role), 'assess');
cmp_ok($db->sql('SELECT count(*) FROM heping.suspected_land', @role), '>', 0, 'suspected land');
is($db->error("CALL determine('heping', decided_by => 'Bureau', document_number => '1', decided_on => '2024-03-01')", @role),
	undef, 'determine');
cmp_ok($db->sql('SELECT count(*) FROM heping.inefficient_land', @role), '>', 0, 'inefficient land');
for my $view (split /\n/, $db->sql("SELECT viewname FROM pg_views WHERE schemaname = 'heping' ORDER BY 1"))
{
	is($db->error("SELECT * FROM heping.$view", @role), undef, "the owner reads $view");
}

# nothing for anybody else
is($db->sql(<<'SQL'), '', 'nothing of the survey is granted to anybody but its owner');
SELECT c.relname, a.grantee::regrole, a.privilege_type
  FROM pg_class c, aclexplode(c.relacl) a
 WHERE c.relnamespace = 'heping'::regnamespace AND a.grantee <> c.relowner
UNION ALL
SELECT n.nspname, a.grantee::regrole, a.privilege_type
  FROM pg_namespace n, aclexplode(n.nspacl) a
 WHERE n.nspname = 'heping' AND a.grantee <> n.nspowner
UNION ALL
SELECT c.relname || '.' || t.attname, a.grantee::regrole, a.privilege_type
  FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
 WHERE c.relnamespace = 'heping'::regnamespace AND a.grantee <> c.relowner
SQL
for my $try ('SELECT * FROM heping.parcel', 'SELECT * FROM heping.layer_parcel',
	"CALL assess('heping', standard => 'jinhua-2024')", "CALL resolve_keys('heping')",
	"CALL determine('heping', decided_by => 'me', document_number => '1', decided_on => '2024-03-01')",
	"CALL drop_survey('heping')")
{
	is($db->error($try, role => $stranger)->{state}, '42501', "a stranger may not: $try");
}
is($db->error("CALL drop_survey('heping')", @role), undef, 'drop');
is($db->sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'heping'"), '0', 'nothing is left');
$db->drop;
InefficientLand::shared_server()->safe_psql('postgres', "DROP ROLE $planner; DROP ROLE $stranger");

done_testing();
