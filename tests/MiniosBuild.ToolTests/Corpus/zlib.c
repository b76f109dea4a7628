#include <stdio.h>
#include <string.h>
#include <zlib.h>

void USE(void)
{
	Bytef text[2000], packed[300], back[2000];
	uLongf length = sizeof(packed), size = sizeof(back);
	z_stream stream = { .next_in = packed, .avail_in = 0 };

	memset(text, 'z', sizeof(text));
	if (compress2(packed, &length, text, sizeof(text), Z_BEST_COMPRESSION) != Z_OK || uncompress(back, &size, packed, length) != Z_OK)
		printf("failed\n");
	stream.avail_in = length;
	stream.next_out = back;
	stream.avail_out = sizeof(back);
	if (inflateInit(&stream) != Z_OK || inflate(&stream, Z_FINISH) != Z_STREAM_END || inflateEnd(&stream) != Z_OK)
		printf("failed\n");
	printf("%lu %d %s %lx\n", size, memcmp(text, back, size), zError(Z_DATA_ERROR), crc32(crc32(0, Z_NULL, 0), text, 10));
}
