/* areascale: a plane's immutable plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plan.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

const AreascalePath *const areascale_paths[] = {
    &areascale_path_band,
    &areascale_path_weigh,
    &areascale_path_alpha,
    &areascale_path_copy,
    &areascale_path_halve,
    &areascale_path_gather,
    &areascale_path_vmean,
    &areascale_path_pair,
    &areascale_path_permute,
    &areascale_path_strip,
    &areascale_path_blend,
    &areascale_path_ribbon,
    NULL,
};

static bool size_valid(int size)
{
    return size >= 1 && size <= AREASCALE_MAX_SIZE;
}

static bool spans_valid(AreascaleSpans s)
{
    if (!s.step && !s.offset && !s.unit)
        return true;
    return s.step >= 1 && s.step <= AREASCALE_MAX_SPAN && s.unit >= 1 &&
           s.unit <= AREASCALE_MAX_SPAN && s.offset >= -AREASCALE_MAX_SPAN &&
           s.offset <= AREASCALE_MAX_SPAN;
}

/* Whether values of so many bits fit samples at this position. */
static bool sample_valid(int depth, int shift)
{
    return depth >= 1 && depth <= 32 && shift >= 0 &&
           shift <= (8 << (int) areascale_sample_of(depth)) - depth;
}

/* Whether output samples of a depth of their own, if they have one, are possible. */
static bool output_valid(const AreascaleGeometry *g)
{
    if (g->out_depth == 0)
        return g->out_shift == 0;
    return g->depth <= 16 && g->out_depth <= 16 && sample_valid(g->out_depth, g->out_shift);
}

static bool geometry_valid(const AreascaleGeometry *g)
{
    return size_valid(g->in_width) && size_valid(g->in_height) &&
           size_valid(g->out_width) && size_valid(g->out_height) &&
           (unsigned) g->layout < AREASCALE_N_LAYOUTS && sample_valid(g->depth, g->shift) &&
           (unsigned) g->method < AREASCALE_N_METHODS && spans_valid(g->x) &&
           spans_valid(g->y) && output_valid(g) && g->alpha >= 0 &&
           g->alpha <= (g->layout == AREASCALE_LAYOUT_4 ? 4 : 0);
}

/* Far enough for memory to answer, and near enough to stay in L1. */
static int count_windows_ahead(const AreascalePlan *plan)
{
    enum { DISTANCE = 12 * 1024 };
    const AreascaleGeometry *g = &plan->geometry;
    const int64_t row = plan->in_samples * (int64_t) areascale_sample_size(plan->in_sample);
    const int64_t windows = DISTANCE * (int64_t) g->out_height / (row * g->in_height);

    return (int) windows + 1;
}

ptrdiff_t areascale_plan_bytes_ahead(const AreascalePlan *plan, int y, ptrdiff_t src_stride)
{
    const int at = y + plan->windows_ahead;

    if (at >= plan->geometry.out_height)
        return 0;
    return (plan->rows.windows[at].start - plan->rows.windows[y].start) * src_stride;
}

double areascale_plan_in_bytes(const AreascalePlan *plan)
{
    return (double) plan->in_samples * (double) areascale_sample_size(plan->in_sample) *
           plan->geometry.in_height;
}

double areascale_plan_contention(const AreascalePlan *plan)
{
    enum { LINE = 64, SETS = 64 };
    const double harmless = 0.44, most = 2.5;
    const int row = plan->in_samples * (int) areascale_sample_size(plan->in_sample);
    const int lines = (row + LINE - 1) / LINE; /* where rows follow each other */
    const int power = lines & -lines;
    const double rows =
        (double) areascale_axis_total_taps(&plan->rows) / plan->geometry.out_height;
    const double excess = rows * (power < SETS ? power : SETS) / SETS - harmless;

    return excess < 0 ? 0 : excess > most ? most : excess;
}

void areascale_blend_steps(const AreascaleAxis *rows, int y0, int y1, ptrdiff_t divisors,
                           AreascaleBlendStep *steps)
{
    int row = rows->windows[y0].start; /* the first one that was not read */

    for (int y = y0; y < y1; y++) {
        const AreascaleWindow w = rows->windows[y];

        *steps++ = (AreascaleBlendStep) {
            .carried = w.start < row,
            .rows = w.end - row,
            .head = (int32_t) areascale_axis_weight(rows, y, w.start),
            .body = rows->weighed ? rows->body : 1,
            .tail = (int32_t) areascale_axis_weight(rows, y, w.end - 1),
            .divisor = rows->cls[y] * divisors,
        };
        row = w.end;
    }
}

