// SPDX-License-Identifier: MIT
// For tests/conformance/draws: plays months of a share rule day by day and prints every frame and
// draw as a line of JSON. Usage: lots-driver SEED MONTHS
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "callback/lots.h"
#include "data/draw.h"

enum { DAYS = 31, LATEST = 12 }; /* a matter may be recorded so many days late */

static uint64_t state;

/* xorshift64*: the scenario, not the lot, which is the library's own. */
static unsigned below(unsigned limit)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (unsigned)((state * UINT64_C(2685821657736338717)) >> 33) % limit;
}

struct matter {
	char id[32];
	int ended, recorded, closes; /* days; the window's last */
	bool framed, chosen, made;
};

static void print_ids(const char *key, const char *const *ids, size_t count)
{
	printf(",\"%s\":[", key);
	for (size_t i = 0; i < count; i++)
		printf("%s\"%s\"", i ? "," : "", ids[i]);
	printf("]");
}

static struct matter *find(struct matter *matters, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(matters[i].id, id) == 0)
			return &matters[i];
	abort();
}

/* Draws as callback-plan does on DAY. */
static void plan(struct matter *matters, size_t count, const char *rate, int month, int day)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct ticket_lot *lots = arena_alloc(&arena, (count + 1) * sizeof *lots);
	struct lot_frame *frames;
	size_t known = 0;
	for (size_t i = 0; i < count; i++) {
		const struct matter *matter = &matters[i];
		if (matter->recorded <= day)
			lots[known++] = (struct ticket_lot){.id = matter->id,
							    .rule = "share",
							    .clause = "test",
							    .rate = rate,
							    .period = "2026-01",
							    .before_today = matter->ended < day,
							    .callable = !matter->made &&
									day <= matter->closes,
							    .made = matter->made,
							    .chosen = matter->chosen,
							    .framed = matter->framed};
	}
	size_t framed = lots_frames(lots, known, &arena, &frames);
	for (size_t i = 0; i < framed; i++) {
		struct lot_frame *frame = &frames[i];
		char seed[DIGEST_TEXT], digest[DIGEST_TEXT];
		draw_digest(frame->ids, frame->count, digest);
		if (!draw_seed(seed, &err))
			exit(5);
		printf("{\"month\":%d,\"day\":%d,\"rate\":\"%s\",\"forms\":%" PRId64
		       ",\"before\":%" PRId64 ",\"take\":%" PRId64
		       ",\"digest\":\"%s\",\"seed\":\"%s\"",
		       month, day, rate, frame->forms, frame->chosen_before, frame->take, digest,
		       seed);
		print_ids("frame", frame->ids, frame->count);
		for (size_t j = 0; j < frame->count; j++)
			find(matters, count, frame->ids[j])->framed = true;
		draw_rank(seed, frame->ids, frame->count);
		print_ids("chosen", frame->ids, (size_t)frame->take);
		printf("}\n");
		for (int64_t j = 0; j < frame->take; j++)
			find(matters, count, frame->ids[j])->chosen = true;
	}
	arena_clear(&arena);
}

static void play(int month)
{
	static const char *const rates[] = {"0.30", "0.10", "0.333333", "0.60", "0.05", "0.999999"};
	size_t count = 7 + below(294);
	const char *rate = rates[below(6)];
	struct matter *matters = calloc(count, sizeof *matters);
	/* in half of the months somebody chosen is not called before the window closes */
	bool missing = below(2);
	for (size_t i = 0; i < count; i++) {
		struct matter *matter = &matters[i];
		snprintf(matter->id, sizeof matter->id, "YL2601%02d%03zu", 1 + (int)below(DAYS),
			 i + 1);
		matter->ended = (matter->id[6] - '0') * 10 + matter->id[7] - '0';
		matter->recorded = matter->ended + (below(8) ? 0 : (int)below(LATEST));
		matter->closes = matter->ended + 3 + (int)below(30);
	}
	for (int day = 2; day <= DAYS + LATEST + 34; day++) {
		/* cron fails now and then */
		if (below(12) || day > DAYS + LATEST)
			plan(matters, count, rate, month, day);
		for (size_t i = 0; i < count; i++)
			if (matters[i].chosen && !matters[i].made && day <= matters[i].closes &&
			    !below(missing ? 9 : 3))
				matters[i].made = true;
			else if (!missing && matters[i].chosen && day == matters[i].closes)
				matters[i].made = true;
	}
	/* also where the lot fell on what was recorded after its window had closed */
	for (size_t i = 0; i < count; i++)
		missing = missing || (matters[i].chosen && !matters[i].made);
	printf("{\"month\":%d,\"rate\":\"%s\",\"all\":%zu,\"missing\":%s}\n", month, rate, count,
	       missing ? "true" : "false");
	free(matters);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	state = strtoull(argv[1], NULL, 10) * 2 + 1;
	for (int month = 0, months = atoi(argv[2]); month < months; month++)
		play(month);
	return 0;
}
