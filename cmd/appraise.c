// SPDX-License-Identifier: MIT
// appraise: records a sheet of an appraisal, confirms, corrects or voids one; shows one; lists what
// tickets suggest for it.
#include <string.h>

#include "cli/desk.h"
#include "view/appraisal.h"

static const struct cli_option options[] = {
	{'D', "deduct", "ITEM:POINTS:REASON",
	 N_("deduct points from an item, for a reason; ITEM may be ITEM@TICKET or other/DIMENSION"),
	 true},
	{'s', "score", "ITEM:SELF:SUPERVISOR:REMARK",
	 N_("the two scores of an item; the remark may be left out"), true},
	{0, "commend", "POINTS:RECORD",
	 N_("add points for a commendation in the person's register"), false},
	{'o', "offence", "ITEM:RECORD:REASON",
	 N_("take all points of an item for an offence; RECORD is its sanction in the register"),
	 true},
	{'g', "grade", "GRADE",
	 N_("the person's grade, where it is not the one the policy gives to their role"), false},
	{0, "part", "PART", N_("what the sheet covers, where it is not the usual part"), false},
	{0, "period", "PERIOD",
	 N_("2026-11-21, 2026-W47, 2026-11 or 2026; without it, the present one"), false},
	{0, "confirm", NULL, N_("confirm a sheet that somebody else has marked"), false},
	{0, "correct", "REASON", N_("mark the sheet again, as a whole"), false},
	{0, "void", "REASON", N_("withdraw the sheet, so that it does not count any more"), false},
	{0, "show", NULL, N_("instead, show the sheet"), false},
	{0, "suggest", NULL,
	 N_("instead, list what tickets and the register show about the person"), false},
	CLI_ONCE('d', "deduct"),
	CLI_ONCE('c', "commend"),
	CLI_ONCE('p', "part"),
	{0},
};

/* --- reading --- */

static bool show_sheet(struct desk *desk, const char *person, struct err *err)
{
	struct cli *cli = desk->cli;
	struct arena *arena = &desk->arena;
	struct sheet_name name;
	struct marks marks;
	if (!sheet_name_parse(&desk->book, arena, cli_operand(cli, 1), cli_value(cli, "period"),
			      &name, err))
		return false;
	const char *id = arena_printf(arena, "%s/%s", person, sheet_name_text(arena, &name));
	const struct marks_sheet *sheet = NULL;
	marks_read(&desk->book, name.scheme, name.span.year, &marks);
	for (size_t i = 0; i < marks.sheet_count && !sheet; i++)
		if (strcmp(marks.sheets[i].sheet.id, id) == 0)
			sheet = &marks.sheets[i];
	cli_problems(cli, &marks.gathered.problems);
	if (sheet)
		cli_show(cli, view_sheet_explained(&desk->style, name.scheme, sheet));
	else
		err_set(err, STATUS_USAGE, "there is no %s", id);
	bool found = sheet;
	marks_clear(&marks);
	return found;
}

/* A period of any kind: without one, the month that runs. */
static bool find_span(struct cli *cli, const struct book *book, struct sheet_period *span,
		      struct err *err)
{
	const char *period = cli_value(cli, "period");
	size_t len = period ? strlen(period) : 0;
	struct buf month;
	if (period)
		return sheet_period_parse(strchr(period, 'W') ? "week"
					  : len > 7           ? "day"
					  : len > 4           ? "month"
							      : "year",
					  period, span, err);
	buf_init(&month);
	sheet_period_of("month", zone_day(&book->zone, book->now), &month);
	bool done = sheet_period_parse("month", month.data, span, err);
	buf_clear(&month);
	return done;
}

