/* areascale: the path that shuffles bytes within owords into small weighed windows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * As the path of strips does, but slots have 16 bits and the weights of their taps, and
 * the sums of rows are multiplied by those of the rows. The rows between the first and
 * the last one of a window weigh the same, and are added up first.
 */

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "owords.h"
#include "path.h"
#include "plan.h"

enum {
    ALIGNMENT = 64, /* of tables */
    MAX_STEPS = 16, /* output rows of a band */
};

/* A row of units: what tables are made for. */
typedef struct Row {
    const AreascalePlan *plan;
    AreascaleRibbonFn kernel;
    AreascaleOwordRow picks;
    int loads; /* of an oword */
    int owords, unit_samples, n_units;
    int period; /* units after which the windows lie alike */
} Row;

/* The path's state. */
typedef struct Ribbons {
    Row row;
    bool in_float;
    unsigned bias; /* of words */
    int n_tables, n_steps;
    int32_t *offset;
    uint8_t *pick;
    int16_t *weight;
    char *divisor;
    AreascaleStripUnit *units;
    void *memory; /* of these */
} Ribbons;

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static int greatest_common_divisor(int a, int b)
{
    while (b) {
        const int rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static int unit_begin(const Row *row, int unit)
{
    return min_int(unit * row->unit_samples, row->plan->out_samples - row->unit_samples);
}

/* The first output sample of an oword of a unit's vector. */
static int oword_begin(const Row *row, int unit, int vector, int oword)
{
    return unit_begin(row, unit) + oword * AREASCALE_RIBBON_SAMPLES +
           vector * AREASCALE_RIBBON_SAMPLES / row->picks.slots;
}

/* Whether loads that begin at any tap of the unit end within the row. */
static bool loads_end(const Row *row, int unit)
{
    const int end = unit_begin(row, unit) + row->unit_samples;

    for (int i = 1; i <= row->plan->group->n_samples; i++)
        if (row->plan->columns.last[end - i] >
            row->plan->in_samples - areascale_oword_samples(&row->picks))
            return false;
    return true;
}

/* The unit before that has the same tables, or the unit itself. */
static int unit_like(const Row *row, int unit)
{
    if (unit < row->period || unit * row->unit_samples != unit_begin(row, unit) ||
        !loads_end(row, unit))
        return unit;
    return unit % row->period;
}

static bool unit_fits(const Row *row, int unit)
{
    for (int v = 0; v < row->picks.slots; v++)
        for (int o = 0; o < row->owords; o++)
            if (areascale_oword_find(&row->picks, oword_begin(row, unit, v, o), NULL) >
                row->loads)
                return false;
    return true;
}

static bool row_fits(const Row *row)
{
    for (int u = 0; u < row->n_units; u++)
        if (unit_like(row, u) == u && !unit_fits(row, u))
            return false;
    return true;
}

static Row row_of(const AreascalePlan *plan, int slots, int loads)
{
    const int owords = plan->dsp.ribbon_owords;
    const int period = plan->columns.period;
    Row row = {
        .plan = plan,
        .kernel = plan->dsp.ribbon[plan->in_sample][slots / 4][loads - 1],
        .picks = { .columns = &plan->columns,
                   .in_samples = plan->in_samples,
                   .out_samples = plan->out_samples,
                   .sample_size = (int) areascale_sample_size(plan->in_sample),
                   .slots = slots,
                   .weighed = true },
        .loads = loads,
        .owords = owords,
        .unit_samples = owords * AREASCALE_RIBBON_SAMPLES,
    };

    row.n_units = (plan->out_samples + row.unit_samples - 1) / row.unit_samples;
    row.period = period / greatest_common_divisor(period, row.unit_samples);
    return row;
}

/* Each load of each input row costs, more where a unit has many, and each output row. */
static double cost_of(const Row *row)
{
    enum { MANY = 16 };
    const AreascaleGeometry *g = &row->plan->geometry;
    const int loads = row->picks.slots * row->loads;
    const double per_load = (row->plan->in_sample == AREASCALE_SAMPLE_8 ? 0.6 : 1) *
                            (loads > MANY ? 1.8 : 1) * (row->owords > 1 ? 1 : 0.7);
    const double rows = (double) areascale_axis_total_taps(&row->plan->rows);

    return row->n_units * (rows * loads * per_load +
                           g->out_height * (4 + 0.6 * row->picks.slots)) +
           0.012 * areascale_plan_in_bytes(row->plan);
}

/* Finds the shape of the lowest cost; INFINITY if none fits. */
static double find_row(const AreascalePlan *plan, Row *best)
{
    double cost = INFINITY;

    for (int slots = 2; slots <= 8; slots *= 2)
        for (int loads = 1; loads <= AREASCALE_MAX_RIBBON_LOADS; loads++) {
            const Row row = row_of(plan, slots, loads);

            if (cost_of(&row) < cost && row_fits(&row)) {
                *best = row;
                cost = cost_of(&row);
            }
        }
    return cost;
}

/* Whether weights fit signed words, and the row what is loaded and made of it. */
static bool plane_fits(const AreascalePlan *plan)
{
    const AreascaleColumns *c = &plan->columns;
    const int oword = AREASCALE_OWORD / (int) areascale_sample_size(plan->in_sample);

    if (!plan->dsp.ribbon_owords || plan->divisors.arith == AREASCALE_ARITH_EXACT ||
        (plan->in_sample == AREASCALE_SAMPLE_8 && plan->geometry.depth < 8) ||
        plan->in_samples < oword ||
        plan->out_samples < plan->dsp.ribbon_owords * AREASCALE_RIBBON_SAMPLES)
        return false;
    for (int s = 0; c->weighed && s < plan->out_samples; s++)
        if (max_int(c->head[s], max_int(c->tail[s], c->class_body[c->cls[s]])) > INT16_MAX)
            return false;
    return true;
}

/* Output rows whose windows have about so many input rows. */
static int count_steps(const AreascalePlan *plan)
{
    enum { ROWS = 16 };
    const AreascaleGeometry *g = &plan->geometry;

    return max_int(
        2, min_int((int) ((int64_t) ROWS * g->out_height / g->in_height), MAX_STEPS));
}

static int ribbon_init(const AreascalePlan *plan, void **state, double *cost)
{
    Ribbons *s;
    Row row;

    if (!plane_fits(plan))
        return -ERANGE;
    *cost = find_row(plan, &row);
    if (isinf(*cost))
        return -ERANGE;
    s = calloc(1, sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->row = row;
    s->in_float = plan->geometry.depth < 16 && areascale_plan_keeps_depth(plan) &&
                  areascale_divisors_in_float(&plan->divisors, &plan->rows, &plan->columns,
                                              plan->geometry.depth);
    s->bias = plan->geometry.depth == 16 ? 1u << 15 : 0;
    s->n_steps = count_steps(plan);
    *state = s;
    return 0;
}

/* Writes the tables of a unit's loads. */
static void fill_loads(Ribbons *s, int unit, int table)
{
    const Row *row = &s->row;

    for (int v = 0; v < row->picks.slots; v++)
        for (int o = 0; o < row->owords; o++) {
            AreascaleOword found;

            areascale_oword_find(&row->picks, oword_begin(row, unit, v, o), &found);
            for (int l = 0; l < row->loads; l++) {
                const int at =
                    ((table * row->picks.slots + v) * row->loads + l) * row->owords + o;

                s->offset[at] = found.offset[l] * row->picks.sample_size -
                                s->units[unit].offset;
                memcpy(s->pick + at * AREASCALE_OWORD, found.pick[l], AREASCALE_OWORD);
                memcpy(s->weight + at * AREASCALE_OWORD / 2, found.weight[l],
                       AREASCALE_OWORD);
            }
        }
}

/* Bytes of the divisors of a table for a row class. */
static int divisors_size(const Row *row)
{
    return 2 * row->unit_samples * (int) sizeof(uint32_t);
}

/* The lane of a unit's sample. */
static int lane_of(const Row *row, int i)
{
    const int n = AREASCALE_RIBBON_SAMPLES / 2;

    return i / n % 2 * n * row->owords + i / (2 * n) * n + i % n;
}

/* What is added to a window's sum: half of what divides it, and what all of its samples
 * are taken for less than they are, modulo 2^32. */
static uint32_t rounding_of(const Ribbons *s, int r, int c)
{
    const AreascalePlan *plan = s->row.plan;
    const uint64_t weight = (uint64_t) plan->rows.class_weight[r] *
                            (uint64_t) plan->columns.class_weight[c];

    return (uint32_t) (plan->divisors.area[r][c] / 2 + s->bias * weight);
}

static void fill_divisors(Ribbons *s, int unit, int table)
{
    const Row *row = &s->row;
    const AreascaleDivisors *d = &row->plan->divisors;

    for (int r = 0; r < row->plan->rows.n_classes; r++) {
        uint32_t *divisor = (uint32_t *) (s->divisor + (size_t) (r * s->n_tables + table) *
                                                           (size_t) divisors_size(row));

        for (int i = 0; i < row->unit_samples; i++) {
            const int c = row->plan->columns.cls[unit_begin(row, unit) + i];
            const int at = lane_of(row, i);

            divisor[at] = rounding_of(s, r, c);
            divisor[row->unit_samples + at] =
                s->in_float ? areascale_float_reciprocal((uint32_t) d->area[r][c])
                            : d->reciprocal[r][c];
        }
    }
}

/* A place before all loads of a unit, in bytes. */
static int32_t unit_offset(const Row *row, int unit)
{
    const AreascalePlan *plan = row->plan;
    const int s = unit_begin(row, unit);
    int lowest = plan->in_samples - areascale_oword_samples(&row->picks);

    for (int i = 0; i < plan->group->n_samples; i++)
        lowest = min_int(lowest, plan->columns.first[s + i]);
    return lowest * row->picks.sample_size;
}

static size_t align_up(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Room for tables all of which are different. */
static int allocate(Ribbons *s)
{
    const Row *row = &s->row;
    const size_t n_units = (size_t) row->n_units;
    const size_t n_loads = n_units * (size_t) (row->picks.slots * row->loads * row->owords);
    const size_t picks = align_up(n_loads * AREASCALE_OWORD);
    const size_t divisors = align_up(
        (size_t) row->plan->rows.n_classes * n_units * (size_t) divisors_size(row));
    char *memory = malloc(ALIGNMENT + 2 * picks + divisors + n_loads * sizeof(*s->offset) +
                          n_units * sizeof(*s->units));

    s->memory = memory;
    if (!memory)
        return -ENOMEM;
    memory = areascale_scratch_align(memory);
    s->pick = (uint8_t *) memory;
    s->weight = (int16_t *) (memory + picks);
    s->divisor = memory + 2 * picks;
    s->offset = (int32_t *) (s->divisor + divisors);
    s->units = (AreascaleStripUnit *) (s->offset + n_loads);
    return 0;
}

static int ribbon_prepare(const AreascalePlan *plan, void *state)
{
    Ribbons *s = state;

    (void) plan;
    if (allocate(s) < 0)
        return -ENOMEM;
    for (int u = 0; u < s->row.n_units; u++) {
        const int like = unit_like(&s->row, u);

        s->units[u].offset = unit_offset(&s->row, u);
        s->units[u].table = like < u ? s->units[like].table : s->n_tables++;
    }
    for (int u = 0; u < s->row.n_units; u++)
        if (unit_like(&s->row, u) == u) {
            fill_loads(s, u, s->units[u].table);
            fill_divisors(s, u, s->units[u].table);
        }
    return 0;
}

static void ribbon_clear(void *state)
{
    Ribbons *s = state;

    free(s->memory);
    free(s);
}

static AreascaleRibbonRows rows_of(const AreascalePlan *plan, const Ribbons *s,
                                    const AreascalePart *part)
{
    return (AreascaleRibbonRows){
        .offset = s->offset,
        .pick = s->pick,
        .weight = s->weight,
        .units = s->units,
        .n_units = s->row.n_units,
        .divisor = s->divisor,
        .in_float = s->in_float,
        .lift = plan->divisors.lift,
        .div_shift = plan->divisors.shift,
        .in_shift = plan->geometry.shift,
        .mask = plan->mask,
        .bias = s->bias,
        .to_words = plan->out_sample == AREASCALE_SAMPLE_16,
        .out_max = areascale_plan_out_max(plan),
        .out_shift = plan->out_shift,
        .stride = part->src_stride,
        .dst_stride = part->dst_stride,
        .n = plan->out_samples,
    };
}

static void ribbon_run(const AreascalePlan *plan, const void *state,
                        const AreascalePart *part)
{
    const Ribbons *s = state;
    const ptrdiff_t divisors = (ptrdiff_t) s->n_tables * divisors_size(&s->row);
    AreascaleBlendStep steps[MAX_STEPS];
    AreascaleRibbonRows rows = rows_of(plan, s, part);

    rows.steps = steps;
    for (int y = part->y0; y < part->y1; y += s->n_steps) {
        const int y1 = min_int(y + s->n_steps, part->y1), next = min_int(y1, part->y1 - 1);
        const int row = plan->rows.windows[y].start;

        areascale_blend_steps(&plan->rows, y, y1, divisors, steps);
        rows.n_steps = y1 - y;
        rows.src = part->src + row * part->src_stride;
        rows.ahead = (plan->rows.windows[next].start - row) * part->src_stride;
        rows.dst = part->dst + y * part->dst_stride;
        s->row.kernel(&rows);
    }
}

const AreascalePath areascale_path_ribbon = {
    .name = "ribbon",
    .means = AREASCALE_MEAN_WEIGHED,
    .whole_rows = true,
    .init = ribbon_init,
    .prepare = ribbon_prepare,
    .run = ribbon_run,
    .clear = ribbon_clear,
};
