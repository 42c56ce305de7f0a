// SPDX-License-Identifier: MIT
// record/render: what a document has to be before it is bytes of a file, and that a file it is
// refused for stays as it was.
#include "../scratch.h"

#include "book/form.h"
#include "record/render.h"
#include "text/yaml.h"

#define OLD "---\nevent: before\n...\n"

/* Ordered otherwise than the documents below; forbids what is not in it. */
static const char schema_text[] = "type: object\n"
				  "properties:\n"
				  "  event: {type: string, x-order: 1}\n"
				  "  seq: {type: integer, x-order: 2}\n"
				  "  text: {type: string, x-order: 3}\n"
				  "required: [event]\n"
				  "additionalProperties: false\n";

struct rendering {
	struct arena arena;
	struct schema_set *set;
	const struct schema *schema;
	struct buf text;
	struct err err;
};

static int setup(void **state)
{
	struct rendering *r = calloc(1, sizeof *r);
	struct node *root;
	r->set = schema_set_new(NULL, NULL);
	assert_true(yaml_read_one(&r->arena, "schema", schema_text, strlen(schema_text), &root,
				  &r->err));
	assert_true(schema_set_add(r->set, "schema", root, &r->err));
	r->schema = schema_find(r->set, "schema", &r->err);
	assert_non_null(r->schema);
	buf_init(&r->text);
	buf_adds(&r->text, OLD);
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct rendering *r = *state;
	schema_set_free(r->set);
	arena_clear(&r->arena);
	buf_clear(&r->text);
	err_clear(&r->err);
	free(r);
	return 0;
}

static struct node *document(struct rendering *r, const char *text)
{
	struct node *root = node_map(&r->arena);
	node_add_string(&r->arena, root, "text", text);
	node_add(&r->arena, root, "seq", node_int(&r->arena, 2));
	node_add_string(&r->arena, root, "event", "told");
	return root;
}

static void assert_refused(struct rendering *r, struct node *root, const char *why)
{
	assert_false(render_document(r->schema, root, &r->text, &r->err));
	assert_int_equal(r->err.status, STATUS_REFUSED);
	assert_string_equal(r->err.text, why);
	assert_string_equal(r->text.data, OLD);
	assert_int_equal(r->text.len, strlen(OLD));
}

static void stands_behind_the_others_in_order(void **state)
{
	struct rendering *r = *state;
	assert_true(render_document(r->schema, document(r, "灯\n坏了"), &r->text, &r->err));
	assert_string_equal(r->text.data,
			    OLD "---\nevent: told\nseq: 2\ntext: |2-\n  灯\n  坏了\n...\n");
	assert_null(r->err.text);
}

static void is_what_the_schema_allows(void **state)
{
	struct rendering *r = *state;
	struct node *root = document(r, "x");
	node_add_string(&r->arena, root, "more", "x");
	assert_refused(r, root, "more: unknown field (allowed: event, seq, text)");
	root = document(r, "x");
	node_remove(root, "event");
	assert_refused(r, root, "event: missing");
}

static void reads_back_the_same(void **state)
{
	struct rendering *r = *state;
	struct node *root = document(r, "x");
	node_set(&r->arena, root, "text", node_string_len(&r->arena, "\xff", 1));
	assert_refused(r, root, "cannot be stored unchanged: text is not UTF-8");
}

static void leaves_the_file_within_its_limit(void **state)
{
	struct rendering *r = *state;
	struct buf long_text;
	buf_init(&long_text);
	buf_fill(&long_text, 'x', FORM_MAX_BYTES);
	assert_refused(r, document(r, long_text.data), "the file would grow beyond 4194304 bytes");
	/* exactly as large as it may be */
	struct node *root = document(r, "x");
	assert_true(render_document(r->schema, root, &r->text, &r->err));
	size_t rest = FORM_MAX_BYTES - r->text.len;
	r->text.len = strlen(OLD);
	r->text.data[r->text.len] = '\0';
	long_text.len = rest + 1;
	long_text.data[rest + 1] = '\0';
	root = document(r, long_text.data);
	assert_true(render_document(r->schema, root, &r->text, &r->err));
	assert_int_equal(r->text.len, FORM_MAX_BYTES);
	buf_clear(&long_text);
}

static void settings_keep_the_order_of_their_keys(void **state)
{
	struct rendering *r = *state;
	buf_reset(&r->text);
	assert_true(render_settings(r->schema, document(r, "x"), &r->text, &r->err));
	assert_string_equal(r->text.data, "text: x\nseq: 2\nevent: told\n");
	struct node *root = document(r, "x");
	node_set(&r->arena, root, "seq", node_string(&r->arena, "2"));
	assert_false(render_settings(r->schema, root, &r->text, &r->err));
	assert_int_equal(r->err.status, STATUS_REFUSED);
	root = document(r, "x");
	node_set(&r->arena, root, "text", node_string_len(&r->arena, "\xff", 1));
	assert_false(render_settings(r->schema, root, &r->text, &r->err));
	assert_int_equal(r->err.status, STATUS_REFUSED);
	assert_string_equal(r->text.data, "text: x\nseq: 2\nevent: told\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(stands_behind_the_others_in_order),
		TEST(is_what_the_schema_allows),
		TEST(reads_back_the_same),
		TEST(leaves_the_file_within_its_limit),
		TEST(settings_keep_the_order_of_their_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
