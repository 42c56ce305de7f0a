// SPDX-License-Identifier: MIT
// What commands that work on a ledger share.
#include "cli/desk.h"

#include <inttypes.h>
#include <string.h>

/* The last value of an option that not every command has. */
static const char *value_if_taken(const struct cli *cli, const char *option)
{
	return cli_takes(cli, option) ? cli_value(cli, option) : NULL;
}

bool desk_run(struct cli *cli, unsigned parts, bool (*work)(struct desk *desk, struct err *err),
	      struct err *err)
{
	struct book_options options = {
		.directory = cli_value(cli, "ledger"),
		.clock = cli_now(cli),
		.now = cli_value(cli, "now"),
		.writes = parts & BOOK_SITE,
		.parts = parts,
	};
	struct desk desk = {
		.cli = cli,
		.request = {.by = value_if_taken(cli, "by"),
			    .at = value_if_taken(cli, "at"),
			    .request_id = value_if_taken(cli, "request-id"),
			    .dry_run = cli_takes(cli, "dry-run") && cli_has(cli, "dry-run"),
			    .override = value_if_taken(cli, "override")},
	};
	if (!book_open(&desk.book, &options, err))
		return false;
	desk.style = cli_style(cli, &desk.book);
	bool done = work(&desk, err);
	if (desk.book.store.said.text)
		cli_warn(cli, &desk.book.store.said);
	arena_clear(&desk.arena);
	book_close(&desk.book);
	return done;
}

bool desk_read(struct desk *desk, const char *typed, struct form *form, struct buf *text,
	       struct err *err)
{
	struct buf id;
	buf_init(&id);
	bool done = book_resolve_id(&desk->book, typed, &id, err) &&
		    ticket_read(&desk->book, id.data, form, text, err);
	/* an id in full is never shorter than the ticket's */
	if (!done && err->status == STATUS_USAGE && id.len > strlen(typed) &&
	    book_is_ticket(id.data))
		err_set(err, STATUS_USAGE,
			"there is no ticket %s: %s alone means a ticket of today; give one of "
			"another day in full",
			id.data, typed);
	buf_clear(&id);
	return done;
}

/* --- a document out of options --- */

/* By SET, or by ticket_field for KIND where that is NULL. */
static bool take(struct desk *desk, struct node *document, const struct desk_field *fields,
		 desk_setter set, const char *kind, struct err *err)
{
	struct book *book = &desk->book;
	struct arena *arena = &desk->arena;
	for (; fields->option; fields++) {
		const char *const *values;
		size_t count = cli_values(desk->cli, fields->option, &values);
		for (size_t i = 0; i < count; i++)
			if (set ? !set(book, arena, document, fields->field, values[i], err)
				: !ticket_field(book, arena, document, kind, fields->field,
						values[i], err))
				return false;
	}
	return true;
}

bool desk_take(struct desk *desk, struct node *document, const struct desk_field *fields,
	       desk_setter set, struct err *err)
{
	return take(desk, document, fields, set, NULL, err);
}

bool desk_fields(struct desk *desk, struct node *document, const char *kind,
		 const struct desk_field *fields, struct err *err)
{
	return take(desk, document, fields, NULL, kind, err);
}

bool desk_text(struct desk *desk, struct node *document, const char *field, const char *value,
	       struct err *err)
{
	struct buf text;
	buf_init(&text);
	int64_t began = cli_now(desk->cli);
	bool done = cli_text(desk->cli, value, field, &text, err);
	/* what is recorded now happened when the person began to write */
	int64_t taken = cli_now(desk->cli) - began;
	desk->book.now += taken;
	desk->request.composed += taken;
	if (done)
		node_set(&desk->arena, document, field,
			 node_string_len(&desk->arena, text.data, text.len));
	buf_clear(&text);
	return done;
}

bool desk_more(struct desk *desk, struct node *document, const char *kind, struct err *err)
{
	const char *const *values;
	size_t count = cli_values(desk->cli, "set", &values);
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(values[i], '=');
		if (!equals || equals == values[i])
			return err_set(err, STATUS_USAGE, "--set: give FIELD=VALUE, not \"%s\"",
				       values[i]);
		const char *field =
			arena_dup_len(&desk->arena, values[i], (size_t)(equals - values[i]));
		if (!ticket_field(&desk->book, &desk->arena, document, kind, field, equals + 1,
				  err))
			return false;
	}
	const char *text = value_if_taken(desk->cli, "text");
	return !text || desk_text(desk, document, "text", text, err);
}

/* --- recording --- */

bool desk_ticket(struct desk *desk, const char **id, const char **kind, struct err *err)
{
	struct form form;
	struct buf text;
	form_init(&form);
	buf_init(&text);
	bool done = desk_read(desk, cli_operand(desk->cli, 0), &form, &text, err);
	if (done) {
		*id = arena_dup(&desk->arena, form.id);
		*kind = arena_dup(&desk->arena, form.kind);
	}
	form_clear(&form);
	buf_clear(&text);
	return done;
}

/* Prints the numbers of the further steps, from the document FROM on. */
static void report_others(struct desk *desk, size_t from, size_t count)
{
	const struct recorded *recorded = &desk->recorded;
	for (size_t i = from; recorded->in_place && !desk->request.dry_run && i < count; i++)
		cli_recorded(desk->cli, arena_printf(&desk->arena, "%s#%" PRId64, recorded->id,
						     recorded->numbers[i]));
}

bool desk_record(struct desk *desk, const char *id, struct node *const *documents, size_t count,
		 size_t own, struct err *err)
{
	bool done = ticket_record(&desk->book, &desk->arena, &desk->request, id, documents, count,
				  &desk->recorded, err);
	desk_report(desk, false);
	report_others(desk, own, count);
	return done;
}

bool desk_open(struct desk *desk, struct node *const *documents, size_t count, size_t own,
	       struct err *err)
{
	bool done = ticket_open_with(&desk->book, &desk->arena, &desk->request, documents[0],
				     documents + 1, count - 1, &desk->recorded, err);
	desk_report(desk, true);
	report_others(desk, own, count);
	return done;
}

void desk_report(struct desk *desk, bool whole_form)
{
	struct cli *cli = desk->cli;
	const struct recorded *recorded = &desk->recorded;
	if (!recorded->in_place)
		return;
	const char *note;
	for (size_t i = 0; (note = node_each_text(recorded->notes, &i));)
		cli_say(cli, "%s: %s", recorded->id, note);
	if (recorded->repeated)
		cli_say(cli, "%s: recorded before under this --request-id", recorded->id);
	if (desk->request.dry_run) {
		if (recorded->text)
			cli_print(cli, "%s", recorded->text);
		return;
	}
	const char *id = recorded->id;
	if (!whole_form)
		id = arena_printf(&desk->arena, "%s#%" PRId64, id, recorded->first);
	cli_recorded(cli, id);
}
