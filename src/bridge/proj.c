/*
 * proj.c - the only door to PROJ: what an SRID means
 *
 * One context for the process, made at first use (so never before a fork), with
 * the network switched off and the log silent: every failure shows in a result.
 * Systems are kept in a small table; when it is full the oldest entry goes.
 */
#include "bridge/proj.h"

#include <math.h>
#include <stdio.h>

#include <proj.h>

#define N_KEPT		32
#define EPSG_MAX	32767
#define METHOD_TRANSVERSE_MERCATOR	"9807"
#define METHOD_WEB_MERCATOR			"1024"
#define METHOD_SPHERICAL_MERCATOR	"9841"	/* its forerunners */
#define METHOD_MERCATOR_A			"9804"	/* World Mercator and its kin */
#define METHOD_MERCATOR_B			"9805"

typedef struct Entry
{
	IlCrs		crs;
	PJ		   *definition;		/* NULL where unknown */
	PJ		   *inverse;		/* made at first use */
	double		degree_factor;	/* degrees in one unit of what it returns */
} Entry;

static PJ_CONTEXT *context = NULL;
static Entry kept[N_KEPT];
static int	n_kept = 0;
static int	oldest = 0;
static Entry *latest = NULL;

static void
drop_message(void *unused, int level, const char *text)
{
	(void) unused;
	(void) level;
	(void) text;
}

static bool
start(void)
{
	if (context == NULL)
	{
		context = proj_context_create();
		if (context == NULL)
			return false;
		proj_log_func(context, NULL, drop_message);
		proj_context_set_enable_network(context, 0);
	}
	return true;
}

/* the system as registered; of a compound one the horizontal part */
static PJ *
find_definition(int32_t srid)
{
	char		code[16];
	PJ		   *crs;

	/* an older name of Web Mercator that PostGIS still lists */
	snprintf(code, sizeof(code), "%d", srid == 900913 ? 3857 : (int) srid);
	crs = proj_create_from_database(context, "EPSG", code, PJ_CATEGORY_CRS, 0, NULL);
	if (crs == NULL && srid > EPSG_MAX)
		crs = proj_create_from_database(context, "ESRI", code, PJ_CATEGORY_CRS, 0, NULL);
	if (crs != NULL && proj_get_type(crs) == PJ_TYPE_COMPOUND_CRS)
	{
		PJ		   *horizontal = proj_crs_get_sub_crs(context, crs, 0);

		proj_destroy(crs);
		crs = horizontal;
	}
	return crs;
}

static IlCrsKind
find_kind(const PJ *definition)
{
	switch (proj_get_type(definition))
	{
		case PJ_TYPE_PROJECTED_CRS:
			return IL_CRS_PROJECTED;
		case PJ_TYPE_GEOGRAPHIC_2D_CRS:
		case PJ_TYPE_GEOGRAPHIC_3D_CRS:
			return IL_CRS_GEOGRAPHIC;
		case PJ_TYPE_GEOCENTRIC_CRS:
			return IL_CRS_GEOCENTRIC;
		default:
			return IL_CRS_OTHER;
	}
}

static void
read_unit(const PJ *definition, IlCrs *crs)
{
	PJ		   *axes = proj_crs_get_coordinate_system(context, definition);
	const char *unit = NULL;

	if (axes == NULL)
		return;
	if (proj_cs_get_axis_info(context, axes, 0, NULL, NULL, NULL,
							  &crs->unit_factor, &unit, NULL, NULL) && unit != NULL)
		snprintf(crs->unit, sizeof(crs->unit), "%s", unit);
	proj_destroy(axes);
}

static void
read_ellipsoid(const PJ *definition, IlCrs *crs)
{
	PJ		   *ellipsoid = proj_get_ellipsoid(context, definition);
	double		inverse_flattening = 0.0;

	if (ellipsoid == NULL)
		return;
	if (proj_ellipsoid_get_parameters(context, ellipsoid, &crs->semi_major, NULL, NULL,
									  &inverse_flattening) && inverse_flattening != 0.0)
		crs->flattening = 1.0 / inverse_flattening;
	proj_destroy(ellipsoid);
}

/* a parameter in metres, radians or as a plain number */
static double
read_parameter(const PJ *operation, const char *name)
{
	int			index = proj_coordoperation_get_param_index(context, operation, name);
	double		value = NAN;
	double		factor = 1.0;

	if (index < 0 ||
		!proj_coordoperation_get_param(context, operation, index, NULL, NULL, NULL, &value,
									   NULL, &factor, NULL, NULL, NULL, NULL))
		return NAN;
	return value * factor;
}

