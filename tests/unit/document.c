// SPDX-License-Identifier: MIT
// book/document: files of documents are sets; whatever way clones meet, they end with the same
// bytes, and nothing is lost.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../random_tree.h"
#include "book/document.h"
#include "book/form.h"
#include "text/emit.h"

enum { CLONES = 3, STEPS_MAX = 14 };

static const char *const sites[CLONES] = {"YL", "EB", "GZ"};

/* One more document at the end of TEXT, as a clone records it. */
static void record(struct buf *text, const char *event, const char *site, uint64_t *state)
{
	struct arena arena = ARENA_INIT;
	struct documents documents = {0};
	struct err err = ERR_INIT;
	char words[128];
	if (text->len)
		assert_true(documents_read(&arena, NULL, text->data, text->len, &documents, &err));
	int64_t seq = documents.count ? documents.items[documents.count - 1].seq + 1 : 1;
	struct arena made = ARENA_INIT;
	struct node *root = node_map(&made);
	node_add_string(&made, root, "event", event);
	node_add(&made, root, "seq", node_int(&made, seq));
	if (seq == 1)
		node_add_string(&made, root, "id", "YL261121001");
	node_add_string(&made, root, "site", site);
	node_add_string(&made, root, "at",
			arena_printf(&made, "2026-11-21T09:%02u:%02u+08:00",
				     random_below(state, 60), random_below(state, 60)));
	size_t len = random_text(state, words, sizeof words);
	node_add(&made, root, "text", node_string_len(&made, words, len));
	emit_document(text, root);
	arena_clear(&made);
	arena_clear(&arena);
}

/* INTO becomes the union of both. */
static void meet(struct buf *into, const struct buf *other)
{
	struct arena ours = ARENA_INIT, theirs = ARENA_INIT;
	struct documents a, b;
	struct err err = ERR_INIT;
	struct buf merged;
	buf_init(&merged);
	assert_true(documents_read(&ours, NULL, into->data, into->len, &a, &err));
	assert_true(documents_read(&theirs, NULL, other->data, other->len, &b, &err));
	assert_true(documents_merge(&a, &b, &merged, &err));
	buf_reset(into);
	buf_add(into, merged.data, merged.len);
	buf_clear(&merged);
	arena_clear(&ours);
	arena_clear(&theirs);
}

static void assert_same(const struct buf *a, const struct buf *b)
{
	assert_int_equal(a->len, b->len);
	assert_memory_equal(a->data, b->data, a->len);
}

static void copy(struct buf *to, const struct buf *from)
{
	buf_init(to);
	buf_add(to, from->data, from->len);
}

/* A history of clones that record and now and then hear from each other. */
static void live(struct buf clones[CLONES], uint64_t *state)
{
	static const char *const events[] = {"assigned", "started",  "finished",
					     "closed",   "reopened", "told",
					     "voided",   "settled",  "callback"};
	buf_init(&clones[0]);
	record(&clones[0], "opened", sites[0], state);
	for (int i = 1; i < CLONES; i++)
		copy(&clones[i], &clones[0]);
	for (uint32_t steps = random_below(state, STEPS_MAX); steps; steps--) {
		uint32_t who = random_below(state, CLONES), other = random_below(state, CLONES);
		if (random_below(state, 4) && who != other)
			record(&clones[who],
			       events[random_below(state, sizeof events / sizeof *events)],
			       sites[who], state);
		else
			meet(&clones[who], &clones[other]);
	}
}

static bool holds(const struct buf *text, const struct document *document)
{
	return memmem(text->data, text->len, document->text, document->len) != NULL;
}

