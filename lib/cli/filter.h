// SPDX-License-Identifier: MIT
// Names that a filter asks for: one that nothing has is a slip, and a script that goes wrong is not
// to look like a quiet day.
#ifndef KEFU_CLI_FILTER_H
#define KEFU_CLI_FILTER_H

#include <stdbool.h>

#include "cli/desk.h"
#include "ticket/known.h"

/* Each is about the value of --OPTION; without one, it is true. Otherwise STATUS_USAGE, with what
 * is allowed: unless the policy has it as a name of LIST, or had it, or a form has. */
bool filter_name(struct desk *desk, const char *option, enum rule_list list, enum known_field field,
		 struct err *err);

/* A person: somebody who works here, or did, or whom a form names. */
bool filter_person(struct desk *desk, const char *option, struct err *err);

/* A department that somebody belongs to, or did, or that the policy or a form names. */
bool filter_department(struct desk *desk, const char *option, struct err *err);

/* A role of the policy, or one that somebody had. */
bool filter_role(struct desk *desk, const char *option, struct err *err);

/* What nothing lists but forms: FIELD of any of them. */
bool filter_recorded(struct desk *desk, const char *option, enum known_field field,
		     struct err *err);

/* A deadline's or a callback's rule, or one of their clauses, of the policy or of a form; by
 * FIELDS, a bit for each known_field, those that count. */
bool filter_rule(struct desk *desk, const char *option, unsigned fields, struct err *err);

/* UNIT gets how the value is written in forms, NULL when it is not given: a unit, or how units
 * begin. False for what is neither, like "" or "*". */
bool filter_unit(struct desk *desk, const char *option, const char **unit, struct err *err);

/* Sets ERR: WHAT is wrong with --OPTION, and what is allowed: NAMES, "a, b", of many the first, and
 * HOW (or NULL) the others are listed. Returns false. */
bool filter_unknown(const char *option, const char *what, const char *names, const char *how,
		    struct err *err);

#endif
