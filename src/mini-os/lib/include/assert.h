/* <assert.h>: no include guard, since each inclusion follows NDEBUG as it stands then. */
#undef assert

#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#ifdef __cplusplus
extern "C" {
#endif

int printf(const char *__restrict format, ...);
void abort(void) __attribute__((__noreturn__));

#ifdef __cplusplus
}
#endif

#define assert(condition) \
	((condition) ? (void)0 \
		     : (printf("%s:%d: %s: assertion failed: %s\n", __FILE__, __LINE__, __func__, #condition), abort()))
#endif

#if !defined(__cplusplus) && !defined(static_assert)
#define static_assert _Static_assert
#endif
