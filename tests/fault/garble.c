// SPDX-License-Identifier: MIT
// An LD_PRELOAD library: libyaml reads $GARBLE with its last letter changed, wherever it stands in
// what it is given. So the read-back of what is to be written fails, as if the writer had a fault.
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

void yaml_parser_set_input_string(void *parser, const unsigned char *input, size_t size);

void yaml_parser_set_input_string(void *parser, const unsigned char *input, size_t size)
{
	void (*set_input)(void *, const unsigned char *, size_t) =
		(__typeof__(&yaml_parser_set_input_string))dlsym(RTLD_NEXT,
								 "yaml_parser_set_input_string");
	const char *wanted = getenv("GARBLE");
	size_t len = wanted ? strlen(wanted) : 0;
	unsigned char *found = len ? memmem(input, size, wanted, len) : NULL;
	if (found) {
		/* the parser reads from it until the process ends */
		unsigned char *garbled = malloc(size);
		memcpy(garbled, input, size);
		garbled[found - input + len - 1] ^= 1;
		input = garbled;
	}
	set_input(parser, input, size);
}
