/* SPDX-License-Identifier: MIT */
/* case-file merge-file: join two versions of a record field by field, as git's merge driver (case-file join). */
#include <fcntl.h>
#include <unistd.h>

#include "case-file.h"
#include "git.h"
#include "recjoin.h"
#include "story.h"

enum { SHOWN_MAX = 200 };  /* bytes of a value in a message */

/* The three versions and what they are joined to. */
struct work {
	struct gv_cmd *c;
	const char *path;                 /* of the record in the docket, for messages */
	const char *ours_file;
	const struct gv_schema *schema;   /* NULL: a JSON object of no kind that we know */
	struct gv_doc base, ours, theirs, joined;
	const struct gv_val *base_val;    /* NULL: both sides added it */
	size_t conflicts;
};

/* ---- reading ---- */

/* Only what is canonical is known to be a file of a docket; GV_EDATA otherwise. */
static int read_version(struct gv_doc *d, const char *file, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	int rc = gv_buf_read_file(&text, file, err);

	if (!rc)
		rc = gv_json_check_canon(gv_buf_str(&text), d, err);
	if (!rc && d->root.type != GV_OBJECT)
		rc = gv_fail(err, GV_EDATA, "%s", _("not a JSON object"));
	gv_buf_free(&text);
	return rc;
}

/* git gives an empty file where there is no common version. */
static int read_base(struct work *w, const char *file)
{
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	int rc = gv_buf_read_file(&text, file, &w->c->err);
	bool is_empty = !text.n;

	gv_buf_free(&text);
	if (rc || is_empty)
		return rc;
	w->base_val = &w->base.root;
	return read_version(&w->base, file, &w->c->err);
}

/* ---- joining ---- */

static const char *name_of(const struct work *w)
{
	const struct gv_val *id = gv_val_get(&w->ours.root, "id");

	return id && id->type == GV_STRING ? id->s : w->path;
}

/* A value in a message: on one line, short, masked where it must be. */
static void show(const struct work *w, struct gv_str path, const struct gv_val *v, struct gv_buf *out)
{
	const char *bracket = memchr(path.p, '[', path.n);
	struct gv_buf field = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	size_t cut = SHOWN_MAX;

	/* An event's fields are hidden by what the schema says of any event. */
	gv_buf_add(&field, path.p, bracket ? (size_t)(bracket - path.p) : path.n);
	gv_buf_adds(&field, bracket ? "[]" : "");
	if (!v)
		gv_buf_adds(out, _("nothing"));
	else if (w->schema && gv_schema_is_sensitive(gv_str_of(w->schema->kind), gv_buf_str(&field)))
		gv_buf_adds(out, _("(hidden)"));
	else
		gv_story_value(out, w->schema, gv_buf_str(&field), v, true);
	out->failed = out->failed || field.failed;
	out->nomem = out->nomem || field.nomem;
	gv_buf_free(&field);
	if (out->n <= cut)
		return;
	while (cut && ((unsigned char)out->p[cut] & 0xC0) == 0x80)
		cut--;
	out->n = cut;
	gv_buf_adds(out, "...");
}

/* No mixture of the two is legal, or one side took it away: what is kept is whole. */
static int on_whole_conflict(struct work *w)
{
	gv_cmd_note(w->c, _("%s: the two sides make no record together: one is kept whole (git show :2:%s and git show :3:%s "
	                    "have both)"), name_of(w), w->path, w->path);
	w->conflicts++;
	return 0;
}

static int on_conflict(void *ctx, const struct gv_conflict *conflict)
{
	struct work *w = ctx;
	struct gv_buf values[3] = { GV_BUF_INIT(GV_JSON_TEXT_MAX), GV_BUF_INIT(GV_JSON_TEXT_MAX),
		                    GV_BUF_INIT(GV_JSON_TEXT_MAX) };
	const struct gv_val *versions[] = { conflict->ours, conflict->theirs, conflict->base };
	int rc = 0;

	if (!conflict->path.n)
		return on_whole_conflict(w);
	for (size_t i = 0; i < 3 && !rc; i++) {
		show(w, conflict->path, versions[i], &values[i]);
		rc = gv_buf_check(&values[i], &w->c->err);
	}
	if (!rc)
		gv_cmd_note(w->c, _("%s: %.*s: ours is %s, theirs is %s; kept as it was: %s"), name_of(w),
		            (int)conflict->path.n, conflict->path.p, values[0].p, values[1].p, values[2].p);
	w->conflicts++;
	for (size_t i = 0; i < 3; i++)
		gv_buf_free(&values[i]);
	return rc;
}

