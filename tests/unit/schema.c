// SPDX-License-Identifier: MIT
// Schemas beyond the official suite: messages and their places, x-order, files, limits, threads.
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/format.h"
#include "data/schema.h"
#include "data/uri.h"
#include "text/json.h"

/* A few files for the loader. */
struct files {
	struct {
		const char *name, *text;
	} file[8];
	unsigned loads;
};

struct fixture {
	struct arena arena;
	struct schema_set *set;
	struct files files;
	struct err err;
};

static struct node *json(struct fixture *fixture, const char *file, const char *text)
{
	struct node *node = NULL;
	struct err err = ERR_INIT;
	if (!json_read(&fixture->arena, file, text, strlen(text), &node, &err))
		fail_msg("%s: %u:%u: %s", text, err.line, err.column, err.text);
	return node;
}

static bool accepts(const struct schema *schema, const struct node *instance)
{
	struct err err = ERR_INIT;
	enum schema_verdict verdict = schema_decide(schema, instance, &err);
	assert_null(err.text);
	assert_int_not_equal(verdict, SCHEMA_LIMIT);
	return verdict == SCHEMA_YES;
}

static bool load(void *context, const char *uri, struct arena *arena, struct node **root,
		 struct err *err)
{
	struct files *files = context;
	files->loads++;
	for (size_t i = 0; i < sizeof files->file / sizeof *files->file && files->file[i].name; i++)
		if (strcmp(files->file[i].name, uri) == 0)
			return json_read(arena, uri, files->file[i].text,
					 strlen(files->file[i].text), root, err);
	return err_set(err, STATUS_DAMAGED, "%s: no such file", uri);
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	fixture->set = schema_set_new(load, &fixture->files);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	schema_set_free(fixture->set);
	err_clear(&fixture->err);
	arena_clear(&fixture->arena);
	free(fixture);
	return 0;
}

static void add_file(struct fixture *fixture, const char *name, const char *text)
{
	size_t i = 0;
	while (fixture->files.file[i].name)
		i++;
	fixture->files.file[i].name = name;
	fixture->files.file[i].text = text;
}

static const struct schema *compile(struct fixture *fixture, const char *text)
{
	static const char name[] = "schemas/test.yaml";
	schema_set_free(fixture->set);
	fixture->set = schema_set_new(load, &fixture->files);
	const struct schema *schema = NULL;
	if (schema_set_add(fixture->set, name, json(fixture, name, text), &fixture->err))
		schema = schema_find(fixture->set, name, &fixture->err);
	if (!schema)
		fail_msg("%s: %s", text, fixture->err.text);
	return schema;
}

static void assert_said(const struct err *err, enum status status, const char *expected)
{
	struct buf text;
	buf_init(&text);
	err_render(err, &text);
	assert_string_equal(text.data, expected);
	assert_int_equal(err->status, status);
	buf_clear(&text);
}

/* INSTANCE is refused by SCHEMA with just these words, its place in front. */
static void assert_refused(struct fixture *fixture, const char *schema, const char *instance,
			   const char *expected)
{
	const struct schema *compiled = compile(fixture, schema);
	const struct node *value = json(fixture, "f", instance);
	if (schema_check(compiled, value, "f", &fixture->err))
		fail_msg("%s accepts %s", schema, instance);
	assert_false(accepts(compiled, value));
	assert_said(&fixture->err, STATUS_REFUSED, expected);
}

static void assert_accepted(struct fixture *fixture, const char *schema, const char *instance)
{
	if (!schema_check(compile(fixture, schema), json(fixture, "f", instance), "f",
			  &fixture->err))
		fail_msg("%s refuses %s: %s", schema, instance, fixture->err.text);
}

