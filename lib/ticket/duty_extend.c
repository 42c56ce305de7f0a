// SPDX-License-Identifier: MIT
// Extensions: whether a deadline may be moved so far, and by whom; then it is set anew.
#include <string.h>

#include "book/called.h"
#include "book/document.h"
#include "ticket/duty_parts.h"

/* The first extension called NAME whose total reaches as far as UNTIL for DUTY, by what was known
 * at RECORDED, in *FOUND; NULL when none does. */
static bool find_extension(const struct book *book, const struct duty *duty, const char *name,
			   int64_t recorded, int64_t until, const struct rule **found,
			   struct err *err)
{
	size_t cursor = 0;
	const struct rule *rule;
	struct clock clock = book_clock(
		book, policy_hours(book->policy, NULL, zone_day(&book->zone, duty->start)),
		recorded);
	*found = NULL;
	while (!*found && (rule = policy_next(book->policy, RULE_EXTENSION, &cursor))) {
		const char *total = node_text(rule->node, "total");
		struct duration longest;
		struct due limit = {.at = until};
		if (!total || !node_is_string(node_get(rule->node, "extend"), name))
			continue;
		if (strcmp(total, "any") != 0 &&
		    (!duration_parse(total, &longest, err) ||
		     !deadline_find(&clock, duty->start, longest, DAY_END_USUAL, false, &limit,
				    err)))
			return false;
		if (until <= limit.at)
			*found = rule;
	}
	return true;
}

const struct rule *duty_extension(const struct book *book, const struct duty *duty, int64_t until)
{
	const struct rule *rule = duty_rule(book, duty), *extension = NULL;
	const char *name = rule ? node_text(rule->node, "extend") : NULL;
	struct err ignored = ERR_INIT;
	if (name)
		find_extension(book, duty, name, book->now, until, &extension, &ignored);
	err_clear(&ignored);
	return extension;
}

/* Whether APPROVER may approve what EXTENSION lets be approved, and did. */
static bool check_approval(struct duty_step *step, const struct rule *extension,
			   const char *approver)
{
	const struct staff *staff = &step->book->staff;
	const struct member *member = staff_find(staff, approver, step->document->at);
	const struct node *roles = node_get(extension->node, "by");
	const char *asker = node_text(step->root, "by"), *first = node_as_text(node_each(roles, 0));
	const char *const askers[] = {asker, NULL};
	if (!member || !staff_may_approve(staff, member, roles, askers, step->document->at))
		return err_refuse(
			step->err, extension->clause,
			"approved-by: an extension to %s needs the approval of the role %s; %s "
			"does not have it",
			node_text(step->root, "until"),
			first ? called_name(step->book, step->arena, RULE_ROLE, first) : "(none)",
			approver);
	if (asker && strcmp(asker, approver) == 0)
		return err_refuse(step->err, extension->clause,
				  "approved-by: nobody approves their own request");
	if (step->document->at != step->document->recorded)
		return err_refuse(
			step->err, extension->clause,
			"--at: not possible here: an extension counts from when it is recorded");
	return true;
}

static bool check_needs(struct duty_step *step, const struct rule *extension)
{
	const char *field;
	for (size_t i = 0; (field = node_each_text(node_get(extension->node, "needs"), &i));)
		if (!node_path(step->root, field))
			return err_refuse(step->err, extension->clause,
					  "this extension needs the field %s", field);
	return true;
}

bool duty_extend(struct duty_step *step)
{
	const char *id, *approver;
	int64_t until;
	if (!document_name(NULL, step->root, "extends", &id, step->err) ||
	    !document_name(NULL, step->root, "approved-by", &approver, step->err))
		return false;
	const struct duty *duty = form_open_duty(step->form, id);
	if (!duty || duty->callback)
		return err_set(step->err, STATUS_REFUSED,
			       "extends: %s has no open deadline \"%s\" (ticket-show %s has them)",
			       step->form->id, id, step->form->id);
	const char *text = node_text(step->root, "until");
	if (!time_parse(text ? text : "", &until, step->err))
		return err_prefix(step->err, "until");
	const struct rule *rule = duty_rule(step->book, duty);
	const char *name = rule ? node_text(rule->node, "extend") : NULL;
	if (!name)
		return err_refuse(
			step->err, duty->clause,
			"no rule lets the deadline %s be extended (policy-list --list extensions)",
			id);
	if (until <= duty->at)
		return err_set(step->err, STATUS_REFUSED,
			       "until: the new end is not after the old one, %s",
			       book_time_text(step->book, step->arena, duty->at));
	const struct rule *extension;
	if (!find_extension(step->book, duty, name, step->document->recorded, until, &extension,
			    step->err))
		return false;
	if (!extension)
		return err_refuse(step->err, duty->clause,
				  "until: no rule allows an extension that long "
				  "(policy-list --list extensions)");
	if (!check_approval(step, extension, approver) || !check_needs(step, extension))
		return false;
	/* by the old end it can be told whether another clone's extension was known */
	const struct schema *schema = book_event_schema(step->book, step->form->kind,
							event_name(EVENT_EXTENDED), step->err);
	if (!schema)
		return false;
	if (schema_property(schema, "from", NULL))
		node_set(step->arena, step->root, "from",
			 book_time(step->book, step->arena, duty->at));
	duty_withdraw(step, duty);
	return duty_add(step, rule, duty->start, &(struct due){.at = until});
}
