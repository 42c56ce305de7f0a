// SPDX-License-Identifier: MIT
// survey-log: records what households answer, one by one or from a file.
#include <signal.h>
#include <string.h>

#include "cli/desk.h"
#include "cli/foreign.h"
#include "cli/rejects.h"
#include "record/value.h"
#include "survey/answers.h"

enum { MAX_BYTES = 1 << 30 };

static const struct cli_option options[] = {
	{'f', "from", "FILE", N_("a file with the answers of many households: CSV or NDJSON"),
	 false},
	{'u', "unit", "COLUMN", N_("with --from: the column that names the unit (unit)"), false},
	{'w', "when", "COLUMN", N_("with --from: the column that says when the answers came back"),
	 false},
	{'m', "map", "COLUMN=QUESTION", N_("with --from: which question a column answers"), true},
	{0, "empty", "WORD", N_("with --from: a word that means that nothing was answered"), true},
	{0, "rejects", "FILE", N_("with --from: the file for rejected rows (FILE.rejects.ndjson)"),
	 false},
	{0, "encoding", "NAME",
	 N_("with --from: the encoding of the file, instead of recognising it"), false},
	{0, "correct", NULL,
	 N_("correct what was recorded for this household; QUESTION= removes an answer"), false},
	{0, "void", NULL, N_("void the answers of this household"), false},
	{'r', "reason", "TEXT", N_("with --correct and --void: why"), false},
	CLI_ONCE('c', "correct"),
	{0},
};

/* --- one --- */

static bool take_operand(struct desk *desk, const struct answers *answers, struct node *document,
			 const char *operand, struct err *err)
{
	struct arena *arena = &desk->arena;
	const char *equals = strchr(operand, '=');
	bool correct = cli_has(desk->cli, "correct");
	if (!equals || equals == operand)
		return err_set(err, STATUS_USAGE, "give QUESTION=ANSWER, not \"%s\"", operand);
	const char *question = arena_dup_len(arena, operand, (size_t)(equals - operand));
	struct node *values = node_get(document, "answers"),
		    *cleared = node_get(document, "cleared");
	if (!values)
		node_add(arena, document, "answers", values = node_map(arena));
	if (!cleared && correct && !equals[1])
		node_add(arena, document, "cleared", cleared = node_list(arena));
	if (correct && !equals[1] && !node_holds(cleared, question))
		node_push(arena, cleared, node_string(arena, question));
	return answers_set(answers, arena, values, question, equals + 1, err);
}

static bool log_one(struct desk *desk, struct answers *answers, struct err *err)
{
	struct cli *cli = desk->cli;
	struct arena *arena = &desk->arena;
	bool voids = cli_has(cli, "void"), corrects = cli_has(cli, "correct");
	const char *event = voids ? "voided" : corrects ? "corrected" : "answered";
	struct node *document = ticket_document(arena, event);
	struct buf unit;
	buf_init(&unit);
	node_add_string(arena, document, "reason", cli_value(cli, "reason"));
	bool done = value_normal(&desk->book, "unit", cli_operand(cli, 1), &unit, err);
	for (size_t i = 2; done && i < cli_operands(cli); i++)
		done = take_operand(desk, answers, document, cli_operand(cli, i), err);
	if (done && corrects && !node_pair_count(node_get(document, "answers")))
		node_remove(document, "answers");
	if (done && !voids && !corrects && !node_get(document, "answers"))
		node_add(arena, document, "answers", node_map(arena));
	done = done && answers_record(answers, arena, &desk->request, unit.data, document,
				      &desk->recorded, err);
	if (done && node_get(document, "late"))
		cli_say(cli, _("%s: late: it is kept and does not count"), unit.data);
	desk_report(desk, false);
	buf_clear(&unit);
	return done;
}

/* --- many --- */

static bool read_maps(struct desk *desk, struct answers_options *wanted, struct err *err)
{
	struct arena *arena = &desk->arena;
	const char *const *values;
	struct node *maps = node_map(arena), *empty = node_list(arena);
	size_t count = cli_values(desk->cli, "map", &values);
	for (size_t i = 0; i < count; i++) {
		const char *equals = strrchr(values[i], '=');
		if (!equals || equals == values[i] || !equals[1])
			return err_set(err, STATUS_USAGE, "--map: give COLUMN=QUESTION, not \"%s\"",
				       values[i]);
		node_set(arena, maps, arena_dup_len(arena, values[i], (size_t)(equals - values[i])),
			 node_string(arena, equals + 1));
	}
	count = cli_values(desk->cli, "empty", &values);
	for (size_t i = 0; i < count; i++)
		node_push(arena, empty, node_string(arena, values[i]));
	wanted->maps = maps;
	wanted->empty = empty;
	return true;
}

