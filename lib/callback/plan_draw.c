// SPDX-License-Identifier: MIT
// Lots of a daily plan: frames that are frozen, lots that are drawn from them, forms that are told.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "callback/lots.h"
#include "callback/plan_parts.h"
#include "data/draw.h"
#include "ticket/ticket.h"

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_framed(struct plan_run *run, const char *rule, const char *period, const char *form)
{
	run->framed = mem_room(run->framed, run->framed_count, 1, sizeof *run->framed);
	run->framed[run->framed_count++] = arena_printf(run->arena, "%s %s %s", rule, period, form);
}

static bool is_framed(const struct plan_run *run, const struct ticket_lot *lot)
{
	const char *key = arena_printf(run->arena, "%s %s %s", lot->rule, lot->period, lot->id);
	return run->framed_count &&
	       bsearch(&key, run->framed, run->framed_count, sizeof key, compare_texts);
}

/* How the rule is called now that DOCUMENT, a frame or a draw, names: see struct rule. */
static const char *rule_of(const struct plan_run *run, const struct node *document)
{
	const char *name = node_text(document, "rule");
	const struct rule *rule =
		name ? policy_find_cited(run->book->policy, RULE_CALLBACK, name,
					 node_text(document, "clause"),
					 zone_day(&run->book->zone, run->book->now))
		     : NULL;
	return rule ? rule->cited : name;
}

static const char *citation(struct arena *arena, const struct node *document)
{
	int64_t seq = 0;
	node_integer(document, "seq", &seq);
	return arena_printf(arena, "%s#%" PRId64, node_text(document, "id"), seq);
}

/* The last document first, so that a draw is known before its frame. The site's own unfinished work
 * is taken up again; another site's is its own. */
void plan_draw_take(struct plan_run *run, const struct plan_file *plan)
{
	struct arena *arena = run->arena;
	const struct documents *documents = plan->documents;
	bool own = strcmp(plan->site, run->book->site) == 0;
	for (size_t i = documents->count; i-- > 0;) {
		const struct document *document = &documents->items[i];
		bool frozen = document->which == EVENT_FROZEN,
		     drawn = document->which == EVENT_DRAWN;
		const char *rule = rule_of(run, document->root),
			   *period = node_text(document->root, "period");
		const struct node *frame = node_get(document->root, "frame"), *form;
		int64_t take;
		if (!(frozen || drawn) || !rule || !period)
			continue;
		struct node *kept = node_copy(arena, document->root);
		node_set(arena, kept, "id", node_string(arena, plan->id));
		node_set(arena, kept, "seq", node_int(arena, document->known));
		if (drawn && node_text(kept, "frozen"))
			node_push(arena, run->lots, node_get(kept, "frozen"));
		if (drawn && own)
			node_push(arena, run->draws, kept);
		for (size_t j = 0; frozen && (form = node_each(frame, j)); j++)
			if (node_as_text(form))
				add_framed(run, rule, period, node_as_text(form));
		if (frozen && own && !node_holds(run->lots, citation(arena, kept)) &&
		    node_integer(kept, "take", &take) && take)
			node_push(arena, run->pending, kept);
	}
}

void plan_draw_sort(struct plan_run *run)
{
	if (run->framed_count)
		qsort(run->framed, run->framed_count, sizeof *run->framed, compare_texts);
}

static struct node *share_document(struct plan_run *run, const char *event, const char *rule,
				   const char *clause, const char *period)
{
	struct node *document = ticket_document(run->arena, event);
	node_add_string(run->arena, document, "rule", rule);
	node_add_string(run->arena, document, "clause", clause);
	node_add_string(run->arena, document, "period", period);
	return document;
}

