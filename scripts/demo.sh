#!/usr/bin/env bash
# The demonstration: makes the sample province, checks its register and the lists of its communes, and computes the letter's table
# from the children.
# usage: scripts/demo.sh TREEM OUT AS_OF
set -euo pipefail
cd "$(dirname "$0")/.."
treem=$1 out=$2 as_of=$3

say() { printf '\n── %s ─────────────────────────────────────────\n' "$1"; }

say "Tạo tỉnh mẫu Quảng Trị (mọi người đều được bịa ra)"
"$treem" generate --out "$out/tinh" --as-of "$as_of"
say "Kiểm tra sổ của tỉnh"
"$treem" check "$out/tinh/register.xlsx" --out "$out/so" --as-of "$as_of" --no-lists
say "Bảng của công văn, lập từ từng trẻ trong sổ, đối chiếu với bảng đã in"
"$treem" coverage "$out/so" --headcounts "$out/tinh/headcounts.csv" --printed samples/letter-table.csv
say "Kiểm tra sổ cùng với danh sách các xã gửi lên"
"$treem" check "$out/tinh" --out "$out/xa" --as-of "$as_of"
echo
echo "Danh sách để cán bộ xã in và rà soát, mỗi xã một tệp: $out/xa/lists/"
echo "Danh sách các xã gửi lên, ở mọi dạng tệp:             $out/tinh/lists/"
echo "Đáp án của mẫu:                                       $out/tinh/truth.csv"
