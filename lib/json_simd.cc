// SPDX-License-Identifier: MIT
/*
 * The simdjson reader, a module of its own: see json_impl.h.  simdjson's first stage checks the
 * UTF-8 and the quotes and tells where tokens begin; what they are is read here, straight into the
 * tree: strings stay in the copy of the text, as in json_read.c, and what is not wanted is checked
 * and passed over.  It says yes only to what it has looked at in full; the rest is left to the
 * scalar reader.
 */
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <pthread.h>
#include <simdjson.h>

#include "json_simd.h"

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

namespace {

// The first call chooses a kernel for this processor; it builds strings and would throw where
// memory is short.  Let that be now, as the module is loaded, and never in a parse.
[[maybe_unused]] const bool chosen = simdjson::validate_utf8("", 0);

// Zero bytes behind the copy of the text: loads are words, and no token goes on there.
constexpr size_t SLACK = simdjson::SIMDJSON_PADDING;
static_assert(SLACK >= 8, "a word is read at the last byte");

// ---- what is kept from text to text ----

// A name beyond ASCII that was found good: the same ones come in every record.
struct KnownName {
	uint8_t n;
	char bytes[31];
};

struct Workshop {
	std::unique_ptr<simdjson::internal::dom_parser_implementation> indexer;
	size_t capacity = 0;
	char *scratch = nullptr;  // items of the containers that are open
	size_t used = 0, room = 0;
	KnownName known[256] = {};

	~Workshop() { std::free(scratch); }

	bool reserve(size_t n);
	bool grow(size_t size);
};

bool Workshop::reserve(size_t n)
{
	size_t want = 4096;

	used = 0;
	if (n <= capacity)
		return true;
	while (want < n)
		want *= 2;
	capacity = 0;
	if (!room && !grow(4096))
		return false;
	if (indexer ? indexer->set_capacity(want)
	            : simdjson::get_active_implementation()->create_dom_parser_implementation(
	                      want, GV_JSON_DEPTH_MAX, indexer))
		return false;
	capacity = want;
	return true;
}

bool Workshop::grow(size_t size)
{
	size_t want = room ? room * 2 : size;

	while (want - used < size)
		want *= 2;
	char *p = static_cast<char *>(std::realloc(scratch, want));
	if (!p)
		return false;
	scratch = p;
	room = want;
	return true;
}

// Idle workshops, each in a cache line of its own: a thread takes one, or makes one, and puts it
// back.  Threads begin to look in different places, so that they do not wait for each other.
struct alignas(64) Place {
	std::atomic<Workshop *> idle;
};
constexpr unsigned PLACES = 16;
Place places[PLACES];

unsigned first_place()
{
	uint64_t thread = static_cast<uint64_t>(pthread_self());

	return static_cast<unsigned>((thread >> 6) * 0x9E3779B97F4A7C15u >> 60) % PLACES;
}

Workshop *take(unsigned first)
{
	for (unsigned i = 0; i < PLACES; i++)
		if (Workshop *w = places[(first + i) % PLACES].idle.exchange(nullptr, std::memory_order_acquire))
			return w;
	return new (std::nothrow) Workshop;
}

void give_back(Workshop *w, unsigned first)
{
	for (unsigned i = 0; i < PLACES; i++) {
		Workshop *empty = nullptr;

		if (places[(first + i) % PLACES].idle.compare_exchange_strong(
			    empty, w, std::memory_order_release, std::memory_order_relaxed))
			return;
	}
	delete w;
}

// ---- the walk over the tokens ----

// Where a token begins in the text; behind the last one comes the end of the text.  Functions take
// the place of their first token and give that behind their last one, or null for "no".
typedef const uint32_t *Token;

// Private to this file, in the room of a null: a member that was checked but not built.
constexpr uint8_t PASSED_OVER = 1;

/*
 * Values are built in the scratch, at `place`, and moved to the arena when their container closes.
 * They are written field by field, never by way of a local copy: a load that is wider than the
 * stores before it waits for them.
 */
constexpr size_t KEYS = 8;  // of job.only; more are made again when they are looked at

struct Reader {
	const gv_simd_job &job;
	Workshop &w;
	char *text;     // the copy
	bool escapes;   // there is a backslash somewhere in the text
	size_t pick;    // the first of job.only that is not below the last name
	uint64_t pick_keys[KEYS];

	template <typename T> T *push();
	void *pop(size_t mark, size_t size);
	gv_val *set(size_t place, gv_type type, size_t n);

	bool ends_token(const char *p, Token next) const;
	char *string_end(Token at) const;
	bool good_name(gv_str name);
	Token name(Token at, gv_str *out, uint64_t *key);
	Token string(Token at, size_t place);
	Token fraction(Token at, const char *p, size_t place);
	Token number(Token at, size_t place);
	Token word(Token at, size_t place);

