/* areascale: kernels for SSE4.1
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <smmintrin.h>
#include <string.h>

#include "kernels/dsp.h"
#include "kernels/inline.h"

/* The vector of the vertical step. */
typedef __m128i VVEC;
typedef __m128i VCount;

static inline VVEC vload(const void *p) { return _mm_loadu_si128(p); }
static inline void vstore(void *p, VVEC v) { _mm_storeu_si128(p, v); }
static inline VVEC vzero(void) { return _mm_setzero_si128(); }
static inline VVEC vadd16(VVEC a, VVEC b) { return _mm_add_epi16(a, b); }
static inline VVEC vadd32(VVEC a, VVEC b) { return _mm_add_epi32(a, b); }
#define vprefetch(p) _mm_prefetch((const char *) (p), _MM_HINT_T0)
static inline VCount vcount(int n) { return _mm_cvtsi32_si128(n); }
static inline VVEC vmask(unsigned mask) { return _mm_set1_epi16((short) mask); }

static inline VVEC vvalue(VVEC v, VCount shift, VVEC mask)
{
    return _mm_and_si128(_mm_srl_epi16(v, shift), mask);
}

/* a: the sum of whole lanes, modulo their size; b: of their upper halves. The
 * lower halves are a - (b << half), exactly while both sums fit a lane. */
typedef struct VPair {
    VVEC a, b;
} VPair;

static inline VPair pair8_add(VPair p, VVEC v)
{
    return (VPair) { _mm_add_epi16(p.a, v), _mm_add_epi16(p.b, _mm_srli_epi16(v, 8)) };
}

static inline VPair pair16_add(VPair p, VVEC v)
{
    return (VPair) { _mm_add_epi32(p.a, v), _mm_add_epi32(p.b, _mm_srli_epi32(v, 16)) };
}

static inline VPair pair8_lanes(VPair p)
{
    const VVEC even = _mm_sub_epi16(p.a, _mm_slli_epi16(p.b, 8));

    return (VPair) { _mm_unpacklo_epi16(even, p.b), _mm_unpackhi_epi16(even, p.b) };
}

static inline VPair pair16_lanes(VPair p)
{
    const VVEC even = _mm_sub_epi32(p.a, _mm_slli_epi32(p.b, 16));

    return (VPair) { _mm_unpacklo_epi32(even, p.b), _mm_unpackhi_epi32(even, p.b) };
}

static inline VVEC vodd8(VVEC v) { return _mm_srli_epi16(v, 8); }
static inline VVEC veven8(VVEC all, VVEC odd)
{
    return _mm_sub_epi16(all, _mm_slli_epi16(odd, 8));
}

static inline VVEC vzip8(VVEC even, VVEC odd)
{
    return _mm_or_si128(even, _mm_slli_epi16(odd, 8));
}

static inline VVEC vmulhi16(VVEC a, VVEC b) { return _mm_mulhi_epu16(a, b); }
static inline VVEC vsrl16(VVEC v, VCount n) { return _mm_srl_epi16(v, n); }
static inline VVEC vsll16(VVEC v, VCount n) { return _mm_sll_epi16(v, n); }

/* The vector of the horizontal step. */
typedef __m128i HVEC;
typedef __m128i HCount;

static inline HVEC hload(const void *p) { return _mm_loadu_si128(p); }
static inline void hstore(void *p, HVEC v) { _mm_storeu_si128(p, v); }
static inline void hstore_lower(void *p, HVEC v) { _mm_storel_epi64(p, v); }
static inline HVEC hzero(void) { return _mm_setzero_si128(); }
static inline HVEC hset32(uint32_t v) { return _mm_set1_epi32((int) v); }
static inline HVEC hset16(unsigned v) { return _mm_set1_epi16((short) v); }
static inline HVEC hand(HVEC a, HVEC b) { return _mm_and_si128(a, b); }
static inline HVEC hadd16(HVEC a, HVEC b) { return _mm_add_epi16(a, b); }
static inline HVEC hadd32(HVEC a, HVEC b) { return _mm_add_epi32(a, b); }
static inline HVEC hmin16(HVEC a, HVEC b) { return _mm_min_epu16(a, b); }
static inline HVEC hmulhi16(HVEC a, HVEC b) { return _mm_mulhi_epu16(a, b); }
static inline HCount hcount(int n) { return _mm_cvtsi32_si128(n); }
static inline HVEC hsll16(HVEC v, HCount n) { return _mm_sll_epi16(v, n); }
static inline HVEC hsll32(HVEC v, HCount n) { return _mm_sll_epi32(v, n); }
static inline HVEC hsrl16(HVEC v, HCount n) { return _mm_srl_epi16(v, n); }
static inline HVEC hwiden_lo(HVEC v) { return _mm_cvtepu16_epi32(v); }
static inline HVEC hwiden_hi(HVEC v) { return _mm_unpackhi_epi16(v, _mm_setzero_si128()); }
static inline HVEC hnarrow(HVEC lo, HVEC hi) { return _mm_packus_epi32(lo, hi); }
static inline HVEC hpack8(HVEC a, HVEC b) { return _mm_packus_epi16(a, b); }
static inline HVEC hupper(HVEC v) { return _mm_unpackhi_epi64(v, v); }
static inline HVEC hzip8_lo(HVEC a, HVEC b) { return _mm_unpacklo_epi8(a, b); }
static inline HVEC hzip8_hi(HVEC a, HVEC b) { return _mm_unpackhi_epi8(a, b); }
static inline HVEC hzip16_lo(HVEC a, HVEC b) { return _mm_unpacklo_epi16(a, b); }
static inline HVEC hzip16_hi(HVEC a, HVEC b) { return _mm_unpackhi_epi16(a, b); }
static inline HVEC hzip32_lo(HVEC a, HVEC b) { return _mm_unpacklo_epi32(a, b); }
static inline HVEC hzip32_hi(HVEC a, HVEC b) { return _mm_unpackhi_epi32(a, b); }

