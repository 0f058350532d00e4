/* SPDX-License-Identifier: MIT */
/* ssh-keygen makes the signatures, and is the judge of them. */
#include "sshsig_unit.h"

#define TEXT "tree 0\n\n案件\n"

static void sign_text(const char *key, const char *space, const char *more)
{
	CHECK_ROW(sh("printf '%%s' '" TEXT "' >text && rm -f text.sig && ssh-keygen -q -Y sign -n %s %s -f %s text 2>said", space, more,
	             key) == 0, key);
}

/* ---- keys ---- */

static void keys(void)
{
	static const struct { const char *name, *options, *type; bool ed25519; } rows[] = {
		{ "ed", "-t ed25519", "ssh-ed25519", true },
		{ "rsa", "-t rsa -b 2048", "ssh-rsa", false },
		{ "ec", "-t ecdsa -b 256", "ecdsa-sha2-nistp256", false },
	};

	set_up();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_sshkey key;
		struct gv_buf text;
		char pub[16];

		snprintf(pub, sizeof pub, "%s.pub", rows[i].name);
		make_key(rows[i].name, rows[i].options);
		text = text_of(pub);
		CHECK_OK(gv_sshkey_read(&key, gv_buf_str(&text), &err), &err);
		CHECK_STR(key.type, rows[i].type);
		CHECK_INT(key.is_ed25519, rows[i].ed25519);
		CHECK_STR(key.print, sh_out("ssh-keygen -lf %s | cut -d' ' -f2", pub));
		/* without a comment, with tabs and blanks around */
		CHECK_OK(gv_sshkey_read(&key, gv_str_of(sh_out("cut -d' ' -f1,2 %s | sed 's/ /\\t /; s/^/ /'", pub)), &err), &err);
		CHECK_STR(key.type, rows[i].type);
		gv_buf_free(&text);
	}
	repo_done();
}

static void bad_keys(void)
{
	static const char shape[] = "is not a public key: TYPE BASE64 [COMMENT]", broken[] = "the key's base64 text is broken";
	/* AAAAC3NzaC1lZDI1NTE5AAAAI is the head of every Ed25519 key: 52 digits more are its 32 bytes and their length. */
#define HEAD "AAAAC3NzaC1lZDI1NTE5AAAAI"
#define REST "Gxs2xV9kMz4q3q0yqgC8R7z9dJb0x1oS5n2Jm3Qh0eX"
	static const struct { const char *text, *want; } rows[] = {
		{ "", shape }, { "ssh-ed25519", shape }, { " ssh-ed25519 \t ", shape },
		{ "ssh-ed25519 " HEAD REST, NULL },
		{ "ssh-ed25519 " HEAD REST " comment of = more", NULL },
		{ "ssh-ed25519 " HEAD "Gxs=", broken },                      /* point too short */
		{ "ssh-ed25519 " HEAD REST "AAAA", broken },                 /* bytes left over */
		{ "ssh-ed25519 " HEAD REST "=", broken }, { "ssh-ed25519 " HEAD REST "====", broken },
		{ "ssh-ed25519 =" HEAD REST, broken }, { "ssh-ed25519 " HEAD "-" REST, broken },
		{ "ssh-ed25519 AAAA", broken },                              /* an empty type */
		{ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", broken },              /* a type, and no more */
		{ "ssh-rsa AAAAB3NzaC1yc2E=", broken },
		{ "ssh-rsa " HEAD REST, "the key says that it is ssh-ed25519, the text ssh-rsa" },
		{ "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAAQE=", "the key says that it is ssh-rsa, the text ssh-ed25519" },
		{ "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAAQF=", broken },  /* bits that say nothing are not zero */
		{ "x AAAAAXgAAAAA", NULL }, { "x AAAAASAAAAAA", broken },    /* a blank in the type */
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_sshkey key;
		int rc = gv_sshkey_read(&key, gv_str_of(rows[i].text), &err);

		if (rows[i].want)
			CHECK_ERR(rc, &err, GV_EDATA, rows[i].want);
		else
			CHECK_OK(rc, &err);
	}
}

/* ---- signatures of ssh-keygen ---- */

static void good(void)
{
	static const struct { const char *key, *options, *more, *hash; bool here; } rows[] = {
		{ "ed", "-t ed25519", "", "sha512", true },
		{ "ed2", "-t ed25519", "-O hashalg=sha256", "sha256", true },
		{ "rsa", "-t rsa -b 2048", "", "sha512", false },
		{ "ec", "-t ecdsa -b 384", "", "sha512", false },
	};

	set_up();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_sshsig sig;
		struct gv_buf text;
		int rc;

		make_key(rows[i].key, rows[i].options);
		sign_text(rows[i].key, "git", rows[i].more);
		text = text_of("text.sig");
		CHECK(gv_sshsig_is(gv_buf_str(&text)));
		CHECK_OK(gv_sshsig_read(&sig, gv_buf_str(&text), &err), &err);
		CHECK_STR(sig.space, "git");
		CHECK_STR(sig.hash, rows[i].hash);
		CHECK_INT(sig.is_ed25519, rows[i].here);
		CHECK_STR(sig.key.print, sh_out("ssh-keygen -lf %s.pub | cut -d' ' -f2", rows[i].key));
		rc = gv_sshsig_check(&sig, gv_str_of(TEXT), "git", &err);
		if (rows[i].here) {
			CHECK_OK(rc, &err);
			CHECK_INT(gv_sshsig_check(&sig, gv_str_of(TEXT "x"), "git", &err), GV_EINTEGRITY);
			CHECK_INT(gv_sshsig_check(&sig, GV_STR(""), "git", &err), GV_EINTEGRITY);
		} else {
			CHECK_INT(rc, GV_ENOTFOUND);
			CHECK_INT(strncmp(err.msg, "keys of type ", 13), 0);
		}
		CHECK_ERR(gv_sshsig_check(&sig, gv_str_of(TEXT), "file", &err), &err, GV_EINTEGRITY,
		          "the signature is for the namespace git, not file");
		gv_buf_free(&text);
	}
	repo_done();
}

