/* areascale: the vertical step of means that alpha weighs in plain C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#if !defined(SAMPLE) || !defined(SUM) || !defined(FN)
#error "SAMPLE, SUM: types of a sample and of a column sum; FN: name of the function"
#endif

static void FN(const AreascaleAlphaRows *r)
{
    SUM *restrict sums = r->sums;

    if (!r->accumulate)
        memset(sums, 0, (size_t) r->n * sizeof(*sums));
    for (int y = 0; y < r->rows; y++) {
        const SAMPLE *row = (const SAMPLE *) ((const char *) r->src + y * r->stride);

        for (int x = 0; x < r->n; x++) {
            const SUM alpha = (row[x - x % 4 + r->alpha] >> r->shift) & r->mask;
            const SUM value = (row[x] >> r->shift) & r->mask;

            sums[x] += r->weight * alpha * (x % 4 == r->alpha ? 1 : value);
        }
    }
}

#undef SAMPLE
#undef SUM
#undef FN
