/* areascale: small windows in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Included after vsum_simd_tmpl.c and hsum_simd_tmpl.c, whose operations it uses. An HVEC
 * has OWORDS parts of 16 bytes, which its shuffles do not cross. The including file
 * defines besides the type GOffset, of the offsets of as many loads, and the functions
 * below.
 */

_Static_assert(OWORDS * 16 == sizeof(HVEC), "an oword has 16 bytes");

static inline GOffset goffset(const int32_t *p);
static inline HVEC gload(const char *row, GOffset offset); /* a load for each oword */
static inline HVEC gkeep(HVEC v); /* v, in a register where the compiler can be told */
static inline HVEC gpick(HVEC v, HVEC pick); /* bytes of the same oword, or 0 */
static inline HVEC gpairs(HVEC v); /* sums of neighbouring bytes in 16-bit lanes */

/* Sums of neighbouring 16-bit lanes, modulo 2^16: of each oword first a's, then b's. */
static inline HVEC gfold(HVEC a, HVEC b);
static inline HVEC gfold32(HVEC a, HVEC b);                 /* the same of 32-bit lanes */
static inline HVEC gvalue(HVEC v, HCount shift, HVEC mask); /* (v >> shift) & mask */

/* Sums of neighbouring 16-bit lanes, each taken for 32768 less, in 32-bit lanes; bias is
 * 32768 in each. */
static inline HVEC gpairs_biased(HVEC v, HVEC bias);

/* Stores 2 * HROWS results of one row. */
static inline void store_two(char *dst, HVEC a, HVEC b, AreascaleSample sample);

/* What is gathered, and how it is summed. */
typedef enum GatherKind {
    GATHER_BYTES,      /* into 16 bits */
    GATHER_WORDS,      /* into 16 bits */
    GATHER_WORDS_WIDE, /* into 32 bits */
    GATHER_WORDS_FULL, /* the same, of words all of whose bits are the value */
} GatherKind;

/* What sets the loops below apart, each a constant in its own where known. */
typedef struct GatherVariant {
    GatherKind kind;
    int vectors; /* of slots, for half a unit */
    int loads, rows;
} GatherVariant;

ALWAYS_INLINE bool is_wide(GatherVariant variant)
{
    return variant.kind == GATHER_WORDS_WIDE || variant.kind == GATHER_WORDS_FULL;
}

