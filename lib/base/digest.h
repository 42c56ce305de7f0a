// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4), and the names that git gives to contents, by libmd. The only includer of
// <sha2.h> and <sha1.h>.
#ifndef KEFU_BASE_DIGEST_H
#define KEFU_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { DIGEST_BYTES = 32, DIGEST_TEXT = 65 };

void digest_of(const void *bytes, size_t len, unsigned char digest[DIGEST_BYTES]);
void digest_text(const unsigned char digest[DIGEST_BYTES],
		 char text[DIGEST_TEXT]); /* lower-case hex, terminated */

/* The name of a file that holds BYTES in a git repository: by SHA-1, of which the first 20 bytes
 * are used and the others zero; SHA256: in a repository of that object format. */
void digest_blob(bool sha256, const void *bytes, size_t len, unsigned char digest[DIGEST_BYTES]);

#endif
