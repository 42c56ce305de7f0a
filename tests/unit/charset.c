// SPDX-License-Identifier: MIT
// text/charset: what bytes are taken for, and where they cannot be.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/charset.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static void expect_text(const char *bytes, size_t len, const char *wanted, const char *text,
			const char *name)
{
	struct buf out;
	struct err err = ERR_INIT;
	const char *taken = NULL;
	char *copy = malloc(
		len ? len : 1); /* exactly as long, so that the sanitizer sees a step beyond */
	memcpy(copy, bytes, len);
	buf_init(&out);
	buf_adds(&out, "before ");
	assert_true(charset_decode(copy, len, wanted, &out, &taken, &err));
	assert_memory_equal(out.data, "before ", 7);
	assert_string_equal(out.data + 7, text);
	assert_int_equal(out.len, 7 + strlen(text));
	assert_string_equal(taken, name);
	buf_clear(&out);
	free(copy);
}

static void expect_failure(const char *bytes, size_t len, const char *wanted, unsigned line,
			   unsigned column, const char *message)
{
	struct buf out;
	struct err err = ERR_INIT;
	const char *taken = NULL;
	buf_init(&out);
	buf_adds(&out, "before");
	assert_false(charset_decode(bytes, len, wanted, &out, &taken, &err));
	assert_string_equal(err.text, message);
	assert_int_equal(err.status, STATUS_REFUSED);
	assert_int_equal(err.line, line);
	assert_int_equal(err.column, column);
	assert_string_equal(out.data, "before");
	assert_true(line ? taken && strstr(message, taken) : !taken); /* said also when it failed */
	err_clear(&err);
	buf_clear(&out);
}

static void finds_out(void **state)
{
	(void)state;
	expect_text(BYTES(""), NULL, "", "UTF-8");
	expect_text(BYTES("a\n"), NULL, "a\n", "UTF-8");
	expect_text(BYTES("客服𠮷"), NULL, "客服𠮷", "UTF-8");
	expect_text(BYTES("\xef\xbb\xbf客"), NULL, "客", "UTF-8");
	expect_text(BYTES("\xef\xbb\xbf"), NULL, "", "UTF-8");
	expect_text(BYTES("\xff\xfe\xa2\x5b\r\0\n\0"), NULL, "客\r\n", "UTF-16LE");
	expect_text(BYTES("\xfe\xff\x5b\xa2\xd8\x42\xdf\xb7"), NULL, "客𠮷", "UTF-16BE");
	expect_text(BYTES("\xbf\xcd\xb7\xfe"), NULL, "客服", "GB18030");
	expect_text(BYTES("a,\xbf\xcd\xb7\xfe\n1,\x95\x34\xb2\x35\n"), NULL, "a,客服\n1,𠮷\n",
		    "GB18030");
	expect_text(BYTES("\x84\x31\x95\x33\xbf\xcd"), NULL, "客", "GB18030");
}

static void takes_what_is_wanted(void **state)
{
	(void)state;
	expect_text(BYTES("\xbf\xcd"), "gb18030", "客", "GB18030");
	expect_text(BYTES("\xbf\xcd"), "GBK", "客", "GB18030");
	expect_text(BYTES("\xbf\xcd"), "gb2312", "客", "GB18030");
	expect_text(BYTES("\xab\xc8"), "big5", "客", "Big5");
	expect_text(BYTES("\xa2\x5b"), "utf-16le", "客", "UTF-16LE");
	expect_text(BYTES("\xff\xfe\xa2\x5b"), "utf-16le", "客", "UTF-16LE");
	expect_text(BYTES("\xef\xbb\xbf客"), "utf-8", "客", "UTF-8");
	expect_failure(BYTES("a"), "latin1", 0, 0, "unknown encoding latin1");
	expect_failure(BYTES("a"), "UTF-8//IGNORE", 0, 0, "unknown encoding UTF-8//IGNORE");
	expect_failure(BYTES("a"), "", 0, 0, "unknown encoding ");
}

static void names_the_byte(void **state)
{
	(void)state;
	expect_failure(BYTES("a\n\xbf\xcd\xff"), NULL, 2, 2,
		       "not valid GB18030: byte 0xff at offset 4");
	expect_failure(BYTES("a\n\xbf\xcd\xb7"), NULL, 2, 2,
		       "not valid GB18030: byte 0xb7 at offset 4");
	expect_failure(BYTES("a\n客\xff"), "UTF-8", 2, 2, "not valid UTF-8: byte 0xff at offset 5");
	expect_failure(BYTES("\xff\xfe\n\0\x00\xdc"), NULL, 2, 1,
		       "not valid UTF-16LE: byte 0x00 at offset 4");
	expect_failure(BYTES("\xfe\xff\x5b"), NULL, 1, 2,
		       "not valid UTF-16BE: byte 0x5b at offset 2");
}

static void damaged_utf8_is_not_taken_for_something_else(void **state)
{
	(void)state;
	/* Cut within a character: as GB18030 this is 瀹㈡埛... without any error. */
	expect_failure(BYTES("客户报修厨房下水道堵塞\xe6\xb0"), NULL, 1, 12,
		       "not valid UTF-8: byte 0xe6 at offset 33");
	expect_failure(BYTES("客户报修厨房\xff下水道堵塞"), NULL, 1, 7,
		       "not valid UTF-8: byte 0xff at offset 18");
}

static void long_texts_come_whole(void **state)
{
	(void)state;
	enum { TIMES = 100000 };
	char *bytes = malloc(TIMES * 4), *text = calloc(TIMES * 4 + 1, 1);
	for (int i = 0; i < TIMES; i++) {
		memcpy(bytes + i * 4, "\x95\x34\xb2\x35", 4);
		memcpy(text + i * 4, "𠮷", 4);
	}
	expect_text(bytes, TIMES * 4, NULL, text, "GB18030");
	for (int i = 0; i < TIMES; i++) {
		memcpy(bytes + i * 2, "\xbf\xcd", 2);
		memcpy(text + i * 3, "客", 4);
	}
	expect_text(bytes, TIMES * 2, NULL, text, "GB18030");
	free(bytes);
	free(text);
}

static void knows_its_names(void **state)
{
	(void)state;
	for (const char *const *name = charset_names(); *name; name++) {
		struct buf out;
		struct err err = ERR_INIT;
		buf_init(&out);
		assert_true(charset_decode("", 0, *name, &out, NULL, &err));
		buf_clear(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_out),
		cmocka_unit_test(takes_what_is_wanted),
		cmocka_unit_test(names_the_byte),
		cmocka_unit_test(damaged_utf8_is_not_taken_for_something_else),
		cmocka_unit_test(long_texts_come_whole),
		cmocka_unit_test(knows_its_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
