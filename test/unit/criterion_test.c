/*
 * criterion_test.c - random criteria keep their canonical text, random bytes
 * do no harm, dates are those of a calendar counted day by day
 */
#include "arena.h"
#include "core/calendar.h"
#include "core/criterion.h"

#include <string.h>

static uint32_t
next_random(uint32_t below)
{
	static uint64_t state = UINT64_C(88172645463325252);

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t) (state >> 33) % below;
}

typedef struct Text
{
	char		at[20000];
	size_t		length;
} Text;

static void
add(Text *text, const char *piece)
{
	size_t		length = strlen(piece);

	if (text->length + length < sizeof(text->at))
	{
		memcpy(text->at + text->length, piece, length);
		text->length += length;
	}
}

static void
add_one_of(Text *text, const char *const *piece, uint32_t count)
{
	add(text, piece[next_random(count)]);
}

#define ADD_ONE(text, ...) \
	do { \
		static const char *const piece_[] = {__VA_ARGS__}; \
		add_one_of(text, piece_, sizeof(piece_) / sizeof(piece_[0])); \
	} while (0)

/* ---- random criteria, spelt in every way the grammar allows ---- */

static void condition(Text *text, int depth, bool in_years);

static void
term(Text *text, int depth, bool in_years)
{
	if (depth <= 0)
	{
		ADD_ONE(text, "x", "Plot_Ratio", "contract.tax", "\"RJL\"", "容积率", "1", "0.50", "40%", ".5",
				"007", "2 %", "-3", "- 4%", "\"two words\" . b", "1.0", "12345678901234567890.5");
		return;
	}
	switch (next_random(in_years ? 6 : 10))
	{
		case 0:
			add(text, "(");
			term(text, depth - 1, in_years);
			add(text, ")");
			break;
		case 1:
			ADD_ONE(text, "-", "- ");
			term(text, 0, in_years);
			break;
		case 2:
			add(text, "-(");
			term(text, depth - 1, in_years);
			add(text, ")");
			break;
		case 3:
			ADD_ONE(text, "years_since(d)", "YEARS_SINCE ( date '2020-02-29' )",
					"control_indicator(plot_ratio)", "control_indicator(\"A b\")");
			break;
		case 4:
		case 5:
			term(text, depth - 1, in_years);
			ADD_ONE(text, "+", " - ", "*", " / ", "-", "/");
			term(text, depth - 1, in_years);
			break;
		default:
			ADD_ONE(text, "peer_mean(x)", "peer_mean( x+1 ,year=>-1)", "peer_ratio(a,b)",
					"peer_median(x - (y - z), year => 0)", "peer_percentile(x, 25.0%, year => -2)",
					"peer_percentile(-x,0.5)");
			break;
	}
}

static void
predicate(Text *text, int depth, bool in_years)
{
	switch (next_random(in_years ? 7 : 9))
	{
		case 0:
			ADD_ONE(text, "flag", "true", "FALSE", "\"and\"", "contract.flag", "x is known",
					"y IS NOT KNOWN", "z is unknown", "(a and b) is unknown");
			break;
		case 1:
			ADD_ONE(text, "g in ('C','D')", "g not in ('it''s')", "x in (1,2.50,-3)",
					"d in (date '2024-02-29')", "g >= 'C' of ('A','B','C')", "g = h of ('A')",
					"d < date '2024-01-01'", "d != date '2024-01-01'", "g = ''", "flag = true",
					"(a < b) = (c or e)");
			break;
		case 2:
			term(text, depth - 1, in_years);
			ADD_ONE(text, " between ", " not between ");
			term(text, depth - 1, in_years);
			add(text, " and ");
			term(text, depth - 1, in_years);
			break;
		case 3:
			add(text, "(");
			condition(text, depth - 1, in_years);
			add(text, ")");
			break;
		case 7:
			add(text, "for_years(2, x < 1 and ");
			condition(text, depth - 2, true);
			ADD_ONE(text, ")", ", year => -1)", ",year=>0)");
			break;
		case 8:
			add(text, "at_least(2,");
			condition(text, depth - 2, in_years);
			add(text, ",");
			condition(text, depth - 2, in_years);
			add(text, ")");
			break;
		default:
			term(text, depth - 1, in_years);
			ADD_ONE(text, "<", " <= ", ">", " >= ", "=", " <> ", "!=");
			term(text, depth - 1, in_years);
			break;
	}
}

