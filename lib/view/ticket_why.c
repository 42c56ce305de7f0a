// SPDX-License-Identifier: MIT
// How each deadline of a ticket came about: rule, clause, start, the count day by day, extensions,
// verdict. Never prints.
#include <inttypes.h>
#include <string.h>

#include "book/called.h"
#include "data/time.h"
#include "ticket/duty.h"
#include "ticket/waiting.h"
#include "ticket/who.h"
#include "view/ticket.h"

struct page {
	const struct view_style *style;
	const struct form *form;
	struct buf *out;
	struct arena arena; /* of names */
	bool by_days;       /* the count being shown counts days, not time */
};

static void add_instant(struct page *page, int64_t instant)
{
	struct civil civil;
	zone_civil(&page->style->book->zone, instant, &civil);
	buf_addf(page->out, "%s ",
		 weekday_name(day_weekday(zone_day(&page->style->book->zone, instant))));
	time_format_short(&page->style->book->zone, instant, page->out);
	if (civil.second)
		buf_addf(page->out, ":%02d", civil.second);
}

static const char *step(struct page *page, const char *event)
{
	return called_step(page->style->book, &page->arena, page->form->kind, event);
}

static void add_day(void *context, const struct deadline_day *day)
{
	static const char *const kinds[] = {"unknown", "worked", "off"};
	struct page *page = context;
	buf_adds(page->out, "    ");
	date_format(day->day, page->out);
	buf_addf(page->out, " %s  %-7s  ", weekday_name(day_weekday(day->day)), kinds[day->kind]);
	if (page->by_days) {
		buf_addf(page->out, day->counted ? "day %" PRId64 : "not counted", day->total);
	} else {
		seconds_format(day->counted, page->out);
		buf_adds(page->out, ", in all ");
		seconds_format(day->total, page->out);
	}
	if (day->name)
		buf_addf(page->out,
			 day->kind == DAY_WORKING ? "  (a make-up day for %s)" : "  (%s)",
			 day->name);
	buf_adds(page->out, day->provisional ? "  (a guess: not published yet)\n" : "\n");
}

/* How far the day-by-day count is worth showing. */
static bool worth_walking(struct duration within)
{
	return within.unit != DURATION_MO && within.unit != DURATION_Y && within.count <= 60;
}

static bool add_walk(struct page *page, const struct duty *duty, const struct rule *rule,
		     struct err *err)
{
	const struct book *book = page->style->book;
	struct duty_count count;
	struct due due;
	const char *text = node_text(rule->node, "within"),
		   *anchor = node_text(rule->node, "anchor");
	if (anchor) {
		buf_addf(page->out, "  by the calendar: %s\n", anchor);
		return true;
	}
	if (!text) {
		buf_addf(page->out, "  it is the time that the step names: %s\n",
			 node_text(rule->node, "at"));
		return true;
	}
	if (!duty_counts(
		    book, rule,
		    book_known(book, (duty->moved_by ? duty->moved_by : duty->set_by)->recorded),
		    duty->start, &count, err))
		return false;
	page->by_days = !duration_counts_time(count.within.unit);
	const char *hours =
		called_name(book, &page->arena, RULE_HOURS, node_text(rule->node, "hours"));
	buf_addf(page->out, "  counted: %s%s%s\n", text, hours ? " of the hours " : "",
		 hours ? hours : "");
	if (!worth_walking(count.within))
		return true;
	return deadline_walk(&count.clock, duty->start, count.within, count.end, count.roll,
			     add_day, page, &due, err);
}

/* Days where there are many, else hours and minutes. */
static void add_stretch(struct page *page, int64_t seconds)
{
	enum { DAY = 86400 };
	if (seconds >= 3 * DAY)
		buf_addf(page->out, "%" PRId64 " days", seconds / DAY);
	else
		seconds_format(seconds, page->out);
}

