#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the examples of the manual pages and of README.md.

usage: run_examples.py PROGRAM SOURCE_FOLDER

An example is a line "$ command" in a literal block of man/*.[157] or in a
```console or ```sh block of README.md. In such a block

    $ command            is run by bash and must end with status 0
    > rest of it         carries the command on
    # status N           behind a command or its output: it must end with status N
    output               what stands there must be what the command says, on
                         standard output, standard error or both
    …                    a line of its own: anything from here on

A block of a manual page that begins with a line "# name.yaml" (.yaml, .txt,
.csv, .jsonl) is a file: it is written before the commands behind it are run.
The commands of one page run one after the other in a folder of their own
that holds copies of codebooks/ and samples/.
"""
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = ("sh samples/run.sh", "sh tests/run.sh", "git clone")
SECONDS = 300
FILE_NAME = re.compile(r"# ([\w-]+\.(?:yaml|txt|csv|jsonl))")
ROFF = {r"\e": "\\", r"\-": "-", r"\&": "", r"\(aq": "'", r"\[aq]": "'", r"\(dq": '"', r"\[dq]": '"', r"\(ga": "`",
        r"\(ha": "^", r"\(ti": "~", r"\(rs": "\\", r"\(bs": "\\", r"\ ": " ", r"\~": " "}
ROFF_ESCAPE = re.compile("|".join(re.escape(name) for name in sorted(ROFF, key=len, reverse=True)))


class Command:
    def __init__(self, line, text):
        self.line, self.text, self.status, self.output = line, text, 0, []


def plain(line):
    return ROFF_ESCAPE.sub(lambda match: ROFF[match.group()], line)


def blocks_of_page(text):
    """(number of the first line, lines) of each literal block."""
    found, block = [], None
    for number, line in enumerate(text.splitlines(), 1):
        if block is None:
            if re.match(r"\.Bd\b.*-literal", line):
                block = (number + 1, [])
        elif line.startswith(".Ed"):
            found.append(block)
            block = None
        elif not line.startswith((".", "'")):
            block[1].append(plain(line))
        else:
            block[1].append(None)  # a macro; keeps the lines numbered
    return found


def blocks_of_readme(text):
    found, block, inside = [], None, False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            if inside:
                if block is not None:
                    found.append(block)
                block, inside = None, False
            else:
                inside = True
                if line.strip()[3:].strip() in ("console", "sh"):
                    block = (number + 1, [])
        elif block is not None:
            block[1].append(line)
    return found


def commands_of(first, lines):
    commands = []
    for number, line in enumerate(lines, first):
        if line is None:
            continue
        if line.startswith("$ "):
            commands.append(Command(number, line[2:]))
        elif not commands:
            continue
        elif line.startswith("> ") and not commands[-1].output:
            commands[-1].text += "\n" + line[2:]
        elif match := re.fullmatch(r"# status (\d+)", line):
            commands[-1].status = int(match.group(1))
        else:
            commands[-1].output.append(line)
    for command in commands:
        while command.output and not command.output[-1].strip():
            command.output.pop()
    return commands


def agree(expected, said):
    lines = said.splitlines()
    while lines and not lines[-1].strip():
        lines.pop()
    if "…" in expected:
        cut = expected.index("…")
        return lines[:cut] == expected[:cut]
    return lines == expected


def complaint(command, folder, environment):
    """Empty if the example holds."""
    try:
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command.text], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"    did not end within {SECONDS} seconds\n"
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    text = ""
    if done.returncode != command.status:
        text += f"    ended with status {done.returncode}, expected {command.status}\n"
        text += "".join(f"    {line}\n" for line in (err or out).splitlines()[-20:])
    if command.output and not any(agree(command.output, said) for said in (out, err, err + out, out + err)):
        said = out if out.strip() else err
        text += "".join(f"    {line}\n" for line in difflib.unified_diff(command.output, said.splitlines(), "shown", "said", lineterm=""))
    return text


def run_page(page, blocks, source, program):
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="fangtan-examples-") as scratch:
        folder = pathlib.Path(scratch) / "work"
        binaries = pathlib.Path(scratch) / "bin"
        binaries.mkdir()
        (binaries / "fangtan").symlink_to(program)
        folder.mkdir()
        for name in ("codebooks", "samples"):
            if (source / name).is_dir():
                shutil.copytree(source / name, folder / name)
        environment = {"PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}", "HOME": scratch, "LC_ALL": "C.UTF-8",
                       "TMPDIR": scratch}
        for first, lines in blocks:
            name = FILE_NAME.fullmatch(lines[0]) if lines and lines[0] else None
            if name and page.name != "README.md":
                (folder / name.group(1)).write_text("\n".join(line for line in lines if line is not None) + "\n", encoding="utf-8")
                continue
            for command in commands_of(first, lines):
                if command.text.startswith(SKIPPED):
                    continue
                wrong = complaint(command, folder, environment)
                if wrong:
                    failed += 1
                    print(f"{page}:{command.line}: $ {command.text}\n{wrong}", end="")
                else:
                    passed += 1
    return passed, failed


def main():
    if len(sys.argv) != 3:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    if not os.access(program, os.X_OK):
        print(f"{program}: no such program", file=sys.stderr)
        return 2
    pages = sorted(page for section in "157" for page in (source / "man").glob(f"*.{section}"))
    passed = failed = 0
    for page in pages + [source / "README.md"]:
        if not page.is_file():
            continue
        text = page.read_text(encoding="utf-8")
        blocks = blocks_of_readme(text) if page.name == "README.md" else blocks_of_page(text)
        good, bad = run_page(page, blocks, source, program)
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
