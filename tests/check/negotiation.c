/* GStreamer areascale: tests of caps in, caps out
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>

#include <gst/check/gstcheck.h>
#include <gst/video/video.h>

#include "negotiation.h"

#define ANY_SIZE "width=[1,32767],height=[1,32767]"
#define ANY_PAR "pixel-aspect-ratio=[1/2147483647,2147483647/1]"

static const GstPadDirection directions[] = { GST_PAD_SINK, GST_PAD_SRC };

static GstCaps *
caps_from (const gchar * string)
{
  GstCaps *caps = gst_caps_from_string (string);

  fail_unless (caps != NULL, "bad caps in the test: %s", string);
  return caps;
}

static void
assert_caps (const gchar * what, GstCaps * caps, const gchar * expected)
{
  GstCaps *want = caps_from (expected);
  gchar *got = gst_caps_to_string (caps);

  fail_unless (gst_caps_is_strictly_equal (caps, want),
      "%s\n  gave     %s\n  expected %s", what, got, expected);
  g_free (got);
  gst_caps_unref (want);
}

/* transform_caps */

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

  result = gst_area_scale_negotiation_transform_caps (direction, caps, filter);
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

/* fixate_caps */

typedef struct
{
  const gchar *caps, *othercaps, *expected;
} FixateCase;

/* Checks what holds for every result. In 1.22 gst_caps_is_equal() is critical
 * about lists that hold ranges, and gst_caps_is_subset() denies them: strings
 * and an intersection stand in. */
