/* SPDX-License-Identifier: MIT */
/* mediator pay: allowances and rewards for mediations that ended, by the court's table. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "mediator.h"

static const struct gv_opt opts[] = {
	{ 0, "month", "YYYY-MM", N_("only what counts for this month: the last day of the mediation, of a reward the performance") },
	{ 0, "by", "NAME", N_("who approved: pays and records; without it what is due is only printed") },
	{ 0, "show-work", NULL, N_("with the computation, and with what is not paid and why") },
	{ 0 }
};

/* A mediator whose file is open. */
struct payee {
	struct gv_doc doc;
	struct gv_rec rec;
	struct gv_oid base;
	char full[GV_KEY_MAX + 16];  /* mediator:KEY */
	bool paid;
};

struct pay {
	struct gv_cmd *c;
	const char *month;
	bool pays;
	struct gv_doc ids;           /* root: the mediations' ids */
	struct gv_doc lines;         /* root: what is printed */
	struct gv_doc row;           /* the mediation at hand */
	struct payee *list;
	size_t n, cap;
	char on[GV_DATE_LEN + 1], what[GV_KEY_MAX];
	size_t count, bad;
};

static void forget(struct pay *p)
{
	for (size_t i = 0; i < p->n; i++)
		gv_doc_free(&p->list[i].doc);
	free(p->list);
	p->list = NULL;
	p->n = p->cap = 0;
	p->count = p->bad = 0;
	gv_doc_reset(&p->lines);
	p->lines.root = gv_mkarr();
}

/* ---- mediators ---- */

static int load_payee(struct pay *p, struct payee *one, struct gv_str full)
{
	struct gv_store *store = gv_cmd_store(p->c);
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_str text = { 0 };
	int rc = gv_id_parse(&one->rec.id, full, gv_schema_find(GV_STR("mediator")), gv_cmd_caseno(p->c), &p->c->err);

	if (!rc)
		rc = gv_id_path(&one->rec.id, &path, &p->c->err);
	if (!rc)
		rc = gv_store_read(store, path.p, &text, &one->base, &p->c->err);
	if (rc == GV_ENOTFOUND)
		rc = gv_fail_field(&p->c->err, GV_EDATA, "mediators", _("%.*s is not in the docket"), (int)full.n, full.p);
	if (!rc)
		rc = gv_json_parse(&one->doc, text, 0, &p->c->err);
	one->rec.doc = &one->doc;
	one->rec.val = &one->doc.root;
	snprintf(one->full, sizeof one->full, "%.*s", (int)full.n, full.p);
	gv_buf_free(&path);
	return rc;
}

static int find_payee(struct pay *p, struct payee **out, struct gv_str full)
{
	struct payee *bigger;
	int rc;

	for (size_t i = 0; i < p->n; i++) {
		*out = &p->list[i];
		if (gv_str_is(full, p->list[i].full))
			return 0;
	}
	if (p->n == p->cap) {
		bigger = realloc(p->list, (p->cap * 2 + 16) * sizeof *bigger);
		if (!bigger)
			return gv_fail_nomem(&p->c->err);
		p->list = bigger;
		p->cap = p->cap * 2 + 16;
		for (size_t i = 0; i < p->n; i++) { /* they have moved */
			p->list[i].rec.doc = &p->list[i].doc;
			p->list[i].rec.val = &p->list[i].doc.root;
		}
	}
	*out = &p->list[p->n];
	**out = (struct payee){ 0 };
	rc = load_payee(p, *out, full);
	if (rc)
		gv_doc_free(&(*out)->doc);
	else
		p->n++;
	return rc;
}

static bool was_paid(const struct payee *who, struct gv_str mediation, const char *line)
{
	const struct gv_val *list = gv_val_items(who->rec.val, "payments");

	for (uint32_t i = 0; i < list->n; i++)
		if (gv_str_eq(gv_val_getstr(&list->items[i], "mediation"), mediation) &&
		    gv_str_is(gv_val_getstr(&list->items[i], "line"), line))
			return true;
	return false;
}

static int64_t paid_in(const struct payee *who, struct gv_str month)
{
	const struct gv_val *list = gv_val_items(who->rec.val, "payments");
	int64_t sum = 0, fen;

	for (uint32_t i = 0; i < list->n; i++)
		if (gv_str_eq(gv_val_getstr(&list->items[i], "month"), month) && gv_val_getint(&list->items[i], "fen", &fen))
			sum += fen;
	return sum;
}

