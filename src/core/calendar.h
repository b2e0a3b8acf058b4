/*
 * calendar.h - dates without a clock, a time zone or a style
 *
 * Proleptic Gregorian; a day is its distance to 2000-01-01, as in PostgreSQL.
 */
#ifndef IL_CORE_CALENDAR_H
#define IL_CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IL_DATE_TEXT_SIZE	32

/* "yyyy-mm-dd", years 0001 to 9999 */
extern bool il_date_scan(const char *text, size_t length, int32_t *days);
extern size_t il_date_print(int32_t days, char text[IL_DATE_TEXT_SIZE]);
extern int32_t il_date_of(int32_t year, int32_t month, int32_t day);
extern void il_date_split(int32_t days, int32_t *year, int32_t *month, int32_t *day);

/*
 * Completed calendar years from one day to another.  A year is complete on the
 * day of the same name; where a month lacks it (29 February), on the last day
 * of the month - Civil Code of China, article 202.  Negative when "to" comes
 * before "from": the first full year behind "to" counts as -1.
 */
extern int32_t il_years_between(int32_t from, int32_t to);

#endif
