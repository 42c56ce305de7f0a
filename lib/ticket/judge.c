// SPDX-License-Identifier: MIT
// Whether the policy lets a step be recorded, by all rules that apply to it, and whether what its
// document names was there.
#include <inttypes.h>
#include <string.h>

#include "book/called.h"
#include "data/time.h"
#include "text/pattern.h"
#include "ticket/balances.h"
#include "ticket/judge_parts.h"
#include "ticket/linked.h"

/* What is written to the customer in DOCUMENT against RULE's pattern; quoting the customer is
 * another field's. */
bool judge_phrase(const struct judgement *judgement, const struct rule *rule,
		  const struct node *document, struct err *err)
{
	const char *field;
	bool warn = node_is_string(node_get(rule->node, "then"), "warn");
	for (size_t i = 0; (field = node_each_text(node_get(rule->node, "field"), &i));) {
		const struct node *said = node_path(document, field);
		const char *text = node_as_text(said);
		if (!text || said->type != NODE_STRING)
			continue;
		struct buf found;
		buf_init(&found);
		enum pattern_result result =
			pattern_search(rule->pattern, text, node_text_len(said), &found, err);
		if (result == PATTERN_YES)
			err_refuse(err, rule->clause, "%s: \"%s\" must not be said to a customer",
				   called_field(judgement->book, judgement->arena,
						judgement->form->kind, node_text(document, "event"),
						field),
				   found.data);
		buf_clear(&found);
		if (result == PATTERN_LIMIT) {
			err->status = STATUS_DAMAGED;
			err_place(err, rule->file, rule->node->line, rule->node->column);
			return err_clause(err, rule->clause);
		}
		if (result == PATTERN_NO)
			continue;
		if (!warn)
			return false;
		struct buf note;
		buf_init(&note);
		err_render(err, &note);
		node_push(judgement->arena, judgement->notes,
			  node_string(judgement->arena, note.data));
		buf_clear(&note);
		err_clear(err);
	}
	return true;
}

/* What the packs call a step, for those who typed something else. */
static bool unknown_step(const struct judgement *judgement, const char *step, struct err *err)
{
	struct arena *arena = &judgement->form->arena;
	struct node *seen = node_list(arena);
	struct buf names;
	size_t cursor = 0;
	const struct rule *rule;
	const char *name;
	buf_init(&names);
	while ((rule = policy_next(judgement->book->policy, RULE_STEP, &cursor))) {
		if (rule->kinds && judgement->form->kind &&
		    !node_holds(rule->kinds, judgement->form->kind))
			continue;
		for (size_t i = 0; (name = node_each_text(node_get(rule->node, "step"), &i));)
			if (!node_holds(seen, name) && !event_is_core(event_of(name)))
				node_push(arena, seen, node_string(arena, name));
	}
	buf_adds(&names, called_steps(judgement->book, arena, judgement->form->kind, seen, ", "));
	err_set(err, STATUS_REFUSED,
		"the policy has no step \"%s\" for this %s (its steps for this kind: %s)", step,
		judgement->form->kind
			? called_name(judgement->book, arena, RULE_KIND, judgement->form->kind)
			: "form",
		names.len ? names.data : "none");
	buf_clear(&names);
	return false;
}

bool judge_overridden(const struct judgement *judgement, const struct rule *rule,
		      struct node *clauses)
{
	const struct node *roles = node_get(rule->node, "override");
	bool station = strcmp(judgement->login->nature, "station") == 0;
	if (!judgement->override || !roles || station ||
	    !staff_has_role(&judgement->book->staff, judgement->by, roles, judgement->book->now) ||
	    !staff_has_role(&judgement->book->staff, judgement->login, roles, judgement->book->now))
		return false;
	if (!node_holds(clauses, rule->clause))
		node_push(judgement->arena, clauses, node_string(judgement->arena, rule->clause));
	return true;
}

/* Other forms are read only where a rule that could apply asks for them. */
bool judge_sees_linked(const struct judgement *judgement, const struct rule *rule,
		       struct node *view, struct err *err)
{
	const struct node *kinds = node_get(rule->node, "kind");
	const char *kind = judgement->form->kind;
	if (node_get(view, "linked") || !policy_asks_linked(judgement->book->policy, rule) ||
	    (kinds && kind && !node_holds(kinds, kind)))
		return true;
	return linked_view(judgement->book, judgement->form, view, err);
}

