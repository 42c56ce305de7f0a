// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4), and the names that git gives to contents, by libmd.
#include "base/digest.h"

#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include <sha1.h>
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

void digest_blob(bool sha256, const void *bytes, size_t len, unsigned char digest[DIGEST_BYTES])
{
	char head[32];
	size_t head_len = (size_t)snprintf(head, sizeof head, "blob %zu", len) +
			  1; /* and its NUL */
	if (sha256) {
		SHA2_CTX context;
		SHA256Init(&context);
		SHA256Update(&context, (const uint8_t *)head, head_len);
		SHA256Update(&context, bytes, len);
		SHA256Final(digest, &context);
		return;
	}
	SHA1_CTX context;
	memset(digest, 0, DIGEST_BYTES);
	SHA1Init(&context);
	SHA1Update(&context, (const uint8_t *)head, head_len);
	SHA1Update(&context, bytes, len);
	SHA1Final(digest, &context);
}
