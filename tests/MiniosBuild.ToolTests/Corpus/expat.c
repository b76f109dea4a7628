#include <expat.h>
#include <stdio.h>
#include <string.h>

static void XMLCALL start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	*(int *)data += 1;
	printf("<%s%s%s>", name, attributes[0] ? " " : "", attributes[0] ? attributes[1] : "");
}

static void XMLCALL end(void *data, const XML_Char *name)
{
	(void)data;
	printf("</%s>", name);
}

void USE(void)
{
	const char text[] = "<a><b c='d'/></a>", bad[] = "<a></b>";
	XML_Parser parser = XML_ParserCreate(NULL);
	int count = 0;

	XML_SetUserData(parser, &count);
	XML_SetElementHandler(parser, start, end);
	printf(" %d", XML_Parse(parser, text, strlen(text), XML_TRUE) == XML_STATUS_OK);
	XML_ParserReset(parser, NULL);
	printf(" %d %d", count, XML_Parse(parser, bad, strlen(bad), XML_TRUE) == XML_STATUS_ERROR);
	printf(" %s\n", XML_ErrorString(XML_GetErrorCode(parser)));
	XML_ParserFree(parser);
}
