// SPDX-License-Identifier: MIT
// One document of a form, from what was asked for to its text: checked, judged, given what it makes
// due.
#include <inttypes.h>
#include <string.h>

#include "data/time.h"
#include "record/render.h"
#include "store/file.h"
#include "ticket/balances.h"
#include "ticket/callers.h"
#include "ticket/checklists.h"
#include "ticket/countersign.h"
#include "ticket/duty.h"
#include "ticket/fill.h"
#include "ticket/household.h"
#include "ticket/judge.h"
#include "ticket/prices.h"
#include "ticket/ticket_parts.h"
#include "ticket/waiting.h"

/* A step that contradicts what the form already is. */
static bool check_state(const struct form *form, enum form_state before, struct err *err)
{
	const struct document *last = &form->documents[form->count - 1];
	if (last->which == EVENT_SETTLED && before != FORM_DISPUTED)
		return err_set(
			err, STATUS_REFUSED,
			"its steps do not contradict each other: there is nothing to settle");
	/* an extension that cannot say what was seen is known here: other rules judge it */
	if (form->state != FORM_DISPUTED ||
	    (before != FORM_DISPUTED && form->disputed_with && last->which == EVENT_EXTENDED))
		return true;
	bool customer = form->kind && strcmp(form->kind, KIND_CUSTOMER) == 0;
	if (before == FORM_DISPUTED)
		return last->which == EVENT_SETTLED || last->which == EVENT_TOLD ||
		       last->which == EVENT_LINKED ||
		       err_set(err, STATUS_REFUSED,
			       "its steps contradict each other (#%" PRId64
			       "): record a settled step first (`%s %s%s --set state=STATE "
			       "--reason WHY`)",
			       form->disputed_by->known,
			       customer ? "customer-log settled" : "ticket-log", form->id,
			       customer ? "" : " settled");
	const char *into = form_merged_into(form->before);
	if (into)
		return err_set(err, STATUS_REFUSED,
			       "it was merged into %s: record %s there, or reopen it if it is "
			       "another matter",
			       into, last->event);
	return err_set(err, STATUS_REFUSED, "it is %s%s: %s is not possible",
		       form_state_name(before),
		       before == FORM_OPEN ? " and was not closed" : " already", last->event);
}

static bool check_links(struct ticket_recording *recording, const struct node *document,
			struct err *err)
{
	const char *link;
	struct buf path;
	buf_init(&path);
	bool done = true;
	for (size_t i = 0; done && (link = node_each_text(node_get(document, "links"), &i));) {
		buf_reset(&path);
		done = book_form_path(link, &path, err);
		/* a dry run has not written what it would link to */
		if (done && !recording->request->dry_run &&
		    !file_exists(&recording->book->store.root, path.data))
			done = err_set(err, STATUS_REFUSED, "links: there is no ticket %s", link);
	}
	buf_clear(&path);
	return done;
}

/* Departments that packs declare are the only ones; a correction names some among its fields. */
static bool check_department(struct ticket_recording *recording, const struct node *document,
			     struct err *err)
{
	const struct policy *policy = recording->book->policy;
	const struct node *const places[] = {document, node_get(document, "fields")};
	const char *one;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (!policy_has_department(policy, node_text(places[i], "department"), err))
			return false;
		for (size_t j = 0; (one = node_each_text(node_get(places[i], "departments"), &j));)
			if (!policy_has_department(policy, one, err))
				return false;
	}
	return true;
}

/* Kind, category and severity as they stand after the step belong together. */
static bool check_class(struct ticket_recording *recording, const struct form *form,
			struct err *err)
{
	const struct document *last = &form->documents[form->count - 1];
	if (form->imported || (form->count > 1 && last->which != EVENT_RECLASSIFIED))
		return true;
	struct node *class = node_map(recording->arena);
	node_add_string(recording->arena, class, "kind", form->kind);
	node_add_string(recording->arena, class, "category", form->category);
	node_add_string(recording->arena, class, "severity", form->severity);
	return ticket_names(recording->book, class, err);
}

