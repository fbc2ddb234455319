/* areascale: the vertical step in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The including file includes string.h, kernels/dsp.h and kernels/inline.h, and defines
 * the types and functions below. VVEC is as wide as the instruction set has vectors.
 */

/* Into L1 from an address, an uintptr_t that need not be valid. It is a macro, since GCC
 * 12 takes a function that does nothing else for one without effect, and drops the
 * calls. */
#ifndef vprefetch
#error "vprefetch(address) is missing"
#endif

enum { VVEC_BYTES = sizeof(VVEC) };

static inline VVEC vload(const void *p); /* unaligned */
static inline void vstore(void *p, VVEC v);
static inline VVEC vzero(void);
static inline VVEC vadd16(VVEC a, VVEC b); /* in 16-bit lanes */
static inline VVEC vadd32(VVEC a, VVEC b);
static inline VCount vcount(int n);                         /* of a shift */
static inline VVEC vmask(unsigned mask);                    /* in each 16-bit lane */
static inline VVEC vvalue(VVEC v, VCount shift, VVEC mask); /* (v >> shift) & mask */

/* VPair: sums of a vector's samples in two vectors a and b of lanes twice as wide, in any
 * order. */
static inline VPair pair8_add(VPair p, VVEC v);
static inline VPair pair16_add(VPair p, VVEC v);
static inline VPair pair8_lanes(VPair p); /* the same in the samples' order */
static inline VPair pair16_lanes(VPair p);

#define SAMPLE uint8_t
#define SUM uint16_t
#define FN vsum16_8_short
#include "kernels/vsum_c_tmpl.c"

#define SAMPLE uint16_t
#define SUM uint16_t
#define FN vsum16_16_short
#include "kernels/vsum_c_tmpl.c"

#define SAMPLE uint16_t
#define SUM uint32_t
#define FN vsum32_short
#include "kernels/vsum_c_tmpl.c"

/* Vectors of input that are added up side by side: a line of cache, and no more
 * columns than rows that are summed in panels have at least. */
enum { VBLOCK = AREASCALE_BLOCK_COLUMNS / VVEC_BYTES };

/* How a value is taken out of a sample of 16 bits. */
typedef struct VValue {
    VCount shift;
    VVEC mask;
} VValue;

ALWAYS_INLINE void prefetch_block(const char *src, ptrdiff_t ahead)
{
    enum { LINE = 64 };

    for (int i = 0; i < VBLOCK * VVEC_BYTES; i += LINE)
        vprefetch((uintptr_t) src + (uintptr_t) ahead + (uintptr_t) i);
}

static inline void store_pair(void *sums, VPair p, bool accumulate, bool wide)
{
    char *a = sums, *b = a + VVEC_BYTES;

    if (accumulate) {
        p.a = wide ? vadd32(p.a, vload(a)) : vadd16(p.a, vload(a));
        p.b = wide ? vadd32(p.b, vload(b)) : vadd16(p.b, vload(b));
    }
    vstore(a, p.a);
    vstore(b, p.b);
}

ALWAYS_INLINE void vsum16_8_block(uint16_t *sums, const char *src, ptrdiff_t stride,
                                  int rows, const VValue *value, ptrdiff_t ahead,
                                  bool accumulate)
{
    VPair p[VBLOCK];

    (void) value; /* bytes are values */
    for (int i = 0; i < VBLOCK; i++)
        p[i] = (VPair){ vzero(), vzero() };
    for (int r = 0; r < rows; r++, src += stride) {
        prefetch_block(src, ahead);
        for (int i = 0; i < VBLOCK; i++)
            p[i] = pair8_add(p[i], vload(src + i * VVEC_BYTES));
    }
    for (int i = 0; i < VBLOCK; i++)
        store_pair(sums + i * VVEC_BYTES, pair8_lanes(p[i]), accumulate, false);
}

ALWAYS_INLINE void vsum16_16_block(uint16_t *sums, const char *src, ptrdiff_t stride,
                                   int rows, const VValue *value, ptrdiff_t ahead,
                                   bool accumulate)
{
    VVEC p[VBLOCK];

    for (int i = 0; i < VBLOCK; i++)
        p[i] = accumulate ? vload(sums + i * VVEC_BYTES / 2) : vzero();
    for (int r = 0; r < rows; r++, src += stride) {
        prefetch_block(src, ahead);
        for (int i = 0; i < VBLOCK; i++)
            p[i] = vadd16(p[i],
                          vvalue(vload(src + i * VVEC_BYTES), value->shift, value->mask));
    }
    for (int i = 0; i < VBLOCK; i++)
        vstore(sums + i * VVEC_BYTES / 2, p[i]);
}

