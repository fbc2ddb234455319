/* GStreamer areascale: the padding and stride alignment that downstream asks for
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Every format, interlace mode, size and alignment, or a seeded part of them
 * unless called with "all". The picture is that of a frame without padding, and no
 * byte outside of it is written.
 */

#include <string.h>

#include "frame.h"
#include "rig.h"
#include "engine.h"

#define SEED 83
#define GUARD 512
#define UNTOUCHED 0xa5

/* Of a format and mode when not all. */
#define N_CASES 5

typedef struct
{
  guint top, bottom, left, right;
  guint mask[4];
} Alignment;

static const Alignment alignments[] = {
  {0, 0, 0, 0, {15, 15, 15, 15}},
  {0, 0, 0, 0, {63, 63, 63, 63}},
  {0, 0, 0, 0, {255, 255, 255, 255}},
  {0, 0, 0, 0, {0, 31, 7, 0}},
  {0, 0, 0, 0, {4095, 0, 0, 0}},
  {1, 0, 0, 0, {0}},
  {2, 0, 0, 0, {0}},
  {3, 0, 0, 0, {0}},
  {8, 0, 0, 0, {0}},
  {0, 1, 0, 0, {0}},
  {0, 7, 0, 0, {0}},
  {0, 0, 1, 0, {0}},
  {0, 0, 2, 0, {0}},
  {0, 0, 5, 0, {0}},
  {0, 0, 16, 0, {0}},
  {0, 0, 0, 1, {0}},
  {0, 0, 0, 7, {0}},
  {3, 0, 5, 0, {0}},
  {1, 2, 0, 0, {0}},
  {8, 8, 8, 8, {0}},
  {3, 5, 7, 9, {0}},
  {3, 5, 7, 9, {15, 15, 15, 15}},
  {16, 16, 16, 16, {63, 63, 63, 63}},
  {0, 0, 5, 0, {15, 15, 15, 15}},
  {3, 0, 0, 0, {63, 63, 63, 63}},
  {1, 2, 3, 4, {31, 0, 0, 0}},
  {33, 1, 33, 1, {127, 127, 127, 127}},
};

static const struct
{
  gint width, height;
} sizes[] = {
  {1, 1}, {2, 2}, {7, 5}, {16, 16}, {35, 82}, {362, 31}, {320, 240}, {33, 64},
};

static const struct
{
  const gchar *features;
  const gchar *mode;
} modes[] = {
  {"", "progressive"},
  {"", "interleaved"},
  {"(format:Interlaced)", "alternate"},
};

static gboolean all;

/* --- memory with guards --- */

typedef struct
{
  GstMemory parent;
  guint8 *block;
  guint8 *data;
  gsize block_size;
} GuardedMemory;

typedef struct
{
  GstAllocator parent;
} GuardingAllocator;

typedef struct
{
  GstAllocatorClass parent_class;
} GuardingAllocatorClass;

GType guarding_allocator_get_type (void);
G_DEFINE_TYPE (GuardingAllocator, guarding_allocator, GST_TYPE_ALLOCATOR);

static GstMemory *
guarding_alloc (GstAllocator * allocator, gsize size,
    GstAllocationParams * params)
{
  GuardedMemory *memory = g_new0 (GuardedMemory, 1);
  gsize align = params->align + 1;
  guintptr start;

  memory->block_size = size + align + 2 * GUARD;
  memory->block = g_malloc (memory->block_size);
  memset (memory->block, UNTOUCHED, memory->block_size);
  start = (guintptr) memory->block + GUARD;
  memory->data = memory->block + GUARD + (align - start % align) % align;
  gst_memory_init (GST_MEMORY_CAST (memory), GST_MEMORY_FLAG_NO_SHARE,
      allocator, NULL, size, 0, 0, size);
  return GST_MEMORY_CAST (memory);
}

static void
guarding_free (GstAllocator * allocator, GstMemory * memory)
{
  (void) allocator;
  g_free (((GuardedMemory *) memory)->block);
  g_free (memory);
}

