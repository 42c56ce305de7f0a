// SPDX-License-Identifier: MIT
// text/csv: RFC 4180 and what people send instead of it.
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/node.h"
#include "text/csv.h"
#include "text/json.h"

/* Reads all of TEXT: "LINE:[field][field]" or "!line:column message", one line each; a quoted field
 * as <field>. */
static char *read_all(const char *text, size_t len)
{
	struct csv csv;
	struct buf out;
	struct err err = ERR_INIT;
	enum csv_result result;
	char *copy = malloc(
		len ? len : 1); /* exactly as long, so that the sanitizer sees a step beyond */
	memcpy(copy, text, len);
	buf_init(&out);
	csv_init(&csv, copy, len);
	while ((result = csv_next(&csv, &err)) != CSV_END) {
		if (result == CSV_FAILED) {
			assert_int_equal(err.status, STATUS_REFUSED);
			buf_addf(&out, "!%u:%u %s\n", err.line, err.column, err.text);
			err_clear(&err);
			continue;
		}
		buf_addf(&out, "%u:", csv.record_line);
		for (size_t i = 0; i < csv.count; i++) {
			assert_int_equal(strlen(csv.fields[i].text), csv.fields[i].len);
			buf_addf(&out, csv.fields[i].quoted ? "<%s>" : "[%s]", csv.fields[i].text);
		}
		buf_addc(&out, '\n');
	}
	csv_clear(&csv);
	free(copy);
	return buf_take(&out);
}

static void expect(const char *text, const char *expected)
{
	char *found = read_all(text, strlen(text));
	assert_string_equal(found, expected);
	free(found);
}

static void reads_records(void **state)
{
	(void)state;
	expect("", "");
	expect("\n\r\n\n", "");
	expect("a", "1:[a]\n");
	expect("a,b\n", "1:[a][b]\n");
	expect("a,b\r\nc,d", "1:[a][b]\n2:[c][d]\n");
	expect(",\n", "1:[][]\n");
	expect("a,,\r\n", "1:[a][][]\n");
	expect(" a , b \n", "1:[ a ][ b ]\n");
	expect("a\n\n\r\nb\n", "1:[a]\n4:[b]\n");
	expect("客服,\xf0\xa0\xae\xb7\n", "1:[客服][𠮷]\n");
}

static void reads_quoted_fields(void **state)
{
	(void)state;
	expect("\"\"", "1:<>\n");
	expect("\"\"\n\"\",\n", "1:<>\n2:<>[]\n");
	expect("\"a,b\",c", "1:<a,b>[c]\n");
	expect("\"a \"\"b\"\"\",\"\"\"\"\n", "1:<a \"b\"><\">\n");
	expect("\"one\ntwo\r\n\",x\ny", "1:<one\ntwo\r\n>[x]\n4:[y]\n");
	expect("\"\r\"", "1:<\r>\n");
}

static void names_the_place_and_goes_on(void **state)
{
	(void)state;
	const char *inside = "a quotation mark inside a field that does not begin with one\n";
	char expected[256];
	expect("a\n客,\"\"x\nc", "1:[a]\n!2:5 text after a closing quotation mark\n3:[c]\n");
	expect("a\n客b\"x\nc",
	       (snprintf(expected, sizeof expected, "1:[a]\n!2:3 %s3:[c]\n", inside), expected));
	expect("a, \"b,c\"\nd",
	       (snprintf(expected, sizeof expected, "!1:4 %s2:[d]\n", inside), expected));
	expect("a,\"b\"c\r\nd", "!1:6 text after a closing quotation mark\n2:[d]\n");
	expect("a\rb\nc",
	       "!1:2 a carriage return without a line feed, outside quotation marks\n2:[c]\n");
	expect("a\r", "!1:2 a carriage return without a line feed, outside quotation marks\n");
	expect("\"a\"\r", "!1:4 text after a closing quotation mark\n");
	expect("a\nb,\"c\nd\ne", "1:[a]\n!2:3 nothing closes this quotation mark\n3:[d]\n4:[e]\n");
	expect("\"\"\"", "!1:1 nothing closes this quotation mark\n");

	char *found = read_all("a\0b\n\"\0\"\nc", 9);
	assert_string_equal(found, "!1:2 a NUL byte\n!2:2 a NUL byte\n3:[c]\n");
	free(found);
}

static void is_bounded(void **state)
{
	(void)state;
	struct buf text;
	buf_init(&text);
	buf_fill(&text, ',', CSV_MAX_FIELDS - 1);
	char *found = read_all(text.data, text.len);
	assert_memory_equal(found, "1:[][]", 6);
	free(found);
	buf_addc(&text, ',');
	expect(text.data, "!1:1025 more fields or bytes than a record may have\n");

	buf_reset(&text);
	buf_adds(&text, "a\n\"");
	for (int i = 0; i < 60000; i++)
		buf_adds(&text, "no end in sight,one more\n");
	found = read_all(text.data, text.len);
	assert_non_null(
		strstr(found, "!2:1 nothing closes this quotation mark for a megabyte\n3:[no end"));
	free(found);
	buf_clear(&text);
}

