// SPDX-License-Identifier: MIT
// Allocates memory, or ends the process when there is none left. Never returns NULL.
#ifndef KEFU_BASE_MEM_H
#define KEFU_BASE_MEM_H

#include <stddef.h>

/* Each returns heap storage the caller frees with free(3). When memory runs
 * out, one line goes to stderr and the process ends with status 5 (system
 * error, nothing written): the only exit inside the library. */
void *mem_alloc(size_t size);                         /* zeroed */
void *mem_array(size_t count, size_t size);           /* zeroed, overflow checked */
void *mem_grow(void *old, size_t count, size_t size); /* realloc; new part not zeroed */

/* Makes room for MORE elements behind the COUNT elements of OLD, and returns the array. How much
 * room OLD has is not recorded but follows from COUNT. So COUNT must be exact, and the array must
 * have started as NULL and have been grown by this function only. */
void *mem_room(void *old, size_t count, size_t more, size_t size);

char *mem_dup(const char *text);                 /* NULL gives NULL */
char *mem_dup_len(const char *text, size_t len); /* always terminated */

#endif
