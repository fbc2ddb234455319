/* areascale: the windows of the definition
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef AREASCALE_WINDOW_H
#define AREASCALE_WINDOW_H

#include <stdint.h>

/** The input positions [start, end) that one output position is the mean of. */
typedef struct AreascaleWindow {
    int32_t start, end;
} AreascaleWindow;

/**
 * The window of output position @p i when an axis of @p in positions is scaled
 * to @p out: start = floor(i * in / out), end = ceil((i + 1) * in / out).
 * 1 <= in, out <= AREASCALE_MAX_SIZE, 0 <= i < out; then
 * 0 <= start < end <= in.
 */
AreascaleWindow areascale_window(int i, int in, int out);

/** The windows of all output positions: @p windows has room for @p out. */
void areascale_windows_fill(AreascaleWindow *windows, int in, int out);

#endif /* AREASCALE_WINDOW_H */
