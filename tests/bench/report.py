#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long the report of 15 and of 200 interviews takes to be made and to open.

usage: report.py PROGRAM SOURCE_FOLDER

Opening is what the browser itself says (Navigation Timing, https://www.w3.org/TR/navigation-timing-2/: loadEventEnd), the median
of five, beside the same interviews as plain text in one <pre>: what of it is the text's own. Needs Chromium and its driver.
"""
import html
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "program"))
import report_page  # noqa: E402

ROUNDS = 5


def opened(browser, path):
    times = []
    for _ in range(ROUNDS):
        browser.open(path)
        times.append(browser.run("return performance.getEntriesByType('navigation')[0].loadEventEnd"))
    return statistics.median(times)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    source = pathlib.Path(sys.argv[2]).resolve()
    book = source / "codebooks/police-social-work.yaml"
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if driver is None or chromium is None:
        sys.exit("needs chromium and chromium-driver")
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        report_page.many_interviews(scratch / "many", 200)
        browser = report_page.Browser(driver, chromium, scratch)
        try:
            for title, folder in (("15 interviews", source / "samples/policing/interviews"), ("200 interviews", scratch / "many")):
                page, plain = scratch / "page.html", scratch / "plain.html"
                began = time.monotonic()
                subprocess.run([program, "report", "-b", book, folder, "-o", page], check=True, capture_output=True)
                made = time.monotonic() - began
                text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt")))
                plain.write_text("<!DOCTYPE html><meta charset=utf-8><pre>" + html.escape(text), encoding="utf-8")
                print(f"{title}: {page.stat().st_size / 1e6:.2f} MB, made in {made:.2f} s, opens in {opened(browser, page):.0f} ms (plain text: {opened(browser, plain):.0f} ms)")
        finally:
            browser.close()


if __name__ == "__main__":
    main()
