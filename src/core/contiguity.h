/*
 * contiguity.h - whether and how two polygons are neighbours
 */
#ifndef IL_CORE_CONTIGUITY_H
#define IL_CORE_CONTIGUITY_H

#include "core/line.h"
#include "core/polygon.h"

typedef enum IlContactKind
{
	IL_CONTACT_NONE,
	IL_CONTACT_CORNER,			/* they touch, but have no border in common */
	IL_CONTACT_TOUCH,			/* a border in common, or they overlap */
	IL_CONTACT_GAP				/* apart by more than the tolerance */
} IlContactKind;

/* in units of the coordinates, 0 or more */
typedef struct IlReach
{
	double		tolerance;		/* what is no farther apart touches */
	double		max_gap;
	double		margin;			/* least depth of facing beyond the gap */
} IlReach;

/*
 * length: of the border in common: where the border of one runs along the other's
 * within the tolerance, mean of the two.  facing: the same for a touch; for a gap how
 * much of the border of one lies within max(1.25 gap, gap + margin) of the other,
 * mean of the two.  bridge: only of a gap; across the middle of the longest stretch
 * where it is as narrow as anywhere, within the tolerance.
 */
typedef struct IlContact
{
	IlContactKind kind;
	double		length;
	double		gap;
	double		facing;
	IlPoint		bridge[2];
} IlContact;

/* how far apart neighbours may be, with what rounding takes away */
extern double il_contiguity_reach(const IlReach *reach, const IlBox *box);

/* bytes of working room for two polygons */
extern size_t il_contiguity_room(const IlPolygon *a, const IlPolygon *b);

/*
 * Both polygons are valid and finite; the same bits when they are exchanged.
 * room: as above, aligned for doubles.
 */
extern IlContact il_contiguity_measure(const IlPolygon *a, const IlPolygon *b,
									   const IlReach *reach, void *room, const IlPoll *poll);

/*
 * Length of the bridge inside the polygon; what runs along its border is not inside.
 * room: a double for each point.
 */
extern double il_contiguity_inside(const IlPolygon *polygon, const IlPoint bridge[2],
								   double *room);

/* true if they touch, too */
extern bool il_contiguity_crosses(const IlPoint bridge[2], const IlLine *barrier);

#endif
