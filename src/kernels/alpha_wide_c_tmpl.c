/* areascale: means that alpha weighs in plain C, of sums beyond 64 bits
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Column sums are limbs, see wide.h.
 */

#if !defined(SAMPLE) || !defined(NAME)
#error "SAMPLE: type of a sample; NAME(f): the name of function f"
#endif

static void NAME(vsum)(const AreascaleAlphaRows *r)
{
    AreascaleLimbs *restrict sums = r->sums;

    if (!r->accumulate)
        memset(sums, 0, (size_t) r->n * sizeof(*sums));
    for (int y = 0; y < r->rows; y++) {
        const SAMPLE *row = (const SAMPLE *) ((const char *) r->src + y * r->stride);

        for (int x = 0; x < r->n; x++) {
            const uint64_t alpha = (row[x - x % 4 + r->alpha] >> r->shift) & r->mask;
            const uint64_t value = (row[x] >> r->shift) & r->mask;

            areascale_limbs_add(&sums[x], x % 4 == r->alpha ? alpha : alpha * value,
                                r->weight);
        }
    }
}

/* The weighed sum of the columns of output sample s. */
static AreascaleWide NAME(window)(const AreascaleAlphaRow *r, int s)
{
    const AreascaleColumns *col = r->columns;
    const AreascaleLimbs *columns = r->sums;
    const int first = col->first[s] - r->origin, last = col->last[s] - r->origin;
    const uint32_t body = (uint32_t) col->class_body[col->cls[s]];
    AreascaleWide total =
        areascale_limbs_times(columns[first], col->weighed ? (uint32_t) col->head[s] : 1);

    for (int x = first + col->step[s]; x < last; x += col->step[s])
        total = areascale_wide_add(total, areascale_limbs_times(columns[x], body));
    if (first < last || col->taps == AREASCALE_TAPS_PAIR)
        total = areascale_wide_add(
            total, areascale_limbs_times(columns[last],
                                         col->weighed ? (uint32_t) col->tail[s] : 1));
    return total;
}

static bool NAME(hsum)(const AreascaleAlphaRow *r)
{
    const AreascaleColumns *col = r->columns;
    bool all = true;

    for (int s = r->s0; s < r->s1; s += 4) {
        const uint64_t area =
            (uint64_t) r->row_weight * (uint64_t) col->class_weight[col->cls[s]];
        const AreascaleWide weight = NAME(window)(r, s + r->alpha);
        const bool any = weight.high || weight.low;
        SAMPLE *dst = (SAMPLE *) r->dst + s;

        all = all && any;
        for (int i = 0; any && i < 4; i++) {
            const AreascaleWide divisor =
                i == r->alpha ? (AreascaleWide){ 0, area } : weight;
            const uint64_t mean = areascale_wide_divide(
                areascale_wide_shift(NAME(window)(r, s + i), r->lift),
                areascale_wide_shift(divisor, r->drop));

            dst[i] = (SAMPLE) ((mean < r->out_max ? mean : r->out_max) << r->shift);
        }
    }
    return all;
}

#undef SAMPLE
#undef NAME
