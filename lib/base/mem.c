// SPDX-License-Identifier: MIT
// Allocates memory, or ends the process when there is none left. Never returns NULL.
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void mem_exhausted(void)
{
	static const char line[] = "kefu: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
	(void)ignored;
	_exit(5);
}

void *mem_array(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);
	if (!memory)
		mem_exhausted();
	return memory;
}

void *mem_alloc(size_t size)
{
	return mem_array(1, size);
}

void *mem_grow(void *old, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		mem_exhausted();
	size_t bytes = count * size;
	void *memory = realloc(old, bytes ? bytes : 1);
	if (!memory)
		mem_exhausted();
	return memory;
}

/* How many elements fit into an array of COUNT that mem_room has grown: the next power of two. */
static size_t room_for(size_t count)
{
	size_t room = count ? 8 : 0;
	while (room < count && room <= SIZE_MAX / 2)
		room *= 2;
	return room < count ? count : room;
}

void *mem_room(void *old, size_t count, size_t more, size_t size)
{
	if (more > SIZE_MAX - count)
		mem_exhausted();
	size_t wanted = room_for(count + more);
	return wanted == room_for(count) ? old : mem_grow(old, wanted, size);
}

char *mem_dup_len(const char *text, size_t len)
{
	char *copy = mem_alloc(len + 1);
	memcpy(copy, text, len);
	return copy;
}

char *mem_dup(const char *text)
{
	return text ? mem_dup_len(text, strlen(text)) : NULL;
}
