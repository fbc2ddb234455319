/* GStreamer areascale: what the element's tests share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <stdlib.h>
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

const gchar *
rig_element_name (void)
{
  const gchar *name = g_getenv ("AREASCALE_TEST_ELEMENT");

  return name ? name : "areascale";
}

gboolean
rig_converts (void)
{
  return g_str_equal (rig_element_name (), "areaconvertscale");
}

guint
rig_n_rounds (guint usual)
{
  const gchar *percent = g_getenv ("AREASCALE_TEST_PERCENT");

  return percent ? MAX (usual * atoi (percent) / 100, 1) : usual;
}

void
rig_open (Rig * rig)
{
  rig_open_element (rig, rig_element_name ());
}

void
rig_open_element (Rig * rig, const gchar * name)
{
  rig->h = gst_harness_new (name);
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

void
rig_assert_no_error (Rig * rig)
{
  gchar *error = rig_pop_error (rig);

  fail_unless (error == NULL, "%s", error);
}

void
rig_assert_error (Rig * rig, const gchar * words)
{
  gchar *error = rig_pop_error (rig);

  fail_unless (error != NULL, "no error about \"%s\"", words);
  fail_unless (strstr (error, words) != NULL, "\"%s\" lacks \"%s\"", error,
      words);
  g_free (error);
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

/* Rows of every n-th of @rows, from the given one on */
static gint
field_rows (gint rows, gint n_fields, gint field)
{
  return (rows - field + n_fields - 1) / n_fields;
}

/* The rows of one field of a plane against the definition on that field alone,
 * and of a field that the input lacks against that on the other one */
static void
assert_field_scaled (const AreascaleGeometry * plane, const GstVideoFrame * in,
    const GstVideoFrame * out, guint index, gint n_fields, gint field)
{
  gint in_field = field < plane->in_height ? field : 0;
  gint in_stride = GST_VIDEO_FRAME_PLANE_STRIDE (in, index);
  gint out_stride = GST_VIDEO_FRAME_PLANE_STRIDE (out, index);
  const guint8 *src = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (in, index) +
      in_field * in_stride;
  const guint8 *have = (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (out, index) +
      field * out_stride;
  AreascaleGeometry geometry = *plane;
  guint8 *want;
  gsize bytes;
  gint y;

  geometry.in_height = field_rows (plane->in_height, n_fields, in_field);
  geometry.out_height = field_rows (plane->out_height, n_fields, field);
  if (geometry.out_height == 0)
    return;

  bytes = naive_row_bytes (&geometry, geometry.out_width);
  want = g_malloc (bytes * geometry.out_height);
  naive_scale (&geometry, want, bytes, src, (ptrdiff_t) in_stride * n_fields);
  for (y = 0; y < geometry.out_height; y++) {
    if (memcmp (have + (gssize) y * out_stride * n_fields, want + y * bytes,
            bytes) != 0)
      fail ("plane %u row %d of field %d of %d differs", index, y, field,
          n_fields);
  }
  g_free (want);
}

void
rig_assert_frames_scaled (const GstVideoInfo * in,
    const GstVideoFrame * in_frame, const GstVideoInfo * out,
    const GstVideoFrame * out_frame, gint n_fields)
{
  guint done = 0, c;
  gint field;

  for (c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (in); c++) {
    guint plane = GST_VIDEO_INFO_COMP_PLANE (in, c);
    AreascaleGeometry geometry = plane_geometry (in, out, c);

    for (field = 0; field < n_fields && !(done & 1u << plane); field++)
      assert_field_scaled (&geometry, in_frame, out_frame, plane, n_fields,
          field);
    done |= 1u << plane;
  }
}

void
rig_assert_scaled_by_fields (const GstVideoInfo * in, GstBuffer * inbuf,
    const GstVideoInfo * out, GstBuffer * outbuf, gint n_fields)
{
  GstVideoFrame in_frame, out_frame;

  fail_unless (gst_video_frame_map (&in_frame, in, inbuf, GST_MAP_READ));
  fail_unless (gst_video_frame_map (&out_frame, out, outbuf, GST_MAP_READ));
  rig_assert_frames_scaled (in, &in_frame, out, &out_frame, n_fields);
  gst_video_frame_unmap (&out_frame);
  gst_video_frame_unmap (&in_frame);
}

void
rig_assert_scaled (const GstVideoInfo * in, GstBuffer * inbuf,
    const GstVideoInfo * out, GstBuffer * outbuf)
{
  rig_assert_scaled_by_fields (in, inbuf, out, outbuf, 1);
}

GstBuffer *
rig_part (GstBuffer * buffer, const GstVideoInfo * whole,
    const GstVideoInfo * info, gint x, gint y)
{
  GstBuffer *part = gst_buffer_new ();
  gsize offset[GST_VIDEO_MAX_PLANES] = { 0 };
  gint stride[GST_VIDEO_MAX_PLANES] = { 0 };
  guint c;

  for (c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (whole); c++) {
    guint p = GST_VIDEO_INFO_COMP_PLANE (whole, c);

    stride[p] = whole->stride[p];
    offset[p] = whole->offset[p] +
        (gsize) (y >> GST_VIDEO_FORMAT_INFO_H_SUB (whole->finfo, c)) *
        stride[p] +
        (x >> GST_VIDEO_FORMAT_INFO_W_SUB (whole->finfo, c)) *
        GST_VIDEO_INFO_COMP_PSTRIDE (whole, c);
  }
  gst_buffer_append_memory (part, gst_buffer_get_memory (buffer, 0));
  gst_buffer_add_video_meta_full (part, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_INFO_FORMAT (whole), info->width, info->height,
      GST_VIDEO_INFO_N_PLANES (whole), offset, stride);
  return part;
}

GstBuffer *
rig_push_and_pull_noise (Rig * rig, guint32 seed)
{
  return gst_harness_push_and_pull (rig->h, rig_noise (&rig->in, seed));
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

void
rig_assert_refused (Rig * rig, GstFlowReturn ret, const gchar * name)
{
  gchar *error = rig_pop_error (rig);

  fail_unless_equals_int (ret, GST_FLOW_ERROR);
  fail_unless (error != NULL, "%s: no error on the bus", name);
  fail_unless (gst_harness_try_pull (rig->h) == NULL);
  GST_INFO ("%s: %s", name, error);
  g_free (error);
}

void
rig_assert_correct (Rig * rig, GstFlowReturn ret, GstBuffer * plain,
    const gchar * name)
{
  gchar *error = rig_pop_error (rig);
  GstBuffer *outbuf;

  fail_unless (error == NULL, "%s: %s", name, error);
  fail_unless_equals_int (ret, GST_FLOW_OK);
  outbuf = gst_harness_pull (rig->h);
  rig_assert_scaled (&rig->in, plain, &rig->out, outbuf);
  gst_buffer_unref (outbuf);
}

void
rig_check_same_buffer (Rig * rig, guint32 seed)
{
  GstBuffer *inbuf = rig_noise (&rig->in, seed);
  GstBuffer *outbuf =
      gst_harness_push_and_pull (rig->h, gst_buffer_ref (inbuf));

  fail_unless (inbuf == outbuf);
  gst_buffer_unref (outbuf);
  gst_buffer_unref (inbuf);
}
