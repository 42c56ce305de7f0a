// SPDX-License-Identifier: MIT
// Patterns: what they mean, that they end, that threads may share them.
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/mem.h"
#include "text/pattern.h"

static struct pattern *compile(const char *text, bool caseless)
{
	struct err err = ERR_INIT;
	struct pattern *pattern = pattern_new(text, strlen(text), caseless, &err);
	if (!pattern)
		fail_msg("%s: %s", text, err.text);
	return pattern;
}

static enum pattern_result match(const char *text, const char *subject)
{
	struct err err = ERR_INIT;
	struct pattern *pattern = compile(text, false);
	enum pattern_result result =
		pattern_match(pattern, subject, strlen(subject), NULL, NULL, &err);
	assert_int_equal(result == PATTERN_LIMIT, err.text != NULL);
	err_clear(&err);
	pattern_free(pattern);
	return result;
}

static void searches_anywhere(void **state)
{
	(void)state;
	assert_int_equal(match("b+", "abbbc"), PATTERN_YES);
	assert_int_equal(match("^b", "ab"), PATTERN_NO);
	assert_int_equal(match("", ""), PATTERN_YES);
	assert_int_equal(match("^[0-9]{11}$", "13900010001"), PATTERN_YES);
	assert_int_equal(match("漏水|渗水", "卫生间漏水了"), PATTERN_YES);
	assert_int_equal(match("^.$", "𠮷"), PATTERN_YES);
	assert_int_equal(match("^\\p{Han}+$", "𠮷野家"), PATTERN_YES);

	struct err err = ERR_INIT;
	struct pattern *pattern = compile("漏水", false);
	size_t start = 99, end = 99;
	assert_int_equal(
		pattern_match(pattern, "厨房漏水。", strlen("厨房漏水。"), &start, &end, &err),
		PATTERN_YES);
	assert_int_equal(start, 6);
	assert_int_equal(end, 12);
	assert_int_equal(pattern_match(pattern, "a\0漏水", 8, &start, &end, &err), PATTERN_YES);
	assert_int_equal(start, 2);
	assert_string_equal(pattern_text(pattern), "漏水");
	pattern_free(pattern);
	pattern_free(NULL);
}

/* JSON Schema's dialect, where it differs from Perl's. */
static void reads_as_ecma_does(void **state)
{
	(void)state;
	assert_int_equal(match("^a$", "a\n"), PATTERN_NO);
	assert_int_equal(match("^\\d$", "７"), PATTERN_NO);
	assert_int_equal(match("^\\p{Nd}$", "７"), PATTERN_YES);
	assert_int_equal(match("(*UCP)^\\d$", "７"), PATTERN_YES);
	assert_int_equal(match("^\\w$", "é"), PATTERN_NO);
	assert_int_equal(match("^[\\u4e00-\\u9fff]+$", "王女士"), PATTERN_YES);
	assert_int_equal(match("^\\u{20bb7}$", "𠮷"), PATTERN_YES);
	assert_int_equal(match("^\\p{Letter}\\P{Decimal_Number}$", "éa"), PATTERN_YES);
	assert_int_equal(match("^[\\p{Uppercase_Letter}\\p{Number}]+$", "AB7"), PATTERN_YES);
	assert_int_equal(match("^\\\\p\\{Letter}$", "\\p{Letter}"), PATTERN_YES);
}

static void knows_case(void **state)
{
	(void)state;
	struct err err = ERR_INIT;
	struct pattern *pattern = compile("straße|ÄRGER", true);
	assert_int_equal(pattern_match(pattern, "ärger", strlen("ärger"), NULL, NULL, &err),
			 PATTERN_YES);
	assert_int_equal(pattern_match(pattern, "STRA", 4, NULL, NULL, &err), PATTERN_NO);
	pattern_free(pattern);
}

static void assert_no_pattern(const char *text, size_t len, const char *says)
{
	struct err err = ERR_INIT;
	struct pattern *pattern = pattern_new(text, len, false, &err);
	if (pattern)
		fail_msg("compiled: %.40s", text);
	assert_int_equal(err.status, STATUS_REFUSED);
	if (!strstr(err.text, says))
		fail_msg("%.40s: %s", text, err.text);
	err_clear(&err);
}

static char *fill(const char *text, size_t times, const char *end)
{
	struct buf out;
	buf_init(&out);
	for (size_t i = 0; i < times; i++)
		buf_adds(&out, text);
	buf_adds(&out, end);
	return buf_take(&out);
}

