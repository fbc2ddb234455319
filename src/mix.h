/* areascale: rows of components out of others
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_MIX_H
#define AREASCALE_MIX_H

#include <stdbool.h>

#include "kernels/dsp.h"

/** What an output is when it is none of the inputs. */
#define AREASCALE_MIX_CONSTANT (-1)

struct AreascaleMix {
    AreascaleMixSpec spec;
    AreascaleSample in, out;
    AreascaleMixRowFn row; /**< plain C, which makes everything */
    bool vectors;          /**< the kernels below make it, too */
    AreascaleMixFn mix;
    AreascaleTakeFn take;
    AreascaleWeaveFn weave;
    AreascaleShuffleFn shuffle;
    AreascaleMixTerms terms;       /**< unless all outputs are copies or constant */
    bool copies;                   /**< they are */
    int source[AREASCALE_MIX_MAX]; /**< copies: of each output its input, or
                                        AREASCALE_MIX_CONSTANT */
    bool constant[AREASCALE_MIX_MAX];
    uint16_t value[AREASCALE_MIX_MAX]; /**< the sample of a constant output */
    unsigned used;                     /**< a bit for each input that counts */
};

/** Finds the terms of the mix's matrix.
 *  @return whether vectors can make the sums */
bool areascale_mix_find_terms(AreascaleMix *mix);

/** areascale_mix_row() by vectors. */
void areascale_mix_run(const AreascaleMix *mix, void *const out[], const void *const in[],
                       int n);

#endif /* AREASCALE_MIX_H */
