#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Text stays text: interviews, names of files and codes, attributes, coders and memos that look like markup, formulas, commands
or control sequences, through every command and format.

usage: hostile_text.py PROGRAM SOURCE_FOLDER

The same study is made twice, once with harmless words in the same places. What is made of markup must have the elements,
attributes and commands of the harmless one and no others; no cell begins a formula; a terminal gets no control character.
"""
import collections
import csv
import html.parser
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

SECONDS = 60
HOSTILE = [
    "<script>alert(1)</script>", "</script><b>重</b>", "</style></title></textarea>", "]]>", "<!--", "--><i>", "<![CDATA[", "<?php ?>", "&lt;&amp;&#60;&nbsp;", "&", '" onload="alert(1)', "' onclick='alert(1)",
    "`x`", "javascript:alert(1)", "=cmd|' /C calc'!A0", "+1", "-2+3", "@x", "\t=1+1", "＝1+1", "|=1|", "“”‘’「」『』«»\"'", "\u202e倒\u202c", "\u2066离\u2069", "\u200f右", "\u0007铃", "\u001b[2J清", "\u001b]0;x\u0007", "\u009b31m",
    "\u007f删", "\ufffe非", "\u2028行", "\u0085下", "\\input{/etc/passwd}", "\\end{tabular}\\write18{x}", "$x$ % 注释", "#1 _ ^ ~ { } &", "^^41^^5c", "\\", "长" * 400, "W" * 600,
    "👩🏽‍🚒👨‍👩‍👧‍👦🇨🇳", "e\u0301\u0302\u0303", "[x](http://a.b)", "![x](http://a.b/c.png)", "# 一级", "{participant}", "{{x}}", "%s%n", "../../etc", "NULL", "\ue000私", "\U000e0001标",
]
# U+2028 and U+FFFE do nothing to a terminal or a page; XML must not hold the latter.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"
# What longer words need: labels of several lines or turned ones, and a tab in Word.
LAYOUT = {"tspan", "transform", "text-anchor", "x", "y", "dy", "text", WORD + "tab", SVG + "tspan", SVG + "text", "{http://www.w3.org/XML/1998/namespace}space"}
# What a sequence of LaTeX may be that stands for a character of text.
CHARACTERS = {"textbackslash", "textasciitilde", "textasciicircum", "textbar", "textless", "textgreater", "textquotedbl", "textquotesingle", "textasciigrave", "textdollar", "ldots", "textcopyright", "char", "symbol"}
DANGEROUS = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")

passed = 0
failures = []


def foreign(hostile, harmless):
    """Elements and attributes that are neither in the harmless one nor a matter of layout."""
    return sorted(str(shape) for shape in hostile - harmless if not ({shape} if isinstance(shape, str) else set(shape)) <= LAYOUT)


def check(good, what):
    global passed
    if good:
        passed += 1
    else:
        failures.append(what)
    return good


# --- the study ------------------------------------------------------------------------------------------------


def yaml(text):
    """A double-quoted scalar."""
    return '"' + "".join(f"\\U{ord(c):08X}" if not c.isprintable() or c in '"\\' else c for c in text) + '"'


def printable(text):
    return not re.search("[\x00-\x1f\x7f-\x9f\ufffe\uffff]", text)


class Study:
    def __init__(self, program, folder, words, name):
        self.program, self.folder, self.words = program, folder, words
        folder.mkdir()
        self.texts = folder / "谈"
        self.texts.mkdir()
        half = len(words) // 2
        numbered = list(enumerate(words))
        for document, part, end in (("P1", numbered[:half], "\n"), (name, numbered[half:], "\r\n")):
            turns = [f"P{1 + i % 3}：社工说{word}的事记在{i}号。{end}问：{word}？{end}" for i, word in part]
            (self.texts / f"{document}.txt").write_bytes("".join(turns).encode("utf-8"))
        with open(self.texts / "participants.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "group", "role", "station", "note"])
            for i in range(3):
                writer.writerow([f"P{i + 1}", words[i * 3], words[i * 3 + 14], words[i + 23 if printable(words[i + 23]) else i + 2], "；".join(word for word in words if "\n" not in word and "\r" not in word)])
        codes = "".join(f"  - name: {yaml('码' + str(i) if not printable(word) else word)}\n    id: {yaml(f'c{i}')}\n    definition: {yaml(word)}\n    rules: [/记在{i}号/]\n" for i, word in enumerate(self.code_words()))
        (folder / "book.yaml").write_text(f"name: {yaml(words[0] + words[14] + words[33])}\ncodes:\n{codes}  - name: 社工\n    rules: [社工]\n", encoding="utf-8")

    def code_words(self):
        return [word if printable(word) and word == word.strip() and len(word) <= 200 and "\u2028" not in word else f"码{i}" for i, word in enumerate(self.words)]

    def run(self, *arguments, stdin=b""):
        return subprocess.run([str(self.program), *map(os.fsencode, arguments)], cwd=self.folder, input=stdin, capture_output=True, timeout=SECONDS, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})

    def codings(self):
        """codings.jsonl: with memos, a second coder and all decisions."""
        result = self.run("code", "-b", "book.yaml", "--unit", "turn", "-f", "jsonl", "谈")
        if result.returncode != 0:
            raise SystemExit(f"FAILED: code: status {result.returncode}\n{result.stderr.decode('utf-8', 'replace')[:2000]}")
        lines, number = [], 0
        for line in result.stdout.decode("utf-8").split("\n")[:-1]:
            record = json.loads(line)
            lines.append(line)
            if record["record"] == "coding":
                record["memo"] = self.words[number % len(self.words)]
                record["status"] = ("accepted", "proposed", "rejected")[number % 3]
                record["coder"] = self.words[(14, 0, 26)[number % 3]]
                if number % 3:
                    lines.append(json.dumps(record, ensure_ascii=False))
                else:
                    lines[-1] = json.dumps(record, ensure_ascii=False)
                number += 1
        (self.folder / "codings.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")



# --- what is looked at ----------------------------------------------------------------------------------------

VOID = {"meta", "br", "link", "img", "hr", "input", "wbr", "col"}


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.wrong, self.shapes, self.counts, self.targets, self.scripts, self.text = [], [], set(), collections.Counter(), set(), [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.shapes |= {tag, *((tag, name) for name, _ in attributes)}
        self.counts[tag] += 1
        self.targets |= {value for name, value in attributes if name in ("href", "src", "action", "xlink:href", "style")}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_comment(self, text):
        self.wrong.append(f"comment {text[:20]!r}")

    def unknown_decl(self, text):
        self.wrong.append(f"declaration {text[:20]!r}")

    def handle_pi(self, text):
        self.wrong.append(f"instruction {text[:20]!r}")

    def handle_data(self, text):
        if self.open and self.open[-1] == "script":
            self.scripts[-1] += text
        else:
            self.text.append(text)


def shapes(tree):
    return {name for element in tree.iter() for name in (element.tag, *((element.tag, attribute) for attribute in element.attrib))}


def html_of(what, hostile, harmless):
    one, other = Page(hostile), Page(harmless)
    check(not one.open and not one.wrong, f"{what}: not balanced: {one.open[:5]} {one.wrong[:5]}")
    check(not other.open and not other.wrong, f"{what}, harmless: not balanced: {other.open[:5]} {other.wrong[:5]}")
    more = foreign(one.shapes, other.shapes)
    check(not more, f"{what}: elements or attributes of the text: {more[:9]}")
    for tag in ("script", "style", "iframe", "a", "img", "link", "meta", "form", "section", "b", "i"):
        check(one.counts[tag] == other.counts[tag], f"{what}: {one.counts[tag]} elements {tag}, harmless {other.counts[tag]}")
    check(all(re.match(r"#|data:,$|[a-z-]+:\s?[-#\w.%() ]+;?", target or "") and "javascript" not in target for target in one.targets), f"{what}: links {sorted(one.targets)[:5]}")
    check(one.scripts[1:] == other.scripts[1:], f"{what}: the script differs")
    for script in one.scripts[:1]:
        json.loads(script)
    check("<script>alert(1)</script>" in "".join(one.text), f"{what}: the text is not shown")
    found = CONTROL.findall(hostile.replace("\t", ""))
    check(not found, f"{what}: control characters {found[:5]!r}")


def xml_of(what, hostile, harmless, text=True):
    check(b"<!ENTITY" not in hostile, f"{what}: an entity")
    try:
        one = ElementTree.fromstring(hostile)
    except ElementTree.ParseError as error:
        return check(False, f"{what}: {error}")
    more = foreign(shapes(one), shapes(ElementTree.fromstring(harmless)))
    more = [name for name in more if "pgSz" not in name]  # longer words may lay a page on its side
    check(not more, f"{what}: elements or attributes of the text: {more[:9]}")
    if text:
        shown = "".join(one.itertext())
        check("script>" in shown, f"{what}: the text is not shown")
    check(not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", hostile.decode("utf-8")), f"{what}: a character that XML forbids")
    return True


def office_of(what, hostile, harmless, alike):
    one, other = (zipfile.ZipFile(io.BytesIO(data)) for data in (hostile, harmless))
    check(one.testzip() is None and one.namelist() == other.namelist(), f"{what}: parts {one.namelist()}")
    for part in one.namelist():
        xml_of(f"{what}: {part}", one.read(part), b"<x/>" if part not in other.namelist() else other.read(part), text=False) if part.endswith((".rels", ".xml")) else None
    body = b"".join(one.read(part) for part in one.namelist() if part.endswith("xml"))
    check(b"<f>" not in body and b"w:instrText" not in body and b"w:fldSimple" not in body, f"{what}: a formula or field")
    check(not alike or "&lt;script&gt;alert(1)&lt;/script&gt;".encode() in body, f"{what}: the text is not in it")


def latex_of(what, hostile, harmless, alike):
    sequences = lambda text: set(re.findall(r"\\([A-Za-z]+)", text))
    more = sequences(hostile) - sequences(harmless) - CHARACTERS
    check(not more, f"{what}: commands of the text: {sorted(more)}")

    def bare(text):
        text = re.sub(r"\\[\\#$%&_{}]", "", text)
        return {c: text.count(c) for c in "#$%_^~"}

    # Comments and mathematics of the renderer are in the harmless one too.
    check(bare(hostile) == bare(harmless), f"{what}: specials {bare(hostile)}, harmless {bare(harmless)}")
    plain = re.sub(r"\\[\\{}]", "", hostile)
    depth = low = 0
    for c in plain:
        depth += (c == "{") - (c == "}")
        low = min(low, depth)
    check(depth == 0 and low == 0, f"{what}: braces {depth}, {low}")
    # Words that are counted are others, so their rows are too.
    ampersands = lambda text: [re.sub(r"\\&", "", line).count("&") for line in text.split("\n") if line.endswith("\\\\")]
    check(ampersands(hostile) == ampersands(harmless) if alike else set(ampersands(hostile)) == set(ampersands(harmless)), f"{what}: columns {ampersands(hostile)[:30]}, harmless {ampersands(harmless)[:30]}")
    check("^^" not in re.sub(r"\\textasciicircum(\{\}| )?", "", hostile), f"{what}: ^^")
    check(not CONTROL.search(hostile), f"{what}: a control character {CONTROL.findall(hostile)[:5]!r}")


def rows_of(what, hostile, harmless, excel, separator, alike):
    text, other = hostile.decode("utf-8-sig"), harmless.decode("utf-8-sig")
    one = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    two = list(csv.reader(io.StringIO(other, newline=""), delimiter=separator))
    check([len(row) for row in one] == [len(row) for row in two] if alike else len({len(row) for row in [*one, *two]}) == 1, f"{what}: {len(one)} rows of {sorted({len(row) for row in one})} cells, harmless {len(two)} of {sorted({len(row) for row in two})}")
    if excel:
        check(hostile.startswith(b"\xef\xbb\xbf"), f"{what}: no byte-order mark")
        for row in one:
            for cell in row:
                if DANGEROUS.match(cell) and not re.fullmatch(r"-?[0-9.]+", cell):
                    check(False, f"{what}: a cell that begins a formula: {cell[:40]!r}")
                    return


def text_of(what, text):
    check(not CONTROL.search(text), f"{what}: control characters {sorted(set(CONTROL.findall(text)))[:9]!r}")


def look_at(what, form, hostile, harmless, excel, alike):
    if form in ("html", "report"):
        html_of(what, hostile.decode("utf-8"), harmless.decode("utf-8"))
    elif form in ("svg", "graphml"):
        xml_of(what, hostile, harmless)
        check(b"<script" not in hostile and b"onload=\"alert" not in hostile, f"{what}: a script")
    elif form in ("xlsx", "docx"):
        office_of(what, hostile, harmless, alike)
    elif form == "latex":
        latex_of(what, hostile.decode("utf-8"), harmless.decode("utf-8"), alike)
    elif form in ("csv", "tsv", "edges"):
        rows_of(what, hostile, harmless, excel, "\t" if form == "tsv" else ",", alike)
    elif form == "json":
        json.loads(hostile)
        passed_one(what)
    elif form == "jsonl":
        for line in hostile.decode("utf-8").split("\n")[:-1]:
            json.loads(line)
        passed_one(what)
    elif form == "markdown":
        text = hostile.decode("utf-8")
        found = re.findall(r".{0,9}(?<!\\)<(?:script|/script|b|i|/style|!--).{0,9}", text)
        check(not found, f"{what}: HTML in Markdown: {found[:3]}")
        check(not CONTROL.search(text), f"{what}: control characters {sorted(set(CONTROL.findall(text)))[:9]!r}")
    elif form == "text":
        text_of(what, hostile.decode("utf-8"))


def passed_one(what):
    check(True, what)


TABLE = ["text", "markdown", "csv", "tsv", "json", "html", "latex", "xlsx", "docx"]
COMMANDS = [
    ("tabulate", [], TABLE, False),
    ("tabulate", ["--by", "group", "--test", "chi2", "--percent", "column", "--cell", "n-percent"], TABLE, False),
    ("tabulate", ["--by", "role", "--by", "group"], TABLE, False),
    ("tabulate", ["--by", "coder"], TABLE, False),
    ("tabulate", ["--by", "document", "--status", "all"], TABLE, False),
    ("tabulate", ["--by", "station", "--min-cell", "3"], TABLE, False),
    ("tabulate", ["--filter", "code=c0", "--filter", "code=社工", "--filter", "participant=P1"], TABLE, False),
    ("quotes", ["--memos", "--source", "（{participant}，{role}，{group}，{station}，{document}）"], ["text", "markdown", "csv", "tsv", "jsonl", "html", "docx"], True),
    ("quotes", ["--by", "group", "--query", "社工", "--context", "30"], ["text", "markdown", "csv", "tsv", "jsonl", "html", "docx"], True),
    ("cooccur", [], [*TABLE, "edges", "graphml"], True),
    ("cooccur", ["--within", "participant", "--pairs"], TABLE, True),
    ("report", [], ["report"], True),
    ("report", ["--title", "{hostile}"], ["report"], True),
    ("plot bars", [], ["svg"], True),
    ("plot heatmap", ["--by", "group"], ["svg"], True),
    ("plot heatmap", ["--by", "coder", "--title", "{hostile}"], ["svg"], True),
    ("plot saturation", ["--title", "{hostile}"], ["svg"], True),
    ("plot network", [], ["svg"], True),
    ("agree", ["--unit", "character", "--undecided"], ["text", "markdown", "csv", "tsv", "json"], False),
    ("kwic 社工", ["interviews only"], ["text", "csv", "tsv", "jsonl", "html"], True),
    ("words", ["interviews only", "--by", "group", "--segmenter", "icu"], TABLE, True),
    ("code", ["interviews only", "-b", "book.yaml"], ["text", "csv", "tsv", "jsonl"], True),
    ("review", ["--to", "-"], ["csv"], True),
]


def go_through(hostile, harmless):
    title = HOSTILE[0] + HOSTILE[10] + HOSTILE[26] + HOSTILE[22]
    for command, options, forms, interviews in COMMANDS:
        name, *positional = command.split()
        alone = "interviews only" in options
        options = [option for option in options if option != "interviews only"]
        inputs = [*([] if alone else ["codings.jsonl"]), *(["谈"] if interviews else [])]
        # A review sheet is for spreadsheets, whatever is said.
        for form, excel in [(form, name == "review") for form in forms] + [(form, True) for form in forms if form in ("csv", "tsv", "edges") and name != "review"]:
            what = " ".join([command, *options, form, *(["--excel"] if excel else [])])
            results = []
            for study in (hostile, harmless):
                words = [name, *[option if option != "{hostile}" else title if study is hostile else "题目" for option in options]]
                words += [] if form in ("report", "svg") or name == "review" else ["-f", form, *(["--excel"] if excel else [])]
                results.append(study.run(*words, *positional, *inputs))
            said = results[0].stderr.decode("utf-8", "replace")
            if not check([result.returncode for result in results] == [0, 0], f"{what}: status {results[0].returncode}, harmless {results[1].returncode}: {said[-300:]!r}"):
                continue
            text_of(f"{what}: standard error", said)
            try:
                look_at(what, form, results[0].stdout, results[1].stdout, excel, alike=name != "words")
            except (ValueError, LookupError, zipfile.BadZipFile, ElementTree.ParseError) as error:
                check(False, f"{what}: cannot be read: {error!r:.200}")


def verbatim(study):
    """What is data stays as it was: text, memo, names."""
    result = study.run("quotes", "-f", "jsonl", "codings.jsonl", "谈")
    texts = {path.stem: path.read_bytes().decode("utf-8").replace("\r\n", "\n") for path in study.texts.glob("*.txt")}
    records = [json.loads(line) for line in result.stdout.decode("utf-8").split("\n")[:-1]]
    check(len(records) > len(HOSTILE), "quotes: too few")
    check(all(texts[record["document"]][record["start"]:record["end"]] == record["text"] for record in records), "quotes -f jsonl: text is not verbatim")
    memos = {memo for record in records for memo in record["memos"]}
    check(len(memos & set(HOSTILE)) > len(HOSTILE) // 2, f"quotes -f jsonl: {len(memos & set(HOSTILE))} memos as they were")
    table = json.loads(study.run("tabulate", "-f", "json", "codings.jsonl").stdout)
    check({row["path"][-1] for row in table["rows"]} == {*study.code_words(), "社工"}, "tabulate -f json: names of codes")


def refused(study):
    """What a reader does not take: one clear message, of printable characters."""
    folder = study.folder
    (folder / "nul.txt").write_bytes("P1：社工\0来过。\n".encode())
    (folder / "esc.yaml").write_bytes(b"name: a\x1b[2J\ncodes:\n  - name: b\x07\n")
    (folder / "nul.csv").write_bytes(b"id,group\nP1,\0\n")
    cases = [(3, ["quotes", "-b", "book.yaml", "nul.txt"]), (3, ["report", "-b", "book.yaml", "nul.txt"]), (3, ["plot", "bars", "-b", "esc.yaml", "谈"]), (3, ["cooccur", "-b", "book.yaml", "-p", "nul.csv", "谈"])]
    for word in HOSTILE:
        cases += [(2, ["quotes", "codings.jsonl", "--code", "无" + word]), (2, ["quotes", "codings.jsonl", "--by", "无" + word]), (2, ["tabulate", "codings.jsonl", "--filter", f"group=无{word}"]),
                  (2, ["tabulate", "codings.jsonl", "--by", "无" + word]), (2, ["plot", "heatmap", "codings.jsonl", "--by", "无" + word]), (2, ["quotes", "codings.jsonl", "--source", "{无" + word.replace("}", "").replace("{", "") + "}"]),
                  (3, ["cooccur", "无" + word.replace("/", "") + ".jsonl"])]
    for status, arguments in cases:
        if any("\0" in argument for argument in arguments):
            continue
        if len(arguments[-1].encode()) > 250 and status == 3:
            continue
        result = study.run(*arguments)
        what = " ".join(arguments)[:60]
        said = result.stderr.decode("utf-8", "replace")
        check(result.returncode == status and not result.stdout and said.strip(), f"{what!r}: status {result.returncode}, should be {status}: {said[:200]!r}")
        text_of(repr(what), said)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="敌 hostile ") as name:
        scratch = pathlib.Path(name)
        harmless_words = [f"好{i}" for i in range(len(HOSTILE))]
        studies = []
        for stem, words, document in (("hostile", HOSTILE, "=1+1<img src=x>&\u202e'\"$_#%{}"), ("harmless", harmless_words, "P2")):
            studies.append(Study(program, scratch / stem, words, document))
            studies[-1].codings()
        go_through(*studies)
        verbatim(studies[0])
        refused(studies[0])
    for failure in failures[:60]:
        print(f"FAILED {failure}".encode("unicode_escape").decode() if CONTROL.search(failure) else f"FAILED {failure}")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
