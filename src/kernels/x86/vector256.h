/* areascale: vectors of 256 bits, the HVEC of the templates
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Of the sixteen rows of a band, rows 0..7 are the lower oword, rows 8..15 the upper one,
 * so that all shuffles stay within an oword.
 */

#ifndef AREASCALE_VECTOR256_H
#define AREASCALE_VECTOR256_H

#include <immintrin.h>
#include <string.h>

#include "kernels/dsp.h"
#include "kernels/inline.h"

typedef __m256i HVEC;
typedef __m128i HCount;

enum { HROWS = 16 };

static inline HVEC hload(const void *p) { return _mm256_loadu_si256(p); }
static inline void hstore(void *p, HVEC v) { _mm256_storeu_si256(p, v); }
static inline HVEC hset32(uint32_t v) { return _mm256_set1_epi32((int) v); }
static inline HVEC hzero(void) { return _mm256_setzero_si256(); }
static inline HVEC hset16(unsigned v) { return _mm256_set1_epi16((short) v); }
static inline HVEC hand(HVEC a, HVEC b) { return _mm256_and_si256(a, b); }
static inline HVEC hadd16(HVEC a, HVEC b) { return _mm256_add_epi16(a, b); }
static inline HVEC hadd32(HVEC a, HVEC b) { return _mm256_add_epi32(a, b); }
static inline HVEC hmin16(HVEC a, HVEC b) { return _mm256_min_epu16(a, b); }
static inline HVEC hmulhi16(HVEC a, HVEC b) { return _mm256_mulhi_epu16(a, b); }
static inline HCount hcount(int n) { return _mm_cvtsi32_si128(n); }
static inline HVEC hsll16(HVEC v, HCount n) { return _mm256_sll_epi16(v, n); }
static inline HVEC hsll32(HVEC v, HCount n) { return _mm256_sll_epi32(v, n); }
static inline HVEC hsrl16(HVEC v, HCount n) { return _mm256_srl_epi16(v, n); }

static const uint8_t hwiden_rows[HROWS] = { 0, 1, 2, 3, 8, 9, 10, 11,
                                            4, 5, 6, 7, 12, 13, 14, 15 };

static inline HVEC hwiden_lo(HVEC v)
{
    return _mm256_unpacklo_epi16(v, _mm256_setzero_si256());
}

static inline HVEC hwiden_hi(HVEC v)
{
    return _mm256_unpackhi_epi16(v, _mm256_setzero_si256());
}

static inline HVEC hnarrow(HVEC lo, HVEC hi)
{
    return _mm256_packus_epi32(lo, hi);
}

static inline HVEC hnarrow_rows(HVEC lo, HVEC hi)
{
    return _mm256_permute4x64_epi64(_mm256_packus_epi32(lo, hi), 0xd8);
}

static inline HVEC hdiv32(HVEC v, HVEC reciprocal, HCount n)
{
    const HVEC even = _mm256_srl_epi64(_mm256_mul_epu32(v, reciprocal), n);
    const HVEC odd = _mm256_srl_epi64(_mm256_mul_epu32(_mm256_srli_epi64(v, 32),
                                                       _mm256_srli_epi64(reciprocal, 32)), n);

    return _mm256_or_si256(even, _mm256_slli_epi64(odd, 32));
}

/* 128 bits of two rows, the first in the lower oword. */
static inline HVEC load_rows(const char *low, const char *high)
{
    return _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *) low)),
        _mm_loadu_si128((const __m128i *) high), 1);
}

/* Transposes 8 x 8 words in each oword. */
static inline void transpose8x8(HVEC *restrict out, const HVEC *restrict in)
{
    HVEC a[8], b[8];

    for (int i = 0; i < 4; i++) {
        a[2 * i] = _mm256_unpacklo_epi16(in[i], in[i + 4]);
        a[2 * i + 1] = _mm256_unpackhi_epi16(in[i], in[i + 4]);
    }
    for (int i = 0; i < 4; i++) {
        b[2 * i] = _mm256_unpacklo_epi16(a[i], a[i + 4]);
        b[2 * i + 1] = _mm256_unpackhi_epi16(a[i], a[i + 4]);
    }
    for (int i = 0; i < 4; i++) {
        out[2 * i] = _mm256_unpacklo_epi16(b[i], b[i + 4]);
        out[2 * i + 1] = _mm256_unpackhi_epi16(b[i], b[i + 4]);
    }
}

