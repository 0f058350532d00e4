/* SPDX-License-Identifier: MIT */
#include "mediation_child.h"

#include "duties.h"

const char *const gv_social_report_fields[] = { "child_wishes", "living", "schooling", "health", "family", "advice", NULL };

bool gv_mediation_has_minor(const struct gv_val *rec)
{
	const struct gv_val *parties = gv_val_items(rec, "parties");

	for (uint32_t i = 0; i < parties->n; i++)
		if (gv_val_is_true(&parties->items[i], "minor"))
			return true;
	return gv_val_is_true(rec, "involves_minor") || gv_val_items(rec, "children")->n > 0;
}

bool gv_is_social_worker(const struct gv_val *person, gv_day on)
{
	struct gv_actor a = { .person = person };
	struct gv_str rest = GV_STR(GV_SOCIAL_WORKER_ROLES), role;

	while (gv_rule_next(&rest, &role))
		if (gv_actor_has_role(&a, role, NULL, on))
			return true;
	return false;
}
