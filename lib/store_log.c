/* SPDX-License-Identifier: MIT */
/* History: reading commits, walking them by first parent or by time. */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "i18n.h"
#include "ids.h"
#include "store_impl.h"

/* ---- one commit ---- */

/* The next header line without its newline; false at the blank line or the end. */
static bool header(struct gv_str *rest, struct gv_str *line)
{
	const char *eol = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;

	if (!eol || eol == rest->p)
		return false;
	*line = (struct gv_str){ rest->p, (size_t)(eol - rest->p) };
	rest->p += line->n + 1;
	rest->n -= line->n + 1;
	return true;
}

/* "WORD value": the value, or p NULL. */
static struct gv_str value_of(struct gv_str line, const char *word)
{
	size_t n = strlen(word);

	if (line.n < n + 1 || memcmp(line.p, word, n) != 0 || line.p[n] != ' ')
		return (struct gv_str){ 0 };
	return (struct gv_str){ line.p + n + 1, line.n - n - 1 };
}

/* "+0800" -> 480; whatever else old tools wrote -> 0, as git shows it. */
static int read_zone(struct gv_str s)
{
	int64_t v;

	if (s.n != 5 || (s.p[0] != '+' && s.p[0] != '-') ||
	    !gv_str_int((struct gv_str){ s.p + 1, 4 }, &v) || v < 0)
		return 0;
	return (int)(v / 100 * 60 + v % 100) * (s.p[0] == '-' ? -1 : 1);
}

/* "Name <mail> SECONDS ZONE"; mail, time and zone may be NULL. */
static bool read_person(struct gv_str s, struct gv_str *name, struct gv_str *mail, int64_t *time,
                        int *zone)
{
	const char *open = memchr(s.p, '<', s.n), *close = memrchr(s.p, '>', s.n), *blank;
	struct gv_str when;

	if (!open || !close || close < open)
		return false;
	*name = gv_str_trim((struct gv_str){ s.p, (size_t)(open - s.p) });
	if (mail)
		*mail = (struct gv_str){ open + 1, (size_t)(close - open - 1) };
	when = gv_str_trim((struct gv_str){ close + 1, (size_t)(s.p + s.n - close - 1) });
	blank = when.n ? memchr(when.p, ' ', when.n) : NULL;
	if (!time)
		return true;
	if (blank) {
		*zone = read_zone(gv_str_trim(
			(struct gv_str){ blank + 1, (size_t)(when.p + when.n - blank - 1) }));
		when.n = (size_t)(blank - when.p);
	}
	return gv_str_int(when, time);
}

static void split_message(struct gv_commit *c, struct gv_str text)
{
	const char *eol;

	while (text.n && text.p[0] == '\n') {
		text.p++;
		text.n--;
	}
	eol = text.n ? memchr(text.p, '\n', text.n) : NULL;
	c->subject = gv_str_trim((struct gv_str){ text.p, eol ? (size_t)(eol - text.p) : text.n });
	c->body = eol ? gv_str_trim((struct gv_str){ eol, (size_t)(text.p + text.n - eol) })
	              : (struct gv_str){ "", 0 };
}

static int broken(const struct gv_oid *id, struct gv_err *err)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(id, hex);
	gv_fail(err, GV_EINTEGRITY, "%s", _("broken commit"));
	gv_err_thing(err, hex, GV_HEX);
	return GV_EINTEGRITY;
}

int gv_commit_parse(struct gv_commit *c, const struct gv_oid *id, struct gv_str text,
                    struct gv_err *err)
{
	struct gv_str rest = text, line, v;
	bool has_author = false, has_committer = false;

	*c = (struct gv_commit){ .id = *id, .text = text };
	if (!header(&rest, &line) || !gv_oid_read(&c->tree, value_of(line, "tree")))
		return broken(id, err);
	while (header(&rest, &line)) {
		if ((v = value_of(line, "parent")).p) {
			struct gv_oid parent;

			if (has_author || !gv_oid_read(&parent, v))
				return broken(id, err);
			if (c->parents < 2)
				c->parent[c->parents] = parent;
			c->parents++;
		} else if (!has_author && (v = value_of(line, "author")).p) {
			has_author = read_person(v, &c->author, &c->email, NULL, NULL);
		} else if (!has_committer && (v = value_of(line, "committer")).p) {
			has_committer = read_person(v, &c->committer, &c->committer_email, &c->time, &c->zone);
		} else if (value_of(line, "gpgsig").p) {
			c->signed_ = true; /* its further lines begin with a blank */
		}
	}
	if (!has_author || !has_committer)
		return broken(id, err);
	split_message(c, rest);
	return 0;
}

