/* GStreamer areascale: fuzz target of the element's buffers
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Input and output buffers with any GstVideoMeta, memories, offsets and sizes.
 * Each ends in an element error, or in the frame that the reference makes of the
 * planes that the buffer describes; where the format becomes another one, in the
 * frame that a copy of these planes in GStreamer's own layout becomes. An output
 * buffer's other bytes keep what they held. A GLib critical is a fault.
 */

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "outside.h"

#define N_SIZES G_N_ELEMENTS (sizes)
#define N_FORMATS G_N_ELEMENTS (formats)
#define N_OTHERS 13             /* formats that one becomes, itself first */
#define MAX_CUTS 4
#define MAX_BYTES 65536
#define UNTOUCHED 0xee

static const struct
{
  const gchar *name;
  /* samples at a constant distance, all in use */
  gboolean plain;
} formats[] = {
  {"I420", TRUE},
  {"NV12", TRUE},
  {"GRAY8", TRUE},
  {"RGB", TRUE},
  {"AYUV", TRUE},
  {"Y42B", TRUE},
  {"A420", TRUE},
  {"GRAY16_LE", TRUE},
  {"I420_10LE", TRUE},
  {"YUY2", FALSE},
  {"v210", FALSE},
  {"UYVP", FALSE},
  {"RGB16", FALSE},
  {"NV12_10LE32", FALSE},
  {"NV12_64Z32", FALSE},
  {"Y412_BE", FALSE},
  {"NV12_10BE_8L128", FALSE},
  {"NV16_10LE32", FALSE},
  {"NV12_10LE40", FALSE},
};

static const struct
{
  gint in_width, in_height, out_width, out_height;
} sizes[] = {
  {17, 11, 8, 5},
  {64, 20, 31, 40},
  {1, 1, 3, 2},
  {36, 4, 18, 2},
  {19, 9, 25, 6},
};

/* What a buffer is made of. */
typedef struct
{
  gsize size;
  gboolean has_meta;
  gint format;
  guint n_planes;
  guint width, height;
  gsize offset[GST_VIDEO_MAX_PLANES];
  gint stride[GST_VIDEO_MAX_PLANES];
  guint n_cuts;
  gsize cut[MAX_CUTS];
  guint32 seed;                 /* of noise, 0: UNTOUCHED */
} Recipe;

typedef struct
{
  Rig rig;
  gboolean is_open;
} Station;

static Station stations[N_FORMATS][N_OTHERS][N_SIZES];

/* What the pool gives next. */
static Recipe output;

/* --- recipes --- */

static void
recipe_init (Recipe * r, const GstVideoInfo * info)
{
  guint i;

  memset (r, 0, sizeof (*r));
  r->size = GST_VIDEO_INFO_SIZE (info);
  r->format = GST_VIDEO_INFO_FORMAT (info);
  r->n_planes = GST_VIDEO_INFO_N_PLANES (info);
  r->width = GST_VIDEO_INFO_WIDTH (info);
  r->height = GST_VIDEO_INFO_HEIGHT (info);
  for (i = 0; i < r->n_planes; i++) {
    r->offset[i] = GST_VIDEO_INFO_PLANE_OFFSET (info, i);
    r->stride[i] = GST_VIDEO_INFO_PLANE_STRIDE (info, i);
  }
}

static void
change_offset (Recipe * r, guint plane, FuzzInput * in)
{
  gsize value = fuzz_long (in);

  if (fuzz_byte (in) & 1)
    value = (value << (GLIB_SIZEOF_SIZE_T * 8 - 32)) | fuzz_byte (in);
  r->offset[plane] = value;
}

static void
turn_over (Recipe * r, guint plane, FuzzInput * in)
{
  gint rows = (gint8) fuzz_byte (in);

  r->offset[plane] += (gssize) rows * r->stride[plane];
  r->stride[plane] = (gint) (0u - (guint) r->stride[plane]);
}

static void
add_cut (Recipe * r, FuzzInput * in)
{
  gsize at = fuzz_word (in);

  if (r->n_cuts < MAX_CUTS)
    r->cut[r->n_cuts++] = at;
}

