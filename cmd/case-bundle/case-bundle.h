/* SPDX-License-Identifier: MIT */
/* case-bundle: what its subcommands share. */
#ifndef GAVEL_CASE_BUNDLE_H
#define GAVEL_CASE_BUNDLE_H

#include "archiver.h"
#include "cmd_docket.h"
#include "i18n.h"

#define CASE_BUNDLE_SUBCOMMANDS(X) X(pack) X(verify) X(list) X(unpack) X(import)

#define CASE_BUNDLE_DECLARE(name) extern const struct gv_cmd_spec case_bundle_##name;
CASE_BUNDLE_SUBCOMMANDS(CASE_BUNDLE_DECLARE)
#undef CASE_BUNDLE_DECLARE

/* How much of an archive is read before it is given up. */
#define LIMIT_OPTS \
	{ 0, "max-bytes", "BYTES", N_("all files together, unpacked (4294967296)") }, \
	{ 0, "max-file", "BYTES", N_("one file, unpacked (1073741824)") }, \
	{ 0, "max-entries", "N", N_("files and folders (1000000)") }, \
	{ 0, "max-ratio", "N", N_("times as long unpacked as packed, from 16 MiB on (200)") }, \
	{ 0, "max-seconds", "N", N_("computing time of the reader (120)") },

/* The archive that the operand names ("-": standard input), with the limits of the options. */
struct source {
	struct gv_archive *archive;
	int fd;
	const char *name;
};
int source_open(struct source *s, struct gv_cmd *c);
/* Once more from its beginning. */
int source_again(struct source *s, struct gv_cmd *c, const struct source *first);
void source_close(struct source *s);

#endif
