/* areascale: the path of bytes that are halved exactly on both axes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>

#include "path.h"
#include "plan.h"

static int halve_init(const AreascalePlan *plan, void **state, double *cost)
{
    const AreascaleGeometry *g = &plan->geometry;

    /* an odd width's chroma in 4:2:2 is not halved exactly */
    if (g->depth != 8 || g->in_height != 2 * g->out_height ||
        g->in_width != 2 * g->out_width || g->out_width % plan->group->n_pixels ||
        g->x.unit || g->y.unit || !areascale_plan_keeps_samples(plan) || !plan->dsp.halve[g->layout])
        return -ERANGE;
    *state = NULL;
    *cost = 0.011 * areascale_plan_in_bytes(plan);
    return 0;
}

static void halve_run(const AreascalePlan *plan, const void *state,
                      const AreascalePart *part)
{
    const AreascaleHalveFn halve = plan->dsp.halve[plan->geometry.layout];

    (void) state;
    for (int y = part->y0; y < part->y1; y++) {
        const uint8_t *row =
            (const uint8_t *) part->src + 2 * y * part->src_stride + 2 * part->s0;

        halve((uint8_t *) part->dst + y * part->dst_stride + part->s0, row,
              row + part->src_stride, part->s1 - part->s0,
              areascale_plan_bytes_ahead(plan, y, part->src_stride));
    }
}

const AreascalePath areascale_path_halve = {
    .name = "halve",
    .means = AREASCALE_MEAN_PLAIN,
    .init = halve_init,
    .run = halve_run,
};
