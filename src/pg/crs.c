/*
 * crs.c - which coordinates may be measured in the plane
 */
#include "postgres.h"

#include "pg/crs.h"

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
	if (crs->kind == IL_CRS_WEB_MERCATOR)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has SRID %d (%s), which enlarges areas", argument, srid, crs->name),
				 errdetail("Web Mercator makes an area 1/cos^2(latitude) times as large, "
						   "at 39 degrees north 1.66 times."),
				 errhint(HINT_TRANSFORM, argument)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s has SRID %d (%s), which is not a projected system",
					argument, srid, crs->name),
			 errhint(HINT_TRANSFORM, argument)));
	return NULL;				/* not reached */
}
