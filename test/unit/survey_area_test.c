/*
 * survey_area_test.c - the procedure of the survey against published vectors, closed
 * forms and a plain second implementation that can also make the published mistakes
 */
#include "core/projected_series.h"
#include "core/survey_area.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PI		3.14159265358979323846
#define RHO		206264.8062471

static int	n_test = 0;
static int	n_failed = 0;

static void
ok(bool passed, const char *what)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++n_test, what);
	n_failed += !passed;
}

static void
near(double got, double expected, double tolerance, const char *what)
{
	ok(fabs(got - expected) <= tolerance, what);
	if (!(fabs(got - expected) <= tolerance))
		printf("# got %.9f, expected %.9f\n", got, expected);
}

/* ---- the test polygons ---- */

typedef struct Vector
{
	const char *name;
	double		xy[12];
	uint32_t	n;
	double		survey;			/* by the procedure, not rounded */
	double		rounded;
	double		exact;			/* edges straight in the plane, rigorous */
} Vector;

static const Vector vectors[] = {
	{"R", {518500, 4331600, 518700, 4331600, 518700, 4331750, 518500, 4331750,
	518500, 4331600}, 5, 29999.743724, 29999.74, 29999.744518},
	{"P", {517812.3456, 4330415.6789, 518034.5678, 4330388.1234, 518101.2345, 4330551.9876,
	517960.7654, 4330644.3210, 517795.4321, 4330570.0123, 517812.3456, 4330415.6789}, 6,
	55422.473579, 55422.47, 55422.472098},
	{"Q", {518500, 4331000, 519207.1068, 4331707.1068, 518500, 4332414.2136,
	517792.8932, 4331707.1068, 518500, 4331000}, 5, 999991.627213, 999991.63, 999991.626495},
	{"T", {583500, 4331600, 586500, 4331600, 586500, 4334600, 583500, 4334600,
	583500, 4331600}, 5, 8998399.399892, 8998399.40, 8998399.394028}
};

#define N_VECTOR	4

static IlRingList
list_of(IlRing *ring, const double *xy, uint32_t n)
{
	IlRingList	list = {.ring = ring, .capacity = 1, .n_ring = 1, .n_part = 1};

	*ring = (IlRing) {(const unsigned char *) xy, n, 2 * sizeof(double), 0, false};
	return list;
}

static double
measure(const double *xy, uint32_t n, int32_t srid)
{
	IlRing		ring;
	IlRingList	list = list_of(&ring, xy, n);
	IlSurveySystem system;
	IlSurveyArea result;

	if (!il_survey_find_system(srid, &system))
		return -1;
	result = il_survey_measure(&list, &system, NULL);
	return result.status == IL_SURVEY_OK ? result.area : -2;
}

/* ---- a plain second implementation ---- */

typedef enum Mistake
{
	NO_MISTAKE,
	SECOND_ECCENTRICITY,		/* e'^2 in A to E */
	INTEGER_DIVISION,			/* 3/6 = 0 */
	WRONG_POWER,				/* 35/112 e^4 in A */
	OTHER_ELLIPSOID,			/* constants of Xian 1980 with a and b of CGCS2000 */
	RECTANGLE_RATIO,			/* trapezoid of the envelope times ratio of plane areas */
	NO_PIECES,
	NO_ROUNDING
} Mistake;

typedef struct Plain
{
	double		b;
	double		e2;
	double		second_e2;
	double		c;
	double		k[5];
	double		a_to_e[5];
} Plain;

static Plain
plain_constants(Mistake mistake)
{
	Plain		p = {
		6356752.31414036, 0.00669438002290, 0.00673949677548, 6399593.62586,
		{1.57048761144159E-07, 5.05250178820567E-03, 2.98472900956587E-05,
		2.41626669230084E-07, 2.22241238938534E-09}, {0}
	};
	const Plain xian = {
		6356752.31414036, 6.69438499958795E-03, 6.73950181947292E-03, 6399596.65198801,
		{1.57048687472752E-07, 5.05250559291393E-03, 2.98473350966158E-05,
		2.41627215981336E-07, 2.22241909461273E-09}, {0}
	};
	double		e;

	if (mistake == OTHER_ELLIPSOID)
		p = xian;
	e = mistake == SECOND_ECCENTRICITY ? p.second_e2 : p.e2;
	p.a_to_e[0] = 1 + 3. / 6 * e + 30. / 80 * pow(e, 2) + 630. / 2304 * pow(e, 4) +
		35. / 112 * pow(e, mistake == WRONG_POWER ? 2 : 3);
	p.a_to_e[1] = 1. / 6 * e + 15. / 80 * pow(e, 2) + 21. / 112 * pow(e, 3) +
		420. / 2304 * pow(e, 4);
	p.a_to_e[2] = 3. / 80 * pow(e, 2) + 7. / 112 * pow(e, 3) + 180. / 2304 * pow(e, 4);
	p.a_to_e[3] = 1. / 112 * pow(e, 3) + 45. / 2304 * pow(e, 4);
	p.a_to_e[4] = 5. / 2304 * pow(e, 4);
	for (int i = 0; mistake == INTEGER_DIVISION && i < 5; i++)
		p.a_to_e[i] = i == 0 ? 1 : 0;
	return p;
}

