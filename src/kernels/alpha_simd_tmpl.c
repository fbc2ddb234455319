/* areascale: means that alpha weighs in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Bytes of which all bits count. The vertical step adds two rows at a time: their samples
 * as 16-bit lanes side by side, times alpha in the same order, add up in 32-bit lanes, a
 * pixel in each oword. The horizontal step has a pixel in an oword as well.
 *
 * The including file has the vectors of the vertical step, VVEC, and defines APIX, one of
 * 16 bytes, AVEC, one of A_PIXELS pixels, and the functions below.
 */

static inline VVEC arepeat(const uint8_t *p);     /* the same 16 bytes in each oword */
static inline VVEC azip_lo(VVEC a, VVEC b);       /* bytes, within each oword */
static inline VVEC azip_hi(VVEC a, VVEC b);
static inline VVEC awiden_lo(VVEC v);             /* bytes to 16-bit lanes, as zipped by 0 */
static inline VVEC awiden_hi(VVEC v);
static inline VVEC apick(VVEC v, VVEC pick);      /* bytes of each oword; 0x80: 0 */
static inline VVEC aor(VVEC a, VVEC b);
static inline VVEC amadd(VVEC a, VVEC b);         /* pairs of 16-bit products, added */
static inline VVEC amul32(VVEC a, uint32_t b);
static inline void aorder(VVEC v[4]);             /* owords of 4 pixels in the rows' order */

static inline APIX apixel(const uint32_t *p);
static inline APIX aadd_pixel(APIX a, APIX b);
static inline APIX amul_pixel(APIX a, uint32_t b);
static inline AVEC ajoin(const APIX *pixels);     /* A_PIXELS of them */
static inline bool aany_zero(AVEC v);             /* of its lanes */

/* The picked bytes of each oword, and what is in alpha's lane of the other. */
static inline AVEC adivisor(AVEC v, const uint8_t *pick, AVEC area);

/* floor(s / d + 1/2) in each lane; that is at most 255, s + d / 2 less than 2^31, and d less
 * than 2^23. What comes of d = 0 is not used. */
static inline AVEC aquotient(AVEC s, AVEC d);
static inline void astore(uint8_t *dst, const AVEC *q); /* lanes of 4 pixels as bytes */

/* --- vertical --- */

/* For 16-bit lanes of two rows: where the alpha of a pixel is, for all but alpha itself,
 * and 1 in its place. */
static void alpha_factors(int alpha, uint8_t pick[16], uint8_t ones[16])
{
    for (int i = 0; i < 16; i++) {
        pick[i] = i / 4 == alpha ? 0x80 : (uint8_t) (4 * alpha + i % 4);
        ones[i] = i / 4 == alpha && i % 2 == 0;
    }
}

ALWAYS_INLINE void alpha_add(VVEC acc[4], VVEC a, VVEC b, VVEC pick, VVEC ones)
{
    const VVEC lo = azip_lo(a, b), hi = azip_hi(a, b);
    const VVEC v[4] = { awiden_lo(lo), awiden_hi(lo), awiden_lo(hi), awiden_hi(hi) };

    for (int i = 0; i < 4; i++)
        acc[i] = vadd32(acc[i], amadd(v[i], aor(apick(v[i], pick), ones)));
}

/* The first `bytes` of a vector; the rest is 0. */
ALWAYS_INLINE VVEC alpha_load(const char *p, size_t bytes)
{
    uint8_t part[sizeof(VVEC)] = { 0 };

    if (bytes >= sizeof(VVEC))
        return vload(p);
    memcpy(part, p, bytes);
    return vload(part);
}

/* A vector's columns, at sample x. */
ALWAYS_INLINE void alpha_block(const AreascaleAlphaRows *r, int x, size_t bytes, VVEC pick,
                               VVEC ones)
{
    const char *src = (const char *) r->src + x;
    uint32_t *sums = (uint32_t *) r->sums + x;
    VVEC acc[4] = { vzero(), vzero(), vzero(), vzero() };
    int y = 0;

    for (; y + 1 < r->rows; y += 2)
        alpha_add(acc, alpha_load(src + y * r->stride, bytes),
                  alpha_load(src + (y + 1) * r->stride, bytes), pick, ones);
    if (y < r->rows)
        alpha_add(acc, alpha_load(src + y * r->stride, bytes), vzero(), pick, ones);
    aorder(acc);
    for (int i = 0; i < 4; i++) {
        uint32_t *p = sums + i * (int) (sizeof(VVEC) / sizeof(*sums));

        if (r->weight != 1)
            acc[i] = amul32(acc[i], r->weight);
        vstore(p, r->accumulate ? vadd32(vload(p), acc[i]) : acc[i]);
    }
}

static void alpha_vsum(const AreascaleAlphaRows *r)
{
    enum { V = sizeof(VVEC) };
    uint8_t pick[16], ones[16];
    int x = 0;

    alpha_factors(r->alpha, pick, ones);
    for (; x + V <= r->n; x += V)
        alpha_block(r, x, V, arepeat(pick), arepeat(ones));
    if (x < r->n)
        alpha_block(r, x, (size_t) (r->n - x), arepeat(pick), arepeat(ones));
}

/* --- horizontal --- */

/* What the pixels of a row are made by: nothing that bytes stored could change. */
typedef struct AlphaRow {
    const uint32_t *sums; /* of input sample `origin` */
    const int32_t *first, *last, *head, *tail;
    const uint8_t *cls;
    const int *body; /* of each class */
    int origin;
    uint8_t pick[64]; /* of each oword, alpha's lane in all others */
    /* of each class, the weight of its windows in alpha's lane */
    uint32_t area[AREASCALE_N_CLASSES][4];
} AlphaRow;

