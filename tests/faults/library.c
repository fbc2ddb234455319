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
    { 64, 40, 64, 40, AREASCALE_LAYOUT_4, 8, 0 },
    { 64, 40, 32, 20, AREASCALE_LAYOUT_1, 8, 0 },
    { 640, 40, 213, 13, AREASCALE_LAYOUT_1, 8, 0 },
    { 640, 40, 400, 30, AREASCALE_LAYOUT_2, 8, 0 },
    { 640, 40, 400, 30, AREASCALE_LAYOUT_1, 10, 6 },
    { 640, 40, 213, 13, AREASCALE_LAYOUT_1, 16, 0 },
    { 301, 99, 7, 5, AREASCALE_LAYOUT_3, 16, 0 },
    { 17, 11, 40, 60, AREASCALE_LAYOUT_YUYV, 8, 0 },
    { 33, 5, 9, 3, AREASCALE_LAYOUT_UYVY, 4, 2 },
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
    printf("%d allocations failed\n", n_failed);
    return EXIT_SUCCESS;
}
