/* GStreamer areascale: tests of the navigation events
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <math.h>

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/navigation.h>

#include "metas.h"
#include "rig.h"

#define MODIFIERS GST_NAVIGATION_MODIFIER_CONTROL_MASK

/* 320x240 at twice the width and half the height, with borders */
static const GstAreaScalePlacement bordered = {
  320, 240, 740, 200, {60, 30, 640, 120}
};

static void
fail_unless_position (GstEvent * event, gdouble x, gdouble y)
{
  const GstStructure *s = gst_event_get_structure (event);
  gdouble got_x, got_y;

  fail_unless (gst_structure_get_double (s, "pointer_x", &got_x));
  fail_unless (gst_structure_get_double (s, "pointer_y", &got_y));
  fail_unless_equals_float (got_x, x);
  fail_unless_equals_float (got_y, y);
}

static GstEvent *
new_positional (guint i, gdouble x, gdouble y)
{
  switch (i) {
    case 0:
      return gst_navigation_event_new_mouse_move (x, y, MODIFIERS);
    case 1:
      return gst_navigation_event_new_mouse_button_press (3, x, y, MODIFIERS);
    case 2:
      return gst_navigation_event_new_mouse_button_release (3, x, y, MODIFIERS);
    case 3:
      return gst_navigation_event_new_mouse_scroll (x, y, 1.5, -2.5, MODIFIERS);
    case 4:
      return gst_navigation_event_new_touch_down (9, x, y, .5, MODIFIERS);
    case 5:
      return gst_navigation_event_new_touch_motion (9, x, y, .5, MODIFIERS);
    case 6:
      return gst_navigation_event_new_touch_up (9, x, y, MODIFIERS);
#if GST_CHECK_VERSION (1, 26, 0)
    case 7:
      return gst_navigation_event_new_mouse_double_click (3, x, y, MODIFIERS);
#endif
    default:
      return NULL;
  }
}

GST_START_TEST (every_positional_event_arrives_in_input_pixels)
{
  GstEvent *event;
  guint i;

  for (i = 0; (event = new_positional (i, 60 + 101, 30 + 25.5)); i++) {
    const GstNavigationEventType type = gst_navigation_event_get_type (event);
    GstNavigationModifierType modifiers;

    event = gst_area_scale_metas_navigation (event, &bordered);
    fail_unless_position (event, 50.5, 51);
    fail_unless_equals_int (gst_navigation_event_get_type (event), type);
    fail_unless (gst_navigation_event_parse_modifier_state (event, &modifiers));
    fail_unless_equals_int (modifiers, MODIFIERS);
    gst_event_unref (event);
  }
  fail_unless (i >= 7);
}

GST_END_TEST;

GST_START_TEST (everything_but_the_position_is_kept)
{
  GstEvent *event;
  gdouble x, y, dx, dy, pressure;
  guint finger;
  gint button;

  event = gst_area_scale_metas_navigation (new_positional (1, 100, 100),
      &bordered);
  fail_unless (gst_navigation_event_parse_mouse_button_event (event, &button,
          &x, &y));
  fail_unless_equals_int (button, 3);
  gst_event_unref (event);

  event = gst_area_scale_metas_navigation (new_positional (3, 100, 100),
      &bordered);
  fail_unless (gst_navigation_event_parse_mouse_scroll_event (event, &x, &y,
          &dx, &dy));
  fail_unless_equals_float (dx, 1.5);
  fail_unless_equals_float (dy, -2.5);
  gst_event_unref (event);

  event = gst_area_scale_metas_navigation (new_positional (5, 100, 100),
      &bordered);
  fail_unless (gst_navigation_event_parse_touch_event (event, &finger, &x, &y,
          &pressure));
  fail_unless_equals_int (finger, 9);
  fail_unless_equals_float (pressure, .5);
  gst_event_unref (event);
}

GST_END_TEST;

GST_START_TEST (positions_on_the_border_are_clamped_into_the_input)
{
  static const struct
  {
    gdouble x, y, expect_x, expect_y;
  } cases[] = {
    {0, 0, 0, 0},
    {59, 29, 0, 0},
    {60, 30, 0, 0},
    {60 + 638, 30 + 119.5, 319, 239},
    /* the last pixel: neither truncation nor rounding leaves the input */
    {60 + 639, 30 + 119.9, 319, 239},
    {739, 199, 319, 239},
    {-1e300, 1e300, 0, 239},
    {INFINITY, -INFINITY, 319, 0},
    {80, -5, 10, 0},
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstEvent *event =
        gst_area_scale_metas_navigation (new_positional (0, cases[i].x,
            cases[i].y), &bordered);

    fail_unless_position (event, cases[i].expect_x, cases[i].expect_y);
    gst_event_unref (event);
  }
}

GST_END_TEST;

/* Neither the values nor the event itself change */
static void
fail_unless_untouched (GstEvent * event, const GstAreaScalePlacement * p)
{
  GstStructure *before = gst_structure_copy (gst_event_get_structure (event));
  GstEvent *after = gst_area_scale_metas_navigation (event, p);

  fail_unless (after == event);
  fail_unless (gst_structure_is_equal (gst_event_get_structure (after),
          before));
  gst_structure_free (before);
  gst_event_unref (after);
}

static GstEvent *
new_mouse_move (const gchar * first, ...)
{
  GstStructure *s = gst_structure_new ("application/x-gst-navigation",
      "event", G_TYPE_STRING, "mouse-move", NULL);
  va_list args;

  va_start (args, first);
  gst_structure_set_valist (s, first, args);
  va_end (args);
  return gst_event_new_navigation (s);
}

