/* areascale: vectors of 512 bits, the MVEC of mixes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_MIX512_H
#define AREASCALE_MIX512_H

#include <immintrin.h>
#include <stdint.h>

typedef __m512i MVEC;
typedef __m128i MCount;

static inline MVEC mload(const void *p) { return _mm512_loadu_si512(p); }
static inline void mstore(void *p, MVEC v) { _mm512_storeu_si512(p, v); }
static inline MVEC mset32(uint32_t v) { return _mm512_set1_epi32((int) v); }
static inline MVEC mset16(int v) { return _mm512_set1_epi16((short) v); }
static inline MVEC mxor(MVEC a, MVEC b) { return _mm512_xor_si512(a, b); }
static inline MVEC mzip_lo(MVEC a, MVEC b) { return _mm512_unpacklo_epi16(a, b); }
static inline MVEC mzip_hi(MVEC a, MVEC b) { return _mm512_unpackhi_epi16(a, b); }
static inline MVEC madd32(MVEC a, MVEC b) { return _mm512_add_epi32(a, b); }
static inline MVEC madd16(MVEC a, MVEC b) { return _mm512_adds_epi16(a, b); }
static inline MVEC mmin16(MVEC a, MVEC b) { return _mm512_min_epu16(a, b); }
static inline MCount mcount(int n) { return _mm_cvtsi32_si128(n); }
static inline MVEC mshift32(MVEC v, MCount n) { return _mm512_sra_epi32(v, n); }
static inline MVEC msll16(MVEC v, MCount n) { return _mm512_sll_epi16(v, n); }
static inline MVEC mpack_signed(MVEC lo, MVEC hi) { return _mm512_packs_epi32(lo, hi); }
static inline MVEC mpack_unsigned(MVEC lo, MVEC hi) { return _mm512_packus_epi32(lo, hi); }

static inline MVEC mload_bytes(const void *p)
{
    return _mm512_cvtepu8_epi16(_mm256_loadu_si256(p));
}

static inline MVEC mpack_bytes(MVEC a, MVEC b)
{
    const __m512i order = _mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0);

    return _mm512_permutexvar_epi64(order, _mm512_packus_epi16(a, b));
}

#endif /* AREASCALE_MIX512_H */
