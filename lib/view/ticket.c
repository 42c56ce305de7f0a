// SPDX-License-Identifier: MIT
// A ticket as people read it: the matter, what it owes and owed, what happened. Never prints.
#include "view/ticket.h"

#include <inttypes.h>
#include <string.h>

#include "book/called.h"
#include "data/time.h"
#include "ticket/balances.h"
#include "ticket/checklists.h"
#include "ticket/countersign.h"
#include "ticket/duty.h"
#include "ticket/waiting.h"

struct page {
	const struct view_style *style;
	const struct form *form;
	struct buf *out;
	struct arena arena; /* of names */
};

/* TEXT with its controls visible; line breaks begin lines indented by INDENT. */
static void add_text(struct page *page, const char *text, size_t len, size_t indent)
{
	for (const char *end = text + len; text < end;) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		buf_fill(page->out, ' ', indent);
		buf_add_visible(page->out, text, (size_t)((stop ? stop : end) - text));
		buf_addc(page->out, '\n');
		text = stop ? stop + 1 : end;
	}
}

static void add_key(struct page *page, const struct pair *pair, const struct schema *schema)
{
	const char *key = called_key(page->style->book, &page->arena, schema, pair->key);
	if (key == pair->key) /* as it stands there, which may hold anything */
		buf_add_visible(page->out, pair->key, pair->key_len);
	else
		buf_add_visible(page->out, key, strlen(key));
}

/* Fields whose value is a name of a list, or a list of such names. */
static bool add_named(struct page *page, const struct pair *pair)
{
	static const struct {
		const char *key;
		enum rule_list list;
	} named[] = {{"kind", RULE_KIND},         {"category", RULE_CATEGORY},
		     {"severity", RULE_SEVERITY}, {"department", RULE_DEPARTMENT},
		     {"team", RULE_DEPARTMENT},   {"departments", RULE_DEPARTMENT},
		     {"routine", RULE_ROUTINE},   {"item", RULE_PRICE}};
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		const char *name = node_as_text(pair->value), *shown;
		if (strcmp(pair->key, named[i].key) != 0 ||
		    (!name && pair->value->type != NODE_LIST))
			continue;
		shown = called_names(page->style->book, &page->arena, named[i].list, pair->value,
				     ", ");
		if (name && strcmp(shown, name) == 0) /* which may hold anything */
			return false;
		buf_add_visible(page->out, shown, strlen(shown));
		return true;
	}
	return false;
}

/* SCHEMA is that of VALUE; NULL when there is none. */
static void add_value(struct page *page, const struct node *value, const struct schema *schema)
{
	const struct node *item;
	const struct pair *pair;
	const char *text;
	switch (value->type) {
	case NODE_STRING:
	case NODE_NUMBER:
		text = called_value(page->style->book, &page->arena, schema, node_as_text(value));
		buf_add_visible(page->out, text,
				text == node_as_text(value) ? node_text_len(value) : strlen(text));
		break;
	case NODE_BOOL:
		buf_adds(page->out, called_value(page->style->book, &page->arena, schema,
						 node_is_true(value) ? "yes" : "no"));
		break;
	case NODE_LIST:
		for (size_t i = 0; (item = node_item(value, i)); i++) {
			buf_adds(page->out, i ? ", " : "");
			add_value(page, item, schema ? schema_items(schema) : NULL);
		}
		break;
	case NODE_MAP:
		for (size_t i = 0; (pair = node_pair(value, i)); i++) {
			buf_adds(page->out, i ? ", " : "");
			add_key(page, pair, schema);
			buf_addc(page->out, ' ');
			if (!add_named(page, pair))
				add_value(page, pair->value,
					  schema ? schema_property(schema, pair->key, NULL) : NULL);
		}
		break;
	case NODE_NULL:
		break;
	}
}

static void add_instant(struct page *page, int64_t instant)
{
	time_format_short(&page->style->book->zone, instant, page->out);
}

static void add_name(struct page *page, const char *before, enum rule_list list, const char *name)
{
	if (name)
		buf_addf(page->out, "%s%s", before,
			 called_name(page->style->book, &page->arena, list, name));
}

