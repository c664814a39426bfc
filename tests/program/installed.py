#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Installs the project into a scratch folder and builds a ten-line program against the installed library.

usage: installed.py BUILD_FOLDER SOURCE_FOLDER CXX_COMPILER
"""
import pathlib
import subprocess
import sys
import tempfile

CONSUMER = """\
#include <cstdio>

#include "fangtan/codebook/codebook.hpp"

int main() {
    fangtan::Diagnostics diagnostics;
    const auto book = fangtan::codebook::load("codes:\\n  - name: 合作服务\\n    rules: [一起办]\\nname: 试\\n", "book.yaml", diagnostics);
    std::puts(book ? book->codes()[0].name.c_str() : "faulty");
    return book ? 0 : 1;
}
"""
CMAKE = """\
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(fangtan 0.1 REQUIRED)
add_executable(consumer main.cpp)
target_link_libraries(consumer PRIVATE fangtan::fangtan)
"""
EXPECTED = [
    "bin/fangtan", "share/man/man1/fangtan.1", "share/man/man5/fangtan-codebook.5", "share/man/man7/fangtan-query.7",
    "share/fangtan/codebooks/police-social-work.yaml", "share/fangtan/samples/policing/interviews/P1.txt",
    "include/fangtan/query/matcher.hpp",
]


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        print(result.stdout, result.stderr, sep="\n")
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return result.stdout


def main():
    build, _, compiler = sys.argv[1:4]
    with tempfile.TemporaryDirectory(prefix="安装 ") as name:
        scratch = pathlib.Path(name)
        prefix = scratch / "prefix"
        run("cmake", "--install", build, "--prefix", str(prefix))
        missing = [path for path in EXPECTED if not (prefix / path).exists()]
        if missing:
            raise SystemExit(f"not installed: {missing}")
        (scratch / "main.cpp").write_text(CONSUMER, encoding="utf-8")
        (scratch / "CMakeLists.txt").write_text(CMAKE, encoding="utf-8")
        run("cmake", "-S", str(scratch), "-B", str(scratch / "build"), f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}")
        run("cmake", "--build", str(scratch / "build"))
        assert run(str(scratch / "build" / "consumer")) == "合作服务\n"
        assert run(str(prefix / "bin" / "fangtan"), "--version").startswith("fangtan 0.1.0\n")
    print("3 passed, 0 failed")


if __name__ == "__main__":
    main()
