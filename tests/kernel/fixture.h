/* areascale: cases and levels for the tests of the library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_FIXTURE_H
#define AREASCALE_TESTS_FIXTURE_H

#include "areascale.h"
#include "random.h"
#include "rows.h"

/** What a test reports about; ends the program when @p ok is false. */
void check_that(bool ok, const AreascaleGeometry *g, AreascaleCpu cpu, const char *what);

/** Spans of an axis: mostly none, sometimes those of chroma, or any. */
AreascaleSpans random_spans(Random *r, int in, int out);

/** Chooses the method, the spans and alpha of a geometry that has its sizes and its
 *  layout. */
void random_means(AreascaleGeometry *g, Random *r);

/** Chooses an output depth and its shift, most often such as conversions want. */
void random_out_depth(AreascaleGeometry *g, Random *r);

/** One input, and what the reference makes of it. The memory of @p expected and
 *  @p out has the same shape, so that they can be compared whole. */
typedef struct Case {
    AreascaleGeometry g;
    Rows src;
    Rows expected;
    Rows out;
} Case;

void case_init(Case *c, const AreascaleGeometry *g, Pattern pattern, Random *r);
void case_free(Case *c);

/** Makes the output untouched again. */
void case_reset(Case *c);

/** Compares the whole memory of the output with the expected one. */
void case_check(const Case *c, AreascaleCpu cpu, const char *what);

/** The same where nothing but @p rect should have been written. */
void case_check_only(const Case *c, const AreascaleRect *rect, AreascaleCpu cpu,
                     const char *what);

/** A plan of exactly this instruction set, or NULL when there is none. */
AreascalePlan *plan_of(const AreascaleGeometry *g, AreascaleCpu cpu);

/** The plan's scratch memory; ends the program when there is none. */
void *scratch_of(const AreascalePlan *plan);

/** A test of one case by one plan. */
typedef void (*CaseTest)(Case *c, const AreascalePlan *plan, void *scratch, Random *r);

/** A CaseTest: areascale_run() of the whole plane gives the expected output. */
void test_whole_plane(Case *c, const AreascalePlan *plan, void *scratch, Random *r);

/** Calls @p test with a plan of every instruction set that works here. */
void for_each_level(Case *c, Random *r, CaseTest test);

/** The same with @p n_each random cases of every layout, depth and shift (of 32-bit
 * samples each fourth), or with
 * AREASCALE_TEST_PERCENT of them. */
void for_random_cases(int n_each, int max_size, uint64_t seed, CaseTest test);

#endif /* AREASCALE_TESTS_FIXTURE_H */
