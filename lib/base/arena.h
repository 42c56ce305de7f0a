// SPDX-License-Identifier: MIT
// Storage that is given back all at once: one arena per form, per schema, per policy.
#ifndef KEFU_BASE_ARENA_H
#define KEFU_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *block; /* newest first */
	char *next, *end;
};

#define ARENA_INIT \
	{ \
		0 \
	}

void arena_clear(struct arena *arena); /* frees everything; usable again */
void arena_reset(struct arena *arena); /* the same, but keeps the largest block for reuse */

/* Aligned for any type, zeroed. Ends the process when memory runs out (base/mem.h). */
void *arena_alloc(struct arena *arena, size_t size);

/* The same without zeroing, for storage the caller fills at once. */
void *arena_raw(struct arena *arena, size_t size);

/* Terminated copies. */
char *arena_dup(struct arena *arena, const char *text);
char *arena_dup_len(struct arena *arena, const char *text, size_t len);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
