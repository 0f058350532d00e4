/* SPDX-License-Identifier: MIT */
/* case-audit enroll: somebody gets a role, and a key that signs for them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "roster.h"
#include "utf8.h"

static const struct gv_opt opts[] = {
	{ 0, "role", "ROLES", N_("roles, separated by commas: 院长, 庭长, 审判员, 执行员, 书记员 ...") },
	{ 0, "unit", "UNIT", N_("the division or tribunal that the roles are held in") },
	{ 0, "email", "ADDRESS", N_("the address that the person's commits carry") },
	{ 0, "key", "FILE", N_("the public key that signs (a .pub file of ssh-keygen; - is standard input)"), .complete = "file" },
	{ 0, "from", "DATE", N_("the first day of roles and key, if not today"), .check = "date" },
	{ 0, "source", "TEXT", N_("the appointing paper") },
	{ 0, "new", NULL, N_("another person, although somebody has that name already") },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	const char *name, *roles, *unit, *email, *source;
	gv_day from;
	char from_text[GV_DATE_LEN + 1];
	struct gv_buf key;              /* "ssh-ed25519 AAAA..."; empty: none */
	struct gv_sshkey parsed;
	struct roster roster;
	struct gv_doc doc;              /* the record */
	struct gv_id id;
	struct gv_buf what, path;
	bool first;                     /* nobody could sign before */
};

/* ---- what was typed ---- */

/* Type and number; the comment may hold anything. */
static int take_key(struct work *w, struct gv_str text)
{
	struct gv_err *err = &w->c->err;
	size_t end = 0, blanks = 0;
	int rc;

	text = gv_str_trim(text);
	if (gv_str_starts(text, GV_STR("-----BEGIN")))
		return gv_fail(err, GV_EUSAGE, "%s", _("a private key: give the public one, which ends in .pub"));
	rc = gv_sshkey_read(&w->parsed, text, err);
	if (rc)
		return rc;
	while (end < text.n && text.p[end] != '\n' && blanks < 2)
		blanks += text.p[end++] == ' ';
	gv_buf_addstr(&w->key, gv_str_trim((struct gv_str){ text.p, end }));
	if (!w->parsed.is_ed25519)
		gv_cmd_warn(w->c, _("a key of type %s: git checks its commits, slowly, and it cannot approve; Ed25519 is better"),
		            w->parsed.type);
	return gv_buf_check(&w->key, err);
}

static int read_key(struct work *w)
{
	const char *file = gv_cmd_opt(w->c, "key");
	struct gv_buf text = GV_BUF_INIT(65536);
	int rc;

	if (!file)
		return 0;
	rc = strcmp(file, "-") == 0 ? gv_buf_read_fd(&text, 0, "<stdin>", &w->c->err)
	                            : gv_buf_read_file(&text, file, &w->c->err);
	if (!rc)
		rc = take_key(w, gv_buf_str(&text));
	if (rc)
		gv_err_thing(&w->c->err, file, strlen(file));
	gv_buf_free(&text);
	return rc;
}

static int read_options(struct work *w)
{
	struct gv_cmd *c = w->c;
	int rc;

	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("whom?  case-audit enroll NAME --role ROLE --key FILE -m REASON"));
	w->name = c->argv[0];
	w->roles = gv_cmd_opt(c, "role");
	w->unit = gv_cmd_opt(c, "unit");
	w->email = gv_cmd_opt(c, "email");
	w->source = gv_cmd_opt(c, "source");
	if (w->unit && !w->roles)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--unit is where a role is held: it needs --role"));
	if (!w->roles && !w->email && !gv_cmd_has(c, "key"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("nothing to enroll: --role, --key or --email"));
	rc = roster_reason(c);
	if (!rc)
		rc = roster_day(c, "from", &w->from);
	if (rc)
		return rc;
	gv_day_format(w->from, w->from_text);
	return read_key(w);
}

/* ---- the record ---- */

static int set(struct work *w, struct gv_val *obj, const char *name, const char *text)
{
	return gv_obj_set(&w->doc, obj, gv_str_of(name), gv_mkstr(&w->doc, gv_str_of(text)), &w->c->err);
}

static int is_namesake(struct work *w)
{
	const struct gv_people *p = w->roster.people;

	for (size_t i = 0; i < gv_people_count(p) && !gv_cmd_has(w->c, "new"); i++) {
		struct gv_str key = gv_people_at(p, i)->key;

		if (!gv_str_is(roster_name(gv_people_at(p, i)), w->name))
			continue;
		return gv_fail(&w->c->err, GV_EUSAGE,
		               _("%.*s has that name: say that id to add to this person, or --new for another one"),
		               (int)key.n, key.p);
	}
	return 0;
}

