/* GStreamer areascale: fuzz target of what happens to the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Caps of both sides, properties, events of both directions, queries, states and
 * buffers with metas in any order. Whatever came before, the element works again
 * after NULL. A GLib critical is a fault.
 */

#include "fuzz.h"
#include "outside.h"

#define MAX_STEPS 40
#define MAX_BYTES (1 << 20)

typedef void (*Step) (Rig * rig, FuzzInput * in);

static const gchar *const formats[] = {
  "I420", "NV12", "RGBA", "YUY2", "GRAY8", "v210", "P010_10LE", "RGB8P",
  "NV12_64Z32", "UYVP", "NV12_10LE32", "I420_12BE", "ARGB64", "ENCODED",
};

static const gchar *const downstream[] = {
  "video/x-raw",
  "video/x-raw,width=8,height=5",
  "video/x-raw,width=[1,64]",
  "video/x-raw,height=10",
  "video/x-raw,width=50,height=50,pixel-aspect-ratio=1/1",
  "video/x-raw,width=64,height=20,pixel-aspect-ratio=[1/4,4/1]",
  "video/x-raw,width={3,30,100},height=(int)[2,90,2]",
  "video/x-raw,format=NV12,width=9,height=9",
  "video/x-raw(memory:GLMemory)",
  "video/x-raw(memory:SystemMemory,meta:GstVideoOverlayComposition),width=7",
  "video/x-raw,interlace-mode=interleaved,height=16",
  "video/x-raw(format:Interlaced),interlace-mode=alternate,height=10",
  "video/x-raw,width=1,height=1",
  "audio/x-raw",
  "ANY",
  "EMPTY",
  "video/x-raw,format=RGB,width=9,height=9,pixel-aspect-ratio=1/1",
  "video/x-raw,format={GRAY8,v210,RGB8P},width=20",
  "video/x-raw,format=AYUV,colorimetry={bt709,sRGB},chroma-site=jpeg",
};

static const gchar *const features[] = {
  "", "(memory:SystemMemory,meta:GstVideoOverlayComposition)",
  "(memory:GLMemory)", "(format:Interlaced)", "", "", "", "",
};

static const gchar *const modes[] = {
  "", "", ",interlace-mode=interleaved", ",interlace-mode=mixed",
  ",interlace-mode=alternate", ",interlace-mode=progressive",
  ",interlace-mode=fields", ",interlace-mode=mixed,field-order=odd",
};

/* Mostly small, sometimes anything. */
static gint
any_size (FuzzInput * in)
{
  guint byte = fuzz_byte (in);

  if (byte == 0xff)
    return (gint) fuzz_long (in);
  if (byte == 0xfe)
    return fuzz_word (in);
  return byte % 70;
}

static GstCaps *
any_caps (FuzzInput * in)
{
  guint kind = fuzz_byte (in);
  GString *string = g_string_new ("video/x-raw");
  GstCaps *caps;

  g_string_append (string, features[fuzz_byte (in) % G_N_ELEMENTS (features)]);
  g_string_append_printf (string, ",format=%s,framerate=%u/1",
      formats[fuzz_byte (in) % G_N_ELEMENTS (formats)], kind % 4);
  if (kind & 4)
    g_string_append_printf (string, ",pixel-aspect-ratio=%d/%d",
        any_size (in), 1 + any_size (in) % 100);
  g_string_append (string, modes[fuzz_byte (in) % G_N_ELEMENTS (modes)]);
  if (!(kind & 8))
    g_string_append_printf (string, ",width=(int)%d", any_size (in));
  if (!(kind & 16))
    g_string_append_printf (string, ",height=(int)%d", any_size (in));
  caps = gst_caps_from_string (string->str);
  g_string_free (string, TRUE);
  return caps ? caps : gst_caps_new_empty ();
}

