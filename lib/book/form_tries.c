// SPDX-License-Identifier: MIT
// Calls in vain: when so many, on so many days, end a callback as not reached. Knows no rules: what
// is enough stands in the document that set the callback, what counts in that of the call.
#include <string.h>

#include "book/form_parts.h"

/* The document that says which callbacks CALL was tried for, of those up to LAST: CALL, or the
 * latest correction of whether, how and by whom it was made. */
static const struct document *speaks_for(const struct form *form, const struct document *call,
					 const struct document *last)
{
	const struct document *says = call;
	int64_t of;
	for (const struct document *later = call + 1; call->now && later <= last; later++) {
		const struct node *fields = node_get(later->root, "fields");
		/* its number is looked at first: to find a target takes all documents before it */
		if (node_integer(later->root, "of", &of) && of == call->known &&
		    form_target(form, later) == call &&
		    (node_get(fields, "reached") || node_get(fields, "callers") ||
		     node_get(fields, "manner")))
			says = later;
	}
	return says;
}

/* Whether CALL was made in vain for DUTY, as the documents up to LAST say it. */
static bool was_tried(const struct form *form, const struct duty *duty, const struct document *call,
		      const struct document *last)
{
	const struct node *now = document_now(call), *reached = node_get(now, "reached");
	return call->which == EVENT_CALLBACK && call->at >= duty->opens && reached &&
	       !node_true(now, "reached") &&
	       node_holds(node_get(speaks_for(form, call, last)->root, "tries"), duty->id);
}

/* The day that DOCUMENT says it happened on, which its time begins with. */
static const char *day_of(const struct document *document)
{
	const char *at = node_text(document->root, "at");
	return at ? at : "";
}

/* Whether the calls of TRIES before INDEX include one on the same day. */
static bool is_same_day(const struct document *const *tries, size_t index)
{
	enum { DATE = sizeof "2026-11-20" - 1 };
	for (size_t i = 0; i < index; i++)
		if (strncmp(day_of(tries[i]), day_of(tries[index]), DATE) == 0)
			return true;
	return false;
}

/* As form_tries, of the documents up to LAST. */
static struct tries count(const struct form *form, const struct duty *duty,
			  const struct document *also, const struct document *last)
{
	const struct document *tries[TRIES_MAX];
	struct tries found = {0};
	size_t kept = 0;
	for (const struct document *call = form->documents; call <= last; call++) {
		if (call != also && !was_tried(form, duty, call, last))
			continue;
		/* in the order in which they happened; of too many the earliest */
		size_t at = kept;
		while (at > 0 && tries[at - 1]->at > call->at)
			at--;
		if (at == TRIES_MAX)
			continue;
		kept -= kept == TRIES_MAX;
		memmove(tries + at + 1, tries + at, (kept - at) * sizeof *tries);
		tries[at] = call;
		kept++;
	}
	for (size_t i = 0; i < kept; i++) {
		found.count++;
		found.days += !is_same_day(tries, i);
		if (!found.enough && found.count >= duty->limit.times &&
		    found.days >= duty->limit.days)
			found.enough = tries[i];
	}
	return found;
}

struct tries form_tries(const struct form *form, const struct duty *duty,
			const struct document *also)
{
	return count(form, duty, also, form->documents + form->count - 1);
}

/* Takes back that DUTY ended as not reached, by what DOCUMENT says. */
static void take_back(const struct form *form, struct duty *duty, const struct document *document)
{
	bool gone = form->state == FORM_VOIDED ||
		    (duty->cycle != form->cycle && !duty_outlives_reopening(duty));
	duty->state = duty->called ? DUTY_LATE : gone ? DUTY_WITHDRAWN : DUTY_OPEN;
	duty->ended_by = duty->called ? duty->called : gone ? document : NULL;
	duty->ended = duty->ended_by ? duty->ended_by->at : 0;
	duty->called = NULL;
}

void form_fold_tries(struct form *form, const struct document *document)
{
	for (size_t i = 0; i < form->duty_count; i++) {
		struct duty *duty = &form->duties[i];
		bool called = duty->state == DUTY_LATE && duty_was_done(duty);
		if (!duty->limit.times ||
		    (duty->state != DUTY_OPEN && duty->state != DUTY_UNREACHED && !called))
			continue;
		struct tries tries = count(form, duty, NULL, document);
		duty->tries = tries.count;
		duty->try_days = tries.days;
		/* whoever is called after the window was not called in it: what excuses that is
		 * having tried in it */
		if (tries.enough && called && tries.enough->at > duty->at)
			continue;
		if (tries.enough) {
			duty->called = called ? duty->ended_by : duty->called;
			duty->state = DUTY_UNREACHED;
			duty->ended_by = tries.enough;
			duty->ended = tries.enough->at;
		} else if (duty->state == DUTY_UNREACHED) {
			take_back(form, duty, document);
		}
	}
}
