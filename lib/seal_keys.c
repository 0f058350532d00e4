/* SPDX-License-Identifier: MIT */
/* Keys: one for each subject, found without a list, made and destroyed whole. */
#include "seal_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"

/* ---- ids ---- */

/* As of eids. */
static const char digits[] = "234567abcdefghijklmnopqrstuvwxyz";

bool gv_keyid_is(struct gv_str id)
{
	for (size_t i = 0; i < id.n; i++)
		if (!id.p[i] || !strchr(digits, id.p[i]))
			return false;
	return id.n == GV_KEYID_LEN;
}

static int broken(const char *name, struct gv_err *err)
{
	gv_fail(err, GV_EINTEGRITY, "%s", _("is broken: restore it from a backup of the keys"));
	gv_err_thing(err, name, strlen(name));
	return GV_EINTEGRITY;
}

static int read_salt(struct gv_keys *k, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(FILE_MAX), raw = GV_BUF_INIT(FILE_MAX);
	int rc = gv_keys_file_read(k, "salt", &text, err);

	if (!rc && (!gv_base64_read(&raw, gv_str_trim(gv_buf_str(&text))) || raw.n != sizeof k->salt))
		rc = raw.nomem ? gv_fail_nomem(err) : broken("salt", err);
	if (!rc)
		memcpy(k->salt, raw.p, sizeof k->salt);
	k->has_salt = !rc;
	gv_buf_wipe(&text);
	gv_buf_wipe(&raw);
	return rc;
}

static int need_salt(struct gv_keys *k, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(FILE_MAX);
	unsigned char salt[GV_SEAL_SECRET];
	int rc = k->has_salt ? 0 : read_salt(k, err);

	if (rc != GV_ENOTFOUND)
		return rc;
	rc = gv_random_bytes(salt, sizeof salt, err);
	if (!rc) {
		gv_base64_add(&text, salt, sizeof salt);
		gv_buf_addc(&text, '\n');
		rc = gv_buf_check(&text, err);
	}
	if (!rc)
		rc = gv_keys_file_add(k, "salt", gv_buf_str(&text), err);
	gv_wipe(salt, sizeof salt);
	gv_buf_wipe(&text);
	return rc ? rc : read_salt(k, err); /* somebody else's, if they were quicker */
}

static void id_of(const struct gv_keys *k, struct gv_str subject, char id[GV_KEYID_LEN + 1])
{
	unsigned char mac[32];

	gv_hmac_sha256(k->salt, sizeof k->salt, subject.p, subject.n, mac);
	for (size_t i = 0; i < GV_KEYID_LEN; i++)
		id[i] = digits[mac[i] & 31];
	id[GV_KEYID_LEN] = '\0';
}

/* ---- keys ---- */

static void name_of(char out[NAME_MAX_BYTES], const char *id)
{
	snprintf(out, NAME_MAX_BYTES, "%s.json", id);
}

static int take_secret(struct gv_keys *k, const char *name, const struct gv_val *v, struct gv_err *err)
{
	struct gv_str text = gv_val_getstr(v, "secret");
	struct gv_buf raw = GV_BUF_INIT(FILE_MAX);
	int rc = 0;

	if (!gv_base64_read(&raw, text) || raw.n != sizeof k->secret)
		rc = raw.nomem ? gv_fail_nomem(err) : broken(name, err);
	else
		memcpy(k->secret, raw.p, sizeof k->secret);
	if (text.n)
		gv_wipe((void *)(uintptr_t)text.p, text.n); /* of a tree that is thrown away */
	gv_buf_wipe(&raw);
	return rc;
}

static int take_key(struct gv_keys *k, const char *name, struct gv_str text, struct gv_doc *d, struct gv_err *err)
{
	int rc;

	if (text.p[0] == '\0') { /* overwritten, and then the machine stopped */
		k->half = true;
		k->state = GV_KEY_DESTROYED;
		return 0;
	}
	rc = gv_json_parse(d, text, 0, err);
	if (rc == GV_EDATA || (!rc && !gv_str_is(gv_val_getstr(&d->root, "key"), k->id)))
		return broken(name, err);
	if (!rc && gv_val_get(&d->root, "destroyed_on")) {
		k->state = GV_KEY_DESTROYED;
		return 0;
	}
	if (!rc)
		rc = take_secret(k, name, &d->root, err);
	if (!rc)
		k->state = GV_KEY_HERE;
	return rc;
}

static void forget(struct gv_keys *k)
{
	k->id[0] = '\0';
	k->state = GV_KEY_ABSENT;
	k->half = false;
	gv_wipe(k->secret, sizeof k->secret);
}

