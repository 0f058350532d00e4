/* SPDX-License-Identifier: MIT */
/* How many different values: exact up to the limit, estimated beyond it, however the values were split. */
#include "uniq.h"

#include <openssl/evp.h>

#include "oom.h"
#include "unit.h"
#include "roll.h"

static struct gv_err err;
static int add_number(struct gv_uniq *u, uint64_t n, struct gv_err *e)
{
	char text[32];
	int len = snprintf(text, sizeof text, "value %llu", (unsigned long long)n);

	return gv_uniq_add(u, (struct gv_str){ text, (size_t)len }, e);
}

static void exact(void)
{
	static const uint32_t limits[] = { 1, 2, 5, 8, 100, 1000 };

	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		struct gv_uniq u = { .limit = limits[i] };

		CHECK_INT(gv_uniq_count(&u), 0);
		for (uint64_t k = 0; k < limits[i]; k++) {
			CHECK_OK(add_number(&u, k, &err), &err);
			CHECK_OK(add_number(&u, roll(k + 1), &err), &err);
			CHECK_INT(gv_uniq_count(&u), k + 1);
			CHECK(gv_uniq_is_exact(&u));
		}
		/* One more is too many; then there are certainly more than the limit. */
		CHECK_OK(add_number(&u, 1u << 20, &err), &err);
		CHECK(!gv_uniq_is_exact(&u));
		CHECK(gv_uniq_count(&u) >= limits[i] + 1 && gv_uniq_count(&u) <= limits[i] + 1 + limits[i] / 20);
		CHECK_INT(gv_uniq_bytes(&u), 16384);
		gv_uniq_free(&u);
		CHECK_INT(gv_uniq_bytes(&u), 0);
		CHECK_INT(u.limit, limits[i]);
	}
}

/* The empty text is a value, and so is what differs in one byte. */
static void bytes(void)
{
	struct gv_uniq u = { .limit = 100 };

	CHECK_OK(gv_uniq_add(&u, GV_STR(""), &err), &err);
	CHECK_OK(gv_uniq_add(&u, GV_STR("\0"), &err), &err);
	CHECK_OK(gv_uniq_add(&u, GV_STR("\0\0"), &err), &err);
	CHECK_OK(gv_uniq_add(&u, GV_STR(""), &err), &err);
	CHECK_INT(gv_uniq_count(&u), 3);
	gv_uniq_free(&u);
}

/* Four standard errors: one run in 16 000 would be off by more, and these are always the same. */
static void estimates(void)
{
	static const uint64_t sizes[] = { 200, 1000, 10000, 30000, 100000, 250000, 1000000 };
	struct gv_uniq u = { .limit = 10 };
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		double off;

		for (; n < sizes[i]; n++)
			if (add_number(&u, n, &err))
				UNIT_FAIL("cannot add");
		off = (double)gv_uniq_count(&u) / (double)sizes[i] - 1;
		if (off < -4 * 0.0081 || off > 4 * 0.0081)
			UNIT_FAIL("%llu values are off by %g", (unsigned long long)sizes[i], off);
		unit_checks++;
	}
	/* What was there does not count again. */
	n = gv_uniq_count(&u);
	for (uint64_t i = 0; i < 1000; i++)
		CHECK_OK(add_number(&u, i * 997, &err), &err);
	CHECK_INT(gv_uniq_count(&u), n);
	gv_uniq_free(&u);
}

static void write_out(const struct gv_uniq *u, struct gv_buf *out)
{
	gv_buf_reset(out);
	CHECK_OK(gv_uniq_write(u, out, &err), &err);
}

