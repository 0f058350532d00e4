/* SPDX-License-Identifier: MIT */
/* The record's side of papers: what it says about them. */
#include "papers.h"

#include <string.h>
#include <strings.h>

#include "i18n.h"
#include "policy.h"

/* ---- policy ---- */

int gv_papers_limit(const struct gv_store *s, gv_day today, size_t *bytes, struct gv_err *err)
{
	const struct gv_val *v;
	int64_t n = (int64_t)GV_PAPERS_BLOB_BYTES;
	int rc = gv_policy_get(&v, gv_store_config(s), "file_blob_bytes", today, err);

	if (!rc && v)
		n = v->type == GV_INT ? v->i : -1;
	if (!rc && (n < 0 || n > (int64_t)GV_PAPERS_BLOB_MAX))
		rc = gv_fail_field(err, GV_EDATA, "policy.file_blob_bytes",
		                   _("must be a number of bytes from 0 to %zu"),
		                   GV_PAPERS_BLOB_MAX);
	*bytes = rc ? 0 : (size_t)n;
	return rc;
}

/* ---- what a name tells ---- */

const char *gv_paper_type(struct gv_str name)
{
	static const struct { const char *end, *type; } known[] = {
		{ "pdf", "application/pdf" }, { "ofd", "application/ofd" }, { "txt", "text/plain" },
		{ "doc", "application/msword" }, { "xls", "application/vnd.ms-excel" },
		{ "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
		{ "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
		{ "wps", "application/vnd.ms-works" }, { "csv", "text/csv" }, { "html", "text/html" },
		{ "json", "application/json" },
		{ "jpg", "image/jpeg" }, { "jpeg", "image/jpeg" }, { "png", "image/png" }, { "tif", "image/tiff" },
		{ "tiff", "image/tiff" }, { "mp3", "audio/mpeg" }, { "m4a", "audio/mp4" }, { "wav", "audio/wav" },
		{ "mp4", "video/mp4" }, { "zip", "application/zip" }, { "zst", "application/zstd" },
	};
	const char *dot = name.n ? memrchr(name.p, '.', name.n) : NULL;
	size_t n = dot ? name.n - (size_t)(dot + 1 - name.p) : 0;

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (n == strlen(known[i].end) && strncasecmp(dot + 1, known[i].end, n) == 0)
			return known[i].type;
	return "application/octet-stream";
}

/* ---- the list ---- */

/* 80 bits in base32, as of an event, but from the file itself. */
static int make_eid(const struct gv_paper *paper, char out[17], struct gv_err *err)
{
	static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
	struct gv_buf text = GV_BUF_INIT(8192);
	unsigned char hash[32];
	int rc;

	gv_buf_addf(&text, "%s ", paper->sha256);
	gv_buf_addstr(&text, paper->name);
	rc = gv_buf_check(&text, err);
	gv_sha256(gv_buf_str(&text), hash);
	gv_buf_free(&text);
	for (size_t i = 0; i < 16; i++) {
		size_t bit = 5 * i, byte = bit / 8;
		unsigned pair = (unsigned)hash[byte] << 8 | hash[byte + 1];

		out[i] = digits[pair >> (11 - bit % 8) & 31];
	}
	out[16] = '\0';
	return rc;
}

static int make_item(struct gv_doc *d, struct gv_val *item, const struct gv_paper *paper, const char *eid,
                     struct gv_err *err)
{
	const struct { const char *name; struct gv_str text; } fields[] = {
		{ "added_on", gv_str_of(paper->added_on) }, { "eid", gv_str_of(eid) }, { "name", paper->name },
		{ "sha256", gv_str_of(paper->sha256) }, { "type", gv_str_of(gv_paper_type(paper->name)) },
	};
	int rc = gv_obj_set(d, item, GV_STR("bytes"), gv_mkint((int64_t)paper->bytes), err);

	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		rc = gv_obj_set(d, item, gv_str_of(fields[i].name), gv_mkstr(d, fields[i].text), err);
	return rc;
}

/* A new array with the item at its place. */
static int insert(struct gv_doc *d, struct gv_val *rec, const struct gv_val *old, struct gv_val item, const char *eid,
                  struct gv_err *err)
{
	struct gv_val list = gv_mkarr();
	bool placed = false;
	int rc = 0;

	for (uint32_t i = 0; old && i < old->n && !rc; i++) {
		if (!placed && gv_str_cmp(gv_val_getstr(&old->items[i], "eid"), gv_str_of(eid)) > 0) {
			rc = gv_arr_add(d, &list, item, err);
			placed = true;
		}
		if (!rc)
			rc = gv_arr_add(d, &list, old->items[i], err);
	}
	if (!rc && !placed)
		rc = gv_arr_add(d, &list, item, err);
	return rc ? rc : gv_obj_set(d, rec, GV_STR("files"), list, err);
}

int gv_papers_list(struct gv_doc *d, struct gv_val *rec, const struct gv_paper *paper, const struct gv_val *more,
                   bool *added, struct gv_err *err)
{
	const struct gv_val *old = gv_val_get(rec, "files");
	struct gv_val item = gv_mkobj();
	char eid[17];
	int rc;

	*added = false;
	if (old && old->type != GV_ARRAY)
		return gv_fail_field(err, GV_EDATA, "files", "%s", _("is no list"));
	for (uint32_t i = 0; old && i < old->n; i++) {
		if (!gv_str_eq(gv_val_getstr(&old->items[i], "name"), paper->name))
			continue;
		if (gv_str_is(gv_val_getstr(&old->items[i], "sha256"), paper->sha256))
			return 0;
		return gv_fail_field(err, GV_EDATA, "files",
		                     _("another file has the name %.*s already: give this one another, --name NAME"),
		                     (int)paper->name.n, paper->name.p);
	}
	rc = make_eid(paper, eid, err);
	if (!rc)
		rc = make_item(d, &item, paper, eid, err);
	for (uint32_t i = 0; more && i < more->n && !rc; i++)
		rc = gv_obj_set(d, &item, more->members[i].name, more->members[i].val, err);
	if (!rc)
		rc = insert(d, rec, old, item, eid, err);
	*added = !rc;
	return rc;
}
