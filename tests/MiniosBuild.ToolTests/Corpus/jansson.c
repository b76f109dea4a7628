#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

void USE(void)
{
	json_error_t error;
	json_t *root = json_loads("{\"b\": [1, 2.5, null], \"a\": \"text\"}", JSON_REJECT_DUPLICATES, &error), *value;
	const char *key;
	size_t index;
	char *text;

	json_object_foreach(root, key, value)
		printf("%s:%d ", key, json_is_array(value));
	json_array_foreach(json_object_get(root, "b"), index, value)
		printf("%zu:%d ", index, json_typeof(value) == JSON_NULL);
	json_object_set_new(root, "c", json_pack("[i,b]", 7, 1));
	text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	printf("%s ", text);
	free(text);
	json_decref(root);
	root = json_loads("[1,", 0, &error);
	printf("%d %d\n", root == NULL, json_error_code(&error) == json_error_premature_end_of_input);
}
