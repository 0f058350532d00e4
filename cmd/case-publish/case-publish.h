/* SPDX-License-Identifier: MIT */
/* case-publish: what its subcommands share. */
#ifndef GAVEL_CASE_PUBLISH_H
#define GAVEL_CASE_PUBLISH_H

#include "cmd_docket.h"
#include "i18n.h"

#define PUBLISH_SUBCOMMANDS(X) \
	X(redact) X(scan)

#define PUBLISH_DECLARE(name) extern const struct gv_cmd_spec publish_##name;
PUBLISH_SUBCOMMANDS(PUBLISH_DECLARE)
#undef PUBLISH_DECLARE

#endif
