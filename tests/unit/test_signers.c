/* SPDX-License-Identifier: MIT */
/* ssh-keygen -Y verify reads the same file, and is the judge. */
#include "signers.h"
#include "sshsig_unit.h"

static struct gv_signers *read_ok(const char *text)
{
	struct gv_signers *s = NULL;

	CHECK_OK(gv_signers_read(&s, gv_str_of(text), &err), &err);
	return s;
}

/* A key that is none of the test's own. */
#define OTHER "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGxs2xV9kMz4q3q0yqgC8R7z9dJb0x1oS5n2Jm3Qh0eX"

/* ---- lines ---- */

static void lines(void)
{
	static const char text[] =
		"# who signs here\n\n  \t\n"
		"沪0114-P000001,wang@example.org namespaces=\"git,gavel-*\",valid-after=\"20220101Z\" " OTHER " 王法官's key\n"
		"\t \"li si@example.org\"\t" OTHER "\r\n"
		"a@b VALID-BEFORE=\"202301011530\" " OTHER;
	struct gv_signers *s = read_ok(text);
	const struct gv_signer *one;

	CHECK_INT(gv_signers_count(s), 3);
	one = gv_signers_at(s, 0);
	CHECK_BYTES(one->principal, GV_STR("沪0114-P000001"));
	CHECK_BYTES(one->principals, GV_STR("沪0114-P000001,wang@example.org"));
	CHECK_BYTES(one->spaces, GV_STR("git,gavel-*"));
	CHECK_INT(one->after, 1640995200);
	CHECK_INT(one->before, 0);
	CHECK_INT(one->line, 4);
	one = gv_signers_at(s, 1);
	CHECK_BYTES(one->principal, GV_STR("li si@example.org"));
	CHECK(one->spaces.n == 0 && one->after == 0 && one->before == 0 && one->line == 5);
	one = gv_signers_at(s, 2);
	CHECK_INT(one->before, 1672558200); /* 15:30 in UTC+8 */
	CHECK_INT(one->line, 6);
	CHECK(!gv_signers_at(s, 3));
	gv_signers_free(s);
	s = read_ok("");
	CHECK_INT(gv_signers_count(s), 0);
	gv_signers_free(s);
	gv_signers_free(NULL);
}