static inline void transpose16(HVEC *out, const void *const *sums, int x)
{
    for (int half = 0; half < 2; half++) {
        const ptrdiff_t at = (x + 8 * half) * (ptrdiff_t) sizeof(uint16_t);
        HVEC in[8];

        for (int i = 0; i < 8; i++)
            in[i] = load_rows((const char *) sums[i] + at, (const char *) sums[i + 8] + at);
        transpose8x8(out + 8 * half, in);
    }
}

/* Four columns of 32-bit sums of eight rows; their vectors are 2 apart. */
static inline void transpose32_part(HVEC *out, const void *const *sums, int x)
{
    const ptrdiff_t at = x * (ptrdiff_t) sizeof(uint32_t);
    HVEC in[4], a[4];

    for (int i = 0; i < 4; i++)
        in[i] = load_rows((const char *) sums[i] + at, (const char *) sums[i + 4] + at);
    for (int i = 0; i < 2; i++) {
        a[2 * i] = _mm256_unpacklo_epi32(in[i], in[i + 2]);
        a[2 * i + 1] = _mm256_unpackhi_epi32(in[i], in[i + 2]);
    }
    for (int i = 0; i < 2; i++) {
        out[4 * i] = _mm256_unpacklo_epi32(a[i], a[i + 2]);
        out[4 * i + 2] = _mm256_unpackhi_epi32(a[i], a[i + 2]);
    }
}

static inline void transpose32(HVEC *out, const void *const *sums, int x)
{
    for (int part = 0; part < 4; part++) {
        transpose32_part(out + 8 * part, sums, x + 4 * part);
        transpose32_part(out + 8 * part + 1, sums + 8, x + 4 * part);
    }
}

static inline void store128(void *dst, __m128i v, size_t bytes)
{
    if (bytes == sizeof(v)) {
        _mm_storeu_si128(dst, v);
    } else {
        char all[sizeof(v)];

        _mm_storeu_si128((__m128i *) all, v);
        memcpy(dst, all, bytes);
    }
}

/* Stores the owords of v to the rows y and y + 8. */
static inline void store_rows(const AreascaleBand *b, int y, size_t at, HVEC v, size_t bytes)
{
    char *dst = (char *) b->dst + y * b->dst_stride + at;

    if (y < b->n_rows)
        store128(dst, _mm256_castsi256_si128(v), bytes);
    if (y + 8 < b->n_rows)
        store128(dst + 8 * b->dst_stride, _mm256_extracti128_si256(v, 1), bytes);
}

static void store_columns8(const AreascaleBand *b, const HVEC *columns, int s, int n)
{
    HVEC v[8], a[8];

    for (int i = 0; i < 8; i++)
        v[i] = _mm256_packus_epi16(columns[i], columns[i + 8]);
    /* pairs (e, e + 4), low half of results first, then the high half */
    for (int i = 0; i < 4; i++) {
        a[i] = _mm256_unpacklo_epi8(v[i], v[i + 4]);
        a[i + 4] = _mm256_unpackhi_epi8(v[i], v[i + 4]);
    }
    for (int half = 0; half < 8; half += 4) {
        for (int i = 0; i < 2; i++) {
            v[half + i] = _mm256_unpacklo_epi8(a[half + i], a[half + i + 2]);
            v[half + i + 2] = _mm256_unpackhi_epi8(a[half + i], a[half + i + 2]);
        }
    }
    /* two rows of eight results each */
    for (int half = 0; half < 8; half += 4) {
        for (int i = 0; i < 2; i++) {
            a[half + 2 * i] = _mm256_unpacklo_epi8(v[half + 2 * i], v[half + 2 * i + 1]);
            a[half + 2 * i + 1] = _mm256_unpackhi_epi8(v[half + 2 * i], v[half + 2 * i + 1]);
        }
    }
    for (int i = 0; i < 4; i++) {
        store_rows(b, 2 * i, (size_t) s, _mm256_unpacklo_epi64(a[i], a[i + 4]), (size_t) n);
        store_rows(b, 2 * i + 1, (size_t) s, _mm256_unpackhi_epi64(a[i], a[i + 4]), (size_t) n);
    }
}

static void store_columns16(const AreascaleBand *b, const HVEC *columns, int s, int n)
{
    for (int half = 0; half < n; half += 8) {
        const size_t bytes = (size_t) (n - half < 8 ? n - half : 8) * sizeof(uint16_t);
        HVEC rows[8];

        transpose8x8(rows, columns + half);
        for (int y = 0; y < 8; y++)
            store_rows(b, y, (size_t) (s + half) * sizeof(uint16_t), rows[y], bytes);
    }
}

