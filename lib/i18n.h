/* SPDX-License-Identifier: MIT */
/*
 * i18n: messages for people through gettext (domain "gavel").  Keys, values,
 * rule ids and exit codes are never translated.  Sources are English.
 */
#ifndef GAVEL_I18N_H
#define GAVEL_I18N_H

#include <stdbool.h>

#define _(s)  gv_tr(s)
#define N_(s) s  /* marked for extraction, translated where it is used */

const char *gv_tr(const char *msg) __attribute__((format_arg(1)));
const char *gv_trn(const char *one, const char *many, unsigned long n)
	__attribute__((format_arg(1), format_arg(2)));

/*
 * Once per process, before any message.  Sets LC_CTYPE and LC_MESSAGES, the others stay "C".
 * Where the locale is missing (no `locales` package) falls back to C.UTF-8 and sets LANGUAGE from
 * LC_ALL, LC_MESSAGES or LANG, so that LANG=zh_CN.UTF-8 works everywhere.  The catalogue is
 * <share>/locale.
 */
void gv_i18n_init(void);

/* True when messages come out in Chinese: used to choose between the en and
 * zh titles of rules and schemas. */
bool gv_i18n_is_zh(void);

#endif
