// SPDX-License-Identifier: MIT
// Who is absent, and who acts for them: absences that overlap are one, deputies have deputies.
#include <string.h>

#include "base/sort.h"
#include "book/staff_parts.h"

/* --- reading --- */

bool staff_is_absence(const struct document *document)
{
	return document->which == EVENT_ABSENT || document->which == EVENT_BACK;
}

static int compare_people(const void *a, const void *b)
{
	return strcmp(((const struct absence *)a)->person, ((const struct absence *)b)->person);
}

static int compare_begins(const void *a, const void *b)
{
	const struct absence *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

/* A return is read as an absence, of which only FROM counts. */
static bool read_one(struct absence *absence, const char *file, const struct document *document,
		     struct err *err)
{
	const struct node *root = document->root;
	*absence = (struct absence){.from = document->at,
				    .until = INT64_MAX,
				    .deputy = node_text(root, "deputy"),
				    .seq = document->seq,
				    .line = document->line,
				    .document = document};
	return document_name(file, root, "person", &absence->person, err) &&
	       (!node_get(root, "from") ||
		document_time(file, root, "from", &absence->from, err)) &&
	       (!node_get(root, "until") ||
		document_time(file, root, "until", &absence->until, err));
}

/* Who is back ends the absences they are in by then, as far as those were known. */
static void end_absences(const struct documents *documents, struct staff_person *person,
			 const struct document *back, int64_t from)
{
	for (size_t i = 0; i < person->absence_count; i++) {
		struct absence *absence = &person->absences[i];
		if (absence->from <= from && absence->until >= from &&
		    document_knows(documents->items, back, absence->document))
			absence->until = from - 1;
	}
}

/* The document that VERSION comes from. */
static const struct document *document_of(const struct documents *documents,
					  const struct member *version)
{
	size_t i = 0;
	while (documents->items[i].line != version->line)
		i++;
	return &documents->items[i];
}

/* Who is absent longer and names nobody anew keeps the deputy that they had when that began. */
static void inherit_deputies(struct absence *absences, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = i; j-- > 0 && !absences[i].deputy;)
			if (absences[j].until >= absences[i].from)
				absences[i].deputy = absences[j].deputy;
}

static void find_bounds(struct staff_person *person)
{
	for (size_t i = 0; i < person->absence_count; i++) {
		const struct absence *absence = &person->absences[i];
		if (i == 0)
			person->absent_from = person->absent_until = absence->from;
		if (absence->until > person->absent_until)
			person->absent_until = absence->until;
	}
}

/* Gives PERSON those of ALL that are theirs, which stand together from *NEXT on. */
static void take_absences(struct staff_person *person, struct absence *all, size_t count,
			  size_t *next)
{
	size_t begin = *next;
	while (*next < count && strcmp(all[*next].person, person->id) == 0)
		(*next)++;
	person->absences = all + begin;
	person->absence_count = *next - begin;
	sort_stable(person->absences, person->absence_count, sizeof *all, compare_begins);
}

bool staff_read_absences(struct staff *staff, const char *file, const struct documents *documents,
			 struct err *err)
{
	size_t size = (documents->count + 1) * sizeof(struct absence), count = 0, back_count = 0;
	struct absence *all = arena_alloc(&staff->arena, size),
		       *backs = arena_alloc(&staff->arena, size);
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i];
		struct absence *into = document->which == EVENT_BACK     ? &backs[back_count++]
				       : document->which == EVENT_ABSENT ? &all[count++]
									 : NULL;
		if (into && !read_one(into, file, document, err))
			return false;
	}
	sort_stable(all, count, sizeof *all, compare_people);
	sort_stable(backs, back_count, sizeof *backs, compare_people);
	size_t next = 0, next_back = 0;
	for (size_t i = 0; i < staff->person_count; i++) {
		struct staff_person *person = &staff->people[i];
		/* nobody knows whom those are about that stand between two people's */
		while (next < count && strcmp(all[next].person, person->id) < 0)
			next++;
		while (next_back < back_count && strcmp(backs[next_back].person, person->id) < 0)
			next_back++;
		take_absences(person, all, count, &next);
		for (; next_back < back_count && strcmp(backs[next_back].person, person->id) == 0;
		     next_back++)
			end_absences(documents, person, backs[next_back].document,
				     backs[next_back].from);
		/* so does who joins again */
		for (size_t j = 1; j < person->version_count; j++)
			if (person->versions[j]->event == EVENT_JOINED &&
			    !person->versions[j]->contradiction)
				end_absences(documents, person,
					     document_of(documents, person->versions[j]),
					     person->versions[j]->from);
		inherit_deputies(person->absences, person->absence_count);
		find_bounds(person);
	}
	staff->away = arena_alloc(&staff->arena, (staff->person_count + 1) * sizeof *staff->away);
	for (size_t i = 0; i < staff->person_count; i++)
		if (staff->order[i]->absence_count)
			staff->away[staff->away_count++] = staff->order[i];
	return true;
}