/* Split at random and joined in any order: the same text as of all at once, exact or not; and back from the text. */
static void split(void)
{
	for (int round = 0; round < 300; round++) {
		enum { PARTS = 5 };
		uint32_t limit = (uint32_t)(1 + roll(60));
		struct gv_uniq all = { .limit = limit }, parts[PARTS], joined = { .limit = limit }, back = { .limit = limit };
		struct gv_buf want = GV_BUF_INIT(GV_MIB), got = GV_BUF_INIT(GV_MIB);
		uint64_t different = 1 + roll(80);

		for (size_t i = 0; i < PARTS; i++)
			parts[i] = (struct gv_uniq){ .limit = limit };
		for (int i = 0; i < 120; i++) {
			uint64_t n = roll(different);

			CHECK_OK(add_number(&all, n, &err), &err);
			CHECK_OK(add_number(&parts[roll(PARTS)], n, &err), &err);
		}
		for (size_t i = 0; i < PARTS; i++) { /* some through their text */
			struct gv_uniq *part = &parts[(i * 2 + (size_t)round) % PARTS], copy = { .limit = limit };

			write_out(part, &got);
			CHECK_OK(gv_uniq_read(&copy, gv_uniq_is_exact(part), gv_buf_str(&got), &err), &err);
			CHECK_OK(gv_uniq_join(&joined, round % 2 ? &copy : part, &err), &err);
			gv_uniq_free(&copy);
		}
		write_out(&all, &want);
		write_out(&joined, &got);
		CHECK(gv_uniq_is_exact(&all) == gv_uniq_is_exact(&joined));
		CHECK_INT(gv_uniq_count(&joined), gv_uniq_count(&all));
		CHECK_BYTES(gv_buf_str(&got), gv_buf_str(&want));
		CHECK_OK(gv_uniq_read(&back, gv_uniq_is_exact(&all), gv_buf_str(&want), &err), &err);
		CHECK_INT(gv_uniq_count(&back), gv_uniq_count(&all));
		write_out(&back, &got);
		CHECK_BYTES(gv_buf_str(&got), gv_buf_str(&want));
		for (size_t i = 0; i < PARTS; i++)
			gv_uniq_free(&parts[i]);
		gv_uniq_free(&all);
		gv_uniq_free(&joined);
		gv_uniq_free(&back);
		gv_buf_free(&want);
		gv_buf_free(&got);
	}
}

/* A set that is larger than the limit of who reads it becomes an estimate, as if it had been counted so. */
static void larger_set(void)
{
	struct gv_uniq many = { .limit = 100 }, few = { .limit = 10 }, back = { .limit = 10 };
	struct gv_buf text = GV_BUF_INIT(GV_MIB), a = GV_BUF_INIT(GV_MIB), b = GV_BUF_INIT(GV_MIB);

	for (uint64_t i = 0; i < 50; i++) {
		CHECK_OK(add_number(&many, i, &err), &err);
		CHECK_OK(add_number(&few, i, &err), &err);
	}
	write_out(&many, &text);
	CHECK_OK(gv_uniq_read(&back, true, gv_buf_str(&text), &err), &err);
	write_out(&few, &a);
	write_out(&back, &b);
	CHECK_BYTES(gv_buf_str(&b), gv_buf_str(&a));
	gv_uniq_free(&many);
	gv_uniq_free(&few);
	gv_uniq_free(&back);
	gv_buf_free(&text);
	gv_buf_free(&a);
	gv_buf_free(&b);
}

/* The text itself: big endian, in order, base64. */
static void golden(void)
{
	struct gv_uniq u = { .limit = 5 };
	struct gv_buf text = GV_BUF_INIT(1024);

	write_out(&u, &text);
	CHECK_INT(text.n, 0);
	CHECK_OK(gv_uniq_add(&u, GV_STR("abc"), &err), &err);
	CHECK_OK(gv_uniq_add(&u, GV_STR(""), &err), &err);
	write_out(&u, &text);
	/* ba7816bf 8f01cfea 414140de 5dae2223 of "abc", e3b0c442 98fc1c14 9afbf4c8 996fb924 of nothing */
	CHECK_STR(text.p, "ungWv48Bz+pBQUDeXa4iI+OwxEKY/BwUmvv0yJlvuSQ=");
	gv_uniq_free(&u);
	gv_buf_free(&text);
}

