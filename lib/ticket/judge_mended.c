// SPDX-License-Identifier: MIT
// Whether steps would have been allowed as a later document mends them: no rule is evaded by being
// wrong first and right afterwards. Never judges anew what the mending leaves as it was.
#include <inttypes.h>
#include <string.h>

#include "record/render.h"
#include "ticket/judge_parts.h"

/* The form up to a step, as it was, or as it would have been. */
struct history {
	struct form form;
	struct node **roots;
	const struct node *prior; /* without the step */
	struct node *view;        /* with it */
};

struct mending {
	const struct judgement *judgement; /* of the document that mends */
	struct node *clauses;              /* that were overridden */
	struct history was, would;
	bool mended; /* the step at hand is one that would be other */
};

/* A reclassification says what the opening should have said. */
static struct node *reclassified(struct arena *arena, const struct node *opening,
				 const struct node *document)
{
	static const char *const keys[] = {"kind", "category", "severity", "department"};
	struct node *mended = node_copy(arena, opening);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const struct node *value = node_get(document, keys[i]);
		if (value)
			node_set(arena, mended, keys[i], node_copy(arena, value));
	}
	return mended;
}

static void begin(struct history *history, const struct form *form, size_t corrections)
{
	form_init(&history->form);
	history->form.file = form->file;
	history->roots = form_mended(form, corrections, &history->form.arena);
	form_begin(&history->form, form->count);
}

static bool add(struct history *history, size_t index, bool judged, struct err *err)
{
	history->prior = judged && index ? form_view(&history->form) : NULL;
	if (!form_add(&history->form, history->roots[index], err))
		return false;
	history->view = judged ? form_view(&history->form) : NULL;
	return true;
}

/* Whether the last step of HISTORY keeps RULE, by who recorded it, or by who mends it. False with
 * ERR where it does not. */
static bool keeps(struct mending *mending, struct history *history, enum rule_list list,
		  const struct rule *rule, struct err *err)
{
	const struct book *book = mending->judgement->book;
	struct form *form = &history->form;
	const struct document *document = &form->documents[form->count - 1];
	struct judgement one = *mending->judgement;
	one.form = form;
	if (!judge_sees_linked(&one, rule, history->view, err))
		return false;
	enum verdict verdict = policy_applies(book->policy, rule, history->view,
					      zone_day(&book->zone, document->at), err);
	if (verdict != VERDICT_YES)
		return verdict == VERDICT_NO;
	one.prior = history->prior;
	one.arena = &form->arena;
	one.notes = node_list(&form->arena);
	one.signatures = NULL;
	one.mends = NULL;
	if (mending->mended && history == &mending->would) {
		const struct form *now = mending->judgement->form;
		one.signatures = mending->judgement->signatures;
		one.mends = node_get(now->documents[now->count - 1].root, "fields");
	}
	if (list != RULE_STEP)
		return judge_one_rule(&one, list, rule, history->view, document, err);
	const char *by = node_text(document->root, "by");
	one.by = by ? staff_find(&book->staff, by, document->at) : NULL;
	if (one.by && judge_rule(&one, rule, history->view, document, document->event, err))
		return true;
	if (err->text && err->status != STATUS_REFUSED)
		return false;
	err_clear(err);
	one.by = mending->judgement->by;
	return judge_rule(&one, rule, history->view, document, document->event, err);
}

/* Whether the step broke RULE in the same words before. What is always refused says nothing of how
 * far it goes, so that is asked again. */
static bool broke_it_already(struct mending *mending, enum rule_list list, const struct rule *rule,
			     const struct err *now)
{
	struct err before = ERR_INIT;
	bool same = !node_get(rule->node, "refuse") &&
		    !keeps(mending, &mending->was, list, rule, &before) && before.text &&
		    strcmp(before.text, now->text) == 0;
	err_clear(&before);
	return same;
}

static bool would_not_be(const struct document *document, struct err *err)
{
	struct buf which;
	buf_init(&which);
	buf_addf(&which, "#%" PRId64 " would then not be allowed", document->known);
	err_prefix(err, which.data);
	buf_clear(&which);
	return false;
}

