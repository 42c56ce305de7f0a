// SPDX-License-Identifier: MIT
// Whether what has to be done before a step is done. What the step itself ends is no longer owed:
// the form is read with it.
#include "ticket/owed.h"

#include <string.h>

#include "book/called.h"
#include "data/time.h"
#include "ticket/duty.h"
#include "ticket/refusal.h"

/* Whether RULE means the rule of DUTY by one of NAMES. */
static bool means(const struct book *book, const struct rule *rule, const struct node *names,
		  const struct duty *duty)
{
	const char *name;
	for (size_t i = 0; (name = node_each_text(names, &i));) {
		const struct rule *owed =
			policy_find_beside(book->policy, RULE_DEADLINE, rule, name);
		if (owed ? duty_is_by(book, duty, owed) : strcmp(duty->rule, name) == 0)
			return true;
	}
	return false;
}

bool owed_kept(const struct book *book, const struct form *form, const struct rule *rule,
	       struct err *err)
{
	const struct node *names = node_get(rule->node, "nothing-owed");
	const struct document *document = &form->documents[form->count - 1];
	const struct duty *duty;
	size_t cursor = 0;
	while (names && (duty = form_next_duty(form, &cursor))) {
		if (duty->callback || duty->state != DUTY_OPEN || !means(book, rule, names, duty))
			continue;
		struct arena arena = ARENA_INIT;
		struct buf until;
		buf_init(&until);
		time_format_short(&book->zone, duty->at, &until);
		rule_refuse(rule, err, "%s comes after %s, which is still owed (until %s)",
			    called_step(book, &arena, form->kind, document->event),
			    called_duty(book, &arena, RULE_DEADLINE, duty_rule_name(book, duty),
					duty->id),
			    until.data);
		buf_clear(&until);
		arena_clear(&arena);
		return false;
	}
	return true;
}
