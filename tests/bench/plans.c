/* areascale: how long it takes to make a plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: plans [SECONDS [LAYOUT [SECTION]]]
 */

#include "kernels/cpu.h"
#include "plane.h"

#include <stdio.h>
#include <stdlib.h>

#define SECONDS 0.05

static const int depths[] = { 8, 10, 12, 16 };

static const struct {
    int in_width, in_height, out_width, out_height;
} sizes[] = {
    { 3840, 2160, 1280, 720 },
    { 1920, 1080, 640, 640 },
};

#define N_DEPTHS (int) (sizeof(depths) / sizeof(*depths))
#define N_SIZES (int) (sizeof(sizes) / sizeof(*sizes))

/* A plan that is made again and again. */
typedef struct Making {
    const AreascaleGeometry *g;
    AreascaleCpu cpu;
} Making;

static void make_turn(void *data, int frame)
{
    const Making *making = data;
    AreascalePlan *plan;

    (void) frame;
    if (areascale_plan_create(&plan, making->g, making->cpu))
        bench_fail("cannot plan");
    areascale_plan_free(plan);
}

static void measure(const BenchCase *c, const AreascaleGeometry *g)
{
    Making makings[AREASCALE_N_CPUS];
    BenchContestant contestants[AREASCALE_N_CPUS];
    int n = 0;

    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (areascale_cpu_supports(cpu)) {
            makings[n] = (Making){ g, cpu };
            contestants[n] =
                bench_contestant(areascale_cpu_name(cpu), make_turn, &makings[n]);
            n++;
        }
    bench_measure(c, contestants, n);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv, SECONDS);
    for (int layout = 0; layout < BENCH_N_LAYOUTS; layout++)
        for (int i = 0; i < N_DEPTHS * N_SIZES; i++) {
            const AreascaleGeometry g = {
                .in_width = sizes[i % N_SIZES].in_width,
                .in_height = sizes[i % N_SIZES].in_height,
                .out_width = sizes[i % N_SIZES].out_width,
                .out_height = sizes[i % N_SIZES].out_height,
                .layout = layout,
                .depth = depths[i / N_SIZES],
            };
            char format[40];
            const BenchCase c = { "plan",      format,      g.in_width,
                                  g.in_height, g.out_width, g.out_height };

            snprintf(format, sizeof(format), "%s %d", bench_layout_names[layout], g.depth);
            if (bench_wants("plan", bench_layout_names[layout]))
                measure(&c, &g);
        }
    return EXIT_SUCCESS;
}
