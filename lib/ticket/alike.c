// SPDX-License-Identifier: MIT
// Finds which of many texts are alike, without comparing each with each.
//
// Two texts that share enough pairs also share one of the rarest of each: of A pairs at least
// A·S/(2000-S) have to be shared, so among any A - that + 1 of them one is shared. Only texts that
// have such a pair in common are compared ("prefix filtering", Chaudhuri et al., 2006).
#include "ticket/alike.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/keys.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/utf8.h"

/* A pair; its second and further occurrences in a text count as other pairs. */
struct occurrence {
	uint64_t token;
	size_t times; /* in all texts */
};

/* A text in which TOKEN is among the rarest. */
struct posting {
	uint64_t token;
	size_t text;
};

struct text {
	const char *text;
	uint64_t *pairs; /* sorted */
	struct occurrence *rare;
	size_t count, rare_count;
};

struct alike {
	struct text *texts;
	size_t count;
	unsigned thousandths;
	struct posting *postings; /* sorted */
	size_t posting_count;
	size_t *compared; /* for each text: in which search it was compared last */
	size_t searches;
};

static int compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static int compare_rarity(const void *a, const void *b)
{
	const struct occurrence *x = a, *y = b;
	if (x->times != y->times)
		return x->times < y->times ? -1 : 1;
	return (x->token > y->token) - (x->token < y->token);
}

static int compare_postings(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;
	if (x->token != y->token)
		return x->token < y->token ? -1 : 1;
	return (x->text > y->text) - (x->text < y->text);
}

static void read_pairs(struct text *text)
{
	size_t len = strlen(text->text);
	uint32_t before = 0;
	text->pairs = mem_array(len, sizeof *text->pairs);
	for (size_t i = 0; i < len;) {
		uint32_t code;
		size_t used = utf8_decode(text->text + i, len - i, &code);
		i += used ? used : 1;
		bool counts = used && (utf8_is_letter(code) || (code >= '0' && code <= '9'));
		if (counts && before)
			text->pairs[text->count++] = (uint64_t)before << 32 | code;
		before = counts ? code : 0;
	}
	if (text->count)
		qsort(text->pairs, text->count, sizeof *text->pairs, compare_numbers);
}

/* What TEXT may be found by: all of its pairs; or, without any, its whole. */
static void read_tokens(struct text *text)
{
	size_t nth = 0;
	text->rare_count = text->count ? text->count : 1;
	text->rare = mem_array(text->rare_count, sizeof *text->rare);
	if (!text->count)
		text->rare[0].token = keys_hash(text->text, strlen(text->text));
	for (size_t i = 0; i < text->count; i++) {
		nth = i && text->pairs[i] == text->pairs[i - 1] ? nth + 1 : 0;
		uint64_t token[2] = {text->pairs[i], nth};
		text->rare[i].token = keys_hash((const char *)token, sizeof token);
	}
}

/* How often each token occurs in all texts. */
static void count_tokens(struct alike *alike)
{
	size_t total = 0, at = 0;
	for (size_t i = 0; i < alike->count; i++)
		total += alike->texts[i].rare_count;
	uint64_t *all = mem_array(total, sizeof *all);
	for (size_t i = 0; i < alike->count; i++)
		for (size_t j = 0; j < alike->texts[i].rare_count; j++)
			all[at++] = alike->texts[i].rare[j].token;
	if (total)
		qsort(all, total, sizeof *all, compare_numbers);
	struct occurrence *each = mem_array(total, sizeof *each);
	size_t distinct = 0;
	for (size_t i = 0; i < total; i++) {
		if (!i || all[i] != all[i - 1])
			each[distinct++].token = all[i];
		each[distinct - 1].times++;
	}
	for (size_t i = 0; i < alike->count; i++)
		for (size_t j = 0; j < alike->texts[i].rare_count; j++) {
			struct occurrence *one = &alike->texts[i].rare[j];
			const struct occurrence *found =
				bsearch(&one->token, each, distinct, sizeof *each, compare_numbers);
			one->times = found->times;
		}
	free(each);
	free(all);
}

/* Keeps of each text's tokens the rarest, as many as it takes. */
static void keep_rarest(struct alike *alike)
{
	size_t total = 0;
	for (size_t i = 0; i < alike->count; i++) {
		struct text *text = &alike->texts[i];
		size_t s = alike->thousandths, least = (s * text->count + 1999 - s) / (2000 - s);
		qsort(text->rare, text->rare_count, sizeof *text->rare, compare_rarity);
		text->rare_count = text->count ? text->count - least + 1 : 1;
		total += text->rare_count;
	}
	alike->postings = mem_array(total, sizeof *alike->postings);
	for (size_t i = 0; i < alike->count; i++)
		for (size_t j = 0; j < alike->texts[i].rare_count; j++)
			alike->postings[alike->posting_count++] =
				(struct posting){.token = alike->texts[i].rare[j].token, .text = i};
	if (total)
		qsort(alike->postings, total, sizeof *alike->postings, compare_postings);
}

struct alike *alike_new(const char *const *texts, size_t count, unsigned thousandths)
{
	struct alike *alike = mem_alloc(sizeof *alike);
	*alike = (struct alike){.texts = mem_array(count, sizeof *alike->texts),
				.count = count,
				.thousandths = thousandths,
				.compared = mem_array(count, sizeof *alike->compared)};
	for (size_t i = 0; i < count; i++) {
		alike->texts[i].text = texts[i];
		read_pairs(&alike->texts[i]);
		read_tokens(&alike->texts[i]);
	}
	count_tokens(alike);
	keep_rarest(alike);
	return alike;
}

void alike_free(struct alike *alike)
{
	for (size_t i = 0; alike && i < alike->count; i++) {
		free(alike->texts[i].pairs);
		free(alike->texts[i].rare);
	}
	if (!alike)
		return;
	free(alike->texts);
	free(alike->postings);
	free(alike->compared);
	free(alike);
}

/* How alike two texts are, from 0 to 1000. */
static unsigned likeness(const struct text *a, const struct text *b)
{
	size_t shared = 0;
	if (!a->count || !b->count)
		return strcmp(a->text, b->text) == 0 ? 1000 : 0;
	for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
		uint64_t x = a->pairs[i], y = b->pairs[j];
		shared += x == y;
		i += x <= y;
		j += y <= x;
	}
	return (unsigned)(2000 * shared / (a->count + b->count));
}

/* The first of the postings at or behind TOKEN and TEXT. */
static size_t seek(const struct alike *alike, uint64_t token, size_t text)
{
	const struct posting wanted = {.token = token, .text = text};
	return sort_find(alike->postings, alike->posting_count, sizeof wanted, &wanted,
			 compare_postings);
}

size_t alike_find(struct alike *alike, size_t index, size_t from, size_t until, size_t most,
		  size_t *found)
{
	const struct text *text = &alike->texts[index];
	size_t count = 0;
	alike->searches++;
	for (size_t i = 0; i < text->rare_count; i++) {
		uint64_t token = text->rare[i].token;
		for (size_t at = seek(alike, token, from); at < alike->posting_count; at++) {
			const struct posting *posting = &alike->postings[at];
			size_t other = posting->text;
			if (posting->token != token || other >= until || count == most)
				break;
			if (other == index || alike->compared[other] == alike->searches)
				continue;
			alike->compared[other] = alike->searches;
			if (likeness(text, &alike->texts[other]) >= alike->thousandths)
				found[count++] = other;
		}
	}
	return count;
}
