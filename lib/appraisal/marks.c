// SPDX-License-Identifier: MIT
// A year of appraisal sheets, read in parallel and weighed: means, totals, ranks.
#include "appraisal/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "book/scheme.h"
#include "staff/personnel.h"
#include "store/file.h"

void points_show(const struct decimal *points, struct buf *out)
{
	decimal_format(points, POINT_PLACES, out);
}

/* --- reading --- */

/* Whether the folded sheet has all that weighing asks of it, and lies where it says. */
static bool take_sheet(const struct rule *scheme, const char *relative, struct marks_sheet *taken,
		       struct err *err)
{
	const struct sheet *sheet = &taken->sheet;
	const struct node *entry =
		sheet->root ? scheme_sheet(scheme->node, node_text(sheet->root, "sheet")) : NULL;
	struct buf path;
	buf_init(&path);
	bool placed = sheet->id && sheet_path(sheet->id, &path, err) &&
		      strcmp(path.data, relative) == 0;
	buf_clear(&path);
	err_clear(err);
	if (!sheet->root)
		return err_set(err, STATUS_DAMAGED, "there are no marks in it");
	if (!placed || strncmp(sheet->id, node_text(sheet->root, "person"),
			       strlen(node_text(sheet->root, "person"))) != 0)
		return err_set(err, STATUS_DAMAGED, "id: does not fit the name of the file");
	taken->person = node_text(sheet->root, "person");
	taken->name = strchr(sheet->id, '/') + 1;
	taken->by = node_text(sheet->root, "by");
	taken->component = node_text(sheet->root, "component");
	taken->score = scheme_number(sheet->root, "score");
	taken->weight = scheme_number(sheet->root, "weight");
	if (taken->component && taken->score && taken->weight && entry &&
	    sheet_period_parse(node_text(entry, "period"), node_text(sheet->root, "period"),
			       &taken->span, err))
		return true;
	decimal_free(taken->score);
	decimal_free(taken->weight);
	err_clear(err);
	return err_set(err, STATUS_DAMAGED,
		       "the score, weight, component or period in it cannot be used");
}

/* The last to confirm it after the marks that hold. */
static const char *confirmed_by(const struct documents *documents, const struct sheet *sheet)
{
	const char *by = NULL;
	for (size_t i = 0; i < documents->count; i++)
		if (documents->items[i].which == EVENT_CONFIRMED &&
		    documents->items[i].seq > sheet->seq)
			by = node_text(documents->items[i].root, "by");
	return by;
}

static bool look_at(struct gatherer *to, const char *relative, const char *text, size_t len,
		    struct err *err)
{
	const struct rule *scheme = to->context;
	struct documents documents;
	struct marks_sheet taken = {0};
	if (!documents_read(&to->scratch, relative, text, len, &documents, err))
		return false;
	sheet_fold(&documents, &taken.sheet);
	const struct node *root = taken.sheet.root;
	if (root && (!node_text(root, "scheme") || !node_text(root, "person") ||
		     !node_text(root, "period")))
		taken.sheet.root = NULL;
	else if (root &&
		 !node_is_string(node_get(scheme->node, "scheme"), node_text(root, "scheme")))
		return true; /* another scheme's */
	if (taken.sheet.root) {
		taken.sheet.root = node_copy(&to->arena, root);
		taken.sheet.awaits = taken.sheet.awaits ? node_get(taken.sheet.root, "awaits")
							: NULL;
		taken.confirmed_by = arena_dup(&to->arena, confirmed_by(&documents, &taken.sheet));
	}
	taken.sheet.id = arena_dup(&to->arena, taken.sheet.id);
	if (!take_sheet(scheme, relative, &taken, err))
		return false;
	*(struct marks_sheet *)gather_push(to, 0) = taken;
	return true;
}

static int compare_sheets(const void *a, const void *b)
{
	const struct marks_sheet *x = a, *y = b;
	int order = strcmp(x->person, y->person);
	order = order ? order : (x->span.last > y->span.last) - (x->span.last < y->span.last);
	order = order ? order : (x->span.first < y->span.first) - (x->span.first > y->span.first);
	return order ? order : strcmp(x->name, y->name);
}

static void read_sheets(struct book *book, struct marks *marks)
{
	struct arena arena = ARENA_INIT;
	const char *const folders[] = {arena_printf(&arena, "appraisals/%04d", marks->year), NULL};
	const struct gather gather = {
		.folders = folders,
		.file = look_at,
		.lists = {{.size = sizeof(struct marks_sheet), .order = compare_sheets}},
		.context = marks->scheme};
	gather_run(book, &gather, &marks->gathered);
	marks->sheets = marks->gathered.lists[0].items;
	marks->sheet_count = marks->gathered.lists[0].count;
	arena_clear(&arena);
}

/* --- who is in it --- */

