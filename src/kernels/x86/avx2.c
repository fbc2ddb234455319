/* areascale: kernels for AVX2
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "kernels/x86/vector256.h"

typedef __m256i VVEC;
typedef __m128i VCount;

static inline VVEC vload(const void *p) { return _mm256_loadu_si256(p); }
static inline void vstore(void *p, VVEC v) { _mm256_storeu_si256(p, v); }
static inline VVEC vzero(void) { return _mm256_setzero_si256(); }
static inline VVEC vadd16(VVEC a, VVEC b) { return _mm256_add_epi16(a, b); }
static inline VVEC vadd32(VVEC a, VVEC b) { return _mm256_add_epi32(a, b); }
#define vprefetch(p) _mm_prefetch((const char *) (p), _MM_HINT_T0)
static inline VCount vcount(int n) { return _mm_cvtsi32_si128(n); }
static inline VVEC vmask(unsigned mask) { return _mm256_set1_epi16((short) mask); }

static inline VVEC vvalue(VVEC v, VCount shift, VVEC mask)
{
    return _mm256_and_si256(_mm256_srl_epi16(v, shift), mask);
}

/* a: the sum of whole lanes, modulo their size; b: of their upper halves. The
 * lower halves are a - (b << half), exactly while both sums fit a lane. */
typedef struct VPair {
    VVEC a, b;
} VPair;

static inline VPair pair8_add(VPair p, VVEC v)
{
    return (VPair) { _mm256_add_epi16(p.a, v),
                     _mm256_add_epi16(p.b, _mm256_srli_epi16(v, 8)) };
}

static inline VPair pair16_add(VPair p, VVEC v)
{
    return (VPair) { _mm256_add_epi32(p.a, v),
                     _mm256_add_epi32(p.b, _mm256_srli_epi32(v, 16)) };
}

/* Exchanges the middle owords of a pair. */
static inline VPair pair_in_order(VVEC lo, VVEC hi)
{
    return (VPair) { _mm256_permute2x128_si256(lo, hi, 0x20),
                     _mm256_permute2x128_si256(lo, hi, 0x31) };
}

static inline VPair pair8_lanes(VPair p)
{
    const VVEC even = _mm256_sub_epi16(p.a, _mm256_slli_epi16(p.b, 8));

    return pair_in_order(_mm256_unpacklo_epi16(even, p.b), _mm256_unpackhi_epi16(even, p.b));
}

static inline VPair pair16_lanes(VPair p)
{
    const VVEC even = _mm256_sub_epi32(p.a, _mm256_slli_epi32(p.b, 16));

    return pair_in_order(_mm256_unpacklo_epi32(even, p.b), _mm256_unpackhi_epi32(even, p.b));
}

static inline VVEC vodd8(VVEC v) { return _mm256_srli_epi16(v, 8); }
static inline VVEC veven8(VVEC all, VVEC odd)
{
    return _mm256_sub_epi16(all, _mm256_slli_epi16(odd, 8));
}

static inline VVEC vzip8(VVEC even, VVEC odd)
{
    return _mm256_or_si256(even, _mm256_slli_epi16(odd, 8));
}

static inline VVEC vmulhi16(VVEC a, VVEC b) { return _mm256_mulhi_epu16(a, b); }
static inline VVEC vsrl16(VVEC v, VCount n) { return _mm256_srl_epi16(v, n); }
static inline VVEC vsll16(VVEC v, VCount n) { return _mm256_sll_epi16(v, n); }

/* The vector of mixes. */
typedef __m256i MVEC;
typedef __m128i MCount;

static inline MVEC mload(const void *p) { return _mm256_loadu_si256(p); }
static inline MVEC mload_bytes(const void *p) { return _mm256_cvtepu8_epi16(_mm_loadu_si128(p)); }
static inline void mstore(void *p, MVEC v) { _mm256_storeu_si256(p, v); }
static inline MVEC mset32(uint32_t v) { return _mm256_set1_epi32((int) v); }
static inline MVEC mset16(int v) { return _mm256_set1_epi16((short) v); }
static inline MVEC mxor(MVEC a, MVEC b) { return _mm256_xor_si256(a, b); }
static inline MVEC mzip_lo(MVEC a, MVEC b) { return _mm256_unpacklo_epi16(a, b); }
static inline MVEC mzip_hi(MVEC a, MVEC b) { return _mm256_unpackhi_epi16(a, b); }
static inline MVEC madd32(MVEC a, MVEC b) { return _mm256_add_epi32(a, b); }
static inline MVEC madd16(MVEC a, MVEC b) { return _mm256_adds_epi16(a, b); }
static inline MVEC mmin16(MVEC a, MVEC b) { return _mm256_min_epu16(a, b); }
static inline MCount mcount(int n) { return _mm_cvtsi32_si128(n); }
static inline MVEC mshift32(MVEC v, MCount n) { return _mm256_sra_epi32(v, n); }
static inline MVEC msll16(MVEC v, MCount n) { return _mm256_sll_epi16(v, n); }
static inline MVEC mpack_signed(MVEC lo, MVEC hi) { return _mm256_packs_epi32(lo, hi); }
static inline MVEC mpack_unsigned(MVEC lo, MVEC hi) { return _mm256_packus_epi32(lo, hi); }

