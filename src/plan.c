/* areascale: a plane's immutable plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plan.h"

#include <errno.h>
#include <stdlib.h>

static const char *const gather_names[AREASCALE_N_ARITHS] = {
    [AREASCALE_ARITH_NARROW] = "gather/16",
    [AREASCALE_ARITH_WIDE16] = "gather/32",
    [AREASCALE_ARITH_WIDE32] = "gather/32",
};

static const char *const band_names[AREASCALE_N_ARITHS] = {
    [AREASCALE_ARITH_NARROW] = "band/16",
    [AREASCALE_ARITH_WIDE16] = "band/16+32",
    [AREASCALE_ARITH_WIDE32] = "band/32",
    [AREASCALE_ARITH_EXACT] = "band/64",
};

static bool size_valid(int size)
{
    return size >= 1 && size <= AREASCALE_MAX_SIZE;
}

static bool geometry_valid(const AreascaleGeometry *g)
{
    return size_valid(g->in_width) && size_valid(g->in_height) && size_valid(g->out_width) &&
           size_valid(g->out_height) && (unsigned) g->layout < AREASCALE_N_LAYOUTS &&
           g->depth >= 1 && g->depth <= 16 && g->shift >= 0 &&
           g->shift <= (g->depth <= 8 ? 8 : 16) - g->depth;
}

static bool sizes_equal(const AreascaleGeometry *g)
{
    return g->in_width == g->out_width && g->in_height == g->out_height;
}

static int floor_log2(uint32_t v)
{
    int log2 = 0;

    while (v >>= 1)
        log2++;
    return log2;
}

/* Far enough for memory to answer, and near enough to stay in L1. */
static int count_windows_ahead(const AreascalePlan *plan)
{
    enum { DISTANCE = 12 * 1024 };
    const AreascaleGeometry *g = &plan->geometry;
    const int64_t row = (int64_t) plan->in_samples * (int64_t) areascale_sample_size(plan->sample);
    const int64_t windows = DISTANCE * (int64_t) g->out_height / (row * g->in_height);

    return (int) windows + 1;
}

static int max_rows(const AreascalePlan *plan)
{
    int max = 0;

    for (int y = 0; y < plan->geometry.out_height; y++)
        if (areascale_plan_row_count(plan, y) > max)
            max = areascale_plan_row_count(plan, y);
    return max;
}

static uint32_t least_area(const AreascalePlan *plan)
{
    uint32_t least = plan->area[0][0];

    for (int c = 1; c < plan->columns.n_classes; c++)
        if (plan->area[0][c] < least)
            least = plan->area[0][c];
    return least;
}

/*
 * Takes reciprocals = ceil(2^shift / area), if for all areas
 *     floor((n * reciprocal) / 2^shift) = floor(n / area)
 * for every n = S + floor(area / 2), S <= max_value * area, and no n exceeds
 * max_sum. With e = reciprocal * area - 2^shift, the left side is
 * floor(n / area + n * e / (area * 2^shift)), and n / area stays at least
 * 1 / area below the next integer: n * e < 2^shift is enough.
 */
static bool take_reciprocals(AreascalePlan *plan, int shift, uint64_t max_sum)
{
    const uint64_t max_value = plan->mask;
    const uint64_t one = 1ULL << shift;

    for (int v = 0; v < 2; v++) {
        for (int c = 0; c < plan->columns.n_classes; c++) {
            const uint64_t area = plan->area[v][c];
            const uint64_t n = max_value * area + area / 2;
            const uint64_t reciprocal = (one + area - 1) / area;
            const uint64_t e = reciprocal * area - one;

            if (n > max_sum || (e && n >= (one + e - 1) / e))
                return false;
            plan->reciprocal[v][c] = (uint32_t) reciprocal;
        }
    }
    plan->div_shift = shift;
    return true;
}

/* Finds reciprocals of at most `bits` bits, the shift being `bits` where that is
 * exact, otherwise as high as the least area allows. */
static bool find_reciprocals(AreascalePlan *plan, int bits, uint64_t max_sum)
{
    const uint32_t least = least_area(plan);

    return least >= 2 &&
           (take_reciprocals(plan, bits, max_sum) ||
            take_reciprocals(plan, bits + floor_log2(least - 1), max_sum));
}

