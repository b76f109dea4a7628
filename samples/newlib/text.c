/* Sorting, searching, strings, wide characters, the environment. */
#include <ctype.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "checks.h"

enum { COUNT = 5000 };

static unsigned numbers[COUNT];

static int by_value(const void *left, const void *right)
{
	unsigned a = *(const unsigned *)left, b = *(const unsigned *)right;

	return (a > b) - (a < b);
}

static void check_order(void)
{
	unsigned sum = 0, sorted_sum = 0, absent = 1;
	bool ordered = true, found = true;

	for (unsigned i = 0; i < COUNT; i++)
		sum += numbers[i] = i * 2654435761u & ~1u;
	qsort(numbers, COUNT, sizeof(*numbers), by_value);
	for (unsigned i = 0; i < COUNT; i++) {
		sorted_sum += numbers[i];
		ordered &= !i || numbers[i - 1] <= numbers[i];
		found &= *(unsigned *)bsearch(&numbers[i], numbers, COUNT, sizeof(*numbers), by_value) == numbers[i];
	}
	check(ordered && sum == sorted_sum, "qsort orders 5000 numbers and loses none");
	check(found && !bsearch(&absent, numbers, COUNT, sizeof(*numbers), by_value), "bsearch finds those and no other");
}

static void check_strings(void)
{
	char words[] = "red,green;blue", *word = strtok(words, ",;");
	wchar_t wide[16];
	char narrow[32];

	check(!strcmp(word, "red") && !strcmp(strtok(NULL, ",;"), "green") && !strcmp(strtok(NULL, ",;"), "blue") && !strtok(NULL, ",;"), "strtok");
	check(strstr("a needle in hay", "needle")[6] == ' ' && strspn("aab", "a") == 2 && strcspn("aab", "b") == 2, "strings are searched");
	check(isalpha('q') && !isalpha('1') && toupper('q') == 'Q', "letters are told from digits");
	check(towupper(L'q') == L'Q' && iswdigit(L'7'), "wide letters too");
	check(setlocale(LC_CTYPE, "C.UTF-8") && mbstowcs(wide, "gr\xc3\xbc\xc3\x9f", 16) == 4 && wide[2] == 0xfc, "UTF-8 is read");
	check(wcstombs(narrow, wide, sizeof(narrow)) == 6 && !strcmp(narrow, "gr\xc3\xbc\xc3\x9f"), "and written");
	setlocale(LC_ALL, "C");
	check(!setenv("PLACE", "here", 1) && !strcmp(getenv("PLACE"), "here") && !unsetenv("PLACE") && !getenv("PLACE"), "the environment holds what is set");
	check(!strcmp(strerror(2), "No such file or directory"), "errors have their texts");
}

void check_text(void)
{
	check_order();
	check_strings();
}
