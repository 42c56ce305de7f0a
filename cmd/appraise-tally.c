// SPDX-License-Identifier: MIT
// appraise-tally: a year of appraisals weighed: all of the staff, one of them by month, or the
// sheets of one month.
#include <string.h>

#include "cli/desk.h"
#include "view/appraisal.h"

static const struct cli_option options[] = {
	{'y', "year", "YYYY", N_("the year; without it, this year"), false},
	{'m', "month", "YYYY-MM", N_("instead of a year, list the sheets of this month"), false},
	{0, "scheme", "SCHEME", N_("use this scheme; without it, the first in the policy"), false},
	{'e', "explain", NULL,
	 N_("instead, explain how every figure came about, down to the sheets and reasons"), false},
	CLI_ONCE('s', "scheme"),
	{0},
};

/* The scheme that is wanted, as it is in force at the end of YEAR. */
static const struct rule *find_scheme(struct cli *cli, const struct book *book, int year,
				      struct err *err)
{
	const char *wanted = cli_value(cli, "scheme");
	size_t cursor = 0;
	int day = day_of_civil(year, 12, 31);
	const struct rule *first = policy_next(book->policy, RULE_SCHEME, &cursor);
	const char *name = wanted ? wanted : first ? node_text(first->node, "scheme") : NULL;
	const struct rule *scheme = name ? policy_find_on(book->policy, RULE_SCHEME, name, day)
					 : NULL;
	struct buf names;
	buf_init(&names);
	policy_names(book->policy, RULE_SCHEME, NULL, &names);
	if (!scheme && wanted)
		err_set(err, STATUS_USAGE,
			"--scheme: \"%s\" is not a scheme of these packs (they have: %s)", wanted,
			names.len ? names.data : "none");
	else if (!scheme)
		err_set(err, STATUS_USAGE, "these packs have no scheme of appraisal");
	buf_clear(&names);
	return scheme;
}

static struct table *view(const struct desk *desk, const struct marks *marks,
			  const struct marks_person *person, int month)
{
	if (cli_has(desk->cli, "explain"))
		return view_marks_explained(&desk->style, marks, person);
	if (month)
		return view_marks_month(&desk->style, marks, person, month);
	if (person)
		return view_marks_person(&desk->style, marks, person);
	return view_marks_year(&desk->style, marks);
}

static bool weigh(struct desk *desk, struct err *err)
{
	struct cli *cli = desk->cli;
	const char *month = cli_value(cli, "month"), *year = cli_value(cli, "year"),
		   *wanted = cli_operand(cli, 0);
	struct marks marks;
	struct civil today;
	zone_civil(&desk->book.zone, desk->book.now, &today);
	struct sheet_period span = {.year = today.year};
	if ((month && !sheet_period_parse("month", month, &span, err)) ||
	    (year && !sheet_period_parse("year", year, &span, err)))
		return false;
	const struct rule *scheme = find_scheme(cli, &desk->book, span.year, err);
	if (!scheme)
		return false;
	marks_read(&desk->book, scheme, span.year, &marks);
	const struct marks_person *person = wanted ? marks_find(&marks, wanted) : NULL;
	bool found = person || !wanted;
	if (found)
		cli_show(cli, view(desk, &marks, person, span.month));
	else
		err_set(err, STATUS_USAGE, "%s is not marked by %s in %04d", wanted,
			node_text(scheme->node, "scheme"), span.year);
	cli_problems(cli, &marks.gathered.problems);
	marks_clear(&marks);
	return found;
}

static bool run(struct cli *cli, struct err *err)
{
	if (cli_has(cli, "month") && (cli_has(cli, "year") || cli_has(cli, "explain")))
		return err_set(err, STATUS_USAGE,
			       "--month cannot be combined with --year or --explain");
	return desk_run(cli, DESK_READS, weigh, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "appraise-tally",
		.synopsis = "[PERSON]",
		.summary = N_("weigh a year of appraisals: means, totals, ranks"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.operands_max = 1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
