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
	{'c', "correct", NULL,
	 N_("correct what was recorded for this household; QUESTION= removes an answer"), false},
	{0, "void", NULL, N_("void the answers of this household"), false},
	{'r', "reason", "TEXT", N_("with --correct and --void: why"), false},
	{0},
};

/* What run() works with; all of it is cleared at its end. */
struct logging {
	struct cli *cli;
	struct book book;
	struct arena arena;
	struct answers answers;
	struct rows rows;
	struct rejects rejects;
};

/* --- one --- */

static bool take_operand(struct logging *logging, struct node *document, const char *operand,
			 struct err *err)
{
	struct arena *arena = &logging->arena;
	const char *equals = strchr(operand, '=');
	bool correct = cli_has(logging->cli, "correct");
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
	return answers_set(&logging->answers, arena, values, question, equals + 1, err);
}

static bool log_one(struct logging *logging, struct err *err)
{
	struct cli *cli = logging->cli;
	bool voids = cli_has(cli, "void"), corrects = cli_has(cli, "correct");
	struct node *document = ticket_document(&logging->arena, voids      ? "voided"
								 : corrects ? "corrected"
									    : "answered");
	struct request request = cli_request(cli, false);
	struct recorded recorded = {0};
	struct buf unit;
	buf_init(&unit);
	node_add_string(&logging->arena, document, "reason", cli_value(cli, "reason"));
	bool done = value_normal(&logging->book, "unit", cli_operand(cli, 1), &unit, err);
	for (size_t i = 2; done && i < cli_operands(cli); i++)
		done = take_operand(logging, document, cli_operand(cli, i), err);
	if (done && corrects && !node_count(node_get(document, "answers")))
		node_remove(document, "answers");
	if (done && !voids && !corrects && !node_get(document, "answers"))
		node_add(&logging->arena, document, "answers", node_map(&logging->arena));
	done = done && answers_record(&logging->answers, &logging->arena, &request, unit.data,
				      document, &recorded, err);
	if (done && node_get(document, "late"))
		cli_say(cli, _("%s: late: it is kept and does not count"), unit.data);
	cli_report(cli, &recorded, false);
	buf_clear(&unit);
	return done;
}

/* --- many --- */

static bool read_maps(struct logging *logging, struct answers_options *wanted, struct err *err)
{
	const char *const *values;
	struct node *maps = node_map(&logging->arena), *empty = node_list(&logging->arena);
	size_t count = cli_values(logging->cli, "map", &values);
	for (size_t i = 0; i < count; i++) {
		const char *equals = strrchr(values[i], '=');
		if (!equals || equals == values[i] || !equals[1])
			return err_set(err, STATUS_USAGE, "--map: give COLUMN=QUESTION, not \"%s\"",
				       values[i]);
		node_set(&logging->arena, maps,
			 arena_dup_len(&logging->arena, values[i], (size_t)(equals - values[i])),
			 node_string(&logging->arena, equals + 1));
	}
	count = cli_values(logging->cli, "empty", &values);
	for (size_t i = 0; i < count; i++)
		node_push(&logging->arena, empty, node_string(&logging->arena, values[i]));
	wanted->maps = maps;
	wanted->empty = empty;
	return true;
}

static bool open_rows(struct logging *logging, const char *file, struct err *err)
{
	struct rows_options wanted = {.name = file,
				      .encoding = cli_value(logging->cli, "encoding"),
				      .format = strcmp(file, "-") == 0 ? "csv" : NULL};
	struct buf bytes;
	buf_init(&bytes);
	bool done = foreign_read(file, MAX_BYTES, &bytes, err) &&
		    rows_open(&logging->rows, bytes.data, bytes.len, &wanted, err);
	buf_clear(&bytes);
	return done;
}

static bool log_many(struct logging *logging, const char *file, struct err *err)
{
	struct cli *cli = logging->cli;
	const char *unit = cli_value(cli, "unit");
	struct answers_result result;
	struct answers_options wanted = {
		.by = cli_value(cli, "by"),
		.at = cli_value(cli, "at"),
		.dry_run = cli_has(cli, "dry-run"),
		.unit = unit ? unit : "unit",
		.when = cli_value(cli, "when"),
		.rejects = rejects_write,
		.context = &logging->rejects,
	};
	if (!read_maps(logging, &wanted, err) ||
	    !rejects_choose(&logging->rejects, &logging->book, file, NULL, err) ||
	    !open_rows(logging, file, err))
		return false;
	signal(SIGPIPE, SIG_IGN); /* nobody listening must not stop a batch half-way */
	bool done = answers_import(&logging->answers, &logging->rows, &wanted, &logging->arena,
				   &result, err);
	if (!result.in_place)
		return done;
	if (!wanted.dry_run)
		cli_written(cli, file);
	if (result.late)
		cli_say(cli, _("late: %zu: they are kept and do not count"), result.late);
	rejects_report(&logging->rejects, result.read, result.recorded, result.already,
		       result.left_out);
	return done;
}

static bool check_usage(struct cli *cli, struct err *err)
{
	static const char *const many[] = {"unit", "when", "map", "empty", "rejects", "encoding"};
	bool from = cli_has(cli, "from"), mends = cli_has(cli, "correct") || cli_has(cli, "void");
	for (size_t i = 0; !from && i < sizeof many / sizeof *many; i++)
		if (cli_has(cli, many[i]))
			return err_set(err, STATUS_USAGE, "--%s goes with --from", many[i]);
	if (from && (cli_operands(cli) > 1 || mends || cli_has(cli, "request-id")))
		return err_set(
			err, STATUS_USAGE,
			"--from takes neither a unit nor --correct, --void and --request-id");
	if (!from && cli_operands(cli) < 2)
		return err_set(err, STATUS_USAGE, "say whose answer it is, or give --from FILE");
	if (cli_has(cli, "correct") && cli_has(cli, "void"))
		return err_set(err, STATUS_USAGE, "--correct or --void: only one of them");
	if (cli_has(cli, "reason") && !mends)
		return err_set(err, STATUS_USAGE, "--reason goes with --correct and --void");
	if (cli_has(cli, "void") && cli_operands(cli) > 2)
		return err_set(err, STATUS_USAGE, "--void takes no answers");
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	struct logging logging = {.cli = cli};
	const char *file = cli_value(cli, "from");
	if (!check_usage(cli, err) ||
	    !cli_book(cli, &logging.book, BOOK_STAFF | BOOK_POLICY | BOOK_SITE, err))
		return false;
	rejects_init(&logging.rejects, cli);
	bool done = answers_open(&logging.answers, &logging.book, cli_operand(cli, 0), err) &&
		    (file ? log_many(&logging, file, err) : log_one(&logging, err));
	rows_clear(&logging.rows);
	rejects_clear(&logging.rejects);
	answers_clear(&logging.answers);
	arena_clear(&logging.arena);
	book_close(&logging.book);
	return done;
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
