// SPDX-License-Identifier: MIT
// Any bytes at all: the readers come back, agree with each other, and what they accept can be
// written and read again.
#include "../same_reading.h"
#include "text/emit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libyaml reads no key of more than 1024 characters, and escapes take up to four each. */
static bool keys_are_short(const struct node *node)
{
	const struct node *item;
	const struct pair *pair;
	for (size_t i = 0; (item = node_item(node, i)); i++)
		if (!keys_are_short(item))
			return false;
	for (size_t i = 0; (pair = node_pair(node, i)); i++)
		if (pair->key_len > 250 || !keys_are_short(pair->value))
			return false;
	return true;
}

static void must_read_back(const struct node *root)
{
	struct buf text;
	struct err err = ERR_INIT;
	buf_init(&text);
	emit_document(&text, root);
	if (root->type >= NODE_LIST && keys_are_short(root)) {
		if (!emit_check(text.data, text.len, root, &err) ||
		    !same_reading(text.data, text.len, true)) {
			fprintf(stderr, "%s\n%s", err.text ? err.text : "canon_read declines",
				text.data);
			abort();
		}
	}
	buf_clear(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct arena arena = ARENA_INIT;
	struct yaml_stream stream;
	struct node *root;
	struct err err = ERR_INIT;
	if (yaml_read(&arena, "fuzz", text, size, &stream, &err) == (err.text != NULL))
		abort();
	for (size_t i = 0; i < stream.count; i++)
		must_read_back(stream.documents[i].root);
	same_reading(text, size, true);
	err_clear(&err);
	if (yaml_read_one(&arena, "fuzz", text, size, &root, &err) == (err.text != NULL))
		abort();
	if (root)
		must_read_back(root);
	err_clear(&err);
	arena_clear(&arena);
	return 0;
}
