// SPDX-License-Identifier: MIT
// The duties of a form: what documents set, end, withdraw and choose.
#include <string.h>

#include "book/form_parts.h"

static void end_duty(struct duty *duty, const struct document *document, enum duty_state state)
{
	duty->state = state;
	duty->ended_by = document;
	duty->ended = document->at;
	for (size_t i = 0; i < duty->notice_count; i++)
		if (duty->notices[i].state != NOTICE_GIVEN)
			duty->notices[i].state = duty->notices[i].at <= document->at ? NOTICE_MISSED
										     : NOTICE_VOID;
}

/* Whether DOCUMENT gives NOTICE: by being the step that does, or as a `told` that names it. */
static bool tells(const struct document *document, const struct node *settles,
		  const struct notice *notice)
{
	return event_of(notice->until) == EVENT_TOLD ? node_holds(settles, notice->id)
						     : strcmp(notice->until, document->event) == 0;
}

bool duty_outlives_reopening(const struct duty *duty)
{
	return duty->survives || duty->set_by->which == EVENT_SCHEDULED ||
	       (!duty->callback && duty->set_by->which == EVENT_CALLBACK);
}

/* Whether DOCUMENT is what the deadline DUTY waits for. Who finds on site that nothing is to be
 * done has been there, and is through with it. */
static bool does(const struct duty *duty, const struct document *document)
{
	return node_holds(duty->until, document->event) ||
	       (document->which == EVENT_UNNEEDED &&
		(node_holds(duty->until, event_name(EVENT_FINISHED)) ||
		 node_holds(duty->until, event_name(EVENT_CLOSED))));
}

bool duty_was_done(const struct duty *duty)
{
	if (!duty->ended_by || duty->state == DUTY_UNREACHED)
		return false;
	return duty->callback ? duty->ended_by->which == EVENT_CALLBACK
			      : does(duty, duty->ended_by);
}

bool duty_is_missed(const struct duty *duty, int64_t now)
{
	switch (duty->state) {
	case DUTY_OPEN:
		return now > duty->at;
	case DUTY_LATE:
		return true;
	case DUTY_UNREACHED:
		return duty->ended > duty->at;
	case DUTY_MET:
	case DUTY_WITHDRAWN:
		return false;
	}
	return false;
}

bool duty_is_on_site(const struct duty *duty)
{
	const struct node *root = duty->state == DUTY_MET ? document_now(duty->ended_by) : NULL,
			  *manner = node_get(root, "manner");
	return node_get(root, "signature") &&
	       (node_is_string(manner, "visit") || node_is_string(manner, "on-site"));
}

struct duty *form_next_duty(const struct form *form, size_t *cursor)
{
	while (*cursor < form->duty_count) {
		struct duty *duty = &form->duties[(*cursor)++];
		if (!duty->twin)
			return duty;
	}
	return NULL;
}

bool duty_same_name(const char *a, const char *b)
{
	const char *p = strchr(a, '/'), *q = strchr(b, '/');
	if (!p == !q)
		return strcmp(a, b) == 0;
	return strcmp(p ? p + 1 : a, q ? q + 1 : b) == 0;
}

static bool is_by(const struct duty *duty, const char *rule, const char *clause)
{
	return strcmp(duty->rule, rule) == 0 ||
	       (duty_same_name(duty->rule, rule) && strcmp(duty->clause, clause) == 0);
}

/* Whether A and B are by one rule. */
static bool same_rule(const struct duty *a, const struct duty *b)
{
	return is_by(a, b->rule, b->clause);
}

bool duty_names_rule(const struct duty *duty, const struct node *entry)
{
	const char *rule = node_text(entry, "rule"), *clause = node_text(entry, "clause");
	return rule && clause && is_by(duty, rule, clause);
}

/* Whether DUTY, just set, is OTHER once more. Within one clone no two that are open share an id, a
 * callback comes once in a cycle, and what a routine schedules comes once for each period. */
static bool is_same(const struct form *form, const struct duty *other, const struct duty *duty)
{
	bool scheduled = duty->set_by->which == EVENT_SCHEDULED;
	if (other->twin || other->set_by == duty->set_by || other->callback != duty->callback ||
	    other->state == DUTY_WITHDRAWN || duty->state == DUTY_WITHDRAWN ||
	    strcmp(other->id, duty->id) != 0 || !same_rule(other, duty) ||
	    scheduled != (other->set_by->which == EVENT_SCHEDULED))
		return false;
	if (scheduled)
		return other->start == duty->start;
	if (duty->callback)
		return other->cycle == duty->cycle;
	/* what another clone set meanwhile and has ended already is this one, too */
	return other->state == DUTY_OPEN || (other->cycle == duty->cycle && duty_was_done(other) &&
					     form_apart(form, duty->set_by, other->set_by));
}

