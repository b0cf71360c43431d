#!/usr/bin/env bash
# Puts pyHanko, which signs the PDFs of the tests, into crates/papers/tests/.venv.
set -euo pipefail
cd "$(dirname "$0")/../crates/papers/tests"
version=0.38.0
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -c "import importlib.metadata as m; assert m.version('pyhanko') == '$version'" 2>/dev/null ||
  .venv/bin/pip install --quiet --disable-pip-version-check "pyhanko==$version" cryptography==50.0.2 asn1crypto==1.5.1
