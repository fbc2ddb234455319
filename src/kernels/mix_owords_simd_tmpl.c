/* areascale: components taken apart, woven and shuffled by shuffles within owords, once
 * per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Included after the definitions of HVEC for gather_simd_tmpl.c. The including file
 * defines besides the functions below.
 */

static inline HVEC oload(const void *p, ptrdiff_t apart); /* owords so many bytes apart */
static inline void ostore(void *p, ptrdiff_t apart, HVEC v);
static inline HVEC oor(HVEC a, HVEC b);
static inline HVEC ozip_lo(HVEC a, HVEC b, AreascaleSample sample);
static inline HVEC ozip_hi(HVEC a, HVEC b, AreascaleSample sample);

enum { OBYTES = 16 };

/* A row of 16 bytes of a table. */
#define OWORD(F, A, B)                                                                     \
    {                                                                                      \
        F(A, B, 0), F(A, B, 1), F(A, B, 2), F(A, B, 3), F(A, B, 4), F(A, B, 5), F(A, B, 6), \
            F(A, B, 7), F(A, B, 8), F(A, B, 9), F(A, B, 10), F(A, B, 11), F(A, B, 12),     \
            F(A, B, 13), F(A, B, 14), F(A, B, 15)                                          \
    }

/* Of n samples in an oword, S apart in memory: load j begins n - 1 of them further than
 * the one before, so that the last one ends with the last sample that is taken. Where
 * sample i is in load J, or 0x80. */
#define IN_LOAD(J, S, I, N)                                                                \
    ((I) * (S) >= (J) * ((N) - 1) &&                                                       \
     ((I) * (S) < ((J) + 1) * ((N) - 1) || (J) == (S) - 1))
#define TAKE_8(J, S, I) (IN_LOAD(J, S, I, 16) ? (I) * (S) - (J) * 15 : 0x80)
#define TAKE_16(J, S, I)                                                                   \
    (IN_LOAD(J, S, (I) / 2, 8) ? 2 * ((I) / 2 * (S) - (J) * 7) + (I) % 2 : 0x80)
#define TAKES(F)                                                                           \
    {                                                                                      \
        { OWORD(F, 0, 2), OWORD(F, 1, 2) },                                                \
            { OWORD(F, 0, 3), OWORD(F, 1, 3), OWORD(F, 2, 3) },                            \
            { OWORD(F, 0, 4), OWORD(F, 1, 4), OWORD(F, 2, 4), OWORD(F, 3, 4) },            \
    }

/* [sample][step - 2][load] */
static const uint8_t take_picks[2][3][AREASCALE_MIX_MAX][OBYTES] = { TAKES(TAKE_8),
                                                                     TAKES(TAKE_16) };

ALWAYS_INLINE HVEC take_unit(const char *src, const HVEC picks[], int step,
                             AreascaleSample sample)
{
    enum { LAST = OBYTES - 1 };
    const ptrdiff_t apart = OBYTES * step;
    const ptrdiff_t load = sample == AREASCALE_SAMPLE_8 ? LAST : LAST - 1;
    HVEC v = gpick(oload(src, apart), picks[0]);

    for (int j = 1; j < step; j++)
        v = oor(v, gpick(oload(src + j * load, apart), picks[j]));
    return v;
}

/* One at a time. */
ALWAYS_INLINE void take_rest(char *dst, const char *src, int step, int n,
                             AreascaleSample sample)
{
    const size_t size = (size_t) 1 << sample;

    for (int x = 0; x < n; x++)
        memcpy(dst + (size_t) x * size, src + (size_t) (x * step) * size, size);
}

/* Any number of samples. The last unit ends with the row and overlaps the one before. */
ALWAYS_INLINE void take(char *dst, const char *src, int step, int n, AreascaleSample sample)
{
    const int unit = (int) sizeof(HVEC) >> sample;
    HVEC picks[AREASCALE_MIX_MAX];

    if (n < unit) {
        take_rest(dst, src, step, n, sample);
        return;
    }
    for (int j = 0; j < step; j++)
        picks[j] = hrepeat(take_picks[sample][step - 2][j]);
    for (int x = 0; x < n; x += unit) {
        const ptrdiff_t at = (ptrdiff_t) (x < n - unit ? x : n - unit) << sample;

        ostore(dst + at, OBYTES, take_unit(src + at * step, picks, step, sample));
    }
}

