/* memcmp for code that the compiler makes in a guest without a C library. Weak: a guest or its libc may have its own. */
typedef __SIZE_TYPE__ size_t;

__attribute__((weak)) int memcmp(const void *left, const void *right, size_t count)
{
	const unsigned char *l = left, *r = right;

	for (; count; l++, r++, count--)
		if (*l != *r)
			return *l - *r;
	return 0;
}