static double
plain_trapezoid(const Plain *p, double b1, double b2, double dl)
{
	double		d = b2 - b1;
	double		m = (b1 + b2) / 2;

	return 2 * p->b * p->b * dl *
		(p->a_to_e[0] * sin(d / 2) * cos(m) - p->a_to_e[1] * sin(3 * d / 2) * cos(3 * m) +
		 p->a_to_e[2] * sin(5 * d / 2) * cos(5 * m) - p->a_to_e[3] * sin(7 * d / 2) * cos(7 * m) +
		 p->a_to_e[4] * sin(9 * d / 2) * cos(9 * m));
}

static void
plain_inverse(const Plain *p, double x, double y, Mistake mistake, double *b, double *l)
{
	double		e = p->k[0] * x;
	double		bf = e + cos(e) * (p->k[1] * sin(e) - p->k[2] * pow(sin(e), 3) +
								   p->k[3] * pow(sin(e), 5) - p->k[4] * pow(sin(e), 7));
	double		t = tan(bf);
	double		n2 = p->second_e2 * pow(cos(bf), 2);
	double		v2 = 1 + n2;
	double		u = y / (p->c / sqrt(v2));

	*b = bf - v2 * t * pow(u, 2) / 2 +
		v2 * t * pow(u, 4) * (5 + 3 * t * t + n2 - 9 * n2 * t * t) / 24 -
		v2 * t * pow(u, 6) * (61 + 90 * t * t + 45 * pow(t, 4)) / 720;
	*l = (u - pow(u, 3) * (1 + 2 * t * t + n2) / 6 +
		  pow(u, 5) * (5 + 28 * t * t + 24 * pow(t, 4) + 6 * n2 + 8 * n2 * t * t) / 120) / cos(bf);
	*b *= RHO;
	*l = *l * RHO + 117 * 3600;
	if (mistake != NO_ROUNDING)
	{
		*b = floor(*b * 1e6 + 0.5) / 1e6;
		*l = floor(*l * 1e6 + 0.5) / 1e6;
	}
	*b /= RHO;
	*l /= RHO;
}

static double
plane_area(const double *xy, uint32_t n)
{
	IlRing		ring;
	IlRingList	list = list_of(&ring, xy, n);

	return il_ring_list_area(&list);
}

static double
rectangle_ratio(const Plain *p, const double *xy, uint32_t n)
{
	double		low[2] = {INFINITY, INFINITY};
	double		high[2] = {-INFINITY, -INFINITY};
	double		b1, b2, l1, l2;

	for (uint32_t i = 0; i < 2 * n; i++)
	{
		low[i % 2] = fmin(low[i % 2], xy[i]);
		high[i % 2] = fmax(high[i % 2], xy[i]);
	}
	plain_inverse(p, low[1], low[0] - 500000, NO_ROUNDING, &b1, &l1);
	plain_inverse(p, high[1], high[0] - 500000, NO_ROUNDING, &b2, &l2);
	return plain_trapezoid(p, b1, b2, l2 - l1) * plane_area(xy, n) /
		((high[0] - low[0]) * (high[1] - low[1]));
}

static double
round_4(double v, Mistake mistake)
{
	return mistake == NO_ROUNDING ? v : floor(v * 1e4 + 0.5) / 1e4;
}

