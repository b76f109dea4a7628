/* Nodes and transactions: the requests of docs/misc/xenstore.txt of Xen. */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>

char *xenbus_path_request(uint32_t type, xenbus_transaction_t xbt, const char *path)
{
	struct xenbus_piece piece = xenbus_string(path);

	return xenbus_request(type, xbt, &piece, 1, NULL, NULL);
}

/* The payload as a string for the caller. */
static char *text_request(uint32_t type, xenbus_transaction_t xbt, const char *path, char **value)
{
	struct xenbus_piece piece = xenbus_string(path);
	char *reply, *error;
	size_t len;

	*value = NULL;
	error = xenbus_request(type, xbt, &piece, 1, &reply, &len);
	if (error)
		return error;
	*value = malloc(len + 1);
	if (*value)
		memcpy(*value, reply, len + 1);
	xfree(reply);
	return *value ? NULL : xenbus_error("ENOMEM");
}

char *xenbus_read(xenbus_transaction_t xbt, const char *path, char **value)
{
	return text_request(XS_READ, xbt, path, value);
}

char *xenbus_get_perms(xenbus_transaction_t xbt, const char *path, char **value)
{
	return text_request(XS_GET_PERMS, xbt, path, value);
}

char *xenbus_write(xenbus_transaction_t xbt, const char *path, const char *value)
{
	/* a value goes without terminator */
	struct xenbus_piece pieces[] = { xenbus_string(path), { value, strlen(value) } };

	return xenbus_request(XS_WRITE, xbt, pieces, ARRAY_SIZE(pieces), NULL, NULL);
}

char *xenbus_printf(xenbus_transaction_t xbt, const char *dir, const char *node, const char *fmt, ...)
{
	char *path = NULL, *value = NULL, *error;
	va_list args;

	va_start(args, fmt);
	if (asprintf(&path, "%s/%s", dir, node) < 0 || vasprintf(&value, fmt, args) < 0)
		error = xenbus_error("ENOMEM");
	else
		error = xenbus_write(xbt, path, value);
	va_end(args);
	free(path);
	free(value);
	return error;
}

char *xenbus_ls(xenbus_transaction_t xbt, const char *path, char ***contents)
{
	struct xenbus_piece piece = xenbus_string(path);
	size_t len, count = 0;
	char *reply, *error, *names;

	*contents = NULL;
	error = xenbus_request(XS_DIRECTORY, xbt, &piece, 1, &reply, &len);
	if (error)
		return error;
	for (size_t i = 0; i < len; i++)
		count += reply[i] == 0;

	/* the pointers, then what they point to */
	*contents = malloc((count + 1) * sizeof(char *) + len);
	if (*contents) {
		names = (char *)(*contents + count + 1);
		memcpy(names, reply, len);
		for (size_t i = 0; i < count; i++, names += strlen(names) + 1)
			(*contents)[i] = names;
		(*contents)[count] = NULL;
	}
	xfree(reply);
	return *contents ? NULL : xenbus_error("ENOMEM");
}

char *xenbus_rm(xenbus_transaction_t xbt, const char *path)
{
	return xenbus_path_request(XS_RM, xbt, path);
}

char *xenbus_set_perms(xenbus_transaction_t xbt, const char *path, domid_t dom, char perm)
{
	char entry[sizeof("b65535")];
	struct xenbus_piece pieces[] = { xenbus_string(path), { entry, 0 } };

	/* the first entry: the owner, and what all those may do who are not named by others */
	pieces[1].len = (size_t)snprintf(entry, sizeof(entry), "%c%u", perm, dom) + 1;
	return xenbus_request(XS_SET_PERMS, xbt, pieces, ARRAY_SIZE(pieces), NULL, NULL);
}

int xenbus_read_integer(const char *path)
{
	char *value, *end, *error = xenbus_read(XBT_NIL, path, &value);
	long number;

	if (error) {
		free(error);
		return -1;
	}
	number = strtol(value, &end, 10);
	if (end == value || *end || number < 0 || number > INT_MAX)
		number = -1;
	free(value);
	return (int)number;
}

domid_t xenbus_get_self_id(void)
{
	int domid = xenbus_read_integer("domid");

	return domid < 0 ? DOMID_INVALID : (domid_t)domid;
}

char *xenbus_transaction_start(xenbus_transaction_t *xbt)
{
	struct xenbus_piece piece = xenbus_string("");
	char *reply, *error;
	size_t len;

	*xbt = XBT_NIL;
	error = xenbus_request(XS_TRANSACTION_START, XBT_NIL, &piece, 1, &reply, &len);
	if (error)
		return error;
	*xbt = strtoul(reply, NULL, 10);
	xfree(reply);
	return *xbt == XBT_NIL ? xenbus_error("EIO") : NULL;
}

char *xenbus_transaction_end(xenbus_transaction_t xbt, int abandon, int *retry)
{
	char *error = xenbus_path_request(XS_TRANSACTION_END, xbt, abandon ? "F" : "T");

	*retry = error && strcmp(error, "EAGAIN") == 0;
	if (*retry) {
		free(error);
		error = NULL;
	}
	return error;
}
