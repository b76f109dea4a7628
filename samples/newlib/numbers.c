/* Floating point: printing, reading, and the functions of math.h. */
#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "checks.h"

static bool prints(const char *expected, const char *format, double value)
{
	char text[64];

	snprintf(text, sizeof(text), format, value);
	if (strcmp(text, expected))
		printf("# %s gave %s, not %s\n", format, text, expected);
	return !strcmp(text, expected);
}

static void check_printing(void)
{
	char text[64];

	check(prints("3.142", "%.3f", 3.14159265), "%f rounds");
	check(prints("2.5e-10", "%g", 2.5e-10) && prints("100000", "%g", 1e5), "%g chooses its form");
	check(prints("-1.234568E+08", "%E", -123456789.0), "%E");
	check(prints("0x1.8p+1", "%a", 3.0), "%a");
	check(prints("inf", "%f", HUGE_VAL) && prints("nan", "%f", nan("")), "infinity and not-a-number have names");
	check(prints("0.1000000000000000055511151231257827", "%.34f", 0.1), "all digits of a double are right");
	snprintf(text, sizeof(text), "%.20Lg", 1.0L / 3);
	check(!strcmp(text, "0.33333333333333333334"), "a long double has its own precision");
	check(snprintf(text, 4, "%d", 123456) == 6 && !strcmp(text, "123"), "snprintf tells what it had no room for");
	snprintf(text, sizeof(text), "%" PRIu64 " %zu %hhd", UINT64_MAX, (size_t)7, (signed char)44);
	check(!strcmp(text, "18446744073709551615 7 44"), "length modifiers of C99");
}

/* What math_errhandling says of errno is kept; the operands are no constants, so that functions are called. */
static void check_errors(void)
{
	volatile double zero = 0, negative = -1, large = 1000;

	errno = 0;
	check(isnan(sqrt(negative)) && errno == EDOM, "a root of a negative number sets errno");
	errno = 0;
	check(isinf(log(zero)) && errno == ERANGE, "so does a logarithm of zero");
	errno = 0;
	check(isinf(exp(large)) && errno == ERANGE, "and what is too large for a double");
}

/* Numbers over the whole range of exponents, each printed and read back. */
static void check_reading(void)
{
	unsigned different = 0, count = 0;
	char text[64];
	char *end;

	for (int exponent = -1070; exponent <= 1020; exponent += 11, count++) {
		double number = ldexp(1.0 + exponent * exponent / 1.3e6, exponent);

		snprintf(text, sizeof(text), "%.17g", number);
		different += strtod(text, &end) != number || *end;
	}
	check(count > 150 && !different, "doubles come back as they were from %.17g and strtod");
	check(strtod("0x1.8p3!", &end) == 12.0 && *end == '!', "strtod reads hexadecimal and says where it ended");
	check(strtod("2.2250738585072014e-308", NULL) == DBL_MIN, "strtod reads the least normal number");
	check(strtol("-0x7f", NULL, 0) == -127 && strtoull("18446744073709551615", NULL, 10) == UINT64_MAX, "integers are read");
	check(sscanf("12 3.5 word", "%*d %lf", &(double){ 0 }) == 1, "sscanf reads floating point");
}

static void check_functions(void)
{
	double worst = 0;

	for (double x = -3; x <= 3; x += 0.01) {
		/* The first 15 terms of the series, more than a double can tell from the whole. */
		double term = x, sum = x;

		for (int n = 1; n < 15; n++)
			sum += term *= -x * x / (2 * n * (2 * n + 1));
		worst = fmax(worst, fabs(sum - sin(x)));
	}
	printf("# largest distance of sin from its series: %g\n", worst);
	check(worst < 1e-14, "sin is its series, to 1e-14");
	check(sqrt(2.0) * sqrt(2.0) - 2 < 1e-15 && sqrt(144.0) == 12.0, "sqrt");
	check(fabs(pow(2.0, 0.5) - sqrt(2.0)) < 1e-15 && fabs(exp(log(10.0)) - 10.0) < 1e-14, "pow, exp and log agree");
	check(fabs(4 * atan(1.0) - M_PI) < 1e-15, "four times the arc tangent of 1 is pi");
	check(floor(-2.5) == -3 && ceil(-2.5) == -2 && round(2.5) == 3 && fmod(7.5, 2) == 1.5, "rounding");
	check(isnan(sqrt(-1.0)) && isinf(1.0 / fabs(worst - worst)), "what has no result is told from what has");
}

void check_numbers(void)
{
	check_printing();
	check_reading();
	check_functions();
	check_errors();
}
