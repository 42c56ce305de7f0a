// SPDX-License-Identifier: MIT
// Who works here, since when, and in which roles. Reads staff.yaml; never writes, asks the system
// nothing.
#include "book/staff.h"

#include <string.h>

#include "book/document.h"

void staff_init(struct staff *staff)
{
	*staff = (struct staff){0};
}

void staff_clear(struct staff *staff)
{
	arena_clear(&staff->arena);
	staff_init(staff);
}

static const char *inherit(const struct node *root, const char *key, const char *before)
{
	const char *text = node_text(root, key);
	return text ? text : before;
}

/* PERSON as of FROM by what was read so far, without changes that come into force after FROM. */
static const struct member *in_force(const struct staff *staff, const char *person, int64_t from)
{
	const struct member *found = staff_find(staff, person, from);
	for (size_t i = 0; !found && i < staff->count; i++)
		if (strcmp(staff->versions[i].id, person) == 0)
			found = &staff->versions[i];
	return found;
}

/* Neither the person nor the deputy needs to work here: documents that say so may come later. */
static bool take_absence(struct staff *staff, const char *file, const struct document *document,
			 bool back, struct err *err)
{
	const struct node *root = document->root;
	struct absence absence = {.from = document->at,
				  .until = INT64_MAX,
				  .back = back,
				  .deputy = node_text(root, "deputy")};
	if (!document_name(file, root, "person", &absence.person, err) ||
	    (node_get(root, "from") && !document_time(file, root, "from", &absence.from, err)) ||
	    (node_get(root, "until") && !document_time(file, root, "until", &absence.until, err)))
		return false;
	staff->absences[staff->absence_count++] = absence;
	if (document->seq > staff->last_seq)
		staff->last_seq = document->seq;
	return true;
}

static bool staff_take(struct staff *staff, const char *file, const struct document *document,
		       struct err *err)
{
	const struct node *root = document->root;
	const char *person;
	struct member member = {.seq = document->seq, .from = document->at};
	const struct node *roles, *areas;
	if (!document_name(file, root, "person", &person, err) ||
	    !node_read_texts(root, "roles", file, &roles, err) ||
	    !node_read_texts(root, "areas", file, &areas, err) ||
	    (node_get(root, "from") && !document_time(file, root, "from", &member.from, err)))
		return false;
	const struct member *before = in_force(staff, person, member.from);
	bool joined = document->which == EVENT_JOINED, there = before && !before->left;
	static const struct member nobody = {.nature = "person"};
	const struct member *old = before && (there || !joined) ? before : &nobody;
	member.line = document->line;
	if (joined == there)
		member.contradiction = joined ? "joined before and has not left"
					      : "does not work here, so cannot be changed or leave";
	member.id = person;
	member.left = document->which == EVENT_LEFT || (!joined && before && before->left);
	member.name = inherit(root, "name", old->name ? old->name : person);
	member.login = inherit(root, "login", old->login ? old->login : person);
	member.phone = inherit(root, "phone", old->phone);
	member.department = inherit(root, "department", old->department);
	member.nature = inherit(root, "nature", old->nature);
	member.roles = roles ? roles : old->roles;
	member.areas = areas ? areas : old->areas;
	staff->versions[staff->count++] = member;
	if (member.seq > staff->last_seq)
		staff->last_seq = member.seq;
	return true;
}

bool staff_read(struct staff *staff, const char *file, const char *text, size_t len,
		struct err *err)
{
	struct documents documents;
	if (!documents_read(&staff->arena, file, text, len, &documents, err))
		return false;
	staff->versions =
		arena_alloc(&staff->arena, (documents.count + 1) * sizeof *staff->versions);
	staff->absences =
		arena_alloc(&staff->arena, (documents.count + 1) * sizeof *staff->absences);
	for (size_t i = 0; i < documents.count; i++) {
		const struct document *document = &documents.items[i];
		bool back = document->which == EVENT_BACK,
		     absent = back || document->which == EVENT_ABSENT;
		if (absent ? !take_absence(staff, file, document, back, err)
			   : !staff_take(staff, file, document, err))
			return false;
	}
	return true;
}

const struct member *staff_find(const struct staff *staff, const char *person, int64_t at)
{
	const struct member *found = NULL;
	for (size_t i = 0; i < staff->count; i++) {
		const struct member *member = &staff->versions[i];
		if (member->from <= at && strcmp(member->id, person) == 0 &&
		    (!found || member->from >= found->from))
			found = member;
	}
	return found;
}