static void refused(void)
{
	static const struct { const char *text; bool exact; } row[] = {
		{ "ungWv48Bz+pBQUDeXa4iIw", true }, { "ungWv48Bz+pBQUDeXa4iI", true }, { "ungWv48Bz+pBQUDeXa4i", true }, { "ungWv48Bz+pBQUDeXa4iIw=", true },
		{ "ungWv48Bz+pBQUDeXa4*Iw==", true }, { "ungWv48Bz=pBQUDeXa4iIw==", true }, { "====", true }, { "A===", true }, { "    ", true },
		{ "ungWv48Bz+pBQUDeXa4iIw==\n", true }, { "ungWv48Bz+pBQUDeXa4iIwAA", true }, { "", false }, { "AAAA", false }, { "ungWv48Bz+pBQUDeXa4iIw==", false },
	};

	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct gv_uniq u = { .limit = 5 };

		CHECK_ROW(gv_uniq_read(&u, row[i].exact, gv_str_of(row[i].text), NULL) == GV_EDATA, row[i].text);
		gv_uniq_free(&u);
	}
}

/* Registers: 2^14 bytes, none above 51. */
static void registers(void)
{
	static unsigned char bytes[16384 + 3], text[4 * (16384 + 3) / 3 + 8];
	static const struct { size_t n; unsigned char value; bool good; } row[] = {
		{ 16384, 0, true }, { 16384, 51, true }, { 16384, 52, false }, { 16384, 255, false }, { 16383, 1, false }, { 16385, 1, false }, { 16384, 7, true },
	};

	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct gv_uniq u = { .limit = 5 };
		int n;

		memset(bytes, row[i].value, sizeof bytes);
		bytes[0] = 3;
		n = EVP_EncodeBlock(text, bytes, (int)row[i].n);
		CHECK_INT(gv_uniq_read(&u, false, (struct gv_str){ (char *)text, (size_t)n }, NULL), row[i].good ? 0 : GV_EDATA);
		if (row[i].good)
			CHECK(gv_uniq_count(&u) >= 6);
		gv_uniq_free(&u);
	}
}

/* ---- memory ---- */

static int all_of_it(struct gv_err *e)
{
	struct gv_uniq u = { .limit = 20 }, other = { .limit = 20 }, back = { .limit = 20 };
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	int rc = 0;

	for (uint64_t i = 0; i < 15 && !rc; i++)
		rc = add_number(&u, i, e);
	if (!rc)
		rc = gv_uniq_write(&u, &text, e);
	if (!rc)
		rc = gv_uniq_read(&back, true, gv_buf_str(&text), e);
	for (uint64_t i = 10; i < 40 && !rc; i++)
		rc = add_number(&other, i, e);
	if (!rc)
		rc = gv_uniq_join(&u, &other, e);
	gv_buf_reset(&text);
	if (!rc)
		rc = gv_uniq_write(&u, &text, e);
	gv_uniq_free(&back);
	if (!rc)
		rc = gv_uniq_read(&back, false, gv_buf_str(&text), e);
	gv_uniq_free(&u);
	gv_uniq_free(&other);
	gv_uniq_free(&back);
	gv_buf_free(&text);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	CHECK_OK(all_of_it(&err), &err); /* libcrypto has its own beginnings */
	CHECK(oom_run_both(all_of_it) > 8);
}

UNIT_MAIN("uniq",
	{ "exact up to the limit", exact },
	{ "any bytes are a value", bytes },
	{ "estimates", estimates },
	{ "split and joined", split },
	{ "a set that is too large", larger_set },
	{ "the text of a set", golden },
	{ "texts that are none", refused },
	{ "registers", registers },
	{ "memory that runs out", memory })
