// SPDX-License-Identifier: MIT
// For tests: whether the fast and the strict reader agree on a text, in values, byte ranges and
// places.
#ifndef KEFU_TESTS_SAME_READING_H
#define KEFU_TESTS_SAME_READING_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/canon.h"
#include "text/yaml.h"

static inline bool same_places(const struct node *a, const struct node *b)
{
	if (a->line != b->line || a->column != b->column)
		return false;
	if (a->type == NODE_LIST)
		for (size_t i = 0; i < a->list.count; i++)
			if (!same_places(a->list.items[i], b->list.items[i]))
				return false;
	if (a->type == NODE_MAP)
		for (size_t i = 0; i < a->map.count; i++) {
			const struct pair *p = &a->map.pairs[i], *q = &b->map.pairs[i];
			if (p->line != q->line || p->column != q->column ||
			    !same_places(p->value, q->value))
				return false;
		}
	return true;
}

/* True when canon_read accepts TEXT and yaml_read gives the same. False when
 * canon_read declines. When they differ: false if LOUD is not set, else the
 * process ends with a message. */
static inline bool same_reading(const char *text, size_t len, bool loud)
{
	struct arena fast = ARENA_INIT, strict = ARENA_INIT;
	struct yaml_stream a, b;
	struct err err = ERR_INIT;
	const char *problem = NULL;
	bool accepted = canon_read(&fast, text, len, &a);
	if (accepted && !yaml_read(&strict, "text", text, len, &b, &err))
		problem = err.text;
	else if (accepted && a.count != b.count)
		problem = "another number of documents";
	for (size_t i = 0; accepted && !problem && i < a.count; i++) {
		const struct yaml_document *p = &a.documents[i], *q = &b.documents[i];
		if (p->begin != q->begin || p->end != q->end || p->line != q->line ||
		    p->closed != q->closed)
			problem = "another range or line of a document";
		else if (!node_identical(p->root, q->root))
			problem = "other values";
		else if (!same_places(p->root, q->root))
			problem = "other places";
	}
	if (problem && loud) {
		fprintf(stderr, "canon_read accepts, yaml_read: %s\n%.*s\n", problem, (int)len,
			text);
		abort();
	}
	err_clear(&err);
	arena_clear(&fast);
	arena_clear(&strict);
	return accepted && !problem;
}

#endif