static GstCaps *
fixate (GstPadDirection direction, GstCaps * caps, GstCaps * othercaps)
{
  gchar *before = gst_caps_to_string (othercaps);
  GstCaps *result = gst_area_scale_negotiation_fixate_caps (direction, caps,
      gst_caps_ref (othercaps));
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

static void
check_fixate (const FixateCase * c, GstPadDirection direction)
{
  GstCaps *caps = caps_from (c->caps);
  GstCaps *othercaps = caps_from (c->othercaps);
  GstCaps *result = fixate (direction, caps, othercaps);
  gchar *what = g_strdup_printf ("%s of %s", c->caps, c->othercaps);

  assert_caps (what, result, c->expected);
  assert_caps ("the input afterwards", caps, c->caps);
  g_free (what);
  gst_caps_unref (result);
  gst_caps_unref (othercaps);
  gst_caps_unref (caps);
}

static void
check_fixates (const FixateCase * cases, guint n, GstPadDirection direction)
{
  guint i;

  for (i = 0; i < n; i++)
    check_fixate (&cases[i], direction);
}

/* A stream of the given fields, what the element makes of it beside a neighbour
 * of the given fields, and the fields expected. Of ARGB, whose colorimetry does
 * not go by the size */
static void
check_neighbours (const FixateCase * cases, guint n, GstPadDirection direction)
{
  guint i;

  for (i = 0; i < n; i++) {
    gchar *caps_string = g_strconcat ("video/x-raw,format=ARGB,",
        cases[i].caps, NULL);
    gchar *filter_string = g_strconcat ("video/x-raw,format=ARGB",
        cases[i].othercaps[0] ? "," : "", cases[i].othercaps, NULL);
    gchar *expected = g_strconcat ("video/x-raw,format=ARGB,",
        cases[i].expected, NULL);
    GstCaps *caps = caps_from (caps_string);
    GstCaps *filter = caps_from (filter_string);
    GstCaps *open = gst_area_scale_negotiation_transform_caps (direction, caps,
        filter);
    GstCaps *result = fixate (direction, caps, open);
    gchar *what = g_strdup_printf ("%s beside %s", caps_string, filter_string);

    assert_caps (what, result, expected);
    g_free (what);
    gst_caps_unref (result);
    gst_caps_unref (open);
    gst_caps_unref (filter);
    gst_caps_unref (caps);
    g_free (expected);
    g_free (filter_string);
    g_free (caps_string);
  }
}

GST_START_TEST (test_fixate_holds_videoscale_cases)
{
  static const FixateCase cases[] = {
    {"width=720,height=576,pixel-aspect-ratio=16/15", "width=768,height=576",
        "width=768,height=576,pixel-aspect-ratio=1/1"},
    {"width=320,height=240", "width=640,height=320",
        "width=640,height=320,pixel-aspect-ratio=2/3"},
    {"width=320,height=240",
          "width=640,height=320,pixel-aspect-ratio=[0/1,1/1]",
        "width=640,height=320,pixel-aspect-ratio=2/3"},
    {"width=1920,height=2560,pixel-aspect-ratio=1/1",
          "width=[1,2048],height=[1,2048],pixel-aspect-ratio=1/1",
        "width=1536,height=2048,pixel-aspect-ratio=1/1"},
    {"width=1920,height=2560,pixel-aspect-ratio=1/1",
          "width=[1,2048],height=[1,2048]",
        "width=1920,height=2048,pixel-aspect-ratio=4/5"},
    {"width=1920,height=2560", "width=[1,2048],height=[1,2048]",
        "width=1920,height=2048,pixel-aspect-ratio=4/5"},
    {"width=1920,height=2560",
          "width=1200,height=[1,2048],pixel-aspect-ratio=1/1",
        "width=1200,height=1600,pixel-aspect-ratio=1/1"},
    {"width=320,height=240,pixel-aspect-ratio=1/1",
          "width=200,height=200,pixel-aspect-ratio=1/2",
        "width=200,height=200,pixel-aspect-ratio=1/2"},
    {"width=854,height=480",
          "width=[2,512,2],height=[2,512,2],pixel-aspect-ratio=1/1",
        "width=512,height=288,pixel-aspect-ratio=1/1"},
    {"width=352,height=288,pixel-aspect-ratio=1/1",
          "width=352,height=288,pixel-aspect-ratio=12/11",
        "width=352,height=288,pixel-aspect-ratio=12/11"},
    {"width=640,height=480", "width=1,height=1",
        "width=1,height=1,pixel-aspect-ratio=4/3"},
    {"width=641,height=481", "width=111,height=30",
        "width=111,height=30,pixel-aspect-ratio=6410/17797"},
  };

  check_neighbours (cases, G_N_ELEMENTS (cases), GST_PAD_SINK);
}

GST_END_TEST;

/* Where videoscale 1.22 bends the pixel aspect ratio or falls to 1 */
GST_START_TEST (test_fixate_one_side_makes_the_other_follow)
{
  static const FixateCase cases[] = {
    {"width=1920,height=1080,pixel-aspect-ratio=1/1", "width=320",
        "width=320,height=180,pixel-aspect-ratio=1/1"},
    {"width=1920,height=1080", "width=320", "width=320,height=180"},
    {"width=1920,height=1080", "height=180", "width=320,height=180"},
    {"width=320,height=240", "height=240", "width=320,height=240"},
    {"width=320,height=240", "width=320", "width=320,height=240"},
    {"width=768,height=576", "width=320", "width=320,height=240"},
    {"width=320,height=240", "width={640}", "width=640,height=480"},
    {"width=320,height=240", "height={480},width=[1,2000]",
        "width=640,height=480"},
    {"width=1920,height=1080", "width=[1,640]", "width=640,height=360"},
    {"width=1920,height=1080", "height=[16,540,4],width=[1,32767]",
        "width=960,height=540"},
    {"width=1920,height=1080", "width={320,640},height=[1,2147483647]",
        "width=640,height=360"},
    {"width=320,height=240", "height=[480,1080]", "width=640,height=480"},
    {"width=320,height=240", "width=[1,640]", "width=320,height=240"},
    {"width=720,height=576,pixel-aspect-ratio=16/15", "width=360",
        "width=360,height=288,pixel-aspect-ratio=16/15"},
    {"width=720,height=576,pixel-aspect-ratio=16/15",
          "height=288,pixel-aspect-ratio=1/1",
        "width=384,height=288,pixel-aspect-ratio=1/1"},
    /* 180.56, 181.13, 4.5, 319.5 */
    {"width=1920,height=1080", "width=321", "width=321,height=181"},
    {"width=1920,height=1080", "width=322", "width=322,height=181"},
    {"width=1920,height=1080", "width=8", "width=8,height=5"},
    {"width=639,height=480", "height=240", "width=320,height=240"},
    {"width=32767,height=1", "width=1", "width=1,height=1,"
          "pixel-aspect-ratio=32767/1"},
    {"width=1,height=1", "height=32767", "width=32767,height=32767"},
  };

  check_neighbours (cases, G_N_ELEMENTS (cases), GST_PAD_SINK);
}

GST_END_TEST;

GST_START_TEST (test_fixate_one_side_within_limits)
{
  static const FixateCase cases[] = {
    /* on the grid of a step the ratio stays */
    {"width=1920,height=1080", "width=321,height=[2,2048,2]",
        "width=321,height=180"},
    {"width=1920,height=1080", "width=323,height=[2,2048,2]",
        "width=323,height=182"},
    {"width=1920,height=1080", "height=[16,2048,16],width=1920",
        "width=1920,height=1088"},
    /* beyond a limit, or between the values of a list, it is adjusted */
    {"width=1920,height=2560", "width=1200,height=[1,1000]",
        "width=1200,height=1000,pixel-aspect-ratio=5/8"},
    {"width=1920,height=1080", "width=320,height={144,480}",
        "width=320,height=144,pixel-aspect-ratio=4/5"},
    {"width=1920,height=1080", "width=320,height={100,[170,190],[400,500]}",
        "width=320,height=180"},
    /* unless downstream has an opinion about it */
    {"width=1920,height=2560",
          "width=1200,height=[1,1000],pixel-aspect-ratio=1/1",
        "width=1200,height=1000,pixel-aspect-ratio=1/1"},
    {"width=1920,height=1080", "width=320,height=[1,2000],"
          "pixel-aspect-ratio={2/1,4/3,8/1}",
        "width=320,height=240,pixel-aspect-ratio=4/3"},
    {"width=1920,height=1080", "width=320,height=[1,2000],"
          "pixel-aspect-ratio=[2/1,3/1]",
        "width=320,height=360,pixel-aspect-ratio=2/1"},
    {"width=1920,height=1080", "width=320,height=[1,2000],"
          "pixel-aspect-ratio=[1/3,1/2]",
        "width=320,height=90,pixel-aspect-ratio=1/2"},
    {"width=100,height=100", "width=100,height=[10,60],"
          "pixel-aspect-ratio={1/1,1/2}",
        "width=100,height=50,pixel-aspect-ratio=1/2"},
  };

  check_neighbours (cases, G_N_ELEMENTS (cases), GST_PAD_SINK);
}

GST_END_TEST;

GST_START_TEST (test_fixate_ranges_lists_and_steps)
{
  static const FixateCase cases[] = {
    {"width=320,height=240", "", "width=320,height=240"},
    {"width=320,height=240", "width=[1,2048],height=[1,2048]",
        "width=320,height=240"},
    {"width=320,height=240", "width={640,320},height={480,240}",
        "width=320,height=240"},
    {"width=320,height=240", "width={64,128},height={48,96}",
        "width=128,height=96"},
    {"width=320,height=240,pixel-aspect-ratio=1/1",
          "pixel-aspect-ratio=[1/2,2/1]",
        "width=320,height=240,pixel-aspect-ratio=1/1"},
    {"width=321,height=241,pixel-aspect-ratio=1/1",
          "width=[2,2048,2],height=[2,2048,2],pixel-aspect-ratio=1/1",
        "width=322,height=242,pixel-aspect-ratio=1/1"},
    /* the height is kept before the width */
    {"width=720,height=576,pixel-aspect-ratio=16/15", "pixel-aspect-ratio=1/1",
        "width=768,height=576,pixel-aspect-ratio=1/1"},
    {"width=720,height=576,pixel-aspect-ratio=16/15",
          "width=[1,720],pixel-aspect-ratio=1/1",
        "width=720,height=540,pixel-aspect-ratio=1/1"},
    {"width=1920,height=1080", "pixel-aspect-ratio=2/1",
        "width=960,height=1080,pixel-aspect-ratio=2/1"},
    /* the fitting pair of lists, or the one nearest to the ratio */
    {"width=1920,height=1080", "width={320,640},height={180,240},"
          "pixel-aspect-ratio=1/1",
        "width=320,height=240,pixel-aspect-ratio=1/1"},
    {"width=1000,height=100", "width=[1,100],height=[100,200],"
          "pixel-aspect-ratio=1/1",
        "width=100,height=100,pixel-aspect-ratio=1/1"},
    {"width=100,height=100", "width=200,height=100,"
          "pixel-aspect-ratio={1/3,1/1,8/5}",
        "width=200,height=100,pixel-aspect-ratio=1/3"},
    {"width=100,height=100", "width=[200,400],height=[50,100],"
          "pixel-aspect-ratio={1/3,1/1,8/5}",
        "width=300,height=100,pixel-aspect-ratio=1/3"},
  };

  check_neighbours (cases, G_N_ELEMENTS (cases), GST_PAD_SINK);
}

GST_END_TEST;

GST_START_TEST (test_fixate_towards_the_sink_pad)
{
  static const FixateCase neighbours[] = {
    {"width=320,height=180,pixel-aspect-ratio=1/1", "width=1920",
        "width=1920,height=1080,pixel-aspect-ratio=1/1"},
    {"width=320,height=180", "width=1920", "width=1920,height=1080"},
    {"width=320,height=180", "height=1080", "width=1920,height=1080"},
    {"width=640,height=320,pixel-aspect-ratio=2/3", "width=320,height=240",
        "width=320,height=240,pixel-aspect-ratio=1/1"},
    {"width=640,height=320", "width=[1,320],height=[1,320]",
        "width=320,height=160"},
    {"width=640,height=320", "", "width=640,height=320"},
  };
  static const FixateCase direct[] = {
    /* a missing pixel aspect ratio means 1/1 there, and stays missing */
    {"video/x-raw,width=720,height=576,pixel-aspect-ratio=16/15",
          "video/x-raw," ANY_SIZE, "video/x-raw,width=720,height=576,"
          "pixel-aspect-ratio=16/15"},
    {"video/x-raw,width=720,height=576,pixel-aspect-ratio=16/15",
          "video/x-raw,width=[730,800],height=576",
        "video/x-raw,width=768,height=576"},
    {"video/x-raw,width=640,height=320", "video/x-raw,width=320,height=240",
        "video/x-raw,width=320,height=240"},
  };

  check_neighbours (neighbours, G_N_ELEMENTS (neighbours), GST_PAD_SRC);
  check_fixates (direct, G_N_ELEMENTS (direct), GST_PAD_SRC);
}

GST_END_TEST;

GST_START_TEST (test_fixate_takes_the_first_structure_that_has_a_legal_size)
{
  static const FixateCase cases[] = {
    {"video/x-raw,width=320,height=240",
          "video/x-raw,width=200,height=150;video/x-raw," ANY_SIZE,
        "video/x-raw,width=200,height=150"},
    {"video/x-raw,width=320,height=240",
          "video/x-raw," ANY_SIZE ";video/x-raw,width=200,height=150",
        "video/x-raw,width=320,height=240"},
    {"video/x-raw,width=320,height=240",
          "video/x-raw,width=40000,height=150;video/x-raw,width=0,height=1;"
          "video/x-raw,width=160,height=[1,400]",
        "video/x-raw,width=160,height=120"},
    {"video/x-raw,width=320,height=240", "video/x-raw,width=40000,height=150",
        "EMPTY"},
    {"video/x-raw,width=320,height=240",
        "video/x-raw,width=[33000,40000],height=150", "EMPTY"},
    {"video/x-raw,width=320,height=240",
        "video/x-raw,width=[4,40000,4],height=[40,2147483640,40]",
        "video/x-raw,width=320,height=240"},
    {"video/x-raw,width=320,height=240",
          "video/x-raw,width=320,height=120,pixel-aspect-ratio=0/1", "EMPTY"},
    {"video/x-raw,width=320,height=240", "EMPTY", "EMPTY"},
    {"video/x-raw,width=320,height=240", "ANY",
        "video/x-raw,width=320,height=240"},
    {"video/x-raw,width=320,height=240", "video/x-raw",
        "video/x-raw,width=320,height=240"},
    {"video/x-raw(memory:GLMemory),width=320,height=240",
          "video/x-raw(memory:GLMemory),width=320,height=240",
        "video/x-raw(memory:GLMemory),width=320,height=240"},
    {"audio/x-raw", "video/x-raw,width=[1,5],height=[1,5]", "EMPTY"},
    {"video/x-raw,width=100,height=100,pixel-aspect-ratio=1/1000",
          "video/x-raw,width=[0,100,2],height=100,pixel-aspect-ratio=1/1",
        "video/x-raw,width=2,height=100,pixel-aspect-ratio=1/1"},
    {"video/x-raw,width=0,height=240", "video/x-raw," ANY_SIZE, "EMPTY"},
    {"video/x-raw,width=320,height=32768", "video/x-raw," ANY_SIZE, "EMPTY"},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (directions); i++)
    check_fixates (cases, G_N_ELEMENTS (cases), directions[i]);
}

GST_END_TEST;

#define SMALL_SIZE "width=320,height=240"
#define SMALL "video/x-raw,format=I420," SMALL_SIZE

GST_START_TEST (test_fixate_other_fields_prefers_what_their_absence_means)
{
  static const FixateCase cases[] = {
    {SMALL, SMALL ",interlace-mode={interleaved,progressive}",
        SMALL ",interlace-mode=progressive"},
    {SMALL, SMALL ",multiview-mode={left,mono}", SMALL ",multiview-mode=mono"},
    {SMALL, SMALL ",colorimetry={bt709,bt601}", SMALL ",colorimetry=bt601"},
    {"video/x-raw,format=I420,width=1920,height=1080",
          SMALL ",colorimetry={bt601,bt709},chroma-site={jpeg,mpeg2}",
        SMALL ",colorimetry=bt709,chroma-site=mpeg2,pixel-aspect-ratio=4/3"},
    /* where the new size alone would mean another colorimetry */
    {"video/x-raw,format=I420,width=1920,height=1080",
          "video/x-raw,format=I420,width=320,height=[1,2000]",
        "video/x-raw,format=I420,width=320,height=180,colorimetry=bt709"},
    {SMALL, "video/x-raw,format=I420,width=1920,height=1440",
        "video/x-raw,format=I420,width=1920,height=1440,colorimetry=bt601"},
    {"video/x-raw,format=I420,width=1920,height=1080",
          "video/x-raw,format=I420,width=1280,height=[1,2000]",
        "video/x-raw,format=I420,width=1280,height=720"},
    {"video/x-raw,format=RGB,width=1920,height=1080",
          "video/x-raw,format=RGB,width=320,height=[1,2000]",
        "video/x-raw,format=RGB,width=320,height=180"},
    {SMALL, SMALL ",colorimetry={bt2020,bt709}", SMALL ",colorimetry=bt2020"},
    {SMALL, SMALL ",framerate=[0/1,60/1],unknown={3,4}",
        SMALL ",framerate=0/1,unknown=3"},
    {"video/x-raw(format:Interlaced),format=I420,interlace-mode=alternate,"
          SMALL_SIZE, "video/x-raw(format:Interlaced),format=I420,"
          "interlace-mode=alternate,width=160,height=[1,2000]",
          "video/x-raw(format:Interlaced),format=I420,"
          "interlace-mode=alternate,width=160,height=120"},
  };

  check_fixates (cases, G_N_ELEMENTS (cases), GST_PAD_SINK);
}

GST_END_TEST;

GST_START_TEST (test_fixate_extreme_ratios_and_sizes)
{
  static const FixateCase cases[] = {
    /* the pixel aspect ratio stays, however extreme */
    {"width=100,height=50,pixel-aspect-ratio=1/2147483647", "width=50",
        "width=50,height=25,pixel-aspect-ratio=1/2147483647"},
    {"width=100,height=50,pixel-aspect-ratio=2147483647/1", "height=100",
        "width=200,height=100,pixel-aspect-ratio=2147483647/1"},
    {"width=100,height=50,pixel-aspect-ratio=2147483647/2147483646",
          "width=200", "width=200,height=100,"
          "pixel-aspect-ratio=2147483647/2147483646"},
    {"width=32767,height=32767,pixel-aspect-ratio=2147483647/1",
          "", "width=32767,height=32767,pixel-aspect-ratio=2147483647/1"},
    /* half lines still round up */
    {"width=640,height=359,pixel-aspect-ratio=2147483647/1134617556",
          "width=320", "width=320,height=180,"
          "pixel-aspect-ratio=2147483647/1134617556"},
    /* it cannot be followed: the limits */
    {"width=100,height=100,pixel-aspect-ratio=1/2147483647",
          "width=100,pixel-aspect-ratio=1/1",
        "width=100,height=32767,pixel-aspect-ratio=1/1"},
    {"width=100,height=100,pixel-aspect-ratio=1/2147483647",
          "pixel-aspect-ratio=2147483647/1",
        "width=100,height=32767,pixel-aspect-ratio=2147483647/1"},
    {"width=32767,height=1,pixel-aspect-ratio=2147483647/1",
          "width=1,height=32767",
        "width=1,height=32767,pixel-aspect-ratio=2147483647/1"},
    {"width=1,height=32767,pixel-aspect-ratio=1/2147483647",
          "width=32767,height=1",
        "width=32767,height=1,pixel-aspect-ratio=1/2147483647"},
    {"width=1,height=1", "width=32767,height=32767",
        "width=32767,height=32767"},
    {"width=32767,height=1,pixel-aspect-ratio=1/1", "width=1,height=32767",
        "width=1,height=32767,pixel-aspect-ratio=1073676289/1"},
    /* an unknown ratio is taken for 1/1 */
    {"width=320,height=240,pixel-aspect-ratio=0/1", "width=160",
        "width=160,height=120,pixel-aspect-ratio=1/1"},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (directions); i++)
    check_neighbours (cases, G_N_ELEMENTS (cases), directions[i]);
}

GST_END_TEST;

/* Random streams beside random neighbours */

static gint
random_size (GRand * rand)
{
  static const gint edges[] = { 1, 2, 3, 16, 240, 320, 576, 720, 1080, 1920,
    4095, 16384, 32766, 32767
  };

  if (g_rand_boolean (rand))
    return edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
  return g_rand_int_range (rand, 1, 1 << g_rand_int_range (rand, 1, 15)) + 1;
}

static gint
random_term (GRand * rand)
{
  static const gint edges[] = { 1, 1, 1, 2, 12, 11, 16, 15, 65536, 2147483646,
    2147483647
  };

  if (g_rand_boolean (rand))
    return edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
  return g_rand_int_range (rand, 1, 100);
}

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

/* The size, and the display aspect ratio */
static gdouble
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
  if (follower >= 0.5 && follower < 32767.5) {
    fail_unless (fabs (par / in_par - 1) < 1e-12);
    fail_unless (fabs ((leads_w ? h : w) - follower) <= 0.5);
    return;
  }

  /* both sides given or neither: a free pixel aspect ratio keeps the display
   * aspect ratio unless it would have to leave the limits of a fraction */
  if (leads_w == leads_h && in_dar * h / w < G_MAXINT
      && in_dar * h / w > 1.0 / G_MAXINT)
    fail_unless (fabs (dar / in_dar - 1) < 1e-9);
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

    open = gst_area_scale_negotiation_transform_caps (direction, caps, filter);
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

/* place */

typedef struct
{
  GstVideoFormat format;
  GstVideoInterlaceMode mode;
  gint in_width, in_height, in_par_n, in_par_d;
  gint out_width, out_height, out_par_n, out_par_d;
  gint x, y, w, h;
} PlaceCase;

static void
set_info (GstVideoInfo * info, GstVideoFormat format,
    GstVideoInterlaceMode mode, gint width, gint height, gint par_n, gint par_d)
{
  fail_unless (gst_video_info_set_interlaced_format (info, format, mode, width,
          height));
  info->par_n = par_n;
  info->par_d = par_d;
}

static void
place (const PlaceCase * c, gboolean add_borders, GstAreaScalePlacement * p)
{
  GstVideoInfo in, out;

  set_info (&in, c->format, c->mode, c->in_width, c->in_height, c->in_par_n,
      c->in_par_d);
  set_info (&out, c->format, c->mode, c->out_width, c->out_height,
      c->out_par_n, c->out_par_d);
  memset (p, 0xff, sizeof (*p));
  gst_area_scale_negotiation_place (&in, &out, add_borders, p);
  fail_unless_equals_int (p->in_width, c->in_width);
  fail_unless_equals_int (p->in_height, c->in_height);
  fail_unless_equals_int (p->out_width, c->out_width);
  fail_unless_equals_int (p->out_height, c->out_height);
}

static void
assert_rectangle (const GstVideoRectangle * r, gint x, gint y, gint w, gint h)
{
  fail_unless (r->x == x && r->y == y && r->w == w && r->h == h,
      "content is %dx%d at %d,%d instead of %dx%d at %d,%d", r->w, r->h, r->x,
      r->y, w, h, x, y);
}

#define PROGRESSIVE GST_VIDEO_INTERLACE_MODE_PROGRESSIVE
#define INTERLEAVED GST_VIDEO_INTERLACE_MODE_INTERLEAVED
#define MIXED GST_VIDEO_INTERLACE_MODE_MIXED
#define ALTERNATE GST_VIDEO_INTERLACE_MODE_ALTERNATE
#define FORMAT(name) GST_VIDEO_FORMAT_ ## name

GST_START_TEST (test_place_letterboxes_and_pillarboxes)
{
  static const PlaceCase cases[] = {
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 640, 480, 1, 1,
        0, 60, 640, 360},
    {FORMAT (RGB), PROGRESSIVE, 640, 480, 1, 1, 1920, 1080, 1, 1,
        240, 0, 1440, 1080},
    {FORMAT (RGB), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 75},
    {FORMAT (RGB), PROGRESSIVE, 720, 576, 16, 15, 720, 576, 1, 1,
        0, 18, 720, 540},
    {FORMAT (RGB), PROGRESSIVE, 352, 288, 1, 1, 352, 288, 12, 11,
        14, 0, 323, 288},
    /* the display aspect ratio is kept by the pixel aspect ratio */
    {FORMAT (RGB), PROGRESSIVE, 320, 240, 1, 1, 640, 320, 2, 3,
        0, 0, 640, 320},
    /* by rounding to nearest, either side */
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 321, 181, 1, 1,
        0, 0, 321, 181},
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 101, 57, 1, 1,
        0, 0, 101, 57},
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 107, 60, 1, 1,
        0, 0, 107, 60},
    {FORMAT (RGB), PROGRESSIVE, 1920, 1080, 1, 1, 109, 60, 1, 1,
        1, 0, 107, 60},
    /* an unknown pixel aspect ratio is taken for 1/1 */
    {FORMAT (RGB), PROGRESSIVE, 320, 240, 0, 1, 160, 120, 1, 1,
        0, 0, 160, 120},
  };
  GstAreaScalePlacement p;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    place (&cases[i], TRUE, &p);
    assert_rectangle (&p.content, cases[i].x, cases[i].y, cases[i].w,
        cases[i].h);
    place (&cases[i], FALSE, &p);
    assert_rectangle (&p.content, 0, 0, cases[i].out_width,
        cases[i].out_height);
  }
}

