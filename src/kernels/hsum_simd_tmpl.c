/* areascale: the horizontal step in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One vector holds one column of all rows of a band, so a window is a sum of vectors.
 * The including file includes string.h, kernels/dsp.h and kernels/inline.h, and defines
 * the types and functions below, and
 *     HROWS                the rows of a band: the 16-bit lanes of an HVEC
 *     hwiden_rows[HROWS]   the row of each 32-bit lane: hwiden_lo's, then hwiden_hi's
 */

_Static_assert(HROWS * sizeof(uint16_t) == sizeof(HVEC), "a lane is a row");
_Static_assert(HROWS >= AREASCALE_MIN_BAND_ROWS, "rows that callers may put into a band");
_Static_assert(HROWS <= AREASCALE_MAX_BAND_ROWS, "rows that a band has room for");
_Static_assert(sizeof(hwiden_rows) == HROWS, "each lane has a row");

static inline HVEC hload(const void *p); /* unaligned */
static inline HVEC hzero(void);
static inline HVEC hset16(unsigned v); /* in each 16-bit lane */
static inline HVEC hand(HVEC a, HVEC b);
static inline HVEC hadd16(HVEC a, HVEC b);
static inline HVEC hadd32(HVEC a, HVEC b);
static inline HVEC hmin16(HVEC a, HVEC b); /* unsigned */
static inline HVEC hmulhi16(HVEC a, HVEC b); /* high halves of unsigned products */
static inline HCount hcount(int n);          /* of a shift */
static inline HVEC hsll16(HVEC v, HCount n);
static inline HVEC hsll32(HVEC v, HCount n);
static inline HVEC hsrl16(HVEC v, HCount n);
static inline HVEC hwiden_lo(HVEC v);         /* half of the 16-bit lanes as 32-bit lanes */
static inline HVEC hwiden_hi(HVEC v);         /* the other half */
static inline HVEC hnarrow(HVEC lo, HVEC hi); /* the inverse; values below 2^16 */
static inline HVEC hnarrow_rows(HVEC lo, HVEC hi); /* the same of rows in order */

/* (v * reciprocal) >> n in 32-bit lanes, n >= 32 */
static inline HVEC hdiv32(HVEC v, HVEC reciprocal, HCount n);

/* The columns x .. x + HROWS - 1 of 16-bit sums, a vector each; of 32-bit sums, two. */
static inline void transpose16(HVEC *out, const void *const *sums, int x);
static inline void transpose32(HVEC *out, const void *const *sums, int x);

/* Store n results of all rows, columns[i] being output sample s + i. */
static void store_columns8(const AreascaleBand *b, const HVEC *columns, int s, int n);
static void store_columns16(const AreascaleBand *b, const HVEC *columns, int s, int n);

/* Stores n results of one row. */
static inline void store_neighbours(char *dst, int s, HVEC q, int n,
                                    AreascaleSample sample);

/* A sum of columns: 16-bit lanes in v[0], or 32-bit lanes in both. */
typedef struct Acc {
    HVEC v[2];
} Acc;

/* What divides one class of windows. */
typedef struct Divisor {
    HVEC round[2], reciprocal[2];
} Divisor;

/* What a band's panels have in common. */
typedef struct Hstep {
    Divisor divisor[AREASCALE_N_CLASSES];
    HVEC extra[AREASCALE_N_CLASSES]; /* all ones where a window has min_taps + 1 */
    HCount lift, div_shift, out_shift;
    HVEC out_max;
    bool shifted;  /* whether one of the two shifts is not 0 */
    bool rescaled; /* whether sums are lifted, or quotients may exceed out_max */
    int chunk;    /* WIDE16: taps whose sum fits 16 bits */
    AreascaleSample sample;
    HVEC *results; /* HROWS columns of them */
    HVEC *columns; /* a panel's transposed sums */
} Hstep;

ALWAYS_INLINE int vectors_per_column(AreascaleArith arith)
{
    return arith == AREASCALE_ARITH_WIDE32 ? 2 : 1;
}

ALWAYS_INLINE size_t bytes_per_sum(AreascaleArith arith)
{
    return arith == AREASCALE_ARITH_WIDE32 ? sizeof(uint32_t) : sizeof(uint16_t);
}

static void load_divisor16(Divisor *d, const uint64_t *area, const uint32_t *reciprocal)
{
    uint16_t round[HROWS], mul[HROWS];

    for (int i = 0; i < HROWS; i++) {
        round[i] = (uint16_t) (area[i] / 2);
        mul[i] = (uint16_t) reciprocal[i];
    }
    d->round[0] = hload(round);
    d->reciprocal[0] = hload(mul);
}

