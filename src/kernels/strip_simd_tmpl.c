/* areascale: strips of small windows in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A unit of output samples goes down a few output rows: what it needs stays in registers,
 * each input row is loaded once, and where two windows share a row its sums are taken over.
 * Bytes are laid side by side and summed horizontally as they are loaded; words are added
 * up as they lie, and laid side by side when the window is complete. Included after
 * gather_simd_tmpl.c, whose operations it uses. The including file defines besides the
 * functions below.
 */

static inline HVEC hset32(uint32_t v); /* in each 32-bit lane */
static inline void hstore(void *p, HVEC v);

/* Sums of neighbouring 16-bit lanes below 2^15 in 32-bit lanes, times 2^n. */
static inline SLift slift(int n);
static inline HVEC spairs(HVEC v, SLift n);

/* trunc((float) v * reciprocal) in 32-bit lanes below 2^24, reciprocals being floats */
static inline HVEC sdivide(HVEC v, HVEC reciprocal);

/* Sums of neighbouring 16-bit lanes of two vectors in 16-bit lanes: of each oword first a's, then b's. */
static inline HVEC sfold(HVEC a, HVEC b);
static inline HVEC spack(HVEC a, HVEC b); /* lanes below 256 as bytes, in the same order */
static inline void sstore_half(void *dst, HVEC v); /* the lower half of each oword */

enum {
    STRIP_VECTORS = 4, /* at most, of a unit */
    STRIP_SUMS = 8,    /* vectors of sums, at most */
    /* Bytes of an output row from where it is written to where a line is fetched: rows that
     * are written a few bytes by turns are too many for the processor to foresee. */
    STRIP_OUTPUT_AHEAD = 256,
};

/* What sets the loops below apart, a constant in each. */
typedef struct StripVariant {
    AreascaleStripKind kind;
    AreascaleStripShape shape;
} StripVariant;

/* Whether input samples are bytes. */
ALWAYS_INLINE bool strip_is_bytes(StripVariant variant)
{
    return variant.kind == AREASCALE_STRIP_BYTES || variant.kind == AREASCALE_STRIP_LIFTED;
}

/* The vectors of a unit: as many as registers hold the sums of. */
ALWAYS_INLINE int strip_vectors(StripVariant variant)
{
    return variant.shape.slots == 2 &&
                   (strip_is_bytes(variant) || variant.shape.loads > 1)
               ? 2
               : 4;
}

/* 16-bit lanes of slots that make a result. */
ALWAYS_INLINE int strip_lanes(StripVariant variant)
{
    return strip_is_bytes(variant) ? variant.shape.slots / 2 : variant.shape.slots;
}

/* The vectors of results that a unit makes. */
ALWAYS_INLINE int strip_results(StripVariant variant)
{
    return strip_vectors(variant) / strip_lanes(variant);
}

ALWAYS_INLINE bool strip_is_wide(StripVariant variant)
{
    return variant.kind >= AREASCALE_STRIP_WIDE;
}

/* Whether sums are of columns, to be picked out of when the window is complete. */
ALWAYS_INLINE bool strip_is_columns(StripVariant variant)
{
    return variant.kind == AREASCALE_STRIP_WORDS || variant.kind == AREASCALE_STRIP_WIDE;
}

ALWAYS_INLINE int strip_sums(StripVariant variant)
{
    return strip_vectors(variant) * (strip_is_columns(variant) ? variant.shape.loads : 1);
}

ALWAYS_INLINE int strip_picks(StripVariant variant)
{
    return variant.shape.loads + variant.shape.singles;
}

/* What a unit takes down its rows. */
typedef struct StripUnit {
    GOffset offset[STRIP_VECTORS * AREASCALE_MAX_STRIP_LOADS];
    HVEC pick[STRIP_VECTORS * (AREASCALE_MAX_STRIP_LOADS + AREASCALE_MAX_STRIP_SINGLES)];
    HCount shift, out_shift;
    HVEC mask;
    SLift lift;
} StripUnit;

