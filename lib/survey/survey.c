// SPDX-License-Identifier: MIT
// A survey: its documents folded, and by which rules it is held.
#include "survey/survey.h"

#include <stdarg.h>
#include <string.h>

#include "book/called.h"
#include "book/form.h"
#include "data/deadline.h"
#include "record/record.h"
#include "store/file.h"

static const char digits[] = "0123456789";

const char *survey_state_name(enum survey_state state)
{
	static const char *const names[] = {
		[SURVEY_PLANNED] = "planned",   [SURVEY_APPROVED] = "approved",
		[SURVEY_DRAWN] = "drawn",       [SURVEY_ISSUED] = "issued",
		[SURVEY_CLOSED] = "closed",     [SURVEY_VOIDED] = "voided",
		[SURVEY_DISPUTED] = "disputed",
	};
	return names[state];
}

bool survey_is_id(const char *id, struct err *err)
{
	size_t part = 0, len = 0;
	for (bool fine = true; fine && id[len]; len++) {
		bool letter = (id[len] >= 'a' && id[len] <= 'z') ||
			      (id[len] >= '0' && id[len] <= '9');
		fine = letter || (id[len] == '-' && part);
		part = letter ? part + 1 : 0;
		if (!fine)
			break;
	}
	return (len && !id[len] && part && len <= 40) ||
	       err_set(err, STATUS_USAGE,
		       "\"%s\" is not a name of a survey: small letters, digits and hyphens, like "
		       "2026h2",
		       id);
}

/* --- paths --- */

const char *survey_path(struct arena *arena, const char *id)
{
	return arena_printf(arena, "surveys/%s.yaml", id);
}

const char *survey_inner_path(struct arena *arena, const char *id, const char *rest)
{
	return arena_printf(arena, "surveys/%s/%s", id, rest);
}

/* The folder of UNIT's answer: its building, or what is in front of the last three digits of a
 * plain number. */
static void add_answer_folder(const char *unit, struct buf *out)
{
	size_t end = strcspn(unit, "-");
	if (!unit[end])
		for (int i = 0; i < 3 && end > 1 && strchr(digits, unit[end - 1]) &&
				strchr(digits, unit[end - 2]);
		     i++)
			end--;
	buf_add(out, unit, end);
}

const char *survey_answer_path(struct arena *arena, const char *id, const char *unit)
{
	struct buf folder;
	buf_init(&folder);
	add_answer_folder(unit, &folder);
	const char *path =
		arena_printf(arena, "surveys/%s/answers/%s/%s.yaml", id, folder.data, unit);
	buf_clear(&folder);
	return path;
}

bool survey_area(const char *unit, struct buf *out)
{
	size_t end = strcspn(unit, "-");
	if (!unit[end])
		return false;
	buf_add(out, unit, end);
	return true;
}

/* --- folding --- */

/* One more of what may be there once; twice is two clones'. */
static void take(struct survey *survey, const struct document **place,
		 const struct document *document, enum survey_state state)
{
	/* an approval given twice is no contradiction */
	if (*place && state != SURVEY_APPROVED)
		survey->state = SURVEY_DISPUTED;
	if (survey->state == SURVEY_DISPUTED && !survey->disputed_by) {
		survey->disputed_by = document;
		survey->disputed_with = *place;
	}
	if (!*place)
		*place = document;
	if (survey->state < state)
		survey->state = state;
}

bool survey_fold(struct survey *survey, const char *id, const struct documents *documents,
		 struct err *err)
{
	struct {
		enum event event;
		const struct document **place;
		enum survey_state state;
	} events[] = {
		{EVENT_PLANNED, &survey->planned, SURVEY_PLANNED},
		{EVENT_APPROVED, &survey->approved, SURVEY_APPROVED},
		{EVENT_DRAWN, &survey->drawn, SURVEY_DRAWN},
		{EVENT_ISSUED, &survey->issued, SURVEY_ISSUED},
		{EVENT_CLOSED, &survey->closed, SURVEY_CLOSED},
	};
	bool voided = false;
	survey->id = id;
	survey->documents = *documents;
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i];
		for (size_t j = 0; j < sizeof events / sizeof *events; j++)
			if (document->which == events[j].event)
				take(survey, events[j].place, document, events[j].state);
		voided = voided || document->which == EVENT_VOIDED;
	}
	/* which ends a dispute, too */
	if (voided) {
		survey->state = SURVEY_VOIDED;
		survey->disputed_by = survey->disputed_with = NULL;
	}
	const struct node *planned = survey->planned ? survey->planned->root : NULL;
	survey->title = node_text(planned, "title");
	survey->occasion = node_text(planned, "occasion");
	survey->questionnaire = node_text(planned, "questionnaire");
	if (documents->count && (!survey->title || !survey->occasion || !survey->questionnaire)) {
		err_set(err, STATUS_DAMAGED,
			"it must begin with a planned document that has title, occasion and "
			"questionnaire");
		return err_place(err, survey_path(&survey->arena, id), 1, 0);
	}
	const char *path = survey_path(&survey->arena, id);
	const struct node *sample = NULL;
	if (survey->drawn && !node_read_list(survey->drawn->root, "sample", path, &sample, err))
		return false;
	if (survey->drawn &&
	    (!sample || !node_integer(survey->drawn->root, "size", &survey->sent))) {
		err_set(err, STATUS_DAMAGED, "%s: missing", sample ? "size" : "sample");
		return err_place(err, path, survey->drawn->line, 0);
	}
	if (survey->issued && !survey->drawn) {
		err_set(err, STATUS_DAMAGED, "it was issued, but no sample was drawn");
		return err_place(err, path, survey->issued->line, 0);
	}
	return !survey->issued ||
	       document_time(path, survey->issued->root, "closes", &survey->closes, err);
}

