// SPDX-License-Identifier: MIT
// Brings what people type into the form that a schema asks for. Never changes free text.
#ifndef KEFU_RECORD_VALUE_H
#define KEFU_RECORD_VALUE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"

/* Puts what somebody TYPED into DOCUMENT at PATH ("price", "customer.phone"), as the value that
 * SCHEMA describes there:
 *  - a text as it was typed, or in the normal form that x-normal names: unit, phone and id without
 *    spaces and with full-width characters made plain ("３栋１２０１室" is "3-1201"), money with
 * two decimals, number, time in every way that time_input takes, and as a day alone where the field
 * is called from (00:00 of it) or until (its last second);
 *  - an integer; a boolean ("true", "false", "yes", "no", "是", "否");
 *  - of a list, one item more with each call; an item of several parts as x-shorthand has them
 *    ("水龙头:2").
 *
 * STATUS_REFUSED for a field that SCHEMA does not have, or that recording adds by itself (seq, due,
 * settles, …), with those there are; and for what is no such value. Values live in ARENA. */
bool value_set(struct book *book, struct arena *arena, const struct schema *schema,
	       struct node *document, const char *path, const char *typed, struct err *err);

/* Adds to OUT what somebody TYPED, in the normal form called NORMAL (see x-normal above). */
bool value_normal(struct book *book, const char *normal, const char *typed, struct buf *out,
		  struct err *err);

/* Adds to OUT what TYPED is without spaces, and with plain characters for full-width ones and other
 * dashes. */
void value_narrow(const char *typed, struct buf *out);

#endif
