// SPDX-License-Identifier: MIT
// book/gather: whatever the number of threads, the same lists, sums and problems come back; nothing
// is lost and nothing comes twice.
#include "../scratch.h"

#include <inttypes.h>

#include "../random_tree.h"
#include "base/mem.h"
#include "book/gather.h"
#include "text/emit.h"

/* A ledger of which nothing but its folder is opened. */
static struct book open_ledger(const struct scratch *scratch)
{
	struct book book = {0};
	struct err err = ERR_INIT;
	assert_true(root_open(&book.store.root, scratch->path, &err));
	return book;
}

/* A ticket opened with TEXT, and handed to TO where that is not NULL. */
static void write_ticket(const struct scratch *scratch, const char *path, const char *id,
			 const char *text, size_t len, const char *to)
{
	struct arena arena = ARENA_INIT;
	struct buf out;
	buf_init(&out);
	for (int seq = 1; seq <= (to ? 2 : 1); seq++) {
		struct node *root = node_map(&arena);
		node_add_string(&arena, root, "event", seq == 1 ? "opened" : "assigned");
		node_add(&arena, root, "seq", node_int(&arena, seq));
		node_add_string(&arena, root, "id", seq == 1 ? id : NULL);
		node_add_string(&arena, root, "at", "2026-11-21T09:02:11+08:00");
		if (seq == 1)
			node_add(&arena, root, "text", node_string_len(&arena, text, len));
		node_add_string(&arena, root, "to", seq == 1 ? NULL : to);
		emit_document(&out, root);
	}
	scratch_write(scratch, path, out.data);
	buf_clear(&out);
	arena_clear(&arena);
}

/* What was put into a tree. */
struct planted {
	size_t forms, documents, problems, bytes, of[3];
};

static const char *const people[] = {"lihua", "wanggang", "zhaoqiang"};

/* A tree of some months of tickets, sound and otherwise. */
static struct planted plant(const struct scratch *scratch, uint64_t seed)
{
	struct planted planted = {0};
	uint64_t state = seed * 7919 + 1;
	scratch_mkdir(scratch, "tickets");
	scratch_mkdir(scratch, "tickets/2026");
	uint32_t months = 1 + random_below(&state, 6);
	for (uint32_t month = 1; month <= months; month++) {
		char path[64], id[32], text[128];
		snprintf(path, sizeof path, "tickets/2026/%02" PRIu32, month);
		scratch_mkdir(scratch, path);
		for (uint32_t i = random_below(&state, 120); i; i--) {
			size_t len = random_text(&state, text, sizeof text);
			uint32_t person = random_below(&state, 4), kind = random_below(&state, 40);
			snprintf(id, sizeof id, "YL26%02" PRIu32 "01%03" PRIu32, month, i);
			snprintf(path, sizeof path, "tickets/2026/%02" PRIu32 "/%s.yaml", month,
				 id);
			planted.problems += kind < 4;
			switch (kind) {
			case 0:
				scratch_write(scratch, path, "---\nevent: opened\nseq: 1\n");
				continue;
			case 1: /* of another number */
				write_ticket(scratch, path, "YL260101999", text, len, NULL);
				continue;
			case 2:
				assert_return_code(symlinkat("x", scratch->fd, path), 0);
				continue;
			case 3:
				strcpy(strrchr(path, '.'), ".txt");
				scratch_write(scratch, path, "x");
				continue;
			}
			write_ticket(scratch, path, id, text, len,
				     person < 3 ? people[person] : NULL);
			planted.forms++;
			planted.documents += person < 3 ? 2 : 1;
			planted.bytes += len;
			if (person < 3)
				planted.of[person]++;
			else
				planted.problems++;
		}
	}
	return planted;
}

/* What is gathered of it: each document, in the order of the forms; how many forms each person
 * has, with the first of them; a problem for each form that nobody has. */
enum { DOCUMENTS, PEOPLE };
struct seen {
	const char *form, *event;
	int64_t seq;
};
struct person {
	const char *name, *first;
	size_t forms;
};

static int compare_forms(const void *a, const void *b)
{
	return strcmp(((const struct seen *)a)->form, ((const struct seen *)b)->form);
}

static int compare_people(const void *a, const void *b)
{
	return strcmp(((const struct person *)a)->name, ((const struct person *)b)->name);
}

static void add_person(void *into, const void *from)
{
	struct person *sum = into;
	const struct person *part = from;
	sum->forms += part->forms;
	sum->first = strcmp(part->first, sum->first) < 0 ? part->first : sum->first;
}

