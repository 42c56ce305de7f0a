// SPDX-License-Identifier: MIT
// Finds numbers quickly by their keys, which are texts: a hash table. Keeps no copy of a key.
#ifndef KEFU_BASE_KEYS_H
#define KEFU_BASE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All zero: empty. Once nothing is added any more, several threads may look. */
struct keys {
	struct key {
		const char *text; /* NULL: the place is free */
		size_t len, value;
	} * places;
	size_t count, mask;
};

void keys_clear(struct keys *keys);

/* Whether the LEN bytes at TEXT are a key; VALUE (or NULL) gets its number. */
bool keys_find(const struct keys *keys, const char *text, size_t len, size_t *value);

/* Adds a key that is not there yet. TEXT is borrowed. */
void keys_add(struct keys *keys, const char *text, size_t len, size_t value);

/* FNV-1a of 64 bits, folded. Which file a mark is kept in follows from it: it never changes. */
uint64_t keys_hash(const char *text, size_t len);

#endif
