// SPDX-License-Identifier: MIT
// What libyaml by itself makes of standard input, as one line per event. Holds no code of kefu.
#include <stdio.h>
#include <yaml.h>

static void print_text(const yaml_char_t *text, size_t len)
{
	fputs("=VAL ", stdout);
	for (size_t i = 0; i < len; i++) {
		if (text[i] < 0x20 || text[i] == '\\')
			printf("\\x%02x", text[i]);
		else
			putchar(text[i]);
	}
	putchar('\n');
}

int main(void)
{
	yaml_parser_t parser;
	yaml_event_t event;
	int done = 0;
	if (!yaml_parser_initialize(&parser))
		return 5;
	yaml_parser_set_input_file(&parser, stdin);
	while (!done) {
		if (!yaml_parser_parse(&parser, &event)) {
			fprintf(stderr, "yaml-events: line %zu: %s\n", parser.problem_mark.line + 1,
				parser.problem ? parser.problem : "no reason given");
			yaml_parser_delete(&parser);
			return 4;
		}
		switch (event.type) {
		case YAML_DOCUMENT_START_EVENT:
			puts("+DOC");
			break;
		case YAML_DOCUMENT_END_EVENT:
			puts("-DOC");
			break;
		case YAML_MAPPING_START_EVENT:
			puts("+MAP");
			break;
		case YAML_MAPPING_END_EVENT:
			puts("-MAP");
			break;
		case YAML_SEQUENCE_START_EVENT:
			puts("+SEQ");
			break;
		case YAML_SEQUENCE_END_EVENT:
			puts("-SEQ");
			break;
		case YAML_ALIAS_EVENT:
			puts("=ALI");
			break;
		case YAML_SCALAR_EVENT:
			print_text(event.data.scalar.value, event.data.scalar.length);
			break;
		case YAML_STREAM_END_EVENT:
			done = 1;
			break;
		default:
			break;
		}
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return 0;
}
