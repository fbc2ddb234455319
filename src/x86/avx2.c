/* areascale: kernels for AVX2
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "hsum_avx2.h"

typedef __m256i VVEC;
typedef __m128i VCount;

enum { VVEC_BYTES = sizeof(VVEC) };

static inline VVEC vload(const void *p) { return _mm256_loadu_si256(p); }
static inline void vstore(void *p, VVEC v) { _mm256_storeu_si256(p, v); }
static inline VVEC vzero(void) { return _mm256_setzero_si256(); }
static inline VVEC vadd16(VVEC a, VVEC b) { return _mm256_add_epi16(a, b); }
static inline VVEC vadd32(VVEC a, VVEC b) { return _mm256_add_epi32(a, b); }
static inline void vprefetch(uintptr_t p) { _mm_prefetch((const char *) p, _MM_HINT_T1); }
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

/* Exchanges the middle 128-bit lanes of a pair. */
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

#include "vsum_simd_tmpl.c"
#include "hsum_simd_tmpl.c"
#include "gather_simd_tmpl.c"

/* For each layout: bytes in the order in which neighbours make a pair. */
#define IN_ORDER 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
#define BY_TWO 0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15
#define BY_FOUR 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15
#define YUYV 0, 2, 1, 5, 4, 6, 3, 7, 8, 10, 9, 13, 12, 14, 11, 15
#define UYVY 0, 4, 1, 3, 2, 6, 5, 7, 8, 12, 9, 11, 10, 14, 13, 15

/* Sums of two by two samples of 32 bytes of both rows. */
static inline __attribute__((always_inline)) HVEC
halve_sums(const uint8_t *row0, const uint8_t *row1, HVEC pick, bool shuffle)
{
    HVEC a = hload(row0), b = hload(row1);

    if (shuffle) {
        a = gpick(a, pick);
        b = gpick(b, pick);
    }
    return _mm256_srli_epi16(hadd16(hadd16(gpairs(a), gpairs(b)), hset16(2)), 2);
}

static inline __attribute__((always_inline)) void
halve_block(uint8_t *dst, const uint8_t *row0, const uint8_t *row1, HVEC pick, bool shuffle)
{
    store_two((char *) dst, 0, halve_sums(row0, row1, pick, shuffle),
              halve_sums(row0 + 32, row1 + 32, pick, shuffle), AREASCALE_SAMPLE_8);
}

/* Any number of bytes, the last ones by way of a block aside. */
static inline __attribute__((always_inline)) void
halve(uint8_t *dst, const uint8_t *row0, const uint8_t *row1, int n, ptrdiff_t ahead,
      HVEC pick, bool shuffle)
{
    enum { BLOCK = 32 };
    uint8_t last[BLOCK], in0[2 * BLOCK] = { 0 }, in1[2 * BLOCK] = { 0 };
    const int tail = n % BLOCK;

    for (; n >= BLOCK; n -= BLOCK, dst += BLOCK, row0 += 2 * BLOCK, row1 += 2 * BLOCK) {
        vprefetch((uintptr_t) row0 + (uintptr_t) ahead);
        vprefetch((uintptr_t) row1 + (uintptr_t) ahead);
        halve_block(dst, row0, row1, pick, shuffle);
    }
    memcpy(in0, row0, 2 * (size_t) tail);
    memcpy(in1, row1, 2 * (size_t) tail);
    halve_block(last, in0, in1, pick, shuffle);
    memcpy(dst, last, (size_t) tail);
}

#define HALVE(NAME, PICK, SHUFFLE)                                                        \
    static void NAME(uint8_t *restrict dst, const uint8_t *restrict row0,                 \
                     const uint8_t *restrict row1, int n, ptrdiff_t ahead)                \
    {                                                                                     \
        halve(dst, row0, row1, n, ahead, _mm256_setr_epi8(PICK, PICK), SHUFFLE);          \
    }

HALVE(halve_1, IN_ORDER, false)
HALVE(halve_2, BY_TWO, true)
HALVE(halve_4, BY_FOUR, true)
HALVE(halve_yuyv, YUYV, true)
HALVE(halve_uyvy, UYVY, true)

void areascale_dsp_init_avx2(AreascaleDsp *dsp)
{
    dsp->cpu = AREASCALE_CPU_AVX2;
    vsum_init(dsp);
    hsum_init(dsp);
    gather_init(dsp);
    dsp->halve[AREASCALE_LAYOUT_1] = halve_1;
    dsp->halve[AREASCALE_LAYOUT_2] = halve_2;
    dsp->halve[AREASCALE_LAYOUT_4] = halve_4;
    dsp->halve[AREASCALE_LAYOUT_YUYV] = halve_yuyv;
    dsp->halve[AREASCALE_LAYOUT_UYVY] = halve_uyvy;
}
