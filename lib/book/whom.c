// SPDX-License-Identifier: MIT
// How documents name people other than by a role. Knows nobody.
#include "book/whom.h"

#include <string.h>

static const char head_of[] = "head-of:", person[] = "person:", named[] = "named:",
		  people[] = "people:";

static const char *joined(struct arena *arena, const char *how, const char *whom)
{
	return arena_printf(arena, "%s%s", how, whom ? whom : "none");
}

/* What stands behind HOW in WHO; NULL: WHO does not begin with it. */
static const char *behind(const char *who, const char *how)
{
	size_t len = strlen(how);
	return who && strncmp(who, how, len) == 0 ? who + len : NULL;
}

const char *whom_head(struct arena *arena, const char *department)
{
	return joined(arena, head_of, department);
}

const char *whom_person(struct arena *arena, const char *id)
{
	return joined(arena, person, id);
}

const char *whom_named(struct arena *arena, const char *step)
{
	return joined(arena, named, step);
}

const char *whom_listed(struct arena *arena, const char *ids)
{
	return joined(arena, people, ids);
}

const char *whom_department(const char *who)
{
	return behind(who, head_of);
}

const char *whom_id(const char *who)
{
	return behind(who, person);
}

const char *whom_step(const char *who)
{
	return behind(who, named);
}

const char *whom_people(const char *who)
{
	return behind(who, people);
}