static void choose_arith(AreascalePlan *plan)
{
    const int rows = max_rows(plan);
    const bool narrow_sums = (uint64_t) rows * plan->mask <= UINT16_MAX;

    for (int v = 0; v < 2; v++)
        for (int c = 0; c < plan->columns.n_classes; c++)
            plan->area[v][c] =
                (uint32_t) (v ? rows : plan->min_rows) * (uint32_t) plan->columns.class_taps[c];

    if (narrow_sums && find_reciprocals(plan, 16, UINT16_MAX))
        plan->arith = AREASCALE_ARITH_NARROW;
    else if (find_reciprocals(plan, 32, UINT32_MAX))
        plan->arith = narrow_sums ? AREASCALE_ARITH_WIDE16 : AREASCALE_ARITH_WIDE32;
    else
        plan->arith = AREASCALE_ARITH_EXACT;

    plan->batch_rows = (int) (UINT16_MAX / plan->mask);
    plan->columns.chunk = (int) (UINT16_MAX / ((uint64_t) rows * plan->mask));
}

static void plan_init(AreascalePlan *plan, const AreascaleGeometry *g, AreascaleCpu cpu)
{
    plan->geometry = *g;
    plan->sample = g->depth <= 8 ? AREASCALE_SAMPLE_8 : AREASCALE_SAMPLE_16;
    plan->mask = (1u << g->depth) - 1;
    /* where nothing is added up the row counts twice too: there is no reciprocal
     * of an area of 1 */
    plan->row_pairs = g->out_height > g->in_height || sizes_equal(g);
    plan->group = areascale_group(g->layout);
    plan->in_samples = areascale_row_samples(g->layout, g->in_width);
    plan->out_samples = areascale_row_samples(g->layout, g->out_width);
    areascale_dsp_init(&plan->dsp, cpu);
    plan->vsum16 = g->depth < 8 ? plan->dsp.vsum16_bits : plan->dsp.vsum16[plan->sample];
}

/* About the instructions that the band's kernels take for a vector of 16-bit
 * results, as many as a unit of gathering has: the samples read, the column sums
 * made, transposed and added up, the results. Sums that leave no room in L2 cost
 * more. */
static int band_cost(const AreascalePlan *plan)
{
    enum { ROOMY = 192 * 1024 };
    const double ratio = (double) plan->in_samples / plan->out_samples;
    const double per_vector = plan->sample == AREASCALE_SAMPLE_8 ? 32.0 : 16.0;
    const double per_result = 8 * plan->min_rows * ratio * 16 / (2 * per_vector) + 16 * ratio + 24;
    const size_t sums = (size_t) plan->in_samples * areascale_sum_size(plan->arith) *
                        (size_t) plan->dsp.band_rows;

    return (int) (per_result * (sums > ROOMY ? 1.4 : 1.0));
}

/* The kernel that can gather the plane's windows, NULL if there is none. */
static AreascaleGatherFn gather_kernel(const AreascalePlan *plan)
{
    if (plan->columns.taps == AREASCALE_TAPS_UNIT || plan->geometry.depth < 8)
        return NULL;
    switch (plan->arith) {
    case AREASCALE_ARITH_NARROW:
        return plan->dsp.gather[plan->sample];
    case AREASCALE_ARITH_WIDE16:
    case AREASCALE_ARITH_WIDE32:
        if (plan->sample == AREASCALE_SAMPLE_8)
            return NULL;
        return plan->geometry.depth == 16 ? plan->dsp.gather_full : plan->dsp.gather_wide;
    default:
        return NULL;
    }
}

