/* areascale: chroma put to the grid of luma in plain C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * BETWEEN and SPREAD name the functions.
 */

static void BETWEEN(int32_t *restrict to, const uint16_t *a, const uint16_t *b, int n,
                  int weight, int total)
{
    for (int i = 0; i < n; i++)
        to[i] = (total - weight) * a[i] + weight * b[i];
}

static void SPREAD(int32_t *restrict to, const int32_t *from, int n, int sub, int site)
{
    const int total = 4 << sub, step = 1 << sub;

    for (int phase = 0; phase < step; phase++) {
        const int at = 4 * phase - site;
        const int32_t *a = at < 0 ? from - 1 : from;
        const int weight = at < 0 ? at + total : at;

        for (int i = 0; i < n; i++)
            to[i * step + phase] = (total - weight) * a[i] + weight * a[i + 1];
    }
}

#undef BETWEEN
#undef SPREAD
