/* areascale: means that alpha weighs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "naive.h"

/* The alpha of a run of pixels: none, the least, all of it, or any. */
static unsigned random_alpha(const AreascaleGeometry *g, Random *r)
{
    const unsigned max = UINT32_MAX >> (32 - g->depth);

    switch (random_in(r, 0, 3)) {
    case 0: return 0;
    case 1: return 1u << g->shift;
    case 2: return max << g->shift;
    default: return ((unsigned) random_next(r) & max) << g->shift;
    }
}

/* Runs of pixels that are as long as a window or two. */
static void fill_runs(Case *c, Random *r)
{
    const int most = 2 + 2 * c->g.in_width / c->g.out_width;

    for (int y = 0; y < c->g.in_height; y++) {
        if (y > 0 && random_in(r, 0, 2)) { /* what lies below is often alike */
            memcpy(rows_at(&c->src, y), rows_at(&c->src, y - 1), c->src.row_bytes);
            continue;
        }
        for (int x = 0; x < c->g.in_width;) {
            const unsigned alpha = random_alpha(&c->g, r);
            const int end = x + random_in(r, 1, most);

            for (; x < end && x < c->g.in_width; x++)
                naive_put(&c->g, rows_at(&c->src, y),
                          4 * (size_t) x + (size_t) c->g.alpha - 1, alpha);
        }
    }
}

static void expect_anew(Case *c)
{
    naive_scale(&c->g, c->expected.row0, c->expected.stride, c->src.row0, c->src.stride);
}

static void test_bands(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    const AreascaleCpu cpu = areascale_plan_cpu(plan);

    (void) r;
    case_reset(c);
    for (int y = 0; y < c->g.out_height; y++) {
        int first, end;

        areascale_plan_input_rows(plan, y, y + 1, &first, &end);
        check_that(areascale_band_begin(plan, y, y + 1, scratch) == 0, &c->g, cpu, "begin");
        areascale_band_feed(plan, rows_at(&c->src, first), c->src.stride, first,
                            end - first, scratch);
        areascale_band_finish(plan, rows_at(&c->out, y), c->out.stride, scratch);
    }
    case_check(c, cpu, "bands");
}

static void test_plane(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    test_whole_plane(c, plan, scratch, r);
    test_bands(c, plan, scratch, r);
}

static int other_size(int size, Random *r)
{
    switch (random_in(r, 0, 3)) {
    case 0: return size;
    case 1: return 1 + size / random_in(r, 2, 9);
    default: return random_size(r, 90);
    }
}

static AreascaleGeometry random_geometry(int depth, Random *r)
{
    AreascaleGeometry g = {
        .in_width = random_size(r, 90),
        .in_height = random_size(r, 30),
        .layout = AREASCALE_LAYOUT_4,
        .depth = depth,
        .shift = random_in(r, 0, 1) ? random_in(r, 0, 8 * (int) naive_sample_size(depth) - depth) : 0,
    };

    g.out_width = other_size(g.in_width, r);
    g.out_height = other_size(g.in_height, r);
    random_means(&g, r);
    if (depth <= 16 && random_in(r, 0, 3) == 0)
        random_out_depth(&g, r);
    g.alpha = random_in(r, 1, 4);
    return g;
}

static void test_random_cases(Random *r)
{
    for (int depth = 1; depth <= 32; depth++)
        for (int i = 0; i < 60; i++) {
            const AreascaleGeometry g = random_geometry(depth, r);
            Case c;

            case_init(&c, &g, i % 2 ? random_pattern(r) : PATTERN_NOISE, r);
            fill_runs(&c, r);
            expect_anew(&c);
            for_each_level(&c, r, test_plane);
            case_free(&c);
        }
}

/* Windows whose weights are the largest that there are, and so the sums. */
static void test_largest_weights(Random *r)
{
    static const int depths[] = { 8, 10, 16, 32 };
    static const AreascaleSpans spans[] = {
        { AREASCALE_MAX_SPAN, 1, AREASCALE_MAX_SPAN / 4 - 1 },
        { AREASCALE_MAX_SPAN - 1, -77, AREASCALE_MAX_SPAN / 3 },
        { AREASCALE_MAX_SPAN - 2, 5, AREASCALE_MAX_SPAN / 600 },
        { 5000, 3, 1999 },
        { 70, -3, 17 },
    };
    static const Pattern patterns[] = { PATTERN_NOISE, PATTERN_ONES, PATTERN_MAX };

    for (int i = 0; i < 4 * 5 * 5 * 3; i++) {
        AreascaleGeometry g = {
            .in_width = i / 4 % 5 == 2 ? 613 : 11,
            .in_height = i / 20 % 5 == 2 ? 607 : 7,
            .out_width = 3,
            .out_height = 2,
            .layout = AREASCALE_LAYOUT_4,
            .depth = depths[i % 4],
            .method = AREASCALE_METHOD_COVERAGE,
            .x = spans[i / 4 % 5],
            .y = spans[i / 20 % 5],
            .alpha = 1 + i % 3,
        };
        Case c;

        if (i % 8 == 5) /* of 10 bits */
            g.out_depth = 16;
        if (i % 8 == 6) /* of 16 */
            g.out_depth = 8;
        case_init(&c, &g, patterns[i / 100], r);
        for_each_level(&c, r, test_plane);
        case_free(&c);
    }
}

/* The same alpha everywhere, of any value, weighs nothing. */
static void test_flat_alpha(Random *r)
{
    for (int i = 0; i < 300; i++) {
        const AreascaleGeometry g = random_geometry(random_in(r, 1, 32), r);
        AreascaleGeometry plain = g;
        const unsigned alpha = random_alpha(&g, r);
        Case c;

        case_init(&c, &g, random_pattern(r), r);
        for (int y = 0; y < g.in_height; y++)
            for (int x = 0; x < g.in_width; x++)
                naive_put(&g, rows_at(&c.src, y), 4 * (size_t) x + (size_t) g.alpha - 1,
                          alpha);
        plain.alpha = 0;
        naive_scale(&plain, c.expected.row0, c.expected.stride, c.src.row0, c.src.stride);
        for_each_level(&c, r, test_plane);
        case_free(&c);
    }
}

int main(void)
{
    Random r = { 21 };

    test_random_cases(&r);
    test_largest_weights(&r);
    test_flat_alpha(&r);
    return EXIT_SUCCESS;
}