static void says_what_is_wrong(void **state)
{
	static const struct {
		const char *schema, *instance, *expected;
	} cases[] = {
		{"{\"properties\":{\"customer\":{\"properties\":{\"phone\":{\"pattern\":\"^[0-9]{11}$\"}}}}}",
		 "{\"customer\":\n {\"phone\":\"12ab\"}}",
		 "f:2:11: customer.phone: \"12ab\" does not match the pattern ^[0-9]{11}$"},
		{"{\"properties\":{\"color\":{},\"a\":true,\"b\":false},\"additionalProperties\":false}",
		 "{\"a\":1,\n\"colour\":2}", "f:2:1: colour: unknown field (allowed: color, a)"},
		{"{\"additionalProperties\":false}", "{\"a\":1}", "f:1:2: a: unknown field"},
		{"{\"patternProperties\":{\"^x-\":{}},\"additionalProperties\":false}", "{\"y\":1}",
		 "f:1:2: y: unknown field (allowed: names like ^x-)"},
		{"{\"required\":[\"text\"]}", " {}", "f:1:2: text: missing"},
		{"{\"properties\":{\"due\":{\"items\":{\"required\":[\"at\"]}}}}",
		 "{\"due\":[{\"at\":1},\n{}]}", "f:2:1: due[1].at: missing"},
		{"{\"properties\":{\"category\":{\"enum\":[\"a\",\"b\",\"c\"]}}}",
		 "{\"category\":\"x\"}", "f:1:13: category: \"x\" is not one of a, b, c"},
		{"{\"enum\":[1,null,\"\",[2]]}", "\"x\"",
		 "f:1:1: \"x\" is not one of 1, null, \"\", [2]"},
		{"{\"enum\":[\"a\"]}", "\"x\"", "f:1:1: \"x\" is not a"},
		{"{\"enum\":[\"1\",\"2\"]}", "1", "f:1:1: 1 is not one of 1, 2: quote it"},
		{"{\"const\":\"no\"}", "false", "f:1:1: false is not no: quote it"},
		{"{\"const\":{\"a\":1}}", "{\"a\":2}", "f:1:1: {\"a\":2} is not {\"a\":1}"},
		{"{\"properties\":{\"phone\":{\"type\":\"string\"}}}", "{\"phone\":13900010001}",
		 "f:1:10: phone: 13900010001 is a number, not a string: quote it"},
		{"{\"type\":\"string\"}", "true",
		 "f:1:1: true is a boolean, not a string: quote it"},
		{"{\"type\":\"string\"}", "null", "f:1:1: null is not a string: quote it"},
		{"{\"type\":\"string\"}", "[]", "f:1:1: is a list, not a string"},
		{"{\"type\":\"integer\"}", "1.5", "f:1:1: 1.5 is not a whole number"},
		{"{\"type\":[\"object\",\"array\"]}", "\"x\"",
		 "f:1:1: \"x\" is a string, not a list or a map"},
		{"{\"type\":\"boolean\"}", "\"yes\"",
		 "f:1:1: \"yes\" is a string, not true or false"},
		{"{\"minimum\":1}", "0", "f:1:1: 0 is less than 1"},
		{"{\"maximum\":100}", "100.01", "f:1:1: 100.01 is more than 100"},
		{"{\"exclusiveMinimum\":0}", "0", "f:1:1: 0 is not more than 0"},
		{"{\"exclusiveMaximum\":0.1}", "1e-1", "f:1:1: 1e-1 is not less than 0.1"},
		{"{\"multipleOf\":0.5}", "0.7", "f:1:1: 0.7 is not a multiple of 0.5"},
		{"{\"minLength\":1}", "\"\"", "f:1:1: is empty"},
		{"{\"minLength\":3}", "\"王女\"", "f:1:1: \"王女\" is shorter than 3 characters"},
		{"{\"maxLength\":1}", "\"王女士\"",
		 "f:1:1: \"王女士\" is longer than 1 character (it has 3)"},
		{"{\"minItems\":2}", "[1]", "f:1:1: has fewer than 2 items"},
		{"{\"maxItems\":1}", "[1,2]", "f:1:1: has more than 1 item"},
		{"{\"uniqueItems\":true}", "[1,2,\n 1.0]", "f:2:2: [2]: the same as item [0]"},
		{"{\"minProperties\":1}", "{}", "f:1:1: has fewer than 1 field"},
		{"{\"maxProperties\":1}", "{\"a\":1,\"b\":2}", "f:1:1: has more than 1 field"},
		{"{\"contains\":{\"const\":1}}", "[2]",
		 "f:1:1: 0 of its items match the schema at schemas/test.yaml:1, at least 1 must"},
		{"{\"dependentRequired\":{\"card\":[\"address\"]}}", "{\"x\":1,\"card\":2}",
		 "f:1:8: address: missing (card needs it)"},
		{"{\"properties\":{\"a\":false}}", "{\"a\":1}", "f:1:6: a: not allowed here"},
		{"{\"not\":{\"required\":[\"a\",\"b\"]}}", "{\"a\":1,\"b\":2}",
		 "f:1:1: a and b are not allowed together here"},
		{"{\"not\":{\"type\":\"string\"}}", "\"x\"",
		 "f:1:1: is not allowed (the schema at schemas/test.yaml:1)"},
		{"{\"propertyNames\":{\"pattern\":\"^[a-z]+$\"}}", "{\"a\":1,\"B\":2}",
		 "f:1:8: B: the name \"B\" does not match the pattern ^[a-z]+$"},
		{"{\"items\":{\"properties\":{\"a.b\":{\"type\":\"string\"}}}}", "[{\"a.b\":1}]",
		 "f:1:9: [0].\"a.b\": 1 is a number, not a string: quote it"},
		/* Nothing of the instance can forge a line or move the cursor. */
		{"{\"type\":\"number\"}", "\"a\\n\\u001b[2J\\u202eb\"",
		 "f:1:1: \"a\\n\\x1b[2J\\u202eb\" is a string, not a number"},
		{"{\"type\":\"number\"}", "\"012345678901234567890123456789012345678901234567890\"",
		 "f:1:1: \"0123456789012345678901234567890123456789…\" is a string, not a number"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_refused(*state, cases[i].schema, cases[i].instance, cases[i].expected);
}

static void tells_the_most_useful_failure(void **state)
{
	static const char forms[] =
		"{\"oneOf\":["
		"{\"properties\":{\"event\":{\"const\":\"opened\"},\"customer\":{\"properties\":{\"phone\":{\"type\":\"string\"}}}},\"required\":[\"event\",\"customer\"]},"
		"{\"properties\":{\"event\":{\"const\":\"closed\"},\"x\":{\"properties\":{\"y\":{\"properties\":{\"z\":{\"type\":\"null\"}}}}}},\"required\":[\"result\"]}]}";
	/* The branch the constant picks, though the other one gets further. */
	assert_refused(*state, forms, "{\"x\":{\"y\":{\"z\":1}},\"event\":\"opened\"}",
		       "f:1:1: customer: missing");
	assert_refused(*state, forms, "{\"event\":\"opened\",\"customer\":{\"phone\":139}}",
		       "f:1:39: customer.phone: 139 is a number, not a string: quote it");
	assert_refused(*state, forms, "{\"event\":\"closed\"}", "f:1:1: result: missing");
	/* The deepest. */
	assert_refused(
		*state,
		"{\"anyOf\":[{\"type\":\"string\"},{\"items\":{\"items\":{\"maximum\":5}}}]}",
		"[[1,9]]", "f:1:5: [0][1]: 9 is more than 5");
	/* Together, where they say the same. */
	assert_refused(*state, "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"array\"}]}", "7",
		       "f:1:1: 7 is a number, not a string or a list: quote it");
	assert_refused(*state, "{\"anyOf\":[{\"required\":[\"phone\"]},{\"required\":[\"unit\"]}]}",
		       "{}", "f:1:1: phone or unit: missing");
	assert_refused(*state, "{\"oneOf\":[{\"const\":\"a\",\"title\":\"A\"},{\"const\":\"b\"}]}",
		       "\"c\"", "f:1:1: \"c\" is not one of a, b");
	assert_refused(*state, "{\"oneOf\":[{\"maximum\":5},{\"minimum\":3}]}", "4",
		       "f:1:1: fits both alternative 1 and alternative 2 (the schema at "
		       "schemas/test.yaml:1)");
	/* Of if/then, what `then` says. */
	assert_refused(
		*state,
		"{\"if\":{\"properties\":{\"paid\":{\"const\":true}},\"required\":[\"paid\"]},\"then\":{\"required\":[\"receipt\"]}}",
		"{\"paid\":true}", "f:1:1: receipt: missing");
	assert_accepted(
		*state,
		"{\"if\":{\"properties\":{\"paid\":{\"const\":true}},\"required\":[\"paid\"]},\"then\":{\"required\":[\"receipt\"]}}",
		"{\"paid\":false}");
	/* Allowed through references and conditions that hold. */
	assert_refused(
		*state,
		"{\"$defs\":{\"base\":{\"properties\":{\"id\":{}}}},\"$ref\":\"#/$defs/base\",\"properties\":{\"a\":{}},"
		"\"if\":{\"properties\":{\"id\":{\"const\":1}}},\"then\":{\"properties\":{\"then\":{}}},\"else\":{\"properties\":{\"else\":{}}},"
		"\"unevaluatedProperties\":false}",
		"{\"id\":1,\"then\":0,\"else\":0}",
		"f:1:18: else: unknown field (allowed: a, id, then)");
}

static void says_what_is_wrong_with_a_schema(void **state)
{
	static const struct {
		const char *schema, *expected;
		unsigned flags;
	} cases[] = {
		{"{\"type\":\n \"strnig\"}",
		 "s/a.yaml:2:2: type: must be null, boolean, integer, number, string, array or "
		 "object, or a list of these",
		 0},
		{"{\"properties\":{\"a\":\n{\"minLength\":-1}}}",
		 "s/a.yaml:2:14: minLength: must be a whole number, 0 or more", 0},
		{"{\"properties\":{\"a\":5}}",
		 "s/a.yaml:1:20: a schema: must be a map, true or false", 0},
		{"{\"required\":\"a\"}",
		 "s/a.yaml:1:13: required: must be a list of different names", 0},
		{"{\"required\":[\"a\",\"a\"]}",
		 "s/a.yaml:1:13: required: must be a list of different names", 0},
		{"{\"allOf\":[]}", "s/a.yaml:1:10: allOf: must be a list of schemas", 0},
		{"{\"multipleOf\":0}", "s/a.yaml:1:15: multipleOf: must be a number above 0", 0},
		{"{\"maximum\":1e99999}", "s/a.yaml:1:12: maximum: must be a number", 0},
		{"{\"pattern\":\"a(b\"}",
		 "s/a.yaml:1:12: not a regular expression: at offset 3: missing closing "
		 "parenthesis",
		 0},
		{"{\"patternProperties\":{\"(\":{}}}",
		 "s/a.yaml:1:23: not a regular expression: at offset 1: missing closing "
		 "parenthesis",
		 0},
		{"{\"x-order\":\"1\"}", "s/a.yaml:1:12: x-order: must be a whole number", 0},
		{"{\"x-values\":1}", "s/a.yaml:1:13: x-values: must be a map of titles by value",
		 0},
		{"{\"enum\":[\"a\"],\"x-values\":{\"b\":{\"zh\":\"x\"}}}",
		 "s/a.yaml:1:31: x-values: must be a map of titles by values that enum has, or by yes and no",
		 0},
		{"{\"enum\":[\"a\"],\"x-values\":{\"a\":{\"zh\":1}}}",
		 "s/a.yaml:1:31: a: must be a map of texts by language", 0},
		{"{\"$ref\":\"#/$defs/none\"}",
		 "s/a.yaml:1:9: #/$defs/none: there is nothing at this place in s/a.yaml", 0},
		{"{\"$ref\":\"#none\"}", "s/a.yaml:1:9: #none: s/a.yaml has no anchor of that name",
		 0},
		{"{\"$ref\":\"#/%zz\"}",
		 "s/a.yaml:1:9: #/%zz: a % must be followed by two hexadecimal digits", 0},
		{"{\"$ref\":\"b.yaml\"}", "s/a.yaml:1:9: b.yaml: s/b.yaml: no such file", 0},
		{"{\"$ref\":\"../../b.yaml\"}",
		 "s/a.yaml:1:9: ../../b.yaml: ../b.yaml: no such file", 0},
		{"{\"$ref\":\"#\"}",
		 "s/a.yaml:1:1: the schema refers to itself without end, or through more than 500 "
		 "others",
		 0},
		{"{\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/b\"}]},\n\"b\":{\"not\":{\"$ref\":\"#/$defs/a\"}}},\"items\":{\"$ref\":\"#/$defs/a\"}}",
		 "s/a.yaml:1:15: the schema refers to itself without end, or through more than 500 "
		 "others",
		 0},
		{"{\"$defs\":{\"a\":{\"$anchor\":\"x\"},\"b\":{\"$anchor\":\"x\"}}}",
		 "s/a.yaml:1:46: $anchor: must be the only one of its name", 0},
		{"{\"$id\":\"x#y\"}", "s/a.yaml:1:8: $id: must be without a fragment", 0},
		{"{\"propertes\":{}}", "s/a.yaml:1:2: propertes: unknown keyword", SCHEMA_STRICT},
		{"{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
		 "s/a.yaml:1:12: $schema: must be https://json-schema.org/draft/2020-12/schema",
		 SCHEMA_STRICT},
		{"{\"format\":\"date-tme\"}", "s/a.yaml:1:11: format: must be a format kefu knows",
		 SCHEMA_ASSERT_FORMAT},
	};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct schema_set *set = schema_set_new(load, &fixture->files);
		schema_set_flags(set, cases[i].flags);
		bool added = schema_set_add(
			set, "s/a.yaml", json(fixture, "s/a.yaml", cases[i].schema), &fixture->err);
		if (added && schema_find(set, "s/a.yaml", &fixture->err))
			fail_msg("compiled: %s", cases[i].schema);
		assert_said(&fixture->err, STATUS_DAMAGED, cases[i].expected);
		schema_set_free(set);
	}
	/* Without strictness, unknown keywords are none of our business. */
	compile(fixture, "{\"propertes\":{},\"x-mine\":1,\"format\":\"date-tme\"}");
	struct schema_set *set = schema_set_new(NULL, NULL);
	schema_set_flags(set, SCHEMA_STRICT | SCHEMA_ASSERT_FORMAT);
	struct node *root = json(
		fixture, "a",
		"{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"x-mine\":1,\"format\":\"date\",\"title\":\"T\"}");
	assert_true(schema_set_add(set, "a.yaml", root, &fixture->err));
	assert_non_null(schema_find(set, "a.yaml", &fixture->err));
	schema_set_free(set);
}

static void refers_between_files(void **state)
{
	struct fixture *fixture = *state;
	add_file(
		fixture, "schemas/ticket.yaml",
		"{\"$ref\":\"parts/common.yaml#/$defs/form\",\"properties\":{\"next\":{\"$ref\":\"ticket.yaml\"}}}");
	add_file(
		fixture, "schemas/parts/common.yaml",
		"{\"$defs\":{\"form\":{\"properties\":{\"phone\":{\"$ref\":\"#phone\"},\"unit\":{\"$ref\":\"../unit.yaml\"}}},"
		"\"phone\":{\"$anchor\":\"phone\",\"type\":\"string\"}}}");
	add_file(fixture, "schemas/unit.yaml", "{\"pattern\":\"^[0-9]+-[0-9]+$\"}");
	add_file(fixture, "schemas/broken.yaml", "{\"type\":\"x\"}");
	add_file(
		fixture, "schemas/half.yaml",
		"{\"properties\":{\"a\":{\"$ref\":\"ticket.yaml\"},\"b\":{\"$ref\":\"absent.yaml\"}}}");
	add_file(fixture, "schemas/text.yaml", "{,}");

	const struct schema *ticket =
		schema_find(fixture->set, "schemas/ticket.yaml", &fixture->err);
	assert_non_null(ticket);
	assert_int_equal(fixture->files.loads, 3);
	assert_true(schema_find(fixture->set, "./schemas/parts/../ticket.yaml", &fixture->err) ==
		    ticket);
	assert_int_equal(fixture->files.loads, 3);
	assert_false(schema_check(ticket, json(fixture, "f", "{\"next\":{\"next\":{\"phone\":1}}}"),
				  "f", &fixture->err));
	assert_said(&fixture->err, STATUS_REFUSED,
		    "f:1:26: next.next.phone: 1 is a number, not a string: quote it");
	assert_false(
		schema_check(ticket, json(fixture, "f", "{\"unit\":\"3\"}"), NULL, &fixture->err));
	assert_said(&fixture->err, STATUS_REFUSED,
		    "unit: \"3\" does not match the pattern ^[0-9]+-[0-9]+$");
	assert_non_null(
		schema_find(fixture->set, "schemas/parts/common.yaml#/$defs/phone", &fixture->err));
	assert_non_null(
		schema_find(fixture->set, "schemas/parts/common.yaml#phone", &fixture->err));

	/* What is broken stays broken, and breaks nothing else. */
	for (int i = 0; i < 2; i++) {
		assert_null(schema_find(fixture->set, "schemas/broken.yaml", &fixture->err));
		assert_int_equal(fixture->err.status, STATUS_DAMAGED);
		assert_string_equal(fixture->err.file, "schemas/broken.yaml");
		assert_null(schema_find(fixture->set, "schemas/half.yaml", &fixture->err));
		assert_said(
			&fixture->err, STATUS_DAMAGED,
			"schemas/half.yaml:1:55: absent.yaml: schemas/absent.yaml: no such file");
		assert_null(schema_find(fixture->set, "schemas/text.yaml", &fixture->err));
		assert_string_equal(fixture->err.file, "schemas/text.yaml");
		assert_null(schema_find(fixture->set, "schemas/absent.yaml", &fixture->err));
		assert_null(schema_find(fixture->set, "schemas/ticket.yaml#/properties/none",
					&fixture->err));
	}
	assert_true(schema_find(fixture->set, "schemas/ticket.yaml", &fixture->err) == ticket);
}

/* Conditions in a policy are schemas inside another document. */
static void compiles_parts_of_other_documents(void **state)
{
	struct fixture *fixture = *state;
	add_file(
		fixture, "schemas/common.yaml",
		"{\"$defs\":{\"money\":{\"type\":\"string\",\"pattern\":\"^[0-9]+\\\\.[0-9]{2}$\"}}}");
	struct node *policy = json(
		fixture, "policy/repair.yaml",
		"{\"match\":{\n\"paid\":{\"properties\":{\"price\":{\"$ref\":\"../schemas/common.yaml#/$defs/money\"},\"p\":{\"$ref\":\"#/$defs/x\"}},"
		"\"required\":[\"price\"],\"$defs\":{\"x\":{\"type\":\"null\"}}},\n\"bad\":{\"type\":7}}}");
	struct node *match = node_get(policy, "match");
	assert_true(schema_set_add(fixture->set, "policy/repair.yaml#/match/paid",
				   node_get(match, "paid"), &fixture->err));
	const struct schema *paid =
		schema_find(fixture->set, "policy/repair.yaml#/match/paid", &fixture->err);
	assert_non_null(paid);
	assert_true(accepts(paid, json(fixture, "f", "{\"price\":\"12.50\"}")));
	assert_false(accepts(paid, json(fixture, "f", "{\"price\":\"12.5\"}")));
	assert_false(accepts(paid, json(fixture, "f", "{}")));
	assert_false(accepts(paid, json(fixture, "f", "{\"price\":\"12.50\",\"p\":1}")));
	assert_false(schema_set_add(fixture->set, "policy/repair.yaml#/match/bad",
				    node_get(match, "bad"), &fixture->err));
	assert_string_equal(fixture->err.file, "policy/repair.yaml");
	assert_int_equal(fixture->err.line, 3);
	assert_false(schema_set_add(fixture->set, "policy/repair.yaml#/match/paid",
				    node_get(match, "paid"), &fixture->err));
	assert_non_null(strstr(fixture->err.text, "already"));
}

static void assert_ordered(struct fixture *fixture, const char *schema, const char *instance,
			   const char *expected)
{
	struct node *node = json(fixture, "f", instance);
	schema_order(compile(fixture, schema), node);
	struct buf text;
	buf_init(&text);
	json_write(&text, node);
	assert_string_equal(text.data, expected);
	buf_clear(&text);
}

static void orders_keys(void **state)
{
	struct fixture *fixture = *state;
	assert_ordered(fixture, "{\"properties\":{\"b\":{},\"a\":{}}}", "{\"a\":1,\"b\":2}",
		       "{\"b\":2,\"a\":1}");
	assert_ordered(
		fixture,
		"{\"properties\":{\"b\":{\"x-order\":2},\"a\":{\"x-order\":1},\"z\":{},\"y\":{}}}",
		"{\"u\":0,\"y\":1,\"t\":0,\"z\":2,\"b\":3,\"a\":4}",
		"{\"a\":4,\"b\":3,\"z\":2,\"y\":1,\"u\":0,\"t\":0}");
	/* Through a property's $ref, and inside lists and maps. */
	assert_ordered(
		fixture,
		"{\"$defs\":{\"due\":{\"x-order\":1,\"items\":{\"properties\":{\"id\":{},\"at\":{}}}},\"person\":{\"additionalProperties\":{\"properties\":{\"x\":{},\"a\":{}}}}},"
		"\"properties\":{\"who\":{\"x-order\":2,\"$ref\":\"#/$defs/person\"},\"due\":{\"$ref\":\"#/$defs/due\"}}}",
		"{\"who\":{\"q\":{\"a\":1,\"x\":2},\"p\":{\"a\":3,\"x\":4}},\"due\":[{\"at\":1,\"id\":2},{\"at\":3,\"id\":4}]}",
		"{\"due\":[{\"id\":2,\"at\":1},{\"id\":4,\"at\":3}],\"who\":{\"q\":{\"x\":2,\"a\":1},\"p\":{\"x\":4,\"a\":3}}}");
	/* By what the values say. */
	static const char events[] =
		"{\"properties\":{\"event\":{\"x-order\":1},\"at\":{\"x-order\":9}},"
		"\"if\":{\"properties\":{\"event\":{\"const\":\"opened\"}}},"
		"\"then\":{\"properties\":{\"kind\":{\"x-order\":2},\"text\":{\"x-order\":3}}},"
		"\"else\":{\"properties\":{\"text\":{\"x-order\":2},\"kind\":{\"x-order\":3}}}}";
	assert_ordered(fixture, events, "{\"at\":0,\"text\":1,\"kind\":2,\"event\":\"opened\"}",
		       "{\"event\":\"opened\",\"kind\":2,\"text\":1,\"at\":0}");
	assert_ordered(fixture, events, "{\"kind\":2,\"at\":0,\"text\":1,\"event\":\"closed\"}",
		       "{\"event\":\"closed\",\"text\":1,\"kind\":2,\"at\":0}");
	assert_ordered(
		fixture,
		"{\"oneOf\":[{\"properties\":{\"e\":{\"const\":1},\"b\":{},\"a\":{}}},{\"properties\":{\"e\":{\"const\":2},\"a\":{},\"b\":{}}}]}",
		"{\"b\":0,\"a\":0,\"e\":2}", "{\"e\":2,\"a\":0,\"b\":0}");
	assert_ordered(
		fixture,
		"{\"allOf\":[{\"properties\":{\"c\":{\"x-order\":1}}},{\"properties\":{\"b\":{\"x-order\":0}}}]}",
		"{\"a\":1,\"c\":2,\"b\":3}", "{\"b\":3,\"c\":2,\"a\":1}");
	assert_ordered(fixture, "true", "{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}");
}

static unsigned next_random(unsigned *seed)
{
	return *seed = *seed * 1664525u + 1013904223u, *seed >> 8;
}

/* The same values give the same order, whatever order they came in. */
static void order_is_deterministic(void **state)
{
	struct fixture *fixture = *state;
	const struct schema *schema = compile(
		fixture,
		"{\"properties\":{\"a\":{\"x-order\":5},\"b\":{},\"c\":{\"x-order\":5},\"d\":{\"x-order\":-3},\"e\":{}},"
		"\"allOf\":[{\"properties\":{\"f\":{\"x-order\":0},\"b\":{\"x-order\":7}}}],"
		"\"if\":{\"required\":[\"g\"]},\"then\":{\"properties\":{\"g\":{},\"h\":{\"x-order\":1}}}}");
	static const char *const keys[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
	unsigned seed = 7;
	for (int round = 0; round < 500; round++) {
		struct node *map = node_map(&fixture->arena);
		while (map->map.count < 8)
			node_set(&fixture->arena, map, keys[next_random(&seed) % 8],
				 node_null(&fixture->arena));
		schema_order(schema, map);
		for (size_t i = 0; i < 8; i++)
			assert_int_equal(map->map.pairs[i].key[0], "dfhacbeg"[i]);
	}
}

static void looks_things_up(void **state)
{
	struct fixture *fixture = *state;
	const struct schema *schema = compile(
		fixture,
		"{\"$ref\":\"#/$defs/base\",\"properties\":{\"kind\":{\"type\":\"string\",\"title\":\"Kind\"}},"
		"\"if\":{\"properties\":{\"kind\":{\"const\":\"repair\"}},\"required\":[\"kind\"]},"
		"\"then\":{\"properties\":{\"price\":{\"$ref\":\"#/$defs/money\",\"description\":\"What it costs\"}}},"
		"\"$defs\":{\"money\":{\"type\":\"string\",\"title\":\"Money\",\"description\":\"An amount\"},"
		"\"base\":{\"type\":\"object\",\"properties\":{\"seq\":{\"type\":\"integer\"},\"tags\":{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"null\"]}}}}}}");
	assert_string_equal(schema_type(schema), "object");
	assert_string_equal(schema_type(schema_property(schema, "kind", NULL)), "string");
	assert_string_equal(schema_type(schema_property(schema, "seq", NULL)), "integer");
	assert_null(schema_property(schema, "none", NULL));
	const struct schema *tags = schema_property(schema, "tags", NULL);
	assert_string_equal(schema_type(tags), "array");
	assert_null(schema_type(schema_items(tags)));
	assert_null(schema_items(schema));
	const struct schema *price =
		schema_property(schema, "price", json(fixture, "f", "{\"kind\":\"repair\"}"));
	assert_string_equal(schema_type(price), "string");
	assert_true(price == schema_property(schema, "price", NULL));
	assert_null(
		schema_property(schema, "price", json(fixture, "f", "{\"kind\":\"complaint\"}")));
	assert_true(node_is_string(schema_annotation(price, "title"), "Money"));
	assert_true(node_is_string(schema_annotation(price, "description"), "What it costs"));
	assert_null(schema_annotation(price, "default"));
	const struct schema *anything = compile(fixture, "true");
	assert_null(schema_type(anything));
	assert_null(schema_annotation(anything, "title"));
	assert_null(schema_property(anything, "a", NULL));
}

/* "KEY=VALUE NOTE; " for each annotation, KEY "-" in a list, ": " before the NOTE of a key. */
static bool write_note(void *context, const struct schema_place *place, size_t keyword,
		       const struct node *note, const char *file)
{
	struct buf *text = context;
	bool is_key = place->pair && place->value != place->pair->value;
	assert_string_equal(file, "schemas/test.yaml");
	buf_addf(text, "%s%s", place->outer ? place->pair ? place->pair->key : "-" : "whole",
		 is_key ? ":" : "=");
	json_write(text, place->value);
	buf_addf(text, " %zu%s; ", keyword, node_as_text(note));
	return !node_is_string(note, "stop");
}

static void assert_noted(struct fixture *fixture, const char *schema, const char *instance,
			 const char *expected, bool whole)
{
	static const char *const keywords[] = {"x-a", "x-b"};
	struct buf text;
	buf_init(&text);
	assert_int_equal(schema_walk(compile(fixture, schema), json(fixture, "f", instance),
				     keywords, 2, write_note, &text),
			 whole);
	assert_string_equal(text.data, expected);
	buf_clear(&text);
}

static void follows_annotations(void **state)
{
	struct fixture *fixture = *state;
	/* in the order of the instance, what is outside first, each keyword by itself */
	assert_noted(
		fixture,
		"{\"x-a\":\"r\",\"properties\":{\"p\":{\"x-a\":\"1\",\"x-b\":\"2\",\"x-c\":\"3\"},"
		"\"q\":{\"x-b\":\"4\",\"items\":{\"x-a\":\"5\"}}}}",
		"{\"q\":[7,8],\"z\":0,\"p\":9}",
		"whole={\"q\":[7,8],\"z\":0,\"p\":9} 0r; q=[7,8] 14; -=7 05; -=8 05; p=9 01; p=9 12; ",
		true);
	/* through $ref, allOf and the branches that hold; names of keys; what nothing else speaks
	 * of */
	assert_noted(
		fixture,
		"{\"$defs\":{\"n\":{\"x-a\":\"n\"}},\"allOf\":[{\"properties\":{\"a\":{\"$ref\":\"#/$defs/n\",\"x-b\":\"a\"}}}],"
		"\"oneOf\":[{\"required\":[\"b\"],\"properties\":{\"c\":{\"x-a\":\"with\"}}},"
		"{\"not\":{\"required\":[\"b\"]},\"properties\":{\"c\":{\"x-a\":\"without\"}}}],"
		"\"unevaluatedProperties\":{\"x-a\":\"rest\"}}",
		"{\"a\":1,\"c\":2,\"d\":3}", "a=1 1a; a=1 0n; c=2 0without; d=3 0rest; ", true);
	assert_noted(
		fixture,
		"{\"propertyNames\":{\"x-a\":\"key\"},\"patternProperties\":{\"^x\":{\"x-b\":\"x\"}},"
		"\"additionalProperties\":{\"x-b\":\"other\"}}",
		"{\"x1\":1,\"y\":2}", "x1:\"x1\" 0key; x1=1 1x; y:\"y\" 0key; y=2 1other; ", true);
	assert_noted(fixture,
		     "{\"properties\":{\"tree\":{\"$ref\":\"#\"},\"leaf\":{\"x-a\":\"leaf\"}}}",
		     "{\"tree\":{\"tree\":{\"leaf\":1},\"leaf\":2}}",
		     "leaf=1 0leaf; leaf=2 0leaf; ", true);
	/* until the caller has had enough; nothing where nothing is said */
	assert_noted(fixture, "{\"items\":{\"x-a\":\"stop\"}}", "[1,2]", "-=1 0stop; ", false);
	assert_noted(fixture, "{\"properties\":{\"p\":{\"title\":\"x-a\"}}}", "{\"p\":1}", "",
		     true);
	assert_noted(fixture, "true", "{\"p\":1}", "", true);
}

static void knows_json_equality(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{"1", "1.0", true},
		{"1", "10e-1", true},
		{"0", "-0", true},
		{"1", "\"1\"", false},
		{"true", "1", false},
		{"null", "false", false},
		{"100", "1e2", true},
		{"0.1", "0.10", true},
		{"9007199254740993", "9007199254740992", false},
		{"0.10000000000000000001", "0.1", false},
		{"{\"a\":1,\"b\":[2]}", "{\"b\":[2.0],\"a\":1}", true},
		{"{\"a\":1}", "{\"a\":1,\"b\":1}", false},
		{"{\"a\":1}", "{\"b\":1}", false},
		{"[1,2]", "[2,1]", false},
		{"\"a\"", "\"a\\u0000\"", false},
		{"1e9999", "1e9999", true},
		{"1e9999", "10e9998", false},
	};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct node *a = json(fixture, "a", cases[i].a),
				  *b = json(fixture, "b", cases[i].b);
		assert_int_equal(node_equal_json(a, b), cases[i].equal);
		assert_int_equal(node_equal_json(b, a), cases[i].equal);
	}
}

