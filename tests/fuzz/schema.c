// SPDX-License-Identifier: MIT
// Any schema, any values: [SCHEMA, VALUE, …] as JSON. Checking ends, says something when it
// refuses, and agrees with deciding.
#include <stdlib.h>

#include "data/schema.h"
#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool go_on(void *context, const struct schema_place *place, size_t keyword,
		  const struct node *note, const char *file)
{
	(void)context, (void)keyword, (void)file;
	return place->value && note;
}

static void check(const struct schema *schema, struct node *value)
{
	struct err err = ERR_INIT, limit = ERR_INIT;
	bool valid = schema_check(schema, value, "fuzz", &err);
	enum schema_verdict verdict = schema_decide(schema, value, &limit);
	if (valid != (verdict == SCHEMA_YES) || valid != !err.text ||
	    (verdict == SCHEMA_LIMIT) != (limit.text != NULL))
		abort();
	schema_order(schema, value);
	if (!schema_walk(schema, value, (const char *const[]){"x-a"}, 1, go_on, NULL))
		abort();
	err_clear(&limit);
	/* Keys in another order mean the same. */
	if (verdict != schema_decide(schema, value, &limit) && verdict != SCHEMA_LIMIT &&
	    !limit.text)
		abort();
	err_clear(&err);
	err_clear(&limit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct node *root;
	struct schema_set *set = schema_set_new(NULL, NULL);
	schema_set_flags(set, size % 2 ? SCHEMA_ASSERT_FORMAT : 0);
	const struct schema *schema = NULL;
	if (json_read(&arena, "fuzz", (const char *)data, size, &root, &err) &&
	    root->type == NODE_LIST && root->list.count &&
	    schema_set_add(set, "fuzz", root->list.items[0], &err))
		schema = schema_find(set, "fuzz", &err);
	for (size_t i = 1; schema && i < root->list.count; i++) {
		schema_property(schema, "a", root->list.items[i]);
		schema_type(schema);
		check(schema, root->list.items[i]);
	}
	err_clear(&err);
	schema_set_free(set);
	arena_clear(&arena);
	return 0;
}