static void merging_is_a_union(void **unused)
{
	(void)unused;
	uint64_t state = 20261121;
	size_t together = 0, disputed = 0;
	for (long round = getenv("KEFU_LONG") ? 10000 : 600; round; round--) {
		struct buf clones[CLONES], ab, ba, abc, bca, again;
		live(clones, &state);
		copy(&ab, &clones[0]);
		meet(&ab, &clones[1]);
		copy(&ba, &clones[1]);
		meet(&ba, &clones[0]);
		assert_same(&ab, &ba); /* commutative */
		copy(&abc, &ab);
		meet(&abc, &clones[2]);
		copy(&bca, &clones[1]);
		meet(&bca, &clones[2]);
		meet(&bca, &clones[0]);
		assert_same(&abc, &bca); /* associative */
		copy(&again, &abc);
		meet(&again, &abc);
		meet(&again, &clones[random_below(&state, CLONES)]);
		assert_same(&again, &abc); /* idempotent */

		/* exactly the documents there were, in order, and a form anybody can read */
		struct form form;
		struct err err = ERR_INIT;
		form_init(&form);
		assert_true(form_read(&form, NULL, abc.data, abc.len, &err));
		assert_false(form.unordered);
		for (size_t i = 0; i < form.count; i++)
			assert_true(holds(&clones[0], &form.documents[i]) ||
				    holds(&clones[1], &form.documents[i]) ||
				    holds(&clones[2], &form.documents[i]));
		for (int clone = 0; clone < CLONES; clone++) {
			struct arena arena = ARENA_INIT;
			struct documents documents;
			assert_true(documents_read(&arena, NULL, clones[clone].data,
						   clones[clone].len, &documents, &err));
			for (size_t i = 0; i < documents.count; i++)
				assert_true(holds(&abc, &documents.items[i]));
			arena_clear(&arena);
		}
		for (size_t i = 1; i < form.count; i++)
			together += form.documents[i].seq == form.documents[i - 1].seq;
		disputed += form.state == FORM_DISPUTED;
		form_clear(&form);
		for (int i = 0; i < CLONES; i++)
			buf_clear(&clones[i]);
		struct buf *made[] = {&ab, &ba, &abc, &bca, &again};
		for (size_t i = 0; i < 5; i++)
			buf_clear(made[i]);
	}
	/* the histories were worth it */
	assert_true(together > 300);
	assert_true(disputed > 100);
}

#define HEAD \
	"---\nevent: opened\nseq: 1\nid: YL261121001\nsite: YL\nat: \"2026-11-21T09:00:00+08:00\"\n"
#define STEP(seq, site, more) \
	"---\nevent: told\nseq: " seq "\nsite: " site "\nat: \"2026-11-21T10:00:00+08:00\"\n" more \
	"...\n"

static void order_of_the_file_is_not_believed(void **unused)
{
	(void)unused;
	static const char text[] = HEAD "...\n" STEP("3", "YL", "") STEP("2", "YL", "text: b\n")
		STEP("2", "EB", "text: a\n");
	struct arena arena = ARENA_INIT;
	struct documents documents;
	struct err err = ERR_INIT;
	assert_true(documents_read(&arena, "f", text, strlen(text), &documents, &err));
	assert_true(documents.unordered);
	assert_int_equal(documents.count, 4);
	assert_int_equal(documents.items[1].seq, 2);
	assert_int_equal(documents.items[2].seq, 2);
	assert_true(document_compare(&documents.items[1], &documents.items[2]) < 0);
	assert_int_equal(documents.items[3].seq, 3);
	assert_int_equal(documents.items[3].line, 8);
	struct buf merged;
	buf_init(&merged);
	assert_true(documents_merge(&documents, &documents, &merged, &err));
	assert_int_equal(merged.len, strlen(text));
	arena_clear(&arena);
	assert_true(documents_read(&arena, "f", merged.data, merged.len, &documents, &err));
	assert_false(documents.unordered);
	buf_clear(&merged);
	arena_clear(&arena);
}

static void a_document_twice_is_one(void **unused)
{
	(void)unused;
	static const char text[] = HEAD "...\n" STEP("2", "YL", "") STEP("2", "YL", "");
	struct arena arena = ARENA_INIT;
	struct documents documents;
	struct err err = ERR_INIT;
	struct buf merged;
	buf_init(&merged);
	assert_true(documents_read(&arena, "f", text, strlen(text), &documents, &err));
	assert_true(documents.unordered);
	assert_int_equal(documents.count, 2);
	assert_int_equal(documents.repeated, 14);
	assert_int_equal(documents.read_len, strlen(text));
	assert_true(documents_merge(&documents, &documents, &merged, &err));
	assert_string_equal(merged.data, HEAD "...\n" STEP("2", "YL", ""));
	buf_clear(&merged);
	arena_clear(&arena);
}

