// SPDX-License-Identifier: MIT
// The cycles of a form: a reopening begins the next one, a correction may take it back. Folds only.
#include "book/form_parts.h"

/* What a reopening ended, for when it is taken back. */
struct reopened {
	enum form_state state;
	size_t cycle_begin;
	int64_t opened_at, closed_at, assigned_at, team_at;
	const char *assignee, *team;
	struct reopened *before;
};

void form_reopen(struct form *form, const struct document *document)
{
	struct reopened *ended = arena_raw(&form->arena, sizeof *ended);
	*ended = (struct reopened){.state = form->state,
				   .cycle_begin = form->cycle_begin,
				   .opened_at = form->opened_at,
				   .closed_at = form->closed_at,
				   .assigned_at = form->assigned_at,
				   .team_at = form->team_at,
				   .assignee = form->assignee,
				   .team = form->team,
				   .before = form->reopened};
	form->reopened = ended;
	form->state = form->state == FORM_DISPUTED ? FORM_DISPUTED : FORM_OPEN;
	form->state_by = document;
	form->cycle++;
	form->opened_at = document->at;
	form->closed_at = 0;
	form->assignee = form->team = NULL;
	form->assigned_at = form->team_at = document->at;
	form->cycle_begin = (size_t)(document - form->documents);
}

/* Whether nobody worked on FORM from the opening of its cycle to before END. */
static bool is_untouched(const struct form *form, size_t end)
{
	for (size_t i = form->cycle_begin + 1; i < end; i++)
		if (form->documents[i].which != EVENT_CORRECTED &&
		    form->documents[i].which != EVENT_TOLD &&
		    form->documents[i].which != EVENT_LINKED &&
		    form->documents[i].which != EVENT_RECOMPUTED &&
		    form->documents[i].which != EVENT_RENUMBERED)
			return false;
	return true;
}

bool form_is_untouched(const struct form *form)
{
	return is_untouched(form, form->count);
}

/* Takes back the reopening that DOCUMENT, a correction, names, with all it changed. Where somebody
 * else has worked on the ticket since without knowing of that, people have to decide. */
void form_undo_reopening(struct form *form, const struct document *document)
{
	int64_t undoes;
	const struct reopened *ended = form->reopened;
	struct document *begun = &form->documents[form->cycle_begin];
	if (!node_integer(document->root, "undoes", &undoes) || !ended || begun->known != undoes ||
	    form->state == FORM_DISPUTED)
		return;
	if (form->state != FORM_OPEN || !is_untouched(form, (size_t)(document - form->documents))) {
		form->state = FORM_DISPUTED;
		form->disputed_by = document;
		form->disputed_with = NULL;
		return;
	}
	begun->undone = true;
	form->state = ended->state;
	form->state_by = document;
	form->cycle--;
	form->cycle_begin = ended->cycle_begin;
	form->opened_at = ended->opened_at;
	form->closed_at = ended->closed_at;
	form->assigned_at = ended->assigned_at;
	form->team_at = ended->team_at;
	form->assignee = ended->assignee;
	form->team = ended->team;
	form->reopened = ended->before;
}

size_t form_cycle_begin(const struct form *form)
{
	return form->cycle_begin;
}
