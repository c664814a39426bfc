#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast `fangtan tokenize` is, beside Debian's python3-jieba and ICU's word boundaries, in one run.

usage: words.py PROGRAM ICU_WORDS SOURCE_FOLDER [--megabytes 10] [--runs 3] [--smoke]

The text is made of sentences of tests/reference/segmentation and of the sample interviews, in a random order, so that
no line comes twice in a row. Prints MB/s without the start-up (measured on an empty file), the start-up, peak memory, and the
ratio to ICU. --smoke asks only whether everything runs and loses no character; it never judges a time.
"""
import argparse
import pathlib
import random
import subprocess
import sys
import tempfile

from bench import measure

JIEBA = """
import sys, jieba
jieba.setLogLevel(60)
jieba.initialize()
print(sum(len(list(jieba.cut(line))) for line in open(sys.argv[1], encoding="utf-8")))
"""


def text_of(source, megabytes):
    sentences = []
    for path in sorted((source / "tests/reference/segmentation").glob("*.tsv")):
        sentences += path.read_text(encoding="utf-8").replace("\t", "").splitlines()
    for path in sorted((source / "samples").rglob("*.txt")):
        try:
            sentences += [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line]
        except UnicodeDecodeError:
            continue
    chance, lines, size = random.Random(7), [], 0
    while size < megabytes * 1e6:
        line = "".join(chance.choice(sentences) for _ in range(3))
        lines.append(line)
        size += len(line.encode()) + 1
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("icu_words")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        text, empty = folder / "text.txt", folder / "empty.txt"
        content = text_of(options.source, options.megabytes)
        text.write_text(content, encoding="utf-8")
        empty.write_text("\n", encoding="utf-8")
        version = subprocess.run([options.program, "--version"], capture_output=True, text=True, check=True).stdout
        peers = {"ICU's word boundaries": [options.icu_words]}
        for name in ("libime", "jieba", "icu"):
            if name in version:
                peers[f"fangtan tokenize --segmenter {name}"] = [options.program, "tokenize", "--plain", "-j1", "--segmenter", name]
        if options.smoke:
            for name, command in peers.items():
                out = subprocess.run([*command, str(text)], capture_output=True, text=True, check=True).stdout
                if name.startswith("fangtan") and "".join(out.split()) != "".join(content.split()):
                    sys.exit(f"{name}: characters were lost or changed")
            print(f"{len(peers)} programs ran")
            return
        python = "/usr/bin/python3"  # Debian's, which has Debian's modules
        if subprocess.run([python, "-c", "import jieba"], capture_output=True).returncode == 0:
            peers["python3-jieba (cut)"] = [python, "-c", JIEBA]
        size, base = len(content.encode()) / 1e6, None
        print(f"{size:.1f} MB, one thread\n{'':<40}{'MB/s':>8}{'start ms':>10}{'MiB':>8}{'x ICU':>8}")
        for name, command in peers.items():
            runs = 1 if "jieba (cut)" in name else options.runs
            start, whole = measure([*command, str(empty)], options.runs), measure([*command, str(text)], runs)
            speed = size / max(whole[0] - start[0], 1e-9)
            base = base or speed
            print(f"{name:<40}{speed:8.1f}{start[1] * 1000:10.0f}{whole[2]:8.0f}{speed / base:8.2f}", flush=True)


if __name__ == "__main__":
    main()
