/* areascale: bands fed in odd pieces equal the definition
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <errno.h>
#include <stdlib.h>

#include "fixture.h"
#include "naive.h"

/* Feeds the input in pieces of random height. Rows before and after the band's
 * own range are fed too, and must not matter. */
static void feed(const Case *c, const AreascalePlan *plan, int first, int end,
                 void *scratch, Random *r)
{
    int row = random_in(r, 0, first);
    const int stop = random_in(r, end, c->g.in_height);

    while (row < stop) {
        const int n = random_in(r, 1, stop - row);

        areascale_band_feed(plan, c->src.row0 + row * c->src.stride, c->src.stride, row, n,
                            scratch);
        row += n;
    }
}

static void test_bands(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const AreascaleCpu cpu = areascale_plan_cpu(plan);
    const int max_rows = areascale_plan_band_rows(plan);

    check_that(max_rows >= AREASCALE_MIN_BAND_ROWS, &c->g, cpu, "band rows");
    case_reset(c);
    for (int y0 = 0, y1; y0 < c->g.out_height; y0 = y1) {
        int first, end;

        y1 = y0 + random_in(r, 1, max_rows);
        if (y1 > c->g.out_height)
            y1 = c->g.out_height;
        areascale_plan_input_rows(plan, y0, y1, &first, &end);
        check_that(areascale_band_begin(plan, y0, y1, scratch) == 0, &c->g, cpu, "begin");
        feed(c, plan, first, end, scratch, r);
        areascale_band_finish(plan, c->out.row0 + y0 * c->out.stride, c->out.stride,
                              scratch);
    }
    case_check(c, cpu, "bands");
}

/* The range of input rows is as narrow as the definition allows. */
static void test_input_rows(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const int y0 = random_in(r, 0, c->g.out_height - 1);
    const int y1 = random_in(r, y0 + 1, c->g.out_height);
    int first, end, expected_first, expected_end, unused;

    (void) scratch;
    naive_rows(&c->g, y0, &expected_first, &unused);
    naive_rows(&c->g, y1 - 1, &unused, &expected_end);
    areascale_plan_input_rows(plan, y0, y1, &first, &end);
    check_that(first == expected_first && end == expected_end, &c->g,
               areascale_plan_cpu(plan), "input rows");
}

static void refuse(const Case *c, const AreascalePlan *plan, void *scratch, int y0, int y1)
{
    check_that(areascale_band_begin(plan, y0, y1, scratch) == -EINVAL, &c->g,
               areascale_plan_cpu(plan), "bad band accepted");
}

static void test_refused(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const int h = c->g.out_height;
    const int max_rows = areascale_plan_band_rows(plan);

    (void) r;
    refuse(c, plan, scratch, 0, 0);
    refuse(c, plan, scratch, 1, 0);
    refuse(c, plan, scratch, -1, 0);
    refuse(c, plan, scratch, h, h + 1);
    refuse(c, plan, scratch, h - 1, h + 1);
    if (max_rows < h)
        refuse(c, plan, scratch, 0, max_rows + 1);
}

int main(void)
{
    for_random_cases(8, 150, 8, test_bands);
    for_random_cases(1, 1200, 14, test_bands);
    for_random_cases(2, 300, 9, test_input_rows);
    for_random_cases(1, 60, 10, test_refused);
    return EXIT_SUCCESS;
}