static void add_step(struct page *page, const char *before, const char *step)
{
	buf_addf(page->out, "%s%s", before,
		 called_step(page->style->book, &page->arena, page->form->kind, step));
}

/* What awaits signatures, since when, and whose. */
static void add_proposals(struct page *page)
{
	const struct book *book = page->style->book;
	struct proposal proposal;
	struct buf who;
	buf_init(&who);
	for (size_t cursor = 0; form_next_open_proposal(page->form, &cursor, &proposal);) {
		buf_reset(&who);
		countersign_say_missing(book, page->form, &proposal, book->now, &who);
		buf_addf(page->out, "%s (#%" PRId64 ") awaits signatures since ", proposal.step,
			 proposal.document->known);
		add_instant(page, proposal.document->at);
		buf_addf(page->out, ": %s\n",
			 who.len ? who.data
				 : "all have signed, in two clones: one of them signs once more");
	}
	buf_clear(&who);
}

static void add_matter(struct page *page)
{
	const struct form *form = page->form;
	const struct node *opening = form->documents[0].root, *text = node_get(opening, "text");
	const struct book *book = page->style->book;
	buf_addf(page->out, "%s  %s", form->id,
		 called_state(book, &page->arena, form_state_name(form->state)));
	add_name(page, "  ", RULE_KIND, form->kind);
	add_name(page, ", ", RULE_CATEGORY, form->category);
	add_name(page, ", ", RULE_SEVERITY, form->severity);
	if (form->charging)
		buf_addf(page->out, ", %s",
			 called_value_of(book, &page->arena, "schemas/ticket/opened.yaml",
					 "charging", form->charging));
	if (form->cycle > 1)
		buf_addf(page->out, ", cycle %u", form->cycle);
	buf_addc(page->out, '\n');
	const struct node *phone = node_get(form->customer, "phone");
	const struct pair *part;
	for (size_t i = 0; (part = node_pair(form->customer, i)); i++) {
		buf_adds(page->out, i ? "  " : "");
		/* the one to call is the latest, maybe a slip's */
		if (part->value == phone && form->phone)
			buf_add_visible(page->out, form->phone, strlen(form->phone));
		else
			add_value(page, part->value, NULL);
	}
	if (form->phone && !phone) {
		buf_adds(page->out, form->customer ? "  " : "");
		buf_add_visible(page->out, form->phone, strlen(form->phone));
	}
	buf_addf(page->out, "%s%s\n", form->assignee ? "  assigned to " : "",
		 form->assignee ? form->assignee : "");
	struct wait wait;
	if (form_waits(form, &wait)) {
		buf_addf(page->out, "waits for %s since ",
			 wait.whom ? view_waits_for(page->style, &page->arena, wait.whom)
				   : "somebody");
		add_instant(page, wait.from);
		buf_addf(page->out, " (#%" PRId64 ")\n", wait.begun->known);
	}
	const struct document *asked;
	unsigned times = form_asked_again(form, &asked);
	if (times) {
		buf_addf(page->out, "the household has asked again %u time%s, last ", times,
			 times > 1 ? "s" : "");
		add_instant(page, asked->at);
		buf_addf(page->out, " (#%" PRId64 ")\n", asked->known);
	}
	add_proposals(page);
	if (form_merged_into(form)) {
		buf_adds(page->out, "merged into ");
		buf_add_visible(page->out, form_merged_into(form), strlen(form_merged_into(form)));
		buf_addc(page->out, '\n');
	}
	if (text && text->type == NODE_STRING)
		add_text(page, node_as_text(text), node_text_len(text), 2);
}

const char *view_verdict(const struct view_style *style, const struct duty *duty)
{
	static const char *const words[] = {[DUTY_OPEN] = "open",
					    [DUTY_MET] = "in time",
					    [DUTY_LATE] = "LATE",
					    [DUTY_WITHDRAWN] = "withdrawn",
					    [DUTY_UNREACHED] = "not reached"};
	if (duty->state == DUTY_OPEN && style->book->now > duty->at)
		return "OVERDUE";
	return words[duty->state];
}

