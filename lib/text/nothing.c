// SPDX-License-Identifier: MIT
// Whether a text says that there is nothing to say.
#include "text/nothing.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* How many bytes of a blank or a full stop TEXT begins with. */
static size_t blank(const char *text)
{
	static const char *const blanks[] = {" ", "\t", "\n", ".", "。", "\u3000"};
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
		if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

bool nothing_said(const char *text)
{
	static const char *const words[] = {"无", "無", "没有", "沒有", "none", ""};
	for (size_t len; (len = blank(text));)
		text += len;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i]);
		if (strncasecmp(text, words[i], len) != 0)
			continue;
		const char *behind = text + len;
		while (*behind && (len = blank(behind)))
			behind += len;
		if (!*behind)
			return true;
	}
	return false;
}