static void
condition(Text *text, int depth, bool in_years)
{
	if (depth <= 0)
	{
		ADD_ONE(text, "x < 1", "flag", "g = 'A'");
		return;
	}
	if (next_random(4) == 0)
		ADD_ONE(text, "not ", "NOT ");
	predicate(text, depth, in_years);
	while (next_random(3) == 0)
	{
		ADD_ONE(text, " and ", " or ", "\nAND ");
		condition(text, depth - 1, in_years);
	}
}

/* Canonical once, canonical twice, the same; and nodes that count themselves. */
static bool
is_stable(const Text *text, size_t *accepted)
{
	IlFault		fault;
	size_t		once_length;
	size_t		twice_length;
	char	   *once = il_criterion_canonical(&arena, text->at, text->length, &once_length, &fault);
	char	   *twice;
	IlCriterion criterion;

	if (once == NULL)
		return fault.kind == IL_FAULT_LIMIT || fault.kind == IL_FAULT_VALUE;
	++*accepted;
	twice = il_criterion_canonical(&arena, once, once_length, &twice_length, &fault);
	return twice != NULL && once_length == twice_length && strcmp(once, twice) == 0 &&
		il_criterion_parse(&arena, once, once_length, &criterion, &fault) &&
		criterion.node->size == criterion.count;
}

static void
test_random_criteria(void)
{
	size_t		accepted = 0;
	bool		all = true;

	for (int i = 0; i < 30000; i++)
	{
		Text		text = {.length = 0};

		condition(&text, 1 + (int) next_random(5), false);
		if (!is_stable(&text, &accepted))
		{
			printf("# %.*s\n", (int) text.length, text.at);
			all = false;
		}
		arena_reset();
	}
	ok(all, "canonical texts stay as they are");
	ok(accepted > 25000, "nearly all random criteria are criteria: %zu of 30000", accepted);
}

/* What is read with the most digits is written back with no more than that. */
static void
test_digits(void)
{
	static const struct
	{
		const char *before;
		int			digits;
		bool		accepted;
	}			cases[] = {
		{"x < ", 60, true}, {"x < ", 61, false}, {"x < .", 60, true}, {"x < .", 61, false},
		{"x < 0.", 60, true}, {"x < 000.", 60, true}, {"x < 1.", 59, true}, {"x < 1.", 60, false},
		{"x < 00000000000000000000000000000000000000000000000000000000000000001.", 59, true}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Text		text = {.length = 0};
		size_t		accepted = 0;

		add(&text, cases[i].before);
		for (int j = 0; j < cases[i].digits; j++)
			add(&text, "7");
		ok(is_stable(&text, &accepted) && (accepted == 1) == cases[i].accepted,
		   "%d digits after %.8s", cases[i].digits, cases[i].before);
		arena_reset();
	}
}

/* Cut, swapped, overwritten: refused with a place inside the text, or stable. */
static void
test_mutations(void)
{
	bool		all = true;
	size_t		accepted = 0;

	for (int i = 0; i < 60000; i++)
	{
		Text		text = {.length = 0};
		IlFault		fault = {.kind = IL_FAULT_NONE};
		size_t		length;

		condition(&text, 1 + (int) next_random(4), false);
		for (uint32_t j = next_random(4) + 1; j > 0 && text.length > 1; j--)
		{
			size_t		at = next_random((uint32_t) text.length);

			if (next_random(3) == 0)
				text.length = at + 1;
			else if (next_random(2) == 0)
				text.at[at] = "()<>=+-*/%,.'\" 0aA~"[next_random(19)];
			else
				text.at[at] = (char) next_random(256);
		}
		if (il_criterion_canonical(&arena, text.at, text.length, &length, &fault) == NULL)
			all = all && fault.kind != IL_FAULT_NONE && fault.message[0] != '\0' &&
				fault.position <= text.length + 1;
		else
			all = all && is_stable(&text, &accepted);
		arena_reset();
	}
	ok(all, "spoilt criteria are refused with a place, or still stable");
}

