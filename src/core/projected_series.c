/*
 * projected_series.c - area on the ellipsoid from the plane of a transverse Mercator system
 *
 * The area on the ellipsoid under a plane region is the integral of 1/m² over it,
 * m the scale of the projection.  With x the distance from the central meridian,
 * k the scale on it, M and N the radii of curvature and η² = e'² cos²B at the foot
 * of the point on the meridian, w = x² / (k² M N),
 *     m / k   = 1 + w/2 + (1 + 4 η²) w²/24 + w³/720 + ...
 *     k² / m² = 1 - w + (2 - η²)/3 w² - 17/45 w³ + ...
 * Around the centroid this is expanded to the second order in x, so that area,
 * centroid and second moment are enough: one pass over the points, no point is
 * transformed.  The edges are straight in the plane.
 *
 * Error, measured against a rigorous inverse projection on squares of 1 and 10 km:
 * below 1e-11 of the area within 100 km of the meridian, 1e-9 within 400 km.
 */
#include "core/projected_series.h"

#include <math.h>

/* integrals over a region, coordinates relative to an origin: 1, x, y, x² */
typedef struct Moments
{
	double		area;
	double		x;
	double		y;
	double		xx;
	double		min_x;			/* of the points */
	double		max_x;
} Moments;

/* signed by the direction of the ring */
static Moments
ring_moments(const IlRing *ring, IlPoint origin, double unit)
{
	Moments		sum = {0, 0, 0, 0, 0, 0};
	IlPoint		p;

	if (ring->n_point < 3)
		return sum;
	p = il_ring_point(ring, ring->n_point - 1);
	p.x = (p.x - origin.x) * unit;
	p.y = (p.y - origin.y) * unit;
	for (size_t i = 0; i < ring->n_point; i++)
	{
		IlPoint		q = il_ring_point(ring, i);
		double		cross;

		q.x = (q.x - origin.x) * unit;
		q.y = (q.y - origin.y) * unit;
		sum.min_x = q.x < sum.min_x ? q.x : sum.min_x;
		sum.max_x = q.x > sum.max_x ? q.x : sum.max_x;
		cross = p.x * q.y - q.x * p.y;
		sum.area += cross / 2;
		sum.x += cross * (p.x + q.x) / 6;
		sum.y += cross * (p.y + q.y) / 6;
		sum.xx += cross * (p.x * p.x + p.x * q.x + q.x * q.x) / 12;
		p = q;
	}
	return sum;
}

/* latitude whose meridian distance from the equator is given */
static double
foot_latitude(double distance, double a, double n)
{
	double		n2 = n * n;
	double		mu = distance * (1 + n) / (a * (1 + n2 / 4 + n2 * n2 / 64));

	return mu + (3 * n / 2 - 27 * n * n2 / 32) * sin(2 * mu) +
		(21 * n2 / 16 - 55 * n2 * n2 / 32) * sin(4 * mu) +
		151 * n * n2 / 96 * sin(6 * mu) + 1097 * n2 * n2 / 512 * sin(8 * mu);
}

static double
meridian_distance(double latitude, double a, double n)
{
	double		n2 = n * n;

	return a / (1 + n) * ((1 + n2 / 4 + n2 * n2 / 64) * latitude -
						  3.0 / 2 * (n - n * n2 / 8) * sin(2 * latitude) +
						  15.0 / 16 * (n2 - n2 * n2 / 4) * sin(4 * latitude) -
						  35.0 / 48 * n * n2 * sin(6 * latitude));
}

typedef struct Foot
{
	double		radius2;		/* M N */
	double		eta2;
} Foot;

static Foot
foot_of(double northing, const IlTransverseMercator *system)
{
	double		a = system->semi_major;
	double		f = system->flattening;
	double		n = f / (2 - f);
	double		e2 = f * (2 - f);
	double		distance = meridian_distance(system->latitude_of_origin, a, n) +
		(northing - system->false_northing) / system->scale;
	double		s = sin(foot_latitude(distance, a, n));
	double		radius = a * sqrt(1 - e2) / (1 - e2 * s * s);
	Foot		foot = {radius * radius, e2 / (1 - e2) * (1 - s * s)};

	return foot;
}

static Moments
region_moments(const IlRingList *list, IlPoint origin, double unit)
{
	Moments		sum = {0, 0, 0, 0, 0, 0};

	for (size_t r = 0; r < list->n_ring; r++)
	{
		Moments		ring = ring_moments(&list->ring[r], origin, unit);
		double		sign = (ring.area < 0) != list->ring[r].hole ? -1 : 1;

		sum.area += sign * ring.area;
		sum.x += sign * ring.x;
		sum.y += sign * ring.y;
		sum.xx += sign * ring.xx;
		sum.min_x = fmin(sum.min_x, ring.min_x);
		sum.max_x = fmax(sum.max_x, ring.max_x);
	}
	return sum;
}

double
il_series_measure(const IlRingList *list, const IlTransverseMercator *system,
						 double *reach)
{
	double		scale2 = system->scale * system->scale;
	IlPoint		origin;
	Moments		sum;
	Foot		foot;
	double		x;				/* of the centroid, from the central meridian */
	double		second;			/* moment of x² around the centroid */
	double		w;
	double		c;				/* coefficient of w² */
	double		mean;			/* k²/m² at the centroid */
	double		bend;			/* half its second derivative in x */

	*reach = 0.0;
	if (list->n_ring == 0 || list->ring[0].n_point == 0)
		return 0.0;
	origin = il_ring_point(&list->ring[0], 0);
	sum = region_moments(list, origin, system->unit);
	x = origin.x * system->unit - system->false_easting;
	*reach = fmax(fabs(x + sum.min_x), fabs(x + sum.max_x));
	if (!(sum.area > 0))
		return sum.area;

	second = sum.xx - sum.x * sum.x / sum.area;
	x += sum.x / sum.area;
	foot = foot_of(origin.y * system->unit + sum.y / sum.area, system);
	w = x * x / (foot.radius2 * scale2);
	c = (2 - foot.eta2) / 3;
	mean = 1 - w * (1 - w * (c - w * 17 / 45));
	bend = (-1 + w * (6 * c - w * 17 / 3)) / (foot.radius2 * scale2);
	return (sum.area * mean + second * bend) / scale2;
}
