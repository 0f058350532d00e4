/* SPDX-License-Identifier: MIT */
/* case-file open: register cases and give them their numbers. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "case-file.h"
#include "numbering.h"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODE", N_("type code of the number: 民初, 执, 知民初 ...") },
	{ 0, "court", "CODE", N_("court code, if not the docket's own") },
	{ 0, "year", "YEAR", N_("year of receipt, if not that of --on"), .check = "count" },
	{ 0, "on", "DATE", N_("day of receipt and filing, if not today"), .check = "date" },
	{ 0, "received", NULL, N_("only received, not yet filed: the filing clock starts") },
	{ 0, "party", "ROLE=NAME", N_("a party, e.g. 原告=张三; as often as needed"), GV_OPT_MANY },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_doc doc;
	struct gv_numbering cases;
	char on[32];
	char what[GV_KEY_MAX];   /* the commit's subject: the number, once it is known */
};

/* ---- building a case ---- */

static int add_parties(struct work *w, struct gv_val *rec)
{
	struct gv_err *err = &w->c->err;
	struct gv_val list = gv_mkarr();
	const char *text;
	int rc = 0;

	for (size_t i = 0; !rc && (text = gv_opts_nth(w->c->opts, "party", i)); i++) {
		const char *eq = strchr(text, '=');
		struct gv_val party = gv_mkobj();

		if (!eq || eq == text || !eq[1])
			return gv_fail(err, GV_EUSAGE, _("--party: \"%s\" is not ROLE=NAME"), text);
		rc = gv_obj_set(&w->doc, &party, GV_STR("role"),
		                gv_mkstr(&w->doc, (struct gv_str){ text, (size_t)(eq - text) }), err);
		if (!rc)
			rc = gv_obj_set(&w->doc, &party, GV_STR("name"), gv_mklit(eq + 1), err);
		if (!rc)
			rc = gv_arr_add(&w->doc, &list, party, err);
	}
	return rc || !list.n ? rc : gv_obj_set(&w->doc, rec, GV_STR("parties"), list, err);
}

static int default_text(struct work *w, struct gv_val *rec, const char *field, const char *text)
{
	if (gv_val_get(rec, field))
		return 0;
	return gv_obj_set(&w->doc, rec, gv_str_of(field), gv_mkstr(&w->doc, gv_str_of(text)), &w->c->err);
}

static int check_state(struct work *w, const struct gv_val *rec, bool *received)
{
	struct gv_str state = gv_val_getstr(rec, "state");

	*received = gv_str_is(state, "received");
	if (*received || gv_str_is(state, "open"))
		return 0;
	return gv_fail_field(&w->c->err, GV_EDATA, "state", "%s",
	                     _("a case begins as received or open; case-file import takes those that are further on"));
}

static int add_first_event(struct work *w, struct gv_val *rec, const char *name, const char *date_field)
{
	struct gv_str on = gv_val_getstr(rec, date_field);
	struct gv_err *err = &w->c->err;
	struct gv_val event = gv_mkobj();
	int rc;

	if (!on.n) /* check() will say what it is instead of a date */
		return 0;
	rc = gv_obj_set(&w->doc, &event, GV_STR("event"), gv_mklit(name), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &event, GV_STR("on"), gv_mkstr(&w->doc, on), err);
	return rc ? rc : gv_event_add(&w->doc, rec, event, err);
}

/* State, dates and the first event, where the input does not say otherwise. */
static int complete(struct work *w, struct gv_val *rec)
{
	bool received = gv_cmd_has(w->c, "received");
	int rc = default_text(w, rec, "kind", "case");

	if (!rc)
		rc = default_text(w, rec, "state", received ? "received" : "open");
	if (!rc)
		rc = check_state(w, rec, &received);
	if (!rc)
		rc = default_text(w, rec, "received_on", w->on);
	if (!rc && !received)
		rc = default_text(w, rec, "filed_on", w->on);
	return rc ? rc : add_first_event(w, rec, received ? "receive" : "file", received ? "received_on" : "filed_on");
}

/* A member that steers the number: out of the record, into `out`; the option where the record has none. */
static int take(struct work *w, struct gv_val *rec, const char *name, const char *otherwise, char *out, size_t size)
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
static int name_number(struct work *w, struct gv_val *rec, char out[128])
{
	struct gv_cmd *c = w->c;
	const char *home = gv_store_court(gv_cmd_store(c)), *other = gv_cmd_opt(c, "court");
	struct gv_str received = gv_val_getstr(rec, "received_on");
	char court[32], type[32], year[16];
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
	snprintf(out, 128, "（%s）%s%s", year, court, type);
	return 0;
}

