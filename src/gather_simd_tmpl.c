/* areascale: small windows in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Included after vsum_simd_tmpl.c and hsum_simd_tmpl.c, whose operations it uses.
 * The including file defines besides, with LANES vectors of 16 bytes in an HVEC:
 *     gload(row, offset)         16 bytes from row + offset[lane] in each lane
 *     gpick(v, pick)             each lane's bytes shuffled by its 16 bytes of pick
 *     gpairs(v)                  sums of neighbouring bytes in 16-bit lanes
 *     gfold(a, b)                sums of neighbouring 16-bit lanes, modulo 2^16: of
 *                                each 128-bit lane first a's, then b's
 *     gvalue(v, shift, mask)     (v >> shift) & mask in 16-bit lanes
 *     gpairs_biased(v, bias)     sums of neighbouring 16-bit lanes, each taken for
 *                                32768 less, in 32-bit lanes; bias is 32768 in each
 *     gfold32(a, b)              gfold of 32-bit lanes
 *     store_two(dst, s, a, b, sample)
 *                                2 * HROWS results of one row, from s
 */

/* The shape of a plane's gathering, a constant in the loops below where known. */
typedef struct GatherShape {
    AreascaleSample sample;
    bool wide;   /* 32-bit sums of 16-bit samples */
    int vectors; /* of slots, in a unit */
    int loads, rows;
    bool shifted; /* values or quotients */
} GatherShape;

/* What a row's units have in common. */
typedef struct Gstep {
    const char *src;
    ptrdiff_t stride, ahead;
    HCount shift, div_shift;
    HVEC mask, bias;
    const char *round, *reciprocal;
} Gstep;

/* The sums that a vector of slots makes. */
ALWAYS_INLINE HVEC gather_add(const Gstep *t, HVEC sum, HVEC v, GatherShape shape)
{
    if (shape.sample == AREASCALE_SAMPLE_8)
        return hadd16(sum, gpairs(v));
    if (shape.shifted)
        v = gvalue(v, t->shift, t->mask);
    return shape.wide ? hadd32(sum, gpairs_biased(v, t->bias)) : hadd16(sum, v);
}

/* Fetches what a unit some rows below reads, a line of 64 bytes for each half of it. */
ALWAYS_INLINE void gather_fetch(const Gstep *t, const char *row, const int32_t *offset,
                                GatherShape shape)
{
    vprefetch((uintptr_t) row + (uintptr_t) t->ahead + (uintptr_t) offset[0]);
    if (LANES > 1 && shape.vectors > 1)
        vprefetch((uintptr_t) row + (uintptr_t) t->ahead + (uintptr_t) offset[LANES - 1]);
}

/* The slots of one vector, summed over the rows. */
ALWAYS_INLINE HVEC gather_vector(const Gstep *t, const int32_t *offset, const uint8_t *pick,
                                 bool fetch, GatherShape shape)
{
    HVEC sum = hzero();

    for (int k = 0; k < shape.loads; k++, offset += LANES, pick += sizeof(HVEC)) {
        const HVEC shuffle = hload(pick);
        const char *row = t->src;

        for (int r = 0; r < shape.rows; r++, row += t->stride) {
            if (fetch && k == 0)
                gather_fetch(t, row, offset, shape);
            sum = gather_add(t, sum, gpick(gload(row, offset), shuffle), shape);
        }
    }
    return sum;
}

/* The window sums of a unit: one vector, or two of 32-bit lanes. */
ALWAYS_INLINE Acc gather_unit(const Gstep *t, const int32_t *offset, const uint8_t *pick,
                              bool fetch, GatherShape shape)
{
    const int per_vector = shape.loads * LANES;
    HVEC sum[8];

    for (int v = 0; v < shape.vectors; v++)
        sum[v] = gather_vector(t, offset + v * per_vector, pick + v * per_vector * 16,
                               fetch && v == 0, shape);
    for (int n = shape.vectors; n > (shape.wide ? 2 : 1); n /= 2)
        for (int v = 0; v < n / 2; v++)
            sum[v] = shape.wide ? gfold32(sum[2 * v], sum[2 * v + 1])
                                : gfold(sum[2 * v], sum[2 * v + 1]);
    return (Acc) { { sum[0], sum[shape.wide] } };
}

/* The results of a unit; `at` is its place in the tables of divisors. */
ALWAYS_INLINE HVEC gather_results(const Gstep *t, Acc sum, size_t at, GatherShape shape)
{
    const size_t size = shape.wide ? sizeof(uint32_t) : sizeof(uint16_t);
    const char *round = t->round + at * size, *reciprocal = t->reciprocal + at * size;
    HVEC q;

    if (shape.wide) {
        const HVEC lo = hdiv32(hadd32(sum.v[0], hload(round)), hload(reciprocal), t->div_shift);
        const HVEC hi = hdiv32(hadd32(sum.v[1], hload(round + sizeof(HVEC))),
                               hload(reciprocal + sizeof(HVEC)), t->div_shift);

        q = hnarrow(lo, hi);
    } else {
        q = hmulhi16(hadd16(sum.v[0], hload(round)), hload(reciprocal));
        if (shape.shifted)
            q = hsrl16(q, t->div_shift);
    }
    return shape.shifted ? hsll16(q, t->shift) : q;
}

