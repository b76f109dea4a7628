/* Random bytes that nobody can foresee, from the processor; without its instruction for them there is no source. */
#include <cpuid.h>
#include <errno.h>
#include <string.h>
#include <sys/types.h>

enum {
	MOST = 256,	/* in one call; POSIX Issue 8, getentropy */
	TRIES = 10,	/* Intel SDM, volume 1, section 7.3.17.1 */
};

static int has_rdrand(void)
{
	unsigned a, b, c, d;

	return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_RDRND);
}

__attribute__((__target__("rdrnd"))) static int random_word(unsigned long long *word)
{
	for (int i = 0; i < TRIES; i++)
		if (__builtin_ia32_rdrand64_step(word))
			return 1;
	return 0;
}

int getentropy(void *data, size_t length)
{
	unsigned char *bytes = data;
	unsigned long long word;

	if (length > MOST || !has_rdrand()) {
		errno = length > MOST ? EIO : ENOSYS;
		return -1;
	}
	for (size_t done = 0; done < length; done += sizeof(word)) {
		size_t rest = length - done;

		if (!random_word(&word)) {
			errno = EIO;
			return -1;
		}
		memcpy(bytes + done, &word, rest < sizeof(word) ? rest : sizeof(word));
	}
	return 0;
}
