// SPDX-License-Identifier: MIT
// What is out, over all forms: counted while they are read.
#include "ticket/outstanding.h"

#include <string.h>

enum { LIST_OUT, LIST_BACK }; /* the second: of the holder, all is back */

static void look_at(struct gatherer *to, struct form *form)
{
	const struct outstanding_filter *filter = to->context;
	struct arena *arena = &to->arena;
	struct holdings holdings =
		balances_of(to->book, form, zone_day(&to->book->zone, to->book->now), &to->scratch);
	bool fits = false, asked = false;
	for (size_t i = 0; i < holdings.count; i++) {
		struct holding holding = holdings.items[i];
		if (filter->holder &&
		    (!holding.person || strcmp(holding.person, filter->holder) != 0))
			continue;
		if (!asked)
			fits = listing_fits(to, &filter->forms, form);
		asked = true;
		if (!holding.out || !fits) {
			gather_sum(to, LIST_BACK, "", &(bool){false});
			continue;
		}
		holding.item = arena_dup(arena, holding.item);
		holding.person = arena_dup(arena, holding.person);
		holding.quantity = arena_dup(arena, holding.quantity);
		*(struct outstanding_entry *)gather_push(to, LIST_OUT) = (struct outstanding_entry){
			.holding = holding,
			.id = arena_dup(arena, form->id),
			.kind = arena_dup(arena, form->kind),
			.state = form_state_name(form->state),
			.unit = arena_dup(arena, node_text(form->customer, "unit")),
			.name = arena_dup(arena, node_text(form->customer, "name")),
		};
	}
}

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare_entries(const void *a, const void *b)
{
	const struct outstanding_entry *x = a, *y = b;
	const struct holding *p = &x->holding, *q = &y->holding;
	int order = compare_texts(p->person, q->person);
	if (!order)
		order = compare_texts(node_text(p->rule->node, "balance"),
				      node_text(q->rule->node, "balance"));
	order = order ? order : compare_texts(p->item, q->item);
	return order ? order : strcmp(x->id, y->id);
}

/* That there are any is all that is asked. */
static int compare_nothing(const void *a, const void *b)
{
	(void)a;
	(void)b;
	return 0;
}

static void sum_nothing(void *into, const void *from)
{
	(void)into;
	(void)from;
}

void outstanding_read(struct book *book, const struct outstanding_filter *filter,
		      struct outstanding *outstanding)
{
	static const char *const folders[] = {"tickets", "customers", NULL};
	struct outstanding_filter all = *filter;
	if (!all.forms.states)
		all.forms.states = 1u << FORM_OPEN | 1u << FORM_FINISHED | 1u << FORM_CLOSED |
				   1u << FORM_DISPUTED;
	const struct gather gather = {
		.folders = folders,
		.form = look_at,
		.lists = {[LIST_OUT] = {.size = sizeof(struct outstanding_entry),
					.order = compare_entries},
			  [LIST_BACK] = {.size = sizeof(char),
					 .order = compare_nothing,
					 .sum = sum_nothing}},
		.context = &all};
	*outstanding = (struct outstanding){0};
	gather_run(book, &gather, &outstanding->gathered);
	outstanding->entries = outstanding->gathered.lists[LIST_OUT].items;
	outstanding->count = outstanding->gathered.lists[LIST_OUT].count;
	outstanding->known = outstanding->count || outstanding->gathered.lists[LIST_BACK].count;
}

void outstanding_clear(struct outstanding *outstanding)
{
	gathered_clear(&outstanding->gathered);
	*outstanding = (struct outstanding){0};
}

void outstanding_refuse(const struct outstanding *outstanding, const char *person, struct err *err)
{
	enum { SAID_MAX = 6 };
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < outstanding->count && i < SAID_MAX; i++) {
		struct holding holding = outstanding->entries[i].holding;
		holding.person = NULL; /* who is named already */
		buf_adds(&text, i ? ", " : "");
		holding_say(&holding, &text);
		buf_addf(&text, " of %s", outstanding->entries[i].id);
	}
	if (outstanding->count > SAID_MAX)
		buf_addf(&text, " and %zu more", outstanding->count - SAID_MAX);
	err_refuse(err, outstanding->entries[0].holding.rule->clause,
		   "still out with %s: %s (ticket-list --outstanding %s): it comes back first, or "
		   "--reason says what becomes of it",
		   person, text.data, person);
	buf_clear(&text);
}

struct node *outstanding_said(const struct outstanding *outstanding, struct arena *arena)
{
	struct node *list = node_list(arena);
	for (size_t i = 0; i < outstanding->count; i++) {
		const struct outstanding_entry *entry = &outstanding->entries[i];
		const struct holding *holding = &entry->holding;
		const char *name = node_text(holding->rule->node, "balance");
		struct node *one = node_map(arena);
		node_add_string(arena, one, "form", entry->id);
		node_add_string(arena, one, "balance", name ? name : "");
		if (holding->item)
			node_add_string(arena, one, "item", holding->item);
		node_add_string(arena, one, "quantity", holding->quantity);
		node_push(arena, list, one);
	}
	return list;
}
