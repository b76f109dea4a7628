/* What event channels give to the architecture. */
#ifndef MINIOS_INTERNAL_EVENTS_H
#define MINIOS_INTERNAL_EVENTS_H

struct pt_regs;

/* Called for each upcall, with interrupts masked, and such that what it interrupts keeps all its registers. */
void do_hypervisor_callback(struct pt_regs *regs);

#endif
