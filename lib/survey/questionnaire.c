// SPDX-License-Identifier: MIT
// What a survey asks: a JSON Schema whose properties are the questions.
#include "survey/questionnaire.h"

#include <stdlib.h>
#include <string.h>

#include "store/file.h"
#include "text/yaml.h"

const char *question_kind_name(enum question_kind kind)
{
	static const char *const names[] = {
		[QUESTION_PLAIN] = "question",
		[QUESTION_SERVICE] = "service",
		[QUESTION_CUSTOMER_TYPE] = "customer-type",
		[QUESTION_OPINION] = "opinion",
		[QUESTION_EXPECTATION] = "expectation",
		[QUESTION_DISSATISFIED] = "dissatisfied",
	};
	return names[kind];
}

/* What one questionnaire is understood by. */
struct reading {
	struct questionnaire *questionnaire;
	const struct book *book;
	struct err *err;
};

static bool wrong(const struct reading *reading, const struct node *at)
{
	return err_place(reading->err, reading->questionnaire->file, at ? at->line : 0,
			 at ? at->column : 0);
}

static bool integer_of(const struct node *node, int64_t *value)
{
	char *end;
	if (!node || node->type != NODE_NUMBER)
		return false;
	*value = strtoll(node_as_text(node), &end, 10);
	return !*end && *value >= 0 && *value <= 100;
}

static bool holds_grade(const struct node *list, int64_t grade)
{
	const struct node *one;
	int64_t value;
	for (size_t i = 0; (one = node_each(list, i)); i++)
		if (integer_of(one, &value) && value == grade)
			return true;
	return false;
}

static int compare_grades(const void *a, const void *b)
{
	const struct grade *x = a, *y = b;
	return (x->value > y->value) - (x->value < y->value);
}

/* The scale of a service: what `enum` lists, or from `minimum` to `maximum`. */
static bool read_scale(const struct reading *reading, struct question *question,
		       const struct node *property)
{
	const struct node *list = node_get(property, "enum");
	int64_t first = 0, last = -1;
	if (!list && (!integer_of(node_get(property, "minimum"), &first) ||
		      !integer_of(node_get(property, "maximum"), &last)))
		last = -1;
	size_t count = list ? node_item_count(list) : last < first ? 0 : (size_t)(last - first + 1);
	if (count < 2 || count > GRADES_MAX) {
		err_set(reading->err, STATUS_REFUSED,
			"%s: a service has a scale of 2 to %d grades: give enum, or minimum and "
			"maximum",
			question->name, GRADES_MAX);
		return wrong(reading, property);
	}
	question->grades =
		arena_alloc(&reading->questionnaire->arena, count * sizeof *question->grades);
	question->grade_count = count;
	for (size_t i = 0; i < count; i++) {
		int64_t value = first + (int64_t)i;
		if (list && !integer_of(node_item(list, i), &value)) {
			err_set(reading->err, STATUS_REFUSED,
				"%s: a grade is a whole number from 0 to 100", question->name);
			return wrong(reading, node_item(list, i));
		}
		question->grades[i].value = value;
	}
	qsort(question->grades, count, sizeof *question->grades, compare_grades);
	return true;
}

static bool is_rated(const struct question *question, int64_t value)
{
	for (size_t i = 0; i < question->grade_count; i++)
		if (question->grades[i].value == value)
			return !question->grades[i].unrated;
	return false;
}

/* Which grades are no rating, satisfied, dissatisfied. */
static bool read_grades(const struct reading *reading, struct question *question,
			const struct node *property)
{
	const struct node *unrated = node_get(property, "x-unrated"), *one;
	const struct rule *rates = reading->questionnaire->rates;
	const struct node *lists[] = {node_get(rates ? rates->node : NULL, "satisfied"),
				      node_get(rates ? rates->node : NULL, "dissatisfied")};
	for (size_t i = 0; i < question->grade_count; i++) {
		struct grade *grade = &question->grades[i];
		grade->unrated = holds_grade(unrated, grade->value);
		grade->satisfied = holds_grade(lists[0], grade->value);
		grade->dissatisfied = holds_grade(lists[1], grade->value);
	}
	for (size_t i = 0; (one = node_each(unrated, i)); i++) {
		int64_t value;
		bool known = false;
		for (size_t j = 0; integer_of(one, &value) && j < question->grade_count; j++)
			known = known || question->grades[j].value == value;
		if (!known) {
			err_set(reading->err, STATUS_REFUSED,
				"%s: x-unrated: not one of its grades", question->name);
			return wrong(reading, one);
		}
	}
	for (size_t list = 0; list < 2; list++)
		for (size_t i = 0; (one = node_each(lists[list], i)); i++) {
			int64_t value;
			if (integer_of(one, &value) && is_rated(question, value))
				continue;
			err_set(reading->err, STATUS_REFUSED,
				"%s: its scale lacks the grade %s, which the policy counts as %s",
				question->name, node_as_text(one),
				list ? "dissatisfied" : "satisfied");
			err_clause(reading->err, rates->clause);
			return wrong(reading, property);
		}
	return true;
}

