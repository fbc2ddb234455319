/* areascale: a pixel's sums in 128 bits, of means that alpha weighs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_ALPHA128_H
#define AREASCALE_ALPHA128_H

#include <smmintrin.h>

typedef __m128i APIX;

static inline APIX apixel(const uint32_t *p)
{
    return _mm_loadu_si128((const __m128i *) p);
}

static inline APIX aadd_pixel(APIX a, APIX b) { return _mm_add_epi32(a, b); }

static inline APIX amul_pixel(APIX a, uint32_t b)
{
    return _mm_mullo_epi32(a, _mm_set1_epi32((int) b));
}

/* The approximate quotient of s + d / 2 is off by less than 255 (2^-11 + 2^-22) < 1/8, and
 * so what it is cut to by at most one; the remainder, which is then at least -d and less
 * than 2 d, tells by what. */

#endif /* AREASCALE_ALPHA128_H */
