# Everything a person needs: run, install, test, test-networks, test-long, check, bench, bench-match, bench-check, bench-contain, format.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info < (3,14))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
WORKERS ?= 3

.PHONY: run install test test-networks test-long check bench bench-match bench-check bench-contain format lock clean

run: .venv/base .venv/frontend
	@$(BIN)/vigie up --demo

install: .venv/base .venv/frontend

test: .venv/dev .venv/frontend .venv/frontend-dev
	@scripts/system-packages browser || true
	$(BIN)/pytest -n $(WORKERS) -m "not network_server and not long"

test-networks: .venv/dev .venv/frontend
	$(BIN)/python tests/counterparts/bluesky/install.py
	$(BIN)/pytest -m "network_server and not long"

test-long: .venv/dev .venv/frontend .venv/frontend-dev
	$(BIN)/python tests/counterparts/bluesky/install.py
	$(BIN)/pytest -n $(WORKERS) -m long --timeout 3600

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev .venv/frontend
	@scripts/system-packages browser || true
	$(BIN)/python bench/all.py

bench-match: .venv/dev
	@scripts/system-packages lucene || true
	$(BIN)/python bench/all.py against_lucene.py matcher_alone.py

bench-check: .venv/dev .venv/frontend
	$(BIN)/python bench/all.py check.py drafting.py

bench-contain: .venv/dev .venv/frontend
	@scripts/system-packages browser || true
	$(BIN)/python tests/counterparts/bluesky/install.py
	$(BIN)/python bench/all.py contain.py surge.py

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix-only .

# Versions and hashes, no addresses.
lock: .venv/dev
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url pyproject.toml --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --group build -o requirements/build.txt

clean:
	rm -rf .venv .cache build dist node_modules src/vigie/web/static/vendor

.venv/made:
	@test -n "$(PYTHON)" || { echo "Vigie needs Python 3.11, 3.12 or 3.13; none was found on the PATH (set PYTHON=/path/to/python3)." >&2; exit 1; }
	$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: on Debian, install python3-venv." >&2; exit 1; }
	@touch $@

.venv/base: .venv/made requirements/base.txt requirements/build.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/base requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.venv/frontend: .venv/base package.json package-lock.json scripts/frontend.py
	$(BIN)/python scripts/frontend.py
	@touch $@

.venv/frontend-dev: .venv/frontend
	$(BIN)/python scripts/frontend.py --dev
	@touch $@