static bool import(struct desk *desk, struct answers *answers, struct rows *rows,
		   struct rejects *rejects, struct err *err)
{
	struct cli *cli = desk->cli;
	const char *unit = cli_value(cli, "unit"), *file = cli_value(cli, "from");
	struct rows_options form = {.name = file,
				    .encoding = cli_value(cli, "encoding"),
				    .format = strcmp(file, "-") == 0 ? "csv" : NULL};
	struct answers_result result;
	struct answers_options wanted = {
		.by = desk->request.by,
		.at = desk->request.at,
		.dry_run = desk->request.dry_run,
		.unit = unit ? unit : "unit",
		.when = cli_value(cli, "when"),
		.rejects = rejects_write,
		.context = rejects,
	};
	if (!read_maps(desk, &wanted, err) ||
	    !rejects_choose(rejects, &desk->book, file, NULL, err) ||
	    !foreign_rows(file, MAX_BYTES, &form, rows, err))
		return false;
	signal(SIGPIPE, SIG_IGN); /* nobody listening must not stop a batch half-way */
	bool done = answers_import(answers, rows, &wanted, &desk->arena, &result, err);
	if (!result.in_place)
		return done;
	if (!wanted.dry_run)
		cli_written(cli, file);
	if (result.late)
		cli_say(cli, _("late: %zu: they are kept and do not count"), result.late);
	rejects_report(rejects, &result.rows, result.left_out);
	return done;
}

static bool log_many(struct desk *desk, struct answers *answers, struct err *err)
{
	struct rows rows = {0};
	struct rejects rejects;
	rejects_init(&rejects, desk->cli);
	bool done = import(desk, answers, &rows, &rejects, err);
	rows_clear(&rows);
	rejects_clear(&rejects);
	return done;
}

static bool check_usage(struct cli *cli, struct err *err)
{
	static const char *const many[] = {"unit", "when", "map", "empty", "rejects", "encoding"};
	bool from = cli_has(cli, "from"), mends = cli_has(cli, "correct") || cli_has(cli, "void");
	for (size_t i = 0; !from && i < sizeof many / sizeof *many; i++)
		if (cli_has(cli, many[i]))
			return err_set(err, STATUS_USAGE, "--%s needs --from", many[i]);
	if (from && (cli_operands(cli) > 1 || mends || cli_has(cli, "request-id")))
		return err_set(
			err, STATUS_USAGE,
			"--from takes neither a unit nor --correct, --void and --request-id");
	if (!from && cli_operands(cli) < 2)
		return err_set(err, STATUS_USAGE, "say whose answer it is, or give --from FILE");
	if (cli_has(cli, "correct") && cli_has(cli, "void"))
		return err_set(err, STATUS_USAGE, "give --correct or --void, not both");
	if (cli_has(cli, "reason") && !mends)
		return err_set(err, STATUS_USAGE, "--reason needs --correct or --void");
	if (cli_has(cli, "void") && cli_operands(cli) > 2)
		return err_set(err, STATUS_USAGE, "--void takes no answers");
	return true;
}

static bool record(struct desk *desk, struct err *err)
{
	struct answers answers = {0};
	bool done = answers_open(&answers, &desk->book, cli_operand(desk->cli, 0), err) &&
		    (cli_has(desk->cli, "from") ? log_many : log_one)(desk, &answers, err);
	answers_clear(&answers);
	return done;
}

static bool run(struct cli *cli, struct err *err)
{
	return check_usage(cli, err) && desk_run(cli, DESK_RECORDS, record, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "survey-log",
		.synopsis = "SURVEY [UNIT [QUESTION=ANSWER…]]",
		.summary = N_("record what households answer to a survey"),
		.options = options,
		.manners = CLI_LEDGER | CLI_WRITES,
		.operands_min = 1,
		.operands_max = -1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
