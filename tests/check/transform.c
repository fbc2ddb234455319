/* GStreamer areascale: tests of caps that are opened for other sizes
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "caps.h"

typedef struct
{
  const gchar *caps, *filter, *expected;
} TransformCase;

static void
check_transform (const TransformCase * c, GstPadDirection direction)
{
  GstCaps *caps = caps_from (c->caps);
  GstCaps *filter = c->filter ? caps_from (c->filter) : NULL;
  GstCaps *result;

  result = gst_area_scale_negotiation_transform_caps
        (GST_AREA_CHANGES_SIZE, direction, caps, filter);
  assert_caps (c->caps, result, c->expected);
  assert_caps ("the input afterwards", caps, c->caps);
  if (filter != NULL) {
    assert_caps ("the filter afterwards", filter, c->filter);
    gst_caps_unref (filter);
  }
  gst_caps_unref (result);
  gst_caps_unref (caps);
}

static void
check_transforms (const TransformCase * cases, guint n)
{
  guint i, j;

  for (i = 0; i < n; i++)
    for (j = 0; j < G_N_ELEMENTS (directions); j++)
      check_transform (&cases[i], directions[j]);
}

GST_START_TEST (test_transform_opens_size_and_present_par_only)
{
  static const TransformCase cases[] = {
    {"video/x-raw,format=I420,width=320,height=240", NULL,
        "video/x-raw,format=I420," ANY_SIZE},
    {"video/x-raw,format=I420,width=[16,4096,16],height={240,480}", NULL,
        "video/x-raw,format=I420," ANY_SIZE},
    {"video/x-raw,format=I420,width=320,height=240,pixel-aspect-ratio=16/15",
        NULL, "video/x-raw,format=I420," ANY_SIZE "," ANY_PAR},
    {"video/x-raw,width=320,height=240,pixel-aspect-ratio={1/1,12/11}", NULL,
        "video/x-raw," ANY_SIZE "," ANY_PAR},
    {"video/x-raw", NULL, "video/x-raw," ANY_SIZE},
    {"EMPTY", NULL, "EMPTY"},
    {"ANY", NULL, "ANY"},
    {"ANY", "video/x-raw,width=3", "video/x-raw,width=3"},
  };

  check_transforms (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

#define OTHER_FIELDS "format={I420,NV12},framerate=[0/1,60/1]," \
    "max-framerate=60/1,colorimetry=bt2020-10,chroma-site=mpeg2," \
    "interlace-mode=interleaved,field-order=bottom-field-first," \
    "multiview-mode=side-by-side," \
    "multiview-flags=(GstVideoMultiviewFlagsSet)0:ffffffff," \
    "mastering-display-info=(string)35400:14600:8500:39850:6550:2300:" \
    "15635:16450:10000000:1,content-light-level=(string)1000:300,views=2," \
    "unknown-field=(boolean)true"

GST_START_TEST (test_transform_leaves_other_fields)
{
  static const TransformCase cases[] = {
    {"video/x-raw,width=320,height=240," OTHER_FIELDS, NULL,
        "video/x-raw," ANY_SIZE "," OTHER_FIELDS},
    {"video/x-raw(format:Interlaced),width=320,height=240,interlace-mode="
          "alternate", NULL, "video/x-raw(format:Interlaced)," ANY_SIZE
          ",interlace-mode=alternate"},
  };

  check_transforms (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_transform_scales_only_features_it_can_map)
{
  static const gchar *const scaled[] = {
    "memory:SystemMemory", "format:Interlaced",
    "memory:SystemMemory,format:Interlaced",
    "meta:GstVideoOverlayComposition",
    "memory:SystemMemory,meta:GstVideoOverlayComposition",
    "format:Interlaced,meta:GstVideoOverlayComposition",
  };
  static const gchar *const kept[] = {
    "ANY", "memory:GLMemory", "memory:DMABuf", "memory:VAMemory",
    "memory:GLMemory,meta:GstVideoOverlayComposition",
    "memory:DMABuf,format:Interlaced",
    "meta:GstVideoGLTextureUploadMeta",
    "memory:SystemMemory,meta:Unknown",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (scaled) + G_N_ELEMENTS (kept); i++) {
    gboolean scales = i < G_N_ELEMENTS (scaled);
    const gchar *features =
        scales ? scaled[i] : kept[i - G_N_ELEMENTS (scaled)];
    gchar *caps = g_strdup_printf ("video/x-raw(%s),width=320,height=240,"
        "pixel-aspect-ratio=1/1", features);
    gchar *open = g_strdup_printf ("video/x-raw(%s)," ANY_SIZE "," ANY_PAR,
        features);
    const TransformCase c = { caps, NULL, scales ? open : caps };

    check_transforms (&c, 1);
    g_free (caps);
    g_free (open);
  }
}

GST_END_TEST;

GST_START_TEST (test_transform_keeps_palettes_and_other_media)
{
  static const TransformCase cases[] = {
    {"video/x-raw,format=RGB8P,width=8,height=8", NULL,
        "video/x-raw,format=RGB8P,width=8,height=8"},
    {"video/x-raw,format={RGB8P},width=8,height=8", NULL,
        "video/x-raw,format=RGB8P,width=8,height=8"},
    {"video/x-raw,format={I420,RGB8P,RGB},width=8,height=8", NULL,
        "video/x-raw,format={I420,RGB}," ANY_SIZE
          ";video/x-raw,format=RGB8P,width=8,height=8"},
    {"video/x-raw,format={RGB8P,GRAY8},width=8,height=8", NULL,
        "video/x-raw,format=GRAY8," ANY_SIZE
          ";video/x-raw,format=RGB8P,width=8,height=8"},
    /* and formats that nobody knows what they are made of */
    {"video/x-raw,format={Y444,F32_LE},width=8,height=8", NULL,
        "video/x-raw,format=Y444," ANY_SIZE
          ";video/x-raw,format=F32_LE,width=8,height=8"},
    {"video/x-bayer,format=bggr,width=8,height=8", NULL,
        "video/x-bayer,format=bggr,width=8,height=8"},
  };

  check_transforms (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_transform_keeps_order_without_repeating)
{
  static const TransformCase cases[] = {
    {"video/x-raw,format=I420,width=8,height=8;"
          "video/x-raw,format=I420,width=[16,64],height=[16,64]", NULL,
        "video/x-raw,format=I420," ANY_SIZE},
    {"video/x-raw,format=RGB,width=8,height=8;"
          "video/x-raw(memory:GLMemory),format=RGB,width=8,height=8;"
          "video/x-raw,format=I420,width=8,height=8;"
          "video/x-raw,format=RGB,width=16,height=16", NULL,
        "video/x-raw,format=RGB," ANY_SIZE ";"
          "video/x-raw(memory:GLMemory),format=RGB,width=8,height=8;"
          "video/x-raw,format=I420," ANY_SIZE},
  };

  check_transforms (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

GST_START_TEST (test_transform_intersects_in_the_order_of_the_filter)
{
  static const TransformCase cases[] = {
    {"video/x-raw,format={I420,NV12},width=320,height=240",
          "video/x-raw,format=NV12,width=64;video/x-raw,format=I420,width=128",
        "video/x-raw,format=NV12,width=64,height=[1,32767];"
          "video/x-raw,format=I420,width=128,height=[1,32767]"},
    {"video/x-raw,format=I420,width=8,height=8;"
          "video/x-raw,format=NV12,width=8,height=8",
          "video/x-raw,format=NV12,width=64,height=32;"
          "video/x-raw,format=I420,width=128,height=32",
        "video/x-raw,format=NV12,width=64,height=32;"
          "video/x-raw,format=I420,width=128,height=32"},
    {"video/x-raw,format=I420,width=320,height=240",
        "video/x-raw,format=NV12", "EMPTY"},
    {"video/x-raw,format=I420,width=320,height=240",
        "video/x-raw,width=40000", "EMPTY"},
    {"video/x-raw(memory:GLMemory),width=320,height=240",
        "video/x-raw(memory:GLMemory),width=321", "EMPTY"},
    {"video/x-raw,width=320,height=240", "ANY", "video/x-raw," ANY_SIZE},
  };

  check_transforms (cases, G_N_ELEMENTS (cases));
}

GST_END_TEST;

static Suite *
transform_suite (void)
{
  Suite *suite = suite_create ("transform");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_transform_opens_size_and_present_par_only);
  tcase_add_test (tc, test_transform_leaves_other_fields);
  tcase_add_test (tc, test_transform_scales_only_features_it_can_map);
  tcase_add_test (tc, test_transform_keeps_palettes_and_other_media);
  tcase_add_test (tc, test_transform_keeps_order_without_repeating);
  tcase_add_test (tc, test_transform_intersects_in_the_order_of_the_filter);
  return suite;
}

GST_CHECK_MAIN (transform);
