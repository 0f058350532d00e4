/* SPDX-License-Identifier: MIT */
/* case-file: what its subcommands share. */
#ifndef GAVEL_CASE_FILE_H
#define GAVEL_CASE_FILE_H

#include <limits.h>

#include "amend.h"
#include "assignment.h"
#include "i18n.h"

#define CASE_FILE_SUBCOMMANDS(X) \
	X(init) X(import) X(open) X(get) X(list) X(set) X(event) X(close) X(link) X(edit) X(due) \
	X(log) X(blame) X(changes) X(check) X(apply) X(export) X(checkout) X(migrate) X(join) \
	X(pull) X(push) X(diff_file) X(merge_file) X(maintain) X(attach) X(files) X(seal) \
	X(unseal) X(destroy_key) X(keys) X(merge) X(conflicts) X(resolve) X(complete)

#define CASE_FILE_DECLARE(name) extern const struct gv_cmd_spec case_file_##name;
CASE_FILE_SUBCOMMANDS(CASE_FILE_DECLARE)
#undef CASE_FILE_DECLARE

/* Columns of tables and CSV. */
#define CASE_FIELDS "id,state,cause,tribunal,judge,filed_on,closed_on,claim_fen"

/* This very program, for hooks and settings that run it where PATH has no case-file; NULL if the system does not tell. */
const char *own_program(char path[PATH_MAX]);

#endif