/* A customer's file is called by its unit: whoever lives in another has another file. */
static bool check_unit(const struct form *form, struct err *err)
{
	const char *unit = node_text(form->customer, "unit");
	if (!form->kind || strcmp(form->kind, KIND_CUSTOMER) != 0 || form->count < 2 || !unit ||
	    strcmp(unit, form->id) == 0)
		return true;
	return err_set(err, STATUS_REFUSED,
		       "customer.unit: this is the file of %s: open one for %s, and close this one",
		       form->id, unit);
}

/* An approval is recorded by the approver, or by who records for others: not by who asks, and not
 * at a shared login. */
static bool check_approval(struct ticket_recording *recording, const struct node *document,
			   struct err *err)
{
	const struct member *login = acting_login(&recording->acting);
	const char *approver = node_text(document, "approved-by");
	/* one's own request is refused with the rule's clause, elsewhere */
	if (!approver || strcmp(approver, recording->acting.by->id) == 0)
		return true;
	if (strcmp(login->nature, "station") == 0)
		return err_set(err, STATUS_REFUSED,
			       "approved-by: approvals are not recorded at a station (%s)",
			       login->id);
	if (login == recording->acting.by)
		return err_set(err, STATUS_REFUSED,
			       "approved-by: the person who asks must not record the approval: the "
			       "approver records it, with --by %s",
			       login->id);
	return true;
}

/* Judges the document that was just appended by state, class and policy, and gives it what it makes
 * due. PRIOR and BEFORE are the form's view and state without it. SIGNATURES gets whose are
 * missing; NULL: all have signed. */
static bool judge(struct ticket_recording *recording, struct form *form, const struct node *prior,
		  enum form_state before, struct judged_signatures *signatures, struct err *err)
{
	struct node *document = form->documents[form->count - 1].root;
	const struct proposal *completes = recording->completes;
	const struct node *proposed = completes ? completes->document->root : NULL;
	struct judgement judgement = {.book = recording->book,
				      .arena = recording->arena,
				      .form = form,
				      .prior = prior,
				      .by = recording->acting.by,
				      .login = acting_login(&recording->acting),
				      .override = recording->request->override,
				      .notes = recording->out->notes,
				      .signatures = signatures};
	if (completes) {
		const char *via = node_text(proposed, "via");
		const struct member *login =
			via ? staff_find(&recording->book->staff, via, recording->book->now) : NULL;
		judgement.login = login ? login : judgement.by;
		judgement.override = node_text(node_get(proposed, "override"), "reason");
	}
	return check_state(form, before, err) && check_class(recording, form, err) &&
	       check_unit(form, err) &&
	       waiting_check(recording->book, recording->arena, form, err) &&
	       (recording->automatic ||
		household_check(recording->book, form, before, recording->acting.by, err)) &&
	       (recording->automatic || judge_step(&judgement, err)) &&
	       (completes || check_approval(recording, document, err)) &&
	       countersign_allowed(recording->book, form, recording->acting.by,
				   acting_login(&recording->acting), err) &&
	       ((signatures && node_item_count(signatures->awaits)) || /* nothing follows yet */
		duty_work_out(recording->book, recording->arena, form, prior, recording->out->notes,
			      err));
}

/* In the document's arena. */
static const char *minute_of(struct ticket_recording *recording, int64_t instant)
{
	struct buf text;
	buf_init(&text);
	time_format_short(&recording->book->zone, instant, &text);
	const char *kept = arena_dup(recording->arena, text.data);
	buf_clear(&text);
	return kept;
}

/* Work that is given to somebody who is not here, or soon will not be, and news: that is said,
 * since it waits, or somebody else acts. */
static void note_absent(struct ticket_recording *recording, const struct node *document)
{
	const struct staff *staff = &recording->book->staff;
	const struct node *to = node_get(document, "to");
	int64_t now = recording->book->now;
	const char *person, *last;
	for (size_t i = 0; (person = node_each_text(to, &i));) {
		const struct member *at_last = staff_find(staff, person, INT64_MAX);
		int64_t until = staff_absent_until(staff, person, now);
		if (at_last && at_last->left && at_last->left_at > now)
			record_note(recording->out, recording->arena, "%s leaves on %.10s", person,
				    minute_of(recording, at_last->left_at));
		if (until < now)
			continue;
		bool acted = staff_deputies(staff, person, now, &last) == DEPUTY_HERE;
		record_note(recording->out, recording->arena, "%s is absent until %s; %s stands in",
			    person,
			    until == INT64_MAX ? "they are back" : minute_of(recording, until),
			    acted ? last : "nobody");
	}
}

