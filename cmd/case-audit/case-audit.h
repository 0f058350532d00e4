/* SPDX-License-Identifier: MIT */
/* case-audit: what its subcommands share. */
#ifndef GAVEL_CASE_AUDIT_H
#define GAVEL_CASE_AUDIT_H

#include "cmd_docket.h"
#include "i18n.h"

#define CASE_AUDIT_SUBCOMMANDS(X) \
	X(verify)

#define CASE_AUDIT_DECLARE(name) extern const struct gv_cmd_spec case_audit_##name;
CASE_AUDIT_SUBCOMMANDS(CASE_AUDIT_DECLARE)
#undef CASE_AUDIT_DECLARE

#endif
