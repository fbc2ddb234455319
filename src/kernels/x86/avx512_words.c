/* areascale: permuting rows of words, for AVX-512 F, BW, DQ and VL
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A word permutation of a whole vector lays the taps of output samples side by side, and
 * products with ones add them up in 32 bits. Where the rows of a window add up to 16 bits,
 * they are added as they lie in memory, and permuted once; otherwise each row is.
 */

#include "kernels/dsp.h"
#include "kernels/x86/permute512.h"

/* Values of a row, or sums of rows, of each load of a unit. */
typedef struct Columns {
    __m512i v[AREASCALE_MAX_PICKS];
} Columns;

/* What a unit is made of. */
typedef struct Unit {
    const AreascalePick *picks[AREASCALE_MAX_PICKS];
    ptrdiff_t offset[AREASCALE_MAX_PICKS];
    ptrdiff_t ahead; /* bytes from a sample to one that is read soon */
} Unit;

/* What the values of rows are. */
typedef struct Values {
    __m128i shift;
    __m512i mask, bias;
} Values;

ALWAYS_INLINE Columns zero_columns(void)
{
    const __m512i zero = _mm512_setzero_si512();

    return (Columns) { { zero, zero, zero, zero, zero, zero, zero, zero } };
}

ALWAYS_INLINE Columns load_row(const char *row, const Unit *u, const Values *values,
                              Shape s)
{
    Columns c = zero_columns();

    for (int l = 0; l < s.loads; l++) {
        const char *at = row + u->offset[l];
        const __m512i load = _mm512_loadu_si512(at);

        _mm_prefetch(at + u->ahead, _MM_HINT_T0);
        c.v[l] = _mm512_and_si512(_mm512_srl_epi16(load, values->shift), values->mask);
    }
    return c;
}

ALWAYS_INLINE Columns add_columns(Columns a, Columns b, Shape s)
{
    for (int l = 0; l < s.loads; l++)
        a.v[l] = keep(_mm512_add_epi16(a.v[l], b.v[l]));
    return a;
}

ALWAYS_INLINE Sums add_sums(Sums a, Sums b, Shape s)
{
    for (int v = 0; v < s.vectors; v++)
        a.v[v] = _mm512_add_epi32(a.v[v], b.v[v]);
    return a;
}

/* The load that the q-th pick of a unit is of. */
ALWAYS_INLINE int load_of(int q, Shape s)
{
    return q / (s.vectors * s.picks / s.loads);
}

/* Adds the taps of columns, each of them being taken for the bias less, for signed. */
ALWAYS_INLINE Sums add_picks(Sums sums, Columns c, const Unit *u, __m512i bias, Shape s)
{
    for (int l = 0; l < s.loads; l++)
        c.v[l] = _mm512_xor_si512(c.v[l], bias);
    for (int q = 0; q < s.vectors * s.picks; q++) {
        const __m512i from = _mm512_load_si512(u->picks[q]->word_from);
        const __m512i weight = _mm512_load_si512(u->picks[q]->word_weight);
        const __m512i taps = _mm512_permutexvar_epi16(from, c.v[load_of(q, s)]);

        sums.v[q / s.picks] =
            _mm512_add_epi32(sums.v[q / s.picks], _mm512_madd_epi16(taps, weight));
    }
    return sums;
}

ALWAYS_INLINE void store_unit(char *dst, Sums sums, const char *divisor, const Division *d,
                              Shape s)
{
    store_words(dst, divide_to_words(fold_slots(sums, s), vectors_left(s, 4), divisor, d), d,
                s);
}

ALWAYS_INLINE Unit load_unit(const AreascalePermuteRows *r, int i, Shape s)
{
    const AreascalePermuteUnit *unit = &r->units[i];
    Unit u;

    for (int q = 0; q < s.vectors * s.picks; q++)
        u.picks[q] = &r->picks[unit->pick[q]];
    for (int l = 0; l < s.loads; l++)
        u.offset[l] = unit->offset[l];
    u.ahead = bytes_ahead(r->units, i, r->n_units, r->ahead);
    return u;
}

/* A unit of all rows of a band, the rows of a window being added up first. */
ALWAYS_INLINE void make_unit(const AreascalePermuteRows *r, int i, const Values *values,
                             const Division *d, Shape s)
{
    const Unit u = load_unit(r, i, s);
    const char *row = r->src, *divisors = r->divisors + r->units[i].divisor;
    char *dst = r->dst + r->units[i].sample * (ptrdiff_t) sizeof(uint16_t);
    Columns columns = zero_columns();

    for (int y = 0; y < r->n_steps; y++, dst += r->dst_stride) {
        const AreascalePermuteStep *step = &r->steps[y];
        Columns shared = zero_columns();

        for (int n = step->rows; n > 0; n--, row += r->stride)
            columns = add_columns(columns, load_row(row, &u, values, s), s);
        if (step->shared) {
            shared = load_row(row, &u, values, s);
            row += r->stride;
            columns = add_columns(columns, shared, s);
        }
        store_unit(dst, add_picks(zero_sums(), columns, &u, values->bias, s),
                   divisors + step->divisor, d, s);
        columns = shared;
    }
}

