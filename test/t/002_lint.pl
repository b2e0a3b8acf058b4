# Every rule of the lint refuses what it is there to refuse, and the counter of
# results counts.
use strict;
use warnings;

use File::Path qw(make_path);
use File::Temp qw(tempdir);
use InefficientLand;
use Test::More;

my $copy = tempdir(CLEANUP => 1);

sub add
{
	my ($file, $text) = @_;
	my ($folder) = $file =~ m{^(.*)/};
	make_path("$copy/$folder") if defined $folder;
	open my $handle, '>>', "$copy/$file" or die "$file: $!";
	print $handle $text;
	close $handle;
	return;
}

# A small checkout without fault.
sub fresh
{
	system('rm', '-rf', '--', $copy) == 0 or die;
	mkdir $copy;
	add('src/core/a.c', "#include \"core/a.h\"\n\n#include <math.h>\n");
	add('src/core/a.h', "extern int il_a;\n");
	add('src/pg/b.c', "#include \"postgres.h\"\n\n#include \"pg/b.h\"\n");
	add('src/pg/b.h', "#include \"core/a.h\"\n");
	add('src/fn/c.c', "#include \"postgres.h\"\n\n#include \"pg/b.h\"\n");
	add('sql/install/00_schema.sql', "CREATE SCHEMA inefficient_land;\n");
	add('test/sql/install.sql', "SELECT 1;\n");
	add('expected/install.out', "SELECT 1;\n");
	return;
}

sub lint
{
	my ($name) = @_;
	my $lint = "$ENV{PWD}/test/lint/$name.sh";
	my $out = qx{cd '$copy' && bash '$lint' 2>&1};
	return ($? >> 8, $out);
}

# refuses(RULE, WHAT, PATTERN, FILE => TEXT ...)
sub refuses
{
	my ($rule, $what, $pattern, %file) = @_;
	fresh();
	add($_, $file{$_}) for sort keys %file;
	my ($status, $out) = lint($rule);
	ok($status != 0 && $out =~ $pattern, "$rule: $what") or diag("status $status: $out");
	return;
}

fresh();
for my $rule (qw(includes names sql files))
{
	my ($status, $out) = lint($rule);
	ok($status == 0 && $out eq '', "$rule: nothing to say about a clean checkout") or diag($out);
}

refuses('includes', 'upward', qr/upward/, 'src/core/a.h' => "#include \"pg/b.h\"\n");
refuses('includes', 'fn to fn', qr/another/, 'src/fn/c.c' => "#include \"fn/d.h\"\n");
refuses('includes', 'PostgreSQL in core', qr/C11/, 'src/core/a.c' => "#include \"postgres.h\"\n");
refuses('includes', 'POSIX in core', qr/C11/, 'src/core/a.c' => "#include <unistd.h>\n");
refuses('includes', 'PROJ above its floor', qr/bridge/, 'src/pg/b.c' => "#include <proj.h>\n");
refuses('includes', 'a relative path', qr/from src/, 'src/fn/c.c' => "#include \"../pg/b.h\"\n");
refuses('includes', 'postgres.h late', qr/first/,
	'src/pg/d.c' => "#include \"pg/b.h\"\n#include \"postgres.h\"\n");
refuses('names', 'test without expected output', qr/no expected/, 'test/sql/a.sql' => "SELECT 1;\n");
refuses('names', 'expected output without test', qr/no test/, 'expected/b.out' => "1\n");
refuses('names', 'a script that shadows a test', qr/shadows/, 'sql/install.sql' => "SELECT 1;\n");
refuses('names', 'a topic without number', qr/NN_topic/, 'sql/install/x.sql' => "SELECT 1;\n");
refuses('names', 'a spec named like a topic', qr/one expected/, 'test/specs/install.spec' => "\n");
refuses('names', 'a stray file among the TAP tests', qr/NNN_name/, 'test/t/a.pl' => "1;\n");
my $topic = 'sql/install/10_a.sql';
refuses('sql', 'OR REPLACE', qr/stranger/, $topic => "CREATE OR REPLACE VIEW a AS SELECT 1;\n");
refuses('sql', 'IF NOT EXISTS', qr/stranger/, $topic => "CREATE TABLE IF NOT EXISTS a();\n");
refuses('sql', 'SECURITY DEFINER', qr/DEFINER/, $topic => "LANGUAGE sql security  definer\n");
refuses('sql', 'LEAKPROOF', qr/LEAKPROOF/, $topic => "LANGUAGE C LEAKPROOF\n");
refuses('sql', 'a DO block', qr/DO block/, $topic => "DO \$\$BEGIN END\$\$;\n");
refuses('sql', 'a quoted placeholder', qr/quotes/, $topic => "SELECT '\@extschema\@';\n");
refuses('sql', 'a catalog change', qr/catalog/, $topic => "UPDATE pg_proc SET proname = 'a';\n");
refuses('sql', 'a grant to PUBLIC beyond reading', qr/PUBLIC/, $topic => "GRANT ALL ON TABLE a TO PUBLIC;\n");
refuses('files', 'a long file', qr/801 lines/, 'src/core/a.c' => "\n" x 798);
refuses('files', 'bytes that are not UTF-8', qr/UTF-8/, 'a.md' => "\xff\n");
refuses('files', 'a last line without end', qr/no end/, 'a.md' => 'x');
refuses('files', 'carriage returns', qr/carriage/, 'a.md' => "x\r\n");
refuses('files', 'trailing blanks', qr/blank/, 'a.md' => "x \n");
refuses('files', 'unfinished work', qr/unfinished/, 'src/core/a.c' => "/* TO" . "DO */\n");
refuses('files', 'a long line', qr/101 columns/, 'src/core/a.c' => "\t" . 'x' x 97 . "\n");
refuses('files', 'a long function', qr/function of 70/, 'src/core/a.c' => "{\n" . "\n" x 68 . "}\n");
refuses('files', 'a // comment', qr/comment/, 'src/core/a.c' => "int a; // b\n");

# The counter: passed, failed, skipped.
sub tally
{
	my ($tap, $status) = @_;
	fresh();
	add('log', $tap);
	my $out = qx{awk -v status=$status -f test/lib/tally.awk '$copy/log'};
	chomp $out;
	return $out;
}

is(tally("ok 1 - a\nok 2 - b\n1..2\n", 0), '2 0 0', 'tally: all well');
is(tally("ok 1\nnot ok 2 - b\n1..2\n", 1), '1 1 0', 'tally: one failed');
is(tally("1..2\nok 1 # SKIP no data\nok 2\n", 0), '1 0 1', 'tally: one skipped');
is(tally("1..0 # SKIP no data\n", 0), '0 0 1', 'tally: the file skipped');
is(tally("ok 1\n", 0), '1 1 0', 'tally: no plan');
is(tally("1..3\nok 1\n", 0), '1 1 0', 'tally: plan and tests differ');
is(tally("ok 1\n1..1\n", 139), '1 1 0', 'tally: a crash after the last test');
is(tally('', 0), '0 1 0', 'tally: nothing at all');
is(tally("not ok 1 # TO" . "DO later\n1..1\n", 0), '0 1 0', 'tally: an expected failure');
is(tally("    ok 1 - inner\n    1..1\nok 1 - outer\n1..1\n", 0), '1 0 0', 'tally: subtests');

done_testing();
