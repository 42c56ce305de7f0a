// SPDX-License-Identifier: MIT
// Runs the official JSON-Schema-Test-Suite, draft 2020-12: schema-suite DIR. Fetches nothing; what
// it skips it names.
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "data/schema.h"
#include "text/json.h"

static const char remote_base[] = "http://localhost:1234/";

struct tally {
	unsigned passed, failed, skipped;
};

struct suite {
	const char *folder;
	struct tally sum;
};

static bool read_json(struct arena *arena, const char *path, struct node **root, struct err *err)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return err_system(err, "%s", path);
	struct buf text;
	buf_init(&text);
	char block[65536];
	size_t got;
	while ((got = fread(block, 1, sizeof block, file)) > 0)
		buf_add(&text, block, got);
	fclose(file);
	bool ok = json_read(arena, path, text.data, text.len, root, err);
	buf_clear(&text);
	return ok;
}

/* What the suite expects an HTTP server to serve is in its folder "remotes". */
static bool load_remote(void *context, const char *uri, struct arena *arena, struct node **root,
			struct err *err)
{
	const struct suite *suite = context;
	if (strncmp(uri, remote_base, strlen(remote_base)) != 0 || strstr(uri, ".."))
		return err_set(err, STATUS_SYSTEM, "remote reference: %s", uri);
	char *path = arena_printf(arena, "%s/remotes/%s", suite->folder, uri + strlen(remote_base));
	return read_json(arena, path, root, err);
}

/* Whether any string of the schema, under any key, is TEXT. */
static bool mentions(const struct node *node, const char *text)
{
	if (node->type == NODE_STRING)
		return node_is_string(node, text);
	for (size_t i = 0; i < node_count(node); i++)
		if (mentions(node->type == NODE_LIST ? node->list.items[i]
						     : node->map.pairs[i].value,
			     text))
			return true;
	return false;
}

/* NULL when the group is to be run. */
static const char *reason_to_skip(const struct node *schema)
{
	if (mentions(schema, "http://localhost:1234/draft2020-12/metaschema-no-validation.json"))
		return "vocabulary";
	if (node_is_string(node_get(schema, "$ref"),
			   "https://json-schema.org/draft/2020-12/schema"))
		return "remote reference: the metaschema";
	return NULL;
}

static void run_test(const struct schema *schema, const struct node *test, const char *group,
		     struct tally *tally)
{
	const struct node *data = node_get(test, "data"), *expected = node_get(test, "valid");
	struct err err = ERR_INIT;
	bool valid = schema_check(schema, data, NULL, &err);
	struct err limit = ERR_INIT;
	bool right = valid == expected->boolean &&
		     schema_decide(schema, data, &limit) == (valid ? SCHEMA_YES : SCHEMA_NO);
	err_clear(&limit);
	if (right)
		tally->passed++;
	else
		tally->failed++;
	if (!right)
		printf("  FAILED %s: %s: %s (%s)\n", group, node_text(test, "description"),
		       valid ? "valid" : "invalid", valid ? "-" : err.text);
	else if (!valid && getenv("KEFU_SHOW_MESSAGES"))
		printf("  %s: %s\n    %s\n", group, node_text(test, "description"), err.text);
	err_clear(&err);
}

static void run_group(struct suite *suite, struct node *group, unsigned flags, struct tally *tally)
{
	const char *name = node_text(group, "description");
	struct node *schema = node_get(group, "schema");
	const struct node *tests = node_get(group, "tests");
	const char *reason = reason_to_skip(schema);
	if (reason) {
		printf("  skipped %s (%s)\n", name, reason);
		tally->skipped += (unsigned)node_count(tests);
		return;
	}
	struct err err = ERR_INIT;
	struct schema_set *set = schema_set_new(load_remote, suite);
	schema_set_flags(set, flags);
	const struct schema *compiled = NULL;
	if (schema_set_add(set, "suite.json", schema, &err))
		compiled = schema_find(set, "suite.json", &err);
	for (size_t i = 0; compiled && i < node_count(tests); i++)
		run_test(compiled, tests->list.items[i], name, tally);
	if (!compiled) {
		printf("  FAILED %s: %s\n", name, err.text);
		tally->failed += (unsigned)node_count(tests);
	}
	err_clear(&err);
	schema_set_free(set);
}

