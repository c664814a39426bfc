# SPDX-License-Identifier: Apache-2.0
"""Bad input of the commands that print codings: quotes, cooccur, report, plot, and the newer options of tabulate."""
import hashlib
import json
import subprocess

BOOK = "name: 试\ncodes:\n  - name: 社工\n    id: worker\n    rules: [社工]\n  - name: 电话\n    id: call\n    rules: [电话]\n"
PEOPLE = "id,group,role,station\nP1,甲组,民警,城北\nP2,乙组,社工,城南\n"
COMMANDS = ["quotes", "cooccur", "report", "plot bars", "plot heatmap", "plot saturation", "plot network"]


def talk(secret):
    return f"P1：{secret}的居民说社工来过两回，电话也打过。\n问：后来呢？\nP1：后来换了一个社工，也是{secret}的人。\nP2：社工站的电话没有人接。\n"


def stream(text, codings=None, **document):
    """A run on the interview P1, made here and not by the program."""
    lines, spans = [], []
    at = 0
    for number, line in enumerate(text.split("\n")[:-1], 1):
        label, _, said = line.partition("：")
        begin = at + len(label) + 1
        for code, term in (("worker", "社工"), ("call", "电话")):
            if label != "问" and term in said:
                spans.append({"record": "coding", "document": "P1", "turn": number, "participant": label, "start": begin, "end": begin + len(said), "code": code, "text": said, "coder": "rules", "rule": 1,
                              "status": "proposed"})
        at += len(line) + 1
    lines.append({"record": "run", "schema": 1, "tool": "t", "codebook": "试", "unit": "sentence"})
    lines += [{"record": "code", "code": code, "name": name, "path": [name]} for code, name in (("worker", "社工"), ("call", "电话"))]
    lines += [{"record": "participant", "participant": person, "group": group, "role": role, "station": station} for person, group, role, station in (("P1", "甲组", "民警", "城北"), ("P2", "乙组", "社工", "城南"))]
    lines.append({"record": "document", "document": "P1", "file": "P1.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text), "turns": 4, "units": 3, "participants": ["P1", "P2"],
                  **document})
    for coding in spans:
        lines.append({**coding, **codings} if codings and coding is spans[0] else coding)
    lines.append({"record": "end", "documents": 1})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def add_cases(add, secret):
    text = talk(secret)
    good = {"book.yaml": BOOK, "participants.csv": PEOPLE, "P1.txt": text, "c.jsonl": stream(text)}
    edited = text.replace("两回", "三回")

    def row(name, arguments, status=0, first=(), files=None, **rest):
        add(f"2.8 {name}", arguments, status=status, first=first, files={**good, **(files or {})}, **rest)

    for command in COMMANDS:
        pictures = command.startswith("plot")

        def bad(name, arguments, status, first, files=None, command=command, **rest):
            row(f"{command}: {name}", [*command.split(), *arguments.split()], status, first, files, **rest)

        bad("as it must be", "c.jsonl P1.txt", 0, ())
        bad("in one step", "-b book.yaml P1.txt", 0, ())
        bad("missing codings", "none.jsonl", 3, ("none.jsonl: no such file",))
        bad("missing interview", "c.jsonl none.txt", 3, ("none.txt: no such file",))
        bad("missing codebook", "-b none.yaml P1.txt", 3, ("none.yaml: no such file",))
        bad("missing table of participants", "-b book.yaml -p none.csv P1.txt", 3, ("none.csv: no such file",))
        bad("interviews without codings", "P1.txt", 2, ("P1.txt", "interviews only", "-b"))
        bad("nothing on standard input", "", 3, ("standard input", "holds nothing"), stdin=b"")
        bad("faulty codebook", "-b book.yaml P1.txt", 3, ("book.yaml:5:5", '"rule"'), {"book.yaml": BOOK.replace("rules: [社工]", "rule: [社工]")})
        bad("bad byte in the interview", "-b book.yaml P1.txt", 3, ("P1.txt:5:1", "0xFF"), {"P1.txt": text.encode() + b"\xff"})
        bad("bad byte beside codings", "c.jsonl P1.txt", 3, ("P1.txt:5:1", "0xFF"), {"P1.txt": text.encode() + b"\xff"})
        bad("codings cut off", "c.jsonl P1.txt", 3, ("c.jsonl:", "end record is missing"), {"c.jsonl": stream(text)[: stream(text).rindex('{"record": "end"')]})
        bad("start after end", "c.jsonl P1.txt", 3, ("c.jsonl:7:", "must be before end"), {"c.jsonl": stream(text, {"start": 90, "end": 80})})
        bad("coding past the end", "c.jsonl P1.txt", 3, ("c.jsonl:7:", "past the end"), {"c.jsonl": stream(text, {"end": 9999, "text": "说" * 9000})})
        bad("code that nobody described", "c.jsonl P1.txt", 3, ("c.jsonl:7:", '"wroker"'), {"c.jsonl": stream(text, {"code": "wroker"})})
        bad("interview of another version", "c.jsonl P1.txt", 3, ("P1", "relocate"), {"P1.txt": edited})
        bad("interview of another length", "c.jsonl P1.txt", 3, ("P1", "relocate"), {"P1.txt": text + "P1：完了。\n"})
        bad("codes that are called otherwise in the codebook", "-b book.yaml c.jsonl P1.txt", 3, ("c.jsonl:3", '"call"'), {"book.yaml": BOOK.replace("name: 电话", "name: 手机")})
        bad("rows with a bad number", "-b book.yaml c.csv P1.txt", 3, ("c.csv:2:4", "start"), {"c.csv": "document,start,end,code\nP1,1.5,3,worker\n"})
        bad("rows with an unknown code", "-b book.yaml c.csv P1.txt", 3, ("c.csv:2:8", '"wroker"', "worker"), {"c.csv": "document,start,end,code\nP1,3,9,wroker\n"})
        bad("two faults, both told", "c.jsonl P1.txt", 3, ("c.jsonl:7",), {"c.jsonl": stream(text, {"code": "wroker"}).replace('"code": "call", "text"', '"code": "x", "text"')},
            check=lambda out, err: None if err.count("c.jsonl:") >= 2 else "one fault only")
        bad("no coding", "-b book.yaml P1.txt", 1, (), {"P1.txt": f"P1：{secret}很安静。\n"}, check=lambda out, err: None if out and err.strip() else "no result, or no word")
        bad("interview set aside", "-b book.yaml --keep-going P1.txt P2.txt", 1, ("P2.txt", "set aside"), {"P2.txt": b"P2:\xff"}, check=lambda out, err: None if out else "no result")
        bad("unknown language", "c.jsonl --lang fr", 2, ("--lang", "zh-Hant", '"fr"'))
        bad("unknown option", "c.jsonl --colour", 2, ("--colour",))
        bad("level of nothing", "c.jsonl --level 0", 2, ("--level",)) if command != "quotes" else None
        if command in ("report",) or pictures:
            bad("format", "c.jsonl -f html", 2, ("-f",))

    for name, arguments, status, first in [
        ("unknown field", "--filter gruop=甲组", 2, ("--filter gruop", "did you mean group")), ("unknown group", "--filter group=丙组", 2, ("group=丙组", "甲组", "乙组")),
        ("unknown attribute value", "--filter station=城西", 2, ("station=城西", "城北")), ("unknown code", "--filter code=wroker", 2, ("code=wroker", "did you mean worker")),
        ("unknown coder", "--filter coder=甲", 2, ("coder=甲", "rules")), ("unknown status", "--filter status=maybe", 2, ("status=maybe", "proposed")), ("unknown document", "--filter document=P7", 2, ("document=P7", "P1")),
        ("no value", "--filter group", 2, ("--filter group", "FIELD=VALUE")), ("no field", "--filter =甲组", 2, ("--filter =甲组", "FIELD=VALUE")),
        ("status twice", "--status accepted --filter status=proposed", 2, ("--status", "--filter status")),
        ("test without columns", "--test chi2", 2, ("--test", "--by")), ("test of hidden counts", "--by group --test chi2 --min-cell 3", 2, ("--test with --min-cell",)),
        ("test of characters", "--by group --test g2 --count characters", 2, ("--test", "characters")), ("unknown test", "--by group --test t", 2, ("--test", "chi2", '"t"')),
        ("hidden below 2", "--min-cell 2", 2, ("--min-cell", "3")), ("cell without a percentage", "--by group --cell n-percent", 2, ("--cell n-percent", "--percent")), ("unknown cell", "--cell n-row", 2, ("--cell", "n-percent")),
        ("crossed with documents", "--by group --by document", 2, ("--by document", "attributes of people")), ("crossed with itself", "--by group --by group", 2, ("--by group", "twice")),
        ("unknown attribute", "--by sation", 2, ("--by sation", "did you mean station")), ("unknown second attribute", "--by group --by sation", 2, ("--by sation", "did you mean station")), ("unknown format", "-f pdf", 2, ("-f pdf", "docx", "xlsx")),
    ]:
        row(f"tabulate: {name}", ["tabulate", *arguments.split(), "c.jsonl"], status, first)
        row(f"tabulate -b: {name}", ["tabulate", *arguments.split(), "-b", "book.yaml", "P1.txt"], status, first)
    for form in ("html", "latex", "json", "text", "markdown"):
        row(f"tabulate -f {form}: codings cut off", ["tabulate", "-f", form, "c.jsonl"], 3, ("c.jsonl",), {"c.jsonl": stream(text)[:-30]})
        row(f"tabulate -f {form}: nothing fits", ["tabulate", "-f", form, "--filter", "status=rejected", "c.jsonl"], 1, ("no coding was counted",))
    for form in ("xlsx", "docx"):
        row(f"tabulate -f {form}: a workbook on standard output", ["tabulate", "-f", form, "c.jsonl"], 0, (), check=lambda out, err: None if out.startswith(b"PK") else "no archive")
        row(f"tabulate -f {form}: bad number in the rows", ["tabulate", "-f", form, "c.csv"], 3, ("c.csv:2:",), {"c.csv": "document,start,end,code\nP1,x,3,worker\n"})

    for name, arguments, status, first in [
        ("unknown code", "--code wroker P1.txt", 2, ("--code wroker", 'did you mean "worker"')), ("code like none", "--code 城市规划条例 P1.txt", 2, ("--code 城市规划条例",)),
        ("unknown group", "--by sation P1.txt", 2, ("--by sation", "did you mean station")), ("unknown field of the source", "--source {sation} P1.txt", 2, ("--source", "{sation}", "station")),
        ("open brace in the source", "--source { P1.txt", 2, ("--source", "{{")), ("closing brace in the source", "--source } P1.txt", 2, ("--source", "}}")),
        ("unknown unit", "--whole page P1.txt", 2, ("--whole", "turn", '"page"')), ("unknown order", "--sort best P1.txt", 2, ("--sort", "typical")), ("negative context", "--context -1 P1.txt", 2, ("--context",)),
        ("none of each group", "-n 0 P1.txt", 2, ("--top",)), ("unknown format", "-f pdf P1.txt", 2, ("-f pdf", "docx")), ("turns without interviews", "--whole turn", 2, ("--whole", "interviews")),
        ("context without interviews", "--context 9", 2, ("--context", "interviews")), ("query without interviews", "--query 社工", 2, ("--query", "interviews")),
        ("unknown field of the query", "--query sation:城北 P1.txt", 2, ("--query:1:1", "did you mean station:")), ("query that ends early", "--query (社工 P1.txt", 2, ("--query:1:",)),
        ("query for a code that is not there", "--query code:wroker P1.txt", 1, ("code:wroker",)), ("query for a group that is not there", "--query group:丙 P1.txt", 1, ("group:丙",)),
        ("too long", "--min-length 999 P1.txt", 1, ("there is no such passage",)), ("nothing accepted", "--status accepted P1.txt", 1, ("there is no such passage",)),
    ]:
        row(f"quotes: {name}", ["quotes", *arguments.split(), "c.jsonl"], status, first)
    row("quotes: codings behind a code", ["quotes", "--code", "worker", "c.jsonl", "P1.txt"])
    row("quotes: two codes", ["quotes", "-f", "csv", "--code", "worker", "--code", "call", "c.jsonl"], check=lambda out, err: None if out.count(b"\n") == 6 else "not two codes")
    row("relocate: codings behind an older interview", ["relocate", "--old", "P1.txt", "c.jsonl", "new/P1.txt"], files={"new/P1.txt": text})
    for name, arguments, status, first in [
        ("unknown unit", "--within page", 2, ("--within", "segment", '"page"')), ("unknown measure", "--measure kappa", 2, ("--measure", "jaccard", '"kappa"')),
        ("pairs of a network", "--pairs -f edges", 2, ("--pairs", "edges")), ("pairs of GraphML", "--pairs -f graphml", 2, ("--pairs", "graphml")), ("sentences without interviews", "--within sentence", 2, ("--within sentence", "interviews")),
        ("negative minimum", "--min -1", 2, ("--min",)), ("unknown format", "-f gml", 2, ("-f gml", "graphml")),
    ]:
        row(f"cooccur: {name}", ["cooccur", *arguments.split(), "c.jsonl"], status, first)
    row("cooccur: codes that never meet", ["cooccur", "-b", "book.yaml", "P1.txt"], 1, (), {"P1.txt": f"P1：{secret}的社工。\nP1：打电话。\n"})
    for name, arguments, status, first in [
        ("no picture", "", 2, ("PICTURE",)), ("unknown picture", "pie c.jsonl", 2, ("PICTURE", "heatmap", '"pie"')), ("codings for a picture", "c.jsonl", 2, ("PICTURE", '"c.jsonl"')),
        ("narrow", "bars c.jsonl --width 100", 2, ("--width", "320")), ("wide", "bars c.jsonl --width 5000", 2, ("--width", "4000")), ("unknown attribute", "heatmap c.jsonl --by sation", 2, ("--by sation", "did you mean station")),
        ("sentences without interviews", "network c.jsonl --within sentence", 2, ("--within sentence", "interviews")), ("network of one status", "network c.jsonl --status accepted", 2, ("--status", "network")), ("bars with pairs", "bars c.jsonl --min 2", 2, ("--min", "pairs")), ("curve with columns", "saturation c.jsonl --by group", 2, ("--by group", "heatmap")),
        ("curve of nothing accepted", "saturation c.jsonl --status accepted", 1, ("nothing to draw",)), ("bars of nothing accepted", "bars c.jsonl --status accepted", 1, ("nothing to draw",)),
    ]:
        row(f"plot: {name}", ["plot", *arguments.split()], status, first)


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def outputs(program, scratch, secret):
    """Where results go: inputs, folders that are not there, a full disk, a reader that goes away. Returns what is wrong, and how much was tried."""
    text = talk(secret)
    folder = scratch / "outputs"
    folder.mkdir()
    for name, content in {"book.yaml": BOOK, "participants.csv": PEOPLE, "P1.txt": text, "c.jsonl": stream(text)}.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "many.jsonl").write_text(many(), encoding="utf-8")
    (folder / "old.csv").write_text("旧\n", encoding="utf-8")
    before = contents(folder)
    wrong, tried = [], 0

    def run(*arguments, **options):
        return subprocess.run([str(program), *arguments], cwd=folder, stdin=subprocess.DEVNULL, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60, **options})

    def expect(what, result, status, *words):
        nonlocal tried
        tried += 1
        said = result.stderr.decode("utf-8", "replace")
        faults = [f"status {result.returncode}, should be {status}"] if result.returncode != status else []
        faults += [f"{word!r} is not in the message" for word in words if word not in said]
        faults += ["more than one message"] if said.count("error:") > 1 else []
        faults += ["a result on standard output"] if status and result.stdout else []
        faults += ["the text of the interview on standard error"] if secret in said else []
        after = contents(folder)
        if after != before:
            faults.append(f"changed: {sorted(name for name in {*after, *before} if after.get(name) != before.get(name))}")
            for name in set(after) - set(before):
                (folder / name).unlink()
            for name, content in before.items():
                (folder / name).write_bytes(content)
        if faults:
            wrong.append(f"2.8 {what}: {'; '.join(faults)}\n    {said[:300]}")

    printing = [command.split() for command in COMMANDS] + [["tabulate"], ["tabulate", "--by", "group", "--test", "chi2"]]
    for words in printing:
        name = " ".join(words)
        interviews = [] if words[0] == "tabulate" else ["P1.txt"]
        for target in ("c.jsonl", "./c.jsonl", "../outputs/c.jsonl", *interviews):
            expect(f"{name}: -o {target}, an input", run(*words, "c.jsonl", *interviews, "-o", target), 2, "is an input")
        for target in ("book.yaml", "P1.txt", "participants.csv"):
            expect(f"{name} -b: -o {target}, an input", run(*words, "-b", "book.yaml", "-p", "participants.csv", "P1.txt", "-o", target), 2, "is an input")
        expect(f"{name}: -o in no folder", run(*words, "c.jsonl", "-o", "none/a.csv"), 4, "none/a.csv")
        expect(f"{name}: -o below a file", run(*words, "c.jsonl", "-o", "P1.txt/a.csv"), 4, "P1.txt/a.csv")
        expect(f"{name}: -o folder", run(*words, "c.jsonl", "-o", "."), 4, "is a folder")
        expect(f"{name}: -o /dev/full", run(*words, "c.jsonl", "-o", "/dev/full"), 4, "/dev/full")
        with open("/dev/full", "wb") as full:
            expect(f"{name} > /dev/full", run(*words, "c.jsonl", stdout=full), 4, "standard output")
        # A disk that is full before the end: the file may not grow.
        limited = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", str(program), *words, "c.jsonl", "-o", "old.csv"]
        result = subprocess.run(limited, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        expect(f"{name}: -o where nothing fits", result, 4, "old.csv")
    forms = {"tabulate": ["text", "markdown", "csv", "json", "html", "latex", "xlsx", "docx"], "quotes": ["text", "markdown", "csv", "jsonl", "html", "docx"], "cooccur": ["text", "csv", "json", "html", "xlsx", "docx", "edges", "graphml"]}
    for words in printing:
        for form in forms.get(words[0], [None]):
            command = [*words, *(["-f", form] if form else []), "many.jsonl"]
            for reader in ("true", "head -c 1"):
                script = f'"$@" | {reader} > /dev/null; exit ${{PIPESTATUS[0]}}'
                result = subprocess.run(["bash", "-c", script, "bash", str(program), *command], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
                expect(f"{' '.join(command)} | {reader}", result, 0)
                if result.stderr:
                    wrong.append(f"2.8 {' '.join(command)} | {reader}: {result.stderr.decode('utf-8', 'replace')[:200]}")
    return wrong, tried


def many():
    """A stream whose results are larger than the buffer of a pipe."""
    text = "说" * 200_000
    lines = [{"record": "run", "schema": 1, "tool": "t", "codebook": "试", "unit": "sentence"}]
    lines += [{"record": "code", "code": f"c{i}", "name": f"编码{i}", "path": [f"编码{i}"]} for i in range(60)]
    lines += [{"record": "participant", "participant": f"P{i}", "group": "PSR"[i % 3]} for i in range(50)]
    lines.append({"record": "document", "document": "D", "file": "D.txt", "sha256": "aa", "characters": len(text), "turns": 50, "units": 50, "participants": [f"P{i}" for i in range(50)]})
    for i in range(3000):
        start = i * 60
        lines.append({"record": "coding", "document": "D", "turn": i // 60 + 1, "participant": f"P{i // 60}", "start": start, "end": start + 50, "code": f"c{i * 7 % 60}", "text": text[start:start + 50], "coder": "rules",
                      "status": "proposed"})
        lines.append({**lines[-1], "code": f"c{i * 11 % 60}", "start": start + 10, "end": start + 60})
    lines.append({"record": "end", "documents": 1})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
