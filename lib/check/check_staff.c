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

/* Whoever is absent with a deputy has somebody acting for them, from now on: the past cannot be
 * mended. Each is named once. */
static void check_deputies(struct checker *checker)
{
	static const char *const why[] = {[DEPUTY_NONE] = "is absent, too",
					  [DEPUTY_GONE] = "does not work here then",
					  [DEPUTY_CIRCLE] = "has a deputy for whom they stand in"};
	const struct book *book = checker->book;
	const struct staff *staff = &book->staff;
	struct buf text, when;
	buf_init(&text);
	buf_init(&when);
	for (size_t i = 0; i < staff->away_count; i++) {
		const char *absent = staff->away[i]->id, *last;
		bool told = false;
		for (int64_t at = book->now; !told && at != INT64_MAX;
		     at = staff_next_change(staff, at)) {
			const struct absence *named = staff_deputised(staff, absent, at);
			const struct member *member = staff_find(staff, absent, at);
			enum deputy_end end = staff_deputies(staff, absent, at, &last);
			if (!named || !member || member->left || end == DEPUTY_HERE)
				continue;
			buf_reset(&text);
			buf_reset(&when);
			time_format_short(&book->zone, at, &when);
			buf_addf(&text,
				 "#%" PRId64 ": from %s on nobody stands in for %s: %s %s "
				 "(staff-log absent %s --deputy PERSON names another)",
				 named->seq, when.data, absent, last, why[end], absent);
			check_tell_line(checker, PROBLEM_DEPUTY, named->line, 1, text.data);
			told = true;
		}
	}
	buf_clear(&text);
	buf_clear(&when);
}

void check_roster(struct checker *checker)
{
	checker->file = LEDGER_STAFF;
	check_contradictions(checker);
	check_deputies(checker);
}
