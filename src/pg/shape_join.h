/*
 * shape_join.h - all pairs of shapes of two sets whose extents share an area,
 * within a given amount of memory
 */
#ifndef IL_PG_SHAPE_JOIN_H
#define IL_PG_SHAPE_JOIN_H

#include "postgres.h"

#include "core/shape.h"

typedef struct IlShapeJoin IlShapeJoin;

typedef void (*IlShapePairSink) (void *arg, const IlShape *a, const IlShape *b);

/* memory for shapes in units of work_mem; the README and the comments in SQL say so */
#define IL_SHAPE_JOIN_FACTOR	8

/* lives in the current context */
extern IlShapeJoin *il_shape_join_begin(void);

/* copies the shape; side 0 = a, 1 = b */
extern void il_shape_join_add(IlShapeJoin *join, int side, const IlShape *shape);

/* each pair once; the shapes live until the sink returns */
extern void il_shape_join_run(IlShapeJoin *join, IlShapePairSink sink, void *arg);

/* tiles in temporary files, 0 if all was in memory */
extern int	il_shape_join_tiles(const IlShapeJoin *join);

extern void il_shape_join_end(IlShapeJoin *join);

#endif