/* Whatever the bytes: no crash, always an end, and what is written reads back. */
static void survives_anything(void **state)
{
	(void)state;
	static const char alphabet[] = {'a', '"', '"', ',', '\n', '\r', '\0', '\xe5'};
	unsigned chance = 12345;
	char text[24];
	for (int round = 0; round < 200000; round++) {
		size_t len = round % sizeof text;
		for (size_t i = 0; i < len; i++) {
			chance = chance * 1103515245 + 12345;
			text[i] = alphabet[chance >> 16 & 7];
		}
		char *copy = malloc(len ? len : 1);
		memcpy(copy, text, len);
		struct csv csv;
		struct err err = ERR_INIT;
		enum csv_result result;
		csv_init(&csv, copy, len);
		int calls = 0;
		while ((result = csv_next(&csv, &err)) != CSV_END) {
			assert_true(++calls <= 24);
			struct buf again;
			buf_init(&again);
			for (size_t i = 0; result == CSV_RECORD && i < csv.count; i++) {
				if (i)
					buf_addc(&again, ',');
				csv_write_field(&again, csv.fields[i].text);
			}
			struct csv second;
			csv_init(&second, again.data, again.len);
			if (result == CSV_RECORD) {
				assert_int_equal(csv_next(&second, &err), CSV_RECORD);
				assert_int_equal(second.count, csv.count);
				for (size_t i = 0; i < csv.count; i++)
					assert_string_equal(second.fields[i].text,
							    csv.fields[i].text);
				assert_int_equal(csv_next(&second, &err), CSV_END);
			}
			csv_clear(&second);
			buf_clear(&again);
			err_clear(&err);
		}
		csv_clear(&csv);
		free(copy);
	}
}

static void writes_fields(void **state)
{
	(void)state;
	const char *const cases[][2] = {
		{"", "\"\""},       {"a", "a"},           {" a ", " a "},       {"a,b", "\"a,b\""},
		{"\"", "\"\"\"\""}, {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""}, {"客", "客"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out;
		buf_init(&out);
		csv_write_field(&out, cases[i][0]);
		assert_string_equal(out.data, cases[i][1]);
		buf_clear(&out);
	}
}

static bool slurp(const char *path, struct buf *out)
{
	char bytes[4096];
	FILE *file = fopen(path, "r");
	buf_reset(out);
	if (!file)
		return false;
	for (size_t got; (got = fread(bytes, 1, sizeof bytes, file));)
		buf_add(out, bytes, got);
	fclose(file);
	return true;
}

/* One file of csv-spectrum against the list of objects its JSON twin holds. */
static void compare(const char *folder, const char *name)
{
	char path[4096];
	struct buf text, json;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct node *rows;
	struct csv csv;
	buf_init(&text);
	buf_init(&json);
	print_message("# %s\n", name);
	snprintf(path, sizeof path, "%s/csv-spectrum/csvs/%s.csv", folder, name);
	assert_true(slurp(path, &text));
	snprintf(path, sizeof path, "%s/csv-spectrum/json/%s.json", folder, name);
	assert_true(slurp(path, &json));
	assert_true(json_read(&arena, path, json.data, json.len, &rows, &err));

	csv_init(&csv, text.data, text.len);
	assert_int_equal(csv_next(&csv, &err), CSV_RECORD);
	char *heading[16];
	size_t columns = csv.count;
	for (size_t i = 0; i < columns; i++)
		heading[i] = arena_dup(&arena, csv.fields[i].text);
	for (size_t row = 0; row < node_count(rows); row++) {
		assert_int_equal(csv_next(&csv, &err), CSV_RECORD);
		assert_int_equal(csv.count, columns);
		for (size_t i = 0; i < columns; i++)
			assert_string_equal(csv.fields[i].text,
					    node_text(rows->list.items[row], heading[i]));
	}
	assert_int_equal(csv_next(&csv, &err), CSV_END);
	csv_clear(&csv);
	arena_clear(&arena);
	buf_clear(&text);
	buf_clear(&json);
}

static void reads_csv_spectrum(void **state)
{
	(void)state;
	const char *folder = getenv("KEFU_TEST_DATA");
	char path[4096];
	size_t compared = 0;
	snprintf(path, sizeof path, "%s/csv-spectrum/csvs", folder ? folder : "../shared/data");
	DIR *names = opendir(path);
	if (!names) {
		print_message("# no $KEFU_TEST_DATA/csv-spectrum\n");
		skip();
	}
	for (struct dirent *entry; (entry = readdir(names));) {
		char *dot = strrchr(entry->d_name, '.');
		if (!dot || strcmp(dot, ".csv"))
			continue;
		*dot = '\0';
		compare(folder ? folder : "../shared/data", entry->d_name);
		compared++;
	}
	closedir(names);
	assert_true(compared >= 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_records),
		cmocka_unit_test(reads_quoted_fields),
		cmocka_unit_test(names_the_place_and_goes_on),
		cmocka_unit_test(is_bounded),
		cmocka_unit_test(survives_anything),
		cmocka_unit_test(writes_fields),
		cmocka_unit_test(reads_csv_spectrum),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
