/* memset for code that the compiler makes in a guest without a C library. Weak: a guest or its libc may have its own. */
typedef __SIZE_TYPE__ size_t;

__attribute__((weak)) void *memset(void *to, int byte, size_t count)
{
	void *rest = to;

	__asm__ volatile("rep stosb" : "+D"(rest), "+c"(count) : "a"(byte) : "memory");
	return to;
}
