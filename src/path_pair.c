/* areascale: the path of planes whose rows and columns grow, or stay
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Two rows are added up, and two columns of their sums. Output rows of the same window
 * are copies of the first of them.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"
#include "plan.h"

enum {
    OWORD_BYTES = 16,
    MAX_DEPTH = 13, /* sums of four and what rounds them fit 16 bits */
};

/* The path's state. */
typedef struct Pairs {
    AreascaleVsum16Fn vsum16;
    AreascalePairFn pair;
    int unit;      /* output samples */
    int n_vectors; /* two a unit */
    int half, down, max, up;
    AreascalePairVector *vectors;
    uint8_t *picks;
} Pairs;

/* The first of the columns that a vector's pick reaches, where the row has all eight. */
static int first_column(const AreascalePlan *plan, const int32_t columns[])
{
    const int most = plan->in_samples - AREASCALE_PAIR_LANES;
    int first = columns[0];

    for (int i = 1; i < AREASCALE_PAIR_LANES; i++)
        if (columns[i] < first)
            first = columns[i];
    return first < most ? first : most;
}

/* Whether eight neighbouring output samples are always made from eight columns. */
static bool columns_fit(const AreascalePlan *plan, const int32_t columns[])
{
    for (int s = 0; s + AREASCALE_PAIR_LANES <= plan->out_samples; s++) {
        const int first = first_column(plan, columns + s);

        for (int i = 0; i < AREASCALE_PAIR_LANES; i++)
            if (columns[s + i] >= first + AREASCALE_PAIR_LANES)
                return false;
    }
    return true;
}

static bool plane_fits(const AreascalePlan *plan)
{
    const int unit = 2 * AREASCALE_PAIR_LANES * plan->dsp.gather_owords;

    return plan->dsp.pair[plan->out_sample] && plan->geometry.depth <= MAX_DEPTH &&
           plan->rows.taps <= AREASCALE_TAPS_PAIR &&
           plan->columns.taps <= AREASCALE_TAPS_PAIR && plan->out_samples >= unit &&
           plan->in_samples >= AREASCALE_PAIR_LANES &&
           columns_fit(plan, plan->columns.first) && columns_fit(plan, plan->columns.last);
}

static int pair_init(const AreascalePlan *plan, void **state, double *cost)
{
    const int more = plan->out_depth - plan->geometry.depth - 2; /* bits than a sum */
    Pairs *p;

    if (!plane_fits(plan))
        return -ERANGE;
    p = malloc(sizeof(*p));
    if (!p)
        return -ENOMEM;
    *p = (Pairs){
        .vsum16 = plan->geometry.depth < 8 ? plan->dsp.vsum16_bits
                                           : plan->dsp.vsum16[plan->in_sample],
        .pair = plan->dsp.pair[plan->out_sample],
        .unit = 2 * AREASCALE_PAIR_LANES * plan->dsp.gather_owords,
        .half = more < 0 ? 1 << (-more - 1) : 0,
        .down = more < 0 ? -more : 0,
        .max = more < 0 ? (1 << plan->out_depth) - 1 : UINT16_MAX,
        .up = plan->out_shift + (more < 0 ? 0 : more),
    };
    p->n_vectors = 2 * ((plan->out_samples + p->unit - 1) / p->unit);
    *state = p;
    *cost =
        plan->geometry.out_height * (0.02 * plan->in_samples + 0.05 * plan->out_samples);
    return 0;
}

/* The bytes that take the columns of an oword out of those at `first`. */
static void make_pick(uint8_t pick[OWORD_BYTES], const int32_t columns[], int first)
{
    for (int i = 0; i < AREASCALE_PAIR_LANES; i++) {
        pick[2 * i] = (uint8_t) (2 * (columns[i] - first));
        pick[2 * i + 1] = (uint8_t) (pick[2 * i] + 1);
    }
}

static void make_vector(const AreascalePlan *plan, Pairs *p, int i)
{
    const int owords = plan->dsp.gather_owords;
    const int begin = i / 2 * p->unit, most = plan->out_samples - p->unit;
    const int s = (begin < most ? begin : most) + i % 2 * p->unit / 2;
    uint8_t *picks = p->picks + (size_t) i * 2 * (size_t) owords * OWORD_BYTES;

    for (int w = 0; w < owords; w++) {
        const int32_t *first = plan->columns.first + s + w * AREASCALE_PAIR_LANES;
        const int32_t *last = plan->columns.last + s + w * AREASCALE_PAIR_LANES;
        const int from = first_column(plan, first), to = first_column(plan, last);

        p->vectors[i].first[w] = from * (int) sizeof(uint16_t);
        p->vectors[i].last[w] = to * (int) sizeof(uint16_t);
        make_pick(picks + w * OWORD_BYTES, first, from);
        make_pick(picks + (owords + w) * OWORD_BYTES, last, to);
    }
}

static int pair_prepare(const AreascalePlan *plan, void *state)
{
    Pairs *p = state;
    const size_t n = (size_t) p->n_vectors;

    p->vectors = calloc(n, sizeof(*p->vectors));
    p->picks = malloc(n * 2 * (size_t) plan->dsp.gather_owords * OWORD_BYTES);
    if (!p->vectors || !p->picks)
        return -ENOMEM;
    for (int i = 0; i < p->n_vectors; i++)
        make_vector(plan, p, i);
    return 0;
}

static size_t pair_scratch_size(const AreascalePlan *plan, const void *state)
{
    const size_t n = (size_t) plan->in_samples + AREASCALE_BLOCK_COLUMNS - 1;

    (void) state;
    return n / AREASCALE_BLOCK_COLUMNS * AREASCALE_BLOCK_COLUMNS * sizeof(uint16_t);
}

static void make_row(const AreascalePlan *plan, const Pairs *p, const AreascalePart *part,
                     int y)
{
    const AreascaleWindow window = plan->rows.windows[y];
    const AreascalePairRow row = {
        .sums = part->scratch,
        .vectors = p->vectors,
        .picks = p->picks,
        .dst = part->dst + y * part->dst_stride,
        .n = plan->out_samples,
        .half = p->half,
        .down = p->down,
        .max = p->max,
        .up = p->up,
    };

    p->vsum16(part->scratch, part->src + window.start * part->src_stride,
              (window.end - 1 - window.start) * part->src_stride, 2, plan->in_samples,
              plan->geometry.shift, plan->mask, 0, false);
    p->pair(&row);
}

static void pair_run(const AreascalePlan *plan, const void *state,
                     const AreascalePart *part)
{
    const size_t bytes =
        (size_t) plan->out_samples * areascale_sample_size(plan->out_sample);

    for (int y = part->y0; y < part->y1; y++) {
        const AreascaleWindow *w = &plan->rows.windows[y];
        char *dst = part->dst + y * part->dst_stride;

        if (y > part->y0 && w[0].start == w[-1].start && w[0].end == w[-1].end)
            memcpy(dst, dst - part->dst_stride, bytes);
        else
            make_row(plan, state, part, y);
    }
}

static void pair_clear(void *state)
{
    Pairs *p = state;

    free(p->vectors);
    free(p->picks);
    free(p);
}

const AreascalePath areascale_path_pair = {
    .name = "pair",
    .means = AREASCALE_MEAN_PLAIN,
    .whole_rows = true,
    .init = pair_init,
    .prepare = pair_prepare,
    .scratch_size = pair_scratch_size,
    .run = pair_run,
    .clear = pair_clear,
};