/* A serial number of its own; the name says nothing about whose it is. */
static int new_person(struct work *w, struct gv_plan *p)
{
	struct gv_store *s = gv_cmd_store(w->c);
	struct gv_buf folder = GV_BUF_INIT(256);
	int64_t next = 0;
	int rc = is_namesake(w);

	if (!rc && (strchr(w->name, '@') || strchr(w->name, ':') || !gv_utf8_is_safe(gv_str_of(w->name))))
		rc = gv_fail(&w->c->err, GV_ENOTFOUND, _("\"%s\" is no name, and nobody has this id or e-mail"), w->name);
	gv_buf_addf(&folder, "people/%s", gv_store_court(s));
	if (!rc)
		rc = gv_buf_check(&folder, &w->c->err);
	if (!rc)
		rc = gv_store_next_serial(p, folder.p, &next, &w->c->err);
	gv_buf_free(&folder);
	if (rc)
		return rc;
	snprintf(w->id.key, sizeof w->id.key, "%s-P%06" PRId64, gv_store_court(s), next);
	w->doc.root = gv_mkobj();
	rc = set(w, &w->doc.root, "kind", "person");
	if (!rc)
		rc = set(w, &w->doc.root, "id", w->id.key);
	if (!rc)
		rc = set(w, &w->doc.root, "name", w->name);
	return rc ? rc : set(w, &w->doc.root, "state", "active");
}

/* The one that is meant, by id, by e-mail in place of the name, or by --email; NULL: somebody new. */
static int find_person(struct work *w, const struct gv_actor **out)
{
	struct gv_str key;
	struct gv_err none;

	if (!roster_find(&w->roster, w->name, out, &none))
		return 0;
	*out = w->email ? gv_people_find(w->roster.people, gv_str_of(w->email)) : NULL;
	if (!*out || gv_str_is(roster_name(*out), w->name))
		return 0;
	key = (*out)->key;
	return gv_fail(&w->c->err, GV_EUSAGE, _("%s is the address of %.*s, who has another name"), w->email, (int)key.n,
	               key.p);
}

static int load_person(struct work *w, const struct gv_actor *a, struct gv_oid *base)
{
	struct gv_str text;
	int rc;

	snprintf(w->id.key, sizeof w->id.key, "%.*s", (int)a->key.n, a->key.p);
	gv_buf_reset(&w->path);
	rc = gv_id_path(&w->id, &w->path, &w->c->err);
	if (!rc)
		rc = gv_store_read(gv_cmd_store(w->c), w->path.p, &text, base, &w->c->err);
	return rc ? rc : gv_val_copy(&w->doc, &w->doc.root, a->person, &w->c->err);
}

static struct gv_val list_of(struct work *w, const char *name)
{
	const struct gv_val *v = gv_val_get(&w->doc.root, name);

	return v && v->type == GV_ARRAY ? *v : gv_mkarr();
}

static int add_email(struct work *w)
{
	struct gv_val list = list_of(w, "emails");
	const struct gv_actor *other = w->email ? gv_people_find(w->roster.people, gv_str_of(w->email)) : NULL;
	int rc;

	if (!w->email || (other && gv_str_is(other->key, w->id.key)))
		return 0;
	if (other)
		return gv_fail(&w->c->err, GV_EDATA, _("%s is the address of %.*s already"), w->email, (int)other->key.n,
		               other->key.p);
	rc = gv_arr_add(&w->doc, &list, gv_mkstr(&w->doc, gv_str_of(w->email)), &w->c->err);
	return rc ? rc : gv_obj_set(&w->doc, &w->doc.root, GV_STR("emails"), list, &w->c->err);
}

static bool holds(struct work *w, const char *role)
{
	struct gv_actor a = { .person = &w->doc.root };
	struct gv_val unit = gv_mklit(w->unit ? w->unit : "");
	struct gv_val units = { .type = GV_ARRAY, .n = 1, .items = &unit };

	return gv_actor_has_role(&a, gv_str_of(role), w->unit ? &units : NULL, w->from);
}

static int append_role(struct work *w, const char *role)
{
	struct gv_doc *d = &w->doc;
	struct gv_val list = list_of(w, "roles"), one = gv_mkobj(), event = gv_mkobj();
	int rc = set(w, &one, "role", role);

	if (!rc && w->unit)
		rc = set(w, &one, "unit", w->unit);
	if (!rc)
		rc = set(w, &one, "from", w->from_text);
	if (!rc && w->source)
		rc = set(w, &one, "source", w->source);
	if (!rc)
		rc = gv_arr_add(d, &list, one, &w->c->err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("roles"), list, &w->c->err);
	if (!rc)
		rc = set(w, &event, "event", "appoint");
	if (!rc)
		rc = set(w, &event, "on", w->from_text);
	if (!rc)
		rc = set(w, &event, "role", role);
	if (!rc && w->unit)
		rc = set(w, &event, "unit", w->unit);
	if (!rc && w->source)
		rc = set(w, &event, "doc", w->source);
	return rc ? rc : gv_event_add(d, &d->root, event, &w->c->err);
}

