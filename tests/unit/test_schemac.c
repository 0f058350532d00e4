/* SPDX-License-Identifier: MIT */
/* The schema compiler: what it takes, and that everything else fails with file, path and keyword. */
#define main schemac_main
#include "schemac.c"
#undef main

#include <unistd.h>

#include "schema_impl.h"
#include "unit.h"

static char folder[200];

static void write_file(const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	CHECK(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

/* Compiles files of the folder (file names are relative, so that messages are the same everywhere). */
static int compile_here(struct gv_buf *out, char *const *names, size_t n, struct gv_err *err)
{
	char old[4096];
	int rc;

	CHECK(getcwd(old, sizeof old) && chdir(folder) == 0);
	rc = compile(out, names, n, err);
	CHECK(chdir(old) == 0);
	return rc;
}

#define HEAD "\"title\":\"t\",\"x-gavel-zh\":\"题\",\"type\":\"object\""
#define PROPS(p) "{" HEAD ",\"properties\":{" p "}}"
#define FIELD(f) PROPS("\"a\":{" f "}")
#define DEFS(d, p) "{\"$defs\":{" d "}," HEAD ",\"properties\":{" p "}}"
#define LOG                                                                                                                 \
	"\"events\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"event\":{\"type\":\"string\"}}}}," \
	"\"id\":{\"type\":\"string\"},\"on\":{\"$ref\":\"#/$defs/date\"},\"state\":{\"enum\":[\"open\",\"closed\"]}"
#define ROOT(r)                                                                                    \
	"{\"$defs\":{\"date\":{\"type\":\"string\"}}," HEAD ",\"properties\":{" LOG "}," r "}"
#define STATES(s, t)                                                                                            \
	ROOT("\"x-gavel-events\":{\"close\":{\"x-gavel-zh\":\"结\"}},\"x-gavel-states\":{\"field\":\"state\"," \
	     "\"states\":{" s "},\"transitions\":[" t "]}")
#define TWO "\"closed\":{\"x-gavel-zh\":\"结\"},\"open\":{\"x-gavel-zh\":\"办\",\"initial\":true}"
#define NOT_HERE ": this keyword is not allowed here"

struct row { const char *text, *want; };  /* want NULL: compiles */

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct gv_buf out = GV_BUF_INIT(1 << 20);
		char *names[] = { (char[]){ "t.json" } };
		struct gv_err err = { 0 };
		int rc;

		write_file("t.json", rows[i].text);
		rc = compile_here(&out, names, 1, &err);
		if (rows[i].want)
			CHECK_ERR(rc, &err, GV_EDATA, rows[i].want);
		else
			CHECK_OK(rc, &err);
		gv_buf_free(&out);
	}
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof rows / sizeof rows[0])

static void make_folder(void)
{
	snprintf(folder, sizeof folder, "%s/gavel-schemac-XXXXXX",
	         getenv("TMPDIR") ? getenv("TMPDIR") : P_tmpdir);
	CHECK(mkdtemp(folder) != NULL);
}

static void takes(void)
{
	static const struct row rows[] = {
		{ PROPS(""), NULL },
		{ FIELD("\"type\":\"string\",\"minLength\":1,\"maxLength\":2,\"pattern\":\"^a$\""),
		  NULL },
		{ FIELD("\"type\":[\"string\",\"object\"]"), NULL },
		{ FIELD("\"title\":\"no type: any value\""), NULL },
		{ FIELD("\"const\":1"), NULL },
		{ FIELD("\"type\":\"array\",\"items\":{\"enum\":[\"x\"]},\"minItems\":1"), NULL },
		{ FIELD("\"additionalProperties\":{\"type\":\"integer\",\"minimum\":-1}"), NULL },
		{ FIELD("\"additionalProperties\":false,\"properties\":{\"b\":{}},\"required\":[\"b\"]"),
		  NULL },
		{ DEFS("\"fen\":{\"type\":\"integer\"},\"two\":{\"properties\":{\"x\":{\"$ref\":\"#/$defs/fen\"}}}",
		       "\"a\":{\"$ref\":\"#/$defs/two\",\"title\":\"own\",\"x-gavel-sensitive\":true}"),
		  NULL },
		{ ROOT("\"x-gavel-key\":{\"folder\":\"things\",\"form\":\"serial\",\"letter\":\"T\",\"date\":\"on\"}"),
		  NULL },
		{ ROOT("\"x-gavel-cross\":[\"events-known\"],\"x-gavel-derived\":{\"z\":{\"type\":\"integer\",\"description\":\"?\\\"\\\\\\u0001\"}}"),
		  NULL },
		{ STATES(TWO,
		         "{\"event\":\"close\",\"from\":[\"open\"],\"to\":\"closed\",\"guard\":[\"XX-01\"]}"),
		  NULL },
	};

	CHECK_ROWS(rows);
}

