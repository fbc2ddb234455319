/* GStreamer areascale: tests of the caps of other formats
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "caps.h"
#include "engine.h"

typedef struct
{
  const gchar *caps, *othercaps, *expected;
} Case;

static GstCaps *
open_caps (GstPadDirection direction, GstCaps * caps, GstCaps * filter)
{
  return gst_area_scale_negotiation_transform_caps (GST_AREA_CHANGES_ALL,
      direction, caps, filter);
}

/* --- what is opened --- */

/* Whether caps are open to a frame. */
static gboolean
are_open_to (const gchar * string, const gchar * frame)
{
  GstCaps *caps = caps_from (string), *other = caps_from (frame);
  GstCaps *open = open_caps (GST_PAD_SINK, caps, other);
  GstCaps *back = open_caps (GST_PAD_SRC, caps, other);
  gboolean result = !gst_caps_is_empty (open);

  fail_unless (gst_caps_is_strictly_equal (open, back));
  gst_caps_unref (back);
  gst_caps_unref (open);
  gst_caps_unref (other);
  gst_caps_unref (caps);
  return result;
}

GST_START_TEST (test_formats_and_colours_are_opened)
{
  static const gchar *const streams[] = {
    "video/x-raw,format=I420,width=320,height=240,colorimetry=bt709",
    "video/x-raw,format={RGB8P,RGB},width=320,height=240,chroma-site=jpeg",
    "video/x-raw,width=[1,320],height=240",
  };
  static const gchar *const frames[] = {
    "video/x-raw,format=I420,width=320,height=240,colorimetry=bt709",
    "video/x-raw,format=I420,width=3,height=4,colorimetry=bt601",
    "video/x-raw,format=NV12,width=320,height=240,chroma-site=mpeg2",
    "video/x-raw,format=RGB,width=32767,height=1,colorimetry=sRGB",
    "video/x-raw,format=v210,width=1,height=1",
    "video/x-raw,format=GRAY16_BE,width=640,height=480",
  };
  guint i, k;

  for (i = 0; i < G_N_ELEMENTS (streams); i++)
    for (k = 0; k < G_N_ELEMENTS (frames); k++)
      fail_unless (are_open_to (streams[i], frames[k]), "%s to %s",
          streams[i], frames[k]);
}

GST_END_TEST;

GST_START_TEST (test_other_fields_features_and_palettes_stay)
{
  static const Case closed[] = {
    {"video/x-raw,format=I420,width=8,height=8",
        "video/x-raw,format=RGB8P,width=8,height=8", NULL},
    {"video/x-raw,format=RGB8P,width=8,height=8",
        "video/x-raw,format=I420,width=8,height=8", NULL},
    {"video/x-raw,format=RGB8P,width=8,height=8",
        "video/x-raw,format=RGB8P,width=9,height=8", NULL},
    {"video/x-raw(memory:GLMemory),format=RGB,width=8,height=8",
        "video/x-raw(memory:GLMemory),format=BGR,width=8,height=8", NULL},
    {"video/x-raw,format=RGB,width=8,height=8,interlace-mode=interleaved",
        "video/x-raw,format=BGR,interlace-mode=progressive", NULL},
    {"video/x-raw,format=RGB,width=8,height=8,framerate=25/1",
        "video/x-raw,format=BGR,framerate=30/1", NULL},
    {"video/x-raw,format=RGB,width=8,height=8,multiview-mode=mono",
        "video/x-raw,format=BGR,multiview-mode=left", NULL},
    {"video/x-raw,format=RGB,width=8,height=8,anything=(int)3",
        "video/x-raw,format=BGR,anything=(int)4", NULL},
    {"video/x-raw,format=RGB,width=8,height=8", "video/x-raw,width=32768",
        NULL},
    {"video/x-bayer,format=bggr,width=8,height=8",
        "video/x-bayer,format=gbrg,width=8,height=8", NULL},
  };
  static const Case passed[] = {
    {"video/x-raw,format=RGB8P,width=8,height=8",
        "video/x-raw,format={RGB,RGB8P}", NULL},
    {"video/x-raw(memory:GLMemory),format=RGB,width=8,height=8",
        "video/x-raw(memory:GLMemory),format={BGR,RGB}", NULL},
    {"video/x-raw,width=8,height=8", "video/x-raw,format=RGB8P,width=8", NULL},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (closed); i++)
    fail_if (are_open_to (closed[i].caps, closed[i].othercaps), "%s to %s",
        closed[i].caps, closed[i].othercaps);
  for (i = 0; i < G_N_ELEMENTS (passed); i++)
    fail_unless (are_open_to (passed[i].caps, passed[i].othercaps),
        "%s to %s", passed[i].caps, passed[i].othercaps);
}

