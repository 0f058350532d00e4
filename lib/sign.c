/* SPDX-License-Identifier: MIT */
#include "sign.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gitconf.h"
#include "i18n.h"
#include "run.h"
#include "sshsig.h"

extern char **environ;

/* Signatures are a few hundred bytes, those of gpg with large keys a few thousand. */
enum { SIG_MAX = 65536, SAID_MAX = 65536, ENV_MAX = 4096, VERIFY_SECONDS = 60 };

/* What gpg.format may say. */
struct format {
	const char *name, *program, *begin;  /* what a signature begins with */
};

enum { OPENPGP, X509, SSH, FORMATS };

static const struct format formats[FORMATS] = {
	{ "openpgp", "gpg", "-----BEGIN PGP SIGNATURE-----" },
	{ "x509", "gpgsm", "-----BEGIN SIGNED MESSAGE-----" },
	{ "ssh", "ssh-keygen", "-----BEGIN SSH SIGNATURE-----" },
};

struct gv_sign_how {
	const struct format *format;
	bool is_chosen;
	bool is_literal;          /* the key is a public key's text: the agent has the secret one */
	struct gv_buf program;
	struct gv_buf key;        /* a path, a public key, or what gpg -u takes */
};

/* ---- settings ---- */

enum { GPG_FORMAT, SIGNING_KEY, GPG_PROGRAM, OPENPGP_PROGRAM, X509_PROGRAM, SSH_PROGRAM, KEY_COMMAND, KEYS };

static const char *const keys[KEYS] = {
	"gpg.format", "user.signingKey", "gpg.program", "gpg.openpgp.program", "gpg.x509.program", "gpg.ssh.program",
	"gpg.ssh.defaultKeyCommand",
};

struct settings {
	struct gv_buf values[KEYS];
	bool found[KEYS];
};

static bool is_set(const struct settings *s, int key)
{
	return s->found[key] && s->values[key].n;
}

static int take_format(struct gv_sign_how *how, const struct settings *s, struct gv_err *err)
{
	const char *name = is_set(s, GPG_FORMAT) ? s->values[GPG_FORMAT].p : formats[OPENPGP].name;

	how->is_chosen = is_set(s, GPG_FORMAT) || is_set(s, SIGNING_KEY);
	for (size_t i = 0; i < FORMATS && !how->format; i++)
		if (strcmp(name, formats[i].name) == 0)
			how->format = &formats[i];
	if (how->format)
		return 0;
	return gv_fail_field(err, GV_EUSAGE, "gpg.format", _("\"%s\" is none of ssh, openpgp and x509"), name);
}

static int take_program(struct gv_sign_how *how, const struct settings *s, struct gv_err *err)
{
	const int own = how->format == &formats[SSH] ? SSH_PROGRAM : how->format == &formats[X509] ? X509_PROGRAM
	                                                                                          : OPENPGP_PROGRAM;

	if (is_set(s, own))
		gv_buf_addstr(&how->program, gv_buf_str(&s->values[own]));
	else if (own == OPENPGP_PROGRAM && is_set(s, GPG_PROGRAM))
		gv_buf_addstr(&how->program, gv_buf_str(&s->values[GPG_PROGRAM]));
	else
		gv_buf_adds(&how->program, how->format->program);
	return gv_buf_check(&how->program, err);
}

/* gpg's own choice, as git has it: "Name <mail>" of the committer. */
static int take_committer(struct gv_sign_how *how, const char *gitdir, struct gv_err *err)
{
	struct gv_buf person = GV_BUF_INIT(4096);
	int rc = gv_gitconf_person(gitdir, true, &person, err);
	const char *end = rc ? NULL : strrchr(person.p, '>');

	if (end)
		gv_buf_add(&how->key, person.p, (size_t)(end + 1 - person.p));
	gv_buf_free(&person);
	return rc ? rc : gv_buf_check(&how->key, err);
}

/* "key::..." (any type) or "ssh-...": the public key itself. */
static bool literal(struct gv_str *key)
{
	if (gv_str_starts(*key, GV_STR("key::"))) {
		key->p += 5;
		key->n -= 5;
		return true;
	}
	return gv_str_starts(*key, GV_STR("ssh-"));
}

static int no_key(struct gv_err *err)
{
	return gv_fail_field(err, GV_EUSAGE, "user.signingKey", "%s",
	                     _("is not set, so there is no key to sign with: "
	                       "git config --global user.signingKey FILE (a private or public SSH key)"));
}

