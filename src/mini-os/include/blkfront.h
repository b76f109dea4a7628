/* Block front end, for threads; several may use a device. Transfers may end in another order than they began. */
#ifndef MINIOS_BLKFRONT_H
#define MINIOS_BLKFRONT_H

#include <mini-os/types.h>
#include <xen/grant_table.h>
#include <mini-os/os.h>
#include <xen/io/blkif.h>

#ifdef __cplusplus
extern "C" {
#endif

struct blkfront_dev;

/* Of struct blkfront_info: the values of O_RDONLY and O_RDWR. */
enum blkfront_mode {
	BLKFRONT_RDONLY = 0,
	BLKFRONT_RDWR = 2,
};

struct blkfront_info {
	uint64_t sectors;	/* of sector_size bytes */
	unsigned sector_size;	/* a power of two, 512-4096 */
	int mode;		/* enum blkfront_mode */
	int info;		/* VDISK_* */
	int barrier;		/* the backend has BLKIF_OP_WRITE_BARRIER */
	int flush;		/* the backend has BLKIF_OP_FLUSH_DISKCACHE */
};

/* The most that one transfer carries, if its buffer begins a page. */
#define BLKFRONT_MAX_BYTES (BLKIF_MAX_SEGMENTS_PER_REQUEST * 4096)

/*
 * One transfer. aio_buf, aio_nbytes and aio_offset are multiples of the sector size. The structure and the buffer
 * belong to the driver until it calls aio_cb.
 */
struct blkfront_aiocb {
	struct blkfront_dev *aio_dev;
	uint8_t *aio_buf;
	size_t aio_nbytes;
	int64_t aio_offset;	/* bytes from the start of the disk */
	void *data;		/* the caller's own */

	/* called by the thread that finds the transfer ended; ret is 0 or a negative errno number; may be NULL */
	void (*aio_cb)(struct blkfront_aiocb *aiocb, int ret);

	/* the driver's */
	grant_ref_t gref[BLKIF_MAX_SEGMENTS_PER_REQUEST];
	int n;
};

/* Connects to a disk; nodename is its node, as "device/vbd/768", NULL for the first. NULL, with a message, if it fails. */
struct blkfront_dev *init_blkfront(const char *nodename, struct blkfront_info *info);

/* Waits for what is under way, flushes, closes the connection and frees the device. */
void shutdown_blkfront(struct blkfront_dev *dev);

/* Starts a transfer; waits only for room in the ring. One that cannot be made ends at once with -EINVAL or -EROFS. */
void blkfront_aio(struct blkfront_aiocb *aiocb, int write);

/* Makes a transfer and returns what aio_cb gets. */
int blkfront_io(struct blkfront_aiocb *aiocb, int write);

/* Starts a BLKIF_OP_WRITE_BARRIER or BLKIF_OP_FLUSH_DISKCACHE without data; -EOPNOTSUPP if the backend has none. */
void blkfront_aio_push_operation(struct blkfront_aiocb *aiocb, uint8_t op);

/* Calls aio_cb for the transfers that have ended; how many. The second form first waits for one that is under way. */
int blkfront_aio_poll(struct blkfront_dev *dev);
int blkfront_aio_wait(struct blkfront_dev *dev);

/* Waits until all that was started has ended and, where the backend can tell, is on the disk. 0 or a negative errno. */
int blkfront_sync(struct blkfront_dev *dev);

#ifdef __cplusplus
}
#endif

#endif