GST_END_TEST;

/* --- what is chosen --- */

static void
check_case (const Case * c)
{
  GstCaps *caps = caps_from (c->caps), *filter = caps_from (c->othercaps);
  GstCaps *open = open_caps (GST_PAD_SINK, caps, filter);
  GstCaps *result = fixate (GST_PAD_SINK, caps, open);
  gchar *what = g_strdup_printf ("%s beside %s", c->caps, c->othercaps);

  assert_caps (what, result, c->expected);
  assert_caps ("the input afterwards", caps, c->caps);
  g_free (what);
  gst_caps_unref (result);
  gst_caps_unref (open);
  gst_caps_unref (filter);
  gst_caps_unref (caps);
}

static void
check_cases (const Case * cases, guint n)
{
  guint i;

  for (i = 0; i < n; i++)
    check_case (&cases[i]);
}

/* The format that a small picture of one format takes among others. */
static void
check_format (const gchar * format, const gchar * others,
    const gchar * expected)
{
  gchar *caps =
      g_strdup_printf ("video/x-raw,format=%s,width=16,height=16", format);
  gchar *filter = g_strdup_printf ("video/x-raw,format={%s},width=16,height=16",
      others);
  gchar *want =
      g_strdup_printf ("video/x-raw,format=%s,width=16,height=16", expected);
  const Case c = { caps, filter, want };

  check_case (&c);
  g_free (want);
  g_free (filter);
  g_free (caps);
}