int gv_commit_read(struct gv_store *s, const struct gv_oid *id, struct gv_object *obj,
                   struct gv_commit *c, struct gv_err *err)
{
	int rc = gv_odb_need(s->odb, id, GV_OBJ_COMMIT, obj, err);

	return rc ? rc : gv_commit_parse(c, id, obj->data, err);
}

/* The last paragraph of the body holds the trailers; of two of one name, the later one counts. */
struct gv_str gv_commit_trailer(const struct gv_commit *c, const char *name)
{
	struct gv_str found = { 0 }, rest = c->body;
	size_t n = strlen(name), start = 0;

	for (size_t i = 0; i + 1 < rest.n; i++) {
		if (rest.p[i] == '\n' && rest.p[i + 1] == '\n')
			start = i + 2;
	}
	rest.p += start;
	rest.n -= start;
	while (rest.n) {
		const char *eol = memchr(rest.p, '\n', rest.n);
		size_t len = eol ? (size_t)(eol - rest.p) : rest.n;

		if (len > n && strncasecmp(rest.p, name, n) == 0 && rest.p[n] == ':')
			found = gv_str_trim((struct gv_str){ rest.p + n + 1, len - n - 1 });
		else if (found.p && len && (rest.p[0] == ' ' || rest.p[0] == '\t') &&
		         found.p + found.n + 1 == rest.p)
			found.n += len + 1; /* goes on in the next line */
		len += eol != NULL;
		rest.p += len;
		rest.n -= len;
	}
	return found;
}

/* ---- what is missing by intent ---- */

/* Asked only when a parent is missing. */
bool gv_store_is_shallow(const struct gv_store *s, const struct gv_oid *id)
{
	struct gv_buf path = GV_BUF_INIT(8192), text = GV_BUF_INIT(16 * GV_MIB);
	char hex[GV_HEX + 1];
	bool yes;

	gv_oid_hex(id, hex);
	gv_buf_addf(&path, "%s/shallow", s->commondir);
	yes = !path.failed && gv_buf_read_file(&text, path.p, NULL) == 0 && text.n &&
	      memmem(text.p, text.n, hex, GV_HEX) != NULL;
	gv_buf_free(&path);
	gv_buf_free(&text);
	return yes;
}

int gv_store_fail_cut(const struct gv_oid *id, struct gv_err *err)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(id, hex);
	gv_fail(err, GV_EINTEGRITY, "%s", _("history is cut off here, as in a shallow clone: what came before is not known "
	                                    "(git fetch --unshallow)"));
	gv_err_thing(err, hex, GV_HEX);
	return GV_EINTEGRITY;
}

/* 0 and *there = false where history ends although `child` has a parent. */
static int read_parent(struct gv_store *s, const struct gv_oid *child, const struct gv_oid *id,
                       struct gv_object *obj, struct gv_commit *c, bool *there, struct gv_err *err)
{
	int rc = gv_commit_read(s, id, obj, c, err);

	*there = rc == 0;
	return rc == GV_EINTEGRITY && gv_store_is_shallow(s, child) ? 0 : rc;
}

/* ---- the first-parent line ---- */

typedef int commit_fn(void *ctx, const struct gv_commit *c);

static int log_first_parent(struct gv_store *s, const struct gv_oid *from, commit_fn *each,
                            void *ctx, struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_commit c;
	bool there = true;
	int rc = gv_commit_read(s, from, &obj, &c, err);

	while (!rc && there) {
		struct gv_oid child = c.id, parent = c.parent[0];
		unsigned parents = c.parents;

		rc = each(ctx, &c);
		if (rc || !parents)
			break;
		rc = read_parent(s, &child, &parent, &obj, &c, &there, err);
	}
	gv_object_free(&obj);
	return rc;
}

/* ---- all of history, newest first ---- */

/* A commit that was read and waits for its turn. */
struct waiting {
	int64_t time;
	uint64_t order;      /* of being found: ties stay stable */
	struct gv_oid id;
	size_t n;
	char text[];
};

struct walk {
	struct gv_store *store;
	struct waiting **heap;
	size_t n, room;
	uint64_t order;
	struct gv_ids seen;
	struct gv_object obj;
	struct gv_err *err;
};

static bool is_before(const struct waiting *a, const struct waiting *b)
{
	return a->time != b->time ? a->time > b->time : a->order < b->order;
}

