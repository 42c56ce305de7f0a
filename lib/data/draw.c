// SPDX-License-Identifier: MIT
// Draws by lot in a way that everybody can repeat and check.
#include "data/draw.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/buf.h"
#include "base/mem.h"

bool draw_seed(char seed[DIGEST_TEXT], struct err *err)
{
	unsigned char bytes[DIGEST_BYTES];
	/* up to 256 bytes come whole or not at all: getrandom(2) */
	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		return err_system(err, "cannot get random bytes for a seed");
	digest_text(bytes, seed);
	return true;
}

void draw_digest(const char *const *ids, size_t count, char digest[DIGEST_TEXT])
{
	struct buf lines;
	unsigned char bytes[DIGEST_BYTES];
	buf_init(&lines);
	for (size_t i = 0; i < count; i++)
		buf_addf(&lines, "%s\n", ids[i]);
	digest_of(lines.data, lines.len, bytes);
	digest_text(bytes, digest);
	buf_clear(&lines);
}

struct lot {
	unsigned char rank[DIGEST_BYTES];
	const char *id;
};

static int compare_lots(const void *a, const void *b)
{
	const struct lot *x = a, *y = b;
	int order = memcmp(x->rank, y->rank, sizeof x->rank);
	return order ? order : strcmp(x->id, y->id);
}

void draw_rank(const char *seed, const char **ids, size_t count)
{
	struct lot *lots = mem_array(count + 1, sizeof *lots);
	struct buf text;
	buf_init(&text);
	for (size_t i = 0; i < count; i++) {
		buf_reset(&text);
		buf_addf(&text, "%s\n%s\n", seed, ids[i]);
		digest_of(text.data, text.len, lots[i].rank);
		lots[i].id = ids[i];
	}
	if (count)
		qsort(lots, count, sizeof *lots, compare_lots);
	for (size_t i = 0; i < count; i++)
		ids[i] = lots[i].id;
	buf_clear(&text);
	free(lots);
}
