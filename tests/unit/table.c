// SPDX-License-Identifier: MIT
// Tables: alignment by display width, fitting, and the four notations for programs.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/table.h"

static const struct table_column columns[] = {
	{.name = "unit", .title = "房号", .whole = true},
	{.name = "text", .title = "内容"},
	{.name = "hours", .title = "小时", .right = true, .number = true},
};

static const char *const rows[][3] = {
	{"3-1201", "厨房下水道堵塞，水已漫到客厅", "24"},
	{"12-101", NULL, "3"},
	{"1-1", "a\tb\\c, \"d\"\ne", "120"},
};

static void check(enum table_format format, unsigned width, const char *expected)
{
	struct table *table = table_new(columns, 3, format);
	struct buf out;
	buf_init(&out);
	for (size_t i = 0; i < 3; i++)
		table_row(table, rows[i]);
	table_write(table, &out, width);
	assert_string_equal(out.data, expected);
	buf_clear(&out);
	table_free(table);
}

static void test_aligned(void **state)
{
	(void)state;
	check(TABLE_TABLE, 0,
	      "房号    内容                          小时\n"
	      "3-1201  厨房下水道堵塞，水已漫到客厅    24\n"
	      "12-101                                   3\n"
	      "1-1     a\\tb\\c, \"d\"\\ne                 120\n");
}

/* The text gives way, never an id or a number; a wide character that would stick out is left out.
 */
static void test_fitted(void **state)
{
	(void)state;
	check(TABLE_TABLE, 30,
	      "房号    内容              小时\n"
	      "3-1201  厨房下水道堵塞…     24\n"
	      "12-101                       3\n"
	      "1-1     a\\tb\\c, \"d\"\\ne     120\n");
	check(TABLE_TABLE, 29,
	      "房号    内容             小时\n"
	      "3-1201  厨房下水道堵塞…    24\n"
	      "12-101                      3\n"
	      "1-1     a\\tb\\c, \"d\"\\ne    120\n");
	check(TABLE_TABLE, 28,
	      "房号    内容            小时\n"
	      "3-1201  厨房下水道堵…     24\n"
	      "12-101                     3\n"
	      "1-1     a\\tb\\c, \"d\"\\ne   120\n");
	check(TABLE_TABLE, 27,
	      "房号    内容           小时\n"
	      "3-1201  厨房下水道堵…    24\n"
	      "12-101                    3\n"
	      "1-1     a\\tb\\c, \"d\"\\…   120\n");
	check(TABLE_TABLE, 1,
	      "房号    内容   小时\n"
	      "3-1201  厨房…    24\n"
	      "12-101            3\n"
	      "1-1     a\\tb…   120\n");
}

static void test_tsv(void **state)
{
	(void)state;
	check(TABLE_TSV, 10,
	      "unit\ttext\thours\n"
	      "3-1201\t厨房下水道堵塞，水已漫到客厅\t24\n"
	      "12-101\t\\N\t3\n"
	      "1-1\ta\\tb\\\\c, \"d\"\\ne\t120\n");
}

static void test_csv(void **state)
{
	(void)state;
	check(TABLE_CSV, 10,
	      "unit,text,hours\r\n"
	      "3-1201,厨房下水道堵塞，水已漫到客厅,24\r\n"
	      "12-101,,3\r\n"
	      "1-1,\"a\tb\\c, \"\"d\"\"\ne\",120\r\n");
}

static void test_json(void **state)
{
	(void)state;
	check(TABLE_JSON, 10,
	      "{\"unit\":\"3-1201\",\"text\":\"厨房下水道堵塞，水已漫到客厅\",\"hours\":24}\n"
	      "{\"unit\":\"12-101\",\"hours\":3}\n"
	      "{\"unit\":\"1-1\",\"text\":\"a\\tb\\\\c, \\\"d\\\"\\ne\",\"hours\":120}\n");
}

static void test_yaml(void **state)
{
	(void)state;
	check(TABLE_YAML, 10,
	      "---\nunit: \"3-1201\"\ntext: 厨房下水道堵塞，水已漫到客厅\nhours: 24\n...\n"
	      "---\nunit: \"12-101\"\nhours: 3\n...\n"
	      "---\nunit: \"1-1\"\ntext: |2-\n  a\tb\\c, \"d\"\n  e\nhours: 120\n...\n");
}

