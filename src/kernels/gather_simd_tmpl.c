/* areascale: small windows in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Included after vsum_simd_tmpl.c and hsum_simd_tmpl.c, whose operations it uses.
 * The including file defines besides, with LANES vectors of 16 bytes in an HVEC:
 *     GOffset, goffset(p)        the offsets p[lane] of a load
 *     gload(row, offset)         16 bytes from row + each lane's offset
 *     gkeep(v)                   v, in a register where the compiler can be told
 *     gpick(v, pick)             each lane's bytes shuffled by its 16 bytes of pick
 *     gpairs(v)                  sums of neighbouring bytes in 16-bit lanes
 *     gfold(a, b)                sums of neighbouring 16-bit lanes, modulo 2^16: of
 *                                each 128-bit lane first a's, then b's
 *     gvalue(v, shift, mask)     (v >> shift) & mask in 16-bit lanes
 *     gpairs_biased(v, bias)     sums of neighbouring 16-bit lanes, each taken for
 *                                32768 less, in 32-bit lanes; bias is 32768 in each
 *     gfold32(a, b)              gfold of 32-bit lanes
 *     store_two(dst, a, b, sample)
 *                                2 * HROWS results of one row
 */

/* What is gathered, and how it is summed. */
typedef enum GatherLanes {
    GATHER_BYTES,      /* into 16 bits */
    GATHER_WORDS,      /* into 16 bits */
    GATHER_WORDS_WIDE, /* into 32 bits */
    GATHER_WORDS_FULL, /* the same, of words all of whose bits are the value */
} GatherLanes;

/* The shape of a plane's gathering, a constant in the loops below where known. */
typedef struct GatherShape {
    GatherLanes lanes;
    int vectors; /* of slots, for half a unit */
    int loads, rows;
} GatherShape;

ALWAYS_INLINE bool is_wide(GatherShape shape)
{
    return shape.lanes == GATHER_WORDS_WIDE || shape.lanes == GATHER_WORDS_FULL;
}

ALWAYS_INLINE AreascaleSample sample_of(GatherShape shape)
{
    return shape.lanes == GATHER_BYTES ? AREASCALE_SAMPLE_8 : AREASCALE_SAMPLE_16;
}

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
    switch (shape.lanes) {
    case GATHER_BYTES:
        return hadd16(sum, gpairs(v));
    case GATHER_WORDS:
        return hadd16(sum, gvalue(v, t->shift, t->mask));
    case GATHER_WORDS_WIDE:
        return hadd32(sum, gpairs_biased(gvalue(v, t->shift, t->mask), t->bias));
    default:
        return hadd32(sum, gpairs_biased(v, t->bias));
    }
}

enum { GATHER_LINE = 64 }; /* of cache, in bytes */

/* Lines that half a unit's slots take of each load; 0: one for both halves. */
ALWAYS_INLINE int lines_of_half(GatherShape shape)
{
    return shape.vectors * (int) sizeof(HVEC) / GATHER_LINE;
}

/* Fetches as many lines, some windows below what is loaded from row + offset. */
ALWAYS_INLINE void gather_fetch(const Gstep *t, const char *row, int32_t offset, int lines)
{
    for (int i = 0; i < lines; i++)
        vprefetch((uintptr_t) row + (uintptr_t) t->ahead +
                  (uintptr_t) (offset + i * GATHER_LINE));
}

/* The slots of one vector, summed over the rows; fetches `lines` of the rows ahead. */
ALWAYS_INLINE HVEC gather_vector(const Gstep *t, const int32_t *offset, const uint8_t *pick,
                                 int lines, GatherShape shape)
{
    HVEC sum = hzero();

    for (int k = 0; k < shape.loads; k++, offset += LANES, pick += sizeof(HVEC)) {
        const HVEC shuffle = gkeep(hload(pick));
        const GOffset at = goffset(offset);
        const char *row = t->src;

        for (int r = 0; r < shape.rows; r++, row += t->stride) {
            gather_fetch(t, row, *offset, lines);
            sum = gather_add(t, sum, gpick(gload(row, at), shuffle), shape);
        }
    }
    return sum;
}

