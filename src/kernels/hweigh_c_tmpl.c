/* areascale: the horizontal step of weighed means in plain C, once per pair of types
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#if !defined(SAMPLE) || !defined(SUM) || !defined(WFN) || !defined(FN)
#error "SAMPLE, SUM: types of a sample and of a column sum; WFN, FN: names"
#endif

/* The weighed sum of a window's columns, of what is left of each when it is shifted and
 * masked. */
ALWAYS_INLINE uint64_t WFN(const AreascaleColumns *col, const SUM *sums, int s, int shift,
                           uint64_t mask)
{
    const int first = col->first[s], last = col->last[s];
    const uint64_t head = col->weighed ? (uint64_t) col->head[s] : 1;
    const uint64_t tail = col->weighed ? (uint64_t) col->tail[s] : 1;
    uint64_t inner = 0, sum = head * ((uint64_t) sums[first] >> shift & mask);

    for (int x = first + col->step[s]; x < last; x += col->step[s])
        inner += (uint64_t) sums[x] >> shift & mask;
    sum += inner * (uint64_t) col->class_body[col->cls[s]];
    if (first < last || col->taps == AREASCALE_TAPS_PAIR)
        sum += tail * ((uint64_t) sums[last] >> shift & mask);
    return sum;
}

static void FN(const AreascaleWeighRow *r)
{
    const AreascaleColumns *col = r->columns;
    const SUM *sums = r->sums;
    SAMPLE *dst = r->dst;

    for (int s = r->s0; s < r->s1; s++) {
        const uint64_t area = r->row_weight * (uint64_t) col->class_weight[col->cls[s]];

        if (sizeof(SAMPLE) < sizeof(uint32_t)) {
            const uint64_t sum = WFN(col, sums, s, 0, UINT64_MAX) << r->lift;
            const uint64_t n = sum + area / 2;
            const uint64_t mean =
                r->reciprocal ? n * r->reciprocal[col->cls[s]] >> r->div_shift : n / area;

            dst[s] = (SAMPLE) ((mean < r->out_max ? mean : r->out_max) << r->shift);
        } else {
            dst[s] = (SAMPLE) (long_mean(WFN(col, sums, s, 32, UINT32_MAX),
                                         WFN(col, sums, s, 0, UINT32_MAX), area)
                               << r->shift);
        }
    }
}

#undef SAMPLE
#undef SUM
#undef WFN
#undef FN