/* How often it was tried; with a limit how often that counts, and with what clause. */
static void add_tries(struct page *page, const struct duty *duty)
{
	if (duty->state == DUTY_UNREACHED && duty->ended > duty->at)
		buf_adds(page->out, ", LATE");
	if (duty->attempts)
		buf_addf(page->out, ", reached nobody %u times", duty->attempts);
	if (duty->limit.times && duty->tries)
		buf_addf(page->out, ", tried %u of %u times on %u of %u days%s%s%s", duty->tries,
			 duty->limit.times, duty->try_days, duty->limit.days,
			 duty->limit.clause ? " [" : "",
			 duty->limit.clause ? duty->limit.clause : "",
			 duty->limit.clause ? "]" : "");
}

static void add_duty(struct page *page, const struct duty *duty)
{
	buf_addf(page->out, "  %s [%s] ",
		 called_duty(page->style->book, &page->arena,
			     duty->callback ? RULE_CALLBACK : RULE_DEADLINE,
			     duty_rule_name(page->style->book, duty), duty->id),
		 duty->clause);
	if (duty->opens != duty->start) {
		add_instant(page, duty->opens);
		buf_adds(page->out, " to ");
	}
	add_instant(page, duty->at);
	buf_addf(page->out, "  %s", view_verdict(page->style, duty));
	if (duty->household) {
		buf_adds(page->out, ", for ");
		buf_add_visible(page->out, duty->household, strlen(duty->household));
	}
	if (duty->to && duty->state == DUTY_OPEN) {
		buf_adds(page->out, ", to ");
		node_join(duty->to, " or ", page->out);
	}
	if (duty->ended_by) {
		/* it was not done at that moment */
		if (duty->state == DUTY_LATE && !duty_was_done(duty))
			add_step(page, ", not done when ", duty->ended_by->event);
		buf_adds(page->out, " at ");
		add_instant(page, duty->ended);
		buf_addf(page->out, " (#%" PRId64 ")", duty->ended_by->known);
	}
	if (waiting_excuses(page->style->book, page->form, duty))
		buf_adds(page->out, ", by waiting");
	add_tries(page, duty);
	buf_adds(page->out, duty->provisional ? ", provisional\n" : "\n");
}

static void add_dispute(struct page *page)
{
	if (page->form->state != FORM_DISPUTED)
		return;
	buf_adds(page->out, "disputed: ");
	form_say_dispute(page->form, page->out);
	buf_addc(page->out, '\n');
}

static void add_duties(struct page *page, bool callbacks)
{
	bool any = false;
	const struct duty *duty;
	for (size_t cursor = 0; (duty = form_next_duty(page->form, &cursor));) {
		if (duty->callback != callbacks)
			continue;
		if (!any)
			buf_addf(page->out, "\n%s\n", callbacks ? "Callbacks" : "Deadlines");
		any = true;
		add_duty(page, duty);
	}
}

/* What was given out and did not come back. */
static void add_outstanding(struct page *page)
{
	const struct book *book = page->style->book;
	struct arena arena = ARENA_INIT;
	struct holdings holdings =
		balances_of(book, page->form, zone_day(&book->zone, book->now), &arena);
	bool any = false;
	for (size_t i = 0; i < holdings.count; i++) {
		const struct holding *holding = &holdings.items[i];
		if (!holding->out)
			continue;
		buf_adds(page->out, any ? "  " : "\nStill out\n  ");
		any = true;
		add_name(page, "", RULE_BALANCE, node_text(holding->rule->node, "balance"));
		buf_addf(page->out, " [%s] ", holding->rule->clause);
		holding_say(holding, page->out);
		buf_adds(page->out, " since ");
		add_instant(page, holding->since);
		buf_addf(page->out, " (#%" PRId64 ")\n", holding->seq);
	}
	arena_clear(&arena);
}

