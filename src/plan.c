/* areascale: a plane's immutable plan
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plan.h"

#include <errno.h>
#include <stdlib.h>

static const AreascaleGroup groups[AREASCALE_N_LAYOUTS] = {
    [AREASCALE_LAYOUT_1] = { 1, 1, { { 0, 1, 0 } } },
    [AREASCALE_LAYOUT_2] = { 2, 1, { { 0, 2, 0 }, { 1, 2, 0 } } },
    [AREASCALE_LAYOUT_3] = { 3, 1, { { 0, 3, 0 }, { 1, 3, 0 }, { 2, 3, 0 } } },
    [AREASCALE_LAYOUT_4] = { 4, 1, { { 0, 4, 0 }, { 1, 4, 0 }, { 2, 4, 0 }, { 3, 4, 0 } } },
    [AREASCALE_LAYOUT_YUYV] = { 4, 2, { { 0, 2, 0 }, { 1, 4, 1 }, { 0, 2, 0 }, { 3, 4, 1 } } },
    [AREASCALE_LAYOUT_UYVY] = { 4, 2, { { 0, 4, 1 }, { 1, 2, 0 }, { 2, 4, 1 }, { 1, 2, 0 } } },
};

static const char *const path_names[] = {
    [AREASCALE_PATH_COPY] = "copy",
    [AREASCALE_PATH_HALVE] = "halve",
};

static const char *const arith_names[AREASCALE_N_ARITHS] = {
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

static int ceil_shift(int size, int log2)
{
    return (size + (1 << log2) - 1) >> log2;
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

/* Taps of the window that starts at the sample @first and ends at @last. */
static int count_taps(AreascaleTaps taps, int first, int last, int step)
{
    switch (taps) {
    case AREASCALE_TAPS_UNIT:
        return 1;
    case AREASCALE_TAPS_PAIR:
        return 2;
    default:
        return (last - first) / step + 1;
    }
}

/* Enters one component's windows into the tables of output samples. */
static void fill_component(AreascalePlan *plan, const AreascaleWindow *windows, int out,
                           int p)
{
    const AreascaleGroup *group = plan->group;
    const AreascalePosition *pos = &group->position[p];
    const int per_group = group->n_pixels >> pos->log2_sub;
    const int within = (p - pos->offset) / pos->step;

    for (int s = p, i = within; s < plan->out_samples; s += group->n_samples, i += per_group) {
        /* the unused luma at the end of an odd 4:2:2 row repeats the last one */
        const AreascaleWindow w = windows[i < out ? i : out - 1];

        plan->first[s] = pos->offset + w.start * pos->step;
        plan->last[s] = pos->offset + (w.end - 1) * pos->step;
        plan->step[s] = pos->step;
    }
}

static void fill_samples(AreascalePlan *plan, AreascaleWindow *windows)
{
    const AreascaleGeometry *g = &plan->geometry;
    int in = 0, out = 0;

    for (int p = 0; p < plan->group->n_samples; p++) {
        const int log2_sub = plan->group->position[p].log2_sub;

        in = ceil_shift(g->in_width, log2_sub);
        out = ceil_shift(g->out_width, log2_sub);
        areascale_windows_fill(windows, in, out);
        fill_component(plan, windows, out, p);
    }
}

/* Chooses the kind of taps: PAIR serves all windows of one or two samples, also
 * where luma goes up and chroma keeps its width. */
static AreascaleTaps choose_taps(const AreascalePlan *plan)
{
    const AreascaleGeometry *g = &plan->geometry;

    /* not where the last sample of a row stands for another one */
    if (g->in_width == g->out_width && g->out_width % plan->group->n_pixels == 0)
        return AREASCALE_TAPS_UNIT;
    for (int s = 0; s < plan->out_samples; s++)
        if (plan->last[s] - plan->first[s] > plan->step[s])
            return AREASCALE_TAPS_RUN;
    return AREASCALE_TAPS_PAIR;
}