static gpointer
guarding_map (GstMemory * memory, gsize size, GstMapFlags flags)
{
  (void) size;
  (void) flags;
  return ((GuardedMemory *) memory)->data;
}

static void
guarding_unmap (GstMemory * memory)
{
  (void) memory;
}

static void
guarding_allocator_class_init (GuardingAllocatorClass * klass)
{
  GST_ALLOCATOR_CLASS (klass)->alloc = guarding_alloc;
  GST_ALLOCATOR_CLASS (klass)->free = guarding_free;
}

static void
guarding_allocator_init (GuardingAllocator * self)
{
  GstAllocator *allocator = GST_ALLOCATOR_CAST (self);

  allocator->mem_type = "guarded";
  allocator->mem_map = guarding_map;
  allocator->mem_unmap = guarding_unmap;
  GST_OBJECT_FLAG_SET (self, GST_ALLOCATOR_FLAG_CUSTOM_ALLOC);
}

/* --- downstream --- */

typedef struct
{
  GstAllocator *allocator;
  const Alignment *alignment;   /* NULL: none */
} Wishes;

static GstPadProbeReturn
answer_allocation (GstPad * pad, GstPadProbeInfo * probe, gpointer user_data)
{
  GstQuery *query = GST_PAD_PROBE_INFO_QUERY (probe);
  const Wishes *wishes = user_data;
  const Alignment *align = wishes->alignment;
  GstStructure *params = NULL;

  (void) pad;
  if (GST_QUERY_TYPE (query) != GST_QUERY_ALLOCATION)
    return GST_PAD_PROBE_OK;

  if (align)
    params = gst_structure_new ("video-meta",
        "padding-top", G_TYPE_UINT, align->top,
        "padding-bottom", G_TYPE_UINT, align->bottom,
        "padding-left", G_TYPE_UINT, align->left,
        "padding-right", G_TYPE_UINT, align->right,
        "stride-align0", G_TYPE_UINT, align->mask[0],
        "stride-align1", G_TYPE_UINT, align->mask[1],
        "stride-align2", G_TYPE_UINT, align->mask[2],
        "stride-align3", G_TYPE_UINT, align->mask[3], NULL);
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, params);
  if (params)
    gst_structure_free (params);
  gst_query_add_allocation_param (query, wishes->allocator, NULL);
  return GST_PAD_PROBE_HANDLED;
}

/* --- what is compared --- */

typedef struct
{
  const GstVideoInfo *info;
  const Alignment *alignment;
  gchar *name;
} Case;

typedef struct
{
  GstBuffer *buffer;
  const GuardedMemory *memory;
  const GstVideoMeta *meta;
} Output;

static guint
plane_component (const GstVideoFormatInfo * finfo, guint plane)
{
  guint c = 0;

  while (finfo->plane[c] != plane)
    c++;
  return c;
}

static gint
plane_rows (const GstVideoInfo * info, guint plane)
{
  return GST_VIDEO_SUB_SCALE (info->finfo->h_sub[plane_component (info->finfo,
              plane)], GST_VIDEO_INFO_FIELD_HEIGHT (info));
}

/* The bytes of one plane: rows, or all of its tiles. */
typedef struct
{
  gsize offset, stride, row_bytes;
  gint rows;
} Plane;

static Plane
plane_of (const GstVideoInfo * info, const Output * out, guint p)
{
  gint stride = out->meta->stride[p];
  Plane plane = { out->meta->offset[p], stride, 0, 1 };

  if (GST_VIDEO_FORMAT_INFO_IS_TILED (info->finfo)) {
    plane.row_bytes = (gsize) GST_VIDEO_TILE_X_TILES (stride) *
        GST_VIDEO_TILE_Y_TILES (stride) *
        GST_VIDEO_FORMAT_INFO_TILE_SIZE (info->finfo, p);
  } else {
    plane.row_bytes = gst_area_scale_frame_row_bytes (info, p);
    plane.rows = plane_rows (info, p);
  }
  return plane;
}

