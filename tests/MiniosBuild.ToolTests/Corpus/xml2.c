#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	const char text[] = "<list><item n='1'>one</item><item n='2'>two</item></list>";
	xmlDocPtr document = xmlReadMemory(text, strlen(text), "list.xml", NULL, XML_PARSE_NONET);
	xmlXPathContextPtr context = xmlXPathNewContext(document);
	xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST "//item[@n > 1]", context);
	xmlChar *content = xmlNodeGetContent(found->nodesetval->nodeTab[0]);
	xmlNodePtr root = xmlDocGetRootElement(document);

	printf("%d %s %s ", xmlXPathNodeSetGetLength(found->nodesetval), content, root->name);
	xmlFree(content);
	for (xmlNodePtr node = root->children; node != NULL; node = node->next)
		printf("%d", node->type == XML_ELEMENT_NODE);
	printf(" %d\n", xmlStrEqual(root->name, BAD_CAST "list"));
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	xmlFreeDoc(document);
}
