#!/usr/bin/env bash
# Installs what `make demo` or `make test` need on a Debian machine that has Rust and make.
# usage: scripts/tools.sh demo|test
set -euo pipefail

missing=()
need() { # command, Debian package
  command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}
give_up() {
  echo "$1" >&2
  exit 1
}

command -v cargo >/dev/null 2>&1 || give_up "cargo is not here: install Rust with rustup first (https://rustup.rs)"
need cc build-essential
# Styles, script and fonts of the pages.
need node nodejs
need npm npm
if [ "${1:-}" = test ]; then
  # The lists for people are opened by an office program that is not ours.
  need soffice libreoffice-calc-nogui
  # Documents are opened by an office program that is not ours, and read by poppler.
  [ -e /usr/lib/libreoffice/program/libswlo.so ] || missing+=(libreoffice-writer-nogui)
  need pdftotext poppler-utils
  # Their letters are as wide as those of Times New Roman; with others the lines break elsewhere.
  fc-match "Times New Roman" 2>/dev/null | grep -Eq 'Times New Roman|Liberation Serif|Tinos' || missing+=(fontconfig fonts-liberation)
  # Independent counts by SQL, and changes behind the program's back.
  need python3 python3
  # The pages are used in a real browser.
  need chromium chromium
  # Signatures are made by openssl and pyHanko, and what is found is held against pdfsig.
  need openssl openssl
  need pdfsig poppler-utils
  python3 -m venv --help >/dev/null 2>&1 && python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
  # The register is tested on both engines.
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need initdb postgresql
fi
[ ${#missing[@]} -eq 0 ] && exit 0

by_hand="install it yourself as root and run this again: apt-get install ${missing[*]}"
command -v apt-get >/dev/null 2>&1 || give_up "missing: ${missing[*]} (Debian's names), and there is no apt-get here; install them and run this again"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 || give_up "missing: ${missing[*]}, and this user is not root and has no sudo; $by_hand"
  as_root=(sudo)
fi
echo "installing ${missing[*]}"
install_them() {
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
install_them || give_up "could not install ${missing[*]}; $by_hand"
