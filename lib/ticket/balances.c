// SPDX-License-Identifier: MIT
// What is out: the documents of a form gone through in order, each taking back before it gives out.
#include "ticket/balances.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/keys.h"
#include "base/mem.h"
#include "book/called.h"
#include "record/value.h"
#include "ticket/refusal.h"

enum { SAID_MAX = 6 }; /* things that a message names */

/* Of one item with one person. */
struct held {
	const char *key; /* of the item, without spaces and the like; "" for money */
	const char *item, *person;
	struct decimal *quantity; /* never below 0 */
	bool single;
	int64_t since;
	size_t document; /* by which it went out: its index */
	size_t next;     /* of the same item, with somebody else: its index and one, or 0 */
};

/* A part of what a document gives out or takes back. */
struct part {
	const char *key, *item; /* ITEM NULL: money */
	bool single;
};

struct counting {
	const struct book *book;
	const struct form *form;
	const struct rule *rule;
	struct arena *arena;
	struct held *held; /* heap */
	size_t count;
	struct keys first;        /* by key: the first one who had that item */
	struct decimal *quantity; /* of the part at hand */
};

enum taking { TAKES, TAKES_TOO_MUCH, TAKES_WHOSE };

static struct counting begin(const struct book *book, const struct form *form,
			     const struct rule *rule, struct arena *arena)
{
	return (struct counting){.book = book,
				 .form = form,
				 .rule = rule,
				 .arena = arena,
				 .quantity = decimal_new(0)};
}

static void end(struct counting *counting)
{
	for (size_t i = 0; i < counting->count; i++)
		decimal_free(counting->held[i].quantity);
	free(counting->held);
	keys_clear(&counting->first);
	decimal_free(counting->quantity);
}

/* --- parts of documents --- */

static bool is_step(const struct document *document, const char *path)
{
	const char *names[] = {document->event, document_step(document)};
	size_t len = strcspn(path, ".");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == len && memcmp(names[i], path, len) == 0)
			return true;
	return false;
}

/* How items are compared: spaces, and whether characters are full-width, make no difference. */
static const char *key_of(struct counting *counting, const char *item)
{
	struct buf key;
	buf_init(&key);
	value_narrow(item, &key);
	const char *kept = arena_dup(counting->arena, key.data);
	buf_clear(&key);
	return kept;
}

/* Takes VALUE, at PATH of a rule, or one of a list of such, apart; false where it is nothing. */
static bool part_of(struct counting *counting, const struct node *path, const struct node *value,
		    struct part *part)
{
	const struct node *quantity = node_get(value, "quantity");
	const char *text = node_as_text(value);
	*part = (struct part){.key = "", .item = text, .single = text != NULL};
	decimal_set_int(counting->quantity, 1);
	if (text && policy_is_money(counting->book->policy, path)) {
		part->item = NULL;
		part->single = false;
		return decimal_set(counting->quantity, text, node_text_len(value));
	}
	if (!text)
		part->item = text = node_text(value, "item");
	if (!text || (quantity && !decimal_set(counting->quantity,
					       node_as_text(quantity) ? node_as_text(quantity) : "",
					       node_text_len(quantity))))
		return false;
	part->key = key_of(counting, text);
	return true;
}

/* --- what is held --- */

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_out(const struct held *held)
{
	return decimal_sign(held->quantity) > 0;
}

/* Steps through those who had the item KEY, in the order in which they got it; NULL first. */
static struct held *next_held(const struct counting *counting, const char *key,
			      const struct held *last)
{
	size_t at = last ? last->next : 0;
	if (!last && keys_find(&counting->first, key, strlen(key), &at))
		at++;
	return at ? &counting->held[at - 1] : NULL;
}

static struct held *find(const struct counting *counting, const struct part *part,
			 const char *person)
{
	struct held *held = next_held(counting, part->key, NULL);
	while (held && !is_same(held->person, person))
		held = next_held(counting, part->key, held);
	return held;
}

/* Who has the thing, if it is a single one that is out. */
static const struct held *find_single(const struct counting *counting, const struct part *part)
{
	const struct held *held = part->single ? next_held(counting, part->key, NULL) : NULL;
	while (held && !(held->single && is_out(held)))
		held = next_held(counting, part->key, held);
	return held;
}

