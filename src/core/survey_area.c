/*
 * survey_area.c - area on the ellipsoid by the procedure of the national land survey
 *
 * Source: "Formulas and requirements for the theoretical area of map sheets and
 * the ellipsoidal area of patches" (2008, no. 32), which details TD/T 1014-2007
 * appendix H and is carried into TD/T 1055-2019 with the constants of CGCS2000.
 * In this order:
 *   1. round plane coordinates to 0.0001 m;
 *   2. divide each edge longer than 70 m into floor(length / 70) + 1 equal pieces,
 *      and round the inserted points as in 1 (the rule does not say it, survey
 *      software does it, and the last decimal of the area shows it);
 *   3. invert the Gauss projection for every point by the published series and
 *      round B and L, in seconds of arc, half up to 6 decimals;
 *   4. sum, along each ring, the trapezoids between an edge and a meridian;
 *   5. outer rings minus holes; the caller rounds to 0.01 m².
 * Longitudes and latitudes enter at step 3: their edges are straight in (B, L).
 *
 * The reference meridian of step 4 has no influence on a closed ring.  The first
 * point's is taken, and the sum is compensated, so that it is the sum of the
 * rounded B and L to about 1e-7 m².
 */
#include "core/survey_area.h"

#include <math.h>

#define SECONDS_PER_RADIAN	206264.8062471	/* as the rule prints it */
#define RULE_PI				3.14159265358979
#define LONGEST_PIECE		70.0
#define HALF_GRID			500000.0	/* eastings are 0 to 1,000,000 m without prefix */
#define QUARTER_MERIDIAN	10002000.0	/* no northing is larger */

/* the constants as the rule prints them */
typedef struct Constants
{
	double		b;
	double		e2;				/* first eccentricity, squared */
	double		second_e2;		/* second eccentricity, squared */
	double		c;				/* a^2 / b */
	double		k[5];
} Constants;

static const Constants constants[] = {
	[IL_CGCS2000] = {
		6356752.31414036, 0.00669438002290, 0.00673949677548, 6399593.62586,
		{1.57048761144159E-07, 5.05250178820567E-03, 2.98472900956587E-05,
		2.41626669230084E-07, 2.22241238938534E-09}
	},
	[IL_XIAN1980] = {
		6356755.29, 6.69438499958795E-03, 6.73950181947292E-03, 6399596.65198801,
		{1.57048687472752E-07, 5.05250559291393E-03, 2.98473350966158E-05,
		2.41627215981336E-07, 2.22241909461273E-09}
	}
};

/* ---- systems ---- */

typedef struct CodeRange
{
	int32_t		first;
	int			n;
	IlEllipsoid ellipsoid;
	int			zone_width;
	int			first_zone;		/* 0: eastings without prefix */
} CodeRange;

/* in each range the central meridians run from 75 to 135 degrees east */
static const CodeRange ranges[] = {
	{4491, 11, IL_CGCS2000, 6, 13},
	{4502, 11, IL_CGCS2000, 6, 0},
	{4513, 21, IL_CGCS2000, 3, 25},
	{4534, 21, IL_CGCS2000, 3, 0},
	{2327, 11, IL_XIAN1980, 6, 13},
	{2338, 11, IL_XIAN1980, 6, 0},
	{2349, 21, IL_XIAN1980, 3, 25},
	{2370, 21, IL_XIAN1980, 3, 0}
};

#define N_RANGE		(sizeof(ranges) / sizeof(ranges[0]))

bool
il_survey_find_system(int32_t srid, IlSurveySystem *system)
{
	memset(system, 0, sizeof(*system));
	system->srid = srid;
	if (srid == 4490 || srid == 4610)
	{
		system->ellipsoid = srid == 4490 ? IL_CGCS2000 : IL_XIAN1980;
		return true;
	}
	for (size_t i = 0; i < N_RANGE; i++)
	{
		const CodeRange *range = &ranges[i];
		int			step = (int) (srid - range->first);

		if (srid < range->first || step >= range->n)
			continue;
		system->ellipsoid = range->ellipsoid;
		system->zone_width = range->zone_width;
		system->zone = range->first_zone > 0 ? range->first_zone + step : 0;
		system->central_meridian = 75 + step * range->zone_width;
		system->false_easting = HALF_GRID + 1e6 * system->zone;
		return true;
	}
	return false;
}

/*
 * A system on the same ellipsoid with the same width of zones: the one without
 * prefix for zone 0 (same meridian), else the one whose eastings carry that zone.
 */
int32_t
il_survey_twin(const IlSurveySystem *system, int zone)
{
	for (size_t i = 0; i < N_RANGE; i++)
	{
		const CodeRange *range = &ranges[i];
		int			step;

		if (range->ellipsoid != system->ellipsoid || range->zone_width != system->zone_width ||
			(range->first_zone > 0) != (zone > 0))
			continue;
		step = zone > 0 ? zone - range->first_zone :
			(system->central_meridian - 75) / range->zone_width;
		if (step >= 0 && step < range->n)
			return range->first + step;
	}
	return 0;
}

