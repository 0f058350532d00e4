/* SPDX-License-Identifier: MIT */
/*
 * The choice of a reader.  simdjson comes with the C++ library, which takes 1.5 ms
 * to load: nothing that reads one record should pay for it.
 */
#include <dlfcn.h>
#include <stdatomic.h>

#include "home.h"
#include "json_impl.h"

/* Longer text is rare; the module keeps some 4 bytes of tables for each of the longest, and room
 * for the members of all objects that were open at once. */
#define FAST_MAX GV_MIB

/* The module: the one thing in the library that lives as long as the process. */
static _Atomic(gv_simd_fn *) simd;

void gv_json_want_fast(void)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	void *module = NULL, *symbol;
	gv_simd_fn *found;

	if (!simd && gv_home_libexec(&path, GV_SIMD_MODULE, NULL) == 0)
		module = dlopen(path.p, RTLD_NOW | RTLD_LOCAL);
	if (module) {
		symbol = dlsym(module, GV_SIMD_SYMBOL);
		memcpy(&found, &symbol, sizeof found);  /* ISO C has no cast for it */
		simd = found;
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

/* Both are in the order of their names. */
static void keep_only(struct gv_val *obj, const struct gv_json_only *only)
{
	uint32_t kept = 0;
	size_t k = 0;

	for (uint32_t i = 0; i < obj->n; i++) {
		while (k < only->n && gv_str_cmp(only->names[k], obj->members[i].name) < 0)
			k++;
		if (k < only->n && gv_str_eq(only->names[k], obj->members[i].name))
			obj->members[kept++] = obj->members[i];
	}
	obj->n = kept;
}

int gv_json_parse_only(struct gv_doc *d, struct gv_str text, unsigned flags,
                       const struct gv_json_only *only, struct gv_err *err)
{
	struct gv_simd_job job = {
		.text = text, .flags = flags, .only = only, .root = &d->root, .arena = &d->arena,
		.alloc = gv_arena_alloc, .name_ok = name_ok, .close = gv_members_close,
	};
	gv_simd_fn *fast = atomic_load_explicit(&simd, memory_order_acquire);
	int rc;

	if (fast && text.n <= FAST_MAX) {
		gv_doc_reset(d);
		if (fast(&job))
			return 0;
	}
	rc = gv_json_parse_scalar(d, text, flags, err);
	if (!rc && only && d->root.type == GV_OBJECT)
		keep_only(&d->root, only);
	return rc;
}

int gv_json_parse(struct gv_doc *d, struct gv_str text, unsigned flags, struct gv_err *err)
{
	return gv_json_parse_only(d, text, flags, NULL, err);
}
