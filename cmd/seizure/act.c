/* SPDX-License-Identifier: MIT */
/* seizure serve, renew, release, convert, value: one event of a seizure or an asset, judged before it is written. */
#include <string.h>

#include "seizure.h"

#define ON { 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") }

static const struct gv_opt opts[] = { ON, { 0 } };
static const struct gv_opt release_opts[] = {
	ON,
	{ 0, "part", NULL, N_("a part of it: sum_fen=FEN or units=N; the rest stays as it is") },
	{ 0 }
};

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

struct act {
	const char *event;
	const char *field;         /* of the record, that takes the time; NULL: none */
	const char *states;        /* NULL: those of the state machine, which the event moves */
	struct gv_basis basis;     /* of `states` */
	const char *const *own;    /* fields of the record that it may set */
	const char *const *before; /* what it follows */
	enum seizure_how how;
	bool effect;               /* the field depends on what is seized: served_at, or published_at of equity */
};

struct work {
	const struct act *act;
	char on[GV_ON_MAX];
	struct gv_assignments all, event, record;
};

static int is_equity(struct gv_amend *a, bool *yes)
{
	struct gv_doc doc = GV_DOC_INIT;
	const struct gv_val *asset;
	int rc = gv_cmd_get(a->c, gv_val_getstr(&a->doc.root, "asset"), "asset", &doc, &asset);

	*yes = !rc && gv_str_is(gv_val_getstr(asset, "type"), "equity");
	gv_doc_free(&doc);
	return rc;
}

/* The time of the act, in its field, unless that was typed. */
static int set_time(struct gv_amend *a, const struct work *w, const char *field)
{
	if (gv_assignments_find(&w->record, field))
		return 0;
	if (strcmp(field, "published_at") == 0 && gv_assignments_find(&w->record, "served_at"))
		return gv_fail_field(&a->c->err, GV_EDATA, field, "%s", _("missing: the effect on equity begins when it is published (SZ-02)"));
	return gv_obj_set(&a->doc, &a->doc.root, gv_str_of(field), gv_mkstr(&a->doc, gv_str_of(w->on)), &a->c->err);
}

/* A price is fixed on the day of the act, if nobody says otherwise; one that is there keeps its day when the rest is told. */
static int date_price(struct gv_amend *a, const struct work *w)
{
	const struct gv_val *price = gv_val_get(&a->doc.root, "price");
	bool fixes = gv_assignments_find(&w->record, "price.fen") || gv_assignments_find(&w->record, "price.method") ||
	             (gv_assignments_find(&w->record, "price.valid_until") && !gv_val_get(price, "on"));
	struct gv_val day = gv_mkstr(&a->doc, (struct gv_str){ w->on, GV_DATE_LEN });

	if (!fixes || gv_assignments_find(&w->record, "price.on"))
		return 0;
	return gv_val_set_path(&a->doc, &a->doc.root, GV_STR("price.on"), day, &a->c->err);
}

/* What is typed is not read yet; what is no number is told when the event is written. */
static int check_part(struct gv_amend *a, const struct work *w)
{
	static const char *const fields[] = { "events.-.sum_fen", "events.-.units" };
	enum { PREFIX = sizeof "events.-." - 1 };
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_val event = gv_mkobj(), v;
	const struct gv_val *asset;
	int rc = gv_cmd_get(a->c, gv_val_getstr(&a->doc.root, "asset"), "asset", &doc, &asset);

	for (size_t i = 0; i < 2 && !rc; i++) {
		const struct gv_assignment *typed = gv_assignments_find(&w->event, fields[i] + PREFIX);

		if (!typed)
			continue;
		if (gv_schema_value(gv_cmd_schema(a->c), &a->doc, gv_str_of(fields[i]), gv_buf_str(&typed->value), &v, &a->c->err))
			gv_err_clear(&a->c->err);
		else
			rc = gv_obj_set(&a->doc, &event, gv_str_of(fields[i] + PREFIX), v, &a->c->err);
	}
	if (!rc)
		rc = seizure_guard_part(a->c, &a->doc.root, asset, &event);
	gv_doc_free(&doc);
	return rc;
}

/* Before anything is altered. */
static int check_act(struct gv_amend *a, const struct work *w)
{
	const struct act *act = w->act;
	const struct gv_assignment *until = gv_assignments_find(&w->event, "until");
	int rc = act->states ? seizure_guard_state(a->c, &a->doc.root, act->event, act->states, &act->basis) : 0;

	if (!rc && act->states && until)
		rc = seizure_guard_renewal(a->c, &a->doc.root, gv_buf_str(&until->value));
	if (!rc && strcmp(act->event, "release-part") == 0)
		rc = check_part(a, w);
	return rc;
}