static void refuses_what_is_no_expression(void **state)
{
	(void)state;
	assert_no_pattern("a(b", 3, "offset 3");
	assert_no_pattern("[z-a]", 5, "offset 3");
	assert_no_pattern("*", 1, "offset 0");
	assert_no_pattern("\\", 1, "offset 1");
	assert_no_pattern("\xff", 1, "UTF-8");
	assert_no_pattern("\\C", 2, "\\C");
	assert_no_pattern("\\x{4e00}", 8, "\\u{");
	assert_no_pattern("\\p{Nonsense}", 12, "property");
	assert_no_pattern("((((a{500}){500}){500}){500})", 29, "large");
	struct buf nested;
	buf_init(&nested);
	buf_fill(&nested, '(', PATTERN_MAX_NESTING + 1);
	buf_fill(&nested, ')', PATTERN_MAX_NESTING + 1);
	assert_no_pattern(nested.data, nested.len, "nested");
	buf_clear(&nested);
	char *longer = fill("a", PATTERN_MAX_BYTES + 1, "");
	assert_no_pattern(longer, strlen(longer), "long");
	free(longer);
}

static double cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Each must end with a limit or the right answer, and soon. */
static void always_ends(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *unit;
		size_t times;
		const char *end;
		int allowed; /* PATTERN_NO may be an answer besides PATTERN_LIMIT */
	} cases[] = {
		{"(a+)+$", "a", 40, "b", PATTERN_LIMIT},
		{"(*NO_JIT)(a+)+$", "a", 40, "b", PATTERN_LIMIT},
		{"^(a|aa)+$", "a", 100, "b", PATTERN_LIMIT},
		{"^(([a-z])+.)+[A-Z]([a-z])+$", "a", 60, "", PATTERN_LIMIT},
		{"(.*)*x", "ab", 3000, "", PATTERN_NO},
		{"[ax].*[by].*[cx].*[dy]{2}", "abc", 20000, "d", PATTERN_NO},
		{"(*NO_JIT)[ax].*[by].*[cx].*[dy]{2}", "abc", 20000, "d", PATTERN_NO},
		{"\\s+$", " ", 500000, "x", PATTERN_NO},
		{"(?=[^x]*[yz])[a-z]", "a", 500000, "", PATTERN_NO},
		{"(?<=[a-z])[^b]*[cd]", "a", 500000, "", PATTERN_NO},
		{"(?R)?x\\1()", "a", 100000, "", PATTERN_NO},
		{"\\((?:[^()]|(?R))*\\)", "(", 100000, "", PATTERN_NO},
		{"(*NO_JIT)\\((?:[^()]|(?R))*\\)", "(", 100000, "", PATTERN_NO},
		{"^(?:(?:a|b)|(?:a|b))*$", "ab", 500000, "c", PATTERN_NO},
		{"(*NO_JIT)^(?:(?:a|b)|(?:a|b))*$", "ab", 500000, "c", PATTERN_NO},
		{"(x+x+)+y", "x", 100000, "", PATTERN_NO},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *subject = fill(cases[i].unit, cases[i].times, cases[i].end);
		double start = cpu_seconds();
		enum pattern_result result = match(cases[i].pattern, subject);
		double took = cpu_seconds() - start;
		free(subject);
		if (getenv("KEFU_SHOW_TIMES"))
			print_message("%-40s %d %.3f s\n", cases[i].pattern, (int)result, took);
		assert_true(result == PATTERN_LIMIT || (int)result == cases[i].allowed);
		assert_true(took < 20); /* of CPU, which a busy machine leaves alone; generous */
	}
}

/* Long texts that are fine must not meet a limit. */
static void does_what_is_reasonable(void **state)
{
	(void)state;
	char *text = fill("厨房漏水，物业多次维修未果。", 2000, "电话13900010001");
	assert_int_equal(match("1[3-9]\\d{9}$", text), PATTERN_YES);
	assert_int_equal(match("电话\\d+", text), PATTERN_YES);
	assert_int_equal(match("投诉|举报|维权", text), PATTERN_NO);
	assert_int_equal(match("^[\\s\\S]*$", text), PATTERN_YES);
	assert_int_equal(match("^(?:[^a-z])*$", text), PATTERN_YES);
	free(text);
}

