/* areascale: the horizontal step in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * One vector holds one column of all rows of a band, so a window is a sum of
 * vectors. The including file defines the vector of the horizontal step:
 *     HVEC, HROWS                its type; its 16-bit lanes, the rows of a band,
 *                                and the output samples of a block
 *     hload(p), hstore(p, v)     unaligned
 *     hzero(), hset16(v), hset32(v), hand(a, b), hadd16(a, b), hadd32(a, b)
 *     hsll16(v, count), HCount, hcount(n)
 *     hmulhi16(a, b)             high halves of unsigned 16-bit products
 *     hsrl16(v, count)
 *     hwiden_lo(v), hwiden_hi(v) halves of the 16-bit lanes as 32-bit lanes
 *     hwiden_rows[HROWS]         the row of each 32-bit lane: lo's, then hi's
 *     hnarrow(lo, hi)            the inverse; values below 2^16
 *     hnarrow_rows(lo, hi)       the same, the lanes of lo and hi being rows in order
 *     hdiv32(v, reciprocal, count)  high parts (v * reciprocal) >> count in 32-bit
 *                                lanes, count >= 32
 *     transpose16(out, sums, x)  columns x .. x + HROWS - 1 of 16-bit sums
 *     transpose32(out, sums, x)  the same of 32-bit sums, each column two vectors
 *     store_block8(h, block, rows[], s), store_block16(...): a full block of
 *                                results, block[i] being output sample s + i
 */

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* A sum of columns: 16-bit lanes in v[0], or 32-bit lanes in both. */
typedef struct Acc {
    HVEC v[2];
} Acc;

/* What divides one class of windows. */
typedef struct Divisor {
    HVEC round[2], reciprocal[2];
} Divisor;

/* What one call of the horizontal step works with. */
typedef struct Hstep {
    const AreascaleHsum *h;
    Divisor divisor[AREASCALE_N_CLASSES];
    HVEC extra[AREASCALE_N_CLASSES]; /* all ones where a window has min_taps + 1 */
    HCount div_shift, out_shift;
    HVEC *columns; /* transposed */
    HVEC *block;   /* results */
    int filled;    /* results in the block */
} Hstep;

ALWAYS_INLINE int vectors_per_column(AreascaleArith arith)
{
    return arith == AREASCALE_ARITH_WIDE32 ? 2 : 1;
}

static void load_divisor16(Divisor *d, const uint32_t *area, const uint32_t *reciprocal)
{
    uint16_t round[HROWS], mul[HROWS];

    for (int i = 0; i < HROWS; i++) {
        round[i] = (uint16_t) (area[i] / 2);
        mul[i] = (uint16_t) reciprocal[i];
    }
    d->round[0] = hload(round);
    d->reciprocal[0] = hload(mul);
}

static void load_divisor32(Divisor *d, const uint32_t *area, const uint32_t *reciprocal,
                           const uint8_t *rows)
{
    uint32_t round[HROWS], mul[HROWS];

    for (int i = 0; i < HROWS; i++) {
        round[i] = area[rows[i]] / 2;
        mul[i] = reciprocal[rows[i]];
    }
    for (int i = 0; i < 2; i++) {
        d->round[i] = hload(round + i * HROWS / 2);
        d->reciprocal[i] = hload(mul + i * HROWS / 2);
    }
}

ALWAYS_INLINE void load_divisor(Divisor *d, const AreascaleHsum *h, int cls,
                                AreascaleArith arith)
{
    static const uint8_t rows_in_order[16] = { 0, 1, 2, 3, 4, 5, 6, 7,
                                               8, 9, 10, 11, 12, 13, 14, 15 };

    if (arith == AREASCALE_ARITH_NARROW)
        load_divisor16(d, h->area[cls], h->reciprocal[cls]);
    else
        load_divisor32(d, h->area[cls], h->reciprocal[cls],
                       arith == AREASCALE_ARITH_WIDE16 ? hwiden_rows : rows_in_order);
}

