/* SPDX-License-Identifier: MIT */
/* One file that both sides changed: joined by what it is, or one stays and both are kept in a conflict. */
#include <stdlib.h>

#include "recjoin.h"
#include "store_merge.h"

struct joining {
	struct gv_merge_tree *m;
	struct gv_str path;
	const struct gv_merge_three *f;
	struct gv_doc base, ours, theirs, out;
	struct gv_conflict_list conflicts;
	struct gv_merge_entry *to;
	bool unreadable;  /* no JSON: to be taken as it is */
};

static void joining_free(struct joining *j)
{
	gv_doc_free(&j->base);
	gv_doc_free(&j->ours);
	gv_doc_free(&j->theirs);
	gv_doc_free(&j->out);
	free(j->conflicts.list);
}

static bool is_plain(const struct gv_merge_entry *e)
{
	return e->mode == 0 || e->mode == GV_MODE_FILE || e->mode == 0100755 || e->mode == 0100664;
}

static bool ends_with(struct gv_str s, struct gv_str end)
{
	return s.n > end.n && memcmp(s.p + s.n - end.n, end.p, end.n) == 0;
}

/* ---- what was done ---- */

static int tell(struct gv_merge_tree *m, struct gv_str path, const struct gv_conflict_list *l)
{
	struct gv_merge_row row = { .op = l->n ? "conflict" : "joined", .path = path, .conflicts = l->list, .nconflicts = l->n };

	m->r->conflicts += l->n > 0;
	m->r->joined += l->n == 0;
	return m->o->each ? m->o->each(m->o->ctx, &row) : 0;
}

/* ---- as bytes ---- */

/* {"blob","mode"}: the text itself lies in the history of its side. */
static int describe(struct gv_doc *d, const struct gv_merge_entry *e, struct gv_err *err)
{
	char hex[GV_HEX + 1];
	int rc;

	gv_oid_hex(&e->oid, hex);
	d->root = gv_mkobj();
	rc = gv_obj_set(d, &d->root, GV_STR("blob"), gv_mkstr(d, gv_str_of(hex)), err);
	return rc ? rc : gv_obj_set(d, &d->root, GV_STR("mode"), gv_mkint(e->mode), err);
}

/* What was changed stays where the other side took the file away, else ours. */
static int keep_one(struct joining *j)
{
	struct gv_merge_tree *m = j->m;
	const struct gv_merge_three *f = j->f;
	struct gv_conflict whole = { .path = GV_STR("") };
	struct gv_buf at = GV_BUF_INIT(4096);
	int rc = describe(&j->base, &f->base, m->err);

	if (!rc)
		rc = describe(&j->ours, &f->ours, m->err);
	if (!rc)
		rc = describe(&j->theirs, &f->theirs, m->err);
	whole.base = f->base.mode ? &j->base.root : NULL;
	whole.ours = f->ours.mode ? &j->ours.root : NULL;
	whole.theirs = f->theirs.mode ? &j->theirs.root : NULL;
	*j->to = f->ours.mode ? f->ours : f->theirs;
	j->conflicts.n = 0;
	if (!rc)
		rc = gv_conflict_list_add(&j->conflicts, &whole, m->err);
	gv_conflict_path_of_file(&at, j->path);
	if (!rc)
		rc = gv_buf_check(&at, m->err);
	if (!rc)
		rc = gv_merge_open(m, gv_buf_str(&at), j->path, f, &j->conflicts);
	gv_buf_free(&at);
	return rc ? rc : tell(m, j->path, &j->conflicts);
}

/* ---- JSON ---- */

/* *v stays NULL where the file is absent, or is no JSON. */
static int load(struct joining *j, const struct gv_merge_entry *e, struct gv_doc *d, const struct gv_val **v)
{
	int rc = e->mode ? gv_merge_read(j->m, &e->oid, GV_OBJ_BLOB) : 0;

	*v = NULL;
	if (rc || !e->mode)
		return rc;
	rc = gv_json_parse(d, j->m->obj.data, 0, j->m->err);
	if (rc == GV_EDATA || (!rc && d->root.type != GV_OBJECT)) {
		gv_err_clear(j->m->err);
		j->unreadable = true;
		return 0;
	}
	*v = &d->root;
	return rc;
}