#define TAKE(NAME, SAMPLE)                                                                 \
    static void NAME(void *restrict dst, const void *restrict src, int step, int n)        \
    {                                                                                      \
        switch (step) {                                                                    \
        case 2: take(dst, src, 2, n, SAMPLE); break;                                       \
        case 3: take(dst, src, 3, n, SAMPLE); break;                                       \
        default: take(dst, src, 4, n, SAMPLE);                                             \
        }                                                                                  \
    }

TAKE(take_8, AREASCALE_SAMPLE_8)
TAKE(take_16, AREASCALE_SAMPLE_16)

/* Byte I of oword J of three woven ones in plane P, or 0x80. */
#define WEAVE_8(J, P, I) ((16 * (J) + (I)) % 3 == (P) ? (16 * (J) + (I)) / 3 : 0x80)
#define WEAVE_16(J, P, I)                                                                  \
    ((8 * (J) + (I) / 2) % 3 == (P) ? (8 * (J) + (I) / 2) / 3 * 2 + (I) % 2 : 0x80)
#define WEAVES(F)                                                                          \
    {                                                                                      \
        { OWORD(F, 0, 0), OWORD(F, 0, 1), OWORD(F, 0, 2) },                                \
            { OWORD(F, 1, 0), OWORD(F, 1, 1), OWORD(F, 1, 2) },                            \
            { OWORD(F, 2, 0), OWORD(F, 2, 1), OWORD(F, 2, 2) },                            \
    }

/* [sample][oword][plane] */
static const uint8_t weave_picks[2][3][3][OBYTES] = { WEAVES(WEAVE_8), WEAVES(WEAVE_16) };

ALWAYS_INLINE void weave_3(HVEC out[3], const HVEC in[3], AreascaleSample sample)
{
    for (int j = 0; j < 3; j++) {
        out[j] = gpick(in[0], hrepeat(weave_picks[sample][j][0]));
        for (int p = 1; p < 3; p++)
            out[j] = oor(out[j], gpick(in[p], hrepeat(weave_picks[sample][j][p])));
    }
}

ALWAYS_INLINE void weave_2(HVEC out[2], HVEC a, HVEC b, AreascaleSample sample)
{
    out[0] = ozip_lo(a, b, sample);
    out[1] = ozip_hi(a, b, sample);
}

/* Zips planes 0 and 2, and 1 and 3, and then those. */
ALWAYS_INLINE void weave_4(HVEC out[4], const HVEC in[4], AreascaleSample sample)
{
    HVEC even[2], odd[2];

    weave_2(even, in[0], in[2], sample);
    weave_2(odd, in[1], in[3], sample);
    weave_2(out, even[0], odd[0], sample);
    weave_2(out + 2, even[1], odd[1], sample);
}

ALWAYS_INLINE void weave_unit(char *dst, const void *const planes[], ptrdiff_t at,
                              int n_planes, AreascaleSample sample)
{
    HVEC in[AREASCALE_MIX_MAX], out[AREASCALE_MIX_MAX];

    for (int p = 0; p < n_planes; p++)
        in[p] = hload((const char *) planes[p] + at);
    switch (n_planes) {
    case 2: weave_2(out, in[0], in[1], sample); break;
    case 3: weave_3(out, in, sample); break;
    default: weave_4(out, in, sample);
    }
    for (int j = 0; j < n_planes; j++)
        ostore(dst + at * n_planes + j * OBYTES, OBYTES * n_planes, out[j]);
}

ALWAYS_INLINE void weave_rest(char *dst, const void *const planes[], int n_planes, int n,
                              AreascaleSample sample)
{
    const size_t size = (size_t) 1 << sample;

    for (int x = 0; x < n; x++)
        for (int p = 0; p < n_planes; p++, dst += size)
            memcpy(dst, (const char *) planes[p] + (size_t) x * size, size);
}