/* The quotients of a window's sums, as 16-bit lanes in the order of rows. */
ALWAYS_INLINE HVEC divide(const Hstep *t, Acc sum, const Divisor *d, AreascaleArith arith)
{
    HVEC q;

    if (arith == AREASCALE_ARITH_NARROW) {
        q = hmulhi16(hadd16(sum.v[0], d->round[0]), d->reciprocal[0]);
        q = hsrl16(q, t->div_shift);
    } else {
        const HVEC lo = hdiv32(hadd32(sum.v[0], d->round[0]), d->reciprocal[0], t->div_shift);
        const HVEC hi = hdiv32(hadd32(sum.v[1], d->round[1]), d->reciprocal[1], t->div_shift);

        q = arith == AREASCALE_ARITH_WIDE16 ? hnarrow(lo, hi) : hnarrow_rows(lo, hi);
    }
    return hsll16(q, t->out_shift);
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
ALWAYS_INLINE Acc acc_run(Acc acc, const HVEC *p, int step, int count, int chunk,
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

ALWAYS_INLINE Acc acc_zero(void)
{
    return (Acc) { { hzero(), hzero() } };
}

/* The window of the output sample s, from transposed columns of which the first
 * is input sample c0. */
ALWAYS_INLINE Acc window_sum(const Hstep *t, int s, int c0, AreascaleTaps taps,
                             bool near_uniform, AreascaleArith arith)
{
    const AreascaleHsum *h = t->h;
    const int size = vectors_per_column(arith);
    const HVEC *first = t->columns + (h->first[s] - c0) * size;
    const HVEC *last = t->columns + (h->last[s] - c0) * size;
    const int step = h->step[s] * size;
    Acc acc = acc_zero();

    if (taps == AREASCALE_TAPS_PAIR) {
        if (arith == AREASCALE_ARITH_WIDE16 && h->chunk >= 2)
            return acc_widen(acc, hadd16(first[0], last[0]));
        return acc_column(acc_column(acc, first, arith), last, arith);
    }
    if (near_uniform && arith == AREASCALE_ARITH_NARROW) {
        acc = acc_run(acc, first, step, h->min_taps, h->chunk, arith);
        acc.v[0] = hadd16(acc.v[0], hand(last[0], t->extra[h->cls[s]]));
        return acc;
    }
    return acc_run(acc, first, step, (int) (last - first) / step + 1, h->chunk, arith);
}

ALWAYS_INLINE void store_block(Hstep *t, int s, AreascaleSample sample)
{
    if (sample == AREASCALE_SAMPLE_8)
        store_block8(t->h, t->block, s, t->filled);
    else
        store_block16(t->h, t->block, s, t->filled);
    t->filled = 0;
}

ALWAYS_INLINE void put_result(Hstep *t, int s, HVEC q, AreascaleSample sample)
{
    t->block[t->filled++] = q;
    if (t->filled == HROWS)
        store_block(t, s + 1 - HROWS, sample);
}

/* Transposes the columns [c0, c1), and up to a block more. */
ALWAYS_INLINE void transpose_columns(const Hstep *t, int c0, int c1, AreascaleArith arith)
{
    HVEC *out = t->columns;

    for (int x = c0; x < c1; x += HROWS, out += HROWS * vectors_per_column(arith)) {
        if (arith == AREASCALE_ARITH_WIDE32)
            transpose32(out, t->h->sums, x);
        else
            transpose16(out, t->h->sums, x);
    }
}

static int lowest_tap(const AreascaleHsum *h, int s, int end)
{
    int lowest = h->first[s];

    for (int i = s + 1; i < end && i < s + 4; i++)
        if (h->first[i] < lowest)
            lowest = h->first[i];
    return lowest;
}

static int highest_tap(const AreascaleHsum *h, int s, int end)
{
    int highest = h->last[end - 1];

    for (int i = end - 2; i >= s && i > end - 5; i--)
        if (h->last[i] > highest)
            highest = h->last[i];
    return highest;
}

/* The end of the longest run of output samples from s whose taps are less than
 * AREASCALE_HSUM_COLUMNS samples from c0; s itself if there is none. */
static int strip_end(const AreascaleHsum *h, int s, int c0)
{
    int end = s;

    for (int jump = AREASCALE_HSUM_COLUMNS; jump > 0; jump /= 2)
        while (end + jump <= h->end_sample &&
               highest_tap(h, s, end + jump) - c0 < AREASCALE_HSUM_COLUMNS)
            end += jump;
    return end;
}

/* One output sample whose window is longer than the columns that fit. */
ALWAYS_INLINE void long_window(Hstep *t, int s, AreascaleArith arith, AreascaleSample sample)
{
    const AreascaleHsum *h = t->h;
    const int size = vectors_per_column(arith), step = h->step[s];
    const int taps_per_part = (AREASCALE_HSUM_COLUMNS - 1) / step + 1;
    Acc acc = acc_zero();

    for (int first = h->first[s]; first <= h->last[s]; first += taps_per_part * step) {
        const int left = (h->last[s] - first) / step + 1;
        const int taps = left < taps_per_part ? left : taps_per_part;

        transpose_columns(t, first, first + (taps - 1) * step + 1, arith);
        acc = acc_run(acc, t->columns, step * size, taps, h->chunk, arith);
    }
    put_result(t, s, divide(t, acc, &t->divisor[h->cls[s]], arith), sample);
}

ALWAYS_INLINE void strip(Hstep *t, int s, int end, int c0, AreascaleTaps taps,
                         bool near_uniform, AreascaleArith arith, AreascaleSample sample)
{
    for (; s < end; s++) {
        const Acc acc = window_sum(t, s, c0, taps, near_uniform, arith);

        put_result(t, s, divide(t, acc, &t->divisor[t->h->cls[s]], arith), sample);
    }
}

ALWAYS_INLINE void hsum_windows(Hstep *t, AreascaleArith arith, AreascaleSample sample)
{
    const AreascaleHsum *h = t->h;
    int s = h->first_sample;

    while (s < h->end_sample) {
        const int c0 = lowest_tap(h, s, h->end_sample);
        const int end = strip_end(h, s, c0);

        if (end == s) {
            long_window(t, s++, arith, sample);
            continue;
        }
        transpose_columns(t, c0, highest_tap(h, s, end) + 1, arith);
        if (h->taps == AREASCALE_TAPS_PAIR)
            strip(t, s, end, c0, AREASCALE_TAPS_PAIR, true, arith, sample);
        else if (h->near_uniform)
            strip(t, s, end, c0, AREASCALE_TAPS_RUN, true, arith, sample);
        else
            strip(t, s, end, c0, AREASCALE_TAPS_RUN, false, arith, sample);
        s = end;
    }
    if (t->filled)
        store_block(t, s - t->filled, sample);
}

/* The sums of HROWS neighbours of one row. */
ALWAYS_INLINE Acc load_neighbours(const void *sums, int x, AreascaleArith arith)
{
    Acc acc = acc_zero();

    if (arith == AREASCALE_ARITH_NARROW) {
        acc.v[0] = hload((const uint16_t *) sums + x);
    } else if (arith == AREASCALE_ARITH_WIDE16) {
        acc = acc_widen(acc, hload((const uint16_t *) sums + x));
    } else {
        acc.v[0] = hload((const uint32_t *) sums + x);
        acc.v[1] = hload((const uint32_t *) sums + x + HROWS / 2);
    }
    return acc;
}

/* One row whose width does not change: each column sum is divided. */
ALWAYS_INLINE void unit_row(const Hstep *t, int y, AreascaleArith arith,
                            AreascaleSample sample)
{
    const AreascaleHsum *h = t->h;
    char *dst = (char *) h->dst + y * h->dst_stride;
    uint32_t area[HROWS], reciprocal[HROWS];
    const uint8_t rows[HROWS] = { 0 };
    Divisor d;

    for (int i = 0; i < HROWS; i++) {
        area[i] = h->area[0][y];
        reciprocal[i] = h->reciprocal[0][y];
    }
    if (arith == AREASCALE_ARITH_NARROW)
        load_divisor16(&d, area, reciprocal);
    else
        load_divisor32(&d, area, reciprocal, rows);

    for (int s = h->first_sample; s < h->end_sample; s += HROWS) {
        const int n = h->end_sample - s < HROWS ? h->end_sample - s : HROWS;
        const HVEC q = divide(t, load_neighbours(h->sums[y], s, arith), &d, arith);

        store_neighbours(dst, s, q, n, sample);
    }
}

ALWAYS_INLINE void hsum(const AreascaleHsum *h, AreascaleArith arith, AreascaleSample sample)
{
    Hstep t = {
        .h = h,
        .div_shift = hcount(arith == AREASCALE_ARITH_NARROW ? h->div_shift - 16 : h->div_shift),
        .out_shift = hcount(h->out_shift),
        .block = h->scratch,
        .columns = (HVEC *) h->scratch + HROWS,
    };

    if (h->taps == AREASCALE_TAPS_UNIT) {
        for (int y = 0; y < h->n_rows; y++)
            unit_row(&t, y, arith, sample);
        return;
    }
    for (int c = 0; c < AREASCALE_N_CLASSES; c++) {
        load_divisor(&t.divisor[c], h, c, arith);
        t.extra[c] = hset16(h->class_taps[c] > h->min_taps ? 0xffff : 0);
    }
    hsum_windows(&t, arith, sample);
}

#define HSUM(NAME, ARITH, SAMPLE) \
    static void NAME(const AreascaleHsum *h) { hsum(h, ARITH, SAMPLE); }

HSUM(hsum_narrow_8, AREASCALE_ARITH_NARROW, AREASCALE_SAMPLE_8)
HSUM(hsum_narrow_16, AREASCALE_ARITH_NARROW, AREASCALE_SAMPLE_16)
HSUM(hsum_wide16_8, AREASCALE_ARITH_WIDE16, AREASCALE_SAMPLE_8)
HSUM(hsum_wide16_16, AREASCALE_ARITH_WIDE16, AREASCALE_SAMPLE_16)
HSUM(hsum_wide32_8, AREASCALE_ARITH_WIDE32, AREASCALE_SAMPLE_8)
HSUM(hsum_wide32_16, AREASCALE_ARITH_WIDE32, AREASCALE_SAMPLE_16)

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