/* An answer to an open question is text, or chosen from a list. */
static bool read_open(const struct reading *reading, struct question *question,
		      const struct node *open)
{
	for (enum question_kind kind = QUESTION_OPINION; kind <= QUESTION_DISSATISFIED; kind++)
		if (node_is_string(open, question_kind_name(kind))) {
			question->kind = kind;
			return true;
		}
	err_set(reading->err, STATUS_REFUSED,
		"%s: x-open is one of opinion, expectation, dissatisfied", question->name);
	return wrong(reading, open);
}

static bool read_question(const struct reading *reading, struct question *question,
			  const struct pair *pair)
{
	const struct node *property = pair->value, *open = node_get(property, "x-open"),
			  *type = node_get(property, "type");
	const struct node *title = node_get(property, "title"),
			  *more = node_get(property, "x-title");
	*question = (struct question){
		.name = pair->key,
		.title = language_choose(&reading->book->own, title, more),
		.shown = language_choose(&reading->book->reader, title, more),
	};
	if (!question->title)
		question->title = question->shown = question->name;
	if (strchr(pair->key, '.') || strchr(pair->key, '=') || !*pair->key ||
	    pair->key_len != strlen(pair->key)) {
		err_set(reading->err, STATUS_REFUSED,
			"\"%s\" cannot name a question: it has a point or an equals sign in it",
			pair->key);
		return wrong(reading, property);
	}
	if (open)
		return read_open(reading, question, open);
	if (node_true(property, "x-customer-type")) {
		question->kind = QUESTION_CUSTOMER_TYPE;
		if (!node_item_count(node_get(property, "enum"))) {
			err_set(reading->err, STATUS_REFUSED,
				"%s: a customer type is chosen from a list: give enum",
				question->name);
			return wrong(reading, property);
		}
	}
	if (!node_true(property, "x-service"))
		return true;
	question->kind = QUESTION_SERVICE;
	reading->questionnaire->services++;
	if (!node_is_string(type, "integer")) {
		err_set(reading->err, STATUS_REFUSED,
			"%s: a service is graded: its type is integer", question->name);
		return wrong(reading, property);
	}
	return read_scale(reading, question, property) && read_grades(reading, question, property);
}

/* What the rules want a questionnaire to ask. */
static bool check_covers(const struct reading *reading, const struct rule *covers)
{
	const struct questionnaire *questionnaire = reading->questionnaire;
	const struct node *list = covers ? node_get(covers->node, "covers") : NULL;
	const char *wanted;
	for (size_t i = 0; (wanted = node_each_text(list, &i));) {
		bool there = false;
		for (size_t j = 0; j < questionnaire->count; j++)
			there = there ||
				strcmp(question_kind_name(questionnaire->questions[j].kind),
				       wanted) == 0;
		if (there)
			continue;
		err_set(reading->err, STATUS_REFUSED, "no question is about %s: mark one with %s",
			wanted,
			strcmp(wanted, "service") == 0         ? "x-service: true"
			: strcmp(wanted, "customer-type") == 0 ? "x-customer-type: true"
							       : "x-open");
		err_clause(reading->err, covers->clause);
		return wrong(reading, questionnaire->root);
	}
	return true;
}

static bool understand(const struct reading *reading, const struct rule *covers)
{
	struct questionnaire *questionnaire = reading->questionnaire;
	const struct node *properties = node_get(questionnaire->root, "properties"),
			  *more = node_get(questionnaire->root, "additionalProperties");
	size_t count = node_pair_count(properties);
	if (!node_is_string(node_get(questionnaire->root, "type"), "object") || !count ||
	    count > QUESTIONS_MAX || !more || more->type != NODE_BOOL || node_is_true(more)) {
		err_set(reading->err, STATUS_REFUSED,
			"a questionnaire is a schema with type: object, properties (at most %d) "
			"and additionalProperties: false",
			QUESTIONS_MAX);
		return wrong(reading, questionnaire->root);
	}
	questionnaire->questions =
		arena_alloc(&questionnaire->arena, count * sizeof *questionnaire->questions);
	for (; questionnaire->count < count; questionnaire->count++)
		if (!read_question(reading, &questionnaire->questions[questionnaire->count],
				   node_pair(properties, questionnaire->count)))
			return false;
	return check_covers(reading, covers);
}

