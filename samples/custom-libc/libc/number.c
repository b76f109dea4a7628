/* Numbers from text. What is too large becomes the largest there is; this libc has no errno to say so. */
#include <stdlib.h>

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
		: c >= 'a' && c <= 'z' ? c - 'a' + 10
		: c >= 'A' && c <= 'Z' ? c - 'A' + 10
		: 99;
}

/* The digits of a base (0: as C writes numbers, by their beginning), at most limit; *end is behind them. */
static unsigned long long digits(const char *text, const char **end, int base, unsigned long long limit)
{
	unsigned long long value = 0;

	if ((base == 0 || base == 16) && text[0] == '0' && (text[1] | 32) == 'x' && digit(text[2]) < 16) {
		base = 16;
		text += 2;
	} else if (base == 0) {
		base = *text == '0' ? 8 : 10;
	}
	for (; digit(*text) < base; *end = ++text) {
		unsigned next = digit(*text);

		value = value > (limit - next) / base ? limit : value * base + next;
	}
	return value;
}

/* Blanks, a sign, digits. */
static unsigned long long number(const char *text, char **end, int base, unsigned long long limit, int *negative)
{
	const char *start = text, *stop = text;
	unsigned long long value;

	while (*start == ' ' || (*start >= '\t' && *start <= '\r'))
		start++;
	*negative = *start == '-';
	if (*start == '-' || *start == '+')
		start++;
	value = digits(start, &stop, base, *negative && limit == ~0ULL >> 1 ? limit + 1 : limit);
	if (end)
		*end = (char *)stop;
	return value;
}

unsigned long long strtoull(const char *__restrict text, char **__restrict end, int base)
{
	int negative;
	unsigned long long value = number(text, end, base, ~0ULL, &negative);

	return negative ? -value : value;
}

unsigned long strtoul(const char *__restrict text, char **__restrict end, int base)
{
	return strtoull(text, end, base);
}

long strtol(const char *__restrict text, char **__restrict end, int base)
{
	int negative;
	unsigned long long value = number(text, end, base, ~0ULL >> 1, &negative);

	return negative ? -value : value;
}