static void alpha_row_init(AlphaRow *row, const AreascaleAlphaRow *r)
{
    const AreascaleColumns *col = r->columns;

    row->sums = r->sums;
    row->first = col->first;
    row->last = col->last;
    row->head = col->head;
    row->tail = col->tail;
    row->cls = col->cls;
    row->body = col->class_body;
    row->origin = r->origin;
    for (int i = 0; i < 64; i++)
        row->pick[i] = i / 4 % 4 == r->alpha ? 0x80 : (uint8_t) (4 * r->alpha + i % 4);
    for (int c = 0; c < col->n_classes; c++)
        for (int i = 0; i < 4; i++)
            row->area[c][i] =
                i == r->alpha ? r->row_weight * (uint32_t) col->class_weight[c] : 0;
}

/* How windows are added up. */
typedef enum AlphaTaps {
    ALPHA_PAIR,
    ALPHA_RUN,
    ALPHA_WEIGHED,
} AlphaTaps;

ALWAYS_INLINE APIX alpha_weighed_window(const AlphaRow *row, int s)
{
    const uint32_t *first = row->sums + (row->first[s] - row->origin);
    const uint32_t *last = row->sums + (row->last[s] - row->origin);
    APIX total = amul_pixel(apixel(first), (uint32_t) row->head[s]), inner;

    if (first == last)
        return total;
    total = aadd_pixel(total, amul_pixel(apixel(last), (uint32_t) row->tail[s]));
    if (first + 4 == last)
        return total;
    inner = apixel(first + 4);
    for (const uint32_t *p = first + 8; p < last; p += 4)
        inner = aadd_pixel(inner, apixel(p));
    return aadd_pixel(total, amul_pixel(inner, (uint32_t) row->body[row->cls[s]]));
}

/* The sums of the window of output sample s, a pixel's first. */
ALWAYS_INLINE APIX alpha_window(const AlphaRow *row, int s, AlphaTaps taps)
{
    const uint32_t *first = row->sums + (row->first[s] - row->origin);
    const uint32_t *last = row->sums + (row->last[s] - row->origin);
    APIX total = apixel(first);

    if (taps == ALPHA_WEIGHED)
        return alpha_weighed_window(row, s);
    if (taps == ALPHA_PAIR)
        return aadd_pixel(total, apixel(last));
    for (const uint32_t *p = first + 4; p <= last; p += 4)
        total = aadd_pixel(total, apixel(p));
    return total;
}

/* Stores those of n pixels that have alpha; returns whether all have. */
static bool alpha_store_some(uint8_t *dst, const AVEC *q, const AVEC *divisors, int n)
{
    uint8_t bytes[16];
    uint32_t d[16];
    bool all = true;

    astore(bytes, q);
    memcpy(d, divisors, sizeof(d));
    for (int i = 0; i < n; i++) {
        if (d[4 * i] && d[4 * i + 1])
            memcpy(dst + 4 * i, bytes + 4 * i, 4);
        else
            all = false;
    }
    return all;
}

/* Makes n of 4 pixels; returns whether all of them have alpha. */
ALWAYS_INLINE bool alpha_unit(const AlphaRow *row, uint8_t *dst, int s, int n,
                              AlphaTaps taps)
{
    const int at[4] = { s, n > 1 ? s + 4 : s, n > 2 ? s + 8 : s, n > 3 ? s + 12 : s };
    const APIX sums[4] = { alpha_window(row, at[0], taps), alpha_window(row, at[1], taps),
                           alpha_window(row, at[2], taps), alpha_window(row, at[3], taps) };
    const APIX areas[4] = { apixel(row->area[row->cls[at[0]]]),
                            apixel(row->area[row->cls[at[1]]]),
                            apixel(row->area[row->cls[at[2]]]),
                            apixel(row->area[row->cls[at[3]]]) };
    AVEC q[4 / A_PIXELS], d[4 / A_PIXELS];
    bool whole = n == 4;

    for (int i = 0; i < 4 / A_PIXELS; i++) {
        const AVEC v = ajoin(sums + i * A_PIXELS);

        d[i] = adivisor(v, row->pick, ajoin(areas + i * A_PIXELS));
        q[i] = aquotient(v, d[i]);
        whole = whole && !aany_zero(d[i]);
    }
    if (!whole)
        return alpha_store_some(dst, q, d, n);
    astore(dst, q);
    return true;
}

ALWAYS_INLINE bool alpha_units(const AreascaleAlphaRow *r, const AlphaRow *row,
                               AlphaTaps taps)
{
    uint8_t *dst = r->dst;
    const int s1 = r->s1;
    bool all = true;
    int s = r->s0;

    for (; s + 16 <= s1; s += 16)
        all &= alpha_unit(row, dst + s, s, 4, taps);
    if (s < s1)
        all &= alpha_unit(row, dst + s, s, (s1 - s) / 4, taps);
    return all;
}

static bool alpha_hsum(const AreascaleAlphaRow *r)
{
    AlphaRow row;

    alpha_row_init(&row, r);
    if (r->columns->weighed)
        return alpha_units(r, &row, ALPHA_WEIGHED);
    if (r->columns->taps == AREASCALE_TAPS_PAIR)
        return alpha_units(r, &row, ALPHA_PAIR);
    return alpha_units(r, &row, ALPHA_RUN);
}

static void alpha_simd_init(AreascaleDsp *dsp)
{
    dsp->alpha_vsum_bytes = alpha_vsum;
    dsp->alpha_hsum_bytes = alpha_hsum;
}
