// SPDX-License-Identifier: MIT
// Rules as data: packs loaded, checked, and asked which of them apply. Knows no rule of its own,
// judges no step.
#ifndef KEFU_BOOK_POLICY_H
#define KEFU_BOOK_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/node.h"
#include "data/deadline.h"
#include "data/schema.h"

struct policy;

/* The kind of customers' files, which every policy has; rules of steps speak of it only by name. */
#define KIND_CUSTOMER "customer"

/* Which list of a pack a rule stands in: those that kefu knows by name. The lists that a ledger's
 * schemas/policy.yaml has besides are numbered on from RULE_LISTS. */
enum rule_list {
	RULE_ROLE,
	RULE_HOURS,
	RULE_KIND,
	RULE_CATEGORY,
	RULE_SEVERITY,
	RULE_STEP,
	RULE_DEADLINE,
	RULE_EXTENSION,
	RULE_CALLBACK,
	RULE_PHRASE,
	RULE_REPEAT,
	RULE_ROUTINE,
	RULE_SURVEY,
	RULE_SCHEME,
	RULE_DEGREE,
	RULE_COURSE,
	RULE_CERTIFICATE,
	RULE_APPOINTMENT,
	RULE_PENALTY,
	RULE_RATING,
	RULE_LISTS,
};

struct rule {
	const struct node *node; /* the entry as written, valid by schemas/policy.yaml */
	const char *file;        /* of its pack, for messages */
	const char *clause;      /* its clauses with spaces between; NULL where the list has none */
	struct pattern *pattern; /* of categories, severities, kinds and phrases that have one */
	int from, before;        /* days since 1970-01-01: in force from … until before … */
};

/* SCHEMAS holds schemas/policy.yaml and gets the packs' conditions added; it outlives the policy.
 */
struct policy *policy_new(struct schema_set *schemas);
void policy_free(struct policy *policy); /* NULL is fine */

/* Adds a pack: ROOT read from FILE, expected to call itself NAME; both outlive the policy.
 * Fails with STATUS_DAMAGED, file, line, column, and what is allowed there. */
bool policy_add(struct policy *policy, const char *name, const char *file, struct node *root,
		struct err *err);

/* After the last pack: takes out what others replace, then checks that names
 * used are names defined and that packs do not contradict each other. */
bool policy_seal(struct policy *policy, struct err *err);

/* How many lists there are; what LIST is called in a pack: "steps"; and the key that names an
 * entry of it, NULL when none does: "step". */
size_t policy_list_count(const struct policy *policy);
const char *policy_list_key(const struct policy *policy, enum rule_list list);
const char *policy_list_name(const struct policy *policy, enum rule_list list);

/* Steps through the rules of LIST in order of packs and lines: start with *CURSOR 0. */
const struct rule *policy_next(const struct policy *policy, enum rule_list list, size_t *cursor);

/* The rule of LIST whose name (role, hours, kind, category, severity, rule) is NAME; NULL if none.
 */
const struct rule *policy_find(const struct policy *policy, enum rule_list list, const char *name);

/* The same, also among the rules that other packs replace: what a replaced rule
 * set before it was replaced stays set. */
const struct rule *policy_find_recorded(const struct policy *policy, enum rule_list list,
					const char *name);

/* Whether CLAUSES, words with spaces between as documents have them, hold CLAUSE. */
bool clauses_hold(const char *clauses, const char *clause);

enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_UNKNOWN };

/* Whether RULE's selectors (kind, category, severity, routine, if, unless, from, before)
 * fit the folded form VIEW on DAY. VERDICT_UNKNOWN with ERR when a condition
 * could not be decided (a limit): never a verdict. */
enum verdict policy_applies(const struct policy *policy, const struct rule *rule,
			    const struct node *view, int day, struct err *err);

/* Hours by name; NULL names those marked `business`, or gives NULL when none are. */
const struct hours *policy_hours(const struct policy *policy, const char *name);

/* The kind, category and severity TEXT speaks of: the first kind whose pattern
 * fits, then the first category of that kind (of any, when no kind fits), then
 * the severity. KIND or CATEGORY may be
 * known already (not NULL). NULL where no pattern fits. A pattern that ran into
 * a limit is an error. */
bool policy_classify(const struct policy *policy, const char *text, size_t len, const char **kind,
		     const char **category, const char **severity, struct err *err);

/* The category's title, else the name itself; likewise for kinds, severities, roles. */
const char *policy_title(const struct policy *policy, enum rule_list list, const char *name);

/* Adds "a, b, c": the names of LIST, for messages; KIND limits categories to that kind's. */
void policy_names(const struct policy *policy, enum rule_list list, const char *kind,
		  struct buf *out);

#endif
