// SPDX-License-Identifier: MIT
// New forms: under which id, and written with their first document.
#include "data/time.h"
#include "record/render.h"
#include "ticket/number.h"
#include "ticket/ticket_parts.h"

const char *ticket_customer_id(const struct node *fields)
{
	return node_is_string(node_get(fields, "kind"), KIND_CUSTOMER)
		       ? node_text(node_get(fields, "customer"), "unit")
		       : NULL;
}

/* Writes TEXT, the new form, whose last document is SEQ, under its ID. */
static enum store_result write_new(struct ticket_recording *recording, struct form *form,
				   const char *id, int64_t seq, const struct buf *text,
				   struct err *err)
{
	struct buf path;
	enum store_result result = STORE_FAILED;
	buf_init(&path);
	if (book_form_path(id, &path, err) &&
	    (recording->request->dry_run ||
	     unique_note(recording->book, recording->unique, form, id, err)))
		result = record_write(recording->book, recording->request, path.data, seq, text,
				      STORE_CREATE, err);
	buf_clear(&path);
	return result;
}

/* The same where somebody who is not kefu has made that name: under the next one, which stands in
 * the first document, FIELDS, alone. BEGINS is where the others begin in TEXT. */
static enum store_result write_next(struct ticket_recording *recording, struct form *form,
				    struct node *fields, const char *id, size_t *begins,
				    struct buf *text, struct err *err)
{
	const struct schema *schema = book_event_schema(recording->book, node_text(fields, "kind"),
							node_text(fields, "event"), err);
	struct buf renamed;
	buf_init(&renamed);
	node_set(recording->arena, fields, "id", node_string(recording->arena, id));
	enum store_result result = STORE_FAILED;
	if (schema && render_document(schema, fields, &renamed, err)) {
		size_t first = renamed.len;
		buf_add(&renamed, text->data + *begins, text->len - *begins);
		*begins = first;
		buf_reset(text);
		buf_add(text, renamed.data, renamed.len);
		result = write_new(recording, form, id, recording->out->last, text, err);
	}
	buf_clear(&renamed);
	return result;
}

/* What other forms are to record. A form that is opened by itself names what it follows from, which
 * names it in turn. */
static bool gather(struct ticket_recording *recording, const struct form *form,
		   struct linking *linking, struct err *err)
{
	return recording->automatic || linked_gather(recording, form, linking, err);
}

/* Adds the steps that come with the new FORM, whose first document is SEQ. */
static bool add_others(struct ticket_recording *recording, struct form *form, int64_t seq,
		       struct linking *linking, struct buf *text, struct err *err)
{
	struct recorded *out = recording->out;
	out->first = out->last = seq;
	if (out->numbers)
		out->numbers[0] = seq;
	for (size_t i = 0; i < recording->step_count; i++) {
		out->last++;
		if (out->numbers)
			out->numbers[i + 1] = out->last;
		record_head(recording->book, recording->arena, recording->request,
			    &recording->acting, recording->steps[i], NULL, out->last);
		if (!step_add(recording, form, recording->steps[i], text, err) ||
		    !gather(recording, form, linking, err))
			return false;
	}
	return true;
}

/* The number of the first document of customer ID: not always 1, if the file was there before and
 * is lost. */
static bool first_seq(const struct book *book, const char *id, int64_t *seq, struct err *err)
{
	struct buf path;
	buf_init(&path);
	bool done = book_form_path(id, &path, err) && record_next(book, path.data, 0, seq, err);
	buf_clear(&path);
	return done;
}

bool ticket_create(struct ticket_recording *recording, struct node *fields, struct err *err)
{
	struct book *book = recording->book;
	struct recorded *out = recording->out;
	const char *id = ticket_customer_id(fields);
	bool numbered = !id, done = false;
	struct month_numbers *numbers = recording->numbers;
	struct civil today;
	struct linking linking = {0};
	struct form form;
	struct buf text;
	form_init(&form);
	buf_init(&text);
	zone_civil(&book->zone, book->now, &today);
	long number;
	int64_t seq = 1;
	if (numbered ? !number_next(book, numbers, &today, &number, err)
		     : !first_seq(book, id, &seq, err))
		goto out;
	if (numbered)
		id = number_id(book, recording->arena, &today, number);
	record_head(book, recording->arena, recording->request, &recording->acting, fields, id,
		    seq);
	form.file = id;
	if (!step_add(recording, &form, fields, &text, err))
		goto out;
	size_t begins = text.len;
	if (!gather(recording, &form, &linking, err) ||
	    !add_others(recording, &form, seq, &linking, &text, err))
		goto out;
	if (recording->request->override && !recording->automatic && !recording->overridden) {
		err_set(err, STATUS_USAGE, "--override: not needed: no rule refuses this");
		goto out;
	}
	enum store_result result = write_new(recording, &form, id, out->last, &text, err);
	while (numbered && result == STORE_EXISTS) {
		if (!number_next(book, numbers, &today, &number, err))
			goto out;
		id = number_id(book, recording->arena, &today, number);
		result = write_next(recording, &form, fields, id, &begins, &text, err);
	}
	if (result == STORE_EXISTS)
		err_set(err, STATUS_REFUSED,
			"%s has a file already: record what is new with the step changed", id);
	done = result == STORE_WRITTEN;
	out->in_place = record_stands(result, err);
	if (out->in_place) {
		out->id = id;
		out->text = arena_dup_len(recording->arena, text.data, text.len);
	}
	/* which number it gets is known only now */
	if (done && !linked_write(recording, id, &linking, err))
		done = err_prefix(err, arena_printf(recording->arena, "%s is opened, but", id));
out:
	form_clear(&form);
	buf_clear(&text);
	return done;
}