static void
change (Recipe * r, FuzzInput * in)
{
  guint op = fuzz_byte (in);
  guint plane = (op >> 4) % GST_VIDEO_MAX_PLANES;

  switch (op % 16) {
    case 1:
      r->offset[plane] += (gint8) fuzz_byte (in);
      break;
    case 2:
      change_offset (r, plane, in);
      break;
    case 3:
      r->stride[plane] += (gint8) fuzz_byte (in);
      break;
    case 4:
      turn_over (r, plane, in);
      break;
    case 5:
      r->stride[plane] = (gint) fuzz_long (in);
      break;
    case 6:
      r->size += (gint8) fuzz_byte (in);
      break;
    case 7:
      r->size = fuzz_word (in);
      break;
    case 8:
      r->width += (gint8) fuzz_byte (in);
      r->height += (gint8) fuzz_byte (in);
      break;
    case 9:
      r->width = fuzz_long (in);
      r->height = fuzz_long (in);
      break;
    case 10:
      r->format = (gint8) fuzz_byte (in);
      break;
    case 11:
      r->n_planes = fuzz_byte (in);
      break;
    case 12:
      add_cut (r, in);
      break;
    case 13:
      r->offset[plane] = fuzz_word (in);
      break;
    case 14:
      r->stride[plane] = (gint16) fuzz_word (in);
      break;
    case 15:
      r->offset[plane] += r->size;
      r->size *= 2;
      break;
    default:
      break;
  }
}

static void
recipe_change (Recipe * r, FuzzInput * in)
{
  guint n = fuzz_byte (in);

  r->has_meta = n & 1;
  for (n = n / 2 % 8; n > 0; n--)
    change (r, in);
  r->size %= MAX_BYTES;
}

/* --- buffers --- */

/* Memory of exactly this size, so that any access outside it is found. */
static GstMemory *
new_memory (gsize size, guint32 * seed)
{
  guint8 *bytes = g_malloc (MAX (size, 1));
  gsize i;

  for (i = 0; i < size; i++) {
    *seed = *seed * 1664525u + (*seed ? 1013904223u : 0);
    bytes[i] = *seed ? *seed >> 24 : UNTOUCHED;
  }
  return gst_memory_new_wrapped (0, bytes, size, 0, size, bytes, g_free);
}

static void
add_meta (GstBuffer * buffer, const Recipe * r)
{
  GstVideoMeta *meta = gst_buffer_add_video_meta (buffer,
      GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_GRAY8, 1, 1);

  meta->format = (GstVideoFormat) r->format;
  meta->n_planes = r->n_planes;
  meta->width = r->width;
  meta->height = r->height;
  memcpy (meta->offset, r->offset, sizeof (r->offset));
  memcpy (meta->stride, r->stride, sizeof (r->stride));
}

static GstBuffer *
new_buffer (const Recipe * r)
{
  GstBuffer *buffer = gst_buffer_new ();
  guint32 seed = r->seed;
  gsize done = 0;
  guint i;

  for (i = 0; i < r->n_cuts; i++) {
    if (r->cut[i] >= done && r->cut[i] <= r->size) {
      gst_buffer_append_memory (buffer, new_memory (r->cut[i] - done, &seed));
      done = r->cut[i];
    }
  }
  gst_buffer_append_memory (buffer, new_memory (r->size - done, &seed));
  if (r->has_meta)
    add_meta (buffer, r);
  return buffer;
}

/* --- the pool of downstream --- */

typedef struct
{
  GstBufferPool parent;
} AnyPool;

typedef struct
{
  GstBufferPoolClass parent_class;
} AnyPoolClass;

GType any_pool_get_type (void);
G_DEFINE_TYPE (AnyPool, any_pool, GST_TYPE_BUFFER_POOL);

static GstFlowReturn
any_pool_alloc_buffer (GstBufferPool * pool, GstBuffer ** buffer,
    GstBufferPoolAcquireParams * params)
{
  (void) pool;
  (void) params;

  *buffer = new_buffer (&output);
  return GST_FLOW_OK;
}

/* No buffer is given twice. */
static void
any_pool_release_buffer (GstBufferPool * pool, GstBuffer * buffer)
{
  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_TAG_MEMORY);
  GST_BUFFER_POOL_CLASS (any_pool_parent_class)->release_buffer (pool, buffer);
}

static void
any_pool_class_init (AnyPoolClass * klass)
{
  GstBufferPoolClass *pool_class = GST_BUFFER_POOL_CLASS (klass);

  pool_class->alloc_buffer = any_pool_alloc_buffer;
  pool_class->release_buffer = any_pool_release_buffer;
}

