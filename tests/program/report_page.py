#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The report in a browser: what stands on it, what filters and cells do, that it asks for nothing and complains of nothing.

usage: report_page.py PROGRAM SOURCE_FOLDER

Drives headless Chromium by the WebDriver protocol (https://www.w3.org/TR/webdriver2/). Where Chromium or its driver is not
installed, only what can be seen without a browser is checked, and a line says so.
"""
import collections
import html.parser
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

failures = 0
checks = 0


def check(holds, what):
    global failures, checks
    checks += 1
    if not holds:
        failures += 1
        print("FAILED: " + what)


class Balance(html.parser.HTMLParser):
    """Every element is closed in its order."""
    VOID = {"meta", "link", "input", "br"}

    def __init__(self):
        super().__init__()
        self.open = []
        self.wrong = []
        self.ids = collections.Counter()

    def handle_starttag(self, tag, attributes):
        self.ids.update(value for name, value in attributes if name == "id")
        self.wrong += [f"attribute {name}" for name, _ in attributes if name.startswith("on") or name == "style"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.ids.update(value for name, value in attributes if name == "id")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")


class Browser:
    def __init__(self, driver, chromium, scratch):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, "HOME": str(scratch), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"})
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for _ in range(150):
            try:
                if self.ask("GET", "/status")["ready"]:
                    break
            except OSError:
                time.sleep(0.1)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={scratch}/profile", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--window-size=1200,900"]
        capabilities = {"alwaysMatch": {"goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}, "goog:chromeOptions": {"binary": chromium, "args": arguments}}}
        try:
            self.session = "/session/" + self.ask("POST", "/session", {"capabilities": capabilities})["sessionId"]
        except (OSError, urllib.error.HTTPError):
            self.process.terminate()
            self.process.wait()
            raise

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        with self.opener.open(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def open(self, path):
        self.ask("POST", self.session + "/url", {"url": path.as_uri()})

    def run(self, script, *arguments):
        return self.ask("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return list(self.ask("POST", self.session + "/element", {"using": "css selector", "value": selector}).values())[0]

    def click(self, selector):
        self.ask("POST", f"{self.session}/element/{self.find(selector)}/click", {})

    def press(self, selector, key):
        self.ask("POST", f"{self.session}/element/{self.find(selector)}/value", {"text": key})

    def wait_for(self, script):
        """Whether an expression holds within ten seconds: a busy machine is slow."""
        for _ in range(100):
            if self.run("return " + script):
                return True
            time.sleep(0.1)
        return False

    def log(self, kind):
        return self.ask("POST", self.session + "/se/log", {"type": kind})

    def close(self):
        try:
            self.ask("DELETE", self.session)
        finally:
            self.process.terminate()
            self.process.wait()


def made(program, arguments, path):
    result = subprocess.run([program, "report", *map(str, arguments), "-o", str(path)], capture_output=True, text=True)
    check(result.returncode == 0, f"report {arguments}: status {result.returncode}: {result.stderr}")
    page = path.read_text(encoding="utf-8")
    again = path.with_suffix(".again.html")
    subprocess.run([program, "report", *map(str, arguments), "-o", str(again)], capture_output=True, check=True)
    check(page.encode() == again.read_bytes(), f"{path.name}: two runs differ")
    return page


def look_at_source(page, name, limit):
    balance = Balance()
    balance.feed(page)
    check(not balance.open and not balance.wrong, f"{name}: {balance.open[:3]} {balance.wrong[:3]}")
    twice = [name for name, count in balance.ids.items() if count > 1]
    check(not twice, f"{name}: ids that are not unique: {twice[:5]}")
    check(len(page.encode()) < limit, f"{name}: {len(page.encode())} bytes")
    check(not re.search(r"""(src|href)=["'](?!#|data:,)""", page.split('<script type="application/json"')[0]), f"{name}: refers to something outside")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    check(policy is not None and policy.group(1).startswith("default-src 'none'") and "unsafe" not in policy.group(1), f"{name}: no strict policy")


# HTML Tidy does not know SVG inside a page, nor that a dl may hold its pairs in div.
UNKNOWN_TO_TIDY = re.compile(r"<svg> (proprietary )?attribute|<title> proprietary attribute \"id\"|implicit <dl>|</div> before <dt>|</dl> before </div>|missing <dd>")


def validate(path):
    if shutil.which("tidy") is None:
        return False
    said = subprocess.run(["tidy", "-e", "-q", "-utf8", str(path)], capture_output=True, text=True).stderr
    wrong = [line for line in said.splitlines() if " - " in line and not UNKNOWN_TO_TIDY.search(line)]
    check(not wrong, f"{path.name}: HTML Tidy says {wrong[:4]}")
    return True


