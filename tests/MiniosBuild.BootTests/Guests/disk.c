/* Reads what dom0 left at the start of its disk; writes parts of it, from a page to the largest transfer, and reads them back. */
#include <string.h>
#include <mini-os/blkfront.h>
#include <mini-os/kernel.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>

enum { PAGE = 4096, BUFFER_ORDER = 4, LETTER_PLACE = 1 << 20 };

static uint8_t *buffer;
static struct blkfront_dev *disk;

static int transfer(uint64_t place, size_t size, int write)
{
	struct blkfront_aiocb request = {
		.aio_dev = disk,
		.aio_buf = buffer,
		.aio_nbytes = size,
		.aio_offset = place,
	};

	return blkfront_io(&request, write);
}

static uint8_t pattern(size_t size, size_t i)
{
	return size / PAGE + i + (i >> 8) * 3;
}

static bool keeps(uint64_t place, size_t size)
{
	for (size_t i = 0; i < size; i++)
		buffer[i] = pattern(size, i);
	if (transfer(place, size, 1))
		return false;
	memset(buffer, 0, size);
	if (transfer(place, size, 0))
		return false;
	for (size_t i = 0; i < size; i++)
		if (buffer[i] != pattern(size, i))
			return false;
	return true;
}

int app_main(start_info_t *si)
{
	struct blkfront_info info;
	int failures = 0;

	(void)si;
	buffer = (uint8_t *)minios_alloc_pages(BUFFER_ORDER);
	disk = blkfront_init(NULL, &info);
	if (!buffer || !disk)
		return 100;
	minios_printk("%lu sectors of %u bytes\n", (unsigned long)info.sectors, info.sector_size);

	if (transfer(0, PAGE, 0))
		return 101;
	buffer[PAGE - 1] = 0;
	minios_printk("dom0 wrote: %s\n", (char *)buffer);

	for (size_t size = PAGE; size <= BLKFRONT_MAX_BYTES; size += PAGE) {
		bool good = keeps(size * 16, size);

		failures += !good;
		minios_printk("%zu bytes are %s\n", size, good ? "kept" : "lost");
	}

	memset(buffer, 0, PAGE);
	strcpy((char *)buffer, "a letter from the guest\n");
	if (transfer(LETTER_PLACE, PAGE, 1) || blkfront_sync(disk))
		return 102;
	blkfront_shutdown(disk);
	return failures;
}
