# The page of a survey among a stranger's operators and functions in public, where
# PostGIS lives: it steps into no trap and stays the same.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my $db = database();
$db->run('psql', '-Xqo', '/dev/null', '-v', 'ON_ERROR_STOP=1', '-f', 'test/data/small_survey.sql');
my @pages = map { $db->sql("SELECT md5(report_html('small', language => '$_'))") } qw(en zh);

$db->sql(<<'SQL', path => 'pg_catalog');
DO $$
DECLARE
    types text[] := '{int4,int8,float8,numeric,text,name,date,bool,text[],int4[],numeric[]}';
    a text;
    b text;
    symbol text;
BEGIN
    FOREACH a IN ARRAY types LOOP
        FOREACH b IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION public.trap(a %s, b %s) RETURNS bool LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', a, b);
            FOREACH symbol IN ARRAY '{+,-,*,/,<,<=,>,>=,=,<>,||,~,<@,@>,&&}'::text[] LOOP
                IF to_regoperator(format('pg_catalog.%s(%s,%s)', symbol, a, b)) IS NULL THEN
                    EXECUTE format('CREATE OPERATOR public.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = public.trap)', symbol, a, b);
                END IF;
            END LOOP;
        END LOOP;
        FOREACH symbol IN ARRAY '{round,abs,format,concat,replace,to_char,repeat,ltrim,btrim,nullif,array_to_string,cardinality,unnest,hectares,_html,_html_number,_page_word,_svg_path,_box,_middle,_swatch}'::text[] LOOP
            EXECUTE format('CREATE FUNCTION public.%I(a %s) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION $m$captured$m$; END $f$', symbol, a);
        END LOOP;
    END LOOP;
END
$$;
SQL
like($db->error("SELECT 2::numeric * 1.5::float8", path => 'public')->{message}, qr/captured/, 'a trap is set');
for my $path ('public, pg_catalog, inefficient_land', "''")
{
	my @now = map { $db->sql("SELECT pg_catalog.md5(inefficient_land.report_html('small', language => '$_'))", path => $path) } qw(en zh);
	is("@now", "@pages", "the page steps into none of them, called with search_path $path");
}

$db->drop;
done_testing();
