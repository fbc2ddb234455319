/* areascale: random mixes, and what they come to
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_MIXES_H
#define AREASCALE_TESTS_MIXES_H

#include "areascale.h"
#include "random.h"
#include "rows.h"

/** Components side by side in memory of their own, which begins and ends with samples
 *  that count. */
typedef struct MixGroup {
    int step;
    int n;                       /**< components, at most the step */
    int first;                   /**< of the mix's */
    int slot[AREASCALE_MIX_MAX]; /**< of each of them, the lowest is 0 */
} MixGroup;

/** How the components of one side lie. */
typedef struct MixSide {
    int n_groups;
    MixGroup groups[AREASCALE_MIX_MAX];
} MixSide;

/** A mix and a row of it. */
typedef struct MixCase {
    AreascaleMixSpec spec;
    MixSide in, out;
    int n;
    Rows src[AREASCALE_MIX_MAX], dst[AREASCALE_MIX_MAX]; /**< of each group */
    Rows expected[AREASCALE_MIX_MAX];
} MixCase;

/** A side of n components: all planar, all interleaved, or anything. */
MixSide random_mix_side(Random *r, int n);

/** A matrix that videos have, or one of any numbers, for the components and depths that
 *  the specification has. */
void random_mix_matrix(AreascaleMixSpec *spec, Random *r);

/** Makes the rows of the case, whose specification has everything but steps, and what is
 *  expected of it, in integers of its own. */
void mix_case_init(MixCase *c, Random *r);
void mix_case_free(MixCase *c);

/** Makes the mix of an instruction set and its row, and tells whether nothing but what is
 *  expected was written. */
bool mix_case_run(MixCase *c, AreascaleCpu cpu);

/** What a case is, in short. */
enum { MIX_TEXT_SIZE = 512 };
const char *mix_case_text(const MixCase *c, char text[MIX_TEXT_SIZE]);

#endif /* AREASCALE_TESTS_MIXES_H */
