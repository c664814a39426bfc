#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How fast `fangtan code` is, beside programs everybody has, in one run.

usage: bench.py PROGRAM [--megabytes 100] [--runs 3] [--smoke]

Prints CPU seconds (median), MB/s and peak memory of `fangtan code -j1 -f jsonl -o FILE` and of one-step `tabulate`, and the ratios to
grep -c -F, rg --count-matches -F (where installed), and Python's compiled alternation of the same terms. --smoke asks only
whether everything runs and the counts agree; it never judges a time.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import corpus

PYTHON_PEER = r"""
import pathlib, re, sys
terms = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").split()
pattern = re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))
print(sum(len(pattern.findall(open(path, encoding="utf-8").read())) for path in sys.argv[2:]))
"""


def measure(command, runs):
    """Median CPU and wall seconds, largest peak memory in MiB, and the exit status."""
    cpu, wall, memory = [], [], 0
    for _ in range(runs):
        # Not /dev/null: grep stops at its first match when nobody can see the count.
        sink = tempfile.TemporaryFile()
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=sink, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu.append(usage.ru_utime + usage.ru_stime)
        wall.append(time.monotonic() - begin)
        memory = max(memory, usage.ru_maxrss / 1024)
    return statistics.median(cpu), statistics.median(wall), memory, process.returncode


def row(name, size, result, base=None):
    cpu, wall, memory, _ = result
    ratio = f"{cpu / base:8.2f}" if base else " " * 8
    print(f"{name:<52}{cpu:8.3f}{wall:8.3f}{size / cpu:9.0f}{memory:9.1f}{ratio}", flush=True)


def bench(program, folder, megabytes, runs, count):
    words = corpus.terms(count)
    (folder / "terms").write_text("\n".join(words) + "\n", encoding="utf-8")
    (folder / "book.yaml").write_text(corpus.codebook(words), encoding="utf-8")
    many, one = folder / "many", folder / "one.txt"
    files = sorted(str(path) for path in many.iterdir())
    print(f"\n{count} terms, {megabytes} MB\n{'':<52}{'CPU s':>8}{'wall s':>8}{'MB/s':>9}{'MiB':>9}{'ratio':>8}")
    book = ["-b", str(folder / "book.yaml")]
    code = [str(program), "code", *book, "-j1", "-f", "jsonl", "-o", str(folder / "out.jsonl")]
    coded = measure([*code, str(many)], runs)
    row("fangtan code -j1, many files", megabytes, coded)
    base = coded[0]
    row("fangtan code -j1, one file", megabytes, measure([*code, str(one)], runs), base)
    row("fangtan code -j2, many files", megabytes, measure([*code[:3], code[3], "-j2", *code[5:], str(many)], runs), base)
    row("fangtan code -j1 -f tsv, many files", megabytes, measure([*code[:4], "-j1", "-f", "tsv", "-o", str(folder / "out.tsv"), str(many)], runs), base)
    row("fangtan tabulate -j1 (one step), many files", megabytes, measure([str(program), "tabulate", *book, "-j1", "-f", "csv", "-o", str(folder / "t.csv"), str(many)], runs), base)
    jsonl = (folder / "out.jsonl").stat().st_size / 1e6
    row(f"fangtan tabulate, from {jsonl:.0f} MB of JSON Lines", jsonl, measure([str(program), "tabulate", "-o", str(folder / "u.csv"), str(folder / "out.jsonl")], runs))
    row("grep -c -F -f terms, one file", megabytes, measure(["grep", "-c", "-F", "-f", str(folder / "terms"), str(one)], runs), base)
    if shutil.which("rg"):
        row("rg --count-matches -F -f terms, many files", megabytes, measure(["rg", "--no-config", "-j1", "--count-matches", "-F", "-f", str(folder / "terms"), str(many)], runs), base)
        row("rg --count-matches -F -f terms, one file", megabytes, measure(["rg", "--no-config", "-j1", "--count-matches", "-F", "-f", str(folder / "terms"), str(one)], runs), base)
    row("python, compiled alternation, one file", megabytes, measure([sys.executable, "-c", PYTHON_PEER, str(folder / "terms"), str(one)], 1), base)
    return files, words


def check_counts(program, folder, files, words):
    """Every occurrence of every term in participants' turns, counted apart from the program."""
    output = subprocess.run([str(program), "code", "-b", str(folder / "book.yaml"), "--unit", "match", "-f", "jsonl", *files[:3]], capture_output=True, check=True)
    codings = [json.loads(line) for line in output.stdout.decode().splitlines() if line.startswith('{"record":"coding"')]
    for path in files[:3]:
        text = open(path, encoding="utf-8").read()
        for coding in codings:
            if coding["document"] == pathlib.Path(path).stem:
                assert text[coding["start"]:coding["end"]] == coding["text"], coding
    simple = [word for word in words if not any(word != other and (word in other) for other in words)][:5]
    for word in simple:
        expected = sum(len(re.findall(f"(?={word})", line.split("：", 1)[1])) for path in files[:3]
                       for line in open(path, encoding="utf-8").read().splitlines() if not line.startswith("问"))
        found = sum(coding["text"] == word for coding in codings)
        assert found <= expected, (word, found, expected)
    assert codings


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    program = options.program.resolve()
    with tempfile.TemporaryDirectory(prefix="fangtan-bench-") as name:
        folder = pathlib.Path(name)
        (folder / "many").mkdir()
        with open(folder / "one.txt", "wb") as one:
            for document, content in corpus.documents(options.megabytes):
                (folder / "many" / f"{document}.txt").write_bytes(content)
                one.write(content)
        for count in (60, 600):
            files, words = bench(program, folder, options.megabytes, 1 if options.smoke else options.runs, count)
            check_counts(program, folder, files, words)
    print("\n1 passed, 0 failed" if options.smoke else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
