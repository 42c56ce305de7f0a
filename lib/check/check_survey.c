// SPDX-License-Identifier: MIT
// The check of what surveys are made of, besides their documents: questionnaires, samples, answers.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/form.h"
#include "check/check_parts.h"
#include "survey/answers_parts.h"
#include "survey/sample.h"

/* The survey whose answers were looked at last: they mostly lie together. */
struct survey_checker {
	struct answers answers;
	char *id;
	bool open;
};

void check_survey_clear(struct checker *checker)
{
	struct survey_checker *last = checker->survey;
	if (!last)
		return;
	answers_clear(&last->answers);
	free(last->id);
	free(last);
	checker->survey = NULL;
}

/* The survey RELATIVE belongs to, and what comes behind it ("questionnaire.yaml",
 * "answers/3/3-1201.yaml"); REST is NULL for its own file. */
static const char *survey_of(struct arena *arena, const char *relative, const char **rest)
{
	const char *name = relative + strlen("surveys/"), *slash = strchr(name, '/');
	*rest = slash ? slash + 1 : NULL;
	return arena_dup_len(arena, name,
			     slash ? (size_t)(slash - name) : strlen(name) - strlen(".yaml"));
}

static void check_questionnaire(struct checker *checker, const char *id, const char *text,
				size_t len)
{
	struct book *book = checker->book;
	struct survey survey;
	struct questionnaire questionnaire = {0};
	struct err err = ERR_INIT;
	char digest[DIGEST_TEXT];
	if (!survey_read(book, id, &survey, &err)) {
		if (err.status == STATUS_USAGE) /* a damaged survey is told of its own file */
			check_tell(checker, PROBLEM_DANGLING_REFERENCE, NULL, NULL,
				   "there is no surveys/%s.yaml: this questionnaire belongs to no "
				   "survey",
				   id);
		err_clear(&err);
		survey_clear(&survey);
		return;
	}
	questionnaire_digest(text, len, digest);
	if (strcmp(digest, survey.questionnaire) != 0)
		check_tell(checker, PROBLEM_SCHEMA_FILE, NULL, NULL,
			   "was changed after the survey was planned");
	else if (!questionnaire_parse(&questionnaire, book, checker->file, text, len,
				      zone_day(&book->zone, survey.planned->at), survey.occasion,
				      &err))
		check_tell_err(checker, PROBLEM_SCHEMA_FILE, &err);
	questionnaire_clear(&questionnaire);
	survey_clear(&survey);
}

static void check_dispute(struct checker *checker, const char *id)
{
	struct survey survey;
	struct err err = ERR_INIT;
	if (survey_read(checker->book, id, &survey, &err) && survey.disputed_by) {
		const struct document *by = survey.disputed_by, *with = survey.disputed_with;
		check_tell(checker, PROBLEM_DISPUTED, by->root, NULL,
			   "#%" PRId64 " %s of %s contradicts #%" PRId64
			   " %s of %s: void it (survey-plan voided %s --reason WHY)",
			   by->known, by->event, by->site ? by->site : "-", with->known,
			   with->event, with->site ? with->site : "-", id);
	}
	err_clear(&err); /* a damaged survey is told of its own file */
	survey_clear(&survey);
}

static void check_sample(struct checker *checker, const char *id)
{
	struct err err = ERR_INIT;
	if (!sample_verify(checker->book, id, &err) &&
	    (err.status == STATUS_NO || err.status == STATUS_DAMAGED))
		check_tell_err(checker, PROBLEM_WRONG_SAMPLE, &err);
	err_clear(&err);
}

static struct survey_checker *open_survey(struct checker *checker, const char *id)
{
	struct err ignored = ERR_INIT;
	if (checker->survey && strcmp(checker->survey->id, id) == 0)
		return checker->survey;
	check_survey_clear(checker);
	struct survey_checker *last = mem_alloc(sizeof *last);
	last->id = mem_dup(id);
	last->open = answers_open(&last->answers, checker->book, id, &ignored);
	err_clear(&ignored); /* what is wrong with survey or questionnaire is told of them */
	return checker->survey = last;
}

static void check_answer(struct checker *checker, const char *id, const char *rest,
			 const char *text, size_t len)
{
	struct survey_checker *survey = open_survey(checker, id);
	struct arena arena = ARENA_INIT, made = ARENA_INIT;
	struct documents documents;
	struct answer answer;
	struct err err = ERR_INIT;
	const char *name = strrchr(rest, '/') ? strrchr(rest, '/') + 1 : rest;
	const char *unit = arena_dup_len(&made, name, strlen(name) - strlen(".yaml"));
	if (!survey->open || !documents_read(&arena, checker->file, text, len, &documents, &err))
		goto out;
	answer_fold(&arena, &documents, &answer);
	if (answer.disputed_by) {
		struct buf says;
		buf_init(&says);
		answer_say_dispute(&answer, &says);
		check_tell(checker, PROBLEM_DISPUTED, answer.disputed_by->root, NULL, "%s",
			   says.data);
		buf_clear(&says);
	}
	const char *known = unit;
	roll_find(&survey->answers.roll, unit, strlen(unit), &known);
	const char *place = survey_answer_path(&made, id, known);
	if (strcmp(place, checker->file) != 0)
		check_tell(checker, PROBLEM_WRONG_FOLDER, NULL, NULL, "belongs at %s", place);
	if (!answers_judge_unit(&survey->answers, unit, &err) ||
	    (answer.answered && answer.answers &&
	     !answers_judge_values(&survey->answers, node_copy(&made, answer.answers), &err)))
		check_tell_err(checker, PROBLEM_WRONG_ANSWER, &err);
	else if (answer.answered && !answer.late &&
		 answer.answered->at > survey->answers.survey.closes)
		check_tell_line(checker, PROBLEM_WRONG_ANSWER, answer.answered->line, 0,
				"it came back after the survey's end, but is not marked late");
out:
	err_clear(&err);
	arena_clear(&arena);
	arena_clear(&made);
}

bool check_survey_file(struct checker *checker, const char *relative, const char *text, size_t len)
{
	struct arena arena = ARENA_INIT;
	const char *rest, *id = survey_of(&arena, relative, &rest);
	bool is_questionnaire = rest && strcmp(rest, "questionnaire.yaml") == 0;
	checker->file = relative;
	if (!checker->common->rules_known)
		;
	else if (is_questionnaire)
		check_questionnaire(checker, id, text, len);
	else if (!rest) {
		check_dispute(checker, id);
		if (memmem(text, len, "\nevent: drawn\n", strlen("\nevent: drawn\n")))
			check_sample(checker, id);
	} else if (rest && strncmp(rest, "answers/", strlen("answers/")) == 0)
		check_answer(checker, id, rest, text, len);
	arena_clear(&arena);
	return !is_questionnaire;
}