static void load_divisor32(Divisor *d, const uint64_t *area, const uint32_t *reciprocal,
                           const uint8_t *rows)
{
    uint32_t round[HROWS], mul[HROWS];

    for (int i = 0; i < HROWS; i++) {
        round[i] = (uint32_t) (area[rows[i]] / 2);
        mul[i] = reciprocal[rows[i]];
    }
    for (int i = 0; i < 2; i++) {
        d->round[i] = hload(round + i * HROWS / 2);
        d->reciprocal[i] = hload(mul + i * HROWS / 2);
    }
}

static void load_divisor(Divisor *d, const uint64_t *area, const uint32_t *reciprocal,
                         AreascaleArith arith)
{
    static const uint8_t rows_in_order[16] = { 0, 1, 2, 3, 4, 5, 6, 7,
                                               8, 9, 10, 11, 12, 13, 14, 15 };

    if (arith == AREASCALE_ARITH_NARROW)
        load_divisor16(d, area, reciprocal);
    else
        load_divisor32(d, area, reciprocal,
                       arith == AREASCALE_ARITH_WIDE16 ? hwiden_rows : rows_in_order);
}

ALWAYS_INLINE Acc lift(const Hstep *t, Acc sum, AreascaleArith arith)
{
    if (arith == AREASCALE_ARITH_NARROW)
        return (Acc) { { hsll16(sum.v[0], t->lift), sum.v[1] } };
    return (Acc) { { hsll32(sum.v[0], t->lift), hsll32(sum.v[1], t->lift) } };
}

/* The quotients of a window's sums, as 16-bit lanes in the order of rows. */
ALWAYS_INLINE HVEC divide(const Hstep *t, Acc sum, const Divisor *d, AreascaleArith arith,
                          bool shifted, bool rescaled)
{
    HVEC q;

    if (rescaled)
        sum = lift(t, sum, arith);
    if (arith == AREASCALE_ARITH_NARROW) {
        q = hmulhi16(hadd16(sum.v[0], d->round[0]), d->reciprocal[0]);
        if (shifted)
            q = hsrl16(q, t->div_shift);
    } else {
        const HVEC lo = hdiv32(hadd32(sum.v[0], d->round[0]), d->reciprocal[0], t->div_shift);
        const HVEC hi = hdiv32(hadd32(sum.v[1], d->round[1]), d->reciprocal[1], t->div_shift);

        q = arith == AREASCALE_ARITH_WIDE16 ? hnarrow(lo, hi) : hnarrow_rows(lo, hi);
    }
    if (rescaled)
        q = hmin16(q, t->out_max);
    return shifted ? hsll16(q, t->out_shift) : q;
}

ALWAYS_INLINE Acc acc_zero(void)
{
    return (Acc) { { hzero(), hzero() } };
}

ALWAYS_INLINE Acc acc_widen(Acc acc, HVEC v)
{
    acc.v[0] = hadd32(acc.v[0], hwiden_lo(v));
    acc.v[1] = hadd32(acc.v[1], hwiden_hi(v));
    return acc;
}

/* Adds a column; `p` is its first vector. */
ALWAYS_INLINE Acc acc_column(Acc acc, const HVEC *p, AreascaleArith arith)
{
    if (arith == AREASCALE_ARITH_NARROW) {
        acc.v[0] = hadd16(acc.v[0], p[0]);
    } else if (arith == AREASCALE_ARITH_WIDE16) {
        acc = acc_widen(acc, p[0]);
    } else {
        acc.v[0] = hadd32(acc.v[0], p[0]);
        acc.v[1] = hadd32(acc.v[1], p[1]);
    }
    return acc;
}

/* Adds `count` columns, `step` vectors apart. */
ALWAYS_INLINE Acc acc_run(Acc acc, const HVEC *p, ptrdiff_t step, int count, int chunk,
                          AreascaleArith arith)
{
    if (arith != AREASCALE_ARITH_WIDE16) {
        for (int i = 0; i < count; i++, p += step)
            acc = acc_column(acc, p, arith);
        return acc;
    }
    while (count > 0) {
        const int n = count < chunk ? count : chunk;
        HVEC part = p[0];

        p += step;
        for (int i = 1; i < n; i++, p += step)
            part = hadd16(part, p[0]);
        acc = acc_widen(acc, part);
        count -= n;
    }
    return acc;
}

/* What sets the loops below apart, each a constant in its own. */
typedef struct HsumVariant {
    AreascaleArith arith;
    AreascaleTaps taps;
    int min_taps; /* of near-uniform RUNs if it is constant, 0: any */
    bool extra;   /* near-uniform, and some have one tap more */
    bool near_uniform;
    bool classes; /* more than one */
    bool shifted;
    bool rescaled;
} HsumVariant;

