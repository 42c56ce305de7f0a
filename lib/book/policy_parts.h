// SPDX-License-Identifier: MIT
// What a policy is made of. For policy.c and policy_seal.c alone.
#ifndef KEFU_BOOK_POLICY_PARTS_H
#define KEFU_BOOK_POLICY_PARTS_H

#include "base/arena.h"
#include "book/policy.h"

/* Of each list: its key in a pack, and the key that names an entry. */
struct policy_list {
	const char *list, *name;
};
extern const struct policy_list policy_lists[RULE_LISTS];

struct rules {
	struct rule *items;
	size_t count;
};

struct condition {
	const char *name, *file;
	const struct schema *schema;
	const struct node *node;
};

struct named_hours {
	const char *name;
	bool business;
	struct hours hours;
};

struct policy {
	struct arena arena;
	struct schema_set *schemas;
	struct rules lists[RULE_LISTS];
	struct rules replaced[RULE_LISTS];
	struct condition *conditions;
	size_t condition_count;
	struct named_hours *hours;
	size_t hours_count;
	const struct node **replaces;
	const char **replacers;
	size_t replace_count;
};

/* Adds a copy of RULE. */
void rules_push(struct rules *rules, const struct rule *rule);

/* The clauses of a rule's entry with spaces between, in the policy's arena; NULL for NULL. */
const char *clauses_of(struct policy *policy, const struct node *clause);

/* Makes ERR a damage of FILE, at AT (NULL: nowhere in particular); returns false. */
bool policy_damaged(const char *file, const struct node *at, struct err *err);

#endif
