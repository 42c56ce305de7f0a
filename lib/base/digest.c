// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4), by libmd.
#include "base/digest.h"

#include <sys/types.h>

#include <sha2.h>

void digest_of(const void *bytes, size_t len, unsigned char digest[DIGEST_BYTES])
{
	SHA2_CTX context;
	SHA256Init(&context);
	SHA256Update(&context, bytes, len);
	SHA256Final(digest, &context);
}

void digest_text(const unsigned char digest[DIGEST_BYTES], char text[DIGEST_TEXT])
{
	static const char hex[] = "0123456789abcdef";
	for (size_t i = 0; i < DIGEST_BYTES; i++) {
		text[2 * i] = hex[digest[i] >> 4];
		text[2 * i + 1] = hex[digest[i] & 15];
	}
	text[DIGEST_TEXT - 1] = '\0';
}
