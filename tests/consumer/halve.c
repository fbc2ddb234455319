/* A program that uses the library: a grey picture at half its size
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <areascale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    static const uint8_t in[2][4] = { { 0, 1, 10, 20 }, { 2, 4, 30, 40 } };
    const AreascaleGeometry geometry = { .in_width = 4,
                                         .in_height = 2,
                                         .out_width = 2,
                                         .out_height = 1,
                                         .layout = AREASCALE_LAYOUT_1,
                                         .depth = 8 };
    const AreascaleRect all = { 0, 0, 2, 1 };
    AreascalePlan *plan;
    uint8_t out[2];
    void *scratch;
    int ret;

    if (areascale_plan_create(&plan, &geometry, areascale_cpu_detect(NULL)) < 0)
        return 1;
    scratch = malloc(areascale_plan_scratch_size(plan));
    ret = scratch ? areascale_run(plan, out, 2, in, 4, &all, scratch) : -1;
    free(scratch);
    areascale_plan_free(plan);
    printf("%d %d\n", out[0], out[1]);
    return ret == 0 && out[0] == 2 && out[1] == 25 ? 0 : 1;
}
