// SPDX-License-Identifier: MIT
// What a step makes due, ends and moves, worked out from the policy and written into its document.
#include "ticket/duty.h"

#include <string.h>

#include "data/anchor.h"

struct setting {
	struct book *book;
	struct arena *arena; /* of the document and the notes: outlives the form's */
	struct form *form;
	const struct document *document;
	struct node *root, *view, *notes;
	const struct document *origin; /* whose clock and fields deadlines start from: the document,
					  or the opening again */
	const struct node *prior;
	const char *event; /* a reopening counts as the opening of its cycle */
	struct err *err;
};

static enum day_end day_end_of(const struct node *rule)
{
	const struct node *end = node_get(rule, "end");
	return node_is_string(end, "business")   ? DAY_END_BUSINESS
	       : node_is_string(end, "midnight") ? DAY_END_MIDNIGHT
	       : node_is_string(end, "clock")    ? DAY_END_SAME_CLOCK
						 : DAY_END_USUAL;
}

static struct clock clock_of(const struct book *book, const struct rule *rule)
{
	return (struct clock){
		.zone = &book->zone,
		.calendar = book->calendar,
		.hours = policy_hours(book->policy, node_text(rule->node, "hours")),
	};
}

bool duty_counts(const struct book *book, const struct rule *rule, struct clock *clock,
		 struct duration *within, enum day_end *end, bool *roll, struct err *err)
{
	const char *text = node_text(rule->node, "within");
	*clock = clock_of(book, rule);
	*end = day_end_of(rule->node);
	*roll = node_get(rule->node, "roll") != NULL;
	return duration_parse(text ? text : "", within, err) || err_clause(err, rule->clause);
}

bool duty_deadline(struct book *book, const struct rule *rule, int64_t start, int64_t *at,
		   bool *provisional, struct err *err)
{
	struct duration within;
	struct clock clock;
	struct anchor anchor;
	enum day_end end;
	bool roll;
	const char *anchored = node_text(rule->node, "anchor");
	if (anchored) {
		clock = clock_of(book, rule);
		return (anchor_parse(anchored, &anchor, err) &&
			anchor_find(&clock, start, &anchor, at, provisional, err)) ||
		       err_clause(err, rule->clause);
	}
	return (duty_counts(book, rule, &clock, &within, &end, &roll, err) &&
		deadline_find(&clock, start, within, end, roll, at, provisional, err)) ||
	       err_clause(err, rule->clause);
}

bool duty_window(struct book *book, const struct rule *rule, int64_t start, int64_t *opens,
		 int64_t *at, bool *provisional, struct err *err)
{
	struct duration until_open;
	struct clock clock = clock_of(book, rule);
	const char *text = node_text(rule->node, "opens");
	*opens = start;
	if (text && (!duration_parse(text, &until_open, err) ||
		     !window_open(&clock, start, until_open, opens, provisional, err)))
		return err_clause(err, rule->clause);
	return duty_deadline(book, rule, start, at, provisional, err);
}

static struct node *list_of(struct setting *set, const char *key)
{
	struct node *list = node_get(set->root, key);
	if (!list) {
		list = node_list(set->arena);
		node_add(set->arena, set->root, key, list);
	}
	return list;
}

static void note(struct setting *set, const char *text)
{
	node_push(set->arena, set->notes, node_string(set->arena, text));
}

static void withdraw(struct setting *set, const struct duty *duty)
{
	struct node *list = list_of(set, "withdraws");
	if (!node_holds(list, duty->id))
		node_push(set->arena, list, node_string(set->arena, duty->id));
}

static bool is_withdrawn(const struct setting *set, const char *id)
{
	return node_holds(node_get(set->root, "withdraws"), id) ||
	       node_holds(node_get(set->root, "settles"), id);
}

/* NAME, or NAME-2, NAME-3, … : no two duties that are open at once share an id. */
static const char *free_id(struct setting *set, const char *name)
{
	const char *id = name;
	for (unsigned number = 2;; number++) {
		bool taken = form_open_duty(set->form, id) && !is_withdrawn(set, id);
		static const char *const lists[] = {"due", "callbacks"};
		for (size_t i = 0; i < 2 && !taken; i++) {
			const struct node *list = node_get(set->root, lists[i]);
			for (size_t j = 0; j < node_count(list) && !taken; j++)
				taken = node_is_string(node_get(list->list.items[j], "id"), id);
		}
		if (!taken)
			return id;
		id = arena_printf(set->arena, "%s-%u", name, number);
	}
}

