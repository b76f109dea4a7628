/* Streams on the console, and what is told of files, of which there are none. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "checks.h"

static void check_console(void)
{
	static char buffer[256];
	struct stat status;

	check(fprintf(stderr, "# through stderr\n") == 17 && !ferror(stderr), "stderr writes");
	check(!setvbuf(stdout, buffer, _IOFBF, sizeof(buffer)), "stdout takes a buffer");
	check(fputs("# out of the ", stdout) >= 0 && fwrite("buffer\n", 1, 7, stdout) == 7 && !fflush(stdout), "fflush writes a buffer out");
	setvbuf(stdout, NULL, _IOLBF, 0);
	check(isatty(STDOUT_FILENO) && !fstat(STDOUT_FILENO, &status) && S_ISCHR(status.st_mode), "the console is a terminal");
	check(write(STDOUT_FILENO, "# written without a stream\n", 27) == 27, "write");
	check(lseek(STDOUT_FILENO, 0, SEEK_SET) == -1 && errno == ESPIPE, "a terminal has no position");
}

static void check_files(void)
{
	char byte;

	errno = 0;
	check(!fopen("/etc/passwd", "r") && errno == ENOENT, "there is no file to open");
	errno = 0;
	check(open("new", O_CREAT | O_WRONLY, 0600) == -1 && errno == ENOENT, "nor a folder to make one in");
	errno = 0;
	check(read(7, &byte, 1) == -1 && errno == EBADF, "a descriptor that was never opened is a bad one");
	errno = 0;
	check(write(STDIN_FILENO, "x", 1) == -1 && errno == EBADF, "stdin cannot be written to");
	errno = 0;
	check(remove("nothing") == -1 && errno == ENOENT, "what is not there cannot be removed");
}

static void check_memory_streams(void)
{
	char text[32] = "", *made = NULL;
	size_t length = 0;
	FILE *stream = fmemopen(text, sizeof(text), "w");

	check(stream && fprintf(stream, "%d %s", 7, "dwarfs") == 8 && !fclose(stream) && !strcmp(text, "7 dwarfs"), "a stream into a buffer");
	stream = open_memstream(&made, &length);
	check(stream && fprintf(stream, "%0*d", 3000, 1) == 3000 && !fclose(stream) && length == 3000 && made[2999] == '1', "a stream into memory that grows");
}

void check_streams(void)
{
	check_console();
	check_files();
	check_memory_streams();
}