	bool all_differ(gv_member *m, uint32_t n) const;
	Token skip_object(Token at, unsigned depth);
	Token skip_array(Token at, unsigned depth);
	Token skip(Token at, unsigned depth);

	bool picked(gv_str name, uint64_t key);
	template <bool ALL> bool close(size_t place, size_t mark, bool ordered);
	template <bool ALL> Token object(Token at, size_t place, unsigned depth);
	Token array(Token at, size_t place, unsigned depth);
	template <bool ALL> Token value(Token at, size_t place, unsigned depth);
};

// Instead of a place: the value is only checked.
constexpr size_t NOWHERE = SIZE_MAX;

template <typename T> inline T *Reader::push()
{
	if (w.room - w.used < sizeof(T) && !w.grow(sizeof(T)))
		return nullptr;
	w.used += sizeof(T);
	return reinterpret_cast<T *>(w.scratch + w.used) - 1;
}

// What was pushed since `mark`, moved to the arena.
void *Reader::pop(size_t mark, size_t size)
{
	void *p = job.alloc(job.arena, size);

	if (p)
		std::memcpy(p, w.scratch + mark, size);
	w.used = mark;
	return p;
}

inline gv_val *Reader::set(size_t place, gv_type type, size_t n)
{
	gv_val *out = reinterpret_cast<gv_val *>(w.scratch + place);

	out->type = static_cast<uint8_t>(type);
	out->truth = false;
	out->room = 0;
	out->n = static_cast<uint32_t>(n);
	out->i = 0;
	return out;
}

// ---- tokens ----

// Nothing but white space from p to the next token.
inline bool Reader::ends_token(const char *p, Token next) const
{
	const char *end = text + *next;

	while (p < end && is_space(*p))
		p++;
	return p == end;
}

// The closing quote is the last thing before the next token.  Escapes are undone.
inline char *Reader::string_end(Token at) const
{
	char *p = text + at[0] + 1, *end = text + at[1] - 1;

	while (end >= p && is_space(*end))
		end--;
	if (end < p || *end != '"')
		return nullptr;
	if (escapes)
		if (void *backslash = std::memchr(p, '\\', static_cast<size_t>(end - p)))
			end = unescape(static_cast<char *>(backslash), end);
	return end;
}

// Is this name, which is beyond ASCII, one that a member may have?
bool Reader::good_name(gv_str name)
{
	KnownName *k = &w.known[hash_of(name) % 256];

	if (k->n == name.n && std::memcmp(k->bytes, name.p, name.n) == 0)
		return true;
	if (!job.name_ok(name))
		return false;
	if (name.n <= sizeof k->bytes) {
		k->n = static_cast<uint8_t>(name.n);
		std::memcpy(k->bytes, name.p, name.n);
	}
	return true;
}

// The key is read before the NUL is written, or the load would wait for the store.
[[gnu::always_inline]] inline Token Reader::name(Token at, gv_str *out, uint64_t *key)
{
	char *p = text + *at, *end;

	if (*p != '"' || !(end = string_end(at)))
		return nullptr;
	size_t n = static_cast<size_t>(end - ++p);
	out->p = p;
	out->n = n;
	*key = key_in_text(p, n);
	*end = '\0';
	if (text[at[1]] != ':' || n > GV_JSON_NAME_MAX)
		return nullptr;
	if (((*key & 0x8080808080808080u) || (n > 8 && !is_ascii(p + 8, n - 8))) && !good_name(*out))
		return nullptr;
	return at + 2;
}

Token Reader::string(Token at, size_t place)
{
	char *p = text + *at + 1, *end = string_end(at);

	if (!end)
		return nullptr;
	if (place != NOWHERE) {
		*end = '\0';
		set(place, GV_STRING, static_cast<size_t>(end - p))->s = p;
	}
	return at + 1;
}

// A number that only foreign rows may have: kept as text.  p is behind the first digits.
Token Reader::fraction(Token at, const char *p, size_t place)
{
	const char *start = text + *at;
	char *copy;

	if (!(job.flags & GV_JSON_FOREIGN))
		return nullptr;
	if (*p == '.' && !(p = digits(p + 1)))
		return nullptr;
	if (*p == 'e' || *p == 'E') {
		p += p[1] == '+' || p[1] == '-' ? 2 : 1;
		if (!(p = digits(p)))
			return nullptr;
	}
	if (!ends_token(p, at + 1))
		return nullptr;
	if (place == NOWHERE)
		return at + 1;
	size_t n = static_cast<size_t>(p - start);
	if (!(copy = static_cast<char *>(job.alloc(job.arena, n + 1))))
		return nullptr;
	std::memcpy(copy, start, n);
	copy[n] = '\0';
	set(place, GV_NUMBER, n)->s = copy;
	return at + 1;
}

Token Reader::number(Token at, size_t place)
{
	const char *first = text + *at, *p;
	bool minus = *first == '-';
	uint64_t v = 0;

	first += minus;
	for (p = first; is_digit(*p); p++)
		v = v * 10 + static_cast<uint64_t>(*p - '0');
	if (p == first || (*first == '0' && p > first + 1))
		return nullptr;
	if (*p == '.' || *p == 'e' || *p == 'E' || p - first > 16 || v > GV_JSON_INT_MAX ||
	    (minus && v == 0))
		return fraction(at, p, place);
	if (place != NOWHERE)
		set(place, GV_INT, 0)->i = minus ? -static_cast<int64_t>(v) : static_cast<int64_t>(v);
	return ends_token(p, at + 1) ? at + 1 : nullptr;
}

Token Reader::word(Token at, size_t place)
{
	const char *p = text + *at;
	bool is_true = std::memcmp(p, "true", 4) == 0, is_null = std::memcmp(p, "null", 4) == 0;

	if (!is_true && !is_null && std::memcmp(p, "false", 5) != 0)
		return nullptr;
	if (place != NOWHERE)
		set(place, is_null ? GV_NULL : GV_BOOL, 0)->truth = is_true;
	return ends_token(p + (is_true || is_null ? 4 : 5), at + 1) ? at + 1 : nullptr;
}

// ---- values that are passed over ----

// Has none of these names come twice?  Most lists are told without being sorted.
bool Reader::all_differ(gv_member *m, uint32_t n) const
{
	uint64_t seen[64];
	unsigned words = n <= 8 ? 8 : 64;

	std::memset(seen, 0, words * sizeof *seen);
	for (uint32_t i = 0; i < n; i++) {
		unsigned h = hash_of(m[i].name);
		uint64_t bit = uint64_t{ 1 } << h % 64, *word = &seen[h / 64 % words];

		if (*word & bit)
			return !job.close(m, &n, 0);
		*word |= bit;
	}
	return true;
}

Token Reader::skip_object(Token at, unsigned depth)
{
	uint64_t last = 0, key;
	bool ordered = true;
	size_t mark = w.used;
	char c = ',';

	if (depth > GV_JSON_DEPTH_MAX)
		return nullptr;
	if (text[*++at] == '}')
		return at + 1;
	while (c == ',') {
		gv_member *m = push<gv_member>();

		if (!m || !(at = name(at, &m->name, &key)))
			return nullptr;
		if (last >= key && w.used > mark + sizeof *m)
			ordered = ordered && last == key && compare_rest(m[-1].name, m->name) < 0;
		last = key;
		if (text[*at] == '"' && !escapes)
			at++;  // the first stage has looked at it
		else if (!(at = skip(at, depth)))
			return nullptr;
		c = text[*at++];
	}
	if (c != '}')
		return nullptr;
	uint32_t n = static_cast<uint32_t>((w.used - mark) / sizeof(gv_member));
	w.used = mark;
	return ordered || all_differ(reinterpret_cast<gv_member *>(w.scratch + mark), n) ? at : nullptr;
}

Token Reader::skip_array(Token at, unsigned depth)
{
	char c = ',';

	if (depth > GV_JSON_DEPTH_MAX)
		return nullptr;
	if (text[*++at] == ']')
		return at + 1;
	while (c == ',') {
		if (!(at = skip(at, depth)))
			return nullptr;
		c = text[*at++];
	}
	return c == ']' ? at : nullptr;
}

// `depth`: of the containers around it.
Token Reader::skip(Token at, unsigned depth)
{
	switch (text[*at]) {
	case '"':
		return escapes ? string(at, NOWHERE) : at + 1;
	case '[':
		return skip_array(at, depth + 1);
	case '{':
		return skip_object(at, depth + 1);
	case 't': case 'f': case 'n':
		return word(at, NOWHERE);
	default:  // refuses what is no number
		return number(at, NOWHERE);
	}
}

// ---- values that are built ----

// Names of both come in order, or the search is begun anew.
inline bool Reader::picked(gv_str name, uint64_t key)
{
	for (; pick < job.only->n; pick++) {
		gv_str s = job.only->names[pick];
		uint64_t pick_key = pick < KEYS ? pick_keys[pick] : key_of(s);
		int d = pick_key == key ? compare_rest(s, name) : pick_key < key ? -1 : 1;

		if (d >= 0)
			return d == 0;
	}
	return false;
}

// The members since `mark`: none twice, and what is kept of them in order and moved to the arena.
template <bool ALL> bool Reader::close(size_t place, size_t mark, bool ordered)
{
	gv_member *m = reinterpret_cast<gv_member *>(w.scratch + mark);
	uint32_t n = static_cast<uint32_t>((w.used - mark) / sizeof *m), kept = 0;
	bool drop = job.flags & GV_JSON_DROP_NULL;
	void *members = nullptr;

	if (!ordered && (ALL ? job.close(m, &n, 0) != nullptr : !all_differ(m, n)))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		if (m[i].val.type == GV_NULL && (drop || m[i].val.room == PASSED_OVER))
			continue;
		if (kept != i)
			m[kept] = m[i];
		kept++;
	}
	if (!ALL && !ordered)
		job.close(m, &kept, 0);
	w.used = mark;
	if (kept && !(members = pop(mark, kept * sizeof *m)))
		return false;
	set(place, GV_OBJECT, kept)->members = static_cast<gv_member *>(members);
	return true;
}

