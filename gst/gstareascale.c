/* GStreamer areascale: the element
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/**
 * SECTION:element-areascale
 * @title: areascale
 * @short_description: scales video by exact area averaging
 *
 * Resizes raw video. Every output sample is the mean of the input samples of
 * its window, rounded once:
 *
 * |[
 * start(i) = floor (i * in / out)    end(i) = ceil ((i + 1) * in / out)
 * ]|
 *
 * for rows and columns alike. These are the windows of PyTorch's
 * adaptive_avg_pool2d, which interpolate(mode="area") calls. Every component is
 * averaged at its own depth and on its own grid, chroma and alpha too; the
 * result is the same from every processor and any number of threads.
 *
 * ## Means
 *
 * With #GstAreaTransform:method=coverage each sample of a window counts by the part of
 * it that lies under the output sample, as in OpenCV's INTER_AREA and
 * TensorFlow's resize_area; along one axis
 *
 * |[
 * weight (i, k) = min ((i + 1) * in, (k + 1) * out) - max (i * in, k * out)
 * ]|
 *
 * for output sample i and input sample k. The mean of the picture stays what it
 * is, but for the rounding. Where the output size divides the input size both
 * methods are the same.
 *
 * Subsampled chroma is scaled from edge to edge of its own grid, as luma is. Where
 * it lies on a luma sample and not in the middle of those that share it (MPEG-2's
 * 4:2:0, most 4:2:2), that moves it by up to half a pixel of the output. With
 * #GstAreaTransform:keep-chroma-site it stays in place: a chroma sample covers as
 * many luma samples as share it, around the place that chroma-site in the caps
 * gives it; it is the mean, by the same method, of the chroma samples that cover
 * the same part of the input's luma. A field has its chroma elsewhere than a
 * frame: centred 4:2:0 lies at 1/4 between the lines of a top field and 3/4 of a
 * bottom one. Caps mean what GstVideoInfo takes them to mean: those without
 * colorimetry have the site that is usual at their size, whatever chroma-site
 * says, and those with colorimetry alone a centred one. Chroma of alternate lines
 * (dv) counts as co-sited.
 *
 * With #GstAreaTransform:weight-by-alpha pixels count by their alpha, by either method:
 * what is transparent gives no colour to what is not, and a sprite gets no fringe of
 * the colour that its invisible pixels happen to have. For weights w of the method,
 * 1 for each sample that adaptive touches, alpha a and another component c:
 *
 * |[
 * out = floor (sum of w a c / sum of w a + 1/2)
 * ]|
 *
 * and the mean without alpha where all of it is 0. A chroma sample has the alpha of all
 * pixels that share it, in fields those of its field, added up; on an odd side the last
 * pixel counts for the one that is missing. Opaque frames stay what they are without
 * weights. Alpha is averaged as ever.
 *
 * ## Light
 *
 * Samples are averaged as they are coded, so that a fine checkerboard of black and
 * white becomes darker than it is. With #GstAreaTransform:gamma-decode their light is
 * averaged: R', G', B' or gray are decoded by the transfer function of the
 * colorimetry, as gst_video_transfer_function_decode() has it, averaged by the method,
 * and become the sample whose value is nearest to the inverse of that function; there
 * is no other rounding than that of the light itself, to 16 bits where each level has
 * at least 4 lights of them, otherwise to 32 bits. What lies outside of 0 to 1 has light
 * too: minus that of minus the value below, and above along the line through the points
 * of the curve at 1023/1024 and 1. So foot- and headroom and YUV that is no R'G'B' stay
 * what they are.
 *
 * YUV becomes R'G'B' by the matrix of the colorimetry. Luma samples get the chroma of
 * their place, linearly between the two rows of their field or frame, then the two
 * samples of a row, that are nearest by the chroma-site; at the edges the outermost. The
 * result is rounded to 1/8 level at up to 8 bits, 1/4 at up to 12, 1/2 above. Chroma of
 * the output is that of the mean over the window that #GstAreaTransform:keep-chroma-site
 * gives it, whether that is set or not. Alpha is averaged as it is.
 *
 * Flat pictures stay what they are at every depth, by any curve. Up to 12 bits every
 * sample is within a level of the same in real numbers, for colours that are R'G'B'. At
 * 16 bits it is within 2 with sRGB and SMPTE 240M; GStreamer's BT.709, BT.601 and 10-bit
 * BT.2020 go back by 0.00006 at 0.081, where it is within 17 (1.1 at 12 bits); and curves that begin
 * without slope (PQ, HLG, pure powers) have fewer than 2^32 lights for the levels next to
 * black, some tens of which are only kept apart. Where such a curve meets YUV beyond
 * R'G'B', light of both signs may cancel, and what is left is anything near black.
 * Transfer functions that are linear, or not known, as that of gray is by default, have
 * nothing to decode.
 *
 * ## Formats
 *
 * The element converts nothing: format, colorimetry, frame rate and interlace
 * mode pass through untouched. Where the input's caps leave colorimetry and chroma
 * site to the size and the new size would mean others, the output's caps name
 * them. All raw formats can be scaled but RGB8P, whose samples are palette
 * indices and have no mean, and those of floats. Frames in other memory than the
 * system's (GL, DMABuf, VA and so on) pass through when their size stays, and are
 * refused otherwise.
 *
 * ## Sizes and borders
 *
 * When downstream fixes or limits one side only, the pixel aspect ratio stays and
 * the other side follows from the aspect ratio, rounded to the nearest multiple of
 * the format's chroma grid that downstream allows: 4:2:0 gets even sides. When it
 * fixes both, or leaves only sizes that are farther off, the pixel aspect ratio is
 * adjusted to keep the display aspect ratio. When that is fixed too, sizes that
 * the element chooses are the best fit, filled by the picture; in a size that
 * downstream fixes, or that is far from any fit, #GstAreaTransform:add-borders
 * keeps the picture's shape by borders in the colour
 * #GstAreaTransform:border-color, centred on the chroma grid. The colour is
 * converted by the range, matrix and depth of the output's caps; at least one
 * line of the picture stays, however extreme the shapes. Sizes go up to
 * 32767x32767 as far as GStreamer can have such frames, below 4 GiB.
 *
 * ## Interlaced video
 *
 * Interlaced frames (interlace-mode=interleaved and fields) are scaled a field
 * at a time, so that fields never mix in any plane; of interlace-mode=mixed,
 * only the frames that are flagged as interlaced. With interlace-mode=alternate
 * every buffer is a field. Top and bottom stay what they are, also under
 * borders. Interlace modes are not converted: output of another mode than the
 * input's is refused, and so are buffers with a GstVideoMeta for each field.
 *
 * ## Buffers
 *
 * Buffers may have any strides, negative ones too, offsets and paddings by
 * GstVideoMeta and one or more memories, and may be read-only; nothing is
 * copied, except for a plane without GstVideoMeta that spans several memories,
 * and a row at a time of samples of 16 bits at odd addresses. With GstVideoMeta
 * all of a plane has to lie in one memory, since GStreamer maps no more.
 * What does not hold the negotiated frame is an element error.
 *
 * Upstream is offered a pool and GstVideoMeta. Downstream's pool is used, with
 * its strides, allocator and alignment, and so are padding and stride alignment
 * in the parameters of its GstVideoMeta. They may get more room to the right and
 * below than was asked for; tiles have no padding to the left and above.
 *
 * ## Metas and events
 *
 * Regions of interest and overlay compositions are scaled and moved by the
 * border; overlays also as meta:GstVideoOverlayComposition in the caps. Time
 * codes, captions, reference timestamps and other metas that do not depend on
 * the size are kept, those that describe the memory or the coded picture are
 * dropped. GstVideoCropMeta is neither honoured nor proposed upstream: all of the
 * negotiated frame is scaled.
 *
 * Navigation events with a position arrive upstream in input pixels, the border
 * taken off, clamped to the picture. QoS events, gaps and segments are treated
 * as by every #GstVideoFilter; there is no latency.
 *
 * ## Changes while playing
 *
 * Properties may be set at any time and from any thread; the next frame uses
 * them. #GstAreaTransform:add-borders and #GstAreaTransform:border-color can be controlled by
 * a #GstController binding. Caps may change between any two frames on both
 * sides.
 *
 * The environment variable AREASCALE_CPU (c, sse4, avx2, avx512, avx512icl or
 * neon) limits the instruction set. An application may share its threads by a context of
 * type gst.task.pool, which gst_context_set_task_pool() of GStreamer 1.28 makes;
 * the element asks for it by a need-context message. A #GstSharedTaskPool also
 * decides how many threads a frame has, unless #GstAreaTransform:n-threads is set.
 *
 * ## Example launch lines
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! areascale ! video/x-raw,width=320 ! videoconvert ! autovideosink
 * ]|
 * Shows a video 320 pixels wide, its height following from its aspect ratio.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! areascale method=coverage keep-chroma-site=true ! video/x-raw,width=608 ! videoconvert ! autovideosink
 * ]|
 * The same by coverage, with chroma where it was beside luma.
 * |[
 * gst-launch-1.0 videotestsrc ! video/x-raw,width=1920,height=1080 ! areascale border-color=0xff202020 ! video/x-raw,width=800,height=800,pixel-aspect-ratio=1/1 ! videoconvert ! autovideosink
 * ]|
 * Scales to 800x450 with dark grey borders above and below.
 * |[
 * gst-launch-1.0 playbin uri=file:///in.mp4 video-filter="areascale ! capsfilter caps=video/x-raw,width=640"
 * ]|
 * Plays a video 640 pixels wide.
 * |[
 * gst-launch-1.0 filesrc location=in.mp4 ! decodebin ! tee name=t t. ! queue ! areascale ! video/x-raw,height=[2,720,2],width=[2,1280,2],pixel-aspect-ratio=1/1 ! x264enc ! fakesink t. ! queue ! areascale ! video/x-raw,height=[2,360,2],width=[2,640,2],pixel-aspect-ratio=1/1 ! x264enc ! fakesink
 * ]|
 * Encodes two even sizes of the same video.
 */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "gstareascale.h"
#include "templates.h"

struct _GstAreaScale
{
  GstAreaTransform parent;
};

G_DEFINE_TYPE (GstAreaScale, gst_area_scale, GST_TYPE_AREA_TRANSFORM);
GST_ELEMENT_REGISTER_DEFINE (areascale, "areascale", GST_RANK_NONE,
    GST_TYPE_AREA_SCALE);

static void
gst_area_scale_class_init (GstAreaScaleClass * klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  gst_element_class_set_static_metadata (element_class,
      "Area-averaging video scaler", "Filter/Video/Scaler",
      "Resizes video by exact area averaging", "areascale developers");
  gst_area_scale_templates_add (element_class);
  GST_AREA_TRANSFORM_CLASS (klass)->changes = GST_AREA_CHANGES_SIZE;
}

static void
gst_area_scale_init (GstAreaScale * self)
{
  (void) self;
}
