/* areascale: a rectangle of the output is written, and nothing else
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <stdlib.h>

#include "fixture.h"

/* Packed 4:2:2 is cut between pairs of pixels. */
static int column_step(const Case *c)
{
    return c->g.layout == AREASCALE_LAYOUT_YUYV || c->g.layout == AREASCALE_LAYOUT_UYVY
               ? 2
               : 1;
}

/* A part [*a, *b) of [0, n), which begins and ends at multiples of step or at n. */
static void random_part(Random *r, int n, int step, int *a, int *b)
{
    *a = random_in(r, 0, (n - 1) / step) * step;
    *b = *a + random_in(r, 1, (n - *a + step - 1) / step) * step;
    if (*b > n)
        *b = n;
}

static void run(const Case *c, const AreascalePlan *plan, void *scratch,
                const AreascaleRect *rect)
{
    check_that(areascale_run(plan, c->out.row0, c->out.stride, c->src.row0, c->src.stride,
                             rect, scratch) == 0,
               &c->g, areascale_plan_cpu(plan), "run");
}

/* A grid of tiles, each on its own, covers the plane. */
static void test_tiles(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const int width = random_in(r, 1, c->g.out_width) * column_step(c);
    const int height = random_in(r, 1, c->g.out_height);

    case_reset(c);
    for (int y = 0; y < c->g.out_height; y += height) {
        for (int x = 0; x < c->g.out_width; x += width) {
            const AreascaleRect tile = {
                x,
                y,
                x + width < c->g.out_width ? x + width : c->g.out_width,
                y + height < c->g.out_height ? y + height : c->g.out_height,
            };
            run(c, plan, scratch, &tile);
        }
    }
    case_check(c, areascale_plan_cpu(plan), "tiles");
}

static void refuse(Case *c, const AreascalePlan *plan, void *scratch, AreascaleRect rect)
{
    check_that(areascale_run(plan, c->out.row0, c->out.stride, c->src.row0, c->src.stride,
                             &rect, scratch) == -EINVAL,
               &c->g, areascale_plan_cpu(plan), "bad rectangle accepted");
}

static void test_refused(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const int w = c->g.out_width;
    const int h = c->g.out_height;
    const AreascaleRect nothing = { 0, 0, 0, 0 };

    (void) r;
    case_reset(c);
    refuse(c, plan, scratch, (AreascaleRect) { 0, 0, 0, h });
    refuse(c, plan, scratch, (AreascaleRect) { 0, 0, w, 0 });
    refuse(c, plan, scratch, (AreascaleRect) { w, 0, w, h });
    refuse(c, plan, scratch, (AreascaleRect) { 0, h, w, h });
    refuse(c, plan, scratch, (AreascaleRect) { 0, 0, w + 1, h });
    refuse(c, plan, scratch, (AreascaleRect) { 0, 0, w, h + 1 });
    refuse(c, plan, scratch, (AreascaleRect) { -2, 0, w, h });
    refuse(c, plan, scratch, (AreascaleRect) { 0, -1, w, h });
    refuse(c, plan, scratch, (AreascaleRect) { w, h, 0, 0 });
    if (column_step(c) == 2 && w > 2) {
        refuse(c, plan, scratch, (AreascaleRect) { 1, 0, w, h });
        refuse(c, plan, scratch, (AreascaleRect) { 0, 0, 1, h });
    }
    case_check_only(c, &nothing, areascale_plan_cpu(plan), "refused rectangle");
}

static void test_single(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    AreascaleRect rect;

    random_part(r, c->g.out_width, column_step(c), &rect.x0, &rect.x1);
    random_part(r, c->g.out_height, 1, &rect.y0, &rect.y1);
    case_reset(c);
    run(c, plan, scratch, &rect);
    case_check_only(c, &rect, areascale_plan_cpu(plan), "single rectangle");
}

int main(void)
{
    for_random_cases(6, 150, 5, test_tiles);
    for_random_cases(6, 150, 6, test_single);
    for_random_cases(1, 1200, 12, test_tiles);
    for_random_cases(1, 1200, 13, test_single);
    for_random_cases(1, 20, 7, test_refused);
    return EXIT_SUCCESS;
}
