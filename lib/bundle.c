/* SPDX-License-Identifier: MIT */
#include "bundle.h"

#include <stdlib.h>

#include "i18n.h"

enum { FORMAT = 1, HEX = GV_HEX256 };

/* ---- the list of files ---- */

int gv_bundle_add(struct gv_bundle_list *l, struct gv_str path, const unsigned char sha256[32], struct gv_err *err)
{
	struct gv_bundle_file *f;

	if (l->n == l->cap) {
		size_t cap = l->cap ? 2 * l->cap : 64;

		f = reallocarray(l->files, cap, sizeof *f);
		if (!f)
			return gv_fail_nomem(err);
		l->files = f;
		l->cap = cap;
	}
	f = &l->files[l->n];
	f->path = gv_arena_copy(&l->arena, path);
	if (!f->path.p)
		return gv_fail_nomem(err);
	memcpy(f->sha256, sha256, sizeof f->sha256);
	l->n++;
	return 0;
}

void gv_bundle_list_free(struct gv_bundle_list *l)
{
	gv_arena_free(&l->arena);
	free(l->files);
	*l = (struct gv_bundle_list){ 0 };
}

static int by_path(const void *a, const void *b)
{
	return gv_str_cmp(((const struct gv_bundle_file *)a)->path, ((const struct gv_bundle_file *)b)->path);
}

static void sort(struct gv_bundle_list *l)
{
	if (l->n)
		qsort(l->files, l->n, sizeof *l->files, by_path);
}

void gv_bundle_sums(struct gv_bundle_list *l, struct gv_buf *out)
{
	char hex[HEX + 1];

	sort(l);
	for (size_t i = 0; i < l->n; i++) {
		gv_sha256_hex(l->files[i].sha256, hex);
		gv_buf_add(out, hex, HEX);
		gv_buf_adds(out, "  ");
		gv_buf_addstr(out, l->files[i].path);
		gv_buf_addc(out, '\n');
	}
}

static bool read_hex(struct gv_str hex, unsigned char out[32])
{
	if (!gv_sha256_is_hex(hex))
		return false;
	for (size_t i = 0; i < 32; i++) {
		char high = hex.p[2 * i], low = hex.p[2 * i + 1];

		out[i] = (unsigned char)((high <= '9' ? high - '0' : high - 'a' + 10) << 4 |
		                         (low <= '9' ? low - '0' : low - 'a' + 10));
	}
	return true;
}

int gv_bundle_read_sums(struct gv_bundle_list *l, struct gv_str text, struct gv_err *err)
{
	size_t line = 0;

	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : 0;
		unsigned char sha[32];
		int rc;

		line++;
		if (n <= HEX + 2 || text.p[HEX] != ' ' || text.p[HEX + 1] != ' ' ||
		    !read_hex((struct gv_str){ text.p, HEX }, sha)) {
			rc = gv_fail(err, GV_EDATA, "%s", _("is no line of a list of SHA-256 sums"));
			if (err)
				err->line = line;
			return rc;
		}
		rc = gv_bundle_add(l, (struct gv_str){ text.p + HEX + 2, n - HEX - 2 }, sha, err);
		if (rc)
			return rc;
		text.p += n + 1;
		text.n -= n + 1;
	}
	return 0;
}

int gv_bundle_compare(struct gv_bundle_list *said, struct gv_bundle_list *found,
                      int (*each)(void *ctx, enum gv_bundle_diff how, struct gv_str path), void *ctx)
{
	size_t i = 0, j = 0;
	int rc = 0;

	sort(said);
	sort(found);
	while (!rc && (i < said->n || j < found->n)) {
		int d = i == said->n ? 1 : j == found->n ? -1 : gv_str_cmp(said->files[i].path, found->files[j].path);

		if (d < 0)
			rc = each(ctx, GV_BUNDLE_MISSING, said->files[i++].path);
		else if (d > 0)
			rc = each(ctx, GV_BUNDLE_MORE, found->files[j++].path);
		else if (memcmp(said->files[i++].sha256, found->files[j++].sha256, 32) != 0)
			rc = each(ctx, GV_BUNDLE_CHANGED, found->files[j - 1].path);
	}
	return rc;
}

