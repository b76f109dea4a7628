/* Requests of the toolstack (control/shutdown in xenstore). */
#ifndef MINIOS_SHUTDOWN_H
#define MINIOS_SHUTDOWN_H

/* Starts and ends the thread that waits for requests and calls app_shutdown. The kernel does both. */
void init_shutdown(void);
void fini_shutdown(void);

#endif
