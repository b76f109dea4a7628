/* Formatting, into as much as there is room for; the length counts what there was none for, too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct out {
	char *buf;
	size_t size, length;
};

struct conversion {
	int left, zero, width, precision;	/* precision -1: none */
};

static void put(struct out *out, char c)
{
	if (out->length + 1 < out->size)
		out->buf[out->length] = c;
	out->length++;
}

static void pad(struct out *out, char c, int count)
{
	while (count-- > 0)
		put(out, c);
}

static void put_text(struct out *out, const struct conversion *how, const char *text, size_t length)
{
	if (!how->left)
		pad(out, ' ', how->width - (int)length);
	for (size_t i = 0; i < length; i++)
		put(out, text[i]);
	if (how->left)
		pad(out, ' ', how->width - (int)length);
}

/* sign is put before the number, "" for none. */
static void put_number(struct out *out, struct conversion how, unsigned long long value, unsigned base, char letter, const char *sign)
{
	char text[96], *end = text + sizeof(text), *digit = end;
	int least = how.precision >= 0 ? how.precision : how.zero && !how.left ? how.width - (int)strlen(sign) : 1;

	if (least > 64)
		least = 64;
	for (; value || end - digit < least; value /= base)
		*--digit = value % base < 10 ? '0' + value % base : letter - 10 + value % base;
	for (size_t i = strlen(sign); i > 0; i--)
		*--digit = sign[i - 1];
	put_text(out, &how, digit, end - digit);
}

static int read_count(const char **format, va_list *args)
{
	int count = 0;

	if (**format == '*') {
		(*format)++;
		return va_arg(*args, int);
	}
	while (**format >= '0' && **format <= '9')
		count = count * 10 + *(*format)++ - '0';
	return count;
}

static struct conversion read_conversion(const char **format, va_list *args)
{
	struct conversion how = { .precision = -1 };

	for (; **format == '-' || **format == '0'; (*format)++)
		*(**format == '-' ? &how.left : &how.zero) = 1;
	how.width = read_count(format, args);
	if (**format == '.') {
		(*format)++;
		how.precision = read_count(format, args);
	}
	return how;
}

static void convert(struct out *out, const char **format, va_list *args)
{
	struct conversion how = read_conversion(format, args);
	int longs = 0;
	const char *text;
	char c;

	for (; **format == 'l' || **format == 'z'; (*format)++)
		longs++;
	switch (c = *(*format)++) {
	case 'd':
	case 'i': {
		long long value = longs ? va_arg(*args, long long) : va_arg(*args, int);

		put_number(out, how, value < 0 ? -(unsigned long long)value : (unsigned long long)value, 10, 'a', value < 0 ? "-" : "");
		break;
	}
	case 'u':
	case 'x':
	case 'X': {
		unsigned long long value = longs ? va_arg(*args, unsigned long long) : va_arg(*args, unsigned);

		put_number(out, how, value, c == 'u' ? 10 : 16, c == 'X' ? 'A' : 'a', "");
		break;
	}
	case 'p':
		put_number(out, how, (unsigned long)va_arg(*args, void *), 16, 'a', "0x");
		break;
	case 's':
		text = va_arg(*args, const char *);
		text = text ? text : "(null)";
		put_text(out, &how, text, strnlen(text, how.precision >= 0 ? (size_t)how.precision : (size_t)-1));
		break;
	case 'c':
		c = (char)va_arg(*args, int);
		put_text(out, &how, &c, 1);
		break;
	case '\0':
		(*format)--;
		break;
	default:
		put(out, c);
	}
}

int vsnprintf(char *__restrict buf, size_t size, const char *__restrict format, va_list args)
{
	struct out out = { buf, size, 0 };
	const char *next = format;
	va_list rest;

	va_copy(rest, args);
	while (*next) {
		if (*next++ != '%')
			put(&out, next[-1]);
		else
			convert(&out, &next, &rest);
	}
	va_end(rest);
	if (size)
		buf[out.length < size ? out.length : size - 1] = '\0';
	return (int)out.length;
}

int snprintf(char *__restrict buf, size_t size, const char *__restrict format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(buf, size, format, args);
	va_end(args);
	return length;
}

int vasprintf(char **__restrict out, const char *__restrict format, va_list args)
{
	int length = vsnprintf(NULL, 0, format, args);

	*out = malloc(length + 1);
	return *out ? vsnprintf(*out, length + 1, format, args) : -1;
}

int asprintf(char **__restrict out, const char *__restrict format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vasprintf(out, format, args);
	va_end(args);
	return length;
}
