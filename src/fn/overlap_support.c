/*
 * overlap_support.c - what the planner is told about overlap_exceeds
 *
 * Polygons with a common area have extents that meet, so PostGIS's operator && is
 * a lossy index condition and its estimators are an upper bound for how many rows
 * remain.
 */
#include "postgres.h"

#include "pg/export.h"

#include "pg/geometry.h"

#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "optimizer/plancat.h"
#include "parser/parsetree.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

IL_FUNCTION(il__overlap_exceeds_support);

/*
 * Of the pairs whose extents meet: in a city two of three share an area, the
 * others only a border or nothing.
 */
#define SHARE_OF_MEETING	0.67

/* in units of cpu_operator_cost */
#define COST_OF_CALL		50.0
#define COST_OF_POINT		4.0
#define BYTES_OF_POINT		16
#define USUAL_WIDTH			200

static List *
index_condition(SupportRequestIndexCondition *request)
{
	Oid			meets = il_geometry_meets_operator();
	List	   *args;
	Expr	   *condition;
	Node	   *indexed;
	Node	   *other;

	if (!is_funcclause(request->node) || request->indexarg > 1)
		return NIL;
	if (!OidIsValid(meets) || !op_in_opfamily(meets, request->opfamily))
		return NIL;
	args = ((FuncExpr *) request->node)->args;
	indexed = list_nth(args, request->indexarg);
	other = list_nth(args, 1 - request->indexarg);
	if (!is_pseudo_constant_for_index(request->root, other, request->index))
		return NIL;
	condition = make_opclause(meets, BOOLOID, false, (Expr *) indexed, (Expr *) other,
							  InvalidOid, InvalidOid);
	set_opfuncid((OpExpr *) condition);
	request->lossy = true;
	return list_make1(condition);
}

static bool
estimate_rows(SupportRequestSelectivity *request)
{
	Oid			meets = il_geometry_meets_operator();
	List	   *args;

	if (!OidIsValid(meets) || list_length(request->args) != 3)
		return false;
	args = list_make2(linitial(request->args), lsecond(request->args));
	request->selectivity = SHARE_OF_MEETING * (request->is_join ?
		join_selectivity(request->root, meets, args, request->inputcollid,
						 request->jointype, request->sjinfo) :
		restriction_selectivity(request->root, meets, args, request->inputcollid,
								request->varRelid));
	CLAMP_PROBABILITY(request->selectivity);
	return true;
}

/* bytes of a geometry as the statistics know them */
static int32
usual_width(PlannerInfo *root, Node *node)
{
	int32		width = 0;

	if (IsA(node, RelabelType))
		node = (Node *) ((RelabelType *) node)->arg;
	if (root != NULL && IsA(node, Var) && ((Var *) node)->varlevelsup == 0 &&
		!IS_SPECIAL_VARNO(((Var *) node)->varno) &&
		((Var *) node)->varno < root->simple_rel_array_size)
	{
		RangeTblEntry *entry = planner_rt_fetch(((Var *) node)->varno, root);

		if (entry->rtekind == RTE_RELATION)
			width = get_attavgwidth(entry->relid, ((Var *) node)->varattno);
	}
	return width > 0 ? width : USUAL_WIDTH;
}

static bool
estimate_cost(SupportRequestCost *request)
{
	List	   *args;
	double		points;

	if (request->node == NULL || !is_funcclause(request->node))
		return false;
	args = ((FuncExpr *) request->node)->args;
	points = ((double) usual_width(request->root, linitial(args)) +
			  usual_width(request->root, lsecond(args))) / BYTES_OF_POINT;
	request->startup = 0;
	request->per_tuple = cpu_operator_cost * (COST_OF_CALL + COST_OF_POINT * points);
	return true;
}

Datum
il__overlap_exceeds_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	Node	   *answer = NULL;

	if (IsA(request, SupportRequestIndexCondition))
		answer = (Node *) index_condition((SupportRequestIndexCondition *) request);
	else if (IsA(request, SupportRequestSelectivity))
		answer = estimate_rows((SupportRequestSelectivity *) request) ? request : NULL;
	else if (IsA(request, SupportRequestCost))
		answer = estimate_cost((SupportRequestCost *) request) ? request : NULL;
	PG_RETURN_POINTER(answer);
}
