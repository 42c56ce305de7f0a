// SPDX-License-Identifier: MIT
// What no two tickets may have the same of, by the lists `unique` of packs. Keeps an index in
// .kefu/, from which nothing is ever read but where to look; it may be thrown away.
#ifndef KEFU_TICKET_UNIQUE_H
#define KEFU_TICKET_UNIQUE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "book/book.h"
#include "book/form.h"

/* Calls TELL for each value of FORM that has to be unique by RULE: as it was corrected, with the
 * document that says it. A voided form has none. VALUE is without spaces, and with plain characters
 * for full-width ones; it is gone when TELL returns. */
typedef void (*unique_told)(void *context, const struct rule *rule, const struct document *document,
			    const char *field, const char *value);
void unique_each(struct book *book, struct form *form, unique_told tell, void *context);

/* Which values the tickets of a ledger have; NULL: nobody has looked yet. */
struct unique_index;

/* Finds out, before the lock is taken, if one of COUNT DOCUMENTS that are to be recorded may say
 * what has to be unique: by reading the tickets that have changed since the index was saved. *INDEX
 * lives in ARENA. */
void unique_look(struct book *book, struct arena *arena, struct unique_index **index,
		 struct node *const *documents, size_t count);

/* Whether no other ticket has what FORM's last document, just appended, says or corrects. The lock
 * is held, unless it is a dry run: of what came since *INDEX was made, only the notes are read.
 * Where nobody has looked, it is made now. STATUS_REFUSED with the rule's clause. */
bool unique_kept(struct book *book, struct arena *arena, struct unique_index **index,
		 struct form *form, struct err *err);

/* Notes what FORM, which is about to be written as ID, has, for those who looked before and take
 * the lock after. INDEX may be NULL: then nothing needs to be noted. The lock is held. */
bool unique_note(struct book *book, const struct unique_index *index, struct form *form,
		 const char *id, struct err *err);

/* Saves what was found out, where the next command would have to read much again. INDEX may be
 * NULL. The lock is held. What cannot be saved is found out again. */
void unique_save(struct book *book, const struct unique_index *index);

#endif