static void
set_input_caps (Rig * rig, FuzzInput * in)
{
  GstCaps *caps = any_caps (in);

  if (gst_caps_is_fixed (caps))
    gst_pad_push_event (rig->h->srcpad, gst_event_new_caps (caps));
  gst_caps_unref (caps);
}

static void
set_output_caps (Rig * rig, FuzzInput * in)
{
  gst_harness_set_sink_caps_str (rig->h,
      downstream[fuzz_byte (in) % G_N_ELEMENTS (downstream)]);
}

static gboolean
converts (Rig * rig)
{
  return g_object_class_find_property (G_OBJECT_GET_CLASS (rig->h->element),
      "alpha-mode") != NULL;
}

static void
set_alpha (Rig * rig, FuzzInput * in)
{
  guint byte = fuzz_byte (in);

  g_object_set (rig->h->element, "alpha-mode", byte % 3, "alpha-value",
      byte / 255.0, NULL);
}

static void
set_mean (Rig * rig, FuzzInput * in)
{
  guint byte = fuzz_byte (in);

  if (converts (rig) && byte & 0x80)
    set_alpha (rig, in);
  g_object_set (rig->h->element, "method", byte & 1, "keep-chroma-site",
      byte >> 1 & 1, "weight-by-alpha", byte >> 2 & 1, "gamma-decode",
      byte >> 3 & 1, NULL);
}

static void
set_property (Rig * rig, FuzzInput * in)
{
  guint kind = fuzz_byte (in);

  if (kind >= 0xf0) {
    set_mean (rig, in);
    return;
  }
  switch (kind % 3) {
    case 0:
      g_object_set (rig->h->element, "add-borders", fuzz_byte (in) & 1, NULL);
      break;
    case 1:
      g_object_set (rig->h->element, "border-color", fuzz_long (in), NULL);
      break;
    default:
      g_object_set (rig->h->element, "n-threads", fuzz_byte (in) % 5, NULL);
      break;
  }
}

static GstEvent *
any_segment (FuzzInput * in)
{
  GstFormat format = fuzz_byte (in) & 1 ? GST_FORMAT_TIME : GST_FORMAT_BYTES;
  GstSegment segment;

  gst_segment_init (&segment, format);
  segment.start = fuzz_long (in);
  segment.time = fuzz_long (in);
  if (fuzz_byte (in) & 1) {
    segment.rate = -0.5;
    segment.stop = segment.start + fuzz_long (in);
  }
  return gst_event_new_segment (&segment);
}

static void
send_downstream (Rig * rig, FuzzInput * in)
{
  GstEvent *event;

  switch (fuzz_byte (in) % 8) {
    case 0:
      event = gst_event_new_stream_start ("again");
      break;
    case 1:
      event = any_segment (in);
      break;
    case 2:
      event = gst_event_new_flush_start ();
      break;
    case 3:
      event = gst_event_new_flush_stop (fuzz_byte (in) & 1);
      break;
    case 4:
      event = gst_event_new_gap (fuzz_long (in), fuzz_long (in));
      break;
    case 5:
      event = gst_event_new_eos ();
      break;
    case 6:
      event = gst_event_new_tag (gst_tag_list_new_empty ());
      break;
    default:
      event = gst_event_new_custom (GST_EVENT_CUSTOM_DOWNSTREAM_STICKY,
          gst_structure_new_empty ("custom"));
      break;
  }
  gst_pad_push_event (rig->h->srcpad, event);
}

static GstEvent *
any_navigation (FuzzInput * in)
{
  static const gchar *const types[] = {
    "mouse-move", "mouse-button-press", "mouse-scroll", "touch-motion",
    "key-press", "nothing",
  };
  guint kind = fuzz_byte (in);
  GstStructure *s = gst_structure_new ("application/x-gst-navigation",
      "event", G_TYPE_STRING, types[kind % G_N_ELEMENTS (types)], NULL);
  gdouble position = (gint32) fuzz_long (in) / 256.0;

  if (kind & 64)
    position = kind & 128 ? G_MAXDOUBLE : -G_MAXDOUBLE;
  if (kind & 32)
    gst_structure_set (s, "pointer_x", G_TYPE_DOUBLE, position, NULL);
  if (kind & 16)
    gst_structure_set (s, "pointer_y", G_TYPE_DOUBLE, position, NULL);
  else
    gst_structure_set (s, "pointer_y", G_TYPE_INT, 3, NULL);
  return gst_event_new_navigation (s);
}

