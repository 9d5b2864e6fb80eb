# `make demo` and `make test` need Python 3.11 or newer with venv, make and git, and nothing else:
# each sets up its own environment in .venv from the hashed lock requirements.txt, once.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
DEMO := build/demo

export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help demo test lint types imports coverage docs schemas samples lock format wheel clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make demo      the published example: import, reconcile, cost a recipient, the Excel return
demo: $(VENV)/.ready
	@rm -rf $(DEMO) && mkdir -p $(dir $(DEMO))
	@$(VENV)/bin/budgettool demo $(DEMO)
	@for workbook in $(CURDIR)/$(DEMO)/*.xlsx; do echo "The return: $$workbook"; done

## make test      everything that must hold: lint, types, import contracts, tests
test: lint types imports
	@$(RUN) pytest -q

## make lint      ruff
lint: $(VENV)/.ready
	@$(RUN) ruff check --quiet

## make types     mypy, strict
types: $(VENV)/.ready
	@$(RUN) mypy --no-error-summary

## make imports   which module may know which (setup.cfg)
imports: $(VENV)/.ready
	@$(VENV)/bin/lint-imports --no-logo > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }

## make coverage  the tests, and the lines that they leave out
coverage: $(VENV)/.ready
	@$(RUN) coverage run -m pytest -q
	@$(RUN) coverage report

## make docs      the manual from the help texts, the README's console blocks from real runs
docs: $(VENV)/.ready
	@$(VENV)/bin/python docs/generate.py
	@$(VENV)/bin/python docs/readme.py

schemas: docs

## make samples   the stories anew: workbooks, and what their commands print
samples: $(VENV)/.ready
	@$(RUN) samples.renew

## make lock      requirements.txt anew from pyproject.toml: newest releases, hashed
lock: $(VENV)/.ready
	@CUSTOM_COMPILE_COMMAND="make lock" $(RUN) piptools compile --quiet --upgrade --extra dev \
	  --generate-hashes --allow-unsafe --strip-extras \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --output-file requirements.txt pyproject.toml

## make format    ruff's formatter over all code
format: $(VENV)/.ready
	@$(RUN) ruff format --quiet

## make wheel     the wheel in dist/, to hand to others
wheel: $(VENV)/.ready
	@rm -rf build/lib build/bdist.* && $(RUN) pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

## make clean     away with everything that was made
clean:
	@rm -rf $(VENV) build dist *.egg-info .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@rm -f budgettool/locale/*/LC_MESSAGES/*.mo
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is exactly the lock: a changed lock makes it anew.
$(VENV)/.locked: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "budgettool needs Python 3.11 or newer, and $(PYTHON) is older: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV), once ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(RUN) pip install -qq --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/.ready: $(VENV)/.locked pyproject.toml setup.cfg setup.py
	@PYTHONWARNINGS=ignore $(RUN) pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@
