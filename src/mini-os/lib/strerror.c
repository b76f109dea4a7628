/* Texts of the error numbers. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct {
	int number;
	const char *text;
} errors[] = {
	{ 0, "Success" },
	{ EPERM, "Operation not permitted" },
	{ ENOENT, "No such file or directory" },
	{ ESRCH, "No such process" },
	{ EINTR, "Interrupted" },
	{ EIO, "Input/output error" },
	{ ENXIO, "No such device or address" },
	{ E2BIG, "Argument list too long" },
	{ ENOEXEC, "Executable format error" },
	{ EBADF, "Bad file descriptor" },
	{ ECHILD, "No child processes" },
	{ EAGAIN, "Resource temporarily unavailable" },
	{ ENOMEM, "Out of memory" },
	{ EACCES, "Permission denied" },
	{ EFAULT, "Bad address" },
	{ EBUSY, "Device or resource busy" },
	{ EEXIST, "File exists" },
	{ EXDEV, "Cross-device link" },
	{ ENODEV, "No such device" },
	{ ENOTDIR, "Not a directory" },
	{ EISDIR, "Is a directory" },
	{ EINVAL, "Invalid argument" },
	{ ENFILE, "Too many open files in the system" },
	{ EMFILE, "Too many open files" },
	{ ENOTTY, "Inappropriate control operation" },
	{ EFBIG, "File too large" },
	{ ENOSPC, "No space left on device" },
	{ ESPIPE, "Invalid seek" },
	{ EROFS, "Read-only file system" },
	{ EMLINK, "Too many links" },
	{ EPIPE, "Broken pipe" },
	{ EDOM, "Argument out of domain" },
	{ ERANGE, "Result out of range" },
	{ EDEADLK, "Deadlock would occur" },
	{ ENAMETOOLONG, "Name too long" },
	{ ENOLCK, "No locks available" },
	{ ENOSYS, "Function not implemented" },
	{ ENOTEMPTY, "Directory not empty" },
	{ ENODATA, "No data available" },
	{ ETIME, "Timer expired" },
	{ EPROTO, "Protocol error" },
	{ EBADMSG, "Bad message" },
	{ EOVERFLOW, "Value too large" },
	{ EILSEQ, "Invalid byte sequence" },
	{ ENOTSOCK, "Not a socket" },
	{ EMSGSIZE, "Message too long" },
	{ ENOTSUP, "Not supported" },
	{ EADDRINUSE, "Address in use" },
	{ EADDRNOTAVAIL, "Address not available" },
	{ ECONNRESET, "Connection reset" },
	{ ENOBUFS, "No buffer space available" },
	{ EISCONN, "Already connected" },
	{ ENOTCONN, "Not connected" },
	{ ETIMEDOUT, "Timed out" },
	{ ECONNREFUSED, "Connection refused" },
	{ EALREADY, "Already in progress" },
	{ EINPROGRESS, "In progress" },
	{ ECANCELED, "Canceled" },
};

char *strerror(int errnum)
{
	static char unknown[sizeof("Unknown error -2147483648")];

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].number == errnum)
			return (char *)errors[i].text;
	snprintf(unknown, sizeof(unknown), "Unknown error %d", errnum);
	return unknown;
}
