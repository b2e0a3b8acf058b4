/*
 * calendar.c - days, dates and completed years
 *
 * Days are counted from 1 March of the year 0, so that the leap day is the
 * last of its year and months have a regular length of 30.6 days.
 */
#include "core/calendar.h"

#include <stdio.h>

#define DAYS_TO_2000	730425	/* from 0000-03-01 to 2000-01-01 */

int32_t
il_date_of(int32_t year, int32_t month, int32_t day)
{
	int64_t		y = (int64_t) year - (month <= 2);
	int64_t		era = (y >= 0 ? y : y - 399) / 400;
	int64_t		in_era = y - era * 400;
	int64_t		in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return (int32_t) (era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year -
					  DAYS_TO_2000);
}

void
il_date_split(int32_t days, int32_t *year, int32_t *month, int32_t *day)
{
	int64_t		z = (int64_t) days + DAYS_TO_2000;
	int64_t		era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t		in_era = z - era * 146097;
	int64_t		y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t		in_year = in_era - (365 * y + y / 4 - y / 100);
	int64_t		m = (5 * in_year + 2) / 153;

	*day = (int32_t) (in_year - (153 * m + 2) / 5 + 1);
	*month = (int32_t) (m < 10 ? m + 3 : m - 9);
	*year = (int32_t) (y + era * 400 + (*month <= 2));
}

static int32_t
days_in_month(int32_t year, int32_t month)
{
	return il_date_of(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) -
		il_date_of(year, month, 1);
}

bool
il_date_scan(const char *text, size_t length, int32_t *days)
{
	int32_t		part[3] = {0, 0, 0};
	static const char form[] = "yyyy-mm-dd";
	int			field = 0;

	if (length != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < length; i++)
	{
		if (form[i] == '-')
		{
			if (text[i] != '-')
				return false;
			field++;
		}
		else if (text[i] < '0' || text[i] > '9')
			return false;
		else
			part[field] = part[field] * 10 + (text[i] - '0');
	}
	if (part[0] < 1 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
		part[2] > days_in_month(part[0], part[1]))
		return false;
	*days = il_date_of(part[0], part[1], part[2]);
	return true;
}

size_t
il_date_print(int32_t days, char text[IL_DATE_TEXT_SIZE])
{
	int32_t		year;
	int32_t		month;
	int32_t		day;

	il_date_split(days, &year, &month, &day);
	return (size_t) snprintf(text, IL_DATE_TEXT_SIZE, "%04d-%02d-%02d", year, month, day);
}

/* The day on which "years" years from a date are complete. */
static int32_t
anniversary(int32_t year, int32_t month, int32_t day, int32_t years)
{
	int32_t		last = days_in_month(year + years, month);

	return il_date_of(year + years, month, day < last ? day : last);
}

int32_t
il_years_between(int32_t from, int32_t to)
{
	int32_t		year;
	int32_t		month;
	int32_t		day;
	int32_t		to_year;
	int32_t		unused;
	int32_t		years;

	il_date_split(from, &year, &month, &day);
	il_date_split(to, &to_year, &unused, &unused);
	years = to_year - year;
	return anniversary(year, month, day, years) > to ? years - 1 : years;
}