static void add_verdict(struct page *page, const struct duty *duty)
{
	int64_t now = page->style->book->now;
	buf_addf(page->out, "  verdict: %s", view_verdict(page->style, duty));
	if (duty->state == DUTY_OPEN && now > duty->at) {
		buf_adds(page->out, " by ");
		add_stretch(page, now - duty->at);
	} else if (duty->state == DUTY_OPEN) {
		buf_adds(page->out, ", ");
		add_stretch(page, duty->at - now);
		buf_adds(page->out, " left");
	} else {
		bool undone = duty->state == DUTY_LATE && !duty_was_done(duty);
		buf_addf(page->out, "%s%s #%" PRId64 " at ", undone ? ", not done when " : ": ",
			 step(page, duty->ended_by->event), duty->ended_by->known);
		add_instant(page, duty->ended);
		if (duty->state == DUTY_LATE && !undone && duty->ended > duty->at) {
			buf_adds(page->out, ", ");
			add_stretch(page, duty->ended - duty->at);
			buf_adds(page->out, " after it");
			if (waiting_excuses(page->style->book, page->form, duty))
				buf_adds(page->out, ", by waiting");
		}
	}
	if (duty->limit.times)
		buf_addf(page->out,
			 "%s\n  not reached: after %u tries in vain on %u days%s%s%s, so far %u on "
			 "%u",
			 duty->state == DUTY_UNREACHED && duty->ended > duty->at
				 ? ", after the window"
				 : "",
			 duty->limit.times, duty->limit.days, duty->limit.clause ? " [" : "",
			 duty->limit.clause ? duty->limit.clause : "",
			 duty->limit.clause ? "]" : "", duty->tries, duty->try_days);
	buf_addc(page->out, '\n');
}

/* The document by which it got other times, or came back. */
static void add_move(struct page *page, const struct document *document)
{
	const char *reason = node_text(document->root, "reason");
	buf_addf(page->out, "  %s: #%" PRId64 " by %s%s%s\n",
		 document->which == EVENT_RECOMPUTED ? "recomputed" : "set again", document->known,
		 node_text(document->root, "by"), reason ? "; " : "", reason ? reason : "");
}

/* What was waited since the clock of the deadline DUTY started, until it ended. */
static void add_waits(struct page *page, const struct duty *duty)
{
	struct wait wait;
	for (size_t cursor = 0; form_next_wait(page->form, &cursor, &wait);) {
		if (duty->callback || wait.to <= duty->start ||
		    (duty->state != DUTY_OPEN && wait.from >= duty->ended))
			continue;
		buf_addf(page->out, "  waited: for %s from ",
			 wait.whom ? view_waits_for(page->style, &page->arena, wait.whom)
				   : "somebody");
		add_instant(page, wait.from);
		if (wait.to < INT64_MAX) {
			buf_adds(page->out, " to ");
			add_instant(page, wait.to);
		}
		buf_addf(page->out, " (#%" PRId64 ")\n", wait.begun->known);
	}
}

/* Whom it waits for to be told, and who that is. */
static void add_recipients(struct page *page, const struct duty *duty)
{
	if (!duty->to)
		return;
	buf_adds(page->out, "  to: ");
	who_say(page->style->book, duty->to, node_text(page->form->customer, "unit"),
		page->style->book->now, page->out);
	buf_addc(page->out, '\n');
}