static void refuses_keywords(void)
{
	static const struct row rows[] = {
		{ FIELD("\"minlength\":1"), "t.json: properties.a.minlength" NOT_HERE },
		{ FIELD("\"$comment\":\"x\""), "t.json: properties.a.$comment" NOT_HERE },
		{ FIELD("\"oneOf\":[]"), "t.json: properties.a.oneOf" NOT_HERE },
		{ FIELD("\"format\":\"date\""), "t.json: properties.a.format" NOT_HERE },
		{ FIELD("\"$defs\":{}"), "t.json: properties.a.$defs" NOT_HERE },
		{ FIELD("\"x-gavel-states\":{}"), "t.json: properties.a.x-gavel-states" NOT_HERE },
		{ "{\"$schema\":\"x\"}", "t.json: $schema" NOT_HERE },
		{ DEFS("\"d\":{\"default\":1}", ""), "t.json: $defs.d.default" NOT_HERE },
		{ DEFS("\"d\":{}", "\"a\":{\"$ref\":\"#/$defs/d\",\"type\":\"string\"}"),
		  "t.json: properties.a.type" NOT_HERE },
		{ ROOT("\"x-gavel-events\":{\"e\":{\"x-gavel-zh\":\"e\",\"type\":\"object\"}}"),
		  "t.json: x-gavel-events.e.type" NOT_HERE },
		{ ROOT("\"x-gavel-key\":{\"folder\":\"t\",\"form\":\"serial\",\"Letter\":\"T\"}"),
		  "t.json: x-gavel-key.Letter" NOT_HERE },
		{ STATES("\"open\":{\"zh\":\"x\"},\"closed\":{}", ""),
		  "t.json: x-gavel-states.states.open.zh" NOT_HERE },
		{ ROOT("\"x-gavel-derived\":{\"d\":{\"type\":\"string\",\"title\":\"x\"}}"),
		  "t.json: x-gavel-derived.d.title" NOT_HERE },
	};

	CHECK_ROWS(rows);
}