GST_END_TEST;

GST_START_TEST (test_place_on_the_grid_of_chroma_and_fields)
{
  static const PlaceCase cases[] = {
    /* 62.5 above, 75 high */
    {FORMAT (Y444), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 75},
    {FORMAT (Y42B), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 75},
    {FORMAT (I420), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 76},
    {FORMAT (YUV9), PROGRESSIVE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 60, 200, 76},
    {FORMAT (RGB), INTERLEAVED, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 62, 200, 76},
    {FORMAT (I420), INTERLEAVED, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 60, 200, 76},
    {FORMAT (I420), MIXED, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 60, 200, 76},
    {FORMAT (NV12), ALTERNATE, 320, 240, 1, 1, 200, 200, 1, 2,
        0, 60, 200, 76},
    {FORMAT (RGB), ALTERNATE, 1920, 1080, 1, 1, 640, 480, 1, 1,
        0, 60, 640, 360},
    {FORMAT (I420), ALTERNATE, 1920, 1080, 1, 1, 320, 240, 1, 1,
        0, 28, 320, 180},
    /* 322.67 wide */
    {FORMAT (Y42B), PROGRESSIVE, 352, 288, 1, 1, 352, 288, 12, 11,
        14, 0, 322, 288},
    {FORMAT (Y41B), PROGRESSIVE, 352, 288, 1, 1, 352, 288, 12, 11,
        12, 0, 324, 288},
    {FORMAT (YUY2), INTERLEAVED, 352, 288, 1, 1, 352, 288, 12, 11,
        14, 0, 322, 288},
    /* odd frames */
    {FORMAT (I420), PROGRESSIVE, 320, 240, 1, 1, 201, 201, 1, 1,
        0, 24, 201, 150},
    {FORMAT (I420), INTERLEAVED, 240, 320, 1, 1, 201, 201, 1, 1,
        24, 0, 150, 201},
    /* less than a step of the grid of border */
    {FORMAT (I420), PROGRESSIVE, 320, 180, 1, 1, 322, 180, 1, 1,
        0, 0, 320, 180},
    {FORMAT (I420), PROGRESSIVE, 320, 180, 1, 1, 323, 180, 1, 1,
        0, 0, 320, 180},
  };
  GstAreaScalePlacement p;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    place (&cases[i], TRUE, &p);
    assert_rectangle (&p.content, cases[i].x, cases[i].y, cases[i].w,
        cases[i].h);
  }
}

