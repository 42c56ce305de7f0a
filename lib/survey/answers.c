// SPDX-License-Identifier: MIT
// What households answer to a survey, one by one: one answer from each that was drawn.
#include "survey/answers.h"

#include <inttypes.h>
#include <string.h>

#include "book/form.h"
#include "data/time.h"
#include "record/value.h"
#include "survey/answers_parts.h"

/* --- folding --- */

static const struct node *corrected(struct arena *arena, const struct node *answers,
				    const struct node *correction)
{
	const struct pair *pair;
	const char *name;
	bool is_map = answers && answers->type == NODE_MAP;
	struct node *merged = is_map ? node_copy(arena, answers) : node_map(arena);
	for (size_t i = 0; (pair = node_pair(node_get(correction, "answers"), i)); i++)
		node_set(arena, merged, pair->key, pair->value);
	for (size_t i = 0; (name = node_each_text(node_get(correction, "cleared"), &i));)
		node_remove(merged, name);
	return merged;
}

/* What DOCUMENT says of QUESTION; NULL: nothing, or that there is no answer (then SAYS). */
static const struct node *said(const struct document *document, const char *question, bool *says)
{
	const struct node *value = node_path(document->root, "answers"),
			  *one = value ? node_get(value, question) : NULL;
	*says = one || document->which == EVENT_ANSWERED ||
		node_holds(node_get(document->root, "cleared"), question);
	return one;
}

static bool says_other(const struct document *a, const struct document *b, const char *question)
{
	bool one_says, other_says;
	const struct node *one = said(a, question, &one_says),
			  *other = said(b, question, &other_says);
	return one_says && other_says &&
	       (!one || !other ? one != other : !node_identical(one, other));
}

/* Whether SETTLES leaves nothing open between A and B: it says something of each question of which
 * they say different things. Without SETTLES: whether they say the same of all. */
static bool all_said(const struct document *a, const struct document *b,
		     const struct document *settles)
{
	const struct document *both[] = {a, b};
	const struct pair *pair;
	const char *name;
	for (size_t i = 0; i < 2; i++) {
		bool says = false;
		for (size_t j = 0; (pair = node_pair(node_get(both[i]->root, "answers"), j)); j++)
			if (says_other(a, b, pair->key) &&
			    (!settles || (said(settles, pair->key, &says), !says)))
				return false;
		for (size_t j = 0; (name = node_each_text(node_get(both[i]->root, "cleared"), &j));)
			if (says_other(a, b, name) &&
			    (!settles || (said(settles, name, &says), !says)))
				return false;
	}
	return true;
}

/* Whether A and B, of two sites that did not know of each other, cannot both be right. */
static bool exclude(const struct document *a, const struct document *b)
{
	if (a->which == EVENT_VOIDED || b->which == EVENT_VOIDED)
		return a->which == EVENT_CORRECTED || b->which == EVENT_CORRECTED;
	return a->which == b->which && !all_said(a, b, NULL);
}

/* Whether somebody who knew of FIRST and SECOND has said what is right. */
static bool is_settled(const struct documents *documents, const struct document *first,
		       const struct document *second)
{
	const struct document *items = documents->items, *end = items + documents->count;
	for (const struct document *later = second + 1; later < end; later++)
		if (document_knows(items, later, first) && document_knows(items, later, second) &&
		    (later->which == EVENT_VOIDED || later->which == EVENT_ANSWERED ||
		     (later->which == EVENT_CORRECTED && all_said(first, second, later))))
			return true;
	return false;
}

static void find_dispute(const struct documents *documents, struct answer *answer)
{
	const struct document *items = documents->items;
	for (size_t i = 1; i < documents->count && !answer->disputed_by; i++)
		for (size_t j = 0; j < i && !answer->disputed_by; j++)
			if (!document_same_site(&items[i], &items[j]) &&
			    exclude(&items[i], &items[j]) &&
			    !document_knows(items, &items[i], &items[j]) &&
			    !is_settled(documents, &items[j], &items[i])) {
				answer->disputed_by = &items[i];
				answer->disputed_with = &items[j];
			}
}

static void add_document(const struct document *document, struct buf *out)
{
	buf_addf(out, "#%" PRId64 " (%s, ", document->known, document->event);
	buf_add_visible(out, document->site ? document->site : "-",
			document->site ? strlen(document->site) : 1);
	buf_addc(out, ')');
}

void answer_say_dispute(const struct answer *answer, struct buf *out)
{
	add_document(answer->disputed_by, out);
	buf_adds(out, " contradicts ");
	add_document(answer->disputed_with, out);
	buf_adds(out, ": meanwhile the former counts; record what is right (survey-log --correct), "
		      "or void it");
}

