// SPDX-License-Identifier: MIT
// Finds numbers quickly by their keys, which are texts: a hash table. Keeps no copy of a key.
#include "base/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PLACES_MIN = 64 };

uint64_t keys_hash(const char *text, size_t len)
{
	uint64_t value = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < len; i++)
		value = (value ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return value ^ value >> 32;
}

void keys_clear(struct keys *keys)
{
	free(keys->places);
	*keys = (struct keys){0};
}

/* Where the key is, or the free place where it would be. There is one: the table is never more than
 * half full. */
static struct key *place_of(const struct keys *keys, const char *text, size_t len)
{
	size_t i = (size_t)keys_hash(text, len) & keys->mask;
	const struct key *place;
	while ((place = &keys->places[i])->text &&
	       (place->len != len || memcmp(place->text, text, len) != 0))
		i = (i + 1) & keys->mask;
	return &keys->places[i];
}

bool keys_find(const struct keys *keys, const char *text, size_t len, size_t *value)
{
	const struct key *place = keys->count ? place_of(keys, text, len) : NULL;
	if (place && place->text && value)
		*value = place->value;
	return place && place->text;
}

static void grow(struct keys *keys)
{
	struct keys old = *keys;
	size_t room = old.places ? (old.mask + 1) * 2 : PLACES_MIN;
	keys->places = mem_array(room, sizeof *keys->places);
	keys->mask = room - 1;
	for (size_t i = 0; old.places && i <= old.mask; i++)
		if (old.places[i].text)
			*place_of(keys, old.places[i].text, old.places[i].len) = old.places[i];
	free(old.places);
}

void keys_add(struct keys *keys, const char *text, size_t len, size_t value)
{
	if (!keys->places || keys->count * 2 > keys->mask)
		grow(keys);
	*place_of(keys, text, len) = (struct key){.text = text, .len = len, .value = value};
	keys->count++;
}