/* A limit is an error that names it, wherever it is reached, and never "valid". Too many digits are
 * the value's fault, everything else is the schema's. */
static void assert_no_verdict(struct fixture *fixture, const char *schema, const char *instance,
			      const char *limit)
{
	const struct schema *compiled = compile(fixture, schema);
	const struct node *value = json(fixture, "f", instance);
	enum status wanted = strcmp(limit, "digits") == 0 ? STATUS_REFUSED : STATUS_DAMAGED;
	assert_int_equal(schema_decide(compiled, value, &fixture->err), SCHEMA_LIMIT);
	assert_int_equal(fixture->err.status, wanted);
	assert_false(schema_check(compiled, value, "f", &fixture->err));
	assert_int_equal(fixture->err.status, wanted);
	assert_string_equal(fixture->err.file, "f");
	if (strncmp(fixture->err.text, "cannot decide", 13) != 0 ||
	    !strstr(fixture->err.text, limit) || !strstr(fixture->err.text, "schemas/test.yaml:1"))
		fail_msg("%s: %s", schema, fixture->err.text);
}

static void a_limit_is_no_verdict(void **state)
{
	static const char *const schemas[] = {
		"{\"pattern\":\"^(a+)+$\"}",
		"{\"not\":{\"pattern\":\"^(a+)+$\"}}",
		"{\"not\":{\"not\":{\"pattern\":\"^(a+)+$\"}}}",
		"{\"if\":{\"pattern\":\"^(a+)+$\"},\"else\":true}",
		"{\"anyOf\":[{\"pattern\":\"^(a+)+$\"},true]}",
		"{\"oneOf\":[{\"pattern\":\"^(a+)+$\"},true]}",
		"{\"oneOf\":[true,{\"pattern\":\"^(a+)+$\"}]}",
	};
	static const char *const around[] = {
		"{\"contains\":{\"pattern\":\"^(a+)+$\"},\"minContains\":0}",
		"{\"items\":{\"not\":{\"pattern\":\"^(a+)+$\"}}}",
		"{\"anyOf\":[{\"unevaluatedItems\":{\"pattern\":\"^(a+)+$\"}},true]}",
	};
	static const char text[] = "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"",
			  list[] = "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"]",
			  map[] = "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\":1}";
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++)
		assert_no_verdict(fixture, schemas[i], text, "match limit");
	for (size_t i = 0; i < sizeof around / sizeof *around; i++)
		assert_no_verdict(fixture, around[i], list, "match limit");
	assert_no_verdict(fixture, "{\"patternProperties\":{\"^(a+)+$\":true}}", map,
			  "match limit");
	assert_no_verdict(fixture, "{\"propertyNames\":{\"not\":{\"pattern\":\"^(a+)+$\"}}}", map,
			  "match limit");
	assert_no_verdict(fixture, "{\"not\":{\"multipleOf\":2}}", "1e99999", "digits");
	assert_no_verdict(fixture, "{\"not\":{\"type\":\"integer\"}}", "1e99999", "digits");
	assert_no_verdict(fixture, "{\"not\":{\"maximum\":2}}", "1e99999", "digits");
}

