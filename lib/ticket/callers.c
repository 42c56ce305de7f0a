// SPDX-License-Identifier: MIT
// Several households about one matter.
#include "ticket/callers.h"

#include <inttypes.h>
#include <string.h>

#include "book/unit.h"
#include "ticket/duty.h"
#include "ticket/ticket.h"

enum { HOUSEHOLDS_MAX = 1000 }; /* that join one ticket: a tower of flats */

/* --- who is who --- */

static bool is_customer(const struct form *form, const char *key)
{
	const char *unit = node_text(form->customer, "unit"),
		   *phone = node_text(form->customer, "phone");
	return unit ? unit_same(unit, key)
		    : (phone && strcmp(phone, key) == 0) ||
			       (form->phone && strcmp(form->phone, key) == 0);
}

/* The household that TYPED means, among those that are there. */
static bool find(const struct form *form, const char *typed, struct household *household)
{
	struct household one;
	bool found = false;
	for (size_t cursor = 0; form_next_household(form, &cursor, &one);)
		if (!one.left && unit_same(one.key, typed)) {
			*household = one;
			found = true;
		}
	return found;
}

/* What the form's customer is called among several. */
static const char *first_caller(const struct form *form)
{
	const char *unit = node_text(form->customer, "unit");
	return unit ? unit : form->phone ? form->phone : "the first caller";
}

/* Adds "3-1201, 3-1202": those who called, or those to whom a callback is owed. */
static size_t add_callers(const struct form *form, bool owed, struct buf *out)
{
	struct household household;
	size_t count = 0;
	bool owes = !owed;
	for (size_t i = 0; i < form->duty_count && !owes; i++)
		owes = form->duties[i].callback && form->duties[i].state == DUTY_OPEN &&
		       duty_is_for(&form->duties[i], NULL);
	if (owes && !form_customer_left(form))
		buf_addf(out, "%s%s", count++ ? ", " : "", first_caller(form));
	for (size_t cursor = 0; form_next_household(form, &cursor, &household);) {
		owes = !owed && !household.left;
		for (size_t i = 0; owed && i < form->duty_count && !owes; i++)
			owes = form->duties[i].callback && form->duties[i].state == DUTY_OPEN &&
			       duty_is_for(&form->duties[i], household.key);
		if (owes)
			buf_addf(out, "%s%s", count++ ? ", " : "", household.key);
	}
	return count;
}

static bool refuse_unknown(const struct form *form, const char *typed, struct err *err)
{
	struct buf callers;
	buf_init(&callers);
	add_callers(form, false, &callers);
	err_set(err, STATUS_REFUSED, "household: %s is none of those who called (%s)", typed,
		callers.data);
	buf_clear(&callers);
	return false;
}

/* --- each step --- */

static bool aim_joined(const struct form *form, const struct node *document, struct err *err)
{
	const struct node *joined = node_get(document, "joined");
	const char *unit = node_text(joined, "unit"), *phone = node_text(joined, "phone"),
		   *key = unit ? unit : phone;
	struct household household;
	if (form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0)
		return err_set(err, STATUS_REFUSED,
			       "joined-by: this is a customer's file, which nobody joins");
	if (!key)
		return err_set(err, STATUS_REFUSED,
			       "joined: say the unit or the telephone number of the household: "
			       "without either nobody can call it back");
	if (is_customer(form, key) && !form_customer_left(form))
		return err_set(err, STATUS_REFUSED, "joined: %s called first, and is called back",
			       key);
	size_t count = 0;
	for (size_t cursor = 0; form_next_household(form, &cursor, &household);)
		count++;
	if (count >= HOUSEHOLDS_MAX)
		return err_set(err, STATUS_REFUSED,
			       "joined: %d households have joined already, more it does not take",
			       HOUSEHOLDS_MAX);
	if (find(form, key, &household))
		return err_set(err, STATUS_REFUSED, "joined: %s has joined already (#%" PRId64 ")",
			       household.key, household.joined->known);
	return true;
}

static bool others_wait(const struct form *form)
{
	struct household household;
	for (size_t cursor = 0; form_next_household(form, &cursor, &household);)
		if (!household.left)
			return true;
	return false;
}

