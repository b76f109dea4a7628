/* The parts of this guest, and what each of them reports with. */
#ifndef CHECKS_H
#define CHECKS_H

#include <stdbool.h>

/* A line of the Test Anything Protocol. */
void check(bool good, const char *name);

void check_numbers(void);
void check_memory(void);
void check_text(void);
void check_time(void);
void check_jumps(void);
void check_streams(void);
void check_threads(void);
void check_limits(void);

#endif
