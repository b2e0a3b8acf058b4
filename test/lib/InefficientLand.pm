
=head1 NAME

InefficientLand - what the TAP tests of the extension share

=head1 SYNOPSIS

  use InefficientLand;
  use Test::More;

  my $db = database();              # fresh, with the extension, on the server of test/run
  is($db->sql('SELECT plot_ratio(2, 1)'), '2');
  my $error = $db->error('SELECT plot_ratio(1, -1)');      # { state, message, detail, hint }
  is($error->{state}, '22023');

  my $server = server('main');      # a server of the test's own, to crash or to configure
  my $own = database($server);      # the extension is created afresh there

  need_data('dev/nyc_lot.csv.gz');  # skips the file visibly when the data is not there

Run with C<test/run tap>, one file with C<ONLY=020_name test/run tap>.

=cut

package InefficientLand;

use strict;
use warnings;

use Exporter 'import';
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

our @EXPORT = qw(database server data_file need_data need_program show);

my $databases = 0;

# The server that test/run started, seen as a Cluster that nobody stops.
sub shared_server
{
	die "run this with test/run\n" unless $ENV{IL_HOST};
	return bless {
		_host => $ENV{IL_HOST},
		_port => $ENV{IL_PORT},
		_name => 'shared',
	}, 'PostgreSQL::Test::Cluster';
}

# server(NAME, CONFIGURATION LINE...): started, without the extension
sub server
{
	my ($name, @lines) = @_;
	my $server = PostgreSQL::Test::Cluster->new($name);
	$server->init(extra => [ '-E', 'UTF8', '--locale=C.UTF-8' ]);
	$server->append_conf('postgresql.conf', join("\n", 'restart_after_crash = on', @lines));
	$server->start;
	return $server;
}

# database([SERVER [, NAME]]): a fresh database with the extension
sub database
{
	my ($server, $name) = @_;
	my $shared = !defined $server;
	$server //= shared_server();
	$name   //= sprintf 'tap_%d_%d', $$, ++$databases;
	$server->safe_psql('postgres',
		qq(CREATE DATABASE "$name") . ($shared ? ' TEMPLATE il_template' : ''));
	my $self = bless { server => $server, name => $name, shared => $shared }, __PACKAGE__;
	$self->sql('SET client_min_messages = warning; CREATE EXTENSION inefficient_land CASCADE')
	  unless $shared;
	return $self;
}

