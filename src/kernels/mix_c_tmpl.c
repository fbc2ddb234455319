/* areascale: mixes in plain C, once per pair of types
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#if !defined(IN) || !defined(OUT) || !defined(FN)
#error "IN, OUT: types of an input and of an output sample; FN: name of the function"
#endif

static void FN(const AreascaleMixSpec *m, void *const out[], const void *const in[], int n)
{
    for (int o = 0; o < m->n_out; o++) {
        OUT *dst = out[o];

        for (int x = 0; x < n; x++) {
            int64_t sum = m->offset[o];

            for (int i = 0; i < m->n_in; i++)
                sum += (int64_t) m->matrix[o][i] *
                       ((const IN *) in[i])[(ptrdiff_t) x * m->in_step[i]];
            dst[(ptrdiff_t) x * m->out_step[o]] =
                (OUT) (areascale_mix_level(m, sum) << m->out_shift);
        }
    }
}

#undef IN
#undef OUT
#undef FN
