/* GStreamer areascale: the definition on what a format unpacks to
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __ORACLE_H__
#define __ORACLE_H__

#include "components.h"
#include "overlap.h"

/* Tells what a case is. */
void print_case (const Case * c, gchar * text, gsize size);

/* Scales one picture into the other. */
void run_engine (const Case * c, const Picture * in, const Picture * out,
    guint n_threads);

/* A row of a grid, under @width pixels. */
Line row_of (const Case * c, const Grid * grid, gint sub, gint width);

/* A column of one of the fields of a grid, beside @height lines of a buffer. */
Line column_of (const Case * c, const Grid * grid, gint sub, gint height,
    gint field);

/* Bytes between the rows stay what they were, the rows' own do not depend on what
 * was there: @out was scaled into other content than @twin. */
void check_bytes (const Case * c, const Picture * out, const Picture * twin,
    guint8 * const before[GST_VIDEO_MAX_PLANES]);

/* Scales one picture into the other, with the case's threads: every sample has to
 * be that of the definition or of the border, and every byte between the rows
 * what it was. */
void run_pictures (const Case * c, const Picture * in, const Picture * out);

/* The same with noise. */
void run_case (const Case * c);

#endif /* __ORACLE_H__ */