/* Joins the duty that was just set with the same one that another clone set: the earlier end
 * counts. What ended the one has ended both. */
static void join(struct form *form, struct duty *duty)
{
	size_t number = (size_t)(duty - form->duties) + 1, before = 0;
	while (before < number - 1 && !is_same(form, &form->duties[before], duty))
		before++;
	if (before == number - 1)
		return;
	struct duty *other = &form->duties[before];
	/* calls in vain are counted for each by itself */
	if (duty->state == DUTY_OPEN && other->state != DUTY_OPEN &&
	    other->state != DUTY_UNREACHED) {
		end_duty(duty, other->ended_by, other->ended <= duty->at ? DUTY_MET : DUTY_LATE);
		duty->ended = other->ended;
	}
	if (!duty->drawn)
		duty->drawn = other->drawn;
	duty->attempts = duty->attempts > other->attempts ? duty->attempts : other->attempts;
	if (other->at <= duty->at) {
		duty->twin = before + 1;
		return;
	}
	for (size_t i = 0; i < number - 1; i++)
		if (form->duties[i].twin == before + 1)
			form->duties[i].twin = number;
	other->twin = number;
}

bool form_takes(const struct form *form, const char *step)
{
	return !form_contradicts(form, event_of(step));
}

bool duty_can_be_met(const struct form *form, const struct duty *duty)
{
	const char *step;
	for (size_t i = 0; (step = node_each_text(duty->until, &i));)
		if (form_takes(form, step))
			return true;
	return false;
}

struct duty *form_open_duty(const struct form *form, const char *id)
{
	for (size_t i = form->duty_count; i-- > 0;)
		if (form->duties[i].state == DUTY_OPEN && !form->duties[i].twin &&
		    strcmp(form->duties[i].id, id) == 0)
			return &form->duties[i];
	return NULL;
}

/* Whether DOCUMENT, which does what DUTY asks for, ends it: when it is open, and when another clone
 * did the same later without knowing of it. Of what one clone did, the first counts. */
static bool may_end(const struct form *form, const struct document *document,
		    const struct duty *duty)
{
	return duty->state == DUTY_OPEN || duty->state == DUTY_UNREACHED ||
	       (duty_was_done(duty) && document->at < duty->ended && document->at >= duty->start &&
		form_apart(form, document, duty->ended_by));
}

static void end_done(struct duty *duty, const struct document *document)
{
	end_duty(duty, document, document->at <= duty->at ? DUTY_MET : DUTY_LATE);
}

/* Whether DOCUMENT, which names DUTY's id, means it: its clone had it, or the same one that it had
 * set itself. */
static bool means(const struct form *form, const struct document *document, const struct duty *duty)
{
	size_t number = (size_t)(duty - form->duties) + 1;
	if (!form_unknown(form, document, duty))
		return true;
	for (size_t i = 0; i < form->duty_count; i++) {
		const struct duty *other = &form->duties[i];
		bool twins = other->twin == number || duty->twin == i + 1 ||
			     (duty->twin && duty->twin == other->twin);
		if (twins && !form_unknown(form, document, other))
			return true;
	}
	return false;
}

/* Ends every open duty that IDS name. Whether a duty was missed before it was withdrawn is decided
 * by the time of recording, so that nobody withdraws one afterwards by an earlier date. */
static void end_named(struct form *form, const struct document *document, const struct node *ids,
		      bool withdraw)
{
	/* what a correction finds settled was settled by the call that it mends */
	const struct document *call = withdraw ? NULL : form_target(form, document),
			      *by = call ? call : document;
	int64_t when = withdraw ? document->recorded : by->at;
	const struct node *id;
	for (size_t i = 0; (id = node_item(ids, i)); i++)
		for (size_t j = 0; j < form->duty_count; j++) {
			struct duty *duty = &form->duties[j];
			bool ends = withdraw ? duty->state == DUTY_OPEN
					     : may_end(form, document, duty);
			/* tried in its window, and reached after it: another clone did not know */
			if (ends && duty->state == DUTY_UNREACHED && duty->ended <= duty->at &&
			    when > duty->at)
				ends = false;
			if (ends && node_is_string(id, duty->id) && means(form, document, duty)) {
				duty->attempts -= call && duty->attempts;
				end_duty(duty, by,
					 when > duty->at ? DUTY_LATE
					 : withdraw      ? DUTY_WITHDRAWN
							 : DUTY_MET);
			}
		}
}

