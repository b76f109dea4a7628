#include <stdio.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

void USE(void)
{
	char text[5000], packed[600], back[5000];
	ZSTD_CCtx *context = ZSTD_createCCtx();
	size_t length, size;

	memset(text, 's', sizeof(text));
	ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, ZSTD_CLEVEL_DEFAULT);
	length = ZSTD_compress2(context, packed, sizeof(packed), text, sizeof(text));
	size = ZSTD_decompress(back, sizeof(back), packed, length);
	printf("%d %zu %d ", ZSTD_isError(length), size, memcmp(text, back, size));
	printf("%s %d\n", ZSTD_getErrorString(ZSTD_error_dstSize_tooSmall), ZSTD_getFrameContentSize(packed, length) == ZSTD_CONTENTSIZE_UNKNOWN);
	ZSTD_freeCCtx(context);
}