/* ---- trapezoids ---- */

/* coefficients A to E */
static void
set_coefficients(double e2, double coefficient[5])
{
	double		e4 = e2 * e2;
	double		e6 = e4 * e2;
	double		e8 = e4 * e4;

	coefficient[0] = 1 + 3.0 / 6 * e2 + 30.0 / 80 * e4 + 35.0 / 112 * e6 + 630.0 / 2304 * e8;
	coefficient[1] = 1.0 / 6 * e2 + 15.0 / 80 * e4 + 21.0 / 112 * e6 + 420.0 / 2304 * e8;
	coefficient[2] = 3.0 / 80 * e4 + 7.0 / 112 * e6 + 180.0 / 2304 * e8;
	coefficient[3] = 1.0 / 112 * e6 + 45.0 / 2304 * e8;
	coefficient[4] = 5.0 / 2304 * e8;
}

/*
 * A sin(h) cos(m) - B sin(3h) cos(3m) + C sin(5h) cos(5m) - ..., h half the
 * difference of latitude, m the mean latitude, radians.  The multiples come
 * from sin((k+2)h) = 2 cos(2h) sin(kh) - sin((k-2)h) and its like.
 */
static double
bracket(const double coefficient[5], double h, double m)
{
	double		step_h = 2 - 4 * sin(h) * sin(h);
	double		step_m = 4 * cos(m) * cos(m) - 2;
	double		before_h = -sin(h);
	double		before_m = cos(m);
	double		sin_h = sin(h);
	double		cos_m = cos(m);
	double		sum = 0.0;

	for (int i = 0; i < 5; i++)
	{
		double		next_h = step_h * sin_h - before_h;
		double		next_m = step_m * cos_m - before_m;

		sum += (i % 2 == 0 ? coefficient[i] : -coefficient[i]) * sin_h * cos_m;
		before_h = sin_h;
		before_m = cos_m;
		sin_h = next_h;
		cos_m = next_m;
	}
	return sum;
}

double
il_survey_sheet(IlEllipsoid ellipsoid, double south, double north, double width)
{
	const Constants *constant = &constants[ellipsoid];
	double		radian = RULE_PI / 180;
	double		coefficient[5];

	set_coefficients(constant->e2, coefficient);
	/* the width in minutes of arc */
	return 4 * RULE_PI * constant->b * constant->b * (width * 60) / (360.0 * 60) *
		bracket(coefficient, (north - south) / 2 * radian, (north + south) / 2 * radian);
}

/* ---- rings ---- */

/* seconds of arc */
typedef struct Position
{
	double		b;
	double		l;
} Position;

typedef struct Walk
{
	const IlSurveySystem *system;
	const Constants *constant;
	const IlPoll *poll;
	uint32_t	counter;
	double		coefficient[5];
	double		reference;		/* meridian, seconds */
	Position	last;
	double		sum;			/* compensated sum of dL x bracket */
	double		lost;
} Walk;

static double
round_half_up(double value, double unit)
{
	return floor(value * unit + 0.5) / unit;
}

/* the inverse projection; y: northing, x: easting from the central meridian */
static Position
invert(const Walk *walk, double x, double y)
{
	const Constants *constant = walk->constant;
	const double *k = constant->k;
	double		e = k[0] * y;
	double		s = sin(e);
	double		s2 = s * s;
	double		bf = e + cos(e) * s * (k[1] - s2 * (k[2] - s2 * (k[3] - s2 * k[4])));
	double		cos_bf = cos(bf);
	double		t = sin(bf) / cos_bf;
	double		t2 = t * t;
	double		n2 = constant->second_e2 * cos_bf * cos_bf;
	double		v2 = 1 + n2;
	double		u = x * sqrt(v2) / constant->c;
	double		u2 = u * u;
	Position	result;

	result.b = bf - v2 * t * u2 / 2 +
		v2 * t * u2 * u2 * (5 + 3 * t2 + n2 - 9 * n2 * t2) / 24 -
		v2 * t * u2 * u2 * u2 * (61 + 90 * t2 + 45 * t2 * t2) / 720;
	result.l = (u - u * u2 * (1 + 2 * t2 + n2) / 6 +
				u * u2 * u2 * (5 + 28 * t2 + 24 * t2 * t2 + 6 * n2 + 8 * n2 * t2) / 120) / cos_bf;
	result.b = result.b * SECONDS_PER_RADIAN;
	result.l = walk->system->central_meridian * 3600.0 + result.l * SECONDS_PER_RADIAN;
	return result;
}