/* gavel.json decides how everything else is read: it is shown, not stored, if the two are not legal together. */
static int check_config(struct work *w)
{
	struct gv_err why = { 0 };
	struct gv_buf text = GV_BUF_INIT(8192);
	int rc = 0;

	if (gv_str_is(gv_str_of(w->path), "gavel.json"))
		rc = gv_schema_check(gv_schema_find(GV_STR("docket")), &w->joined.root, gv_cmd_caseno(w->c), &why);
	if (rc == GV_EDATA) {
		gv_err_text(&why, &text);
		gv_cmd_note(w->c, _("%s: both sides are in it, but together they are not legal: %s"), w->path,
		            text.p ? text.p : "");
		w->conflicts++;
		rc = 0;
	} else if (rc) {
		w->c->err = why;
	}
	gv_buf_free(&text);
	return rc;
}

/* Over git's own temporary file, which nobody else reads. */
static int write_joined(struct work *w)
{
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct gv_err *err = &w->c->err;
	int fd = -1, rc;

	gv_json_canon(&text, &w->joined.root);
	rc = gv_buf_check(&text, err);
	if (!rc) {
		fd = open(w->ours_file, O_WRONLY | O_TRUNC | O_CLOEXEC);
		rc = fd < 0 ? gv_fail_sys(err, w->ours_file, _("cannot write"))
		            : gv_write_all(fd, text.p, text.n, w->ours_file, err);
	}
	if (fd >= 0 && close(fd) && !rc)
		rc = gv_fail_sys(err, w->ours_file, _("cannot write"));
	gv_buf_free(&text);
	return rc;
}

static int join(struct work *w)
{
	const struct gv_schema *schema = gv_schema_find(gv_val_getstr(&w->ours.root, "kind"));
	int rc;

	w->schema = schema && schema->folder ? schema : NULL;
	rc = gv_rec_join(&w->joined, &(struct gv_rec_join){
		.schema = w->schema, .cn = gv_cmd_caseno(w->c), .base = w->base_val, .ours = &w->ours.root,
		.theirs = &w->theirs.root, .each = on_conflict, .ctx = w,
	}, &w->c->err);
	if (!rc)
		rc = check_config(w);
	if (!rc)
		rc = write_joined(w);
	if (!rc && w->conflicts)
		gv_cmd_note(w->c, _("%s: set the fields to what they should be (case-file edits nothing in a clone), then: "
		                    "git add %s"), name_of(w), w->path);
	return rc ? rc : w->conflicts ? GV_FOUND : 0;
}

/* As git itself would join it: lines, with marks where both changed the same ones. */
static int join_text(struct work *w, char **files)
{
	const char *args[] = { "merge-file", "-L", "ours", "-L", "base", "-L", "theirs", files[1], files[0], files[2],
		               NULL };
	struct gv_buf out = GV_BUF_INIT(4096), said = GV_BUF_INIT(4096), why = GV_BUF_INIT(4096);
	struct gv_err *err = &w->c->err;
	int code = 0, rc;

	gv_err_text(err, &why);
	gv_cmd_note(w->c, _("%s: joined as text, for it is no record: %s"), w->path, why.p ? why.p : "");
	gv_err_clear(err);
	rc = gv_git(&(struct gv_git){ 0 }, args, &out, &said, &code, err);
	if (!rc && code > 127)
		rc = gv_git_fail("merge-file", code, &said, err);
	gv_buf_free(&out);
	gv_buf_free(&said);
	gv_buf_free(&why);
	return rc ? rc : code ? GV_FOUND : 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	char **files = c->argv;
	int rc;

	if (c->argc != 3 && c->argc != 4)
		return gv_fail(&c->err, GV_EUSAGE, "%s",
		               _("which files?  case-file merge-file BASE OURS THEIRS [PATH]"));
	w.ours_file = files[1];
	w.path = c->argc == 4 ? files[3] : files[1];
	rc = read_base(&w, files[0]);
	if (!rc)
		rc = read_version(&w.ours, files[1], &c->err);
	if (!rc)
		rc = read_version(&w.theirs, files[2], &c->err);
	if (rc == GV_EDATA)
		rc = join_text(&w, files);
	else if (!rc)
		rc = join(&w);
	gv_doc_free(&w.base);
	gv_doc_free(&w.ours);
	gv_doc_free(&w.theirs);
	gv_doc_free(&w.joined);
	return rc;
}

const struct gv_cmd_spec case_file_merge_file = {
	.name = "merge-file", .summary = N_("join two versions of a record field by field (git's merge driver)"),
	.usage = N_("BASE OURS THEIRS [PATH]"), .operands = "file", .kind = "case",
	.records = &gv_cmd_records, .run = run,
};
