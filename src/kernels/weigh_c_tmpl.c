/* areascale: weighed means in plain C, once per pair of types
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#if !defined(SAMPLE) || !defined(SUM) || !defined(VFN) || !defined(HFN)
#error                                                                                      \
    "SAMPLE, SUM: types of a sample and of a column sum; VFN, HFN: names of the functions"
#endif

static void VFN(void *restrict sums_of_row, const void *restrict src, ptrdiff_t stride,
                int rows, int n, int shift, unsigned mask, uint32_t weight, bool accumulate)
{
    SUM *restrict sums = sums_of_row;

    if (!accumulate)
        memset(sums, 0, (size_t) n * sizeof(*sums));
    for (int r = 0; r < rows; r++) {
        const SAMPLE *row = (const SAMPLE *) ((const char *) src + r * stride);

        for (int x = 0; x < n; x++)
            sums[x] += (SUM) weight * ((row[x] >> shift) & mask);
    }
}

static void HFN(const AreascaleWeighRow *r)
{
    const AreascaleColumns *col = r->columns;
    const SUM *sums = r->sums;
    SAMPLE *dst = r->dst;

    for (int s = r->s0; s < r->s1; s++) {
        const int first = col->first[s], last = col->last[s], c = col->cls[s];
        const uint64_t head = col->weighed ? (uint64_t) col->head[s] : 1;
        const uint64_t tail = col->weighed ? (uint64_t) col->tail[s] : 1;
        const uint64_t area = (uint64_t) r->row_weight * (uint64_t) col->class_weight[c];
        uint64_t inner = 0, sum = head * sums[first];

        for (int x = first + col->step[s]; x < last; x += col->step[s])
            inner += sums[x];
        sum += inner * (uint64_t) col->class_body[c];
        if (first < last || col->taps == AREASCALE_TAPS_PAIR)
            sum += tail * sums[last];
        dst[s] = (SAMPLE) ((sum + area / 2) / area << r->shift);
    }
}

#undef SAMPLE
#undef SUM
#undef VFN
#undef HFN
