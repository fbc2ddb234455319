/* areascale: the path of small windows, picked out of whole vectors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where windows are a few samples wide, one byte shuffle lays the taps of many
 * output samples side by side: a vector of 16 bytes has a fixed number of
 * *slots* for each output sample, loaded from a fixed offset of every row of the
 * window. Rows are added up slot by slot, and at the end the slots of an output
 * sample. Windows that do not fit one load take several. The tables depend on
 * the columns alone and work for any interleaving.
 */

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"
#include "owords.h"
#include "plan.h"

/* The path's state. */
typedef struct Gathering {
    AreascaleGatherFn kernel;
    AreascaleGather tables;
} Gathering;

/* The first output sample of a unit. The last unit ends with the row, and overlaps
 * the one before, where the row is long enough. */
static int unit_begin(const AreascaleGather *gather, int unit, int out_samples)
{
    const int begin = unit * gather->unit_samples;
    const int last = out_samples > gather->unit_samples ? out_samples - gather->unit_samples : 0;

    return begin < last ? begin : last;
}

/* Units after which the windows repeat; all of them where they do not. */
static int unit_period(const AreascaleGather *gather, const AreascaleColumns *columns)
{
    int period = 1;

    while (period < gather->n_units && period * gather->unit_samples % columns->period)
        period++;
    return period;
}

/* The most loads of a vector in a row, more than AREASCALE_MAX_OWORD_LOADS if they are too many.
 * Loads at the end of the row begin earlier than where the windows were the same before,
 * so they take no more; the last unit begins anywhere. */
static int count_loads(const AreascaleGather *gather, const AreascaleOwordRow *row)
{
    const int n = areascale_oword_samples(row) / row->slots;
    const int period = unit_period(gather, row->columns);
    int most = 1;

    for (int unit = 0; unit < gather->n_units && most <= AREASCALE_MAX_OWORD_LOADS; unit++) {
        const int begin = unit_begin(gather, unit, row->out_samples);

        if (unit >= period && unit < gather->n_units - 1)
            continue;
        for (int s = begin; s < begin + gather->unit_samples; s += n) {
            const int loads = areascale_oword_find(row, s, NULL);

            if (loads > most)
                most = loads;
        }
    }
    return most;
}

/* Vectors of slots for a vector of sums. */
static int count_vectors(const AreascaleGather *g, const AreascaleOwordRow *row)
{
    return g->slots * row->sample_size / 2;
}

/* Given the slots of each vector and its loads. */
static double cost(const AreascalePlan *plan, const AreascaleGather *g, const AreascaleOwordRow *row)
{
    const int owords = plan->dsp.gather_owords;
    const bool wide = plan->divisors.arith != AREASCALE_ARITH_NARROW;
    /* the kernels' loops are unrolled up to two loads */
    const double per_load = (g->loads > 2 ? 0.49 : 0.33) + 0.08 * (owords - 1) +
                            (wide ? 0.1 : 0) + 0.1 * areascale_plan_contention(plan);
    const double per_unit = wide ? 0.4 : 0.2;
    const double loads = 2.0 * count_vectors(g, row) * g->loads * g->n_units;

    return per_load * loads * (double) areascale_axis_total_taps(&plan->rows) +
           per_unit * g->n_units * plan->geometry.out_height +
           0.014 * areascale_plan_in_bytes(plan);
}

/* Chooses the slots of the lowest cost. Returns it; INFINITY if none fit. */
static double choose_slots(const AreascalePlan *plan, AreascaleGather *gather, AreascaleOwordRow *row)
{
    double best = INFINITY;

    for (row->slots = 2; row->slots <= AREASCALE_MAX_OWORD_SLOTS; row->slots *= 2) {
        AreascaleGather g = *gather;

        g.slots = row->slots;
        g.loads = 1;
        if (cost(plan, &g, row) >= best)
            break; /* nor would more slots cost less */
        g.loads = count_loads(gather, row);
        if (g.loads > AREASCALE_MAX_OWORD_LOADS || cost(plan, &g, row) >= best)
            continue;
        best = cost(plan, &g, row);
        *gather = g;
    }
    return best;
}

/* Writes the loads of a half of a unit, from output sample s: its vectors of slots
 * one after the other, each with all its loads, each load for all owords. Sums of
 * neighbouring slots bring together what the vectors have in the same oword. */
static void fill_half(AreascaleGather *gather, const AreascaleOwordRow *row, int half, int s, int owords)
{
    const int n = areascale_oword_samples(row) / row->slots;
    const int vectors = count_vectors(gather, row);

    for (int v = 0; v < vectors; v++) {
        for (int o = 0; o < owords; o++) {
            AreascaleOword picks;

            areascale_oword_find(row, s + (o * vectors + v) * n, &picks);
            for (int k = 0; k < gather->loads; k++) {
                const int at = ((half * vectors + v) * gather->loads + k) * owords + o;

                gather->offset[at] = picks.offset[k] * row->sample_size;
                memcpy(gather->pick + (size_t) at * AREASCALE_OWORD, picks.pick[k], AREASCALE_OWORD);
            }
        }
    }
}

