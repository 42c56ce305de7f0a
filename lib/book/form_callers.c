// SPDX-License-Identifier: MIT
// Who makes a callback, where a step names that. Asks no staff.
#include <string.h>

#include "book/form_parts.h"
#include "book/whom.h"

/* The latest document of STEP before BEFORE (NULL: of all) that names callers. */
static const struct node *named_by(const struct form *form, const char *step,
				   const struct document *before)
{
	const struct document *end = before ? before : form->documents + form->count, *at = end;
	while (at-- > form->documents) {
		const struct node *callers = node_get(document_now(at), "callers");
		if (callers && strcmp(at->event, step) == 0 && (!before || at->at <= before->at))
			return callers;
	}
	return NULL;
}

const struct node *form_callers(const struct form *form, const struct duty *duty,
				const struct document *before, struct arena *arena)
{
	struct node *list = node_list(arena);
	const char *who;
	for (size_t i = 0; (who = node_each_text(duty->who, &i));) {
		const struct node *callers =
			duty_named_by(who) ? named_by(form, duty_named_by(who), before) : NULL;
		struct buf ids;
		buf_init(&ids);
		node_join(callers, ",", &ids);
		node_push(arena, list,
			  node_string(arena, ids.len ? whom_listed(arena, ids.data) : who));
		buf_clear(&ids);
	}
	return list;
}

const char *duty_named_by(const char *who)
{
	return whom_step(who);
}