# empty_database([OPTIONS OF CREATE DATABASE]): on the shared server, nothing in it
sub empty_database
{
	my ($options) = @_;
	my $self = bless { server => shared_server(), name => sprintf('tap_%d_%d', $$, ++$databases),
		shared => 1 }, __PACKAGE__;
	$self->{server}->safe_psql('postgres',
		qq(CREATE DATABASE "$self->{name}" ) . ($options // 'TEMPLATE template0'));
	return $self;
}

sub name    { return $_[0]{name} }
sub cluster { return $_[0]{server} }
sub connstr { return $_[0]{server}->connstr($_[0]{name}) }

# The output of SQL in psql's unaligned form.  Names of the extension are visible.
sub sql
{
	my ($self, $sql, %option) = @_;
	return $self->{server}->safe_psql($self->{name}, with_options($sql, %option));
}

# options: role => ROLE, path => SEARCH PATH, before => SQL that comes first
sub with_options
{
	my ($sql, %option) = @_;
	my $path = $option{path} // 'inefficient_land, public';
	my $head = "SET search_path = $path;\n";
	$head .= "$option{before};\n" if defined $option{before};
	$head = qq(SET SESSION AUTHORIZATION "$option{role}";\n) . $head if defined $option{role};
	return $head . $sql;
}

# survey(NAME [, PARCELS [, OPTIONS]]): a survey with invented parcels, its keys resolved;
# option postgis => SCHEMA if PostGIS does not live in public
sub survey
{
	my ($self, $name, $parcels, %option) = @_;
	$self->sql("SET client_min_messages = warning; CALL create_survey('$name', srid => 4548,
		base_year => 2022, synthetic => true)", %option);
	$self->sql("\\set parcels " . ($parcels // 60) . "\n" . slurp_file('test/data/grid_survey.sql')
		  . "SET client_min_messages = warning;\nCALL inefficient_land.resolve_keys('$name');",
		%option, path => "$name, " . ($option{postgis} // 'public'));
	return;
}

# assess(NAME [, OPTIONS]): one more run of it; returns its number
sub assess
{
	my ($self, $name, %option) = @_;
	return $self->sql("SET client_min_messages = warning;
		CALL assess('$name', standard => 'jinhua-2024', as_of => '2024-02-29')", %option);
}

# A fingerprint of every row of every table and view in a schema, one line each.
# What only says when and by whom, and the name of the survey itself, is left out.
sub fingerprint
{
	my ($self, $schema, %option) = @_;
	my @relation = split /\n/, $self->sql("SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = '$schema'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
		ORDER BY c.relname COLLATE \"C\"", %option);
	return $self->sql(join("\n", map {
		qq(SELECT '$_', count(*), md5(coalesce(string_agg(r, E'\\n' ORDER BY r), ''))
			 FROM (SELECT (to_jsonb(t) - '{created_at,started_at,finished_at,recorded_at,run_by,recorded_by}'::text[])::text AS r
			         FROM "$schema"."$_" t) x;)
	} @relation), path => "inefficient_land, public", %option);
}

# The error that SQL ends with, taken apart; undef if it ends well.
sub error
{
	my ($self, $sql, %option) = @_;
	my ($status, $out, $text) = $self->{server}->psql($self->{name},
		with_options("\\set VERBOSITY verbose\n$sql", %option));
	return undef if $status == 0;
	my %error = (text => $text, state => '', message => '', detail => '', hint => '');
	@error{qw(state message)} = ($1, $2) if $text =~ /(?:ERROR|FATAL):  (\w{5}): (.*)/;
	$error{detail} = $1 if $text =~ /^DETAIL:  (.*)/m;
	$error{hint}   = $1 if $text =~ /^HINT:  (.*)/m;
	return \%error;
}

# The same as text, empty if SQL ends well.
sub complaint
{
	my $error = error(@_);
	return defined $error ? $error->{text} : '';
}

# SQL that a statement_timeout must stop within so many seconds, connection and plan
# included.  A busy machine may miss the time once; what misses it always does not stop.
sub stops_in_time
{
	my ($self, $sql, $limit, $what) = @_;
	my ($error, $took);
	for (1 .. 3)
	{
		my $began = time;
		$error = $self->error($sql);
		$took  = time - $began;
		last if $took < $limit;
	}
	is($error->{state}, '57014', "$what: a time limit stops it");
	cmp_ok($took, '<', $limit, sprintf '%s: in time (%.2f s)', $what, $took);
	return;
}

# A session that stays open: a BackgroundPsql with query and query_safe.
sub session
{
	my ($self, %option) = @_;
	my $session = $self->{server}->background_psql($self->{name}, on_error_stop => 0);
	$session->query_safe(with_options('SELECT 1', %option));
	return $session;
}

# psql with a program's redirections, for files, COPY and dumps: dies on failure
sub run
{
	my ($self, @command) = @_;
	local $ENV{PGHOST}     = $self->{server}->host;
	local $ENV{PGPORT}     = $self->{server}->port;
	local $ENV{PGDATABASE} = $self->{name};
	my ($out, $err) = ('', '');
	IPC::Run::run(\@command, '<', \undef, '>', \$out, '2>', \$err)
	  or die "@command: $err";
	return $out;
}

# Waits until the server has come back from the end of a killed process: for a
# moment it still answers, with that process in its memory.
sub wait_for_restart
{
	my ($self, $pid) = @_;
	return $self->{server}->poll_query_until($self->{name},
		"SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = $pid");
}

sub drop
{
	my ($self) = @_;
	$self->{server}->safe_psql('postgres', qq(DROP DATABASE "$self->{name}" WITH (FORCE)));
	return;
}

# Lines that test/run prints although all is well: plans, times.
sub show
{
	my ($text) = @_;
	note(join "\n", map { "shown: $_" } split /\n/, $text);
	return;
}

# Where a file of the data beside the checkout is.
sub data_file
{
	my ($file) = @_;
	return ($ENV{INEFFICIENT_LAND_DATA} // '../shared/data') . "/$file";
}

sub need_data
{
	my (@files) = @_;
	for my $file (@files)
	{
		plan skip_all => "no data: $file is not in INEFFICIENT_LAND_DATA or ../shared/data"
		  unless -r data_file($file);
	}
	return;
}

sub need_program
{
	my (@programs) = @_;
	for my $program (@programs)
	{
		plan skip_all => "no $program on this machine"
		  unless grep { -x "$_/$program" } split /:/, $ENV{PATH};
	}
	return;
}

1;