/* The padding lies where it was asked for, in whole chroma lines and samples; the
 * planes follow each other. */
static void
check_layout (const Case * c, const Output * out)
{
  const GstVideoInfo *info = c->info;
  const GstVideoFormatInfo *finfo = info->finfo;
  const Alignment *align = c->alignment;
  gsize start = 0;
  guint p;

  for (p = 0; p < finfo->n_planes; p++) {
    Plane plane = plane_of (info, out, p);
    guint first = plane_component (finfo, p);
    gsize top = GST_VIDEO_SUB_SCALE (finfo->h_sub[first], (gint) align->top);
    gsize left = (gsize) finfo->pixel_stride[first] *
        GST_VIDEO_SUB_SCALE (finfo->w_sub[first], (gint) align->left);
    gsize columns = GST_VIDEO_SUB_SCALE (finfo->w_sub[first],
        info->width + (gint) align->right);
    gsize row = MAX (plane.row_bytes, finfo->pixel_stride[first] * columns);
    gsize bottom = (align->bottom >> finfo->h_sub[first]) /
        (GST_VIDEO_INFO_INTERLACE_MODE (info) ==
        GST_VIDEO_INTERLACE_MODE_ALTERNATE ? 2 : 1);

    fail_unless ((plane.stride & align->mask[p]) == 0,
        "%s: plane %u has a stride of %" G_GSIZE_FORMAT, c->name, p,
        plane.stride);
    fail_unless (plane.offset >= start + top * plane.stride + left,
        "%s: plane %u begins at %" G_GSIZE_FORMAT ", the last one ends at %"
        G_GSIZE_FORMAT, c->name, p, plane.offset, start);
    fail_unless (left + row <= plane.stride,
        "%s: plane %u has %" G_GSIZE_FORMAT " bytes a row, a stride of %"
        G_GSIZE_FORMAT, c->name, p, left + row, plane.stride);
    start = plane.offset + plane.stride * (plane.rows - 1 + bottom) + row;
    fail_unless (start <= out->memory->parent.size,
        "%s: plane %u ends at %" G_GSIZE_FORMAT, c->name, p, start);
  }
}

/* Nothing but the rows, or tiles, of planes has been written. */
static void
check_untouched (const Case * c, const Output * out)
{
  const GuardedMemory *memory = out->memory;
  guint8 *bytes = g_memdup2 (memory->block, memory->block_size);
  gsize data = memory->data - memory->block, i;
  guint p;
  gint y;

  for (p = 0; p < GST_VIDEO_INFO_N_PLANES (c->info); p++) {
    Plane plane = plane_of (c->info, out, p);

    for (y = 0; y < plane.rows; y++) {
      gsize begin = plane.offset + y * plane.stride;

      fail_unless (begin + plane.row_bytes <= memory->parent.size,
          "%s: plane %u ends outside", c->name, p);
      memset (bytes + data + begin, UNTOUCHED, plane.row_bytes);
    }
  }
  for (i = 0; i < memory->block_size && bytes[i] == UNTOUCHED; i++);
  fail_unless (i == memory->block_size, "%s: byte %" G_GSSIZE_FORMAT
      " was written", c->name, (gssize) i - (gssize) data);
  g_free (bytes);
}

static void
check_rows (const Case * c, const Output * out, const Output * plain)
{
  guint p;
  gint y;

  for (p = 0; p < GST_VIDEO_INFO_N_PLANES (c->info); p++) {
    Plane have = plane_of (c->info, out, p);
    Plane want = plane_of (c->info, plain, p);

    for (y = 0; y < have.rows; y++)
      fail_unless (memcmp (out->memory->data + have.offset + y * have.stride,
              plain->memory->data + want.offset + y * want.stride,
              have.row_bytes) == 0, "%s: row %d of plane %u differs", c->name,
          y, p);
  }
}

