/* memmove for code that the compiler makes in a guest without a C library. Weak: a guest or its libc may have its own. */
typedef __SIZE_TYPE__ size_t;

__attribute__((weak)) void *memmove(void *to, const void *from, size_t count)
{
	char *rest = to;
	const char *source = from;

	if ((size_t)(rest - source) >= count) {
		__asm__ volatile("rep movsb" : "+D"(rest), "+S"(source), "+c"(count) : : "memory");
		return to;
	}
	/* The end of what is copied would be written over before it is read: from the end, then. */
	rest += count - 1;
	source += count - 1;
	__asm__ volatile("std; rep movsb; cld" : "+D"(rest), "+S"(source), "+c"(count) : : "memory");
	return to;
}
