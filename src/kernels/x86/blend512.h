/* areascale: weighed windows by permutations of whole vectors, a part of avx512icl.c
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How the values of words are taken out, to be signed. */
typedef struct Value {
    __m128i shift;
    __m512i mask, bias;
} Value;

/* Adds the weighed taps that a pick takes out of a load. */
ALWAYS_INLINE __m512i blend_pick(__m512i sum, __m512i load, const Unit *u, int q,
                                 AreascaleBlendKind kind, Shape s)
{
    const __mmask64 lower = 0x5555555555555555;

    if (kind == AREASCALE_BLEND_BYTES)
        return add_pick(sum, load, u, q, s);
    return _mm512_dpwssd_epi32(sum,
                               kind == AREASCALE_BLEND_WIDE
                                   ? _mm512_maskz_permutexvar_epi8(lower, u->from[q], load)
                                   : _mm512_permutexvar_epi8(u->from[q], load),
                               u->weight[q]);
}

ALWAYS_INLINE Sums blend_row(Sums sums, const char *row, const Unit *u, const Value *value,
                             AreascaleBlendKind kind, Shape s)
{
    const int per_load = s.vectors * s.picks / s.loads;

    for (int l = 0; l < s.loads; l++) {
        const char *at = row + u->offset[l];
        __m512i load = _mm512_loadu_si512(at);

        if (kind == AREASCALE_BLEND_WORDS)
            load = _mm512_xor_si512(
                _mm512_and_si512(_mm512_srl_epi16(load, value->shift), value->mask),
                value->bias);
        if (per_load > 1)
            load = keep(load);
        _mm_prefetch(at + u->ahead, _MM_HINT_T0);
        for (int q = l * per_load; q < (l + 1) * per_load; q++)
            sums.v[q / s.picks] = blend_pick(sums.v[q / s.picks], load, u, q, kind, s);
    }
    for (int v = 0; v < s.vectors; v++)
        sums.v[v] = keep(sums.v[v]);
    return sums;
}

/* a + weight * b. */
ALWAYS_INLINE Sums add_weighed(Sums a, Sums b, int weight, Shape s)
{
    const __m512i w =
        in_words(s) ? _mm512_set1_epi16((short) weight) : _mm512_set1_epi32(weight);

    for (int v = 0; v < s.vectors; v++)
        a.v[v] = in_words(s) ? _mm512_add_epi16(a.v[v], _mm512_mullo_epi16(b.v[v], w))
                             : _mm512_add_epi32(a.v[v], _mm512_mullo_epi32(b.v[v], w));
    return a;
}

/* As divide_lifted() does, but the shift is of all of the product. */
ALWAYS_INLINE __m512i divide_long(__m512i sums, const char *divisor, const Division *d)
{
    const __m512i n =
        _mm512_add_epi32(_mm512_sll_epi32(sums, d->lift), _mm512_load_si512(divisor));
    const __m512i reciprocal = _mm512_load_si512(divisor + WIDE_BYTES);
    const __m512i even = _mm512_srl_epi64(_mm512_mul_epu32(n, reciprocal), d->shift);
    const __m512i odd = _mm512_srl_epi64(
        _mm512_mul_epu32(_mm512_srli_epi64(n, 32), _mm512_srli_epi64(reciprocal, 32)),
        d->shift);

    return _mm512_or_si512(even, _mm512_slli_epi64(odd, 32));
}

/* The quotients of a unit in the order of the lanes. */
ALWAYS_INLINE Narrow blend_divide(Sums sums, const char *divisor,
                                  AreascaleBlendDivision how, const Division *d, Shape s)
{
    Narrow n;

    sums = fold_slots(sums, s);
    if (how != AREASCALE_BLEND_NARROW && !in_words(s)) {
        for (int v = 0; v < vectors_left(s, 4); v++) {
            const char *of_vector = divisor + v * (int) sizeof(__m512i);

            sums.v[v] = how == AREASCALE_BLEND_FLOAT
                            ? divide_float(sums.v[v], of_vector)
                            : divide_long(sums.v[v], of_vector, d);
        }
        return narrow_sums(sums, s);
    }
    n = narrow_sums(sums, s);
    n.a = divide_narrow(n.a, divisor, d);
    n.b = unit_samples(s) > 32 ? divide_narrow(n.b, divisor + sizeof(__m512i), d) : n.a;
    return n;
}

ALWAYS_INLINE void blend_store(char *dst, Narrow n, const AreascaleBlendRows *r,
                               const Division *d, Shape s)
{
    const __m512i most = _mm512_set1_epi16((short) r->out_max);

    n = (Narrow) { _mm512_min_epu16(n.a, most), _mm512_min_epu16(n.b, most) };
    if (r->to_words) {
        store_words(dst, n, d, s);
        return;
    }
    n = (Narrow) { _mm512_sll_epi16(n.a, d->out_shift), _mm512_sll_epi16(n.b, d->out_shift) };
    store_unit(dst,
               _mm512_permutexvar_epi8(d->order[0], _mm512_packus_epi16(n.a, n.b)), s);
}

