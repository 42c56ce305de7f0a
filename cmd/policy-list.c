// SPDX-License-Identifier: MIT
// policy-list: the rules a ledger goes by, with their clauses and places; and what no rule speaks
// of.
#include <string.h>

#include "cli/desk.h"
#include "cli/filter.h"
#include "view/policy.h"

static const struct cli_option options[] = {
	{0, "clause", "CLAUSE",
	 N_("only rules of this clause, or of the clauses below it: H2, H2.C"), false},
	{'l', "list", "LIST", N_("only rules of this list: roles, steps, deadlines, …"), false},
	{'g', "gaps", NULL,
	 N_("instead, list for which tickets today's rules set no deadline or no callback"), false},
	{0, "unfilled", NULL,
	 N_("instead, list what rules ask for of somebody whom nobody here is, and what waits"),
	 false},
	{0, "replaced", NULL, N_("instead, list the rules that other packs replace, and why"),
	 false},
	CLI_ONCE('c', "clause"),
	{0},
};

/* Which lists there are the ledger says; ONLY may be NULL. */
static bool check_list(const struct policy *policy, const char *only, struct err *err)
{
	struct buf known;
	buf_init(&known);
	bool found = !only;
	for (enum rule_list list = 0; list < policy_list_count(policy) && !found; list++) {
		found = strcmp(only, policy_list_key(policy, list)) == 0;
		buf_addf(&known, "%s%s", list ? "|" : "", policy_list_key(policy, list));
	}
	if (!found)
		err_set(err, STATUS_USAGE, _("--list: “%s” is not one of %s"), only, known.data);
	buf_clear(&known);
	return found;
}

/* A clause, or a part of a handbook that has clauses below it. */
static bool check_clause(struct desk *desk, const char *clause, struct err *err)
{
	const struct policy *policy = desk->book.policy;
	struct node *all = node_list(&desk->arena);
	const struct rule *rule;
	bool found = !clause;
	for (enum rule_list list = 0; list < policy_list_count(policy) && !found; list++) {
		for (size_t i = 0; !found && (rule = policy_next(policy, list, &i));) {
			found = rule->clause && clauses_lie_under(rule->clause, clause);
			if (rule->clause && !node_holds(all, rule->clause))
				node_push(&desk->arena, all,
					  node_string(&desk->arena, rule->clause));
		}
	}
	struct buf names;
	buf_init(&names);
	if (!found) {
		node_join(all, ", ", &names);
		filter_unknown(
			"clause",
			arena_printf(&desk->arena, "no rule is of %s, or of a part of it", clause),
			names.data, "policy-list", err);
	}
	buf_clear(&names);
	return found;
}

static bool list_unfilled(struct desk *desk, struct err *err)
{
	static const char *const others[] = {"clause", "list", "gaps"};
	struct unfilled_report report;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (cli_has(desk->cli, others[i]))
			return err_set(err, STATUS_USAGE,
				       _("--unfilled lists something else than --%s: leave one "
					 "out"),
				       others[i]);
	unfilled_read(&desk->book, &report);
	cli_show(desk->cli, view_unfilled(&desk->style, &report));
	cli_problems(desk->cli, &report.gathered.problems);
	unfilled_report_clear(&report);
	return true;
}

static bool list(struct desk *desk, struct err *err)
{
	const char *clause = cli_value(desk->cli, "clause"), *only = cli_value(desk->cli, "list");
	if (!check_list(desk->book.policy, only, err) || !check_clause(desk, clause, err))
		return false;
	if (cli_has(desk->cli, "unfilled"))
		return list_unfilled(desk, err);
	cli_show(desk->cli, cli_has(desk->cli, "replaced") ? view_replaced(&desk->style)
			    : cli_has(desk->cli, "gaps")   ? view_gaps(&desk->style)
							 : view_rules(&desk->style, clause, only));
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, cli_has(cli, "unfilled") ? DESK_READS : BOOK_POLICY, list, err);
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "policy-list",
		.synopsis = "",
		.summary = N_("list the rules a ledger goes by, and what they leave open"),
		.options = options,
		.manners = CLI_LEDGER | CLI_FORMAT,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