static inline MVEC mpack_bytes(MVEC a, MVEC b)
{
    return _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xd8);
}

static inline MVEC madd_pairs(MVEC sum, MVEC a, MVEC b)
{
    return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
}

static inline HVEC oor(HVEC a, HVEC b) { return _mm256_or_si256(a, b); }

static inline HVEC oload(const void *p, ptrdiff_t apart)
{
    return load_rows(p, (const char *) p + apart);
}

static inline void ostore(void *p, ptrdiff_t apart, HVEC v)
{
    _mm_storeu_si128(p, _mm256_castsi256_si128(v));
    _mm_storeu_si128((__m128i *) ((char *) p + apart), _mm256_extracti128_si256(v, 1));
}

static inline HVEC ozip_lo(HVEC a, HVEC b, AreascaleSample sample)
{
    return sample == AREASCALE_SAMPLE_8 ? _mm256_unpacklo_epi8(a, b)
                                        : _mm256_unpacklo_epi16(a, b);
}

static inline HVEC ozip_hi(HVEC a, HVEC b, AreascaleSample sample)
{
    return sample == AREASCALE_SAMPLE_8 ? _mm256_unpackhi_epi8(a, b)
                                        : _mm256_unpackhi_epi16(a, b);
}

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

enum { A_PIXELS = 2 };

typedef __m256i AVEC;

static inline VVEC arepeat(const uint8_t *p)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *) p));
}

static inline VVEC azip_lo(VVEC a, VVEC b) { return _mm256_unpacklo_epi8(a, b); }
static inline VVEC azip_hi(VVEC a, VVEC b) { return _mm256_unpackhi_epi8(a, b); }
static inline VVEC awiden_lo(VVEC v) { return _mm256_unpacklo_epi8(v, vzero()); }
static inline VVEC awiden_hi(VVEC v) { return _mm256_unpackhi_epi8(v, vzero()); }
static inline VVEC apick(VVEC v, VVEC pick) { return _mm256_shuffle_epi8(v, pick); }
static inline VVEC aor(VVEC a, VVEC b) { return _mm256_or_si256(a, b); }
static inline VVEC amadd(VVEC a, VVEC b) { return _mm256_madd_epi16(a, b); }

static inline VVEC amul32(VVEC a, uint32_t b)
{
    return _mm256_mullo_epi32(a, _mm256_set1_epi32((int) b));
}

static inline void aorder(VVEC v[4])
{
    const VVEC a = v[0], b = v[1], c = v[2], d = v[3];

    v[0] = _mm256_permute2x128_si256(a, b, 0x20);
    v[1] = _mm256_permute2x128_si256(c, d, 0x20);
    v[2] = _mm256_permute2x128_si256(a, b, 0x31);
    v[3] = _mm256_permute2x128_si256(c, d, 0x31);
}

static inline AVEC ajoin(const APIX *pixels)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(pixels[0]), pixels[1], 1);
}

static inline bool aany_zero(AVEC v)
{
    return _mm256_movemask_epi8(_mm256_cmpeq_epi32(v, _mm256_setzero_si256())) != 0;
}

static inline AVEC adivisor(AVEC v, const uint8_t *pick, AVEC area)
{
    return _mm256_or_si256(_mm256_shuffle_epi8(v, vload(pick)), area);
}

static inline AVEC aquotient(AVEC s, AVEC d)
{
    const AVEC n = _mm256_add_epi32(s, _mm256_srli_epi32(d, 1));
    const AVEC q = _mm256_cvttps_epi32(
        _mm256_mul_ps(_mm256_cvtepi32_ps(n), _mm256_rcp_ps(_mm256_cvtepi32_ps(d))));
    const AVEC rest = _mm256_sub_epi32(n, _mm256_mullo_epi32(q, d));
    const AVEC below = _mm256_srai_epi32(rest, 31);
    const AVEC fits = _mm256_cmpgt_epi32(d, rest);

    return _mm256_add_epi32(_mm256_add_epi32(q, below),
                            _mm256_add_epi32(fits, _mm256_set1_epi32(1)));
}

static inline void astore(uint8_t *dst, const AVEC *q)
{
    const AVEC words = _mm256_packus_epi32(q[0], q[1]); /* pixels 0, 2 and 1, 3 */
    const AVEC bytes = _mm256_packus_epi16(words, words);

    _mm_storeu_si128((__m128i *) dst,
                     _mm_unpacklo_epi32(_mm256_castsi256_si128(bytes),
                                        _mm256_extracti128_si256(bytes, 1)));
}

#include "kernels/alpha_simd_tmpl.c"

void areascale_dsp_init_avx2(AreascaleDsp *dsp)
{
    dsp->cpu = AREASCALE_CPU_AVX2;
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
