// SPDX-License-Identifier: MIT
// Tickets by what they are and who has them: filtered while they are read.
#include "ticket/listing.h"

#include <string.h>

#include "book/unit.h"
#include "book/whom.h"
#include "ticket/checklists.h"
#include "ticket/countersign.h"

static bool same(const char *wanted, const char *is)
{
	return !wanted || (is && strcmp(wanted, is) == 0);
}

static bool in_unit(const char *wanted, const char *unit)
{
	return !wanted || (unit && unit_lies_in(unit, wanted));
}

static bool has_name(const char *name, const char *wanted)
{
	struct buf seen;
	buf_init(&seen);
	buf_add_seen(&seen, name, strlen(name));
	bool has = strstr(name, wanted) || strstr(seen.data, wanted);
	buf_clear(&seen);
	return has;
}

static bool fits_customer(const char *wanted, const char *name, const char *phone)
{
	size_t len = wanted ? strlen(wanted) : 0, digits = phone ? strlen(phone) : 0;
	return !wanted || (name && has_name(name, wanted)) ||
	       (digits >= len && len && strcmp(phone + digits - len, wanted) == 0);
}

/* Whether the form's customer, or a household that joined, is the one that is looked for. */
static bool has_caller(const struct listing_filter *filter, const struct form *form)
{
	struct household household;
	if (in_unit(filter->unit, node_text(form->customer, "unit")) &&
	    fits_customer(filter->customer, node_text(form->customer, "name"), form->phone))
		return true;
	for (size_t cursor = 0; form_next_household(form, &cursor, &household);)
		if (in_unit(filter->unit, node_text(household.customer, "unit")) &&
		    fits_customer(filter->customer, node_text(household.customer, "name"),
				  node_text(household.customer, "phone")))
			return true;
	return false;
}

/* Whether PATTERN is found in a text of NODE; false with ERR when it ran into a limit. */
static bool found_in(const struct pattern *pattern, const struct node *node, struct err *err)
{
	if (node->type == NODE_STRING)
		return pattern_search(pattern, node_as_text(node), node_text_len(node), NULL,
				      err) == PATTERN_YES;
	const struct pair *pair;
	const struct node *item;
	bool found = false;
	for (size_t i = 0; !found && !err->text && (pair = node_pair(node, i)); i++)
		found = found_in(pattern, pair->value, err);
	for (size_t i = 0; !found && !err->text && (item = node_item(node, i)); i++)
		found = found_in(pattern, item, err);
	return found;
}

static bool has_text(const struct form *form, const struct pattern *pattern, struct err *err)
{
	bool found = !pattern;
	for (size_t i = 0; !found && !err->text && i < form->count; i++)
		found = found_in(pattern, form->documents[i].root, err);
	return found;
}

static bool is_assigned(const struct book *book, const char *person, const struct form *form)
{
	return !person ||
	       (form->assignee && staff_acts_for(&book->staff, person, form->assignee, book->now));
}

/* Whether a callback is open that PERSON is to make, by name, or somebody they stand in for. */
static bool is_to_call(const struct book *book, const char *person, const struct form *form)
{
	const struct member *member = person ? staff_find(&book->staff, person, book->now) : NULL;
	struct arena arena = ARENA_INIT;
	size_t cursor = 0;
	const struct duty *duty;
	bool found = false;
	while (person && !found && (duty = form_next_duty(form, &cursor))) {
		const char *who;
		if (!duty->callback || duty->state != DUTY_OPEN)
			continue;
		const struct node *callers = form_callers(form, duty, NULL, &arena);
		for (size_t j = 0; !found && (who = node_each_text(callers, &j));)
			found = whom_people(who)
					? member && staff_fits(&book->staff, member, who, book->now)
					: whom_id(who) && staff_acts_for(&book->staff, person,
									 whom_id(who), book->now);
	}
	arena_clear(&arena);
	return found;
}

/* Whether a step of FORM awaits a signature that PERSON can give. */
static bool is_to_sign(const struct book *book, const char *person, const struct form *form)
{
	struct proposal proposal;
	struct arena arena = ARENA_INIT;
	bool asked = false;
	for (size_t cursor = 0;
	     person && !asked && form_next_open_proposal(form, &cursor, &proposal);) {
		const struct node *part,
			*missing = countersign_missing(book, &arena, form, &proposal);
		for (size_t i = 0; !asked && (part = node_item(missing, i)); i++)
			asked = countersign_fits(book, part, person, book->now) &&
				!countersign_is_barred(book, form, &proposal, part, person,
						       book->now);
	}
	arena_clear(&arena);
	return asked;
}

static const struct duty *next_deadline(const struct form *form)
{
	const struct duty *next = NULL, *duty;
	size_t cursor = 0;
	while ((duty = form_next_duty(form, &cursor))) {
		if (!duty->callback && duty->state == DUTY_OPEN && duty_can_be_met(form, duty) &&
		    (!next || duty->at < next->at))
			next = duty;
	}
	return next;
}

static const char *first_line(struct arena *arena, const struct node *text)
{
	const char *begin = node_as_text(text);
	if (!begin || text->type != NODE_STRING)
		return NULL;
	begin += strspn(begin, " \t\r\n");
	return arena_dup_len(arena, begin, strcspn(begin, "\n"));
}

/* In words, in the arena; NULL: there are none. */
static const char *overrides_of(struct arena *arena, const struct form *form)
{
	struct override one;
	struct buf text;
	buf_init(&text);
	for (size_t cursor = 0; form_next_override(form, &cursor, &one);) {
		buf_adds(&text, text.len ? "; " : "");
		override_say(&one, &text);
	}
	const char *kept = text.len ? arena_dup(arena, text.data) : NULL;
	buf_clear(&text);
	return kept;
}

