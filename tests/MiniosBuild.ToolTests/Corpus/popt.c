#include <popt.h>
#include <stdio.h>

void USE(void)
{
	int level = 0;
	char *name = NULL;
	struct poptOption options[] = {
		{ "level", 'l', POPT_ARG_INT, &level, 'l', "a number", "N" },
		{ "name", 'n', POPT_ARG_STRING | POPT_ARGFLAG_SHOW_DEFAULT, &name, 0, "a name", NULL },
		POPT_TABLEEND
	};
	const char *arguments[] = { "program", "-l", "3", "--name=x", "file", NULL, NULL };
	poptContext context = poptGetContext(NULL, 5, arguments, options, 0);

	printf("%c ", poptGetNextOpt(context));
	printf("%d ", poptGetNextOpt(context));
	printf("%d %s %s ", level, name, poptGetArg(context));
	printf("%s\n", poptStrerror(POPT_ERROR_BADOPT));
	poptFreeContext(context);
}
