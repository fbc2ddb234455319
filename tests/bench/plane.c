/* areascale: planes in rotation, scaled by the kernels alone
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plane.h"

#include <errno.h>
#include <stdlib.h>

const char *const bench_layout_names[BENCH_N_LAYOUTS] = { "1", "2", "3", "4", "yuyv" };

static size_t row_bytes(const AreascaleGeometry *g, int width, int depth)
{
    size_t samples = g->layout <= AREASCALE_LAYOUT_4
                         ? (size_t) width * ((int) g->layout + 1)
                         : (size_t) (width + width % 2) * 2;

    return samples * (depth > 8 ? 2 : 1);
}

void bench_planes_resize(BenchPlanes *planes, const AreascaleGeometry *g)
{
    planes->out_stride = row_bytes(g, g->out_width, g->out_depth ? g->out_depth : g->depth);
    planes->rect = (AreascaleRect){ 0, 0, g->out_width, g->out_height };
    planes->limit.out_bytes = planes->out_stride * g->out_height;
}

void bench_planes_init(BenchPlanes *planes, const AreascaleGeometry *g)
{
    uint16_t mask = ((1u << g->depth) - 1) << g->shift;

    planes->in_stride = row_bytes(g, g->in_width, g->depth);
    planes->limit.in_bytes = planes->in_stride * g->in_height;
    bench_planes_resize(planes, g);
    for (int i = 0; i < BENCH_FRAMES; i++) {
        void *in = bench_alloc(planes->limit.in_bytes);

        bench_fill(in, planes->limit.in_bytes, g->depth > 8 ? mask : 0xffff, i);
        planes->limit.in[i] = in;
        planes->limit.out[i] = bench_alloc(planes->limit.out_bytes);
    }
}

void bench_planes_free(BenchPlanes *planes)
{
    for (int i = 0; i < BENCH_FRAMES; i++) {
        free((void *) planes->limit.in[i]);
        free(planes->limit.out[i]);
    }
}

bool bench_level_init(BenchLevel *level, const BenchPlanes *planes,
                      const AreascaleGeometry *g, AreascaleCpu cpu,
                      const AreascalePath *path)
{
    const int ret = areascale_plan_create_path(&level->plan, g, cpu, path);

    if (ret == -ERANGE)
        return false;
    if (ret < 0)
        bench_fail("cannot plan");
    if (areascale_plan_cpu(level->plan) != cpu) {
        areascale_plan_free(level->plan);
        return false;
    }
    level->planes = planes;
    level->scratch = bench_alloc(areascale_plan_scratch_size(level->plan));
    return true;
}

void bench_level_free(BenchLevel *level)
{
    areascale_plan_free(level->plan);
    free(level->scratch);
}

void bench_level_turn(void *data, int frame)
{
    const BenchLevel *level = data;
    const BenchPlanes *planes = level->planes;

    areascale_run(level->plan, planes->limit.out[frame], planes->out_stride,
                  planes->limit.in[frame], planes->in_stride, &planes->rect,
                  level->scratch);
}