static double
plain_area(const double *xy, uint32_t n, Mistake mistake)
{
	Plain		p = plain_constants(mistake);
	double		sum = 0;

	if (mistake == RECTANGLE_RATIO)
		return rectangle_ratio(&p, xy, n);
	for (uint32_t i = 0; i + 1 < n; i++)
	{
		double		dx = xy[2 * i + 2] - xy[2 * i];
		double		dy = xy[2 * i + 3] - xy[2 * i + 1];
		double		length = sqrt(dx * dx + dy * dy);
		int			pieces = length > 70 && mistake != NO_PIECES && mistake != NO_ROUNDING ?
			(int) (length / 70) + 1 : 1;

		for (int k = 0; k < pieces; k++)
		{
			double		b1, b2, l1, l2;

			plain_inverse(&p, round_4(xy[2 * i + 1] + dy * k / pieces, mistake),
						  round_4(xy[2 * i] + dx * k / pieces, mistake) - 500000, mistake,
						  &b1, &l1);
			plain_inverse(&p, round_4(xy[2 * i + 1] + dy * (k + 1) / pieces, mistake),
						  round_4(xy[2 * i] + dx * (k + 1) / pieces, mistake) - 500000, mistake,
						  &b2, &l2);
			sum += plain_trapezoid(&p, b1, b2, (l1 + l2) / 2);
		}
	}
	return fabs(sum);
}

/* ---- tests ---- */

static void
test_vectors(void)
{
	char		what[80];

	for (int i = 0; i < N_VECTOR; i++)
	{
		const Vector *v = &vectors[i];
		double		prefixed[12];
		double		area = measure(v->xy, v->n, 4548);

		snprintf(what, sizeof(what), "%s as published", v->name);
		near(area, v->survey, 2e-5, what);
		snprintf(what, sizeof(what), "%s rounded", v->name);
		near(il_survey_round(area), v->rounded, 1e-9, what);
		snprintf(what, sizeof(what), "%s by the plain implementation", v->name);
		near(plain_area(v->xy, v->n, NO_MISTAKE), area, 2e-5, what);
		for (uint32_t k = 0; k < 2 * v->n; k++)
			prefixed[k] = v->xy[k] + (k % 2 == 0 ? 39e6 : 0);
		snprintf(what, sizeof(what), "%s with the zone number", v->name);
		near(measure(prefixed, v->n, 4527), area, 2e-5, what);
	}
}

/* what is published wrong must not pass for right: more than 0.01 m² away */
static void
test_mistakes(void)
{
	const double b1 = (39 + 5.0 / 60) * PI / 180;
	const double b2 = (39 + 7.5 / 60) * PI / 180;
	const double dl = 3.75 / 60 * PI / 180;
	const char *const name[] = {
		"", "e'^2 in place of e^2", "integer division", "e^4 in place of e^6",
		"constants of another ellipsoid"
	};
	double		sheet = il_survey_sheet(IL_CGCS2000, 39 + 5.0 / 60, 39 + 7.5 / 60, 3.75 / 60);
	Plain		p = plain_constants(NO_MISTAKE);
	char		what[80];

	near(plain_trapezoid(&p, b1, b2, dl), sheet, 1e-5, "the sheet by the plain implementation");
	for (int mistake = SECOND_ECCENTRICITY; mistake <= OTHER_ELLIPSOID; mistake++)
	{
		p = plain_constants((Mistake) mistake);
		snprintf(what, sizeof(what), "the sheet rejects: %s", name[mistake]);
		ok(fabs(plain_trapezoid(&p, b1, b2, dl) - sheet) > 0.01, what);
	}
	ok(fabs(plain_area(vectors[2].xy, 5, RECTANGLE_RATIO) - vectors[2].survey) > 0.01,
	   "Q rejects: the rectangle's ratio");
	ok(fabs(plain_area(vectors[1].xy, 6, NO_PIECES) - vectors[1].survey) > 0.01,
	   "P rejects: edges not divided");
	ok(fabs(plain_area(vectors[3].xy, 5, NO_ROUNDING) - vectors[3].survey) > 0.01,
	   "T rejects: edges not divided and nothing rounded");
}

static double
band(double a, double f, double south, double north)
{
	double		e = sqrt(f * (2 - f));
	double		b = a * (1 - f);
	double		result = 0;

	for (int i = 0; i < 2; i++)
	{
		double		s = sin((i == 0 ? north : south) * PI / 180);
		double		part = b * b / 2 * (s / (1 - e * e * s * s) + atanh(e * s) / e);

		result += i == 0 ? part : -part;
	}
	return result;
}

