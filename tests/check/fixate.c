/* GStreamer areascale: tests of the caps that are chosen
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "caps.h"

typedef struct
{
  const gchar *caps, *othercaps, *expected;
} FixateCase;

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
    GstCaps *open = gst_area_scale_negotiation_transform_caps
        (GST_AREA_CHANGES_SIZE, direction, caps,
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
    /* a pixel off the ratio stays, farther off it takes the difference */
    {"width=1920,height=1080", "width=321,height=[2,2048,2]",
        "width=321,height=180"},
    {"width=1920,height=1080", "width=323,height=[2,2048,2]",
        "width=323,height=182"},
    {"width=1920,height=1080", "height=[16,2048,16],width=1920",
        "width=1920,height=1088,pixel-aspect-ratio=136/135"},
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
        "width=320,height=180,pixel-aspect-ratio=1/1"},
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
    {SMALL, SMALL ",colorimetry={bt709,bt601}",
        SMALL ",colorimetry=bt601,chroma-site=jpeg"},
    {"video/x-raw,format=I420,width=1920,height=1080",
          SMALL ",colorimetry={bt601,bt709},chroma-site={jpeg,mpeg2}",
        SMALL ",colorimetry=bt709,chroma-site=mpeg2,pixel-aspect-ratio=4/3"},
    /* where the new size alone would mean another colorimetry, and where that
     * is named another chroma site */
    {"video/x-raw,format=I420,width=1920,height=1080",
          "video/x-raw,format=I420,width=320,height=[1,2000]",
        "video/x-raw,format=I420,width=320,height=180,colorimetry=bt709,"
          "chroma-site=mpeg2"},
    {SMALL, "video/x-raw,format=I420,width=1920,height=1440",
        "video/x-raw,format=I420,width=1920,height=1440,colorimetry=bt601,"
          "chroma-site=jpeg"},
    {"video/x-raw,format=I420,width=1920,height=1080",
          "video/x-raw,format=I420,width=1280,height=[1,2000]",
        "video/x-raw,format=I420,width=1280,height=720"},
    {"video/x-raw,format=RGB,width=1920,height=1080",
          "video/x-raw,format=RGB,width=320,height=[1,2000]",
        "video/x-raw,format=RGB,width=320,height=180"},
    {SMALL, SMALL ",colorimetry={bt2020,bt709}",
        SMALL ",colorimetry=bt2020,chroma-site=jpeg"},
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
        "width=1,height=32767,pixel-aspect-ratio=2147483647/1"},
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

static Suite *
fixate_suite (void)
{
  Suite *suite = suite_create ("fixate");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (suite, tc);
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
  return suite;
}

GST_CHECK_MAIN (fixate);
