/*
 * withhold.c - complementary suppression in a table with margins
 *
 * Rows and columns (the margins are row 0 and column 0) are the nodes of a
 * graph, withheld cells its edges.  From the published cells one withheld cell
 * can be computed exactly when its edge is a bridge, that is when without it
 * its row and its column are not connected any more (D. Gusfield, A graph
 * theoretic approach to statistical data security, SIAM J. Comput. 17, 1988).
 * A sole contributor knows its own cells: they are taken out of the graph when
 * it is its turn to attack.
 *
 * As long as a cell of too few contributors is a bridge, the published cell of
 * fewest contributors that joins the two sides is withheld too.  Each turn adds
 * a cell, so it ends; where no cell joins the sides the value crossing them
 * would have to be zero.  Values may have any sign.
 */
#include "core/withhold.h"

typedef struct
{
	IlCell	   *cell;
	size_t		n_cell;
	uint32_t	n_row;
	uint32_t	n_node;
	int32_t		minimum;
	uint32_t   *parent;			/* union-find over the nodes */
	const IlPoll *poll;
	uint32_t	polled;
} Table;

static uint32_t
find_root(uint32_t *parent, uint32_t node)
{
	while (parent[node] != node)
	{
		parent[node] = parent[parent[node]];
		node = parent[node];
	}
	return node;
}

static uint32_t
row_node(const IlCell *cell)
{
	return cell->row;
}

static uint32_t
column_node(const Table *table, const IlCell *cell)
{
	return table->n_row + cell->column;
}

static bool
is_sensitive(const Table *table, const IlCell *cell)
{
	return cell->contributors > 0 && cell->contributors < table->minimum;
}

/* The attacker knows its own cells; 0 is a stranger. */
static bool
is_known_to(const IlCell *cell, int32_t attacker)
{
	return attacker != 0 && cell->contributors == 1 && cell->sole == attacker;
}

/* Connects what withheld cells connect for the attacker, one cell left out. */
static void
connect_nodes(Table *table, int32_t attacker, size_t left_out)
{
	for (uint32_t node = 0; node < table->n_node; node++)
		table->parent[node] = node;
	for (size_t i = 0; i < table->n_cell; i++)
	{
		const IlCell *cell = &table->cell[i];

		il_poll(table->poll, &table->polled);
		if (!cell->withheld || i == left_out || is_known_to(cell, attacker))
			continue;
		table->parent[find_root(table->parent, row_node(cell))] =
			find_root(table->parent, column_node(table, cell));
	}
}

/* The published cell of fewest contributors between side and the rest; n_cell: none. */
static size_t
choose_link(Table *table, uint32_t side, int32_t attacker)
{
	size_t		best = table->n_cell;

	for (size_t i = 0; i < table->n_cell; i++)
	{
		const IlCell *cell = &table->cell[i];
		bool		row_inside = find_root(table->parent, row_node(cell)) == side;
		bool		column_inside = find_root(table->parent, column_node(table, cell)) == side;

		if (cell->withheld || cell->contributors == 0 || row_inside == column_inside ||
			is_known_to(cell, attacker))
			continue;
		if (best == table->n_cell || cell->contributors < table->cell[best].contributors)
			best = i;
	}
	return best;
}

/* Withholds cells until the attacker cannot compute cell i. */
static void
protect_cell(Table *table, size_t i, int32_t attacker)
{
	const IlCell *cell = &table->cell[i];

	for (;;)
	{
		uint32_t	side;
		size_t		link;

		connect_nodes(table, attacker, i);
		side = find_root(table->parent, row_node(cell));
		if (find_root(table->parent, column_node(table, cell)) == side)
			return;
		link = choose_link(table, side, attacker);
		if (link == table->n_cell)
			return;
		table->cell[link].withheld = true;
	}
}

/* Against one attacker: every sensitive cell that it does not know anyway. */
static void
protect_from(Table *table, int32_t attacker)
{
	for (size_t i = 0; i < table->n_cell; i++)
		if (is_sensitive(table, &table->cell[i]) && !is_known_to(&table->cell[i], attacker))
			protect_cell(table, i, attacker);
}

/*
 * Sets withheld of every cell; cells come without order, at most one per row and
 * column.  n_row and n_column count the margins; minimum: cells of fewer
 * contributors are sensitive.  More withheld cells never help an attacker, so
 * what was made safe stays safe and one round per attacker is enough.
 */
void
il_withhold_cells(IlCell *cell, size_t n_cell, uint32_t n_row, uint32_t n_column,
				  int32_t minimum, uint32_t *work, const IlPoll *poll)
{
	Table		table = {cell, n_cell, n_row, n_row + n_column, minimum, work, poll, 0};

	for (size_t i = 0; i < n_cell; i++)
		cell[i].withheld = is_sensitive(&table, &cell[i]);
	protect_from(&table, 0);
	for (size_t i = 0; i < n_cell; i++)
		if (cell[i].contributors == 1 && cell[i].sole != 0)
			protect_from(&table, cell[i].sole);
}
