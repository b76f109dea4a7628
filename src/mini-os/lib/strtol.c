/* Text to integers: the strtol and ato families. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

struct number {
	unsigned long long magnitude; /* ULLONG_MAX when it does not fit */
	bool negative;
	bool overflow;
};

static int digit_value(char c)
{
	if (isdigit((unsigned char)c))
		return c - '0';
	if (isalpha((unsigned char)c))
		return tolower((unsigned char)c) - 'a' + 10;
	return INT_MAX;
}

static struct number parse(const char *s, char **end, int base)
{
	struct number number = { 0 };
	const char *at = s;

	if (end)
		*end = (char *)s;
	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return number;
	}
	while (isspace((unsigned char)*at))
		at++;
	if (*at == '+' || *at == '-')
		number.negative = *at++ == '-';
	/* "0x" without a digit behind it is the number 0 followed by an x */
	if ((base == 0 || base == 16) && at[0] == '0' && (at[1] | 0x20) == 'x' && digit_value(at[2]) < 16) {
		at += 2;
		base = 16;
	} else if (base == 0) {
		base = *at == '0' ? 8 : 10;
	}

	for (; digit_value(*at) < base; at++) {
		if (__builtin_mul_overflow(number.magnitude, (unsigned)base, &number.magnitude) ||
		    __builtin_add_overflow(number.magnitude, (unsigned)digit_value(*at), &number.magnitude))
			number.overflow = true;
		if (end)
			*end = (char *)at + 1;
	}
	if (number.overflow)
		number.magnitude = ULLONG_MAX;
	return number;
}

static long long signed_value(struct number number, long long min, long long max)
{
	unsigned long long limit = number.negative ? 0ULL - (unsigned long long)min : (unsigned long long)max;

	if (number.overflow || number.magnitude > limit) {
		errno = ERANGE;
		return number.negative ? min : max;
	}
	return (long long)(number.negative ? 0ULL - number.magnitude : number.magnitude);
}

static unsigned long long unsigned_value(struct number number, unsigned long long max)
{
	if (number.overflow || number.magnitude > max) {
		errno = ERANGE;
		return max;
	}
	return number.negative ? 0ULL - number.magnitude : number.magnitude;
}

long strtol(const char *restrict s, char **restrict end, int base)
{
	return (long)signed_value(parse(s, end, base), LONG_MIN, LONG_MAX);
}

long long strtoll(const char *restrict s, char **restrict end, int base)
{
	return signed_value(parse(s, end, base), LLONG_MIN, LLONG_MAX);
}

intmax_t strtoimax(const char *restrict s, char **restrict end, int base)
{
	return signed_value(parse(s, end, base), INTMAX_MIN, INTMAX_MAX);
}

unsigned long strtoul(const char *restrict s, char **restrict end, int base)
{
	return (unsigned long)unsigned_value(parse(s, end, base), ULONG_MAX);
}

unsigned long long strtoull(const char *restrict s, char **restrict end, int base)
{
	return unsigned_value(parse(s, end, base), ULLONG_MAX);
}

uintmax_t strtoumax(const char *restrict s, char **restrict end, int base)
{
	return unsigned_value(parse(s, end, base), UINTMAX_MAX);
}

int atoi(const char *s)
{
	return (int)strtol(s, NULL, 10);
}

long atol(const char *s)
{
	return strtol(s, NULL, 10);
}

long long atoll(const char *s)
{
	return strtoll(s, NULL, 10);
}
