# `make` alone prints what there is. Nothing needs to be installed first but Python ≥ 3.11, git and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新 / Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

setup: $(READY) ## the environment

demo: $(READY) ## the demonstration bureau on a fresh embedded database
	@$(BIN)/guicheng demo

test: $(READY) ## everything that CI runs; T=path for one file
	@$(if $(T),$(BIN)/pytest $(T),$(BIN)/python -m tests.run)

lint: $(READY) ## all rules on
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

fix: $(READY) ## what a machine can mend
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: $(READY) ## mypy, strict
	@$(BIN)/mypy

floors: $(READY) ## imports run downward only
	@$(BIN)/lint-imports

docs: $(READY) ## write the generated pages again
	@$(BIN)/python -m docs.generate

spark: $(READY) ## the optional engine for clusters (pyspark; Java 17 is not installed by this)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pyspark>=4'

peers: ## other systems to measure beside ours, apart in .venv-peers
	@$(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r bench/peers/requirements.txt

bench: $(READY) ## what is promised about speed, measured here; Q=1 a first look; P="1 7" these promises
	@$(BIN)/python -m bench $(if $(Q),--quick) $(P)

lock: ## pin every dependency again
	@$(BIN)/pip-compile --quiet --strip-extras --extra dev --extra duckdb --extra search --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.txt pyproject.toml requirements.build.in

.PHONY: help setup demo test lint fix types floors docs spark peers bench lock
