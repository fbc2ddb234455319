/* areascale: the path of strips: small windows, unit by unit down a few output rows
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * As the path of gathering does, a byte shuffle lays the taps of many output samples side
 * by side. Here what a unit of output samples needs stays in registers while it goes down a
 * few output rows, and an input row that two windows share is loaded once.
 */

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"
#include "owords.h"
#include "plan.h"

enum {
    ALIGNMENT = 64, /* of tables */
    MAX_STEPS = 16, /* output rows of a strip */
};

/* A row of units: what tables are made for. */
typedef struct Row {
    const AreascalePlan *plan;
    AreascaleStrip kernel;
    AreascaleStripKind kind;
    int loads; /* of an oword */
    AreascaleOwordRow picks;
    int owords;       /* of a vector */
    int per_oword;    /* output samples */
    int unit_samples; /* output samples of a unit */
    int n_units;
    int period; /* units after which the windows lie alike */
    bool in_float; /* how window sums are divided */
} Row;

/* The path's state. */
typedef struct Strips {
    Row row;
    AreascaleStrips tables;
    int n_tables;
    int steps;    /* output rows of a strip */
    void *memory; /* of the tables */
} Strips;

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

/* Picks of an oword, singles among them. */
static int count_picks(const Row *row)
{
    return row->loads + row->picks.singles;
}

static int unit_begin(const Row *row, int unit)
{
    return min_int(unit * row->unit_samples, row->plan->out_samples - row->unit_samples);
}

/* Vectors whose results the kernel brings together: of each oword the first's, then the
 * next one's. */
static int joined_vectors(const Row *row)
{
    return row->kernel.n_vectors /
           (row->kind == AREASCALE_STRIP_BYTES ? 1 : row->kernel.n_results);
}

/* The first output sample of an oword of a unit's vector. */
static int oword_begin(const Row *row, int unit, int vector, int oword)
{
    const int n = joined_vectors(row), first = vector / n * n;

    return unit_begin(row, unit) +
           (first * row->owords + oword * n + vector - first) * row->per_oword;
}

