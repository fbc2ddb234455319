/* areascale: kernels that make the means of rows where the width stays
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_VMEAN_H
#define AREASCALE_VMEAN_H

#include <stddef.h>
#include <stdint.h>

/** The least bytes of a row. */
#define AREASCALE_VMEAN_BYTES 64

/** An output row. */
typedef struct AreascaleVmean {
    const char *src; /**< sample 0 of the window's first row */
    ptrdiff_t stride;
    int rows;        /**< of the window, at least 1; their sums fit 16 bits, rounding added */
    ptrdiff_t bytes; /**< of a row, AREASCALE_VMEAN_BYTES or more */
    ptrdiff_t ahead; /**< bytes from a sample to one that is read soon, a hint */
    int shift;       /**< words: the value's position in samples of both sides */
    unsigned mask;   /**< words: the value's bits */
    unsigned round, reciprocal; /**< the mean is ((sum + round) * reciprocal) >> 16 >> */
    int div_shift;              /**< div_shift */
    char *dst;
} AreascaleVmean;

/** Makes the row. */
typedef void (*AreascaleVmeanFn)(const AreascaleVmean *r);

#endif /* AREASCALE_VMEAN_H */
