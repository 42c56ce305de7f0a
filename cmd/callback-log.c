// SPDX-License-Identifier: MIT
// callback-log: records a callback to a customer: the answer, or an attempt that reached nobody.
#include "cli/steps.h"

static const struct cli_option options[] = {
	{'m', "manner", "telephone|visit|on-site|written",
	 N_("how the household was asked; without it, by telephone"), false},
	{0, "caller", "PERSON", N_("who called; without it, the person who records it"), true},
	{'u', "unit", "UNIT", N_("which household, where several called about the matter"), false},
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
	{0, "promised", "TIME", N_("by when a reply was promised"), false},
	{0, "problem", "TEXT", N_("a problem that was found"), false},
	{0, "question", "TEXT", N_("what was asked and could not be answered at once"), false},
	{0, "matter", "ordinary|major", N_("whether what came up is a major problem"), false},
	{'t', "text", "TEXT", N_("anything else; - reads it from stdin"), false},
	DESK_STEP_OPTIONS,
	CLI_ONCE('c', "caller"),
	{0},
};

/* Without --caller the one who records has called. */
static bool take_callers(struct desk *desk, struct node *document, struct err *err)
{
	static const struct desk_field callers[] = {{"caller", "callers"}, {0}};
	struct acting acting;
	if (cli_has(desk->cli, "caller"))
		return desk_fields(desk, document, NULL, callers, err);
	return record_actors(&desk->book, desk->request.by, false, &acting, err) &&
	       ticket_field(&desk->book, &desk->arena, document, NULL, "callers", acting.by->id,
			    err);
}

static bool take(struct desk *desk, struct node *document, const char *kind, struct err *err)
{
	static const struct desk_field fields[] = {
		{"manner", "manner"},
		{"unit", "household"},
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
		{"question", "question"},
		{"matter", "matter"},
		{0},
	};
	struct arena *arena = &desk->arena;
	bool unreached = cli_has(desk->cli, "unreached"), answer = cli_has(desk->cli, "answer");
	if (unreached && answer)
		return err_set(err, STATUS_USAGE, "give --unreached or --answer, not both");
	if (!unreached && !answer)
		return err_set(err, STATUS_USAGE, "give the --answer, or --unreached");
	node_set(arena, document, "reached", node_bool(arena, !unreached));
	if (!cli_has(desk->cli, "manner"))
		node_set(arena, document, "manner", node_string(arena, "telephone"));
	return take_callers(desk, document, err) &&
	       desk_fields(desk, document, kind, fields, err) &&
	       desk_more(desk, document, kind, err);
}

static bool record(struct desk *desk, struct err *err)
{
	struct node *document = ticket_document(&desk->arena, "callback");
	const char *id, *kind;
	return desk_ticket(desk, &id, &kind, err) && take(desk, document, kind, err) &&
	       steps_record(desk, id, kind, &document, 1, err);
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, DESK_RECORDS, record, err);
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
		.steps = steps_options,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
