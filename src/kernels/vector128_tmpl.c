/* areascale: vectors of 128 bits, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What the templates want of an HVEC and can be said in terms of simpler operations. The
 * including file defines the others, and the functions below.
 */

static inline void hstore(void *p, HVEC v);
static inline void hstore_lower(void *p, HVEC v); /* 8 bytes */
static inline HVEC hupper(HVEC v);                /* the upper half in the lower one */
static inline HVEC hpack8(HVEC a, HVEC b);        /* 16-bit lanes below 2^8 as bytes */
static inline HVEC hzip8_lo(HVEC a, HVEC b); /* a's lower lanes, each followed by b's */
static inline HVEC hzip8_hi(HVEC a, HVEC b); /* the upper ones */
static inline HVEC hzip16_lo(HVEC a, HVEC b);
static inline HVEC hzip16_hi(HVEC a, HVEC b);
static inline HVEC hzip32_lo(HVEC a, HVEC b);
static inline HVEC hzip32_hi(HVEC a, HVEC b);

enum { HROWS = 8 };

/* In the order of rows already. */
static const uint8_t hwiden_rows[HROWS] = { 0, 1, 2, 3, 4, 5, 6, 7 };

static inline HVEC hnarrow_rows(HVEC lo, HVEC hi)
{
    return hnarrow(lo, hi);
}

/* Three times this transposes 8 x 8 words. */
static inline void zip16(HVEC *restrict out, const HVEC *restrict in)
{
    for (int i = 0; i < 4; i++) {
        out[2 * i] = hzip16_lo(in[i], in[i + 4]);
        out[2 * i + 1] = hzip16_hi(in[i], in[i + 4]);
    }
}

static inline void transpose8x8(HVEC *restrict out, const HVEC *restrict in)
{
    HVEC a[8], b[8];

    zip16(a, in);
    zip16(b, a);
    zip16(out, b);
}

static inline void transpose16(HVEC *out, const void *const *sums, int x)
{
    HVEC in[8];

    for (int i = 0; i < 8; i++)
        in[i] = hload((const uint16_t *) sums[i] + x);
    transpose8x8(out, in);
}

/* Four columns of 32-bit sums of four rows; their vectors are 2 apart. */
static inline void transpose32_part(HVEC *out, const void *const *sums, int x)
{
    HVEC in[4], a[4];

    for (int i = 0; i < 4; i++)
        in[i] = hload((const uint32_t *) sums[i] + x);
    for (int i = 0; i < 2; i++) {
        a[2 * i] = hzip32_lo(in[i], in[i + 2]);
        a[2 * i + 1] = hzip32_hi(in[i], in[i + 2]);
    }
    for (int i = 0; i < 2; i++) {
        out[4 * i] = hzip32_lo(a[i], a[i + 2]);
        out[4 * i + 2] = hzip32_hi(a[i], a[i + 2]);
    }
}

static inline void transpose32(HVEC *out, const void *const *sums, int x)
{
    for (int part = 0; part < 2; part++) {
        transpose32_part(out + 8 * part, sums, x + 4 * part);
        transpose32_part(out + 8 * part + 1, sums + 4, x + 4 * part);
    }
}

/* Stores the first bytes of v. */
static inline void store_part(void *dst, HVEC v, size_t bytes)
{
    if (bytes == sizeof(v)) {
        hstore(dst, v);
    } else if (bytes == sizeof(v) / 2) {
        hstore_lower(dst, v);
    } else {
        char all[sizeof(v)];

        hstore(all, v);
        memcpy(dst, all, bytes);
    }
}

static inline void store_row(const AreascaleBand *b, int y, size_t at, HVEC v, size_t bytes)
{
    if (y < b->n_rows)
        store_part((char *) b->dst + y * b->dst_stride + at, v, bytes);
}

static void store_columns8(const AreascaleBand *b, const HVEC *columns, int s, int n)
{
    HVEC v[4], a[4];

    /* results e and e + 4 of all rows */
    for (int i = 0; i < 4; i++)
        v[i] = hpack8(columns[i], columns[i + 4]);
    /* results e and e + 2: the first four, then the others */
    for (int i = 0; i < 2; i++) {
        a[i] = hzip8_lo(v[i], v[i + 2]);
        a[i + 2] = hzip8_hi(v[i], v[i + 2]);
    }
    /* four results of four rows: v[0] and v[2] of the first four rows */
    for (int i = 0; i < 4; i += 2) {
        v[i] = hzip8_lo(a[i], a[i + 1]);
        v[i + 1] = hzip8_hi(a[i], a[i + 1]);
    }
    for (int i = 0; i < 2; i++) {
        const HVEC lo = hzip32_lo(v[i], v[i + 2]), hi = hzip32_hi(v[i], v[i + 2]);

        store_row(b, 4 * i, (size_t) s, lo, (size_t) n);
        store_row(b, 4 * i + 1, (size_t) s, hupper(lo), (size_t) n);
        store_row(b, 4 * i + 2, (size_t) s, hi, (size_t) n);
        store_row(b, 4 * i + 3, (size_t) s, hupper(hi), (size_t) n);
    }
}

static void store_columns16(const AreascaleBand *b, const HVEC *columns, int s, int n)
{
    HVEC rows[8];

    transpose8x8(rows, columns);
    for (int y = 0; y < 8; y++)
        store_row(b, y, (size_t) s * sizeof(uint16_t), rows[y], (size_t) n * sizeof(uint16_t));
}

static inline void store_neighbours(char *dst, int s, HVEC q, int n, AreascaleSample sample)
{
    if (sample == AREASCALE_SAMPLE_8)
        store_part(dst + s, hpack8(q, q), (size_t) n);
    else
        store_part(dst + (size_t) s * sizeof(uint16_t), q, (size_t) n * sizeof(uint16_t));
}

enum { OWORDS = 1 };

typedef int32_t GOffset;

static inline GOffset goffset(const int32_t *p) { return *p; }
static inline HVEC gload(const char *row, GOffset offset) { return hload(row + offset); }
static inline HVEC gkeep(HVEC v) { return v; }

static inline HVEC hrepeat(const uint8_t *p)
{
    return hload(p);
}

/* Stores 16 results of one row. */
static inline void store_two(char *dst, HVEC a, HVEC b, AreascaleSample sample)
{
    if (sample == AREASCALE_SAMPLE_8) {
        hstore(dst, hpack8(a, b));
    } else {
        hstore(dst, a);
        hstore(dst + sizeof(a), b);
    }
}

static inline HVEC oload(const void *p, ptrdiff_t apart)
{
    (void) apart;
    return hload(p);
}

static inline void ostore(void *p, ptrdiff_t apart, HVEC v)
{
    (void) apart;
    hstore(p, v);
}

static inline HVEC ozip_lo(HVEC a, HVEC b, AreascaleSample sample)
{
    return sample == AREASCALE_SAMPLE_8 ? hzip8_lo(a, b) : hzip16_lo(a, b);
}

static inline HVEC ozip_hi(HVEC a, HVEC b, AreascaleSample sample)
{
    return sample == AREASCALE_SAMPLE_8 ? hzip8_hi(a, b) : hzip16_hi(a, b);
}
