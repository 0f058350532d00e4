/* SPDX-License-Identifier: MIT */
/* release_told: what is told of cases and not a document of one: a typical case, a report, on its way to the public docket under its own
 * number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "public.h"
#include "release.h"

static bool is_report(const struct release_told *r)
{
	return gv_str_is(gv_val_getstr(r->rec, "kind"), "report");
}

static int check_people(struct release_told *r)
{
	struct gv_err *err = &r->c->err;
	const char *field, *as;
	struct gv_str name;

	if (gv_publication_three(r->rec, &field, &as))
		return 0;
	if (!as)
		return gv_fail_field(err, GV_EDATA, field, "%s", _("is missing: a typical case is edited, reviewed and let go by three people"));
	name = gv_val_getstr(r->rec, field);
	return gv_fail_field(err, GV_EDATA, field, _("%.*s is the %s, too: a typical case is edited, reviewed and let go by three people"), (int)name.n, name.p, as);
}

/* It says something (CASE-15). */
static int check_parts(struct release_told *r)
{
	static const char *const parts[] = { "gist", "facts", "result", "reasons" };

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (gv_val_getstr(r->rec, parts[i]).n)
			return 0;
	return gv_fail_field(&r->c->err, GV_EDATA, "gist", "%s", _("is missing, as are facts, result and reasons: it tells nothing"));
}

/* The judgment has effect, and no paper of the case is kept from the public.  Of a case that another court's docket has, nothing is
 * known here. */
static int check_may(struct release_told *r)
{
	struct gv_publication_effect e;
	struct gv_str ground = r->told.ground;

	if (!r->kase)
		return 0;
	if (ground.n)
		return gv_fail_field(&r->c->err, GV_EDATA, "case", _("a document of it is kept from the public (%.*s): what is told of it must not lead there"), (int)ground.n, ground.p);
	e = gv_publication_effective(&r->told.p, NULL);
	if (e.day != GV_DAY_NONE && e.day <= r->c->today)
		return 0;
	if (e.day == GV_DAY_NONE)
		return gv_fail_field(&r->c->err, GV_EDATA, "case", _("nothing shows that the judgment has effect: %s missing"), e.lacks);
	return gv_fail_field(&r->c->err, GV_EDATA, "case", _("the judgment has effect from %s on"), gv_publication_date(e.day).s);
}

/* As a page can link to. */
static int check_links(struct release_told *r)
{
	const struct gv_val *laws = gv_val_items(r->rec, "laws");
	char field[64];

	for (uint32_t i = 0; i < laws->n; i++) {
		struct gv_str url = gv_val_getstr(&laws->items[i], "url");

		snprintf(field, sizeof field, "laws.%u.url", i);
		if (url.n && !gv_str_starts(url, GV_STR("https://")) && !gv_str_starts(url, GV_STR("http://")))
			return gv_fail_field(&r->c->err, GV_EDATA, field, "%s", _("is no address that begins with http:// or https://"));
	}
	return 0;
}

/* Anybody can make them again. */
static int check_figures(struct release_told *r)
{
	const struct gv_val *list = gv_val_items(r->rec, "figures");
	char field[64];

	for (uint32_t i = 0; i < list->n; i++) {
		snprintf(field, sizeof field, "figures.%u.command", i);
		if (!gv_val_getstr(&list->items[i], "command").n)
			return gv_fail_field(&r->c->err, GV_EDATA, field, "%s", _("is missing: a figure comes with the command that made it"));
	}
	return 0;
}

/* The documents that it shows are there to be read. */
static int check_documents(struct release_told *r)
{
	const struct gv_val *list = gv_val_items(r->rec, "documents");
	struct gv_str prefix = GV_STR("document:");
	int rc = 0;

	for (uint32_t i = 0; i < list->n && !rc; i++) {
		struct gv_str id = gv_val_str(&list->items[i]);
		const struct gv_val *there = NULL;
		char key[GV_KEY_MAX];

		snprintf(key, sizeof key, "%.*s", gv_str_starts(id, prefix) ? (int)(id.n - prefix.n) : (int)id.n, gv_str_starts(id, prefix) ? id.p + prefix.n : id.p);
		rc = release_docket_get(r->docket, "document", key, &there);
		if (!rc && (!there || !gv_public_is_out(gv_val_getstr(there, "state"))))
			rc = gv_fail_field(&r->c->err, GV_EDATA, "documents", _("%s is not published there"), key);
	}
	return rc;
}

struct words {
	struct release_told *r;
	struct release_names hidden;
	const char *field;           /* at hand */
};

