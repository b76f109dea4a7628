#include <lzma.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	uint8_t text[4000], packed[500], back[4000];
	lzma_stream stream = LZMA_STREAM_INIT;
	size_t packed_size = 0, in = 0, out = 0;
	uint64_t limit = UINT64_MAX;

	memset(text, 'x', sizeof(text));
	if (lzma_easy_buffer_encode(6 | LZMA_PRESET_EXTREME, LZMA_CHECK_CRC32, NULL, text, sizeof(text), packed, &packed_size, sizeof(packed)) != LZMA_OK)
		printf("failed\n");
	printf("%d ", lzma_stream_buffer_decode(&limit, 0, NULL, packed, &in, packed_size, back, &out, sizeof(back)));
	if (lzma_stream_decoder(&stream, UINT64_MAX, LZMA_CONCATENATED) != LZMA_OK)
		printf("failed\n");
	stream.next_in = packed;
	stream.avail_in = packed_size;
	stream.next_out = back;
	stream.avail_out = sizeof(back);
	printf("%d %zu %d %x\n", lzma_code(&stream, LZMA_FINISH) == LZMA_STREAM_END, out, memcmp(text, back, out), lzma_crc32(text, 9, 0));
	lzma_end(&stream);
}
