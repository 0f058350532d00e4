/* SPDX-License-Identifier: MIT */
/*
 * A second thread that looks at the pages of mapped packs, in the order of the file.  It only reads, and
 * only what stays mapped until the odb is closed.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "odb_impl.h"

enum { PAGE = 4096, WORTH_IT = 8 << 20, PACKS_MAX = 16 };

struct gv_warmer {
	pthread_t thread;
	atomic_bool stop;
	struct gv_str maps[PACKS_MAX];
	size_t n;
};

static void *look(void *ctx)
{
	struct gv_warmer *w = ctx;

	for (size_t i = 0; i < w->n; i++) {
		const volatile char *p = w->maps[i].p;

		for (size_t at = 0; at < w->maps[i].n && !atomic_load_explicit(&w->stop, memory_order_relaxed);
		     at += PAGE)
			(void)p[at];
	}
	return NULL;
}

static bool has_two_processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 1;
}

void gv_odb_warm(struct gv_odb *o)
{
	struct gv_warmer *w;

	if (o->warmer || !has_two_processors() || !(w = calloc(1, sizeof *w)))
		return;
	for (const struct gv_pack *p = o->open; p && w->n < PACKS_MAX; p = p->next)
		if (p->data_n >= WORTH_IT)
			w->maps[w->n++] = (struct gv_str){ (const char *)p->data, p->data_n };
	if (!w->n || pthread_create(&w->thread, NULL, look, w))
		free(w);
	else
		o->warmer = w;
}

void gv_odb_cool(struct gv_odb *o)
{
	if (!o->warmer)
		return;
	atomic_store_explicit(&o->warmer->stop, true, memory_order_relaxed);
	pthread_join(o->warmer->thread, NULL);
	free(o->warmer);
	o->warmer = NULL;
}