/* The sum of a window from its first tap at `first`, its last one at `last`. */
ALWAYS_INLINE Acc window_sum(const HVEC *first, const HVEC *last, ptrdiff_t step,
                             const HVEC *extra, int min_taps, int chunk, HsumVariant variant)
{
    Acc acc = acc_zero();

    if (variant.taps == AREASCALE_TAPS_PAIR)
        return acc_column(acc_column(acc, first, variant.arith), last, variant.arith);
    if (variant.near_uniform && variant.arith == AREASCALE_ARITH_NARROW) {
        acc = acc_run(acc, first, step, min_taps, chunk, variant.arith);
        if (variant.extra)
            acc.v[0] = hadd16(acc.v[0], hand(last[0], *extra));
        return acc;
    }
    return acc_run(acc, first, step, (int) ((last - first) / step) + 1, chunk, variant.arith);
}

/* Up to HROWS results from transposed columns, of which the first is input
 * sample c0. */
ALWAYS_INLINE void make_columns(const Hstep *t, const AreascaleColumns *col, int s, int n,
                                int c0, HsumVariant variant)
{
    const int32_t *first = col->first + s, *last = col->last + s;
    const uint8_t *cls = col->cls + s, *step = col->step + s;
    const int size = vectors_per_column(variant.arith), chunk = t->chunk;
    const int min_taps = variant.min_taps ? variant.min_taps : col->min_taps;
    const HVEC *columns = t->columns - (ptrdiff_t) c0 * size;
    HVEC *results = t->results;

    for (int i = 0; i < n; i++) {
        const int c = variant.classes ? cls[i] : 0;
        const Acc acc = window_sum(columns + (ptrdiff_t) first[i] * size,
                                   columns + (ptrdiff_t) last[i] * size,
                                   (ptrdiff_t) step[i] * size, &t->extra[c], min_taps, chunk,
                                   variant);

        results[i] = divide(t, acc, &t->divisor[c], variant.arith, variant.shifted,
                            variant.rescaled);
    }
}

static void store_results(const Hstep *t, const AreascaleBand *b, int s, int n)
{
    if (t->sample == AREASCALE_SAMPLE_8)
        store_columns8(b, t->results, s, n);
    else
        store_columns16(b, t->results, s, n);
}

ALWAYS_INLINE void make_results(const Hstep *t, const AreascaleBand *b, int s, int s1, int c0,
                                HsumVariant variant)
{
    for (; s1 - s >= HROWS; s += HROWS) {
        make_columns(t, b->columns, s, HROWS, c0, variant);
        store_results(t, b, s, HROWS);
    }
    if (s < s1) {
        make_columns(t, b->columns, s, s1 - s, c0, variant);
        store_results(t, b, s, s1 - s);
    }
}

ALWAYS_INLINE void make_results_16(const Hstep *t, const AreascaleBand *b, int s, int s1,
                                   int c0, AreascaleTaps taps, int min_taps,
                                   bool near_uniform)
{
    const bool classes = b->columns->n_classes > 1;
    HsumVariant variant = {
        .arith = AREASCALE_ARITH_NARROW,
        .taps = taps,
        .min_taps = min_taps,
        .near_uniform = near_uniform,
    };

    if (!classes && !t->shifted) {
        make_results(t, b, s, s1, c0, variant);
        return;
    }
    variant.extra = variant.classes = variant.shifted = true;
    make_results(t, b, s, s1, c0, variant);
}

/* The same where sums or quotients are rescaled. */
ALWAYS_INLINE void make_rescaled_16(const Hstep *t, const AreascaleBand *b, int s, int s1,
                                    int c0, AreascaleTaps taps)
{
    const HsumVariant variant = {
        .arith = AREASCALE_ARITH_NARROW,
        .taps = taps,
        .classes = true,
        .shifted = true,
        .rescaled = true,
    };

    make_results(t, b, s, s1, c0, variant);
}