GST_END_TEST;

GST_START_TEST (test_place_leaves_something_of_extreme_ratios)
{
  static const PlaceCase cases[] = {
    {FORMAT (RGB), PROGRESSIVE, 32767, 1, G_MAXINT, 1, 100, 100, 1, G_MAXINT,
        0, 49, 100, 1},
    {FORMAT (RGB), PROGRESSIVE, 1, 32767, 1, G_MAXINT, 100, 100, G_MAXINT, 1,
        49, 0, 1, 100},
    {FORMAT (I420), PROGRESSIVE, 32767, 1, 1, 1, 100, 100, 1, 1,
        0, 48, 100, 2},
    {FORMAT (I420), INTERLEAVED, 32767, 1, 1, 1, 100, 100, 1, 1,
        0, 48, 100, 4},
    {FORMAT (I420), PROGRESSIVE, 1, 32767, 1, 1, 100, 100, 1, 1,
        48, 0, 2, 100},
    {FORMAT (I420), PROGRESSIVE, 32767, 1, 1, 1, 9, 1, 1, 1, 0, 0, 9, 1},
    {FORMAT (I420), INTERLEAVED, 32767, 1, 1, 1, 9, 3, 1, 1, 0, 0, 9, 3},
    {FORMAT (RGB), PROGRESSIVE, 32767, 32767, 1, 1, 1, 32767, 1, 1,
        0, 16383, 1, 1},
  };
  GstAreaScalePlacement p;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    place (&cases[i], TRUE, &p);
    assert_rectangle (&p.content, cases[i].x, cases[i].y, cases[i].w,
        cases[i].h);
  }
}

