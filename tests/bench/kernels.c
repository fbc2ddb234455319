/* areascale: how fast the kernels are, beside the speed of memory
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: kernels [SECONDS [FORMAT]]
 */

#include "areascale.h"
#include "bench.h"

#include <stdlib.h>

#define SECONDS 0.7

typedef struct Format {
    const char *name;
    AreascaleLayout layout;
    int depth, shift;
    int sub; /* log2 of the plane's subsampling */
} Format;

static const Format formats[] = {
    { "GRAY8", AREASCALE_LAYOUT_1, 8, 0, 0 },
    { "NV12 chroma", AREASCALE_LAYOUT_2, 8, 0, 1 },
    { "RGB", AREASCALE_LAYOUT_3, 8, 0, 0 },
    { "RGBx", AREASCALE_LAYOUT_4, 8, 0, 0 },
    { "YUY2", AREASCALE_LAYOUT_YUYV, 8, 0, 0 },
    { "planar 10-bit", AREASCALE_LAYOUT_1, 10, 0, 0 },
    { "planar 12-bit", AREASCALE_LAYOUT_1, 12, 0, 0 },
    { "planar 16-bit", AREASCALE_LAYOUT_1, 16, 0, 0 },
    { "P010 chroma", AREASCALE_LAYOUT_2, 10, 6, 1 },
};

static const struct {
    int in_width, in_height, out_width, out_height;
} sizes[] = {
    { 3840, 2160, 1920, 1080 }, { 3840, 2160, 1280, 720 }, { 3840, 2160, 1706, 960 },
    { 3840, 2160, 960, 540 },   { 3840, 2160, 640, 360 },  { 3840, 2160, 224, 224 },
    { 1920, 1080, 1280, 720 },  { 1920, 1080, 854, 480 },  { 3840, 2160, 2560, 1440 },
    { 1280, 720, 1920, 1080 },
};

#define N_FORMATS (sizeof(formats) / sizeof(*formats))
#define N_SIZES (sizeof(sizes) / sizeof(*sizes))

/* One plane in rotation, and what the contestants share. */
typedef struct Planes {
    BenchLimit limit;
    ptrdiff_t in_stride, out_stride;
    AreascaleRect rect;
} Planes;

typedef struct Level {
    const Planes *planes;
    AreascalePlan *plan;
    void *scratch;
} Level;

static size_t row_bytes(const AreascaleGeometry *g, int width)
{
    size_t samples = g->layout <= AREASCALE_LAYOUT_4
                         ? (size_t) width * ((int) g->layout + 1)
                         : (size_t) (width + width % 2) * 2;

    return samples * (g->depth > 8 ? 2 : 1);
}

static void planes_init(Planes *planes, const AreascaleGeometry *g)
{
    uint16_t mask = ((1u << g->depth) - 1) << g->shift;

    planes->in_stride = row_bytes(g, g->in_width);
    planes->out_stride = row_bytes(g, g->out_width);
    planes->rect = (AreascaleRect){ 0, 0, g->out_width, g->out_height };
    planes->limit.in_bytes = planes->in_stride * g->in_height;
    planes->limit.out_bytes = planes->out_stride * g->out_height;
    for (int i = 0; i < BENCH_FRAMES; i++) {
        void *in = bench_alloc(planes->limit.in_bytes);

        bench_fill(in, planes->limit.in_bytes, g->depth > 8 ? mask : 0xffff, i);
        planes->limit.in[i] = in;
        planes->limit.out[i] = bench_alloc(planes->limit.out_bytes);
    }
}

static void planes_free(Planes *planes)
{
    for (int i = 0; i < BENCH_FRAMES; i++) {
        free((void *) planes->limit.in[i]);
        free(planes->limit.out[i]);
    }
}

/* False when there are no kernels of this instruction set here. */
static bool level_init(Level *level, const Planes *planes, const AreascaleGeometry *g,
                       AreascaleCpu cpu)
{
    if (areascale_plan_create(&level->plan, g, cpu))
        bench_fail("cannot plan");
    if (areascale_plan_cpu(level->plan) != cpu) {
        areascale_plan_free(level->plan);
        return false;
    }
    level->planes = planes;
    level->scratch = bench_alloc(areascale_plan_scratch_size(level->plan));
    return true;
}

static void level_free(Level *level)
{
    areascale_plan_free(level->plan);
    free(level->scratch);
}

static void level_turn(void *data, int frame)
{
    const Level *level = data;
    const Planes *planes = level->planes;

    areascale_run(level->plan, planes->limit.out[frame], planes->out_stride,
                  planes->limit.in[frame], planes->in_stride, &planes->rect,
                  level->scratch);
}

static void measure(const BenchCase *c, const AreascaleGeometry *g)
{
    Planes planes;
    Level levels[AREASCALE_N_CPUS];
    BenchContestant contestants[1 + AREASCALE_N_CPUS];
    int n = 0;

    planes_init(&planes, g);
    contestants[0] = bench_contestant("limit", bench_limit_turn, &planes.limit);
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (level_init(&levels[n], &planes, g, cpu)) {
            contestants[1 + n] =
                bench_contestant(areascale_cpu_name(cpu), level_turn, &levels[n]);
            n++;
        }
    bench_measure(c, contestants, 1 + n);
    while (n)
        level_free(&levels[--n]);
    planes_free(&planes);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv, SECONDS);
    for (size_t f = 0; f < N_FORMATS; f++)
        for (size_t s = 0; s < N_SIZES && bench_wants(formats[f].name); s++) {
            const BenchCase c = { "kernel",           formats[f].name,
                                  sizes[s].in_width,  sizes[s].in_height,
                                  sizes[s].out_width, sizes[s].out_height };
            int sub = formats[f].sub;
            const AreascaleGeometry g = {
                .in_width = c.in_width >> sub,
                .in_height = c.in_height >> sub,
                .out_width = c.out_width >> sub,
                .out_height = c.out_height >> sub,
                .layout = formats[f].layout,
                .depth = formats[f].depth,
                .shift = formats[f].shift,
            };

            measure(&c, &g);
        }
    return EXIT_SUCCESS;
}
