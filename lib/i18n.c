/* SPDX-License-Identifier: MIT */
#include "i18n.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "home.h"

#define DOMAIN "gavel"

const char *gv_tr(const char *msg)
{
	/* The translation of "" is the header of the catalogue. */
	return *msg ? dgettext(DOMAIN, msg) : msg;
}

const char *gv_trn(const char *one, const char *many, unsigned long n)
{
	return dngettext(DOMAIN, one, many, n);
}

static const char *wanted_language(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *v = getenv(names[i]);

		if (v && *v)
			return v;
	}
	return "";
}

/* The locale may be missing on this machine; its messages need not be. */
static void fall_back(void)
{
	const char *want = wanted_language();
	const char *set = getenv("LANGUAGE");
	char language[32];
	size_t n = strcspn(want, ".@");

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return;
	if (set && *set)
		return;
	if (n == 0 || n >= sizeof language)
		return;
	memcpy(language, want, n);
	language[n] = '\0';
	setenv("LANGUAGE", language, 1);
}

void gv_i18n_init(void)
{
	struct gv_buf dir = GV_BUF_INIT(4096);
	const char *codeset;

	if (!setlocale(LC_ALL, ""))
		fall_back();
	setlocale(LC_NUMERIC, "C");
	codeset = setlocale(LC_CTYPE, NULL);
	if (!codeset || !(strstr(codeset, "UTF-8") || strstr(codeset, "utf8")))
		setlocale(LC_CTYPE, "C.UTF-8");
	if (gv_home_share(&dir, "locale", NULL) == 0)
		bindtextdomain(DOMAIN, dir.p);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	gv_buf_free(&dir);
}

bool gv_i18n_is_zh(void)
{
	/* Translators: the code of the language of this catalogue. */
	return strncmp(_("en"), "zh", 2) == 0;
}
