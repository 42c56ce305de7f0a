// SPDX-License-Identifier: MIT
// Who works here, since when, and in which roles. Reads staff.yaml; never writes, asks the system
// nothing.
#include "book/staff.h"

#include <string.h>

#include "base/sort.h"
#include "book/document.h"
#include "book/staff_parts.h"
#include "book/unit.h"
#include "book/whom.h"

void staff_init(struct staff *staff)
{
	*staff = (struct staff){0};
}

void staff_clear(struct staff *staff)
{
	arena_clear(&staff->arena);
	staff_init(staff);
}

/* --- reading --- */

/* What a document about who works here says by itself, beside its version. */
struct entry {
	const struct node *root, *roles, *areas;
	const struct document *document;
};

struct reading {
	struct staff *staff;
	struct entry *entries;        /* one for each version */
	const struct document *first; /* of the file */
};

static const struct entry *entry_of(const struct reading *reading, const struct member *version)
{
	return &reading->entries[version - reading->staff->versions];
}

/* What the document leaves out is found when all are known. */
static bool read_entry(struct reading *reading, const char *file, const struct document *document,
		       struct err *err)
{
	const struct node *root = document->root;
	struct staff *staff = reading->staff;
	struct entry *entry = &reading->entries[staff->count];
	struct member *version = &staff->versions[staff->count++];
	*version = (struct member){.seq = document->seq,
				   .from = document->at,
				   .event = document->which,
				   .line = document->line};
	entry->root = root;
	entry->document = document;
	return document_name(file, root, "person", &version->id, err) &&
	       node_read_texts(root, "roles", file, &entry->roles, err) &&
	       node_read_texts(root, "areas", file, &entry->areas, err) &&
	       (!node_get(root, "from") || document_time(file, root, "from", &version->from, err));
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp((*(struct member *const *)a)->id, (*(struct member *const *)b)->id);
}

static int compare_firsts(const void *a, const void *b)
{
	const struct member *x = (*(struct staff_person *const *)a)->first,
			    *y = (*(struct staff_person *const *)b)->first;
	return (x > y) - (x < y);
}

/* Puts each person's versions together, in the order in which they were recorded. */
static void gather_people(struct staff *staff)
{
	struct arena *arena = &staff->arena;
	struct member **sorted = arena_alloc(arena, (staff->count + 1) * sizeof *sorted);
	for (size_t i = 0; i < staff->count; i++)
		sorted[i] = &staff->versions[i];
	sort_stable(sorted, staff->count, sizeof *sorted, compare_ids);
	for (size_t i = 0; i < staff->count; i++)
		staff->person_count += !i || strcmp(sorted[i]->id, sorted[i - 1]->id) != 0;
	staff->people = arena_alloc(arena, (staff->person_count + 1) * sizeof *staff->people);
	staff->order = arena_alloc(arena, (staff->person_count + 1) * sizeof *staff->order);
	struct staff_person *person = staff->people;
	for (size_t i = 0; i < staff->count; i++) {
		person += i && strcmp(sorted[i]->id, person->id) != 0;
		if (!person->version_count++)
			*person = (struct staff_person){.id = sorted[i]->id,
							.first = sorted[i],
							.versions = &sorted[i],
							.version_count = 1};
	}
	for (size_t i = 0; i < staff->person_count; i++)
		staff->order[i] = &staff->people[i];
	sort_stable(staff->order, staff->person_count, sizeof *staff->order, compare_firsts);
}

/* Whether, by the first COUNT of ORDERED, somebody works here at FROM. Before the first of them
 * there is whoever is known at all, as a change may say that they were here earlier. */
static bool is_there(struct member *const *ordered, size_t count, int64_t from)
{
	while (count-- > 0)
		if (ordered[count]->from <= from && ordered[count]->event != EVENT_CHANGED)
			return ordered[count]->event == EVENT_JOINED;
	return true;
}

/* Whether another clone recorded before VERSION that the person joins, or leaves, as that
 * does, and neither knew of the other: that is one joining, one leaving. */
