/*
 * Compares the stub libc of the reference tree with the libc of the host, function by function, on random input.
 *
 * From the root of the repository, with OUT as a scratch folder (only files that need nothing of the kernel take part):
 *
 *   cd src/mini-os/lib && for f in memory memsearch string strsearch strtok strdup strings ctype errno strerror \
 *                                  strtol div sort rand vsnprintf asprintf sscanf; do
 *       gcc -c -O2 -std=gnu11 -ffreestanding -fno-strict-aliasing -mgeneral-regs-only -nostdinc -isystem include \
 *           -isystem $(gcc -print-file-name=include) $f.c -o OUT/$f.o; done
 *   ld -r OUT/*.o -o OUT/libc.all && objcopy --prefix-symbols=mini_ OUT/libc.all
 *   gcc -O1 -std=gnu11 -fno-builtin -w ../../../tests/MiniosBuild.UnitTests/ReferenceTree/libc-oracle.c -x none OUT/libc.all -no-pie -o OUT/oracle
 *   OUT/oracle [CASES [SEED]]
 *
 * Prints "N cases, M differences" as its last line; exit code 0 if M is 0, else 1.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MINI(name) extern __typeof__(name) mini_##name
MINI(memcpy); MINI(memmove); MINI(memset); MINI(memcmp); MINI(memchr); MINI(memccpy); MINI(memmem);
MINI(strlen); MINI(strnlen); MINI(strcpy); MINI(strncpy); MINI(stpcpy); MINI(stpncpy); MINI(strcat); MINI(strncat);
MINI(strcmp); MINI(strncmp); MINI(strspn); MINI(strcspn); MINI(strtok_r); MINI(strdup); MINI(strndup);
MINI(strcasecmp); MINI(strncasecmp); MINI(ffs); MINI(ffsl); MINI(ffsll);
MINI(strtol); MINI(strtoll); MINI(strtoul); MINI(strtoull); MINI(strtoimax); MINI(strtoumax); MINI(atoi); MINI(atol);
MINI(abs); MINI(labs); MINI(imaxabs); MINI(div); MINI(lldiv); MINI(imaxdiv);
MINI(snprintf); MINI(sprintf); MINI(asprintf); MINI(sscanf);
MINI(isalnum); MINI(isalpha); MINI(isblank); MINI(iscntrl); MINI(isdigit); MINI(isgraph); MINI(islower);
MINI(isprint); MINI(ispunct); MINI(isspace); MINI(isupper); MINI(isxdigit); MINI(tolower); MINI(toupper);
char *mini_strchr(const char *, int), *mini_strrchr(const char *, int);
char *mini_strpbrk(const char *, const char *), *mini_strstr(const char *, const char *), *mini_strerror(int);
size_t mini_strlcpy(char *, const char *, size_t), mini_strlcat(char *, const char *, size_t);
void mini_qsort(void *, size_t, size_t, int (*)(const void *, const void *));
void *mini_bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
int mini_rand(void), mini_rand_r(unsigned *);
void mini_srand(unsigned);
extern int mini_errno;

/* What the library takes from the heap. */
void *mini_malloc(size_t size) { return malloc(size); }

static unsigned long cases, differences;
static uint64_t state = 1;