static void
test_sheets(void)
{
	double		f = 1 / 298.257222101;

	near(il_survey_sheet(IL_CGCS2000, 39 + 5.0 / 60, 39 + 7.5 / 60, 3.75 / 60), 25007622.1456,
		 5e-5, "sheet 1:10,000 as published");
	near(il_survey_sheet(IL_CGCS2000, 39 + 6.25 / 60, 39 + 7.5 / 60, 1.875 / 60), 6250996.6229,
		 5e-5, "sheet 1:5,000 as published");
	near(il_survey_sheet(IL_CGCS2000, 39, 40, 1), 9549520093.970, 0.009,
		 "cell of one degree as published, but for the error of the series");
	near(il_survey_sheet(IL_CGCS2000, 0, 90, 360), 255032810859245.6, 2000,
		 "half the ellipsoid as published, but for the error of the series");
	near(il_survey_sheet(IL_CGCS2000, 39, 39.125, 0.0625),
		 band(6378137, f, 39, 39.125) * 0.0625 * PI / 180, 1e-4, "closed form, CGCS2000");
	/* b is printed to the centimetre in the rule: 2e-3 m of 6.4e6 m, squared */
	near(il_survey_sheet(IL_XIAN1980, 39, 39.125, 0.0625),
		 band(6378140, 1 / 298.257, 39, 39.125) * 0.0625 * PI / 180, 0.06,
		 "closed form, Xian 1980");
	near(il_survey_sheet(IL_CGCS2000, -40, -39, 1), il_survey_sheet(IL_CGCS2000, 39, 40, 1), 1e-5,
		 "north and south are alike");
	ok(il_survey_sheet(IL_CGCS2000, 39, 39, 1) == 0, "no height, no area");
}

/* corners of a band of one degree: straight in (B, L), so the closed form holds */
static void
test_degrees(void)
{
	const double cell[] = {117, 39, 118, 39, 118, 40, 117, 40, 117, 39};
	const double slanted[] = {117, 39, 118, 40, 117, 40, 117, 39};
	double		whole = measure(cell, 5, 4490);

	near(whole, band(6378137, 1 / 298.257222101, 39, 40) * PI / 180, 0.02,
		 "a cell in 4490 is the closed form");
	near(measure(cell, 5, 4610), band(6378140, 1 / 298.257, 39, 40) * PI / 180, 20,
		 "a cell in 4610 is that of Xian 1980");
	ok(fabs(measure(cell, 5, 4610) - whole) > 1000, "the ellipsoids differ");
	/* a straight edge in (B, L): mean longitude times the band, as one trapezoid */
	near(measure(slanted, 4, 4490), whole / 2, 1e-3, "a diagonal halves the cell");
}

static void
test_shape(void)
{
	const double outer[] = {518500, 4331600, 518700, 4331600, 518700, 4331750, 518500, 4331750,
	518500, 4331600};
	const double hole[] = {518550, 4331650, 518600, 4331650, 518600, 4331700, 518550, 4331700,
	518550, 4331650};
	const double turned[] = {518550, 4331650, 518550, 4331700, 518600, 4331700, 518600, 4331650,
	518550, 4331650};
	const double high[] = {518500, 4331600, 7, 518700, 4331600, 8, 518700, 4331750, 9,
	518500, 4331750, 7, 518500, 4331600, 7};
	double		open[8];
	IlRing		ring[3] = {
		{(const unsigned char *) outer, 5, 16, 0, false},
		{(const unsigned char *) hole, 5, 16, 0, true},
		{(const unsigned char *) hole, 5, 16, 1, false}
	};
	IlRingList	list = {.ring = ring, .capacity = 3, .n_ring = 2, .n_part = 1};
	IlSurveySystem system;
	double		whole = measure(outer, 5, 4548);
	double		part = measure(hole, 5, 4548);
	double		ringed;

	il_survey_find_system(4548, &system);
	ringed = il_survey_measure(&list, &system, NULL).area;
	near(ringed, whole - part, 1e-9, "a hole is subtracted");
	ring[1].point = (const unsigned char *) turned;
	near(il_survey_measure(&list, &system, NULL).area, ringed, 1e-9,
		 "whatever its direction");
	list.n_ring = 3;
	list.n_part = 2;
	near(il_survey_measure(&list, &system, NULL).area, whole, 1e-9, "a part is added");
	list.n_ring = 1;
	ring[0] = (IlRing) {(const unsigned char *) high, 5, 24, 0, false};
	ok(il_survey_measure(&list, &system, NULL).area == whole, "Z is stepped over");
	memcpy(open, outer, sizeof(open));
	ok(measure(open, 4, 4548) == whole, "an open ring is closed");
	list.n_ring = 0;
	ok(il_survey_measure(&list, &system, NULL).area == 0, "no rings, no area");
}

