/* GStreamer areascale: mapped and validated video frames
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __GST_AREA_SCALE_FRAME_H__
#define __GST_AREA_SCALE_FRAME_H__

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * GstAreaScaleFrame:
 * @data: the first byte of row 0 of each plane
 * @stride: bytes from one row of a plane to the next, may be negative; of a
 *   tiled format as GstVideoInfo encodes it
 * @interlaced: the rows alternate between a top and a bottom field
 * @is_bottom: the rows are those of a bottom field
 *
 * A mapped buffer of which every plane has been checked against its memory for
 * the negotiated format and size.
 */
typedef struct {
  gpointer data[GST_VIDEO_MAX_PLANES];
  gint stride[GST_VIDEO_MAX_PLANES];
  gboolean interlaced;
  gboolean is_bottom;

  /*< private >*/
  GstBuffer *buffer;
  GstVideoMeta *meta;
  guint n_maps;
  GstMapInfo map[GST_VIDEO_MAX_PLANES];
} GstAreaScaleFrame;

/**
 * gst_area_scale_frame_row_bytes:
 * @info: a negotiated format and size, not tiled, strides as GstVideoInfo
 *   gives them by default
 * @plane: a plane of it
 *
 * How many bytes of each row belong to the picture. The default stride bounds
 * them: at some odd widths of UYVP, NV12_10LE32 and NV16_10LE32 GStreamer's own
 * rows end before the last chroma sample does, and its unpack and pack
 * functions run up to 4 bytes over the end.
 *
 * Returns: bytes from the first to the last one that may be read or written
 */
gsize gst_area_scale_frame_row_bytes (const GstVideoInfo * info, guint plane);

/**
 * gst_area_scale_frame_fits:
 * @info: the negotiated format and size
 * @layout: the size of buffers, and where their planes lie
 *
 * Returns: whether such a buffer holds every plane of @info, and no two of them
 *   share a byte
 */
gboolean gst_area_scale_frame_fits (const GstVideoInfo * info,
    const GstVideoInfo * layout);

/**
 * gst_area_scale_frame_map:
 * @frame: (out caller-allocates): the frame to fill
 * @info: the negotiated format and size
 * @buffer: a buffer, with or without GstVideoMeta; stays owned by the caller
 *   and must outlive the mapping
 * @flags: %GST_MAP_READ or %GST_MAP_WRITE
 * @error: set to a GST_STREAM_ERROR or GST_RESOURCE_ERROR that names the value
 *   that does not fit and what was expected
 *
 * Maps @buffer and checks that every row of every plane (every tile of the
 * stride's tiles, for a tiled format) lies inside mapped memory, and that planes
 * to write do not overlap. Planes may have any alignment.
 * A map function of GstVideoMeta that does not say what it has mapped is taken at
 * its word. With GstVideoMeta all of a plane has to lie in one memory, as
 * GStreamer's own map function maps no more. Nothing is copied, except for planes
 * without GstVideoMeta that span several memories.
 * Never emits a GLib critical, whatever the buffer and its metas say.
 *
 * Returns: %TRUE, or %FALSE with nothing mapped and @error set
 */
gboolean gst_area_scale_frame_map (GstAreaScaleFrame * frame,
    const GstVideoInfo * info, GstBuffer * buffer, GstMapFlags flags,
    GError ** error);

/**
 * gst_area_scale_frame_is_even:
 * @frame: a frame
 * @plane: a plane of it
 *
 * Returns: whether every row of the plane can be read and written as samples of
 *   16 bits
 */
static inline gboolean
gst_area_scale_frame_is_even (const GstAreaScaleFrame * frame, guint plane)
{
  return ((guintptr) frame->data[plane] | (guint) frame->stride[plane]) % 2 == 0;
}

/**
 * gst_area_scale_frame_unmap:
 * @frame: a frame that gst_area_scale_frame_map() filled
 *
 * Ends the mapping; the pointers in @frame are invalid from then on.
 */
void gst_area_scale_frame_unmap (GstAreaScaleFrame * frame);

G_END_DECLS

#endif /* __GST_AREA_SCALE_FRAME_H__ */
