# LES-XL: `make demo` and `make test` set themselves up; `make help` lists the rest.
# Paths are relative, so that a folder with spaces in its name works.

PYTHON ?= python3
VENV := .venv
# Windows' virtual environments keep their programs in Scripts.
BIN := $(if $(filter Windows_NT,$(OS)),$(VENV)/Scripts,$(VENV)/bin)
RUN := $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-full lint sample docs bench clean

help: ## Show this help
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null \
	  || grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## Make the virtual environment (.venv) from pyproject.toml and constraints.txt

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "LES-XL needs Python 3.11 or newer as '$(PYTHON)'; name another with: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV) || \
	  { echo "Python could not make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) (the first time takes a minute or two) ..."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

demo: setup ## Load the sample month, write workbooks/les_master.xlsx, print what was found
	@$(RUN) -m les_xl demo

test: setup tools lint ## Everything that CI runs: linters, types, layers, all tests (LibreOffice included)
	$(RUN) -m pytest -n 2 -m "not slow"

test-full: setup tools lint ## The same and what takes longer
	LES_XL_HYPOTHESIS=full $(RUN) -m pytest -n 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml

.PHONY: tools
tools: # LibreOffice, the Open XML SDK, and Chromium with the converter of manifests; installed where missing
	@sh tests/install-office.sh
	@sh tests/install-validator.sh
	@sh tests/install-browser.sh
	@sh tests/install-manifest.sh

sample: setup ## Make the synthetic sample month anew (sample/2025-10)
	$(RUN) -m sample.generate
	$(RUN) -m sample.layouts.generate

docs: setup ## Write the generated files anew: schemas, references, error catalogue; and draw the pictures
	$(RUN) -m les_xl specs schema
	$(RUN) docs/generate.py
	$(RUN) docs/pictures.py

bench: setup ## Measure; figures go to benchmarks/README.md
	$(RUN) benchmarks/run.py

clean: ## Remove the virtual environment, the demo's store and caches
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