/* Schemas that take exponential time come to an end as well. */
static void bounds_the_work(void **state)
{
	struct buf instance;
	buf_init(&instance);
	buf_fill(&instance, '[', 60);
	buf_fill(&instance, ']', 60);
	assert_no_verdict(
		*state,
		"{\"anyOf\":[{\"items\":{\"$ref\":\"#\"},\"minItems\":1},{\"items\":{\"$ref\":\"#\"},\"minItems\":1}]}",
		instance.data, "work");
	buf_clear(&instance);
}

/* The deepest instance a reader lets through, with several schemas at each level. */
static void bounds_the_depth(void **state)
{
	struct fixture *fixture = *state;
	struct buf instance;
	buf_init(&instance);
	buf_fill(&instance, '[', JSON_MAX_DEPTH);
	buf_fill(&instance, ']', JSON_MAX_DEPTH);
	assert_accepted(
		fixture,
		"{\"allOf\":[{\"$ref\":\"#/$defs/a\"}],\"$defs\":{\"a\":{\"if\":true,\"then\":{\"items\":{\"$ref\":\"#\"},\"unevaluatedItems\":false}}}}",
		instance.data);
	buf_clear(&instance);
	/* A reference through another resource can hide an endless one from the compiler. */
	assert_no_verdict(
		fixture,
		"{\"$id\":\"http://x/a\",\"$dynamicAnchor\":\"m\",\"$ref\":\"b\",\"$defs\":{\"b\":{\"$id\":\"b\",\"$dynamicRef\":\"#m\","
		"\"$defs\":{\"m\":{\"$dynamicAnchor\":\"m\"}}}}}",
		"1", "nested");
}

