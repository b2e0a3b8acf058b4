/*
 * crs.h - which coordinates may be measured in the plane
 */
#ifndef IL_PG_CRS_H
#define IL_PG_CRS_H

#include "postgres.h"

#include "bridge/proj.h"

/*
 * Error 22023, with a hint what to do, unless the SRID is a projected system
 * whose plane areas mean something; argument: name of the geometry in SQL.
 */
extern const IlCrs *il_crs_require_plane(int32 srid, const char *argument);

/* error 22023 unless the SRID is known to PROJ */
extern const IlCrs *il_crs_require_known(int32 srid, const char *argument);

#endif