void answer_fold(struct arena *arena, const struct documents *documents, struct answer *answer)
{
	*answer = (struct answer){0};
	for (size_t i = 0; i < documents->count; i++) {
		const struct document *document = &documents->items[i];
		if (document->which == EVENT_ANSWERED)
			*answer = (struct answer){.answered = document,
						  .answers = node_get(document->root, "answers"),
						  .late = node_get(document->root, "late")};
		else if (document->which == EVENT_VOIDED)
			*answer = (struct answer){0};
		else if (document->which == EVENT_CORRECTED && answer->answered)
			answer->answers = corrected(arena, answer->answers, document->root);
	}
	find_dispute(documents, answer);
}

/* --- opening --- */

bool answers_open(struct answers *answers, struct book *book, const char *id, struct err *err)
{
	*answers = (struct answers){.book = book};
	if (!survey_read(book, id, &answers->survey, err) ||
	    !survey_judge_state(&answers->survey, err) ||
	    !questionnaire_read(&answers->questionnaire, book, &answers->survey, err))
		return false;
	if (!answers->survey.issued)
		return survey_refuse(book, &answers->survey, "within", err,
				     "%s was not issued yet (survey-plan issued %s)", id, id);
	roll_make(&answers->roll, &answers->survey);
	return true;
}

void answers_clear(struct answers *answers)
{
	roll_clear(&answers->roll);
	questionnaire_clear(&answers->questionnaire);
	survey_clear(&answers->survey);
}

/* --- values --- */

static const struct question *find_question(const struct answers *answers, const char *name)
{
	for (size_t i = 0; i < answers->questionnaire.count; i++)
		if (strcmp(answers->questionnaire.questions[i].name, name) == 0)
			return &answers->questionnaire.questions[i];
	return NULL;
}

/* Refused by the clause about rates, where it is about a grade, or about what is asked. */
static bool refused(const struct answers *answers, const struct question *question, struct err *err)
{
	const char *key = question && question->kind == QUESTION_SERVICE ? "satisfied" : "covers";
	const struct rule *rule = survey_rule(
		answers->book, zone_day(&answers->book->zone, answers->survey.planned->at),
		answers->survey.occasion, key);
	return err_clause(err, rule ? rule->clause : NULL);
}

bool answers_set(const struct answers *answers, struct arena *arena, struct node *values,
		 const char *question, const char *typed, struct err *err)
{
	if (!*typed)
		return find_question(answers, question) ||
		       value_set(answers->book, arena, answers->questionnaire.schema, values,
				 question, typed, err);
	return value_set(answers->book, arena, answers->questionnaire.schema, values, question,
			 typed, err) ||
	       (err->status == STATUS_REFUSED
			? refused(answers, find_question(answers, question), err)
			: false);
}

static bool judge_grade(const struct answers *answers, const struct question *question,
			const struct node *value, struct err *err)
{
	struct buf scale;
	if (question_grade(question, value) >= 0)
		return true;
	buf_init(&scale);
	for (size_t i = 0; i < question->grade_count; i++)
		buf_addf(&scale, "%s%" PRId64, i ? ", " : "", question->grades[i].value);
	err_set(err, STATUS_REFUSED, "%s: %s is not a grade (allowed: %s)", question->name,
		value->type == NODE_NUMBER ? node_as_text(value) : "that", scale.data);
	buf_clear(&scale);
	return refused(answers, question, err);
}

bool answers_judge_values(const struct answers *answers, struct node *values, struct err *err)
{
	if (!node_pair_count(values)) {
		err_set(err, STATUS_REFUSED,
			"no question is answered: a blank questionnaire does not count as "
			"returned");
		return refused(answers, NULL, err);
	}
	const struct questionnaire *questionnaire = &answers->questionnaire;
	for (size_t i = 0; i < questionnaire->count; i++) {
		const struct question *question = &questionnaire->questions[i];
		const struct node *value = question->kind == QUESTION_SERVICE
						   ? node_get(values, question->name)
						   : NULL;
		if (value && !judge_grade(answers, question, value, err))
			return false;
	}
	schema_order(questionnaire->schema, values);
	return schema_check(questionnaire->schema, values, NULL, err) ||
	       refused(answers, NULL, err);
}

/* --- judging --- */

