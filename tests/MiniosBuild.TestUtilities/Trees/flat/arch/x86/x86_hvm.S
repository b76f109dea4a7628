/* Start without paravirtualisation, in 32 bits. Whoever starts the image so finds that it goes no further. */
	NOTE XEN_ELFNOTE_PHYS32_ENTRY, .long _start

	.text
	.code32
_start:
	cli
1:	hlt
	jmp 1b
	.code64
