// SPDX-License-Identifier: MIT
// JSON Schema 2020-12 over nodes: says whether a value is valid, what is wrong in a person's words,
// and in which order keys go.
#ifndef KEFU_DATA_SCHEMA_H
#define KEFU_DATA_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"

/* https://json-schema.org/draft/2020-12/json-schema-core and -validation. All
 * of it but $vocabulary and fetching over a network. Regular expressions are
 * text/pattern.h's. One keyword is ours: `x-order`, an integer on a property's
 * schema, says where among its sisters the key is written. Others that begin
 * with "x-" are annotations for whoever asks: schema_annotation, schema_walk. */

struct schema_set; /* compiled documents and what they refer to */
struct schema;     /* one compiled schema; belongs to its set */

/* Reads the document URI names (a file name as resolved against the referring
 * one, or an absolute URI; never with a fragment) into ARENA. A name may begin
 * with "..": refusing it is the loader's business. */
typedef bool (*schema_loader)(void *context, const char *uri, struct arena *arena,
			      struct node **root, struct err *err);

enum schema_flag {
	SCHEMA_STRICT =
		1, /* an unknown keyword without "x-" is an error, and so is another $schema */
	SCHEMA_ASSERT_FORMAT =
		2, /* `format` is checked (data/format.h); an unknown one is an error */
};

/* LOAD may be NULL: then only what was added is there. */
struct schema_set *schema_set_new(schema_loader load, void *context);
void schema_set_flags(struct schema_set *set, unsigned flags); /* before anything is added */
void schema_set_free(struct schema_set *set);                  /* NULL is fine */

/* Compiles ROOT, which must outlive the set, under URI; errors name URI up to
 * its '#' as the file. A schema inside another document (a condition in a
 * policy) may be added as "policy/repair.yaml#/match/paid"; `#…` inside it is
 * relative to itself. Fails with STATUS_DAMAGED and the place in the schema. */
bool schema_set_add(struct schema_set *set, const char *uri, struct node *root, struct err *err);

/* The schema URI names (a pointer or anchor may follow the '#'), loaded and
 * resolved with all it refers to; NULL with ERR, placed in the schema file, when
 * any of that fails. What was found may then be used by several threads, as long
 * as none adds or finds. */
const struct schema *schema_find(struct schema_set *set, const char *uri, struct err *err);

/* Whether INSTANCE is valid. If not, ERR is STATUS_REFUSED at the value or key
 * at fault (FILE may be NULL), its text one line: the path and what is allowed.
 * Where a limit was reached instead of a verdict, that counts as invalid, and
 * ERR names the limit and the schema. */
bool schema_check(const struct schema *schema, const struct node *instance, const char *file,
		  struct err *err);

enum schema_verdict {
	SCHEMA_NO,
	SCHEMA_YES,
	SCHEMA_LIMIT, /* no verdict; ERR (STATUS_REFUSED) names the limit and the schema */
};

/* For conditions, where "no" is an answer: ERR is set for SCHEMA_LIMIT alone. */
enum schema_verdict schema_decide(const struct schema *schema, const struct node *instance,
				  struct err *err);

/* Sorts the keys of every map in INSTANCE by `x-order`, then those without it
 * as the schema lists them, then unknown ones as they were. Looks through
 * $ref, allOf, dependentSchemas, and those branches of if, anyOf and oneOf
 * that hold for the values; so the same values always give the same order. */
void schema_order(const struct schema *schema, struct node *instance);

/* The schema of property NAME, looked for here, then through $ref, allOf, and
 * if/then/else, anyOf, oneOf: the branches INSTANCE satisfies, or all when it is
 * NULL. NULL when there is none. */
const struct schema *schema_property(const struct schema *schema, const char *name,
				     const struct node *instance);

/* The schema of a list's items, looked for likewise in all branches; NULL when there is none. */
const struct schema *schema_items(const struct schema *schema);

/* "string", "integer", "array", "object", … as `type` here or through $ref or
 * allOf says; NULL when none does, or when it names several. */
const char *schema_type(const struct schema *schema);

/* The value of KEYWORD as written, here or through $ref; NULL when absent.
 * Borrowed from the document. */
const struct node *schema_annotation(const struct schema *schema, const char *keyword);

/* A value of an instance, and the way to it. */
struct schema_place {
	const struct schema_place *outer; /* what it stands in; NULL: it is the whole instance */
	const struct node *value;
	const struct pair *pair; /* of the map it stands in; NULL in a list */
};

/* Called with a NOTE, the value of the keyword of that number, as FILE, a schema, has it of the
 * value at PLACE. Where `propertyNames` has it, the value is the key of PLACE's pair, made for
 * the call. Returns whether to go on. */
typedef bool (*schema_noted)(void *context, const struct schema_place *place, size_t keyword,
			     const struct node *note, const char *file);

/* Steps through INSTANCE, outer values first and otherwise in the order of its lines, and calls
 * NOTED for each of the COUNT KEYWORDS ("x-…", but for x-order) that a schema of the value has:
 * those that schema_order would look through. False when NOTED did not want to go on. */
bool schema_walk(const struct schema *schema, const struct node *instance,
		 const char *const *keywords, size_t count, schema_noted noted, void *context);

/* Equal as JSON has it: 1 is 1.0, the order of keys says nothing. */
bool node_equal_json(const struct node *a, const struct node *b);

#endif
