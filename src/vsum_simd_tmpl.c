/* areascale: the vertical step in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The including file defines the vector of the vertical step:
 *     VVEC, VVEC_BYTES           its type and size
 *     vload(p), vstore(p, v)     unaligned
 *     vzero(), vadd16(a, b)      16-bit lanes
 *     vvalue(v, shift, mask)     (v >> shift) & mask in 16-bit lanes, shift and
 *                                mask being VCount and VVEC as made by
 *                                vcount(shift) and vmask(mask)
 *     VPair                      sums of one vector of samples in two vectors of
 *                                lanes twice as wide, in any order of lanes
 *     pair8_add(p, v), pair16_add(p, v)        add a vector of samples
 *     pair8_lanes(p), pair16_lanes(p)          the same in the samples' order
 *     vadd32(a, b)               32-bit lanes
 * and includes kernels_c's templates' needs: string.h, dsp.h.
 */

#define SAMPLE uint8_t
#define SUM uint16_t
#define FN vsum16_8_short
#include "vsum_tmpl.c"

#define SAMPLE uint16_t
#define SUM uint16_t
#define FN vsum16_16_short
#include "vsum_tmpl.c"

#define SAMPLE uint16_t
#define SUM uint32_t
#define FN vsum32_short
#include "vsum_tmpl.c"

/* Vectors of samples that a block of columns is wide: enough independent sums
 * to hide the latency of an addition. */
enum { VBLOCK = 2 };

/* Rows that are read side by side: more would cost more in pages and streams of
 * the prefetcher than the fewer passes over the sums save. */
enum { MAX_STREAMS = 8 };

typedef struct VValue {
    VCount shift;
    VVEC mask;
} VValue;

static inline void store_pair(void *sums, VPair p, bool accumulate, bool lanes32)
{
    VVEC *out = sums;

    if (accumulate) {
        p.a = lanes32 ? vadd32(p.a, vload(out)) : vadd16(p.a, vload(out));
        p.b = lanes32 ? vadd32(p.b, vload(out + 1)) : vadd16(p.b, vload(out + 1));
    }
    vstore(out, p.a);
    vstore(out + 1, p.b);
}

static inline void block16_8(uint16_t *sums, const char *src, ptrdiff_t stride, int rows,
                             const VValue *value, bool accumulate)
{
    VPair p[VBLOCK] = { { vzero(), vzero() }, { vzero(), vzero() } };

    (void) value; /* bytes are values */
    for (int r = 0; r < rows; r++, src += stride)
        for (int i = 0; i < VBLOCK; i++)
            p[i] = pair8_add(p[i], vload(src + i * VVEC_BYTES));
    for (int i = 0; i < VBLOCK; i++)
        store_pair(sums + i * VVEC_BYTES, pair8_lanes(p[i]), accumulate, false);
}

static inline void block16_16(uint16_t *sums, const char *src, ptrdiff_t stride, int rows,
                              const VValue *value, bool accumulate)
{
    VVEC p[VBLOCK] = { vzero(), vzero() };

    if (accumulate)
        for (int i = 0; i < VBLOCK; i++)
            p[i] = vload(sums + i * VVEC_BYTES / 2);
    for (int r = 0; r < rows; r++, src += stride)
        for (int i = 0; i < VBLOCK; i++)
            p[i] = vadd16(p[i], vvalue(vload(src + i * VVEC_BYTES), value->shift, value->mask));
    for (int i = 0; i < VBLOCK; i++)
        vstore(sums + i * VVEC_BYTES / 2, p[i]);
}

static inline void block32(uint32_t *sums, const char *src, ptrdiff_t stride, int rows,
                           const VValue *value, bool accumulate)
{
    VPair p[VBLOCK] = { { vzero(), vzero() }, { vzero(), vzero() } };

    for (int r = 0; r < rows; r++, src += stride)
        for (int i = 0; i < VBLOCK; i++)
            p[i] = pair16_add(p[i], vvalue(vload(src + i * VVEC_BYTES), value->shift,
                                           value->mask));
    for (int i = 0; i < VBLOCK; i++)
        store_pair(sums + i * VVEC_BYTES / 2, pair16_lanes(p[i]), accumulate, true);
}

/*
 * All columns of a batch of rows, block by block. The last block ends with the
 * row and overlaps the one before; it is summed aside first, so that no sum is
 * accumulated twice. `rows` is a constant where that pays.
 */
#define VSUM_COLUMNS(NAME, SAMPLE, SUM, BLOCK)                                             \
    static inline __attribute__((always_inline)) void NAME##_rows(                         \
        SUM *sums, const char *src, ptrdiff_t stride, int rows, int n,                     \
        const VValue *value, bool accumulate)                                              \
    {                                                                                      \
        enum { COLUMNS = VBLOCK * VVEC_BYTES / (int) sizeof(SAMPLE) };                     \
        const int tail = n - COLUMNS;                                                      \
        SUM last[COLUMNS];                                                                 \
                                                                                           \
        if (n % COLUMNS) {                                                                 \
            if (accumulate)                                                                \
                memcpy(last, sums + tail, sizeof(last));                                   \
            BLOCK(last, src + tail * (int) sizeof(SAMPLE), stride, rows, value, accumulate); \
        }                                                                                  \
        for (int x = 0; x <= tail; x += COLUMNS)                                           \
            BLOCK(sums + x, src + x * (int) sizeof(SAMPLE), stride, rows, value,           \
                  accumulate);                                                             \
        if (n % COLUMNS)                                                                   \
            memcpy(sums + tail, last, sizeof(last));                                       \
    }                                                                                      \
                                                                                           \
    static void NAME(SUM *restrict sums, const void *restrict src, ptrdiff_t stride,       \
                     int rows, int n, int shift, unsigned mask, bool accumulate)           \
    {                                                                                      \
        const VValue value = { vcount(shift), vmask(mask) };                               \
        const char *row = src;                                                             \
                                                                                           \
        if (n < VBLOCK * VVEC_BYTES / (int) sizeof(SAMPLE)) {                              \
            NAME##_short(sums, src, stride, rows, n, shift, mask, accumulate);             \
            return;                                                                        \
        }                                                                                  \
        while (rows > 0) {                                                                 \
            const int batch = rows < MAX_STREAMS ? rows : MAX_STREAMS;                     \
                                                                                           \
            switch (batch) {                                                               \
            case 1: NAME##_rows(sums, row, stride, 1, n, &value, accumulate); break;       \
            case 2: NAME##_rows(sums, row, stride, 2, n, &value, accumulate); break;       \
            case 3: NAME##_rows(sums, row, stride, 3, n, &value, accumulate); break;       \
            case 4: NAME##_rows(sums, row, stride, 4, n, &value, accumulate); break;       \
            default: NAME##_rows(sums, row, stride, batch, n, &value, accumulate);         \
            }                                                                              \
            row += batch * stride;                                                         \
            rows -= batch;                                                                 \
            accumulate = true;                                                             \
        }                                                                                  \
    }

VSUM_COLUMNS(vsum16_8, uint8_t, uint16_t, block16_8)
VSUM_COLUMNS(vsum16_16, uint16_t, uint16_t, block16_16)
VSUM_COLUMNS(vsum32, uint16_t, uint32_t, block32)

static void vsum_init(AreascaleDsp *dsp)
{
    dsp->vsum16[AREASCALE_SAMPLE_8] = vsum16_8;
    dsp->vsum16[AREASCALE_SAMPLE_16] = vsum16_16;
    dsp->vsum16_bits = vsum16_8_short;
    dsp->vsum32 = vsum32;
}