GST_END_TEST;

/* One side of a content: inside the frame, on the grid, centred to it, and as
 * long as the display aspect ratio wants it */
static void
check_side (gint frame, gint start, gint length, gint grid, gdouble exact)
{
  gint end = frame - start - length;

  fail_unless (start >= 0 && length >= 1 && end >= 0);
  fail_unless_equals_int (start % grid, 0);
  fail_unless (length % grid == 0 || end == 0);
  fail_unless (end >= start && end - start < 2 * grid);
  fail_unless (fabs (length - exact) <= grid / 2.0 + 1e-6 * exact
      || length == MIN (grid, frame) || length == frame);
}

GST_START_TEST (test_place_random_pairs)
{
  static const struct
  {
    GstVideoFormat format;
    gint grid_x, grid_y;
  } formats[] = {
    {FORMAT (I420), 2, 2}, {FORMAT (NV12), 2, 2}, {FORMAT (A420), 2, 2},
    {FORMAT (P010_10LE), 2, 2}, {FORMAT (YUY2), 2, 1}, {FORMAT (v210), 2, 1},
    {FORMAT (Y41B), 4, 1}, {FORMAT (YUV9), 4, 4}, {FORMAT (GRAY8), 1, 1},
    {FORMAT (BGRA), 1, 1},
  };
  static const GstVideoInterlaceMode modes[] = {
    PROGRESSIVE, INTERLEAVED, MIXED, ALTERNATE,
  };
  GRand *rand = g_rand_new_with_seed (21);
  guint i, f, n_bordered = 0;

  for (i = 0; i < 40000; i++) {
    GstAreaScalePlacement p;
    const GstVideoRectangle *r = &p.content;
    gdouble width, height, ratio;
    gint grid_y;
    PlaceCase c;

    f = g_rand_int_range (rand, 0, G_N_ELEMENTS (formats));
    c.format = formats[f].format;
    c.mode = modes[g_rand_int_range (rand, 0, G_N_ELEMENTS (modes))];
    c.in_width = random_size (rand);
    c.in_height = random_size (rand);
    c.in_par_n = random_term (rand);
    c.in_par_d = random_term (rand);
    c.out_width = random_size (rand);
    c.out_height = random_size (rand);
    c.out_par_n = random_term (rand);
    c.out_par_d = random_term (rand);
    place (&c, TRUE, &p);

    grid_y = formats[f].grid_y * (c.mode == PROGRESSIVE ? 1 : 2);
    ratio = ((gdouble) c.in_width / c.in_height)
        * ((gdouble) c.in_par_n / c.in_par_d)
        / ((gdouble) c.out_par_n / c.out_par_d);
    width = c.out_height * ratio;
    height = c.out_width / ratio;
    fail_unless (r->w == c.out_width || r->h == c.out_height);
    check_side (c.out_width, r->x, r->w, formats[f].grid_x, width);
    check_side (c.out_height, r->y, r->h, grid_y, height);
    if (width > c.out_width + 0.5)
      fail_unless_equals_int (r->w, c.out_width);
    if (height > c.out_height + 0.5)
      fail_unless_equals_int (r->h, c.out_height);
    /* a step of the grid off is a border */
    if (width < c.out_width - formats[f].grid_x)
      fail_unless (r->w < c.out_width || c.out_width <= formats[f].grid_x
          || fabs (height - c.out_height) <= 0.5);
    if (height < c.out_height - grid_y)
      fail_unless (r->h < c.out_height || c.out_height <= grid_y
          || fabs (width - c.out_width) <= 0.5);
    n_bordered += r->w < c.out_width || r->h < c.out_height;
  }
  fail_unless (n_bordered > 10000);
  g_rand_free (rand);
}