static void
any_pool_init (AnyPool * self)
{
  (void) self;
}

/* --- what came out --- */

/* A frame as the buffer describes it, its rows not looked at. */
typedef struct
{
  GstVideoFrame frame;
  GstVideoMeta *meta;
  GstBuffer *buffer;
  GstMapInfo map[GST_VIDEO_MAX_PLANES];
} View;

static void
view_init (View * view, const GstVideoInfo * info, GstBuffer * buffer,
    GstMapFlags flags)
{
  guint i;

  memset (view, 0, sizeof (*view));
  view->buffer = buffer;
  view->meta = gst_buffer_get_video_meta (buffer);
  view->frame.info = *info;
  if (view->meta == NULL)
    check (gst_buffer_map (buffer, &view->map[0], flags));

  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (info); i++) {
    if (view->meta)
      check (gst_video_meta_map (view->meta, i, &view->map[i],
              &view->frame.data[i], &view->frame.info.stride[i], flags));
    else
      view->frame.data[i] =
          view->map[0].data + GST_VIDEO_INFO_PLANE_OFFSET (info, i);
  }
}

static void
view_clear (View * view)
{
  guint i;

  if (view->meta == NULL)
    gst_buffer_unmap (view->buffer, &view->map[0]);
  for (i = 0; view->meta && i < GST_VIDEO_FRAME_N_PLANES (&view->frame); i++)
    gst_video_meta_unmap (view->meta, i, &view->map[i]);
}

static gsize
row_bytes (const GstVideoInfo * info, guint plane)
{
  gsize bytes = 0;
  guint c;

  for (c = 0; c < GST_VIDEO_INFO_N_COMPONENTS (info); c++) {
    if (GST_VIDEO_INFO_COMP_PLANE (info, c) == plane)
      bytes = (gsize) GST_VIDEO_INFO_COMP_WIDTH (info, c) *
          GST_VIDEO_INFO_COMP_PSTRIDE (info, c);
  }
  return bytes;
}

static gint
plane_rows (const GstVideoInfo * info, guint plane)
{
  guint c = 0;

  while (GST_VIDEO_INFO_COMP_PLANE (info, c) != plane)
    c++;
  return GST_VIDEO_INFO_COMP_HEIGHT (info, c);
}

static void
wipe_planes (View * view, const GstVideoInfo * info)
{
  guint i;
  gint y;

  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (info); i++) {
    for (y = 0; y < plane_rows (info, i); y++)
      memset ((guint8 *) view->frame.data[i] +
          (gssize) view->frame.info.stride[i] * y, UNTOUCHED,
          row_bytes (info, i));
  }
}

static void
check_untouched (GstBuffer * buffer)
{
  GstMapInfo map;
  gsize i;

  check (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (i = 0; i < map.size; i++)
    check (map.data[i] == UNTOUCHED);
  gst_buffer_unmap (buffer, &map);
}

static void
check_output (const Rig * rig, GstBuffer * inbuf, GstBuffer * outbuf)
{
  View in, out;

  view_init (&in, &rig->in, inbuf, GST_MAP_READ);
  view_init (&out, &rig->out, outbuf, GST_MAP_READWRITE);
  rig_assert_frames_scaled (&rig->in, &in.frame, &rig->out, &out.frame, 1);
  wipe_planes (&out, &rig->out);
  view_clear (&out);
  view_clear (&in);
  check_untouched (outbuf);
}

/* The same frame in GStreamer's own layout. */
static GstBuffer *
copy_frame (const GstVideoInfo * info, View * view)
{
  GstBuffer *copy = gst_buffer_new_allocate (NULL, info->size, NULL);
  guint i;
  gint y;

  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (info); i++) {
    for (y = 0; y < plane_rows (info, i); y++)
      gst_buffer_fill (copy, info->offset[i] + (gsize) y * info->stride[i],
          (guint8 *) view->frame.data[i] +
          (gssize) view->frame.info.stride[i] * y, row_bytes (info, i));
  }
  return copy;
}

