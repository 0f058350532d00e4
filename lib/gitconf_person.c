/* SPDX-License-Identifier: MIT */
/* Who commits, and when: as git's ident.c decides it, but never guessed from the machine. */
#include "gitconf.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "date.h"
#include "i18n.h"
#include "utf8.h"

/* One look at the configs for all of them. */
enum { AUTHOR_NAME, AUTHOR_MAIL, COMMITTER_NAME, COMMITTER_MAIL, USER_NAME, USER_MAIL, SIGN, KEYS };

static const char *const keys[KEYS] = {
	"author.name", "author.email", "committer.name", "committer.email", "user.name",
	"user.email", "commit.gpgsign",
};

struct settings {
	struct gv_buf values[KEYS];
	bool found[KEYS];
};

struct role {
	const char *word, *env_name, *env_mail, *env_date;
	size_t name, mail;  /* its own settings; everybody's come after them */
};

static const struct role roles[2] = {
	{ "author", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE",
	  AUTHOR_NAME, AUTHOR_MAIL },
	{ "committer", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_DATE",
	  COMMITTER_NAME, COMMITTER_MAIL },
};

static void settings_init(struct settings *s)
{
	*s = (struct settings){ .found = { false } };
	for (size_t i = 0; i < KEYS; i++)
		gv_buf_init(&s->values[i], 4096);
}

static void settings_free(struct settings *s)
{
	for (size_t i = 0; i < KEYS; i++)
		gv_buf_free(&s->values[i]);
}

/* ---- name and mail ---- */

static bool is_crud(char c)
{
	return (unsigned char)c <= ' ' || strchr(",:;<>\"\\'", c) != NULL;
}

/* What cannot stand in a commit's header is left out, as git does it. */
static int add_clean(struct gv_buf *out, const char *what, const char *text, struct gv_err *err)
{
	struct gv_str s = gv_str_of(text);
	size_t before = out->n;

	if (gv_utf8_valid(s) != s.n)
		return gv_fail_field(err, GV_EUSAGE, what, "%s", _("not UTF-8"));
	while (s.n && is_crud(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_crud(s.p[s.n - 1]))
		s.n--;
	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("\n<>", s.p[i]))
			gv_buf_addc(out, s.p[i]);
	}
	if (out->failed)
		return gv_buf_check(out, err);
	if (out->n == before)
		return gv_fail_field(err, GV_EUSAGE, what, _("\"%s\" has no usable character"),
		                     text);
	return 0;
}

static int unknown(const struct role *r, bool name, struct gv_err *err)
{
	return gv_fail(err, GV_EUSAGE, name ?
		_("git does not know who you are (%s): "
		  "git config --global user.name \"Your Name\"") :
		_("git does not know who you are (%s): "
		  "git config --global user.email you@example.org"),
		r->word);
}

static const char *first(const char *env, const struct gv_buf *own, const struct gv_buf *all)
{
	return env ? env : own->n ? own->p : all->n ? all->p : NULL;
}

static int add_identity(const struct settings *s, const struct role *r, struct gv_buf *out,
                        struct gv_err *err)
{
	const char *name = first(getenv(r->env_name), &s->values[r->name], &s->values[USER_NAME]);
	const char *mail = first(getenv(r->env_mail), &s->values[r->mail], &s->values[USER_MAIL]);
	int rc = 0;

	if (!mail)
		mail = getenv("EMAIL");
	if (!name || !*name)
		rc = unknown(r, true, err);
	else if (!mail || !*mail)
		rc = unknown(r, false, err);
	if (!rc)
		rc = add_clean(out, "user.name", name, err);
	gv_buf_adds(out, " <");
	if (!rc)
		rc = add_clean(out, "user.email", mail, err);
	gv_buf_adds(out, "> ");
	return rc;
}

/* ---- time ---- */

struct stamp { int64_t seconds; int zone; };  /* minutes east */

static int zone_at(int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	return localtime_r(&t, &tm) ? (int)(tm.tm_gmtoff / 60) : 0;
}

/* "+0800", "+08:00", "Z"; the whole of s. */
static bool read_zone(struct gv_str s, int *zone)
{
	char digits[5];
	size_t n = 0;
	int64_t v;

	if (gv_str_is(s, "Z")) {
		*zone = 0;
		return true;
	}
	if (s.n < 3 || (s.p[0] != '+' && s.p[0] != '-'))
		return false;
	for (size_t i = 1; i < s.n; i++) {
		if (i == 3 && s.p[i] == ':')
			continue;
		if (s.p[i] < '0' || s.p[i] > '9' || n == 4)
			return false;
		digits[n++] = s.p[i];
	}
	if (n == 2) {
		digits[n++] = '0';
		digits[n++] = '0';
	}
	digits[n] = '\0';
	if (n != 4 || !gv_str_int(gv_str_of(digits), &v) || v > 1400 || v % 100 > 59)
		return false;
	*zone = (int)(v / 100 * 60 + v % 100) * (s.p[0] == '-' ? -1 : 1);
	return true;
}

