#!/bin/bash
# The register beside its yardsticks, on SQLite and PostgreSQL: import, undo, re-check, questions, bytes a child.
# usage: bench/register.sh [sqlite] [postgres]      (both without)
set -euo pipefail
cd "$(dirname "$0")"
treem=$PWD/../target/release/treem
bare=$PWD/../target/release/examples/bare
[ -x "$treem" ] || { echo "target/release/treem is not built yet (cargo build --release)."; exit 2; }
[ -x "$bare" ] || { echo "the yardsticks are not built yet (cargo build --release -p treem-store --example bare)."; exit 2; }
[ -x .venv/bin/python ] || ./setup.sh
engines=("$@")
[ $# -gt 0 ] || engines=(sqlite postgres)
folder=$(mktemp -d)
. ./postgres.sh
trap 'postgres_stop; rm -rf "$folder"' EXIT

seconds() { # label, command…: the whole command by the clock and by the processor
  local label=$1
  shift
  /usr/bin/env bash -c 'TIMEFORMAT="%R %U %S"; { time "$@" >/dev/null 2>&1; } 2>&1' _ "$@" |
    awk -v label="$label" '{ printf "%-44s %8.2f s  %8.2f s processor\n", label, $1, $2 + $3 }'
}

province=$folder/province
"$treem" generate --out "$province" >/dev/null
echo "load: $(cut -d' ' -f1-3 /proc/loadavg); $(nproc) cores"
echo "== the files alone"
.venv/bin/python -B register/read.py "$province/lists"
echo "== link alone: the lists' children against the register"
"$treem" check "$province/lists" --as-of 2024-06-13 --out "$folder/checked" --no-lists >/dev/null 2>&1 || true
seconds "treem link children.csv register.xlsx" "$treem" link "$folder/checked/children.csv" "$province/register.xlsx" --out "$folder/linked"

for engine in "${engines[@]}"; do
  echo "== $engine"
  case $engine in
  sqlite)
    data=$folder/register.db
    copy() { cp "$data" "$folder/$1.db"; }
    place() { echo "$folder/$1.db"; }
    ;;
  postgres)
    postgres_start "$folder/postgres"
    data=$(postgres_address treem)
    postgres_make treem
    copy() { postgres_copy treem "$1"; }
    place() { postgres_address "$1"; }
    ;;
  *)
    echo "unknown engine: $engine"
    exit 2
    ;;
  esac
  export TREEM_DATA=$data
  "$treem" init --edition 2024-06-13 >/dev/null
  seconds "import of the register (137,502, empty book)" "$treem" import "$province/register.xlsx" --as-of 2024-06-13
  copy one
  copy many
  seconds "import of the lists of the 49,786" "$treem" import "$province/lists" --as-of 2024-06-13
  echo "the rows this import wrote, bare, a statement a row:"
  "$bare" rows "$data" "$(place one)"
  echo "the same, some hundred rows a statement:"
  "$bare" many "$data" "$(place many)"
  import=$("$treem" imports --json | .venv/bin/python -c 'import json, sys; print(json.load(sys.stdin)["imports"][-1]["import"])')
  seconds "undo of it" "$treem" undo "$import" --yes
  seconds "redo of it" "$treem" undo "$import" --redo --yes
  seconds "re-check of the whole register (preview)" "$treem" rules publish register/rules.toml
  "$bare" scan "$data" 3
  "$bare" lookups "$data" 200
  case $engine in
  sqlite) bytes=$(stat -c %s "$data") ;;
  postgres) bytes=$(postgres_bytes treem) ;;
  esac
  children=$("$treem" doctor --json | .venv/bin/python -c 'import json, sys; print(json.load(sys.stdin)["active"])')
  echo "$bytes bytes, $children children: $((bytes / children)) bytes a child, with history, origin and numbers"
done