static bool unit_fits(const Row *row, int unit)
{
    for (int v = 0; v < row->kernel.n_vectors; v++)
        for (int o = 0; o < row->owords; o++)
            if (areascale_oword_find(&row->picks, oword_begin(row, unit, v, o), NULL) >
                row->loads)
                return false;
    return true;
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

/* The unit before that has the same tables, or the unit itself. At the end of the row loads
 * begin earlier than where the windows were the same before, or the unit does. */
static int unit_like(const Row *row, int unit)
{
    if (unit < row->period || unit * row->unit_samples != unit_begin(row, unit) ||
        !loads_end(row, unit))
        return unit;
    return unit % row->period;
}

static bool row_fits(const Row *row)
{
    for (int u = 0; u < row->n_units; u++)
        if (unit_like(row, u) == u && !unit_fits(row, u))
            return false;
    return true;
}

static int gcd(int a, int b)
{
    while (b) {
        const int rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static Row row_of(const AreascalePlan *plan, AreascaleStripKind kind, int slots, int loads,
                  int singles)
{
    Row row = {
        .plan = plan,
        .kernel = plan->dsp.strip[kind][slots / 4][loads - 1][singles],
        .kind = kind,
        .loads = loads,
        .picks = { &plan->columns, plan->in_samples, plan->out_samples,
                   (int) areascale_sample_size(plan->in_sample), slots, false, singles },
        .owords = plan->dsp.strip_owords,
        .in_float = kind >= AREASCALE_STRIP_WIDE &&
                    areascale_divisors_in_float(&plan->divisors, &plan->rows, &plan->columns,
                                                plan->geometry.depth),
    };
    const int period = plan->columns.period;

    row.per_oword = areascale_oword_samples(&row.picks) / slots;
    row.unit_samples = row.kernel.n_vectors * row.owords * row.per_oword;
    if (row.unit_samples) {
        row.n_units = (plan->out_samples + row.unit_samples - 1) / row.unit_samples;
        row.period = period / gcd(period, row.unit_samples);
    }
    return row;
}

/* Output rows of a strip. The more the better, as long as so many lines of cache stay in L1
 * while their units are made, and what is fetched ahead stays in L2 until it is used. */
static int count_steps(const AreascalePlan *plan)
{
    enum { MIN_ROWS = 5, MAX_ROWS = 20, MAX_BYTES = 160 * 1024 };
    const AreascaleGeometry *g = &plan->geometry;
    const int size = plan->in_samples * (int) areascale_sample_size(plan->in_sample);
    const int fitting = MAX_BYTES / size < MIN_ROWS ? MIN_ROWS : MAX_BYTES / size;
    const int64_t rows = min_int(fitting, MAX_ROWS);
    const int steps = (int) (rows * g->out_height / g->in_height);

    return steps < 2 ? 2 : min_int(steps, MAX_STEPS);
}

/* Loads and picks of all input rows cost, those that two strips share twice; picks, where
 * they are of complete windows, and divisions of each output row; and memory. */
static double cost_of(const Row *row)
{
    static const struct {
        double load, single, pick, unit;
    } ns[AREASCALE_N_STRIP_KINDS] = {
        [AREASCALE_STRIP_BYTES] = { .load = 0.30, .single = 0.10, .unit = 0.3 },
        [AREASCALE_STRIP_WORDS] = { .load = 0.26, .pick = 0.16 },
        [AREASCALE_STRIP_WIDE] = { .load = 0.29, .pick = 0.31, .unit = 0.5 },
        [AREASCALE_STRIP_FULL] = { .load = 0.30, .single = 0.28, .unit = 2.2 },
        [AREASCALE_STRIP_LIFTED] = { .load = 0.30, .single = 0.10, .unit = 1.2 },
    };
    const AreascaleGeometry *g = &row->plan->geometry;
    const double out_rows = g->out_height;
    const double rows = g->in_height + out_rows / count_steps(row->plan);
    const int n = row->kernel.n_vectors, kind = row->kind;

    return row->n_units *
               (rows * n *
                    (ns[kind].load * row->loads + ns[kind].single * row->picks.singles) +
                out_rows * (n * ns[kind].pick * count_picks(row) + ns[kind].unit)) +
           0.012 * areascale_plan_in_bytes(row->plan);
}

static int max_taps(const AreascaleColumns *c)
{
    int max = 0;

    for (int i = 0; i < c->n_classes; i++)
        if (c->class_taps[i] > max)
            max = c->class_taps[i];
    return max;
}

/* Whether the 16-bit lanes that kernels take for signed stay below 2^15: those of slots
 * where windows are of 32 bits, otherwise also sums of half a sample's slots. */
static bool sums_fit(const Row *row)
{
    const bool bytes = row->kind == AREASCALE_STRIP_BYTES;
    const int slots = row->kind == AREASCALE_STRIP_WIDE     ? 1
                      : row->kind == AREASCALE_STRIP_LIFTED ? 2
                                                            : row->picks.slots / 2;
    const int taps =
        min_int(row->loads * slots + row->picks.singles, max_taps(&row->plan->columns));

    if (row->kind == AREASCALE_STRIP_FULL || (bytes && row->picks.slots == 2))
        return true;
    return (int64_t) areascale_axis_max_taps(&row->plan->rows) * taps * row->plan->mask <=
           INT16_MAX;
}

/* Takes the row if it fits and costs less. */
static void try_row(const Row *row, Row *best, double *cost)
{
    if (row->kernel.run && row->plan->out_samples >= row->unit_samples && sums_fit(row) &&
        cost_of(row) < *cost && row_fits(row)) {
        *best = *row;
        *cost = cost_of(row);
    }
}

/* Finds the shape of the lowest cost; INFINITY if none fits. */
static double find_row(const AreascalePlan *plan, AreascaleStripKind kind, Row *best)
{
    double cost = INFINITY;

    for (int slots = 2; slots <= 8; slots *= 2)
        for (int loads = 1; loads <= AREASCALE_MAX_STRIP_LOADS; loads++)
            for (int singles = 0; singles <= AREASCALE_MAX_STRIP_SINGLES; singles++) {
                const Row row = row_of(plan, kind, slots, loads, singles);

                try_row(&row, best, &cost);
            }
    return cost;
}

/* Whether windows have all their rows count, once, and each but the first begins with the
 * last row of the one before or with the next. */
static bool rows_follow(const AreascaleAxis *rows)
{
    for (int y = 0; y < rows->out; y++) {
        const AreascaleWindow w = rows->windows[y];
        const int last_end = y ? rows->windows[y - 1].end : w.start;

        if (w.end - w.start != areascale_axis_count(rows, y) || w.end <= last_end ||
            w.start > last_end || w.start < last_end - 1)
            return false;
    }
    return true;
}

/* The kind of the plane; -1: there is none. */
static int kind_of(const AreascalePlan *plan)
{
    const int lift = plan->out_depth - plan->geometry.depth;
    const bool narrow = plan->divisors.arith == AREASCALE_ARITH_NARROW && lift == 0;

    if (!plan->dsp.strip_owords || lift < 0 || plan->geometry.depth < 8 || !rows_follow(&plan->rows) ||
        plan->columns.taps == AREASCALE_TAPS_SAME ||
        plan->divisors.arith == AREASCALE_ARITH_EXACT ||
        plan->in_samples * (int) areascale_sample_size(plan->in_sample) < AREASCALE_OWORD)
        return -1;
    if (plan->out_sample == AREASCALE_SAMPLE_8)
        return narrow ? AREASCALE_STRIP_BYTES : -1;
    if (plan->in_sample == AREASCALE_SAMPLE_8)
        return AREASCALE_STRIP_LIFTED;
    if (plan->geometry.depth == 16)
        return AREASCALE_STRIP_FULL;
    return narrow ? AREASCALE_STRIP_WORDS : AREASCALE_STRIP_WIDE;
}

static int strip_init(const AreascalePlan *plan, void **state, double *cost)
{
    const int kind = kind_of(plan);
    Strips *strips;
    Row row;

    if (kind < 0)
        return -ERANGE;
    *cost = find_row(plan, (AreascaleStripKind) kind, &row);
    if (isinf(*cost))
        return -ERANGE;
    strips = calloc(1, sizeof(*strips));
    if (!strips)
        return -ENOMEM;
    strips->row = row;
    strips->steps = count_steps(plan);
    strips->tables.n_units = row.n_units;
    *state = strips;
    return 0;
}

/* Writes the tables of a unit's loads. */
static void fill_loads(AreascaleStrips *s, const Row *row, int unit, int table)
{
    const int n_vectors = row->kernel.n_vectors, owords = row->owords;
    const int n_loads = row->loads, n_picks = count_picks(row);
    int32_t *offset = s->offset + (ptrdiff_t) table * n_vectors * n_loads * owords;
    uint8_t *pick =
        s->pick + (ptrdiff_t) table * n_vectors * n_picks * owords * AREASCALE_OWORD;

    for (int v = 0; v < n_vectors; v++) {
        for (int o = 0; o < owords; o++) {
            AreascaleOword picks;

            areascale_oword_find(&row->picks, oword_begin(row, unit, v, o), &picks);
            for (int k = 0; k < n_loads; k++)
                offset[(v * n_loads + k) * owords + o] =
                    picks.offset[k] * row->picks.sample_size - s->units[unit].offset;
            for (int k = 0; k < n_picks; k++)
                memcpy(pick + ((v * n_picks + k) * owords + o) * AREASCALE_OWORD,
                       k < n_loads ? picks.pick[k] : picks.single, AREASCALE_OWORD);
        }
    }
}

static bool is_wide(const Row *row)
{
    return row->kind >= AREASCALE_STRIP_WIDE;
}

/* The place of a unit's sample among the lanes of the sums that are divided. Vectors that
 * are packed together have of each oword first the first's, then the second's samples. */
static int place_of(const Row *row, int i)
{
    const int n = is_wide(row) ? 4 : 8; /* of an oword */
    const int n_packed = is_wide(row)                         ? 2
                         : row->kind == AREASCALE_STRIP_BYTES ? row->kernel.n_results
                                                              : 1;
    const int within = i % (n * row->owords * n_packed);

    return i - within + (within / n % n_packed * row->owords + within / n / n_packed) * n +
           within % n;
}

/* What is to be added to a window's sum of so many rows before it is divided. */
static uint32_t rounding_of(const Row *row, int rows, uint32_t area)
{
    if (row->kind != AREASCALE_STRIP_FULL)
        return area / 2;
    return area / 2 +
           AREASCALE_STRIP_BIAS * (uint32_t) (rows * row->picks.slots * count_picks(row));
}

/* Bytes of the divisors of a table for as many rows. */
static size_t divisors_size(const Row *row)
{
    return 2 * (size_t) row->unit_samples *
           (is_wide(row) ? sizeof(uint32_t) : sizeof(uint16_t));
}

static void fill_divisors(Strips *strips, int unit, int table)
{
    const Row *row = &strips->row;
    const AreascalePlan *plan = row->plan;
    const AreascaleDivisors *d = &plan->divisors;
    const int n = row->unit_samples;

    for (int v = 0; v < plan->rows.n_classes; v++) {
        char *divisor = strips->tables.divisor +
                        (size_t) (v * strips->n_tables + table) * divisors_size(row);

        for (int i = 0; i < n; i++) {
            const int c = plan->columns.cls[unit_begin(row, unit) + i];
            const uint32_t round =
                rounding_of(row, plan->rows.class_taps[v], (uint32_t) d->area[v][c]);
            const int at = place_of(row, i);

            if (is_wide(row)) {
                ((uint32_t *) divisor)[at] = round;
                ((uint32_t *) divisor)[n + at] =
                    row->in_float ? areascale_float_reciprocal((uint32_t) d->area[v][c])
                                  : d->reciprocal[v][c];
            } else {
                ((uint16_t *) divisor)[at] = (uint16_t) round;
                ((uint16_t *) divisor)[n + at] = (uint16_t) d->reciprocal[v][c];
            }
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

/* Numbers the tables of the units. */
static void number_tables(Strips *strips)
{
    const Row *row = &strips->row;
    AreascaleStripUnit *units = strips->tables.units;

    for (int u = 0; u < row->n_units; u++) {
        const int like = unit_like(row, u);

        units[u].offset = unit_offset(row, u);
        units[u].table = like < u ? units[like].table : strips->n_tables++;
    }
}

static size_t align_up(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static int make_tables(Strips *strips)
{
    const Row *row = &strips->row;
    AreascaleStrips *s = &strips->tables;
    const size_t n_tables = (size_t) strips->n_tables;
    const size_t n_owords = n_tables * (size_t) (row->kernel.n_vectors * row->owords);
    const size_t picks = align_up(n_owords * (size_t) count_picks(row) * AREASCALE_OWORD);
    const size_t divisors =
        align_up((size_t) row->plan->rows.n_classes * n_tables * divisors_size(row));
    const size_t offsets = n_owords * (size_t) row->loads * sizeof(*s->offset);
    char *memory = malloc(ALIGNMENT + picks + divisors + offsets);

    strips->memory = memory;
    if (!memory)
        return -ENOMEM;
    memory += align_up((uintptr_t) memory) - (uintptr_t) memory;
    s->pick = (uint8_t *) memory;
    s->divisor = memory + picks;
    s->offset = (int32_t *) (memory + picks + divisors);
    return 0;
}

static int strip_prepare(const AreascalePlan *plan, void *state)
{
    Strips *strips = state;
    const Row *row = &strips->row;
    AreascaleStrips *s = &strips->tables;
    int ret;

    (void) plan;
    s->units = malloc((size_t) row->n_units * sizeof(*s->units));
    if (!s->units)
        return -ENOMEM;
    number_tables(strips);
    ret = make_tables(strips);
    for (int u = 0; ret == 0 && u < row->n_units; u++) {
        if (unit_like(row, u) == u) {
            fill_loads(s, row, u, s->units[u].table);
            fill_divisors(strips, u, s->units[u].table);
        }
    }
    return ret;
}

/* The steps of the output rows [y0, y1). */
static void set_steps(const AreascalePlan *plan, const Strips *strips,
                      AreascaleStripStep *steps, int y0, int y1)
{
    const size_t divisors = (size_t) strips->n_tables * divisors_size(&strips->row);
    const AreascaleWindow *windows = plan->rows.windows;
    int done = windows[y0].start;

    for (int y = y0; y < y1; y++) {
        const int end = windows[y].end;
        const bool shared = y + 1 < y1 && windows[y + 1].start < end;

        steps[y - y0] = (AreascaleStripStep){
            .rows = end - done,
            .keep = shared ? UINT32_MAX : 0,
            .divisor = plan->rows.cls[y] * (ptrdiff_t) divisors,
        };
        done = end;
    }
}

static void strip_run(const AreascalePlan *plan, const void *state,
                      const AreascalePart *part)
{
    const Strips *strips = state;
    AreascaleStripStep steps[MAX_STEPS];
    AreascaleStripRows r = {
        .strips = &strips->tables,
        .stride = part->src_stride,
        .steps = steps,
        .shift = plan->geometry.shift,
        .mask = plan->mask,
        .lift = plan->divisors.lift,
        .div_shift = plan->divisors.shift,
        .in_float = strips->row.in_float,
        .out_shift = plan->out_shift,
        .dst_stride = part->dst_stride,
        .n = plan->out_samples,
    };

    for (int y = part->y0; y < part->y1; y += r.n_steps) {
        const int y0 = plan->rows.windows[y].start;

        r.n_steps = min_int(part->y1 - y, strips->steps);
        r.src = part->src + y0 * part->src_stride;
        r.dst = part->dst + y * part->dst_stride;
        r.ahead = y + r.n_steps < plan->geometry.out_height
                      ? (plan->rows.windows[y + r.n_steps].start - y0) * part->src_stride
                      : 0;
        set_steps(plan, strips, steps, y, y + r.n_steps);
        strips->row.kernel.run(&r);
    }
}

static void strip_clear(void *state)
{
    Strips *strips = state;

    free(strips->tables.units);
    free(strips->memory);
    free(strips);
}

const AreascalePath areascale_path_strip = {
    .name = "strip",
    .means = AREASCALE_MEAN_PLAIN,
    .whole_rows = true,
    .init = strip_init,
    .prepare = strip_prepare,
    .run = strip_run,
    .clear = strip_clear,
};