static void
unpack_line (const GstVideoInfo * info, const Output * out, gint y,
    gpointer pixels)
{
  gpointer data[GST_VIDEO_MAX_PLANES] = { NULL };
  gint stride[GST_VIDEO_MAX_PLANES] = { 0 };
  guint p;

  for (p = 0; p < GST_VIDEO_INFO_N_PLANES (info); p++) {
    data[p] = out->memory->data + out->meta->offset[p];
    stride[p] = out->meta->stride[p];
  }
  info->finfo->unpack_func (info->finfo, GST_VIDEO_PACK_FLAG_NONE, pixels, data,
      stride, 0, y, info->width);
}

/* Tiles lie elsewhere when there are more of them. Some are unpacked a whole tile
 * at a time. */
static void
check_pixels (const Case * c, const Output * out, const Output * plain)
{
  const GstVideoInfo *info = c->info;
  gsize bytes = (gsize) info->width *
      gst_video_format_get_info (info->finfo->unpack_format)->bits / 2;
  guint8 *have = g_malloc0 (bytes + 1024), *want = g_malloc0 (bytes + 1024);
  gint y;

  for (y = 0; y < GST_VIDEO_INFO_FIELD_HEIGHT (info); y++) {
    unpack_line (info, out, y, have);
    unpack_line (info, plain, y, want);
    fail_unless (memcmp (have, want, bytes) == 0, "%s: line %d differs",
        c->name, y);
  }
  g_free (want);
  g_free (have);
}

static void
check_output (const Case * c, const Output * out, const Output * plain)
{
  check_untouched (c, out);
  if (GST_VIDEO_FORMAT_INFO_IS_TILED (c->info->finfo)) {
    check_pixels (c, out, plain);
  } else {
    check_layout (c, out);
    check_rows (c, out, plain);
  }
}

/* --- the matrix --- */

static Output
scale (Rig * rig, GstBuffer * inbuf, const gchar * name)
{
  Output out;
  GstFlowReturn ret = gst_harness_push (rig->h, gst_buffer_ref (inbuf));
  gchar *error = rig_pop_error (rig);

  fail_unless (ret == GST_FLOW_OK && error == NULL, "%s: %s: %s", name,
      gst_flow_get_name (ret), error);
  out.buffer = gst_harness_pull (rig->h);
  out.meta = gst_buffer_get_video_meta (out.buffer);
  fail_unless (out.meta != NULL);
  fail_unless_equals_int (gst_buffer_n_memory (out.buffer), 1);
  out.memory = (GuardedMemory *) gst_buffer_peek_memory (out.buffer, 0);
  fail_unless (gst_memory_is_type (GST_MEMORY_CAST (out.memory), "guarded"));
  return out;
}

static gchar *
caps_of (GstVideoFormat format, guint mode, gint width, gint height)
{
  return g_strdup_printf ("video/x-raw%s,format=%s,interlace-mode=%s,"
      "width=%d,height=%d,framerate=25/1", modes[mode].features,
      gst_video_format_to_string (format), modes[mode].mode, width, height);
}

typedef struct
{
  Rig rig;
  Wishes wishes;
  GstBuffer *inbuf;
  GstVideoFormat format;
  guint mode;
} Bench;

static void
bench_open (Bench * bench, GstVideoFormat format, guint mode)
{
  gchar *caps = caps_of (format, mode, 48, 40);

  bench->format = format;
  bench->mode = mode;
  bench->wishes.alignment = NULL;
  bench->wishes.allocator =
      gst_object_ref_sink (g_object_new (guarding_allocator_get_type (), NULL));
  rig_open (&bench->rig);
  g_object_set (bench->rig.h->element, "add-borders", FALSE, NULL);
  gst_pad_add_probe (bench->rig.h->sinkpad, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM,
      answer_allocation, &bench->wishes, NULL);
  rig_set_out_caps (&bench->rig, caps);
  rig_set_in_caps (&bench->rig, caps);
  bench->inbuf = rig_noise (&bench->rig.in, SEED);
  g_free (caps);
}

