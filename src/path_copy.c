/* areascale: the path of planes whose size stays
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>

#include "path.h"
#include "plan.h"

static int copy_init(const AreascalePlan *plan, void **state, double *cost)
{
    const AreascaleGeometry *g = &plan->geometry;

    if (g->in_width != g->out_width || g->in_height != g->out_height || g->x.unit ||
        g->y.unit || !areascale_plan_keeps_samples(plan))
        return -ERANGE;
    *state = NULL;
    *cost = 0.02 * areascale_plan_in_bytes(plan);
    return 0;
}

static void copy_bytes(uint8_t *restrict dst, const uint8_t *restrict src, int s0, int s1,
                       unsigned bits)
{
    for (int s = s0; s < s1; s++)
        dst[s] = src[s] & bits;
}

static void copy_words(uint16_t *restrict dst, const uint16_t *restrict src, int s0, int s1,
                       unsigned bits)
{
    for (int s = s0; s < s1; s++)
        dst[s] = src[s] & bits;
}

/* Copies what the values' bits hold; the input's own last sample may be the
 * unused one of an odd 4:2:2 row, so the last group goes by its taps. */
static void copy_row(const AreascalePlan *plan, void *dst, const void *src, int s0, int s1)
{
    const unsigned bits = plan->mask << plan->geometry.shift;
    const int body = s1 - plan->group->n_samples;

    if (plan->in_sample == AREASCALE_SAMPLE_8) {
        copy_bytes(dst, src, s0, body, bits);
        for (int s = body; s < s1; s++)
            ((uint8_t *) dst)[s] = ((const uint8_t *) src)[plan->columns.first[s]] & bits;
    } else {
        copy_words(dst, src, s0, body, bits);
        for (int s = body; s < s1; s++)
            ((uint16_t *) dst)[s] = ((const uint16_t *) src)[plan->columns.first[s]] & bits;
    }
}

static void copy_run(const AreascalePlan *plan, const void *state,
                     const AreascalePart *part)
{
    (void) state;
    for (int y = part->y0; y < part->y1; y++)
        copy_row(plan, part->dst + y * part->dst_stride, part->src + y * part->src_stride,
                 part->s0, part->s1);
}

const AreascalePath areascale_path_copy = {
    .name = "copy",
    .means = AREASCALE_MEAN_PLAIN,
    .init = copy_init,
    .run = copy_run,
};
