/* SPDX-License-Identifier: MIT */
/* release_text: a document's text on its way to the public, and what must not be on it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "release.h"

enum { TEXT_MAX = 4 * 1024 * 1024, TITLE_MAX = 4096 };

/* ---- the original ---- */

static int read_original(struct release_text *t, const struct gv_val *rec, const struct gv_val *kase)
{
	struct gv_str name = gv_val_getstr(rec, "file"), hash = gv_val_getstr(rec, "text_sha256");
	const struct gv_val *file = name.n ? publish_file_of(kase, name) : NULL;
	struct gv_err *err = &t->c->err;
	int rc;

	if ((!name.n || !hash.n) && gv_val_items(kase, "files")->n)
		return gv_fail_field(err, GV_EDATA, "file", "%s", _("no text: none of the case's files, or more than one, says by its name that it is this document: case-publish decide ID file=NAME"));
	if (!name.n || !hash.n)
		return gv_fail_field(err, GV_EDATA, "file", "%s", _("no text: case-file attach it to the case, then decide"));
	if (!file || !gv_str_eq(gv_val_getstr(file, "sha256"), hash))
		return gv_fail_field(err, GV_EDATA, "text_sha256", "%s", _("the case has another text by now: decide again (PUB-08)"));
	rc = publish_read_paper(t->c, hash, &t->original);
	return rc || t->original.n ? rc : gv_fail_field(err, GV_EDATA, "file", "%s", _("is empty: there is nothing to publish"));
}

/* What cannot be read cannot be compared either. */
static bool has_sealed(const struct gv_val *v)
{
	bool found = gv_val_is_sealed(v);

	for (uint32_t i = 0; v->type == GV_ARRAY && i < v->n && !found; i++)
		found = has_sealed(&v->items[i]);
	for (uint32_t i = 0; v->type == GV_OBJECT && i < v->n && !found; i++)
		found = has_sealed(&v->members[i].val);
	return found;
}

/* ---- what is left ---- */

struct left { size_t n; char rule[32], kind[64]; size_t at; };

static int count_left(void *ctx, const struct gv_residue *hit)
{
	struct left *l = ctx;

	if (l->n++ == 0) {
		snprintf(l->rule, sizeof l->rule, "%s", hit->rule);
		snprintf(l->kind, sizeof l->kind, "%s", hit->kind);
		l->at = hit->from;
	}
	return 0;
}

/* The text itself is not repeated: messages go to logs. */
static int check_left(struct release_text *t, struct gv_redact_job job, struct gv_str text, const char *field)
{
	struct left left = { 0 };
	int rc;

	job.text = text;
	rc = gv_residue(t->redactor, &job, count_left, &left, &t->c->err);
	if (rc || !left.n)
		return rc;
	return gv_fail_field(&t->c->err, GV_EDATA, field, _("%s: %s at byte %zu, of %zu in all, is neither mended nor waived: case-publish scan shows them"), left.rule, left.kind,
	                     left.at + 1, left.n);
}

/* ---- the work ---- */

static int redact(struct release_text *t, const struct gv_redact_job *job, struct gv_buf *out, bool keep)
{
	struct gv_redacted done;
	struct gv_err *err = &t->c->err;
	int rc = gv_redact(t->redactor, job, &done, err);

	gv_buf_reset(out);
	if (!rc) {
		gv_buf_addstr(out, done.text);
		rc = gv_buf_check(out, err);
	}
	if (!rc && keep)
		rc = gv_redacted_map(&t->d, &t->map, &done, err);
	return rc || !keep ? rc : gv_redacted_labels(&t->d, &t->labels, &done, err);
}

static int begin(struct release_text *t)
{
	gv_doc_reset(&t->d);
	if (t->redactor)
		return 0;
	gv_buf_init(&t->original, TEXT_MAX);
	gv_buf_init(&t->text, TEXT_MAX);
	gv_buf_init(&t->title, TITLE_MAX);
	return gv_redactor_open(&t->redactor, t->c->today, &t->c->err);
}

int release_text_make(struct release_text *t, const struct gv_val *rec, const struct gv_val *kase, const struct gv_val *labels)
{
	struct gv_redact_job job = { .as_of = gv_publication_day(rec, "issued_on"), .kase = kase, .people = gv_val_get(rec, "people"), .labels = labels,
	                             .waivers = gv_val_get(rec, "waivers") };
	struct gv_str title = gv_val_getstr(rec, "title");
	unsigned char hash[32];
	int rc = begin(t);

	if (!rc && !gv_profile_parse(&job.profile, gv_val_getstr(rec, "profile")))
		rc = gv_fail_field(&t->c->err, GV_EDATA, "profile", "%s", _("is missing (ANON-02)"));
	if (!rc && !title.n)
		rc = gv_fail_field(&t->c->err, GV_EDATA, "title", "%s", _("is missing (PUB-11)"));
	if (!rc && (has_sealed(gv_val_items(kase, "parties")) || has_sealed(rec)))
		rc = gv_fail(&t->c->err, GV_EDATA, "%s", _("a value is sealed and its key is not here: it cannot be compared with the text"));
	if (!rc)
		rc = read_original(t, rec, kase);
	job.text = gv_buf_str(&t->original);
	if (!rc)
		rc = redact(t, &job, &t->text, true);
	if (!rc)
		rc = check_left(t, job, gv_buf_str(&t->text), "file");
	job.labels = &t->labels;
	job.text = title;
	job.title = true;
	if (!rc)
		rc = redact(t, &job, &t->title, false);
	if (!rc)
		rc = check_left(t, job, gv_buf_str(&t->title), "title");
	gv_sha256(gv_buf_str(&t->text), hash);
	gv_sha256_hex(hash, t->sha256);
	return rc;
}

