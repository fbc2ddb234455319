/* areascale: every instruction set against C
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_CHECKASM_H
#define AREASCALE_TESTS_CHECKASM_H

#include "fixture.h"
#include "kernels/dsp.h"

/** One test at one level. */
typedef struct Check {
    AreascaleCpu cpu;
    AreascaleDsp dsp; /**< of the level */
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
void check_plane_halves(Check *check);
void check_plane_widths(Check *check);
void check_plane_formats(Check *check);
void check_plane_ratios(Check *check);
void check_plane_sizes(Check *check);
void check_plane_large(Check *check);
void check_plane_windows(Check *check);
/** @} */

/** Prints the time of kernels and planes at each level, as ratios to C. */
void bench_kernels(const AreascaleCpu *cpus, int n_cpus);
void bench_planes(const AreascaleCpu *cpus, int n_cpus);

/** The median of the times that something takes in turns. */
enum { N_TURNS = 15 };
double bench_median(double seconds[N_TURNS]);

/** Seconds since some point. */
double bench_now(void);

#endif /* AREASCALE_TESTS_CHECKASM_H */
