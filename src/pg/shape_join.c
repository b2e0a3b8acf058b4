/*
 * shape_join.c - all pairs of shapes of two sets whose extents share an area,
 * within a given amount of memory
 *
 * While both sets fit they are joined in memory (core/box_join.c).  Otherwise they
 * go to temporary files of the server, one for each set, and from there to a pair
 * of files for each tile; tiles hold about as many shapes each, as a sample tells
 * (partition-based merge join, Patel and DeWitt 1996).  A shape goes to every tile
 * that it touches, and a pair counts in the tile where the lower left corner of
 * what the extents share lies.  What touches many tiles goes to none but to a
 * file of its own, which is joined with all of the other set, so one shape that
 * covers everything is written once.
 *
 * Each pair of files is joined chunk by chunk, half of the memory for each side:
 * one chunk as a rule, more where a tile is overcrowded.  So memory is bounded
 * whatever comes, by what was given and the two largest shapes.
 */
#include "postgres.h"

#include "pg/shape_join.h"

#include "core/box_join.h"
#include "core/tiling.h"
#include "pg/interrupt.h"
#include "pg/progress.h"

#include "commands/tablespace.h"
#include "miscadmin.h"
#include "storage/buffile.h"
#include "utils/memutils.h"

#define SAMPLE			4096	/* places of each side */
#define MOST_TILES		256
#define TILE_BUFFERS	(4 * BLCKSZ)	/* of the two files of a tile, generously */
#define MOST_COPIES		6		/* a corner of tiles, with cuts that do not meet */
#define ARENA_BLOCK		(256 * 1024)

/* memory of one shape besides its block */
#define OVERHEAD		(sizeof(IlShape *) + sizeof(IlBox) + IL_BOX_JOIN_BYTES)

/* shapes in memory */
typedef struct Chunk
{
	MemoryContext context;
	char	   *free;			/* of the present block */
	Size		left;
	IlShape   **shape;
	size_t		n;
	size_t		room;
	Size		used;
} Chunk;

typedef struct Side
{
	Chunk		chunk;
	BufFile    *spool;			/* everything, once it does not fit */
	BufFile    *wide;
	BufFile   **tile;
	IlPoint    *sample;			/* every stride-th place */
	size_t		n_sample;
	uint64		stride;
	uint64		n;
	Size		size;			/* of all, overhead included */
} Side;

struct IlShapeJoin
{
	MemoryContext context;
	MemoryContext pairs;		/* for finding pairs of two chunks */
	Size		memory;
	bool		spilled;
	Side		side[2];
	IlTiling	tiling;
	int			n_tile;			/* 0: in memory */
	IlShapePairSink sink;
	void	   *arg;
	int64		owner;			/* tile that is being joined, -1 for none */
};

/* ---- chunks ---- */

static void
clear_chunk(Chunk *chunk)
{
	MemoryContextReset(chunk->context);
	chunk->free = NULL;
	chunk->left = 0;
	chunk->shape = NULL;
	chunk->n = 0;
	chunk->room = 0;
	chunk->used = 0;
}

/* blocks are never given back one by one, so many small ones share a large one */
static IlShape *
need_block(Chunk *chunk, Size size)
{
	char	   *block;

	if (size > ARENA_BLOCK / 4)
		return MemoryContextAllocHuge(chunk->context, size);
	if (chunk->left < size)
	{
		chunk->free = MemoryContextAlloc(chunk->context, ARENA_BLOCK);
		chunk->left = ARENA_BLOCK;
	}
	block = chunk->free;
	chunk->free += size;
	chunk->left -= size;
	return (IlShape *) block;
}

/* room for a block of the size, already counted in */
static IlShape *
extend_chunk(Chunk *chunk, Size size)
{
	if (chunk->n == chunk->room)
	{
		chunk->room = chunk->room == 0 ? 1024 : 2 * chunk->room;
		chunk->shape = chunk->shape == NULL ?
			MemoryContextAllocHuge(chunk->context, chunk->room * sizeof(IlShape *)) :
			repalloc_huge(chunk->shape, chunk->room * sizeof(IlShape *));
	}
	chunk->shape[chunk->n] = need_block(chunk, size);
	chunk->used += size + OVERHEAD;
	return chunk->shape[chunk->n++];
}

/* ---- files ---- */

static BufFile *
create_file(IlShapeJoin *join)
{
	MemoryContext former = MemoryContextSwitchTo(join->context);
	BufFile    *file;

	PrepareTempTablespaces();
	file = BufFileCreateTemp(false);
	MemoryContextSwitchTo(former);
	return file;
}

static void
write_shape(IlShapeJoin *join, BufFile **file, const IlShape *shape)
{
	if (*file == NULL)
		*file = create_file(join);
	BufFileWrite(*file, unconstify(IlShape *, shape), shape->size);
}

static void
close_file(BufFile **file)
{
	if (*file != NULL)
		BufFileClose(*file);
	*file = NULL;
}

