/* SPDX-License-Identifier: MIT */
/*
 * What is sealed on the way into a docket: fields that the policy names, and fields that were sealed before.  The one
 * place that all commands that write records go through.
 */
#include <stdlib.h>

#include "i18n.h"
#include "policy.h"
#include "store_plan.h"

#define POLICY "sealed_fields"

/* A sensitive value of the record that the new one was made from. */
struct before {
	struct gv_str field, place;
	const struct gv_val *val;
};

struct sealing {
	struct gv_plan *p;
	struct gv_keys *keys;
	const struct gv_id *id;
	const struct gv_val *policy;   /* list of "KIND:FIELD"; NULL: none */
	struct gv_doc old;
	struct before *before;
	size_t n, room;
	bool changed;
	struct gv_err *err;
};

int gv_store_keys(struct gv_store *s, struct gv_keys **keys, struct gv_err *err)
{
	int rc = s->keys ? 0 : gv_keys_open(&s->keys, s->gitdir, err);

	*keys = s->keys;
	return rc;
}

/* ---- policy ---- */

static int wrong_policy(struct gv_str item, struct gv_err *err)
{
	gv_fail_field(err, GV_EDATA, "policy." POLICY, _("\"%.*s\" is no field that may be sealed: KIND:FIELD, as in \"%s\""),
	              (int)item.n, item.n ? item.p : "", "case:parties[].id_no");
	gv_err_thing(err, GV_STORE_CONFIG, sizeof GV_STORE_CONFIG - 1);
	return GV_EDATA;
}

/* A name misspelt would leave values in plain for years: no record is written then. */
static int check_item(const struct gv_val *item, struct gv_err *err)
{
	struct gv_str text = gv_val_str(item);
	const char *colon = text.n ? memchr(text.p, ':', text.n) : NULL;
	const struct gv_schema *s;
	const struct gv_node *n;
	struct gv_str field;

	if (!colon)
		return wrong_policy(text, err);
	s = gv_schema_find((struct gv_str){ text.p, (size_t)(colon - text.p) });
	field = (struct gv_str){ colon + 1, text.n - (size_t)(colon + 1 - text.p) };
	n = s && field.n ? gv_schema_at(s, field) : NULL;
	return n && n->sensitive ? 0 : wrong_policy(text, err);
}

static int check_list(const struct gv_val *list, struct gv_err *err)
{
	int rc = 0;

	if (list->type != GV_ARRAY)
		return wrong_policy(gv_val_str(list), err);
	for (uint32_t i = 0; i < list->n && !rc; i++)
		rc = check_item(&list->items[i], err);
	return rc;
}

int gv_store_sealed_fields(struct gv_store *s, const struct gv_val **list, struct gv_err *err)
{
	int rc = gv_policy_get(list, &s->config.root, POLICY, gv_store_today(), err);

	return rc || !*list ? rc : check_list(*list, err);
}

int gv_seal_policy_check(const struct gv_val *config, struct gv_err *err)
{
	const struct gv_val *list = gv_val_get(gv_val_get(config, "policy"), POLICY), *any;
	int rc = gv_policy_get(&any, config, POLICY, gv_store_today(), err);

	for (uint32_t i = 0; !rc && list && i < list->n; i++)
		rc = check_list(gv_val_get(&list->items[i], "value"), err);
	return rc;
}

bool gv_seal_policy_names(const struct gv_val *list, const char *kind, struct gv_str shape)
{
	size_t n = strlen(kind);

	for (uint32_t i = 0; list && i < list->n; i++) {
		struct gv_str item = gv_val_str(&list->items[i]);

		if (item.n == n + 1 + shape.n && memcmp(item.p, kind, n) == 0 && item.p[n] == ':' &&
		    memcmp(item.p + n + 1, shape.p, shape.n) == 0)
			return true;
	}
	return false;
}

/* ---- what was there ---- */

static int note_before(void *ctx, const struct gv_sealable *v)
{
	struct sealing *s = ctx;
	struct before *b;

	if (s->n == s->room) {
		size_t room = s->room ? s->room * 2 : 16;
		struct before *p = realloc(s->before, room * sizeof *p);

		if (!p)
			return gv_fail_nomem(s->err);
		s->before = p;
		s->room = room;
	}
	b = &s->before[s->n];
	b->val = v->val;
	b->field = gv_arena_copy(&s->old.arena, v->field);
	b->place = gv_arena_copy(&s->old.arena, v->place);
	if (!b->field.p || !b->place.p)
		return gv_fail_nomem(s->err);
	s->n++;
	return 0;
}