/* ---- the manifest ---- */

struct maker {
	struct gv_doc d;
	struct gv_err *err;
	int rc;
};

static void set(struct maker *m, struct gv_val *obj, const char *name, struct gv_val v)
{
	if (!m->rc)
		m->rc = gv_obj_set(&m->d, obj, gv_str_of(name), v, m->err);
}

static void set_text(struct maker *m, struct gv_val *obj, const char *name, struct gv_str text)
{
	set(m, obj, name, gv_mkstr(&m->d, text));
}

int gv_bundle_write(const struct gv_bundle_manifest *b, struct gv_buf *out, struct gv_err *err)
{
	struct maker m = { .err = err };
	struct gv_val docket = gv_mkobj(), list = gv_mkobj(), cases = gv_mkarr();
	char hex[GV_HEX + 1], sums[HEX + 1];

	gv_oid_hex(&b->commit, hex);
	gv_sha256_hex(b->sums, sums);
	m.d.root = gv_mkobj();
	for (size_t i = 0; i < b->ncases && !m.rc; i++)
		m.rc = gv_arr_add(&m.d, &cases, gv_mkstr(&m.d, b->cases[i]), err);
	set_text(&m, &docket, "commit", gv_str_of(hex));
	set_text(&m, &docket, "time", b->made_at);
	set(&m, &list, "count", gv_mkint((int64_t)b->files));
	set_text(&m, &list, "name", GV_STR(GV_BUNDLE_SUMS));
	set_text(&m, &list, "sha256", gv_str_of(sums));
	set(&m, &m.d.root, "cases", cases);
	set_text(&m, &m.d.root, "court", b->court);
	set(&m, &m.d.root, "docket", docket);
	set(&m, &m.d.root, "files", list);
	set(&m, &m.d.root, "format", gv_mkint(FORMAT));
	set(&m, &m.d.root, "history", gv_mkbool(b->history));
	set_text(&m, &m.d.root, "kind", GV_STR("bundle"));
	if (b->reason.n)
		set_text(&m, &m.d.root, "reason", b->reason);
	if (!m.rc) {
		gv_json_canon(out, &m.d.root);
		m.rc = gv_buf_check(out, err);
	}
	gv_doc_free(&m.d);
	return m.rc;
}

int gv_bundle_read(struct gv_bundle_manifest *m, struct gv_doc *d, struct gv_str text, struct gv_err *err)
{
	const struct gv_val *docket, *list;
	int64_t format = 0, files = 0;
	int rc = gv_json_check_canon(text, d, err);

	*m = (struct gv_bundle_manifest){ 0 };
	if (rc)
		return rc;
	docket = gv_val_get(&d->root, "docket");
	list = gv_val_get(&d->root, "files");
	if (!gv_str_is(gv_val_getstr(&d->root, "kind"), "bundle") || !gv_val_getint(&d->root, "format", &format))
		return gv_fail(err, GV_EDATA, "%s", _("is no manifest of a bundle"));
	if (format != FORMAT)
		return gv_fail_field(err, GV_EDATA, "format",
		                     _("%lld is not known here: this version reads %d"), (long long)format, FORMAT);
	m->court = gv_val_getstr(&d->root, "court");
	m->made_at = gv_val_getstr(docket, "time");
	m->reason = gv_val_getstr(&d->root, "reason");
	m->history = gv_val_is_true(&d->root, "history");
	if (!m->court.p || !gv_oid_read(&m->commit, gv_val_getstr(docket, "commit")) ||
	    !gv_val_getint(list, "count", &files) || files < 0 ||
	    !gv_str_is(gv_val_getstr(list, "name"), GV_BUNDLE_SUMS) ||
	    !read_hex(gv_val_getstr(list, "sha256"), m->sums))
		return gv_fail(err, GV_EDATA, "%s", _("is no manifest of a bundle"));
	m->files = (size_t)files;
	return 0;
}
