/* areascale: every instruction set against C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_CHECKASM_H
#define AREASCALE_TESTS_CHECKASM_H

#include "kernels/dsp.h"
#include "fixture.h"
#include "guarded.h"

/** One test at one level. */
typedef struct Check {
    AreascaleCpu cpu;
    AreascaleDsp dsp; /**< of the level */
    AreascaleDsp c;
    Random random;
    int effort; /**< percent of the usual cases */
    int passed, failed;
} Check;

/** Describes the case that comes next, for reports of failures and crashes. */
#ifdef __GNUC__
__attribute__((format(printf, 2, 3)))
#endif
void check_case(const Check *check, const char *format, ...);

/** Counts a case, and reports it when it failed. */
void check_result(Check *check, bool ok);

/** The number of cases that the effort asks for, at least 1. */
int check_count(const Check *check, int usual);

/** What samples hold. */
typedef enum Pattern {
    PATTERN_NOISE,   /**< all bits random, also those outside of the value */
    PATTERN_ZERO,
    PATTERN_ONES,    /**< all bits, also those outside of the value */
    PATTERN_STRIPES, /**< 0 and the maximum by turns */
    PATTERN_CHECKER, /**< the same on both axes */
    PATTERN_NEAR,    /**< the maximum, or 1 less */
} Pattern;

#define N_PATTERNS 6

/** Fills rows with samples of 1 or 2 bytes. `max` is the largest value in its place. */
void fill_rows(Rows *rows, Pattern pattern, size_t sample_size, unsigned max, Random *r);

/** A shape whose rows keep samples aligned. */
RowsShape random_rows_shape(size_t sample_size, Random *r);

/** @name Tests
 * @{ */
void check_table(Check *check);
void check_environment(Check *check);
void check_vsum16_8(Check *check);
void check_vsum16_bits(Check *check);
void check_vsum16_16(Check *check);
void check_vsum32(Check *check);
void check_halve(Check *check);
void check_widths(Check *check);
void check_formats(Check *check);
void check_ratios(Check *check);
void check_planes(Check *check);
void check_large(Check *check);
void check_windows(Check *check);
/** @} */

/** Prints the time of kernels and planes at each level, as ratios to C. */
void bench(const AreascaleCpu *cpus, int n_cpus);

#endif /* AREASCALE_TESTS_CHECKASM_H */