static void look_at(struct gatherer *to, struct form *form)
{
	const char *id = arena_dup(&to->arena, form->id);
	const struct node *text = node_get(form->documents[0].root, "text");
	*(size_t *)to->state += node_text_len(text);
	assert_memory_equal(arena_alloc(&to->scratch, 8), "\0\0\0\0\0\0\0", 8);
	memset(arena_raw(&to->scratch, 100), 'x', 100);
	for (size_t i = 0; i < form->count; i++) {
		struct seen *seen = gather_push(to, DOCUMENTS);
		assert_null(seen->form);
		*seen = (struct seen){.form = id,
				      .event = arena_dup(&to->arena, form->documents[i].event),
				      .seq = form->documents[i].seq};
	}
	if (!form->assignee) {
		struct err err = ERR_INIT;
		err_set(&err, STATUS_NO, "nobody has it");
		gather_problem(to, form->file, &err);
		err_set(&err, STATUS_NO, "there are some that nobody has");
		gather_once(to, form->file, &err);
		assert_null(err.text);
		return;
	}
	bool added;
	struct person *person =
		gather_sum(to, PEOPLE, &(struct person){.name = form->assignee}, &added);
	if (added)
		person->name = arena_dup(&to->arena, form->assignee);
	person->first = added || strcmp(id, person->first) < 0 ? id : person->first;
	person->forms++;
}

static void add_bytes(struct gatherer *to)
{
	**(size_t *const *)to->context += *(size_t *)to->state;
}

/* As text; PLANTED is what has to come. */
static char *gathered_text(struct book *book, unsigned threads, const struct planted *planted)
{
	size_t bytes = 0, *sum = &bytes;
	struct gathered gathered;
	struct buf out;
	const struct gather gather = {
		.threads = threads,
		.form = look_at,
		.lists = {[DOCUMENTS] = {.size = sizeof(struct seen), .order = compare_forms},
			  [PEOPLE] = {.size = sizeof(struct person),
				      .order = compare_people,
				      .sum = add_person}},
		.context = &sum,
		.state_size = sizeof(size_t),
		.close = add_bytes,
	};
	buf_init(&out);
	assert_true(gather_run(book, &gather, &gathered));
	assert_int_equal(gathered.lists[DOCUMENTS].count, planted->documents);
	assert_int_equal(bytes, planted->bytes);
	assert_int_equal(gathered.problems.count, planted->problems);
	const struct seen *seen = gathered.lists[DOCUMENTS].items;
	for (size_t i = 0; i < gathered.lists[DOCUMENTS].count; i++)
		buf_addf(&out, "%s#%" PRId64 " %s\n", seen[i].form, seen[i].seq, seen[i].event);
	const struct person *person = gathered.lists[PEOPLE].items;
	size_t known = 0;
	for (size_t i = 0; i < 3; i++)
		known += planted->of[i] > 0;
	assert_int_equal(gathered.lists[PEOPLE].count, known);
	for (size_t i = 0; i < gathered.lists[PEOPLE].count; i++) {
		for (size_t j = 0; j < 3; j++)
			if (strcmp(people[j], person[i].name) == 0)
				assert_int_equal(person[i].forms, planted->of[j]);
		buf_addf(&out, "%s %zu %s\n", person[i].name, person[i].forms, person[i].first);
	}
	for (size_t i = 0; i < gathered.problems.count; i++) {
		err_render(&gathered.problems.items[i], &out);
		buf_addc(&out, '\n');
	}
	const struct err *once = &gathered.once;
	for (size_t i = 0; i < gathered.problems.count; i++)
		if (strstr(gathered.problems.items[i].text, "nobody has it")) {
			assert_string_equal(once->file, gathered.problems.items[i].file);
			assert_string_equal(once->text, "there are some that nobody has");
			once = NULL;
			break;
		}
	assert_true(!once || !once->text);
	gathered_clear(&gathered);
	return buf_take(&out);
}

static void the_same_for_any_number_of_threads(void **state)
{
	const struct scratch *scratch = *state;
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct scratch one = *scratch;
		size_t len = strlen(one.path);
		snprintf(one.path + len, sizeof one.path - len, "/%" PRIu64, seed);
		scratch_mkdir(scratch, one.path + len + 1);
		one.fd = open(one.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		struct planted planted = plant(&one, seed);
		struct book book = open_ledger(&one);
		char *alone = gathered_text(&book, 1, &planted);
		static const unsigned threads[] = {1, 2, 3, 8, 0};
		for (size_t i = 0; i < 5; i++) {
			char *again = gathered_text(&book, threads[i], &planted);
			assert_string_equal(again, alone);
			free(again);
		}
		free(alone);
		root_close(&book.store.root);
		close(one.fd);
	}
}

/* --- files --- */

struct line {
	const char *text;
};

