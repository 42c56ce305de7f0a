// SPDX-License-Identifier: MIT
// The inside of a policy. For policy*.c alone.
#ifndef KEFU_BOOK_POLICY_PARTS_H
#define KEFU_BOOK_POLICY_PARTS_H

#include "base/arena.h"
#include "base/keys.h"
#include "book/policy.h"

struct rules {
	struct rule *items;
	size_t count;
};

struct policy_list {
	const char *key;  /* in a pack: "steps" */
	const char *name; /* the key that names an entry; NULL: none does */
	const char
		*sort; /* the sort of such a name (x-sorts); NULL where the schema does not say */
	bool has_clauses; /* entries have clauses; an entry is replaced when all its clauses are */
	struct rules rules, replaced;
};

struct pack {
	const char *file;
	const struct node *root; /* valid by schemas/policy.yaml */
};

struct condition {
	const char *name, *file;
	const struct schema *schema;
	const struct node *node;
	bool asks_linked; /* of the forms that are linked */
};

/* One entry of a pack's `replaces`. */
struct replacing {
	const struct pack *by; /* NULL while packs are added: then INDEX says it */
	size_t index;
	const struct node *entry; /* a clause of other packs, or a map: steps of one pack */
};

struct named_hours {
	const char *name;
	bool business;
	int from, before; /* as a rule's */
	struct hours hours;
};

struct policy {
	struct arena arena;
	struct schema_set *schemas;
	const struct schema *schema; /* of packs; NULL before the first */
	struct languages reader;     /* of titles */
	struct pack *packs;
	size_t pack_count;
	struct policy_list *lists; /* those of enum rule_list, then what else the schema has */
	size_t list_count;
	struct condition *conditions;
	size_t condition_count;
	struct named_hours *hours;
	size_t hours_count;
	struct replacing *replacing;
	size_t replacing_count;
	/* the paths of balances that hold money, found out when the policy is sealed: later several
	 * threads ask */
	const struct node **moneys;
	size_t money_count;
};

/* The clause of the rules that every ledger has. */
#define POLICY_CORE "kefu"

/* policy_core.c. Adds to POLICY, which makes sense, the rules that every ledger has. */
void policy_add_core(struct policy *policy);

/* The list at KEY of a pack; NULL when that is none. */
struct policy_list *policy_list_at(const struct policy *policy, const char *key);

/* Gives ERR, which is set, STATUS_DAMAGED and the place of AT (may be NULL) in FILE. Returns false.
 */
bool policy_damaged(const char *file, const struct node *at, struct err *err);

/* The clauses of an entry with spaces between, in the policy's arena; NULL when it has none. */
const char *policy_clauses(struct policy *policy, const struct node *clause);

/* Adds a copy of RULE. */
void rules_push(struct rules *rules, const struct rule *rule);

/* What RULE means by the condition NAME: that of its own pack, else the first; NULL if none. */
const struct condition *policy_condition(const struct policy *policy, const struct rule *rule,
					 const char *name);

/* --- policy_replace.c --- */

/* Adds what PACK, just added, replaces. */
void policy_replaces_add(struct policy *policy, const struct pack *pack);

/* Takes from the rules the clauses that other packs replace. Rules that have none left move to
 * list->replaced, as they may still be needed for what was recorded by them. Marks the rules of
 * steps that stand aside somewhere. */
void policy_replace(struct policy *policy);

/* Whether what PACK replaces is there, where the other pack is, and not replaced both ways. */
bool policy_replaces_fit(const struct policy *policy, const struct pack *pack, struct err *err);

/* --- */

/* Whether A and B, each a name or a list of names, have one in common. */
bool names_meet(const struct node *a, const struct node *b);

/* Whether every name that is used is defined, and none is defined twice that must not be, by
 * x-sorts, x-names and x-refers in schemas/policy.yaml: kefu-schema(5). */
bool policy_names_fit(const struct policy *policy, struct err *err);