static void
test_refusals(void)
{
	double		xy[] = {518500, 4331600, 518700, 4331600, 518700, 4331750, 518500, 4331600};
	const double degrees[] = {117, 39, 117.1, 39, 117, 39.1, 117, 39};
	const double swapped[] = {39, 117, 39, 117.1, 39.1, 117, 39, 117};
	IlRing		ring;
	IlRingList	list = list_of(&ring, xy, 4);
	IlSurveySystem system;
	IlSurveyArea result;

	ok(measure(xy, 4, 4527) == -2, "an easting without the zone number of its system");
	ok(measure(xy, 4, 4490) == -2, "metres in place of degrees");
	ok(measure(degrees, 4, 4548) == -2, "degrees in place of metres");
	ok(measure(swapped, 4, 4490) == -2, "latitude before longitude");
	ok(measure(xy, 4, 32650) == -1 && measure(xy, 4, 4326) == -1 && measure(xy, 4, 0) == -1,
	   "systems that are not the survey's");
	il_survey_find_system(4548, &system);
	xy[4] = NAN;
	result = il_survey_measure(&list, &system, NULL);
	ok(result.status == IL_SURVEY_NOT_FINITE && result.ring == 0 && result.point == 2, "NaN");
	xy[4] = 518700;
	xy[3] = INFINITY;
	result = il_survey_measure(&list, &system, NULL);
	ok(result.status == IL_SURVEY_NOT_FINITE && result.point == 1, "infinity");
}

static void
test_systems(void)
{
	IlSurveySystem s;
	int			n = 0;

	for (int32_t srid = 0; srid < 10000; srid++)
		n += il_survey_find_system(srid, &s);
	ok(n == 2 * (1 + 11 + 11 + 21 + 21), "64 systems and one in degrees for each ellipsoid");
	ok(il_survey_find_system(4498, &s) && s.zone_width == 6 && s.zone == 20 &&
	   s.central_meridian == 117 && s.false_easting == 20500000, "six-degree zone 20");
	ok(il_survey_twin(&s, 0) == 4509 && il_survey_twin(&s, 21) == 4499, "its twins");
	ok(il_survey_find_system(2363, &s) && s.ellipsoid == IL_XIAN1980 && s.zone == 39 &&
	   s.central_meridian == 117 && il_survey_twin(&s, 0) == 2384, "zone 39 of Xian 1980");
	ok(il_survey_find_system(4548, &s) && il_survey_twin(&s, 39) == 4527 &&
	   il_survey_twin(&s, 24) == 0 && il_survey_twin(&s, 46) == 0, "no twin outside the zones");
}

static int	n_polled = 0;

static void
count_poll(void *arg)
{
	(void) arg;
	n_polled++;
}

static void
test_rest(void)
{
	const double long_edge[] = {500000, 1000000, 500100, 1000000, 500100, 5000000,
	500000, 1000000};
	const IlPoll poll = {count_poll, NULL};
	IlRing		ring;
	IlRingList	list = list_of(&ring, long_edge, 4);
	IlSurveySystem system;

	il_survey_find_system(4548, &system);
	il_survey_measure(&list, &system, &poll);
	ok(n_polled > 20, "a long edge lets its caller look up");
	ok(il_survey_round(1.005) == 1.0 && il_survey_round(0.375) == 0.38 &&
	   il_survey_round(0.125) == 0.13 && il_survey_round(2.494999) == 2.49, "half goes up");
}

static void
test_series(void)
{
	const IlTransverseMercator system = {6378137, 1 / 298.257222101, 1, 0, 500000, 0, 1};
	IlTransverseMercator scaled = system;
	IlRing		ring;
	IlRingList	list;
	double		half[12];
	double		reach;
	double		area;
	char		what[80];

	for (int i = 0; i < N_VECTOR; i++)
	{
		const Vector *v = &vectors[i];

		list = list_of(&ring, v->xy, v->n);
		snprintf(what, sizeof(what), "%s, rigorous, by the series", v->name);
		near(il_series_measure(&list, &system, &reach), v->exact, 1e-12 * v->exact + 1e-6, what);
	}
	near(reach, 86500, 1e-9, "T reaches 86.5 km from the meridian");
	area = il_series_measure(&list, &system, &reach);

	/* the same ground in a plane of half the scale, in units of 4 m */
	scaled.scale = 0.5;
	scaled.unit = 4;
	scaled.false_northing = 1000;
	for (int k = 0; k < 10; k++)
		half[k] = (k % 2 == 0 ? (vectors[3].xy[k] - 500000) * 0.5 + 500000 :
				   vectors[3].xy[k] * 0.5 + 1000) / 4;
	list = list_of(&ring, half, 5);
	near(il_series_measure(&list, &scaled, &reach), area, 1e-6, "scale, unit and false origin");
}

int
main(void)
{
	test_vectors();
	test_mistakes();
	test_sheets();
	test_degrees();
	test_shape();
	test_refusals();
	test_systems();
	test_rest();
	test_series();
	printf("1..%d\n", n_test);
	return n_failed > 0;
}