static int compare_lines(const void *a, const void *b)
{
	return strcmp(((const struct line *)a)->text, ((const struct line *)b)->text);
}

static bool keep_file(struct gatherer *to, const char *relative, const char *text, size_t len,
		      struct err *err)
{
	assert_int_equal(strlen(text), len);
	if (strcmp(text, "stop") == 0)
		gather_stop(to);
	if (strcmp(text, "bad") == 0)
		return err_set(err, STATUS_DAMAGED, "bad");
	struct line *line = gather_push(to, 0);
	line->text = arena_printf(&to->arena, "%s: %s", relative, text);
	return true;
}

static void keep_unreadable(struct gatherer *to, const char *relative, struct err *err)
{
	struct line *line = gather_push(to, 0);
	line->text = arena_printf(&to->arena, "%s! %s", relative, err->text);
}

/* The lines and the problems, one each line. */
static char *gathered_lines(struct book *book, struct gather gather)
{
	struct gathered gathered;
	struct buf out;
	buf_init(&out);
	gather.file = keep_file;
	gather.lists[0] = (struct gather_list){.size = sizeof(struct line), .order = compare_lines};
	assert_true(gather_run(book, &gather, &gathered));
	const struct line *lines = gathered.lists[0].items;
	for (size_t i = 0; i < gathered.lists[0].count; i++)
		buf_addf(&out, "%s\n", lines[i].text);
	for (size_t i = 0; i < gathered.problems.count; i++) {
		buf_addc(&out, '?');
		err_render(&gathered.problems.items[i], &out);
		buf_addc(&out, '\n');
	}
	gathered_clear(&gathered);
	return buf_take(&out);
}

static void expect_lines(struct book *book, struct gather gather, const char *expected)
{
	char *lines = gathered_lines(book, gather);
	assert_string_equal(lines, expected);
	free(lines);
}

#define PATHS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void files_as_they_are(void **state)
{
	const struct scratch *scratch = *state;
	struct book book = open_ledger(scratch);
	scratch_mkdir(scratch, "a");
	scratch_mkdir(scratch, "b");
	scratch_write(scratch, "a/2.yaml", "two");
	scratch_write(scratch, "a/1.yaml", "one");
	scratch_write(scratch, "a/3.yaml", "bad");
	scratch_write(scratch, "a/stray.txt", "x");
	scratch_write(scratch, "b/1.yaml", "other");
	scratch_write(scratch, "c.yaml", "alone");
	assert_return_code(symlinkat("1.yaml", scratch->fd, "a/link.yaml"), 0);

	expect_lines(&book, (struct gather){.folders = PATHS("none", "b", "a")},
		     "a/1.yaml: one\na/2.yaml: two\nb/1.yaml: other\n"
		     "?a/3.yaml: bad\n"
		     "?a/link.yaml: is a symbolic link: the ledger holds only plain files\n"
		     "?a/stray.txt: is not named *.yaml\n");
	expect_lines(&book,
		     (struct gather){.folders = PATHS("a"),
				     .pass_strays = true,
				     .unreadable = keep_unreadable},
		     "a/1.yaml: one\na/2.yaml: two\n"
		     "a/link.yaml! is a symbolic link: the ledger holds only plain files\n"
		     "?a/3.yaml: bad\n");
	expect_lines(&book,
		     (struct gather){.folders = PATHS("b"),
				     .files = PATHS("c.yaml", "none.yaml", "a/3.yaml",
						    "a/stray.txt", "a/link.yaml")},
		     "b/1.yaml: other\nc.yaml: alone\n"
		     "?a/3.yaml: bad\n"
		     "?a/link.yaml: is a symbolic link: the ledger holds only plain files\n"
		     "?a/stray.txt: is not named *.yaml\n");
	expect_lines(&book, (struct gather){.files = PATHS("a/stray.txt"), .pass_strays = true},
		     "");
	expect_lines(&book, (struct gather){0}, "");
	root_close(&book.store.root);
}

static void a_visit_can_stop_it(void **state)
{
	const struct scratch *scratch = *state;
	struct book book = open_ledger(scratch);
	struct gathered gathered;
	char path[32];
	scratch_mkdir(scratch, "t");
	for (int i = 0; i < 300; i++) {
		snprintf(path, sizeof path, "t/%d.yaml", i);
		scratch_write(scratch, path, "stop");
	}
	const struct gather gather = {
		.threads = 2,
		.folders = PATHS("t"),
		.files = PATHS("t/0.yaml"),
		.file = keep_file,
		.lists = {{.size = sizeof(struct line), .order = compare_lines}}};
	assert_false(gather_run(&book, &gather, &gathered));
	assert_in_range(gathered.files, 1, 2);
	assert_int_equal(gathered.lists[0].count, gathered.files);
	gathered_clear(&gathered);
	root_close(&book.store.root);
}

