/* SPDX-License-Identifier: MIT */
/* case-bundle list: what is in an archive, a bundle or another one, without unpacking it. */
#include <string.h>

#include "case-bundle.h"
#include "sha.h"

static const struct gv_opt opts[] = { LIMIT_OPTS { 0 } };

struct row {
	struct gv_cmd *c;
	struct gv_doc doc;
};

static int set(struct row *r, const char *name, struct gv_val v)
{
	return gv_obj_set(&r->doc, &r->doc.root, gv_str_of(name), v, &r->c->err);
}

static int set_text(struct row *r, const char *name, const char *text)
{
	return text ? set(r, name, gv_mkstr(&r->doc, gv_str_of(text))) : 0;
}

/* What the archive says about it; the bytes are known when they were read. */
static int describe(struct row *r, const struct gv_archive_entry *e)
{
	struct gv_str shown = e->path.p ? e->path : e->raw;
	int rc;

	gv_doc_reset(&r->doc);
	r->doc.root = gv_mkobj();
	rc = set(r, "id", gv_mkstr(&r->doc, shown.n ? shown : GV_STR(".")));
	if (!rc)
		rc = set_text(r, "kind", "entry");
	if (!rc)
		rc = set_text(r, "type", e->type);
	if (!rc && e->charset)
		rc = set_text(r, "charset", e->charset);
	if (!rc && !e->path.p)
		rc = set_text(r, "refused", e->refused.msg);
	return rc;
}

static int measure(struct row *r, struct gv_archive *a)
{
	unsigned char hash[32];
	char hex[GV_HEX256 + 1];
	struct gv_sha256 sha;
	struct gv_str bytes;
	int64_t total = 0;
	int rc;

	gv_sha256_init(&sha);
	do {
		rc = gv_archive_read(a, &bytes, &r->c->err);
		if (!rc && bytes.n)
			gv_sha256_add(&sha, bytes.p, bytes.n);
		total += (int64_t)bytes.n;
	} while (!rc && bytes.n);
	gv_sha256_done(&sha, hash);
	gv_sha256_hex(hash, hex);
	if (!rc)
		rc = set(r, "bytes", gv_mkint(total));
	return rc ? rc : set_text(r, "sha256", hex);
}

static int list(struct row *r, struct gv_archive *a, size_t *refused)
{
	struct gv_archive_entry e;
	bool end = false;
	int rc = 0;

	while (!rc && !gv_cmd_closed(r->c)) {
		rc = gv_archive_next(a, &e, &end, &r->c->err);
		if (rc || end)
			break;
		*refused += !e.path.p;
		rc = describe(r, &e);
		if (!rc && strcmp(e.type, "file") == 0)
			rc = measure(r, a);
		if (!rc)
			rc = gv_out_rec(r->c->out, &r->doc.root, &r->c->err);
	}
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct row r = { .c = c };
	struct source s;
	size_t refused = 0;
	int rc;

	if (!gv_cmd_out(c))
		return c->err.code;
	rc = source_open(&s, c);
	if (!rc)
		rc = list(&r, s.archive, &refused);
	gv_doc_free(&r.doc);
	source_close(&s);
	return rc ? rc : refused ? GV_FOUND : 0;
}

const struct gv_cmd_spec case_bundle_list = {
	.name = "list", .summary = N_("list what is in an archive, a bundle or one that somebody sent"),
	.usage = N_("FILE   (- is standard input)"), .operands = "file", .opts = opts,
	.fields = "id,type,bytes,charset,refused", .common = GV_C_OUTPUT, .run = run,
};
