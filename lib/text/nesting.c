// SPDX-License-Identifier: MIT
// Checks in linear time how deep the flow collections of one YAML document nest, before libyaml
// reads it.
#include "text/nesting.h"

#include <stdbool.h>
#include <string.h>

struct scan {
	const char *text;
	size_t len, at;
	size_t max, too_deep; /* offset of the bracket that is one too many, or len */
	long parent; /* column of the innermost key or indicator, so of the collection a value is
			in; -1 for the root */
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* The byte COUNT after the current one, or LF past the end. */
static char peek(const struct scan *scan, size_t count)
{
	return scan->at + count < scan->len ? scan->text[scan->at + count] : '\n';
}

static bool ends_token(char byte)
{
	return is_blank(byte) || byte == '\n' || byte == '\r';
}

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->len && is_blank(scan->text[scan->at]))
		scan->at++;
}

static void skip_line(struct scan *scan)
{
	const char *lf = memchr(scan->text + scan->at, '\n', scan->len - scan->at);
	scan->at = lf ? (size_t)(lf - scan->text) + 1 : scan->len;
}

static void skip_quoted(struct scan *scan)
{
	char quote = scan->text[scan->at++];
	while (scan->at < scan->len) {
		char byte = scan->text[scan->at++];
		if (byte == '\\' && quote == '"' && scan->at < scan->len)
			scan->at++;
		else if (byte == quote && (quote == '"' || peek(scan, 0) != quote))
			return;
		else if (byte == quote)
			scan->at++;
	}
}

/* A plain scalar within brackets ends at one of them, a comma, ": " or " #". */
static void skip_flow_plain(struct scan *scan)
{
	for (scan->at++; scan->at < scan->len; scan->at++) {
		char byte = scan->text[scan->at];
		if (memchr(",[]{}", byte, 5))
			return;
		if (byte == ':' && (ends_token(peek(scan, 1)) || memchr(",[]{}", peek(scan, 1), 5)))
			return;
		if (byte == '#' && ends_token(scan->text[scan->at - 1]))
			return;
	}
}

static void skip_flow(struct scan *scan)
{
	size_t depth = 0;
	do {
		char byte = scan->text[scan->at];
		switch (byte) {
		case '[':
		case '{':
			if (depth++ == scan->max) {
				scan->too_deep = scan->at;
				scan->at = scan->len;
				return;
			}
			scan->at++;
			break;
		case ']':
		case '}':
			depth--;
			scan->at++;
			break;
		case '"':
		case '\'':
			skip_quoted(scan);
			break;
		case '#':
			skip_line(scan);
			break;
		case ',':
		case ':':
		case '?':
			scan->at++;
			break;
		default:
			if (ends_token(byte))
				scan->at++;
			else
				skip_flow_plain(scan);
		}
	} while (depth && scan->at < scan->len);
}

/* Spaces at the start of the current line, which is not consumed. */
static long line_indent(const struct scan *scan)
{
	size_t spaces = 0;
	while (peek(scan, spaces) == ' ')
		spaces++;
	return (long)spaces;
}

static bool line_is_empty(const struct scan *scan, long indent)
{
	char byte = peek(scan, (size_t)indent);
	return byte == '\n' || (byte == '\r' && peek(scan, (size_t)indent + 1) == '\n');
}

/* From the '|' or '>' to the first line that belongs to something else. */
static void skip_block_scalar(struct scan *scan)
{
	long indent = 0;
	for (scan->at++; !ends_token(peek(scan, 0)); scan->at++)
		if (peek(scan, 0) >= '1' && peek(scan, 0) <= '9')
			indent = (scan->parent > 0 ? scan->parent : 0) + peek(scan, 0) - '0';
	skip_line(scan);
	long least = scan->parent + 1 > 1 ? scan->parent + 1 : 1;
	bool known = indent > 0;
	while (scan->at < scan->len) {
		long spaces = line_indent(scan);
		bool empty = line_is_empty(scan, spaces);
		if (!known) {
			/* as libyaml finds it: leading empty lines count too */
			indent = spaces > indent ? spaces : indent;
			if (!empty) {
				indent = indent > least ? indent : least;
				known = true;
			}
		}
		if (!empty && spaces < indent)
			return;
		skip_line(scan);
	}
}

/* From the first line of a plain scalar to the first line that does not continue it. */
static void skip_plain_lines(struct scan *scan)
{
	for (skip_line(scan); scan->at < scan->len; skip_line(scan)) {
		long spaces = line_indent(scan);
		char byte = peek(scan, (size_t)spaces);
		if (!line_is_empty(scan, spaces) && (spaces <= scan->parent || byte == '#'))
			return;
	}
}

/* To the ':' that makes this plain text a key, or to the end of the scalar. True for a key. */
static bool skip_plain(struct scan *scan)
{
	size_t at = scan->at;
	for (; scan->at < scan->len && scan->text[scan->at] != '\n'; scan->at++) {
		if (scan->text[scan->at] == ':' && ends_token(peek(scan, 1)))
			return true;
		if (scan->text[scan->at] == '#' && scan->at > at &&
		    is_blank(scan->text[scan->at - 1])) {
			skip_line(scan);
			return false;
		}
	}
	skip_plain_lines(scan);
	return false;
}

/* One line of a block collection, and the lines its last value goes on for. */
static void skip_entry(struct scan *scan)
{
	size_t line = scan->at;
	for (;;) {
		skip_blanks(scan);
		long column = (long)(scan->at - line);
		char byte = peek(scan, 0);
		bool key = false;
		switch (byte) {
		case '#':
		case '\n':
		case '\r':
			skip_line(scan);
			return;
		case '|':
		case '>':
			skip_block_scalar(scan);
			return;
		case '[':
		case '{':
			skip_flow(scan);
			skip_blanks(scan);
			break;
		case '"':
		case '\'':
			skip_quoted(scan);
			skip_blanks(scan);
			break;
		default:
			if (column == 0 && byte == '-' && peek(scan, 1) == '-' &&
			    peek(scan, 2) == '-' && ends_token(peek(scan, 3))) {
				scan->parent = -1;
				scan->at += 3;
				continue;
			}
			key = (byte == '-' || byte == '?' || byte == ':') &&
			      ends_token(peek(scan, 1));
			if (!key && !skip_plain(scan))
				return;
			break;
		}
		if (!key && (peek(scan, 0) != ':' || !ends_token(peek(scan, 1)))) {
			skip_line(scan);
			return;
		}
		scan->parent = column;
		scan->at++;
	}
}

size_t nesting_check(const char *text, size_t len, size_t max)
{
	struct scan scan = {.text = text, .len = len, .max = max, .too_deep = len, .parent = -1};
	while (scan.at < len)
		skip_entry(&scan);
	return scan.too_deep;
}