/* The window sums of half a unit: one vector, or two of 32-bit lanes. */
ALWAYS_INLINE Acc gather_half(const Gstep *t, const int32_t *offset, const uint8_t *pick,
                              int lines, GatherShape shape)
{
    const int per_vector = shape.loads * LANES;
    HVEC sum[8];

    for (int v = 0; v < shape.vectors; v++)
        sum[v] = gather_vector(t, offset + v * per_vector, pick + v * per_vector * 16,
                               v ? 0 : lines, shape);
    for (int n = shape.vectors; n > (is_wide(shape) ? 2 : 1); n /= 2)
        for (int v = 0; v < n / 2; v++)
            sum[v] = is_wide(shape) ? gfold32(sum[2 * v], sum[2 * v + 1])
                                    : gfold(sum[2 * v], sum[2 * v + 1]);
    return (Acc) { { sum[0], sum[is_wide(shape)] } };
}

/* The results of half a unit; `at` is its place in the tables of divisors. */
ALWAYS_INLINE HVEC gather_results(const Gstep *t, Acc sum, size_t at, GatherShape shape)
{
    const size_t size = is_wide(shape) ? sizeof(uint32_t) : sizeof(uint16_t);
    const char *round = t->round + at * size, *reciprocal = t->reciprocal + at * size;
    HVEC q;

    if (is_wide(shape)) {
        const HVEC lo = hdiv32(hadd32(sum.v[0], hload(round)), hload(reciprocal), t->div_shift);
        const HVEC hi = hdiv32(hadd32(sum.v[1], hload(round + sizeof(HVEC))),
                               hload(reciprocal + sizeof(HVEC)), t->div_shift);

        q = hnarrow(lo, hi);
    } else {
        q = hmulhi16(hadd16(sum.v[0], hload(round)), hload(reciprocal));
        q = hsrl16(q, t->div_shift);
    }
    return shape.lanes == GATHER_BYTES ? q : hsll16(q, t->shift);
}

/* Stores a unit's results: the whole unit that ends with the row at the latest, or the
 * beginning of the only one. */
ALWAYS_INLINE void gather_store(const AreascaleGatherRow *r, int s, HVEC a, HVEC b,
                                AreascaleSample sample)
{
    const size_t size = sample == AREASCALE_SAMPLE_8 ? sizeof(uint8_t) : sizeof(uint16_t);
    char all[2 * sizeof(HVEC)];

    if (r->n < 2 * HROWS) {
        store_two(all, a, b, sample);
        memcpy(r->dst, all, (size_t) r->n * size);
    } else {
        if (s > r->n - 2 * HROWS)
            s = r->n - 2 * HROWS;
        store_two((char *) r->dst + (size_t) s * size, a, b, sample);
    }
}

ALWAYS_INLINE void gather_units(const AreascaleGatherRow *r, GatherShape shape)
{
    const int per_half = shape.vectors * shape.loads * LANES;
    const int32_t *offset = r->gather->offset;
    const uint8_t *pick = r->gather->pick;
    const Gstep t = {
        .src = r->src,
        .stride = r->stride,
        .ahead = r->ahead,
        .shift = hcount(r->shift),
        .div_shift = hcount(is_wide(shape) ? r->div_shift : r->div_shift - 16),
        .mask = hset16(r->mask),
        .bias = hset16(AREASCALE_GATHER_BIAS),
        .round = r->gather->round[r->variant],
        .reciprocal = r->gather->reciprocal[r->variant],
    };

    for (int s = 0; s < r->n; s += 2 * HROWS) {
        const int lines = lines_of_half(shape);
        const Acc a = gather_half(&t, offset, pick, lines ? lines : 1, shape);
        const Acc b = gather_half(&t, offset + per_half, pick + per_half * 16, lines, shape);

        gather_store(r, s, gather_results(&t, a, (size_t) s, shape),
                     gather_results(&t, b, (size_t) s + HROWS, shape), sample_of(shape));
        offset += 2 * per_half;
        pick += 2 * per_half * 16;
    }
}