static struct node *names_copy(struct arena *arena, const struct node *names)
{
	struct node *list = node_list(arena);
	if (names->type != NODE_LIST)
		node_push(arena, list, node_copy(arena, names));
	for (size_t i = 0; names->type == NODE_LIST && i < names->list.count; i++)
		node_push(arena, list, node_copy(arena, names->list.items[i]));
	return list;
}

struct node *duty_tellings(struct book *book, struct arena *arena, const struct rule *rule,
			   const char *id, int64_t at, struct err *err)
{
	const struct node *tell = node_get(rule->node, "tell");
	struct node *list = node_list(arena);
	struct clock clock = clock_of(book, rule);
	for (size_t i = 0; i < node_count(tell); i++) {
		const struct node *entry = tell->list.items[i];
		const char *early = node_text(entry, "early"), *step = node_text(entry, "step");
		struct duration duration;
		bool provisional = false;
		int64_t when;
		if (!duration_parse(early ? early : node_text(entry, "late"), &duration, err) ||
		    !(early ? deadline_early(&clock, at, duration, &when, &provisional, err)
			    : deadline_find(&clock, at, duration, DAY_END_SAME_CLOCK, false, &when,
					    &provisional, err))) {
			err_clause(err, rule->clause);
			return NULL;
		}
		struct node *telling = node_map(arena);
		node_add_string(arena, telling, "id",
				arena_printf(arena, "%s-tell-%zu", id, i + 1));
		/* exactly at the end is in time: late begins the second after */
		node_add(arena, telling, "at", book_time(book, arena, early ? when : when + 1));
		node_add(arena, telling, "who", names_copy(arena, node_get(entry, "role")));
		node_add_string(arena, telling, "until", step ? step : "told");
		node_push(arena, list, telling);
	}
	return list;
}

static bool add_due(struct setting *set, const struct rule *rule, int64_t start, int64_t at,
		    bool provisional)
{
	struct arena *arena = set->arena;
	const char *group = node_text(rule->node, "group");
	const char *id = free_id(set, group ? group : node_text(rule->node, "rule"));
	struct node *due = node_map(arena);
	node_add_string(arena, due, "id", id);
	node_add_string(arena, due, "rule", node_text(rule->node, "rule"));
	node_add_string(arena, due, "clause", rule->clause);
	node_add(arena, due, "start", book_time(set->book, arena, start));
	node_add(arena, due, "until", names_copy(arena, node_get(rule->node, "until")));
	node_add(arena, due, "at", book_time(set->book, arena, at));
	if (provisional)
		node_add(arena, due, "provisional", node_bool(arena, true));
	struct node *tell = duty_tellings(set->book, arena, rule, id, at, set->err);
	if (!tell)
		return false;
	if (node_count(tell))
		node_add(arena, due, "tell", tell);
	node_push(arena, list_of(set, "due"), due);
	return true;
}

/* Splits "step.field"; the field's time in the document the clock starts from, if it is there. */
static bool time_of(struct setting *set, const char *reference, bool *present, int64_t *instant)
{
	const char *dot = strchr(reference, '.');
	*present = true;
	*instant = set->origin->at;
	if (!dot)
		return true;
	const struct node *value = node_path(set->origin->root, dot + 1);
	*present = value && value->type == NODE_STRING;
	return !*present || time_parse(value->text, instant, set->err);
}

static bool names_event(const char *reference, const char *event)
{
	size_t len = strcspn(reference, ".");
	return strlen(event) == len && memcmp(reference, event, len) == 0;
}

/* One deadline rule, when the step it starts from has just happened. */
static bool set_deadline(struct setting *set, const struct rule *rule, int64_t clock_start,
			 bool *stands)
{
	const char *at_field = node_text(rule->node, "at");
	const char *reference = at_field ? at_field : node_text(rule->node, "start");
	bool present, provisional = false;
	int64_t start = clock_start, at;
	if (at_field) {
		if (!time_of(set, at_field, &present, &at))
			return false;
	} else {
		if (strchr(reference, '.') && !time_of(set, reference, &present, &start))
			return false;
		present = !strchr(reference, '.') || present;
		if (present && !duty_deadline(set->book, rule, start, &at, &provisional, set->err))
			return false;
	}
	*stands = present;
	/* a clock that starts and ends with one step has nothing to wait for */
	if (present && !(strchr(reference, '.') && start >= set->origin->at &&
			 node_holds(node_get(rule->node, "until"), set->event)))
		return add_due(set, rule, start, at, provisional);
	return true;
}

