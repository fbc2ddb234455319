/* areascale: strips equal the definition, at the ratios that they are made for
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <stdlib.h>

#include "fixture.h"
#include "path.h"

/* Output rows in pieces, as threads take them. */
static void test_slices(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const AreascaleCpu cpu = areascale_plan_cpu(plan);

    case_reset(c);
    for (int y0 = 0, y1; y0 < c->g.out_height; y0 = y1) {
        AreascaleRect rect = { 0, y0, c->g.out_width, 0 };

        y1 = random_in(r, y0 + 1, c->g.out_height);
        rect.y1 = y1;
        check_that(areascale_run(plan, c->out.row0, c->out.stride, c->src.row0,
                                 c->src.stride, &rect, scratch) == 0,
                   &c->g, cpu, "run");
    }
    case_check(c, cpu, "slices of strips");
}

static void test_strips(Case *c, const AreascalePlan *any, void *any_scratch, Random *r)
{
    AreascalePlan *plan;
    void *scratch;
    const int ret = areascale_plan_create_path(&plan, &c->g, areascale_plan_cpu(any),
                                               &areascale_path_strip);

    (void) any_scratch;
    check_that(ret == 0 || ret == -ERANGE, &c->g, areascale_plan_cpu(any), "plan");
    if (ret < 0)
        return;
    scratch = scratch_of(plan);
    test_whole_plane(c, plan, scratch, r);
    test_slices(c, plan, scratch, r);
    free(scratch);
    areascale_plan_free(plan);
}

/* An axis that shrinks to between all and an eleventh. */
static void shrink(Random *r, int max, int *in, int *out)
{
    const int divisor = random_in(r, 0, 1) ? 64 : 64 * random_in(r, 1, 8);

    *in = random_in(r, 16, max);
    *out = *in * 64 / (divisor + random_in(r, 0, 3) * random_in(r, 0, 64));
    if (*out < 1)
        *out = 1;
}

static void test_random(int depth, int shift, int n, Random *r)
{
    for (int i = 0; i < n; i++) {
        AreascaleGeometry g = {
            .layout = (AreascaleLayout) random_in(r, 0, AREASCALE_N_LAYOUTS - 1),
            .depth = depth,
            .shift = shift,
        };
        Case c;

        shrink(r, 400, &g.in_width, &g.out_width);
        shrink(r, 120, &g.in_height, &g.out_height);
        case_init(&c, &g, (Pattern) random_in(r, 0, N_PATTERNS - 1), r);
        for_each_level(&c, r, test_strips);
        case_free(&c);
    }
}

int main(void)
{
    Random r = { 17 };

    test_random(8, 0, 1000, &r);
    for (int depth = 9; depth <= 16; depth++)
        for (int i = 0; i < 3; i++)
            test_random(depth, i * (16 - depth) / 2, 100, &r);
    return EXIT_SUCCESS;
}
