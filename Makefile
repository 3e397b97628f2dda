# Linli 邻里 — `make run` shows it, `make test` checks it; both need only Python 3.11+ and make.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
# Hashes are compared file by file, so a package can come from any index that a machine is set up with.
INSTALL := PIP_DISABLE_PIP_VERSION_CHECK=1 $(PY) -m pip install -qq
RUN_READY := $(VENV)/.run-ready
TEST_READY := $(VENV)/.test-ready
BENCH_READY := $(VENV)/.bench-ready
# Checks that only read the settings must not leave a `var/` behind.
SCRATCH := LINLI_HOME=$(VENV)/scratch

.PHONY: help setup run test lint types layers lock clean browser docs bench screenshots

help:
	@echo "make run     set up, build the demonstration if there is none, serve it at http://localhost:$(PORT)"
	@echo "make test    everything that is promised, on SQLite and on PostgreSQL"
	@echo "make lint    ruff, mypy and the floors, without the tests"
	@echo "make docs    write the reference anew from the definitions: docs/programmes, commands, permissions, refusals"
	@echo "make screenshots  make the README's pictures anew from a demonstration of its own"
	@echo "make bench   how fast it is, as ratios measured side by side in one run"
	@echo "make lock    pin the dependencies anew;  make clean  remove what set-up and tests made"

setup: $(RUN_READY)

$(PY):
	@$(PYTHON) tools/check_python.py
	@echo "set-up: creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(RUN_READY): requirements/run.lock pyproject.toml | $(PY)
	@echo "set-up: installing what Linli runs on (requirements/run.lock), about a minute"
	@$(INSTALL) --require-hashes -r requirements/run.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): requirements/test.lock $(RUN_READY)
	@echo "set-up: installing what the tests need (requirements/test.lock)"
	@$(INSTALL) --require-hashes -r requirements/test.lock
	@touch $@

$(BENCH_READY): requirements/bench.lock $(TEST_READY)
	@echo "set-up: installing what the benchmarks compare with (requirements/bench.lock)"
	@$(INSTALL) --require-hashes -r requirements/bench.lock
	@touch $@

run: setup
	@$(VENV)/bin/linli serve --demo --port $(PORT)

test: $(TEST_READY) browser lint
	@echo "test: pytest, on SQLite and then on PostgreSQL"
	@$(PY) -m tests.run

browser: $(TEST_READY)
	@sh tools/browser.sh

lint: $(TEST_READY)
	@echo "lint: ruff check"
	@$(PY) -m ruff check --quiet
	@echo "lint: ruff format --check"
	@$(PY) -m ruff format --check --quiet
	@echo "lint: mypy --strict"
	@$(SCRATCH) $(PY) -m mypy linli tests $(wildcard bench tools)
	@echo "lint: the floors (import-linter)"
	@$(VENV)/bin/lint-imports --no-logo

bench: $(BENCH_READY)
	@$(PY) -m bench

docs: $(RUN_READY)
	@$(SCRATCH) $(PY) -m tools.reference

screenshots: $(TEST_READY) browser
	@$(PY) -m tools.screenshots

lock: $(PY)
	@echo "lock: pinning the run, the test and the bench group, with hashes and without addresses"
	@$(INSTALL) "uv>=0.13"
	@sh tools/lock.sh $(VENV)/bin/uv

clean:
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path "./.git/*" -prune -exec rm -rf {} +
	@echo "clean: removed; var/ holds data and was left alone"