static bool group_taken(const struct node *groups, const char *group)
{
	return group && node_holds(groups, group);
}

/* The duty by RULE that stands in this cycle: one that was withdrawn does not. */
static const struct duty *duty_by(const struct form *form, const char *rule)
{
	for (size_t i = form->duty_count; i-- > 0;)
		if (form->duties[i].cycle == form->cycle &&
		    form->duties[i].state != DUTY_WITHDRAWN &&
		    strcmp(form->duties[i].rule, rule) == 0)
			return &form->duties[i];
	return NULL;
}

/* All deadlines that EVENT starts. Where a form is reclassified, EVENT is the
 * opening again: what no longer applies is withdrawn, what stood stays. */
static bool set_deadlines(struct setting *set, const char *event, int64_t start, bool again)
{
	size_t cursor = 0;
	const struct rule *rule;
	struct node *groups = node_list(set->arena);
	int day = zone_day(&set->book->zone, start);
	while ((rule = policy_next(set->book->policy, RULE_DEADLINE, &cursor))) {
		const char *reference =
			node_text(rule->node, node_get(rule->node, "at") ? "at" : "start");
		const char *group = node_text(rule->node, "group"),
			   *name = node_text(rule->node, "rule");
		const struct duty *old = again ? duty_by(set->form, name) : NULL;
		if (!names_event(reference, event) || node_get(rule->node, "only-if-late"))
			continue;
		enum verdict verdict =
			policy_applies(set->book->policy, rule, set->view, day, set->err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_NO || group_taken(groups, group)) {
			if (old && old->state == DUTY_OPEN)
				withdraw(set, old);
			continue;
		}
		bool stands = true;
		if (!old && !set_deadline(set, rule, start, &stands))
			return false;
		if (group && stands)
			node_push(set->arena, groups, node_string(set->arena, group));
	}
	return true;
}

/* Whether the document ended a deadline by RULE too late. */
static bool missed_by(const struct setting *set, const char *rule)
{
	for (size_t i = 0; i < set->form->duty_count; i++) {
		const struct duty *duty = &set->form->duties[i];
		if (duty->ended_by == set->document && duty->state == DUTY_LATE &&
		    strcmp(duty->rule, rule) == 0)
			return true;
	}
	return false;
}

/* What was owed only in case another deadline would be missed, now that it has
 * been. With a clock from an earlier step it is judged by what happened until
 * now, and ends with this step; with one from this step it is yet to be done. */
static bool set_looking_back(struct setting *set)
{
	size_t cursor = 0;
	const struct rule *rule;
	int day = zone_day(&set->book->zone, set->document->at);
	while ((rule = policy_next(set->book->policy, RULE_DEADLINE, &cursor))) {
		const char *other = node_text(rule->node, "only-if-late"),
			   *start = node_text(rule->node, "start");
		const struct document *from = other && start ? form_last(set->form, start) : NULL;
		int64_t at;
		bool provisional = false;
		if (!from || !missed_by(set, other))
			continue;
		enum verdict verdict =
			policy_applies(set->book->policy, rule, set->view, day, set->err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_NO)
			continue;
		if (!duty_deadline(set->book, rule, from->at, &at, &provisional, set->err) ||
		    !add_due(set, rule, from->at, at, provisional))
			return false;
		struct node *due = node_get(set->root, "due"),
			    *until = node_get(due->list.items[due->list.count - 1], "until");
		if (from != set->document && !node_holds(until, set->document->event))
			node_push(set->arena, until, node_string(set->arena, set->document->event));
	}
	return true;
}

static const char *who_text(struct setting *set, const struct node *who)
{
	const char *to = node_text(set->root, "to");
	if (who->type == NODE_STRING)
		return who->text;
	if (node_get(who, "person"))
		return arena_printf(set->arena, "person:%s", to ? to : "none");
	return arena_printf(set->arena, "head-of:%s",
			    set->form->department ? set->form->department : "none");
}

