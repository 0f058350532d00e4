/* SPDX-License-Identifier: MIT */
/* case-bundle unpack: an archive's files into a new folder. */
#include <string.h>

#include "case-bundle.h"
#include "unpack.h"

static const struct gv_opt opts[] = { LIMIT_OPTS { 0 } };

static int refuse(struct gv_cmd *c, const struct source *s, const struct gv_archive_entry *e)
{
	c->err = e->refused;
	gv_err_thing(&c->err, e->raw.p, e->raw.n);
	(void)s;
	return c->err.code;
}

static int write_file(struct gv_cmd *c, struct gv_archive *a, struct gv_unpack *u, struct gv_str path)
{
	struct gv_str bytes = { 0 };
	int rc = gv_unpack_file(u, path, &c->err);

	while (!rc) {
		rc = gv_archive_read(a, &bytes, &c->err);
		if (rc || !bytes.n)
			break;
		rc = gv_unpack_add(u, bytes, &c->err);
	}
	return rc;
}

static int unpack(struct gv_cmd *c, const struct source *s, struct gv_unpack *u)
{
	struct gv_archive_entry e;
	bool end = false;
	int rc = 0;

	while (!rc) {
		rc = gv_archive_next(s->archive, &e, &end, &c->err);
		if (rc || end)
			break;
		if (!e.path.p)
			return refuse(c, s, &e);
		if (strcmp(e.type, "folder") == 0) {
			rc = gv_unpack_folder(u, e.path, &c->err);
		} else {
			rc = write_file(c, s->archive, u, e.path);
			c->done++;
		}
	}
	return rc ? rc : gv_unpack_finish(u, &c->err);
}

static int run(struct gv_cmd *c)
{
	struct source s = { .fd = -1 };
	struct gv_unpack *u = NULL;
	int rc;

	if (c->argc != 2)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("give the archive and the folder that shall be made"));
	rc = source_open(&s, c);
	if (!rc)
		rc = gv_unpack_begin(&u, c->argv[1], &c->err);
	if (!rc)
		rc = unpack(c, &s, u);
	if (!rc)
		gv_cmd_note(c, gv_trn("%zu file unpacked", "%zu files unpacked", c->done), c->done);
	gv_unpack_free(u);
	source_close(&s);
	return rc;
}

const struct gv_cmd_spec case_bundle_unpack = {
	.name = "unpack", .summary = N_("unpack an archive into a new folder; hostile names and links are refused"),
	.usage = N_("FILE DIR   (- is standard input)"), .operands = "file", .opts = opts, .run = run,
};