static int key_of_command(struct gv_buf *out, const char *command, struct gv_err *err)
{
	const char *const args[] = { "-c", command, NULL };
	struct gv_run run = { .program = "/bin/sh", .args = args, .errors_through = true };
	struct gv_buf said = GV_BUF_INIT(SAID_MAX);
	struct gv_str line;
	int code = 0, rc = gv_run(&run, &said, NULL, &code, err); /* there is a /bin/sh */
	const char *eol = said.n ? memchr(said.p, '\n', said.n) : NULL;

	line = gv_str_trim((struct gv_str){ said.p, eol ? (size_t)(eol - said.p) : said.n });
	if (!rc)
		rc = gv_buf_check(&said, err);
	if (!rc && (code || !literal(&line)))
		rc = gv_fail_field(err, GV_EUSAGE, "gpg.ssh.defaultKeyCommand", _("\"%s\" gives no public key"), command);
	if (!rc) {
		gv_buf_addstr(out, line);
		rc = gv_buf_check(out, err);
	}
	gv_buf_free(&said);
	return rc;
}

static int take_ssh_key(struct gv_sign_how *how, const struct settings *s, struct gv_err *err)
{
	const struct gv_buf *key = &s->values[SIGNING_KEY], *command = &s->values[KEY_COMMAND];
	struct gv_str text = gv_buf_str(key);
	const char *home = getenv("HOME");

	how->is_literal = true;
	if (!is_set(s, SIGNING_KEY))
		return is_set(s, KEY_COMMAND) ? key_of_command(&how->key, command->p, err) : no_key(err);
	how->is_literal = literal(&text);
	if (!how->is_literal && home && gv_str_starts(text, GV_STR("~/"))) {
		gv_buf_adds(&how->key, home);
		text.p++;
		text.n--;
	}
	gv_buf_addstr(&how->key, text);
	return gv_buf_check(&how->key, err);
}

static int take_key(struct gv_sign_how *how, const struct settings *s, const char *gitdir, struct gv_err *err)
{
	if (how->format == &formats[SSH])
		return take_ssh_key(how, s, err);
	if (!is_set(s, SIGNING_KEY))
		return take_committer(how, gitdir, err);
	gv_buf_addstr(&how->key, gv_buf_str(&s->values[SIGNING_KEY]));
	return gv_buf_check(&how->key, err);
}

int gv_sign_settings(struct gv_sign_how **out, const char *gitdir, struct gv_err *err)
{
	struct settings s = { .found = { false } };
	struct gv_sign_how *how = calloc(1, sizeof *how);
	int rc;

	*out = NULL;
	if (!how)
		return gv_fail_nomem(err);
	gv_buf_init(&how->program, 8192);
	gv_buf_init(&how->key, 65536);
	for (size_t i = 0; i < KEYS; i++)
		gv_buf_init(&s.values[i], 65536);
	rc = gv_gitconf_lookup(gitdir, keys, KEYS, s.values, s.found, err);
	if (!rc)
		rc = take_format(how, &s, err);
	if (!rc)
		rc = take_program(how, &s, err);
	if (!rc)
		rc = take_key(how, &s, gitdir, err);
	for (size_t i = 0; i < KEYS; i++)
		gv_buf_free(&s.values[i]);
	if (rc)
		gv_sign_how_free(how);
	else
		*out = how;
	return rc;
}

void gv_sign_how_free(struct gv_sign_how *how)
{
	if (!how)
		return;
	gv_buf_free(&how->program);
	gv_buf_free(&how->key);
	free(how);
}

bool gv_sign_is_chosen(const struct gv_sign_how *how)
{
	return how->is_chosen;
}

const char *gv_sign_format(const struct gv_sign_how *how)
{
	return how->format->name;
}

/* ---- what programs say ---- */

/* Their last line that is for people. */
static struct gv_str last_words(const struct gv_buf *said)
{
	struct gv_str rest = gv_str_trim(gv_buf_str(said)), line = rest;

	while (rest.n) {
		const char *eol = memrchr(rest.p, '\n', rest.n);
		const char *start = eol ? eol + 1 : rest.p;

		line = gv_str_trim((struct gv_str){ start, rest.n - (size_t)(start - rest.p) });
		if (line.n && !gv_str_starts(line, GV_STR("[GNUPG:]")))
			return line;
		rest.n = eol ? (size_t)(eol - rest.p) : 0;
	}
	return line;
}