static int alter_seizure(struct gv_amend *a)
{
	struct work *w = a->work;
	const struct act *act = w->act;
	const char *field = act->field;
	struct gv_val *rec = &a->doc.root;
	bool equity = false;
	int rc = check_act(a, w);

	if (!rc)
		rc = act->effect ? is_equity(a, &equity) : 0;
	if (equity)
		field = "published_at";
	if (!rc)
		rc = gv_amend_event(a, act->event, w->on, &w->event);
	if (!rc && field)
		rc = set_time(a, w, field);
	if (!rc)
		rc = gv_assignments_apply(&w->record, a->c, gv_cmd_schema(a->c), &a->doc, rec);
	if (!rc)
		rc = seizure_guard_past(a->c, rec, &w->record);
	if (!rc)
		rc = seizure_guard_after(a->c, rec, field ? field : "on", field ? gv_val_getstr(rec, field) : gv_str_of(w->on), act->before);
	if (!rc)
		rc = seizure_guard_log(a->c, rec, act->event, w->on);
	return rc ? rc : seizure_judge_ranked(a->c, &a->doc, rec, act->how);
}

static int alter_asset(struct gv_amend *a)
{
	struct work *w = a->work;
	int rc = gv_amend_event(a, w->act->event, w->on, &w->event);

	if (!rc)
		rc = gv_assignments_apply(&w->record, a->c, gv_cmd_schema(a->c), &a->doc, &a->doc.root);
	if (!rc)
		rc = date_price(a, w);
	if (!rc)
		rc = seizure_guard_past(a->c, &a->doc.root, NULL);
	return rc ? rc : seizure_judge(a->c, "asset", &a->doc.root, w->act->how, NULL);
}

static int alter(struct gv_amend *a)
{
	const struct gv_schema *s = gv_cmd_schema(a->c);

	if (a->rec.id.schema != s)
		return gv_fail(&a->c->err, GV_EDATA, _("is a %s, not a %s"), a->rec.id.schema->kind, s->kind);
	return strcmp(s->kind, "asset") == 0 ? alter_asset(a) : alter_seizure(a);
}

/* ---- what is typed ---- */

/* Of a renewal `until` is the event's; else it is the term that begins. */
static void term_to_record(struct work *w)
{
	for (size_t i = 0; i < w->event.n && strcmp(w->act->event, "renew") != 0; i++) {
		struct gv_assignment one = w->event.list[i];

		if (strcmp(one.field.p, "until") != 0)
			continue;
		memmove(&w->event.list[i], &w->event.list[i + 1], (w->event.n - i - 1) * sizeof one);
		w->event.list[w->event.n - 1] = one;
		w->record = (struct gv_assignments){ w->record.list - 1, w->record.n + 1 };
		w->event.n--;
		return;
	}
}

/* An act sets what belongs to it: a slip must not change what is seized. */
static int check_own(struct gv_cmd *c, const struct work *w)
{
	struct gv_buf words = GV_BUF_INIT(4096);
	const char *const *own = w->act->own;
	int rc = 0;

	for (size_t i = 0; own[i]; i++)
		gv_buf_addf(&words, "%s%s", i ? ", " : "", own[i]);
	rc = gv_buf_check(&words, &c->err);
	for (size_t i = 0; i < w->record.n && !rc; i++) {
		const char *field = w->record.list[i].field.p;
		size_t n = strcspn(field, "."), k = 0;

		while (own[k] && (strlen(own[k]) != n || strncmp(own[k], field, n) != 0))
			k++;
		if (!own[k])
			rc = gv_fail(&c->err, GV_EUSAGE, _("%s: %s does not change it, case-file set does; it takes %s"), field, c->spec->name, words.p);
	}
	gv_buf_free(&words);
	return rc;
}

