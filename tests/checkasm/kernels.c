/* areascale: the kernel table against C's
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* setenv() */
#define _POSIX_C_SOURCE 200809L

#include <stdlib.h>
#include <string.h>

#include "checkasm.h"
#include "kernels/cpu.h"

/* Whether the level is C itself, or has a kernel that C and the level below it do
 * not have. */
#define OWN(check, below, member)                                                     \
    ((check)->cpu == AREASCALE_CPU_C ||                                               \
     ((check)->dsp.member && (check)->dsp.member != (check)->c.member &&              \
      (check)->dsp.member != (below)->member))

static void check_own(Check *check, const char *what, bool own)
{
    check_case(check, "table: %s is not the level's own", what);
    check_result(check, own);
}

void check_table(Check *check)
{
    AreascaleDsp below;

    areascale_dsp_init(&below, check->cpu ? (AreascaleCpu) (check->cpu - 1) : AREASCALE_CPU_C);
    check_own(check, "cpu", check->dsp.cpu == check->cpu);
    check_own(check, "vsum16[8]", OWN(check, &below, vsum16[AREASCALE_SAMPLE_8]));
    check_own(check, "vsum16[16]", OWN(check, &below, vsum16[AREASCALE_SAMPLE_16]));
    check_own(check, "vsum16_bits", OWN(check, &below, vsum16_bits));
    check_own(check, "vsum32", OWN(check, &below, vsum32));
    for (int arith = 0; arith < AREASCALE_N_ARITHS; arith++) {
        if (arith == AREASCALE_ARITH_EXACT) /* C's everywhere */
            continue;
        for (int sample = 0; sample < AREASCALE_N_SAMPLES; sample++)
            check_own(check, "hsum", OWN(check, &below, hsum[arith][sample]));
    }
    for (int sample = 0; sample < AREASCALE_N_SAMPLES; sample++)
        check_own(check, "gather", OWN(check, &below, gather[sample]));
    check_own(check, "gather_wide", OWN(check, &below, gather_wide));
    check_own(check, "gather_full", OWN(check, &below, gather_full));
    for (int layout = 0; layout < AREASCALE_N_LAYOUTS; layout++)
        if (check->dsp.halve[layout])
            check_own(check, "halve", OWN(check, &below, halve[layout]));
}

void check_environment(Check *check)
{
    static const AreascaleGeometry g = { 64, 64, 31, 31, AREASCALE_LAYOUT_1, 8, 0 };
    const char *unknown = "";
    AreascalePlan *plan;

#if defined(__unix__) || defined(__APPLE__)
    setenv("AREASCALE_CPU", areascale_cpu_name(check->cpu), 1);
    check_case(check, "environment: AREASCALE_CPU");
    check_result(check, areascale_cpu_detect(&unknown) == check->cpu && !unknown);
    unsetenv("AREASCALE_CPU");
#endif
    check_case(check, "environment: plan");
    if (areascale_plan_create(&plan, &g, check->cpu) == 0) {
        check_result(check, areascale_plan_cpu(plan) == check->cpu);
        areascale_plan_free(plan);
    } else {
        check_result(check, false);
    }
}

/* A call of a kernel of the vertical step. */
typedef struct VsumCall {
    size_t sample_size, sum_size;
    int rows, n;
    int shift;
    unsigned mask;
    bool accumulate, repeat; /* repeat: the same row each time */
    ptrdiff_t ahead;
} VsumCall;

typedef struct VsumKernel {
    AreascaleVsum16Fn to16;
    AreascaleVsum32Fn to32;
} VsumKernel;

static void call_vsum(const VsumKernel *kernel, const VsumCall *call, Rows *sums,
                      const Rows *src)
{
    const ptrdiff_t stride = call->repeat ? 0 : src->stride;

    if (kernel->to16)
        kernel->to16((uint16_t *) sums->row0, src->row0, stride, call->rows, call->n,
                     call->shift, call->mask, call->ahead, call->accumulate);
    else
        kernel->to32((uint32_t *) sums->row0, src->row0, stride, call->rows, call->n,
                     call->shift, call->mask, call->ahead, call->accumulate);
}

/* Sums that what is added to them does not make too large for their type. */
static void fill_sums(const VsumCall *call, Rows *a, Rows *b, Random *r)
{
    const uint32_t limit = call->sum_size == sizeof(uint16_t) ? UINT16_MAX : UINT32_MAX;
    const uint32_t room = limit - (uint32_t) call->rows * call->mask;

    for (int x = 0; x < call->n; x++) {
        const uint32_t value = room == UINT32_MAX ? random_next(r) : random_next(r) % (room + 1);

        if (call->sum_size == sizeof(uint16_t))
            ((uint16_t *) a->row0)[x] = (uint16_t) value;
        else
            ((uint32_t *) a->row0)[x] = value;
    }
    memcpy(b->row0, a->row0, (size_t) call->n * call->sum_size);
}