static void fill_unit(AreascaleGather *gather, const AreascaleOwordRow *row, int unit, int owords)
{
    const int s = unit_begin(gather, unit, row->out_samples);

    fill_half(gather, row, 2 * unit, s, owords);
    fill_half(gather, row, 2 * unit + 1, s + gather->unit_samples / 2, owords);
}

/* Fills a unit with what that a period before has, further on. Returns whether all loads
 * then lie in the row. */
static bool repeat_unit(AreascaleGather *gather, const AreascaleOwordRow *row, int unit, int period,
                        int owords)
{
    const AreascaleColumns *columns = row->columns;
    const int n = 2 * count_vectors(gather, row) * gather->loads * owords;
    const size_t to = (size_t) unit * (size_t) n, from = to - (size_t) period * (size_t) n;
    const int step = period * gather->unit_samples / columns->period * columns->in_period *
                     row->sample_size;
    const int last = row->in_samples * row->sample_size - AREASCALE_OWORD;

    for (int k = 0; k < n; k++) {
        gather->offset[to + k] = gather->offset[from + k] + step;
        if (gather->offset[to + k] > last)
            return false;
    }
    memcpy(gather->pick + to * AREASCALE_OWORD, gather->pick + from * AREASCALE_OWORD, (size_t) n * AREASCALE_OWORD);
    return true;
}

static void fill_units(AreascaleGather *gather, const AreascaleOwordRow *row, int owords)
{
    const int period = unit_period(gather, row->columns);

    for (int unit = 0; unit < gather->n_units; unit++)
        if (unit < period || unit == gather->n_units - 1 ||
            !repeat_unit(gather, row, unit, period, owords))
            fill_unit(gather, row, unit, owords);
}

/* The place of the i-th sample of half a unit among the lanes of 32-bit sums: of two
 * vectors, each oword has four, first the first vector's. */
static int wide_lane(int i, int half)
{
    return i / 8 * 4 + i / 4 % 2 * (half / 2) + i % 4;
}

static void set_divisor(AreascaleGather *gather, int row_class, size_t at, uint32_t round,
                        uint32_t reciprocal, bool wide)
{
    if (wide) {
        ((uint32_t *) gather->round[row_class])[at] = round;
        ((uint32_t *) gather->reciprocal[row_class])[at] = reciprocal;
    } else {
        ((uint16_t *) gather->round[row_class])[at] = (uint16_t) round;
        ((uint16_t *) gather->reciprocal[row_class])[at] = (uint16_t) reciprocal;
    }
}

/* Makes a unit's divisors for the windows of a class of rows. */
static void fill_divisors(AreascaleGather *g, const AreascalePlan *plan, int row_class, int unit)
{
    const AreascaleDivisors *d = &plan->divisors;
    const int half = g->unit_samples / 2, last = plan->out_samples - 1;
    const int begin = unit_begin(g, unit, plan->out_samples);
    const bool wide = d->arith != AREASCALE_ARITH_NARROW;
    const uint32_t bias = wide ? AREASCALE_GATHER_BIAS * (uint32_t) (g->slots * g->loads) *
                                     (uint32_t) plan->rows.class_taps[row_class]
                               : 0;

    for (int i = 0; i < g->unit_samples; i++) {
        const int c = plan->columns.cls[begin + i < last ? begin + i : last];
        const int lane = wide ? wide_lane(i % half, half) : i % half;
        const int at = unit * g->unit_samples + i - i % half + lane;

        set_divisor(g, row_class, (size_t) at, (uint32_t) (d->area[row_class][c] / 2) + bias,
                    d->reciprocal[row_class][c], wide);
    }
}

/* Makes the divisors of the output samples for the windows of a class of rows. */
static int make_divisors(AreascaleGather *g, const AreascalePlan *plan, int row_class)
{
    const bool wide = plan->divisors.arith != AREASCALE_ARITH_NARROW;
    const size_t size =
        (size_t) g->unit_samples * (wide ? sizeof(uint32_t) : sizeof(uint16_t));
    const int period = unit_period(g, &plan->columns);
    char *round = malloc((size_t) g->n_units * size);
    char *reciprocal = malloc((size_t) g->n_units * size);

    g->round[row_class] = round;
    g->reciprocal[row_class] = reciprocal;
    if (!round || !reciprocal)
        return -ENOMEM;
    for (int unit = 0; unit < g->n_units; unit++) {
        if (unit < period || unit == g->n_units - 1) {
            fill_divisors(g, plan, row_class, unit);
        } else {
            const size_t to = (size_t) unit * size, from = to - (size_t) period * size;

            memcpy(round + to, round + from, size);
            memcpy(reciprocal + to, reciprocal + from, size);
        }
    }
    return 0;
}

