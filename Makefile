# The words of this project. `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export UV_PYTHON_DOWNLOADS := never
export PYTHONDONTWRITEBYTECODE := 1
# Rules that read the code and start nothing.
READING := words columns fields requests settings how_to translation
# Checks read the settings; this secret signs nothing that anybody relies on.
CHECK := ATTUNE_SECRET_KEY="checks only: abcdefghijklmnopqrstuvwxyz 0123456789 ABCDEFGH" ATTUNE_HOME=/nonexistent

.PHONY: help setup lock demo test quick deep check fix bench docs assets browser

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.ready: pyproject.toml packs/restricted/pyproject.toml requirements/dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Attune needs Python 3.11 or newer; $$($(PYTHON) --version) was found. Install one, or say PYTHON=/path/to/python3 make ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python could not make a virtual environment: on Debian and Ubuntu install python3-venv (apt-get install python3-venv) and run this again."; exit 1; }
	@$(BIN)/pip install -q --disable-pip-version-check 'uv>=0.8'
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync -q --require-hashes requirements/dev.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps -e . -e packs/restricted
	@touch $@

setup: $(VENV)/.ready  ## everything the product and its tests need, into .venv

lock:  ## write requirements/*.lock anew from pyproject.toml
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(BIN)/pip install -q 'uv>=0.8'; }
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra server pyproject.toml -o requirements/server.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra server --group dev pyproject.toml -o requirements/dev.lock

browser: setup
	@bash tests/support/browser.sh

demo: setup  ## the product with made-up people, on localhost:8000 (PORT=… for another)
	@$(BIN)/attune demo --port $(PORT)

check: setup  ## style, types, arrows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(CHECK) $(BIN)/mypy src
	$(CHECK) $(BIN)/lint-imports --no-cache

fix: setup  ## put the style right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

quick: setup  ## what a change needs, in under a minute: units, and the rules that only read
	$(BIN)/pytest -n 2 tests/unit $(READING:%=tests/rules/test_rule_%.py) --ignore=tests/unit/attune/commands -m 'not deep'

test: check browser  ## everything: checks, every suite, both databases, the browser
	bash tests/support/everything.sh

deep: test  ## hours: fuzz, kills, soak
	$(BIN)/pytest tests -m deep

bench: setup  ## what a check-in, a brief and a file of scores cost, in one run (BENCH=--many: pages over a million, too)
	PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)

docs: setup  ## the pages that the specs write
	$(BIN)/pytest tests/spec --write-docs