static bool add_callback(struct setting *set, const struct rule *rule, int64_t start)
{
	struct arena *arena = set->arena;
	const struct node *who = node_get(rule->node, "who");
	bool provisional = false;
	int64_t opens, at;
	if (!duty_window(set->book, rule, start, &opens, &at, &provisional, set->err))
		return false;
	struct node *owed = node_map(arena), *callers = node_list(arena);
	node_add_string(arena, owed, "id", free_id(set, node_text(rule->node, "rule")));
	node_add_string(arena, owed, "rule", node_text(rule->node, "rule"));
	node_add_string(arena, owed, "clause", rule->clause);
	node_add(arena, owed, "start", book_time(set->book, arena, start));
	node_add(arena, owed, "opens", book_time(set->book, arena, opens));
	node_add(arena, owed, "at", book_time(set->book, arena, at));
	node_add_string(arena, owed, "rate", node_text(rule->node, "rate"));
	node_add_string(arena, owed, "minimum", node_text(rule->node, "minimum"));
	node_add_string(arena, owed, "on-site", node_text(rule->node, "on-site"));
	for (size_t i = 0; i < node_count(who); i++)
		node_push(arena, callers, node_string(arena, who_text(set, who->list.items[i])));
	node_add(arena, owed, "who", callers);
	if (provisional)
		node_add(arena, owed, "provisional", node_bool(arena, true));
	node_push(arena, list_of(set, "callbacks"), owed);
	return true;
}

/* Whether one of the steps a callback follows had happened before. */
static bool happened_before(const struct setting *set, const struct node *after)
{
	const struct node *events = node_get(set->prior, "events");
	for (size_t i = 0; i < node_count(events); i++)
		if (node_holds(after, events->list.items[i]->text))
			return true;
	return false;
}

/* When the first of the steps AFTER happened in this cycle. */
static int64_t first_of(const struct form *form, const struct node *after)
{
	const struct document *first = NULL;
	for (size_t i = form_cycle_begin(form); !first && i < form->count; i++)
		if (node_holds(after, form->documents[i].event))
			first = &form->documents[i];
	return first ? first->at : form->opened_at;
}

static bool set_callbacks(struct setting *set, bool again)
{
	size_t cursor = 0;
	const struct rule *rule;
	int day = zone_day(&set->book->zone, set->document->at);
	while ((rule = policy_next(set->book->policy, RULE_CALLBACK, &cursor))) {
		const struct node *after = node_get(rule->node, "after");
		const struct duty *old = again ? duty_by(set->form, node_text(rule->node, "rule"))
					       : NULL;
		/* a routine comes round again and again; anything else brings its callback about
		 * once */
		bool comes_again = node_get(rule->node, "routine");
		if (again && comes_again)
			continue;
		if (again ? !happened_before(set, after)
			  : !node_holds(after, set->event) ||
				    (!comes_again && happened_before(set, after)))
			continue;
		/* an import may have set it for what happened elsewhere */
		if (!again && set->form->imported &&
		    duty_by(set->form, node_text(rule->node, "rule")))
			continue;
		enum verdict verdict =
			policy_applies(set->book->policy, rule, set->view, day, set->err);
		if (verdict == VERDICT_UNKNOWN)
			return false;
		if (verdict == VERDICT_NO && old && old->state == DUTY_OPEN)
			withdraw(set, old);
		if (verdict == VERDICT_YES && !old &&
		    !add_callback(set, rule,
				  again ? first_of(set->form, after) : set->document->at))
			return false;
	}
	return true;
}

/* --- callbacks that answer --- */

/* Whether CALLERS, each used once, can fill every part of WHO from INDEX on. */
static bool callers_fill(const struct setting *set, const struct node *who, size_t index,
			 const struct node *callers, uint64_t used)
{
	if (index == node_count(who))
		return true;
	for (size_t i = 0; i < node_count(callers) && i < 64; i++) {
		const struct member *member = staff_find(
			&set->book->staff, callers->list.items[i]->text, set->document->at);
		const char *part = who->list.items[index]->text;
		bool fits = member &&
			    (staff_fits(&set->book->staff, member, part, set->document->at) ||
			     node_holds(member->roles, ROLE_ADMINISTRATOR));
		if (!(used >> i & 1) && fits &&
		    callers_fill(set, who, index + 1, callers, used | UINT64_C(1) << i))
			return true;
	}
	return false;
}

