/* areascale: threads that share a plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Each thread has its own scratch and its own rows of one output. Made for
 * ThreadSanitizer; the output is compared too.
 */

#include <pthread.h>
#include <stdlib.h>

#include "fixture.h"

enum { N_THREADS = 8 };

typedef struct Part {
    Case *c;
    const AreascalePlan *plan;
    int index;
} Part;

/* Every eighth row of the output, each one on its own. */
static void *scale_part(void *data)
{
    const Part *part = data;
    const AreascaleGeometry *g = areascale_plan_geometry(part->plan);
    const Case *c = part->c;
    void *scratch = scratch_of(part->plan);

    for (int y = part->index; y < g->out_height; y += N_THREADS) {
        const AreascaleRect row = { 0, y, g->out_width, y + 1 };
        const int ret = areascale_run(part->plan, c->out.row0, c->out.stride, c->src.row0,
                                      c->src.stride, &row, scratch);
        check_that(ret == 0, g, areascale_plan_cpu(part->plan), "run");
    }
    free(scratch);
    return NULL;
}

static void test_shared_plan(Case *c, const AreascalePlan *plan, void *scratch, Random *r)
{
    pthread_t threads[N_THREADS];
    Part parts[N_THREADS];

    (void) scratch;
    (void) r;
    case_reset(c);
    for (int i = 0; i < N_THREADS; i++) {
        parts[i] = (Part) { c, plan, i };
        check_that(pthread_create(&threads[i], NULL, scale_part, &parts[i]) == 0, &c->g,
                   areascale_plan_cpu(plan), "thread");
    }
    for (int i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);
    case_check(c, areascale_plan_cpu(plan), "threads");
}

/* Plans are made at the same time, which asks for the processor at the same
 * time. */
static void *make_plan(void *data)
{
    AreascalePlan *plan;
    const AreascaleGeometry g = { .in_width = 100, .in_height = 30, .out_width = 33, .out_height = 7,
          .layout = AREASCALE_LAYOUT_1, .depth = 8 };

    (void) data;
    check_that(areascale_plan_create(&plan, &g, areascale_cpu_detect(NULL)) == 0, &g,
               AREASCALE_CPU_C, "no plan");
    areascale_plan_free(plan);
    return NULL;
}

static void test_plans_at_once(void)
{
    pthread_t threads[N_THREADS];

    for (int i = 0; i < N_THREADS; i++)
        if (pthread_create(&threads[i], NULL, make_plan, NULL))
            exit(EXIT_FAILURE);
    for (int i = 0; i < N_THREADS; i++)
        pthread_join(threads[i], NULL);
}

int main(void)
{
    test_plans_at_once();
    for_random_cases(1, 100, 21, test_shared_plan);
    return EXIT_SUCCESS;
}
