// SPDX-License-Identifier: MIT
// A policy: the rules of its packs, which are data. Checks them and finds those that apply.
// Contains no rule itself and does not judge steps.
#ifndef KEFU_BOOK_POLICY_H
#define KEFU_BOOK_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/node.h"
#include "data/deadline.h"
#include "data/language.h"
#include "data/schema.h"

struct policy;

/* The lists of a pack that kefu knows by name. Further lists that a ledger's schemas/policy.yaml
 * has get the numbers from RULE_LISTS on. */
enum rule_list {
	RULE_ROLE,
	RULE_DEPARTMENT,
	RULE_HOURS,
	RULE_KIND,
	RULE_CATEGORY,
	RULE_SEVERITY,
	RULE_PRICE,
	RULE_CHECKLIST,
	RULE_EVENT,
	RULE_STEP,
	RULE_UNIQUE,
	RULE_BALANCE,
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
	const char *pack;        /* the name of that */
	const char *cited; /* what documents and lists call it: its name, or PACK/NAME where another
			      pack has a deadline or callback of that name; NULL where it has none
			    */
	const char *clause; /* its clauses with spaces between; NULL where the list has none */
	const char *title;  /* in the reader's language; NULL where it has none */
	const struct node *kinds; /* of the forms it is for: its own `kind`, else, where its pack is
				     for its own kinds only, those; NULL: any */
	bool aside; /* of a step: another pack replaces it for some steps or kinds (policy_aside) */
	struct pattern *pattern; /* of categories, severities, kinds and phrases that have one */
	int from, before;        /* days since 1970-01-01: in force from … until before … */
};

/* SCHEMAS must hold schemas/policy.yaml and outlive the policy. The conditions of packs are added
 * to it. */
struct policy *policy_new(struct schema_set *schemas);
void policy_free(struct policy *policy); /* NULL is fine */

/* Adds a pack: ROOT, read from FILE, whose `pack` must be NAME. ROOT and FILE outlive the policy.
 * Fails with STATUS_DAMAGED, file, line, column, and what is allowed there. */
bool policy_add(struct policy *policy, const char *name, const char *file, struct node *root,
		struct err *err);

/* To be called after the last pack. Takes out the rules that other packs replace, then
 * checks that every name that is used is defined and that packs do not contradict each
 * other. Fails with STATUS_DAMAGED and the place. */
bool policy_seal(struct policy *policy, struct err *err);

/* Calls TELL for each thing in the packs that is tolerated only because the ledger was founded by
 * kefu 0.1: a pack that has it would be refused today. ERR has its place, and is the callee's to
 * read. At most one for each rule. */
typedef void (*policy_tolerated)(void *context, const struct err *err);
void policy_tolerates(const struct policy *policy, policy_tolerated tell, void *context);

/* The number of lists; the key of LIST in a pack ("steps"); and the key in its entries that names
 * them ("step"), NULL when none does. */
size_t policy_list_count(const struct policy *policy);
const char *policy_list_key(const struct policy *policy, enum rule_list list);
const char *policy_list_name(const struct policy *policy, enum rule_list list);

/* Steps through the rules of LIST in order of packs and lines: start with *CURSOR 0. */
const struct rule *policy_next(const struct policy *policy, enum rule_list list, size_t *cursor);

/* The rule of LIST that is called NAME, by the key of policy_list_name, or PACK/NAME; NULL if there
 * is none. A rule that was changed stands there more than once, each time with other dates: this is
 * the first. */
const struct rule *policy_find(const struct policy *policy, enum rule_list list, const char *name);

/* Of the rules that are called NAME the one in force on DAY; the first of them where none is. */
const struct rule *policy_find_on(const struct policy *policy, enum rule_list list,
				  const char *name, int day);

/* The same, also among rules that other packs replace. For reading what was recorded: a
 * duty that such a rule set before it was replaced is still owed. DAY is that of the clock's
 * start. */
const struct rule *policy_find_recorded(const struct policy *policy, enum rule_list list,
					const char *name, int day);

/* The deadline or callback that a document means by NAME and CLAUSE, as above. Where it says no
 * pack and several have such a name, as when it was recorded before one of them was there, the
 * clause tells which; else the first. */
const struct rule *policy_find_cited(const struct policy *policy, enum rule_list list,
				     const char *name, const char *clause, int day);

/* What RULE means by NAME, a rule of LIST: one of its own pack, else the first. NULL if there is
 * none. */
const struct rule *policy_find_beside(const struct policy *policy, enum rule_list list,
				      const struct rule *rule, const char *name);

/* Whether A and B, rules of LIST, are the same one with other dates; not so where one is NULL. */
bool rules_are_one(const struct policy *policy, enum rule_list list, const struct rule *a,
		   const struct rule *b);

/* Whether RULE of LIST is what somebody means by WANTED: its name, with or without its pack. */
bool rule_is_called(const struct policy *policy, enum rule_list list, const struct rule *rule,
		    const char *wanted);

/* Whether RULE is in force on DAY. */
bool rule_in_force(const struct rule *rule, int day);

