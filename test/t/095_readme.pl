# Everything that README.md and README.zh.md show is done here: their SQL runs in
# one session, their shell commands on small files that are made first, the
# output they print is the output there is, and what they name exists.
#
#   ```sql    runs in psql, in the order of the file, from an empty database
#   ```sh     runs in between; the connection is in PGHOST, PGPORT, PGDATABASE
#   ```text   the output of the block before it, to the letter
#   ```       not run: exactly the commands in @not_run
use strict;
use warnings;

use Encode qw(decode_utf8 encode);
use InefficientLand;
use PostgreSQL::Test::Utils;
use Test::More;

need_program('ogr2ogr');
my @not_run = ('demo/run', 'test/run', 'make && sudo make install');
my @roles = ('heping_planner', 'heping_field', 'heping_stranger');

# What the text promises: [phrase of README.md, query, its result], asked right
# after the block before the phrase.
my @promises = (
	[ 'its plot ratio is unknown', 'SELECT plot_ratio(floor_area, land_area) IS NULL FROM my_parcels WHERE id = 4', 't' ],
	[ 'One parcel is suspected, because its plot ratio is 0.95',
		"SELECT string_agg(v.verdict || ' ' || i.plot_ratio, ', ' ORDER BY v.parcel_id) FROM heping.verdict v JOIN heping.parcel_indicator i USING (run_id, parcel_id, family)",
		'inefficient 0.95, insufficient_data 1.2' ],
	[ 'The whole report as one page', "SELECT length(report_html('heping', language => 'en')) > 10000", 't' ],
	[ '**A shapefile in GBK', "SELECT string_agg(DISTINCT concat_ws(' ', GeometryType(geom), ST_SRID(geom), ST_NDims(geom), registered_area), ';') FROM heping_2023.parcel", 'MULTIPOLYGON 4548 2 10000.5' ],
	[ 'Data in another system', "SELECT string_agg(concat_ws(' ', code, name, GeometryType(geom), ST_NDims(geom)), ', ' ORDER BY code) FROM heping_2023.building", 'F0011 一号厂房 MULTIPOLYGON 2, F0012 二号厂房 MULTIPOLYGON 2' ],
	[ '**Loading again.**', 'SELECT sum(y.tax_total), count(y.enterprise_id), count(o.parcel_id) FROM heping_2023.enterprise_year y JOIN heping_2023.occupancy o USING (enterprise_id)', '420|2|2' ],
	[ 'To bring', "BEGIN; INSERT INTO heping_2023.enterprise_year (enterprise_code, enterprise_id, year, tax_total, subdistrict)
		SELECT enterprise_code, enterprise_id, year, tax_total, subdistrict FROM heping_2023.enterprise_year;
		CALL assess('heping_2023', standard => 'jinhua-2024') \\gset
		SELECT rule, count(*) FROM heping_2023.finding WHERE table_name = 'enterprise_year' GROUP BY rule; ROLLBACK", 'duplicate_row|4' ],
	[ 'The same by hand', "SELECT string_agg(code || danger_grade, ' ' ORDER BY code) FROM heping_2023.building", 'F0011C F0012A F0013A' ],
	[ 'Which column holds what', 'SELECT count(*), count(DISTINCT code) FROM heping_2023.building', '3|3' ],
	[ '`grant_access(survey, role, level, subdistrict)` sets', "SELECT has_table_privilege('heping_planner', 'heping.layer_parcel', 'SELECT'), has_table_privilege('heping_planner', 'heping.enterprise_year', 'SELECT'),
		has_column_privilege('heping_planner', 'heping.parcel_indicator', 'tax', 'SELECT'), has_column_privilege('heping_field', 'heping.parcel', 'name', 'UPDATE'),
		has_any_column_privilege('heping_field', 'heping.contract', 'UPDATE'), EXISTS (SELECT FROM pg_policies WHERE schemaname = 'heping' AND 'heping_field' = ANY (roles))", 't|f|f|t|f|t' ],
	[ 'begins with some sixty checks', "SELECT count(*) BETWEEN 50 AND 70 FROM finding_rule", 't' ],
	[ 'The database it is restored into', 'SELECT count(*) FROM heping.parcel', '2' ],
);

# Errors that the text speaks of: the beginning of what is said, as it stands in the
# table of troubles (… for what varies), and a statement that provokes it.
my @troubles = (
	[ 'function plot_ratio(…) does not exist', 'SET search_path = public; SELECT plot_ratio(1, 2)' ],
	[ 'survey "…" does not exist', "CALL resolve_keys('hepnig')" ],
	[ 'permission denied for survey "…"', "SET ROLE heping_stranger; CALL resolve_keys('heping')" ],
	[ 'SRID 4490 cannot hold a survey: its kind is geographic', "CALL create_survey('degrees', srid => 4490)" ],
	[ 'geom has SRID 4490 (…), whose coordinates are angles', 'SELECT planar_area(ST_MakeEnvelope(117, 39, 118, 40, 4490))' ],
	[ 'Geometry has Z dimension but column does not',
		"INSERT INTO heping.parcel (geom) VALUES ('SRID=4548;MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)))')" ],
	[ 'Geometry type (Polygon) does not match column type (MultiPolygon)',
		'INSERT INTO heping.parcel (geom) VALUES (ST_MakeEnvelope(0, 0, 1, 1, 4548))' ],
	[ 'Geometry SRID (…) does not match column SRID (4548)', 'INSERT INTO heping.parcel (geom) VALUES (ST_Multi(ST_MakeEnvelope(0, 0, 1, 1, 4527)))' ],
	[ 'invalid byte sequence for encoding "UTF8": …', "SELECT convert_from('\\xbacdc6bd', 'UTF8')" ],
	[ '… stands more than once in …', "CREATE TEMP TABLE twice AS SELECT code FROM heping.parcel, generate_series(1, 2); CALL merge_staging('heping', 'parcel', 'twice')" ],
	[ 'standard "…" does not exist', "CALL assess('heping', standard => 'tianjin')" ],
	[ 'shipped standards cannot be changed', 'DELETE FROM inefficient_land.standard' ],
	[ 'rule "…" of …: invalid criterion: unknown fact "…"', "UPDATE heping.standard_rule SET criterion = 'plot_rato < 1' WHERE rule = 'J-1a'" ],
	[ 'parcel "…" (…) has open points: …', "SET client_min_messages = warning; CALL assess('heping', standard => 'jinhua-2024', as_of => '2024-02-29');
		CALL determine('heping', decided_by => 'x', parcel_code => '{120101001001GB00001}')" ],
	[ 'survey "…" is being assessed by process …', "SET client_min_messages = warning; CALL assess('heping', standard => 'jinhua-2024', as_of => '2024-02-29')", 'busy' ],
	[ '… must be a finite number: NaN', "SELECT plot_ratio('NaN', 1)" ],
	[ '… must not be negative: …', 'SELECT plot_ratio(-1, 1)' ],
);

sub write_file
{
	my ($file, $text) = @_;
	open my $handle, '>:raw', $file or die "$file: $!";
	print $handle $text;
	close $handle;
	return;
}

# The fenced blocks of a text: { kind, text, from, to } with places in the text
sub blocks
{
	my ($text) = @_;
	my @block;
	while ($text =~ /^```(\w*)\n(.*?)^```$/gms)
	{
		push @block, { kind => $1, text => $2, from => $-[0], to => $+[0] };
	}
	return @block;
}

# The commands without their comments and the language they ask for
sub commands
{
	my (@block) = @_;
	return map {
		my $command = $_->{text};
		$command =~ s/\s*(?:--(?!\w)|#).*$//mg;
		$command =~ s/_zh\b/_en/g;
		$command =~ s/'zh'/'en'/g;
		"$_->{kind}\n$command";
	} grep { $_->{kind} ne 'text' } @block;
}

# The files that a district gets, made small: a geodatabase, shapefiles in GBK without
# .cpg, with heights and a .prj in the words of ESRI, a workbook, a text file in GBK.
sub make_files
{
	my ($folder) = @_;
	my @from_csv = ('-oo', 'GEOM_POSSIBLE_NAMES=wkt', '-oo', 'KEEP_GEOM_COLUMNS=NO', '-a_srs', 'EPSG:4548');
	my $csv = sub {
		my ($name, @line) = @_;
		write_file("$folder/$name.csv", join('', map { "$_\n" } @line));
		return "$folder/$name.csv";
	};
	my $square = sub {
		my ($kind, $x, $y, $size, $height) = @_;
		my @point = map { ($x + $_->[0]) . ' ' . ($y + $_->[1]) . ($height // '') }
		  [ 0, 0 ], [ $size, 0 ], [ $size, $size ], [ 0, $size ], [ 0, 0 ];
		my $ring = '(' . join(',', @point) . ')';
		return $kind =~ /MULTI/ ? qq("$kind(($ring))") : qq("$kind($ring)");
	};
	my $parcel = $csv->('parcel', 'ZDDM,ZDMC,ZL,QLR,ZDMJ,SJYT,wkt',
		'120101001001GB00011,一号地块,新华路11号,示例甲公司,10000.5,0601,' . $square->('MULTIPOLYGON', 518000, 4331000, 100),
		'120101001001GB00012,二号地块,新华路12号,示例乙公司,10000.5,0601,' . $square->('MULTIPOLYGON', 518100, 4331000, 100));
	system_or_bail('ogr2ogr', '-f', 'OpenFileGDB', "$folder/land.gdb", $parcel, @from_csv, '-nln', 'ZD', '-nlt', 'MULTIPOLYGON',
		'-sql', 'SELECT ZDDM, ZDMC, ZL, QLR, CAST(ZDMJ AS float) AS ZDMJ, SJYT FROM parcel');

	my @building = (
		'F0011,120101001001GB00011,9500,3,1998,A,一号厂房,' . $square->('POLYGON Z', 518010, 4331010, 50, ' 3.5'),
		'F0012,120101001001GB00012,12000,4,2010,A,二号厂房,' . $square->('POLYGON Z', 518110, 4331010, 50, ' 3.5'));
	my @later = (@building, 'F0013,120101001001GB00012,800,2,2022,A,三号厂房,' . $square->('POLYGON Z', 518170, 4331070, 20, ' 3.5'));
	$later[0] =~ s/,A,/,C,/;
	for (['ZRZ', @building], ['ZRZ_2', @later])
	{
		my ($name, @row) = @$_;
		my $source = $csv->("source_$name", 'ZRZH,LSZD,DSMJ,DSCS,JCNF,WXDJ,FWMC,wkt', @row);
		system_or_bail('ogr2ogr', '-f', 'ESRI Shapefile', "$folder/$name.shp", $source, @from_csv, '-lco', 'ENCODING=GBK',
			'-oo', 'AUTODETECT_TYPE=YES');
		unlink "$folder/$name.cpg";
		my $table = slurp_file("$folder/$name.dbf");
		substr($table, 29, 1) = "\0";       # nor does the table itself name its code page
		write_file("$folder/$name.dbf", $table);
		write_file("$folder/$name.prj",
			'PROJCS["CGCS2000_3_degree_Gauss_Kruger_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
			  . 'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
			  . 'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],'
			  . 'PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]');
	}

	my $firm = $csv->('firm', 'code,name,industry,parcel,area',
		'91120101MA0000001A,示例甲公司,3311,120101001001GB00011,9500', '91120101MA0000002B,示例乙公司,3525,120101001001GB00012,12000');
	system_or_bail('ogr2ogr', '-f', 'XLSX', "$folder/firm.xlsx", $firm, '-nln', '企业', '-sql',
		'SELECT code AS "统一社会信用代码", name AS "企业名称", industry AS "行业代码", parcel AS "宗地代码", area AS "使用面积" FROM firm');
	write_file("$folder/tax_2023.csv",
		encode('gbk', decode_utf8("统一社会信用代码,年度,税收总额(万元)\n91120101MA0000001A,2023,180\n91120101MA0000002B,2023,240\n")));
	return;
}

# Runs a document in a database of its own.  Returns what each block printed,
# what each promise got, and what went wrong.
sub run_document
{
	my ($name, $db, $promise, @block) = @_;
	my $folder = "$ENV{TESTDIR}/$name";
	mkdir $folder;
	make_files($folder);
	my $script = '';
	for my $i (0 .. $#block)
	{
		if ($block[$i]{kind} eq 'sql')
		{
			$script .= "\\echo \@\@$i\n$block[$i]{text}";
		}
		elsif ($block[$i]{kind} eq 'sh')
		{
			write_file("$folder/$i.sh", "set -e\n$block[$i]{text}");
			$script .= "\\echo \@\@$i\n\\! sh $i.sh 2>$i.err || mv $i.err $i.failed\n";
		}
		$script .= "\\pset format unaligned\n\\pset tuples_only on\n\\echo \@\@promise $_->[4]\n$_->[1];\n"
		  . "\\pset format aligned\n\\pset tuples_only off\n"
		  for grep { $_->[2] == $i } @$promise;
	}
	write_file("$folder/all.sql", $script);
	local %ENV = (%ENV, PGHOST => $db->cluster->host, PGPORT => $db->cluster->port, PGDATABASE => $db->name, PGCLIENTENCODING => 'UTF8');
	my ($out, $err) = ('', '');
	IPC::Run::run([ 'sh', '-c', 'cd "$0" && exec psql -Xq -v ON_ERROR_STOP=1 -f all.sql', $folder ], '<', \undef, '>', \$out, '2>', \$err);
	my (%printed, $key);
	for my $line (split /\n/, $out)
	{
		if ($line =~ /^@@(.*)/) { $key = $1; $printed{$key} = ''; next }
		$line =~ s/\s+$//;
		$printed{$key} .= "$line\n";
	}
	my @wrong = map { "shell commands:\n" . slurp_file($_) } glob("$folder/*.failed");
	push @wrong, $err =~ s/^.*NOTICE.*\n//mgr if $err =~ /ERROR|FATAL|psql: error|not found/;
	return (\%printed, \@wrong, $folder);
}

# Which blocks of the English text a promise follows
sub place_promises
{
	my ($text, @block) = @_;
	my $number = 0;
	return map {
		my ($phrase, $query, $result) = @$_;
		my $place = index $text, $phrase;
		my ($before) = grep { $block[$_]{to} <= $place && $block[$_]{kind} ne 'text' } reverse 0 .. $#block;
		ok($place >= 0, "the text says: $phrase");
		[ $phrase, $query, $before // 0, $result, ++$number ];
	} @promises;
}

sub drop_roles
{
	my ($db) = @_;
	my $there = $db->sql(sprintf 'SELECT rolname FROM pg_roles WHERE rolname IN (%s)', join ', ', map { "'$_'" } @roles);
	$db->sql(qq(DROP OWNED BY "$_"; DROP ROLE "$_")) for split /\n/, $there;
	return;
}

# All code that a text shows: spans and blocks
sub code_of
{
	my ($text) = @_;
	my $code = join "\n", map { $_->{text} } grep { $_->{kind} ne 'text' } blocks($text);
	$text =~ s/^```.*?^```$//gms;
	return ($code, join "\n", $text =~ /`([^`\n]+)`/g);
}

# The anchor that a heading gets when the page is shown
sub anchor
{
	my ($heading) = @_;
	my $anchor = lc decode_utf8($heading);
	$anchor =~ s/[^\w\- ]//g;
	return encode('UTF-8', $anchor =~ s/ /-/gr);
}

my %text = map { $_ => slurp_file($_) } 'README.md', 'README.zh.md';
my %block = map { $_ => [ blocks($text{$_}) ] } keys %text;
my @english = @{ $block{'README.md'} };
my @promise = place_promises($text{'README.md'}, @english);
cmp_ok(scalar(grep { $_->{kind} eq 'sql' } @english), '>', 30, 'there are commands to run');
is_deeply([ commands(@{ $block{'README.zh.md'} }) ], [ commands(@english) ], 'both languages have the same commands');
is_deeply([ map { (split /\n/)[ 1 .. $#{ [ split /\n/ ] } ] } grep { /^\n/ } commands(@english) ], \@not_run, 'the commands that are not run');

my $db;
END { drop_roles($db) if $db }
for my $file ('README.md', 'README.zh.md')
{
	my @own = @{ $block{$file} };
	drop_roles($db) if $db;
	$db = InefficientLand::empty_database();
	my ($printed, $wrong) = run_document($file, $db, \@promise, @own);
	ok(!@$wrong, "$file: every command runs") or diag(join "\n", @$wrong);
	for my $i (1 .. $#own)
	{
		next if $own[$i]{kind} ne 'text';
		my ($before) = grep { $own[$_]{kind} ne 'text' } reverse 0 .. $i - 1;
		my ($first) = $own[$before]{text} =~ /^(.{1,60})/;
		is(($printed->{$before} // '') =~ s/\n+$/\n/r, $own[$i]{text}, "$file: prints what it shows, $first");
	}
	for (@promise)
	{
		is(($printed->{"promise $_->[4]"} // '') =~ s/\n+$//r, $_->[3], "$file: $_->[0]");
	}
}

# The table of troubles: each message in it is one that there is.
$db->sql('CREATE ROLE heping_stranger');
for my $file (sort keys %text)
{
	my ($table) = $text{$file} =~ /^## (?:Trouble|疑难)[^\n]*\n(.*?)^## /ms;
	my @message = $table =~ /^\| `([^`]+)` \|/gm;
	is_deeply([ sort @message ], [ sort map { $_->[0] } @troubles ], "$file: the troubles that are tested are those it lists");
}
my $other = $db->session(before => 'BEGIN');
for (@troubles)
{
	my ($message, $statement, $busy) = @$_;
	$other->query_safe("SET client_min_messages = warning; CALL assess('heping', standard => 'jinhua-2024', as_of => '2024-02-29')") if $busy;
	my $pattern = join '.*', map { quotemeta } split /…/, $message, -1;
	like(($db->error($statement) // { message => 'no error' })->{message}, qr/^$pattern/, "trouble: $message");
	$other->query_safe('ROLLBACK') if $busy;
}
$other->quit;

# Every name there is, is named, and every name that is named, is.
my $named = "FROM pg_proc p WHERE p.pronamespace = 'inefficient_land'::regnamespace AND p.proname !~ '^_'";
my @function = split /\n/, $db->sql("SELECT DISTINCT p.proname $named
	AND NOT EXISTS (SELECT FROM pg_type t WHERE p.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend))
	AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprcode = p.oid) AND NOT EXISTS (SELECT FROM pg_amproc a WHERE a.amproc = p.oid)
	AND NOT (p.prokind = 'a' AND EXISTS (SELECT FROM pg_proc f WHERE f.pronamespace = p.pronamespace AND f.prokind = 'f'
		AND p.proname IN (f.proname || '_agg', f.proname || '_detail_agg', f.proname || '_state', f.proname || '_merge')))");
my @relation = split /\n/, $db->sql("SELECT DISTINCT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'v') AND c.relname !~ '^_'
	AND c.relnamespace IN ('inefficient_land'::regnamespace, 'heping'::regnamespace)");
my @type = split /\n/, $db->sql("SELECT t.typname FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
	WHERE t.typnamespace = 'inefficient_land'::regnamespace AND t.typname !~ '^_' AND coalesce(c.relkind, 'c') = 'c'");
my @setting = split /\n/, $db->sql("SELECT name FROM pg_settings WHERE name LIKE 'inefficient_land.%'", before => 'SELECT library_version()');
my %callable = map { $_ => 1 } split /\n/, $db->sql('SELECT DISTINCT proname FROM pg_proc');
my $language = $db->sql("SELECT obj_description('criterion'::regtype, 'pg_type')");
$callable{$_} = 1 for $language =~ /(\w+)\(/g;
# Arguments by function, and whether a span of code that shows a call has no others
my %argument;
for (split /\n/, $db->sql("SELECT p.proname, unnest(p.proargnames) $named"))
{
	my ($function, $argument) = split /\|/;
	$argument{$function}{$argument} = 1;
}
sub takes
{
	my ($function, $list) = $_[0] =~ /^(\w+)\(([a-z_, …]*)\)/ or return 1;
	return !$argument{$function} || !grep { $_ ne '…' && !$argument{$function}{$_} } split /, /, $list;
}
my @topic = map { m{/\d+_(\w+)\.sql$} } glob 'sql/install/*.sql';
cmp_ok(scalar(@function), '>', 40, 'functions were seen');
for my $file (sort keys %text)
{
	my ($blocks, $spans) = code_of($text{$file});
	for ([ function => @function ], [ relation => @relation ], [ type => @type ], [ setting => grep { /^inefficient_land/ } @setting ])
	{
		my ($kind, @name) = @$_;
		is(join(' ', sort grep { "$blocks\n$spans" !~ /\b\Q$_\E\b/ } @name), '', "$file names every $kind");
	}
	is(join(' ', grep { !$callable{$_} } $spans =~ /\b([a-z]\w*)\(/g), '', "$file names no function that does not exist");
	is(join("\n", grep { !takes($_) } split /\n/, $spans), '', "$file gives the functions the arguments they have");
	my $heading = join ' ', $text{$file} =~ /^### .*$/gm;
	is(join(' ', grep { $heading !~ /`\Q$_\E`/ } @topic), '', "$file has a chapter for every topic");
	my %anchor = map { anchor($_) => 1 } $text{$file} =~ /^##+ (.*)$/gm;
	is(join(' ', grep { !$anchor{$_} } $text{$file} =~ /\]\(#([^)]+)\)/g), '', "$file: every link into the page leads somewhere");
	for my $link ($text{$file} =~ /\]\((?!#|https?:)([^)]+)\)/g)
	{
		ok(-e $link, "$file: $link is there");
	}
}

$db->sql('DROP ROLE heping_stranger');
done_testing();
