#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# From what the rules propose to an agreed coding: rules, review, a second run of the rules, agreement of two coders, table.
# Works from any folder and writes nothing beside the samples; the program is $FANGTAN, build/release/fangtan, or on PATH.
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
exec 2>&1

echo "一、规则初编，再按复核表定夺"
"$fangtan" code -b "$book" P1.txt P4.txt R1.txt S1.txt -o "$scratch/rules.jsonl"
"$fangtan" review "$scratch/rules.jsonl" --from "$here/复核表.csv" --reviewer 甲、乙 -o "$scratch/reviewed.jsonl"

echo
echo "二、补上规则没有找到的段落"
"$fangtan" review "$scratch/reviewed.jsonl" --from "$here/补编.csv" -b "$book" --reviewer 甲、乙 P1.txt P4.txt R1.txt S1.txt -o "$scratch/added.jsonl"

echo
echo "三、规则再跑一遍：决定都还在"
"$fangtan" code -b "$book" P1.txt P4.txt R1.txt S1.txt -o "$scratch/again.jsonl"
"$fangtan" merge "$scratch/again.jsonl" "$scratch/added.jsonl" -o "$scratch/agreed.jsonl"

echo
echo "四、甲、乙各自的编码有多一致"
"$fangtan" agree "$here/甲.jsonl" "$here/乙.jsonl" --transcripts P1.txt --transcripts P4.txt --transcripts R1.txt --transcripts S1.txt \
    --lang zh-Hans -f text

echo
echo "五、定下来的编码"
"$fangtan" tabulate "$scratch/agreed.jsonl" --status accepted --by group --lang zh-Hans -f text