const enum rule_list judge_lists[] = {RULE_STEP, RULE_PHRASE, RULE_BALANCE, RULE_LISTS};

bool judge_is_about(const struct form *form, enum rule_list list, const struct rule *rule,
		    const struct document *document)
{
	bool of_customer = form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0;
	if (list == RULE_BALANCE)
		return balance_is_about(rule, document);
	return node_holds(node_get(rule->node, "step"), document->event) &&
	       !(of_customer && event_is_core(document->which) && list == RULE_STEP &&
		 !node_get(rule->node, "kind"));
}

bool judge_one_rule(const struct judgement *judgement, enum rule_list list, const struct rule *rule,
		    const struct node *view, const struct document *document, struct err *err)
{
	if (list == RULE_BALANCE)
		return balance_kept(judgement->book, judgement->form, rule, err);
	if (list == RULE_PHRASE)
		return judge_phrase(judgement, rule, document->root, err);
	return judge_rule(judgement, rule, view, document, document->event, err);
}

bool judge_step(const struct judgement *judgement, struct err *err)
{
	struct form *form = judgement->form;
	struct arena *arena = judgement->arena;
	const struct document *document = &form->documents[form->count - 1];
	const char *step = document->event;
	struct node *view = form_view(form), *clauses = node_list(arena);
	int day = zone_day(&judgement->book->zone, document->at);
	bool core = event_is_core(document->which),
	     known = core || book_has_schema(judgement->book, form->kind, step);
	bool of_customer = form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0;
	for (size_t i = 0; judge_lists[i] != RULE_LISTS; i++) {
		size_t cursor = 0;
		const struct rule *rule;
		while ((rule = policy_next(judgement->book->policy, judge_lists[i], &cursor))) {
			if (!judge_is_about(form, judge_lists[i], rule, document))
				continue;
			if (!judge_sees_linked(judgement, rule, view, err))
				return false;
			enum verdict verdict =
				policy_applies(judgement->book->policy, rule, view, day, err);
			if (verdict == VERDICT_UNKNOWN)
				return false;
			/* a step whose rules stand aside stays one */
			known = known || verdict == VERDICT_YES ||
				policy_aside(judgement->book->policy, rule, form->kind, step);
			/* what another system began is exempt from the rules of steps, not from
			 * their names */
			if (verdict == VERDICT_NO || form->imported ||
			    judge_one_rule(judgement, judge_lists[i], rule, view, document, err))
				continue;
			if (err->status != STATUS_REFUSED ||
			    !judge_overridden(judgement, rule, clauses))
				return false;
			err_clear(err);
		}
	}
	if (!known)
		return unknown_step(judgement, step, err);
	bool mends = document->which == EVENT_CORRECTED || document->which == EVENT_RECLASSIFIED,
	     changes = of_customer && form->count > 1 && node_get(document->root, "customer");
	if (!form->imported && ((mends && !judge_mended(judgement, clauses, err)) ||
				(changes && !judge_changed(judgement, clauses, err))))
		return false;
	if (judgement->signatures && !judgement->signatures->asked && !form->imported &&
	    node_get(document->root, "signed-by"))
		return err_set(err, STATUS_REFUSED,
			       "signed-by: no rule asks for signatures under %s here", step);
	if (node_item_count(clauses)) {
		struct node *override = node_map(arena);
		node_add(arena, override, "clauses", clauses);
		node_add_string(arena, override, "reason", judgement->override);
		node_add(arena, document->root, "override", override);
	}
	return true;
}

static bool check_person(struct book *book, const struct node *person, const char *field,
			 int64_t at, struct err *err)
{
	const char *id = node_as_text(person);
	if (!id || person->type != NODE_STRING)
		return true;
	const struct member *member = staff_find(&book->staff, id, at);
	bool station = member && strcmp(member->nature, "station") == 0 &&
		       strcmp(field, "via") != 0;
	if (station)
		return err_set(err, STATUS_REFUSED, "%s: %s is a station, not a person", field, id);
	if (member && !member->left)
		return true;
	if (!member) {
		bool later = staff_find(&book->staff, id, INT64_MAX);
		err_set(err, STATUS_REFUSED,
			later ? "%s: %s was not in %s yet" : "%s: %s is not in %s", field, id,
			LEDGER_STAFF);
	} else {
		struct buf since;
		buf_init(&since);
		time_format_short(&book->zone, member->left_at, &since);
		err_set(err, STATUS_REFUSED, "%s: %s left on %.10s", field, id, since.data);
		buf_clear(&since);
	}
	return err_place(err, NULL, person->line, person->column);
}

