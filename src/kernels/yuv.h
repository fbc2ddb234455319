/* areascale: kernels between YUV and codes of R'G'B'
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_YUV_H
#define AREASCALE_YUV_H

#include <stdint.h>

/** Sums of three samples and a constant, in units of 2^-shift, with the half that rounds. */
typedef struct AreascaleYuvSum {
    int64_t factor[3];
    int64_t offset;
    int shift;
    int64_t max; /**< of the result, which is at least 0 */
} AreascaleYuvSum;

/** to[i] = total * a[i] + weight * (b[i] - a[i]), 0 <= weight <= total <= 16 */
typedef void (*AreascaleBetweenFn)(int32_t *to, const uint16_t *a, const uint16_t *b, int n,
                                 int weight, int total);

/** Puts n chroma samples to 2^sub * n luma samples, 1 <= sub <= 2: luma sample x lies
 *  4 * x - site quarters of one behind the first chroma sample and is that far, in
 *  4 << sub parts, between two of them. from[-1] and from[n] are read. */
typedef void (*AreascaleSpreadFn)(int32_t *to, const int32_t *from, int n, int sub, int site);

/** codes[c][i] = sum c of y[i], u[i], v[i]; none is less than 0, or above its max. */
typedef void (*AreascaleToRgbFn)(void *const codes[3], const uint16_t *y, const int32_t *u,
                                 const int32_t *v, int n, const AreascaleYuvSum sums[3]);

/** levels[i] = the sum of codes[0][i], codes[1][i], codes[2][i], clamped to 0 .. max. */
typedef void (*AreascaleFromRgbFn)(uint16_t *levels, const void *const codes[3], int n,
                                   const AreascaleYuvSum *sum);

#endif /* AREASCALE_YUV_H */
