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

#include "kernels/x86/alpha128.h"

enum { A_PIXELS = 4 };

typedef __m512i AVEC;

static inline VVEC arepeat(const uint8_t *p)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *) p));
}

static inline VVEC azip_lo(VVEC a, VVEC b) { return _mm512_unpacklo_epi8(a, b); }
static inline VVEC azip_hi(VVEC a, VVEC b) { return _mm512_unpackhi_epi8(a, b); }
static inline VVEC awiden_lo(VVEC v) { return _mm512_unpacklo_epi8(v, vzero()); }
static inline VVEC awiden_hi(VVEC v) { return _mm512_unpackhi_epi8(v, vzero()); }
static inline VVEC apick(VVEC v, VVEC pick) { return _mm512_shuffle_epi8(v, pick); }
static inline VVEC aor(VVEC a, VVEC b) { return _mm512_or_si512(a, b); }
static inline VVEC amadd(VVEC a, VVEC b) { return _mm512_madd_epi16(a, b); }

static inline VVEC amul32(VVEC a, uint32_t b)
{
    return _mm512_mullo_epi32(a, _mm512_set1_epi32((int) b));
}

/* Vector i has pixels i, i + 4, i + 8 and i + 12. */
static inline void aorder(VVEC v[4])
{
    const VPair low = pair_in_order(v[0], v[1]), high = pair_in_order(v[2], v[3]);
    const VVEC even = _mm512_set_epi64(11, 10, 9, 8, 3, 2, 1, 0);
    const VVEC odd = _mm512_set_epi64(15, 14, 13, 12, 7, 6, 5, 4);

    v[0] = _mm512_permutex2var_epi64(low.a, even, high.a);
    v[1] = _mm512_permutex2var_epi64(low.a, odd, high.a);
    v[2] = _mm512_permutex2var_epi64(low.b, even, high.b);
    v[3] = _mm512_permutex2var_epi64(low.b, odd, high.b);
}

static inline AVEC ajoin(const APIX *pixels)
{
    const __m256i lo = _mm256_inserti128_si256(_mm256_castsi128_si256(pixels[0]), pixels[1], 1);
    const __m256i hi = _mm256_inserti128_si256(_mm256_castsi128_si256(pixels[2]), pixels[3], 1);

    return _mm512_inserti64x4(_mm512_castsi256_si512(lo), hi, 1);
}

static inline bool aany_zero(AVEC v)
{
    return _mm512_test_epi32_mask(v, v) != 0xffff;
}

static inline AVEC adivisor(AVEC v, const uint8_t *pick, AVEC area)
{
    return _mm512_or_si512(_mm512_shuffle_epi8(v, vload(pick)), area);
}

static inline AVEC aquotient(AVEC s, AVEC d)
{
    const AVEC one = _mm512_set1_epi32(1);
    const AVEC n = _mm512_add_epi32(s, _mm512_srli_epi32(d, 1));
    const AVEC q = _mm512_cvttps_epi32(
        _mm512_mul_ps(_mm512_cvtepi32_ps(n), _mm512_rcp14_ps(_mm512_cvtepi32_ps(d))));
    const AVEC rest = _mm512_sub_epi32(n, _mm512_mullo_epi32(q, d));
    const __mmask16 below = _mm512_movepi32_mask(rest);
    const __mmask16 above = _mm512_cmpge_epi32_mask(rest, d);

    return _mm512_mask_add_epi32(_mm512_mask_sub_epi32(q, below, q, one), above, q, one);
}

static inline void astore(uint8_t *dst, const AVEC *q)
{
    _mm_storeu_si128((__m128i *) dst, _mm512_cvtepi32_epi8(*q));
}

#include "kernels/alpha_simd_tmpl.c"

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
    alpha_simd_init(dsp);
}