/* A text of no bytes, and a long one; another namespace. */
static void texts(void)
{
	static const size_t sizes[] = { 0, 1, 111, 112, 127, 128, 129, 1000003 };
	char *text = calloc(1, 1000003);

	set_up();
	make_key("ed", "-t ed25519");
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct gv_sshsig sig;
		struct gv_buf armoured;

		CHECK(sh("head -c %zu /dev/zero >z; rm -f z.sig; ssh-keygen -q -Y sign -n gavel-approval -f ed z 2>said", sizes[i]) == 0);
		armoured = text_of("z.sig");
		CHECK_OK(gv_sshsig_read(&sig, gv_buf_str(&armoured), &err), &err);
		CHECK_OK(gv_sshsig_check(&sig, (struct gv_str){ text, sizes[i] }, "gavel-approval", &err), &err);
		gv_buf_free(&armoured);
	}
	free(text);
	repo_done();
}

/* ---- every byte counts ---- */

static bool verifies(struct gv_str armoured)
{
	struct gv_sshsig sig;

	return gv_sshsig_read(&sig, armoured, &err) == 0 && gv_sshsig_check(&sig, gv_str_of(TEXT), "git", &err) == 0;
}

static void flipped(void)
{
	struct gv_buf blob, out = GV_BUF_INIT(GV_MIB);

	set_up();
	make_key("ed", "-t ed25519");
	sign_text("ed", "git", "");
	blob = blob_of("text.sig");
	armour(&out, gv_buf_str(&blob));
	CHECK(verifies(gv_buf_str(&out)));
	for (size_t i = 0; i < blob.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			blob.p[i] = (char)(blob.p[i] ^ 1 << bit);
			gv_buf_reset(&out);
			armour(&out, gv_buf_str(&blob));
			if (verifies(gv_buf_str(&out)))
				UNIT_FAIL("byte %zu bit %d", i, bit);
			blob.p[i] = (char)(blob.p[i] ^ 1 << bit);
		}
	for (size_t n = 0; n < blob.n; n++) { /* cut short */
		gv_buf_reset(&out);
		armour(&out, (struct gv_str){ blob.p, n });
		CHECK(!verifies(gv_buf_str(&out)));
	}
	gv_buf_addc(&blob, '\0'); /* one too many */
	gv_buf_reset(&out);
	armour(&out, gv_buf_str(&blob));
	CHECK(!verifies(gv_buf_str(&out)));
	gv_buf_free(&blob);
	gv_buf_free(&out);
	repo_done();
}

/* Every change of the text of an armour: what still verifies must be the same bytes, with other line ends or blanks around. */
static void armoured(void)
{
	struct gv_buf text, b = GV_BUF_INIT(GV_MIB);

	set_up();
	make_key("ed", "-t ed25519");
	sign_text("ed", "git", "");
	text = text_of("text.sig");
	for (size_t i = 0; i < text.n; i++) {
		static const char others[] = "\0 \n\r=A-";
		char was = text.p[i];

		for (size_t k = 0; k < sizeof others; k++) {
			bool is_end = was == '\n', same = others[k] == was;

			text.p[i] = others[k];
			if (same || (is_end && (others[k] == '\r' || others[k] == '\n' || i + 1 == text.n)))
				continue;
			if (verifies(gv_buf_str(&text)))
				UNIT_FAIL("byte %zu (%d) as %d", i, was, others[k]);
		}
		text.p[i] = was;
	}
	CHECK(verifies(gv_buf_str(&text)));
	for (size_t n = 0; n < text.n - 1; n++)
		CHECK(!verifies((struct gv_str){ text.p, n }));
	gv_buf_addf(&b, "\n %s\n\n", text.p);
	CHECK(verifies(gv_buf_str(&b)));
	gv_buf_reset(&b);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n')
			gv_buf_addc(&b, '\r');
		gv_buf_addc(&b, text.p[i]);
	}
	CHECK(verifies(gv_buf_str(&b)));
	gv_buf_free(&text);
	gv_buf_free(&b);
	repo_done();
}