static void
bench_clear (Bench * bench)
{
  gst_buffer_unref (bench->inbuf);
  rig_clear (&bench->rig);
  gst_object_unref (bench->wishes.allocator);
}

/* One size with some of the alignments. */
static void
check_size (Bench * bench, guint size, const Alignment * aligns, guint n)
{
  const gint width = sizes[size].width, height = sizes[size].height;
  gchar *caps = caps_of (bench->format, bench->mode, width, height);
  Output plain, out;
  Case c = { &bench->rig.out, NULL, NULL };
  guint i;

  bench->wishes.alignment = NULL;
  rig_set_out_caps (&bench->rig, caps);
  plain = scale (&bench->rig, bench->inbuf, caps);
  for (i = 0; i < n; i++) {
    const Alignment *a = c.alignment = bench->wishes.alignment = &aligns[i];

    c.name = g_strdup_printf ("%s %s %dx%d, top %u bottom %u left %u right %u "
        "masks %u %u %u %u", gst_video_format_to_string (bench->format),
        modes[bench->mode].mode, width, height, a->top, a->bottom, a->left,
        a->right, a->mask[0], a->mask[1], a->mask[2], a->mask[3]);
    gst_pad_push_event (bench->rig.h->sinkpad, gst_event_new_reconfigure ());
    out = scale (&bench->rig, bench->inbuf, c.name);
    check_output (&c, &out, &plain);
    gst_buffer_unref (out.buffer);
    g_free (c.name);
  }
  gst_buffer_unref (plain.buffer);
  g_free (caps);
}

static Alignment
random_alignment (GRand * rand)
{
  Alignment align = { 0 };
  guint p;

  align.top = g_rand_int_range (rand, 0, 40);
  align.bottom = g_rand_int_range (rand, 0, 40);
  align.left = g_rand_int_range (rand, 0, 40);
  align.right = g_rand_int_range (rand, 0, 40);
  for (p = 0; p < 4; p++)
    align.mask[p] = (1 << g_rand_int_range (rand, 0, 9)) - 1;
  return align;
}

static void
check_some (Bench * bench, GRand * rand)
{
  guint n = rig_n_rounds (N_CASES), i;

  for (i = 0; i < n; i++) {
    guint size = g_rand_int_range (rand, 0, G_N_ELEMENTS (sizes));
    Alignment aligns[2];

    aligns[0] = alignments[g_rand_int_range (rand, 0,
            G_N_ELEMENTS (alignments))];
    aligns[1] = random_alignment (rand);
    check_size (bench, size, aligns, G_N_ELEMENTS (aligns));
  }
}

static void
check_all (Bench * bench)
{
  guint size;

  for (size = 0; size < G_N_ELEMENTS (sizes); size++)
    check_size (bench, size, alignments, G_N_ELEMENTS (alignments));
}

GST_START_TEST (test_every_alignment_is_used_or_left_out)
{
  GRand *rand = g_rand_new_with_seed (SEED + __i__);
  const GstVideoFormat *formats;
  guint i, n;

  formats = gst_video_formats_raw (&n);
  for (i = 0; i < n; i++) {
    Bench bench;

    if (!gst_area_engine_handles_format (formats[i]))
      continue;
    bench_open (&bench, formats[i], __i__);
    if (all)
      check_all (&bench);
    check_some (&bench, rand);
    bench_clear (&bench);
  }
  g_rand_free (rand);
}

GST_END_TEST;

static Suite *
padding_suite (void)
{
  Suite *suite = suite_create ("padding");
  TCase *tc = tcase_create ("matrix");

  suite_add_tcase (suite, tc);
  tcase_add_loop_test (tc, test_every_alignment_is_used_or_left_out, 0,
      G_N_ELEMENTS (modes));
  return suite;
}

int
main (int argc, char **argv)
{
  gst_check_init (&argc, &argv);
  all = argc > 1 && g_str_equal (argv[1], "all");
  return gst_check_run_suite (padding_suite (), "padding", __FILE__);
}
