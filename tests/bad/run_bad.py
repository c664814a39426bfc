#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bad and odd inputs: what must be refused and how, and what must be read to the letter although it looks strange.

usage: run_bad.py PROGRAM SOURCE_FOLDER [WORD …]     WORD: only cases whose name holds one of the words

Each row below is one input. Every case runs in a folder of its own with 60 seconds (a busy machine must not fail it) and 2 GiB of address space. What is
refused is run three times: results to a pipe (which must stay without a whole result), to a new file (which must not
appear) and to an old file (which must stay as it was). Nothing may be left behind, and standard error may not hold the
text of an interview: every text here contains SECRET. What is read is compared with what Python reads.
"""
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import containers
import printed

SECONDS = 60
MEMORY = 2 << 30
SECRET = "柳树巷"
BOM = b"\xef\xbb\xbf"
NOBODY = 65534

TERM = "社工"
BOOK = "name: 试\ncodes:\n  - name: 社工\n    id: worker\n    rules: [社工]\n"
LINE = f"{SECRET}的居民说社工来过两回，后来不来了。\n"
TALK = f"P1：{LINE}问：后来呢？\nP1：后来换了一个社工，也是{SECRET}的人。\n"
OLD = "旧的结果\n".encode()


@dataclasses.dataclass
class Case:
    name: str  # the row of the catalogue first
    arguments: list
    status: int = 0
    first: tuple = ()  # all of these stand in the first line of standard error
    files: dict = dataclasses.field(default_factory=dict)  # name → bytes, text, or a function that makes something in the folder
    stdin: object = b""  # bytes, or a function that is given the process and the folder
    check: object = None  # function of (standard output, standard error); returns what is wrong, or None
    unprivileged: bool = False
    once: bool = False  # too large to be run with -o too, or not repeatable
    secret: bool = True
    known: str = ""  # a fault that is known and not yet mended: it is told, but does not count as failed


CASES = []


def add(name, arguments, **rest):
    CASES.append(Case(name, arguments.split() if isinstance(arguments, str) else arguments, **rest))


# --- what a result must say -----------------------------------------------------------------------------------


def as_read(data, encoding="utf-8"):
    text = data.decode(encoding)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def places(text, term=TERM):
    found, at = set(), text.find(term)
    while at >= 0:
        found.add((at, at + len(term)))
        at = text.find(term, at + len(term))
    return found


def records_of(out):
    # Not splitlines(): a JSON string may hold U+2028.
    return [json.loads(line) for line in out.decode("utf-8").split("\n")[:-1]]


def said_exactly(model, evidence=None, encoding=None, note=()):
    """The stream is whole, its spans quote `model`, its evidence is every TERM of it (or `evidence`)."""
    wanted = places(model) if evidence is None else set(evidence)

    def check(out, err):
        records = records_of(out)
        if [record["record"] for record in records].count("document") != 1 or records[-1] != {"record": "end", "documents": 1}:
            return "the stream is not whole"
        document = next(record for record in records if record["record"] == "document")
        if document["characters"] != len(model):
            return f"{document['characters']} characters, should be {len(model)}"
        if document.get("encoding") != encoding:
            return f"encoding {document.get('encoding')}"
        found = set()
        for coding in (record for record in records if record["record"] == "coding"):
            if model[coding["start"]:coding["end"]] != coding["text"]:
                return f"text of {coding['start']}–{coding['end']} is not what stands there"
            if not all(coding["start"] <= a < b <= coding["end"] for a, b in coding["evidence"]):
                return f"evidence outside of its coding at {coding['start']}"
            found |= {tuple(span) for span in coding["evidence"]}
        if found != wanted:
            return f"evidence differs: missing {sorted(wanted - found)[:5]}, too many {sorted(found - wanted)[:5]}"
        return next((f"no note {word!r}" for word in note if word not in err), None)

    return check


def holds(*words, stream="out"):
    def check(out, err):
        text = out.decode("utf-8") if stream == "out" else err
        return next((f"{word!r} is not in it" for word in words if word not in text), None)

    return check


def both(*checks):
    return lambda out, err: next((wrong for wrong in (check(out, err) for check in checks) if wrong), None)


def place(name, before):
    """file:line:column of what follows the text `before`."""
    text = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return f"{name}:{text.count(chr(10)) + 1}:{len(text) - text.rfind(chr(10)) - 1 + 1}"


# --- 2.1 bytes and text ---------------------------------------------------------------------------------------


def code(name, data, status=0, first=(), options=(), book=BOOK, file="P1.txt", **rest):
    form = rest.pop("form", "jsonl")
    files = {"book.yaml": book, file: data, **rest.pop("files", {})}
    add(name, ["code", "-b", "book.yaml", "-f", form, *options, file], status=status, first=first, files=files, **rest)
    # Every command that reads interviews refuses what code refuses, with the same words.
    if status == 3 and book is BOOK and not rest:
        for words in (["tokenize"], ["words"], ["kwic", TERM]):
            add(f"{name} ({words[0]})", [*words, *options, file], status=status, first=first, files=files)


def exact(name, data, encoding="utf-8", options=(), named=None, evidence=None, note=(), status=0, **rest):
    model = as_read(data, encoding)
    code(name, data, status, options=options, check=said_exactly(model, evidence, named, note), **rest)


def bytes_and_text():
    head = TALK * 2
    before = head.encode()
    for what, bad, at in [
        ("bad byte", b"\xff", 0), ("lone continuation byte", b"\x80", 0), ("cut character in the middle", b"\xe7\xa4", 0),
        ("overlong slash", b"\xc0\xaf", 0), ("overlong of three bytes", b"\xe0\x80\xaf", 0), ("overlong of four bytes", b"\xf0\x80\x80\xaf", 0),
        ("CESU surrogates", b"\xed\xa0\xbd\xed\xb3\x8c", 0), ("above U+10FFFF", b"\xf4\x90\x80\x80", 0), ("five-byte form", b"\xf8\x88\x80\x80\x80", 0),
        ("UTF-8, then GB18030", "又来了".encode("gb18030"), 0), ("bad byte in mid-line", "社工，".encode() + b"\xfe", 9),
    ]:
        data = before + bad + "\nP1：完了。\n".encode()
        where = len(before) + at
        code(f"2.1 {what}", data, 3, (place("P1.txt", data[:where].decode()), f"byte {where} (0x{data[where]:02X})", "UTF-8"))
    for what, tail in [("three", "社".encode()[:2]), ("four", "𠮷".encode()[:3]), ("two", b"\xc3")]:
        code(f"2.1 file cut off in a character of {what} bytes", before + tail, 3, (place("P1.txt", head), f"byte {len(before)}", "cut off"))
    code("2.1 short file cut off", "P1：柳树巷社工来".encode() + b"\xe4\xb8", 3, ("P1.txt:1:10", "byte 23"))
    code("2.1 very short file cut off", "P1：社工来".encode() + b"\xe4\xb8", 3, ("P1.txt:1:7", "byte 14"))
    code("2.1 bad byte after a byte-order mark", BOM + before + b"\xff", 3, (place("P1.txt", head), f"byte {len(before) + 3} (0xFF)"))
    for what, end in [("CR", "\r"), ("CRLF", "\r\n"), ("CRCRLF", "\r\r\n")]:
        text = head.replace("\n", end)
        code(f"2.1 bad byte after {what} line ends", text.encode() + b"\xff", 3, (place("P1.txt", text), "0xFF"))
    code("2.1 bad byte in standard input", b"", 3, (place("standard input", head), "0xFF"), file="-", stdin=before + b"\xff", files={"-": lambda path: None})

    exact("2.1 GB18030", head.encode("gb18030"), "gb18030", named="GB18030", note=("P1.txt: read as GB18030",))
    exact("2.1 GB18030 of four bytes", (head + "P1：社工𠮷野和𡃁仔。\n").encode("gb18030"), "gb18030", named="GB18030")
    traditional = TALK.translate(str.maketrans("说问来过两后换个", "說問來過兩後換個")).replace(SECRET, "柳樹巷")
    exact("2.1 Big5", traditional.encode("big5"), "big5", named="Big5-HKSCS", note=("P1.txt: read as Big5-HKSCS",))
    exact("2.1 Big5 with Hong Kong characters", (traditional + "P1：社工話佢哋嚟咗，啲嘢係咁㗎。\n").encode("big5hkscs"), "big5hkscs", named="Big5-HKSCS")
    exact("2.1 GB18030 by option", head.encode("gbk"), "gbk", options=["--encoding", "GBK"], named="GB18030")
    code("2.1 GB18030 named Big5", "P1：社工来过。\n".encode("gb18030") + b"\xff\xff", 3, ("P1.txt:", "Big5"), options=["--encoding", "Big5"])
    code("2.1 cut GB18030", head.encode("gb18030") + b"\xb2", 3, ("P1.txt:1:3", "not GB18030 or Big5"))
    for order in ("le", "be"):
        mark = {"le": b"\xff\xfe", "be": b"\xfe\xff"}[order]
        name = f"UTF-16{order.upper()}"
        body = (head + "P1：社工𠮷野。\n").encode(f"utf-16-{order}")
        exact(f"2.1 {name} with its mark", mark + body, f"utf-16-{order}", named=name)
        exact(f"2.1 {name} by option", body, f"utf-16-{order}", named=name, options=["--encoding", name])
        code(f"2.1 {name} without a mark", body, 3, ("P1.txt:", "P1.txt:1:"))
        code(f"2.1 {name} of odd length", mark + body + b"\x3e", 3, ("P1.txt:", name, f"byte {len(body) + 2}"))
        high, low = "\ud842".encode(f"utf-16-{order}", "surrogatepass"), "\udfb7".encode(f"utf-16-{order}", "surrogatepass")
        for what, units in [("lone high surrogate", high + "工".encode(f"utf-16-{order}")), ("lone low surrogate", low), ("swapped surrogates", low + high)]:
            code(f"2.1 {name} with {what}", mark + body + units, 3, (place("P1.txt", head + "P1：社工𠮷野。\n"), name))
        code(f"2.1 UTF-32{order.upper()}", TALK.encode("utf-32-" + order).join([("\ufeff".encode("utf-32-" + order)), b""]), 3, ("P1.txt", "UTF-32"))
    code("2.1 NUL inside", before + b"P1\0\n", 3, (place("P1.txt", head + "P1"), "NUL", f"byte {len(before) + 2}"))
    code("2.1 NUL padding of a crashed disk", before + bytes(4096), 3, (place("P1.txt", head), "NUL"))
    code("2.1 nothing but NUL", bytes(4096), 3, ("P1.txt:1:1", "NUL"))
    noise = random.Random(1).randbytes(4096)
    for what, data, word in [
        ("picture (PNG)", b"\x89PNG\r\n\x1a\n" + noise, "picture"), ("picture (JPEG)", b"\xff\xd8\xff\xe0" + noise, "picture"), ("picture (GIF)", b"GIF89a" + noise, "picture"),
        ("Word file", b"PK\x03\x04\x14\0\6\0" + noise, "zip"), ("old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise, "Word"), ("PDF", b"%PDF-1.7\n" + noise, "PDF"),
        ("rich text", b"{\\rtf1\\ansi " + noise, "rich-text"), ("sound", b"ID3\x04\0\0" + noise, "sound"), ("gzip", b"\x1f\x8b\x08\0" + noise, "compressed"),
        ("random bytes", noise, "decoded"),
    ]:
        code(f"2.1 {what} named .txt", data, 3, ("P1.txt", word))

    exact("2.1 byte-order mark", BOM + TALK.encode())
    # The second mark is text: U+FEFF shows nothing, so the label is found behind it.
    exact("2.1 two byte-order marks", BOM + BOM + TALK.encode(), note=("byte-order mark inside the text (line 1, column 1)",))
    exact("2.1 byte-order mark in the middle", TALK.encode() + BOM + TALK.encode(), note=("byte-order mark inside the text (line 4, column 1)",))
    for what, end in [("CR", "\r"), ("LF", "\n"), ("CRLF", "\r\n"), ("CRCRLF", "\r\r\n"), ("mixed", None)]:
        text = TALK.replace("\n", end) if end else "".join(line + end for line, end in zip(TALK.split("\n"), ("\r", "\r\n", "\n")))
        exact(f"2.1 line ends {what}", text.encode())
    for what, end in [("NEL", "\x85"), ("LS", "\u2028"), ("PS", "\u2029"), ("VT", "\v"), ("FF", "\f")]:
        exact(f"2.1 {what} is text, no line end", f"P1：{SECRET}有社工{end}来过，社工又走了{end}。\nP1：社工{end}\n".encode())
    exact("2.1 no last newline", TALK.rstrip("\n").encode())
    for what, c in [("private use", "\ue000"), ("private use, plane 15", "\U000f0000"), ("unassigned", "\u0378"), ("non-character U+FFFE", "\ufffe"), ("non-character U+FDD0", "\ufdd0"),
                    ("last code point", "\U0010ffff"), ("control U+0001", "\x01"), ("escape U+001B", "\x1b"), ("delete U+007F", "\x7f"), ("C1 control", "\x9b"),
                    ("backslash and quotation mark", "\\\""), ("ideographic space", "\u3000"), ("object replacement", "\ufffc"), ("replacement character", "\ufffd")]:
        exact(f"2.1 {what}", f"P1：{SECRET}{c}社工来过{c}。\nP1：社工{c}社工{c}\n".encode())
    exact("2.1 private use in GB18030 is told", (head + "P1：社工\ue5e5。\n").encode("gb18030"), "gb18030", named="GB18030", note=("private-use character (line 7, column 6)",))
    for what, c in [("right-to-left override", "\u202e"), ("isolates", "\u2067"), ("Arabic letter mark", "\u061c"), ("soft hyphen", "\u00ad")]:
        exact(f"2.1 bidi and hidden: {what}", f"P1：{c}{SECRET}的社工{c}来了。\n".encode())
    for what, c in [("zero-width space", "\u200b"), ("zero-width joiner", "\u200d"), ("word joiner", "\u2060"), ("variation selector", "\ufe00"), ("ideographic variation selector", "\U000e0100")]:
        text = f"P1：{SECRET}的社{c}工来了，又一个社工。\n"
        at = text.find("社")
        exact(f"2.1 searched through: {what}", text.encode(), evidence={(at, at + 3)} | places(text))
    latin = BOOK.replace("[社工]", "[café]")
    composed, apart = "P1：去café坐。\n", "P1：去cafe\u0301坐。\n"
    exact("2.1 composed accent (NFC)", composed.encode(), evidence=places(composed, "café"), book=latin, secret=False)
    exact("2.1 accent apart (NFD)", apart.encode(), evidence=places(apart, "cafe\u0301"), book=latin, secret=False)
    exact("2.1 beyond the basic plane", f"P1：𠮷野家{SECRET}😀👩‍👩‍👧的社工🇨🇳，𡃁仔社工。\n".encode())
    code("2.1 hidden characters are escaped for reading", f"P1：{SECRET}社工\x1b[31m\u202e\x9b来。\n", form="text", check=holds("社工\\x1b[31m<U+202E>\\x9b来"))

    for what, data, characters in [("empty file", b"", 0), ("nothing but a byte-order mark", BOM, 0), ("nothing but newlines", b"\n\r\n\n\r", 4), ("nothing but blanks", " \t　\n".encode(), 4)]:
        code(f"2.1 {what}", data, 1, ("P1.txt: holds no speech",), check=both(holds(f'"characters":{characters},"turns":0,"units":0', '"end","documents":1'), holds("no rule matched", stream="err")))
        add(f"2.1 {what}, tabulated", "tabulate -b book.yaml P1.txt", status=1, first=("P1.txt: holds no speech",), files={"book.yaml": BOOK, "P1.txt": data},
            check=both(holds("社工,0,-,0,0\n合计,0,-,0,0\n"), holds("no coding was counted", stream="err")))
        for count in ("documents", "participants", "characters"):
            add(f"2.1 {what}, {count}", f"tabulate -b book.yaml --count {count} --percent base --by participant -f json P1.txt", status=1, files={"book.yaml": BOOK, "P1.txt": data},
                check=lambda out, err: None if json.loads(out)["rows"][0]["cells"][0] == 0 else "not zero")
    code("2.1 nothing matched", f"P1：{SECRET}很安静。\n", 1, ("no rule matched",), check=holds('"turns":1,"units":1', '"end","documents":1'))

    exact("2.1 100,000 combining marks", f"P1：{SECRET}社工e{chr(0x301) * 100_000}社工。\n".encode(), once=True)
    exact("2.1 line of 70,000 characters", ("P1：" + f"{SECRET}社工，" * 10_000 + "\n").encode(), once=True)
    big = ("P1：" + (SECRET + "一二三四五六七八九十" * 24) * 35_000 + "社工。\n").encode()
    assert len(big) >= 24 << 20
    exact("2.1 line of 24 MiB", big, once=True)
    exact("2.1 400,000 lines", ("P1：好。\n" * 200_000 + "就是这样\n" * 199_999 + f"P1：{SECRET}的社工。\n").encode(), once=True)
    names = [f"{a}{b}{n}" for a in "ABCDEFGHJK" for b in "ABCDEFGHJK" for n in range(1000)]
    exact("2.1 100,000 speakers", "".join(f"{name}：社工。\n" for name in names).encode(), once=True, secret=False)
    exact("2.1 100,000 words before a colon", ("P1：好。\n" + "".join(f"名字{i}：社工。\n" for i in range(100_000))).encode(), once=True, secret=False)

    def sparse(path):
        with open(path, "wb") as file:
            file.truncate(1 << 30)

    code("2.1 file of 1 GiB", sparse, 3, ("P1.txt", "larger than 256 MiB"))


# --- 2.2 files and folders ------------------------------------------------------------------------------------


def link(target):
    return lambda path: os.symlink(target, path)


def documents(*wanted):
    def check(out, err):
        found = [(record["document"], record["file"]) for record in records_of(out) if record["record"] == "document"]
        return None if found == list(wanted) else f"documents {found}"

    return check


def files_and_folders():
    talk = TALK.encode()
    code("2.2 folder named like an interview", lambda path: (path.mkdir(), (path / "P2.txt").write_bytes(talk)), check=documents(("P2", "P1.txt/P2.txt")))
    code("2.2 folder without interviews", lambda path: path.mkdir(), 3, ("P1.txt: holds no interview",))
    code("2.2 folder where a codebook should be", talk, 3, ("book.yaml", "is a folder"), book=lambda path: path.mkdir())
    code("2.2 link that leads nowhere", link("nowhere.txt"), 3, ("P1.txt: no such file",))
    code("2.2 links in a circle", link("P2.txt"), 3, ("P1.txt", "symbolic link"), files={"P2.txt": link("P1.txt")})
    code("2.2 link to a file, named itself", link("other/P9.txt"), check=documents(("P1", "P1.txt")), files={"other/P9.txt": talk})
    for form in ("csv", "tsv", "text"):
        code(f"2.2 bad second file, {form}", talk, 3, (place("P2.txt", TALK), "0xFF"), options=["P1.txt"], form=form, file="P2.txt", files={"P1.txt": talk, "P2.txt": talk + b"\xff"})
    code("2.2 missing file", lambda path: None, 3, ("P1.txt: no such file",))
    code("2.2 file in a file", talk, 3, ("P1.txt/P2.txt", "Not a directory"), options=["P1.txt/P2.txt"])
    code("2.2 missing codebook", talk, 3, ("book.yaml: no such file",), book=lambda path: None)
    code("2.2 missing table of participants", talk, 3, ("people.csv: no such file",), options=["-p", "people.csv"])
    code("2.2 missing list of inputs", talk, 3, ("list.txt: no such file",), options=["--files-from", "list.txt"])
    code("2.2 device without an end", link("/dev/zero"), 3, ("P1.txt", "not a regular file"))
    code("2.2 device as codebook", talk, 3, ("book.yaml", "not a regular file"), book=link("/dev/zero"))
    code("2.2 pipe without a writer", os.mkfifo, 3, ("P1.txt", "not a regular file"))
    for what, make in [("link to a file outside", link("../other/P9.txt")), ("link to the folder above", link("..")), ("link to itself", link("loop.txt")),
                       ("link that leads nowhere", link("nowhere")), ("pipe without a writer", os.mkfifo), ("link to a device", link("/dev/zero")), ("link to a folder outside", link("../other"))]:
        code(f"2.2 in a folder: {what}", lambda path: path.mkdir(), first=("passed over", "study/loop.txt"), file="study", check=documents(("P1", "study/P1.txt")),
             files={"study/P1.txt": talk, "study/loop.txt": make, "other/P9.txt": talk})
    code("2.2 in a folder: hidden files and README", lambda path: path.mkdir(), file="study", check=documents(("P1", "study/P1.txt")),
         files={"study/P1.txt": talk, "study/.P2.txt": talk, "study/README.md": talk, "study/.git/P3.txt": talk, "study/participants.csv": "id\nP1\n"})
    code("2.2 in a folder: Word file", lambda path: path.mkdir(), 3, ("study/P2.docx", "zip archive"), file="study", files={"study/P1.txt": talk, "study/P2.docx": b"PK"})
    code("2.2 in a folder: bad file, kept going", lambda path: path.mkdir(), 1, ("study/P2.docx",), file="study", options=["--keep-going"],
         files={"study/P1.txt": talk, "study/P2.docx": b"PK", "study/P3.txt": talk + b"\xff"},
         check=both(holds('"record":"skipped","file":"study/P2.docx"', '"record":"skipped","file":"study/P3.txt"', '"end","documents":1'), documents(("P1", "study/P1.txt"))))
    code("2.2 unreadable file", lambda path: (path.write_bytes(talk), path.chmod(0)), 3, ("P1.txt", "permission denied"), unprivileged=True)
    code("2.2 unreadable file in a folder", lambda path: path.mkdir(), 3, ("P2.txt", "permission denied"), unprivileged=True, file="study",
         files={"study/P1.txt": talk, "study/P2.txt": lambda path: (path.write_bytes(talk), path.chmod(0))})
    code("2.2 unreadable folder", lambda path: path.mkdir(), 3, ("study/locked", "cannot be listed"), unprivileged=True, file="study",
         files={"study/P1.txt": talk, "study/locked": lambda path: (path.mkdir(), path.chmod(0))})
    deep = "/".join(f"第{i}层" for i in range(60))
    code("2.2 60 folders deep", lambda path: path.mkdir(), file="study", files={f"study/{deep}/P1.txt": talk}, check=documents(("P1", f"study/{deep}/P1.txt")))
    code("2.2 300 folders deep", lambda path: path.mkdir(), 3, ("more than 256 deep",), file="study", files={"study/" + "d/" * 300 + "P1.txt": talk})
    code("2.2 file named twice", talk, 2, ("P1.txt", "named twice"), options=["./P1.txt"])
    code("2.2 file named and its folder too", talk, 2, ("P1.txt", "named twice"), options=["."])
    code("2.2 empty list of inputs", talk, 3, ("list.txt",), options=["--files-from", "list.txt"], files={"list.txt": "\n\n"}, file="--keep-going")
    code("2.2 list of inputs with CRLF", talk, options=["--files-from", "list.txt"], files={"list.txt": "P1.txt\r\n\r\nP2.txt\r\n", "P1.txt": talk, "P2.txt": talk}, file="--keep-going",
         check=documents(("P1", "P1.txt"), ("P2", "P2.txt")))
    code("2.2 list of inputs and interview in standard input", b"", 2, ("--files-from -", "standard input"), options=["--files-from", "-"], file="-", files={"-": lambda path: None}, stdin=b"P1.txt\n")
    for what, name in [("newline", "P1\n二.txt"), ("escape", "P1\x1b[31m.txt"), ("HTML", "<img src=x>.txt"), ("formula", "=1+1.txt"), ("quotation marks", "\"'`$(id)\\.txt"),
                       ("244 bytes", "访" * 80 + ".txt"), ("bidi", "P1\u202etxt.txt"), ("a blank", "P 1 .txt"), ("dots", "P1...txt")]:
        code(f"2.2 name with {what}", lambda path: path.mkdir(), file="study", files={f"study/{name}": talk}, check=documents((name[:-4], f"study/{name}")))
        code(f"2.2 name with {what}, in a message", lambda path: path.mkdir(), 3, ("byte 3",), file="study", files={f"study/{name}": b"P1:\xff"},
             check=lambda out, err: None if all(c.isprintable() or c == "\n" for c in err) else "control characters on standard error")
    code("2.2 name that begins with a hyphen", talk, file="--", options=[], files={"--": lambda path: None, "-P1.txt": talk})
    CASES[-1].arguments.append("-P1.txt")
    gbk = os.fsdecode("访谈一.txt".encode("gb18030"))
    code("2.2 name in GB18030", lambda path: path.mkdir(), file="study", files={f"study/{gbk}": talk}, check=holds('"end","documents":1'))
    code("2.2 names alike but for their normal form", lambda path: path.mkdir(), file="study", files={"study/café.txt": talk, "study/cafe\u0301.txt": talk},
         check=documents(("cafe\u0301", "study/cafe\u0301.txt"), ("café", "study/café.txt")))
    code("2.2 like-named files", lambda path: path.mkdir(), file="study", files={"study/甲/P1.txt": talk, "study/乙/P1.txt": talk},
         check=documents(("乙/P1", "study/乙/P1.txt"), ("甲/P1", "study/甲/P1.txt")))
    for what, arguments in [("shard of nothing", "0/3"), ("shard past the end", "4/3"), ("no shard", "x"), ("shard of zero", "1/0"), ("huge shard", "1/99999999999999999999"), ("half a shard", "1/")]:
        code(f"2.2 {what}", talk, 2, ("--shard " + arguments,), options=["--shard", arguments])
    code("2.2 more shards than files", talk, 1, ("no rule matched",), options=["--shard", "1/3"], check=holds('"end","documents":0'))

    def vanish(process, folder):
        # The list of people is read after the inputs were listed: opening it tells when that is.
        with open(folder / "people.csv", "wb") as people:
            (folder / "P1.txt").unlink()
            people.write(b"id\nP1\n")

    code("2.2 file that vanishes before it is read", talk, 3, ("P1.txt: no such file",), options=["-p", "people.csv"], files={"people.csv": os.mkfifo}, stdin=vanish, once=True)

    def vanish_later(process, folder):
        while not any(name.startswith(".") for name in os.listdir(folder / "out")):
            time.sleep(0.002)
        (folder / "P1.txt").unlink()
        process.stdin.write(talk)

    code("2.2 file that vanishes during the work", talk, 3, ("P1.txt: no such file",), options=["-j1", "-o", "out/new.jsonl", "-"], stdin=vanish_later, once=True)
    CASES[-1].arguments[-2:] = ["-", "P1.txt"]

    def grow(process, folder):
        # A process of its own, appending before the program begins to read until it has ended.
        with subprocess.Popen(["sh", "-c", "while :; do printf a >> P1.txt; done"], cwd=folder) as appender:
            with open(folder / "people.csv", "wb") as people:
                time.sleep(0.05)
                people.write(b"id\nP1\n")
            process.wait(SECONDS)
            appender.kill()

    code("2.2 file that grows while it is read", LINE.encode() * ((64 << 20) // len(LINE.encode())), 3, ("P1.txt", "changed while it was being read"), options=["-p", "people.csv"], files={"people.csv": os.mkfifo},
         stdin=grow, once=True)


# --- 2.3 codebooks and tables of participants -----------------------------------------------------------------


def codebook(name, text, status=1, first=(), once=False, **rest):
    """`codebook check` and `code` on the same file."""
    add(name, "codebook check book.yaml", status=status, first=first, files={"book.yaml": text}, once=True, **rest)
    if status == 1:
        add(f"{name}, coding", "code -b book.yaml P1.txt", status=3, first=first, files={"book.yaml": text, "P1.txt": TALK}, once=once)


def codebooks(source):
    for path in sorted((source / "tests" / "bad" / "codebook").glob("*.yaml")):
        said = path.with_suffix(".expected").read_text(encoding="utf-8").split(": ", 1)
        codebook(f"2.3 {path.stem}", path.read_bytes(), first=(said[0].replace(path.name, "book.yaml"), said[1].strip()))
    laughs = "name: 试\n" + "".join(f"k{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9) if i else '笑'}]\n" for i in range(28)) + "codes: *a27\n"
    codebook("2.3 28 laughs", laughs, first=("book.yaml:2:5", "anchor"))
    codebook("2.3 flow 100,000 deep", "name: 试\ncodes: " + "[" * 100_000, first=("book.yaml:2:9",))
    codebook("2.3 flow 100,000 deep and closed", "name: 试\ncodes: " + "{a: " * 100_000 + "}" * 100_000, first=("book.yaml:2:",))
    codebook("2.3 blocks 3,000 deep", "name: 试\ncodes:\n" + "".join(" " * i + "- name: 甲\n" + " " * i + "  codes:\n" for i in range(3000)), first=("book.yaml:",))
    deep = "name: 试\ncodes:\n" + "".join(" " * (4 * i) + "- name: 码\n" + " " * (4 * i) + "  codes:\n" for i in range(64)) + " " * 256 + "- name: 码\n"
    codebook("2.3 65 levels of codes", deep, first=("book.yaml:131:", "64"))
    codebook("2.3 more than 16 MiB", "name: 试\ncodes:\n  - name: 甲\n" + "# 空话空话空话空话空话空话\n" * 450_000, first=("book.yaml: error:", "16 MiB"), once=True)
    codebook("2.3 100,001 codes", "name: 试\ncodes:\n" + "".join(f"- name: 码{i}\n" for i in range(100_001)), first=("book.yaml:100003:3", "more than 100000 codes"), once=True)
    codebook("2.3 50,000 codes", "name: 试\ncodes:\n" + "".join(f"- name: 码{i}\n" for i in range(50_000)), 0, check=holds("50000 codes, 0 rules"))
    codebook("2.3 name of 257 characters", f"name: {'长' * 257}\ncodes: [{{name: 甲}}]\n", first=("book.yaml:1:7", "257"))
    codebook("2.3 two faults, both told", "name: 试\ncolour: 红\ncodes:\n  - name: 甲\n    rule: [社工]\n", first=("book.yaml:2:1", "colour"), check=holds("book.yaml:5:5", stream="err"))
    codebook("2.3 150 faults", "name: 试\ncodes:\n" + "".join(f"- nam: 码{i}\n" for i in range(150)), first=("book.yaml:3:",), check=holds("more\n", stream="err"))
    codebook("2.3 binary", random.Random(2).randbytes(9999), first=("book.yaml:",))
    codebook("2.3 zip", b"PK\x03\x04" + random.Random(3).randbytes(999), first=("book.yaml:",))
    codebook("2.3 same name under two parents", "name: 试\ncodes:\n- name: 甲\n  codes: [{name: 乙}]\n- name: 丙\n  codes: [{name: 乙}]\n", 0, check=holds("4 codes"))
    for what, one, two in [("a blank", "合作", "合 作"), ("a zero-width blank", "合作", "合\u200b作"), ("width", "ＫＰＩ", "KPI"), ("script", "后", "後"), ("case", "kpi", "KPI")]:
        codebook(f"2.3 names alike but for {what}", f"name: 试\ncodes:\n- name: {one}\n- name: {two}\n", 0, first=("book.yaml:4:9", "warning"))
    words = ["no", "0755", "1.0", "2020-01-01", "~", "null", "true", "0x1F", "1e3", "yes", "12:30", ".inf"]
    text = "name: no\nversion: 1.10\ncodes:\n" + "".join(f"- name: {word}\n" for word in words)
    add("2.3 words that YAML takes for other types", "codebook convert -f json book.yaml", files={"book.yaml": text},
        check=lambda out, err: None if [code["name"] for code in json.loads(out)["codes"]] == words and json.loads(out)["version"] == "1.10" else "not the same words")
    for what, end in [("CRLF", "\r\n"), ("a byte-order mark", None)]:
        code(f"2.3 codebook with {what}", TALK, book=BOM + BOOK.encode() if end is None else BOOK.replace("\n", end), check=said_exactly(TALK))

    def people(name, data, status=0, first=(), check=None, **rest):
        code(f"2.3 participants.csv: {name}", TALK, status, first, files={"participants.csv": data}, check=check, **rest)

    table = "id,group,role,age\nP1,甲组,民警,40\nP2,乙组,社工,30\n"
    good = holds('{"record":"participant","participant":"P1","group":"甲组","role":"民警","age":"40"}', '"participant":"P2","group":"乙组","role":"社工","age":"30"')
    people("plain", table, check=good)
    people("semicolons", table.replace(",", ";"), check=good)
    people("tabs", table.replace(",", "\t"), check=good)
    people("CRLF", table.replace("\n", "\r\n"), check=good)
    people("CR", table.replace("\n", "\r"), check=good)
    people("byte-order mark before a quoted header", BOM + table.replace("id,", '"id",').encode(), check=good)
    people("Excel's GBK", table.encode("gbk"), first=("participants.csv", "GB18030"), check=good)
    people("Excel's UTF-16 with tabs", b"\xff\xfe" + table.replace(",", "\t").encode("utf-16-le"), check=good)
    people("no last newline, blank lines", "\n" + table.replace("\n", "\n\n").rstrip("\n"), check=good)
    people("quotation marks, separators and line ends in cells", 'id,role,note\nP1,"民警,""老""","一\n二"\n', check=holds('"role":"民警,\\"老\\"","note":"一\\n二"'))
    people("header only", "id,group\n", check=said_exactly(TALK))
    people("unclosed quotation mark", 'id,role\nP1,民警\nP2,"社工\nP3,居民\n', 3, ("participants.csv:3:4", "never closed"))
    people("short row", "id,role\nP1,民警\nP2\n", 3, ("participants.csv:3:1", "1 cells", "2"))
    people("long row", "id,role\nP1,民警\nP2,社工,30\n", 3, ("participants.csv:3:1", "3 cells", "2"))
    people("header that stands twice", "id,age,age\nP1,1,2\n", 3, ("participants.csv:1:8", "two columns"))
    people("no column id", "编号,role\nP1,民警\n", 3, ("participants.csv:1:1", '"id"'))
    people("row without an id", "id,role\nP1,民警\n,社工\n", 3, ("participants.csv:3:1", "no id"))
    people("id that stands twice", "id,role\nP1,民警\nP2,社工\nP1,居民\n", 3, ("participants.csv:4:1", "P1", "two rows"))
    people("column called record", "id,record\nP1,1\n", 3, ("participants.csv:1:4", '"record"'))
    people("empty", "", 3, ("participants.csv:1:1", "empty"))
    people("NUL", "id\nP1\0\n", 3, ("participants.csv:2:3", "NUL"))
    people("bad byte", "id,role\nP1,受访的居民代表们各位\nP2,".encode() + b"\xff\n", 3, ("participants.csv:3:4", "0xFF"))
    people("spreadsheet renamed", b"PK\x03\x04" + bytes(99), 3, ("participants.csv", "zip"))
    people("text after a closing quotation mark", 'id,role\nP1,"民"警\n', 3, ("participants.csv:2:",))
    code("2.3 participants.csv: two that disagree", lambda path: path.mkdir(), 3, ("participants.csv:2:1", "P1", "differently"), file="study",
         files={"study/甲/P1.txt": TALK, "study/甲/participants.csv": "id,role\nP1,民警\n", "study/乙/P2.txt": TALK, "study/乙/participants.csv": "id,role\nP1,社工\n"})


