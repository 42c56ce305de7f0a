// SPDX-License-Identifier: MIT
// What .gitattributes of a ledger says. Reads and writes no file.
#include "ledger/attributes.h"

#include <string.h>

#include "book/book.h"
#include "book/family.h"

static const char *const single[] = {LEDGER_STAFF, LEDGER_HEADER};

void attributes_text(struct buf *out)
{
	buf_adds(
		out,
		"# forms are sets of documents: ledger-merge unites them; text is never converted\n"
		"*.yaml -text\n");
	for (size_t i = 0; i < sizeof single / sizeof *single; i++)
		buf_addf(out, "%s merge=kefu\n", single[i]);
	for (const struct family *family = families; family->folder; family++)
		buf_addf(out, "%s/** merge=kefu\n", family->folder);
}

/* Whether a line of TEXT begins with the pattern of LINE, which is LEN bytes long. */
static bool speaks_of(const char *text, const char *line, size_t len)
{
	while (text) {
		text += strspn(text, " \t");
		if (strncmp(text, line, len) == 0 && text[len] && strchr(" \t\r\n", text[len]))
			return true;
		text = strchr(text, '\n');
		text += text != NULL;
	}
	return false;
}

bool attributes_missing(const char *text, struct buf *out)
{
	struct buf all;
	bool found = false;
	buf_init(&all);
	attributes_text(&all);
	for (const char *line = all.data; *line && !found; line = strchr(line, '\n') + 1) {
		found = *line != '#' && !speaks_of(text, line, strcspn(line, " "));
		if (found)
			buf_add(out, line, strcspn(line, "\n"));
	}
	buf_clear(&all);
	return found;
}