int release_text_check(struct release_text *t, const struct gv_val *rec, const struct gv_val *kase, struct gv_str text, const char *field)
{
	struct gv_redact_job job = { .profile = GV_PROFILE_2024, .as_of = t->c->today, .kase = kase, .people = gv_val_get(rec, "people"), .waivers = gv_val_get(rec, "waivers") };
	int rc = begin(t);

	job.title = strcmp(field, "title") == 0;
	return rc ? rc : check_left(t, job, text, field);
}

void release_text_free(struct release_text *t)
{
	gv_redactor_free(t->redactor);
	gv_buf_free(&t->original);
	gv_buf_free(&t->text);
	gv_buf_free(&t->title);
	gv_doc_free(&t->d);
}

/* ---- names, once more, by their letters alone ---- */

int release_names_add(struct release_names *to, struct gv_str name, struct gv_err *err)
{
	struct gv_str *more;

	if (name.n < 4) /* one character is in many words */
		return 0;
	if (to->n == to->cap) {
		to->cap = to->cap ? 2 * to->cap : 16;
		more = realloc(to->list, to->cap * sizeof *more);
		if (!more)
			return gv_fail_nomem(err);
		to->list = more;
	}
	to->list[to->n++] = name;
	return 0;
}

static int add_forms(struct release_names *to, const struct gv_val *person, struct gv_err *err)
{
	const struct gv_val *aliases = gv_val_items(person, "aliases");
	int rc = release_names_add(to, gv_val_getstr(person, "name"), err);

	if (!rc)
		rc = release_names_add(to, gv_val_getstr(person, "real_name"), err);
	for (uint32_t i = 0; i < aliases->n && !rc; i++)
		rc = release_names_add(to, gv_val_str(&aliases->items[i]), err);
	return rc;
}

int release_names_of_case(struct release_names *to, const struct gv_val *rec, const struct gv_val *kase, struct gv_err *err)
{
	const struct gv_val *lists[] = { gv_val_items(kase, "parties"), gv_val_items(rec, "people") };
	int rc = 0;

	for (size_t l = 0; l < sizeof lists / sizeof lists[0]; l++)
		for (uint32_t i = 0; i < lists[l]->n && !rc; i++)
			if (!gv_val_is_true(&lists[l]->items[i], "keep"))
				rc = add_forms(to, &lists[l]->items[i], err);
	return rc;
}

int release_names_of_labels(struct release_names *to, const struct gv_val *labels, const struct gv_val *rec, const struct gv_val *kase, struct gv_err *err)
{
	const struct gv_val *lists[] = { gv_val_items(kase, "parties"), gv_val_items(rec, "people") };
	int rc = 0;

	for (uint32_t i = 0; labels->type == GV_ARRAY && i < labels->n && !rc; i++)
		rc = release_names_add(to, gv_val_getstr(&labels->items[i], "name"), err);
	for (size_t l = 0; l < sizeof lists / sizeof lists[0]; l++)
		for (uint32_t i = 0; i < lists[l]->n && !rc; i++)
			if (publish_has_label(labels, gv_val_getstr(&lists[l]->items[i], "name")))
				rc = add_forms(to, &lists[l]->items[i], err);
	return rc;
}

/* Does a longer word that is kept stand around this place? */
static bool is_kept(const struct release_names *kept, struct gv_str text, const char *at, size_t n)
{
	size_t from = (size_t)(at - text.p);

	for (size_t i = 0; i < kept->n; i++) {
		struct gv_str word = kept->list[i];
		size_t first = from + n > word.n ? from + n - word.n : 0;

		for (size_t begin = first; word.n > n && begin <= from && begin + word.n <= text.n; begin++)
			if (memcmp(text.p + begin, word.p, word.n) == 0)
				return true;
	}
	return false;
}

int release_check_names(const struct release_names *hidden, const struct release_names *kept, struct gv_str text, const char *what, struct gv_err *err)
{
	for (size_t i = 0; i < hidden->n; i++) {
		struct gv_str rest = text, name = hidden->list[i];
		const char *at;

		while (rest.n >= name.n && (at = gv_str_find(rest, name))) {
			if (!is_kept(kept, text, at, name.n))
				return gv_fail_field(err, GV_EDATA, what, "%s", _("would show a name that is hidden"));
			rest.n -= (size_t)(at - rest.p) + name.n;
			rest.p = at + name.n;
		}
	}
	return 0;
}
