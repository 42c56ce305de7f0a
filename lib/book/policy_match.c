// SPDX-License-Identifier: MIT
// Whether forms can have what the conditions of packs ask about: a condition about what is not
// there never holds, and says nothing. Decides no condition.
#include <string.h>

#include "book/event.h"
#include "book/form.h"
#include "book/policy_parts.h"

enum { DEPTH_MAX = 64 };

/* What a part of a condition is about. */
enum about {
	ABOUT_VIEW,    /* the folded form */
	ABOUT_EARLIER, /* its events and steps without the last document */
	ABOUT_LINKED,  /* a list of other forms */
	ABOUT_OTHER,   /* one of these: as the folded form, but for what only its own rules see */
	ABOUT_STEPS,   /* the last document of each step */
	ABOUT_FIELDS,  /* what a document carries */
	ABOUT_EVENTS,  /* the names of steps that have happened */
	ABOUT_NAME,    /* one of a list of the packs */
	ABOUT_STEP,    /* the name of a step */
	ABOUT_STATE,
	ABOUT_CHECKED,  /* items of checklists */
	ABOUT_ITEM,     /* one of them */
	ABOUT_ANYTHING, /* what nothing is known of */
};

struct subject {
	enum about about;
	enum rule_list list; /* ABOUT_NAME */
	const char *step;    /* ABOUT_FIELDS: of that step; NULL: of any */
	const char *path;    /* ABOUT_FIELDS: NULL is the whole document */
	const char *name;    /* it is called, for messages */
};

/* What the folded form shows: form_view. */
static const struct subject shown[] = {
	{ABOUT_ANYTHING, .name = "id"},
	{ABOUT_NAME, RULE_KIND, .name = "kind"},
	{ABOUT_NAME, RULE_CATEGORY, .name = "category"},
	{ABOUT_NAME, RULE_SEVERITY, .name = "severity"},
	{ABOUT_FIELDS, .path = "charging", .name = "charging"},
	{ABOUT_FIELDS, .path = "department", .name = "department"},
	{ABOUT_FIELDS, .step = "assigned", .path = "to", .name = "assignee"},
	{ABOUT_FIELDS, .step = "assigned", .path = "team", .name = "team"},
	{ABOUT_STATE, .name = "state"},
	{ABOUT_FIELDS, .step = "waiting", .path = "waits-for", .name = "waits-for"},
	{ABOUT_ANYTHING, .name = "imported"},
	{ABOUT_ANYTHING, .name = "cycle"},
	{ABOUT_FIELDS, .path = "customer.phone", .name = "phone"},
	{ABOUT_FIELDS, .path = "customer", .name = "customer"},
	{ABOUT_FIELDS, .step = "opened", .path = "channel", .name = "channel"},
	{ABOUT_CHECKED, .name = "checked"},
	{ABOUT_ANYTHING, .name = "joined"},
	{ABOUT_EVENTS, .name = "events"},
	{ABOUT_STEPS, .name = "steps"},
	{ABOUT_FIELDS, .name = "document"},
	{ABOUT_EARLIER, .name = "earlier"},
	{ABOUT_LINKED, .name = "linked"},
};
enum { SHOWN_ALONE = 3 }; /* the last ones, which a linked form does not show */
enum { SHOWN = sizeof shown / sizeof *shown };

static const struct subject shown_earlier[] = {
	{ABOUT_EVENTS, .name = "events"},
	{ABOUT_STEPS, .name = "steps"},
};
enum { SHOWN_EARLIER = sizeof shown_earlier / sizeof *shown_earlier };

struct matching {
	struct fields *fields;
	const struct node *kinds; /* of the forms; NULL: any */
	const char *file, *name;  /* of the condition */
	struct err *err;
};

/* --- what there is --- */

/* What SUBJECT, a view or a part of one, shows; NULL: it is no view. */
static const struct subject *shown_by(const struct subject *subject, size_t *count)
{
	bool earlier = subject->about == ABOUT_EARLIER, other = subject->about == ABOUT_OTHER;
	*count = earlier ? SHOWN_EARLIER : other ? SHOWN - SHOWN_ALONE : SHOWN;
	return earlier ? shown_earlier : other || subject->about == ABOUT_VIEW ? shown : NULL;
}

