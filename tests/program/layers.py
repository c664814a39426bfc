#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The layer rule: a module includes only what stands below it, and only text/ knows ICU, utf8proc and OpenCC.

usage: layers.py LIB_FOLDER
"""
import pathlib
import re
import sys

DIRECT = {
    "base": [],
    "text": ["base"],
    "transcript": ["text"],
    "query": ["text"],
    "table": ["text"],
    "agreement": ["base"],
    "codebook": ["query"],
    "reader": ["transcript"],
    "coding": ["codebook", "transcript", "table"],
    "analysis": ["coding", "agreement"],
    "exchange": ["coding", "reader"],
    "report": ["analysis"],
}
THIRD_PARTY = {
    r"unicode/|utf8proc|opencc|libime/": {"text"},
    r"re2/": {"query"},
    r"yaml\.h": {"codebook"},
    r"zip\.h": {"reader", "table"},
    r"pugixml|gumbo": {"reader"},
    r"xlsxwriter": {"table"},
    r"CLI/": set(),
}


def allowed(module):
    below = set(DIRECT[module])
    for name in list(below):
        below |= allowed(name)
    return below


def main():
    root = pathlib.Path(sys.argv[1])
    files = [path for path in sorted(root.rglob("*.[ch]pp")) if not path.name.startswith("generate_")]
    failures = []
    for path in files:
        module = path.relative_to(root).parts[0]
        if module not in DIRECT:
            failures.append(f"{path}: {module} is no layer")
            continue
        permitted = allowed(module) | {module}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            include = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
            if not include:
                continue
            name = include.group(1)
            own = re.match(r"fangtan/([^/]+)/", name)
            if own and own.group(1) not in permitted:
                failures.append(f"{path}:{number}: {module} must not include {own.group(1)}")
            for pattern, users in THIRD_PARTY.items():
                if re.match(pattern, name) and module not in users:
                    failures.append(f"{path}:{number}: {module} must not include {name}")
            if path.suffix == ".hpp" and re.match(r"unicode/|utf8proc|re2/|yaml\.h|simdjson|nlohmann|fmt/|openssl|zip\.h|pugixml|gumbo|xlsxwriter|CLI/|libime/", name):
                failures.append(f"{path}:{number}: a header shows the third-party {name}")
    for failure in failures:
        print(failure)
    print(f"{len(files) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main())
