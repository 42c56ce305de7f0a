// SPDX-License-Identifier: MIT
// Regular expressions with a limit on the work of a match; the only includer of pcre2.h.
#include "text/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	MATCH_BUDGET = 20000000, /* PCRE2's match limit, for the whole of a search; about a fifth of
				    a second */
	WINDOW = 64, /* starting offsets searched at once when one of them needs more than its share
		      */
	DEPTH_LIMIT = 250000,
	HEAP_LIMIT_KIB = 32 * 1024,
};

/* What one match in progress needs. */
struct workspace {
	pcre2_match_data *data;
	pcre2_match_context *context;
};

struct pattern {
	char *text;
	pcre2_code *code;
	bool anchored;      /* a match can only start at the start */
	bool is_one_search; /* a match may depend on where earlier attempts failed */
	/* A workspace nobody uses at the moment, or NULL: whoever matches takes
	 * it, and puts one back. On the heap, for a const pattern to share. */
	_Atomic(struct workspace *) *spare;
};

static void workspace_free(struct workspace *workspace)
{
	if (!workspace)
		return;
	pcre2_match_data_free(workspace->data);
	pcre2_match_context_free(workspace->context);
	free(workspace);
}

/* NULL when memory runs out. */
static struct workspace *workspace_take(const struct pattern *pattern)
{
	struct workspace *workspace = atomic_exchange(pattern->spare, NULL);
	if (workspace)
		return workspace;
	workspace = mem_alloc(sizeof *workspace);
	workspace->data = pcre2_match_data_create(1, NULL);
	workspace->context = pcre2_match_context_create(NULL);
	if (!workspace->data || !workspace->context) {
		workspace_free(workspace);
		return NULL;
	}
	pcre2_set_depth_limit(workspace->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(workspace->context, HEAP_LIMIT_KIB);
	return workspace;
}

static void workspace_return(const struct pattern *pattern, struct workspace *workspace)
{
	workspace_free(atomic_exchange(pattern->spare, workspace));
}

static void say_pcre2(int code, char *text, size_t size)
{
	if (pcre2_get_error_message(code, (PCRE2_UCHAR *)text, size) < 0)
		snprintf(text, size, "PCRE2 error %d", code);
}

/* In ECMA-262's syntax \x takes two digits, and \x{4e00} would quietly mean x{4e00}. */
static bool has_braced_hex(const char *text, size_t len)
{
	for (size_t i = 0; i + 2 < len; i++) {
		if (text[i] != '\\')
			continue;
		if (text[i + 1] == 'x' && text[i + 2] == '{')
			return true;
		i++;
	}
	return false;
}

/* Unicode's names of general categories; PCRE2 knows the short ones alone. */
static const char *short_category(const char *name, size_t len)
{
	static const char *const names[][2] = {
		{"Letter", "L"},
		{"Cased_Letter", "L&"},
		{"Uppercase_Letter", "Lu"},
		{"Lowercase_Letter", "Ll"},
		{"Titlecase_Letter", "Lt"},
		{"Modifier_Letter", "Lm"},
		{"Other_Letter", "Lo"},
		{"Mark", "M"},
		{"Combining_Mark", "M"},
		{"Nonspacing_Mark", "Mn"},
		{"Spacing_Mark", "Mc"},
		{"Enclosing_Mark", "Me"},
		{"Number", "N"},
		{"Decimal_Number", "Nd"},
		{"digit", "Nd"},
		{"Letter_Number", "Nl"},
		{"Other_Number", "No"},
		{"Punctuation", "P"},
		{"punct", "P"},
		{"Connector_Punctuation", "Pc"},
		{"Dash_Punctuation", "Pd"},
		{"Open_Punctuation", "Ps"},
		{"Close_Punctuation", "Pe"},
		{"Initial_Punctuation", "Pi"},
		{"Final_Punctuation", "Pf"},
		{"Other_Punctuation", "Po"},
		{"Symbol", "S"},
		{"Math_Symbol", "Sm"},
		{"Currency_Symbol", "Sc"},
		{"Modifier_Symbol", "Sk"},
		{"Other_Symbol", "So"},
		{"Separator", "Z"},
		{"Space_Separator", "Zs"},
		{"Line_Separator", "Zl"},
		{"Paragraph_Separator", "Zp"},
		{"Other", "C"},
		{"Control", "Cc"},
		{"cntrl", "Cc"},
		{"Format", "Cf"},
		{"Surrogate", "Cs"},
		{"Private_Use", "Co"},
		{"Unassigned", "Cn"},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i][0]) == len && memcmp(names[i][0], name, len) == 0)
			return names[i][1];
	return NULL;
}

