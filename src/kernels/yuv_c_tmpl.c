/* areascale: between YUV and codes of R'G'B' in plain C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * CODE is the type of a code, ACC one that holds the sums; TO_RGB and FROM_RGB name the
 * functions.
 */

static void TO_RGB(void *const codes[3], const uint16_t *restrict y,
                   const int32_t *restrict u, const int32_t *restrict v, int n,
                   const AreascaleYuvSum sums[3])
{
    const ACC luma = (ACC) sums[0].factor[0], rv = (ACC) sums[0].factor[2],
              gu = (ACC) sums[1].factor[1], gv = (ACC) sums[1].factor[2],
              bu = (ACC) sums[2].factor[1];
    const ACC ro = (ACC) sums[0].offset, go = (ACC) sums[1].offset,
              bo = (ACC) sums[2].offset;
    const int shift = sums[0].shift;
    CODE *restrict r = codes[0];
    CODE *restrict g = codes[1];
    CODE *restrict b = codes[2];

    for (int i = 0; i < n; i++) {
        const ACC l = luma * y[i];

        r[i] = (CODE) ((l + rv * v[i] + ro) >> shift);
        g[i] = (CODE) ((l + gu * u[i] + gv * v[i] + go) >> shift);
        b[i] = (CODE) ((l + bu * u[i] + bo) >> shift);
    }
}

static void FROM_RGB(uint16_t *restrict levels, const void *const codes[3], int n,
                     const AreascaleYuvSum *sum)
{
    const ACC fr = (ACC) sum->factor[0], fg = (ACC) sum->factor[1],
              fb = (ACC) sum->factor[2];
    const ACC offset = (ACC) sum->offset, max = (ACC) sum->max;
    const int shift = sum->shift;
    const CODE *r = codes[0], *g = codes[1], *b = codes[2];

    for (int i = 0; i < n; i++) {
        const ACC s = (fr * (ACC) r[i] + fg * (ACC) g[i] + fb * (ACC) b[i] + offset) >> shift;

        levels[i] = (uint16_t) (s < 0 ? 0 : s > max ? max : s);
    }
}

#undef CODE
#undef ACC
#undef TO_RGB
#undef FROM_RGB
