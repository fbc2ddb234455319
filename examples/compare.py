#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A live preview in a window: any key but q switches between videoscale and areascale.

Usage: compare.py [VIDEO]

Without a video: a moving zone plate. Needs python3-gst-1.0,
gir1.2-gst-plugins-base-1.0 and an X display.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstVideo", "1.0")
from gi.repository import GLib, Gst, GstVideo  # noqa: E402

ZONE_PLATE = ("videotestsrc pattern=zone-plate kx2=100 ky2=75 kt=4"
              " ! video/x-raw,format=I420,width=1920,height=1080,framerate=30/1")
SCALERS = ["videoscale", "areascale"]


class Preview:
    def __init__(self, video):
        source = "filesrc name=file ! decodebin ! videoconvert" if video else ZONE_PLATE
        branches = " ".join(
            f"frames. ! queue ! {scaler} ! video/x-raw,width=480,height=270"
            f",pixel-aspect-ratio=1/1 ! textoverlay text={scaler} valignment=top"
            " ! videoconvert ! select."
            for scaler in SCALERS)
        self.pipeline = Gst.parse_launch(
            f"{source} ! tee name=frames {branches}"
            " input-selector name=select sync-streams=false ! ximagesink name=window")
        if video:
            self.pipeline.get_by_name("file").set_property("location", video)
        self.select = self.pipeline.get_by_name("select")
        self.loop = GLib.MainLoop()
        self.shown = 0
        self.pipeline.get_by_name("window").get_static_pad("sink").add_probe(
            Gst.PadProbeType.EVENT_UPSTREAM, self.on_event)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message", self.on_message)

    def on_event(self, _pad, info):
        event = info.get_event()
        if GstVideo.navigation_event_get_type(event) == \
                GstVideo.NavigationEventType.KEY_PRESS:
            key = GstVideo.navigation_event_parse_key_event(event)[1]
            GLib.idle_add(self.on_key, key)
        return Gst.PadProbeReturn.OK

    def on_key(self, key):
        if key == "q":
            self.loop.quit()
        else:
            self.show(1 - self.shown)

    def show(self, index):
        self.shown = index
        self.select.set_property("active-pad", self.select.get_static_pad(f"sink_{index}"))
        print(SCALERS[index], flush=True)

    def on_message(self, _bus, message):
        if message.type == Gst.MessageType.ERROR:
            print(message.parse_error()[0].message, file=sys.stderr)
            self.failed = True
            self.loop.quit()
        elif message.type == Gst.MessageType.EOS:
            self.loop.quit()

    def run(self):
        self.failed = False
        self.pipeline.set_state(Gst.State.PLAYING)
        self.show(0)
        self.loop.run()
        self.pipeline.set_state(Gst.State.NULL)
        return not self.failed


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    Gst.init(None)
    sys.exit(0 if Preview(sys.argv[1] if len(sys.argv) == 2 else None).run() else 1)