static struct held *add(struct counting *counting, const struct part *part, const char *person)
{
	struct held *last = next_held(counting, part->key, NULL);
	while (last && last->next)
		last = next_held(counting, part->key, last);
	size_t before = last ? (size_t)(last - counting->held) + 1 : 0;
	counting->held = mem_room(counting->held, counting->count, 1, sizeof *counting->held);
	struct held *held = &counting->held[counting->count++];
	*held = (struct held){
		.key = part->key, .item = part->item, .person = person, .quantity = decimal_new(0)};
	if (before)
		counting->held[before - 1].next = counting->count;
	else
		keys_add(&counting->first, part->key, strlen(part->key), counting->count - 1);
	return held;
}

static void give(struct counting *counting, const struct part *part, const char *person,
		 const struct document *document)
{
	struct held *held = find(counting, part, person);
	held = held ? held : add(counting, part, person);
	if (!is_out(held)) {
		held->since = document->at;
		held->document = (size_t)(document - counting->form->documents);
		held->single = part->single;
	}
	decimal_add(held->quantity, counting->quantity);
}

/* Whether the part can be taken back from PERSON; from whoever has it where that is NULL, or only
 * TELLS who recorded it and has not enough. */
static enum taking can_take(struct counting *counting, const struct part *part, const char *person,
			    bool recorder)
{
	struct decimal *all = decimal_new(0);
	const struct held *own = person ? find(counting, part, person) : NULL;
	size_t holders = 0;
	enum taking taking = TAKES;
	for (const struct held *held = next_held(counting, part->key, NULL); held;
	     held = next_held(counting, part->key, held)) {
		decimal_add(all, held->quantity);
		holders += is_out(held);
	}
	if (own && decimal_compare(own->quantity, counting->quantity) >= 0)
		taking = TAKES;
	else if (person && !recorder)
		taking = TAKES_TOO_MUCH;
	else if (decimal_compare(all, counting->quantity) < 0)
		taking = TAKES_TOO_MUCH;
	else if (holders > 1 && decimal_compare(all, counting->quantity) != 0)
		taking = TAKES_WHOSE;
	decimal_free(all);
	return decimal_sign(counting->quantity) ? taking : TAKES;
}

/* Takes from HELD as much of the quantity as is there, and leaves the rest of it. */
static void take_from(struct counting *counting, struct held *held)
{
	if (decimal_compare(held->quantity, counting->quantity) >= 0) {
		decimal_subtract(held->quantity, counting->quantity);
		decimal_set_int(counting->quantity, 0);
		return;
	}
	decimal_subtract(counting->quantity, held->quantity);
	decimal_set_int(held->quantity, 0);
}

/* Takes back what is there: two clones may have taken back the same, and what was not out does not
 * make what goes out later come back. */
static void take(struct counting *counting, const struct part *part, const char *person,
		 bool recorder)
{
	struct held *own = person ? find(counting, part, person) : NULL;
	if (own)
		take_from(counting, own);
	if (person && !recorder)
		return;
	for (struct held *held = next_held(counting, part->key, NULL); held;
	     held = next_held(counting, part->key, held))
		take_from(counting, held);
}

/* --- messages --- */

static const char *quantity_text(struct arena *arena, const struct decimal *quantity, bool money)
{
	struct buf text;
	buf_init(&text);
	if (money)
		decimal_format(quantity, 2, &text);
	else
		decimal_format_exact(quantity, &text);
	const char *kept = arena_dup(arena, text.data);
	buf_clear(&text);
	return kept;
}

static struct holding holding_of(const struct counting *counting, const struct held *held)
{
	return (struct holding){
		.rule = counting->rule,
		.item = held->item,
		.person = held->person,
		.quantity = quantity_text(counting->arena, held->quantity, !held->item),
		.single = held->single,
		.out = is_out(held),
		.since = held->since,
		.seq = counting->form->documents[held->document].known,
		.document = held->document};
}

static void say_part(const char *quantity, const char *item, bool single, struct buf *out)
{
	if (!single)
		buf_adds(out, quantity);
	if (item) {
		buf_adds(out, single ? "" : " ");
		buf_add_visible(out, item, strlen(item));
	}
}

void holding_say(const struct holding *holding, struct buf *out)
{
	say_part(holding->quantity, holding->item, holding->single, out);
	if (holding->person) {
		buf_adds(out, " (");
		buf_add_visible(out, holding->person, strlen(holding->person));
		buf_adds(out, ")");
	}
}

