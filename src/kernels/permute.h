/* areascale: kernels that permute whole vectors of rows into small windows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_PERMUTE_H
#define AREASCALE_PERMUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes of a vector. */
#define AREASCALE_PERMUTE_VECTOR 64

/** The most picks of a unit. */
#define AREASCALE_MAX_PICKS 8

/** The most output samples of a unit, and lanes of its sums. */
#define AREASCALE_PERMUTE_LANES 64

/** How a *unit*, the output samples that a kernel makes at once, lies in vectors. A
 *  *pick* is one permutation of a load: it gives each output sample of a vector so many
 *  slots, and weighs by 0 those that take no tap. */
typedef struct AreascalePermuteShape {
    int slots;   /**< bytes of an output sample in a pick: 2, 4, 8 .. 64 */
    int vectors; /**< of a unit: 1, 2 or 4 */
    int picks;   /**< of a vector */
    int loads;   /**< of a unit: of each pick its own; of each vector one for all of its
                      picks; or of each pair of vectors one */
} AreascalePermuteShape;

/** The shapes that there are kernels for, by SLOTS, VECTORS, PICKS and LOADS. */
#define AREASCALE_PERMUTE_SHAPES(SHAPE)                                                      \
    SHAPE(2, 2, 1, 2) SHAPE(2, 2, 2, 2) AREASCALE_PERMUTE_WIDE_SHAPES(SHAPE)

/** Those whose sums are of 32 bits: all that words have kernels for. */
#define AREASCALE_PERMUTE_WIDE_SHAPES(SHAPE)                                                 \
    SHAPE(4, 4, 1, 2) SHAPE(4, 4, 1, 4) SHAPE(4, 4, 2, 4) SHAPE(4, 4, 2, 8) SHAPE(4, 2, 4, 8) \
    SHAPE(8, 4, 1, 4) SHAPE(8, 4, 2, 4) SHAPE(8, 4, 2, 8) SHAPE(8, 2, 4, 8)                  \
    SHAPE(16, 4, 1, 4) SHAPE(16, 4, 2, 4) SHAPE(16, 4, 2, 8) SHAPE(16, 2, 4, 8)              \
    SHAPE(32, 4, 1, 4) SHAPE(64, 4, 1, 4)

#define AREASCALE_N_PERMUTE_SHAPES 17
#define AREASCALE_N_PERMUTE_WIDE_SHAPES 15 /* the last ones */

/** How window sums are divided. */
typedef enum AreascalePermuteDivision {
    AREASCALE_DIVIDE_ROUND,  /**< 16 bits: (S * reciprocal + 2^14) >> 15 */
    AREASCALE_DIVIDE_NARROW, /**< 16 bits: ((S + round) * reciprocal) >> 16 >> shift */
    AREASCALE_DIVIDE_FLOAT,  /**< 32 bits: trunc((float) (S + round) * reciprocal); not of
                                  2 slots */
    AREASCALE_DIVIDE_LIFTED, /**< 32 bits: (((S << lift) + round) * reciprocal) >> 32 >>
                                  shift; as the next one for output samples of 16 bits
                                  alone, which from bytes have no other */
    AREASCALE_DIVIDE_FUSED,  /**< 32 bits: trunc((float) S * reciprocal + round), the
                                  product being exact; there is no bias */
} AreascalePermuteDivision;

/** One pick: of each slot the byte or word of the load, and the weight 1, or 0 without a
 *  tap. */
typedef union AreascalePick {
    struct {
        uint8_t from[AREASCALE_PERMUTE_VECTOR];
        int8_t weight[AREASCALE_PERMUTE_VECTOR];
    };
    struct {
        uint16_t word_from[AREASCALE_PERMUTE_VECTOR / 2];
        int16_t word_weight[AREASCALE_PERMUTE_VECTOR / 2];
    };
} AreascalePick;

/** One unit of a row. */
typedef struct AreascalePermuteUnit {
    int32_t offset[AREASCALE_MAX_PICKS]; /**< of each load: bytes from the row's begin */
    int32_t pick[AREASCALE_MAX_PICKS];   /**< by [vector][pick]: which of the picks */
    int32_t divisor;                     /**< bytes to the unit's divisors */
    int32_t sample;                      /**< its first output sample */
} AreascalePermuteUnit;

/** One output row of a band. */
typedef struct AreascalePermuteStep {
    int32_t rows;      /**< that its window shares with neither the row before nor the next */
    int32_t shared;    /**< whether its last row is the next window's first */
    ptrdiff_t divisor; /**< bytes from a unit's divisors to those of its row class */
} AreascalePermuteStep;

/** A few output rows, made unit by unit from the first row to the last. */
typedef struct AreascalePermuteRows {
    int shape;                  /**< which of AREASCALE_PERMUTE_SHAPES */
    const AreascalePick *picks; /**< aligned to a vector */
    const char *divisors;       /**< aligned to a vector: of each unit and row class what
                                     rounds all lanes, of 16 bits or from FLOAT on of 32,
                                     then the reciprocals */
    const AreascalePermuteUnit *units;
    int n_units;
    AreascalePermuteDivision division;
    int shift;            /**< NARROW and LIFTED */
    int lift;             /**< LIFTED */
    int out_shift;        /**< LIFTED: the value's position in the output sample */
    int in_shift;         /**< words: the value's position in the input sample */
    unsigned mask;        /**< words: the value's bits */
    unsigned bias;        /**< words: 32768 where samples, or sums of rows, need 16 bits:
                               what they are taken for less, and sums are added for more */
    const uint8_t *order; /**< where each output sample of a unit lies among the results */
    const char *src;      /**< sample 0 of the first window's first row */
    ptrdiff_t stride;
    ptrdiff_t ahead; /**< bytes from a row of the band to that of the next one, a hint */
    const AreascalePermuteStep *steps;
    int n_steps;
    char *dst; /**< output sample 0 of the first row; room for whole units */
    ptrdiff_t dst_stride;
} AreascalePermuteRows;

/** Makes the rows. */
typedef void (*AreascalePermuteFn)(const AreascalePermuteRows *r);

/**
 * Tells in which order a kernel leaves its sums.
 *
 * @param shape  which of AREASCALE_PERMUTE_SHAPES
 * @param wide   whether sums are of 32 bits when they are divided
 * @param lanes  set to the output sample of each lane of the sums, as they are divided
 * @param order  set to AreascalePermuteRows.order
 */
typedef void (*AreascalePermuteLanesFn)(int shape, bool wide,
                                        uint8_t lanes[AREASCALE_PERMUTE_LANES],
                                        uint8_t order[AREASCALE_PERMUTE_LANES]);

#endif /* AREASCALE_PERMUTE_H */
