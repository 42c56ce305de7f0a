// SPDX-License-Identifier: MIT
// What is said when a rule refuses a step.
#include "ticket/refusal.h"

#include <stdarg.h>

bool rule_refuse(const struct rule *rule, struct err *err, const char *format, ...)
{
	struct buf text;
	va_list args;
	buf_init(&text);
	if (rule->title)
		buf_addf(&text, "%s: ", rule->title);
	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	err_refuse(err, rule->clause, "%s", text.data);
	buf_clear(&text);
	return false;
}
