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
		return survey_refuse(book, &answers->survey, "within", err, "%s was not issued yet",
				     id);
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
		return err_set(err, STATUS_REFUSED, "%s has not answered", unit);
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
