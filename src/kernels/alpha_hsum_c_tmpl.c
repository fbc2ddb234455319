/* areascale: the horizontal step of means that alpha weighs in plain C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#if !defined(SAMPLE) || !defined(SUM) || !defined(TOTAL) || !defined(NAME)
#error "SAMPLE, SUM, TOTAL: types of a sample, of a column's sum and of a window's"
#error "NAME(f): the name of function f"
#endif

/* The weighed sum of the columns of output sample s. */
static TOTAL NAME(window)(const AreascaleAlphaRow *r, int s)
{
    const AreascaleColumns *col = r->columns;
    const SUM *sums = r->sums;
    const int first = col->first[s] - r->origin, last = col->last[s] - r->origin;
    TOTAL inner = 0, total = sums[first];

    for (int x = first + col->step[s]; x < last; x += col->step[s])
        inner += sums[x];
    inner *= (TOTAL) col->class_body[col->cls[s]];
    if (col->weighed)
        total *= (TOTAL) col->head[s];
    if (first < last || col->taps == AREASCALE_TAPS_PAIR)
        total += (TOTAL) sums[last] * (col->weighed ? (TOTAL) col->tail[s] : 1);
    return total + inner;
}

static bool NAME(hsum)(const AreascaleAlphaRow *r)
{
    const AreascaleColumns *col = r->columns;
    bool all = true;

    for (int s = r->s0; s < r->s1; s += 4) {
        const TOTAL area = (TOTAL) r->row_weight * (TOTAL) col->class_weight[col->cls[s]];
        const TOTAL weight = NAME(window)(r, s + r->alpha);
        SAMPLE *dst = (SAMPLE *) r->dst + s;

        all = all && weight;
        for (int i = 0; weight && i < 4; i++) {
            const TOTAL divisor = (i == r->alpha ? area : weight) << r->drop;
            const TOTAL sum = NAME(window)(r, s + i) << r->lift;
            const TOTAL mean = (sum + divisor / 2) / divisor;

            dst[i] = (SAMPLE) ((mean < r->out_max ? mean : r->out_max) << r->shift);
        }
    }
    return all;
}

#undef SAMPLE
#undef SUM
#undef TOTAL
#undef NAME