static const char *who_words(struct setting *set, const struct node *who)
{
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < node_count(who); i++)
		buf_addf(&text, "%s%s", i ? " and " : "", who->list.items[i]->text);
	const char *words = arena_dup(set->arena, text.data);
	buf_clear(&text);
	return words;
}

/* Why an answer does not count for DUTY; NULL when it does. */
static const char *misfit(struct setting *set, const struct duty *duty)
{
	struct arena *arena = set->arena;
	const struct rule *rule =
		policy_find_recorded(set->book->policy, RULE_CALLBACK, duty->rule);
	const struct node *manners = rule ? node_get(rule->node, "manner") : NULL;
	const char *manner = node_text(set->root, "manner");
	if (set->document->at < duty->opens)
		return arena_printf(arena, "its window opens later, at %s",
				    book_time(set->book, arena, duty->opens)->text);
	if (manners && manner && !node_holds(manners, manner))
		return arena_printf(arena, "%s is not a manner it counts", manner);
	if (!callers_fill(set, duty->who, 0, node_get(set->root, "callers"), 0))
		return arena_printf(arena, "it is to be made by %s", who_words(set, duty->who));
	return NULL;
}

static void settle_callbacks(struct setting *set)
{
	struct arena *arena = set->arena;
	const struct node *reached = node_get(set->root, "reached");
	if (!reached || reached->type != NODE_BOOL || !reached->boolean)
		return;
	for (size_t i = 0; i < set->form->duty_count; i++) {
		const struct duty *duty = &set->form->duties[i];
		if (!duty->callback || duty->state != DUTY_OPEN)
			continue;
		const char *why = misfit(set, duty);
		if (why)
			note(set, arena_printf(arena, "does not count as the callback %s [%s]: %s",
					       duty->id, duty->clause, why));
		else if (!node_holds(list_of(set, "settles"), duty->id))
			node_push(arena, list_of(set, "settles"), node_string(arena, duty->id));
	}
	if (!node_get(set->root, "settles"))
		note(set, "settles no callback that is owed");
}

/* --- people told of deadlines --- */

/* Whether somebody in TO has a role TELLING asks for. */
static bool told_to(const struct setting *set, const struct telling *telling, const struct node *to)
{
	for (size_t i = 0; i < node_count(to); i++) {
		const struct member *member =
			staff_find(&set->book->staff, to->list.items[i]->text, set->document->at);
		for (size_t j = 0; member && j < node_count(telling->who); j++)
			if (staff_fits(&set->book->staff, member, telling->who->list.items[j]->text,
				       set->document->at))
				return true;
	}
	return false;
}

/* A told document settles what was to be told by then, to those it names, of the deadline it is
 * about or of any. */
static void settle_tellings(struct setting *set)
{
	const char *about = node_text(set->root, "about");
	for (size_t i = 0; i < set->form->duty_count; i++) {
		const struct duty *duty = &set->form->duties[i];
		for (size_t j = 0; duty->state == DUTY_OPEN && j < duty->telling_count; j++) {
			const struct telling *telling = &duty->tellings[j];
			if (telling->state == TELLING_OPEN && strcmp(telling->until, "told") == 0 &&
			    set->document->at >= telling->at &&
			    (!about || strcmp(about, duty->id) == 0) &&
			    told_to(set, telling, node_get(set->root, "to")))
				node_push(set->arena, list_of(set, "settles"),
					  node_string(set->arena, telling->id));
		}
	}
}

const char *duties_unsatisfied(struct book *book, const struct form *form, const char **clause)
{
	const struct document *document = &form->documents[form->count - 1];
	const struct node *settles = node_get(document->root, "settles");
	if (!node_is_string(node_get(document->root, "answer"), "unsatisfied"))
		return NULL;
	for (size_t i = 0; i < node_count(settles); i++) {
		for (size_t j = form->duty_count; j-- > 0;) {
			const struct duty *duty = &form->duties[j];
			if (!duty->callback || strcmp(duty->id, settles->list.items[i]->text) != 0)
				continue;
			const struct rule *rule =
				policy_find_recorded(book->policy, RULE_CALLBACK, duty->rule);
			const char *what = rule ? node_text(rule->node, "unsatisfied") : NULL;
			if (what) {
				const char *own = node_text(rule->node, "unsatisfied-clause");
				*clause = own ? own : rule->clause;
				return what;
			}
			break;
		}
	}
	return NULL;
}

