/* areascale: measuring, shared by the benchmarks
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_BENCH_H
#define AREASCALE_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Source frames in rotation, so that none is in a near cache when it is read. */
#define BENCH_FRAMES 4

/** Most contestants of a case. */
#define BENCH_MAX_CONTESTANTS 12

/** One way to do the work of a case. */
typedef struct BenchContestant {
    const char *name;
    void (*turn)(void *data, int frame); /**< does the work once, on this frame */
    void *data;
    double ms; /**< median time of a turn, set by bench_time() */
} BenchContestant;

/** A contestant that has not been measured. */
BenchContestant bench_contestant(const char *name, void (*turn)(void *data, int frame),
                                 void *data);

/** What a case is called. */
typedef struct BenchCase {
    const char *section;
    const char *format;
    int in_width, in_height;
    int out_width, out_height;
} BenchCase;

/** Reads the arguments [SECONDS [FORMAT [SECTION]]]: how long a case takes, and the
 *  only format and section to measure. Ends the program when they make no sense. */
void bench_init(int argc, char **argv, double default_seconds);

/** Whether cases of this section and format are to be measured. */
bool bench_wants(const char *section, const char *format);

/** Measures for about so many seconds: the contestants take turns A B C A B C, those
 *  that take much longer than the first only in some rounds. */
void bench_time(BenchContestant *contestants, int n, double seconds);

/**
 * Measures a case. Prints a line for each contestant to stdout,
 *
 *     section format input output contestant milliseconds ratio
 *
 * separated by tabs, the ratio being to the first contestant; and a summary to
 * stderr.
 */
void bench_measure(const BenchCase *c, BenchContestant *contestants, int n);

/** The work that no scaler can avoid. */
typedef struct BenchLimit {
    const uint8_t *in[BENCH_FRAMES]; /**< aligned for uint64_t */
    uint8_t *out[BENCH_FRAMES];      /**< aligned for uint64_t */
    size_t in_bytes, out_bytes;
} BenchLimit;

/** A contestant's turn, @p data being a BenchLimit: one pass of vector loads over
 *  the input, and one of vector stores over the output. */
void bench_limit_turn(void *data, int frame);

/** Fills memory with noise, different for each seed; every 16 bits are masked by
 *  @p mask. */
void bench_fill(void *data, size_t bytes, uint16_t mask, uint32_t seed);

/** Memory that begins on a page of its own; ends the program when there is
 *  none. Free it with free(). */
void *bench_alloc(size_t bytes);

/** Ends the program with a message. */
void bench_fail(const char *message);

#ifdef __cplusplus
}
#endif

#endif /* AREASCALE_BENCH_H */
