/* Requests of the toolstack (control/shutdown in xenstore). */
#ifndef MINIOS_SHUTDOWN_H
#define MINIOS_SHUTDOWN_H

#ifdef __cplusplus
extern "C" {
#endif

/* Starts the thread that waits for requests and calls app_shutdown. The kernel does it, where there is a xenstore. */
void init_shutdown(void);

#ifdef __cplusplus
}
#endif

#endif