ALWAYS_INLINE void vsum32_block(uint32_t *sums, const char *src, ptrdiff_t stride, int rows,
                                const VValue *value, ptrdiff_t ahead, bool accumulate)
{
    VPair p[VBLOCK];

    for (int i = 0; i < VBLOCK; i++)
        p[i] = (VPair){ vzero(), vzero() };
    for (int r = 0; r < rows; r++, src += stride) {
        prefetch_block(src, ahead);
        for (int i = 0; i < VBLOCK; i++)
            p[i] = pair16_add(
                p[i], vvalue(vload(src + i * VVEC_BYTES), value->shift, value->mask));
    }
    for (int i = 0; i < VBLOCK; i++)
        store_pair(sums + i * VVEC_BYTES / 2, pair16_lanes(p[i]), accumulate, true);
}

/*
 * NAME_block over all columns of a row, at most AREASCALE_STREAMS input rows. The last
 * block ends with the row and overlaps the one before; it is summed aside
 * first, so that no sum is accumulated twice. `rows` is a constant where it is
 * known.
 */
#define VSUM_COLUMNS(NAME, SAMPLE, SUM)                                                    \
    ALWAYS_INLINE void NAME##_columns(                                                     \
        SUM *sums, const char *src, ptrdiff_t stride, int rows, int n, const VValue *value, \
        ptrdiff_t ahead, bool accumulate)                                                  \
    {                                                                                      \
        enum { COLUMNS = VBLOCK * VVEC_BYTES / (int) sizeof(SAMPLE) };                     \
        const int tail = n - COLUMNS;                                                      \
        SUM last[COLUMNS];                                                                 \
                                                                                           \
        if (n % COLUMNS) {                                                                 \
            if (accumulate)                                                                \
                memcpy(last, sums + tail, sizeof(last));                                   \
            NAME##_block(last, src + tail * (ptrdiff_t) sizeof(SAMPLE), stride, rows, value, \
                         ahead, accumulate);                                               \
        }                                                                                  \
        for (int x = 0; x <= tail; x += COLUMNS)                                           \
            NAME##_block(sums + x, src + x * (ptrdiff_t) sizeof(SAMPLE), stride, rows, value, \
                         ahead, accumulate);                                               \
        if (n % COLUMNS)                                                                   \
            memcpy(sums + tail, last, sizeof(last));                                       \
    }                                                                                      \
                                                                                           \
    static void NAME(SUM *restrict sums, const void *restrict src, ptrdiff_t stride,       \
                     int rows, int n, int shift, unsigned mask, ptrdiff_t ahead,           \
                     bool accumulate)                                                      \
    {                                                                                      \
        const VValue value = { vcount(shift), vmask(mask) };                               \
        const char *row = src;                                                             \
                                                                                           \
        if (n < VBLOCK * VVEC_BYTES / (int) sizeof(SAMPLE)) {                              \
            NAME##_short(sums, src, stride, rows, n, shift, mask, ahead, accumulate);      \
            return;                                                                        \
        }                                                                                  \
        for (; rows >= AREASCALE_STREAMS; rows -= AREASCALE_STREAMS) {                     \
            NAME##_columns(sums, row, stride, AREASCALE_STREAMS, n, &value, ahead,         \
                           accumulate);                                                    \
            row += AREASCALE_STREAMS * stride;                                             \
            accumulate = true;                                                             \
        }                                                                                  \
        switch (rows) {                                                                    \
        case 0: break;                                                                     \
        case 1: NAME##_columns(sums, row, stride, 1, n, &value, ahead, accumulate); break; \
        case 2: NAME##_columns(sums, row, stride, 2, n, &value, ahead, accumulate); break; \
        case 3: NAME##_columns(sums, row, stride, 3, n, &value, ahead, accumulate); break; \
        case 4: NAME##_columns(sums, row, stride, 4, n, &value, ahead, accumulate); break; \
        default: NAME##_columns(sums, row, stride, rows, n, &value, ahead, accumulate);    \
        }                                                                                  \
    }

VSUM_COLUMNS(vsum16_8, uint8_t, uint16_t)
VSUM_COLUMNS(vsum16_16, uint16_t, uint16_t)
VSUM_COLUMNS(vsum32, uint16_t, uint32_t)

static void vsum_init(AreascaleDsp *dsp)
{
    dsp->vsum16[AREASCALE_SAMPLE_8] = vsum16_8;
    dsp->vsum16[AREASCALE_SAMPLE_16] = vsum16_16;
    dsp->vsum16_bits = vsum16_8_short;
    dsp->vsum32 = vsum32;
}
