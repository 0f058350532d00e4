// SPDX-License-Identifier: MIT
/*
 * The simdjson reader, a module of its own: see json_impl.h.  It says yes only to
 * what it has looked at in full; whatever simdjson refuses or does not tell ("-0",
 * the text of a fraction) is left to the scalar reader.
 */
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <simdjson.h>

#include "json_impl.h"

// simdjson allocates with these.  Those of libstdc++ throw and catch inside, which
// takes thread-local memory, and where there is none the C library aborts.
void *operator new(std::size_t n, const std::nothrow_t &) noexcept
{
	return std::malloc(n);
}

void *operator new[](std::size_t n, const std::nothrow_t &) noexcept
{
	return std::malloc(n);
}

namespace dom = simdjson::dom;
using simdjson::SIMDJSON_PADDING;

namespace {

// The first call chooses a kernel for this processor; it builds strings and would throw where
// memory is short.  Let that be now, as the module is loaded, and never in a parse.
[[maybe_unused]] const bool chosen = simdjson::validate_utf8("", 0);

// Strings are copied this much at a time; simdjson keeps as much behind its own.
constexpr size_t CHUNK = 32;
static_assert(CHUNK <= SIMDJSON_PADDING, "simdjson's string buffer ends in its padding");

// What is kept from text to text.
struct Workshop {
	dom::parser parser;
	char *padded = nullptr;
	size_t capacity = 0;

	~Workshop() { std::free(padded); }

	bool reserve(size_t n)
	{
		size_t want = 4096;

		if (n <= capacity)
			return true;
		while (want < n)
			want *= 2;
		char *p = static_cast<char *>(std::realloc(padded, want + SIMDJSON_PADDING));
		if (!p)
			return false;
		padded = p;
		capacity = 0;
		if (parser.allocate(want, GV_JSON_DEPTH_MAX + 1) || parser.doc.allocate(want))
			return false;
		capacity = want;
		return true;
	}
};

// Idle workshops: a thread takes one, or makes one, and puts it back.
std::atomic<Workshop *> idle[4];

Workshop *take()
{
	for (auto &place : idle)
		if (Workshop *w = place.exchange(nullptr))
			return w;
	return new (std::nothrow) Workshop;
}

void give_back(Workshop *w)
{
	for (auto &place : idle) {
		Workshop *empty = nullptr;

		if (place.compare_exchange_strong(empty, w))
			return;
	}
	delete w;
}

struct Builder {
	const gv_simd_job &job;
	char *strings;   // where the next one goes
	bool escapes;    // there is a backslash somewhere in the text
	bool zero;       // there was a 0, or -0

	bool string(std::string_view from, gv_str *out);
	bool name(std::string_view from, gv_str *out);
	bool array(dom::array from, gv_val *out, int depth);
	bool object(dom::object from, gv_val *out, int depth);
	bool value(dom::element from, gv_val *out, int depth);
};

bool Builder::string(std::string_view from, gv_str *out)
{
	size_t n = from.size();

	std::memcpy(strings, from.data(), CHUNK);
	if (n >= CHUNK)
		std::memcpy(strings + CHUNK, from.data() + CHUNK, n - CHUNK);
	if (escapes && std::memchr(strings, '\0', n))
		return false;
	strings[n] = '\0';
	*out = { strings, n };
	strings += n + 1;
	return true;
}

bool is_ascii(gv_str s)
{
	unsigned char seen = 0;

	for (size_t i = 0; i < s.n; i++)
		seen |= static_cast<unsigned char>(s.p[i]);
	return seen < 0x80;
}

bool Builder::name(std::string_view from, gv_str *out)
{
	return from.size() <= GV_JSON_NAME_MAX && string(from, out) &&
	       (is_ascii(*out) || job.name_ok(*out));
}

bool Builder::array(dom::array from, gv_val *out, int depth)
{
	uint32_t n = static_cast<uint32_t>(from.size());

	if (depth > GV_JSON_DEPTH_MAX)
		return false;
	*out = {};
	out->type = GV_ARRAY;
	if (n == 0)
		return true;
	out->items = static_cast<gv_val *>(job.alloc(job.arena, n * sizeof *out->items));
	if (!out->items)
		return false;
	for (dom::element item : from)
		if (!value(item, &out->items[out->n++], depth))
			return false;
	return true;
}

bool Builder::object(dom::object from, gv_val *out, int depth)
{
	uint32_t n = static_cast<uint32_t>(from.size());

	if (depth > GV_JSON_DEPTH_MAX)
		return false;
	*out = {};
	out->type = GV_OBJECT;
	if (n == 0)
		return true;
	out->members = static_cast<gv_member *>(job.alloc(job.arena, n * sizeof *out->members));
	if (!out->members)
		return false;
	for (dom::key_value_pair pair : from) {
		gv_member *m = &out->members[out->n++];

		if (!name(pair.key, &m->name) || !value(pair.value, &m->val, depth))
			return false;
	}
	return !job.close(out->members, &out->n, job.flags);
}

bool Builder::value(dom::element from, gv_val *out, int depth)
{
	gv_str s;

	*out = {};
	switch (from.type()) {
	case dom::element_type::STRING:
		if (!string(from.get_string().value_unsafe(), &s))
			return false;
		out->type = GV_STRING;
		out->n = static_cast<uint32_t>(s.n);
		out->s = s.p;
		return true;
	case dom::element_type::INT64:
		out->type = GV_INT;
		out->i = from.get_int64().value_unsafe();
		zero |= out->i == 0;
		return out->i >= -GV_JSON_INT_MAX && out->i <= GV_JSON_INT_MAX;
	case dom::element_type::BOOL:
		out->type = GV_BOOL;
		out->truth = from.get_bool().value_unsafe();
		return true;
	case dom::element_type::NULL_VALUE:
		out->type = GV_NULL;
		return true;
	case dom::element_type::ARRAY:
		return array(from.get_array().value_unsafe(), out, depth + 1);
	case dom::element_type::OBJECT:
		return object(from.get_object().value_unsafe(), out, depth + 1);
	default:
		return false;
	}
}

// simdjson reads -0 as 0.  May there be one?  (It may be inside a string, too.)
bool has_minus_zero(gv_str text)
{
	const char *p = text.p, *end = p + text.n;

	while ((p = static_cast<const char *>(std::memchr(p, '-', static_cast<size_t>(end - p))))) {
		p++;
		if (p < end && *p == '0' && (p + 1 == end || p[1] < '0' || p[1] > '9'))
			return true;
	}
	return false;
}

bool read(Workshop *w, const gv_simd_job &job)
{
	dom::element root;
	size_t n = job.text.n;

	if (n == 0 || !w->reserve(n))
		return false;
	std::memcpy(w->padded, job.text.p, n);
	std::memset(w->padded + n, 0, SIMDJSON_PADDING);
	if (w->parser.parse(w->padded, n, false).get(root))
		return false;

	// A string has two quotes in the text and one NUL here, so the text's length is enough.
	char *strings = static_cast<char *>(job.alloc(job.arena, n + CHUNK));
	if (!strings)
		return false;
	Builder b{ job, strings, std::memchr(job.text.p, '\\', n) != nullptr, false };
	return b.value(root, job.root, 0) && !(b.zero && has_minus_zero(job.text));
}

}  // namespace

extern "C" __attribute__((visibility("default"))) bool gv_json_simd_1(const gv_simd_job *job)
{
	Workshop *w = take();
	bool done = w && read(w, *job);

	if (w)
		give_back(w);
	return done;
}
