/* GStreamer areascale: the mean of light, in floating point
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __LIGHT_H__
#define __LIGHT_H__

#include "oracle.h"

/* Whether the oracle knows what a case means: its levels, and all of its samples. */
gboolean light_is_defined (const Case * c);

/* The light of a value, below 0 and above 1 too. */
gdouble light_decode (GstVideoTransferFunction transfer, gdouble value);

/* What pictures a case is run with. */
typedef enum
{
  LIGHT_NOISE,                  /* any levels; of YUV half of them are no R'G'B' */
  LIGHT_COLORS,                 /* noise of levels that are R'G'B' */
  LIGHT_FLAT,                   /* the same pixel everywhere, of any levels */
  LIGHT_FLAT_COLOR,             /* one that is R'G'B' */
} LightContent;

void light_fill (const Case * c, Picture * picture, LightContent content);

/* Scales pictures as light, with one thread and with the case's: both make the same,
 * alpha is the plain mean, the border what it is without. Returns how far the colours
 * are from those in floating point at most, in levels; of flat ones from the input. */
gdouble light_run_case (const Case * c, LightContent content);

#endif /* __LIGHT_H__ */