static void bad_lines(void)
{
	static const char shape[] = "is not a public key: TYPE BASE64 [COMMENT]", quote[] = "a double quote is left open",
			  principal[] = "a principal is empty, or has quotes inside",
			  late[] = "valid-before is not after valid-after";
#define TIME(t) "\"" t "\" is not a time: write YYYYMMDDZ or YYYYMMDDHHMM[SS]Z"
#define OPTION(o) "\"" o "\" is no option, or stands there twice"
	static const struct { const char *line, *want; } rows[] = {
		{ "a@b", shape }, { "a@b ssh-ed25519", shape }, { OTHER, shape },
		{ "a@b ssh-ed25519 AAAA", "the key's base64 text is broken" },
		{ "a@b namespaces=\"git\"", shape },
		{ "\"a@b " OTHER, quote }, { "a@b namespaces=\"git " OTHER, quote },
		{ "\"\" " OTHER, principal }, { "a,,b " OTHER, principal }, { "a, " OTHER, principal }, { ",a " OTHER, principal },
		{ "a\"b\" " OTHER, principal },
		{ "*@b " OTHER, "\"*@b\" is a pattern: name each person" },
		{ "a,b? " OTHER, "\"b?\" is a pattern: name each person" },
		{ "!a " OTHER, "\"!a\" is a pattern: name each person" },
		{ "a cert-authority " OTHER, "certificates are not supported: name each person's key" },
		{ "a namespaces=\"git\",Cert-Authority " OTHER, "certificates are not supported: name each person's key" },
		{ "a namespaces=git " OTHER, OPTION("namespaces=git") },
		{ "a namespaces=\"\" " OTHER, OPTION("namespaces=\"\"") },
		{ "a namespaces=\"a\",namespaces=\"b\" " OTHER, OPTION("namespaces=\"b\"") },
		{ "a valid-after=\"20220101Z\",valid-after=\"20220101Z\" " OTHER, OPTION("valid-after=\"20220101Z\"") },
		{ "a from=\"git\" " OTHER, OPTION("from=\"git\"") },
		{ "a namespaces=\"a\\\"b\" " OTHER, quote },
		{ "a valid-after=\"\" " OTHER, OPTION("valid-after=\"\"") },
		{ "a valid-after=\"2022-01-01\" " OTHER, TIME("2022-01-01") },
		{ "a valid-after=\"20220230Z\" " OTHER, TIME("20220230Z") },
		{ "a valid-after=\"202201012400Z\" " OTHER, TIME("202201012400Z") },
		{ "a valid-after=\"202201011260Z\" " OTHER, TIME("202201011260Z") },
		{ "a valid-before=\"2022010112Z\" " OTHER, TIME("2022010112Z") },
		{ "a valid-before=\"20220101ZZ\" " OTHER, TIME("20220101ZZ") },
		{ "a valid-before=\"2022-1-1\" " OTHER, TIME("2022-1-1") },
		{ "a valid-before=\"19700101Z\" " OTHER, TIME("19700101Z") },
		{ "a valid-before=\"19600101Z\" " OTHER, TIME("19600101Z") },
		{ "a valid-after=\"20220102Z\",valid-before=\"20220101Z\" " OTHER, late },
		{ "a valid-after=\"20220101Z\",valid-before=\"20220101Z\" " OTHER, late },
		{ "a\xff " OTHER, "is not UTF-8" }, { "a " OTHER " \xc3", "is not UTF-8" },
	};
	struct gv_signers *s;
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	char want[512];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		gv_buf_reset(&text);
		gv_buf_addf(&text, "# first\na " OTHER "\n%s\n", rows[i].line);
		snprintf(want, sizeof want, "line 3: signers: %s", rows[i].want);
		CHECK_ERR(gv_signers_read(&s, gv_buf_str(&text), &err), &err, GV_EDATA, want);
		CHECK(!s);
	}
	CHECK_ERR(gv_signers_read(&s, GV_STR("a\0b " OTHER), &err), &err, GV_EDATA, "line 1: signers: is not UTF-8");
	gv_buf_free(&text);
}

/* ---- ssh-keygen as the judge ---- */

/* "@" in a line is the key.  Each of two keys, with each namespace, at each time. */
static const char *const files[] = {
	"a @1", "a @2", "a @1\nb @2", "a namespaces=\"git\" @1", "a namespaces=\"file\" @1", "a namespaces=\"file,git\" @1",
	"a namespaces=\"g*\" @1", "a namespaces=\"g?t\" @1", "a namespaces=\"*t*\" @1", "a namespaces=\"*,!git\" @1",
	"a namespaces=\"!file,gi*\" @1", "a namespaces=\"!file\" @1", "a namespaces=\"gavel-approval\" @1",
	"a namespaces=\"*l-app*val\" @1", "a namespaces=\"gi\" @1", "a namespaces=\"gitt\" @1", "a namespaces=\"?git\" @1",
	"a valid-after=\"20220630Z\" @1", "a valid-after=\"20220701Z\" @1", "a valid-before=\"20220630Z\" @1",
	"a valid-before=\"20220701Z\" @1", "a valid-after=\"20220601\",valid-before=\"20220630\" @1",
	"a valid-after=\"202206301200\" @1", "a valid-before=\"20220630115959\" @1", "a valid-after=\"20220630040000Z\" @1",
	"a valid-before=\"20220630040000Z\" @1", "a valid-after=\"20220630040001Z\" @1", "a valid-before=\"20220630035959Z\" @1",
	"a valid-before=\"20220101Z\" @1\na valid-after=\"20220601Z\" @1", "a namespaces=\"file\" @1\na namespaces=\"git\" @1",
	"a NameSpaces=\"git\" @1 comment", "# a @1", "\n\n a @1",
};

