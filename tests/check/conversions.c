/* GStreamer areascale: every format to every other
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>
#include <string.h>

#include "conversion.h"
#include "rig.h"

static const GstVideoFormat *formats;
static guint n_formats;

static gboolean
is_handled (guint i)
{
  return gst_area_engine_handles_format (formats[i]);
}

static void
any_geometry (Conversion * k, guint round, gint largest)
{
  if (largest > 0) {
    k->in.in_width = any_of (1, largest);
    k->in.in_height = any_of (1, largest);
    k->in.out_width = k->in.content_w = any_of (1, largest);
    k->in.out_height = k->in.content_h = any_of (1, largest);
  }
  if (round % 3 == 1)
    add_interlacing (&k->in);
  if (round % 2 == 1)
    add_border (&k->in);
  share_geometry (k);
}

GST_START_TEST (test_every_pair_of_formats)
{
  Tally tally = { 0, 0 };
  Conversion k;
  guint o;

  if (!is_handled (__i__))
    return;
  g_rand_set_seed (rng, 2000 + formats[__i__]);
  for (o = 0; o < n_formats; o++) {
    if (!is_handled (o))
      continue;
    any_conversion (&k, formats[__i__], formats[o]);
    any_geometry (&k, g_rand_int (rng) % 6, 12);
    run_conversion (&k, &tally);
  }
}

GST_END_TEST;

static const GstVideoFormat sources[] = { GST_VIDEO_FORMAT_NV12,
  GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_YV12, GST_VIDEO_FORMAT_NV21,
  GST_VIDEO_FORMAT_NV16, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_UYVY,
  GST_VIDEO_FORMAT_Y42B, GST_VIDEO_FORMAT_Y444, GST_VIDEO_FORMAT_I420_10LE,
  GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_BGR,
  GST_VIDEO_FORMAT_RGBx, GST_VIDEO_FORMAT_ARGB, GST_VIDEO_FORMAT_GRAY8,
  GST_VIDEO_FORMAT_v210
};

static const GstVideoFormat targets[] = { GST_VIDEO_FORMAT_RGB,
  GST_VIDEO_FORMAT_BGR, GST_VIDEO_FORMAT_xRGB, GST_VIDEO_FORMAT_BGRA,
  GST_VIDEO_FORMAT_RGBP, GST_VIDEO_FORMAT_BGRP, GST_VIDEO_FORMAT_GBR,
  GST_VIDEO_FORMAT_GRAY8, GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_NV12,
  GST_VIDEO_FORMAT_Y444, GST_VIDEO_FORMAT_AYUV, GST_VIDEO_FORMAT_YUY2,
  GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_UYVP
};

/* At most one in a hundred of the samples of at most 8 bits is not the exact value
 * rounded; in all others the difference is too small to count. */
GST_START_TEST (test_pairs_that_are_common)
{
  Tally tally = { 0, 0 };
  Conversion k;
  guint o, round;

  g_rand_set_seed (rng, 3000 + __i__);
  for (o = 0; o < G_N_ELEMENTS (targets); o++) {
    for (round = 0; round < rig_n_rounds (12); round++) {
      any_conversion (&k, sources[__i__], targets[o]);
      any_geometry (&k, round, 0);
      run_conversion (&k, &tally);
    }
  }
  GST_INFO ("%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " samples",
      gst_video_format_to_string (sources[__i__]), tally.n_off, tally.n);
  fail_unless (tally.n_off * 100 <= tally.n, "%" G_GUINT64_FORMAT " of %"
      G_GUINT64_FORMAT " samples are off", tally.n_off, tally.n);
}

GST_END_TEST;

static const GstVideoFormat words[] = { GST_VIDEO_FORMAT_I420_10LE,
  GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_ARGB64_LE,
  GST_VIDEO_FORMAT_Y210, GST_VIDEO_FORMAT_v216, GST_VIDEO_FORMAT_GRAY16_LE,
  GST_VIDEO_FORMAT_GBRA_12LE, GST_VIDEO_FORMAT_Y412_LE,
  GST_VIDEO_FORMAT_I420_12BE, GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_NV12
};