/* Into k; what else the file says is in d. */
static int load(struct gv_keys *k, struct gv_str id, struct gv_doc *d, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(FILE_MAX);
	char name[NAME_MAX_BYTES];
	int rc = gv_keys_folder_open(k, false, err);

	forget(k);
	memcpy(k->id, id.p, GV_KEYID_LEN);
	k->id[GV_KEYID_LEN] = '\0';
	name_of(name, k->id);
	if (!rc)
		rc = gv_keys_file_read(k, name, &text, err);
	if (!rc)
		rc = take_key(k, name, gv_buf_str(&text), d, err);
	gv_buf_wipe(&text);
	if (rc == GV_ENOTFOUND) { /* no folder, no file */
		gv_err_clear(err);
		return 0;
	}
	if (rc)
		forget(k);
	return rc;
}

int gv_keys_look(struct gv_keys *k, struct gv_str id, enum gv_key_state *state, struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = 0;

	*state = GV_KEY_ABSENT;
	if (!gv_keyid_is(id))
		return 0;
	if (!gv_str_is(id, k->id))
		rc = load(k, id, &d, err);
	if (!rc)
		*state = k->state;
	gv_doc_free(&d);
	return rc;
}

int gv_keys_secret(struct gv_keys *k, struct gv_str id, enum gv_key_state *state,
                   const unsigned char **secret, struct gv_err *err)
{
	int rc = gv_keys_look(k, id, state, err);

	*secret = !rc && *state == GV_KEY_HERE ? k->secret : NULL;
	k->unsynced = k->unsynced || (*secret && k->recent);
	return rc;
}

int gv_keys_find(struct gv_keys *k, struct gv_str subject, char id[GV_KEYID_LEN + 1], struct gv_err *err)
{
	enum gv_key_state state = GV_KEY_ABSENT;
	int rc = gv_keys_folder_open(k, false, err);

	if (!rc && !k->has_salt)
		rc = read_salt(k, err);
	if (!rc) {
		id_of(k, subject, id);
		rc = gv_keys_look(k, gv_str_of(id), &state, err);
	}
	if (rc == GV_ENOTFOUND || (!rc && state == GV_KEY_ABSENT))
		return gv_fail(err, GV_ENOTFOUND, _("no key for \"%.*s\" in %s"), (int)subject.n, subject.p, gv_keys_folder(k));
	return rc;
}

static int key_text(struct gv_buf *out, const char *id, struct gv_str subject, const char *today, struct gv_err *err)
{
	unsigned char secret[GV_SEAL_SECRET];
	int rc = gv_random_bytes(secret, sizeof secret, err);

	if (rc)
		return rc;
	gv_buf_addf(out, "{\n  \"key\": \"%s\",\n  \"made_on\": \"%s\",\n  \"secret\": \"", id, today);
	gv_base64_add(out, secret, sizeof secret);
	gv_buf_adds(out, "\",\n  \"subject\": ");
	gv_json_quote(out, subject);
	gv_buf_adds(out, "\n}\n");
	gv_wipe(secret, sizeof secret);
	return gv_buf_check(out, err);
}

int gv_keys_need(struct gv_keys *k, struct gv_str subject, const char *today, char id[GV_KEYID_LEN + 1],
                 struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(FILE_MAX);
	char name[NAME_MAX_BYTES];
	enum gv_key_state state;
	int rc = gv_keys_folder_open(k, true, err);

	if (!rc)
		rc = need_salt(k, err);
	if (rc)
		return rc;
	id_of(k, subject, id);
	rc = gv_keys_look(k, gv_str_of(id), &state, err);
	if (!rc && state == GV_KEY_ABSENT) {
		name_of(name, id);
		rc = key_text(&text, id, subject, today, err);
		if (!rc)
			rc = gv_keys_file_add(k, name, gv_buf_str(&text), err);
		gv_buf_wipe(&text);
		forget(k); /* somebody else's, if they were quicker */
		if (!rc)
			rc = gv_keys_look(k, gv_str_of(id), &state, err);
	}
	if (!rc && state == GV_KEY_DESTROYED)
		rc = gv_fail(err, GV_EDATA, _("the key of %.*s (%s) was destroyed: nothing more is sealed with it"), (int)subject.n,
		             subject.p, id);
	return rc;
}

/* ---- the end of a key ---- */

static int tombstone(struct gv_buf *out, const char *id, const struct gv_key_end *end, struct gv_err *err)
{
	gv_buf_adds(out, "{\n  \"by\": ");
	gv_json_quote(out, gv_str_of(end->by));
	gv_buf_addf(out, ",\n  \"destroyed_on\": \"%s\",\n  \"key\": \"%s\",\n  \"reason\": ", end->on, id);
	gv_json_quote(out, gv_str_of(end->reason));
	gv_buf_adds(out, "\n}\n");
	return gv_buf_check(out, err);
}