static void plan_init(AreascalePlan *plan, const AreascaleGeometry *g, AreascaleCpu cpu)
{
    plan->geometry = *g;
    plan->geometry.x =
        areascale_spans_reduce(g->x, areascale_spanned_width(g->layout, g->in_width),
                               areascale_spanned_width(g->layout, g->out_width));
    plan->geometry.y = areascale_spans_reduce(g->y, g->in_height, g->out_height);
    plan->out_depth = g->out_depth ? g->out_depth : g->depth;
    plan->out_shift = g->out_depth ? g->out_shift : g->shift;
    plan->in_sample = areascale_sample_of(g->depth);
    plan->out_sample = areascale_sample_of(plan->out_depth);
    plan->mask = UINT32_MAX >> (32 - g->depth);
    plan->group = areascale_group(g->layout);
    plan->in_samples = areascale_row_samples(g->layout, g->in_width);
    plan->out_samples = areascale_row_samples(g->layout, g->out_width);
    areascale_dsp_init(&plan->dsp, cpu);
}

static bool nothing_is_added(const AreascalePlan *plan)
{
    return plan->rows.taps == AREASCALE_TAPS_SAME &&
           plan->columns.taps == AREASCALE_TAPS_SAME;
}

static unsigned mean_of(const AreascalePlan *plan)
{
    if (plan->geometry.alpha && !nothing_is_added(plan))
        return AREASCALE_MEAN_ALPHA;
    if (plan->in_sample == AREASCALE_SAMPLE_32)
        return AREASCALE_MEAN_LONG;
    return plan->rows.weighed || plan->columns.weighed ? AREASCALE_MEAN_WEIGHED
                                                       : AREASCALE_MEAN_PLAIN;
}

/* Everything that paths go by. */
static int make_tables(AreascalePlan *plan)
{
    const AreascaleGeometry *g = &plan->geometry;
    int ret;

    ret = areascale_axis_init(&plan->rows, g->in_height, g->out_height, g->method, g->y);
    if (ret == 0)
        ret = areascale_columns_init(&plan->columns, g);
    if (ret < 0)
        return ret;
    plan->mean = mean_of(plan);
    /* where nothing is added up, rows count twice: an area of 1 has no reciprocal */
    if (nothing_is_added(plan))
        areascale_axis_classify(&plan->rows, AREASCALE_TAPS_PAIR);
    if (plan->mean & (AREASCALE_MEAN_PLAIN | AREASCALE_MEAN_WEIGHED))
        areascale_divisors_init(&plan->divisors, &plan->rows, &plan->columns, g->depth,
                                plan->out_depth);
    plan->windows_ahead = count_windows_ahead(plan);
    return 0;
}

static void clear_state(const AreascalePlan *plan, const AreascalePath *path, void *state)
{
    if (path && path->clear && state != plan->bands_state)
        path->clear(state);
}

/* Takes the path instead of the plan's if it costs less. */
static int try_path(AreascalePlan *plan, const AreascalePath *path)
{
    void *state;
    double cost;
    const int ret = path->init(plan, &state, &cost);

    if (ret < 0)
        return ret == -ERANGE ? 0 : ret;
    if (cost >= plan->cost) {
        clear_state(plan, path, state);
        return 0;
    }
    clear_state(plan, plan->path, plan->state);
    plan->path = path;
    plan->state = state;
    plan->cost = cost;
    return 0;
}

static int prepare(const AreascalePlan *plan, const AreascalePath *path, void *state)
{
    return path->prepare ? path->prepare(plan, state) : 0;
}

/* Takes the path that has bands, which fits in any case: for parts that others do not
 * make, and for input that comes a few rows at a time. */
static int take_bands(AreascalePlan *plan)
{
    const AreascalePath *const *path = areascale_paths;
    int ret;

    while (!((*path)->means & plan->mean))
        path++;
    plan->bands = *path;
    ret = plan->bands->init(plan, &plan->bands_state, &plan->cost);
    if (ret < 0)
        return ret;
    plan->path = plan->bands;
    plan->state = plan->bands_state;
    return prepare(plan, plan->bands, plan->bands_state);
}

/* Takes the cheapest path, or the only one that is wanted. */
static int choose_path(AreascalePlan *plan, const AreascalePath *only)
{
    int ret = take_bands(plan);

    for (int i = 0; ret == 0 && areascale_paths[i]; i++) {
        const AreascalePath *path = areascale_paths[i];

        if (path == plan->bands || !(path->means & plan->mean))
            continue;
        if (only == path)
            plan->cost = INFINITY;
        if (!only || only == path)
            ret = try_path(plan, path);
    }
    if (ret < 0 || plan->state == plan->bands_state)
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
    if (plan->bands_state)
        plan->bands->clear(plan->bands_state);
    areascale_columns_clear(&plan->columns);
    areascale_axis_clear(&plan->rows);
    free(plan);
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
