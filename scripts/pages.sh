#!/usr/bin/env bash
# Builds styles, script and fonts of the pages from npm packages, unless what is there was built from the same sources.
# usage: scripts/pages.sh
set -euo pipefail
cd "$(dirname "$0")/../crates/app/pages"
sources=$(find package-lock.json build.mjs style script -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
if [ -f built/treem.css ] && [ "$(cat node_modules/.built-from 2>/dev/null)" = "$sources" ]; then
  exit 0
fi
npm ci --silent --no-audit --no-fund
node build.mjs
echo "$sources" >node_modules/.built-from
