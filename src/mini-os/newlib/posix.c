/*
 * The names that POSIX has for what newlib itself calls by names with an underscore. Weak, for guests that have functions
 * of these names: ISO C leaves them to programs.
 */
#include <fcntl.h>
#include <reent.h>
#include <signal.h>
#include <stdarg.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>

#define WEAK __attribute__((__weak__))

WEAK int write(int fd, const void *data, size_t length)
{
	return _write_r(_REENT, fd, data, length);
}

WEAK int read(int fd, void *data, size_t length)
{
	return _read_r(_REENT, fd, data, length);
}

WEAK int close(int fd)
{
	return _close_r(_REENT, fd);
}

WEAK off_t lseek(int fd, off_t offset, int whence)
{
	return _lseek_r(_REENT, fd, offset, whence);
}

WEAK int isatty(int fd)
{
	return _isatty_r(_REENT, fd);
}

WEAK int fstat(int fd, struct stat *status)
{
	return _fstat_r(_REENT, fd, status);
}

WEAK int stat(const char *path, struct stat *status)
{
	return _stat_r(_REENT, path, status);
}

/* mode is there only with O_CREAT. */
WEAK int open(const char *path, int flags, ...)
{
	va_list more;
	int mode;

	va_start(more, flags);
	mode = flags & O_CREAT ? va_arg(more, int) : 0;
	va_end(more);
	return _open_r(_REENT, path, flags, mode);
}

WEAK int fcntl(int fd, int command, ...)
{
	va_list more;
	int argument;

	va_start(more, command);
	argument = command == F_GETFL || command == F_GETFD ? 0 : va_arg(more, int);
	va_end(more);
	return _fcntl_r(_REENT, fd, command, argument);
}

WEAK int link(const char *path, const char *other)
{
	return _link_r(_REENT, path, other);
}

WEAK int unlink(const char *path)
{
	return _unlink_r(_REENT, path);
}

WEAK int mkdir(const char *path, mode_t mode)
{
	return _mkdir_r(_REENT, path, mode);
}

WEAK void *sbrk(ptrdiff_t incr)
{
	return _sbrk_r(_REENT, incr);
}

WEAK pid_t getpid(void)
{
	return _getpid_r(_REENT);
}

WEAK int kill(pid_t id, int signal)
{
	return _kill_r(_REENT, id, signal);
}

WEAK pid_t fork(void)
{
	return _fork_r(_REENT);
}

WEAK int execve(const char *path, char *const arguments[], char *const environment[])
{
	return _execve_r(_REENT, path, arguments, environment);
}

WEAK pid_t wait(int *status)
{
	return _wait_r(_REENT, status);
}

WEAK clock_t times(struct tms *times)
{
	return _times_r(_REENT, times);
}
