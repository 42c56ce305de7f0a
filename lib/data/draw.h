// SPDX-License-Identifier: MIT
// Draws by lot in a way that everybody can repeat and check: the order follows from a seed and from
// the frame, the list of ids that are drawn from. Records nothing.
#ifndef KEFU_DATA_DRAW_H
#define KEFU_DATA_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/err.h"

/* The name of this way of drawing, for records, in case there will ever be another. */
#define DRAW_METHOD "sha256-rank"

/* Makes a seed: 32 bytes of getrandom(2) in lower-case hex, terminated. Write the frame to
 * the disk before you ask for its seed: then nobody could choose the one to suit the other. */
bool draw_seed(char seed[DIGEST_TEXT], struct err *err);

/* SHA-256 of a frame: the ids sorted by their bytes (the caller has them so),
 * each with a line feed behind it. In a shell: sort | sha256sum. */
void draw_digest(const char *const *ids, size_t count, char digest[DIGEST_TEXT]);

/* Puts IDS in the order of the draw, the first drawn first: by the SHA-256 of
 * the seed and the id, each with a line feed behind it (printf '%s\n' SEED ID |
 * sha256sum), then by the id. To draw N ids, take the first N. The order of IDS
 * before does not matter. */
void draw_rank(const char *seed, const char **ids, size_t count);

#endif
