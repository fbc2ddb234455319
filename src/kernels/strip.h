/* areascale: kernels that go down a few output rows with small windows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_STRIP_H
#define AREASCALE_STRIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What the samples of strips are, and how they are summed. */
typedef enum AreascaleStripKind {
    AREASCALE_STRIP_BYTES, /**< of 8 bits, into 16 */
    AREASCALE_STRIP_WORDS, /**< of fewer than 16 bits, into 16 */
    AREASCALE_STRIP_WIDE,  /**< the same, columns into 15 bits, windows into 32 */
    AREASCALE_STRIP_FULL,  /**< of 16 bits, into 32: they are taken for signed, less than
                              they  are by AREASCALE_STRIP_BIAS, as are places without a tap
                            */
    AREASCALE_STRIP_LIFTED, /**< bytes of 8 bits to words: slots into 15 bits, windows into
                               32 */
} AreascaleStripKind;

#define AREASCALE_N_STRIP_KINDS 5

/** See AREASCALE_STRIP_FULL. */
#define AREASCALE_STRIP_BIAS 32768u

/** How the taps of a unit's output samples are laid side by side: each vector has places
 *  for a fixed number of taps of each of its output samples, the *slots*. */
typedef struct AreascaleStripShape {
    int slots;   /**< 2, 4 or 8 */
    int loads;   /**< of a vector, each with as many slots */
    int singles; /**< further taps of each output sample, out of a vector's only load */
} AreascaleStripShape;

/** @name The highest of a shape
 * @{ */
#define AREASCALE_MAX_STRIP_LOADS 3
#define AREASCALE_MAX_STRIP_SINGLES 1
/** @} */

/** Where a unit lies, and its place in what units that are alike have in common. */
typedef struct AreascaleStripUnit {
    int32_t offset; /**< bytes from the row's begin to which its loads are relative */
    int32_t table;
} AreascaleStripUnit;

/** Tables of strips. A *unit* is what the kernel makes of a row at once; the last one
 *  ends with the row, and overlaps the one before. */
typedef struct AreascaleStrips {
    int n_units; /**< of a row */
    AreascaleStripUnit *units;
    int32_t *offset; /**< bytes, by [table][vector][load][oword] */
    uint8_t *pick; /**< by [table][vector][load, then single][oword]: 16 bytes, the byte of
                        the load for each byte of the vector, 0x80 for none */
    char *divisor; /**< by [rows of the window - the fewest][table][what rounds, then the
                        reciprocal][sample, in the order of the sums' lanes]: of 16 bits
                        for sums of 16 bits, otherwise of 32 */
} AreascaleStrips;

/** One output row of a strip. */
typedef struct AreascaleStripStep {
    int32_t rows;  /**< of its window, without one that it shares with the row before; at
                        least 1 */
    uint32_t keep; /**< all ones where the next window begins with the last row of this
                        one, otherwise 0 */
    ptrdiff_t divisor; /**< bytes to the first of its divisors */
} AreascaleStripStep;

/** A few output rows, made unit by unit from the top to the bottom. */
typedef struct AreascaleStripRows {
    const AreascaleStrips *strips;
    const char *src; /**< sample 0 of the first window's first row */
    ptrdiff_t stride;
    ptrdiff_t ahead; /**< bytes from a sample to one that is read soon, a hint */
    const AreascaleStripStep *steps;
    int n_steps;
    int shift; /**< the value's position in input samples */
    unsigned mask;
    int lift;      /**< WIDE, LIFTED: sums are multiplied by 2^lift, 8 at most */
    int div_shift; /**< as AreascaleBand has it */
    bool in_float; /**< reciprocals are floats: quotient = trunc((float) n * reciprocal), n
                        being less than 2^24; not of BYTES and WORDS */
    int out_shift; /**< the value's position in output samples */
    char *dst;     /**< output sample 0 of the first row */
    ptrdiff_t dst_stride;
    int n; /**< output samples of a row, at least a unit */
} AreascaleStripRows;

/** Both steps of a few output rows. */
typedef void (*AreascaleStripFn)(const AreascaleStripRows *r);

/** A kernel and how much it takes at once. */
typedef struct AreascaleStrip {
    AreascaleStripFn run; /**< NULL: there is none */
    int n_vectors;        /**< of a unit */
    int n_results;        /**< vectors of 16-bit results that these make */
} AreascaleStrip;

#endif /* AREASCALE_STRIP_H */