/* ---- one line ---- */

/* Also where nothing is committed: the next line of the month counts it. */
static int record(struct pay *p, struct payee *who, const struct pay_part *part, struct gv_str mediation, struct gv_str month)
{
	const char *by = gv_cmd_opt(p->c, "by");
	const struct { const char *name; struct gv_str text; } texts[] = {
		{ "approved_by", gv_str_of(by ? by : "") }, { "line", gv_str_of(part->line) }, { "mediation", mediation },
		{ "month", month }, { "on", gv_str_of(p->on) }, { "table", part->table },
	};
	struct gv_val item = gv_mkobj();
	char eid[17] = "";
	int rc = gv_eid_new(eid, &p->c->err);

	if (!rc)
		rc = gv_obj_set(&who->doc, &item, GV_STR("eid"), gv_mkstr(&who->doc, gv_str_of(eid)), &p->c->err);
	if (!rc)
		rc = gv_obj_set(&who->doc, &item, GV_STR("fen"), gv_mkint(part->fen), &p->c->err);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && !rc; i++)
		if (texts[i].text.n)
			rc = gv_obj_set(&who->doc, &item, gv_str_of(texts[i].name), gv_mkstr(&who->doc, texts[i].text), &p->c->err);
	if (!rc)
		rc = gv_val_set_path(&who->doc, &who->doc.root, GV_STR("payments.-"), item, &p->c->err);
	who->paid = true;
	p->count++;
	return rc;
}

static int print_line(struct pay *p, const struct payee *who, const struct pay_part *part, struct gv_str mediation,
                      struct gv_str month)
{
	const struct { const char *name; struct gv_str text; } texts[] = {
		{ "kind", GV_STR("payment") }, { "line", gv_str_of(part->line) }, { "mediation", mediation },
		{ "mediator", gv_str_of(who->full) }, { "month", month }, { "name", gv_val_getstr(who->rec.val, "name") },
		{ "reason", part->why_not }, { "table", part->table },
	};
	struct gv_doc *d = &p->lines;
	struct gv_val row = gv_mkobj(), work;
	int rc = gv_obj_set(d, &row, GV_STR("fen"), gv_mkint(part->fen), &p->c->err);

	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && !rc; i++)
		if (texts[i].text.n)
			rc = gv_obj_set(d, &row, gv_str_of(texts[i].name), gv_mkstr(d, texts[i].text), &p->c->err);
	if (!rc && gv_cmd_has(p->c, "show-work")) {
		rc = gv_val_copy(d, &work, &part->work, &p->c->err);
		if (!rc)
			rc = gv_obj_set(d, &row, GV_STR("work"), work, &p->c->err);
	}
	return rc ? rc : gv_arr_add(d, &d->root, row, &p->c->err);
}

/* The month's limit, with all that was paid for it already. */
static int apply_cap(struct pay *p, const struct payee *who, struct pay_part *part, gv_day ended, struct gv_str month)
{
	int64_t cap, before = paid_in(who, month);
	const char *text;
	int rc = pay_cap(p->c, ended, &cap);

	if (rc || part->fen + before <= cap)
		return rc;
	part->fen = cap > before ? cap - before : 0;
	text = gv_arena_printf(&p->row.arena, _("cap_month_fen %" PRId64 ", %" PRId64 " of it for %.*s already: %" PRId64 " fen"),
	                       cap, before, (int)month.n, month.p, part->fen);
	if (!text)
		return gv_fail_nomem(&p->c->err);
	if (!part->fen)
		part->why_not = gv_str_of(text);
	return gv_arr_add(&p->row, &part->work, gv_mkstr(&p->row, gv_str_of(text)), &p->c->err);
}

static int one_part(struct pay *p, struct payee *who, struct pay_part *part)
{
	const struct gv_val *rec = &p->row.root;
	struct gv_str id = gv_val_getstr(rec, "id");
	struct gv_str day = gv_val_getstr(rec, part->line[0] == 'r' && !part->why_not.p ? "performed_on" : "ended_on");
	struct gv_str month = { day.p, 7 };
	int rc = 0;

	if (p->month && !gv_str_is(month, p->month))
		return 0;
	if (was_paid(who, id, part->line)) {
		part->fen = 0;
		part->why_not = gv_str_of(_("paid already"));
		rc = gv_arr_add(&p->row, &part->work, gv_mkstr(&p->row, part->why_not), &p->c->err);
	} else if (part->fen) {
		rc = apply_cap(p, who, part, gv_day_read(gv_val_getstr(rec, "ended_on")), month);
		if (!rc && part->fen)
			rc = record(p, who, part, id, month);
	}
	if (!rc && (part->fen || gv_cmd_has(p->c, "show-work")))
		rc = print_line(p, who, part, id, month);
	return rc;
}

