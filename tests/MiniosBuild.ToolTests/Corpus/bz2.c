#include <bzlib.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	char text[3000], packed[400], back[3000];
	unsigned length = sizeof(packed), size = sizeof(back);
	bz_stream stream = { .next_in = text };

	memset(text, 'b', sizeof(text));
	printf("%d ", BZ2_bzBuffToBuffCompress(packed, &length, text, sizeof(text), 9, 0, 0) == BZ_OK);
	printf("%d ", BZ2_bzBuffToBuffDecompress(back, &size, packed, length, 0, 0) == BZ_OK);
	printf("%u %d %d\n", size, memcmp(text, back, size), BZ2_bzCompressInit(&stream, 100, 0, 0) == BZ_PARAM_ERROR);
}
