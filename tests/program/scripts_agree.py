#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A codebook written in Simplified gives the same codings on a text and on its Traditional conversions (OpenCC's).

usage: scripts_agree.py PROGRAM SOURCE_FOLDER
"""
import json
import pathlib
import subprocess
import sys
import tempfile


def codings(program, book, folder):
    result = subprocess.run([program, "code", "-b", book, "-f", "jsonl", folder], capture_output=True, check=True)
    records = [json.loads(line) for line in result.stdout.decode().splitlines()]
    return [(r["document"], r["turn"], r["start"], r["end"], r["code"], r["rule"], str(r["evidence"])) for r in records if r["record"] == "coding"]


def main():
    program, source = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    passed = 0
    with tempfile.TemporaryDirectory(prefix="两岸 ") as name:
        scratch = pathlib.Path(name)
        texts = {}
        for path in sorted((source / "samples").rglob("*.txt")):
            for encoding in ("utf-8-sig", "gb18030", "big5"):
                try:
                    texts[path.parent.name + "_" + path.stem] = path.read_bytes().decode(encoding).replace("\r\n", "\n")
                    break
                except UnicodeDecodeError:
                    continue
        books = {}
        for book in sorted((source / "codebooks").glob("*.yaml")):
            simplified = subprocess.run(["opencc", "-c", "t2s.json"], input=book.read_bytes(), capture_output=True, check=True).stdout
            books[book.stem] = scratch / book.name
            books[book.stem].write_bytes(simplified)
        for conversion in ("s2t", "s2tw", "s2hk", "t2s"):
            plain, converted = scratch / f"{conversion}-plain", scratch / conversion
            plain.mkdir()
            converted.mkdir()
            for stem, text in texts.items():
                other = subprocess.run(["opencc", "-c", f"{conversion}.json"], input=text.encode(), capture_output=True, check=True).stdout.decode()
                if len(other) != len(text):
                    continue  # a phrase that changes its length moves every position after it
                (plain / f"{stem}.txt").write_text(text, encoding="utf-8")
                (converted / f"{stem}.txt").write_text(other, encoding="utf-8")
            assert len(list(plain.iterdir())) > len(texts) * 0.9, conversion
            for stem, book in books.items():
                first, second = codings(program, book, plain), codings(program, book, converted)
                if first != second or not first:
                    different = [pair for pair in zip(first, second) if pair[0] != pair[1]][:3]
                    raise SystemExit(f"FAILED: {stem}, {conversion}: {len(first)} and {len(second)} codings; {different}")
                passed += 1
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