ALWAYS_INLINE StripUnit strip_unit(const AreascaleStripRows *r, int table,
                                   StripVariant variant)
{
    const int n_loads = strip_vectors(variant) * variant.shape.loads;
    const int n_picks = strip_vectors(variant) * strip_picks(variant);
    const int32_t *offset = r->strips->offset + (ptrdiff_t) table * n_loads * OWORDS;
    const uint8_t *pick =
        r->strips->pick + (ptrdiff_t) table * n_picks * (int) sizeof(HVEC);
    StripUnit t = {
        .shift = hcount(r->shift),
        .mask = hset16(r->mask),
        .lift = slift(r->lift),
        .out_shift = hcount(r->out_shift),
    };

    for (int i = 0; i < n_loads; i++)
        t.offset[i] = goffset(offset + i * OWORDS);
    for (int i = 0; i < n_picks; i++)
        t.pick[i] = hload(pick + i * (int) sizeof(HVEC));
    if (!strip_is_columns(variant))
        for (int i = 0; i < n_picks && i < STRIP_VECTORS; i++)
            t.pick[i] = gkeep(t.pick[i]);
    return t;
}

/* Fetches what one row of a unit takes, some rows below. */
ALWAYS_INLINE void strip_fetch(const char *row, ptrdiff_t ahead, StripVariant variant)
{
    const int bytes = strip_vectors(variant) * variant.shape.loads * (int) sizeof(HVEC);

    for (int i = 0; i < bytes; i += GATHER_LINE)
        vprefetch((uintptr_t) row + (uintptr_t) ahead + (uintptr_t) i);
}

ALWAYS_INLINE HVEC strip_add(HVEC a, HVEC b, StripVariant variant)
{
    return variant.kind == AREASCALE_STRIP_FULL ? hadd32(a, b) : hadd16(a, b);
}

/* The sums that a vector of slots makes. */
ALWAYS_INLINE HVEC strip_slots(HVEC slots, bool singles, StripVariant variant)
{
    if (variant.kind == AREASCALE_STRIP_FULL)
        return gpairs_biased(slots, hset16(AREASCALE_STRIP_BIAS));
    return strip_is_bytes(variant) && !singles ? gpairs(slots) : slots;
}

/* The sums of slots of one vector, given its loads. */
ALWAYS_INLINE HVEC strip_vector(const StripUnit *t, const HVEC *loads, int v,
                                StripVariant variant)
{
    const HVEC *pick = t->pick + v * strip_picks(variant);
    HVEC sum = strip_slots(gpick(loads[0], pick[0]), false, variant);

    for (int i = 1; i < strip_picks(variant); i++) {
        const bool single = i >= variant.shape.loads;
        const HVEC slots = gpick(loads[single ? 0 : i], pick[i]);

        sum = strip_add(sum, strip_slots(slots, single, variant), variant);
    }
    return sum;
}

/* The sums of one input row. */
ALWAYS_INLINE void strip_row(HVEC *sum, const char *row, const StripUnit *t,
                             StripVariant variant)
{
    const int n_loads = variant.shape.loads;

    for (int v = 0; v < strip_vectors(variant); v++) {
        HVEC loads[AREASCALE_MAX_STRIP_LOADS];

        for (int k = 0; k < n_loads; k++)
            loads[k] = gload(row, t->offset[v * n_loads + k]);
        if (!strip_is_columns(variant))
            sum[v] = strip_vector(t, loads, v, variant);
        else
            for (int k = 0; k < n_loads; k++)
                sum[v * n_loads + k] = gvalue(loads[k], t->shift, t->mask);
    }
}

ALWAYS_INLINE HVEC strip_divide16(HVEC sum, const char *divisor, ptrdiff_t size, int shift)
{
    const HVEC q = hmulhi16(hadd16(sum, hload(divisor)), hload(divisor + size));

    return shift > 16 ? hsrl16(q, hcount(shift - 16)) : q;
}

ALWAYS_INLINE HVEC strip_divide32(HVEC sum, const char *divisor, ptrdiff_t size, int shift,
                                  bool in_float)
{
    const HVEC n = hadd32(sum, hload(divisor)), reciprocal = hload(divisor + size);

    return in_float ? sdivide(n, reciprocal) : hdiv32(n, reciprocal, hcount(shift));
}

/* The results of sums of slots in 16-bit lanes, which are overwritten. `size` is that of
 * what rounds: the reciprocals follow. */