static bool add_duty(struct page *page, const struct duty *duty, struct err *err)
{
	const struct rule *rule = duty_rule(page->style->book, duty);
	bool extended = duty->set_by->which == EVENT_EXTENDED;
	buf_addf(page->out, "\n%s %s [%s]\n", duty->callback ? "callback" : "deadline", duty->id,
		 duty->clause);
	buf_addf(page->out, "  rule: %s",
		 called_name(page->style->book, &page->arena,
			     duty->callback ? RULE_CALLBACK : RULE_DEADLINE,
			     duty_rule_name(page->style->book, duty)));
	if (rule)
		buf_addf(page->out, " (%s:%u)", rule->file, rule->node->line);
	const char *by = rule ? policy_replaced_by(page->style->book->policy, rule) : NULL;
	if (by)
		buf_addf(page->out, "; the pack %s has replaced it since", by);
	buf_addf(page->out,
		 "\n  set by: %s #%" PRId64 "\n  start: ", step(page, duty->set_by->event),
		 duty->set_by->known);
	add_instant(page, duty->start);
	buf_addc(page->out, '\n');
	if (duty->moved_by)
		add_move(page, duty->moved_by);
	if (extended)
		buf_addf(page->out, "  extended: approved by %s; %s\n",
			 node_text(duty->set_by->root, "approved-by"),
			 node_text(duty->set_by->root, "reason"));
	else if (!rule)
		buf_adds(page->out,
			 "  the policy has no such rule any more: it stands as it was recorded\n");
	else if (!add_walk(page, duty, rule, err))
		return false;
	if (duty->callback && duty->opens != duty->start) {
		buf_adds(page->out, "  opens: ");
		add_instant(page, duty->opens);
		buf_addc(page->out, '\n');
	}
	buf_adds(page->out, "  end: ");
	add_instant(page, duty->at);
	buf_adds(page->out, duty->provisional ? ", provisional\n" : "\n");
	add_waits(page, duty);
	add_recipients(page, duty);
	add_verdict(page, duty);
	return true;
}

static bool refuse_due(const struct form *form, const char *wanted, struct err *err)
{
	struct buf names;
	buf_init(&names);
	const struct duty *duty;
	for (size_t cursor = 0; (duty = form_next_duty(form, &cursor));)
		buf_addf(&names, "%s%s", names.len ? ", " : "", duty->id);
	err_set(err, STATUS_USAGE, "--due: %s has no deadline or callback %s (there are: %s)",
		form->id, wanted, names.len ? names.data : "none");
	buf_clear(&names);
	return false;
}

/* A rule of steps that does not hold for the ticket, because another pack replaces it. */
static void add_aside(void *context, enum rule_list list, const struct rule *rule, const char *pack,
		      const struct node *entry)
{
	struct page *page = context;
	const char *kind = page->form->kind, *step;
	const struct node *kinds = node_get(entry, "kind");
	if (list != RULE_STEP || !kind || (kinds && !node_holds(kinds, kind)) ||
	    (rule->kinds && !node_holds(rule->kinds, kind)))
		return;
	for (size_t i = 0; (step = node_each_text(node_get(entry, "step"), &i));) {
		const char *why = policy_text(page->style->book->policy, node_get(entry, "reason"));
		if (!node_holds(node_get(rule->node, "step"), step))
			continue;
		buf_addf(page->out, "\nreplaced %s [%s]\n  rule: %s:%u\n  by: %s%s%s\n",
			 called_step(page->style->book, &page->arena, kind, step), rule->clause,
			 rule->file, rule->node->line, pack, why ? ": " : "", why ? why : "");
	}
}

bool view_ticket_why(const struct view_style *style, const struct form *form, const char *only,
		     struct buf *out, struct err *err)
{
	struct page page = {.style = style, .form = form, .out = out};
	const char *kind = called_name(style->book, &page.arena, RULE_KIND, form->kind),
		   *category = called_name(style->book, &page.arena, RULE_CATEGORY, form->category);
	bool any = false, done = true;
	buf_addf(out, "%s  %s  %s, %s\n", form->id,
		 called_state(style->book, &page.arena, form_state_name(form->state)),
		 kind ? kind : "form", category ? category : "no category");
	const struct duty *duty;
	for (size_t cursor = 0; done && (duty = form_next_duty(form, &cursor));) {
		if (only && strcmp(only, duty->id) != 0)
			continue;
		any = true;
		done = add_duty(&page, duty, err);
	}
	if (done && !any && !only)
		buf_adds(out, "\nnothing was ever due\n");
	if (done && !only)
		policy_replaced(style->book->policy, add_aside, &page);
	arena_clear(&page.arena);
	return done && (any || !only || refuse_due(form, only, err));
}
