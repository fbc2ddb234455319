/* areascale: kernels that make rows of components out of others by a matrix
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_KERNELS_MIX_H
#define AREASCALE_KERNELS_MIX_H

#include "areascale.h"

/** Bits by which the sums of a mix are shifted down to output levels: -1 .. 29. */
static inline int areascale_mix_shift(const AreascaleMixSpec *m)
{
    return m->in_depth + AREASCALE_MIX_BITS - m->out_depth;
}

/** areascale_mix_row() of any steps, for samples of one size on either side. A sum is
 *  less than 2^42. */
typedef void (*AreascaleMixRowFn)(const AreascaleMixSpec *m, void *const out[],
                                  const void *const in[], int n);

#endif /* AREASCALE_KERNELS_MIX_H */