/* ---- blobs that no ssh-keygen makes ---- */

enum part { MAGIC, VERSION, TYPE, KEY, SPACE, RESERVED, HASH, SIGTYPE, SIG, IN_SIG, TAIL, PARTS };

static const char ones[64] = "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1"
                             "\1\1\1\1\1";
static const struct gv_str good_parts[PARTS] = {
	{ "SSHSIG", 6 }, { "\0\0\0\1", 4 }, { "ssh-ed25519", 11 }, { ones, 32 }, { "git", 3 }, { "", 0 }, { "sha512", 6 },
	{ "ssh-ed25519", 11 }, { ones, 64 }, { "", 0 }, { "", 0 },
};

static void build(struct gv_buf *out, const struct gv_str *p)
{
	struct gv_buf key = GV_BUF_INIT(GV_MIB), sig = GV_BUF_INIT(GV_MIB), blob = GV_BUF_INIT(GV_MIB);

	put_str(&key, p[TYPE]);
	put_str(&key, p[KEY]);
	put_str(&sig, p[SIGTYPE]);
	put_str(&sig, p[SIG]);
	gv_buf_addstr(&sig, p[IN_SIG]);
	gv_buf_addstr(&blob, p[MAGIC]);
	gv_buf_addstr(&blob, p[VERSION]);
	put_str(&blob, gv_buf_str(&key));
	put_str(&blob, p[SPACE]);
	put_str(&blob, p[RESERVED]);
	put_str(&blob, p[HASH]);
	put_str(&blob, gv_buf_str(&sig));
	gv_buf_addstr(&blob, p[TAIL]);
	armour(out, gv_buf_str(&blob));
	gv_buf_free(&key);
	gv_buf_free(&sig);
	gv_buf_free(&blob);
}

