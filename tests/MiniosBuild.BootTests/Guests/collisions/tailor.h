/* A tailor's shop. Each of these names was one of Mini-OS's headers, for something else. */
#ifndef TAILOR_H
#define TAILOR_H

#define ARRAY_SIZE		5		/* looms that stand in an array */
#define PAGE_SIZE		"210 x 297"	/* of the pattern book */
#define PAGE_MASK(page)		((page) & 1)
#define NOW			"summer"
#define current			16		/* of the iron, in amperes */
#define barrier(cloth)		((cloth) * 2)
#define likely(customers)	((customers) - 1)
#define wait_event		7
#define container_of(buttons)	((buttons) / 10)
#define xchg(coins, notes)	((coins) + 10 * (notes))
#define local_irq_save		"a needle"
#define HYPERCALL(name)		name

struct thread {
	int metres;
	const char *colour;
};

union semaphore {
	int flags;
	char arms;
};

enum wait_queue { up = 3, down = 4, RUNNABLE_FLAG = 50 };

typedef struct thread *block;
typedef char s_time_t[6];
typedef enum wait_queue pt_regs;

extern struct thread *print, get_order;

int schedule(const struct thread *thread, int days);
const char *wake(const char *who);
struct thread alloc_page(int metres, const char *colour);
int free_page(block panic);

static inline int mb(int inches)
{
	return inches * 254 / 100;
}

#endif