/* --- asking --- */

static bool covers(const struct absence *absence, int64_t at)
{
	return absence->from <= at && at <= absence->until;
}

static bool may_be_absent(const struct staff_person *person, int64_t at)
{
	return person && person->absence_count && person->absent_from <= at &&
	       at <= person->absent_until;
}

static bool is_absent(const struct staff_person *person, int64_t at)
{
	for (size_t i = 0; may_be_absent(person, at) && i < person->absence_count; i++)
		if (covers(&person->absences[i], at))
			return true;
	return false;
}

bool staff_is_absent(const struct staff *staff, const char *person, int64_t at)
{
	return is_absent(staff_person(staff, person), at);
}

int64_t staff_absent_until(const struct staff *staff, const char *id, int64_t at)
{
	const struct staff_person *person = staff_person(staff, id);
	int64_t end = at - 1;
	for (size_t i = 0; person && i < person->absence_count && end != INT64_MAX; i++) {
		const struct absence *absence = &person->absences[i];
		if (absence->from <= end + 1 && absence->until > end)
			end = absence->until;
	}
	return end;
}

static const struct absence *deputised(const struct staff_person *person, int64_t at)
{
	for (size_t i = may_be_absent(person, at) ? person->absence_count : 0; i-- > 0;)
		if (person->absences[i].deputy && covers(&person->absences[i], at))
			return &person->absences[i];
	return NULL;
}

const struct absence *staff_deputised(const struct staff *staff, const char *person, int64_t at)
{
	return deputised(staff_person(staff, person), at);
}

static bool has_gone(const struct staff *staff, const char *id, int64_t at)
{
	const struct member *member = staff_find(staff, id, at);
	return !member || member->left;
}

enum deputy_end staff_deputies(const struct staff *staff, const char *id, int64_t at,
			       const char **last)
{
	*last = id;
	/* who is met more often than there are people was met before */
	for (size_t steps = 0; steps <= staff->person_count; steps++) {
		const struct staff_person *person = staff_person(staff, *last);
		if (has_gone(staff, *last, at))
			return DEPUTY_GONE;
		if (!is_absent(person, at))
			return DEPUTY_HERE;
		const struct absence *absence = deputised(person, at);
		if (!absence)
			return DEPUTY_NONE;
		*last = absence->deputy;
	}
	return DEPUTY_CIRCLE;
}

static bool is_one_of(const char *const *ids, const char *id)
{
	while (ids && *ids && strcmp(*ids, id) != 0)
		ids++;
	return ids && *ids;
}

const struct staff_person *staff_deputy(const struct staff *staff,
					const struct staff_person *person, int64_t at)
{
	const struct absence *absence = deputised(person, at);
	if (!absence || has_gone(staff, person->id, at) || has_gone(staff, absence->deputy, at))
		return NULL;
	return staff_person(staff, absence->deputy);
}

/* Whether the deputies of PERSON lead to MEMBER without NOT_FOR. A circle may do so, too. */
static bool leads_to(const struct staff *staff, const struct staff_person *person,
		     const char *member, int64_t at, const char *const *not_for)
{
	for (size_t steps = 0; person && steps <= staff->person_count; steps++) {
		if (is_one_of(not_for, person->id))
			return false;
		person = staff_deputy(staff, person, at);
		if (person && strcmp(person->id, member) == 0)
			return true;
	}
	return false;
}

const struct member *staff_next_absent(const struct staff *staff, const struct member *member,
				       int64_t at, const char *const *not_for, size_t *cursor)
{
	while (*cursor < staff->away_count) {
		const struct staff_person *person = staff->away[(*cursor)++];
		if (may_be_absent(person, at) && strcmp(person->id, member->id) != 0 &&
		    leads_to(staff, person, member->id, at, not_for))
			return staff_find(staff, person->id, at);
	}
	return NULL;
}

bool staff_acts_for(const struct staff *staff, const char *id, const char *person, int64_t at)
{
	return strcmp(id, person) == 0 ||
	       leads_to(staff, staff_person(staff, person), id, at, NULL);
}

static void take_next(int64_t moment, int64_t at, int64_t *next)
{
	if (moment > at && moment < *next)
		*next = moment;
}

int64_t staff_next_change(const struct staff *staff, int64_t at)
{
	int64_t next = INT64_MAX;
	for (size_t i = 0; i < staff->count; i++)
		take_next(staff->versions[i].from, at, &next);
	for (size_t i = 0; i < staff->away_count; i++)
		for (size_t j = 0; j < staff->away[i]->absence_count; j++) {
			const struct absence *absence = &staff->away[i]->absences[j];
			take_next(absence->from, at, &next);
			if (absence->until != INT64_MAX)
				take_next(absence->until + 1, at, &next);
		}
	return next;
}