/* What is missing in checklists, in the arena; NULL: nothing. */
static const char *missing_of(struct gatherer *to, struct form *form)
{
	size_t cursor = 0;
	if (!policy_next(to->book->policy, RULE_CHECKLIST, &cursor))
		return NULL;
	struct err err = ERR_INIT;
	struct buf text;
	buf_init(&text);
	checklists_say_missing(checklists_rows(to->book, form, &err), &text);
	if (err.text) {
		err.status = STATUS_DAMAGED; /* what could not be decided may be missing */
		gather_once(to, form->file, &err);
	}
	const char *kept = text.len ? arena_dup(&to->arena, text.data) : NULL;
	buf_clear(&text);
	return kept;
}

/* Whether FORM is one that FILTER asks for; NEXT is its next deadline. */
static bool fits(struct gatherer *to, const struct listing_filter *filter, struct form *form,
		 const struct duty *next, bool *callback)
{
	bool over = (1u << FORM_CLOSED | 1u << FORM_VOIDED) >> form->state & 1;
	bool assigned = is_assigned(to->book, filter->person, form) &&
			(!over || filter->states || filter->overridden);
	struct override any;
	if (filter->overridden && !form_next_override(form, &(size_t){0}, &any))
		return false;
	/* a callback is owed after the ticket is over */
	*callback = !assigned && is_to_call(to->book, filter->person, form);
	if ((!assigned && !*callback && !is_to_sign(to->book, filter->person, form)) ||
	    (filter->states && !(filter->states >> form->state & 1)))
		return false;
	if (!same(filter->kind, form->kind) || !same(filter->category, form->category) ||
	    !same(filter->severity, form->severity) || !same(filter->assignee, form->assignee) ||
	    !same(filter->team, form->team) || !same(filter->department, form->department) ||
	    !has_caller(filter, form) || form->documents[0].at < filter->since ||
	    (filter->until && form->documents[0].at >= filter->until) ||
	    (filter->overdue && !(next && to->book->now > next->at)) ||
	    (filter->asked && !form_asked_again(form, &(const struct document *){NULL})))
		return false;
	struct err err = ERR_INIT;
	bool found = has_text(form, filter->text, &err);
	if (err.text) {
		err.status = STATUS_DAMAGED; /* as a file that cannot be read: others are listed */
		gather_once(to, form->file, &err);
	}
	return found;
}

bool listing_fits(struct gatherer *to, const struct listing_filter *filter, struct form *form)
{
	bool callback;
	return fits(to, filter, form, next_deadline(form), &callback) &&
	       (!filter->incomplete || missing_of(to, form));
}

static void look_at(struct gatherer *to, struct form *form)
{
	const struct listing_filter *filter = to->context;
	const struct duty *next = next_deadline(form);
	bool callback;
	if (!fits(to, filter, form, next, &callback))
		return;
	struct arena *arena = &to->arena;
	const char *missing = missing_of(to, form);
	if (filter->incomplete && !missing)
		return;
	const struct document *asked_last;
	unsigned asked = form_asked_again(form, &asked_last);
	struct listing_entry *entry = gather_push(to, 0);
	*entry = (struct listing_entry){
		.id = arena_dup(arena, form->id),
		.state = form_state_name(form->state),
		.kind = arena_dup(arena, form->kind),
		.category = arena_dup(arena, form->category),
		.severity = arena_dup(arena, form->severity),
		.assignee = arena_dup(arena, form->assignee),
		.team = arena_dup(arena, form->team),
		.unit = arena_dup(arena, node_text(form->customer, "unit")),
		.name = arena_dup(arena, node_text(form->customer, "name")),
		.phone = arena_dup(arena, form->phone),
		.text = first_line(arena, node_get(form->documents[0].root, "text")),
		.clause = next ? arena_dup(arena, next->clause) : NULL,
		.overridden = overrides_of(arena, form),
		.missing = missing,
		.opened = form->documents[0].at,
		.due = next ? next->at : 0,
		.cycle = form->cycle,
		.asked = asked,
		.asked_at = asked ? asked_last->at : 0,
		.overdue = next && to->book->now > next->at,
		.imported = form->imported,
		.callback = callback,
	};
}

static int compare_entries(const void *a, const void *b)
{
	const struct listing_entry *x = a, *y = b;
	if (x->opened != y->opened)
		return x->opened < y->opened ? -1 : 1;
	if (x->asked != y->asked)
		return x->asked > y->asked ? -1 : 1;
	return strcmp(x->id, y->id);
}

void listing_read(struct book *book, const struct listing_filter *filter, struct listing *listing)
{
	/* customers are visited, rules are overridden for them, and they have papers, too */
	static const char *const folders[] = {"tickets", "customers", NULL};
	const struct gather gather = {
		.folders = filter->person || filter->overridden || filter->incomplete ? folders
										      : NULL,
		.form = look_at,
		.lists = {{.size = sizeof(struct listing_entry), .order = compare_entries}},
		.context = filter};
	gather_run(book, &gather, &listing->gathered);
	listing->overridden = filter->overridden;
	listing->incomplete = filter->incomplete;
	listing->entries = listing->gathered.lists[0].items;
	listing->count = listing->gathered.lists[0].count;
	listing->asked = false;
	for (size_t i = 0; i < listing->count; i++)
		listing->asked = listing->asked || listing->entries[i].asked;
}

void listing_clear(struct listing *listing)
{
	gathered_clear(&listing->gathered);
	*listing = (struct listing){0};
}
