/* SPDX-License-Identifier: MIT */
/*
 * fuzz_people: two lines, the records of two people of a docket that has a third.  They are read or refused by name; who
 * was read is found by key and by e-mail, or nobody is where two have it; printed and read again they are the same.
 */
#include "swap.h"

#include "people.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FOLDER "people/沪0114/0000/"
static const char *const files[] = { FOLDER "沪0114-P000001.json", FOLDER "沪0114-P000002.json" };
static struct gv_store *store;
static struct swap swaps[2];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char here[PATH_MAX];

	(void)argc;
	(void)argv;
	must(getcwd(here, sizeof here) != NULL, "no folder");
	swap_docket("M 100644 inline " FOLDER "沪0114-P000001.json\ndata 1\n1\n"
	            "M 100644 inline " FOLDER "沪0114-P000002.json\ndata 1\n2\n"
	            "M 100644 inline " FOLDER "沪0114-P000003.json\ndata <<END\n"
	            "{\"emails\":[\"c@court\"],\"id\":\"沪0114-P000003\",\"kind\":\"person\",\"name\":\"丙\",\"state\":\"active\"}\nEND\n");
	for (size_t i = 0; i < 2; i++)
		swap_of(&swaps[i], files[i]);
	store = swap_begin(here);
	return 0;
}

static bool has_email(const struct gv_actor *a, struct gv_str email)
{
	const struct gv_val *list = gv_val_get(a->person, "emails");

	for (uint32_t i = 0; list && list->type == GV_ARRAY && i < list->n; i++) {
		struct gv_str one = gv_val_str(&list->items[i]);

		if (list->items[i].type == GV_STRING && one.n == email.n && strncasecmp(one.p, email.p, one.n) == 0)
			return true;
	}
	return false;
}

/* Whose it is by looking at everybody. */
static const struct gv_actor *owner(const struct gv_people *p, struct gv_str email)
{
	const struct gv_actor *found = NULL;

	for (size_t i = 0; i < gv_people_count(p); i++) {
		if (!has_email(gv_people_at(p, i), email))
			continue;
		if (found)
			return NULL;
		found = gv_people_at(p, i);
	}
	return found;
}

static void find(const struct gv_people *p, const struct gv_actor *a)
{
	const struct gv_val *list = gv_val_get(a->person, "emails");
	struct gv_buf text = GV_BUF_INIT(GV_MIB);

	must(gv_people_find(p, a->key) == a, "not found by key");
	gv_buf_adds(&text, "nobody@nowhere,");
	gv_buf_addstr(&text, a->key);
	must(gv_people_of_principals(p, gv_buf_str(&text)) == a || owner(p, GV_STR("nobody@nowhere")), "not found in a list");
	for (uint32_t i = 0; list && list->type == GV_ARRAY && i < list->n; i++) {
		struct gv_str one = gv_val_str(&list->items[i]);

		if (!one.n || !memchr(one.p, '@', one.n))
			continue;
		must(gv_people_find(p, one) == owner(p, one), "not found by e-mail");
		gv_buf_reset(&text);
		gv_buf_addstr(&text, one);
		for (size_t k = 0; k < text.n; k++)
			text.p[k] ^= (text.p[k] >= 'a' && text.p[k] <= 'z') ? 32 : 0;
		must(gv_people_find(p, gv_buf_str(&text)) == owner(p, one), "not found in capitals");
	}
	gv_buf_free(&text);
}

static struct gv_people *people_read(void)
{
	struct gv_people *p = NULL;
	struct gv_err err = { 0 };
	int rc = gv_people_of_store(&p, store, &err);

	must(rc ? !p && rc == GV_EDATA && err.code == rc && err.msg[0] && strncmp(err.thing, "people/", 7) == 0 : p != NULL,
	     "neither read nor refused");
	return p;
}

/* As they were read, printed: the same people. */
static void round_trip(const struct gv_people *p)
{
	struct gv_buf text = GV_BUF_INIT(SWAP_MAX);
	struct gv_people *again;
	bool fits = true;

	for (size_t i = 0; i < 2 && fits; i++) {
		gv_buf_reset(&text);
		gv_json_canon(&text, gv_people_at(p, i)->person);
		fits = !text.failed;
		if (fits)
			swap_in(&swaps[i], gv_buf_str(&text));
	}
	if (fits) {
		again = people_read();
		must(again && gv_people_count(again) == gv_people_count(p), "its own print is refused");
		for (size_t i = 0; i < gv_people_count(p); i++)
			must(gv_val_eq(gv_people_at(p, i)->person, gv_people_at(again, i)->person), "printed differently");
		gv_people_free(again);
	}
	gv_buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_str rest = { (const char *)data, size < SWAP_MAX ? size : SWAP_MAX }, first = swap_split(&rest, "\n");
	struct gv_people *p;

	swap_in(&swaps[0], first);
	swap_in(&swaps[1], rest);
	p = people_read();
	if (!p)
		return 0;
	must(gv_people_count(p) == 3, "not everybody");
	for (size_t i = 0; i < 3; i++) {
		const struct gv_actor *a = gv_people_at(p, i);

		must(gv_str_eq(a->key, gv_val_getstr(a->person, "id")) && (!i || gv_str_cmp(gv_people_at(p, i - 1)->key, a->key) < 0),
		     "not in order");
		find(p, a);
	}
	round_trip(p);
	gv_people_free(p);
	return 0;
}