static void
add_position(Walk *walk, Position p)
{
	double		dl;
	double		term;
	double		next;

	p.b = round_half_up(p.b, 1e6);
	p.l = round_half_up(p.l, 1e6);
	dl = ((walk->last.l - walk->reference) + (p.l - walk->reference)) / 2;
	term = dl * bracket(walk->coefficient, (p.b - walk->last.b) / 2 / SECONDS_PER_RADIAN,
						(p.b + walk->last.b) / 2 / SECONDS_PER_RADIAN);
	next = walk->sum + term;
	walk->lost += fabs(walk->sum) >= fabs(term) ? (walk->sum - next) + term :
		(term - next) + walk->sum;
	walk->sum = next;
	walk->last = p;
	il_poll(walk->poll, &walk->counter);
}

static void
start_walk(Walk *walk, Position p)
{
	walk->last.b = round_half_up(p.b, 1e6);
	walk->last.l = round_half_up(p.l, 1e6);
	walk->reference = walk->last.l;
	walk->sum = 0.0;
	walk->lost = 0.0;
}

/* the edge from one rounded plane point to the next, in pieces; the start is there already */
static void
add_plane_edge(Walk *walk, IlPoint from, IlPoint to)
{
	double		dx = to.x - from.x;
	double		dy = to.y - from.y;
	double		length = sqrt(dx * dx + dy * dy);
	uint32_t	n = length > LONGEST_PIECE ? (uint32_t) floor(length / LONGEST_PIECE) + 1 : 1;

	for (uint32_t i = 1; i < n; i++)
		add_position(walk, invert(walk, round_half_up(from.x + dx * i / n, 1e4),
								  round_half_up(from.y + dy * i / n, 1e4)));
	add_position(walk, invert(walk, to.x, to.y));
}

/* easting from the central meridian, northing; rounded as the procedure begins */
static IlPoint
plane_point(const IlRing *ring, size_t i, const IlSurveySystem *system)
{
	IlPoint		p = il_ring_point(ring, i);

	p.x = round_half_up(p.x, 1e4) - system->false_easting;
	p.y = round_half_up(p.y, 1e4);
	return p;
}

static Position
degree_point(const IlRing *ring, size_t i)
{
	IlPoint		p = il_ring_point(ring, i);
	Position	result = {p.y * 3600, p.x * 3600};

	return result;
}

/* signed; in the units of Walk.sum */
static double
walk_ring(Walk *walk, const IlRing *ring)
{
	if (ring->n_point < 3)
		return 0.0;
	if (walk->system->zone_width == 0)
	{
		start_walk(walk, degree_point(ring, 0));
		for (size_t i = 1; i <= ring->n_point; i++)
			add_position(walk, degree_point(ring, i % ring->n_point));
	}
	else
	{
		IlPoint		from = plane_point(ring, 0, walk->system);

		start_walk(walk, invert(walk, from.x, from.y));
		for (size_t i = 1; i <= ring->n_point; i++)
		{
			IlPoint		to = plane_point(ring, i % ring->n_point, walk->system);

			add_plane_edge(walk, from, to);
			from = to;
		}
	}
	return walk->sum + walk->lost;
}

/*
 * Whether the system can have such a coordinate.  What looks like degrees is
 * refused in the plane, where it would lie on the equator at the edge of the grid.
 */
static bool
fits(IlPoint p, const IlSurveySystem *system)
{
	bool		degrees = fabs(p.x) <= 360 && fabs(p.y) <= 90;

	if (system->zone_width == 0)
		return degrees;
	return fabs(p.x - system->false_easting) <= HALF_GRID && fabs(p.y) <= QUARTER_MERIDIAN &&
		!degrees;
}

static IlSurveyArea
check_points(const IlRingList *list, const IlSurveySystem *system)
{
	IlSurveyArea result = {IL_SURVEY_OK, 0.0, 0, 0};

	for (size_t r = 0; r < list->n_ring; r++)
	{
		for (uint32_t i = 0; i < list->ring[r].n_point; i++)
		{
			IlPoint		p = il_ring_point(&list->ring[r], i);

			if (fits(p, system))
				continue;
			result.status = isfinite(p.x) && isfinite(p.y) ?
				IL_SURVEY_OUTSIDE : IL_SURVEY_NOT_FINITE;
			result.ring = r;
			result.point = i;
			return result;
		}
	}
	return result;
}

IlSurveyArea
il_survey_measure(const IlRingList *list, const IlSurveySystem *system, const IlPoll *poll)
{
	IlSurveyArea result = check_points(list, system);
	Walk		walk = {.system = system, .poll = poll};
	double		unit;

	if (result.status != IL_SURVEY_OK)
		return result;
	walk.constant = &constants[system->ellipsoid];
	set_coefficients(walk.constant->e2, walk.coefficient);
	unit = 2 * walk.constant->b * walk.constant->b / SECONDS_PER_RADIAN;
	for (size_t r = 0; r < list->n_ring; r++)
	{
		double		area = unit * fabs(walk_ring(&walk, &list->ring[r]));

		result.area += list->ring[r].hole ? -area : area;
	}
	return result;
}

double
il_survey_round(double area)
{
	return round_half_up(area, 100);
}
