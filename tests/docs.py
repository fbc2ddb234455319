#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs what the documents tell readers to type, and follows their links.

Usage: docs.py [FILE.md...]    all documents when none is named

A fenced block says by its language what is done with it:

    sh      run line by line's end, in a directory with the videos in.mp4 and a display
    c       compiled against what pkg-config says; run if it has a main()
    python  run
    text    nothing: output, formulas, drawings

A comment on the line before changes that:

    <!-- stage NAME -->    the block is a stage of .ci/run or a part of tests/release.sh
    <!-- needs TOOL... -->    run only where each is a program, a GStreamer element, or
                              a file in that directory

Tables with the columns "input", "asked for" and "output" are negotiated: a test picture
with the caps of the first, through areascale, into the caps of the second; width,
height, pixel aspect ratio and what else the third names must come out. "asked of
areaconvertscale" puts that element in its place.

tests/docs.sh makes the directory, the video and the display.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIMEOUT = 120  # seconds
FENCE = re.compile(r"^```(\S*)\s*$")
NOTE = re.compile(r"^<!-- (stage|needs) (\S+(?: \S+)*) -->$")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
ASKED = re.compile(r"^asked (?:for|of (\w+))$")
HEADING = re.compile(r"^#+ (.*)$")
PACKAGES = ["gstreamer-app-1.0", "gstreamer-video-1.0"]


class Block:
    def __init__(self, file, line, language, note):
        self.file, self.line, self.language, self.note = file, line, language, note
        self.text = ""

    def __str__(self):
        return f"{self.file}:{self.line}"


def documents(names):
    if names:
        return [pathlib.Path(n).resolve().relative_to(ROOT) for n in names]
    tracked = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, check=True,
                             capture_output=True, text=True).stdout.split()
    return [pathlib.Path(n) for n in tracked]


def blocks(file):
    """The fenced blocks of a document, and the lines outside of them."""
    found, prose, current, note = [], [], None, None
    for number, line in enumerate((ROOT / file).read_text().splitlines(), 1):
        fence = FENCE.match(line)
        if fence and current is None:
            current = Block(file, number, fence[1], note)
        elif fence:
            found.append(current)
            current = None
        elif current is not None:
            current.text += line + "\n"
        else:
            prose.append((number, line))
        note = NOTE.match(line)
    return found, prose


def anchor(heading):
    words = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).strip().lower())
    return words.replace(" ", "-")


def anchors(file):
    return {anchor(m[1]) for _, line in blocks(file)[1] if (m := HEADING.match(line))}


def broken_links(file):
    for number, line in blocks(file)[1]:
        for target in LINK.findall(line):
            if "://" in target:
                continue
            name, _, fragment = target.partition("#")
            path = ((ROOT / file).parent / name).resolve() if name else ROOT / file
            if not path.exists():
                yield f"{file}:{number}: no such file: {target}"
            elif fragment and fragment not in anchors(path.relative_to(ROOT)):
                yield f"{file}:{number}: no such heading: {target}"


def is_there(tool, directory):
    return bool(shutil.which(tool)) or (directory / tool).exists() or not subprocess.run(
        ["gst-inspect-1.0", "--exists", tool]).returncode


def missing(note, directory):
    """The first thing that a block needs and that is not there, or None."""
    if not note or note[1] != "needs":
        return None
    return next((tool for tool in note[2].split() if not is_there(tool, directory)), None)


def stages():
    return re.findall(r"^(?:stage|part) (\S+)", (ROOT / ".ci/run").read_text() +
                      (ROOT / "tests/release.sh").read_text(), re.M)


def run(command, directory):
    """Returns None, or what went wrong."""
    try:
        done = subprocess.run(command, cwd=directory, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors="replace", timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"still running after {TIMEOUT} s"
    output = "\n".join(done.stdout.splitlines()[-15:])
    if done.returncode:
        return f"exit status {done.returncode}\n{output}"
    if re.search(r"^(ERROR|WARNING): from element", done.stdout, re.M):
        return output
    return None


def compile_c(block, directory):
    with tempfile.TemporaryDirectory() as scratch:
        source = pathlib.Path(scratch) / "block.c"
        source.write_text(block.text)
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", *PACKAGES], check=True,
                               capture_output=True, text=True).stdout.split()
        library = [f"-I{ROOT}/src", f"{ROOT}/build/src/libareascale.a"]
        is_program = re.search(r"^\s*(int )?main\s*\(", block.text, re.M)
        wanted = ["-o", f"{scratch}/program"] if is_program else ["-fsyntax-only"]
        fault = run(["cc", "-Wall", "-Wextra", "-Werror", str(source), *wanted, *library,
                     *flags], directory)
        return fault or (run([f"{scratch}/program"], directory) if is_program else None)


def check(block, directory):
    """Returns what was done with a block, and what went wrong or None."""
    if block.note and block.note[1] == "stage":
        known = block.note[2] in stages()
        return f"stage {block.note[2]}", None if known else "no such stage"
    lacking = missing(block.note, directory)
    if lacking:
        return f"left out, no {lacking}", None
    if block.language == "sh":
        return "run", run(["sh", "-eu", "-c", block.text], directory)
    if block.language == "python":
        return "run", run(["/usr/bin/python3", "-c", block.text], directory)
    if block.language == "c":
        return "compiled", compile_c(block, directory)
    if block.language == "text":
        return "", None
    return "", f"language '{block.language}' is none of sh, c, python, text"


def examples_of_caps(file):
    """The rows of the document's tables of caps, by line, and the element of each."""
    element = None
    for number, line in blocks(file)[1]:
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if cells[::2] == ["input", "output"] and (asked := ASKED.match(cells[1])):
            element = asked[1] or "areascale"
        elif not line.startswith("|"):
            element = None
        elif element and not set(line) <= set("|-: "):
            yield number, element, cells


def plain(caps):
    """Caps as they are typed: without types and blanks."""
    return re.sub(r"\((int|string|fraction)\)|\s", "", caps)


def negotiate(element, cells):
    """Returns None, or what came out instead."""
    line = ["gst-launch-1.0", "-v", "videotestsrc", "num-buffers=1", "!",
            f"video/x-raw,framerate=30/1,{cells[0]}", "!", element, "!",
            f"video/x-raw,{cells[1]}" if cells[1] else "video/x-raw", "!", "fakesink"]
    done = subprocess.run(line, capture_output=True, text=True, timeout=TIMEOUT)
    result = plain(re.findall(r"fakesink0\.GstPad:sink: caps = (.*)", done.stdout)[-1]
                   if done.returncode == 0 else done.stderr)
    missing = [field for field in cells[2].split(",") if f",{field}," not in f",{result},"]
    return f"missing {', '.join(missing)} in {result}" if missing else None


def main():
    directory = pathlib.Path.cwd()
    counts, faults = {"run": 0}, []
    for file in documents(sys.argv[1:]):
        faults += broken_links(file)
        for number, element, cells in examples_of_caps(file):
            counts["negotiated"] = counts.get("negotiated", 0) + 1
            fault = negotiate(element, cells)
            if fault:
                faults.append(f"{file}:{number}: {fault}")
        for block in blocks(file)[0]:
            done, fault = check(block, directory)
            if done:
                counts[done] = counts.get(done, 0) + 1
                print(f"{block}: {done}{' FAILED' if fault else ''}", flush=True)
            if fault:
                faults.append(f"{block}: {fault}\n{block.text}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(", ".join(f"{n} {what}" for what, n in counts.items()), f"{len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