# --- 2.6 regular expressions ----------------------------------------------------------------------------------


def regexes():
    def book(pattern):
        return BOOK.replace("[社工]", "\n      - '" + pattern.replace("'", "''") + "'")

    for what, pattern, column, word in [
        ("unclosed group", "/社工(/", 11, "missing )"), ("bracket that opens nothing", "/社工)/", 11, "unexpected )"), ("unclosed class", "/[社工/", 11, "missing ]"),
        ("counts in the wrong order", "/社{2,1}/", 12, "repetition"), ("count too large", "/社{1001}/", 12, "repetition"), ("nested counts", "/((a{0,100}){0,100}){0,100}/", 14, "repetition"),
        ("nothing to repeat", "/*社/", 11, "repetition"), ("look-ahead", "/社(?=工)/", 12, "look-around"), ("look-behind", "/(?<!社)工/", 11, "look-around"),
        ("back-reference", "/(社)\\1/", 14, "back-references"), ("single byte", "/\\C/", 11, "\\C"), ("empty", "//", 10, "empty"), ("unclosed", "/社工", 10, "never closed"),
        ("unknown letter behind it", "/社工/x", 14, "flag c"), ("unknown escape", "/\\q社/", 11, "escape"), ("unknown script", "/\\p{Hann}/", 11, "{Hann}"),
        ("range in the wrong order", "/[z-a]/", 12, "range"), ("behind a term", "社区 AND /工(/", 18, "missing )"), ("stray backslash", "/社\\", 10, "never closed"),
    ]:
        codebook(f"2.6 {what}", book(pattern), first=(f"book.yaml:6:{column}", word))

    def finds(name, pattern, text, spans, once=False, status=0):
        code(f"2.6 {name}", text, status, book=book(pattern), check=said_exactly(as_read(text.encode()), spans), once=once, secret=False)

    many = "P1：" + "a" * 30 + "!\n"
    finds("(a+)+$ takes linear time", "/(a+)+$/", many, set(), status=1)
    finds("(a?){29}a{29} takes linear time", "/(a?){29}a{29}/", "P1：" + "a" * 29 + "\n", {(3, 32)})
    finds(".* on 200,000 characters", "/.*/", "P1：" + "访" * 200_000 + "\n", {(3, 200_003)}, once=True)
    finds("访+(问|谈) on a million characters", "/访+(问|谈)/", "P1：" + "访" * 1_000_000 + "\n", set(), once=True, status=1)
    finds("访*?谈 on a million characters", "/访*?谈/", "P1：" + "访" * 1_000_000 + "谈\n", {(3, 1_000_004)}, once=True)
    finds("empty matches are no codings", "/x*/", "P1：社工。\n", set(), status=1)
    finds("empty matches beside others", "/x*/", "P1：𠮷xx工。\n", {(4, 6)})
    finds("properties", "/\\p{Han}{3}/", "P1：abc社工来。\n", {(6, 9)})
    finds("case as it is", "/KPI/c", "P1：kpi和KPI。\n", {(7, 10)})
    finds("line of a list with CRLF", "/社工$/", "P1：社工\r\nP1：社工\r\n", {(3, 5), (9, 11)})


