/* areascale: planes in rotation, scaled by the kernels alone
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_BENCH_PLANE_H
#define AREASCALE_BENCH_PLANE_H

#include "areascale.h"
#include "bench.h"
#include "path.h"

/** The layouts that are measured: all but UYVY, which takes as long as YUYV. */
#define BENCH_N_LAYOUTS (AREASCALE_LAYOUT_YUYV + 1)

/** Their names: the number of channels, or yuyv. */
extern const char *const bench_layout_names[BENCH_N_LAYOUTS];

/** Planes of one geometry, an input and an output for each frame in rotation. Rows
 *  follow each other without gaps. */
typedef struct BenchPlanes {
    BenchLimit limit; /**< their memory and its size */
    ptrdiff_t in_stride, out_stride;
    AreascaleRect rect; /**< the whole output */
} BenchPlanes;

/** Allocates planes and fills the inputs with noise; ends the program when there is
 *  no memory. */
void bench_planes_init(BenchPlanes *planes, const AreascaleGeometry *g);

/** Makes the outputs those of @p g: at most as many bytes as they were initialized
 *  with, everything else being equal. */
void bench_planes_resize(BenchPlanes *planes, const AreascaleGeometry *g);

void bench_planes_free(BenchPlanes *planes);

/** The kernels of one instruction set, and what they work on. */
typedef struct BenchLevel {
    const BenchPlanes *planes;
    AreascalePlan *plan;
    void *scratch;
} BenchLevel;

/** Plans; ends the program when that fails.
 *  @param path  the only one to take; NULL: the cheapest
 *  @return false, with nothing to free, when there are no kernels of this
 *          instruction set here, or the path does not fit */
bool bench_level_init(BenchLevel *level, const BenchPlanes *planes,
                      const AreascaleGeometry *g, AreascaleCpu cpu,
                      const AreascalePath *path);

void bench_level_free(BenchLevel *level);

/** A contestant's turn, @p data being a BenchLevel: scales the whole plane. */
void bench_level_turn(void *data, int frame);

#endif /* AREASCALE_BENCH_PLANE_H */
