/* GStreamer areascale: random streams beside random neighbours
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>

#include "caps.h"

static void
append_random_size (GString * string, GRand * rand, const gchar * field)
{
  gint a = random_size (rand), b = random_size (rand);
  gint step = g_rand_int_range (rand, 2, 17);

  switch (g_rand_int_range (rand, 0, 6)) {
    case 0:
      break;
    case 1:
      g_string_append_printf (string, ",%s=[%d,%d]", field, MIN (a, b),
          MAX (a, b) + 1);
      break;
    case 2:
      g_string_append_printf (string, ",%s=[%d,%d,%d]", field,
          MIN (a, b) / step * step, (MAX (a, b) / step + 1) * step, step);
      break;
    case 3:
      g_string_append_printf (string, ",%s={%d,%d,[%d,%d]}", field, a, b,
          MIN (a, b), MAX (a, b) + 7);
      break;
    default:
      g_string_append_printf (string, ",%s=%d", field, a);
      break;
  }
}

static void
append_random_par (GString * string, GRand * rand)
{
  gint a = random_term (rand), b = random_term (rand);
  gint c = random_term (rand), d = random_term (rand);

  switch (g_rand_int_range (rand, 0, 6)) {
    case 0:
      g_string_append_printf (string, ",pixel-aspect-ratio=%d/%d", a, b);
      break;
    case 1:
      g_string_append_printf (string, ",pixel-aspect-ratio={%d/%d,%d/%d}", a, b,
          c, d);
      break;
    case 2:
      if ((gdouble) a / b < (gdouble) c / d)
        g_string_append_printf (string, ",pixel-aspect-ratio=[%d/%d,%d/%d]", a,
            b, c, d);
      break;
    default:
      break;
  }
}

static gboolean
has_only_value (GstCaps * caps, const gchar * field)
{
  const GValue *value =
      gst_structure_get_value (gst_caps_get_structure (caps, 0), field);

  return value != NULL && G_VALUE_HOLDS_INT (value);
}

/* Everything is allowed */
static gboolean
has_free_range (GstCaps * caps, const gchar * field)
{
  GstCaps *open = caps_from ("video/x-raw," ANY_SIZE "," ANY_PAR);
  GstStructure *structure = gst_caps_get_structure (caps, 0);
  const GValue *value = gst_structure_get_value (structure, field);
  gboolean result = value == NULL || gst_value_compare (value,
      gst_structure_get_value (gst_caps_get_structure (open, 0), field)) ==
      GST_VALUE_EQUAL;

  gst_caps_unref (open);
  return result;
}

static void
check_shape (GstCaps * caps, GstCaps * open, GstCaps * result)
{
  gint in_w, in_h, w, h;
  gdouble in_par, par, in_dar, dar, follower;
  gboolean open_w = has_free_range (open, "width");
  gboolean open_h = has_free_range (open, "height");
  gboolean leads_w, leads_h;

  in_dar = get_shape (caps, &in_w, &in_h, &in_par);
  dar = get_shape (result, &w, &h, &par);
  fail_unless (w >= 1 && w <= 32767 && h >= 1 && h <= 32767);
  fail_unless (par > 0);
  if (!has_free_range (open, "pixel-aspect-ratio"))
    return;

  leads_w = has_only_value (open, "width") || (open_h && w != in_w);
  leads_h = has_only_value (open, "height") || (open_w && h != in_h);

  /* one side open without limits: it follows, at the same pixels */
  if (leads_w && open_h)
    follower = (gdouble) w * in_h / in_w;
  else if (leads_h && open_w)
    follower = (gdouble) h * in_w / in_h;
  else
    follower = 0;
  if (follower >= 1 && follower <= 32767) {
    fail_unless (fabs (par / in_par - 1) < 1e-12);
    fail_unless (fabs ((leads_w ? h : w) - follower) <= 1);
    fail_unless ((leads_w ? h : w) % 2 == 0 || (w == in_w && h == in_h));
    return;
  }

  /* otherwise a free pixel aspect ratio keeps the display aspect ratio, or a
   * side does, to the pixel, unless that would have to leave the limits */
  if (in_dar * h / w < G_MAXINT && in_dar * h / w > 1.0 / G_MAXINT)
    fail_unless (fabs (dar / in_dar - 1) < 1e-9
        || fabs (h - w * par / in_dar) < 1.001
        || fabs (w - h * in_dar / par) < 1.001);
}

GST_START_TEST (test_fixate_random_neighbours)
{
  GRand *rand = g_rand_new_with_seed (20);
  GString *string = g_string_new (NULL);
  guint i;

  for (i = 0; i < 20000; i++) {
    GstPadDirection direction = directions[i & 1];
    GstCaps *caps, *filter, *open, *result;

    g_string_printf (string, "video/x-raw,format=I420,width=%d,height=%d",
        random_size (rand), random_size (rand));
    if (g_rand_boolean (rand))
      g_string_append_printf (string, ",pixel-aspect-ratio=%d/%d",
          random_term (rand), random_term (rand));
    caps = caps_from (string->str);
    g_string_assign (string, "video/x-raw");
    append_random_size (string, rand, "width");
    append_random_size (string, rand, "height");
    append_random_par (string, rand);
    filter = caps_from (string->str);

    open = gst_area_scale_negotiation_transform_caps
        (GST_AREA_CHANGES_SIZE, direction, caps, filter);
    result = fixate (direction, caps, open);
    if (!gst_caps_is_empty (open))
      fail_if (gst_caps_is_empty (result));
    if (!gst_caps_is_empty (result)
        && (direction == GST_PAD_SINK
            || gst_structure_has_field (gst_caps_get_structure (open, 0),
                "pixel-aspect-ratio")))
      check_shape (caps, open, result);
    if (gst_caps_is_subset (caps, open))
      fail_unless (gst_caps_is_equal (caps, result));
    gst_caps_unref (result);
    gst_caps_unref (open);
    gst_caps_unref (filter);
    gst_caps_unref (caps);
  }
  g_string_free (string, TRUE);
  g_rand_free (rand);
}

GST_END_TEST;

static Suite *
fixate_random_suite (void)
{
  Suite *suite = suite_create ("fixate-random");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_fixate_random_neighbours);
  return suite;
}

GST_CHECK_MAIN (fixate_random);
