#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Sets everything up, codes the sample interviews, and prints the coding matrix by group. Works from any folder.
set -eu
. "$(dirname "$0")/../cmake/setup.sh"

install_missing
build release fangtan_program

"$top/build/release/fangtan" code -b "$top/codebooks/police-social-work.yaml" -f jsonl "$top/samples/policing/interviews" |
    "$top/build/release/fangtan" tabulate --by group -f text
