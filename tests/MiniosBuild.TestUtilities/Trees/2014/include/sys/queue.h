/* Lists of structures, as BSD has them. */
#ifndef _SYS_QUEUE_H
#define _SYS_QUEUE_H

#define SLIST_HEAD(name, type) struct name { struct type *slh_first; }
#define SLIST_ENTRY(type) struct { struct type *sle_next; }
#define SLIST_INSERT_HEAD(head, elm, field) ((elm)->field.sle_next = (head)->slh_first, (head)->slh_first = (elm))

#endif