const struct member *staff_next(const struct staff *staff, int64_t at, size_t *cursor)
{
	while (*cursor < staff->count) {
		const struct member *first = &staff->versions[(*cursor)++];
		bool seen = false;
		for (const struct member *earlier = staff->versions; earlier < first && !seen;
		     earlier++)
			seen = strcmp(earlier->id, first->id) == 0;
		const struct member *member = seen ? NULL : staff_find(staff, first->id, at);
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

bool member_has_role(const struct member *member, const char *role)
{
	return node_holds(member->roles, role) || node_holds(member->roles, ROLE_ADMINISTRATOR);
}

bool member_covers(const struct member *member, const char *unit)
{
	const char *area;
	bool covers = !node_item_count(member->areas);
	for (size_t i = 0; unit && !covers && (area = node_each_text(member->areas, &i));) {
		size_t len = strlen(area);
		covers = strncmp(unit, area, len) == 0 && (unit[len] == '\0' || unit[len] == '-');
	}
	return covers;
}

bool member_fits(const struct member *member, const char *who)
{
	static const char head_of[] = "head-of:", person[] = "person:";
	if (strncmp(who, person, sizeof person - 1) == 0)
		return strcmp(member->id, who + sizeof person - 1) == 0;
	if (strncmp(who, head_of, sizeof head_of - 1) == 0)
		return node_holds(member->roles, "department-head") && member->department &&
		       strcmp(member->department, who + sizeof head_of - 1) == 0;
	return node_holds(member->roles, who);
}

const struct absence *staff_absence(const struct staff *staff, const char *person, int64_t at)
{
	const struct absence *last = NULL;
	for (size_t i = 0; i < staff->absence_count; i++) {
		const struct absence *absence = &staff->absences[i];
		if (absence->from <= at && strcmp(absence->person, person) == 0 &&
		    (!last || absence->from >= last->from))
			last = absence;
	}
	return last && !last->back && at <= last->until ? last : NULL;
}

/* Steps through the absent people that MEMBER stands in for at AT: start with *CURSOR 0. */
static const struct member *next_absent(const struct staff *staff, const struct member *member,
					int64_t at, size_t *cursor)
{
	while (*cursor < staff->absence_count) {
		const struct absence *absence = &staff->absences[(*cursor)++];
		if (!absence->deputy || strcmp(absence->deputy, member->id) != 0 ||
		    staff_absence(staff, absence->person, at) != absence)
			continue;
		const struct member *absent = staff_find(staff, absence->person, at);
		if (absent && !absent->left)
			return absent;
	}
	return NULL;
}

bool staff_has_role(const struct staff *staff, const struct member *member, const char *role,
		    int64_t at)
{
	return staff_may_approve(staff, member, role, NULL, at);
}

bool staff_may_approve(const struct staff *staff, const struct member *member, const char *role,
		       const char *asker, int64_t at)
{
	size_t cursor = 0;
	const struct member *absent = member;
	bool has = member_has_role(member, role);
	while (!has && (absent = next_absent(staff, member, at, &cursor)))
		has = strcmp(role, ROLE_ADMINISTRATOR) != 0 && node_holds(absent->roles, role) &&
		      (!asker || strcmp(absent->id, asker) != 0);
	return has;
}

bool staff_fits(const struct staff *staff, const struct member *member, const char *who, int64_t at)
{
	return staff_serves(staff, member, who, NULL, at);
}

bool staff_serves(const struct staff *staff, const struct member *member, const char *who,
		  const char *unit, int64_t at)
{
	size_t cursor = 0;
	/* areas limit roles only, not the head of a department or a person who is named */
	const char *area = strchr(who, ':') ? NULL : unit;
	/* in place of a person who has left: everybody who has one of their roles */
	const struct member *left = strncmp(who, "person:", 7) == 0 ? staff_find(staff, who + 7, at)
								    : NULL;
	const char *role;
	for (size_t i = 0; left && left->left && (role = node_each_text(left->roles, &i));)
		if (!strchr(role, ':') && staff_serves(staff, member, role, unit, at))
			return true;
	for (const struct member *acting = member; acting;
	     acting = next_absent(staff, member, at, &cursor))
		if (member_fits(acting, who) && strcmp(who, ROLE_ADMINISTRATOR) != 0 &&
		    (!area || member_covers(acting, area)))
			return true;
	return false;
}
