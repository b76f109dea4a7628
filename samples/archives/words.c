/*
 * Ordinary C: counts the words of a text. The framework calls app_main when the kernel is up, and links in what is
 * used of the archives.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mini-os/kernel.h>

struct word {
	char *text;
	unsigned count;
};

static int more_often(const void *left, const void *right)
{
	const struct word *a = left, *b = right;

	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return strcmp(a->text, b->text);
}

/* Names of our own that Mini-OS has under the same spelling: there is no collision. */
int schedule(int shifts)
{
	return shifts + 1;
}

int app_main(start_info_t *si)
{
	char text[] = "a guest is a kernel and a kernel is a program and a program is a text";
	struct word *words = calloc(32, sizeof(*words));
	char *rest = NULL;
	size_t used = 0, i;

	(void)si;
	if (!words)
		return 1;
	for (char *token = strtok_r(text, " ", &rest); token; token = strtok_r(NULL, " ", &rest)) {
		for (i = 0; i < used && strcmp(words[i].text, token); i++)
			;
		if (i == used)
			words[used++].text = strdup(token);
		words[i].count++;
	}
	qsort(words, used, sizeof(*words), more_often);
	for (i = 0; i < 3 && i < used; i++)
		printf("%2u %s\n", words[i].count, words[i].text);
	printf("%zu words, schedule(1) is %d\n", used, schedule(1));
	for (i = 0; i < used; i++)
		free(words[i].text);
	free(words);
	return 0;
}