/* Stores results s .. s + n - 1 of one row. */
static inline void store_neighbours(char *dst, int s, HVEC q, int n, AreascaleSample sample)
{
    const __m128i lo = _mm256_castsi256_si128(q), hi = _mm256_extracti128_si256(q, 1);

    if (sample == AREASCALE_SAMPLE_8) {
        store128(dst + s, _mm_packus_epi16(lo, hi), (size_t) n);
        return;
    }
    dst += (size_t) s * sizeof(uint16_t);
    store128(dst, lo, (size_t) (n < 8 ? n : 8) * sizeof(uint16_t));
    if (n > 8)
        store128(dst + sizeof(lo), hi, (size_t) (n - 8) * sizeof(uint16_t));
}

enum { OWORDS = 2 };

/* Two offsets, both not negative, the first in the lower half. */
typedef uint64_t GOffset;

static inline GOffset goffset(const int32_t *p)
{
    GOffset offset;

    memcpy(&offset, p, sizeof(offset));
    return offset;
}

static inline HVEC gload(const char *row, GOffset offset)
{
    return load_rows(row + (uint32_t) offset, row + (offset >> 32));
}

/* A load from memory for each use would take the place of a load of pixels. */
static inline HVEC gkeep(HVEC v)
{
    __asm__("" : "+x"(v));
    return v;
}

static inline HVEC gpick(HVEC v, HVEC pick) { return _mm256_shuffle_epi8(v, pick); }
static inline HVEC gpairs(HVEC v) { return _mm256_maddubs_epi16(v, _mm256_set1_epi8(1)); }
static inline HVEC gfold(HVEC a, HVEC b) { return _mm256_hadd_epi16(a, b); }

static inline HVEC gvalue(HVEC v, HCount shift, HVEC mask)
{
    return _mm256_and_si256(_mm256_srl_epi16(v, shift), mask);
}

static inline HVEC gpairs_biased(HVEC v, HVEC bias)
{
    return _mm256_madd_epi16(_mm256_xor_si256(v, bias), _mm256_set1_epi16(1));
}

static inline HVEC gfold32(HVEC a, HVEC b) { return _mm256_hadd_epi32(a, b); }

static inline HVEC hrepeat(const uint8_t *p)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *) p));
}

static inline HVEC hquarter(HVEC v)
{
    return _mm256_srli_epi16(_mm256_add_epi16(v, _mm256_set1_epi16(2)), 2);
}

/* Stores 32 results of one row. */
static inline void store_two(char *dst, HVEC a, HVEC b, AreascaleSample sample)
{
    if (sample == AREASCALE_SAMPLE_8) {
        const HVEC v = _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xd8);

        _mm256_storeu_si256((__m256i *) dst, v);
    } else {
        _mm256_storeu_si256((__m256i *) dst, a);
        _mm256_storeu_si256((__m256i *) dst + 1, b);
    }
}

/* 2^n in each 16-bit lane. */
typedef HVEC SLift;

static inline SLift slift(int n) { return hset16(1u << n); }
static inline HVEC spairs(HVEC v, SLift n) { return _mm256_madd_epi16(v, n); }

static inline HVEC sfold(HVEC a, HVEC b)
{
    return _mm256_packus_epi32(spairs(a, slift(0)), spairs(b, slift(0)));
}

static inline HVEC sdivide(HVEC v, HVEC reciprocal)
{
    return _mm256_cvttps_epi32(
        _mm256_mul_ps(_mm256_cvtepi32_ps(v), _mm256_castsi256_ps(reciprocal)));
}

static inline HVEC wpairs(HVEC v, HVEC weights) { return _mm256_madd_epi16(v, weights); }
static inline HVEC wmul32(HVEC v, HVEC w) { return _mm256_mullo_epi32(v, w); }
static inline HVEC wxor(HVEC a, HVEC b) { return _mm256_xor_si256(a, b); }
static inline HVEC spack(HVEC a, HVEC b) { return _mm256_packus_epi16(a, b); }

static inline void sstore_half(void *dst, HVEC v)
{
    _mm_storeu_si128(dst, _mm256_castsi256_si128(_mm256_permute4x64_epi64(v, 0x08)));
}

#endif /* AREASCALE_VECTOR256_H */
