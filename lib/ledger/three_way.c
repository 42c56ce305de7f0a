// SPDX-License-Identifier: MIT
// Brings two versions of a text together that both come from a third, line by line.
#include "ledger/three_way.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { CELLS_MAX = 1 << 24 }; /* lines of one side times lines of the other */

struct line {
	const char *text;
	size_t len; /* with its LF */
};

struct lines {
	struct line *items;
	size_t count;
};

static void lines_split(struct lines *lines, const char *text, size_t len)
{
	*lines = (struct lines){0};
	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t used = end ? (size_t)(end - text) + 1 - at : len - at;
		lines->items = mem_room(lines->items, lines->count, 1, sizeof *lines->items);
		lines->items[lines->count++] = (struct line){text + at, used};
		at += used;
	}
}

static bool same_line(const struct line *a, const struct line *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* MATCH[i] gets the line of OTHER that line i of BASE has become, SIZE_MAX where it is gone: a
 * longest common subsequence. False when there are too many. */
static bool match_lines(const struct lines *base, const struct lines *other, size_t *match)
{
	size_t begin = 0, n = base->count, m = other->count;
	for (size_t i = 0; i < n; i++)
		match[i] = SIZE_MAX;
	for (; begin < n && begin < m && same_line(&base->items[begin], &other->items[begin]);
	     begin++)
		match[begin] = begin;
	for (; n > begin && m > begin && same_line(&base->items[n - 1], &other->items[m - 1]);
	     n--, m--)
		match[n - 1] = m - 1;
	size_t rows = n - begin, columns = m - begin;
	if (!rows || !columns)
		return true;
	if (rows > CELLS_MAX / columns)
		return false;
	/* longest[i][j]: of what follows line i of BASE and line j of OTHER */
	uint32_t *longest = mem_array((rows + 1) * (columns + 1), sizeof *longest);
	for (size_t i = rows; i-- > 0;)
		for (size_t j = columns; j-- > 0;) {
			uint32_t *at = &longest[i * (columns + 1) + j];
			uint32_t below = at[columns + 1], right = at[1];
			*at = same_line(&base->items[begin + i], &other->items[begin + j])
				      ? at[columns + 2] + 1
			      : below > right ? below
					      : right;
		}
	for (size_t i = 0, j = 0; i < rows && j < columns;) {
		const uint32_t *at = &longest[i * (columns + 1) + j];
		if (same_line(&base->items[begin + i], &other->items[begin + j]))
			match[begin + i++] = begin + j++;
		else if (at[columns + 1] >= at[1])
			i++;
		else
			j++;
	}
	free(longest);
	return true;
}

static void add_lines(struct buf *out, const struct lines *lines, size_t from, size_t to)
{
	for (; from < to; from++)
		buf_add(out, lines->items[from].text, lines->items[from].len);
}

static bool same_lines(const struct lines *a, size_t a_from, size_t a_to, const struct lines *b,
		       size_t b_from, size_t b_to)
{
	if (a_to - a_from != b_to - b_from)
		return false;
	for (; a_from < a_to; a_from++, b_from++)
		if (!same_line(&a->items[a_from], &b->items[b_from]))
			return false;
	return true;
}

/* The three versions of what lies between two lines that all have. */
struct region {
	size_t base, base_end, ours, ours_end, theirs, theirs_end;
};

static void add_region(const struct three_way *texts, const struct lines sides[3],
		       const struct region *at, struct buf *out)
{
	const struct lines *base = &sides[0], *ours = &sides[1], *theirs = &sides[2];
	bool theirs_stand = same_lines(base, at->base, at->base_end, ours, at->ours, at->ours_end);
	bool clear = theirs_stand ||
		     same_lines(base, at->base, at->base_end, theirs, at->theirs, at->theirs_end) ||
		     same_lines(ours, at->ours, at->ours_end, theirs, at->theirs, at->theirs_end);
	if (!clear) {
		theirs_stand = texts->stands == THREE_WAY_THEIRS;
		texts->conflict(texts->context, (unsigned)at->ours + 1,
				(unsigned)(at->ours_end - at->ours));
	}
	if (theirs_stand)
		add_lines(out, theirs, at->theirs, at->theirs_end);
	else
		add_lines(out, ours, at->ours, at->ours_end);
}

bool three_way_merge(const struct three_way *texts, struct buf *out)
{
	struct lines sides[3];
	lines_split(&sides[0], texts->base, texts->base_len);
	lines_split(&sides[1], texts->ours, texts->ours_len);
	lines_split(&sides[2], texts->theirs, texts->theirs_len);
	size_t count = sides[0].count;
	size_t *to_ours = mem_array(count + 1, sizeof *to_ours),
	       *to_theirs = mem_array(count + 1, sizeof *to_theirs);
	bool done = match_lines(&sides[0], &sides[1], to_ours) &&
		    match_lines(&sides[0], &sides[2], to_theirs);
	struct region at = {0};
	for (size_t i = 0; done && i <= count; i++) {
		bool last = i == count;
		if (!last && (to_ours[i] == SIZE_MAX || to_theirs[i] == SIZE_MAX))
			continue;
		at.base_end = i;
		at.ours_end = last ? sides[1].count : to_ours[i];
		at.theirs_end = last ? sides[2].count : to_theirs[i];
		add_region(texts, sides, &at, out);
		if (last)
			break;
		add_lines(out, &sides[0], i, i + 1);
		at = (struct region){i + 1, 0, to_ours[i] + 1, 0, to_theirs[i] + 1, 0};
	}
	free(to_ours);
	free(to_theirs);
	for (size_t i = 0; i < 3; i++)
		free(sides[i].items);
	return done;
}

static int compare_lines(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
	return order ? order : (x->len > y->len) - (x->len < y->len);
}

size_t three_way_shared(const char *a, size_t a_len, const char *b, size_t b_len)
{
	struct lines one, other;
	size_t shared = 0;
	lines_split(&one, a, a_len);
	lines_split(&other, b, b_len);
	if (other.count)
		qsort(other.items, other.count, sizeof *other.items, compare_lines);
	for (size_t i = 0; other.count && i < one.count; i++)
		shared += one.items[i].len > 1 && bsearch(&one.items[i], other.items, other.count,
							  sizeof *other.items, compare_lines);
	free(one.items);
	free(other.items);
	return shared;
}
