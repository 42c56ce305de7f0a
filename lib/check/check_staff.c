// SPDX-License-Identifier: MIT
// What is wrong with who works here: people who join and leave against what was recorded before,
// what two clones say differently of somebody, and deputies who are not there.
#include <inttypes.h>
#include <string.h>

#include "base/sort.h"
#include "book/form.h"
#include "check/check_parts.h"
#include "data/time.h"
#include "store/file.h"

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

/* --- what two clones say --- */

static int compare_people(const void *a, const void *b)
{
	const struct document *x = *(const struct document *const *)a,
			      *y = *(const struct document *const *)b;
	const char *one = node_text(x->root, "person"), *other = node_text(y->root, "person");
	return strcmp(one ? one : "", other ? other : "");
}

/* What documents say of somebody, beside when. */
static const char *const said[] = {"name",       "login", "nature", "roles",
				   "department", "areas", "phone",  "deputy"};
enum { SAID = sizeof said / sizeof *said };

/* The field of which A and B say something else; NULL: there is none. */
static const char *differing(const struct node *a, const struct node *b)
{
	for (size_t i = 0; i < SAID; i++) {
		const struct node *one = node_get(a, said[i]), *other = node_get(b, said[i]);
		if (one && other && !node_identical(one, other))
			return said[i];
	}
	return NULL;
}

/* Whether both say from when they are in force, and mean different days. */
static bool of_two_times(const struct node *a, const struct node *b)
{
	const char *one = node_text(a, "from"), *other = node_text(b, "from");
	return one && other && strcmp(one, other) != 0;
}

static bool is_of_absence(const struct document *document)
{
	return document->which == EVENT_ABSENT || document->which == EVENT_BACK;
}

/* The time that DOCUMENT's FIELD says, else OTHERWISE. */
static int64_t time_of(const struct document *document, const char *field, int64_t otherwise)
{
	struct err ignored = ERR_INIT;
	int64_t at;
	if (!node_get(document->root, field) ||
	    !document_time(LEDGER_STAFF, document->root, field, &at, &ignored))
		at = otherwise;
	err_clear(&ignored);
	return at;
}

/* Whether one says that somebody is absent at the time at which by the other they are back. */
static bool comes_between(const struct document *a, const struct document *b)
{
	const struct document *absent = a->which == EVENT_ABSENT ? a : b,
			      *back = absent == a ? b : a;
	int64_t from = time_of(back, "from", back->at);
	return absent->which == EVENT_ABSENT && back->which == EVENT_BACK &&
	       time_of(absent, "from", absent->at) <= from &&
	       from <= time_of(absent, "until", INT64_MAX);
}

/* Whether somebody who had both has said since what is right of FIELD, or that the person left. */
static bool is_settled(const struct documents *documents, const struct document *const *of_person,
		       size_t count, const struct document *a, const struct document *b,
		       const char *field)
{
	for (size_t i = 0; i < count; i++) {
		const struct document *later = of_person[i];
		if (later > a && document_knows(documents->items, later, a) &&
		    document_knows(documents->items, later, b) &&
		    (node_get(later->root, field) || later->which == EVENT_LEFT ||
		     (is_of_absence(later) && is_of_absence(a) &&
		      (later->which == EVENT_BACK || a->which != b->which))))
			return true;
	}
	return false;
}

static void check_pair(struct checker *checker, const struct documents *documents,
		       const struct document *const *of_person, size_t count,
		       const struct document *a, const struct document *b)
{
	bool absent = a->which == EVENT_ABSENT;
	const char *field = absent == (b->which == EVENT_ABSENT) && !of_two_times(a->root, b->root)
				    ? differing(a->root, b->root)
				    : NULL;
	struct buf text;
	if (comes_between(a, b))
		field = "absence";
	if (!field || !a->site || !b->site || document_same_site(a, b) ||
	    document_knows(documents->items, a, b) ||
	    is_settled(documents, of_person, count, a, b, field))
		return;
	buf_init(&text);
	buf_addf(&text,
		 "#%" PRId64 " (%s, %s) contradicts #%" PRId64
		 " (%s, %s): they say different things of the %s of %s; record what is right "
		 "(staff-log %s)",
		 a->known, a->event, a->site, b->known, b->event, b->site, field,
		 node_text(a->root, "person"),
		 absent && b->which == EVENT_ABSENT ? "absent"
		 : is_of_absence(a)                 ? "back"
						    : "changed");
	check_tell_line(checker, PROBLEM_DISPUTED, a->line, 1, text.data);
	buf_clear(&text);
}

static void check_disputes(struct checker *checker)
{
	struct arena arena = ARENA_INIT, sorted = ARENA_INIT;
	struct documents documents;
	struct buf text;
	struct err ignored = ERR_INIT; /* that it is damaged is said elsewhere */
	buf_init(&text);
	if (file_read(&checker->book->store.root, LEDGER_STAFF, FORM_MAX_BYTES, &text, &ignored) !=
		    FILE_READ ||
	    !documents_read(&arena, LEDGER_STAFF, text.data, text.len, &documents, &ignored))
		documents.count = 0;
	const struct document **people =
		arena_alloc(&sorted, (documents.count + 1) * sizeof *people);
	for (size_t i = 0; i < documents.count; i++)
		people[i] = &documents.items[i];
	sort_stable(people, documents.count, sizeof *people, compare_people);
	for (size_t begin = 0, end; begin < documents.count; begin = end) {
		for (end = begin;
		     end < documents.count && compare_people(&people[begin], &people[end]) == 0;)
			end++;
		for (size_t i = begin; i < end; i++)
			for (size_t j = begin; j < i; j++)
				check_pair(checker, &documents, people + begin, end - begin,
					   people[i], people[j]);
	}
	err_clear(&ignored);
	buf_clear(&text);
	arena_clear(&arena);
	arena_clear(&sorted);
}

/* --- deputies --- */

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
	check_disputes(checker);
	check_deputies(checker);
}
