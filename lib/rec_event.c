/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "i18n.h"
#include "rec.h"

enum {
	EID_LEN = 16,
	EID_STEP = 8 /* characters of a random step: 40 bits */
};

/* Base32 in the order of its bytes, so that ids compare as their numbers do. */
static const char digits[] = "234567abcdefghijklmnopqrstuvwxyz";

/* n random numbers below 32. */
static int random_digits(unsigned char *out, size_t n, struct gv_err *err)
{
	size_t got = 0;

	while (got < n) {
		ssize_t now = getrandom(out + got, n - got, 0);

		if (now < 0 && errno != EINTR)
			return gv_fail_sys(err, "getrandom", "%s", _("no random numbers"));
		if (now > 0)
			got += (size_t)now;
	}
	for (size_t i = 0; i < n; i++)
		out[i] &= 31;
	return 0;
}

int gv_eid_new(char out[17], struct gv_err *err)
{
	unsigned char random[EID_LEN];
	int rc = random_digits(random, EID_LEN, err);

	for (size_t i = 0; !rc && i < EID_LEN; i++)
		out[i] = digits[random[i]];
	out[EID_LEN] = '\0';
	return rc;
}

/*
 * out += a random step of 40 bits, never 0.  Two writers who add to one log at once take different steps, and the
 * 80 bits have room for 10^12 steps.  *full when they had not: the last id stood at the very end.
 */
static int eid_step(char out[17], bool *full, struct gv_err *err)
{
	unsigned char step[EID_STEP];
	unsigned carry = 1;
	int rc = random_digits(step, EID_STEP, err);

	if (rc)
		return rc;
	for (size_t i = EID_LEN; i > 0; i--) {
		unsigned sum = (unsigned)(strchr(digits, out[i - 1]) - digits) + carry;

		if (i > EID_LEN - EID_STEP)
			sum += step[i - 1 - (EID_LEN - EID_STEP)];
		out[i - 1] = digits[sum & 31];
		carry = sum >> 5;
	}
	*full = carry != 0;
	return 0;
}

static bool is_eid(struct gv_str s)
{
	size_t i = 0;

	while (i < s.n && s.p[i] && strchr(digits, s.p[i]))
		i++;
	return i == s.n && s.n == EID_LEN;
}

/* A new id that stands behind all of the log with the same `on`: of one day, what is recorded later stands later. */
static int eid_last(char out[17], const struct gv_val *log, struct gv_str on, struct gv_err *err)
{
	struct gv_str last = { NULL, 0 };
	bool full = false;
	int rc;

	for (uint32_t i = 0; i < log->n; i++) {
		struct gv_str eid = gv_val_getstr(&log->items[i], "eid");

		if (gv_str_eq(gv_val_getstr(&log->items[i], "on"), on) && is_eid(eid) &&
		    (!last.n || gv_str_cmp(eid, last) > 0))
			last = eid;
	}
	if (!last.n)
		return gv_eid_new(out, err);
	memcpy(out, last.p, EID_LEN);
	out[EID_LEN] = '\0';
	rc = eid_step(out, &full, err);
	return rc || !full ? rc : gv_eid_new(out, err);
}

static int compare(const struct gv_val *a, const struct gv_val *b)
{
	int d = gv_str_cmp(gv_val_getstr(a, "on"), gv_val_getstr(b, "on"));

	return d ? d : gv_str_cmp(gv_val_getstr(a, "eid"), gv_val_getstr(b, "eid"));
}

static int check_log(const struct gv_val *log, struct gv_str eid, struct gv_err *err)
{
	if (log->type != GV_ARRAY)
		return gv_fail_field(err, GV_EDATA, "events", "%s", _("must be an array"));
	for (uint32_t i = 0; i < log->n; i++) {
		if (log->items[i].type != GV_OBJECT)
			return gv_fail_field(err, GV_EDATA, "events", "%s",
			                     _("must be an array of objects"));
		if (eid.n && gv_str_eq(gv_val_getstr(&log->items[i], "eid"), eid))
			return gv_fail_field(err, GV_EDATA, "eid",
			                     _("there is an event \"%.*s\" already"), (int)eid.n,
			                     eid.p);
	}
	return 0;
}

static int check_event(const struct gv_val *event, struct gv_err *err)
{
	static const char *const required[] = { "event", "on" };

	if (event->type != GV_OBJECT)
		return gv_fail(err, GV_EDATA, "%s", _("an event is a JSON object"));
	for (size_t i = 0; i < 2; i++)
		if (!gv_val_getstr(event, required[i]).n)
			return gv_fail_field(err, GV_EDATA, required[i], "%s", _("missing"));
	return 0;
}

static int name_event(struct gv_doc *d, const struct gv_val *log, struct gv_val *event, struct gv_err *err)
{
	char eid[17];
	int rc;

	if (gv_val_getstr(event, "eid").n)
		return 0;
	rc = eid_last(eid, log, gv_val_getstr(event, "on"), err);
	return rc ? rc : gv_obj_set(d, event, GV_STR("eid"), gv_mkstr(d, gv_str_of(eid)), err);
}

int gv_event_add(struct gv_doc *d, struct gv_val *rec, struct gv_val event, struct gv_err *err)
{
	const struct gv_val *old = gv_val_get(rec, "events");
	struct gv_val log = old ? *old : gv_mkarr();
	uint32_t at;
	int rc = check_event(&event, err);

	if (!rc)
		rc = check_log(&log, gv_val_getstr(&event, "eid"), err);
	if (!rc)
		rc = name_event(d, &log, &event, err);
	if (!rc)
		rc = gv_arr_add(d, &log, event, err);
	if (rc)
		return rc;
	for (at = log.n - 1; at > 0 && compare(&log.items[at - 1], &event) > 0; at--)
		log.items[at] = log.items[at - 1];
	log.items[at] = event;
	return gv_obj_set(d, rec, GV_STR("events"), log, err);
}

int gv_event_check_order(const struct gv_schema *s, const struct gv_val *rec, const char *name, struct gv_str on, struct gv_err *err)
{
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = log->n; i-- > 0;) {
		struct gv_str event = gv_val_getstr(&log->items[i], "event"), day = gv_val_getstr(&log->items[i], "on");

		if (!gv_schema_moves(s, event))
			continue;
		if (gv_str_cmp(on, day) >= 0)
			break;
		return gv_fail(err, GV_EDATA, _("%s on %.*s would stand before %.*s on %.*s: it needs a later day or time"), name, (int)on.n, on.p, (int)event.n,
		               event.p, (int)day.n, day.p);
	}
	return 0;
}

int gv_event_add_plain(struct gv_doc *d, struct gv_val *rec, const char *name, struct gv_str on, struct gv_err *err)
{
	struct gv_val event = gv_mkobj();
	int rc = gv_obj_set(d, &event, GV_STR("event"), gv_mklit(name), err);

	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("on"), gv_mkstr(d, on), err);
	return rc ? rc : gv_event_add(d, rec, event, err);
}
