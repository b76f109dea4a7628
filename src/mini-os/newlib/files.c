/*
 * What there is of files: the three streams, all of them the console, and no others. Lines that two threads write are not
 * mixed as long as each goes through one call of newlib's, since streams are locked.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <mini-os/console.h>

/* printk has room for so much without memory of the heap. */
enum { PRINTED_AT_ONCE = 256 };

static int fail(int error)
{
	errno = error;
	return -1;
}

static bool is_stream(int fd)
{
	return fd >= STDIN_FILENO && fd <= STDERR_FILENO;
}

/* The length of the text before the first NUL, which %s would end at. */
static int text_length(const char *text, int length)
{
	int count = 0;

	while (count < length && text[count])
		count++;
	return count;
}

int _write(int fd, const void *data, size_t length)
{
	const char *text = data, *end = text + length;

	if (fd != STDOUT_FILENO && fd != STDERR_FILENO)
		return fail(EBADF);
	while (text < end) {
		int part = text_length(text, end - text < PRINTED_AT_ONCE ? end - text : PRINTED_AT_ONCE);

		if (part)
			printk("%.*s", part, text);
		else
			printk("%c", *text);
		text += part ? part : 1;
	}
	return length;
}

/*
 * Waits for input. At the end of input, as at one's that there cannot be, it is 0. The key that ends a line sends a carriage
 * return, which is made a newline as POSIX terminals do with ICRNL: xl console passes on what the keys send.
 */
int _read(int fd, void *data, size_t length)
{
	char *text = data;
	int count;

	if (fd != STDIN_FILENO)
		return fail(EBADF);
	count = console_read(text, length);
	for (int i = 0; i < count; i++)
		if (text[i] == '\r')
			text[i] = '\n';
	return count;
}

int _isatty(int fd)
{
	if (is_stream(fd))
		return 1;
	errno = EBADF;
	return 0;
}

int _fstat(int fd, struct stat *status)
{
	if (!is_stream(fd))
		return fail(EBADF);
	*status = (struct stat){ .st_mode = S_IFCHR | S_IRUSR | S_IWUSR, .st_nlink = 1, .st_blksize = 1024 };
	return 0;
}

off_t _lseek(int fd, off_t offset, int whence)
{
	(void)offset, (void)whence;
	return fail(is_stream(fd) ? ESPIPE : EBADF);
}

int _close(int fd)
{
	return is_stream(fd) ? 0 : fail(EBADF);
}

int _fcntl(int fd, int command, int argument)
{
	(void)argument;
	if (!is_stream(fd))
		return fail(EBADF);
	return command == F_GETFL ? (fd == STDIN_FILENO ? O_RDONLY : O_WRONLY) : fail(EINVAL);
}

/* No path leads anywhere, not even to a folder that something could be made in. */
int _open(const char *path, int flags, int mode)
{
	(void)path, (void)flags, (void)mode;
	return fail(ENOENT);
}

int _stat(const char *path, struct stat *status)
{
	(void)path, (void)status;
	return fail(ENOENT);
}

int _link(const char *path, const char *other)
{
	(void)path, (void)other;
	return fail(ENOENT);
}

int _unlink(const char *path)
{
	(void)path;
	return fail(ENOENT);
}

int _mkdir(const char *path, mode_t mode)
{
	(void)path, (void)mode;
	return fail(ENOENT);
}
