/*
 * crs.h - which coordinates may be measured, and how the others are refused
 */
#ifndef IL_PG_CRS_H
#define IL_PG_CRS_H

#include "postgres.h"

#include "bridge/proj.h"
#include "core/survey_area.h"

/*
 * Each raises 22023 with a hint what to do unless the SRID fits; argument: name
 * of the geometry in SQL.
 */

/* in a register of PROJ */
extern const IlCrs *il_crs_require_known(int32 srid, const char *argument);

/* a projected system whose plane areas mean something */
extern const IlCrs *il_crs_require_plane(int32 srid, const char *argument);

/* a system of the national land survey */
extern void il_crs_require_survey(int32 srid, const char *argument, IlSurveySystem *system);

/* p is a coordinate that the system cannot have */
extern void il_crs_refuse_point(IlPoint p, const IlSurveySystem *system,
								const char *argument) pg_attribute_noreturn();

#endif