static bool is_known_twice(const struct reading *reading, const struct staff_person *person,
			   const struct member *version)
{
	const struct document *document = entry_of(reading, version)->document;
	for (size_t i = 0; i < person->version_count; i++) {
		const struct document *other = entry_of(reading, person->versions[i])->document;
		if (other < document && other->which == document->which &&
		    document->which != EVENT_CHANGED && !document_same_site(other, document) &&
		    !document_knows(reading->first, document, other))
			return true;
	}
	return false;
}

/* Puts PERSON's versions into the order in which they come into force; of one moment the later
 * recorded comes last. On the way says which contradict what was recorded before them: what later
 * documents make of them is no contradiction. */
static void order_versions(const struct reading *reading, struct staff_person *person)
{
	struct member **versions = person->versions;
	for (size_t i = 0; i < person->version_count; i++) {
		struct member *version = versions[i];
		bool joined = version->event == EVENT_JOINED,
		     there = i && is_there(versions, i, version->from);
		if (joined == there && !is_known_twice(reading, person, version))
			version->contradiction =
				joined ? "joined before and has not left"
				       : "does not work here, so cannot be changed or leave";
		size_t at = i;
		for (; at > 0 && versions[at - 1]->from > version->from; at--)
			versions[at] = versions[at - 1];
		versions[at] = version;
	}
}

static const char *inherit(const struct node *root, const char *key, const char *before)
{
	const char *text = node_text(root, key);
	return text ? text : before;
}

/* Fills in what VERSION's document, ENTRY, leaves out, by what held BEFORE (NULL: nothing). */
static void fold_version(const struct entry *entry, struct member *version,
			 const struct member *before)
{
	static const struct member nobody = {.nature = "person"};
	bool joined = version->event == EVENT_JOINED, there = before && !before->left;
	const struct member *old = before && (there || !joined) ? before : &nobody;
	version->left = version->event == EVENT_LEFT || (!joined && before && before->left);
	version->left_at = before && before->left ? before->left_at : version->from;
	/* two clones may both have said that they left */
	version->kept = version->event == EVENT_LEFT ? node_get(entry->root, "outstanding") : NULL;
	if (!version->kept && version->left && before && before->left)
		version->kept = before->kept;
	version->name = inherit(entry->root, "name", old->name ? old->name : version->id);
	version->login = inherit(entry->root, "login", old->login ? old->login : version->id);
	version->phone = inherit(entry->root, "phone", old->phone);
	version->department = inherit(entry->root, "department", old->department);
	version->nature = inherit(entry->root, "nature", old->nature);
	version->roles = entry->roles ? entry->roles : old->roles;
	version->areas = entry->areas ? entry->areas : old->areas;
}

/* A change that comes into force before the person joined says that they were here earlier: as what
 * they joined as. NULL where there is none. */
static const struct member *before_all(const struct reading *reading,
				       const struct staff_person *person, struct member *room)
{
	size_t i = 0;
	while (i < person->version_count && person->versions[i]->event != EVENT_JOINED)
		i++;
	if (i == 0 || i == person->version_count)
		return NULL;
	*room = *person->versions[i];
	fold_version(entry_of(reading, person->versions[i]), room, NULL);
	return room;
}

/* Whether somebody said since VERSION was recorded whose id it is: by a name, or by leaving. */
static bool is_settled(const struct reading *reading, const struct staff_person *person,
		       const struct member *version)
{
	for (size_t i = 0; i < person->version_count; i++) {
		const struct member *later = person->versions[i];
		if (document_knows(reading->first, entry_of(reading, later)->document,
				   entry_of(reading, version)->document) &&
		    (later->event == EVENT_LEFT ||
		     node_get(entry_of(reading, later)->root, "name")))
			return true;
	}
	return false;
}

