/* GStreamer areascale: the definition on what a format unpacks to
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __ORACLE_H__
#define __ORACLE_H__

#include "cases.h"

/* Scales one picture into the other. */
void run_engine (const Case * c, const Picture * in, const Picture * out,
    guint n_threads);

/* Scales one picture into the other, with the case's threads: every sample has to
 * be that of the definition or of the border, and every byte between the rows
 * what it was. */
void run_pictures (const Case * c, const Picture * in, const Picture * out);

/* The same with noise. */
void run_case (const Case * c);

#endif /* __ORACLE_H__ */