bool plan_draw_freeze(struct plan_run *run)
{
	struct arena *arena = run->arena;
	struct lot_frame *frames;
	for (size_t i = 0; i < run->forms.lot_count; i++)
		run->forms.lots[i].framed = is_framed(run, &run->forms.lots[i]);
	size_t count = lots_frames(run->forms.lots, run->forms.lot_count, arena, &frames);
	for (size_t i = 0; i < count; i++) {
		const struct lot_frame *frame = &frames[i];
		char digest[DIGEST_TEXT];
		struct node *document = share_document(run, "frozen", frame->rule, frame->clause,
						       frame->period),
			    *ids = node_list(arena);
		node_add_string(arena, document, "rate", frame->rate);
		node_add(arena, document, "forms", node_int(arena, frame->forms));
		node_add(arena, document, "chosen-before", node_int(arena, frame->chosen_before));
		node_add(arena, document, "take", node_int(arena, frame->take));
		for (size_t j = 0; j < frame->count; j++)
			node_push(arena, ids, node_string(arena, frame->ids[j]));
		node_add(arena, document, "frame", ids);
		draw_digest(frame->ids, frame->count, digest);
		node_add_string(arena, document, "digest", digest);
		if (!plan_register_add(run, document))
			return false;
		struct node *kept = node_copy(arena, document);
		node_set(arena, kept, "id", node_string(arena, run->id));
		if (frame->take)
			node_push(arena, run->pending, kept);
	}
	return !count || plan_register_write(run) == STORE_WRITTEN;
}

/* The lot of a frame that is on the disk. */
static bool draw_frame(struct plan_run *run, const struct node *frozen)
{
	struct arena *arena = run->arena;
	const struct node *frame;
	int64_t take = 0;
	char seed[DIGEST_TEXT];
	const char *id = node_text(frozen, "id"),
		   *path = arena_printf(arena, "plans/20%.2s/%s.yaml", id + strlen(run->book->site),
					id);
	node_integer(frozen, "take", &take);
	if (!node_read_texts(frozen, "frame", path, &frame, run->err) || !draw_seed(seed, run->err))
		return false;
	size_t count = node_item_count(frame);
	const char **ids = arena_alloc(arena, (count + 1) * sizeof *ids);
	for (size_t i = 0; i < count; i++)
		ids[i] = node_item_text(frame, i);
	draw_rank(seed, ids, count);
	struct node *document = share_document(run, "drawn", node_text(frozen, "rule"),
					       node_text(frozen, "clause"),
					       node_text(frozen, "period"));
	struct node *chosen = node_list(arena);
	for (int64_t i = 0; i < take && i < (int64_t)count; i++)
		node_push(arena, chosen, node_string(arena, ids[i]));
	node_add_string(arena, document, "frozen", citation(arena, frozen));
	node_add_string(arena, document, "method", DRAW_METHOD);
	node_add_string(arena, document, "seed", seed);
	node_add(arena, document, "chosen", chosen);
	if (!plan_register_add(run, document))
		return false;
	struct node *kept = node_copy(arena, document);
	node_set(arena, kept, "id", node_string(arena, run->id));
	node_push(arena, run->draws, kept);
	return true;
}

/* The forms that DRAW chose and that do not say so yet get a document. */
static void add_chosen(struct plan_run *run, const struct node *draw)
{
	struct arena *arena = run->arena;
	const char *rule = node_text(draw, "rule"), *period = node_text(draw, "period"), *form;
	for (size_t i = 0; (form = node_each_text(node_get(draw, "chosen"), &i));) {
		const char *hash = strchr(form, '#');
		const struct ticket_lot *lot =
			hash ? plan_forms_choose(&run->forms, form, rule_of(run, draw), period)
			     : NULL;
		if (!lot)
			continue;
		struct node *document = ticket_document(arena, "drawn");
		node_add_string(arena, document, "cause", citation(arena, draw));
		node_add_string(arena, document, "rule", rule);
		node_add_string(arena, document, "period", period);
		const char *household = strchr(hash, '/');
		if (household)
			node_add_string(arena, document, "household", household + 1);
		node_add(arena, document, "of", node_int(arena, strtoll(hash + 1, NULL, 10)));
		plan_forms_add(&run->forms, arena_dup_len(arena, form, (size_t)(hash - form)),
			       document, run->book->now, lot->seen);
		run->out->drawn++;
	}
}

bool plan_draw(struct plan_run *run)
{
	bool any = node_item_count(run->pending);
	const struct node *one;
	for (size_t i = 0; (one = node_item(run->pending, i)); i++)
		if (!draw_frame(run, one))
			return false;
	run->pending = node_list(run->arena);
	if (any && plan_register_write(run) != STORE_WRITTEN)
		return false;
	for (size_t i = 0; (one = node_item(run->draws, i)); i++)
		add_chosen(run, one);
	run->draws = node_list(run->arena);
	return true;
}