/* Whether CLAUSE, or a duty of it, is among CLAUSES, which are separated by spaces as in
 * documents: H2.C-5b is a duty of H2.C-5. */
bool clauses_hold(const char *clauses, const char *clause);

/* Whether one of CLAUSES is PART or stands below it: H2 and H2.C both have H2.C-5 below them. */
bool clauses_lie_under(const char *clauses, const char *part);

/* The pack that replaces RULE, of a step, for STEP of tickets of KIND, so that it stands aside
 * there; NULL where none does. */
const char *policy_aside(const struct policy *policy, const struct rule *rule, const char *kind,
			 const char *step);

/* Calls TELL for each RULE that other packs replace: all of it, or, of a step, for the steps and
 * kinds that ENTRY names, a map {pack, step, kind, reason}. PACK is that which replaces it; ENTRY
 * is what it says under `replaces`. */
typedef void (*policy_replaced_told)(void *context, enum rule_list list, const struct rule *rule,
				     const char *pack, const struct node *entry);
void policy_replaced(const struct policy *policy, policy_replaced_told tell, void *context);

/* The pack that has replaced all of RULE; NULL where it still holds. */
const char *policy_replaced_by(const struct policy *policy, const struct rule *rule);

enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_UNKNOWN };

/* Whether a condition of RULE asks for the forms that are linked: then the view has to have
 * `linked`. */
bool policy_asks_linked(const struct policy *policy, const struct rule *rule);

/* Whether RULE's selectors (kind, category, severity, routine, if, unless, from, before)
 * fit the folded form VIEW (form_view) on DAY. VERDICT_UNKNOWN with ERR when a limit left a
 * condition undecided. */
enum verdict policy_applies(const struct policy *policy, const struct rule *rule,
			    const struct node *view, int day, struct err *err);

/* Whether PATH, one under out or back of an entry of RULE_BALANCE, holds amounts of money and no
 * things. */
bool policy_is_money(const struct policy *policy, const struct node *path);

/* Hours by name, those in force on DAY; the first of that name where none are. NULL as a name means
 * those marked `business`; NULL when there are none. */
const struct hours *policy_hours(const struct policy *policy, const char *name, int day);

/* What entries of LIST that are called NAME say at KEY: the first that does, in the order of the
 * packs, so that what one of them leaves open another can say. KIND, if not NULL, leaves out those
 * of other kinds. NULL where none says it. */
const struct node *policy_says(const struct policy *policy, enum rule_list list, const char *name,
			       const char *kind, const char *key);

/* The severities that tickets of KIND have: those of all packs in their order, in ARENA. NULL where
 * none names any: then it has those of every kind. */
struct node *policy_severities(const struct policy *policy, struct arena *arena, const char *kind);

/* Finds out from TEXT the kind, category and severity of a ticket: the first kind whose pattern
 * matches, then the first such category of that kind (of any kind, when none matches), then the
 * first such severity. A *KIND or *CATEGORY that is not NULL was given by somebody and is kept.
 * What no pattern matches stays NULL. Fails when a pattern reaches a limit. */
bool policy_classify(const struct policy *policy, const char *text, size_t len, const char **kind,
		     const char **category, const char **severity, struct err *err);

/* A kind, category of it and severity for which no deadline or no callback is ever set. */
struct policy_gap {
	const char *kind, *category, *severity; /* the last NULL where the kind has none */
	bool deadline, callback; /* whether a rule sets one: of a gap, one of these is false */
};
typedef void (*policy_gap_told)(void *context, const struct policy_gap *gap);

/* Calls TELL for each gap in the rules in force on DAY, in the order of the packs. A rule that
 * names no kind does not close a gap. */
void policy_gaps(const struct policy *policy, int day, policy_gap_told tell, void *context);

/* Whom titles are for. To be called before packs are added; otherwise English is chosen. */
void policy_read_by(struct policy *policy, const struct languages *reader);

/* The title of ENTRY, a rule's or a map in it, in the reader's language; NULL without one. */
const char *policy_title_of(const struct policy *policy, const struct node *entry);

/* TEXT, which may be given per language as titles are, in the reader's; NULL where it is none. */
const char *policy_text(const struct policy *policy, const struct node *text);

/* The title of what is called NAME in LIST, also where other packs replace it; else the name
 * itself. */
const char *policy_title(const struct policy *policy, enum rule_list list, const char *name);

/* Whether DEPARTMENT is one of those that packs declare, or that a category or routine names, as
 * packs without the list may; any is where none do. STATUS_REFUSED with
 * the list where it is not. NULL is fine. */
bool policy_has_department(const struct policy *policy, const char *department, struct err *err);

/* Whether a checklist of these packs has ITEM, on any day, also where other packs replace it. */
bool policy_has_item(const struct policy *policy, const char *item);

/* Adds "a, b, c": the names of LIST, as messages call them (book/called.h). KIND, if not NULL,
 * leaves only its categories. */
void policy_names(const struct policy *policy, enum rule_list list, const char *kind,
		  struct buf *out);

#endif
