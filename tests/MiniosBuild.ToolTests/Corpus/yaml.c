#include <stdio.h>
#include <yaml.h>

void USE(void)
{
	static const unsigned char text[] = "a: [1, two]\nb: |\n  text\n";
	yaml_parser_t parser;
	yaml_event_t event;
	int isEnd = 0;

	if (!yaml_parser_initialize(&parser))
		printf("failed\n");
	yaml_parser_set_input_string(&parser, text, sizeof(text) - 1);
	while (!isEnd && yaml_parser_parse(&parser, &event)) {
		if (event.type == YAML_SCALAR_EVENT)
			printf("%d:%d ", (int)event.data.scalar.length, event.data.scalar.style == YAML_LITERAL_SCALAR_STYLE);
		else if (event.type == YAML_SEQUENCE_START_EVENT)
			printf("%s ", event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? "flow" : "block");
		isEnd = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	printf("%d\n", isEnd);
}
