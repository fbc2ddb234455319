/* areascale: planes, contents and geometries for the tests of the library
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_TESTS_FIXTURE_H
#define AREASCALE_TESTS_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "areascale.h"

/** A pseudo-random sequence; any seed but 0. */
typedef struct Random {
    uint64_t state;
} Random;

/** The next 32 bits. */
uint32_t random_next(Random *r);

/** A number in [low, high]. */
int random_in(Random *r, int low, int high);

/** A size: mostly small, sometimes up to @p max. */
int random_size(Random *r, int max);

/** What a test reports about; ends the program when @p ok is false. */
void check_that(bool ok, const AreascaleGeometry *g, AreascaleCpu cpu, const char *what);

/** How the rows of a plane lie in its memory. */
typedef struct PlaneShape {
    size_t offset;  /**< bytes before the lowest row */
    size_t padding; /**< bytes between rows */
    bool upwards;   /**< row 0 comes last: a negative stride */
} PlaneShape;

/** A plane, with guard bytes around it and between its rows. */
typedef struct Plane {
    uint8_t *block;
    size_t size;
    uint8_t *row0;
    ptrdiff_t stride;
    size_t row_bytes;
    int height;
} Plane;

/** A shape that is allowed for @p g. */
PlaneShape random_shape(const AreascaleGeometry *g, Random *r);

/** Ends the program when there is no memory. */
void plane_init(Plane *plane, size_t row_bytes, int height, const PlaneShape *shape);
void plane_free(Plane *plane);

typedef enum Content {
    CONTENT_NOISE,
    CONTENT_ZERO,
    CONTENT_MAX,
} Content;

#define N_CONTENTS 3

/** One input, and what the reference makes of it. The memory of @p expected and
 *  @p out has the same shape, so that they can be compared whole. */
typedef struct Case {
    AreascaleGeometry g;
    Plane src;
    Plane expected;
    Plane out;
} Case;

void case_init(Case *c, const AreascaleGeometry *g, Content content, Random *r);
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

/** The same with @p n_each random cases of every layout, depth and shift, or with
 * AREASCALE_TEST_PERCENT of them. */
void for_random_cases(int n_each, int max_size, uint64_t seed, CaseTest test);

#endif /* AREASCALE_TESTS_FIXTURE_H */