static void
check_same_rows (const GstVideoInfo * info, View * a, View * b)
{
  guint i;
  gint y;

  for (i = 0; i < GST_VIDEO_INFO_N_PLANES (info); i++) {
    for (y = 0; y < plane_rows (info, i); y++)
      check (memcmp ((guint8 *) a->frame.data[i] +
              (gssize) a->frame.info.stride[i] * y,
              (guint8 *) b->frame.data[i] +
              (gssize) b->frame.info.stride[i] * y, row_bytes (info, i)) == 0);
  }
}

static void
check_converted (Rig * rig, GstBuffer * inbuf, GstBuffer * outbuf)
{
  GstBuffer *plain;
  View in, out, like;

  view_init (&in, &rig->in, inbuf, GST_MAP_READ);
  recipe_init (&output, &rig->out);
  plain = gst_harness_push_and_pull (rig->h, copy_frame (&rig->in, &in));
  view_clear (&in);
  check (plain != NULL);

  view_init (&out, &rig->out, outbuf, GST_MAP_READWRITE);
  view_init (&like, &rig->out, plain, GST_MAP_READ);
  check_same_rows (&rig->out, &out, &like);
  view_clear (&like);
  wipe_planes (&out, &rig->out);
  view_clear (&out);
  gst_buffer_unref (plain);
  check_untouched (outbuf);
}

static void
check_refused (Rig * rig, GstFlowReturn ret)
{
  gchar *error = rig_pop_error (rig);

  check (ret == GST_FLOW_ERROR);
  check (error != NULL);
  g_free (error);
}

/* --- stations --- */

static guint
other_format (guint format, guint other)
{
  return (format + other) % N_FORMATS;
}

static void
station_open (Station * station, guint format, guint other, guint size)
{
  GstBufferPool *pool = g_object_new (any_pool_get_type (), NULL);
  Rig *rig = &station->rig;
  gchar *in = g_strdup_printf ("video/x-raw,framerate=0/1,format=%s,"
      "width=%d,height=%d", formats[format].name, sizes[size].in_width,
      sizes[size].in_height);
  gchar *out = g_strdup_printf ("video/x-raw,framerate=0/1,format=%s,"
      "width=%d,height=%d", formats[other_format (format, other)].name,
      sizes[size].out_width, sizes[size].out_height);

  gst_object_ref_sink (pool);
  rig_open_element (rig, other ? "areaconvertscale" : "areascale");
  g_object_set (rig->h->element, "add-borders", FALSE, "n-threads",
      1 + size % 2, NULL);
  rig_offer_pool (rig, pool, 1);
  rig_set_out_caps (rig, out);
  rig_set_in_caps (rig, in);
  station->is_open = TRUE;
  gst_object_unref (pool);
  g_free (out);
  g_free (in);
}

static void
stations_close (void)
{
  Station *station = &stations[0][0][0];
  guint i;

  for (i = 0; i < N_FORMATS * N_OTHERS * N_SIZES; i++) {
    if (station[i].is_open)
      rig_clear (&station[i].rig);
  }
  gst_deinit ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  (void) argc;
  (void) argv;

  outside_init ();
  atexit (stations_close);
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t * data, size_t size)
{
  FuzzInput rest = { data, size };
  guint first = fuzz_byte (&rest);
  guint format = first % N_FORMATS, other = first / N_FORMATS % N_OTHERS;
  guint pair = fuzz_byte (&rest) % N_SIZES;
  Station *station = &stations[format][other][pair];
  Rig *rig = &station->rig;
  GstBuffer *inbuf, *outbuf;
  GstFlowReturn ret;
  Recipe input;

  if (!station->is_open)
    station_open (station, format, other, pair);

  recipe_init (&input, &rig->in);
  recipe_init (&output, &rig->out);
  recipe_change (&input, &rest);
  recipe_change (&output, &rest);
  input.seed = 1 | fuzz_word (&rest);

  inbuf = new_buffer (&input);
  ret = gst_harness_push (rig->h, gst_buffer_ref (inbuf));
  outbuf = gst_harness_try_pull (rig->h);
  check ((outbuf != NULL) == (ret == GST_FLOW_OK));
  if (outbuf == NULL)
    check_refused (rig, ret);
  else if (other == 0 && formats[format].plain)
    check_output (rig, inbuf, outbuf);
  else if (formats[format].plain
      && formats[other_format (format, other)].plain)
    check_converted (rig, inbuf, outbuf);

  gst_clear_buffer (&outbuf);
  gst_buffer_unref (inbuf);
  return 0;
}
