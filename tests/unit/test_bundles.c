/* SPDX-License-Identifier: MIT */
/* Bundles from elsewhere: what is there must be as the schemas have it; what is not there need not be. */
#include "bundles.h"
#include "unit.h"

/* want: "thing: field: message"; "" = good. */
struct row { const char *bundle, *want; };

#define COUNT(a) (sizeof (a) / sizeof (a)[0])

#define CLAIM(more) "{\"claim\":{" more "}}"
#define ASSET(more) "{\"assets\":[{\"id\":\"a\"" more "}]}"
#define SEIZURE(more) "{\"seizures\":[{\"id\":\"z\"" more "}]}"
#define EVENT(more) SEIZURE(",\"events\":[{" more "}]")

static const struct row rows[] = {
	{ "{}", "" },
	{ "{\"assets\":[],\"seizures\":[]}", "" },
	/* nothing has to be there, and names have any form */
	{ CLAIM("\"case\":\"1\""), "" },
	{ ASSET(",\"share\":{\"num\":1}"), "" },
	{ ASSET(",\"encumbrances\":[{\"fen\":1}],\"buyers\":[{}]"), "" },
	{ SEIZURE(",\"case\":\"B-1\",\"court\":\"B\",\"asset\":\"a\""), "" },
	{ EVENT("\"event\":\"renew\",\"on\":\"2025-01-01\",\"until\":\"2026-01-01\""), "" },
	{ EVENT("\"eid\":\"1\",\"event\":\"renew\",\"on\":\"2025-01-01\",\"until\":\"2026-01-01\""), "" },
	/* but events are whole */
	{ EVENT("\"event\":\"renew\",\"until\":\"2026-01-01\""), "seizure z: events[0].on: missing" },
	{ EVENT("\"on\":\"2026-01-01\""), "seizure z: events[0].event: missing" },
	{ EVENT("\"event\":\"renew\",\"on\":\"2025-01-01\""), "seizure z: events[0].until: missing" },
	/* words */
	{ SEIZURE(",\"measure\":\"wating\""), "seizure z: measure: \"wating\" is not one of seal, seize, freeze, waiting (did you mean waiting?)" },
	{ CLAIM("\"stage\":\"preservaton\""), "claim: stage: \"preservaton\" is not one of preservation, enforcement (did you mean preservation?)" },
	{ CLAIM("\"id\":\"c\",\"stage\":\"preservaton\""), "claim c: stage: \"preservaton\" is not one of preservation, enforcement (did you mean preservation?)" },
	{ ASSET(",\"type\":\"depost\""), "asset a: type: \"depost\" is not one of deposit, listed-shares, equity, immovable, movable, vehicle, income, right (did you mean deposit?)" },
	{ ASSET(",\"kind\":\"claim\""), "asset a: kind: \"claim\" is not \"asset\"" },
	{ EVENT("\"event\":\"renwe\",\"on\":\"2025-01-01\",\"until\":\"2026-01-01\""), "seizure z: events[0].event: seizure has no event \"renwe\" (did you mean renew?)" },
	{ EVENT("\"event\":\"auction\",\"on\":\"2025-01-01\",\"result\":\"sould\""), "seizure z: events[0].result: \"sould\" is not one of sold, failed (did you mean sold?)" },
	/* types */
	{ ASSET(",\"indivisible\":\"true\""), "asset a: indivisible: \"true\" is no boolean" },
	{ SEIZURE(",\"served_at\":20250301"), "seizure z: served_at: 20250301 is no string" },
	{ CLAIM("\"principal_fen\":\"5\""), "claim: principal_fen: \"5\" is no integer" },
	{ CLAIM("\"principal_fen\":-5"), "claim: principal_fen: -5 is less than 0" },
	{ ASSET(",\"price\":7"), "asset a: price: 7 is no object" },
	{ ASSET(",\"co_owners\":{}"), "asset a: co_owners: {} is no array" },
	{ ASSET(",\"share\":{\"num\":1,\"den\":0}"), "asset a: share.den: 0 is less than 1" },
	{ ASSET(",\"name\":\"\""), "asset a: name: empty" },
	{ SEIZURE(",\"notes\":null"), "seizure z: notes: null is not stored: leave the field out" },
	/* days */
	{ SEIZURE(",\"served_at\":\"2025-02-29\""), "seizure z: served_at: 2025-02-29 is not a date" },
	{ SEIZURE(",\"ruled_on\":\"2025-02-28T10:00:00+08:00\""), "seizure z: ruled_on: 2025-02-28T10:00:00+08:00 is not a date" },
	{ EVENT("\"event\":\"renew\",\"on\":\"2025-01-40\",\"until\":\"2026-01-01\""), "seizure z: events[0].on: 2025-01-40 is not a date" },
	/* fields that there are not */
	{ SEIZURE(",\"untill\":\"2025-01-01\""), "seizure z: untill: there is no such field (did you mean until?)" },
	{ ASSET(",\"price\":{\"fenn\":1}"), "asset a: price.fenn: there is no such field (did you mean fen?)" },
	{ EVENT("\"event\":\"release-part\",\"on\":\"2025-01-01\",\"sum\":5"), "seizure z: events[0].sum: there is no such field (did you mean sum_fen?)" },
	{ CLAIM("\"frobnicate\":1"), "claim: frobnicate: there is no such field" },
	{ CLAIM("\"x-ours\":{\"any\":[1,true]},\"delay\":{\"x-\":1}"), "" },
	{ EVENT("\"event\":\"note\",\"on\":\"2025-01-01\",\"x-file\":\"7\""), "" },
	{ CLAIM("\"x-ours\":{\"any\":null}"), "claim: x-ours.any: null is not stored: leave the field out" },
	{ "{\"other_claims\":[{\"stage\":\"preservaton\"}]}", "other_claims[0]: stage: \"preservaton\" is not one of preservation, enforcement (did you mean preservation?)" },
	/* which one, where it has no id */
	{ "{\"seizures\":[{\"measure\":\"seal\"},{\"measure\":\"sealed\"}]}", "seizures[1]: measure: \"sealed\" is not one of seal, seize, freeze, waiting (did you mean seal?)" },
	/* all that is left to the reader */
	{ "{\"assets\":[7],\"seizures\":{},\"claim\":[],\"clam\":{}}", "" },
};

static void each_row(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct gv_doc doc = GV_DOC_INIT;
		struct gv_err err;
		char got[2048] = "";

		gv_err_clear(&err);
		CHECK_OK(gv_json_parse(&doc, gv_str_of(rows[i].bundle), 0, &err), &err);
		if (gv_bundle_check(&doc.root, &err))
			snprintf(got, sizeof got, "%s: %s: %s", err.thing, err.field, err.msg);
		unit_checks++;
		if (strcmp(got, rows[i].want) != 0)
			UNIT_FAIL("%s\n#   got  [%s]\n#   want [%s]", rows[i].bundle, got, rows[i].want);
		gv_doc_free(&doc);
	}
}

UNIT_MAIN("bundles", { "each row", each_row })
