/* areascale: kernels for AVX-512 F, BW, DQ and VL
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels/x86/mix512.h"
#include "kernels/x86/vector256.h"

typedef __m512i VVEC;
typedef __m128i VCount;

static inline VVEC vload(const void *p) { return _mm512_loadu_si512(p); }
static inline void vstore(void *p, VVEC v) { _mm512_storeu_si512(p, v); }
static inline VVEC vzero(void) { return _mm512_setzero_si512(); }
static inline VVEC vadd16(VVEC a, VVEC b) { return _mm512_add_epi16(a, b); }
static inline VVEC vadd32(VVEC a, VVEC b) { return _mm512_add_epi32(a, b); }
#define vprefetch(p) _mm_prefetch((const char *) (p), _MM_HINT_T0)
static inline VCount vcount(int n) { return _mm_cvtsi32_si128(n); }
static inline VVEC vmask(unsigned mask) { return _mm512_set1_epi16((short) mask); }

static inline VVEC vvalue(VVEC v, VCount shift, VVEC mask)
{
    return _mm512_and_si512(_mm512_srl_epi16(v, shift), mask);
}

/* a: the sum of whole lanes, modulo their size; b: of their upper halves. The
 * lower halves are a - (b << half), exactly while both sums fit a lane. */
typedef struct VPair {
    VVEC a, b;
} VPair;

static inline VPair pair8_add(VPair p, VVEC v)
{
    return (VPair) { _mm512_add_epi16(p.a, v),
                     _mm512_add_epi16(p.b, _mm512_srli_epi16(v, 8)) };
}

static inline VPair pair16_add(VPair p, VVEC v)
{
    return (VPair) { _mm512_add_epi32(p.a, v),
                     _mm512_add_epi32(p.b, _mm512_srli_epi32(v, 16)) };
}

/* Puts the owords of lo and hi one after the other, lo's first. */
static inline VPair pair_in_order(VVEC lo, VVEC hi)
{
    const VVEC first = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
    const VVEC second = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);

    return (VPair) { _mm512_permutex2var_epi64(lo, first, hi),
                     _mm512_permutex2var_epi64(lo, second, hi) };
}

static inline VPair pair8_lanes(VPair p)
{
    const VVEC even = _mm512_sub_epi16(p.a, _mm512_slli_epi16(p.b, 8));

    return pair_in_order(_mm512_unpacklo_epi16(even, p.b), _mm512_unpackhi_epi16(even, p.b));
}

static inline VPair pair16_lanes(VPair p)
{
    const VVEC even = _mm512_sub_epi32(p.a, _mm512_slli_epi32(p.b, 16));

    return pair_in_order(_mm512_unpacklo_epi32(even, p.b), _mm512_unpackhi_epi32(even, p.b));
}

static inline VVEC vodd8(VVEC v) { return _mm512_srli_epi16(v, 8); }
static inline VVEC veven8(VVEC all, VVEC odd)
{
    return _mm512_sub_epi16(all, _mm512_slli_epi16(odd, 8));
}

static inline VVEC vzip8(VVEC even, VVEC odd)
{
    return _mm512_or_si512(even, _mm512_slli_epi16(odd, 8));
}

static inline VVEC vmulhi16(VVEC a, VVEC b) { return _mm512_mulhi_epu16(a, b); }
static inline VVEC vsrl16(VVEC v, VCount n) { return _mm512_srl_epi16(v, n); }
static inline VVEC vsll16(VVEC v, VCount n) { return _mm512_sll_epi16(v, n); }

static inline MVEC madd_pairs(MVEC sum, MVEC a, MVEC b)
{
    return _mm512_add_epi32(sum, _mm512_madd_epi16(a, b));
}

/* GCC 12 takes a row's last block, written and read under the same condition,
 * for uninitialized. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "kernels/vsum_simd_tmpl.c"
#include "kernels/vmean_simd_tmpl.c"
#include "kernels/hsum_simd_tmpl.c"
#include "kernels/gather_simd_tmpl.c"
#include "kernels/halve_simd_tmpl.c"
#include "kernels/mix_simd_tmpl.c"
#include "kernels/weigh_simd_tmpl.c"

void areascale_dsp_init_avx512(AreascaleDsp *dsp)
{
    dsp->cpu = AREASCALE_CPU_AVX512;
    areascale_dsp_init_avx512_words(dsp);
    vsum_init(dsp);
    vmean_init(dsp);
    hsum_init(dsp);
    gather_init(dsp);
    halve_init(dsp);
    mix_init(dsp);
    weigh_init(dsp);
}
