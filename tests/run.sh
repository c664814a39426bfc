#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Sets everything up and passes all tests: the release build, then unit and property tests once more under
# AddressSanitizer and UBSan. Works from any folder.
set -eu
. "$(dirname "$0")/../cmake/setup.sh"

install_missing
install_wished
build release
ctest --test-dir "$top/build/release" --output-on-failure --no-tests=error --parallel 2

build asan fangtan_unit_tests
FANGTAN_CASES_PERCENT=5 ctest --test-dir "$top/build/asan" --label-regex unit --output-on-failure --no-tests=error --parallel 2
