// SPDX-License-Identifier: MIT
// JSON Schema 2020-12 for nodes: whether a value is valid, what is wrong with it in plain words,
// and in which order its keys are written.
#ifndef KEFU_DATA_SCHEMA_H
#define KEFU_DATA_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/node.h"

/* https://json-schema.org/draft/2020-12/json-schema-core and -validation. All
 * of it but $vocabulary and fetching over a network. Regular expressions are
 * text/pattern.h's. Two keywords are ours: `x-order`, an integer in a property's
 * schema, says where among the keys of a map this one is written; `x-title` is a map
 * with the title in other languages, `x-values` one with the titles of values. Other keywords that
 * begin with "x-" are annotations, read by schema_annotation and schema_walk. */

struct schema_set; /* compiled documents and what they refer to */
struct schema;     /* one compiled schema; belongs to its set */

/* Reads the document that URI names into ARENA. URI is an absolute URI or a file name,
 * already resolved against the name of the document that refers to it, and has no
 * fragment. It may begin with "..": the loader has to refuse what it must not read. */
typedef bool (*schema_loader)(void *context, const char *uri, struct arena *arena,
			      struct node **root, struct err *err);

enum schema_flag {
	SCHEMA_STRICT =
		1, /* an unknown keyword without "x-" is an error, and so is another $schema */
	SCHEMA_ASSERT_FORMAT =
		2, /* `format` is checked (data/format.h); an unknown one is an error */
};

/* LOAD may be NULL: then schemas can refer only to what was added. */
struct schema_set *schema_set_new(schema_loader load, void *context);
void schema_set_flags(struct schema_set *set, unsigned flags); /* before anything is added */
void schema_set_free(struct schema_set *set);                  /* NULL is fine */

/* Compiles ROOT, which must outlive the set, under URI; errors name URI up to
 * its '#' as the file. A schema inside another document (a condition in a
 * policy) may be added as "policy/repair.yaml#/match/paid"; a reference `#…` inside it
 * starts from that schema. Fails with STATUS_DAMAGED and the place in the schema. */
bool schema_set_add(struct schema_set *set, const char *uri, struct node *root, struct err *err);

/* The schema that URI names (a pointer or anchor may follow the '#'), loaded and
 * resolved with all it refers to; NULL with ERR, placed in the schema file, when
 * any of that fails. Several threads may use schemas that were found, as long
 * as none calls schema_set_add or schema_find. */
const struct schema *schema_find(struct schema_set *set, const char *uri, struct err *err);

/* Whether INSTANCE is valid. If not, ERR is STATUS_REFUSED at the value or key
 * at fault (FILE may be NULL), its text one line: the path and what is allowed.
 * When a limit ends the check before it is decided, INSTANCE counts as invalid, and
 * ERR names the limit and the schema: STATUS_DAMAGED where the schema asks for too much work,
 * as a pattern can; STATUS_REFUSED where a number has too many digits. */
bool schema_check(const struct schema *schema, const struct node *instance, const char *file,
		  struct err *err);

enum schema_verdict {
	SCHEMA_NO,
	SCHEMA_YES,
	SCHEMA_LIMIT, /* undecided; ERR names the limit and the schema, as for schema_check */
};

/* For conditions, where "no" is an answer and no error: ERR is set for SCHEMA_LIMIT alone. */
enum schema_verdict schema_decide(const struct schema *schema, const struct node *instance,
				  struct err *err);

/* Sorts the keys of every map in INSTANCE: first those with `x-order`, then those without
 * it in the schema's sequence, then unknown ones in their own. Follows $ref, allOf,
 * dependentSchemas, and those branches of if, anyOf and oneOf that fit the
 * values; so the same values always give the same order. */
void schema_order(const struct schema *schema, struct node *instance);

/* The schema of property NAME, looked for in SCHEMA, then through its $ref, allOf, and
 * if/then/else, anyOf, oneOf: in the branches that INSTANCE satisfies, or in all when
 * INSTANCE is NULL. NULL when there is none. */
const struct schema *schema_property(const struct schema *schema, const char *name,
				     const struct node *instance);

/* The schema of a list's items, looked for likewise in all branches; NULL when there is none. */
const struct schema *schema_items(const struct schema *schema);

/* The `type` of SCHEMA or of what its $ref or allOf leads to: "string", "integer", "array",
 * "object", …; NULL when there is none, or when it names several. */
const char *schema_type(const struct schema *schema);

/* The value of KEYWORD as written, in SCHEMA or in what its $ref leads to; NULL when
 * absent. Borrowed from the document. */
const struct node *schema_annotation(const struct schema *schema, const char *keyword);

/* What SCHEMA (may be NULL) is called: its `title`, and `x-title`, which has it in other languages.
 * Both are those of one schema, the first that has either: it or what its $ref leads to. NULL where
 * absent. Borrowed from the document. */
void schema_titles(const struct schema *schema, const struct node **title,
		   const struct node **more);

/* A value inside an instance, and the way to it from the root. */
struct schema_place {
	const struct schema_place *outer; /* the map or list it is in; NULL: the whole instance */
	const struct node *value;
	const struct pair *pair; /* its pair in that map; NULL in a list */
};

/* Called for each annotation that schema_walk finds. NOTE is the value of KEYWORDS[KEYWORD] in a
 * schema of the value at PLACE; FILE is the file of that schema. For a schema under
 * `propertyNames`, the value at PLACE is the key of its pair, as a string that lives as long as the
 * call. Returns whether to go on. */
typedef bool (*schema_noted)(void *context, const struct schema_place *place, size_t keyword,
			     const struct node *note, const char *file);

/* Steps through the values in INSTANCE, outer ones first, otherwise in the order of its lines.
 * Calls NOTED for each of the COUNT KEYWORDS ("x-…", except x-order, x-title and x-values) that a
 * schema of a value has; which schemas a value has is decided as by schema_order. Returns false
 * when NOTED did.
 */
bool schema_walk(const struct schema *schema, const struct node *instance,
		 const char *const *keywords, size_t count, schema_noted noted, void *context);

/* Whether A and B are equal as JSON values: 1 equals 1.0, and the order of keys does not matter. */
bool node_equal_json(const struct node *a, const struct node *b);

#endif