static uint64_t any(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static unsigned below(unsigned n) { return (unsigned)(any() >> 20) % n; }

static void check(bool same, const char *what, const char *format, ...)
{
	va_list args;

	cases++;
	if (same || ++differences > 40)
		return;
	printf("%s: ", what);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

/* A value of any magnitude, with the borders of the types more often than chance gives them. */
static uint64_t number(void)
{
	static const uint64_t borders[] = { 0, 1, 7, 8, 9, 10, 127, 128, 255, 32767, 32768, 65535, INT32_MAX, 1ULL << 31,
										UINT32_MAX, INT64_MAX, 1ULL << 63, UINT64_MAX };

	if (below(4) == 0)
		return borders[below(sizeof(borders) / sizeof(*borders))] * (below(2) ? 1 : -1ULL);
	return any() >> below(64);
}

/* Few different letters, so that searches hit. */
static char *text(char *buf, unsigned max, const char *letters)
{
	unsigned n = below(max), kinds = (unsigned)strlen(letters);

	for (unsigned i = 0; i < n; i++)
		buf[i] = letters[below(kinds)];
	buf[n] = 0;
	return buf;
}

static int sign(int x) { return (x > 0) - (x < 0); }

static void memory(void)
{
	unsigned char a[600], b[600], c[600];
	unsigned from = below(280), to = below(280), n = below(4) ? below(40) : below(300);

	for (unsigned i = 0; i < sizeof(a); i++)
		a[i] = b[i] = (unsigned char)any();
	check(mini_memmove(a + to, a + from, n) == a + to && (memmove(b + to, b + from, n), !memcmp(a, b, sizeof(a))),
		  "memmove", "from %u to %u, %u bytes", from, to, n);
	memset(c, 0, sizeof(c));
	mini_memcpy(c + to, a + from, n);
	check(!memcmp(c + to, a + from, n) && c[to + n] == 0 && (to == 0 || c[to - 1] == 0), "memcpy", "%u bytes", n);
	memcpy(b, a, sizeof(a));
	mini_memset(a + to, (int)from, n);
	memset(b + to, (int)from, n);
	check(!memcmp(a, b, sizeof(a)), "memset", "at %u, %u bytes", to, n);
	memcpy(b + to, a + from, n);
	if (n > 0)
		b[to + below(n)] ^= (unsigned char)below(3);
	check(sign(mini_memcmp(a + from, b + to, n)) == sign(memcmp(a + from, b + to, n)), "memcmp", "%u bytes", n);
	check(mini_memchr(a + from, a[5], n) == memchr(a + from, a[5], n), "memchr", "%u bytes", n);
	for (unsigned i = 0; i < n; i++)
		a[i] &= 3;
	memcpy(c, a, sizeof(a));
	unsigned at = below(n + 1), len = below(6);
	check(mini_memmem(a, n, c + at, len) == memmem(a, n, c + at, len), "memmem", "%u in %u bytes", len, n);
	memset(b, 9, sizeof(b));
	memset(c, 9, sizeof(c));
	unsigned char *x = mini_memccpy(b, a, 2, n), *y = memccpy(c, a, 2, n);
	check((x ? x - b : -1) == (y ? y - c : -1) && !memcmp(b, c, sizeof(b)), "memccpy", "%u bytes", n);
}

static void strings(void)
{
	char s[64], t[64], a[160], b[160], set[8];
	unsigned n = below(70);

	text(s, 60, "abAB \xe4");
	text(t, below(2) ? 60 : 4, "abAB \xe4");
	text(set, 5, "abAB \xe4");
	if (below(3) == 0)
		strcpy(t, s), t[below((unsigned)strlen(s) + 1)] = 0;
	check(mini_strlen(s) == strlen(s) && mini_strnlen(s, n) == strnlen(s, n), "strlen", "\"%s\"", s);
	check(sign(mini_strcmp(s, t)) == sign(strcmp(s, t)), "strcmp", "\"%s\" \"%s\"", s, t);
	check(sign(mini_strncmp(s, t, n)) == sign(strncmp(s, t, n)), "strncmp", "\"%s\" \"%s\" %u", s, t, n);
	check(sign(mini_strcasecmp(s, t)) == sign(strcasecmp(s, t)), "strcasecmp", "\"%s\" \"%s\"", s, t);
	check(sign(mini_strncasecmp(s, t, n)) == sign(strncasecmp(s, t, n)), "strncasecmp", "\"%s\" \"%s\"", s, t);
	int c = below(5) ? s[below((unsigned)strlen(s) + 1)] : 'z';
	check(mini_strchr(s, c) == strchr(s, c), "strchr", "\"%s\" %d", s, c);
	check(mini_strrchr(s, c) == strrchr(s, c), "strrchr", "\"%s\" %d", s, c);
	check(mini_strspn(s, set) == strspn(s, set), "strspn", "\"%s\" \"%s\"", s, set);
	check(mini_strcspn(s, set) == strcspn(s, set), "strcspn", "\"%s\" \"%s\"", s, set);
	check(mini_strpbrk(s, set) == strpbrk(s, set), "strpbrk", "\"%s\" \"%s\"", s, set);
	check(mini_strstr(s, set) == strstr(s, set), "strstr", "\"%s\" \"%s\"", s, set);

#define COPIES(name, call_mini, call_host)                                                                     \
	memset(a, 'x', sizeof(a)), memset(b, 'x', sizeof(b)), strcpy(a, t), strcpy(b, t);                          \
	check((char *)(call_mini) - a == (char *)(call_host) - b && !memcmp(a, b, sizeof(a)), name, "\"%s\" \"%s\" %u", t, s, n)
	COPIES("strcpy", mini_strcpy(a, s), strcpy(b, s));
	COPIES("stpcpy", mini_stpcpy(a, s), stpcpy(b, s));
	COPIES("strncpy", mini_strncpy(a, s, n), strncpy(b, s, n));
	COPIES("stpncpy", mini_stpncpy(a, s, n), stpncpy(b, s, n));
	COPIES("strcat", mini_strcat(a, s), strcat(b, s));
	COPIES("strncat", mini_strncat(a, s, n), strncat(b, s, n));

	/* the host may not have these two: compared with snprintf, which does the same */
	memset(a, 'x', sizeof(a)), memset(b, 'x', sizeof(b));
	check(mini_strlcpy(a, s, n) == (size_t)snprintf(b, n, "%s", s) && !memcmp(a, b, sizeof(a)), "strlcpy", "%u", n);
	strcpy(a, t), strcpy(b, t);
	size_t used = strnlen(t, n);
	check(mini_strlcat(a, s, n) == used + snprintf(b + used, n - used, "%s", s) && !strcmp(a, b), "strlcat", "%u", n);

	char *save_a = NULL, *save_b = NULL, *x, *y, *in_a = strcpy(a, s), *in_b = strcpy(b, s);
	do {
		x = mini_strtok_r(in_a, set, &save_a);
		y = strtok_r(in_b, set, &save_b);
		in_a = in_b = NULL;
		check((x ? x - a : -1) == (y ? y - b : -1) && (!x || !strcmp(x, y)), "strtok_r", "\"%s\" \"%s\"", s, set);
	} while (x && y);
	x = mini_strdup(s), y = mini_strndup(s, n);
	check(!strcmp(x, s) && strlen(y) == strnlen(s, n) && !strncmp(y, s, n), "strdup", "\"%s\" %u", s, n);
	free(x), free(y);
}

static void text_to_number(void)
{
	static const int bases[] = { 0, 0, 10, 10, 16, 8, 2, 36, 7 };
	char s[80], core[70], *end_a, *end_b;
	int base = bases[below(sizeof(bases) / sizeof(*bases))];

	switch (below(5)) {
	case 0: text(core, 30, "0123456789xXabzZ -+"); break;
	case 1: sprintf(core, "%" PRIu64, number()); break;
	case 2: sprintf(core, "%#" PRIx64, number()); break;
	case 3: sprintf(core, "%#" PRIo64 "8", number()); break;
	default: text(core, 68, "0123456789"); break;
	}
	sprintf(s, "%s%s%s%s", below(3) ? "" : " \t\n", below(3) ? "" : below(2) ? "-" : "+", core, below(3) ? "" : "z");
#define TO_NUMBER(name)                                                                                     \
	errno = mini_errno = 0;                                                                                 \
	check(mini_##name(s, &end_a, base) == name(s, &end_b, base) && end_a == end_b && mini_errno == errno,   \
		  #name, "\"%s\" base %d: errno %d", s, base, mini_errno)
	TO_NUMBER(strtol);
	TO_NUMBER(strtoll);
	TO_NUMBER(strtoul);
	TO_NUMBER(strtoull);
	TO_NUMBER(strtoimax);
	TO_NUMBER(strtoumax);
	check(mini_atoi(s) == atoi(s) && mini_atol(s) == atol(s), "atoi", "\"%s\"", s);
}

static void arithmetic(void)
{
	int64_t a = (int64_t)number(), b = (int64_t)number();

	check(mini_ffs((int)a) == ffs((int)a) && mini_ffsl(a) == ffsl(a) && mini_ffsll(a) == ffsll(a), "ffs", "%" PRId64, a);
	if ((int)a != INT32_MIN)
		check(mini_abs((int)a) == abs((int)a), "abs", "%d", (int)a);
	if (a != INT64_MIN)
		check(mini_labs(a) == labs(a) && mini_imaxabs(a) == imaxabs(a), "labs", "%" PRId64, a);
	if (a == INT64_MIN || (int)a == INT32_MIN || (int)b == 0)
		return;
	div_t x = mini_div((int)a, (int)b), y = div((int)a, (int)b);
	lldiv_t v = mini_lldiv(a, b), w = lldiv(a, b);
	imaxdiv_t i = mini_imaxdiv(a, b);
	check(x.quot == y.quot && x.rem == y.rem && v.quot == w.quot && v.rem == w.rem && i.quot == w.quot && i.rem == w.rem,
		  "div", "%" PRId64 " / %" PRId64, a, b);
}

static void format_number(void)
{
	static const char *const lengths[] = { "hh", "h", "", "", "l", "ll", "j", "z", "t" };
	static const char letters[] = "diouxXdu";
	char format[64], a[400], b[400], *at = format;
	unsigned size = below(4) ? 400 : below(40);
	uint64_t value = number();
	int star = (int)below(60) - 25, x, y;
	bool star_width = below(8) == 0, star_precision = below(8) == 0;

	at += sprintf(at, "<%%");
	for (unsigned flags = below(4) ? below(4) : 0; flags > 0; flags--)
		*at++ = "-+ #0"[below(5)];
	at += star_width ? sprintf(at, "*") : below(2) ? sprintf(at, "%u", 1 + below(40)) : 0;
	at += star_precision ? sprintf(at, ".*") : below(3) == 0 ? sprintf(at, ".%u", below(30)) : 0;
	at += sprintf(at, "%s%c|%%%%>", lengths[below(9)], letters[below(8)]);
	memset(a, 'x', sizeof(a)), memset(b, 'x', sizeof(b));
#define BOTH(...) (x = mini_snprintf(a, size, format, __VA_ARGS__), y = snprintf(b, size, format, __VA_ARGS__))
	if (star_width && star_precision)
		BOTH(star, star / 2, value);
	else if (star_width || star_precision)
		BOTH(star, value);
	else
		BOTH(value);
	check(x == y && !memcmp(a, b, sizeof(a)), "snprintf", "\"%s\" %#" PRIx64 " (%d): %d \"%.*s\", host %d \"%.*s\"",
		  format, value, star, x, size ? (int)size - 1 : 0, a, y, size ? (int)size - 1 : 0, b);
}

static void format_text(void)
{
	char format[64], a[400], b[400], s[64], *at = format, *grown;
	unsigned size = below(4) ? 400 : below(60);
	const char *string = below(16) ? text(s, 60, "abc %\n") : NULL;
	void *pointer = (void *)(below(8) ? number() : 0);
	int c = (int)(1 + below(255)), x, y;

	at += sprintf(at, "%%%s", below(2) ? "-" : "");
	at += below(2) ? sprintf(at, "%u", 1 + below(40)) : 0;
	at += below(2) ? sprintf(at, ".%u", below(40)) : 0;
	at += sprintf(at, "s[%%%s%uc]%%%s%up", below(2) ? "-" : "", 1 + below(9), below(2) ? "-" : "", 1 + below(30));
	memset(a, 'x', sizeof(a)), memset(b, 'x', sizeof(b));
	BOTH(string, c, pointer);
	check(x == y && !memcmp(a, b, sizeof(a)), "snprintf", "\"%s\": %d \"%.*s\", host %d \"%.*s\"", format, x,
		  size ? (int)size - 1 : 0, a, y, size ? (int)size - 1 : 0, b);
	x = mini_sprintf(a, format, string, c, pointer);
	check(x == y && mini_asprintf(&grown, format, string, c, pointer) == y && !strcmp(grown, a), "asprintf", "%s", format);
	free(grown);
}

/* What the library does not do like the host: by its promise in <stdio.h>, or for %3c and 0x by the letter of ISO C. */
static void refused(void)
{
	char a[80];
	int n = 77;

	mini_errno = 0;
	check(mini_snprintf(a, sizeof(a), "%d%% %-5.1f|%d", 12) == -1 && !strcmp(a, "12% %-5.1f|%d") && mini_errno == ENOTSUP,
		  "snprintf %f", "%s", a);
	check(mini_snprintf(a, sizeof(a), "ab%n", &n) == -1 && !strcmp(a, "ab%n") && n == 77, "snprintf %n", "%s", a);
	check(mini_snprintf(a, sizeof(a), "%ls", L"x") == -1 && mini_snprintf(a, sizeof(a), "%") == -1, "snprintf %ls", "%s", a);
	mini_errno = 0;
	check(mini_snprintf(a, 4, "%2147483647d%5d", 1, 2) == -1 && mini_errno == EOVERFLOW, "snprintf", "too long");
	check(mini_snprintf(a, 4, "%99999999999d", 1) == -1, "snprintf", "width out of range");
	check(mini_sscanf("ab", "%3c", a) == EOF && mini_sscanf("5 abc", "%d %3c", &n, a) == 2 && n == 5, "sscanf", "%%3c");
	check(mini_sscanf("0xg", "%i", &n) == 0 && mini_sscanf("0x1g", "%i", &n) == 1 && n == 1, "sscanf", "%%i of 0x");
}

/* The host takes 0x without a digit for 0, ISO C does not. */
static bool has_bare_prefix(const char *s)
{
	for (; *s; s++)
		if (*s == '0' && (s[1] | 0x20) == 'x' && !isxdigit((unsigned char)s[2]))
			return true;
	return false;
}

static void scan(void)
{
	static const char *const formats[] = {
		"%d %d %d", "%i%i,%i", "%x:%x:%x", "%2d%3d%n", "%*d %u %o", "%hhd %hd %ld%n", "%lld %lli%zn", "%4x%%%d%n", "a%da%d",
		"%jd %zu %td", "%3u-%*3u-%u",
	};
	static const char *const text_formats[] = {
		"%s %s", "%5s%n%s", "%c%c", "%1c%s", "%[ab]%[^ab]", " %[]a-c]%n%s", "%*s %[^]\n]%n", "%*[b] %4[a]%n", "%s%%%s",
	};
	char s[64], x[3][80], y[3][80];
	uint64_t p[4], q[4];

	/* short enough that no number overflows, which ISO C leaves open */
	do
		text(s, 16, below(3) ? "0123456789  -" : "0178abxX:,% -a");
	while (has_bare_prefix(s));
	memset(p, 0x5a, sizeof(p)), memset(q, 0x5a, sizeof(q));
	const char *format = formats[below(sizeof(formats) / sizeof(*formats))];
	int m = mini_sscanf(s, format, p, p + 1, p + 2, p + 3), n = sscanf(s, format, q, q + 1, q + 2, q + 3);
	check(m == n && !memcmp(p, q, sizeof(p)), "sscanf", "\"%s\" of \"%s\": %d, host %d: %" PRIx64 " %" PRIx64 " %" PRIx64
		  ", host %" PRIx64 " %" PRIx64 " %" PRIx64, format, s, m, n, p[0], p[1], p[2], q[0], q[1], q[2]);

	text(s, 24, "aabbc ]%\n");
	memset(x, 0x5a, sizeof(x)), memset(y, 0x5a, sizeof(y));
	format = text_formats[below(sizeof(text_formats) / sizeof(*text_formats))];
	m = mini_sscanf(s, format, x[0], x[1], x[2]);
	n = sscanf(s, format, y[0], y[1], y[2]);
	check(m == n && !memcmp(x, y, sizeof(x)), "sscanf", "\"%s\" of \"%s\": %d, host %d", format, s, m, n);
}

static int compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static void sorting(void)
{
	struct { int key; char rest[9]; } a[100], b[100], *found;
	unsigned n = below(100);

	for (unsigned i = 0; i < n; i++) {
		a[i].key = b[i].key = (int)number() >> (below(2) ? 0 : 28);
		memset(a[i].rest, a[i].key, sizeof(a[i].rest));
	}
	mini_qsort(a, n, sizeof(*a), compare_ints);
	qsort(b, n, sizeof(*b), compare_ints);
	bool same = true;
	for (unsigned i = 0; i < n; i++)
		same = same && a[i].key == b[i].key && a[i].rest[8] == (char)a[i].key;
	check(same, "qsort", "%u elements", n);
	int key = n && below(2) ? a[below(n)].key : (int)number();
	found = mini_bsearch(&key, a, n, sizeof(*a), compare_ints);
	check(found ? found->key == key : !bsearch(&key, a, n, sizeof(*a), compare_ints), "bsearch", "%d of %u", key, n);
}

static void once(void)
{
	unsigned seed = 5;

#define CLASS(name) check(!mini_##name(c) == !name(c), #name, "%d", c)
	for (int c = -1; c < 256; c++) {
		CLASS(isalnum); CLASS(isalpha); CLASS(isblank); CLASS(iscntrl); CLASS(isdigit); CLASS(isgraph); CLASS(islower);
		CLASS(isprint); CLASS(ispunct); CLASS(isspace); CLASS(isupper); CLASS(isxdigit);
		check(mini_tolower(c) == tolower(c) && mini_toupper(c) == toupper(c), "tolower", "%d", c);
	}
	check(!strcmp(mini_strerror(ENOENT), strerror(ENOENT)), "strerror", "ENOENT");
	check(!strcmp(mini_strerror(-12345), strerror(-12345)), "strerror", "unknown");
	mini_srand(5);
	for (int i = 0; i < 1000; i++) {
		int r = mini_rand();

		check(r >= 0 && r == mini_rand_r(&seed), "rand", "%d", i);
	}
	refused();
}

int main(int argc, char **argv)
{
	unsigned long rounds = (argc > 1 ? strtoul(argv[1], NULL, 0) : 500000) / 50 + 1;

	state = argc > 2 ? strtoull(argv[2], NULL, 0) | 1 : 0x9e3779b97f4a7c15;
	once();
	while (rounds-- > 0) {
		memory();
		strings();
		for (int i = 0; i < 3; i++) {
			text_to_number();
			arithmetic();
			format_number();
			format_text();
			scan();
		}
		if (rounds % 8 == 0)
			sorting();
	}
	printf("%lu cases, %lu differences\n", cases, differences);
	return differences != 0;
}
