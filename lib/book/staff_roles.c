// SPDX-License-Identifier: MIT
// Who may do what: by their own roles, or because they stand in for somebody who is absent. Nothing
// else in kefu compares the roles of who acts.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/staff.h"
#include "book/whom.h"

static bool has_one_of(const struct member *member, const struct node *roles)
{
	const char *role;
	for (size_t i = 0; (role = node_each_text(roles, &i));)
		if (strcmp(role, ROLE_ADMINISTRATOR) != 0 && member_fits(member, role))
			return true;
	return false;
}

bool staff_may_approve(const struct staff *staff, const struct member *member,
		       const struct node *roles, const char *const *askers, int64_t at)
{
	size_t cursor = 0;
	const struct member *absent, *then = staff_find(staff, member->id, at);
	member = then ? then : member;
	if (member->left)
		return false;
	if (member_is_administrator(member) || has_one_of(member, roles))
		return true;
	while ((absent = staff_next_absent(staff, member, at, askers, &cursor)))
		if (has_one_of(absent, roles))
			return true;
	return false;
}

bool staff_has_role(const struct staff *staff, const struct member *member,
		    const struct node *roles, int64_t at)
{
	return staff_may_approve(staff, member, roles, NULL, at);
}

bool staff_fits(const struct staff *staff, const struct member *member, const char *who, int64_t at)
{
	return staff_serves(staff, member, who, NULL, at);
}

/* Whether WHO means MEMBER, at UNIT. */
static bool is_meant(const struct member *member, const char *who, const char *unit)
{
	/* areas limit roles only, not the head of a department or a person who is named */
	const char *area = strchr(who, ':') ? NULL : unit;
	return member_fits(member, who) && strcmp(who, ROLE_ADMINISTRATOR) != 0 &&
	       (!area || member_covers(member, area));
}

/* Whether WHO means one of ACTING; in place of a person who has left, everybody who has one of
 * their roles. */
static bool means_one_of(const struct staff *staff, const struct member *const *acting,
			 size_t count, const char *who, const char *unit, int64_t at)
{
	const char *id = whom_id(who);
	const struct member *left = id ? staff_find(staff, id, at) : NULL;
	const char *role;
	for (size_t i = 0; left && left->left && (role = node_each_text(left->roles, &i));)
		if (!strchr(role, ':') && means_one_of(staff, acting, count, role, unit, at))
			return true;
	for (size_t i = 0; i < count; i++)
		if (is_meant(acting[i], who, unit))
			return true;
	return false;
}

bool staff_serves(const struct staff *staff, const struct member *member, const char *who,
		  const char *unit, int64_t at)
{
	size_t cursor = 0;
	bool serves = means_one_of(staff, &member, 1, who, unit, at);
	const struct member *absent;
	while (!serves && (absent = staff_next_absent(staff, member, at, NULL, &cursor)))
		serves = means_one_of(staff, &absent, 1, who, unit, at);
	return serves;
}

/* --- at one moment --- */

/* Finds whom the moment's people stand in for: counts them, or where FILLS puts them into their
 * places. PLACES says who stands where, plus 1; SEEN has as many places, all 0. */
static void find_stand_ins(struct staff_moment *moment, const size_t *places, size_t *seen,
			   bool fills)
{
	const struct staff *staff = moment->staff;
	for (size_t i = 0; i < staff->away_count; i++) {
		const struct staff_person *absent = staff->away[i], *person = absent;
		const struct member *member = staff_find(staff, absent->id, moment->at);
		seen[absent - staff->people] = i + 1;
		while ((person = staff_deputy(staff, person, moment->at)) &&
		       seen[person - staff->people] != i + 1) {
			size_t place = places[person - staff->people];
			seen[person - staff->people] = i + 1;
			if (!place)
				continue;
			struct staff_acting *acting = &moment->people[place - 1];
			if (fills)
				acting->acting[acting->count] = member;
			acting->count++;
		}
	}
}

void staff_moment_take(struct staff_moment *moment, const struct staff *staff, int64_t at)
{
	size_t cursor = 0, room = (staff->person_count + 1) * sizeof(size_t);
	const struct member *member;
	*moment = (struct staff_moment){.arena = ARENA_INIT, .staff = staff, .at = at};
	struct arena *arena = &moment->arena;
	size_t *places = arena_alloc(arena, room);
	moment->people = arena_alloc(arena, (staff->person_count + 1) * sizeof *moment->people);
	while ((member = staff_next(staff, at, &cursor))) {
		if (strcmp(member->nature, "person") != 0 || staff_is_absent(staff, member->id, at))
			continue;
		moment->people[moment->count++] = (struct staff_acting){.member = member};
		places[staff_person(staff, member->id) - staff->people] = moment->count;
	}
	find_stand_ins(moment, places, arena_alloc(arena, room), false);
	for (size_t i = 0; i < moment->count; i++) {
		struct staff_acting *acting = &moment->people[i];
		acting->acting = arena_alloc(arena, (acting->count + 1) * sizeof *acting->acting);
		acting->acting[0] = acting->member;
		acting->count = 1;
	}
	find_stand_ins(moment, places, arena_alloc(arena, room), true);
}

void staff_moment_clear(struct staff_moment *moment)
{
	arena_clear(&moment->arena);
	keys_clear(&moment->asked);
	free(moment->meant);
	*moment = (struct staff_moment){.arena = ARENA_INIT};
}

const struct staff_meant *staff_moment_meant(struct staff_moment *moment, const char *who)
{
	size_t len = strlen(who), at;
	if (keys_find(&moment->asked, who, len, &at))
		return &moment->meant[at];
	at = moment->meant_count;
	moment->meant = mem_room(moment->meant, at, 1, sizeof *moment->meant);
	struct staff_meant *meant = &moment->meant[moment->meant_count++];
	*meant = (struct staff_meant){0};
	for (size_t i = 0; i < moment->count; i++)
		meant->count += staff_moment_serves(moment, &moment->people[i], who, NULL);
	meant->people = arena_alloc(&moment->arena, (meant->count + 1) * sizeof *meant->people);
	meant->count = 0;
	for (size_t i = 0; i < moment->count; i++)
		if (staff_moment_serves(moment, &moment->people[i], who, NULL))
			meant->people[meant->count++] = &moment->people[i];
	keys_add(&moment->asked, arena_dup(&moment->arena, who), len, at);
	return meant;
}

bool staff_moment_serves(const struct staff_moment *moment, const struct staff_acting *person,
			 const char *who, const char *unit)
{
	return means_one_of(moment->staff, person->acting, person->count, who, unit, moment->at);
}
