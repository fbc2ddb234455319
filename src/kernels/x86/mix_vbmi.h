/* areascale: components taken apart and woven by permutations of bytes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The vector that a row ends in is loaded and stored by masks.
 */

#ifndef AREASCALE_MIX_VBMI_H
#define AREASCALE_MIX_VBMI_H

#include <immintrin.h>

#include "kernels/dsp.h"
#include "kernels/inline.h"

/* Tables of 64 bytes. */
#define ROW_4(F, A, B, I) F(A, B, I), F(A, B, (I) + 1), F(A, B, (I) + 2), F(A, B, (I) + 3)
#define ROW_16(F, A, B, I)                                                                 \
    ROW_4(F, A, B, I), ROW_4(F, A, B, (I) + 4), ROW_4(F, A, B, (I) + 8),                   \
        ROW_4(F, A, B, (I) + 12)
#define ROW(F, A, B)                                                                       \
    {                                                                                      \
        ROW_16(F, A, B, 0), ROW_16(F, A, B, 16), ROW_16(F, A, B, 32), ROW_16(F, A, B, 48)  \
    }

/* The byte at AT of vector V. */
#define BYTE_OF(V, AT) (64 * (V) + (AT))

/* The first n bytes of a vector, less than 64; n may be less than 0. */
ALWAYS_INLINE __mmask64 first_bytes(ptrdiff_t n)
{
    return n <= 0 ? 0 : (UINT64_C(1) << n) - 1;
}

ALWAYS_INLINE __m512i load_first(const void *p, ptrdiff_t n)
{
    return n >= 64 ? _mm512_loadu_si512(p) : _mm512_maskz_loadu_epi8(first_bytes(n), p);
}

ALWAYS_INLINE void store_first(void *p, ptrdiff_t n, __m512i v)
{
    if (n >= 64)
        _mm512_storeu_si512(p, v);
    else
        _mm512_mask_storeu_epi8(p, first_bytes(n), v);
}

/* Bytes of up to four vectors. */
ALWAYS_INLINE __m512i choose_bytes(const __m512i v[], int n, __m512i bytes)
{
    const __m512i lower = _mm512_permutex2var_epi8(v[0], bytes, v[1]);

    if (n == 2)
        return lower;
    return _mm512_mask_mov_epi8(lower, _mm512_movepi8_mask(bytes),
                                _mm512_permutex2var_epi8(v[2], bytes, v[n - 1]));
}

/* Of N samples in a vector, S apart in memory: load j begins n - 1 of them further than
 * the one before, so that the last one ends with the last sample that is taken. */
#define LOAD_OF(S, I, N) ((I) * (S) / ((N) - 1) < (S) ? (I) * (S) / ((N) - 1) : (S) - 1)
#define PLACE_OF(S, I, N) ((I) * (S) - LOAD_OF(S, I, N) * ((N) - 1))
#define TAKE_8(S, B, I) BYTE_OF(LOAD_OF(S, I, 64), PLACE_OF(S, I, 64))
#define TAKE_16(S, B, I)                                                                   \
    BYTE_OF(LOAD_OF(S, (I) / 2, 32), 2 * PLACE_OF(S, (I) / 2, 32) + (I) % 2)

/* [sample][step - 2] */
static const uint8_t take_bytes[2][3][64] = {
    { ROW(TAKE_8, 2, 0), ROW(TAKE_8, 3, 0), ROW(TAKE_8, 4, 0) },
    { ROW(TAKE_16, 2, 0), ROW(TAKE_16, 3, 0), ROW(TAKE_16, 4, 0) },
};

/* Takes a vector of samples: all of it, or as many as are left. */
ALWAYS_INLINE void take_unit(char *dst, const char *src, int step, ptrdiff_t left,
                             AreascaleSample sample, __m512i bytes)
{
    const ptrdiff_t size = (ptrdiff_t) 1 << sample, apart = 64 - size;
    const ptrdiff_t readable = ((left - 1) * step + 1) * size;
    __m512i v[AREASCALE_MIX_MAX];

    for (int j = 0; j < step; j++)
        v[j] = load_first(src + j * apart, readable - j * apart);
    store_first(dst, left * size, choose_bytes(v, step, bytes));
}

