#include <ev.h>
#include <stdio.h>

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	printf("timer %d ", events == EV_TIMER);
	if (++*(int *)timer->data == 2)
		ev_break(loop, EVBREAK_ALL);
}

static void on_idle(EV_P_ ev_idle *idle, int events)
{
	printf("idle %d ", events == EV_IDLE);
	ev_idle_stop(EV_A_ idle);
}

void USE(void)
{
	struct ev_loop *loop = ev_loop_new(EVFLAG_AUTO);
	int count = 0;
	ev_timer timer;
	ev_idle idle;

	ev_timer_init(&timer, on_timer, 0.02, 0.001);
	timer.data = &count;
	ev_timer_start(loop, &timer);
	ev_idle_init(&idle, on_idle);
	ev_idle_start(loop, &idle);
	ev_run(loop, 0);
	printf("%d %d\n", count, ev_is_active(&timer) != 0);
	ev_loop_destroy(loop);
}
