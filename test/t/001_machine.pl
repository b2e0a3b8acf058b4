# The tools under the tests: which library the server uses, errors taken apart,
# a server that crashes and comes back.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
like($db->sql('SHOW server_version_num'), qr/^15\d{4}$/, 'PostgreSQL 15');
my $share = $db->sql(q(SELECT setting FROM pg_config WHERE name = 'SHAREDIR'));
isnt($share, '/usr/share/postgresql/15', 'the server reads a share folder of its own');
ok(-f "$share/extension/inefficient_land.control", 'the extension is installed there');
ok(!-l "$share/extension/inefficient_land.control", 'and is not a link to something else');
is($db->sql('SHOW server_encoding'), 'UTF8', 'encoding');
is($db->sql('SELECT inefficient_land.library_version() = extversion FROM pg_extension
	WHERE extname = $$inefficient_land$$'), 't', 'library and script agree');

my $error = $db->error('SELECT 1/0');
is($error->{state}, '22012', 'an error shows its state');
is($error->{message}, 'division by zero', 'and its message');
is($db->error('SELECT 1'), undef, 'no error, none reported');
$db->drop;

my $server = server('own');
my $own = database($server);
$own->sql('CREATE TABLE kept (a int); INSERT INTO kept VALUES (1)');
my $session = $own->session;
my $pid = $session->query_safe('SELECT pg_backend_pid()');
kill 'KILL', $pid;
ok($own->wait_for_restart($pid), 'back after a killed process');
is($own->sql('SELECT a FROM kept'), '1', 'with its data');
eval { $session->quit };

done_testing();
