/* SPDX-License-Identifier: MIT */
/* Searching: sixteen places at a time, where the processor can. */
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "buf.h"

const char *gv_str_find(struct gv_str s, struct gv_str what)
{
#ifdef __SSE2__
	if (what.n >= 2 && s.n >= what.n + 16) {
		/* Where two bytes in the middle are right, the others mostly are: the ends of what is looked for in
		 * a record are quotes and blanks. */
		size_t b = what.n / 2, a = b - 1, at = 0;
		size_t last_at = s.n - what.n - 15;  /* the last sixteen places there are */
		__m128i first = _mm_set1_epi8(what.p[a]), last = _mm_set1_epi8(what.p[b]);

		for (; at <= last_at; at = at < last_at && at + 16 > last_at ? last_at : at + 16) {
			__m128i x = _mm_loadu_si128((const __m128i *)(const void *)(s.p + at + a));
			__m128i y = _mm_loadu_si128((const __m128i *)(const void *)(s.p + at + b));
			unsigned hits = (unsigned)_mm_movemask_epi8(
				_mm_and_si128(_mm_cmpeq_epi8(x, first), _mm_cmpeq_epi8(y, last)));

			for (; hits; hits &= hits - 1) {
				const char *p = s.p + at + __builtin_ctz(hits);

				if (memcmp(p, what.p, what.n) == 0)
					return p;
			}
		}
		return NULL;
	}
#endif
	if (!s.n) /* memmem(3) will not have NULL */
		return what.n ? NULL : s.p;
	return memmem(s.p, s.n, what.p, what.n);
}