static bool was_sealed(const struct sealing *s, struct gv_str field)
{
	for (size_t i = 0; i < s->n; i++)
		if (gv_val_is_sealed(s->before[i].val) && gv_str_eq(s->before[i].field, field))
			return true;
	return false;
}

/* The same value at the same field, of whichever item of a list. */
static bool stood_there(const struct sealing *s, const struct gv_sealable *v)
{
	for (size_t i = 0; i < s->n; i++)
		if (gv_str_eq(s->before[i].field, v->field) && gv_val_eq(s->before[i].val, v->val))
			return true;
	return false;
}

/* ---- one value ---- */

static int fail_at(const struct sealing *s, const struct gv_sealable *v, int rc)
{
	if (rc && !s->err->thing[0] && !s->err->field[0])
		gv_err_field_prefix(s->err, v->place.p);
	return rc;
}

static int cannot_change(struct gv_err *err, struct gv_str key, enum gv_key_state state, const char *folder)
{
	return state == GV_KEY_DESTROYED
	               ? gv_fail(err, GV_EDATA, _("is sealed, and its key %.*s was destroyed: no new value can be sealed with it"),
	                         (int)key.n, key.p)
	               : gv_fail(err, GV_EDATA, _("is sealed, and its key %.*s is not in %s: only who holds it can change the value"),
	                         (int)key.n, key.p, folder);
}

/* The value is as it was: then it keeps its sealed form, byte for byte. */
static int keep_sealed(struct sealing *s, const struct gv_sealable *v, bool *kept)
{
	struct gv_doc *d = &s->p->sealed;
	int rc = 0;

	*kept = false;
	for (size_t i = 0; i < s->n && !rc && !*kept; i++) {
		const struct gv_val *old = s->before[i].val;
		enum gv_key_state state;

		if (!gv_val_is_sealed(old) || !gv_str_eq(s->before[i].field, v->field))
			continue;
		rc = gv_keys_look(s->keys, gv_val_getstr(old, "key"), &state, s->err);
		if (!rc && state == GV_KEY_HERE)
			rc = gv_seal_equal(s->keys, old, v->val, kept, s->err);
		if (!rc && *kept)
			rc = gv_val_copy(d, v->val, old, s->err);
	}
	return rc;
}

/* The key of what stood in this place; of a new item the record's own, but not for those who lack a key that its
 * neighbours have: they would make a second one that nobody knows of. */
static int choose_key(struct sealing *s, const struct gv_sealable *v, char key[GV_KEYID_LEN + 1])
{
	struct gv_buf subject = GV_BUF_INIT(GV_SUBJECT_MAX);
	char today[GV_DATE_LEN + 1];
	int rc = 0;

	for (size_t i = 0; i < s->n && !rc; i++) {
		struct gv_str was = gv_val_getstr(s->before[i].val, "key");
		bool same_place = gv_str_eq(s->before[i].place, v->place);
		enum gv_key_state state;

		if (!gv_val_is_sealed(s->before[i].val) || !gv_str_eq(s->before[i].field, v->field))
			continue;
		rc = gv_keys_look(s->keys, was, &state, s->err);
		if (!rc && (state == GV_KEY_ABSENT || (same_place && state == GV_KEY_DESTROYED)))
			rc = cannot_change(s->err, was, state, gv_keys_folder(s->keys));
		if (!rc && same_place) {
			memcpy(key, was.p, GV_KEYID_LEN);
			key[GV_KEYID_LEN] = '\0';
			return 0;
		}
	}
	if (rc)
		return rc;
	gv_day_format(gv_store_today(), today);
	gv_id_format(s->id, false, &subject);
	rc = gv_buf_check(&subject, s->err);
	if (!rc)
		rc = gv_keys_need(s->keys, gv_buf_str(&subject), today, key, s->err);
	gv_buf_free(&subject);
	return rc;
}

