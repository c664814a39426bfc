#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""fangtan agree on every case of tests/reference/agreement: all metrics that a case expects, to 1e-9.

usage: agree_reference.py PROGRAM SOURCE_FOLDER
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

# QualCoder's formula takes the product of two chances where it should take their sum.
LEFT_OUT = ("qualcoder_as_implemented_",)
TOLERANCE = 1e-9


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return str(path)


def weight_options(case, names, folder):
    """--weights as a name, or as a file for a matrix."""
    params = case["params"]
    if "weights_matrix" in params:
        rows = [["", *names]] + [[name, *weights] for name, weights in zip(names, params["weights_matrix"])]
        return ["--weights", write(folder / "weights.csv", rows)]
    if "weights" in params:
        return ["--weights", {"equal": "linear", "quadratic": "quadratic", "squared": "quadratic"}[params["weights"]]]
    return []


def ratings_options(case, folder):
    rows = [["unit", *case["coders"]]] + [[number, *unit] for number, unit in enumerate(case["units"], 1)]
    options = ["--ratings", write(folder / "ratings.csv", rows)]
    if "categories" in case["params"]:
        options += ["--categories", ",".join(case["params"]["categories"])]
    return options + weight_options(case, None, folder)


def table_options(case, folder):
    rows = [["coder1\\coder2", *case["columns"]]] + [[name, *counts] for name, counts in zip(case["rows"], case["counts"])]
    return ["--table", write(folder / "table.csv", rows)] + weight_options(case, case["rows"], folder)


def segments_options(case, folder):
    params = case["params"]
    options = ["--segments", write(folder / "segments.csv", [["coder", "code", "start", "end"], *case["segments"]]), "--length", str(params["length"])]
    if "begin" in params:
        options += ["--begin", str(params["begin"])]
    for match in params.get("match", []):
        options += ["--match", f"{match.get('how', 'iou')}:{match['threshold']:g}"]
    if "ncodes" in params:
        options += ["--code-count", str(params["ncodes"])]
    if "gamma" in params:
        gamma = params["gamma"]
        options += ["--gamma", f"{gamma['alpha']},{gamma['beta']},{gamma['delta_empty']}"]
    return options


def complaints_about(program, case, options):
    """(number of metrics that hold, complaints)"""
    done = subprocess.run([program, "agree", *options, "--no-bootstrap", "-f", "json"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode != 0:
        return 0, [f"status {done.returncode}: {done.stderr.decode()}"]
    report = json.loads(done.stdout)
    good, wrong = 0, []
    for name, expected in case["expected"].items():
        if name.startswith(LEFT_OUT):
            continue
        if name not in report["metrics"]:
            wrong.append(f"{name}: not there")
            continue
        found = report["metrics"][name]
        if expected is None:
            holds = found is None and bool(report["reasons"].get(name))
        else:
            holds = found is not None and abs(found - expected) <= TOLERANCE
        if holds:
            good += 1
        else:
            wrong.append(f"{name}: expected {expected}, found {found}")
    return good, wrong


def main():
    program, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    cases = metrics = 0
    complaints = []
    for name, make in (("ratings", ratings_options), ("tables", table_options), ("segments", segments_options)):
        for case in json.loads((source / "tests/reference/agreement" / f"{name}.json").read_text(encoding="utf-8")):
            with tempfile.TemporaryDirectory(prefix="一致性 ") as folder:
                good, wrong = complaints_about(program, case, make(case, pathlib.Path(folder)))
            cases += 1
            metrics += good
            complaints += [f"{case['id']}: {text}" for text in wrong]
    print("\n".join(complaints))
    print(f"{cases} cases, {metrics} metrics passed, {len(complaints)} failed")
    return 0 if cases == 51 and metrics == 1575 and not complaints else 1


if __name__ == "__main__":
    sys.exit(main())