/* Of a part the ground is the event's, so that the record tells why all of it is released. */
static int take_ground(struct gv_cmd *c, struct work *w, bool part)
{
	const struct gv_assignment *ground = gv_assignments_find(&w->all, "release_ground");
	int rc;

	if (!ground || ground->remove)
		return gv_cmd_needs(c, c->spec->name, "release_ground", gv_schema_at(gv_cmd_schema(c), GV_STR("release_ground")));
	if (!part)
		return 0;
	if (!gv_assignments_find(&w->all, "sum_fen") && !gv_assignments_find(&w->all, "units"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--part needs sum_fen=FEN or units=N"));
	rc = gv_cmd_check_word(c, "release_ground", ground->value.p, "release_ground");
	for (size_t i = 0; i < w->all.n && !rc; i++) {
		struct gv_buf *field = &w->all.list[i].field;

		if (!gv_str_is(gv_buf_str(field), "release_ground"))
			continue;
		gv_buf_reset(field);
		gv_buf_adds(field, "ground");
		rc = gv_buf_check(field, &c->err);
	}
	return rc;
}

static int run_act(struct gv_cmd *c, const struct act *act)
{
	struct work w = { .act = act };
	bool releases = strcmp(act->event, "release") == 0 || strcmp(act->event, "release-part") == 0;
	int rc;

	if (c->argc < 1)
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s ID [FIELD=VALUE...]"), c->name);
	rc = gv_cmd_on_done(c, w.on);
	if (!rc)
		rc = gv_assignments_read(&w.all, c, c->argv + 1, c->argc - 1);
	if (!rc && releases)
		rc = take_ground(c, &w, strcmp(act->event, "release-part") == 0);
	if (!rc) {
		gv_assignments_split(&w.all, gv_cmd_schema(c), act->event, &w.event, &w.record);
		term_to_record(&w);
		rc = gv_amend_needs(c, gv_cmd_schema(c), act->event, &w.event, c->spec->name);
	}
	if (!rc)
		rc = check_own(c, &w);
	if (!rc)
		rc = gv_amend_run(c, alter, &w, act->event);
	gv_assignments_free(&w.all);
	return rc;
}

/* ---- the acts ---- */

#define SEAL "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定", "法释〔2004〕15号"
#define CIVIL "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2022〕11号"
#define EFFECT "ruled_on", "served_at", "published_at", "converted_at"
#define SERVICE "served_at", "published_at", "until", "assistance_on", "company_told_on", "registered_at", "land_registered_at", "noticed_on", "effective_at", \
	"parties_told_on", "authority_told_on", "expiry_told_on", "investigators_from", "investigators_until", "custodian", "use_allowed", \
	"use_lowers_value", "inventory"
#define RELEASE "released_at", "release_ground", "release_asked_on", "release_ruled_on", "release_urgent", "release_notice_on", "creditor_agreed", \
	"security_on", "security_sufficient"
#define PRICES "price", "value_fen", "close_fen", "balance_fen", "income_fen", "excess_fen"

static int run_serve(struct gv_cmd *c)
{
	return run_act(c, &(struct act){ .event = "take-effect", .field = "served_at", .effect = true, .own = NAMES(SERVICE),
	                                 .before = NAMES("ruled_on"), .how = SEIZURE_BEGINS });
}

static int run_renew(struct gv_cmd *c)
{
	return run_act(c, &(struct act){ .event = "renew", .states = "effective", .basis = { CIVIL, "485" }, .own = NAMES("until", "expiry_told_on"),
	                                 .before = NAMES(EFFECT), .how = SEIZURE_GOES_ON });
}

static int run_release(struct gv_cmd *c)
{
	static const struct gv_basis basis = { SEAL, "28" };

	if (gv_cmd_has(c, "part"))
		return run_act(c, &(struct act){ .event = "release-part", .states = "ordered, effective, waiting", .basis = basis,
		                                 .own = NAMES("release_ground", "sum_fen", "units"), .before = NAMES(EFFECT), .how = SEIZURE_MENDS });
	return run_act(c, &(struct act){ .event = "release", .field = "released_at", .own = NAMES(RELEASE), .before = NAMES(EFFECT), .how = SEIZURE_MENDS });
}

static int run_convert(struct gv_cmd *c)
{
	return run_act(c, &(struct act){ .event = "convert", .field = "converted_at", .own = NAMES("converted_at", "until", "effective_at", "expiry_told_on"),
	                                 .before = NAMES(EFFECT, "registered_at"), .how = SEIZURE_GOES_ON });
}

static int run_value(struct gv_cmd *c)
{
	return run_act(c, &(struct act){ .event = "value", .own = NAMES(PRICES), .how = SEIZURE_MENDS });
}

#define ACT(symbol, of, options, text, words) \
	const struct gv_cmd_spec seizure_##symbol = { \
		.name = #symbol, .summary = (text), .usage = (words), .operands = "id", .opts = (options), .kind = (of), \
		.common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run_##symbol, \
	};

ACT(serve, "seizure", opts, N_("the notice was served, or equity published: the effect begins"), N_("ID|- [until=DATE] [FIELD=VALUE...]"))
ACT(renew, "seizure", opts, N_("renew a seizure before it ends"), N_("ID|- until=DATE"))
ACT(release, "seizure", release_opts, N_("release a seizure, or a part of it, with the ground"), N_("ID|- release_ground=GROUND [--part sum_fen=FEN|units=N]"))
ACT(convert, "seizure", opts, N_("a waiting seizure takes effect"), N_("ID|- [until=DATE]"))
ACT(value, "asset", opts, N_("the value of an asset, or its reference price"), N_("ID|- price.fen=FEN price.method=METHOD price.valid_until=DATE"))
