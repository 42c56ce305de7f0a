// SPDX-License-Identifier: MIT
// Runs a fuzzer without libFuzzer: the same inputs each time, made of its seeds by random changes.
// Learns nothing; `make fuzz` does.
//
// Usage: build/fuzz-short/NAME FIRST COUNT [SEED-FILE...]. What breaks in one run is tried again
// with its number as FIRST, and 1 as COUNT.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "random_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Not every fuzzer has one, and only sanitizers have the other. */
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

enum { ROOM = 16384, SEEDS = 64 };

struct input {
	uint8_t bytes[ROOM];
	size_t len;
};

static struct {
	int said; /* stderr, whatever becomes of it */
	unsigned long run;
} at;

static void tell(void)
{
	dprintf(at.said, "run %lu broke it\n", at.run);
}

static void on_signal(int number)
{
	tell();
	signal(number, SIG_DFL);
	raise(number);
}

static void read_seed(const char *path, struct input *seed)
{
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		exit(2);
	}
	seed->len = fread(seed->bytes, 1, ROOM / 2, file);
	fclose(file);
}

/* Puts LEN bytes FROM in the place of GONE bytes of INPUT at the byte WHERE. */
static void replace(struct input *input, size_t where, size_t gone, const uint8_t *from, size_t len)
{
	size_t rest = input->len - where - gone;
	if (where + len + rest > ROOM)
		return;
	memmove(input->bytes + where + len, input->bytes + where + gone, rest);
	memcpy(input->bytes + where, from, len);
	input->len = where + len + rest;
}

static void change(struct input *input, const struct input *other, uint64_t *state)
{
	uint8_t random[16];
	for (size_t i = 0; i < sizeof random; i++)
		random[i] = (uint8_t)random_next(state);
	size_t where = random_below(state, (uint32_t)input->len + 1), left = input->len - where;
	size_t gone = left ? random_below(state, left < 40 ? (uint32_t)left : 40) : 0;
	size_t from = other->len ? random_below(state, (uint32_t)other->len) : 0;
	size_t len = other->len ? random_below(state, (uint32_t)(other->len - from) + 1) : 0;
	switch (random_below(state, 5)) {
	case 0:
		if (left)
			input->bytes[where] ^= (uint8_t)(1u << random_below(state, 8));
		break;
	case 1:
		replace(input, where, 0, random, random_below(state, sizeof random));
		break;
	case 2:
		replace(input, where, gone, random, 0);
		break;
	case 3:
		replace(input, where, gone, other->bytes + from, len);
		break;
	default:
		replace(input, where, left ? 1 : 0, random, 1);
		break;
	}
}

/* The seeds as they are, then changed ones, and short ones of nothing but chance. */
static void make(struct input *input, const struct input *seeds, size_t count, unsigned long run)
{
	static const struct input none;
	uint64_t state = run * 0x9e3779b97f4a7c15u + 1;
	if (run < count) {
		*input = seeds[run];
		return;
	}
	input->len = 0;
	const struct input *other = count ? &seeds[random_below(&state, (uint32_t)count)] : &none;
	if (count && random_below(&state, 4)) {
		*input = seeds[random_below(&state, (uint32_t)count)];
		for (uint32_t i = random_below(&state, 8) + 1; i; i--)
			change(input, other, &state);
		return;
	}
	input->len = random_below(&state, 64);
	for (size_t i = 0; i < input->len; i++)
		input->bytes[i] = (uint8_t)random_next(&state);
}

int main(int argc, char **argv)
{
	static const int fatal[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
	static struct input seeds[SEEDS], input;
	size_t count = 0;
	if (argc < 3)
		return 2;
	unsigned long first = strtoul(argv[1], NULL, 10), runs = strtoul(argv[2], NULL, 10);
	for (int i = 3; i < argc && count < SEEDS; i++)
		read_seed(argv[i], &seeds[count++]);
	at.said = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
	for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
		signal(fatal[i], on_signal);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(tell);
	int own = 1;
	if (LLVMFuzzerInitialize && LLVMFuzzerInitialize(&own, &argv))
		return 2;
	for (at.run = first; at.run < first + runs; at.run++) {
		make(&input, seeds, count, at.run);
		/* on the heap and no larger, so that a sanitizer sees what lies beyond */
		uint8_t *exact = malloc(input.len ? input.len : 1);
		memcpy(exact, input.bytes, input.len);
		LLVMFuzzerTestOneInput(exact, input.len);
		free(exact);
	}
	return 0;
}
