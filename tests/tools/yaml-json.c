// SPDX-License-Identifier: MIT
// Reads standard input with the strict reader and prints each document as a line of JSON. Status 4
// and one line on stderr when it refuses. Usage: yaml-json one|stream
#include <stdio.h>
#include <string.h>

#include "text/json.h"
#include "text/yaml.h"

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct yaml_stream stream = {0};
	struct err err = ERR_INIT;
	struct buf text, out;
	buf_init(&text);
	buf_init(&out);
	for (size_t got = 1; got; text.len += got) {
		buf_reserve(&text, 65536);
		got = fread(text.data + text.len, 1, 65536, stdin);
	}
	bool read;
	if (argc == 2 && strcmp(argv[1], "one") == 0) {
		struct yaml_document document = {0};
		read = yaml_read_one(&arena, "stdin", text.data, text.len, &document.root, &err);
		if (read)
			yaml_stream_add(&arena, &stream, document);
	} else {
		read = yaml_read(&arena, "stdin", text.data, text.len, &stream, &err);
	}
	for (size_t i = 0; i < stream.count; i++) {
		json_write(&out, stream.documents[i].root);
		buf_addc(&out, '\n');
	}
	fwrite(out.data, 1, out.len, stdout);
	if (!read) {
		buf_reset(&out);
		err_render(&err, &out);
		fprintf(stderr, "%s\n", out.data);
	}
	err_clear(&err);
	buf_clear(&text);
	buf_clear(&out);
	arena_clear(&arena);
	return read ? 0 : 4;
}
