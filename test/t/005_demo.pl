# demo/run and demo/stop, in a path with blanks, a quote and Chinese characters:
# results, a server that stays and answers, and nothing left after the stop.
use strict;
use warnings;
use utf8;

use Encode qw(encode_utf8);
use File::Temp qw(tempdir);
use InefficientLand;
use IPC::Run;
use Test::More;

need_program(qw(ogr2ogr));

my $copy = encode_utf8(tempdir(CLEANUP => 1) . "/和平区 'd e");
mkdir $copy or die "$copy: $!";
# build/gcc comes along to save the time of compiling
system("mkdir '$ENV{TESTDIR}/tar' && tar --exclude=./build/tree --exclude=./build/plain "
	  . "--exclude=./build/clang --exclude=./build/sanitized --exclude=./build/demo "
	  . "--exclude=./.git -cf '$ENV{TESTDIR}/tar/a' .") == 0 or die;
system('tar', '-C', $copy, '-xf', "$ENV{TESTDIR}/tar/a") == 0 or die;

my $tmp = tempdir('/tmp/t-XXXXXX', CLEANUP => 1);
my %clean = (PATH => '/usr/local/bin:/usr/bin:/bin', HOME => $copy, IL_TMP => $tmp);

# (status, output, errors) of a command in a clean environment
sub command
{
	my (@command) = @_;
	local %ENV = %clean;
	my ($out, $err) = ('', '');
	IPC::Run::run(\@command, '<', \undef, '>', \$out, '2>', \$err);
	return ($? >> 8, $out, $err);
}

# the files and clusters of the machine's own PostgreSQL
sub machine
{
	return qx{find /usr/share/postgresql/15/extension /usr/lib/postgresql/15/lib -maxdepth 1 -xtype f -exec sha256sum {} + | sort;
		pg_lsclusters --no-header};
}
my $machine = machine();
ok($machine =~ /postgis\.control/, 'the machine has a PostgreSQL of its own');

for my $turn ('first', 'second')
{
	my ($status, $out, $err) = command("$copy/demo/run");
	is($status, 0, "$turn run succeeds") or diag("$out\n$err");
	my ($socket) = $out =~ /psql -h (\S+) -p 5432 -U postgres demo/;
	ok(defined $socket, "$turn run tells how to open the database") or last;
	is((command('psql', '-XAt', '-h', $socket, '-U', 'postgres', '-d', 'demo', '-c',
			'SELECT count(*) > 1000 FROM heping.layer_parcel'))[1], "t\n", 'the server answers with the district');
	for my $page (qw(report.en.html report.zh.html))
	{
		ok(-s "$copy/build/demo/$page", "there is $page");
	}
	is(scalar(grep { -d } glob "$tmp/il-*"), 1, 'one server, of this run');
}
my ($status, $out) = command("$copy/demo/stop");
is($status, 0, 'demo/stop succeeds');
ok(machine() eq $machine, "files and clusters of the machine's own PostgreSQL are as they were");
is(join(' ', glob "$tmp/*"), '', 'and leaves nothing in /tmp');
ok(-s "$copy/build/demo/report.en.html", 'the results stay');
($status, $out) = command("$copy/demo/stop");
is("$status $out", "0 the demo is not running\n", 'a second stop says so');

done_testing();