/* Calls TELL for each name that fits only because the ledger was founded when less was asked. */
void policy_names_tolerated(const struct policy *policy, policy_tolerated tell, void *context);

/* Whether rules whose names fit make sense by themselves, and none contradicts another. */
bool policy_makes_sense(const struct policy *policy, struct err *err);

/* Whether each key of RULE, an entry of LIST, has a meaning beside the others it has. */
bool policy_pairs_fit(const struct policy *policy, enum rule_list list, const struct rule *rule,
		      struct err *err);

/* Whether RULE can come into force, whatever stands before it in LIST in the same pack. */
bool policy_rule_is_reached(const struct policy *policy, enum rule_list list,
			    const struct rule *rule, struct err *err);

/* --- policy_carried.c --- */

/* What is known of the documents of steps, by their schemas. Begins with the policy and STRICT
 * alone; the arena is the caller's to clear. */
struct fields {
	const struct policy *policy;
	bool strict; /* asks what packs of 0.1 were not asked, too */
	struct arena arena;
	/* those that were looked for, by their files; NULL: none can be used */
	struct keys files;
	const struct schema **schemas; /* heap */
	size_t schema_count;
};

void fields_clear(struct fields *fields);

/* Whether STEP is one that forms can have. */
bool fields_know_step(struct fields *fields, const char *step);

/* Whether documents of STEP (NULL: of any step), in forms of one of KINDS (NULL: of any), can carry
 * the field at PATH, and in it what an OK accepts (NULL: anything does). Also where no schema says
 * what they carry. STEP need not outlive the call. */
typedef bool (*field_ok)(void *context, const struct schema *field);
bool fields_carry(struct fields *fields, const struct node *kinds, const char *step,
		  const char *path, field_ok ok, void *context);

/* The same of STEP, where PATH goes through lists, too: of their items ("non-conformities.what").
 */
bool fields_carry_each(struct fields *fields, const struct node *kinds, const char *step,
		       const char *path, field_ok ok, void *context);

/* One of STEPS whose documents, in forms of one of KINDS (NULL: of any), cannot carry FIELD; NULL
 * when all can. */
const char *fields_step_without(struct fields *fields, const struct node *kinds,
				const struct node *steps, const char *field);
const char *fields_step_without_each(struct fields *fields, const struct node *kinds,
				     const struct node *steps, const char *field);

/* --- policy_fields.c --- */

/* Whether the fields and steps that RULE, an entry of LIST, goes by can be there. */
bool policy_fields_fit(struct fields *fields, enum rule_list list, const struct rule *rule,
		       struct err *err);

/* --- policy_balances.c --- */

/* Whether what goes out by RULE, an entry of RULE_BALANCE, and what comes back of it can be there,
 * and are of one sort. */
bool policy_balance_fits(struct fields *fields, const struct rule *rule, struct err *err);

/* Whether RULE, an entry of RULE_STEP, asks about balances of the kinds it is about. */
bool policy_settled_fits(struct fields *fields, const struct rule *rule, struct err *err);

/* Notes which paths of balances hold money. */
void policy_find_money(struct policy *policy);

/* --- policy_match.c --- */

/* Whether forms have what the conditions MATCH of the pack FILE ask about. */
bool policy_match_fits(struct fields *fields, const char *file, const struct node *match,
		       struct err *err);

/* Whether the folded form has something at PATH, like "customer.birthday", that OK accepts. */
bool policy_view_has(struct fields *fields, const struct node *kinds, const char *path, field_ok ok,
		     void *context);

/* --- */

/* Whether the ledger was founded by a version that asked packs neither for the sorts of names nor
 * for what this one does: what was good then stays so. */
bool policy_is_old(const struct policy *policy);

/* --- policy_own.c --- */

/* The schema of packs that this kefu founds ledgers with; it lives in *SET, which the caller frees
 * whatever happens. For ledgers founded earlier, whose own schema does not say what it says of
 * names. */
const struct schema *policy_own_schema(struct schema_set **set, struct err *err);

#endif