static void refuses_nodes(void)
{
	static const struct row rows[] = {
		{ "", "line 1, byte 1: t.json: no value: the text is empty" },
		{ "[]", "t.json: must be of type object" },
		{ "{\"type\":\"object\"}",
		  "t.json: a schema has type object, title and x-gavel-zh" },
		{ FIELD("\"type\":\"number\""),
		  "t.json: properties.a.type: must be boolean, integer, string, array or object, each once" },
		{ FIELD("\"type\":[]"), "t.json: properties.a.type: must not be empty" },
		{ FIELD("\"type\":[\"string\",\"string\"]"),
		  "t.json: properties.a.type: must be boolean, integer, string, array or object, each once" },
		{ FIELD("\"enum\":[]"), "t.json: properties.a.enum: must not be empty" },
		{ FIELD("\"enum\":[\"a\",1]"),
		  "t.json: properties.a.enum: must be of type string" },
		{ FIELD("\"enum\":[\"a\",\"a\"]"), "t.json: properties.a.enum: \"a\" twice" },
		{ FIELD("\"enum\":[\"a\"],\"type\":\"integer\""),
		  "t.json: properties.a: a string in enum or const says nothing about this type" },
		{ FIELD("\"const\":true"),
		  "t.json: properties.a.const: must be a string or an integer" },
		{ FIELD("\"const\":1,\"type\":\"string\""),
		  "t.json: properties.a: minimum, maximum or an integer const says nothing about this type" },
		{ FIELD("\"minLength\":1,\"type\":\"integer\""),
		  "t.json: properties.a: minLength, maxLength or pattern says nothing about this type" },
		{ FIELD("\"minItems\":1,\"type\":\"string\""),
		  "t.json: properties.a: items, minItems or maxItems says nothing about this type" },
		{ FIELD("\"minLength\":-1"),
		  "t.json: properties.a.minLength: must be an integer from 0 to 4294967295" },
		{ FIELD("\"maxLength\":0"),
		  "t.json: properties.a.maxLength: must be an integer from 1 to 4294967295" },
		{ FIELD("\"minLength\":3,\"maxLength\":2"),
		  "t.json: properties.a: the least length is more than the greatest" },
		{ FIELD("\"minimum\":3,\"maximum\":2"),
		  "t.json: properties.a: minimum is more than maximum" },
		{ FIELD("\"minimum\":\"3\""),
		  "t.json: properties.a.minimum: must be of type integer" },
		{ FIELD("\"pattern\":\"a\""),
		  "t.json: properties.a.pattern: must start with ^ and end with $" },
		{ FIELD("\"pattern\":\"^($\""),
		  "t.json: properties.a.pattern: missing closing parenthesis at offset 3" },
		{ FIELD("\"properties\":{},\"required\":[\"x\"]"),
		  "t.json: properties.a.required: \"x\" is not in properties" },
		{ FIELD("\"required\":[\"x\"]"),
		  "t.json: properties.a.required: \"x\" is not in properties" },
		{ FIELD("\"title\":\"\""), "t.json: properties.a.title: must not be empty" },
		{ FIELD("\"x-gavel-sensitive\":\"yes\""),
		  "t.json: properties.a.x-gavel-sensitive: must be of type boolean" },
		{ PROPS("\"a.b\":{}"),
		  "t.json: properties.a.b: a field name is not empty, starts with no digit and has no . [ or ]" },
		{ PROPS("\"1\":{}"),
		  "t.json: properties.1: a field name is not empty, starts with no digit and has no . [ or ]" },
		{ PROPS("\"a\":[]"), "t.json: properties.a: must be of type object" },
		{ PROPS("\"kind\":{\"const\":\"u\"}"),
		  "t.json: the field \"kind\" must be const \"t\", the name of the file" },
		{ "{\"$defs\":[]," HEAD "}", "t.json: $defs must be of type object" },
		{ FIELD("\"$ref\":\"#/$defs/no\""),
		  "t.json: properties.a.$ref: there is no definition \"no\"" },
		{ FIELD("\"$ref\":\"other.json\""),
		  "t.json: properties.a.$ref: must be #/$defs/NAME" },
		{ FIELD("\"$ref\":1"), "t.json: properties.a.$ref: must be #/$defs/NAME" },
		{ DEFS("\"d\":{\"items\":{\"$ref\":\"#/$defs/e\"}},\"e\":{\"items\":{\"$ref\":\"#/$defs/d\"}}",
		       ""),
		  "t.json: $defs.e.items.$ref: the definition \"d\" holds itself" },
		{ DEFS("\"fen\":{\"type\":\"string\"}", ""),
		  "t.json: $defs.fen: must be of type integer" },
		{ DEFS("\"date\":{}", ""), "t.json: $defs.date: must be of type string" },
	};

	CHECK_ROWS(rows);
}