static inline HVEC hdiv32(HVEC v, HVEC reciprocal, HCount n)
{
    const HVEC even = _mm_srl_epi64(_mm_mul_epu32(v, reciprocal), n);
    const HVEC odd = _mm_srl_epi64(_mm_mul_epu32(_mm_srli_epi64(v, 32),
                                                 _mm_srli_epi64(reciprocal, 32)), n);

    return _mm_or_si128(even, _mm_slli_epi64(odd, 32));
}

static inline HVEC gpick(HVEC v, HVEC pick) { return _mm_shuffle_epi8(v, pick); }
static inline HVEC gpairs(HVEC v) { return _mm_maddubs_epi16(v, _mm_set1_epi8(1)); }
static inline HVEC gfold(HVEC a, HVEC b) { return _mm_hadd_epi16(a, b); }
static inline HVEC gfold32(HVEC a, HVEC b) { return _mm_hadd_epi32(a, b); }

static inline HVEC gvalue(HVEC v, HCount shift, HVEC mask)
{
    return _mm_and_si128(_mm_srl_epi16(v, shift), mask);
}

static inline HVEC gpairs_biased(HVEC v, HVEC bias)
{
    return _mm_madd_epi16(_mm_xor_si128(v, bias), _mm_set1_epi16(1));
}

static inline HVEC hquarter(HVEC v)
{
    return _mm_srli_epi16(_mm_add_epi16(v, _mm_set1_epi16(2)), 2);
}

/* 2^n in each 16-bit lane. */
typedef HVEC SLift;

static inline SLift slift(int n) { return hset16(1u << n); }
static inline HVEC spairs(HVEC v, SLift n) { return _mm_madd_epi16(v, n); }

static inline HVEC sfold(HVEC a, HVEC b)
{
    return _mm_packus_epi32(spairs(a, slift(0)), spairs(b, slift(0)));
}

static inline HVEC sdivide(HVEC v, HVEC reciprocal)
{
    return _mm_cvttps_epi32(_mm_mul_ps(_mm_cvtepi32_ps(v), _mm_castsi128_ps(reciprocal)));
}

static inline HVEC wpairs(HVEC v, HVEC weights) { return _mm_madd_epi16(v, weights); }
static inline HVEC wmul32(HVEC v, HVEC w) { return _mm_mullo_epi32(v, w); }
static inline HVEC wxor(HVEC a, HVEC b) { return _mm_xor_si128(a, b); }
static inline HVEC spack(HVEC a, HVEC b) { return hpack8(a, b); }
static inline void sstore_half(void *dst, HVEC v) { hstore_lower(dst, v); }

/* The vector of mixes. */
typedef __m128i MVEC;
typedef __m128i MCount;

static inline MVEC mload(const void *p) { return _mm_loadu_si128(p); }
static inline MVEC mload_bytes(const void *p) { return _mm_cvtepu8_epi16(_mm_loadl_epi64(p)); }
static inline void mstore(void *p, MVEC v) { _mm_storeu_si128(p, v); }
static inline MVEC mset32(uint32_t v) { return _mm_set1_epi32((int) v); }
static inline MVEC mset16(int v) { return _mm_set1_epi16((short) v); }
static inline MVEC mxor(MVEC a, MVEC b) { return _mm_xor_si128(a, b); }
static inline MVEC mzip_lo(MVEC a, MVEC b) { return _mm_unpacklo_epi16(a, b); }
static inline MVEC mzip_hi(MVEC a, MVEC b) { return _mm_unpackhi_epi16(a, b); }
static inline MVEC madd32(MVEC a, MVEC b) { return _mm_add_epi32(a, b); }
static inline MVEC madd16(MVEC a, MVEC b) { return _mm_adds_epi16(a, b); }
static inline MVEC mmin16(MVEC a, MVEC b) { return _mm_min_epu16(a, b); }
static inline MCount mcount(int n) { return _mm_cvtsi32_si128(n); }
static inline MVEC mshift32(MVEC v, MCount n) { return _mm_sra_epi32(v, n); }
static inline MVEC msll16(MVEC v, MCount n) { return _mm_sll_epi16(v, n); }
static inline MVEC mpack_signed(MVEC lo, MVEC hi) { return _mm_packs_epi32(lo, hi); }
static inline MVEC mpack_unsigned(MVEC lo, MVEC hi) { return _mm_packus_epi32(lo, hi); }
static inline MVEC mpack_bytes(MVEC a, MVEC b) { return _mm_packus_epi16(a, b); }