/* An empty text is there, an absent one is not; nobody who reads the CSV may take one for the
 * other. */
static void test_empty_is_not_absent(void **state)
{
	(void)state;
	static const struct table_column two[] = {{.name = "a"}, {.name = "b"}};
	static const struct {
		enum table_format format;
		const char *expected;
	} cases[] = {
		{TABLE_TSV, "\\N\t\n"},
		{TABLE_CSV, ",\"\"\r\n"},
		{TABLE_JSON, "{\"b\":\"\"}\n"},
		{TABLE_YAML, "---\nb: \"\"\n...\n"},
		{TABLE_TABLE, "\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct table *table = table_new(two, 2, cases[i].format);
		struct buf out;
		buf_init(&out);
		table_no_header(table);
		table_row(table, (const char *const[]){NULL, ""});
		table_write(table, &out, 0);
		assert_string_equal(out.data, cases[i].expected);
		buf_clear(&out);
		table_free(table);
	}
}

static void test_no_rows(void **state)
{
	(void)state;
	static const char *const expected[] = {
		[TABLE_TABLE] = "",
		[TABLE_TSV] = "unit\ttext\thours\n",
		[TABLE_CSV] = "unit,text,hours\r\n",
		[TABLE_JSON] = "",
		[TABLE_YAML] = "",
	};
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		struct table *table = table_new(columns, 3, (enum table_format)i);
		struct buf out;
		buf_init(&out);
		table_write(table, &out, 80);
		assert_string_equal(out.data, expected[i]);
		buf_clear(&out);
		table_free(table);
	}
}

/* For what says nothing at all when there is nothing. */
static void test_no_bare_header(void **state)
{
	(void)state;
	for (int format = TABLE_TABLE; format <= TABLE_YAML; format++) {
		struct table *table = table_new(columns, 3, (enum table_format)format);
		struct buf out;
		buf_init(&out);
		table_no_bare_header(table);
		table_write(table, &out, 80);
		assert_string_equal(out.data, "");
		table_row(table, rows[1]);
		table_write(table, &out, 80);
		if (format == TABLE_TSV)
			assert_string_equal(out.data, "unit\ttext\thours\n12-101\t\\N\t3\n");
		if (format == TABLE_CSV)
			assert_string_equal(out.data, "unit,text,hours\r\n12-101,,3\r\n");
		buf_clear(&out);
		table_free(table);
	}
}

/* A table outlives the columns it was made with. */
static void test_columns_are_copied(void **state)
{
	(void)state;
	struct table_column one[] = {{.name = "unit"}};
	struct table *table = table_new(one, 1, TABLE_JSON);
	struct buf out;
	buf_init(&out);
	one[0].name = "text";
	table_row(table, (const char *const[]){"3-1201"});
	table_write(table, &out, 0);
	assert_string_equal(out.data, "{\"unit\":\"3-1201\"}\n");
	buf_clear(&out);
	table_free(table);
}

/* Written piece by piece: every row once, the heading once. */
static void test_pieces(void **state)
{
	(void)state;
	for (int format = TABLE_TABLE; format <= TABLE_YAML; format++) {
		struct table *whole = table_new(columns, 3, (enum table_format)format);
		struct table *pieces = table_new(columns, 3, (enum table_format)format);
		struct buf expected, out;
		buf_init(&expected);
		buf_init(&out);
		for (int i = 0; i < 4; i++) {
			table_row(whole, rows[0]);
			table_row(pieces, rows[0]);
			table_write(pieces, &out, 0);
		}
		table_write(whole, &expected, 0);
		assert_string_equal(out.data, expected.data);
		buf_clear(&expected);
		buf_clear(&out);
		table_free(whole);
		table_free(pieces);
	}
}

