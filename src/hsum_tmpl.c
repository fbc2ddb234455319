/* areascale: the horizontal step in plain C, once per pair of types
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * SUM: type of a column sum; SAMPLE: type of an output sample; FN: name.
 * All arithmetics, UNIT, PAIR and RUN alike: the sum of the window, one true
 * division.
 */

static void FN(const AreascaleHsum *h)
{
    for (int y = 0; y < h->n_rows; y++) {
        const SUM *sums = h->sums[y];
        SAMPLE *dst = (SAMPLE *) ((char *) h->dst + y * h->dst_stride);

        for (int i = h->first_sample; i < h->end_sample; i++) {
            const uint32_t area = h->area[h->cls[i]][y];
            uint64_t sum = sums[h->first[i]];

            if (h->taps == AREASCALE_TAPS_PAIR)
                sum += sums[h->last[i]];
            else
                for (int x = h->first[i] + h->step[i]; x <= h->last[i]; x += h->step[i])
                    sum += sums[x];
            dst[i] = (SAMPLE) ((sum + area / 2) / area << h->out_shift);
        }
    }
}

#undef SUM
#undef SAMPLE
#undef FN