static void
send_upstream (Rig * rig, FuzzInput * in)
{
  GstEvent *event;

  switch (fuzz_byte (in) % 5) {
    case 0:
      event = any_navigation (in);
      break;
    case 1:
      event = gst_event_new_reconfigure ();
      break;
    case 2:
      event = gst_event_new_qos (GST_QOS_TYPE_UNDERFLOW, 0.5,
          (gint32) fuzz_long (in), (1ull << 31) + fuzz_long (in));
      break;
    case 3:
      event = gst_event_new_seek (1.0, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH,
          GST_SEEK_TYPE_SET, fuzz_long (in), GST_SEEK_TYPE_NONE, 0);
      break;
    default:
      event = gst_event_new_latency (fuzz_long (in));
      break;
  }
  gst_pad_push_event (rig->h->sinkpad, event);
}

static void
ask (Rig * rig, FuzzInput * in)
{
  guint kind = fuzz_byte (in);
  GstPad *pad = kind & 8 ? rig->h->srcpad : rig->h->sinkpad;
  GstCaps *caps = any_caps (in);
  GstQuery *query = NULL;

  switch (kind % 5) {
    case 0:
      query = gst_query_new_caps (kind & 16 ? caps : NULL);
      break;
    case 1:
      if (gst_caps_is_fixed (caps))
        query = gst_query_new_accept_caps (caps);
      break;
    case 2:
      /* asked by upstream alone */
      pad = rig->h->srcpad;
      query = gst_query_new_allocation (kind & 16
          && gst_caps_is_fixed (caps) ? caps : NULL, kind & 32);
      break;
    case 3:
      query = gst_query_new_latency ();
      break;
    default:
      query = gst_query_new_position (GST_FORMAT_TIME);
      break;
  }
  if (query) {
    gst_pad_peer_query (pad, query);
    gst_query_unref (query);
  }
  gst_caps_unref (caps);
}

static gsize
frame_size (Rig * rig)
{
  GstCaps *caps = gst_pad_get_current_caps (rig->h->srcpad);
  GstVideoInfo info;
  gsize size = 16;

  if (caps != NULL) {
    if (gst_video_info_from_caps (&info, caps))
      size = GST_VIDEO_INFO_SIZE (&info);
    gst_caps_unref (caps);
  }
  return size;
}

static GstVideoOverlayRectangle *
any_rectangle (FuzzInput * in)
{
  GstBuffer *pixels = gst_buffer_new_allocate (NULL, 16, NULL);
  GstVideoOverlayRectangle *rectangle;
  gint x = (gint) fuzz_long (in), y = (gint) fuzz_long (in);
  guint w = fuzz_long (in), h = fuzz_long (in);

  gst_buffer_memset (pixels, 0, 0x80, 16);
  gst_buffer_add_video_meta (pixels, GST_VIDEO_FRAME_FLAG_NONE,
      GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, 2, 2);
  rectangle = gst_video_overlay_rectangle_new_raw (pixels, x, y, MAX (w, 1),
      MAX (h, 1), GST_VIDEO_OVERLAY_FORMAT_FLAG_NONE);
  gst_buffer_unref (pixels);
  return rectangle;
}

static void
add_overlay (GstBuffer * buffer, FuzzInput * in)
{
  GstVideoOverlayComposition *overlay =
      gst_video_overlay_composition_new (NULL);
  guint n;

  for (n = fuzz_byte (in) % 3; n > 0; n--) {
    GstVideoOverlayRectangle *rectangle = any_rectangle (in);

    gst_video_overlay_composition_add_rectangle (overlay, rectangle);
    gst_video_overlay_rectangle_unref (rectangle);
  }
  gst_buffer_add_video_overlay_composition_meta (buffer, overlay);
  gst_video_overlay_composition_unref (overlay);
}

