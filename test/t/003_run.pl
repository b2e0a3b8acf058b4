# test/run itself: in a path with blanks, a quote and Chinese characters, twice in
# a row, broken off in the middle; it leaves neither processes nor folders.
use strict;
use warnings;
use utf8;

use Encode qw(encode_utf8);
use File::Temp qw(tempdir);
use InefficientLand;
use IPC::Run;
use Test::More;

my $place = encode_utf8(tempdir(CLEANUP => 1) . "/a 低效用地 'b");
mkdir $place or die "$place: $!";
my $copy = "$place/c d";
# build/gcc comes along to save the time of compiling
system("mkdir '$ENV{TESTDIR}/tar' && tar --exclude=./build/tree --exclude=./build/plain "
	  . "--exclude=./build/clang --exclude=./build/sanitized --exclude=./build/demo "
	  . "--exclude=./.git -cf '$ENV{TESTDIR}/tar/a' .") == 0 or die;
mkdir $copy or die;
system('tar', '-C', $copy, '-xf', "$ENV{TESTDIR}/tar/a") == 0 or die;

# folders of runs go to a place of their own, where nobody else's are seen
my $tmp = tempdir('/tmp/t-XXXXXX', CLEANUP => 1);
my %clean = (PATH => '/usr/local/bin:/usr/bin:/bin', HOME => $copy, ONLY => 'install',
	IL_TMP => $tmp);

sub leftovers { return join ' ', glob "$tmp/*" }

for my $turn ('first', 'second')
{
	local %ENV = %clean;
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run([ "$copy/test/run", 'regress' ], '<', \undef, '>', \$out, '2>', \$err);
	ok($ok, "$turn run in a strange path") or diag("$out\n$err");
	like($out, qr/\n(\d+) passed, 0 failed, 0 skipped\n\z/, "$turn run ends with its count");
	like($out, qr/install +\.\.\. ok/, "$turn run did what it should");
	like($out, qr/private tree.* \d+\.\d s\n/, "$turn run prints its steps with their times");
	is(leftovers(), '', "$turn run leaves no folder");
}

# A failing test makes the run fail.
open my $expected, '>>', "$copy/expected/install.out" or die;
print $expected "what never comes\n";
close $expected;
{
	local %ENV = %clean;
	my $out = '';
	my $ok = IPC::Run::run([ "$copy/test/run", 'regress' ], '<', \undef, '>', \$out, '2>', \my $err);
	ok(!$ok, 'a failing test makes the run fail');
	like($out, qr/what never comes/, 'it shows the difference');
	like($out, qr/\n\d+ passed, 1 failed, 0 skipped\n\z/, 'it is counted');
	ok(!IPC::Run::run([ "$copy/test/run", 'nonsense' ], '<', \undef, '>', \$out, '2>', \$err),
		'an unknown suite is refused');
	like($err, qr/no suite is called nonsense/, 'by name');
}

# Broken off while the server runs; the benchmark likewise, in the middle of a long statement.
for my $case ([ 'INT', 'test/run regress', qr/throw-away cluster/ ], [ 'TERM', 'test/run regress', qr/throw-away cluster/ ],
	[ 'TERM', 'test/bench/run 20k', qr/ x  / ])
{
	my ($signal, $command, $when) = @$case;
	my ($program, $argument) = split / /, $command;
	local %ENV = (%clean, $program =~ /bench/ ? (ONLY => '42_rule_table') : ());
	my $out = '';
	my $run = IPC::Run::start([ "$copy/$program", $argument ],
		'<', \undef, '>', \$out, '2>', \my $err, IPC::Run::timeout(240));
	$run->pump until $out =~ $when;
	my ($folder) = glob "$tmp/il-*";
	open my $file, '<', "$folder/data/postmaster.pid" or die;
	chomp(my $pid = <$file>);
	ok(readlink("/proc/$pid/exe"), "$signal to $program: the server runs");
	$run->signal($signal);
	$run->finish;
	isnt($run->full_result, 0, "$signal to $program: the run fails");
	like($out, qr/\n\d+ passed, \d+ failed, \d+ skipped\n\z/, "$signal to $program: with its count") unless $program =~ /bench/;
	# (a process that nobody reaped has no program any more)
	ok(!readlink("/proc/$pid/exe"), "$signal to $program: the server is gone");
	is(leftovers(), '', "$signal to $program: and so is its folder");
}

done_testing();
