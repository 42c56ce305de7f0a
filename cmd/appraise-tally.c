// SPDX-License-Identifier: MIT
// appraise-tally: a year of appraisals weighed: all of the staff, one of them by month, or the
// sheets of one month.
#include <string.h>

#include "cli/desk.h"
#include "view/appraisal.h"

static const struct cli_option options[] = {
	{'y', "year", "YYYY", N_("the year; without it, this year"), false},
	{'m', "month", "YYYY-MM", N_("instead, the sheets of one month"), false},
	{'s', "scheme", "SCHEME", N_("by this scheme; without it, by the policy's first"), false},
	{'e', "explain", NULL, N_("how every figure came about, down to the sheets and reasons"),
	 false},
	{0},
};

static const struct rule *find_scheme(struct cli *cli, const struct book *book, struct err *err)
{
	const char *wanted = cli_value(cli, "scheme");
	size_t cursor = 0;
	const struct rule *scheme = wanted ? policy_find(book->policy, RULE_SCHEME, wanted)
					   : policy_next(book->policy, RULE_SCHEME, &cursor);
	struct buf names;
	buf_init(&names);
	policy_names(book->policy, RULE_SCHEME, NULL, &names);
	if (!scheme && wanted)
		err_set(err, STATUS_USAGE,
			"--scheme: \"%s\" is no scheme of these packs (they have: %s)", wanted,
			names.len ? names.data : "none");
	else if (!scheme)
		err_set(err, STATUS_USAGE, "these packs have no scheme of appraisal");
	buf_clear(&names);
	return scheme;
}

static void show(struct cli *cli, const struct book *book, const struct marks *marks,
		 const struct marks_person *person, int month)
{
	struct view_style style = cli_style(cli, book);
	cli_show(cli, cli_has(cli, "explain") ? view_marks_explained(&style, marks, person)
		      : month                 ? view_marks_month(&style, marks, person, month)
		      : person                ? view_marks_person(&style, marks, person)
					      : view_marks_year(&style, marks));
}

static bool run(struct cli *cli, struct err *err)
{
	const char *month = cli_value(cli, "month"), *year = cli_value(cli, "year"),
		   *wanted = cli_operand(cli, 0);
	struct sheet_period span;
	struct marks marks;
	struct book book;
	struct civil today;
	if (month && (year || cli_has(cli, "explain")))
		return err_set(
			err, STATUS_USAGE,
			"--month stands alone: it has its year, and its sheets explain themselves");
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY, err))
		return false;
	zone_civil(&book.zone, book.now, &today);
	span = (struct sheet_period){.year = today.year};
	const struct rule *scheme = find_scheme(cli, &book, err);
	bool done = scheme && (!month || sheet_period_parse("month", month, &span, err)) &&
		    (!year || sheet_period_parse("year", year, &span, err));
	if (done) {
		marks_read(&book, scheme, span.year, &marks);
		const struct marks_person *person = wanted ? marks_find(&marks, wanted) : NULL;
		if (wanted && !person)
			done = err_set(err, STATUS_USAGE, "%s is not marked by %s in %04d", wanted,
				       node_text(scheme->node, "scheme"), span.year);
		else
			show(cli, &book, &marks, person, span.month);
		cli_problems(cli, &marks.problems);
		marks_clear(&marks);
	}
	book_close(&book);
	return done;
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
