/* The start of a program with a C library; without one, nothing. */
#ifdef HAVE_LIBC
#include <unistd.h>
#include <mini-os/kernel.h>

extern int main(int argc, char *argv[]);

int app_main(start_info_t *si)
{
	return main(0, NULL);
}
#endif