/* A chain of references longer than any sensible schema has. */
static void bounds_the_chain(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;
	buf_init(&text);
	buf_adds(&text, "{\"$ref\":\"#/$defs/0\",\"$defs\":{");
	for (int i = 0; i < 3000; i++)
		buf_addf(&text, "\"%d\":{\"$ref\":\"#/$defs/%d\"},", i, i + 1);
	buf_adds(&text, "\"3000\":{}}}");
	assert_true(schema_set_add(fixture->set, "long.yaml", json(fixture, "long.yaml", text.data),
				   &fixture->err));
	assert_null(schema_find(fixture->set, "long.yaml", &fixture->err));
	assert_non_null(strstr(fixture->err.text, "more than 500"));
	buf_clear(&text);
}

static void finds_equal_items_quickly(void **state)
{
	struct fixture *fixture = *state;
	const struct schema *schema = compile(fixture, "{\"uniqueItems\":true}");
	struct buf text;
	buf_init(&text);
	buf_addc(&text, '[');
	for (int i = 0; i < 100000; i++)
		buf_addf(&text, "%s{\"k\":[%d,\"v\"],\"j\":%d.0}", i ? "," : "", i, i % 10);
	buf_addc(&text, ']');
	assert_true(accepts(schema, json(fixture, "f", text.data)));
	text.len--;
	buf_adds(&text, ",{\"j\":7,\"k\":[77777.0,\"v\"]}]");
	assert_false(schema_check(schema, json(fixture, "f", text.data), NULL, &fixture->err));
	assert_string_equal(fixture->err.text, "[100000]: the same as item [77777]");
	/* All the same, and all different numbers with the same digits. */
	buf_reset(&text);
	buf_adds(&text, "[0");
	for (int i = 0; i < 100000; i++)
		buf_adds(&text, ",0");
	buf_adds(&text, "]");
	assert_false(accepts(schema, json(fixture, "f", text.data)));
	buf_reset(&text);
	buf_adds(&text, "[0");
	for (int i = 0; i < 4000; i++)
		buf_addf(&text, ",1e%d", i);
	buf_adds(&text, "]");
	assert_true(accepts(schema, json(fixture, "f", text.data)));
	buf_clear(&text);
}