static void against_ssh_keygen(void)
{
	static const struct { const char *time; int64_t seconds; } times[] = {
		{ "20220630040000Z", 1656561600 }, { "20220630050000Z", 1656565200 }, { "20230630000000Z", 1688083200 },
	};
	static const char *const spaces[] = { "git", "file", "gavel-approval" };
	size_t good = 0, bad = 0;

	set_up();
	setenv("TZ", "UTC-8", 1);
	make_key("k1", "-t ed25519");
	make_key("k2", "-t ed25519");
	CHECK(sh("echo text >text; for s in git file gavel-approval; do ssh-keygen -q -Y sign -n $s -f k1 <text >$s.sig 2>said || exit 1; done") == 0);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct gv_buf text;
		struct gv_signers *s = NULL;

		CHECK(sh("printf '%%s\\n' '%s' | sed \"s|@1|$(cut -d' ' -f1,2 k1.pub)|; s|@2|$(cut -d' ' -f1,2 k2.pub)|\" >al", files[i]) == 0);
		text = text_of("al");
		CHECK_OK(gv_signers_read(&s, gv_buf_str(&text), &err), &err);
		for (size_t k = 0; k < 9 && s; k++) {
			const char *space = spaces[k % 3], *time = times[k / 3].time;
			bool want = sh("ssh-keygen -Y verify -f al -I a -n %s -s %s.sig -Overify-time=%s <text >said 2>&1", space, space, time) == 0;
			struct gv_buf armoured;
			struct gv_sshsig sig;
			enum gv_signer_why why;
			const struct gv_signer *one;
			char name[64];

			snprintf(name, sizeof name, "%s.sig", space);
			armoured = text_of(name);
			CHECK_OK(gv_sshsig_read(&sig, gv_buf_str(&armoured), &err), &err);
			one = gv_signers_find(s, &sig.key, space, times[k / 3].seconds, &why);
			if ((one != NULL) != want)
				UNIT_FAIL("%s: %s at %s: %d, but ssh-keygen %d", files[i], space, time, one != NULL, want);
			CHECK((one != NULL) == (why == GV_SIGNER_OK));
			*(want ? &good : &bad) += 1;
			gv_buf_free(&armoured);
		}
		gv_buf_free(&text);
		gv_signers_free(s);
	}
	CHECK(good > 50 && bad > 50);
	repo_done();
}

static void whys(void)
{
	struct gv_signers *s = read_ok("a valid-before=\"20220101Z\" " OTHER "\n"
	                               "a valid-after=\"20220201Z\",valid-before=\"20220301Z\",namespaces=\"git\" " OTHER "\n"
	                               "b valid-after=\"20220201Z\" " OTHER "\n");
	static const struct { const char *space; int64_t time; enum gv_signer_why why; size_t line; } rows[] = {
		{ "git", 1640995200, GV_SIGNER_OK, 1 },     /* 2022-01-01T00:00:00Z: to the second */
		{ "git", 1640995201, GV_SIGNER_LATE, 0 }, { "git", 1643673599, GV_SIGNER_LATE, 0 },
		{ "git", 1643673600, GV_SIGNER_OK, 2 }, { "file", 1643673600, GV_SIGNER_OK, 3 },
		{ "git", 1646092801, GV_SIGNER_OK, 3 },
	};
	struct gv_sshkey key;
	enum gv_signer_why why;
	const struct gv_signer *one;

	CHECK_OK(gv_sshkey_read(&key, gv_str_of(OTHER), &err), &err);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		one = gv_signers_find(s, &key, rows[i].space, rows[i].time, &why);
		CHECK_INT(why, rows[i].why);
		CHECK_INT(one ? one->line : 0, rows[i].line);
	}
	key.print[10] ^= 1;
	CHECK(!gv_signers_find(s, &key, "git", 1640995200, &why) && why == GV_SIGNER_UNKNOWN);
	gv_signers_free(s);
	key.print[10] ^= 1;
	s = read_ok("a namespaces=\"file\" " OTHER "\nb valid-after=\"20300101Z\" " OTHER);
	CHECK(!gv_signers_find(s, &key, "git", 1640995200, &why) && why == GV_SIGNER_SPACE);
	gv_signers_free(s);
	s = read_ok("b valid-after=\"20300101Z\" " OTHER);
	CHECK(!gv_signers_find(s, &key, "git", 1640995200, &why) && why == GV_SIGNER_EARLY);
	gv_signers_free(s);
}

UNIT_MAIN("signers", { "lines", lines }, { "what is no line", bad_lines }, { "as ssh-keygen -Y verify has it", against_ssh_keygen },
          { "why not", whys })
