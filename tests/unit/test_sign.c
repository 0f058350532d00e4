/* SPDX-License-Identifier: MIT */
/* What configs say, signatures of programs, and git's word; tests/sign.bats has the rest, through commands. */
#include "sign.h"
#include "signers.h"
#include "oom.h"
#include "sshsig_unit.h"

/* A repository "r" with a signed commit in it; git config is its own. */
static void signed_commit(const char *format, const char *key)
{
	CHECK(sh("git -C r config gpg.format %s && git -C r config user.signingKey %s && "
	         "git -C r update-ref refs/heads/main $(git -C r commit-tree -S -m m $(git -C r mktree </dev/null)) 2>said", format, key) == 0);
}

static bool write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	return f && fputs(text, f) >= 0 && fclose(f) == 0;
}

static const char *head(void)
{
	return sh_out("git -C r rev-parse main");
}

/* ---- settings ---- */

static void settings(void)
{
	static const struct { const char *config, *want, *format; bool chosen; } rows[] = {
		{ "", NULL, "openpgp", false },
		{ "gpg.program=/x", NULL, "openpgp", false },
		{ "user.signingKey=ABCD", NULL, "openpgp", true },
		{ "gpg.format=openpgp", NULL, "openpgp", true },
		{ "gpg.format=x509", NULL, "x509", true },
		{ "gpg.format=SSH", "gpg.format: \"SSH\" is none of ssh, openpgp and x509", NULL, false },
		{ "gpg.format=ssh", "user.signingKey: is not set, so there is no key to sign with: "
		                    "git config --global user.signingKey FILE (a private or public SSH key)", NULL, false },
		{ "gpg.format=ssh user.signingKey=", "user.signingKey: is not set, so there is no key to sign with: "
		                    "git config --global user.signingKey FILE (a private or public SSH key)", NULL, false },
		{ "gpg.format=ssh user.signingKey=~/k", NULL, "ssh", true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_sign_how *how = NULL;
		int rc;

		set_up();
		sh("for i in %s; do git -C r config ${i%%%%=*} \"${i#*=}\"; done", rows[i].config);
		rc = gv_sign_settings(&how, "r", &err);
		if (rows[i].want) {
			CHECK_ERR(rc, &err, GV_EUSAGE, rows[i].want);
			CHECK(!how);
		} else {
			CHECK_OK(rc, &err);
			CHECK_STR(gv_sign_format(how), rows[i].format);
			CHECK_INT(gv_sign_is_chosen(how), rows[i].chosen);
		}
		gv_sign_how_free(how);
		repo_done();
	}
	gv_sign_how_free(NULL);
}

/* ---- signatures for what is no commit ---- */

static void spaces(void)
{
	struct gv_buf sig = GV_BUF_INIT(GV_MIB);
	struct gv_sign_how *how = NULL;

	set_up();
	make_key("k", "-t ed25519");
	CHECK(sh("git -C r config gpg.format ssh; git -C r config user.signingKey $PWD/k") == 0);
	CHECK_OK(gv_sign_settings(&how, "r", &err), &err);
	gv_buf_adds(&sig, "x");
	CHECK_OK(gv_sign(how, GV_STR("text\n"), "gavel-approval", &sig, &err), &err);
	CHECK(write_text("sig", sig.p + 1));
	CHECK(sh("echo \"a $(cat k.pub)\" >al; echo text | ssh-keygen -Y verify -f al -I a -n gavel-approval -s sig >said") == 0);
	gv_buf_reset(&sig);
	CHECK_OK(gv_sign(how, GV_STR(""), "gavel-bundle", &sig, &err), &err);
	CHECK(write_text("sig", sig.p));
	CHECK(sh("ssh-keygen -Y verify -f al -I a -n gavel-bundle -s sig </dev/null >said") == 0);
	gv_sign_how_free(how);
	CHECK(sh("git -C r config gpg.format openpgp") == 0);
	CHECK_OK(gv_sign_settings(&how, "r", &err), &err);
	gv_buf_reset(&sig);
	CHECK_ERR(gv_sign(how, GV_STR("text"), "gavel-approval", &sig, &err), &err, GV_EUSAGE,
	          "gpg.format: only an SSH key signs for \"gavel-approval\": git config gpg.format ssh");
	CHECK_INT(sig.n, 0);
	gv_sign_how_free(how);
	gv_buf_free(&sig);
	repo_done();
}

static void no_program(void)
{
	struct gv_buf sig = GV_BUF_INIT(GV_MIB);
	struct gv_sign_how *how = NULL;
	const char *path = getenv("PATH");

	set_up();
	CHECK(sh("git -C r config gpg.format ssh; git -C r config user.signingKey k") == 0);
	CHECK_OK(gv_sign_settings(&how, "r", &err), &err);
	setenv("PATH", "/nowhere", 1);
	CHECK_ERR(gv_sign(how, GV_STR("text"), "git", &sig, &err), &err, GV_EIO, "ssh-keygen is not installed");
	setenv("PATH", path, 1);
	gv_sign_how_free(how);
	gv_buf_free(&sig);
	repo_done();
}

/* ---- git's word ---- */

static void ask(void)
{
	struct gv_buf print = GV_BUF_INIT(4096);

	set_up();
	make_key("rsa", "-t rsa -b 2048");
	make_key("other", "-t ed25519");
	sh("echo \"key SHA256:x@example.org $(cut -d' ' -f1,2 rsa.pub)\" | sed 's/^key /\"&/; s/org /org\" /' >al; echo \"b $(cat other.pub)\" >bl; : >none");
	signed_commit("ssh", "$PWD/rsa");
	CHECK_OK(gv_sign_ask_git("r", head(), "al", &print, &err), &err);
	CHECK_STR(print.p, sh_out("ssh-keygen -lf rsa.pub | cut -d' ' -f2"));
	gv_buf_reset(&print);
	CHECK_INT(gv_sign_ask_git("r", head(), "bl", &print, &err), GV_EINTEGRITY);
	CHECK_INT(strncmp(err.msg, "git does not trust the signature: ", 34), 0);
	CHECK_STR(err.thing, head());
	CHECK_INT(gv_sign_ask_git("r", head(), "none", &print, &err), GV_EINTEGRITY);
	CHECK_INT(gv_sign_ask_git("r", head(), "nowhere", &print, &err), GV_EINTEGRITY);
	/* NULL is nobody, whoever the user's own config trusts */
	CHECK(sh("git -C r config gpg.ssh.allowedSignersFile $PWD/al") == 0);
	CHECK_INT(gv_sign_ask_git("r", head(), NULL, &print, &err), GV_EINTEGRITY);
	CHECK_INT(gv_sign_ask_git("r", "main~5", "al", &print, &err), GV_EINTEGRITY);
	/* the same signature under another message, and none */
	CHECK(sh("git -C r update-ref refs/heads/main $(git -C r cat-file commit main | sed '$s/m/n/' | git -C r hash-object -t commit -w --stdin)") == 0);
	CHECK_INT(gv_sign_ask_git("r", head(), "al", &print, &err), GV_EINTEGRITY);
	CHECK(sh("git -C r update-ref refs/heads/main $(git -C r commit-tree -m m $(git -C r mktree </dev/null))") == 0);
	CHECK_INT(gv_sign_ask_git("r", head(), "al", &print, &err), GV_EINTEGRITY);
	CHECK_INT(print.n, 0);
	gv_buf_free(&print);
	repo_done();
}

static void ask_gpg(void)
{
	struct gv_buf print = GV_BUF_INIT(4096);

	set_up();
	setenv("GNUPGHOME", sh_out("mkdir -m 700 gpg; echo $PWD/gpg"), 1);
	CHECK(sh("gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-gen-key 'a <a@b.cd>' ed25519 sign never 2>said") == 0);
	signed_commit("openpgp", "a@b.cd");
	CHECK_OK(gv_sign_ask_git("r", head(), NULL, &print, &err), &err);
	CHECK_STR(print.p, sh_out("gpg --with-colons -K | sed -n 's/^fpr:*\\([0-9A-F]*\\):/\\1/p'"));
	gv_buf_reset(&print);
	sh("gpgconf --kill gpg-agent; rm -r gpg/*.kbx");
	CHECK_INT(gv_sign_ask_git("r", head(), NULL, &print, &err), GV_EINTEGRITY);
	sh("gpgconf --kill gpg-agent");
	unsetenv("GNUPGHOME");
	gv_buf_free(&print);
	repo_done();
}

/* ---- memory ---- */

static int sign_job(struct gv_err *e)
{
	struct gv_buf sig = GV_BUF_INIT(GV_MIB);
	struct gv_sign_how *how = NULL;
	int rc = gv_sign_settings(&how, "r", e);

	if (!rc)
		rc = gv_sign(how, GV_STR("text"), "git", &sig, e);
	CHECK(rc || sig.n > 100);
	gv_sign_how_free(how);
	gv_buf_free(&sig);
	return rc;
}

static int ask_job(struct gv_err *e)
{
	struct gv_buf print = GV_BUF_INIT(4096);
	int rc = gv_sign_ask_git("r", "main", "al", &print, e);

	gv_buf_free(&print);
	return rc;
}

static int signers_job(struct gv_err *e)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	struct gv_signers *s = NULL;
	int rc;

	for (int i = 0; i < 40; i++)
		gv_buf_adds(&text, "a ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGxs2xV9kMz4q3q0yqgC8R7z9dJb0x1oS5n2Jm3Qh0eX\n");
	rc = gv_buf_check(&text, e);
	if (!rc)
		rc = gv_signers_read(&s, gv_buf_str(&text), e);
	gv_signers_free(s);
	gv_buf_free(&text);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	set_up();
	make_key("rsa", "-t rsa -b 2048");
	signed_commit("ssh", "$PWD/rsa");
	CHECK(sh("echo \"a $(cut -d' ' -f1,2 rsa.pub)\" >al") == 0);
	CHECK(oom_run_both(sign_job) > 10);
	CHECK(oom_run_both(ask_job) > 3);
	CHECK(oom_run_both(signers_job) > 4);
	/* what libcrypto keeps for its next call would count as leaks */
	make_key("k", "-t ed25519");
	CHECK(sh("git -C r config user.signingKey $PWD/k") == 0);
	CHECK_OK(sign_job(&err), &err);
	CHECK(oom_run(sign_job) > 20);
	oom_for_good = true;
	CHECK(oom_run(sign_job) > 20);
	oom_for_good = false;
	repo_done();
}

UNIT_MAIN("sign", { "settings", settings }, { "for what is no commit", spaces }, { "without the program", no_program },
          { "what git says", ask }, { "what git says of OpenPGP", ask_gpg }, { "when memory runs out", memory })