ALWAYS_INLINE void strip_narrow(HVEC *results, HVEC *slots, const char *divisor,
                                ptrdiff_t size, int shift, StripVariant variant)
{
    for (int n = strip_vectors(variant); n > strip_results(variant); n /= 2)
        for (int v = 0; v < n / 2; v++)
            slots[v] = sfold(slots[2 * v], slots[2 * v + 1]);
    for (int v = 0; v < strip_results(variant); v++)
        results[v] =
            strip_divide16(slots[v], divisor + v * (ptrdiff_t) sizeof(HVEC), size, shift);
}

/* The same in 32-bit lanes. */
ALWAYS_INLINE void strip_wide(HVEC *results, HVEC *slots, const char *divisor,
                              ptrdiff_t size, int shift, bool in_float,
                              StripVariant variant)
{
    const int n_sums = 2 * strip_results(variant);

    for (int n = strip_vectors(variant); n > n_sums; n /= 2)
        for (int v = 0; v < n / 2; v++)
            slots[v] = gfold32(slots[2 * v], slots[2 * v + 1]);
    for (int v = 0; v < n_sums; v++)
        slots[v] = strip_divide32(slots[v], divisor + v * (ptrdiff_t) sizeof(HVEC), size,
                                  shift, in_float);
    for (int v = 0; v < strip_results(variant); v++)
        results[v] = hnarrow(slots[2 * v], slots[2 * v + 1]);
}

ALWAYS_INLINE void strip_store(char *dst, const HVEC *results, HCount shift,
                               StripVariant variant)
{
    if (variant.kind != AREASCALE_STRIP_BYTES)
        for (int v = 0; v < strip_results(variant); v++)
            hstore(dst + v * (ptrdiff_t) sizeof(HVEC), hsll16(results[v], shift));
    else if (strip_results(variant) == 2)
        hstore(dst, spack(results[0], results[1]));
    else
        sstore_half(dst, spack(results[0], results[0]));
}

/* Complete windows of 16-bit lanes as 32-bit lanes. */
ALWAYS_INLINE void strip_widen(HVEC *slots, SLift lift, StripVariant variant)
{
    const bool split = strip_lanes(variant) == 1;

    for (int v = strip_vectors(variant) - 1; v >= 0; v--) {
        if (split)
            slots[2 * v + 1] = spairs(hwiden_hi(slots[v]), lift);
        slots[split ? 2 * v : v] = spairs(split ? hwiden_lo(slots[v]) : slots[v], lift);
    }
}

/* Makes the results of complete windows. */
ALWAYS_INLINE void strip_finish(char *dst, const StripUnit *t, const HVEC *sum,
                                const char *divisor, int div_shift, bool in_float,
                                StripVariant variant)
{
    const ptrdiff_t size = strip_results(variant) * (ptrdiff_t) sizeof(HVEC) *
                           (strip_is_wide(variant) ? 2 : 1);
    HVEC slots[STRIP_VECTORS], results[2];

    for (int v = 0; v < strip_vectors(variant); v++) {
        slots[v] = sum[v];
        if (strip_is_columns(variant))
            slots[v] = strip_vector(t, sum + v * variant.shape.loads, v, variant);
    }
    if (strip_is_wide(variant) && variant.kind != AREASCALE_STRIP_FULL)
        strip_widen(slots, t->lift, variant);
    if (strip_is_wide(variant) && in_float)
        strip_wide(results, slots, divisor, size, div_shift, true, variant);
    else if (strip_is_wide(variant))
        strip_wide(results, slots, divisor, size, div_shift, false, variant);
    else
        strip_narrow(results, slots, divisor, size, div_shift, variant);
    strip_store(dst, results, t->out_shift, variant);
}

/* Makes one unit of all the rows: from the input rows below `row`, to `dst`. What the loops
 * need is copied, since stores might change it for all that the compiler knows. */
ALWAYS_INLINE void strip_down(const AreascaleStripRows *r, const StripUnit *t,
                              const char *row, char *dst, const char *divisor,
                              StripVariant variant)
{
    const AreascaleStripStep *step = r->steps, *const end = step + r->n_steps;
    const ptrdiff_t stride = r->stride, ahead = r->ahead, dst_stride = r->dst_stride;
    const int n_sums = strip_sums(variant), div_shift = r->div_shift;
    const bool in_float = r->in_float;
    HVEC sum[STRIP_SUMS], last[STRIP_SUMS];

    for (int v = 0; v < n_sums; v++)
        sum[v] = hzero();
    do {
        for (int left = step->rows;; left--) {
            strip_row(last, row, t, variant);
            strip_fetch(row, ahead, variant);
            row += stride;
            __asm__("" : "+r"(row)); /* kept in a register, and counted up */
            for (int v = 0; v < n_sums; v++)
                sum[v] = gkeep(strip_add(sum[v], last[v], variant));
            if (left == 1)
                break;
        }
        strip_finish(dst, t, sum, divisor + step->divisor, div_shift, in_float, variant);
        vprefetch((uintptr_t) dst + STRIP_OUTPUT_AHEAD);
        dst += dst_stride;
        for (int v = 0; v < n_sums; v++)
            sum[v] = hand(last[v], hset32(step->keep));
    } while (++step < end);
}