/* "@1656547200 +0800", "1656547200 +0800", "1656547200". */
static bool read_raw(struct gv_str s, struct stamp *out)
{
	struct gv_str number = s, zone = { 0 };
	const char *blank;

	if (number.n && number.p[0] == '@') {
		number.p++;
		number.n--;
	} else if (number.n < 8) {
		return false; /* as git: too short for seconds */
	}
	blank = number.n ? memchr(number.p, ' ', number.n) : NULL;
	if (blank) {
		zone = (struct gv_str){ blank + 1, (size_t)(number.p + number.n - blank - 1) };
		number.n = (size_t)(blank - number.p);
	}
	if (!gv_str_int(number, &out->seconds) || out->seconds < 0)
		return false;
	out->zone = zone_at(out->seconds);
	return !blank || read_zone(zone, &out->zone);
}

/* "2022-06-30T12:00:00+08:00", a blank for the T, the zone may be missing: then it is the local
 * one. */
static bool read_iso(struct gv_str s, struct stamp *out)
{
	enum { TIME = 8, WHOLE = GV_DATE_LEN + 1 + TIME };
	gv_day day = s.n >= WHOLE ? gv_day_read((struct gv_str){ s.p, GV_DATE_LEN }) : GV_DAY_NONE;
	struct gv_str zone;
	int64_t part[3];

	if (day == GV_DAY_NONE || (s.p[GV_DATE_LEN] != 'T' && s.p[GV_DATE_LEN] != ' '))
		return false;
	for (size_t i = 0; i < 3; i++) {
		const char *p = s.p + GV_DATE_LEN + 1 + 3 * i;

		if (*p == '-' || !gv_str_int((struct gv_str){ p, 2 }, &part[i]) ||
		    part[i] > (i ? 59 : 23) || (i < 2 && p[2] != ':'))
			return false;
	}
	out->seconds = day * INT64_C(86400) + part[0] * 3600 + part[1] * 60 + part[2];
	zone = gv_str_trim((struct gv_str){ s.p + WHOLE, s.n - WHOLE });
	if (zone.n == 0)
		out->zone = zone_at(out->seconds - zone_at(out->seconds) * INT64_C(60));
	else if (!read_zone(zone, &out->zone))
		return false;
	out->seconds -= out->zone * INT64_C(60);
	return out->seconds >= 0;
}

static int add_time(const struct role *r, struct gv_buf *out, struct gv_err *err)
{
	const char *given = getenv(r->env_date);
	struct gv_str text = gv_str_trim(gv_str_of(given ? given : ""));
	struct stamp t;
	int zone;

	if (!text.n) {
		t.seconds = (int64_t)time(NULL);
		t.zone = zone_at(t.seconds);
	} else if (!read_raw(text, &t) && !read_iso(text, &t)) {
		return gv_fail_field(
			err, GV_EUSAGE, r->env_date,
			_("\"%s\" is not a time: write SECONDS +ZONE or YYYY-MM-DDTHH:MM:SS+ZONE"),
			given);
	}
	zone = abs(t.zone);
	gv_buf_addf(out, "%lld %c%02d%02d", (long long)t.seconds, t.zone < 0 ? '-' : '+', zone / 60,
	            zone % 60);
	return 0;
}

static int add_person(const struct settings *s, const struct role *r, struct gv_buf *out,
                      struct gv_err *err)
{
	size_t before = out->n;
	int rc = add_identity(s, r, out, err);

	if (!rc)
		rc = add_time(r, out, err);
	if (!rc)
		rc = gv_buf_check(out, err);
	if (rc && out->p)
		out->p[out->n = before] = '\0';
	return rc;
}

int gv_gitconf_person(const char *gitdir, bool committer, struct gv_buf *out, struct gv_err *err)
{
	const struct role *r = &roles[committer];
	struct settings s;
	int rc = 0;

	settings_init(&s);
	if (!getenv(r->env_name) || !getenv(r->env_mail))
		rc = gv_gitconf_lookup(gitdir, keys, KEYS, s.values, s.found, err);
	if (!rc)
		rc = add_person(&s, r, out, err);
	settings_free(&s);
	return rc;
}

int gv_gitconf_commit(const char *gitdir, struct gv_buf *author, struct gv_buf *committer,
                      bool *sign, struct gv_err *err)
{
	struct settings s;
	int rc;

	settings_init(&s);
	rc = gv_gitconf_lookup(gitdir, keys, KEYS, s.values, s.found, err);
	if (!rc)
		rc = add_person(&s, &roles[0], author, err);
	if (!rc)
		rc = add_person(&s, &roles[1], committer, err);
	*sign = s.found[SIGN];
	if (!rc && s.found[SIGN] && !gv_gitconf_bool(s.values[SIGN].p ? s.values[SIGN].p : "", sign))
		*sign = true;
	settings_free(&s);
	return rc;
}
