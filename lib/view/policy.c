// SPDX-License-Identifier: MIT
// What policy-list shows: rules, and what they leave open. Never prints.
#include "view/policy.h"

#include <string.h>

#include "book/policy.h"

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

/* The items of a checklist with their titles; "?" is behind those that are asked for at times only.
 */
static void add_items(const struct view_style *style, const struct node *items, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	const struct node *item;
	for (size_t i = 0; (item = node_item(items, i)); i++) {
		const char *name = node_text(item, "item");
		bool always = !node_get(item, "if") && !node_get(item, "unless");
		buf_addf(out, "%s%s%s", i ? ", " : "",
			 language_called(&arena, name ? name : "",
					 view_for_people(style) ? view_title(style, item) : NULL),
			 always ? "" : "?");
	}
	arena_clear(&arena);
}

static void add_said(const struct view_style *style, const struct node *rule, const char *key,
		     struct buf *out)
{
	const struct node *value = node_get(rule, key);
	if (!value)
		return;
	buf_adds(out, out->len ? "; " : "");
	if (strcmp(key, "title") == 0) {
		const char *title = view_title(style, rule);
		buf_adds(out, title ? title : "");
		return;
	}
	buf_addf(out, "%s ", key);
	if (strcmp(key, "items") == 0)
		add_items(style, value, out);
	else if (strcmp(key, "per") == 0 || strcmp(key, "refuse") == 0)
		buf_adds(out, view_chosen(style, value));
	else
		add_values(value, out);
}

/* What the rule says, in the words of its entry: of a list that kefu knows what tells most, of
 * another one all. */
static void add_summary(const struct view_style *style, enum rule_list list,
			const struct node *rule, struct buf *out)
{
	static const char *const keys[] = {
		"title",       "refuse",    "kind",         "category",
		"severity",    "if",        "unless",       "by",
		"to",          "after",     "start",        "at",
		"opens",       "within",    "until",        "rate",
		"who",         "total",     "times",        "pattern",
		"amount",      "least",     "most",         "per",
		"out",         "back",      "settled",      "occasion",
		"approve",     "covers",    "every",        "ask-again-after",
		"valid-above", "satisfied", "dissatisfied", "confidence",
		"over",        "items",     "complete",     "from",
		"before"};
	for (size_t i = 0; list < RULE_LISTS && i < sizeof keys / sizeof *keys; i++)
		add_said(style, rule, keys[i], out);
	const char *name = policy_list_name(style->book->policy, list);
	for (size_t i = 0; list >= RULE_LISTS && i < node_pair_count(rule); i++) {
		const struct pair *pair = node_pair(rule, i);
		if (strcmp(pair->key, "clause") != 0 && (!name || strcmp(pair->key, name) != 0))
			add_said(style, rule, pair->key, out);
	}
}

/* Where the rule stands. People know that packs lie in policy/. */
static const char *place_of(const struct view_style *style, struct arena *arena,
			    const struct rule *rule)
{
	if (!view_for_people(style))
		return rule->node->line ? arena_printf(arena, "%s:%u", rule->file, rule->node->line)
					: "kefu";
	const char *pack = strrchr(rule->file, '/') + 1;
	if (!rule->node->line) /* of every ledger */
		return arena_printf(arena, "%.*s", (int)strcspn(pack, "."), pack);
	return arena_printf(arena, "%.*s:%u", (int)strcspn(pack, "."), pack, rule->node->line);
}

/* What another pack replaces of a rule of steps, in words. */
struct replaced_part {
	const struct rule *rule;
	struct buf *out;
};

static void say_part(void *context, enum rule_list list, const struct rule *rule, const char *pack,
		     const struct node *entry)
{
	const struct replaced_part *part = context;
	const struct node *kinds = node_get(entry, "kind");
	if (list != RULE_STEP || rule != part->rule || !node_get(entry, "step"))
		return;
	buf_adds(part->out, part->out->len ? "; but " : "but ");
	node_join(node_get(entry, "step"), ",", part->out);
	buf_adds(part->out, kinds ? " of " : "");
	node_join(kinds, ",", part->out);
	buf_addf(part->out, " replaced by %s", pack);
}

static void add_rule(const struct view_style *style, struct table *table, enum rule_list list,
		     const struct rule *rule)
{
	const struct policy *policy = style->book->policy;
	const char *name = policy_list_name(policy, list);
	struct arena arena = ARENA_INIT;
	struct buf summary, names;
	buf_init(&summary);
	buf_init(&names);
	add_summary(style, list, rule->node, &summary);
	if (rule->aside)
		policy_replaced(policy, say_part,
				&(struct replaced_part){.rule = rule, .out = &summary});
	if (rule->cited)
		buf_adds(&names, rule->cited);
	else
		add_values(name ? node_get(rule->node, name) : NULL, &names);
	const char *cells[] = {rule->clause, policy_list_key(policy, list), names.data,
			       place_of(style, &arena, rule), summary.data};
	table_row(table, cells);
	buf_clear(&summary);
	buf_clear(&names);
	arena_clear(&arena);
}

