/* The formatting engine, and those of the printf family that write to a buffer. What it converts: see <stdio.h>. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

/* Counts everything, stores what fits. */
struct output {
	char *buf;
	size_t size;
	size_t len;
};

/* One conversion specification, ISO C11 7.21.6.1. */
struct conversion {
	bool left, plus, space, alternate, zero;
	int width;
	int precision; /* -1: none given */
	char length; /* 'H' for hh, 'q' for ll, 0 for none */
};

static void put(struct output *out, const char *text, size_t n)
{
	if (out->len < out->size) {
		size_t room = out->size - out->len;

		memcpy(out->buf + out->len, text, n < room ? n : room);
	}
	out->len += n;
}

static void pad(struct output *out, char c, long n)
{
	if (n <= 0)
		return;
	if (out->len < out->size) {
		size_t room = out->size - out->len;

		memset(out->buf + out->len, c, (size_t)n < room ? (size_t)n : room);
	}
	out->len += (size_t)n;
}

static void put_text(struct output *out, const struct conversion *conv, const char *text, size_t n)
{
	long fill = conv->width - (long)n;

	if (!conv->left)
		pad(out, ' ', fill);
	put(out, text, n);
	if (conv->left)
		pad(out, ' ', fill);
}

/* prefix: the sign, 0x, or nothing. A precision is the least number of digits, and switches off the flag 0. */
static void put_number(struct output *out, const struct conversion *conv, const char *prefix, uintmax_t value,
		       unsigned base, const char *alphabet)
{
	char digits[CHAR_BIT * sizeof(uintmax_t) / 3 + 1];
	char *first = digits + sizeof(digits);
	long prefix_len = (long)strlen(prefix);
	long count, zeros, fill;

	for (; value; value /= base)
		*--first = alphabet[value % base];
	count = digits + sizeof(digits) - first;

	zeros = (conv->precision < 0 ? 1 : conv->precision) - count;
	if (base == 8 && conv->alternate && zeros < 1)
		zeros = 1;
	if (conv->zero && !conv->left && conv->precision < 0 && zeros < conv->width - prefix_len - count)
		zeros = conv->width - prefix_len - count;
	if (zeros < 0)
		zeros = 0;
	fill = conv->width - prefix_len - zeros - count;

	if (!conv->left)
		pad(out, ' ', fill);
	put(out, prefix, (size_t)prefix_len);
	pad(out, '0', zeros);
	put(out, first, (size_t)count);
	if (conv->left)
		pad(out, ' ', fill);
}

/* A va_list that is passed on by address needs a type of its own: as an array it would decay. */
struct arguments {
	va_list list;
};

static intmax_t signed_argument(struct arguments *args, char length)
{
	switch (length) {
	case 'H': return (signed char)va_arg(args->list, int);
	case 'h': return (short)va_arg(args->list, int);
	case 'l': return va_arg(args->list, long);
	case 'q': return va_arg(args->list, long long);
	case 'j': return va_arg(args->list, intmax_t);
	case 'z': return va_arg(args->list, ssize_t);
	case 't': return va_arg(args->list, ptrdiff_t);
	default: return va_arg(args->list, int);
	}
}

static uintmax_t unsigned_argument(struct arguments *args, char length)
{
	switch (length) {
	case 'H': return (unsigned char)va_arg(args->list, unsigned);
	case 'h': return (unsigned short)va_arg(args->list, unsigned);
	case 'l': return va_arg(args->list, unsigned long);
	case 'q': return va_arg(args->list, unsigned long long);
	case 'j': return va_arg(args->list, uintmax_t);
	case 'z': return va_arg(args->list, size_t);
	case 't': return (size_t)va_arg(args->list, ptrdiff_t);
	default: return va_arg(args->list, unsigned);
	}
}

/* A run of digits, or * for an argument; false if it does not fit an int. */
static bool parse_count(const char **at, struct arguments *args, int *count)
{
	if (**at == '*') {
		++*at;
		*count = va_arg(args->list, int);
		return true;
	}
	for (*count = 0; **at >= '0' && **at <= '9'; ++*at)
		if (__builtin_mul_overflow(*count, 10, count) || __builtin_add_overflow(*count, **at - '0', count))
			return false;
	return true;
}

