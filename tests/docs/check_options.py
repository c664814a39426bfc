#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the options of the manual pages with those of --help.

usage: check_options.py PROGRAM MAN_FOLDER

fangtan.1 is held against fangtan --help, fangtan-NAME.1 against fangtan NAME
--help and the help of what is below NAME (fangtan-codebook.1: check, show,
convert). Every option of the help must be an item of the page's OPTIONS, in
all its spellings and with its argument, and every item an option of the help.
An option is passed or failed once.
"""
import pathlib
import re
import subprocess
import sys

HELP_OPTION = re.compile(r"  (-[-\w]+(?:,-[-\w]+)*)(?: +(.*))?")
HELP_COMMAND = re.compile(r"  ([a-z][-\w]*)\b")


def help_text(program, words):
    done = subprocess.run([str(program), *words, "--help"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(['fangtan', *words])} --help ended with status {done.returncode}")
    return done.stdout.decode("utf-8")


def section_of_help(text, name):
    """The lines below "name:"."""
    lines, inside = [], False
    for line in text.splitlines():
        if re.match(r"\S", line):
            inside = line.startswith(name)
        elif inside:
            lines.append(line)
    return lines


def options_of_help(text):
    """{spellings: argument}, as {("-b", "--codebook"): "FILE"}."""
    found = {}
    for line in section_of_help(text, "Options:"):
        match = HELP_OPTION.match(line)
        if not match:
            continue
        # An argument stands in capitals, before two blanks: "FILE REQUIRED   The codebook", "WHEN:value in {…}".
        after = line[match.end(1):]
        argument = re.match(r" ([A-Z][A-Z/]*)(?=[ :]|$)", after)
        found[tuple(match.group(1).split(","))] = argument.group(1) if argument else ""
    return found


def commands_of_help(text):
    return [match.group(1) for line in section_of_help(text, "Subcommands:") if (match := HELP_COMMAND.match(line))]


def everything_below(program, words):
    """The options of a command and of all its subcommands."""
    text = help_text(program, words)
    found = options_of_help(text)
    for name in commands_of_help(text):
        for spellings, argument in everything_below(program, [*words, name]).items():
            found.setdefault(spellings, argument)
    return found


def options_of_page(text):
    """{spellings: argument} of the items of OPTIONS."""
    found, inside = {}, False
    for line in text.splitlines():
        if line.startswith(".Sh"):
            inside = line.split(None, 1)[1].strip() == "OPTIONS"
        if not inside or not line.startswith(".It Fl "):
            continue
        words = line.replace("\\-", "-").split()[1:]
        spellings = tuple("-" + words[i + 1] for i, word in enumerate(words) if word == "Fl")
        arguments = [words[i + 1] for i, word in enumerate(words) if word == "Ar"]
        found[spellings] = arguments[0] if arguments else ""
    return found


def compare(page, wanted, given, complaints):
    good = 0
    for spellings in sorted({**wanted, **given}):
        name = ", ".join(spellings)
        if spellings not in given:
            complaints.append(f"{page}: OPTIONS lacks {name} of the help")
        elif spellings not in wanted:
            complaints.append(f"{page}: OPTIONS has {name}, which the help has not")
        elif wanted[spellings] != given[spellings]:
            complaints.append(f"{page}: {name} takes \"{given[spellings]}\", in the help \"{wanted[spellings]}\"")
        else:
            good += 1
    return good


def main():
    if len(sys.argv) != 3:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    program, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    top = help_text(program, [])
    expected = {"fangtan.1": options_of_help(top)}
    for name in commands_of_help(top):
        expected[f"fangtan-{name}.1"] = everything_below(program, [name])
    passed, complaints = 0, []
    for page, wanted in expected.items():
        path = folder / page
        if not path.is_file():
            complaints.append(f"{path}: there is no such page")
            continue
        passed += compare(path, wanted, options_of_page(path.read_text(encoding="utf-8")), complaints)
    for path in sorted(folder.glob("*.1")):
        if path.name not in expected:
            complaints.append(f"{path}: there is no such command")
    for complaint in complaints:
        print(complaint)
    print(f"{passed} passed, {len(complaints)} failed")
    return 0 if passed > 0 and not complaints else 1


if __name__ == "__main__":
    sys.exit(main())
