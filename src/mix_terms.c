/* areascale: the matrix of a mix in terms of signed words
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "mix.h"

enum { MAX_TERMS = 2 * AREASCALE_MIX_MAX_PAIRS };

static int64_t magnitude(int64_t number)
{
    return number < 0 ? -number : number;
}

/* Terms that the coefficients of an input need; more than 2: too many. */
static int count_terms(const AreascaleMixSpec *s, int i)
{
    int n = 0;

    for (int o = 0; o < s->n_out; o++) {
        const int needed = (int) ((magnitude(s->matrix[o][i]) + INT16_MAX - 1) / INT16_MAX);

        if (needed > n)
            n = needed;
    }
    return n;
}

static bool list_terms(AreascaleMix *mix)
{
    AreascaleMixTerms *t = &mix->terms;
    int n = 0;

    for (int i = 0; i < mix->spec.n_in; i++) {
        const int needed = count_terms(&mix->spec, i);

        if (needed > 2 || n + needed > MAX_TERMS)
            return false;
        if (needed)
            mix->used |= 1u << i;
        for (int k = 0; k < needed; k++)
            t->term[n++] = i;
    }
    t->n_terms = n;
    t->n_pairs = (n + 1) / 2;
    if (n % 2)
        t->term[n] = t->term[n - 1];
    return true;
}

/* What a term multiplies by: of two terms of an input, each has about a half. */
static int32_t coefficient(const AreascaleMixTerms *t, const int32_t line[], int term)
{
    const int i = t->term[term];

    if (term >= t->n_terms)
        return 0;
    if (term + 1 < t->n_terms && t->term[term + 1] == i)
        return line[i] / 2;
    if (term > 0 && t->term[term - 1] == i)
        return line[i] - line[i] / 2;
    return line[i];
}

/* The least and the largest of a sum, with what rounds it. */
static void find_range(const AreascaleMix *mix, int o, int64_t *low, int64_t *high)
{
    const AreascaleMixSpec *s = &mix->spec;
    const int64_t max = mix->in == AREASCALE_SAMPLE_8 ? UINT8_MAX : UINT16_MAX;

    *low = *high = s->offset[o] + (INT64_C(1) << (mix->terms.shift - 1));
    for (int i = 0; i < s->n_in; i++) {
        if (s->matrix[o][i] < 0)
            *low += s->matrix[o][i] * max;
        else
            *high += s->matrix[o][i] * max;
    }
}

/* Levels that are taken from a sum, and given back when it is one of levels, so that it
 * fits 32 signed bits: 0 if it does anyway. */
static bool find_base(const AreascaleMix *mix, int o, int64_t *base)
{
    const int shift = mix->terms.shift;
    const int64_t unit = INT64_C(1) << shift;
    int64_t low, high;

    find_range(mix, o, &low, &high);
    *base = 0;
    if (low >= INT32_MIN && high <= INT32_MAX)
        return true;
    /* the bounds of levels: beyond them it does not matter how far */
    if (magnitude(low) / unit >= INT32_MAX || magnitude(high) / unit >= INT32_MAX)
        return false;
    *base = (low - INT32_MIN) / unit;
    if (low - INT32_MIN < *base * unit)
        --*base;
    if (high - *base * unit > INT32_MAX)
        return false;
    return mix->out == AREASCALE_SAMPLE_16 ||
           (shift >= 16 && magnitude(*base) <= INT16_MAX);
}

static bool make_line(AreascaleMix *mix, int o)
{
    AreascaleMixTerms *t = &mix->terms;
    const AreascaleMixSpec *s = &mix->spec;
    const int64_t zero = mix->in == AREASCALE_SAMPLE_8 ? 0 : 1 << 15;
    int64_t bias = s->offset[o] + (INT64_C(1) << (t->shift - 1)), base;

    if (!find_base(mix, o, &base))
        return false;
    for (int p = 0; p < t->n_pairs; p++) {
        const int32_t low = coefficient(t, s->matrix[o], 2 * p);
        const int32_t high = coefficient(t, s->matrix[o], 2 * p + 1);

        t->coefficients[t->n_out][p] = (uint32_t) (uint16_t) high << 16 | (uint16_t) low;
        bias += (low + high) * zero;
    }
    bias -= base * (INT64_C(1) << t->shift);
    t->bias[t->n_out] = (uint32_t) bias;
    t->base[t->n_out] = mix->out == AREASCALE_SAMPLE_8
                            ? (uint32_t) (uint16_t) base * UINT32_C(0x10001)
                            : (uint32_t) base;
    t->out[t->n_out++] = o;
    return true;
}

bool areascale_mix_find_terms(AreascaleMix *mix)
{
    const AreascaleMixSpec *s = &mix->spec;
    AreascaleMixTerms *t = &mix->terms;

    t->shift = areascale_mix_shift(s);
    t->max = (1 << s->out_depth) - 1;
    t->out_shift = s->out_shift;
    if (t->shift < 1 || (mix->out == AREASCALE_SAMPLE_8 && s->out_depth < 8) ||
        !list_terms(mix))
        return false;
    for (int o = 0; o < s->n_out; o++)
        if (!mix->constant[o] && !make_line(mix, o))
            return false;
    return true;
}