static void
add_crop (GstBuffer * buffer, FuzzInput * in)
{
  GstVideoCropMeta *crop = gst_buffer_add_video_crop_meta (buffer);

  crop->x = fuzz_long (in);
  crop->y = fuzz_long (in);
  crop->width = fuzz_long (in);
  crop->height = fuzz_long (in);
}

static void
add_region (GstBuffer * buffer, FuzzInput * in)
{
  guint x = fuzz_long (in), y = fuzz_long (in);
  guint w = fuzz_long (in), h = fuzz_long (in);
  GstVideoRegionOfInterestMeta *region =
      gst_buffer_add_video_region_of_interest_meta (buffer, "any", x, y, w, h);

  if (fuzz_byte (in) & 1)
    gst_video_region_of_interest_meta_add_param (region,
        gst_structure_new_empty ("param"));
}

static void
add_affine (GstBuffer * buffer, FuzzInput * in)
{
  GstVideoAffineTransformationMeta *affine =
      gst_buffer_add_video_affine_transformation_meta (buffer);

  affine->matrix[fuzz_byte (in) % 16] = (gint32) fuzz_long (in) / 256.0f;
}

static void
add_bars (GstBuffer * buffer, FuzzInput * in)
{
  gboolean is_letterbox = fuzz_byte (in) & 1;
  guint first = fuzz_long (in), second = fuzz_long (in);

  gst_buffer_add_video_bar_meta (buffer, 0, is_letterbox, first, second);
}

static void
add_metas (GstBuffer * buffer, FuzzInput * in)
{
  guint n;

  for (n = fuzz_byte (in) % 4; n > 0; n--) {
    switch (fuzz_byte (in) % 7) {
      case 0:
        add_overlay (buffer, in);
        break;
      case 1:
        add_crop (buffer, in);
        break;
      case 2:
        add_region (buffer, in);
        break;
      case 3:
        add_affine (buffer, in);
        break;
      case 4:
        gst_buffer_add_video_afd_meta (buffer, 0, GST_VIDEO_AFD_SPEC_DVB_ETSI,
            GST_VIDEO_AFD_4_3_FULL_16_9_FULL);
        break;
      case 5:
        add_bars (buffer, in);
        break;
      default:
        gst_buffer_add_custom_meta (buffer, "fuzz-size");
        break;
    }
  }
}

static void
push_frame (Rig * rig, FuzzInput * in)
{
  guint kind = fuzz_byte (in);
  gsize size = frame_size (rig);
  GstBuffer *buffer;

  if (size > MAX_BYTES)
    return;
  if (kind % 8 == 7)
    size = size * fuzz_byte (in) / 256;
  buffer = gst_buffer_new_allocate (NULL, size, NULL);
  gst_buffer_memset (buffer, 0, fuzz_byte (in), size);
  GST_BUFFER_FLAG_SET (buffer, fuzz_long (in) & ~(GST_MINI_OBJECT_FLAG_LAST - 1));
  GST_BUFFER_PTS (buffer) = kind & 8 ? GST_CLOCK_TIME_NONE : fuzz_long (in);
  if (kind & 16)
    add_metas (buffer, in);
  gst_harness_push (rig->h, buffer);
}

static void
change_state (Rig * rig, FuzzInput * in)
{
  static const GstState states[] = {
    GST_STATE_NULL, GST_STATE_READY, GST_STATE_PAUSED, GST_STATE_PLAYING,
    GST_STATE_PLAYING, GST_STATE_PLAYING,
  };

  gst_element_set_state (rig->h->element,
      states[fuzz_byte (in) % G_N_ELEMENTS (states)]);
}

