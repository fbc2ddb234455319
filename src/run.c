/* areascale: a rectangle of a plane through the plan's path
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>

#include "path.h"
#include "plan.h"

static size_t scratch_size(const AreascalePlan *plan, const AreascalePath *path,
                           const void *state)
{
    return path->scratch_size ? path->scratch_size(plan, state) : 0;
}

size_t areascale_plan_scratch_size(const AreascalePlan *plan)
{
    const size_t path = scratch_size(plan, plan->path, plan->state);
    const size_t bands = scratch_size(plan, plan->bands, plan->bands_state);

    return AREASCALE_SCRATCH_ALIGNMENT + (path > bands ? path : bands);
}

static bool rect_valid(const AreascalePlan *plan, const AreascaleRect *r)
{
    const AreascaleGeometry *g = &plan->geometry;
    const int n = plan->group->n_pixels;

    return r->x0 >= 0 && r->x0 < r->x1 && r->x1 <= g->out_width && r->x0 % n == 0 &&
           (r->x1 % n == 0 || r->x1 == g->out_width) && r->y0 >= 0 && r->y0 < r->y1 &&
           r->y1 <= g->out_height;
}

int areascale_run(const AreascalePlan *plan, void *dst, ptrdiff_t dst_stride,
                  const void *src, ptrdiff_t src_stride, const AreascaleRect *rect,
                  void *scratch)
{
    const AreascaleGroup *g = plan->group;
    AreascalePart part = { dst, dst_stride, src, src_stride, .scratch = scratch };

    if (!rect_valid(plan, rect))
        return -EINVAL;
    part.y0 = rect->y0;
    part.y1 = rect->y1;
    part.s0 = rect->x0 / g->n_pixels * g->n_samples;
    part.s1 = (rect->x1 + g->n_pixels - 1) / g->n_pixels * g->n_samples;
    part.scratch = areascale_scratch_align(scratch);
    if (plan->path->whole_rows && part.s1 - part.s0 < plan->out_samples)
        plan->bands->run(plan, plan->bands_state, &part);
    else
        plan->path->run(plan, plan->state, &part);
    return 0;
}
