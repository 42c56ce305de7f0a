// SPDX-License-Identifier: MIT
// What is wrong with who works here: people who join and leave against what was recorded before,
// and deputies who are not there.
#include <inttypes.h>

#include "check/check_parts.h"
#include "data/time.h"

static void check_contradictions(struct checker *checker)
{
	const struct staff *staff = &checker->book->staff;
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < staff->count; i++) {
		const struct member *member = &staff->versions[i];
		if (!member->contradiction)
			continue;
		buf_reset(&text);
		buf_addf(&text, "#%" PRId64 ": %s %s", member->seq, member->id,
			 member->contradiction);
		check_tell_line(checker, PROBLEM_STAFF, member->line, 1, text.data);
	}
	buf_clear(&text);
}

/* Tells what is amiss when nobody acts for ABSENT at AT although a deputy is named; false when that
 * is not so. */
static bool check_deputy(struct checker *checker, const char *absent, int64_t at)
{
	static const char *const why[] = {[DEPUTY_NONE] = "is absent, too",
					  [DEPUTY_GONE] = "does not work here then",
					  [DEPUTY_CIRCLE] = "has a deputy for whom they stand in"};
	const struct book *book = checker->book;
	const struct absence *named = staff_deputised(&book->staff, absent, at);
	const struct member *member = named ? staff_find(&book->staff, absent, at) : NULL;
	const char *last;
	if (!member || member->left)
		return false;
	enum deputy_end end = staff_deputies(&book->staff, absent, at, &last);
	if (end == DEPUTY_HERE)
		return false;
	struct buf text, when;
	buf_init(&text);
	buf_init(&when);
	time_format_short(&book->zone, at, &when);
	buf_addf(&text,
		 "#%" PRId64 ": from %s on nobody stands in for %s: %s %s (staff-log absent %s "
		 "--deputy PERSON names another)",
		 named->seq, when.data, absent, last, why[end], absent);
	check_tell_line(checker, PROBLEM_DEPUTY, named->line, 1, text.data);
	buf_clear(&text);
	buf_clear(&when);
	return true;
}

/* Whoever is absent with a deputy has somebody acting for them, from now on: the past cannot be
 * mended. Each is named once. */
static void check_deputies(struct checker *checker)
{
	const struct staff *staff = &checker->book->staff;
	struct arena arena = ARENA_INIT;
	bool *told = arena_alloc(&arena, staff->away_count * sizeof *told + 1);
	for (int64_t at = checker->book->now; at != INT64_MAX; at = staff_next_change(staff, at))
		for (size_t i = 0; i < staff->away_count; i++)
			told[i] = told[i] || check_deputy(checker, staff->away[i]->id, at);
	arena_clear(&arena);
}

void check_roster(struct checker *checker)
{
	checker->file = LEDGER_STAFF;
	check_contradictions(checker);
	check_deputies(checker);
}
