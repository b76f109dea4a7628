/*
 * Division of 128-bit numbers, which compilers call of themselves (GCC internals, "Integer library routines"). That of libgcc keeps data below the stack
 * pointer, where Xen writes when an event comes. Weak: another run-time library in the link may have them too.
 */
typedef unsigned long word;
typedef __int128 wide;
typedef unsigned __int128 uwide;

#define WEAK __attribute__((weak))

/* The quotient of high:low and divisor; high is less than the divisor, so that it is one word. */
static word divide(word high, word low, word divisor, word *remainder)
{
	word quotient;

	__asm__("divq %4" : "=a"(quotient), "=d"(*remainder) : "a"(low), "d"(high), "r"(divisor) : "cc");
	return quotient;
}

/* A divisor of more than one word: the quotient has at most 64 bits, one at a time. */
static uwide divide_long(uwide number, uwide divisor, uwide *remainder)
{
	int shift = __builtin_clzl(divisor >> 64) - (number >> 64 ? __builtin_clzl(number >> 64) : 64);
	uwide quotient = 0;

	for (; shift >= 0; shift--) {
		quotient <<= 1;
		if (number >= divisor << shift) {
			number -= divisor << shift;
			quotient |= 1;
		}
	}
	*remainder = number;
	return quotient;
}

static uwide divide_wide(uwide number, uwide divisor, uwide *remainder)
{
	word high = number >> 64, rest = 0;
	uwide quotient;

	if (divisor >> 64)
		return divide_long(number, divisor, remainder);
	quotient = (uwide)divide(0, high, divisor, &rest) << 64;	/* by 0 this traps, as the instruction does */
	quotient |= divide(rest, number, divisor, &rest);
	*remainder = rest;
	return quotient;
}

static uwide magnitude(wide number)
{
	return number < 0 ? -(uwide)number : (uwide)number;
}

/* C has the quotient truncated and the remainder with the sign of the number that is divided. */
static wide divide_signed(wide number, wide divisor, wide *remainder)
{
	uwide rest, quotient = divide_wide(magnitude(number), magnitude(divisor), &rest);

	*remainder = number < 0 ? -rest : rest;
	return (number < 0) != (divisor < 0) ? -quotient : quotient;
}

WEAK uwide __udivmodti4(uwide number, uwide divisor, uwide *remainder)
{
	uwide rest, quotient = divide_wide(number, divisor, &rest);

	if (remainder)
		*remainder = rest;
	return quotient;
}

WEAK uwide __udivti3(uwide number, uwide divisor)
{
	uwide rest;

	return divide_wide(number, divisor, &rest);
}

WEAK uwide __umodti3(uwide number, uwide divisor)
{
	uwide rest;

	divide_wide(number, divisor, &rest);
	return rest;
}

WEAK wide __divmodti4(wide number, wide divisor, wide *remainder)
{
	wide rest, quotient = divide_signed(number, divisor, &rest);

	if (remainder)
		*remainder = rest;
	return quotient;
}

WEAK wide __divti3(wide number, wide divisor)
{
	wide rest;

	return divide_signed(number, divisor, &rest);
}

WEAK wide __modti3(wide number, wide divisor)
{
	wide rest;

	divide_signed(number, divisor, &rest);
	return rest;
}