static void
rewind_file(BufFile *file)
{
	if (BufFileSeek(file, 0, 0L, SEEK_SET) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not rewind a temporary file: %m")));
}

static void
read_bytes(BufFile *file, void *to, Size size)
{
	if (BufFileRead(file, to, size) != size)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read a temporary file: %m")));
}

/* the next shape of a file, into the chunk; NULL at the end */
static IlShape *
read_shape(BufFile *file, Chunk *chunk)
{
	Size		size;
	size_t		got = BufFileRead(file, &size, sizeof(size));
	IlShape    *shape;

	if (got == 0)
		return NULL;
	if (got != sizeof(size) || size < sizeof(IlShape))
		elog(ERROR, "temporary file of shapes is damaged");
	shape = extend_chunk(chunk, size);
	shape->size = size;
	read_bytes(file, (char *) shape + sizeof(size), size - sizeof(size));
	il_shape_bind(shape);
	return shape;
}

/* ---- filling ---- */

IlShapeJoin *
il_shape_join_begin(void)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "shape join",
												  ALLOCSET_DEFAULT_SIZES);
	IlShapeJoin *join = MemoryContextAllocZero(context, sizeof(IlShapeJoin));

	join->context = context;
	join->pairs = AllocSetContextCreate(context, "pairs of shapes", ALLOCSET_DEFAULT_SIZES);
	join->memory = (Size) work_mem * 1024 * IL_SHAPE_JOIN_FACTOR;
	join->owner = -1;
	for (int i = 0; i < 2; i++)
	{
		Side	   *side = &join->side[i];

		side->chunk.context = AllocSetContextCreate(context, "shapes", ALLOCSET_DEFAULT_SIZES);
		side->sample = MemoryContextAlloc(context, SAMPLE * sizeof(IlPoint));
		side->stride = 1;
	}
	return join;
}

/* every stride-th place; when there are too many every second one is dropped */
static void
take_sample(Side *side, const IlBox *box)
{
	if (side->n % side->stride != 0)
		return;
	if (side->n_sample == SAMPLE)
	{
		for (size_t i = 0; i < SAMPLE / 2; i++)
			side->sample[i] = side->sample[2 * i];
		side->n_sample = SAMPLE / 2;
		side->stride *= 2;
		if (side->n % side->stride != 0)
			return;
	}
	side->sample[side->n_sample++] = (IlPoint) {box->min_x, box->min_y};
}

static void
spill(IlShapeJoin *join)
{
	for (int i = 0; i < 2; i++)
	{
		Chunk	   *chunk = &join->side[i].chunk;

		for (size_t k = 0; k < chunk->n; k++)
			write_shape(join, &join->side[i].spool, chunk->shape[k]);
		clear_chunk(chunk);
	}
	join->spilled = true;
}

void
il_shape_join_add(IlShapeJoin *join, int number, const IlShape *shape)
{
	Side	   *side = &join->side[number];
	Size		size = shape->size + OVERHEAD;

	take_sample(side, &shape->polygon.box);
	side->n++;
	side->size += size;
	if (!join->spilled && join->side[0].size + join->side[1].size > join->memory)
		spill(join);
	if (join->spilled)
		write_shape(join, &side->spool, shape);
	else
	{
		IlShape    *copy = extend_chunk(&side->chunk, shape->size);

		memcpy(copy, shape, shape->size);
		il_shape_bind(copy);
	}
}

/* ---- pairs of two chunks ---- */

static void
take_pair(void *arg, size_t a, size_t b)
{
	IlShapeJoin *join = arg;
	const IlShape *p = join->side[0].chunk.shape[a];
	const IlShape *q = join->side[1].chunk.shape[b];

	if (join->owner >= 0 &&
		(int64) il_tiling_find(&join->tiling, Max(p->polygon.box.min_x, q->polygon.box.min_x),
							   Max(p->polygon.box.min_y, q->polygon.box.min_y)) != join->owner)
		return;
	join->sink(join->arg, p, q);
}

static void *
allocate(void *owner, size_t size)
{
	return MemoryContextAllocHuge(owner, size);
}

static IlBox *
collect_boxes(const Chunk *chunk, const IlMemory *memory)
{
	IlBox	   *box = il_allocate(memory, (chunk->n + 1) * sizeof(IlBox));

	for (size_t i = 0; i < chunk->n; i++)
		box[i] = chunk->shape[i]->polygon.box;
	return box;
}

static void
join_chunks(IlShapeJoin *join)
{
	const IlMemory memory = {allocate, join->pairs};
	const Chunk *a = &join->side[0].chunk;
	const Chunk *b = &join->side[1].chunk;

	if (a->n >= PG_UINT32_MAX || b->n >= PG_UINT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("more than %u polygons in memory", PG_UINT32_MAX),
				 errhint("Lower work_mem.")));
	il_box_join(collect_boxes(a, &memory), a->n, collect_boxes(b, &memory), b->n,
				&memory, &il_interrupt_poll, take_pair, join);
	MemoryContextReset(join->pairs);
}