/* A start that needs more than its share of the work gets it. */
static void shares_the_work_out(void **state)
{
	(void)state;
	struct err err = ERR_INIT;
	char *rest = fill("很长的一行字，没有句号", 20000, "");
	struct buf text;
	buf_init(&text);
	buf_addf(&text, "投诉%s投诉%s", rest, rest);
	assert_int_equal(match("投诉.*经理", text.data), PATTERN_NO);
	assert_int_equal(match("(*NO_JIT)投诉.*经理", text.data), PATTERN_NO);
	size_t expected = text.len;
	buf_addf(&text, "投诉%s经理", rest);
	struct pattern *pattern = compile("投诉[^投]*(?:经)理", false);
	size_t start, end;
	assert_int_equal(pattern_match(pattern, text.data, text.len, &start, &end, &err),
			 PATTERN_YES);
	assert_int_equal(start, expected);
	assert_int_equal(end, text.len);
	pattern_free(pattern);
	/* The first match is the leftmost one, wherever the windows lie. */
	for (size_t before = 0; before < 200; before += 7) {
		char *filler = fill("a", before, "");
		buf_reset(&text);
		buf_addf(&text, "%s投%s诉b投诉", filler, rest);
		pattern = compile("投[^z]*诉(?=[bc])", false);
		assert_int_equal(pattern_match(pattern, text.data, text.len, &start, NULL, &err),
				 PATTERN_YES);
		assert_int_equal(start, before);
		pattern_free(pattern);
		free(filler);
	}
	free(rest);
	buf_clear(&text);
}

static void jit_stack_failure_is_interpreted(void **state)
{
	(void)state;
	/* Recursion of this depth exhausts the 32 KiB machine stack JIT code runs on. */
	struct buf subject;
	buf_init(&subject);
	buf_fill(&subject, '(', 5000);
	buf_fill(&subject, ')', 5000);
	assert_int_equal(match("^(\\((?1)*\\))$", subject.data), PATTERN_YES);
	assert_int_equal(match("(*NO_JIT)^(\\((?1)*\\))$", subject.data), PATTERN_YES);
	buf_clear(&subject);
}

static void subject_must_be_utf8(void **state)
{
	(void)state;
	static const char *const bad[] = {"\xff", "a\xc3", "\xed\xa0\x80", "\xf5\x80\x80\x80",
					  "ok\x80"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(match(".", bad[i]), PATTERN_LIMIT);
}

static void names_the_pattern(void **state)
{
	(void)state;
	struct err err = ERR_INIT;
	struct pattern *pattern = compile("(a+)+$", false);
	char *subject = fill("a", 40, "b");
	assert_int_equal(pattern_match(pattern, subject, strlen(subject), NULL, NULL, &err),
			 PATTERN_LIMIT);
	assert_int_equal(err.status, STATUS_REFUSED);
	assert_non_null(strstr(err.text, "(a+)+$"));
	assert_non_null(strstr(err.text, "limit"));
	err_clear(&err);
	free(subject);
	pattern_free(pattern);
}

static void *match_often(void *shared)
{
	const struct pattern *pattern = shared;
	struct err err = ERR_INIT;
	for (int i = 0; i < 20000; i++) {
		size_t start;
		bool right = pattern_match(pattern, "xx-YL261121001", 14, &start, NULL, &err) ==
				     PATTERN_YES &&
			     start == 3;
		right &= pattern_match(pattern, "yl261121001", 11, NULL, NULL, &err) == PATTERN_NO;
		if (!right)
			return "wrong";
	}
	return NULL;
}

static void threads_share_a_pattern(void **state)
{
	(void)state;
	struct pattern *pattern = compile("[A-Z]{2,4}[0-9]{9,}$", false);
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, match_often, pattern), 0);
	for (int i = 0; i < 4; i++) {
		void *wrong;
		pthread_join(threads[i], &wrong);
		assert_null(wrong);
	}
	pattern_free(pattern);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(searches_anywhere),
		cmocka_unit_test(reads_as_ecma_does),
		cmocka_unit_test(knows_case),
		cmocka_unit_test(refuses_what_is_no_expression),
		cmocka_unit_test(always_ends),
		cmocka_unit_test(does_what_is_reasonable),
		cmocka_unit_test(shares_the_work_out),
		cmocka_unit_test(jit_stack_failure_is_interpreted),
		cmocka_unit_test(subject_must_be_utf8),
		cmocka_unit_test(names_the_pattern),
		cmocka_unit_test(threads_share_a_pattern),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