bool holding_is_said(const struct holding *holding, const char *id, const struct node *kept)
{
	const char *name = node_text(holding->rule->node, "balance");
	const struct node *one;
	for (size_t i = 0; (one = node_item(kept, i)); i++)
		if (is_same(node_text(one, "form"), id) &&
		    is_same(node_text(one, "balance"), name) &&
		    is_same(node_text(one, "item"), holding->item))
			return true;
	return false;
}

/* Adds what is out: of KEY, or of everything where that is NULL, or nothing of it is. */
static void say_out(const struct counting *counting, const char *key, struct buf *out)
{
	size_t count = 0;
	for (size_t i = 0; i < counting->count; i++) {
		const struct held *held = &counting->held[i];
		if (!is_out(held) || (key && strcmp(held->key, key) != 0) || count++ >= SAID_MAX)
			continue;
		struct holding holding = holding_of(counting, held);
		buf_adds(out, count > 1 ? ", " : "");
		holding_say(&holding, out);
	}
	if (count > SAID_MAX)
		buf_addf(out, " and %zu more", count - SAID_MAX);
	if (!count && key)
		say_out(counting, NULL, out);
	else if (!count)
		buf_adds(out, "nothing");
}

/* --- going through a form --- */

static const char *called(struct counting *counting, const struct document *document,
			  const char *field)
{
	return called_field(counting->book, counting->arena, counting->form->kind, document->event,
			    field);
}

/* What a document does with a part of it. */
struct doing {
	const struct document *document;
	const char *field, *person; /* PERSON NULL: it does not say whose */
	bool back;
};

static void refuse_taking(struct counting *counting, const struct part *part,
			  const struct doing *doing, enum taking taking, struct err *err)
{
	const char *per = node_text(counting->rule->node, "per");
	bool said = doing->person && strcmp(per, "by") != 0;
	struct buf takes, is;
	buf_init(&takes);
	buf_init(&is);
	say_part(quantity_text(counting->arena, counting->quantity, !part->item), part->item,
		 part->single, &takes);
	say_out(counting, part->key, &is);
	if (taking == TAKES_WHOSE)
		rule_refuse(counting->rule, err, "%s takes back %s: say in %s whose; out is %s",
			    called(counting, doing->document, doing->field), takes.data,
			    called(counting, doing->document, per), is.data);
	else
		rule_refuse(counting->rule, err, "%s takes back %s%s%s; out is %s",
			    called(counting, doing->document, doing->field), takes.data,
			    said ? " of " : "", said ? doing->person : "", is.data);
	buf_clear(&takes);
	buf_clear(&is);
}

static void refuse_giving(struct counting *counting, const struct part *part,
			  const struct doing *doing, const struct held *held, struct err *err)
{
	struct buf item, who;
	buf_init(&item);
	buf_init(&who);
	buf_add_visible(&item, part->item, strlen(part->item));
	if (held->person) {
		buf_adds(&who, " (");
		buf_add_visible(&who, held->person, strlen(held->person));
		buf_adds(&who, ")");
	}
	rule_refuse(counting->rule, err, "%s gives out %s, which is out already%s since #%" PRId64,
		    called(counting, doing->document, doing->field), item.data, who.data,
		    counting->form->documents[held->document].known);
	buf_clear(&item);
	buf_clear(&who);
}

/* Takes PART back, or gives it out. ERR, if not NULL and not set yet, gets why that cannot be. */
static void count_part(struct counting *counting, const struct part *part,
		       const struct doing *doing, struct err *err)
{
	const char *per = node_text(counting->rule->node, "per");
	bool recorder = per && strcmp(per, "by") == 0, judged = err && !err->text;
	if (doing->back) {
		enum taking taking = can_take(counting, part, doing->person, recorder);
		if (judged && taking != TAKES)
			refuse_taking(counting, part, doing, taking, err);
		take(counting, part, doing->person, recorder);
		return;
	}
	const struct held *held = find_single(counting, part);
	if (judged && held)
		refuse_giving(counting, part, doing, held, err);
	else if (judged && per && !doing->person)
		rule_refuse(counting->rule, err, "say in %s who has it then",
			    called(counting, doing->document, per));
	if (!held && decimal_sign(counting->quantity))
		give(counting, part, doing->person, doing->document);
}

/* Counts what the document at INDEX, whose root is ROOT as it was corrected, takes back, and then
 * what it gives out. ERR as count_part has it. */