static int load_all(struct joining *j, const struct gv_val **base, const struct gv_val **ours, const struct gv_val **theirs)
{
	int rc = load(j, &j->f->base, &j->base, base);

	if (!rc)
		rc = load(j, &j->f->ours, &j->ours, ours);
	return rc ? rc : load(j, &j->f->theirs, &j->theirs, theirs);
}

struct collecting { struct gv_conflict_list *l; struct gv_err *err; };

static int collect(void *ctx, const struct gv_conflict *c)
{
	struct collecting *to = ctx;

	return gv_conflict_list_add(to->l, c, to->err);
}

/* conflicts/KIND/KEY.json where the record lies where its id says; else by the path. */
static int conflict_path(struct joining *j, const struct gv_schema *kind, struct gv_buf *at)
{
	struct gv_str key = gv_val_getstr(&j->out.root, "id");
	struct gv_id id = { .schema = kind };
	int rc = GV_EDATA;

	if (kind && key.n && key.n < sizeof id.key) {
		memcpy(id.key, key.p, key.n);
		rc = gv_id_lies_at(&id, j->path, j->m->err);
	}
	if (rc == 0) {
		gv_conflict_path(at, kind, key);
	} else if (rc == GV_EDATA) {
		gv_err_clear(j->m->err);
		gv_conflict_path_of_file(at, j->path);
		rc = 0;
	}
	return rc;
}

/* The file as it becomes; one that stays as a side has it keeps that side's bytes. */
static int put_joined(struct joining *j)
{
	const struct gv_merge_three *f = j->f;
	bool is_whole = j->conflicts.n == 1 && !j->conflicts.list[0].path.n;

	if (is_whole && (!f->base.mode || !f->ours.mode || !f->theirs.mode)) {
		*j->to = f->ours.mode ? f->ours : f->theirs;
		return 0;
	}
	j->to->mode = GV_MODE_FILE;
	return gv_merge_put(j->m, &j->out.root, &j->to->oid);
}

static int join_json(struct joining *j, const struct gv_schema *kind, const struct gv_schema *schema)
{
	struct gv_merge_tree *m = j->m;
	struct collecting to = { &j->conflicts, m->err };
	struct gv_rec_join in = { .schema = schema, .cn = m->s->caseno, .each = collect, .ctx = &to };
	struct gv_buf at = GV_BUF_INIT(4096);
	int rc = load_all(j, &in.base, &in.ours, &in.theirs);

	if (rc)
		return rc;
	if (j->unreadable)
		return keep_one(j);
	rc = gv_rec_join(&j->out, &in, m->err);
	if (!rc)
		rc = put_joined(j);
	if (!rc && j->conflicts.n) {
		rc = conflict_path(j, kind, &at);
		if (!rc)
			rc = gv_buf_check(&at, m->err);
		if (!rc)
			rc = gv_merge_open(m, gv_buf_str(&at), j->path, j->f, &j->conflicts);
	}
	gv_buf_free(&at);
	return rc ? rc : tell(m, j->path, &j->conflicts);
}

/* Two versions of a conflict that was open: they are joined field by field, and are never in conflict themselves. */
static int join_open(struct joining *j)
{
	const struct gv_val *v[3];
	int rc = load_all(j, &v[0], &v[1], &v[2]);

	for (size_t i = 0; !rc && i < 3; i++)
		j->unreadable = j->unreadable || (v[i] && gv_conflict_check(v[i], NULL));
	if (rc)
		return rc;
	if (j->unreadable)
		return keep_one(j);
	rc = gv_conflict_join(&j->out, v[0], v[1], v[2], j->m->err);
	*j->to = (struct gv_merge_entry){ 0 };
	if (rc || j->out.root.type == GV_NULL)
		return rc;
	j->to->mode = GV_MODE_FILE;
	return gv_merge_put(j->m, &j->out.root, &j->to->oid);
}

/* ---- lines ---- */

struct lines {
	struct gv_str *list, *sorted;
	size_t n;
};

static int by_bytes(const void *a, const void *b)
{
	return gv_str_cmp(*(const struct gv_str *)a, *(const struct gv_str *)b);
}

static bool has_line(const struct lines *l, struct gv_str line)
{
	return l->n && bsearch(&line, l->sorted, l->n, sizeof line, by_bytes);
}

