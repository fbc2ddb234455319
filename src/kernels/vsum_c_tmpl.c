/* areascale: the vertical step in plain C, once per pair of types
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * SAMPLE: type of a sample; SUM: type of a column sum; FN: name of the function.
 */

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
