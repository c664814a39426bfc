#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the program from outside: the folder is the test.

usage: run_cases.py PROGRAM CASES_FOLDER [--update] [NAME …]

CASES/<command>/<case>/ holds `cmd` (bash, run in a copy of the folder with the program on PATH as `fangtan`) and what it
must yield: `out`, `err` (absent: empty) and `status` (absent: 0). `cmd` may name other files of the case, and the project's
codebooks and samples as $CODEBOOKS and $SAMPLES. --update rewrites the expectations; read the difference before you keep it.
"""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

EXPECTED = ("out", "err", "status")


def run(program, cases, case):
    project = cases.parent.parent
    with tempfile.TemporaryDirectory(prefix="案例 ") as scratch:
        folder = pathlib.Path(scratch) / "case"
        shutil.copytree(case, folder, ignore=shutil.ignore_patterns("cmd", *EXPECTED))
        environment = {
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "LC_ALL": "C",
            "TMPDIR": scratch,
            "HOME": scratch,
            "CODEBOOKS": str(project / "codebooks"),
            "SAMPLES": str(project / "samples"),
        }
        result = subprocess.run(["bash", "-o", "pipefail", "-c", (case / "cmd").read_text(encoding="utf-8")], cwd=folder,
                                env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        clean = [text.replace(str(project).encode(), b"PROJECT") for text in (result.stdout, result.stderr)]
    return {"out": clean[0], "err": clean[1], "status": str(result.returncode).encode() + b"\n"}


def expectation(case, name):
    path = case / name
    if path.exists():
        return path.read_bytes()
    return b"0\n" if name == "status" else b""


def main():
    arguments = [word for word in sys.argv[1:] if word != "--update"]
    update = "--update" in sys.argv
    program, cases = pathlib.Path(arguments[0]).resolve(), pathlib.Path(arguments[1]).resolve()
    found = sorted(path.parent for path in cases.glob("*/*/cmd") if not arguments[2:] or path.parent.name in arguments[2:])
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, result in zip(found, pool.map(lambda c: run(program, cases, c), found)):
            wrong = [name for name in EXPECTED if result[name] != expectation(case, name)]
            if wrong and update:
                for name in EXPECTED:
                    default = b"0\n" if name == "status" else b""
                    if result[name] != default:
                        (case / name).write_bytes(result[name])
                    elif (case / name).exists():
                        (case / name).unlink()
            elif wrong:
                failed += 1
                print(f"FAILED {case.relative_to(cases)}")
                for name in wrong:
                    print(f"--- {name}, expected:\n{expectation(case, name).decode('utf-8', 'replace')}--- {name}, found:\n"
                          f"{result[name].decode('utf-8', 'replace')}")
    print(f"{len(found) - failed} passed, {failed} failed")
    return 1 if failed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