/* What several called about is not over when one of them says so. */
static bool aim_withdrawn(const struct form *form, struct err *err)
{
	struct buf callers;
	if (!others_wait(form))
		return true;
	buf_init(&callers);
	add_callers(form, false, &callers);
	err_set(err, STATUS_REFUSED,
		"several called about it (%s): record unjoined --unit for who waits no more",
		callers.data);
	buf_clear(&callers);
	return false;
}

static bool aim_left(struct arena *arena, const struct form *form, struct node *document,
		     struct err *err)
{
	const char *typed = node_text(document, "household");
	struct household household;
	if (!typed)
		return true; /* its schema says so */
	if (!find(form, typed, &household)) {
		if (!is_customer(form, typed) || form_customer_left(form))
			return refuse_unknown(form, typed, err);
		if (!others_wait(form))
			return err_set(err, STATUS_REFUSED,
				       "household: nobody but %s called: record withdrawn", typed);
		node_set(arena, document, "household", node_string(arena, first_caller(form)));
		return true;
	}
	node_set(arena, document, "household", node_string(arena, household.key));
	return true;
}

/* The only one to whom a callback is owed; NULL: the form's customer. */
static const char *only_owed(const struct form *form)
{
	for (size_t i = 0; i < form->duty_count; i++)
		if (form->duties[i].callback && form->duties[i].state == DUTY_OPEN &&
		    form->duties[i].household)
			return form->duties[i].household;
	return NULL;
}

static bool owes_customer(const struct form *form)
{
	for (size_t i = 0; i < form->duty_count; i++)
		if (form->duties[i].callback && form->duties[i].state == DUTY_OPEN &&
		    !form->duties[i].household)
			return true;
	return false;
}

static bool aim_callback(struct arena *arena, const struct form *form, struct node *document,
			 struct err *err)
{
	const char *typed = node_text(document, "household");
	const char *into = form_merged_into(form);
	struct household household;
	struct buf owed;
	if (into)
		return err_set(err, STATUS_REFUSED,
			       "it was merged into %s: everybody is called back from there "
			       "(callback-log %s --unit UNIT)",
			       into, into);
	if (typed && is_customer(form, typed)) {
		node_remove(document, "household");
		return true;
	}
	if (typed && !find(form, typed, &household))
		return refuse_unknown(form, typed, err);
	if (typed) {
		node_set(arena, document, "household", node_string(arena, household.key));
		return true;
	}
	buf_init(&owed);
	size_t count = add_callers(form, true, &owed);
	bool done = count < 2 ||
		    err_set(err, STATUS_REFUSED,
			    "household: say with --unit whose answer it is (callbacks are owed to "
			    "%s)",
			    owed.data);
	buf_clear(&owed);
	if (done && count == 1 && !owes_customer(form))
		node_add_string(arena, document, "household", only_owed(form));
	return done;
}

static bool aim_merged(struct book *book, struct arena *arena, const struct form *form,
		       struct node *document, struct err *err)
{
	const char *into = node_text(document, "into");
	struct form other;
	struct buf text;
	if (!into)
		return true; /* its schema says so */
	if (strcmp(into, form->id) == 0)
		return err_set(err, STATUS_REFUSED, "into: %s is this ticket itself", into);
	if (!book_is_ticket(into) || (form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0))
		return err_set(err, STATUS_REFUSED,
			       "into: only a ticket can be merged into another");
	form_init(&other);
	buf_init(&text);
	bool done = ticket_read(book, into, &other, &text, err);
	const char *next = done ? form_merged_into(&other) : NULL;
	if (next)
		done = err_set(err, STATUS_REFUSED, "into: %s was merged into %s itself: take that",
			       into, next);
	else if (done && (other.state == FORM_CLOSED || other.state == FORM_VOIDED ||
			  other.state == FORM_DISPUTED))
		done = err_set(err, STATUS_REFUSED, "into: %s is %s: nothing goes on there; %s",
			       into, form_state_name(other.state),
			       other.state == FORM_CLOSED     ? "reopen it first"
			       : other.state == FORM_DISPUTED ? "settle it first"
							      : "take another ticket");
	struct node *links = node_get(document, "links");
	if (done && !links)
		node_add(arena, document, "links", links = node_list(arena));
	if (done && !node_holds(links, into))
		node_push(arena, links, node_string(arena, into));
	form_clear(&other);
	buf_clear(&text);
	if (!done && err->status == STATUS_USAGE) {
		err->status = STATUS_REFUSED;
		return err_prefix(err, "into");
	}
	return done;
}

