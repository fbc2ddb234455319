/* areascale: the vertical step's kernels
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_VSUM_H
#define AREASCALE_VSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Input rows that the vertical step reads side by side. */
#define AREASCALE_STREAMS 8

/** Kernels add up columns in blocks of this many; rows of column sums are padded
 *  to whole blocks, so that vector loads and stores may pass a row's end. */
#define AREASCALE_BLOCK_COLUMNS 64

/**
 * The vertical step: column sums of @p rows rows.
 *
 *     sums[x] (+)= sum over r of (src[r][x] >> shift) & mask
 *
 * @param n           samples in a row, at least 1
 * @param shift,mask  take the value out of a sample
 * @param ahead       bytes from a sample to one that is read soon, a hint to fetch it
 * @param accumulate  add to @p sums instead of setting them
 * The sums must fit their type. @p sums has room for n rounded up to a multiple
 * of AREASCALE_BLOCK_COLUMNS; what lies past n is undefined afterwards.
 */
typedef void (*AreascaleVsum16Fn)(uint16_t *restrict sums, const void *restrict src,
                                ptrdiff_t stride, int rows, int n, int shift,
                                unsigned mask, ptrdiff_t ahead, bool accumulate);
/** The same into 32-bit sums, from 16-bit samples. */
typedef void (*AreascaleVsum32Fn)(uint32_t *restrict sums, const void *restrict src,
                                ptrdiff_t stride, int rows, int n, int shift,
                                unsigned mask, ptrdiff_t ahead, bool accumulate);

#endif /* AREASCALE_VSUM_H */