GST_END_TEST;

/* Whatever fixation chose for one open side must not make a border */
GST_START_TEST (test_place_after_one_open_side_has_no_border)
{
  GRand *rand = g_rand_new_with_seed (22);
  guint i;

  for (i = 0; i < 2000; i++) {
    gboolean wide = g_rand_boolean (rand);
    gchar *caps_string = g_strdup_printf ("video/x-raw,format=I420,width=%d,"
        "height=%d,pixel-aspect-ratio=%d/%d", random_size (rand),
        random_size (rand), random_term (rand), random_term (rand));
    gchar *filter_string = g_strdup_printf ("video/x-raw,%s=%d",
        wide ? "width" : "height", random_size (rand));
    GstCaps *caps = caps_from (caps_string);
    GstCaps *filter = caps_from (filter_string);
    GstCaps *open = gst_area_scale_negotiation_transform_caps (GST_PAD_SINK,
        caps, filter);
    GstCaps *result = fixate (GST_PAD_SINK, caps, open);
    GstVideoInfo in, out;
    GstAreaScalePlacement p;
    gdouble in_par, par;
    gint w, h;
    gdouble in_dar = get_shape (caps, &w, &h, &in_par);
    gdouble dar = get_shape (result, &w, &h, &par);

    fail_unless (gst_video_info_from_caps (&in, caps));
    fail_unless (gst_video_info_from_caps (&out, result));
    gst_area_scale_negotiation_place (&in, &out, TRUE, &p);
    /* unless both the side and the pixel aspect ratio came to their limits */
    if (((wide ? h : w) > 1 && (wide ? h : w) < 32767)
        || fabs (dar / in_dar - 1) < 1e-12)
      assert_rectangle (&p.content, 0, 0, w, h);

    gst_caps_unref (result);
    gst_caps_unref (open);
    gst_caps_unref (filter);
    gst_caps_unref (caps);
    g_free (filter_string);
    g_free (caps_string);
  }
  g_rand_free (rand);
}