/* Whether MEMBER is one of those the scheme marks. */
static bool is_marked(const struct rule *scheme, const struct member *member)
{
	const struct node *of = node_get(scheme->node, "of");
	const char *role;
	bool has = !of;
	for (size_t i = 0; !has && (role = node_each_text(of, &i));)
		has = node_holds(member->roles, role);
	return has && !member->left && strcmp(member->nature, "person") == 0;
}

bool marks_worked(const struct book *book, const struct rule *scheme, const char *person, int first,
		  int last)
{
	int64_t begin = zone_day_start(&book->zone, first),
		end = zone_day_start(&book->zone, last + 1);
	const struct member *then = staff_find(&book->staff, person, begin);
	if (node_get(scheme->node, "subject"))
		return true;
	if (then && is_marked(scheme, then))
		return true;
	for (size_t i = 0; i < book->staff.count; i++) {
		const struct member *member = &book->staff.versions[i];
		if (strcmp(member->id, person) == 0 && member->from >= begin &&
		    member->from < end && is_marked(scheme, member))
			return true;
	}
	return false;
}

static void add_person(struct marks *marks, const char *person, const char *name)
{
	for (size_t i = 0; i < marks->person_count; i++)
		if (strcmp(marks->people[i].person, person) == 0)
			return;
	marks->people = mem_room(marks->people, marks->person_count, 1, sizeof *marks->people);
	marks->people[marks->person_count++] =
		(struct marks_person){.person = person, .name = name};
}

/* What personnel-log has registered as SUBJECT. */
static void add_subjects(struct book *book, struct marks *marks, const char *subject)
{
	struct file_names names = {0};
	struct err err = ERR_INIT;
	struct personnel personnel;
	if (file_list(&book->store.root, "personnel", &names, &err) != FILE_READ)
		file_names_clear(&names);
	file_names_keep(&names, ".yaml");
	for (size_t i = 0; i < names.count; i++) {
		const char *id = arena_dup(&marks->gathered.arenas[0], names.items[i]);
		if (personnel_read(book, id, &personnel, &err) && personnel.subject &&
		    strcmp(personnel.subject, subject) == 0)
			add_person(marks, id,
				   arena_dup(&marks->gathered.arenas[0], personnel.name));
		personnel_clear(&personnel);
		err_clear(&err);
	}
	err_clear(&err);
	file_names_clear(&names);
}

static void find_people(struct book *book, struct marks *marks)
{
	const char *subject = node_text(marks->scheme->node, "subject");
	int first = day_of_civil(marks->year, 1, 1), last = day_of_civil(marks->year, 12, 31);
	if (subject)
		add_subjects(book, marks, subject);
	for (size_t i = 0; !subject && i < book->staff.count; i++) {
		const struct member *member = &book->staff.versions[i];
		if (marks_worked(book, marks->scheme, member->id, first, last))
			add_person(marks, member->id,
				   staff_find(&book->staff, member->id, INT64_MAX)->name);
	}
	/* nobody who was marked is left out, whatever the roster says now */
	for (size_t i = 0; i < marks->sheet_count; i++) {
		const struct member *member =
			staff_find(&book->staff, marks->sheets[i].person, INT64_MAX);
		add_person(marks, marks->sheets[i].person, member ? member->name : NULL);
	}
}

/* Gives each their sheets, which stand sorted by person. */
static void share_out(struct marks *marks)
{
	for (size_t p = 0; p < marks->person_count; p++) {
		struct marks_person *person = &marks->people[p];
		size_t len = strlen(person->person);
		for (size_t i = 0; i < marks->sheet_count; i++)
			person->count += strcmp(marks->sheets[i].person, person->person) == 0;
		person->sheets = mem_array(person->count + 1, sizeof *person->sheets);
		person->count = 0;
		for (size_t i = 0; i < marks->sheet_count; i++)
			if (strcmp(marks->sheets[i].person, person->person) == 0)
				person->sheets[person->count++] = &marks->sheets[i];
		for (size_t i = 0; i < marks->gathered.problems.count; i++) {
			const char *file = marks->gathered.problems.items[i].file,
				   *year = strchr(file, '/'),
				   *slash = year ? strchr(year + 1, '/') : NULL;
			person->unreadable += slash &&
					      strncmp(slash + 1, person->person, len) == 0 &&
					      (slash[1 + len] == '/' || !slash[1 + len]);
		}
	}
}

/* --- weighing --- */