static int add_roles(struct work *w)
{
	const char *from = w->roles;
	int rc = 0;

	while (from && !rc) {
		const char *comma = strchr(from, ',');
		struct gv_str one = gv_str_trim((struct gv_str){ from, comma ? (size_t)(comma - from) : strlen(from) });
		struct gv_str role = gv_arena_copy(&w->doc.arena, one);

		if (!role.p)
			return gv_fail_nomem(&w->c->err);
		if (!role.n)
			return gv_fail(&w->c->err, GV_EUSAGE, _("--role: a role is empty in \"%s\""), w->roles);
		if (!holds(w, role.p))
			rc = append_role(w, role.p);
		from = comma ? comma + 1 : NULL;
	}
	return rc;
}

/* ---- the key ---- */

static int add_key(struct work *w, struct gv_plan *p)
{
	struct roster *r = &w->roster;

	if (!w->key.n)
		return 0;
	for (size_t i = 0; i < gv_signers_count(r->signers); i++) {
		const struct gv_signer *s = gv_signers_at(r->signers, i);

		if (strcmp(s->key.print, w->parsed.print) == 0)
			return gv_fail(&w->c->err, GV_EDATA, _("key %s is in signers already, line %zu: of %.*s"),
			               s->key.print, s->line, (int)s->principals.n, s->principals.p);
	}
	w->first = !gv_signers_count(r->signers);
	signers_add(&r->signers_text, gv_str_of(w->id.key), gv_buf_str(&w->key), w->from);
	if (gv_buf_check(&r->signers_text, &w->c->err))
		return w->c->err.code;
	return gv_plan_put_text(p, SIGNERS_PATH, gv_oid_is_zero(&r->signers_oid) ? NULL : &r->signers_oid,
	                        gv_buf_str(&r->signers_text), &w->c->err);
}

/* ---- all of it, under the lock ---- */

static int put_person(struct work *w, struct gv_plan *p, const struct gv_oid *base)
{
	struct gv_str name = gv_val_getstr(&w->doc.root, "name");
	int rc = add_email(w);

	if (!rc)
		rc = add_roles(w);
	if (!rc)
		rc = gv_rec_check(w->id.schema, &w->doc.root, gv_store_caseno(gv_cmd_store(w->c)), &w->c->err);
	if (!rc)
		rc = gv_plan_put(p, &w->id, base, &w->doc.root, &w->c->err);
	if (rc) {
		gv_err_thing(&w->c->err, w->id.key, strlen(w->id.key));
		return rc;
	}
	gv_buf_reset(&w->what);
	gv_buf_addf(&w->what, "%s %.*s", w->id.key, (int)name.n, name.p ? name.p : "");
	return gv_buf_check(&w->what, &w->c->err);
}

static int under_lock(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	struct work *w = ctx;
	const struct gv_actor *a = NULL;
	struct gv_oid base = { 0 };
	int rc = roster_read(&w->roster, gv_cmd_store(w->c), err);

	gv_doc_reset(&w->doc);
	w->id.schema = gv_schema_find(GV_STR("person"));
	if (!rc)
		rc = find_person(w, &a);
	if (!rc)
		rc = a ? load_person(w, a, &base) : new_person(w, p);
	if (!rc)
		rc = put_person(w, p, a ? &base : NULL);
	return rc ? rc : add_key(w, p);
}

static int commit(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_commit_result r;
	int rc = roster_commit(c, &w->what, under_lock, w, &r);

	if (rc || gv_cmd_has(c, "dry-run"))
		return rc;
	gv_cmd_note(c, gv_oid_is_zero(&r.id) ? _("%s: nothing to do") : _("%s: enrolled"), w->what.p);
	if (w->first)
		gv_cmd_note(c, "%s", _("the first key: from the next commit on, signatures are judged"));
	return 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .key = GV_BUF_INIT(65536), .what = GV_BUF_INIT(1024 + GV_KEY_MAX),
		          .path = GV_BUF_INIT(4096) };
	int rc = read_options(&w);

	if (!rc)
		rc = commit(&w);
	roster_free(&w.roster);
	gv_doc_free(&w.doc);
	gv_buf_free(&w.key);
	gv_buf_free(&w.what);
	gv_buf_free(&w.path);
	return rc;
}

const struct gv_cmd_spec case_audit_enroll = {
	.name = "enroll", .summary = N_("give somebody a role, and the key that signs for them"),
	.usage = N_("NAME|ID --role ROLES [--unit UNIT] [--email ADDRESS] [--key FILE] -m REASON"),
	.opts = opts, .kind = "person", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