ALWAYS_INLINE void weave(char *dst, const void *const planes[], int n_planes, int n,
                         AreascaleSample sample)
{
    const int unit = (int) sizeof(HVEC) >> sample;

    if (n < unit) {
        weave_rest(dst, planes, n_planes, n, sample);
        return;
    }
    for (int x = 0; x < n; x += unit)
        weave_unit(dst, planes, (ptrdiff_t) (x < n - unit ? x : n - unit) << sample,
                   n_planes, sample);
}

#define WEAVE(NAME, SAMPLE)                                                                \
    static void NAME(void *restrict dst, const void *const planes[], int n_planes, int n)  \
    {                                                                                      \
        switch (n_planes) {                                                                \
        case 2: weave(dst, planes, 2, n, SAMPLE); break;                                   \
        case 3: weave(dst, planes, 3, n, SAMPLE); break;                                   \
        default: weave(dst, planes, 4, n, SAMPLE);                                         \
        }                                                                                  \
    }

WEAVE(weave_8, AREASCALE_SAMPLE_8)
WEAVE(weave_16, AREASCALE_SAMPLE_16)

enum { SHUFFLED = 4 }; /* pixels of an oword */

/* What four pixels are shuffled by; what their output does not fill is not stored, or
 * stored over. */
static void make_shuffle(const AreascaleShuffle *s, uint8_t pick[OBYTES],
                         uint8_t constant[OBYTES])
{
    memset(pick, AREASCALE_SHUFFLE_CONSTANT, OBYTES);
    memset(constant, 0, OBYTES);
    for (int i = 0; i < SHUFFLED; i++) {
        for (int c = 0; c < s->out_step; c++) {
            const int at = i * s->out_step + c;

            constant[at] = s->constant[c];
            if (s->order[c] != AREASCALE_SHUFFLE_CONSTANT)
                pick[at] = (uint8_t) (i * s->in_step + s->order[c]);
        }
    }
}

static void shuffle_pixel(uint8_t *dst, const uint8_t *src, const AreascaleShuffle *s)
{
    for (int c = 0; c < s->out_step; c++)
        dst[c] = s->order[c] == AREASCALE_SHUFFLE_CONSTANT ? s->constant[c]
                                                           : src[s->order[c]];
}

/* The pixels of n that whole vectors may read and write. */
static int count_shuffled(const AreascaleShuffle *s, int n)
{
    const int unit = OWORDS * SHUFFLED, before = (OWORDS - 1) * SHUFFLED;
    const int in = (n - 1) * s->in_step + s->in_span - OBYTES - before * s->in_step;
    const int out = n * s->out_step - OBYTES - before * s->out_step;
    int last = in / s->in_step; /* where the last vector may begin */

    if (in < 0 || out < 0)
        return 0;
    if (last > out / s->out_step)
        last = out / s->out_step;
    return (last / unit + 1) * unit;
}

static void shuffle(uint8_t *restrict dst, const uint8_t *restrict src,
                    const AreascaleShuffle *s, int n)
{
    const ptrdiff_t in = s->in_step, out = s->out_step;
    const int whole = count_shuffled(s, n);
    uint8_t picks[OBYTES], constants[OBYTES];
    HVEC pick, constant;

    make_shuffle(s, picks, constants);
    pick = hrepeat(picks);
    constant = hrepeat(constants);
    for (int x = 0; x < whole; x += OWORDS * SHUFFLED)
        ostore(dst + x * out, SHUFFLED * out,
               oor(gpick(oload(src + x * in, SHUFFLED * in), pick), constant));
    for (int x = whole; x < n; x++)
        shuffle_pixel(dst + x * out, src + x * in, s);
}

static void mix_owords_init(AreascaleDsp *dsp)
{
    dsp->take[AREASCALE_SAMPLE_8] = take_8;
    dsp->take[AREASCALE_SAMPLE_16] = take_16;
    dsp->weave[AREASCALE_SAMPLE_8] = weave_8;
    dsp->weave[AREASCALE_SAMPLE_16] = weave_16;
    dsp->shuffle = shuffle;
}
