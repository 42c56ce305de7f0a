// SPDX-License-Identifier: MIT
// Names as people are shown them: the key, which they type, and in brackets its title in their
// language: "drain (下水堵塞)". For screens and messages alone; what is recorded and what programs
// get is the key.
#ifndef KEFU_BOOK_CALLED_H
#define KEFU_BOOK_CALLED_H

#include "book/book.h"

/* A name of LIST ("drain"); NULL for NULL. */
const char *called_name(const struct book *book, struct arena *arena, enum rule_list list,
			const char *name);

/* Names of LIST, a list or one, with BETWEEN between them. */
const char *called_names(const struct book *book, struct arena *arena, enum rule_list list,
			 const struct node *names, const char *between);

/* ID, which a deadline or callback got by RULE of LIST: with the title of that. */
const char *called_duty(const struct book *book, struct arena *arena, enum rule_list list,
			const char *rule, const char *id);

/* A step of forms of KIND (NULL: any). Its title is that of the packs' `events`, else the x-title
 * of its schema. */
const char *called_step(const struct book *book, struct arena *arena, const char *kind,
			const char *step);
const char *called_steps(const struct book *book, struct arena *arena, const char *kind,
			 const struct node *steps, const char *between);

/* EVENT of another family, with the x-title of schemas/FOLDER/EVENT.yaml. */
const char *called_event(const struct book *book, struct arena *arena, const char *folder,
			 const char *event);

/* The schema of EVENT, for titles of its fields; NULL where there is none that can be read. */
const struct schema *called_schema(const struct book *book, const char *kind, const char *event);

/* KEY, a property of SCHEMA (may be NULL). */
const char *called_key(const struct book *book, struct arena *arena, const struct schema *schema,
		       const char *key);

/* VALUE, one that the `enum` of SCHEMA (may be NULL) has, or yes or no of a boolean. */
const char *called_value(const struct book *book, struct arena *arena, const struct schema *schema,
			 const char *value);

/* VALUE (may be NULL) of KEY, a property of the schema URI ("schemas/staff.yaml"). */
const char *called_value_of(const struct book *book, struct arena *arena, const char *uri,
			    const char *key, const char *value);

/* A state of forms. */
const char *called_state(const struct book *book, struct arena *arena, const char *state);

/* A field as rules name it: of a document of STEP ("customer.unit"), or of an earlier step
 * ("quoted.price"). */
const char *called_field(const struct book *book, struct arena *arena, const char *kind,
			 const char *step, const char *path);

#endif
