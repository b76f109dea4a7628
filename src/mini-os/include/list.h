/* Circular doubly linked list; the head is a node too. */
#ifndef MINIOS_LIST_H
#define MINIOS_LIST_H

#include <mini-os/types.h>

struct minios_list {
	struct minios_list *next, *prev;
};

#define MINIOS_LIST_INIT(head) { &(head), &(head) }

static inline void minios_list_init(struct minios_list *head)
{
	head->next = head->prev = head;
}

static inline bool minios_list_empty(const struct minios_list *head)
{
	return head->next == head;
}

/* Puts node in front of place; with place the head of a list, that is its end. */
static inline void minios_list_insert(struct minios_list *node, struct minios_list *place)
{
	node->prev = place->prev;
	node->next = place;
	place->prev->next = node;
	place->prev = node;
}

/* Leaves node a list of its own, so that removing it twice does no harm. */
static inline void minios_list_remove(struct minios_list *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	minios_list_init(node);
}

#endif
