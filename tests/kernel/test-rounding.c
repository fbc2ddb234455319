/* areascale: a mean of k + 1/2 becomes k + 1, anything less stays k
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Integer ratios, so that every window is a block of its own. Each block holds
 * the value k, except for n samples of k + 1: n at the tie and one below it, for
 * the smallest, a middle and the largest k. An inexact divisor or a sum that
 * overflows shows here first.
 */

#include <stdlib.h>
#include <string.h>

#include "fixture.h"

enum { OUT_WIDTH = 3, OUT_HEIGHT = 2, N_BLOCKS = OUT_WIDTH * OUT_HEIGHT };

typedef struct Blocks {
    int ratio_x, ratio_y;
    unsigned value[N_BLOCKS]; /* k of each block */
    bool tie[N_BLOCKS];       /* whether the mean is to be rounded up */
} Blocks;

static void choose_values(Blocks *b, int depth, Random *r)
{
    const unsigned max = (1u << depth) - 1;
    const unsigned choice[] = { 0, max / 2, max - 1 };

    for (int i = 0; i < N_BLOCKS; i++) {
        b->value[i] = choice[random_in(r, 0, 2)];
        b->tie[i] = random_in(r, 0, 1);
    }
}

/* The sample at (x, y) of the input. */
static unsigned sample_at(const Blocks *b, int x, int y)
{
    const int block = y / b->ratio_y * OUT_WIDTH + x / b->ratio_x;
    const int64_t area = (int64_t) b->ratio_x * b->ratio_y;
    const int64_t position = (int64_t) (y % b->ratio_y) * b->ratio_x + x % b->ratio_x;
    const int64_t raised = b->tie[block] ? (area + 1) / 2 : (area - 1) / 2;

    return b->value[block] + (position < raised);
}

static void put(void *plane, size_t index, int depth, unsigned value)
{
    if (depth <= 8)
        ((uint8_t *) plane)[index] = (uint8_t) value;
    else
        ((uint16_t *) plane)[index] = (uint16_t) value;
}

static void check_blocks(const Blocks *b, const AreascaleGeometry *g, const void *src,
                         AreascaleCpu cpu)
{
    const AreascaleRect all = { 0, 0, OUT_WIDTH, OUT_HEIGHT };
    const ptrdiff_t unit = g->depth <= 8 ? 1 : 2;
    uint16_t out[N_BLOCKS];
    uint16_t expected[N_BLOCKS];
    AreascalePlan *plan = plan_of(g, cpu);

    if (!plan)
        return;
    memset(out, 0, sizeof(out));
    memset(expected, 0, sizeof(expected));
    for (int i = 0; i < N_BLOCKS; i++)
        put(expected, (size_t) i, g->depth, b->value[i] + b->tie[i]);

    void *scratch = scratch_of(plan);
    check_that(areascale_run(plan, out, OUT_WIDTH * unit, src, g->in_width * unit, &all,
                             scratch) == 0,
               g, cpu, "run");
    check_that(memcmp(out, expected, sizeof(out)) == 0, g, cpu, "rounding");
    free(scratch);
    areascale_plan_free(plan);
}

static void test_ratio(int ratio_x, int ratio_y, int depth, Random *r)
{
    const AreascaleGeometry g = {
        .in_width = OUT_WIDTH * ratio_x,
        .in_height = OUT_HEIGHT * ratio_y,
        .out_width = OUT_WIDTH,
        .out_height = OUT_HEIGHT,
        .layout = AREASCALE_LAYOUT_1,
        .depth = depth,
    };
    Blocks b = { .ratio_x = ratio_x, .ratio_y = ratio_y };
    uint16_t *src = malloc(sizeof(*src) * (size_t) g.in_width * (size_t) g.in_height);

    check_that(src != NULL, &g, AREASCALE_CPU_C, "no memory");
    choose_values(&b, depth, r);
    for (int y = 0; y < g.in_height; y++)
        for (int x = 0; x < g.in_width; x++)
            put(src, (size_t) y * (size_t) g.in_width + (size_t) x, depth,
                sample_at(&b, x, y));
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        check_blocks(&b, &g, src, (AreascaleCpu) cpu);
    free(src);
}

int main(void)
{
    static const int depths[] = { 1, 8, 10, 12, 16 };
    static const int large[] = { 1, 16, 64, 65, 128, 255, 256, 257, 400, 911 };
    enum { N_LARGE = sizeof(large) / sizeof(large[0]) };
    Random r = { 11 };

    for (int d = 0; d < 5; d++) {
        for (int y = 1; y <= 40; y++)
            for (int x = 1; x <= 40; x++)
                test_ratio(x, y, depths[d], &r);
        for (int y = 0; y < N_LARGE; y++)
            for (int x = 0; x < N_LARGE; x++)
                test_ratio(large[x], large[y], depths[d], &r);
    }
    return EXIT_SUCCESS;
}
