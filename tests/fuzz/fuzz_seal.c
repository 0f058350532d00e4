/* SPDX-License-Identifier: MIT */
/*
 * fuzz_seal: any bytes as the text of a record that may hold sealed values, as the file of a key, and as base64.  A value opens or
 * it does not: what is not ours is GV_EINTEGRITY or stays as it is.  What was sealed here opens here, and
 * in no other place.  Makes a folder of keys in TMPDIR.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rec.h"
#include "seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One key for ever: seeds are sealed with it. */
#define KEY "aaaaaaaaaaaaaaaa"
#define SECRET "{\"key\":\"" KEY "\",\"made_on\":\"2022-06-30\",\"secret\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\",\"subject\":\"s\"}"

static char folder[256];

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void write_key(const char *name, const void *p, size_t n)
{
	char path[512];
	int fd;

	snprintf(path, sizeof path, "%s/%s.json", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	must(fd >= 0 && write(fd, p, n) == (ssize_t)n && close(fd) == 0);
}

static void clear_up(void)
{
	char path[512];
	static const char *const names[] = { KEY, "bbbbbbbbbbbbbbbb" };

	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s.json", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

static void make_folder(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(folder, sizeof folder, "%s/fuzz-seal-XXXXXX", tmp ? tmp : "/tmp");
	must(mkdtemp(folder) != NULL);
	atexit(clear_up);
	setenv("GAVEL_KEYS", folder, 1);
	write_key(KEY, SECRET, sizeof SECRET - 1);
}

/* A record: opened, or refused with the field's name; whole either way. */
static void record(struct gv_keys *k, struct gv_str text)
{
	struct gv_doc scratch = GV_DOC_INIT;
	struct gv_buf out = GV_BUF_INIT(4 * GV_MIB);
	struct gv_str was = text;
	struct gv_err err = { 0 };
	int rc = gv_unseal_text(k, &text, &scratch, &out, &err);

	must(rc == 0 || (err.code == rc && err.msg[0] && text.p == was.p && text.n == was.n));
	gv_doc_free(&scratch);
	gv_buf_free(&out);
}

static void key_file(const uint8_t *data, size_t size)
{
	enum gv_key_state state = GV_KEY_ABSENT;
	struct gv_err err = { 0 };
	struct gv_keys *k;
	int rc;

	write_key("bbbbbbbbbbbbbbbb", data, size);
	must(gv_keys_open(&k, NULL, NULL) == 0);
	rc = gv_keys_look(k, GV_STR("bbbbbbbbbbbbbbbb"), &state, &err);
	must(rc ? rc == GV_EINTEGRITY && err.msg[0] : (state == GV_KEY_ABSENT) == !size); /* an empty one is none */
	gv_keys_free(k);
}

/* Any JSON, sealed, is the same when it is opened; in another field it does not open. */
static void there_and_back(struct gv_keys *k, struct gv_str text)
{
	struct gv_seal_at at = { GV_STR("case"), GV_STR("（2022）沪0114刑初1号"), GV_STR("parties[].id_no") }, other = at;
	struct gv_doc plain = GV_DOC_INIT, d = GV_DOC_INIT;
	struct gv_val sealed, back;
	struct gv_err err = { 0 };
	bool opened = false;

	if (gv_json_parse(&plain, text, 0, NULL) == 0 && gv_seal(k, GV_STR(KEY), &at, &plain.root, &d, &sealed, NULL) == 0) {
		must(gv_unseal(k, &at, &sealed, &d, &back, &opened, &err) == 0 && opened && gv_val_eq(&back, &plain.root));
		other.field = GV_STR("parties[].name");
		must(gv_unseal(k, &other, &sealed, &d, &back, &opened, &err) == GV_EINTEGRITY);
	}
	gv_doc_free(&plain);
	gv_doc_free(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_str text = { (const char *)data, size };
	struct gv_buf bytes = GV_BUF_INIT(GV_MIB), again = GV_BUF_INIT(2 * GV_MIB);
	struct gv_keys *k;

	setenv("GAVEL_SHARE", "share", 0);
	if (!folder[0])
		make_folder();
	must(gv_keys_open(&k, NULL, NULL) == 0);
	record(k, text);
	there_and_back(k, text);
	gv_keys_free(k);
	key_file(data, size);
	if (gv_base64_read(&bytes, text)) {
		gv_base64_add(&again, bytes.p, bytes.n);
		must(again.failed || gv_str_eq(gv_buf_str(&again), text));
	}
	gv_buf_free(&bytes);
	gv_buf_free(&again);
	return 0;
}