/* The part of SUBJECT called NAME, in *PART; false: there is none. */
static bool part_of(const struct matching *matching, const struct subject *subject,
		    const char *name, struct subject *part)
{
	struct fields *fields = matching->fields;
	const struct subject *shows;
	size_t count;
	*part = (struct subject){ABOUT_ANYTHING, .name = name};
	switch (subject->about) {
	case ABOUT_VIEW:
	case ABOUT_EARLIER:
	case ABOUT_OTHER:
		shows = shown_by(subject, &count);
		for (size_t i = 0; i < count; i++)
			if (strcmp(shows[i].name, name) == 0) {
				*part = shows[i];
				return true;
			}
		return false;
	case ABOUT_STEPS:
		part->about = ABOUT_FIELDS;
		part->step = name;
		return fields_know_step(fields, name);
	case ABOUT_FIELDS:
		if (!subject->path && strcmp(name, "event") == 0) {
			part->about = ABOUT_STEP;
			return true;
		}
		part->about = ABOUT_FIELDS;
		part->step = subject->step;
		part->path = subject->path
				     ? arena_printf(&fields->arena, "%s.%s", subject->path, name)
				     : name;
		/* what opens a cycle stands in its place */
		return fields_carry(fields, matching->kinds, part->step, part->path, NULL, NULL) ||
		       (part->step && event_of(part->step) == EVENT_OPENED &&
			fields_carry(fields, matching->kinds, event_name(EVENT_REOPENED),
				     part->path, NULL, NULL));
	default:
		return subject->about == ABOUT_ANYTHING;
	}
}

bool policy_view_has(struct fields *fields, const struct node *kinds, const char *path, field_ok ok,
		     void *context)
{
	const struct matching matching = {.fields = fields, .kinds = kinds};
	struct subject at = {ABOUT_VIEW};
	char *rest = arena_dup(&fields->arena, path), *name;
	while ((name = strsep(&rest, "."))) {
		struct subject part;
		if (!part_of(&matching, &at, name, &part))
			return false;
		at = part;
	}
	return !ok || (at.about == ABOUT_FIELDS && at.path &&
		       fields_carry(fields, kinds, at.step, at.path, ok, context));
}

/* --- what is asked --- */

static bool wrong_at(const struct matching *matching, const struct node *at)
{
	err_prefix(matching->err,
		   arena_printf(&matching->fields->arena, "match.%s", matching->name));
	return policy_damaged(matching->file, at, matching->err);
}

/* There is no NAME in SUBJECT, which AT asks about. Returns false. */
static bool lacks(const struct matching *matching, const struct subject *subject, const char *name,
		  const struct node *at)
{
	struct buf text;
	size_t count;
	const struct subject *shows = shown_by(subject, &count);
	buf_init(&text);
	if (shows) {
		buf_addf(&text, "is nothing that %s shows (allowed: ",
			 subject->name ? subject->name : "a form");
		for (size_t i = 0; i < count; i++)
			buf_addf(&text, "%s%s", i ? ", " : "", shows[i].name);
		buf_addc(&text, ')');
	} else if (subject->about == ABOUT_STEPS) {
		buf_adds(&text, "is not a step: no entry under steps names it");
	} else {
		buf_addf(&text, "is not a field of %s",
			 subject->path   ? subject->path
			 : subject->step ? subject->step
					 : "any step");
	}
	err_set(matching->err, STATUS_DAMAGED, "\"%s\" %s", name, text.data);
	buf_clear(&text);
	return wrong_at(matching, at);
}

static bool accepts(void *value, const struct schema *field)
{
	struct err ignored = ERR_INIT;
	enum schema_verdict verdict = schema_decide(field, value, &ignored);
	err_clear(&ignored);
	return verdict != SCHEMA_NO;
}

static bool is_state(const char *name)
{
	for (enum form_state state = FORM_OPEN; state <= FORM_DISPUTED; state++)
		if (strcmp(form_state_name(state), name) == 0)
			return true;
	return false;
}

/* Whether NAME is one of the packs', also one that another pack has taken the place of. */
static bool is_named(const struct matching *matching, enum rule_list list, const char *name)
{
	const struct policy *policy = matching->fields->policy;
	return (list == RULE_KIND && strcmp(name, KIND_CUSTOMER) == 0) ||
	       policy_find_recorded(policy, list, name, 0);
}