static int seal_value(struct sealing *s, const struct gv_sealable *v)
{
	struct gv_seal_at at = { gv_str_of(s->id->schema->kind), gv_str_of(s->id->key), v->field };
	char key[GV_KEYID_LEN + 1];
	struct gv_val sealed;
	bool kept;
	int rc = keep_sealed(s, v, &kept);

	s->changed = true;
	if (rc || kept)
		return rc;
	rc = choose_key(s, v, key);
	if (!rc)
		rc = gv_seal(s->keys, gv_str_of(key), &at, v->val, &s->p->sealed, &sealed, s->err);
	if (!rc)
		*v->val = sealed;
	return rc;
}

/* A sealed value that comes from elsewhere: who holds the key can tell whether it belongs here. */
static int check_sealed(struct sealing *s, const struct gv_sealable *v)
{
	struct gv_seal_at at = { gv_str_of(s->id->schema->kind), gv_str_of(s->id->key), v->field };
	struct gv_val plain;
	bool opened;
	int rc = stood_there(s, v) ? 0 : gv_unseal(s->keys, &at, v->val, &s->old, &plain, &opened, s->err);

	/* Of many records that come in, this one is bad. */
	return rc == GV_EINTEGRITY && !s->err->thing[0] ? (s->err->code = GV_EDATA) : rc;
}

static int take(void *ctx, const struct gv_sealable *v)
{
	struct sealing *s = ctx;
	bool wanted;

	if (gv_val_is_sealed(v->val))
		return fail_at(s, v, check_sealed(s, v));
	wanted = gv_seal_policy_names(s->policy, s->id->schema->kind, v->shape) ||
	         (!s->p->unsealing && was_sealed(s, v->field) && !stood_there(s, v));
	return wanted ? fail_at(s, v, seal_value(s, v)) : 0;
}

/* ---- one record ---- */

/* The text of the base, most often the one that was read from the store last. */
static int read_base(struct gv_plan *p, const struct gv_oid *base, struct gv_str *text, struct gv_err *err)
{
	struct gv_oid now;
	int rc;

	*text = (struct gv_str){ NULL, 0 };
	if (!base || gv_oid_is_zero(base))
		return 0;
	if (gv_oid_eq(base, &p->store->text_oid)) {
		*text = p->store->text.data;
		return 0;
	}
	gv_oid_of(&now, "blob", gv_buf_str(&p->text));
	if (gv_oid_eq(base, &now)) { /* migrate: most records are as they should be */
		*text = gv_buf_str(&p->text);
		return 0;
	}
	rc = gv_plan_blob(p, base, &p->object, err);
	if (rc == GV_ENOTFOUND) { /* the commit says what that means */
		gv_err_clear(err);
		return 0;
	}
	if (!rc)
		*text = p->object.data;
	return rc;
}

static int seal_record(struct sealing *s, struct gv_str base, const struct gv_val *val)
{
	struct gv_doc *d = &s->p->sealed;
	const struct gv_schema *schema = s->id->schema;
	int rc = gv_store_keys(s->p->store, &s->keys, s->err);

	gv_doc_reset(d);
	if (!rc && base.n)
		rc = gv_json_parse(&s->old, base, 0, s->err);
	if (!rc && base.n)
		rc = gv_sealable_each(schema, &s->old.root, note_before, s, s->err);
	if (!rc)
		rc = gv_val_copy(d, &d->root, val, s->err);
	if (!rc)
		rc = gv_sealable_each(schema, &d->root, take, s, s->err);
	free(s->before);
	gv_doc_free(&s->old);
	return rc;
}

int gv_plan_seal(struct gv_plan *p, const struct gv_id *id, const struct gv_oid *base, const struct gv_val *val,
                 struct gv_err *err)
{
	struct gv_err own;
	struct sealing s = { .p = p, .id = id, .err = err ? err : &own };
	struct gv_str text;
	int rc = gv_store_sealed_fields(p->store, &s.policy, s.err);

	if (!rc)
		rc = read_base(p, base, &text, s.err);
	if (rc || (!s.policy && !gv_text_may_be_sealed(text) && !gv_text_may_be_sealed(gv_buf_str(&p->text))))
		return rc;
	gv_err_clear(s.err);
	rc = seal_record(&s, text, val);
	if (rc || !s.changed)
		return rc;
	gv_buf_reset(&p->text);
	gv_json_canon(&p->text, &p->sealed.root);
	return gv_buf_check(&p->text, s.err);
}

void gv_plan_unsealing(struct gv_plan *p, bool yes)
{
	p->unsealing = yes;
}