/* A row, two units at a time while both are whole. */
ALWAYS_INLINE void gather_units(const AreascaleGatherRow *r, GatherShape shape)
{
    const int per_unit = shape.vectors * shape.loads * LANES, n = r->n;
    const int32_t *offset = r->gather->offset;
    const uint8_t *pick = r->gather->pick;
    char *dst = r->dst;
    const Gstep t = {
        .src = r->src,
        .stride = r->stride,
        .ahead = r->ahead,
        .shift = hcount(r->shift),
        .div_shift = hcount(shape.wide ? r->div_shift : r->div_shift - 16),
        .mask = hset16(r->mask),
        .bias = hset16(AREASCALE_GATHER_BIAS),
        .round = r->gather->round[r->variant],
        .reciprocal = r->gather->reciprocal[r->variant],
    };
    int s = 0;

    for (; n - s >= 2 * HROWS; s += 2 * HROWS) {
        const Acc a = gather_unit(&t, offset, pick, true, shape);
        const Acc b = gather_unit(&t, offset + per_unit, pick + per_unit * 16,
                                  shape.vectors > 1, shape);

        store_two(dst, s, gather_results(&t, a, (size_t) s, shape),
                  gather_results(&t, b, (size_t) s + HROWS, shape), shape.sample);
        offset += 2 * per_unit;
        pick += 2 * per_unit * 16;
    }
    for (; s < n; s += HROWS) {
        const Acc a = gather_unit(&t, offset, pick, true, shape);

        store_neighbours(dst, s, gather_results(&t, a, (size_t) s, shape),
                         n - s < HROWS ? n - s : HROWS, shape.sample);
        offset += per_unit;
        pick += per_unit * 16;
    }
}

ALWAYS_INLINE void gather_by_rows(const AreascaleGatherRow *r, GatherShape shape)
{
    switch (r->rows) {
    case 1: shape.rows = 1; gather_units(r, shape); break;
    case 2: shape.rows = 2; gather_units(r, shape); break;
    case 3: shape.rows = 3; gather_units(r, shape); break;
    case 4: shape.rows = 4; gather_units(r, shape); break;
    default: shape.rows = r->rows; gather_units(r, shape);
    }
}

/* Whether neither values nor quotients need a shift. */
ALWAYS_INLINE bool unshifted(const AreascaleGatherRow *r, GatherShape shape)
{
    if (shape.wide)
        return r->shift == 0 && r->mask == UINT16_MAX;
    return shape.sample == AREASCALE_SAMPLE_8 && r->shift == 0 && r->div_shift == 16;
}

ALWAYS_INLINE void gather_by_loads(const AreascaleGatherRow *r, GatherShape shape)
{
    const bool plain = unshifted(r, shape);

    shape.loads = r->gather->loads;
    shape.shifted = true;
    if (shape.loads == 1 && plain) {
        shape.loads = 1;
        shape.shifted = false;
        gather_by_rows(r, shape);
    } else if (shape.loads == 1) {
        shape.loads = 1;
        gather_by_rows(r, shape);
    } else if (shape.loads == 2) {
        shape.loads = 2;
        gather_by_rows(r, shape);
    } else {
        shape.rows = r->rows;
        gather_units(r, shape);
    }
}

/* A row by the vectors of its units, `per_slot` for two slots a sample. */
ALWAYS_INLINE void gather_by_slots(const AreascaleGatherRow *r, int per_slots,
                                   GatherShape shape)
{
    switch (r->gather->slots) {
    case 2: shape.vectors = per_slots; gather_by_loads(r, shape); break;
    case 4: shape.vectors = 2 * per_slots; gather_by_loads(r, shape); break;
    default: shape.vectors = 4 * per_slots; gather_by_loads(r, shape); break;
    }
}

static void gather_8(const AreascaleGatherRow *r)
{
    gather_by_slots(r, 1, (GatherShape) { .sample = AREASCALE_SAMPLE_8 });
}

static void gather_16(const AreascaleGatherRow *r)
{
    gather_by_slots(r, 2, (GatherShape) { .sample = AREASCALE_SAMPLE_16 });
}

static void gather_wide(const AreascaleGatherRow *r)
{
    gather_by_slots(r, 2, (GatherShape) { .sample = AREASCALE_SAMPLE_16, .wide = true });
}

static void gather_init(AreascaleDsp *dsp)
{
    dsp->gather_lanes = LANES;
    dsp->gather[AREASCALE_SAMPLE_8] = gather_8;
    dsp->gather[AREASCALE_SAMPLE_16] = gather_16;
    dsp->gather_wide = gather_wide;
}