/* Numbers the different counts of taps. */
static void classify_samples(AreascalePlan *plan)
{
    for (int s = 0; s < plan->out_samples; s++) {
        const int taps = count_taps(plan->taps, plan->first[s], plan->last[s], plan->step[s]);
        int c = 0;

        while (c < plan->n_classes && plan->class_taps[c] != taps)
            c++;
        if (c == plan->n_classes)
            plan->class_taps[plan->n_classes++] = taps;
        plan->cls[s] = (uint8_t) c;
    }
}

static void measure_taps(AreascalePlan *plan)
{
    int max = plan->class_taps[0];

    plan->min_taps = max;
    for (int c = 1; c < plan->n_classes; c++) {
        if (plan->class_taps[c] < plan->min_taps)
            plan->min_taps = plan->class_taps[c];
        if (plan->class_taps[c] > max)
            max = plan->class_taps[c];
    }
    plan->near_uniform = max - plan->min_taps <= 1;
}

static void measure_rows(AreascalePlan *plan)
{
    const int out_height = plan->geometry.out_height;

    plan->min_rows = areascale_plan_row_count(plan, 0);
    for (int y = 1; y < out_height; y++)
        if (areascale_plan_row_count(plan, y) < plan->min_rows)
            plan->min_rows = areascale_plan_row_count(plan, y);
}

static int max_rows(const AreascalePlan *plan)
{
    int max = 0;

    for (int y = 0; y < plan->geometry.out_height; y++)
        if (areascale_plan_row_count(plan, y) > max)
            max = areascale_plan_row_count(plan, y);
    return max;
}

/*
 * Finds one shift for all areas so that
 *     floor((n * ceil(2^shift / area)) / 2^shift) = floor(n / area)
 * for every n = S + floor(area / 2), S <= max_value * area, with reciprocals of
 * at most `bits` bits and shift >= bits. With e = ceil(2^shift / area) * area -
 * 2^shift, the left side is floor(n / area + n * e / (area * 2^shift)), and n /
 * area stays at least 1 / area below the next integer: n * e < 2^shift is
 * enough. Returns whether it holds.
 */
static bool find_reciprocals(AreascalePlan *plan, int bits, uint64_t max_sum)
{
    const uint64_t max_value = plan->mask;
    uint32_t min_area = plan->area[0][0];
    int shift;

    for (int c = 1; c < plan->n_classes; c++)
        if (plan->area[0][c] < min_area)
            min_area = plan->area[0][c];
    if (min_area < 2)
        return false;
    shift = bits + floor_log2(min_area - 1); /* 2^shift / min_area < 2^bits */

    for (int v = 0; v < 2; v++) {
        for (int c = 0; c < plan->n_classes; c++) {
            const uint64_t area = plan->area[v][c];
            const uint64_t n = max_value * area + area / 2;
            const uint64_t reciprocal = ((1ULL << shift) + area - 1) / area;
            const uint64_t e = reciprocal * area - (1ULL << shift);

            if (n > max_sum || (e && n >= ((1ULL << shift) + e - 1) / e))
                return false;
            plan->reciprocal[v][c] = (uint32_t) reciprocal;
        }
    }
    plan->div_shift = shift;
    return true;
}

static void choose_arith(AreascalePlan *plan)
{
    const int rows = max_rows(plan);
    const bool narrow_sums = (uint64_t) rows * plan->mask <= UINT16_MAX;

    for (int v = 0; v < 2; v++)
        for (int c = 0; c < plan->n_classes; c++)
            plan->area[v][c] =
                (uint32_t) (v ? rows : plan->min_rows) * (uint32_t) plan->class_taps[c];

    if (narrow_sums && find_reciprocals(plan, 16, UINT16_MAX))
        plan->arith = AREASCALE_ARITH_NARROW;
    else if (find_reciprocals(plan, 32, UINT32_MAX))
        plan->arith = narrow_sums ? AREASCALE_ARITH_WIDE16 : AREASCALE_ARITH_WIDE32;
    else
        plan->arith = AREASCALE_ARITH_EXACT;

    plan->batch_rows = (int) (UINT16_MAX / plan->mask);
    plan->chunk = (int) (UINT16_MAX / ((uint64_t) rows * plan->mask));
}

