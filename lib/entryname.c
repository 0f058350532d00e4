/* SPDX-License-Identifier: MIT */
#include "entryname.h"

#include <stdlib.h>
#include <strings.h>

#include "i18n.h"
#include "utf8.h"

/* ---- one part ---- */

/* "git~1": what Windows calls .git where names have eight letters. */
static bool is_git(struct gv_str part)
{
	if (part.n == 4 && strncasecmp(part.p, ".git", 4) == 0)
		return true;
	return part.n == 5 && strncasecmp(part.p, "git~", 4) == 0 && part.p[4] >= '0' && part.p[4] <= '9';
}

/* CON, CON.txt, COM1 ...: files there that are no files. */
static bool is_device(struct gv_str part)
{
	static const char *const names[] = { "con", "prn", "aux", "nul", "conin$", "conout$" };
	const char *dot = memchr(part.p, '.', part.n);
	size_t n = dot ? (size_t)(dot - part.p) : part.n;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (n == strlen(names[i]) && strncasecmp(part.p, names[i], n) == 0)
			return true;
	return n == 4 && part.p[3] >= '0' && part.p[3] <= '9' &&
	       (strncasecmp(part.p, "com", 3) == 0 || strncasecmp(part.p, "lpt", 3) == 0);
}

static int32_t first_of(struct gv_str s)
{
	size_t pos = 0;

	return gv_utf8_next(s, &pos);
}

static int32_t last_of(struct gv_str s)
{
	size_t pos = 0;
	int32_t cp, last = -1;

	while ((cp = gv_utf8_next(s, &pos)) >= 0)
		last = cp;
	return last;
}

/* Nothing but dots, one or two of them, as some program may see it. */
static bool is_dots(struct gv_str part)
{
	size_t pos = 0, n = 0;
	int32_t cp;

	while ((cp = gv_utf8_next(part, &pos)) >= 0) {
		if (gv_utf8_half(cp) != '.')
			return false;
		n++;
	}
	return n == 1 || n == 2;
}

/* "．．／x" where full-width signs would be made half-width: any piece between such slashes. */
static bool leads_elsewhere(struct gv_str part)
{
	size_t pos = 0, from = 0, at = 0;
	int32_t cp;

	while ((cp = gv_utf8_next(part, &pos)) >= 0) {
		int32_t half = gv_utf8_half(cp);

		if (half == '/' || half == '\\') {
			if (is_dots((struct gv_str){ part.p + from, at - from }))
				return true;
			from = pos;
		}
		at = pos;
	}
	return is_dots((struct gv_str){ part.p + from, part.n - from });
}

static int check_part(struct gv_str part, struct gv_err *err)
{
	int32_t last;

	if (!part.n)
		return gv_fail(err, GV_EDATA, "%s", _("the name has an empty part"));
	if (part.n > GV_ENTRY_PART_MAX)
		return gv_fail(err, GV_EDATA, _("a part of the name is longer than %d bytes"), GV_ENTRY_PART_MAX);
	if (leads_elsewhere(part))
		return gv_fail(err, GV_EDATA, "%s", _("the name leads to another folder (. or ..)"));
	if (is_git(part))
		return gv_fail(err, GV_EDATA, "%s", _("the name is one that git keeps for itself"));
	if (is_device(part))
		return gv_fail(err, GV_EDATA, "%s", _("the name is one that Windows keeps for a device"));
	last = last_of(part);
	if (last == '.' || gv_utf8_is_space(last) || gv_utf8_is_space(first_of(part)))
		return gv_fail(err, GV_EDATA, "%s",
		               _("a part of the name begins with a blank, or ends with a blank or a dot"));
	return 0;
}

/* ---- the whole name ---- */

static bool has_drive(struct gv_str s)
{
	return s.n >= 2 && s.p[1] == ':' && ((s.p[0] >= 'A' && s.p[0] <= 'Z') || (s.p[0] >= 'a' && s.p[0] <= 'z'));
}

static int check_whole(struct gv_str s, struct gv_err *err)
{
	if (gv_utf8_valid(s) != s.n)
		return gv_fail(err, GV_EDATA, "%s", _("the name is not UTF-8"));
	if (s.n > GV_ENTRY_NAME_MAX)
		return gv_fail(err, GV_EDATA, _("the name is longer than %d bytes"), GV_ENTRY_NAME_MAX);
	if (!gv_utf8_is_safe(s))
		return gv_fail(err, GV_EDATA, "%s", _("the name holds control or invisible characters"));
	if (s.n && s.p[0] == '/')
		return gv_fail(err, GV_EDATA, "%s", _("the name is absolute"));
	if (has_drive(s))
		return gv_fail(err, GV_EDATA, "%s", _("the name begins with a drive letter"));
	if (s.n && memchr(s.p, '\\', s.n))
		return gv_fail(err, GV_EDATA, "%s", _("the name holds a backslash"));
	return 0;
}

