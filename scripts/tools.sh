#!/usr/bin/env bash
# Installs what `make demo` or `make test` need on a Debian machine that has Rust and make.
# usage: scripts/tools.sh demo|test
set -euo pipefail

missing=()
need() { # command, Debian package
  command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}

if ! command -v cargo >/dev/null 2>&1; then
  echo "cargo is not here: install Rust with rustup first (https://rustup.rs)" >&2
  exit 1
fi
need cc build-essential
if [ "${1:-}" = test ]; then
  need soffice libreoffice-calc-nogui
  need python3 python3
fi
[ ${#missing[@]} -eq 0 ] && exit 0

echo "installing ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "as root: apt-get install ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