static bool windows_halve(const AreascalePlan *plan)
{
    const AreascaleGeometry *g = &plan->geometry;

    if (g->in_height != 2 * g->out_height || g->in_width != 2 * g->out_width)
        return false;
    /* an odd width's chroma in 4:2:2 is not halved exactly */
    return g->out_width % plan->group->n_pixels == 0;
}

static AreascalePath choose_path(const AreascalePlan *plan)
{
    const AreascaleGeometry *g = &plan->geometry;

    if (sizes_equal(g))
        return AREASCALE_PATH_COPY;
    if (g->depth == 8 && plan->dsp.halve[g->layout] && windows_halve(plan))
        return AREASCALE_PATH_HALVE;
    return AREASCALE_PATH_BAND;
}

static int plan_alloc(AreascalePlan *plan, AreascaleWindow **windows)
{
    const size_t n = (size_t) plan->out_samples;

    plan->rows = malloc((size_t) plan->geometry.out_height * sizeof(*plan->rows));
    plan->first = malloc(n * sizeof(*plan->first));
    plan->last = malloc(n * sizeof(*plan->last));
    plan->cls = malloc(n);
    plan->step = malloc(n);
    *windows = malloc((size_t) plan->geometry.out_width * sizeof(**windows));
    return plan->rows && plan->first && plan->last && plan->cls && plan->step && *windows
               ? 0 : -ENOMEM;
}

static void plan_init(AreascalePlan *plan, const AreascaleGeometry *g, AreascaleCpu cpu)
{
    plan->geometry = *g;
    plan->group = &groups[g->layout];
    plan->sample = g->depth <= 8 ? AREASCALE_SAMPLE_8 : AREASCALE_SAMPLE_16;
    plan->mask = (1u << g->depth) - 1;
    /* where nothing is added up the row counts twice too: there is no reciprocal
     * of an area of 1 */
    plan->row_pairs = g->out_height > g->in_height || sizes_equal(g);
    plan->in_samples = (g->in_width + plan->group->n_pixels - 1) / plan->group->n_pixels *
                       plan->group->n_samples;
    plan->out_samples = (g->out_width + plan->group->n_pixels - 1) / plan->group->n_pixels *
                        plan->group->n_samples;
    areascale_dsp_init(&plan->dsp, cpu);
    plan->vsum16 = g->depth < 8 ? plan->dsp.vsum16_bits : plan->dsp.vsum16[plan->sample];
}

static void plan_fill(AreascalePlan *plan, AreascaleWindow *windows)
{
    const AreascaleGeometry *g = &plan->geometry;
    areascale_windows_fill(plan->rows, g->in_height, g->out_height);
    fill_samples(plan, windows);
    plan->taps = choose_taps(plan);
    classify_samples(plan);
    measure_taps(plan);
    measure_rows(plan);
    choose_arith(plan);
    plan->path = choose_path(plan);
}

int areascale_plan_create(AreascalePlan **out, const AreascaleGeometry *geometry,
                          AreascaleCpu cpu)
{
    AreascalePlan *plan = NULL;
    AreascaleWindow *windows = NULL;
    int ret;

    *out = NULL;
    if (!geometry_valid(geometry) || (unsigned) cpu >= AREASCALE_N_CPUS)
        return -EINVAL;
    plan = calloc(1, sizeof(*plan));
    if (!plan)
        return -ENOMEM;
    plan_init(plan, geometry, cpu);
    ret = plan_alloc(plan, &windows);
    if (ret < 0)
        goto done;
    plan_fill(plan, windows);
    *out = plan;
    plan = NULL;

done:
    free(windows);
    areascale_plan_free(plan);
    return ret;
}

void areascale_plan_free(AreascalePlan *plan)
{
    if (!plan)
        return;
    free(plan->rows);
    free(plan->first);
    free(plan->last);
    free(plan->cls);
    free(plan->step);
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
    return plan->path == AREASCALE_PATH_BAND ? arith_names[plan->arith]
                                             : path_names[plan->path];
}