static void checks_formats(void **state)
{
	struct fixture *fixture = *state;
	struct schema_set *set = schema_set_new(NULL, NULL);
	schema_set_flags(set, SCHEMA_ASSERT_FORMAT);
	assert_true(schema_set_add(set, "a", json(fixture, "a", "{\"format\":\"date\"}"),
				   &fixture->err));
	const struct schema *date = schema_find(set, "a", &fixture->err);
	assert_true(accepts(date, json(fixture, "f", "\"2024-02-29\"")));
	assert_true(accepts(date, json(fixture, "f", "20240229")));
	assert_false(schema_check(date, json(fixture, "f", "\"2026-02-29\""), "f", &fixture->err));
	assert_said(&fixture->err, STATUS_REFUSED,
		    "f:1:1: \"2026-02-29\" is not of the format date");
	schema_set_free(set);
	assert_accepted(fixture, "{\"format\":\"date\"}", "\"2026-02-29\"");
	assert_null(format_find("dates"));
	/* A terminator inside is no end. */
	assert_false(format_find("date")("2024-02-29\0", 11));
	assert_false(format_find("uri")("http://a\0 b", 11));
	assert_false(format_find("email")("a@b\0c", 5));
}

static void puts_uris_together(void **state)
{
	/* RFC 3986 section 5.4, and file names. */
	static const char base[] = "http://a/b/c/d;p?q";
	static const struct {
		const char *base, *reference, *expected;
	} cases[] = {
		{base, "g:h", "g:h"},
		{base, "g", "http://a/b/c/g"},
		{base, "./g", "http://a/b/c/g"},
		{base, "g/", "http://a/b/c/g/"},
		{base, "/g", "http://a/g"},
		{base, "//g", "http://g"},
		{base, "?y", "http://a/b/c/d;p?y"},
		{base, "g?y", "http://a/b/c/g?y"},
		{base, "#s", "http://a/b/c/d;p?q#s"},
		{base, "g#s", "http://a/b/c/g#s"},
		{base, "", "http://a/b/c/d;p?q"},
		{base, ".", "http://a/b/c/"},
		{base, "..", "http://a/b/"},
		{base, "../g", "http://a/b/g"},
		{base, "../../g", "http://a/g"},
		{base, "../../../g", "http://a/g"},
		{base, "/./g", "http://a/g"},
		{base, "/../g", "http://a/g"},
		{base, "g.", "http://a/b/c/g."},
		{base, "..g", "http://a/b/c/..g"},
		{base, "./../g", "http://a/b/g"},
		{base, "g/./h", "http://a/b/c/g/h"},
		{base, "g/../h", "http://a/b/c/h"},
		{base, "g;x=1/../y", "http://a/b/c/y"},
		{base, "g?y/../x", "http://a/b/c/g?y/../x"},
		{base, "http:g", "http:g"},
		{"http://a", "b", "http://a/b"},
		{"schemas/ticket.yaml", "common.yaml#/$defs/a", "schemas/common.yaml#/$defs/a"},
		{"schemas/ticket.yaml", "../policy/x.yaml", "policy/x.yaml"},
		{"schemas/ticket.yaml", "../../x.yaml", "../x.yaml"},
		{"../schemas/ticket.yaml", "../x.yaml", "../x.yaml"},
		{"../x.yaml", "../../y.yaml", "../../../y.yaml"},
		{"schemas/ticket.yaml", "a/..", "schemas/"},
		{"a.yaml", "..", ".."},
		{"", "./a/./b.yaml", "a/b.yaml"},
		{"policy/repair.yaml#/match/paid", "x.yaml", "policy/x.yaml"},
		{"urn:uuid:1", "#a", "urn:uuid:1#a"},
	};
	(void)state;
	struct buf out;
	buf_init(&out);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uri_resolve(cases[i].base, cases[i].reference, &out);
		assert_string_equal(out.data, cases[i].expected);
	}
	buf_clear(&out);
}