bool survey_read(struct book *book, const char *id, struct survey *survey, struct err *err)
{
	struct buf text;
	struct documents documents;
	bool done = false;
	*survey = (struct survey){0};
	if (!survey_is_id(id, err))
		return false;
	buf_init(&text);
	/* reading documents empties the arena they are read into */
	struct buf path;
	buf_init(&path);
	buf_addf(&path, "surveys/%s.yaml", id);
	switch (file_read(&book->store.root, path.data, FORM_MAX_BYTES, &text, err)) {
	case FILE_READ:
		done = documents_read(&survey->arena, path.data, text.data, text.len, &documents,
				      err) &&
		       survey_fold(survey, arena_dup(&survey->arena, id), &documents, err);
		break;
	case FILE_ABSENT:
		err_set(err, STATUS_USAGE, "there is no survey %s (survey-list has all)", id);
		break;
	case FILE_FAILED:
		break;
	}
	buf_clear(&path);
	buf_clear(&text);
	return done;
}

void survey_clear(struct survey *survey)
{
	arena_clear(&survey->arena);
	*survey = (struct survey){0};
}

/* --- rules --- */

const struct rule *survey_rule(const struct book *book, int day, const char *occasion,
			       const char *key)
{
	size_t cursor = 0;
	const struct rule *rule;
	while (book->policy && (rule = policy_next(book->policy, RULE_SURVEY, &cursor))) {
		const struct node *occasions = node_get(rule->node, "occasion");
		if (day >= rule->from && day < rule->before && node_get(rule->node, key) &&
		    (!occasions || !occasion || node_holds(occasions, occasion)))
			return rule;
	}
	return NULL;
}

static const struct rule *rule_of(const struct book *book, const struct survey *survey,
				  const char *key)
{
	/* as of the plan: a rule changed since does not judge what is under way */
	int day =
		zone_day(&book->zone, survey && survey->planned ? survey->planned->at : book->now);
	return survey_rule(book, day, survey ? survey->occasion : NULL, key);
}

bool survey_refuse(const struct book *book, const struct survey *survey, const char *key,
		   struct err *err, const char *format, ...)
{
	const struct rule *rule = rule_of(book, survey, key);
	struct buf text;
	va_list args;
	buf_init(&text);
	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	err_refuse(err, rule ? rule->clause : NULL, "%s", text.data);
	buf_clear(&text);
	return false;
}

bool survey_deadline(const struct book *book, const char *occasion, const char *key, int64_t start,
		     int64_t recorded, struct due *due, struct err *err)
{
	int day = zone_day(&book->zone, start);
	const struct rule *rule = survey_rule(book, day, occasion, key);
	struct clock clock = book_clock(book, policy_hours(book->policy, NULL, day), recorded);
	struct duration within;
	if (!rule)
		return true;
	return (duration_parse(node_text(rule->node, key), &within, err) &&
		deadline_find(&clock, start, within, DAY_END_USUAL, false, due, err)) ||
	       err_clause(err, rule->clause);
}

bool survey_moved(const struct book *book, const struct survey *survey, int64_t *closes)
{
	const struct document *issued = survey->issued;
	struct err ignored = ERR_INIT;
	struct due then = {0}, now = {0};
	bool moved = issued && !survey->closed && survey->state != SURVEY_VOIDED &&
		     book->now <= survey->closes &&
		     survey_deadline(book, survey->occasion, "within", issued->at, issued->recorded,
				     &then, &ignored) &&
		     survey_deadline(book, survey->occasion, "within", issued->at, book->now, &now,
				     &ignored) &&
		     (then.at == survey->closes || node_true(issued->root, "provisional")) &&
		     now.at != survey->closes;
	err_clear(&ignored);
	*closes = now.at;
	return moved;
}

bool survey_allows(const struct book *book, const struct survey *survey, const char *key,
		   const struct acting *acting, const char *asker)
{
	const struct rule *rule = rule_of(book, survey, key);
	const char *const askers[] = {asker, NULL};
	return !rule || staff_may_approve(&book->staff, acting->by, node_get(rule->node, key),
					  askers, acting->at);
}

bool survey_judge_actor(const struct book *book, const struct survey *survey,
			const struct acting *acting, struct err *err)
{
	const struct rule *rule = rule_of(book, survey, "by");
	if (survey_allows(book, survey, "by", acting, NULL))
		return true;
	struct arena arena = ARENA_INIT;
	err_refuse(err, rule->clause, "surveys are for the role %s; %s does not have it",
		   called_names(book, &arena, RULE_ROLE, node_get(rule->node, "by"), ", "),
		   acting->by->id);
	arena_clear(&arena);
	return false;
}

bool survey_judge_state(const struct survey *survey, struct err *err)
{
	if (survey->state == SURVEY_VOIDED)
		return err_set(err, STATUS_REFUSED, "%s was voided", survey->id);
	if (survey->state == SURVEY_DISPUTED)
		return err_set(err, STATUS_REFUSED,
			       "%s was continued differently in two clones: void it "
			       "(survey-plan voided %s --reason WHY)",
			       survey->id, survey->id);
	return true;
}
