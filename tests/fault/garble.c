// SPDX-License-Identifier: MIT
// An LD_PRELOAD library: libyaml reads $GARBLE with its last letter changed, wherever it stands in
// what it is given. So the read-back of what is to be written fails, as if the writer had a fault.
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

void yaml_parser_set_input_string(void *parser, const unsigned char *input, size_t size);

/* What was garbled: parsers read from it until the process ends. */
static struct garbled {
	struct garbled *older;
	unsigned char text[];
} * latest;

static unsigned char *copy_of(const unsigned char *input, size_t size)
{
	struct garbled *garbled = malloc(sizeof *garbled + size);
	garbled->older = latest;
	latest = garbled;
	return memcpy(garbled->text, input, size);
}

void yaml_parser_set_input_string(void *parser, const unsigned char *input, size_t size)
{
	void (*set_input)(void *, const unsigned char *, size_t) =
		(__typeof__(&yaml_parser_set_input_string))dlsym(RTLD_NEXT,
								 "yaml_parser_set_input_string");
	const char *wanted = getenv("GARBLE");
	size_t len = wanted ? strlen(wanted) : 0;
	unsigned char *found = len ? memmem(input, size, wanted, len) : NULL;
	if (found) {
		unsigned char *copy = copy_of(input, size);
		copy[found - input + len - 1] ^= 1;
		input = copy;
	}
	set_input(parser, input, size);
}
