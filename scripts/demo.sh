#!/usr/bin/env bash
# The demonstration: checks the made-up lists, then recomputes the table of the letter.
# usage: scripts/demo.sh TREEM OUT AS_OF
set -euo pipefail
cd "$(dirname "$0")/.."
treem=$1 out=$2 as_of=$3

echo
echo "── Kiểm tra các danh sách mẫu (samples/lists) ─────────────────────────────────────────"
"$treem" check samples/lists --out "$out" --as-of "$as_of"
echo
echo "── Tính lại bảng trong công văn (samples/letter-table.csv) ────────────────────────────"
"$treem" coverage samples/letter-table.csv
echo
echo "Danh sách theo xã để in và làm việc: $out/lists/"
