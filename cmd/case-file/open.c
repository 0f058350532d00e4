/* SPDX-License-Identifier: MIT */
/* case-file open: register cases and give them their numbers. */
#include <stdio.h>
#include <string.h>

#include "case-file.h"
#include "opening.h"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODE", N_("type code of the number: 民初, 执, 知民初 ...") },
	{ 0, "court", "CODE", N_("court code, if not the docket's own") },
	{ 0, "year", "YEAR", N_("year of receipt, if not that of --on"), .check = "count" },
	{ 0, "on", "DATE", N_("day of receipt and filing, if not today"), .check = "date" },
	{ 0, "received", NULL, N_("only received, not yet filed: the filing clock starts") },
	{ 0, "party", "ROLE=NAME", N_("a party, e.g. 原告=张三; as often as needed"), GV_OPT_MANY },
	{ 0 }
};

/* ---- building a case ---- */

static int check_state(struct gv_opening *w, const struct gv_val *rec, bool *received)
{
	struct gv_str state = gv_val_getstr(rec, "state");

	*received = gv_str_is(state, "received");
	if (*received || gv_str_is(state, "open"))
		return 0;
	return gv_fail_field(&w->c->err, GV_EDATA, "state", "%s",
	                     _("a case begins as received or open; case-file import takes those that are further on"));
}

/* State, dates and the first event, where the input does not say otherwise. */
static int complete(struct gv_opening *w, struct gv_val *rec)
{
	bool received = gv_cmd_has(w->c, "received");
	int rc = gv_opening_default(w, rec, "kind", "case");

	if (!rc)
		rc = gv_opening_default(w, rec, "state", received ? "received" : "open");
	if (!rc)
		rc = check_state(w, rec, &received);
	if (!rc)
		rc = gv_opening_default(w, rec, "received_on", w->on);
	if (!rc && !received)
		rc = gv_opening_default(w, rec, "filed_on", w->on);
	return rc ? rc : gv_opening_event(w, rec, received ? "receive" : "file", received ? "received_on" : "filed_on");
}

/* A member that steers the number: out of the record, into `out`; the option where the record has none. */
static int take(struct gv_opening *w, struct gv_val *rec, const char *name, const char *otherwise, char *out, size_t size)
{
	const struct gv_val *v = gv_val_get(rec, name);
	struct gv_buf text = GV_BUF_INIT(size - 1);
	int rc;

	if (v && v->type == GV_INT && strcmp(name, "year") == 0)
		gv_buf_addint(&text, v->i);
	else if (v && v->type != GV_STRING)
		return gv_fail_field(&w->c->err, GV_EDATA, name, "%s", _("must be a string"));
	else if (v)
		gv_buf_addstr(&text, gv_val_str(v));
	else if (otherwise)
		gv_buf_adds(&text, otherwise);
	rc = gv_buf_check(&text, NULL);
	if (rc)
		rc = gv_fail_field(&w->c->err, GV_EDATA, name, _("longer than %zu bytes"), size - 1);
	else
		memcpy(out, text.p ? text.p : "", text.n + 1);
	gv_buf_free(&text);
	gv_obj_del(rec, gv_str_of(name));
	return rc;
}

/* The number up to its serial, out of court, type and year. */
static int name_number(struct gv_opening *w, struct gv_val *rec, char out[GV_NUMBER_MAX])
{
	struct gv_cmd *c = w->c;
	const char *home = gv_store_court(gv_cmd_store(c)), *other = gv_cmd_opt(c, "court");
	struct gv_str received = gv_val_getstr(rec, "received_on");
	char court[32] = "", type[32] = "", year[16] = "";
	gv_day day;
	int rc = take(w, rec, "court", other ? other : home, court, sizeof court);

	if (!rc)
		rc = take(w, rec, "type", gv_cmd_opt(c, "type"), type, sizeof type);
	if (!rc)
		rc = take(w, rec, "year", gv_cmd_opt(c, "year"), year, sizeof year);
	if (!rc && !type[0])
		rc = gv_fail_field(&c->err, GV_EUSAGE, "type", "%s", _("missing: --type CODE, e.g. --type 民初"));
	if (rc)
		return rc;
	if (!year[0])
		snprintf(year, sizeof year, "%.4s", gv_day_parse(&day, received, NULL) ? w->on : received.p);
	snprintf(out, GV_NUMBER_MAX, "（%s）%s%s", year, court, type);
	return 0;
}

static int prepare(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	int rc = complete(o, rec);

	return rc ? rc : name_number(o, rec, number);
}

static int run(struct gv_cmd *c)
{
	return gv_opening_run(c, prepare, NULL);
}

const struct gv_cmd_spec case_file_open = {
	.name = "open", .summary = N_("register a case and give it the next number; prints it"),
	.usage = N_("--type CODE [FIELD=VALUE...]   (or NDJSON without ids on standard input)"),
	.opts = opts, .kind = "case", .fields = CASE_FIELDS,
	.common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
