/* areascale: the horizontal step in plain C, once per pair of types
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * All arithmetics and all kinds of taps alike: the sum of the window, one true
 * division.
 */

#if !defined(SAMPLE) || !defined(SUM) || !defined(FN)
#error                                                                                     \
    "SAMPLE, SUM: types of an output sample and of a column sum; FN: name of the function"
#endif

static void FN(const AreascaleBand *b)
{
    const AreascaleColumns *col = b->columns;

    for (int y = 0; y < b->n_rows; y++) {
        const SUM *sums = b->sums[y];
        SAMPLE *dst = (SAMPLE *) ((char *) b->dst + y * b->dst_stride);

        for (int s = b->s0; s < b->s1; s++) {
            const uint64_t area = b->area[col->cls[s]][y];
            uint64_t mean, sum = sums[col->first[s]];

            if (col->taps == AREASCALE_TAPS_PAIR)
                sum += sums[col->last[s]];
            else
                for (int x = col->first[s] + col->step[s]; x <= col->last[s];
                     x += col->step[s])
                    sum += sums[x];
            mean = ((sum << b->lift) + area / 2) / area;
            dst[s] = (SAMPLE) ((mean < b->out_max ? mean : b->out_max) << b->out_shift);
        }
    }
}

#undef SUM
#undef SAMPLE
#undef FN
