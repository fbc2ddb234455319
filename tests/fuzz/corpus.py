#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Inputs of a fuzz target: a directory of them, or a text with one a line in hex.

Usage: corpus.py unpack TEXT DIRECTORY
       corpus.py pack DIRECTORY TEXT

In the text, '#' begins a comment; packing replaces what follows the comments
and inputs that the text begins with, up to the first empty line.
"""

import hashlib
import pathlib
import sys


def unpack(text, directory):
    directory.mkdir(parents=True, exist_ok=True)
    for line in text.read_text().splitlines():
        data = bytes.fromhex(line.partition("#")[0])
        if data:
            (directory / hashlib.sha1(data).hexdigest()).write_bytes(data)


def pack(directory, text):
    kept = text.read_text().partition("\n\n")[0]
    inputs = {path.read_bytes().hex() for path in directory.iterdir()}
    lines = sorted(inputs, key=lambda line: (len(line), line))
    text.write_text(kept + "\n\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    action, source, target = sys.argv[1:]
    {"unpack": unpack, "pack": pack}[action](pathlib.Path(source), pathlib.Path(target))
