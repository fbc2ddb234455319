/* areascale: the time of each level as a ratio to C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "checkasm.h"
#include "naive.h"

/* Inputs that take turns, so that none stays in the nearest caches. */
enum { N_SOURCES = 4 };

typedef struct Engine {
    AreascalePlan *plan;
    void *scratch;
    double seconds[N_TURNS];
} Engine;

#define PLANE(IN_W, IN_H, OUT_W, OUT_H, LAYOUT, DEPTH)                                      \
    {                                                                                       \
        .in_width = IN_W, .in_height = IN_H, .out_width = OUT_W, .out_height = OUT_H,       \
        .layout = AREASCALE_LAYOUT_##LAYOUT, .depth = DEPTH                                 \
    }

typedef struct BenchCase {
    const char *name;
    AreascaleGeometry g;
} BenchCase;

static const BenchCase cases[] = {
    { "grey 1080p 2:1", PLANE(1920, 1080, 960, 540, 1, 8) },
    { "grey 1080p 720p", PLANE(1920, 1080, 1280, 720, 1, 8) },
    { "grey 1080p 3:1", PLANE(1920, 1080, 640, 360, 1, 8) },
    { "grey 1080p 6:1", PLANE(1920, 1080, 320, 180, 1, 8) },
    { "grey 1080p 30:1", PLANE(1920, 1080, 64, 36, 1, 8) },
    { "grey 720p 1080p", PLANE(1280, 720, 1920, 1080, 1, 8) },
    { "uv 540p 2:1", PLANE(960, 540, 480, 270, 2, 8) },
    { "rgb 1080p 720p", PLANE(1920, 1080, 1280, 720, 3, 8) },
    { "rgb 1080p 4:1", PLANE(1920, 1080, 480, 270, 3, 8) },
    { "rgbx 1080p 720p", PLANE(1920, 1080, 1280, 720, 4, 8) },
    { "rgbx 1080p 4:1", PLANE(1920, 1080, 480, 270, 4, 8) },
    { "yuyv 1080p 720p", PLANE(1920, 1080, 1280, 720, YUYV, 8) },
    { "grey10 1080p 720p", PLANE(1920, 1080, 1280, 720, 1, 10) },
    { "grey10 1080p 4:1", PLANE(1920, 1080, 480, 270, 1, 10) },
    { "grey16 1080p 720p", PLANE(1920, 1080, 1280, 720, 1, 16) },
    { "grey16 1080p 4:1", PLANE(1920, 1080, 480, 270, 1, 16) },
    { "columns only", PLANE(1920, 1080, 960, 1080, 1, 8) },
    { "rows only", PLANE(1920, 1080, 1920, 360, 1, 8) },
};

double bench_now(void)
{
    struct timespec t;

    timespec_get(&t, TIME_UTC);
    return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    const double d = *(const double *) a - *(const double *) b;

    return (d > 0) - (d < 0);
}

double bench_median(double seconds[N_TURNS])
{
    qsort(seconds, N_TURNS, sizeof(seconds[0]), compare);
    return seconds[N_TURNS / 2];
}

static void run_once(Engine *engine, int turn, const Rows *dst, const Rows *src)
{
    const AreascaleGeometry *g = areascale_plan_geometry(engine->plan);
    const AreascaleRect all = { 0, 0, g->out_width, g->out_height };
    const double begin = bench_now();

    areascale_run(engine->plan, dst->row0, dst->stride, src->row0, src->stride, &all,
                  engine->scratch);
    engine->seconds[turn] = bench_now() - begin;
}

/* All levels in turns, C first. */
static void measure(const AreascaleGeometry *g, Engine *engines, int n_engines)
{
    const RowsShape loose = { .place = PLACE_LOOSE };
    Random r = { 1 };
    Rows src[N_SOURCES], dst;

    rows_init(&dst, naive_row_bytes(g, g->out_width), g->out_height, &loose);
    for (int i = 0; i < N_SOURCES; i++) {
        rows_init(&src[i], naive_row_bytes(g, g->in_width), g->in_height, &loose);
        rows_fill(&src[i], PATTERN_NOISE, naive_sample_size(g->depth), 0, &r);
    }
    for (int turn = 0; turn < N_TURNS; turn++)
        for (int i = 0; i < n_engines; i++)
            run_once(&engines[i], turn, &dst, &src[(turn + i) % N_SOURCES]);
    for (int i = 0; i < N_SOURCES; i++)
        rows_free(&src[i]);
    rows_free(&dst);
}

static void bench_case(const BenchCase *bc, const AreascaleCpu *cpus, int n_cpus)
{
    Engine engines[AREASCALE_N_CPUS] = { 0 };
    double reference;

    for (int i = 0; i < n_cpus; i++) {
        if (areascale_plan_create(&engines[i].plan, &bc->g, cpus[i]) == 0)
            engines[i].scratch = malloc(areascale_plan_scratch_size(engines[i].plan));
        if (!engines[i].scratch) {
            fputs("no memory\n", stderr);
            exit(EXIT_FAILURE);
        }
    }
    measure(&bc->g, engines, n_cpus);
    reference = bench_median(engines[0].seconds);
    printf("%-18s %9.0f us", bc->name, reference * 1e6);
    for (int i = 1; i < n_cpus; i++)
        printf("  %-6s %5.1fx %-10s", areascale_cpu_name(cpus[i]),
               reference / bench_median(engines[i].seconds), areascale_plan_path(engines[i].plan));
    putchar('\n');
    fflush(stdout);
    for (int i = 0; i < n_cpus; i++) {
        areascale_plan_free(engines[i].plan);
        free(engines[i].scratch);
    }
}

void bench_planes(const AreascaleCpu *cpus, int n_cpus)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        bench_case(&cases[i], cpus, n_cpus);
}
