/* areascale: between codes and light in plain C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * CODE is the type of a code; DECODE16, ENCODE16 and DECODE32, ENCODE32 name the
 * functions of light of 16 and of 32 bits.
 */

static void DECODE16(void *light, const void *codes, int n, const AreascaleCurveTables *t)
{
    const CODE *from = codes;
    const uint16_t *table = t->light;
    uint16_t *to = light;

    for (int i = 0; i < n; i++)
        to[i] = table[((uint32_t) from[i] >> t->shift) & t->mask];
}

static void DECODE32(void *light, const void *codes, int n, const AreascaleCurveTables *t)
{
    const CODE *from = codes;
    const uint32_t *table = t->light;
    uint32_t *to = light;

    for (int i = 0; i < n; i++)
        to[i] = table[((uint32_t) from[i] >> t->shift) & t->mask];
}

static void ENCODE16(void *codes, const void *light, int n, const AreascaleCurveTables *t)
{
    const CODE *table = t->of_light;
    const uint16_t *from = light;
    CODE *to = codes;

    for (int i = 0; i < n; i++)
        to[i] = (CODE) (table[from[i]] << t->shift);
}

static void ENCODE32(void *codes, const void *light, int n, const AreascaleCurveTables *t)
{
    const CODE *table = t->of_light;
    const uint32_t *from = light;
    CODE *to = codes;

    for (int i = 0; i < n; i++) {
        const uint32_t upper = from[i] >> 16;
        uint32_t first = table[upper], last = table[upper + 1];

        while (first < last) {
            const uint32_t middle = (first + last + 1) / 2;

            if (t->limit[middle] <= from[i])
                first = middle;
            else
                last = middle - 1;
        }
        to[i] = (CODE) (first << t->shift);
    }
}

#undef CODE
#undef DECODE16
#undef DECODE32
#undef ENCODE16
#undef ENCODE32
