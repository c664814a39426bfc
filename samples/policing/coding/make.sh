#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes 甲.jsonl and 乙.jsonl anew: each coder's decisions on what the rules propose, and the passages the coder added by
# hand. Works from any folder; the program is $FANGTAN, build/release/fangtan, or on PATH.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
fangtan=${FANGTAN:-$top/build/release/fangtan}
[ -n "${FANGTAN:-}" ] || [ -x "$fangtan" ] || fangtan=fangtan  # installed
case $fangtan in
    */*) fangtan=$(cd "$(dirname "$fangtan")" && pwd)/$(basename "$fangtan") ;;  # the script changes its folder
esac
book=$top/codebooks/police-social-work.yaml
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$here/../interviews"

"$fangtan" code -b "$book" P1.txt P4.txt R1.txt S1.txt -o "$scratch/rules.jsonl"
for coder in 甲 乙; do
    "$fangtan" review "$scratch/rules.jsonl" --from "$here/${coder}_复核表.csv" --reviewer $coder -o "$scratch/reviewed.jsonl"
    "$fangtan" review "$scratch/reviewed.jsonl" --from "$here/${coder}_补编.csv" -b "$book" --reviewer $coder P1.txt P4.txt R1.txt S1.txt \
        -o "$here/$coder.jsonl"
done