static int add_case(struct work *w, struct gv_val rec)
{
	char number[128];
	int rc;

	if (gv_val_get(&rec, "id"))
		return gv_fail_field(&w->c->err, GV_EDATA, "id", "%s",
		                     _("open gives the number; case-file import takes records that have one"));
	rc = complete(w, &rec);
	if (!rc)
		rc = name_number(w, &rec, number);
	return rc ? rc : gv_numbering_add(&w->cases, gv_cmd_schema(w->c), rec, number);
}

/* ---- numbers, under the lock (with --dry-run: those that would be next now) ---- */

static int give_numbers(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = 0;

	(void)err; /* the command's own, which gv_numbering_give() fills */
	for (size_t i = 0; i < w->cases.n && !rc; i++)
		rc = gv_numbering_give(&w->cases, p, i);
	if (!rc && w->cases.n == 1)
		memcpy(w->what, gv_numbering_id(&w->cases, 0)->key, sizeof w->what);
	else
		snprintf(w->what, sizeof w->what, "%zu cases", w->cases.n);
	return rc;
}

/* ---- where cases come from ---- */

static int from_arguments(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_assignments fields = { 0 };
	struct gv_val rec = gv_mkobj();
	int rc = gv_assignments_read(&fields, c, c->argv, c->argc);

	if (!rc)
		rc = gv_assignments_apply(&fields, c, gv_cmd_schema(c), &w->doc, &rec);
	if (!rc)
		rc = add_parties(w, &rec);
	if (!rc)
		rc = add_case(w, rec);
	gv_assignments_free(&fields);
	return rc;
}

static int from_stream(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_doc row = GV_DOC_INIT;
	struct gv_in *in;
	bool eof = false;
	int rc = gv_in_open(&in, NULL, GV_IN_NDJSON, NULL, &c->err);

	if (rc)
		return rc;
	while (!rc) {
		struct gv_str raw = { 0 };
		size_t number = 0;
		struct gv_val rec;
		struct gv_err bad;

		rc = gv_in_row(in, &row, GV_JSON_DROP_NULL, &raw, &number, &eof, &c->err);
		if (eof)
			break;
		if (!rc)
			rc = gv_val_copy(&w->doc, &rec, &row.root, &c->err);
		if (!rc)
			rc = add_case(w, rec);
		if ((rc != GV_EDATA && rc != GV_EUSAGE) || gv_in_broken(in))
			continue;
		c->err.line = number;
		bad = c->err;
		gv_err_clear(&c->err);
		rc = gv_cmd_bad_row(c, &bad, raw);
	}
	gv_in_close(in);
	gv_doc_free(&row);
	return rc;
}

static int print_opened(struct work *w)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec rec;
	int rc = gv_store_refresh(gv_cmd_store(w->c), &w->c->err);

	for (size_t i = 0; i < w->cases.n && !rc; i++) {
		rc = gv_store_get(gv_cmd_store(w->c), gv_numbering_id(&w->cases, i), &doc, &rec, &w->c->err);
		if (!rc)
			rc = gv_cmd_print_rec(w->c, &rec);
	}
	gv_doc_free(&doc);
	return rc < 0 ? 0 : rc;
}

static int commit(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_plan *plan = NULL;
	int rc = gv_plan_new(&plan, gv_cmd_store(c), &c->err);

	if (!rc)
		rc = gv_cmd_commit(c, plan, w->what, give_numbers, w, NULL);
	gv_plan_free(plan);
	c->done += rc ? 0 : w->cases.n;
	return rc || gv_cmd_has(c, "dry-run") ? rc : print_opened(w);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = 0;

	w.cases = (struct gv_numbering){ .c = c, .doc = &w.doc };
	if (!gv_cmd_store(c))
		return c->err.code;
	snprintf(w.on, sizeof w.on, "%s", gv_cmd_opt(c, "on") ? gv_cmd_opt(c, "on") : "");
	if (!w.on[0])
		gv_day_format(c->today, w.on);
	if (c->argc == 0 && !gv_cmd_opt(c, "type") && !isatty(STDIN_FILENO))
		rc = from_stream(&w);
	else
		rc = from_arguments(&w);
	if (!rc && w.cases.n)
		rc = commit(&w);
	else if (!rc && !c->failed)
		gv_cmd_note(c, "%s", _("no rows, nothing opened"));
	gv_numbering_free(&w.cases);
	gv_doc_free(&w.doc);
	return rc;
}

const struct gv_cmd_spec case_file_open = {
	.name = "open", .summary = N_("register a case and give it the next number; prints it"),
	.usage = N_("--type CODE [FIELD=VALUE...]   (or NDJSON without ids on standard input)"),
	.opts = opts, .kind = "case", .fields = CASE_FIELDS,
	.common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
