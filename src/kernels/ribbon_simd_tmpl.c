/* areascale: small weighed windows in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Included after gather_simd_tmpl.c and strip_simd_tmpl.c, whose operations it uses. The
 * including file defines besides the functions below.
 */

/* Sums of neighbouring products of signed 16-bit lanes, in 32-bit lanes. */
static inline HVEC wpairs(HVEC v, HVEC weights);
static inline HVEC wmul32(HVEC v, HVEC w); /* of 32-bit lanes, modulo 2^32 */
static inline HVEC wxor(HVEC a, HVEC b);

/* What sets the loops below apart, each a constant in its own. */
typedef struct RibbonVariant {
    bool words;
    int slots, loads;
} RibbonVariant;

enum { RIBBON_VECTORS = 8, RIBBON_UNIT = AREASCALE_RIBBON_SAMPLES * OWORDS };

/* What a unit takes out of its rows. */
typedef struct RibbonUnit {
    const int32_t *offset;
    const uint8_t *pick;
    const char *weight;
    HCount shift;
    HVEC mask, bias;
} RibbonUnit;

/* The sums of a unit: of each oword the first four, then the others. */
typedef struct RibbonSums {
    HVEC lo, hi;
} RibbonSums;

ALWAYS_INLINE HVEC ribbon_value(HVEC v, const RibbonUnit *u, RibbonVariant variant)
{
    return variant.words ? wxor(gvalue(v, u->shift, u->mask), u->bias) : v;
}

ALWAYS_INLINE void ribbon_row(HVEC *sum, const char *row, const RibbonUnit *u,
                               RibbonVariant variant)
{
    for (int v = 0; v < variant.slots; v++)
        for (int l = 0; l < variant.loads; l++) {
            const ptrdiff_t at = v * variant.loads + l;
            const HVEC load = gload(row, goffset(u->offset + at * OWORDS));
            const HVEC taps = gpick(ribbon_value(load, u, variant),
                                    hload(u->pick + at * (ptrdiff_t) sizeof(HVEC)));

            sum[v] = hadd32(sum[v], wpairs(taps, hload(u->weight +
                                                       at * (ptrdiff_t) sizeof(HVEC))));
        }
}

/* The sums of rows that weigh the same. */
ALWAYS_INLINE RibbonSums ribbon_rows(const char *row, ptrdiff_t stride, int rows,
                                       ptrdiff_t ahead, const RibbonUnit *u,
                                       RibbonVariant variant)
{
    HVEC sum[RIBBON_VECTORS];

    for (int v = 0; v < variant.slots; v++)
        sum[v] = hzero();
    for (; rows > 0; rows--, row += stride) {
        vprefetch((uintptr_t) row + (uintptr_t) u->offset[0] + (uintptr_t) ahead);
        ribbon_row(sum, row, u, variant);
    }
    for (int n = variant.slots; n > 2; n /= 2)
        for (int v = 0; v < n / 2; v++)
            sum[v] = gfold32(sum[2 * v], sum[2 * v + 1]);
    return (RibbonSums){ sum[0], sum[1] };
}

/* a + weight * b. */
ALWAYS_INLINE RibbonSums ribbon_add(RibbonSums a, RibbonSums b, int weight)
{
    const HVEC w = hset32((uint32_t) weight);

    return (RibbonSums){ hadd32(a.lo, wmul32(b.lo, w)), hadd32(a.hi, wmul32(b.hi, w)) };
}

ALWAYS_INLINE HVEC ribbon_divide(HVEC sum, const char *divisor,
                                  const AreascaleRibbonRows *r)
{
    const HVEC round = hload(divisor);
    const HVEC reciprocal = hload(divisor + RIBBON_UNIT * sizeof(uint32_t));

    if (r->in_float)
        return sdivide(hadd32(sum, round), reciprocal);
    return hdiv32(hadd32(hsll32(sum, hcount(r->lift)), round), reciprocal,
                  hcount(r->div_shift));
}