static void count_document(struct counting *counting, size_t index, const struct node *root,
			   struct err *err)
{
	static const char *const keys[] = {"back", "out"};
	const char *per = node_text(counting->rule->node, "per"), *text;
	const struct node *who = per ? node_path(root, per) : NULL, *path, *one;
	struct doing doing = {.document = &counting->form->documents[index],
			      .person = who && who->type == NODE_STRING ? node_as_text(who) : NULL};
	struct part part;
	if (doing.document->undone || doing.document->which == EVENT_RENUMBERED)
		return;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		for (size_t j = 0; (path = node_each(node_get(counting->rule->node, keys[i]), j));
		     j++) {
			text = node_as_text(path);
			if (!text || !strchr(text, '.') || !is_step(doing.document, text))
				continue;
			doing.back = i == 0;
			doing.field = strchr(text, '.') + 1;
			const struct node *value = node_path(root, doing.field);
			for (size_t k = 0; value && (one = node_each(value, k)); k++)
				if (part_of(counting, path, one, &part))
					count_part(counting, &part, &doing, err);
		}
}

/* Counts the first COUNT documents. */
static void count_all(struct counting *counting, struct node **roots, size_t count)
{
	for (size_t i = 0; i < count; i++)
		count_document(counting, i, roots[i], NULL);
}

/* --- asking --- */

static bool is_of_kind(const struct rule *rule, const struct form *form)
{
	const struct node *kinds = node_get(rule->node, "kind");
	return !kinds || (form->kind && node_holds(kinds, form->kind));
}

/* Whether RULE has a path of DOCUMENT's step at KEY, out or back. */
static bool names_step(const struct rule *rule, const char *key, const struct document *document)
{
	const char *path;
	for (size_t i = 0; (path = node_each_text(node_get(rule->node, key), &i));)
		if (is_step(document, path))
			return true;
	return false;
}

bool balance_is_about(const struct rule *rule, const struct document *document)
{
	return names_step(rule, "back", document) || names_step(rule, "out", document);
}

bool balance_says_whose(const struct policy *policy, const struct node *root, const char *field)
{
	const char *event = node_text(root, "event");
	const struct document document = {.event = event, .which = event_of(event)};
	const struct rule *rule;
	for (size_t cursor = 0; event && (rule = policy_next(policy, RULE_BALANCE, &cursor));)
		if (node_is_string(node_get(rule->node, "per"), field) &&
		    names_step(rule, "back", &document) && !names_step(rule, "out", &document))
			return true;
	return false;
}

/* Who has all that ROOT, the form's last document, takes back; NULL: nobody, or several have. */
static const char *whose(struct counting *counting, const struct node *root)
{
	const struct document *document = &counting->form->documents[counting->form->count - 1];
	const struct node *path, *one;
	const char *person = NULL;
	struct part part;
	for (size_t i = 0; (path = node_each(node_get(counting->rule->node, "back"), i)); i++) {
		const char *text = node_as_text(path);
		const struct node *value = text && is_step(document, text)
						   ? node_path(root, strchr(text, '.') + 1)
						   : NULL;
		for (size_t j = 0; value && (one = node_each(value, j)); j++) {
			if (!part_of(counting, path, one, &part))
				continue;
			for (const struct held *held = next_held(counting, part.key, NULL); held;
			     held = next_held(counting, part.key, held)) {
				if (!is_out(held))
					continue;
				if (person && !is_same(person, held->person))
					return NULL;
				person = held->person;
			}
		}
	}
	return person;
}

/* Whether who has it can be said in the document by RULE, and is not. */
static bool lacks_whose(const struct rule *rule, const struct document *document,
			const struct schema *schema)
{
	const char *per = node_text(rule->node, "per");
	return per && !strchr(per, '.') && !node_get(document->root, per) &&
	       names_step(rule, "back", document) && !names_step(rule, "out", document) &&
	       schema_property(schema, per, NULL);
}