// ALL: every member, or else only the picked ones.
template <bool ALL> Token Reader::object(Token at, size_t place, unsigned depth)
{
	uint64_t last = 0, key;
	bool ordered = true;
	size_t mark = w.used;
	char c = ',';

	if (depth > GV_JSON_DEPTH_MAX)
		return nullptr;
	if (text[*++at] == '}')
		c = text[*at++];
	while (c == ',') {
		gv_member *m = push<gv_member>();

		if (!m || !(at = name(at, &m->name, &key)))
			return nullptr;
		if (last >= key && w.used > mark + sizeof *m)
			ordered = ordered && last == key && compare_rest(m[-1].name, m->name) < 0;
		last = key;
		if (!ALL && !ordered)
			pick = 0;
		if (ALL || picked(m->name, key)) {
			at = value<true>(at, w.used - sizeof m->val, depth);
		} else {
			set(w.used - sizeof m->val, GV_NULL, 0)->room = PASSED_OVER;
			at = skip(at, depth);
		}
		if (!at)
			return nullptr;
		c = text[*at++];
	}
	return c == '}' && close<ALL>(place, mark, ordered) ? at : nullptr;
}

Token Reader::array(Token at, size_t place, unsigned depth)
{
	size_t mark = w.used, n = 0;
	void *items = nullptr;
	char c = ',';

	if (depth > GV_JSON_DEPTH_MAX)
		return nullptr;
	if (text[*++at] == ']')
		c = text[*at++];
	for (; c == ','; n++) {
		if (!push<gv_val>() || !(at = value<true>(at, w.used - sizeof(gv_val), depth)))
			return nullptr;
		c = text[*at++];
	}
	if (c != ']' || (n && !(items = pop(mark, n * sizeof(gv_val)))))
		return nullptr;
	set(place, GV_ARRAY, n)->items = static_cast<gv_val *>(items);
	return at;
}

