// SPDX-License-Identifier: MIT
// ticket-show: a ticket as people read it: the matter, what it owes and owed, what happened.
#include <inttypes.h>
#include <string.h>

#include "cli/desk.h"
#include "data/time.h"
#include "text/json.h"

static const struct cli_option options[] = {
	{0, "format", "text|yaml|json", N_("for people; the file as it is; a document a line"),
	 false},
	{0},
};

struct page {
	struct cli *cli;
	struct book *book;
	const struct form *form;
	struct buf out;
};

/* TEXT with its controls visible; line breaks begin lines indented by INDENT. */
static void add_text(struct page *page, const char *text, size_t len, size_t indent)
{
	for (const char *end = text + len; text < end;) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		buf_fill(&page->out, ' ', indent);
		buf_add_visible(&page->out, text, (size_t)((stop ? stop : end) - text));
		buf_addc(&page->out, '\n');
		text = stop ? stop + 1 : end;
	}
}

static void add_value(struct page *page, const struct node *value)
{
	switch (value->type) {
	case NODE_STRING:
	case NODE_NUMBER:
		buf_add_visible(&page->out, value->text, value->len);
		break;
	case NODE_BOOL:
		buf_adds(&page->out, value->boolean ? "yes" : "no");
		break;
	case NODE_LIST:
		for (size_t i = 0; i < value->list.count; i++) {
			buf_adds(&page->out, i ? ", " : "");
			add_value(page, value->list.items[i]);
		}
		break;
	case NODE_MAP:
		for (size_t i = 0; i < value->map.count; i++) {
			buf_addf(&page->out, "%s%s ", i ? ", " : "", value->map.pairs[i].key);
			add_value(page, value->map.pairs[i].value);
		}
		break;
	case NODE_NULL:
		break;
	}
}

static void add_instant(struct page *page, int64_t instant)
{
	time_format_short(&page->book->zone, instant, &page->out);
}

/* A name, and what people call it where that is something else. */
static void add_name(struct page *page, const char *before, const char *name, const char *title)
{
	buf_addf(&page->out, "%s%s", before, name);
	if (title != name)
		buf_addf(&page->out, " %s", title);
}

static void add_matter(struct page *page)
{
	const struct form *form = page->form;
	const struct policy *policy = page->book->policy;
	const struct node *opening = form->documents[0].root, *text = node_get(opening, "text");
	buf_addf(&page->out, "%s  %s", form->id, form_state_name(form->state));
	if (form->kind)
		add_name(page, "  ", form->kind, policy_title(policy, RULE_KIND, form->kind));
	if (form->category)
		add_name(page, ", ", form->category,
			 policy_title(policy, RULE_CATEGORY, form->category));
	if (form->severity)
		buf_addf(&page->out, ", %s", form->severity);
	if (form->charging)
		buf_addf(&page->out, ", %s", form->charging);
	if (form->cycle > 1)
		buf_addf(&page->out, ", cycle %u", form->cycle);
	buf_addc(&page->out, '\n');
	const struct node *phone = node_get(form->customer, "phone");
	for (size_t i = 0; i < node_count(form->customer); i++) {
		const struct node *value = form->customer->map.pairs[i].value;
		buf_adds(&page->out, i ? "  " : "");
		/* the one to call is the latest, maybe a slip's */
		if (value == phone && form->phone)
			buf_add_visible(&page->out, form->phone, strlen(form->phone));
		else
			add_value(page, value);
	}
	if (form->phone && !phone) {
		buf_adds(&page->out, form->customer ? "  " : "");
		buf_add_visible(&page->out, form->phone, strlen(form->phone));
	}
	buf_addf(&page->out, "%s%s\n", form->assignee ? "  assigned to " : "",
		 form->assignee ? form->assignee : "");
	if (text && text->type == NODE_STRING)
		add_text(page, text->text, text->len, 2);
}

static void add_duties(struct page *page, bool callbacks)
{
	static const char *const verdicts[] = {"open", "in time", "LATE", "withdrawn"};
	bool any = false;
	for (size_t i = 0; i < page->form->duty_count; i++) {
		const struct duty *duty = &page->form->duties[i];
		if (duty->callback != callbacks)
			continue;
		if (!any)
			buf_addf(&page->out, "\n%s\n", callbacks ? "Callbacks" : "Deadlines");
		any = true;
		buf_addf(&page->out, "  %s [%s] ", duty->id, duty->clause);
		if (duty->opens != duty->start) {
			add_instant(page, duty->opens);
			buf_adds(&page->out, " to ");
		}
		add_instant(page, duty->at);
		bool overdue = duty->state == DUTY_OPEN && page->book->now > duty->at;
		buf_addf(&page->out, "  %s", overdue ? "OVERDUE" : verdicts[duty->state]);
		if (duty->ended_by) {
			buf_adds(&page->out, " at ");
			add_instant(page, duty->ended);
			buf_addf(&page->out, " (#%" PRId64 ")", duty->ended_by->seq);
		}
		if (duty->attempts)
			buf_addf(&page->out, ", reached nobody %u times", duty->attempts);
		buf_adds(&page->out, duty->provisional ? ", provisional\n" : "\n");
	}
}

