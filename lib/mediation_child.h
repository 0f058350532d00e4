/* SPDX-License-Identifier: MIT */
/* mediation_child: the children whom a mediation is about, and who looks after them in it. */
#ifndef GAVEL_MEDIATION_CHILD_H
#define GAVEL_MEDIATION_CHILD_H

#include "date.h"
#include "rec.h"

/* Is a minor concerned, by involves_minor, a party that is one, or children? */
bool gv_mediation_has_minor(const struct gv_val *rec);

/* Any of these roles of a person makes a youth social worker, who may investigate for the court (未成年人保护法 art. 116). */
#define GV_SOCIAL_WORKER_ROLES "青少年社工,社会工作者,社会调查员,家事调查员,社会观护员"

/* Does the person (a record) work for the court on that day in one of these roles? */
bool gv_is_social_worker(const struct gv_val *person, gv_day on);

/* What a social report may say: fields of "investigation"; ends with NULL. */
extern const char *const gv_social_report_fields[];

#endif
