/* areascale: means of rows in vectors, once per instruction set
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A block of columns is summed, divided and stored while it is in registers. Included after
 * vsum_simd_tmpl.c, whose operations it uses. The including file defines besides the
 * functions below, of 16-bit lanes.
 */

static inline VVEC vodd8(VVEC v); /* v >> 8 */

/* Sums of the lower bytes, from those of lanes modulo 2^16 and of their upper bytes. */
static inline VVEC veven8(VVEC all, VVEC odd);
static inline VVEC vzip8(VVEC even, VVEC odd);    /* lanes below 2^8 as lower, upper bytes */
static inline VVEC vmulhi16(VVEC a, VVEC b);      /* high halves of unsigned products */
static inline VVEC vsrl16(VVEC v, VCount n);
static inline VVEC vsll16(VVEC v, VCount n);

/* What all columns have in common. */
typedef struct VMean {
    VValue value;
    VVEC round, reciprocal;
    VCount shift;
} VMean;

ALWAYS_INLINE VVEC vmean_of(VVEC sum, const VMean *m)
{
    return vsrl16(vmulhi16(vadd16(sum, m->round), m->reciprocal), m->shift);
}

ALWAYS_INLINE void vmean_8_block(const AreascaleVmean *r, ptrdiff_t at, int rows,
                                 const VMean *m)
{
    const char *src = r->src + at;
    VVEC all[VBLOCK], odd[VBLOCK];

    for (int i = 0; i < VBLOCK; i++)
        all[i] = odd[i] = vzero();
    for (int y = 0; y < rows; y++, src += r->stride) {
        prefetch_block(src, r->ahead);
        for (int i = 0; i < VBLOCK; i++) {
            const VVEC v = vload(src + i * VVEC_BYTES);

            all[i] = vadd16(all[i], v);
            odd[i] = vadd16(odd[i], vodd8(v));
        }
    }
    for (int i = 0; i < VBLOCK; i++)
        vstore(r->dst + at + i * VVEC_BYTES,
               vzip8(vmean_of(veven8(all[i], odd[i]), m), vmean_of(odd[i], m)));
}

ALWAYS_INLINE void vmean_16_block(const AreascaleVmean *r, ptrdiff_t at, int rows,
                                  const VMean *m)
{
    const char *src = r->src + at;
    VVEC sum[VBLOCK];

    for (int i = 0; i < VBLOCK; i++)
        sum[i] = vzero();
    for (int y = 0; y < rows; y++, src += r->stride) {
        prefetch_block(src, r->ahead);
        for (int i = 0; i < VBLOCK; i++)
            sum[i] = vadd16(sum[i], vvalue(vload(src + i * VVEC_BYTES), m->value.shift,
                                           m->value.mask));
    }
    for (int i = 0; i < VBLOCK; i++)
        vstore(r->dst + at + i * VVEC_BYTES, vsll16(vmean_of(sum[i], m), m->value.shift));
}

/* NAME_block over all columns, the last block ending with the row. `rows` is a constant
 * where it is known. */
#define VMEAN(NAME)                                                                        \
    ALWAYS_INLINE void NAME##_columns(const AreascaleVmean *r, int rows, const VMean *m)   \
    {                                                                                      \
        const ptrdiff_t last = r->bytes - VBLOCK * VVEC_BYTES;                             \
        ptrdiff_t at = 0;                                                                  \
                                                                                           \
        for (; at < last; at += VBLOCK * VVEC_BYTES)                                       \
            NAME##_block(r, at, rows, m);                                                  \
        NAME##_block(r, last, rows, m);                                                    \
    }                                                                                      \
                                                                                           \
    static void NAME(const AreascaleVmean *r)                                              \
    {                                                                                      \
        const AreascaleVmean row = *r; /* which nothing that is stored can change */       \
        const VMean m = {                                                                  \
            { vcount(r->shift), vmask(r->mask) },                                          \
            vmask(r->round),                                                               \
            vmask(r->reciprocal),                                                          \
            vcount(r->div_shift),                                                          \
        };                                                                                 \
                                                                                           \
        switch (row.rows) {                                                                \
        case 2: NAME##_columns(&row, 2, &m); break;                                        \
        case 3: NAME##_columns(&row, 3, &m); break;                                        \
        case 4: NAME##_columns(&row, 4, &m); break;                                        \
        default: NAME##_columns(&row, row.rows, &m);                                       \
        }                                                                                  \
    }

VMEAN(vmean_8)
VMEAN(vmean_16)

static void vmean_init(AreascaleDsp *dsp)
{
    dsp->vmean[AREASCALE_SAMPLE_8] = vmean_8;
    dsp->vmean[AREASCALE_SAMPLE_16] = vmean_16;
}
