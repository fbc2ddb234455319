/* areascale: every instruction set against C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_CHECKASM_H
#define AREASCALE_TESTS_CHECKASM_H

#include "kernels/dsp.h"
#include "fixture.h"

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