# --- 2.7 codings ----------------------------------------------------------------------------------------------

RUN = '{"record":"run","schema":1,"tool":"t","codebook":"试","unit":"sentence"}'
CODE = '{"record":"code","code":"worker","name":"社工","path":["社工"]}'
DOCUMENT = '{"record":"document","document":"P1","file":"P1.txt","sha256":"aa","characters":100,"turns":1,"units":1,"participants":["P1"]}'
END = '{"record":"end","documents":1}'


def coding(**members):
    """A coding of P1 as it must be, with other members; values are JSON as written, None leaves the member out."""
    parts = {"record": '"coding"', "document": '"P1"', "turn": "1", "participant": '"P1"', "start": "10", "end": "14", "code": '"worker"', "text": f'"{SECRET}人"', "coder": '"rules"',
             "status": '"proposed"'}
    parts.update(members)
    return "{" + ",".join(f'"{key}":{value}' for key, value in parts.items() if value is not None) + "}"


def codings():
    def stream(name, lines, status=3, first=(), check=None, options=(), known=""):
        data = lines if isinstance(lines, bytes) else "".join(line + "\n" for line in lines).encode()
        add(f"2.7 {name}", ["tabulate", *options, "c.jsonl"], status=status, first=first, files={"c.jsonl": data, "book.yaml": BOOK}, check=check, known=known)

    def one(name, line, *words, known=""):
        stream(name, [RUN, CODE, DOCUMENT, line, END], first=("c.jsonl:4:", *words), known=known)

    counted = holds("社工,1,100,1,100\n合计,1,100,1,100\n")
    stream("as it must be", [RUN, CODE, DOCUMENT, coding(), END], 0, check=counted)
    one("missing document", coding(document='"P2"'), '"P2"', "no document record")
    one("unknown code", coding(code='"wroker"'), '"wroker"', "unknown")
    one("past the end", coding(start="97", end="101"), "past the end", "100 characters")
    one("start after end", coding(start="14", end="10"), "start 14 must be before end 10")
    one("empty span", coding(start="10", end="10", text='""'), "start 10 must be before end 10")
    for member in ("start", "end", "turn"):
        for what, value in [("negative", "-1"), ("minus zero", "-0"), ("2³¹", "2147483648"), ("2³²", "4294967296"), ("2³²+4", "4294967300"), ("2⁶³", "9223372036854775808"), ("2⁶⁴+1", "18446744073709551617"),
                            ("1e400", "1e400"), ("fraction", "1.5"), ("whole number with a point", "10.0"), ("NaN", "NaN"), ("infinite", "Infinity"), ("string", '"3"'), ("null", "null"), ("true", "true"),
                            ("list", "[1]"), ("leading zero", "010"), ("plus", "+1"), ("hexadecimal", "0x10"), ("nothing", "")]:
            if member == "turn" and what in ("null", "2³¹"):
                continue
            one(f"{member}: {what}", coding(**{member: value}))
    for member in ("document", "start", "end", "code"):
        one(f"without {member}", coding(**{member: None}), "needs the members")
    for member in ("document", "code", "text", "status", "coder", "participant", "record"):
        one(f"{member} is a number", coding(**{member: "3"}), "string")
    one("other status", coding(status='"maybe"'), "status", "maybe")
    one("member that stands twice", coding()[:-1] + ',"start":20}', '"start"', "twice")
    one("code that stands twice", coding()[:-1] + ',"code":"worker"}', '"code"', "twice")
    one("kind that stands twice", coding()[:-1] + ',"record":"coding"}', "twice")
    one("text of another length", coding(text='"人"'), "1 characters", "span 4")
    one("counted in UTF-16", coding(text='"𠮷人𠮷"', end="15"), "UTF-16")
    one("two objects on a line", coding() + coding(), "follows")
    one("rubbish behind the object", coding() + " x", "")
    one("list", "[" + coding() + "]", "no JSON object")
    one("number", "3", "no JSON object")
    one("string", f'"{SECRET}"', "no JSON object")
    one("text", f"{SECRET}的社工", "no JSON object")
    one("unknown kind of record", '{"record":"codng","document":"P1"}', '"codng"')
    one("cut in the line", coding()[:60], "")
    one("invalid escape", coding(text='"\\q"'), "")
    one("lone surrogate escaped", coding(text='"\\ud842人人人"'), "")
    one("control character in a string", coding(text='"a\tbc"'), "")
    one("invalid literal in an unknown member", coding(mine="nul"), "")
    one("invalid list in an unknown member", coding(mine='{"a":[1,2}'), "")
    one("missing comma", coding().replace(',"turn"', '"turn"'), "")
    one("single quotation marks", coding().replace('"', "'"), "")
    stream("unknown members", [RUN, CODE, DOCUMENT, coding(mine='{"a":[1,2,{"b":null}],"c":1.50e+10}', end="14"), END], 0, check=counted)
    stream("60 brackets in an unknown member", [RUN, CODE, DOCUMENT, coding(mine="[" * 60 + "]" * 60), END], 0, check=counted)
    one("100,000 brackets in an unknown member", coding(mine="[" * 100_000 + "]" * 100_000), "nested")
    one("100,000 brackets, not closed", coding(mine="[" * 100_000), "")
    stream("members in another order", [RUN, CODE, DOCUMENT, "{" + ",".join(reversed(coding()[1:-1].split(","))) + "}", END], 0, check=counted)
    stream("blanks and CRLF", b"\r\n".join(line.replace(":", " : ").encode() for line in [RUN, CODE, DOCUMENT, coding(), END, "", " "]), 0, check=counted)
    stream("no last newline", "\n".join([RUN, CODE, DOCUMENT, coding(), END]).encode(), 0, check=counted)
    stream("byte-order mark", BOM + "\n".join([RUN, CODE, DOCUMENT, coding(), END]).encode(), 0, check=counted)
    stream("escaped text", [RUN, CODE, DOCUMENT, coding(text='"\\u67f3\\ud842\\udfb7\\"\\\\"'), END], 0, check=counted)
    stream("splits a surrogate pair escaped", [RUN, CODE, DOCUMENT, coding(text='"\\ud842\\udfb7\\ud842\\udfb7"', end="12"), END], 0, check=counted)
    stream("no end", [RUN, CODE, DOCUMENT, coding()], first=("c.jsonl:4", "end record is missing"))
    stream("cut last line", "\n".join([RUN, CODE, DOCUMENT, coding(), END[:-5]]).encode(), first=("c.jsonl:5",))
    stream("run alone", [RUN], first=("c.jsonl:1", "end record is missing"))
    stream("new run before the end", [RUN, CODE, DOCUMENT, coding(), RUN, CODE, END], first=("c.jsonl:5", "no end record"))
    stream("end without a run", [END], first=("c.jsonl:1", "without its run"))
    stream("lost document", [RUN, CODE, DOCUMENT, coding(), END.replace("1", "2")], first=("c.jsonl:5", "counts 2 documents, but 1"))
    stream("end without its number", [RUN, CODE, DOCUMENT, '{"record":"end"}'], first=("c.jsonl:4", "number of documents"))
    stream("another schema", [RUN.replace('"schema":1', '"schema":2'), END], first=("c.jsonl:1", "schema"))
    stream("coding after the end", [RUN, CODE, DOCUMENT, END, coding()], first=("c.jsonl:5", "outside of a run"))
    stream("coding before the run", [coding(), RUN, CODE, DOCUMENT, END], first=("c.jsonl:2:1", "before this run"))
    stream("code described twice", [RUN, CODE, CODE.replace('"name":"社工"', '"name":"义工"'), END.replace("1", "0")], first=("c.jsonl:3", '"worker"'))
    stream("document described twice", [RUN, CODE, DOCUMENT, END, RUN, CODE, DOCUMENT.replace('"aa"', '"bb"'), END], first=("c.jsonl:7", "two different documents", '"P1"'))
    stream("participant described twice", [RUN, '{"record":"participant","participant":"P1","group":"P","role":"民警"}', '{"record":"participant","participant":"P1","group":"P","role":"社工"}',
                                           END.replace("1", "0")], first=("c.jsonl:3", '"P1"', "differently"))
    stream("document without its length", [RUN, CODE, DOCUMENT.replace('"characters":100,', "")], first=("c.jsonl:3", "characters"))
    stream("parent that is not there", [RUN, CODE.replace('"path"', '"parent":"none","path"'), END.replace("1", "0")], first=("c.jsonl:2", "none"))
    stream("two streams in one", [RUN, CODE, DOCUMENT, coding(), END, RUN, CODE, DOCUMENT.replace("P1", "P2"), coding(document='"P2"'), END], 0, check=holds("社工,2,100,2,100"))
    stream("the same stream twice", [RUN, CODE, DOCUMENT, coding(), END] * 2, 0, check=counted)
    stream("bare codings", [coding(), coding(start="20", end="24")], 0, check=holds("worker,2,100,1,100"))
    stream("bare codings, unknown code", [coding(), coding(code='"wroker"')], first=("c.jsonl:2", '"wroker"'), options=["-b", "book.yaml"])
    stream("two faults, both told", [RUN, CODE, DOCUMENT, coding(start="-1"), coding(code='"x"'), END], first=("c.jsonl:4",), check=holds("c.jsonl:5", stream="err"))
    stream("1,000 faults", [RUN, CODE, DOCUMENT, *[coding(start="-1")] * 1000, END], first=("c.jsonl:4",))
    stream("nothing", b"", first=("c.jsonl", "holds nothing"))
    stream("nothing but newlines", b"\n\r\n \n", first=("c.jsonl", "holds nothing"))
    stream("bad byte", "\n".join([RUN, CODE, DOCUMENT, coding(), END]).encode() + b"\n\xff\n", first=("c.jsonl:6", "UTF-8"))
    stream("NUL", "\n".join([RUN, CODE, DOCUMENT, coding()]).encode() + b"\0\n" + END.encode(), first=("c.jsonl:4",))
    stream("GB18030", "\n".join([RUN, CODE, DOCUMENT, coding(), END]).encode("gb18030"), first=("c.jsonl:1", "UTF-8"))
    stream("UTF-16", b"\xff\xfe" + "\n".join([RUN, CODE, DOCUMENT, coding(), END]).encode("utf-16-le"), first=("c.jsonl",))
    stream("zip", b"PK\x03\x04" + bytes(99), first=("c.jsonl", "zip"))
    stream("100,000 codings", "\n".join([RUN, CODE, DOCUMENT.replace("100", "1000000"), *[coding(start=str(i), end=str(i + 4)) for i in range(100_000)], END]).encode(), 0, check=holds("社工,100000,"))

    good = "\n".join([RUN, CODE, DOCUMENT, coding(), END]).encode()
    for what, data in [("a blank line first", b"\n" + good), ("a blank first", b"  " + good), ("a byte-order mark", BOM + good)]:
        add(f"2.7 standard input with codebook: {what}", "tabulate -b book.yaml -", stdin=data, files={"book.yaml": BOOK}, check=counted)
    for what, data, word in [("nothing", b"", "holds nothing"), ("nothing but newlines", b"\n\n", "holds nothing"), ("cut off", good[:-40], ""), ("a list", b"[" + coding().encode() + b"]", "no JSON object")]:
        add(f"2.7 standard input with codebook: {what}", "tabulate -b book.yaml -", status=3, first=("standard input", word), stdin=data, files={"book.yaml": BOOK})
        add(f"2.7 standard input: {what}", "tabulate", status=3, first=("standard input", word), stdin=data)
    add("2.7 standard input with codebook: an interview with times", "tabulate -b book.yaml -", stdin=f"[00:12:33] {TALK}".encode(), files={"book.yaml": BOOK}, check=holds("社工,2,100,1,100"))
    add("2.7 rows whose name ends in capitals", "tabulate -b book.yaml C.CSV", files={"book.yaml": BOOK, "C.CSV": "document,start,end,code\nP1,0,2,worker\n"}, check=holds("社工,1,100,1,100"))
    rows_and_more = {"book.yaml": BOOK, "c.csv": "document,start,end,code\nP1,0,2,worker\n", "study/P1.txt": TALK, "study/P2.docx": b"PK", "study/P3.txt": TALK.encode() + b"\xff"}
    add("2.7 rows beside interviews that cannot be read", "tabulate -b book.yaml c.csv study", status=3, first=("study/P2.docx", "zip archive"), files=rows_and_more)
    add("2.7 rows beside interviews that cannot be read, kept going", "tabulate -b book.yaml --keep-going -f text c.csv study", status=1, first=("study/P2.docx", "set aside"), files=rows_and_more,
        check=both(holds("study/P2.docx", "study/P3.txt", "有 2 份材料无法读取"), holds("files set aside: 2", stream="err")))
    add("2.7 interview without a codebook", "tabulate P1.txt", status=2, first=("P1.txt", "-b"), files={"P1.txt": TALK})
    add("2.7 folder without a codebook", "tabulate study", status=2, first=("study", "is a folder", "-b"), files={"study/P1.txt": TALK})

    header = "document,turn,participant,group,start,end,code,text,coder,rule,status\n"
    row = f"P1,1,P1,P,10,14,worker,{SECRET}人,rules,1,proposed\n"

    def rows(name, text, status=3, first=(), check=None, options=(), known=""):
        data = text if isinstance(text, bytes) else text.encode()
        add(f"2.7 rows: {name}", ["tabulate", *options, "c.csv"], status=status, first=first, files={"c.csv": data, "book.yaml": BOOK}, check=check, known=known)

    counted = holds("worker,1,100,1,100\n合计,1,100,1,100\n")
    rows("as they must be", header + row, 0, check=counted)
    rows("with a codebook", header + row, 0, check=holds("社工,1,100,1,100\n"), options=["-b", "book.yaml"])
    rows("from a spreadsheet", BOM + (header + row).replace("\n", "\r\n").encode(), 0, check=counted)
    rows("semicolons", (header + row).replace(",", ";"), 0, check=counted)
    rows("GBK", (header + row * 1).encode("gbk"), 0, first=("c.csv", "GB18030"), check=counted)
    rows("UTF-16 with tabs", b"\xff\xfe" + (header + row).replace(",", "\t").encode("utf-16-le"), 0, check=counted)
    rows("other columns in another order", "备注,end,start,code,document\n随手,14,10,worker,P1\n", 0, check=counted)
    rows("quoted cells", header + row.replace(f"{SECRET}人", f'"{SECRET},"').replace("worker", '"worker"'), 0, check=counted)
    rows("header only", header, 1, ("no coding was counted",), check=holds("合计,0,-,0,-"))
    rows("unknown code", header + row.replace("worker", "wroker"), first=("c.csv:2:17", '"wroker"', "worker"), options=["-b", "book.yaml"])
    rows("no code", header + row.replace("worker", ""), first=("c.csv:2:17",))
    rows("no document", header + row.replace("P1,1", ",1"), first=("c.csv:2:1", "no document"))
    for what, value in [("negative", "-1"), ("2³²", "4294967296"), ("2⁶⁴+1", "18446744073709551617"), ("1e3", "1e3"), ("fraction", "1.5"), ("NaN", "NaN"), ("empty", ""), ("blank", " 1"), ("word", "x"), ("hexadecimal", "0x1"),
                        ("full-width", "１０"), ("thousands", "1.000")]:
        rows(f"start: {what}", header + row.replace(",10,", f",{value},"), first=("c.csv:2:11", "start"))
        rows(f"end: {what}", header + row.replace(",14,", f",{value},"), first=("c.csv:2:14", "end"))
    rows("start after end", header + row.replace(",10,", ",15,"), first=("c.csv:2:11", "start 15 must be before end 14"))
    rows("text of another length", header + row.replace(f"{SECRET}人", f"{SECRET}"), first=("c.csv:2:24", "3 characters", "span 4"))
    rows("other status", header + row.replace("proposed", "maybe"), first=("c.csv:2:", "status", "maybe"))
    rows("short row", header + row + "P1,1\n", first=("c.csv:3:1", "2 cells", "11"))
    rows("long row", header + row.replace("proposed", "proposed,x"), first=("c.csv:2:1", "12 cells", "11"))
    rows("text with a comma that is not quoted", header + row.replace(f"{SECRET}人", f"{SECRET},"), first=("c.csv:2:1", "12 cells"))
    rows("header that stands twice", header.replace("turn", "end") + row, first=("c.csv:1:", '"end"'))
    rows("missing column", header.replace("start", "begin") + row, first=("c.csv:1:1", '"start"'))
    rows("unclosed quotation mark", header + row + row.replace(SECRET, '"' + SECRET), first=("c.csv:3:24", "never closed"))
    rows("text after a closing quotation mark", header + row.replace(f"{SECRET}人", f'"{SECRET}"人'), first=("c.csv:2:",))
    rows("columns that slipped", header + row.replace("worker", SECRET * 50), first=("c.csv:2:17",), options=["-b", "book.yaml"], known="the message shows the text")
    rows("status that slipped", header + row.replace("proposed", SECRET * 50), first=("c.csv:2:",), known="the message shows the text")
    rows("NUL", header + row + "\0\n", first=("c.csv:3:1", "NUL"))
    rows("cut in a character", BOM + (header + row).encode() + b"P1,1,P1,P,10,14,\xe7\xa4", first=("c.csv:3:17",))
    rows("nothing", "", first=("c.csv", "holds nothing"))
    rows("past the end of the interview", header + row.replace(",14,", ",9999,").replace(f"{SECRET}人", ""), first=("c.csv:2:", "past the end"), options=["-b", "book.yaml", "P1.txt"])
    CASES[-1].files["P1.txt"] = TALK
    rows("attribute that is not there", header + row, 2, ("--by", "station", "group"), options=["--by", "station"])


