/*
 * The heap. Small objects live in pages cut into objects of one size; larger ones are runs of pages. An object is never
 * at the beginning of a page, a run always is: that tells them apart.
 */
#include <mini-os/lib.h>
#include <mini-os/list.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/xmalloc.h>

enum { GRAIN = 16, HEADER = 64, LARGEST = 2016, LARGEST_ALIGN = 512, CLASSES = 22, MAGIC = 0x50414548 };

/* The head of a page of objects. The bits of free objects are set. */
struct slab {
	struct minios_list entry;	/* among those of the class with free objects */
	uint64_t free[4];
	uint32_t magic;
	uint16_t class, used;
};

_Static_assert(sizeof(struct slab) <= HEADER, "objects begin behind the head");

/* What fits a whole number of times behind the head, with little left over. */
static const uint16_t sizes[CLASSES] = {
	16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 672, 800, 1008, 1344, 2016,
};

/* For each class, the pages with free objects. At most one page that is all free is kept there. */
static struct minios_list partial[CLASSES];

/* Class by size in grains, rounded up; filled at the first use. */
static uint8_t class_of[LARGEST / GRAIN + 1];

static void fill_tables(void)
{
	for (unsigned i = 0, class = 0; i <= LARGEST / GRAIN; i++) {
		if (i * GRAIN > sizes[class])
			class++;
		class_of[i] = class;
	}
	for (unsigned class = 0; class < CLASSES; class++)
		minios_list_init(&partial[class]);
}

/* Objects whose size is a power of two are aligned to it. */
static unsigned first_object(unsigned size)
{
	return size > HEADER && !(size & (size - 1)) ? size : HEADER;
}

static unsigned capacity(unsigned size)
{
	return (PAGE_SIZE - first_object(size)) / size;
}

static struct slab *new_slab(unsigned class)
{
	struct slab *slab = alloc_page();
	unsigned objects = capacity(sizes[class]);

	if (!slab)
		return NULL;
	*slab = (struct slab){ .magic = MAGIC, .class = class };
	for (unsigned i = 0; i < objects; i++)
		slab->free[i / 64] |= 1UL << i % 64;
	minios_list_insert(&slab->entry, partial[class].next);
	return slab;
}

static void *alloc_object(unsigned class)
{
	struct slab *slab = (struct slab *)partial[class].next;
	unsigned size = sizes[class], word = 0, bit;

	if (minios_list_empty(&partial[class]))
		slab = new_slab(class);
	if (!slab)
		return NULL;
	while (!slab->free[word])
		word++;
	bit = __builtin_ctzl(slab->free[word]);
	slab->free[word] &= slab->free[word] - 1;
	if (++slab->used == capacity(size))
		minios_list_remove(&slab->entry);
	return (char *)slab + first_object(size) + (word * 64 + bit) * size;
}

/* The page of an object and its number in it, or a panic. */
static struct slab *slab_of(const void *ptr, unsigned *nr)
{
	struct slab *slab = (struct slab *)((unsigned long)ptr & PAGE_MASK);
	unsigned offset = (unsigned long)ptr & ~PAGE_MASK;

	if (virt_to_pfn(slab) == 0 || virt_to_pfn(slab) >= nr_total_pages() || slab->magic != MAGIC || slab->class >= CLASSES)
		panic("%p is not of the heap", ptr);
	offset -= first_object(sizes[slab->class]);
	*nr = offset / sizes[slab->class];
	if (*nr >= capacity(sizes[slab->class]) || offset % sizes[slab->class]
	    || slab->free[*nr / 64] & 1UL << *nr % 64)
		panic("%p is no object of the heap in use", ptr);
	return slab;
}

static void free_object(const void *ptr)
{
	unsigned nr;
	struct slab *slab = slab_of(ptr, &nr);
	struct minios_list *list = &partial[slab->class];

	slab->free[nr / 64] |= 1UL << nr % 64;
	if (slab->used-- == capacity(sizes[slab->class]))
		minios_list_insert(&slab->entry, list->next);
	if (slab->used == 0 && !(list->next == &slab->entry && list->prev == &slab->entry)) {
		minios_list_remove(&slab->entry);
		slab->magic = 0;
		free_page(slab);
	}
}

void *_xmalloc(size_t size, size_t align)
{
	unsigned long flags;
	void *ptr;

	if (size == 0)
		return NULL;
	if (align > GRAIN && align <= LARGEST_ALIGN && size <= LARGEST_ALIGN) {
		if (size < align)
			size = align;
		size = 1UL << (64 - __builtin_clzl(size - 1));
	} else if (align > GRAIN || size > LARGEST) {
		return size > -PAGE_SIZE ? NULL : alloc_page_run(PFN_UP(size), PFN_UP(align));
	}
	local_irq_save(flags);
	if (!partial[0].next)
		fill_tables();
	ptr = alloc_object(class_of[(size + GRAIN - 1) / GRAIN]);
	local_irq_restore(flags);
	return ptr;
}

void xfree(const void *ptr)
{
	unsigned long flags;

	if (!ptr)
		return;
	if (!((unsigned long)ptr & ~PAGE_MASK)) {
		free_page_run((void *)ptr);
		return;
	}
	local_irq_save(flags);
	free_object(ptr);
	local_irq_restore(flags);
}

size_t xmalloc_usable(const void *ptr)
{
	unsigned nr;

	if (!((unsigned long)ptr & ~PAGE_MASK))
		return PFN_PHYS(page_run_length(ptr));
	return sizes[slab_of(ptr, &nr)->class];
}

void *_realloc(void *ptr, size_t size)
{
	size_t old;
	void *fresh;

	if (!ptr)
		return _xmalloc(size, GRAIN);
	if (size == 0) {
		xfree(ptr);
		return NULL;
	}
	old = xmalloc_usable(ptr);
	if (size <= old && size > old / 2)
		return ptr;
	fresh = _xmalloc(size, GRAIN);
	if (!fresh)
		return size <= old ? ptr : NULL;
	memcpy(fresh, ptr, old < size ? old : size);
	xfree(ptr);
	return fresh;
}
