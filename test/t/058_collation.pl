# The collation of the database decides nothing: where a word wins because it comes
# first, it comes first everywhere, and the printed order of reports is the same.
use strict;
use warnings;

use InefficientLand;
use Test::More;

my %database = (
	c   => InefficientLand::empty_database("TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"),
	icu => InefficientLand::empty_database("TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"),
);

# Words that the two sort differently: capitals before small letters, or beside them.
my $words = <<'SQL';
SET client_min_messages = warning;
INSERT INTO heping.management_area (code, geom) SELECT w, ST_Multi(ST_Extent(p.geom)::geometry(Polygon, 4548))
  FROM heping.parcel p, unnest(ARRAY['a', 'B', 'b', 'A_', 'a-']) w GROUP BY w;
INSERT INTO heping.constraint_zone (effect, geom) SELECT w, ST_Multi(ST_Extent(p.geom)::geometry(Polygon, 4548))
  FROM heping.parcel p, unnest(ARRAY['inform', 'Exclude', 'alarm', 'Zone']) w GROUP BY w;
UPDATE heping.building SET heritage_kind = (ARRAY['b', 'A', 'a', 'C'])[1 + id % 4];
-- the same building twice, of two kinds, and another one beside it
INSERT INTO heping.building (code, parcel_id, floor_area_above, heritage_kind)
SELECT b.code, b.parcel_id, b.floor_area_above, (ARRAY['A', 'b', 'D', 'a'])[1 + b.id % 4] FROM heping.building b
UNION ALL SELECT b.code || 'x', b.parcel_id, 100, 'B' FROM heping.building b;
-- parts of families that no list knows, alike in class and area
INSERT INTO heping.parcel_use (parcel_id, family, land_area)
SELECT p.id, w, 2500 FROM heping.parcel p, unnest(ARRAY['zoo', 'Yard', 'arena', 'Bakery']) w WHERE p.id % 3 = 0;
INSERT INTO heping.exemption_decision (parcel_id, rule, decided_on)
SELECT p.id, w, '2024-01-01' FROM heping.parcel p, unnest(ARRAY['own', 'J-Xa', 'Other', 'j-xb']) w;
UPDATE heping.parcel SET ownership = (ARRAY['state', 'State', 'collective', 'Town'])[1 + id % 4];
SQL

my %answer;
for my $kind (sort keys %database)
{
	my $db = $database{$kind};
	$db->sql('SET client_min_messages = warning; CREATE EXTENSION inefficient_land CASCADE', path => 'public');
	$db->survey('heping', 60);
	$db->sql($words);
	$db->assess('heping');
	$answer{$kind}{fact} = $db->sql("SELECT parcel_code, family, management_area, constraint_effect, heritage_kind, exemption_decision
		FROM heping.parcel_indicator ORDER BY parcel_id, family COLLATE \"C\"");
	$answer{$kind}{verdict} = $db->sql("SELECT parcel_id, family, verdict, reasons, missing, flags, reason_zh FROM heping.verdict ORDER BY parcel_id, family COLLATE \"C\"");
	$answer{$kind}{suspected} = $db->sql("SELECT parcel_code, family, obstacle, obstacle_en, obstacle_zh FROM heping.suspected_land ORDER BY parcel_id, family COLLATE \"C\"");
	$answer{$kind}{layer} = $db->sql('SELECT id, class, family, reason_en FROM heping.layer_parcel ORDER BY id');
	$answer{$kind}{$_} = $db->sql("SELECT * FROM heping.$_")
	  for qw(report_scale report_scale_scheme report_structure report_distribution report_potential report_missing);
}
is($database{icu}->sql(q{SELECT 'a' < 'B'}), 't', 'the two databases sort differently …');
is($database{c}->sql(q{SELECT 'a' < 'B'}), 'f', '… and so does the test');
like($answer{c}{fact}, qr/\{A_,B,a,a-,b\}\|\{Exclude,Zone,alarm,inform\}/, 'facts are in the order of the code points');
for my $what (sort keys %{ $answer{c} })
{
	cmp_ok(length $answer{c}{$what}, '>', 0, "$what: has rows") unless $what =~ /scheme|missing|suspected/;
	is($answer{icu}{$what}, $answer{c}{$what}, "$what: the same under another collation");
}
$_->drop for values %database;

done_testing();
