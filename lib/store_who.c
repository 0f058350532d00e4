/* SPDX-License-Identifier: MIT */
/* A commit as a row for people and programs. */
#include <time.h>

#include "store.h"
#include "utf8.h"

void gv_commit_time(const struct gv_commit *commit, char out[40])
{
	time_t t = (time_t)(commit->time + 8 * 3600);
	struct tm tm;

	if (!gmtime_r(&t, &tm) || !strftime(out, 40, "%Y-%m-%dT%H:%M:%S+08:00", &tm))
		out[0] = '\0'; /* a year that no calendar has */
}

static int set(struct gv_doc *d, struct gv_val *row, const char *name, struct gv_str text, struct gv_err *err)
{
	struct gv_buf plain = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc;

	if (!text.n)
		return 0;
	if (gv_utf8_valid(text) == text.n && !memchr(text.p, '\0', text.n))
		return gv_obj_set(d, row, gv_str_of(name), gv_mkstr(d, text), err);
	/* Other tools write commits, too, and not always in UTF-8. */
	gv_utf8_safe(text, &plain);
	rc = gv_buf_check(&plain, err);
	if (!rc)
		rc = gv_obj_set(d, row, gv_str_of(name), gv_mkstr(d, gv_buf_str(&plain)), err);
	gv_buf_free(&plain);
	return rc;
}

/* Lines after the first begin with a space in the commit. */
static int set_trailer(struct gv_doc *d, struct gv_val *row, const char *name, struct gv_str folded, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc;

	for (size_t i = 0; i < folded.n; i++) {
		gv_buf_addc(&text, folded.p[i]);
		while (folded.p[i] == '\n' && i + 1 < folded.n && (folded.p[i + 1] == ' ' || folded.p[i + 1] == '\t'))
			i++;
	}
	rc = gv_buf_check(&text, err);
	if (!rc)
		rc = set(d, row, name, gv_buf_str(&text), err);
	gv_buf_free(&text);
	return rc;
}

int gv_commit_row(struct gv_doc *d, struct gv_val *row, const struct gv_commit *commit, struct gv_err *err)
{
	char hex[GV_HEX + 1], when[40];
	int rc;

	gv_oid_hex(&commit->id, hex);
	gv_commit_time(commit, when);
	rc = set(d, row, "commit", gv_str_of(hex), err);
	if (!rc)
		rc = set(d, row, "time", gv_str_of(when), err);
	if (!rc)
		rc = set(d, row, "author", commit->author, err);
	if (!rc)
		rc = set(d, row, "email", commit->email, err);
	if (!rc)
		rc = set(d, row, "subject", commit->subject, err);
	if (!rc)
		rc = set_trailer(d, row, "command", gv_commit_trailer(commit, "Gavel-Cmd"), err);
	return rc ? rc : set_trailer(d, row, "reason", gv_commit_trailer(commit, "Gavel-Reason"), err);
}
