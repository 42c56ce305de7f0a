// SPDX-License-Identifier: MIT
// Customers' files opened and brought up to date from rows of another system. Does not read the
// file with the rows.
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/unit.h"
#include "ticket/customers.h"
#include "ticket/ticket.h"

/* What the rows that count say of one customer. */
struct customer_claims {
	struct node *customer; /* part: value */
	struct node *lines;    /* part: the line of the row that says so first */
};

void customer_rows_clear(struct customer_rows *rows)
{
	keys_clear(&rows->units);
	free(rows->claims);
	arena_clear(&rows->arena);
	*rows = (struct customer_rows){0};
}

/* The claims of UNIT, in whichever letters; NULL when no row has any yet. */
static struct customer_claims *find_claims(const struct customer_rows *rows, const char *unit)
{
	size_t index;
	struct buf folded;
	buf_init(&folded);
	unit_fold(unit, strlen(unit), &folded);
	bool found = keys_find(&rows->units, folded.data, folded.len, &index);
	buf_clear(&folded);
	return found ? &rows->claims[index] : NULL;
}

/* From now on the row in LINE, which says CUSTOMER of UNIT, counts. */
static void claim(struct customer_rows *rows, const char *unit, size_t line,
		  const struct node *customer)
{
	struct arena *arena = &rows->arena;
	struct customer_claims *claims = find_claims(rows, unit);
	if (!claims) {
		struct buf folded;
		buf_init(&folded);
		unit_fold(unit, strlen(unit), &folded);
		keys_add(&rows->units, arena_dup(arena, folded.data), folded.len, rows->count);
		buf_clear(&folded);
		rows->claims = mem_room(rows->claims, rows->count, 1, sizeof *rows->claims);
		claims = &rows->claims[rows->count++];
		*claims = (struct customer_claims){.customer = node_map(arena),
						   .lines = node_map(arena)};
	}
	const struct pair *pair;
	for (size_t i = 0; (pair = node_pair(customer, i)); i++) {
		if (node_get(claims->customer, pair->key))
			continue;
		const char *part = arena_dup(arena, pair->key);
		node_add(arena, claims->customer, part, node_copy(arena, pair->value));
		node_add(arena, claims->lines, part, node_int(arena, (int64_t)line));
	}
}

/* The first part of CUSTOMER that is another in CLAIMS (or NULL); NULL when there is none. */
static const struct pair *contradiction(const struct customer_claims *claims,
					const struct node *customer)
{
	const struct pair *pair;
	for (size_t i = 0; claims && (pair = node_pair(customer, i)); i++) {
		const struct node *claimed = node_get(claims->customer, pair->key);
		if (claimed && !node_identical(claimed, pair->value))
			return pair;
	}
	return NULL;
}

/* The parts that IS says otherwise than WAS, the folded customer (NULL: everything). */
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

/* ROW as the document that would open the customer's file. */
static bool read_row(struct book *book, struct arena *arena, const struct node *row,
		     struct node **document, struct err *err)
{
	const struct pair *pair;
	*document = ticket_document(arena, "opened");
	node_add_string(arena, *document, "kind", KIND_CUSTOMER);
	for (size_t i = 0; (pair = node_pair(row, i)); i++) {
		const char *typed = node_as_text(pair->value);
		if (pair->value->type != NODE_NULL &&
		    (pair->value->type != NODE_STRING || node_text_len(pair->value)) &&
		    !ticket_field(book, arena, *document, KIND_CUSTOMER,
				  arena_printf(arena, "customer.%s", pair->key), typed ? typed : "",
				  err))
			return false;
	}
	return node_text(node_get(*document, "customer"), "unit") ||
	       err_set(err, STATUS_REFUSED,
		       "unit: missing: every row needs the unit of a customer");
}

void customer_note(struct customer_rows *rows, struct book *book, struct arena *arena, size_t line,
		   const struct node *row)
{
	struct err err = ERR_INIT;
	struct node *document;
	struct buf text;
	struct form form;
	buf_init(&text);
	form_init(&form);
	/* what is wrong is said when the row is taken */
	if (read_row(book, arena, row, &document, &err)) {
		const struct node *customer = node_get(document, "customer");
		const char *unit = node_text(customer, "unit");
		if (ticket_read(book, unit, &form, &text, &err) && form.state != FORM_CLOSED &&
		    form.state != FORM_VOIDED &&
		    !node_pair_count(differences(arena, customer, form.customer)))
			claim(rows, unit, line, customer);
	}
	err_clear(&err);
	form_clear(&form);
	buf_clear(&text);
}

static bool refuse_contradiction(const struct customer_claims *claims, const char *unit,
				 const struct pair *part, struct err *err)
{
	return err_set(err, STATUS_REFUSED,
		       "%s: %s is in line %s too, with another %s: a customer's file holds one, so "
		       "leave one of the rows",
		       part->key, unit, node_text(claims->lines, part->key), part->key);
}

/* Opens the file of UNIT or adds to it. */
static bool record_row(struct book *book, struct arena *arena, const struct request *request,
		       const char *unit, struct node *document, enum customer_change *change,
		       struct recorded *out, struct err *err)
{
	struct buf path, text;
	struct form form;
	bool done = false;
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
	struct node *changed = differences(arena, node_get(document, "customer"), form.customer);
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

bool customer_take(struct customer_rows *rows, struct book *book, struct arena *arena,
		   const struct request *request, size_t line, const struct node *row,
		   enum customer_change *change, struct recorded *out, struct err *err)
{
	struct node *document;
	if (!read_row(book, arena, row, &document, err))
		return false;
	struct node *stated = node_get(document, "customer");
	const char *unit = node_text(stated, "unit");
	const struct customer_claims *claims = find_claims(rows, unit);
	if (claims) { /* no file may be there yet that says how the unit is spelled */
		node_set(arena, stated, "unit", node_get(claims->customer, "unit"));
		unit = node_text(stated, "unit");
	}
	/* recording adds to the document */
	const struct node *customer = node_copy(arena, stated);
	const struct pair *part = contradiction(claims, customer);
	if (part)
		return refuse_contradiction(claims, unit, part, err);
	if (claims && !node_pair_count(differences(arena, customer, claims->customer))) {
		*change = CUSTOMER_SAME;
		*out = (struct recorded){.id = unit, .notes = node_list(arena), .in_place = true};
		return true;
	}
	bool done = record_row(book, arena, request, unit, document, change, out, err);
	if (done || out->in_place)
		claim(rows, unit, line, customer);
	return done;
}
