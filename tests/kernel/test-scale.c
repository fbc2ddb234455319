/* areascale: whole planes equal the definition, at every instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdlib.h>

#include "fixture.h"

/* The longest axes, shapes of one line, and areas about the bounds of sums and
 * divisors of 8, 16 and 32 bits. */
static void test_edges(void)
{
    static const struct {
        int in_width, in_height, out_width, out_height;
    } sizes[] = {
        { 1, 1, 1, 1 },         { 32767, 1, 1, 1 },     { 1, 32767, 1, 1 },
        { 1, 1, 32767, 1 },     { 1, 1, 1, 32767 },     { 32767, 2, 32767, 1 },
        { 32767, 2, 32766, 3 }, { 32766, 3, 32767, 2 }, { 16384, 2, 16383, 2 },
        { 3, 32767, 2, 32766 }, { 2, 32766, 3, 32767 }, { 32767, 5, 3, 7 },
        { 5, 32767, 7, 3 },     { 2, 3, 32767, 2 },     { 3, 2, 2, 32767 },
        { 3, 3, 1, 1 },         { 90, 90, 1, 1 },       { 257, 257, 1, 1 },
        { 256, 257, 1, 1 },     { 9, 256, 2, 1 },       { 9, 257, 2, 1 },
        { 9, 258, 2, 1 },       { 7, 514, 3, 1 },       { 771, 257, 3, 1 },
        { 1000, 515, 3, 2 },    { 640, 480, 320, 240 }, { 320, 240, 640, 480 },
        { 641, 481, 111, 30 },  { 30, 111, 641, 481 },  { 15, 17, 10, 11 },
        { 4999, 40, 1667, 17 }, { 8191, 20, 4096, 20 }, { 4000, 9, 7000, 5 },
        { 6000, 66, 3000, 33 }, { 3999, 20, 1333, 20 }, { 2000, 34, 2000, 17 },
    };
    static const int depths[] = { 8, 10, 16 };
    Random r = { 2 };

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        for (int layout = 0; layout < AREASCALE_N_LAYOUTS; layout++)
            for (size_t d = 0; d < sizeof(depths) / sizeof(depths[0]); d++)
                for (int variant = 0; variant < 4; variant++) {
                    const AreascaleGeometry g = {
                        .in_width = sizes[i].in_width,
                        .in_height = sizes[i].in_height,
                        .out_width = sizes[i].out_width,
                        .out_height = sizes[i].out_height,
                        .layout = (AreascaleLayout) layout,
                        .depth = depths[d],
                        .method = (AreascaleMethod) (variant / 2),
                    };
                    Case c;
                    case_init(&c, &g, variant % 2 ? PATTERN_ONES : PATTERN_NOISE, &r);
                    for_each_level(&c, &r, test_whole_plane);
                    case_free(&c);
                }
}

/* Sums beyond 64 bits: 32-bit samples whose weights add up to almost 2^38. */
static void test_large_weights(void)
{
    static const AreascaleSpans spans = { 524271, 0, 349513 };
    Random r = { 5 };

    for (int pattern = 0; pattern < N_PATTERNS; pattern++) {
        const AreascaleGeometry g = { .in_width = 9,
                                      .in_height = 6,
                                      .out_width = 6,
                                      .out_height = 4,
                                      .depth = 32,
                                      .method = AREASCALE_METHOD_COVERAGE,
                                      .x = spans,
                                      .y = spans };
        Case c;
        case_init(&c, &g, (Pattern) pattern, &r);
        for_each_level(&c, &r, test_whole_plane);
        case_free(&c);
    }
}

/* Sums beyond 32 bits: 8-bit windows of more than 16 843 009 samples, and 16-bit
 * and 32-bit ones of as many. */
static void test_large_areas(void)
{
    Random r = { 3 };

    for (int depth = 8; depth <= 32; depth *= 2) {
        const AreascaleGeometry g = { .in_width = 4105,
                                      .in_height = 4105,
                                      .out_width = 1,
                                      .out_height = 1,
                                      .depth = depth };
        Case c;
        case_init(&c, &g, PATTERN_ONES, &r);
        for_each_level(&c, &r, test_whole_plane);
        case_free(&c);
    }
}

/* The largest window there is. A stride of 0 makes one row serve as all: the
 * mean is that of the row. */
static void test_largest_area(int depth, AreascaleCpu cpu)
{
    const AreascaleGeometry row = {
        .in_width = 32767, .in_height = 1, .out_width = 1, .out_height = 1, .depth = depth
    };
    const AreascaleRect all = { 0, 0, 1, 1 };
    AreascaleGeometry g = row;
    Random r = { 4 };
    Case c;

    case_init(&c, &row, PATTERN_NOISE, &r);
    g.in_height = 32767;
    AreascalePlan *plan = plan_of(&g, cpu);
    void *scratch = scratch_of(plan);
    check_that(
        areascale_run(plan, c.out.row0, c.out.stride, c.src.row0, 0, &all, scratch) == 0,
        &g, cpu, "run");
    case_check(&c, cpu, "largest area");
    free(scratch);
    areascale_plan_free(plan);
    case_free(&c);
}

int main(void)
{
    for_random_cases(24, 200, 1, test_whole_plane);
    test_edges();
    test_large_weights();
    test_large_areas();
    test_largest_area(8, AREASCALE_CPU_C);
    test_largest_area(16, AREASCALE_CPU_C);
    test_largest_area(32, AREASCALE_CPU_C);
    return EXIT_SUCCESS;
}