void questionnaire_digest(const char *text, size_t len, char digest[DIGEST_TEXT])
{
	unsigned char bytes[DIGEST_BYTES];
	digest_of(text, len, bytes);
	digest_text(bytes, digest);
}

bool questionnaire_parse(struct questionnaire *questionnaire, const struct book *book,
			 const char *file, const char *text, size_t len, int day,
			 const char *occasion, struct err *err)
{
	struct reading reading = {.questionnaire = questionnaire, .book = book, .err = err};
	*questionnaire =
		(struct questionnaire){.rates = survey_rule(book, day, occasion, "satisfied")};
	questionnaire->file = arena_dup(&questionnaire->arena, file);
	questionnaire->set = schema_set_new(NULL, NULL);
	schema_set_flags(questionnaire->set, SCHEMA_STRICT | SCHEMA_ASSERT_FORMAT);
	questionnaire_digest(text, len, questionnaire->digest);
	bool done =
		yaml_read_one(&questionnaire->arena, questionnaire->file, text, len,
			      &questionnaire->root, err) &&
		understand(&reading, survey_rule(book, day, occasion, "covers")) &&
		schema_set_add(questionnaire->set, questionnaire->file, questionnaire->root, err) &&
		(questionnaire->schema = schema_find(questionnaire->set, questionnaire->file, err));
	if (!done && err->status == STATUS_DAMAGED)
		err->status =
			STATUS_REFUSED; /* whoever handed it in mends it; the ledger is whole */
	return done;
}

void questionnaire_clear(struct questionnaire *questionnaire)
{
	schema_set_free(questionnaire->set);
	arena_clear(&questionnaire->arena);
	*questionnaire = (struct questionnaire){0};
}

/* Its text, as it was planned. */
static bool read_text(const struct book *book, const struct survey *survey, const char *path,
		      struct buf *text, struct err *err)
{
	char digest[DIGEST_TEXT];
	enum file_result result =
		file_read(&book->store.root, path, QUESTIONNAIRE_MAX_BYTES, text, err);
	if (result == FILE_ABSENT)
		return survey_refuse(book, survey, "approve", err, "%s is missing", path);
	if (result == FILE_FAILED)
		return false;
	questionnaire_digest(text->data, text->len, digest);
	return strcmp(digest, survey->questionnaire) == 0 ||
	       survey_refuse(book, survey, "approve", err,
			     "%s was changed after the survey was planned: restore it as it was",
			     path);
}

bool questionnaire_read(struct questionnaire *questionnaire, const struct book *book,
			const struct survey *survey, struct err *err)
{
	struct arena arena = ARENA_INIT;
	const char *path = survey_inner_path(&arena, survey->id, "questionnaire.yaml");
	struct buf text;
	buf_init(&text);
	*questionnaire = (struct questionnaire){0};
	bool done = read_text(book, survey, path, &text, err) &&
		    questionnaire_parse(questionnaire, book, path, text.data, text.len,
					zone_day(&book->zone, survey->planned->at),
					survey->occasion, err);
	buf_clear(&text);
	arena_clear(&arena);
	return done;
}

bool questionnaire_unchanged(const struct book *book, const struct survey *survey, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct buf text;
	buf_init(&text);
	bool done = read_text(book, survey,
			      survey_inner_path(&arena, survey->id, "questionnaire.yaml"), &text,
			      err);
	buf_clear(&text);
	arena_clear(&arena);
	return done;
}

int question_grade(const struct question *question, const struct node *value)
{
	const char *text = node_as_text(value);
	if (!text || value->type != NODE_NUMBER)
		return -1;
	/* grades are 0 to 100, in one written form */
	int64_t grade = 0;
	size_t len = strspn(text, "0123456789");
	if (!len || len > 3 || text[len])
		return -1;
	for (size_t i = 0; i < len; i++)
		grade = grade * 10 + (text[i] - '0');
	for (size_t i = 0; i < question->grade_count; i++)
		if (question->grades[i].value == grade)
			return (int)i;
	return -1;
}
