// SPDX-License-Identifier: MIT
// What a survey's answers come to: read in parallel, counted, judged valid or not.
#include "survey/tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "survey/answers.h"
#include "survey/roll.h"

/* One open answer. */
struct said {
	const struct question *question;
	const char *text, *unit;
};

/* How answers are counted. */
struct counting {
	struct tally *tally;
	const struct roll *roll;
	const struct question *type_question; /* where the type is asked; NULL: the frame says it */
	const size_t *type_of, *area_of;      /* each group's part */
	enum tally_depth depth;
};

/* What one thread counts. */
struct counts {
	struct tally_part whole, *types, *areas;
	int64_t late, voided, disputed;
};

/* --- one answer --- */

static void count_service(struct tally_service *service, const struct question *question, int index)
{
	const struct grade *grade = &question->grades[index];
	service->grades[index]++;
	if (grade->unrated) {
		service->unrated++;
		return;
	}
	service->rated++;
	service->satisfied += grade->satisfied;
	service->dissatisfied += grade->dissatisfied;
	service->sum += grade->value;
}

/* The part of the type that the answer names, else the one without a name; or the frame's. */
static struct tally_part *type_part(const struct counting *counting, struct counts *counts,
				    size_t group, const struct node *answers)
{
	if (!counting->type_question)
		return &counts->types[counting->type_of[group]];
	const char *type = node_text(answers, counting->type_question->name);
	size_t i = counting->tally->type_count - 1;
	while (type && i-- > 0)
		if (strcmp(counting->tally->types[i].name, type) == 0)
			return &counts->types[i];
	return &counts->types[counting->tally->type_count - 1];
}

/* All of its grades or none: a file that is damaged counts nowhere. */
static bool count_grades(struct gatherer *to, size_t group, const char *relative,
			 const struct node *answers, struct err *err)
{
	const struct counting *counting = to->context;
	const struct tally *tally = counting->tally;
	struct counts *counts = to->state;
	int grades[QUESTIONS_MAX];
	for (size_t i = 0; i < tally->service_count; i++) {
		const struct node *value = node_get(answers, tally->services[i]->name);
		grades[i] = value ? question_grade(tally->services[i], value) : GRADES_MAX;
		if (grades[i] < 0) {
			err_set(err, STATUS_DAMAGED, "%s: is not a grade of the questionnaire",
				tally->services[i]->name);
			return err_place(err, relative, value->line, value->column);
		}
	}
	struct tally_part *parts[] = {&counts->whole, type_part(counting, counts, group, answers),
				      &counts->areas[counting->area_of[group]]};
	for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
		parts[part]->returned++;
		for (size_t i = 0; i < tally->service_count; i++)
			if (grades[i] < GRADES_MAX)
				count_service(&parts[part]->services[i], tally->services[i],
					      grades[i]);
	}
	return true;
}

static void keep_texts(struct gatherer *to, const struct question *question,
		       const struct node *text, const char *unit)
{
	const struct node *one;
	for (size_t i = 0; (one = node_each(text, i)); i++) {
		if (one->type != NODE_STRING || !node_text_len(one))
			continue;
		struct said *said = gather_push(to, 0);
		*said = (struct said){.question = question,
				      .text = arena_dup(&to->arena, node_as_text(one)),
				      .unit = arena_dup(&to->arena, unit)};
	}
}

static bool count_answer(struct gatherer *to, size_t group, const char *relative, const char *unit,
			 const struct answer *answer, struct err *err)
{
	const struct counting *counting = to->context;
	const struct questionnaire *questionnaire = &counting->tally->questionnaire;
	if (!answer->answers || answer->answers->type != NODE_MAP)
		return err_set(err, STATUS_DAMAGED, "answers: missing");
	if (!count_grades(to, group, relative, answer->answers, err))
		return false;
	for (size_t i = 0; counting->depth == TALLY_TEXTS && i < questionnaire->count; i++)
		if (questionnaire->questions[i].kind >= QUESTION_OPINION)
			keep_texts(to, &questionnaire->questions[i],
				   node_get(answer->answers, questionnaire->questions[i].name),
				   unit);
	return true;
}