void marks_mean(const struct marks_person *person, const char *component, int month,
		struct marks_mean *mean)
{
	*mean = (struct marks_mean){.sum = decimal_new(0), .weights = decimal_new(0)};
	for (size_t i = 0; i < person->count; i++) {
		const struct marks_sheet *sheet = person->sheets[i];
		if (strcmp(sheet->component, component) != 0 ||
		    (month && sheet->span.month != month) || sheet->sheet.voided ||
		    decimal_sign(sheet->weight) == 0)
			continue;
		if (!sheet_counts(&sheet->sheet)) {
			mean->disputed += sheet->sheet.disputed;
			mean->unconfirmed += !sheet->sheet.disputed;
			continue;
		}
		struct decimal *weighed = decimal_copy(sheet->score);
		decimal_multiply(weighed, sheet->weight);
		decimal_add(mean->sum, weighed);
		decimal_add(mean->weights, sheet->weight);
		decimal_free(weighed);
		mean->count++;
	}
	if (mean->count) {
		mean->mean = decimal_copy(mean->sum);
		decimal_divide(mean->mean, mean->weights);
	}
}

void marks_mean_clear(struct marks_mean *mean)
{
	decimal_free(mean->sum);
	decimal_free(mean->weights);
	decimal_free(mean->mean);
	*mean = (struct marks_mean){0};
}

static void add_lack(struct buf *lacks, size_t count, const char *what)
{
	if (count)
		buf_addf(lacks, "%s%zu %s", lacks->len ? ", " : "", count, what);
}

static void weigh(struct marks *marks, struct marks_person *person)
{
	const struct node *components = node_get(marks->scheme->node, "components");
	size_t unconfirmed = 0, disputed = 0;
	struct buf lacks;
	buf_init(&lacks);
	person->means = mem_array(node_item_count(components), sizeof *person->means);
	struct decimal *total = decimal_new(0);
	const struct node *component;
	for (size_t i = 0; (component = node_item(components, i)); i++) {
		struct marks_mean *mean = &person->means[i];
		marks_mean(person, node_text(component, "component"), 0, mean);
		unconfirmed += mean->unconfirmed;
		disputed += mean->disputed;
		if (!mean->mean) {
			buf_addf(&lacks, "%sno %s", lacks.len ? ", " : "",
				 node_text(component, "component"));
			continue;
		}
		struct decimal *part = scheme_number(component, "share");
		decimal_multiply(part, mean->mean);
		decimal_add(total, part);
		decimal_free(part);
	}
	add_lack(&lacks, unconfirmed, "not confirmed");
	add_lack(&lacks, disputed, "disputed");
	add_lack(&lacks, person->unreadable, "unreadable");
	if (lacks.len) {
		person->lacks = arena_dup(&marks->gathered.arenas[0], lacks.data);
		decimal_free(total);
	} else {
		const struct node *excellent = node_get(marks->scheme->node, "excellent");
		struct decimal *above = excellent ? scheme_number(excellent, "above") : NULL;
		person->total = total;
		person->excellent = above && decimal_compare(total, above) > 0;
		decimal_free(above);
	}
	buf_clear(&lacks);
}

static int compare_people(const void *a, const void *b)
{
	const struct marks_person *x = a, *y = b;
	int order = !x->total - !y->total;
	if (!order && x->total)
		order = decimal_compare(y->total, x->total);
	return order ? order : strcmp(x->person, y->person);
}

static void rank(struct marks *marks)
{
	if (marks->person_count)
		qsort(marks->people, marks->person_count, sizeof *marks->people, compare_people);
	for (size_t i = 0; i < marks->person_count && marks->people[i].total; i++) {
		struct marks_person *person = &marks->people[i], *before = i ? person - 1 : NULL;
		bool tied = before && decimal_compare(before->total, person->total) == 0;
		person->rank = tied ? before->rank : i + 1;
	}
}

void marks_read(struct book *book, const struct rule *scheme, int year, struct marks *marks)
{
	*marks = (struct marks){.scheme = scheme, .year = year};
	read_sheets(book, marks);
	find_people(book, marks);
	share_out(marks);
	for (size_t i = 0; i < marks->person_count; i++)
		weigh(marks, &marks->people[i]);
	rank(marks);
}

void marks_clear(struct marks *marks)
{
	size_t components = node_item_count(node_get(marks->scheme->node, "components"));
	for (size_t i = 0; i < marks->person_count; i++) {
		struct marks_person *person = &marks->people[i];
		for (size_t j = 0; j < components; j++)
			marks_mean_clear(&person->means[j]);
		free(person->means);
		free(person->sheets);
		decimal_free(person->total);
	}
	for (size_t i = 0; i < marks->sheet_count; i++) {
		decimal_free(marks->sheets[i].score);
		decimal_free(marks->sheets[i].weight);
	}
	free(marks->people);
	gathered_clear(&marks->gathered);
	*marks = (struct marks){0};
}

const struct marks_person *marks_find(const struct marks *marks, const char *person)
{
	for (size_t i = 0; i < marks->person_count; i++)
		if (strcmp(marks->people[i].person, person) == 0)
			return &marks->people[i];
	return NULL;
}
