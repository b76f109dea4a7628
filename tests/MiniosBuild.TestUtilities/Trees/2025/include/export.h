/* Marks a name that the link keeps global. */
#ifndef EXPORT_H
#define EXPORT_H

#define EXPORT_SYMBOL(sym)		\
	asm(".section .export_symbol\n"	\
	    ".ascii \""#sym"\\n\"\n"	\
	    ".previous\n")

#endif
