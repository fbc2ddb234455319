/* areascale: kernels that permute whole vectors of rows into small weighed windows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_BLEND_H
#define AREASCALE_BLEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/permute.h"

/** What taps are, and the slots that take them. */
typedef enum AreascaleBlendKind {
    AREASCALE_BLEND_BYTES, /**< bytes, weights up to 127: slots of a byte */
    AREASCALE_BLEND_WIDE,  /**< bytes, weights up to 32767: slots of 16 bits, the upper byte
                                of a tap being 0 whatever is picked */
    AREASCALE_BLEND_WORDS, /**< words, weights up to 32767: slots of 16 bits */
} AreascaleBlendKind;

#define AREASCALE_N_BLEND_KINDS 3

/** How window sums are divided. */
typedef enum AreascaleBlendDivision {
    AREASCALE_BLEND_NARROW, /**< 16 bits: ((S + round) * reciprocal) >> shift */
    AREASCALE_BLEND_FLOAT,  /**< 32 bits: trunc((float) (S + round) * reciprocal) */
    AREASCALE_BLEND_LONG,   /**< 32 bits: ((S * 2^lift + round) * reciprocal) >> shift */
} AreascaleBlendDivision;

/** One output row of a band, whose window has at least one row: one that the window before
 *  ended with, then others. */
typedef struct AreascaleBlendStep {
    int32_t carried;          /**< whether the first row is the last one of the step before */
    int32_t rows;             /**< that follow */
    int32_t head, body, tail; /**< weights of the first row, those between, and the last */
    ptrdiff_t divisor;        /**< bytes from a unit's divisors to those of its row class */
} AreascaleBlendStep;

/** A few output rows, made unit by unit from the first row to the last. Sums are of 16
 *  bits for shapes of 2 slots, otherwise of 32, modulo their size. */
typedef struct AreascaleBlendRows {
    AreascaleBlendKind kind;
    int shape; /**< which of AREASCALE_PERMUTE_SHAPES; not of 2 slots but for BYTES and
                    NARROW */
    const AreascalePick *picks; /**< aligned to a vector; weights as the kind has them */
    const char *divisors;       /**< aligned to a vector: of each unit and row class `round`
                                     of all lanes, of 16 bits for NARROW, otherwise of 32,
                                     then the reciprocals */
    const AreascalePermuteUnit *units;
    int n_units;
    AreascaleBlendDivision division;
    int lift, shift;
    bool to_words;        /**< whether output samples are words */
    unsigned out_max;     /**< the largest value of an output sample */
    int out_shift;        /**< its position in the sample */
    const void *order;    /**< where each output sample of a unit lies: among the results
                               as bytes, a byte each; as words, 16 bits each */
    int in_shift;         /**< WORDS: the value's position */
    unsigned mask;        /**< WORDS: its bits, before the shift... */
    unsigned bias;        /**< ...of which these are inverted before it is taken for signed */
    const char *src;      /**< sample 0 of the first window's first row */
    ptrdiff_t stride;
    ptrdiff_t ahead; /**< bytes from a row of the band to that of the next one, a hint */
    const AreascaleBlendStep *steps;
    int n_steps;
    char *dst; /**< output sample 0 of the first row; room for whole units */
    ptrdiff_t dst_stride;
} AreascaleBlendRows;

/** Makes the rows. */
typedef void (*AreascaleBlendFn)(const AreascaleBlendRows *r);

#endif /* AREASCALE_BLEND_H */