static inline MVEC madd_pairs(MVEC sum, MVEC a, MVEC b)
{
    return _mm_add_epi32(sum, _mm_madd_epi16(a, b));
}

static inline HVEC oor(HVEC a, HVEC b) { return _mm_or_si128(a, b); }

#include "kernels/vector128_tmpl.c"
#include "kernels/vsum_simd_tmpl.c"
#include "kernels/vmean_simd_tmpl.c"
#include "kernels/hsum_simd_tmpl.c"
#include "kernels/gather_simd_tmpl.c"
#include "kernels/halve_simd_tmpl.c"
#include "kernels/weigh_simd_tmpl.c"
#include "kernels/strip_simd_tmpl.c"
#include "kernels/mix_simd_tmpl.c"
#include "kernels/mix_owords_simd_tmpl.c"
#include "kernels/ribbon_simd_tmpl.c"
#include "kernels/pair_simd_tmpl.c"

#include "kernels/x86/alpha128.h"

enum { A_PIXELS = 1 };

typedef __m128i AVEC;

static inline VVEC arepeat(const uint8_t *p) { return vload(p); }
static inline VVEC azip_lo(VVEC a, VVEC b) { return _mm_unpacklo_epi8(a, b); }
static inline VVEC azip_hi(VVEC a, VVEC b) { return _mm_unpackhi_epi8(a, b); }
static inline VVEC awiden_lo(VVEC v) { return _mm_unpacklo_epi8(v, vzero()); }
static inline VVEC awiden_hi(VVEC v) { return _mm_unpackhi_epi8(v, vzero()); }
static inline VVEC apick(VVEC v, VVEC pick) { return _mm_shuffle_epi8(v, pick); }
static inline VVEC aor(VVEC a, VVEC b) { return _mm_or_si128(a, b); }
static inline VVEC amadd(VVEC a, VVEC b) { return _mm_madd_epi16(a, b); }
static inline VVEC amul32(VVEC a, uint32_t b) { return amul_pixel(a, b); }
static inline void aorder(VVEC v[4]) { (void) v; }
static inline AVEC ajoin(const APIX *pixels) { return *pixels; }

static inline bool aany_zero(AVEC v)
{
    return _mm_movemask_epi8(_mm_cmpeq_epi32(v, _mm_setzero_si128())) != 0;
}

static inline AVEC adivisor(AVEC v, const uint8_t *pick, AVEC area)
{
    return _mm_or_si128(_mm_shuffle_epi8(v, vload(pick)), area);
}

static inline AVEC aquotient(AVEC s, AVEC d)
{
    const AVEC n = _mm_add_epi32(s, _mm_srli_epi32(d, 1));
    const AVEC q = _mm_cvttps_epi32(
        _mm_mul_ps(_mm_cvtepi32_ps(n), _mm_rcp_ps(_mm_cvtepi32_ps(d))));
    const AVEC rest = _mm_sub_epi32(n, _mm_mullo_epi32(q, d));
    const AVEC below = _mm_srai_epi32(rest, 31);
    const AVEC fits = _mm_cmpgt_epi32(d, rest);

    return _mm_add_epi32(_mm_add_epi32(q, below), _mm_add_epi32(fits, _mm_set1_epi32(1)));
}

static inline void astore(uint8_t *dst, const AVEC *q)
{
    vstore(dst, _mm_packus_epi16(_mm_packus_epi32(q[0], q[1]), _mm_packus_epi32(q[2], q[3])));
}

#include "kernels/alpha_simd_tmpl.c"

void areascale_dsp_init_sse4(AreascaleDsp *dsp)
{
    dsp->cpu = AREASCALE_CPU_SSE4;
    vsum_init(dsp);
    vmean_init(dsp);
    hsum_init(dsp);
    gather_init(dsp);
    halve_init(dsp);
    weigh_init(dsp);
    strip_init(dsp);
    mix_init(dsp);
    mix_owords_init(dsp);
    ribbon_init(dsp);
    alpha_simd_init(dsp);
    pair_init(dsp);
}
