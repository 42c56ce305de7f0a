// SPDX-License-Identifier: MIT
// ticket-close: the desk closes a ticket, with the work slip where it comes along.
#include "cli/desk.h"

static const struct cli_option options[] = {
	{'r', "result", "TEXT",
	 N_("the outcome, as the customer is told it; - reads it from stdin"), false},
	{0, "valid", NULL, N_("the complaint was valid"), false},
	{0, "invalid", NULL, N_("the complaint was not valid"), false},
	{0, "reason", "TEXT", N_("what caused it, or why the complaint is not valid"), false},
	{0, "receipt", "NUMBER", N_("the receipt the desk wrote"), false},
	{'w', "worker", "PERSON", N_("slip: who did the work"), true},
	{0, "work", "TEXT", N_("slip: the work that was done"), false},
	{'m', "material", "ITEM:QUANTITY", N_("slip: what material was used, and how much"), true},
	{0, "start", "TIME", N_("slip: when work began"), false},
	{0, "end", "TIME", N_("slip: when work ended"), false},
	{0, "hours", "HOURS", N_("slip: hours in all, preparation included"), false},
	{0, "labour", "MONEY", N_("slip: money for labour"), false},
	{0, "material-cost", "MONEY", N_("slip: money for material"), false},
	{0, "charge", "MONEY", N_("slip: the charge"), false},
	{0, "signature", "NAME", N_("slip: who signed for the household"), false},
	{0, "opinion", "TEXT", N_("slip: what the household says"), false},
	{0, "phone", "NUMBER", N_("slip: the telephone number written on it"), false},
	{0, "checked-by", "PERSON", N_("slip: who checked and signed it"), false},
	CLI_FIELD_OPTIONS,
	{0},
};

static const struct cli_field slip[] = {
	{"worker", "workers"},
	{"work", "work"},
	{"material", "materials"},
	{"start", "start"},
	{"end", "end"},
	{"hours", "hours"},
	{"labour", "labour"},
	{"material-cost", "material"},
	{"charge", "charge"},
	{"signature", "signature"},
	{"opinion", "opinion"},
	{"phone", "phone-seen"},
	{"checked-by", "checked-by"},
	{0},
};

/* The slip goes into a `finished` document of its own; --set is the closing's. */
static bool take_slip(struct cli *cli, struct book *book, struct arena *arena,
		      struct node *finished, const char *kind, struct err *err)
{
	for (const struct cli_field *field = slip; field->option; field++) {
		const char *const *values;
		size_t count = cli_values(cli, field->option, &values);
		for (size_t i = 0; i < count; i++)
			if (!ticket_field(book, arena, finished, kind, field->field, values[i],
					  err))
				return false;
	}
	return true;
}

static bool take_closing(struct cli *cli, struct book *book, struct arena *arena,
			 struct node *closed, const char *kind, struct err *err)
{
	static const struct cli_field fields[] = {
		{"reason", "reason"}, {"receipt", "receipt"}, {0}};
	if (cli_has(cli, "valid") && cli_has(cli, "invalid"))
		return err_set(err, STATUS_USAGE, "--valid and --invalid exclude each other");
	if (cli_has(cli, "valid") || cli_has(cli, "invalid"))
		node_set(arena, closed, "valid", node_bool(arena, cli_has(cli, "valid")));
	return cli_fields(cli, book, arena, closed, kind, fields, err) &&
	       cli_text_field(cli, arena, closed, cli_value(cli, "result"), "result", err);
}

static bool run(struct cli *cli, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct book book;
	const char *id, *kind;
	bool done = false;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	struct node *documents[] = {ticket_document(&arena, "finished"),
				    ticket_document(&arena, "closed")};
	if (cli_ticket(cli, &book, &arena, &id, &kind, err) &&
	    take_slip(cli, &book, &arena, documents[0], kind, err) &&
	    take_closing(cli, &book, &arena, documents[1], kind, err)) {
		bool with_slip = node_count(documents[0]) > 1;
		done = cli_record_steps(cli, &book, &arena, id, documents + !with_slip,
					with_slip ? 2 : 1, err);
	}
	book_close(&book);
	arena_clear(&arena);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-close",
		.synopsis = "TICKET",
		.summary = N_("close a ticket at the desk"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 1,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
