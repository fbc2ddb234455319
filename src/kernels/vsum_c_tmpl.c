/* areascale: the vertical step in plain C, once per pair of types
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#if !defined(SAMPLE) || !defined(SUM) || !defined(FN)
#error "SAMPLE, SUM: types of a sample and of a column sum; FN: name of the function"
#endif

static void FN(SUM *restrict sums, const void *restrict src, ptrdiff_t stride, int rows,
               int n, int shift, unsigned mask, ptrdiff_t ahead, bool accumulate)
{
    (void) ahead;
    if (!accumulate)
        memset(sums, 0, (size_t) n * sizeof(*sums));
    for (int r = 0; r < rows; r++) {
        const SAMPLE *row = (const SAMPLE *) ((const char *) src + r * stride);

        for (int x = 0; x < n; x++)
            sums[x] += (row[x] >> shift) & mask;
    }
}

#undef SAMPLE
#undef SUM
#undef FN