static void fold_person(const struct reading *reading, struct staff_person *person)
{
	struct member room;
	const struct member *before = before_all(reading, person, &room);
	for (size_t i = 0; i < person->version_count; i++) {
		struct member *version = person->versions[i];
		fold_version(entry_of(reading, version), version, before);
		/* whoever joins under an id that somebody left behind is that person */
		if (version->event == EVENT_JOINED && !version->contradiction && before &&
		    before->left && strcmp(version->name, before->name) != 0 &&
		    !is_settled(reading, person, version))
			version->contradiction = arena_printf(
				&reading->staff->arena,
				"joined as %s under the id that %s left behind: if that is the "
				"same person, record the name with changed",
				version->name, before->name);
		before = version;
	}
}

bool staff_read(struct staff *staff, const char *file, const char *text, size_t len,
		struct err *err)
{
	struct documents documents;
	struct reading reading = {.staff = staff};
	if (!documents_read(&staff->arena, file, text, len, &documents, err))
		return false;
	reading.first = documents.items;
	staff->versions =
		arena_alloc(&staff->arena, (documents.count + 1) * sizeof *staff->versions);
	reading.entries =
		arena_alloc(&staff->arena, (documents.count + 1) * sizeof *reading.entries);
	for (size_t i = 0; i < documents.count; i++)
		if (!staff_is_absence(&documents.items[i]) &&
		    documents.items[i].which != EVENT_RENUMBERED &&
		    !read_entry(&reading, file, &documents.items[i], err))
			return false;
	gather_people(staff);
	for (size_t i = 0; i < staff->person_count; i++) {
		order_versions(&reading, &staff->people[i]);
		fold_person(&reading, &staff->people[i]);
	}
	return staff_read_absences(staff, file, &documents, err);
}

/* --- asking --- */

const struct staff_person *staff_person(const struct staff *staff, const char *id)
{
	size_t low = 0, high = staff->person_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(id, staff->people[middle].id);
		if (order == 0)
			return &staff->people[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static const struct member *person_at(const struct staff_person *person, int64_t at)
{
	for (size_t i = person ? person->version_count : 0; i-- > 0;)
		if (person->versions[i]->from <= at)
			return person->versions[i];
	return NULL;
}

const struct member *staff_find(const struct staff *staff, const char *person, int64_t at)
{
	return person_at(staff_person(staff, person), at);
}

const struct member *staff_next(const struct staff *staff, int64_t at, size_t *cursor)
{
	while (*cursor < staff->person_count) {
		const struct member *member = person_at(staff->order[(*cursor)++], at);
		if (member && !member->left)
			return member;
	}
	return NULL;
}

const struct member *staff_login(const struct staff *staff, const char *login, int64_t at)
{
	size_t cursor = 0;
	const struct member *member;
	while ((member = staff_next(staff, at, &cursor)))
		if (strcmp(member->login, login) == 0)
			return member;
	return NULL;
}

bool member_is_administrator(const struct member *member)
{
	return node_holds(member->roles, ROLE_ADMINISTRATOR);
}

bool member_covers(const struct member *member, const char *unit)
{
	const char *area;
	bool covers = !node_item_count(member->areas);
	for (size_t i = 0; unit && !covers && (area = node_each_text(member->areas, &i));)
		covers = unit_lies_in(unit, area);
	return covers;
}

/* Whether ID is one of IDS, which have commas between them. */
static bool is_among(const char *id, const char *ids)
{
	size_t len = strlen(id);
	for (; ids; ids = strchr(ids, ','), ids += ids != NULL)
		if (strncmp(ids, id, len) == 0 && (!ids[len] || ids[len] == ','))
			return true;
	return false;
}

bool member_fits(const struct member *member, const char *who)
{
	const char *id = whom_id(who), *department = whom_department(who),
		   *people = whom_people(who);
	if (id)
		return strcmp(member->id, id) == 0;
	if (people)
		return is_among(member->id, people);
	if (department)
		return node_holds(member->roles, "department-head") && member->department &&
		       strcmp(member->department, department) == 0;
	return node_holds(member->roles, who);
}

bool staff_names_role(const struct staff *staff, const char *role)
{
	for (size_t i = 0; i < staff->count; i++)
		if (node_holds(staff->versions[i].roles, role))
			return true;
	return false;
}