static void add_linked(struct page *page, const struct node *linked)
{
	static const char *const keys[] = {"state", "kind", "category", "text", "problem"};
	static const enum rule_list lists[] = {RULE_LISTS, RULE_KIND, RULE_CATEGORY, RULE_LISTS,
					       RULE_LISTS};
	const struct node *row;
	if (node_item_count(linked))
		buf_adds(page->out, "\nLinked\n");
	for (size_t i = 0; (row = node_item(linked, i)); i++) {
		const char *id = node_text(row, "id");
		buf_addf(page->out, "  %s", id ? id : "");
		for (size_t j = 0; j < sizeof keys / sizeof *keys; j++) {
			const char *text = node_text(row, keys[j]);
			if (!text)
				continue;
			if (strcmp(keys[j], "state") == 0)
				text = called_state(page->style->book, &page->arena, text);
			else if (lists[j] != RULE_LISTS)
				text = called_name(page->style->book, &page->arena, lists[j], text);
			buf_adds(page->out, "  ");
			buf_add_visible(page->out, text, strlen(text));
		}
		buf_addc(page->out, '\n');
	}
}

/* The items of LIST, a row of checklists_rows, that are checked, or those that are not, on a line
 * that begins with BEFORE. */
static void add_items(struct page *page, const struct node *list, bool checked, const char *before)
{
	const char *name = node_text(list, "checklist"), *item;
	const struct node *row;
	size_t count = 0;
	int64_t seq;
	for (size_t i = 0; (row = node_item(node_get(list, "items"), i)); i++) {
		bool is_checked = node_integer(row, "seq", &seq);
		if (is_checked != checked || !(item = node_text(row, "item")))
			continue;
		buf_addf(page->out, "%s%s", count++ ? ", " : before,
			 language_called(&page->arena, item,
					 checklists_title(page->style->book, name, item)));
		if (checked)
			buf_addf(page->out, " (#%" PRId64 ")", seq);
	}
	buf_adds(page->out, count ? "\n" : "");
}

static void add_checklists(struct page *page, const struct node *checklists)
{
	const struct node *list;
	for (size_t i = 0; (list = node_item(checklists, i)); i++) {
		const char *clause = node_text(list, "clause");
		size_t checked = 0;
		for (size_t j = 0; j < node_item_count(node_get(list, "items")); j++)
			checked += node_get(node_item(node_get(list, "items"), j), "seq") != NULL;
		buf_adds(page->out, i ? "" : "\nChecklists\n");
		add_name(page, "  ", RULE_CHECKLIST, node_text(list, "checklist"));
		buf_addf(page->out, " [%s] %zu of %zu\n", clause ? clause : "", checked,
			 node_item_count(node_get(list, "items")));
		add_items(page, list, true, "    checked: ");
		add_items(page, list, false, "    missing: ");
	}
}

/* Who called about the matter besides the customer, when, and from which ticket they come. */
static void add_callers(struct page *page)
{
	struct household household;
	bool first = true;
	for (size_t cursor = 0; form_next_household(page->form, &cursor, &household);
	     first = false) {
		const struct node *joined = document_now(household.joined);
		const char *cause = node_text(joined, "cause");
		int64_t heard = household.joined->at;
		struct err ignored = ERR_INIT;
		if (!document_time(NULL, joined, "heard-at", &heard, &ignored))
			err_clear(&ignored);
		buf_adds(page->out, first ? "\nJoined by\n  " : "  ");
		add_instant(page, heard);
		buf_adds(page->out, "  ");
		for (size_t i = 0; node_pair(household.customer, i); i++) {
			buf_adds(page->out, i ? "  " : "");
			add_value(page, node_pair(household.customer, i)->value, NULL);
		}
		buf_addf(page->out, " (#%" PRId64 ")", household.joined->known);
		if (cause) {
			buf_adds(page->out, ", from ");
			buf_add_visible(page->out, cause, strcspn(cause, "#"));
		}
		if (household.left)
			buf_addf(page->out, ", left (#%" PRId64 ")", household.left->known);
		buf_addc(page->out, '\n');
	}
}

/* The rules that were broken with leave. */
static void add_overrides(struct page *page)
{
	struct override override;
	struct buf text;
	size_t cursor = 0;
	buf_init(&text);
	for (bool first = true; form_next_override(page->form, &cursor, &override); first = false) {
		buf_reset(&text);
		override_say(&override, &text);
		buf_adds(page->out, first ? "\nRules overridden\n  " : "  ");
		buf_add_visible(page->out, text.data, text.len);
		buf_addc(page->out, '\n');
	}
	buf_clear(&text);
}

