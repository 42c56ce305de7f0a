// SPDX-License-Identifier: MIT
// Writes what other readers are to read back into DIR: canonical.yaml, and the same documents as
// expected.jsonl and expected.events. Usage: yaml-emit DIR [NUMBER-OF-RANDOM-TREES]
#include <stdio.h>
#include <stdlib.h>

#include "../random_tree.h"
#include "../strange_strings.h"
#include "text/emit.h"

struct output {
	struct buf yaml, json, events;
};

static void add_text(struct buf *events, const char *text, size_t len)
{
	buf_adds(events, "=VAL ");
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] < 0x20 || text[i] == '\\')
			buf_addf(events, "\\x%02x", (unsigned char)text[i]);
		else
			buf_addc(events, text[i]);
	}
	buf_addc(events, '\n');
}

static void add_events(struct buf *events, const struct node *node)
{
	switch (node->type) {
	case NODE_NULL:
		buf_adds(events, "=VAL null\n");
		break;
	case NODE_BOOL:
		buf_adds(events, node->boolean ? "=VAL true\n" : "=VAL false\n");
		break;
	case NODE_NUMBER:
	case NODE_STRING:
		add_text(events, node_as_text(node), node_text_len(node));
		break;
	case NODE_LIST:
		buf_adds(events, "+SEQ\n");
		for (size_t i = 0; i < node->list.count; i++)
			add_events(events, node_item(node, i));
		buf_adds(events, "-SEQ\n");
		break;
	case NODE_MAP:
		buf_adds(events, "+MAP\n");
		for (size_t i = 0; i < node->map.count; i++) {
			add_text(events, node_pair(node, i)->key, node_pair(node, i)->key_len);
			add_events(events, node_pair(node, i)->value);
		}
		buf_adds(events, "-MAP\n");
		break;
	}
}

static void add_document(struct output *output, const struct node *root)
{
	emit_document(&output->yaml, root);
	json_write(&output->json, root);
	buf_addc(&output->json, '\n');
	buf_adds(&output->events, "+DOC\n");
	add_events(&output->events, root);
	buf_adds(&output->events, "-DOC\n");
}

static void write_file(const char *folder, const char *name, struct buf *text)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");
	if (!file || fwrite(text->data, 1, text->len, file) != text->len || fclose(file)) {
		perror(path);
		exit(5);
	}
	buf_clear(text);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: yaml-emit DIR [NUMBER-OF-RANDOM-TREES]\n", stderr);
		return 2;
	}
	struct arena arena = ARENA_INIT;
	struct output output;
	buf_init(&output.yaml);
	buf_init(&output.json);
	buf_init(&output.events);
	for (size_t i = 0; i < STRANGE_UTF8_COUNT; i++)
		add_document(&output, strange_document(&arena, strange_strings[i],
						       strlen(strange_strings[i])));
	add_document(&output, strange_document(&arena, "a\0b", 3));
	struct node *naughty = naughty_strings(&arena);
	for (size_t i = 0; i < node_count(naughty); i++)
		add_document(&output, strange_document(&arena, node_item_text(naughty, i),
						       node_text_len(node_item(naughty, i))));
	const char *real = test_data(&arena, "real/complaints-zh.ndjson");
	for (const char *end; real && (end = strchr(real, '\n')); real = end + 1)
		add_document(&output, must_be_json(&arena, real, (size_t)(end - real)));
	uint64_t seed = 1;
	for (long round = argc > 2 ? strtol(argv[2], NULL, 10) : 0; round > 0; round--)
		add_document(&output, random_map(&seed, &arena, 0));
	write_file(argv[1], "canonical.yaml", &output.yaml);
	write_file(argv[1], "expected.jsonl", &output.json);
	write_file(argv[1], "expected.events", &output.events);
	arena_clear(&arena);
	return 0;
}
