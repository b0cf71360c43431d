#!/usr/bin/env bash
# Fuzzes every reader and normaliser for so many seconds each; what it finds becomes a test.
# usage: scripts/fuzz.sh SECONDS [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --locked
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo fuzz list)
failed=()
for target in "${targets[@]}"; do
  mkdir -p "fuzz/corpus/$target"
  [ -d "fuzz/seeds/$target" ] && cp -n "fuzz/seeds/$target"/* "fuzz/corpus/$target/" 2>/dev/null || true
  if [ "$target" = read ]; then
    for file in samples/lists/* samples/broken/* crates/child/tests/oracles/fixtures/*.xls*; do
      [ -f "$file" ] && [ "$(stat -c %s "$file")" -lt 300000 ] && cp -n "$file" "fuzz/corpus/read/" || true
    done
  fi
  echo "── $target, $seconds s"
  cargo fuzz run -s none "$target" -- -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=20 -max_len=200000 || failed+=("$target")
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "found something: ${failed[*]} (fuzz/artifacts/)"
  exit 1
fi
