/* GStreamer areascale: what one format is in another, by the standards' equations
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __CONVERSION_TEST_H__
#define __CONVERSION_TEST_H__

#include "oracle.h"

/* From @in, whose sizes and mean are those of both, to another format. */
typedef struct
{
  Case in, out;
  GstAreaConversion conversion;
} Conversion;

/* Of samples of at most 8 bits that went through arithmetic: how many there were, and
 * how many were not the exact value rounded. */
typedef struct
{
  guint64 n, n_off;
} Tally;

/* Any sizes, colorimetry and threads; no borders, and progressive. */
void any_conversion (Conversion * conversion, GstVideoFormat in,
    GstVideoFormat out);

/* Gives the output what was set of the input, except the format and its colours. */
void share_geometry (Conversion * conversion);

/* Converts noise: a component that stays what it is has to be the exact mean, any other
 * within the bound of the arithmetic; the border and every byte between rows as of
 * run_pictures(). */
void run_conversion (const Conversion * conversion, Tally * tally);

/* The same from a picture to a picture. */
void convert_pictures (const Conversion * conversion, const Picture * in,
    const Picture * out, Tally * tally);

/* The engine alone. */
void run_converter (const Conversion * conversion, const Picture * in,
    const Picture * out, guint n_threads);

/* What a level of 16 bits of a colour of the input counts in a colour of the output. */
gdouble conversion_coefficient (const Conversion * conversion,
    guint in_position, guint position);

#endif /* __CONVERSION_TEST_H__ */
