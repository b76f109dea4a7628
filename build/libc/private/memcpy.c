/* memcpy for code that the compiler makes in a guest without a C library. Weak: a guest or its libc may have its own. */
typedef __SIZE_TYPE__ size_t;

__attribute__((weak)) void *memcpy(void *restrict to, const void *restrict from, size_t count)
{
	void *rest = to;

	__asm__ volatile("rep movsb" : "+D"(rest), "+S"(from), "+c"(count) : : "memory");
	return to;
}