ALWAYS_INLINE void strip_units(const AreascaleStripRows *r, StripVariant variant)
{
    const bool bytes = variant.kind == AREASCALE_STRIP_BYTES; /* of output */
    const ptrdiff_t sample_size = bytes ? sizeof(uint8_t) : sizeof(uint16_t);
    const ptrdiff_t divisors = strip_results(variant) * 2 * (ptrdiff_t) sizeof(HVEC) *
                               (strip_is_wide(variant) ? 2 : 1);
    const int n = strip_results(variant) * HROWS, last = r->n - n;

    for (int u = 0; u < r->strips->n_units; u++) {
        const AreascaleStripUnit unit = r->strips->units[u];
        const StripUnit t = strip_unit(r, unit.table, variant);
        const int s = u * n < last ? u * n : last;

        strip_down(r, &t, r->src + unit.offset, r->dst + s * sample_size,
                   r->strips->divisor + unit.table * divisors, variant);
    }
}

/* A function for each variant that pays, small enough to keep its loops in registers. */
#define STRIP_VARIANT(KIND, SLOTS, LOADS, SINGLES)                                         \
    ((StripVariant){ AREASCALE_STRIP_##KIND, { SLOTS, LOADS, SINGLES } })

#define STRIP(KIND, SLOTS, LOADS, SINGLES)                                                 \
    NEVER_INLINE void strip_##KIND##_##SLOTS##_##LOADS##_##SINGLES(                        \
        const AreascaleStripRows *r)                                                       \
    {                                                                                      \
        strip_units(r, STRIP_VARIANT(KIND, SLOTS, LOADS, SINGLES));                        \
    }

/* clang-format off */
#define STRIP_SHAPES(X, KIND, SLOTS) \
    X(KIND, SLOTS, 1, 0) X(KIND, SLOTS, 1, 1) X(KIND, SLOTS, 2, 0)

#define STRIPS(X)             \
    STRIP_SHAPES(X, BYTES, 2) \
    STRIP_SHAPES(X, BYTES, 4) \
    STRIP_SHAPES(X, BYTES, 8) \
    STRIP_SHAPES(X, WORDS, 2) \
    STRIP_SHAPES(X, WORDS, 4) \
    STRIP_SHAPES(X, WIDE, 2)  \
    STRIP_SHAPES(X, WIDE, 4)  \
    STRIP_SHAPES(X, FULL, 2)  \
    STRIP_SHAPES(X, FULL, 4)  \
    STRIP_SHAPES(X, LIFTED, 2) \
    STRIP_SHAPES(X, LIFTED, 4) \
    STRIP_SHAPES(X, LIFTED, 8) \
    X(BYTES, 2, 3, 0) X(BYTES, 4, 3, 0) X(BYTES, 8, 3, 0) \
    X(LIFTED, 2, 3, 0) X(LIFTED, 4, 3, 0) X(LIFTED, 8, 3, 0)
/* clang-format on */

STRIPS(STRIP)

#define STRIP_ENTER(KIND, SLOTS, LOADS, SINGLES)                                           \
    dsp->strip[AREASCALE_STRIP_##KIND][SLOTS / 4][LOADS - 1][SINGLES] = (AreascaleStrip){  \
        strip_##KIND##_##SLOTS##_##LOADS##_##SINGLES,                                      \
        strip_vectors(STRIP_VARIANT(KIND, SLOTS, LOADS, SINGLES)),                         \
        strip_results(STRIP_VARIANT(KIND, SLOTS, LOADS, SINGLES)),                         \
    };

static void strip_init(AreascaleDsp *dsp)
{
    dsp->strip_owords = OWORDS;
    STRIPS(STRIP_ENTER)
}