/* Takes the gathering kernel where it can be used and is the faster one. */
static int try_gather(AreascalePlan *plan)
{
    const bool wide = plan->arith != AREASCALE_ARITH_NARROW;
    AreascaleGather *g = &plan->gather;
    uint32_t bias[2];
    int ret;

    plan->gather_row = gather_kernel(plan);
    if (!plan->gather_row)
        return 0;
    ret = areascale_gather_init(g, &plan->columns, plan->sample, plan->in_samples,
                                plan->out_samples, plan->dsp.gather_lanes, plan->min_rows);
    if (ret < 0 || g->cost >= band_cost(plan)) {
        areascale_gather_clear(g);
        return ret == -ENOMEM ? ret : 0;
    }
    for (int v = 0; v < 2; v++)
        bias[v] = wide ? AREASCALE_GATHER_BIAS * (uint32_t) (g->slots * g->loads) *
                             (uint32_t) (plan->min_rows + v)
                       : 0;
    plan->path = AREASCALE_PATH_GATHER;
    return areascale_gather_divide(g, &plan->columns, plan->out_samples, plan->area,
                                   plan->reciprocal, bias, wide);
}

/* The kernel for the plane if it is halved exactly, NULL if there is none. */
static AreascaleHalve halve_kernel(const AreascalePlan *plan)
{
    const AreascaleGeometry *g = &plan->geometry;

    /* an odd width's chroma in 4:2:2 is not halved exactly */
    if (g->depth != 8 || g->in_height != 2 * g->out_height ||
        g->in_width != 2 * g->out_width || g->out_width % plan->group->n_pixels)
        return NULL;
    return plan->dsp.halve[g->layout];
}

/* Chooses the fastest path of those that can be taken. */
static int choose_path(AreascalePlan *plan)
{
    plan->halve = halve_kernel(plan);
    plan->path = AREASCALE_PATH_BAND;
    if (!sizes_equal(&plan->geometry) && !plan->halve)
        return try_gather(plan);
    plan->path = plan->halve ? AREASCALE_PATH_HALVE : AREASCALE_PATH_COPY;
    return 0;
}

static int plan_fill(AreascalePlan *plan)
{
    const AreascaleGeometry *g = &plan->geometry;
    int ret;

    plan->rows = malloc((size_t) g->out_height * sizeof(*plan->rows));
    if (!plan->rows)
        return -ENOMEM;
    areascale_windows_fill(plan->rows, g->in_height, g->out_height);
    ret = areascale_columns_init(&plan->columns, g);
    if (ret < 0)
        return ret;
    /* a window has at least ceil(in / out) rows, and the first one has just these */
    plan->min_rows = areascale_plan_row_count(plan, 0);
    plan->windows_ahead = count_windows_ahead(plan);
    choose_arith(plan);
    ret = areascale_columns_divide(
        &plan->columns, g,
        AREASCALE_PANEL_COLUMNS * (int) sizeof(uint16_t) / (int) areascale_sum_size(plan->arith),
        plan->dsp.band_rows);
    return ret < 0 ? ret : choose_path(plan);
}

int areascale_plan_create(AreascalePlan **out, const AreascaleGeometry *geometry,
                          AreascaleCpu cpu)
{
    AreascalePlan *plan;
    int ret;

    *out = NULL;
    if (!geometry_valid(geometry) || (unsigned) cpu >= AREASCALE_N_CPUS)
        return -EINVAL;
    plan = calloc(1, sizeof(*plan));
    if (!plan)
        return -ENOMEM;
    plan_init(plan, geometry, cpu);
    ret = plan_fill(plan);
    if (ret < 0)
        areascale_plan_free(plan);
    else
        *out = plan;
    return ret;
}

void areascale_plan_free(AreascalePlan *plan)
{
    if (!plan)
        return;
    areascale_gather_clear(&plan->gather);
    areascale_columns_clear(&plan->columns);
    free(plan->rows);
    free(plan);
}

int areascale_plan_row_count(const AreascalePlan *plan, int y)
{
    const AreascaleWindow w = plan->rows[y];

    return plan->row_pairs ? 2 : w.end - w.start;
}

const AreascaleGeometry *areascale_plan_geometry(const AreascalePlan *plan)
{
    return &plan->geometry;
}

AreascaleCpu areascale_plan_cpu(const AreascalePlan *plan)
{
    return plan->dsp.cpu;
}

const char *areascale_plan_path(const AreascalePlan *plan)
{
    switch (plan->path) {
    case AREASCALE_PATH_COPY:
        return "copy";
    case AREASCALE_PATH_HALVE:
        return "halve";
    case AREASCALE_PATH_GATHER:
        return gather_names[plan->arith];
    default:
        return band_names[plan->arith];
    }
}
