/* SPDX-License-Identifier: MIT */
/* case-file open: register cases and give them their numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "case-file.h"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODE", N_("type code of the number: 民初, 执, 知民初 ...") },
	{ 0, "court", "CODE", N_("court code, if not the docket's own") },
	{ 0, "year", "YEAR", N_("year of receipt, if not that of --on"), .check = "count" },
	{ 0, "on", "DATE", N_("day of receipt and filing, if not today"), .check = "date" },
	{ 0, "received", NULL, N_("only received, not yet filed: the filing clock starts") },
	{ 0, "party", "ROLE=NAME", N_("a party, e.g. 原告=张三; as often as needed"), GV_OPT_MANY },
	{ 0 }
};

/* The cases that wait for a number; their trees live in one document. */
struct work {
	struct gv_cmd *c;
	struct gv_doc doc;
	struct gv_val *cases;    /* objects without an id */
	char (*folders)[96];     /* where each will lie: cases/2022/沪0114/民初 */
	char (*numbers)[128];    /* the number up to its serial: （2022）沪0114民初 */
	struct gv_id *ids;
	size_t n, cap;
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

/* State, dates and the first event, where the input does not say otherwise. */
static int complete(struct work *w, struct gv_val *rec)
{
	bool received = gv_cmd_has(w->c, "received");
	struct gv_val event = gv_mkobj();
	struct gv_err *err = &w->c->err;
	char eid[17];
	int rc = default_text(w, rec, "kind", "case");

	if (!rc)
		rc = default_text(w, rec, "state", received ? "received" : "open");
	received = gv_str_is(gv_val_getstr(rec, "state"), "received");
	if (!rc)
		rc = default_text(w, rec, "received_on", w->on);
	if (!rc && !received)
		rc = default_text(w, rec, "filed_on", w->on);
	if (!rc)
		rc = gv_eid_new(eid, err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &event, GV_STR("eid"), gv_mkstr(&w->doc, gv_str_of(eid)), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &event, GV_STR("event"), gv_mklit(received ? "receive" : "file"), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &event, GV_STR("on"),
		                gv_mkstr(&w->doc, gv_val_getstr(rec, received ? "received_on" : "filed_on")), err);
	return rc ? rc : gv_event_add(&w->doc, rec, event, err);
}

/* A member that steers the number: out of the record, into `out`; the option where the record has none. */
static int take(struct work *w, struct gv_val *rec, const char *name, const char *otherwise, char *out, size_t size)
{
	const struct gv_val *v = gv_val_get(rec, name);
	struct gv_buf text = GV_BUF_INIT(size - 1);
	int rc;

	if (v && v->type == GV_INT)
		gv_buf_addint(&text, v->i);
	else if (v)
		gv_buf_addstr(&text, gv_val_str(v));
	else if (otherwise)
		gv_buf_adds(&text, otherwise);
	rc = gv_buf_check(&text, NULL);
	if (rc)
		gv_fail_field(&w->c->err, rc, name, _("longer than %zu bytes"), size - 1);
	memcpy(out, text.p ? text.p : "", text.n + 1);
	gv_buf_free(&text);
	gv_obj_del(rec, gv_str_of(name));
	return rc;
}

/* Check court, type and year by reading the number they make with serial 1; learn the folder from its path. */
static int place(struct work *w, struct gv_val *rec, size_t i)
{
	struct gv_cmd *c = w->c;
	struct gv_store *s = gv_cmd_store(c);
	char court[32], type[32], year[16], number[160];
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_id id;
	int rc = take(w, rec, "court", gv_cmd_opt(c, "court") ? gv_cmd_opt(c, "court") : gv_store_court(s), court,
	              sizeof court);

	if (!rc)
		rc = take(w, rec, "type", gv_cmd_opt(c, "type"), type, sizeof type);
	if (!rc)
		rc = take(w, rec, "year", gv_cmd_opt(c, "year"), year, sizeof year);
	if (!rc && !type[0])
		rc = gv_fail_field(&c->err, GV_EUSAGE, "type", "%s", _("missing: --type CODE, e.g. --type 民初"));
	if (!rc && !year[0])
		snprintf(year, sizeof year, "%.4s", gv_val_getstr(rec, "received_on").p);
	if (rc)
		return rc;
	snprintf(w->numbers[i], sizeof w->numbers[i], "（%s）%s%s", year, court, type);
	snprintf(number, sizeof number, "%s%s号", w->numbers[i], strcmp(type, "刑核") == 0 ? "10000001" : "1");
	rc = gv_id_parse(&id, gv_str_of(number), gv_cmd_schema(c), gv_store_caseno(s), &c->err);
	if (!rc && strcmp(id.key, number) != 0)
		rc = gv_fail(&c->err, GV_EDATA, _("%s is no official case number (%s would be)"), number, id.key);
	if (!rc)
		rc = gv_id_path(&id, &path, &c->err);
	for (int cut = 0; !rc && cut < 2; cut++) /* FFFF/SERIAL.json */
		path.n = (size_t)((char *)memrchr(path.p, '/', path.n) - path.p);
	if (!rc)
		snprintf(w->folders[i], sizeof w->folders[i], "%.*s", (int)path.n, path.p);
	gv_buf_free(&path);
	return rc;
}

static int grow(struct work *w)
{
	size_t cap = w->cap ? w->cap * 2 : 16;
	void *p;

	if (w->n < w->cap)
		return 0;
	if (!(p = realloc(w->cases, cap * sizeof *w->cases)))
		return gv_fail_nomem(&w->c->err);
	w->cases = p;
	if (!(p = realloc(w->folders, cap * sizeof *w->folders)))
		return gv_fail_nomem(&w->c->err);
	w->folders = p;
	if (!(p = realloc(w->numbers, cap * sizeof *w->numbers)))
		return gv_fail_nomem(&w->c->err);
	w->numbers = p;
	if (!(p = realloc(w->ids, cap * sizeof *w->ids)))
		return gv_fail_nomem(&w->c->err);
	w->ids = p;
	w->cap = cap;
	return 0;
}

static int add_case(struct work *w, struct gv_val rec)
{
	int rc = grow(w);

	if (!rc && gv_val_get(&rec, "id"))
		rc = gv_fail_field(&w->c->err, GV_EDATA, "id", "%s",
		                   _("open gives the number; case-file import takes records that have one"));
	if (!rc)
		rc = complete(w, &rec);
	if (!rc)
		rc = place(w, &rec, w->n);
	if (rc)
		return rc;
	w->cases[w->n++] = rec;
	return 0;
}

/* ---- numbers, under the lock ---- */

static int next_number(struct work *w, struct gv_plan *p, size_t i, char out[160])
{
	int64_t serial;
	uint32_t random;
	int rc;

	/* CN-11: criminal review cases carry eight random digits that must not be in order. */
	if (strstr(w->numbers[i], "刑核")) {
		if (getrandom(&random, sizeof random, 0) != sizeof random)
			return gv_fail_sys(&w->c->err, "getrandom", _("no random numbers"));
		serial = 10000000 + random % 90000000;
	} else {
		rc = gv_store_next_serial(p, w->folders[i], &serial, &w->c->err);
		if (rc)
			return rc;
	}
	snprintf(out, 160, "%s%lld号", w->numbers[i], (long long)serial);
	return 0;
}

static int give_number(struct work *w, struct gv_plan *p, size_t i)
{
	struct gv_store *s = gv_cmd_store(w->c);
	struct gv_err *err = &w->c->err;
	struct gv_val rec;
	char number[160];
	/* A copy, because this may run again if a push moved main in between. */
	int rc = gv_val_copy(&w->doc, &rec, &w->cases[i], err);

	if (!rc)
		rc = next_number(w, p, i, number);

	if (!rc)
		rc = gv_id_parse(&w->ids[i], gv_str_of(number), gv_cmd_schema(w->c), gv_store_caseno(s), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &rec, GV_STR("id"), gv_mkstr(&w->doc, gv_str_of(w->ids[i].key)), err);
	if (!rc)
		rc = gv_rec_check(w->ids[i].schema, &rec, gv_store_caseno(s), err);
	if (!rc)
		rc = gv_plan_put(p, &w->ids[i], NULL, &rec, err);
	if (rc)
		gv_err_thing(err, w->numbers[i], strlen(w->numbers[i]));
	return rc;
}

static int give_numbers(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = 0;

	(void)err; /* the command's own, which give_number() fills */
	for (size_t i = 0; i < w->n && !rc; i++)
		rc = give_number(w, p, i);
	if (!rc && w->n == 1)
		memcpy(w->what, w->ids[0].key, sizeof w->what);
	else
		snprintf(w->what, sizeof w->what, "%zu cases", w->n);
	return rc;
}

/* ---- where cases come from ---- */

static int from_arguments(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct assignments fields = { 0 };
	struct gv_val rec = gv_mkobj();
	int rc = assignments_read(&fields, c, c->argv, c->argc);

	if (!rc)
		rc = assignments_apply(&fields, c, gv_cmd_schema(c), &w->doc, &rec);
	if (!rc)
		rc = add_parties(w, &rec);
	if (!rc)
		rc = add_case(w, rec);
	assignments_free(&fields);
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

	for (size_t i = 0; i < w->n && !rc; i++) {
		rc = gv_store_get(gv_cmd_store(w->c), &w->ids[i], &doc, &rec, &w->c->err);
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
	c->done += rc ? 0 : w->n;
	return rc || gv_cmd_has(c, "dry-run") ? rc : print_opened(w);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = 0;

	if (!gv_cmd_store(c))
		return c->err.code;
	snprintf(w.on, sizeof w.on, "%s", gv_cmd_opt(c, "on") ? gv_cmd_opt(c, "on") : "");
	if (!w.on[0])
		gv_day_format(c->today, w.on);
	if (c->argc == 0 && !gv_cmd_opt(c, "type") && !isatty(STDIN_FILENO))
		rc = from_stream(&w);
	else
		rc = from_arguments(&w);
	if (!rc && w.n)
		rc = commit(&w);
	free(w.cases);
	free(w.folders);
	free(w.numbers);
	free(w.ids);
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