static int cannot_sign(const struct gv_sign_how *how, const struct gv_buf *said, int code, struct gv_err *err)
{
	struct gv_str words = last_words(said);

	if (words.n)
		gv_fail(err, GV_EIO, _("cannot sign: %.*s"), (int)(words.n < 500 ? words.n : 500), words.p);
	else
		gv_fail(err, GV_EIO, _("cannot sign: it ended with code %d and no signature"), code);
	gv_err_thing(err, how->program.p, how->program.n);
	return GV_EIO;
}

/* A program that is not there is our trouble, not a record that is not found. */
static int run_it(const struct gv_run *run, struct gv_buf *out, struct gv_buf *said, int *code, struct gv_err *err)
{
	int rc = gv_run(run, out, said, code, err);

	if (rc == GV_ENOTFOUND && err)
		err->code = GV_EIO;
	return rc == GV_ENOTFOUND ? GV_EIO : rc;
}

/* ---- signing ---- */

/*
 * The text comes to ssh-keygen on its standard input, and where that is no terminal it would ask for a passphrase in a
 * window, if there is a display at all.  On a terminal it shall ask there, as it does for git.  The environment for
 * that, or NULL: as it is.
 */
static const char *const *ask_on_terminal(const char *env[ENV_MAX + 2])
{
	int tty = getenv("SSH_ASKPASS_REQUIRE") ? -1 : open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	size_t n = 0;

	if (tty < 0)
		return NULL;
	close(tty);
	while (n < ENV_MAX && environ[n]) {
		env[n] = environ[n];
		n++;
	}
	if (environ[n])
		return NULL;
	env[n++] = "SSH_ASKPASS_REQUIRE=never";
	env[n] = NULL;
	return env;
}

/* A public key as a file of ours in memory: nothing is left behind, however we end. */
static int key_file(int *fd, char *path, size_t size, const struct gv_buf *key, struct gv_err *err)
{
	int rc;

	*fd = memfd_create("gavel-key", MFD_CLOEXEC);
	if (*fd < 0)
		return gv_fail_sys(err, "user.signingKey", _("cannot make a file in memory"));
	rc = gv_write_all(*fd, key->p, key->n, "user.signingKey", err);
	if (!rc)
		rc = gv_write_all(*fd, "\n", 1, "user.signingKey", err);
	snprintf(path, size, "/proc/%ld/fd/%d", (long)getpid(), *fd);
	return rc;
}

static int run_ssh(const struct gv_sign_how *how, struct gv_str text, const char *space, struct gv_buf *sig,
                   struct gv_buf *said, int *code, struct gv_err *err)
{
	const char *env[ENV_MAX + 2];
	char path[64];
	const char *args[] = { "-Y", "sign", "-n", space, "-f", how->key.p, how->is_literal ? "-U" : NULL, NULL };
	struct gv_run run = { .program = how->program.p, .args = args, .env = ask_on_terminal(env),
		              .input = text };
	int fd = -1, rc = 0;

	if (how->is_literal) {
		args[5] = path;
		rc = key_file(&fd, path, sizeof path, &how->key, err);
	}
	if (!rc)
		rc = run_it(&run, sig, said, code, err);
	if (fd >= 0)
		close(fd);
	return rc;
}

static int run_gpg(const struct gv_sign_how *how, struct gv_str text, struct gv_buf *sig, struct gv_buf *said,
                   int *code, struct gv_err *err)
{
	const char *args[] = { "--status-fd=2", "-bsau", how->key.p, NULL };
	struct gv_run run = { .program = how->program.p, .args = args, .input = text };

	return run_it(&run, sig, said, code, err);
}

/* A program that gives anything but this text's signature must not come into history. */
static int check_made(const struct gv_sign_how *how, struct gv_str text, const char *space, struct gv_str sig,
                      struct gv_err *err)
{
	struct gv_sshsig s;
	int rc;

	if (how->format != &formats[SSH])
		return 0;
	rc = gv_sshsig_read(&s, sig, err);
	if (!rc)
		rc = gv_sshsig_check(&s, text, space, err);
	if (rc == GV_ENOTFOUND) { /* a type of key that we do not check */
		gv_err_clear(err);
		return 0;
	}
	if (rc)
		gv_err_thing(err, how->program.p, how->program.n);
	return rc;
}

