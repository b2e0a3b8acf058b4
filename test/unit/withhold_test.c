/*
 * withhold_test.c - suppressed cells against an attacker who solves equations
 *
 * The oracle is elimination, not graphs: a withheld cell can be computed when
 * its unit vector lies in the span of the equations "row sums to its total" and
 * "column sums to its total", restricted to the withheld cells.
 */
#include "core/withhold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PRIME 1000003
#define MAX_SIDE 8
#define MAX_CELL (MAX_SIDE * MAX_SIDE)

static int	n_test = 0;
static int	n_failed = 0;

static void
ok(bool passed, const char *what)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++n_test, what);
	n_failed += !passed;
}

static uint64_t seed = 20240229;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t) (seed >> 33) % below;
}

static int64_t
inverse(int64_t a)
{
	int64_t		result = 1;

	for (int64_t power = PRIME - 2; power > 0; power >>= 1)
	{
		if (power & 1)
			result = result * a % PRIME;
		a = a * a % PRIME;
	}
	return result;
}

/* Rank modulo a prime; destroys the matrix. */
static int
matrix_rank(int64_t matrix[][MAX_CELL], int n_row, int n_column)
{
	int			rank = 0;

	for (int c = 0; c < n_column && rank < n_row; c++)
	{
		int			pivot = rank;
		int64_t		scale;

		while (pivot < n_row && matrix[pivot][c] == 0)
			pivot++;
		if (pivot == n_row)
			continue;
		for (int k = 0; k < n_column; k++)
		{
			int64_t		swap = matrix[pivot][k];

			matrix[pivot][k] = matrix[rank][k];
			matrix[rank][k] = swap;
		}
		scale = inverse(matrix[rank][c]);
		for (int r = rank + 1; r < n_row; r++)
		{
			int64_t		factor = matrix[r][c] * scale % PRIME;

			for (int k = 0; k < n_column; k++)
				matrix[r][k] = ((matrix[r][k] - factor * matrix[rank][k]) % PRIME + PRIME) % PRIME;
		}
		rank++;
	}
	return rank;
}

static bool
is_known(const IlCell *cell, int32_t attacker)
{
	return !cell->withheld || cell->contributors == 0 ||
		(attacker != 0 && cell->contributors == 1 && cell->sole == attacker);
}

/* Whether the equations of all rows and columns give away cell target. */
static bool
can_compute(const IlCell *cell, int n_cell, int n_row, int n_column, int32_t attacker, int target)
{
	int64_t		matrix[2 * MAX_SIDE + 1][MAX_CELL];
	int64_t		copy[2 * MAX_SIDE + 1][MAX_CELL];
	int			n_equation = n_row + n_column;
	int			without;

	memset(matrix, 0, sizeof(matrix));
	for (int i = 0; i < n_cell; i++)
	{
		if (is_known(&cell[i], attacker))
			continue;
		matrix[cell[i].row][i] = cell[i].column == 0 ? PRIME - 1 : 1;
		matrix[n_row + (int) cell[i].column][i] = cell[i].row == 0 ? PRIME - 1 : 1;
	}
	memcpy(copy, matrix, sizeof(matrix));
	without = matrix_rank(copy, n_equation, n_cell);
	matrix[n_equation][target] = 1;
	return matrix_rank(matrix, n_equation + 1, n_cell) == without;
}

/*
 * A table of firms: each sits in one inner cell or two, margins count the
 * different firms, as a survey does.
 */
static int
make_table(IlCell *cell, int n_row, int n_column, int n_firm)
{
	static int	firm_row[200][2];
	static int	firm_column[200][2];
	int			n_cell = 0;

	for (int f = 0; f < n_firm; f++)
		for (int k = 0; k < 2; k++)
		{
			bool		again = k == 1 && draw(4) > 0;

			firm_row[f][k] = again ? firm_row[f][0] : 1 + (int) draw((uint32_t) n_row - 1);
			firm_column[f][k] = again ? firm_column[f][0] : 1 + (int) draw((uint32_t) n_column - 1);
		}
	for (int r = 0; r < n_row; r++)
		for (int c = 0; c < n_column; c++)
		{
			IlCell		here = {(uint32_t) r, (uint32_t) c, 0, 0, false};

			for (int f = 0; f < n_firm; f++)
				for (int k = 0; k < 2; k++)
					if ((r == 0 || firm_row[f][k] == r) && (c == 0 || firm_column[f][k] == c))
					{
						here.contributors++;
						here.sole = f + 1;
						break;
					}
			if (here.contributors != 1)
				here.sole = 0;
			cell[n_cell++] = here;
		}
	return n_cell;
}

static bool
is_sensitive(const IlCell *cell)
{
	return cell->contributors > 0 && cell->contributors < 3;
}

