// SPDX-License-Identifier: MIT
// Drawing by lot so that everybody can draw again: a frame, a seed, and an order that follows from
// both. Records nothing.
#ifndef KEFU_DATA_DRAW_H
#define KEFU_DATA_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/err.h"

/* What a record says of how it was drawn, should there ever be another. */
#define DRAW_METHOD "sha256-rank"

/* 32 bytes of getrandom(2) in lower-case hex, terminated: nobody knew them
 * before. A frame is to be on the disk before its seed is asked for. */
bool draw_seed(char seed[DIGEST_TEXT], struct err *err);

/* SHA-256 of a frame: the ids sorted by their bytes (the caller has them so),
 * each with a line feed behind it. In a shell: sort | sha256sum. */
void draw_digest(const char *const *ids, size_t count, char digest[DIGEST_TEXT]);

/* Puts IDS in the order of the draw, the first drawn first: by the SHA-256 of
 * the seed and the id, each with a line feed behind it (printf '%s\n' SEED ID |
 * sha256sum), then by the id. Whoever is to be drawn is the beginning of that
 * order. Their order before does not matter. */
void draw_rank(const char *seed, const char **ids, size_t count);

#endif