GST_START_TEST (test_the_format_that_loses_least)
{
  static const Case cases[] = {
    /* the own one, wherever it is */
    {"NV12", "RGB,I420,NV12", "NV12"},
    {"RGB16", "RGB,RGB16", "RGB16"},
    {"RGB8P", "RGB,RGB8P", "RGB8P"},
    /* palettes are out */
    {"RGB", "RGB8P,GRAY8", "GRAY8"},
    /* bits of samples come first, grey losing those of colours */
    {"I420_10LE", "Y444,I420_10LE,NV12", "I420_10LE"},
    {"I420_10LE", "Y444,P010_10LE,NV12", "P010_10LE"},
    {"I420_10LE", "I420,RGB10A2_LE", "RGB10A2_LE"},
    {"I420_10LE", "GRAY16_LE,I420", "I420"},
    {"RGB", "GRAY8,RGB16", "RGB16"},
    {"RGB", "RGB16,I420", "I420"},
    {"RGB", "RGB15,RGB16", "RGB16"},
    {"AYUV64", "ARGB,Y444_16LE", "Y444_16LE"},
    /* resolution of chroma */
    {"Y444", "I420,Y42B,RGB", "RGB"},
    {"Y42B", "I420,RGB", "RGB"},
    {"Y42B", "I420,Y41B,UYVY", "UYVY"},
    {"RGB", "I420,Y42B", "Y42B"},
    {"AYUV", "A420,Y444", "Y444"},
    /* alpha */
    {"ARGB", "RGB,AYUV", "AYUV"},
    {"A420", "I420,BGRA", "BGRA"},
    {"ARGB64", "RGB10A2_LE,A444_10LE", "A444_10LE"},
    /* colours */
    {"I420", "RGB,Y444", "Y444"},
    {"BGRx", "AYUV,RGBA", "RGBA"},
    /* cost: what stays, what the kernels write, the order */
    {"I420", "Y444,NV12", "NV12"},
    {"I420", "I420_10LE,YV12", "YV12"},
    {"RGB", "RGBA,RGBx", "RGBx"},
    {"NV12", "NV12_64Z32,I420", "I420"},
    {"RGB", "BGR,RGBP", "BGR"},
    {"RGB", "RGBP,BGR", "RGBP"},
    {"GRAY8", "I420,RGB", "RGB"},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    check_format (cases[i].caps, cases[i].othercaps, cases[i].expected);
}

GST_END_TEST;

GST_START_TEST (test_structures_are_chosen_by_their_formats)
{
  static const Case cases[] = {
    {"video/x-raw,format=I420,width=640,height=480",
          "video/x-raw,format=RGB,width=320,height=240;"
          "video/x-raw,format={RGB,I420},width=160,height=120",
        "video/x-raw,format=I420,width=160,height=120"},
    {"video/x-raw,format=I420,width=640,height=480",
          "video/x-raw,format=GRAY8,width=320,height=240;"
          "video/x-raw,format=RGB,width=160,height=120;"
          "video/x-raw,format=BGR,width=80,height=60",
        "video/x-raw,format=RGB,width=160,height=120"},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_sizes_suit_the_format_of_the_output)
{
  static const Case cases[] = {
    /* 106 / 2 = 53: a row of luma more than half */
    {"video/x-raw,format=RGB,width=200,height=106",
          "video/x-raw,format=I420,width=100",
        "video/x-raw,format=I420,width=100,height=54"},
    {"video/x-raw,format=I420,width=200,height=106",
          "video/x-raw,format=RGB,width=100",
        "video/x-raw,format=RGB,width=100,height=53"},
    {"video/x-raw,format=I420,width=201,height=107", "video/x-raw,format=RGB",
        "video/x-raw,format=RGB,width=201,height=107"},
    {"video/x-raw,format=RGB,width=201,height=107", "video/x-raw,format=I420",
        "video/x-raw,format=I420,width=201,height=107"},
    {"video/x-raw,format=NV12,width=1920,height=1080,framerate=25/1",
          "video/x-raw,format=RGB,width=320",
        "video/x-raw,format=RGB,width=320,height=180,framerate=25/1"},
    {"video/x-raw,format=NV12,width=720,height=576,pixel-aspect-ratio=16/15",
          "video/x-raw,format=RGB,pixel-aspect-ratio=1/1",
          "video/x-raw,format=RGB,width=768,height=576,"
          "pixel-aspect-ratio=1/1"},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

#define SMALL ",width=320,height=240"
#define LARGE ",width=1920,height=1080"

GST_START_TEST (test_colorimetry_stays_or_is_transferred)
{
  static const Case cases[] = {
    /* as it is within a family */
    {"video/x-raw,format=NV12,colorimetry=bt709" SMALL,
          "video/x-raw,format=I420",
        "video/x-raw,format=I420,colorimetry=bt709" SMALL},
    {"video/x-raw,format=RGB,colorimetry=(string)1:1:5:1" SMALL,
          "video/x-raw,format=BGR",
        "video/x-raw,format=BGR,colorimetry=(string)1:1:5:1" SMALL},
    /* and where the size would mean another one */
    {"video/x-raw,format=NV12" LARGE, "video/x-raw,format=I420,width=320",
          "video/x-raw,format=I420,colorimetry=bt709,chroma-site=mpeg2,"
          "width=320,height=180"},
    /* range and matrix of the other family */
    {"video/x-raw,format=NV12,colorimetry=bt709" SMALL,
          "video/x-raw,format=RGB",
        "video/x-raw,format=RGB,colorimetry=(string)1:1:5:1" SMALL},
    {"video/x-raw,format=P010_10LE,colorimetry=bt2100-pq" LARGE,
          "video/x-raw,format=RGB",
        "video/x-raw,format=RGB,colorimetry=(string)1:1:14:7" LARGE},
    {"video/x-raw,format=RGB,colorimetry=sRGB" LARGE,
          "video/x-raw,format=I420",
        "video/x-raw,format=I420,colorimetry=(string)2:3:7:1" LARGE},
    {"video/x-raw,format=RGB,colorimetry=sRGB" SMALL,
          "video/x-raw,format=I420",
        "video/x-raw,format=I420,colorimetry=(string)2:4:7:1" SMALL},
    /* nothing from nothing: sRGB, and what the size means */
    {"video/x-raw,format=NV12" LARGE, "video/x-raw,format=RGB",
        "video/x-raw,format=RGB" LARGE},
    {"video/x-raw,format=RGB" SMALL, "video/x-raw,format=NV12" LARGE,
        "video/x-raw,format=NV12,pixel-aspect-ratio=3/4" LARGE},
    /* downstream decides */
    {"video/x-raw,format=NV12,colorimetry=bt709" SMALL,
          "video/x-raw,format=NV12,colorimetry=bt601",
        "video/x-raw,format=NV12,colorimetry=bt601" SMALL},
    {"video/x-raw,format=NV12,colorimetry=bt709" SMALL,
          "video/x-raw,format=I420,colorimetry={bt601,bt709}",
        "video/x-raw,format=I420,colorimetry=bt709" SMALL},
    {"video/x-raw,format=NV12,colorimetry=bt709" SMALL,
          "video/x-raw,format=RGB,colorimetry={bt709,sRGB}",
        "video/x-raw,format=RGB,colorimetry=sRGB" SMALL},
    {"video/x-raw,format=RGB" SMALL,
          "video/x-raw,format=I420,colorimetry={bt709,bt601}",
        "video/x-raw,format=I420,colorimetry=bt601" SMALL},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_chroma_sites_stay_with_the_subsampling)
{
  static const Case cases[] = {
    {"video/x-raw,format=NV12,chroma-site=jpeg,colorimetry=bt601" SMALL,
          "video/x-raw,format=I420",
          "video/x-raw,format=I420,chroma-site=jpeg,colorimetry=bt601" SMALL},
    {"video/x-raw,format=NV12,chroma-site=jpeg,colorimetry=bt601" SMALL,
          "video/x-raw,format=Y42B",
        "video/x-raw,format=Y42B,colorimetry=bt601" SMALL},
    {"video/x-raw,format=NV12,chroma-site=jpeg,colorimetry=bt601" SMALL,
          "video/x-raw,format=I420,chroma-site={mpeg2,jpeg}",
          "video/x-raw,format=I420,chroma-site=jpeg,colorimetry=bt601" SMALL},
    {"video/x-raw,format=NV12,chroma-site=jpeg,colorimetry=bt601" SMALL,
          "video/x-raw,format=I420,chroma-site=mpeg2",
          "video/x-raw,format=I420,chroma-site=mpeg2,colorimetry=bt601" SMALL},
    {"video/x-raw,format=NV12,chroma-site=jpeg" SMALL,
          "video/x-raw,format=RGB", "video/x-raw,format=RGB" SMALL},
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

/* --- all pairs --- */

static GstCaps *
caps_of_format (GstVideoFormat format)
{
  return gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING,
      gst_video_format_to_string (format), "width", G_TYPE_INT, 321, "height",
      G_TYPE_INT, 241, NULL);
}

static void
check_pair (GstVideoFormat from, GstVideoFormat to)
{
  GstCaps *caps = caps_of_format (from), *other = caps_of_format (to);
  GstCaps *open = open_caps (GST_PAD_SINK, caps, other);
  GstCaps *result = fixate (GST_PAD_SINK, caps, open);
  gboolean possible = from == to || (gst_area_engine_handles_format (from)
      && gst_area_engine_handles_format (to));

  fail_unless_equals_int (gst_caps_is_fixed (result), possible);
  if (possible)
    fail_unless (gst_caps_is_subset (result, other));
  gst_caps_unref (result);
  gst_caps_unref (open);
  gst_caps_unref (other);
  gst_caps_unref (caps);
}

GST_START_TEST (test_every_format_becomes_every_other)
{
  guint i, k, n;
  const GstVideoFormat *all = gst_video_formats_raw (&n);

  for (i = 0; i < n; i++)
    for (k = 0; k < n; k++)
      check_pair (all[i], all[k]);
}

GST_END_TEST;

static Suite *
convert_caps_suite (void)
{
  Suite *suite = suite_create ("convert-caps");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_formats_and_colours_are_opened);
  tcase_add_test (tc, test_other_fields_features_and_palettes_stay);
  tcase_add_test (tc, test_the_format_that_loses_least);
  tcase_add_test (tc, test_structures_are_chosen_by_their_formats);
  tcase_add_test (tc, test_sizes_suit_the_format_of_the_output);
  tcase_add_test (tc, test_colorimetry_stays_or_is_transferred);
  tcase_add_test (tc, test_chroma_sites_stay_with_the_subsampling);
  tcase_add_test (tc, test_every_format_becomes_every_other);
  return suite;
}

GST_CHECK_MAIN (convert_caps);