GST_START_TEST (test_words_at_odd_addresses)
{
  Tally tally = { 0, 0 };
  Conversion k;
  Picture in, out;
  guint o, round;

  for (o = 0; o < G_N_ELEMENTS (words); o++) {
    for (round = 0; round < 6; round++) {
      any_conversion (&k, words[__i__], words[o]);
      any_geometry (&k, round, 40);
      picture_init (&in, &k.in, k.in.in_width, k.in.in_height);
      picture_init (&out, &k.out, k.in.out_width, k.in.out_height);
      picture_move (&in, round % 2, any_of (0, 1));
      picture_move (&out, round % 3 > 0, any_of (0, 1));
      convert_pictures (&k, &in, &out, &tally);
      picture_clear (&in);
      picture_clear (&out);
    }
  }
}

GST_END_TEST;

GST_START_TEST (test_the_longest_lines)
{
  static const GstVideoFormat some[] = { GST_VIDEO_FORMAT_NV12,
    GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_v210,
    GST_VIDEO_FORMAT_A420, GST_VIDEO_FORMAT_UYVP
  };
  const gint longest = 32767;
  Tally tally = { 0, 0 };
  Conversion k;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (some); i++) {
    any_conversion (&k, some[i], some[(i + 1) % G_N_ELEMENTS (some)]);
    k.in.mean.method = AREASCALE_METHOD_ADAPTIVE;
    k.in.mean.keep_chroma_site = FALSE;
    k.in.in_width = longest;
    k.in.in_height = 2;
    k.in.out_width = k.in.content_w = 5;
    k.in.out_height = k.in.content_h = 3;
    share_geometry (&k);
    run_conversion (&k, &tally);
    k.in.in_width = 5;
    k.in.out_width = k.in.content_w = longest;
    share_geometry (&k);
    run_conversion (&k, &tally);
  }
}

GST_END_TEST;

/* The bytes of a picture of one level a component, converted. */
static void
convert_flat (Conversion * k, guint8 y, guint8 u, guint8 v, Picture * out)
{
  const guint8 level[] = { y, u, v };
  Picture in;
  guint p;

  k->in.pad = k->in.flip = k->out.pad = k->out.flip = FALSE;
  k->in.in_width = k->in.in_height = 4;
  k->in.out_width = k->in.out_height = k->in.content_w = k->in.content_h = 2;
  share_geometry (k);
  picture_init (&in, &k->in, 4, 4);
  picture_init (out, &k->out, 2, 2);
  for (p = 0; p < 3; p++)
    memset (in.block[p], level[p], in.size[p]);
  run_converter (k, &in, out, 1);
  picture_clear (&in);
}

/* In all matrices and ranges; the ends of one range are those of the other. */
GST_START_TEST (test_grey_stays_grey)
{
  gint level, round;

  for (round = 0; round < 40; round++) {
    for (level = 0; level < 256; level++) {
      Conversion k;
      Picture out;

      any_conversion (&k, GST_VIDEO_FORMAT_Y444, GST_VIDEO_FORMAT_RGBP);
      convert_flat (&k, level, 128, 128, &out);
      fail_unless (out.block[0][0] == out.block[1][0]
          && out.block[1][0] == out.block[2][0]);
      if (level == 16 && k.in.range == GST_VIDEO_COLOR_RANGE_16_235)
        fail_unless_equals_int (out.block[0][0],
            k.out.range == GST_VIDEO_COLOR_RANGE_16_235 ? 16 : 0);
      if (level == 235 && k.in.range == GST_VIDEO_COLOR_RANGE_16_235)
        fail_unless_equals_int (out.block[0][0],
            k.out.range == GST_VIDEO_COLOR_RANGE_16_235 ? 235 : 255);
      picture_clear (&out);

      any_conversion (&k, GST_VIDEO_FORMAT_RGBP, GST_VIDEO_FORMAT_I420);
      convert_flat (&k, level, level, level, &out);
      fail_unless_equals_int (out.block[1][0], 128);
      fail_unless_equals_int (out.block[2][0], 128);
      picture_clear (&out);
    }
  }
}