void balances_fill(const struct book *book, struct arena *arena, const struct form *form,
		   const struct schema *schema)
{
	const struct document *document = &form->documents[form->count - 1];
	struct node *root = document->root;
	const struct rule *rule;
	struct arena scratch = ARENA_INIT;
	for (size_t cursor = 0; (rule = policy_next(book->policy, RULE_BALANCE, &cursor));) {
		if (!rule_in_force(rule, zone_day(&book->zone, document->at)) ||
		    !is_of_kind(rule, form) || !lacks_whose(rule, document, schema))
			continue;
		struct counting counting = begin(book, form, rule, &scratch);
		count_all(&counting, form_mended(form, form->count, &scratch), form->count - 1);
		const char *person = whose(&counting, root);
		const struct member *member =
			person ? staff_find(&book->staff, person, document->at) : NULL;
		struct node *name = person ? node_string(arena, person) : NULL;
		struct err ignored = ERR_INIT;
		if (name && !(member && member->left) &&
		    schema_decide(schema_property(schema, node_text(rule->node, "per"), NULL), name,
				  &ignored) == SCHEMA_YES)
			node_add(arena, root, node_text(rule->node, "per"), name);
		err_clear(&ignored);
		end(&counting);
	}
	arena_clear(&scratch);
}

bool balance_kept(const struct book *book, const struct form *form, const struct rule *rule,
		  struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct counting counting = begin(book, form, rule, &arena);
	struct node **roots = form_mended(form, form->count, &arena);
	size_t last = form->count - 1;
	count_all(&counting, roots, last);
	count_document(&counting, last, roots[last], err);
	end(&counting);
	arena_clear(&arena);
	return !err->text;
}

void balance_each_wrong(const struct book *book, const struct form *form, const struct rule *rule,
			balance_told tell, void *context)
{
	struct arena arena = ARENA_INIT;
	struct node **roots = form_mended(form, form->count, &arena);
	struct counting counting = begin(book, form, rule, &arena);
	struct err err = ERR_INIT;
	for (size_t i = 0; is_of_kind(rule, form) && i < form->count; i++) {
		bool judged = rule_in_force(rule, zone_day(&book->zone, form->documents[i].at));
		count_document(&counting, i, roots[i], judged ? &err : NULL);
		if (err.text)
			tell(context, i, rule, err.text);
		err_clear(&err);
	}
	end(&counting);
	arena_clear(&arena);
}

bool balances_settled(const struct book *book, const struct form *form, const struct rule *rule,
		      struct err *err)
{
	const struct node *settled = node_get(rule->node, "settled");
	const struct document *last = &form->documents[form->count - 1];
	int day = zone_day(&book->zone, last->at);
	const char *name;
	if (!settled)
		return true;
	struct arena arena = ARENA_INIT;
	struct node **roots = form_mended(form, form->count, &arena);
	struct buf out;
	buf_init(&out);
	for (size_t i = 0; !out.len && (name = node_each_text(settled, &i));) {
		const struct rule *balance = policy_find_on(book->policy, RULE_BALANCE, name, day);
		if (!balance || !rule_in_force(balance, day) || !is_of_kind(balance, form))
			continue;
		struct counting counting = begin(book, form, balance, &arena);
		count_all(&counting, roots, form->count);
		for (size_t j = 0; !out.len && j < counting.count; j++)
			if (is_out(&counting.held[j]))
				say_out(&counting, NULL, &out);
		end(&counting);
	}
	bool kept = !out.len ||
		    rule_refuse(rule, err, "%s comes when all is back; out is %s",
				called_step(book, &arena, form->kind, last->event), out.data);
	buf_clear(&out);
	arena_clear(&arena);
	return kept;
}

struct holdings balances_of(const struct book *book, const struct form *form, int day,
			    struct arena *arena)
{
	struct holdings holdings = {0};
	struct node **roots = NULL;
	const struct rule *rule;
	if (form->state == FORM_VOIDED)
		return holdings;
	for (size_t cursor = 0; (rule = policy_next(book->policy, RULE_BALANCE, &cursor));) {
		if (!rule_in_force(rule, day) || !is_of_kind(rule, form))
			continue;
		roots = roots ? roots : form_mended(form, form->count, arena);
		struct counting counting = begin(book, form, rule, arena);
		count_all(&counting, roots, form->count);
		struct holding *more =
			arena_alloc(arena, (holdings.count + counting.count + 1) * sizeof *more);
		if (holdings.count)
			memcpy(more, holdings.items, holdings.count * sizeof *more);
		for (size_t i = 0; i < counting.count; i++)
			more[holdings.count++] = holding_of(&counting, &counting.held[i]);
		holdings.items = more;
		end(&counting);
	}
	return holdings;
}
