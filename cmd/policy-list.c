// SPDX-License-Identifier: MIT
// policy-list: the rules a ledger goes by, with their clauses and places; and what no rule speaks
// of.
#include <string.h>

#include "cli/desk.h"
#include "data/time.h"

static const struct cli_option options[] = {
	{'c', "clause", "CLAUSE",
	 N_("only rules of this clause, or of a part that begins so: H2, H2.C"), false},
	{'l', "list",
	 "roles|hours|kinds|categories|severities|steps|deadlines|extensions|callbacks|phrases|repeats|routines|surveys|schemes|degrees|courses|certificates|appointments|penalties|ratings",
	 N_("only this list"), false},
	{'g', "gaps", NULL,
	 N_("instead, kinds, categories and severities for which nothing is ever due"), false},
	{0},
};

static const char *const lists[RULE_LISTS] = {
	[RULE_ROLE] = "roles",
	[RULE_HOURS] = "hours",
	[RULE_KIND] = "kinds",
	[RULE_CATEGORY] = "categories",
	[RULE_SEVERITY] = "severities",
	[RULE_STEP] = "steps",
	[RULE_DEADLINE] = "deadlines",
	[RULE_EXTENSION] = "extensions",
	[RULE_CALLBACK] = "callbacks",
	[RULE_PHRASE] = "phrases",
	[RULE_REPEAT] = "repeats",
	[RULE_ROUTINE] = "routines",
	[RULE_SURVEY] = "surveys",
	[RULE_SCHEME] = "schemes",
	[RULE_DEGREE] = "degrees",
	[RULE_COURSE] = "courses",
	[RULE_CERTIFICATE] = "certificates",
	[RULE_APPOINTMENT] = "appointments",
	[RULE_PENALTY] = "penalties",
	[RULE_RATING] = "ratings",
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

static void add_names(const struct node *names, struct buf *out)
{
	const struct node *name;
	for (size_t i = 0; (name = node_each(names, i)); i++)
		buf_addf(out, "%s%s", i ? "," : "",
			 name->type == NODE_MAP ? "head-of:department" : name->text);
}

/* What the rule says, in the words of its entry. */
static void add_summary(const struct node *rule, struct buf *out)
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
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct node *value = node_get(rule, keys[i]);
		if (!value)
			continue;
		buf_addf(out, "%s%s%s", out->len ? "; " : "", i ? keys[i] : "", i ? " " : "");
		add_names(value, out);
	}
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
	for (enum rule_list list = 0; list < RULE_LISTS; list++) {
		size_t cursor = 0;
		const struct rule *rule;
		while ((rule = policy_next(book->policy, list, &cursor))) {
			if ((only && strcmp(only, lists[list]) != 0) ||
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
			add_summary(rule->node, &summary);
			add_names(rule->node->map.pairs[0].value, &names);
			const char *cells[] = {rule->clause, lists[list], names.data, place.data,
					       summary.data};
			table_row(table, cells);
		}
	}
	cli_show(cli, table);
	buf_clear(&place);
	buf_clear(&summary);
	buf_clear(&names);
}

/* Whether anything of LIST could ever apply to such a ticket: conditions may hold later, so they do
 * not count against it. */
static bool is_covered(const struct book *book, enum rule_list list, const char *kind,
		       const char *category, const char *severity)
{
	static const char *const keys[] = {"kind", "category", "severity"};
	const char *const values[] = {kind, category, severity};
	int today = zone_day(&book->zone, book->now);
	size_t cursor = 0;
	const struct rule *rule;
	while ((rule = policy_next(book->policy, list, &cursor))) {
		bool fits = today >= rule->from && today < rule->before;
		for (size_t i = 0; fits && i < 3; i++) {
			const struct node *wanted = node_get(rule->node, keys[i]);
			fits = !wanted || (values[i] && node_holds(wanted, values[i]));
		}
		/* a promise is everybody's; it says nothing of this kind */
		if (fits && node_get(rule->node, "kind"))
			return true;
	}
	return false;
}

static void show_gaps(struct cli *cli, const struct book *book)
{
	static const struct table_column columns[] = {
		{.name = "kind"}, {.name = "category"}, {.name = "severity"}, {.name = "lacks"}};
	struct table *table = cli_table(cli, columns, 4);
	table_no_bare_header(table);
	size_t at_kind = 0;
	const struct rule *kind, *category;
	while ((kind = policy_next(book->policy, RULE_KIND, &at_kind))) {
		const char *name = node_text(kind->node, "kind");
		const struct node *severities = node_get(kind->node, "severities");
		if (policy_find(book->policy, RULE_KIND, name) != kind)
			continue;
		for (size_t at_category = 0;
		     (category = policy_next(book->policy, RULE_CATEGORY, &at_category));) {
			const char *of = node_text(category->node, "category");
			if (!node_holds(node_get(category->node, "kind"), name) ||
			    policy_find(book->policy, RULE_CATEGORY, of) != category)
				continue;
			for (size_t i = 0;
			     i < (node_count(severities) ? node_count(severities) : 1); i++) {
				const char *severity = node_count(severities)
							       ? severities->list.items[i]->text
							       : NULL;
				bool deadline = is_covered(book, RULE_DEADLINE, name, of, severity);
				bool callback = is_covered(book, RULE_CALLBACK, name, of, severity);
				if (deadline && callback)
					continue;
				const char *cells[] = {name, of, severity,
						       deadline   ? "callback"
						       : callback ? "deadline"
								  : "deadline, callback"};
				table_row(table, cells);
			}
		}
	}
	cli_show(cli, table);
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	if (!cli_book(cli, &book, BOOK_POLICY, err))
		return false;
	if (cli_has(cli, "gaps"))
		show_gaps(cli, &book);
	else
		show_rules(cli, &book);
	book_close(&book);
	return true;
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
