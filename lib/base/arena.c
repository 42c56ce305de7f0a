// SPDX-License-Identifier: MIT
// Storage that is given back all at once: one arena per form, per schema, per policy.
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

struct arena_block {
	struct arena_block *older;
	size_t size; /* of bytes */
	alignas(max_align_t) char bytes[];
};

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

static void arena_new_block(struct arena *arena, size_t need)
{
	size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
	if (size > LARGEST_STEP)
		size = LARGEST_STEP;
	if (size < need)
		size = need;
	struct arena_block *block = mem_grow(NULL, 1, sizeof *block + size);
	block->older = arena->block;
	block->size = size;
	arena->block = block;
	arena->next = block->bytes;
	arena->end = block->bytes + size;
}

void *arena_raw(struct arena *arena, size_t size)
{
	size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (!arena->block || rounded > (size_t)(arena->end - arena->next))
		arena_new_block(arena, rounded);
	void *memory = arena->next;
	arena->next += rounded;
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_raw(arena, size), 0, size);
}

static void free_older(struct arena_block *block)
{
	while (block) {
		struct arena_block *older = block->older;
		free(block);
		block = older;
	}
}

void arena_clear(struct arena *arena)
{
	free_older(arena->block);
	*arena = (struct arena)ARENA_INIT;
}

void arena_reset(struct arena *arena)
{
	if (!arena->block)
		return;
	free_older(arena->block->older);
	arena->block->older = NULL;
	arena->next = arena->block->bytes;
}

char *arena_dup_len(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_raw(arena, len + 1);
	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *arena_dup(struct arena *arena, const char *text)
{
	return text ? arena_dup_len(arena, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	struct buf text;
	buf_init(&text);
	va_list args;
	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	char *copy = arena_dup_len(arena, text.data, text.len);
	buf_clear(&text);
	return copy;
}
