/* The scanf family on strings. What it converts: see <stdio.h>. */
#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* One conversion specification, ISO C11 7.21.6.2. */
struct conversion {
	bool suppress;
	size_t width; /* SIZE_MAX: none given */
	char length; /* 'H' for hh, 'q' for ll, 0 for none */
	char letter;
	uint8_t set[(UCHAR_MAX + 1) / 8]; /* of %[: a bit for each character that matches */
};

struct arguments {
	va_list list;
};

enum outcome { MATCHED, MISMATCH, INPUT_END };

static void set_add(struct conversion *conv, unsigned char c)
{
	conv->set[c / 8] |= (uint8_t)(1 << c % 8);
}

static bool set_has(const struct conversion *conv, unsigned char c)
{
	return conv->set[c / 8] >> c % 8 & 1;
}

/* Reads a scan set from behind [ to behind ]; NULL if it does not end. A - between two characters makes a range. */
static const char *parse_set(const char *at, struct conversion *conv)
{
	bool invert = *at == '^';

	at += invert;
	for (const char *first = at; *at != ']' || at == first; at++) {
		unsigned char from = (unsigned char)*at, to = from;

		if (*at == 0)
			return NULL;
		if (at[1] == '-' && at[2] != ']' && at[2] != 0) {
			to = (unsigned char)at[2];
			at += 2;
		}
		for (unsigned c = from; c <= to; c++)
			set_add(conv, (unsigned char)c);
	}
	for (size_t i = 0; invert && i < sizeof(conv->set); i++)
		conv->set[i] = (uint8_t)~conv->set[i];
	/* the terminator is no input */
	conv->set[0] &= 0xfe;
	return at + 1;
}

/* Reads what stands behind %; NULL if it is not a conversion. */
static const char *parse_conversion(const char *at, struct conversion *conv)
{
	*conv = (struct conversion){ .width = SIZE_MAX };

	if (*at == '*') {
		conv->suppress = true;
		at++;
	}
	if (isdigit((unsigned char)*at))
		conv->width = strtoumax(at, (char **)&at, 10);
	if (conv->width == 0)
		return NULL;
	if (*at && strchr("hljzt", *at)) {
		conv->length = *at++;
		if (*at == conv->length && (*at == 'h' || *at == 'l')) {
			conv->length = conv->length == 'h' ? 'H' : 'q';
			at++;
		}
	}
	conv->letter = *at;
	return *at == 0 ? NULL : *at == '[' ? parse_set(at + 1, conv) : at + 1;
}

static void store_number(struct arguments *args, char length, uintmax_t value)
{
	switch (length) {
	case 'H': *va_arg(args->list, unsigned char *) = (unsigned char)value; break;
	case 'h': *va_arg(args->list, unsigned short *) = (unsigned short)value; break;
	case 'l': *va_arg(args->list, unsigned long *) = (unsigned long)value; break;
	case 'q': *va_arg(args->list, unsigned long long *) = value; break;
	case 'j': *va_arg(args->list, uintmax_t *) = value; break;
	case 'z': *va_arg(args->list, size_t *) = (size_t)value; break;
	case 't': *va_arg(args->list, ptrdiff_t *) = (ptrdiff_t)value; break;
	default: *va_arg(args->list, unsigned *) = (unsigned)value; break;
	}
}

static unsigned digit_value(char c)
{
	if (isdigit((unsigned char)c))
		return (unsigned)(c - '0');
	return isalpha((unsigned char)c) ? (unsigned)(tolower((unsigned char)c) - 'a' + 10) : UINT_MAX;
}

/* Like strtoumax, but no further than width characters. */
static enum outcome scan_number(const char **input, const struct conversion *conv, unsigned base,
				struct arguments *args)
{
	const char *at = *input;
	size_t left = conv->width;
	bool negative = false, any = false;
	uintmax_t value = 0;