/* --- extensions --- */

static bool needs_fields(struct setting *set, const struct rule *rule)
{
	const struct node *needs = node_get(rule->node, "needs");
	for (size_t i = 0; i < node_count(needs); i++)
		if (!node_path(set->root, needs->list.items[i]->text)) {
			err_set(set->err, STATUS_REFUSED, "this extension needs the field %s",
				needs->list.items[i]->text);
			return err_clause(set->err, rule->clause);
		}
	return true;
}

/* The first extension whose total reaches as far as UNTIL. */
static bool extension_for(struct setting *set, const struct duty *duty, const struct node *extend,
			  int64_t until, const struct rule **found)
{
	size_t cursor = 0;
	const struct rule *rule;
	struct clock clock = {.zone = &set->book->zone,
			      .calendar = set->book->calendar,
			      .hours = policy_hours(set->book->policy, NULL)};
	*found = NULL;
	while (!*found && (rule = policy_next(set->book->policy, RULE_EXTENSION, &cursor))) {
		const char *total = node_text(rule->node, "total");
		struct duration longest;
		int64_t limit = until;
		bool provisional = false;
		if (!node_is_string(node_get(rule->node, "extend"), extend->text))
			continue;
		if (strcmp(total, "any") != 0 &&
		    (!duration_parse(total, &longest, set->err) ||
		     !deadline_find(&clock, duty->start, longest, DAY_END_USUAL, false, &limit,
				    &provisional, set->err)))
			return false;
		if (until <= limit)
			*found = rule;
	}
	return true;
}

static bool extend(struct setting *set)
{
	struct arena *arena = set->arena;
	const char *id = node_text(set->root, "extends"),
		   *approver = node_text(set->root, "approved-by");
	const struct duty *duty = form_open_duty(set->form, id);
	if (!duty || duty->callback)
		return err_set(set->err, STATUS_REFUSED, "extends: %s has no open deadline \"%s\"",
			       set->form->id, id);
	int64_t until;
	if (!time_parse(node_text(set->root, "until"), &until, set->err))
		return err_prefix(set->err, "until");
	const struct rule *rule =
		policy_find_recorded(set->book->policy, RULE_DEADLINE, duty->rule);
	const struct node *name = rule ? node_get(rule->node, "extend") : NULL;
	if (!name) {
		err_set(set->err, STATUS_REFUSED, "no rule lets the deadline %s be extended", id);
		return err_clause(set->err, duty->clause);
	}
	if (until <= duty->at)
		return err_set(set->err, STATUS_REFUSED,
			       "until: the new end is not after the old one, %s",
			       book_time(set->book, arena, duty->at)->text);
	const struct rule *extension;
	if (!extension_for(set, duty, name, until, &extension))
		return false;
	if (!extension) {
		err_set(set->err, STATUS_REFUSED, "until: no extension reaches that far");
		return err_clause(set->err, duty->clause);
	}
	const struct member *member = staff_find(&set->book->staff, approver, set->document->at);
	const struct node *roles = node_get(extension->node, "by");
	bool may = member && node_holds(member->roles, ROLE_ADMINISTRATOR);
	for (size_t i = 0; member && i < (roles->type == NODE_LIST ? roles->list.count : 1); i++)
		may = may || staff_may_approve(&set->book->staff, member,
					       roles->type == NODE_LIST ? roles->list.items[i]->text
									: roles->text,
					       node_text(set->root, "by"), set->document->at);
	if (!may) {
		err_set(set->err, STATUS_REFUSED,
			"approved-by: an extension to %s is approved by the role %s; %s does not "
			"have it",
			node_text(set->root, "until"),
			roles->type == NODE_LIST ? roles->list.items[0]->text : roles->text,
			approver);
		return err_clause(set->err, extension->clause);
	}
	if (node_is_string(node_get(set->root, "by"), approver)) {
		err_set(set->err, STATUS_REFUSED, "approved-by: nobody approves their own request");
		return err_clause(set->err, extension->clause);
	}
	if (set->document->at != set->document->recorded) {
		err_set(set->err, STATUS_REFUSED,
			"--at: an extension counts from when it is recorded");
		return err_clause(set->err, extension->clause);
	}
	if (!needs_fields(set, extension))
		return false;
	withdraw(set, duty);
	return add_due(set, rule, duty->start, until, duty->provisional);
}