/* Ends a new deadline that had been met, or missed, before PAST brought the form in. */
static void end_by_import(const struct document *past, struct duty *duty)
{
	static const enum event events[] = {EVENT_FINISHED, EVENT_CLOSED};
	int64_t at;
	for (size_t i = 0; i < 2 && duty->state == DUTY_OPEN; i++)
		if (node_holds(duty->until, event_name(events[i])) &&
		    form_imported_at(past, event_name(events[i]), &at) && at >= duty->start) {
			end_duty(duty, past, at <= duty->at ? DUTY_MET : DUTY_LATE);
			duty->ended = at;
		}
}

/* Whether DOCUMENT ends DUTY by being what it is. Where somebody has to be told, only those can say
 * who know the roles: the document names what it settles. */
static bool ends_itself(const struct duty *duty, const struct document *document)
{
	return !duty->callback && !duty->to && does(duty, document);
}

/* Ends a new deadline by an earlier document, where one does. That happens when the deadline starts
 * before the document that sets it (a ticket is reclassified, another deadline was missed,
 * something heard yesterday is recorded today), and when a step was recorded late or by another
 * clone. BEGAN: the deadline starts before DOCUMENT; only then does a step at the very start count.
 */
static void end_by_past(const struct form *form, const struct document *document, bool began,
			struct duty *duty)
{
	for (const struct document *past = form->documents + form->cycle_begin;
	     past < document && duty->state == DUTY_OPEN; past++)
		if (past->which == EVENT_IMPORTED && !duty->to)
			end_by_import(past, duty);
		else if (past->at >= duty->start + !began && ends_itself(duty, past))
			end_duty(duty, past, past->at <= duty->at ? DUTY_MET : DUTY_LATE);
}

/* Ends a new deadline by the document that had named whom it is about before it was set, which
 * SOURCE, its entry in DOCUMENT, says. */
static void end_as_said(const struct form *form, const struct document *document,
			const struct node *source, struct duty *duty)
{
	int64_t done;
	if (!duty->to || !node_integer(source, "done", &done))
		return;
	for (const struct document *past = document + 1; past-- > form->documents;)
		if (past->known == done && document_knows(form->documents, document, past) &&
		    node_holds(duty->until, past->event)) {
			end_done(duty, past);
			return;
		}
}

/* Reads a list of names, which fields of duties then borrow. */
static bool read_names(struct form *form, const struct node *source, const char *key,
		       const struct node **out, struct err *err)
{
	const struct node *names = node_get(source, key);
	bool fine = names && names->type == NODE_LIST;
	for (size_t i = 0; fine && i < node_item_count(names); i++)
		fine = node_item(names, i)->type == NODE_STRING;
	*out = names;
	if (fine)
		return true;
	err_set(err, STATUS_DAMAGED, names ? "%s: must be a list of names" : "%s: missing", key);
	return form_damaged(form, names ? names : source, err);
}

static bool add_notices(struct form *form, struct duty *duty, const struct node *list,
			struct err *err)
{
	duty->notice_count = node_item_count(list);
	duty->notices = duty->notice_count ? arena_alloc(&form->arena,
							 duty->notice_count * sizeof *duty->notices)
					   : NULL;
	for (size_t i = 0; i < duty->notice_count; i++) {
		struct notice *notice = &duty->notices[i];
		const struct node *source = node_item(list, i);
		if (!document_name(form->file, source, "id", &notice->id, err) ||
		    !document_name(form->file, source, "until", &notice->until, err) ||
		    !document_time(form->file, source, "at", &notice->at, err))
			return false;
		if (!read_names(form, source, "who", &notice->who, err))
			return false;
	}
	return true;
}

/* The duty of FORM that DUTY, set by DOCUMENT, is again: withdrawn by it or before, with the same
 * rule and, unless the document follows the calendar, the same start. NULL: there is none. */
static const struct duty *same_before(const struct form *form, const struct document *document,
				      const struct duty *duty)
{
	for (size_t i = form->duty_count; i-- > 0;) {
		const struct duty *old = &form->duties[i];
		bool recomputed = document->which == EVENT_RECOMPUTED;
		if (old->callback != duty->callback || !same_rule(old, duty) ||
		    !duty_is_for(old, duty->household))
			continue;
		if (recomputed ? old->ended_by == document && strcmp(old->id, duty->id) == 0
			       : old->state == DUTY_WITHDRAWN && old->start == duty->start &&
					 old->cycle == duty->cycle)
			return old;
	}
	return NULL;
}