static int check_parts(struct gv_str s, struct gv_err *err)
{
	size_t start = 0, depth = 0;
	int rc = 0;

	for (size_t i = 0; i <= s.n && !rc; i++) {
		if (i < s.n && s.p[i] != '/')
			continue;
		rc = check_part((struct gv_str){ s.p + start, i - start }, err);
		start = i + 1;
		if (!rc && ++depth > GV_ENTRY_DEPTH_MAX)
			rc = gv_fail(err, GV_EDATA, _("the name is more than %d folders deep"), GV_ENTRY_DEPTH_MAX);
	}
	return rc;
}

int gv_entryname(struct gv_str raw, struct gv_buf *out, struct gv_err *err)
{
	struct gv_str s = raw;
	int rc = check_whole(raw, err);

	gv_buf_reset(out);
	if (rc)
		return rc;
	while (s.n >= 2 && s.p[0] == '.' && s.p[1] == '/') {
		s.p += 2;
		s.n -= 2;
		if (s.n && s.p[0] == '/')
			return gv_fail(err, GV_EDATA, "%s", _("the name has an empty part"));
	}
	if (s.n && s.p[s.n - 1] == '/')
		s.n--;
	if (raw.n && (!s.n || gv_str_is(s, ".")))
		return 0;
	if (gv_utf8_is_nfc(s)) {
		gv_buf_addstr(out, s);
		rc = gv_buf_check(out, err);
	} else {
		rc = gv_utf8_nfc(s, out, err);
		if (!rc) /* it may be longer now, and a Kelvin sign a drive letter */
			rc = check_whole(gv_buf_str(out), err);
	}
	return rc ? rc : check_parts(gv_buf_str(out), err);
}

int gv_entryname_single(struct gv_str raw, struct gv_buf *out, struct gv_err *err)
{
	int rc = gv_entryname(raw, out, err);

	if (!rc && (!out->n || memchr(out->p, '/', out->n)))
		rc = gv_fail(err, GV_EDATA, "%s", _("the name must be one of a file, without folders"));
	return rc;
}

/* ---- names that are there already ---- */

struct gv_entryname_slot {
	struct gv_str name;    /* folded; p NULL: free */
	bool is_folder;
};

/* The slot of a name, or the free one where it belongs. */
static size_t slot_in(const struct gv_entryname_slot *slots, size_t nslots, uintptr_t seed, struct gv_str name)
{
	uint64_t h = 0xcbf29ce484222325u ^ seed; /* FNV-1a */
	size_t i;

	for (i = 0; i < name.n; i++)
		h = (h ^ (unsigned char)name.p[i]) * 0x100000001b3u;
	for (i = (h ^ h >> 32) & (nslots - 1); slots[i].name.p; i = (i + 1) & (nslots - 1))
		if (gv_str_eq(slots[i].name, name))
			break;
	return i;
}

static int grow(struct gv_entrynames *set, struct gv_err *err)
{
	size_t n = set->nslots ? 2 * set->nslots : 64;
	struct gv_entryname_slot *slots;

	if (set->used < set->nslots / 4 * 3)
		return 0;
	slots = calloc(n, sizeof *slots);
	if (!slots)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < set->nslots; i++)
		if (set->slots[i].name.p)
			slots[slot_in(slots, n, (uintptr_t)set, set->slots[i].name)] = set->slots[i];
	free(set->slots);
	set->slots = slots;
	set->nslots = n;
	return 0;
}

static int add_folded(struct gv_entrynames *set, struct gv_str name, bool is_folder, struct gv_err *err)
{
	struct gv_entryname_slot *slot;
	int rc = grow(set, err);

	if (rc)
		return rc;
	/* Seeded by where this set happens to lie, so that no archive can be made to collide. */
	slot = &set->slots[slot_in(set->slots, set->nslots, (uintptr_t)set, name)];
	if (slot->name.p && is_folder != slot->is_folder)
		return gv_fail(err, GV_EDATA, "%s", _("the name is that of a file and of a folder"));
	if (slot->name.p && !is_folder)
		return gv_fail(err, GV_EDATA, "%s", _("the name comes twice, or two names differ only in case"));
	if (slot->name.p)
		return 0;
	name = gv_arena_copy(&set->arena, name);
	if (!name.p)
		return gv_fail_nomem(err);
	*slot = (struct gv_entryname_slot){ name, is_folder };
	set->used++;
	return 0;
}

int gv_entrynames_add(struct gv_entrynames *set, struct gv_str name, bool is_folder, struct gv_err *err)
{
	int rc;

	set->fold.max = 8 * GV_ENTRY_NAME_MAX;
	gv_buf_reset(&set->fold);
	rc = gv_utf8_fold(name, &set->fold, err);
	for (size_t i = 0; i < set->fold.n && !rc; i++)
		if (set->fold.p[i] == '/')
			rc = add_folded(set, (struct gv_str){ set->fold.p, i }, true, err);
	return rc ? rc : add_folded(set, gv_buf_str(&set->fold), is_folder, err);
}

void gv_entrynames_free(struct gv_entrynames *set)
{
	free(set->slots);
	gv_arena_free(&set->arena);
	gv_buf_free(&set->fold);
	*set = (struct gv_entrynames){ 0 };
}
