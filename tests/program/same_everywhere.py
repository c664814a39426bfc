#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same bytes for any number of threads, locale, time zone, working folder, and way to the table.

usage: same_everywhere.py PROGRAM SOURCE_FOLDER
"""
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

BY_TABLE = {"text", "markdown", "csv", "tsv", "json", "html", "latex", "xlsx", "docx"}
# What is printed of codings and their interviews: command, options, formats (None: the command has one only).
PRINTED = [
    ("tabulate", [], BY_TABLE),
    ("tabulate", ["--by", "group", "--test", "chi2", "--percent", "column", "--cell", "n-percent"], BY_TABLE),
    ("tabulate", ["--by", "group", "--by", "station", "--min-cell", "3"], BY_TABLE),
    ("tabulate", ["--filter", "role=民警", "--filter", "code=feasibility", "--by", "age", "--count", "participants", "--percent", "base"], BY_TABLE),
    ("quotes", [], {"text", "markdown", "csv", "tsv", "jsonl", "html", "docx"}),
    ("quotes", ["--query", "group:S AND 孩子 NOT code:obstacles", "--by", "participant", "--sort", "typical", "-n", "3", "--context", "12"], {"text", "csv", "jsonl", "html"}),
    ("quotes", ["--whole", "turn", "--by", "station", "--sort", "longest", "--min-length", "20"], {"markdown", "docx"}),
    ("cooccur", [], BY_TABLE | {"edges", "graphml"}),
    ("cooccur", ["--within", "turn", "--pairs"], {"text", "csv", "json", "xlsx"}),
    ("cooccur", ["--within", "participant", "--measure", "phi"], {"csv", "graphml", "docx"}),
    ("cooccur", ["--within", "sentence", "--level", "1"], {"edges", "json"}),
    ("report", [], {None}),
    ("plot bars", [], {None}),
    ("plot heatmap", ["--by", "group"], {None}),
    ("plot saturation", [], {None}),
    ("plot network", ["--within", "turn", "--min", "2"], {None}),
]

passed = 0


def same(what, first, second):
    global passed
    if first != second:
        raise SystemExit(f"FAILED: {what}: {len(first)} and {len(second)} bytes differ")
    passed += 1


def without_inputs(result):
    """A result without the names of what was read, which reports and workbooks tell."""
    if not result.startswith(b"PK"):
        return re.sub(" · input [^<\n]*?(?= · input |</p>)".encode(), b"", result)
    archive = zipfile.ZipFile(io.BytesIO(result))
    parts = {name: archive.read(name) for name in archive.namelist()}
    if "xl/workbook.xml" in parts:
        # The second sheet has the names; the strings of both sheets stand in one list.
        parts["xl/worksheets/sheet2.xml"] = b""
        strings = re.findall(rb"<si>.*?</si>", parts["xl/sharedStrings.xml"], re.DOTALL)
        parts["xl/sharedStrings.xml"] = b"\n".join(string for string in strings if not re.search(rb">(input|standard input|codings\.jsonl|[^<]*interviews)<", string))
    return repr(sorted(parts.items()))


def printed(run, book, study, stream, shards):
    """Quotations, tables, networks, pictures and pages: from codings, in one step, with any threads, anywhere, at any time."""
    (study / "codings.jsonl").write_bytes(stream)
    in_order = b"".join(shards[i] for i in (1, 3, 0, 2))
    mixed = b"".join(shards)
    first = {}
    for command, options, formats in PRINTED:
        for form in sorted(formats, key=str):
            words = [*command.split(), *options, *(["-f", form] if form else [])]
            what = " ".join(words)
            texts = [] if command == "tabulate" else ["interviews"]
            result = run(*words, "-", *texts, cwd=study, stdin=stream)
            first[what] = words, texts, result
            coded = run(*words, "-b", book, "-j1", "interviews", cwd=study)
            same(f"one step: {what}", without_inputs(result), without_inputs(coded))
            same(f"one step, 4 threads, another locale and zone: {what}", without_inputs(coded),
                 without_inputs(run(*words, "-b", book, "-j4", study / "interviews", environment={"LC_ALL": "zh_TW.BIG5", "LANG": "zh_TW.BIG5", "TZ": "America/New_York"})))
            same(f"shards in order: {what}", result, run(*words, "-", *texts, cwd=study, stdin=in_order))
            same(f"shards in any order: {what}", result, run(*words, "-", *texts, cwd=study, stdin=mixed))
            target = study.parent / f"out.{form or 'bytes'}"
            there = [pathlib.Path("..") / text for text in texts]
            assert run(*words, "-o", target, "-", *there, cwd=study / "interviews", stdin=stream, environment={"LC_ALL": "nonsense", "TZ": "Asia/Shanghai"}) == b""
            same(f"to a file, from another folder: {what}", without_inputs(result), without_inputs(target.read_bytes()))
            target.unlink()
    # An archive or a page that holds the time of its making differs now.
    time.sleep(2.1)
    for what, (words, texts, result) in first.items():
        same(f"two seconds later: {what}", result, run(*words, "-", *texts, cwd=study, stdin=stream))
        same(f"from a file: {what}", without_inputs(result), without_inputs(run(*words, "codings.jsonl", *texts, cwd=study)))
    print(f"{len(first)} results of quotes, tabulate, cooccur, report and plot")


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
        printed(run, book, study, stream, shards)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
