/*
 * Image of a guest: text and read-only data in one segment, which is write-protected at the start, then data. Linked at
 * 1 MiB of a map of all memory that begins at 0, so that addresses fit the small code model.
 */
OUTPUT_FORMAT("elf64-x86-64")
OUTPUT_ARCH(i386:x86-64)
ENTRY(_start)

PHDRS
{
	text PT_LOAD FLAGS(5);
	data PT_LOAD FLAGS(6);
	note PT_NOTE FLAGS(4);
}

SECTIONS
{
	. = 0x100000;
	_text = .;
	.text : { *(.text .text.* .gnu.linkonce.t.*) } :text
	_etext = .;

	.note : { *(.note .note.*) } :text :note
	.rodata : { *(.rodata .rodata.* .gnu.linkonce.r.*) } :text
	.eh_frame : { KEEP(*(.eh_frame)) } :text
	.gcc_except_table : { *(.gcc_except_table .gcc_except_table.*) } :text
	. = ALIGN(4096);
	_erodata = .;

	.init_array : {
		__init_array_start = .;
		KEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*)))
		KEEP(*(.init_array))
		__init_array_end = .;
	} :data
	.data : { *(.data .data.* .gnu.linkonce.d.*) } :data
	.got : { *(.got) *(.got.plt) } :data
	_edata = .;
	__bss_start = .;
	.bss : { *(.bss .bss.* .gnu.linkonce.b.*) *(COMMON) } :data
	_end = .;

	/DISCARD/ : { *(.comment) *(.gnu.lto_*) }
}
