/* SPDX-License-Identifier: MIT */
#include "policy.h"

#include <stdio.h>

#include "i18n.h"

/* "policy.signed_commits[2]": a number below 0 is none. */
static int wrong(struct gv_err *err, const char *name, int64_t item, const char *what)
{
	char field[128], index[32] = "";

	if (item >= 0)
		snprintf(index, sizeof index, "[%lld]", (long long)item);
	snprintf(field, sizeof field, "policy.%.64s%s", name, index);
	gv_fail_field(err, GV_EDATA, field, "%s", what);
	gv_err_thing(err, "gavel.json", strlen("gavel.json"));
	return GV_EDATA;
}

/* A day of an item; `absent` if it has none. */
static bool read_day(const struct gv_val *item, const char *name, gv_day absent, gv_day *out)
{
	const struct gv_val *v = gv_val_get(item, name);

	*out = v ? gv_day_read(gv_val_str(v)) : absent;
	return *out != GV_DAY_NONE;
}

int gv_policy_get(const struct gv_val **out, const struct gv_val *config, const char *name, gv_day on,
                  struct gv_err *err)
{
	const struct gv_val *policy = gv_val_get(config, "policy"), *list = gv_val_get(policy, name);
	gv_day latest = GV_DAY_NONE;

	*out = NULL;
	if (!list)
		return 0;
	if (list->type != GV_ARRAY)
		return wrong(err, name, -1, _("is not a list of values with their days"));
	for (uint32_t i = 0; i < list->n; i++) {
		const struct gv_val *item = &list->items[i], *value = gv_val_get(item, "value");
		gv_day from, until;

		if (!value)
			return wrong(err, name, i, _("has no value"));
		if (!read_day(item, "from", GV_DAY_NONE, &from) || !read_day(item, "until", GV_DAY_LAST, &until))
			return wrong(err, name, i, _("has a day that is not a date"));
		if (on < from || on > until || from < latest)
			continue;
		latest = from;
		*out = value;
	}
	return 0;
}

int gv_policy_bool(bool *out, const struct gv_val *config, const char *name, gv_day on, struct gv_err *err)
{
	const struct gv_val *value;
	int rc = gv_policy_get(&value, config, name, on, err);

	*out = false;
	if (rc || !value)
		return rc;
	if (value->type != GV_BOOL)
		return wrong(err, name, -1, _("has a value that is neither true nor false"));
	*out = value->truth;
	return 0;
}