/* Makes \p{Letter} \p{L_____} in place: PCRE2 takes no notice of the
 * underscores, and offsets in its messages stay right. */
static void shorten_categories(char *text, size_t len)
{
	for (size_t i = 0; i + 3 < len; i++) {
		if (text[i] != '\\')
			continue;
		i++;
		if ((text[i] != 'p' && text[i] != 'P') || text[i + 1] != '{')
			continue;
		char *name = text + i + 2, *close = memchr(name, '}', len - i - 2);
		const char *category = close ? short_category(name, (size_t)(close - name)) : NULL;
		if (!category)
			continue;
		memset(name, '_', (size_t)(close - name));
		memcpy(name, category, strlen(category));
	}
}

static pcre2_code *compile(const char *text, size_t len, bool caseless, struct err *err)
{
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	if (!context) {
		err_set(err, STATUS_SYSTEM, "no memory for a pattern");
		return NULL;
	}
	pcre2_set_max_pattern_length(context, PATTERN_MAX_BYTES);
	pcre2_set_parens_nest_limit(context, PATTERN_MAX_NESTING);
	pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALT_BSUX);
	uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY |
			   PCRE2_ALT_BSUX | PCRE2_USE_OFFSET_LIMIT |
			   (caseless ? PCRE2_CASELESS : 0);
	int code;
	PCRE2_SIZE offset;
	pcre2_code *compiled =
		pcre2_compile((PCRE2_SPTR)text, len, options, &code, &offset, context);
	pcre2_compile_context_free(context);
	if (!compiled) {
		char message[256];
		say_pcre2(code, message, sizeof message);
		err_set(err, STATUS_REFUSED, "not a regular expression: at offset %zu: %s",
			(size_t)offset, message);
	}
	return compiled;
}