/* Results of 16-bit sums and quotients. */
static void results_narrow(const Hstep *t, const AreascaleBand *b, int s, int s1, int c0)
{
    const AreascaleColumns *col = b->columns;

    if (t->rescaled && col->taps == AREASCALE_TAPS_PAIR)
        make_rescaled_16(t, b, s, s1, c0, AREASCALE_TAPS_PAIR);
    else if (t->rescaled)
        make_rescaled_16(t, b, s, s1, c0, AREASCALE_TAPS_RUN);
    else if (col->taps == AREASCALE_TAPS_PAIR)
        make_results_16(t, b, s, s1, c0, AREASCALE_TAPS_PAIR, 0, true);
    else if (!col->near_uniform)
        make_results_16(t, b, s, s1, c0, AREASCALE_TAPS_RUN, 0, false);
    else if (col->min_taps == 2)
        make_results_16(t, b, s, s1, c0, AREASCALE_TAPS_RUN, 2, true);
    else if (col->min_taps == 3)
        make_results_16(t, b, s, s1, c0, AREASCALE_TAPS_RUN, 3, true);
    else if (col->min_taps == 4)
        make_results_16(t, b, s, s1, c0, AREASCALE_TAPS_RUN, 4, true);
    else
        make_results_16(t, b, s, s1, c0, AREASCALE_TAPS_RUN, 0, true);
}

ALWAYS_INLINE void results_wide(const Hstep *t, const AreascaleBand *b, int s, int s1, int c0,
                                AreascaleArith arith, bool rescaled)
{
    HsumVariant variant = {
        .arith = arith,
        .taps = AREASCALE_TAPS_PAIR,
        .classes = true,
        .shifted = true,
        .rescaled = rescaled,
    };

    if (b->columns->taps == AREASCALE_TAPS_PAIR) {
        make_results(t, b, s, s1, c0, variant);
        return;
    }
    variant.taps = AREASCALE_TAPS_RUN;
    make_results(t, b, s, s1, c0, variant);
}

/* Transposes the columns [c0, c1), and up to HROWS - 1 more. */
ALWAYS_INLINE void transpose_columns(const Hstep *t, const void *const *sums, int c0, int c1,
                                     AreascaleArith arith)
{
    HVEC *out = t->columns;

    for (int x = c0; x < c1; x += HROWS, out += HROWS * vectors_per_column(arith)) {
        if (arith == AREASCALE_ARITH_WIDE32)
            transpose32(out, sums, x);
        else
            transpose16(out, sums, x);
    }
}

/* One result of all rows, in a panel of more columns than fit: its window may be longer,
 * or stand far from those of other components. */
ALWAYS_INLINE void make_long(const Hstep *t, const AreascaleBand *b, int s,
                             AreascaleArith arith)
{
    const AreascaleColumns *col = b->columns;
    const int size = vectors_per_column(arith), step = col->step[s];
    const int taps_per_part = (AREASCALE_PANEL_COLUMNS - 1) / step + 1;
    Acc acc = acc_zero();

    for (int first = col->first[s]; first <= col->last[s]; first += taps_per_part * step) {
        const int left = (col->last[s] - first) / step + 1;
        const int taps = left < taps_per_part ? left : taps_per_part;

        transpose_columns(t, b->sums, first, first + (taps - 1) * step + 1, arith);
        acc = acc_run(acc, t->columns, (ptrdiff_t) step * size, taps, t->chunk, arith);
    }
    if (col->taps == AREASCALE_TAPS_PAIR && col->first[s] == col->last[s])
        acc = acc_column(acc, t->columns, arith);
    *t->results = divide(t, acc, &t->divisor[col->cls[s]], arith, true, true);
    store_results(t, b, s, 1);
}

/* The sums of HROWS neighbours of one row. */
ALWAYS_INLINE Acc load_neighbours(const char *sums, int x, AreascaleArith arith)
{
    Acc acc = acc_zero();

    sums += (size_t) x * bytes_per_sum(arith);
    if (arith == AREASCALE_ARITH_NARROW) {
        acc.v[0] = hload(sums);
    } else if (arith == AREASCALE_ARITH_WIDE16) {
        acc = acc_widen(acc, hload(sums));
    } else {
        acc.v[0] = hload(sums);
        acc.v[1] = hload(sums + sizeof(HVEC));
    }
    return acc;
}

/* The results of one row whose width does not change: each of its column sums
 * is divided. */
