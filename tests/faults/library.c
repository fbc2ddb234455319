/* areascale: every allocation of the library fails once
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Linked with --wrap for malloc(), calloc() and free().
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void __wrap_free(void *memory);

static int n_until_failure; /* 0: none fails */
static int n_held;

static bool fails_now(void)
{
    return n_until_failure > 0 && --n_until_failure == 0;
}

void *__wrap_malloc(size_t size)
{
    void *memory = fails_now() ? NULL : __real_malloc(size);

    n_held += memory != NULL;
    return memory;
}

void *__wrap_calloc(size_t n, size_t size)
{
    void *memory = fails_now() ? NULL : __real_calloc(n, size);

    n_held += memory != NULL;
    return memory;
}

void __wrap_free(void *memory)
{
    n_held -= memory != NULL;
    __real_free(memory);
}

/* One of each path, with tables of their own. */
static const AreascaleGeometry geometries[] = {
    { .in_width = 64,
      .in_height = 40,
      .out_width = 64,
      .out_height = 40,
      .layout = AREASCALE_LAYOUT_4,
      .depth = 8 },
    { .in_width = 64,
      .in_height = 40,
      .out_width = 32,
      .out_height = 20,
      .layout = AREASCALE_LAYOUT_1,
      .depth = 8 },
    { .in_width = 640,
      .in_height = 40,
      .out_width = 213,
      .out_height = 13,
      .layout = AREASCALE_LAYOUT_1,
      .depth = 8 },
    { .in_width = 640,
      .in_height = 40,
      .out_width = 400,
      .out_height = 30,
      .layout = AREASCALE_LAYOUT_2,
      .depth = 8 },
    { .in_width = 640,
      .in_height = 40,
      .out_width = 400,
      .out_height = 30,
      .layout = AREASCALE_LAYOUT_1,
      .depth = 10,
      .shift = 6 },
    { .in_width = 640,
      .in_height = 40,
      .out_width = 213,
      .out_height = 13,
      .layout = AREASCALE_LAYOUT_1,
      .depth = 16 },
    { .in_width = 301,
      .in_height = 99,
      .out_width = 7,
      .out_height = 5,
      .layout = AREASCALE_LAYOUT_3,
      .depth = 16 },
    { .in_width = 17,
      .in_height = 11,
      .out_width = 40,
      .out_height = 60,
      .layout = AREASCALE_LAYOUT_YUYV,
      .depth = 8 },
    { .in_width = 64,
      .in_height = 40,
      .out_width = 31,
      .out_height = 19,
      .layout = AREASCALE_LAYOUT_YUYV,
      .depth = 8,
      .method = AREASCALE_METHOD_COVERAGE },
    { .in_width = 64,
      .in_height = 40,
      .out_width = 31,
      .out_height = 19,
      .layout = AREASCALE_LAYOUT_4,
      .depth = 8,
      .alpha = 4 },
    { .in_width = 33,
      .in_height = 5,
      .out_width = 9,
      .out_height = 3,
      .layout = AREASCALE_LAYOUT_UYVY,
      .depth = 4,
      .shift = 2 },
};

/* Returns whether the n-th allocation was reached. */
static bool fail_nth(const AreascaleGeometry *g, AreascaleCpu cpu, int n)
{
    const int held = n_held;
    AreascalePlan *plan = (AreascalePlan *) &held;
    bool reached;
    int ret;

    n_until_failure = n;
    ret = areascale_plan_create(&plan, g, cpu);
    reached = n_until_failure == 0;
    n_until_failure = 0;

    check_that(ret == (reached ? -ENOMEM : 0), g, cpu, "return value");
    check_that((plan == NULL) == reached, g, cpu, "plan");
    areascale_plan_free(plan);
    check_that(n_held == held, g, cpu, "leak");
    return reached;
}

/* The n-th allocation of a mix fails, if there are so many. */
static bool fail_mix(AreascaleCpu cpu, int n)
{
    static const AreascaleMixSpec rgb = {
        .n_in = 3,
        .in_depth = 16,
        .in_step = { 1, 2, 2 },
        .n_out = 3,
        .out_depth = 8,
        .out_step = { 3, 3, 3 },
        .matrix = { { 19077, 0, 29372 }, { 19077, -3494, -8731 }, { 19077, 34610 } },
    };
    const int held = n_held;
    AreascaleMix *mix = (AreascaleMix *) &held;
    bool reached;
    int ret;

    n_until_failure = n;
    ret = areascale_mix_create(&mix, &rgb, cpu);
    reached = n_until_failure == 0;
    n_until_failure = 0;

    check_that(ret == (reached ? -ENOMEM : 0), &geometries[0], cpu, "mix: return value");
    check_that((mix == NULL) == reached, &geometries[0], cpu, "mix");
    areascale_mix_free(mix);
    check_that(n_held == held, &geometries[0], cpu, "mix: leak");
    return reached;
}

int main(void)
{
    int n_failed = 0;

    for (size_t i = 0; i < sizeof(geometries) / sizeof(geometries[0]); i++) {
        for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
            int n = 1;

            while (fail_nth(&geometries[i], (AreascaleCpu) cpu, n))
                n++;
            check_that(n > 5, &geometries[i], (AreascaleCpu) cpu, "too few allocations");
            n_failed += n - 1;
        }
    }
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++) {
        int n = 1;

        while (fail_mix((AreascaleCpu) cpu, n))
            n++;
        check_that(n > 1, &geometries[0], (AreascaleCpu) cpu, "mix: no allocation");
        n_failed += n - 1;
    }
    printf("%d allocations failed\n", n_failed);
    return EXIT_SUCCESS;
}
