/* GStreamer areascale: pictures whose alpha weighs
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef __ALPHA_H__
#define __ALPHA_H__

#include "components.h"

gboolean format_has_alpha (GstVideoFormat format);

/* The sum of the alpha of all pixels that share each sample of a grid: those of its
 * frame or, when that is interlaced, of its field; the last ones instead of those
 * that an odd side lacks. Free it. */
guint32 *alpha_of_grid (const Picture * picture, const guint16 * samples,
    guint position, const Grid * grid);

/* Gives runs of pixels alpha of 0, 1, the maximum or anything. */
void make_runs_of_alpha (const Picture * picture);

/* Gives all pixels this alpha, of 16 bits. */
void set_alpha (const Picture * picture, guint alpha);

#endif /* __ALPHA_H__ */