/* A duty that follows the calendar, or comes back when a fact is set right, is the one it replaces:
 * set by the same document, tried as often, chosen by the same lot; whoever has been told need not
 * be told again of what is past already. */
static void take_over(const struct form *form, const struct document *document, struct duty *duty)
{
	bool recomputed = document->which == EVENT_RECOMPUTED;
	const struct duty *old = same_before(form, document, duty);
	if (!old && !recomputed)
		return;
	duty->moved_by = document;
	if (old) {
		duty->set_by = old->set_by;
		duty->cycle = old->cycle;
		duty->drawn = old->drawn;
		duty->attempts = old->attempts;
	}
	/* missed already, or ended by another clone: then nothing was left to move */
	if (!old || old->state != DUTY_WITHDRAWN) {
		end_duty(duty, document, DUTY_WITHDRAWN);
		return;
	}
	for (size_t i = 0; i < duty->notice_count && i < old->notice_count; i++)
		if (old->notices[i].state == NOTICE_GIVEN &&
		    duty->notices[i].at <= document->recorded) {
			duty->notices[i].state = NOTICE_GIVEN;
			duty->notices[i].ended_by = old->notices[i].ended_by;
		}
}

/* Where a correction sets DUTY again that the call had ended which it mends, that call did not: the
 * old one is withdrawn. */
static void take_from_call(struct form *form, const struct document *document,
			   const struct duty *duty)
{
	const struct document *call = form_target(form, document);
	for (size_t i = 0; call && i < form->duty_count; i++) {
		struct duty *old = &form->duties[i];
		if (!old->callback || !duty->callback || old->ended_by != call ||
		    old->start != duty->start || !same_rule(old, duty) ||
		    !duty_is_for(old, duty->household))
			continue;
		end_duty(old, document, DUTY_WITHDRAWN);
		old->attempts += !node_true(document_now(call), "reached");
	}
}

/* Reads how many calls in vain end DUTY. */
static bool read_limit(const struct form *form, const struct node *source, struct duty *duty,
		       struct err *err)
{
	const struct node *limit = node_get(source, "attempts");
	int64_t times, days;
	if (!limit)
		return true;
	if (!node_integer(limit, "times", &times) || !node_integer(limit, "days", &days) ||
	    times < 1 || times > TRIES_MAX / 2 || days < 1 || days > times) {
		err_set(err, STATUS_DAMAGED, "attempts: must say how many times and days");
		return form_damaged(form, limit, err);
	}
	duty->limit.times = (unsigned)times;
	duty->limit.days = (unsigned)days;
	duty->limit.clause = node_text(limit, "clause");
	return true;
}

static bool add_duty(struct form *form, const struct document *document, const struct node *source,
		     bool callback, struct err *err)
{
	struct duty duty = {.callback = callback, .cycle = form->cycle, .set_by = document};
	if (source->type != NODE_MAP) {
		err_set(err, STATUS_DAMAGED, "%s: must be a map of fields",
			callback ? "callbacks" : "due");
		return form_damaged(form, source, err);
	}
	if (!document_name(form->file, source, "id", &duty.id, err) ||
	    !document_name(form->file, source, "rule", &duty.rule, err) ||
	    !document_name(form->file, source, "clause", &duty.clause, err) ||
	    !document_time(form->file, source, "start", &duty.start, err) ||
	    !document_time(form->file, source, "at", &duty.at, err))
		return false;
	duty.opens = duty.start;
	duty.household = node_text(source, "household");
	if (callback) {
		if (!document_time(form->file, source, "opens", &duty.opens, err) ||
		    !document_name(form->file, source, "rate", &duty.rate, err))
			return false;
		duty.minimum = node_text(source, "minimum");
		duty.on_site = node_text(source, "on-site");
		if (!read_names(form, source, "who", &duty.who, err) ||
		    !read_limit(form, source, &duty, err))
			return false;
	} else {
		const struct node *tell = node_get(source, "tell");
		if (!read_names(form, source, "until", &duty.until, err))
			return false;
		if (!add_notices(form, &duty, tell, err))
			return false;
		if (node_get(source, "to") && !read_names(form, source, "to", &duty.to, err))
			return false;
	}
	duty.provisional = node_get(source, "provisional") != NULL;
	duty.survives = node_get(source, "survives") != NULL;
	take_from_call(form, document, &duty);
	if (document->which == EVENT_RECOMPUTED || node_get(document->root, "keeps"))
		take_over(form, document, &duty);
	const struct document *target = form_target(form, document);
	if (target && duty.set_by == document && duty.start == target->at) {
		duty.set_by = target; /* as it would have been set had that been right */
		duty.moved_by = document;
	}
	if (form->duty_count == form->duty_room) {
		size_t room = form->duty_room ? form->duty_room * 2 : 8;
		struct duty *bigger = arena_raw(&form->arena, room * sizeof *bigger);
		if (form->duty_count)
			memcpy(bigger, form->duties, form->duty_count * sizeof *bigger);
		form->duties = bigger;
		form->duty_room = room;
	}
	if (!callback && duty.state == DUTY_OPEN) {
		bool began = duty.start < document->at;
		end_by_past(form, document, began, &duty);
		end_as_said(form, document, source, &duty);
		if (began && duty.state == DUTY_OPEN && ends_itself(&duty, document))
			end_duty(&duty, document, document->at <= duty.at ? DUTY_MET : DUTY_LATE);
	}
	form->duties[form->duty_count++] = duty;
	join(form, &form->duties[form->duty_count - 1]);
	return true;
}