static int read_lines(struct joining *j, const struct gv_merge_entry *e, struct lines *l)
{
	struct gv_arena *arena = &j->out.arena;
	int rc = e->mode ? gv_merge_read(j->m, &e->oid, GV_OBJ_BLOB) : 0;
	struct gv_str text = { "", 0 };
	size_t most = 1;

	*l = (struct lines){ 0 };
	if (!rc && e->mode)
		text = gv_arena_copy(arena, j->m->obj.data);
	for (size_t i = 0; i < text.n; i++)
		most += text.p && text.p[i] == '\n';
	l->list = gv_arena_alloc(arena, most * sizeof *l->list);
	l->sorted = gv_arena_alloc(arena, most * sizeof *l->sorted);
	if (!text.p || !l->list || !l->sorted)
		return gv_fail_nomem(j->m->err);
	while (!rc && text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		struct gv_str line = { text.p, end ? (size_t)(end - text.p) : text.n };

		l->list[l->n] = l->sorted[l->n] = line;
		l->n++;
		text.p += line.n + (end != NULL);
		text.n -= line.n + (end != NULL);
	}
	if (!rc && l->n)
		qsort(l->sorted, l->n, sizeof *l->sorted, by_bytes);
	return rc;
}

/* Lines of l that are neither in base nor in `done`, sorted, each once; how many. */
static size_t add_new(struct gv_buf *out, const struct lines *l, const struct lines *base, const struct lines *done)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct gv_str line = l->sorted[i];

		if (!line.n || (i && gv_str_eq(line, l->sorted[i - 1])) || has_line(base, line) || has_line(done, line))
			continue;
		gv_buf_addstr(out, line);
		gv_buf_addc(out, '\n');
		n++;
	}
	return n;
}

/*
 * Lines that are left, then what each side added.  If both took a line away and each put another in, it may be one line
 * that was changed twice: who may sign, and until when, is not for us to choose.
 */
static int join_lines(struct joining *j)
{
	static const struct lines none;
	struct gv_merge_tree *m = j->m;
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct lines base, ours, theirs;
	size_t both_lost = 0, new_ours, new_theirs;
	int rc = read_lines(j, &j->f->base, &base);

	if (!rc)
		rc = read_lines(j, &j->f->ours, &ours);
	if (!rc)
		rc = read_lines(j, &j->f->theirs, &theirs);
	if (rc)
		return rc;
	for (size_t i = 0; i < base.n; i++) {
		bool in_ours = has_line(&ours, base.list[i]), in_theirs = has_line(&theirs, base.list[i]);

		both_lost += !in_ours && !in_theirs;
		if (!in_ours || !in_theirs)
			continue;
		gv_buf_addstr(&text, base.list[i]);
		gv_buf_addc(&text, '\n');
	}
	add_new(&text, &ours, &base, &none);
	new_ours = add_new(&(struct gv_buf){ .max = 0 }, &ours, &base, &theirs);
	new_theirs = add_new(&text, &theirs, &base, &ours);
	if (both_lost && new_ours && new_theirs) {
		gv_buf_free(&text);
		return keep_one(j);
	}
	*j->to = (struct gv_merge_entry){ .mode = GV_MODE_FILE };
	rc = gv_buf_check(&text, m->err);
	if (!rc)
		rc = gv_objw_add(m->w, GV_OBJ_BLOB, gv_buf_str(&text), m->s->odb, &j->to->oid, m->err);
	gv_buf_free(&text);
	return rc ? rc : tell(m, j->path, &j->conflicts);
}

/* ---- by what it is ---- */

int gv_merge_file(struct gv_merge_tree *m, struct gv_str path, const struct gv_merge_three *f, struct gv_merge_entry *out)
{
	struct joining j = { .m = m, .path = path, .f = f, .to = out };
	const struct gv_schema *kind = gv_path_kind(path);
	bool is_plain_file = is_plain(&f->base) && is_plain(&f->ours) && is_plain(&f->theirs);
	bool is_json = is_plain_file && ends_with(path, GV_STR(".json"));
	int rc;

	if (is_json && gv_str_starts(path, GV_STR(GV_CONFLICT_FOLDER)))
		rc = join_open(&j);
	else if (is_json && gv_str_is(path, GV_STORE_CONFIG))
		rc = join_json(&j, NULL, gv_schema_find(GV_STR("docket")));
	else if (is_json)
		rc = join_json(&j, kind, kind);
	else if (is_plain_file && f->ours.mode && f->theirs.mode && gv_str_is(path, "signers"))
		rc = join_lines(&j);
	else
		rc = keep_one(&j);
	joining_free(&j);
	return rc;
}