static void refuses_roots(void)
{
	static const struct row rows[] = {
		{ ROOT("\"x-gavel-key\":{\"form\":\"serial\",\"letter\":\"T\"}"),
		  "t.json: x-gavel-key: \"folder\" is missing" },
		{ ROOT("\"x-gavel-key\":{\"folder\":\"../t\",\"form\":\"serial\",\"letter\":\"T\"}"),
		  "t.json: x-gavel-key: folder \"../t\" has other characters than a-z and -" },
		{ ROOT("\"x-gavel-key\":{\"folder\":\"t\",\"form\":\"serial\"}"),
		  "t.json: x-gavel-key: form is \"case-number\" or \"register-number\", or \"serial\" with a letter A to Z" },
		{ ROOT("\"x-gavel-key\":{\"folder\":\"t\",\"form\":\"case-number\",\"letter\":\"T\"}"),
		  "t.json: x-gavel-key: form is \"case-number\" or \"register-number\", or \"serial\" with a letter A to Z" },
		{ ROOT("\"x-gavel-key\":{\"folder\":\"t\",\"form\":\"serial\",\"letter\":\"T\",\"date\":\"state\"}"),
		  "t.json: x-gavel-key: date \"state\" is no field that holds a date" },
		{ "{" HEAD ",\"x-gavel-key\":{\"folder\":\"t\",\"form\":\"case-number\"}}",
		  "t.json: x-gavel-key: records with a key need a field \"id\"" },
		{ ROOT("\"x-gavel-together\":[\"nope\"]"),
		  "t.json: x-gavel-together: there is no field \"nope\"" },
		{ ROOT("\"x-gavel-cross\":[\"nope\"]"),
		  "t.json: x-gavel-cross: there is no check \"nope\" in lib/cross.h" },
		{ ROOT("\"x-gavel-derived\":{\"state\":{\"type\":\"string\",\"description\":\"d\"}}"),
		  "t.json: x-gavel-derived.state: is a field of the record too" },
		{ ROOT("\"x-gavel-derived\":{\"z\":{\"type\":\"date\",\"description\":\"d\"}}"),
		  "t.json: x-gavel-derived.z: type \"date\" is not boolean, integer or string" },
		{ ROOT("\"x-gavel-derived\":{\"z\":{\"type\":\"string\"}}"),
		  "t.json: x-gavel-derived.z: \"description\" is missing" },
		{ PROPS("") "x",
		  "line 1, byte 65: t.json: unexpected character \"x\": want the end of the text" },
		{ "{" HEAD ",\"x-gavel-events\":{}}",
		  "t.json: x-gavel-events: there is no field \"events\" whose items have a field \"event\"" },
		{ ROOT("\"x-gavel-events\":{\"e\":{}}"),
		  "t.json: x-gavel-events.e: \"x-gavel-zh\" is missing" },
		{ ROOT("\"x-gavel-events\":{\"e\":{\"x-gavel-zh\":\"e\",\"properties\":{\"event\":{}}}}"),
		  "t.json: x-gavel-events.e: \"event\" is a field of every event" },
	};

	CHECK_ROWS(rows);
}

static void refuses_states(void)
{
	static const struct row rows[] = {
		{ ROOT("\"x-gavel-states\":{\"states\":{},\"transitions\":[]}"),
		  "t.json: x-gavel-states: \"field\" is missing" },
		{ ROOT("\"x-gavel-states\":{\"field\":\"id\",\"states\":{},\"transitions\":[]}"),
		  "t.json: x-gavel-states.states: the state field \"id\" has no enum" },
		{ ROOT("\"x-gavel-states\":{\"field\":\"state\",\"transitions\":[]}"),
		  "t.json: x-gavel-states.states: is missing" },
		{ STATES("\"open\":{\"x-gavel-zh\":\"办\"}", ""),
		  "t.json: x-gavel-states.states: \"closed\" of the field's enum is missing" },
		{ STATES(TWO ",\"gone\":{\"x-gavel-zh\":\"无\"}", ""),
		  "t.json: x-gavel-states.states: \"gone\" is not in the enum of \"state\"" },
		{ STATES(TWO, ""), "t.json: x-gavel-states.transitions: must not be empty" },
		{ STATES(TWO, "{\"event\":\"clsoe\",\"from\":[\"open\"],\"to\":\"closed\"}"),
		  "t.json: x-gavel-states.transitions.0: there is no event \"clsoe\" in x-gavel-events" },
		{ STATES(TWO, "{\"event\":\"close\",\"from\":[\"opne\"],\"to\":\"closed\"}"),
		  "t.json: x-gavel-states.transitions.0: there is no state \"opne\"" },
		{ STATES(TWO, "{\"event\":\"close\",\"from\":[\"open\"],\"to\":\"shut\"}"),
		  "t.json: x-gavel-states.transitions.0: there is no state \"shut\"" },
		{ STATES(TWO,
		         "{\"event\":\"close\",\"from\":[\"open\"],\"to\":\"closed\"},{\"event\":\"close\",\"from\":[\"open\"],\"to\":\"open\"}"),
		  "t.json: x-gavel-states.transitions.1: a second transition for \"close\" from \"open\"" },
		{ STATES(TWO,
		         "{\"event\":\"close\",\"from\":[\"open\"],\"to\":\"closed\",\"when\":1}"),
		  "t.json: x-gavel-states.transitions.0.when" NOT_HERE },
		{ STATES(TWO,
		         "{\"event\":\"close\",\"from\":[\"open\"],\"to\":\"closed\",\"basis\":{\"no\":\"1\"}}"),
		  "t.json: x-gavel-states.transitions.0: \"doc\" is missing" },
		{ STATES("\"closed\":{\"x-gavel-zh\":\"结\",\"final\":1},\"open\":{\"x-gavel-zh\":\"办\"}",
		         ""),
		  "t.json: x-gavel-states.states.closed: \"final\" must be of type boolean" },
	};

	CHECK_ROWS(rows);
}