/* An assignment recorded afterwards does not take the ticket from whoever was assigned later. */
static void note_assignment(struct ticket_recording *recording, const struct form *form)
{
	const struct document *document = &form->documents[form->count - 1];
	if (document->which == EVENT_ASSIGNED && document->at < form->assigned_at)
		record_note(recording->out, recording->arena,
			    "%s has it now, by the assignment of %s",
			    form->assignee ? form->assignee : "nobody",
			    minute_of(recording, form->assigned_at));
}

/* What happened before the form was opened is refused; where that is so because the clock here is
 * behind, that is what is said. */
static bool refuse_early(struct ticket_recording *recording, const struct form *form,
			 int64_t opened, struct err *err)
{
	const struct document *begun = &form->documents[form_cycle_begin(form)];
	const char *again = form->cycle > 1 ? " again" : "";
	if (recording->book->now >= opened)
		return err_set(err, STATUS_REFUSED, "--at: this is before the ticket was opened%s",
			       again);
	return err_set(
		err, STATUS_REFUSED,
		"the clock of this machine says %s, but the ticket was opened%s at %s, by the "
		"clock of the site %s (#%" PRId64 "): set the clock that is wrong, and try again",
		minute_of(recording, recording->book->now), again, minute_of(recording, opened),
		begun->site ? begun->site : "that wrote it", begun->known);
}

/* A matter that moves to a category of another department moves to that department, unless somebody
 * had given it to yet another. */
static void take_department(struct ticket_recording *recording, const struct form *form,
			    const struct schema *schema, struct node *document)
{
	const struct policy *policy = recording->book->policy;
	const char *category = node_text(document, "category");
	const char *kind = node_text(document, "kind") ? node_text(document, "kind") : form->kind,
		   *to = node_as_text(
			   policy_says(policy, RULE_CATEGORY, category, kind, "department")),
		   *from = node_as_text(policy_says(policy, RULE_CATEGORY, form->category,
						    form->kind, "department"));
	if (document_event(document) != EVENT_RECLASSIFIED || !to ||
	    node_get(document, "department") || !schema_property(schema, "department", NULL))
		return;
	if (form->department &&
	    (strcmp(form->department, to) == 0 || !from || strcmp(form->department, from) != 0))
		return;
	node_add_string(recording->arena, document, "department", to);
}

/* Puts in the place of the step that was just judged, the last of FORM, a document that proposes it
 * and AWAITS signatures. */
static bool propose(struct ticket_recording *recording, struct form *form,
		    const struct node *awaits, struct buf *text, struct err *err)
{
	struct arena *arena = recording->arena;
	struct node *step = form->documents[form->count - 1].root;
	struct node *document = countersign_proposal(arena, step, awaits);
	const struct schema *schema =
		book_event_schema(recording->book, form->kind, event_name(EVENT_PROPOSED), err);
	struct proposal proposal;
	struct buf who;
	form_take_back(form);
	for (size_t cursor = 0; form_next_open_proposal(form, &cursor, &proposal);)
		if (strcmp(proposal.step, node_text(step, "event")) == 0 &&
		    document_event(step) != EVENT_CORRECTED)
			record_note(recording->out, arena,
				    "it takes the place of #%" PRId64
				    ", which awaited signatures: whoever signed that signs again",
				    proposal.document->known);
	const struct node *prior = form_view(form);
	if (!schema || !render_check(schema, document, err) || !form_append(form, document, err) ||
	    !duty_work_out(recording->book, arena, form, prior, recording->out->notes, err) ||
	    !render_document(schema, document, text, err))
		return false;
	recording->overridden = recording->overridden || node_get(document, "override");
	form_take_back(form);
	if (!form_append(form, document, err))
		return false;
	for (size_t cursor = 0; form_next_open_proposal(form, &cursor, &proposal);)
		if (proposal.document == &form->documents[form->count - 1])
			break;
	buf_init(&who);
	countersign_say_missing(recording->book, form, &proposal, recording->book->now, &who);
	bool customer = strcmp(form->kind, KIND_CUSTOMER) == 0;
	record_note(recording->out, arena, "%s counts when it is signed by %s: %s %s%s=%" PRId64,
		    proposal.step, who.data, customer ? "customer-log signed" : "ticket-log",
		    form->id, customer ? " --set of" : " signed --of", proposal.document->known);
	buf_clear(&who);
	return true;
}

