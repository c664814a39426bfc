#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The coded samples: made anew they are what is there, and run.sh prints what was counted without it.

usage: samples.py PROGRAM SOURCE_FOLDER

Works on a copy of samples/ and codebooks/. The numbers of the agreement follow from the confusion matrix alone, which is
read from the output and worked out here once more.
"""
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def records(path):
    """All but the run records: those name the version of the program and the hash of the codebook."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["record"] != "run"]


def decisions(path):
    with path.open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    return {word: sum(row["decision"] == word for row in rows) for word in ("接受", "拒绝", "移动", "")}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as sheet:
        return len(list(csv.DictReader(sheet)))


def main():
    program, source = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    failures = []
    checked = 0

    def expect(what, found, expected):
        nonlocal checked
        checked += 1
        if found != expected:
            failures.append(f"{what}: found {found!r}, expected {expected!r}")

    with tempfile.TemporaryDirectory(prefix="样例 ") as name:
        scratch = pathlib.Path(name)
        for folder in ("samples", "codebooks"):
            shutil.copytree(source / folder, scratch / folder)
        coding = scratch / "samples" / "policing" / "coding"
        environment = {"PATH": os.environ["PATH"], "FANGTAN": str(program), "LC_ALL": "C", "HOME": name, "TMPDIR": name}

        def run(script):
            # Not the folder of the script: it works from any.
            return subprocess.run(["sh", str(coding / script)], cwd=scratch, env=environment, capture_output=True, check=False)

        def outcome(done):
            return done.returncode, (done.stderr + done.stdout).decode() if done.returncode else ""

        before = {coder: records(coding / f"{coder}.jsonl") for coder in "甲乙"}
        for coder in "甲乙":
            (coding / f"{coder}.jsonl").unlink()
        expect("make.sh", outcome(run("make.sh")), (0, ""))
        for coder in "甲乙":
            made = coding / f"{coder}.jsonl"
            expect(f"{coder}.jsonl, made anew", made.exists() and records(made) == before[coder], True)
            codings = [line for line in before[coder] if line["record"] == "coding"]
            sheet = decisions(coding / f"{coder}_复核表.csv")
            expect(f"undecided rows of {coder}", sheet[""], 0)
            expect(f"who decided in {coder}.jsonl", {line.get("reviewer", line["coder"]) for line in codings}, {coder})
            expect(f"rejected by {coder}", sum(line["status"] == "rejected" for line in codings), sheet["拒绝"])
            expect(f"moved by {coder}", sum("origin" in line for line in codings), sheet["移动"])
            expect(f"codings of {coder}", len(codings), sum(sheet.values()) + rows_of(coding / f"{coder}_补编.csv"))

        done = run("run.sh")
        said = done.stdout.decode()
        expect("run.sh", outcome(done), (0, ""))
        sheet = decisions(coding / "复核表.csv")
        added = rows_of(coding / "补编.csv")
        expect("decisions applied", f"accepted: {sheet['接受']}; rejected: {sheet['拒绝']}; moved: {sheet['移动']}; without a decision: 0" in said, True)
        proposed = sum(sheet.values())
        expect("decisions that outlive the rules", f"codings read: {2 * proposed + added} = written: {proposed + added} + duplicates: 0 + "
               f"proposals already decided: {proposed}\n" in said, True)
        matrix = [re.search(rf"^{row} +(\d+) +(\d+) +\d+$", said, re.M) for row in "01"]
        if all(matrix):
            (neither, second), (first, both) = ([int(cell) for cell in found.groups()] for found in matrix)
            # Counted once without fangtan agree, span by span over the 299 sentences: 64 pairs of sentence and code of both
            # coders, 20 of 甲 alone, 16 of 乙 alone, in 15 codes.
            expect("confusion matrix", (neither, second, first, both), (4385, 16, 20, 64))
            total = 2 * (neither + second + first + both)
            ones = 2 * both + first + second
            # Krippendorff (2011), nominal data of two coders: 1 - (n - 1) o01 / (n0 n1), with o01 the pairs that differ.
            alpha = 1 - (total - 1) * (first + second) / ((total - ones) * ones)
            expect("α", re.search(r"^Krippendorff α（名义） +(\S+)", said, re.M).group(1), f"{alpha:.3f}")
            expect("Dice", re.search(r"^Dice +(\S+)", said, re.M).group(1), f"{2 * both / (2 * both + first + second):.3f}")
        else:
            failures.append("run.sh prints no confusion matrix")
        expect("accepted codings", re.findall(r"^合计 +(\d+) +(\d+) +(\d+) +(\d+)$", said, re.M),
               [("44", "17", "18", str(sheet["接受"] + sheet["移动"] + added))])

        done = subprocess.run([program, "import", "--codings", "comments", "-b", scratch / "codebooks" / "police-social-work.yaml", "-o", scratch / "talk",
                               coding / "座谈批注.docx"], capture_output=True, check=False)
        expect("import of the comments", outcome(done), (0, ""))
        found = [(line["coder"], line["participant"], line["code"]) for line in records(scratch / "talk" / "codings.jsonl") if line["record"] == "coding"] \
            if done.returncode == 0 else []
        expect("codings of the comments", found, [("甲", "P9", "non-police-calls"), ("乙", "R3", "public-recognition"), ("甲", "S6", "soft-skills"),
                                                  ("乙", "S6", "third-party"), ("乙", "S6", "soft-skills"), ("甲", "P9", "weak-coordination")])
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"{checked - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