/* Every sensitive cell is withheld, and no attacker computes one it does not know. */
static bool
is_safe(const IlCell *cell, int n_cell, int n_row, int n_column, int n_firm)
{
	for (int i = 0; i < n_cell; i++)
	{
		if (!is_sensitive(&cell[i]))
			continue;
		if (!cell[i].withheld)
			return false;
		for (int attacker = 0; attacker <= n_firm; attacker++)
			if (!is_known(&cell[i], attacker) &&
				can_compute(cell, n_cell, n_row, n_column, attacker, i))
				return false;
	}
	return true;
}

/*
 * Random tables.  A table in which some attacker wins although everything is
 * withheld (two firms in all, say) cannot be made safe and is passed over.
 */
static void
test_random_tables(void)
{
	int			n_unsafe = 0;
	int			n_hopeless = 0;
	int			n_attacked = 0;

	for (int round = 0; round < 400; round++)
	{
		IlCell		cell[MAX_CELL];
		IlCell		all[MAX_CELL];
		uint32_t	work[2 * MAX_SIDE];
		int			n_row = 2 + (int) draw(MAX_SIDE - 2);
		int			n_column = 2 + (int) draw(MAX_SIDE - 2);
		int			n_firm = 1 + (int) draw(30);
		int			n_cell = make_table(cell, n_row, n_column, n_firm);

		il_withhold_cells(cell, (size_t) n_cell, (uint32_t) n_row, (uint32_t) n_column,
						  3, work, NULL);
		memcpy(all, cell, sizeof(all));
		for (int i = 0; i < n_cell; i++)
			all[i].withheld = true;
		for (int i = 0; i < n_cell; i++)
			n_attacked += is_sensitive(&cell[i]);
		if (!is_safe(all, n_cell, n_row, n_column, n_firm))
			n_hopeless++;
		else if (!is_safe(cell, n_cell, n_row, n_column, n_firm))
			n_unsafe++;
	}
	ok(n_unsafe == 0, "no attacker computes a sensitive cell in random tables");
	ok(n_hopeless < 150 && n_attacked > 2000, "most random tables put it to the test");
}

/* The oracle itself: one withheld cell in a row is the total minus the rest. */
static void
test_oracle(void)
{
	IlCell		cell[9];
	int			n_cell = 0;

	for (uint32_t r = 0; r < 3; r++)
		for (uint32_t c = 0; c < 3; c++)
			cell[n_cell++] = (IlCell) {r, c, 5, 0, false};
	cell[4].withheld = true;
	ok(can_compute(cell, 9, 3, 3, 0, 4), "one withheld cell follows from the total of its row");
	cell[5].withheld = true;
	ok(can_compute(cell, 9, 3, 3, 0, 4), "two in one row follow from the totals of their columns");
	cell[7].withheld = cell[8].withheld = true;
	ok(!can_compute(cell, 9, 3, 3, 0, 4), "four in a rectangle do not follow");
	cell[8].contributors = 1;
	cell[8].sole = 7;
	ok(can_compute(cell, 9, 3, 3, 7, 4), "but they do for the firm that is one of them");
}

static IlCell
find(const IlCell *cell, size_t n_cell, uint32_t row, uint32_t column)
{
	for (size_t i = 0; i < n_cell; i++)
		if (cell[i].row == row && cell[i].column == column)
			return cell[i];
	abort();
}

static void
test_small_tables(void)
{
	/* two subdistricts, two families: one cell of one firm */
	IlCell		one[9] = {
		{0, 0, 36, 0, false}, {0, 1, 11, 0, false}, {0, 2, 25, 0, false},
		{1, 0, 13, 0, false}, {1, 1, 1, 4, false}, {1, 2, 12, 0, false},
		{2, 0, 23, 0, false}, {2, 1, 10, 0, false}, {2, 2, 13, 0, false}};
	IlCell		none[4] = {
		{0, 0, 9, 0, false}, {0, 1, 9, 0, false}, {1, 0, 9, 0, false}, {1, 1, 9, 0, false}};
	uint32_t	work[6];

	il_withhold_cells(one, 9, 3, 3, 3, work, NULL);
	ok(one[4].withheld, "the cell of one firm is withheld");
	ok(find(one, 9, 2, 1).withheld && find(one, 9, 1, 2).withheld,
	   "with it the smallest other cells of its row and column");
	ok(!find(one, 9, 0, 0).withheld, "the grand total is published");
	il_withhold_cells(none, 4, 2, 2, 3, work, NULL);
	ok(!none[0].withheld && !none[1].withheld && !none[2].withheld && !none[3].withheld,
	   "nothing is withheld where every cell has enough firms");
	il_withhold_cells(NULL, 0, 0, 0, 3, work, NULL);
	ok(true, "an empty table");
}

int
main(void)
{
	test_oracle();
	test_small_tables();
	test_random_tables();
	printf("1..%d\n", n_test);
	return n_failed > 0;
}
