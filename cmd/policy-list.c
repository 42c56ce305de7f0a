// SPDX-License-Identifier: MIT
// policy-list: the rules a ledger goes by, with their clauses and places; and what no rule speaks
// of.
#include <string.h>

#include "cli/desk.h"
#include "data/time.h"

static const struct cli_option options[] = {
	{'c', "clause", "CLAUSE",
	 N_("only rules of this clause, or of a part that begins so: H2, H2.C"), false},
	{'l', "list", "LIST", N_("only this list: roles, steps, deadlines, …"), false},
	{'g', "gaps", NULL,
	 N_("instead, kinds, categories and severities for which nothing is ever due"), false},
	{0},
};

/* Whether one of CLAUSES, words with spaces between, is WANTED or of its part. */
static bool is_of(const char *clauses, const char *wanted)
{
	size_t len = strlen(wanted);
	for (const char *word = clauses; word;
	     word = strchr(word, ' ') ? strchr(word, ' ') + 1 : NULL)
		if (strncmp(word, wanted, len) == 0 && strchr(" .-", word[len]))
			return true;
	return false;
}

/* VALUE's texts; of maps in a list, as {head-of: department}, their keys, too. */
static void add_values(const struct node *value, struct buf *out)
{
	const struct node *item;
	for (size_t i = 0; (item = node_each(value, i)); i++) {
		buf_adds(out, i ? "," : "");
		node_join(item, ",", out);
		for (size_t j = 0; j < node_pair_count(item); j++) {
			buf_addf(out, "%s%s:", j ? " " : "", node_pair(item, j)->key);
			node_join(node_pair(item, j)->value, ",", out);
		}
	}
}

static void add_said(const char *key, const struct node *value, struct buf *out)
{
	bool titled = strcmp(key, "title") == 0;
	if (!value)
		return;
	buf_addf(out, "%s%s%s", out->len ? "; " : "", titled ? "" : key, titled ? "" : " ");
	add_values(value, out);
}

/* What the rule says, in the words of its entry: of a list that kefu knows what tells most, of
 * another one all. */
static void add_summary(const struct book *book, enum rule_list list, const struct node *rule,
			struct buf *out)
{
	static const char *const keys[] = {"title",
					   "kind",
					   "category",
					   "severity",
					   "if",
					   "unless",
					   "by",
					   "after",
					   "start",
					   "at",
					   "opens",
					   "within",
					   "until",
					   "rate",
					   "who",
					   "total",
					   "times",
					   "pattern",
					   "occasion",
					   "approve",
					   "covers",
					   "every",
					   "ask-again-after",
					   "valid-above",
					   "satisfied",
					   "dissatisfied",
					   "confidence",
					   "from",
					   "before"};
	for (size_t i = 0; list < RULE_LISTS && i < sizeof keys / sizeof *keys; i++)
		add_said(keys[i], node_get(rule, keys[i]), out);
	const char *name = policy_list_name(book->policy, list);
	for (size_t i = 0; list >= RULE_LISTS && i < node_pair_count(rule); i++) {
		const struct pair *pair = node_pair(rule, i);
		if (strcmp(pair->key, "clause") != 0 && (!name || strcmp(pair->key, name) != 0))
			add_said(pair->key, pair->value, out);
	}
}

static bool check_list(const struct cli *cli, const struct policy *policy, struct err *err)
{
	const char *only = cli_value(cli, "list");
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

static void show_rules(struct cli *cli, const struct book *book)
{
	static const struct table_column columns[] = {
		{.name = "clause", .whole = true}, {.name = "list"}, {.name = "name"},
		{.name = "place", .whole = true},  {.name = "rule"},
	};
	const char *clause = cli_value(cli, "clause"), *only = cli_value(cli, "list");
	bool people = cli_format(cli) == TABLE_TABLE;
	struct table *table = cli_table(cli, columns, 5);
	struct buf place, summary, names;
	buf_init(&place);
	buf_init(&summary);
	buf_init(&names);
	for (enum rule_list list = 0; list < policy_list_count(book->policy); list++) {
		const char *key = policy_list_key(book->policy, list),
			   *name = policy_list_name(book->policy, list);
		size_t cursor = 0;
		const struct rule *rule;
		while ((rule = policy_next(book->policy, list, &cursor))) {
			if ((only && strcmp(only, key) != 0) ||
			    (clause && (!rule->clause || !is_of(rule->clause, clause))))
				continue;
			buf_reset(&place);
			buf_reset(&summary);
			buf_reset(&names);
			/* people know that packs lie in policy/ */
			const char *file = people ? strrchr(rule->file, '/') + 1 : rule->file;
			buf_addf(&place, "%.*s:%u",
				 people ? (int)strcspn(file, ".") : (int)strlen(file), file,
				 rule->node->line);
			add_summary(book, list, rule->node, &summary);
			add_values(name ? node_get(rule->node, name) : NULL, &names);
			const char *cells[] = {rule->clause, key, names.data, place.data,
					       summary.data};
			table_row(table, cells);
		}
	}
	cli_show(cli, table);
	buf_clear(&place);
	buf_clear(&summary);
	buf_clear(&names);
}

static void add_gap(void *context, const struct policy_gap *gap)
{
	const char *cells[] = {gap->kind, gap->category, gap->severity,
			       gap->deadline   ? "callback"
			       : gap->callback ? "deadline"
					       : "deadline, callback"};
	table_row(context, cells);
}

static void show_gaps(struct cli *cli, const struct book *book)
{
	static const struct table_column columns[] = {
		{.name = "kind"}, {.name = "category"}, {.name = "severity"}, {.name = "lacks"}};
	struct table *table = cli_table(cli, columns, 4);
	table_no_bare_header(table);
	policy_gaps(book->policy, zone_day(&book->zone, book->now), add_gap, table);
	cli_show(cli, table);
}

static bool list(struct desk *desk, struct err *err)
{
	if (!check_list(desk->cli, desk->book.policy, err))
		return false;
	if (cli_has(desk->cli, "gaps"))
		show_gaps(desk->cli, &desk->book);
	else
		show_rules(desk->cli, &desk->book);
	return true;
}

static bool run(struct cli *cli, struct err *err)
{
	return desk_run(cli, BOOK_POLICY, list, err);
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
