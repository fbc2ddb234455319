/* areascale: small windows picked out of whole vectors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Where windows are a few samples wide, one byte shuffle lays the taps of many
 * output samples side by side: a vector of 16 bytes has a fixed number of
 * *slots* for each output sample, loaded from a fixed offset of every row of the
 * window. Rows are added up slot by slot, and at the end the slots of an output
 * sample. Windows that do not fit one load take several. The tables depend on
 * the columns alone and work for any interleaving.
 */

#ifndef AREASCALE_GATHER_H
#define AREASCALE_GATHER_H

#include "dsp.h"

/**
 * Makes the tables for the kernels with the lowest cost a row.
 *
 * @param gather      filled; areascale_gather_clear() frees what it owns, also
 *                    after an error
 * @param columns     the plane's columns; no UNIT taps
 * @param sample      the type of its samples
 * @param in_samples  in a row
 * @param out_samples in a row
 * @param lanes       vectors of 16 bytes that the kernel works on side by side
 * @param rows        input rows of a typical window
 * @return 0; -ENOMEM; -ERANGE when the windows are too wide or a row is shorter than
 *         a vector
 */
int areascale_gather_init(AreascaleGather *gather, const AreascaleColumns *columns,
                          AreascaleSample sample, int in_samples, int out_samples,
                          int lanes, int rows);

/**
 * Makes the divisors of the output samples.
 *
 * @param area, reciprocal  by [rows of the window - the fewest][class]
 * @param bias              what the sums of the windows lack, by [rows of the window -
 *                          the fewest]; 0 unless @p wide
 * @param wide              of 32 bits, otherwise of 16
 * @return 0 or -ENOMEM
 */
int areascale_gather_divide(AreascaleGather *gather, const AreascaleColumns *columns,
                            int out_samples, uint32_t area[2][AREASCALE_N_CLASSES],
                            uint32_t reciprocal[2][AREASCALE_N_CLASSES],
                            const uint32_t bias[2], bool wide);

/** Frees the tables. */
void areascale_gather_clear(AreascaleGather *gather);

#endif /* AREASCALE_GATHER_H */