struct shared {
	const struct schema *schema;
	const struct node *good, *bad;
};

static void *check_often(void *context)
{
	const struct shared *shared = context;
	struct err err = ERR_INIT;
	const char *wrong = NULL;
	for (int i = 0; i < 2000 && !wrong; i++) {
		if (!schema_check(shared->schema, shared->good, "f", &err))
			wrong = "refused";
		else if (schema_check(shared->schema, shared->bad, "f", &err) ||
			 !strstr(err.text, "phone"))
			wrong = "accepted";
	}
	err_clear(&err);
	return (void *)wrong;
}

static void threads_share_a_schema(void **state)
{
	struct fixture *fixture = *state;
	struct shared shared = {
		.schema = compile(
			fixture,
			"{\"properties\":{\"phone\":{\"pattern\":\"^[0-9]{11}$\"},\"n\":{\"multipleOf\":0.01}},\"unevaluatedProperties\":false}"),
		.good = json(fixture, "f", "{\"phone\":\"13900010001\",\"n\":1.23}"),
		.bad = json(fixture, "f", "{\"n\":1.25,\"phone\":\"x\"}"),
	};
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, check_often, &shared), 0);
	for (int i = 0; i < 4; i++) {
		void *wrong;
		pthread_join(threads[i], &wrong);
		assert_null(wrong);
	}
}