static void vsum_case(Check *check, const VsumKernel *kernel, const VsumKernel *c,
                      const VsumCall *call)
{
    const size_t padded = (size_t) (call->n + AREASCALE_BLOCK_COLUMNS - 1) /
                          AREASCALE_BLOCK_COLUMNS * AREASCALE_BLOCK_COLUMNS;
    const RowsShape shape = random_rows_shape(call->sample_size, &check->random);
    const Pattern pattern = random_pattern(&check->random);
    Rows src, sums, expected;

    check_case(check,
               "vsum%zu of %zu bytes: %d rows of %d, shift %d, mask %#x, accumulate %d, "
               "repeat %d, placement %d, pattern %d",
               8 * call->sum_size, call->sample_size, call->rows, call->n, call->shift,
               call->mask, call->accumulate, call->repeat, (int) shape.place,
               (int) pattern);
    rows_init(&src, (size_t) call->n * call->sample_size, call->repeat ? 1 : call->rows,
              &shape);
    rows_fill(&src, pattern, call->sample_size, call->mask << call->shift, &check->random);
    block_init(&sums, padded * call->sum_size);
    block_init(&expected, padded * call->sum_size);
    fill_sums(call, &sums, &expected, &check->random);

    call_vsum(kernel, call, &sums, &src);
    call_vsum(c, call, &expected, &src);
    check_result(check, memcmp(sums.row0, expected.row0,
                               (size_t) call->n * call->sum_size) == 0);

    rows_free(&src);
    rows_free(&sums);
    rows_free(&expected);
}

static int random_rows(int most, Random *r)
{
    switch (random_in(r, 0, 3)) {
    case 0: return random_in(r, 1, most);
    case 1: return most;
    default: return random_in(r, 1, most < 2 * AREASCALE_STREAMS + 1
                                        ? most
                                        : 2 * AREASCALE_STREAMS + 1);
    }
}

/* Widths from 1 to 257, then some up to max. */
static int width_of_case(int i, int max, Random *r)
{
    return i < 257 ? i + 1 : random_in(r, 258, max);
}

/* Depths from `low` to `high` bits in samples of `bits`. */
static void check_vsum(Check *check, const VsumKernel *kernel, const VsumKernel *c, int bits,
                       int low, int high)
{
    Random *r = &check->random;

    for (int i = 0; i < check_count(check, 257 * 12); i++) {
        const int depth = random_in(r, low, high);
        const unsigned mask = (1u << depth) - 1;
        VsumCall call = {
            .sample_size = (size_t) bits / 8,
            .sum_size = kernel->to16 ? sizeof(uint16_t) : sizeof(uint32_t),
            .n = width_of_case(i % 260, 5000, r),
            .shift = random_in(r, 0, bits - depth),
            .mask = mask,
            .accumulate = random_in(r, 0, 1),
            .repeat = random_in(r, 0, 7) == 0,
            .ahead = random_in(r, -100000, 100000),
        };
        const int most = kernel->to16 ? (int) (UINT16_MAX / mask) : 40;

        call.rows = random_rows(most > 300 ? 300 : most, r);
        vsum_case(check, kernel, c, &call);
    }
}

void check_vsum16_8(Check *check)
{
    check_vsum(check, &(VsumKernel) { .to16 = check->dsp.vsum16[AREASCALE_SAMPLE_8] },
               &(VsumKernel) { .to16 = check->c.vsum16[AREASCALE_SAMPLE_8] }, 8, 8, 8);
}

void check_vsum16_bits(Check *check)
{
    check_vsum(check, &(VsumKernel) { .to16 = check->dsp.vsum16_bits },
               &(VsumKernel) { .to16 = check->c.vsum16_bits }, 8, 1, 8);
}

void check_vsum16_16(Check *check)
{
    check_vsum(check, &(VsumKernel) { .to16 = check->dsp.vsum16[AREASCALE_SAMPLE_16] },
               &(VsumKernel) { .to16 = check->c.vsum16[AREASCALE_SAMPLE_16] }, 16, 1, 16);
}

void check_vsum32(Check *check)
{
    check_vsum(check, &(VsumKernel) { .to32 = check->dsp.vsum32 },
               &(VsumKernel) { .to32 = check->c.vsum32 }, 16, 1, 16);
}