static void other_beginnings_are_other_forms(void **unused)
{
	(void)unused;
	static const char *const texts[] = {HEAD "...\n", HEAD "by: lihua\n...\n",
					    STEP("2", "YL", "")};
	struct arena arena = ARENA_INIT, other = ARENA_INIT;
	struct documents a, b;
	struct err err = ERR_INIT;
	struct buf merged;
	buf_init(&merged);
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 3; j++) {
			assert_true(
				documents_read(&arena, "f", texts[i], strlen(texts[i]), &a, &err));
			assert_true(
				documents_read(&other, "f", texts[j], strlen(texts[j]), &b, &err));
			assert_int_equal(documents_merge(&a, &b, &merged, &err), i == j);
			assert_int_equal(err.status, i == j ? STATUS_DONE : STATUS_REFUSED);
			err_clear(&err);
		}
	buf_clear(&merged);
	arena_clear(&arena);
	arena_clear(&other);
}

static void damage_has_a_place(void **unused)
{
	(void)unused;
	static const struct {
		const char *text;
		unsigned line;
		size_t before; /* documents that could be read */
		const char *says;
	} cases[] = {
		{HEAD "...\n" STEP("2", "YL", "") "---\nevent: told\n", 16, 2, "cut off"},
		{HEAD "...\n---\nseq: 2\nat: \"2026-11-21T10:00:00+08:00\"\n...\n", 9, 1,
		 "event: missing"},
		{HEAD "...\n---\nevent: told\nat: \"2026-11-21T10:00:00+08:00\"\n...\n", 9, 1,
		 "seq: missing"},
		{HEAD "...\n---\nevent: told\nseq: 0\nat: \"2026-11-21T10:00:00+08:00\"\n...\n", 9,
		 1, "seq: missing"},
		{HEAD "...\n---\nevent: told\nseq: 2.5\nat: \"2026-11-21T10:00:00+08:00\"\n...\n",
		 9, 1, "seq: missing"},
		{HEAD "...\n---\nevent: told\nseq: 99999999999999999999\nat: "
		      "\"2026-11-21T10:00:00+08:00\"\n...\n",
		 9, 1, "seq: missing"},
		{HEAD "...\n---\nevent: 7\nseq: 2\nat: \"2026-11-21T10:00:00+08:00\"\n...\n", 9, 1,
		 "event: must be text"},
		{HEAD
		 "...\n---\nevent: \"to\\0ld\"\nseq: 2\nat: \"2026-11-21T10:00:00+08:00\"\n...\n",
		 9, 1, "event: must be text"},
		{HEAD "...\n---\nevent: told\nseq: 2\nat: \"2026-11-31T10:00:00+08:00\"\n...\n", 11,
		 1, "at: "},
		{HEAD "...\n---\nevent: told\nseq: 2\nat: \"2026-11-21T10:00:00+08:00\\0\"\n...\n",
		 11, 1, "at: must be a time"},
		{HEAD "...\n---\nevent: told\nseq: 2\nat: \"2026-11-21T10:00:00+08:00\"\nrecorded: "
		      "soon\n...\n",
		 12, 1, "recorded: "},
		{HEAD "...\n---\n- told\n- 2\n...\n", 9, 1, "the document must be a map of fields"},
		{"", 1, 0, "empty"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena arena = ARENA_INIT;
		struct documents documents;
		struct err err = ERR_INIT;
		assert_false(documents_read(&arena, "f", cases[i].text, strlen(cases[i].text),
					    &documents, &err));
		assert_int_equal(err.status, STATUS_DAMAGED);
		assert_string_equal(err.file, "f");
		assert_non_null(strstr(err.text, cases[i].says));
		assert_int_equal(err.line, cases[i].line);
		assert_int_equal(documents.count, cases[i].before);
		err_clear(&err);
		arena_clear(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merging_is_a_union),
		cmocka_unit_test(order_of_the_file_is_not_believed),
		cmocka_unit_test(a_document_twice_is_one),
		cmocka_unit_test(other_beginnings_are_other_forms),
		cmocka_unit_test(damage_has_a_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