/* The same, each row being permuted. */
ALWAYS_INLINE void make_unit_by_rows(const AreascalePermuteRows *r, int i,
                                     const Values *values, const Division *d, Shape s)
{
    const Unit u = load_unit(r, i, s);
    const char *row = r->src, *divisors = r->divisors + r->units[i].divisor;
    char *dst = r->dst + r->units[i].sample * (ptrdiff_t) sizeof(uint16_t);
    Sums sums = zero_sums();

    for (int y = 0; y < r->n_steps; y++, dst += r->dst_stride) {
        const AreascalePermuteStep *step = &r->steps[y];
        Sums shared = zero_sums();

        for (int n = step->rows; n > 0; n--, row += r->stride)
            sums = add_picks(sums, load_row(row, &u, values, s), &u, values->bias, s);
        if (step->shared) {
            shared = add_picks(shared, load_row(row, &u, values, s), &u, values->bias, s);
            row += r->stride;
            sums = add_sums(sums, shared, s);
        }
        store_unit(dst, sums, divisors + step->divisor, d, s);
        sums = shared;
    }
}

ALWAYS_INLINE void make_rows(const AreascalePermuteRows *r, bool by_rows, Shape s)
{
    const Division d = load_division(r, true);
    const Values values = {
        .shift = _mm_cvtsi32_si128(r->in_shift),
        .mask = _mm512_set1_epi16((short) r->mask),
        .bias = _mm512_set1_epi16((short) r->bias),
    };

    for (int i = 0; i < r->n_units; i++) {
        if (by_rows)
            make_unit_by_rows(r, i, &values, &d, s);
        else
            make_unit(r, i, &values, &d, s);
    }
}

/* Sends labels the way of the sums. */
ALWAYS_INLINE void tell_lanes(uint8_t *lanes, uint8_t *order, Shape s)
{
    const Sums labels = fold_slots(label_sums(s), s);
    const Narrow n = pack_sums(labels, vectors_left(s, 4));
    uint8_t packed[LANES];

    tell_wide_lanes(labels, lanes);
    tell_narrow_lanes(n, packed);
    invert_lanes(packed, order);
}

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS)                                                \
    NEVER_INLINE void summed_##SLOTS##_##VECTORS##_##PICKS##_##LOADS(                      \
        const AreascalePermuteRows *r)                                                     \
    {                                                                                      \
        make_rows(r, false, (Shape) { SLOTS, VECTORS, PICKS, LOADS });                      \
    }                                                                                      \
                                                                                           \
    NEVER_INLINE void by_rows_##SLOTS##_##VECTORS##_##PICKS##_##LOADS(                     \
        const AreascalePermuteRows *r)                                                     \
    {                                                                                      \
        make_rows(r, true, (Shape) { SLOTS, VECTORS, PICKS, LOADS });                       \
    }                                                                                      \
                                                                                           \
    static void lanes_##SLOTS##_##VECTORS##_##PICKS##_##LOADS(uint8_t *lanes,              \
                                                              uint8_t *order)              \
    {                                                                                      \
        tell_lanes(lanes, order, (Shape) { SLOTS, VECTORS, PICKS, LOADS });                 \
    }
AREASCALE_PERMUTE_WIDE_SHAPES(SHAPE)
#undef SHAPE

enum { FIRST_WIDE = AREASCALE_N_PERMUTE_SHAPES - AREASCALE_N_PERMUTE_WIDE_SHAPES };

static void permute_16(const AreascalePermuteRows *r)
{
#define SHAPE(SLOTS, VECTORS, PICKS, LOADS) summed_##SLOTS##_##VECTORS##_##PICKS##_##LOADS,
    static const AreascalePermuteFn kernels[] = { AREASCALE_PERMUTE_WIDE_SHAPES(SHAPE) };
#undef SHAPE

    kernels[r->shape - FIRST_WIDE](r);
}

static void permute_16_by_rows(const AreascalePermuteRows *r)
{
#define SHAPE(SLOTS, VECTORS, PICKS, LOADS) by_rows_##SLOTS##_##VECTORS##_##PICKS##_##LOADS,
    static const AreascalePermuteFn kernels[] = { AREASCALE_PERMUTE_WIDE_SHAPES(SHAPE) };
#undef SHAPE

    kernels[r->shape - FIRST_WIDE](r);
}

static void permute_lanes_16(int shape, bool wide, uint8_t lanes[LANES],
                             uint8_t order[LANES])
{
#define SHAPE(SLOTS, VECTORS, PICKS, LOADS) lanes_##SLOTS##_##VECTORS##_##PICKS##_##LOADS,
    static void (*const kernels[])(uint8_t *,
                                   uint8_t *) = { AREASCALE_PERMUTE_WIDE_SHAPES(SHAPE) };
#undef SHAPE

    (void) wide; /* all are */
    kernels[shape - FIRST_WIDE](lanes, order);
}

void areascale_dsp_init_avx512_words(AreascaleDsp *dsp)
{
    dsp->permute[AREASCALE_SAMPLE_16][AREASCALE_SAMPLE_16] = permute_16;
    dsp->permute_by_rows = permute_16_by_rows;
    dsp->permute_lanes[AREASCALE_SAMPLE_16][AREASCALE_SAMPLE_16] = permute_lanes_16;
}