/* A function for each shape that pays, small enough to keep its loop in registers; 0
 * stands for any number. */
#define GATHER_SHAPE(NAME, LANES_OF, VECTORS, LOADS, ROWS)                                \
    static __attribute__((noinline)) void NAME(const AreascaleGatherRow *r)               \
    {                                                                                     \
        gather_units(r, (GatherShape) { LANES_OF, VECTORS, LOADS ? LOADS : r->gather->loads, \
                                        ROWS ? ROWS : r->rows });                         \
    }

/* The windows of `slots` have about `slots` rows where both axes shrink alike. */
#define GATHER_ROWS(NAME, LANES_OF, VECTORS, LOADS, A, B)                                 \
    GATHER_SHAPE(NAME##_a, LANES_OF, VECTORS, LOADS, A)                                   \
    GATHER_SHAPE(NAME##_b, LANES_OF, VECTORS, LOADS, B)                                   \
    GATHER_SHAPE(NAME##_n, LANES_OF, VECTORS, LOADS, 0)                                   \
                                                                                          \
    static void NAME(const AreascaleGatherRow *r)                                         \
    {                                                                                     \
        if (r->rows == A)                                                                 \
            NAME##_a(r);                                                                  \
        else if (r->rows == B)                                                            \
            NAME##_b(r);                                                                  \
        else                                                                              \
            NAME##_n(r);                                                                  \
    }

#define GATHER_LOADS(NAME, LANES_OF, VECTORS, A, B)                                       \
    GATHER_ROWS(NAME##_1, LANES_OF, VECTORS, 1, A, B)                                     \
    GATHER_ROWS(NAME##_2, LANES_OF, VECTORS, 2, A, B)                                     \
    GATHER_SHAPE(NAME##_n, LANES_OF, VECTORS, 0, 0)                                       \
                                                                                          \
    static void NAME(const AreascaleGatherRow *r)                                         \
    {                                                                                     \
        if (r->gather->loads == 1)                                                        \
            NAME##_1(r);                                                                  \
        else if (r->gather->loads == 2)                                                   \
            NAME##_2(r);                                                                  \
        else                                                                              \
            NAME##_n(r);                                                                  \
    }

/* The kernel of a type, V vectors having two slots for each sample of half a unit. */
#define GATHER(NAME, LANES_OF, V)                                                         \
    GATHER_LOADS(NAME##_slots2, LANES_OF, V, 2, 3)                                        \
    GATHER_LOADS(NAME##_slots4, LANES_OF, 2 * V, 3, 4)                                    \
    GATHER_SHAPE(NAME##_slots8_1, LANES_OF, 4 * V, 1, 0)                                  \
    GATHER_SHAPE(NAME##_slots8_n, LANES_OF, 4 * V, 0, 0)                                  \
                                                                                          \
    static void NAME(const AreascaleGatherRow *r)                                         \
    {                                                                                     \
        if (r->gather->slots == 2)                                                        \
            NAME##_slots2(r);                                                             \
        else if (r->gather->slots == 4)                                                   \
            NAME##_slots4(r);                                                             \
        else if (r->gather->loads == 1)                                                   \
            NAME##_slots8_1(r);                                                           \
        else                                                                              \
            NAME##_slots8_n(r);                                                           \
    }

GATHER(gather_8, GATHER_BYTES, 1)
GATHER(gather_16, GATHER_WORDS, 2)
GATHER(gather_wide, GATHER_WORDS_WIDE, 2)
GATHER(gather_full, GATHER_WORDS_FULL, 2)

static void gather_init(AreascaleDsp *dsp)
{
    dsp->gather_lanes = LANES;
    dsp->gather[AREASCALE_SAMPLE_8] = gather_8;
    dsp->gather[AREASCALE_SAMPLE_16] = gather_16;
    dsp->gather_wide = gather_wide;
    dsp->gather_full = gather_full;
}
