#!/bin/sh
# treem check beside polars on one clean csv of 15 columns. usage: bench/check.sh [ROWS (default 1000000)] [TIMES (default 5)]
set -eu
cd "$(dirname "$0")"
rows=${1:-1000000}
times=${2:-5}
treem=../target/release/treem
[ -x .venv/bin/python ] || ./setup.sh
mkdir -p data
file=data/children-$rows.csv
[ -s "$file" ] || .venv/bin/python -B make_csv.py "$rows" "$file"
polars=".venv/bin/python -B polars_check.py $file {out}"
if [ -x "$treem" ]; then
    .venv/bin/python -B side_by_side.py "$times" treem "$treem check $file --out {out} --no-lists --as-of 2026-11-23 --edition 2024-06-13" polars "$polars"
else
    echo "target/release/treem is not built yet (cargo build --release): only polars is measured."
    .venv/bin/python -B side_by_side.py "$times" polars "$polars"
fi