ALWAYS_INLINE void take(char *dst, const char *src, int step, int n, AreascaleSample sample)
{
    const ptrdiff_t size = (ptrdiff_t) 1 << sample, unit = 64 / size;
    const __m512i bytes = _mm512_loadu_si512(take_bytes[sample][step - 2]);
    ptrdiff_t x = 0;

    for (; x + unit <= n; x += unit)
        take_unit(dst + x * size, src + x * step * size, step, unit, sample, bytes);
    if (x < n)
        take_unit(dst + x * size, src + x * step * size, step, n - x, sample, bytes);
}

#define TAKE(NAME, SAMPLE)                                                                 \
    static void NAME(void *restrict dst, const void *restrict src, int step, int n)        \
    {                                                                                      \
        switch (step) {                                                                    \
        case 2: take(dst, src, 2, n, SAMPLE); break;                                       \
        case 3: take(dst, src, 3, n, SAMPLE); break;                                       \
        default: take(dst, src, 4, n, SAMPLE);                                             \
        }                                                                                  \
    }

TAKE(take_8, AREASCALE_SAMPLE_8)
TAKE(take_16, AREASCALE_SAMPLE_16)

/* Byte I of vector J of K woven planes. */
#define WEAVE_8(K, J, I) BYTE_OF((64 * (J) + (I)) % (K), (64 * (J) + (I)) / (K))
#define WEAVE_16(K, J, I)                                                                  \
    BYTE_OF((32 * (J) + (I) / 2) % (K), (32 * (J) + (I) / 2) / (K) * 2 + (I) % 2)
#define WEAVES(F)                                                                          \
    {                                                                                      \
        { ROW(F, 2, 0), ROW(F, 2, 1) }, { ROW(F, 3, 0), ROW(F, 3, 1), ROW(F, 3, 2) },      \
        {                                                                                  \
            ROW(F, 4, 0), ROW(F, 4, 1), ROW(F, 4, 2), ROW(F, 4, 3)                         \
        }                                                                                  \
    }

/* [sample][planes - 2][vector] */
static const uint8_t weave_bytes[2][3][AREASCALE_MIX_MAX][64] = { WEAVES(WEAVE_8),
                                                                  WEAVES(WEAVE_16) };

/* Interleaves a vector of each plane: all of it, or the bytes that are left. */
ALWAYS_INLINE void weave_unit(char *dst, const void *const planes[], ptrdiff_t at,
                              int n_planes, ptrdiff_t left, const __m512i bytes[])
{
    __m512i v[AREASCALE_MIX_MAX];

    for (int p = 0; p < n_planes; p++)
        v[p] = load_first((const char *) planes[p] + at, left);
    for (int j = 0; j < n_planes; j++)
        store_first(dst + at * n_planes + 64 * j, left * n_planes - 64 * j,
                    choose_bytes(v, n_planes, bytes[j]));
}

ALWAYS_INLINE void weave(char *dst, const void *const planes[], int n_planes, int n,
                         AreascaleSample sample)
{
    const ptrdiff_t all = (ptrdiff_t) n << sample;
    __m512i bytes[AREASCALE_MIX_MAX];
    ptrdiff_t at = 0;

    for (int j = 0; j < n_planes; j++)
        bytes[j] = _mm512_loadu_si512(weave_bytes[sample][n_planes - 2][j]);
    for (; at + 64 <= all; at += 64)
        weave_unit(dst, planes, at, n_planes, 64, bytes);
    if (at < all)
        weave_unit(dst, planes, at, n_planes, all - at, bytes);
}

#define WEAVE(NAME, SAMPLE)                                                                \
    static void NAME(void *restrict dst, const void *const planes[], int n_planes, int n)  \
    {                                                                                      \
        switch (n_planes) {                                                                \
        case 2: weave(dst, planes, 2, n, SAMPLE); break;                                   \
        case 3: weave(dst, planes, 3, n, SAMPLE); break;                                   \
        default: weave(dst, planes, 4, n, SAMPLE);                                         \
        }                                                                                  \
    }

WEAVE(weave_8, AREASCALE_SAMPLE_8)
WEAVE(weave_16, AREASCALE_SAMPLE_16)

static void mix_vbmi_init(AreascaleDsp *dsp)
{
    dsp->take[AREASCALE_SAMPLE_8] = take_8;
    dsp->take[AREASCALE_SAMPLE_16] = take_16;
    dsp->weave[AREASCALE_SAMPLE_8] = weave_8;
    dsp->weave[AREASCALE_SAMPLE_16] = weave_16;
}

#endif /* AREASCALE_MIX_VBMI_H */
