/* areascale: the vertical step of means that alpha weighs in plain C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#if !defined(SAMPLE) || !defined(SUM) || !defined(FN)
#error "SAMPLE, SUM: types of a sample and of a column sum; FN: name of the function"
#endif

static void FN(const AreascaleAlphaRows *r)
{
    SUM *restrict products = r->products, *restrict samples = r->samples;

    if (!r->accumulate) {
        memset(products, 0, (size_t) r->n * sizeof(*products));
        memset(samples, 0, (size_t) r->n * sizeof(*samples));
    }
    for (int y = 0; y < r->rows; y++) {
        const SAMPLE *row = (const SAMPLE *) ((const char *) r->src + y * r->stride);

        for (int x = 0; x < r->n; x++) {
            const SUM alpha = (row[x - x % 4 + r->alpha] >> r->shift) & r->mask;
            const SUM value = (row[x] >> r->shift) & r->mask;

            products[x] += r->weight * alpha * (x % 4 == r->alpha ? 1 : value);
            samples[x] += r->weight * value;
        }
    }
}

#undef SAMPLE
#undef SUM
#undef FN