static void heap_up(struct walk *w, size_t at)
{
	while (at && is_before(w->heap[at], w->heap[(at - 1) / 2])) {
		struct waiting *x = w->heap[at];

		w->heap[at] = w->heap[(at - 1) / 2];
		at = (at - 1) / 2;
		w->heap[at] = x;
	}
}

static struct waiting *heap_pop(struct walk *w)
{
	struct waiting *top = w->heap[0], *x = w->heap[--w->n];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < w->n) {
		if (child + 1 < w->n && is_before(w->heap[child + 1], w->heap[child]))
			child++;
		if (!is_before(w->heap[child], x))
			break;
		w->heap[at] = w->heap[child];
		at = child;
	}
	w->heap[at] = x;
	return top;
}

static int heap_push(struct walk *w, const struct gv_commit *c)
{
	struct waiting *x;

	if (w->n == w->room) {
		size_t room = w->room ? 2 * w->room : 64;
		struct waiting **heap = reallocarray(w->heap, room, sizeof(struct waiting *));

		if (!heap)
			return gv_fail_nomem(w->err);
		w->heap = heap;
		w->room = room;
	}
	x = malloc(sizeof *x + w->obj.data.n);
	if (!x)
		return gv_fail_nomem(w->err);
	*x = (struct waiting){
		.time = c->time, .order = w->order++, .id = c->id, .n = w->obj.data.n
	};
	memcpy(x->text, w->obj.data.p, x->n);
	w->heap[w->n] = x;
	heap_up(w, w->n++);
	return 0;
}

/* Put a commit into the queue if it is new; child NULL for the first one. */
static int enqueue(struct walk *w, const struct gv_oid *child, const struct gv_oid *id)
{
	struct gv_commit c;
	bool is_new = false, there = true;
	int rc;

	if (gv_oid_is_zero(id))
		return broken(child ? child : id, w->err);
	rc = gv_ids_add(&w->seen, id, &is_new, w->err);
	if (rc || !is_new)
		return rc;
	rc = child ? read_parent(w->store, child, id, &w->obj, &c, &there, w->err) :
	             gv_commit_read(w->store, id, &w->obj, &c, w->err);
	return rc || !there ? rc : heap_push(w, &c);
}

/* gv_commit keeps two parents; a merge of more branches has them in its text. */
static int enqueue_parents(struct walk *w, const struct gv_oid *child, struct gv_str text)
{
	struct gv_str line;
	struct gv_oid id;
	int rc = 0;

	header(&text, &line); /* the tree */
	while (!rc && header(&text, &line) && gv_oid_read(&id, value_of(line, "parent")))
		rc = enqueue(w, child, &id);
	return rc;
}

static int log_all(struct gv_store *s, const struct gv_oid *from, commit_fn *each, void *ctx,
                   struct gv_err *err)
{
	struct walk w = { .store = s, .obj = GV_OBJECT_INIT, .err = err };
	int rc = enqueue(&w, NULL, from);

	while (!rc && w.n) {
		struct waiting *x = heap_pop(&w);
		struct gv_str text = { x->text, x->n };
		struct gv_commit c;

		rc = gv_commit_parse(&c, &x->id, text, err);
		if (!rc)
			rc = each(ctx, &c);
		if (!rc)
			rc = enqueue_parents(&w, &x->id, text);
		free(x);
	}
	while (w.n)
		free(w.heap[--w.n]);
	free(w.heap);
	gv_ids_free(&w.seen);
	gv_object_free(&w.obj);
	return rc;
}

int gv_store_log(struct gv_store *s, const struct gv_oid *from, bool first_parent, commit_fn *each,
                 void *ctx, struct gv_err *err)
{
	return first_parent ? log_first_parent(s, from, each, ctx, err)
	                    : log_all(s, from, each, ctx, err);
}

enum { STOP = -2 };

struct ancestor { const struct gv_oid *old; bool found; };

static int is_it(void *ctx, const struct gv_commit *c)
{
	struct ancestor *a = ctx;

	a->found = gv_oid_eq(&c->id, a->old);
	return a->found ? STOP : 0;
}

int gv_store_is_ancestor(struct gv_store *s, const struct gv_oid *old, const struct gv_oid *new_,
                         bool *yes, struct gv_err *err)
{
	struct ancestor a = { .old = old };
	int rc = log_all(s, new_, is_it, &a, err);

	*yes = a.found;
	return rc == STOP ? 0 : rc;
}
