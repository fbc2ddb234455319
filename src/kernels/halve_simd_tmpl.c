/* areascale: halving of bytes in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Included after gather_simd_tmpl.c, whose operations it uses. The including file
 * defines besides the functions below.
 */

static inline HVEC hrepeat(const uint8_t *p); /* the same 16 bytes in each oword */
static inline HVEC hquarter(HVEC v);          /* (v + 2) >> 2 in 16-bit lanes */

/* For each layout: bytes in the order in which neighbours make a pair. */
static const uint8_t halve_pairs[AREASCALE_N_LAYOUTS][16] = {
    [AREASCALE_LAYOUT_1] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
    [AREASCALE_LAYOUT_2] = { 0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15 },
    [AREASCALE_LAYOUT_4] = { 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15 },
    [AREASCALE_LAYOUT_YUYV] = { 0, 2, 1, 5, 4, 6, 3, 7, 8, 10, 9, 13, 12, 14, 11, 15 },
    [AREASCALE_LAYOUT_UYVY] = { 0, 4, 1, 3, 2, 6, 5, 7, 8, 12, 9, 11, 10, 14, 13, 15 },
};

/* The means of two by two samples of a vector of both rows. */
ALWAYS_INLINE HVEC halve_vector(const uint8_t *row0, const uint8_t *row1, HVEC pairs,
                                bool shuffle)
{
    HVEC a = hload(row0), b = hload(row1);

    if (shuffle) {
        a = gpick(a, pairs);
        b = gpick(b, pairs);
    }
    return hquarter(hadd16(gpairs(a), gpairs(b)));
}

ALWAYS_INLINE void halve_unit(uint8_t *dst, const uint8_t *row0, const uint8_t *row1,
                              HVEC pairs, bool shuffle)
{
    store_two((char *) dst, halve_vector(row0, row1, pairs, shuffle),
              halve_vector(row0 + sizeof(HVEC), row1 + sizeof(HVEC), pairs, shuffle),
              AREASCALE_SAMPLE_8);
}

/* Any number of bytes. The last unit ends with the row and overlaps the one before;
 * less than a unit goes by way of a unit aside. */
ALWAYS_INLINE void halve(uint8_t *dst, const uint8_t *row0, const uint8_t *row1, int n,
                         ptrdiff_t ahead, AreascaleLayout layout)
{
    enum { UNIT = sizeof(HVEC) };
    const HVEC pairs = hrepeat(halve_pairs[layout]);
    const bool shuffle = layout != AREASCALE_LAYOUT_1;

    if (n < UNIT) {
        uint8_t last[UNIT], in0[2 * UNIT] = { 0 }, in1[2 * UNIT] = { 0 };

        memcpy(in0, row0, 2 * (size_t) n);
        memcpy(in1, row1, 2 * (size_t) n);
        halve_unit(last, in0, in1, pairs, shuffle);
        memcpy(dst, last, (size_t) n);
        return;
    }
    for (int s = 0; s < n; s += UNIT) {
        const int at = s < n - UNIT ? s : n - UNIT;

        vprefetch((uintptr_t) (row0 + 2 * at) + (uintptr_t) ahead);
        vprefetch((uintptr_t) (row1 + 2 * at) + (uintptr_t) ahead);
        halve_unit(dst + at, row0 + 2 * at, row1 + 2 * at, pairs, shuffle);
    }
}

#define HALVE(NAME, LAYOUT)                                                                \
    static void NAME(uint8_t *restrict dst, const uint8_t *restrict row0,                  \
                     const uint8_t *restrict row1, int n, ptrdiff_t ahead)                 \
    {                                                                                      \
        halve(dst, row0, row1, n, ahead, LAYOUT);                                          \
    }

HALVE(halve_1, AREASCALE_LAYOUT_1)
HALVE(halve_2, AREASCALE_LAYOUT_2)
HALVE(halve_4, AREASCALE_LAYOUT_4)
HALVE(halve_yuyv, AREASCALE_LAYOUT_YUYV)
HALVE(halve_uyvy, AREASCALE_LAYOUT_UYVY)

static void halve_init(AreascaleDsp *dsp)
{
    dsp->halve[AREASCALE_LAYOUT_1] = halve_1;
    dsp->halve[AREASCALE_LAYOUT_2] = halve_2;
    dsp->halve[AREASCALE_LAYOUT_4] = halve_4;
    dsp->halve[AREASCALE_LAYOUT_YUYV] = halve_yuyv;
    dsp->halve[AREASCALE_LAYOUT_UYVY] = halve_uyvy;
}
