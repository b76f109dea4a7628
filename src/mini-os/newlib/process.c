/* The guest as what newlib takes for a process: the only one there is, without a parent or children. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>
#include <sys/types.h>
#include <mini-os/console.h>
#include <mini-os/kernel.h>

enum { OWN_ID = 1 };

void _exit(int status)
{
	kernel_exit(status);
}

pid_t _getpid(void)
{
	return OWN_ID;
}

static int fail(int error)
{
	errno = error;
	return -1;
}

/* Signals that POSIX has ignored where nobody handles them, and those of job control, of which there is none. */
static bool is_ignored(int signal)
{
	switch (signal) {
	case 0:
	case SIGCHLD:
	case SIGCONT:
	case SIGSTOP:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
	case SIGURG:
	case SIGWINCH:
		return true;
	default:
		return false;
	}
}

/* What raise does with a signal that has no handler: it ends the guest, as one that has gone wrong. */
int _kill(pid_t id, int signal)
{
	if (signal < 0 || signal >= NSIG)
		return fail(EINVAL);
	if (id != OWN_ID)
		return fail(ESRCH);
	if (is_ignored(signal))
		return 0;
	printk("Ended by signal %d\n", signal);
	do_exit();
}

pid_t _fork(void)
{
	return fail(ENOSYS);
}

int _execve(const char *path, char *const arguments[], char *const environment[])
{
	(void)path, (void)arguments, (void)environment;
	return fail(ENOENT);
}

pid_t _wait(int *status)
{
	(void)status;
	return fail(ECHILD);
}
