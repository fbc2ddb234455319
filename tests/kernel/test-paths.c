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

int main(void)
{
    for_random_cases(6, 150, 15, test_paths);
    for_random_cases(1, 1200, 16, test_paths);
    return EXIT_SUCCESS;
}
