/* SPDX-License-Identifier: MIT */
/* Canonical text to a line: with vectors and without, on what is canonical and on what only looks so. */
#include "json_impl.h"
#include "unit.h"

static uint64_t seed = 11;

static unsigned pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* Both, from a copy of the very length, into a buffer that has `room` bytes and something in it already. */
static void both(const char *text, size_t n, size_t room)
{
	struct gv_buf a = GV_BUF_INIT(room + 1), b = GV_BUF_INIT(room + 1);
	char *copy = malloc(n ? n : 1);
	struct gv_str s = { copy, n };

	memcpy(copy, text, n);
	gv_buf_addc(&a, '#');
	gv_buf_addc(&b, '#');
	gv_json_canon_to_line(&a, s);
	gv_json_canon_to_line_scalar(&b, s);
	CHECK(a.failed == b.failed && a.failed == (room < n));
	CHECK_BYTES(gv_buf_str(&a), gv_buf_str(&b));
	CHECK(a.p[a.n] == '\0' && b.p[b.n] == '\0');
	gv_buf_free(&a);
	gv_buf_free(&b);
	free(copy);
}

static void random_bytes(char *out, size_t n, const char *alphabet)
{
	for (size_t i = 0; i < n; i++)
		out[i] = alphabet[pick((unsigned)strlen(alphabet))];
}

static void hostile(void)
{
	static const char *const alphabets[] = { "\" :\n", "\" :\na\\", "\"\": :aaaaaaaaaaaaa\n ", "\n", " ", "\"", "\":" };
	char text[400];

	for (size_t i = 0; i < sizeof alphabets / sizeof alphabets[0]; i++) {
		for (int round = 0; round < 3000; round++) {
			size_t n = pick(sizeof text + 1);

			random_bytes(text, n, alphabets[i]);
			both(text, n, n + pick(64));
			if (n)
				both(text, n, n - 1);
		}
	}
}

/* Lines as a record has them, of all lengths. */
static size_t record(char *out, size_t room, const char *alphabet)
{
	char name[16], value[90];
	size_t n = (size_t)snprintf(out, room, "{\n");

	while (n + 120 < room && pick(40)) {
		size_t k = pick(sizeof name - 1), v = pick(sizeof value - 1);

		random_bytes(name, k, "abc: ");
		random_bytes(value, v, alphabet);
		n += (size_t)snprintf(out + n, room - n, "%*s\"%.*s\": \"%.*s\",\n", 2 * (int)pick(5), "", (int)k, name,
		                      (int)v, value);
	}
	return n + (size_t)snprintf(out + n, room - n, "}\n");
}

static void records(void)
{
	static char text[40000];

	for (int round = 0; round < 4000; round++) {
		size_t n = record(text, 2000 + pick(sizeof text - 2000), pick(4) ? "abc: {}[]," : "ab: \\n");

		both(text, n, n + pick(3) * 32);
	}
}

/* Where the blocks end, in a string and out of it. */
static void lengths(void)
{
	static char text[20000];

	random_bytes(text, sizeof text, "\"a\": \n  bbbbbb");
	for (size_t n = 0; n < 300; n++)
		both(text, n, n + 64);
	both(text, sizeof text, sizeof text + 64);
}

UNIT_MAIN("json_canon", { "hostile text", hostile }, { "records", records }, { "lengths", lengths })
