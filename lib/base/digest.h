// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4), by libmd. The only includer of <sha2.h>.
#ifndef KEFU_BASE_DIGEST_H
#define KEFU_BASE_DIGEST_H

#include <stddef.h>

enum { DIGEST_BYTES = 32, DIGEST_TEXT = 65 };

void digest_of(const void *bytes, size_t len, unsigned char digest[DIGEST_BYTES]);
void digest_text(const unsigned char digest[DIGEST_BYTES],
		 char text[DIGEST_TEXT]); /* lower-case hex, terminated */

#endif