static void items_from_elsewhere_join_the_others(void **state)
{
	const struct scratch *scratch = *state;
	struct book book = open_ledger(scratch);
	struct gathering gathering;
	struct gathered gathered;
	scratch_mkdir(scratch, "t");
	scratch_write(scratch, "t/1.yaml", "one");
	const struct gather gather = {
		.threads = 3,
		.folders = PATHS("t"),
		.file = keep_file,
		.lists = {{.size = sizeof(struct line), .order = compare_lines}}};
	gather_begin(&gathering, &book, &gather);
	struct line *line = gather_push(&gathering.gatherers[0], 0);
	line->text = "a: before";
	assert_true(gather_read(&gathering));
	line = gather_push(&gathering.gatherers[0], 0);
	line->text = "z: behind";
	gather_end(&gathering, &gathered);

	size_t count;
	struct line *lines = gathered_take(&gathered, 0, &count);
	assert_int_equal(count, 3);
	assert_int_equal(gathered.lists[0].count, 0);
	for (; count < 100; count++) {
		lines = mem_room(lines, count, 1, sizeof *lines);
		lines[count].text = "more";
	}
	assert_string_equal(lines[0].text, "a: before");
	assert_string_equal(lines[1].text, "t/1.yaml: one");
	assert_string_equal(lines[2].text, "z: behind");
	free(lines);
	gathered_clear(&gathered);

	/* nothing needs to be read */
	gather_begin(&gathering, &book, &gather);
	gather_end(&gathering, &gathered);
	assert_int_equal(gathered.files, 0);
	gathered_clear(&gathered);
	gathered_clear(&(struct gathered){0});
	root_close(&book.store.root);
}

static void forms_are_tickets_unless_said(void **state)
{
	const struct scratch *scratch = *state;
	struct book book = open_ledger(scratch);
	struct gathered gathered;
	struct gather gather = {
		.form = look_at,
		.lists = {[DOCUMENTS] = {.size = sizeof(struct seen), .order = compare_forms},
			  [PEOPLE] = {.size = sizeof(struct person),
				      .order = compare_people,
				      .sum = add_person}},
		.state_size = sizeof(size_t)};
	scratch_mkdir(scratch, "tickets");
	scratch_mkdir(scratch, "customers");
	write_ticket(scratch, "tickets/YL261121001.yaml", "YL261121001", "x", 1, "lihua");
	write_ticket(scratch, "customers/3-1201.yaml", "3-1201", "x", 1, "lihua");
	assert_true(gather_run(&book, &gather, &gathered));
	assert_int_equal(gathered.lists[DOCUMENTS].count, 2);
	assert_string_equal(((struct person *)gathered.lists[PEOPLE].items)->first, "YL261121001");
	gathered_clear(&gathered);
	gather.folders = PATHS("customers", "tickets");
	assert_true(gather_run(&book, &gather, &gathered));
	assert_int_equal(gathered.files, 2);
	assert_int_equal(gathered.lists[DOCUMENTS].count, 4);
	assert_int_equal(gathered.lists[PEOPLE].count, 1);
	assert_string_equal(((struct person *)gathered.lists[PEOPLE].items)->first, "3-1201");
	gathered_clear(&gathered);
	root_close(&book.store.root);
}

static void months_of_a_family(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	struct book book = {0};
	struct err err = ERR_INIT;
	assert_true(zone_init(&book.zone, "Asia/Shanghai", &err));
	int64_t december = zone_day_start(&book.zone, day_of_civil(2025, 12, 31)),
		february = zone_day_start(&book.zone, day_of_civil(2026, 2, 1));
	const char *const *folders = gather_months(&book, &arena, "tickets", december, february);
	assert_string_equal(folders[0], "tickets/2025/12");
	assert_string_equal(folders[1], "tickets/2026/01");
	assert_string_equal(folders[2], "tickets/2026/02");
	assert_null(folders[3]);
	/* the month is the ledger's: in UTC it is still January */
	folders = gather_months(&book, &arena, "visits", february, february);
	assert_string_equal(folders[0], "visits/2026/02");
	assert_null(folders[1]);
	assert_null(gather_months(&book, &arena, "tickets", february, december)[0]);
	zone_clear(&book.zone);
	arena_clear(&arena);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_same_for_any_number_of_threads),
		TEST(files_as_they_are),
		TEST(a_visit_can_stop_it),
		TEST(items_from_elsewhere_join_the_others),
		TEST(forms_are_tickets_unless_said),
		TEST(months_of_a_family),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