GST_END_TEST;

/* Where a level is the least there is. */
GST_START_TEST (test_grey_has_no_colour_in_16_bits)
{
  guint round, i;

  for (round = 0; round < 200; round++) {
    Conversion k;
    Picture in, out;
    guint16 *pixel;

    any_conversion (&k, GST_VIDEO_FORMAT_ARGB64, GST_VIDEO_FORMAT_AYUV64);
    k.in.pad = k.in.flip = k.out.pad = k.out.flip = FALSE;
    share_geometry (&k);
    picture_init (&in, &k.in, k.in.in_width, k.in.in_height);
    picture_init (&out, &k.out, k.in.out_width, k.in.out_height);
    pixel = (guint16 *) in.block[0];
    for (i = 0; i < in.size[0] / 2; i++)
      pixel[i] = round * 65535 / 199;
    run_converter (&k, &in, &out, 1);
    pixel = (guint16 *) out.block[0];
    fail_unless_equals_int (pixel[2], 0x8000);
    fail_unless_equals_int (pixel[3], 0x8000);
    picture_clear (&in);
    picture_clear (&out);
  }
}

GST_END_TEST;

GST_START_TEST (test_what_is_no_component_is_opaque)
{
  static const GstVideoFormat some[] = { GST_VIDEO_FORMAT_RGBx,
    GST_VIDEO_FORMAT_BGRx, GST_VIDEO_FORMAT_xRGB, GST_VIDEO_FORMAT_xBGR
  };
  static const guint at[] = { 3, 3, 0, 0 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (some); i++) {
    Conversion k;
    Picture out;

    any_conversion (&k, GST_VIDEO_FORMAT_I420, some[i]);
    convert_flat (&k, 1, 2, 3, &out);
    fail_unless_equals_int (out.block[0][at[i]], 255);
    fail_unless_equals_int (out.block[0][at[i] + 4], 255);
    picture_clear (&out);
  }
}

GST_END_TEST;

static guint
n_between (const Conversion * k)
{
  guint i, o, n = 0;

  for (i = 1; i < N_SAMPLES; i++) {
    for (o = 1; o < N_SAMPLES; o++) {
      gdouble value = conversion_coefficient (k, i, o) * (1 << 14);

      n += fabs (value - floor (value) - 0.5) < 1e-8;
    }
  }
  return n;
}

static guint
n_between_of_matrices (Conversion * k)
{
  guint a, b, ranges, n = 0;

  for (a = GST_VIDEO_COLOR_MATRIX_FCC; a <= GST_VIDEO_COLOR_MATRIX_BT2020; a++) {
    for (b = GST_VIDEO_COLOR_MATRIX_FCC; b <= GST_VIDEO_COLOR_MATRIX_BT2020;
        b++) {
      for (ranges = 0; ranges < 4; ranges++) {
        k->in.matrix = a;
        k->out.matrix = b;
        k->in.range = ranges & 1 ? GST_VIDEO_COLOR_RANGE_0_255
            : GST_VIDEO_COLOR_RANGE_16_235;
        k->out.range = ranges & 2 ? GST_VIDEO_COLOR_RANGE_0_255
            : GST_VIDEO_COLOR_RANGE_16_235;
        n += n_between (k);
      }
    }
  }
  return n;
}

/* The coefficients are floating point before they are rounded: none may be so near to
 * the middle of two values that it matters how a processor rounds. */
GST_START_TEST (test_no_coefficient_is_between_two_values)
{
  static const GstVideoFormat some[] = { GST_VIDEO_FORMAT_RGB16,
    GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_GBR_10LE, GST_VIDEO_FORMAT_GBR_12LE,
    GST_VIDEO_FORMAT_ARGB64, GST_VIDEO_FORMAT_AYUV, GST_VIDEO_FORMAT_Y444_10LE,
    GST_VIDEO_FORMAT_Y444_12LE, GST_VIDEO_FORMAT_AYUV64
  };
  Conversion k;
  guint i, o, n = 0;

  for (i = 0; i < G_N_ELEMENTS (some); i++) {
    for (o = 0; o < G_N_ELEMENTS (some); o++) {
      any_conversion (&k, some[i], some[o]);
      n += n_between_of_matrices (&k);
    }
  }
  fail_unless_equals_int (n, 0);
}

