/* areascale: every path equals the definition on every plane that it fits
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "path.h"

/* A part of the columns, of which the path may leave some to the band path. */
static void test_part(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const bool pairs = c->g.layout >= AREASCALE_LAYOUT_YUYV;
    AreascaleRect rect = { 0, 0, c->g.out_width, c->g.out_height };

    rect.x0 = random_in(r, 0, rect.x1 - 1);
    rect.y0 = random_in(r, 0, rect.y1 - 1);
    if (pairs)
        rect.x0 -= rect.x0 % 2;
    case_reset(c);
    check_that(areascale_run(plan, c->out.row0, c->out.stride, c->src.row0, c->src.stride,
                             &rect, scratch) == 0,
               &c->g, areascale_plan_cpu(plan), "run");
    case_check_only(c, &rect, areascale_plan_cpu(plan), areascale_plan_path(plan));
}

/* The plan that is given has the level; the plans tested have each path in turn. */
static void test_paths(Case *c, const AreascalePlan *any, void *any_scratch, Random *r)
{
    const AreascaleCpu cpu = areascale_plan_cpu(any);
    int n_fit = 0;

    (void) any_scratch;
    for (int i = 0; areascale_paths[i]; i++) {
        const char *name = areascale_paths[i]->name;
        AreascalePlan *plan;
        const int ret = areascale_plan_create_path(&plan, &c->g, cpu, areascale_paths[i]);

        check_that(areascale_paths[i]->means != 0, &c->g, cpu, "a path makes no means");
        check_that(ret == 0 || ret == -ERANGE, &c->g, cpu, name);
        check_that((ret == 0) == (plan != NULL), &c->g, cpu, name);
        if (ret < 0)
            continue;
        n_fit++;
        check_that(strncmp(areascale_plan_path(plan), name, strlen(name)) == 0, &c->g, cpu,
                   "another path than was forced");
        void *scratch = scratch_of(plan);
        test_whole_plane(c, plan, scratch, r);
        test_part(c, plan, scratch, r);
        free(scratch);
        areascale_plan_free(plan);
    }
    check_that(n_fit >= 1, &c->g, cpu, "no path fits");
}

/* Windows of so many rows that their sums pass what lanes of 16 bits hold, the columns being
 * halved or reduced to thirds. */
static void test_tall(Random *r)
{
    for (int i = 0; i < 24; i++) {
        const int ratio = i % 2 + 2, out_width = random_in(r, 64, 200);
        const AreascaleGeometry g = {
            .in_width = out_width * ratio,
            .in_height = random_in(r, 60, 1200),
            .out_width = out_width,
            .out_height = random_in(r, 1, 4),
            .layout = (AreascaleLayout) random_in(r, 0, AREASCALE_LAYOUT_4),
            .depth = i / 2 % 3 ? 8 : 10,
            .out_depth = i / 6 % 2 ? 16 : 0,
        };
        Case c;

        case_init(&c, &g, PATTERN_MAX, r);
        for_each_level(&c, r, test_paths);
        case_free(&c);
    }
}

int main(void)
{
    Random r = { 17 };

    for_random_cases(6, 150, 15, test_paths);
    for_random_cases(1, 1200, 16, test_paths);
    test_tall(&r);
    return EXIT_SUCCESS;
}
