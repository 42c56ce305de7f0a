// SPDX-License-Identifier: MIT
// Who may do what: by their own roles, or because they stand in for somebody who is absent. Nothing
// else in kefu compares the roles of who acts.
#include <string.h>

#include "book/staff.h"

static bool has_one_of(const struct member *member, const struct node *roles)
{
	const char *role;
	for (size_t i = 0; (role = node_each_text(roles, &i));)
		if (strcmp(role, ROLE_ADMINISTRATOR) != 0 && node_holds(member->roles, role))
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

bool staff_serves(const struct staff *staff, const struct member *member, const char *who,
		  const char *unit, int64_t at)
{
	size_t cursor = 0;
	const struct member *absent;
	/* in place of a person who has left: everybody who has one of their roles */
	const struct member *left = strncmp(who, "person:", 7) == 0 ? staff_find(staff, who + 7, at)
								    : NULL;
	const char *role;
	for (size_t i = 0; left && left->left && (role = node_each_text(left->roles, &i));)
		if (!strchr(role, ':') && staff_serves(staff, member, role, unit, at))
			return true;
	if (is_meant(member, who, unit))
		return true;
	while ((absent = staff_next_absent(staff, member, at, NULL, &cursor)))
		if (is_meant(absent, who, unit))
			return true;
	return false;
}
