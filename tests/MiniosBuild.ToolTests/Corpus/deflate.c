#include <libdeflate.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	char text[1000], packed[200], back[1000];
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(12);
	struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	size_t length, size = 0;

	memset(text, 'd', sizeof(text));
	length = libdeflate_gzip_compress(compressor, text, sizeof(text), packed, sizeof(packed));
	printf("%d ", libdeflate_gzip_decompress(decompressor, packed, length, back, sizeof(back), &size) == LIBDEFLATE_SUCCESS);
	printf("%zu %d %x\n", size, memcmp(text, back, size), libdeflate_crc32(0, text, 10));
	libdeflate_free_compressor(compressor);
	libdeflate_free_decompressor(decompressor);
}
