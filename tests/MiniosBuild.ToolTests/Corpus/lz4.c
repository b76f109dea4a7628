#include <lz4.h>
#include <lz4frame.h>
#include <lz4hc.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	char text[1000], packed[LZ4_COMPRESSBOUND(1000)], back[1000], frame[2000];
	LZ4F_preferences_t preferences = LZ4F_INIT_PREFERENCES;
	int length, size;

	memset(text, '4', sizeof(text));
	length = LZ4_compress_HC(text, packed, sizeof(text), sizeof(packed), LZ4HC_CLEVEL_MAX);
	size = LZ4_decompress_safe(packed, back, length, sizeof(back));
	preferences.frameInfo.blockSizeID = LZ4F_max64KB;
	printf("%d %d ", size, memcmp(text, back, sizeof(back)));
	printf("%d %d\n", LZ4F_isError(LZ4F_compressFrame(frame, sizeof(frame), text, sizeof(text), &preferences)), LZ4_versionNumber() == LZ4_VERSION_NUMBER);
}
