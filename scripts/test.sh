#!/usr/bin/env bash
# Runs all tests: examples in the documentation first, then everything else; ends with the runner's own summary.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/pages.sh
(cd e2e && npm ci --silent --no-audit --no-fund)
scripts/hanko.sh
cargo build --locked --workspace --all-targets
cargo test --locked --workspace --doc --quiet
failed=0
if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run --locked --workspace --no-fail-fast || failed=$?
  # Last, because building typst takes longer than all before: papers as PDF.
  cargo nextest run --locked -p treem-papers --features pdf --no-fail-fast || failed=$?
else
  cargo test --locked --workspace --lib --bins --tests --no-fail-fast || failed=$?
  cargo test --locked -p treem-papers --features pdf --lib --tests --no-fail-fast || failed=$?
fi
exit "$failed"
