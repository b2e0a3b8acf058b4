/*
 * crs.c - which coordinates may be measured, and how the others are refused
 */
#include "postgres.h"

#include "pg/crs.h"

#include <math.h>

#define HINT_TRANSFORM \
	"Transform to a projected system, for Tianjin ST_Transform(%s, 4548), " \
	"or measure with geodesic_area."

static void
refuse_unknown(int32 srid, const char *argument)
{
	if (srid == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has no SRID, so the unit of its coordinates is not known", argument),
				 errhint("Set the system the coordinates were made in, "
						 "for Tianjin ST_SetSRID(%s, 4548) or 4527.", argument)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s has SRID %d, which is not in the EPSG register", argument, srid),
			 il_proj_has_register() ? 0 :
			 errdetail("PROJ finds no register (proj.db) on this server."),
			 errhint("The scale of a local system is not known here: transform to a "
					 "registered one, for Tianjin 4548, with the parameters of the authority "
					 "that keeps it.")));
}

const IlCrs *
il_crs_require_known(int32 srid, const char *argument)
{
	const IlCrs *crs = il_proj_crs(srid);

	if (crs->kind == IL_CRS_UNKNOWN)
		refuse_unknown(srid, argument);
	return crs;
}

const IlCrs *
il_crs_require_plane(int32 srid, const char *argument)
{
	const IlCrs *crs = il_crs_require_known(srid, argument);

	if (crs->kind == IL_CRS_PROJECTED && crs->unit_factor > 0)
		return crs;
	if (crs->kind == IL_CRS_GEOGRAPHIC)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has SRID %d (%s), whose coordinates are angles",
						argument, srid, crs->name),
				 errhint(HINT_TRANSFORM, argument)));
	if (crs->kind == IL_CRS_MERCATOR)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has SRID %d (%s), which enlarges areas",
						argument, srid, crs->name),
				 errdetail("A Mercator system makes an area about 1/cos^2(latitude) times as "
						   "large, at 39 degrees north 1.66 times."),
				 errhint(HINT_TRANSFORM, argument)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s has SRID %d (%s), which is not a projected system",
					argument, srid, crs->name),
			 errhint(HINT_TRANSFORM, argument)));
	return NULL;				/* not reached */
}

void
il_crs_require_survey(int32 srid, const char *argument, IlSurveySystem *system)
{
	const IlCrs *crs;

	if (il_survey_find_system(srid, system))
		return;
	crs = il_crs_require_known(srid, argument);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s has SRID %d (%s), which is not a system of the national land survey",
					argument, srid, crs->name),
			 errdetail("Its systems are the Gauss-Kruger zones of CGCS2000 (SRID 4491 to 4554) and "
					   "Xian 1980 (2327 to 2390), and longitude and latitude in 4490 and 4610."),
			 errhint("Transform to one of them, for Tianjin ST_Transform(%s, 4548), "
					 "or measure with geodesic_area.", argument)));
}

void
il_crs_refuse_point(IlPoint p, const IlSurveySystem *system, const char *argument)
{
	int			zone = p.x >= 1e6 && p.x < 1e8 ? (int) floor(p.x / 1e6) : 0;
	int32		twin = zone != system->zone ? il_survey_twin(system, zone) : 0;
	char	   *message = psprintf("%s has the coordinate (%.12g %.12g), which SRID %d cannot have",
								   argument, p.x, p.y, system->srid);

	if (system->zone_width == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg_internal("%s", message),
				 errhint("The first coordinate is the longitude, the second the latitude, "
						 "in degrees.")));
	if (fabs(p.x) <= 360 && fabs(p.y) <= 90)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg_internal("%s", message),
				 errhint("These look like degrees: set the SRID they were made in, "
						 "for longitude and latitude of CGCS2000 ST_SetSRID(%s, 4490).",
						 argument)));
	if (twin == 0 || p.x < 0 || fabs(p.y) > 1.1e7)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg_internal("%s", message),
				 errhint("The first coordinate is the easting, around %.0f, "
						 "the second the northing, in metres.", system->false_easting)));
	if (zone == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg_internal("%s", message),
				 errhint("Eastings of SRID %d begin with the zone number %d; "
						 "without it the SRID is %d.", system->srid, system->zone, twin)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg_internal("%s", message),
			 errhint("An easting that begins with the zone number %d belongs to SRID %d.",
					 zone, twin)));
}