/* Reads what stands between % and the letter; *at ends on the letter. */
static bool parse_conversion(const char **at, struct arguments *args, struct conversion *conv)
{
	*conv = (struct conversion){ .precision = -1 };

	for (;; ++*at) {
		switch (**at) {
		case '-': conv->left = true; continue;
		case '+': conv->plus = true; continue;
		case ' ': conv->space = true; continue;
		case '#': conv->alternate = true; continue;
		case '0': conv->zero = true; continue;
		case '\'': continue; /* POSIX: groups thousands, of which the C locale has none */
		}
		break;
	}
	if (!parse_count(at, args, &conv->width) || conv->width == INT_MIN)
		return false;
	if (conv->width < 0) {
		conv->left = true;
		conv->width = -conv->width;
	}
	if (**at == '.') {
		++*at;
		if (!parse_count(at, args, &conv->precision))
			return false;
		if (conv->precision < 0)
			conv->precision = -1;
	}
	switch (**at) {
	case 'h':
	case 'l':
		conv->length = *(*at)++;
		if (**at == conv->length) {
			conv->length = conv->length == 'h' ? 'H' : 'q';
			++*at;
		}
		break;
	case 'j':
	case 'z':
	case 't': conv->length = *(*at)++; break;
	}
	return true;
}

static void put_string(struct output *out, const struct conversion *conv, const char *s)
{
	size_t n;

	/* a null pointer is a mistake of the caller that is better seen than trapped on */
	if (!s)
		s = conv->precision < 0 || conv->precision >= 6 ? "(null)" : "";
	n = conv->precision < 0 ? strlen(s) : strnlen(s, (size_t)conv->precision);
	put_text(out, conv, s, n);
}

static void put_pointer(struct output *out, const struct conversion *conv, const void *p)
{
	if (p)
		put_number(out, conv, "0x", (uintptr_t)p, 16, "0123456789abcdef");
	else
		put_text(out, conv, "(nil)", 5);
}

/* False if the kernel does not make this conversion. */
static bool convert(struct output *out, const struct conversion *conv, char letter, struct arguments *args)
{
	static const char lower[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
	const char *prefix;
	uintmax_t value;
	char c;

	switch (letter) {
	case 'd':
	case 'i': {
		intmax_t number = signed_argument(args, conv->length);
		const char *sign = number < 0 ? "-" : conv->plus ? "+" : conv->space ? " " : "";

		put_number(out, conv, sign, number < 0 ? 0 - (uintmax_t)number : (uintmax_t)number, 10, lower);
		return true;
	}
	case 'u': put_number(out, conv, "", unsigned_argument(args, conv->length), 10, lower); return true;
	case 'o': put_number(out, conv, "", unsigned_argument(args, conv->length), 8, lower); return true;
	case 'x':
	case 'X':
		value = unsigned_argument(args, conv->length);
		prefix = !conv->alternate || value == 0 ? "" : letter == 'x' ? "0x" : "0X";
		put_number(out, conv, prefix, value, 16, letter == 'x' ? lower : upper);
		return true;
	case 'p': put_pointer(out, conv, va_arg(args->list, void *)); return true;
	case 'c':
		if (conv->length)
			return false;
		c = (char)va_arg(args->list, int);
		put_text(out, conv, &c, 1);
		return true;
	case 's':
		if (conv->length)
			return false;
		put_string(out, conv, va_arg(args->list, const char *));
		return true;
	case '%': put(out, "%", 1); return true;
	default: return false;
	}
}

int vsnprintf(char *restrict buf, size_t size, const char *restrict format, va_list list)
{
	/* one byte stays free for the terminator */
	struct output out = { buf, size > 0 ? size - 1 : 0, 0 };
	struct arguments args;
	struct conversion conv;
	bool refused = false;

	va_copy(args.list, list);
	for (const char *at = format; *at;) {
		const char *start = at + strcspn(at, "%");

		put(&out, at, (size_t)(start - at));
		if (*start == 0)
			break;
		at = start + 1;
		if (!parse_conversion(&at, &args, &conv) || !convert(&out, &conv, *at, &args)) {
			put(&out, start, strlen(start));
			refused = true;
			break;
		}
		at++;
	}
	va_end(args.list);

	if (size > 0)
		buf[out.len < size ? out.len : size - 1] = 0;
	if (refused || out.len > INT_MAX) {
		errno = refused ? ENOTSUP : EOVERFLOW;
		return -1;
	}
	return (int)out.len;
}

int snprintf(char *restrict buf, size_t size, const char *restrict format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(buf, size, format, args);
	va_end(args);
	return n;
}

/* The caller vouches for the room: as much as there can be up to the end of the address space. */
int vsprintf(char *restrict buf, const char *restrict format, va_list args)
{
	return vsnprintf(buf, (size_t)(UINTPTR_MAX - (uintptr_t)buf), format, args);
}

int sprintf(char *restrict buf, const char *restrict format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsprintf(buf, format, args);
	va_end(args);
	return n;
}
