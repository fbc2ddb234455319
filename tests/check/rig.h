/* GStreamer areascale: what the element's tests share
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __RIG_H__
#define __RIG_H__

#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>

/* Caps of square pixels. */
#define CAPS(format, width, height) "video/x-raw,format=" format ",width=" \
    G_STRINGIFY (width) ",height=" G_STRINGIFY (height) ",framerate=25/1," \
    "pixel-aspect-ratio=1/1"

/* Caps with features. */
#define CAPS_WITH(features, format, width) "video/x-raw(" features "),format=" \
    format ",width=" G_STRINGIFY (width) ",height=32,framerate=25/1"

/* Tiles of an AMD GPU: nothing that system memory could hold. */
#define DRM_FORMAT ",drm-format=NV12:0x0200000000000101"

/* An element between two harness pads, with a bus. */
typedef struct
{
  GstHarness *h;
  GstBus *bus;
  GstVideoInfo in, out;
} Rig;

/* Where the planes lie in a block of memory. */
typedef struct
{
  gsize size;
  gsize offset[GST_VIDEO_MAX_PLANES];
  gint stride[GST_VIDEO_MAX_PLANES];
} Place;

/* How a frame ends: scaled right, or in an element error. */
typedef enum
{
  CORRECT,
  REFUSED,
} Ending;

/* Which element is tested: areascale, or what the environment variable
 * AREASCALE_TEST_ELEMENT says. */
const gchar *rig_element_name (void);

/* Whether it converts formats too. */
gboolean rig_converts (void);

/* How often to repeat what is usually done @usual times: the environment
 * variable AREASCALE_TEST_PERCENT makes it less, for memcheck. */
guint rig_n_rounds (guint usual);

/* Without caps yet. */
void rig_open (Rig * rig);

/* The same with this element. */
void rig_open_element (Rig * rig, const gchar * name);

/* Opens it and sets the caps of both sides. */
void rig_init (Rig * rig, const gchar * in_caps, const gchar * out_caps);

void rig_clear (Rig * rig);

/* New input caps; rig->in follows. */
void rig_set_in_caps (Rig * rig, const gchar * caps);

/* New output caps; rig->out follows. */
void rig_set_out_caps (Rig * rig, const gchar * caps);

/* The text of the next error on the bus, to be freed, or NULL. */
gchar *rig_pop_error (Rig * rig);

void rig_assert_no_error (Rig * rig);

/* There is an error on the bus and its text has @words. */
void rig_assert_error (Rig * rig, const gchar * words);

/* What a push returned is an error with a message, and no frame came. */
void rig_assert_refused (Rig * rig, GstFlowReturn ret, const gchar * name);

/* What a push returned is good, and the frame is that of the input @plain. */
void rig_assert_correct (Rig * rig, GstFlowReturn ret, GstBuffer * plain,
    const gchar * name);

/* Downstream answers ALLOCATION queries with @pool and nothing else. */
void rig_offer_pool (Rig * rig, GstBufferPool * pool, guint size);

/* A buffer of noise in the default layout of @info, without GstVideoMeta. */
GstBuffer *rig_noise (const GstVideoInfo * info, guint32 seed);

/* Compares every sample of @outbuf, in any layout, with the definition applied
 * to @inbuf, which is in the default layout of @in. For formats whose
 * samples follow each other at a constant distance and are all in use. */
void rig_assert_scaled (const GstVideoInfo * in, GstBuffer * inbuf,
    const GstVideoInfo * out, GstBuffer * outbuf);

/* The same, each field (every @n_fields-th row of every plane) by itself. */
void rig_assert_scaled_by_fields (const GstVideoInfo * in, GstBuffer * inbuf,
    const GstVideoInfo * out, GstBuffer * outbuf, gint n_fields);

/* The same with frames that are mapped. */
void rig_assert_frames_scaled (const GstVideoInfo * in,
    const GstVideoFrame * in_frame, const GstVideoInfo * out,
    const GstVideoFrame * out_frame, gint n_fields);

/* A part of a one-memory buffer in the default layout of @whole, in place, as a
 * frame of @info's size. */
GstBuffer *rig_part (GstBuffer * buffer, const GstVideoInfo * whole,
    const GstVideoInfo * info, gint x, gint y);

/* Pushes noise and returns what comes out. */
GstBuffer *rig_push_and_pull_noise (Rig * rig, guint32 seed);

/* Pushes noise and compares what comes out. */
void rig_check_frame (Rig * rig, guint32 seed);

/* Pushes a buffer, which comes out itself. */
void rig_check_same_buffer (Rig * rig, guint32 seed);

#endif /* __RIG_H__ */