struct pattern *pattern_new(const char *text, size_t len, bool caseless, struct err *err)
{
	if (has_braced_hex(text, len)) {
		err_set(err, STATUS_REFUSED,
			"not a regular expression: write \\u{…} instead of \\x{…}");
		return NULL;
	}
	char *short_text = mem_dup_len(text, len);
	shorten_categories(short_text, len);
	pcre2_code *code = compile(short_text, len, caseless, err);
	free(short_text);
	if (!code)
		return NULL;
	/* Without executable memory this fails, and matches are interpreted. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	uint32_t options = 0;
	pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
	struct pattern *pattern = mem_alloc(sizeof *pattern);
	pattern->text = mem_dup_len(text, len);
	pattern->code = code;
	pattern->anchored = options & PCRE2_ANCHORED;
	pattern->is_one_search = strstr(text, "(*COMMIT") || strstr(text, "(*SKIP") ||
				 strstr(text, "\\G");
	pattern->spare = mem_alloc(sizeof *pattern->spare);
	atomic_init(pattern->spare, NULL);
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	workspace_free(atomic_load(pattern->spare));
	free(pattern->spare);
	pcre2_code_free(pattern->code);
	free(pattern->text);
	free(pattern);
}

const char *pattern_text(const struct pattern *pattern)
{
	return pattern->text;
}

/* One search, or a part of one. */
struct search {
	const struct pattern *pattern;
	struct workspace *workspace;
	const char *subject;
	size_t len;
};

/* Looks for a match that starts between FIRST and LAST, spending at most LIMIT on each start. */
static int search_starts(const struct search *search, size_t first, size_t last, uint32_t limit,
			 uint32_t options)
{
	const pcre2_code *code = search->pattern->code;
	struct workspace *workspace = search->workspace;
	pcre2_set_match_limit(workspace->context, limit);
	pcre2_set_offset_limit(workspace->context, last);
	int result = pcre2_match(code, (PCRE2_SPTR)search->subject, search->len, first, options,
				 workspace->data, workspace->context);
	if (result == PCRE2_ERROR_JIT_STACKLIMIT)
		result = pcre2_match(code, (PCRE2_SPTR)search->subject, search->len, first,
				     options | PCRE2_NO_JIT, workspace->data, workspace->context);
	return result;
}

/* The start after COUNT characters more, or the end of the subject. */
static size_t skip_characters(const struct search *search, size_t start, unsigned count)
{
	while (count-- && start < search->len)
		do
			start++;
		while (start < search->len &&
		       ((unsigned char)search->subject[start] & 0xc0) == 0x80);
	return start;
}

/* Spends on START as much work as it needs, up to what is left of the search's budget. */
static int search_one_start(const struct search *search, size_t start, uint32_t share,
			    uint32_t *budget)
{
	for (uint32_t limit = share;; limit *= 2) {
		int result = search_starts(search, start, start, limit, PCRE2_NO_UTF_CHECK);
		if (result != PCRE2_ERROR_MATCHLIMIT || *budget < limit)
			return result;
		*budget -= limit;
	}
}

static int search_window(const struct search *search, size_t first, size_t last, uint32_t share,
			 uint32_t *budget)
{
	int result = search_starts(search, first, last, share, PCRE2_NO_UTF_CHECK);
	if (result != PCRE2_ERROR_MATCHLIMIT)
		return result;
	for (size_t start = first;; start = skip_characters(search, start, 1)) {
		result = search_one_start(search, start, share, budget);
		if (result != PCRE2_ERROR_NOMATCH || start == last)
			return result;
	}
}

/* PCRE2 limits the work of each start, not of the whole search. Here a start that needs more than
 * its share takes it from the budget of the whole search. */
static int search_by_windows(const struct search *search, uint32_t share)
{
	uint32_t budget = MATCH_BUDGET;
	for (size_t first = 0;;) {
		size_t last = skip_characters(search, first, WINDOW - 1);
		int result = search_window(search, first, last, share, &budget);
		if (result != PCRE2_ERROR_NOMATCH || last == search->len)
			return result;
		first = skip_characters(search, last, 1);
	}
}

static int search_all(const struct search *search)
{
	const struct pattern *pattern = search->pattern;
	if (pattern->anchored)
		return search_starts(search, 0, PCRE2_UNSET, MATCH_BUDGET, 0);
	uint32_t share = search->len < MATCH_BUDGET ? MATCH_BUDGET / (uint32_t)(search->len + 1)
						    : 1;
	int result = search_starts(search, 0, PCRE2_UNSET, share, 0);
	if (result != PCRE2_ERROR_MATCHLIMIT || pattern->is_one_search)
		return result;
	return search_by_windows(search, share);
}

enum pattern_result pattern_match(const struct pattern *pattern, const char *subject, size_t len,
				  size_t *start, size_t *end, struct err *err)
{
	struct workspace *workspace = workspace_take(pattern);
	if (!workspace) {
		err_set(err, STATUS_SYSTEM, "no memory to match a pattern");
		return PATTERN_LIMIT;
	}
	struct search search = {pattern, workspace, subject, len};
	int code = search_all(&search);
	if (code >= 0) {
		const PCRE2_SIZE *found = pcre2_get_ovector_pointer(workspace->data);
		/* \K in a lookahead can put the start behind the end. */
		if (start)
			*start = found[0] < found[1] ? found[0] : found[1];
		if (end)
			*end = found[1];
	}
	workspace_return(pattern, workspace);
	if (code >= 0)
		return PATTERN_YES;
	if (code == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO;
	char message[256];
	say_pcre2(code, message, sizeof message);
	err_set(err, STATUS_REFUSED, "cannot decide whether the pattern %s matches: %s",
		pattern->text, message);
	return PATTERN_LIMIT;
}

enum pattern_result pattern_search(const struct pattern *pattern, const char *subject, size_t len,
				   struct buf *found, struct err *err)
{
	size_t start, end;
	enum pattern_result result = pattern_match(pattern, subject, len, &start, &end, err);
	if (result == PATTERN_YES && found)
		buf_add(found, subject + start, end - start);
	if (result != PATTERN_NO)
		return result;
	struct buf seen;
	buf_init(&seen);
	buf_add_seen(&seen, subject, len);
	if (seen.len < len)
		result = pattern_match(pattern, seen.data, seen.len, &start, &end, err);
	if (result == PATTERN_YES && found)
		buf_add(found, seen.data + start, end - start);
	buf_clear(&seen);
	return result;
}