/* The kernel that can gather the plane's windows, NULL if there is none. */
static AreascaleGatherFn kernel_for(const AreascalePlan *plan)
{
    if (plan->columns.taps == AREASCALE_TAPS_SAME || plan->geometry.depth < 8)
        return NULL;
    switch (plan->divisors.arith) {
    case AREASCALE_ARITH_NARROW:
        return plan->dsp.gather[plan->in_sample];
    case AREASCALE_ARITH_WIDE16:
    case AREASCALE_ARITH_WIDE32:
        if (plan->in_sample == AREASCALE_SAMPLE_8)
            return NULL;
        return plan->geometry.depth == 16 ? plan->dsp.gather_full : plan->dsp.gather_wide;
    default:
        return NULL;
    }
}

/* Whether loads stay within a row, and windows are not too wide. */
static bool windows_fit(const AreascalePlan *plan, const AreascaleOwordRow *row)
{
    for (int c = 0; c < plan->columns.n_classes; c++)
        if (plan->columns.class_taps[c] > AREASCALE_MAX_OWORD_LOADS * AREASCALE_MAX_OWORD_SLOTS)
            return false;
    return plan->in_samples >= areascale_oword_samples(row);
}

static AreascaleOwordRow row_of(const AreascalePlan *plan)
{
    return (AreascaleOwordRow) {
        .columns = &plan->columns,
        .in_samples = plan->in_samples,
        .out_samples = plan->out_samples,
        .sample_size = (int) areascale_sample_size(plan->in_sample),
    };
}

static int gather_init(const AreascalePlan *plan, void **state, double *cost)
{
    const AreascaleGatherFn kernel = kernel_for(plan);
    const int owords = plan->dsp.gather_owords;
    AreascaleOwordRow row = row_of(plan);
    AreascaleGather tables = { 0 };
    Gathering *gathering;

    if (!kernel || !areascale_plan_keeps_samples(plan) || !windows_fit(plan, &row))
        return -ERANGE;
    tables.unit_samples = 2 * AREASCALE_OWORD / (int) sizeof(uint16_t) * owords;
    tables.n_units = (plan->out_samples + tables.unit_samples - 1) / tables.unit_samples;
    *cost = choose_slots(plan, &tables, &row);
    if (isinf(*cost))
        return -ERANGE;
    gathering = malloc(sizeof(*gathering));
    if (!gathering)
        return -ENOMEM;
    *gathering = (Gathering) { .kernel = kernel, .tables = tables };
    *state = gathering;
    return 0;
}

static int gather_prepare(const AreascalePlan *plan, void *state)
{
    const int owords = plan->dsp.gather_owords;
    Gathering *gathering = state;
    AreascaleGather *g = &gathering->tables;
    AreascaleOwordRow row = row_of(plan);
    size_t n_loads;
    int ret = 0;

    row.slots = g->slots;
    n_loads =
        2 * (size_t) g->n_units * (size_t) (count_vectors(g, &row) * g->loads * owords);
    g->offset = malloc(n_loads * sizeof(*g->offset));
    g->pick = malloc(n_loads * AREASCALE_OWORD);
    if (!g->offset || !g->pick)
        return -ENOMEM;
    fill_units(g, &row, owords);
    for (int r = 0; ret == 0 && r < plan->rows.n_classes; r++)
        ret = make_divisors(g, plan, r);
    return ret;
}

static void gather_run(const AreascalePlan *plan, const void *state, const AreascalePart *part)
{
    const Gathering *gathering = state;
    AreascaleGatherRow r = {
        .gather = &gathering->tables,
        .shift = plan->geometry.shift,
        .mask = plan->mask,
        .div_shift = plan->divisors.shift,
        .n = plan->out_samples,
    };

    for (int y = part->y0; y < part->y1; y++) {
        const AreascaleWindow w = plan->rows.windows[y];

        r.rows = areascale_axis_count(&plan->rows, y);
        r.src = part->src + w.start * part->src_stride;
        r.stride = w.end - w.start < r.rows ? 0 : part->src_stride; /* one row twice */
        r.row_class = plan->rows.cls[y];
        r.ahead = areascale_plan_bytes_ahead(plan, y, part->src_stride);
        r.dst = part->dst + y * part->dst_stride;
        gathering->kernel(&r);
    }
}

static void gather_clear(void *state)
{
    Gathering *gathering = state;

    free(gathering->tables.offset);
    free(gathering->tables.pick);
    for (int r = 0; r < AREASCALE_AXIS_CLASSES; r++) {
        free(gathering->tables.round[r]);
        free(gathering->tables.reciprocal[r]);
    }
    free(gathering);
}

static const char *gather_describe(const AreascalePlan *plan, const void *state)
{
    (void) state;
    return plan->divisors.arith == AREASCALE_ARITH_NARROW ? "gather/16" : "gather/32";
}

const AreascalePath areascale_path_gather = {
    .name = "gather",
    .means = AREASCALE_MEAN_PLAIN,
    .whole_rows = true,
    .init = gather_init,
    .prepare = gather_prepare,
    .run = gather_run,
    .clear = gather_clear,
    .describe = gather_describe,
};