ALWAYS_INLINE void same_width_row(const Hstep *t, const AreascaleBand *b, int y,
                                  AreascaleArith arith, bool rescaled)
{
    char *dst = (char *) b->dst + y * b->dst_stride;
    uint64_t area[HROWS];
    uint32_t reciprocal[HROWS];
    Divisor d;

    for (int i = 0; i < HROWS; i++) {
        area[i] = b->area[0][y];
        reciprocal[i] = b->reciprocal[0][y];
    }
    load_divisor(&d, area, reciprocal, arith);
    for (int s = b->s0; s < b->s1; s += HROWS) {
        const Acc acc = load_neighbours(b->sums[y], s, arith);

        store_neighbours(dst, s, divide(t, acc, &d, arith, true, rescaled),
                         b->s1 - s < HROWS ? b->s1 - s : HROWS, t->sample);
    }
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

/* The results [s0, s1) of a panel. */
ALWAYS_INLINE void hsum_panel(const Hstep *t, const AreascaleBand *b, const AreascalePanel *p,
                              int s0, int s1, AreascaleArith arith)
{
    if (p->c1 - p->c0 > AREASCALE_PANEL_COLUMNS) {
        for (int s = s0; s < s1; s++)
            make_long(t, b, s, arith);
        return;
    }
    transpose_columns(t, b->sums, p->c0, p->c1, arith);
    if (arith == AREASCALE_ARITH_NARROW)
        results_narrow(t, b, s0, s1, p->c0);
    else if (t->rescaled)
        results_wide(t, b, s0, s1, p->c0, arith, true);
    else
        results_wide(t, b, s0, s1, p->c0, arith, false);
}

ALWAYS_INLINE Hstep hstep_init(const AreascaleBand *b, AreascaleArith arith,
                               AreascaleSample sample)
{
    const int div_shift = arith == AREASCALE_ARITH_NARROW ? b->div_shift - 16 : b->div_shift;
    Hstep t = {
        .div_shift = hcount(div_shift),
        .lift = hcount(b->lift),
        .out_shift = hcount(b->out_shift),
        .out_max = hset16(b->out_max),
        .rescaled = b->rescaled,
        .shifted = div_shift || b->out_shift,
        .chunk = b->chunk,
        .sample = sample,
        .results = b->scratch,
        .columns = (HVEC *) b->scratch + HROWS,
    };

    for (int c = 0; c < b->columns->n_classes; c++) {
        load_divisor(&t.divisor[c], b->area[c], b->reciprocal[c], arith);
        t.extra[c] = hset16(b->columns->class_taps[c] > b->columns->min_taps ? 0xffff : 0);
    }
    return t;
}

/* The horizontal step of a band. */
ALWAYS_INLINE void hsum(const AreascaleBand *b, AreascaleArith arith, AreascaleSample sample)
{
    const AreascaleColumns *col = b->columns;
    const Hstep t = hstep_init(b, arith, sample);

    if (col->taps == AREASCALE_TAPS_SAME) {
        for (int y = 0; y < b->n_rows; y++) {
            if (t.rescaled)
                same_width_row(&t, b, y, arith, true);
            else
                same_width_row(&t, b, y, arith, false);
        }
        return;
    }
    for (int i = 0; i < b->n_panels; i++) {
        const AreascalePanel *p = &b->panels[i];
        const int s0 = max_int(p->s0, b->s0), s1 = min_int(p->s1, b->s1);

        if (s0 < s1)
            hsum_panel(&t, b, p, s0, s1, arith);
    }
}

#define HSUM(NAME, ARITH, SAMPLE) \
    static void hsum_##NAME(const AreascaleBand *b) { hsum(b, ARITH, SAMPLE); }

HSUM(narrow_8, AREASCALE_ARITH_NARROW, AREASCALE_SAMPLE_8)
HSUM(narrow_16, AREASCALE_ARITH_NARROW, AREASCALE_SAMPLE_16)
HSUM(wide16_8, AREASCALE_ARITH_WIDE16, AREASCALE_SAMPLE_8)
HSUM(wide16_16, AREASCALE_ARITH_WIDE16, AREASCALE_SAMPLE_16)
HSUM(wide32_8, AREASCALE_ARITH_WIDE32, AREASCALE_SAMPLE_8)
HSUM(wide32_16, AREASCALE_ARITH_WIDE32, AREASCALE_SAMPLE_16)

static void hsum_init(AreascaleDsp *dsp)
{
    dsp->band_rows = HROWS;
    dsp->hsum[AREASCALE_ARITH_NARROW][AREASCALE_SAMPLE_8] = hsum_narrow_8;
    dsp->hsum[AREASCALE_ARITH_NARROW][AREASCALE_SAMPLE_16] = hsum_narrow_16;
    dsp->hsum[AREASCALE_ARITH_WIDE16][AREASCALE_SAMPLE_8] = hsum_wide16_8;
    dsp->hsum[AREASCALE_ARITH_WIDE16][AREASCALE_SAMPLE_16] = hsum_wide16_16;
    dsp->hsum[AREASCALE_ARITH_WIDE32][AREASCALE_SAMPLE_8] = hsum_wide32_8;
    dsp->hsum[AREASCALE_ARITH_WIDE32][AREASCALE_SAMPLE_16] = hsum_wide32_16;
}