/* More members than one word of marks holds. */
static void looks_at_every_member(void **state)
{
	struct fixture *fixture = *state;
	struct buf text;
	buf_init(&text);
	buf_addc(&text, '{');
	for (int i = 0; i < 200; i++)
		buf_addf(&text, "%s\"k%d\":%d", i ? "," : "", i, i);
	buf_adds(&text, "}");
	static const char schema[] =
		"{\"anyOf\":[{\"patternProperties\":{\"[0-4]$\":true}},{\"patternProperties\":{\"[5-8]$\":true}},{\"patternProperties\":{\"9$\":{\"maximum\":198}}}],"
		"\"unevaluatedProperties\":false}";
	assert_refused(fixture, schema, text.data,
		       "f:1:65: k9: unknown field (allowed: names like [0-4]$, names like [5-8]$)");
	buf_clear(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_what_is_wrong),
		TEST(tells_the_most_useful_failure),
		TEST(says_what_is_wrong_with_a_schema),
		TEST(refers_between_files),
		TEST(compiles_parts_of_other_documents),
		TEST(orders_keys),
		TEST(order_is_deterministic),
		TEST(looks_things_up),
		TEST(follows_annotations),
		TEST(knows_json_equality),
		TEST(a_limit_is_no_verdict),
		TEST(bounds_the_work),
		TEST(bounds_the_depth),
		TEST(bounds_the_chain),
		TEST(finds_equal_items_quickly),
		TEST(checks_formats),
		TEST(puts_uris_together),
		TEST(threads_share_a_schema),
		TEST(looks_at_every_member),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
