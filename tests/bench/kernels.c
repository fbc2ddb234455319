/* areascale: how fast the kernels are, beside the speed of memory
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Usage: kernels [SECONDS [FORMAT [SECTION]]]
 */

#include "plane.h"

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

static void measure(const BenchCase *c, const AreascaleGeometry *g)
{
    BenchPlanes planes;
    BenchLevel levels[AREASCALE_N_CPUS];
    BenchContestant contestants[1 + AREASCALE_N_CPUS];
    int n = 0;

    bench_planes_init(&planes, g);
    contestants[0] = bench_contestant("limit", bench_limit_turn, &planes.limit);
    for (int cpu = 0; cpu < AREASCALE_N_CPUS; cpu++)
        if (bench_level_init(&levels[n], &planes, g, cpu)) {
            contestants[1 + n] =
                bench_contestant(areascale_cpu_name(cpu), bench_level_turn, &levels[n]);
            n++;
        }
    bench_measure(c, contestants, 1 + n);
    while (n)
        bench_level_free(&levels[--n]);
    bench_planes_free(&planes);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv, SECONDS);
    for (size_t f = 0; f < N_FORMATS; f++)
        for (size_t s = 0; s < N_SIZES && bench_wants("kernel", formats[f].name); s++) {
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
