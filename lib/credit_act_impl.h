/* SPDX-License-Identifier: MIT */
/* credit_act_impl: credit_act.c (what an act does) asks credit_act_guard.c (what must be there for it). */
#ifndef GAVEL_CREDIT_ACT_IMPL_H
#define GAVEL_CREDIT_ACT_IMPL_H

#include "credit_act.h"

/* Before the event is added: may it be now, and on that day? */
int gv_credit_guard_before(struct gv_amend *a, const struct gv_credit_act *act, const char *event, const char *on);
/* Behind it: is what it rests on there? */
int gv_credit_guard(struct gv_amend *a, const struct gv_credit_act *act, const struct gv_credit_aside *aside, const char *on);

#endif
