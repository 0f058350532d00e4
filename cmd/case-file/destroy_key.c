/* SPDX-License-Identifier: MIT */
/* case-file destroy-key: what the law orders erased cannot be read by anybody any more. */
#include <string.h>

#include "gitconf.h"
#include "sealing.h"

static const struct gv_opt opts[] = {
	{ 'C', "docket", "DIR", N_("the docket; else GAVEL_DOCKET, else upwards from here"), .complete = "dir" },
	{ 'm', "reason", "TEXT", N_("why: kept in the place of the key") },
	{ 0, "subject", "NAME", N_("all keys of this subject") },
	{ 0, "yes", NULL, N_("do it: nothing brings the values back") },
	{ 0 }
};

enum { SHOWN = 20 };

struct work {
	struct gv_cmd *c;
	struct gv_keys *keys;
	struct gv_str subject;
	struct gv_buf ids;       /* of keys, one a line */
	struct gv_buf named;     /* ids of records */
	size_t records;          /* that this key is in */
};

static int of_subject(void *ctx, const struct gv_val *key)
{
	struct work *w = ctx;

	if (gv_str_eq(gv_val_getstr(key, "subject"), w->subject)) {
		gv_buf_addstr(&w->ids, gv_val_getstr(key, "id"));
		gv_buf_addc(&w->ids, '\n');
	}
	return 0;
}

/* Who the subject was is gone with the secret: of a key whose end was cut short only the id leads to it. */
static int find_half(struct work *w)
{
	char id[GV_KEYID_LEN + 1];
	int rc = gv_keys_find(w->keys, w->subject, id, &w->c->err);

	if (!rc)
		gv_buf_addf(&w->ids, "%s\n", id);
	return rc ? rc : gv_buf_check(&w->ids, &w->c->err);
}

/* Keys that came from another folder have other ids for the same subject: all of them are meant. */
static int find_keys(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_str id;
	int rc;

	if (!w->subject.p) {
		id = gv_str_of(c->argv[0]);
		if (!gv_keyid_is(id))
			return gv_fail(&c->err, GV_EUSAGE, _("\"%s\" is no id of a key: case-file keys lists them"), c->argv[0]);
		gv_buf_addf(&w->ids, "%s\n", c->argv[0]);
		return gv_buf_check(&w->ids, &c->err);
	}
	rc = gv_keys_each(w->keys, of_subject, w, &c->err);
	if (!rc)
		rc = gv_buf_check(&w->ids, &c->err);
	if (!rc && !w->ids.n)
		rc = find_half(w);
	return rc;
}

static void name_record(void *ctx, struct gv_str id)
{
	struct work *w = ctx;

	w->records++;
	if (w->records <= SHOWN)
		gv_buf_addf(&w->named, ", %.*s", (int)id.n, id.p);
	else if (w->records == SHOWN + 1)
		gv_buf_adds(&w->named, " ...");
}

static int who(struct gv_buf *out, struct gv_store *store, struct gv_err *err)
{
	int rc = gv_gitconf_person(gv_store_dir(store), true, out, err);
	const char *end = rc ? NULL : strrchr(out->p, '>');

	if (end)
		out->n = (size_t)(end + 1 - out->p); /* without the time */
	if (out->p)
		out->p[out->n] = '\0';
	return rc;
}

static int destroy_one(struct work *w, struct gv_str id, const struct gv_key_end *end)
{
	struct gv_cmd *c = w->c;
	char key[GV_KEYID_LEN + 1];
	enum gv_key_state state;
	size_t n;
	int rc = gv_keys_look(w->keys, id, &state, &c->err);

	memcpy(key, id.p, GV_KEYID_LEN);
	key[GV_KEYID_LEN] = '\0';
	w->records = 0;
	gv_buf_reset(&w->named);
	if (!rc && state == GV_KEY_HERE)
		rc = key_usage(c, key, &n, name_record, w);
	if (!rc && state == GV_KEY_HERE && !gv_cmd_has(c, "yes"))
		rc = gv_fail(&c->err, GV_EUSAGE, _("nothing brings back what key %s seals (records: %zu%s): --yes does it"), key, n,
		             gv_buf_str(&w->named).p);
	if (!rc)
		rc = gv_keys_destroy(w->keys, id, end, &c->err);
	if (!rc)
		gv_cmd_note(c, _("key %s destroyed; records that name it: %zu%s"), key, w->records, gv_buf_str(&w->named).p);
	return rc;
}

static int destroy(struct work *w, struct gv_store *store)
{
	struct gv_cmd *c = w->c;
	struct gv_buf by = GV_BUF_INIT(4096);
	char today[GV_DATE_LEN + 1];
	struct gv_key_end end = { .on = today, .reason = gv_cmd_opt(c, "reason") };
	int rc = who(&by, store, &c->err);

	gv_day_format(c->today, today);
	end.by = by.p;
	if (!rc)
		rc = find_keys(w);
	for (size_t at = 0; at < w->ids.n && !rc; at += GV_KEYID_LEN + 1)
		rc = destroy_one(w, (struct gv_str){ w->ids.p + at, GV_KEYID_LEN }, &end);
	gv_buf_free(&by);
	return rc;
}

static int run(struct gv_cmd *c)
{
	const char *subject = gv_cmd_opt(c, "subject"), *reason = gv_cmd_opt(c, "reason");
	struct work w = { .c = c, .ids = GV_BUF_INIT(GV_MIB), .named = GV_BUF_INIT(GV_MIB) };
	struct gv_store *store;
	struct gv_err why;
	int rc;

	if ((c->argc == 1) == (subject != NULL) || c->argc > 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which key?  case-file destroy-key KEY, or --subject NAME"));
	if (!gv_cmd_has_reason(c))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("why?  -m REASON is kept in the place of the key"));
	if (gv_json_check_string(gv_str_of(reason), &why))
		return gv_fail(&c->err, GV_EUSAGE, "-m: %s", why.msg);
	store = gv_cmd_store(c);
	if (!store)
		return c->err.code;
	w.subject = gv_str_of(subject);
	rc = gv_store_keys(store, &w.keys, &c->err);
	if (!rc)
		rc = destroy(&w, store);
	gv_buf_free(&w.ids);
	gv_buf_free(&w.named);
	return rc;
}

const struct gv_cmd_spec case_file_destroy_key = {
	.name = "destroy-key", .summary = N_("destroy a key, and with it every value that it seals, everywhere and for good"),
	.usage = N_("KEY -m REASON --yes   (or --subject NAME)"), .opts = opts,
	.common = GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
