#!/usr/bin/env bash
# The pages at a province of some 187,000 children, register and all lists: time of each page alone, 500 people with an account each at a
# page per ten seconds each (locust), the most pages per second before errors (wrk) and its ratio to a bare axum page of the same size.
# usage: bench/pages.sh   (needs wrk: apt-get install wrk; makes bench/.venv with locust)
set -euo pipefail
cd "$(dirname "$0")/.."
treem=${TREEM:-target/release/treem}
data=bench/data/pages
port=${PORT:-9180}
command -v wrk >/dev/null || { echo "wrk is not here: apt-get install wrk" >&2; exit 1; }
[ -x bench/.venv/bin/python ] || python3 -m venv bench/.venv
[ -x bench/.venv/bin/locust ] || bench/.venv/bin/pip -q install locust
bare=${BARE:-target/release/examples/bare_page}
[ -x "$bare" ] || cargo build --release --locked -q --example bare_page -p treem

mkdir -p "$data"
export TREEM_DATA=$data/register.db
if [ ! -f "$TREEM_DATA" ]; then
  "$treem" generate --out "$data/tinh" --as-of 2024-06-13
  "$treem" init --edition 2024-06-13
  "$treem" import "$data/tinh/register.xlsx" --as-of 2024-06-13 >/dev/null
  "$treem" import "$data/tinh/lists" --as-of 2024-06-13 >/dev/null
  "$treem" duplicates --save >/dev/null
  "$treem" headcount load "$data/tinh/headcounts.csv" --edition 2024-06-13 >/dev/null
fi
"$treem" serve --listen "127.0.0.1:$port" --rate 100000 --json >"$data/serve.json" &
server=$!
"$bare" $((port + 1)) 20000 &
yardstick=$!
trap 'kill $server $yardstick 2>/dev/null || true' EXIT
bench/.venv/bin/python bench/pages.py "$treem" "http://127.0.0.1:$port" "http://127.0.0.1:$((port + 1))" "$data"