/* ---- mediations ---- */

/* Who was appointed and never took it on has mediated nothing; where nobody's answer is recorded all have. */
static uint32_t count_accepted(const struct gv_val *list)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < list->n; i++)
		n += gv_val_get(&list->items[i], "accepted_on") != NULL;
	return n;
}

static int one_mediation(struct pay *p)
{
	const struct gv_val *rec = &p->row.root, *list = gv_val_items(rec, "mediators");
	uint32_t accepted = count_accepted(list);
	struct pay_part parts[2];
	struct payee *who = NULL;
	int rc = 0;

	if (gv_day_read(gv_val_getstr(rec, "ended_on")) == GV_DAY_NONE)
		return gv_fail_field(&p->c->err, GV_EDATA, "ended_on", "%s", _("missing: it has not ended"));
	for (uint32_t i = 0; i < list->n && !rc; i++) {
		if (accepted && !gv_val_get(&list->items[i], "accepted_on"))
			continue;
		rc = find_payee(p, &who, gv_val_getstr(&list->items[i], "mediator"));
		if (!rc && who)
			rc = pay_compute(p->c, &p->row, parts, rec, who->rec.val, gv_val_is_true(&list->items[i], "presiding"), accepted ? accepted : list->n);
		for (int k = 0; k < 2 && !rc && who; k++)
			rc = one_part(p, who, &parts[k]);
	}
	return rc;
}

/* Each mediation by itself: one that cannot be computed is told of, and the rest goes on. */
static int compute(struct pay *p)
{
	struct gv_cmd *c = p->c;
	struct gv_rec rec;
	struct gv_id id;
	int rc = 0;

	forget(p);
	for (uint32_t i = 0; i < p->ids.root.n && !rc; i++) {
		struct gv_str text = gv_val_str(&p->ids.root.items[i]);

		rc = gv_id_parse(&id, text, gv_schema_find(GV_STR("mediation")), gv_cmd_caseno(c), &c->err);
		if (!rc && strcmp(id.schema->kind, "mediation") != 0)
			rc = gv_fail(&c->err, GV_EDATA, _("is a %s, not a mediation"), id.schema->kind);
		if (!rc)
			rc = gv_store_get(gv_cmd_store(c), &id, &p->row, &rec, &c->err);
		if (!rc)
			rc = one_mediation(p);
		if (rc != GV_EDATA && rc != GV_ENOTFOUND)
			continue;
		gv_err_thing(&c->err, text.p, text.n);
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		p->bad++;
		rc = 0;
	}
	return rc;
}

/* Under the lock everything is computed anew: another clerk may have paid meanwhile. */
static int put_all(void *ctx, struct gv_plan *plan, struct gv_err *err)
{
	struct pay *p = ctx;
	int rc;

	p->c->failed = 0;
	rc = compute(p);
	for (size_t i = 0; i < p->n && !rc; i++) {
		struct payee *who = &p->list[i];
		struct gv_val event = gv_mkobj();

		if (!who->paid)
			continue;
		rc = gv_obj_set(&who->doc, &event, GV_STR("event"), gv_mklit("pay"), err);
		if (!rc)
			rc = gv_obj_set(&who->doc, &event, GV_STR("on"), gv_mkstr(&who->doc, gv_str_of(p->on)), err);
		if (!rc)
			rc = gv_obj_set(&who->doc, &event, GV_STR("by"), gv_mkstr(&who->doc, gv_str_of(gv_cmd_opt(p->c, "by"))), err);
		if (!rc)
			rc = gv_event_add(&who->doc, &who->doc.root, event, err);
		if (!rc)
			rc = gv_rec_check(who->rec.id.schema, &who->doc.root, gv_cmd_caseno(p->c), err);
		if (!rc)
			rc = gv_plan_put(plan, &who->rec.id, &who->base, &who->doc.root, err);
		if (rc)
			gv_err_thing(err, who->full, strlen(who->full));
	}
	snprintf(p->what, sizeof p->what, "%zu lines", p->count);
	return rc;
}

