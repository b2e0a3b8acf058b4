/*
 * survey_area.h - area on the ellipsoid by the procedure of the national land survey
 */
#ifndef IL_CORE_SURVEY_AREA_H
#define IL_CORE_SURVEY_AREA_H

#include "core/poll.h"
#include "core/ring.h"

typedef enum IlEllipsoid
{
	IL_CGCS2000,
	IL_XIAN1980
} IlEllipsoid;

/* a coordinate system of the survey, by its EPSG code */
typedef struct IlSurveySystem
{
	int32_t		srid;
	IlEllipsoid ellipsoid;
	int			zone_width;		/* 3 or 6 degrees; 0: longitude and latitude in degrees */
	int			zone;			/* number where eastings carry it as a prefix, else 0 */
	int			central_meridian;	/* degrees east */
	double		false_easting;	/* metres, prefix included */
} IlSurveySystem;

typedef enum IlSurveyStatus
{
	IL_SURVEY_OK,
	IL_SURVEY_NOT_FINITE,
	IL_SURVEY_OUTSIDE			/* a coordinate that the system cannot have */
} IlSurveyStatus;

typedef struct IlSurveyArea
{
	IlSurveyStatus status;
	double		area;			/* m², not yet rounded to 0.01; negative if holes are larger */
	size_t		ring;			/* where the status came from */
	uint32_t	point;
} IlSurveyArea;

/* false if the code is not one of a survey system */
extern bool il_survey_find_system(int32_t srid, IlSurveySystem *system);

/* the code of the same zone with (or without) a prefix; 0 if there is none */
extern int32_t il_survey_twin(const IlSurveySystem *system, int zone);

extern IlSurveyArea il_survey_measure(const IlRingList *list, const IlSurveySystem *system,
								   const IlPoll *poll);

/* to 0.01 m², half up */
extern double il_survey_round(double area);

/* m² between two parallels and two meridians, degrees */
extern double il_survey_sheet(IlEllipsoid ellipsoid, double south, double north, double width);

#endif