ALWAYS_INLINE void ribbon_finish(char *dst, RibbonSums sums, const char *divisor,
                                  const AreascaleRibbonRows *r)
{
    const HVEC lo = ribbon_divide(sums.lo, divisor, r);
    const HVEC hi = ribbon_divide(sums.hi, divisor + sizeof(HVEC), r);
    const HVEC q = hsll16(hmin16(hnarrow(lo, hi), hset16(r->out_max)), hcount(r->out_shift));

    if (r->to_words)
        hstore(dst, q);
    else
        sstore_half(dst, spack(q, q));
}

/* Makes one unit of all the rows: from the input rows below `row`, to `dst`. */
ALWAYS_INLINE void ribbon_unit(const AreascaleRibbonRows *r, const RibbonUnit *u,
                                const char *row, char *dst, const char *divisor,
                                RibbonVariant variant)
{
    const ptrdiff_t stride = r->stride, ahead = r->ahead;
    RibbonSums last = { hzero(), hzero() };

    for (int y = 0; y < r->n_steps; y++, dst += r->dst_stride) {
        const AreascaleBlendStep *step = &r->steps[y];
        int rows = step->rows;
        RibbonSums sums = { hzero(), hzero() };

        if (!step->carried) {
            last = ribbon_rows(row, stride, 1, ahead, u, variant);
            row += stride;
            rows--;
        }
        sums = ribbon_add(sums, last, step->head);
        if (rows > 1) {
            sums = ribbon_add(
                sums, ribbon_rows(row, stride, rows - 1, ahead, u, variant), step->body);
            row += (rows - 1) * stride;
        }
        if (rows > 0) {
            last = ribbon_rows(row, stride, 1, ahead, u, variant);
            row += stride;
            sums = ribbon_add(sums, last, step->tail);
        }
        ribbon_finish(dst, sums, divisor + step->divisor, r);
    }
}

ALWAYS_INLINE void ribbon_all(const AreascaleRibbonRows *r, RibbonVariant variant)
{
    const ptrdiff_t n_loads = variant.slots * variant.loads;
    const int last = r->n - RIBBON_UNIT;

    for (int i = 0; i < r->n_units; i++) {
        const AreascaleStripUnit unit = r->units[i];
        const RibbonUnit u = {
            .offset = r->offset + unit.table * n_loads * OWORDS,
            .pick = r->pick + unit.table * n_loads * (ptrdiff_t) sizeof(HVEC),
            .weight = (const char *) r->weight +
                      unit.table * n_loads * (ptrdiff_t) sizeof(HVEC),
            .shift = hcount(r->in_shift),
            .mask = hset16(r->mask),
            .bias = hset16(r->bias),
        };
        const int s = i * RIBBON_UNIT < last ? i * RIBBON_UNIT : last;

        ribbon_unit(r, &u, r->src + unit.offset, r->dst + s * (r->to_words ? 2 : 1),
                     r->divisor + unit.table * (ptrdiff_t) (2 * RIBBON_UNIT * sizeof(uint32_t)),
                     variant);
    }
}

/* clang-format off */
#define RIBBONS(X)                                                     \
    X(8, 2, 1) X(8, 2, 2) X(8, 2, 3) X(8, 4, 1) X(8, 4, 2) X(8, 4, 3)   \
    X(8, 8, 1) X(8, 8, 2) X(8, 8, 3)                                    \
    X(16, 2, 1) X(16, 2, 2) X(16, 2, 3) X(16, 4, 1) X(16, 4, 2)         \
    X(16, 4, 3) X(16, 8, 1) X(16, 8, 2) X(16, 8, 3)
/* clang-format on */

#define RIBBON(BITS, SLOTS, LOADS)                                                       \
    NEVER_INLINE void ribbon_##BITS##_##SLOTS##_##LOADS(const AreascaleRibbonRows *r)   \
    {                                                                                     \
        ribbon_all(r, (RibbonVariant){ BITS == 16, SLOTS, LOADS });                     \
    }

RIBBONS(RIBBON)

#define RIBBON_ENTER(BITS, SLOTS, LOADS)                                                 \
    dsp->ribbon[AREASCALE_SAMPLE_##BITS][SLOTS / 4][LOADS - 1] =                         \
        ribbon_##BITS##_##SLOTS##_##LOADS;

static void ribbon_init(AreascaleDsp *dsp)
{
    dsp->ribbon_owords = OWORDS;
    RIBBONS(RIBBON_ENTER)
}