def codings_of(program, arguments):
    result = subprocess.run([program, "code", *map(str, arguments), "-f", "jsonl"], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


# Every cell of every matrix: the number on it, and the passages that it opens.
CELLS = """
return Array.from(document.querySelectorAll("table.matrix button"), (button) => {
  button.click();
  const passages = Array.from(document.querySelectorAll("#passages-list blockquote"), (quote) => quote.textContent);
  const open = document.getElementById("passages").open;
  document.getElementById("passages-close").click();
  return { number: button.textContent, code: button.dataset.code, by: button.dataset.by, column: button.dataset.column, open, passages };
});"""

VISIBLE = """
const shown = new Set();
for (const mark of document.querySelectorAll("mark[data-c]:not(.off)")) for (const number of mark.dataset.c.split(" ")) shown.add(number);
return shown.size;"""

CHOOSE = """
const choice = document.querySelector(`select[name="${arguments[0]}"]`);
const option = Array.from(choice.options).find((one) => one.textContent.trim().startsWith(arguments[1]));
choice.value = option.value;
choice.dispatchEvent(new Event("input", { bubbles: true }));
return document.getElementById("shown").textContent;"""


def drive(browser, page, records):
    browser.open(page)
    codings = [record for record in records if record["record"] == "coding"]
    names = {record["code"]: record for record in records if record["record"] == "code"}
    cells = browser.run(CELLS)
    check(len(cells) > 100, f"only {len(cells)} cells")
    ids = browser.run("return JSON.parse(document.getElementById('data').textContent).codes.map((code) => code.path.join('/'))")
    groups = {record["participant"]: record["group"] for record in records if record["record"] == "participant"}
    for cell in cells:
        where = f"cell {cell['code']} {cell['by']} {cell['column']}"
        if cell["code"] == "":
            continue  # of a total: a passage with several codes is counted with each of them, and listed once
        check(cell["open"], where + " opens nothing")
        check(len(cell["passages"]) == int(cell["number"]), f"{where}: {cell['number']} and {len(cell['passages'])} passages")
        path = ids[int(cell["code"])]
        expected = {(one["document"], one["start"], one["end"]): one["text"] for one in codings
                    if "/".join(names[one["code"]]["path"]) == path and
                    (cell["column"] == "" or cell["column"] == (one["participant"] if cell["by"] == "participant" else groups.get(one["participant"])))}
        check(sorted(cell["passages"]) == sorted(expected.values()), f"{where}: other passages than the codings have")
    # Filters.
    everything = len(codings)
    check(browser.run(VISIBLE) == everything, f"{browser.run(VISIBLE)} codings are marked, not {everything}")
    code = collections.Counter(one["code"] for one in codings).most_common(1)[0][0]
    of_code = sum(one["code"] == code for one in codings)
    shown = browser.run(CHOOSE, "code", names[code]["name"])
    check(browser.run(VISIBLE) >= of_code and str(of_code) in shown, f"filter by code: {shown}, expected {of_code}")
    active = browser.run("return Array.from(document.querySelectorAll('article:not([hidden])')).length")
    check(active == len({one["document"] for one in codings if one["code"] == code}), f"filter by code leaves {active} documents")
    both = sum(one["code"] == code and one["participant"] == "P1" for one in codings)
    shown = browser.run(CHOOSE, "person", "P1")
    check(str(both) in shown, f"filter by code and participant: {shown}, expected {both}")
    browser.click("#filter button[type=reset]")
    browser.wait_for("document.querySelectorAll('article[hidden]').length === 0")
    check(browser.run(VISIBLE) == everything, "clearing the filter does not bring everything back")
    check(browser.run(CHOOSE, "status", browser.run("return document.querySelector('select[name=status] option[value=\"2\"]').textContent")).find("0") >= 0, "no rejected coding, but some are shown")
    browser.click("#filter button[type=reset]")
    # The search does not mind the script: 社工 and 警務 in either.
    search = """
      const input = document.querySelector('input[name="search"]');
      input.value = arguments[0];
      input.dispatchEvent(new Event("input", { bubbles: true }));
      return document.querySelectorAll("article:not([hidden])").length;"""
    found = browser.run(search, "冷氣")
    check(found > 0 and found == browser.run(search, "冷气") and found < 15, f"search: {found} documents with 冷氣")
    browser.run(search, "")
    # By keyboard: a cell by Enter, the dialog closed by Escape, and the focus is back.
    browser.run("document.querySelector('table.matrix button').focus()")
    browser.press("table.matrix button", "\ue007")
    check(browser.run("return document.getElementById('passages').open"), "Enter on a cell opens nothing")
    browser.press("#passages-close", "\ue00c")
    check(browser.wait_for("!document.getElementById('passages').open"), "Escape leaves the passages open")
    check(browser.wait_for("document.activeElement === document.querySelector('table.matrix button')"), "the focus does not come back to the cell")
    browser.run("document.querySelector('table.matrix button').focus()")
    browser.press("table.matrix button", "\ue015")
    check(browser.run("return document.activeElement.matches('table.matrix button') && document.activeElement !== document.querySelector('table.matrix button')"), "the arrow keys do not walk through the matrix")
    # From a passage to its place.
    browser.run("document.querySelector('table.matrix button').click()")
    browser.run("document.querySelector('#passages-list a').click()")
    check(browser.wait_for("document.activeElement.matches('.turn') && document.activeElement.closest('details').open && !document.getElementById('passages').open"), "the link of a passage does not lead to its turn")
    look_at_logs(browser, page)


def look_at_logs(browser, page):
    errors = [entry["message"] for entry in browser.log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    check(not errors, f"{page.name}: the console says {errors[:3]}")
    asked = []
    for entry in browser.log("performance"):
        message = json.loads(entry["message"])["message"]
        # A window begins with a page of the browser's own.
        if message["method"] == "Network.requestWillBeSent" and not message["params"].get("documentURL", "").startswith("chrome:"):
            asked.append(message["params"]["request"]["url"].split("#")[0])
    outside = [url for url in asked if not url.startswith("data:") and url != page.as_uri()]
    check(asked and not outside, f"{page.name}: asks for {outside[:3]}")


def many_interviews(folder, count):
    """As many interviews, each as long as those of the samples."""
    folder.mkdir()
    source = pathlib.Path(sys.argv[2]) / "samples/policing/interviews"
    texts = [(source / name).read_text(encoding="utf-8") for name in ("P1.txt", "P2.txt", "P3.txt", "S1.txt", "S2.txt", "R1.txt")]
    for number in range(count):
        (folder / f"N{number + 1:03}.txt").write_text(texts[number % len(texts)], encoding="utf-8")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    source = pathlib.Path(sys.argv[2]).resolve()
    book = source / "codebooks/police-social-work.yaml"
    interviews = source / "samples/policing/interviews"
    driver = shutil.which("chromedriver")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="报告 ") as name:
        scratch = pathlib.Path(name)
        fifteen = scratch / "fifteen.html"
        look_at_source(made(program, ["-b", book, interviews], fifteen), "fifteen interviews", 1_000_000)
        coders = scratch / "coders.html"
        compared = [interviews / f"{one}.txt" for one in ("P1", "P4", "R1", "S1")]
        page = made(program, [source / "samples/policing/coding/甲.jsonl", source / "samples/policing/coding/乙.jsonl", *compared], coders)
        look_at_source(page, "two coders", 1_000_000)
        check("0.776" in page, "the agreement of the two coders is not on the page")
        many_interviews(scratch / "many", 200)
        many = scratch / "many.html"
        look_at_source(made(program, ["-b", book, scratch / "many"], many), "two hundred interviews", 15_000_000)
        bare = scratch / "bare.html"
        look_at_source(made(program, [source / "samples/policing/coding/甲.jsonl"], bare), "without interviews", 1_000_000)
        pages = [fifteen, coders, many, bare]
        for name, arguments in (("table.html", ["tabulate", "--by", "group"]), ("quotes.html", ["quotes"]), ("tested.html", ["tabulate", "--by", "group", "--test", "chi2"])):
            pages.append(scratch / name)
            subprocess.run([program, *arguments, "-b", book, interviews, "-o", pages[-1]], capture_output=True, check=True)
        if not all([validate(one) for one in pages]):
            print("HTML Tidy is not installed: the pages were not validated.")
        if driver is None or chromium is None:
            print("Chromium and chromium-driver are not installed: the page was not opened in a browser.")
        else:
            try:
                browser = Browser(driver, chromium, scratch)
            except (OSError, urllib.error.HTTPError) as error:
                print(f"Chromium is installed but does not start here ({error}): the page was not opened in a browser.")
                print(f"{checks - failures} passed, {failures} failed")
                return 1 if failures else 0
            try:
                drive(browser, fifteen, codings_of(program, ["-b", book, interviews]))
                for other in (coders, many, bare):
                    browser.open(other)
                    check(browser.run("return document.getElementById('shown').textContent") != "", f"{other.name}: the script did not run")
                    look_at_logs(browser, other)
                browser.open(bare)
                cells = [cell for cell in browser.run(CELLS) if cell["code"] != ""]
                check(cells and all(len(cell["passages"]) == int(cell["number"]) and all(cell["passages"]) for cell in cells), "without interviews, a cell opens other passages than it counts")
                rolled = scratch / "rolled.html"
                made(program, ["-b", book, interviews, "--level", "1"], rolled)
                browser.open(rolled)
                cells = [cell for cell in browser.run(CELLS) if cell["code"] != ""]
                check(cells and all(len(cell["passages"]) == int(cell["number"]) for cell in cells), "with --level, a cell opens other passages than it counts")
                browser.open(bare)
                browser.click("table.matrix button")
                check(browser.run("return document.querySelector('#passages-list blockquote').textContent.length") > 0, "without interviews, passages are empty")
            finally:
                browser.close()
    print(f"{checks - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