static bool judge_one(struct mending *mending, struct err *err)
{
	const struct form *form = &mending->would.form;
	const struct document *document = &form->documents[form->count - 1];
	for (size_t i = 0; judge_lists[i] != RULE_LISTS; i++) {
		enum rule_list list = judge_lists[i];
		size_t cursor = 0;
		const struct rule *rule;
		while ((rule = policy_next(mending->judgement->book->policy, list, &cursor))) {
			if (!judge_is_about(form, list, rule, document) ||
			    keeps(mending, &mending->would, list, rule, err))
				continue;
			if (err->status != STATUS_REFUSED)
				return false;
			if (!broke_it_already(mending, list, rule, err) &&
			    !judge_overridden(mending->judgement, rule, mending->clauses)) {
				return would_not_be(document, err);
			}
			err_clear(err);
		}
	}
	return true;
}

/* Whether the mended step is one by the schema of its kind, which may ask for more than that of
 * corrections. What the schema does not have at all belongs to no step. */
static bool fits_schema(struct mending *mending, struct err *err)
{
	const struct form *form = &mending->would.form, *mended = mending->judgement->form;
	const struct document *document = &form->documents[form->count - 1];
	const struct node *fields = node_get(mended->documents[mended->count - 1].root, "fields");
	const struct schema *schema =
		book_event_schema(mending->judgement->book, form->kind, document->event, err);
	const struct pair *field;
	if (!schema)
		return false;
	for (size_t i = 0; (field = node_pair(fields, i)); i++)
		if (node_get(document->root, field->key) &&
		    !schema_property(schema, field->key, NULL))
			return true;
	return render_check(schema, document->root, err) || would_not_be(document, err);
}

/* The opening with what is known of the customer, CUSTOMER, whoever said it when. */
static struct node *opened_with(struct arena *arena, const struct node *opening,
				const struct node *customer)
{
	struct node *whole = node_copy(arena, opening);
	if (customer)
		node_set(arena, whole, "customer", node_copy(arena, customer));
	return whole;
}

/* Whether what does not fit the schema now did not fit it before, in the same words. */
static bool fits_as_before(struct mending *mending, struct err *err)
{
	struct err before = ERR_INIT;
	const struct form *form = &mending->was.form;
	const struct schema *schema = book_event_schema(mending->judgement->book, form->kind,
							form->documents[0].event, &before);
	if (fits_schema(mending, err))
		return true;
	bool same = schema && !render_check(schema, form->documents[0].root, &before);
	if (same)
		would_not_be(&form->documents[0], &before);
	same = same && before.text && err->text && strcmp(before.text, err->text) == 0;
	err_clear(&before);
	if (same)
		err_clear(err);
	return same;
}

bool judge_changed(const struct judgement *judgement, struct node *clauses, struct err *err)
{
	struct form *form = judgement->form;
	struct mending mending = {.judgement = judgement, .clauses = clauses};
	begin(&mending.was, form, form->count - 1);
	begin(&mending.would, form, form->count);
	mending.was.roots[0] = opened_with(&mending.was.form.arena, mending.was.roots[0],
					   node_get(judgement->prior, "customer"));
	mending.would.roots[0] =
		opened_with(&mending.would.form.arena, mending.would.roots[0], form->customer);
	bool done = add(&mending.was, 0, true, err) && add(&mending.would, 0, true, err) &&
		    fits_as_before(&mending, err) && judge_one(&mending, err);
	form_clear(&mending.was.form);
	form_clear(&mending.would.form);
	return done;
}

bool judge_mended(const struct judgement *judgement, struct node *clauses, struct err *err)
{
	const struct form *form = judgement->form;
	struct mending mending = {.judgement = judgement, .clauses = clauses};
	size_t last = form->count - 1, opening = form_cycle_begin(form);
	const struct document *document = &form->documents[last];
	bool class = document->which == EVENT_RECLASSIFIED, done = true;
	begin(&mending.was, form, last);
	begin(&mending.would, form, form->count);
	if (class)
		mending.would.roots[opening] = reclassified(
			&mending.would.form.arena, mending.would.roots[opening], document->root);
	for (size_t i = 0; done && i < last; i++) {
		enum event which = form->documents[i].which;
		/* another class asks for what is taken when a matter is; what was done since was
		 * done by the rules of the class it had */
		bool mended = mending.was.roots[i] != mending.would.roots[i],
		     judged = (i >= opening || mended) && which != EVENT_CORRECTED &&
			      which != EVENT_RECLASSIFIED && which != EVENT_RENUMBERED &&
			      (!class || i == opening);
		mending.mended = mended;
		done = add(&mending.was, i, judged, err) && add(&mending.would, i, judged, err) &&
		       (!mended || class || fits_schema(&mending, err)) &&
		       (!judged || judge_one(&mending, err));
		if (class && i == opening)
			break;
	}
	form_clear(&mending.was.form);
	form_clear(&mending.would.form);
	return done;
}
