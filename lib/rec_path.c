/* SPDX-License-Identifier: MIT */
/* Where a record lies.  Only keys that passed gv_id_parse() get here, and even so no part can
 * hold a slash or a dot: parts are digits, ideographs, or a hash. */
#include <stdio.h>

#include "casekey.h"
#include "i18n.h"
#include "rec.h"
#include "sha.h"

/* "/PART": a million paths are not worth a million printf()s. */
static void add_part(struct gv_buf *out, struct gv_str part)
{
	gv_buf_addc(out, '/');
	gv_buf_addstr(out, part);
}

static void add_legacy(struct gv_buf *out, struct gv_str key)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[32];
	char hex[2 * sizeof hash];

	gv_sha256(key, hash);
	for (size_t i = 0; i < sizeof hash; i++) {
		hex[2 * i] = digits[hash[i] >> 4];
		hex[2 * i + 1] = digits[hash[i] & 15];
	}
	add_part(out, GV_STR("legacy"));
	add_part(out, gv_casekey_year(key));
	add_part(out, (struct gv_str){ hex, 2 });
	add_part(out, (struct gv_str){ hex, sizeof hex });
}

static bool is_random8(const struct gv_casekey *k)
{
	return k->serial.n == 8 && gv_str_is(k->type, "刑核");
}

static void add_case(struct gv_buf *out, struct gv_str key)
{
	char folder[GV_FOLDER_MAX];
	struct gv_casekey k;

	if (!gv_casekey_split(&k, key)) {
		add_legacy(out, key);
		return;
	}
	add_part(out, k.year);
	add_part(out, k.court);
	add_part(out, k.special);
	gv_buf_adds(out, k.special.n ? "-" : "");
	gv_buf_addstr(out, k.type);
	add_part(out, gv_casekey_folder(folder, k.serial, is_random8(&k)));
	add_part(out, k.serial);
}

static int add_serial(struct gv_buf *out, const struct gv_schema *s, struct gv_str key,
                      struct gv_err *err)
{
	char folder[GV_FOLDER_MAX];
	struct gv_serialkey k;

	if (!gv_serialkey_split(&k, key))
		return gv_fail(err, GV_EDATA,
		               _("\"%.*s\" is no id of a %s: it looks like COURT-%c000123"),
		               (int)key.n, key.p, s->kind, s->letter);
	add_part(out, k.court);
	add_part(out, gv_casekey_folder(folder, k.number, false));
	add_part(out, key);
	return 0;
}

int gv_id_path(const struct gv_id *id, struct gv_buf *out, struct gv_err *err)
{
	struct gv_str key = gv_str_of(id->key);
	int rc = 0;

	gv_buf_adds(out, id->schema->folder);
	if (id->schema->letter)
		rc = add_serial(out, id->schema, key, err);
	else
		add_case(out, key);
	gv_buf_adds(out, ".json");
	return rc ? rc : gv_buf_check(out, err);
}

int gv_id_lies_at(const struct gv_id *id, struct gv_str path, struct gv_err *err)
{
	struct gv_buf right = GV_BUF_INIT(4096);
	int rc = gv_id_path(id, &right, err);

	if (!rc && !gv_str_eq(gv_buf_str(&right), path)) {
		rc = gv_fail(err, GV_EDATA, _("%s belongs at %s"), id->key, right.p);
		gv_err_thing(err, path.p, path.n);
	}
	gv_buf_free(&right);
	return rc;
}

/* ---- the other way ---- */

/* The next part of a path. */
static struct gv_str part(struct gv_str *path)
{
	const char *slash = path->n ? memchr(path->p, '/', path->n) : NULL;
	struct gv_str one = { path->p, slash ? (size_t)(slash - path->p) : path->n };

	path->p += one.n + (slash != NULL);
	path->n -= one.n + (slash != NULL);
	return one;
}

static bool all_of(struct gv_str s, const char *set)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr(set, s.p[i]) || !s.p[i])
			return false;
	return s.n > 0;
}

#define DIGITS "0123456789"

static bool take_json(struct gv_str *name)
{
	if (name->n <= 5 || memcmp(name->p + name->n - 5, ".json", 5) != 0)
		return false;
	name->n -= 5;
	return true;
}

/* The key that such a path would have, so that one grammar decides. */
static bool is_case_path(struct gv_str rest)
{
	struct gv_str year = part(&rest), court = part(&rest), type = part(&rest);
	struct gv_str folder = part(&rest), serial = part(&rest);
	struct gv_str special = { type.p, 0 };
	char key[128], text[GV_FOLDER_MAX];
	struct gv_casekey k;
	int n;

	if (rest.n || !take_json(&serial))
		return false;
	if (gv_str_starts(type, GV_STR("知-"))) {
		special.n = sizeof "知" - 1;
		type = (struct gv_str){ type.p + special.n + 1, type.n - special.n - 1 };
	}
	n = snprintf(key, sizeof key, "（%.*s）%.*s%.*s%.*s%.*s号", (int)year.n, year.p,
	             (int)court.n, court.p, (int)special.n, special.p, (int)type.n, type.p,
	             (int)serial.n, serial.p);
	return n > 0 && (size_t)n < sizeof key &&
	       gv_casekey_split(&k, (struct gv_str){ key, (size_t)n }) &&
	       gv_str_eq(k.court, court) && gv_str_eq(k.special, special) &&
	       gv_str_eq(k.type, type) && gv_str_eq(k.serial, serial) &&
	       gv_str_eq(gv_casekey_folder(text, serial, is_random8(&k)), folder);
}

static bool is_legacy_path(struct gv_str rest)
{
	struct gv_str year = part(&rest), folder = part(&rest), hash = part(&rest);

	return rest.n == 0 && take_json(&hash) && year.n == 4 && all_of(year, DIGITS) &&
	       hash.n == 64 && all_of(hash, DIGITS "abcdef") && folder.n == 2 &&
	       memcmp(folder.p, hash.p, 2) == 0;
}

static bool is_serial_path(struct gv_str rest, char letter)
{
	struct gv_str court = part(&rest), folder = part(&rest), key = part(&rest);
	char text[GV_FOLDER_MAX];
	struct gv_serialkey k;

	return rest.n == 0 && take_json(&key) && gv_serialkey_ok(key, letter) &&
	       gv_serialkey_split(&k, key) && gv_str_eq(k.court, court) &&
	       gv_str_eq(gv_casekey_folder(text, k.number, false), folder);
}

bool gv_path_is(const struct gv_schema *s, struct gv_str path)
{
	struct gv_str rest = path, folder = part(&rest), legacy = GV_STR("legacy/");

	if (!s->folder || !gv_str_is(folder, s->folder) || memchr(path.p, '\0', path.n) ||
	    path.p[path.n - 1] == '/')
		return false;
	if (s->letter)
		return is_serial_path(rest, s->letter);
	if (gv_str_starts(rest, legacy))
		return is_legacy_path((struct gv_str){ rest.p + legacy.n, rest.n - legacy.n });
	return is_case_path(rest);
}

const struct gv_schema *gv_path_kind(struct gv_str path)
{
	struct gv_str rest = path;
	const struct gv_schema *s = gv_schema_by_folder(part(&rest));

	return s && gv_path_is(s, path) ? s : NULL;
}
