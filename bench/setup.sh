#!/bin/sh
# Makes bench/.venv with the peers, in the versions that the figures of docs/performance.md were taken with.
set -eu
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check numpy==2.4.6 polars==2.1.0 fastexcel==0.21.0 splink==5.0.0 duckdb==2.0.1 recordlinkage==0.16 pyarrow==26.0.1
.venv/bin/python -c 'import numpy, polars, fastexcel; print("numpy", numpy.__version__, "polars", polars.__version__, "fastexcel", fastexcel.__version__)'