GST_END_TEST;

static gchar *
describe (GstVideoFormat in, GstVideoFormat out,
    const GstAreaConversion * conversion, GError ** error)
{
  const GstAreaScaleMean mean = {.method = AREASCALE_METHOD_ADAPTIVE };
  GstAreaScalePlacement placement = { 8, 6, 4, 4, {0, 0, 4, 4} };
  GstVideoInfo in_info, out_info;
  GstAreaEngine *engine;
  gchar *text;

  gst_video_info_set_format (&in_info, in, 8, 6);
  gst_video_info_set_format (&out_info, out, 4, 4);
  engine = gst_area_engine_new (&in_info, &out_info, &placement, &mean,
      conversion, 0, 1, NULL, error);
  if (engine == NULL)
    return NULL;
  text = gst_area_engine_describe (engine);
  gst_area_engine_free (engine);
  return text;
}

GST_START_TEST (test_the_description_names_both_formats)
{
  const GstAreaConversion copy = { GST_VIDEO_ALPHA_MODE_COPY, 1 };
  gchar *text = describe (GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_RGB, &copy,
      NULL);

  fail_unless (g_str_has_prefix (text, "NV12 to RGB converted, adaptive, "),
      "%s", text);
  fail_unless (strstr (text, "; mean 1: 4x3 to 4x4, 8 to 16 bits, ") != NULL,
      "%s", text);
  g_free (text);

  /* what stays goes as ever */
  text = describe (GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_NV12, &copy, NULL);
  fail_unless (g_str_has_prefix (text, "NV12 native, "), "%s", text);
  g_free (text);
}

GST_END_TEST;

static void
check_refused (GstVideoFormat in, GstVideoFormat out,
    const GstAreaConversion * conversion)
{
  GError *error = NULL;

  fail_unless (describe (in, out, conversion, &error) == NULL);
  fail_unless (g_error_matches (error, GST_STREAM_ERROR,
          GST_STREAM_ERROR_FORMAT));
  fail_unless (strstr (error->message, gst_video_format_to_string (in)));
  fail_unless (strstr (error->message, gst_video_format_to_string (out)));
  g_error_free (error);
}

GST_START_TEST (test_what_cannot_be_converted_is_an_error)
{
  const GstAreaConversion copy = { GST_VIDEO_ALPHA_MODE_COPY, 1 };

  check_refused (GST_VIDEO_FORMAT_RGB8P, GST_VIDEO_FORMAT_RGB, &copy);
  check_refused (GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_RGB8P, &copy);
  check_refused (GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_BGR, NULL);
}

GST_END_TEST;

static Suite *
conversions_suite (void)
{
  Suite *suite = suite_create ("conversions");
  TCase *tc = tcase_create ("engine");

  formats = gst_video_formats_raw (&n_formats);
  suite_add_tcase (suite, tc);
  tcase_add_checked_fixture (tc, cases_set_up, cases_tear_down);
  tcase_add_loop_test (tc, test_every_pair_of_formats, 0, n_formats);
  tcase_add_loop_test (tc, test_pairs_that_are_common, 0,
      G_N_ELEMENTS (sources));
  tcase_add_loop_test (tc, test_words_at_odd_addresses, 0,
      G_N_ELEMENTS (words));
  tcase_add_test (tc, test_the_longest_lines);
  tcase_add_test (tc, test_grey_stays_grey);
  tcase_add_test (tc, test_grey_has_no_colour_in_16_bits);
  tcase_add_test (tc, test_what_is_no_component_is_opaque);
  tcase_add_test (tc, test_no_coefficient_is_between_two_values);
  tcase_add_test (tc, test_the_description_names_both_formats);
  tcase_add_test (tc, test_what_cannot_be_converted_is_an_error);
  return suite;
}

GST_CHECK_MAIN (conversions);