/* ---- which ---- */

static int take_ended(void *ctx, const struct gv_item *item)
{
	struct pay *p = ctx;
	int rc = gv_json_parse(&p->row, item->text, 0, NULL);

	if (rc || !gv_val_getstr(&p->row.root, "ended_on").n)
		return rc == GV_EIO ? rc : 0;
	return gv_arr_add(&p->ids, &p->ids.root, gv_mkstr(&p->ids, gv_val_getstr(&p->row.root, "id")), NULL);
}

static int add_id(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct pay *p = c->ctx;
	struct gv_id id;

	if (!gv_str_starts(text, GV_STR("{")))
		return gv_arr_add(&p->ids, &p->ids.root, gv_mkstr(&p->ids, text), &c->err);
	if (!gv_cmd_id(c, text, &id))
		return gv_arr_add(&p->ids, &p->ids.root, gv_mkstr(&p->ids, gv_str_of(id.key)), &c->err);
	c->err.line = line;
	gv_cmd_complain(c, &c->err);
	gv_err_clear(&c->err);
	return 0;
}

static int collect(struct pay *p)
{
	struct gv_scan scan = { .kind = gv_schema_find(GV_STR("mediation")) };
	int rc;

	p->ids.root = gv_mkarr();
	if (!p->c->argc) {
		rc = gv_store_scan(gv_cmd_store(p->c), &scan, take_ended, p, &p->c->err);
		return rc == GV_EIO && !p->c->err.code ? gv_fail_nomem(&p->c->err) : rc;
	}
	p->c->ctx = p;
	rc = gv_cmd_each_text(p->c, add_id, &p->c->err);
	p->c->ctx = NULL;
	return rc;
}

static int check_options(struct pay *p)
{
	struct gv_cmd *c = p->c;
	const char *by = gv_cmd_opt(c, "by");
	int64_t n;

	p->month = gv_cmd_opt(c, "month");
	p->pays = by != NULL;
	if (p->month && (strlen(p->month) != 7 || p->month[4] != '-' || !gv_str_int((struct gv_str){ p->month, 4 }, &n) ||
	                 !gv_str_int(gv_str_of(p->month + 5), &n) || n < 1 || n > 12))
		return gv_fail(&c->err, GV_EUSAGE, _("--month: \"%s\" is no month such as 2022-06"), p->month);
	if (by && !gv_str_trim(gv_str_of(by)).n)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--by: which name?"));
	if (p->pays != gv_cmd_has_reason(c))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("paying needs --by NAME, who approved, and -m REASON"));
	if (!gv_cmd_store(c) || !gv_cmd_out(c))
		return c->err.code;
	if (!gv_val_get(gv_val_get(gv_store_config(gv_cmd_store(c)), "policy"), PAY_POLICY))
		return gv_fail_field(&c->err, GV_EDATA, "policy." PAY_POLICY, "%s",
		                     _("gavel.json has no table of allowances; mediator(1) has an example"));
	gv_day_format(c->today, p->on);
	return 0;
}

static int commit(struct pay *p)
{
	struct gv_plan *plan = NULL;
	int rc = gv_plan_new(&plan, gv_cmd_store(p->c), &p->c->err);

	if (!rc)
		rc = gv_cmd_commit(p->c, plan, p->what, put_all, p, NULL);
	gv_plan_free(plan);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct pay p = { .c = c };
	int rc = check_options(&p);

	if (!rc)
		rc = collect(&p);
	if (!rc)
		rc = p.pays ? commit(&p) : compute(&p);
	for (uint32_t i = 0; i < p.lines.root.n && !rc && !(p.pays && gv_cmd_has(c, "dry-run")); i++)
		rc = gv_out_rec(c->out, &p.lines.root.items[i], &c->err);
	c->done += p.ids.root.n - p.bad;
	forget(&p);
	gv_doc_free(&p.lines);
	gv_doc_free(&p.ids);
	gv_doc_free(&p.row);
	return rc;
}

const struct gv_cmd_spec mediator_pay = {
	.name = "pay", .summary = N_("what mediators get for mediations that ended, by the court's own table; --by pays it"),
	.usage = N_("[MEDIATION...]   (- takes ids from standard input; none: all that ended)"), .operands = "id", .opts = opts,
	.kind = "mediator", .fields = "month,mediator,name,mediation,line,fen,reason",
	.common = GV_C_WRITE | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
