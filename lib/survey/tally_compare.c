// SPDX-License-Identifier: MIT
// Shares of a tally with their intervals, and the earlier survey that it is compared with. Counts
// no answers itself.
#include <string.h>

#include "base/mem.h"
#include "store/file.h"
#include "survey/tally.h"

void tally_share(const struct tally *tally, const struct tally_part *part, size_t service,
		 bool dissatisfied, const struct decimal *z, struct share *share)
{
	const struct tally_service *counts = &part->services[service];
	/* of a type that is asked nobody knows how many there are: it is a part of the whole sample
	 */
	const struct tally_part *of = part->population < 0 ? &tally->whole : part;
	share_of(share,
		 &(struct share_counts){.hits = dissatisfied ? counts->dissatisfied
							     : counts->satisfied,
					.rated = counts->rated,
					.returned = of->returned,
					.population = of->population},
		 z);
}

long tally_find(const struct tally *tally, const char *name)
{
	for (size_t i = 0; i < tally->service_count; i++)
		if (strcmp(tally->services[i]->name, name) == 0)
			return (long)i;
	return -1;
}

struct decimal *tally_quantile(const struct book *book, const struct survey *survey,
			       const char **text)
{
	const struct rule *rule = survey_rule(book, zone_day(&book->zone, survey->planned->at),
					      survey->occasion, "confidence");
	*text = rule ? node_text(rule->node, "confidence") : "0.95";
	struct decimal *confidence = decimal_new(0);
	decimal_set(confidence, *text, strlen(*text));
	struct decimal *z = share_quantile(confidence);
	decimal_free(confidence);
	return z;
}

/* --- the survey before --- */

/* Whether OTHER is of the same occasion, was issued before SURVEY, and after the one chosen so far.
 */
static bool is_nearer(const struct survey *survey, const struct survey *other, int64_t chosen)
{
	return other->issued && other->state != SURVEY_VOIDED && other->state != SURVEY_DISPUTED &&
	       strcmp(other->occasion, survey->occasion) == 0 &&
	       strcmp(other->id, survey->id) != 0 && other->issued->at < survey->issued->at &&
	       other->issued->at > chosen;
}

static bool is_valid(struct book *book, const struct survey *survey, bool *valid, struct err *err)
{
	struct tally tally;
	if (survey->closed) {
		*valid = node_is_string(node_get(survey->closed->root, "verdict"), "valid");
		return true;
	}
	bool done = tally_read(&tally, book, survey, TALLY_COUNTS, err);
	*valid = done && tally.verdict == TALLY_VALID && book->now > survey->closes;
	tally_clear(&tally);
	return done;
}

static const char *find_before(struct book *book, const struct survey *survey, struct arena *arena,
			       bool *failed, struct err *err)
{
	struct file_names names = {0};
	const char *found = NULL;
	int64_t chosen = INT64_MIN;
	*failed = file_list(&book->store.root, "surveys", &names, err) == FILE_FAILED;
	file_names_keep(&names, ".yaml");
	for (size_t i = 0; !*failed && i < names.count; i++) {
		struct survey other = {0};
		bool valid = false;
		*failed =
			!survey_read(book, names.items[i], &other, err) ||
			(is_nearer(survey, &other, chosen) && !is_valid(book, &other, &valid, err));
		if (valid) {
			found = arena_dup(arena, other.id);
			chosen = other.issued->at;
		}
		survey_clear(&other);
	}
	file_names_clear(&names);
	return *failed ? NULL : found;
}

bool tally_before(struct tally *before, struct book *book, const struct survey *survey,
		  const char *against, bool *found, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct survey other = {0};
	bool failed = false;
	*before = (struct tally){0};
	const char *id = against ? against : find_before(book, survey, &arena, &failed, err);
	*found = id;
	bool done = !failed && (!id || survey_read(book, id, &other, err));
	arena_clear(&arena);
	if (!done || !id) {
		survey_clear(&other);
		return done;
	}
	struct survey *own = mem_alloc(sizeof *own);
	*own = other;
	done = tally_read(before, book, own, TALLY_GRADES, err);
	before->own = own;
	return done;
}