static bool suggest(struct desk *desk, const char *person, struct err *err)
{
	struct cli *cli = desk->cli;
	struct book *book = &desk->book;
	size_t cursor = 0;
	const struct rule *scheme = policy_next(book->policy, RULE_SCHEME, &cursor);
	struct sheet_period span;
	struct evidences evidences;
	if (!find_span(cli, book, &span, err))
		return false;
	if (scheme)
		scheme = policy_find_on(book->policy, RULE_SCHEME,
					node_text(scheme->node, "scheme"), span.last);
	if (!staff_find(&book->staff, person, INT64_MAX))
		return err_set(err, STATUS_USAGE, "%s is not in %s", person, LEDGER_STAFF);
	evidence_read(book, person, &span, &evidences);
	cli_show(cli, view_evidence(&desk->style, scheme, &evidences));
	cli_problems(cli, &evidences.gathered.problems);
	evidence_clear(&evidences);
	return true;
}

/* --- recording --- */

/* One mark as typed, of the option MARKS it came with. */
static bool add_mark(struct desk *desk, struct node *document, const char *marks, const char *typed,
		     struct err *err)
{
	const char *person = cli_operand(desk->cli, 0);
	struct arena *arena = &desk->arena;
	if (strcmp(marks, "deduct") == 0)
		return sheet_deduct(&desk->book, arena, document, typed, err);
	if (strcmp(marks, "score") == 0)
		return sheet_score(arena, document, typed, err);
	if (strcmp(marks, "commend") == 0)
		return sheet_commend(arena, document, person, typed, err);
	return sheet_offence(arena, document, person, typed, err);
}

static bool add_marks(struct desk *desk, struct node *document, struct err *err)
{
	static const char *const marks[] = {"deduct", "score", "commend", "offence"};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *const *values;
		size_t count = cli_values(desk->cli, marks[i], &values);
		for (size_t j = 0; j < count; j++)
			if (!add_mark(desk, document, marks[i], values[j], err))
				return false;
	}
	node_add_string(&desk->arena, document, "grade", cli_value(desk->cli, "grade"));
	node_add_string(&desk->arena, document, "part", cli_value(desk->cli, "part"));
	return true;
}

static bool record(struct desk *desk, const char *person, struct err *err)
{
	struct cli *cli = desk->cli;
	struct arena *arena = &desk->arena;
	const char *correct = cli_value(cli, "correct"), *voids = cli_value(cli, "void");
	const char *event = cli_has(cli, "confirm") ? "confirmed"
			    : correct               ? "corrected"
			    : voids                 ? "voided"
						    : "marked";
	struct node *document = ticket_document(arena, event);
	struct sheet_name name;
	if (!sheet_name_parse(&desk->book, arena, cli_operand(cli, 1), cli_value(cli, "period"),
			      &name, err) ||
	    !add_marks(desk, document, err))
		return false;
	if (node_pair_count(document) > 1 && !correct && event_of(event) != EVENT_MARKED)
		return err_set(err, STATUS_USAGE,
			       "marks are possible only for a new sheet, or "
			       "with --correct");
	node_add_string(arena, document, "reason", correct ? correct : voids);
	bool done = sheet_record(&desk->book, arena, &desk->request, person, &name, document,
				 &desk->recorded, err);
	desk_report(desk, false);
	return done;
}

static bool appraise(struct desk *desk, struct err *err)
{
	const char *person = cli_operand(desk->cli, 0);
	if (cli_has(desk->cli, "suggest"))
		return suggest(desk, person, err);
	return (cli_has(desk->cli, "show") ? show_sheet : record)(desk, person, err);
}

static bool run(struct cli *cli, struct err *err)
{
	static const char *const acts[] = {"confirm", "correct", "void", "show", "suggest"};
	bool reads = cli_has(cli, "show") || cli_has(cli, "suggest");
	size_t asked = 0;
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		asked += cli_has(cli, acts[i]);
	if (asked > 1)
		return err_set(err, STATUS_USAGE,
			       "give only one of --confirm, --correct, --void, --show, --suggest");
	if (!cli_has(cli, "suggest") && !cli_operand(cli, 1))
		return err_set(err, STATUS_USAGE, "say which sheet: PERSON SHEET");
	return desk_run(cli, reads ? DESK_READS : DESK_RECORDS, appraise, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "appraise",
		.synopsis = "PERSON [SHEET]",
		.summary =
			N_("record a sheet of an appraisal, or list what tickets suggest for it"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT | CLI_WRITES,
		.operands_min = 1,
		.operands_max = 2,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
