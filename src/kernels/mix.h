/* areascale: kernels that make rows of components out of others by a matrix
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * In vectors a row of a mix takes three steps: components that are interleaved are
 * *taken* apart, the matrix makes planar components out of planar ones, and what is to
 * be interleaved is *woven*. Pixels whose bytes are merely laid out anew are *shuffled*.
 */

#ifndef AREASCALE_KERNELS_MIX_H
#define AREASCALE_KERNELS_MIX_H

#include "areascale.h"

/** Bits by which the sums of a mix are shifted down to output levels: -1 .. 29. */
static inline int areascale_mix_shift(const AreascaleMixSpec *m)
{
    return m->in_depth + AREASCALE_MIX_BITS - m->out_depth;
}

/** The level of the output that a sum comes to. */
static inline unsigned areascale_mix_level(const AreascaleMixSpec *m, int64_t sum)
{
    const int shift = areascale_mix_shift(m);
    const int64_t max = (INT64_C(1) << m->out_depth) - 1;

    if (shift > 0)
        sum += INT64_C(1) << (shift - 1);
    if (sum < 0)
        return 0;
    sum = shift > 0 ? sum >> shift : sum << -shift;
    return (unsigned) (sum < max ? sum : max);
}

/** areascale_mix_row() of any steps, for samples of one size on either side. A sum is
 *  less than 2^42. */
typedef void (*AreascaleMixRowFn)(const AreascaleMixSpec *m, void *const out[],
                                  const void *const in[], int n);

/** Most pairs of terms of a sum. */
#define AREASCALE_MIX_MAX_PAIRS 3

/**
 * The matrix as vectors multiply it: products of pairs of signed words, added up modulo
 * 2^32. Samples of 16 bits are lessened by 2^15 first, so that they are signed; what that
 * takes from a sum is in its bias. A coefficient beyond a word is that of two terms.
 *
 *     level = (sum of coefficients * inputs + bias) >> shift
 *     out = min(max(level + base, 0), max) << out_shift
 *
 * The bias is such that all sums fit 32 signed bits, and that level + base does, too.
 * For bytes, max is 255, out_shift 0, and 16 bits are enough for level and base, unless
 * base is 0.
 */
typedef struct AreascaleMixTerms {
    int n_pairs;                           /**< 1 .. AREASCALE_MIX_MAX_PAIRS */
    int n_terms;                           /**< one less than the pairs have, or as many */
    int term[2 * AREASCALE_MIX_MAX_PAIRS]; /**< the input that each multiplies */
    int n_out;                             /**< outputs that are not constant */
    int out[AREASCALE_MIX_MAX];            /**< which those are */
    /** Of each of these outputs; the first term of a pair in the lower half. */
    uint32_t coefficients[AREASCALE_MIX_MAX][AREASCALE_MIX_MAX_PAIRS];
    uint32_t bias[AREASCALE_MIX_MAX]; /**< a signed number */
    uint32_t base[AREASCALE_MIX_MAX]; /**< the same; of bytes one of 16 bits in each half */
    int shift;                        /**< 1 .. 29 */
    int max, out_shift;
} AreascaleMixTerms;

/**
 * The matrix over rows of planar components.
 *
 * @param out  of the outputs that the terms list, n samples each
 * @param in   of the inputs, n samples each
 * @param n    pixels, at least 1
 */
typedef void (*AreascaleMixFn)(const AreascaleMixTerms *t, void *const out[],
                               const void *const in[], int n);

/** Copies n samples that are @p step apart, at least 1 and 2. */
typedef void (*AreascaleTakeFn)(void *restrict dst, const void *restrict src, int step,
                                int n);

/** Interleaves n samples, at least 1, of each of 2, 3 or 4 planes. */
typedef void (*AreascaleWeaveFn)(void *restrict dst, const void *const planes[],
                                 int n_planes, int n);

/** What an output byte is made of that is not one of the pixel's. */
#define AREASCALE_SHUFFLE_CONSTANT 0x80

/** How pixels of bytes are laid out anew. */
typedef struct AreascaleShuffle {
    int in_step, out_step; /**< bytes of a pixel, 2 .. 4 */
    int in_span;           /**< those of the last pixel that may be read */
    /** Of each output byte, the input byte of the pixel, or AREASCALE_SHUFFLE_CONSTANT. */
    uint8_t order[AREASCALE_MIX_MAX];
    uint8_t constant[AREASCALE_MIX_MAX]; /**< the bytes that are constant, otherwise 0 */
} AreascaleShuffle;

/** Shuffles n pixels, at least 1. */
typedef void (*AreascaleShuffleFn)(uint8_t *restrict dst, const uint8_t *restrict src,
                                   const AreascaleShuffle *s, int n);

#endif /* AREASCALE_KERNELS_MIX_H */
