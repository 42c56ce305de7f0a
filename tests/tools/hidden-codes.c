// SPDX-License-Identifier: MIT
// hidden-codes: without operands, the number of each code point that utf8_is_hidden names, one a
// line; with TEXT, TEXT as buf_add_visible shows it.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

int main(int argc, char **argv)
{
	if (argc < 2) {
		for (uint32_t code = 0; code <= 0x10ffff; code++)
			if (utf8_is_hidden(code))
				printf("%" PRIx32 "\n", code);
		return 0;
	}
	struct buf seen;
	buf_init(&seen);
	buf_add_visible(&seen, argv[1], strlen(argv[1]));
	puts(seen.data);
	buf_clear(&seen);
	return 0;
}
