/* areascale: kernels that halve bytes on both axes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_HALVE_H
#define AREASCALE_HALVE_H

#include <stddef.h>
#include <stdint.h>

/**
 * Scaling of bytes by exactly 1/2 on both axes.
 *
 * @param row0,row1  the two input rows, 2 * n bytes each
 * @param n          bytes of output, at least 1; whole groups of the layout
 * @param ahead      bytes from a sample to one that is read soon, a hint
 */
typedef void (*AreascaleHalveFn)(uint8_t *restrict dst, const uint8_t *restrict row0,
                               const uint8_t *restrict row1, int n, ptrdiff_t ahead);

#endif /* AREASCALE_HALVE_H */