/* A good blob with one part replaced, or two or three. */
static void built(void)
{
	static const char longest[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
#define S(text) { text, sizeof(text) - 1 }
	static const struct { struct { enum part part; struct gv_str now; } change[3]; const char *want; } rows[] = {
		{ { { MAGIC, S("SSHSIG") } }, NULL },
		{ { { SPACE, { longest, 63 } } }, NULL },
		{ { { SPACE, { longest, 64 } } }, "its namespace cannot be read" },
		{ { { HASH, S("sha256") } }, NULL },
		{ { { MAGIC, S("SSHSIH") } }, "it does not begin with SSHSIG" },
		{ { { MAGIC, S("") } }, "it does not begin with SSHSIG" },
		{ { { VERSION, S("\0\0\0\0") } }, "its version is not 1" },
		{ { { VERSION, S("\0\0\0\2") } }, "its version is not 1" },
		{ { { VERSION, S("\1\0\0\1") } }, "its version is not 1" },
		{ { { KEY, { ones, 31 } } }, "its key cannot be read" },
		{ { { KEY, { ones, 33 } } }, "its key cannot be read" },
		{ { { TYPE, S("") } }, "its key cannot be read" },
		{ { { SPACE, S("") } }, "its namespace cannot be read" },
		{ { { SPACE, S("git\0x") } }, "its namespace cannot be read" },
		{ { { SPACE, S("git\n") } }, "its namespace cannot be read" },
		{ { { RESERVED, S("x") } }, "its reserved field is not empty" },
		{ { { HASH, S("sha1") } }, "its hash is neither sha512 nor sha256" },
		{ { { HASH, S("SHA512") } }, "its hash is neither sha512 nor sha256" },
		{ { { HASH, S("") } }, "its hash is neither sha512 nor sha256" },
		{ { { TAIL, S("x") } }, "bytes are left over" },
		{ { { SIGTYPE, S("") } }, "the signature itself cannot be read" },
		{ { { SIGTYPE, S("ssh-rsa") } }, "the signature is of another type than the key" },
		{ { { SIGTYPE, S("rsa-sha2-512") } }, "the signature is of another type than the key" },
		{ { { SIG, { ones, 63 } } }, "the signature has a wrong length" },
		{ { { SIG, { ones, 0 } } }, "the signature has a wrong length" },
		{ { { IN_SIG, S("x") } }, "the signature has a wrong length" },
		{ { { TYPE, S("ssh-rsa") }, { SIGTYPE, S("rsa-sha2-256") } }, NULL },
		{ { { TYPE, S("ssh-rsa") }, { SIGTYPE, S("ssh-rsa") } }, "the signature is of another type than the key" },
		{ { { TYPE, S("ssh-rsa") } }, "the signature is of another type than the key" },
		{ { { TYPE, S("sk-ssh-ed25519@openssh.com") }, { SIGTYPE, S("sk-ssh-ed25519@openssh.com") },
		    { IN_SIG, S("\1\0\0\0\1") } }, NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf text = GV_BUF_INIT(GV_MIB);
		struct gv_str parts[PARTS];
		struct gv_sshsig sig;
		char want[128];
		int rc;

		memcpy(parts, good_parts, sizeof parts);
		for (size_t k = 0; k < 3 && rows[i].change[k].now.p; k++)
			parts[rows[i].change[k].part] = rows[i].change[k].now;
		build(&text, parts);
		rc = gv_sshsig_read(&sig, gv_buf_str(&text), &err);
		snprintf(want, sizeof want, "broken SSH signature: %s", rows[i].want ? rows[i].want : "");
		if (rows[i].want)
			CHECK_ERR(rc, &err, GV_EINTEGRITY, want);
		else
			CHECK_OK(rc, &err);
		gv_buf_free(&text);
	}
}

static void shapes(void)
{
#define B "-----BEGIN SSH SIGNATURE-----"
#define E "-----END SSH SIGNATURE-----"
	static const char block[] = "broken SSH signature: it is not exactly one block from BEGIN to END",
			  base64[] = "broken SSH signature: it is not base64";
	const struct { const char *text, *want; bool is; } rows[] = {
		{ "", block, false }, { B, block, true }, { B E, block, true }, { E, block, false }, { B "\n" E, block, true },
		{ B "\n\n" E, base64, true }, { B "x\nAAAA\n" E, block, true }, { B "\nAAAA" E, block, true },
		{ "x" B "\nAAAA\n" E, block, false }, { B "\nAAAA\n" E "x", block, true },
		{ B "\nAAAA\n" E "\n" B "\nAAAA\n" E, base64, true }, /* what is between the first and the last is no base64 */
		{ B "\nAAA\n" E, base64, true }, { B "\nAA=A\n" E, base64, true }, { B "\nAAAA====\n" E, base64, true },
		{ B "\nA===\n" E, base64, true }, { B "\nAB==\n" E, base64, true }, { B "\nAAB=\n" E, base64, true },
		{ B "\nAA_A\n" E, base64, true }, { B "\nAA AA\n" E, base64, true },
		{ B "\nAA==\n" E, "broken SSH signature: it does not begin with SSHSIG", true },
		{ B "\nU1NIU0lH\n" E, "broken SSH signature: its version is not 1", true },
		{ B "\nU1NIU0lHAAAAAf////8=\n" E, "broken SSH signature: its key cannot be read", true },
		{ "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n", block, false },
	};
	struct gv_buf big = GV_BUF_INIT(GV_MIB);
	struct gv_sshsig sig;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_ERR(gv_sshsig_read(&sig, gv_str_of(rows[i].text), &err), &err, GV_EINTEGRITY, rows[i].want);
		CHECK_ROW(gv_sshsig_is(gv_str_of(rows[i].text)) == rows[i].is, rows[i].text);
	}
	gv_buf_adds(&big, B "\n");
	for (size_t i = 0; i < 16384 / 3 + 1; i++)
		gv_buf_adds(&big, "AAAA");
	gv_buf_adds(&big, "\n" E);
	CHECK_ERR(gv_sshsig_read(&sig, gv_buf_str(&big), &err), &err, GV_EINTEGRITY, base64);
	gv_buf_free(&big);
}

/* Must run first: the module, once loaded, stays. */
static void no_module(void)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	struct gv_sshsig sig;

	build(&text, good_parts);
	CHECK_OK(gv_sshsig_read(&sig, gv_buf_str(&text), &err), &err);
	setenv("GAVEL_LIBEXEC", "/nowhere", 1);
	CHECK_INT(gv_sshsig_check(&sig, GV_STR("x"), "git", &err), GV_EIO);
	CHECK(strstr(err.msg, "the module gavel-ed25519.so cannot be loaded: "));
	unsetenv("GAVEL_LIBEXEC");
	gv_buf_free(&text);
}

UNIT_MAIN("sshsig", { "without its module", no_module }, { "public keys", keys }, { "broken public keys", bad_keys },
          { "signatures of ssh-keygen", good }, { "texts of all lengths", texts }, { "every bit counts", flipped },
          { "every character of the armour counts", armoured }, { "blobs", built }, { "armours", shapes })
