/* areascale: the path of planes whose width stays: the means of a few rows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>

#include "path.h"
#include "plan.h"

/* Rows that are read side by side, at most. */
enum { MAX_ROWS = 16 };

static double cost_of(const AreascalePlan *plan)
{
    const double row = (double) plan->in_samples * (double) areascale_sample_size(plan->in_sample);

    return 0.006 * row * (double) areascale_axis_total_taps(&plan->rows) +
           0.012 * row * plan->geometry.out_height + 0.0045 * areascale_plan_in_bytes(plan);
}

static int vmean_init(const AreascalePlan *plan, void **state, double *cost)
{
    const AreascaleGeometry *g = &plan->geometry;
    const int bytes = plan->in_samples * (int) areascale_sample_size(plan->in_sample);

    /* the last group of an odd width in 4:2:2 has other taps than its own */
    if (!plan->dsp.vmean[plan->in_sample] || plan->columns.taps != AREASCALE_TAPS_SAME ||
        g->in_width != g->out_width || g->x.unit || g->out_width % plan->group->n_pixels ||
        g->depth < 8 || !areascale_plan_keeps_samples(plan) ||
        plan->divisors.arith != AREASCALE_ARITH_NARROW || bytes < AREASCALE_VMEAN_BYTES ||
        areascale_axis_max_taps(&plan->rows) > MAX_ROWS)
        return -ERANGE;
    *state = NULL;
    *cost = cost_of(plan);
    return 0;
}

static void vmean_run(const AreascalePlan *plan, const void *state,
                      const AreascalePart *part)
{
    AreascaleVmean r = {
        .bytes = plan->in_samples * (ptrdiff_t) areascale_sample_size(plan->in_sample),
        .shift = plan->geometry.shift,
        .mask = plan->mask,
        .div_shift = plan->divisors.shift - 16,
    };

    (void) state;
    for (int y = part->y0; y < part->y1; y++) {
        const AreascaleWindow w = plan->rows.windows[y];
        const int cls = plan->rows.cls[y];

        r.rows = areascale_axis_count(&plan->rows, y);
        /* a row that counts twice is read twice */
        r.stride = r.rows > w.end - w.start ? 0 : part->src_stride;
        r.src = part->src + w.start * part->src_stride;
        r.dst = part->dst + y * part->dst_stride;
        r.ahead = areascale_plan_bytes_ahead(plan, y, part->src_stride);
        r.round = (unsigned) plan->divisors.area[cls][0] / 2;
        r.reciprocal = plan->divisors.reciprocal[cls][0];
        plan->dsp.vmean[plan->in_sample](&r);
    }
}

const AreascalePath areascale_path_vmean = {
    .name = "vmean",
    .means = AREASCALE_MEAN_PLAIN,
    .whole_rows = true,
    .init = vmean_init,
    .run = vmean_run,
};