/* Every word of it, what a link hides too: no number, no name of the case's people. */
static int check_word(void *ctx, struct gv_str text)
{
	static const struct release_names none = { 0 };
	struct words *w = ctx;
	int rc = release_text_check(w->r->text, w->r->rec, w->r->kase, text, w->field);

	return rc ? rc : release_check_names(&w->hidden, &none, text, w->field, &w->r->c->err);
}

static int check_all_words(struct release_told *r, const struct gv_val *out)
{
	struct words w = { .r = r };
	struct gv_err *err = &r->c->err;
	int rc = release_names_of_case(&w.hidden, r->rec, r->kase, err);

	for (uint32_t i = 0; i < out->n && !rc; i++) {
		w.field = out->members[i].name.p;
		rc = publish_each_word(&out->members[i].val, check_word, &w, err);
	}
	if (!rc)
		rc = release_check_names(&w.hidden, &(struct release_names){ 0 }, gv_buf_str(&r->docket->persons), "user.name", err);
	free(w.hidden.list);
	return rc;
}

static int set(struct release_told *r, struct gv_val *out, const char *field, struct gv_str text)
{
	return text.n ? gv_obj_set(r->d, out, gv_str_of(field), gv_mkstr(r->d, text), &r->c->err) : 0;
}

static int begin(struct release_told *r, struct gv_val *out, const char *state)
{
	int rc;

	*out = gv_mkobj();
	rc = set(r, out, "kind", gv_val_getstr(r->rec, "kind"));
	if (!rc)
		rc = set(r, out, "id", gv_val_getstr(r->rec, "id"));
	if (!rc)
		rc = set(r, out, "state", gv_str_of(state));
	return rc ? rc : set(r, out, "court", gv_val_getstr(r->rec, "court"));
}

static int make_released(struct release_told *r, struct gv_val *out)
{
	const char *const *field = gv_public_fields(gv_val_getstr(r->rec, "kind"), GV_STR("released"));
	struct gv_str published = gv_val_getstr(r->was, "published_on"), state = gv_val_getstr(r->was, "state");
	bool is_out = gv_str_is(state, "released") && published.n;
	int rc = begin(r, out, "released");

	for (; *field && !rc; field++) {
		const struct gv_val *v = gv_val_get(r->rec, *field);
		struct gv_val copy;

		rc = v ? gv_val_copy(r->d, &copy, v, &r->c->err) : 0;
		if (v && !rc)
			rc = gv_obj_set(r->d, out, gv_str_of(*field), copy, &r->c->err);
	}
	if (!rc)
		rc = set(r, out, "published_on", is_out ? published : (struct gv_str){ r->on, GV_DATE_LEN });
	return rc ? rc : release_add_event(r->d, r->was, out, is_out ? NULL : "release", r->on, &r->c->err);
}

/* Its title goes too: it may be what is wrong with it. */
static int make_withdrawn(struct release_told *r, struct gv_str reason, struct gv_val *out)
{
	int rc = begin(r, out, "withdrawn");

	if (!rc)
		rc = set(r, out, "title", is_report(r) ? GV_STR("已撤回的报告") : GV_STR("已撤回的典型案例"));
	return rc ? rc : release_set_withdrawn(r->d, r->was, out, reason, r->on, &r->c->err);
}

int release_told_check(struct release_told *r)
{
	int rc = is_report(r) ? check_figures(r) : check_people(r);

	if (!rc && !is_report(r))
		rc = check_parts(r);
	if (!rc)
		rc = check_links(r);
	if (!rc)
		rc = check_may(r);
	return rc ? rc : check_documents(r);
}

int release_told_make(struct release_told *r, struct gv_val *out, const char **event)
{
	struct gv_str state = gv_val_getstr(r->rec, "state");
	int rc;

	*event = gv_str_is(state, is_report(r) ? "draft" : "reviewed") ? "release" : NULL;
	if (!*event && !gv_str_is(state, "released"))
		return gv_fail_field(&r->c->err, GV_EDATA, "state", _("release is not possible in state %s"), state.p);
	rc = make_released(r, out);
	return rc ? rc : check_all_words(r, out);
}

int release_told_withdraw(struct release_told *r, struct gv_str reason, struct gv_val *out, const char **event)
{
	struct gv_str state = gv_val_getstr(r->rec, "state");
	int rc;

	*event = "withdraw";
	if (!r->was)
		return gv_fail(&r->c->err, GV_EDATA, "%s", _("the public docket has nothing of it"));
	if (!gv_str_is(state, "released"))
		return gv_fail_field(&r->c->err, GV_EDATA, "state", _("withdraw is not possible in state %s"), state.p);
	rc = gv_json_check_string(reason, &r->c->err);
	if (!rc)
		rc = make_withdrawn(r, reason, out);
	return rc ? rc : check_all_words(r, out);
}
