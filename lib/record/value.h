// SPDX-License-Identifier: MIT
// What people type, brought into the one written form a schema asks for. Free text is never
// touched.
#ifndef KEFU_RECORD_VALUE_H
#define KEFU_RECORD_VALUE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"

/* Puts TYPED into DOCUMENT at PATH ("price", "customer.phone"), typed and
 * normalised as SCHEMA has it: x-normal (unit, phone, id: full-width
 * characters and spaces; money: two decimals; number; time: what time_input
 * takes), integers, booleans (true, false, yes, no, 是, 否), lists (each call
 * adds one), lists of parts by x-shorthand ("水龙头:2"). An unknown field,
 * or one that recording adds by itself (seq, due, settles, …), is STATUS_REFUSED and
 * lists what is allowed. Values live in ARENA. */
bool value_set(struct book *book, struct arena *arena, const struct schema *schema,
	       struct node *document, const char *path, const char *typed, struct err *err);

/* The same for one coded value by the name of its normal form. */
bool value_normal(struct book *book, const char *normal, const char *typed, struct buf *out,
		  struct err *err);

#endif
