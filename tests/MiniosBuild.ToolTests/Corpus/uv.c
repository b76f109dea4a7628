#include <stdio.h>
#include <uv.h>

static void on_work(uv_work_t *request)
{
	*(int *)request->data *= 2;
}

static void on_done(uv_work_t *request, int status)
{
	printf("%d %d ", *(int *)request->data, status);
}

static void on_timer(uv_timer_t *timer)
{
	printf("%s ", uv_handle_type_name(uv_handle_get_type((uv_handle_t *)timer)));
	uv_close((uv_handle_t *)timer, NULL);
}

void USE(void)
{
	uv_loop_t loop;
	uv_timer_t timer;
	int number = 21;
	uv_work_t work = { .data = &number };

	uv_loop_init(&loop);
	uv_timer_init(&loop, &timer);
	uv_timer_start(&timer, on_timer, 100, 0);
	uv_queue_work(&loop, &work, on_work, on_done);
	printf("%d ", uv_run(&loop, UV_RUN_DEFAULT));
	printf("%d %s %s\n", uv_loop_close(&loop), uv_err_name(UV_EADDRINUSE), uv_strerror(UV_EOF));
}