GST_END_TEST;

static Suite *
negotiation_suite (void)
{
  Suite *suite = suite_create ("negotiation");
  TCase *tc = tcase_create ("transform");

  suite_add_tcase (suite, tc);
  tcase_add_test (tc, test_transform_opens_size_and_present_par_only);
  tcase_add_test (tc, test_transform_leaves_other_fields);
  tcase_add_test (tc, test_transform_scales_only_features_it_can_map);
  tcase_add_test (tc, test_transform_keeps_palettes_and_other_media);
  tcase_add_test (tc, test_transform_keeps_order_without_repeating);
  tcase_add_test (tc, test_transform_intersects_in_the_order_of_the_filter);

  tc = tcase_create ("fixate");
  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_fixate_holds_videoscale_cases);
  tcase_add_test (tc, test_fixate_one_side_makes_the_other_follow);
  tcase_add_test (tc, test_fixate_one_side_within_limits);
  tcase_add_test (tc, test_fixate_ranges_lists_and_steps);
  tcase_add_test (tc, test_fixate_towards_the_sink_pad);
  tcase_add_test (tc,
      test_fixate_takes_the_first_structure_that_has_a_legal_size);
  tcase_add_test (tc,
      test_fixate_other_fields_prefers_what_their_absence_means);
  tcase_add_test (tc, test_fixate_extreme_ratios_and_sizes);
  tcase_add_test (tc, test_fixate_random_neighbours);

  tc = tcase_create ("place");
  suite_add_tcase (suite, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_place_letterboxes_and_pillarboxes);
  tcase_add_test (tc, test_place_on_the_grid_of_chroma_and_fields);
  tcase_add_test (tc, test_place_leaves_something_of_extreme_ratios);
  tcase_add_test (tc, test_place_random_pairs);
  tcase_add_test (tc, test_place_after_one_open_side_has_no_border);
  return suite;
}

GST_CHECK_MAIN (negotiation);
