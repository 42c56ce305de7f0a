// SPDX-License-Identifier: MIT
// callback-log: records a callback to a customer: the answer, or an attempt that reached nobody.
#include <string.h>

#include "cli/desk.h"

static const struct cli_option options[] = {
	{'m', "manner", "telephone|visit|on-site|written",
	 N_("how the household was asked; without it, by telephone"), false},
	{'c', "caller", "PERSON", N_("who called; without it, the person who records it"), true},
	{'a', "answer", "satisfied|unsatisfied", N_("the household's answer"), false},
	{0, "unreached", NULL, N_("nobody was reached"), false},
	{0, "quality", "1-5",
	 N_("the household's grade for the quality of the work; 5 is the best"), false},
	{0, "effect", "1-5", N_("its grade for the effect of the service"), false},
	{0, "satisfaction", "1-5", N_("its grade for its satisfaction"), false},
	{0, "agrees", "yes|no", N_("whether what the household says agrees with the slip"), false},
	{0, "signature", "NAME", N_("who signed for the household"), false},
	{0, "shortcomings", "TEXT", N_("what the household found lacking"), false},
	{0, "opinions", "TEXT", N_("what the household would like"), false},
	{0, "promised", "TIME", N_("a question stays open, and a reply was promised by then"),
	 false},
	{0, "problem", "TEXT", N_("a problem that was found"), false},
	{'t', "text", "TEXT", N_("anything else; - reads it from stdin"), false},
	CLI_FIELD_OPTIONS,
	{0},
};

/* Without --caller the one who records has called. */
static bool take_callers(struct cli *cli, struct book *book, struct arena *arena,
			 struct node *document, struct err *err)
{
	struct acting acting;
	const char *const *callers;
	size_t count = cli_values(cli, "caller", &callers);
	if (!count)
		return record_actors(book, cli_value(cli, "by"), false, &acting, err) &&
		       ticket_field(book, arena, document, NULL, "callers", acting.by->id, err);
	for (size_t i = 0; i < count; i++)
		if (!ticket_field(book, arena, document, NULL, "callers", callers[i], err))
			return false;
	return true;
}

static bool take(struct cli *cli, struct book *book, struct arena *arena, struct node *document,
		 const char *kind, struct err *err)
{
	static const struct cli_field fields[] = {
		{"manner", "manner"},
		{"answer", "answer"},
		{"quality", "grades.quality"},
		{"effect", "grades.effect"},
		{"satisfaction", "grades.satisfaction"},
		{"agrees", "agrees"},
		{"signature", "signature"},
		{"shortcomings", "shortcomings"},
		{"opinions", "opinions"},
		{"promised", "promised"},
		{"problem", "problem"},
		{0},
	};
	bool unreached = cli_has(cli, "unreached");
	if (unreached && cli_has(cli, "answer"))
		return err_set(err, STATUS_USAGE, "--unreached and --answer exclude each other");
	if (!unreached && !cli_has(cli, "answer"))
		return err_set(err, STATUS_USAGE, "give the --answer, or --unreached");
	node_set(arena, document, "reached", node_bool(arena, !unreached));
	if (!cli_has(cli, "manner"))
		node_set(arena, document, "manner", node_string(arena, "telephone"));
	return take_callers(cli, book, arena, document, err) &&
	       cli_fields(cli, book, arena, document, kind, fields, err) &&
	       (!cli_has(cli, "text") ||
		cli_text_field(cli, arena, document, cli_value(cli, "text"), "text", err));
}

static bool run(struct cli *cli, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct book book;
	const char *id, *kind;
	bool done = false;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	struct node *document = ticket_document(&arena, "callback");
	if (cli_ticket(cli, &book, &arena, &id, &kind, err) &&
	    take(cli, &book, &arena, document, kind, err))
		done = cli_record_steps(cli, &book, &arena, id, &document, 1, err);
	book_close(&book);
	arena_clear(&arena);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "callback-log",
		.synopsis = "TICKET",
		.summary = N_("record a callback to a customer"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 1,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