static bool look_at(struct gatherer *to, const char *relative, const char *text, size_t len,
		    struct err *err)
{
	const struct counting *counting = to->context;
	struct counts *counts = to->state;
	struct documents documents;
	struct answer answer;
	const char *name = strrchr(relative, '/') + 1;
	size_t unit_len = strlen(name) - strlen(".yaml");
	const char *known;
	const struct roll_group *group = roll_find(counting->roll, name, unit_len, &known);
	if (!group)
		return err_set(err, STATUS_DAMAGED, "%.*s was not drawn", (int)unit_len, name);
	if (!documents_read(&to->scratch, relative, text, len, &documents, err))
		return false;
	const char *unit = arena_dup_len(&to->scratch, name, unit_len);
	/* elsewhere it would be a second one */
	if (strcmp(survey_answer_path(&to->scratch, counting->tally->survey->id, known),
		   relative) != 0)
		return err_set(err, STATUS_DAMAGED, "the answer of %s does not belong in this file",
			       unit);
	answer_fold(&to->scratch, &documents, &answer);
	counts->disputed += answer.disputed_by != NULL;
	if (!answer.answered)
		counts->voided++;
	else if (answer.late)
		counts->late++;
	else if (counting->depth == TALLY_COUNTS)
		counts->whole.returned++;
	else
		return count_answer(to, (size_t)(group - counting->roll->groups), relative, unit,
				    &answer, err);
	return true;
}

/* --- parts --- */

static struct tally_service *new_services(struct arena *arena, size_t count)
{
	return arena_alloc(arena, (count + 1) * sizeof(struct tally_service));
}

/* The part called NAME, which may be NULL, made where it is missing. */
static size_t part_of(struct tally_part **parts, size_t *count, const char *name)
{
	for (size_t i = *count; i-- > 0;)
		if (name && (*parts)[i].name ? strcmp((*parts)[i].name, name) == 0
					     : (*parts)[i].name == name)
			return i;
	*parts = mem_grow(*parts, *count + 1, sizeof **parts);
	(*parts)[*count] = (struct tally_part){.name = name};
	return (*count)++;
}

/* By type and area of the frame; where the type is asked, by what may be answered, and last those
 * who did not say. */
static void make_parts(struct tally *tally, const struct roll *roll,
		       const struct question *type_question, size_t *type_of, size_t *area_of)
{
	const struct node *allowed = NULL, *one;
	for (size_t i = 0; i < roll->group_count; i++) {
		const struct roll_group *group = &roll->groups[i];
		area_of[i] = part_of(&tally->areas, &tally->area_count, group->area);
		tally->areas[area_of[i]].population += group->population;
		tally->areas[area_of[i]].sent += group->sent;
		tally->whole.sent += group->sent;
		if (type_question)
			continue;
		type_of[i] = part_of(&tally->types, &tally->type_count, group->type);
		tally->types[type_of[i]].population += group->population;
		tally->types[type_of[i]].sent += group->sent;
	}
	tally->whole.population = roll->population;
	if (!type_question)
		return;
	const struct schema *schema =
		schema_property(tally->questionnaire.schema, type_question->name, NULL);
	allowed = schema ? schema_annotation(schema, "enum") : NULL;
	for (size_t i = 0; (one = node_each(allowed, i)); i++)
		if (one->type == NODE_STRING)
			part_of(&tally->types, &tally->type_count, node_as_text(one));
	part_of(&tally->types, &tally->type_count, NULL);
	for (size_t i = 0; i < tally->type_count; i++)
		tally->types[i].population = tally->types[i].sent = -1;
}

static void add_part(struct tally_part *to, const struct tally_part *from, size_t services)
{
	to->returned += from->returned;
	for (size_t i = 0; i < services; i++) {
		struct tally_service *sum = &to->services[i];
		const struct tally_service *part = &from->services[i];
		for (size_t j = 0; j < GRADES_MAX; j++)
			sum->grades[j] += part->grades[j];
		sum->rated += part->rated;
		sum->satisfied += part->satisfied;
		sum->dissatisfied += part->dissatisfied;
		sum->unrated += part->unrated;
		sum->sum += part->sum;
	}
}

