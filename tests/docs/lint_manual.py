#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every man page is free of mandoc's warnings.

usage: lint_manual.py MAN_FOLDER
"""
import pathlib
import shutil
import subprocess
import sys


def main():
    pages = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.suffix in {".1", ".5", ".7"})
    if shutil.which("mandoc") is None:
        print("mandoc is missing; install the packages of cmake/debian-packages.txt")
        return 1
    bad = 0
    for page in pages:
        result = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True)
        if result.returncode != 0 or result.stdout:
            bad += 1
            print(result.stdout, end="")
    print(f"{len(pages) - bad} passed, {bad} failed")
    return 1 if bad or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