static void
block_downstream (Rig * rig, FuzzInput * in)
{
  gst_pad_set_active (rig->h->sinkpad, fuzz_byte (in) & 1);
}

static void
forget (Rig * rig)
{
  GstMessage *message;
  GstBuffer *buffer;
  GstEvent *event;

  while ((message = gst_bus_pop (rig->bus)))
    gst_message_unref (message);
  while ((buffer = gst_harness_try_pull (rig->h)))
    gst_buffer_unref (buffer);
  while ((event = gst_harness_try_pull_event (rig->h)))
    gst_event_unref (event);
  while ((event = gst_harness_try_pull_upstream_event (rig->h)))
    gst_event_unref (event);
}

static void
restart_pad (GstPad * pad)
{
  gst_pad_set_active (pad, FALSE);
  gst_pad_set_active (pad, TRUE);
}

/* A frame is scaled as if nothing had been. */
static void
check_recovery (Rig * rig)
{
  GstSegment segment;

  gst_element_set_state (rig->h->element, GST_STATE_NULL);
  restart_pad (rig->h->srcpad);
  restart_pad (rig->h->sinkpad);
  check (gst_element_set_state (rig->h->element, GST_STATE_PLAYING)
      != GST_STATE_CHANGE_FAILURE);
  forget (rig);
  g_object_set (rig->h->element, "add-borders", FALSE, "method", 0,
      "keep-chroma-site", FALSE, "weight-by-alpha", FALSE, "gamma-decode",
      FALSE, NULL);
  if (converts (rig))
    g_object_set (rig->h->element, "alpha-mode", 0, NULL);
  rig_set_out_caps (rig, "video/x-raw,format=I420,width=8,height=5");
  gst_pad_push_event (rig->h->srcpad, gst_event_new_stream_start ("last"));
  rig_set_in_caps (rig, "video/x-raw,format=I420,width=17,height=11,"
      "framerate=0/1");
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (rig->h->srcpad, gst_event_new_segment (&segment));
  rig_check_frame (rig, 1);
}

/* A meta that is scaled by its own function. */
static gboolean
scale_custom (GstBuffer * outbuf, G_GNUC_UNUSED GstCustomMeta * meta,
    G_GNUC_UNUSED GstBuffer * inbuf, GQuark type, gpointer data,
    G_GNUC_UNUSED gpointer user_data)
{
  if (!GST_VIDEO_META_TRANSFORM_IS_SCALE (type))
    return FALSE;
  check (GST_VIDEO_INFO_WIDTH (((GstVideoMetaTransform *) data)->out_info) > 0);
  gst_buffer_add_custom_meta (outbuf, "fuzz-size");
  return TRUE;
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  static const gchar *tags[] =
      { GST_META_TAG_VIDEO_STR, GST_META_TAG_VIDEO_SIZE_STR, NULL };

  (void) argc;
  (void) argv;

  outside_init ();
  gst_meta_register_custom ("fuzz-size", tags, scale_custom, NULL, NULL);
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  static const Step steps[] = {
    set_input_caps, set_input_caps, set_input_caps, set_output_caps,
    set_property, send_downstream, send_upstream, ask, push_frame, push_frame,
    push_frame, push_frame, change_state, block_downstream,
  };
  FuzzInput in = { data, size };
  guint first = fuzz_byte (&in), n;
  Rig rig;

  rig_open_element (&rig, first & 0x80 ? "areaconvertscale" : "areascale");
  gst_harness_set_sink_caps_str (rig.h, downstream[first % 8]);
  gst_pad_push_event (rig.h->srcpad, gst_event_new_stream_start ("first"));
  for (n = 0; in.left > 0 && n < MAX_STEPS; n++) {
    steps[fuzz_byte (&in) % G_N_ELEMENTS (steps)] (&rig, &in);
    forget (&rig);
  }
  check_recovery (&rig);
  rig_clear (&rig);
  return 0;
}
