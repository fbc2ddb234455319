/* areascale: kernels that shuffle bytes within owords into small weighed windows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A unit is of 8 output samples for each oword of a vector. Sums are of 32 bits, modulo
 * 2^32.
 */

#ifndef AREASCALE_RIBBON_H
#define AREASCALE_RIBBON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/blend.h"
#include "kernels/strip.h"

/** Output samples of a unit for each oword of a vector. */
#define AREASCALE_RIBBON_SAMPLES 8

/** The most loads of an oword. */
#define AREASCALE_MAX_RIBBON_LOADS 3

/** A few output rows, made unit by unit from the first row to the last. A unit has as many
 *  vectors as an output sample has slots, each of 16 bits: vector v, oword o has those of
 *  the output samples 8 * o + v * 8 / slots and following. */
typedef struct AreascaleRibbonRows {
    const int32_t *offset; /**< bytes, by [table][vector][load][oword] */
    const uint8_t *pick;   /**< by [table][vector][load][oword]: of each byte that of the
                                load, 0x80 for none */
    const int16_t *weight; /**< by [table][vector][load][oword]: of each slot */
    const AreascaleStripUnit *units;
    int n_units;
    const char *divisor; /**< by [table][round, then reciprocal][sample, in the order of the
                              sums' lanes: the first four of each oword, then the others],
                              of 32 bits */
    bool in_float;       /**< whether reciprocals are floats: trunc((float) (S + round) *
                              reciprocal), otherwise ((S * 2^lift + round) * reciprocal) >>
                              div_shift */
    int lift, div_shift;
    int in_shift;     /**< words: the value's position */
    unsigned mask;    /**< words: its bits, before the shift... */
    unsigned bias;    /**< ...of which these are inverted before it is taken for signed */
    bool to_words;    /**< whether output samples are words */
    unsigned out_max; /**< the largest value of an output sample */
    int out_shift;    /**< its position in the sample */
    const char *src;  /**< sample 0 of the first window's first row */
    ptrdiff_t stride;
    ptrdiff_t ahead; /**< bytes from a sample to one that is read soon, a hint */
    const AreascaleBlendStep *steps;
    int n_steps;
    char *dst; /**< output sample 0 of the first row */
    ptrdiff_t dst_stride;
    int n; /**< output samples of a row, at least a unit */
} AreascaleRibbonRows;

/** Makes the rows. */
typedef void (*AreascaleRibbonFn)(const AreascaleRibbonRows *r);

#endif /* AREASCALE_RIBBON_H */
