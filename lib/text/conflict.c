// SPDX-License-Identifier: MIT
// The marks that git leaves in a file where it could not merge.
#include "text/conflict.h"

#include <string.h>

enum { MARK_LENGTH = 7 }; /* at least; git makes them longer where it merges what was merged */

static size_t line_end(const char *text, size_t len, size_t at)
{
	const char *lf = memchr(text + at, '\n', len - at);
	return lf ? (size_t)(lf - text) + 1 : len;
}

/* The character that the line at AT marks a conflict with: '<', '|', '=' or '>'; or 0. */
static char mark_at(const char *text, size_t len, size_t at)
{
	char mark = text[at];
	size_t end = at;
	if (mark != '<' && mark != '|' && mark != '=' && mark != '>')
		return 0;
	while (end < len && text[end] == mark)
		end++;
	bool alone = end == len || text[end] == '\n' || text[end] == '\r';
	return end - at >= MARK_LENGTH && (alone || (mark != '=' && text[end] == ' ')) ? mark : 0;
}

/* The offset of the first such line, whose number goes to LINE; LEN when there is none. */
static size_t find_mark(const char *text, size_t len, unsigned *line)
{
	*line = 1;
	size_t at = 0;
	for (; at < len && !mark_at(text, len, at); at = line_end(text, len, at))
		++*line;
	return at;
}

unsigned conflict_line(const char *text, size_t len)
{
	unsigned line;
	return find_mark(text, len, &line) < len ? line : 0;
}

bool conflict_explain(const char *file, const char *text, size_t len, bool documents,
		      struct err *err)
{
	unsigned line;
	size_t at = find_mark(text, len, &line);
	if (at == len)
		return false;
	if (text[at] != '<')
		err_set(err, STATUS_DAMAGED,
			CONFLICT_MARKERS ": this line is left over from a merge: take it out, "
					 "after a look at both sides (git log -p)");
	else if (documents)
		err_set(err, STATUS_DAMAGED,
			CONFLICT_MARKERS ": git could not merge this file; to unite its sides: "
					 "ledger-merge %s",
			file ? file : "FILE");
	else
		err_set(err, STATUS_DAMAGED,
			CONFLICT_MARKERS ": git could not merge this file: put both sides together "
					 "by hand, and take these lines out");
	return err_place(err, file, line, 1);
}

bool conflict_sides(const char *file, const char *text, size_t len, struct buf *ours,
		    struct buf *theirs, struct err *err)
{
	static const char sequence[] = "<|=>";
	char last = 0; /* the mark passed last within a conflict; 0 outside */
	unsigned line = 1, begun = 0;
	buf_reset(ours);
	buf_reset(theirs);
	for (size_t at = 0, end; at < len; at = end, line++) {
		char mark = mark_at(text, len, at);
		end = line_end(text, len, at);
		if (!mark) {
			if (!last || last == '<')
				buf_add(ours, text + at, end - at);
			if (!last || last == '=')
				buf_add(theirs, text + at, end - at);
			continue;
		}
		/* what both sides began with, after '|', is left out where it is there at all */
		bool next = last ? strchr(sequence, mark) > strchr(sequence, last) &&
					    !(mark == '>' && last != '=')
				 : mark == '<';
		if (!next) {
			err_set(err, STATUS_REFUSED,
				CONFLICT_MARKERS " that are not whole, or lie within each other: "
						 "put both sides together by hand");
			return err_place(err, file, line, 1);
		}
		begun = line;
		last = mark == '>' ? 0 : mark;
	}
	if (last) {
		err_set(err, STATUS_REFUSED,
			CONFLICT_MARKERS " that are not whole: this one has no end");
		return err_place(err, file, begun, 1);
	}
	if (!begun) {
		err_set(err, STATUS_USAGE, "there is no conflict in it: give two files");
		return err_place(err, file, 0, 0);
	}
	return true;
}
