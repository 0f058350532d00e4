/* SPDX-License-Identifier: MIT */
/* json_unit: one text through both JSON readers, for the tests of json. */
#ifndef GAVEL_JSON_UNIT_H
#define GAVEL_JSON_UNIT_H

#include <dlfcn.h>
#include <limits.h>
#include <unistd.h>

#include "json_impl.h"
#include "unit.h"

/* The module itself: does it take a text, or leave it to the scalar reader? */
static gv_simd_fn *simd;

/* Commands find the module beside bin/; a test program lies elsewhere in the build. */
static inline void find_module(void)
{
	static const char *const places[] = { "../libexec/gavel", "../../libexec/gavel" };
	char exe[PATH_MAX], path[PATH_MAX + 64];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	void *module, *symbol = NULL;

	while (n > 0 && exe[n - 1] != '/')
		n--;
	for (size_t i = 0; !getenv("GAVEL_LIBEXEC") && i < 2; i++) {
		snprintf(path, sizeof path, "%.*s%s/%s", (int)n, exe, places[i], GV_SIMD_MODULE);
		if (access(path, R_OK) == 0) {
			*strrchr(path, '/') = '\0';
			setenv("GAVEL_LIBEXEC", path, 1);
		}
	}
	snprintf(path, sizeof path, "%s/%s", getenv("GAVEL_LIBEXEC") ? getenv("GAVEL_LIBEXEC") : ".", GV_SIMD_MODULE);
	module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (module)
		symbol = dlsym(module, GV_SIMD_SYMBOL);
	memcpy(&simd, &symbol, sizeof simd);
}

static inline bool any_name(struct gv_str name)
{
	return gv_json_check_name(name, NULL) == 0;
}

static inline bool module_takes(struct gv_doc *d, struct gv_str text, unsigned flags)
{
	struct gv_simd_job job = {
		.text = text, .flags = flags, .root = &d->root, .arena = &d->arena,
		.alloc = gv_arena_alloc, .name_ok = any_name, .close = gv_members_close,
	};

	gv_doc_reset(d);
	return simd && simd(&job);
}

/* Every string has a NUL behind it and none inside; members are in order. */
static inline bool well_made(const struct gv_val *v)
{
	switch (v->type) {
	case GV_STRING:
	case GV_NUMBER:
		return strlen(v->s) == v->n;
	case GV_ARRAY:
		for (uint32_t i = 0; i < v->n; i++)
			if (!well_made(&v->items[i]))
				return false;
		return true;
	case GV_OBJECT:
		for (uint32_t i = 0; i < v->n; i++) {
			const struct gv_member *m = &v->members[i];

			if (strlen(m->name.p) != m->name.n || !well_made(&m->val) ||
			    (i && gv_str_cmp(m[-1].name, m->name) >= 0))
				return false;
		}
		return true;
	default:
		return true;
	}
}

static inline void same_error(const struct gv_err *a, const struct gv_err *b)
{
	struct gv_buf x = GV_BUF_INIT(8192), y = GV_BUF_INIT(8192);

	gv_err_text(a, &x);
	gv_err_text(b, &y);
	CHECK_BYTES(gv_buf_str(&x), gv_buf_str(&y));
	gv_buf_free(&x);
	gv_buf_free(&y);
}

/* What a text gives must survive being written, read, and turned into a line. */
static inline void round_trip(const struct gv_val *v, unsigned flags)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_buf canon = GV_BUF_INIT(128 * GV_MIB), line = GV_BUF_INIT(128 * GV_MIB);
	struct gv_buf again = GV_BUF_INIT(128 * GV_MIB);

	gv_json_canon(&canon, v);
	gv_json_line(&line, v);
	if (canon.n <= GV_JSON_TEXT_MAX) {
		CHECK_OK(gv_json_parse(&d, gv_buf_str(&canon), flags, &err), &err);
		CHECK(gv_val_eq(&d.root, v));
		gv_json_canon(&again, &d.root);
		CHECK_BYTES(gv_buf_str(&again), gv_buf_str(&canon));
	}
	gv_buf_reset(&again);
	gv_json_canon_to_line(&again, gv_buf_str(&canon));
	CHECK_BYTES(gv_buf_str(&again), gv_buf_str(&line));
	gv_buf_free(&canon);
	gv_buf_free(&line);
	gv_buf_free(&again);
	gv_doc_free(&d);
}

/* Parse with both readers into *d; they must agree on everything.  *fast (may be NULL): the
 * module took it. */
static inline int both(struct gv_doc *d, struct gv_str text, unsigned flags, struct gv_err *err, bool *fast)
{
	struct gv_doc other = GV_DOC_INIT;
	struct gv_err other_err = { 0 };
	int rc = gv_json_parse_scalar(d, text, flags, err);
	bool taken = module_takes(&other, text, flags);
	char cut[64];

	snprintf(cut, sizeof cut, "%.*s", text.n < 60 ? (int)text.n : 60, text.n ? text.p : "");
	CHECK_ROW(!taken || (rc == 0 && gv_val_eq(&d->root, &other.root) && well_made(&other.root)), cut);
	CHECK_ROW(gv_json_parse(&other, text, flags, &other_err) == rc, cut);
	if (rc) {
		same_error(&other_err, err);
		CHECK_ROW(d->root.type == GV_NULL && other.root.type == GV_NULL, cut);
	} else {
		CHECK_ROW(gv_val_eq(&d->root, &other.root), cut);
		CHECK_ROW(well_made(&d->root), cut);
		round_trip(&d->root, flags);
	}
	if (fast)
		*fast = taken;
	gv_doc_free(&other);
	return rc;
}

#endif
