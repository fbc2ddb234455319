/* GStreamer areascale: what the tests of caps share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __CAPS_H__
#define __CAPS_H__

#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "negotiation.h"
#include "placement.h"

/* The values of a field that is left open. */
#define ANY_SIZE "width=[1,32767],height=[1,32767]"
#define ANY_PAR "pixel-aspect-ratio=[1/2147483647,2147483647/1]"

extern const GstPadDirection directions[2];

GstCaps *caps_from (const gchar * string);

/* @caps are those of the string @expected; @what says which these are. */
void assert_caps (const gchar * what, GstCaps * caps, const gchar * expected);

/* What gst_area_scale_negotiation_fixate_caps() makes of a copy of @othercaps,
 * after checks of what holds for every result. */
GstCaps *fixate (GstPadDirection direction, GstCaps * caps,
    GstCaps * othercaps);

/* The same, and where the picture lies then, unless the result is empty. */
GstCaps *fixate_and_place (GstPadDirection direction, GstCaps * caps,
    GstCaps * othercaps, GstAreaScalePlacement * placement);

/* A side of a frame, within the limits. */
gint random_size (GRand * rand);

/* A numerator or denominator of a pixel aspect ratio. */
gint random_term (GRand * rand);

/* The size and the pixel aspect ratio; returns the display aspect ratio. */
gdouble get_shape (GstCaps * caps, gint * width, gint * height, gdouble * par);

#endif /* __CAPS_H__ */
