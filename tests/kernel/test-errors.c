/* areascale: what the library refuses, and what it says about processors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* setenv() */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/cpu.h"
#include "fixture.h"

static const AreascaleGeometry good = { .in_width = 6,
                                        .in_height = 5,
                                        .out_width = 4,
                                        .out_height = 3,
                                        .layout = AREASCALE_LAYOUT_1,
                                        .depth = 8 };

static void refuse(AreascaleGeometry g, AreascaleCpu cpu)
{
    AreascalePlan *plan = (AreascalePlan *) &g;

    check_that(areascale_plan_create(&plan, &g, cpu) == -EINVAL, &g, AREASCALE_CPU_C,
               "bad geometry accepted");
    check_that(plan == NULL, &g, AREASCALE_CPU_C, "plan left set");
}

static void accept(AreascaleGeometry g)
{
    AreascalePlan *plan;

    check_that(areascale_plan_create(&plan, &g, AREASCALE_CPU_C) == 0, &g, AREASCALE_CPU_C,
               "good geometry refused");
    check_that(memcmp(areascale_plan_geometry(plan), &g, sizeof(g)) == 0, &g,
               AREASCALE_CPU_C, "another geometry");
    check_that(areascale_plan_path(plan)[0] != '\0', &g, AREASCALE_CPU_C, "no path");
    areascale_plan_free(plan);
}

static void test_sizes(void)
{
    static const int bad[] = { 0, -1, INT_MIN, AREASCALE_MAX_SIZE + 1, INT_MAX };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        for (int field = 0; field < 4; field++) {
            AreascaleGeometry g = good;
            int *const sizes[] = { &g.in_width, &g.in_height, &g.out_width, &g.out_height };
            *sizes[field] = bad[i];
            refuse(g, AREASCALE_CPU_C);
        }
    }
    accept((AreascaleGeometry){ .in_width = AREASCALE_MAX_SIZE,
                                .in_height = AREASCALE_MAX_SIZE,
                                .out_width = AREASCALE_MAX_SIZE,
                                .out_height = AREASCALE_MAX_SIZE,
                                .layout = AREASCALE_LAYOUT_4,
                                .depth = 16 });
}

/* One field of spans at a time is out of its range. */
static void test_means(void)
{
    static const AreascaleSpans bad[] = {
        { 0, 0, 1 },
        { 1, 0, 0 },
        { 0, 1, 0 },
        { -1, 0, 1 },
        { 1, 0, -1 },
        { AREASCALE_MAX_SPAN + 1, 0, 1 },
        { 1, 0, AREASCALE_MAX_SPAN + 1 },
        { 1, AREASCALE_MAX_SPAN + 1, 1 },
        { 1, -AREASCALE_MAX_SPAN - 1, 1 },
        { 1, INT_MIN, 1 },
    };
    AreascaleGeometry g = good;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        g = good;
        g.x = bad[i];
        refuse(g, AREASCALE_CPU_C);
        g = good;
        g.y = bad[i];
        refuse(g, AREASCALE_CPU_C);
    }
    g = good;
    g.x = g.y = (AreascaleSpans){ 5, -AREASCALE_MAX_SPAN, AREASCALE_MAX_SPAN };
    accept(g);
    g = good;
    g.method = AREASCALE_METHOD_COVERAGE;
    accept(g);
    g.method = (AreascaleMethod) AREASCALE_N_METHODS;
    refuse(g, AREASCALE_CPU_C);
    g.method = (AreascaleMethod) -1;
    refuse(g, AREASCALE_CPU_C);
}

static void test_alpha(void)
{
    for (int layout = 0; layout < AREASCALE_N_LAYOUTS; layout++)
        for (int alpha = -1; alpha <= 5; alpha++) {
            AreascaleGeometry g = good;

            g.layout = (AreascaleLayout) layout;
            g.alpha = alpha;
            if (alpha == 0 || (layout == AREASCALE_LAYOUT_4 && alpha > 0 && alpha <= 4))
                accept(g);
            else
                refuse(g, AREASCALE_CPU_C);
        }
}

static void test_formats(void)
{
    for (int depth = -1; depth <= 34; depth++) {
        const int most = (depth <= 8 ? 8 : depth <= 16 ? 16 : 32) - depth;

        for (int shift = -1; shift <= 33; shift++) {
            AreascaleGeometry g = good;
            g.depth = depth;
            g.shift = shift;
            if (depth >= 1 && depth <= 32 && shift >= 0 && shift <= most)
                accept(g);
            else
                refuse(g, AREASCALE_CPU_C);
        }
    }

    for (int depth = -1; depth <= 33; depth++) {
        const int most = depth == 0 ? 0 : (depth <= 8 ? 8 : 16) - depth;

        for (int shift = -1; shift <= 17; shift++) {
            AreascaleGeometry g = good;
            g.out_depth = depth;
            g.out_shift = shift;
            if (depth >= 0 && depth <= 16 && shift >= 0 && shift <= most)
                accept(g);
            else
                refuse(g, AREASCALE_CPU_C);
            g.depth = 17;
            if (depth > 0)
                refuse(g, AREASCALE_CPU_C);
        }
    }

    AreascaleGeometry g = good;
    g.layout = (AreascaleLayout) AREASCALE_N_LAYOUTS;
    refuse(g, AREASCALE_CPU_C);
    g.layout = (AreascaleLayout) -1;
    refuse(g, AREASCALE_CPU_C);
    refuse(good, (AreascaleCpu) AREASCALE_N_CPUS);
    refuse(good, (AreascaleCpu) -1);
}

static void expect_cpu(const char *word, AreascaleCpu expected, bool understood)
{
    const char *unknown = "";

    setenv("AREASCALE_CPU", word, 1);
    const AreascaleCpu cpu = areascale_cpu_detect(&unknown);
    check_that(cpu == expected, &good, cpu, "another level than named");
    check_that(understood ? unknown == NULL : unknown && strcmp(unknown, word) == 0, &good,
               cpu, "unknown word");
}

static void test_cpu(void)
{
    unsetenv("AREASCALE_CPU");
    const char *unknown = "";
    const AreascaleCpu best = areascale_cpu_detect(&unknown);
    check_that(unknown == NULL, &good, best, "unknown word");

    expect_cpu("fastest", best, false);
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
        const char *name = areascale_cpu_name((AreascaleCpu) cpu);
        expect_cpu(name, areascale_cpu_supports(cpu) ? (AreascaleCpu) cpu : best, true);
    }

    /* A plan never gets more than it asks for. */
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
        AreascalePlan *plan;
        check_that(areascale_plan_create(&plan, &good, (AreascaleCpu) cpu) == 0, &good,
                   (AreascaleCpu) cpu, "level refused");
        check_that((int) areascale_plan_cpu(plan) <= cpu, &good, (AreascaleCpu) cpu,
                   "level exceeded");
        areascale_plan_free(plan);
    }
}

int main(void)
{
    test_sizes();
    test_means();
    test_alpha();
    test_formats();
    test_cpu();
    areascale_plan_free(NULL);
    return EXIT_SUCCESS;
}