/* In its place, as far as the file system lets us. */
static int overwrite(struct gv_keys *k, const char *name, struct gv_err *err)
{
	char zeros[4096] = { 0 };
	int fd = openat(k->fd, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	int rc = 0;

	if (fd < 0)
		return gv_fail_sys(err, name, "%s", _("cannot open"));
	if (fstat(fd, &st))
		rc = gv_fail_sys(err, name, "%s", _("cannot open"));
	for (off_t at = 0; !rc && at < st.st_size; at += (off_t)sizeof zeros) {
		off_t left = st.st_size - at;

		rc = gv_write_all(fd, zeros, left < (off_t)sizeof zeros ? (size_t)left : sizeof zeros, name, err);
	}
	if (!rc && fsync(fd))
		rc = gv_fail_sys(err, name, "%s", _("cannot write"));
	close(fd);
	return rc;
}

int gv_keys_destroy(struct gv_keys *k, struct gv_str id, const struct gv_key_end *end, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(FILE_MAX);
	char name[NAME_MAX_BYTES], part[NAME_MAX_BYTES];
	enum gv_key_state state;
	int rc = gv_keys_look(k, id, &state, err);

	if (rc)
		return rc;
	if (state == GV_KEY_ABSENT)
		return gv_fail(err, GV_ENOTFOUND, _("no key %.*s in %s"), (int)id.n, id.p, gv_keys_folder(k));
	if (state == GV_KEY_DESTROYED && !k->half)
		return gv_fail(err, GV_EDATA, _("key %s was destroyed before"), k->id);
	name_of(name, k->id);
	rc = tombstone(&text, k->id, end, err);
	if (!rc)
		rc = gv_keys_file_part(k, part, gv_buf_str(&text), true, err);
	if (!rc) {
		rc = overwrite(k, name, err);
		if (!rc && (renameat(k->fd, part, k->fd, name) || fsync(k->fd)))
			rc = gv_fail_sys(err, name, "%s", _("cannot write"));
		if (rc)
			unlinkat(k->fd, part, 0);
	}
	forget(k);
	gv_buf_free(&text);
	return rc;
}

/* ---- all of them ---- */

struct listing { char (*ids)[GV_KEYID_LEN + 1]; size_t n, room; };

static int add_id(struct listing *l, const char *name, struct gv_err *err)
{
	if (strlen(name) != GV_KEYID_LEN + 5 || strcmp(name + GV_KEYID_LEN, ".json") != 0 ||
	    !gv_keyid_is((struct gv_str){ name, GV_KEYID_LEN }))
		return 0;
	if (l->n == l->room) {
		size_t room = l->room ? l->room * 2 : 64;
		void *p = realloc(l->ids, room * sizeof *l->ids);

		if (!p)
			return gv_fail_nomem(err);
		l->ids = p;
		l->room = room;
	}
	memcpy(l->ids[l->n], name, GV_KEYID_LEN);
	l->ids[l->n++][GV_KEYID_LEN] = '\0';
	return 0;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int list_ids(struct gv_keys *k, struct listing *l, struct gv_err *err)
{
	int fd, rc = gv_keys_folder_open(k, false, err);
	struct dirent *e;
	DIR *dir;

	if (rc)
		return rc == GV_ENOTFOUND ? 0 : rc;
	fd = openat(k->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		rc = errno == ENOMEM ? gv_fail_nomem(err) : gv_fail_sys(err, k->folder.p, "%s", _("cannot open"));
		if (fd >= 0)
			close(fd);
		return rc;
	}
	while (!rc && (e = readdir(dir)))
		rc = add_id(l, e->d_name, err);
	closedir(dir);
	if (!rc && l->n)
		qsort(l->ids, l->n, sizeof *l->ids, by_id);
	return rc;
}

static int make_row(struct gv_keys *k, struct gv_doc *d, struct gv_val *row, struct gv_err *err)
{
	static const char *const members[] = { "subject", "made_on", "destroyed_on", "by", "reason" };
	int rc;

	*row = gv_mkobj();
	rc = gv_obj_set(d, row, GV_STR("kind"), gv_mklit("key"), err);
	if (!rc)
		rc = gv_obj_set(d, row, GV_STR("id"), gv_mkstr(d, gv_str_of(k->id)), err);
	for (size_t i = 0; i < sizeof members / sizeof members[0] && !rc; i++) {
		const struct gv_val *v = gv_val_get(&d->root, members[i]);

		if (v && v->type == GV_STRING)
			rc = gv_obj_set(d, row, gv_str_of(members[i]), *v, err);
	}
	return rc;
}

int gv_keys_each(struct gv_keys *k, int (*each)(void *ctx, const struct gv_val *row), void *ctx, struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	struct listing l = { NULL, 0, 0 };
	int rc = list_ids(k, &l, err);

	for (size_t i = 0; i < l.n && !rc; i++) {
		struct gv_val row;

		gv_doc_reset(&d);
		rc = load(k, gv_str_of(l.ids[i]), &d, err);
		if (!rc && k->state != GV_KEY_ABSENT) {
			rc = make_row(k, &d, &row, err);
			if (!rc)
				rc = each(ctx, &row);
		}
	}
	free(l.ids);
	gv_doc_free(&d);
	return rc;
}
