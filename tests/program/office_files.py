#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tables as other programs read them: xlsx and docx taken apart and opened by LibreOffice, LaTeX compiled by xelatex, HTML with
balanced tags, every format the same bytes twice. What is not installed is named, and left out.

usage: office_files.py PROGRAM SOURCE_FOLDER
"""
import html.parser
import io
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VOID = {"meta", "br", "link", "img", "hr", "input"}
HOSTILE = "<script>alert(1)</script> =cmd() ]]> \"'` \\ { } % & _ # ~ ^ $ [x] *"

failures = []
passed = 0


def check(condition, what):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(what)


class Balance(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
        self.wrong = []
        self.seen = []

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def check_html(name, page):
    parser = Balance()
    parser.feed(page.decode("utf-8"))
    check(not parser.open and not parser.wrong, f"{name}: tags are not balanced: {parser.open} {parser.wrong}")
    check("script" not in parser.seen, f"{name}: a script")
    check(b"<table>" in page and b"</table>" in page, f"{name}: no table")


def xml_parts(name, data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    check(archive.testzip() is None, f"{name}: damaged")
    for entry in archive.infolist():
        check(entry.date_time[0] == 1980, f"{name}: {entry.filename} has a date: {entry.date_time}")
    return {entry: ElementTree.fromstring(archive.read(entry)) for entry in archive.namelist()}


def check_xlsx(name, data, merged, numeric):
    parts = xml_parts(name, data)
    sheet = parts["xl/worksheets/sheet1.xml"]
    numbers = [cell for cell in sheet.iter(SHEET + "c") if cell.get("t", "n") == "n" and cell.find(SHEET + "v") is not None]
    check(bool(numbers) == numeric and all(float(cell.find(SHEET + "v").text) >= 0 for cell in numbers), f"{name}: {len(numbers)} numbers")
    check(not list(sheet.iter(SHEET + "f")), f"{name}: a formula")
    check([pane.get("state") for pane in sheet.iter(SHEET + "pane")] == ["frozen"], f"{name}: nothing is frozen")
    areas = [cell.get("ref") for cell in sheet.iter(SHEET + "mergeCell")]
    check(all(area in areas for area in merged), f"{name}: merged are {areas}, not {merged}")
    check("xl/worksheets/sheet2.xml" in parts, f"{name}: no second sheet")


def check_docx(name, data, merged):
    parts = xml_parts(name, data)
    body = parts["word/document.xml"]
    check(len(list(body.iter(WORD + "tblHeader"))) == 1, f"{name}: no heading is repeated")
    rows = [len(list(row.iter(WORD + "tc"))) for row in body.iter(WORD + "tr")]
    columns = len(list(body.iter(WORD + "gridCol")))
    check(rows and all(cells == columns for cells in rows), f"{name}: rows of {rows} cells, {columns} columns")
    starts = [cell for cell in body.iter(WORD + "vMerge") if cell.get(WORD + "val") == "restart"]
    check(len(starts) == merged, f"{name}: {len(starts)} merged cells, not {merged}")
    fonts = parts["word/styles.xml"].find(f".//{WORD}rFonts")
    check(fonts.get(WORD + "eastAsia") == "宋体", f"{name}: no font for Han characters")


def check_latex(folder, files):
    xelatex = shutil.which("xelatex")
    if xelatex is None:
        print("note: xelatex is not installed; LaTeX was not compiled")
        return
    text = "\n".join((folder / file).read_text(encoding="utf-8") for file in files)
    (folder / "all.tex").write_text("\\documentclass{article}\n\\usepackage{fontspec,booktabs,multirow}\n\\begin{document}\n" + text + "\\end{document}\n", encoding="utf-8")
    run = subprocess.run([xelatex, "-interaction=nonstopmode", "-halt-on-error", "all.tex"], cwd=folder, capture_output=True, timeout=300)
    check(run.returncode == 0, "xelatex: " + run.stdout.decode("utf-8", "replace")[-2000:])


def check_office(folder, files):
    soffice = shutil.which("soffice")
    if soffice is None:
        print("note: soffice is not installed; no office file was opened")
        return
    # Word files are the writer's, workbooks are Calc's: each may be missing.
    programs = pathlib.Path(soffice).resolve().parent
    for ending, part in [("docx", "libswlo.so"), ("xlsx", "libsclo.so")]:
        if not (programs / part).exists():
            print(f"note: LibreOffice is installed without {part}; no {ending} was opened")
            files = [file for file in files if not file.endswith(ending)]
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(folder / "pdf")]
    run = subprocess.run(command + [str(folder / file) for file in files], capture_output=True, timeout=600)
    for file in files:
        pdf = folder / "pdf" / (pathlib.Path(file).stem + ".pdf")
        check(pdf.is_file() and pdf.stat().st_size > 1000, f"soffice did not open {file}: {run.stderr.decode('utf-8', 'replace')[-500:]}")


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    service = source / "samples/service-project/codings.jsonl"
    policing = ["-b", str(source / "codebooks/police-social-work.yaml"), str(source / "samples/policing/interviews")]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        rows = folder / "hostile.csv"
        quoted = HOSTILE.replace('"', '""')
        rows.write_text(f'document,start,end,code,text\nA,0,2,"{quoted}",一二\nA,3,5,plain,三四\n', encoding="utf-8")
        tables = {
            "frequencies": [str(service)],
            "joined": [str(service), "--cell", "n-percent", "--decimals", "1"],
            "matrix": [*policing, "--by", "group", "--test", "chi2", "--percent", "column"],
            "hidden": [*policing, "--by", "group", "--min-cell", "5"],
            "hostile": [str(rows)],
        }
        for table, arguments in tables.items():
            for ending in ["txt", "md", "csv", "tsv", "json", "html", "tex", "xlsx", "docx"]:
                outputs = []
                for _ in range(2):
                    path = folder / f"{table}-{ending}.{ending}"
                    run = subprocess.run([program, "tabulate", *arguments, "-o", str(path)], capture_output=True)
                    check(run.returncode == 0, f"{table}.{ending}: {run.stderr.decode('utf-8', 'replace')}")
                    outputs.append(path.read_bytes() if path.exists() else b"")
                check(outputs[0] == outputs[1] and outputs[0], f"{table}.{ending}: two runs differ")
                if ending == "html":
                    check_html(f"{table}.html", outputs[0])
                if ending == "xlsx":
                    check_xlsx(f"{table}.xlsx", outputs[0], ["A3:A4", "A5:A6", "A7:A8"] if table == "frequencies" else [], table != "joined")
                if ending == "docx" and table == "frequencies":
                    check_docx(f"{table}.docx", outputs[0], 3)
        check_latex(folder, [f"{table}-tex.tex" for table in tables])
        check_office(folder, [f"{table}-{ending}.{ending}" for table in tables for ending in ["xlsx", "docx"]])
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
