/* areascale: weighed column sums in plain C, once per pair of types
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#if !defined(SAMPLE) || !defined(SUM) || !defined(FN)
#error "SAMPLE, SUM: types of a sample and of a column sum; FN: the function's name"
#endif

static void FN(void *restrict sums_of_row, const void *restrict src, ptrdiff_t stride,
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

#undef SAMPLE
#undef SUM
#undef FN
