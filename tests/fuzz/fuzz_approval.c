/* SPDX-License-Identifier: MIT */
/*
 * fuzz_approval: a file of signers, then the armour of an approval, which lies in a docket under the names of two people.
 * It counts for nobody, or for one person, under that name only, for that statement only and in the key's days only.
 */
#include "swap.h"

#include "approval.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the seeds approve. */
#define FILE_PATH "policy/duties.json"
#define FILE_BLOB "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
#define PERSON(no, email) "M 100644 inline people/沪0114/0000/沪0114-P00000" no ".json\ndata <<END\n" \
	"{\"emails\":[\"" email "\"],\"id\":\"沪0114-P00000" no "\",\"kind\":\"person\",\"name\":\"x\",\"state\":\"active\"}\nEND\n"
enum { ON = 1656547200 };

static struct gv_store *store;
static struct swap armour_file;
static struct gv_people *people;
static struct gv_buf statement = { .max = 8192 };
static struct gv_oid tree, none, blob;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct gv_buf files = GV_BUF_INIT(65536), folder = GV_BUF_INIT(256);
	char here[PATH_MAX];

	(void)argc;
	(void)argv;
	must(getcwd(here, sizeof here) != NULL && gv_oid_read(&blob, GV_STR(FILE_BLOB)), "no folder");
	gv_approval_statement(&statement, GV_STR(FILE_PATH), &none, &blob);
	gv_approval_folder(&folder, gv_buf_str(&statement));
	gv_buf_adds(&files, PERSON("1", "a@b") PERSON("2", "c@d"));
	for (int no = 1; no <= 2; no++)
		gv_buf_addf(&files, "M 100644 inline %s沪0114-P00000%d.sig\ndata 1\nx\n", folder.p, no);
	must(!gv_buf_check(&folder, NULL) && !gv_buf_check(&files, NULL), "no docket");
	swap_docket(files.p);
	gv_buf_reset(&files);
	gv_buf_addf(&files, "%s沪0114-P000001.sig", folder.p);
	swap_of(&armour_file, files.p);
	must(gv_oid_read(&tree, gv_str_of(sh_out("git -C r rev-parse 'main^{tree}'"))), "no tree");
	store = swap_begin(here);
	must(gv_people_of_store(&people, store, NULL) == 0 && gv_people_count(people) == 2, "no people");
	gv_buf_free(&files);
	gv_buf_free(&folder);
	return 0;
}

struct counted { const struct gv_actor *who; size_t files, good; };

static int count(void *ctx, const struct gv_actor *who, struct gv_str file, const struct gv_err *why)
{
	struct counted *c = ctx;

	must((who != NULL) == (why == NULL) && (!why || (why->code == GV_EINTEGRITY && why->msg[0])), "neither good nor bad");
	must(!who || (who == c->who && memmem(file.p, file.n, who->key.p, who->key.n)), "under another's name");
	c->files++;
	c->good += who != NULL;
	return 0;
}

/* Good for `who`: and for nothing else. */
static void binds(struct gv_str armour, const struct gv_signers *signers, const struct gv_actor *who)
{
	const struct gv_signer *line;
	const struct gv_actor *other;
	struct gv_buf text = GV_BUF_INIT(8192);
	struct gv_sshsig sig;
	struct gv_err err = { 0 };
	enum gv_signer_why why;

	must(who == gv_people_at(people, 0) || who == gv_people_at(people, 1), "nobody's approval");
	must(gv_sshsig_read(&sig, armour, &err) == 0 && strcmp(sig.space, GV_APPROVAL_SPACE) == 0, "another namespace");
	gv_approval_statement(&text, GV_STR(FILE_PATH), &blob, &none);
	must(gv_approval_check(armour, gv_buf_str(&text), signers, people, ON, &other, &err) == GV_EINTEGRITY && !other,
	     "good for another statement");
	line = gv_signers_find(signers, &sig.key, GV_APPROVAL_SPACE, ON, &why);
	must(line && why == GV_SIGNER_OK && (!line->after || line->after <= ON) && (!line->before || line->before >= ON),
	     "outside of its days");
	gv_buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_str armour = { (const char *)data, size < SWAP_MAX ? size : SWAP_MAX };
	struct gv_str list = swap_split(&armour, "-----BEGIN");
	struct gv_approval_ask ask = { .store = store, .tree = &tree, .path = GV_STR(FILE_PATH), .base = &none, .now = &blob,
		                       .people = people, .time = ON };
	struct counted c = { 0 };
	struct gv_signers *signers;
	struct gv_err err = { 0 };
	int rc;

	if (gv_signers_read(&signers, list, &err)) {
		must(err.code == GV_EDATA && err.msg[0], "no message");
		return 0;
	}
	rc = gv_approval_check(armour, gv_buf_str(&statement), signers, people, ON, &c.who, &err);
	must(rc ? rc == GV_EINTEGRITY && err.msg[0] && !c.who : c.who != NULL, "neither good nor bad");
	if (!rc)
		binds(armour, signers, c.who);
	swap_in(&armour_file, armour);
	ask.signers = signers;
	must(gv_approval_each(&ask, count, &c, &err) == 0, err.msg);
	must(c.files == 2 && c.good == (rc == 0), "it counts once too often, or not at all");
	gv_signers_free(signers);
	return 0;
}