	if (*at == '+' || *at == '-') {
		negative = *at++ == '-';
		left--;
	}
	if ((base == 0 || base == 16) && left >= 2 && at[0] == '0' && (at[1] | 0x20) == 'x') {
		/* the longest prefix of a number is what is converted, and 0x alone is none */
		if (left == 2 || digit_value(at[2]) >= 16)
			return MISMATCH;
		at += 2;
		left -= 2;
		base = 16;
	} else if (base == 0) {
		base = left > 0 && *at == '0' ? 8 : 10;
	}
	for (; left > 0 && digit_value(*at) < base; at++, left--) {
		value = value * base + digit_value(*at);
		any = true;
	}
	if (!any)
		return MISMATCH;
	*input = at;
	if (!conv->suppress)
		store_number(args, conv->length, negative ? 0 - value : value);
	return MATCHED;
}

/* %s, %[ and %c: those characters that match; only %c takes an exact number of any, and no terminator. */
static enum outcome scan_text(const char **input, const struct conversion *conv, struct arguments *args)
{
	bool exact = conv->letter == 'c';
	size_t width = exact && conv->width == SIZE_MAX ? 1 : conv->width;
	size_t n = 0;

	for (const char *at = *input; n < width && *at; n++, at++)
		if (conv->letter == 's' ? isspace((unsigned char)*at) : !exact && !set_has(conv, (unsigned char)*at))
			break;
	if (n == 0 || (exact && n < width))
		return exact ? INPUT_END : MISMATCH;
	if (!conv->suppress) {
		char *out = va_arg(args->list, char *);

		memcpy(out, *input, n);
		if (!exact)
			out[n] = 0;
	}
	*input += n;
	return MATCHED;
}

static enum outcome scan(const char **input, const struct conversion *conv, struct arguments *args)
{
	if (conv->letter != 'c' && conv->letter != '[')
		while (isspace((unsigned char)**input))
			++*input;
	if (**input == 0)
		return INPUT_END;
	switch (conv->letter) {
	case 'd':
	case 'u': return scan_number(input, conv, 10, args);
	case 'i': return scan_number(input, conv, 0, args);
	case 'o': return scan_number(input, conv, 8, args);
	case 'x':
	case 'X': return scan_number(input, conv, 16, args);
	case 'p': {
		struct conversion pointer = *conv;

		pointer.length = sizeof(void *) == sizeof(long long) ? 'q' : 'l';
		return scan_number(input, &pointer, 16, args);
	}
	case 's':
	case 'c':
	case '[': return conv->length ? MISMATCH : scan_text(input, conv, args);
	case '%': return *(*input)++ == '%' ? MATCHED : MISMATCH;
	default: return MISMATCH;
	}
}

int vsscanf(const char *restrict text, const char *restrict format, va_list list)
{
	const char *input = text;
	enum outcome outcome = MATCHED;
	struct arguments args;
	struct conversion conv;
	int stored = 0;

	va_copy(args.list, list);
	while (*format && outcome == MATCHED) {
		if (isspace((unsigned char)*format)) {
			while (isspace((unsigned char)*input))
				input++;
			format++;
		} else if (*format != '%') {
			outcome = *input == *format ? MATCHED : *input ? MISMATCH : INPUT_END;
			input += outcome == MATCHED;
			format++;
		} else {
			format = parse_conversion(format + 1, &conv);
			if (!format) {
				outcome = MISMATCH;
				break;
			}
			if (conv.letter == 'n') {
				if (!conv.suppress)
					store_number(&args, conv.length, (uintmax_t)(input - text));
				continue;
			}
			outcome = scan(&input, &conv, &args);
			stored += outcome == MATCHED && conv.letter != '%' && !conv.suppress;
		}
	}
	va_end(args.list);
	return outcome == INPUT_END && stored == 0 ? EOF : stored;
}

int sscanf(const char *restrict input, const char *restrict format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsscanf(input, format, args);
	va_end(args);
	return n;
}
