// SPDX-License-Identifier: MIT
// Equality of JSON values, and a hash that is the same for equal ones.
#include "data/schema_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/mem.h"

static bool is_plain_integer(const struct node *number)
{
	return strspn(number->scalar.text, "-0123456789") == number->scalar.len &&
	       strcmp(number->scalar.text, "-0") != 0;
}

static bool numbers_equal(const struct node *a, const struct node *b)
{
	if (a->scalar.len == b->scalar.len &&
	    memcmp(a->scalar.text, b->scalar.text, a->scalar.len) == 0)
		return true;
	if (is_plain_integer(a) && is_plain_integer(b))
		return false;
	struct decimal *x = decimal_new(0), *y = decimal_new(0);
	/* Numbers too long for a decimal are equal only when they are written alike. */
	bool equal = decimal_set(x, a->scalar.text, a->scalar.len) &&
		     decimal_set(y, b->scalar.text, b->scalar.len) && decimal_compare(x, y) == 0;
	decimal_free(x);
	decimal_free(y);
	return equal;
}

static int compare_pairs(const void *a, const void *b)
{
	const struct pair *p = *(const struct pair *const *)a, *q = *(const struct pair *const *)b;
	if (p->key_len != q->key_len)
		return p->key_len < q->key_len ? -1 : 1;
	return memcmp(p->key, q->key, p->key_len);
}

static const struct pair **sorted_pairs(const struct node *map)
{
	const struct pair **sorted = mem_array(map->map.count, sizeof *sorted);
	for (size_t i = 0; i < map->map.count; i++)
		sorted[i] = &map->map.pairs[i];
	qsort(sorted, map->map.count, sizeof *sorted, compare_pairs);
	return sorted;
}

static bool maps_equal(const struct node *a, const struct node *b)
{
	if (a->map.count != b->map.count)
		return false;
	const struct pair **p = sorted_pairs(a), **q = sorted_pairs(b);
	bool equal = true;
	for (size_t i = 0; i < a->map.count && equal; i++)
		equal = compare_pairs(&p[i], &q[i]) == 0 &&
			node_equal_json(p[i]->value, q[i]->value);
	free(p);
	free(q);
	return equal;
}

bool node_equal_json(const struct node *a, const struct node *b)
{
	if (!a || !b || a->type != b->type)
		return a == b;
	switch (a->type) {
	case NODE_NULL:
		return true;
	case NODE_BOOL:
		return a->boolean == b->boolean;
	case NODE_NUMBER:
		return numbers_equal(a, b);
	case NODE_STRING:
		return a->scalar.len == b->scalar.len &&
		       memcmp(a->scalar.text, b->scalar.text, a->scalar.len) == 0;
	case NODE_LIST:
		if (a->list.count != b->list.count)
			return false;
		for (size_t i = 0; i < a->list.count; i++)
			if (!node_equal_json(a->list.items[i], b->list.items[i]))
				return false;
		return true;
	case NODE_MAP:
		return maps_equal(a, b);
	}
	return false;
}

static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return hash ^ hash >> 29;
}

static uint64_t hash_number(uint64_t hash, const struct node *number)
{
	/* The significant digits and the power of ten of the first: the same
	 * for 1, 1.0, 0.1e1. */
	const char *next = number->scalar.text;
	bool negative = *next == '-', point = false, started = false;
	int64_t magnitude = 0, zeros = 0;
	for (next += negative; *next && (*next | 0x20) != 'e'; next++) {
		if (*next == '.') {
			point = true;
			continue;
		}
		if (!started && *next == '0') {
			magnitude -= point;
			continue;
		}
		started = true;
		magnitude += !point;
		if (*next == '0') {
			zeros++;
			continue;
		}
		for (; zeros; zeros--)
			hash = hash_bytes(hash, "0", 1);
		hash = hash_bytes(hash, next, 1);
	}
	if (!started)
		return hash;
	if (*next)
		magnitude += strtol(next + 1, NULL, 10) % 1000000;
	hash = hash_bytes(hash, (const char *)&magnitude, sizeof magnitude);
	return hash_bytes(hash, negative ? "-" : "+", 1);
}

static uint64_t hash_node(uint64_t hash, const struct node *node)
{
	/* A map's pairs are summed up, so that their order does not matter. */
	uint64_t sum = 0;
	char type = (char)node->type;
	hash = hash_bytes(hash, &type, 1);
	switch (node->type) {
	case NODE_NULL:
		return hash;
	case NODE_BOOL:
		return hash_bytes(hash, node->boolean ? "t" : "f", 1);
	case NODE_NUMBER:
		return hash_number(hash, node);
	case NODE_STRING:
		return hash_bytes(hash, node->scalar.text, node->scalar.len);
	case NODE_LIST:
		for (size_t i = 0; i < node->list.count; i++)
			hash = hash_node(hash * 31, node->list.items[i]);
		return hash;
	case NODE_MAP:
		for (size_t i = 0; i < node->map.count; i++) {
			const struct pair *pair = &node->map.pairs[i];
			sum += hash_node(hash_bytes(hash, pair->key, pair->key_len), pair->value);
		}
		return hash_bytes(hash, (const char *)&sum, sizeof sum);
	}
	return hash;
}

struct hashed {
	uint64_t hash;
	size_t index;
};

static int compare_hashed(const void *a, const void *b)
{
	const struct hashed *p = a, *q = b;
	if (p->hash != q->hash)
		return p->hash < q->hash ? -1 : 1;
	return p->index < q->index ? -1 : p->index > q->index;
}

bool schema_items_differ(const struct node *list, size_t *earlier, size_t *later)
{
	size_t count = list->list.count;
	if (count < 2)
		return true;
	struct node **items = list->list.items;
	struct hashed *sorted = mem_array(count, sizeof *sorted);
	/* The hash starts from an address that nobody outside knows, so that nobody
	 * can prepare a list whose hashes are all the same. */
	for (size_t i = 0; i < count; i++)
		sorted[i] = (struct hashed){
			hash_node((uint64_t)(uintptr_t)sorted * 0x9e3779b97f4a7c15u, items[i]), i};
	qsort(sorted, count, sizeof *sorted, compare_hashed);
	bool found = false;
	for (size_t i = 1; i < count; i++) {
		if (found && sorted[i].index >= *later)
			continue;
		for (size_t j = i; j-- > 0 && sorted[j].hash == sorted[i].hash;) {
			if (!node_equal_json(items[sorted[i].index], items[sorted[j].index]))
				continue;
			found = true;
			*earlier = sorted[j].index;
			*later = sorted[i].index;
			break;
		}
	}
	free(sorted);
	return !found;
}
