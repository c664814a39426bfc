#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The program as it is where libime is missing: it runs, says which segmenter it uses, and refuses libime.

usage: without_libime.py PROGRAM
"""
import json
import subprocess
import sys


def run(*arguments, text=""):
    return subprocess.run([sys.argv[1], *arguments], input=text, capture_output=True, text=True)


def main():
    failures = []

    def check(condition, what):
        if not condition:
            failures.append(what)

    version = run("--version").stdout
    check("libime" not in version and ("segmenter jieba" in version or "segmenter icu" in version), f"--version: {version}")
    words = run("tokenize", "--plain", text="我們所裡只有三個民警\n")
    check(words.returncode == 0 and words.stdout.replace(" ", "") == "我們所裡只有三個民警\n" and "民警" in words.stdout.split(), f"tokenize: {words}")
    records = [json.loads(line) for line in run("tokenize", "--plain", "-f", "jsonl", text="民警\n").stdout.splitlines()]
    check(records[0]["segmenter"] in ("jieba", "icu") and len(records[0]["segmenter_sha256"]) == 64, f"run record: {records[0]}")
    refused = run("tokenize", "--plain", "--segmenter", "libime", text="民警\n")
    check(refused.returncode == 2 and refused.stdout == "" and "without libime" in refused.stderr, f"--segmenter libime: {refused}")
    for failure in failures:
        print(failure)
    print(f"{4 - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
