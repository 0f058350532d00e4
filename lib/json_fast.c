/* SPDX-License-Identifier: MIT */
/*
 * The choice of a reader.  simdjson comes with the C++ library, which takes 1.5 ms
 * to load: nothing that reads one record should pay for it.
 */
#include <dlfcn.h>

#include "home.h"
#include "json_impl.h"

/* Longer text is rare; the module keeps some 15 bytes of tables for each of the longest. */
#define FAST_MAX GV_MIB

/* The one thing in the library that lives as long as the process. */
static gv_simd_fn *simd;

void gv_json_want_fast(void)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	void *module = NULL, *symbol;

	if (!simd && gv_home_libexec(&path, GV_SIMD_MODULE, NULL) == 0)
		module = dlopen(path.p, RTLD_NOW | RTLD_LOCAL);
	if (module) {
		symbol = dlsym(module, GV_SIMD_SYMBOL);
		memcpy(&simd, &symbol, sizeof simd);  /* ISO C has no cast for it */
	}
	gv_buf_free(&path);
}

bool gv_json_is_fast(void)
{
	return simd;
}

static bool name_ok(struct gv_str name)
{
	return gv_json_check_name(name, NULL) == 0;
}

int gv_json_parse(struct gv_doc *d, struct gv_str text, unsigned flags, struct gv_err *err)
{
	struct gv_simd_job job = {
		.text = text, .flags = flags, .root = &d->root, .arena = &d->arena,
		.alloc = gv_arena_alloc, .name_ok = name_ok, .close = gv_members_close,
	};

	if (simd && text.n <= FAST_MAX) {
		gv_doc_reset(d);
		if (simd(&job))
			return 0;
	}
	return gv_json_parse_scalar(d, text, flags, err);
}