/* The head, the matter and what is set and ended stand elsewhere on the page. */
static bool is_elsewhere(const char *key, bool first)
{
	static const char *const always[] = {
		"event", "seq",       "id",      "site",      "at",    "recorded", "by",   "via",
		"due",   "callbacks", "settles", "withdraws", "keeps", "override", "seen", "tries"};
	static const char *const opening[] = {"kind",     "category", "severity",
					      "charging", "customer", "text"};
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		if (strcmp(key, always[i]) == 0)
			return true;
	for (size_t i = 0; first && i < sizeof opening / sizeof *opening; i++)
		if (strcmp(key, opening[i]) == 0)
			return true;
	return false;
}

static void add_fields(struct page *page, const struct document *document, bool first)
{
	const struct pair *pair;
	const struct schema *schema =
		called_schema(page->style->book, page->form->kind, document->event);
	for (size_t i = 0; (pair = node_pair(document->root, i)); i++) {
		if (is_elsewhere(pair->key, first))
			continue;
		const char *text = node_as_text(pair->value);
		size_t len = node_text_len(pair->value);
		buf_fill(page->out, ' ', 9);
		add_key(page, pair, schema);
		buf_adds(page->out, ": ");
		if (text && memchr(text, '\n', len)) {
			buf_addc(page->out, '\n');
			add_text(page, text, len, 11);
		} else {
			if (!add_named(page, pair))
				add_value(page, pair->value,
					  schema ? schema_property(schema, pair->key, NULL) : NULL);
			buf_addc(page->out, '\n');
		}
	}
}

/* What DOCUMENT says otherwise, as NOW, since it was corrected. */
static void add_corrected(struct page *page, const struct document *document,
			  const struct node *now, bool first)
{
	const struct pair *pair;
	const struct schema *schema =
		called_schema(page->style->book, page->form->kind, document->event);
	size_t count = 0;
	for (size_t i = 0; (pair = node_pair(now, i)); i++) {
		const struct node *recorded = node_get(document->root, pair->key);
		if (is_elsewhere(pair->key, first) ||
		    (recorded && node_identical(recorded, pair->value)))
			continue;
		if (!count)
			buf_fill(page->out, ' ', 9);
		buf_adds(page->out, count++ ? ", " : "corrected: ");
		add_key(page, pair, schema);
		buf_addc(page->out, ' ');
		if (!add_named(page, pair))
			add_value(page, pair->value,
				  schema ? schema_property(schema, pair->key, NULL) : NULL);
	}
	if (count)
		buf_addc(page->out, '\n');
}

static void add_history(struct page *page)
{
	struct arena arena = ARENA_INIT;
	struct node **now = form_mended(page->form, page->form->count, &arena);
	buf_adds(page->out, "\nWhat happened\n");
	for (size_t i = 0; i < page->form->count; i++) {
		const struct document *document = &page->form->documents[i];
		const char *by = node_text(document->root, "by"),
			   *via = node_text(document->root, "via");
		buf_addf(page->out, "  #%-3" PRId64 " ", document->known);
		add_instant(page, document->at);
		add_step(page, "  ", document->event);
		buf_addf(page->out, "  %s%s%s", by ? by : "", via ? " via " : "", via ? via : "");
		if (document->recorded != document->at) {
			buf_adds(page->out, ", recorded ");
			add_instant(page, document->recorded);
		}
		buf_addc(page->out, '\n');
		add_fields(page, document, i == 0);
		if (now[i] != document->root)
			add_corrected(page, document, now[i], i == 0);
	}
	arena_clear(&arena);
}

void view_ticket(const struct view_style *style, const struct form *form, const struct node *linked,
		 const struct node *checklists, struct buf *out)
{
	struct page page = {.style = style, .form = form, .out = out};
	add_matter(&page);
	add_dispute(&page);
	add_callers(&page);
	add_duties(&page, false);
	add_duties(&page, true);
	add_outstanding(&page);
	add_overrides(&page);
	add_checklists(&page, checklists);
	add_linked(&page, linked);
	add_history(&page);
	arena_clear(&page.arena);
}