ALWAYS_INLINE AreascaleSample sample_of(GatherVariant variant)
{
    return variant.kind == GATHER_BYTES ? AREASCALE_SAMPLE_8 : AREASCALE_SAMPLE_16;
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
ALWAYS_INLINE HVEC gather_add(const Gstep *t, HVEC sum, HVEC v, GatherVariant variant)
{
    switch (variant.kind) {
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
ALWAYS_INLINE int lines_of_half(GatherVariant variant)
{
    return variant.vectors * (int) sizeof(HVEC) / GATHER_LINE;
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
                                 int lines, GatherVariant variant)
{
    HVEC sum = hzero();

    for (int k = 0; k < variant.loads; k++, offset += OWORDS, pick += sizeof(HVEC)) {
        const HVEC shuffle = gkeep(hload(pick));
        const GOffset at = goffset(offset);
        const char *row = t->src;

        for (int r = 0; r < variant.rows; r++, row += t->stride) {
            gather_fetch(t, row, *offset, lines);
            sum = gather_add(t, sum, gpick(gload(row, at), shuffle), variant);
        }
    }
    return sum;
}

/* The window sums of half a unit: one vector, or two of 32-bit lanes. */
ALWAYS_INLINE Acc gather_half(const Gstep *t, const int32_t *offset, const uint8_t *pick,
                              int lines, GatherVariant variant)
{
    const int per_vector = variant.loads * OWORDS;
    HVEC sum[8];

    for (int v = 0; v < variant.vectors; v++)
        sum[v] = gather_vector(t, offset + v * per_vector, pick + v * per_vector * 16,
                               v ? 0 : lines, variant);
    for (int n = variant.vectors; n > (is_wide(variant) ? 2 : 1); n /= 2)
        for (int v = 0; v < n / 2; v++)
            sum[v] = is_wide(variant) ? gfold32(sum[2 * v], sum[2 * v + 1])
                                    : gfold(sum[2 * v], sum[2 * v + 1]);
    return (Acc) { { sum[0], sum[is_wide(variant)] } };
}

/* The results of half a unit; `at` is its place in the tables of divisors. */
ALWAYS_INLINE HVEC gather_results(const Gstep *t, Acc sum, size_t at, GatherVariant variant)
{
    const size_t size = is_wide(variant) ? sizeof(uint32_t) : sizeof(uint16_t);
    const char *round = t->round + at * size, *reciprocal = t->reciprocal + at * size;
    HVEC q;

    if (is_wide(variant)) {
        const HVEC lo = hdiv32(hadd32(sum.v[0], hload(round)), hload(reciprocal), t->div_shift);
        const HVEC hi = hdiv32(hadd32(sum.v[1], hload(round + sizeof(HVEC))),
                               hload(reciprocal + sizeof(HVEC)), t->div_shift);

        q = hnarrow(lo, hi);
    } else {
        q = hmulhi16(hadd16(sum.v[0], hload(round)), hload(reciprocal));
        q = hsrl16(q, t->div_shift);
    }
    return variant.kind == GATHER_BYTES ? q : hsll16(q, t->shift);
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

ALWAYS_INLINE void gather_units(const AreascaleGatherRow *r, GatherVariant variant)
{
    const int per_half = variant.vectors * variant.loads * OWORDS;
    const int32_t *offset = r->gather->offset;
    const uint8_t *pick = r->gather->pick;
    const Gstep t = {
        .src = r->src,
        .stride = r->stride,
        .ahead = r->ahead,
        .shift = hcount(r->shift),
        .div_shift = hcount(is_wide(variant) ? r->div_shift : r->div_shift - 16),
        .mask = hset16(r->mask),
        .bias = hset16(AREASCALE_GATHER_BIAS),
        .round = r->gather->round[r->row_class],
        .reciprocal = r->gather->reciprocal[r->row_class],
    };

    for (int s = 0; s < r->n; s += 2 * HROWS) {
        const int lines = lines_of_half(variant);
        const Acc a = gather_half(&t, offset, pick, lines ? lines : 1, variant);
        const Acc b = gather_half(&t, offset + per_half, pick + per_half * 16, lines, variant);

        gather_store(r, s, gather_results(&t, a, (size_t) s, variant),
                     gather_results(&t, b, (size_t) s + HROWS, variant), sample_of(variant));
        offset += 2 * per_half;
        pick += 2 * per_half * 16;
    }
}

/* A function for each variant that pays, small enough to keep its loop in registers; 0
 * stands for any number. */
#define GATHER_VARIANT(NAME, KIND, VECTORS, LOADS, ROWS)                                   \
    NEVER_INLINE void NAME(const AreascaleGatherRow *r)                                    \
    {                                                                                      \
        gather_units(r, (GatherVariant) { KIND, VECTORS, LOADS ? LOADS : r->gather->loads, \
                                        ROWS ? ROWS : r->rows });                          \
    }

/* The windows of `slots` have about `slots` rows where both axes shrink alike. */
#define GATHER_ROWS(NAME, KIND, VECTORS, LOADS, A, B)                                      \
    GATHER_VARIANT(NAME##_a, KIND, VECTORS, LOADS, A)                                      \
    GATHER_VARIANT(NAME##_b, KIND, VECTORS, LOADS, B)                                      \
    GATHER_VARIANT(NAME##_n, KIND, VECTORS, LOADS, 0)                                      \
                                                                                           \
    static void NAME(const AreascaleGatherRow *r)                                          \
    {                                                                                      \
        if (r->rows == A)                                                                  \
            NAME##_a(r);                                                                   \
        else if (r->rows == B)                                                             \
            NAME##_b(r);                                                                   \
        else                                                                               \
            NAME##_n(r);                                                                   \
    }

#define GATHER_LOADS(NAME, KIND, VECTORS, A, B)                                            \
    GATHER_ROWS(NAME##_1, KIND, VECTORS, 1, A, B)                                          \
    GATHER_ROWS(NAME##_2, KIND, VECTORS, 2, A, B)                                          \
    GATHER_VARIANT(NAME##_n, KIND, VECTORS, 0, 0)                                          \
                                                                                           \
    static void NAME(const AreascaleGatherRow *r)                                          \
    {                                                                                      \
        if (r->gather->loads == 1)                                                         \
            NAME##_1(r);                                                                   \
        else if (r->gather->loads == 2)                                                    \
            NAME##_2(r);                                                                   \
        else                                                                               \
            NAME##_n(r);                                                                   \
    }

/* The kernel of a type, V vectors having two slots for each sample of half a unit. */
#define GATHER(NAME, KIND, V)                                                              \
    GATHER_LOADS(NAME##_slots2, KIND, V, 2, 3)                                             \
    GATHER_LOADS(NAME##_slots4, KIND, 2 * V, 3, 4)                                         \
    GATHER_VARIANT(NAME##_slots8_1, KIND, 4 * V, 1, 0)                                     \
    GATHER_VARIANT(NAME##_slots8_n, KIND, 4 * V, 0, 0)                                     \
                                                                                           \
    static void NAME(const AreascaleGatherRow *r)                                          \
    {                                                                                      \
        if (r->gather->slots == 2)                                                         \
            NAME##_slots2(r);                                                              \
        else if (r->gather->slots == 4)                                                    \
            NAME##_slots4(r);                                                              \
        else if (r->gather->loads == 1)                                                    \
            NAME##_slots8_1(r);                                                            \
        else                                                                               \
            NAME##_slots8_n(r);                                                            \
    }

GATHER(gather_8, GATHER_BYTES, 1)
GATHER(gather_16, GATHER_WORDS, 2)
GATHER(gather_wide, GATHER_WORDS_WIDE, 2)
GATHER(gather_full, GATHER_WORDS_FULL, 2)

static void gather_init(AreascaleDsp *dsp)
{
    dsp->gather_owords = OWORDS;
    dsp->gather[AREASCALE_SAMPLE_8] = gather_8;
    dsp->gather[AREASCALE_SAMPLE_16] = gather_16;
    dsp->gather_wide = gather_wide;
    dsp->gather_full = gather_full;
}