/* Whether SUBJECT is ever VALUE. */
static bool may_be(const struct matching *matching, const struct subject *subject,
		   const struct node *value)
{
	const char *name = value->type == NODE_STRING ? node_as_text(value) : NULL;
	switch (subject->about) {
	case ABOUT_FIELDS:
		return !subject->path ||
		       fields_carry(matching->fields, matching->kinds, subject->step, subject->path,
				    accepts, (void *)value) ||
		       !fields_carry(matching->fields, matching->kinds, subject->step,
				     subject->path, NULL, NULL);
	case ABOUT_NAME:
		return name && is_named(matching, subject->list, name);
	case ABOUT_STEP:
		return name && fields_know_step(matching->fields, name);
	case ABOUT_STATE:
		return name && is_state(name);
	case ABOUT_ITEM:
		return name && policy_has_item(matching->fields->policy, name);
	default:
		return true;
	}
}

static bool values_may_be(const struct matching *matching, const struct subject *subject,
			  const struct node *asked)
{
	const struct node *one = node_get(asked, "const"), *list = node_get(asked, "enum");
	for (size_t i = 0; one || i < node_item_count(list); i++) {
		const struct node *value = one ? one : node_item(list, i);
		const char *text = node_as_text(value),
			   *quote = value->type == NODE_STRING ? "\"" : "";
		if (!may_be(matching, subject, value)) {
			err_set(matching->err, STATUS_DAMAGED, "%s is never %s%s%s", subject->name,
				quote, text ? text : node_type_name(value->type), quote);
			return wrong_at(matching, value);
		}
		if (one)
			break;
	}
	return true;
}

static bool can_hold(const struct matching *matching, const struct subject *subject,
		     const struct node *asked, unsigned depth);

/* What is asked of the parts of SUBJECT. */
static bool parts_can_hold(const struct matching *matching, const struct subject *subject,
			   const struct node *asked, unsigned depth)
{
	const struct node *properties = node_get(asked, "properties"), *required;
	const struct pair *pair;
	const char *name;
	struct subject part;
	for (size_t i = 0; (pair = node_pair(properties, i)); i++) {
		if (!part_of(matching, subject, pair->key, &part))
			return lacks(matching, subject, pair->key, pair->value);
		if (!can_hold(matching, &part, pair->value, depth + 1))
			return false;
	}
	for (size_t i = 0; (required = node_item(node_get(asked, "required"), i)); i++)
		if ((name = node_as_text(required)) && !part_of(matching, subject, name, &part))
			return lacks(matching, subject, name, required);
	return true;
}

/* Whether what ASKED, a schema, asks of SUBJECT can be so. What it says by other keywords may. */
static bool can_hold(const struct matching *matching, const struct subject *subject,
		     const struct node *asked, unsigned depth)
{
	static const char *const lists[] = {"allOf", "anyOf", "oneOf"},
				 *const ones[] = {"not", "if", "then", "else"},
				 *const items[] = {"contains", "items"};
	const struct node *part;
	if (depth > DEPTH_MAX || asked->type != NODE_MAP)
		return true;
	if (!values_may_be(matching, subject, asked) ||
	    !parts_can_hold(matching, subject, asked, depth))
		return false;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (size_t j = 0; (part = node_item(node_get(asked, lists[i]), j)); j++)
			if (!can_hold(matching, subject, part, depth + 1))
				return false;
	for (size_t i = 0; i < sizeof ones / sizeof *ones; i++)
		if ((part = node_get(asked, ones[i])) &&
		    !can_hold(matching, subject, part, depth + 1))
			return false;
	struct subject item = {subject->about == ABOUT_EVENTS    ? ABOUT_STEP
			       : subject->about == ABOUT_LINKED  ? ABOUT_OTHER
			       : subject->about == ABOUT_CHECKED ? ABOUT_ITEM
								 : ABOUT_ANYTHING,
			       .name = subject->about == ABOUT_LINKED ? "a linked form"
								      : subject->name};
	for (size_t i = 0; i < sizeof items / sizeof *items; i++)
		if ((part = node_get(asked, items[i])) &&
		    !can_hold(matching, &item, part, depth + 1))
			return false;
	return true;
}

bool policy_match_fits(struct fields *fields, const char *file, const struct node *match,
		       struct err *err)
{
	const struct pair *pair;
	if (!fields->strict)
		return true;
	for (size_t i = 0; (pair = node_pair(match, i)); i++) {
		const struct matching matching = {fields, NULL, file, pair->key, err};
		if (!can_hold(&matching, &(struct subject){ABOUT_VIEW}, pair->value, 0))
			return false;
	}
	return true;
}