static struct tally_part *copy_parts(const struct tally *tally, struct arena *arena,
				     const struct tally_part *parts, size_t count)
{
	struct tally_part *copy = arena_alloc(arena, (count + 1) * sizeof *copy);
	for (size_t i = 0; i < count; i++)
		copy[i] =
			(struct tally_part){.name = parts[i].name,
					    .services = new_services(arena, tally->service_count)};
	return copy;
}

static int compare_parts(const void *a, const void *b)
{
	const struct tally_part *x = a, *y = b;
	if (!x->name || !y->name)
		return (!x->name) - (!y->name);
	/* 3 before 12: buildings have numbers */
	size_t one = strspn(x->name, "0123456789"), two = strspn(y->name, "0123456789");
	if (one && two && one != two)
		return one < two ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* --- texts --- */

static int compare_said(const void *a, const void *b)
{
	const struct said *x = a, *y = b;
	if (x->question != y->question)
		return x->question < y->question ? -1 : 1;
	int order = strcmp(x->text, y->text);
	return order ? order : strcmp(x->unit, y->unit);
}

static int compare_texts(const void *a, const void *b)
{
	const struct tally_text *x = a, *y = b;
	if (x->question->kind != y->question->kind)
		return x->question->kind < y->question->kind ? -1 : 1;
	if (x->question != y->question)
		return x->question < y->question ? -1 : 1;
	if (x->times != y->times)
		return x->times > y->times ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* Those that say the same, of SAID, which is sorted. */
static void unite_texts(struct tally *tally, const struct said *said, size_t count)
{
	struct buf units;
	buf_init(&units);
	tally->texts = mem_array(count + 1, sizeof *tally->texts);
	for (size_t i = 0, next; i < count; i = next) {
		buf_reset(&units);
		for (next = i; next < count && said[next].question == said[i].question &&
			       strcmp(said[next].text, said[i].text) == 0;
		     next++)
			buf_addf(&units, "%s%s", next > i ? " " : "", said[next].unit);
		tally->texts[tally->text_count++] =
			(struct tally_text){.question = said[i].question,
					    .text = said[i].text,
					    .units = arena_dup(&tally->arena, units.data),
					    .times = next - i};
	}
	if (tally->text_count)
		qsort(tally->texts, tally->text_count, sizeof *tally->texts, compare_texts);
	buf_clear(&units);
}

/* --- the verdict --- */

static bool exceeds(int64_t returned, int64_t sent, const char *rate)
{
	struct decimal *needed = decimal_new(0), *of = decimal_new(sent),
		       *came = decimal_new(returned);
	decimal_set(needed, rate, strlen(rate));
	decimal_multiply(needed, of);
	bool more = decimal_compare(came, needed) > 0;
	decimal_free(needed);
	decimal_free(of);
	decimal_free(came);
	return more;
}

static void judge(struct tally *tally, const struct book *book)
{
	const struct survey *survey = tally->survey;
	const struct document *closed = survey->closed;
	int64_t returned;
	struct err err = ERR_INIT;
	tally->validity = survey_rule(book, zone_day(&book->zone, survey->planned->at),
				      survey->occasion, "valid-above");
	bool above = !tally->validity || exceeds(tally->whole.returned, tally->whole.sent,
						 node_text(tally->validity->node, "valid-above"));
	bool over = closed || book->now > survey->closes;
	tally->verdict = above ? TALLY_VALID : over ? TALLY_INVALID : TALLY_OPEN;
	if (!closed)
		return;
	/* what was written down at the closing stands */
	tally->recorded = true;
	tally->verdict = node_is_string(node_get(closed->root, "verdict"), "valid") ? TALLY_VALID
										    : TALLY_INVALID;
	if (!node_integer(closed->root, "returned", &returned) || returned == tally->whole.returned)
		return;
	err_set(&err, STATUS_DAMAGED,
		"returned: %" PRId64
		" answers had come back in time at the closing, but now there are %" PRId64,
		returned, tally->whole.returned);
	err_place(&err, survey_path(&tally->arena, survey->id), closed->line, 0);
	problems_add(&tally->gathered.problems, NULL, &err);
}

/* --- all of it --- */

static void begin_counts(struct gatherer *to)
{
	const struct tally *tally = ((const struct counting *)to->context)->tally;
	struct counts *counts = to->state;
	counts->whole.services = new_services(&to->arena, tally->service_count);
	counts->types = copy_parts(tally, &to->arena, tally->types, tally->type_count);
	counts->areas = copy_parts(tally, &to->arena, tally->areas, tally->area_count);
}

static void add_counts(struct gatherer *to)
{
	struct tally *tally = ((const struct counting *)to->context)->tally;
	const struct counts *counts = to->state;
	add_part(&tally->whole, &counts->whole, tally->service_count);
	for (size_t i = 0; i < tally->type_count; i++)
		add_part(&tally->types[i], &counts->types[i], tally->service_count);
	for (size_t i = 0; i < tally->area_count; i++)
		add_part(&tally->areas[i], &counts->areas[i], tally->service_count);
	tally->late += counts->late;
	tally->voided += counts->voided;
	tally->disputed += counts->disputed;
}

static void count(struct book *book, const struct counting *counting)
{
	struct tally *tally = counting->tally;
	const char *const folders[] = {
		survey_inner_path(&tally->arena, tally->survey->id, "answers"), NULL};
	const struct gather gather = {
		.folders = folders,
		.file = look_at,
		.lists = {{.size = sizeof(struct said), .order = compare_said}},
		.context = counting,
		.state_size = sizeof(struct counts),
		.open = begin_counts,
		.close = add_counts};
	gather_run(book, &gather, &tally->gathered);
	unite_texts(tally, tally->gathered.lists[0].items, tally->gathered.lists[0].count);
}

static const struct question *list_services(struct tally *tally)
{
	const struct questionnaire *questionnaire = &tally->questionnaire;
	const struct question *type_question = NULL;
	tally->services =
		arena_alloc(&tally->arena, (questionnaire->services + 1) * sizeof *tally->services);
	for (size_t i = 0; i < questionnaire->count; i++) {
		const struct question *question = &questionnaire->questions[i];
		if (question->kind == QUESTION_SERVICE)
			tally->services[tally->service_count++] = question;
		if (question->kind == QUESTION_CUSTOMER_TYPE && !type_question)
			type_question = question;
	}
	return type_question;
}

bool tally_read(struct tally *tally, struct book *book, const struct survey *survey,
		enum tally_depth depth, struct err *err)
{
	struct roll roll;
	*tally = (struct tally){.survey = survey};
	if (!survey->issued)
		return err_set(
			err, STATUS_REFUSED,
			"%s was not issued yet (survey-plan issued %s): there is nothing to count",
			survey->id, survey->id);
	if (!questionnaire_read(&tally->questionnaire, book, survey, err))
		return false;
	const struct question *type_question = list_services(tally);
	roll_make(&roll, survey);
	size_t *type_of = mem_array(roll.group_count + 1, sizeof *type_of),
	       *area_of = mem_array(roll.group_count + 1, sizeof *area_of);
	make_parts(tally, &roll, type_question, type_of, area_of);
	tally->whole.services = new_services(&tally->arena, tally->service_count);
	for (size_t i = 0; i < tally->type_count; i++)
		tally->types[i].services = new_services(&tally->arena, tally->service_count);
	for (size_t i = 0; i < tally->area_count; i++)
		tally->areas[i].services = new_services(&tally->arena, tally->service_count);
	count(book, &(struct counting){.tally = tally,
				       .roll = &roll,
				       .type_question = type_question,
				       .type_of = type_of,
				       .area_of = area_of,
				       .depth = depth});
	if (tally->type_count)
		qsort(tally->types, tally->type_count, sizeof *tally->types, compare_parts);
	if (tally->area_count)
		qsort(tally->areas, tally->area_count, sizeof *tally->areas, compare_parts);
	judge(tally, book);
	free(type_of);
	free(area_of);
	roll_clear(&roll);
	return true;
}

void tally_clear(struct tally *tally)
{
	free(tally->types);
	free(tally->areas);
	free(tally->texts);
	gathered_clear(&tally->gathered);
	questionnaire_clear(&tally->questionnaire);
	if (tally->own)
		survey_clear(tally->own);
	free(tally->own);
	arena_clear(&tally->arena);
	*tally = (struct tally){0};
}
