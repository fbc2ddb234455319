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
 */

/* The shape of a plane's gathering, a constant in the loops below where known. */
typedef struct GatherShape {
    AreascaleSample sample;
    int vectors; /* of slots, in a unit */
    int loads, rows;
    bool shifted;
} GatherShape;

/* What a row's units have in common. */
typedef struct Gstep {
    const char *src;
    ptrdiff_t stride, ahead;
    HCount shift, div_shift;
    HVEC mask;
} Gstep;

/* The slots of one vector, summed over the rows. */
ALWAYS_INLINE HVEC gather_vector(const Gstep *t, const int32_t *offset, const uint8_t *pick,
                                 bool fetch, GatherShape shape)
{
    HVEC sum = hzero();

    for (int k = 0; k < shape.loads; k++, offset += LANES, pick += sizeof(HVEC)) {
        const HVEC shuffle = hload(pick);
        const char *row = t->src;

        for (int r = 0; r < shape.rows; r++, row += t->stride) {
            const HVEC v = gpick(gload(row, offset), shuffle);

            if (fetch && k == 0)
                vprefetch((uintptr_t) row + (uintptr_t) t->ahead + (uintptr_t) offset[0]);
            if (fetch && k == 0 && LANES > 1 && shape.vectors > 1)
                vprefetch((uintptr_t) row + (uintptr_t) t->ahead +
                          (uintptr_t) offset[LANES - 1]);
            sum = hadd16(sum, shape.sample == AREASCALE_SAMPLE_8
                                  ? gpairs(v) : gvalue(v, t->shift, t->mask));
        }
    }
    return sum;
}

/* The window sums of a unit. */
ALWAYS_INLINE HVEC gather_unit(const Gstep *t, const int32_t *offset, const uint8_t *pick,
                               GatherShape shape)
{
    const int per_vector = shape.loads * LANES;
    HVEC sum[8];

    for (int v = 0; v < shape.vectors; v++)
        sum[v] = gather_vector(t, offset + v * per_vector, pick + v * per_vector * 16, v == 0,
                               shape);
    for (int n = shape.vectors; n > 1; n /= 2)
        for (int v = 0; v < n / 2; v++)
            sum[v] = gfold(sum[2 * v], sum[2 * v + 1]);
    return sum[0];
}

ALWAYS_INLINE HVEC gather_divide(const Gstep *t, HVEC sum, const uint16_t *round,
                                 const uint16_t *reciprocal, GatherShape shape)
{
    HVEC q = hmulhi16(hadd16(sum, hload(round)), hload(reciprocal));

    if (shape.shifted)
        q = hsll16(hsrl16(q, t->div_shift), t->shift);
    return q;
}

ALWAYS_INLINE void gather_units(const AreascaleGatherRow *r, GatherShape shape)
{
    const AreascaleGather *g = r->gather;
    const int per_unit = shape.vectors * shape.loads * LANES;
    const uint16_t *round = g->round[r->variant], *reciprocal = g->reciprocal[r->variant];
    const int32_t *offset = g->offset;
    const uint8_t *pick = g->pick;
    const Gstep t = {
        .src = r->src,
        .stride = r->stride,
        .ahead = r->ahead,
        .shift = hcount(r->shift),
        .div_shift = hcount(r->div_shift - 16),
        .mask = hset16(r->mask),
    };

    for (int s = 0; s < r->n; s += HROWS) {
        const HVEC sum = gather_unit(&t, offset, pick, shape);
        const HVEC q = gather_divide(&t, sum, round + s, reciprocal + s, shape);

        store_neighbours(r->dst, s, q, r->n - s < HROWS ? r->n - s : HROWS, shape.sample);
        offset += per_unit;
        pick += per_unit * 16;
    }
}

ALWAYS_INLINE void gather_by_rows(const AreascaleGatherRow *r, GatherShape shape)
{
    switch (r->rows) {
    case 1: shape.rows = 1; break;
    case 2: shape.rows = 2; gather_units(r, shape); return;
    case 3: shape.rows = 3; gather_units(r, shape); return;
    case 4: shape.rows = 4; gather_units(r, shape); return;
    default: shape.rows = r->rows;
    }
    gather_units(r, shape);
}

ALWAYS_INLINE void gather_by_loads(const AreascaleGatherRow *r, GatherShape shape)
{
    shape.shifted = true;
    if (r->gather->loads == 1 && r->div_shift == 16 && r->shift == 0) {
        shape.loads = 1;
        shape.shifted = false;
        gather_by_rows(r, shape);
    } else if (r->gather->loads == 2) {
        shape.loads = 2;
        gather_by_rows(r, shape);
    } else {
        shape.loads = r->gather->loads;
        shape.rows = r->rows;
        gather_units(r, shape);
    }
}

static void gather_8(const AreascaleGatherRow *r)
{
    GatherShape shape = { .sample = AREASCALE_SAMPLE_8 };

    switch (r->gather->slots) {
    case 2: shape.vectors = 1; gather_by_loads(r, shape); break;
    case 4: shape.vectors = 2; gather_by_loads(r, shape); break;
    default: shape.vectors = 4; gather_by_loads(r, shape); break;
    }
}

static void gather_16(const AreascaleGatherRow *r)
{
    GatherShape shape = { .sample = AREASCALE_SAMPLE_16 };

    switch (r->gather->slots) {
    case 2: shape.vectors = 2; gather_by_loads(r, shape); break;
    case 4: shape.vectors = 4; gather_by_loads(r, shape); break;
    default: shape.vectors = 8; gather_by_loads(r, shape); break;
    }
}

static void gather_init(AreascaleDsp *dsp)
{
    dsp->gather_lanes = LANES;
    dsp->gather[AREASCALE_SAMPLE_8] = gather_8;
    dsp->gather[AREASCALE_SAMPLE_16] = gather_16;
}
