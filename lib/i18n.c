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

static bool is_set(const char *name)
{
	const char *v = getenv(name);

	return v && *v;
}

/* Messages as they are in the source: nothing has to be looked for. */
static bool wants_source(const char *language, size_t n)
{
	return !is_set("LANGUAGE") &&
	       (n == 0 || (n == 1 && *language == 'C') || (n == 5 && memcmp(language, "POSIX", n) == 0));
}

/* The locale may be missing on this machine; its messages need not be. */
static void fall_back(const char *want, size_t n)
{
	char language[32];

	if (!setlocale(LC_MESSAGES, "C.UTF-8") || is_set("LANGUAGE") || n == 0 || n >= sizeof language)
		return;
	memcpy(language, want, n);
	language[n] = '\0';
	setenv("LANGUAGE", language, 1);
}

/* Only what is used: each category costs some files that the C library opens. */
void gv_i18n_init(void)
{
	struct gv_buf dir = GV_BUF_INIT(4096);
	const char *want = wanted_language();
	size_t n = strcspn(want, ".@");
	const char *codeset = setlocale(LC_CTYPE, "");

	if (!codeset || !(strstr(codeset, "UTF-8") || strstr(codeset, "utf8")))
		setlocale(LC_CTYPE, "C.UTF-8");
	if (wants_source(want, n))
		return;
	if (!setlocale(LC_MESSAGES, ""))
		fall_back(want, n);
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
