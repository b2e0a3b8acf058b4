/*
 * withhold.h - which cells of a table with margins must not be published
 */
#ifndef IL_CORE_WITHHOLD_H
#define IL_CORE_WITHHOLD_H

#include "core/poll.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct
{
	uint32_t	row;			/* 0: the total of the other rows */
	uint32_t	column;			/* 0: the total of the other columns */
	int32_t		contributors;	/* 0: nothing stands behind the cell, everybody knows it */
	int32_t		sole;			/* key of the only contributor, 0 where there are more */
	bool		withheld;		/* result */
} IlCell;

/* work: room for n_row + n_column numbers */
extern void il_withhold_cells(IlCell *cell, size_t n_cell, uint32_t n_row, uint32_t n_column,
							  int32_t minimum, uint32_t *work, const IlPoll *poll);

#endif
