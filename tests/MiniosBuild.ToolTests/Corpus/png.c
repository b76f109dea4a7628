#include <png.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	png_byte pixels[4 * 4 * 3], file[1000], back[4 * 4 * 3];
	png_image image = { .version = PNG_IMAGE_VERSION, .width = 4, .height = 4, .format = PNG_FORMAT_RGB };
	png_alloc_size_t size = sizeof(file);

	for (unsigned i = 0; i < sizeof(pixels); i++)
		pixels[i] = (png_byte)(i * 5);
	if (!png_image_write_to_memory(&image, file, &size, 0, pixels, 0, NULL))
		printf("failed: %s\n", image.message);
	memset(&image, 0, sizeof(image));
	image.version = PNG_IMAGE_VERSION;
	printf("%d %d ", png_sig_cmp(file, 0, 8), png_image_begin_read_from_memory(&image, file, size));
	image.format = PNG_FORMAT_RGB;
	printf("%d ", png_image_finish_read(&image, NULL, back, 0, NULL));
	printf("%ux%u %d %d\n", image.width, image.height, (int)PNG_IMAGE_SIZE(image), memcmp(pixels, back, sizeof(back)));
}