/* gpg says on its status lines that it has signed. */
static bool has_signed(const struct gv_sign_how *how, const struct gv_buf *sig, const struct gv_buf *said, int code)
{
	if (code || !gv_str_starts(gv_buf_str(sig), gv_str_of(how->format->begin)))
		return false;
	return how->format == &formats[SSH] || (said->p && strstr(said->p, "[GNUPG:] SIG_CREATED "));
}

int gv_sign(const struct gv_sign_how *how, struct gv_str text, const char *space, struct gv_buf *out,
            struct gv_err *err)
{
	struct gv_buf sig = GV_BUF_INIT(SIG_MAX), said = GV_BUF_INIT(SAID_MAX);
	bool is_ssh = how->format == &formats[SSH];
	int code = 0, rc;

	if (!is_ssh && strcmp(space, "git") != 0)
		return gv_fail_field(err, GV_EUSAGE, "gpg.format",
		                     _("only an SSH key signs for \"%s\": git config gpg.format ssh"), space);
	rc = is_ssh ? run_ssh(how, text, space, &sig, &said, &code, err) : run_gpg(how, text, &sig, &said, &code, err);
	if (!rc && said.nomem)
		rc = gv_fail_nomem(err);
	if (!rc)
		rc = gv_buf_check(&sig, err);
	if (!rc && !has_signed(how, &sig, &said, code))
		rc = cannot_sign(how, &said, code, err);
	if (!rc)
		rc = check_made(how, text, space, gv_buf_str(&sig), err);
	for (size_t i = 0; i < sig.n && !rc; i++)
		if (sig.p[i] != '\r') /* as some builds write them; git leaves them out, too */
			gv_buf_addc(out, sig.p[i]);
	gv_buf_free(&sig);
	gv_buf_free(&said);
	return rc ? rc : gv_buf_check(out, err);
}

/* ---- asking git ---- */

/* Behind the last of "[GNUPG:] VALIDSIG " (gpg, gpgsm) or " key " (ssh-keygen's good word): one word. */
static struct gv_str print_in(const struct gv_buf *said)
{
	static const char *const before[] = { "\n[GNUPG:] VALIDSIG ", " key SHA256:" };
	struct gv_str print = { 0 };

	for (size_t i = 0; i < 2 && !print.n; i++) {
		const char *at = said->p ? strstr(said->p, before[i]) : NULL, *last = NULL;

		for (; at; at = strstr(at + 1, before[i]))
			last = at;
		if (last)
			print.p = i ? last + strlen(" key ") : last + strlen(before[i]);
		print.n = last ? strcspn(print.p, " \n") : 0;
	}
	return print;
}

int gv_sign_ask_git(const char *gitdir, const char *hex, const char *signers_file, struct gv_buf *print,
                    struct gv_err *err)
{
	struct gv_buf dir = GV_BUF_INIT(8192), file = GV_BUF_INIT(8192), said = GV_BUF_INIT(SAID_MAX);
	int code = 0, rc;

	gv_buf_addf(&dir, "--git-dir=%s", gitdir);
	gv_buf_addf(&file, "gpg.ssh.allowedSignersFile=%s", signers_file ? signers_file : "/dev/null");
	rc = gv_buf_check(&dir, err);
	if (!rc)
		rc = gv_buf_check(&file, err);
	if (!rc) {
		const char *const args[] = { dir.p, "--no-replace-objects", "-c", file.p, "verify-commit", "--raw", hex,
			                     NULL };
		struct gv_run run = { .program = "git", .args = args, .seconds = VERIFY_SECONDS };

		rc = run_it(&run, NULL, &said, &code, err);
	}
	if (!rc)
		rc = gv_buf_check(&said, err);
	if (!rc && (code || !print_in(&said).n)) {
		struct gv_str words = last_words(&said);

		rc = gv_fail(err, GV_EINTEGRITY, _("git does not trust the signature: %.*s"),
		             (int)(words.n < 500 ? words.n : 500), words.p);
		gv_err_thing(err, hex, strlen(hex));
	}
	if (!rc) {
		gv_buf_addstr(print, print_in(&said));
		rc = gv_buf_check(print, err);
	}
	gv_buf_free(&dir);
	gv_buf_free(&file);
	gv_buf_free(&said);
	return rc;
}