# --- running --------------------------------------------------------------------------------------------------


def build(folder, files):
    folder.mkdir(mode=0o777)
    (folder / "out").mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            if not path.exists():
                content(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def names_in(folder):
    found = []
    for top, folders, files in os.walk(folder, onerror=lambda error: None):
        found += [os.path.join(top, name) for name in folders + files]
    return sorted(found)


def start(program, case, folder, arguments):
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if case.unprivileged and os.geteuid() == 0 else {}
    process = subprocess.Popen([str(program), *map(os.fsencode, arguments)], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, **user)
    if callable(case.stdin):
        helper = threading.Thread(target=case.stdin, args=(process, folder), daemon=True)
        helper.start()
        readers = [concurrent.futures.Future() for _ in range(2)]
        for future, stream in zip(readers, (process.stdout, process.stderr)):
            threading.Thread(target=lambda f=future, s=stream: f.set_result(s.read()), daemon=True).start()
        helper.join(SECONDS)
        process.stdin.close()
        process.wait(SECONDS)
        return process.returncode, readers[0].result(SECONDS), readers[1].result(SECONDS)
    try:
        out, err = process.communicate(case.stdin, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, out, err


def faults_of(case, status, out, err):
    text = err.decode("utf-8", "replace")
    first = text.split("\n", 1)[0]
    if status != case.status:
        yield f"status {status}, should be {case.status}"
    if "\ufffd" in text:
        yield "standard error is not valid UTF-8"
    for word in case.first:
        if word not in first:
            yield f"{word!r} is not in the first line of standard error"
    if case.secret and SECRET in text:
        yield "standard error holds the text of the interview"
    if "\x1b" in text:
        yield "standard error holds an escape character"
    if len(text) > 200_000:
        yield f"{len(text)} characters on standard error"
    if case.status >= 2:
        if not text:
            yield "nothing on standard error"
        if b'"record":"end"' in out or (out and not out.startswith(b'{"record":"run"')):
            yield "a result on standard output"
        if case.arguments[0] in ("tabulate", "quotes", "cooccur", "report", "plot") and out:
            yield "a table, picture or page on standard output"
    if status == case.status and case.check is not None:
        try:
            wrong = case.check(out, text)
        except (ValueError, LookupError, StopIteration) as error:
            wrong = f"the result cannot be read: {error!r}"[:200]
        if wrong:
            yield wrong


def try_case(program, scratch, number, case):
    folder = scratch / str(number)
    try:
        build(folder, case.files)
        before = names_in(folder)
        status, out, err = start(program, case, folder, case.arguments)
        wrong = list(faults_of(case, status, out, err))
        vanished_on_purpose = [name for name in before if not os.path.lexists(name)]
        if [name for name in names_in(folder)] != [name for name in before if name not in vanished_on_purpose]:
            wrong.append(f"left behind: {set(names_in(folder)) - set(before)}")
        if not case.once and not wrong:
            wrong += with_output_file(program, case, folder, status, out)
        if wrong:
            wrong.append("\n    " + " ".join(case.arguments) + "\n    " + err.decode("utf-8", "replace").strip().replace("\n", "\n    ")[:600])
        return wrong
    except subprocess.TimeoutExpired:
        return [f"more than {SECONDS} seconds"]
    finally:
        if case.unprivileged:
            for top, folders, _ in os.walk(folder):
                for name in folders:
                    os.chmod(os.path.join(top, name), 0o755)
        shutil.rmtree(folder, ignore_errors=True)


def with_output_file(program, case, folder, status, out):
    where = folder / "out"
    where.chmod(0o777)
    ending = "jsonl" if case.arguments[0] == "code" else case.arguments[case.arguments.index("-f") + 1] if "-f" in case.arguments else "csv"
    new, old = where / f"new.{ending}", where / f"old.{ending}"
    options = ["-o"]
    arguments = list(case.arguments)
    at = 2 if arguments[0] == "codebook" else 1
    found, _, _ = start(program, case, folder, arguments[:at] + [*options, f"out/{new.name}"] + arguments[at:])
    if found != status:
        yield f"with -o the status is {found}"
    if case.status >= 2:
        if os.listdir(where):
            yield f"-o left {os.listdir(where)}"
    elif new.read_bytes() != out:
        yield "-o wrote something else than standard output got"
    if case.status < 2:
        return
    old.write_bytes(OLD)
    old.chmod(0o666)
    os.utime(old, ns=(10**18, 10**18))
    start(program, case, folder, arguments[:at] + [*options, f"out/{old.name}"] + arguments[at:])
    if old.read_bytes() != OLD or old.stat().st_mtime_ns != 10**18 or os.listdir(where) != [old.name]:
        yield "-o touched an old file"


def main():
    program, source = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    bytes_and_text()
    files_and_folders()
    codebooks(source)
    regexes()
    codings()
    containers.add_cases(code, said_exactly, TALK, SECRET)
    printed.add_cases(add, SECRET)
    # Children inherit it; this process needs far less.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    chosen = [case for case in CASES if not sys.argv[3:] or any(word in case.name for word in sys.argv[3:])]
    failed = known = 0
    with tempfile.TemporaryDirectory(prefix="坏 bad ") as name:
        scratch = pathlib.Path(name)
        scratch.chmod(0o755)
        copy = scratch / "program"
        shutil.copy(program, copy)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = pool.map(lambda item: try_case(copy, scratch, *item), enumerate(chosen))
            for case, wrong in zip(chosen, results):
                if wrong:
                    failed += not case.known
                    known += bool(case.known)
                    print(f"KNOWN  {case.name}: {case.known}" if case.known else f"FAILED {case.name}: " + "; ".join(wrong))
        tried = 0
        if not sys.argv[3:] or "2.8" in sys.argv[3:]:
            wrong, tried = printed.outputs(copy, scratch, SECRET)
            failed += len(wrong)
            for fault in wrong:
                print(f"FAILED {fault}")
    print(f"{len(chosen) + tried - failed - known} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
