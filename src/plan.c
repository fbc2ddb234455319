/* areascale: a plane's immutable plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plan.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

const AreascalePath *const areascale_paths[] = {
    &areascale_path_band,
    &areascale_path_copy,
    &areascale_path_halve,
    &areascale_path_gather,
    NULL,
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

ptrdiff_t areascale_plan_bytes_ahead(const AreascalePlan *plan, int y, ptrdiff_t src_stride)
{
    const int at = y + plan->windows_ahead;

    if (at >= plan->geometry.out_height)
        return 0;
    return (plan->rows[at].start - plan->rows[y].start) * src_stride;
}

double areascale_plan_cost(const AreascalePlan *plan, double instructions)
{
    const double ns_per_instruction = 0.1;

    return instructions * ns_per_instruction * plan->out_samples * plan->geometry.out_height / 16;
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
    const int rows = plan->max_rows;
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
}

/* Everything that paths go by. */
static int make_tables(AreascalePlan *plan)
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
    plan->max_rows = max_rows(plan);
    plan->windows_ahead = count_windows_ahead(plan);
    choose_arith(plan);
    return 0;
}

static void clear_state(const AreascalePlan *plan, const AreascalePath *path, void *state)
{
    if (path && path->clear && state != plan->band)
        path->clear(state);
}

/* Takes the path instead of the plan's if it costs less than *least. */
static int try_path(AreascalePlan *plan, const AreascalePath *path, double *least)
{
    void *state;
    double cost;
    const int ret = path->init(plan, &state, &cost);

    if (ret < 0)
        return ret == -ERANGE ? 0 : ret;
    if (cost >= *least) {
        clear_state(plan, path, state);
        return 0;
    }
    clear_state(plan, plan->path, plan->state);
    plan->path = path;
    plan->state = state;
    *least = cost;
    return 0;
}

static int prepare(const AreascalePlan *plan, const AreascalePath *path, void *state)
{
    return path->prepare ? path->prepare(plan, state) : 0;
}

/* Takes the cheapest path, or the only one that is wanted. The band path is there in
 * any case: for bands, and for parts that the other does not make. */
static int choose_path(AreascalePlan *plan, const AreascalePath *only)
{
    double least;
    int ret = areascale_path_band.init(plan, &plan->band, &least);

    if (ret == 0) {
        plan->path = &areascale_path_band;
        plan->state = plan->band;
        ret = prepare(plan, plan->path, plan->state);
    }
    for (int i = 1; ret == 0 && areascale_paths[i]; i++) {
        if (only == areascale_paths[i])
            least = INFINITY;
        if (!only || only == areascale_paths[i])
            ret = try_path(plan, areascale_paths[i], &least);
    }
    if (ret < 0 || plan->state == plan->band)
        return ret;
    return prepare(plan, plan->path, plan->state);
}

int areascale_plan_create_path(AreascalePlan **out, const AreascaleGeometry *geometry,
                               AreascaleCpu cpu, const AreascalePath *path)
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
    ret = make_tables(plan);
    if (ret == 0)
        ret = choose_path(plan, path);
    if (ret == 0 && path && path != plan->path)
        ret = -ERANGE;
    if (ret < 0)
        areascale_plan_free(plan);
    else
        *out = plan;
    return ret;
}

int areascale_plan_create(AreascalePlan **plan, const AreascaleGeometry *geometry,
                          AreascaleCpu cpu)
{
    return areascale_plan_create_path(plan, geometry, cpu, NULL);
}

void areascale_plan_free(AreascalePlan *plan)
{
    if (!plan)
        return;
    clear_state(plan, plan->path, plan->state);
    if (plan->band)
        areascale_path_band.clear(plan->band);
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
    const AreascalePath *path = plan->path;

    return path->describe ? path->describe(plan, plan->state) : path->name;
}

static size_t scratch_size(const AreascalePlan *plan, const AreascalePath *path,
                           const void *state)
{
    return path->scratch_size ? path->scratch_size(plan, state) : 0;
}

size_t areascale_plan_scratch_size(const AreascalePlan *plan)
{
    const size_t path = scratch_size(plan, plan->path, plan->state);
    const size_t band = scratch_size(plan, &areascale_path_band, plan->band);

    return AREASCALE_SCRATCH_ALIGNMENT + (path > band ? path : band);
}