bool callers_aim(struct book *book, struct arena *arena, const struct form *form,
		 struct node *document, struct err *err)
{
	switch (event_of(node_text(document, "event"))) {
	case EVENT_JOINED_BY:
		return aim_joined(form, document, err);
	case EVENT_UNJOINED:
		return aim_left(arena, form, document, err);
	case EVENT_WITHDRAWN:
		return aim_withdrawn(form, err);
	case EVENT_CALLBACK:
		return aim_callback(arena, form, document, err);
	case EVENT_MERGED:
		return aim_merged(book, arena, form, document, err);
	default:
		return true;
	}
}

/* --- what goes over --- */

/* The entries of the deadlines that FORM's last document, its merging, has withdrawn, or found
 * missed; each says which household it is owed to. */
static struct node *carried(struct book *book, struct arena *arena, const struct form *form,
			    const struct form *into)
{
	const struct document *merged = &form->documents[form->count - 1];
	const char *unit = node_text(form->customer, "unit"), *key = unit ? unit : form->phone;
	struct node *list = node_list(arena);
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *duty = &form->duties[i];
		const struct document *set = duty->moved_by ? duty->moved_by : duty->set_by;
		const struct node *entry;
		const struct rule *rule = duty_rule(book, duty);
		/* what was missed is; but whoever waits for a reply waits for it still */
		if (duty->callback || duty->twin || duty->ended_by != merged ||
		    (duty->state == DUTY_LATE && !(rule && node_get(rule->node, "at"))))
			continue;
		for (size_t j = 0; (entry = node_item(node_get(set->root, "due"), j)); j++) {
			if (!node_is_string(node_get(entry, "id"), duty->id) ||
			    !duty_names_rule(duty, entry))
				continue;
			struct node *own = node_copy(arena, entry);
			node_remove(own, "done");
			if (duty_outlives_reopening(duty) && !node_get(own, "survives"))
				node_add_string(arena, own, "survives", "reopening");
			if (!node_get(own, "household") && key && !is_customer(into, key))
				node_add_string(arena, own, "household", key);
			node_push(arena, list, own);
			break;
		}
	}
	return list;
}

static void hand_over(struct book *book, struct arena *arena, struct node *list,
		      const struct form *into, const struct node *customer, int64_t at)
{
	const char *unit = node_text(customer, "unit"), *phone = node_text(customer, "phone"),
		   *key = unit ? unit : phone;
	struct household household;
	if (!key || is_customer(into, key) || find(into, key, &household))
		return;
	struct node *joined = ticket_document(arena, event_name(EVENT_JOINED_BY));
	node_add(arena, joined, "heard-at", book_time(book, arena, at));
	node_add(arena, joined, "joined", node_copy(arena, customer));
	node_push(arena, list, joined);
}

struct node *callers_handed_over(struct book *book, struct arena *arena, const struct form *form,
				 const struct form *into)
{
	struct node *list = node_list(arena), *links = node_list(arena),
		    *linked = ticket_document(arena, event_name(EVENT_LINKED)),
		    *owed = carried(book, arena, form, into);
	struct household household;
	node_push(arena, links, node_string(arena, form->id));
	node_add(arena, linked, "links", links);
	if (node_item_count(owed))
		node_add(arena, linked, "carried", owed);
	node_push(arena, list, linked);
	if (form->customer) {
		struct node *customer = node_copy(arena, form->customer);
		if (form->phone)
			node_set(arena, customer, "phone", node_string(arena, form->phone));
		hand_over(book, arena, list, into, customer, form->documents[0].at);
	}
	for (size_t cursor = 0; form_next_household(form, &cursor, &household);)
		if (!household.left)
			hand_over(book, arena, list, into, household.customer,
				  household.joined->at);
	return list;
}
