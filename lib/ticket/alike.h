// SPDX-License-Identifier: MIT
// Finds which of many texts are alike, without comparing each with each.
#ifndef KEFU_TICKET_ALIKE_H
#define KEFU_TICKET_ALIKE_H

#include <stddef.h>

struct alike;

/* COUNT texts, which are borrowed. Two of them are alike when they share at least THOUSANDTHS (1 to
 * 1000) of their pairs of neighbouring letters and digits: twice the shared ones by all they have,
 * the coefficient of Dice and Sørensen. Texts without such pairs are alike only if they are equal.
 */
struct alike *alike_new(const char *const *texts, size_t count, unsigned thousandths);
void alike_free(struct alike *alike); /* NULL is allowed */

/* Puts into FOUND up to MOST of the texts FROM to UNTIL - 1 that are alike to the text INDEX, but
 * for itself, in no particular order. Returns how many. */
size_t alike_find(struct alike *alike, size_t index, size_t from, size_t until, size_t most,
		  size_t *found);

#endif