/* ---- tiles ---- */

static void
make_tiles(IlShapeJoin *join)
{
	const IlMemory memory = {allocate, join->context};
	Size		size = join->side[0].size + join->side[1].size;
	Size		wanted = 2 * (size / join->memory + 1);
	Size		most = Min(MOST_TILES, Max(join->memory / TILE_BUFFERS, 1));
	size_t		n_a = join->side[0].n_sample;
	size_t		n_b = join->side[1].n_sample;
	IlPoint    *sample = MemoryContextAlloc(join->context, (n_a + n_b) * sizeof(IlPoint));

	memcpy(sample, join->side[0].sample, n_a * sizeof(IlPoint));
	memcpy(sample + n_a, join->side[1].sample, n_b * sizeof(IlPoint));
	join->tiling = il_tiling_make(sample, n_a + n_b, Min(wanted, most), &memory);
	join->n_tile = (int) il_tiling_count(&join->tiling);
	for (int i = 0; i < 2; i++)
		join->side[i].tile = MemoryContextAllocZero(join->context,
													join->n_tile * sizeof(BufFile *));
}

static bool
is_wide(const IlShapeJoin *join, const IlShape *shape, size_t *tile, size_t *n)
{
	*n = il_tiling_cover(&join->tiling, &shape->polygon.box, tile, MOST_COPIES);
	return *n > MOST_COPIES;
}

/* from the spool to the tiles */
static void
distribute(IlShapeJoin *join, int number)
{
	Side	   *side = &join->side[number];
	uint64		n = 0;

	if (side->spool == NULL)
		return;
	rewind_file(side->spool);
	for (;;)
	{
		IlShape    *shape;
		size_t		tile[MOST_COPIES];
		size_t		n_copy;

		if (side->chunk.used > join->memory / 2)
			clear_chunk(&side->chunk);
		CHECK_FOR_INTERRUPTS();
		il_progress_show("overlap, tiling", n++, side->n);
		shape = read_shape(side->spool, &side->chunk);
		if (shape == NULL)
			break;
		if (is_wide(join, shape, tile, &n_copy))
			write_shape(join, &side->wide, shape);
		else
		{
			for (size_t i = 0; i < n_copy; i++)
				write_shape(join, &side->tile[tile[i]], shape);
		}
	}
	clear_chunk(&side->chunk);
}

/* fills a chunk from a file; false if nothing was left in it */
static bool
load_chunk(IlShapeJoin *join, BufFile *file, Chunk *chunk, bool leave_wide)
{
	size_t		tile[MOST_COPIES];
	size_t		n_copy;

	clear_chunk(chunk);
	while (chunk->used < join->memory / 2)
	{
		IlShape    *shape = read_shape(file, chunk);

		CHECK_FOR_INTERRUPTS();
		if (shape == NULL)
			break;
		/* its block stays, unused */
		if (leave_wide && is_wide(join, shape, tile, &n_copy))
			chunk->n--;
	}
	return chunk->used > 0;
}

/* leave_wide: of the first file only what is not in the file of wide ones */
static void
join_files(IlShapeJoin *join, BufFile *a, BufFile *b, bool leave_wide)
{
	Chunk	   *chunk_a = &join->side[0].chunk;
	Chunk	   *chunk_b = &join->side[1].chunk;

	if (a == NULL || b == NULL)
		return;
	rewind_file(a);
	while (load_chunk(join, a, chunk_a, leave_wide))
	{
		rewind_file(b);
		while (load_chunk(join, b, chunk_b, false))
			join_chunks(join);
	}
	clear_chunk(chunk_a);
	clear_chunk(chunk_b);
}

static void
join_tiles(IlShapeJoin *join)
{
	Side	   *a = &join->side[0];
	Side	   *b = &join->side[1];

	make_tiles(join);
	distribute(join, 0);
	distribute(join, 1);
	for (int t = 0; t < join->n_tile; t++)
	{
		join->owner = t;
		join_files(join, a->tile[t], b->tile[t], false);
		close_file(&a->tile[t]);
		close_file(&b->tile[t]);
	}
	join->owner = -1;
	join_files(join, a->wide, b->spool, false);
	join_files(join, a->spool, b->wide, true);
}

void
il_shape_join_run(IlShapeJoin *join, IlShapePairSink sink, void *arg)
{
	join->sink = sink;
	join->arg = arg;
	if (join->spilled)
		join_tiles(join);
	else
		join_chunks(join);
}

int
il_shape_join_tiles(const IlShapeJoin *join)
{
	return join->n_tile;
}

void
il_shape_join_end(IlShapeJoin *join)
{
	for (int i = 0; i < 2; i++)
	{
		close_file(&join->side[i].spool);
		close_file(&join->side[i].wide);
	}
	MemoryContextDelete(join->context);
}