bool answers_judge_unit(const struct answers *answers, const char *unit, struct err *err)
{
	return roll_find(&answers->roll, unit, strlen(unit), NULL) ||
	       survey_refuse(answers->book, &answers->survey, "answers", err,
			     "%s was not drawn for %s", unit, answers->survey.id);
}

bool answers_judge_time(const struct answers *answers, int64_t at, struct err *err)
{
	struct buf issued;
	if (at >= answers->survey.issued->at)
		return true;
	buf_init(&issued);
	time_format_short(&answers->book->zone, answers->survey.issued->at, &issued);
	survey_refuse(answers->book, &answers->survey, "within", err,
		      "%s was issued on %s: an answer cannot be older", answers->survey.id,
		      issued.data);
	buf_clear(&issued);
	return false;
}

/* What every answer carries besides the answers: where the household is counted, and whether it
 * came too late. */
void answers_complete(const struct answers *answers, struct arena *arena, struct node *document,
		      const char *unit, int64_t at)
{
	const struct roll_group *group = roll_find(&answers->roll, unit, strlen(unit), NULL);
	if (group->type)
		node_set(arena, document, "type", node_string(arena, group->type));
	if (group->area)
		node_set(arena, document, "area", node_string(arena, group->area));
	if (at > answers->survey.closes || answers->survey.closed)
		node_set(arena, document, "late", node_bool(arena, true));
}

static bool judge_answered(const struct answers *answers, const struct recording *recording,
			   const struct answer *answer, const char *unit, struct err *err)
{
	struct node *document = recording->posting->document;
	if (!answers_judge_unit(answers, unit, err) ||
	    !answers_judge_time(answers, recording->acting->at, err))
		return false;
	if (answer->answered)
		return survey_refuse(answers->book, &answers->survey, "answers", err,
				     "%s has answered already, on %.10s", unit,
				     node_text(answer->answered->root, "at"));
	answers_complete(answers, recording->arena, document, unit, recording->acting->at);
	return answers_judge_values(answers, node_get(document, "answers"), err);
}

/* What is mended is there, and counted figures that stand are not touched. */
static bool judge_mended(const struct answers *answers, const struct recording *recording,
			 const struct answer *answer, const char *unit, struct err *err)
{
	const struct node *document = recording->posting->document;
	if (!answer->answered)
		return err_set(err, STATUS_REFUSED,
			       "%s has not answered yet: there is nothing to correct or void",
			       unit);
	if (answers->survey.closed && !answer->late)
		return survey_refuse(answers->book, &answers->survey, "within", err,
				     "%s is closed: its answers can no longer be changed",
				     answers->survey.id);
	if (document_event(document) == EVENT_VOIDED)
		return true;
	struct node *merged =
		node_copy(recording->arena, corrected(recording->arena, answer->answers, document));
	if (node_get(document, "answers"))
		schema_order(answers->questionnaire.schema, node_get(document, "answers"));
	return answers_judge_values(answers, merged, err);
}

struct answering {
	struct answers *answers;
	const char *unit;
};

static bool judge(const struct recording *recording, struct err *err)
{
	const struct answering *answering = recording->posting->context;
	struct answers *answers = answering->answers;
	struct answer answer;
	/* what may have happened while waiting for the lock */
	struct survey now;
	bool done = survey_read(answers->book, answers->survey.id, &now, err) &&
		    survey_judge_state(&now, err);
	answers->survey.closed = done && now.closed ? answers->survey.issued
						    : NULL; /* only whether it is there matters */
	survey_clear(&now);
	if (!done || !survey_judge_actor(answers->book, &answers->survey, recording->acting, err))
		return false;
	answer_fold(recording->arena, recording->before, &answer);
	return (document_event(recording->posting->document) == EVENT_ANSWERED
			? judge_answered
			: judge_mended)(answers, recording, &answer, answering->unit, err);
}

bool answers_record(struct answers *answers, struct arena *arena, const struct request *request,
		    const char *unit, struct node *document, struct recorded *out, struct err *err)
{
	static const char *const added[] = {"type", "area", "late", NULL};
	/* in the letters in which it was drawn: it has one file */
	roll_find(&answers->roll, unit, strlen(unit), &unit);
	struct answering answering = {.answers = answers, .unit = unit};
	struct posting posting = {
		.path = survey_answer_path(arena, answers->survey.id, unit),
		.id = unit,
		.schema =
			arena_printf(arena, "schemas/survey/%s.yaml", node_text(document, "event")),
		.place = POSTING_EITHER,
		.added = added,
		.document = document,
		.judge = judge,
		.context = &answering,
	};
	return record_document(answers->book, arena, request, &posting, out, err);
}
