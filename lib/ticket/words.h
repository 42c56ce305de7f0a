// SPDX-License-Identifier: MIT
// Whether a text says anything, where a rule asks for a report. Does not judge whether it is true.
#ifndef KEFU_TICKET_WORDS_H
#define KEFU_TICKET_WORDS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/node.h"
#include "book/book.h"
#include "book/form.h"

/* Whether TEXT says something: two characters of Han, kana or hangul, or four other letters, not
 * all the same, and no word that means "nothing". */
bool words_say_something(const char *text);

/* Whether FORM's last document says something in each field that RULE needs and that is told in
 * prose, where RULE has `report`. STATUS_REFUSED with the rule's clause. */
bool words_kept(const struct book *book, const struct form *form, const struct rule *rule,
		const struct node *view, struct err *err);

#endif
