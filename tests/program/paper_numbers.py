#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The numbers of a paper, worked out a second time: from the stream of codings alone, in plain Python, without any table of the program.

usage: paper_numbers.py PROGRAM SOURCE_FOLDER

tabulate (counts, percentages, crossed columns, filters, χ², G², V, adjusted residuals), cooccur (counts and measures in every
unit), quotes (every passage, verbatim, once; queries), and the buttons of the report's matrix.
"""
import collections
import csv
import html.parser
import itertools
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

passed = 0
failures = []
MEASURES = ["jaccard", "c", "dice", "ochiai", "phi", "lift"]


def check(good, what):
    global passed
    if good:
        passed += 1
    else:
        failures.append(what)
    return good


def equal(found, wanted, what):
    return check(found == wanted, f"{what}: {found!r:.300}, should be {wanted!r:.300}")


def close(found, wanted, what, within):
    if found is None or wanted is None:
        return check(found is None and wanted is None, f"{what}: {found}, should be {wanted}")
    return check(abs(found - wanted) <= within * max(1.0, abs(wanted)), f"{what}: {found!r}, should be {wanted!r}")


class Study:
    """What the stream says, as sets and dictionaries."""

    def __init__(self, stream, people):
        records = [json.loads(line) for line in stream.decode("utf-8").split("\n")[:-1]]
        self.codes = {record["code"]: record for record in records if record["record"] == "code"}
        self.documents = {record["document"]: record for record in records if record["record"] == "document"}
        self.codings = [record for record in records if record["record"] == "coding"]
        self.people = people
        parents = {record.get("parent") for record in self.codes.values()}
        self.leaves = [code for code in self.codes if code not in parents]

    def below(self, code):
        """The code and all codes below it."""
        path = self.codes[code]["path"]
        return [other for other, record in self.codes.items() if record["path"][:len(path)] == path]

    def at_level(self, code, level):
        path = self.codes[code]["path"][:level]
        return next(other for other, record in self.codes.items() if record["path"] == path)

    def kept(self, conditions=(), rejected=False):
        """The codings that fit: values of one field are alternatives, fields must all hold."""
        fields = collections.defaultdict(list)
        for field, value in conditions:
            fields[field].append(value)
        for coding in self.codings:
            if coding["status"] == "rejected" and not rejected and "rejected" not in fields["status"]:
                continue
            person = self.people.get(coding.get("participant"), {})
            have = {**person, "participant": coding.get("participant"), "document": coding["document"], "coder": coding["coder"], "status": coding["status"]}
            if all(coding["code"] in {code for value in values for code in self.below(value)} if field == "code" else have.get(field) in values for field, values in fields.items() if values):
                yield coding


def segment(coding):
    return coding["document"], coding["start"], coding["end"]


def natural(words):
    return [int(part) if part.isdigit() else part for word in words for part in re.split(r"(\d+)", word)]


def counted(what, codings):
    return len({{"references": segment(coding), "documents": coding["document"], "participants": coding.get("participant")}[what] for coding in codings})


# --- tabulate -------------------------------------------------------------------------------------------------


def chances(table):
    """χ², G², df, V, expected counts and Haberman's adjusted residuals of the rows and columns that hold anything (Agresti 2013, 3.3)."""
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table)]
    table = [[n for n, total in zip(row, columns) if total] for row, total in zip(table, rows) if total]
    rows, columns = [total for total in rows if total], [total for total in columns if total]
    n = sum(rows)
    expected = [[r * c / n for c in columns] for r in rows]
    chi2 = sum((o - e) ** 2 / e for found, wanted in zip(table, expected) for o, e in zip(found, wanted))
    g2 = 2 * sum(o * math.log(o / e) for found, wanted in zip(table, expected) for o, e in zip(found, wanted) if o)
    yates = sum((abs(o - e) - min(0.5, abs(o - e))) ** 2 / e for found, wanted in zip(table, expected) for o, e in zip(found, wanted))
    df = (len(rows) - 1) * (len(columns) - 1)
    v = math.sqrt(chi2 / n / (min(len(rows), len(columns)) - 1))
    adjusted = [[(o - e) / math.sqrt(e * (1 - r / n) * (1 - c / n)) for o, e, c in zip(found, wanted, columns)] for found, wanted, r in zip(table, expected, rows)]
    return {"chi2": chi2, "g2": g2, "yates": yates, "df": df, "v": v, "expected": expected, "adjusted": adjusted, "small": sum(e < 5 for row in expected for e in row)}


