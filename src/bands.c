/* areascale: output rows from input that comes a few rows at a time
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>

#include "path.h"
#include "plan.h"

int areascale_plan_band_rows(const AreascalePlan *plan)
{
    return plan->dsp.band_rows;
}

void areascale_plan_input_rows(const AreascalePlan *plan, int y0, int y1, int *first,
                               int *end)
{
    *first = plan->rows.windows[y0].start;
    *end = plan->rows.windows[y1 - 1].end;
}

int areascale_band_begin(const AreascalePlan *plan, int y0, int y1, void *scratch)
{
    if (y0 < 0 || y0 >= y1 || y1 > plan->geometry.out_height ||
        y1 - y0 > plan->dsp.band_rows)
        return -EINVAL;
    plan->bands->bands->begin(plan, plan->bands_state, y0, y1,
                              areascale_scratch_align(scratch));
    return 0;
}

void areascale_band_feed(const AreascalePlan *plan, const void *src, ptrdiff_t src_stride,
                         int row0, int n_rows, void *scratch)
{
    plan->bands->bands->feed(plan, plan->bands_state, src, src_stride, row0, n_rows,
                             areascale_scratch_align(scratch));
}

void areascale_band_finish(const AreascalePlan *plan, void *dst, ptrdiff_t dst_stride,
                           void *scratch)
{
    plan->bands->bands->finish(plan, plan->bands_state, dst, dst_stride,
                               areascale_scratch_align(scratch));
}