/* A unit of all rows of a band. */
ALWAYS_INLINE void blend_unit(const AreascaleBlendRows *r, int i, const Value *value,
                              const Division *d, AreascaleBlendKind kind, Shape s)
{
    const Unit u = load_unit(r->units, i, r->n_units, r->picks, r->ahead, s);
    const char *row = r->src, *divisors = r->divisors + r->units[i].divisor;
    char *dst = r->dst + r->units[i].sample * (ptrdiff_t) (r->to_words ? 2 : 1);
    Sums last = zero_sums();

    for (int y = 0; y < r->n_steps; y++, dst += r->dst_stride) {
        const AreascaleBlendStep *step = &r->steps[y];
        int rows = step->rows;
        Sums sums = zero_sums(), inner = zero_sums();

        if (!step->carried) {
            last = blend_row(zero_sums(), row, &u, value, kind, s);
            row += r->stride;
            rows--;
        }
        sums = add_weighed(sums, last, step->head, s);
        if (rows > 1) {
            for (; rows > 1; rows--, row += r->stride)
                inner = blend_row(inner, row, &u, value, kind, s);
            sums = add_weighed(sums, inner, step->body, s);
        }
        if (rows > 0) {
            last = blend_row(zero_sums(), row, &u, value, kind, s);
            row += r->stride;
            sums = add_weighed(sums, last, step->tail, s);
        }
        blend_store(dst, blend_divide(sums, divisors + step->divisor, r->division, d, s), r,
                    d, s);
    }
}

ALWAYS_INLINE Division blend_division(const AreascaleBlendRows *r)
{
    const bool narrow = r->division == AREASCALE_BLEND_NARROW;
    const char *order = r->order;
    Division d = {
        .how = AREASCALE_DIVIDE_NARROW,
        .shift = _mm_cvtsi32_si128(narrow ? r->shift - 16 : r->shift),
        .lift = _mm_cvtsi32_si128(r->lift),
        .out_shift = _mm_cvtsi32_si128(r->out_shift),
    };

    d.order[0] = keep(_mm512_loadu_si512(order));
    if (r->to_words)
        d.order[1] = _mm512_loadu_si512(order + sizeof(__m512i));
    return d;
}

ALWAYS_INLINE void blend_rows(const AreascaleBlendRows *r, AreascaleBlendKind kind, Shape s)
{
    const Value value = { _mm_cvtsi32_si128(r->in_shift),
                          _mm512_set1_epi16((short) r->mask),
                          _mm512_set1_epi16((short) r->bias) };

    const Division d = blend_division(r);

    if (in_words(s) && kind != AREASCALE_BLEND_BYTES)
        return;
    for (int i = 0; i < r->n_units; i++)
        blend_unit(r, i, &value, &d, kind, s);
}

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS)                                                \
    NEVER_INLINE void blend_bytes_##SLOTS##_##VECTORS##_##PICKS##_##LOADS(                 \
        const AreascaleBlendRows *r)                                                       \
    {                                                                                      \
        blend_rows(r, AREASCALE_BLEND_BYTES, (Shape) { SLOTS, VECTORS, PICKS, LOADS });    \
    }                                                                                      \
                                                                                           \
    NEVER_INLINE void blend_wide_##SLOTS##_##VECTORS##_##PICKS##_##LOADS(                  \
        const AreascaleBlendRows *r)                                                       \
    {                                                                                      \
        blend_rows(r, AREASCALE_BLEND_WIDE, (Shape) { SLOTS, VECTORS, PICKS, LOADS });     \
    }                                                                                      \
                                                                                           \
    NEVER_INLINE void blend_words_##SLOTS##_##VECTORS##_##PICKS##_##LOADS(                 \
        const AreascaleBlendRows *r)                                                       \
    {                                                                                      \
        blend_rows(r, AREASCALE_BLEND_WORDS, (Shape) { SLOTS, VECTORS, PICKS, LOADS });    \
    }
AREASCALE_PERMUTE_SHAPES(SHAPE)
#undef SHAPE

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS)                                                \
    blend_bytes_##SLOTS##_##VECTORS##_##PICKS##_##LOADS,
static void blend_bytes(const AreascaleBlendRows *r)
{
    static const AreascaleBlendFn kernels[] = { AREASCALE_PERMUTE_SHAPES(SHAPE) };

    kernels[r->shape](r);
}
#undef SHAPE

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS)                                                \
    blend_wide_##SLOTS##_##VECTORS##_##PICKS##_##LOADS,
static void blend_wide(const AreascaleBlendRows *r)
{
    static const AreascaleBlendFn kernels[] = { AREASCALE_PERMUTE_SHAPES(SHAPE) };

    kernels[r->shape](r);
}
#undef SHAPE

#define SHAPE(SLOTS, VECTORS, PICKS, LOADS)                                                \
    blend_words_##SLOTS##_##VECTORS##_##PICKS##_##LOADS,
static void blend_words(const AreascaleBlendRows *r)
{
    static const AreascaleBlendFn kernels[] = { AREASCALE_PERMUTE_SHAPES(SHAPE) };

    kernels[r->shape](r);
}
#undef SHAPE
