#!/bin/sh
# Pins what Linli runs on, what its tests need and what its benchmarks compare it with, for every platform and every CPython from 3.11 on.
# Hashes of all files of a release are written, so that another machine's wheel is accepted as well; no index
# address is, so that each machine keeps its own.
set -eu
uv="$1"
export UV_CUSTOM_COMPILE_COMMAND="make lock"
pin() {
    "$uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-config --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
pin pyproject.toml --group build --output-file requirements/run.lock
pin --group test --constraint requirements/run.lock --output-file requirements/test.lock
pin --group bench --constraint requirements/run.lock --constraint requirements/test.lock --output-file requirements/bench.lock