static void between_files(void)
{
#define KEYED(folder, letter)                                                                      \
	ROOT("\"x-gavel-key\":{\"folder\":\"" folder "\",\"form\":\"serial\",\"letter\":\"" letter \
	     "\"}")
	char *names[] = { (char[]){ "t.json" }, (char[]){ "u.json" } };
	char *twice[] = { names[0], names[0] }, *missing[] = { (char[]){ "no.json" } };
	struct gv_buf out = GV_BUF_INIT(1 << 20);
	struct gv_err err;

	write_file("t.json", KEYED("ts", "T"));
	write_file("u.json", KEYED("ts", "U"));
	CHECK_ERR(compile_here(&out, names, 2, &err), &err, GV_EDATA,
	          "u.json: folder \"ts\" is taken by kind \"t\"");
	write_file("u.json", KEYED("us", "T"));
	CHECK_ERR(compile_here(&out, names, 2, &err), &err, GV_EDATA,
	          "u.json: letter T is taken by kind \"t\"");
	CHECK_ERR(compile_here(&out, twice, 2, &err), &err, GV_EDATA,
	          "t.json: a second schema of kind \"t\"");
	CHECK_ERR(compile_here(&out, missing, 1, &err), &err, GV_EIO,
	          "no.json: cannot open: No such file or directory");
	write_file("u.json", KEYED("us", "U"));
	gv_buf_reset(&out);
	CHECK_OK(compile_here(&out, names, 2, &err), &err);
	CHECK(strstr(out.p, ".letter = 'U'") != NULL);
	CHECK(strstr(out.p, "const size_t gv_nschemas = 2;") != NULL);
	gv_buf_free(&out);
}

/* The same files give the same bytes: builds are reproducible. */
static void reproducible(void)
{
	char *names[] = { (char[]){ "share/schema/case.json" },
		          (char[]){ "share/schema/finding.json" } };
	struct gv_buf one = GV_BUF_INIT(GV_MIB), two = GV_BUF_INIT(GV_MIB);
	struct gv_err err;

	CHECK_OK(compile(&one, names, 2, &err), &err);
	CHECK_OK(compile(&two, names, 2, &err), &err);
	CHECK_BYTES(gv_buf_str(&one), gv_buf_str(&two));
	gv_buf_free(&one);
	gv_buf_free(&two);
}

static void remove_folder(void)
{
	static const char *const names[] = { "/t.json", "/u.json", "" };
	char path[256];

	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s%s", folder, names[i]);
		CHECK(remove(path) == 0);
	}
}

UNIT_MAIN("schemac",
	{ "a folder", make_folder }, { "takes", takes }, { "refuses keywords", refuses_keywords },
	{ "refuses nodes", refuses_nodes }, { "refuses what only the root has", refuses_roots },
	{ "refuses states", refuses_states }, { "kinds are told apart", between_files },
	{ "reproducible", reproducible }, { "cleans up", remove_folder })