/* What people write must not steer the terminal, nor break the line. */
static void test_hostile_cells(void **state)
{
	(void)state;
	static const struct table_column two[] = {{.name = "a", .max = 12}, {.name = "b"}};
	struct table *table = table_new(two, 2, TABLE_TABLE);
	struct buf out;
	buf_init(&out);
	table_row(table, (const char *const[]){"\x1b[2J", "x\r\n\xff"});
	table_row(table, (const char *const[]){"aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "\u202e"});
	table_row(table, (const char *const[]){"e\u0301", "y  "});
	table_write(table, &out, 0);
	assert_string_equal(out.data, "a             b\n"
				      "\\x1b[2J       x\\r\\n\\xff\n"
				      "aaaaaaaaaaa…  \\u202e\n"
				      "e\u0301             y  \n");
	buf_clear(&out);
	table_free(table);
}

/* However narrow, lines fit as long as the columns that must stay whole leave room. */
static void test_every_width(void **state)
{
	(void)state;
	for (unsigned width = 22; width < 60; width++) {
		struct table *table = table_new(columns, 3, TABLE_TABLE);
		struct buf out;
		buf_init(&out);
		for (size_t i = 0; i < 3; i++)
			table_row(table, rows[i]);
		table_write(table, &out, width);
		for (const char *line = out.data; *line; line = strchr(line, '\n') + 1)
			assert_true(utf8_width(line, strcspn(line, "\n")) <= width);
		buf_clear(&out);
		table_free(table);
	}
}

/* What somebody has to read to the end stands below where it does not fit beside the rest. */
static void test_below(void **state)
{
	(void)state;
	static const struct table_column three[] = {
		{.name = "place", .whole = true}, {.name = "text", .below = true}, {.name = "who"}};
	static const struct {
		unsigned width;
		const char *expected;
	} cases[] = {
		{0, "place         text                                  who\n"
		    "plan/2026-11  #2 contradicts #1: nobody, known, is  李华\n"
		    "staff\n"
		    "3-1201        厨房下水道堵塞水已漫到客厅            王刚\n"},
		{56, "place         text                                  who\n"
		     "plan/2026-11  #2 contradicts #1: nobody, known, is  李华\n"
		     "staff\n"
		     "3-1201        厨房下水道堵塞水已漫到客厅            王刚\n"},
		{55, "place         who\n"
		     "  text\n"
		     "plan/2026-11  李华\n"
		     "  #2 contradicts #1: nobody, known, is\n"
		     "staff\n"
		     "3-1201        王刚\n"
		     "  厨房下水道堵塞水已漫到客厅\n"},
		{20, "place         who\n"
		     "  text\n"
		     "plan/2026-11  李华\n"
		     "  #2 contradicts #1:\n"
		     "  nobody, known, is\n"
		     "staff\n"
		     "3-1201        王刚\n"
		     "  厨房下水道堵塞水已\n"
		     "  漫到客厅\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct table *table = table_new(three, 3, TABLE_TABLE);
		struct buf out;
		buf_init(&out);
		table_row(table,
			  (const char *const[]){"plan/2026-11",
						"#2 contradicts #1: nobody, known, is", "李华"});
		table_row(table, (const char *const[]){"staff", NULL, NULL});
		table_row(table,
			  (const char *const[]){"3-1201", "厨房下水道堵塞水已漫到客厅", "王刚"});
		table_write(table, &out, cases[i].width);
		assert_string_equal(out.data, cases[i].expected);
		buf_clear(&out);
		table_free(table);
	}
}

static void test_format_parse(void **state)
{
	(void)state;
	enum table_format format = TABLE_TABLE;
	assert_true(table_format_parse("json", &format));
	assert_int_equal(format, TABLE_JSON);
	assert_false(table_format_parse("JSON", &format));
	assert_false(table_format_parse("", &format));
	assert_false(table_format_parse("tsvx", &format));
	assert_int_equal(format, TABLE_JSON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aligned),
		cmocka_unit_test(test_fitted),
		cmocka_unit_test(test_tsv),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_yaml),
		cmocka_unit_test(test_empty_is_not_absent),
		cmocka_unit_test(test_no_rows),
		cmocka_unit_test(test_no_bare_header),
		cmocka_unit_test(test_columns_are_copied),
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_hostile_cells),
		cmocka_unit_test(test_every_width),
		cmocka_unit_test(test_below),
		cmocka_unit_test(test_format_parse),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