GST_START_TEST (events_without_a_position_are_untouched)
{
  fail_unless_untouched (gst_navigation_event_new_key_press ("a", MODIFIERS),
      &bordered);
  fail_unless_untouched (gst_navigation_event_new_key_release ("a", MODIFIERS),
      &bordered);
  fail_unless_untouched (gst_navigation_event_new_command
      (GST_NAVIGATION_COMMAND_MENU1), &bordered);
  fail_unless_untouched (gst_navigation_event_new_touch_frame (MODIFIERS),
      &bordered);
  fail_unless_untouched (gst_navigation_event_new_touch_cancel (MODIFIERS),
      &bordered);
}

GST_END_TEST;

GST_START_TEST (malformed_positions_are_untouched)
{
  GstEvent *event;
  gdouble x, y;

  fail_unless_untouched (new_mouse_move ("pointer_x", G_TYPE_DOUBLE, 70.,
          NULL), &bordered);
  fail_unless_untouched (new_mouse_move ("pointer_x", G_TYPE_INT, 70,
          "pointer_y", G_TYPE_DOUBLE, 70., NULL), &bordered);

  event = gst_area_scale_metas_navigation (new_positional (0, NAN, 70),
      &bordered);
  fail_unless (gst_structure_get_double (gst_event_get_structure (event),
          "pointer_x", &x));
  fail_unless (gst_structure_get_double (gst_event_get_structure (event),
          "pointer_y", &y));
  fail_unless (isnan (x) && y == 70);
  gst_event_unref (event);
}

GST_END_TEST;

GST_START_TEST (event_that_others_hold_is_not_changed)
{
  GstEvent *event = new_positional (0, 161, 55), *moved;

  moved = gst_area_scale_metas_navigation (gst_event_ref (event), &bordered);
  fail_if (moved == event);
  fail_unless_position (event, 161, 55);
  fail_unless_position (moved, 50.5, 50);
  gst_event_unref (event);
  gst_event_unref (moved);
}

GST_END_TEST;

/* The navigation event that arrives upstream of the element */
static GstEvent *
send_through (GstHarness * h, GstEvent * event)
{
  fail_unless (gst_harness_push_upstream_event (h, event));
  while ((event = gst_harness_try_pull_upstream_event (h))) {
    if (GST_EVENT_TYPE (event) == GST_EVENT_NAVIGATION)
      return event;
    gst_event_unref (event);
  }
  fail ("no navigation event");
  return NULL;
}

static void
fail_unless_arrives (GstHarness * h, gdouble x, gdouble y, gdouble expect_x,
    gdouble expect_y)
{
  GstEvent *event = send_through (h, new_positional (0, x, y));

  fail_unless_position (event, expect_x, expect_y);
  gst_event_unref (event);
}

static void
push_frame (GstHarness * h)
{
  GstBuffer *buffer = gst_harness_create_buffer (h, 320 * 240);

  gst_buffer_memset (buffer, 0, 0, -1);
  buffer = gst_harness_push_and_pull (h, buffer);
  fail_unless (buffer != NULL);
  gst_buffer_unref (buffer);
}

#define GRAY(size) "video/x-raw,format=GRAY8,framerate=25/1," \
    "pixel-aspect-ratio=1/1," size

GST_START_TEST (element_takes_its_borders_off)
{
  GstHarness *h = gst_harness_new (rig_element_name ());
  GstEvent *event;

  /* nothing is known yet */
  fail_unless_arrives (h, 1000, 2000, 1000, 2000);

  gst_harness_set_src_caps_str (h, GRAY ("width=320,height=240"));
  gst_harness_set_sink_caps_str (h, GRAY ("width=320,height=120"));
  push_frame (h);
  /* 160x120 at 80,0 */
  fail_unless_arrives (h, 80 + 20, 30, 40, 60);
  fail_unless_arrives (h, 3, 119, 0, 238);
  event = send_through (h, gst_navigation_event_new_mouse_scroll (100, 30, 1, 2,
          MODIFIERS));
  fail_unless_position (event, 40, 60);
  gst_event_unref (event);

  g_object_set (h->element, "add-borders", FALSE, NULL);
  push_frame (h);
  fail_unless_arrives (h, 100, 30, 100, 60);

  /* nothing is known any more */
  gst_element_set_state (h->element, GST_STATE_READY);
  gst_element_set_state (h->element, GST_STATE_PLAYING);
  fail_unless_arrives (h, 1000, 2000, 1000, 2000);
  gst_harness_teardown (h);
}

GST_END_TEST;

static Suite *
navigation_suite (void)
{
  Suite *s = suite_create ("navigation");
  TCase *tc = tcase_create ("values");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, every_positional_event_arrives_in_input_pixels);
  tcase_add_test (tc, everything_but_the_position_is_kept);
  tcase_add_test (tc, positions_on_the_border_are_clamped_into_the_input);
  tcase_add_test (tc, events_without_a_position_are_untouched);
  tcase_add_test (tc, malformed_positions_are_untouched);
  tcase_add_test (tc, event_that_others_hold_is_not_changed);

  tc = tcase_create ("element");
  suite_add_tcase (s, tc);
  tcase_add_test (tc, element_takes_its_borders_off);
  return s;
}

GST_CHECK_MAIN (navigation);