static bool run_file(struct suite *suite, const char *name, unsigned flags)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct node *groups;
	struct tally tally = {0};
	char *path = arena_printf(&arena, "%s/tests/draft2020-12/%s", suite->folder, name);
	bool ok = read_json(&arena, path, &groups, &err);
	if (!ok)
		printf("%s\n", err.text);
	for (size_t i = 0; ok && i < node_count(groups); i++)
		run_group(suite, groups->list.items[i], flags, &tally);
	printf("%-40s %4u passed %3u failed %3u skipped\n", name, tally.passed, tally.failed,
	       tally.skipped);
	suite->sum.passed += tally.passed;
	suite->sum.failed += tally.failed;
	suite->sum.skipped += tally.skipped;
	err_clear(&err);
	arena_clear(&arena);
	return ok && !tally.failed;
}

static int is_json(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);
	return len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0;
}

static bool run_required(struct suite *suite)
{
	struct buf folder;
	buf_init(&folder);
	buf_addf(&folder, "%s/tests/draft2020-12", suite->folder);
	struct dirent **entries;
	int count = scandir(folder.data, &entries, is_json, alphasort);
	bool ok = count > 0;
	if (!ok)
		fprintf(stderr, "schema-suite: %s: %s\n", folder.data,
			count < 0 ? strerror(errno) : "no tests");
	for (int i = 0; i < count; i++) {
		ok &= run_file(suite, entries[i]->d_name, 0);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	buf_clear(&folder);
	return ok;
}

static bool is_there(const struct suite *suite, const char *name)
{
	struct buf path;
	buf_init(&path);
	buf_addf(&path, "%s/tests/draft2020-12/%s", suite->folder, name);
	bool there = access(path.data, R_OK) == 0;
	buf_clear(&path);
	if (!there)
		printf("%-40s not in this suite\n", name);
	return there;
}

/* The optional tests of what kefu has; others are not run. */
static bool run_optional(struct suite *suite)
{
	static const struct {
		const char *name;
		unsigned flags;
	} files[] = {
		{"optional/anchor.json", 0},
		{"optional/bignum.json", 0},
		{"optional/dynamicRef.json", 0},
		{"optional/float-overflow.json", 0},
		{"optional/id.json", 0},
		{"optional/no-schema.json", 0},
		{"optional/non-bmp-regex.json", 0},
		{"optional/refOfUnknownKeyword.json", 0},
		{"optional/unknownKeyword.json", 0},
		{"optional/format/date-time.json", SCHEMA_ASSERT_FORMAT},
		{"optional/format/date.json", SCHEMA_ASSERT_FORMAT},
		{"optional/format/email.json", SCHEMA_ASSERT_FORMAT},
		{"optional/format/json-pointer.json", SCHEMA_ASSERT_FORMAT},
		{"optional/format/regex.json", SCHEMA_ASSERT_FORMAT},
		{"optional/format/time.json", SCHEMA_ASSERT_FORMAT},
		{"optional/format/uri-reference.json", SCHEMA_ASSERT_FORMAT},
		{"optional/format/uri.json", SCHEMA_ASSERT_FORMAT},
		{"optional/format/uuid.json", SCHEMA_ASSERT_FORMAT},
	};
	bool ok = true;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (is_there(suite, files[i].name))
			ok &= run_file(suite, files[i].name, files[i].flags);
	return ok;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: schema-suite DIR\n");
		return 2;
	}
	struct suite suite = {.folder = argv[1]};
	bool ok = run_required(&suite);
	printf("required: %u passed, %u failed, %u skipped\n", suite.sum.passed, suite.sum.failed,
	       suite.sum.skipped);
	suite.sum = (struct tally){0};
	ok &= run_optional(&suite);
	printf("optional: %u passed, %u failed, %u skipped\n", suite.sum.passed, suite.sum.failed,
	       suite.sum.skipped);
	return ok ? 0 : 1;
}
