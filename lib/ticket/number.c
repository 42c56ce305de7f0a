// SPDX-License-Identifier: MIT
// Numbers of tickets: site code, day, and a running number of the day.
#include "ticket/number.h"

#include <stdlib.h>
#include <string.h>

#include "book/series.h"
#include "store/file.h"

const char *number_id(const struct book *book, struct arena *arena, const struct civil *day,
		      long number)
{
	return arena_printf(arena, "%s%02d%02d%02d%03ld", book->site, day->year % 100, day->month,
			    day->day, number);
}

/* NAME is that of a file in the month's folder, PREFIX what those of the month begin with. A file
 * that is called otherwise than a ticket has no number. */
static void count(struct month_numbers *numbers, const char *name, const struct buf *prefix)
{
	enum { DAY = 2, FEWEST = 3, MOST = 6 };
	if (strncmp(name, prefix->data, prefix->len) != 0)
		return;
	const char *digits = name + prefix->len;
	size_t len = strspn(digits, "0123456789");
	if (len < DAY + FEWEST || len > DAY + MOST || strcmp(digits + len, ".yaml") != 0)
		return;
	int day = (digits[0] - '0') * 10 + (digits[1] - '0');
	long number = strtol(digits + DAY, NULL, 10);
	if (day < 32 && number > numbers->last[day])
		numbers->last[day] = number;
}

bool number_read(const struct book *book, const struct civil *day, struct month_numbers *numbers,
		 struct err *err)
{
	struct file_names names = {0};
	struct buf text;
	buf_init(&text);
	*numbers = (struct month_numbers){.year = day->year, .month = day->month};
	buf_addf(&text, "tickets/%04d/%02d", day->year, day->month);
	bool done = file_list(&book->store.root, text.data, &names, err) != FILE_FAILED;
	buf_reset(&text);
	buf_addf(&text, "%s%02d%02d", book->site, day->year % 100, day->month);
	for (size_t i = 0; i < names.count; i++)
		count(numbers, names.items[i], &text);
	file_names_clear(&names);
	buf_clear(&text);
	return done;
}

bool number_next(const struct book *book, struct month_numbers *numbers, const struct civil *day,
		 long *number, struct err *err)
{
	long *last = &numbers->last[day->day];
	if (!numbers->marked[day->day]) {
		struct arena arena = ARENA_INIT;
		const char *id = number_id(book, &arena, day, 0);
		int64_t given;
		bool done = mark_read(&book->store.root, series_of_day(&arena, id), &given, err);
		arena_clear(&arena);
		if (!done)
			return false;
		*last = given > *last ? (long)given : *last;
		numbers->marked[day->day] = true;
	}
	if (*last >= NUMBER_MAX)
		return err_set(err, STATUS_REFUSED, "no ticket number of that day is left");
	*number = ++*last;
	return true;
}
