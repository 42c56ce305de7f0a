// SPDX-License-Identifier: MIT
// What commands that work on a ledger share.
#include "cli/desk.h"

#include <inttypes.h>
#include <string.h>

bool cli_book(struct cli *cli, struct book *book, unsigned parts, struct err *err)
{
	struct book_options options = {
		.directory = cli_value(cli, "ledger"),
		.clock = cli_now(cli),
		.now = cli_value(cli, "now"),
		.writes = parts & BOOK_SITE,
		.parts = parts,
	};
	return book_open(book, &options, err);
}

bool desk_run(struct cli *cli, unsigned parts, bool (*work)(struct desk *desk, struct err *err),
	      struct err *err)
{
	struct desk desk = {.cli = cli};
	if (!cli_book(cli, &desk.book, parts, err))
		return false;
	desk.style = cli_style(cli, &desk.book);
	bool done = work(&desk, err);
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
	buf_clear(&id);
	return done;
}

void cli_problems(struct cli *cli, const struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++)
		cli_problem(cli, &problems->items[i]);
}

struct request cli_request(const struct cli *cli, bool overrides)
{
	return (struct request){
		.by = cli_value(cli, "by"),
		.at = cli_value(cli, "at"),
		.request_id = cli_value(cli, "request-id"),
		.dry_run = cli_has(cli, "dry-run"),
		.override = overrides ? cli_value(cli, "override") : NULL,
	};
}

bool cli_text_field(struct cli *cli, struct arena *arena, struct node *document, const char *value,
		    const char *field, struct err *err)
{
	struct buf text;
	buf_init(&text);
	bool done = cli_text(cli, value, field, &text, err);
	if (done)
		node_set(arena, document, field, node_string_len(arena, text.data, text.len));
	buf_clear(&text);
	return done;
}

bool cli_ticket(struct cli *cli, struct book *book, struct arena *arena, const char **id,
		const char **kind, struct err *err)
{
	struct form form;
	struct buf text, whole;
	form_init(&form);
	buf_init(&text);
	buf_init(&whole);
	bool done = book_resolve_id(book, cli_operand(cli, 0), &whole, err) &&
		    ticket_read(book, whole.data, &form, &text, err);
	if (done) {
		*id = arena_dup(arena, whole.data);
		*kind = arena_dup(arena, form.kind);
	}
	form_clear(&form);
	buf_clear(&text);
	buf_clear(&whole);
	return done;
}

bool cli_fields(struct cli *cli, struct book *book, struct arena *arena, struct node *document,
		const char *kind, const struct cli_field *fields, struct err *err)
{
	const char *const *values;
	for (; fields && fields->option; fields++) {
		size_t count = cli_values(cli, fields->option, &values);
		for (size_t i = 0; i < count; i++)
			if (!ticket_field(book, arena, document, kind, fields->field, values[i],
					  err))
				return false;
	}
	size_t count = cli_values(cli, "set", &values);
	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(values[i], '=');
		if (!equals || equals == values[i])
			return err_set(err, STATUS_USAGE, "--set: give FIELD=VALUE, not \"%s\"",
				       values[i]);
		const char *field = arena_dup_len(arena, values[i], (size_t)(equals - values[i]));
		if (!ticket_field(book, arena, document, kind, field, equals + 1, err))
			return false;
	}
	return true;
}

void cli_report(struct cli *cli, const struct recorded *recorded, bool whole_form)
{
	if (!recorded->in_place)
		return;
	for (size_t i = 0; i < node_count(recorded->notes); i++)
		cli_say(cli, "%s: %s", recorded->id, recorded->notes->list.items[i]->text);
	if (recorded->repeated)
		cli_say(cli, "%s: recorded before under this --request-id", recorded->id);
	if (cli_has(cli, "dry-run")) {
		if (recorded->text)
			cli_print(cli, "%s", recorded->text);
		return;
	}
	struct buf id;
	buf_init(&id);
	buf_addf(&id, "%s", recorded->id);
	if (!whole_form)
		buf_addf(&id, "#%" PRId64, recorded->first);
	cli_recorded(cli, id.data);
	buf_clear(&id);
}

bool cli_record_steps(struct cli *cli, struct book *book, struct arena *arena, const char *id,
		      struct node *const *documents, size_t count, struct err *err)
{
	struct request request = cli_request(cli, true);
	struct recorded recorded = {0};
	bool done = ticket_record(book, arena, &request, id, documents, count, &recorded, err);
	cli_report(cli, &recorded, false);
	return done;
}
