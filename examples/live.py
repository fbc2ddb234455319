#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A live source as a camera sends it over RTP, scaled for a viewer that is too slow.

Usage: live.py [SECONDS]

Frames that would come too late are dropped early: the sink tells upstream how late it
is (QoS), and whoever drops a frame says so on the bus. Prints what was shown, and what
was dropped where. Needs python3-gst-1.0 and GStreamer's good plugins.
"""

import sys
import time

import gi

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst  # noqa: E402

CAMERA = ("videotestsrc is-live=true ! video/x-raw,format=I420,width=1280,height=720"
          ",framerate=25/1 ! jpegenc ! rtpjpegpay ! udpsink host=127.0.0.1 name=camera")
VIEWER = ("udpsrc address=127.0.0.1 port=0 name=network caps=application/x-rtp,media=video"
          ",clock-rate=90000,encoding-name=JPEG,payload=26"
          " ! rtpjitterbuffer latency=100 ! rtpjpegdepay ! jpegdec name=decoder"
          " ! queue ! areascale name=scaler ! video/x-raw,width=320"
          " ! fakesink name=screen sync=true qos=true max-lateness=20000000"
          " signal-handoffs=true")
# longer than the 40 ms from frame to frame
DRAWING = 0.06


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    Gst.init(None)
    viewer, camera = Gst.parse_launch(VIEWER), Gst.parse_launch(CAMERA)
    loop = GLib.MainLoop()
    shown, dropped = [], {}

    def draw(_sink, buffer, _pad):
        time.sleep(DRAWING)
        shown.append(buffer.pts)

    def on_message(_bus, message):
        if message.type == Gst.MessageType.ERROR:
            print(message.parse_error()[0].message, file=sys.stderr)
            loop.quit()
        elif message.type == Gst.MessageType.QOS:
            dropped[message.src.get_name()] = message.parse_qos_stats()[2]

    viewer.get_by_name("screen").connect("handoff", draw)
    bus = viewer.get_bus()
    bus.add_signal_watch()
    bus.connect("message", on_message)
    viewer.set_state(Gst.State.PLAYING)
    camera.get_by_name("camera").set_property(
        "port", viewer.get_by_name("network").get_property("port"))
    camera.set_state(Gst.State.PLAYING)
    GLib.timeout_add_seconds(seconds, loop.quit)
    loop.run()
    camera.set_state(Gst.State.NULL)
    viewer.set_state(Gst.State.NULL)
    print(f"{len(shown)} frames shown, dropped: {dropped or 'none'}")
    return 0 if shown else 1


if __name__ == "__main__":
    sys.exit(main())