bool duties_set(struct book *book, struct arena *arena, struct form *form, const struct node *prior,
		struct node *notes, struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	struct setting set = {.book = book,
			      .arena = arena,
			      .form = form,
			      .document = document,
			      .origin = document,
			      .root = document->root,
			      .notes = notes,
			      .prior = prior,
			      .view = form_view(form),
			      .event = document->event,
			      .err = err};
	bool reopened = strcmp(set.event, "reopened") == 0;
	static const char *const lists[] = {"withdraws", "settles", "due", "callbacks"};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		node_remove(document->root, lists[i]);
	if (strcmp(set.event, "imported") == 0)
		return true;
	if (reopened)
		set.event = "opened";
	/* whoever has moved out is called back no more */
	bool gone = strcmp(set.event, "closed") == 0 && form->kind &&
		    strcmp(form->kind, KIND_CUSTOMER) == 0;
	if (strcmp(set.event, "voided") == 0 || reopened || gone)
		for (size_t i = 0; i < form->duty_count; i++) {
			const struct duty *duty = &form->duties[i];
			if (!(reopened && duty_outlives_reopening(duty)) &&
			    (duty->state == DUTY_OPEN ||
			     (duty->ended_by == document && duty->state == DUTY_WITHDRAWN)))
				withdraw(&set, duty);
		}
	if (strcmp(set.event, "extended") == 0)
		return extend(&set);
	if (strcmp(set.event, "callback") == 0)
		settle_callbacks(&set);
	if (strcmp(set.event, "told") == 0)
		settle_tellings(&set);
	if (strcmp(set.event, "reclassified") == 0) {
		set.origin = &form->documents[form_cycle_begin(form)];
		return set_deadlines(&set, "opened", form->opened_at, true) &&
		       set_callbacks(&set, true);
	}
	return set_deadlines(&set, set.event, document->at, false) && set_looking_back(&set) &&
	       set_callbacks(&set, false);
}

/* --- tickets from elsewhere --- */

/* As if EVENT had happened here, AT. */
static bool set_as_if(struct setting *set, const char *event, int64_t at, unsigned owed)
{
	struct document happened = *set->document;
	happened.event = event;
	happened.at = at;
	const struct document *document = set->document;
	set->document = &happened;
	set->event = event;
	bool done = (!(owed & DUTIES_DEADLINES) || set_deadlines(set, event, at, false)) &&
		    (!(owed & DUTIES_CALLBACKS) || set_callbacks(set, false));
	node_push(set->arena, node_get(set->prior, "events"), node_string(set->arena, event));
	set->document = document;
	return done;
}

/* Takes out the deadlines that EVENT had ended elsewhere. */
static void end_as_if(struct setting *set, const char *event)
{
	struct node *due = node_get(set->root, "due");
	size_t kept = 0;
	for (size_t i = 0; i < node_count(due); i++)
		if (!node_holds(node_get(due->list.items[i], "until"), event))
			due->list.items[kept++] = due->list.items[i];
	if (due)
		due->list.count = kept;
	if (due && !kept)
		node_remove(set->root, "due");
}

bool duties_import(struct book *book, struct arena *arena, struct form *form, unsigned owed,
		   struct err *err)
{
	const struct document *document = &form->documents[form->count - 1];
	struct node *prior = node_map(arena);
	struct setting set = {.book = book,
			      .arena = arena,
			      .form = form,
			      .document = document,
			      .origin = document,
			      .root = document->root,
			      .notes = node_list(arena),
			      .prior = prior,
			      .view = form_view(form),
			      .err = err};
	static const struct {
		const char *field, *event;
	} known[] = {{"finished-at", "finished"}, {"closed-at", "closed"}};
	node_add(arena, prior, "events", node_list(arena));
	if (!set_as_if(&set, "opened", document->at, owed))
		return false;
	for (size_t i = 0; i < 2; i++) {
		const char *text = node_text(set.root, known[i].field);
		int64_t at;
		if (text &&
		    (!time_parse(text, &at, err) || !set_as_if(&set, known[i].event, at, owed)))
			return false;
	}
	if (form->state == FORM_CLOSED)
		node_remove(set.root, "due");
	else if (form->state == FORM_FINISHED)
		end_as_if(&set, "finished");
	return true;
}