/* Gives the last document of FORM what the ledger knows. */
static bool fill(struct ticket_recording *recording, struct form *form, const struct schema *schema,
		 struct err *err)
{
	if (!form->imported)
		balances_fill(recording->book, recording->arena, form, schema);
	/* a price is the list's before it is anybody's charge; who is filled in has to be there */
	const struct node *root = form->documents[form->count - 1].root;
	if (!judge_references(recording->book, root, recording->acting.at, err) ||
	    !prices_fill(recording->book, recording->arena, form, err) ||
	    !fill_in(recording->book, recording->arena, form, err))
		return false;
	return judge_references(recording->book, root, recording->acting.at, err) ||
	       err_prefix(err, "what is recorded does not hold any more, so type it yourself");
}

bool step_add(struct ticket_recording *recording, struct form *form, struct node *document,
	      struct buf *text, struct err *err)
{
	bool first = !form->count;
	enum form_state before = form->state;
	struct node *prior = first ? NULL : form_view(form);
	int64_t opened = first ? recording->acting.at : form->opened_at;
	const struct schema *schema =
		book_event_schema(recording->book, first ? node_text(document, "kind") : form->kind,
				  node_text(document, "event"), err);
	if (schema)
		record_seen(recording->book, recording->arena, schema, form->documents, form->count,
			    document);
	if (schema && !first)
		take_department(recording, form, schema, document);
	bool corrects = document_event(document) == EVENT_CORRECTED,
	     signs = document_event(document) == EVENT_SIGNED ||
		     document_event(document) == EVENT_DECLINED;
	if (document_event(document) == EVENT_PROPOSED)
		return err_set(
			err, STATUS_REFUSED,
			"record the step itself: where others have to sign it, it is proposed");
	struct judged_signatures signatures = {.arena = recording->arena,
					       .awaits = node_list(recording->arena)};
	if (signs && !first && !recording->automatic &&
	    !countersign_aim(recording->book, recording->arena, form, recording->acting.by->id,
			     recording->acting.at, document, err))
		return false;
	if (schema && !first && !recording->completes &&
	    !callers_aim(recording->book, recording->arena, form, document, err))
		return false;
	if (!schema || !render_check(schema, document, err) ||
	    !check_department(recording, document, err) ||
	    (corrects && !first && !correction_aim(recording, form, schema, document, err)))
		return false;
	if (recording->acting.at < opened)
		return refuse_early(recording, form, opened, err);
	if (!judge_references(recording->book, document, recording->acting.at, err) ||
	    !check_links(recording, document, err) || !form_append(form, document, err) ||
	    (corrects && !correction_references(recording->book, form, err)) ||
	    (!recording->automatic && !recording->completes &&
	     (!fill(recording, form, schema, err) ||
	      !checklists_fit(recording->book, form, err))) ||
	    !judge(recording, form, prior, before, recording->completes ? NULL : &signatures, err))
		return false;
	if (node_item_count(signatures.awaits))
		return propose(recording, form, signatures.awaits, text, err);
	/* a ledger that was not brought up to this version does not say what is kept */
	if (!schema_property(schema, "keeps", NULL))
		node_remove(document, "keeps");
	if (!render_document(schema, document, text, err))
		return false;
	if (!recording->automatic) {
		if (document_event(document) == EVENT_RESUMED)
			waiting_propose(recording->book, recording->arena, form,
					recording->out->notes);
		note_assignment(recording, form);
		note_absent(recording, document);
	}
	recording->overridden = recording->overridden || node_get(document, "override");
	/* once more, with what it has made due and ended: that is what its file says */
	form_take_back(form);
	return form_append(form, document, err) &&
	       (recording->automatic ||
		unique_kept(recording->book, recording->arena, &recording->unique, form, err));
}
