/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <sys/random.h>

#include "i18n.h"
#include "rec.h"

int gv_eid_new(char out[17], struct gv_err *err)
{
	static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned char bits[10];
	size_t got = 0;

	while (got < sizeof bits) {
		ssize_t n = getrandom(bits + got, sizeof bits - got, 0);

		if (n < 0 && errno != EINTR)
			return gv_fail_sys(err, "getrandom", "%s", _("no random numbers"));
		if (n > 0)
			got += (size_t)n;
	}
	/* 5 bits a character, 8 characters of 5 bytes. */
	for (size_t i = 0; i < 16; i++) {
		size_t bit = i * 5, byte = bit / 8;
		unsigned next = byte + 1 < sizeof bits ? bits[byte + 1] : 0;
		unsigned pair = (unsigned)bits[byte] << 8 | next;

		out[i] = base32[pair >> (11 - bit % 8) & 31];
	}
	out[16] = '\0';
	return 0;
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
		if (gv_str_eq(gv_val_getstr(&log->items[i], "eid"), eid))
			return gv_fail_field(err, GV_EDATA, "eid",
			                     _("there is an event \"%.*s\" already"), (int)eid.n,
			                     eid.p);
	}
	return 0;
}

static int check_event(struct gv_doc *d, struct gv_val *event, struct gv_err *err)
{
	static const char *const required[] = { "event", "on" };
	char eid[17];
	int rc;

	if (event->type != GV_OBJECT)
		return gv_fail(err, GV_EDATA, "%s", _("an event is a JSON object"));
	for (size_t i = 0; i < 2; i++)
		if (!gv_val_getstr(event, required[i]).n)
			return gv_fail_field(err, GV_EDATA, required[i], "%s", _("missing"));
	if (gv_val_getstr(event, "eid").n)
		return 0;
	rc = gv_eid_new(eid, err);
	return rc ? rc : gv_obj_set(d, event, GV_STR("eid"), gv_mkstr(d, gv_str_of(eid)), err);
}

int gv_event_add(struct gv_doc *d, struct gv_val *rec, struct gv_val event, struct gv_err *err)
{
	const struct gv_val *old = gv_val_get(rec, "events");
	struct gv_val log = old ? *old : gv_mkarr();
	uint32_t at;
	int rc = check_event(d, &event, err);

	if (!rc)
		rc = check_log(&log, gv_val_getstr(&event, "eid"), err);
	if (!rc)
		rc = gv_arr_add(d, &log, event, err);
	if (rc)
		return rc;
	for (at = log.n - 1; at > 0 && compare(&log.items[at - 1], &event) > 0; at--)
		log.items[at] = log.items[at - 1];
	log.items[at] = event;
	return gv_obj_set(d, rec, GV_STR("events"), log, err);
}