static void
read_projection(const PJ *definition, IlCrs *crs)
{
	PJ		   *operation = proj_crs_get_coordoperation(context, definition);
	const char *method = NULL;

	if (operation == NULL)
		return;
	if (proj_coordoperation_get_method_info(context, operation, NULL, NULL, &method) &&
		method != NULL)
	{
		if (strcmp(method, METHOD_WEB_MERCATOR) == 0 ||
			strcmp(method, METHOD_SPHERICAL_MERCATOR) == 0 ||
			strcmp(method, METHOD_MERCATOR_A) == 0 ||
			strcmp(method, METHOD_MERCATOR_B) == 0)
			crs->kind = IL_CRS_MERCATOR;
		crs->transverse_mercator = strcmp(method, METHOD_TRANSVERSE_MERCATOR) == 0;
	}
	if (crs->transverse_mercator)
	{
		crs->central_meridian = read_parameter(operation, "Longitude of natural origin");
		crs->latitude_of_origin = read_parameter(operation, "Latitude of natural origin");
		crs->scale = read_parameter(operation, "Scale factor at natural origin");
		crs->false_easting = read_parameter(operation, "False easting");
		crs->false_northing = read_parameter(operation, "False northing");
	}
	proj_destroy(operation);
}

static void
look_up(int32_t srid, Entry *entry)
{
	IlCrs	   *crs = &entry->crs;
	const char *name;

	memset(entry, 0, sizeof(*entry));
	crs->srid = srid;
	crs->kind = IL_CRS_UNKNOWN;
	if (srid <= 0 || !start())
		return;
	entry->definition = find_definition(srid);
	if (entry->definition == NULL)
		return;
	name = proj_get_name(entry->definition);
	snprintf(crs->name, sizeof(crs->name), "%s", name != NULL ? name : "");
	crs->kind = find_kind(entry->definition);
	read_unit(entry->definition, crs);
	read_ellipsoid(entry->definition, crs);
	if (crs->kind == IL_CRS_PROJECTED)
		read_projection(entry->definition, crs);
}

static Entry *
find_entry(int32_t srid)
{
	Entry	   *entry;

	if (latest != NULL && latest->crs.srid == srid)
		return latest;
	for (int i = 0; i < n_kept; i++)
	{
		if (kept[i].crs.srid == srid)
			return latest = &kept[i];
	}
	if (n_kept < N_KEPT)
		entry = &kept[n_kept++];
	else
	{
		entry = &kept[oldest];
		oldest = (oldest + 1) % N_KEPT;
		proj_destroy(entry->inverse);
		proj_destroy(entry->definition);
	}
	look_up(srid, entry);
	return latest = entry;
}

const IlCrs *
il_proj_crs(int32_t srid)
{
	return &find_entry(srid)->crs;
}

/* from the system to its own geographic one, longitude first */
static void
make_inverse(Entry *entry)
{
	PJ		   *geographic = proj_crs_get_geodetic_crs(context, entry->definition);
	IlCrs		target = {0};
	PJ		   *raw = NULL;

	if (geographic != NULL)
	{
		read_unit(geographic, &target);
		raw = proj_create_crs_to_crs_from_pj(context, entry->definition, geographic, NULL, NULL);
	}
	if (raw != NULL)
		entry->inverse = proj_normalize_for_visualization(context, raw);
	entry->degree_factor = target.unit_factor * 180.0 / M_PI;
	proj_destroy(raw);
	proj_destroy(geographic);
}

static void
scale_points(IlPoint *point, size_t n, double factor)
{
	/* a degree is a degree, whatever the rounding of its factor */
	if (fabs(factor - 1.0) < 1e-12)
		return;
	for (size_t i = 0; i < n; i++)
	{
		point[i].x *= factor;
		point[i].y *= factor;
	}
}

bool
il_proj_to_degrees(int32_t srid, IlPoint *point, size_t n)
{
	Entry	   *entry = find_entry(srid);

	if (entry->crs.kind == IL_CRS_GEOGRAPHIC)
	{
		scale_points(point, n, entry->crs.unit_factor * 180.0 / M_PI);
		return true;
	}
	if (entry->crs.kind != IL_CRS_PROJECTED && entry->crs.kind != IL_CRS_MERCATOR)
		return false;
	if (entry->inverse == NULL)
		make_inverse(entry);
	if (entry->inverse == NULL)
		return false;
	proj_errno_reset(entry->inverse);
	proj_trans_generic(entry->inverse, PJ_FWD,
					   &point[0].x, sizeof(*point), n,
					   &point[0].y, sizeof(*point), n,
					   NULL, 0, 0, NULL, 0, 0);
	scale_points(point, n, entry->degree_factor);
	return true;
}

bool
il_proj_has_register(void)
{
	return start() && proj_context_get_database_path(context) != NULL;
}

const char *
il_crs_kind_name(IlCrsKind kind)
{
	switch (kind)
	{
		case IL_CRS_PROJECTED:
			return "projected";
		case IL_CRS_GEOGRAPHIC:
			return "geographic";
		case IL_CRS_MERCATOR:
			return "mercator";
		case IL_CRS_GEOCENTRIC:
			return "geocentric";
		case IL_CRS_OTHER:
			return "other";
		case IL_CRS_UNKNOWN:
			break;
	}
	return "unknown";
}