/* ---- words ---- */

static const char *
candidate(const void *list, size_t i)
{
	return ((const char *const *) list)[i];
}

static void
test_nearest(void)
{
	static const char *const names[] = {"plot_ratio", "plot_ratio_existing", "tax_per_mu",
	"danger_grade", "容积率", NULL};
	static const struct
	{
		const char *typed;
		const char *meant;
	}			test[] = {
		{"plot_ration", "plot_ratio"}, {"plt_ratio", "plot_ratio"}, {"tax_per_um", "tax_per_mu"},
		{"dangergrade", "danger_grade"}, {"vacancy", NULL}, {"", NULL}, {"容积", "容积率"},
		{"plot_ratio_exsting", "plot_ratio_existing"}
	};

	for (size_t i = 0; i < sizeof(test) / sizeof(test[0]); i++)
	{
		const char *found = il_nearest_name(test[i].typed, strlen(test[i].typed), candidate, names);

		ok(test[i].meant == NULL ? found == NULL
		   : found != NULL && strcmp(found, test[i].meant) == 0,
		   "%s is taken for %s", test[i].typed, found == NULL ? "nothing" : found);
	}
}

/* ---- dates, counted day by day from 0001-01-01 ---- */

static void
test_calendar(void)
{
	static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int32_t		days = il_date_of(1, 1, 1);
	bool		all = true;

	ok(il_date_of(2000, 1, 1) == 0, "days are counted from 2000-01-01");
	for (int32_t year = 1; year <= 9999; year++)
	{
		bool		leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

		for (int32_t month = 1; month <= 12; month++)
		{
			int32_t		last = month_days[month - 1] + (month == 2 && leap);

			for (int32_t day = 1; day <= last; day++, days++)
			{
				int32_t		y;
				int32_t		m;
				int32_t		d;

				il_date_split(days, &y, &m, &d);
				all = all && il_date_of(year, month, day) == days && y == year && m == month &&
					d == day;
			}
		}
	}
	ok(all, "every day of the years 1 to 9999");
}

static void
test_date_texts(void)
{
	static const char *const bad[] = {"2024-02-30", "2023-02-29", "2024-13-01", "2024-00-01",
	"2024-01-00", "0000-01-01", "2024-1-01", "2024/01/01", "20240101", "", "2024-01-011",
	"+024-01-01"};
	int32_t		days;
	char		text[IL_DATE_TEXT_SIZE];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!il_date_scan(bad[i], strlen(bad[i]), &days), "\"%s\" is no date", bad[i]);
	ok(il_date_scan("2024-02-29", 10, &days) && il_date_print(days, text) == 10 &&
	   strcmp(text, "2024-02-29") == 0, "2024-02-29 is one");
}

/* A year is complete when the day of the same name, or the last of its month, has come. */
static void
test_years(void)
{
	bool		all = true;

	for (int i = 0; i < 200000; i++)
	{
		int32_t		from = (int32_t) next_random(40000) - 10000;
		int32_t		to = (int32_t) next_random(40000) - 10000;
		int32_t		years = il_years_between(from, to);
		int32_t		y;
		int32_t		m;
		int32_t		d;
		int32_t		reached;
		int32_t		next;

		il_date_split(from, &y, &m, &d);
		if (m == 2 && d == 29)
		{
			/* 28 February or, in leap years, the 29th: the day before 1 March */
			reached = il_date_of(y + years, 3, 1) - 1;
			next = il_date_of(y + years + 1, 3, 1) - 1;
		}
		else
		{
			reached = il_date_of(y + years, m, d);
			next = il_date_of(y + years + 1, m, d);
		}
		all = all && reached <= to && to < next;
	}
	ok(all, "completed years end where the next begins");
}

int
main(void)
{
	test_random_criteria();
	test_digits();
	test_mutations();
	test_nearest();
	test_calendar();
	test_date_texts();
	test_years();
	return done();
}