/* The head, the matter and what is set and ended stand elsewhere on the page. */
static bool is_elsewhere(const char *key, bool first)
{
	static const char *const always[] = {"event", "seq",       "id",      "site",
					     "at",    "recorded",  "by",      "via",
					     "due",   "callbacks", "settles", "withdraws"};
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

static void add_history(struct page *page)
{
	buf_adds(&page->out, "\nWhat happened\n");
	for (size_t i = 0; i < page->form->count; i++) {
		const struct document *document = &page->form->documents[i];
		const char *by = node_text(document->root, "by"),
			   *via = node_text(document->root, "via");
		buf_addf(&page->out, "  #%-3" PRId64 " ", document->seq);
		add_instant(page, document->at);
		buf_addf(&page->out, "  %s  %s%s%s", document->event, by ? by : "",
			 via ? " via " : "", via ? via : "");
		if (document->recorded != document->at) {
			buf_adds(&page->out, ", recorded ");
			add_instant(page, document->recorded);
		}
		buf_addc(&page->out, '\n');
		for (size_t j = 0; j < document->root->map.count; j++) {
			const struct pair *pair = &document->root->map.pairs[j];
			if (is_elsewhere(pair->key, i == 0))
				continue;
			buf_addf(&page->out, "         %s: ", pair->key);
			if (pair->value->type == NODE_STRING &&
			    memchr(pair->value->text, '\n', pair->value->len)) {
				buf_addc(&page->out, '\n');
				add_text(page, pair->value->text, pair->value->len, 11);
			} else {
				add_value(page, pair->value);
				buf_addc(&page->out, '\n');
			}
		}
	}
}

static void show(struct page *page, const char *format, const struct buf *text)
{
	if (strcmp(format, "yaml") == 0) {
		buf_add(&page->out, text->data, text->len);
	} else if (strcmp(format, "json") == 0) {
		for (size_t i = 0; i < page->form->count; i++) {
			json_write(&page->out, page->form->documents[i].root);
			buf_addc(&page->out, '\n');
		}
	} else {
		add_matter(page);
		add_duties(page, false);
		add_duties(page, true);
		add_history(page);
	}
}

static bool run(struct cli *cli, struct err *err)
{
	struct book book;
	struct form form;
	struct buf text, id;
	const char *format = cli_value(cli, "format") ? cli_value(cli, "format") : "text";
	bool done = true, any = false;
	if (!cli_book(cli, &book, BOOK_STAFF | BOOK_POLICY | BOOK_HINT, err))
		return false;
	form_init(&form);
	buf_init(&text);
	buf_init(&id);
	for (size_t i = 0; done && i < cli_operands(cli); i++) {
		struct page page = {.cli = cli, .book = &book, .form = &form};
		buf_init(&page.out);
		buf_reset(&id);
		struct err problem = ERR_INIT;
		bool there = book_resolve_id(&book, cli_operand(cli, i), &id, &problem) &&
			     ticket_read(&book, id.data, &form, &text, &problem);
		/* one that is damaged or missing does not hide the others */
		if (!there && cli_operands(cli) > 1)
			cli_problem(cli, &problem);
		else if (!there)
			err_merge(err, &problem);
		done = there || cli_operands(cli) > 1;
		err_clear(&problem);
		/* an empty line between pages; for programs the documents alone */
		if (there && any && strcmp(format, "text") == 0)
			buf_addc(&page.out, '\n');
		any = any || there;
		if (there)
			show(&page, format, &text);
		cli_write(cli, page.out.data, page.out.len);
		buf_clear(&page.out);
	}
	form_clear(&form);
	buf_clear(&text);
	buf_clear(&id);
	book_close(&book);
	return done;
}

int main(int argc, char **argv)
{
	static const struct cli_command command = {
		.name = "ticket-show",
		.synopsis = "TICKET...",
		.summary = N_("show a ticket: the matter, what it owes, what happened"),
		.options = options,
		.manners = CLI_LEDGER,
		.operands_min = 1,
		.operands_max = -1,
		.run = run,
	};
	return cli_main(&command, argc, argv);
}
