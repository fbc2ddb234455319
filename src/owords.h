/* areascale: taps of small windows laid side by side by byte shuffles
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A vector of an oword, 16 bytes, has a fixed number of *slots* for each output sample,
 * loaded from a fixed place of the row. Windows that do not fit one load take several.
 */

#ifndef AREASCALE_OWORDS_H
#define AREASCALE_OWORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "columns.h"

/** Bytes of an oword: what shuffles do not cross. */
#define AREASCALE_OWORD 16

/** The most loads of an oword, and slots of an output sample. */
#define AREASCALE_MAX_OWORD_LOADS 4
#define AREASCALE_MAX_OWORD_SLOTS 8

/** The row that loads are found in, and how they are laid out. */
typedef struct AreascaleOwordRow {
    const AreascaleColumns *columns;
    int in_samples, out_samples; /**< at least an oword of input */
    int sample_size;             /**< bytes */
    int slots;   /**< of an output sample: 2, 4 or 8; at most 8 output samples */
    bool weighed; /**< slots are of 16 bits, also where samples are bytes, and taps have
                       weights */
    int singles; /**< 1: the first load is shuffled twice, the second time for
                      one more tap of each output sample, in its first slot */
} AreascaleOwordRow;

/** The loads of an oword's output samples. A *pick* has the byte of the load for each byte
 *  of the vector, 0x80 for none. */
typedef struct AreascaleOword {
    int32_t
        offset[AREASCALE_MAX_OWORD_LOADS]; /**< samples; where there is no load, the first's */
    uint8_t pick[AREASCALE_MAX_OWORD_LOADS][AREASCALE_OWORD];
    uint8_t single[AREASCALE_OWORD];
    int16_t weight[AREASCALE_MAX_OWORD_LOADS][AREASCALE_OWORD / 2]; /**< of slots, where taps
                                                                         have them, else 0 */
} AreascaleOword;

/** Samples of an oword. */
static inline int areascale_oword_samples(const AreascaleOwordRow *row)
{
    return AREASCALE_OWORD / row->sample_size;
}

/**
 * Finds the loads of the output samples of one oword, from output sample @p s on; samples
 * past the row repeat the last one. No load leaves the row.
 *
 * @param picks  filled, as many as there are loads; may be NULL
 * @return how many loads they are; AREASCALE_MAX_OWORD_LOADS + 1 if these are not enough
 */
int areascale_oword_find(const AreascaleOwordRow *row, int s, AreascaleOword *picks);

#endif /* AREASCALE_OWORDS_H */
