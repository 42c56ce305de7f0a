// SPDX-License-Identifier: MIT
// What is said when a rule refuses a step. Judges nothing.
#ifndef KEFU_TICKET_REFUSAL_H
#define KEFU_TICKET_REFUSAL_H

#include <stdbool.h>

#include "base/err.h"
#include "book/policy.h"

/* Sets ERR to STATUS_REFUSED with RULE's clause: its title says what the rule is, what follows says
 * what is amiss. Returns false. */
bool rule_refuse(const struct rule *rule, struct err *err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