def upper_tail(x, df):
    """P(χ² > x): Abramowitz and Stegun 26.4.4 and 26.4.5."""
    if df % 2 == 0:
        return math.exp(-x / 2) * sum((x / 2) ** k / math.factorial(k) for k in range(df // 2))
    total = term = math.sqrt(2 * x / math.pi) * math.exp(-x / 2) if df > 1 else 0.0
    for k in range(3, df - 1, 2):
        term *= x / k
        total += term
    return math.erfc(math.sqrt(x / 2)) + total


def check_test(study, ask, options, groups, rows, conditions=(), level=None):
    table = []
    for row in rows:
        codings = [coding for coding in study.kept(conditions) if (study.at_level(coding["code"], level) if level else coding["code"]) == row]
        table.append([counted("references", [coding for coding in codings if study.people[coding["participant"]]["group"] == group]) for group in groups])
    for name in ("chi2", "g2"):
        result = ask("tabulate", "--by", "group", "--test", name, *options)
        what = " ".join(["tabulate --test", name, *options])
        equal([row["code"] for row in result["rows"]], rows, f"{what}: rows")
        equal([row["cells"][:-1] for row in result["rows"]], table, f"{what}: counts")
        equal(result["total"]["cells"], [*map(sum, zip(*table)), sum(map(sum, table))], f"{what}: totals")
        own, test = chances(table), result["test"]
        yates = name == "chi2" and own["df"] == 1
        equal((test["name"], test["df"], test["yates"]), (name, own["df"], yates), f"{what}: name, df, yates")
        statistic = own["yates" if yates else name]
        close(test["statistic"], statistic, f"{what}: statistic", 1e-9)
        close(test["p"], upper_tail(statistic, own["df"]), f"{what}: p", 1e-9)
        close(math.log(test["p"]), math.log(upper_tail(statistic, own["df"])), f"{what}: log p", 1e-9)
        close(test["cramers_v"], own["v"], f"{what}: V", 1e-9)
        for field in ("expected", "adjusted"):
            equal([len(row) for row in test[field]], [len(row) for row in own[field]], f"{what}: shape of {field}")
            for found, wanted in zip(itertools.chain(*test[field]), itertools.chain(*own[field])):
                close(found, wanted, f"{what}: {field}", 1e-9)
        cells = sum(len(row) for row in own["expected"])
        warned = own["small"] * 5 > cells
        equal(any(re.search(rf"\b{cells} .*\b{own['small']} ", note) for note in result["notes"]), warned, f"{what}: the note on small expectations")


def check_matrix(study, ask, by, conditions=(), count="references", percent=None, rejected=False):
    """Counts, margins and percentages of a matrix against sets."""
    options = [word for field in by for word in ("--by", field)] + [word for field, value in conditions for word in ("--filter", f"{field}={value}")]
    result = ask("tabulate", *options, "--count", count, *(["--percent", percent] if percent else []))
    what = "tabulate " + " ".join(options) + f" --count {count} --percent {percent}"
    people_only = [(field, value) for field, value in conditions if field not in ("code", "coder", "status", "document")]
    fields = collections.defaultdict(set)
    for field, value in people_only:
        fields[field].add(value)
    people = {key: person for key, person in study.people.items() if all({**person, "participant": key}.get(field) in values for field, values in fields.items())}
    named = lambda key: " / ".join(people[key][field] if field != "participant" else key for field in by)
    columns = sorted({named(key) for key in people}, key=lambda name: natural(name.split(" / ")))
    step = 2 if percent else 1
    equal(result["columns"][:-step:step], columns, f"{what}: columns")
    kept = list(study.kept(conditions, rejected))
    asked = [value for field, value in conditions if field == "code"]
    rows = [code for code in study.leaves if not asked or any(code in study.below(value) for value in asked)]
    equal([row["code"] for row in result["rows"]], rows, f"{what}: rows")
    in_column = {column: [coding for coding in kept if named(coding["participant"]) == column] for column in columns}
    size = {column: sum(named(key) == column for key in people) for column in columns}
    for row in result["rows"]:
        mine = [coding for coding in kept if coding["code"] == row["code"]]
        wanted = [counted(count, [coding for coding in in_column[column] if coding["code"] == row["code"]]) for column in columns] + [counted(count, mine)]
        equal(row["cells"][::step], wanted, f"{what}: {row['code']}")
        if percent == "base" and count == "participants":
            for found, n, whole in zip(row["cells"][1::2], wanted, [*(size[column] for column in columns), len(people)]):
                close(found, 100 * n / whole, f"{what}: {row['code']}: share", 1e-12)
        if percent == "row":
            for found, n in zip(row["cells"][1::2], wanted):
                close(found, 100 * n / wanted[-1] if wanted[-1] else None, f"{what}: {row['code']}: share", 1e-12)
        if percent == "column" and count == "references":
            feet = [sum(counted(count, [c for c in group if c["code"] == code]) for code in rows) for group in (*in_column.values(), kept)]
            for found, n, foot in zip(row["cells"][1::2], wanted, feet):
                close(found, 100 * n / foot if foot else None, f"{what}: {row['code']}: share", 1e-12)
    if count != "references":
        equal(result["total"]["cells"][::step], [counted(count, in_column[column]) for column in columns] + [counted(count, kept)], f"{what}: {count} in all")
    else:
        feet = [sum(counted(count, [c for c in group if c["code"] == code]) for code in rows) for group in (*in_column.values(), kept)]
        equal(result["total"]["cells"][::step], feet, f"{what}: totals")
    return result


def check_frequencies(study, ask, conditions):
    result = ask("tabulate", *[word for field, value in conditions for word in ("--filter", f"{field}={value}")], "--decimals", "2")
    what = f"tabulate {conditions}"
    kept = list(study.kept(conditions))
    groups = [value for field, value in conditions if field == "group"]
    documents = [d for d, record in study.documents.items() if not groups or any(study.people[p]["group"] in groups for p in record["participants"])]
    n = sum(counted("references", [c for c in kept if c["code"] == code]) for code in study.leaves)
    for row in result["rows"]:
        mine = [coding for coding in kept if coding["code"] == row["code"]]
        a, b = counted("references", mine), counted("documents", mine)
        equal(row["cells"][::2], [a, b], f"{what}: {row['code']}")
        close(row["cells"][1], 100 * a / n, f"{what}: {row['code']}: references", 1e-12)
        close(row["cells"][3], 100 * b / len(documents), f"{what}: {row['code']}: documents", 1e-12)
    equal(result["total"]["cells"][::2], [n, counted("documents", kept)], f"{what}: total")


# --- cooccur --------------------------------------------------------------------------------------------------


def overlap(one, other):
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def measures(a, b, c, d, ratio):
    """The formulas of fangtan-cooccur(1)."""
    known = d is not None
    n = a + b + c + d if known else None
    divide = lambda x, y: x / y if y else None
    return {
        "jaccard": divide(a, a + b + c), "c": ratio, "dice": divide(2 * a, 2 * a + b + c),
        "ochiai": divide(a, math.sqrt((a + b) * (a + c))),
        "phi": divide(a * d - b * c, math.sqrt((a + b) * (a + c) * (b + d) * (c + d))) if known else None,
        "lift": divide(a * n, (a + b) * (a + c)) if known else None,
    }


def check_cooccurrence(study, ask, within, level):
    name = (lambda code: study.at_level(code, level)) if level else (lambda code: code)
    kept = list(study.kept())
    unit = {"segment": segment, "turn": lambda c: (c["document"], c["turn"]), "document": lambda c: c["document"], "participant": lambda c: c["participant"]}[within]
    has = collections.defaultdict(set)
    for coding in kept:
        has[name(coding["code"])].add(unit(coding))
    codes = list(dict.fromkeys(name(code) for code in study.codes if name(code) in has))
    n = {"segment": None, "turn": sum(speech["turns"] for d in study.documents.values() for speech in d["speech"]), "document": len(study.documents), "participant": len(study.people)}[within]
    options = ["--within", within, *(["--level", str(level)] if level else [])]
    what = "cooccur " + " ".join(options)
    wanted = {}
    for first, second in itertools.combinations(codes, 2):
        x, y = has[first], has[second]
        if within == "segment":
            count = sum(overlap(s, t) for s in x for t in y)
            both = {s for s in x if any(overlap(s, t) for t in y)} | {t for t in y if any(overlap(s, t) for s in x)}
            a, b, c, d = len(both), len(x - both), len(y - both), None
            ratio = count / (len(x) + len(y) - count) if len(x) + len(y) > count else None
        else:
            count = a = len(x & y)
            b, c = len(x) - a, len(y) - a
            d = n - a - b - c
            ratio = a / (a + b + c)
        wanted[first, second] = count, a, d, measures(a, b, c, d, ratio)
    pairs = ask("cooccur", *options, "--pairs", "--min", "0")
    found = {tuple(row["code"].split(" × ")): row["cells"] for row in pairs["rows"]}
    equal(list(found), sorted(wanted, key=lambda pair: -wanted[pair][0]), f"{what}: pairs and their order")
    for (first, second), cells in found.items():
        count, a, d, values = wanted[first, second]
        equal(cells[:5], [count, len(has[first]), len(has[second]), a, d], f"{what}: {first} × {second}")
        for value, measure in zip(cells[5:11], MEASURES):
            close(value, values[measure], f"{what}: {first} × {second}: {measure}", 1e-12)
        small, large = sorted((len(has[first]), len(has[second])))
        equal(bool(cells[11]), large > 5 * small, f"{what}: {first} × {second}: imbalance")
    for measure in ("count", *MEASURES):
        matrix = ask("cooccur", *options, "--measure", measure)
        equal([row["code"] for row in matrix["rows"]], codes, f"{what}: {measure}: rows")
        for row, (i, first) in zip(matrix["rows"], enumerate(codes)):
            for cell, (j, second) in zip(row["cells"], enumerate(codes)):
                if i == j:
                    own = len(has[first]) if measure == "count" else None
                else:
                    pair = wanted[(first, second) if i < j else (second, first)]
                    own = pair[0] if measure == "count" else pair[3][measure]
                close(cell, own, f"{what}: {measure}: {first} × {second}", 1e-12)


# --- quotes ---------------------------------------------------------------------------------------------------


def decoded(path):
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "big5hkscs" if path.stem == "P5" else "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise SystemExit(f"FAILED: {path} cannot be decoded")


def check_quotes(study, quoted, texts):
    def passages(records, what):
        for record in records:
            at = texts[record["document"]][record["start"]:record["end"]]
            check(record["text"] == at, f"{what}: not verbatim: {record['document']}:{record['start']}–{record['end']}")
        return records

    kept = list(study.kept())
    records = passages(quoted(), "quotes")
    found = [(record["codes"][0]["id"], *segment(record)) for record in records]
    check(all(len(record["codes"]) == 1 for record in records), "quotes: one code for each")
    order = list(study.codes)
    documents = list(study.documents)
    wanted = sorted({(order.index(c["code"]), documents.index(c["document"]), c["start"], c["end"]) for c in kept})
    equal(found, [(order[code], documents[document], start, end) for code, document, start, end in wanted], "quotes: every passage once, in order")
    for record in records:
        person = study.people[record["participant"]]
        equal((record["group"], record["role"], record["attributes"]), (person["group"], person["role"], {key: value for key, value in person.items() if key not in ("group", "role")}), "quotes: whose it is")
        equal(record["source"], f"（{record['participant']}，{person['role']}）", "quotes: source")

    records = passages(quoted("--by", "participant"), "quotes --by participant")
    codes = collections.defaultdict(set)
    for coding in kept:
        codes[segment(coding)].add(coding["code"])
    found = {segment(record): {code["id"] for code in record["codes"]} for record in records}
    equal(len(records), len(found), "quotes --by participant: each once")
    equal(found, dict(codes), "quotes --by participant: with all its codes")

    inner = {code: {segment(c) for c in kept if c["code"] in study.below(code)} for code in study.codes}
    met = apart = 0
    for one, other in [("soft-skills", "differing-values"), ("feasibility", "obstacles"), ("policing-dilemmas", "obstacles"), ("policing-dilemmas", "feasibility"), ("paperwork", "soft-skills"), ("soft-skills", "feasibility"), ("paperwork", "ageing-force"), ("shared-values", "paperwork")]:
        cases = {
            "AND": {(s[0], max(s[1], t[1]), min(s[2], t[2])) for s in inner[one] for t in inner[other] if overlap(s, t)},
            "OR": inner[one] | inner[other],
            "NOT": {s for s in inner[one] if not any(overlap(s, t) for t in inner[other])},
        }
        met += len(cases["AND"])
        apart += sum(s not in inner[one] | inner[other] for s in cases["AND"])
        for word, own in cases.items():
            query = f"code:{one} {word} code:{other}"
            records = passages(quoted("--query", query, status=(0 if own else 1)), query)
            found = [segment(record) for record in records]
            equal(found, sorted(own, key=lambda s: (documents.index(s[0]), *s[1:])), f"quotes --query {query}")
            for record in records:
                touching = {c["code"] for c in kept if overlap(segment(c), segment(record))}
                equal({code["id"] for code in record["codes"]}, touching, f"quotes --query {query}: codes")
    check(met > 10, f"quotes: only {met} passages of two codes; the check of AND is empty")
    shifted = {coding["coder"] for coding in study.codings} != {"rules"}
    check(apart > 0 or not shifted, "quotes: no passages that overlap in part")
    for people, code in (("group:S", "soft-skills"), ("role:居民", "obstacles"), ("speaker:P1", "paperwork")):
        field, value = people.split(":")
        own = {s for s in (segment(c) for c in kept if c["code"] in study.below(code) and {**study.people[c["participant"]], "speaker": c["participant"]}[field] == value)}
        equal({segment(record) for record in quoted("--query", f"{people} AND code:{code}")}, own, f"quotes --query {people} AND code:{code}")
    for code in ("feasibility", "paperwork"):
        equal({segment(record) for record in quoted("--code", code)}, inner[code], f"quotes --code {code}")
        lengths = [len(record["text"]) for record in quoted("--code", code, "--by", "none", "--sort", "longest", "--min-length", "30")]
        equal(lengths, sorted((end - start for _, start, end in inner[code] if end - start >= 30), reverse=True), f"quotes --sort longest {code}")


# --- report ---------------------------------------------------------------------------------------------------


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.buttons, self.data, self.inside = [], "", ""

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.inside = "button" if tag == "button" and "data-by" in attributes else "data" if attributes.get("id") == "data" else ""
        if self.inside == "button":
            self.buttons.append([attributes, ""])

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, text):
        if self.inside == "button":
            self.buttons[-1][1] += text
        elif self.inside == "data":
            self.data += text


def check_report(study, page, ask):
    parser = Page()
    parser.feed(page.decode("utf-8"))
    data = json.loads(parser.data)
    path_of = {tuple(record["path"]): code for code, record in study.codes.items()}
    codes = [path_of[tuple(code["path"])] for code in data["codes"]]
    equal(codes, list(study.codes), "report: codes")
    kept = list(study.kept())
    names = list(data["documents"])
    for by in ("participant", "group"):
        buttons = {(attributes["data-code"] and codes[int(attributes["data-code"])], attributes["data-column"]): int(text.replace(",", "")) for attributes, text in parser.buttons if attributes["data-by"] == by}
        table = ask("tabulate", "--by", by)
        wanted = {(row["code"], column if i < len(table["columns"]) - 1 else ""): n for row in table["rows"] for i, (column, n) in enumerate(zip(table["columns"], row["cells"])) if n}
        feet = {column if i < len(table["columns"]) - 1 else "": n for i, (column, n) in enumerate(zip(table["columns"], table["total"]["cells"]))}
        leaves = {key: n for key, n in buttons.items() if key[0]}
        totals = {key[1]: n for key, n in buttons.items() if not key[0]}
        equal(totals, {column: n for column, n in feet.items() if column in totals}, f"report: totals by {by}")
        equal(leaves, wanted, f"report: buttons by {by}")
        # What a click would list: the page's own codings, as its script filters them.
        for (code, column), n in buttons.items():
            behind = {(c[0], c[1], c[2], c[3], c[4]) for c in data["codings"] if code in ("", codes[c[4]]) and c[7] != 2 and (not column or data["people"][c[5]]["id" if by == "participant" else "group"] == column)}
            equal(len(behind), n, f"report: passages behind {code} × {column}")
    equal(len(data["codings"]), len(study.codings), "report: codings")
    found = collections.Counter((names[c[0]], c[1], c[3] - c[2], codes[c[4]], ["proposed", "accepted", "rejected"][c[7]]) for c in data["codings"])
    equal(found, collections.Counter((c["document"], c["turn"], c["end"] - c["start"], c["code"], c["status"]) for c in study.codings), "report: what is coded how")
    check(len(kept) > 200 and len(parser.buttons) > 100, "report: too few buttons for a check")


def main():
    program, source = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    interviews, book = source / "samples" / "policing" / "interviews", source / "codebooks" / "police-social-work.yaml"

    def run(*arguments, stdin=None, status=0):
        result = subprocess.run([str(program), *map(str, arguments)], input=stdin, capture_output=True)
        if result.returncode != status:
            raise SystemExit(f"FAILED: {arguments}: status {result.returncode}\n{result.stderr.decode()}")
        return result.stdout

    with open(source / "samples" / "policing" / "participants.csv", encoding="utf-8-sig", newline="") as file:
        people = {row.pop("id"): row for row in csv.DictReader(file)}
    stream = run("code", "-b", book, "-f", "jsonl", interviews)
    # A second coder, and decisions: the stream again, changed by a fixed pattern.
    lines, number = [], 0
    for line in stream.decode("utf-8").split("\n")[:-1]:
        record = json.loads(line)
        if record["record"] == "coding":
            number += 1
            record["status"] = ("proposed", "accepted", "rejected", "accepted", "proposed")[number % 5]
            if number % 3 == 0:
                second = {**record, "coder": "小林", "status": "accepted"}
                if number % 2:
                    second["code"] = "paperwork"
                    record, second = second, record
                # The second coder marks passages a little apart, so that segments overlap without being equal.
                cut = ("start", 2) if number % 4 < 2 else ("end", -3)
                short = second if number % 2 == 0 else record
                if len(short["text"]) > 6:
                    short["text"] = short["text"][2:] if cut[0] == "start" else short["text"][:-3]
                    short[cut[0]] += cut[1]
                    short.pop("evidence", None)
                if number % 4 == 0:
                    second["code"] = "soft-skills"
                    if number % 12 == 0 and len(record["text"]) > 6:
                        record["text"], record["end"] = record["text"][:-2], record["end"] - 2
                        record.pop("evidence", None)
                lines.append(json.dumps(second, ensure_ascii=False))
        lines.append(json.dumps(record, ensure_ascii=False))
    decided = ("\n".join(lines) + "\n").encode()

    with tempfile.TemporaryDirectory(prefix="数 numbers ") as name:
        files = {"codings": stream, "decided": decided}
        for stem, data in files.items():
            path = pathlib.Path(name) / f"{stem}.jsonl"
            path.write_bytes(data)
            study = Study(data, people)
            ask = lambda *words, path=path: json.loads(run(*words, "-f", "json", path, *([interviews] if words[0] == "cooccur" else []), status=0))
            check(len(study.codings) > 250 and len(study.leaves) == 15, f"{stem}: too few codings for a check")

            check_test(study, ask, [], ["P", "R", "S"], study.leaves)
            check_test(study, ask, ["--filter", "code=feasibility"], ["P", "R", "S"], study.below("feasibility")[1:], [("code", "feasibility")])
            two = [("code", "feasibility"), ("code", "obstacles"), ("group", "P"), ("group", "S")]
            check_test(study, ask, ["--level", "1", *[word for field, value in two for word in ("--filter", f"{field}={value}")]], ["P", "S"], ["feasibility", "obstacles"], two, level=1)

            check_matrix(study, ask, ["group"], count="participants", percent="base")
            check_matrix(study, ask, ["role"], count="participants", percent="base", conditions=[("group", "P"), ("group", "S")])
            check_matrix(study, ask, ["group"], percent="column")
            check_matrix(study, ask, ["participant"], percent="row")
            check_matrix(study, ask, ["group", "station"])
            check_matrix(study, ask, ["station", "age"], count="documents")
            check_matrix(study, ask, ["role", "station"], count="participants", percent="base")
            check_matrix(study, ask, ["group"], conditions=[("station", "河湾派出所"), ("station", "梅岭派出所")])
            check_matrix(study, ask, ["participant"], conditions=[("role", "社工"), ("code", "obstacles")])
            check_matrix(study, ask, ["group"], conditions=[("status", "proposed")])
            check_matrix(study, ask, ["group"], conditions=[("coder", "rules")], percent="column")
            check_frequencies(study, ask, [])
            check_frequencies(study, ask, [("group", "S")])
            if stem == "decided":
                check_matrix(study, ask, ["group"], conditions=[("coder", "小林")])
                check_matrix(study, ask, ["participant"], conditions=[("status", "rejected")])
                check_matrix(study, ask, ["group"], conditions=[("status", "rejected"), ("status", "accepted"), ("coder", "小林"), ("code", "paperwork")])
            for within in ("segment", "turn", "document", "participant"):
                for level in (None, 1, 2):
                    check_cooccurrence(study, ask, within, level)

            def quoted(*words, status=0, path=path):
                return [json.loads(line) for line in run("quotes", *words, "-f", "jsonl", path, interviews, status=status).decode("utf-8").split("\n")[:-1]]

            check_quotes(study, quoted, {path.stem: decoded(path) for path in sorted(interviews.glob("*.txt"))})
            check_report(study, run("report", path, interviews), ask)
    for failure in failures[:40]:
        print(f"FAILED {failure}")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