const char *const judge_people[] = {"by",        "via",        "to",          "workers",
				    "callers",   "checked-by", "approved-by", "first-asked",
				    "signed-by", "signers",    NULL};

/* A birthday is a day that has been: whatever the ledger's schemas ask of it. Without a year the
 * 29th of February is one. */
static bool check_birthday(const struct book *book, const struct node *customer, struct err *err)
{
	const char *text = node_text(customer, "birthday");
	struct buf whole;
	struct err none = ERR_INIT;
	int day;
	if (!text)
		return true;
	buf_init(&whole);
	buf_addf(&whole, "%s%s", strlen(text) == strlen("02-29") ? "2000-" : "", text);
	bool is_day = date_parse(whole.data, &day, &none),
	     past = is_day && day <= zone_day(&book->zone, book->now);
	err_clear(&none);
	buf_clear(&whole);
	return past || err_set(err, STATUS_REFUSED,
			       is_day ? "customer.birthday: %s lies in the future"
				      : "customer.birthday: there is no day %s",
			       text);
}

/* Whether the time at KEY has come by LATEST, or is not there. */
static bool has_come(const struct node *root, const char *key, int64_t latest, struct err *err)
{
	const char *text = node_text(root, key);
	int64_t when;
	if (!text)
		return true;
	if (!time_parse(text, &when, err))
		return err_prefix(err, key);
	return when <= latest ||
	       err_set(err, STATUS_REFUSED, "%s: %s lies in the future", key, text);
}

/* What has happened lies in the past, what is wanted or promised does not lie before AT. */
static bool check_dates(const struct book *book, const struct node *root, int64_t at,
			struct err *err)
{
	static const struct {
		const char *key, *why;
	} ahead[] = {{"promised", "the promised time is earlier than the promise"},
		     {"agreed-at", "the time agreed on is earlier than the agreement"},
		     {"answer-by", "the answer is wanted before it is asked for"}};
	enum event event = event_of(node_text(root, "event"));
	const char *start = node_text(root, "start"), *end = node_text(root, "end");
	int64_t from, to;
	if (start && end && time_parse(start, &from, err) && time_parse(end, &to, err) && to < from)
		return err_set(err, STATUS_REFUSED, "end: the work ended before it began");
	/* the slip's; another step may plan its start and its end */
	if ((event == EVENT_FINISHED || event == EVENT_CLOSED) &&
	    (!has_come(root, "start", book->now, err) || !has_come(root, "end", book->now, err)))
		return false;
	for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) {
		const char *text = node_text(root, ahead[i].key);
		if (text && time_parse(text, &to, err) && to < at)
			return err_set(err, STATUS_REFUSED, "%s: %s", ahead[i].key, ahead[i].why);
	}
	return !err->text && has_come(root, "heard-at", book->now, err) &&
	       check_birthday(book, node_get(root, "customer"), err);
}

/* Whether FIELD says whose it is that comes back: whoever left with it is named all the same. */
static bool has_left_with(const struct book *book, const struct node *root, const char *field)
{
	const char *person = node_text(root, field);
	return person && balance_says_whose(book->policy, root, field) &&
	       staff_person(&book->staff, person);
}

static bool check_people(struct book *book, const struct node *root, int64_t at, struct err *err)
{
	for (size_t i = 0; judge_people[i]; i++) {
		const struct node *value = node_get(root, judge_people[i]), *person;
		for (size_t j = 0; (person = node_each(value, j)); j++)
			if (!has_left_with(book, root, judge_people[i]) &&
			    !check_person(book, person, judge_people[i],
					  strcmp(judge_people[i], "via") == 0 ? book->now : at,
					  err))
				return false;
	}
	return true;
}

bool judge_references(struct book *book, const struct node *root, int64_t at, struct err *err)
{
	return check_people(book, root, at, err) && check_dates(book, root, at, err);
}

bool judge_mended_references(struct book *book, const struct node *old, const struct node *mended,
			     const struct node *fields, int64_t at, struct err *err)
{
	struct err before = ERR_INIT;
	bool fine = check_people(book, fields, at, err) && check_dates(book, fields, at, err) &&
		    (check_dates(book, mended, at, err) || !check_dates(book, old, at, &before));
	if (fine)
		err_clear(err);
	err_clear(&before);
	return fine;
}
