#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same bytes for any number of threads, locale, time zone, working folder, and way to the table.

usage: same_everywhere.py PROGRAM SOURCE_FOLDER
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

passed = 0


def same(what, first, second):
    global passed
    if first != second:
        raise SystemExit(f"FAILED: {what}: {len(first)} and {len(second)} bytes differ")
    passed += 1


def main():
    program, source = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    book = source / "codebooks" / "police-social-work.yaml"
    with tempfile.TemporaryDirectory(prefix="处处 same ") as name:
        scratch = pathlib.Path(name)
        study = scratch / "研究"
        shutil.copytree(source / "samples" / "policing", study)
        interviews = study / "interviews"

        def run(*arguments, environment=None, cwd=scratch, stdin=None, status=0):
            result = subprocess.run([str(program), *map(str, arguments)], cwd=cwd, input=stdin, capture_output=True,
                                    env={"PATH": os.environ["PATH"], **(environment or {})})
            if result.returncode != status:
                raise SystemExit(f"FAILED: {arguments}: status {result.returncode}\n{result.stderr.decode()}")
            return result.stdout

        code = ("code", "-b", book, "-f", "jsonl")
        stream = run(*code, "-j1", interviews)
        assert stream.count(b'"record":"coding"') > 100
        for threads in (2, 3, 8):
            same(f"-j{threads}", stream, run(*code, f"-j{threads}", interviews))
        for locale in ("C", "POSIX", "zh_CN.UTF-8", "zh_CN.GB18030", "zh_TW.BIG5", "nonsense"):
            for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
                same(f"LC_ALL={locale} TZ={zone}", stream, run(*code, interviews, environment={"LC_ALL": locale, "LANG": locale, "TZ": zone}))
        same("relative folder", stream, run(*code, "interviews", cwd=study))
        same("folder with dots", stream, run(*code, "../interviews", cwd=interviews))
        same("the folder itself", stream, run(*code, ".", cwd=interviews))

        shards = [run(*code, "--shard", f"{i}/4", interviews) for i in (3, 1, 4, 2)]
        half = [sorted(interviews.glob("[P]*")), sorted(interviews.glob("[RS]*"))]
        by_hand = [run(*code, *files) for files in half]
        for options in ([], ["--by", "participant"], ["--by", "group", "--percent", "column", "--decimals", "1"], ["--by", "role", "--count", "documents", "--percent", "base"],
                        ["--by", "age", "--count", "participants"], ["--by", "document", "--level", "1"], ["--parents", "--count", "characters"],
                        ["--by", "speaker", "--percent", "row", "--round", "sum"], ["--by", "coder", "--sort", "count", "--no-zero"]):
            for form in ("text", "csv", "json", "markdown", "tsv"):
                arguments = ["tabulate", *options, "-f", form]
                table = run(*arguments, "-", stdin=stream)
                what = " ".join([*options, form])
                same(f"one step: {what}", table, run(*arguments, "-b", book, interviews))
                same(f"one step, 8 threads: {what}", table, run(*arguments, "-b", book, "-j8", interviews))
                same(f"shards: {what}", table, run(*arguments, stdin=b"".join(shards)))
                same(f"files coded apart: {what}", table, run(*arguments, stdin=b"".join(by_hand)))
        (scratch / "a.jsonl").write_bytes(shards[0] + shards[1])
        (scratch / "b.jsonl").write_bytes(shards[2] + shards[3])
        same("several files", run("tabulate", "-f", "csv", "-", stdin=stream), run("tabulate", "-f", "csv", "a.jsonl", "b.jsonl"))
        rows = run("code", "-b", book, "-f", "csv", interviews)
        (scratch / "rows.csv").write_bytes(rows)
        same("codings as CSV", run("tabulate", "-f", "csv", "--by", "participant", "-", stdin=stream),
             run("tabulate", "-f", "csv", "--by", "participant", "-b", book, "rows.csv", interviews))
        for command in (("tokenize", "-f", "jsonl"), ("tokenize", "-b", book, "--traditional", "-f", "tsv"), ("words", "--by", "group", "-f", "csv"),
                        ("words", "-n", "2", "--dispersion", "-f", "json"), ("words", "--by", "group", "--key", "S", "-f", "csv"), ("words", "--collocates", "社工", "-f", "json"),
                        ("kwic", "警察 NEAR/10 社工", "--sort", "right", "-f", "jsonl"), ("kwic", "group:S AND 孩子", "--by", "participant", "-f", "csv")):
            first = run(*command, "-j1", interviews)
            for threads in (2, 5):
                same(f"{command} -j{threads}", first, run(*command, f"-j{threads}", interviews))
            same(f"{command} elsewhere", first, run(*command, "interviews", cwd=study, environment={"LC_ALL": "zh_TW.BIG5", "TZ": "Asia/Taipei"}))
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
