// SPDX-License-Identifier: MIT
// Two versions of a text brought together, by hand and by properties that hold for any three texts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/three_way.h"

struct told {
	unsigned lines[8], counts[8];
	size_t count;
};

static void tell(void *context, unsigned line, unsigned count)
{
	struct told *told = context;
	if (told->count < 8) {
		told->lines[told->count] = line;
		told->counts[told->count] = count;
	}
	told->count++;
}

static size_t merge(const char *base, const char *ours, const char *theirs,
		    enum three_way_side stands, struct told *told, struct buf *out)
{
	struct three_way texts = {.base = base,
				  .ours = ours,
				  .theirs = theirs,
				  .base_len = strlen(base),
				  .ours_len = strlen(ours),
				  .theirs_len = strlen(theirs),
				  .stands = stands,
				  .conflict = tell,
				  .context = told};
	*told = (struct told){0};
	buf_reset(out);
	assert_true(three_way_merge(&texts, out));
	return told->count;
}

static void each_side_counts(void **state)
{
	static const struct {
		const char *base, *ours, *theirs, *merged;
	} cases[] = {
		{"a\nb\nc\n", "a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n"},
		{"a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"},
		{"a\nb\nc\n", "a\nb\nx\nc\n", "y\na\nb\nc\n", "y\na\nb\nx\nc\n"},
		{"a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n"},
		{"a\nb\n", "a\nx\nb\n", "a\nx\nb\n", "a\nx\nb\n"},
		{"", "a\n", "", "a\n"},
		{"", "", "", ""},
		{"a\nb", "a\nb", "A\nb", "A\nb"},
	};
	struct told told;
	struct buf out;
	(void)state;
	buf_init(&out);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(merge(cases[i].base, cases[i].ours, cases[i].theirs,
				       THREE_WAY_OURS, &told, &out),
				 0);
		assert_string_equal(out.data, cases[i].merged);
	}
	buf_clear(&out);
}

static void what_both_changed_is_told(void **state)
{
	struct told told;
	struct buf out;
	(void)state;
	buf_init(&out);
	assert_int_equal(merge("a\nb\nc\nd\ne\n", "a\nB\nB\nc\nd\nE\n", "a\nX\nc\nD\ne\n",
			       THREE_WAY_OURS, &told, &out),
			 2);
	assert_int_equal(told.lines[0], 2);
	assert_int_equal(told.counts[0], 2);
	assert_string_equal(out.data, "a\nB\nB\nc\nd\nE\n");
	merge("a\nb\nc\n", "a\nB\nc\n", "a\nX\nc\n", THREE_WAY_THEIRS, &told, &out);
	assert_string_equal(out.data, "a\nX\nc\n");
	/* what ours took out has no lines any more */
	assert_int_equal(merge("a\nb\nc\n", "a\nc\n", "a\nX\nc\n", THREE_WAY_OURS, &told, &out), 1);
	assert_int_equal(told.lines[0], 2);
	assert_int_equal(told.counts[0], 0);
	buf_clear(&out);
}

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void any_text(uint32_t *seed, char *text)
{
	size_t lines = next(seed) % 12, at = 0;
	for (size_t i = 0; i < lines; i++)
		at += (size_t)sprintf(text + at, "%c\n", 'a' + (char)(next(seed) % 4));
	text[at] = '\0';
}

/* For any texts: what only one side changed is what comes out, and both ways are the same but for
 * conflicts. */
static void holds_for_any_texts(void **state)
{
	char base[64], ours[64], theirs[64];
	struct told told, other;
	struct buf out, mirrored;
	uint32_t seed = 20261120;
	(void)state;
	buf_init(&out);
	buf_init(&mirrored);
	for (int i = 0; i < 20000; i++) {
		any_text(&seed, base);
		any_text(&seed, ours);
		any_text(&seed, theirs);
		assert_int_equal(merge(base, base, theirs, THREE_WAY_OURS, &told, &out), 0);
		assert_string_equal(out.data, theirs);
		assert_int_equal(merge(base, ours, base, THREE_WAY_OURS, &told, &out), 0);
		assert_string_equal(out.data, ours);
		assert_int_equal(merge(base, ours, ours, THREE_WAY_OURS, &told, &out), 0);
		assert_string_equal(out.data, ours);
		merge(base, ours, theirs, THREE_WAY_OURS, &told, &out);
		merge(base, theirs, ours, THREE_WAY_THEIRS, &other, &mirrored);
		assert_int_equal(told.count, other.count);
		assert_string_equal(out.data, mirrored.data);
	}
	buf_clear(&out);
	buf_clear(&mirrored);
}

static void too_much_is_given_up(void **state)
{
	struct buf ours, theirs, out;
	struct told told = {0};
	(void)state;
	buf_init(&ours);
	buf_init(&theirs);
	buf_init(&out);
	for (int i = 0; i < 6000; i++) {
		buf_addf(&ours, "%d\n", i);
		buf_addf(&theirs, "%d\n", -i - 1);
	}
	struct three_way texts = {.base = ours.data,
				  .ours = theirs.data,
				  .theirs = theirs.data,
				  .base_len = ours.len,
				  .ours_len = theirs.len,
				  .theirs_len = theirs.len,
				  .conflict = tell,
				  .context = &told};
	assert_false(three_way_merge(&texts, &out));
	assert_int_equal(out.len, 0);
	assert_int_equal(three_way_shared(ours.data, ours.len, ours.data, ours.len), 6000);
	assert_int_equal(three_way_shared(ours.data, ours.len, theirs.data, theirs.len), 0);
	buf_clear(&ours);
	buf_clear(&theirs);
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_side_counts),
		cmocka_unit_test(what_both_changed_is_told),
		cmocka_unit_test(holds_for_any_texts),
		cmocka_unit_test(too_much_is_given_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
