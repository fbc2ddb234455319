/* GStreamer areascale: other libraries that average areas, for comparison
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __AREASCALE_BENCH_PEERS_H__
#define __AREASCALE_BENCH_PEERS_H__

#include <gst/video/video.h>

G_BEGIN_DECLS

/**
 * Peer:
 * @name: what it is called in the tables
 * @version: of the library
 * @open: prepares scaling between frames of these infos; %NULL if it cannot
 * @scale: scales one frame, in one thread
 * @close: frees what @open returned
 */
typedef struct
{
  const gchar *name;
  const gchar *version;
  gpointer (*open) (const GstVideoInfo * in, const GstVideoInfo * out);
  void (*scale) (gpointer state, const guint8 * in, guint8 * out);
  void (*close) (gpointer state);
} Peer;

extern const Peer peer_libyuv;
extern const Peer peer_opencv;
extern const Peer peer_swscale;

G_END_DECLS

#endif /* __AREASCALE_BENCH_PEERS_H__ */
