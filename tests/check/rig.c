/* GStreamer areascale: what the element's tests share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <string.h>

#include "naive.h"
#include "rig.h"

static void
info_from_string (GstVideoInfo * info, const gchar * string)
{
  GstCaps *caps = gst_caps_from_string (string);

  fail_unless (caps != NULL && gst_video_info_from_caps (info, caps));
  gst_caps_unref (caps);
}

void
rig_open (Rig * rig)
{
  rig->h = gst_harness_new ("areascale");
  rig->bus = gst_bus_new ();
  gst_element_set_bus (rig->h->element, rig->bus);
}

void
rig_init (Rig * rig, const gchar * in_caps, const gchar * out_caps)
{
  rig_open (rig);
  rig_set_out_caps (rig, out_caps);
  rig_set_in_caps (rig, in_caps);
}

void
rig_clear (Rig * rig)
{
  gst_bus_set_flushing (rig->bus, TRUE);
  gst_element_set_bus (rig->h->element, NULL);
  gst_harness_teardown (rig->h);
  gst_object_unref (rig->bus);
}

void
rig_set_in_caps (Rig * rig, const gchar * caps)
{
  info_from_string (&rig->in, caps);
  gst_harness_set_src_caps_str (rig->h, caps);
}

void
rig_set_out_caps (Rig * rig, const gchar * caps)
{
  info_from_string (&rig->out, caps);
  gst_harness_set_sink_caps_str (rig->h, caps);
}

gchar *
rig_pop_error (Rig * rig)
{
  GstMessage *message = gst_bus_pop_filtered (rig->bus, GST_MESSAGE_ERROR);
  GError *error;
  gchar *text;

  if (message == NULL)
    return NULL;
  gst_message_parse_error (message, &error, NULL);
  text = g_strdup (error->message);
  g_error_free (error);
  gst_message_unref (message);
  return text;
}

typedef struct
{
  GstBufferPool *pool;
  guint size;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  gst_object_unref (offer->pool);
  g_free (offer);
}

static GstPadProbeReturn
answer_allocation (GstPad * pad, GstPadProbeInfo * probe, gpointer user_data)
{
  GstQuery *query = GST_PAD_PROBE_INFO_QUERY (probe);
  Offer *offer = user_data;

  (void) pad;
  if (GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION)
    return GST_PAD_PROBE_OK;
  gst_query_add_allocation_pool (query, offer->pool, offer->size, 0, 0);
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
  return GST_PAD_PROBE_HANDLED;
}

void
rig_offer_pool (Rig * rig, GstBufferPool * pool, guint size)
{
  Offer *offer = g_new (Offer, 1);

  offer->pool = gst_object_ref (pool);
  offer->size = size;
  gst_pad_add_probe (rig->h->sinkpad, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM,
      answer_allocation, offer, offer_free);
}

GstBuffer *
rig_noise (const GstVideoInfo * info, guint32 seed)
{
  GstBuffer *buffer =
      gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (info), NULL);
  GRand *rand = g_rand_new_with_seed (seed);
  GstMapInfo map;
  gsize i;

  fail_unless (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  for (i = 0; i < map.size; i++)
    map.data[i] = g_rand_int (rand) >> 24;
  gst_buffer_unmap (buffer, &map);
  g_rand_free (rand);
  return buffer;
}

/* The geometry of one plane, whose first component is @c */
static AreascaleGeometry
plane_geometry (const GstVideoInfo * in, const GstVideoInfo * out, guint c)
{
  gint depth = GST_VIDEO_INFO_COMP_DEPTH (in, c);
  gint shift = GST_VIDEO_FORMAT_INFO_SHIFT (in->finfo, c);
  gint sample_bytes = depth + shift > 8 ? 2 : 1;
  AreascaleGeometry geometry = {
    .in_width = GST_VIDEO_INFO_COMP_WIDTH (in, c),
    .in_height = GST_VIDEO_INFO_COMP_HEIGHT (in, c),
    .out_width = GST_VIDEO_INFO_COMP_WIDTH (out, c),
    .out_height = GST_VIDEO_INFO_COMP_HEIGHT (out, c),
    .layout = GST_VIDEO_INFO_COMP_PSTRIDE (in, c) / sample_bytes - 1,
    .depth = depth,
    .shift = shift,
  };

  return geometry;
}

static void
assert_plane_scaled (const AreascaleGeometry * geometry,
    const GstVideoFrame * in, const GstVideoFrame * out, guint plane)
{
  gsize bytes = naive_row_bytes (geometry, geometry->out_width);
  guint8 *want = g_malloc (bytes * geometry->out_height);
  gint y;

  naive_scale (geometry, want, bytes, GST_VIDEO_FRAME_PLANE_DATA (in, plane),
      GST_VIDEO_FRAME_PLANE_STRIDE (in, plane));
  for (y = 0; y < geometry->out_height; y++) {
    const guint8 *have = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (out, plane) +
        y * GST_VIDEO_FRAME_PLANE_STRIDE (out, plane);

    fail_unless (memcmp (have, want + y * bytes, bytes) == 0,
        "plane %u row %d differs", plane, y);
  }
  g_free (want);
}

void
rig_assert_scaled (const GstVideoInfo * in, GstBuffer * inbuf,
    const GstVideoInfo * out, GstBuffer * outbuf)
{
  GstVideoFrame in_frame, out_frame;
  guint done = 0, c;

  fail_unless (gst_video_frame_map (&in_frame, in, inbuf, GST_MAP_READ));
  fail_unless (gst_video_frame_map (&out_frame, out, outbuf, GST_MAP_READ));
  for (c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (in); c++) {
    guint plane = GST_VIDEO_INFO_COMP_PLANE (in, c);

    if (!(done & 1u << plane)) {
      AreascaleGeometry geometry = plane_geometry (in, out, c);

      assert_plane_scaled (&geometry, &in_frame, &out_frame, plane);
      done |= 1u << plane;
    }
  }
  gst_video_frame_unmap (&out_frame);
  gst_video_frame_unmap (&in_frame);
}

void
rig_check_frame (Rig * rig, guint32 seed)
{
  GstBuffer *inbuf = rig_noise (&rig->in, seed);
  GstBuffer *outbuf =
      gst_harness_push_and_pull (rig->h, gst_buffer_ref (inbuf));

  fail_unless (outbuf != NULL);
  rig_assert_scaled (&rig->in, inbuf, &rig->out, outbuf);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
}