template <bool ALL> Token Reader::value(Token at, size_t place, unsigned depth)
{
	switch (text[*at]) {
	case '"':
		return string(at, place);
	case '[':
		return array(at, place, depth + 1);
	case '{':
		return object<ALL>(at, place, depth + 1);
	case 't': case 'f': case 'n':
		return word(at, place);
	default:
		return number(at, place);
	}
}

bool read(Workshop *w, const gv_simd_job &job)
{
	size_t n = job.text.n;
	Token at, end;

	if (n == 0 || !w->reserve(n))
		return false;
	if (w->indexer->stage1(reinterpret_cast<const uint8_t *>(job.text.p), n,
	                       simdjson::stage1_mode::regular))
		return false;
	char *text = static_cast<char *>(job.alloc(job.arena, n + SLACK));
	if (!text)
		return false;
	std::memcpy(text, job.text.p, n);
	std::memset(text + n, 0, SLACK);

	at = w->indexer->structural_indexes.get();
	end = at + w->indexer->n_structural_indexes;
	Reader r{ job, *w, text, std::memchr(text, '\\', n) != nullptr, 0, {} };
	for (size_t i = 0; job.only && i < job.only->n && i < KEYS; i++)
		r.pick_keys[i] = key_of(job.only->names[i]);
	if (!r.push<gv_val>() ||
	    (job.only ? r.value<false>(at, 0, 0) : r.value<true>(at, 0, 0)) != end)
		return false;
	std::memcpy(job.root, w->scratch, sizeof *job.root);
	return true;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) bool gv_json_simd_2(const gv_simd_job *job)
{
	unsigned first = first_place();
	Workshop *w = take(first);
	bool done = w && read(w, *job);

	if (w)
		give_back(w, first);
	return done;
}
