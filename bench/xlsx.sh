#!/bin/sh
# treem check of an xlsx beside polars that merely reads it. usage: bench/xlsx.sh [ROWS (default 50000)] [COLUMNS (default 25)] [TIMES (default 5)]
set -eu
cd "$(dirname "$0")"
rows=${1:-50000}
columns=${2:-25}
times=${3:-5}
treem=../target/release/treem
[ -x .venv/bin/python ] || ./setup.sh
mkdir -p data
file=data/children-$rows-$columns.xlsx
[ -s "$file" ] || .venv/bin/python -B make_xlsx.py "$rows" "$columns" "$file"
polars=".venv/bin/python -B read_xlsx.py $file"
if [ -x "$treem" ]; then
    .venv/bin/python -B side_by_side.py "$times" treem "$treem check $file --out {out} --no-lists --as-of 2026-11-23 --edition 2024-06-13" polars "$polars"
else
    echo "target/release/treem is not built yet (cargo build --release): only polars is measured."
    .venv/bin/python -B side_by_side.py "$times" polars "$polars"
fi
