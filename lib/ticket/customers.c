// SPDX-License-Identifier: MIT
// Customers' files: listed, and brought up to date from rows of another system.
#include "ticket/customers.h"

#include <string.h>

#include "ticket/ticket.h"

static bool same(const char *wanted, const char *is)
{
	return !wanted || (is && strcmp(wanted, is) == 0);
}

static bool in_area(const char *area, const char *unit)
{
	size_t len = area ? strlen(area) : 0;
	return !area || (strncmp(unit, area, len) == 0 && (!unit[len] || unit[len] == '-'));
}

static int64_t last_answer(const struct form *form)
{
	for (size_t i = form->count; i-- > 0;) {
		const struct document *document = &form->documents[i];
		if (document->which == EVENT_CALLBACK && node_true(document->root, "reached"))
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
	return strcmp(((const struct customer *)a)->unit, ((const struct customer *)b)->unit);
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

/* The parts that the row says otherwise than WAS, the folded customer (NULL: everything). */
static struct node *differences(struct arena *arena, const struct node *is, const struct node *was)
{
	struct node *changed = node_map(arena);
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(is, i)); i++) {
		const struct node *old = node_get_len(was, pair->key, pair->key_len);
		if (!old || !node_identical(old, pair->value))
			node_add(arena, changed, pair->key, pair->value);
	}
	return changed;
}

bool customer_take(struct book *book, struct arena *arena, const struct request *request,
		   const struct node *row, enum customer_change *change, struct recorded *out,
		   struct err *err)
{
	struct node *document = ticket_document(arena, "opened");
	node_add_string(arena, document, "kind", KIND_CUSTOMER);
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(row, i)); i++) {
		const char *typed = node_as_text(pair->value);
		if (pair->value->type != NODE_NULL &&
		    (pair->value->type != NODE_STRING || node_text_len(pair->value)) &&
		    !ticket_field(book, arena, document, KIND_CUSTOMER,
				  arena_printf(arena, "customer.%s", pair->key), typed ? typed : "",
				  err))
			return false;
	}
	const struct node *customer = node_get(document, "customer");
	const char *unit = node_text(customer, "unit");
	struct buf path, text;
	struct form form;
	bool done = false;
	if (!unit)
		return err_set(err, STATUS_REFUSED,
			       "unit: missing: every row needs the unit of a customer");
	buf_init(&path);
	buf_init(&text);
	form_init(&form);
	if (!book_form_path(unit, &path, err))
		goto out;
	if (!file_exists(&book->store.root, path.data)) {
		*change = CUSTOMER_OPENED;
		done = ticket_open(book, arena, request, document, out, err);
		goto out;
	}
	if (!ticket_read(book, unit, &form, &text, err))
		goto out;
	if (form.state == FORM_CLOSED || form.state == FORM_VOIDED) {
		err_set(err, STATUS_REFUSED, "%s is %s: %s", unit, form_state_name(form.state),
			form.state == FORM_CLOSED ? "record a reopened step first"
						  : "a voided file cannot be changed");
		goto out;
	}
	struct node *changed = differences(arena, customer, form.customer);
	*change = node_pair_count(changed) ? CUSTOMER_CHANGED : CUSTOMER_SAME;
	*out = (struct recorded){.id = unit, .notes = node_list(arena), .in_place = true};
	struct node *step = ticket_document(arena, "changed");
	node_add(arena, step, "customer", changed);
	done = *change == CUSTOMER_SAME ||
	       ticket_record(book, arena, request, unit, &step, 1, out, err);
out:
	form_clear(&form);
	buf_clear(&path);
	buf_clear(&text);
	return done;
}
