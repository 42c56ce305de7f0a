// SPDX-License-Identifier: MIT
// Customers' files: listed, and brought up to date from rows of another system.
#include "ticket/customers.h"

#include <string.h>

#include "book/unit.h"
#include "ticket/ticket.h"

static bool same(const char *wanted, const char *is)
{
	return !wanted || (is && strcmp(wanted, is) == 0);
}

static bool in_area(const char *area, const char *unit)
{
	return !area || unit_lies_in(unit, area);
}

static int64_t last_answer(const struct form *form)
{
	for (size_t i = form->count; i-- > 0;) {
		const struct document *document = &form->documents[i];
		if (document->which == EVENT_CALLBACK &&
		    node_true(document_now(document), "reached"))
			return document->at;
	}
	return 0;
}

static void look_at(struct gatherer *to, struct form *form)
{
	const struct customer_filter *filter = to->context;
	const struct node *customer = form->customer;
	if (!same(filter->type, node_text(customer, "type")) ||
	    !same(filter->rank, node_text(customer, "rank")) || !in_area(filter->area, form->id) ||
	    ((form->state == FORM_CLOSED || form->state == FORM_VOIDED) && !filter->all))
		return;
	struct arena *arena = &to->arena;
	struct customer *kept = gather_push(to, 0);
	*kept = (struct customer){
		.unit = arena_dup(arena, form->id),
		.name = arena_dup(arena, node_text(customer, "name")),
		.phone = arena_dup(arena, form->phone),
		.type = arena_dup(arena, node_text(customer, "type")),
		.rank = arena_dup(arena, node_text(customer, "rank")),
		.birthday = arena_dup(arena, node_text(customer, "birthday")),
		.state = form_state_name(form->state),
		.called = last_answer(form),
	};
}

static int compare_customers(const void *a, const void *b)
{
	const struct customer *x = a, *y = b;
	int order = unit_order(x->unit, y->unit);
	return order ? order : strcmp(x->unit, y->unit);
}

void customers_read(struct book *book, const struct customer_filter *filter,
		    struct customers *customers)
{
	static const char *const folders[] = {"customers", NULL};
	const struct gather gather = {
		.folders = folders,
		.form = look_at,
		.lists = {{.size = sizeof(struct customer), .order = compare_customers}},
		.context = filter};
	gather_run(book, &gather, &customers->gathered);
	customers->items = customers->gathered.lists[0].items;
	customers->count = customers->gathered.lists[0].count;
}

void customers_clear(struct customers *customers)
{
	gathered_clear(&customers->gathered);
	*customers = (struct customers){0};
}
