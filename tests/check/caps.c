/* GStreamer areascale: what the tests of caps share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "caps.h"

const GstPadDirection directions[2] = { GST_PAD_SINK, GST_PAD_SRC };

GstCaps *
caps_from (const gchar * string)
{
  GstCaps *caps = gst_caps_from_string (string);

  fail_unless (caps != NULL, "bad caps in the test: %s", string);
  return caps;
}

void
assert_caps (const gchar * what, GstCaps * caps, const gchar * expected)
{
  GstCaps *want = caps_from (expected);
  gchar *got = gst_caps_to_string (caps);

  fail_unless (gst_caps_is_strictly_equal (caps, want),
      "%s\n  gave     %s\n  expected %s", what, got, expected);
  g_free (got);
  gst_caps_unref (want);
}

/* In 1.22 gst_caps_is_equal() is critical about lists that hold ranges, and
 * gst_caps_is_subset() denies them: strings and an intersection stand in. */
static GstCaps *
fixate_checked (GstPadDirection direction, GstCaps * caps,
    GstCaps * othercaps, gboolean * fills)
{
  gchar *before = gst_caps_to_string (othercaps);
  GstCaps *result = gst_area_scale_negotiation_fixate_caps (direction, caps,
      gst_caps_ref (othercaps), fills);
  gchar *after = gst_caps_to_string (othercaps);
  gchar *got = gst_caps_to_string (result);
  GstCaps *common;

  assert_equals_string (before, after);
  fail_unless (gst_caps_is_empty (result) || gst_caps_is_fixed (result),
      "%s is not fixed", got);
  common = gst_caps_intersect (result, othercaps);
  fail_unless (gst_caps_is_equal (result, common), "%s is outside %s", got,
      before);
  gst_caps_unref (common);
  g_free (before);
  g_free (after);
  g_free (got);
  return result;
}

GstCaps *
fixate (GstPadDirection direction, GstCaps * caps, GstCaps * othercaps)
{
  gboolean fills;

  return fixate_checked (direction, caps, othercaps, &fills);
}

GstCaps *
fixate_and_place (GstPadDirection direction, GstCaps * caps,
    GstCaps * othercaps, GstAreaScalePlacement * placement)
{
  gboolean fills;
  GstCaps *result = fixate_checked (direction, caps, othercaps, &fills);
  GstVideoInfo in, out;

  if (gst_caps_is_empty (result))
    return result;
  fail_unless (gst_video_info_from_caps (&in,
          direction == GST_PAD_SINK ? caps : result));
  fail_unless (gst_video_info_from_caps (&out,
          direction == GST_PAD_SINK ? result : caps));
  gst_area_scale_placement_init (placement, &in, &out, !fills);
  return result;
}

gint
random_size (GRand * rand)
{
  static const gint edges[] = { 1, 2, 3, 16, 240, 320, 576, 720, 1080, 1920,
    4095, 16384, 32766, 32767
  };

  if (g_rand_boolean (rand))
    return edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
  return g_rand_int_range (rand, 1, 1 << g_rand_int_range (rand, 1, 15)) + 1;
}

gint
random_term (GRand * rand)
{
  static const gint edges[] = { 1, 1, 1, 2, 12, 11, 16, 15, 65536, 2147483646,
    2147483647
  };

  if (g_rand_boolean (rand))
    return edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
  return g_rand_int_range (rand, 1, 100);
}

gdouble
get_shape (GstCaps * caps, gint * width, gint * height, gdouble * par)
{
  GstStructure *structure = gst_caps_get_structure (caps, 0);
  gint n = 1, d = 1;

  fail_unless (gst_structure_get_int (structure, "width", width));
  fail_unless (gst_structure_get_int (structure, "height", height));
  gst_structure_get_fraction (structure, "pixel-aspect-ratio", &n, &d);
  *par = (gdouble) n / d;
  return *width * *par / *height;
}