static bool add_duties(struct form *form, const struct document *document,
		       const struct node *entries, bool callback, struct err *err)
{
	const struct node *entry;
	for (size_t i = 0; (entry = node_item(entries, i)); i++)
		if (!add_duty(form, document, entry, callback, err))
			return false;
	return true;
}

void form_choose(struct form *form, const struct document *document)
{
	const char *rule = node_text(document->root, "rule");
	int64_t of;
	for (size_t i = 0; rule && node_integer(document->root, "of", &of) && i < form->duty_count;
	     i++) {
		struct duty *duty = &form->duties[i];
		if (!duty->callback || duty->set_by->known != of ||
		    !duty_same_name(duty->rule, rule) ||
		    !duty_is_for(duty, node_text(document->root, "household")))
			continue;
		if (!duty->drawn)
			duty->drawn = document;
		struct duty *counts = duty->twin ? &form->duties[duty->twin - 1] : duty;
		if (!counts->drawn)
			counts->drawn = document;
	}
}

/* Whether DOCUMENT settles a dispute to a state in which the deadline DUTY is over. */
static bool settled_past(const struct form *form, const struct document *document,
			 const struct duty *duty)
{
	bool closed = form->state == FORM_CLOSED, finished = closed || form->state == FORM_FINISHED;
	return document->which == EVENT_SETTLED &&
	       ((finished && node_holds(duty->until, event_name(EVENT_FINISHED))) ||
		(closed && node_holds(duty->until, event_name(EVENT_CLOSED))));
}

bool form_fold_duties(struct form *form, const struct document *document,
		      const struct picked *picked, struct err *err)
{
	bool reopens = &form->documents[form->cycle_begin] == document;
	bool missed = document->which == EVENT_CALLBACK && picked->reached &&
		      picked->reached->type == NODE_BOOL && !node_true(document->root, "reached");
	for (size_t i = 0; i < form->duty_count; i++) {
		struct duty *duty = &form->duties[i];
		if (duty->state != DUTY_OPEN) {
			if (ends_itself(duty, document) && may_end(form, document, duty))
				end_done(duty, document);
			duty->attempts += duty->state == DUTY_UNREACHED && missed;
			continue;
		}
		for (size_t j = 0; j < duty->notice_count; j++)
			if (duty->notices[j].state == NOTICE_OPEN &&
			    tells(document, picked->settles, &duty->notices[j])) {
				duty->notices[j].state = NOTICE_GIVEN;
				duty->notices[j].ended_by = document;
			}
		if (form->state == FORM_VOIDED)
			end_duty(duty, document,
				 document->recorded > duty->at ? DUTY_LATE : DUTY_WITHDRAWN);
		else if (ends_itself(duty, document) ||
			 (!duty->callback && !duty->to && settled_past(form, document, duty)))
			end_done(duty, document);
		else if (reopens && !duty_outlives_reopening(duty))
			end_duty(duty, document,
				 document->recorded > duty->at ? DUTY_LATE : DUTY_WITHDRAWN);
		else if (duty->callback && missed &&
			 duty_is_for(duty, node_text(document->root, "household")))
			duty->attempts++;
	}
	end_named(form, document, picked->withdraws, true);
	end_named(form, document, picked->settles, false);
	if (!add_duties(form, document, picked->due, false, err) ||
	    !add_duties(form, document, picked->callbacks, true, err))
		return false;
	if (document->which == EVENT_CALLBACK || document->which == EVENT_CORRECTED ||
	    picked->callbacks)
		form_fold_tries(form, document);
	return true;
}