struct table *view_rules(const struct view_style *style, const char *clause, const char *list)
{
	static const struct table_column columns[] = {
		{.name = "clause", .whole = true},
		{.name = "list"},
		{.name = "name"},
		{.name = "place", .whole = true},
		{.name = "rule", .below = true},
	};
	const struct policy *policy = style->book->policy;
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	for (enum rule_list i = 0; i < policy_list_count(policy); i++) {
		size_t cursor = 0;
		const struct rule *rule;
		if (list && strcmp(list, policy_list_key(policy, i)) != 0)
			continue;
		while ((rule = policy_next(policy, i, &cursor)))
			if (!clause || (rule->clause && clauses_lie_under(rule->clause, clause)))
				add_rule(style, table, i, rule);
	}
	return table;
}

/* --- what is replaced --- */

struct replaced_rows {
	const struct view_style *style;
	struct table *table;
};

static void add_replaced(void *context, enum rule_list list, const struct rule *rule,
			 const char *pack, const struct node *entry)
{
	const struct replaced_rows *rows = context;
	const struct policy *policy = rows->style->book->policy;
	const struct node *steps = node_get(entry, "step");
	const char *name = policy_list_name(policy, list);
	struct arena arena = ARENA_INIT;
	struct buf names, kinds;
	buf_init(&names);
	buf_init(&kinds);
	add_values(steps ? steps : name ? node_get(rule->node, name) : NULL, &names);
	node_join(node_get(entry, "kind"), ",", &kinds);
	const char *all = NULL;
	if (!steps) {
		struct buf clauses;
		buf_init(&clauses);
		node_join(node_get(rule->node, "clause"), " ", &clauses);
		all = arena_dup(&arena, clauses.data);
		buf_clear(&clauses);
	}
	const char *cells[] = {steps ? rule->clause : all,
			       policy_list_key(policy, list),
			       names.data,
			       kinds.len ? kinds.data : NULL,
			       place_of(rows->style, &arena, rule),
			       pack,
			       policy_text(policy, node_get(entry, "reason"))};
	table_row(rows->table, cells);
	buf_clear(&names);
	buf_clear(&kinds);
	arena_clear(&arena);
}

struct table *view_replaced(const struct view_style *style)
{
	static const struct table_column columns[] = {
		{.name = "clause", .whole = true},
		{.name = "list"},
		{.name = "name"},
		{.name = "kind"},
		{.name = "place", .whole = true},
		{.name = "by"},
		{.name = "reason", .below = true},
	};
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	table_no_bare_header(table);
	policy_replaced(style->book->policy, add_replaced,
			&(struct replaced_rows){.style = style, .table = table});
	return table;
}

static void add_gap(void *table, const struct policy_gap *gap)
{
	const char *lacks = gap->deadline   ? "callback"
			    : gap->callback ? "deadline"
					    : "deadline, callback";
	table_row(table, (const char *const[]){gap->kind, gap->category, gap->severity, lacks});
}

struct table *view_gaps(const struct view_style *style)
{
	static const struct table_column columns[] = {{.name = "kind"},
						      {.name = "category"},
						      {.name = "severity"},
						      {.name = "lacks", .below = true}};
	const struct book *book = style->book;
	struct table *table = view_table(style, columns, sizeof columns / sizeof *columns);
	table_no_bare_header(table);
	policy_gaps(book->policy, zone_day(&book->zone, book->now), add_gap, table);
	return table;
}

/* --- what nobody can fulfil --- */

/* The ids of FORMS; for people the first few. */
static const char *forms_text(const struct view_style *style, struct arena *arena,
			      const struct node *forms)
{
	enum { SHOWN = 3 };
	size_t count = node_item_count(forms),
	       shown = view_for_people(style) && count > SHOWN ? SHOWN : count;
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < shown; i++)
		buf_addf(&text, "%s%s", i ? " " : "", node_item_text(forms, i));
	if (shown < count)
		buf_addf(&text, " and %zu more", count - shown);
	const char *kept = text.len ? arena_dup_len(arena, text.data, text.len) : NULL;
	buf_clear(&text);
	return kept;
}

struct table *view_unfilled(const struct view_style *style, const struct unfilled_report *report)
{
	static const struct table_column columns[] = {
		{.name = "clause", .whole = true},
		{.name = "list"},
		{.name = "name"},
		{.name = "key"},
		{.name = "whom", .whole = true},
		{.name = "forms", .below = true},
		{.name = "place"},
		{.name = "rule", .below = true},
	};
	enum { FOR_PEOPLE = 6 };
	bool people = view_for_people(style);
	struct table *table =
		view_table(style, columns, people ? FOR_PEOPLE : sizeof columns / sizeof *columns);
	table_no_bare_header(table);
	for (size_t i = 0; i < report->count; i++) {
		const struct unfilled_row *row = &report->rows[i];
		struct arena arena = ARENA_INIT;
		struct buf whom, summary;
		buf_init(&whom);
		buf_init(&summary);
		node_join(row->whom, " ", &whom);
		if (row->rule)
			add_summary(style, row->list, row->rule->node, &summary);
		table_row(
			table,
			(const char *const[]){
				row->clause, policy_list_key(style->book->policy, row->list),
				row->name, row->key,
				view_names(style, &arena, RULE_ROLE, whom.data, people ? "," : " "),
				forms_text(style, &arena, row->forms),
				row->rule ? place_of(style, &arena, row->rule) : NULL,
				row->rule ? summary.data : NULL});
		buf_clear(&summary);
		buf_clear(&whom);
		arena_clear(&arena);
	}
	return table;
}
